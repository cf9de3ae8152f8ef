/* contains() with constants, one and several, in either case, against strstr() on random texts of few letters; what is
 * joined to one search, and what is said where there is no text to search in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/expression.h"
#include "value/expression_parts.h"

enum { ROUNDS = 20000, MOST_NEEDLES = 12 };

static uint64_t seed = 1;

static unsigned below(unsigned limit)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % limit;
}

static void make_text(char *out, unsigned least, unsigned most)
{
    unsigned length = least + below(most - least + 1);

    for (unsigned i = 0; i < length; i++)
        out[i] = "aabbcAB\xc3"[below(8)];
    out[length] = '\0';
}

static bool found(const char *text, char needles[][16], size_t count, bool fold)
{
    char small[256];
    bool any = false;

    snprintf(small, sizeof small, "%s", text);
    for (char *at = small; fold && *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 32);
    for (size_t i = 0; i < count; i++)
        any = any || strstr(small, needles[i]);
    return any;
}

static void finds_what_the_c_library_finds(void **state)
{
    unsigned counts[2] = {0};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char needles[MOST_NEEDLES][16];
        struct slice slices[MOST_NEEDLES];
        char text[256];
        bool fold = below(2);
        size_t count = below(3) ? 1 + below(3) : 1 + below(MOST_NEEDLES);
        struct arena arena;
        arena_init(&arena);
        for (size_t j = 0; j < count; j++) {
            make_text(needles[j], NEEDLE, 9);
            slices[j] = slice_from_cstr(needles[j]);
        }
        make_text(text, 0, below(2) ? 12 : 200);
        const struct needles *all = needles_new(&arena, slices, count, fold);
        assert_non_null(all);
        bool wanted = found(text, needles, count, fold);
        assert_int_equal(needles_in(all, slice_from_cstr(text)), wanted);
        counts[wanted]++;
        arena_fini(&arena);
    }
    assert_true(counts[0] > ROUNDS / 10 && counts[1] > ROUNDS / 10);
}

/* "true", "false", or the message; of a record with the text in .a, or with a number; .b is another text. */
static void evaluate(const char *text, const char *a, char *out, size_t size)
{
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = DAY_NONE};
    struct expression_value inputs[2];
    struct expression *expression;
    struct error err;

    int result = expression_compile(&expression, slice_from_cstr(text), &columns, &err);
    assert_true(columns.count <= 2);
    for (size_t i = 0; i < columns.count; i++)
        inputs[i] = (struct expression_value){.type = EXPRESSION_STRING, .text = SLICE("other")};
    if (a)
        inputs[0].text = slice_from_cstr(a);
    else
        expression_set_number(&inputs[0], 7);
    if (result == 0)
        result = expression_test(expression, &context, inputs, &err);
    snprintf(out, size, "%s", result < 0 ? err.text : result ? "true" : "false");
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
}

static void means_what_is_written(void **state)
{
    static const struct {
        const char *expression, *a, *result;
    } cases[] = {
        {".a | contains(\"ab\") or contains(\"cd\")", "xcdx", "true"},
        {".a | contains(\"ab\") or contains(\"cd\")", "acbd", "false"},
        {".a | contains(\"ab\") or contains(\"c\")", "c", "true"},
        {".a | contains(\"\") or contains(\"cd\")", "", "true"},
        {".a | (contains(\"ab\") or contains(\"cd\")) and contains(\"ef\")", "cd", "false"},
        {".a | (contains(\"ab\") or contains(\"cd\")) and contains(\"ef\")", "cdef", "true"},
        {".a | (contains(\"ab\") or contains(\"cd\")) or contains(\"ef\") or contains(\"gh\")", "gh", "true"},
        {".a | contains(\"ab\") or (contains(\"cd\") or contains(\"ef\")) or contains(\"gh\")", "gh", "true"},
        {".a | contains(\"ab\") or (contains(\"cd\") or contains(\"ef\")) or contains(\"gh\")", "ef", "true"},
        {"(.a | contains(\"ab\")) or (.b | contains(\"the\"))", "x", "true"},
        {"(.a | contains(\"the\")) or (.b | contains(\"ab\"))", "x", "false"},
        {".a | contains(\"ab\") or . == \"x\" or contains(\"cd\") or contains(\"ef\")", "ef", "true"},
        {".a | ascii_downcase | contains(\"ab\") or contains(\"CD\")", "xABx", "true"},
        {".a | ascii_downcase | contains(\"ab\") or contains(\"CD\")", "CD", "false"},
        {".a | ascii_downcase | contains(\"a\") or contains(\"cd\")", "CD", "true"},
        {".a | ascii_downcase | contains(\"a\") and contains(\"cd\")", "CDA", "true"},
        {".a | (contains(\"ab\") or contains(\"cd\")) | not", "x", "true"},
        {".a // \"\" | ascii_downcase | contains(\"ab\") or contains(\"cd\")", "CD", "true"},
        {".a | ascii_upcase | contains(\"AB\") or contains(\"CD\")", "cd", "true"},
        {".a | contains(\"ab\") or contains(\"cd\")", NULL,
         "column 6: number (7) and string (\"ab\") cannot have their containment checked"},
        {".a | ascii_downcase | contains(\"ab\") or contains(\"cd\")", NULL,
         "column 6: ascii_downcase input must be a string"},
    };
    char out[1024];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        evaluate(cases[i].expression, cases[i].a, out, sizeof out);
        if (strcmp(out, cases[i].result) != 0)
            fail_msg("%s on %s: %s, not %s", cases[i].expression, cases[i].a ? cases[i].a : "7", out, cases[i].result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_the_c_library_finds),
        cmocka_unit_test(means_what_is_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
