/* A whole run of crm-import over a file, whatever it holds: a workbook, a page, cards, text in any encoding, JSON in
 * wrappings, compressed or not. fuzz_import.c begins behind all that.
 *
 * One thread, and three that are given a few bytes at a time, write the same records, report and rejects; what comes
 * out in CSV or JSON Lines can be read, and is UTF-8 with as many fields in each record; a second run takes the map
 * that the first one saved. An error is a clean line and none of the system.
 *
 * Three bytes choose the options; where they ask for a map it follows, up to a zero byte; then the file. */
#include "base/buffer.h"
#include "fuzz.h"
#include "reads.h"
#include "stream/reader.h"

int crm_import_main(int argc, char **argv);
#define main crm_import_main
#include "../../cmd/crm-import.c" /* NOLINT(bugprone-suspicious-include) */
#undef main

#define WORDS 48

/* What is said by one byte of the input; "@" is a file of a map. */
static const char *const kinds[][6] = {
    {NULL},
    {"--as", "contact", "--region", "DE"},
    {"--as", "deal", "--keep", "all"},
    {"--as", "order", "--region", "US"},
    {"--as", "table"},
    {"--map", "@"},
    {"--set", "email=#1", "--set", "notes="},
    {"--keep", "all", "--region", "RU"},
    {"--profile", "hubspot"},
    {"--as", "stage_history", "--dmy"},
};
static const char *const layouts[][6] = {
    {NULL},
    {"--sheet", "#2"},
    {"--encoding", "windows-1251"},
    {"--encoding", "UTF-16LE"},
    {"--records", ".data.items"},
    {"--skip-lines", "1"},
    {"--every-row"},
    {"--fill-short", "--empty", "n/a"},
    {"--delimiter", ";"},
    {"--from", "json"},
    {"--strict"},
    {"--encoding", "ISO-2022-JP"},
};
static const char *const outputs[][6] = {
    {"-t", "csv"},
    {"-t", "jsonl"},
    {"-t", "csv", "--invalid", "empty"},
    {"-t", "csv", "--invalid", "reject"},
    {"-t", "jsonl", "--decimal", ",", "--mdy"},
    {"-t", "csv", "--date-format", "%d.%m.%y"},
    {"-t", "csv", "-w", ".email != null"},
    {"--dry-run"},
    {"-t", "table"},
    {"-t", "csv", "--spreadsheet-safe", "--name-order", "last-first"},
};

/* Everything that a run leaves behind. */
struct course {
    struct buffer out, report, rejects, map;
    struct error err;
    bool failed;
};

struct line {
    char *words[WORDS];
    int count;
};

static void say(struct line *line, const char *word)
{
    check(line->count + 1 < WORDS);
    line->words[line->count++] = (char *)(uintptr_t)word;
    line->words[line->count] = NULL;
}

static void go(struct line line, const char *threads, char *file, bool rejects, bool report, size_t reads,
               struct course *course)
{
    struct memory_file out = file_of(SLICE("")), said = file_of(SLICE("")), bad = file_of(SLICE("")),
                       map = file_of(SLICE(""));
    struct import_options o = {.common = COMMON_INIT};
    const bool table = line.count > 2 && strcmp(line.words[1], "--as") == 0 && strcmp(line.words[2], "table") == 0;
    int first, answer = STATUS_OK;

    const char *const more[] = {"-q", "-o", out.path, "-j", threads};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        say(&line, more[i]);
    if (rejects) {
        const char *const words[] = {"--rejects", bad.path, "--max-rejects", "100%"};
        for (size_t i = 0; i < 4; i++)
            say(&line, words[i]);
    }
    if (report) {
        say(&line, "--report");
        say(&line, said.path);
    }
    if (!table) {
        say(&line, "--save-map");
        say(&line, map.path);
    }
    say(&line, file);
    *course = (struct course){.failed = false};
    read_size = reads;
    course->failed = import_options_read(&o, line.count, line.words, &first, &course->err) <= 0 ||
                     import_files(&o, line.words + first, (size_t)(line.count - first), &answer, &course->err);
    read_size = 0;
    import_options_fini(&o);
    if (course->failed && course->err.status == STATUS_USAGE)
        check(course->err.text[0]); /* it quotes options as they are; what prints it makes the line clean */
    else if (course->failed)
        check_error(&course->err);
    read_all(&out, &course->out);
    read_all(&said, &course->report);
    read_all(&bad, &course->rejects);
    read_all(&map, &course->map);
    close(out.fd);
    close(said.fd);
    close(bad.fd);
    close(map.fd);
}

static void free_course(struct course *course)
{
    buffer_fini(&course->out);
    buffer_fini(&course->report);
    buffer_fini(&course->rejects);
    buffer_fini(&course->map);
}

static void check_texts(const char *what, const struct buffer *one, const struct buffer *other)
{
    if (!slice_equal(buffer_slice(one), buffer_slice(other)))
        fprintf(stderr, "%s\n%.*s\n---\n%.*s\n", what, SLICE_ARG(buffer_slice(one)), SLICE_ARG(buffer_slice(other)));
    check(slice_equal(buffer_slice(one), buffer_slice(other)));
}

static void check_same(const struct course *one, const struct course *other)
{
    if (one->failed != other->failed)
        fprintf(stderr, "%s\n", one->failed ? one->err.text : other->err.text);
    check(one->failed == other->failed);
    check(!one->failed || strcmp(one->err.text, other->err.text) == 0);
    check_texts("records", &one->out, &other->out);
    check_texts("report", &one->report, &other->report);
    check_texts("rejects", &one->rejects, &other->rejects);
    check_texts("map", &one->map, &other->map);
}

/* Reads what was written. */
static void check_records(struct slice text, enum format format)
{
    const struct reader_options options = {.format = format};
    struct source *source;
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;
    enum read_result result;

    check(utf8_valid(text.len ? text.ptr : "", text.len));
    check(source_memory(&source, text, "written", &err) == 0);
    if (text.len && reader_open(&reader, source, &options, &err)) {
        fprintf(stderr, "%s\n%.*s\n", err.text, SLICE_ARG(text));
        check(false);
    }
    while (text.len && (result = reader_next(reader, &record, &bad, &err)) != READ_END) {
        if (result != READ_RECORD)
            fprintf(stderr, "%.*s\n", SLICE_ARG(text));
        check(result == READ_RECORD);
    }
    if (text.len)
        reader_free(reader);
    source_free(source);
}

/* The map that was saved is taken by another run. */
static void use_map(struct line line, char *file, bool rejects, const struct course *course)
{
    struct memory_file map = file_of(buffer_slice(&course->map));
    struct course again;

    say(&line, "--map");
    say(&line, map.path);
    go(line, "1", file, rejects, false, 0, &again);
    if (again.failed)
        fprintf(stderr, "%s\n%.*s\n", again.err.text, SLICE_ARG(buffer_slice(&course->map)));
    check(!again.failed);
    free_course(&again);
    close(map.fd);
}

static void say_row(struct line *line, const char *const row[6], const char *map)
{
    for (size_t i = 0; i < 6 && row[i]; i++)
        say(line, strcmp(row[i], "@") == 0 ? map : row[i]);
}

#define ROW(table, byte) (table)[(byte) % (sizeof(table) / sizeof *(table))]

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct line line = {.count = 0};
    struct course one, three;
    struct slice map = {"", 0};

    if (size < 4 || size > 32768)
        return 0;
    program_set_quiet(true);
    const char *const *kind = ROW(kinds, data[0]), *const *layout = ROW(layouts, data[1]);
    const char *const *output = ROW(outputs, data[2]);
    struct slice text = {(const char *)data + 3, size - 3};
    if (kind[0] && strcmp(kind[0], "--map") == 0) {
        const char *zero = memchr(text.ptr, 0, text.len);
        map = (struct slice){text.ptr, zero ? (size_t)(zero - text.ptr) : 0};
        text = zero ? (struct slice){zero + 1, text.len - map.len - 1} : text;
    }
    struct memory_file file = file_of(text), map_file = file_of(map);
    say(&line, "crm-import");
    say_row(&line, kind, map_file.path);
    say_row(&line, layout, NULL);
    say_row(&line, output, NULL);
    const bool rejects = data[2] & 0x80 && strcmp(output[0], "--dry-run") != 0, report = data[2] & 0x40;
    go(line, "1", file.path, rejects, report, 0, &one);
    go(line, "3", file.path, rejects, report, 1 + data[0] % 200u, &three);
    check_same(&one, &three);
    if (!one.failed && strcmp(output[0], "-t") == 0 && strcmp(output[1], "table") != 0)
        check_records(buffer_slice(&one.out), strcmp(output[1], "csv") == 0 ? FORMAT_CSV : FORMAT_JSONL);
    if (!one.failed && !kind[0] && one.map.len && strcmp(output[0], "-t") == 0)
        use_map(line, file.path, rejects, &one);
    free_course(&one);
    free_course(&three);
    close(file.fd);
    close(map_file.fd);
    return 0;
}
