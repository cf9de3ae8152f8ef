/* Kept records: what goes in comes out, whatever its kinds, sizes and places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stream/kept.h"

static void assert_field(const struct field *field, enum field_kind kind, const char *text, size_t len)
{
    assert_int_equal(field->kind, kind);
    assert_int_equal(field->text.len, len);
    if (len)
        assert_memory_equal(field->text.ptr, text, len);
}

static void every_kind_and_any_byte_is_kept(void **state)
{
    static const struct field fields[] = {{{NULL, 0}, FIELD_ABSENT},          {SLICE_INIT("a\0\xff\n"), FIELD_TEXT},
                                          {SLICE_INIT("1.50"), FIELD_NUMBER}, {SLICE_INIT("true"), FIELD_TRUE},
                                          {SLICE_INIT("false"), FIELD_FALSE}, {{"", 0}, FIELD_NULL},
                                          {SLICE_INIT("[1, 2]"), FIELD_JSON}, {{NULL, 0}, FIELD_TEXT}};
    const size_t count = sizeof fields / sizeof *fields;
    struct field found[sizeof fields / sizeof *fields];
    const struct record record = {.fields = fields, .count = count, .line = 7, .number = 5, .input = 3};
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, count);
    for (size_t row = 0; row < 3; row++)
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    assert_int_equal(kept.count, 3);
    for (size_t row = 0; row < 3; row++) {
        struct kept_place place = kept_place(&kept, row);
        assert_int_equal(place.input, 3);
        assert_int_equal(place.line, 7);
        assert_int_equal(place.number, 5);
        kept_fields(&kept, row, found);
        for (size_t i = 0; i < count; i++)
            assert_field(&found[i], fields[i].kind, fields[i].text.ptr, fields[i].text.len);
    }
    kept_fini(&kept);
    assert_int_equal(kept.count, 0);
}

/* Where a packed number grows by a byte, and far behind. */
static void places_of_any_size_are_kept(void **state)
{
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, 0);
    for (unsigned bits = 0; bits < 64; bits++)
        for (int more = -1; more <= 0; more++) {
            uint64_t number = ((uint64_t)1 << bits) + (uint64_t)more;
            const struct record record = {.line = number, .number = UINT64_MAX - number, .input = (size_t)number};
            assert_int_equal(kept_add(&kept, &record, &err), 0);
            struct kept_place place = kept_place(&kept, kept.count - 1);
            assert_true(place.line == number);
            assert_true(place.number == UINT64_MAX - number);
            assert_true(place.input == (size_t)number);
        }
    assert_int_equal(kept.count, 128);
    kept_fini(&kept);
}

/* Lengths about the sizes at which the packed length and the blocks grow; earlier records stay where they are. */
static void fields_of_any_size_are_kept(void **state)
{
    static const size_t sizes[] = {0,      1,       15,      16,      17,      2047,    2048,        524287,
                                   524288, 1048000, 1048575, 1048576, 1048577, 3000000, FIELD_LIMIT, 5};
    const size_t count = sizeof sizes / sizeof *sizes;
    char *text = malloc(3000000);
    struct field found[2];
    const char *where[2 * 16];
    struct error err;
    struct kept kept;
    (void)state;

    assert_non_null(text);
    for (size_t i = 0; i < 3000000; i++)
        text[i] = (char)(i * 2654435761U >> 13);
    kept_init(&kept, 2);
    for (size_t row = 0; row < 2 * count; row++) {
        size_t size = sizes[row % count];
        const struct field fields[] = {field_text((struct slice){text, size}),
                                       field_number((struct slice){text + row, row})};
        const struct record record = {.fields = fields, .count = 2, .line = row + 2, .number = row + 1};
        assert_int_equal(kept_add(&kept, &record, &err), 0);
        kept_fields(&kept, row, found);
        where[row] = found[0].text.ptr;
    }
    for (size_t row = 0; row < 2 * count; row++) {
        kept_fields(&kept, row, found);
        assert_ptr_equal(found[0].text.ptr, where[row]);
        assert_field(&found[0], FIELD_TEXT, text, sizes[row % count]);
        assert_field(&found[1], FIELD_NUMBER, text + row, row);
        assert_int_equal(kept_place(&kept, row).line, row + 2);
    }
    kept_fini(&kept);
    free(text);
}

static void many_records_are_kept_small(void **state)
{
    const size_t count = 300000;
    struct field field[3];
    char text[32];
    size_t bytes = 0;
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, 3);
    for (size_t row = 0; row < count; row++) {
        int len = snprintf(text, sizeof text, "value %zu", row * 7919 % 1000003);
        for (size_t i = 0; i < 3; i++)
            field[i] = field_text((struct slice){text, (size_t)len - i});
        const struct record record = {.fields = field, .count = 3, .line = row + 2, .number = row + 1};
        bytes += 3 * (size_t)len - 3;
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    }
    for (size_t row = 0; row < count; row += 17) {
        int len = snprintf(text, sizeof text, "value %zu", row * 7919 % 1000003);
        kept_fields(&kept, row, field);
        for (size_t i = 0; i < 3; i++)
            assert_field(&field[i], FIELD_TEXT, text, (size_t)len - i);
    }
    /* what the header promises: 16 bytes a record, about two a field, and the text; blocks may be partly unused */
    assert_true(kept.block_count << 20 < bytes + count * (16 + 3 * 2));
    kept_fini(&kept);
}

static void no_records_and_no_columns(void **state)
{
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, 4);
    kept_fini(&kept);
    kept_init(&kept, 0);
    const struct record record = {.line = 1, .number = 1};
    assert_int_equal(kept_add(&kept, &record, &err), 0);
    kept_fields(&kept, 0, NULL);
    kept_fini(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_and_any_byte_is_kept), cmocka_unit_test(places_of_any_size_are_kept),
        cmocka_unit_test(fields_of_any_size_are_kept),     cmocka_unit_test(many_records_are_kept_small),
        cmocka_unit_test(no_records_and_no_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
