/* The other tables of crm-funnel: times between steps, their histogram, the curve of who has converted by when, groups
 * compared, events counted. */
#include <math.h>

#include "report/figure_maker.h"

/* "from → to" for each row. */
static void name_transitions(struct figure_maker *maker, struct figure *figure)
{
    for (size_t row = 0; row < figure->category_count; row++) {
        struct slice from = maker_text(maker, row, "from"), to = maker_text(maker, row, "to");
        figure->categories[row] = words_printf(maker->words, "%.*s \xe2\x86\x92 %.*s", SLICE_ARG(from), SLICE_ARG(to));
    }
    figure->category_title = SLICE("steps");
}

void make_funnel_times(struct figure_maker *maker)
{
    static const char *const names[] = {"median_time", "mean_time", "p90_time", NULL};
    struct figure *figure = maker_rows(maker, FIGURE_BARS, "Time between steps", maker_column(maker, "from"), names);
    size_t slowest = 0;

    if (!figure)
        return;
    name_transitions(maker, figure);
    figure->value_title = SLICE("time");
    for (size_t row = 1; row + 1 < maker->table->rows; row++) /* the last one is the whole way */
        if (maker_number(maker, row, "median_time") > maker_number(maker, slowest, "median_time"))
            slowest = row;
    struct slice time = maker_text(maker, slowest, "median_time");
    struct slice from = maker_name(maker, maker_text(maker, slowest, "from"));
    struct slice to = maker_name(maker, maker_text(maker, slowest, "to"));
    if (time.len)
        maker->out->sentence = words_printf(maker->words, "The slowest step is from %.*s to %.*s: the median is %.*s.",
                                            SLICE_ARG(from), SLICE_ARG(to), SLICE_ARG(time));
}

void make_funnel_histogram(struct figure_maker *maker)
{
    static const char *const names[] = {"entities", NULL};
    struct figure *figure =
        maker_rows(maker, FIGURE_COLUMNS, "Time to convert", maker_column(maker, "from_time"), names);
    size_t most = 0;

    if (!figure)
        return;
    for (size_t row = 0; row < maker->table->rows; row++) {
        struct slice from = words_number(maker->words, maker_number(maker, row, "from_time"), UNIT_COMPACT, 0);
        struct slice to = words_number(maker->words, maker_number(maker, row, "to_time"), UNIT_COMPACT, 0);
        figure->categories[row] = words_printf(maker->words, "%.*s\xe2\x80\x93%.*s", SLICE_ARG(from), SLICE_ARG(to));
        if (figure->series[0].values[row] > figure->series[0].values[most])
            most = row;
    }
    figure->touching = true;
    figure->category_title = SLICE("time");
    struct slice share = maker_share(maker, maker_number(maker, most, "share"));
    maker->out->sentence = words_printf(maker->words, "Most often a conversion takes %.*s: %.*s of them do.",
                                        SLICE_ARG(figure->categories[most]), SLICE_ARG(share));
}

static bool copy_column(struct figure_maker *maker, const char *name, double **values)
{
    size_t rows = maker->table->rows;

    *values = words_alloc(maker->words, (rows + 1) * sizeof **values);
    for (size_t row = 0; *values && row < rows; row++)
        (*values)[row] = maker_number(maker, row, name);
    return *values != NULL;
}

/* With --by a line for each group: then the times of all of them are not the same, and the axis is that of the first.
 */
void make_funnel_curve(struct figure_maker *maker)
{
    static const char *const names[] = {"conversion_rate", NULL};
    size_t time = maker_column(maker, "time");
    double *positions;

    if (time != 0)
        return;
    struct figure *figure = maker_rows(maker, FIGURE_LINES, "Share converted by time", time, names);
    if (!figure || !copy_column(maker, "time", &positions) ||
        !copy_column(maker, "conversion_rate_low", &figure->series[0].low) ||
        !copy_column(maker, "conversion_rate_high", &figure->series[0].high))
        return;
    figure->positions = positions;
    for (size_t row = 0; row < maker->table->rows; row++)
        if (isnan(positions[row]))
            figure->positions = NULL; /* then one behind the other */
    figure->category_title = SLICE("time since the first step");
    figure->value_title = SLICE("share converted");
    size_t last = maker->table->rows - 1;
    struct slice share = maker_share(maker, figure->series[0].values[last]);
    struct slice when = words_number(maker->words, positions[last], UNIT_COMPACT, 0);
    maker->out->sentence =
        words_printf(maker->words, "By a time of %.*s, %.*s have converted.", SLICE_ARG(when), SLICE_ARG(share));
}

void make_funnel_compare(struct figure_maker *maker)
{
    static const char *const names[] = {"rate", "other_rate", NULL};
    struct figure *figure = maker_rows(maker, FIGURE_BARS, "Rates compared", maker_column(maker, "from"), names);
    size_t sure = 0;

    if (!figure)
        return;
    name_transitions(maker, figure);
    for (size_t row = 0; row < maker->table->rows; row++) {
        struct slice group = report_cell(maker->table, row, 0);
        figure->categories[row] =
            words_printf(maker->words, "%.*s: %.*s", SLICE_ARG(group), SLICE_ARG(figure->categories[row]));
        sure += maker_number(maker, row, "p_adjusted") < 0.05;
    }
    struct slice number = words_number(maker->words, (double)sure, UNIT_NUMBER, 0);
    struct slice all = words_count(maker->words, (double)maker->table->rows, "difference", "differences");
    maker->out->sentence = words_printf(maker->words, "Of %.*s, %.*s can hardly be chance (p_adjusted below 0.05).",
                                        SLICE_ARG(all), SLICE_ARG(number));
}

void make_funnel_events(struct figure_maker *maker)
{
    static const char *const names[] = {"events", NULL};

    maker_rows(maker, FIGURE_BARS, "Events", maker_column(maker, "event"), names);
}
