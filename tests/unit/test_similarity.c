/* Similarity: against published tables, against the definitions written down slowly, and at the edges of the fast
 * paths. Random texts stand in memory of exactly their length, for the address sanitizer to see what is read beyond. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "value/similarity.h"
#include "value/similarity_positions.h"
#include "random.h"

enum { LONGEST = 300 };

static size_t below(uint64_t *state, size_t limit)
{
    return (size_t)(next_random(state) % limit);
}

/* ---- the definitions, slowly ---- */

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static double slow_jaro(struct slice a, struct slice b)
{
    bool used_a[LONGEST] = {false};
    bool used_b[LONGEST] = {false};
    size_t common = 0;
    size_t disagreeing = 0;
    const size_t half = larger(a.len, b.len) / 2;
    const size_t reach = half > 0 ? half - 1 : 0;
    size_t exchanged;

    if (a.len == 0 && b.len == 0)
        return 1;
    for (size_t i = 0; i < a.len; i++)
        for (size_t j = i > reach ? i - reach : 0; j < b.len && j <= i + reach; j++)
            if (!used_b[j] && a.ptr[i] == b.ptr[j]) {
                used_a[i] = used_b[j] = true;
                common++;
                break;
            }
    if (common == 0)
        return 0;
    for (size_t i = 0, j = 0; i < a.len; i++)
        if (used_a[i]) {
            while (!used_b[j])
                j++;
            disagreeing += a.ptr[i] != b.ptr[j++];
        }
    exchanged = disagreeing / 2;
    const double m = (double)common;
    return (m / (double)a.len + m / (double)b.len + (m - (double)exchanged) / m) / 3;
}

static double slow_jaro_winkler(struct slice a, struct slice b)
{
    const double jaro = slow_jaro(a, b);
    int prefix = 0;

    for (size_t i = 0; i < 4 && i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
        prefix++;
    return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t slow_edits(struct slice a, struct slice b)
{
    static size_t table[LONGEST + 1][LONGEST + 1];

    for (size_t i = 0; i <= a.len; i++)
        for (size_t j = 0; j <= b.len; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            const size_t replaced = table[i - 1][j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            table[i][j] = smaller(replaced, smaller(table[i - 1][j], table[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                table[i][j] = smaller(table[i][j], table[i - 2][j - 2] + 1);
        }
    return table[a.len][b.len];
}

static double slow_dice(struct slice a, struct slice b, size_t q)
{
    bool used[LONGEST] = {false};
    const size_t count_a = a.len >= q ? a.len - q + 1 : 0;
    const size_t count_b = b.len >= q ? b.len - q + 1 : 0;
    size_t common = 0;

    if (count_a + count_b == 0)
        return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
    for (size_t i = 0; i < count_a; i++)
        for (size_t j = 0; j < count_b; j++)
            if (!used[j] && memcmp(a.ptr + i, b.ptr + j, q) == 0) {
                used[j] = true;
                common++;
                break;
            }
    return 2 * (double)common / (double)(count_a + count_b);
}

/* ---- pairs of texts ---- */

static struct slice text_of(size_t length, size_t alphabet, char first, uint64_t *state)
{
    char *text = malloc(length ? length : 1);

    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = (char)(first + (char)below(state, alphabet));
    return (struct slice){text, length};
}

/* A copy with some insertions, deletions, replacements and exchanges. */
static struct slice mutated(struct slice text, size_t alphabet, char first, uint64_t *state)
{
    char work[LONGEST + 16];
    size_t length = text.len;

    if (length)
        memcpy(work, text.ptr, length);
    for (size_t edits = below(state, 6); edits > 0; edits--) {
        const size_t at = below(state, length + 1);
        const char byte = (char)(first + (char)below(state, alphabet));
        switch (below(state, 4)) {
        case 0:
            memmove(work + at + 1, work + at, length - at);
            work[at] = byte;
            length++;
            break;
        case 1:
            if (at < length)
                memmove(work + at, work + at + 1, --length - at);
            break;
        case 2:
            if (at < length)
                work[at] = byte;
            break;
        default:
            if (at + 1 < length) {
                const char swapped = work[at];
                work[at] = work[at + 1];
                work[at + 1] = swapped;
            }
        }
    }
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    if (length)
        memcpy(copy, work, length);
    return (struct slice){copy, length};
}

/* Calls check with random pairs: mostly as long as names, some as long as 200; alphabets of 2 to 26 bytes, some of them
 * around NUL and above ASCII; every other pair akin. */
static void for_pairs(uint64_t seed, void (*check)(struct slice, struct slice, uint64_t *))
{
    static const struct {
        size_t pairs;
        size_t longest;
    } rounds[] = {{80000, 12}, {60000, 36}, {16000, 72}, {4000, 200}};

    for (size_t round = 0; round < sizeof rounds / sizeof *rounds; round++)
        for (size_t i = 0; i < rounds[round].pairs; i++) {
            const size_t alphabet = 2 + below(&seed, 25);
            const char first = i % 16 == 0 ? '\0' : i % 16 == 1 ? (char)0x80 : i % 16 == 2 ? (char)0xf0 : 'a';
            struct slice a = text_of(below(&seed, rounds[round].longest + 1), alphabet, first, &seed);
            struct slice b = i % 2 ? mutated(a, alphabet, first, &seed)
                                   : text_of(below(&seed, rounds[round].longest + 1), alphabet, first, &seed);
            check(a, b, &seed);
            free((char *)(uintptr_t)a.ptr);
            free((char *)(uintptr_t)b.ptr);
        }
}

static void say_and_fail(const char *what, struct slice a, struct slice b, double is, double should_be)
{
    print_error("%s of '%.*s' and '%.*s': %.17g, not %.17g\n", what, SLICE_ARG(a), SLICE_ARG(b), is, should_be);
    fail();
}

static void same(const char *what, struct slice a, struct slice b, double is, double should_be)
{
    if (!(is == should_be))
        say_and_fail(what, a, b, is, should_be);
}

/* ---- Jaro and Jaro-Winkler ---- */

/* W. E. Winkler, "Advanced Methods for Record Linkage", U.S. Census Bureau, Research Report 94/05 (1994), table 2.1,
 * without the pairs whose printed 0 is not what the definition says, and those that later papers print differently. */
static void winkler_published(void **unused)
{
    static const struct {
        const char *a;
        const char *b;
        double jaro;
        double jaro_winkler;
    } rows[] = {
        {"SHACKLEFORD", "SHACKELFORD", 0.970, 0.982},
        {"DUNNINGHAM", "CUNNIGHAM", 0.896, 0.896},
        {"NICHLESON", "NICHULSON", 0.926, 0.956},
        {"JONES", "JOHNSON", 0.790, 0.832},
        {"ABROMS", "ABRAMS", 0.889, 0.922},
        {"JERALDINE", "GERALDINE", 0.926, 0.926},
        {"MARHTA", "MARTHA", 0.944, 0.961},
        {"MICHELLE", "MICHAEL", 0.869, 0.921},
        {"JULIES", "JULIUS", 0.889, 0.933},
        {"TANYA", "TONYA", 0.867, 0.880},
        {"SEAN", "SUSAN", 0.783, 0.805},
        {"JON", "JOHN", 0.917, 0.933},
        {"BROOKHAVEN", "BRROKHAVEN", 0.933, 0.947},
        {"BROOK HALLOW", "BROOK HLLW", 0.944, 0.967},
        {"DECATUR", "DECATIR", 0.905, 0.943},
        {"FITZRUREITER", "FITZENREITER", 0.856, 0.913},
        {"HIGBEE", "HIGHEE", 0.889, 0.922},
        {"HIGBEE", "HIGVEE", 0.889, 0.922},
        {"LACURA", "LOCURA", 0.889, 0.900},
        {"IOWA", "IONA", 0.833, 0.867},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct slice a = slice_from_cstr(rows[i].a);
        const struct slice b = slice_from_cstr(rows[i].b);
        if (fabs(similarity_jaro(a, b) - rows[i].jaro) > 0.0005001)
            say_and_fail("Jaro", a, b, similarity_jaro(a, b), rows[i].jaro);
        if (fabs(similarity_jaro_winkler(a, b) - rows[i].jaro_winkler) > 0.0005001)
            say_and_fail("Jaro-Winkler", a, b, similarity_jaro_winkler(a, b), rows[i].jaro_winkler);
    }
}

static double jaro(const char *a, const char *b)
{
    return similarity_jaro(slice_from_cstr(a), slice_from_cstr(b));
}

static double jaro_winkler(const char *a, const char *b)
{
    return similarity_jaro_winkler(slice_from_cstr(a), slice_from_cstr(b));
}

static void assert_near(double is, double should_be)
{
    if (fabs(is - should_be) > 1e-15)
        fail_msg("%.17g, not %.17g", is, should_be);
}

/* Fractions worked out by hand. */
static void jaro_by_hand(void **unused)
{
    (void)unused;
    assert_near(jaro("martha", "marhta"), 17.0 / 18);           /* 6 common, one exchange */
    assert_near(jaro("dixon", "dicksonx"), 23.0 / 30);          /* 4 common */
    assert_near(jaro("abcvwxyz", "cabvwxyz"), 23.0 / 24);       /* 3 disagree: half of it is 1 */
    assert_near(jaro("abcdefgh", "abcdwxyz"), 2.0 / 3);         /* 4 of 8 */
    assert_near(jaro_winkler("abcdefgh", "abcdwxyz"), 2.0 / 3); /* not above 0.7: not moved */
    assert_near(jaro("hardin", "martinez"), 13.0 / 18);
    assert_near(jaro_winkler("dixon", "dicksonx"), 24.4 / 30);
    assert_near(jaro_winkler("dwayne", "duane"), 37.8 / 45);
    assert_near(jaro_winkler("massey", "massie"), 8.4 / 9);
    assert_near(jaro_winkler("jon", "jan"), 7.2 / 9);
    assert_near(jaro_winkler("martha", "marhta"), 17.3 / 18);     /* a prefix of 3 */
    assert_near(jaro_winkler("abcdefgh", "abcdefgx"), 11.4 / 12); /* of 7, of which 4 count */
}

static void jaro_edges(void **unused)
{
    const struct slice nothing = {NULL, 0};

    (void)unused;
    assert_true(similarity_jaro(nothing, nothing) == 1 && similarity_jaro_winkler(nothing, nothing) == 1);
    assert_true(similarity_jaro(nothing, SLICE("a")) == 0 && similarity_jaro_winkler(SLICE("a"), nothing) == 0);
    assert_true(jaro("a", "a") == 1 && jaro("a", "b") == 0);
    assert_true(jaro("ab", "ba") == 0); /* nothing is near enough */
    assert_true(jaro("ab", "ab") == 1 && jaro_winkler("ab", "ab") == 1);
    assert_true(similarity_jaro(SLICE("a\0b"), SLICE("a\0c")) > 0.7); /* a NUL is a byte like others */
    assert_true(similarity_jaro(SLICE("\0"), SLICE("a")) == 0);
    assert_true(similarity_jaro(SLICE("a"), SLICE("a\0\0")) < 1);
}

static void check_jaro(struct slice a, struct slice b, uint64_t *state)
{
    const bool turned = below(state, 2);

    same("Jaro", a, b, similarity_jaro(a, b), slow_jaro(a, b));
    same("Jaro", b, a, similarity_jaro(b, a), slow_jaro(a, b));
    same("Jaro-Winkler", a, b, turned ? similarity_jaro_winkler(b, a) : similarity_jaro_winkler(a, b),
         slow_jaro_winkler(a, b));
}

static void jaro_is_its_definition(void **unused)
{
    (void)unused;
    for_pairs(42, check_jaro);
}

/* Every pair of lengths around the limits of the paths. */
static void jaro_at_the_limits(void **unused)
{
    static const size_t lengths[] = {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 66, 127, 128, 129};
    const size_t count = sizeof lengths / sizeof *lengths;
    uint64_t state = 7;

    (void)unused;
    for (size_t i = 0; i < count * count * 8; i++) {
        struct slice a = text_of(lengths[i % count], 2 + i % 5, 'a', &state);
        struct slice b = text_of(lengths[i / count % count], 2 + i % 5, 'a', &state);
        check_jaro(a, b, &state);
        free((char *)(uintptr_t)a.ptr);
        free((char *)(uintptr_t)b.ptr);
    }
}

static void check_reaches(struct slice a, struct slice b, uint64_t *state)
{
    const double value = slow_jaro_winkler(a, b);
    const double bounds[] = {
        value, nextafter(value, 2), nextafter(value, -1), 0.7, 0.8, 0.88, 0.92, 1, (double)below(state, 1001) / 1000};

    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        if (similarity_jaro_winkler_reaches(a, b, bounds[i]) != (value >= bounds[i]))
            say_and_fail("bound reached", a, b, bounds[i], value);
}

static void reaches_is_a_comparison(void **unused)
{
    (void)unused;
    for_pairs(4711, check_reaches);
}

static void reaches_edges(void **unused)
{
    const struct slice nothing = {NULL, 0};
    const struct slice some = SLICE("anna");

    (void)unused;
    assert_true(similarity_jaro_winkler_reaches(nothing, nothing, 1));
    assert_false(similarity_jaro_winkler_reaches(nothing, some, 0.1));
    assert_true(similarity_jaro_winkler_reaches(nothing, some, 0));
    assert_true(similarity_jaro_winkler_reaches(some, SLICE("xyz"), -0.5));
    assert_true(similarity_jaro_winkler_reaches(some, SLICE("xyz"), -(double)INFINITY));
    assert_true(similarity_jaro_winkler_reaches(some, some, 1));
    assert_false(similarity_jaro_winkler_reaches(some, some, nextafter(1, 2)));
    assert_false(similarity_jaro_winkler_reaches(some, some, (double)INFINITY));
    assert_false(similarity_jaro_winkler_reaches(some, some, (double)NAN));
}

/* A megabyte on either side takes no longer than a few passes over it. */
static void long_texts(void **unused)
{
    const size_t length = 1 << 20;
    char *a = malloc(length);
    char *b = malloc(length);

    (void)unused;
    assert_true(a && b);
    for (size_t i = 0; i < length; i++) {
        a[i] = i % 2 ? 'b' : 'a';
        b[i] = i % 2 ? 'a' : 'b';
    }
    const struct slice left = {a, length};
    const struct slice right = {b, length};
    assert_near(similarity_jaro(left, right), 2.5 / 3); /* all common, every neighbour exchanged */
    assert_false(similarity_jaro_winkler_reaches(left, right, 0.9));
    assert_int_equal(similarity_edits(left, right, 5), 2); /* one off the beginning, one on the end */
    assert_int_equal(similarity_edits(left, right, 1), 2);
    assert_true(similarity_qgram_dice(left, right, 2) > 0.999);
    for (size_t i = 0; i < length; i++)
        b[i] = (char)(i % 251); /* the bytes of a are among them, once in 251 */
    assert_true(similarity_jaro(left, right) > 0.3 && similarity_jaro(left, right) < 0.4);
    memcpy(b, a, length);
    assert_true(similarity_jaro(left, right) == 1);
    assert_int_equal(similarity_edits(left, right, 0), 0);
    free(a);
    free(b);
}

/* ---- edits ---- */

static unsigned edits(const char *a, const char *b, unsigned most)
{
    return similarity_edits(slice_from_cstr(a), slice_from_cstr(b), most);
}

static void edits_by_hand(void **unused)
{
    (void)unused;
    assert_int_equal(edits("kitten", "sitting", 9), 3);
    assert_int_equal(edits("saturday", "sunday", 9), 3);
    assert_int_equal(edits("rosettacode", "raisethysword", 20), 8);
    assert_int_equal(edits("1984-03-21", "1984-03-12", 9), 1);
    assert_int_equal(edits("ca", "abc", 9), 3); /* unrestricted: 2 */
    assert_int_equal(edits("ab", "ba", 9), 1);
    assert_int_equal(edits("abcdef", "badcfe", 9), 3);
    assert_int_equal(edits("a", "", 9), 1);
    assert_int_equal(edits("", "", 0), 0);
    assert_int_equal(edits("aaaa", "aaa", 1), 1);
    assert_int_equal(similarity_edits((struct slice){NULL, 0}, (struct slice){NULL, 0}, 3), 0);
    assert_int_equal(similarity_edits((struct slice){NULL, 0}, SLICE("abc"), 3), 3);
}

static void edits_more_than_most(void **unused)
{
    char a[700];
    char b[700];

    (void)unused;
    assert_int_equal(edits("kitten", "sitting", 2), 3);
    assert_int_equal(edits("kitten", "sitting", 1), 2);
    assert_int_equal(edits("kitten", "sitting", 0), 1);
    assert_int_equal(edits("", "abcd", 2), 3);
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    assert_int_equal(similarity_edits((struct slice){a, 255}, (struct slice){b, 255}, 255), 255);
    assert_int_equal(similarity_edits((struct slice){a, 256}, (struct slice){b, 256}, 255), 256);
    assert_int_equal(similarity_edits((struct slice){a, 700}, (struct slice){b, 700}, UINT32_MAX), 256);
    assert_int_equal(similarity_edits((struct slice){a, 64}, (struct slice){b, 64}, UINT32_MAX), 64);
    assert_int_equal(similarity_edits((struct slice){a, 3}, (struct slice){b, 255}, 1000), 255);
    assert_int_equal(similarity_edits((struct slice){a, 3}, (struct slice){b, 300}, 1000), 256);
}

static void check_edits(struct slice a, struct slice b, uint64_t *state)
{
    const size_t right = slow_edits(a, b);
    const unsigned bounds[] = {
        0, 1, 2, 3, (unsigned)right, (unsigned)(right ? right - 1 : 0), (unsigned)below(state, 80), 255};

    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        const double expected = right > bounds[i] ? (double)bounds[i] + 1 : (double)right;
        same("edits", a, b, similarity_edits(a, b, bounds[i]), expected);
        same("edits", b, a, similarity_edits(b, a, bounds[i]), expected);
    }
}

static void edits_are_their_definition(void **unused)
{
    (void)unused;
    for_pairs(99, check_edits);
}

/* ---- prefix, q-grams, places ---- */

static void common_prefix(void **unused)
{
    char a[40];
    char b[40];

    (void)unused;
    assert_int_equal(similarity_common_prefix((struct slice){NULL, 0}, SLICE("abc")), 0);
    assert_int_equal(similarity_common_prefix(SLICE("abc"), SLICE("abcd")), 3);
    for (size_t length = 0; length <= sizeof a; length++)
        for (size_t at = 0; at < length; at++) {
            memset(a, 'x', sizeof a);
            memset(b, 'x', sizeof b);
            b[at] = 'y';
            assert_int_equal(similarity_common_prefix((struct slice){a, length}, (struct slice){b, length}), at);
            assert_int_equal(similarity_common_prefix((struct slice){b, at}, (struct slice){a, length}), at);
        }
}

static double dice(const char *a, const char *b, unsigned q)
{
    return similarity_qgram_dice(slice_from_cstr(a), slice_from_cstr(b), q);
}

static void dice_by_hand(void **unused)
{
    (void)unused;
    assert_true(dice("night", "nacht", 2) == 0.25);                   /* "ht" of 4 and 4 */
    assert_true(dice("france", "french", 2) == 0.4);                  /* "fr", "nc" of 5 and 5 */
    assert_true(dice("aaaa", "aa", 2) == 0.5);                        /* "aa" three times and once */
    assert_true(dice("gmbh", "hbmg", 1) == 1);                        /* letters alone */
    assert_true(dice("gmbh", "hbmg", 0) == 1);                        /* as 1 */
    assert_true(dice("abcdefghij", "abcdefghix", 99) == 2 * 2.0 / 6); /* as 8 */
    assert_true(dice("a", "a", 2) == 1 && dice("a", "b", 2) == 0 && dice("", "", 2) == 1);
    assert_true(dice("a", "ab", 2) == 0 && dice("", "ab", 2) == 0);
    assert_true(similarity_qgram_dice((struct slice){NULL, 0}, (struct slice){NULL, 0}, 3) == 1);
}

static void check_dice(struct slice a, struct slice b, uint64_t *state)
{
    const size_t q = 1 + below(state, SIMILARITY_LONGEST_QGRAM);

    same("Dice", a, b, similarity_qgram_dice(a, b, (unsigned)q), slow_dice(a, b, q));
    same("Dice", b, a, similarity_qgram_dice(b, a, (unsigned)q), slow_dice(a, b, q));
    same("Dice", a, b, similarity_qgram_dice(a, b, 2), slow_dice(a, b, 2));
}

static void dice_is_its_definition(void **unused)
{
    (void)unused;
    for_pairs(2026, check_dice);
}

static void dice_of_the_longest(void **unused)
{
    char *text = malloc(SIMILARITY_QGRAM_BYTES + 100);

    (void)unused;
    assert_non_null(text);
    for (size_t i = 0; i < SIMILARITY_QGRAM_BYTES + 100; i++)
        text[i] = (char)(i * i % 251);
    const struct slice all = {text, SIMILARITY_QGRAM_BYTES + 100};
    const struct slice seen = {text, SIMILARITY_QGRAM_BYTES};
    const struct slice less = {text, SIMILARITY_QGRAM_BYTES - 1};
    assert_true(similarity_qgram_dice(all, seen, 2) == 1);
    assert_true(similarity_qgram_dice(seen, less, 2) == 2.0 * 4094 / (4095 + 4094));
    free(text);
}

static uint64_t find_in(enum positions_way way, struct slice text, struct slice asked, char byte)
{
    struct positions of;

    positions_prepare(&of, way, text, asked);
    return positions_find(&of, way, byte) & low_bits(text.len);
}

/* Each way of finding the places of a byte, at every length that it allows. */
static void places_of_bytes(void **unused)
{
    uint64_t state = 5;

    (void)unused;
    assert_true(low_bits(0) == 0 && low_bits(1) == 1 && low_bits(63) == UINT64_MAX / 2 && low_bits(64) == UINT64_MAX);
    for (size_t length = 0; length <= 64; length++)
        for (int round = 0; round < 20; round++) {
            struct slice text = text_of(length, 3, (char)(round - 1), &state);
            for (int byte = -2; byte < 24; byte++) {
                const char asked = (char)byte;
                uint64_t expected = 0;
                for (size_t i = 0; i < length; i++)
                    expected |= (uint64_t)(text.ptr[i] == asked) << i;
                assert_true(find_in(POSITIONS_TABLE, text, (struct slice){&asked, 1}, asked) == expected);
#ifdef __SSE2__
                if (length <= 16)
                    assert_true(find_in(POSITIONS_16, text, (struct slice){&asked, 1}, asked) == expected);
                if (length > 16 && length <= 32)
                    assert_true(find_in(POSITIONS_32, text, (struct slice){&asked, 1}, asked) == expected);
#endif
            }
            free((char *)(uintptr_t)text.ptr);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(winkler_published),
        cmocka_unit_test(jaro_by_hand),
        cmocka_unit_test(jaro_edges),
        cmocka_unit_test(jaro_is_its_definition),
        cmocka_unit_test(jaro_at_the_limits),
        cmocka_unit_test(reaches_is_a_comparison),
        cmocka_unit_test(reaches_edges),
        cmocka_unit_test(long_texts),
        cmocka_unit_test(edits_by_hand),
        cmocka_unit_test(edits_more_than_most),
        cmocka_unit_test(edits_are_their_definition),
        cmocka_unit_test(common_prefix),
        cmocka_unit_test(dice_by_hand),
        cmocka_unit_test(dice_is_its_definition),
        cmocka_unit_test(dice_of_the_longest),
        cmocka_unit_test(places_of_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
