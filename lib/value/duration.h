/* Durations as people write them: "14d", "1h30m", "90s", "2w", "500ms". */
#ifndef CRM_VALUE_DURATION_H
#define CRM_VALUE_DURATION_H

#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

#define MICROSECONDS_PER_SECOND 1000000LL
#define MICROSECONDS_PER_DAY (86400 * MICROSECONDS_PER_SECOND)

/* 10,000 years of the Gregorian calendar. */
#define DURATION_MOST (3652425 * MICROSECONDS_PER_DAY)

/* Whole numbers, or decimals such as "1.5d", each with a unit, the larger units first, no unit twice: w, d, h, m (or
 * min), s, ms, in small letters. No blanks, no sign. A week is 7 days, a day 24 hours. The sum in microseconds, 0 ..
 * DURATION_MOST; what is finer than a microsecond is an error. -1: STATUS_USAGE, "not a duration such as 14d, 12h or
 * 1h30m: '14'" and what is wrong with it (a number without a unit, a month, a year are told to need one of these
 * units); *microseconds is unchanged. */
int duration_parse(struct slice text, int64_t *microseconds, struct error *err);

#endif
