/* Parts of a scoring, read. The highest leads of all are among the highest of each part; offered in the order of the
 * parts, of equal scores the earlier stays in front. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/score_partial.h"
#include "analysis/score_run.h"
#include "base/memory.h"

struct texts {
    struct slice *items; /* owned; the texts themselves are in an arena */
    size_t count, capacity;
};

struct reading {
    const struct score_leads *leads;
    struct partial_reader reader;
    enum format to;
    int32_t as_of;
    int64_t event_leads;
    uint64_t with_events;
    struct arena arena; /* of texts that last */
    /* backtest */
    struct score_outcomes *outcomes;
    struct texts texts; /* of the part at hand */
    /* top */
    struct score_top top;
    struct texts names, first_names; /* of columns: of the part at hand, and of all */
    bool first_has_leads, has_leads; /* the part that named the columns, and the one at hand */
    size_t field_count;              /* of the rows */
};

static int refuse(struct reading *reading, const char *what, struct error *err)
{
    return partial_refuse(&reading->reader, PARTIAL_COLUMNS, what, err);
}

static int keep_text(struct reading *reading, struct texts *texts, struct error *err)
{
    struct slice text = partial_text(&reading->reader, SCORE_PARTIAL_TEXT);
    const char *copy = arena_copy(&reading->arena, text);

    if (!copy || ARRAY_GROW(texts->items, texts->capacity, texts->count + 1))
        return error_memory(err);
    texts->items[texts->count++] = (struct slice){copy, text.len};
    return 0;
}

static bool take_double(struct slice *list, double *number)
{
    uint64_t bits;

    if (!partial_take_hex(list, &bits))
        return false;
    memcpy(number, &bits, sizeof *number);
    return isfinite(*number);
}

/* ---- facts ---- */

static int take_begin(struct reading *reading, struct error *err)
{
    struct partial_reader *reader = &reading->reader;
    const struct score_options *o = reading->leads->options;
    int64_t top, with_events;
    int32_t day;

    reading->texts.count = reading->names.count = 0;
    reading->has_leads = false;
    if (partial_day(reader, SCORE_PARTIAL_AS_OF, &day, err) ||
        partial_integer(reader, SCORE_PARTIAL_TOP, 0, INT64_MAX, &top, err) ||
        partial_integer(reader, SCORE_PARTIAL_EVENT_LEADS, 0, INT64_MAX, &reading->event_leads, err) ||
        partial_integer(reader, SCORE_PARTIAL_WITH_EVENTS, 0, INT64_MAX, &with_events, err))
        return -1;
    if (reader->parts > 1 && day != reading->as_of)
        return partial_refuse(reader, SCORE_PARTIAL_AS_OF,
                              "scored as of another day than the first part: give all --as-of", err);
    if ((uint64_t)top < o->top)
        return partial_refuse(reader, SCORE_PARTIAL_TOP, "the part has fewer leads than --top asks for", err);
    reading->as_of = day;
    reading->with_events += (uint64_t)with_events;
    if (reading->outcomes)
        reading->outcomes->is_probability |= slice_equal_cstr(partial_text(reader, SCORE_PARTIAL_PROBABILITY), "yes");
    return 0;
}

/* ---- backtest ---- */

static int take_scores(struct reading *reading, struct error *err)
{
    struct slice list = partial_text(&reading->reader, SCORE_PARTIAL_VALUES);

    while (list.len) {
        double score;
        int64_t text;
        if (!take_double(&list, &score) || !partial_take_integer(&list, 0, (int64_t)reading->texts.count - 1, &text))
            return refuse(reading, "scores that cannot be", err);
        const struct field outcome = field_text(reading->texts.items[text]);
        if (score_outcomes_add(reading->outcomes, score, &outcome, err))
            return -1;
    }
    return 0;
}

/* ---- top ---- */

static bool take_field(struct slice *row, struct field *field)
{
    const char *colon = row->len ? memchr(row->ptr, ':', row->len) : NULL;
    const char *kind = row->len ? memchr(score_partial_letters, row->ptr[0], SCORE_PARTIAL_LETTERS) : NULL;
    int64_t length;

    if (!colon || !kind || colon == row->ptr)
        return false;
    struct slice number = {row->ptr + 1, (size_t)(colon - row->ptr - 1)};
    size_t rest = row->len - (size_t)(colon + 1 - row->ptr);
    if (!partial_take_integer(&number, 0, (int64_t)rest, &length) || number.len)
        return false;
    *field = (struct field){{colon + 1, (size_t)length}, (enum field_kind)(kind - score_partial_letters)};
    *row = (struct slice){colon + 1 + length, rest - (size_t)length};
    return true;
}

static bool same_names(const struct reading *reading)
{
    bool same = reading->names.count == reading->first_names.count;

    for (size_t i = 0; i < reading->names.count && same; i++)
        same = slice_equal(reading->names.items[i], reading->first_names.items[i]);
    return same;
}

/* The columns are those of the first part with leads; where none has any, of the part that has most. */
static int choose_names(struct reading *reading, struct error *err)
{
    if (reading->first_has_leads)
        return !reading->has_leads || same_names(reading)
                   ? 0
                   : refuse(reading, "the part has other columns than those before", err);
    if (!reading->has_leads && reading->names.count <= reading->first_names.count)
        return 0;
    if (ARRAY_GROW(reading->first_names.items, reading->first_names.capacity, reading->names.count + 1))
        return error_memory(err);
    if (reading->names.count)
        memcpy(reading->first_names.items, reading->names.items, reading->names.count * sizeof(struct slice));
    reading->first_names.count = reading->names.count;
    reading->first_has_leads = reading->has_leads;
    return 0;
}

static int take_column(struct reading *reading, struct error *err)
{
    return keep_text(reading, &reading->names, err) || choose_names(reading, err) ? -1 : 0;
}

static bool is_row(struct slice row, size_t columns)
{
    struct field field;

    while (row.len && columns && take_field(&row, &field))
        columns--;
    return row.len == 0 && columns == 0;
}

static int take_lead(struct reading *reading, struct error *err)
{
    struct slice list = partial_text(&reading->reader, SCORE_PARTIAL_VALUES);
    struct slice row = partial_text(&reading->reader, SCORE_PARTIAL_TEXT);
    const struct field field = field_text(row);
    struct record record = reading->reader.record;
    double score;

    if (!reading->has_leads) {
        reading->has_leads = true;
        if (choose_names(reading, err))
            return -1;
    }
    if (!is_row(row, reading->names.count) || !take_double(&list, &score) || list.len)
        return refuse(reading, "a lead that cannot be", err);
    record.fields = &field;
    record.count = 1;
    return score_top_offer(&reading->top, score, &record, err);
}

static int print_top(struct reading *reading, struct field *fields, struct output *output, struct error *err)
{
    struct common common = reading->leads->options->common;
    const struct texts *names = &reading->first_names;

    common.to = reading->to;
    if (output_open(output, &common, reading->leads->stream, names->items, names->count, err))
        return -1;
    score_top_sort(&reading->top);
    for (size_t i = 0; i < reading->top.count; i++) {
        struct field row;
        kept_fields(&reading->top.kept, reading->top.places[i].row, &row);
        for (size_t column = 0; column < names->count; column++)
            take_field(&row.text, &fields[column]);
        if (writer_put(output->writer, fields, err))
            return -1;
    }
    return output_finish(output, err);
}

static int write_top(struct reading *reading, struct output *output, struct error *err)
{
    struct field *fields = calloc(reading->first_names.count + 1, sizeof *fields);

    if (!fields)
        return error_memory(err);
    int failed = print_top(reading, fields, output, err);
    free(fields);
    return failed;
}

/* ---- all ---- */

static int take_record(struct reading *reading, struct error *err)
{
    int kind = reading->reader.kind;
    bool of_backtest = kind == SCORE_PARTIAL_OUTCOME || kind == SCORE_PARTIAL_SCORES;

    if (kind == PARTIAL_BEGIN)
        return take_begin(reading, err);
    if (of_backtest != (reading->outcomes != NULL))
        return refuse(reading, "a record of another report", err);
    switch (kind) {
    case SCORE_PARTIAL_OUTCOME:
        return keep_text(reading, &reading->texts, err);
    case SCORE_PARTIAL_SCORES:
        return take_scores(reading, err);
    case SCORE_PARTIAL_COLUMN:
        return take_column(reading, err);
    default:
        return take_lead(reading, err);
    }
}

static int read_all(struct reading *reading, struct error *err)
{
    const struct score_leads *leads = reading->leads;
    int more = partial_read_open(&reading->reader, &leads->partial->plan, leads->stream, err);

    reading->to = leads->options->common.to;
    while (more >= 0 && (more = partial_next(&reading->reader, err)) > 0)
        if (take_record(reading, err))
            more = -1;
    return more < 0 ? -1 : partial_read_finish(&reading->reader, &leads->options->common, &reading->to, err);
}

static void init(struct reading *reading, const struct score_leads *leads)
{
    *reading = (struct reading){.leads = leads};
    arena_init(&reading->arena);
    score_top_init(&reading->top, leads->options->top, 1);
}

static void fini(struct reading *reading)
{
    partial_reader_free(&reading->reader);
    arena_fini(&reading->arena);
    score_top_fini(&reading->top);
    free(reading->texts.items);
    free(reading->names.items);
    free(reading->first_names.items);
}

int score_partial_read_outcomes(struct score_outcomes *outcomes, const struct score_leads *leads, enum format *to,
                                struct error *err)
{
    struct reading reading;

    init(&reading, leads);
    reading.outcomes = outcomes;
    int failed = read_all(&reading, err);
    *to = reading.to;
    fini(&reading);
    return failed;
}

int score_partial_merge_top(const struct score_leads *leads, struct output *output, struct error *err)
{
    struct reading reading;

    init(&reading, leads);
    int failed = read_all(&reading, err) || write_top(&reading, output, err);
    if (!failed && leads->options->events)
        score_say_events(leads->options, (size_t)reading.event_leads, reading.with_events);
    fini(&reading);
    return failed ? -1 : 0;
}
