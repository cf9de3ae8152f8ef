/* Exchange rates: amounts of several currencies brought to one.
 *
 * A rates file has a record per currency (CSV or JSON Lines) with the columns `currency` and `rate`, the units of the
 * target currency that one unit of it is worth. Rates are exact decimals. */
#ifndef CRM_STREAM_RATES_H
#define CRM_STREAM_RATES_H

#include "base/error.h"
#include "base/group.h"
#include "stream/stream.h"
#include "value/decimal.h"

struct rates {
    struct group_table table; /* from a currency to its struct decimal */
};

void rates_init(struct rates *rates);
void rates_fini(struct rates *rates);

/* Reads the file; target is worth 1 of itself. -1: STATUS_DATA, a record without a currency or a positive rate, or a
 * currency twice. */
int rates_read(struct rates *rates, const char *path, struct slice target, struct error *err);

enum rates_result { RATES_CONVERTED, RATES_UNKNOWN, RATES_TOO_LARGE };

/* amount x rate, rounded half away from zero to the decimals the amount has, but at least two. */
enum rates_result rates_convert(const struct rates *rates, struct slice currency, struct decimal *amount);

/* Amounts of different currencies have no sum: a column of them is converted, or holds one currency only. */
struct rates_column {
    size_t amount, currency;   /* columns of the stream; currency may be COLUMN_ABSENT */
    const struct rates *rates; /* brings all amounts to one currency; NULL: there must be one only */
    char first[16];            /* the first currency seen; a record of another is bad, unless there are rates */
    size_t first_len;
};

/* Converts the amount of a record, or compares its currency with that of the records before. An empty currency is that
 * of the others; with rates it has none. 0: good; 1: the record was set aside; -1: stop. */
int rates_one_currency(struct rates_column *column, struct stream *stream, const struct record *record,
                       struct decimal *amount, struct error *err);

#endif
