/* The figures of crm-cohort's tables: a heat map of cohorts by age, and a line for each of the first cohorts. The
 * measure is not written in the table; whether figures are shares is known by the column rate, in a matrix by the
 * numbers. */
#include <math.h>

#include "report/figure_maker.h"

/* Lines that can be told apart. */
enum { LINES_MAX = 8 };

static bool is_mean(struct slice cohort)
{
    return slice_equal_cstr(cohort, "mean");
}

/* The mean of the shares at an age, weighted by the customers for whom it is complete. NAN: none is. */
static double mean_at(const struct figure_maker *maker, const struct distinct *ages, size_t age)
{
    double above = 0, below = 0;

    for (size_t row = 0; row < maker->table->rows; row++) {
        double rate = maker_number(maker, row, "rate"), eligible = maker_number(maker, row, "eligible");
        if (ages->of_row[row] != age || is_mean(maker_text(maker, row, "cohort")) || isnan(rate) || !(eligible > 0))
            continue;
        above += rate * eligible;
        below += eligible;
    }
    return below > 0 ? above / below : NAN;
}

static void say_shares(struct figure_maker *maker, const struct distinct *cohorts, const struct distinct *ages)
{
    struct words *words = maker->words;
    size_t last = ages->count - 1;

    while (last > 1 && isnan(mean_at(maker, ages, last)))
        last--;
    if (ages->count < 2 || isnan(mean_at(maker, ages, 1)))
        return;
    size_t count = 0;
    for (size_t i = 0; i < cohorts->count; i++)
        count += !is_mean(cohorts->values[i]);
    struct slice number = words_count(words, (double)count, "cohort", "cohorts");
    struct slice first = maker_share(maker, mean_at(maker, ages, 1));
    struct slice text = words_printf(words, "Mean of %.*s: %.*s at age %.*s", SLICE_ARG(number), SLICE_ARG(first),
                                     SLICE_ARG(ages->values[1]));
    if (last > 1) {
        struct slice end = maker_share(maker, mean_at(maker, ages, last));
        text = words_printf(words, "%.*s, %.*s at age %.*s", SLICE_ARG(text), SLICE_ARG(end),
                            SLICE_ARG(ages->values[last]));
    }
    maker->out->sentence = words_printf(words, "%.*s (weighted by customers, complete figures only).", SLICE_ARG(text));
}

/* What stands in the cells: shares, else the column value, of which ltv and arpu have no rate. */
static const char *measured(const struct figure_maker *maker)
{
    return report_column_numeric(maker->table, maker_column(maker, "rate")) ? "rate" : "value";
}

static struct figure *heat_map(struct figure_maker *maker, const struct distinct *cohorts, const struct distinct *ages)
{
    const char *name = measured(maker);
    struct figure *figure = maker_add(maker, FIGURE_HEAT, "Cohorts by age", cohorts->count, ages->count);
    bool *unsure = words_alloc(maker->words, cohorts->count * ages->count + 1);
    bool any = false;

    if (!figure || !unsure)
        return NULL;
    for (size_t i = 0; i < cohorts->count; i++)
        figure->categories[i] = cohorts->values[i];
    for (size_t i = 0; i < ages->count; i++)
        figure->series[i].name = ages->values[i];
    for (size_t row = 0; row < maker->table->rows; row++) {
        size_t cohort = cohorts->of_row[row], age = ages->of_row[row];
        figure->series[age].values[cohort] = maker_number(maker, row, name);
        unsure[cohort * ages->count + age] = slice_equal_cstr(maker_text(maker, row, "complete"), "false");
        any = any || unsure[cohort * ages->count + age];
    }
    bool share = report_column_share(maker->table, maker_column(maker, name));
    figure->unit = share ? UNIT_SHARE : UNIT_NUMBER;
    figure->decimals = share ? 0 : report_column_decimals(maker->table, maker_column(maker, name));
    figure->category_title = SLICE("cohort");
    figure->value_title = slice_from_cstr(name);
    if (any) {
        figure->unsure = unsure;
        figure->unsure_note = SLICE("* may still change");
    }
    return figure;
}

/* The same numbers as lines: how much flatter is each cohort than those before it? */
static void draw_lines(struct figure_maker *maker, const struct figure *heat)
{
    size_t count = heat->category_count < LINES_MAX ? heat->category_count : LINES_MAX;
    size_t skipped = heat->category_count - count; /* the last ones: they are what is new */

    if (heat->series_count < 3)
        return;
    struct figure *figure =
        maker_add(maker, FIGURE_LINES, skipped ? "The last eight cohorts by age" : "Each cohort by age",
                  heat->series_count, count);
    if (!figure)
        return;
    for (size_t age = 0; age < heat->series_count; age++)
        figure->categories[age] = heat->series[age].name;
    for (size_t i = 0; i < count; i++) {
        figure->series[i].name = heat->categories[skipped + i];
        for (size_t age = 0; age < heat->series_count; age++)
            figure->series[i].values[age] = heat->series[age].values[skipped + i];
    }
    figure->unit = heat->unit;
    figure->decimals = heat->decimals;
    figure->category_title = SLICE("age");
    figure->value_title = heat->value_title;
}

void make_cohort_rows(struct figure_maker *maker)
{
    struct distinct cohorts, ages;

    if (maker->table->rows == 0 || !maker_distinct(maker, maker_column(maker, "cohort"), &cohorts) ||
        !maker_distinct(maker, maker_column(maker, "age"), &ages))
        return;
    struct figure *heat = heat_map(maker, &cohorts, &ages);
    if (!heat)
        return;
    draw_lines(maker, heat);
    if (heat->unit == UNIT_SHARE)
        say_shares(maker, &cohorts, &ages);
}

/* All cells within 0 and 1, and a whole one first: shares. */
static bool matrix_of_shares(const struct report_table *table, size_t first)
{
    bool broken = false;

    for (size_t row = 0; row < table->rows; row++)
        for (size_t i = first; i < table->column_count; i++) {
            double number = report_number(table, row, i);
            if (number < 0 || number > 1)
                return false;
            broken = broken || (number > 0 && number < 1);
        }
    return broken;
}

static void say_matrix(struct figure_maker *maker)
{
    struct slice customers = words_number(maker->words, maker_sum(maker, "size"), UNIT_NUMBER, 0);
    size_t count = maker->table->rows;

    for (size_t row = 0; row < maker->table->rows; row++)
        if (is_mean(maker_text(maker, row, "cohort"))) {
            customers = words_decimal(maker->words, maker_text(maker, row, "size"));
            count--;
        }
    struct slice cohorts = words_count(maker->words, (double)count, "cohort", "cohorts");
    maker->out->sentence =
        words_printf(maker->words, "%.*s, %.*s customers.", SLICE_ARG(cohorts), SLICE_ARG(customers));
}

void make_cohort_matrix(struct figure_maker *maker)
{
    const struct report_table *table = maker->table;
    enum { FIRST = 2 }; /* behind cohort and size */
    struct figure *heat = maker_add(maker, FIGURE_HEAT, "Cohorts by age", table->rows,
                                    table->column_count > FIRST ? table->column_count - FIRST : 0);

    if (!heat)
        return;
    bool share = matrix_of_shares(table, FIRST);
    bool ages = slice_equal_cstr(table->names[FIRST], "0");
    heat->title = ages ? heat->title : SLICE("Cohorts by period");
    for (size_t row = 0; row < table->rows; row++)
        heat->categories[row] = report_cell(table, row, 0);
    for (size_t i = FIRST; i < table->column_count; i++) {
        int decimals = report_column_decimals(table, i);
        heat->series[i - FIRST].name = table->names[i];
        for (size_t row = 0; row < table->rows; row++)
            heat->series[i - FIRST].values[row] = report_number(table, row, i);
        heat->decimals = !share && decimals > heat->decimals ? decimals : heat->decimals;
    }
    heat->unit = share ? UNIT_SHARE : UNIT_NUMBER;
    heat->category_title = SLICE("cohort");
    if (ages)
        draw_lines(maker, heat);
    say_matrix(maker);
}
