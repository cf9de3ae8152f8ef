/* JSON with nested columns and wrappers against published data: the JSON Parsing Test Suite, JSON Lines files of other
 * projects' tests, and tables of csvkit's and tabulator's. Where there is no expectation of its own, the verdict on
 * every record must be that of plain reading, and what is read must not depend on how the bytes arrive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_reading.h"

#define DATA "../shared/data/"

static bool read_file(const char *path, struct buffer *text)
{
    int fd = open(path, O_RDONLY);
    ssize_t got;

    buffer_clear(text);
    if (fd < 0)
        return false;
    do {
        assert_int_equal(buffer_reserve(text, 65536), 0);
        got = read(fd, text->data + text->len, 65536);
        assert_true(got >= 0);
        text->len += (size_t)got;
    } while (got > 0);
    close(fd);
    return true;
}

/* The lines of a transcript without what stands in the fields, which columns decide. */
static void keep_verdicts(struct buffer *out)
{
    char *to = out->data;
    bool first = true;

    for (char *line = out->data; line && *line; first = false) {
        char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) + 1 : strlen(line);
        size_t kept = memchr(line, '!', length) ? length : first ? 0 : strcspn(line, " \n");
        memmove(to, line, kept);
        to += kept;
        line = end ? end + 1 : NULL;
    }
    *to = '\0';
}

static void compare_file(const char *path, struct slice text)
{
    const struct reader_options plain = {.format = FORMAT_JSON};
    const struct reader_options flat = {.format = FORMAT_JSON, .flatten = true, .records = "."};
    const struct reader_options found = {.format = FORMAT_JSON, .flatten = true};
    struct buffer a;
    struct buffer b;

    buffer_init(&a);
    buffer_init(&b);
    read_all(&a, text, SOURCE_BLOCK, &plain, "");
    read_all(&b, text, SOURCE_BLOCK, &flat, "");
    if (strncmp(b.data, "rows", 4) != 0 && !strstr(b.data, ": the header: ")) {
        keep_verdicts(&a);
        keep_verdicts(&b);
        if (strcmp(a.data, b.data) != 0)
            fail_msg("%s:\n%s\nwith nested columns:\n%s", path, a.data, b.data);
    }
    read_all(&a, text, SOURCE_BLOCK, &found, NULL);
    for (size_t read_size = text.len > 10000 ? 61 : 1; read_size < 100; read_size += 6) {
        read_all(&b, text, read_size, &found, NULL);
        if (strcmp(a.data, b.data) != 0)
            fail_msg("%s, %zu bytes a read:\n%s\nnot\n%s", path, read_size, b.data, a.data);
    }
    buffer_fini(&a);
    buffer_fini(&b);
}

static size_t compare_folder(const char *folder)
{
    DIR *open = opendir(folder);
    const struct dirent *entry;
    struct buffer text;
    size_t files = 0;

    if (!open) {
        print_message("%s: %s: skipped\n", folder, strerror(errno));
        skip();
    }
    buffer_init(&text);
    while ((entry = readdir(open))) {
        char path[1000];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        assert_true(read_file(path, &text));
        compare_file(path, buffer_slice(&text));
        files++;
    }
    closedir(open);
    buffer_fini(&text);
    return files;
}

static void test_suite(void **state)
{
    (void)state;
    assert_true(compare_folder(DATA "json/jsontestsuite/test_parsing") > 300);
}

static void test_lines(void **state)
{
    (void)state;
    assert_true(compare_folder(DATA "json/jsonl") > 70);
}

static void test_tables(void **state)
{
    static const struct {
        const char *path;
        const char *begins; /* what the transcript begins with */
        size_t records;
    } cases[] = {
        {DATA "csv/tabulator/table-dicts.json",
         "|id|name\n1@2 n1 tenglish\n2@6 n2 t\xe4\xb8\xad\xe5\x9b\xbd\xe4\xba\xba\n", 2},
        {DATA "csv/tabulator/table-lists.json",
         "rows|id|name\n1@3 n1 tenglish\n2@4 n2 t\xe4\xb8\xad\xe5\x9b\xbd\xe4\xba\xba\n", 2},
        {DATA "csv/tabulator/datapackage.json", "in .resources|name|path|.schema.fields\n", 2},
        {DATA "csv/csvkit/testjson.json", "|text|float|datetime|boolean|time|date|integer\n1@2 tChicago Reader n1.0 ",
         5},
        {DATA "csv/csvkit/testjson_multiline.json", "|a|b|d\n1@1 n2 n3 -\n2@2 - n2 n4\n", 2},
        {DATA "csv/csvkit/testjson_nested.json",
         "|text|float|datetime|boolean|.nested.time|.nested.nested.date|.nested.nested.integer\n"
         "1@2 tChicago Reader n1.0 t1971-01-01T04:14:00 T t04:14:00 t1971-01-01 n40\n",
         2},
        {DATA "csv/csvkit/test_geojson.json",
         "in .features|type|.geometry.type|.geometry.coordinates|.properties.prop0|.properties.prop1|"
         ".properties.prop1.this\n1@3 tFeature tPoint t102.0; 0.5 tvalue0 - -\n",
         3},
    };
    const struct reader_options found = {.format = FORMAT_AUTO, .flatten = true};
    struct buffer text;
    struct buffer out;

    (void)state;
    buffer_init(&text);
    buffer_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char last[32];
        if (!read_file(cases[i].path, &text)) {
            print_message("%s: %s: skipped\n", cases[i].path, strerror(errno));
            skip();
        }
        read_all(&out, buffer_slice(&text), 100, &found, NULL);
        if (strncmp(out.data, cases[i].begins, strlen(cases[i].begins)) != 0)
            fail_msg("%s: %s", cases[i].path, out.data);
        snprintf(last, sizeof last, "\n%zu@", cases[i].records);
        assert_non_null(strstr(out.data, last));
        snprintf(last, sizeof last, "\n%zu@", cases[i].records + 1);
        assert_null(strstr(out.data, last));
        assert_null(strstr(out.data, "! not JSON"));
        assert_null(strstr(out.data, "! member"));
    }
    buffer_fini(&text);
    buffer_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suite),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
