/* RFM feed: roles to rows, made by several threads (lanes.h). A look-up of a customer mostly waits for memory; the
 * thread that does it leaves the processor to another one that reads. */
#include "analysis/rfm_feed.h"

#include <string.h>

#include "stream/demand.h"
#include "stream/lanes.h"

static const char no_customer[] = "the row has no customer";

/* What a thread reads with. */
struct desk {
    struct date_reader dates;
    struct rates_column money;
};

/* Reading orders. */
struct intake {
    struct rfm_feed *feed;
    struct desk desk; /* in order */
    uint64_t left_out;
};

/* As the functions of demand.h; 1 also when it is after the analysis date. */
static int read_day(const struct rfm_feed *feed, struct date_reader *dates, struct stream *stream,
                    const struct record *record, int32_t *day, struct error *err)
{
    int result = demand_day(stream, record, feed->columns.date, dates, day, err);

    if (result)
        return result;
    if (feed->as_of != DAY_NONE && *day > feed->as_of) {
        stream_skip(stream);
        return 1;
    }
    return 0;
}

static int take_orders(void *context, const void *rows, size_t count, struct error *err)
{
    struct intake *intake = context;
    int left_out = rfm_add_rows(intake->feed->rfm, rows, count, err);

    if (left_out < 0)
        return -1;
    intake->left_out += (uint64_t)left_out;
    return 0;
}

static int make_order(void *context, void *memory, struct stream *stream, const struct record *record, void *order,
                      struct error *err)
{
    const struct intake *intake = context;
    const struct rfm_columns *columns = &intake->feed->columns;
    struct desk *desk = memory;
    struct rfm_row *row = order;
    bool knows_currency = desk->money.first_len > 0;

    *row = (struct rfm_row){.order = {"", 0}, .product = {"", 0}};
    int result = demand_key(stream, record, columns->customer, no_customer, &row->customer, err);
    if (result == 0)
        result = read_day(intake->feed, &desk->dates, stream, record, &row->day, err);
    if (result == 0)
        result = demand_decimal(stream, record, columns->amount, &row->amount, err);
    if (result == 0)
        result = rates_one_currency(&desk->money, stream, record, &row->amount, err);
    if (result >= 0 && !knows_currency && desk->money.first_len && desk != &intake->desk)
        return LANES_LATER; /* the first currency of all decides */
    if (result)
        return result;
    row->hash = group_hash(row->customer);
    if (columns->order != COLUMN_ABSENT)
        row->order = record->fields[columns->order].text;
    if (columns->product != COLUMN_ABSENT)
        row->product = record->fields[columns->product].text;
    return 0;
}

static int begin_desk(void *context, void *desk, struct error *err)
{
    const struct intake *intake = context;

    (void)err;
    *(struct desk *)desk = intake->desk;
    return 0;
}

int rfm_feed_orders(struct rfm_feed *feed, struct error *err)
{
    static const size_t texts[] = {offsetof(struct rfm_row, customer), offsetof(struct rfm_row, order),
                                   offsetof(struct rfm_row, product)};
    struct intake intake = {
        .feed = feed,
        .desk = {.dates = feed->dates,
                 .money = {.amount = feed->columns.amount, .currency = feed->columns.currency, .rates = feed->rates}},
    };
    const struct lanes_plan plan = {
        .context = &intake,
        .row_size = sizeof(struct rfm_row),
        .texts = texts,
        .text_count = 3,
        .desk_size = sizeof(struct desk),
        .desk = &intake.desk,
        .make = make_order,
        .take = take_orders,
        .begin = begin_desk,
    };

    int failed = lanes_run(feed->stream, &plan, feed->threads, err);
    for (; intake.left_out; intake.left_out--)
        stream_skip(feed->stream);
    feed->money = intake.desk.money;
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
            result = read_day(feed, &feed->dates, feed->stream, &record, &totals.last_day, err);
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
