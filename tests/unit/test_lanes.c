/* Lanes, and the relay: whatever is cut where and by however many threads, rows, account and rejects are those of one
 * reader that goes through the input from its beginning to its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "stream/lanes.h"
#include "stream/relay.h"

/* ---- a random input ---- */

static uint64_t state = 1;

static unsigned chance(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % n;
}

static void add(struct buffer *text, const char *more)
{
    assert_int_equal(buffer_append(text, slice_from_cstr(more)), 0);
}

static const char *pick(const char *const *list, unsigned count)
{
    return list[chance(count)];
}

/* What is said of 1000 records: */
struct mix {
    unsigned quoted, broken, other_count, rejected, skipped, later, long_lines;
    const char *end; /* of lines; NULL: one or the other */
};

static void end_line(struct buffer *text, const struct mix *mix)
{
    static const char *const ends[] = {"\n", "\r\n", "\r", "\r\n\n", "\n\r"};

    add(text, mix->end ? mix->end : pick(ends, 5));
}

static void add_csv_field(struct buffer *text, const struct mix *mix)
{
    static const char *const plain[] = {"a", "", "12", "some text", "x y", "Zoë", "-"};
    static const char *const quoted[] = {"\"q\"", "\"a,b\"",    "\"a\nb\"", "\"say \"\"hi\"\"\"",
                                         "\"\"",  "\"\r\n\n\"", "\",\n,\""};
    static const char *const broken[] = {"a\"b", "\"a\"b", "\"open", "\"", "\"x\"\"", "b\""};

    if (chance(1000) < mix->broken)
        add(text, pick(broken, 6));
    else if (chance(1000) < mix->quoted)
        add(text, pick(quoted, 7));
    else
        add(text, pick(plain, 7));
}

static void add_word(struct buffer *text, const struct mix *mix)
{
    if (chance(1000) < mix->rejected)
        add(text, "bad");
    else if (chance(1000) < mix->skipped)
        add(text, "skip");
    else if (chance(1000) < mix->later)
        add(text, "later");
    else
        add(text, "good");
}

static void make_csv(struct buffer *text, const struct mix *mix, unsigned records)
{
    add(text, "word,one,two");
    end_line(text, mix);
    for (unsigned i = 0; i < records; i++) {
        add_word(text, mix);
        unsigned fields = chance(1000) < mix->other_count ? chance(5) : 2;
        for (unsigned j = 0; j < fields; j++) {
            add(text, ",");
            add_csv_field(text, mix);
        }
        if (chance(1000) < mix->long_lines)
            for (unsigned j = 0; j < 300; j++)
                add(text, "longer ");
        if (i + 1 < records || chance(2))
            end_line(text, mix);
        if (chance(50) == 0)
            end_line(text, mix);
    }
}

static void make_json(struct buffer *text, const struct mix *mix, unsigned records)
{
    static const char *const values[] = {"\"a\"",     "12",          "null",       "true",
                                         "\"a\\nb\"", "\"\\u00e9\"", "\"x\\\"y\"", "[1, 2]"};
    static const char *const broken[] = {"{\"word\":\"good\",", "nothing", "{\"word\":}", "[1]", "{\"word\":\"x"};

    add(text, "{\"word\":\"good\",\"one\":1,\"two\":2}\n");
    for (unsigned i = 0; i < records; i++) {
        const char *blank = chance(1000) < mix->quoted ? "\n" : chance(5) ? "" : " ";
        if (chance(1000) < mix->broken) {
            add(text, pick(broken, 5));
        } else {
            add(text, "{\"word\":\"");
            add_word(text, mix);
            add(text, "\",");
            add(text, blank);
            add(text, "\"two\":");
            add(text, pick(values, 8));
            if (chance(3)) {
                add(text, ",\"one\":");
                add(text, blank);
                add(text, pick(values, 8));
            }
            add(text, chance(10) ? "}" : ",\"more\":{\"a\":[1,{}]}}");
        }
        if (i + 1 < records || chance(2))
            end_line(text, mix);
        if (chance(20) == 0)
            add(text, "\n\n");
    }
}

/* ---- rows of it ---- */

struct row {
    struct slice word, one, two;
    unsigned later; /* how many came before, of those that depend on it */
};

struct scene {
    unsigned desk;      /* in order: how many came so far */
    unsigned later;     /* taken in */
    uint64_t made;      /* counted at desks */
    struct buffer rows; /* as they were taken in */
};

static int make_row(void *context, void *desk, struct stream *stream, const struct record *record, void *memory,
                    struct error *err)
{
    const struct scene *scene = context;
    struct row *row = memory;
    unsigned *count = desk;

    *row = (struct row){record->fields[0].text, record->fields[1].text, record->fields[2].text, 0};
    if (slice_equal_cstr(row->word, "bad"))
        return stream_reject(stream, record, 0, err, "it is bad") ? -1 : LANES_NONE;
    if (slice_equal_cstr(row->word, "skip")) {
        stream_skip(stream);
        return LANES_NONE;
    }
    if (slice_equal_cstr(row->word, "later")) {
        if (count != &scene->desk)
            return LANES_LATER;
        row->later = ++*count;
    }
    return 0;
}

static int take_rows(void *context, const void *memory, size_t count, struct error *err)
{
    struct scene *scene = context;
    const struct row *rows = memory;

    (void)err;
    for (size_t i = 0; i < count; i++)
        buffer_printf(&scene->rows, "%.*s|%.*s|%.*s|%u\n", SLICE_ARG(rows[i].word), SLICE_ARG(rows[i].one),
                      SLICE_ARG(rows[i].two), rows[i].later);
    return 0;
}

static int run_plain(struct stream *stream, struct scene *scene, struct error *err)
{
    struct record record;
    struct row row;
    int more;

    while ((more = stream_next(stream, &record, err)) > 0) {
        int result = make_row(scene, &scene->desk, stream, &record, &row, err);
        if (result < 0)
            return -1;
        if (result == 0)
            take_rows(scene, &row, 1, err);
    }
    return more;
}

static int run_lanes(struct stream *stream, struct scene *scene, size_t threads, struct error *err)
{
    static const size_t texts[] = {offsetof(struct row, word), offsetof(struct row, one), offsetof(struct row, two)};
    const struct lanes_plan plan = {.context = scene,
                                    .row_size = sizeof(struct row),
                                    .texts = texts,
                                    .text_count = 3,
                                    .desk_size = sizeof scene->desk,
                                    .desk = &scene->desk,
                                    .make = make_row,
                                    .take = take_rows};

    return lanes_run(stream, &plan, threads, err);
}

/* ---- the same through a relay: the work is to find out what the word means ---- */

static void name_word(void *context, size_t worker, struct arena *arena, struct passage *passage)
{
    const struct field *word = &passage->record.fields[0];

    (void)context;
    (void)worker;
    passage->result = arena_copy(arena, word->text);
}

static int take_passage(struct scene *scene, struct stream *stream, struct relay *relay, const struct passage *passage,
                        struct error *err)
{
    const int good = relay_settle(relay, passage, err);

    if (good <= 0)
        return good;
    const struct record *record = &passage->record;
    struct row row = {slice_from_cstr(passage->result), record->fields[1].text, record->fields[2].text, 0};
    if (slice_equal_cstr(row.word, "bad"))
        return stream_reject(stream, record, 0, err, "it is bad");
    if (slice_equal_cstr(row.word, "skip"))
        stream_skip(stream);
    else if (slice_equal_cstr(row.word, "later"))
        row.later = ++scene->desk;
    return slice_equal_cstr(row.word, "skip") ? 0 : take_rows(scene, &row, 1, err);
}

static int run_relay(struct stream *stream, struct scene *scene, size_t threads, struct error *err)
{
    struct relay *relay;
    struct passage *passage;
    int more;

    assert_int_equal(relay_new(&relay, stream, threads, name_word, scene, err), 0);
    do
        more = relay_next(relay, &passage, err);
    while (more > 0 && take_passage(scene, stream, relay, passage, err) == 0);
    relay_free(relay);
    return more ? -1 : 0; /* more is left only where a record ended the run */
}

static int file_of(struct slice text)
{
    int fd = memfd_create("input", 0);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.ptr, text.len), (ssize_t)text.len);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static void append_file(struct buffer *out, int fd)
{
    char block[4096];
    ssize_t got;

    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    while ((got = read(fd, block, sizeof block)) > 0)
        buffer_append(out, (struct slice){block, (size_t)got});
}

struct way {
    size_t threads; /* 0: plainly */
    bool relay;
    size_t stretch, read_size;
    const char *where;
};

/* Everything that can be seen of a run. */
static void run(const struct slice *texts, size_t count, const struct way *way, struct reject_limit limit,
                struct buffer *seen)
{
    char names[3][32], rejects_name[32];
    char *paths[3];
    int fds[3], rejects = memfd_create("rejects", 0);
    struct scene scene = {0};
    struct stream *stream;
    struct error err = {0};
    size_t column;

    snprintf(rejects_name, sizeof rejects_name, "/proc/self/fd/%d", rejects);
    const struct stream_options options = {
        .rejects = limit.value < 0 ? NULL : rejects_name, .limit = limit, .where = way->where};
    for (size_t i = 0; i < count; i++) {
        fds[i] = file_of(texts[i]);
        snprintf(names[i], sizeof names[i], "/proc/self/fd/%d", fds[i]);
        paths[i] = names[i];
    }
    assert_int_equal(stream_open(&stream, paths, count, &options, &err), 0);
    for (size_t i = 0; i < count; i++) {
        if (way->read_size)
            stream->inputs[i].source->read_size = way->read_size;
        stream->inputs[i].source->name = "input";
    }
    assert_int_equal(stream_start(stream, &err), 0);
    stream->stretch_size = way->stretch;
    assert_int_equal(stream_role(stream, NULL, "word", "word", true, &column, &err), 0);
    assert_int_equal(stream_role(stream, NULL, "one", "one", true, &column, &err), 0);
    assert_int_equal(stream_role(stream, NULL, "two", "two", true, &column, &err), 0);
    int failed = way->relay     ? run_relay(stream, &scene, way->threads, &err)
                 : way->threads ? run_lanes(stream, &scene, way->threads, &err)
                                : run_plain(stream, &scene, &err);
    if (failed)
        buffer_printf(seen, "%s\n", err.text);
    else if (stream_finish(stream, &err))
        buffer_printf(seen, "at the end: %s\n", err.text);
    if (!failed) {
        buffer_append(seen, buffer_slice(&scene.rows));
        buffer_printf(seen, "%llu read, %llu filtered, %llu rejected, %u later\n",
                      (unsigned long long)stream->rejects.read, (unsigned long long)stream->rejects.filtered,
                      (unsigned long long)stream->rejects.rejected, scene.desk);
        append_file(seen, rejects);
    }
    stream_free(stream);
    for (size_t i = 0; i < count; i++)
        close(fds[i]);
    close(rejects);
    buffer_fini(&scene.rows);
}

static void fail_difference(const struct way *way, struct slice text, struct slice expected, struct slice seen)
{
    size_t at = 0;

    while (at < expected.len && at < seen.len && expected.ptr[at] == seen.ptr[at])
        at++;
    size_t from = at > 200 ? at - 200 : 0;
    fail_msg("%s%zu threads, stretches of %zu, reads of %zu: at byte %zu comes <<%.*s>> instead of <<%.*s>>, of\n%.*s",
             way->relay ? "relay, " : "", way->threads, way->stretch, way->read_size, at,
             (int)(seen.len - from < 300 ? seen.len - from : 300), seen.ptr + from,
             (int)(expected.len - from < 300 ? expected.len - from : 300), expected.ptr + from, SLICE_ARG(text));
}

static void assert_same(const struct slice *texts, size_t count, struct reject_limit limit)
{
    static const char *const conditions[] = {NULL, NULL, ".one != \"12\"", "(.two | tonumber) > 3"};
    const struct way plainly = {.where = pick(conditions, 4)};
    struct buffer expected = {0}, seen = {0};

    run(texts, count, &plainly, limit, &expected);
    for (int i = 0; i < 5; i++) {
        const struct way way = {.threads = 1 + chance(4),
                                .relay = i > 2,
                                .stretch = 20 + chance(700),
                                .read_size = 16 + chance(400),
                                .where = plainly.where};
        buffer_clear(&seen);
        run(texts, count, &way, limit, &seen);
        if (!slice_equal(buffer_slice(&seen), buffer_slice(&expected)))
            fail_difference(&way, texts[0], buffer_slice(&expected), buffer_slice(&seen));
    }
    buffer_fini(&expected);
    buffer_fini(&seen);
}

static const struct mix mixes[] = {
    {.end = "\n"},
    {.quoted = 100, .end = "\r\n"},
    {.quoted = 300, .rejected = 50, .skipped = 50, .end = "\n"},
    {.quoted = 100, .other_count = 50, .rejected = 20, .end = "\n"},
    {.quoted = 50, .later = 30, .end = "\n"},
    {.quoted = 50, .broken = 10, .rejected = 10, .end = "\n"},
    {.quoted = 200, .broken = 100, .other_count = 20, .later = 20, .end = "\r\n"},
    {.rejected = 100, .long_lines = 20, .end = "\n"},
    {.quoted = 20, .rejected = 10, .end = "\r"},
    {.quoted = 50, .rejected = 50, .later = 20, .broken = 10},
    {.rejected = 20, .later = 20},
};

static void assert_mixes(void (*make)(struct buffer *, const struct mix *, unsigned), struct reject_limit limit)
{
    for (int round = 0; round < 12; round++)
        for (size_t i = 0; i < sizeof mixes / sizeof *mixes; i++) {
            struct buffer text = {0};
            make(&text, &mixes[i], 20 + chance(150));
            const struct slice texts[] = {buffer_slice(&text)};
            assert_same(texts, 1, limit);
            buffer_fini(&text);
        }
}

static void csv_is_read_as_by_one_reader(void **unused)
{
    (void)unused;
    assert_mixes(make_csv, (struct reject_limit){.percent = true, .value = 100});
}

static void json_lines_are_read_as_by_one_reader(void **unused)
{
    (void)unused;
    assert_mixes(make_json, (struct reject_limit){.percent = true, .value = 100});
}

static void it_stops_at_the_same_bad_record(void **unused)
{
    (void)unused;
    assert_mixes(make_csv, (struct reject_limit){.value = 3});
    assert_mixes(make_json, (struct reject_limit){.value = 3});
    assert_mixes(make_csv, (struct reject_limit){.value = -1});
}

static void several_inputs_follow_each_other(void **unused)
{
    (void)unused;
    for (int round = 0; round < 20; round++) {
        struct buffer first = {0}, second = {0}, third = {0};
        make_csv(&first, &mixes[chance(11)], 50);
        make_json(&second, &mixes[chance(11)], 1 + chance(60));
        make_csv(&third, &mixes[chance(11)], chance(60));
        const struct slice texts[] = {buffer_slice(&first), buffer_slice(&second), buffer_slice(&third)};
        assert_same(texts, 3, (struct reject_limit){.percent = true, .value = 100});
        buffer_fini(&first);
        buffer_fini(&second);
        buffer_fini(&third);
    }
}

static void many_records_make_several_batches(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof mixes / sizeof *mixes; i++) {
        struct buffer text = {0};
        make_csv(&text, &mixes[i], 3000);
        const struct slice texts[] = {buffer_slice(&text)};
        assert_same(texts, 1, (struct reject_limit){.percent = true, .value = 100});
        assert_same(texts, 1, (struct reject_limit){.value = 40});
        buffer_fini(&text);
    }
}

static void an_array_is_read_in_order(void **unused)
{
    static const struct slice text[] = {
        SLICE_INIT("[{\"word\":\"good\",\"one\":1,\"two\":2},\n{\"word\":\"later\",\"one\":1,\"two\":2},\n"
                   "{\"word\":\"bad\",\"one\":1,\"two\":2}]\n")};

    (void)unused;
    assert_same(text, 1, (struct reject_limit){.percent = true, .value = 100});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_read_as_by_one_reader),      cmocka_unit_test(json_lines_are_read_as_by_one_reader),
        cmocka_unit_test(it_stops_at_the_same_bad_record),   cmocka_unit_test(several_inputs_follow_each_other),
        cmocka_unit_test(many_records_make_several_batches), cmocka_unit_test(an_array_is_read_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
