/* The figures of scored leads, and of the reports of crm-train and crm-score --backtest, whose records are of several
 * sections in one table. */
#include <math.h>

#include "report/figure_maker.h"

/* The ends of the histogram: 0 to 100 unless scores go beyond. */
static void score_range(const struct figure_maker *maker, size_t column, double *from, double *to)
{
    *from = 0;
    *to = 100;
    for (size_t row = 0; row < maker->table->rows; row++) {
        double score = report_number(maker->table, row, column);
        if (score < *from)
            *from = floor(score / 50) * 50;
        if (score > *to)
            *to = ceil(score / 50) * 50;
    }
}

static void say_grades(struct figure_maker *maker, const struct figure *grades)
{
    size_t best = 0;

    for (size_t i = 1; i < grades->category_count; i++)
        if (slice_compare(grades->categories[i], grades->categories[best]) < 0)
            best = i;
    struct slice leads = words_count(maker->words, (double)maker->table->rows, "lead", "leads");
    struct slice name = maker_name(maker, grades->categories[best]);
    struct slice number = words_number(maker->words, grades->series[0].values[best], UNIT_NUMBER, 0);
    struct slice share = maker_share(maker, grades->series[0].values[best] / (double)maker->table->rows);
    maker->out->sentence = words_printf(maker->words, "Of %.*s, %.*s (%.*s) have the grade %.*s.", SLICE_ARG(leads),
                                        SLICE_ARG(number), SLICE_ARG(share), SLICE_ARG(name));
}

/* Grades in their order: A1 before B3. */
static void sort_bars(struct figure *figure)
{
    for (size_t i = 1; i < figure->category_count; i++)
        for (size_t j = i; j > 0 && slice_compare(figure->categories[j], figure->categories[j - 1]) < 0; j--) {
            struct slice name = figure->categories[j];
            double value = figure->series[0].values[j];
            figure->categories[j] = figure->categories[j - 1];
            figure->series[0].values[j] = figure->series[0].values[j - 1];
            figure->categories[j - 1] = name;
            figure->series[0].values[j - 1] = value;
        }
}

void make_scores(struct figure_maker *maker)
{
    size_t score = maker_column(maker, "score"), grade = maker_column(maker, "grade");
    double from, to;

    score_range(maker, score, &from, &to);
    struct figure *figure = maker_histogram(maker, "Leads by score", score, from, to,
                                            (size_t)((to - from) / 10) < 40 ? (size_t)((to - from) / 10) : 40);
    if (figure)
        figure->value_title = SLICE("leads");
    figure = maker_counts(maker, "Leads by grade", grade, "leads");
    if (!figure)
        return;
    sort_bars(figure);
    say_grades(maker, figure);
}

static bool in_section(const struct figure_maker *maker, size_t row, const char *section)
{
    return slice_equal_cstr(maker_text(maker, row, "section"), section);
}

static size_t count_section(const struct figure_maker *maker, const char *section)
{
    size_t count = 0;

    for (size_t row = 0; row < maker->table->rows; row++)
        count += in_section(maker, row, section);
    return count;
}

static struct figure *make_lift(struct figure_maker *maker)
{
    struct figure *figure = maker_add(maker, FIGURE_COLUMNS, "Lift by tenth of the leads, the best first",
                                      count_section(maker, "decile"), 1);
    size_t i = 0;

    if (!figure)
        return NULL;
    for (size_t row = 0; row < maker->table->rows; row++)
        if (in_section(maker, row, "decile")) {
            figure->categories[i] = maker_text(maker, row, "name");
            figure->series[0].values[i++] = maker_number(maker, row, "lift");
        }
    figure->decimals = 2;
    figure->reference = 1;
    figure->category_title = SLICE("tenth");
    figure->value_title = SLICE("rate \xc3\xb7 rate of all leads (line: no better than chance)");
    return figure;
}

/* Outcome over probability: on the diagonal a probability means what it says. Bins without leads are left out. */
static void make_calibration(struct figure_maker *maker)
{
    size_t count = count_section(maker, "calibration"), kept = 0;
    struct figure *figure =
        count ? maker_add(maker, FIGURE_LINES, "Calibration: outcome against probability", count, 1) : NULL;
    double *positions = words_alloc(maker->words, (count + 1) * sizeof *positions);

    if (!figure || !positions)
        return;
    for (size_t row = 0; row < maker->table->rows; row++) {
        double mean = maker_number(maker, row, "mean"), rate = maker_number(maker, row, "rate");
        if (!in_section(maker, row, "calibration") || isnan(mean) || isnan(rate))
            continue;
        positions[kept] = mean;
        figure->categories[kept] = maker_text(maker, row, "name");
        figure->series[0].values[kept++] = rate;
    }
    figure->category_count = kept;
    figure->positions = positions;
    figure->unit = UNIT_SHARE;
    figure->decimals = 1;
    figure->diagonal = true;
    figure->category_title = SLICE("probability given");
    figure->value_title = SLICE("share that came true");
    if (kept < 2)
        maker->out->count--;
}

static void make_features(struct figure_maker *maker)
{
    struct figure *figure = maker_add(maker, FIGURE_BARS, "What tells most", count_section(maker, "feature"), 1);
    size_t i = 0;

    if (!figure)
        return;
    for (size_t row = 0; row < maker->table->rows; row++)
        if (in_section(maker, row, "feature")) {
            figure->categories[i] = maker_text(maker, row, "name");
            figure->series[0].values[i++] = maker_number(maker, row, "value");
        }
    figure->decimals = 2;
    figure->category_title = SLICE("feature");
    figure->value_title = SLICE("information value");
}

static void say_measures(struct figure_maker *maker, const struct figure *lift)
{
    struct slice auc = SLICE("");

    for (size_t row = 0; row < maker->table->rows; row++)
        if (in_section(maker, row, "summary") && slice_equal_cstr(maker_text(maker, row, "name"), "auc"))
            auc = words_number(maker->words, maker_number(maker, row, "value"), UNIT_NUMBER, 3);
    if (!lift || !auc.len)
        return;
    struct slice times = words_number(maker->words, lift->series[0].values[0], UNIT_NUMBER, 1);
    maker->out->sentence = words_printf(maker->words,
                                        "AUC %.*s; of the best tenth of the leads %.*s times as many come true as of "
                                        "all.",
                                        SLICE_ARG(auc), SLICE_ARG(times));
}

void make_measures(struct figure_maker *maker)
{
    struct figure *lift = make_lift(maker);

    make_calibration(maker);
    make_features(maker);
    say_measures(maker, lift);
}
