/* Postal codes: forms of one code by hand, from the examples of the postal services; what is none; every shape's
 * district; anything at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/postal_code.h"

static bool read_exact(struct slice text, struct postal_code *code)
{
    char *exact = malloc(text.len ? text.len : 1); /* so that a sanitizer sees a read too far */

    assert_non_null(exact);
    memcpy(exact, text.ptr, text.len);
    const bool result = postal_code_read((struct slice){exact, text.len}, code);
    free(exact);
    assert_int_equal(strlen(code->text), code->length);
    assert_true(code->district <= code->length && code->length < POSTAL_CODE_LENGTH);
    assert_int_equal(result, code->length > 0);
    return result;
}

static const struct {
    const char *text;
    const char *code;
    size_t district;
} codes[] = {
    {"10115", "10115", 3},
    {" 10115 ", "10115", 3},
    {"D-10115", "10115", 3},
    {"D 10115", "10115", 3},
    {"D10115", "10115", 3},
    {"DE-10115", "10115", 3},
    {"de 10115", "10115", 3},
    {"PLZ 10115", "10115", 3},
    {"F-75001", "75001", 3},
    {"75001 CEDEX", "75001", 3},
    {"75001 Cedex 08", "75001", 3},
    {"92400 CEDEX 12 PARIS LA DEFENSE, FRANCE ET AILLEURS", "92400", 3},
    {"F-75001 CEDEX 01", "75001", 3},
    {"RU-101000", "101000", 3},
    {"101000", "101000", 3},
    {"C.P. 28013", "28013", 3},
    {"60302-1234", "60302", 3},
    {"60302 1234", "60302", 3},
    {"603021234", "60302", 3},
    {"US 60302-1234", "60302", 3},
    {"60302.0", "60302", 3},
    {"01310-100", "01310100", 3}, /* Brazil */
    {"00-950", "00950", 3},       /* Poland */
    {"110 00", "11000", 3},       /* Czechia */
    {"CZ-110 00", "11000", 3},
    {"150-0001", "1500001", 3}, /* Japan */
    {"\xe3\x80\x92"
     "150-0001",
     "1500001", 3}, /* 〒 */
    {"１５０－０００１", "1500001", 3},
    {"٣١٩٥٢", "31952", 3},
    {"۱۳۱۴۵", "13145", 3},
    {"११०००१", "110001", 3},
    {"8001", "8001", 2},
    {"CH-8001", "8001", 2},
    {"AZ1000", "1000", 2},
    {"AZ 1000", "1000", 2},
    {"101", "101", 2}, /* Iceland */
    {"SW1A 1AA", "sw1a1aa", 4},
    {"sw1a1aa", "sw1a1aa", 4},
    {"SW1A\xc2\xa0"
     "1AA",
     "sw1a1aa", 4},
    {"GB-SW1A 1AA", "sw1a1aa", 4},
    {"UK SW1A 1AA", "sw1a1aa", 4},
    {"M1 1AE", "m11ae", 2},
    {"B33 8TH", "b338th", 3},
    {"CR2 6XH", "cr26xh", 3},
    {"DN55 1PT", "dn551pt", 4},
    {"W1A 0AX", "w1a0ax", 3},
    {"EC1A 1BB", "ec1a1bb", 4},
    {"E1 6AN", "e16an", 2},
    {"N1 9GU", "n19gu", 2},
    {"SW1A", "sw1a", 4},
    {"M1", "m1", 2},
    {"K1A 0B1", "k1a0b1", 3},
    {"k1a-0b1", "k1a0b1", 3},
    {"CA-K1A 0B1", "k1a0b1", 3},
    {"1012 AB", "1012ab", 4},
    {"1012ab", "1012ab", 4},
    {"NL-1012 AB", "1012ab", 4},
    {"D02 X285", "d02x285", 3},
    {"D6W X285", "d6wx285", 3},
    {"IE-D02 X285", "d02x285", 3},
    {"AD500", "ad500", 3},
    {"AD 500", "ad500", 3},
    {"C1425ABC", "c1425abc", 4}, /* Argentina */
    {"VLT 1117", "vlt1117", 4},  /* Malta */
    {"LV-1010", "1010", 2},
    {"123456789012345", "123456789012345", 3},
    {"\xff"
     "10115\xc3",
     "10115", 3},
};

static void test_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct postal_code code;
        if (!read_exact(slice_from_cstr(codes[i].text), &code) || strcmp(code.text, codes[i].code) != 0 ||
            code.district != codes[i].district)
            fail_msg("'%s' is '%s' with %zu, not '%s' with %zu", codes[i].text, code.text, code.district, codes[i].code,
                     codes[i].district);
        assert_true(read_exact(slice_from_cstr(codes[i].code), &code)); /* a code stays what it is */
        assert_string_equal(code.text, codes[i].code);
    }
}

static void test_none(void **state)
{
    static const char *const none[] = {"",
                                       " ",
                                       "-",
                                       "n/a",
                                       "Berlin",
                                       "CEDEX",
                                       "D-",
                                       "1234567890123456",
                                       "12345678901234567890123456789012345678901234567890",
                                       "北京1",
                                       "Москва 101000",
                                       "\xff\xff"};

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct postal_code code;
        if (read_exact(slice_from_cstr(none[i]), &code))
            fail_msg("'%s' is '%s'", none[i], code.text);
    }
    struct postal_code code;
    assert_false(postal_code_read((struct slice){NULL, 0}, &code));
}

static void test_anything(void **state)
{
    static const char *const pieces[] = {"1",   "0",    "9",        "12345", "a", "D",  "GB",    "CA",
                                         "k1a", "0b1",  " ",        "-",     ".", ".0", "CEDEX", "NL",
                                         "５",  "\xff", "\xe2\x80", "٣",     "Ж", "sw", "AB"};
    uint32_t seed = 20260301;

    (void)state;
    for (unsigned round = 0; round < 200000; round++) {
        char room[128];
        size_t length = 0;
        struct postal_code code;
        for (unsigned count = (seed = seed * 1664525 + 1013904223) >> 29; count; count--) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(room + length, piece, strlen(piece));
            length += strlen(piece);
        }
        if (!read_exact((struct slice){room, length}, &code))
            continue;
        for (size_t i = 0; i < code.length; i++)
            assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789", code.text[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
