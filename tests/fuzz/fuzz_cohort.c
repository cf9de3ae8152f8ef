/* A whole run of crm-cohort over a small log, whatever it holds, with rules as they come.
 *
 * One thread and two write the same bytes. In the table: at age 0 everybody is retained, and the rate is 1; whoever was
 * active at every age up to k was active at k, and who was active at k was at k or later; eligible and begun end once
 * and for all; no count exceeds the one it is part of. Where bits of periods suffice, all rows kept give the same
 * table. An error has a clean line of text and is never one of the system.
 *
 * Four bytes choose the options, the log follows. Ages stay below a limit: a cell is paid for, however empty. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/cohort_feed.h"
#include "analysis/cohort_run.h"
#include "analysis/proportion.h"
#include "base/buffer.h"
#include "base/program.h"
#include "fuzz.h"

#define WORDS 48

/* What is said by one byte of the input: some words of one row each. */
static const char *const ages[][6] = {
    {NULL},
    {"-p", "day", "--ages", "90"},
    {"-p", "week", "--week-start", "sunday"},
    {"-p", "hour", "--ages", "50"},
    {"-p", "quarter", "--cohort-period", "year"},
    {"-p", "day", "--cohort-period", "month"},
    {"-p", "week", "--cohort-period", "quarter"},
    {"-p", "day", "--window", "rolling"},
    {"--window", "rolling", "--whole-days"},
    {"-p", "hour", "--window", "rolling", "--cohort-period", "week"},
    {"--entry", "recurring"},
    {"-p", "year", "--entry", "recurring"},
    {"-p", "day", "--entry", "recurring", "--cohort-period", "week"},
};
static const char *const cohorts[][6] = {
    {NULL},
    {"--by", "#3"},
    {"--by", "#4", "--quantiles", "3"},
    {"--start-event", "a", "--return-event", "b|c"},
    {"--return-event", "b", "--event", "#3"},
    {"--start-event", "a|b", "--customer", "#1", "--date", "#2"},
    {"--as-of", "2026-02-10"},
    {"--tz", "America/New_York"},
    {"--rejects", "/dev/null", "--max-rejects", "100%"},
    {"-w", ".amount > 2", "--start-event", "a"},
};
static const char *const measures[][6] = {
    {NULL},
    {"-m", "customers", "--kind", "unbounded"},
    {"-m", "churn", "--kind", "full"},
    {"--kind", "bracket=0,1-3,5,7-20", "--base", "previous"},
    {"-m", "revenue", "--amount", "#4"},
    {"-m", "ltv"},
    {"-m", "arpu", "--kind", "bracket=0-1,3-6"},
    {"-m", "orders", "--base", "previous"},
    {"-m", "orders", "--order", "#3"},
    {"-m", "revenue-churn"},
    {"-m", "winbacks", "--gap", "2"},
    {"-m", "survival", "--gap", "3"},
    {"-m", "survival", "--confidence", "80"},
};
static const char *const layouts[][6] = {
    {NULL},
    {"-l", "matrix", "--mean", "weighted"},
    {"-l", "calendar"},
    {"--mean", "simple", "-t", "jsonl"},
    {"-l", "matrix", "-t", "table", "--color", "always"},
    {"--complete-only", "-t", "table"},
    {"--age", "1", "--mean", "weighted"},
    {"-l", "matrix", "-t", "json", "--spreadsheet-safe"},
};

/* How a run went. */
struct course {
    struct buffer out;
    struct error err;
    bool failed;
};

/* ---- the table ---- */

static void check_line(const struct cohort_table *table, const struct cohort_line *line)
{
    const struct cohort_cell *before = NULL;

    check(line->size > 0);
    for (size_t k = 0; k < table->ages; before = &line->cells[k++]) {
        const struct cohort_cell *cell = &line->cells[k];
        check(cell->eligible <= line->size && cell->retained <= line->size && cell->active <= line->size);
        check(cell->retained_of_eligible <= cell->retained && cell->retained_of_eligible <= cell->eligible);
        check(cell->kept <= cell->before && cell->before <= cell->eligible && cell->kept <= cell->retained_of_eligible);
        check(cell->back <= cell->away && cell->away <= cell->eligible && cell->back <= cell->active);
        check(cell->at_risk <= line->size && cell->lost <= cell->at_risk);
        check(cell->begun || (!cell->eligible && !cell->retained && !cell->orders && !cell->revenue.units));
        check(!before || ((before->begun || !cell->begun) && cell->eligible <= before->eligible));
        check(!before || cell->before <= before->retained);
        if (before && (table->kind == COHORT_UNBOUNDED || table->kind == COHORT_FULL))
            check(cell->retained <= before->retained && cell->kept == cell->retained_of_eligible);
    }
    if (table->kind == COHORT_BRACKET || table->ages == 0)
        return;
    check(line->cells[0].begun && line->cells[0].retained == line->size && line->cells[0].active == line->size);
    check(cohort_cell_rate(table, line, 0, COHORT_RETENTION, COHORT_BASE_PREVIOUS, 2).rate == 1);
}

static void check_rates(const struct cohort_table *table, enum cohort_measure measure, enum cohort_base base)
{
    for (size_t i = 0; i <= table->count; i++)
        for (size_t k = 0; k < table->ages; k++) {
            struct cohort_rate rate = i < table->count ? cohort_cell_rate(table, &table->lines[i], k, measure, base, 2)
                                                       : cohort_mean_rate(table, k, measure, base, true, 2);
            check(isnan(rate.low) == isnan(rate.high));
            check(isnan(rate.low) || (0 <= rate.low && rate.low <= rate.rate + 1e-12));
            check(isnan(rate.low) || (rate.rate <= rate.high + 1e-12 && rate.high <= 1));
        }
}

/* full <= nday <= unbounded. */
static void check_kinds(const struct cohort_table *full, const struct cohort_table *nday,
                        const struct cohort_table *unbounded)
{
    check(full->count == nday->count && nday->count == unbounded->count);
    check(full->ages == nday->ages && nday->ages == unbounded->ages);
    for (size_t i = 0; i < nday->count; i++)
        for (size_t k = 0; k < nday->ages; k++) {
            const struct cohort_cell *least = &full->lines[i].cells[k];
            const struct cohort_cell *cell = &nday->lines[i].cells[k];
            const struct cohort_cell *most = &unbounded->lines[i].cells[k];
            check(least->retained <= cell->retained && cell->retained <= most->retained);
            check(least->retained_of_eligible <= cell->retained_of_eligible);
            check(cell->retained_of_eligible <= most->retained_of_eligible);
            check(least->eligible == cell->eligible && cell->eligible == most->eligible);
        }
}

/* What bits of periods gave, and what all rows did: all that both count. */
static void check_same(const struct cohort_table *bits, const struct cohort_table *rows)
{
    check(bits->count == rows->count && bits->ages == rows->ages);
    check(bits->customers == rows->customers && bits->never_started == rows->never_started);
    for (size_t i = 0; i < bits->count; i++) {
        check(bits->lines[i].index == rows->lines[i].index && bits->lines[i].size == rows->lines[i].size);
        for (size_t k = 0; k < bits->ages; k++) {
            const struct cohort_cell *a = &bits->lines[i].cells[k], *b = &rows->lines[i].cells[k];
            check(a->eligible == b->eligible && a->active == b->active && a->retained == b->retained);
            check(a->retained_of_eligible == b->retained_of_eligible && a->before == b->before && a->kept == b->kept);
            check(a->away == b->away && a->back == b->back && a->begun == b->begun);
        }
    }
}

/* ---- runs ---- */

static int open_run(char **argv, int argc, struct cohort_options *options, struct stream **stream, struct error *err)
{
    int first = 0;

    *stream = NULL;
    return cohort_options_read(options, argc, argv, &first, err) <= 0 ||
           common_open(&options->common, argv + first, (size_t)(argc - first), stream, err);
}

/* The table of a kind; rows: whatever is asked for, all rows are kept. Returns whether there is one. */
static bool make(char **argv, int argc, int kind, bool rows, struct cohort_table *table, struct cohort_options *o)
{
    struct stream *stream;
    struct cohort_feed feed = {0};
    struct cohort *cohort = NULL;
    struct error err;
    bool opened = false;

    *table = (struct cohort_table){0};
    int failed = open_run(argv, argc, o, &stream, &err);
    if (!failed && kind >= 0)
        o->rules.kind = (enum cohort_kind)kind;
    if (!failed && rows) {
        o->rules.orders = true;
        o->measure = COHORT_ORDERS;
    }
    if (!failed) {
        opened = true;
        failed = cohort_feed_open(&feed, o, stream, &err) || cohort_new(&cohort, &feed.rules, o->measure, &err) ||
                 cohort_feed_run(&feed, cohort, &err);
    }
    int32_t last_day = !failed && feed.as_of != DAY_NONE ? feed.as_of : 0;
    failed = failed || cohort_table_init(table, cohort, cohort_feed_end(&feed), last_day, proportion_z(.95), &err);
    cohort_free(cohort);
    if (opened)
        cohort_feed_fini(&feed);
    stream_free(stream);
    return !failed;
}

/* Makes the table in several ways. */
static void look(char **argv, int argc)
{
    struct cohort_options o;
    struct cohort_table table, rows, full, unbounded;

    argv[4] = (char[]){"/dev/null"};
    if (!make(argv, argc, -1, false, &table, &o))
        return;
    for (size_t i = 0; i < table.count; i++)
        check_line(&table, &table.lines[i]);
    check_rates(&table, o.measure, o.base);
    if (cohort_is_compact(&o.rules, o.measure)) {
        check(make(argv, argc, -1, true, &rows, &o));
        check_same(&table, &rows);
        cohort_table_fini(&rows);
    }
    cohort_table_fini(&table);
    if (o.rules.kind == COHORT_BRACKET)
        return;
    check(make(argv, argc, COHORT_NDAY, false, &table, &o) && make(argv, argc, COHORT_FULL, false, &full, &o) &&
          make(argv, argc, COHORT_UNBOUNDED, false, &unbounded, &o));
    check_kinds(&full, &table, &unbounded);
    cohort_table_fini(&table);
    cohort_table_fini(&full);
    cohort_table_fini(&unbounded);
}

static void go(char **argv, int argc, const char *threads, struct course *course)
{
    struct memory_file out = file_of(SLICE(""));
    struct cohort_options options;
    struct stream *stream;
    struct error unused;

    argv[2] = (char *)(uintptr_t)threads;
    argv[4] = out.path;
    *course = (struct course){0};
    buffer_init(&course->out);
    course->failed =
        open_run(argv, argc, &options, &stream, &course->err) || cohort_run(&options, stream, &course->err);
    if (course->failed && course->err.status == STATUS_USAGE)
        check(course->err.text[0]); /* it quotes the options as they are; what prints it makes the line clean */
    else if (course->failed)
        check_error(&course->err);
    stream_free(stream);
    check(file_read(out.path, &course->out, &unused) == 0);
    close(out.fd);
}

static int add_words(char **words, int count, const char *const *row)
{
    for (size_t i = 0; i < 6 && row[i]; i++)
        words[count++] = (char *)(uintptr_t)row[i];
    return count;
}

#define ROW(table, byte) (table)[(byte) % (sizeof(table) / sizeof *(table))]

/* A calendar from the year 1 to the year 9999 has as many columns as it has hours, or days: a table nobody pays for. */
static bool is_endless(const uint8_t *data)
{
    const char *const *row = ROW(ages, data[0]);
    bool calendar = ROW(layouts, data[3])[1] && strcmp(ROW(layouts, data[3])[1], "calendar") == 0;

    return calendar && row[1] && (strcmp(row[1], "hour") == 0 || strcmp(row[1], "day") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *argv[WORDS] = {(char[]){"crm-cohort"}, (char[]){"-j"}, NULL, (char[]){"-o"}, NULL, (char[]){"-q"}};
    int argc = 6;
    struct course one, two;

    if (size < 5 || size > 8192 || is_endless(data))
        return 0;
    program_set_quiet(true);
    struct memory_file log = file_of((struct slice){(const char *)data + 4, size - 4});
    argc = add_words(argv, argc, ROW(ages, data[0]));
    argc = add_words(argv, argc, ROW(cohorts, data[1]));
    argc = add_words(argv, argc, ROW(measures, data[2]));
    argc = add_words(argv, argc, ROW(layouts, data[3]));
    if (ROW(layouts, data[3])[0] == NULL || strcmp(ROW(layouts, data[3])[0], "--age") != 0)
        argc = add_words(argv, argc, (const char *const[6]){"--ages", "60"});
    argv[argc++] = log.path;
    go(argv, argc, "1", &one);
    go(argv, argc, "2", &two);
    check(one.failed == two.failed);
    check(one.failed ? strcmp(one.err.text, two.err.text) == 0
                     : slice_equal(buffer_slice(&one.out), buffer_slice(&two.out)));
    if (!one.failed)
        look(argv, argc);
    buffer_fini(&one.out);
    buffer_fini(&two.out);
    close(log.fd);
    return 0;
}
