/* The profile of a column: how full it is, how many different values it has, which, and from where to where they go.
 *
 * Profiles of parts of the data are made apart and merged; the result does not depend on the division. Different values
 * are counted exactly up to COLUMN_VALUES, beyond by HyperLogLog (P. Flajolet, E. Fusy, O. Gandouet, F. Meunier,
 * "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", 2007) with 2^12 registers: standard
 * error 1.04 / sqrt(4096) = 1.6 %. */
#ifndef CRM_ANALYSIS_COLUMN_PROFILE_H
#define CRM_ANALYSIS_COLUMN_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/group.h"
#include "stream/field.h"
#include "value/decimal.h"
#include "value/vocabulary.h"

#define COLUMN_VALUES 1000
#define COLUMN_REGISTERS 4096

struct column_profile {
    enum value_kind kind;
    uint64_t records;
    uint64_t filled;
    struct group_table values; /* value -> uint64_t, as long as there are at most COLUMN_VALUES */
    bool many;                 /* there are more; values is empty */
    uint8_t registers[COLUMN_REGISTERS];
    struct buffer least, greatest; /* of dates as text, of numbers by value; empty: none */
    size_t longest;                /* bytes */
};

int column_profile_new(struct column_profile **profile, enum value_kind kind, struct error *err);
void column_profile_free(struct column_profile *profile);

/* 0, or -1 out of memory. */
int column_profile_add(struct column_profile *profile, const struct field *field);
int column_profile_merge(struct column_profile *to, const struct column_profile *from);

/* How many different values: *exact says whether it was counted. */
uint64_t column_profile_distinct(const struct column_profile *profile, bool *exact);

/* The most frequent values, at most `room`, the more frequent first, on a tie by the bytes; none when there are many
 * different ones. Borrowed. */
struct column_value {
    struct slice text;
    uint64_t count;
};
size_t column_profile_values(const struct column_profile *profile, struct column_value *values, size_t room);

#endif
