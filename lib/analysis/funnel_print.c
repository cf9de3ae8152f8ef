/* The tables of steps and of times, the list of events. */
#include "analysis/funnel_print.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/proportion.h"

static const char *const period_names[] = {"day", "week", "month", "quarter", "year"};
enum { RATE_DECIMALS = 4, TIME_DECIMALS = 4 };

/* ---- parts of rows ---- */

size_t funnel_print_names(const struct funnel_print *print, struct slice *names)
{
    const struct funnel_options *o = print->question->options;
    size_t count = 0;

    if (o->group)
        names[count++] = print->feed->group_name;
    if (o->trend)
        names[count++] = slice_from_cstr(period_names[o->period]);
    return count;
}

void funnel_print_key(const struct funnel_print *print, const struct funnel_cell *cell, struct row *row)
{
    const struct funnel_options *o = print->question->options;
    char text[MOMENT_TEXT];

    row->count = 0;
    if (o->group)
        row_text(row, cell->group == FUNNEL_NO_VALUE ? (struct slice){"", 0}
                                                     : group_key(&print->question->funnel->groups, cell->group));
    if (o->trend)
        row_copy(row, period_format(o->period, cell->period, text));
}

struct slice funnel_print_step(const struct funnel_print *print, int step, char room[32])
{
    const struct funnel_options *o = print->question->options;

    if (o->rules.order != FUNNEL_ANY)
        return o->steps.items[step].name;
    return (struct slice){room, (size_t)snprintf(room, 32, "%d of %d", step + 1, o->rules.steps)};
}

void funnel_print_time(const struct funnel_print *print, double microseconds, struct row *row)
{
    row_real(row, microseconds / (double)print->question->options->unit.microseconds, TIME_DECIMALS);
}

static void put_interval(const struct interval *interval, struct row *row)
{
    row_real(row, interval->low, RATE_DECIMALS);
    row_real(row, interval->high, RATE_DECIMALS);
}

static double share(uint64_t part, uint64_t whole)
{
    return whole ? (double)part / (double)whole : NAN;
}

/* ---- steps ---- */

static size_t steps_names(const struct funnel_print *print, struct slice *names)
{
    static const struct slice plain[] = {
        SLICE_INIT("step"),        SLICE_INIT("entered"),   SLICE_INIT("converted"),
        SLICE_INIT("dropped"),     SLICE_INIT("step_rate"), SLICE_INIT("overall_rate"),
        SLICE_INIT("median_time"), SLICE_INIT("mean_time"), SLICE_INIT("p90_time"),
    };
    static const struct slice limits[] = {SLICE_INIT("step_rate_low"), SLICE_INIT("step_rate_high"),
                                          SLICE_INIT("overall_rate_low"), SLICE_INIT("overall_rate_high")};
    static const struct slice amounts[] = {SLICE_INIT("entered_amount"), SLICE_INIT("converted_amount"),
                                           SLICE_INIT("dropped_amount")};
    const struct funnel_options *o = print->question->options;
    size_t count = funnel_print_names(print, names);

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        names[count++] = plain[i];
    for (size_t i = 0; o->intervals && i < sizeof limits / sizeof *limits; i++)
        names[count++] = limits[i];
    for (size_t i = 0; o->amount && i < sizeof amounts / sizeof *amounts; i++)
        names[count++] = amounts[i];
    return count;
}

static void put_amounts(const struct funnel_cell *cell, int step, struct row *row)
{
    const struct decimal_sum *entered = &cell->entered_amount[step];
    const struct decimal_sum *converted = &cell->converted_amount[step];
    int128 part = 0;

    decimal_rescale(converted->units, converted->scale, entered->scale, &part); /* its scale is no larger */
    row_decimal(row, entered->units, entered->scale);
    row_decimal(row, part, entered->scale);
    row_decimal(row, entered->units - part, entered->scale);
}

static int print_step(const struct funnel_print *print, struct funnel_cell *cell, int step, struct row *row,
                      struct error *err)
{
    const struct funnel_options *o = print->question->options;
    bool is_last = funnel_next_step(&o->rules, step) < 0;
    uint64_t entered = cell->entered[step];
    uint64_t converted = cell->converted[step];
    struct spread *times = &cell->times[step];
    double z = o->intervals ? proportion_z(o->confidence) : 0;
    char room[32];

    funnel_print_key(print, cell, row);
    row_text(row, funnel_print_step(print, step, room));
    row_count(row, entered);
    row_count(row, converted);
    row_count(row, entered - converted);
    row_real(row, is_last ? NAN : share(converted, entered), RATE_DECIMALS);
    row_real(row, share(entered, cell->entered[0]), RATE_DECIMALS);
    funnel_print_time(print, spread_quantile(times, 1, 2), row);
    funnel_print_time(print, spread_mean(times), row);
    funnel_print_time(print, spread_quantile(times, 9, 10), row);
    if (o->intervals) {
        const struct interval none = {NAN, NAN, NAN};
        const struct interval step_rate = is_last ? none : proportion_wilson(converted, entered, z);
        const struct interval overall = proportion_wilson(entered, cell->entered[0], z);
        put_interval(&step_rate, row);
        put_interval(&overall, row);
    }
    if (o->amount)
        put_amounts(cell, step, row);
    return writer_put(print->output->writer, row->fields, err);
}

static int print_steps(const struct funnel_print *print, struct funnel_tally *tally, struct error *err)
{
    const struct funnel_options *o = print->question->options;
    struct slice names[ROW_COLUMNS];
    struct row row;

    if (output_open_report(print->output, &o->common, print->feed->stream, "--by", names, steps_names(print, names),
                           err))
        return -1;
    for (size_t i = 0; i < tally->count; i++)
        for (int s = 0; s < o->rules.steps; s++)
            if (print_step(print, &tally->cells[i], s, &row, err))
                return -1;
    return 0;
}

/* ---- times ---- */

static int print_spread(const struct funnel_print *print, const struct funnel_cell *cell, struct spread *spread,
                        int from, int to, struct error *err)
{
    static const unsigned percents[] = {0, 10, 25, 50, 75, 90, 100};
    char from_room[32];
    char to_room[32];
    struct row row;

    funnel_print_key(print, cell, &row);
    row_text(&row, funnel_print_step(print, from, from_room));
    row_text(&row, funnel_print_step(print, to, to_room));
    row_count(&row, spread->count);
    funnel_print_time(print, spread_mean(spread), &row);
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        funnel_print_time(print, spread_quantile(spread, percents[i], 100), &row);
    return writer_put(print->output->writer, row.fields, err);
}

static int print_times(const struct funnel_print *print, struct funnel_tally *tally, struct error *err)
{
    static const char *const figures[] = {"from",     "to",          "entities", "mean_time", "min_time", "p10_time",
                                          "p25_time", "median_time", "p75_time", "p90_time",  "max_time"};
    const struct funnel_options *o = print->question->options;
    struct slice names[ROW_COLUMNS];
    size_t count = funnel_print_names(print, names);
    int last = o->rules.steps - 1;

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        names[count++] = slice_from_cstr(figures[i]);
    if (output_open_report(print->output, &o->common, print->feed->stream, "--by", names, count, err))
        return -1;
    for (size_t i = 0; i < tally->count; i++) {
        struct funnel_cell *cell = &tally->cells[i];
        for (int s = 0; s < last; s++)
            if (print_spread(print, cell, &cell->times[s], s, funnel_next_step(&o->rules, s), err))
                return -1;
        if (funnel_next_step(&o->rules, 0) != last && last > 0 && print_spread(print, cell, &cell->whole, 0, last, err))
            return -1;
    }
    return 0;
}

/* ---- any report of cells ---- */

static int compare_cells(const void *a, const void *b)
{
    const struct funnel_cell *first = a;
    const struct funnel_cell *second = b;

    if (first->group != second->group)
        return first->group < second->group ? -1 : 1;
    return (first->period > second->period) - (first->period < second->period);
}

int funnel_print_tally(const struct funnel_print *print, struct funnel_tally *tally, struct error *err)
{
    const struct funnel_options *o = print->question->options;

    if (tally->count == 0 && !o->group && !o->trend) { /* nobody: a funnel of zeros all the same */
        tally->cells = calloc(1, sizeof *tally->cells);
        if (!tally->cells)
            return error_memory(err);
        tally->capacity = tally->count = 1;
    }
    if (tally->count)
        qsort(tally->cells, tally->count, sizeof *tally->cells, compare_cells);
    switch (o->report) {
    case FUNNEL_REPORT_TIMES:
        return print_times(print, tally, err);
    case FUNNEL_REPORT_HISTOGRAM:
        return funnel_print_histogram(print, tally, err);
    case FUNNEL_REPORT_CURVE:
        return funnel_print_curve(print, tally, err);
    case FUNNEL_REPORT_COMPARE:
        return funnel_print_compare(print, tally, err);
    default:
        return print_steps(print, tally, err);
    }
}

/* ---- events ---- */

/* The names of steps that an event can be. */
static int join_steps(const struct funnel_options *o, uint32_t steps, struct buffer *text)
{
    for (; steps; steps &= steps - 1)
        if ((text->len && buffer_append(text, SLICE("; "))) ||
            buffer_append(text, o->steps.items[__builtin_ctz(steps)].name))
            return -1;
    return 0;
}

static int print_event(const struct funnel_print *print, size_t number, struct buffer *steps, struct error *err)
{
    struct funnel_name name = funnel_feed_name(print->feed, number);
    struct row row = {.count = 0};

    if (name.events == 0) /* all were set aside */
        return 0;
    buffer_clear(steps);
    if (join_steps(print->question->options, name.masks.steps, steps))
        return error_memory(err);
    row_text(&row, name.text);
    row_count(&row, name.events);
    if (steps->len)
        row_text(&row, buffer_slice(steps));
    else
        row_null(&row);
    return writer_put(print->output->writer, row.fields, err);
}

int funnel_print_events(const struct funnel_print *print, struct error *err)
{
    static const struct slice names[] = {SLICE_INIT("event"), SLICE_INIT("events"), SLICE_INIT("step")};
    const struct common *common = &print->question->options->common;
    struct buffer steps;

    buffer_init(&steps);
    int failed = output_open(print->output, common, print->feed->stream, names, 3, err);
    for (size_t i = 0; i < print->feed->names.count && !failed; i++)
        failed = print_event(print, i, &steps, err);
    buffer_fini(&steps);
    return failed ? -1 : 0;
}
