/* The options that every program has, and the opening of both ends of the pipe. */
#include "stream/common.h"

#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/program.h"
#include "base/terminal.h"
#include "value/date.h"

static int take_format(void *target, const char *argument, const char *const *words, struct error *err)
{
    static const enum format formats[] = {FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_TABLE};
    int choice = option_choice(argument, words, err);

    if (choice < 0)
        return -1;
    *(enum format *)target = formats[choice];
    return 0;
}

static int take_from(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"csv", "tsv", "jsonl", "json", NULL};

    return take_format(target, argument, words, err);
}

static int take_to(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"csv", "tsv", "jsonl", "json", "table", NULL};

    return take_format(target, argument, words, err);
}

int option_delimiter(void *target, const char *argument, struct error *err)
{
    if (option_byte(target, argument, err))
        return -1;
    if (strchr("\"\r\n", *(char *)target))
        return error_set(err, STATUS_USAGE, "a quote or a line end cannot separate fields");
    return 0;
}

int option_date_format(void *target, const char *argument, struct error *err)
{
    *(const char **)target = argument;
    return date_format_check(argument, err);
}

static int take_table_width(void *target, const char *argument, struct error *err)
{
    enum { LEAST = 20 };
    size_t width = 0;

    if (strcmp(argument, "full") != 0 && option_positive(&width, argument, err))
        return -1;
    if (width && width < LEAST)
        return error_set(err, STATUS_USAGE, "at least %d columns", LEAST);
    *(size_t *)target = width;
    return 0;
}

static int take_progress(void *target, const char *argument, struct error *err)
{
    (void)argument;
    (void)err;
    *(enum progress_when *)target = PROGRESS_ALWAYS;
    return 0;
}

static int take_no_progress(void *target, const char *argument, struct error *err)
{
    (void)argument;
    (void)err;
    *(enum progress_when *)target = PROGRESS_NEVER;
    return 0;
}

static int take_quiet(void *target, const char *argument, struct error *err)
{
    program_set_quiet(true);
    return option_true(target, argument, err);
}

static int take_quiet_values(void *target, const char *argument, struct error *err)
{
    (void)target;
    (void)argument;
    (void)err;
    quote_hide_values(true);
    return 0;
}

void common_groups(struct common *common, struct option_group groups[COMMON_GROUPS])
{
    const struct option_spec input[] = {
        {"from", 'f', "FORMAT", "input format: csv, tsv, jsonl, json (default: by content)", take_from, &common->from},
        {"delimiter", 'd', "C", "what separates the fields of CSV (default: a comma)", option_delimiter,
         &common->delimiter},
        {"where", 'w', "EXPR", "only records for which this is true, as .amount > 0; see crm-expr(5)", option_text,
         &common->where},
        {"rejects", 0, "FILE", "set bad records aside in FILE and go on", option_text, &common->rejects},
        {"max-rejects", 0, "N|N%", "stop when more are bad (default: 10%)", option_reject_limit, &common->limit},
    };
    const struct option_spec output[] = {
        {"to", 't', "FORMAT", "output format: csv, tsv, jsonl, json, table (default: as the input)", take_to,
         &common->to},
        {"table-width", 0, "N|full", "fit tables into so many columns (default: the terminal's)", take_table_width,
         &common->table_width},
        {"output", 'o', "FILE", "write to FILE, which is replaced only when all is done", option_text, &common->output},
        {"spreadsheet-safe", 0, NULL, "put an apostrophe before what a spreadsheet would run (CSV, TSV)", option_true,
         &common->spreadsheet_safe},
        {"progress", 0, NULL, "show progress also when standard error is no terminal", take_progress,
         &common->progress},
        {"no-progress", 0, NULL, "never show progress", take_no_progress, &common->progress},
        {"quiet", 'q', NULL, "print errors only", take_quiet, &common->quiet},
        {"quiet-values", 0, NULL, "show no value of a record in messages", take_quiet_values, NULL},
        {"verbose", 'v', NULL, "say what was found and chosen", option_true, &common->verbose},
    };

    memcpy(common->input_specs, input, sizeof input);
    memcpy(common->output_specs, output, sizeof output);
    groups[COMMON_INPUT] = (struct option_group){"Input", common->input_specs, sizeof input / sizeof *input};
    groups[COMMON_OUTPUT] = (struct option_group){"Output", common->output_specs, sizeof output / sizeof *output};
}

enum progress_when common_progress(const struct common *common)
{
    return common->quiet && common->progress == PROGRESS_AUTO ? PROGRESS_NEVER : common->progress;
}

void common_stream_options(const struct common *common, struct stream_options *options)
{
    *options = (struct stream_options){
        .reader = {.format = common->from, .delimiter = common->delimiter},
        .rejects = common->rejects,
        .limit = common->limit,
        .verbose = common->verbose,
        .where = common->where,
        .as_of = common->as_of,
        .tz = common->tz,
        .progress = common_progress(common),
    };
}

/* One end of the program: a path, or for NULL and "-" a standard stream. */
struct file_end {
    const char *option; /* NULL: an operand */
    const char *path;
    int standard; /* the descriptor without a path */
};

static bool is_standard(const struct file_end *end)
{
    return !end->path || strcmp(end->path, "-") == 0;
}

/* Only regular files: a device or a pipe may well take two outputs. */
static bool same_file(const struct file_end *a, const struct file_end *b)
{
    struct stat found[2];
    int failed_a = is_standard(a) ? fstat(a->standard, &found[0]) : stat(a->path, &found[0]);
    int failed_b = is_standard(b) ? fstat(b->standard, &found[1]) : stat(b->path, &found[1]);

    if (failed_a && failed_b) /* the same new file */
        return !is_standard(a) && !is_standard(b) && strcmp(a->path, b->path) == 0;
    return !failed_a && !failed_b && S_ISREG(found[0].st_mode) && found[0].st_dev == found[1].st_dev &&
           found[0].st_ino == found[1].st_ino;
}

/* Rejects or saved settings must not replace what is read, nor the records: an input with nothing but its rejects left
 * is lost. (--output may: that is how a file is cleaned in place.) */
static int check_end(const struct file_end *end, const struct common *common, char *const *paths, size_t count,
                     struct error *err)
{
    const struct file_end output = {"--output", common->output, STDOUT_FILENO};
    size_t inputs = count ? count : 1;

    if (is_standard(end) || sink_descriptor(end->path) >= 0) /* replaces nothing: 2>&1 may well share a file */
        return 0;
    for (size_t i = 0; i < inputs; i++) {
        const struct file_end input = {NULL, count ? paths[i] : NULL, STDIN_FILENO};
        if (same_file(end, &input))
            return error_set(err, STATUS_USAGE, "option '%s': %s would replace the input", end->option, end->path);
    }
    if (same_file(end, &output))
        return error_set(err, STATUS_USAGE, "option '%s': %s is also the output", end->option, end->path);
    return 0;
}

int common_check_files(const struct common *common, const char *saved_option, const char *saved, char *const *paths,
                       size_t count, struct error *err)
{
    const struct file_end rejects = {"--rejects", common->rejects, STDOUT_FILENO};
    const struct file_end settings = {saved_option, saved, STDOUT_FILENO};

    if (check_end(&rejects, common, paths, count, err) || check_end(&settings, common, paths, count, err))
        return -1;
    return common_check_two(saved_option, saved, "--rejects", common->rejects, err);
}

int common_check_settings(const struct common *common, const char *saved_option, const char *saved,
                          const char *const *settings, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        char *path = (char *)(uintptr_t)settings[i];
        if (path && common_check_files(common, saved_option, saved, &path, 1, err))
            return -1;
    }
    return 0;
}

int common_check_two(const char *option, const char *saved, const char *other_option, const char *other,
                     struct error *err)
{
    const struct file_end one = {option, saved, STDOUT_FILENO};
    const struct file_end two = {other_option, other, STDOUT_FILENO};

    if (saved && other && sink_descriptor(saved) < 0 && same_file(&one, &two))
        return error_set(err, STATUS_USAGE, "option '%s': %s is also that of %s", option, saved, other_option);
    return 0;
}

int common_open(const struct common *common, char *const *paths, size_t count, struct stream **stream,
                struct error *err)
{
    struct stream_options options;

    common_stream_options(common, &options);
    if (stream_open(stream, paths, count, &options, err))
        return -1;
    if (stream_start(*stream, err)) {
        stream_free(*stream);
        *stream = NULL;
        return -1;
    }
    return 0;
}

int output_prepare(struct output *output, const struct common *common, struct error *err)
{
    return output->sink ? 0 : sink_open(&output->sink, common->output, err);
}

enum format output_format(const struct common *common, const struct stream *stream)
{
    if (common->to != FORMAT_AUTO)
        return common->to;
    return !common->output && terminal_shown(STDOUT_FILENO) ? FORMAT_TABLE
           : stream                                         ? stream_format(stream)
                                                            : FORMAT_CSV;
}

int output_open(struct output *output, const struct common *common, const struct stream *stream,
                const struct slice *names, size_t count, struct error *err)
{
    enum format format = output_format(common, stream);

    if (output_prepare(output, common, err))
        return -1;
    if (writer_new(&output->writer, output->sink, format, 0, names, count, err) ||
        (common->spreadsheet_safe && writer_make_spreadsheet_safe(output->writer, err))) {
        output_free(output);
        return -1;
    }
    writer_fit(output->writer, common->table_width != TABLE_OF_TERMINAL ? common->table_width
                               : common->output                         ? 0
                                                                        : terminal_columns(STDOUT_FILENO));
    return 0;
}

int output_open_report(struct output *output, const struct common *common, const struct stream *stream,
                       const char *option, const struct slice *names, size_t count, struct error *err)
{
    struct quote q;

    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (slice_equal(names[i], names[j]))
                return error_set(err, STATUS_USAGE, "option '%s': the report has a column '%s' itself", option,
                                 quote_name(&q, names[i]));
    return output_open(output, common, stream, names, count, err);
}

int output_finish(struct output *output, struct error *err)
{
    if (writer_finish(output->writer, err))
        return -1;
    return sink_finish(output->sink, err);
}

void output_free(struct output *output)
{
    writer_free(output->writer);
    sink_free(output->sink);
    *output = (struct output){0};
}
