/* Stream: several inputs as one; roles, selection, the bad-record policy and the account. */
#include "stream/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/memory.h"
#include "base/options.h"
#include "base/program.h"
#include "value/vocabulary.h"

int stream_open(struct stream **out, char *const *paths, size_t count, const struct stream_options *options,
                struct error *err)
{
    static char *const standard_input[] = {"-"};
    struct stream *stream = calloc(1, sizeof *stream);

    if (!stream)
        return error_memory(err);
    if (count == 0) {
        paths = standard_input;
        count = 1;
    }
    stream->options = *options;
    stream->inputs = calloc(count, sizeof *stream->inputs);
    if (!stream->inputs) {
        stream_free(stream);
        return error_memory(err);
    }
    for (; stream->input_count < count; stream->input_count++) {
        struct stream_input *input = &stream->inputs[stream->input_count];
        input->options = options->reader;
        if (source_open(&input->source, paths[stream->input_count], err)) {
            stream_free(stream);
            return -1;
        }
    }
    if (rejects_open(&stream->rejects, options->rejects, options->limit, err)) {
        stream_free(stream);
        return -1;
    }
    stream->rejects.count_only = options->count_bad;
    if (options->where && where_new(&stream->where, options->where, options->as_of, options->tz, err)) {
        stream_free(stream);
        return -1;
    }
    progress_start(&stream->progress, options->progress);
    *out = stream;
    return 0;
}

int stream_start(struct stream *stream, struct error *err)
{
    for (size_t i = 0; i < stream->input_count; i++) {
        struct stream_input *input = &stream->inputs[i];
        if (reader_open(&input->reader, input->source, &input->options, err) ||
            (stream->where && where_bind(stream->where, input->unfiltered ? NULL : input->reader, err)))
            return -1;
    }
    return 0;
}

int stream_open_file(struct stream **stream, const char *path, struct error *err)
{
    const struct stream_options options = {.reader = {.format = FORMAT_AUTO}, .progress = PROGRESS_NEVER};
    char *const paths[] = {(char *)path}; /* not written to */

    if (stream_open(stream, paths, 1, &options, err))
        return -1;
    if (stream_start(*stream, err)) {
        stream_free(*stream);
        return -1;
    }
    return 0;
}

static void close_input(struct stream_input *input)
{
    reader_free(input->reader);
    source_free(input->source);
    *input = (struct stream_input){0};
}

void stream_free(struct stream *stream)
{
    if (!stream)
        return;
    progress_stop(&stream->progress);
    for (size_t i = 0; i < stream->input_count; i++)
        close_input(&stream->inputs[i]);
    free(stream->inputs);
    for (size_t i = 0; i < stream->column_count; i++)
        free(stream->columns[i].bound);
    free(stream->columns);
    where_free(stream->where);
    rejects_free(&stream->rejects);
    free(stream);
}

int stream_bind(struct stream *stream, struct slice name, const size_t *bound, size_t *column, struct error *err)
{
    size_t *copy = malloc(stream->input_count * sizeof *copy);

    if (!copy || ARRAY_GROW(stream->columns, stream->column_capacity, stream->column_count + 1)) {
        free(copy);
        return error_memory(err);
    }
    memcpy(copy, bound, stream->input_count * sizeof *copy);
    *column = stream->column_count;
    stream->columns[stream->column_count++] = (struct stream_column){name, copy};
    return 0;
}

/* The column of one input that stands for the canonical name best: itself, else its best alias, the first on a tie.
 * Names that programs give their own output (segment, recency_days) are in no vocabulary and have no alias. */
size_t stream_find_role(const struct reader *reader, const char *canonical)
{
    unsigned best = VOCABULARY_NO_RANK;
    size_t found = COLUMN_ABSENT;

    for (size_t i = 0; i < reader->name_count; i++) {
        if (slice_equal_cstr(reader->names[i], canonical))
            return i;
        unsigned rank = vocabulary_rank_role(canonical, reader->names[i]);
        if (rank < best) {
            best = rank;
            found = i;
        }
    }
    return found;
}

/* Text about a header for a message: "id, name, amount", and ", ..." where not all names have room. */
static void list_names(const struct reader *reader, char *out, size_t size)
{
    static const char more[] = ", ...";
    size_t used = 0;

    *out = '\0';
    if (quote_hides_values()) { /* what has no header has a record in its place */
        snprintf(out, size, "(%zu names hidden)", reader->name_count);
        return;
    }
    for (size_t i = 0; i < reader->name_count; i++) {
        struct quote q;
        const char *separator = i ? ", " : "";
        const char *name = quote_name(&q, reader->names[i]);
        if (used + strlen(separator) + strlen(name) + sizeof more > size) {
            memcpy(out + used, more, sizeof more);
            return;
        }
        used += (size_t)sprintf(out + used, "%s%s", separator, name);
    }
}

/* A header of a single name that holds another separator was read with the wrong one. */
const char *stream_delimiter_hint(const struct reader *reader)
{
    if (reader->kind != FORMAT_CSV || reader->name_count != 1)
        return "";
    struct slice name = reader->names[0];
    if (memchr(name.ptr, ';', name.len))
        return " (is the delimiter a semicolon? --delimiter ';')";
    if (memchr(name.ptr, '\t', name.len))
        return " (is the delimiter a tab? --delimiter tab)";
    if (memchr(name.ptr, '|', name.len))
        return " (is the delimiter a bar? --delimiter '|')";
    return "";
}

/* The name in the header that given was probably meant to be, for "did you mean". */
static struct slice likely_name(const struct reader *reader, struct slice given)
{
    struct slice likely = {"", 0};
    size_t least = given.len / 3 + 1;

    for (size_t i = 0; i < reader->name_count; i++) {
        size_t distance = edit_distance_folded(reader->names[i], given);
        if (distance < least) {
            least = distance;
            likely = reader->names[i];
        }
    }
    return likely;
}

int stream_missing_column(const struct reader *reader, const char *option, const char *given, const char *canonical,
                          struct error *err)
{
    char names[400];
    struct quote q, asked;
    struct slice likely = given ? likely_name(reader, slice_from_cstr(given)) : (struct slice){"", 0};

    list_names(reader, names, sizeof names);
    error_set(err, given ? STATUS_USAGE : STATUS_DATA, "%s: no column '%s'%s; the header is: %s", reader->source->name,
              given ? quote_name(&asked, slice_from_cstr(given)) : canonical, stream_delimiter_hint(reader), names);
    size_t used = strlen(err->text);
    if (likely.len)
        snprintf(err->text + used, sizeof err->text - used, "; did you mean '%s'?", quote_name(&q, likely));
    else if (!given && option)
        snprintf(err->text + used, sizeof err->text - used, "; name it with %s COL", option);
    return -1;
}

int stream_role(struct stream *stream, const char *option, const char *given, const char *canonical, bool required,
                size_t *column, struct error *err)
{
    size_t *bound = malloc(stream->input_count * sizeof *bound);
    size_t found = 0;
    int failed = 0;

    if (!bound)
        return error_memory(err);
    for (size_t i = 0; i < stream->input_count && !failed; i++) {
        struct reader *reader = stream->inputs[i].reader;
        bound[i] = COLUMN_ABSENT;
        if (given)
            failed = reader_find(reader, slice_from_cstr(given), &bound[i], err);
        else
            bound[i] = stream_find_role(reader, canonical);
        if (failed)
            break;
        if (bound[i] != COLUMN_ABSENT) {
            struct quote q;
            found++;
            if (stream->options.verbose)
                program_note("%s: %s is the column '%s'", stream_input_name(stream, i), canonical,
                             quote_name(&q, reader->names[bound[i]]));
        } else if ((required || given) && reader->name_count) {
            failed = stream_missing_column(reader, option, given, canonical, err);
        }
    }
    *column = COLUMN_ABSENT;
    if (!failed && (found || required || given))
        failed = stream_bind(stream, slice_from_cstr(canonical), bound, column, err);
    free(bound);
    return failed;
}

/* Each name's first column, by name. */
static int know_columns(const struct stream *stream, struct group_table *columns, struct error *err)
{
    bool added;

    for (size_t i = 0; i < stream->column_count; i++) {
        size_t *column = group_get(columns, stream->columns[i].name, &added);
        if (!column)
            return error_memory(err);
        if (added)
            *column = i;
    }
    return 0;
}

/* Binds all columns of an input. nowhere: a binding to no column of any input. */
static int bind_all(struct stream *stream, size_t input, const size_t *nowhere, struct group_table *columns,
                    struct error *err)
{
    struct reader *reader = stream->inputs[input].reader;
    bool added;

    reader->everything = true;
    for (size_t j = 0; j < reader->name_count; j++) {
        size_t *column = group_get(columns, reader->names[j], &added);
        if (!column)
            return error_memory(err);
        if (added && stream_bind(stream, reader->names[j], nowhere, column, err))
            return -1;
        stream->columns[*column].bound[input] = j;
    }
    return 0;
}

int stream_all(struct stream *stream, struct error *err)
{
    size_t *nowhere = malloc(stream->input_count * sizeof *nowhere);
    struct group_table columns;

    if (!nowhere)
        return error_memory(err);
    for (size_t i = 0; i < stream->input_count; i++)
        nowhere[i] = COLUMN_ABSENT;
    group_init(&columns, sizeof(size_t));
    int failed = know_columns(stream, &columns, err);
    for (size_t i = 0; i < stream->input_count && !failed; i++)
        failed = bind_all(stream, i, nowhere, &columns, err);
    group_fini(&columns);
    free(nowhere);
    return failed;
}

static int select_columns(struct stream *stream, struct error *err)
{
    const size_t *more = NULL;
    size_t more_count = stream->where ? where_columns(stream->where, stream->current, &more) : 0;
    size_t *columns = malloc((stream->column_count + more_count + 1) * sizeof *columns);

    if (!columns)
        return error_memory(err);
    for (size_t i = 0; i < stream->column_count; i++)
        columns[i] = stream->columns[i].bound[stream->current];
    for (size_t i = 0; i < more_count; i++)
        columns[stream->column_count + i] = more[i];
    int failed = reader_select(stream->inputs[stream->current].reader, columns, stream->column_count + more_count, err);
    free(columns);
    stream->selected = true;
    return failed;
}

void stream_show_progress(struct stream *stream, uint64_t records)
{
    uint64_t bytes = 0;
    uint64_t total = 0;
    bool known = true;

    for (size_t i = 0; i < stream->input_count; i++) {
        const struct source *source = stream->inputs[i].source;
        bytes += source->bytes_read;
        total += source->bytes_size;
        known = known && source->bytes_size;
    }
    progress_update(&stream->progress, bytes, known ? total : 0, records);
}

static bool is_filtered(const struct stream *stream)
{
    return stream->where && !stream->inputs[stream->current].unfiltered;
}

int stream_see(struct stream *stream, struct record *record, struct bad_record *bad, struct error *err)
{
    if (!is_filtered(stream))
        return 1;
    bool untyped = reader_untyped(stream->inputs[record->input].reader);
    record->count = stream->column_count;
    int seen = where_test(stream->where, record->fields + stream->column_count, untyped, err);
    if (seen == 0) {
        stream_count(stream);
        stream->rejects.filtered++;
    } else if (seen < 0) {
        *bad = (struct bad_record){
            .line = record->line, .number = record->number, .column = SLICE(""), .raw = record->raw};
        snprintf(bad->reason, sizeof bad->reason, "--where: %.*s", (int)sizeof bad->reason - 10, err->text);
    }
    return seen;
}

enum stream_fetched stream_fetch(struct stream *stream, struct record *record, struct bad_record *bad,
                                 struct error *err)
{
    while (stream->current < stream->input_count) {
        if (!stream->selected && select_columns(stream, err))
            return STREAM_FAILED;
        enum read_result result = reader_next(stream->inputs[stream->current].reader, record, bad, err);
        record->input = stream->current;
        if (result == READ_RECORD) {
            int seen = stream_see(stream, record, bad, err);
            if (seen > 0)
                return STREAM_RECORD;
            if (seen < 0)
                return err->status == STATUS_DATA ? STREAM_BAD : STREAM_FAILED;
            continue;
        }
        if (result != READ_END)
            return result == READ_BAD ? STREAM_BAD : STREAM_FAILED;
        stream->current++;
        stream->selected = false;
    }
    return STREAM_END;
}

void stream_count(struct stream *stream)
{
    stream->rejects.read++;
    if (stream->progress.active && (stream->rejects.read & 0xfff) == 0)
        stream_show_progress(stream, stream->rejects.read);
}

int stream_count_bad(struct stream *stream, size_t input, const struct bad_record *bad, struct error *err)
{
    stream->rejects.read++;
    return rejects_add(&stream->rejects, stream->inputs[input].source->name, bad, err);
}

int stream_next(struct stream *stream, struct record *record, struct error *err)
{
    struct bad_record bad;

    for (;;) {
        switch (stream_fetch(stream, record, &bad, err)) {
        case STREAM_RECORD:
            stream_count(stream);
            return 1;
        case STREAM_BAD:
            if (stream_count_bad(stream, record->input, &bad, err))
                return -1;
            break;
        case STREAM_END:
            return 0;
        case STREAM_FAILED:
            return -1;
        }
    }
}

int deferral_add(struct deferral *deferral, const struct bad_record *bad, struct error *err)
{
    if (ARRAY_GROW(deferral->items, deferral->capacity, deferral->count + 1))
        return error_memory(err);
    deferral->items[deferral->count++] = (struct deferred){*bad, deferral->rows};
    return 0;
}

int stream_reject(struct stream *stream, const struct record *record, size_t column, struct error *err,
                  const char *format, ...)
{
    const struct stream_input *input = &stream->inputs[record->input];
    struct bad_record bad = {.line = record->line, .number = record->number, .column = {"", 0}, .raw = record->raw};
    va_list args;

    if (column != COLUMN_ABSENT) {
        size_t bound = stream->columns[column].bound[record->input];
        bad.column = bound == COLUMN_ABSENT ? stream->columns[column].name : input->reader->names[bound];
    }
    va_start(args, format);
    vsnprintf(bad.reason, sizeof bad.reason, format, args);
    va_end(args);
    return stream->deferral ? deferral_add(stream->deferral, &bad, err)
                            : rejects_add(&stream->rejects, input->source->name, &bad, err);
}

void stream_skip(struct stream *stream)
{
    stream->rejects.filtered++;
}

int stream_finish(struct stream *stream, struct error *err)
{
    const struct rejects *rejects = &stream->rejects;
    char filtered[48] = "";

    progress_stop(&stream->progress);
    if (rejects->filtered)
        snprintf(filtered, sizeof filtered, ", %llu filtered", (unsigned long long)rejects->filtered);
    if (stream->options.rejects || stream->options.account)
        program_note("%llu read, %llu used%s, %llu rejected", (unsigned long long)rejects->read,
                     (unsigned long long)rejects_used(rejects), filtered, (unsigned long long)rejects->rejected);
    return rejects_finish(&stream->rejects, err);
}

enum format stream_format(const struct stream *stream)
{
    const struct reader *reader = stream->inputs[0].reader;

    return reader ? reader->kind : FORMAT_CSV;
}

const char *stream_input_name(const struct stream *stream, size_t input)
{
    return stream->inputs[input].source->name;
}
