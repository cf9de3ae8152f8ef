/* crm-import: turns any export into clean records with standard column names.
 *
 * Options and the order of things live here; what an export means is decided in lib/analysis/import.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/import.h"
#include "base/memory.h"
#include "base/program.h"
#include "stream/common.h"
#include "stream/file.h"

struct options {
    struct common common;
    struct import_settings settings;
    enum entity entity;
    struct option_list set;
    const char *map;
    const char *save_map;
    bool dry_run;
    bool dmy;
    bool mdy;
};

static int take_entity(void *target, const char *argument, struct error *err)
{
    if (entity_find(slice_from_cstr(argument), target))
        return 0;
    return error_set(
        err, STATUS_USAGE,
        "'%s' is not one of: contact, lead, account, deal, stage_history, order, event, spend, subscription, "
        "ticket, survey",
        argument);
}

static int take_keep(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"mapped", "all", NULL};
    int choice = option_choice(argument, words, err);

    *(bool *)target = choice == 1;
    return choice < 0 ? -1 : 0;
}

static int take_decimal(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {",", ".", NULL};
    int choice = option_choice(argument, words, err);

    *(enum number_style *)target = choice == 0 ? NUMBER_COMMA : NUMBER_POINT;
    return choice < 0 ? -1 : 0;
}

static int read_options(struct options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec columns[] = {
        {"as", 0, "ENTITY", "what the records are: contact, lead, deal, order, ... (default: by the header)",
         take_entity, &o->entity},
        {"set", 's', "COLUMN=SOURCE", "take a standard column from this column; repeatable", option_append, &o->set},
        {"map", 'm', "FILE", "use the mapping saved in FILE", option_text, &o->map},
        {"save-map", 0, "FILE", "save the mapping that was found", option_text, &o->save_map},
        {"keep", 'k', "mapped|all", "what to do with other columns: leave out (default) or keep", take_keep,
         &o->settings.keep_all},
    };
    struct option_spec values[] = {
        {"encoding", 0, "NAME", "what the text is written in, as iconv -l lists it (default: UTF-8)", option_text,
         &o->settings.encoding},
        {"dmy", 0, NULL, "the day stands before the month in dates such as 01/02/2026", option_true, &o->dmy},
        {"mdy", 0, NULL, "the month stands before the day", option_true, &o->mdy},
        {"date-format", 0, "FORMAT", "how all dates are written, as in strptime(3)", option_date_format,
         &o->settings.date_format},
        {"decimal", 0, ",|.", "what stands before the fraction of a number", take_decimal, &o->settings.number},
    };
    struct option_spec report[] = {
        {"dry-run", 'n', NULL, "report what would be read from where; write no records", option_true, &o->dry_run},
    };
    struct option_group groups[3 + COMMON_GROUPS] = {
        {"Columns", columns, sizeof columns / sizeof *columns},
        {"Values", values, sizeof values / sizeof *values},
        {"Report", report, sizeof report / sizeof *report},
    };
    const struct command command = {
        "crm-import",
        "[FILE ...]",
        "Turn any export into clean records with standard column names.",
        "crm-import --rejects bad.csv shop-export.csv | crm-rfm --summary",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 3);
    int go = options_parse(&command, argc, argv, first, err);
    if (go > 0 && o->dmy && o->mdy)
        return error_set(err, STATUS_USAGE, "--dmy and --mdy exclude each other");
    if (go > 0 && o->dry_run && o->common.rejects)
        return error_set(err, STATUS_USAGE, "--dry-run and --rejects exclude each other");
    o->settings.date = o->dmy ? DATE_DAY_FIRST : o->mdy ? DATE_MONTH_FIRST : DATE_EMPTY;
    return go;
}

static int read_map(const struct options *o, struct import_map *map, struct error *err)
{
    struct buffer text;
    int failed = 0;

    map->entity = o->entity;
    for (size_t i = 0; i < o->set.count; i++)
        if (import_map_set(map, o->set.items[i], err)) {
            error_prefix(err, "option '--set': ");
            return -1;
        }
    if (!o->map)
        return 0;
    buffer_init(&text);
    failed = file_read(o->map, &text, err) || import_map_read(map, buffer_slice(&text), o->map, err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

static int save_map(const struct options *o, const struct import *import, struct error *err)
{
    struct buffer text;

    buffer_init(&text);
    int failed = import_map_write(&import->map, &text, err) || file_write(o->save_map, buffer_slice(&text), err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

/* What was found in an input; with --verbose, and why. */
static int tell_input(const struct options *o, const struct import *import, size_t i, struct buffer *text)
{
    const char *name = stream_input_name(import->stream, i);

    if (import_describe(import, i, text))
        return -1;
    program_note("%s: %.*s", name, SLICE_ARG(buffer_slice(text)));
    for (size_t c = 0; c < import->output_count && o->common.verbose; c++) {
        buffer_clear(text);
        if (import_explain(import, i, c, text))
            return -1;
        if (text->len)
            program_note("%s: %.*s", name, SLICE_ARG(buffer_slice(text)));
    }
    return 0;
}

static int tell(const struct options *o, const struct import *import, struct error *err)
{
    int failed = 0;

    for (size_t i = 0; i < import->stream->input_count && !failed; i++) {
        struct buffer text;
        buffer_init(&text);
        if (import->inputs[i].name_count && tell_input(o, import, i, &text))
            failed = error_memory(err);
        buffer_fini(&text);
    }
    return failed;
}

/* Quotes that were taken for text; records that nobody can join to anything. */
static void tell_oddities(const struct import *import)
{
    for (size_t i = 0; i < import->stream->input_count; i++) {
        uint64_t literal = import->stream->inputs[i].reader->literal_quotes;
        if (literal)
            program_note("%s: %llu record%s a quote inside a field that does not begin with one; taken as it is",
                         stream_input_name(import->stream, i), (unsigned long long)literal,
                         literal == 1 ? " has" : "s have");
    }
    for (size_t c = 0; c < import->output_count; c++)
        if (import->outputs[c].empty)
            program_note("%.*s is empty in %llu of %llu records", SLICE_ARG(import->outputs[c].name),
                         (unsigned long long)import->outputs[c].empty,
                         (unsigned long long)rejects_used(&import->stream->rejects));
}

static int write_records(const struct options *o, struct import *import, struct error *err)
{
    struct slice *names = xcalloc(import->output_count, sizeof *names);
    struct output output = {0};
    struct record record;
    const struct field *fields;
    int more;

    for (size_t i = 0; i < import->output_count; i++)
        names[i] = import->outputs[i].name;
    more = output_open(&output, &o->common, import->stream, names, import->output_count, err);
    free(names);
    while (more == 0 && (more = import_next(import, &record, &fields, err)) > 0) {
        more = writer_put(output.writer, fields, err);
        if (more && err->status == STATUS_DATA) /* the format cannot hold it */
            more = stream_reject(import->stream, &record, COLUMN_ABSENT, err, "%s", err->text);
    }
    if (!more)
        tell_oddities(import);
    int failed = more || stream_finish(import->stream, err) || output_finish(&output, err);
    output_free(&output);
    return failed ? -1 : 0;
}

/* --dry-run: a row for each column of each input. */
static int write_report(const struct options *o, struct import *import, struct error *err)
{
    const struct slice names[] = {SLICE_INIT("input"),   SLICE_INIT("source"), SLICE_INIT("column"),
                                  SLICE_INIT("reading"), SLICE_INIT("filled"), SLICE_INIT("records")};
    struct output output = {0};
    int failed = output_open(&output, &o->common, import->stream, names, 6, err);

    for (size_t i = 0; i < import->stream->input_count && !failed; i++)
        for (size_t c = 0; c < import->output_count && !failed; c++) {
            const struct import_source *source = &import->inputs[i].sources[c];
            const struct import_output *column = &import->outputs[c];
            char filled[24];
            char records[24];
            if (!source->from.ptr && !source->derived)
                continue;
            snprintf(filled, sizeof filled, "%llu", (unsigned long long)source->filled);
            snprintf(records, sizeof records, "%llu", (unsigned long long)import->inputs[i].surveyed);
            const struct field row[] = {
                field_text(slice_from_cstr(stream_input_name(import->stream, i))),
                field_text(source->from.ptr ? source->from : SLICE("")),
                field_text(column->kept && !o->settings.keep_all ? SLICE("") : column->name),
                field_text(slice_from_cstr(import_reading(column, source))),
                source->derived ? (struct field){SLICE_INIT(""), FIELD_NULL} : field_number(slice_from_cstr(filled)),
                field_number(slice_from_cstr(records)),
            };
            failed = writer_put(output.writer, row, err);
        }
    failed = failed || output_finish(&output, err);
    output_free(&output);
    return failed ? -1 : 0;
}

/* Reads everything, writes the report. Returns the exit status through *answer: whether an import would go without a
 * hitch. */
static int dry_run(const struct options *o, struct import *import, size_t undecided, int *answer, struct error *err)
{
    struct record record;
    const struct field *fields;
    int more = 0;

    while (undecided == 0 && (more = import_next(import, &record, &fields, err)) > 0)
        ;
    if (more < 0 || write_report(o, import, err))
        return -1;
    if (undecided == 0 && stream_finish(import->stream, err))
        return -1;
    *answer = undecided || import->stream->rejects.rejected ? STATUS_NO : STATUS_OK;
    return 0;
}

static int run(const struct options *o, struct import_map *map, struct stream *stream, int *answer, struct error *err)
{
    struct import_settings settings = o->settings;
    struct import import;
    size_t undecided = 0;
    int failed;

    settings.whole = o->dry_run;
    settings.keep_all = o->settings.keep_all || o->dry_run;
    import_init(&import, stream, map, &settings);
    failed = import_plan(&import, o->dry_run ? &undecided : NULL, err);
    if (!failed && o->save_map)
        failed = save_map(o, &import, err);
    if (!failed && o->dry_run)
        failed = dry_run(o, &import, undecided, answer, err);
    else if (!failed)
        failed = tell(o, &import, err) || write_records(o, &import, err);
    import_fini(&import);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    struct options o = {.common = COMMON_INIT};
    struct stream_options options;
    struct stream *stream = NULL;
    struct import_map map;
    struct error err;
    int first;
    int answer = STATUS_OK;

    program_begin("crm-import");
    import_map_init(&map);
    int go = read_options(&o, argc, argv, &first, &err);
    if (go > 0) {
        common_stream_options(&o.common, &options);
        options.reader.lenient_header = true;
        options.reader.literal_quotes = true;
        options.account = true;
        options.count_bad = o.dry_run;
        go = common_check_files(&o.common, "--save-map", o.save_map, argv + first, (size_t)(argc - first), &err) ||
                     read_map(&o, &map, &err) ||
                     stream_open(&stream, argv + first, (size_t)(argc - first), &options, &err) ||
                     run(&o, &map, stream, &answer, &err)
                 ? -1
                 : 0;
    }
    stream_free(stream);
    import_map_fini(&map);
    option_list_free(&o.set);
    return go < 0 ? program_fail(&err) : answer;
}
