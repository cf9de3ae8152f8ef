/* The arguments of RFM's options. */
#include "analysis/rfm_options.h"

#include <string.h>

#include "analysis/rfm_score.h"
#include "base/options.h"

int option_rfm_bins(void *target, const char *argument, struct error *err)
{
    if (strlen(argument) != 1 || argument[0] < '1' || argument[0] > '9')
        return error_set(err, STATUS_USAGE, "'%s' is not a number of bins from 1 to 9", argument);
    *(int *)target = argument[0] - '0';
    return 0;
}

int option_rfm_all_bins(void *target, const char *argument, struct error *err)
{
    int *bins = target;

    if (option_rfm_bins(bins, argument, err))
        return -1;
    bins[RFM_FREQUENCY] = bins[RFM_MONETARY] = bins[RFM_RECENCY];
    return 0;
}

int option_rfm_method(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"quantile", "r", "rank", "nested", "kmeans", NULL};
    int choice = option_choice(argument, words, err);

    *(enum rfm_method *)target = (enum rfm_method)choice;
    return choice < 0 ? -1 : 0;
}

int option_rfm_ties(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, rfm_ties_words + 1, err); /* all but "default" */

    *(enum rfm_ties *)target = (enum rfm_ties)(choice + 1);
    return choice < 0 ? -1 : 0;
}

int option_rfm_returns(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, rfm_returns_words, err);

    *(enum rfm_returns *)target = (enum rfm_returns)choice;
    return choice < 0 ? -1 : 0;
}

/* "frequency=2..", "monetary=100..500" */
int option_rfm_only(void *target, const char *argument, struct error *err)
{
    struct rfm_range *ranges = target;
    const char *equals = strchr(argument, '=');
    const char *dots = equals ? strstr(equals, "..") : NULL;

    for (int d = 0; dots && d < RFM_DIMENSIONS; d++) {
        struct slice low = {equals + 1, (size_t)(dots - equals - 1)};
        struct slice high = slice_from_cstr(dots + 2);
        struct rfm_range range = {.has_low = low.len > 0, .has_high = high.len > 0};
        if (!slice_equal_cstr((struct slice){argument, (size_t)(equals - argument)}, rfm_dimension_names[d]))
            continue;
        if ((range.has_low && decimal_parse(low, &range.low) != DECIMAL_OK) ||
            (range.has_high && decimal_parse(high, &range.high) != DECIMAL_OK))
            break;
        const struct rfm_range upper = {.has_high = range.has_high, .high = range.high};
        if (range.has_low && !rfm_range_holds(&upper, range.low.units, range.low.scale))
            return error_set(err, STATUS_USAGE, "'%s': the range is empty: its first number is the larger", argument);
        ranges[d] = range;
        return 0;
    }
    return error_set(err, STATUS_USAGE, "'%s' is not recency_days=LOW..HIGH, frequency=LOW..HIGH or monetary=LOW..HIGH",
                     argument);
}
