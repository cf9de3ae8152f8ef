/* The small parts of lib/base: slice, arena, buffer, group table, edit distance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/group.h"
#include "base/memory.h"
#include "base/options.h"
#include "base/slice.h"

static const struct slice nothing = {NULL, 0};

static void slice_equality(void **state)
{
    (void)state;

    assert_true(slice_equal(SLICE("abc"), SLICE("abc")));
    assert_false(slice_equal(SLICE("abc"), SLICE("abd")));
    assert_false(slice_equal(SLICE("abc"), SLICE("ab")));
    assert_true(slice_equal(SLICE(""), nothing));
    assert_true(slice_equal(SLICE("a\0b"), SLICE("a\0b")));
    assert_false(slice_equal(SLICE("a\0b"), SLICE("a\0c")));
    assert_true(slice_equal_cstr(SLICE("abc"), "abc"));
    assert_false(slice_equal_cstr(SLICE("abc\0"), "abc"));
    assert_true(slice_equal_cstr(nothing, ""));
    assert_int_equal(slice_from_cstr("four").len, 4);
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void slice_order(void **state)
{
    static const struct slice ascending[] = {
        SLICE_INIT(""),    SLICE_INIT("\0"),   SLICE_INIT("A"),    SLICE_INIT("a"),
        SLICE_INIT("a\0"), SLICE_INIT("a\0b"), SLICE_INIT("a\0c"), SLICE_INIT("aa"),
        SLICE_INIT("b"),   SLICE_INIT("\x7f"), SLICE_INIT("\x80"), SLICE_INIT("\xff"), /* bytes are unsigned */
    };
    const size_t count = sizeof ascending / sizeof *ascending;
    (void)state;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            assert_int_equal(sign(slice_compare(ascending[i], ascending[j])), (i > j) - (i < j));
    assert_int_equal(slice_compare(nothing, SLICE("")), 0);
    assert_true(slice_compare(nothing, SLICE("a")) < 0);
}

static void slice_trimming(void **state)
{
    (void)state;

    assert_true(slice_equal_cstr(slice_trim(SLICE(" \ta b\t ")), "a b"));
    assert_true(slice_equal_cstr(slice_trim(SLICE("a")), "a"));
    assert_true(slice_equal_cstr(slice_trim(SLICE("\na\r")), "\na\r")); /* only blanks */
    assert_int_equal(slice_trim(SLICE(" \t ")).len, 0);
    assert_int_equal(slice_trim(nothing).len, 0);
}

static void arena_keeps_what_it_gave(void **state)
{
    enum { COUNT = 5000 };
    static char *given[COUNT];
    struct arena arena;
    (void)state;

    arena_init(&arena);
    for (size_t i = 0; i < COUNT; i++) {
        const size_t size = i % 97 == 0 ? 100000 : i % 61; /* now and then larger than a block */
        if (i % 2) {
            given[i] = arena_alloc(&arena, size);
            assert_non_null(given[i]);
            assert_int_equal((uintptr_t)given[i] % _Alignof(max_align_t), 0);
            memset(given[i], (int)(i % 256), size);
        } else {
            char text[64];
            memset(text, (int)(i % 256), sizeof text);
            given[i] = arena_copy(&arena, (struct slice){text, i % 61});
            assert_non_null(given[i]);
            assert_int_equal(given[i][i % 61], '\0');
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        const size_t size = i % 2 && i % 97 == 0 ? 100000 : i % 61;
        for (size_t j = 0; j < size; j++)
            if ((unsigned char)given[i][j] != i % 256)
                fail_msg("allocation %zu was overwritten", i);
    }
    assert_true(arena.bytes > 2500000);
    arena_fini(&arena);
    assert_int_equal(arena.bytes, 0);
    assert_null(arena.blocks);
    arena_fini(&arena); /* twice is fine */
}

static void arena_refuses_the_impossible(void **state)
{
    struct arena arena;
    (void)state;

    arena_init(&arena);
    assert_non_null(arena_alloc(&arena, 0));
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_alloc(&arena, SIZE_MAX - 8));
    assert_non_null(arena_alloc(&arena, 8)); /* and goes on */
    assert_string_equal(arena_copy(&arena, nothing), "");
    arena_fini(&arena);
}

static void buffer_grows(void **state)
{
    struct buffer buffer;
    (void)state;

    buffer_init(&buffer);
    assert_int_equal(buffer_slice(&buffer).len, 0);
    assert_non_null(buffer_slice(&buffer).ptr);
    assert_int_equal(buffer_append(&buffer, nothing), 0);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(buffer_append(&buffer, SLICE("ab")), 0);
        assert_int_equal(buffer_append_char(&buffer, '\0'), 0);
        assert_int_equal(buffer_printf(&buffer, "%03d", i), 0);
    }
    assert_int_equal(buffer.len, 6000);
    assert_memory_equal(buffer.data,
                        "ab\0"
                        "000ab\0"
                        "001",
                        12);
    assert_memory_equal(buffer.data + 5994,
                        "ab\0"
                        "999",
                        6);

    const size_t capacity = buffer.capacity;
    buffer_clear(&buffer);
    assert_int_equal(buffer.len, 0);
    assert_int_equal(buffer.capacity, capacity);
    assert_int_equal(buffer_printf(&buffer, "%s", ""), 0);
    assert_int_equal(buffer_append(&buffer, SLICE("x")), 0);
    assert_int_equal(buffer_reserve(&buffer, SIZE_MAX), -1);
    assert_int_equal(buffer_reserve(&buffer, SIZE_MAX / 2), -1);
    assert_true(slice_equal_cstr(buffer_slice(&buffer), "x")); /* nothing changed */
    buffer_fini(&buffer);
    assert_null(buffer.data);
}

static void arrays_grow(void **state)
{
    uint32_t *numbers = NULL;
    size_t capacity = 0;
    (void)state;

    for (size_t i = 0; i < 10000; i++) {
        assert_int_equal(ARRAY_GROW(numbers, capacity, i + 1), 0);
        assert_true(capacity > i);
        numbers[i] = (uint32_t)i;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(numbers[i], i);
    assert_int_equal(ARRAY_GROW(numbers, capacity, SIZE_MAX / 4), -1);
    assert_int_equal(ARRAY_GROW(numbers, capacity, SIZE_MAX), -1);
    assert_int_equal(numbers[9999], 9999);
    free(numbers);
}

/* A key for each number: short ones that are kept inline, lengths about the limit of that, and long ones. */
static struct slice key_for(size_t number, char text[128])
{
    int length = snprintf(text, 128, "%zu", number);

    if (number % 3 == 1) /* 18 to 23 bytes */
        length = snprintf(text, 128, "%0*zu", 18 + (int)(number % 6), number);
    if (number % 3 == 2)
        length = snprintf(text, 128, "customer-with-a-rather-long-key-%zu", number);
    return (struct slice){text, (size_t)length};
}

struct counts {
    uint64_t seen;
    char pad[12];
};

static void groups_are_numbered_by_first_appearance(void **state)
{
    enum { KEYS = 30000 };
    static struct counts *states[KEYS];
    struct group_table table;
    char text[128];
    bool added;
    (void)state;

    group_init(&table, sizeof(struct counts));
    assert_null(group_find(&table, SLICE("1")));
    for (size_t round = 0; round < 3; round++)
        for (size_t i = 0; i < KEYS; i++) {
            struct slice key = key_for(i, text);
            struct counts *counts =
                round == 1 ? group_get_hashed(&table, key, group_hash(key), &added) : group_get(&table, key, &added);
            assert_non_null(counts);
            assert_int_equal(added, round == 0);
            assert_int_equal(counts->seen, round); /* made zero; kept */
            counts->seen++;
            if (round == 0)
                states[i] = counts;
            assert_ptr_equal(counts, states[i]); /* never moves */
            group_prefetch_slot(&table, group_hash(key));
            group_prefetch_state(&table, group_hash(key));
        }
    assert_int_equal(table.count, KEYS);
    for (size_t i = 0; i < KEYS; i++) {
        struct slice key = key_for(i, text);
        assert_ptr_equal(group_state(&table, i), states[i]);
        assert_ptr_equal(group_find(&table, key), states[i]);
        assert_true(slice_equal(group_key(&table, i), key));
        assert_int_equal(group_index(states[i]), i);
        assert_int_equal((uintptr_t)states[i] % 8, 0);
    }
    assert_null(group_find(&table, SLICE("no such key")));
    assert_null(group_find(&table, SLICE("30000")));
    group_fini(&table);
    assert_int_equal(table.count, 0);
}

static void any_bytes_are_a_key(void **state)
{
    static const struct slice keys[] = {
        SLICE_INIT(""),
        SLICE_INIT("\0"),
        SLICE_INIT("\0\0"),
        SLICE_INIT("a"),
        SLICE_INIT("a\0"),
        SLICE_INIT("A"),
        SLICE_INIT("a "),
        SLICE_INIT("\xff\xfe"),
        SLICE_INIT("01234567890123456789"),
        SLICE_INIT("012345678901234567890"),
        SLICE_INIT("01234567890123456789\0"),
    };
    const size_t count = sizeof keys / sizeof *keys;
    struct group_table table;
    bool added;
    (void)state;

    group_init(&table, 0);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(group_get(&table, keys[i], &added));
        assert_true(added);
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(group_index(group_get(&table, keys[i], &added)), i);
        assert_false(added);
        assert_true(slice_equal(group_key(&table, i), keys[i]));
    }
    assert_int_equal(group_index(group_find(&table, nothing)), 0);
    group_fini(&table);
    group_init(&table, 8);
    group_fini(&table); /* never used */
}

/* Keys that collide: with one hash for all, only the bytes tell them apart. Fewer than make the table grow, since that
 * works the real hashes out. */
static void equal_hashes_do_not_matter(void **state)
{
    struct group_table table;
    char text[128];
    bool added;
    (void)state;

    group_init(&table, 8);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < 600; i++) {
            void *found = group_get_hashed(&table, key_for(i, text), 0x1234567890abcdefu, &added);
            assert_non_null(found);
            assert_int_equal(added, round == 0);
            assert_int_equal(group_index(found), i);
        }
    group_fini(&table);
}

/* The definition of the distance with neighbours swapped (optimal string alignment), by recursion. */
static size_t distance_by_definition(const char *a, size_t i, const char *b, size_t j)
{
    if (i == 0 || j == 0)
        return i + j;
    size_t best = distance_by_definition(a, i - 1, b, j - 1) + (a[i - 1] != b[j - 1]);
    size_t other = distance_by_definition(a, i - 1, b, j) + 1;
    if (other < best)
        best = other;
    other = distance_by_definition(a, i, b, j - 1) + 1;
    if (other < best)
        best = other;
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        other = distance_by_definition(a, i - 2, b, j - 2) + 1;
        if (other < best)
            best = other;
    }
    return best;
}

static size_t distance(const char *a, const char *b)
{
    return edit_distance(slice_from_cstr(a), slice_from_cstr(b));
}

static void distances_known(void **state)
{
    (void)state;

    assert_int_equal(distance("", ""), 0);
    assert_int_equal(distance("", "abc"), 3);
    assert_int_equal(distance("abc", ""), 3);
    assert_int_equal(distance("customer", "customer"), 0);
    assert_int_equal(distance("custmoer", "customer"), 1); /* swapped */
    assert_int_equal(distance("cstomer", "customer"), 1);
    assert_int_equal(distance("customers", "customer"), 1);
    assert_int_equal(distance("kitten", "sitting"), 3);
    assert_int_equal(distance("ca", "abc"), 3); /* a swapped pair is not edited again */
}

static void distances_by_definition(void **state)
{
    static const char *const words[] = {"a",     "ab",    "ba",    "aab",  "abab",  "baba",
                                        "abcab", "bacba", "cabba", "aaaa", "abcba", "cacb"};
    const size_t count = sizeof words / sizeof *words;
    (void)state;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            assert_int_equal(distance(words[i], words[j]),
                             distance_by_definition(words[i], strlen(words[i]), words[j], strlen(words[j])));
}

static void distances_of_long_words(void **state)
{
    char a[65];
    char b[65];
    (void)state;

    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    assert_int_equal(edit_distance((struct slice){a, 63}, (struct slice){b, 63}), 63);
    assert_int_equal(edit_distance((struct slice){a, 63}, (struct slice){a, 62}), 1);
    assert_int_equal(edit_distance((struct slice){a, 64}, (struct slice){a, 64}), 63); /* too long to compare: far */
    assert_int_equal(edit_distance((struct slice){a, 1}, (struct slice){b, 65}), 63);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slice_equality),
        cmocka_unit_test(slice_order),
        cmocka_unit_test(slice_trimming),
        cmocka_unit_test(arena_keeps_what_it_gave),
        cmocka_unit_test(arena_refuses_the_impossible),
        cmocka_unit_test(buffer_grows),
        cmocka_unit_test(arrays_grow),
        cmocka_unit_test(groups_are_numbered_by_first_appearance),
        cmocka_unit_test(any_bytes_are_a_key),
        cmocka_unit_test(equal_hashes_do_not_matter),
        cmocka_unit_test(distances_known),
        cmocka_unit_test(distances_by_definition),
        cmocka_unit_test(distances_of_long_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
