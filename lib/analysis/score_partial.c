/* Parts of a scoring, written. The rows of the highest leads are in them as they will be written, so that a merge needs
 * neither rules nor events; fields keep their kinds, which CSV has none of. Scores are there bit by bit, since measures
 * depend on which are equal. */
#include "analysis/score_partial.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/group.h"
#include "base/memory.h"
#include "stream/file.h"

static const char *const kind_names[SCORE_PARTIAL_KINDS] = {"outcome", "scores", "column", "lead"};
static const char *const column_names[SCORE_PARTIAL_COLUMNS] = {"as_of",       "top",  "probability", "event_leads",
                                                                "with_events", "text", "values"};

/* ---- the plan ---- */

/* Without its folder: parts may have been made elsewhere. */
static const char *file_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    return slash ? slash + 1 : path;
}

/* A file by its name and what is in it; built-in rules by their name. NULL: not given. */
static int fingerprint(struct score_partial *partial, const char *path, const char **text, struct error *err)
{
    struct buffer bytes;
    struct buffer made;

    *text = path;
    if (!path || score_rules_builtin(path))
        return 0;
    buffer_init(&bytes);
    buffer_init(&made);
    int failed = file_read(path, &bytes, err);
    if (!failed) {
        uint64_t hash = bytes.len ? XXH3_64bits(bytes.data, bytes.len) : 0;
        *text = buffer_printf(&made, "%s:%016" PRIx64, file_name(path), hash)
                    ? NULL
                    : arena_copy(&partial->arena, buffer_slice(&made));
        failed = *text ? 0 : error_memory(err);
    }
    buffer_fini(&made);
    buffer_fini(&bytes);
    return failed;
}

static int list_options(struct score_partial *partial, const struct score_options *o, struct error *err)
{
    const char *rules, *model;
    char number[24];

    if (fingerprint(partial, o->rules, &rules, err) || fingerprint(partial, o->model, &model, err))
        return -1;
    int length = snprintf(number, sizeof number, "%zu", o->reasons);
    const char *reasons = arena_copy(&partial->arena, (struct slice){number, (size_t)length});
    const struct partial_option options[] = {
        {"rules", rules},
        {"model", model},
        {"may-fall", o->may_fall ? "yes" : NULL},
        {"as-of", o->common.as_of},
        {"as-of-column", o->as_of_column ? "yes" : NULL},
        {"tz", o->common.tz},
        {"events", file_name(o->events)},
        {"where", o->common.where},
        {"backtest", o->backtest},
        {"top", o->top ? "yes" : NULL},
        {"keep-reasons", o->top ? reasons : NULL},
    };

    if (!reasons)
        return error_memory(err);
    memcpy(partial->options, options, sizeof options);
    partial->plan.options = partial->options;
    partial->plan.option_count = sizeof options / sizeof *options;
    return 0;
}

int score_partial_init(struct score_partial *partial, const struct score_options *options, struct error *err)
{
    *partial = (struct score_partial){
        .plan =
            {
                .program = "crm-score",
                .version = 1,
                .kinds = kind_names,
                .kind_count = SCORE_PARTIAL_KINDS,
                .columns = column_names,
                .column_count = SCORE_PARTIAL_COLUMNS,
                .fact_count = SCORE_PARTIAL_FACTS,
            },
    };
    arena_init(&partial->arena);
    return list_options(partial, options, err);
}

void score_partial_fini(struct score_partial *partial)
{
    arena_fini(&partial->arena);
    *partial = (struct score_partial){0};
}

/* ---- leads with an outcome ---- */

void score_outcomes_init(struct score_outcomes *outcomes)
{
    *outcomes = (struct score_outcomes){0};
    kept_init(&outcomes->texts, 1);
}

void score_outcomes_fini(struct score_outcomes *outcomes)
{
    kept_fini(&outcomes->texts);
    free(outcomes->scores);
    *outcomes = (struct score_outcomes){0};
}

int score_outcomes_add(struct score_outcomes *outcomes, double score, const struct field *outcome, struct error *err)
{
    const struct record record = {.fields = outcome, .count = 1};

    if (ARRAY_GROW(outcomes->scores, outcomes->capacity, outcomes->texts.count + 1))
        return error_memory(err);
    outcomes->scores[outcomes->texts.count] = score;
    return kept_add(&outcomes->texts, &record, err);
}

/* ---- writing ---- */

static int put_facts(struct partial_writer *writer, const struct score_leads *leads, bool is_probability,
                     uint64_t with_events, struct error *err)
{
    const struct score_options *o = leads->options;
    bool dated = !o->as_of_column && (o->common.as_of || score_leads_need_day(leads));
    struct row *row = partial_begin(writer, leads->stream);

    row_day(row, dated ? leads->context.as_of : DAY_NONE);
    row_count(row, o->top);
    row_text(row, is_probability ? SLICE("yes") : SLICE("no"));
    row_count(row, leads->events ? leads->events->leads.count : 0);
    row_count(row, with_events);
    return partial_put(writer, err);
}

static int list_double(struct buffer *list, double number)
{
    uint64_t bits;

    memcpy(&bits, &number, sizeof bits);
    return partial_list_hex(list, bits);
}

static int put_text(struct partial_writer *writer, size_t kind, struct slice text, struct error *err)
{
    row_text(partial_record(writer, kind), text);
    return partial_put(writer, err);
}

static int put_list(struct partial_writer *writer, struct buffer *list, struct error *err)
{
    struct row *row = partial_record(writer, SCORE_PARTIAL_SCORES);

    row_null(row);
    row_text(row, buffer_slice(list));
    int failed = partial_put(writer, err);
    buffer_clear(list);
    return failed;
}

/* texts: numbers of outcomes; those that are new are written. */
static int put_outcomes(struct partial_writer *writer, const struct score_outcomes *outcomes, struct group_table *texts,
                        struct buffer *list, struct error *err)
{
    for (size_t i = 0; i < outcomes->texts.count; i++) {
        struct field outcome;
        bool added;
        kept_fields(&outcomes->texts, i, &outcome);
        const void *state = group_get(texts, outcome.text, &added);
        if (!state)
            return error_memory(err);
        if (added && put_text(writer, SCORE_PARTIAL_OUTCOME, outcome.text, err))
            return -1;
        if (list_double(list, outcomes->scores[i]) || partial_list_integer(list, (int64_t)group_index(state)))
            return error_memory(err);
        if ((list->len > PARTIAL_LIST || i + 1 == outcomes->texts.count) && put_list(writer, list, err))
            return -1;
    }
    return 0;
}

int score_partial_write_outcomes(const struct score_outcomes *outcomes, const struct score_leads *leads,
                                 struct output *output, struct error *err)
{
    struct partial_writer writer = {0};
    struct group_table texts;
    struct buffer list;

    group_init(&texts, 0);
    buffer_init(&list);
    int failed =
        partial_write_open(&writer, &leads->partial->plan, output, &leads->options->common, leads->stream, err) ||
        put_facts(&writer, leads, outcomes->is_probability, 0, err) ||
        put_outcomes(&writer, outcomes, &texts, &list, err) || partial_finish(&writer, err);
    partial_writer_free(&writer);
    group_fini(&texts);
    buffer_fini(&list);
    return failed ? -1 : 0;
}

int score_partial_begin_top(struct partial_writer *writer, const struct score_print *print, uint64_t with_events,
                            struct error *err)
{
    const struct score_leads *leads = print->leads;

    if (partial_write_open(writer, &leads->partial->plan, print->output, &leads->options->common, leads->stream, err) ||
        put_facts(writer, leads, false, with_events, err))
        return -1;
    for (size_t i = 0; i < print->name_count; i++)
        if (put_text(writer, SCORE_PARTIAL_COLUMN, print->names[i], err))
            return -1;
    return 0;
}

const char score_partial_letters[SCORE_PARTIAL_LETTERS] = {
    [FIELD_ABSENT] = 'x', [FIELD_TEXT] = 't', [FIELD_NUMBER] = 'n', [FIELD_TRUE] = 'y',
    [FIELD_FALSE] = 'f',  [FIELD_NULL] = 'z', [FIELD_JSON] = 'j',
};

static int list_fields(struct buffer *list, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (buffer_printf(list, "%c%zu:", score_partial_letters[fields[i].kind], fields[i].text.len) ||
            buffer_append(list, fields[i].text))
            return -1;
    return 0;
}

int score_partial_put_lead(struct partial_writer *writer, double score, const struct field *fields, size_t count,
                           struct error *err)
{
    struct buffer list, values;
    int failed;

    buffer_init(&list);
    buffer_init(&values);
    if (list_fields(&list, fields, count) || list_double(&values, score)) {
        failed = error_memory(err);
    } else if (list.len > FIELD_LIMIT) {
        failed = error_set(err, STATUS_DATA, "a lead of %zu bytes is too long for a part", list.len);
    } else {
        struct row *row = partial_record(writer, SCORE_PARTIAL_LEAD);
        row_text(row, buffer_slice(&list));
        row_text(row, buffer_slice(&values));
        failed = partial_put(writer, err);
    }
    buffer_fini(&values);
    buffer_fini(&list);
    return failed;
}
