/* The rules that take the value of one record. All go through the records in their order, so that what is equal falls
 * to the record that stands first there. */
#include <math.h>
#include <string.h>

#include "analysis/survivor_state.h"
#include "value/boolean.h"

bool survivor_filled(const struct field *field)
{
    const struct slice text = tally_trim(field->text);

    if (field->kind == FIELD_NULL || field->kind == FIELD_ABSENT || !text.len)
        return false;
    return field->kind != FIELD_JSON || tally_trim((struct slice){text.ptr + 1, text.len - 2}).len;
}

struct survivor_mark survivor_mark_date(struct slice text, enum date_style style)
{
    struct survivor_mark mark = {0};
    struct moment moment;

    if (!date_parse_style(tally_trim(text), style, &moment))
        return mark;
    mark.known = true;
    mark.second = (int64_t)moment.day * 86400 + moment.second - (moment.has_offset ? moment.offset : 0);
    mark.nanosecond = moment.has_time ? moment.nanosecond : 0;
    return mark;
}

struct survivor_mark survivor_mark_of(const struct survivor_column *column, struct slice text)
{
    struct survivor_mark mark = {0};

    if (column->scale == SCALE_DATES)
        return survivor_mark_date(text, column->style);
    mark.known = decimal_parse(tally_trim(text), &mark.number) == DECIMAL_OK;
    return mark;
}

int survivor_mark_compare(const struct survivor_mark *a, const struct survivor_mark *b)
{
    if (a->known != b->known)
        return a->known ? 1 : -1;
    if (!a->known)
        return 0;
    if (a->second != b->second)
        return a->second < b->second ? -1 : 1;
    if (a->nanosecond != b->nanosecond)
        return a->nanosecond < b->nanosecond ? -1 : 1;
    return decimal_compare(a->number.units, a->number.scale, b->number.units, b->number.scale);
}

static size_t characters(struct slice text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return count;
}

/* The place of a text in a list; behind the last when it is not there. */
static size_t place_in(const struct survivor_column *column, struct slice text)
{
    size_t place = 0;

    while (place < column->order_count && !tally_equal(TALLY_FOLDED, column->order[place], text))
        place++;
    return place;
}

static size_t source_place(const struct survivor_work *work, const struct survivor_column *column, size_t position)
{
    if (column->source == COLUMN_ABSENT)
        return kept_place(work->kept, work->rows[position]).input;
    return place_in(column, survivor_field(work, position, column->source)->text);
}

/* 0 for what decides, 1 for what is neither yes nor no, 2 for the opposite. */
static size_t verdict(struct slice text, bool decides)
{
    bool value;

    if (!boolean_find(text, &value))
        return 1;
    return value == decides ? 0 : 2;
}

/* How well a filled value does under a rule that gives places: the least wins. */
static size_t place_of(const struct survivor_work *work, const struct survivor_column *column, enum survivor_rule rule,
                       size_t position, struct slice text)
{
    switch (rule) {
    case SURVIVOR_LONGEST:
        return SIZE_MAX - characters(tally_trim(text));
    case SURVIVOR_FIRST:
        return position;
    case SURVIVOR_LAST:
        return work->count - position;
    case SURVIVOR_SOURCE_PRIORITY:
        return source_place(work, column, position);
    case SURVIVOR_ORDER:
        return place_in(column, text);
    case SURVIVOR_ANY:
    case SURVIVOR_ALL:
        return verdict(text, rule == SURVIVOR_ANY);
    default:
        return 0; /* the order of records alone */
    }
}

static size_t pick_place(const struct survivor_work *work, size_t column, enum survivor_rule rule)
{
    size_t best = COLUMN_ABSENT;
    size_t best_place = 0;

    for (size_t i = 0; i < work->count; i++) {
        size_t position = work->order[i];
        const struct field *field = survivor_field(work, position, column);
        if (!survivor_filled(field))
            continue;
        size_t place = place_of(work, &work->plan->columns[column], rule, position, field->text);
        if (best == COLUMN_ABSENT || place < best_place) {
            best = position;
            best_place = place;
        }
    }
    return best;
}

/* By the mark of the value itself, or of the record. */
static size_t pick_mark(const struct survivor_work *work, size_t column, enum survivor_rule rule)
{
    const struct survivor_column *plan = &work->plan->columns[column];
    struct survivor_mark best_mark = {0};
    size_t best = COLUMN_ABSENT;

    for (size_t i = 0; i < work->count; i++) {
        size_t position = work->order[i];
        const struct field *field = survivor_field(work, position, column);
        if (!survivor_filled(field))
            continue;
        struct survivor_mark mark =
            rule == SURVIVOR_MOST_RECENT ? work->when[position] : survivor_mark_of(plan, field->text);
        int compared = survivor_mark_compare(&mark, &best_mark);
        bool better = rule == SURVIVOR_MIN && best_mark.known ? mark.known && compared < 0 : compared > 0;
        if (best == COLUMN_ABSENT || better) {
            best = position;
            best_mark = mark;
        }
    }
    return best;
}

static double votes_of(const struct survivor_work *work, size_t position)
{
    double weight = work->weights ? work->weights[work->rows[position]] : 1;

    return isnan(weight) ? 1 : weight;
}

static int tally_column(struct survivor_work *work, size_t column, bool weighted, struct error *err)
{
    tally_begin(&work->tally, work->plan->columns[column].equality);
    for (size_t i = 0; i < work->count; i++) {
        size_t position = work->order[i];
        const struct field *field = survivor_field(work, position, column);
        size_t index;
        if (survivor_filled(field) &&
            tally_add(&work->tally, field->text, weighted ? votes_of(work, position) : 1, position, &index))
            return error_memory(err);
    }
    return 0;
}

int survivor_tally(struct survivor_work *work, size_t column, struct error *err)
{
    return tally_column(work, column, false, err);
}

static int pick_majority(struct survivor_work *work, size_t column, bool weighted, size_t *position, struct error *err)
{
    size_t best = 0;

    if (tally_column(work, column, weighted, err))
        return -1;
    for (size_t i = 1; i < work->tally.count; i++)
        if (work->tally.values[i].votes > work->tally.values[best].votes)
            best = i;
    *position = work->tally.count ? work->tally.values[best].position : COLUMN_ABSENT;
    return 0;
}

int survivor_pick(struct survivor_work *work, size_t column, enum survivor_rule rule, size_t *position,
                  struct error *err)
{
    switch (rule) {
    case SURVIVOR_MOST_FREQUENT:
    case SURVIVOR_CONFIDENCE_MAJORITY:
        return pick_majority(work, column, rule == SURVIVOR_CONFIDENCE_MAJORITY, position, err);
    case SURVIVOR_MOST_RECENT:
    case SURVIVOR_MIN:
    case SURVIVOR_MAX:
        *position = pick_mark(work, column, rule);
        return 0;
    default:
        *position = pick_place(work, column, rule);
        return 0;
    }
}
