/* Automata of regular expressions against Oniguruma: random patterns, of the plain kind and damaged ones, over random
 * texts of few characters, so that there is often a match. Which patterns have an automaton, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <oniguruma.h>

#include "short_memory.h"
#include "value/expression_automaton.h"

enum { PATTERNS = 30000, TEXTS = 25 };

static uint64_t seed = 1;

static unsigned below(unsigned limit)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % limit;
}

static const char *any(const char *const *words, unsigned count)
{
    return words[below(count)];
}
#define ANY(words) any(words, sizeof(words) / sizeof *(words))

static void put(char *out, const char *text)
{
    strcat(out, text);
}

static void put_pattern(char *out, int depth);

static void put_atom(char *out, int depth)
{
    static const char *const atoms[] = {"a",    "b",    "B",     "1",    "k",          "s",     " ",        "-",
                                        "@",    ".",    "\\.",   "\\d",  "\\w",        "\\s",   "\\D",      "\\W",
                                        "\\S",  "[ab]", "[^ab]", "[.]",  "[a-k]",      "[^-a]", "[\\d-]",   "[B-\\]]",
                                        "[^k]", "ab",   "\\-",   "[^B]", "[^\\wk\\.]", "[A-b]", "[\\W\\d]", "^"};

    if (depth && below(3) == 0) {
        put(out, below(2) ? "(?:" : "(");
        put_pattern(out, depth - 1);
        put(out, ")");
        return;
    }
    put(out, ANY(atoms));
}

static void put_pattern(char *out, int depth)
{
    static const char *const repeats[] = {"?", "*", "+", "??", "*?", "+?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0,}"};
    unsigned alternatives = below(4) ? 1 : 2 + below(2);

    for (unsigned i = 0; i < alternatives; i++) {
        unsigned atoms = below(4);
        put(out, i ? "|" : "");
        put(out, below(8) ? "" : "^");
        for (unsigned j = 0; j < atoms; j++) {
            put_atom(out, depth);
            put(out, below(3) ? "" : ANY(repeats));
        }
        put(out, below(8) ? "" : "$");
    }
}

static void put_text(char *out)
{
    static const char *const parts[] = {"a", "b", "B", "1", "k", "s", " ", "-", "@", ".", "ab", "A", "K", "S", "_"};
    static const char *const rare[] = {"\n", "\xc3\xa4", "\xe2\x84\xaa", "\xc5\xbf", "\xd9\xa1", "\xc2\xa0"};
    unsigned count = below(9);

    for (unsigned i = 0; i < count; i++)
        put(out, below(25) ? ANY(parts) : ANY(rare));
}

/* Oniguruma's pattern, as expression_regex.c makes it; NULL: it takes none such. */
static regex_t *compile(const char *pattern, bool fold)
{
    const UChar *text = (const UChar *)pattern;
    OnigErrorInfo info;
    regex_t *regex = NULL;
    OnigOptionType options = ONIG_OPTION_CAPTURE_GROUP | (fold ? ONIG_OPTION_IGNORECASE : 0);

    return onig_new(&regex, text, text + strlen(pattern), options, ONIG_ENCODING_UTF8, ONIG_SYNTAX_PERL_NG, &info)
               ? NULL
               : regex;
}

static void compare(const struct automaton *automaton, regex_t *regex, const char *pattern, const char *text,
                    unsigned counts[3])
{
    const UChar *begin = (const UChar *)text;
    const UChar *end = begin + strlen(text);
    int got = automaton_test(automaton, slice_from_cstr(text));
    int wanted = onig_search(regex, begin, end, begin, end, NULL, ONIG_OPTION_NONE);

    if (wanted < ONIG_MISMATCH) /* it gave up */
        return;
    if (got >= 0 && got != (wanted >= 0))
        fail_msg("/%s/ on '%s': %d, Oniguruma has %d", pattern, text, got, wanted);
    counts[got + 1]++;
}

static void agrees_with_oniguruma(void **state)
{
    unsigned counts[3] = {0};
    unsigned made = 0;

    (void)state;
    for (int i = 0; i < PATTERNS; i++) {
        const struct automaton *automaton = NULL;
        struct arena arena;
        char pattern[4096] = "";
        bool fold = below(3) == 0;
        put_pattern(pattern, 3);
        if (below(8) == 0 && *pattern) /* one that was not made by the rules above */
            pattern[below((unsigned)strlen(pattern))] = "()[]{}|*+?^$\\-,a1d:&"[below(20)];
        arena_init(&arena);
        regex_t *regex = compile(pattern, fold);
        if (regex)
            assert_int_equal(automaton_make(&arena, slice_from_cstr(pattern), fold, &automaton), 0);
        made += automaton != NULL;
        for (int j = 0; j < TEXTS && automaton; j++) {
            char text[128] = "";
            put_text(text);
            compare(automaton, regex, pattern, text, counts);
        }
        onig_free(regex);
        arena_fini(&arena);
    }
    assert_true(made > PATTERNS / 3);
    assert_true(counts[0] > 1000 && counts[1] > 10000 && counts[2] > 10000);
}

static bool has_automaton(const char *pattern)
{
    const struct automaton *automaton;
    struct arena arena;

    arena_init(&arena);
    assert_int_equal(automaton_make(&arena, slice_from_cstr(pattern), false, &automaton), 0);
    arena_fini(&arena);
    return automaton != NULL;
}

static void knows_its_limits(void **state)
{
    static const char *const plain[] = {"@(gmail|yahoo|outlook|hotmail|gmx)[.]",
                                        "^[A-Z]{2}\\d+$",
                                        "a{32}",
                                        "^$",
                                        "(?:sales|info|office)@",
                                        "\\.(de|at|ch)$",
                                        "a*?b+?c??"};
    static const char *const other[] = {"\\bx",
                                        "(a)\\1",
                                        "(?=a)",
                                        "a*+",
                                        "a{33}",
                                        "a{1",
                                        "[[:alpha:]]",
                                        "[a&&b]",
                                        "\xc3\xa4",
                                        "\\x41",
                                        "a**",
                                        "^*",
                                        "[]a]",
                                        "[a-c-e]",
                                        "(?i)a",
                                        "\\\xc3\xa4",
                                        "[\xc3\xa4]",
                                        "[a-\xc3\xa4]",
                                        "[\\\xc3\xa4]",
                                        "a{0}",
                                        "\\p{L}",
                                        "",
                                        "a|",
                                        "(a",
                                        "a)",
                                        "[a",
                                        "a\\",
                                        "[a\\",
                                        "[a-",
                                        "{2}",
                                        "(",
                                        "(?",
                                        "(a|b|c|d|e)*a(a|b|c|d|e){12}"};

    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (!has_automaton(plain[i]))
            fail_msg("/%s/ has none", plain[i]);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (has_automaton(other[i]))
            fail_msg("/%s/ has one", other[i]);
}

static void survives_short_memory(void **state)
{
    (void)state;
    const long live = memory_live;
    for (long left = 0;; left++) {
        const struct automaton *automaton;
        struct arena arena;
        arena_init(&arena);
        memory_limit(left, false);
        int failed = automaton_make(&arena, SLICE("@(gmail|yahoo)[.]"), true, &automaton);
        memory_limit(-1, false);
        assert_int_equal(failed, memory_reached ? -1 : 0);
        arena_fini(&arena);
        assert_int_equal(memory_live, live);
        if (!memory_reached)
            break;
    }
}

int main(void)
{
    OnigEncoding encodings[] = {ONIG_ENCODING_UTF8};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_oniguruma),
        cmocka_unit_test(knows_its_limits),
        cmocka_unit_test(survives_short_memory),
    };

    if (onig_initialize(encodings, 1))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    onig_end();
    return failed;
}
