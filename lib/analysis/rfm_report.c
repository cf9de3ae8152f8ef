/* RFM reports: the summary by segment, and the migration between two runs. */
#include "analysis/rfm_report.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/quantile.h"
#include "analysis/rfm_spill.h"

#define SHARE_SCALE 4
#define AOV_SCALE 2

int rfm_summary_too_large(struct error *err)
{
    return error_set(err, STATUS_DATA, "the amounts are too large to be summed up by segment");
}

/* part / whole with `decimals` decimals more than `scale`. whole > 0. */
static int divide(struct rfm_figure *figure, int128 part, int128 whole, int scale, int decimals, struct error *err)
{
    if (!decimal_rescale(part, 0, decimals, &part))
        return rfm_summary_too_large(err);
    *figure = (struct rfm_figure){true, int128_divide_round(part, whole), scale + decimals};
    return 0;
}

/* Customers grouped by segment: those of segment s are members[starts[s]] .. members[starts[s + 1] - 1]. */
struct grouping {
    const struct rfm_customer **members;
    size_t *starts;
    int128 *values; /* room for twice the largest group */
};

static void grouping_fini(struct grouping *grouping)
{
    free(grouping->members);
    free(grouping->starts);
    free(grouping->values);
}

static int grouping_init(struct grouping *grouping, const struct rfm_table *table, size_t segments, struct error *err)
{
    size_t largest = 0;

    *grouping = (struct grouping){0};
    grouping->members = malloc((table->count ? table->count : 1) * sizeof *grouping->members);
    grouping->starts = calloc(segments + 2, sizeof *grouping->starts);
    if (!grouping->members || !grouping->starts)
        goto failed;
    size_t *next = grouping->starts + 1; /* while filling: where the next member of a segment goes */
    for (size_t i = 0; i < table->count; i++)
        next[table->customers[i].segment]++;
    for (size_t s = 0, before = 0; s < segments; s++) {
        size_t here = next[s];
        largest = here > largest ? here : largest;
        next[s] = before;
        before += here;
    }
    for (size_t i = 0; i < table->count; i++)
        grouping->members[next[table->customers[i].segment]++] = &table->customers[i];
    grouping->values = malloc((largest ? largest : 1) * 2 * sizeof *grouping->values);
    if (grouping->values)
        return 0;
failed:
    grouping_fini(grouping);
    error_memory(err);
    return -1;
}

int rfm_summary_median(struct rfm_figure *figure, int128 twice, int scale, struct error *err)
{
    if (twice % 2 == 0)
        *figure = (struct rfm_figure){true, twice / 2, scale};
    else if (__builtin_mul_overflow(twice, (int128)5, &twice))
        return rfm_summary_too_large(err);
    else
        *figure = (struct rfm_figure){true, twice, scale + 1};
    return 0;
}

/* The median of `count` values, which get sorted; room for as many behind them. */
static int median(struct rfm_figure *figure, int128 *values, size_t count, int scale, struct error *err)
{
    int128 twice;

    quantile_sort(values, values + count, count);
    if (!quantile_type7(values, count, 1, 2, &twice))
        return rfm_summary_too_large(err);
    return rfm_summary_median(figure, twice, scale, err);
}

static int sum_up(struct rfm_summary_row *row, const struct rfm_customer *const *members, int128 *values,
                  const struct rfm_table *table, struct error *err)
{
    for (size_t i = 0; i < row->customers; i++) {
        row->orders.units += members[i]->frequency; /* 2^32 customers of less than 2^63 orders */
        if (__builtin_add_overflow(row->revenue.units, members[i]->monetary, &row->revenue.units))
            return rfm_summary_too_large(err);
    }
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++) {
        for (size_t i = 0; i < row->customers; i++)
            values[i] = rfm_value(members[i], d);
        if (median(&row->median[d], values, row->customers, rfm_value_scale(table, d), err))
            return -1;
    }
    return 0;
}

/* What follows from the sums. */
static int finish_row(struct rfm_summary_row *row, const struct rfm_table *table, int128 all_revenue, struct error *err)
{
    int aov_more = table->scale < AOV_SCALE ? AOV_SCALE - table->scale : 0;

    row->orders.known = row->revenue.known = true;
    row->revenue.scale = table->scale;
    if (divide(&row->customer_share, (int128)row->customers, (int128)table->count, 0, SHARE_SCALE, err))
        return -1;
    if (all_revenue > 0 && divide(&row->revenue_share, row->revenue.units, all_revenue, 0, SHARE_SCALE, err))
        return -1;
    if (row->orders.units > 0)
        return divide(&row->aov, row->revenue.units, row->orders.units, table->scale, aov_more, err);
    return 0;
}

static int fill_summary(struct rfm_summary *summary, const struct rfm_table *table, const struct grouping *grouping,
                        size_t segments, struct error *err)
{
    int128 revenue = 0;

    for (size_t i = 0; i < table->count; i++)
        if (__builtin_add_overflow(revenue, table->customers[i].monetary, &revenue))
            return rfm_summary_too_large(err);
    for (size_t s = 0; s < segments; s++) {
        size_t customers = grouping->starts[s + 1] - grouping->starts[s];
        if (customers == 0)
            continue;
        struct rfm_summary_row *row = &summary->rows[summary->count++];
        *row = (struct rfm_summary_row){.segment = s, .customers = customers};
        if (sum_up(row, grouping->members + grouping->starts[s], grouping->values, table, err) ||
            finish_row(row, table, revenue, err))
            return -1;
    }
    return 0;
}

/* The same of a table on disk, with room for all segments in rows. */
static int fill_from_disk(struct rfm_summary *summary, const struct rfm_table *table, size_t segments,
                          struct error *err)
{
    int128 revenue = 0;

    if (rfm_summarise_on_disk(table, summary->rows, segments, err))
        return -1;
    for (size_t s = 0; s < segments; s++)
        if (__builtin_add_overflow(revenue, summary->rows[s].revenue.units, &revenue))
            return rfm_summary_too_large(err);
    for (size_t s = 0; s < segments; s++) {
        struct rfm_summary_row row = summary->rows[s];
        row.segment = s;
        if (row.customers == 0)
            continue;
        if (finish_row(&row, table, revenue, err))
            return -1;
        summary->rows[summary->count++] = row;
    }
    return 0;
}

int rfm_summary_init(struct rfm_summary *summary, const struct rfm_table *table, const struct rfm_segments *segments,
                     struct error *err)
{
    size_t count = segments->count + 1; /* with the others */
    struct grouping grouping;

    *summary = (struct rfm_summary){.rows = calloc(count, sizeof *summary->rows)};
    if (!summary->rows)
        return error_memory(err);
    int result = -1;
    if (rfm_is_on_disk(table)) {
        result = fill_from_disk(summary, table, count, err);
    } else if (grouping_init(&grouping, table, count, err) == 0) {
        result = fill_summary(summary, table, &grouping, count, err);
        grouping_fini(&grouping);
    }
    if (result)
        rfm_summary_fini(summary);
    return result;
}

void rfm_summary_fini(struct rfm_summary *summary)
{
    free(summary->rows);
    *summary = (struct rfm_summary){0};
}

/* A customer of the earlier run. */
struct previous {
    uint32_t name; /* number of the segment's name in migration->names */
    bool still_there;
};

void rfm_migration_init(struct rfm_migration *migration)
{
    *migration = (struct rfm_migration){0};
    group_init(&migration->customers, sizeof(struct previous));
    group_init(&migration->names, 0);
}

void rfm_migration_fini(struct rfm_migration *migration)
{
    group_fini(&migration->customers);
    group_fini(&migration->names);
    free(migration->rows);
    *migration = (struct rfm_migration){0};
}

int rfm_migration_add_previous(struct rfm_migration *migration, struct slice customer, struct slice segment,
                               struct error *err)
{
    bool added;
    struct quote q;

    struct previous *previous = group_get(&migration->customers, customer, &added);
    if (!previous)
        return error_memory(err);
    if (!added)
        return error_set(err, STATUS_DATA, "customer '%s' is there twice in the earlier run", quote(&q, customer));
    void *name = group_get(&migration->names, segment, &added);
    if (!name)
        return error_memory(err);
    previous->name = (uint32_t)group_index(name);
    return 0;
}

/* A place in the order of segments: numbers below segments->count are the table's, then the others, names it does not
 * have, and last
 * "(new)" or "(gone)". */
struct place {
    size_t number;
    struct slice name;
};
#define PLACE_LAST SIZE_MAX

/* A move, the key of the counts: previous name (UINT32_MAX: new) and segment now (UINT32_MAX: gone). */
struct move {
    uint32_t previous;
    uint32_t now;
};

static struct place place_of_name(const struct rfm_segments *segments, struct slice name)
{
    size_t number = 0;

    while (number <= segments->count && !slice_equal(rfm_segment_name(segments, number), name))
        number++;
    return (struct place){number, name};
}

static struct place place_now(const struct rfm_segments *segments, uint32_t now)
{
    if (now == UINT32_MAX)
        return (struct place){PLACE_LAST, SLICE("(gone)")};
    return (struct place){now, rfm_segment_name(segments, now)};
}

static int compare_places(struct place a, struct place b)
{
    if (a.number != b.number)
        return a.number < b.number ? -1 : 1;
    return slice_compare(a.name, b.name);
}

static int count_move(struct group_table *moves, uint32_t previous, uint32_t now)
{
    struct move move = {previous, now};
    bool added;
    size_t *count = group_get(moves, (struct slice){(const char *)&move, sizeof move}, &added);

    if (!count)
        return -1;
    ++*count;
    return 0;
}

struct counting {
    struct rfm_migration *migration;
    struct group_table *moves;
};

static int count_some(void *context, const struct rfm_table *some, struct error *err)
{
    const struct counting *counting = context;

    for (size_t i = 0; i < some->count; i++) {
        const struct rfm_customer *customer = &some->customers[i];
        struct previous *previous = group_find(&counting->migration->customers, customer->id);
        if (previous)
            previous->still_there = true;
        if (count_move(counting->moves, previous ? previous->name : UINT32_MAX, customer->segment))
            return error_memory(err);
    }
    return 0;
}

static int count_moves(struct rfm_migration *migration, const struct rfm_table *table, struct group_table *moves,
                       struct error *err)
{
    struct counting counting = {migration, moves};

    if (rfm_table_visit(table, false, count_some, &counting, err))
        return -1;
    for (size_t i = 0; i < migration->customers.count; i++) {
        const struct previous *previous = group_state(&migration->customers, i);
        if (!previous->still_there && count_move(moves, previous->name, UINT32_MAX))
            return error_memory(err);
    }
    return 0;
}

/* A row while it is being ordered. */
struct ordered {
    struct place previous;
    struct place now;
    size_t customers;
};

static int compare_ordered(const void *a, const void *b)
{
    const struct ordered *left = a;
    const struct ordered *right = b;
    int order = compare_places(left->previous, right->previous);

    return order ? order : compare_places(left->now, right->now);
}

static void find_places(struct ordered *rows, const struct rfm_migration *migration, const struct group_table *moves,
                        const struct rfm_segments *segments)
{
    for (size_t i = 0; i < moves->count; i++) {
        struct move move;
        memcpy(&move, group_key(moves, i).ptr, sizeof move);
        rows[i].customers = *(const size_t *)group_state(moves, i);
        rows[i].now = place_now(segments, move.now);
        rows[i].previous = (struct place){PLACE_LAST, SLICE("(new)")};
        if (move.previous != UINT32_MAX)
            rows[i].previous = place_of_name(segments, group_key(&migration->names, move.previous));
    }
    qsort(rows, moves->count, sizeof *rows, compare_ordered);
}

/* Fills migration->rows from the ordered rows. */
static int fill_rows(struct rfm_migration *migration, const struct ordered *rows, size_t count, struct error *err)
{
    size_t end;

    for (size_t begin = 0; begin < count; begin = end) {
        size_t customers = 0;
        for (end = begin; end < count && compare_places(rows[end].previous, rows[begin].previous) == 0; end++)
            customers += rows[end].customers;
        for (size_t i = begin; i < end; i++) {
            struct rfm_migration_row *row = &migration->rows[i];
            *row = (struct rfm_migration_row){rows[i].previous.name, rows[i].now.name, rows[i].customers, {0}};
            if (divide(&row->share, (int128)row->customers, (int128)customers, 0, SHARE_SCALE, err))
                return -1;
        }
    }
    migration->count = count;
    return 0;
}

int rfm_migration_count(struct rfm_migration *migration, const struct rfm_table *table,
                        const struct rfm_segments *segments, struct error *err)
{
    struct group_table moves;
    struct ordered *rows = NULL;
    int result = -1;

    group_init(&moves, sizeof(size_t));
    if (count_moves(migration, table, &moves, err) == 0) {
        size_t room = moves.count ? moves.count : 1;
        rows = malloc(room * sizeof *rows);
        migration->rows = malloc(room * sizeof *migration->rows);
        if (rows && migration->rows) {
            find_places(rows, migration, &moves, segments);
            result = fill_rows(migration, rows, moves.count, err);
        } else {
            error_memory(err);
        }
    }
    group_fini(&moves);
    free(rows);
    return result;
}
