/* Tallies: the different values of a column in one cluster, with their votes, in the order in which they were added. */
#ifndef CRM_ANALYSIS_SURVIVOR_TALLY_H
#define CRM_ANALYSIS_SURVIVOR_TALLY_H

#include <stdint.h>

#include "base/slice.h"

enum tally_equality {
    TALLY_FOLDED, /* equal but for case (Unicode simple lower case), and blanks at both ends */
    TALLY_EXACT,  /* byte for byte, but for blanks at both ends: keys, in which case may tell */
    TALLY_DIGITS, /* folded, and blanks - ( ) . / within do not count: telephone numbers */
};

struct tally_value {
    struct slice text; /* as it was added first, without blanks at both ends; borrowed */
    double votes;
    size_t position; /* that it was first added with */
};

/* All zero is an empty one. */
struct tally {
    struct tally_value *values; /* owned */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* owned: 1 + index by hash, or 0; used from TALLY_FEW values on */
    size_t slot_capacity;
    size_t slot_count; /* a power of two, or 0 */
    enum tally_equality equality;
};

void tally_fini(struct tally *tally);
void tally_begin(struct tally *tally, enum tally_equality equality);

/* Adds votes for the text. 0 with *index the value's number, or -1 out of memory. */
int tally_add(struct tally *tally, struct slice text, double votes, size_t position, size_t *index);

/* The number of the value; SIZE_MAX when it is not there. */
size_t tally_find(const struct tally *tally, struct slice text);

/* Without blanks and control characters at both ends. */
struct slice tally_trim(struct slice text);
bool tally_equal(enum tally_equality equality, struct slice a, struct slice b);

#endif
