/* The score of a sample under a supposed syntax: regular rows of values of known types. */
#include <string.h>

#include "stream/dialect_cell.h"
#include "stream/dialect_judge.h"

#define NARROW 128      /* widths counted each by itself */
#define WIDE 8          /* other widths counted */
#define TYPED_ROWS 1000 /* rows whose cells are looked at */
#define ALPHA 1e-3      /* the weight of a row that is one cell */
#define BETA 1e-10      /* the least type score */

/* How many rows have how many cells. */
struct widths {
    size_t narrow[NARROW];
    struct {
        size_t width;
        size_t rows;
    } wide[WIDE];
    size_t other; /* rows of further widths */
};

static void count_width(struct widths *widths, size_t width)
{
    if (width < NARROW) {
        widths->narrow[width]++;
        return;
    }
    for (size_t i = 0; i < WIDE; i++)
        if (widths->wide[i].rows == 0 || widths->wide[i].width == width) {
            widths->wide[i].width = width;
            widths->wide[i].rows++;
            return;
        }
    widths->other++;
}

/* One summand: rows of one width. */
static void add_pattern(struct verdict *verdict, size_t width, size_t rows, double *sum)
{
    double cells = (double)width;
    double share = (double)rows / (double)verdict->rows;

    *sum += share * (double)rows * (width > 1 ? (cells - 1) / cells : ALPHA);
    if (rows > verdict->regular || (rows == verdict->regular && width > verdict->width)) {
        verdict->regular = rows;
        verdict->width = width;
    }
}

static double pattern_score(const struct widths *widths, struct verdict *verdict)
{
    double sum = 0;

    for (size_t width = 1; width < NARROW; width++)
        if (widths->narrow[width])
            add_pattern(verdict, width, widths->narrow[width], &sum);
    for (size_t i = 0; i < WIDE && widths->wide[i].rows; i++)
        add_pattern(verdict, widths->wide[i].width, widths->wide[i].rows, &sum);
    return sum;
}

struct verdict dialect_judge(struct slice sample, const struct csv_syntax *syntax, size_t first_cell)
{
    struct verdict verdict = {.syntax = *syntax};
    struct cutter cutter = {.text = sample, .syntax = *syntax};
    struct widths widths = {0};
    struct cut_row row;
    struct cut_row inner;
    char text[CUT_WRAPPED];
    size_t cells = 0;
    size_t typed = 0;

    while (cut_next(&cutter, &row)) {
        const struct cut_row *cut = &row;
        if (first_cell && row.kept && row.cells[0].text.len && row.cells[0].text.ptr[0] == '!')
            continue;
        if (cut_wrapped(&row, syntax, text, &inner) && inner.count > 1) {
            cut = &inner;
            verdict.wrapped++;
        }
        verdict.rows++;
        count_width(&widths, cut->count > first_cell ? cut->count - first_cell : 1);
        verdict.malformed += cut->malformed;
        verdict.quoted_rows += cut->quoted > 0;
        verdict.quoted_cells += cut->quoted;
        verdict.doubled += cut->doubled;
        verdict.backslashed += cut->backslashed;
        for (size_t i = first_cell; i < cut->kept && verdict.rows <= TYPED_ROWS; i++) {
            typed += cell_type_of(cut->cells[i].text, cut->cells[i].quoted) != CELL_OTHER;
            cells++;
        }
    }
    double types = cells ? (double)typed / (double)cells : 0;
    if (verdict.rows)
        verdict.score = pattern_score(&widths, &verdict) * (types > BETA ? types : BETA);
    return verdict;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool dialect_aligned(struct slice sample, struct verdict *verdict)
{
    static const struct csv_syntax syntax = {.delimiter = ' ', .quote = QUOTE_NONE};
    size_t lines = 0;
    bool evident = sample.len && is_blank(sample.ptr[0]);

    for (size_t i = 1; i < sample.len && lines < 3 && !evident; i++) {
        lines += sample.ptr[i] == '\n';
        evident = is_blank(sample.ptr[i]) && is_blank(sample.ptr[i - 1]);
    }
    if (!evident)
        return false;
    *verdict = dialect_judge(sample, &syntax, 0);
    return verdict->width > 1 && verdict->rows > 1 && (verdict->rows - verdict->regular) * 100 <= verdict->rows;
}
