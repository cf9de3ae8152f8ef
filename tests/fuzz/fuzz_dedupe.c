/* A whole run of crm-dedupe over small files, whatever they hold: as the program does it, with files in memory.
 *
 * One thread and three write the same bytes, and so does a run in little memory, unless it is refused; a model that was
 * saved gives what the run that learned it gave; what was merged is restored byte for byte; an undo log that is not one
 * is refused. An error has a clean line of text and is never one of the system.
 *
 * The first byte chooses the options (struct task), the second more of them; then follow a text, which is a spec, a
 * settings file or another list, up to a zero byte, and the records. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "analysis/dedupe_merge.h"
#include "base/program.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "reads.h"
#include "stream/file.h"
#include "stream/transcode.h"

/* How a run went. */
struct course {
    struct buffer out, model, undo, provenance;
    struct error err;
    bool failed, refused; /* what has to stay in memory has no room */
};

static void free_course(struct course *course)
{
    buffer_fini(&course->out);
    buffer_fini(&course->model);
    buffer_fini(&course->undo);
    buffer_fini(&course->provenance);
}

/* Clusters are numbered in order of first rows, and every number is there. */
static void check_result(const struct dedupe *dedupe, const struct dedupe_result *result)
{
    uint32_t next = 0;

    for (size_t row = 0; row < dedupe->kept.count; row++) {
        check(result->cluster[row] <= next);
        next += result->cluster[row] == next;
        float probability = result->probability[row];
        check(!(probability < 0) && !(probability > 1));
        check(!result->matched || (result->matched[row] != 0) == (probability == 1));
    }
    check(next == result->count);
}

static int link_and_write(struct dedupe *dedupe, struct output *output, struct buffer *model, struct error *err)
{
    struct dedupe_result result;

    if (dedupe_tell_plan(dedupe, err))
        return -1;
    if (dedupe->options->report == DEDUPE_BLOCKS)
        return dedupe_print_blocks(dedupe, output, err);
    if (dedupe_find(dedupe, &result, err))
        return -1;
    check_result(dedupe, &result);
    if (dedupe->options->save_model && linkage_save(&dedupe->linkage, dedupe->names, model, err))
        return -1;
    if (dedupe_report(dedupe, &result, output, err))
        return -1;
    dedupe_tell_result(dedupe, &result);
    return 0;
}

static int run_options(struct dedupe_options *o, char **operands, struct buffer *model, struct error *err)
{
    struct output output = {0};
    struct dedupe dedupe = {0};
    int failed;

    if (o->undo)
        return dedupe_undo(o, operands, err);
    failed = output_prepare(&output, &o->common, err) || dedupe_read(&dedupe, o, operands, err) ||
             dedupe_prepare(&dedupe, err) || link_and_write(&dedupe, &output, model, err) ||
             stream_finish(dedupe.stream, err) || output_finish(&output, err);
    undo_free(dedupe.undo);
    dedupe.undo = NULL;
    output_free(&output);
    dedupe_fini(&dedupe);
    return failed ? -1 : 0;
}

#define WORDS 40

/* Runs with these words as the command line behind the program's name. "@" is replaced by the path of a file that is
 * written: the output, the undo log, the provenance. max_memory: bytes, 0: any. */
static void run(char **words, const char *threads, size_t max_memory, struct course *course)
{
    struct memory_file out = file_of(SLICE("")), undo = file_of(SLICE("")), provenance = file_of(SLICE(""));
    struct dedupe_options o = {.common = COMMON_INIT};
    char *argv[WORDS] = {(char[]){"crm-dedupe"},    (char[]){"-q"}, (char[]){"-o"}, out.path, (char[]){"-j"},
                         (char *)(uintptr_t)threads};
    int argc = 6, first = 0;

    for (; *words; words++) {
        if (strcmp(*words, "@") == 0)
            argv[argc] = strcmp(argv[argc - 1], "--undo-log") == 0 ? undo.path : provenance.path;
        else
            argv[argc] = *words;
        check(++argc < WORDS);
    }
    *course = (struct course){0};
    buffer_init(&course->model);
    int go = dedupe_options_read(&o, argc, argv, &first, &course->err);
    o.max_memory = max_memory;
    course->failed = go < 0 || run_options(&o, argv + first, &course->model, &course->err) != 0;
    dedupe_options_fini(&o);
    course->refused = course->failed && max_memory && strstr(course->err.text, "--max-memory");
    if (course->failed && !course->refused)
        check_error(&course->err);
    read_all(&out, &course->out);
    read_all(&undo, &course->undo);
    read_all(&provenance, &course->provenance);
    close(out.fd);
    close(undo.fd);
    close(provenance.fd);
}

static bool same(const struct buffer *a, const struct buffer *b)
{
    return slice_equal(buffer_slice(a), buffer_slice(b));
}

static void check_same(const struct course *one, const struct course *other)
{
    check(one->failed == other->failed);
    if (one->failed) {
        check(strcmp(one->err.text, other->err.text) == 0);
        return;
    }
    check(same(&one->out, &other->out) && same(&one->model, &other->model) && same(&one->undo, &other->undo) &&
          same(&one->provenance, &other->provenance));
}

/* What was compressed or in UTF-16 or UTF-32 is restored without that. */
static bool restored_exactly(struct slice records)
{
    size_t mark;

    return !transcode_recognise(records, &mark) && !(records.len > 1 && memcmp(records.ptr, "\x1f\x8b", 2) == 0);
}

static void restore(const struct course *merged, struct slice records)
{
    struct memory_file log = file_of(buffer_slice(&merged->undo)), out = file_of(buffer_slice(&merged->out));
    char *words[] = {(char[]){"--undo"}, log.path, out.path, NULL};
    struct course back;

    run(words, "1", 0, &back);
    if (back.failed)
        fprintf(stderr, "%s\n", back.err.text);
    check(!back.failed);
    check(!restored_exactly(records) || slice_equal(buffer_slice(&back.out), records));
    free_course(&back);
    close(log.fd);
    close(out.fd);
}

static void use_model(const struct course *learned, char *records)
{
    struct memory_file model = file_of(buffer_slice(&learned->model));
    char *words[] = {(char[]){"--model"}, model.path, records, NULL};
    struct course used;

    run(words, "2", 0, &used);
    check(!used.failed && same(&used.out, &learned->out));
    free_course(&used);
    close(model.fd);
}

/* A log whose last line is right, so that what stands in it is looked at. */
static void finish_log(struct slice text, struct slice output, struct buffer *log)
{
    check(buffer_append(log, text) == 0);
    if (text.len && text.ptr[text.len - 1] != '\n')
        check(buffer_append_char(log, '\n') == 0);
    check(buffer_printf(log, "end output %zu %016" PRIx64 " log %zu %016" PRIx64 "\n", output.len,
                        (uint64_t)XXH64(output.ptr, output.len, 0), log->len,
                        (uint64_t)XXH64(log->data ? log->data : "", log->len, 0)) == 0);
}

static void undo(struct slice text, struct slice output, unsigned more)
{
    struct buffer log = {0};
    struct course course;

    finish_log(text, output, &log);
    struct memory_file file = file_of(buffer_slice(&log)), merged = file_of(output);
    char *choices[][6] = {
        {(char[]){"--undo"}, file.path, merged.path, NULL},
        {(char[]){"--undo"}, file.path, (char[]){"--undo-logged"}, NULL},
        {(char[]){"--undo"}, file.path, (char[]){"--undo-cluster"}, (char[]){"1"}, NULL},
        {(char[]){"--undo"}, file.path, (char[]){"--undo-input"}, (char[]){"2"}, merged.path, NULL},
    };
    run(choices[more % 4], "1", 0, &course);
    free_course(&course);
    buffer_fini(&log);
    close(file.fd);
    close(merged.fd);
}

/* What is run. SPEC is the text itself, FILE_ a file that holds it. */
#define SPEC "%"
#define FILE_ "%f"
static const struct task {
    const char *words[8];
    enum { PLAIN, RESTORED, MODELLED, UNDONE } then;
} tasks[] = {
    {.words = {"--annotate"}},
    {.words = {"--save-model", "/dev/null"}, .then = MODELLED},
    {.words = {"--pairs", "-e", "-T", ".01"}},
    {.words = {"--pairs", "--fields", SPEC}},
    {.words = {"--blocks", "--block", SPEC}},
    {.words = {"--clusters", "--block", SPEC}},
    {.words = {"--clusters", "--keys", SPEC}},
    {.words = {"--unique", "--rules", SPEC}},
    {.words = {"--merge", "--undo-log", "@", "--provenance", "@"}, .then = RESTORED},
    {.words = {"--merge", "--undo-log", "@", "--keys", "#1"}, .then = RESTORED},
    {.words = {"--merge", "--provenance", "@", "--keys", "#2", "-s", SPEC}},
    {.words = {"--merge", "--keys", "#1,#2", "--survivorship", FILE_}},
    {.words = {"--model", FILE_}},
    {.words = {"--truth", SPEC}},
    {.words = {"--link", FILE_}},
    {.words = {"--link", FILE_, "--pairs", "-e"}},
    {.words = {"--against", FILE_}},
    {.words = {"--against", FILE_, "--merge", "--keys", "#1"}},
    {.words = {"--rules", "salesforce-contact"}},
    {.words = {"-p", "company", "-v"}},
    {.words = {NULL}, .then = UNDONE},
};

/* Further words by the second byte. */
static void add_words(char **words, unsigned more, enum format *format)
{
    static const char *const formats[] = {NULL, "csv", "jsonl", "json", "tsv", "table"};
    static const enum format meant[] = {FORMAT_AUTO, FORMAT_CSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_TSV, FORMAT_TABLE};
    size_t count = 0;

    while (words[count])
        count++;
    *format = meant[more % 6];
    if (formats[more % 6]) {
        words[count++] = (char *)(uintptr_t) "-t";
        words[count++] = (char *)(uintptr_t)formats[more % 6];
    }
    if (more / 6 % 4 == 1) {
        words[count++] = (char *)(uintptr_t) "--max-block";
        words[count++] = (char *)(uintptr_t) "3";
    }
    if (more / 24 % 3 == 1) {
        words[count++] = (char *)(uintptr_t) "--rejects";
        words[count++] = (char *)(uintptr_t) "/dev/null";
        words[count++] = (char *)(uintptr_t) "--max-rejects";
        words[count++] = (char *)(uintptr_t) "100%";
    }
    words[count] = NULL;
}

static void do_task(const struct task *task, unsigned more, char *spec, struct slice text, struct slice records)
{
    struct memory_file input = file_of(records), settings = file_of(text);
    char *words[WORDS];
    size_t count = 0;
    enum format format = FORMAT_AUTO;
    struct course one, three, small;

    for (size_t i = 0; i < 8 && task->words[i]; i++)
        words[count++] = strcmp(task->words[i], SPEC) == 0    ? spec
                         : strcmp(task->words[i], FILE_) == 0 ? settings.path
                                                              : (char *)(uintptr_t)task->words[i];
    words[count] = NULL;
    if (task->then != MODELLED)
        add_words(words, more, &format);
    while (words[count])
        count++;
    words[count++] = input.path;
    words[count] = NULL;
    run(words, "1", 0, &one);
    run(words, "3", 0, &three);
    check_same(&one, &three);
    read_size = 1 + more;
    run(words, "3", 4096 + 512 * (size_t)more, &small);
    read_size = 0;
    if (!small.refused)
        check_same(&one, &small);
    free_course(&small);
    if (!one.failed && task->then == RESTORED)
        restore(&one, records);
    if (!one.failed && task->then == MODELLED && one.model.len)
        use_model(&one, input.path);
    free_course(&one);
    free_course(&three);
    close(input.fd);
    close(settings.fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t count = sizeof tasks / sizeof *tasks;
    char spec[8192];

    if (size < 3 || size > sizeof spec)
        return 0;
    program_set_quiet(true);
    const char *text = (const char *)data + 2, *end = memchr(text, 0, size - 2);
    size_t length = end ? (size_t)(end - text) : 0;
    struct slice records = end ? (struct slice){end + 1, size - 3 - length} : (struct slice){text, size - 2};

    memcpy(spec, text, length);
    spec[length] = 0;
    const struct task *task = &tasks[data[0] % count];
    if (task->then == UNDONE)
        undo((struct slice){spec, length}, records, data[1]);
    else
        do_task(task, data[1], spec, (struct slice){spec, length}, records);
    return 0;
}
