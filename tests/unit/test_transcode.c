/* Text in other encodings: what iconv made of UTF-8 comes back at every size of a read, alone and compressed; what
 * cannot be decoded is marked, one mark a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "folder.h"
#include "stream/source.h"
#include "stream/transcode.h"

static struct folder folder;

/* UTF-8 into another encoding, by an iconv of its own. */
static void encode(struct buffer *out, const char *encoding, struct slice text)
{
    iconv_t to = iconv_open(encoding, "UTF-8");
    char *in = (char *)(uintptr_t)text.ptr;
    size_t left = text.len;

    assert_true(to != (iconv_t)-1);
    assert_int_equal(buffer_reserve(out, text.len * 4 + 16), 0);
    char *at = out->data + out->len;
    size_t room = out->capacity - out->len;
    assert_int_equal(iconv(to, &in, &left, &at, &room), 0);
    out->len = (size_t)(at - out->data);
    iconv_close(to);
}

static void assert_contents(struct slice bytes, const char *encoding, size_t read_size, struct slice expected)
{
    const char *path = folder_file(&folder, "text");
    struct buffer got = {0};
    struct source *source;
    struct error err;
    FILE *file = fopen(path, "wb");
    int more;

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(source_open(&source, path, &err), 0);
    source->read_size = read_size;
    source->encoding = encoding;
    for (int round = 0; round < 2; round++) { /* and again from the start */
        buffer_clear(&got);
        while ((more = source_more(source, &err)) > 0) {
            buffer_append(&got, (struct slice){source->data + source->begin, source->end - source->begin});
            source->begin = source->end;
        }
        assert_int_equal(more, 0);
        assert_int_equal(got.len, expected.len);
        assert_memory_equal(got.data ? got.data : "", expected.ptr, expected.len);
        assert_int_equal(source_rewind(source, &err), 0);
    }
    source_free(source);
    buffer_fini(&got);
}

static const struct slice latin = SLICE_INIT("id;name\n1;J\xc3\xb6rg M\xc3\xbcller\n2;Fran\xc3\xa7oise\n");
static const struct slice russian = SLICE_INIT("\xd0\x9f\xd1\x91\xd1\x82\xd1\x80,12\n\xd0\xaf\xd0\xbd\xd0\xb0,7\n");
static const struct slice chinese = SLICE_INIT("\xe5\xae\xa2\xe6\x88\xb7,\xe9\x87\x91\xe9\xa2\x9d\n\xe6\x9d\x8e,8\n");
static const struct slice wide = SLICE_INIT("a\xf0\x9f\x98\x80z\n\xe2\x82\xac\n");

static void every_read_size(void **state)
{
    static const struct {
        const char *encoding;
        const struct slice *text;
    } cases[] = {
        {"ISO-8859-1", &latin}, {"WINDOWS-1252", &latin}, {"WINDOWS-1251", &russian}, {"KOI8-R", &russian},
        {"GB18030", &chinese},  {"BIG5", &chinese},       {"SHIFT_JIS", &russian},    {"UTF-16LE", &wide},
        {"UTF-16BE", &wide},    {"UTF-32LE", &wide},      {"UTF-32BE", &wide},        {"UTF-8", &wide},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer bytes = {0};
        if (strcmp(cases[i].encoding, "SHIFT_JIS") == 0) /* has no capital io */
            encode(&bytes, cases[i].encoding, SLICE("\xe9\xa1\xa7\xe5\xae\xa2,1\n"));
        else if (strcmp(cases[i].encoding, "BIG5") == 0)
            encode(&bytes, cases[i].encoding, SLICE("\xe5\xae\xa2\xe6\x88\xb6,1\n"));
        else
            encode(&bytes, cases[i].encoding, *cases[i].text);
        struct slice expected = strcmp(cases[i].encoding, "SHIFT_JIS") == 0 ? SLICE("\xe9\xa1\xa7\xe5\xae\xa2,1\n")
                                : strcmp(cases[i].encoding, "BIG5") == 0    ? SLICE("\xe5\xae\xa2\xe6\x88\xb6,1\n")
                                                                            : *cases[i].text;
        for (size_t read_size = 1; read_size < 40; read_size++)
            assert_contents(buffer_slice(&bytes), cases[i].encoding, read_size, expected);
        buffer_fini(&bytes);
    }
}

static void larger_than_the_buffers(void **state)
{
    struct buffer text = {0};
    struct buffer bytes = {0};
    (void)state;

    for (int i = 0; i < 40000; i++)
        buffer_printf(&text, "%d,\xd0\xaf%s\n", i, i % 3 ? "\xd0\xbd\xd0\xb0" : "");
    encode(&bytes, "UTF-16LE", buffer_slice(&text));
    assert_contents(buffer_slice(&bytes), "UTF-16LE", SOURCE_BLOCK, buffer_slice(&text));
    assert_contents(buffer_slice(&bytes), "UTF-16LE", 4097, buffer_slice(&text));
    buffer_fini(&text);
    buffer_fini(&bytes);
}

/* A window that is only looked at grows: the room for a character must be there however little a read gives. */
static void a_window_that_grows(void **state)
{
    const char *path = folder_file(&folder, "wide");
    struct buffer text = {0};
    struct buffer bytes = {0};
    struct source *source;
    struct error err;
    FILE *file = fopen(path, "wb");
    (void)state;

    for (int i = 0; text.len < 3 * SOURCE_BLOCK; i++)
        buffer_append(&text, SLICE("\xe5\xae\xa2"));
    encode(&bytes, "UTF-16LE", buffer_slice(&text));
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(source_open(&source, path, &err), 0);
    source->read_size = 7;
    source->encoding = "UTF-16LE";
    for (size_t size = 1; size <= text.len; size += 4999) {
        assert_int_equal(source_peek(source, size, &err), 0);
        assert_true(source->end <= source->capacity);
        assert_true(source->end - source->begin >= size);
    }
    assert_memory_equal(source->data + source->begin, text.data, source->end - source->begin);
    source_free(source);
    buffer_fini(&text);
    buffer_fini(&bytes);
}

static void marks_are_recognised(void **state)
{
    static const struct {
        struct slice bytes;
        struct slice expected;
    } cases[] = {
        {SLICE_INIT("\xff\xfe"
                    "a\0\n\0"),
         SLICE_INIT("a\n")},
        {SLICE_INIT("\xfe\xff\0a\0\n"), SLICE_INIT("a\n")},
        {SLICE_INIT("\xff\xfe\0\0a\0\0\0"), SLICE_INIT("a")},
        {SLICE_INIT("\0\0\xfe\xff\0\0\0a"), SLICE_INIT("a")},
        {SLICE_INIT("\xff\xfe"), SLICE_INIT("")},
        {SLICE_INIT("\xff"), SLICE_INIT("\xff")}, /* no mark: as it is */
        {SLICE_INIT("\xef\xbb\xbf"
                    "a"),
         SLICE_INIT("\xef\xbb\xbf"
                    "a")}, /* source_check_start() drops it */
        {SLICE_INIT("abc"), SLICE_INIT("abc")},
        {SLICE_INIT(""), SLICE_INIT("")},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t read_size = 1; read_size < 12; read_size++)
            assert_contents(cases[i].bytes, NULL, read_size, cases[i].expected);
}

static void what_is_no_character_is_marked(void **state)
{
    (void)state;
    for (size_t read_size = 1; read_size < 12; read_size++) {
        assert_contents(SLICE("a\x81"
                              "b\x8d\x8f\n"),
                        "WINDOWS-1252", read_size,
                        SLICE("a\xff"
                              "b\xff\xff\n"));
        assert_contents(SLICE("\xd8\0\0a\0"), "UTF-16BE", read_size,
                        SLICE("\xff"
                              "a\xff")); /* a lone surrogate; half a unit */
        assert_contents(SLICE("a\xc3\n\xe5\xae"), "UTF-8", read_size, SLICE("a\xff\n\xff\xff"));
        assert_contents(SLICE("\0\0\0a\0\x11\0\0\0\0\0b"), "UTF-32BE", read_size,
                        SLICE("a\xff"
                              "b"));
    }
    assert_false(utf8_valid("\xff", 1));
}

static void unknown_encoding(void **state)
{
    struct transcode *transcode;
    struct error err;
    (void)state;

    assert_int_equal(transcode_new(&transcode, "klingon", SLICE(""), &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, "'klingon' is no encoding that is known here (iconv -l lists them)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_read_size),
        cmocka_unit_test(larger_than_the_buffers),
        cmocka_unit_test(a_window_that_grows),
        cmocka_unit_test(marks_are_recognised),
        cmocka_unit_test(what_is_no_character_is_marked),
        cmocka_unit_test(unknown_encoding),
    };

    folder_make(&folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    folder_remove(&folder);
    return failed;
}
