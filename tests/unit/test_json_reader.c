/* The JSON reader: every expectation is a transcript written by hand, and holds for every way the bytes can arrive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buffer.h"
#include "stream/json_path.h"
#include "stream/reader.h"

#define MIB ((size_t)1 << 20)

struct input {
    struct source *source;
    struct reader *reader;
    char path[64];
    int fd;
};

/* read_size 0: from memory, else from a file so many bytes at a time. */
static void open_input(struct input *input, struct slice text, size_t read_size, enum format format)
{
    const struct reader_options options = {.format = format};
    struct error err;

    *input = (struct input){.fd = -1};
    if (read_size == 0) {
        assert_int_equal(source_memory(&input->source, text, "memory", &err), 0);
    } else {
        input->fd = memfd_create("input", 0);
        assert_true(input->fd >= 0);
        assert_int_equal(write(input->fd, text.ptr, text.len), (ssize_t)text.len);
        snprintf(input->path, sizeof input->path, "/proc/self/fd/%d", input->fd);
        assert_int_equal(source_open(&input->source, input->path, &err), 0);
        input->source->read_size = read_size;
    }
    if (reader_open(&input->reader, input->source, &options, &err))
        fail_msg("%s", err.text);
}

static void close_input(struct input *input)
{
    reader_free(input->reader);
    source_free(input->source);
    if (input->fd >= 0)
        close(input->fd);
}

/* columns: names or paths separated by blanks; NULL: all columns, and no member may be lost. */
static void select_columns(struct reader *reader, const char *columns)
{
    size_t selected[16];
    size_t count = 0;
    char words[600];
    struct error err;

    if (!columns) {
        reader->everything = true;
        return;
    }
    snprintf(words, sizeof words, "%s", columns);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        assert_int_equal(reader_find(reader, slice_from_cstr(word), &selected[count++], &err), 0);
    assert_int_equal(reader_select(reader, selected, count, &err), 0);
}

static void append_field(struct buffer *out, struct field field)
{
    static const char letter[] = "-tnTF0j";

    if (field.kind == FIELD_TRUE)
        assert_true(slice_equal_cstr(field.text, "true"));
    else if (field.kind == FIELD_FALSE)
        assert_true(slice_equal_cstr(field.text, "false"));
    else if (field.kind == FIELD_NULL || field.kind == FIELD_ABSENT)
        assert_int_equal(field.text.len, 0);
    assert_int_equal(buffer_printf(out, " %c", letter[field.kind]), 0);
    if (field.kind == FIELD_TEXT || field.kind == FIELD_NUMBER || field.kind == FIELD_JSON)
        assert_int_equal(buffer_append(out, field.text), 0);
}

/* "NUMBER@LINE fields" of a record, "NUMBER@LINE! reason <raw>" of a bad one. */
static void transcribe(struct buffer *out, struct slice text, size_t read_size, enum format format, const char *columns)
{
    struct input input;
    enum read_result result;

    buffer_clear(out);
    open_input(&input, text, read_size, format);
    select_columns(input.reader, columns);
    do {
        struct record record;
        struct bad_record bad;
        struct error err;
        result = reader_next(input.reader, &record, &bad, &err);
        assert_int_not_equal(result, READ_FAILED);
        if (result == READ_RECORD) {
            buffer_printf(out, "%d@%d", (int)record.number, (int)record.line);
            for (size_t i = 0; i < record.count; i++)
                append_field(out, record.fields[i]);
            assert_true(record.raw.ptr[0] == '{' && record.raw.ptr[record.raw.len - 1] == '}');
        } else if (result == READ_BAD) {
            buffer_printf(out, "%d@%d! %s <", (int)bad.number, (int)bad.line, bad.reason);
            buffer_append(out, bad.raw);
            buffer_append_char(out, '>');
        }
        assert_int_equal(buffer_append_char(out, '\n'), 0);
    } while (result != READ_END);
    out->len--; /* the line of the end */
    assert_int_equal(buffer_append_char(out, '\0'), 0);
    close_input(&input);
}

static void check_format(enum format format, const char *text, const char *columns, const char *expected)
{
    struct buffer out;
    size_t size = strlen(text);

    buffer_init(&out);
    for (size_t read_size = 0; read_size <= size; read_size++) {
        if (read_size > 70 && read_size < size - 1)
            read_size = size - 1;
        transcribe(&out, slice_from_cstr(text), read_size, format, columns);
        if (strcmp(out.data, expected) != 0)
            fail_msg("read size %zu, input:\n%s\ngives:\n%s\nnot:\n%s", read_size, text, out.data, expected);
    }
    buffer_fini(&out);
}

static void check(const char *text, const char *columns, const char *expected)
{
    check_format(FORMAT_JSON, text, columns, expected);
}

static void test_kinds(void **state)
{
    (void)state;
    check("{\"a\":\"x\",\"b\":1.50,\"c\":true,\"d\":false,\"e\":null,\"f\":[1, 2],\"g\":{\"h\":\"\\n\"},\"i\":\"\"}\n",
          NULL, "1@1 tx n1.50 T F 0 j[1, 2] j{\"h\":\"\\n\"} t\n");
    check("{}\n{ }\n", NULL, "1@1\n2@2\n");
    check("", NULL, "");
    check(" \n\t\r\n", NULL, "");
    check(" { \"a\" : 1 , \"b\" :\t2 } ", NULL, "1@1 n1 n2\n");
    check("{\"a\":1}{\"b\":2}", "b a b #1 zz", "1@1 - n1 - n1 -\n2@1 n2 - n2 - -\n");
}

static void test_lines(void **state)
{
    (void)state;
    check("{\"a\":1}\n{\"a\":2}\r\n{\"a\":3}\r{\"a\":4}\n\r{\"a\":5}\n\n\r\n\r{\"a\":6}", "a",
          "1@1 n1\n2@2 n2\n3@3 n3\n4@4 n4\n5@6 n5\n6@10 n6\n");
    check("\n\n {\"a\":1}", "a", "1@3 n1\n");
    check("{\r\n\"a\":\r1\n\r\n}\n{\"a\":2}", "a", "1@1 n1\n2@6 n2\n");
}

static void test_pretty_and_concatenated(void **state)
{
    (void)state;
    check("{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}\n{\n  \"a\": 3\n}\n", "a b", "1@1 n1 j[\n    2\n  ]\n2@7 n3 -\n");
    check("{\"a\":1}{\"a\":2} {\"a\":3}\t{\n\"a\":4} {\"a\":5}", "a", "1@1 n1\n2@1 n2\n3@1 n3\n4@1 n4\n5@2 n5\n");
}

static void test_text_after(void **state)
{
    (void)state;
    check("{\"a\":1} x\n{\"a\":2}\n", "a", "1@1! not JSON: text after the object, at byte 9 <{\"a\":1} x>\n2@2 n2\n");
    check("{\"a\":1}}\n{\"a\":2},\n{\"a\":3} {\"a\":4}]\n{\"a\":5} \n", "a",
          "1@1! not JSON: text after the object, at byte 8 <{\"a\":1}}>\n"
          "2@2! not JSON: text after the object, at byte 8 <{\"a\":2},>\n"
          "3@3 n3\n"
          "4@3! not JSON: text after the object, at byte 8 <{\"a\":4}]>\n"
          "5@4 n5\n");
    check("{\"a\":\n1}\n2\n", "a", "1@1 n1\n2@3! a record must be a JSON object <2>\n");
}

static void test_malformed_lines(void **state)
{
    (void)state;
    check("{\"a\":1,\n{\"a\":2}\n{\"a\":3}\n", "a",
          "1@1! not JSON: the object does not end on its line, and then in line 2: a member's name in double quotes "
          "expected <{\"a\":1,>\n2@2 n2\n3@3 n3\n");
    check("{\"a\":\n{\"a\":2}\n{\"a\":3}", "a",
          "1@1! not JSON: the object does not end on its line, and then in line 3: ',' or '}' expected <{\"a\":>\n"
          "2@2 n2\n3@3 n3\n");
    check("{\"a\":\"x\n{\"a\":2}\r\n{\"a\":\"y\r\n{\"a\":4}", "a",
          "1@1! not JSON: the string is not closed on its line, at byte 8 <{\"a\":\"x>\n2@2 n2\n"
          "3@3! not JSON: the string is not closed on its line, at byte 8 <{\"a\":\"y>\n4@4 n4\n");
    check("{\"a\":1}\n{\"a\":[\n{\"a\":3}", "a",
          "1@1 n1\n2@2! not JSON: the input ends inside the object (is it cut off?) <{\"a\":[>\n3@3 n3\n");
    check("{\"a\":1}\n{\"a\":2", "a",
          "1@1 n1\n2@2! not JSON: the input ends inside the object (is it cut off?) <{\"a\":2>\n");
    check("{", "a", "1@1! not JSON: the input ends inside the object (is it cut off?) <{>\n");
    check("x\n[1]\n\"s\"\n{\"a\":4}\n17\n", "a",
          "1@1! a record must be a JSON object <x>\n"
          "2@2! a record must be a JSON object (an array of records must begin the input; see --from json) <[1]>\n"
          "3@3! a record must be a JSON object <\"s\">\n4@4 n4\n5@5! a record must be a JSON object <17>\n");
}

/* An error counts wherever it is, whether or not its column was selected. */
static void test_reasons(void **state)
{
    static const struct {
        const char *record;
        const char *reason;
    } cases[] = {
        {"{\"a\":1,}", "a member expected (a comma too many?), at byte 8"},
        {"{,}", "a member's name in double quotes expected, at byte 2"},
        {"{a:1}", "a member's name in double quotes expected, at byte 2"},
        {"{\"a\"}", "':' expected, at byte 5"},
        {"{\"a\" 1}", "':' expected, at byte 6"},
        {"{\"a\":}", "a value expected (a comma too many?), at byte 6"},
        {"{\"a\":1 \"b\":2}", "',' or '}' expected, at byte 8"},
        {"{\"a\":1]", "',' or '}' expected, at byte 7"},
        {"{\"a\":[1}}", "',' or ']' expected, at byte 8"},
        {"{\"a\":[1,]}", "a value expected (a comma too many?), at byte 9"},
        {"{\"a\":[,1]}", "a value expected, at byte 7"},
        {"{\"a\":{\"b\":1,}}", "a member expected (a comma too many?), at byte 13"},
        {"{\"a\":{\"b\"}}", "':' expected, at byte 10"},
        {"{\"a\":'x'}", "a value expected (strings stand in double quotes), at byte 6"},
        {"{\"a\":NaN}", "a value expected (NaN and Infinity are not JSON: write null), at byte 6"},
        {"{\"a\":[Infinity]}", "a value expected (NaN and Infinity are not JSON: write null), at byte 7"},
        {"{\"a\":nul}", "a value expected, at byte 6"},
        {"{\"a\":True}", "a value expected, at byte 6"},
        {"{\"a\":truex}", "',' or '}' expected, at byte 10"},
        {"{\"a\":01}", "a number must not begin with 0, at byte 6"},
        {"{\"a\":-}", "malformed number, at byte 6"},
        {"{\"a\":1.}", "malformed number, at byte 6"},
        {"{\"a\":[1e+]}", "malformed number, at byte 7"},
        {"{\"a\":\"\t\"}", "a control character in a string must be written as an escape, at byte 7"},
        {"{\"a\":\"\\x\"}", "unknown escape after '\\', at byte 7"},
        {"{\"a\":\"\\u12g4\"}", "four hexadecimal digits expected after '\\u', at byte 7"},
        {"{\"a\":\"\\ud800\"}", "half a surrogate pair (\\uD800 to \\uDFFF), at byte 7"},
        {"{\"a\":\"\\ud800\\n\"}", "half a surrogate pair (\\uD800 to \\uDFFF), at byte 7"},
        {"{\"a\":\"\\ud800\\ud800\"}", "half a surrogate pair (\\uD800 to \\uDFFF), at byte 7"},
        {"{\"a\":\"\\udc00\"}", "half a surrogate pair (\\uD800 to \\uDFFF), at byte 7"},
        {"{\"a\":\"\xff\"}", "invalid UTF-8, at byte 7"},
        {"{\"\x80\":1}", "invalid UTF-8, at byte 3"},
    };
    char input[200];
    char expected[400];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(input, sizeof input, "{\"z\":0}\n%s\n{\"z\":9}\n", cases[i].record);
        snprintf(expected, sizeof expected, "1@1 n0\n2@2! not JSON: %s <%s>\n3@3 n9\n", cases[i].reason,
                 cases[i].record);
        check(input, "z", expected);
        check(input, NULL, expected);
    }
}

static void test_array(void **state)
{
    (void)state;
    check("[]", NULL, "");
    check(" [ ] \n", NULL, "");
    check("[{\"a\":1},{\"a\":2}]", "a", "1@1 n1\n2@1 n2\n");
    check("\n[\n  {\"a\":1}\n ,{\"a\":2} ,\n\n{\n\"a\":3}\r\n]\n", "a", "1@3 n1\n2@4 n2\n3@6 n3\n");
}

static void test_bad_array(void **state)
{
    static const char unclosed[] = "the array of records is not closed by ']' (is the input cut off?)";
    char expected[400];

    (void)state;
    check("[{\"a\":1},\n]\n", "a", "1@1 n1\n2@2! a comma before the end of the array <]>\n");
    check("[{\"a\":1}]\n]\n{\"a\":2}", "a",
          "1@1 n1\n2@2! text after the end of the array <]>\n3@3! text after the end of the array <{\"a\":2}>\n");
    check("[{\"a\":1}] x\n", "a", "1@1 n1\n2@1! text after the end of the array <x>\n");
    check("[{\"a\":1} {\"a\":2}]\n", "a", "1@1! not JSON: text after the object, at byte 9 <{\"a\":1} {\"a\":2}]>\n");
    check("[{\"a\":1}\n{\"a\":2}\n,{\"a\":3}]\n", "a",
          "1@1 n1\n2@2! ',' or ']' expected between the records of an array <{\"a\":2}>\n3@3 n3\n");
    check("[,{\"a\":1}\n]", "a", "1@1! a record must be a JSON object <,{\"a\":1}>\n");
    check("[{\"a\":1},\n2,\n{\"a\":3}]", "a", "1@1 n1\n2@2! a record must be a JSON object <2,>\n3@3 n3\n");
    check("[[{\"a\":1}]]", "a", "1@1! a record must be a JSON object <[{\"a\":1}]]>\n");
    snprintf(expected, sizeof expected, "1@1! %s <>\n", unclosed);
    check("[", NULL, expected);
    check("[\n\n", NULL, expected);
    snprintf(expected, sizeof expected, "1@1 n1\n2@2! %s <>\n", unclosed);
    check("[{\"a\":1}\n,", "a", expected);
    check("[\n{\"a\":1}\n\n", "a",
          "1@2 n1\n2@2! the array of records is not closed by ']' (is the input cut off?) <>\n");
}

/* After a bad record, neither a stray bracket nor a missing comma costs a good one. */
static void test_array_goes_on(void **state)
{
    (void)state;
    check("[\n{\"a\":1},\n{\"a\":x},\n{\"a\":3}\n]\n", "a",
          "1@2 n1\n2@3! not JSON: a value expected, at byte 6 <{\"a\":x},>\n3@4 n3\n");
    check("[\n{\"a\":1,\n\"b\":[\n{x}\n],\n\"c\":0},\n{\"a\":2}\n]\n", "a",
          "1@2! not JSON: the object does not end on its line, and then in line 4: a member's name in double quotes "
          "expected <{\"a\":1,>\n"
          "2@3! a record must be a JSON object <\"b\":[>\n"
          "3@4! not JSON: a member's name in double quotes expected, at byte 2 <{x}>\n"
          "4@6! a record must be a JSON object <\"c\":0},>\n"
          "5@7 n2\n");
    check("[{\"a\":tru}]", "a", "1@1! not JSON: a value expected, at byte 6 <{\"a\":tru}]>\n");
    check("[{\"a\":tru},\n{\"a\":2}", "a",
          "1@1! not JSON: a value expected, at byte 6 <{\"a\":tru},>\n2@2 n2\n"
          "3@2! the array of records is not closed by ']' (is the input cut off?) <>\n");
}

static void check_names(const char *text, const char *const *names)
{
    struct input input;
    size_t count = 0;

    open_input(&input, slice_from_cstr(text), 3, FORMAT_JSON);
    for (; names[count]; count++) {
        assert_true(count < input.reader->name_count);
        assert_true(slice_equal_cstr(input.reader->names[count], names[count]));
    }
    assert_int_equal(input.reader->name_count, count);
    close_input(&input);
}

static void test_names(void **state)
{
    (void)state;
    check_names("{\"b\":1,\"a\":2}\n{\"c\":{\"d\":1},\"a\":3,\"a\":4}", (const char *const[]){"b", "a", "c", NULL});
    check_names("{\"bad\":1,\"x\":}\n{\"good\":1}{\"cut\":", (const char *const[]){"good", NULL});
    check_names("[{\"\":1},{\"\\u00e9\":2},{\"\xc3\xa9\":3}]", (const char *const[]){"", "\xc3\xa9", NULL});
    check_names("{}", (const char *const[]){NULL});
}

static void test_escapes(void **state)
{
    (void)state;
    check("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"b\":\"\\u00e9\\u20AC\\ud83D\\uDE00 x\"}", NULL,
          "1@1 t\"\\/\b\f\n\r\t t\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 x\n");
    check("{\"a\":\"\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd \xe6\x9d\x8e \xf0\x9f\x98\x80\x7f\"}", NULL,
          "1@1 t\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd \xe6\x9d\x8e \xf0\x9f\x98\x80\x7f\n");
    /* one name, three spellings, two of them not met in the first record */
    check("{\"a\\/b\":1}\n{\"a/b\":2}\n{\"\\u0061/b\":\"\\u0033\"}\n{\"a\\/b\":4}\n", "a/b",
          "1@1 n1\n2@2 n2\n3@3 t3\n4@4 n4\n");
    check("{\"\\\\u0061\":1,\"a\":2,\"\\u0061\":3}", NULL, "1@1 n1 n3\n");
}

static void test_nul(void **state)
{
    static const char text[] = "{\"a\\u0000b\":\"x\\u0000y\",\"a\":1}\n{\"a\\u0000b\":2}";
    struct input input;
    struct record record;
    struct bad_record bad;
    struct error err;

    (void)state;
    open_input(&input, slice_from_cstr(text), 1, FORMAT_JSON);
    assert_int_equal(input.reader->name_count, 2);
    assert_true(slice_equal(input.reader->names[0], SLICE("a\0b")));
    assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_RECORD);
    assert_true(slice_equal(record.fields[0].text, SLICE("x\0y")));
    assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_RECORD);
    assert_true(slice_equal(record.fields[0].text, SLICE("2")));
    assert_int_equal(record.fields[1].kind, FIELD_ABSENT);
    close_input(&input);
}

static void test_duplicates(void **state)
{
    (void)state;
    check("{\"a\":1,\"a\":\"\\n\",\"a\":3}\n{\"a\":1,\"a\":\"\\u0041\"}\n{\"a\":[],\"a\":null}", "a",
          "1@1 n3\n2@2 tA\n3@3 0\n");
}

static void test_order_of_members(void **state)
{
    (void)state;
    check("{\"a\":1,\"b\":2,\"c\":3}\n{\"c\":4,\"a\":5}\n{\"b\":6,\"c\":7,\"a\":8}\n{\"ab\":9,\"a\":0}\n{\"a\" "
          ":1,\"b\": 2}\n",
          "a b c", "1@1 n1 n2 n3\n2@2 n5 - n4\n3@3 n8 n6 n7\n4@4 n0 - -\n5@5 n1 n2 -\n");
}

static void test_numbers(void **state)
{
    (void)state;
    check("{\"a\":007}", "a", "1@1! not JSON: a number must not begin with 0, at byte 6 <{\"a\":007}>\n");
    check("{\"a\":-0,\"b\":0.10,\"c\":1E+2,\"d\":12345678901234567890123,\"e\":1e999,\"f\":-1.5e-9,\"g\":0e1,\"h\":["
          "1e999]}",
          NULL, "1@1 n-0 n0.10 n1E+2 n12345678901234567890123 n1e999 n-1.5e-9 n0e1 j[1e999]\n");
}

/* Ill-formed sequences of Unicode's table 3-7, and the well-formed ones at its borders. */
static void test_utf8(void **state)
{
    static const char *const ill[] = {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xfe",
                                      "\xff",
                                      "\xc3",
                                      "\xe2\x82",
                                      "\xf0\x9f\x98"};
    static const char *const well[] = {"\xc2\x80",     "\xdf\xbf",     "\xe0\xa0\x80",     "\xed\x9f\xbf",
                                       "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"};
    char input[100];
    char expected[200];

    (void)state;
    for (size_t i = 0; i < sizeof ill / sizeof *ill; i++)
        for (size_t before = 0; before < 18; before++) {
            snprintf(input, sizeof input, "{\"a\":\"%.*s%sxyz\"}", (int)before, "aaaaaaaaaaaaaaaaaa", ill[i]);
            snprintf(expected, sizeof expected, "1@1! not JSON: invalid UTF-8, at byte %zu <%s>\n", before + 7, input);
            check(input, NULL, expected);
        }
    for (size_t i = 0; i < sizeof well / sizeof *well; i++) {
        snprintf(input, sizeof input, "{\"a\":\"%s\"}", well[i]);
        snprintf(expected, sizeof expected, "1@1 t%s\n", well[i]);
        check(input, NULL, expected);
    }
}

static void test_strangers(void **state)
{
    struct buffer text;
    struct buffer out;

    (void)state;
    buffer_init(&text);
    buffer_init(&out);
    while (text.len < MIB + 10)
        buffer_printf(&text, "{\"a\":1}\n");
    size_t lines = text.len / 8;
    buffer_printf(&text, "{\"new\":2,\"a\":3}\n{\"n\\u0065w\":2}\n{\"\\u0061\":4}");
    for (int all = 0; all < 2; all++) {
        char expected[1000];
        static const char cure[] =
            "does not occur in the first 1 MiB of the input: choose the columns, or put a record "
            "with all members first";
        if (all)
            snprintf(expected, sizeof expected,
                     "%zu@%zu! member 'new' %s <{\"new\":2,\"a\":3}>\n%zu@%zu! member 'n\\u0065w' %s "
                     "<{\"n\\u0065w\":2}>\n%zu@%zu n4\n",
                     lines + 1, lines + 1, cure, lines + 2, lines + 2, cure, lines + 3, lines + 3);
        else
            snprintf(expected, sizeof expected, "%zu@%zu n3\n%zu@%zu -\n%zu@%zu n4\n", lines + 1, lines + 1, lines + 2,
                     lines + 2, lines + 3, lines + 3);
        transcribe(&out, buffer_slice(&text), all ? 0 : 5000, FORMAT_AUTO, all ? NULL : "a");
        assert_true(out.len > strlen(expected));
        assert_string_equal(out.data + out.len - 1 - strlen(expected), expected);
    }
    buffer_fini(&text);
    buffer_fini(&out);
}

/* The columns are those of the first MiB, or of the first good record when that is longer or begins later. */
static void test_survey(void **state)
{
    struct buffer text;
    struct input input;

    (void)state;
    buffer_init(&text);
    buffer_printf(&text, "{\"bad\n{\"a\":1,\"list\":[\"");
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(buffer_reserve(&text, MIB), 0);
        memset(text.data + text.len, 'x', MIB - 1);
        text.len += MIB - 1;
        buffer_printf(&text, "\",\"");
    }
    buffer_printf(&text, "\"],\"last\":2}\n{\"later\":3}\n");
    for (size_t read_size = 0; read_size < 400000; read_size += 65536) {
        open_input(&input, buffer_slice(&text), read_size, FORMAT_AUTO);
        assert_int_equal(input.reader->name_count, 3);
        assert_true(slice_equal_cstr(input.reader->names[2], "last"));
        close_input(&input);
    }
    buffer_fini(&text);
}

/* A name met in a spelling that the survey did not see is not taken for that spelling of the next record. */
static void test_new_spelling(void **state)
{
    struct buffer text;
    struct buffer out;
    char expected[300];

    (void)state;
    buffer_init(&text);
    buffer_init(&out);
    while (text.len < MIB + 20)
        buffer_printf(&text, "{\"a\\\\b\":1}\n{\"c\\\"d\":1}\n");
    size_t lines = text.len / 22 * 2;
    buffer_printf(&text, "{\"a\\u005cb\":2}\n{\"a\\b\":3}\n{\"c\\u0022d\":4}\n{\"c\"d\":5}");
    snprintf(expected, sizeof expected,
             "\n%zu@%zu n2 -\n%zu@%zu - -\n%zu@%zu - n4\n%zu@%zu! not JSON: ':' expected, at byte 5 <{\"c\"d\":5}>\n",
             lines + 1, lines + 1, lines + 2, lines + 2, lines + 3, lines + 3, lines + 4, lines + 4);
    for (size_t read_size = 0; read_size < 10000; read_size += 5000) {
        transcribe(&out, buffer_slice(&text), read_size, FORMAT_AUTO, "a\\b c\"d");
        assert_true(out.len > strlen(expected));
        assert_string_equal(out.data + out.len - 1 - strlen(expected), expected);
    }
    buffer_fini(&text);
    buffer_fini(&out);
}

/* The survey does not hold more than the longest record, whatever stands between records. */
static void test_survey_of_blanks(void **state)
{
    struct buffer text;
    struct input input;
    struct record record;
    struct bad_record bad;
    struct error err;

    (void)state;
    buffer_init(&text);
    buffer_printf(&text, "{\"a\":1}");
    assert_int_equal(buffer_reserve(&text, 40 * MIB), 0);
    memset(text.data + text.len, '\n', 40 * MIB);
    text.len += 40 * MIB;
    buffer_printf(&text, "{\"a\":2}");
    open_input(&input, buffer_slice(&text), SOURCE_BLOCK, FORMAT_AUTO);
    assert_true(input.source->capacity < 40 * MIB);
    for (int i = 1; i <= 2; i++) {
        assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_RECORD);
        assert_int_equal(record.fields[0].text.ptr[0], '0' + i);
    }
    assert_int_equal(record.line, 40 * MIB + 1);
    assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_END);
    assert_true(input.source->capacity < 40 * MIB);
    close_input(&input);
    buffer_fini(&text);
}

static void test_depth(void **state)
{
    char text[3000];
    struct buffer out;

    (void)state;
    buffer_init(&out);
    for (int nested = 510; nested <= 513; nested++) {
        for (int object = 0; object < 2; object++) {
            char *p = text + sprintf(text, "{\"a\":");
            for (int i = 0; i < nested; i++)
                p += sprintf(p, "%s", i % 2 && object ? "{\"\":" : "[");
            *p++ = '1';
            for (int i = nested; i-- > 0;)
                *p++ = i % 2 && object ? '}' : ']';
            sprintf(p, "}\n{\"a\":5}");
            transcribe(&out, slice_from_cstr(text), 64, FORMAT_JSON, "a");
            assert_int_equal(strstr(out.data, "1@1! not JSON: nested more than 512 levels deep") != NULL, nested > 511);
            assert_non_null(strstr(out.data, "2@2 n5\n"));
        }
    }
    buffer_fini(&out);
}

/* A line of `size` bytes that begins with `begin`, ends with `end` and has letters in between. */
static void append_line(struct buffer *text, const char *begin, size_t size, const char *end)
{
    size_t fill = size - strlen(begin) - strlen(end);

    assert_int_equal(buffer_append(text, slice_from_cstr(begin)), 0);
    assert_int_equal(buffer_reserve(text, fill), 0);
    memset(text->data + text->len, 'x', fill);
    text->len += fill;
    assert_int_equal(buffer_append(text, slice_from_cstr(end)), 0);
    assert_int_equal(buffer_append_char(text, '\n'), 0);
}

static void test_field_limit(void **state)
{
    struct buffer text;
    struct buffer out;

    (void)state;
    buffer_init(&text);
    buffer_init(&out);
    buffer_printf(&text, "{\"b\":0}\n");
    append_line(&text, "{\"a\":\"", FIELD_LIMIT + 8, "\"}");
    append_line(&text, "{\"a\":\"", FIELD_LIMIT + 9, "\"}");
    append_line(&text, "{\"", FIELD_LIMIT + 7, "\":1}");
    buffer_printf(&text, "{\"b\":5}\n");
    transcribe(&out, buffer_slice(&text), 0, FORMAT_JSON, "b");
    assert_memory_equal(out.data, "1@1 n0\n2@2 -\n3@3! not JSON: a string is longer than 1 MiB, at byte 7 <{\"a", 67);
    assert_non_null(strstr(out.data, "\n4@4! not JSON: a string is longer than 1 MiB, at byte 3 <{\"xx"));
    assert_string_equal(out.data + out.len - 9, "\n5@5 n5\n");
    buffer_fini(&text);
    buffer_fini(&out);
}

static void append_long_record(struct buffer *text, size_t size)
{
    size_t begin = text->len;

    buffer_append(text, SLICE("{\"a\":["));
    while (text->len - begin < size - 32)
        buffer_append(text, SLICE("\"............\","));
    append_line(text, "\"", size - (text->len - begin), "\"]}");
}

static void test_record_limit(void **state)
{
    struct buffer text;
    static const size_t read_sizes[] = {0, 100000, SOURCE_BLOCK};

    (void)state;
    buffer_init(&text);
    buffer_append(&text, SLICE("{\"a\":0}\n"));
    append_long_record(&text, RECORD_LIMIT);
    append_long_record(&text, RECORD_LIMIT + 1);
    append_line(&text, "{\"a\":[x", 40 * MIB, "]}");
    append_line(&text, "", 40 * MIB, "");
    buffer_append(&text, SLICE("{\"a\":5}\n"));
    for (size_t i = 0; i < sizeof read_sizes / sizeof *read_sizes; i++) {
        struct input input;
        struct record record;
        struct bad_record bad;
        struct error err;
        open_input(&input, buffer_slice(&text), read_sizes[i], FORMAT_JSONL);
        assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_RECORD);
        assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_RECORD);
        assert_int_equal(record.raw.len, RECORD_LIMIT);
        assert_int_equal(record.fields[0].text.len, RECORD_LIMIT - 6);
        for (uint64_t line = 3; line <= 5; line++) {
            assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_BAD);
            assert_int_equal(bad.line, line);
            assert_int_equal(bad.raw.len, FIELD_LIMIT);
            assert_non_null(strstr(bad.reason, "longer than 16 MiB"));
            assert_int_equal(strstr(bad.reason, "a value expected") != NULL, line == 4);
        }
        assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_RECORD);
        assert_int_equal(record.line, 6);
        assert_int_equal(reader_next(input.reader, &record, &bad, &err), READ_END);
        if (read_sizes[i])
            assert_true(input.source->capacity <= 4 * RECORD_LIMIT);
        close_input(&input);
    }
    buffer_fini(&text);
}

static void test_paths(void **state)
{
    static const char text[] = "{\"company\":{\"name\":\"A\\u0042\",\"size\":1.50,\"n\\u0061me\":\"C\\\"\"},"
                               "\"Lead Source\":{\"id\":[10,{\"x\":true},[],null,-2e5]}}\n"
                               "{\"company\":null,\"Lead Source\":\"web\"}\n{\"company\":{}}\n{}\n";

    (void)state;
    check(text, ".company .company.name .company.size",
          "1@1 j{\"name\":\"A\\u0042\",\"size\":1.50,\"n\\u0061me\":\"C\\\"\"} tC\" n1.50\n2@2 0 0 0\n3@3 j{} - -\n4@4 "
          "- - -\n");
    check("{\"Lead Source\":{\"id\":[10,{\"x\":true},[],null,-2e5]}}\n{\"Lead Source\":\"web\"}",
          ".[\"Lead\\u0020Source\"].id[0] .[\"Lead\\u0020Source\"][\"id\"][1].x .[\"Lead\\u0020Source\"].id[2] "
          ".[\"Lead\\u0020Source\"].id[3].y .[\"Lead\\u0020Source\"].id[-1] .[\"Lead\\u0020Source\"].id[5] "
          ".[\"Lead\\u0020Source\"].id[-6] .[\"Lead\\u0020Source\"].id.x .[\"Lead\\u0020Source\"].id[-5] .nothing.x",
          "1@1 n10 T j[] 0 n-2e5 - - - n10 -\n2@2 - - - - - - - - - -\n");
    check("{\"a\":{\"b\":{\"c\":\"\\t\"}},\"d\":\"\\n\"}", ".a.b.c .a.b d .a.b.c a.b .a.\"b\"",
          "1@1 t\t j{\"c\":\"\\t\"} t\n t\t - j{\"c\":\"\\t\"}\n");
}

static void test_path_names(void **state)
{
    static const char *const wrong[] = {
        ".a.",     ".a[",      ".a[]",   ".a[1",  ".a[x]",  ".a b",     ".a-b",
        ".1",      ".a.1",     ".a[\"]", ".\"a",  ".[0].a", "..a",      ".a[1.5]",
        ".a\"b\"", ".a[\"b\"", ".[]",    ".a[-]", ".a?",    ".\"\\x\"", ".a[99999999999999999999]"};
    struct input input;
    struct error err;
    size_t column;

    (void)state;
    open_input(&input, SLICE("{\"a\":{\"b\":1},\".x\":2}"), 0, FORMAT_JSON);
    struct reader *reader = input.reader;
    assert_int_equal(reader_find(reader, SLICE(".a.b"), &column, &err), 0);
    assert_int_equal(column, 2);
    assert_true(slice_equal_cstr(reader->names[2], ".a.b"));
    assert_int_equal(reader_find(reader, SLICE(".a.b"), &column, &err), 0);
    assert_int_equal(column, 2);
    assert_int_equal(reader_find(reader, SLICE(".\"a\""), &column, &err), 0);
    assert_int_equal(column, 0);
    assert_int_equal(reader_find(reader, SLICE(".x"), &column, &err), 0);
    assert_int_equal(column, 1);
    assert_int_equal(reader_find(reader, SLICE(".nothing.b"), &column, &err), 0);
    assert_true(column == COLUMN_ABSENT);
    assert_int_equal(reader->name_count, 3);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (json_reader_add_path(reader, slice_from_cstr(wrong[i]), &column, &err) == 0)
            fail_msg("%s is not a path", wrong[i]);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_non_null(strstr(err.text, "not a path: '"));
    }
    assert_int_equal(json_reader_add_path(reader, SLICE("."), &column, &err), -1);
    assert_int_equal(json_reader_add_path(reader, SLICE(""), &column, &err), -1);
    close_input(&input);
}

static enum format kind_of(const char *text, enum format format)
{
    struct input input;

    open_input(&input, slice_from_cstr(text), 1, format);
    enum format kind = input.reader->kind;
    close_input(&input);
    return kind;
}

static void test_format(void **state)
{
    (void)state;
    assert_int_equal(kind_of("\n\n {\"a\":1}", FORMAT_AUTO), FORMAT_JSONL);
    assert_int_equal(kind_of("\n\n [{\"a\":1}]", FORMAT_AUTO), FORMAT_JSON);
    assert_int_equal(kind_of("[]", FORMAT_JSON), FORMAT_JSON);
    assert_int_equal(kind_of("", FORMAT_JSON), FORMAT_JSON);
    assert_int_equal(kind_of("", FORMAT_JSONL), FORMAT_JSONL);
    assert_int_equal(kind_of("[]", FORMAT_JSONL), FORMAT_JSONL);
    check_format(
        FORMAT_JSONL, "[1]\n{\"a\":1}\n", "a",
        "1@1! a record must be a JSON object (an array of records must begin the input; see --from json) <[1]>\n"
        "2@2 n1\n");
    check("\xef\xbb\xbf{\"a\":1}", "a", "1@1 n1\n");
    check("a,b\n1,2\n", NULL, "1@1! a record must be a JSON object <a,b>\n2@2! a record must be a JSON object <1,2>\n");
}

static void test_read_error(void **state)
{
    struct input input;
    struct record record;
    struct bad_record bad;
    struct buffer text;
    struct error err;

    (void)state;
    buffer_init(&text);
    while (text.len < 2 * MIB)
        buffer_append(&text, SLICE("{\"a\":1}\n"));
    open_input(&input, buffer_slice(&text), 4096, FORMAT_JSON);
    int broken = open("/dev/null", O_WRONLY);
    assert_true(broken >= 0);
    assert_int_equal(dup2(broken, input.source->fd), input.source->fd);
    enum read_result result;
    do
        result = reader_next(input.reader, &record, &bad, &err);
    while (result == READ_RECORD);
    assert_int_equal(result, READ_FAILED);
    assert_int_equal(err.status, STATUS_SYSTEM);
    close(broken);
    close_input(&input);
    buffer_fini(&text);
}

static size_t allocations_left;

static void *failing_malloc(size_t size)
{
    if (allocations_left == 0)
        return NULL;
    allocations_left--;
    return malloc(size);
}

/* Every allocation of the decoder in turn: an error, never a wrong value. */
static void test_decoder_memory(void **state)
{
    struct input input;
    struct record record;
    struct bad_record bad;
    struct error err;
    enum read_result result = READ_FAILED;
    size_t failures = 0;

    (void)state;
    for (size_t allowed = 0; result == READ_FAILED && allowed < 100; allowed++) {
        open_input(&input, SLICE("{\"a\":\"\\u0041\"}"), 0, FORMAT_JSON);
        json_set_alloc_funcs(failing_malloc, free);
        allocations_left = allowed;
        result = reader_next(input.reader, &record, &bad, &err);
        json_set_alloc_funcs(malloc, free);
        if (result == READ_FAILED) {
            assert_int_equal(err.status, STATUS_SYSTEM);
            assert_string_equal(err.text, "out of memory");
            failures++;
        } else {
            assert_int_equal(result, READ_RECORD);
            assert_true(slice_equal_cstr(record.fields[0].text, "A"));
        }
        close_input(&input);
    }
    assert_int_equal(result, READ_RECORD);
    assert_true(failures > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pretty_and_concatenated),
        cmocka_unit_test(test_text_after),
        cmocka_unit_test(test_malformed_lines),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_array),
        cmocka_unit_test(test_bad_array),
        cmocka_unit_test(test_array_goes_on),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_order_of_members),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_strangers),
        cmocka_unit_test(test_survey),
        cmocka_unit_test(test_new_spelling),
        cmocka_unit_test(test_survey_of_blanks),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_field_limit),
        cmocka_unit_test(test_record_limit),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_path_names),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_read_error),
        cmocka_unit_test(test_decoder_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
