/* The steps of a run, and what is said about its entities at the end. */
#include "analysis/funnel_run.h"

#include "analysis/funnel_partial.h"
#include "analysis/funnel_print.h"
#include "base/program.h"

/* What does not show in the report. */
static void note_tally(const struct funnel_options *o, const struct funnel_tally *tally)
{
    const char *what = o->passes ? "passes" : "entities";
    const char *one = o->passes ? "pass" : "entity";

    if (tally->immature)
        program_note("%llu %s left out: %s window had not elapsed", (unsigned long long)tally->immature,
                     tally->immature == 1 ? one : what, tally->immature == 1 ? "its" : "their");
    if (tally->dropped)
        program_note("%llu %s left out: an event of --exclude came in between", (unsigned long long)tally->dropped,
                     tally->dropped == 1 ? one : what);
    if (tally->out_of_order)
        program_note("%llu of %llu %s came to a step before an earlier one; they count (--order ordered leaves such "
                     "steps out)",
                     (unsigned long long)tally->out_of_order, (unsigned long long)tally->entities, what);
    if (o->rules.follow_back)
        program_note("%llu of %llu %s moved back", (unsigned long long)tally->moved_back,
                     (unsigned long long)tally->entities, what);
}

static int report(const struct funnel_question *question, const struct funnel_feed *feed, struct output *output,
                  struct error *err)
{
    const struct funnel_options *o = question->options;
    const struct funnel_print print = {.question = question, .feed = feed, .output = output};
    struct funnel_tally tally;

    if (o->report == FUNNEL_REPORT_EVENTS)
        return funnel_print_events(&print, err);
    int failed = funnel_tally_make(&tally, question, err);
    if (!failed) {
        note_tally(o, &tally);
        failed = funnel_is_list(o) ? funnel_print_entities(&print, err) : funnel_print_tally(&print, &tally, err);
    }
    funnel_tally_fini(&tally);
    return failed;
}

/* What was read, as a part or as a report. */
static int write_out(struct funnel_question *question, const struct funnel_partial *partial,
                     const struct funnel_feed *feed, struct output *output, struct error *err)
{
    if (question->options->parts.partial)
        return funnel_partial_write(partial, feed, output, err);
    const struct spill_account account = funnel_account(question->funnel);
    spill_note(&account, question->options->max_memory);
    question->zone = feed->dates.zone;
    if (feed->as_of != DAY_NONE) {
        question->end = day_end(feed->as_of, false, &question->zone);
        question->offset_end = day_end(feed->as_of, true, &question->zone);
    }
    return report(question, feed, output, err) || output_finish(output, err) ? -1 : 0;
}

int funnel_run(const struct funnel_options *options, struct stream *stream, struct error *err)
{
    struct funnel_options o = *options; /* a merge may set the format of the output */
    struct funnel funnel;
    struct funnel_feed feed;
    struct funnel_partial partial = {0};
    struct output output = {0};
    struct funnel_question question = {.options = &o, .funnel = &funnel};

    funnel_init(&funnel, o.group || o.held || o.amount);
    funnel_limit(&funnel, spill_allowance(o.max_memory));
    int failed =
        funnel_feed_open(&feed, &o, stream, &funnel, err) || output_prepare(&output, &o.common, err) ||
        ((o.parts.partial || o.parts.merge) && funnel_partial_init(&partial, &o, err)) ||
        (o.parts.merge ? funnel_partial_read(&partial, &feed, &o.common.to, err) : funnel_feed_run(&feed, err)) ||
        write_out(&question, &partial, &feed, &output, err);
    output_free(&output);
    funnel_partial_fini(&partial);
    funnel_feed_fini(&feed);
    funnel_fini(&funnel);
    return failed ? -1 : 0;
}
