/* Several phone numbers in one cell: where cells are cut, and where they must not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/phone.h"

#define PARTS_MAX 6

struct row {
    const char *cell;
    const char *parts[PARTS_MAX];
};

static void assert_parts(const struct row *row)
{
    struct slice rest = slice_from_cstr(row->cell), part;
    size_t count = 0;

    for (; phone_split_next(&rest, &part); count++) {
        assert_in_range(count, 0, PARTS_MAX - 1);
        if (!row->parts[count] || !slice_equal_cstr(part, row->parts[count]))
            fail_msg("'%s': part %zu is '%.*s'", row->cell, count, SLICE_ARG(part));
    }
    if (count < PARTS_MAX && row->parts[count])
        fail_msg("'%s': only %zu parts", row->cell, count);
}

static void cuts_between_numbers(void **state)
{
    static const struct row rows[] = {
        {"+49 30 1; +49 30 2", {"+49 30 1", "+49 30 2"}},
        {"030 123456;0171 5678901", {"030 123456", "0171 5678901"}},
        {"030 1234 / 0171 5678", {"030 1234", "0171 5678"}},
        {"030/1234567 / 0171/2345678", {"030/1234567", "0171/2345678"}},
        {"030/1234567/0171/2345678", {"030/1234567", "0171/2345678"}},
        {"0301234567\n01712345678", {"0301234567", "01712345678"}},
        {"0301234567\r\n01712345678\r\n", {"0301234567", "01712345678"}},
        {"+1 212-555-0123 ::: +1 212-555-0199", {"+1 212-555-0123", "+1 212-555-0199"}},
        {"+1 212-555-0123 ::: +1 212-555-0199 ::: +49 30 123456",
         {"+1 212-555-0123", "+1 212-555-0199", "+49 30 123456"}},
        {"+4930123456|+491711234567", {"+4930123456", "+491711234567"}},
        {"030 1234567, 0171 2345678", {"030 1234567", "0171 2345678"}},
        {"(212) 555-0123/(212) 555-0199", {"(212) 555-0123", "(212) 555-0199"}},
        {"+49 30 1234567 +49 171 1234567", {"+49 30 1234567", "+49 171 1234567"}},
        {"+49 30 1234567 or +49 171 1234567", {"+49 30 1234567", "+49 171 1234567"}},
        {"030 1234567 oder 0171 1234567", {"030 1234567", "0171 1234567"}},
        {"8 495 123-45-67 или 8 916 123-45-67", {"8 495 123-45-67", "8 916 123-45-67"}},
        {"Tel: 030 1234567; Fax: 030 7654321", {"Tel: 030 1234567", "Fax: 030 7654321"}},
        {"030 1234567 ext 12; 030 7654321 ext 34", {"030 1234567 ext 12", "030 7654321 ext 34"}},
        {"０３０１２３４５６７；０１７１２３４５６７", {"０３０１２３４５６７", "０１７１２３４５６７"}},
        {"010-65551234、13800138000", {"010-65551234", "13800138000"}},
        {"٠٥٠١٢٣٤٥٦٧، ٠٥٠٧٦٥٤٣٢١", {"٠٥٠١٢٣٤٥٦٧", "٠٥٠٧٦٥٤٣٢١"}},
        {"; 030 1234567;; 0171 2345678;", {"030 1234567", "0171 2345678;"}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_parts(&rows[i]);
}

static void leaves_one_number_whole(void **state)
{
    static const char *const cells[] = {
        "030/123456",
        "0171/5678901",
        "0049/30/1234567",
        "033205/12345",
        "+49 (0)30 / 1234567",
        "06131/12345678",
        "030 1234567;12",
        "030 1234567;ext=12",
        "030 1234567; ext 123456",
        "030 1234567,,1234",
        "030 1234567 x1234567",
        "(530) 583-6985 x302/x2303",
        "4,93012E+11",
        "1,234,567",
        "+1 (212) 555-0123",
        "030 1234567/68",
        "030 1234567; privat",
        "n/a",
        "privat; geheim",
        "tel:7042;phone-context=+1-914-555",
        "+49 30 1234567",
        "(+49) 30 1234567",
        "12345;1234567",
        "030 1234567 and a half",
        "+ 49 30 1234567",
        "1 / 2",
        "orange 0301234567",
    };

    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        const struct row row = {cells[i], {cells[i]}};
        assert_parts(&row);
    }
}

static void gives_nothing_for_nothing(void **state)
{
    static const char *const cells[] = {"", " ", "\n", ";", " ;\r\n;; ", " ::: "};
    struct slice rest = {NULL, 0}, part;

    (void)state;
    assert_false(phone_split_next(&rest, &part));
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        const struct row row = {cells[i], {NULL}};
        assert_parts(&row);
    }
}

/* Any bytes: the parts lie in the cell, one behind the other, none is empty, and only signs, words and blanks are left
 * out. */
static void parts_cover_the_cell(void **state)
{
    static const char *const pieces[] = {
        "0301234567", "+49",  "12",   " ",    ";", "/",   ",",
        "\n",         "|",    ":::",  " or ", "x", "ext", "１",
        "；",         "\xff", "\xe2", "و",    "0", "(",   "(212) 555-0123",
    };
    uint64_t random = 7;

    (void)state;
    for (size_t i = 0; i < 50000; i++) {
        char cell[256];
        size_t length = 0, digits = 0, digits_seen = 0;
        for (size_t count = i % 14; count > 0; count--) {
            random = random * 6364136223846793005 + 1442695040888963407;
            const char *piece = pieces[(random >> 33) % (sizeof pieces / sizeof pieces[0])];
            memcpy(cell + length, piece, strlen(piece));
            length += strlen(piece);
        }
        for (size_t k = 0; k < length; k++)
            digits += cell[k] >= '0' && cell[k] <= '9';
        struct slice rest = {cell, length}, part;
        const char *behind = cell;
        while (phone_split_next(&rest, &part)) {
            assert_true(part.len > 0);
            assert_true(part.ptr >= behind && part.ptr + part.len <= cell + length);
            assert_true(rest.ptr >= part.ptr + part.len && rest.ptr + rest.len <= cell + length);
            behind = part.ptr + part.len;
            for (size_t k = 0; k < part.len; k++)
                digits_seen += part.ptr[k] >= '0' && part.ptr[k] <= '9';
        }
        assert_int_equal(digits_seen, digits);
    }
}

/* A cell of a megabyte is walked in time that grows with its length only: a quadratic walk would take minutes. */
static void walks_long_cells_once(void **state)
{
    static const char *const pieces[] = {";", "/", "1/////", "1234567;", "1234567/", "+1234567 ", ":::", "ext;", "x"};
    const size_t size = 1 << 20;
    char *cell = malloc(size);

    (void)state;
    assert_non_null(cell);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        const size_t length = strlen(pieces[i]);
        for (size_t at = 0; at < size; at++)
            cell[at] = pieces[i][at % length];
        memcpy(cell, "1234567", 7);
        struct slice rest = {cell, size}, part;
        size_t count = 0;
        while (phone_split_next(&rest, &part))
            count++;
        assert_in_range(count, 1, size / 4);
    }
    free(cell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_between_numbers),      cmocka_unit_test(leaves_one_number_whole),
        cmocka_unit_test(gives_nothing_for_nothing), cmocka_unit_test(parts_cover_the_cell),
        cmocka_unit_test(walks_long_cells_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
