/* A whole run of crm-pipeline over small files, whatever they hold: deals, their history, and a set of stages.
 *
 * After pipeline_finish() every deal is open, won or lost, in a stage of the set or in none; only open deals have a
 * probability, within 0 and 1, and a day of entering; only closed ones a day of closing; in the past nothing of a deal
 * is later than the day. Stays follow each other. No more deals were won than were closed in any stage. The same run
 * writes the same bytes again, and printed stages can be read as a set. An error has a clean line of text and is never
 * one of the system.
 *
 * Three bytes choose the options, then follow a file of stages (or a list of names) up to a zero byte, the history up
 * to another one, and the deals. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/pipeline_feed.h"
#include "analysis/pipeline_print.h"
#include "base/buffer.h"
#include "base/program.h"
#include "fuzz.h"

#define WORDS 32

/* What is said by one byte of the input: some words of one row each. "%" is the first text, "@" a file of it, "#" a
 * file of the history. */
static const char *const kinds[][6] = {
    {NULL},
    {"--history", "#"},
    {"--stages", "@"},
    {"--stages", "@", "--history", "#"},
    {"--stages", "hubspot", "--history", "#"},
    {"--stages", "bitrix24", "--learn"},
    {"--won", "%"},
    {"--lost", "%", "--history", "#"},
    {"--history", "#", "--learn"},
    {"--stages", "@", "--history", "#", "--learn"},
    {"--currency", "EUR", "--rates", "@"},
    {"--deal", "#1", "--stage", "#2", "--amount", "#3"},
};
static const char *const limits[][6] = {
    {NULL},
    {"--as-of", "2026-03-01"},
    {"--as-of", "2026-03-01", "--rejects", "/dev/null", "--max-rejects", "100%"},
    {"--rejects", "/dev/null", "--max-rejects", "100%"},
    {"--tz", "+03:00"},
    {"--by", "#2"},
    {"--by", "#4", "--total"},
    {"--as-of", "2025-12-31", "--by", "#2"},
    {"--total", "--probability", ""},
    {"-t", "jsonl"},
    {"-t", "table"},
    {"-w", ".amount > 1"},
};
static const char *const reports[][6] = {
    {"--report", "stages"},
    {"--report", "winrate"},
    {"--report", "winrate", "--trend", "week"},
    {"--report", "winrate", "--trend", "quarter"},
    {"--report", "winrate", "--quota", "100"},
    {"--report", "velocity"},
    {"--report", "aging"},
    {"--report", "forecast"},
    {"--report", "forecast", "--commit", "80", "--best-case", "30"},
    {"--report", "slippage"},
    {"--report", "times"},
    {"--show-stages"},
};

/* How a run went. */
struct course {
    struct buffer out;
    struct error err;
    bool failed;
};

static void check_stays(const struct pipeline *pipeline, const struct pipeline_deal *deal)
{
    struct pipeline_stay stay;
    int32_t until = INT32_MIN;
    uint32_t next = 0;

    while (pipeline_next_stay(pipeline, deal, pipeline->as_of, &next, &stay)) {
        check(stay.stage < pipeline->stages.count && stay.since <= pipeline->as_of);
        check(until == INT32_MIN || until == stay.since);
        check(stay.until == DAY_NONE || (stay.until >= stay.since && stay.until <= pipeline->as_of));
        until = stay.until;
    }
    check(until == INT32_MIN || until == DAY_NONE);
}

static void check_deal(const struct pipeline *pipeline, const struct pipeline_deal *deal)
{
    check(deal->status <= DEAL_LOST);
    check(deal->stage == PIPELINE_NO_STAGE || deal->stage < pipeline->stages.count);
    check(deal->by < pipeline->by.count && deal->scale <= pipeline->scale);
    check((size_t)deal->past + deal->past_count <= pipeline->past_count);
    if (deal->status == DEAL_OPEN) {
        check(deal->closed == DAY_NONE);
        check(deal->probability >= PIPELINE_UNKNOWN && deal->probability <= PIPELINE_ONE);
        check(!deal->learned || (pipeline->learned && deal->stage != PIPELINE_NO_STAGE));
    }
    check_stays(pipeline, deal);
}

static void check_state(const struct pipeline *pipeline)
{
    for (size_t i = 0; i < pipeline->count; i++)
        check_deal(pipeline, &pipeline->deals[i]);
    for (size_t i = 0; i < pipeline->stages.count && pipeline->learned; i++) {
        const struct interval share = pipeline_learned_of(pipeline, (uint32_t)i);
        check(pipeline->learned[i].won <= pipeline->learned[i].closed);
        check(pipeline->learned[i].closed == 0 || (0 <= share.low && share.low <= share.high && share.high <= 1));
    }
}

/* As the program does it, with the state looked at. */
static int run(const struct pipeline_command *command, struct stream *stream, struct error *err)
{
    const struct pipeline_options options = {
        .as_of = DAY_NONE, .learn = command->learn, .has_history = command->history != NULL};
    struct date_reader dates = {.format = command->date_format};
    struct pipeline_statuses statuses;
    struct pipeline pipeline;
    struct output output = {0};

    pipeline_init(&pipeline, &options);
    pipeline_statuses_init(&statuses);
    int failed =
        (command->common.tz && time_zone_open(&dates.zone, command->common.tz, err)) ||
        (command->common.as_of && analysis_day(command->common.as_of, &dates.zone, &pipeline.options.as_of, err)) ||
        (command->stages && stages_read(&pipeline.stages, command->stages, err)) ||
        (command->won && stages_set_status(&pipeline.stages, slice_from_cstr(command->won), DEAL_WON, err)) ||
        (command->lost && stages_set_status(&pipeline.stages, slice_from_cstr(command->lost), DEAL_LOST, err)) ||
        (command->won && pipeline_statuses_set(&statuses, slice_from_cstr(command->won), DEAL_WON, err)) ||
        (command->lost && pipeline_statuses_set(&statuses, slice_from_cstr(command->lost), DEAL_LOST, err));
    pipeline.as_of = pipeline.options.as_of;
    failed = failed || output_prepare(&output, &command->common, err) ||
             pipeline_feed(&pipeline, &statuses, command, stream, &dates, err) || pipeline_finish(&pipeline, err);
    if (!failed) {
        check_state(&pipeline);
        pipeline_note(&pipeline, command);
        failed = (command->show_stages ? pipeline_print_stages(&pipeline, command, stream, &output, err)
                                       : pipeline_print_report(&pipeline, command, stream, &output, err)) ||
                 output_finish(&output, err);
    }
    output_free(&output);
    pipeline_statuses_fini(&statuses);
    pipeline_fini(&pipeline);
    return failed ? -1 : 0;
}

/* Stages in print are a set again: those of a run that printed any. */
static void check_stages(const char *path, size_t length)
{
    struct stages stages;
    struct error err;

    if (length < 1)
        return;
    stages_init(&stages);
    if (stages_read(&stages, path, &err)) {
        fprintf(stderr, "%s\n", err.text);
        check(strstr(err.text, "no stage") != NULL);
    }
    stages_fini(&stages);
}

static void go(char *const *words, size_t count, char *deals, struct course *course)
{
    struct memory_file out = file_of(SLICE(""));
    char *argv[WORDS] = {(char[]){"crm-pipeline"}, (char[]){"-q"}, (char[]){"-o"}, out.path};
    struct pipeline_command command = PIPELINE_COMMAND_INIT;
    struct stream *stream = NULL;
    int argc = 4, first = 0;
    struct error unused;

    for (size_t i = 0; i < count; i++)
        argv[argc++] = words[i];
    argv[argc++] = deals;
    *course = (struct course){0};
    buffer_init(&course->out);
    course->failed = pipeline_options_read(&command, argc, argv, &first, &course->err) <= 0 ||
                     common_open(&command.common, argv + first, (size_t)(argc - first), &stream, &course->err) ||
                     run(&command, stream, &course->err);
    if (course->failed && course->err.status == STATUS_USAGE)
        check(course->err.text[0]); /* it quotes the options as they are; what prints it makes the line clean */
    else if (course->failed)
        check_error(&course->err);
    stream_free(stream);
    check(file_read(out.path, &course->out, &unused) == 0);
    if (!course->failed && command.show_stages && !command.common.to)
        check_stages(out.path, buffer_slice(&course->out).len);
    close(out.fd);
}

static size_t add_words(char **words, size_t count, const char *const *row, char *text, char *file, char *history)
{
    for (size_t i = 0; i < 6 && row[i]; i++)
        words[count++] = strcmp(row[i], "%") == 0   ? text
                         : strcmp(row[i], "@") == 0 ? file
                         : strcmp(row[i], "#") == 0 ? history
                                                    : (char *)(uintptr_t)row[i];
    return count;
}

#define ROW(table, byte) (table)[(byte) % (sizeof(table) / sizeof *(table))]

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *words[WORDS];
    size_t count = 0;
    struct course one, two;

    if (size < 6 || size > 16384)
        return 0;
    const uint8_t *end = data + size, *first = memchr(data + 3, 0, size - 3);
    const uint8_t *second = first ? memchr(first + 1, 0, (size_t)(end - first - 1)) : NULL;
    if (!second)
        return 0;
    program_set_quiet(true);
    char *text = (char *)(uintptr_t)data + 3;
    struct memory_file file = file_of(slice_from_cstr(text));
    struct memory_file history = file_of(slice_from_cstr((const char *)first + 1));
    struct memory_file deals = file_of((struct slice){(const char *)second + 1, (size_t)(end - second - 1)});
    count = add_words(words, count, ROW(kinds, data[0]), text, file.path, history.path);
    count = add_words(words, count, ROW(limits, data[1]), text, file.path, history.path);
    count = add_words(words, count, ROW(reports, data[2]), text, file.path, history.path);
    go(words, count, deals.path, &one);
    go(words, count, deals.path, &two);
    check(one.failed == two.failed);
    check(one.failed ? strcmp(one.err.text, two.err.text) == 0
                     : slice_equal(buffer_slice(&one.out), buffer_slice(&two.out)));
    buffer_fini(&one.out);
    buffer_fini(&two.out);
    close(file.fd);
    close(history.fd);
    close(deals.fd);
    return 0;
}
