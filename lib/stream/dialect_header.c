/* Whether the first row of a table is data.
 *
 * A name says what stands below it and is not what stands below it: a cell of the first row that has the type of its
 * column (number, date, address) is a sign of data, and so is one that comes again in its column; text above a column
 * of numbers or dates is a sign of a header, and outweighs all others. Numbers are weak signs, for years and positions
 * are names, too. */
#include <string.h>

#include "stream/dialect_cell.h"
#include "stream/dialect_judge.h"

#define ROWS 500 /* that are compared with the first */

struct column {
    size_t filled;
    size_t same_type; /* as the first row has */
    size_t typed;     /* numbers, dates, addresses */
    size_t equal;     /* to the first row's text */
};

struct signs {
    size_t strong;      /* dates, addresses */
    size_t numbers;     /* numbers above numbers */
    size_t repeated;    /* texts that come again below */
    size_t names;       /* texts above typed columns, numbers above texts */
    size_t odd_numbers; /* with a fraction or a leading zero */
};

static bool is_typed(enum cell_type type)
{
    return type == CELL_NUMBER || type == CELL_DATE || type == CELL_EMAIL || type == CELL_URL;
}

/* The value of a plain integer, or -1. */
static long integer(struct slice text)
{
    long value = 0;

    text = slice_trim(text);
    if (text.len == 0 || text.len > 9)
        return -1;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

/* The value of a plain number with a point or comma, roughly; -1 for others. */
static double plain_number(struct slice text)
{
    double value = 0;
    double unit = 0;

    text = slice_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') {
            value = unit > 0 ? value + unit * (text.ptr[i] - '0') : value * 10 + (text.ptr[i] - '0');
            unit /= 10;
        } else if ((text.ptr[i] == '.' || text.ptr[i] == ',') && unit <= 0) {
            unit = 0.1;
        } else {
            return -1;
        }
    }
    return text.len ? value : -1;
}

/* Names such as 2019, 2020, 2021 or 0.5, 0.9, 0.95: numbers that only grow, or a year. */
static bool numbers_are_names(const struct cut_row *row, size_t first_cell)
{
    double last = -1;
    size_t count = 0;

    for (size_t i = first_cell; i < row->kept; i++) {
        if (cell_type_of(row->cells[i].text, true) != CELL_NUMBER)
            continue;
        double value = plain_number(row->cells[i].text);
        if (value <= last)
            return false;
        last = value;
        count++;
    }
    return count > 1 || (last >= 1900 && last < 2100);
}

static void compare(const struct cut_row *first, const struct cut_row *row, size_t first_cell,
                    struct column columns[CUT_CELLS])
{
    for (size_t i = first_cell; i < first->kept && i < row->kept; i++) {
        enum cell_type type = cell_type_of(row->cells[i].text, true);
        if (type == CELL_EMPTY)
            continue;
        columns[i].filled++;
        columns[i].same_type += type == cell_type_of(first->cells[i].text, true);
        columns[i].typed += is_typed(type);
        columns[i].equal += slice_equal(row->cells[i].text, first->cells[i].text);
    }
}

static bool most(size_t part, size_t of)
{
    return of && part * 10 >= of * 9;
}

static struct signs read_signs(const struct cut_row *first, size_t first_cell, const struct column columns[CUT_CELLS])
{
    struct signs signs = {0};

    for (size_t i = first_cell; i < first->kept; i++) {
        struct slice text = slice_trim(first->cells[i].text);
        enum cell_type type = cell_type_of(text, true);
        const struct column *column = &columns[i];
        if (type == CELL_EMPTY || column->filled == 0)
            continue;
        if (is_typed(type) && most(column->same_type, column->filled)) {
            if (type == CELL_NUMBER)
                signs.numbers++;
            else
                signs.strong++;
            signs.odd_numbers += type == CELL_NUMBER && integer(text) < 0;
            signs.odd_numbers += type == CELL_NUMBER && text.len > 1 && text.ptr[0] == '0';
        } else if (!is_typed(type) && column->equal) {
            signs.repeated++;
        } else if (is_typed(type) ? column->typed == 0 : column->typed * 2 > column->filled) {
            signs.names++;
        }
    }
    return signs;
}

static bool holds_email(const struct cut_row *first, size_t first_cell)
{
    for (size_t i = first_cell; i < first->kept; i++)
        if (cell_type_of(first->cells[i].text, true) == CELL_EMAIL)
            return true;
    return false;
}

double dialect_no_header(struct slice sample, const struct csv_syntax *syntax, size_t first_cell)
{
    struct cutter cutter = {.text = sample, .syntax = *syntax};
    struct column columns[CUT_CELLS] = {{0}};
    struct cut_row first;
    struct cut_row row;
    char texts[2][CUT_WRAPPED];
    struct cut_row inner;
    size_t rows = 0;

    if (!cut_next(&cutter, &first))
        return 0;
    if (cut_wrapped(&first, syntax, texts[0], &inner) && inner.count > 1)
        first = inner;
    while (rows < ROWS && cut_next(&cutter, &row)) {
        bool wrapped = cut_wrapped(&row, syntax, texts[1], &inner) && inner.count > 1;
        const struct cut_row *cut = wrapped ? &inner : &row;
        if (slice_equal(row.raw, first.raw) && first.count > 1 && rows > 0 && cut->count == first.count &&
            columns[first_cell].equal < rows)
            continue; /* a header that comes again */
        if (cut->count == first.count)
            compare(&first, cut, first_cell, columns);
        rows++;
    }
    struct signs signs = read_signs(&first, first_cell, columns);
    if (signs.names)
        return 0;
    if (holds_email(&first, first_cell)) /* nobody names a column so */
        return rows ? 0.95 : 0.9;
    if (rows < 2)
        return rows && signs.strong && signs.strong + signs.numbers > 1 ? 0.8 : 0;
    if (signs.strong)
        return signs.strong > 1 || signs.repeated || signs.numbers ? 0.95 : 0.9;
    if (signs.numbers == 0 || numbers_are_names(&first, first_cell))
        return 0;
    if (signs.repeated || signs.odd_numbers)
        return 0.9;
    return rows >= 5 ? 0.7 : 0;
}
