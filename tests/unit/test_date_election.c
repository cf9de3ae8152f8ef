/* Elections of dates: bare numbers, what stands for no date, and what a column makes of its values. */
#include "date_reading.h"

/* ---- bare numbers ---- */

static void reads_the_days_of_spreadsheets(void **state)
{
    struct date_election e;
    struct moment moment;
    (void)state;

    assert_reads("1", DATE_SERIAL, "1900-01-01");
    assert_reads("59", DATE_SERIAL, "1900-02-28");
    assert_reads("60", DATE_SERIAL, NULL); /* the day that Excel believes in */
    assert_reads("61", DATE_SERIAL, "1900-03-01");
    assert_reads("25569", DATE_SERIAL, "1970-01-01");
    assert_reads("25569.0", DATE_SERIAL, "1970-01-01");
    assert_reads("44301", DATE_SERIAL, "2021-04-15");
    assert_reads("44301.4375", DATE_SERIAL, "2021-04-15T10:30:00");
    assert_reads("44301,4375", DATE_SERIAL, "2021-04-15T10:30:00");
    assert_reads("44301.00208333333", DATE_SERIAL, "2021-04-15T00:03:00");
    assert_reads("44301.99999", DATE_SERIAL, "2021-04-15T23:59:59");
    assert_reads("44301.999999", DATE_SERIAL, "2021-04-16T00:00:00");
    assert_reads("44301.500000006", DATE_SERIAL, "2021-04-15T12:00:00.001");
    assert_reads("2958465", DATE_SERIAL, "9999-12-31");
    assert_reads("2958465.9", DATE_SERIAL, "9999-12-31T21:36:00");
    assert_reads("2958465.999999", DATE_SERIAL, NULL); /* rounded into the year 10000 */
    assert_reads("2958466", DATE_SERIAL, NULL);
    assert_reads("-1", DATE_SERIAL, NULL);
    assert_reads("1899", DATE_SERIAL, "1905-03-13");
    assert_reads("1900", DATE_SERIAL, NULL); /* a year, to all appearance */
    assert_reads("2021", DATE_SERIAL, NULL);
    assert_reads("2100", DATE_SERIAL, NULL);
    assert_reads("2101", DATE_SERIAL, "1905-10-01");
    assert_reads("44,301", DATE_SERIAL, NULL); /* thousands, to all appearance */
    assert_reads("15.04", DATE_SERIAL, NULL);
    assert_reads("044301", DATE_SERIAL, NULL);
    assert_reads("44301.", DATE_SERIAL, NULL);
    assert_reads("44301.4.5", DATE_SERIAL, NULL);
    assert_reads("44301 10:00", DATE_SERIAL, NULL);
    assert_reads("٤٤٣٠١", DATE_SERIAL, "2021-04-15");
    assert_reads("٤٤٣٠١٫٥", DATE_SERIAL, "2021-04-15T12:00:00");
    assert_reads("44301", DATE_DAY_FIRST, NULL);
    assert_reads("44301", DATE_EPOCH, NULL);
    assert_reads("2021-04-15", DATE_SERIAL, "2021-04-15");
    assert_int_equal(ELECT(&e, "44301", "44302.5", "2", ""), DATE_SERIAL);
    assert_int_equal(e.serial, 2);
    assert_int_equal(e.number, 1);
    assert_int_equal(ELECT(&e, "18264"), DATE_SERIAL);
    assert_int_equal(ELECT(&e, "18263"), DATE_EMPTY); /* no evidence before 1950 ... */
    assert_int_equal(ELECT(&e, "73415"), DATE_SERIAL);
    assert_int_equal(ELECT(&e, "73416"), DATE_EMPTY); /* ... or after 2100 */
    assert_string_equal(e.number_example.value.text, "73416");
    for (int serial = 61; serial < 80000; serial += 7) {
        char text[32];
        time_t seconds = ((time_t)serial - 25569) * 86400 + serial % 86400;
        struct tm tm;
        snprintf(text, sizeof text, "%d.%09.0f", serial, serial % 86400 / 86400.0 * 1e9);
        gmtime_r(&seconds, &tm);
        if (serial >= 1900 && serial <= 2100)
            continue;
        if (serial < 1900)
            snprintf(text, sizeof text, "%d", serial);
        assert_true(date_parse_style(slice_from_cstr(text), DATE_SERIAL, &moment));
        assert_int_equal(moment.day, day_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
        assert_int_equal(moment.second, serial < 1900 ? 0 : serial % 86400);
        assert_int_equal(moment.nanosecond, 0);
    }
}

static void reads_times_since_1970(void **state)
{
    struct date_election e;
    uint64_t seed = 7;
    (void)state;

    assert_reads("1617235200", DATE_EPOCH, "2021-04-01T00:00:00Z");
    assert_reads("1617235200.25", DATE_EPOCH, "2021-04-01T00:00:00.25Z");
    assert_reads("1617235200.0", DATE_EPOCH, "2021-04-01T00:00:00Z");
    assert_reads("100000000", DATE_EPOCH, "1973-03-03T09:46:40Z");
    assert_reads("-100000000", DATE_EPOCH, "1966-10-31T14:13:20Z");
    assert_reads("-100000000.25", DATE_EPOCH, "1966-10-31T14:13:19.75Z");
    assert_reads("99999999", DATE_EPOCH, NULL);
    assert_reads("16172352000", DATE_EPOCH, NULL);
    assert_reads("1617235200123", DATE_EPOCH_MILLI, "2021-04-01T00:00:00.123Z");
    assert_reads("1617235200000.5", DATE_EPOCH_MILLI, "2021-04-01T00:00:00.0005Z");
    assert_reads("473385600000", DATE_EPOCH_MILLI, "1985-01-01T00:00:00Z");
    assert_reads("-473385600001", DATE_EPOCH_MILLI, "1954-12-31T23:59:59.999Z");
    assert_reads("16172352001234", DATE_EPOCH_MILLI, NULL);
    assert_reads("1617235200", DATE_EPOCH_MILLI, NULL);
    assert_reads("1617235200123456", DATE_EPOCH_MICRO, "2021-04-01T00:00:00.123456Z");
    assert_reads("1617235200123", DATE_EPOCH_MICRO, NULL);
    assert_reads("1.617235200E9", DATE_EPOCH, NULL);
    assert_reads("1617235200123456789", DATE_EPOCH_MICRO, NULL);
    assert_reads("99999999999999999999999", DATE_EPOCH, NULL);
    assert_int_equal(ELECT(&e, "1617235200", "999999999"), DATE_EPOCH);
    assert_int_equal(e.epoch, 2);
    assert_int_equal(ELECT(&e, "4133980799"), DATE_EPOCH);
    assert_int_equal(ELECT(&e, "4133980800"), DATE_EMPTY); /* 2101 */
    assert_int_equal(ELECT(&e, "1617235200123", "473385600000", "-86400000000"), DATE_EPOCH_MILLI);
    assert_int_equal(e.epoch_milli, 1);
    assert_int_equal(e.number, 2);
    assert_int_equal(ELECT(&e, "1617235200123456"), DATE_EPOCH_MICRO);
    assert_int_equal(ELECT(&e, "1617235200", "1617235200123"), DATE_MIXED);
    for (int round = 0; round < 3000; round++) {
        char text[32];
        char wanted[40];
        struct tm tm;
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        time_t seconds = (time_t)(100000000 + (seed >> 33) * 2 % 3900000000);
        int milli = (int)(seed >> 20 & 511);
        gmtime_r(&seconds, &tm);
        strftime(wanted, sizeof wanted, "%Y-%m-%dT%H:%M:%SZ", &tm);
        snprintf(text, sizeof text, "%lld", (long long)seconds);
        assert_int_equal(ELECT(&e, text), DATE_EPOCH);
        assert_reads(text, DATE_EPOCH, wanted);
        size_t length = strftime(wanted, sizeof wanted, "%Y-%m-%dT%H:%M:%S", &tm);
        snprintf(wanted + length, sizeof wanted - length, ".%03d5Z", milli);
        snprintf(text, sizeof text, "%lld%03d.5", (long long)seconds, milli);
        assert_reads(text, DATE_EPOCH_MILLI, wanted);
    }
}

/* ---- no date ---- */

static void knows_what_stands_for_no_date(void **state)
{
    static const char *const voids[] = {"0000-00-00",
                                        "0000-00-00 00:00:00",
                                        "0000-00-00T00:00:00Z",
                                        "0000/00/00",
                                        "00.00.0000",
                                        "00/00/0000",
                                        "00/00/00",
                                        "00000000",
                                        "0",
                                        " 0 ",
                                        "0.0",
                                        "1900-01-00",
                                        "1/0/1900",
                                        "0/1/1900",
                                        "00.01.1900",
                                        "1/0/00",
                                        "1/0/00 00:00",
                                        "1900-01-00 00:00:00",
                                        "٠٠٠٠-٠٠-٠٠"};
    static const char *const dates[] = {"",           "1900-01-01", "1/1/1900", "1970-01-01",       "0001-01-01",
                                        "2026-00-00", "0000-01-01", "000",      "1900-01-00 10:30", "n/a",
                                        "-0",         "00",         "1/0/2026", "0000000"};
    struct date_election e;
    (void)state;

    for (size_t i = 0; i < sizeof voids / sizeof *voids; i++) {
        if (!date_is_void(slice_from_cstr(voids[i])))
            fail_msg("'%s' is no date", voids[i]);
        assert_int_equal(ELECT(&e, voids[i]), DATE_EMPTY);
        assert_int_equal(e.none, 1);
        assert_int_equal(e.none_example.line, 2);
        for (enum date_style style = DATE_EMPTY; style <= DATE_MIXED; style++)
            assert_reads(voids[i], style, NULL);
    }
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (date_is_void(slice_from_cstr(dates[i])))
            fail_msg("'%s' is not known to be none", dates[i]);
    assert_int_equal(ELECT(&e, "0000-00-00", "25/12/2026", "0"), DATE_DAY_FIRST);
    assert_int_equal(e.none, 2);
    assert_int_equal(e.invalid, 0);
}

/* ---- columns ---- */

static void elects_dates_by_the_column(void **state)
{
    struct date_election e;
    (void)state;

    e = (struct date_election){0};
    assert_int_equal(date_election_result(&e), DATE_EMPTY);
    assert_int_equal(ELECT(&e, "", "soon"), DATE_EMPTY);
    assert_int_equal(e.invalid, 1);
    assert_string_equal(e.invalid_example.value.text, "soon");
    assert_int_equal(ELECT(&e, "2026-01-02", "20260102"), DATE_YEAR_FIRST);
    assert_int_equal(e.year_first, 2);
    assert_int_equal(ELECT(&e, "2026-01-02", "01/02/2026"), DATE_AMBIGUOUS);
    assert_string_equal(e.ambiguous_example.value.text, "01/02/2026");
    assert_int_equal(e.ambiguous_example.line, 3);
    assert_int_equal(ELECT(&e, "01/02/2026", "13/02/2026"), DATE_DAY_FIRST);
    assert_int_equal(ELECT(&e, "01/02/2026", "02/13/2026"), DATE_MONTH_FIRST);
    assert_int_equal(ELECT(&e, "05/05/2026", "01/02/2026"), DATE_AMBIGUOUS);
    assert_int_equal(ELECT(&e, "05/05/2026", "02/13/2026"), DATE_MONTH_FIRST);
    assert_int_equal(ELECT(&e, "05/05/2026", "2026-01-01"), DATE_DAY_FIRST);
    assert_int_equal(e.neutral, 1);
    assert_int_equal(ELECT(&e, "13/02/2026", "02/13/2026", "1/2/2026"), DATE_CONFLICT);
    assert_string_equal(e.day_example.value.text, "13/02/2026");
    assert_string_equal(e.month_example.value.text, "02/13/2026");
    assert_int_equal(e.day_example.line, 2);
    assert_int_equal(e.month_example.line, 3);
    assert_int_equal(ELECT(&e, "15 Apr 2021", "2021-04-15"), DATE_YEAR_FIRST);
    assert_int_equal(e.written, 1);
    assert_int_equal(ELECT(&e, "15 Apr 2021", "15/04/2021"), DATE_DAY_FIRST);
    assert_int_equal(ELECT(&e, "15 Apr 2021", "05/04/2021"), DATE_AMBIGUOUS);
    assert_int_equal(ELECT(&e, "15 Apr 2021", "soon"), DATE_WRITTEN);
}

/* Three numbers of two digits: each value rules out what it cannot be. */
static void elects_years_of_two_digits(void **state)
{
    struct date_election e;
    (void)state;

    assert_int_equal(ELECT(&e, "01/02/03", "12/25/21"), DATE_MONTH_FIRST);
    assert_int_equal(ELECT(&e, "01/02/03", "25/12/99"), DATE_DAY_FIRST);
    assert_int_equal(ELECT(&e, "01/02/03", "99/12/25"), DATE_SHORT_YEAR_FIRST);
    assert_int_equal(ELECT(&e, "25/12/21", "24/11/20"), DATE_AMBIGUOUS); /* day or year first */
    assert_string_equal(date_election_doubt(&e), "day-month-year or year-month-day");
    assert_true(date_election_allows(&e, DATE_DAY_FIRST));
    assert_true(date_election_allows(&e, DATE_SHORT_YEAR_FIRST));
    assert_false(date_election_allows(&e, DATE_MONTH_FIRST));
    assert_false(date_election_allows(&e, DATE_YEAR_FIRST));
    assert_false(date_election_allows(&e, DATE_SERIAL));
    assert_int_equal(ELECT(&e, "25/12/21", "1/2/21"),
                     DATE_DAY_FIRST); /* the one is not month, the other not year first */
    assert_int_equal(ELECT(&e, "25/12/21", "1/2/2021"), DATE_DAY_FIRST); /* years of four digits have a say, too */
    assert_int_equal(ELECT(&e, "05/06/21", "31.12.2021"), DATE_DAY_FIRST);
    assert_int_equal(ELECT(&e, "05/06/21", "05/06/07"), DATE_AMBIGUOUS);
    assert_string_equal(date_election_doubt(&e), "day-month-year, month-day-year or year-month-day");
    assert_int_equal(ELECT(&e, "05/06/21", "5/6/2021"), DATE_AMBIGUOUS);
    assert_string_equal(date_election_doubt(&e), "day-month or month-day");
    assert_int_equal(ELECT(&e, "21/12/21", "20/12/20"), DATE_DAY_FIRST); /* the same days with the year first */
    assert_int_equal(ELECT(&e, "21/12/21", "01/02/21"), DATE_AMBIGUOUS);
    assert_int_equal(ELECT(&e, "2021-12-25", "21-12-25"), DATE_AMBIGUOUS); /* ISO does not tell */
    assert_int_equal(ELECT(&e, "12/25/21", "25/12/21"), DATE_CONFLICT);
    assert_int_equal(ELECT(&e, "99-12-31", "31.12.2021"), DATE_CONFLICT);
    assert_int_equal(ELECT(&e, "99-12-31", "12/31/99"), DATE_CONFLICT);
}

static void assert_conflict(const struct date_election *e, const char *one_text, const char *other_text)
{
    const struct example *one;
    const struct example *other;

    assert_true(date_election_conflict(e, &one, &other));
    assert_string_equal(one->value.text, one_text);
    assert_string_equal(other->value.text, other_text);
    assert_int_not_equal(one->line, 0);
    assert_int_not_equal(other->line, 0);
}

static void shows_two_values_that_disagree(void **state)
{
    struct date_election e;
    const struct example *one;
    const struct example *other;
    (void)state;

    ELECT(&e, "01/02/2026", "13/02/2026", "02/13/2026");
    assert_conflict(&e, "02/13/2026", "13/02/2026");
    ELECT(&e, "25/12/21", "12/25/21");
    assert_conflict(&e, "12/25/21", "25/12/21");
    ELECT(&e, "1/2/2026", "99-12-31", "98-12-31");
    assert_conflict(&e, "99-12-31", "1/2/2026");
    ELECT(&e, "12/31/99", "99-12-31");
    assert_conflict(&e, "12/31/99", "99-12-31");
    ELECT(&e, "44301", "15/04/2021");
    assert_conflict(&e, "44301", "15/04/2021");
    ELECT(&e, "1617235200123", "44301");
    assert_conflict(&e, "44301", "1617235200123");
    ELECT(&e, "01/02/2026");
    assert_false(date_election_conflict(&e, &one, &other));
    ELECT(&e, "2026-01-01");
    assert_false(date_election_conflict(&e, &one, &other));
}

/* Excel turns the dates it recognises into numbers and leaves the others: of a column with the day first those up to
 * the twelfth, and wrongly. Beside dates that can be read in one way numbers are what they are. */
static void numbers_among_dates(void **state)
{
    struct date_election e;
    (void)state;

    assert_int_equal(ELECT(&e, "44301", "15/04/2021"), DATE_MIXED);
    assert_int_equal(ELECT(&e, "44301", "05/04/2021"), DATE_MIXED);
    assert_int_equal(ELECT(&e, "44301", "05/05/2021"), DATE_MIXED);
    assert_int_equal(ELECT(&e, "44301", "1617235200"), DATE_MIXED);
    assert_int_equal(ELECT(&e, "1617235200", "15.04.2021"), DATE_MIXED);
    assert_int_equal(ELECT(&e, "44301", "2021-04-15", "15 Apr 2021", "20210415"), DATE_SERIAL);
    assert_int_equal(ELECT(&e, "1617235200123", "2021-04-15T10:00:00Z"), DATE_EPOCH_MILLI);
    assert_int_equal(ELECT(&e, "123", "15/04/2021"), DATE_DAY_FIRST);
    assert_int_equal(ELECT(&e, "123", "2021-04-15"), DATE_YEAR_FIRST);
}

static void counts_classes_with_an_example_each(void **state)
{
    static const char *const texts[DATE_CLASSES] = {
        "2026-12-31", "31 Dec 2026", "31/12/2026",    "12/31/2026",       "99-12-31", "05/05/2026", "01/02/2026",
        "44301",      "1617235200",  "1617235200123", "1617235200123456", "5",        "0",          "never"};
    struct date_election e = {0};
    (void)state;

    for (uint64_t round = 0; round < 3; round++)
        for (size_t i = 0; i < DATE_CLASSES; i++)
            date_election_add(&e, slice_from_cstr(texts[i]), 10 * round + i + 1);
    for (size_t i = 0; i < DATE_CLASSES; i++) {
        assert_int_equal(e.counts[i], 3);
        assert_string_equal(e.examples[i].value.text, texts[i]);
        assert_int_equal(e.examples[i].line, i + 1); /* the first stays */
        assert_true(strlen(date_class_name((enum date_class)i)) > 4);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(date_class_name((enum date_class)i), date_class_name((enum date_class)j));
    }
    assert_int_equal(e.short_year_first, 3);
    assert_string_equal(e.short_year_example.value.text, "99-12-31");
    assert_string_equal(e.epoch_micro_example.value.text, "1617235200123456");
}

/* Every day of some years, as written by the test, comes back; read the other way it is refused or another day, and
 * then it alone decides nothing. */
static void days_come_back_from_both_styles(void **state)
{
    (void)state;
    for (int32_t day = day_from_civil(1999, 1, 1); day < day_from_civil(2005, 1, 1); day++) {
        char iso[MOMENT_TEXT];
        char text[48];
        int year;
        int month;
        int day_of_month;
        struct date_election e;
        struct moment moment;
        civil_from_day(day, &year, &month, &day_of_month);
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day_of_month);
        snprintf(text, sizeof text, "%d/%02d/%d", day_of_month, month, year);
        assert_reads(text, DATE_DAY_FIRST, iso);
        enum date_style elected = ELECT(&e, text);
        bool other = date_parse_style(slice_from_cstr(text), DATE_MONTH_FIRST, &moment);
        assert_int_equal(elected, day_of_month <= 12 && day_of_month != month ? DATE_AMBIGUOUS : DATE_DAY_FIRST);
        assert_int_equal(other, day_of_month <= 12);
        snprintf(text, sizeof text, "%02d-%d-%d", month, day_of_month, year);
        assert_reads(text, DATE_MONTH_FIRST, iso);
        snprintf(text, sizeof text, "%02d.%02d.%d", day_of_month, month, year);
        assert_reads(text, DATE_DAY_FIRST, iso);
        assert_reads(text, DATE_MONTH_FIRST, NULL);
        snprintf(text, sizeof text, "%02d/%02d/%02d", year % 100, month, day_of_month);
        assert_reads(text, DATE_SHORT_YEAR_FIRST, iso);
    }
}

/* ---- exports of others ---- */

/* The election of a column of a file without quotes. false: there is no such file. */
static bool elect_column(const char *path, const char *name, struct date_election *e)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    int column = -1;
    uint64_t number = 0;
    ssize_t length;

    *e = (struct date_election){0};
    if (!file)
        return false;
    while ((length = getline(&line, &size, file)) > 0) {
        char *rest = line;
        line[strcspn(line, "\r\n")] = '\0';
        char *field = strsep(&rest, ",");
        for (int i = 0; field && i != column && (number || strcmp(field, name) != 0); i++)
            field = strsep(&rest, ",");
        if (number++ == 0) {
            assert_non_null(field);
            column = 0;
            for (const char *at = line; at < field; at++)
                column += *at == '\0';
        } else if (field) {
            date_election_add(e, slice_from_cstr(field), number);
        }
    }
    assert_true(feof(file));
    fclose(file);
    free(line);
    return true;
}

static void elects_the_columns_of_real_exports(void **state)
{
    static const struct {
        const char *file, *column;
        enum date_style style;
        uint64_t values;
    } columns[] = {
        {"crm_pipeline/maven/sales_pipeline.csv", "engage_date", DATE_YEAR_FIRST, 8300},
        {"crm_pipeline/maven/sales_pipeline.csv", "close_date", DATE_YEAR_FIRST, 6711},
        /* 20-10-16 and its like: the day stands first, but nothing in the column proves it */
        {"crm_pipeline/maven/alt_ThomasKieny_sales_pipeline.csv", "engage_date", DATE_AMBIGUOUS, 8300},
        {"crm_pipeline/maven/alt_ThomasKieny_sales_pipeline.csv", "close_date", DATE_AMBIGUOUS, 6711},
        {"crm_pipeline/olist/olist_closed_deals_dataset.csv", "won_date", DATE_YEAR_FIRST, 842},
        {"crm_pipeline/olist/olist_marketing_qualified_leads_dataset.csv", "first_contact_date", DATE_YEAR_FIRST, 8000},
        {"crm_pipeline/olist/alt_mql.csv", "first_contact_date", DATE_DAY_FIRST, 8000},
        {"clv/btyd_cdnowElog.csv", "date", DATE_YEAR_FIRST, 6919},
    };
    char path[200];
    (void)state;

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct date_election e;
        uint64_t values = 0;
        snprintf(path, sizeof path, "../shared/data/%s", columns[i].file);
        if (!elect_column(path, columns[i].column, &e)) {
            print_message("no %s: skipped\n", path);
            skip();
        }
        for (int c = 0; c < DATE_CLASSES; c++)
            values += e.counts[c];
        assert_int_equal(e.invalid, 0);
        assert_int_equal(values, columns[i].values);
        assert_int_equal(date_election_result(&e), columns[i].style);
        if (columns[i].style == DATE_AMBIGUOUS) {
            assert_true(date_election_allows(&e, DATE_DAY_FIRST));
            assert_false(date_election_allows(&e, DATE_MONTH_FIRST));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_days_of_spreadsheets),
        cmocka_unit_test(reads_times_since_1970),
        cmocka_unit_test(knows_what_stands_for_no_date),
        cmocka_unit_test(elects_dates_by_the_column),
        cmocka_unit_test(elects_years_of_two_digits),
        cmocka_unit_test(shows_two_values_that_disagree),
        cmocka_unit_test(numbers_among_dates),
        cmocka_unit_test(counts_classes_with_an_example_each),
        cmocka_unit_test(days_come_back_from_both_styles),
        cmocka_unit_test(elects_the_columns_of_real_exports),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
