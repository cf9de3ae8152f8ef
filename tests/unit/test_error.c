/* Errors: filling, prefixing, shortening; and values as they may stand in a message. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/error.h"

static void sets_status_and_text(void **state)
{
    struct error err;
    (void)state;

    assert_int_equal(error_set(&err, STATUS_DATA, "line %d: '%s'", 7, "x"), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "line 7: 'x'");
    assert_int_equal(error_memory(&err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "out of memory");
}

static void says_errno(void **state)
{
    struct error err;
    (void)state;

    errno = ENOSPC;
    assert_int_equal(error_errno(&err, "%s", "standard output"), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "standard output: No space left on device");
}

static void shortens_what_does_not_fit(void **state)
{
    struct error err;
    char *longer = malloc(3000);
    (void)state;

    assert_non_null(longer);
    memset(longer, 'a', 2999);
    longer[2999] = '\0';
    error_set(&err, STATUS_DATA, "%s", longer);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    errno = EIO;
    error_errno(&err, "%s", longer); /* no room for the cause, and no overflow */
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    errno = EIO;
    error_errno(&err, "%.*s", (int)sizeof err.text - 4, longer);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_string_equal(err.text + sizeof err.text - 4, ": I");
    free(longer);
}

static void prefixes(void **state)
{
    char longer[1500];
    struct error err;
    (void)state;

    error_set(&err, STATUS_DATA, "not a date");
    error_prefix(&err, "%s:%d: ", "orders.csv", 12);
    error_prefix(&err, "%s", "");
    assert_string_equal(err.text, "orders.csv:12: not a date");
    assert_int_equal(err.status, STATUS_DATA);

    /* every length of prefix and text about the limit: the prefix stands, the text is cut */
    for (size_t before = sizeof err.text - 12; before < sizeof err.text + 4; before++)
        for (size_t old = 0; old < 12; old++) {
            memset(longer, 'p', before);
            longer[before] = '\0';
            error_set(&err, STATUS_DATA, "%.*s", (int)old, "0123456789ab");
            error_prefix(&err, "%s", longer);
            size_t kept = before < sizeof err.text - 1 ? before : sizeof err.text - 1;
            size_t length = kept + old < sizeof err.text - 1 ? kept + old : sizeof err.text - 1;
            assert_int_equal(strlen(err.text), length);
            assert_memory_equal(err.text, longer, kept);
            assert_memory_equal(err.text + kept, "0123456789ab", length - kept);
        }

    memset(longer, 't', sizeof err.text - 1); /* a full text makes room */
    longer[sizeof err.text - 1] = '\0';
    error_set(&err, STATUS_DATA, "%s", longer);
    error_prefix(&err, "a: ");
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_memory_equal(err.text, "a: ttt", 6);
}

static void assert_quoted(struct slice value, const char *expected)
{
    struct quote q;

    assert_string_equal(quote(&q, value), expected);
}

static void quotes_values(void **state)
{
    static const char turned[] = {'a', '\xe2', '\x80', '\xae', 'b'}; /* from right to left from here on */
    static const char isolated[] = {'a', '\xe2', '\x81', '\xa6', 'b'};

    (void)state;

    assert_quoted(SLICE(""), "");
    assert_quoted((struct slice){NULL, 0}, "");
    assert_quoted(SLICE("12,5O"), "12,5O");
    assert_quoted(SLICE("a\tb\nc\033[2J\x7f"), "a\\x09b\\x0ac\\x1b[2J\\x7f");
    assert_quoted(SLICE("a\0b"), "a\\x00b");
    assert_quoted(SLICE("Привет, 世界 😀"), "Привет, 世界 😀");
    assert_quoted(SLICE("caf\xe9"), "caf\\xe9");
    assert_quoted(SLICE("\xc2\x9b[31m"), "\\xc2\\x9b[31m");  /* the C1 control sequence introducer */
    assert_quoted(SLICE("\xc2\xa0"), "\xc2\xa0");            /* the first character after C1 */
    assert_quoted(SLICE("\xed\xa0\x80"), "\\xed\\xa0\\x80"); /* a surrogate */
    assert_quoted(SLICE("\xc3"), "\\xc3");                   /* cut in the middle */
    assert_quoted((struct slice){turned, sizeof turned}, "a\\xe2\\x80\\xaeb");
    assert_quoted((struct slice){isolated, sizeof isolated}, "a\\xe2\\x81\\xa6b");
    assert_quoted(SLICE("a\u200bb\ufeff"), "a\\xe2\\x80\\x8bb\\xef\\xbb\\xbf"); /* without width */
    assert_quoted(SLICE("a\u200cb\u200d\u200e"), "a\u200cb\u200d\u200e");       /* writing needs these */
}

static void hides_values(void **state)
{
    struct quote q;
    char text[3 << 10];
    (void)state;

    memset(text, 'x', sizeof text);
    quote_hide_values(true);
    assert_true(quote_hides_values());
    assert_quoted(SLICE("Anna"), "(value hidden, 4 bytes)");
    assert_quoted(SLICE("\033"), "(value hidden, 1 byte)");
    assert_quoted((struct slice){text, sizeof text}, "(value hidden, 3072 bytes)");
    assert_quoted(SLICE(""), ""); /* that there is none is no secret */
    assert_string_equal(quote_name(&q, SLICE("a\tmount")), "a\\x09mount");
    quote_hide_values(false);
    assert_false(quote_hides_values());
    assert_quoted(SLICE("Anna"), "Anna");
}

static void quotes_forty_characters(void **state)
{
    char text[64];
    char expected[256];
    (void)state;

    memset(text, 'x', sizeof text);
    for (size_t length = 0; length <= sizeof text; length++) {
        snprintf(expected, sizeof expected, "%.*s%s", (int)(length < 40 ? length : 40), text, length > 40 ? "..." : "");
        assert_quoted((struct slice){text, length}, expected);
    }
    memset(text, 1, sizeof text); /* the longest possible: 40 escapes */
    expected[0] = '\0';
    for (int i = 0; i < 40; i++)
        strcat(expected, "\\x01");
    assert_quoted((struct slice){text, 40}, expected);
    strcat(expected, "...");
    assert_quoted((struct slice){text, 64}, expected);

    char wide[64 * 4]; /* characters count, not bytes; the last is shown whole or not at all */
    for (size_t count = 38; count <= 42; count++) {
        expected[0] = '\0';
        for (size_t i = 0; i < count; i++) {
            memcpy(wide + 4 * i, "😀", 4);
            if (i < 40)
                strcat(expected, "😀");
        }
        if (count > 40)
            strcat(expected, "...");
        assert_quoted((struct slice){wide, 4 * count}, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_status_and_text),
        cmocka_unit_test(says_errno),
        cmocka_unit_test(shortens_what_does_not_fit),
        cmocka_unit_test(prefixes),
        cmocka_unit_test(quotes_values),
        cmocka_unit_test(hides_values),
        cmocka_unit_test(quotes_forty_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
