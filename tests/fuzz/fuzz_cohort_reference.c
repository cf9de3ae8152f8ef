/* Cohorts of short logs against the slow reference that the unit test holds them to (cohort_reference.h): rules and
 * logs are made of the input, the comparisons are those of the test. Of the state: in one part, in two that are merged,
 * or in little memory.
 *
 * The first byte chooses the measure; the rest are the choices (choices.h). */
#include <stdlib.h>

#include "choices.h"

int unit_main(void);
#define main unit_main
#include "../unit/test_cohort_reference.c" /* NOLINT(bugprone-suspicious-include) */
#undef main

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t seed = 1;

    if (size < 2)
        return 0;
    setenv("CMOCKA_TEST_ABORT", "1", 1); /* there is no test to leave */
    choices.data = data + 1;
    choices.left = size - 1;
#ifndef __clang_analyzer__ /* which has seen the test by itself */
    check(&seed, (enum cohort_measure)(data[0] % 10));
#endif
    return 0;
}
