/* A lead is written as soon as it is scored. Threads read leads, score them and make the text of their rows (lanes.h),
 * where a row is a line of its own; in other formats, and what is explained, one row for each rule, by one thread. With
 * --top the records of the highest are kept, and scored again when they are written. */
#include "analysis/score_run.h"

#include <stdlib.h>

#include "analysis/score_partial.h"
#include "base/program.h"
#include "base/workers.h"
#include "stream/lanes.h"
#include "stream/where.h"

#define MOST_THREADS 8

struct run {
    const struct score_leads *leads;
    struct score_desk desk;
    struct score_print print;
    struct score_top top;
    uint64_t with_events; /* leads that have some */
};

static bool untyped(const struct run *run, size_t input)
{
    return reader_untyped(run->leads->stream->inputs[input].reader);
}

/* The lead cannot be scored: it is set aside, or the run ends. */
static int refuse(struct stream *stream, const struct record *record, size_t column, const struct error *why,
                  struct error *err)
{
    if (why->status == STATUS_DATA)
        return stream_reject(stream, record, column, err, "%s", why->text);
    *err = *why;
    return -1;
}

static int take(struct run *run, const struct record *record, struct error *err)
{
    size_t column;

    if (score_desk_lead(&run->desk, record->fields, untyped(run, record->input), &column, err)) {
        const struct error why = *err;
        return refuse(run->leads->stream, record, column, &why, err);
    }
    if (run->leads->options->top)
        return score_top_offer(&run->top, run->desk.line.score, record, err);
    return score_print_lead(&run->print, &run->desk, record, err);
}

static int read_alone(struct run *run, struct error *err)
{
    struct record record;
    int more;

    while ((more = stream_next(run->leads->stream, &record, err)) > 0)
        if (take(run, &record, err))
            return -1;
    return more;
}

/* ---- leads read by several threads ---- */

/* What a thread has to itself. */
struct clerk {
    struct score_desk *desk; /* one of the run's, or own */
    struct score_desk own;
    struct writer *part; /* writes to text */
    struct buffer text;  /* of the row in the making */
    struct arena arena;  /* likewise */
    bool open;
};

struct line {
    struct slice text;
};

/* Reading together. */
struct team {
    struct run *run;
    struct clerk clerk; /* in order */
};

static int open_clerk(struct clerk *clerk, const struct run *run, struct score_desk *desk, struct error *err)
{
    if (clerk->open)
        return 0;
    clerk->open = true;
    clerk->desk = desk ? desk : &clerk->own;
    arena_init(&clerk->arena);
    buffer_init(&clerk->text);
    return (!desk && score_desk_init(&clerk->own, run->leads, err)) ||
                   writer_part(&clerk->part, run->print.output->writer, &clerk->text, err)
               ? -1
               : 0;
}

static int begin_clerk(void *context, void *memory, struct error *err)
{
    const struct team *team = context;
    struct clerk *clerk = memory;

    if (open_clerk(clerk, team->run, NULL, err))
        return -1;
    clerk->own.scorer.with_events = 0;
    return 0;
}

static void add_clerk(void *context, void *memory)
{
    const struct team *team = context;
    struct clerk *clerk = memory;

    team->clerk.desk->scorer.with_events += clerk->own.scorer.with_events;
    clerk->own.scorer.with_events = 0;
}

static void end_clerk(void *context, void *memory)
{
    struct clerk *clerk = memory;

    (void)context;
    if (!clerk->open)
        return;
    if (clerk->desk == &clerk->own)
        score_desk_fini(&clerk->own);
    writer_free(clerk->part);
    buffer_fini(&clerk->text);
    arena_fini(&clerk->arena);
}

static int make_line(void *context, void *memory, struct stream *stream, const struct record *record, void *row,
                     struct error *err)
{
    const struct run *run = ((const struct team *)context)->run;
    struct clerk *clerk = memory;
    struct line *line = row;
    struct score_row scored;
    struct error why;
    size_t column;

    if (score_desk_lead(clerk->desk, record->fields, untyped(run, record->input), &column, &why))
        return refuse(stream, record, column, &why, err) ? -1 : LANES_NONE;
    arena_reset(&clerk->arena);
    buffer_clear(&clerk->text);
    if (score_print_make(&run->print, clerk->desk, record, &clerk->arena, &scored))
        return error_memory(err);
    if (score_print_put(&run->print, clerk->part, &scored, err))
        return -1;
    line->text = buffer_slice(&clerk->text);
    return 0;
}

static int take_lines(void *context, const void *rows, size_t count, struct error *err)
{
    const struct run *run = ((const struct team *)context)->run;
    const struct line *lines = rows;

    for (size_t i = 0; i < count; i++)
        if (writer_append(run->print.output->writer, lines[i].text, 1, err))
            return -1;
    return 0;
}

/* 1: done; 0: the output is no lines; -1 */
static int read_lanes(struct run *run, struct error *err)
{
    static const size_t texts[] = {offsetof(struct line, text)};
    struct team team = {.run = run};
    const struct lanes_plan plan = {
        .context = &team,
        .row_size = sizeof(struct line),
        .texts = texts,
        .text_count = 1,
        .desk_size = sizeof(struct clerk),
        .desk = &team.clerk,
        .make = make_line,
        .take = take_lines,
        .begin = begin_clerk,
        .add = add_clerk,
        .end = end_clerk,
    };
    size_t asked = run->leads->options->threads;
    size_t threads = asked ? asked : workers_available(MOST_THREADS);
    int result = open_clerk(&team.clerk, run, &run->desk, err);

    if (result == 0 && team.clerk.part)
        result = lanes_run(run->leads->stream, &plan, threads, err) ? -1 : 1;
    end_clerk(&team, &team.clerk);
    return result;
}

static int read_leads(struct run *run, struct error *err)
{
    int done = read_lanes(run, err);

    return done ? done < 0 ? -1 : 0 : read_alone(run, err);
}

/* Scores one of the highest again, for its row. */
static int score_again(struct run *run, size_t place, struct field *fields, struct record *record, struct error *err)
{
    struct score_top *top = &run->top;
    struct kept_place from = kept_place(&top->kept, top->places[place].row);
    size_t column;

    *record = (struct record){
        .fields = fields, .count = top->kept.columns, .line = from.line, .number = from.number, .input = from.input};
    kept_fields(&top->kept, top->places[place].row, fields);
    return score_desk_lead(&run->desk, fields, untyped(run, from.input), &column, err);
}

static int print_top(struct run *run, struct error *err)
{
    struct field *fields = calloc(run->top.kept.columns + 1, sizeof *fields);
    int failed = fields ? 0 : error_memory(err);
    struct record record;

    for (size_t i = 0; i < run->top.count && !failed; i++)
        failed = score_again(run, i, fields, &record, err) || score_print_lead(&run->print, &run->desk, &record, err);
    free(fields);
    return failed || output_finish(run->print.output, err) ? -1 : 0;
}

/* The account is closed. */
static int write_part(struct run *run, struct error *err)
{
    struct field *fields = calloc(run->top.kept.columns + 1, sizeof *fields);
    struct partial_writer writer = {0};
    struct score_print *print = &run->print;
    struct record record;

    int failed = fields ? score_partial_begin_top(&writer, print, run->with_events, err) : error_memory(err);
    for (size_t i = 0; i < run->top.count && !failed; i++) {
        struct score_row row;
        arena_reset(&print->arena);
        failed = score_again(run, i, fields, &record, err);
        if (!failed && score_print_make(print, &run->desk, &record, &print->arena, &row))
            failed = error_memory(err);
        failed =
            failed || score_partial_put_lead(&writer, run->top.places[i].score, row.fields, print->name_count, err);
    }
    failed = failed || partial_finish(&writer, err);
    partial_writer_free(&writer);
    free(fields);
    return failed ? -1 : 0;
}

void score_say_events(const struct score_options *options, size_t leads, uint64_t met)
{
    if (leads && !met)
        program_note("none of the %zu leads with events is in the list: are keys of one kind in both?", leads);
    else if (options->common.verbose)
        program_note("events that count were of %zu leads; %llu leads of the list have some", leads,
                     (unsigned long long)met);
}

int score_run(const struct score_leads *leads, struct output *output, struct error *err)
{
    const struct score_options *o = leads->options;
    struct run run = {.leads = leads};

    score_top_init(&run.top, o->top, leads->stream->column_count);
    int failed = score_desk_init(&run.desk, leads, err) || score_print_open(&run.print, leads, output, err) ||
                 (o->explain || o->top ? read_alone(&run, err) : read_leads(&run, err)) ||
                 stream_finish(leads->stream, err);
    if (!failed) {
        run.with_events = run.desk.scorer.with_events; /* before the highest are scored again */
        score_top_sort(&run.top);
        failed = o->parts.partial ? write_part(&run, err) : print_top(&run, err);
    }
    if (!failed && leads->events && !o->parts.partial)
        score_say_events(o, leads->events->leads.count, run.with_events);
    score_print_fini(&run.print);
    score_desk_fini(&run.desk);
    score_top_fini(&run.top);
    return failed ? -1 : 0;
}
