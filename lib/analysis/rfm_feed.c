/* RFM feed: roles to rows.
 *
 * A look-up of a customer mostly waits for memory. So rows are gathered in a small batch and added together, each with
 * the slot of its customer already asked for. Their texts are copied: a record lives only until the next one is read.
 */
#include "analysis/rfm_feed.h"

#include <string.h>

#include "base/utf8.h"

enum { TEXT_ROOM = 96 };

struct batch {
    struct rfm_row rows[RFM_ROWS];
    char texts[RFM_ROWS][TEXT_ROOM];
    size_t count;
};

/* 0: good; 1: the record was set aside; -1: stop. So do the functions below. */
static int bad(const struct rfm_feed *feed, const struct record *record, size_t column, struct error *err,
               const char *what, struct slice text)
{
    struct quote q;

    if (text.len == 0)
        return stream_reject(feed->stream, record, column, err, "empty") ? -1 : 1;
    return stream_reject(feed->stream, record, column, err, "%s: '%s'", what, quote(&q, text)) ? -1 : 1;
}

static int read_customer(const struct rfm_feed *feed, const struct record *record, struct slice *id, struct error *err)
{
    *id = record->fields[feed->columns.customer].text;
    if (id->len == 0)
        return stream_reject(feed->stream, record, feed->columns.customer, err, "empty: the row has no customer") ? -1
                                                                                                                  : 1;
    if (!utf8_valid(id->ptr, id->len))
        return bad(feed, record, feed->columns.customer, err, "not UTF-8", *id);
    return 0;
}

static int read_decimal(const struct rfm_feed *feed, const struct record *record, size_t column, struct decimal *value,
                        struct error *err)
{
    struct slice text = record->fields[column].text;

    switch (decimal_parse(text, value)) {
    case DECIMAL_OK:
        return 0;
    case DECIMAL_TOO_LARGE:
        return bad(feed, record, column, err, "too large, or with more than 18 decimals", text);
    default:
        return bad(feed, record, column, err, "not a number", text);
    }
}

/* A date of the record; 1 also when it is after the analysis date. */
static int read_day(struct rfm_feed *feed, const struct record *record, int32_t *day, struct error *err)
{
    struct slice text = record->fields[feed->columns.date].text;

    if (!date_read(&feed->dates, text, day))
        return bad(feed, record, feed->columns.date, err, "not a date", text);
    if (feed->as_of != DAY_NONE && *day > feed->as_of) {
        stream_skip(feed->stream);
        return 1;
    }
    return 0;
}

static int convert(const struct rfm_feed *feed, const struct record *record, struct slice currency,
                   struct decimal *amount, struct error *err)
{
    if (currency.len) {
        switch (rates_convert(feed->rates, currency, amount)) {
        case RATES_CONVERTED:
            return 0;
        case RATES_TOO_LARGE:
            return bad(feed, record, feed->columns.amount, err, "too large after conversion",
                       record->fields[feed->columns.amount].text);
        case RATES_UNKNOWN:
            break;
        }
    }
    return bad(feed, record, feed->columns.currency, err, "no rate for this currency", currency);
}

/* Amounts of different currencies have no sum: they are converted, or there is one only. */
static int read_currency(struct rfm_feed *feed, const struct record *record, struct decimal *amount, struct error *err)
{
    struct slice text;
    struct quote q;
    struct quote first;

    if (feed->columns.currency == COLUMN_ABSENT)
        return 0;
    text = record->fields[feed->columns.currency].text;
    if (feed->rates)
        return convert(feed, record, text, amount, err);
    if (text.len == 0 || slice_equal(text, (struct slice){feed->currency, feed->currency_len}))
        return 0;
    if (feed->currency_len == 0 && text.len <= sizeof feed->currency) {
        memcpy(feed->currency, text.ptr, text.len);
        feed->currency_len = text.len;
        return 0;
    }
    if (feed->currency_len == 0)
        return bad(feed, record, feed->columns.currency, err, "not a currency", text);
    return stream_reject(feed->stream, record, feed->columns.currency, err,
                         "'%s' after '%s': amounts of different currencies cannot be added; see --currency and --rates",
                         quote(&q, text), quote(&first, (struct slice){feed->currency, feed->currency_len}))
               ? -1
               : 1;
}

static int flush(struct rfm_feed *feed, struct batch *batch, struct error *err)
{
    int left_out = rfm_add_rows(feed->rfm, batch->rows, batch->count, err);

    for (int i = 0; i < left_out; i++)
        stream_skip(feed->stream);
    batch->count = 0;
    return left_out < 0 ? -1 : 0;
}

static struct slice keep(char **room, struct slice text)
{
    char *copy = *room;

    if (text.len)
        memcpy(copy, text.ptr, text.len);
    *room += text.len;
    return (struct slice){copy, text.len};
}

/* Adds the row later, with the others of its batch; one with more text than the batch has room for at once. */
static int add_soon(struct rfm_feed *feed, struct batch *batch, struct rfm_row *row, struct error *err)
{
    char *room = batch->texts[batch->count];

    if (row->customer.len + row->order.len + row->product.len > TEXT_ROOM) {
        if (flush(feed, batch, err))
            return -1;
        batch->rows[batch->count++] = *row;
        return flush(feed, batch, err);
    }
    row->customer = keep(&room, row->customer);
    row->order = keep(&room, row->order);
    row->product = keep(&room, row->product);
    rfm_prefetch(feed->rfm, row);
    batch->rows[batch->count++] = *row;
    return batch->count == RFM_ROWS ? flush(feed, batch, err) : 0;
}

int rfm_feed_orders(struct rfm_feed *feed, struct error *err)
{
    const struct rfm_columns *columns = &feed->columns;
    struct batch batch;
    struct record record;
    int more;

    batch.count = 0;
    while ((more = stream_next(feed->stream, &record, err)) > 0) {
        struct rfm_row row = {.order = {"", 0}, .product = {"", 0}};
        int result = read_customer(feed, &record, &row.customer, err);
        if (result == 0)
            result = read_day(feed, &record, &row.day, err);
        if (result == 0)
            result = read_decimal(feed, &record, columns->amount, &row.amount, err);
        if (result == 0)
            result = read_currency(feed, &record, &row.amount, err);
        if (result < 0)
            return -1;
        if (result > 0)
            continue;
        row.hash = group_hash(row.customer);
        if (columns->order != COLUMN_ABSENT)
            row.order = record.fields[columns->order].text;
        if (columns->product != COLUMN_ABSENT)
            row.product = record.fields[columns->product].text;
        if (add_soon(feed, &batch, &row, err))
            return -1;
    }
    return more < 0 ? -1 : flush(feed, &batch, err);
}

/* A whole number from 0 to high. */
static int read_count(const struct rfm_feed *feed, const struct record *record, size_t column, int64_t high,
                      int64_t *count, struct error *err)
{
    struct decimal value;
    struct slice text = record->fields[column].text;

    if (decimal_parse(text, &value) != DECIMAL_OK || value.scale || value.units < 0 || value.units > high)
        return bad(feed, record, column, err, "not a whole number from 0", text);
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
        int result = read_customer(feed, &record, &totals.customer, err);
        if (result == 0 && columns->date != COLUMN_ABSENT)
            result = read_day(feed, &record, &totals.last_day, err);
        else if (result == 0)
            result = read_count(feed, &record, columns->recency, DAY_MAX - DAY_MIN, &recency, err);
        if (result == 0)
            result = read_count(feed, &record, columns->frequency, INT64_MAX, &totals.frequency, err);
        if (result == 0)
            result = read_decimal(feed, &record, columns->monetary, &totals.monetary, err);
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
