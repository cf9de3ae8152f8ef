/* The figures of crm-funnel's tables. A table of steps comes in four shapes: plain, by groups, by periods, or both;
 * each has its own chart, since one that holds all would show none of them. */
#include <math.h>

#include "report/figure_maker.h"

/* More groups than these cannot be told apart by colour: they become the bars. */
enum { GROUPS_MAX = 6 };

static bool among(struct slice name, const char *const *names)
{
    for (; *names; names++)
        if (slice_equal_cstr(name, *names))
            return true;
    return false;
}

/* Where --by and --trend put their columns: before step. */
static void find_groups(const struct figure_maker *maker, size_t *by, size_t *period)
{
    static const char *const periods[] = {"day", "week", "month", "quarter", "year", NULL};
    static const char *const own[] = {"entered",     "converted", "dropped",  "step_rate", "overall_rate",
                                      "median_time", "mean_time", "p90_time", NULL};
    size_t step = maker_column(maker, "step");

    *by = *period = COLUMN_ABSENT;
    for (size_t i = 0; i < step; i++)
        if (among(maker->table->names[i], periods))
            *period = i;
        else if (!among(maker->table->names[i], own))
            *by = i;
}

static void say_steps(struct figure_maker *maker)
{
    struct words *words = maker->words;
    size_t rows = maker->table->rows, worst = SIZE_MAX;
    double lost = 0;

    for (size_t row = 0; row + 1 < rows; row++)
        if (maker_number(maker, row, "dropped") > lost) {
            lost = maker_number(maker, row, "dropped");
            worst = row;
        }
    struct slice all = words_number(words, maker_number(maker, 0, "entered"), UNIT_NUMBER, 0);
    struct slice share = maker_share(maker, maker_number(maker, rows - 1, "overall_rate"));
    struct slice first = maker_name(maker, maker_text(maker, 0, "step"));
    struct slice last = maker_name(maker, maker_text(maker, rows - 1, "step"));
    struct slice text = words_printf(words, "Of %.*s at %.*s, %.*s came to %.*s", SLICE_ARG(all), SLICE_ARG(first),
                                     SLICE_ARG(share), SLICE_ARG(last));
    if (worst != SIZE_MAX) {
        struct slice number = words_number(words, lost, UNIT_NUMBER, 0);
        struct slice part = maker_share(maker, lost / maker_number(maker, worst, "entered"));
        struct slice from = maker_name(maker, maker_text(maker, worst, "step"));
        struct slice to = maker_name(maker, maker_text(maker, worst + 1, "step"));
        text = words_printf(words, "%.*s; most are lost between %.*s and %.*s (%.*s, %.*s of those there)",
                            SLICE_ARG(text), SLICE_ARG(from), SLICE_ARG(to), SLICE_ARG(number), SLICE_ARG(part));
    }
    maker->out->sentence = words_printf(words, "%.*s.", SLICE_ARG(text));
}

static void plain_steps(struct figure_maker *maker)
{
    struct words *words = maker->words;
    size_t rows = maker->table->rows;
    struct figure *figure = maker_add(maker, FIGURE_FUNNEL, "Funnel", rows, 2);
    struct slice *remarks = words_alloc(words, (rows + 1) * sizeof *remarks);

    if (!figure || !remarks)
        return;
    figure->series[0].name = SLICE("entered");
    figure->series[1].name = SLICE("went on");
    figure->series[0].remarks = remarks;
    figure->category_title = SLICE("step");
    for (size_t row = 0; row < rows; row++) {
        double entered = maker_number(maker, row, "entered"), converted = maker_number(maker, row, "converted");
        figure->categories[row] = maker_text(maker, row, "step");
        figure->series[0].values[row] = entered;
        figure->series[1].values[row] = converted;
        remarks[row] = SLICE("");
        if (row + 1 == rows || !(entered > 0))
            continue;
        struct slice on = words_number(words, converted, UNIT_NUMBER, 0);
        struct slice lost = words_number(words, entered - converted, UNIT_NUMBER, 0);
        struct slice rate = maker_share(maker, converted / entered);
        struct slice rest = maker_share(maker, 1 - converted / entered);
        remarks[row] = words_printf(words, "%.*s went on (%.*s), %.*s lost (%.*s)", SLICE_ARG(on), SLICE_ARG(rate),
                                    SLICE_ARG(lost), SLICE_ARG(rest));
    }
    say_steps(maker);
}

/* The groups with the highest and the lowest share at the last step. */
static void say_groups(struct figure_maker *maker, const struct distinct *groups, const double *last)
{
    size_t best = SIZE_MAX, worst = SIZE_MAX;

    for (size_t i = 0; i < groups->count; i++) {
        if (isnan(last[i]))
            continue;
        if (best == SIZE_MAX || last[i] > last[best])
            best = i;
        if (worst == SIZE_MAX || last[i] < last[worst])
            worst = i;
    }
    if (best == SIZE_MAX || best == worst)
        return;
    struct slice end = maker_name(maker, maker_text(maker, maker->table->rows - 1, "step"));
    struct slice ahead = maker_name(maker, groups->values[best]), behind = maker_name(maker, groups->values[worst]);
    struct slice high = maker_share(maker, last[best]), low = maker_share(maker, last[worst]);
    maker->out->sentence =
        words_printf(maker->words, "%.*s of %.*s came to %.*s, but only %.*s of %.*s.", SLICE_ARG(high),
                     SLICE_ARG(ahead), SLICE_ARG(end), SLICE_ARG(low), SLICE_ARG(behind));
}

static void steps_by_group(struct figure_maker *maker, size_t by)
{
    struct distinct groups, steps;
    struct figure *figure;

    if (!maker_distinct(maker, by, &groups) || !maker_distinct(maker, maker_column(maker, "step"), &steps))
        return;
    bool turned = groups.count > GROUPS_MAX; /* then a bar for each group, of the last step alone */
    double *last = words_alloc(maker->words, (groups.count + 1) * sizeof *last);
    figure = turned ? maker_add(maker, FIGURE_BARS, "Share that came to the last step", groups.count, 1)
                    : maker_add(maker, FIGURE_BARS, "Share that came to each step", steps.count, groups.count);
    if (!figure || !last)
        return;
    for (size_t i = 0; i < groups.count; i++)
        last[i] = NAN;
    for (size_t row = 0; row < maker->table->rows; row++) {
        double rate = maker_number(maker, row, "overall_rate");
        size_t group = groups.of_row[row], step = steps.of_row[row];
        if (step + 1 == steps.count)
            last[group] = rate;
        if (!turned)
            figure->series[group].values[step] = rate;
        else if (step + 1 == steps.count)
            figure->series[0].values[group] = rate;
    }
    for (size_t i = 0; i < figure->category_count; i++)
        figure->categories[i] = turned ? groups.values[i] : steps.values[i];
    for (size_t i = 0; i < figure->series_count && !turned; i++)
        figure->series[i].name = groups.values[i];
    figure->unit = UNIT_SHARE;
    figure->decimals = 1;
    figure->category_title = turned ? maker->table->names[by] : SLICE("step");
    figure->value_title = SLICE("share of those at the first step");
    say_groups(maker, &groups, last);
}

static void say_trend(struct figure_maker *maker, const struct figure *figure)
{
    const struct figure_series *series = &figure->series[figure->series_count - 1];
    size_t last = figure->category_count - 1;

    if (last == 0 || isnan(series->values[last]) || isnan(series->values[0]))
        return;
    struct slice now = maker_share(maker, series->values[last]), before = maker_share(maker, series->values[0]);
    struct slice name = maker_name(maker, series->name);
    maker->out->sentence =
        words_printf(maker->words, "%.*s: %.*s in %.*s, %.*s in %.*s.", SLICE_ARG(name), SLICE_ARG(now),
                     SLICE_ARG(figure->categories[last]), SLICE_ARG(before), SLICE_ARG(figure->categories[0]));
}

/* A line for each step behind the first; with groups, for each group and the last step. */
static void steps_by_period(struct figure_maker *maker, size_t by, size_t period)
{
    struct distinct lines, periods, steps;
    size_t step_column = maker_column(maker, "step");
    bool grouped = by != COLUMN_ABSENT;

    if (!maker_distinct(maker, grouped ? by : step_column, &lines) || !maker_distinct(maker, period, &periods) ||
        !maker_distinct(maker, step_column, &steps))
        return;
    size_t skipped = grouped ? 0 : 1;
    struct figure *figure =
        maker_add(maker, FIGURE_LINES, grouped ? "Share that came to the last step" : "Share that came to each step",
                  periods.count, lines.count > skipped ? lines.count - skipped : 0);
    if (!figure)
        return;
    for (size_t i = 0; i < periods.count; i++)
        figure->categories[i] = periods.values[i];
    for (size_t i = skipped; i < lines.count; i++)
        figure->series[i - skipped].name = lines.values[i];
    for (size_t row = 0; row < maker->table->rows; row++) {
        size_t line = lines.of_row[row];
        if (line >= skipped && (!grouped || steps.of_row[row] + 1 == steps.count))
            figure->series[line - skipped].values[periods.of_row[row]] = maker_number(maker, row, "overall_rate");
    }
    figure->unit = UNIT_SHARE;
    figure->decimals = 1;
    figure->category_title = maker->table->names[period];
    figure->value_title = SLICE("share of those at the first step");
    say_trend(maker, figure);
}

void make_funnel_steps(struct figure_maker *maker)
{
    size_t by, period;

    if (maker->table->rows == 0)
        return;
    find_groups(maker, &by, &period);
    if (period != COLUMN_ABSENT)
        steps_by_period(maker, by, period);
    else if (by != COLUMN_ABSENT)
        steps_by_group(maker, by);
    else
        plain_steps(maker);
}
