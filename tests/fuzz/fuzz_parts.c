/* Parts of an analysis (--partial, --merge), and analyses in little memory.
 *
 * With an even second byte the rest is a log in CSV: three parts of it, cut where bytes 3 and 4 say and merged, give
 * byte for byte what one run gives, and so does a run with several threads in as little memory as byte 5 says, where
 * the program can do that. With an odd one the rest is what is taken for parts: --merge reads it or refuses it with a
 * clean error that is none of the system, and of parts of its own that were damaged it gives no more.
 *
 * The first byte chooses the program and its options. Events of a funnel are there many times where the second byte
 * ends in 4. */
#include "fuzz.h"
#include "programs.h"

static const struct program_limits no_limits;

static const struct task {
    enum program_choice program;
    const char *words[14];
} tasks[] = {
    {RUN_RFM, {NULL}},
    {RUN_RFM, {"--product", "#3", "--returns", "count", "--tenure"}},
    {RUN_RFM, {"--order", "", "--as-of", "2026-02-01", "--summary"}},
    {RUN_COHORT, {"--ages", "40"}},
    {RUN_COHORT, {"-p", "week", "--entry", "recurring", "--ages", "40"}},
    {RUN_COHORT, {"-m", "orders", "--order", "#4", "--ages", "40"}},
    {RUN_COHORT, {"-m", "revenue", "--amount", "#4", "--start-event", "a", "--ages", "40"}},
    {RUN_COHORT, {"-m", "customers", "--by", "#3", "--ages", "40"}},
    {RUN_COHORT, {"-p", "day", "--window", "rolling", "--ages", "40"}},
    {RUN_COHORT, {"-m", "survival", "--gap", "2", "-l", "matrix", "--ages", "40"}},
    {RUN_COHORT, {"--by", "#4", "--quantiles", "3", "--ages", "40"}},
    {RUN_FUNNEL, {"-s", "a,b,c"}},
    {RUN_FUNNEL, {"-s", "a,b?,c", "--by", "#4", "-r", "times"}},
    {RUN_FUNNEL, {"-s", "a,b,c", "-r", "entities", "--amount", "#4"}},
    {RUN_FUNNEL, {"-s", "a|b,c", "-r", "curve", "--window", "14d"}},
    {RUN_FUNNEL, {"-s", "a,b,c", "--order", "any", "--session", "1h"}},
    {RUN_FUNNEL, {"-s", "a,b,c", "--hold", "#4", "-x", "d", "--count", "passes"}},
    {RUN_FUNNEL, {"--wide", "-s", "#2,#3,#4", "-e", "#1", "-r", "steps", "--ci"}},
    {RUN_FUNNEL, {"-r", "events"}},
    {RUN_PIPELINE, {"--as-of", "2026-03-01"}},
    {RUN_PIPELINE, {"--as-of", "2026-03-01", "--report", "aging", "--by", "#2"}},
    {RUN_PIPELINE, {"--as-of", "2026-02-01", "--report", "winrate", "--total"}},
    {RUN_PIPELINE, {"--as-of", "2026-02-01", "--report", "velocity", "--stages", "hubspot"}},
    {RUN_SCORE, {"--rules", "bant", "--top", "3", "--as-of", "2026-03-01"}},
    {RUN_SCORE, {"--rules", "champ", "--top", "2", "--keep-reasons", "2", "--as-of", "2026-03-01"}},
    {RUN_SCORE, {"--rules", "bant", "--backtest", "#1", "--as-of", "2026-03-01"}},
};

/* A command line: the words of the task, then more. */
struct line {
    const char *words[PROGRAM_WORDS];
    size_t count;
};

static void say(struct line *line, const char *word)
{
    check(line->count + 1 < PROGRAM_WORDS);
    line->words[line->count++] = word;
    line->words[line->count] = NULL;
}

static struct line line_of(const struct task *task, bool rejects)
{
    struct line line = {.count = 0};

    for (size_t i = 0; task->words[i]; i++)
        say(&line, task->words[i]);
    if (rejects) {
        say(&line, "--rejects");
        say(&line, "/dev/null");
        say(&line, "--max-rejects");
        say(&line, "100%");
    }
    return line;
}

static bool has_memory_limit(const struct task *task)
{
    if (task->program == RUN_FUNNEL)
        return strcmp(task->words[0], "--wide") != 0;
    return task->program == RUN_RFM || task->program == RUN_COHORT;
}

/* The whole in other ways. */
static void run_otherwise(const struct task *task, struct line line, const char *file, struct program_limits limits,
                          const struct outcome *whole)
{
    struct outcome other;

    if (!has_memory_limit(task))
        limits.memory = 0;
    if (task->program != RUN_PIPELINE)
        say(&line, "-j3");
    say(&line, file);
    run_program(task->program, line.words, limits, &other);
    check_outcomes("whole", whole, "threads, little memory", &other);
    buffer_fini(&other.out);
}

/* A part of the log, with its header. false: JSON cannot hold its bytes. */
static bool add_part(const struct task *task, struct line line, struct slice header, struct slice rows,
                     const char *format, struct buffer *parts)
{
    struct buffer text = {0};
    struct outcome outcome;

    check(buffer_append(&text, header) == 0 && buffer_append(&text, rows) == 0);
    struct memory_file file = file_of(buffer_slice(&text));
    say(&line, "--partial");
    say(&line, "-t");
    say(&line, format);
    say(&line, file.path);
    run_program(task->program, line.words, no_limits, &outcome);
    const bool unwritable = outcome.failed && strstr(outcome.err.text, "not UTF-8");
    if (outcome.failed && !unwritable)
        fprintf(stderr, "part: %s\n", outcome.err.text);
    check(unwritable || (!outcome.failed && buffer_append(parts, buffer_slice(&outcome.out)) == 0));
    buffer_fini(&outcome.out);
    buffer_fini(&text);
    close(file.fd);
    return !unwritable;
}

static void run_merge(const struct task *task, struct line line, struct slice parts, struct outcome *merged)
{
    struct memory_file file = file_of(parts);

    say(&line, "--merge");
    say(&line, file.path);
    run_program(task->program, line.words, no_limits, merged);
    close(file.fd);
}

/* Behind the line end that follows at. */
static size_t next_line(struct slice rows, size_t at)
{
    const char *end = at < rows.len ? memchr(rows.ptr + at, '\n', rows.len - at) : NULL;

    return end ? (size_t)(end - rows.ptr) + 1 : rows.len;
}

static void merge_parts(const struct task *task, struct line line, struct slice header, struct slice rows,
                        const uint8_t *cuts, const struct outcome *whole)
{
    size_t one = next_line(rows, rows.len * cuts[0] / 256), two = next_line(rows, rows.len * cuts[1] / 256);
    const char *format = cuts[0] & 1 ? "csv" : "jsonl";
    struct buffer parts = {0};
    struct outcome merged;

    two = two < one ? one : two;
    if (add_part(task, line, header, (struct slice){rows.ptr, one}, format, &parts) &&
        add_part(task, line, header, (struct slice){rows.ptr + one, two - one}, format, &parts) &&
        add_part(task, line, header, (struct slice){rows.ptr + two, rows.len - two}, format, &parts)) {
        say(&line, "-t");
        say(&line, "csv");
        run_merge(task, line, buffer_slice(&parts), &merged);
        if (!merged.failed || !strstr(merged.err.text, "currenc"))
            check_outcomes("whole", whole, "merged", &merged);
        buffer_fini(&merged.out);
    }
    buffer_fini(&parts);
}

/* Whether the text can be cut at any line end. */
static bool is_plain(struct slice text, struct slice header)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '"' || text.ptr[i] == '\r' || text.ptr[i] == 0)
            return false;
    return header.len > 1 && (unsigned char)header.ptr[0] < 0x80 && header.ptr[0] > ' ';
}

static void cut_log(const struct task *task, const uint8_t *choice, struct slice text)
{
    const size_t end = next_line(text, 0);
    const struct slice header = {text.ptr, end}, rows = {text.ptr + end, text.len - end};
    struct line line = line_of(task, choice[0] & 2), whole_line;
    struct memory_file file = file_of(text);
    const struct program_limits small = {1 + 61 * (size_t)(choice[3] & 63), 20 + 101 * (size_t)(choice[3] >> 6),
                                         16 + 7 * (size_t)(choice[3] & 31)};
    struct outcome whole;

    say(&line, "-f");
    say(&line, "csv");
    whole_line = line;
    say(&whole_line, "-t");
    say(&whole_line, "csv");
    struct line other = whole_line;
    say(&whole_line, file.path);
    run_program(task->program, whole_line.words, no_limits, &whole);
    run_otherwise(task, other, file.path, small, &whole);
    if (!whole.failed && is_plain(text, header))
        merge_parts(task, line, header, rows, choice + 1, &whole);
    buffer_fini(&whole.out);
    close(file.fd);
}

/* Events are taken in by thousands: so many that more than once something is taken in. */
static void repeat_rows(struct slice text, struct buffer *many)
{
    enum { ROWS = 5000 };
    const size_t header = next_line(text, 0);

    check(buffer_append(many, text) == 0);
    for (size_t rows = 0; rows < ROWS && header < text.len;) {
        if (many->data[many->len - 1] != '\n')
            check(buffer_append_char(many, '\n') == 0);
        check(buffer_append(many, (struct slice){text.ptr + header, text.len - header}) == 0);
        for (size_t at = header; at < text.len; rows++)
            at = next_line(text, at);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer many = {0};
    struct outcome merged;

    if (size < 6 || size > 16384)
        return 0;
    program_set_quiet(true);
    const struct task *task = &tasks[data[0] % (sizeof tasks / sizeof *tasks)];
    struct slice text = {(const char *)data + 5, size - 5};
    if (task->program == RUN_FUNNEL && (data[1] & 0xf) == 4 && size < 600) {
        repeat_rows(text, &many);
        text = buffer_slice(&many);
    }
    if (data[1] & 1) {
        run_merge(task, line_of(task, data[1] & 2), text, &merged);
        buffer_fini(&merged.out);
    } else {
        cut_log(task, data + 1, text);
    }
    buffer_fini(&many);
    return 0;
}
