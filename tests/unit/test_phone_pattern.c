/* Patterns of digits and the metadata they come from: matches by hand, automata against the C library's regular
 * expressions for every pattern of the metadata, and what is outside the subset or broken. */
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "value/phone_library.h"
#include "value/phone_metadata.h"
#include "value/phone_pattern.h"
#include "value/phone_plan.h"

static void matches_like_a_regular_expression(void **state)
{
    static const struct {
        const char *pattern;
        const char *digits;
        int end; /* -1: no match */
        const char *groups[PHONE_GROUPS];
    } rows[] = {
        {"0", "030", 1, {"", ""}},
        {"0", "30", -1, {0}},
        {"0", "", -1, {0}},
        {"0?", "030", 1, {"", ""}},
        {"0?", "30", 0, {"", ""}},
        {"0?", "", 0, {"", ""}},
        {"[2-467]\\d{3}", "71234", 4, {"", ""}},
        {"[2-467]\\d{3}", "5123", -1, {0}},
        {"[2-467]\\d{3}", "712", -1, {0}},
        {"[\\d]", "7", 1, {"", ""}},
        {"\\d{2,4}", "12345", 4, {"", ""}},
        {"\\d{2,4}", "123", 3, {"", ""}},
        {"\\d{0,2}1", "231", 3, {"", ""}},
        {"\\d{0,2}1", "11", 2, {"", ""}},
        {"1|12", "123", 1, {"", ""}}, /* the first alternative, not the longest */
        {"12|1", "123", 2, {"", ""}},
        {"(?:1|12)3", "123", 3, {"", ""}}, /* comes back for the second */
        {"0(1\\d)?", "015", 3, {"15", ""}},
        {"0(1\\d)?", "025", 1, {"", ""}},
        {"1|([457]\\d{3})$", "4123", 4, {"4123", ""}},
        {"1|([457]\\d{3})$", "41234", -1, {0}},
        {"1|([457]\\d{3})$", "1234", 1, {"", ""}},
        {"(?:0|90)(?:(1[245])(\\d{3,4}))?", "0121234567", 7, {"12", "1234"}},
        {"(?:0|90)(?:(1[245])(\\d{3,4}))?", "90111", 2, {"", ""}},
        {"(?:0|90)(?:(1[245])(\\d{3,4}))?", "0129", 1, {"", ""}}, /* what a lost attempt captured is forgotten */
        {"0?(?:(11|2(?:2|34))15)?", "011156", 5, {"11", ""}},
        {"0?(?:(11|2(?:2|34))15)?", "02341567", 6, {"234", ""}},
        {"(?:(?:1|2){2}3){2}", "123213", 6, {"", ""}},
        {"(?:|1)2", "12", 2, {"", ""}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct phone_program program = {0};
        struct phone_pattern pattern;
        struct phone_match match;
        const char *digits = rows[i].digits;
        const enum phone_made made = phone_program_add(&program, slice_from_cstr(rows[i].pattern), 0, &pattern);
        assert_int_equal(made, PHONE_MADE);
        const bool found = phone_pattern_match(&program, pattern, digits, strlen(digits), &match);
        assert_int_equal(found, phone_pattern_match(&program, pattern, digits, strlen(digits), NULL));
        if (found != (rows[i].end >= 0) || (found && match.end != (size_t)rows[i].end))
            fail_msg("%s on %s: %d, %zu", rows[i].pattern, digits, found, match.end);
        for (size_t group = 0; found && group < PHONE_GROUPS; group++) {
            const struct phone_span span = match.groups[group];
            const struct slice captured = {digits + span.begin, span.end - span.begin};
            assert_true(slice_equal_cstr(captured, rows[i].groups[group]));
        }
        phone_program_fini(&program);
    }
}

static void refuses_what_is_outside(void **state)
{
    static const char *const patterns[] = {
        "",
        "a",
        "1*",
        "1+",
        "(1",
        "1)",
        "[1",
        "[",
        "[]",
        "[^1]",
        "[3-1]",
        "[1-]",
        "\\",
        "\\D",
        "\\w",
        "{2}",
        "1{",
        "1{2",
        "1{,2}",
        "1{2,}",
        "1{3,2}",
        "1{0}",
        "1{33}",
        "1{99999999999999999999}",
        "1??",
        "1{2}+",
        "1?*",
        "(?=1)",
        "(?!1)",
        "(1)(2)(3)",
        ".",
        "^1",
        "?1",
        "|?",
        "[a]",
        "[1\\]",
        "(?:1",
        "(?:1))",
        "(",
        ")",
        "(?:",
        "((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))",
        "(?:(?:(?:1{32}){32}){32}){32}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        struct phone_program program = {0};
        struct phone_pattern pattern;
        if (phone_program_add(&program, slice_from_cstr(patterns[i]), 0, &pattern) != PHONE_NOT_PLAIN)
            fail_msg("%s was taken", patterns[i]);
        phone_program_fini(&program);
    }
}

/* An automaton has one start for all patterns, no room for '$', and a limit. */
static void makes_automata(void **state)
{
    struct phone_program program = {0};
    struct phone_pattern patterns[3];
    struct phone_automaton automaton = {0};

    (void)state;
    assert_int_equal(phone_program_add(&program, SLICE("1\\d|2"), 0, &patterns[0]), PHONE_MADE);
    assert_int_equal(phone_program_add(&program, SLICE("[12]3?"), 5, &patterns[1]), PHONE_MADE);
    assert_int_equal(phone_automaton_make(&automaton, &program, patterns, 2), PHONE_MADE);
    assert_int_equal(phone_automaton_run(&automaton, "", 0), 0);
    assert_int_equal(phone_automaton_run(&automaton, "1", 1), 1 << 5);
    assert_int_equal(phone_automaton_run(&automaton, "13", 2), 1 | 1 << 5);
    assert_int_equal(phone_automaton_run(&automaton, "14", 2), 1);
    assert_int_equal(phone_automaton_run(&automaton, "2", 1), 1 | 1 << 5);
    assert_int_equal(phone_automaton_run(&automaton, "133", 3), 0);
    assert_int_equal(phone_automaton_run(&automaton, "3", 1), 0);
    phone_automaton_fini(&automaton);

    assert_int_equal(phone_program_add(&program, SLICE("4$"), 0, &patterns[2]), PHONE_MADE);
    assert_int_equal(phone_automaton_make(&automaton, &program, patterns, 3), PHONE_NOT_PLAIN);
    assert_null(automaton.next);
    phone_program_fini(&program);

    /* "a 1 thirteen digits from the end" takes 2^13 states */
    assert_int_equal(phone_program_add(&program, SLICE("\\d{0,32}1\\d{12}"), 0, &patterns[0]), PHONE_MADE);
    assert_int_equal(phone_automaton_make(&automaton, &program, patterns, 1), PHONE_NOT_PLAIN);
    assert_null(automaton.next);
    phone_program_fini(&program);

    assert_int_equal(phone_automaton_make(&automaton, &program, patterns, 0), PHONE_MADE);
    assert_int_equal(phone_automaton_run(&automaton, "1", 1), 0);
    phone_automaton_fini(&automaton);
}

/* The pattern in the C library's notation, anchored at both ends. */
static void compile_posix(regex_t *posix, struct slice pattern)
{
    struct buffer text;

    buffer_init(&text);
    assert_int_equal(buffer_append(&text, SLICE("^(")), 0);
    for (size_t i = 0; i < pattern.len; i++) {
        if (pattern.ptr[i] == '\\') {
            assert_int_equal(pattern.ptr[++i], 'd');
            assert_int_equal(buffer_append(&text, SLICE("[0-9]")), 0);
        } else {
            assert_int_equal(buffer_append_char(&text, pattern.ptr[i]), 0);
            if (pattern.ptr[i] == '(' && pattern.ptr[i + 1] == '?')
                i += 2;
        }
    }
    assert_int_equal(buffer_append(&text, SLICE(")$")), 0);
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    assert_int_equal(regcomp(posix, text.data, REG_EXTENDED | REG_NOSUB), 0);
    buffer_fini(&text);
}

static void compare_kind(const struct phone_plan *plan, const struct phone_metadata *metadata, unsigned kind,
                         uint64_t *random, size_t *matched)
{
    const struct phone_description *description = &metadata->kinds[kind];
    regex_t posix;

    compile_posix(&posix, description->pattern);
    for (size_t round = 0; round < 60; round++) {
        char digits[24] = "";
        const struct slice seed = metadata->kinds[round % PLAN_KINDS].example;
        const size_t length = seed.len > 0 && round % 3 ? seed.len : 1 + round % 18;
        for (size_t i = 0; i < length; i++) {
            *random = *random * 6364136223846793005 + 1442695040888963407;
            digits[i] = (char)('0' + (*random >> 33) % 10);
            if (i < seed.len && (*random >> 20) % 4 != 0)
                digits[i] = seed.ptr[i];
        }
        const bool ours = phone_automaton_run(&plan->kinds, digits, length) >> kind & 1;
        const bool theirs = regexec(&posix, digits, 0, NULL, 0) == 0;
        if (ours != theirs)
            fail_msg("%s: %.*s on %s: %d", plan->region, SLICE_ARG(description->pattern), digits, ours);
        *matched += ours;
    }
    regfree(&posix);
}

static void automata_agree_with_regexec(void **state)
{
    struct slice collection = phone_library_metadata(), region;
    struct phone_plans plans;
    struct error err;
    uint64_t random = 3;
    size_t number = 0, matched = 0, patterns = 0;

    (void)state;
    assert_int_equal(phone_plans_init(&plans, collection, &err), 0);
    for (; phone_metadata_next(&collection, &region) == 1; number++) {
        struct phone_metadata metadata;
        struct phone_plan *plan = &plans.plans[number];
        assert_int_equal(phone_metadata_read(region, &metadata), 0);
        assert_int_equal(phone_plan_compile(plan, &err), 0);
        assert_int_equal(plan->state, PLAN_READY); /* none is odd: every number has a plain path */
        for (unsigned kind = 0; kind < PLAN_KINDS; kind++)
            if (metadata.kinds[kind].pattern.len > 0 && metadata.kinds[kind].pattern.len < 400) {
                compare_kind(plan, &metadata, kind, &random, &matched);
                patterns++;
            }
    }
    print_message("%zu plans, %zu patterns, %zu matches\n", number, patterns, matched);
    assert_int_equal(number, plans.count);
    assert_true(patterns > 1000);
    assert_true(matched > patterns);
    phone_plans_fini(&plans);
}

/* Metadata that ends early or holds other bytes is an error or other metadata, never a read outside it. */
static void bears_broken_metadata(void **state)
{
    const struct slice all = phone_library_metadata();
    const size_t size = 4000;
    char *copy = malloc(size);
    struct phone_plans plans;
    struct error err;
    uint64_t random = 5;

    (void)state;
    assert_non_null(copy);
    for (size_t length = 0; length < size; length += 1 + length % 7) {
        char *exact = malloc(length ? length : 1);
        assert_non_null(exact);
        memcpy(exact, all.ptr, length);
        phone_plans_init(&plans, (struct slice){exact, length}, &err);
        phone_plans_fini(&plans);
        free(exact);
    }
    for (size_t round = 0; round < 2000; round++) {
        memcpy(copy, all.ptr, size);
        for (size_t i = 0; i < 1 + round % 4; i++) {
            random = random * 6364136223846793005 + 1442695040888963407;
            copy[(random >> 33) % size] = (char)(random >> 24);
        }
        phone_plans_init(&plans, (struct slice){copy, size}, &err);
        for (size_t i = 0; i < plans.count; i++)
            assert_int_equal(phone_plan_compile(&plans.plans[i], &err), 0);
        phone_plans_fini(&plans);
    }
    free(copy);
}

static void reads_the_wire_format(void **state)
{
    /* one region: id "XX", calling code 49, general_desc {pattern "1", lengths 3 and -1}, an unknown field of each kind
     */
    static const char bytes[] = "\x0a\x2e"
                                "\x4a\x02XX"
                                "\x50\x31"
                                "\x0a\x10"
                                "\x12\x01"
                                "1"
                                "\x48\x03"
                                "\x48\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
                                "\xf8\x7f\x01"
                                "\xf9\x7f"
                                "12345678"
                                "\xfd\x7f"
                                "1234"
                                "\xb0\x01\x01";
    struct slice collection = {bytes, sizeof bytes - 1}, region;
    struct phone_metadata metadata;

    (void)state;
    assert_int_equal(bytes[1], sizeof bytes - 3);
    assert_int_equal(phone_metadata_next(&collection, &region), 1);
    assert_int_equal(phone_metadata_read(region, &metadata), 0);
    assert_true(slice_equal_cstr(metadata.id, "XX"));
    assert_int_equal(metadata.calling_code, 49);
    assert_true(metadata.main_region);
    assert_true(slice_equal_cstr(metadata.kinds[PLAN_ANY].pattern, "1"));
    assert_true(metadata.kinds[PLAN_ANY].lengths_listed);
    assert_int_equal(metadata.kinds[PLAN_ANY].lengths, 1 << 3);
    assert_int_equal(phone_metadata_next(&collection, &region), 0);
    assert_int_equal(phone_metadata_head(SLICE("\x4a\x02XX"), &metadata), -1);             /* no calling code */
    assert_int_equal(phone_metadata_head(SLICE("\x4a\x02XX\x50\xe8\x07"), &metadata), -1); /* 1000 */
    assert_int_equal(phone_metadata_head(SLICE("\x4a\x7fXX"), &metadata), -1);
    assert_int_equal(phone_metadata_head(SLICE("\x4b"), &metadata), -1); /* groups are long gone */
    assert_int_equal(phone_metadata_head(SLICE("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), &metadata), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_like_a_regular_expression),
        cmocka_unit_test(refuses_what_is_outside),
        cmocka_unit_test(makes_automata),
        cmocka_unit_test(automata_agree_with_regexec),
        cmocka_unit_test(bears_broken_metadata),
        cmocka_unit_test(reads_the_wire_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
