/* RFM's state: every row kept and counted again by a slow reference, in one pass and merged from parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/rfm.h"
#include "random.h"

#define MOST_ROWS 300

static struct rfm_row make_row(const char *customer, int32_t day, int64_t units, int scale, const char *order)
{
    struct rfm_row row = {
        .customer = slice_from_cstr(customer),
        .day = day,
        .amount = {units, scale},
        .order = slice_from_cstr(order),
        .product = SLICE(""),
    };

    row.hash = group_hash(row.customer);
    return row;
}

static int add(struct rfm *rfm, const char *customer, int32_t day, int64_t units, int scale, const char *order)
{
    struct rfm_row row = make_row(customer, day, units, scale, order);
    struct error err;

    return rfm_add(rfm, &row, &err);
}

static const struct rfm_customer *find(const struct rfm_table *table, const char *id)
{
    for (size_t i = 0; i < table->count; i++)
        if (slice_equal_cstr(table->customers[i].id, id))
            return &table->customers[i];
    return NULL;
}

static void assert_customer(const struct rfm_table *table, const char *id, int first, int last, int frequency,
                            int monetary)
{
    const struct rfm_customer *customer = find(table, id);

    assert_non_null(customer);
    assert_int_equal(customer->first_day, first);
    assert_int_equal(customer->last_day, last);
    assert_int_equal(customer->recency_days, table->as_of - last);
    assert_int_equal(customer->tenure_days, table->as_of - first);
    assert_int_equal((int)customer->frequency, frequency);
    assert_int_equal((int)customer->monetary, monetary);
}

static void add_returns(struct rfm *rfm)
{
    add(rfm, "a", 10, 500, 2, "1");
    add(rfm, "a", 10, -100, 2, "1"); /* part of an order that counts */
    add(rfm, "a", 30, -100, 2, "2"); /* a return by itself */
    add(rfm, "b", 12, -700, 2, "3"); /* nothing but returns */
    add(rfm, "b", 25, -1, 2, "4");
    add(rfm, "c", 20, -300, 2, "5"); /* returns before and after the only order */
    add(rfm, "c", 22, 0, 2, "6");    /* zero is no return */
    add(rfm, "c", 28, -300, 2, "7");
}

static void returns_net(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, true, false};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    add_returns(&rfm);
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.as_of, 30);
    assert_int_equal(table.scale, 2);
    assert_customer(&table, "a", 10, 10, 1, 300);
    assert_customer(&table, "b", 12, 25, 0, -701);
    assert_customer(&table, "c", 22, 22, 1, -600);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

static void returns_count(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_COUNT, true, false};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    add_returns(&rfm);
    assert_int_equal(rfm_table_init(&table, &rfm, 40, NULL, &err), 0);
    assert_int_equal(table.as_of, 40);
    assert_customer(&table, "a", 10, 30, 2, 300);
    assert_customer(&table, "b", 12, 25, 2, -701);
    assert_customer(&table, "c", 20, 28, 3, -600);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

static void returns_drop(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_DROP, false, false};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    assert_int_equal(add(&rfm, "b", 12, -700, 4, ""), 1);
    assert_int_equal(rfm.first_day, DAY_NONE);
    assert_int_equal(rfm.scale, 0);
    add_returns(&rfm);
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.count, 2);
    assert_int_equal(table.as_of, 22);
    assert_customer(&table, "a", 10, 10, 1, 500);
    assert_customer(&table, "c", 22, 22, 1, 0);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

/* Order ids belong to a customer; an empty one is an order of its own. */
static void order_ids(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, true, true};
    const struct {
        const char *customer, *order, *product;
    } rows[] = {{"a", "1", "x"}, {"b", "1", "x"}, {"a", "1", "y"}, {"a", "", "x"}, {"a", "", ""},
                {"b", "1", "x"}, {"a", "2", "z"}, {"a", "1", "x"}, {"", "1", "x"}};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rfm_row row = make_row(rows[i].customer, 1, 1, 0, rows[i].order);
        row.product = slice_from_cstr(rows[i].product);
        assert_int_equal(rfm_add(&rfm, &row, &err), 0);
    }
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.count, 3);
    assert_int_equal(find(&table, "a")->frequency, 4); /* 1, 2 and two without id */
    assert_int_equal(find(&table, "a")->products, 3);
    assert_int_equal(find(&table, "b")->frequency, 1);
    assert_int_equal(find(&table, "b")->products, 1);
    assert_int_equal(find(&table, "")->frequency, 1);
    assert_int_equal(find(&table, "")->score[RFM_RECENCY], 0);
    assert_int_equal(find(&table, "")->segment, RFM_NO_SEGMENT);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

static void scales_mix(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, false, false};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    add(&rfm, "a", 0, 5, 0, "");
    add(&rfm, "b", 0, 7, 0, "");
    add(&rfm, "a", 0, 125, 2, "");
    add(&rfm, "b", 0, 1, 1, "");
    add(&rfm, "a", 0, 1, 18, "");
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.scale, 18);
    assert_true(find(&table, "a")->monetary == 625 * power_of_ten(16) + 1);
    assert_true(find(&table, "b")->monetary == 71 * power_of_ten(17));
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

/* 40 times 2^63 - 1 whole units do not fit in 128 bits at scale 18; no sum has changed. */
static void overflow(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, false, false};
    struct rfm rfm;
    struct rfm other;
    struct rfm_table table;
    struct rfm_row row = make_row("o", 5, 1, 18, "");
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    rfm_init(&other, &options);
    for (int i = 0; i < 40; i++)
        assert_int_equal(add(&rfm, i == 0 ? "small" : "o'x", 5, INT64_MAX, 0, ""), 0);
    assert_int_equal(rfm_add(&rfm, &row, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "the amounts of customer 'o'x' are too large to be summed");
    assert_int_equal(rfm_add(&other, &row, &err), 0);
    assert_int_equal(rfm_merge(&other, &rfm, &err), -1);
    assert_string_equal(err.text, "the amounts of customer 'o'x' are too large to be summed");
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.scale, 0);
    assert_true(find(&table, "o'x")->monetary == (int128)39 * INT64_MAX);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
    rfm_fini(&other);
    rfm_init(&rfm, &options);
    for (int i = 0; i < 18; i++) /* 18 x 2^63 x 10^18 is below 2^127, 19 are above */
        assert_int_equal(add(&rfm, "q", 5, i ? INT64_MAX : 1, i ? 0 : 18, ""), 0);
    assert_int_equal(add(&rfm, "q", 5, INT64_MAX, 0, ""), 0);
    row = make_row("q", 9, INT64_MAX, 0, "");
    assert_int_equal(rfm_add(&rfm, &row, &err), -1);
    assert_string_equal(err.text, "the amounts of customer 'q' are too large to be summed");
    assert_int_equal(rfm.last_day, 5);
    rfm_fini(&rfm);
}

/* --- the slow reference --- */

struct kept {
    char customer[8], order[8], product[8];
    int32_t day;
    struct decimal amount;
};

struct expected {
    int128 units; /* at scale 3 */
    int32_t first_day, last_day;
    int frequency, products;
    bool seen;
};

/* Whether row i counts as an order, or part of one. */
static bool is_order(const struct kept *row, enum rfm_returns returns)
{
    return row->amount.units >= 0 || returns == RFM_RETURNS_COUNT;
}

static struct expected expect(const struct kept *rows, size_t count, const char *customer,
                              const struct rfm_options *options)
{
    struct expected e = {.first_day = INT32_MAX, .last_day = INT32_MIN};
    bool has_order = false;

    for (size_t i = 0; i < count; i++)
        has_order = has_order || (strcmp(rows[i].customer, customer) == 0 && is_order(&rows[i], options->returns));
    for (size_t i = 0; i < count; i++) {
        const struct kept *row = &rows[i];
        bool order = is_order(row, options->returns);
        if (strcmp(row->customer, customer) != 0 || (options->returns == RFM_RETURNS_DROP && row->amount.units < 0))
            continue;
        e.seen = true;
        e.units += row->amount.units * power_of_ten(3 - row->amount.scale);
        if (order || !has_order) {
            e.first_day = row->day < e.first_day ? row->day : e.first_day;
            e.last_day = row->day > e.last_day ? row->day : e.last_day;
        }
        if (!order)
            continue;
        bool new_order = true;
        bool new_product = row->product[0] != '\0' && options->has_products;
        for (size_t j = 0; j < i; j++) {
            if (strcmp(rows[j].customer, customer) != 0 || !is_order(&rows[j], options->returns))
                continue;
            if (options->has_orders && row->order[0] && strcmp(rows[j].order, row->order) == 0)
                new_order = false;
            if (strcmp(rows[j].product, row->product) == 0)
                new_product = false;
        }
        e.frequency += new_order;
        e.products += new_product;
    }
    return e;
}

static size_t random_rows(uint64_t *seed, struct kept *rows)
{
    size_t count = 1 + next_random(seed) % MOST_ROWS;

    for (size_t i = 0; i < count; i++) {
        struct kept *row = &rows[i];
        snprintf(row->customer, sizeof row->customer, "c%u", (unsigned)(next_random(seed) % 12));
        snprintf(row->order, sizeof row->order, "%u", (unsigned)(next_random(seed) % 9));
        snprintf(row->product, sizeof row->product, "%u", (unsigned)(next_random(seed) % 5));
        if (row->order[0] == '0')
            row->order[0] = '\0';
        if (row->product[0] == '0')
            row->product[0] = '\0';
        row->day = (int32_t)(next_random(seed) % 100) - 50;
        row->amount.units = (int64_t)(next_random(seed) % 2000) - 800;
        row->amount.scale = next_random(seed) % 20 ? (int)(next_random(seed) % 3) : 3;
    }
    return count;
}

static void add_rows(struct rfm *rfm, const struct kept *rows, size_t count)
{
    struct error err;

    for (size_t i = 0; i < count; i++) {
        struct rfm_row row =
            make_row(rows[i].customer, rows[i].day, rows[i].amount.units, rows[i].amount.scale, rows[i].order);
        bool dropped = rfm->options.returns == RFM_RETURNS_DROP && row.amount.units < 0;
        row.product = slice_from_cstr(rows[i].product);
        assert_int_equal(rfm_add(rfm, &row, &err), dropped);
    }
}

static void assert_expected(const struct rfm *rfm, const struct kept *rows, size_t count)
{
    struct rfm_table table;
    struct error err;
    size_t customers = 0;

    assert_int_equal(rfm_table_init(&table, rfm, DAY_NONE, NULL, &err), 0);
    for (unsigned c = 0; c < 12; c++) {
        char name[8];
        snprintf(name, sizeof name, "c%u", c);
        struct expected e = expect(rows, count, name, &rfm->options);
        const struct rfm_customer *customer = find(&table, name);
        assert_int_equal(customer != NULL, e.seen);
        if (!customer)
            continue;
        customers++;
        assert_true(customer->monetary * power_of_ten(3 - table.scale) == e.units);
        assert_int_equal(customer->frequency, e.frequency);
        assert_int_equal(customer->products, e.products);
        assert_int_equal(customer->first_day, e.first_day);
        assert_int_equal(customer->last_day, e.last_day);
    }
    assert_int_equal(table.count, customers);
    rfm_table_fini(&table);
}

static void assert_same_table(const struct group_table *a, const struct group_table *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_true(slice_equal(group_key(a, i), group_key(b, i)));
}

/* Also the order of first appearance. */
static void assert_same_state(const struct rfm *a, const struct rfm *b)
{
    struct rfm_table left;
    struct rfm_table right;
    struct error err;

    assert_int_equal(a->scale, b->scale);
    assert_int_equal(a->first_day, b->first_day);
    assert_int_equal(a->last_day, b->last_day);
    assert_same_table(&a->customers, &b->customers);
    assert_int_equal(a->orders.count, b->orders.count);
    assert_int_equal(a->products.count, b->products.count);
    assert_int_equal(rfm_table_init(&left, a, DAY_NONE, NULL, &err), 0);
    assert_int_equal(rfm_table_init(&right, b, DAY_NONE, NULL, &err), 0);
    for (size_t i = 0; i < left.count; i++) {
        assert_true(left.customers[i].monetary == right.customers[i].monetary);
        assert_int_equal(left.customers[i].frequency, right.customers[i].frequency);
        assert_int_equal(left.customers[i].products, right.customers[i].products);
        assert_int_equal(left.customers[i].first_day, right.customers[i].first_day);
        assert_int_equal(left.customers[i].last_day, right.customers[i].last_day);
    }
    rfm_table_fini(&left);
    rfm_table_fini(&right);
}

static void random_rows_and_merges(void **unused)
{
    static struct kept rows[MOST_ROWS];
    uint64_t seed = 2024;

    (void)unused;
    for (int round = 0; round < 240; round++) {
        const struct rfm_options options = {(enum rfm_returns)(round % 3), round % 2, round % 4 < 2};
        size_t count = random_rows(&seed, rows);
        struct rfm whole;
        struct rfm merged;
        struct error err;
        rfm_init(&whole, &options);
        add_rows(&whole, rows, count);
        assert_expected(&whole, rows, count);
        rfm_init(&merged, &options);
        for (size_t begin = 0, end; begin < count; begin = end) {
            struct rfm part;
            end = begin + 1 + next_random(&seed) % count;
            end = end < count ? end : count;
            rfm_init(&part, &options);
            add_rows(&part, rows + begin, end - begin);
            assert_int_equal(rfm_merge(&merged, &part, &err), 0);
            rfm_fini(&part);
        }
        assert_same_state(&merged, &whole);
        rfm_fini(&merged);
        rfm_fini(&whole);
    }
}

static int add_totals(struct rfm *rfm, const char *customer, int32_t day, int32_t recency, int64_t frequency,
                      struct decimal monetary, struct error *err)
{
    struct rfm_totals totals = {slice_from_cstr(customer), 0, day, recency, frequency, monetary};

    totals.hash = group_hash(totals.customer);
    return rfm_add_customer(rfm, &totals, err);
}

static void customer_table(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, false, false};
    struct rfm rfm;
    struct rfm part;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    rfm_init(&part, &options);
    assert_int_equal(add_totals(&rfm, "a", 100, 0, 3, (struct decimal){12, 0}, &err), 0);
    assert_int_equal(add_totals(&rfm, "b", DAY_NONE, 77, 0, (struct decimal){-1234, 2}, &err), 0);
    assert_int_equal(add_totals(&rfm, "a", 100, 0, 3, (struct decimal){12, 0}, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "customer 'a' is there twice; a table of customers has each once");
    assert_int_equal(add_totals(&rfm, "x", DAY_NONE, -1, 3, (struct decimal){12, 0}, &err), -1);
    assert_string_equal(err.text, "recency_days is negative: -1");
    assert_int_equal(add_totals(&rfm, "x", 5, 0, -3, (struct decimal){12, 0}, &err), -1);
    assert_string_equal(err.text, "frequency is negative: -3");
    assert_int_equal(add_totals(&part, "c", 90, 0, 1, (struct decimal){1, 3}, &err), 0);
    assert_int_equal(rfm_merge(&rfm, &part, &err), 0);
    assert_int_equal(rfm_merge(&rfm, &part, &err), -1);
    assert_string_equal(err.text, "customer 'c' is there twice; a table of customers has each once");
    rfm_fini(&part);
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.count, 3);
    assert_int_equal(table.as_of, 100);
    assert_int_equal(table.customers[0].recency_days, 0);
    assert_int_equal(table.customers[0].tenure_days, -1);
    assert_int_equal(table.customers[0].first_day, DAY_NONE);
    assert_true(table.customers[0].monetary == 12000);
    assert_int_equal(table.customers[1].recency_days, 77);
    assert_int_equal(table.customers[1].last_day, DAY_NONE);
    assert_true(table.customers[1].monetary == -12340);
    assert_int_equal(table.customers[2].recency_days, 10);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

static void filters(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, false, false};
    struct rfm_range ranges[RFM_DIMENSIONS] = {{.has_low = true}};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    for (int i = 0; i < 10; i++) {
        char name[2] = {(char)('a' + i), '\0'};
        add_totals(&rfm, name, DAY_NONE, i, 10 - i, (struct decimal){i * 25, 1}, &err); /* 0, 2.5, 5 ... 22.5 */
    }
    ranges[RFM_RECENCY] = (struct rfm_range){true, true, {2, 0}, {80, 1}};      /* c .. i */
    ranges[RFM_FREQUENCY] = (struct rfm_range){true, false, {3, 0}, {0, 0}};    /* .. h */
    ranges[RFM_MONETARY] = (struct rfm_range){true, true, {75, 1}, {17499, 3}}; /* d .. g */
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, ranges, &err), 0);
    assert_int_equal(table.count, 4);
    assert_int_equal(table.filtered, 6);
    assert_int_equal(table.as_of, DAY_NONE);
    assert_true(slice_equal_cstr(table.customers[0].id, "d"));
    assert_true(slice_equal_cstr(table.customers[3].id, "g"));
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

static void ranges_are_exact(void **unused)
{
    const struct rfm_range range = {true, true, {-1, 18}, {INT64_MAX, 0}};
    const int128 most = (int128)(~(unsigned __int128)0 >> 1);

    (void)unused;
    assert_true(rfm_range_holds(&range, 0, 0));
    assert_true(rfm_range_holds(&range, -1, 18));
    assert_false(rfm_range_holds(&range, -2, 18));
    assert_false(rfm_range_holds(&range, -1, 0));
    assert_false(rfm_range_holds(&range, -most, 0)); /* leaves 128 bits at scale 18 */
    assert_false(rfm_range_holds(&range, most, 0));
    assert_false(rfm_range_holds(&range, most, 18));
    assert_true(rfm_range_holds(&range, (int128)INT64_MAX * power_of_ten(18), 18));
    assert_false(rfm_range_holds(&range, (int128)INT64_MAX * power_of_ten(18) + 1, 18));
}

static void after_as_of(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, false, false};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    add(&rfm, "late", day_from_civil(2007, 1, 1), 1, 0, "");
    assert_int_equal(rfm_table_init(&table, &rfm, day_from_civil(2006, 12, 31), NULL, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "customer 'late' was last seen on 2007-01-01, after the analysis date 2006-12-31");
    assert_null(table.customers);
    rfm_fini(&rfm);
}

static void empty(void **unused)
{
    const struct rfm_options options = {RFM_RETURNS_NET, true, true};
    struct rfm rfm;
    struct rfm other;
    struct rfm_table table;
    struct error err;

    (void)unused;
    rfm_init(&rfm, &options);
    rfm_init(&other, &options);
    assert_int_equal(rfm_merge(&rfm, &other, &err), 0);
    assert_int_equal(rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.count, 0);
    assert_int_equal(table.as_of, DAY_NONE);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
    rfm_fini(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_net),
        cmocka_unit_test(returns_count),
        cmocka_unit_test(returns_drop),
        cmocka_unit_test(order_ids),
        cmocka_unit_test(scales_mix),
        cmocka_unit_test(overflow),
        cmocka_unit_test(random_rows_and_merges),
        cmocka_unit_test(customer_table),
        cmocka_unit_test(filters),
        cmocka_unit_test(ranges_are_exact),
        cmocka_unit_test(after_as_of),
        cmocka_unit_test(empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
