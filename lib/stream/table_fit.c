#include "stream/table_fit.h"

#include "value/display.h"

enum { MOST_PARTS = 3, MOST_ROWS_IN_PARTS = 59 };

/* To the end of the next word, with the sign behind it that a line may end in. */
static size_t word_length(struct slice name)
{
    size_t i = 0;

    while (i < name.len && !memchr("_- ", name.ptr[i], 3))
        i++;
    return i + (i < name.len);
}

struct slice table_fold(struct slice *name, size_t width)
{
    size_t taken = word_length(*name);

    while (taken < name->len) {
        const size_t more = word_length((struct slice){name->ptr + taken, name->len - taken});
        if (display_width((struct slice){name->ptr, taken + more}) > width)
            break;
        taken += more;
    }
    const struct slice line = {name->ptr, taken};
    *name = (struct slice){name->ptr + taken, name->len - taken};
    return line;
}

static size_t widest_word(struct slice name)
{
    size_t widest = 0;

    while (name.len) {
        const size_t width = display_width(table_fold(&name, 0));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static bool fits(const struct table_column *columns, size_t count, size_t fit)
{
    size_t total = 0;

    for (size_t i = 0; i < count && total <= fit; i++)
        total += columns[i].width + (i ? TABLE_GAP : 0);
    return total <= fit;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t count_parts(const struct table_column *columns, size_t count, size_t fit)
{
    size_t parts = 0;
    bool lead;

    for (size_t first = 0; first < count; first = table_part_end(columns, count, first, fit, &lead))
        parts++;
    return parts;
}

enum table_layout table_fit(struct table_column *columns, size_t count, size_t rows, size_t fit)
{
    for (size_t i = 0; i < count; i++)
        columns[i].width = larger(columns[i].cell_width, columns[i].name_width);
    if (fit == 0 || rows == 0 || count < 2 || fits(columns, count, fit))
        return TABLE_ROWS;
    for (size_t i = 0; i < count; i++)
        columns[i].width = larger(columns[i].cell_width, widest_word(columns[i].name));
    if (fits(columns, count, fit) || (rows <= MOST_ROWS_IN_PARTS && count_parts(columns, count, fit) <= MOST_PARTS))
        return TABLE_ROWS;
    return TABLE_UPRIGHT;
}

size_t table_part_end(const struct table_column *columns, size_t count, size_t first, size_t fit, bool *lead)
{
    size_t used = columns[first].width;
    size_t end = first + 1;

    *lead = first > 0;
    if (*lead)
        used += columns[0].width + TABLE_GAP;
    while (end < count && (fit == 0 || used + TABLE_GAP + columns[end].width <= fit))
        used += TABLE_GAP + columns[end++].width;
    return end;
}
