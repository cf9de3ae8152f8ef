/* Random numbers for tests, the same in each run. */
#ifndef CRM_TESTS_UNIT_RANDOM_H
#define CRM_TESTS_UNIT_RANDOM_H

#include <stdint.h>

/* 64 bits; the state is never 0. G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003). */
static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#endif
