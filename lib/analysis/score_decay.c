/* Decay of points. Marketing programs take a share away in steps, each month a quarter of what is left (HubSpot) or of
 * what was there at first; half-life is the continuous form. Powers of two of whole numbers are exact, so that points
 * halve exactly at each half-life; the power of a step is worked out by multiplying alone, so that it is the same
 * everywhere. */
#include <math.h>

#include "analysis/score.h"

static double power(double base, int32_t exponent)
{
    double result = 1;

    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2)
            result *= base;
        base *= base;
    }
    return result;
}

double score_decay_of(const struct score_decay *decay, double points, int32_t age)
{
    if (decay->step_days > 0) {
        int32_t steps = age / decay->step_days;
        if (decay->linear)
            points *= fmax(0, 1 - decay->step_share * steps);
        else
            points *= power(1 - decay->step_share, steps);
    }
    if (decay->half_life > 0)
        points *= exp2(-age / decay->half_life);
    return points;
}
