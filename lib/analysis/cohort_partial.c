/* Cohorts in parts, written. */
#include <stdlib.h>
#include <string.h>

#include "analysis/cohort_partial_plan.h"
#include "analysis/cohort_parts.h"
#include "value/date_parts.h"

/* ---- what parts are ---- */

static const char *state_name(const struct cohort *cohort)
{
    if (cohort->compact)
        return "periods";
    return cohort->rules.amounts ? "amounts" : cohort->rules.orders ? "orders" : "rows";
}

static const char *week_start_name(int week_start)
{
    static const char *const names[] = {NULL, "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

    return names[week_start];
}

void cohort_scheme_make(struct cohort_scheme *scheme, const struct cohort_feed *feed, const struct cohort *cohort)
{
    static const char *const compact[COHORT_PART_COLUMNS] = {
        "first_position", "latest",   "last_day", "start_count", "return_count", "with_offset",
        "without_offset", "currency", "customer", "first_start", "active",       "starts"};
    static const char *const full[COHORT_PART_COLUMNS] = {
        "first_position", "latest",   "last_day", "start_count", "return_count", "with_offset",
        "without_offset", "currency", "customer", "group",       "rows"};
    static const char *const kinds[] = {"customer"};
    const struct cohort_options *o = feed->options;
    const struct cohort_rules *rules = &cohort->rules;
    const char *day = NULL;

    if (feed->as_of != DAY_NONE) {
        scheme->day[day_format(feed->as_of, scheme->day).len] = '\0';
        day = scheme->day;
    }
    const struct partial_option options[COHORT_PART_OPTIONS] = {
        {"period", cohort_period_words[rules->period]},
        {"window", rules->window == COHORT_ROLLING ? "rolling" : NULL},
        {"whole-days", o->whole_days ? "yes" : NULL},
        {"week-start", week_start_name(rules->week_start)},
        {"entry", rules->recurring ? "recurring" : NULL},
        {"by", o->group},
        {"quantiles", rules->quantiles ? "numbers" : NULL},
        {"start-event", o->start_events},
        {"return-event", o->return_events},
        {"measure", state_name(cohort)},
        {"order", !rules->orders           ? NULL
                  : o->order && !*o->order ? "rows"
                                           : "ids"},
        {"currency", o->currency},
        {"as-of", day},
        {"tz", o->common.tz},
        {"where", o->common.where},
    };
    memcpy(scheme->options, options, sizeof options);
    scheme->plan = (struct partial_plan){
        .program = "crm-cohort",
        .version = 1,
        .options = scheme->options,
        .option_count = COHORT_PART_OPTIONS,
        .kinds = kinds,
        .kind_count = 1,
        .columns = cohort->compact ? compact : full,
        .column_count = cohort->compact ? COHORT_PART_COLUMNS : COHORT_PART_COLUMNS - 1,
        .fact_count = COHORT_PART_FACTS,
    };
}

struct writing {
    const struct cohort *cohort;
    struct partial_writer writer;
    struct buffer list, starts;
    struct cohort_placed_word *words; /* of a customer; owned */
    size_t word_count, word_capacity;
};

static void row_integer(struct row *row, int64_t number)
{
    row_decimal(row, number, 0);
}

static int write_facts(struct writing *writing, const struct cohort_feed *feed, struct error *err)
{
    const struct cohort *cohort = writing->cohort;
    struct row *row = partial_begin(&writing->writer, feed->stream);

    if (cohort->first_start == INT64_MAX)
        row_null(row);
    else
        row_integer(row, cohort->first_start);
    if (cohort->latest == INT64_MIN)
        row_null(row);
    else
        row_integer(row, cohort->latest);
    row_day(row, feed->last_day);
    row_count(row, feed->starts);
    row_count(row, feed->returns);
    row_count(row, feed->with_offset);
    row_count(row, feed->without_offset);
    row_text(row, (struct slice){feed->money.first, feed->money.first_len});
    return partial_put(&writing->writer, err);
}

/* ---- the compact state ---- */

/* Appends the periods of a word's bits; *before: the last one in the list, or COHORT_NO_START. */
static int list_periods(struct buffer *list, int64_t first, uint64_t bits, int64_t *before)
{
    for (; bits; bits &= bits - 1) {
        int64_t period = first + __builtin_ctzll(bits);
        if (partial_list_integer(list, list->len ? period - *before : period))
            return -1;
        *before = period;
    }
    return 0;
}

static int put_member(struct writing *writing, size_t index, const struct cohort_member *member, struct error *err)
{
    struct row *row = partial_record(&writing->writer, 0);

    row_text(row, group_key(&writing->cohort->customers, index));
    if (member->first_start == COHORT_NO_START)
        row_null(row);
    else
        row_integer(row, member->first_start);
    row_text(row, buffer_slice(&writing->list));
    row_text(row, buffer_slice(&writing->starts));
    return partial_put(&writing->writer, err);
}

static int write_member(struct writing *writing, size_t index, struct error *err)
{
    const struct cohort *cohort = writing->cohort;
    const struct cohort_member *member = group_state(&cohort->customers, index);
    int64_t active_before = 0, start_before = 0;

    if (cohort_bits_words(cohort, member, &writing->words, &writing->word_count, &writing->word_capacity))
        return error_memory(err);
    buffer_clear(&writing->list);
    buffer_clear(&writing->starts);
    for (size_t i = 0; i < writing->word_count; i++) {
        const struct cohort_placed_word *word = &writing->words[i];
        if (list_periods(&writing->list, word->first, word->active, &active_before) ||
            list_periods(&writing->starts, word->first, word->starts, &start_before))
            return error_memory(err);
        if (writing->list.len < PARTIAL_LIST && writing->starts.len < PARTIAL_LIST)
            continue;
        if (put_member(writing, index, member, err))
            return -1;
        buffer_clear(&writing->list);
        buffer_clear(&writing->starts);
    }
    return put_member(writing, index, member, err);
}

static int write_members(struct writing *writing, struct error *err)
{
    for (size_t i = 0; i < writing->cohort->customers.count; i++)
        if (write_member(writing, i, err))
            return -1;
    return 0;
}

/* ---- the full state ---- */

static int put_rows(struct writing *writing, size_t index, struct error *err)
{
    const struct cohort *cohort = writing->cohort;
    const struct cohort_entrant *entrant = group_state(&cohort->customers, index);
    struct row *row = partial_record(&writing->writer, 0);

    row_text(row, group_key(&cohort->customers, index));
    if (cohort->rules.grouped && entrant->started)
        row_text(row, group_key(&cohort->rows.groups, entrant->group));
    else
        row_null(row);
    row_text(row, buffer_slice(&writing->list));
    return partial_put(&writing->writer, err);
}

static int list_row(struct writing *writing, const struct cohort_mark *mark, int64_t *before)
{
    const struct cohort_rules *rules = &writing->cohort->rules;
    int64_t time = cohort_mark_time(mark);
    int64_t hour = (int64_t)(mark->hour & COHORT_HOUR_BITS) + (int64_t)DAY_MIN * 24;
    int flags = (mark->hour & COHORT_STARTS ? 1 : 0) + (mark->hour & COHORT_RETURNS ? 2 : 0);
    struct buffer *list = &writing->list;
    int64_t since = list->len ? time - *before : time;

    *before = time;
    return partial_list_integer(list, since) ||
                   partial_list_integer(list, hour - floor_divide(time, COHORT_MICROSECONDS_PER_HOUR)) ||
                   partial_list_integer(list, flags) ||
                   (rules->amounts && partial_list_decimal(list, mark->extra[0], cohort_mark_scale(mark))) ||
                   (rules->order_ids && partial_list_hex(list, (uint64_t)mark->extra[rules->amounts]))
               ? -1
               : 0;
}

static int write_entrant(struct writing *writing, size_t index, const uint32_t *rows, size_t count, struct error *err)
{
    int64_t before = 0;

    buffer_clear(&writing->list);
    for (size_t i = 0; i < count; i++) {
        if (list_row(writing, cohort_row_at(&writing->cohort->rows, rows[i]), &before))
            return error_memory(err);
        if (writing->list.len < PARTIAL_LIST)
            continue;
        if (put_rows(writing, index, err))
            return -1;
        buffer_clear(&writing->list);
    }
    return put_rows(writing, index, err);
}

static int write_entrants(struct writing *writing, struct error *err)
{
    const struct cohort *cohort = writing->cohort;
    uint32_t *begin, *order;
    int failed = cohort_rows_arrange(cohort, &begin, &order) ? error_memory(err) : 0;

    for (size_t i = 0; i < cohort->customers.count && !failed; i++)
        failed = write_entrant(writing, i, order + begin[i], begin[i + 1] - begin[i], err);
    free(begin);
    free(order);
    return failed;
}

int cohort_partial_write(const struct cohort_feed *feed, const struct cohort *cohort, struct output *output,
                         struct error *err)
{
    struct writing writing = {.cohort = cohort};
    struct cohort_scheme scheme;

    cohort_scheme_make(&scheme, feed, cohort);
    int failed = partial_write_open(&writing.writer, &scheme.plan, output, &feed->options->common, feed->stream, err) ||
                 write_facts(&writing, feed, err) ||
                 (cohort->compact ? write_members(&writing, err) : write_entrants(&writing, err)) ||
                 partial_finish(&writing.writer, err);
    partial_writer_free(&writing.writer);
    buffer_fini(&writing.list);
    buffer_fini(&writing.starts);
    free(writing.words);
    return failed ? -1 : 0;
}
