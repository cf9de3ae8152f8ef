/* RFM reports; and the whole way from orders to segments on the data of the R package rfm, against the numbers
 * published for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/rfm_report.h"
#include "analysis/rfm_score.h"

#define DATA "../shared/data/rfm/"

static const int five[RFM_DIMENSIONS] = {5, 5, 5};

static const char *figure_text(const struct rfm_figure *figure)
{
    static char texts[8][DECIMAL_TEXT + 1];
    static unsigned turn;
    char *text = texts[turn++ % 8];
    char digits[DECIMAL_TEXT];

    text[0] = '\0';
    if (figure->known)
        snprintf(text, DECIMAL_TEXT + 1, "%.*s", SLICE_ARG(decimal_format(figure->units, figure->scale, digits)));
    return text;
}

static void assert_figure(const struct rfm_figure *figure, const char *expected)
{
    assert_string_equal(figure_text(figure), expected);
}

/* --- the data of the R package --- */

/* Adds "customer",date,amount,... The names hold no comma and no quote. */
static void add_line(struct rfm *rfm, char *line)
{
    struct rfm_row row = {0};
    struct moment moment;
    struct error err;
    char *end = strchr(line + 1, '"');

    assert_non_null(end);
    row.customer = (struct slice){line + 1, (size_t)(end - line - 1)};
    row.hash = group_hash(row.customer);
    char *date = end + 2;
    char *amount = strchr(date, ',') + 1;
    assert_true(moment_parse_iso((struct slice){date, (size_t)(amount - 1 - date)}, &moment));
    row.day = moment.day;
    assert_int_equal(decimal_parse((struct slice){amount, strcspn(amount, ",")}, &row.amount), DECIMAL_OK);
    assert_int_equal(rfm_add(rfm, &row, &err), 0);
}

/* The table as of 2006-12-31, or false when the data is absent. */
static bool load_orders(struct rfm *rfm, struct rfm_table *table)
{
    const struct rfm_options options = {RFM_RETURNS_NET, false, false};
    FILE *file = fopen(DATA "rfm_data_orders.csv", "r");
    char line[512];
    struct error err;

    if (!file)
        return false;
    rfm_init(rfm, &options);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file))
        add_line(rfm, line);
    fclose(file);
    assert_int_equal(rfm_table_init(table, rfm, day_from_civil(2006, 12, 31), NULL, &err), 0);
    return true;
}

static void skip_without_data(void)
{
    print_message("skipped: no " DATA "\n");
    skip();
}

static void r_scores(void **unused)
{
    static const struct {
        const char *id;
        int recency, frequency, monetary, score;
    } rows[] = {
        {"Abbey O'Reilly", 205, 6, 472, 343}, {"Add Senger", 140, 3, 340, 412},     {"Aden Lesch", 194, 4, 405, 323},
        {"Aden Murphy", 98, 7, 596, 544},     {"Admiral Senger", 132, 5, 448, 433},
    };
    const struct rfm_scoring scoring = {RFM_R, RFM_TIES_DEFAULT, {5, 5, 5}};
    struct rfm rfm;
    struct rfm_table table;
    struct rfm_cuts cuts;
    struct buffer text;
    struct error err;
    size_t found = 0;

    (void)unused;
    if (!load_orders(&rfm, &table))
        skip_without_data();
    assert_int_equal(table.count, 995);
    assert_int_equal(rfm_score(&table, &scoring, &cuts, NULL, &err), 0);
    for (size_t i = 0; i < table.count; i++) {
        const struct rfm_customer *customer = &table.customers[i];
        for (size_t j = 0; j < sizeof rows / sizeof *rows; j++) {
            if (!slice_equal_cstr(customer->id, rows[j].id))
                continue;
            assert_int_equal(customer->recency_days, rows[j].recency);
            assert_int_equal(customer->frequency, rows[j].frequency);
            assert_int_equal((int)customer->monetary, rows[j].monetary);
            assert_int_equal(rfm_score_number(customer), rows[j].score);
            found++;
        }
    }
    assert_int_equal(found, 5);
    buffer_init(&text);
    assert_int_equal(rfm_cuts_write(&cuts, &text, &err), 0);
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    assert_string_equal(text.data,
                        "{\n"
                        "  \"method\": \"r\",\n"
                        "  \"ties\": \"high\",\n"
                        "  \"as_of\": \"2006-12-31\",\n"
                        "  \"recency_days\": {\"bins\": 5, \"cuts\": [\"115\", \"181\", \"297.4\", \"482\"]},\n"
                        "  \"frequency\": {\"bins\": 5, \"cuts\": [\"4\", \"5\", \"6\", \"8\"]},\n"
                        "  \"monetary\": {\"bins\": 5, \"cuts\": [\"255.8\", \"382\", \"506.4\", \"666\"]}\n"
                        "}\n");
    buffer_fini(&text);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

/* "0.0235" as the percentage the reference has, "2.35"; it drops zeros at the end. */
static double percent(const struct rfm_figure *share)
{
    assert_true(share->known);
    assert_int_equal(share->scale, 4);
    return strtod(figure_text(share), NULL) * 100;
}

/* The file, segment,customers,orders,revenue,revenue_share_pct,customer_share_pct, is of the limits of the package's
 * version 0.2. */
static void r_segments_0_2(void **unused)
{
    const struct rfm_scoring scoring = {RFM_R, RFM_TIES_DEFAULT, {5, 5, 5}};
    struct rfm rfm;
    struct rfm_table table;
    struct rfm_segments segments;
    struct rfm_summary summary;
    struct error err;
    char line[256];
    size_t found = 0;

    (void)unused;
    FILE *file = fopen(DATA "REF_segments_snapshot.csv", "r");
    if (!file)
        skip_without_data();
    assert_true(load_orders(&rfm, &table));
    assert_int_equal(rfm_score(&table, &scoring, NULL, NULL, &err), 0);
    assert_int_equal(rfm_segments_builtin(&segments, "r", five, &err), 0);
    rfm_segment_customers(&table, &segments);
    assert_int_equal(rfm_summary_init(&summary, &table, &segments, &err), 0);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        char name[64];
        char shown[128];
        double revenue_share;
        double customer_share;
        unsigned customers, orders, revenue;
        assert_int_equal(sscanf(line, "%63[^,],%u,%u,%u,%lf,%lf", name, &customers, &orders, &revenue, &revenue_share,
                                &customer_share),
                         6);
        for (size_t i = 0; i < summary.count; i++) {
            const struct rfm_summary_row *row = &summary.rows[i];
            if (!slice_equal_cstr(rfm_segment_name(&segments, row->segment), name))
                continue;
            found++;
            assert_int_equal(row->customers, customers);
            snprintf(shown, sizeof shown, "%u %u %.2f %.2f", orders, revenue, revenue_share, customer_share);
            char got[128];
            snprintf(got, sizeof got, "%s %s %.2f %.2f", figure_text(&row->orders), figure_text(&row->revenue),
                     percent(&row->revenue_share), percent(&row->customer_share));
            assert_string_equal(got, shown);
        }
    }
    fclose(file);
    assert_int_equal(found, summary.count);
    assert_int_equal(summary.rows[summary.count - 1].segment, segments.count);
    rfm_summary_fini(&summary);
    rfm_segments_fini(&segments);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

/* As version 0.3.0's documentation prints it (rfm.rsquaredacademy.com/reference/rfm_segment_summary), there in the
 * order of names. */
static void r_segments(void **unused)
{
    static const struct {
        const char *name;
        size_t customers;
        const char *orders, *revenue;
        double aov; /* three digits are printed */
    } rows[] = {
        {"Champions", 35, "316", "31646", 100},         {"Potential Loyalist", 342, "2211", "204856", 92.6},
        {"Loyal Customers", 170, "799", "76562", 95.8}, {"Promising", 9, "28", "4249", 152},
        {"New Customers", 104, "329", "28837", 87.6},   {"Can't Lose Them", 47, "274", "32446", 118},
        {"At Risk", 28, "216", "22227", 103},           {"Need Attention", 10, "57", "4562", 80.0},
        {"About To Sleep", 102, "283", "23449", 82.9},  {"Lost", 148, "393", "35324", 89.9},
    };
    const struct rfm_scoring scoring = {RFM_R, RFM_TIES_DEFAULT, {5, 5, 5}};
    struct rfm rfm;
    struct rfm_table table;
    struct rfm_segments segments;
    struct rfm_summary summary;
    struct error err;

    (void)unused;
    if (!load_orders(&rfm, &table))
        skip_without_data();
    assert_int_equal(rfm_score(&table, &scoring, NULL, NULL, &err), 0);
    assert_int_equal(rfm_segments_builtin(&segments, "standard", five, &err), 0);
    rfm_segment_customers(&table, &segments);
    assert_int_equal(rfm_summary_init(&summary, &table, &segments, &err), 0);
    assert_int_equal(summary.count, sizeof rows / sizeof *rows);
    for (size_t i = 0; i < summary.count; i++) {
        const struct rfm_summary_row *row = &summary.rows[i];
        assert_true(slice_equal_cstr(rfm_segment_name(&segments, row->segment), rows[i].name));
        assert_int_equal(row->customers, rows[i].customers);
        assert_figure(&row->orders, rows[i].orders);
        assert_figure(&row->revenue, rows[i].revenue);
        double difference = strtod(figure_text(&row->aov), NULL) - rows[i].aov;
        double half_a_digit = rows[i].aov < 100 ? 0.06 : 0.51;
        assert_true(difference < half_a_digit && difference > -half_a_digit);
    }
    rfm_summary_fini(&summary);
    rfm_segments_fini(&segments);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

static void r_heatmap(void **unused)
{
    const struct rfm_scoring scoring = {RFM_R, RFM_TIES_DEFAULT, {5, 5, 5}};
    double sum[6][6] = {{0}};
    double customers[6][6] = {{0}};
    struct rfm rfm;
    struct rfm_table table;
    struct error err;
    char line[64];
    int cells = 0;

    (void)unused;
    FILE *file = fopen(DATA "REF_heatmap_snapshot.csv", "r");
    if (!file)
        skip_without_data();
    assert_true(load_orders(&rfm, &table));
    assert_int_equal(rfm_score(&table, &scoring, NULL, NULL, &err), 0);
    for (size_t i = 0; i < table.count; i++) {
        const struct rfm_customer *customer = &table.customers[i];
        sum[customer->score[RFM_FREQUENCY]][customer->score[RFM_RECENCY]] += (double)customer->monetary;
        customers[customer->score[RFM_FREQUENCY]][customer->score[RFM_RECENCY]]++;
    }
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        int f, r;
        double mean;
        assert_int_equal(sscanf(line, "%d,%d,%lf", &f, &r, &mean), 3);
        assert_true(f >= 1 && f <= 5 && r >= 1 && r <= 5);
        double difference = sum[f][r] / customers[f][r] - mean;
        assert_true(difference < 0.0051 && difference > -0.0051);
        cells++;
    }
    fclose(file);
    assert_int_equal(cells, 25);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

static void r_order_distribution(void **unused)
{
    struct rfm rfm;
    struct rfm_table table;
    char line[64];
    int counted = 0;

    (void)unused;
    FILE *file = fopen(DATA "REF_order_distribution_snapshot.csv", "r");
    if (!file)
        skip_without_data();
    assert_true(load_orders(&rfm, &table));
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        int orders, customers;
        assert_int_equal(sscanf(line, "%d,%d", &orders, &customers), 2);
        for (size_t i = 0; i < table.count; i++)
            customers -= table.customers[i].frequency == orders;
        assert_int_equal(customers, 0);
        counted++;
    }
    fclose(file);
    assert_int_equal(counted, 14);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
}

/* --- small tables --- */

static struct rfm_customer customer_of(const char *id, size_t segment, int recency, int64_t frequency, int128 monetary)
{
    return (struct rfm_customer){.id = slice_from_cstr(id),
                                 .segment = (uint16_t)segment,
                                 .recency_days = recency,
                                 .frequency = frequency,
                                 .monetary = monetary};
}

#define ABC "{\"segments\": [{\"name\": \"A\"}, {\"name\": \"B\"}, {\"name\": \"C\"}], \"others\": \"Rest\"}"

static void summary_figures(void **unused)
{
    struct rfm_customer customers[] = {
        customer_of("1", 3, 10, 0, -5),   customer_of("2", 2, 7, 3, 1000), customer_of("3", 0, 1, 2, 105),
        customer_of("4", 2, 10, 4, 1001), customer_of("5", 0, 2, 1, 200),  customer_of("6", 0, 9, 4, -2),
    };
    const struct rfm_table table = {customers, 6, 0, 1, DAY_NONE, NULL};
    struct rfm_segments segments;
    struct rfm_summary summary;
    struct error err;

    (void)unused;
    assert_int_equal(rfm_segments_read(&segments, SLICE(ABC), "s", five, &err), 0);
    assert_int_equal(rfm_summary_init(&summary, &table, &segments, &err), 0);
    assert_int_equal(summary.count, 3); /* B has none */
    const struct rfm_summary_row *a = &summary.rows[0];
    assert_int_equal(a->segment, 0);
    assert_int_equal(a->customers, 3);
    assert_figure(&a->customer_share, "0.5000");
    assert_figure(&a->orders, "7");
    assert_figure(&a->revenue, "30.3");
    assert_figure(&a->revenue_share, "0.1318"); /* 303 / 2299 = .13179 */
    assert_figure(&a->aov, "4.33");             /* 30.3 / 7 = 4.3286 */
    assert_figure(&a->median[RFM_RECENCY], "2");
    assert_figure(&a->median[RFM_FREQUENCY], "2");
    assert_figure(&a->median[RFM_MONETARY], "10.5");
    const struct rfm_summary_row *c = &summary.rows[1];
    assert_int_equal(c->segment, 2);
    assert_figure(&c->customer_share, "0.3333");
    assert_figure(&c->revenue_share, "0.8704"); /* 2001 / 2299 = .87038 */
    assert_figure(&c->aov, "28.59");            /* 200.1 / 7 = 28.5857 */
    assert_figure(&c->median[RFM_RECENCY], "8.5");
    assert_figure(&c->median[RFM_FREQUENCY], "3.5");
    assert_figure(&c->median[RFM_MONETARY], "100.05");
    const struct rfm_summary_row *rest = &summary.rows[2];
    assert_int_equal(rest->segment, 3);
    assert_figure(&rest->revenue_share, "-0.0022"); /* -5 / 2299 = -.00217 */
    assert_figure(&rest->aov, "");
    assert_figure(&rest->median[RFM_MONETARY], "-0.5");
    rfm_summary_fini(&summary);
    rfm_segments_fini(&segments);
}

static void summary_edges(void **unused)
{
    const int128 most = (int128)(~(unsigned __int128)0 >> 1);
    struct rfm_customer customers[] = {customer_of("1", 0, 10, 3, 100), customer_of("2", 1, 10, 3, -100)};
    struct rfm_table table = {customers, 2, 0, 4, DAY_NONE, NULL};
    struct rfm_segments segments;
    struct rfm_summary summary;
    struct error err;

    (void)unused;
    assert_int_equal(rfm_segments_read(&segments, SLICE(ABC), "s", five, &err), 0);
    assert_int_equal(rfm_summary_init(&summary, &table, &segments, &err), 0);
    assert_figure(&summary.rows[0].revenue_share, ""); /* all revenue is 0 */
    assert_figure(&summary.rows[0].aov, "0.0033");     /* at the scale of the amounts */
    assert_figure(&summary.rows[1].aov, "-0.0033");
    rfm_summary_fini(&summary);
    table.count = 0;
    assert_int_equal(rfm_summary_init(&summary, &table, &segments, &err), 0);
    assert_int_equal(summary.count, 0);
    rfm_summary_fini(&summary);
    table.count = 2;
    customers[0].monetary = most;
    customers[1].monetary = 1;
    assert_int_equal(rfm_summary_init(&summary, &table, &segments, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "the amounts are too large to be summed up by segment");
    customers[1].monetary = 0; /* the sum fits, the share does not */
    assert_int_equal(rfm_summary_init(&summary, &table, &segments, &err), -1);
    assert_null(summary.rows);
    rfm_segments_fini(&segments);
}

static void migration_rows(void **unused)
{
    static const char *const previous[][2] = {
        {"1", "Old z"}, {"2", "C"},    {"3", "A"}, {"4", "A"}, {"5", "A"},
        {"6", "Old b"}, {"7", "Rest"}, {"8", "A"}, {"9", ""},
    };
    struct rfm_customer customers[] = {
        customer_of("8", 2, 0, 0, 0), customer_of("3", 0, 0, 0, 0), customer_of("new 1", 3, 0, 0, 0),
        customer_of("4", 2, 0, 0, 0), customer_of("1", 1, 0, 0, 0), customer_of("new 2", 0, 0, 0, 0),
        customer_of("6", 1, 0, 0, 0), customer_of("7", 3, 0, 0, 0), customer_of("new 3", 0, 0, 0, 0),
        customer_of("9", 0, 0, 0, 0),
    };
    static const struct {
        const char *previous, *now;
        size_t customers;
        const char *share;
    } expected[] = {
        {"A", "A", 1, "0.2500"},        {"A", "C", 2, "0.5000"},       {"A", "(gone)", 1, "0.2500"},
        {"C", "(gone)", 1, "1.0000"},   {"Rest", "Rest", 1, "1.0000"}, {"", "A", 1, "1.0000"},
        {"Old b", "B", 1, "1.0000"},    {"Old z", "B", 1, "1.0000"},   {"(new)", "A", 2, "0.6667"},
        {"(new)", "Rest", 1, "0.3333"},
    };
    const struct rfm_table table = {customers, sizeof customers / sizeof *customers, 0, 0, DAY_NONE, NULL};
    struct rfm_segments segments;
    struct rfm_migration migration;
    struct error err;

    (void)unused;
    assert_int_equal(rfm_segments_read(&segments, SLICE(ABC), "s", five, &err), 0);
    rfm_migration_init(&migration);
    for (size_t i = 0; i < sizeof previous / sizeof *previous; i++)
        assert_int_equal(rfm_migration_add_previous(&migration, slice_from_cstr(previous[i][0]),
                                                    slice_from_cstr(previous[i][1]), &err),
                         0);
    assert_int_equal(rfm_migration_add_previous(&migration, SLICE("3"), SLICE("A"), &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "customer '3' is there twice in the earlier run");
    assert_int_equal(rfm_migration_count(&migration, &table, &segments, &err), 0);
    assert_int_equal(migration.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < migration.count; i++) {
        assert_true(slice_equal_cstr(migration.rows[i].previous_segment, expected[i].previous));
        assert_true(slice_equal_cstr(migration.rows[i].segment, expected[i].now));
        assert_int_equal(migration.rows[i].customers, expected[i].customers);
        assert_figure(&migration.rows[i].share, expected[i].share);
    }
    rfm_migration_fini(&migration);
    rfm_segments_fini(&segments);
}

static void migration_empty(void **unused)
{
    const struct rfm_table table = {0};
    struct rfm_segments segments;
    struct rfm_migration migration;
    struct error err;

    (void)unused;
    assert_int_equal(rfm_segments_read(&segments, SLICE(ABC), "s", five, &err), 0);
    rfm_migration_init(&migration);
    assert_int_equal(rfm_migration_count(&migration, &table, &segments, &err), 0);
    assert_int_equal(migration.count, 0);
    rfm_migration_fini(&migration);
    rfm_segments_fini(&segments);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r_scores),      cmocka_unit_test(r_segments),           cmocka_unit_test(r_segments_0_2),
        cmocka_unit_test(r_heatmap),     cmocka_unit_test(r_order_distribution), cmocka_unit_test(summary_figures),
        cmocka_unit_test(summary_edges), cmocka_unit_test(migration_rows),       cmocka_unit_test(migration_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
