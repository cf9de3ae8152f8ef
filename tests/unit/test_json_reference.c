/* The JSON reader against published data: the JSON Parsing Test Suite, and JSON Lines files of other projects' tests
 * compared with jansson line by line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buffer.h"
#include "stream/reader.h"

#define SUITE "../shared/data/json/jsontestsuite/test_parsing"
#define LINES "../shared/data/json/jsonl"

struct outcome {
    bool refused; /* by reader_open() */
    size_t records;
    size_t bad;
    char reason[256]; /* of the last bad record */
};

static bool all_good(const struct outcome *outcome)
{
    return !outcome->refused && outcome->bad == 0;
}

static struct outcome read_source(struct source *source, enum format format)
{
    const struct reader_options options = {.format = format};
    struct outcome outcome = {0};
    struct reader *reader;
    struct error err;

    if (reader_open(&reader, source, &options, &err)) {
        assert_int_equal(err.status, STATUS_DATA);
        outcome.refused = true;
        return outcome;
    }
    for (;;) {
        struct record record;
        struct bad_record bad;
        enum read_result result = reader_next(reader, &record, &bad, &err);
        assert_int_not_equal(result, READ_FAILED);
        if (result == READ_END)
            break;
        outcome.records += result == READ_RECORD;
        outcome.bad += result == READ_BAD;
        if (result == READ_BAD)
            snprintf(outcome.reason, sizeof outcome.reason, "%s", bad.reason);
    }
    reader_free(reader);
    return outcome;
}

/* From a file at once; and, which must not differ, in small pieces; and from memory, where nothing is decoded. */
static struct outcome read_text(struct slice text, enum format format)
{
    struct source *source;
    struct error err;
    char path[64];
    int fd = memfd_create("text", 0);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.ptr, text.len), (ssize_t)text.len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    assert_int_equal(source_open(&source, path, &err), 0);
    struct outcome whole = read_source(source, format);
    bool encoded = source->gunzip || source->transcode;
    source_free(source);
    assert_int_equal(source_memory(&source, text, "text", &err), 0);
    struct outcome plain = read_source(source, format);
    source_free(source);
    if (!encoded) {
        assert_int_equal(whole.records, plain.records);
        assert_int_equal(whole.bad, plain.bad);
    }
    for (size_t read_size = 1; read_size < 100; read_size += 6) {
        if (text.len > 10000 && read_size < 60)
            continue;
        assert_int_equal(source_open(&source, path, &err), 0);
        source->read_size = read_size;
        struct outcome parts = read_source(source, format);
        source_free(source);
        assert_int_equal(whole.refused, parts.refused);
        assert_int_equal(whole.records, parts.records);
        assert_int_equal(whole.bad, parts.bad);
        assert_string_equal(whole.reason, parts.reason);
    }
    close(fd);
    return whole;
}

static void read_file(const char *folder, const char *name, struct buffer *text)
{
    char path[1000];
    ssize_t got;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    buffer_clear(text);
    do {
        assert_int_equal(buffer_reserve(text, 65536), 0);
        got = read(fd, text->data + text->len, 65536);
        assert_true(got >= 0);
        text->len += (size_t)got;
    } while (got > 0);
    close(fd);
}

/* n_ files that are rightly read without a complaint: an input without records is valid, with or without a byte order
 * mark. No n_ file is valid inside {"v":...}. */
static const char *const without_records[] = {
    "n_structure_no_data.json",
    "n_single_space.json",
    "n_structure_UTF8_BOM_no_data.json",
};

static bool is_without_records(const char *file)
{
    for (size_t i = 0; i < sizeof without_records / sizeof *without_records; i++)
        if (strcmp(without_records[i], file) == 0)
            return true;
    return false;
}

/* Whether jansson sees one object, or an array of nothing but objects; *objects is how many. */
static bool holds_records(struct slice text, size_t *objects)
{
    json_t *value = json_loadb(text.ptr, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool holds = json_is_object(value) || json_is_array(value);
    size_t i;
    json_t *element;

    *objects = json_is_object(value);
    json_array_foreach(value, i, element)
    {
        holds = holds && json_is_object(element);
        ++*objects;
    }
    json_decref(value);
    return holds;
}

static void check_suite_file(const char *name, struct slice text, struct slice wrapped)
{
    struct outcome direct = read_text(text, FORMAT_JSON);
    struct outcome inside = read_text(wrapped, FORMAT_JSON);
    size_t objects;

    if (name[0] == 'y') {
        if (holds_records(text, &objects)) {
            if (!all_good(&direct) || direct.records != objects)
                fail_msg("%s: %s", name, direct.reason);
        } else if (strcmp(name, "y_object_escaped_null_in_key.json") == 0) {
            /* jansson has no names with a NUL, the reader has */
            assert_true(all_good(&direct) && direct.records == 1);
        } else if (direct.bad == 0) {
            fail_msg("%s: not a record, but accepted", name);
        }
        if (!all_good(&inside) || inside.records != 1)
            fail_msg("%s, wrapped: %s", name, inside.reason);
    } else if (name[0] == 'n') {
        if (all_good(&direct) != is_without_records(name))
            fail_msg("%s: accepted: %d", name, all_good(&direct));
        if (all_good(&inside))
            fail_msg("%s, wrapped: accepted", name);
    }
}

static DIR *open_folder(const char *path)
{
    DIR *folder = opendir(path);

    if (!folder) {
        print_message("%s: %s: skipped\n", path, strerror(errno));
        skip();
    }
    return folder;
}

static void test_suite(void **state)
{
    DIR *folder = open_folder(SUITE);
    const struct dirent *entry;
    struct buffer text;
    struct buffer wrapped;
    size_t files = 0;

    (void)state;
    buffer_init(&text);
    buffer_init(&wrapped);
    while ((entry = readdir(folder))) {
        if (!strstr(entry->d_name, ".json"))
            continue;
        read_file(SUITE, entry->d_name, &text);
        buffer_clear(&wrapped);
        assert_int_equal(buffer_append(&wrapped, SLICE("{\"v\":")), 0);
        assert_int_equal(buffer_append(&wrapped, buffer_slice(&text)), 0);
        assert_int_equal(buffer_append(&wrapped, SLICE("}")), 0);
        check_suite_file(entry->d_name, buffer_slice(&text), buffer_slice(&wrapped));
        files++;
    }
    assert_true(files > 300);
    closedir(folder);
    buffer_fini(&text);
    buffer_fini(&wrapped);
}

/* One line alone: a record if and only if jansson has one object in it. */
static void compare_line(const char *file, size_t number, struct slice line)
{
    json_error_t error;
    json_t *value = json_loadb(line.ptr, line.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    struct outcome outcome = read_text(line, FORMAT_JSONL);
    bool ours = all_good(&outcome) && outcome.records == 1;

    if (ours != json_is_object(value))
        fail_msg("%s:%zu: jansson: %s; the reader: %zu records, %s", file, number, value ? "accepted" : error.text,
                 outcome.records, outcome.reason);
    json_decref(value);
}

static size_t compare_lines(const char *file, struct slice text)
{
    size_t number = 0;

    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t length = end ? (size_t)(end - text.ptr) : text.len;
        number++;
        compare_line(file, number, (struct slice){text.ptr, length});
        text.ptr += length + (end != NULL);
        text.len -= length + (end != NULL);
    }
    return number;
}

static void test_lines(void **state)
{
    DIR *folder = open_folder(LINES);
    const struct dirent *entry;
    struct buffer text;
    size_t lines = 0;

    (void)state;
    buffer_init(&text);
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        read_file(LINES, entry->d_name, &text);
        struct slice whole = buffer_slice(&text);
        struct outcome outcome = read_text(whole, FORMAT_JSON);
        bool compressed = strstr(entry->d_name, ".gz") != NULL;
        assert_false(outcome.refused);
        if (compressed) {
            assert_true(outcome.records > 0);
            continue;
        }
        if (whole.len >= 3 &&
            memcmp(whole.ptr, "\xef\xbb\xbf", 3) == 0) /* the reader drops the mark, jansson refuses it */
            whole = (struct slice){whole.ptr + 3, whole.len - 3};
        lines += compare_lines(entry->d_name, whole);
    }
    assert_true(lines > 500);
    closedir(folder);
    buffer_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suite),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
