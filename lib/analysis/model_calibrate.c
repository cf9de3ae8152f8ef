/* What becomes of a model's log-odds: a probability, and of that a grade. */
#include "analysis/model.h"

#include <math.h>

#define CLOSEST 1e-15 /* to 0 and to 1 */

static double logistic(double z)
{
    return fmin(fmax(1 / (1 + exp(-z)), CLOSEST), 1 - CLOSEST);
}

/* The point before which z lies is looked for by halves. */
static double between_points(const struct model_calibration *calibration, double z)
{
    const double *at = calibration->z, *p = calibration->p;
    size_t low = 0, high = calibration->count - 1;

    if (z <= at[low])
        return p[low];
    if (z >= at[high])
        return p[high];
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (at[middle] <= z)
            low = middle;
        else
            high = middle;
    }
    return p[low] + (p[high] - p[low]) * ((z - at[low]) / (at[high] - at[low]));
}

double model_calibrate(const struct model_calibration *calibration, double z)
{
    switch (calibration->kind) {
    case CALIBRATE_PLATT:
        return logistic(calibration->a * z + calibration->b);
    case CALIBRATE_ISOTONIC:
        return between_points(calibration, z);
    default:
        return logistic(z);
    }
}

struct slice model_grade(const struct model *model, double p)
{
    for (size_t i = 0; i < model->cut_count; i++)
        if (p >= model->cuts[i].from)
            return model->cuts[i].grade;
    return (struct slice){0};
}
