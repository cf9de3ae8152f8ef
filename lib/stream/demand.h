/* What a role demands of a field: key, amount, date. A value that is not what it must be goes by the policy of the
 * stream (stream_reject()), with a cure in the message where there is a likely one. */
#ifndef CRM_STREAM_DEMAND_H
#define CRM_STREAM_DEMAND_H

#include "stream/stream.h"
#include "value/decimal.h"

/* These give 0: good; 1: the record was set aside; -1: stop. */

/* Refuses a field: "WHAT: 'text'", or "empty" if it is. */
int demand_refuse(struct stream *stream, const struct record *record, size_t column, const char *what,
                  struct error *err);

/* The same of a date, with what may read it; format: that of the reader, or NULL. */
int demand_refuse_date(struct stream *stream, const struct record *record, size_t column, const char *format,
                       struct error *err);

/* Who a record is about, UTF-8 and not empty: "empty: the row has no customer". */
int demand_key(struct stream *stream, const struct record *record, size_t column, const char *missing,
               struct slice *key, struct error *err);

int demand_decimal(struct stream *stream, const struct record *record, size_t column, struct decimal *value,
                   struct error *err);

/* A day, or a moment and the day it belongs to in the reader's zone. */
int demand_day(struct stream *stream, const struct record *record, size_t column, struct date_reader *dates,
               int32_t *day, struct error *err);
int demand_moment(struct stream *stream, const struct record *record, size_t column, struct date_reader *dates,
                  struct moment *moment, int32_t *day, struct error *err);

#endif
