/* A lead is written as soon as it is scored. Threads score and make rows, through a relay (relay.h); what is explained,
 * one row for each rule, is written straight away. With --top the records of the highest are kept, and scored again
 * when they are written. */
#include "analysis/score_run.h"

#include <stdlib.h>

#include "analysis/score_print.h"
#include "analysis/score_top.h"
#include "base/program.h"
#include "stream/relay.h"
#include "stream/where.h"

#define MOST_THREADS 8

struct run {
    const struct score_leads *leads;
    struct score_desk *desks; /* one per thread */
    size_t threads;
    struct score_print print;
    struct score_top top;
    uint64_t with_events; /* leads that have some */
};

static bool untyped(const struct run *run, size_t input)
{
    return reader_untyped(run->leads->stream->inputs[input].reader);
}

/* The lead cannot be scored: it is set aside, or the run ends. */
static int refuse(const struct run *run, const struct record *record, size_t column, const struct error *why,
                  struct error *err)
{
    if (why->status == STATUS_DATA)
        return stream_reject(run->leads->stream, record, column, err, "%s", why->text);
    *err = *why;
    return -1;
}

static int take(struct run *run, const struct record *record, struct error *err)
{
    size_t column;

    if (score_desk_lead(&run->desks[0], record->fields, untyped(run, record->input), &column, err)) {
        const struct error why = *err;
        return refuse(run, record, column, &why, err);
    }
    if (run->leads->options->top)
        return score_top_offer(&run->top, run->desks[0].line.score, record, err);
    return score_print_lead(&run->print, &run->desks[0], record, err);
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

/* What a thread makes of a lead. */
struct scored {
    struct score_row row;
    const struct error *why; /* it cannot be scored; NULL: it is */
    size_t column;
};

/* Without memory the passage has no result. */
static void work(void *context, size_t worker, struct arena *arena, struct passage *passage)
{
    struct run *run = context;
    const struct record *record = &passage->record;
    struct scored *scored = arena_alloc(arena, sizeof *scored);
    struct error err;

    passage->result = NULL;
    if (!scored)
        return;
    scored->why = NULL;
    if (score_desk_lead(&run->desks[worker], record->fields, untyped(run, record->input), &scored->column, &err)) {
        struct error *why = arena_alloc(arena, sizeof *why);
        if (!why)
            return;
        *why = err;
        scored->why = why;
    } else if (score_print_make(&run->print, &run->desks[worker], record, arena, &scored->row)) {
        return;
    }
    passage->result = scored;
}

static int put(struct run *run, struct relay *relay, const struct passage *passage, struct error *err)
{
    const struct scored *scored = passage->result;
    int good = relay_settle(relay, passage, err);

    if (good <= 0)
        return good;
    if (!scored)
        return error_memory(err);
    if (scored->why)
        return refuse(run, &passage->record, scored->column, scored->why, err);
    return score_print_put(&run->print, &scored->row, err);
}

static int read_together(struct run *run, struct error *err)
{
    struct relay *relay;
    struct passage *passage;
    int more;

    if (relay_new(&relay, run->leads->stream, run->threads, work, run, err))
        return -1;
    do
        more = relay_next(relay, &passage, err);
    while (more > 0 && put(run, relay, passage, err) == 0);
    relay_free(relay);
    return more ? -1 : 0; /* more is left only where a record ended the run */
}

/* Before the highest are scored again. */
static void count_events(struct run *run)
{
    for (size_t i = 0; run->leads->events && i < run->threads; i++)
        run->with_events += run->desks[i].scorer.with_events;
}

static int print_top(struct run *run, struct error *err)
{
    struct score_top *top = &run->top;
    struct field *fields = calloc(top->kept.columns + 1, sizeof *fields);
    int failed = fields ? 0 : error_memory(err);

    count_events(run);
    score_top_sort(top);
    for (size_t i = 0; i < top->count && !failed; i++) {
        struct kept_place place = kept_place(&top->kept, top->places[i].row);
        const struct record record = {.fields = fields,
                                      .count = top->kept.columns,
                                      .line = place.line,
                                      .number = place.number,
                                      .input = place.input};
        size_t column;
        kept_fields(&top->kept, top->places[i].row, fields);
        failed = score_desk_lead(&run->desks[0], fields, untyped(run, place.input), &column, err) ||
                 score_print_lead(&run->print, &run->desks[0], &record, err);
    }
    free(fields);
    return failed ? -1 : 0;
}

/* Events of nobody in the list are most likely events under another kind of key. */
static void say_events(const struct run *run)
{
    const struct score_events *events = run->leads->events;
    uint64_t met = run->with_events;

    if (!events)
        return;
    if (events->leads.count && !met)
        program_note("none of the %zu leads with events is in the list: are keys of one kind in both?",
                     events->leads.count);
    else if (run->leads->options->common.verbose)
        program_note("events that count were of %zu leads; %llu leads of the list have some", events->leads.count,
                     (unsigned long long)met);
}

static int open_desks(struct run *run, struct error *err)
{
    const struct score_options *o = run->leads->options;

    run->threads = o->explain || o->top ? 1 : o->threads ? o->threads : workers_available(MOST_THREADS);
    run->desks = calloc(run->threads, sizeof *run->desks);
    if (!run->desks)
        return error_memory(err);
    for (size_t i = 0; i < run->threads; i++)
        if (score_desk_init(&run->desks[i], run->leads, err))
            return -1;
    return 0;
}

int score_run(const struct score_leads *leads, struct output *output, struct error *err)
{
    const struct score_options *o = leads->options;
    struct run run = {.leads = leads};

    score_top_init(&run.top, o->top, leads->stream->column_count);
    int failed = open_desks(&run, err) || score_print_open(&run.print, leads, output, err) ||
                 (o->explain || o->top ? read_alone(&run, err) : read_together(&run, err)) || print_top(&run, err) ||
                 stream_finish(leads->stream, err) || output_finish(output, err);
    if (!failed)
        say_events(&run);
    score_print_fini(&run.print);
    for (size_t i = 0; run.desks && i < run.threads; i++)
        score_desk_fini(&run.desks[i]);
    free(run.desks);
    score_top_fini(&run.top);
    return failed ? -1 : 0;
}
