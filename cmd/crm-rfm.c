/* crm-rfm: how recent, frequent and valuable each customer is, and which segment that makes.
 *
 * Options and the order of things live here; what the figures mean is in lib/analysis/rfm.h and its neighbours. */
#include <string.h>

#include "analysis/rfm_feed.h"
#include "analysis/rfm_options.h"
#include "analysis/rfm_partial.h"
#include "analysis/rfm_print.h"
#include "base/program.h"
#include "base/workers.h"
#include "stream/common.h"
#include "stream/file.h"
#include "stream/where.h"

struct options {
    struct common common;
    const char *customer, *date, *amount, *order, *product, *recency, *frequency, *monetary;
    const char *date_format;
    const char *currency;
    const char *rates;
    bool customers; /* the input is a table of customers */
    enum rfm_returns returns;
    struct rfm_scoring scoring;
    struct rfm_range only[RFM_DIMENSIONS];
    const char *cuts;
    const char *save_cuts;
    const char *weights;
    const char *segments;
    bool check_segments;
    bool summary;
    const char *migration;
    bool tenure;
    size_t threads;
    size_t max_memory; /* bytes; 0: no limit */
    struct partial_choice parts;
};

static int read_options(struct options *o, int argc, char **argv, int *first, struct error *err)
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

static int check_options(const struct options *o, struct error *err)
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

/* Finds the columns. */
static int find_columns(const struct options *o, struct stream *stream, struct rfm_columns *c, struct error *err)
{
    bool rows_are_orders = o->order && !*o->order;

    c->amount = c->order = c->product = c->currency = c->recency = c->date = COLUMN_ABSENT;
    if (stream_role(stream, "--customer", o->customer, "customer_id", true, &c->customer, err))
        return -1;
    if (o->customers) {
        if (!o->recency && stream_role(stream, "--date", o->date, "last_date", false, &c->date, err))
            return -1;
        if ((c->date == COLUMN_ABSENT &&
             stream_role(stream, "--recency", o->recency, "recency_days", true, &c->recency, err)) ||
            stream_role(stream, "--frequency", o->frequency, "frequency", true, &c->frequency, err) ||
            stream_role(stream, "--monetary", o->monetary, "monetary", true, &c->monetary, err))
            return -1;
        return 0;
    }
    if (stream_role(stream, "--date", o->date, "order_date", true, &c->date, err) ||
        stream_role(stream, "--amount", o->amount, "amount", true, &c->amount, err) ||
        stream_role(stream, NULL, NULL, "currency", o->rates != NULL, &c->currency, err) ||
        (!rows_are_orders && stream_role(stream, "--order", o->order, "order_id", o->order != NULL, &c->order, err)) ||
        (o->product && stream_role(stream, "--product", o->product, "product_id", true, &c->product, err)))
        return -1;
    return 0;
}

/* How dates are read, and the analysis date; DAY_NONE: not given. */
static int read_dates(const struct options *o, struct date_reader *dates, int32_t *as_of, struct error *err)
{
    *dates = (struct date_reader){.format = o->date_format};
    *as_of = DAY_NONE;
    if (o->common.tz && time_zone_open(&dates->zone, o->common.tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    return o->common.as_of ? analysis_day(o->common.as_of, &dates->zone, as_of, err) : 0;
}

/* Reads everything; *money tells the currency. */
static int feed(const struct options *o, struct stream *stream, struct rfm *rfm, const struct date_reader *dates,
                int32_t as_of, struct rates_column *money, struct error *err)
{
    struct rfm_feed feed = {.rfm = rfm, .stream = stream, .dates = *dates, .as_of = as_of, .threads = o->threads};
    struct rates rates;
    int failed = 0;

    rates_init(&rates);
    if (o->rates) {
        failed = rates_read(&rates, o->rates, slice_from_cstr(o->currency), err);
        feed.rates = &rates;
    }
    failed = failed || find_columns(o, stream, &feed.columns, err);
    rfm->options.has_orders = !failed && feed.columns.order != COLUMN_ABSENT;
    if (!failed)
        failed = o->customers ? rfm_feed_customers(&feed, err) : rfm_feed_orders(&feed, err);
    rates_fini(&rates);
    *money = feed.money;
    return failed || stream_finish(stream, err) ? -1 : 0;
}

static struct rfm_partial part_of(const struct options *o, int32_t as_of)
{
    return (struct rfm_partial){
        .rows_are_orders = o->order && !*o->order,
        .as_of = as_of,
        .tz = o->common.tz,
        .where = o->common.where,
        .currency = o->currency,
        .common = &o->common,
    };
}

/* --partial: what is asked of the report is left to --merge. */
static int write_part(const struct options *o, struct stream *stream, struct error *err)
{
    const struct rfm_options options = {.returns = o->returns, .has_products = o->product != NULL};
    struct date_reader dates;
    struct output output = {0};
    struct rates_column money;
    struct rfm rfm;
    int32_t as_of;

    if (read_dates(o, &dates, &as_of, err))
        return -1;
    const struct rfm_partial partial = part_of(o, as_of);
    rfm_init(&rfm, &options);
    rfm_fix_hashes(&rfm);
    int failed = output_prepare(&output, &o->common, err) || feed(o, stream, &rfm, &dates, as_of, &money, err) ||
                 rfm_partial_write(&rfm, &partial, (struct slice){money.first, money.first_len}, stream, &output, err);
    output_free(&output);
    rfm_fini(&rfm);
    return failed ? -1 : 0;
}

/* --merge: the output is by default as the input of the parts was. */
static int read_parts(struct options *o, struct stream *stream, struct rfm *rfm, int32_t as_of, struct error *err)
{
    const struct rfm_partial partial = part_of(o, as_of);

    return rfm_partial_read(rfm, &partial, stream, &o->common.to, err);
}

static int read_whole(const char *path, struct buffer *text, struct error *err)
{
    buffer_init(text);
    return file_read(path, text, err);
}

static bool is_custom(const struct options *o)
{
    for (int i = 0; rfm_segments_words[i]; i++)
        if (o->segments && strcmp(o->segments, rfm_segments_words[i]) == 0)
            return false;
    return o->segments != NULL;
}

static int read_segments(const struct options *o, const struct rfm_scoring *used, struct rfm_segments *segments,
                         struct error *err)
{
    const char *name = o->segments ? o->segments : used->method == RFM_R ? "r" : "standard";
    struct buffer text;

    if (!is_custom(o))
        return rfm_segments_builtin(segments, name, used->bins, err);
    int failed =
        read_whole(name, &text, err) || rfm_segments_read(segments, buffer_slice(&text), name, used->bins, err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

/* What is read before the input, so that a mistake in it is said at once. */
struct settings {
    struct rfm_scoring used; /* what the scores come of */
    struct rfm_cuts cuts;    /* with --cuts */
    struct rfm_weights weights;
    struct rfm_segments segments;
};

static int read_settings(const struct options *o, struct settings *settings, struct error *err)
{
    struct buffer text;

    settings->used = o->scoring;
    if (o->weights && rfm_weights_parse(&settings->weights, slice_from_cstr(o->weights), err)) {
        error_prefix(err, "option '--weights': ");
        return -1;
    }
    if (o->cuts) {
        int failed =
            read_whole(o->cuts, &text, err) || rfm_cuts_read(&settings->cuts, buffer_slice(&text), o->cuts, err);
        buffer_fini(&text);
        if (failed)
            return -1;
        settings->used.method = settings->cuts.method;
        for (int d = 0; d < RFM_DIMENSIONS; d++)
            settings->used.bins[d] = settings->cuts.lists[d].count + 1;
    }
    return read_segments(o, &settings->used, &settings->segments, err);
}

/* Scores by the cuts of a file, or by the method, saving its cuts when asked to; says where ties left bins empty. */
static int score(const struct options *o, const struct settings *settings, struct rfm_table *table, struct error *err)
{
    struct rfm_spread spread[RFM_DIMENSIONS];
    struct rfm_cuts cuts;
    struct buffer text;

    if (o->cuts) {
        rfm_score_by_cuts(table, &settings->cuts, NULL);
        return 0;
    }
    if (rfm_score(table, &o->scoring, &cuts, spread, err))
        return -1;
    if (o->common.verbose)
        rfm_note_cuts(table, &cuts);
    rfm_note_spread(table, spread);
    if (!o->save_cuts)
        return 0;
    buffer_init(&text);
    int failed = rfm_cuts_write(&cuts, &text, err) || file_write(o->save_cuts, buffer_slice(&text), err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

/* Scores, names and prints what was read. */
static int report(const struct options *o, const struct settings *settings, const struct stream *stream,
                  struct rfm_table *table, struct output *output, struct error *err)
{
    const struct rfm_segments *segments = &settings->segments;
    const struct rfm_print print = {
        .table = table,
        .segments = segments,
        .weights = o->weights ? &settings->weights : NULL,
        .tenure = o->tenure,
        .products = o->product != NULL,
        .threads = o->threads,
    };
    struct rfm_migration migration;
    int failed = 0;

    if (table->count + table->filtered == 0 && stream->rejects.filtered)
        program_note("no customers: all %llu rows were filtered out, %slater than --as-of%s",
                     (unsigned long long)stream->rejects.filtered, o->common.where ? "by --where or as " : "as ",
                     o->returns == RFM_RETURNS_DROP ? " or returns" : "");
    if (table->filtered)
        program_note("%zu of %zu customers left out by --only", table->filtered, table->filtered + table->count);
    if (score(o, settings, table, err))
        return -1;
    rfm_segment_customers(table, segments);
    rfm_migration_init(&migration);
    if (is_custom(o))
        failed = rfm_note_coverage(segments, o->segments, err);
    if (o->summary)
        failed = failed || rfm_print_summary(&print, &o->common, stream, output, err);
    else if (o->migration)
        failed = failed || rfm_feed_previous(&migration, o->migration, err) ||
                 rfm_migration_count(&migration, table, segments, err) ||
                 rfm_print_migration(&migration, &o->common, stream, output, err);
    else
        failed = failed || rfm_print_customers(&print, &o->common, stream, output, err);
    failed = failed || output_finish(output, err);
    rfm_migration_fini(&migration);
    return failed ? -1 : 0;
}

/* --check-segments: reads no orders. */
static int check_segments(const struct options *o, const char *operand, bool *flawed, struct error *err)
{
    struct settings settings;
    struct output output = {0};

    if (operand)
        return error_set(err, STATUS_USAGE,
                         "--check-segments reads no orders; name the table with --segments, not '%s'", operand);
    if (read_settings(o, &settings, err))
        return -1;
    int failed = rfm_print_check(&settings.segments, &o->common, &output, flawed, err) || output_finish(&output, err);
    output_free(&output);
    rfm_segments_fini(&settings.segments);
    return failed ? -1 : 0;
}

/* The table of customers, and what went to temporary files on the way. */
static int make_table(const struct options *o, struct rfm *rfm, int32_t as_of, struct rfm_table *table,
                      struct error *err)
{
    struct spill_account account;

    if (rfm_settle(rfm, &account, err))
        return -1;
    spill_note(&account, o->max_memory);
    return rfm_table_init(table, rfm, as_of, o->only, err);
}

static int run(struct options *o, struct stream *stream, struct error *err)
{
    const struct rfm_options options = {.returns = o->returns, .has_products = o->product != NULL};
    struct date_reader dates;
    struct rfm_table table = {0};
    struct output output = {0};
    struct settings settings;
    struct rates_column money;
    struct rfm rfm;
    int32_t as_of;

    if (read_dates(o, &dates, &as_of, err) || read_settings(o, &settings, err))
        return -1;
    rfm_init(&rfm, &options);
    rfm_limit(&rfm, spill_allowance(o->max_memory));
    int failed = output_prepare(&output, &o->common, err) ||
                 (o->parts.merge ? read_parts(o, stream, &rfm, as_of, err)
                                 : feed(o, stream, &rfm, &dates, as_of, &money, err)) ||
                 make_table(o, &rfm, as_of, &table, err) || report(o, &settings, stream, &table, &output, err);
    output_free(&output);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
    rfm_segments_fini(&settings.segments);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    struct options o = {.common = COMMON_INIT, .scoring = RFM_SCORING_DEFAULT, .threads = workers_available(8)};
    struct stream *stream = NULL;
    struct error err;
    bool flawed = false;
    int first;

    program_begin("crm-rfm");
    int go = read_options(&o, argc, argv, &first, &err);
    if (go > 0)
        go = check_options(&o, &err);
    const char *const beside[] = {o.rates, o.segments, o.cuts, o.migration};
    if (go > 0 && o.check_segments)
        go = check_segments(&o, argv[first], &flawed, &err);
    else if (go > 0)
        go = common_check_files(&o.common, "--save-cuts", o.save_cuts, argv + first, (size_t)(argc - first), &err) ||
                     common_check_settings(&o.common, "--save-cuts", o.save_cuts, beside, 4, &err) ||
                     partial_open(&o.parts, &o.common, argv + first, (size_t)(argc - first), &stream, &err) ||
                     (o.parts.partial ? write_part(&o, stream, &err) : run(&o, stream, &err))
                 ? -1
                 : 0;
    stream_free(stream);
    return go < 0 ? program_fail(&err) : flawed ? STATUS_NO : STATUS_OK;
}
