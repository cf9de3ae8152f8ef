/* Expressions: fields of CSV and messages by hand, bounds, short memory. What
 * expressions mean on JSON is held to jq by tests/check-expression. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "short_memory.h"
#include "value/expression.h"
#include "value/expression_parts.h"

enum { MOST_COLUMNS = 8 };

/* A record of CSV: columns a, b, c, ... with these cells. */
static void fill(const struct expression_columns *columns, const char *const *cells, struct expression_value *inputs)
{
    assert_true(columns->count <= MOST_COLUMNS);
    for (size_t i = 0; i < columns->count; i++) {
        const char *cell = cells[columns->names[i].ptr[0] - 'a'];
        inputs[i] =
            cell ? (struct expression_value){.type = EXPRESSION_STRING, .untyped = true, .text = slice_from_cstr(cell)}
                 : (struct expression_value){.type = EXPRESSION_NULL, .absent = true};
    }
}

/* The value as JSON, or the message. */
static void evaluate(const char *text, const char *const *cells, char *out, size_t size)
{
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = 20000}; /* 2024-10-04 */
    struct expression_value inputs[MOST_COLUMNS];
    struct expression_value value;
    struct expression *expression;
    struct buffer json = {0};
    struct error err;

    int result = expression_compile(&expression, slice_from_cstr(text), &columns, &err);
    if (result == 0) {
        fill(&columns, cells, inputs);
        result = expression_value(expression, &context, inputs, &value, &err);
    }
    if (result == 0) {
        result = expression_print(&context, &value, &json, &err);
        int expected =
            value.untyped ? value.text.len && !slice_equal(value.text, SLICE("false")) : value.type > EXPRESSION_FALSE;
        assert_int_equal(expression_test(expression, &context, inputs, &err), expected);
    }
    snprintf(out, size, "%.*s", SLICE_ARG(result ? slice_from_cstr(err.text) : buffer_slice(&json)));
    buffer_fini(&json);
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
}

static const struct {
    const char *expression;
    const char *cells[3];
    const char *value;
} of_csv[] = {
    {".a", {"007"}, "\"007\""},
    {".a", {""}, "\"\""},
    /* with a number: its number, or null, which is less than any number */
    {".a == 7", {"007"}, "true"},
    {".a == 7", {"7.0"}, "true"},
    {".a == 7", {" 7 "}, "true"},
    {".a == 7", {"+7"}, "true"},
    {".a == 7", {"7e0"}, "true"},
    {".a == 7", {"7 EUR"}, "false"},
    {".a == 7", {""}, "false"},
    {".a == 0", {""}, "false"},
    {".a != 7", {""}, "true"},
    {".a > 7", {"10"}, "true"},
    {".a > 7", {"abc"}, "false"},
    {".a < 7", {"abc"}, "true"},
    {".a < 7", {""}, "true"},
    {".a >= 50 and .a < 500", {"500"}, "false"},
    {".a >= 50 and .a < 500", {"499.99"}, "true"},
    {"7 < .a", {"10"}, "true"},
    {"7 == .a", {"x"}, "false"},
    {".a == .b + 0", {"1.50", "1.5"}, "true"},
    {".a | IN(1, 2)", {"2.0"}, "true"},
    {".a | IN(1, 2)", {"x"}, "false"},
    {".a | IN(1, null)", {""}, "true"},
    {".a | IN(\"2\", \"3\")", {"2.0"}, "false"},
    /* with a text: as it is written */
    {".a == \"7\"", {"007"}, "false"},
    {".a == \"007\"", {"007"}, "true"},
    {".a == \"\"", {""}, "true"},
    {".a < \"b\"", {"a"}, "true"},
    {".a == (.b | tostring)", {"1.0", "1"}, "false"},
    /* with another field: numbers if both are */
    {".a == .b", {"1.0", "1"}, "true"},
    {".a < .b", {"9", "10"}, "true"},
    {".a < .b", {"9x", "10"}, "false"},
    {".a == .b", {"", ""}, "true"},
    {".a == .b", {"0", ""}, "false"},
    {".a < .b", {"", "0"}, "true"},
    {".a == .b", {"x", "x"}, "true"},
    /* with true, false, null */
    {".a == true", {"true"}, "true"},
    {".a == true", {"TRUE"}, "false"},
    {".a == true", {"1"}, "false"},
    {".a == false", {"false"}, "true"},
    {".a == false", {""}, "false"},
    {".a == null", {""}, "true"},
    {".a != null", {""}, "false"},
    {".a == null", {"null"}, "false"},
    {"null == .a", {""}, "true"},
    {".a > null", {"x"}, "true"},
    /* as a condition */
    {".a and true", {""}, "false"},
    {".a and true", {"false"}, "false"},
    {".a and true", {"0"}, "true"},
    {".a and true", {"x"}, "true"},
    {".a | not", {""}, "true"},
    {".a | not", {"false"}, "true"},
    {".a | not", {"x"}, "false"},
    {".a or .b", {"", "1"}, "true"},
    {".a // \"none\"", {""}, "\"none\""},
    {".a // \"none\"", {"x"}, "\"x\""},
    {".a // .b // \"c\"", {"", ""}, "\"c\""},
    {".a // \"none\"", {"false"}, "\"false\""},
    {"(.a // 0) > 5", {""}, "false"},
    {"(.a // 0) > 5", {"6"}, "true"},
    /* arithmetic */
    {".a + 1", {"2"}, "3"},
    {"1 + .a", {"2"}, "3"},
    {".a + 1", {""}, "1"},
    {".a + .b", {"1", "2.5"}, "3.5"},
    {".a + .b", {"1", ""}, "1"},
    {".a + .b", {"", ""}, "\"\""},
    {".a + .b", {"Vera", "7"}, "\"Vera7\""},
    {".a + \" \" + .b", {"Vera", "Pavlovna"}, "\"Vera Pavlovna\""},
    {".a + \"1\"", {"2"}, "\"21\""},
    {".a - .b", {"5", "7"}, "-2"},
    {".a * 2", {"2.5"}, "5"},
    {".a * .b", {"2", "3"}, "6"},
    {".a / .b", {"3", "2"}, "1.5"},
    {".a / \",\"", {"1,2"}, "[\"1\",\"2\"]"},
    {".a % 4", {"7"}, "3"},
    {"-.a", {"7"}, "-7"},
    {".a - 1", {""}, "column 4: null (null) and number (1) cannot be subtracted"},
    {".a - 1", {"12,5O"}, "column 4: null (null) and number (1) cannot be subtracted"},
    {"-.a", {"x"}, "column 1: string (\"x\") cannot be negated"},
    {".a / .b", {"1", "0"}, "column 4: number (1) and number (0) cannot be divided because the divisor is zero"},
    {"\"ab\" * .a", {"2"}, "\"abab\""},
    /* functions */
    {".a | tonumber", {"007"}, "7"},
    {".a | tonumber", {""}, "null"},
    {".a | tonumber", {"x"}, "null"},
    {".a | tostring", {"007"}, "\"007\""},
    {".a | type", {"7"}, "\"string\""},
    {".a | length", {"\xc3\xa4\xc3\xb6"}, "2"},
    {".a | floor", {"7.9"}, "7"},
    {".a | floor", {""}, "column 6: string (\"\") number required"},
    {".a | ascii_upcase", {"abc{z}`@\xc3\xa4zZ123456789"}, "\"ABC{Z}`@\xc3\xa4ZZ123456789\""},
    {".a | ascii_downcase", {"ABC[Z]`@\xc3\x84ZzQWERTYUIOPASDF"}, "\"abc[z]`@\xc3\x84zzqwertyuiopasdf\""},
    {"(.a | rtrimstr(\" EUR\")) > 100", {"120 EUR"}, "true"},
    {"(.a | ltrimstr(\"x\")) == null", {"x"}, "true"},
    {".a | split(\",\") | .[0] == 1", {"1,2"}, "false"},
    {".a | ascii_downcase | contains(\"director\")", {"Managing DIRECTOR"}, "true"},
    {".a | ascii_downcase | contains(\"director\")", {"Managing DIRECTO"}, "false"},
    {".a | ascii_downcase | contains(\"Director\")", {"Managing Director"}, "false"},
    {".a | ascii_downcase | contains(\"\")", {""}, "true"},
    {".a | contains(\"x\")", {""}, "false"},
    {".a | test(\"^[0-9]+$\")", {"0123"}, "true"},
    {".a | test(\"^$\")", {""}, "true"},
    {"[.a, .b]", {"1", "x"}, "[\"1\",\"x\"]"},
    {".a.b", {"x"}, "column 3: Cannot index string with \"b\""},
    /* the columns of the record */
    {"has(\"a\")", {""}, "true"},
    {"has(\"b\")", {"", NULL}, "false"},
    {".b == null", {"", NULL}, "true"},
    {"(has(\"b\") | not) and .a == \"x\"", {"x", NULL}, "true"},
    /* dates */
    {"days_since(.a)", {"2024-10-04"}, "0"},
    {"days_since(.a)", {"2024-09-04"}, "30"},
    {"days_since(.a)", {"2024-10-05T23:00:00"}, "-1"},
    {"days_since(.a)", {""}, "null"},
    {"days_since(.b)", {"", NULL}, "null"},
    {"days_since(.a)", {"4.9.2024"}, "column 1: string (\"4.9.2024\") is not a date"},
    {"days_since(5)", {""}, "column 1: number (5) is not a date"},
    {"days_since(.a) <= 30 and .b == 1", {"2024-09-04", "1"}, "true"},
    {"days_since(.a) < days_since(.b)", {"2024-09-04", "2024-09-03"}, "true"},
    {".a | days_since(.)", {"2024-09-04"}, "30"},
    {".a | split(\" \") | days_since(.[0])", {"2024-09-04 x"}, "30"},
};

static void takes_fields_of_csv(void **state)
{
    char out[1024];

    (void)state;
    for (size_t i = 0; i < sizeof of_csv / sizeof *of_csv; i++) {
        evaluate(of_csv[i].expression, of_csv[i].cells, out, sizeof out);
        if (strcmp(out, of_csv[i].value) != 0)
            fail_msg("%s on %s, %s: %s, not %s", of_csv[i].expression, of_csv[i].cells[0],
                     of_csv[i].cells[1] ? of_csv[i].cells[1] : "-", out, of_csv[i].value);
    }
}

static const struct {
    const char *expression, *message;
} refused[] = {
    {"", "column 1: the expression ends where a value is wanted"},
    {".a ==", "column 6: the expression ends where a value is wanted"},
    {".a == 1 )", "column 9: ')' where an operator or the end is wanted"},
    {"(.a == 1", "column 9: the expression ends where ) is wanted"},
    {".", "column 1: the whole record is no value; name a field: .name"},
    {". == 1", "column 1: the whole record is no value; name a field: .name"},
    {"1 + .", "column 5: the whole record is no value; name a field: .name"},
    {"[.]", "column 2: the whole record is no value; name a field: .name"},
    {".[0]", "column 1: the whole record is no value; name a field: .name"},
    {"length > 3", "column 1: length is asked of a value: .name | length"},
    {"IN(1, 2)", "column 1: IN is asked of a value: .name | IN(...)"},
    {".a = 1", "column 4: assignment is not part of this language; == compares"},
    {".a |= 1", "column 4: assignment is not part of this language"},
    {".a == 1 && .b == 2", "column 9: write 'and'"},
    {".a == 1 || .b == 2", "column 9: write 'or'"},
    {"!.a", "column 1: write '| not' behind what is to be denied, or != for unequal"},
    {".a <> 1", "column 4: write != for unequal"},
    {"not .a", "column 1: 'not' stands behind what it denies: .a | not"},
    {".a == 'x'", "column 7: a string stands in double quotes: \"...\""},
    {".a == \xe2\x80\x9cx\xe2\x80\x9d", "column 7: a string stands in straight double quotes: \"...\""},
    {".\xd0\xb3\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb4 == 1",
     "column 1: a name with other characters than a-z, A-Z, 0-9 and _ stands in quotes: "
     ".\"\xd0\xb3\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb4\""},
    {".\"\xd0\xb3\" == .x y", "column 12: 'y' where an operator or the end is wanted"},
    {"country == \"DE\"", "column 1: no function 'country'; a field is written .country, a string \"country\""},
    {".a | startwith(\"x\")", "column 6: no function 'startwith'; did you mean 'startswith'?"},
    {".a | in(1, 2)", "column 6: no function 'in'; did you mean 'IN'?"},
    {".a | In(1, 2)", "column 6: no function 'In'; did you mean 'IN'?"},
    {".a | lenght", "column 6: no function 'lenght'; did you mean 'length', or the field .lenght?"},
    {".a | map(. + 1)", "column 6: jq's 'map' is not part of this language"},
    {"select(.a)", "column 1: jq's 'select' is not part of this language"},
    {"if .a then 1 else 2 end", "column 1: jq's 'if' is not part of this language"},
    {".a as $x | 1", "column 4: 'as' where an operator or the end is wanted"},
    {"$x", "column 1: jq's variables are not part of this language"},
    {".a[]", "column 3: jq's [] is not part of this language"},
    {".a[1:2]", "column 3: jq's slices, [1:2], are not part of this language"},
    {".a[.b]", "column 4: only a constant string or number can stand in [ ]"},
    {".a?", "column 3: jq's ? is not part of this language"},
    {"..", "column 1: jq's .. is not part of this language"},
    {"{a: 1}", "column 1: objects, {...}, are not part of this language"},
    {"@csv", "column 1: jq's formats (@csv, @text, ...) are not part of this language"},
    {".a, .b", "column 3: ',' where only the lists of [...] and IN(...) have commas"},
    {"\"a\\(1)\"", "column 3: values within strings, \\(...), are not part of this language"},
    {"\"abc", "column 1: the string does not end"},
    {"\"\\x\"", "column 1: in the string: no such escape"},
    {"\"\\ud800\"", "column 1: in the string: half of a surrogate pair"},
    {"1 < 2 < 3", "column 7: comparisons cannot follow each other; put ( ) around one, or write 'and'"},
    {".a / 0", NULL},
    {"1 / 0", "column 3: division by zero"},
    {".a | test(.b)", "column 11: the regular expression of test() must be a constant string"},
    {".a | test(\"(\")", "column 11: regular expression: end pattern with unmatched parenthesis"},
    {".a | test(\"a\"; \"q\")", "column 16: \"q\" is not a valid modifier string: letters of gixsnpl"},
    {".a | length(1)", "column 6: length has no arguments"},
    {".a | contains", "column 6: contains wants an argument: contains(...)"},
    {"has(.a)", "column 5: the name that has() of a record looks for must be a constant string"},
    {".a | [1, 2 | 3]", "column 12: put ( ) around what has a | in a list"},
    {"12abc", "column 1: a number and letters behind it"},
    {"1e+", "column 1: the number has no digits behind its e"},
    {"\xff", "the expression is not valid UTF-8"},
};

static void says_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct expression_columns columns = {0};
        struct expression *expression;
        struct error err = {.text = ""};
        int result = expression_compile(&expression, slice_from_cstr(refused[i].expression), &columns, &err);
        const char *wanted = refused[i].message ? refused[i].message : "";
        if ((result != 0) != (refused[i].message != NULL) || strcmp(err.text, wanted) != 0)
            fail_msg("%s: '%s', not '%s'", refused[i].expression, err.text, wanted);
        if (result)
            assert_int_equal(err.status, STATUS_USAGE);
        expression_free(expression);
        expression_columns_fini(&columns);
    }
}

static void names_its_columns(void **state)
{
    struct expression_columns columns = {0};
    struct expression *first;
    struct expression *second;
    struct error err;

    (void)state;
    assert_int_equal(expression_compile(&first, SLICE(".a == 1 and .b.c == .a and has(\"d e\")"), &columns, &err), 0);
    assert_int_equal(expression_compile(&second, SLICE("days_since(.f) > 1 and .b and (.x | .y)"), &columns, &err), 0);
    static const char *const names[] = {"a", "b", "d e", "f", "x"};
    assert_int_equal(columns.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(slice_equal_cstr(columns.names[i], names[i]));
    static const bool used[2][6] = {{true, true, true}, {false, true, false, true, true}};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(expression_uses(first, i), used[0][i]);
        assert_int_equal(expression_uses(second, i), used[1][i]);
    }
    assert_false(expression_needs_as_of(first));
    assert_true(expression_needs_as_of(second));
    expression_free(first);
    expression_free(second);
    expression_columns_fini(&columns);
}

static void wants_a_day(void **state)
{
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = DAY_NONE};
    struct expression_value input = {.type = EXPRESSION_STRING, .text = SLICE_INIT("2024-01-01")};
    struct expression *expression;
    struct error err;

    (void)state;
    assert_int_equal(expression_compile(&expression, SLICE("days_since(.a) > 1"), &columns, &err), 0);
    assert_int_equal(expression_test(expression, &context, &input, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
}

static void keeps_what_was_read(void **state)
{
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = 0};
    struct expression_value inputs[2] = {
        {.type = EXPRESSION_STRING, .untyped = true, .text = SLICE_INIT("12.50")},
        {.type = EXPRESSION_STRING, .untyped = true, .text = SLICE_INIT("x")},
    };
    struct expression *expression;
    struct error err;
    double number;

    (void)state;
    assert_int_equal(expression_compile(&expression, SLICE(".a > 12 and .b < 1"), &columns, &err), 0);
    assert_int_equal(expression_test(expression, &context, inputs, &err), 1);
    assert_int_equal(inputs[0].reading, EXPRESSION_IS_NUMBER);
    assert_true(inputs[0].number == 12.5);
    assert_true(expression_number(&inputs[0], &number) && number == 12.5);
    assert_int_equal(inputs[1].reading, EXPRESSION_IS_NO_NUMBER);
    assert_false(expression_number(&inputs[1], &number));
    struct expression_value string = {.type = EXPRESSION_STRING, .text = SLICE_INIT("5")};
    assert_false(expression_number(&string, &number));
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
}

/* Compiles text times, what is in the middle, and after times. */
static int compile_repeated(const char *text, const char *middle, const char *after, size_t times)
{
    struct buffer all = {0};
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = 0};
    struct expression_value inputs[MOST_COLUMNS] = {{.type = EXPRESSION_NULL}};
    struct expression *expression;
    struct error err;

    for (size_t i = 0; i < times; i++)
        assert_int_equal(buffer_append(&all, slice_from_cstr(text)), 0);
    assert_int_equal(buffer_append(&all, slice_from_cstr(middle)), 0);
    for (size_t i = 0; i < times; i++)
        assert_int_equal(buffer_append(&all, slice_from_cstr(after)), 0);
    int result = expression_compile(&expression, buffer_slice(&all), &columns, &err);
    if (result == 0)
        expression_test(expression, &context, inputs, &err);
    else
        assert_non_null(strstr(err.text, "nested too deeply"));
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
    buffer_fini(&all);
    return result;
}

static void bounds_depth(void **state)
{
    static const char *const nests[][3] = {
        {"(", "1", ")"},      {"[", "1", "]"},
        {"-", "1", ""},       {"1 // ", "1", ""},
        {"1 | ", ".", ""},    {"1 + ", "1", ""},
        {"1 * (", "1", ")"},  {".a | IN(1; ", "1", ")"},
        {"IN(1; ", "1", ")"}, {"days_since(", ".a", ")"},
        {"1 < (", "1", ")"},  {".a", "", ""},
        {"-.a | ", ".", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof nests / sizeof *nests; i++) {
        assert_int_equal(compile_repeated(nests[i][0], nests[i][1], nests[i][2], 20), 0);
        assert_int_equal(compile_repeated(nests[i][0], nests[i][1], nests[i][2], 100000), -1);
    }
    /* and, or and lists are as long as one likes */
    assert_int_equal(compile_repeated(".a and ", ".b", "", 50000), 0);
    assert_int_equal(compile_repeated(".a or .b and ", ".b", "", 50000), 0);
}

static void bounds_what_is_made(void **state)
{
    static const char *const cells[] = {"x", "99999999"};
    char out[1024];

    (void)state;
    evaluate(".a * (.b | tonumber)", cells, out, sizeof out);
    assert_string_equal(out, "column 4: null (null) and number (99999999) cannot be multiplied");
    evaluate("(.a | tostring) * (.b | tonumber)", cells, out, sizeof out);
    assert_string_equal(out, "column 17: the text that * would make is too long");
    evaluate("\"x\" * 99999999", cells, out, sizeof out);
    assert_string_equal(out, "column 5: the text that * would make is too long");
}

static void bounds_regular_expressions(void **state)
{
    static const char *const cells[] = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "\xe4"};
    char out[1024];

    (void)state;
    evaluate(".a | test(\"^(a|aa)+\\\\1$\")", cells, out, sizeof out);
    assert_non_null(strstr(out, "column 6: the regular expression tries too much on string"));
    evaluate(".b | test(\"a\")", cells, out, sizeof out);
    assert_string_equal(out, "column 6: string (\"\\xe4\") is not valid UTF-8");
}

static const char whole[] =
    ".a >= 50 and (.b | ascii_downcase | test(\"^x\\u00e9\"; \"i\") | not) or -.c * 2 + 1 != 3 // "
    "[\"p\", (.a | tostring)] and IN(.a; \"x\", 1, null) and has(\"d\") or (.e | split(\",\") | "
    ".[0] | contains(\"z\")) and days_since(.f) <= 30 and .[\"g\"].h[-1] == true";

static void reads_any_beginning(void **state)
{
    (void)state;
    for (size_t length = 0; length < sizeof whole; length++)
        for (size_t change = 0; change < 4; change++) {
            struct expression_columns columns = {0};
            struct expression *expression;
            struct error err;
            char *text = malloc(length + 1);
            assert_non_null(text);
            memcpy(text, whole, length);
            if (change && length)
                text[length - 1] = "\"|\xff"[change - 1];
            if (expression_compile(&expression, (struct slice){text, length}, &columns, &err))
                assert_true(err.status == STATUS_USAGE && err.text[0]);
            free(text);
            expression_free(expression);
            expression_columns_fini(&columns);
        }
}

static void looks_into_broken_json(void **state)
{
    static const char *const broken[] = {"",          "[",        "[1",    "[1,", "[1 2]",     "{\"a\"",
                                         "{\"a\":",   "{\"a\":1", "{a:1}", "[\"", "[\"\\",     "[\"\\u12",
                                         "{\"a\":[}", "[x]",      "[[1]",  "[,]", "[\"\\q\"]", "{\"a\":\"\\ud800\"}"};
    static const char *const expressions[] = {
        ".a.a",    ".a[0]",   ".a | length",      ".a == .b",        ".a | tostring", ".a + .b",
        ".a - .b", ".a * .b", ".a | contains(.)", ".a | has(\"a\")", ".a | has(0)"};

    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        for (size_t k = 0; k < sizeof expressions / sizeof *expressions; k++) {
            struct expression_columns columns = {0};
            struct expression_context context = {.as_of = 0};
            struct expression *expression;
            struct expression_value value;
            struct error err;
            size_t length = strlen(broken[i]);
            char *text = malloc(length + 1);
            assert_non_null(text);
            memcpy(text, broken[i], length);
            struct expression_value input = {.type = text[0] == '{' ? EXPRESSION_OBJECT : EXPRESSION_ARRAY,
                                             .text = {text, length}};
            struct expression_value inputs[2] = {input, input};
            assert_int_equal(expression_compile(&expression, slice_from_cstr(expressions[k]), &columns, &err), 0);
            expression_value(expression, &context, inputs, &value, &err);
            free(text);
            expression_free(expression);
            expression_columns_fini(&columns);
            expression_context_fini(&context);
        }
}

/* Oniguruma does not survive a failed allocation. */
static const char without_regex[] =
    ".a >= 50 and (.b | ascii_downcase | startswith(\"\\u0078y\") | not) or -.c * 2 + 1 != 3 "
    "and ([\"p\", (.a | tostring)] + [1] | length) == 9 or (.b + .b + .b) == \"\" or "
    "IN(.a; \"x\", 1, null) and has(\"d\") or (.e | split(\",\") | .[0] | "
    "contains(\"q\")) or days_since(.f) <= 3 and .[\"g\"].h[-1] == true";

/* Compiles and evaluates; every allocation of it may fail. */
static int try_all_but_regular_expressions(struct error *err)
{
    static const char *const cells[] = {"49", "Xy", "3", "", "z,y", "2024-10-01", NULL};
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = 20000};
    struct expression_value inputs[MOST_COLUMNS];
    struct expression *expression;
    int result = expression_compile(&expression, slice_from_cstr(without_regex), &columns, err);

    if (result == 0) {
        fill(&columns, cells, inputs);
        result = expression_test(expression, &context, inputs, err);
    }
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
    return result;
}

static void survives_short_memory(void **state)
{
    struct error err;

    (void)state;
    const long live = memory_live;
    int wanted = try_all_but_regular_expressions(&err);
    assert_true(wanted >= 0);
    for (int stays = 0; stays < 2; stays++)
        for (long left = 0;; left++) {
            err = (struct error){.status = STATUS_OK};
            memory_limit(left, stays);
            int result = try_all_but_regular_expressions(&err);
            memory_limit(-1, false);
            assert_int_equal(memory_live, live);
            if (!memory_reached)
                break;
            assert_true(result == wanted || (result == -1 && err.status == STATUS_SYSTEM));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_fields_of_csv),   cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(names_its_columns),     cmocka_unit_test(wants_a_day),
        cmocka_unit_test(keeps_what_was_read),   cmocka_unit_test(bounds_depth),
        cmocka_unit_test(bounds_what_is_made),   cmocka_unit_test(bounds_regular_expressions),
        cmocka_unit_test(reads_any_beginning),   cmocka_unit_test(looks_into_broken_json),
        cmocka_unit_test(survives_short_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
