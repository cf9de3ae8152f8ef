/* Cohorts: lives added up in cells.
 *
 * A life costs as much as it has active ages, not as much as there are ages. What holds for all ages up to some one
 * (eligible, unbounded, full, begun) is counted at that one, and summed from the end once all are in; what holds from
 * one age on is added there and taken off behind the end (winbacks, money so far), and summed from the beginning.
 * Counters may wrap below zero meanwhile, the sums do not. */
#include "analysis/cohort_parts.h"

#include <stdlib.h>

#include "base/memory.h"

void cohort_tally_init(struct cohort_tally *tally, const struct cohort *cohort, struct cohort_table *table)
{
    *tally = (struct cohort_tally){.cohort = cohort, .table = table};
    group_init(&tally->numbers, 0);
}

void cohort_tally_fini(struct cohort_tally *tally)
{
    for (size_t i = 0; tally->survivals && i < tally->table->count; i++)
        survival_fini(&tally->survivals[i]);
    free(tally->survivals);
    survival_fini(&tally->everybody);
    group_fini(&tally->numbers);
}

static bool has_money(const struct cohort_tally *tally)
{
    return tally->cohort->rules.amounts || tally->cohort->rules.orders;
}

static int add_line(struct cohort_tally *tally, int32_t index, struct error *err)
{
    struct cohort_table *table = tally->table;
    size_t columns = tally->columns ? tally->columns : 1;
    struct cohort_line line = {.name = {"", 0}, .index = index, .place = UINT64_MAX};

    if ((table->count + 1) * columns > COHORT_CELLS)
        return error_set(err, STATUS_DATA,
                         "%zu cohorts of %zu ages and more: a date far off, or a column of too many values? --ages "
                         "limits them",
                         table->count + 1, columns);
    if (ARRAY_GROW(table->lines, tally->capacity, table->count + 1) ||
        (tally->cohort->measure == COHORT_SURVIVAL &&
         ARRAY_GROW(tally->survivals, tally->survival_capacity, table->count + 1)))
        return error_memory(err);
    line.cells = calloc(columns, sizeof *line.cells); /* zero pages: those never begun take no room */
    line.money = has_money(tally) ? calloc(columns, sizeof *line.money) : NULL;
    if (!line.cells || (has_money(tally) && !line.money)) {
        free(line.cells);
        free(line.money);
        return error_memory(err);
    }
    if (tally->survivals)
        tally->survivals[table->count] = (struct survival){0};
    table->lines[table->count++] = line;
    return 0;
}

static struct cohort_line *line_of(struct cohort_tally *tally, int32_t cohort, struct error *err)
{
    bool added;
    const void *state = group_get(&tally->numbers, (struct slice){(const char *)&cohort, sizeof cohort}, &added);

    if (!state)
        error_memory(err);
    if (!state || (added && add_line(tally, cohort, err)))
        return NULL;
    return &tally->table->lines[group_index(state)];
}

/* A life as it lies in the cells there are. */
struct span {
    int64_t columns;
    int64_t complete; /* the last complete slot that has a cell, -1: none */
    int gap;
};

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Each slot for itself: nday, brackets. `before` and `kept` stand one slot early meanwhile, in the cell that is written
 * to anyway. */
static void add_slots(struct cohort_cell *cells, const struct cohort_life *life, const struct span *span)
{
    for (size_t i = 0; i < life->count; i++) {
        int32_t slot = life->slots[i];
        if (slot <= span->complete)
            cells[slot].retained_of_eligible++;
        if (slot + 1 > span->complete)
            break;
        cells[slot].before++;
        cells[slot].kept += i + 1 < life->count && life->slots[i + 1] == slot + 1;
    }
}

/* All slots up to one: unbounded, full. */
static void add_up_to(struct cohort_cell *cells, int64_t last, const struct span *span)
{
    cells[lesser(last, span->columns - 1)].retained++;
    if (span->complete < 0)
        return;
    cells[lesser(last, span->complete)].retained_of_eligible++;
    cells[lesser(last, span->complete)].kept++;
    cells[lesser(last + 1, span->complete)].before++;
}

static void add_winbacks(struct cohort_cell *cells, const struct cohort_life *life, const struct span *span)
{
    for (size_t i = 0; i < life->count; i++) {
        int64_t next = i + 1 < life->count ? life->slots[i + 1] : INT64_MAX;
        int64_t first = (int64_t)life->slots[i] + span->gap + 1; /* away from here */
        int64_t last = lesser(next, span->complete);
        if (first > span->complete)
            break;
        if (first > last)
            continue;
        cells[first].away++;
        if (last + 1 < span->columns)
            cells[last + 1].away--;
        cells[last].back += last == next;
    }
}

static size_t run_of(const struct cohort_life *life)
{
    size_t run = 1;

    while (run < life->count && life->slots[run] == (int32_t)run)
        run++;
    return run - 1;
}

static void add_counts(struct cohort_cell *cells, const struct cohort_life *life, const struct span *span,
                       enum cohort_kind kind)
{
    for (size_t i = 1; i < life->count && life->slots[i] < span->columns; i++)
        __builtin_prefetch(&cells[life->slots[i]]); /* with many ages they lie far apart */
    for (size_t i = 0; i < life->count && life->slots[i] < span->columns; i++)
        cells[life->slots[i]].active++;
    if (kind == COHORT_UNBOUNDED)
        add_up_to(cells, life->slots[life->count - 1], span);
    else if (kind == COHORT_FULL)
        add_up_to(cells, (int64_t)run_of(life), span);
    else
        add_slots(cells, life, span);
    if (span->gap >= 1)
        add_winbacks(cells, life, span);
}

/* Adds `by` to a sum, or takes it off. */
static bool add_sum(struct decimal_sum *sum, struct decimal_sum by, int sign)
{
    by.units *= sign;
    return decimal_sum_merge(sum, &by);
}

/* What a customer that was active at k - 1 paid then, and what it pays less now. */
static bool add_loss(struct cohort_cell *cell, const struct cohort_spot *spot, const struct cohort_spot *next)
{
    struct decimal_sum less = spot->revenue;

    if (!spot->active)
        return true;
    if (next && !add_sum(&less, next->revenue, -1))
        return false;
    return decimal_sum_merge(&cell->paid_before, &spot->revenue) &&
           (less.units <= 0 || decimal_sum_merge(&cell->paid_less, &less));
}

static bool add_spot(const struct cohort_line *line, const struct cohort_spot *spot, const struct cohort_spot *next,
                     const struct span *span)
{
    struct cohort_cell *cell = &line->cells[spot->slot];
    struct cohort_money *money = &line->money[spot->slot];

    cell->orders += spot->orders;
    if (!decimal_sum_merge(&cell->revenue, &spot->revenue))
        return false;
    if (spot->slot > span->complete)
        return true;
    money->active += spot->active;
    money->orders += spot->orders;
    if (!decimal_sum_merge(&money->revenue, &spot->revenue) || !decimal_sum_merge(&money->total, &spot->revenue))
        return false;
    if (spot->slot == 0) {
        line->money[span->complete].first_orders += spot->orders;
        if (!decimal_sum_merge(&line->money[span->complete].first, &spot->revenue))
            return false;
    }
    if (span->complete + 1 < span->columns && !add_sum(&line->money[span->complete + 1].total, spot->revenue, -1))
        return false;
    if (spot->slot + 1 > span->complete)
        return true;
    money[1].prior_orders += spot->orders;
    return decimal_sum_merge(&money[1].prior, &spot->revenue) && add_loss(cell + 1, spot, next);
}

static int sum_too_large(struct error *err)
{
    return error_set(err, STATUS_DATA, "the amounts of a cohort are too large to be summed");
}

static int add_money(const struct cohort_line *line, const struct cohort_life *life, const struct span *span,
                     struct error *err)
{
    for (size_t i = 0; i < life->spot_count && life->spots[i].slot < span->columns; i++) {
        const struct cohort_spot *spot = &life->spots[i];
        bool follows = i + 1 < life->spot_count && spot[1].slot == spot->slot + 1;
        if (!add_spot(line, spot, follows ? spot + 1 : NULL, span))
            return sum_too_large(err);
    }
    return 0;
}

static int add_survival(struct cohort_tally *tally, size_t line, const struct cohort_life *life)
{
    int64_t last = life->count ? life->slots[life->count - 1] : -1;
    bool lost = last + tally->cohort->rules.gap <= life->complete;
    int64_t time = lost ? last + 1 : last;

    if (time < 0)
        return 0;
    return survival_add(&tally->survivals[line], time, lost) || survival_add(&tally->everybody, time, lost) ? -1 : 0;
}

int cohort_tally_add(struct cohort_tally *tally, const struct cohort_life *life, struct error *err)
{
    const struct cohort_rules *rules = &tally->cohort->rules;
    struct cohort_line *line = line_of(tally, life->cohort, err);
    struct span span = {.columns = (int64_t)tally->columns, .gap = rules->gap};

    if (!line)
        return -1;
    line->size++;
    if (life->place < line->place)
        line->place = life->place;
    if (tally->survivals && add_survival(tally, (size_t)(line - tally->table->lines), life))
        return error_memory(err);
    if (span.columns == 0 || life->begun < 0)
        return 0;
    span.complete = lesser(life->complete, span.columns - 1);
    line->cells[lesser(life->begun, span.columns - 1)].begun = true;
    if (span.complete >= 0)
        line->cells[span.complete].eligible++;
    if (life->count)
        add_counts(line->cells, life, &span, rules->kind);
    return add_money(line, life, &span, err);
}

/* The number of ages that have begun; `begun` stands at the last of each life. */
static size_t spread_begun(const struct cohort_line *line, size_t columns)
{
    size_t ages = columns;

    while (ages > 0 && !line->cells[ages - 1].begun)
        ages--;
    for (size_t k = 0; k < ages; k++)
        line->cells[k].begun = true;
    return ages;
}

static void finish_counts(struct cohort_cell *cells, size_t ages, enum cohort_kind kind)
{
    bool up_to = kind == COHORT_UNBOUNDED || kind == COHORT_FULL;

    for (size_t k = ages; k-- > 1;) {
        cells[k - 1].eligible += cells[k].eligible;
        if (!up_to) {
            cells[k].before = cells[k - 1].before;
            cells[k].kept = cells[k - 1].kept;
            continue;
        }
        cells[k - 1].retained += cells[k].retained;
        cells[k - 1].retained_of_eligible += cells[k].retained_of_eligible;
        cells[k - 1].before += cells[k].before;
        cells[k - 1].kept += cells[k].kept;
    }
    for (size_t k = 0; k < ages; k++) {
        if (!up_to)
            cells[k].retained = cells[k].active;
        if (k > 0)
            cells[k].away += cells[k - 1].away;
    }
    if (ages)
        cells[0].before = cells[0].kept = 0;
}

/* What was taken off behind the last age that has begun. */
static void clear_behind(const struct cohort_line *line, size_t ages, size_t columns)
{
    if (ages == columns)
        return;
    line->cells[ages] = (struct cohort_cell){0};
    if (line->money)
        line->money[ages] = (struct cohort_money){0};
}

static bool rescale(struct decimal_sum *sum, int scale)
{
    return decimal_sum_merge(sum, &(struct decimal_sum){.scale = scale});
}

static int finish_money(const struct cohort_line *line, size_t ages, int scale, struct error *err)
{
    struct cohort_money *money = line->money;

    for (size_t k = 1; k < ages; k++)
        if (!decimal_sum_merge(&money[k].total, &money[k - 1].total))
            return sum_too_large(err);
    for (size_t k = ages; k-- > 1;) {
        money[k - 1].first_orders += money[k].first_orders;
        if (!decimal_sum_merge(&money[k - 1].first, &money[k].first))
            return sum_too_large(err);
    }
    for (size_t k = 0; k < ages; k++)
        if (!rescale(&line->cells[k].revenue, scale) || !rescale(&line->cells[k].paid_before, scale) ||
            !rescale(&line->cells[k].paid_less, scale) || !rescale(&money[k].revenue, scale) ||
            !rescale(&money[k].first, scale) || !rescale(&money[k].prior, scale) || !rescale(&money[k].total, scale))
            return sum_too_large(err);
    return 0;
}

static void finish_survival(struct survival *survival, struct cohort_cell *cells, size_t ages, double z)
{
    survival_start(survival);
    for (size_t k = 0; k < ages; k++) {
        struct survival_point point = survival_at(survival, (int64_t)k, z);
        cells[k].at_risk = point.at_risk;
        cells[k].lost = point.events;
        cells[k].share = point.share;
        cells[k].low = point.low;
        cells[k].high = point.high;
    }
}

int cohort_tally_finish(struct cohort_tally *tally, double z, struct error *err)
{
    struct cohort_table *table = tally->table;

    for (size_t i = 0; i < table->count; i++) {
        const struct cohort_line *line = &table->lines[i];
        size_t ages = spread_begun(line, tally->columns);
        if (ages > table->ages)
            table->ages = ages;
        clear_behind(line, ages, tally->columns);
        finish_counts(line->cells, ages, tally->cohort->rules.kind);
        if (line->money && finish_money(line, ages, table->scale, err))
            return -1;
        if (tally->survivals)
            finish_survival(&tally->survivals[i], line->cells, ages, z);
    }
    if (!tally->survivals)
        return 0;
    table->all = calloc(table->ages ? table->ages : 1, sizeof *table->all);
    if (!table->all)
        return error_memory(err);
    finish_survival(&tally->everybody, table->all, table->ages, z);
    return 0;
}
