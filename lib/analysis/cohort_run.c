/* The steps of a run, and what is said about customers that are in no cohort. */
#include "analysis/cohort_run.h"

#include "analysis/cohort_feed.h"
#include "analysis/cohort_partial.h"
#include "analysis/cohort_print.h"
#include "analysis/proportion.h"
#include "base/program.h"

static int report(struct cohort_feed *feed, struct cohort *cohort, struct output *output, struct error *err)
{
    const struct cohort_options *o = feed->options;
    int32_t last_day = feed->as_of == DAY_NONE ? 0 : feed->as_of;
    struct cohort_table table = {0};
    struct spill_account account;
    const struct cohort_print print = {
        .options = o,
        .rules = &feed->rules,
        .table = &table,
        .stream = feed->stream,
        .output = output,
        .z = proportion_z(o->confidence),
        .as_of = feed->as_of,
    };

    if (cohort_settle(cohort, &account, err))
        return -1;
    spill_note(&account, o->max_memory);
    if (cohort_table_init(&table, cohort, cohort_feed_end(feed), last_day, print.z, err))
        return -1;
    if (table.never_started)
        program_note("%llu of %llu customers are in no cohort: they have no start event",
                     (unsigned long long)table.never_started, (unsigned long long)table.customers);
    int failed = cohort_print(&print, err);
    cohort_table_fini(&table);
    return failed;
}

int cohort_run(const struct cohort_options *options, struct stream *stream, struct error *err)
{
    struct cohort_options o = *options;
    struct cohort_feed feed;
    struct cohort *cohort = NULL;
    struct output output = {0};

    int failed = cohort_feed_open(&feed, &o, stream, err) || output_prepare(&output, &o.common, err) ||
                 cohort_new(&cohort, &feed.rules, o.measure, err);
    if (!failed) {
        cohort_limit(cohort, spill_allowance(o.max_memory));
        if (o.parts.partial)
            cohort_fix_hashes(cohort);
        failed = cohort_feed_run(&feed, cohort, err);
        o.common.to = feed.to;
        failed = failed || (o.parts.partial ? cohort_partial_write(&feed, cohort, &output, err)
                                            : report(&feed, cohort, &output, err));
    }
    output_free(&output);
    cohort_free(cohort);
    cohort_feed_fini(&feed);
    return failed ? -1 : 0;
}
