/* The options of crm-report as a table, and which of them go together. */
#include "report/report_command.h"

#include <stdio.h>
#include <string.h>

#include "report/chart.h"

static const char *const format_words[] = {"html", "svg", "png", "pdf", "text", NULL};

static int take_format(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, format_words, err);

    *(enum report_format *)target = (enum report_format)choice;
    return choice < 0 ? -1 : 0;
}

static int take_chart(void *target, const char *argument, struct error *err)
{
    return report_chart_word(argument, target, err);
}

static int take_kind(void *target, const char *argument, struct error *err)
{
    const char *words[REPORT_KINDS_MAX + 1];
    size_t count = 0;

    for (; report_kinds[count].name; count++)
        words[count] = report_kinds[count].name;
    words[count] = NULL;
    int choice = option_choice(argument, words, err);
    *(const struct report_kind **)target = choice < 0 ? NULL : &report_kinds[choice];
    return choice < 0 ? -1 : 0;
}

static int take_language(void *target, const char *argument, struct error *err)
{
    *(const char **)target = argument;
    return report_language_valid(slice_from_cstr(argument))
               ? 0
               : error_set(err, STATUS_USAGE, "not a language tag, as en or pt-BR: '%s'", argument);
}

static int take_length(void *target, const char *argument, struct error *err)
{
    size_t length;

    if (option_positive(&length, argument, err))
        return -1;
    if (length > CHART_WIDTH_MAX)
        return error_set(err, STATUS_USAGE, "at most %d", CHART_WIDTH_MAX);
    *(size_t *)target = length;
    return 0;
}

/* The common options of output, less what does not go with a report. */
static struct option_group output_group(struct report_command *o, const struct option_group *common)
{
    size_t count = 0;

    for (size_t i = 0; i < common->count; i++)
        if (strcmp(common->specs[i].name, "spreadsheet-safe") != 0 &&
            strcmp(common->specs[i].name, "table-width") != 0) /* of no use, and --width */
            o->output_specs[count++] = common->specs[i];
    for (size_t i = 0; i < count; i++)
        if (strcmp(o->output_specs[i].name, "to") == 0)
            o->output_specs[i] = (struct option_spec){
                "to",        't',
                "FORMAT",    "html, svg, png, pdf, text (default: by the ending of --output, else html)",
                take_format, &o->format};
    return (struct option_group){common->title, o->output_specs, count};
}

static int read_options(struct report_command *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec report[] = {
        {"title", 0, "TEXT", "the title of the report", option_text, &o->title},
        {"note", 0, "TEXT", "a paragraph below the title", option_text, &o->note},
        {"as-of", 0, "DATE", "the date below the title (default: none)", option_text, &o->common.as_of},
        {"lang", 0, "TAG", "language of titles and numbers, as de or ar (default: en)", take_language, &o->language},
        {"layout", 0, "FILE", "take sections, titles and charts from FILE (JSON)", option_text, &o->layout},
        {"check", 0, NULL, "read layout and tables, write nothing", option_true, &o->check},
    };
    struct option_spec charts[] = {
        {"as", 0, "KIND", "what the tables are (default: by their columns)", take_kind, (void *)&o->as},
        {"chart", 0, "KIND", "bars, funnel, columns, lines, heat, map, pareto, none", take_chart, &o->chart},
        {"pick", 0, "N", "only the chart of that number", option_positive, &o->pick},
        {"rows", 0, "N", "show at most so many rows of a table (default: 100)", option_positive, &o->rows},
        {"width", 0, "N", "width of charts, in pixels; of text, in columns", take_length, &o->width},
        {"height", 0, "N", "height of charts, in pixels (default: as needed)", take_length, &o->height},
        {"color", 0, "WHEN", "colours in text: auto, always, never (default: auto)", option_shade, &o->color},
    };
    struct option_group groups[2 + COMMON_GROUPS] = {
        {"Report", report, sizeof report / sizeof *report},
        {"Tables and charts", charts, sizeof charts / sizeof *charts},
    };
    const struct command command = {
        "crm-report",
        "[[TITLE=]FILE ...]",
        "Make a page, or charts, of the tables that the other programs write.",
        "crm-report --title 'March' -o march.html funnel.csv cohort.csv 'Segments=rfm.csv'",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 2);
    groups[2 + COMMON_OUTPUT] = output_group(o, &groups[2 + COMMON_OUTPUT]);
    return options_parse(&command, argc, argv, first, err);
}

/* By the ending of the output's name. */
static enum report_format format_by_name(const char *path)
{
    static const struct {
        const char *ending;
        enum report_format format;
    } endings[] = {{".html", REPORT_HTML}, {".htm", REPORT_HTML}, {".svg", REPORT_SVG},
                   {".png", REPORT_PNG},   {".pdf", REPORT_PDF},  {".txt", REPORT_TEXT}};
    size_t len = path ? strlen(path) : 0;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i].ending);
        if (len > size && strcmp(path + len - size, endings[i].ending) == 0)
            return endings[i].format;
    }
    return REPORT_HTML;
}

static int check_options(struct report_command *o, int operands, struct error *err)
{
    if (options_exclude(o->layout != NULL, "--layout", operands > 0, "FILE", err) ||
        options_exclude(o->layout != NULL, "--layout", o->as != NULL, "--as", err) ||
        options_exclude(o->layout != NULL, "--layout", o->chart != CHART_OF_KIND, "--chart", err) ||
        options_exclude(o->check, "--check", o->common.output != NULL, "--output", err))
        return -1;
    if (o->format == REPORT_UNTOLD)
        o->format = format_by_name(o->common.output);
    if (o->pick && o->format == REPORT_HTML)
        return error_set(err, STATUS_USAGE, "option '--pick' goes with --to svg, png, pdf or text");
    if (o->format != REPORT_TEXT && o->width && o->width < CHART_WIDTH_MIN)
        return error_set(err, STATUS_USAGE, "option '--width': at least %d pixels", CHART_WIDTH_MIN);
    if (o->format == REPORT_TEXT && o->width && o->width < 20)
        return error_set(err, STATUS_USAGE, "option '--width': at least 20 columns");
    if (o->format != REPORT_TEXT && o->height && o->height < 100)
        return error_set(err, STATUS_USAGE, "option '--height': at least 100 pixels");
    if (options_exclude(o->format == REPORT_TEXT, "--to text", o->height != 0, "--height", err))
        return -1;
    return 1;
}

int report_command_read(struct report_command *command, int argc, char **argv, int *first, struct error *err)
{
    *command = (struct report_command){.common = COMMON_INIT, .format = REPORT_UNTOLD, .chart = CHART_OF_KIND};
    int go = read_options(command, argc, argv, first, err);
    return go > 0 ? check_options(command, argc - *first, err) : go;
}
