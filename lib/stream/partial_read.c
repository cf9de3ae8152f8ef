/* Parts, read: records in their order, begin and end checked, values taken from their cells.
 *
 * Every mistake is an error that names file and line, never a record that is set aside: a part that is not whole has no
 * right answer. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/terminal.h"
#include "stream/partial_parts.h"

static const char cut_off[] = "the part that begins here has no end: it was cut off";

/* ---- columns ---- */

/* The column of each input; JSON Lines may have records with it only later on. */
static int find_column(struct stream *stream, const char *name, size_t *bound, struct error *err)
{
    for (size_t i = 0; i < stream->input_count; i++) {
        struct reader *reader = stream->inputs[i].reader;
        bool json = reader->kind == FORMAT_JSON || reader->kind == FORMAT_JSONL;
        if (reader_find(reader, slice_from_cstr(name), &bound[i], err))
            return -1;
        if (bound[i] != COLUMN_ABSENT || reader->name_count == 0)
            continue;
        if (strcmp(name, partial_names[PARTIAL_PART]) == 0)
            return error_set(err, STATUS_DATA, "%s: no column 'part': --merge reads what --partial wrote%s",
                             stream_input_name(stream, i), stream_delimiter_hint(reader));
        if (json && !reader->rows && json_reader_add_name(reader, slice_from_cstr(name), &bound[i], err))
            return -1;
    }
    return 0;
}

int partial_read_open(struct partial_reader *reader, const struct partial_plan *plan, struct stream *stream,
                      struct error *err)
{
    *reader = (struct partial_reader){.plan = plan, .stream = stream};
    size_t *bound = malloc(stream->input_count * sizeof *bound);
    int failed = bound ? partial_analysis(plan, &reader->analysis, err) : error_memory(err);

    for (size_t i = 0; i < PARTIAL_OWN + plan->column_count && !failed; i++) {
        const char *name = i < PARTIAL_OWN ? partial_names[i] : plan->columns[i - PARTIAL_OWN];
        failed = find_column(stream, name, bound, err) ||
                 stream_bind(stream, slice_from_cstr(name), bound, &reader->columns[i], err);
    }
    free(bound);
    return failed ? -1 : 0;
}

void partial_reader_free(struct partial_reader *reader)
{
    free((void *)(uintptr_t)reader->analysis.ptr);
    *reader = (struct partial_reader){0};
}

static struct slice cell(const struct partial_reader *reader, size_t own)
{
    return reader->record.fields[reader->columns[own]].text;
}

/* ---- begin and end ---- */

/* Refuses the part at hand, at the record where it begins. Without a rejects file that is always an error. */
static int refuse_part(struct partial_reader *reader, const char *what, struct error *err)
{
    return stream_reject(reader->stream, &reader->begin, COLUMN_ABSENT, err, "%s", what) ? -1 : 0;
}

static int refuse_record(struct partial_reader *reader, const char *what, struct error *err)
{
    return stream_reject(reader->stream, &reader->record, COLUMN_ABSENT, err, "%s", what) ? -1 : 0;
}

/* The next word of an analysis. */
static struct slice take_word(struct slice *text)
{
    const char *blank = text->len ? memchr(text->ptr, ' ', text->len) : NULL;
    struct slice word = {text->ptr, blank ? (size_t)(blank - text->ptr) : text->len};

    text->ptr += word.len + (blank != NULL);
    text->len -= word.len + (blank != NULL);
    return word;
}

/* "returns=net" into name and value. */
static struct slice name_of(struct slice word)
{
    const char *equals = word.len ? memchr(word.ptr, '=', word.len) : NULL;

    return (struct slice){word.ptr, equals ? (size_t)(equals - word.ptr) : word.len};
}

static bool is_option_of(const struct partial_plan *plan, struct slice name)
{
    for (size_t i = 0; i < plan->option_count; i++)
        if (slice_equal_cstr(name, plan->options[i].name))
            return true;
    return false;
}

/* The word of that name, or an empty one. */
static struct slice find_word(struct slice words, struct slice name)
{
    while (words.len) {
        struct slice word = take_word(&words);
        if (slice_equal(name_of(word), name))
            return word;
    }
    return (struct slice){"", 0};
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A word as it was typed, without its %XX; of text the memory is used again. */
static const char *show_word(struct quote *q, struct buffer *text, struct slice word, struct error *err)
{
    buffer_clear(text);
    for (size_t i = 0; i < word.len; i++) {
        int high = word.ptr[i] == '%' && word.len - i > 2 ? hex_digit(word.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(word.ptr[i + 2]) : -1;
        char c = word.ptr[i];
        if (low >= 0)
            c = (char)(high << 4 | low);
        if (buffer_append_char(text, c)) {
            error_memory(err);
            return NULL;
        }
        i += low >= 0 ? 2 : 0;
    }
    return text->len ? quote_name(q, buffer_slice(text)) : "none";
}

/* Stages are told by a fingerprint, which says nothing to a reader. */
static int refuse_option(struct partial_reader *reader, struct slice name, struct slice theirs, struct slice ours,
                         struct error *err)
{
    struct quote is, has, option;
    struct buffer text;

    if (slice_equal_cstr(name, "stages"))
        return stream_reject(reader->stream, &reader->record, COLUMN_ABSENT, err,
                             "option '--stages': the part has %s, this run %s",
                             !theirs.len ? "none"
                             : ours.len  ? "other stages"
                                         : "stages",
                             ours.len ? "its own" : "none");
    buffer_init(&text);
    const char *their_text = show_word(&is, &text, theirs, err);
    const char *our_text = their_text ? show_word(&has, &text, ours, err) : NULL;
    int failed = our_text ? stream_reject(reader->stream, &reader->record, COLUMN_ABSENT, err,
                                          "option '--%s': the part has %s, this run %s", quote_name(&option, name),
                                          their_text, our_text)
                          : -1;
    buffer_fini(&text);
    return failed;
}

/* Says what differs first. */
static int refuse_analysis(struct partial_reader *reader, struct slice theirs, struct error *err)
{
    const struct partial_plan *plan = reader->plan;
    struct slice ours = reader->analysis, rest = theirs;
    struct quote q;

    struct slice program = take_word(&rest);
    struct slice version = take_word(&rest);
    take_word(&ours);
    if (!slice_equal_cstr(program, plan->program))
        return stream_reject(reader->stream, &reader->record, COLUMN_ABSENT, err, "a part of '%s', not of %s",
                             quote_name(&q, program), plan->program);
    if (!slice_equal(version, take_word(&ours)))
        return stream_reject(reader->stream, &reader->record, COLUMN_ABSENT, err,
                             "the part is of version '%s', this %s merges version %d", quote_name(&q, version),
                             plan->program, plan->version);
    for (size_t i = 0; i < plan->option_count; i++) {
        struct slice name = slice_from_cstr(plan->options[i].name);
        struct slice their_word = find_word(rest, name), our_word = find_word(ours, name);
        if (!slice_equal(their_word, our_word))
            return refuse_option(reader, name, their_word, our_word, err);
    }
    while (rest.len) {
        struct slice word = take_word(&rest);
        if (!is_option_of(plan, name_of(word)))
            return refuse_option(reader, name_of(word), word, (struct slice){"", 0}, err);
    }
    return refuse_record(reader, "the analysis is not written as --partial does", err);
}

static int take_count(struct partial_reader *reader, size_t own, uint64_t *sum, struct error *err)
{
    struct slice text = cell(reader, own);
    struct quote q;
    int64_t count;

    if (!partial_take_integer(&text, 0, INT64_MAX, &count) || text.len)
        return stream_reject(reader->stream, &reader->record, reader->columns[own], err, "not a count: '%s'",
                             quote(&q, cell(reader, own)));
    if (__builtin_add_overflow(*sum, (uint64_t)count, sum))
        return refuse_record(reader, "too many records", err);
    return 0;
}

static void note_format(struct partial_reader *reader)
{
    struct slice text = cell(reader, PARTIAL_FORMAT);

    for (enum format format = FORMAT_CSV; format <= FORMAT_JSON; format++)
        if (reader->format == FORMAT_AUTO && slice_equal_cstr(text, format_name(format)))
            reader->format = format;
}

/* Inputs before this one of which nothing came are no parts. */
static int check_inputs(struct partial_reader *reader, size_t input, struct error *err)
{
    if (reader->inputs < input)
        return error_set(err, STATUS_DATA, "%s: holds no part: what should have written it has failed",
                         stream_input_name(reader->stream, reader->inputs));
    return 0;
}

static int begin(struct partial_reader *reader, struct error *err)
{
    struct slice analysis = cell(reader, PARTIAL_ANALYSIS);

    if (reader->inside)
        return refuse_part(reader, cut_off, err);
    if (check_inputs(reader, reader->record.input, err))
        return -1;
    reader->begin = (struct record){
        .line = reader->record.line, .number = reader->record.number, .input = reader->record.input, .raw = SLICE("")};
    if (!slice_equal(analysis, reader->analysis) && refuse_analysis(reader, analysis, err))
        return -1;
    if (take_count(reader, PARTIAL_READ, &reader->read, err) ||
        take_count(reader, PARTIAL_FILTERED, &reader->filtered, err) ||
        take_count(reader, PARTIAL_REJECTED, &reader->rejected, err))
        return -1;
    note_format(reader);
    reader->inputs = reader->record.input + 1;
    reader->inside = true;
    reader->count = 0;
    reader->parts++;
    reader->kind = PARTIAL_BEGIN;
    return 1;
}

static int end(struct partial_reader *reader, struct error *err)
{
    uint64_t count = 0;

    if (take_count(reader, PARTIAL_RECORDS, &count, err))
        return -1;
    if (count != reader->count)
        return stream_reject(reader->stream, &reader->record, COLUMN_ABSENT, err,
                             "the part has %" PRIu64 " record%s, not %" PRIu64 " as its end says", reader->count,
                             reader->count == 1 ? "" : "s", count);
    reader->inside = false;
    return 0;
}

/* A header that stands again where two tables were joined. */
static bool is_header(const struct partial_reader *reader)
{
    const struct stream *stream = reader->stream;
    const struct reader *input = stream->inputs[reader->record.input].reader;

    if (!slice_equal_cstr(cell(reader, PARTIAL_PART), partial_names[PARTIAL_PART]))
        return false;
    for (size_t i = 0; i < PARTIAL_OWN + reader->plan->column_count; i++) {
        size_t bound = stream->columns[reader->columns[i]].bound[reader->record.input];
        if (bound != COLUMN_ABSENT && !slice_equal(cell(reader, i), input->names[bound]))
            return false;
    }
    return true;
}

static int finish(struct partial_reader *reader, struct error *err)
{
    if (reader->inside)
        return refuse_part(reader, cut_off, err);
    return check_inputs(reader, reader->stream->input_count, err);
}

static int other_kind(struct partial_reader *reader, struct slice part, struct error *err)
{
    if (slice_equal_cstr(part, partial_names[PARTIAL_PART]))
        return refuse_record(reader, "a header unlike the first: join parts written with --to jsonl", err);
    if (!reader->inside)
        return refuse_record(reader, "a record outside of any part: 'begin' is missing", err);
    for (size_t i = 0; i < reader->plan->kind_count; i++)
        if (slice_equal_cstr(part, reader->plan->kinds[i])) {
            reader->kind = (int)i;
            reader->count++;
            return 1;
        }
    struct quote q;
    return stream_reject(reader->stream, &reader->record, reader->columns[PARTIAL_PART], err,
                         "no kind of record of %s: '%s'", reader->plan->program, quote(&q, part));
}

int partial_next(struct partial_reader *reader, struct error *err)
{
    for (;;) {
        int more = stream_next(reader->stream, &reader->record, err);
        if (more <= 0)
            return more ? more : finish(reader, err);
        struct slice part = cell(reader, PARTIAL_PART);
        if (reader->inside && reader->record.input != reader->begin.input)
            return refuse_part(reader, cut_off, err);
        if (slice_equal_cstr(part, "begin"))
            return begin(reader, err);
        if (slice_equal_cstr(part, "end") && reader->inside) {
            if (end(reader, err))
                return -1;
        } else if (!is_header(reader)) {
            return other_kind(reader, part, err);
        } else if (reader->inside) {
            return refuse_part(reader, cut_off, err);
        }
    }
}

int partial_read_finish(struct partial_reader *reader, const struct common *common, enum format *to, struct error *err)
{
    struct rejects *account = &reader->stream->rejects;

    account->read = reader->read;
    account->filtered = reader->filtered;
    account->rejected = reader->rejected;
    account->limit = common->limit;
    if (common->to == FORMAT_AUTO && (common->output || !terminal_shown(STDOUT_FILENO)))
        *to = reader->format;
    if (stream_finish(reader->stream, err))
        return -1;
    if (!common->limit.percent && (double)reader->rejected > common->limit.value)
        return error_set(err, STATUS_DATA, "more than %.0f record%s rejected: %" PRIu64 " (see --max-rejects)",
                         common->limit.value, common->limit.value == 1 ? "" : "s", reader->rejected);
    return 0;
}
