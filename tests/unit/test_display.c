/* Display: what reaches the terminal, and how wide it is; widths against the C library's wcwidth(3). */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "value/display.h"

static void assert_shown(struct slice text, const char *expected, size_t width)
{
    struct buffer out;
    size_t found = 100;

    buffer_init(&out);
    assert_int_equal(buffer_append(&out, SLICE("before:")), 0);
    assert_int_equal(display_append(&out, text, &found), 0);
    assert_int_equal(buffer_append_char(&out, '\0'), 0);
    assert_string_equal(out.data + 7, expected);
    assert_int_equal(out.len, 8 + strlen(expected));
    assert_int_equal(found, 100 + width);
    assert_int_equal(display_width(text), width);
    buffer_fini(&out);
}

static void assert_as_is(const char *text, size_t width)
{
    assert_shown(slice_from_cstr(text), text, width);
}

static void shows_letters_as_they_are(void **state)
{
    (void)state;

    assert_as_is("", 0);
    assert_shown((struct slice){NULL, 0}, "", 0);
    assert_as_is("007, +49 30 1234 ", 17);
    assert_as_is("C:\\new", 6); /* a backslash of the data stays alone */
    assert_as_is("Привет", 6);
    assert_as_is("Müller", 6);
    assert_as_is("Mu\u0308ller", 6); /* decomposed */
    assert_as_is("世界", 4);
    assert_as_is("ｱｲ Ａ", 5); /* halfwidth kana, a blank, fullwidth A */
    assert_as_is("مرحبا", 5);
    assert_as_is("مَرْحَبًا", 5); /* with vowel signs */
    assert_as_is("한국", 4);
    assert_as_is("\u1112\u1161\u11ab", 2); /* one Hangul syllable in three letters */
    assert_as_is("नमस्ते", 4);               /* four letters; the signs stand above and below */
    assert_as_is("हिन्दी", 5);              /* three letters and two signs beside them */
}

static void zero_width(void **state)
{
    (void)state;

    assert_shown(SLICE("a\u200bb"), "a\\xe2\\x80\\x8bb", 14); /* zero width space */
    assert_as_is("a\u200db", 2);
    assert_as_is("a\u200cb", 2);
    assert_shown(SLICE("a\ufeffb"), "a\\xef\\xbb\\xbfb", 14);
    assert_shown(SLICE("\u2060"), "\\xe2\\x81\\xa0", 12);
    assert_as_is("\u200eabc\u200f", 3); /* direction marks, as exports of Arabic names hold them */
    assert_as_is("a\u0301\u0302\u0303", 1);
    assert_as_is("\u0600", 1); /* the Arabic number sign is visible */
    assert_as_is("\u00ad", 1);
}

/* UAX #9: embeddings, overrides and isolates, and the ends of lines and paragraphs. */
static void turns_no_direction(void **state)
{
    (void)state;

    for (unsigned char last = 0xa8; last <= 0xae; last++) {
        const char text[] = {'\xe2', '\x80', (char)last, 'a'};
        char expected[16];
        snprintf(expected, sizeof expected, "\\xe2\\x80\\x%02xa", last);
        assert_shown((struct slice){text, sizeof text}, expected, 13);
    }
    for (unsigned char last = 0xa6; last <= 0xa9; last++) {
        const char text[] = {'\xe2', '\x81', (char)last};
        char expected[16];
        snprintf(expected, sizeof expected, "\\xe2\\x81\\x%02x", last);
        assert_shown((struct slice){text, sizeof text}, expected, 12);
    }
    assert_as_is("\u202fa\u2027", 3); /* the characters beside them */
    assert_as_is("\u200e\u200f\u061c", 0);
}

static void emoji(void **state)
{
    (void)state;

    assert_as_is("😀", 2);
    assert_as_is("😀😀", 4);
    assert_as_is("⚡", 2);
    assert_as_is("👍🏽", 2);           /* with a skin tone */
    assert_as_is("👩‍👩‍👧", 2); /* joined */
    assert_as_is("🤷🏽‍♂️", 2);  /* both, and a selector */
    assert_as_is("\u2764", 1);             /* a heart as text */
    assert_as_is("\u2764\ufe0f", 2);       /* as emoji */
    assert_as_is("\u2764\ufe0f\ufe0f", 2); /* once */
    assert_as_is("❤️‍🔥", 2);
    assert_as_is("🇩🇪", 2);
    assert_as_is("😀\u200da", 3); /* a joiner before a letter joins nothing */
    assert_as_is("😀\u200d", 2);
    assert_as_is("🏽", 2); /* a tone alone is a coloured square */
    assert_as_is("a🏽", 3);
    assert_as_is("a\ufe0f", 1);
    assert_as_is("😀a😀", 5);
}

static void escapes_what_could_drive_the_terminal(void **state)
{
    (void)state;

    assert_shown(SLICE("a\nb"), "a\\nb", 4);
    assert_shown(SLICE("a\r\nb"), "a\\r\\nb", 6);
    assert_shown(SLICE("a\tb"), "a\\tb", 4);
    assert_shown(SLICE("\033[2J"), "\\x1b[2J", 7);
    assert_shown(SLICE("\0"), "\\x00", 4);
    assert_shown(SLICE("\x7f"), "\\x7f", 4);
    assert_shown(SLICE("\xc2\x9b"
                       "31m"),
                 "\\xc2\\x9b31m", 11);
    assert_shown(SLICE("caf\xe9"), "caf\\xe9", 7);
    assert_shown(SLICE("\xe4\xb8"), "\\xe4\\xb8", 8);
    assert_shown(SLICE("\xed\xa0\x80"), "\\xed\\xa0\\x80", 12);
    assert_shown(SLICE("\xf0\x9f\x98\x80\xff"), "😀\\xff", 6);
    for (int c = 0; c < 256; c++) { /* every byte alone */
        char byte = (char)c;
        char expected[8];
        if (c >= 0x20 && c < 0x7f)
            snprintf(expected, sizeof expected, "%c", c);
        else if (c == '\n' || c == '\r' || c == '\t')
            snprintf(expected, sizeof expected, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
        else
            snprintf(expected, sizeof expected, "\\x%02x", c);
        assert_shown((struct slice){&byte, 1}, expected, strlen(expected));
    }
}

/* Random bytes: what is shown is valid UTF-8 without any control character, and shown again it is the same. */
static void what_is_shown_is_safe(void **state)
{
    uint32_t seed = 12345;
    (void)state;

    for (int round = 0; round < 20000; round++) {
        char text[24];
        struct buffer once;
        struct buffer twice;
        size_t width = 0;
        size_t again = 0;
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1664525 + 1013904223;
            text[i] = (char)(seed >> 28 < 9 ? 0x80 | (seed >> 16 & 0x7f) : seed >> 16);
        }
        buffer_init(&once);
        buffer_init(&twice);
        assert_int_equal(display_append(&once, (struct slice){text, sizeof text}, &width), 0);
        assert_true(utf8_valid(once.data, once.len));
        for (size_t i = 0; i < once.len; i++) {
            const unsigned char c = (unsigned char)once.data[i];
            assert_false(c < 0x20 || c == 0x7f);
            assert_false(c == 0xc2 && (unsigned char)once.data[i + 1] < 0xa0);
        }
        assert_int_equal(display_append(&twice, buffer_slice(&once), &again), 0);
        assert_true(slice_equal(buffer_slice(&once), buffer_slice(&twice)));
        assert_int_equal(width, again);
        buffer_fini(&once);
        buffer_fini(&twice);
    }
}

/* Each character alone, against wcwidth(3) of the C library. The two take different editions of the Unicode tables, and
 * the C library counts some circled numbers and the hexagrams as wide: a small share of difference is no mistake. */
static void agrees_with_the_c_library(void **state)
{
    size_t compared = 0;
    size_t different = 0;
    (void)state;

    if (!setlocale(LC_CTYPE, "C.UTF-8")) {
        print_message("no C.UTF-8 locale\n");
        skip();
    }
    for (int32_t c = 0x20; c <= 0x10ffff; c++) {
        char text[4];
        mbstate_t shift = {0};
        const int expected = c >= 0xd800 && c < 0xe000 ? -1 : wcwidth(c);
        if (expected < 0)
            continue;
        const size_t length = wcrtomb(text, c, &shift);
        assert_true(length <= 4);
        compared++;
        different += display_width((struct slice){text, length}) != (size_t)expected;
    }
    setlocale(LC_CTYPE, "C");
    assert_true(compared > 200000);
    assert_true(different < 2000);
}

static void refuses_what_memory_cannot_hold(void **state)
{
    struct buffer out;
    size_t width = 5;
    (void)state;

    buffer_init(&out);
    assert_int_equal(display_append(&out, (struct slice){"x", SIZE_MAX / 4}, &width), -1);
    assert_int_equal(width, 5);
    assert_int_equal(out.len, 0);
    buffer_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_letters_as_they_are),
        cmocka_unit_test(zero_width),
        cmocka_unit_test(turns_no_direction),
        cmocka_unit_test(emoji),
        cmocka_unit_test(escapes_what_could_drive_the_terminal),
        cmocka_unit_test(what_is_shown_is_safe),
        cmocka_unit_test(agrees_with_the_c_library),
        cmocka_unit_test(refuses_what_memory_cannot_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
