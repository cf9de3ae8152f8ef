/* Messages of an import: whatever the names in a header and the delimiter are, what is said of them is one line of
 * clean UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "analysis/import.h"
#include "base/utf8.h"

/* All that the plan of an import says of a text, one line each; free() it. */
static char *say(const char *text)
{
    static char *const paths[] = {"-"};
    const struct stream_options options = {.reader = {.lenient_header = true, .flatten = true}};
    const struct import_settings settings = {.threads = 1, .keep_all = true};
    struct stream *stream;
    struct import import;
    struct import_map map;
    struct error err;
    struct buffer said = {0};

    assert_int_equal(stream_open(&stream, paths, 1, &options, &err), 0);
    source_free(stream->inputs[0].source);
    assert_int_equal(source_memory(&stream->inputs[0].source, slice_from_cstr(text), "a.csv", &err), 0);
    import_map_init(&map);
    import_init(&import, stream, &map, &settings);
    if (import_plan(&import, NULL, &err))
        fail_msg("%s", err.text);
    assert_int_equal(import_describe(&import, 0, &said), 0);
    for (size_t o = 0; o < import.output_count; o++) {
        assert_int_equal(buffer_append_char(&said, '\n'), 0);
        assert_int_equal(import_explain(&import, 0, o, &said), 0);
    }
    for (size_t i = 0; i < import.guesses.count; i++) {
        assert_int_equal(buffer_append_char(&said, '\n'), 0);
        assert_int_equal(import_guess_describe(&import.guesses.items[i], &said), 0);
    }
    assert_int_equal(buffer_append_char(&said, '\0'), 0);
    import_fini(&import);
    stream_free(stream);
    import_map_fini(&map);
    return said.data;
}

static void assert_clean(const char *text, const char *shown)
{
    char *said = say(text);

    assert_true(utf8_valid(said, strlen(said)));
    for (const char *at = said; *at; at++)
        assert_true((unsigned char)*at >= 0x20 || *at == '\n');
    if (!strstr(said, shown))
        fail_msg("'%s' does not say %s", said, shown);
    free(said);
}

static void names_are_quoted(void **state)
{
    (void)state;
    assert_clean("email,\033[31mred\na@b.de,x\n", "\\x1b[31mred from '\\x1b[31mred'");
    assert_clean("email,\"two\nlines\"\na@b.de,x\n", "two\\x0alines");
    assert_clean("{\"\\u009bx\":[{\"email\":\"a@b.de\"},{\"email\":\"b@b.de\"}]}", "the records in '.\"\\xc2\\x9bx\"'");
}

static void delimiters_are_quoted(void **state)
{
    (void)state;
    assert_clean("name\001email\nAnn\001a@b.de\nBo\001b@b.de\n", ", separated by '\\x01':");
    assert_clean("name;email\nAnn;a@b.de\nBo;b@b.de\n", ", separated by ';':");
}

/* Forty characters of four bytes are what a message shows of a name, and the longest a guess has to hold. */
static void long_names_are_not_cut_in_a_character(void **state)
{
    char text[400] = "Email ";
    char *end = text + strlen(text);

    (void)state;
    for (int i = 0; i < 50; i++)
        end = stpcpy(end, "\xf0\x9f\x98\x80");
    strcpy(end, ",First name,Company\na@b.de,Ann,x\n");
    assert_clean(text, "\xf0\x9f\x98\x80...'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_quoted),
        cmocka_unit_test(delimiters_are_quoted),
        cmocka_unit_test(long_names_are_not_cut_in_a_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
