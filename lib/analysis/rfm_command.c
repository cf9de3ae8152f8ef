/* The options of crm-rfm as a table, and which of them go together. */
#include "analysis/rfm_command.h"

#include <string.h>

#include "analysis/rfm_options.h"
#include "base/workers.h"

static int read_options(struct rfm_command *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec columns[] = {
        {"customer", 0, "COL", "who bought (default: customer_id or an alias)", option_text, &o->customer},
        {"date", 0, "COL", "when (default: order_date; last_date with --customers)", option_text, &o->date},
        {"amount", 0, "COL", "for how much (default: amount)", option_text, &o->amount},
        {"order", 0, "COL", "what order a row is part of (default: order_id); '': each row is one", option_text,
         &o->order},
        {"product", 0, "COL", "what was bought; adds the number of distinct products", option_text, &o->product},
        {"customers", 0, NULL, "the input has a row per customer, not per order", option_true, &o->customers},
        {"recency", 0, "COL", "with --customers: days since the last order", option_text, &o->recency},
        {"frequency", 0, "COL", "with --customers: number of orders", option_text, &o->frequency},
        {"monetary", 0, "COL", "with --customers: sum of amounts", option_text, &o->monetary},
    };
    struct option_spec values[] = {
        COMMON_AS_OF(&o->common),
        COMMON_TZ(&o->common),
        COMMON_THREADS(&o->threads),
        COMMON_MAX_MEMORY(&o->max_memory),
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", option_date_format, &o->date_format},
        {"currency", 0, "CODE", "convert all amounts to this currency, by --rates", option_text, &o->currency},
        {"rates", 0, "FILE", "records of currency and rate: what one unit is worth", option_text, &o->rates},
        {"returns", 0, "net|count|drop", "what negative amounts are (default: net)", option_rfm_returns, &o->returns},
        {"only", 0, "NAME=LOW..HIGH", "only customers with recency_days, frequency or monetary within", option_rfm_only,
         o->only},
    };
    struct option_spec scores[] = {
        {"method", 0, "METHOD", "quantile (default), r, rank, nested, kmeans", option_rfm_method, &o->scoring.method},
        {"ties", 0, "TIES", "low, high; for rank and nested also order, mean", option_rfm_ties, &o->scoring.ties},
        {"bins", 'b', "N", "number of bins, 1 to 9 (default: 5)", option_rfm_all_bins, o->scoring.bins},
        {"r-bins", 0, "N", "... of recency", option_rfm_bins, &o->scoring.bins[RFM_RECENCY]},
        {"f-bins", 0, "N", "... of frequency", option_rfm_bins, &o->scoring.bins[RFM_FREQUENCY]},
        {"m-bins", 0, "N", "... of monetary", option_rfm_bins, &o->scoring.bins[RFM_MONETARY]},
        {"cuts", 0, "FILE", "score by the cut points saved in FILE", option_text, &o->cuts},
        {"save-cuts", 0, "FILE", "save the cut points of this run", option_text, &o->save_cuts},
        {"weights", 0, "R,F,M", "add the weighted mean of the three scores", option_text, &o->weights},
    };
    struct option_spec segments[] = {
        {"segments", 0, "FILE|NAME", "the table of segments: a file, or standard (default), r, grid", option_text,
         &o->segments},
        {"check-segments", 0, NULL, "judge the table: overlaps, unreachable segments", option_true, &o->check_segments},
    };
    struct option_spec report[] = {
        {"summary", 's', NULL, "a row per segment instead of per customer", option_true, &o->summary},
        {"migration", 0, "PREVIOUS", "how customers moved since PREVIOUS, an earlier output", option_text,
         &o->migration},
        {"tenure", 0, NULL, "add first_date and tenure_days", option_true, &o->tenure},
    };
    struct option_spec parts[] = {PARTIAL_OPTIONS(&o->parts)};
    struct option_group groups[6 + COMMON_GROUPS] = {
        {"Columns", columns, sizeof columns / sizeof *columns},
        {"Values", values, sizeof values / sizeof *values},
        {"Scores", scores, sizeof scores / sizeof *scores},
        {"Segments", segments, sizeof segments / sizeof *segments},
        {"Report", report, sizeof report / sizeof *report},
        {PARTIAL_GROUP, parts, sizeof parts / sizeof *parts},
    };
    const struct command command = {
        "crm-rfm",
        "[FILE ...]",
        "Score customers by recency, frequency and monetary value, and name their segment.",
        "crm-rfm --as-of 2026-12-31 --summary orders.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 6);
    return options_parse(&command, argc, argv, first, err);
}

static int check_options(const struct rfm_command *o, struct error *err)
{
    const struct rfm_scoring plain = RFM_SCORING_DEFAULT;
    bool per_customer = o->recency || o->frequency || o->monetary;
    bool scored = o->scoring.method != plain.method || o->scoring.ties != plain.ties ||
                  memcmp(o->scoring.bins, plain.bins, sizeof plain.bins) != 0;

    if (options_exclude(o->summary, "--summary", o->migration != NULL, "--migration", err) ||
        options_exclude(o->cuts != NULL, "--cuts", o->save_cuts != NULL, "--save-cuts", err) ||
        options_exclude(o->cuts != NULL, "--cuts", scored, "--method, --ties, --bins", err) ||
        options_exclude(o->customers, "--customers", o->order || o->product || o->amount,
                        "--order, --product, --amount", err) ||
        options_exclude(o->customers, "--customers", o->tenure, "--tenure", err) ||
        options_exclude(o->customers, "--customers", o->rates != NULL, "--rates", err) ||
        options_exclude(o->date != NULL, "--date", o->recency != NULL, "--recency", err))
        return -1;
    if (!o->parts.merge && !o->currency != !o->rates) /* the parts are converted already */
        return error_set(err, STATUS_USAGE, "--currency and --rates go together");
    if (per_customer && !o->customers)
        return error_set(err, STATUS_USAGE, "--recency, --frequency and --monetary go with --customers");
    if (o->save_cuts && rfm_cuts_check(o->scoring.method, err))
        return -1;
    if (options_exclude(o->max_memory != 0, "--max-memory", o->parts.partial || o->parts.merge, "--partial, --merge",
                        err) ||
        options_exclude(o->max_memory != 0, "--max-memory", o->customers, "--customers", err) ||
        options_exclude(o->max_memory != 0, "--max-memory", o->check_segments, "--check-segments", err))
        return -1;
    if (partial_check(&o->parts, &o->common, err) ||
        options_exclude(o->customers, "--customers", o->parts.partial, "--partial", err) ||
        options_exclude(o->customers, "--customers", o->parts.merge, "--merge", err) ||
        options_exclude(o->check_segments, "--check-segments", o->parts.partial, "--partial", err) ||
        options_exclude(o->check_segments, "--check-segments", o->parts.merge, "--merge", err))
        return -1;
    return !o->cuts && rfm_scoring_check(&o->scoring, err) ? -1 : 1;
}

int rfm_command_read(struct rfm_command *command, int argc, char **argv, int *first, struct error *err)
{
    *command =
        (struct rfm_command){.common = COMMON_INIT, .scoring = RFM_SCORING_DEFAULT, .threads = workers_available(8)};
    int go = read_options(command, argc, argv, first, err);
    return go > 0 ? check_options(command, err) : go;
}
