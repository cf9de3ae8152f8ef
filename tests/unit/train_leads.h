/* Leads for tests of measures and calibration, the same in every run and in Python, where the expectations come from:
 *
 *     def u(): global x; x = (x * 6364136223846793005 + 1442695040888963407) % 2**64; return (x >> 11) * 2.0**-53
 */
#ifndef CRM_TESTS_TRAIN_LEADS_H
#define CRM_TESTS_TRAIN_LEADS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

struct leads {
    double *value;
    uint8_t *outcome, *part;
    size_t rows;
};

static inline double leads_uniform(uint64_t *random)
{
    *random = *random * 6364136223846793005 + 1442695040888963407;
    return (double)(*random >> 11) * 0x1p-53;
}

static inline void leads_make(struct leads *leads, size_t rows)
{
    leads->rows = rows;
    leads->value = malloc(rows * sizeof *leads->value);
    leads->outcome = malloc(rows);
    leads->part = malloc(rows);
    assert_true(leads->value && leads->outcome && leads->part);
    for (size_t i = 0; i < rows; i++)
        leads->part[i] = (uint8_t)(i % 5);
}

static inline void leads_free(struct leads *leads)
{
    free(leads->value);
    free(leads->outcome);
    free(leads->part);
}

static inline void leads_reverse(struct leads *leads)
{
    for (size_t i = 0, k = leads->rows - 1; i < k; i++, k--) {
        double value = leads->value[i];
        uint8_t outcome = leads->outcome[i];

        leads->value[i] = leads->value[k];
        leads->value[k] = value;
        leads->outcome[i] = leads->outcome[k];
        leads->outcome[k] = outcome;
    }
}

static inline void assert_near_at(double value, double expected, double within, const char *what, int line)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("line %d: %s is %.17g, not %.17g", line, what, value, expected);
}
#define assert_near(value, expected, within) assert_near_at(value, expected, within, #value, __LINE__)

#endif
