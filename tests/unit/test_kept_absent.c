/* Kept records of many absent fields: they come out as they went in, and take next to nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "stream/kept.h"

#define COLUMNS 300
#define ROWS 200

static struct field fields[ROWS][COLUMNS];

static uint32_t draw(void)
{
    static uint32_t state = 1;

    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

/* Rows from full to empty, with runs of absent fields of all lengths. */
static void draw_fields(void)
{
    static const char text[] = "0123456789abcdefghijklmnopqrstuvwxyz";

    for (size_t row = 0; row < ROWS; row++)
        for (size_t c = 0; c < COLUMNS; c++)
            if (draw() % ROWS >= row || draw() % 8 == 0)
                fields[row][c] = (struct field){{text, draw() % sizeof text}, draw() % 2 ? FIELD_TEXT : FIELD_JSON};
    memset(fields[ROWS - 1], 0, sizeof fields[ROWS - 1]);
}

static void rows_come_back(void **state)
{
    struct field found[COLUMNS];
    struct slice texts[5];
    struct error err;
    struct kept kept;

    (void)state;
    draw_fields();
    kept_init(&kept, COLUMNS);
    for (size_t row = 0; row < ROWS; row++) {
        const struct record record = {.fields = fields[row], .count = COLUMNS, .line = row + 1};
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    }
    for (size_t row = 0; row < ROWS; row++) {
        kept_fields(&kept, row, found);
        for (size_t c = 0; c < COLUMNS; c++) {
            assert_int_equal(found[c].kind, fields[row][c].kind);
            assert_true(slice_equal(found[c].text, fields[row][c].text));
        }
        const size_t asked[5] = {draw() % COLUMNS, draw() % COLUMNS, 0, COLUMNS - 1, COLUMNS - 1};
        kept_texts(&kept, row, asked, 5, texts);
        for (size_t i = 0; i < 5; i++)
            assert_true(slice_equal(texts[i], fields[row][asked[i]].text));
    }
    kept_fini(&kept);
}

/* A line "{}" under a header of 90,000 names must not cost 90,000 bytes. */
static void short_records_under_many_names_take_little(void **state)
{
    const size_t columns = 90000, rows = 10000;
    struct field *absent = calloc(columns, sizeof *absent);
    const struct record record = {.fields = absent, .count = columns};
    struct error err;
    struct kept kept;

    (void)state;
    assert_non_null(absent);
    kept_init(&kept, columns);
    for (size_t row = 0; row < rows; row++)
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    assert_true(kept_memory(&kept) < 64 * rows + ((size_t)2 << 20)); /* a block and the table of rows */
    kept_fini(&kept);
    free(absent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back),
        cmocka_unit_test(short_records_under_many_names_take_little),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
