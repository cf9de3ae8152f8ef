/* The random numbers of unit tests (random.h), drawn from the input of a fuzz target instead: what is tried is what it
 * says, and each part of it can be changed by itself. Behind its end all numbers are 0. To be included before the test.
 */
#ifndef CRM_TESTS_FUZZ_CHOICES_H
#define CRM_TESTS_FUZZ_CHOICES_H

#define CRM_TESTS_UNIT_RANDOM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static struct {
    const uint8_t *data;
    size_t left;
} choices;

static inline uint64_t next_random(uint64_t *state) /* NOLINT(readability-non-const-parameter): as in random.h */
{
    uint32_t number = 0;
    const size_t taken = choices.left < 3 ? choices.left : 3;

    (void)state;
    memcpy(&number, choices.data, taken);
    choices.data += taken;
    choices.left -= taken;
    return number;
}

#endif
