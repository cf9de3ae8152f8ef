/* UTF-8: every boundary of Unicode's table 3-7, against the definition: a sequence is well-formed when it is what a
 * scalar value encodes to, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"

/* The encoding form as Unicode defines it (D92, table 3-6). */
static size_t encode(uint32_t scalar, unsigned char out[4])
{
    if (scalar < 0x80) {
        out[0] = (unsigned char)scalar;
        return 1;
    }
    if (scalar < 0x800) {
        out[0] = (unsigned char)(0xc0 | scalar >> 6);
        out[1] = (unsigned char)(0x80 | (scalar & 0x3f));
        return 2;
    }
    if (scalar < 0x10000) {
        out[0] = (unsigned char)(0xe0 | scalar >> 12);
        out[1] = (unsigned char)(0x80 | (scalar >> 6 & 0x3f));
        out[2] = (unsigned char)(0x80 | (scalar & 0x3f));
        return 3;
    }
    out[0] = (unsigned char)(0xf0 | scalar >> 18);
    out[1] = (unsigned char)(0x80 | (scalar >> 12 & 0x3f));
    out[2] = (unsigned char)(0x80 | (scalar >> 6 & 0x3f));
    out[3] = (unsigned char)(0x80 | (scalar & 0x3f));
    return 4;
}

static void every_scalar_value_is_valid(void **state)
{
    (void)state;

    for (uint32_t scalar = 0; scalar <= 0x10ffff; scalar++) {
        unsigned char text[4];
        if (scalar == 0xd800)
            scalar = 0xe000;
        size_t length = encode(scalar, text);
        assert_int_equal(utf8_char_length((char *)text, length), length);
        for (size_t cut = 1; cut < length; cut++) /* cut short */
            assert_int_equal(utf8_char_length((char *)text, cut), 0);
    }
}

static void one_and_two_bytes(void **state)
{
    uint8_t *valid = calloc(0x10000, 1);
    (void)state;

    assert_non_null(valid);
    for (uint32_t scalar = 0x80; scalar < 0x800; scalar++) {
        unsigned char text[4];
        encode(scalar, text);
        valid[text[0] << 8 | text[1]] = 2;
    }
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        char text[2] = {(char)(pair >> 8), (char)pair};
        size_t expected = pair >> 8 < 0x80 ? 1 : valid[pair];
        assert_int_equal(utf8_char_length(text, 2), expected);
        assert_int_equal(utf8_char_length(text, 1), expected == 1);
    }
    free(valid);
}

/* All 2^24 sequences of three bytes. */
static void three_bytes(void **state)
{
    uint8_t *valid = calloc(1 << 24, 1);
    size_t wrong = 0;
    (void)state;

    assert_non_null(valid);
    for (uint32_t scalar = 0; scalar < 0x10000; scalar++) {
        unsigned char text[4];
        if (scalar >= 0xd800 && scalar < 0xe000)
            continue;
        size_t length = encode(scalar, text);
        for (uint32_t rest = 0; rest < 1u << 8 * (3 - length); rest++) { /* whatever follows a shorter one */
            uint32_t key = 0;
            for (size_t i = 0; i < length; i++)
                key = key << 8 | text[i];
            valid[(key << 8 * (3 - length)) | rest] = (uint8_t)length;
        }
    }
    for (uint32_t triple = 0; triple < 1 << 24; triple++) {
        char text[3] = {(char)(triple >> 16), (char)(triple >> 8), (char)triple};
        wrong += utf8_char_length(text, 3) != valid[triple];
    }
    assert_int_equal(wrong, 0);
    free(valid);
}

/* Every first byte from F0 on with every second one, and the boundaries in the third and fourth place. */
static void four_bytes(void **state)
{
    static const unsigned char edges[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    (void)state;

    for (unsigned first = 0xf0; first <= 0xff; first++)
        for (unsigned second = 0; second <= 0xff; second++)
            for (size_t i = 0; i < sizeof edges; i++)
                for (size_t j = 0; j < sizeof edges; j++) {
                    unsigned char text[4] = {(unsigned char)first, (unsigned char)second, edges[i], edges[j]};
                    unsigned char again[4];
                    uint32_t scalar =
                        (first & 7) << 18 | (second & 0x3f) << 12 | (edges[i] & 0x3fu) << 6 | (edges[j] & 0x3fu);
                    size_t expected = 0;
                    if (scalar >= 0x10000 && scalar <= 0x10ffff && encode(scalar, again) == 4 &&
                        memcmp(text, again, 4) == 0)
                        expected = 4;
                    assert_int_equal(utf8_char_length((char *)text, 4), expected);
                }
}

/* The rows of table 3-7, written out: the first and last of each range, and their neighbours outside. */
static void table_3_7(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } rows[] = {
        {"\x7f", 1},
        {"\x80", 0},
        {"\xbf", 0},
        {"\xc0\x80", 0},
        {"\xc1\xbf", 0},
        {"\xc2\x7f", 0},
        {"\xc2\x80", 2},
        {"\xdf\xbf", 2},
        {"\xdf\xc0", 0},
        {"\xe0\x9f\xbf", 0},
        {"\xe0\xa0\x80", 3},
        {"\xe0\xbf\xbf", 3},
        {"\xe1\x80\x80", 3},
        {"\xec\xbf\xbf", 3},
        {"\xed\x80\x80", 3},
        {"\xed\x9f\xbf", 3},
        {"\xed\xa0\x80", 0},
        {"\xed\xbf\xbf", 0},
        {"\xee\x80\x80", 3},
        {"\xef\xbf\xbf", 3},
        {"\xef\xbf\xc0", 0},
        {"\xf0\x8f\xbf\xbf", 0},
        {"\xf0\x90\x80\x80", 4},
        {"\xf3\xbf\xbf\xbf", 4},
        {"\xf4\x8f\xbf\xbf", 4},
        {"\xf4\x90\x80\x80", 0},
        {"\xf5\x80\x80\x80", 0},
        {"\xff", 0},
        {"\xfe", 0},
        {"\xf0\x90\x80", 0},
    };
    (void)state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(utf8_char_length(rows[i].text, strlen(rows[i].text)), rows[i].length);
}

/* One stray byte at every place of texts of every length: the eight-byte steps must not miss it. */
static void finds_the_first_bad_byte(void **state)
{
    char text[64];
    (void)state;

    assert_int_equal(utf8_valid_prefix(NULL, 0), 0);
    for (size_t size = 0; size <= sizeof text; size++) {
        memset(text, 'a', size);
        assert_int_equal(utf8_valid_prefix(text, size), size);
        assert_true(utf8_valid(text, size));
        for (size_t bad = 0; bad < size; bad++) {
            text[bad] = (char)0xe9;
            assert_int_equal(utf8_valid_prefix(text, size), bad);
            assert_false(utf8_valid(text, size));
            text[bad] = 'a';
        }
    }
}

static void counts_from_the_character_that_is_cut(void **state)
{
    static const char text[] = "aa\xd0\xb6"
                               "bbbbbbbbb\xe4\xb8\x96"
                               "cc\xf0\x9f\x98\x80";
    static const size_t valid[] = {0, 1, 2, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13, 13, 16, 17, 18, 18, 18, 18, 22};
    (void)state;

    assert_int_equal(sizeof text - 1, 22);
    for (size_t size = 0; size < sizeof text; size++)
        assert_int_equal(utf8_valid_prefix(text, size), valid[size]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_is_valid),
        cmocka_unit_test(one_and_two_bytes),
        cmocka_unit_test(three_bytes),
        cmocka_unit_test(four_bytes),
        cmocka_unit_test(table_3_7),
        cmocka_unit_test(finds_the_first_bad_byte),
        cmocka_unit_test(counts_from_the_character_that_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
