/* Undo: a merge is taken back byte for byte, whatever the input looked like and whatever was merged; and what was
 * changed is refused. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cmocka.h>

#include "analysis/undo.h"
#include "base/program.h"
#include "folder.h"
#include "stream/stream.h"
#include "stream/writer.h"

#define INPUTS 3

/* One run: the inputs, how they are read and merged, and where everything is. */
struct trial {
    struct folder folder;
    struct buffer input[INPUTS];
    char path[INPUTS][80];
    size_t inputs;
    enum format from, to;
    size_t read_size;
    bool rejects;
    unsigned clusters; /* how many records a cluster has on average; 0: each record its own */
    uint64_t seed;
    size_t records; /* read */
    char log[80], merged[80], back[80];
};

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13; /* Marsaglia, "Xorshift RNGs" (2003) */
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static size_t below(uint64_t *seed, size_t limit)
{
    return (size_t)(next_random(seed) >> 11) % limit;
}

static void add(struct buffer *text, const char *more)
{
    assert_int_equal(buffer_append(text, slice_from_cstr(more)), 0);
}

static void trial_begin(struct trial *trial, uint64_t seed)
{
    *trial = (struct trial){.inputs = 1, .to = FORMAT_CSV, .clusters = 2, .seed = seed, .rejects = true};
    folder_make(&trial->folder);
    for (size_t i = 0; i < INPUTS; i++)
        snprintf(trial->path[i], sizeof trial->path[i], "%s/in%zu", trial->folder.path, i);
    snprintf(trial->log, sizeof trial->log, "%s/log", trial->folder.path);
    snprintf(trial->merged, sizeof trial->merged, "%s/merged", trial->folder.path);
    snprintf(trial->back, sizeof trial->back, "%s/back", trial->folder.path);
}

static void trial_end(struct trial *trial)
{
    for (size_t i = 0; i < INPUTS; i++)
        buffer_fini(&trial->input[i]);
    folder_remove(&trial->folder);
}

static void write_file(const char *path, struct slice text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr ? text.ptr : "", 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static void must(int result, const struct error *err)
{
    if (result < 0)
        fail_msg("%s", err->text);
}

/* A random clustering, numbered in order of first appearance. */
static uint32_t *make_clusters(struct trial *trial, size_t rows)
{
    uint32_t *cluster = calloc(rows + 1, sizeof *cluster);
    uint32_t *number = calloc(rows + 1, sizeof *number);
    uint32_t count = 0;

    assert_non_null(cluster);
    assert_non_null(number);
    for (size_t row = 0; row < rows; row++) {
        size_t group = trial->clusters ? below(&trial->seed, rows / trial->clusters + 1) : row;
        if (!number[group])
            number[group] = ++count;
        cluster[row] = number[group] - 1;
    }
    free(number);
    return cluster;
}

/* One record for each cluster, that of its first row: what crm-dedupe --merge would write if the first always won. A
 * record the format cannot hold is left out. */
static void write_merged(const struct trial *trial, const struct kept *kept, const struct stream *stream,
                         const uint32_t *cluster, struct undo_log *undo)
{
    struct slice names[64];
    struct field fields[64];
    char number[2][16];
    struct writer *writer;
    struct sink *sink;
    struct error err;
    uint32_t count = 0;

    for (size_t i = 0; i < kept->columns; i++)
        names[i] = stream->columns[i].name;
    names[kept->columns] = SLICE("cluster_id");
    names[kept->columns + 1] = SLICE("cluster_size");
    names[kept->columns + 2] = SLICE("match_probability");
    must(sink_open(&sink, trial->merged, &err), &err);
    must(undo_watch(undo, kept, cluster, trial->to, 3, sink, &err), &err);
    must(writer_new(&writer, sink, trial->to, 0, names, kept->columns + 3, &err), &err);
    for (size_t row = 0; row < kept->count; row++) {
        size_t size = 0;
        if (cluster[row] != count)
            continue;
        for (size_t i = row; i < kept->count; i++)
            size += cluster[i] == count;
        count++;
        kept_fields(kept, row, fields);
        snprintf(number[0], sizeof number[0], "%u", count);
        snprintf(number[1], sizeof number[1], "%zu", size);
        fields[kept->columns] = field_number(slice_from_cstr(number[0]));
        fields[kept->columns + 1] = field_number(slice_from_cstr(number[1]));
        fields[kept->columns + 2] = size > 1 ? field_number(SLICE("0.98")) : (struct field){{"", 0}, FIELD_NULL};
        if (writer_put(writer, fields, &err))
            assert_int_equal(err.status, STATUS_DATA);
    }
    must(writer_finish(writer, &err), &err);
    must(undo_finish(undo, &err), &err);
    must(sink_finish(sink, &err), &err);
    undo_free(undo);
    writer_free(writer);
    sink_free(sink);
}

/* Reads, merges, writes output and log. */
static void merge(struct trial *trial)
{
    struct stream_options options = {.progress = PROGRESS_NEVER, .limit = {.percent = true, .value = 100}};
    char rejects[100];
    char *paths[INPUTS];
    struct stream *stream;
    struct undo_log *undo;
    struct record record;
    struct kept kept;
    struct error err;
    int more;

    options.reader.format = trial->from;
    snprintf(rejects, sizeof rejects, "%s/rejects", trial->folder.path);
    options.rejects = trial->rejects ? rejects : NULL;
    for (size_t i = 0; i < trial->inputs; i++)
        paths[i] = trial->path[i];
    must(stream_open(&stream, paths, trial->inputs, &options, &err), &err);
    for (size_t i = 0; i < trial->inputs; i++)
        if (trial->read_size)
            stream->inputs[i].source->read_size = trial->read_size;
    must(undo_begin(&undo, trial->log, stream, &err), &err);
    must(stream_start(stream, &err), &err);
    must(stream_all(stream, &err), &err);
    kept_init(&kept, stream->column_count);
    while ((more = stream_next(stream, &record, &err)) > 0) {
        must(kept_add(&kept, &record, &err), &err);
        must(undo_keep(undo, &record, &err), &err);
    }
    must(more, &err);
    trial->records = kept.count;
    uint32_t *cluster = make_clusters(trial, kept.count);
    write_merged(trial, &kept, stream, cluster, undo);
    program_set_quiet(true);
    must(stream_finish(stream, &err), &err);
    free(cluster);
    kept_fini(&kept);
    stream_free(stream);
}

static int restore_with(const struct trial *trial, const struct undo_options *options, struct error *err)
{
    struct sink *sink;

    must(sink_open(&sink, trial->back, err), err);
    int result = undo_run(trial->log, trial->merged, options, sink, err);
    if (!result)
        must(sink_finish(sink, err), err);
    sink_free(sink);
    return result;
}

static void assert_text(const char *path, struct slice expected, const char *log)
{
    struct slice found = file_take(path);

    if (found.len != expected.len || (found.len && memcmp(found.ptr, expected.ptr, found.len) != 0)) {
        struct slice said = file_take(log);
        fail_msg("restored <<%.*s>>\ninstead of <<%.*s>>\nlog: %s", SLICE_ARG(found), SLICE_ARG(expected), said.ptr);
    }
    free((char *)found.ptr);
}

static void assert_restored(struct trial *trial)
{
    struct error err;

    merge(trial);
    for (size_t i = 0; i < trial->inputs; i++) {
        const struct undo_options options = {.input = i + 1};
        must(restore_with(trial, &options, &err), &err);
        assert_text(trial->back, buffer_slice(&trial->input[i]), trial->log);
    }
}

static const char *pick(uint64_t *seed, const char *const *from, size_t count)
{
    return from[below(seed, count)];
}
#define PICK(seed, from) pick((seed), (from), sizeof(from) / sizeof *(from))

static const char *const csv_values[] = {"",
                                         "Ann",
                                         "O'Neil",
                                         " x ",
                                         "\"Ann\"",
                                         "\"a,b\"",
                                         "\"a\"\"b\"",
                                         "007",
                                         "\"two\nlines\"",
                                         "\"two\r\nlines\"",
                                         "Zoë",
                                         "\"\"",
                                         "=1+1",
                                         "\"tab\there\"",
                                         "тест",
                                         "1e5",
                                         "a;b",
                                         "\"\"\"\"",
                                         "\"x,\ny\"\"\"",
                                         "{\"a\":1}\"",
                                         "-"};

/* Rows of three columns; some are bad, some lines are blank. */
static void make_csv(struct trial *trial, struct buffer *text, bool neat)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    uint64_t *seed = &trial->seed;
    const char *end = neat ? "\n" : PICK(seed, ends);
    size_t rows = below(seed, 30);

    if (!neat && below(seed, 3) == 0)
        add(text, "\xef\xbb\xbf");
    add(text, !neat && below(seed, 2) ? "id,\"name\",mail" : "id,name,mail");
    add(text, end);
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < 3; column++) {
            add(text, column ? "," : "");
            add(text, neat && below(seed, 4) ? "plain" : PICK(seed, csv_values));
        }
        if (!neat && below(seed, 12) == 0)
            add(text, ",too,many");
        if (row + 1 < rows || below(seed, 4))
            add(text, !neat && below(seed, 15) == 0 ? PICK(seed, ends) : end);
        for (; !neat && below(seed, 12) == 0;)
            add(text, end);
    }
}

static const char *const json_values[] = {
    "\"Ann\"",     "\"a\\\"b\"", "1.50", "true",    "false", "null",  "[1, 2]", "{\"x\": [\"y\"]}",
    "\"\\u00eb\"", "\"Zoë\"",    "\"\"", "\"a,b\"", "\"}\"", "1e400", "[]"};

static void make_object(struct trial *trial, struct buffer *text, bool neat)
{
    static const char *const blanks[] = {"", "", " ", "  ", "\t"};
    static const char *const names[] = {"id", "name", "mail"};
    uint64_t *seed = &trial->seed;

    add(text, "{");
    for (size_t i = 0; i < 3; i++) {
        if (!neat && i && below(seed, 6) == 0)
            continue;
        add(text, i ? "," : "");
        add(text, neat ? "" : PICK(seed, blanks));
        add(text, "\"");
        add(text, names[i]);
        add(text, "\":");
        add(text, neat ? "" : PICK(seed, blanks));
        add(text, neat && below(seed, 4) ? "\"plain\"" : PICK(seed, json_values));
    }
    add(text, "}");
}

static void make_json_lines(struct trial *trial, struct buffer *text, bool neat)
{
    uint64_t *seed = &trial->seed;
    size_t rows = below(seed, 30) + 1;
    const char *end = neat || below(seed, 2) ? "\n" : "\r\n";

    if (!neat && below(seed, 3) == 0)
        add(text, "\xef\xbb\xbf");
    for (size_t row = 0; row < rows; row++) {
        make_object(trial, text, neat && row);
        if (row + 1 < rows || below(seed, 3))
            add(text, end);
        if (!neat && below(seed, 12) == 0)
            add(text, "{\"id\": broken\n");
        if (!neat && below(seed, 9) == 0)
            add(text, "  \n");
    }
}

static void make_json_array(struct trial *trial, struct buffer *text)
{
    static const char *const betweens[] = {",\n", ",", " ,\n  ", ",\r\n\r\n"};
    uint64_t *seed = &trial->seed;
    size_t rows = below(seed, 20) + 1;
    const char *between = PICK(seed, betweens);

    add(text, below(seed, 2) ? "[" : " [\n  ");
    for (size_t row = 0; row < rows; row++) {
        if (row)
            add(text, below(seed, 8) ? between : PICK(seed, betweens));
        make_object(trial, text, below(seed, 2));
    }
    add(text, below(seed, 2) ? "]" : "\n]\n\n");
}

static void make_input(struct trial *trial, size_t input, size_t kind)
{
    struct buffer *text = &trial->input[input];

    switch (kind) {
    case 0:
    case 1:
        make_csv(trial, text, kind == 0);
        break;
    case 2:
    case 3:
        make_json_lines(trial, text, kind == 2);
        break;
    default:
        make_json_array(trial, text);
        break;
    }
    write_file(trial->path[input], buffer_slice(text));
}

/* How often a word begins a line of the log. */
static size_t count_lines(const struct trial *trial, const char *word)
{
    struct slice log = file_take(trial->log);
    char line[20];
    size_t count = 0;

    snprintf(line, sizeof line, "\n%s ", word);
    for (const char *at = log.ptr; (at = memmem(at, (size_t)(log.ptr + log.len - at), line, strlen(line))); at++)
        count++;
    free((char *)log.ptr);
    return count;
}

static void anything_comes_back(void **state)
{
    size_t same = 0;
    size_t records = 0;
    size_t betweens = 0;
    static const enum format formats[] = {FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON};
    static const size_t sizes[] = {0, 1, 2, 3, 7, 64, 4096};
    (void)state;

    for (uint64_t number = 1; number <= 1500; number++) {
        struct trial trial;
        trial_begin(&trial, number * 0x9e3779b97f4a7c15U);
        size_t kind = number % 5;
        trial.to = number % 3 ? kind < 2 ? FORMAT_CSV : FORMAT_JSONL : formats[below(&trial.seed, 4)];
        trial.read_size = sizes[below(&trial.seed, sizeof sizes / sizeof *sizes)];
        trial.clusters = (unsigned)below(&trial.seed, 4);
        trial.inputs = 1 + below(&trial.seed, number % 4 == 0 ? INPUTS : 1);
        for (size_t i = 0; i < trial.inputs; i++)
            make_input(&trial, i, kind);
        assert_restored(&trial);
        same += count_lines(&trial, "same");
        records += count_lines(&trial, "record");
        betweens += count_lines(&trial, "between");
        trial_end(&trial);
    }
    assert_true(same > 1000 && records > 5000 && betweens > 300); /* all of it happened, often */
}

static struct trial *simple(struct trial *trial, const char *text, unsigned clusters)
{
    trial_begin(trial, 88172645463325252U);
    trial->clusters = clusters;
    add(&trial->input[0], text);
    write_file(trial->path[0], buffer_slice(&trial->input[0]));
    return trial;
}

static const char people[] = "id,name\n1,Ann\n2,Bob\n3,Cy\n4,Dee\n5,Eve\n6,Fay\n7,Gus\n";

/* What the log looks like, and that it is small where nothing was merged. */
static void the_log_can_be_read(void **state)
{
    struct trial trial;
    char expected[600];
    (void)state;

    merge(simple(&trial, people, 0));
    struct slice log = file_take(trial.log);
    snprintf(expected, sizeof expected,
             "crm-undo 1 output csv added 3 inputs 1\ninput 1 csv name %zu\n%s\ntext 8\nid,name\n\n"
             "same 7 record 1 output 1\ntext 1\n\n\nclose 1 bytes %zu xxh64 ",
             strlen(trial.path[0]), trial.path[0], sizeof people - 1);
    assert_memory_equal(log.ptr, expected, strlen(expected));
    free((char *)log.ptr);
    trial_end(&trial);
}

/* What a writer writes as it was read is referred to, in every format, whatever stands in the fields. */
static void what_stands_in_the_output_is_not_in_the_log(void **state)
{
    static const struct {
        enum format format;
        const char *text;
    } cases[] = {
        {FORMAT_CSV, "a,b\n1,\"x,y\"\n\"two\nlines, \"\"and\"\" more\",\n,\"\"\"\"\n4,\n"},
        {FORMAT_TSV, "a\tb\n1\tx,y\n\"\t,\n\t\"q\n4\t\n"},
        {FORMAT_JSONL, "{\"a\":1,\"b\":\"x,\\\"y}\"}\n{\"a\":[1, {\"c\":2}],\"b\":null}\n{\"a\":\"\",\"b\":\"{\"}\n"
                       "{\"a\":true,\"b\":\"\\n\"}\n"},
        {FORMAT_JSON,
         "[\n{\"a\":1,\"b\":\",\"},\n{\"a\":2,\"b\":[]},\n{\"a\":2,\"b\":null},\n{\"a\":4,\"b\":\"]\"}\n]\n"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        simple(&trial, cases[i].text, 0);
        trial.to = cases[i].format;
        trial.from = cases[i].format;
        assert_restored(&trial);
        assert_int_equal(count_lines(&trial, "record"), 0);
        struct slice log = file_take(trial.log);
        if (!strstr(log.ptr, "\nsame 4 record 1 output 1\n") &&
            !(cases[i].format == FORMAT_JSON && strstr(log.ptr, "\nsame 3 record 2 output 2\n")))
            fail_msg("%s", log.ptr);
        free((char *)log.ptr);
        trial_end(&trial);
    }
}

static void merged_records_are_in_the_log(void **state)
{
    struct trial trial;
    struct error err;
    (void)state;

    merge(simple(&trial, "id,name\r\n1,Ann\r\n2,\"Bob\"\r\n", 3));
    struct slice log = file_take(trial.log);
    assert_non_null(strstr(log.ptr, "\nrecord 1 line 2 cluster 1 bytes 5\n1,Ann\n"));
    assert_non_null(strstr(log.ptr, "\nbetween 2\n\r\n\n"));
    assert_non_null(strstr(log.ptr, "\nrecord 2 line 3 cluster 1 bytes 7\n2,\"Bob\"\n"));
    free((char *)log.ptr);

    const struct undo_options all = {.logged = true};
    must(restore_with(&trial, &all, &err), &err);
    assert_file(trial.back, "id,name\r\n1,Ann\n2,\"Bob\"\n");
    trial_end(&trial);
}

/* One cluster alone: its records, as they were. */
static void a_single_cluster_comes_back(void **state)
{
    struct trial trial;
    struct undo_options options = {.cluster = 1};
    struct error err;
    (void)state;

    simple(&trial, people, 1);
    trial.seed = 5;
    merge(&trial);
    struct slice log = file_take(trial.log);
    const char *at = strstr(log.ptr, "\nrecord ");
    assert_non_null(at);
    unsigned long long cluster;
    assert_int_equal(sscanf(at, "\nrecord %*u line %*u cluster %llu", &cluster), 1);
    options.cluster = cluster;
    must(restore_with(&trial, &options, &err), &err);
    char expected[200] = "id,name\n";
    char label[40];
    snprintf(label, sizeof label, "cluster %llu bytes 5\n", cluster);
    for (const char *found = log.ptr; (found = strstr(found, label)); found += strlen(label))
        strncat(expected, found + strlen(label), 6);
    assert_true(strlen(expected) > 8 + 6);
    assert_file(trial.back, expected);
    options.cluster = 4711;
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_non_null(strstr(err.text, "holds no record of cluster 4711"));
    free((char *)log.ptr);
    trial_end(&trial);
}

/* Every byte of log and output, changed, and every length of the log, is refused; nothing is written. */
static void what_was_changed_is_refused(void **state)
{
    const struct undo_options options = {0};
    struct trial trial;
    struct error err;
    (void)state;

    merge(simple(&trial, people, 2));
    struct slice log = file_take(trial.log);
    struct slice merged = file_take(trial.merged);
    for (size_t i = 0; i < merged.len; i++) {
        ((char *)merged.ptr)[i] ^= 1;
        write_file(trial.merged, merged);
        assert_int_equal(restore_with(&trial, &options, &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
        assert_non_null(strstr(err.text, "is not the output that"));
        ((char *)merged.ptr)[i] ^= 1;
    }
    write_file(trial.merged, merged);
    for (size_t i = 0; i < log.len; i++) {
        ((char *)log.ptr)[i] ^= 1;
        write_file(trial.log, log);
        assert_int_equal(restore_with(&trial, &options, &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
        ((char *)log.ptr)[i] ^= 1;
        write_file(trial.log, (struct slice){log.ptr, i});
        assert_int_equal(restore_with(&trial, &options, &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
    }
    assert_int_equal(access(trial.back, F_OK), -1);
    write_file(trial.log, log);
    must(restore_with(&trial, &options, &err), &err);
    assert_file(trial.back, people);
    free((char *)log.ptr);
    free((char *)merged.ptr);
    trial_end(&trial);
}

/* The log with its checksums made right again: what somebody could send who wants to do harm. */
static void write_forged(const struct trial *trial, const char *log, size_t len)
{
    struct buffer text = {0};

    len -= len > 0;
    while (len && log[len - 1] != '\n') /* without the last line */
        len--;
    struct slice merged = file_take(trial->merged);
    assert_int_equal(buffer_append(&text, (struct slice){log, len}), 0);
    assert_int_equal(buffer_printf(&text, "end output %zu %016llx log %zu %016llx\n", merged.len,
                                   (unsigned long long)XXH64(merged.ptr, merged.len, 0), len,
                                   (unsigned long long)XXH64(log, len, 0)),
                     0);
    write_file(trial->log, buffer_slice(&text));
    buffer_fini(&text);
    free((char *)merged.ptr);
}

static void a_forged_log_does_no_harm(void **state)
{
    static const char alphabet[] = "0123456789 \nabcdef-xsr";
    struct undo_options options = {0};
    struct trial trial;
    struct error err;
    size_t refused = 0;
    (void)state;

    merge(simple(&trial, people, 2));
    struct slice log = file_take(trial.log);
    char *forged = malloc(log.len + 1);
    assert_non_null(forged);
    memcpy(forged, log.ptr, log.len);
    write_forged(&trial, forged, log.len);
    must(restore_with(&trial, &options, &err), &err); /* forged well */
    assert_file(trial.back, people);
    for (int i = 0; i < 4000; i++) {
        memcpy(forged, log.ptr, log.len);
        for (size_t changes = 1 + below(&trial.seed, 3); changes; changes--)
            forged[below(&trial.seed, log.len)] = alphabet[below(&trial.seed, sizeof alphabet - 1)];
        write_forged(&trial, forged, i % 4 ? log.len : below(&trial.seed, log.len));
        options.logged = i % 5 == 0;
        options.cluster = i % 7 == 0 ? 1 : 0;
        if (restore_with(&trial, &options, &err)) {
            assert_true(err.status == STATUS_DATA || err.status == STATUS_USAGE);
            refused++;
        }
    }
    assert_true(refused > 2000);
    free(forged);
    free((char *)log.ptr);
    trial_end(&trial);
}

/* Entries that claim more than there is. */
static void claims_are_not_believed(void **state)
{
    static const char *const entries[] = {"text 18446744073709551615\n",
                                          "text 18446744073709551616\n",
                                          "text\n",
                                          "text 5 5\n",
                                          "text -1\n",
                                          "same 18446744073709551615 record 1 output 1\n",
                                          "same 1 record 1 output 18446744073709551615\n",
                                          "same 1 record 1 output 0\n",
                                          "between 65\n",
                                          "between 18446744073709551615\n",
                                          "input 2 csv name 1\nx\n",
                                          "input 1 csv name 4097\n",
                                          "input 1 xml name 1\nx\n",
                                          "record 1 line 1 cluster 1 bytes 99999999999999\n",
                                          "record 1 line 1 bytes 3\nabc\n",
                                          "close 1 bytes 0 xxh64 0\n",
                                          "close 2 bytes 0 xxh64 0\n",
                                          "unknown\n",
                                          "end\n",
                                          "\n"};
    const struct undo_options options = {0};
    struct trial trial;
    struct error err;
    (void)state;

    merge(simple(&trial, people, 2));
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        char log[400];
        for (int opened = 0; opened < 2; opened++) {
            snprintf(log, sizeof log, "crm-undo 1 output csv added 3 inputs 1\n%s%send\n",
                     opened ? "input 1 csv name 2\nin\n" : "", entries[i]);
            write_forged(&trial, log, strlen(log));
            if (restore_with(&trial, &options, &err))
                assert_int_equal(err.status, STATUS_DATA);
            else
                assert_file(trial.back, ""); /* an end, and nothing before it */
        }
    }
    static const char *const heads[] = {"",
                                        "crm-undo 2 output csv added 3 inputs 1\n",
                                        "crm-undo 1 output table added 3 inputs 1\n",
                                        "crm-undo 1 output csv added 0 inputs 1\n",
                                        "crm-undo 1 output csv added 65 inputs 1\n",
                                        "crm-undo 1 output csv added 3 inputs\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char log[100];
        snprintf(log, sizeof log, "%send\n", heads[i]);
        write_forged(&trial, log, strlen(log));
        assert_int_equal(restore_with(&trial, &options, &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
        assert_non_null(strstr(err.text, "not an undo log, or one of another version"));
    }
    trial_end(&trial);
}

static void messages_say_what_is_wrong(void **state)
{
    const struct undo_options options = {0};
    struct trial trial;
    struct error err;
    char expected[300];
    (void)state;

    merge(simple(&trial, people, 2));
    write_file(trial.merged, SLICE("id\n"));
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    snprintf(expected, sizeof expected,
             "%s: is not the output that %s was written with, or was changed since then (3 bytes, not ", trial.merged,
             trial.log);
    assert_memory_equal(err.text, expected, strlen(expected));
    write_file(trial.log, SLICE(""));
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    assert_non_null(strstr(err.text, "is empty: not an undo log"));
    write_file(trial.log, SLICE(people));
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    assert_non_null(strstr(err.text, "does not end as an undo log does: is it one, and was it cut off?"));
    unlink(trial.merged);
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    unlink(trial.log);
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    trial_end(&trial);
}

static void a_table_is_refused(void **state)
{
    struct undo_log *undo;
    struct stream *stream;
    struct trial trial;
    struct error err;
    struct kept kept;
    struct sink *sink;
    (void)state;

    simple(&trial, people, 2);
    char *const paths[] = {trial.path[0]};
    const struct stream_options options = {.progress = PROGRESS_NEVER};
    must(stream_open(&stream, paths, 1, &options, &err), &err);
    must(undo_begin(&undo, trial.log, stream, &err), &err);
    must(sink_open(&sink, trial.merged, &err), &err);
    kept_init(&kept, 2);
    assert_int_equal(undo_watch(undo, &kept, NULL, FORMAT_TABLE, 3, sink, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    undo_free(undo);
    sink_free(sink);
    stream_free(stream);
    assert_int_equal(access(trial.log, F_OK), -1);
    trial_end(&trial);
}

static void several_inputs_need_a_choice_or_a_folder(void **state)
{
    struct trial trial;
    struct undo_options options = {0};
    struct error err;
    char folder[80];
    char path[160];
    (void)state;

    trial_begin(&trial, 77);
    trial.inputs = 3;
    char first[80];
    snprintf(first, sizeof first, "%s/a", trial.folder.path);
    snprintf(folder, sizeof folder, "%s/out", trial.folder.path);
    assert_int_equal(mkdir(first, 0700), 0);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(trial.path[0], sizeof trial.path[0], "%s/a/in1", trial.folder.path); /* two of one name */
    for (size_t i = 0; i < 3; i++) {
        add(&trial.input[i], people);
        add(&trial.input[i], i == 1 ? "9,\"Zed\"" : "8,Yan\n");
        write_file(trial.path[i], buffer_slice(&trial.input[i]));
    }
    merge(&trial);
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_non_null(strstr(err.text, "holds 3 inputs: choose one with --undo-input N, or a folder"));
    options.input = 4;
    assert_int_equal(restore_with(&trial, &options, &err), -1);
    assert_non_null(strstr(err.text, "there is no input 4; it holds 3"));
    options.input = 0;
    options.folder = folder;
    must(restore_with(&trial, &options, &err), &err);
    static const char *const names[] = {"in1", "2-in1", "in2"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_text(path, buffer_slice(&trial.input[i]), trial.log);
    }
    assert_int_equal(restore_with(&trial, &options, &err), -1); /* they are there now */
    assert_int_equal(err.status, STATUS_USAGE);
    assert_non_null(strstr(err.text, "out/in1: is there already, and is not replaced"));
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(unlink(trial.path[0]), 0);
    assert_int_equal(rmdir(first), 0);
    assert_int_equal(rmdir(folder), 0);
    trial_end(&trial);
}

/* Names in a log are no paths. */
static void a_log_cannot_write_elsewhere(void **state)
{
    static const char *const names[] = {"../../etc/passwd", "..", "/", "x/..", ""};
    (void)state;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct trial trial;
        struct error err;
        char folder[80];
        char path[160];
        const struct undo_options options = {.folder = folder};
        simple(&trial, people, 2);
        snprintf(folder, sizeof folder, "%s/out", trial.folder.path);
        assert_int_equal(mkdir(folder, 0700), 0);
        char *const paths[] = {trial.path[0]};
        const struct stream_options stream_options = {.progress = PROGRESS_NEVER};
        struct undo_log *undo;
        struct stream *stream;
        struct sink *sink;
        struct kept kept;
        must(stream_open(&stream, paths, 1, &stream_options, &err), &err);
        stream->inputs[0].source->name = names[i];
        must(undo_begin(&undo, trial.log, stream, &err), &err);
        must(stream_start(stream, &err), &err);
        must(sink_open(&sink, trial.merged, &err), &err);
        kept_init(&kept, 2);
        must(undo_watch(undo, &kept, NULL, FORMAT_CSV, 3, sink, &err), &err);
        must(undo_finish(undo, &err), &err);
        must(sink_finish(sink, &err), &err);
        undo_free(undo);
        sink_free(sink);
        stream_free(stream);
        must(restore_with(&trial, &options, &err), &err);
        snprintf(path, sizeof path, "%s/%s", folder, i ? "input" : "passwd");
        assert_file(path, people);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(rmdir(folder), 0);
        trial_end(&trial);
    }
}

static void compressed_and_other_encodings_come_back_as_text(void **state)
{
    struct trial trial;
    (void)state;

    trial_begin(&trial, 3);
    strcat(trial.path[0], ".gz");
    add(&trial.input[0], people);
    gzFile file = gzopen(trial.path[0], "wb");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, people, sizeof people - 1), sizeof people - 1);
    assert_int_equal(gzclose(file), Z_OK);
    assert_restored(&trial);
    struct slice log = file_take(trial.log);
    assert_non_null(strstr(log.ptr, "/in0\n")); /* not .gz */
    free((char *)log.ptr);
    trial_end(&trial);

    static const char wide[] = "\xff\xfei\0d\0\n\0"
                               "1\0\n\0"
                               "2\0\n\0\xeb\0\n\0";
    trial_begin(&trial, 3);
    write_file(trial.path[0], (struct slice){wide, sizeof wide - 1});
    add(&trial.input[0], "id\n1\n2\n\xc3\xab\n");
    assert_restored(&trial);
    trial_end(&trial);
}

/* A pipe is read once: its bytes are copied. */
static void a_pipe_comes_back(void **state)
{
    struct trial trial;
    (void)state;

    for (size_t read_size = 0; read_size < 4; read_size++) {
        int ends[2];
        simple(&trial, people, 2);
        trial.read_size = read_size;
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], people, sizeof people - 1), sizeof people - 1);
        close(ends[1]);
        snprintf(trial.path[0], sizeof trial.path[0], "/dev/fd/%d", ends[0]);
        assert_restored(&trial);
        close(ends[0]);
        trial_end(&trial);
    }
}

static void an_input_that_changes_meanwhile_is_an_error(void **state)
{
    struct trial trial;
    struct undo_log *undo;
    struct stream *stream;
    struct record record;
    struct error err;
    struct kept kept;
    struct sink *sink;
    const uint32_t cluster[7] = {0, 1, 2, 3, 4, 5, 6};
    (void)state;

    for (int shorter = 0; shorter < 2; shorter++) {
        simple(&trial, people, 2);
        char *const paths[] = {trial.path[0]};
        const struct stream_options options = {.progress = PROGRESS_NEVER};
        must(stream_open(&stream, paths, 1, &options, &err), &err);
        must(undo_begin(&undo, trial.log, stream, &err), &err);
        must(stream_start(stream, &err), &err);
        must(stream_all(stream, &err), &err);
        kept_init(&kept, 2);
        while (stream_next(stream, &record, &err) > 0) {
            must(kept_add(&kept, &record, &err), &err);
            must(undo_keep(undo, &record, &err), &err);
        }
        if (shorter) {
            assert_int_equal(truncate(trial.path[0], 20), 0);
        } else {
            FILE *file = fopen(trial.path[0], "ab");
            assert_non_null(file);
            fputs("8,Hal\n", file);
            fclose(file);
        }
        must(sink_open(&sink, trial.merged, &err), &err);
        must(undo_watch(undo, &kept, cluster, FORMAT_CSV, 3, sink, &err), &err);
        assert_int_equal(undo_finish(undo, &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
        assert_non_null(strstr(err.text, "in0: changed while it was read: no undo log can be made"));
        undo_free(undo);
        sink_free(sink);
        stream_free(stream);
        kept_fini(&kept);
        assert_int_equal(access(trial.log, F_OK), -1);
        trial_end(&trial);
    }
}

static void nothing_at_all_comes_back(void **state)
{
    static const char *const texts[] = {"", "id\n", "id", "\xef\xbb\xbf", "\n\n", "[]", "{}", "{}\n{}\n", "[{},{}]\n"};
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (unsigned clusters = 0; clusters < 3; clusters++) {
            struct trial trial;
            simple(&trial, texts[i], clusters);
            trial.to = FORMAT_JSONL;
            assert_restored(&trial);
            trial.to = FORMAT_CSV;
            assert_restored(&trial);
            trial_end(&trial);
        }
}

/* Records longer than what is read at a time, and runs of text longer than an entry. */
static void large_things_come_back(void **state)
{
    struct trial trial;
    struct buffer *text;
    (void)state;

    trial_begin(&trial, 99);
    text = &trial.input[0];
    add(text, "id,note\n");
    for (int row = 0; row < 12; row++) {
        assert_int_equal(buffer_printf(text, "%d,\"", row), 0);
        for (int i = 0; i < 30000; i++)
            add(text, i % 50 ? "0123456789" : row % 2 ? "\n" : "x");
        add(text, row % 3 ? "\"\n" : "\"\n\n\n");
        for (int i = 0; row == 5 && i < 9000; i++)
            add(text, "bad\n");
    }
    write_file(trial.path[0], buffer_slice(text));
    assert_restored(&trial);
    assert_int_equal(trial.records, 12);
    trial_end(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anything_comes_back),
        cmocka_unit_test(the_log_can_be_read),
        cmocka_unit_test(what_stands_in_the_output_is_not_in_the_log),
        cmocka_unit_test(merged_records_are_in_the_log),
        cmocka_unit_test(a_single_cluster_comes_back),
        cmocka_unit_test(what_was_changed_is_refused),
        cmocka_unit_test(a_forged_log_does_no_harm),
        cmocka_unit_test(claims_are_not_believed),
        cmocka_unit_test(messages_say_what_is_wrong),
        cmocka_unit_test(a_table_is_refused),
        cmocka_unit_test(several_inputs_need_a_choice_or_a_folder),
        cmocka_unit_test(a_log_cannot_write_elsewhere),
        cmocka_unit_test(compressed_and_other_encodings_come_back_as_text),
        cmocka_unit_test(a_pipe_comes_back),
        cmocka_unit_test(an_input_that_changes_meanwhile_is_an_error),
        cmocka_unit_test(nothing_at_all_comes_back),
        cmocka_unit_test(large_things_come_back),
    };

    program_set_quiet(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
