/* The reports about the time to the last step as a whole: its curve, and its histogram. Both are cut at whole multiples
 * of a width: the one asked for, else the smallest of 1, 2, 5, 10, ... seconds, minutes, hours or days that gives at
 * most so many rows. */
#include <math.h>

#include "analysis/funnel_print.h"
#include "analysis/proportion.h"
#include "value/duration.h"

enum { MOST_POINTS = 60, MOST_BARS = 20 };

static int64_t choose_width(int64_t reach, int64_t most)
{
    static const int64_t widths[] = {1,         2,         5,          10,         15,         30, /* seconds */
                                     60,        120,       300,        600,        900,        1800,
                                     3600,      2 * 3600,  3 * 3600,   6 * 3600,   12 * 3600,  86400,
                                     2 * 86400, 7 * 86400, 14 * 86400, 28 * 86400, 91 * 86400, 364 * 86400};
    size_t count = sizeof widths / sizeof *widths;

    for (size_t i = 0; i < count; i++)
        if (reach / (widths[i] * MICROSECONDS_PER_SECOND) < most)
            return widths[i] * MICROSECONDS_PER_SECOND;
    int64_t width = widths[count - 1] * MICROSECONDS_PER_SECOND;
    return width * (reach / width / most + 1);
}

/* So many rows are not read, and hardly written. */
static int check_rows(const struct funnel_tally *tally, int64_t reach, int64_t width, struct error *err)
{
    if (reach / width * (int64_t)(tally->count ? tally->count : 1) < 10000000)
        return 0;
    return error_set(err, STATUS_USAGE, "option '--every': more than ten million rows");
}

static int64_t furthest(const struct spread *spread)
{
    int64_t most = 0;

    for (size_t i = 0; i < spread->count; i++)
        if (spread->values[i] > most)
            most = spread->values[i];
    return most;
}

static size_t begin_names(const struct funnel_print *print, const char *const *columns, struct slice *names)
{
    size_t count = funnel_print_names(print, names);

    for (; *columns; columns++)
        names[count++] = slice_from_cstr(*columns);
    return count;
}

/* ---- the curve ---- */

static int print_point(const struct funnel_print *print, const struct funnel_cell *cell,
                       const struct survival_point *point, struct error *err)
{
    struct row row;

    funnel_print_key(print, cell, &row);
    funnel_print_time(print, (double)point->time, &row);
    row_count(&row, point->at_risk);
    row_count(&row, point->events);
    row_count(&row, point->censored);
    row_real(&row, 1 - point->share, 4);
    row_real(&row, 1 - point->high, 4);
    row_real(&row, 1 - point->low, 4);
    return writer_put(print->output->writer, row.fields, err);
}

int funnel_print_curve(const struct funnel_print *print, struct funnel_tally *tally, struct error *err)
{
    static const char *const columns[] = {
        "time", "at_risk", "converted", "censored", "conversion_rate", "conversion_rate_low", "conversion_rate_high",
        NULL};
    const struct funnel_options *o = print->question->options;
    double z = proportion_z(o->confidence);
    struct slice names[ROW_COLUMNS];
    size_t count = begin_names(print, columns, names);
    int64_t reach = 0;

    for (size_t i = 0; i < tally->count; i++) {
        const struct survival *survival = &tally->cells[i].survival;
        int64_t times[] = {furthest(&survival->events), furthest(&survival->censored)};
        for (int j = 0; j < 2; j++)
            reach = times[j] > reach ? times[j] : reach;
    }
    int64_t width = o->every ? o->every : choose_width(reach, MOST_POINTS);
    if (check_rows(tally, reach, width, err) ||
        output_open_report(print->output, &o->common, print->feed->stream, "--by", names, count, err))
        return -1;
    for (size_t i = 0; i < tally->count; i++) {
        struct survival *survival = &tally->cells[i].survival;
        survival_start(survival);
        for (int64_t time = 0;; time += width) {
            const struct survival_point point = survival_at(survival, time, z);
            if (print_point(print, &tally->cells[i], &point, err))
                return -1;
            if (time >= reach)
                break;
        }
    }
    return 0;
}

/* ---- the histogram ---- */

static int print_bar(const struct funnel_print *print, struct funnel_cell *cell, int64_t low, int64_t high,
                     struct error *err)
{
    size_t count = spread_between(&cell->whole, low, high);
    struct row row;

    funnel_print_key(print, cell, &row);
    funnel_print_time(print, (double)low, &row);
    funnel_print_time(print, (double)high, &row);
    row_count(&row, count);
    row_real(&row, cell->whole.count ? (double)count / (double)cell->whole.count : NAN, 4);
    return writer_put(print->output->writer, row.fields, err);
}

int funnel_print_histogram(const struct funnel_print *print, struct funnel_tally *tally, struct error *err)
{
    static const char *const columns[] = {"from_time", "to_time", "entities", "share", NULL};
    const struct funnel_options *o = print->question->options;
    struct slice names[ROW_COLUMNS];
    size_t count = begin_names(print, columns, names);
    int64_t low = 0;
    int64_t high = 0;

    for (size_t i = 0; i < tally->count; i++) {
        const struct spread *whole = &tally->cells[i].whole;
        int64_t most = furthest(whole);
        high = most > high ? most : high;
        for (size_t j = 0; j < whole->count; j++)
            low = whole->values[j] < low ? whole->values[j] : low;
    }
    int64_t width = o->every ? o->every : choose_width(high - low, MOST_BARS);
    low = low < 0 ? (low - width + 1) / width * width : 0; /* times below 0 there are only with --order present */
    if (check_rows(tally, high - low, width, err) ||
        output_open_report(print->output, &o->common, print->feed->stream, "--by", names, count, err))
        return -1;
    for (size_t i = 0; i < tally->count; i++)
        for (int64_t at = low; at <= high; at += width)
            if (print_bar(print, &tally->cells[i], at, at + width, err))
                return -1;
    return 0;
}
