/* A whole run of crm-mask over records, whatever they hold.
 *
 * One thread, and three that are given a few bytes at a time, write the same bytes. Read side by side, input and output
 * have the same records; what was not named is as it was; in a masked column an empty value is empty, any other a token
 * of its length, equal values have equal tokens and different ones different tokens. An error is a clean line and none
 * of the system.
 *
 * Two bytes choose the options, the records follow. */
#include <sys/stat.h>

#include "analysis/mask_run.h"
#include "base/buffer.h"
#include "base/program.h"
#include "fuzz.h"
#include "reads.h"
#include "stream/reader.h"

#define WORDS 40

/* What is said by one byte of the input. In the first table the first column is masked. */
static const char *const masks[][6] = {
    {"--mask", "#1"},
    {"--mask", "#1,#2:other"},
    {"--mask", "#1", "--length", "64"},
    {"--mask", "#1", "--prefix", "p_", "--length", "256"},
};
static const char *const others[][8] = {
    {NULL},
    {"--mask", "#2,#3", "--fold", "#2", "--keep-domain", "#3"},
    {"--coarse", "#2=month"},
    {"--coarse", "#2=year", "--blank", "#3", "--tz", "+03:00"},
    {"--drop", "#2", "--rejects", "/dev/null", "--max-rejects", "100%"},
    {"--keep", "#2", "--rejects", "/dev/null", "--max-rejects", "100%"},
    {"-t", "jsonl"},
    {"-f", "jsonl", "-t", "csv"},
    {"-t", "table", "-w", ".a != \"x\""},
};

struct course {
    struct buffer out;
    struct error err;
    bool failed;
};

static int add_words(char **words, int count, const char *const *row, int most)
{
    for (int i = 0; i < most && row[i]; i++)
        words[count++] = (char *)(uintptr_t)row[i];
    return count;
}

static void go(char **argv, int argc, const char *threads, const char *file, size_t reads, struct course *course)
{
    struct memory_file out = file_of(SLICE(""));
    struct mask_options options;
    char *words[WORDS];
    int first;

    memcpy(words, argv, (size_t)argc * sizeof *words);
    argc = add_words(words, argc, (const char *const[]){"-q", "-o", out.path, "-j", threads, file, NULL}, 7);
    words[argc] = NULL;
    read_size = reads;
    course->failed = mask_options_read(&options, argc, words, &first, &course->err) <= 0 ||
                     mask_run(&options, words + first, (size_t)(argc - first), &course->err);
    read_size = 0;
    mask_options_free(&options);
    if (course->failed && course->err.status == STATUS_USAGE)
        check(course->err.text[0]); /* it quotes options as they are; what prints it makes the line clean */
    else if (course->failed)
        check_error(&course->err);
    read_all(&out, &course->out);
    close(out.fd);
}

/* ---- input and output side by side ---- */

enum { MOST = 64 };

struct table {
    struct source *source;
    struct reader *reader;
};

static bool open_table(struct table *table, struct slice text)
{
    const struct reader_options options = {.format = FORMAT_CSV};
    struct error err;

    check(source_memory(&table->source, text, "records", &err) == 0);
    if (reader_open(&table->reader, table->source, &options, &err) == 0)
        return true;
    source_free(table->source);
    return false;
}

/* Values seen and their tokens; copies. */
struct seen {
    struct slice values[MOST], tokens[MOST];
    size_t count;
};

static struct slice copy_of(struct slice text)
{
    char *copy = malloc(text.len + 1);

    check(copy != NULL);
    memcpy(copy, text.len ? text.ptr : "", text.len);
    return (struct slice){copy, text.len};
}

static void check_token(struct seen *seen, struct slice value, struct slice token, size_t length)
{
    check((value.len == 0) == (token.len == 0) && (value.len == 0 || token.len == length));
    for (size_t i = 0; i < seen->count; i++)
        check(slice_equal(seen->values[i], value) == slice_equal(seen->tokens[i], token));
    if (seen->count == MOST)
        return;
    seen->values[seen->count] = copy_of(value);
    seen->tokens[seen->count++] = copy_of(token);
}

static void check_tables(struct slice before, struct slice after, size_t masked, size_t length)
{
    struct table in, out;
    struct record one, other;
    struct bad_record bad;
    struct error err;
    struct seen seen = {.count = 0};
    enum read_result result;

    if (!open_table(&in, before) || in.reader->name_count == 0)
        return;
    check(open_table(&out, after) && out.reader->name_count == in.reader->name_count);
    while ((result = reader_next(in.reader, &one, &bad, &err)) == READ_RECORD) {
        check(reader_next(out.reader, &other, &bad, &err) == READ_RECORD && one.count == other.count);
        check_token(&seen, one.fields[0].text, other.fields[0].text, length);
        for (size_t i = masked; i < one.count; i++)
            check(slice_equal(one.fields[i].text, other.fields[i].text));
    }
    check(result == READ_END && reader_next(out.reader, &other, &bad, &err) == READ_END);
    for (size_t i = 0; i < seen.count; i++) {
        free((char *)(uintptr_t)seen.values[i].ptr);
        free((char *)(uintptr_t)seen.tokens[i].ptr);
    }
    reader_free(in.reader);
    reader_free(out.reader);
    source_free(in.source);
    source_free(out.source);
}

#define ROW(table, byte) (table)[(byte) % (sizeof(table) / sizeof *(table))]

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t masked[] = {1, 2, 1, 1}, lengths[] = {26, 26, 13, 54};
    struct course one, three;

    if (size < 3 || size > 8192)
        return 0;
    program_set_quiet(true);
    const struct slice text = {(const char *)data + 2, size - 2};
    struct memory_file file = file_of(text), key = file_of(SLICE("0123456789abcdef0123456789abcdef\n"));
    char *argv[WORDS] = {(char[]){"crm-mask"}, (char[]){"--key-file"}, key.path};
    check(fchmod(key.fd, 0600) == 0);
    int argc = add_words(argv, 3, ROW(masks, data[0]), 6);
    argc = add_words(argv, argc, ROW(others, data[1]), 8);
    go(argv, argc, "1", file.path, 0, &one);
    go(argv, argc, "3", file.path, 1 + data[1], &three);
    check(one.failed == three.failed);
    check(one.failed ? strcmp(one.err.text, three.err.text) == 0
                     : slice_equal(buffer_slice(&one.out), buffer_slice(&three.out)));
    const bool plain = text.ptr[0] >= ' ' && text.ptr[0] < 'z'; /* CSV, neither compressed nor in another encoding */
    if (!one.failed && !ROW(others, data[1])[0] && plain && text.ptr[0] != '[')
        check_tables(text, buffer_slice(&one.out), ROW(masked, data[0]), ROW(lengths, data[0]));
    buffer_fini(&one.out);
    buffer_fini(&three.out);
    close(file.fd);
    close(key.fd);
    return 0;
}
