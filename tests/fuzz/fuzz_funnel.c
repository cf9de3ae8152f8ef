/* A whole run of crm-funnel over a small log, whatever it holds, with steps and rules as they come.
 *
 * One thread and two give the same sums and write the same bytes. No required step is entered by more than the one
 * before it; who converted at a step entered the next required one; those who entered the first step are those who
 * dropped out at some required step and those who came to the last. Times between steps are below 0 only in the order
 * "present" and with credit. An error has a clean line of text and is never one of the system.
 *
 * Four bytes choose the options, then follow the steps up to a zero byte, and the log. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/funnel_feed.h"
#include "analysis/funnel_run.h"
#include "analysis/funnel_tally.h"
#include "base/buffer.h"
#include "base/program.h"
#include "fuzz.h"

#define WORDS 48

/* What is said by one byte of the input: some words of one row each. "%" is the text of the steps, "@" a file of it. */
static const char *const kinds[][6] = {
    {"-s", "%"},
    {"-s", "%", "-E", "#2", "-T", "#3"},
    {"--wide", "-s", "%"},
    {"--wide", "-s", "%", "-e", "#1"},
    {"--stages", "hubspot"},
    {"--stages", "@"},
    {"--stages", "amocrm", "-s", "%"},
    {"--step", "%", "--step", "two=.event == \"b\"", "--step", "3=.n > 1"},
    {"-s", "%", "--wide", "--order", "ordered"},
    {"-r", "events"},
};
static const char *const orders[][6] = {
    {NULL},
    {"--order", "strict"},
    {"--order", "any"},
    {"--order", "present"},
    {"--skipped", "credit"},
    {"--back", "last"},
    {"--skipped", "credit", "--back", "last"},
    {"--anchor", "first"},
    {"--dedup"},
    {"--reuse"},
    {"--strict-increase"},
    {"--count", "passes"},
    {"--anchor", "first", "--reuse", "--count", "passes"},
};
static const char *const limits[][6] = {
    {NULL},
    {"--window", "2h"},
    {"--window", "14d", "--matured"},
    {"--gap", "<1d"},
    {"--gap", "2>=1m", "--window", "1w"},
    {"--session", "30m"},
    {"--hold", "#2"},
    {"--hold", "#4", "--session", "1h"},
    {"-x", "c"},
    {"-x", "c@1..2", "--excluded", "entity"},
    {"-x", "b", "--window", "90s"},
    {"--as-of", "2026-03-01"},
    {"--tz", "+03:00", "--trend", "week"},
    {"--rejects", "/dev/null", "--max-rejects", "100%"},
};
static const char *const reports[][6] = {
    {"-r", "steps", "--ci"},
    {"-r", "times"},
    {"-r", "histogram", "--unit", "hours"},
    {"-r", "curve"},
    {"-r", "compare", "--by", "#1"},
    {"-r", "entities"},
    {"--dropped", "1"},
    {"--converted", "1", "--by", "#2"},
    {"-r", "steps", "--by", "#3", "--attribution", "last"},
    {"-r", "steps", "--by", "#2", "--attribution", "1"},
    {"-r", "steps", "--amount", "#4", "-t", "jsonl"},
    {"-r", "curve", "--by", "#2", "-t", "json"},
    {"-r", "entities", "--amount", "#4", "-t", "table"},
};

/* How a run went. */
struct course {
    struct buffer out;
    struct error err;
    bool failed;
};

static bool is_required(const struct funnel_rules *rules, int step)
{
    return rules->order == FUNNEL_ANY || !(rules->optional >> step & 1);
}

static void check_cell(const struct funnel_options *o, const struct funnel_cell *cell)
{
    const struct funnel_rules *rules = &o->rules;
    uint64_t lost = 0;
    int last = rules->steps - 1;

    for (int s = 0; s <= last; s++) {
        int next = funnel_next_step(rules, s);
        check(cell->converted[s] <= cell->entered[s] && cell->entered[s] <= cell->entered[0]);
        check(next >= 0 || cell->converted[s] == cell->entered[s]);
        check(cell->times[s].count <= cell->converted[s]);
        if (!is_required(rules, s))
            continue;
        check(next < 0 || cell->converted[s] == cell->entered[next]);
        lost += cell->entered[s] - cell->converted[s];
        if (rules->order != FUNNEL_PRESENT && !rules->credit)
            for (size_t i = 0; i < cell->times[s].count; i++)
                check(cell->times[s].values[i] >= 0 && cell->times[s].values[i] <= rules->window);
    }
    check(cell->entered[0] == lost + cell->converted[last]);
    if (o->report == FUNNEL_REPORT_CURVE)
        check(cell->survival.events.count == cell->entered[last] &&
              cell->survival.events.count + cell->survival.censored.count == cell->entered[0]);
}

static void check_same(struct funnel_tally *one, struct funnel_tally *two, int steps)
{
    check(one->count == two->count && one->entities == two->entities && one->dropped == two->dropped);
    check(one->immature == two->immature && one->moved_back == two->moved_back);
    for (size_t i = 0; i < one->count; i++) {
        struct funnel_cell *a = &one->cells[i], *b = &two->cells[i];
        check(a->group == b->group && a->period == b->period);
        check(memcmp(a->entered, b->entered, sizeof a->entered) == 0);
        check(memcmp(a->converted, b->converted, sizeof a->converted) == 0);
        for (int s = 0; s < steps; s++)
            check(a->times[s].count == b->times[s].count && a->times[s].sum == b->times[s].sum);
    }
}

/* The sums of a feed that was read: with one thread and with two. */
static void check_tally(struct funnel_options *o, const struct funnel_question *question)
{
    struct funnel_tally one, two;
    struct error err;
    int failed;

    o->threads = 1;
    failed = funnel_tally_make(&one, question, &err);
    o->threads = 2;
    check(funnel_tally_make(&two, question, &err) == failed);
    if (failed)
        check_error(&err);
    uint64_t entered = 0;
    for (size_t i = 0; i < one.count && !failed; i++) {
        check_cell(o, &one.cells[i]);
        entered += one.cells[i].entered[0];
    }
    if (!failed) {
        check(entered == one.entities);
        check_same(&one, &two, o->rules.steps);
    }
    funnel_tally_fini(&one);
    funnel_tally_fini(&two);
}

/* Reads the log and looks at the sums. */
static int look(struct funnel_options *o, struct stream *stream, struct error *err)
{
    struct funnel funnel;
    struct funnel_feed feed;
    struct funnel_question question = {.options = o, .funnel = &funnel};

    funnel_init(&funnel, o->group || o->held || o->amount);
    int failed = funnel_feed_open(&feed, o, stream, &funnel, err) || funnel_feed_run(&feed, err);
    if (!failed) {
        question.zone = feed.dates.zone;
        if (feed.as_of != DAY_NONE) {
            question.end = day_end(feed.as_of, false, &question.zone);
            question.offset_end = day_end(feed.as_of, true, &question.zone);
        }
        if (o->steps.count)
            check_tally(o, &question);
    }
    funnel_feed_fini(&feed);
    funnel_fini(&funnel);
    return failed;
}

/* threads NULL: nothing is written, the sums are looked at. */
static void go(char *const *words, size_t count, const char *threads, char *log, struct course *course)
{
    struct memory_file out = file_of(SLICE(""));
    char *argv[WORDS] = {(char[]){"crm-funnel"}, (char[]){"-q"}, (char[]){"-o"}, out.path, (char[]){"-j"}};
    struct funnel_options options;
    struct stream *stream = NULL;
    int argc = 5, first = 0;
    struct error unused;

    argv[argc++] = (char *)(uintptr_t)(threads ? threads : "1");
    for (size_t i = 0; i < count; i++)
        argv[argc++] = words[i];
    argv[argc++] = log;
    *course = (struct course){0};
    buffer_init(&course->out);
    course->failed = funnel_options_read(&options, argc, argv, &first, &course->err) <= 0 ||
                     common_open(&options.common, argv + first, (size_t)(argc - first), &stream, &course->err) ||
                     (threads ? funnel_run(&options, stream, &course->err) : look(&options, stream, &course->err));
    if (course->failed && course->err.status == STATUS_USAGE)
        check(course->err.text[0]); /* it quotes the options as they are; what prints it makes the line clean */
    else if (course->failed)
        check_error(&course->err);
    stream_free(stream);
    funnel_options_fini(&options);
    check(file_read(out.path, &course->out, &unused) == 0);
    close(out.fd);
}

static size_t add_words(char **words, size_t count, const char *const *row, char *text, char *file)
{
    for (size_t i = 0; i < 6 && row[i]; i++)
        words[count++] = strcmp(row[i], "%") == 0 ? text : strcmp(row[i], "@") == 0 ? file : (char *)(uintptr_t)row[i];
    return count;
}

#define ROW(table, byte) (table)[(byte) % (sizeof(table) / sizeof *(table))]

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *words[WORDS];
    size_t count = 0;
    struct course one, two, looked;

    if (size < 6 || size > 16384)
        return 0;
    const uint8_t *zero = memchr(data + 4, 0, size - 4);
    if (!zero || zero - data > 1024)
        return 0;
    program_set_quiet(true);
    char *steps = (char *)(uintptr_t)data + 4;
    struct memory_file file = file_of((struct slice){steps, strlen(steps)});
    struct memory_file log = file_of((struct slice){(const char *)zero + 1, (size_t)(data + size - zero - 1)});
    count = add_words(words, count, ROW(kinds, data[0]), steps, file.path);
    count = add_words(words, count, ROW(orders, data[1]), steps, file.path);
    count = add_words(words, count, ROW(limits, data[2]), steps, file.path);
    count = add_words(words, count, ROW(reports, data[3]), steps, file.path);
    go(words, count, "1", log.path, &one);
    go(words, count, "2", log.path, &two);
    go(words, count, NULL, log.path, &looked);
    check(one.failed == two.failed);
    check(one.failed ? strcmp(one.err.text, two.err.text) == 0
                     : slice_equal(buffer_slice(&one.out), buffer_slice(&two.out)));
    buffer_fini(&one.out);
    buffer_fini(&two.out);
    buffer_fini(&looked.out);
    close(file.fd);
    close(log.fd);
    return 0;
}
