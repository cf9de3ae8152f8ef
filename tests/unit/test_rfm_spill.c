/* RFM in little memory: whatever the limit, tables, scores, summaries and migrations are those of a state without one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/rfm_spill.h"
#include "random.h"

enum { MOST_ROWS = 400, CUSTOMERS = 120, ROUNDS = 150 };

static int below(uint64_t *state, int limit)
{
    return (int)(next_random(state) % (uint64_t)limit);
}

struct kept {
    struct rfm_row row;
    char customer[48], order[8], product[8];
};

static size_t random_rows(uint64_t *seed, struct kept *rows)
{
    size_t count = (size_t)below(seed, MOST_ROWS);
    int customers = 1 + below(seed, CUSTOMERS);

    for (size_t i = 0; i < count; i++) {
        struct kept *kept = &rows[i];
        int customer = below(seed, customers);
        snprintf(kept->customer, sizeof kept->customer, customer % 3 ? "C%d" : "a customer with a long name, %d",
                 customer);
        snprintf(kept->order, sizeof kept->order, "%d", below(seed, 4));
        snprintf(kept->product, sizeof kept->product, "p%d", below(seed, 4));
        kept->row = (struct rfm_row){
            .customer = slice_from_cstr(kept->customer),
            .day = 13000 + below(seed, 200),
            .amount = {below(seed, 20000) - (below(seed, 4) ? 0 : 15000), below(seed, 3)},
            .order = slice_from_cstr(below(seed, 5) ? kept->order : ""),
            .product = slice_from_cstr(below(seed, 5) ? kept->product : ""),
        };
        kept->row.hash = group_hash(kept->row.customer);
    }
    return count;
}

/* Adds rows one by one, or several at once. */
static void add_rows(struct rfm *rfm, const struct kept *kept, size_t count, uint64_t *seed)
{
    struct rfm_row rows[50];
    struct error err;

    for (size_t at = 0, more; at < count; at += more) {
        more = 1 + (size_t)below(seed, 49);
        more = more < count - at ? more : count - at;
        for (size_t i = 0; i < more; i++)
            rows[i] = kept[at + i].row;
        assert_true(more == 1 ? rfm_add(rfm, rows, &err) >= 0 : rfm_add_rows(rfm, rows, more, &err) >= 0);
    }
}

struct run {
    struct rfm rfm;
    struct rfm_table table;
    struct rfm_segments segments;
    struct rfm_cuts cuts;
    struct rfm_spread spread[RFM_DIMENSIONS];
};

static void make_run(struct run *run, const struct rfm_options *options, size_t limit, const struct kept *rows,
                     size_t count, uint64_t *seed, const struct rfm_range *filter, const struct rfm_scoring *scoring)
{
    struct spill_account account;
    struct error err;

    memset(run, 0, sizeof *run);
    rfm_init(&run->rfm, options);
    rfm_limit(&run->rfm, limit);
    add_rows(&run->rfm, rows, count, seed);
    assert_int_equal(rfm_settle(&run->rfm, &account, &err), 0);
    assert_int_equal(account.spilled, run->rfm.spill != NULL);
    assert_true(!account.spilled || account.records > 0);
    assert_int_equal(rfm_table_init(&run->table, &run->rfm, DAY_NONE, filter, &err), 0);
    assert_int_equal(rfm_segments_builtin(&run->segments, "standard", scoring->bins, &err), 0);
    assert_int_equal(rfm_score(&run->table, scoring, &run->cuts, run->spread, &err), 0);
    rfm_segment_customers(&run->table, &run->segments);
}

static void free_run(struct run *run)
{
    rfm_table_fini(&run->table);
    rfm_fini(&run->rfm);
    rfm_segments_fini(&run->segments);
}

struct comparing {
    const struct rfm_table *expected;
    size_t next;
};

static int compare_some(void *context, const struct rfm_table *some, struct error *err)
{
    struct comparing *comparing = context;

    (void)err;
    assert_int_equal(some->scale, comparing->expected->scale);
    for (size_t i = 0; i < some->count; i++) {
        const struct rfm_customer *a = &some->customers[i];
        const struct rfm_customer *b = &comparing->expected->customers[comparing->next++];
        assert_true(slice_equal(a->id, b->id));
        assert_true(a->monetary == b->monetary && a->frequency == b->frequency);
        assert_int_equal(a->first_day, b->first_day);
        assert_int_equal(a->last_day, b->last_day);
        assert_int_equal(a->recency_days, b->recency_days);
        assert_int_equal(a->tenure_days, b->tenure_days);
        assert_int_equal(a->products, b->products);
        assert_int_equal(a->segment, b->segment);
        assert_int_equal(rfm_score_number(a), rfm_score_number(b));
    }
    return 0;
}

static void assert_same_figure(struct rfm_figure a, struct rfm_figure b)
{
    assert_int_equal(a.known, b.known);
    assert_true(!a.known || (a.units == b.units && a.scale == b.scale));
}

static void assert_same_summary(const struct run *a, const struct run *b)
{
    struct rfm_summary left, right;
    struct error err;

    assert_int_equal(rfm_summary_init(&left, &a->table, &a->segments, &err), 0);
    assert_int_equal(rfm_summary_init(&right, &b->table, &b->segments, &err), 0);
    assert_int_equal(left.count, right.count);
    for (size_t i = 0; i < left.count; i++) {
        const struct rfm_summary_row *x = &left.rows[i];
        const struct rfm_summary_row *y = &right.rows[i];
        assert_int_equal(x->segment, y->segment);
        assert_int_equal(x->customers, y->customers);
        assert_same_figure(x->customer_share, y->customer_share);
        assert_same_figure(x->orders, y->orders);
        assert_same_figure(x->revenue, y->revenue);
        assert_same_figure(x->revenue_share, y->revenue_share);
        assert_same_figure(x->aov, y->aov);
        for (int d = 0; d < RFM_DIMENSIONS; d++)
            assert_same_figure(x->median[d], y->median[d]);
    }
    rfm_summary_fini(&left);
    rfm_summary_fini(&right);
}

static void count_migration(struct rfm_migration *migration, const struct run *run)
{
    struct error err;
    char id[16];

    rfm_migration_init(migration);
    for (int i = 0; i < CUSTOMERS; i += 4) {
        snprintf(id, sizeof id, "C%d", i);
        assert_int_equal(rfm_migration_add_previous(migration, slice_from_cstr(id),
                                                    i % 8 ? SLICE("Lost") : SLICE("elsewhere"), &err),
                         0);
    }
    assert_int_equal(rfm_migration_count(migration, &run->table, &run->segments, &err), 0);
}

static void assert_same_migration(const struct run *a, const struct run *b)
{
    struct rfm_migration left, right;

    count_migration(&left, a);
    count_migration(&right, b);
    assert_int_equal(left.count, right.count);
    for (size_t i = 0; i < left.count; i++) {
        assert_true(slice_equal(left.rows[i].previous_segment, right.rows[i].previous_segment));
        assert_true(slice_equal(left.rows[i].segment, right.rows[i].segment));
        assert_int_equal(left.rows[i].customers, right.rows[i].customers);
    }
    rfm_migration_fini(&left);
    rfm_migration_fini(&right);
}

static void assert_same(const struct run *limited, const struct run *whole)
{
    struct comparing comparing = {.expected = &whole->table};
    struct error err;

    assert_int_equal(limited->table.count, whole->table.count);
    assert_int_equal(limited->table.filtered, whole->table.filtered);
    assert_int_equal(limited->table.as_of, whole->table.as_of);
    assert_int_equal(rfm_table_visit(&limited->table, true, compare_some, &comparing, &err), 0);
    assert_int_equal(comparing.next, whole->table.count);
    for (int d = 0; d < RFM_DIMENSIONS; d++) {
        const struct rfm_cut_list *x = &limited->cuts.lists[d];
        const struct rfm_cut_list *y = &whole->cuts.lists[d];
        assert_int_equal(x->count, y->count);
        for (int i = 0; i < x->count; i++)
            assert_true(x->cuts[i].units == y->cuts[i].units && x->cuts[i].scale == y->cuts[i].scale);
        assert_memory_equal(&limited->spread[d], &whole->spread[d], sizeof limited->spread[d]);
    }
    assert_int_equal(limited->cuts.ties, whole->cuts.ties);
    assert_same_summary(limited, whole);
    assert_same_migration(limited, whole);
}

static void any_limit_gives_the_same(void **unused)
{
    static struct kept rows[MOST_ROWS];
    static const enum rfm_method methods[] = {RFM_QUANTILE, RFM_R, RFM_QUANTILE, RFM_RANK, RFM_KMEANS, RFM_NESTED};
    const struct rfm_range filter[RFM_DIMENSIONS] = {
        [RFM_MONETARY] = {.has_low = true, .low = {50, 0}, .has_high = true, .high = {30000, 0}}};
    uint64_t seed = 77;
    int spilled = 0;

    (void)unused;
    for (int round = 0; round < ROUNDS; round++) {
        const struct rfm_options options = {
            .returns = (enum rfm_returns)(round % 3), .has_orders = round % 2, .has_products = round % 4 < 2};
        const struct rfm_scoring scoring = {methods[round % 6], RFM_TIES_DEFAULT, {5, 5, 5}};
        size_t count = random_rows(&seed, rows);
        size_t limit = round % 5 == 0 ? 1 : (size_t)below(&seed, 40000);
        struct run limited, whole;
        const struct rfm_range *wanted = round % 3 == 1 ? filter : NULL;
        make_run(&whole, &options, 0, rows, count, &seed, wanted, &scoring);
        make_run(&limited, &options, limit, rows, count, &seed, wanted, &scoring);
        spilled += limited.table.store != NULL;
        assert_null(whole.table.store);
        assert_same(&limited, &whole);
        free_run(&limited);
        free_run(&whole);
    }
    assert_true(spilled > ROUNDS / 2);
}

/* Against sorting: ranks of numbers of all sizes, and of many equal ones. */
static int compare_numbers(const void *a, const void *b)
{
    const int128 *left = a;
    const int128 *right = b;

    return *left < *right ? -1 : *left > *right;
}

static int128 random_number(uint64_t *seed, int bits)
{
    unsigned __int128 number =
        (unsigned __int128)next_random(seed) << 100 ^ (unsigned __int128)next_random(seed) << 50 ^ next_random(seed);

    return bits == 0 ? 7 : (int128)(number << (128 - bits)) >> (128 - bits); /* of either sign */
}

static void selects_ranks(void **unused)
{
    enum { MOST = 300 };
    static int128 numbers[MOST];
    uint64_t seed = 3;

    (void)unused;
    for (int round = 0; round < 2000; round++) {
        struct selection selection = {0};
        struct error err;
        int count = 1 + below(&seed, MOST);
        int bits = below(&seed, 129);
        int ranks = 1 + below(&seed, SELECTION_RANKS);
        uint64_t wanted[SELECTION_RANKS];
        for (int i = 0; i < count; i++)
            selection_see(&selection, numbers[i] = random_number(&seed, bits));
        for (int i = 0; i < ranks; i++) {
            wanted[i] = (uint64_t)below(&seed, count);
            assert_int_equal(selection_want(&selection, wanted[i]), i);
        }
        while (selection_begin(&selection, &err) > 0) {
            for (int i = 0; i < count; i++)
                selection_count(&selection, numbers[i]);
            selection_end(&selection);
        }
        assert_null(selection.counts);
        selection_end(&selection); /* nothing */
        qsort(numbers, (size_t)count, sizeof *numbers, compare_numbers);
        for (int i = 0; i < ranks; i++)
            assert_true(selection_value(&selection, i) == numbers[wanted[i]]);
        selection_fini(&selection);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_limit_gives_the_same),
        cmocka_unit_test(selects_ranks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
