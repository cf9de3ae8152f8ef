/* Writer: each format to the byte; CSV read back by libcsv and JSON by jansson; and what happens to a record that
 * cannot be written. */
#include <csv.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "folder.h"
#include "stream/writer.h"

/* A writer into a file of a temporary folder. */
struct output {
    struct folder folder;
    char *path;
    struct sink *sink;
    struct writer *writer;
};

static void begin(struct output *output, enum format format, char delimiter, const struct slice *names, size_t count)
{
    struct error err = {0};

    folder_make(&output->folder);
    output->path = strdup(folder_file(&output->folder, "out"));
    if (sink_open(&output->sink, output->path, &err) ||
        writer_new(&output->writer, output->sink, format, delimiter, names, count, &err))
        fail_msg("%s", err.text);
}

static void put(struct output *output, const struct field *fields)
{
    struct error err = {0};

    if (writer_put(output->writer, fields, &err))
        fail_msg("%s", err.text);
}

/* The bytes written; free(ptr) them. */
static struct slice end_take(struct output *output)
{
    struct error err = {0};

    if (writer_finish(output->writer, &err) || sink_finish(output->sink, &err))
        fail_msg("%s", err.text);
    writer_free(output->writer);
    sink_free(output->sink);
    struct slice text = file_take(output->path);
    free(output->path);
    folder_remove(&output->folder);
    return text;
}

static void end_expect(struct output *output, const char *expected)
{
    struct slice text = end_take(output);

    assert_string_equal(text.ptr, expected);
    assert_int_equal(text.len, strlen(expected));
    free((char *)text.ptr);
}

#define TEXT(literal)                   \
    {                                   \
        SLICE_INIT(literal), FIELD_TEXT \
    }
#define NUMBER(literal)                   \
    {                                     \
        SLICE_INIT(literal), FIELD_NUMBER \
    }
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct slice abc[] = {SLICE_INIT("a"), SLICE_INIT("b"), SLICE_INIT("c")};

/* Every kind of field in two records. */
static const struct field kinds[][3] = {
    {TEXT("007"), NUMBER("1.50"), {SLICE_INIT("true"), FIELD_TRUE}},
    {{SLICE_INIT("false"), FIELD_FALSE}, {SLICE_INIT(""), FIELD_NULL}, {SLICE_INIT("{\"k\": [1,\r\n2]}"), FIELD_JSON}},
    {{{NULL, 0}, FIELD_ABSENT}, {{NULL, 0}, FIELD_TEXT}, TEXT("+49 30 ")},
};

static void put_kinds(struct output *output)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        put(output, kinds[i]);
}

static void csv_of_every_kind(void **state)
{
    struct output output;
    (void)state;

    begin(&output, FORMAT_CSV, 0, abc, 3);
    put_kinds(&output);
    end_expect(&output, "a,b,c\n007,1.50,true\nfalse,,\"{\"\"k\"\": [1,\r\n2]}\"\n,,+49 30 \n");
}

static void csv_quotes_only_where_needed(void **state)
{
    static const struct slice names[] = {SLICE_INIT("Lead Source"), SLICE_INIT("a,b"), SLICE_INIT("the \"best\"")};
    static const struct field rows[][3] = {
        {TEXT("a b"), TEXT(" x "), TEXT("'")},        {TEXT("\""), TEXT(","), TEXT("\r")},
        {TEXT("\n"), TEXT(";"), TEXT("\t")},          {TEXT("say \"hi\""), TEXT("\"\""), TEXT("a\0b")},
        {TEXT("#x"), TEXT("=1+1"), TEXT("\xe9\xff")},
    };
    struct output output;
    (void)state;

    begin(&output, FORMAT_CSV, ',', names, 3);
    for (size_t i = 0; i < COUNT(rows); i++)
        put(&output, rows[i]);
    struct slice text = end_take(&output);
    static const char expected[] =
        "Lead Source,\"a,b\",\"the \"\"best\"\"\"\na b, x ,'\n\"\"\"\",\",\",\"\r\"\n\"\n\",;,\t\n"
        "\"say \"\"hi\"\"\",\"\"\"\"\"\",a\0b\n#x,=1+1,\xe9\xff\n";
    assert_int_equal(text.len, sizeof expected - 1);
    assert_memory_equal(text.ptr, expected, text.len);
    free((char *)text.ptr);
}

/* Found by fuzzing: what was written unquoted in front was taken for JSON, or for a compressed file, when read again.
 */
static void csv_quotes_a_name_that_begins_another_format(void **state)
{
    static const char *const names[] = {"{a", "[1]", " {", "BZh91AY", "%PDF-1", "\xef\xbb\xbfx"};
    static const char *const plain[] = {"BZh", "a{", "%PDF"};

    (void)state;
    for (size_t i = 0; i < COUNT(names) + COUNT(plain); i++) {
        const bool quoted = i < COUNT(names);
        const char *name = quoted ? names[i] : plain[i - COUNT(names)];
        const struct slice two[] = {slice_from_cstr(name), slice_from_cstr(name)};
        struct output output;
        char expected[64];
        snprintf(expected, sizeof expected, quoted ? "\"%s\",%s\n" : "%s,%s\n", name, name);
        begin(&output, FORMAT_CSV, 0, two, 2);
        end_expect(&output, expected);
    }
}

static void csv_with_another_delimiter(void **state)
{
    static const struct field row[] = {TEXT("1,5"), TEXT("a;b"), TEXT("a\tb")};
    struct output output;
    (void)state;

    begin(&output, FORMAT_CSV, ';', abc, 3);
    put(&output, row);
    end_expect(&output, "a;b;c\n1,5;\"a;b\";a\tb\n");
    begin(&output, FORMAT_CSV, '\t', abc, 3);
    put(&output, row);
    end_expect(&output, "a\tb\tc\n1,5\ta;b\t\"a\tb\"\n");
    begin(&output, FORMAT_CSV, '\xa7', abc, 2); /* a byte above 127 */
    put(&output, (const struct field[]){TEXT("x\xa7y"), TEXT("0123456789abcdef\xa7")});
    end_expect(&output, "a\xa7"
                        "b\n\"x\xa7y\"\xa7\"0123456789abcdef\xa7\"\n");
}

static void csv_lines_are_never_blank(void **state)
{
    static const struct slice empty = SLICE_INIT("");
    static const struct field rows[] = {TEXT(""), TEXT("x"), {{NULL, 0}, FIELD_NULL}};
    struct output output;
    struct error err;
    (void)state;

    begin(&output, FORMAT_CSV, 0, abc, 1);
    for (size_t i = 0; i < COUNT(rows); i++)
        put(&output, &rows[i]);
    end_expect(&output, "a\n\"\"\nx\n\"\"\n");
    begin(&output, FORMAT_CSV, 0, &empty, 1);
    end_expect(&output, "\"\"\n");
    begin(&output, FORMAT_CSV, 0, abc, 2);
    put(&output, (const struct field[]){TEXT(""), TEXT("")});
    end_expect(&output, "a,b\n,\n");
    begin(&output, FORMAT_CSV, 0, abc, 0);
    assert_int_equal(writer_put(output.writer, NULL, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    end_expect(&output, "");
}

/* A special byte at every place of fields of every length: none may escape the vector instructions. */
static void csv_finds_every_special_byte(void **state)
{
    static const char special[] = {',', '"', '\r', '\n'};
    struct buffer expected;
    struct output output;
    char texts[4][50];
    (void)state;

    buffer_init(&expected);
    assert_int_equal(buffer_append(&expected, SLICE("a,b,c\n")), 0);
    begin(&output, FORMAT_CSV, 0, abc, 3);
    for (size_t length = 1; length <= 50; length++)
        for (size_t at = 0; at < length; at++)
            for (size_t k = 0; k < sizeof special; k++) {
                memset(texts[k], 'x', length);
                texts[k][at] = special[k];
                struct field fields[] = {TEXT("p"), {{texts[k], length}, FIELD_TEXT}, TEXT("q")};
                put(&output, fields);
                const char *twice = special[k] == '"' ? "\"" : "";
                assert_int_equal(buffer_printf(&expected, "p,\"%.*s%s%.*s\",q\n", (int)at + 1, texts[k], twice,
                                               (int)(length - at - 1), texts[k] + at + 1),
                                 0);
            }
    struct slice text = end_take(&output);
    assert_true(slice_equal(text, buffer_slice(&expected)));
    free((char *)text.ptr);
    buffer_fini(&expected);
}

static void headers_alone(void **state)
{
    static const struct {
        enum format format;
        const char *text;
    } expected[] = {
        {FORMAT_CSV, "a,b,c\n"}, {FORMAT_TSV, "a\tb\tc\n"},   {FORMAT_JSONL, ""},
        {FORMAT_JSON, "[]\n"},   {FORMAT_TABLE, "a  b  c\n"},
    };
    struct output output;
    (void)state;

    for (size_t i = 0; i < COUNT(expected); i++) {
        begin(&output, expected[i].format, 0, abc, 3);
        end_expect(&output, expected[i].text);
    }
    begin(&output, FORMAT_TABLE, 0, abc, 0);
    end_expect(&output, "");
}

static void tsv_has_no_quotes(void **state)
{
    static const struct field rows[][3] = {
        {TEXT("a\"b"), TEXT(""), TEXT("x,y")},
        {TEXT("a quote \" behind sixteen bytes"), NUMBER("1"), {{NULL, 0}, FIELD_ABSENT}},
    };
    static const struct field bad[][3] = {
        {TEXT("x"), TEXT("a\tb"), TEXT("z")},
        {TEXT("x"), TEXT("y"), TEXT("a\nb")},
        {TEXT("\r"), TEXT("y"), TEXT("z")},
        {TEXT("x"), TEXT("sixteen bytes and more, with \" and\ttab"), TEXT("z")},
    };
    static const char *const columns[] = {"b", "c", "a", "b"};
    struct output output;
    struct error err;
    char text[128];
    (void)state;

    begin(&output, FORMAT_TSV, ',', abc, 3); /* the delimiter of CSV means nothing here */
    put(&output, rows[0]);
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(writer_put(output.writer, bad[i], &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
        snprintf(text, sizeof text, "column '%s': a tab or line end cannot be written as TSV; use --to csv",
                 columns[i]);
        assert_string_equal(err.text, text);
    }
    put(&output, rows[1]);
    end_expect(&output, "a\tb\tc\na\"b\t\tx,y\na quote \" behind sixteen bytes\t1\t\n");
}

static void json_of_every_kind(void **state)
{
    struct output output;
    (void)state;

    begin(&output, FORMAT_JSONL, 0, abc, 3);
    put_kinds(&output);
    end_expect(&output, "{\"a\":\"007\",\"b\":1.50,\"c\":true}\n"
                        "{\"a\":false,\"b\":null,\"c\":{\"k\": [1,  2]}}\n"
                        "{\"a\":null,\"b\":\"\",\"c\":\"+49 30 \"}\n");
    begin(&output, FORMAT_JSON, 0, abc, 3);
    put_kinds(&output);
    end_expect(&output, "[\n{\"a\":\"007\",\"b\":1.50,\"c\":true},\n"
                        "{\"a\":false,\"b\":null,\"c\":{\"k\": [1,  2]}},\n"
                        "{\"a\":null,\"b\":\"\",\"c\":\"+49 30 \"}\n]\n");
    begin(&output, FORMAT_JSONL, 0, abc, 0);
    put(&output, NULL);
    end_expect(&output, "{}\n");
    begin(&output, FORMAT_JSON, 0, abc, 0);
    put(&output, NULL);
    put(&output, NULL);
    end_expect(&output, "[\n{},\n{}\n]\n");
}

static void json_escapes(void **state)
{
    static const struct slice names[] = {SLICE_INIT("a \"b\"\n"), SLICE_INIT("имя")};
    struct output output;
    (void)state;

    begin(&output, FORMAT_JSONL, 0, names, 2);
    put(&output, (const struct field[]){TEXT("\"\\/\b\f\n\r\t"), TEXT("\0\x01\x1f\x7f")});
    put(&output, (const struct field[]){TEXT("Ünï 世界 😀 \u2028"), TEXT("</script>")});
    end_expect(&output, "{\"a \\\"b\\\"\\n\":\"\\\"\\\\/\\b\\f\\n\\r\\t\",\"имя\":\"\\u0000\\u0001\\u001f\x7f\"}\n"
                        "{\"a \\\"b\\\"\\n\":\"Ünï 世界 😀 \u2028\",\"имя\":\"</script>\"}\n");
}

static void json_refuses_other_encodings(void **state)
{
    static const struct {
        struct field fields[3];
        const char *text;
    } bad[] = {
        {{TEXT("x"), TEXT("caf\xe9"), TEXT("z")}, "column 'b': not UTF-8 (byte 0xe9 at offset 4)"},
        {{TEXT("\xff"), TEXT("y"), TEXT("z")}, "column 'a': not UTF-8 (byte 0xff at offset 1)"},
        {{TEXT("x"), TEXT("y"), TEXT("0123456789abcdef\xed\xa0\x80")},
         "column 'c': not UTF-8 (byte 0xed at offset 17)"},
        {{TEXT("x"), TEXT("y"), {SLICE_INIT("[\"\x80\"]"), FIELD_JSON}},
         "column 'c': not UTF-8 (byte 0x80 at offset 3)"},
    };
    static const enum format formats[] = {FORMAT_JSONL, FORMAT_JSON};
    static const char *const expected[] = {
        "{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}\n{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}\n",
        "[\n{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"},\n{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}\n]\n",
    };
    static const struct field good[] = {TEXT("1"), TEXT("2"), TEXT("3")};
    struct output output;
    struct error err;
    (void)state;

    for (size_t f = 0; f < 2; f++) {
        begin(&output, formats[f], 0, abc, 3);
        for (size_t i = 0; i < COUNT(bad); i++) { /* bad ones first, between and last */
            if (i == 1 || i == 3)
                put(&output, good);
            assert_int_equal(writer_put(output.writer, bad[i].fields, &err), -1);
            assert_int_equal(err.status, STATUS_DATA);
            assert_string_equal(err.text, bad[i].text);
        }
        end_expect(&output, expected[f]);
    }
}

/* The same for JSON: what is escaped, what belongs to a longer character, and what is not UTF-8. */
static void json_finds_every_special_byte(void **state)
{
    static const struct {
        char byte;
        const char *escaped;
    } special[] = {{'"', "\\\""},       {'\\', "\\\\"}, {'\n', "\\n"},   {'\0', "\\u0000"},
                   {'\x1f', "\\u001f"}, {' ', " "},     {'\x7f', "\x7f"}};
    struct buffer expected;
    struct output output;
    struct error err;
    char text[51];
    (void)state;

    buffer_init(&expected);
    begin(&output, FORMAT_JSONL, 0, abc, 1);
    for (size_t length = 1; length <= 50; length++)
        for (size_t at = 0; at < length; at++) {
            const int behind = (int)(length - at - 1);
            for (size_t k = 0; k < COUNT(special); k++) {
                memset(text, 'x', length);
                text[at] = special[k].byte;
                put(&output, &(struct field){{text, length}, FIELD_TEXT});
                memset(text, 'x', length);
                assert_int_equal(buffer_printf(&expected, "{\"a\":\"%.*s%s%.*s\"}\n", (int)at, text, special[k].escaped,
                                               behind, text),
                                 0);
            }
            memcpy(text + at, "\xc3\xa9", 2);
            put(&output, &(struct field){{text, length + (behind == 0)}, FIELD_TEXT});
            assert_int_equal(buffer_printf(&expected, "{\"a\":\"%.*s\"}\n", (int)length + (behind == 0), text), 0);
            memset(text, 'x', length);
            text[at] = '\xe9';
            assert_int_equal(writer_put(output.writer, &(struct field){{text, length}, FIELD_TEXT}, &err), -1);
            char message[64];
            snprintf(message, sizeof message, "column 'a': not UTF-8 (byte 0xe9 at offset %zu)", at + 1);
            assert_string_equal(err.text, message);
        }
    struct slice found = end_take(&output);
    assert_true(slice_equal(found, buffer_slice(&expected)));
    free((char *)found.ptr);
    buffer_fini(&expected);
}

static void refuses_columns_it_cannot_name(void **state)
{
    static const struct slice tab[] = {SLICE_INIT("ok"), SLICE_INIT("a\tb")};
    static const struct slice latin[] = {SLICE_INIT("ok"), SLICE_INIT("caf\xe9")};
    struct folder folder;
    struct sink *sink;
    struct writer *writer;
    struct error err;
    (void)state;

    folder_make(&folder);
    assert_int_equal(sink_open(&sink, folder_file(&folder, "out"), &err), 0);
    assert_int_equal(writer_new(&writer, sink, FORMAT_TSV, 0, tab, 2, &err), -1);
    assert_null(writer);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "column 'a\\x09b': a tab or line end cannot be written as TSV; use --to csv");
    assert_int_equal(writer_new(&writer, sink, FORMAT_JSONL, 0, latin, 2, &err), -1);
    assert_string_equal(err.text, "column 'caf\\xe9': not UTF-8 (byte 0xe9 at offset 4)");
    static const char delimiters[] = {'"', '\n', '\r'};
    for (size_t i = 0; i < sizeof delimiters; i++) {
        assert_int_equal(writer_new(&writer, sink, FORMAT_CSV, delimiters[i], abc, 3, &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
    }
    writer_free(NULL);
    sink_free(sink);
    folder_remove(&folder);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

enum { ROWS = 4000, WIDE = 5 };

/* A random field: mostly short, some with what needs quotes and escapes, some longer than a vector, one longer than the
 * sink. */
static struct slice random_text(uint32_t *seed, char *room, size_t row)
{
    static const char *const pieces[] = {
        "a", "Ω", "世", "😀", "\"", ",", "\n", "\r\n", "\\", "\t", " ", "\x01", "0123456789abcdefghij", "x", "y"};
    size_t count = next_random(seed) % 12;
    size_t length = 0;

    if (row == ROWS / 2)
        count = 60000;
    for (size_t i = 0; i < count; i++) {
        const char *piece = pieces[next_random(seed) % COUNT(pieces)];
        memcpy(room + length, piece, strlen(piece));
        length += strlen(piece);
    }
    return (struct slice){room, length};
}

/* What was written, to be compared with what a library reads: fields one behind the other, each ended by a byte 0. */
static struct slice write_random(enum format format, struct buffer *fields_written)
{
    static const struct slice names[WIDE] = {SLICE_INIT("a"), SLICE_INIT("b"), SLICE_INIT("c"), SLICE_INIT("d"),
                                             SLICE_INIT("e")};
    char *rooms[WIDE];
    struct output output;
    uint32_t seed = 7;

    for (size_t i = 0; i < WIDE; i++) {
        rooms[i] = malloc(60000 * 20);
        assert_non_null(rooms[i]);
    }
    begin(&output, format, 0, names, WIDE);
    for (size_t row = 0; row < ROWS; row++) {
        struct field fields[WIDE];
        for (size_t i = 0; i < WIDE; i++) {
            fields[i] = field_text(random_text(&seed, rooms[i], row));
            assert_int_equal(buffer_append(fields_written, fields[i].text), 0);
            assert_int_equal(buffer_append_char(fields_written, '\0'), 0);
        }
        put(&output, fields);
    }
    for (size_t i = 0; i < WIDE; i++)
        free(rooms[i]);
    return end_take(&output);
}

static void collect_field(void *text, size_t size, void *fields)
{
    assert_int_equal(buffer_append(fields, (struct slice){text, size}), 0);
    assert_int_equal(buffer_append_char(fields, '\0'), 0);
}

static int never_blank(unsigned char c)
{
    (void)c;
    return 0;
}

static void libcsv_reads_what_was_written(void **state)
{
    struct buffer written;
    struct buffer found;
    struct csv_parser parser;
    (void)state;

    buffer_init(&written);
    buffer_init(&found);
    assert_int_equal(buffer_append(&written, SLICE("a\0b\0c\0d\0e\0")), 0);
    struct slice text = write_random(FORMAT_CSV, &written);
    assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL), 0);
    csv_set_space_func(&parser, never_blank);
    assert_int_equal(csv_parse(&parser, text.ptr, text.len, collect_field, NULL, &found), text.len);
    assert_int_equal(csv_error(&parser), 0);
    assert_int_equal(csv_fini(&parser, collect_field, NULL, &found), 0);
    csv_free(&parser);
    assert_int_equal(found.len, written.len);
    assert_memory_equal(found.data, written.data, found.len);
    free((char *)text.ptr);
    buffer_fini(&written);
    buffer_fini(&found);
}

static void collect_object(const json_t *object, struct buffer *found)
{
    static const char *const names[WIDE] = {"a", "b", "c", "d", "e"};

    assert_int_equal(json_object_size(object), WIDE);
    for (size_t i = 0; i < WIDE; i++) {
        const json_t *value = json_object_get(object, names[i]);
        assert_true(json_is_string(value));
        collect_field((char *)json_string_value(value), json_string_length(value), found);
    }
}

static void jansson_reads_what_was_written(void **state)
{
    static const enum format formats[] = {FORMAT_JSONL, FORMAT_JSON};
    (void)state;

    for (size_t f = 0; f < 2; f++) {
        struct buffer written;
        struct buffer found;
        json_error_t error;
        buffer_init(&written);
        buffer_init(&found);
        struct slice text = write_random(formats[f], &written);
        if (formats[f] == FORMAT_JSON) {
            json_t *array = json_loadb(text.ptr, text.len, 0, &error);
            assert_int_equal(json_array_size(array), ROWS);
            for (size_t i = 0; i < ROWS; i++)
                collect_object(json_array_get(array, i), &found);
            json_decref(array);
        } else {
            const char *line = text.ptr;
            for (const char *stop = strchr(line, '\n'); stop; line = stop + 1, stop = strchr(line, '\n')) {
                json_t *object = json_loadb(line, (size_t)(stop - line), 0, &error);
                assert_non_null(object);
                collect_object(object, &found);
                json_decref(object);
            }
            assert_ptr_equal(line, text.ptr + text.len);
        }
        assert_int_equal(found.len, written.len);
        assert_memory_equal(found.data, written.data, found.len);
        free((char *)text.ptr);
        buffer_fini(&written);
        buffer_fini(&found);
    }
}

static void table_aligns(void **state)
{
    static const struct slice names[] = {SLICE_INIT("name"), SLICE_INIT("orders"), SLICE_INIT("code"),
                                         SLICE_INIT("note")};
    static const struct field rows[][4] = {
        {TEXT("Müller"), NUMBER("7"), TEXT("007"), TEXT("a")},
        {TEXT("世界"), NUMBER("1200.50"), TEXT("-1.5e+3"), TEXT("")},
        {TEXT("مرحبا"), {SLICE_INIT(""), FIELD_NULL}, TEXT(""), TEXT("long text, not cut")},
        {TEXT(""), NUMBER("3"), TEXT("12"), TEXT("line\nend\033[2J")},
    };
    struct output output;
    (void)state;

    begin(&output, FORMAT_TABLE, 0, names, 4);
    for (size_t i = 0; i < COUNT(rows); i++)
        put(&output, rows[i]);
    end_expect(&output, "name     orders     code  note\n"
                        "Müller        7      007  a\n"
                        "世界    1200.50  -1.5e+3\n"
                        "مرحبا                     long text, not cut\n"
                        "              3       12  line\\nend\\x1b[2J\n");
}

static void table_tells_numbers_from_text(void **state)
{
    static const char *const numbers[] = {"1", "-1", "+1", "0.5", "1e5", "1E-5", "12345678901234567890"};
    static const char *const others[] = {"-",   "+",   ".5",    "5.", "1,5",  "1 000", "1e", "1e+",
                                         "12%", "--1", "1.2.3", "x",  "0x1f", "NaN",   " 1"};
    static const struct slice names[] = {SLICE_INIT("a-long-column-name-for-all"), SLICE_INIT("b")};
    struct output output;
    char expected[256];
    (void)state;

    for (size_t i = 0; i < COUNT(numbers) + COUNT(others); i++) {
        const bool number = i < COUNT(numbers);
        const char *text = number ? numbers[i] : others[i - COUNT(numbers)];
        begin(&output, FORMAT_TABLE, 0, names, 2);
        put(&output, (const struct field[]){{{NULL, 0}, FIELD_NULL}, TEXT("x")}); /* an empty cell is no text */
        put(&output, (const struct field[]){field_text(slice_from_cstr(text)), TEXT("x")});
        snprintf(expected, sizeof expected, "a-long-column-name-for-all  b\n%28sx\n%*s  x\n", "", number ? 26 : -26,
                 text);
        end_expect(&output, expected);
    }
}

static void table_measures_a_thousand_rows(void **state)
{
    static const struct slice names[] = {SLICE_INIT("n"), SLICE_INIT("text")};
    struct output output;
    struct buffer expected;
    char number[24];
    (void)state;

    buffer_init(&expected);
    begin(&output, FORMAT_TABLE, 0, names, 2);
    assert_int_equal(buffer_append(&expected, SLICE("   n  text\n")), 0);
    for (int i = 1; i <= 12000; i++) {
        snprintf(number, sizeof number, "%d", i);
        put(&output, (const struct field[]){field_number(slice_from_cstr(number)), TEXT("x")});
        assert_int_equal(buffer_printf(&expected, "%4d  x\n", i), 0); /* 1000 has four digits; 10000 pushes */
    }
    put(&output, (const struct field[]){TEXT("no number"), TEXT("x")});
    assert_int_equal(buffer_append(&expected, SLICE("no number  x\n")), 0);
    struct slice text = end_take(&output);
    assert_true(slice_equal(text, buffer_slice(&expected)));
    free((char *)text.ptr);
    buffer_fini(&expected);

    /* rows held are not written before the thousandth */
    struct error err;
    begin(&output, FORMAT_TABLE, 0, names, 2);
    for (int i = 1; i <= 999; i++)
        put(&output, (const struct field[]){NUMBER("1"), TEXT("x")});
    assert_int_equal(output.sink->len, 0);
    put(&output, (const struct field[]){NUMBER("1"), TEXT("x")});
    assert_int_equal(output.sink->len, 8 + 1000 * 5);
    assert_int_equal(writer_put(output.writer, (const struct field[]){NUMBER("22"), TEXT("y")}, &err), 0);
    assert_int_equal(output.sink->len, 8 + 1000 * 5 + 6);
    text = end_take(&output);
    free((char *)text.ptr);
}

/* A record is larger than the sink's buffer: it arrives whole, or, if it is bad, nothing of it. */
static void large_records(void **state)
{
    static const enum format formats[] = {FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_TABLE};
    const size_t size = (size_t)3 << 20;
    char *big = malloc(size + 1);
    (void)state;

    assert_non_null(big);
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct output output;
        struct error err;
        begin(&output, formats[i], 0, abc, 2);
        put(&output, (const struct field[]){TEXT("before"), TEXT("1")});
        memset(big, 'x', size + 1);
        const struct field fields[] = {{{big, size}, FIELD_TEXT}, TEXT("2")};
        if (formats[i] != FORMAT_CSV && formats[i] != FORMAT_TABLE) {
            const struct field bad[] = {TEXT("2"), {{big, size + 1}, FIELD_TEXT}};
            big[size] = formats[i] == FORMAT_TSV ? '\t' : '\xff';
            assert_int_equal(writer_put(output.writer, bad, &err), -1);
            assert_int_equal(err.status, STATUS_DATA);
        }
        put(&output, fields);
        put(&output, (const struct field[]){TEXT("after"), TEXT("3")});
        struct slice text = end_take(&output);
        size_t xs = 0;
        for (size_t k = 0; k < text.len; k++)
            xs += text.ptr[k] == 'x';
        assert_int_equal(xs, size);
        const char *before = strstr(text.ptr, "before");
        const char *x = strchr(text.ptr, 'x');
        const char *after = strstr(text.ptr, "after");
        assert_true(before && x && after && before < x && x + size <= after);
        free((char *)text.ptr);
    }
    free(big);
}

static void a_full_disk_is_a_system_error(void **state)
{
    static const enum format formats[] = {FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_TABLE};
    (void)state;

    for (size_t i = 0; i < COUNT(formats); i++) {
        struct sink *sink;
        struct writer *writer;
        struct error err = {0};
        int result = 0;
        assert_int_equal(sink_open(&sink, "/dev/full", &err), 0);
        assert_int_equal(writer_new(&writer, sink, formats[i], 0, abc, 3, &err), 0);
        for (int n = 0; n < 200000 && result == 0; n++)
            result = writer_put(writer, kinds[0], &err);
        assert_int_equal(result, -1);
        assert_int_equal(err.status, STATUS_SYSTEM);
        assert_string_equal(err.text, "/dev/full: No space left on device");
        writer_free(writer);
        sink_free(sink);
    }
}

static void formats_have_names(void **state)
{
    (void)state;

    assert_string_equal(format_name(FORMAT_AUTO), "auto");
    assert_string_equal(format_name(FORMAT_CSV), "csv");
    assert_string_equal(format_name(FORMAT_TSV), "tsv");
    assert_string_equal(format_name(FORMAT_JSONL), "jsonl");
    assert_string_equal(format_name(FORMAT_JSON), "json");
    assert_string_equal(format_name(FORMAT_TABLE), "table");
}

/* What parts make is what the writer itself would have written, header and all. */
static void parts_are_records_without_a_header(void **state)
{
    static const struct slice names[] = {SLICE_INIT("a"), SLICE_INIT("b,c")};
    static const struct field first[] = {TEXT("x\"y"), NUMBER("1")}, second[] = {TEXT("z"), NUMBER("2")};
    static const struct {
        enum format format;
        const char *expected;
    } cases[] = {
        {FORMAT_CSV, "a,\"b,c\"\n\"x\"\"y\",1\nz,2\nz,2\n"},
        {FORMAT_TSV, "a\tb,c\nx\"y\t1\nz\t2\nz\t2\n"},
        {FORMAT_JSONL, "{\"a\":\"x\\\"y\",\"b,c\":1}\n{\"a\":\"z\",\"b,c\":2}\n{\"a\":\"z\",\"b,c\":2}\n"},
    };
    struct output output;
    struct writer *part;
    struct buffer text;
    struct error err;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(&output, cases[i].format, 0, names, 2);
        buffer_init(&text);
        assert_int_equal(writer_part(&part, output.writer, &text, &err), 0);
        assert_int_equal(writer_put(part, first, &err), 0);
        assert_int_equal(writer_put(part, second, &err), 0);
        assert_int_equal(writer_append(output.writer, buffer_slice(&text), 2, &err), 0);
        put(&output, second);
        writer_free(part);
        buffer_fini(&text);
        end_expect(&output, cases[i].expected);
    }
    begin(&output, FORMAT_JSON, 0, names, 2);
    assert_int_equal(writer_part(&part, output.writer, &text, &err), 0);
    assert_null(part);
    put(&output, second);
    free((char *)end_take(&output).ptr);
}

static void records_behind_a_text(void **state)
{
    static const struct slice names[] = {SLICE_INIT("a"), SLICE_INIT("b"), SLICE_INIT("c")};
    static const struct field added[] = {TEXT("x,y")}, all[] = {TEXT("1"), TEXT("2"), TEXT("3")};
    struct output output;
    struct error err;
    (void)state;

    begin(&output, FORMAT_CSV, 0, names, 3);
    assert_int_equal(writer_put_behind(output.writer, SLICE("k, l"), added, 2, &err), 0);
    put(&output, all);
    end_expect(&output, "a,b,c\nk, l,\"x,y\"\n1,2,3\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_of_every_kind),
        cmocka_unit_test(csv_quotes_only_where_needed),
        cmocka_unit_test(csv_quotes_a_name_that_begins_another_format),
        cmocka_unit_test(csv_with_another_delimiter),
        cmocka_unit_test(csv_lines_are_never_blank),
        cmocka_unit_test(csv_finds_every_special_byte),
        cmocka_unit_test(headers_alone),
        cmocka_unit_test(tsv_has_no_quotes),
        cmocka_unit_test(json_of_every_kind),
        cmocka_unit_test(json_escapes),
        cmocka_unit_test(json_refuses_other_encodings),
        cmocka_unit_test(json_finds_every_special_byte),
        cmocka_unit_test(refuses_columns_it_cannot_name),
        cmocka_unit_test(libcsv_reads_what_was_written),
        cmocka_unit_test(jansson_reads_what_was_written),
        cmocka_unit_test(table_aligns),
        cmocka_unit_test(table_tells_numbers_from_text),
        cmocka_unit_test(table_measures_a_thousand_rows),
        cmocka_unit_test(large_records),
        cmocka_unit_test(a_full_disk_is_a_system_error),
        cmocka_unit_test(parts_are_records_without_a_header),
        cmocka_unit_test(records_behind_a_text),
        cmocka_unit_test(formats_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
