/* Reads orders, a table of customers or parts; scores, names and prints, or writes a part. What the figures mean is in
 * rfm.h and its neighbours. */
#include "analysis/rfm_run.h"

#include <string.h>

#include "analysis/rfm_feed.h"
#include "analysis/rfm_partial.h"
#include "analysis/rfm_print.h"
#include "base/program.h"
#include "stream/file.h"
#include "stream/where.h"

/* Finds the columns. */
static int find_columns(const struct rfm_command *o, struct stream *stream, struct rfm_columns *c, struct error *err)
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
static int read_dates(const struct rfm_command *o, struct date_reader *dates, int32_t *as_of, struct error *err)
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
static int feed(const struct rfm_command *o, struct stream *stream, struct rfm *rfm, const struct date_reader *dates,
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

static struct rfm_partial part_of(const struct rfm_command *o, int32_t as_of)
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
static int write_part(const struct rfm_command *o, struct stream *stream, struct error *err)
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
static int read_parts(struct rfm_command *o, struct stream *stream, struct rfm *rfm, int32_t as_of, struct error *err)
{
    const struct rfm_partial partial = part_of(o, as_of);

    return rfm_partial_read(rfm, &partial, stream, &o->common.to, err);
}

static int read_whole(const char *path, struct buffer *text, struct error *err)
{
    buffer_init(text);
    return file_read(path, text, err);
}

static bool is_custom(const struct rfm_command *o)
{
    for (int i = 0; rfm_segments_words[i]; i++)
        if (o->segments && strcmp(o->segments, rfm_segments_words[i]) == 0)
            return false;
    return o->segments != NULL;
}

static int read_segments(const struct rfm_command *o, const struct rfm_scoring *used, struct rfm_segments *segments,
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

static int read_settings(const struct rfm_command *o, struct settings *settings, struct error *err)
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
static int score(const struct rfm_command *o, const struct settings *settings, struct rfm_table *table,
                 struct error *err)
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
static int report(const struct rfm_command *o, const struct settings *settings, const struct stream *stream,
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

int rfm_check_segments(const struct rfm_command *o, const char *operand, bool *flawed, struct error *err)
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
static int make_table(const struct rfm_command *o, struct rfm *rfm, int32_t as_of, struct rfm_table *table,
                      struct error *err)
{
    struct spill_account account;

    if (rfm_settle(rfm, &account, err))
        return -1;
    spill_note(&account, o->max_memory);
    rfm_close(rfm);
    return rfm_table_init(table, rfm, as_of, o->only, err);
}

static int run(struct rfm_command *o, struct stream *stream, struct error *err)
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

int rfm_run(struct rfm_command *o, struct stream *stream, struct error *err)
{
    return o->parts.partial ? write_part(o, stream, err) : run(o, stream, err);
}
