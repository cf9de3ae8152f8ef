/* RFM feed: roles to rows.
 *
 * A look-up of a customer mostly waits for memory. So rows are gathered in batches, which a second thread adds to the
 * state. Their texts are copied: a record lives only until the next one is read. */
#include "analysis/rfm_feed.h"

#include <string.h>

#include "base/batches.h"
#include "stream/demand.h"

/* What the taker of rows knows. */
struct taker {
    struct rfm *rfm;
    uint64_t left_out;
};

static const char no_customer[] = "the row has no customer";

/* As the functions of demand.h; 1 also when it is after the analysis date. */
static int read_day(struct rfm_feed *feed, const struct record *record, int32_t *day, struct error *err)
{
    int result = demand_day(feed->stream, record, feed->columns.date, &feed->dates, day, err);

    if (result)
        return result;
    if (feed->as_of != DAY_NONE && *day > feed->as_of) {
        stream_skip(feed->stream);
        return 1;
    }
    return 0;
}

static int take_rows(void *context, const void *rows, size_t count, struct error *err)
{
    struct taker *taker = context;
    int left_out = rfm_add_rows(taker->rfm, rows, count, err);

    if (left_out < 0)
        return -1;
    taker->left_out += (uint64_t)left_out;
    return 0;
}

static int read_orders(struct rfm_feed *feed, struct batches *batches, struct error *err)
{
    const struct rfm_columns *columns = &feed->columns;
    struct rates_column money = {.amount = columns->amount, .currency = columns->currency, .rates = feed->rates};
    struct record record;
    int more;

    while ((more = stream_next(feed->stream, &record, err)) > 0) {
        struct rfm_row row = {.order = {"", 0}, .product = {"", 0}};
        int result = demand_key(feed->stream, &record, columns->customer, no_customer, &row.customer, err);
        if (result == 0)
            result = read_day(feed, &record, &row.day, err);
        if (result == 0)
            result = demand_decimal(feed->stream, &record, columns->amount, &row.amount, err);
        if (result == 0)
            result = rates_one_currency(&money, feed->stream, &record, &row.amount, err);
        if (result < 0)
            return -1;
        if (result > 0)
            continue;
        row.hash = group_hash(row.customer);
        if (columns->order != COLUMN_ABSENT)
            row.order = record.fields[columns->order].text;
        if (columns->product != COLUMN_ABSENT)
            row.product = record.fields[columns->product].text;
        if (batches_add(batches, &row, err))
            return -1;
    }
    return more;
}

int rfm_feed_orders(struct rfm_feed *feed, struct error *err)
{
    static const size_t texts[] = {offsetof(struct rfm_row, customer), offsetof(struct rfm_row, order),
                                   offsetof(struct rfm_row, product)};
    struct taker taker = {.rfm = feed->rfm};
    struct batches *batches;

    if (batches_new(&batches, sizeof(struct rfm_row), texts, 3, feed->threads, take_rows, &taker, err))
        return -1;
    int failed = batches_finish(batches, read_orders(feed, batches, err), err);
    batches_free(batches);
    for (; taker.left_out; taker.left_out--)
        stream_skip(feed->stream);
    return failed ? -1 : 0;
}

/* A whole number from 0 to high. */
static int read_count(const struct rfm_feed *feed, const struct record *record, size_t column, int64_t high,
                      int64_t *count, struct error *err)
{
    struct decimal value;
    struct slice text = record->fields[column].text;

    if (decimal_parse(text, &value) != DECIMAL_OK || value.scale || value.units < 0 || value.units > high)
        return demand_refuse(feed->stream, record, column, "not a whole number from 0", err);
    *count = value.units;
    return 0;
}

int rfm_feed_customers(struct rfm_feed *feed, struct error *err)
{
    const struct rfm_columns *columns = &feed->columns;
    struct record record;
    int more;

    while ((more = stream_next(feed->stream, &record, err)) > 0) {
        struct rfm_totals totals = {.last_day = DAY_NONE};
        int64_t recency = 0;
        int result = demand_key(feed->stream, &record, columns->customer, no_customer, &totals.customer, err);
        if (result == 0 && columns->date != COLUMN_ABSENT)
            result = read_day(feed, &record, &totals.last_day, err);
        else if (result == 0)
            result = read_count(feed, &record, columns->recency, DAY_MAX - DAY_MIN, &recency, err);
        if (result == 0)
            result = read_count(feed, &record, columns->frequency, INT64_MAX, &totals.frequency, err);
        if (result == 0)
            result = demand_decimal(feed->stream, &record, columns->monetary, &totals.monetary, err);
        if (result < 0)
            return -1;
        if (result > 0)
            continue;
        totals.recency_days = (int32_t)recency;
        totals.hash = group_hash(totals.customer);
        if (rfm_add_customer(feed->rfm, &totals, err) &&
            (err->status != STATUS_DATA ||
             stream_reject(feed->stream, &record, columns->customer, err, "%s", err->text)))
            return -1;
    }
    return more;
}

int rfm_feed_previous(struct rfm_migration *migration, const char *path, struct error *err)
{
    struct stream *stream;
    struct record record;
    size_t customer;
    size_t segment;
    int more;

    if (stream_open_file(&stream, path, err))
        return -1;
    more = stream_role(stream, NULL, NULL, "customer_id", true, &customer, err) ||
                   stream_role(stream, NULL, NULL, "segment", true, &segment, err)
               ? -1
               : 1;
    while (more > 0 && (more = stream_next(stream, &record, err)) > 0)
        if (rfm_migration_add_previous(migration, record.fields[customer].text, record.fields[segment].text, err) &&
            (err->status != STATUS_DATA || stream_reject(stream, &record, customer, err, "%s", err->text)))
            more = -1;
    stream_free(stream);
    return more;
}
