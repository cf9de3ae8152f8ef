/* crm-import: turns any export into clean records with standard column names.
 *
 * The order of things lives here; what an export means is decided in lib/analysis/import.h, what the options are in
 * lib/analysis/import_options.h. */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/import_options.h"
#include "analysis/import_report.h"
#include "analysis/import_tell.h"
#include "base/memory.h"
#include "base/program.h"
#include "stream/file.h"

static int save_map(const struct import_options *o, const struct import *import, struct error *err)
{
    struct buffer text;

    buffer_init(&text);
    int failed = import_map_write(&import->map, &text, err) || file_write(o->save_map, buffer_slice(&text), err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

static int save_report(const struct import_options *o, const struct import *import, struct error *err)
{
    struct buffer text;

    if (!o->report)
        return 0;
    buffer_init(&text);
    int failed = import_report(import, &text, err) || file_write(o->report, buffer_slice(&text), err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

static int write_records(const struct import_options *o, struct import *import, struct error *err)
{
    struct slice *names = xcalloc(import->output_count + 1, sizeof *names);
    struct output output = {0};

    for (size_t i = 0; i < import->output_count; i++)
        names[i] = import->outputs[i].name;
    int failed = output_open(&output, &o->common, import->stream, names, import->output_count, err);
    free(names);
    failed = failed || import_write(import, output.writer, err);
    if (!failed)
        import_tell_oddities(import);
    failed = failed || save_report(o, import, err) || stream_finish(import->stream, err) || output_finish(&output, err);
    output_free(&output);
    return failed ? -1 : 0;
}

/* --dry-run: a row for each column of each input. */
static int write_findings(const struct import_options *o, struct import *import, struct error *err)
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
            if (!source->from.ptr && source->way != IMPORT_PRODUCT)
                continue;
            snprintf(filled, sizeof filled, "%llu", (unsigned long long)source->filled);
            snprintf(records, sizeof records, "%llu", (unsigned long long)import->inputs[i].surveyed);
            const struct field row[] = {
                field_text(slice_from_cstr(stream_input_name(import->stream, i))),
                field_text(source->from.ptr ? source->from : SLICE("")),
                field_text(column->kept && !o->settings.keep_all ? SLICE("") : column->name),
                field_text(slice_from_cstr(import_reading(column, source))),
                source->from.ptr ? field_number(slice_from_cstr(filled)) : (struct field){SLICE_INIT(""), FIELD_NULL},
                field_number(slice_from_cstr(records)),
            };
            failed = writer_put(output.writer, row, err);
        }
    failed = failed || output_finish(&output, err);
    output_free(&output);
    return failed ? -1 : 0;
}

/* Reads everything, writes what was found. *answer: whether an import would go without a hitch. */
static int dry_run(const struct import_options *o, struct import *import, size_t undecided, int *answer,
                   struct error *err)
{
    struct record record;
    const struct field *fields;
    int more = 0;

    while (undecided == 0 && (more = import_next(import, &record, &fields, err)) > 0)
        ;
    if (more < 0 || write_findings(o, import, err))
        return -1;
    if (undecided == 0) {
        import_tell_oddities(import);
        if (save_report(o, import, err) || stream_finish(import->stream, err))
            return -1;
    }
    *answer = undecided || import->stream->rejects.rejected ? STATUS_NO : STATUS_OK;
    return 0;
}

static int run(const struct import_options *o, struct import_map *map, struct stream *stream, int *answer,
               struct error *err)
{
    struct import_settings settings = o->settings;
    struct import import;
    size_t undecided = 0;
    int failed;

    settings.whole = o->dry_run || o->report;
    settings.keep_all = o->settings.keep_all || o->dry_run;
    settings.keep_raw = o->settings.keep_all;
    import_init(&import, stream, map, &settings);
    failed = import_plan(&import, o->dry_run ? &undecided : NULL, err);
    if (!failed && o->save_map)
        failed = save_map(o, &import, err);
    if (!failed && o->dry_run)
        failed = dry_run(o, &import, undecided, answer, err);
    else if (!failed)
        failed = import_tell_plan(&import, o->common.verbose, err) || write_records(o, &import, err);
    import_fini(&import);
    return failed ? -1 : 0;
}

/* --profile list */
static int list_profiles(const struct import_options *o, struct error *err)
{
    const struct slice names[] = {SLICE_INIT("profile"), SLICE_INIT("entity"), SLICE_INIT("title")};
    struct output output = {0};
    size_t count;
    const struct import_profile *profiles = import_profiles(&count);
    int failed = output_open(&output, &o->common, NULL, names, 3, err);

    for (size_t i = 0; i < count && !failed; i++) {
        const struct field row[] = {
            field_text(slice_from_cstr(profiles[i].name)),
            field_text(slice_from_cstr(entity_name(profiles[i].entity))),
            field_text(slice_from_cstr(profiles[i].title)),
        };
        failed = writer_put(output.writer, row, err);
    }
    failed = failed || output_finish(&output, err);
    output_free(&output);
    return failed ? -1 : 0;
}

static int import_files(const struct import_options *o, char *const *files, size_t count, int *answer,
                        struct error *err)
{
    struct stream_options options;
    struct stream *stream = NULL;
    struct import_map map;

    import_map_init(&map);
    common_stream_options(&o->common, &options);
    options.reader.lenient_header = true;
    options.reader.literal_quotes = true;
    options.reader.fill_short = o->fill_short;
    options.reader.every_row = o->every_row || o->settings.strict;
    options.reader.flatten = true;
    options.reader.records = o->records;
    options.account = true;
    options.count_bad = o->dry_run;
    int failed = common_check_files(&o->common, "--save-map", o->save_map, files, count, err) ||
                 common_check_files(&o->common, "--report", o->report, files, count, err) ||
                 common_check_settings(&o->common, "--report", o->report, &o->map, 1, err) ||
                 import_options_map(o, &map, err) || stream_open(&stream, files, count, &options, err) ||
                 run(o, &map, stream, answer, err);
    stream_free(stream);
    import_map_fini(&map);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    struct import_options o = {.common = COMMON_INIT};
    struct error err;
    int first;
    int answer = STATUS_OK;

    program_begin("crm-import");
    int go = import_options_read(&o, argc, argv, &first, &err);
    if (go > 0 && o.list_profiles)
        go = list_profiles(&o, &err);
    else if (go > 0)
        go = import_files(&o, argv + first, (size_t)(argc - first), &answer, &err);
    import_options_fini(&o);
    return go < 0 ? program_fail(&err) : answer;
}
