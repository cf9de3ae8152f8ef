/* Funnels of random short logs against the slow reference that the unit test holds them to (funnel_reference.h): every
 * chain of a log is enumerated. Rules and logs are made of the input, the comparisons are those of the test.
 *
 * The first byte chooses the kind of funnel, the second anchor, reuse, breaks and passes; the rest are the choices
 * (choices.h). */
#include <stdlib.h>

#include "choices.h"

int unit_main(void);
#define main unit_main
#include "../unit/test_funnel_reference.c" /* NOLINT(bugprone-suspicious-include) */
#undef main

enum { LOGS = 20 };

static void compare_log(const struct funnel_rules *rules, const struct log *log, struct funnel_scratch *scratch,
                        bool passes)
{
#ifndef __clang_analyzer__ /* which has seen the test by itself */
    struct seen seen = {0};

    compare_follow(rules, log, scratch, &seen);
    if (passes)
        compare_passes(rules, log, scratch, &seen);
#endif
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct funnel_rules kinds[] = {
        {.order = FUNNEL_ORDERED}, {.order = FUNNEL_STRICT},
        {.order = FUNNEL_ANY},     {.order = FUNNEL_PRESENT},
        {.credit = true},          {.order = FUNNEL_PRESENT, .credit = true},
        {.follow_back = true},     {.follow_back = true, .credit = true},
    };
    struct funnel_scratch scratch = {0};
    uint64_t seed = 1;

    if (size < 3)
        return 0;
    choices.data = data + 2;
    choices.left = size - 2;
    setenv("CMOCKA_TEST_ABORT", "1", 1); /* there is no test to leave */
    struct funnel_rules rules = kinds[data[0] % 8];
    const bool breaks = data[1] & 4, present = rules.order == FUNNEL_PRESENT, chain = !present && !rules.credit;
    rules.anchor = data[1] & 1 && !present ? FUNNEL_FIRST : FUNNEL_LAST;
    rules.reuse = data[1] & 2 && chain && !rules.follow_back;
    rules.drop = data[1] & 8 && breaks && rules.order != FUNNEL_ANY && (chain || rules.follow_back);
    for (int i = 0; i < LOGS && choices.left; i++) {
        rules.steps = 1 + below(&seed, 5);
        rules.optional = random_optional(&seed, rules.steps);
        random_limits(&seed, &rules);
        struct log log = random_log(&seed, rules.steps, chance(&seed, 2), breaks);
        compare_log(&rules, &log, &scratch, data[1] & 16 && !present);
    }
    funnel_scratch_fini(&scratch);
    return 0;
}
