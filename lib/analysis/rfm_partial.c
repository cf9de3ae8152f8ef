/* RFM in parts. A customer is written with all its ids, which lie all over the tables of pairs and are put in order of
 * customers first; so that reading is adding a customer's history, and then taking off what it had already. */
#include "analysis/rfm_partial.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/rfm_parts.h"
#include "base/memory.h"

/* Those of products are left out where there are none. */
enum {
    FIRST_DAY,
    LAST_DAY,
    CURRENCY,
    FACTS,
    CUSTOMER = FACTS,
    MONETARY,
    FREQUENCY,
    FIRST,
    LAST,
    ORDER_IDS,
    PRODUCTS,
    PRODUCT_IDS,
    COLUMNS
};
enum kind { KIND_CUSTOMER, KIND_IDS, KINDS };
enum { OPTIONS = 7, ID_DIGITS = 24, IDS = PARTIAL_LIST / ID_DIGITS };

static const char *const columns[COLUMNS] = {"first_day", "last_day",  "currency",   "customer",
                                             "monetary",  "frequency", "first",      "last",
                                             "order_ids", "products",  "product_ids"};
static const char *const kinds[KINDS] = {"customer", "ids"};

/* The plan and what it points to. */
struct scheme {
    struct partial_plan plan;
    struct partial_option options[OPTIONS];
    char day[MOMENT_TEXT + 1];
};

static void make_scheme(struct scheme *scheme, const struct rfm *rfm, const struct rfm_partial *partial)
{
    const char *day = NULL;

    if (partial->as_of != DAY_NONE) {
        scheme->day[day_format(partial->as_of, scheme->day).len] = '\0';
        day = scheme->day;
    }
    const struct partial_option options[OPTIONS] = {
        {"returns", rfm_returns_words[rfm->options.returns]},
        {"order", partial->rows_are_orders ? "rows" : "ids"},
        {"product", rfm->options.has_products ? "ids" : NULL},
        {"currency", partial->currency},
        {"as-of", day},
        {"tz", partial->tz},
        {"where", partial->where},
    };
    memcpy(scheme->options, options, sizeof options);
    scheme->plan = (struct partial_plan){
        .program = "crm-rfm",
        .version = 1,
        .options = scheme->options,
        .option_count = OPTIONS,
        .kinds = kinds,
        .kind_count = KINDS,
        .columns = columns,
        .column_count = rfm->options.has_products ? COLUMNS : PRODUCTS,
        .fact_count = FACTS,
    };
}

/* ---- writing ---- */

/* Pairs by owner. */
struct sorted {
    size_t *begin; /* of each owner, and the end of the last; owned, as is the other */
    struct rfm_pair *pairs;
};

static void sorted_free(struct sorted *sorted)
{
    free(sorted->begin);
    free(sorted->pairs);
}

static int sort_pairs(struct sorted *sorted, const struct rfm_pairs *pairs, size_t owners)
{
    sorted->begin = calloc(owners + 2, sizeof *sorted->begin);
    sorted->pairs = memory_large(pairs->count + 1, sizeof *sorted->pairs);
    if (!sorted->begin || !sorted->pairs)
        return -1;
    size_t *next = sorted->begin + 1; /* counted one place further, so that placing makes of beginnings the next ones */
    for (size_t i = 0; i < pairs->slot_count; i++)
        if (pairs->slots[i].owner != UINT32_MAX)
            next[pairs->slots[i].owner + 1]++;
    for (size_t i = 0; i < owners; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < pairs->slot_count; i++)
        if (pairs->slots[i].owner != UINT32_MAX)
            sorted->pairs[next[pairs->slots[i].owner]++] = pairs->slots[i];
    return 0;
}

static char *put_hex(char *out, uint64_t number, int digits)
{
    static const char hex[] = "0123456789abcdef";

    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        *out++ = hex[number >> shift & 15];
    return out;
}

/* Ids of an owner from the *at-th pair on, as many as a list takes. */
static int list_ids(struct buffer *list, const struct sorted *sorted, size_t owner, size_t *at, struct error *err)
{
    size_t left = sorted->begin[owner + 1] - *at;
    size_t count = left < IDS ? left : IDS;

    buffer_clear(list);
    if (buffer_reserve(list, count * ID_DIGITS + 1))
        return error_memory(err);
    char *out = list->data;
    for (size_t i = 0; i < count; i++, (*at)++) {
        out = put_hex(out, sorted->pairs[*at].high, 8);
        out = put_hex(out, sorted->pairs[*at].low, 16);
    }
    list->len = count * ID_DIGITS;
    return 0;
}

struct writing {
    const struct rfm *rfm;
    struct partial_writer writer;
    struct sorted orders, products;
    struct buffer order_list, product_list;
};

static int write_customer(struct writing *writing, size_t index, struct error *err)
{
    const struct rfm *rfm = writing->rfm;
    const struct rfm_history *history = group_state(&rfm->customers, index);
    size_t order = writing->orders.begin[index], product = writing->products.begin[index];

    for (enum kind kind = KIND_CUSTOMER; kind == KIND_CUSTOMER || order < writing->orders.begin[index + 1] ||
                                         product < writing->products.begin[index + 1];
         kind = KIND_IDS) {
        struct row *row = partial_record(&writing->writer, kind);
        row_text(row, group_key(&rfm->customers, index));
        if (kind == KIND_CUSTOMER) {
            partial_decimal(row, history->units, rfm->scale);
            row_count(row, (uint64_t)history->frequency);
            row_day(row, history->first_day);
            row_day(row, history->last_day);
        } else {
            while (row->count < ORDER_IDS - CUSTOMER + 1)
                row_null(row);
        }
        if (list_ids(&writing->order_list, &writing->orders, index, &order, err) ||
            list_ids(&writing->product_list, &writing->products, index, &product, err))
            return -1;
        row_text(row, buffer_slice(&writing->order_list));
        if (kind == KIND_CUSTOMER)
            row_count(row, history->products);
        else
            row_null(row);
        row_text(row, buffer_slice(&writing->product_list));
        if (partial_put(&writing->writer, err))
            return -1;
    }
    return 0;
}

static int write_all(struct writing *writing, struct slice currency, const struct stream *stream, struct error *err)
{
    const struct rfm *rfm = writing->rfm;
    size_t count = rfm->customers.count;
    struct row *row = partial_begin(&writing->writer, stream);

    row_day(row, rfm->first_day);
    row_day(row, rfm->last_day);
    row_text(row, currency);
    if (partial_put(&writing->writer, err))
        return -1;
    if (sort_pairs(&writing->orders, &rfm->orders, count) || sort_pairs(&writing->products, &rfm->products, count))
        return error_memory(err);
    for (size_t i = 0; i < count; i++)
        if (write_customer(writing, i, err))
            return -1;
    return partial_finish(&writing->writer, err);
}

int rfm_partial_write(const struct rfm *rfm, const struct rfm_partial *partial, struct slice currency,
                      const struct stream *stream, struct output *output, struct error *err)
{
    struct writing writing = {.rfm = rfm};
    struct scheme scheme;

    make_scheme(&scheme, rfm, partial);
    int failed = partial_write_open(&writing.writer, &scheme.plan, output, partial->common, stream, err) ||
                 write_all(&writing, currency, stream, err);
    partial_writer_free(&writing.writer);
    sorted_free(&writing.orders);
    sorted_free(&writing.products);
    buffer_fini(&writing.order_list);
    buffer_fini(&writing.product_list);
    return failed ? -1 : 0;
}

/* ---- reading ---- */

enum { WAITING = 64 }; /* pairs whose look-ups wait side by side */

/* An id on its way into the state. */
struct arrival {
    struct rfm_history *history;
    struct rfm_pair pair;
    size_t column; /* ORDER_IDS or PRODUCT_IDS */
};

struct reading {
    struct rfm *rfm;
    struct partial_reader reader;
    char currency[PARTIAL_CURRENCY + 1]; /* of the parts so far, "" */
    struct rfm_history *history;         /* of the customer at hand; NULL: none */
    int64_t orders_left, products_left;  /* ids that it may still have */
    struct arrival waiting[WAITING];
    size_t waiting_count;
};

static int take_facts(struct reading *reading, struct error *err)
{
    struct rfm *rfm = reading->rfm;
    int32_t first, last;

    reading->history = NULL;
    if (partial_day(&reading->reader, FIRST_DAY, &first, err) || partial_day(&reading->reader, LAST_DAY, &last, err) ||
        partial_one_currency(&reading->reader, CURRENCY, reading->currency, err))
        return -1;
    if ((first == DAY_NONE) != (last == DAY_NONE) || first > last)
        return partial_refuse(&reading->reader, LAST_DAY, "not a day behind the first", err);
    if (first != DAY_NONE) {
        rfm_widen(&rfm->first_day, &rfm->last_day, first);
        rfm_widen(&rfm->first_day, &rfm->last_day, last);
    }
    return 0;
}

static bool take_hex(const char *text, int digits, uint64_t *number)
{
    *number = 0;
    for (int i = 0; i < digits; i++) {
        char c = text[i];
        int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (value < 0)
            return false;
        *number = *number << 4 | (uint64_t)value;
    }
    return true;
}

static struct rfm_pairs *pairs_of(struct rfm *rfm, size_t column)
{
    return column == ORDER_IDS ? &rfm->orders : &rfm->products;
}

/* Adds the ids that wait; those that were there are taken off the history, which has counted them again. */
static int add_waiting(struct reading *reading, struct error *err)
{
    for (size_t i = 0; i < reading->waiting_count; i++) {
        const struct arrival *arrival = &reading->waiting[i];
        int added = rfm_pairs_add(pairs_of(reading->rfm, arrival->column), arrival->pair);
        if (added < 0)
            return error_memory(err);
        arrival->history->frequency -= !added && arrival->column == ORDER_IDS;
        arrival->history->products -= !added && arrival->column == PRODUCT_IDS;
    }
    reading->waiting_count = 0;
    return 0;
}

static int take_ids(struct reading *reading, size_t column, struct error *err)
{
    struct slice text = partial_text(&reading->reader, column);
    int64_t *left = column == ORDER_IDS ? &reading->orders_left : &reading->products_left;
    int64_t count = (int64_t)(text.len / ID_DIGITS);

    if (text.len % ID_DIGITS)
        return partial_refuse(&reading->reader, column, "not ids of 24 digits", err);
    if (count > *left)
        return partial_refuse(&reading->reader, column, "more ids than were counted", err);
    *left -= count;
    for (; text.len; text.ptr += ID_DIGITS, text.len -= ID_DIGITS) {
        struct arrival *arrival = &reading->waiting[reading->waiting_count++];
        uint64_t high;
        *arrival = (struct arrival){.history = reading->history, .column = column};
        arrival->pair.owner = (uint32_t)group_index(reading->history);
        if (!take_hex(text.ptr, 8, &high) || !take_hex(text.ptr + 8, 16, &arrival->pair.low))
            return partial_refuse(&reading->reader, column, "not ids of 24 digits", err);
        arrival->pair.high = (uint32_t)high;
        rfm_pairs_prefetch(pairs_of(reading->rfm, column), arrival->pair);
        if (reading->waiting_count == WAITING && add_waiting(reading, err))
            return -1;
    }
    return 0;
}

static int take_all_ids(struct reading *reading, struct error *err)
{
    if (take_ids(reading, ORDER_IDS, err))
        return -1;
    return reading->rfm->options.has_products ? take_ids(reading, PRODUCT_IDS, err) : 0;
}

static int read_history(struct reading *reading, struct rfm_history *history, int *scale, struct error *err)
{
    struct partial_reader *reader = &reading->reader;
    struct decimal_sum sum;
    int64_t products = 0;

    if (partial_sum(reader, MONETARY, &sum, err) ||
        partial_integer(reader, FREQUENCY, 0, INT64_MAX, &history->frequency, err) ||
        partial_day(reader, FIRST, &history->first_day, err) || partial_day(reader, LAST, &history->last_day, err) ||
        (reading->rfm->options.has_products && partial_integer(reader, PRODUCTS, 0, UINT32_MAX, &products, err)))
        return -1;
    if (history->first_day == DAY_NONE || history->first_day > history->last_day)
        return partial_refuse(reader, LAST, "not a day behind the first", err);
    history->units = sum.units;
    history->products = (uint32_t)products;
    *scale = sum.scale;
    return 0;
}

static int take_customer(struct reading *reading, struct slice customer, struct error *err)
{
    struct rfm *rfm = reading->rfm;
    struct rfm_history history = {0};
    bool added;
    int scale = 0;

    if (read_history(reading, &history, &scale, err) || (scale > rfm->scale && rfm_raise_scale(rfm, scale, err)))
        return -1;
    reading->history = group_get(&rfm->customers, customer, &added);
    if (!reading->history)
        return error_memory(err);
    if (rfm_merge_history(reading->history, &history, added, scale, rfm->scale))
        return rfm_too_large(customer, err);
    reading->orders_left = history.frequency;
    reading->products_left = history.products;
    return take_all_ids(reading, err);
}

static int take_record(struct reading *reading, struct error *err)
{
    struct slice customer;

    if (partial_key(&reading->reader, CUSTOMER, &customer, err))
        return -1;
    if (reading->reader.kind == KIND_CUSTOMER)
        return take_customer(reading, customer, err);
    if (!reading->history || !slice_equal(group_key(&reading->rfm->customers, group_index(reading->history)), customer))
        return partial_refuse(&reading->reader, CUSTOMER, "not the customer of the record before", err);
    return take_all_ids(reading, err);
}

int rfm_partial_read(struct rfm *rfm, const struct rfm_partial *partial, struct stream *stream, enum format *to,
                     struct error *err)
{
    struct reading reading = {.rfm = rfm};
    struct scheme scheme;
    int more;

    make_scheme(&scheme, rfm, partial);
    more = partial_read_open(&reading.reader, &scheme.plan, stream, err) ? -1 : 1;
    while (more > 0 && (more = partial_next(&reading.reader, err)) > 0)
        if (reading.reader.kind == PARTIAL_BEGIN ? take_facts(&reading, err) : take_record(&reading, err))
            more = -1;
    if (more == 0)
        more = add_waiting(&reading, err);
    if (more == 0)
        more = partial_read_finish(&reading.reader, partial->common, to, err);
    partial_reader_free(&reading.reader);
    return more ? -1 : 0;
}
