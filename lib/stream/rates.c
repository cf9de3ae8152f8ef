/* Exchange rates: read once, then one look-up and one exact product per amount. */
#include "stream/rates.h"

#include <string.h>

void rates_init(struct rates *rates)
{
    group_init(&rates->table, sizeof(struct decimal));
}

void rates_fini(struct rates *rates)
{
    group_fini(&rates->table);
}

static int add_rate(struct rates *rates, struct slice currency, struct decimal rate, bool *added, struct error *err)
{
    struct decimal *kept = group_get(&rates->table, currency, added);

    if (!kept)
        return error_memory(err);
    if (*added)
        *kept = rate;
    return 0;
}

static int read_record(struct rates *rates, struct stream *stream, const struct record *record, size_t currency,
                       size_t rate, struct slice target, struct error *err)
{
    struct slice name = record->fields[currency].text;
    struct slice text = record->fields[rate].text;
    struct decimal value;
    struct quote q;
    bool added;

    if (name.len == 0)
        return stream_reject(stream, record, currency, err, "empty");
    if (decimal_parse(text, &value) != DECIMAL_OK || value.units <= 0)
        return stream_reject(stream, record, rate, err, "not a rate above 0: '%s'", quote(&q, text));
    if (slice_equal(name, target)) {
        if ((int128)value.units == power_of_ten(value.scale))
            return 0;
        return stream_reject(stream, record, rate, err, "the rate of the target currency must be 1: '%s'",
                             quote(&q, text));
    }
    if (add_rate(rates, name, value, &added, err))
        return -1;
    return added ? 0 : stream_reject(stream, record, currency, err, "'%s' is there twice", quote(&q, name));
}

int rates_read(struct rates *rates, const char *path, struct slice target, struct error *err)
{
    struct stream *stream;
    struct record record;
    size_t currency;
    size_t rate;
    bool added;
    int more;

    if (add_rate(rates, target, (struct decimal){1, 0}, &added, err) || stream_open_file(&stream, path, err))
        return -1;
    more = stream_role(stream, NULL, NULL, "currency", true, &currency, err) ||
                   stream_role(stream, NULL, NULL, "rate", true, &rate, err)
               ? -1
               : 1;
    while (more > 0 && (more = stream_next(stream, &record, err)) > 0)
        if (read_record(rates, stream, &record, currency, rate, target, err))
            more = -1;
    stream_free(stream);
    return more;
}

enum rates_result rates_convert(const struct rates *rates, struct slice currency, struct decimal *amount)
{
    const struct decimal *rate = group_find(&rates->table, currency);
    int scale = amount->scale < 2 ? 2 : amount->scale;

    if (!rate)
        return RATES_UNKNOWN;
    int128 units = (int128)amount->units * rate->units; /* below 2^126 */
    int surplus = amount->scale + rate->scale - scale;
    if (surplus > 0)
        units = int128_divide_round(units, power_of_ten(surplus));
    else
        scale += surplus;
    if (units > INT64_MAX || units < INT64_MIN)
        return RATES_TOO_LARGE;
    *amount = (struct decimal){(int64_t)units, scale};
    return RATES_CONVERTED;
}

static int refuse(struct stream *stream, const struct record *record, size_t column, const char *what,
                  struct error *err)
{
    struct slice text = record->fields[column].text;
    struct quote q;
    int stop = text.len ? stream_reject(stream, record, column, err, "%s: '%s'", what, quote(&q, text))
                        : stream_reject(stream, record, column, err, "empty");

    return stop ? -1 : 1;
}

static int convert(const struct rates_column *column, struct stream *stream, const struct record *record,
                   struct slice currency, struct decimal *amount, struct error *err)
{
    if (currency.len) {
        switch (rates_convert(column->rates, currency, amount)) {
        case RATES_CONVERTED:
            return 0;
        case RATES_TOO_LARGE:
            return refuse(stream, record, column->amount, "too large after conversion", err);
        case RATES_UNKNOWN:
            break;
        }
    }
    return refuse(stream, record, column->currency, "no rate for this currency", err);
}

int rates_one_currency(struct rates_column *column, struct stream *stream, const struct record *record,
                       struct decimal *amount, struct error *err)
{
    const struct slice seen = {column->first, column->first_len};
    struct quote q, first;

    if (column->currency == COLUMN_ABSENT)
        return 0;
    struct slice text = record->fields[column->currency].text;
    if (column->rates)
        return convert(column, stream, record, text, amount, err);
    if (text.len == 0 || slice_equal(text, seen))
        return 0;
    if (seen.len == 0 && text.len <= sizeof column->first) {
        memcpy(column->first, text.ptr, text.len);
        column->first_len = text.len;
        return 0;
    }
    if (seen.len == 0)
        return refuse(stream, record, column->currency, "not a currency", err);
    return stream_reject(stream, record, column->currency, err,
                         "'%s' after '%s': amounts of different currencies cannot be added; see --currency and --rates",
                         quote(&q, text), quote(&first, seen))
               ? -1
               : 1;
}
