/* Every variant of the scan against a byte-by-byte loop, at every length around the width of a vector. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "stream/scan.h"

enum { LONGEST = 700 };

static void check(const struct scan_variant *variant, const char *text, size_t size, char delimiter, char quote)
{
    struct scan scan = {0};
    size_t offsets = 0;
    size_t stops = 0;

    scan.offsets = malloc((size + SCAN_PADDING) * sizeof *scan.offsets);
    scan.stops = malloc((size + SCAN_PADDING) * sizeof *scan.stops);
    variant->function(text, size, delimiter, quote, &scan);
    for (size_t i = 0; i < size; i++) {
        int stop = text[i] == quote || text[i] == '\n' || text[i] == '\r';
        if (stop) {
            assert_true(stops < scan.stop_count);
            assert_int_equal(scan.stops[stops++], offsets);
        }
        if (stop || text[i] == delimiter) {
            assert_true(offsets < scan.offset_count);
            assert_int_equal(scan.offsets[offsets++], i);
        }
    }
    assert_int_equal(scan.offset_count, offsets);
    assert_int_equal(scan.stop_count, stops);
    free(scan.offsets);
    free(scan.stops);
}

static void test_variants(void **state)
{
    static const char *const alphabets[] = {"a,\"\n\r", "abcdefgh,\n", ",,,,\n", "\"\"\"\"", "xyz", "a\0,\n\xff\x80"};
    static const size_t lengths[] = {5, 10, 5, 4, 3, 6};
    unsigned long long seed = 1;
    (void)state;

    for (const struct scan_variant *variant = scan_variants(); variant->name; variant++)
        for (size_t size = 0; size < LONGEST; size += size < 200 ? 1 : 37)
            for (size_t a = 0; a < 6; a++) {
                char *text = malloc(size + 1); /* exact: AddressSanitizer sees a read past the end */
                for (size_t i = 0; i < size; i++) {
                    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
                    text[i] = alphabets[a][(seed >> 33) % lengths[a]];
                }
                text = realloc(text, size ? size : 1);
                check(variant, text, size, ',', '"');
                check(variant, text, size, '\t', '\n');
                check(variant, text, size, '\0', '"');
                free(text);
            }
}

static void test_plain_is_there(void **state)
{
    const struct scan_variant *last = scan_variants();
    (void)state;

    while (last[1].name)
        last++;
    assert_string_equal(last->name, "plain");
    assert_ptr_equal(scan_choose(), scan_variants()[0].function);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_variants), cmocka_unit_test(test_plain_is_there)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
