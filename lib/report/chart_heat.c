/* Heat maps. The scale begins at zero, or below where numbers are negative, and ends at the greatest number; where the
 * first column is 100 % throughout, as the first age of every cohort is, that of the others, since it would make them
 * all pale. What does not fit into a cell is left out: the table has it. */
#include "report/chart.h"

#include <math.h>

enum { HEAD = 22, ROW = 26, SCALE = 40, ROWS_MAX = 60, COLUMNS_MAX = 60 };

static size_t rows_shown(const struct figure *figure)
{
    return figure->category_count < ROWS_MAX ? figure->category_count : ROWS_MAX;
}

double heat_height(const struct figure *figure, double width)
{
    (void)width;
    return HEAD + ROW * (double)rows_shown(figure) + SCALE;
}

struct heat {
    double least, greatest;
    double x, cell; /* where the cells begin, and their width */
    double size;    /* of the numbers; 0: they do not fit */
    size_t all_columns;
    bool compact; /* the numbers are short ones */
};

static bool first_is_whole(const struct figure *figure)
{
    bool any = false;

    for (size_t i = 0; i < figure->category_count; i++) {
        double value = figure->series[0].values[i];
        if (!isnan(value) && value != 1)
            return false;
        any = any || value == 1;
    }
    return any && figure->unit == UNIT_SHARE;
}

static void find_range(const struct figure *figure, struct heat *heat)
{
    struct figure others = *figure;

    if (figure->series_count > 1 && first_is_whole(figure)) {
        others.series++;
        others.series_count--;
    }
    figure_range(&others, &heat->least, &heat->greatest);
    if (isnan(heat->least))
        heat->least = heat->greatest = 0;
    heat->least = heat->least < 0 ? heat->least : 0;
    if (!(heat->greatest > heat->least))
        heat->greatest = heat->least + 1;
}

/* A share without its sign, an amount in its short form where cells are small. */
static struct slice cell_text(const struct chart *chart, const struct heat *heat, size_t row, size_t column)
{
    const struct figure *figure = chart->figure;
    double value = figure->series[column].values[row];
    bool unsure = figure->unsure && figure->unsure[row * figure->series_count + column];
    struct slice text;

    if (isnan(value))
        return SLICE("");
    if (figure->unit == UNIT_SHARE)
        text = words_number(chart->words, value * 100, UNIT_NUMBER, 0);
    else if (heat->compact && fabs(value) >= 1000)
        text = words_number(chart->words, value, UNIT_COMPACT, 2);
    else
        text = words_number(chart->words, value, UNIT_NUMBER, heat->compact ? 0 : figure->decimals);
    return unsure ? words_printf(chart->words, "%.*s*", SLICE_ARG(text)) : text;
}

static double widest_text(const struct chart *chart, const struct heat *heat, double size)
{
    double widest = 0;

    for (size_t row = 0; row < rows_shown(chart->figure); row++)
        for (size_t i = 0; i < chart->figure->series_count; i++) {
            double width = canvas_text_width(chart->canvas, size, cell_text(chart, heat, row, i));
            widest = width > widest ? width : widest;
        }
    return widest;
}

static void measure(struct chart *chart, struct heat *heat)
{
    const struct figure *figure = chart->figure;
    double labels = 0, most = (chart->right - chart->left) * 0.35;

    for (size_t i = 0; i < rows_shown(figure); i++) {
        double width = canvas_text_width(chart->canvas, CHART_SMALL, figure->categories[i]);
        labels = width > labels ? width : labels;
    }
    heat->x = chart->left + (labels > most ? most : labels) + 8;
    heat->cell = (chart->right - heat->x) / (double)figure->series_count;
    if (heat->cell > 90)
        heat->cell = 90;
    heat->size = CHART_SMALL;
    if (widest_text(chart, heat, heat->size) <= heat->cell - 4)
        return;
    heat->compact = true;
    while (heat->size > 9 && widest_text(chart, heat, heat->size) > heat->cell - 3)
        heat->size--;
    if (heat->size <= 9)
        heat->size = 0;
}

/* The names of the columns, thinned as on an axis. */
static void draw_head(struct chart *chart, const struct heat *heat)
{
    const struct figure *figure = chart->figure;
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_MIDDLE);
    double widest = 0;
    size_t every = 1;

    for (size_t i = 0; i < figure->series_count; i++) {
        double width = canvas_text_width(chart->canvas, style.size, figure->series[i].name);
        widest = width > widest ? width : widest;
    }
    if (heat->cell < 40 && widest + 4 > heat->cell)
        every = (size_t)ceil(((widest < 80 ? widest : 80) + 4) / heat->cell);
    for (size_t i = 0; i < figure->series_count; i += every)
        canvas_text_within(chart->canvas, heat->x + heat->cell * ((double)i + 0.5), chart->top + 14,
                           heat->cell * (double)every, &style, figure->series[i].name);
}

static void draw_row(struct chart *chart, const struct heat *heat, size_t row, double y, double height)
{
    const struct figure *figure = chart->figure;
    struct text_style label = chart_style(CHART_SMALL, INK_TEXT, ANCHOR_END);

    canvas_text_within(chart->canvas, heat->x - 8, y + height / 2 + 4, heat->x - 8 - chart->left, &label,
                       figure->categories[row]);
    for (size_t i = 0; i < figure->series_count; i++) {
        double value = figure->series[i].values[row];
        if (isnan(value))
            continue;
        enum ink ink = ink_heat((value - heat->least) / (heat->greatest - heat->least));
        struct text_style style = chart_style(heat->size, (enum ink)(ink - INK_HEAT + INK_ON_HEAT), ANCHOR_MIDDLE);
        double x = heat->x + heat->cell * (double)i;
        canvas_rectangle(chart->canvas, x + 0.5, y + 0.5, heat->cell - 1, height - 1, ink);
        if (heat->size > 0)
            canvas_text(chart->canvas, x + heat->cell / 2, y + height / 2 + heat->size * 0.36, &style,
                        cell_text(chart, heat, row, i));
    }
}

/* From pale to full, with the numbers at its ends; what the numbers are. */
static void draw_scale(struct chart *chart, const struct heat *heat)
{
    const struct figure *figure = chart->figure;
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_START);
    double y = chart->bottom - 22, x = heat->x;
    struct slice low = figure_value(figure, chart->words, heat->least);
    struct slice high = figure_value(figure, chart->words, heat->greatest);

    canvas_text(chart->canvas, x, y + 11, &style, low);
    x += canvas_text_width(chart->canvas, style.size, low) + 6;
    for (int i = 0; i < HEAT_INKS; i++)
        canvas_rectangle(chart->canvas, x + 10.0 * i, y, 10, 13, (enum ink)(INK_HEAT + i));
    x += 10.0 * HEAT_INKS + 6;
    const char *percent = figure->unit == UNIT_SHARE ? ", in per cent" : "";
    struct slice text =
        words_printf(chart->words, "%.*s  %.*s%s%s%.*s", SLICE_ARG(high), SLICE_ARG(figure->value_title),
                     figure->value_title.len ? percent : "", figure->unsure ? "  " : "",
                     SLICE_ARG(figure->unsure ? figure->unsure_note : SLICE("")));
    if (rows_shown(figure) < figure->category_count)
        text = words_printf(chart->words, "%.*s  (the first %d of %zu rows)", SLICE_ARG(text), ROWS_MAX,
                            figure->category_count);
    if (heat->all_columns > figure->series_count)
        text = words_printf(chart->words, "%.*s  (the first %d of %zu columns)", SLICE_ARG(text), COLUMNS_MAX,
                            heat->all_columns);
    canvas_text_within(chart->canvas, x, y + 11, chart->right - x, &style, text);
}

void heat_draw(struct chart *chart)
{
    struct figure shown = *chart->figure;
    struct heat heat = {.all_columns = shown.series_count};
    struct chart own = *chart;
    bool *unsure = NULL;

    if (shown.series_count > COLUMNS_MAX) {
        shown.series_count = COLUMNS_MAX;
        if (shown.unsure)
            unsure = words_alloc(chart->words, shown.category_count * COLUMNS_MAX);
        for (size_t i = 0; unsure && i < shown.category_count * COLUMNS_MAX; i++)
            unsure[i] = shown.unsure[i / COLUMNS_MAX * heat.all_columns + i % COLUMNS_MAX];
        shown.unsure = unsure;
    }
    own.figure = &shown;
    find_range(&shown, &heat);
    measure(&own, &heat);
    draw_head(&own, &heat);
    double height = (own.bottom - own.top - HEAD - SCALE) / (double)rows_shown(&shown);
    for (size_t row = 0; row < rows_shown(&shown); row++)
        draw_row(&own, &heat, row, own.top + HEAD + height * (double)row, height);
    draw_scale(&own, &heat);
}
