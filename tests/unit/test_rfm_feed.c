/* The RFM feed: what of a record becomes part of the state, and which records are refused and why. Totals are counted a
 * second way, customer by customer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/rfm_feed.h"
#include "base/buffer.h"
#include "folder.h"

struct trial {
    struct stream *stream;
    struct rfm rfm;
    struct rfm_feed feed;
    struct rfm_table table;
    struct error err;
};

static size_t role(struct trial *trial, const char *name)
{
    size_t column;

    if (reader_find(trial->stream->inputs[0].reader, slice_from_cstr(name), &column, &trial->err) ||
        column == COLUMN_ABSENT)
        return COLUMN_ABSENT;
    assert_int_equal(stream_role(trial->stream, NULL, name, name, true, &column, &trial->err), 0);
    return column;
}

/* Columns by their names: who, when, sum, order, product, currency, days, count. */
static void trial_init(struct trial *trial, struct slice text, const char *rejects, enum rfm_returns returns)
{
    static char *const standard[] = {"-"};
    const struct stream_options options = {.rejects = rejects, .limit = {true, 100}};

    *trial = (struct trial){0};
    assert_int_equal(stream_open(&trial->stream, standard, 1, &options, &trial->err), 0);
    source_free(trial->stream->inputs[0].source);
    assert_int_equal(source_memory(&trial->stream->inputs[0].source, text, "o.csv", &trial->err), 0);
    assert_int_equal(stream_start(trial->stream, &trial->err), 0);
    trial->feed.stream = trial->stream;
    trial->feed.as_of = DAY_NONE;
    struct rfm_columns *c = &trial->feed.columns;
    c->customer = role(trial, "who");
    c->date = role(trial, "when");
    c->amount = c->monetary = role(trial, "sum");
    c->order = role(trial, "order");
    c->product = role(trial, "product");
    c->currency = role(trial, "currency");
    c->recency = role(trial, "days");
    c->frequency = role(trial, "count");
    const struct rfm_options kind = {returns, c->order != COLUMN_ABSENT, c->product != COLUMN_ABSENT};
    rfm_init(&trial->rfm, &kind);
    trial->feed.rfm = &trial->rfm;
}

static void trial_fini(struct trial *trial)
{
    rfm_table_fini(&trial->table);
    rfm_fini(&trial->rfm);
    stream_free(trial->stream);
}

/* Customers as "id last_day frequency monetary products;". */
static void assert_customers(struct trial *trial, const char *wanted)
{
    struct buffer text = {0};

    if (rfm_table_init(&trial->table, &trial->rfm, trial->feed.as_of, NULL, &trial->err))
        fail_msg("%s", trial->err.text);
    for (size_t i = 0; i < trial->table.count; i++) {
        const struct rfm_customer *customer = &trial->table.customers[i];
        char day[MOMENT_TEXT];
        char sum[DECIMAL_TEXT];
        assert_int_equal(buffer_printf(&text, "%.*s %.*s %lld %.*s %u;", SLICE_ARG(customer->id),
                                       SLICE_ARG(day_format(customer->last_day, day)), (long long)customer->frequency,
                                       SLICE_ARG(decimal_format(customer->monetary, trial->table.scale, sum)),
                                       customer->products),
                         0);
    }
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    assert_string_equal(text.data, wanted);
    buffer_fini(&text);
}

static void assert_orders(const char *text, const char *wanted)
{
    struct trial trial;

    trial_init(&trial, slice_from_cstr(text), NULL, RFM_RETURNS_NET);
    if (rfm_feed_orders(&trial.feed, &trial.err))
        fail_msg("%s", trial.err.text);
    assert_customers(&trial, wanted);
    trial_fini(&trial);
}

static void assert_orders_refused(struct slice text, const char *message)
{
    struct trial trial;

    trial_init(&trial, text, NULL, RFM_RETURNS_NET);
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), -1);
    assert_string_equal(trial.err.text, message);
    assert_int_equal(trial.err.status, STATUS_DATA);
    trial_fini(&trial);
}

static void feeds_orders(void **state)
{
    (void)state;
    assert_orders("who,when,sum\na,2026-01-02,1.50\nb,2026-01-03,7\na,2025-12-31T23:00:00,2\n",
                  "a 2026-01-02 2 3.50 0;b 2026-01-03 1 7.00 0;");
    assert_orders("who,when,sum,order,product\na,2026-01-01,1,x,p\na,2026-01-01,1,x,q\na,2026-01-02,1,y,p\n"
                  "b,2026-01-02,1,x,\nb,2026-01-02,1,,p\nb,2026-01-02,1,,p\n",
                  "a 2026-01-02 2 3 2;b 2026-01-02 3 3 1;");
    assert_orders(
        "{\"who\": 7, \"when\": 20260102, \"sum\": 1e2}\n{\"when\": \"2026-01-02\", \"sum\": 1, \"who\": \"7\"}\n",
        "7 2026-01-02 2 101 0;");
    assert_orders("who,when,sum\n", "");
    assert_orders("", "");
}

static void refuses_bad_orders(void **state)
{
    char message[200];
    (void)state;

    assert_orders_refused(SLICE("who,when,sum\na,2026-01-01,1\n,2026-01-01,1\n"),
                          "o.csv:3: column 'who': empty: the row has no customer");
    assert_orders_refused(SLICE("who,when,sum\n\xff,2026-01-01,1\n"), "o.csv:2: column 'who': not UTF-8: '\\xff'");
    assert_orders_refused(SLICE("who,when,sum\na,,1\n"), "o.csv:2: column 'when': empty");
    assert_orders_refused(SLICE("who,when,sum\na,01/02/2026,1\n"),
                          "o.csv:2: column 'when': not a date: '01/02/2026' (--date-format tells how dates are "
                          "written; crm-import finds it out)");
    assert_orders_refused(SLICE("who,when,sum\na,2026-01-01,\n"), "o.csv:2: column 'sum': empty");
    assert_orders_refused(SLICE("who,when,sum\na,2026-01-01,\"1,5\"\n"), "o.csv:2: column 'sum': not a number: '1,5'");
    assert_orders_refused(SLICE("who,when,sum\na,2026-01-01, 1\n"), "o.csv:2: column 'sum': not a number: ' 1'");
    snprintf(message, sizeof message, "o.csv:2: column 'sum': too large, or with more than 18 decimals: '%s'",
             "9223372036854775808");
    assert_orders_refused(SLICE("who,when,sum\na,2026-01-01,9223372036854775808\n"), message);
    assert_orders_refused(SLICE("{\"who\": \"a\", \"when\": \"2026-01-01\", \"sum\": null}\n"),
                          "o.csv:1: column 'sum': empty");
    assert_orders_refused(SLICE("who,when,sum\na,2026-01-01\n"), "o.csv:2: 2 fields, but the header has 3");
}

static void one_currency_only(void **state)
{
    (void)state;
    assert_orders("who,when,sum,currency\na,2026-01-01,1,\na,2026-01-01,1,EUR\na,2026-01-01,1,\na,2026-01-01,1,EUR\n",
                  "a 2026-01-01 4 4 0;");
    assert_orders_refused(
        SLICE("who,when,sum,currency\na,2026-01-01,1,EUR\na,2026-01-01,1,USD\n"),
        "o.csv:3: column 'currency': 'USD' after 'EUR': amounts of different currencies cannot be added; "
        "see --currency and --rates");
    assert_orders_refused(
        SLICE("who,when,sum,currency\na,2026-01-01,1,\x01\na,2026-01-01,1,EUR\n"),
        "o.csv:3: column 'currency': 'EUR' after '\\x01': amounts of different currencies cannot be added; "
        "see --currency and --rates");
    assert_orders("who,when,sum,currency\na,2026-01-01,1,sixteen bytes it\na,2026-01-01,1,sixteen bytes it\n",
                  "a 2026-01-01 2 2 0;");
    assert_orders_refused(SLICE("who,when,sum,currency\na,2026-01-01,1,seventeen bytes i\n"),
                          "o.csv:2: column 'currency': not a currency: 'seventeen bytes i'");
}

static void converts_currencies(void **state)
{
    struct folder folder;
    struct rates rates;
    struct trial trial;
    struct error err;
    (void)state;

    folder_make(&folder);
    file_put(folder_file(&folder, "rates.csv"), "currency,rate\nUSD,0.9\nJPY,0.0061\n");
    rates_init(&rates);
    assert_int_equal(rates_read(&rates, folder_file(&folder, "rates.csv"), SLICE("EUR"), &err), 0);
    trial_init(&trial,
               SLICE("who,when,sum,currency\na,2026-01-01,10,USD\na,2026-01-01,1000,JPY\na,2026-01-01,1,EUR\n"
                     "a,2026-01-01,1,GBP\n"),
               NULL, RFM_RETURNS_NET);
    trial.feed.rates = &rates;
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), -1);
    assert_string_equal(trial.err.text, "o.csv:5: column 'currency': no rate for this currency: 'GBP'");
    trial_fini(&trial);
    trial_init(&trial, SLICE("who,when,sum,currency\na,2026-01-01,10,USD\na,2026-01-01,1000,JPY\na,2026-01-01,1,EUR\n"),
               NULL, RFM_RETURNS_NET);
    trial.feed.rates = &rates;
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), 0);
    assert_customers(&trial, "a 2026-01-01 3 16.10 0;"); /* 9 + 6.10 + 1 */
    trial_fini(&trial);
    trial_init(&trial, SLICE("who,when,sum,currency\na,2026-01-01,1,\n"), NULL, RFM_RETURNS_NET);
    trial.feed.rates = &rates;
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), -1);
    assert_string_equal(trial.err.text, "o.csv:2: column 'currency': empty");
    trial_fini(&trial);
    rates_fini(&rates);
    folder_remove(&folder);
}

/* Later rows and returns that are dropped are filtered, bad ones rejected; the account closes. */
static void accounts_for_every_row(void **state)
{
    struct folder folder;
    char path[128];
    struct trial trial;
    struct buffer text = {0};
    (void)state;

    folder_make(&folder);
    snprintf(path, sizeof path, "%s/bad.csv", folder.path);
    assert_int_equal(buffer_append(&text, SLICE("who,when,sum\n")), 0);
    for (int i = 0; i < 100; i++) /* more than a batch */
        assert_int_equal(buffer_printf(&text, "c%d,2026-01-%02d,%s\n", i % 10, 1 + i % 20,
                                       i % 7 == 0   ? "x"
                                       : i % 5 == 0 ? "-1"
                                                    : "1"),
                         0);
    trial_init(&trial, buffer_slice(&text), path, RFM_RETURNS_DROP);
    trial.feed.as_of = day_from_civil(2026, 1, 15);
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), 0);
    unsigned used = 0;
    unsigned filtered = 0;
    unsigned rejected = 0;
    for (int i = 0; i < 100; i++) /* a row is judged by its day first, then by its amount */
        if (1 + i % 20 <= 15 && i % 7 == 0)
            rejected++;
        else if (1 + i % 20 > 15 || i % 5 == 0)
            filtered++;
        else
            used++;
    assert_int_equal(trial.stream->rejects.read, 100);
    assert_int_equal(trial.stream->rejects.filtered, filtered);
    assert_int_equal(trial.stream->rejects.rejected, rejected);
    assert_int_equal(rejects_used(&trial.stream->rejects), used);
    assert_int_equal(rfm_table_init(&trial.table, &trial.rfm, trial.feed.as_of, NULL, &trial.err), 0);
    int64_t orders = 0;
    int128 sum = 0;
    for (size_t i = 0; i < trial.table.count; i++) {
        orders += trial.table.customers[i].frequency;
        sum += trial.table.customers[i].monetary;
    }
    assert_int_equal(orders, used);
    assert_true(sum == used);
    trial_fini(&trial);
    buffer_fini(&text);
    folder_remove(&folder);
}

static void dates_by_format_and_zone(void **state)
{
    struct trial trial;
    (void)state;

    trial_init(&trial, SLICE("who,when,sum\na,31.12.2025,1\n"), NULL, RFM_RETURNS_NET);
    trial.feed.dates.format = "%d.%m.%Y";
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), 0);
    assert_customers(&trial, "a 2025-12-31 1 1 0;");
    trial_fini(&trial);
    trial_init(&trial, SLICE("who,when,sum\na,2025-12-31T23:30:00Z,1\nb,2025-12-31T23:30:00,1\n"), NULL,
               RFM_RETURNS_NET);
    assert_int_equal(time_zone_open(&trial.feed.dates.zone, "+01:00", &trial.err), 0);
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), 0);
    assert_customers(&trial, "a 2026-01-01 1 1 0;b 2025-12-31 1 1 0;");
    trial_fini(&trial);
}

/* Texts short and long, so that rows go through the batch and past it, in one order. */
static void long_texts_go_past_the_batch(void **state)
{
    enum { CUSTOMERS = 9, ORDERS = 5, PRODUCTS = 4 };
    struct buffer text = {0};
    struct trial trial;
    uint64_t seed = 5;
    int64_t sums[CUSTOMERS] = {0};
    bool ordered[CUSTOMERS][ORDERS] = {{0}};
    bool bought[CUSTOMERS][PRODUCTS] = {{0}};
    char ids[CUSTOMERS][120];
    char orders[ORDERS][120];
    (void)state;

    for (int i = 0; i < CUSTOMERS; i++) /* 1, 13, ... 97 bytes */
        snprintf(ids[i], sizeof ids[i], "%0*d", 1 + 12 * i, i + 1);
    for (int i = 0; i < ORDERS; i++)
        snprintf(orders[i], sizeof orders[i], "%0*d", 1 + 20 * i, i + 1);
    assert_int_equal(buffer_append(&text, SLICE("who,when,sum,order,product\n")), 0);
    for (int row = 0; row < 3000; row++) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        size_t who = (seed >> 33) % CUSTOMERS;
        size_t order = (seed >> 40) % ORDERS;
        size_t product = (seed >> 47) % PRODUCTS;
        int amount = (int)((seed >> 53) % 1000);
        sums[who] += amount;
        ordered[who][order] = bought[who][product] = true;
        assert_int_equal(
            buffer_printf(&text, "%s,2026-01-01,0.%03d,%s,p%zu\n", ids[who], amount, orders[order], product), 0);
    }
    trial_init(&trial, buffer_slice(&text), NULL, RFM_RETURNS_NET);
    assert_int_equal(rfm_feed_orders(&trial.feed, &trial.err), 0);
    assert_int_equal(rfm_table_init(&trial.table, &trial.rfm, DAY_NONE, NULL, &trial.err), 0);
    assert_int_equal(trial.table.count, CUSTOMERS);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const struct rfm_customer *customer = &trial.table.customers[i];
        size_t who = customer->id.len / 12;
        assert_true(slice_equal_cstr(customer->id, ids[who]));
        assert_true(customer->monetary == sums[who]);
        int64_t count = 0;
        for (size_t j = 0; j < ORDERS; j++)
            count += ordered[who][j];
        assert_int_equal(customer->frequency, count);
        count = 0;
        for (size_t j = 0; j < PRODUCTS; j++)
            count += bought[who][j];
        assert_int_equal(customer->products, count);
    }
    trial_fini(&trial);
    buffer_fini(&text);
}

static void feeds_customers(void **state)
{
    struct trial trial;
    (void)state;

    trial_init(&trial, SLICE("who,days,count,sum\na,0,3,10.5\nb,12,1e1,-2\n"), NULL, RFM_RETURNS_NET);
    assert_int_equal(rfm_feed_customers(&trial.feed, &trial.err), 0);
    assert_customers(&trial, "a  3 10.5 0;b  10 -2.0 0;");
    assert_int_equal(trial.table.customers[1].recency_days, 12);
    trial_fini(&trial);

    trial_init(&trial, SLICE("who,when,count,sum\na,2026-01-01,3,10\nb,2026-01-11,1,2\nc,2026-02-01,1,1\n"), NULL,
               RFM_RETURNS_NET);
    trial.feed.as_of = day_from_civil(2026, 1, 11);
    assert_int_equal(rfm_feed_customers(&trial.feed, &trial.err), 0);
    assert_int_equal(trial.stream->rejects.filtered, 1);
    assert_customers(&trial, "a 2026-01-01 3 10 0;b 2026-01-11 1 2 0;");
    assert_int_equal(trial.table.customers[0].recency_days, 10);
    trial_fini(&trial);
}

static void refuses_bad_customers(void **state)
{
    static const char *const cases[][2] = {
        {"who,days,count,sum\n,1,1,1\n", "o.csv:2: column 'who': empty: the row has no customer"},
        {"who,days,count,sum\na,,1,1\n", "o.csv:2: column 'days': empty"},
        {"who,days,count,sum\na,-1,1,1\n", "o.csv:2: column 'days': not a whole number from 0: '-1'"},
        {"who,days,count,sum\na,1.5,1,1\n", "o.csv:2: column 'days': not a whole number from 0: '1.5'"},
        {"who,days,count,sum\na,99999999,1,1\n", "o.csv:2: column 'days': not a whole number from 0: '99999999'"},
        {"who,days,count,sum\na,1,x,1\n", "o.csv:2: column 'count': not a whole number from 0: 'x'"},
        {"who,days,count,sum\na,1,1,x\n", "o.csv:2: column 'sum': not a number: 'x'"},
        {"who,when,count,sum\na,x,1,1\n", "o.csv:2: column 'when': not a date: 'x'"},
        {"who,days,count,sum\na,1,1,1\na,1,1,1\n",
         "o.csv:3: column 'who': customer 'a' is there twice; a table of customers has each once"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_init(&trial, slice_from_cstr(cases[i][0]), NULL, RFM_RETURNS_NET);
        assert_int_equal(rfm_feed_customers(&trial.feed, &trial.err), -1);
        assert_string_equal(trial.err.text, cases[i][1]);
        assert_int_equal(trial.err.status, STATUS_DATA);
        trial_fini(&trial);
    }
}

static void assert_previous(const char *text, size_t customers, const char *message)
{
    struct folder folder;
    struct rfm_migration migration;
    struct error err;

    folder_make(&folder);
    file_put(folder_file(&folder, "previous.csv"), text);
    rfm_migration_init(&migration);
    int failed = rfm_feed_previous(&migration, folder_file(&folder, "previous.csv"), &err);
    assert_int_equal(failed, message ? -1 : 0);
    if (message)
        assert_string_equal(err.text + strlen(folder.path) + 1, message);
    else
        assert_int_equal(migration.customers.count, customers);
    rfm_migration_fini(&migration);
    folder_remove(&folder);
}

static void feeds_an_earlier_run(void **state)
{
    (void)state;
    assert_previous("customer_id,r,segment\na,5,Champions\nb,1,Lost\n", 2, NULL);
    assert_previous("", 0, NULL);
    assert_previous("customer_id,segment\na,Champions\na,Lost\n", 0,
                    "previous.csv:3: column 'customer_id': customer 'a' is there twice in the earlier run");
    assert_previous("customer_id,r\na,5\n", 0, "previous.csv: no column 'segment'; the header is: customer_id, r");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feeds_orders),
        cmocka_unit_test(refuses_bad_orders),
        cmocka_unit_test(one_currency_only),
        cmocka_unit_test(converts_currencies),
        cmocka_unit_test(accounts_for_every_row),
        cmocka_unit_test(dates_by_format_and_zone),
        cmocka_unit_test(long_texts_go_past_the_batch),
        cmocka_unit_test(feeds_customers),
        cmocka_unit_test(refuses_bad_customers),
        cmocka_unit_test(feeds_an_earlier_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
