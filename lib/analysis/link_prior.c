/* Chances of agreement, as they are in lists of a hundred thousand contacts of several countries. */
#include "analysis/link_prior.h"

#include <string.h>

/* Of the levels above "else", which has the rest. */
static const double chances[LINK_KINDS][LINK_LEVELS - 2] = {
    [LINK_FIRST_NAME] = {4e-3, 4e-3, 3e-3, 1e-3, 1e-6, 4e-3},
    [LINK_LAST_NAME] = {1e-4, 6e-3, 2e-4, 2e-4, 1e-6, 1e-3},
    [LINK_FULL_NAME] = {4e-3, 6e-4, 1e-4, 2e-5, 1e-5},
    [LINK_EMAIL] = {1e-2, 4e-4, 2e-6, 1e-6, 1e-6},
    [LINK_PHONE] = {1e-6, 1e-5, 1e-5},
    [LINK_DATE] = {1.5e-2, 1e-4, 3e-3, 1e-3, 5e-5},
    [LINK_POSTAL_CODE] = {2e-3, 1e-3, 5e-4},
    [LINK_STREET] = {1e-2, 5e-4, 2e-5, 1e-5, 5e-5},
    [LINK_PLACE] = {9e-3, 5e-4, 1e-2},
    [LINK_COMPANY] = {2e-3, 1e-3, 1e-4, 1e-4, 5e-4},
    [LINK_ORGANISATION] = {2e-3, 1e-3, 1e-4, 2e-5, 2e-5},
    [LINK_DOMAIN] = {1e-5, 5e-4},
    [LINK_IDENTIFIER] = {1e-5, 1e-6},
    [LINK_NUMBER] = {0.1, 2e-2, 2e-2},
    [LINK_COUNTRY] = {0.3},
    [LINK_CATEGORY] = {0.3},
    [LINK_TEXT] = {2e-2, 4e-3, 2e-4, 1e-4, 1e-3},
};

void link_prior_chance(enum link_kind kind, double levels[LINK_LEVELS])
{
    size_t count = link_kind_levels(kind);

    memset(levels, 0, LINK_LEVELS * sizeof *levels);
    levels[LINK_ELSE] = 1;
    for (size_t l = LINK_ELSE + 1; l < count; l++) {
        levels[l] = chances[kind][l - LINK_ELSE - 1];
        levels[LINK_ELSE] -= levels[l];
    }
}
