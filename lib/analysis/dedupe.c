/* Reading for deduplication. With --against or --link two lists are one stream, of which the first `split` rows are the
 * first list. */
#include "analysis/dedupe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/dedupe_print.h"
#include "stream/annotate.h"
#include "stream/file.h"
#include "value/vocabulary.h"

/* The inputs in order: MASTER before the operands, OTHER behind them. */
static int list_paths(struct dedupe *dedupe, char **operands, struct error *err)
{
    const struct dedupe_options *o = dedupe->options;
    size_t count = 0;

    while (operands[count])
        count++;
    dedupe->paths = calloc(count + 3, sizeof *dedupe->paths);
    if (!dedupe->paths)
        return error_memory(err);
    if (o->against)
        dedupe->paths[dedupe->path_count++] = (char *)(uintptr_t)o->against;
    if (!count)
        dedupe->paths[dedupe->path_count++] = (char *)(uintptr_t) "-";
    for (size_t i = 0; i < count; i++)
        dedupe->paths[dedupe->path_count++] = operands[i];
    if (o->link)
        dedupe->paths[dedupe->path_count++] = (char *)(uintptr_t)o->link;
    return 0;
}

static bool is_standard_output(const char *path)
{
    return path && (strcmp(path, "-") == 0 || sink_descriptor(path) == STDOUT_FILENO);
}

/* What is written besides the output must replace neither an input nor each other, nor be mixed. */
static int check_files(const struct dedupe *dedupe, struct error *err)
{
    const struct dedupe_options *o = dedupe->options;
    const struct {
        const char *option, *path;
    } saved[] = {{"--save-model", o->save_model}, {"--provenance", o->provenance}, {"--undo-log", o->undo_log}};

    const char *const beside[] = {o->rules, o->model, o->survivorship};
    const char *on_output = !o->common.output || is_standard_output(o->common.output) ? "--output" : NULL;

    for (size_t i = 0; i < sizeof saved / sizeof *saved; i++) {
        if (is_standard_output(saved[i].path)) {
            if (on_output)
                return error_set(err, STATUS_USAGE, "option '%s': standard output is also that of %s", saved[i].option,
                                 on_output);
            on_output = saved[i].option;
        }
        if (common_check_files(&o->common, saved[i].option, saved[i].path, dedupe->paths, dedupe->path_count, err) ||
            common_check_settings(&o->common, saved[i].option, saved[i].path, beside, 3, err))
            return -1;
        for (size_t j = 0; j < i; j++)
            if (common_check_two(saved[i].option, saved[i].path, saved[j].option, saved[j].path, err))
                return -1;
    }
    return 0;
}

static int open_stream(struct dedupe *dedupe, struct error *err)
{
    const struct dedupe_options *o = dedupe->options;
    struct stream_options options = {0};

    common_stream_options(&o->common, &options);
    if (stream_open(&dedupe->stream, dedupe->paths, dedupe->path_count, &options, err))
        return -1;
    dedupe->stream->inputs[0].unfiltered = o->against != NULL; /* the master */
    if (o->undo_log && undo_begin(&dedupe->undo, o->undo_log, dedupe->stream, err))
        return -1;
    return stream_start(dedupe->stream, err) || stream_all(dedupe->stream, err) ? -1 : 0;
}

/* The number of "#3", from 0, or COLUMN_ABSENT. */
static size_t column_number(const char *name, size_t columns)
{
    size_t number = 0;

    if (name[0] != '#' || strspn(name + 1, "0123456789") != strlen(name + 1))
        return COLUMN_ABSENT;
    for (const char *c = name + 1; *c && number <= columns; c++)
        number = number * 10 + (size_t)(*c - '0');
    return number && number <= columns ? number - 1 : COLUMN_ABSENT;
}

/* The column an option names; none of an input without a header. */
static int find_column(const struct dedupe *dedupe, const char *option, const char *name, size_t *column,
                       struct error *err)
{
    for (size_t i = 0; i < dedupe->kept.columns; i++)
        if (slice_equal_cstr(dedupe->names[i], name) || slice_equal_cstr(slice_trim(dedupe->names[i]), name)) {
            *column = i;
            return 0;
        }
    *column = column_number(name, dedupe->kept.columns);
    if (*column != COLUMN_ABSENT || dedupe->kept.columns == 0)
        return 0;
    return stream_missing_column(dedupe->stream->inputs[0].reader, option, name, NULL, err);
}

static int name_columns(struct dedupe *dedupe, struct error *err)
{
    const struct dedupe_options *o = dedupe->options;
    size_t count = dedupe->stream->column_count, column;

    kept_init(&dedupe->kept, count);
    dedupe_limit(dedupe);
    dedupe->names = calloc(count + 1, sizeof *dedupe->names);
    dedupe->excluded = calloc(count + 1, sizeof *dedupe->excluded);
    if (!dedupe->names || !dedupe->excluded)
        return error_memory(err);
    for (size_t i = 0; i < count; i++)
        dedupe->names[i] = dedupe->stream->columns[i].name;
    if (o->id && find_column(dedupe, "--id", o->id, &dedupe->id, err))
        return -1;
    if (o->truth) {
        if (find_column(dedupe, "--truth", o->truth, &dedupe->truth, err))
            return -1;
        if (dedupe->truth != COLUMN_ABSENT)
            dedupe->excluded[dedupe->truth] = true;
    }
    for (size_t i = 0; i < o->excluded.count; i++) {
        if (find_column(dedupe, "--exclude", o->excluded.items[i], &column, err))
            return -1;
        if (column != COLUMN_ABSENT)
            dedupe->excluded[column] = true;
    }
    return 0;
}

/* A list in one single column cannot be meant. */
static int check_delimiter(const struct dedupe *dedupe, struct error *err)
{
    struct quote q;

    for (size_t i = 0; i < dedupe->stream->input_count && !dedupe->options->common.delimiter; i++) {
        const struct reader *reader = dedupe->stream->inputs[i].reader;
        const char *hint = stream_delimiter_hint(reader);

        if (*hint)
            return error_set(err, STATUS_DATA, "%s: the header is one single column, '%s'%s",
                             stream_input_name(dedupe->stream, i), quote(&q, reader->names[0]), hint);
    }
    return 0;
}

int dedupe_read(struct dedupe *dedupe, const struct dedupe_options *options, char **operands, struct error *err)
{
    *dedupe = (struct dedupe){.options = options, .id = COLUMN_ABSENT, .truth = COLUMN_ABSENT};
    kept_init(&dedupe->kept, 0);
    buffer_init(&dedupe->model);
    linkage_init(&dedupe->linkage, &options->settings);
    if (options->model && file_read(options->model, &dedupe->model, err))
        return -1;
    if (options->model && !dedupe->model.len)
        return error_set(err, STATUS_USAGE, "%s: is empty: not a model", options->model);
    return list_paths(dedupe, operands, err) || check_files(dedupe, err) || open_stream(dedupe, err) ||
                   check_delimiter(dedupe, err) || name_columns(dedupe, err) || dedupe_keep(dedupe, err)
               ? -1
               : 0;
}

/* The column that names a record: one in which every record has another value, else one that the vocabulary knows. */
static void find_id(struct dedupe *dedupe)
{
    static const char *const known[] = {"contact_id", "lead_id", "account_id"};
    const struct link_plan *plan = &dedupe->linkage.plan;

    for (size_t c = 0; plan->left && c < plan->columns && dedupe->id == COLUMN_ABSENT; c++)
        if (plan->left[c] == LINK_LEFT_UNIQUE)
            dedupe->id = c;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (size_t c = 0; c < dedupe->kept.columns && dedupe->id == COLUMN_ABSENT; c++)
            if (vocabulary_rank_role(known[i], dedupe->names[c]) != VOCABULARY_NO_RANK)
                dedupe->id = c;
}

int dedupe_prepare(struct dedupe *dedupe, struct error *err)
{
    struct linkage *linkage = &dedupe->linkage;

    if (dedupe->options->keys) {
        find_id(dedupe);
        return 0;
    }
    linkage->settings.excluded = dedupe->excluded;
    linkage->settings.progress = common_progress(&dedupe->options->common);
    linkage->settings.model = buffer_slice(&dedupe->model);
    linkage->settings.model_file = dedupe->options->model;
    if (!dedupe->kept.count) /* what names fields finds none */
        linkage->settings.block = NULL;
    if (!dedupe->kept.columns) {
        linkage->settings.fields = NULL;
        linkage->settings.model = SLICE("");
    }
    if (linkage_fill(linkage, dedupe->names, &dedupe->kept, dedupe->split, err)) {
        if (dedupe->options->settings.fields && err->status == STATUS_USAGE)
            error_prefix(err, "option '--fields': ");
        return -1;
    }
    if (linkage->records.field_count == 0 && dedupe->kept.count > 1) {
        dedupe_tell_columns(dedupe);
        return error_set(err, STATUS_DATA,
                         "no column can be compared (see --verbose); name those that can with --fields COLUMN,...");
    }
    find_id(dedupe);
    return dedupe->options->rules ? 0 : linkage_index(linkage, err);
}

void dedupe_fini(struct dedupe *dedupe)
{
    link_joined_fini(&dedupe->joined);
    free(dedupe->certain);
    linkage_fini(&dedupe->linkage);
    buffer_fini(&dedupe->model);
    kept_fini(&dedupe->kept);
    undo_free(dedupe->undo);
    stream_free(dedupe->stream);
    free(dedupe->names);
    free(dedupe->shown);
    free(dedupe->excluded);
    free(dedupe->paths);
}

int dedupe_show(struct dedupe *dedupe, const struct slice *added, size_t count, struct error *err)
{
    dedupe->shown = calloc(dedupe->kept.columns + 1, sizeof *dedupe->shown);
    if (!dedupe->shown)
        return error_memory(err);
    dedupe->shown_count = annotate_keep(dedupe->stream, dedupe->kept.columns, added, count, NULL, dedupe->shown);
    return 0;
}

bool dedupe_is_shown(const struct dedupe *dedupe, size_t column)
{
    for (size_t i = 0; i < dedupe->shown_count; i++)
        if (dedupe->shown[i] == column)
            return true;
    return false;
}

size_t dedupe_first_row(const struct dedupe *dedupe)
{
    return dedupe->options->settings.mode == LINK_AGAINST ? dedupe->split : 0;
}

struct field dedupe_name_of(const struct dedupe *dedupe, size_t row, struct field *fields, char number[24])
{
    if (dedupe->id != COLUMN_ABSENT) {
        kept_fields(&dedupe->kept, row, fields);
        if (fields[dedupe->id].text.len)
            return fields[dedupe->id];
    }
    int length = snprintf(number, 24, "%llu", (unsigned long long)kept_place(&dedupe->kept, row).number);
    return field_number((struct slice){number, (size_t)length});
}
