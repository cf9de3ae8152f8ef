/* crm-rfm: how recent, frequent and valuable each customer is, and which segment that makes.
 *
 * Options and the order of things live here; what the figures mean is in lib/analysis/rfm.h and its neighbours. */
#include <string.h>

#include "analysis/rfm_feed.h"
#include "analysis/rfm_print.h"
#include "base/program.h"
#include "stream/common.h"
#include "stream/file.h"

struct options {
    struct common common;
    const char *customer, *date, *amount, *order, *product, *recency, *frequency, *monetary;
    const char *date_format;
    bool customers; /* the input is a table of customers */
    int returns;
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
};

static int take_bins(void *target, const char *argument, struct error *err)
{
    if (strlen(argument) != 1 || argument[0] < '1' || argument[0] > '9')
        return error_set(err, STATUS_USAGE, "'%s' is not a number of bins from 1 to 9", argument);
    *(int *)target = argument[0] - '0';
    return 0;
}

static int take_all_bins(void *target, const char *argument, struct error *err)
{
    int *bins = target;

    if (take_bins(bins, argument, err))
        return -1;
    bins[RFM_FREQUENCY] = bins[RFM_MONETARY] = bins[RFM_RECENCY];
    return 0;
}

static int take_method(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"quantile", "r", "rank", "nested", "kmeans", NULL};
    int choice = option_choice(argument, words, err);

    *(enum rfm_method *)target = (enum rfm_method)choice;
    return choice < 0 ? -1 : 0;
}

static int take_ties(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, rfm_ties_words + 1, err); /* all but "default" */

    *(enum rfm_ties *)target = (enum rfm_ties)(choice + 1);
    return choice < 0 ? -1 : 0;
}

static int take_returns(void *target, const char *argument, struct error *err)
{
    *(int *)target = option_choice(argument, rfm_returns_words, err);
    return *(int *)target < 0 ? -1 : 0;
}

/* "frequency=2..", "monetary=100..500" */
static int take_only(void *target, const char *argument, struct error *err)
{
    struct rfm_range *ranges = target;
    const char *equals = strchr(argument, '=');
    const char *dots = equals ? strstr(equals, "..") : NULL;

    for (int d = 0; dots && d < RFM_DIMENSIONS; d++) {
        struct slice low = {equals + 1, (size_t)(dots - equals - 1)};
        struct slice high = slice_from_cstr(dots + 2);
        struct rfm_range range = {.has_low = low.len > 0, .has_high = high.len > 0};
        if (!slice_equal_cstr((struct slice){argument, (size_t)(equals - argument)}, rfm_dimension_names[d]))
            continue;
        if ((range.has_low && decimal_parse(low, &range.low) != DECIMAL_OK) ||
            (range.has_high && decimal_parse(high, &range.high) != DECIMAL_OK))
            break;
        ranges[d] = range;
        return 0;
    }
    return error_set(err, STATUS_USAGE, "'%s' is not recency_days=LOW..HIGH, frequency=LOW..HIGH or monetary=LOW..HIGH",
                     argument);
}

static int take_date_format(void *target, const char *argument, struct error *err)
{
    *(const char **)target = argument;
    return date_format_check(argument, err);
}

static int read_options(struct options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec columns[] = {
        {"customer", 0, "COL", "who bought (default: customer_id or an alias)", option_text, &o->customer},
        {"date", 0, "COL", "when (default: order_date; last_date with --customers)", option_text, &o->date},
        {"amount", 0, "COL", "for how much (default: amount)", option_text, &o->amount},
        {"order", 0, "COL", "what order a row is part of (default: order_id); '': each row is one", option_text, &o->order},
        {"product", 0, "COL", "what was bought; adds the number of distinct products", option_text, &o->product},
        {"customers", 0, NULL, "the input has a row per customer, not per order", option_true, &o->customers},
        {"recency", 0, "COL", "with --customers: days since the last order", option_text, &o->recency},
        {"frequency", 0, "COL", "with --customers: number of orders", option_text, &o->frequency},
        {"monetary", 0, "COL", "with --customers: sum of amounts", option_text, &o->monetary},
    };
    struct option_spec values[] = {
        COMMON_AS_OF(&o->common),
        COMMON_TZ(&o->common),
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", take_date_format, &o->date_format},
        {"returns", 0, "net|count|drop", "what negative amounts are (default: net)", take_returns, &o->returns},
        {"only", 0, "NAME=LOW..HIGH", "only customers with recency_days, frequency or monetary within", take_only, o->only},
    };
    struct option_spec scores[] = {
        {"method", 0, "METHOD", "quantile (default), r, rank, nested, kmeans", take_method, &o->scoring.method},
        {"ties", 0, "TIES", "low, high; for rank and nested also order, mean", take_ties, &o->scoring.ties},
        {"bins", 'b', "N", "number of bins, 1 to 9 (default: 5)", take_all_bins, o->scoring.bins},
        {"r-bins", 0, "N", "... of recency", take_bins, &o->scoring.bins[RFM_RECENCY]},
        {"f-bins", 0, "N", "... of frequency", take_bins, &o->scoring.bins[RFM_FREQUENCY]},
        {"m-bins", 0, "N", "... of monetary", take_bins, &o->scoring.bins[RFM_MONETARY]},
        {"cuts", 0, "FILE", "score by the cut points saved in FILE", option_text, &o->cuts},
        {"save-cuts", 0, "FILE", "save the cut points of this run", option_text, &o->save_cuts},
        {"weights", 0, "R,F,M", "add the weighted mean of the three scores", option_text, &o->weights},
    };
    struct option_spec segments[] = {
        {"segments", 0, "FILE|NAME", "the table of segments: a file, or standard (default), r, grid", option_text, &o->segments},
        {"check-segments", 0, NULL, "judge the table: overlaps, unreachable segments", option_true, &o->check_segments},
    };
    struct option_spec report[] = {
        {"summary", 's', NULL, "a row per segment instead of per customer", option_true, &o->summary},
        {"migration", 0, "PREVIOUS", "how customers moved since PREVIOUS, an earlier output", option_text, &o->migration},
        {"tenure", 0, NULL, "add first_date and tenure_days", option_true, &o->tenure},
    };
    struct option_group groups[5 + COMMON_GROUPS] = {
        {"Columns", columns, sizeof columns / sizeof *columns}, {"Values", values, sizeof values / sizeof *values},
        {"Scores", scores, sizeof scores / sizeof *scores},     {"Segments", segments, sizeof segments / sizeof *segments},
        {"Report", report, sizeof report / sizeof *report},
    };
    const struct command command = {
        "crm-rfm",
        "[FILE ...]",
        "Score customers by recency, frequency and monetary value, and name their segment.",
        "crm-rfm --as-of 2026-12-31 --summary orders.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 5);
    return options_parse(&command, argc, argv, first, err);
}

static int exclude(bool a, const char *name_a, bool b, const char *name_b, struct error *err)
{
    return a && b ? error_set(err, STATUS_USAGE, "%s and %s exclude each other", name_a, name_b) : 0;
}

static int check_options(const struct options *o, struct error *err)
{
    bool per_customer = o->recency || o->frequency || o->monetary;

    if (exclude(o->summary, "--summary", o->migration != NULL, "--migration", err) ||
        exclude(o->cuts != NULL, "--cuts", o->save_cuts != NULL, "--save-cuts", err) ||
        exclude(o->customers, "--customers", o->order || o->product || o->amount, "--order, --product, --amount", err) ||
        exclude(o->customers, "--customers", o->tenure, "--tenure", err) ||
        exclude(o->date != NULL, "--date", o->recency != NULL, "--recency", err))
        return -1;
    if (per_customer && !o->customers)
        return error_set(err, STATUS_USAGE, "--recency, --frequency and --monetary go with --customers");
    return !o->cuts && rfm_scoring_check(&o->scoring, err) ? -1 : 1;
}

/* Finds the columns, reads everything. */
static int feed(const struct options *o, struct stream *stream, struct rfm *rfm, int32_t as_of, struct error *err)
{
    struct rfm_feed feed = {.rfm = rfm, .stream = stream, .dates = {.format = o->date_format}, .as_of = as_of};
    struct rfm_columns *c = &feed.columns;
    bool rows_are_orders = o->order && !*o->order;

    if (o->common.tz && time_zone_open(&feed.dates.zone, o->common.tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    c->amount = c->order = c->product = c->currency = c->recency = c->date = COLUMN_ABSENT;
    if (stream_role(stream, "--customer", o->customer, "customer_id", true, &c->customer, err))
        return -1;
    if (o->customers) {
        if (!o->recency && stream_role(stream, "--date", o->date, "last_date", false, &c->date, err))
            return -1;
        if ((c->date == COLUMN_ABSENT && stream_role(stream, "--recency", o->recency, "recency_days", true, &c->recency, err)) ||
            stream_role(stream, "--frequency", o->frequency, "frequency", true, &c->frequency, err) ||
            stream_role(stream, "--monetary", o->monetary, "monetary", true, &c->monetary, err))
            return -1;
        return rfm_feed_customers(&feed, err);
    }
    if (stream_role(stream, "--date", o->date, "order_date", true, &c->date, err) ||
        stream_role(stream, "--amount", o->amount, "amount", true, &c->amount, err) ||
        stream_role(stream, "--currency", NULL, "currency", false, &c->currency, err) ||
        (!rows_are_orders && stream_role(stream, "--order", o->order, "order_id", o->order != NULL, &c->order, err)) ||
        (o->product && stream_role(stream, "--product", o->product, "product_id", true, &c->product, err)))
        return -1;
    rfm->options.has_orders = c->order != COLUMN_ABSENT;
    return rfm_feed_orders(&feed, err);
}

static int read_whole(const char *path, struct buffer *text, struct error *err)
{
    buffer_init(text);
    return file_read(path, text, err);
}

/* Scores by the cuts of a file, or by the method, saving its cuts when asked to; says where ties left bins empty. *used is what the
 * scores came of. */
static int score(const struct options *o, struct rfm_table *table, struct rfm_scoring *used, struct error *err)
{
    struct rfm_spread spread[RFM_DIMENSIONS];
    struct rfm_cuts cuts;
    struct buffer text;
    int failed;

    if (o->cuts) {
        failed = read_whole(o->cuts, &text, err) || rfm_cuts_read(&cuts, buffer_slice(&text), o->cuts, err);
        buffer_fini(&text);
        if (failed)
            return -1;
        rfm_score_by_cuts(table, &cuts, spread);
        used->method = cuts.method;
        for (int d = 0; d < RFM_DIMENSIONS; d++)
            used->bins[d] = cuts.lists[d].count + 1;
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
    failed = rfm_cuts_write(&cuts, &text, err) || file_write(o->save_cuts, buffer_slice(&text), err);
    buffer_fini(&text);
    return failed ? -1 : 0;
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
    int failed = read_whole(name, &text, err) ||
                 rfm_segments_read(segments, buffer_slice(&text), name, used->bins, err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

/* The earlier run's output: customers and their segments. */
static int read_previous(const struct options *o, struct rfm_migration *migration, struct error *err)
{
    struct stream_options options = {.reader = {.format = FORMAT_AUTO}};
    char *const path[] = {(char *)o->migration}; /* not written to */
    struct stream *stream;
    struct record record;
    size_t customer;
    size_t segment;
    int more;

    if (stream_open(&stream, path, 1, &options, err))
        return -1;
    more = stream_start(stream, err) || stream_role(stream, NULL, NULL, "customer_id", true, &customer, err) ||
                   stream_role(stream, NULL, NULL, "segment", true, &segment, err)
               ? -1
               : 1;
    while (more > 0 && (more = stream_next(stream, &record, err)) > 0)
        if (rfm_migration_add_previous(migration, record.fields[customer].text, record.fields[segment].text, err)) {
            error_prefix(err, "%s:%llu: ", o->migration, (unsigned long long)record.line);
            more = -1;
        }
    stream_free(stream);
    return more;
}

/* Scores, names and prints what was read. */
static int report(const struct options *o, struct stream *stream, struct rfm_table *table, struct error *err)
{
    struct rfm_print print = {.table = table, .tenure = o->tenure, .products = o->product != NULL};
    struct rfm_segments segments;
    struct rfm_weights weights;
    struct rfm_migration migration;
    struct output output = {0};
    struct rfm_scoring used = o->scoring;
    int failed = 0;

    if (o->weights && rfm_weights_parse(&weights, slice_from_cstr(o->weights), err)) {
        error_prefix(err, "option '--weights': ");
        return -1;
    }
    if (score(o, table, &used, err) || read_segments(o, &used, &segments, err))
        return -1;
    print.segments = &segments;
    print.weights = o->weights ? &weights : NULL;
    rfm_segment_customers(table, &segments);
    rfm_migration_init(&migration);
    if (is_custom(o))
        failed = rfm_note_coverage(&segments, o->segments, err);
    if (o->summary)
        failed = failed || rfm_print_summary(&print, &o->common, stream, &output, err);
    else if (o->migration)
        failed = failed || read_previous(o, &migration, err) || rfm_migration_count(&migration, table, &segments, err) ||
                 rfm_print_migration(&migration, &o->common, stream, &output, err);
    else
        failed = failed || rfm_print_customers(&print, &o->common, stream, &output, err);
    failed = failed || output_finish(&output, err);
    output_free(&output);
    rfm_migration_fini(&migration);
    rfm_segments_fini(&segments);
    return failed ? -1 : 0;
}

/* --check-segments: reads no orders. */
static int check_segments(const struct options *o, bool *flawed, struct error *err)
{
    struct rfm_segments segments;
    struct output output = {0};

    if (read_segments(o, &o->scoring, &segments, err))
        return -1;
    int failed = rfm_print_check(&segments, &o->common, &output, flawed, err) || output_finish(&output, err);
    output_free(&output);
    rfm_segments_fini(&segments);
    return failed ? -1 : 0;
}

static int run(const struct options *o, struct stream *stream, struct error *err)
{
    const struct rfm_options options = {.returns = (enum rfm_returns)o->returns, .has_products = o->product != NULL};
    struct moment moment;
    struct rfm_table table = {0};
    struct rfm rfm;
    int32_t as_of = DAY_NONE;

    if (o->common.as_of && !moment_parse_iso(slice_from_cstr(o->common.as_of), &moment))
        return error_set(err, STATUS_USAGE, "option '--as-of': '%s' is not a date such as 2026-12-31", o->common.as_of);
    if (o->common.as_of)
        as_of = moment.day;
    rfm_init(&rfm, &options);
    int failed = feed(o, stream, &rfm, as_of, err) || stream_finish(stream, err) ||
                 rfm_table_init(&table, &rfm, as_of, o->only, err) || report(o, stream, &table, err);
    rfm_table_fini(&table);
    rfm_fini(&rfm);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    struct options o = {.common = COMMON_INIT, .scoring = RFM_SCORING_DEFAULT};
    struct stream *stream = NULL;
    struct error err;
    bool flawed = false;
    int first;

    program_begin("crm-rfm");
    int go = read_options(&o, argc, argv, &first, &err);
    if (go > 0)
        go = check_options(&o, &err);
    if (go > 0 && o.check_segments)
        go = check_segments(&o, &flawed, &err);
    else if (go > 0)
        go = common_open(&o.common, argv + first, (size_t)(argc - first), &stream, &err) || run(&o, stream, &err) ? -1 : 0;
    stream_free(stream);
    return go < 0 ? program_fail(&err) : flawed ? STATUS_NO : STATUS_OK;
}
