/* Any bytes as an input that several threads read in stretches (lanes.h): wherever it is cut, rows, account, rejects
 * and the error are those of one reader that goes through it from its beginning to its end.
 *
 * Four bytes choose the run, the rest is the input. Of the first, bit 0 says JSON, bit 1 that a good first record is
 * put before the input, bits 2 and 3 how many bad records are borne with, bits 4 and 5 a condition, bit 6 that the
 * input is there twice, bit 7 that a record may be short. The others: threads and read size, stretch, stretch. */
#include <inttypes.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/program.h"
#include "fuzz.h"
#include "stream/lanes.h"

struct row {
    struct slice word, one, two;
    unsigned later; /* how many came before, of those that depend on it */
};

struct scene {
    unsigned desk;      /* of the one that works in order: how many came so far */
    struct buffer rows; /* as they were taken in */
};

/* By the number of bytes of its word a record is rejected, skipped, or to be made in order. */
static int make_row(void *context, void *desk, struct stream *stream, const struct record *record, void *memory,
                    struct error *err)
{
    const struct scene *scene = context;
    struct row *row = memory;
    unsigned *count = desk;

    *row = (struct row){record->fields[0].text, record->fields[1].text, record->fields[2].text, 0};
    switch (row->word.len) {
    case 3:
        return stream_reject(stream, record, 0, err, "it is bad") ? -1 : LANES_NONE;
    case 5:
        stream_skip(stream);
        return LANES_NONE;
    case 6:
        if (count != &scene->desk)
            return LANES_LATER;
        row->later = ++*count;
        return 0;
    default:
        return 0;
    }
}

static int take_rows(void *context, const void *memory, size_t count, struct error *err)
{
    struct scene *scene = context;
    const struct row *rows = memory;

    (void)err;
    for (size_t i = 0; i < count; i++)
        check(buffer_printf(&scene->rows, "%zu:%.*s|%zu:%.*s|%zu:%.*s|%u\n", rows[i].word.len, SLICE_ARG(rows[i].word),
                            rows[i].one.len, SLICE_ARG(rows[i].one), rows[i].two.len, SLICE_ARG(rows[i].two),
                            rows[i].later) == 0);
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

struct way {
    size_t threads; /* 0: plainly */
    size_t stretch, read_size;
    const char *where;
    enum format format;
    struct reject_limit limit;
    bool fill_short;
    size_t inputs;
};

static int open_stream(struct stream **stream, char **paths, const char *rejects, const struct way *way,
                       struct error *err)
{
    const struct stream_options options = {.reader = {.format = way->format, .fill_short = way->fill_short},
                                           .rejects = way->limit.value < 0 ? NULL : rejects,
                                           .limit = way->limit,
                                           .where = way->where,
                                           .progress = PROGRESS_NEVER};
    static const char *const names[] = {"word", "one", "two"};
    size_t column;

    if (stream_open(stream, paths, way->inputs, &options, err))
        return -1;
    for (size_t i = 0; i < way->inputs; i++) {
        (*stream)->inputs[i].source->read_size = way->read_size;
        (*stream)->inputs[i].source->name = "input";
    }
    if (stream_start(*stream, err))
        return -1;
    (*stream)->stretch_size = way->stretch;
    for (int i = 0; i < 3; i++)
        if (stream_role(*stream, NULL, names[i], names[i], true, &column, err))
            return -1;
    return 0;
}

/* Everything that can be seen of a run. */
static void run(struct slice text, const struct way *way, struct buffer *seen)
{
    struct memory_file files[2] = {file_of(text), file_of(text)}, rejects = file_of(SLICE(""));
    char *paths[2] = {files[0].path, files[1].path};
    struct scene scene = {0};
    struct stream *stream = NULL;
    struct buffer bad;
    struct error err;

    if (open_stream(&stream, paths, rejects.path, way, &err) ||
        (way->threads ? run_lanes(stream, &scene, way->threads, &err) : run_plain(stream, &scene, &err)) ||
        stream_finish(stream, &err)) {
        check_error(&err);
        check(buffer_printf(seen, "%s\n", err.text) == 0);
    } else {
        check(buffer_append(seen, buffer_slice(&scene.rows)) == 0);
        check(buffer_printf(seen, "%" PRIu64 " read, %" PRIu64 " filtered, %" PRIu64 " rejected, %u later\n",
                            stream->rejects.read, stream->rejects.filtered, stream->rejects.rejected, scene.desk) == 0);
        read_all(&rejects, &bad);
        check(buffer_append(seen, buffer_slice(&bad)) == 0);
        buffer_fini(&bad);
    }
    stream_free(stream);
    for (int i = 0; i < 2; i++)
        close(files[i].fd);
    close(rejects.fd);
    buffer_fini(&scene.rows);
}

static void compare(struct slice text, const struct way *plainly, const struct way *way)
{
    struct buffer expected = {0}, seen = {0};

    run(text, plainly, &expected);
    run(text, way, &seen);
    if (!slice_equal(buffer_slice(&expected), buffer_slice(&seen)))
        fprintf(stderr, "%zu threads, stretches of %zu, reads of %zu\n--- in order\n%.*s\n--- in lanes\n%.*s\n",
                way->threads, way->stretch, way->read_size, SLICE_ARG(buffer_slice(&expected)),
                SLICE_ARG(buffer_slice(&seen)));
    check(slice_equal(buffer_slice(&expected), buffer_slice(&seen)));
    buffer_fini(&expected);
    buffer_fini(&seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const conditions[] = {NULL, NULL, ".one != \"12\"", "(.two | tonumber) > 3"};
    static const struct reject_limit limits[] = {{true, 100}, {true, 10}, {false, 3}, {false, -1}};
    struct buffer text = {0};

    if (size < 4 || size > 8192)
        return 0;
    program_set_quiet(true);
    const bool json = data[0] & 1;
    struct way way = {.stretch = 0,
                      .read_size = SOURCE_BLOCK,
                      .where = conditions[data[0] >> 4 & 3],
                      .format = json ? FORMAT_JSONL : FORMAT_CSV,
                      .limit = limits[data[0] >> 2 & 3],
                      .fill_short = !json && data[0] & 0x80,
                      .inputs = data[0] & 0x40 ? 2 : 1};
    struct way in_lanes = way;
    if (data[0] & 2)
        check(buffer_append(&text,
                            json ? SLICE("{\"word\":\"good\",\"one\":1,\"two\":2}\n") : SLICE("word,one,two\n")) == 0);
    check(buffer_append(&text, (struct slice){(const char *)data + 4, size - 4}) == 0);
    in_lanes.threads = 1 + data[1] % 4;
    in_lanes.read_size = 16 + data[1] / 4 * 7u;
    in_lanes.stretch = 20 + (data[2] | (size_t)(data[3] & 3) << 8) % 700;
    compare(buffer_slice(&text), &way, &in_lanes);
    buffer_fini(&text);
    return 0;
}
