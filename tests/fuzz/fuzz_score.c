/* A whole run of crm-score over small files, whatever they hold: as the program does it, with files in memory.
 *
 * One thread and three write the same bytes. A score lies within the limits of the rules, or of a percentage with a
 * model; a probability within 0 and 1; the reasons are text in UTF-8, and the points of a rule are a number. An error
 * has a clean line of text and is never one of the system.
 *
 * The first byte chooses the options (tasks), the second more of them; then follow a rule file or a model up to a zero
 * byte, the events up to another one, and the leads. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "analysis/score_backtest.h"
#include "analysis/score_feed.h"
#include "analysis/score_run.h"
#include "base/program.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "stream/file.h"
#include "stream/where.h"

/* What a run works with. */
struct run {
    struct score_options options;
    struct score_rules rules;
    struct score_events events;
    struct model model;
    struct score_leads leads;
    struct stream *stream;
};

static int read_settings(struct run *run, struct slice text, struct error *err)
{
    const struct score_options *o = &run->options;
    const char *builtin = o->rules ? score_rules_builtin(o->rules) : NULL;

    if (o->model)
        return model_read(&run->model, text, "model", err);
    if (score_rules_read(&run->rules, builtin ? slice_from_cstr(builtin) : text, "rules", err))
        return -1;
    run->rules.may_fall = run->rules.may_fall || o->may_fall;
    return 0;
}

/* Everything before the first lead. */
static int open_run(struct run *run, struct slice text, char **operands, struct error *err)
{
    const struct score_options *o = &run->options;

    score_events_init(&run->events, &run->rules);
    if (read_settings(run, text, err))
        return -1;
    run->leads = (struct score_leads){
        .options = o,
        .rules = o->rules ? &run->rules : NULL,
        .events = o->events ? &run->events : NULL,
        .model = o->model ? &run->model : NULL,
    };
    if ((o->events && score_feed(&run->events, o, o->key, &run->leads.context, err)) ||
        analysis_day(o->common.as_of, &run->leads.context.dates.zone, &run->leads.context.as_of, err))
        return -1;
    return common_open(&o->common, operands, 1, &run->stream, err) || score_leads_open(&run->leads, run->stream, err)
               ? -1
               : 0;
}

static void close_run(struct run *run)
{
    score_leads_fini(&run->leads);
    stream_free(run->stream);
    score_events_fini(&run->events);
    score_rules_fini(&run->rules);
    model_fini(&run->model);
}

static bool within(double number, struct score_limits limits)
{
    return isnan(number) || (number >= limits.least && number <= limits.most);
}

static bool is_text(struct slice text)
{
    return utf8_valid(text.len ? text.ptr : "", text.len);
}

static void check_line(const struct run *run, const struct score_desk *desk)
{
    const struct score_line *line = &desk->line;
    const struct score_limits percentage = {0, 100}, share = {0, 1};
    const struct score_rules *rules = run->leads.rules;

    check(!isnan(line->score) && within(line->score, rules ? rules->total : percentage));
    check(within(line->probability, share));
    check(is_text(line->reasons) && is_text(line->grade) && is_text(line->temperature));
    if (!rules) {
        check(!isnan(line->probability));
        return;
    }
    check(within(line->fit, rules->dimension[SCORE_FIT]));
    check(within(line->engagement, rules->dimension[SCORE_ENGAGEMENT]));
    check(isnan(line->fit) == !rules->has_fit && isnan(line->engagement) == !rules->has_engagement);
    for (size_t i = 0; i < rules->rule_count; i++)
        check(isfinite(desk->scorer.result.parts[i].points) &&
              within(desk->scorer.result.parts[i].points, rules->rules[i].limit));
    for (size_t i = 0; i < rules->group_count; i++)
        check(within(desk->scorer.result.group[i], rules->groups[i].limit));
    for (size_t i = 0; i < rules->checklist_count; i++)
        check(desk->scorer.result.checks[i].met <= desk->scorer.result.checks[i].known);
}

/* Looks at what each lead gets before it is written. */
static void check_leads(struct run *run)
{
    struct score_desk desk;
    struct record record;
    struct error err;

    check(score_desk_init(&desk, &run->leads, &err) == 0);
    while (stream_next(run->stream, &record, &err) > 0) {
        const bool untyped = reader_untyped(run->stream->inputs[record.input].reader);
        size_t column;

        if (score_desk_lead(&desk, record.fields, untyped, &column, &err) == 0)
            check_line(run, &desk);
        else
            check_error(&err);
    }
    score_desk_fini(&desk);
}

/* How a run went. */
struct course {
    struct buffer out;
    struct error err;
    bool failed;
};

#define WORDS 32

/* Runs with these words behind the program's name. threads NULL: nothing is written, the leads are checked. */
static void go(char **words, struct slice settings, char *leads, const char *threads, struct course *course)
{
    struct memory_file out = file_of(SLICE(""));
    struct run run = {.options = SCORE_OPTIONS_INIT};
    char *argv[WORDS] = {(char[]){"crm-score"}, (char[]){"-q"}, (char[]){"-o"}, out.path};
    struct output output = {0};
    int argc = 4, first = 0;
    struct error unused;

    for (; *words && argc < WORDS - 2; words++)
        argv[argc++] = *words;
    argv[argc++] = leads;
    *course = (struct course){0};
    buffer_init(&course->out);
    check(score_options_read(&run.options, argc, argv, &first, &course->err) > 0);
    run.options.threads = threads ? (size_t)strtoul(threads, NULL, 10) : 1;
    course->failed = open_run(&run, settings, argv + first, &course->err) != 0;
    if (!course->failed && !threads)
        check_leads(&run);
    else if (!course->failed)
        course->failed = output_prepare(&output, &run.options.common, &course->err) ||
                         (run.options.backtest ? score_backtest(&run.leads, &output, &course->err)
                                               : score_run(&run.leads, &output, &course->err));
    if (course->failed)
        check_error(&course->err);
    output_free(&output);
    close_run(&run);
    check(file_read(out.path, &course->out, &unused) == 0);
    close(out.fd);
}

/* What is run. "%" is the file of events. */
static const struct task {
    const char *words[8];
} tasks[] = {
    {{"--rules", "rules", "--events", "%"}},
    {{"--rules", "rules", "--events", "%", "--explain"}},
    {{"--rules", "rules", "--events", "%", "--top", "3"}},
    {{"--rules", "rules", "--events", "%", "--as-of-column", "#2"}},
    {{"--rules", "rules", "--events", "%", "--key", "#1", "--may-fall"}},
    {{"--rules", "rules"}},
    {{"--rules", "rules", "--backtest", "#1"}},
    {{"--rules", "bant"}},
    {{"--rules", "champ", "--explain"}},
    {{"--model", "model"}},
    {{"--model", "model", "--explain"}},
    {{"--model", "model", "--top", "2", "--as-of-column", "#1"}},
    {{"--model", "model", "--backtest", "#1", "--positive", "1"}},
};

/* Further words by the second byte. */
static const char *const further[][4] = {
    {NULL},
    {"-t", "jsonl"},
    {"-t", "json", "--keep-reasons", "1"},
    {"-t", "table", "--keep-reasons", "0"},
    {"-t", "csv", "--keep-reasons", "100"},
    {"--rejects", "/dev/null", "--max-rejects", "100%"},
    {"-w", ".n > 1"},
};

static size_t add_words(char **words, size_t count, const char *const *more, size_t most, char *events)
{
    for (size_t i = 0; i < most && more[i]; i++)
        words[count++] = strcmp(more[i], "%") == 0 ? events : (char *)(uintptr_t)more[i];
    words[count] = NULL;
    return count;
}

static void do_task(const uint8_t *choice, struct slice settings, struct slice events, struct slice leads)
{
    const struct task *task = &tasks[choice[0] % (sizeof tasks / sizeof *tasks)];
    const char *const *more = further[choice[1] % (sizeof further / sizeof *further)];
    struct memory_file of_events = file_of(events), of_leads = file_of(leads);
    const char *const day[] = {"--as-of", "2026-03-01"}, *const rejects[] = {"--event-rejects", "/dev/null"};
    char *words[WORDS];
    struct course one, three, looked;

    size_t count = add_words(words, 0, task->words, 8, of_events.path);
    bool has_events = count > 3 && strcmp(words[2], "--events") == 0, has_day = false;
    for (size_t i = 0; i < count; i++)
        has_day = has_day || strcmp(words[i], "--as-of-column") == 0;
    count = add_words(words, count, more, 4, NULL);
    if (!has_day)
        count = add_words(words, count, day, 2, NULL);
    if (has_events && choice[1] & 0x80)
        add_words(words, count, rejects, 2, NULL);
    go(words, settings, of_leads.path, "1", &one);
    go(words, settings, of_leads.path, "3", &three);
    go(words, settings, of_leads.path, NULL, &looked);
    check(one.failed == three.failed);
    check(one.failed ? strcmp(one.err.text, three.err.text) == 0
                     : slice_equal(buffer_slice(&one.out), buffer_slice(&three.out)));
    buffer_fini(&one.out);
    buffer_fini(&three.out);
    buffer_fini(&looked.out);
    close(of_events.fd);
    close(of_leads.fd);
}

/* What stands before the next zero byte; the rest is left. */
static struct slice cut(struct slice *rest)
{
    const char *zero = rest->len ? memchr(rest->ptr, 0, rest->len) : NULL;
    struct slice part = {rest->ptr, zero ? (size_t)(zero - rest->ptr) : 0};

    if (zero)
        *rest = (struct slice){zero + 1, rest->len - part.len - 1};
    return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3 || size > 16384)
        return 0;
    program_set_quiet(true);
    struct slice rest = {(const char *)data + 2, size - 2};
    struct slice settings = cut(&rest), events = cut(&rest);
    do_task(data, settings, events, rest);
    return 0;
}
