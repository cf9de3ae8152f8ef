/* Exchange rates: amounts of several currencies brought to one.
 *
 * A rates file has a record per currency (CSV or JSON Lines) with the columns `currency` and `rate`, the units of the
 * target currency that one unit of it is worth. Rates are exact decimals. */
#ifndef CRM_STREAM_RATES_H
#define CRM_STREAM_RATES_H

#include "base/error.h"
#include "base/group.h"
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

#endif
