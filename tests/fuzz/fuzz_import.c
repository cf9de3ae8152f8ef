/* A whole import of a small file, whatever it holds: as the program does it, but in memory.
 *
 * The account closes, records are numbered as they come, every field is UTF-8, and the same is said, written and
 * reported by one thread and by three.
 *
 * The first byte holds the settings (see enum), the second the region, the rest is the file. With REPEAT all but the
 * first line is there many times, so that there is work for several threads. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/import.h"
#include "analysis/import_report.h"
#include "analysis/import_tell.h"
#include "base/program.h"
#include "base/utf8.h"
#include "fuzz.h"

enum { KEEP_ALL = 1, STRICT = 2, REPORT = 4, FILL_SHORT = 8, TOLD = 16, STOP = 128 };
#define REPEAT '*' /* as the second byte */
#define REPEATED 1100

/* How an import went. */
struct course {
    struct buffer text; /* all that came out */
    struct error err;
    bool failed;
};

static void check_clean(struct slice text)
{
    bool clean = utf8_valid(text.ptr, text.len);

    for (size_t i = 0; i < text.len; i++)
        clean = clean && (unsigned char)text.ptr[i] >= 0x20 && text.ptr[i] != 0x7f;
    if (!clean)
        fprintf(stderr, "%.*s\n", SLICE_ARG(text));
    check(clean);
}

static void note(struct course *course, const char *what, uint64_t count)
{
    check(buffer_printf(&course->text, "%s %" PRIu64 "\n", what, count) == 0);
}

/* What the plan found. */
static void write_plan(struct course *course, const struct import *import)
{
    struct buffer *text = &course->text;
    size_t before = text->len;

    for (size_t i = 0; i < import->guesses.count; i++)
        check(import_guess_describe(&import->guesses.items[i], text) == 0);
    check(import_describe(import, 0, text) == 0);
    for (size_t o = 0; o < import->output_count; o++)
        check(import_explain(import, 0, o, text) == 0);
    check_clean((struct slice){text->data + before, text->len - before});
}

static void write_field(struct buffer *out, struct field field)
{
    check(utf8_valid(field.text.ptr, field.text.len));
    check(field.kind != FIELD_NULL || field.text.len == 0);
    check(buffer_printf(out, "%d:", (int)field.kind) == 0);
    check(buffer_append(out, field.text) == 0 && buffer_append_char(out, '\x1f') == 0);
}

static int write_rows(struct course *course, struct import *import)
{
    const struct rejects *account = &import->stream->rejects;
    struct record record;
    const struct field *fields;
    uint64_t rows = 0;
    uint64_t number = 0;
    int more;

    for (size_t o = 0; o < import->output_count; o++)
        write_field(&course->text, field_text(import->outputs[o].name));
    while ((more = import_next(import, &record, &fields, &course->err)) > 0) {
        rows++;
        check(record.number > number && record.line > 0);
        number = record.number;
        check(account->read == rows + account->rejected);
        for (size_t o = 0; o < import->output_count; o++)
            write_field(&course->text, fields[o]);
        check(buffer_printf(&course->text, "\n%" PRIu64 ":", record.line) == 0);
    }
    check(account->read - account->rejected == rows + (more < 0 && account->read > rows + account->rejected));
    note(course, "used", rows);
    note(course, "rejected", account->rejected);
    for (size_t o = 0; o < import->output_count && more == 0; o++) {
        const struct import_problems *problems = import_problems(import, o);
        note(course, "problems", problems ? problems->count : 0);
    }
    return more;
}

static int import_all(struct course *course, struct import *import, bool report)
{
    if (import_plan(import, NULL, &course->err))
        return -1;
    write_plan(course, import);
    if (write_rows(course, import))
        return -1;
    import_tell_oddities(import);
    return report ? import_report(import, &course->text, &course->err) : 0;
}

static void run(struct slice text, const struct import_settings *settings, unsigned flags, struct course *course)
{
    static char *const paths[] = {"-"};
    const struct stream_options options = {
        .reader = {.lenient_header = true,
                   .literal_quotes = true,
                   .fill_short = (flags & FILL_SHORT) != 0,
                   .flatten = true},
        .limit = {.percent = true, .value = 10},
        .account = true,
        .count_bad = !(flags & STOP),
        .progress = PROGRESS_NEVER,
    };
    struct stream *stream;
    struct import import;
    struct import_map map;

    *course = (struct course){.failed = false};
    import_map_init(&map);
    check(stream_open(&stream, paths, 1, &options, &course->err) == 0);
    source_free(stream->inputs[0].source);
    check(source_memory(&stream->inputs[0].source, text, "fuzz", &course->err) == 0);
    import_init(&import, stream, &map, settings);
    course->failed = import_all(course, &import, settings->report) != 0;
    if (course->failed) {
        check(course->err.status == STATUS_DATA || course->err.status == STATUS_USAGE);
        check_clean(slice_from_cstr(course->err.text));
        check(course->err.text[0]);
    }
    import_fini(&import);
    stream_free(stream);
    import_map_fini(&map);
}

static void repeat(struct slice text, struct buffer *out)
{
    const char *end = memchr(text.ptr, '\n', text.len);
    size_t header = end ? (size_t)(end - text.ptr) + 1 : 0;

    check(buffer_append(out, text) == 0);
    for (int i = 0; i < REPEATED && end; i++) {
        if (out->data[out->len - 1] != '\n')
            check(buffer_append_char(out, '\n') == 0);
        check(buffer_append(out, (struct slice){text.ptr + header, text.len - header}) == 0);
    }
}

static void import_text(struct slice text, unsigned flags, const char *region)
{
    struct import_settings settings = {
        .region = region,
        .threads = 1,
        .whole = (flags & REPORT) != 0,
        .keep_all = (flags & KEEP_ALL) != 0,
        .keep_raw = (flags & KEEP_ALL) != 0,
        .strict = (flags & STRICT) != 0,
        .report = (flags & REPORT) != 0,
        .date = flags & TOLD ? DATE_DAY_FIRST : DATE_EMPTY,
        .number = flags & TOLD ? NUMBER_COMMA : NUMBER_EMPTY,
        .names = flags & TOLD ? NAME_LAST_FIRST : NAME_UNDECIDED,
        .invalid = flags & TOLD ? IMPORT_INVALID_REJECT : IMPORT_INVALID_KEEP,
    };
    struct course one;
    struct course three;

    run(text, &settings, flags, &one);
    settings.threads = 3;
    run(text, &settings, flags, &three);
    check(one.failed == three.failed && (!one.failed || strcmp(one.err.text, three.err.text) == 0));
    check(slice_equal(buffer_slice(&one.text), buffer_slice(&three.text)));
    buffer_fini(&one.text);
    buffer_fini(&three.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const regions[] = {NULL, "DE", "US", "RU", "CN", "SA"};
    struct slice text = {(const char *)data + 2, size - 2};
    struct buffer many = {0};

    if (size < 2 || size > 16384)
        return 0;
    program_set_quiet(true);
    if (data[1] == REPEAT && size < 256) {
        repeat(text, &many);
        text = buffer_slice(&many);
    }
    import_text(text, data[0], regions[data[1] % 6]);
    buffer_fini(&many);
    return 0;
}
