/* Chances that are known before: shares of every kind, none of them impossible, and equal values the rarer the more
 * they tell. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/link_prior.h"

static void every_kind_has_shares(void **state)
{
    (void)state;
    for (int kind = 0; kind < LINK_KINDS; kind++) {
        double levels[LINK_LEVELS], sum = 0;
        size_t count = link_kind_levels((enum link_kind)kind);

        link_prior_chance((enum link_kind)kind, levels);
        for (size_t l = 1; l < LINK_LEVELS; l++) {
            assert_true(l < count ? levels[l] > 0 && levels[l] < 1 : levels[l] == 0);
            sum += levels[l];
        }
        assert_true(fabs(sum - 1) < 1e-12);
        assert_true(levels[0] == 0);
        assert_true(levels[LINK_ELSE] >= 0.5);
    }
}

static double exact(enum link_kind kind)
{
    double levels[LINK_LEVELS];

    link_prior_chance(kind, levels);
    return levels[link_kind_levels(kind) - 1];
}

static void what_tells_more_agrees_less_by_chance(void **state)
{
    (void)state;
    assert_true(exact(LINK_EMAIL) < exact(LINK_DATE));
    assert_true(exact(LINK_DATE) < exact(LINK_LAST_NAME));
    assert_true(exact(LINK_LAST_NAME) < exact(LINK_FIRST_NAME));
    assert_true(exact(LINK_FIRST_NAME) < exact(LINK_COUNTRY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_shares),
        cmocka_unit_test(what_tells_more_agrees_less_by_chance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
