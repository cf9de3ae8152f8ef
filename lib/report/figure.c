/* Figures: their room, their range, and their description in words. */
#include "report/figure.h"

#include <math.h>
#include <stdint.h>

const char *const figure_kind_names[FIGURE_KINDS + 1] = {"bars", "funnel", "columns", "lines",
                                                         "heat", "map",    "pareto",  NULL};

/* More than so many values are not read out. */
enum { DESCRIBED = 24 };

bool figure_make(struct figure *figure, struct words *words, enum figure_kind kind, size_t categories, size_t series)
{
    *figure = (struct figure){.kind = kind, .category_count = categories, .series_count = series, .reference = NAN};
    figure->categories = words_alloc(words, (categories + 1) * sizeof *figure->categories);
    figure->series = words_alloc(words, (series + 1) * sizeof *figure->series);
    if (!figure->categories || !figure->series)
        return false;
    for (size_t i = 0; i < categories; i++)
        figure->categories[i] = SLICE("");
    for (size_t i = 0; i < series; i++) {
        figure->series[i].name = SLICE("");
        figure->series[i].values = words_alloc(words, (categories + 1) * sizeof(double));
        if (!figure->series[i].values)
            return false;
        for (size_t j = 0; j < categories; j++)
            figure->series[i].values[j] = NAN;
    }
    return true;
}

static void widen(double value, double *least, double *greatest)
{
    if (isnan(value))
        return;
    if (isnan(*least) || value < *least)
        *least = value;
    if (isnan(*greatest) || value > *greatest)
        *greatest = value;
}

void figure_range(const struct figure *figure, double *least, double *greatest)
{
    *least = *greatest = NAN;
    for (size_t i = 0; i < figure->series_count; i++) {
        const struct figure_series *series = &figure->series[i];
        for (size_t j = 0; j < figure->category_count; j++) {
            widen(series->values[j], least, greatest);
            if (series->low)
                widen(series->low[j], least, greatest);
            if (series->high)
                widen(series->high[j], least, greatest);
        }
    }
}

struct slice figure_value(const struct figure *figure, struct words *words, double value)
{
    return words_number(words, value, figure->unit, figure->decimals);
}

static const char *kind_words(enum figure_kind kind)
{
    static const char *const words[FIGURE_KINDS] = {"Bars",     "Funnel",       "Columns",     "Lines",
                                                    "Heat map", "Map of areas", "Pareto chart"};

    return words[kind];
}

static struct slice describe_series(const struct figure *figure, struct words *words, size_t series, size_t limit)
{
    const struct figure_series *one = &figure->series[series];
    struct slice text = SLICE("");
    size_t said = 0;

    for (size_t i = 0; i < figure->category_count && said < limit; i++) {
        if (isnan(one->values[i]))
            continue;
        struct slice value = figure_value(figure, words, one->values[i]);
        text = words_printf(words, "%.*s%s%.*s %.*s", SLICE_ARG(text), said++ ? ", " : "",
                            SLICE_ARG(figure->categories[i]), SLICE_ARG(value));
    }
    if (figure->series_count == 1 || !one->name.len)
        return text;
    return words_printf(words, "%.*s: %.*s", SLICE_ARG(one->name), SLICE_ARG(text));
}

/* Where all would be too long, the range of each series. */
static struct slice describe_range(const struct figure *figure, struct words *words, size_t series)
{
    struct figure one = *figure;
    double least, greatest;

    one.series = &figure->series[series];
    one.series_count = 1;
    figure_range(&one, &least, &greatest);
    if (isnan(least))
        return words_printf(words, "%.*s: no values", SLICE_ARG(one.series->name));
    struct slice from = figure_value(figure, words, least);
    struct slice to = figure_value(figure, words, greatest);
    return words_printf(words, "%.*s%s%.*s to %.*s", SLICE_ARG(one.series->name), one.series->name.len ? ": " : "",
                        SLICE_ARG(from), SLICE_ARG(to));
}

struct slice figure_describe(const struct figure *figure, struct words *words)
{
    struct slice text = words_printf(words, "%s", kind_words(figure->kind));
    bool whole = figure->category_count * figure->series_count <= DESCRIBED;
    size_t shown = figure->series_count > DESCRIBED / 3 ? DESCRIBED / 3 : figure->series_count;

    if (figure->value_title.len)
        text = words_printf(words, "%.*s of %.*s", SLICE_ARG(text), SLICE_ARG(figure->value_title));
    if (figure->category_title.len)
        text = words_printf(words, "%.*s by %.*s", SLICE_ARG(text), SLICE_ARG(figure->category_title));
    for (size_t i = 0; i < shown; i++) {
        struct slice series = whole ? describe_series(figure, words, i, DESCRIBED) : describe_range(figure, words, i);
        text = words_printf(words, "%.*s%s%.*s", SLICE_ARG(text), i ? "; " : ": ", SLICE_ARG(series));
    }
    if (shown < figure->series_count)
        text = words_printf(words, "%.*s; and %zu more", SLICE_ARG(text), figure->series_count - shown);
    return words_printf(words, "%.*s.", SLICE_ARG(text));
}
