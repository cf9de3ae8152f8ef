/* Platt's calibration: a logistic regression on one number. z is standardised first, so that the Hessian is well
 * conditioned whatever the scale of the model's log-odds is; the two parameters are taken back to z at the end. The
 * loss of a tie is rows * ln(1 + e^f) - target * f, with target the sum of what its leads should have. */
#include "analysis/train_calibrate_fit.h"

#include <math.h>

#define ITERATIONS 100
#define HALVINGS 33  /* to a step of 1e-10 */
#define HIDDEN 1e-12 /* part of the loss of a lead */
#define RIDGE 1e-12  /* keeps the Hessian invertible: sigma of Lin, Lin and Weng */

struct platt {
    const struct measure_ties *ties;
    double mean, deviation; /* of z */
    double high, low;       /* targets of yes and no */
};

struct slope {
    double a, b; /* by a and b */
    double aa, ab, bb;
};

static double standard(const struct platt *platt, const struct measure_tie *tie)
{
    return (tie->value - platt->mean) / platt->deviation;
}

static double target(const struct platt *platt, const struct measure_tie *tie)
{
    return (double)tie->yes * platt->high + (double)(tie->rows - tie->yes) * platt->low;
}

static void standardise(struct platt *platt)
{
    const struct measure_ties *ties = platt->ties;
    double rows = (double)ties->rows, squares = 0;

    platt->mean = 0;
    for (size_t i = 0; i < ties->count; i++)
        platt->mean += ties->items[i].value * ((double)ties->items[i].rows / rows);
    for (size_t i = 0; i < ties->count; i++) {
        double off = ties->items[i].value - platt->mean;

        squares += off * off * ((double)ties->items[i].rows / rows);
    }
    platt->deviation = ties->count > 1 && squares > 0 ? sqrt(squares) : 1;
}

static double loss(const struct platt *platt, double a, double b)
{
    double sum = 0;

    for (size_t i = 0; i < platt->ties->count; i++) {
        const struct measure_tie *tie = &platt->ties->items[i];
        double f = a * standard(platt, tie) + b;

        sum += (double)tie->rows * (fmax(f, 0) + log1p(exp(-fabs(f)))) - target(platt, tie) * f;
    }
    return sum;
}

static struct slope slope_at(const struct platt *platt, double a, double b)
{
    struct slope slope = {.aa = RIDGE, .bb = RIDGE};

    for (size_t i = 0; i < platt->ties->count; i++) {
        const struct measure_tie *tie = &platt->ties->items[i];
        double x = standard(platt, tie), p = 1 / (1 + exp(-(a * x + b)));
        double off = (double)tie->rows * p - target(platt, tie), curve = (double)tie->rows * p * (1 - p);

        slope.a += off * x;
        slope.b += off;
        slope.aa += curve * x * x;
        slope.ab += curve * x;
        slope.bb += curve;
    }
    return slope;
}

/* One step of Newton's method, halved until the loss falls by enough. false: the end is reached, since it does not, or
 * since so little is to be gained that the sum's rounding would hide it: then the step is taken unseen. */
static bool step(const struct platt *platt, double *a, double *b, double *at)
{
    struct slope slope = slope_at(platt, *a, *b);
    double determinant = slope.aa * slope.bb - slope.ab * slope.ab;
    double by_a = -(slope.bb * slope.a - slope.ab * slope.b) / determinant;
    double by_b = -(slope.aa * slope.b - slope.ab * slope.a) / determinant;
    double fall = slope.a * by_a + slope.b * by_b, share = 1;

    if (-fall < HIDDEN * (double)platt->ties->rows) {
        *a += by_a;
        *b += by_b;
        return false;
    }
    for (int halvings = 0; halvings <= HALVINGS; halvings++) {
        double next = loss(platt, *a + share * by_a, *b + share * by_b);

        if (next < *at + 1e-4 * share * fall) {
            *a += share * by_a;
            *b += share * by_b;
            *at = next;
            return true;
        }
        share /= 2;
    }
    return false;
}

void calibrate_platt_fit(const struct measure_ties *ties, struct model_calibration *calibration)
{
    double yes = (double)ties->yes, no = (double)(ties->rows - ties->yes);
    struct platt platt = {.ties = ties, .high = (yes + 1) / (yes + 2), .low = 1 / (no + 2)};
    double a = 0, b = log((yes + 1) / (no + 1));

    standardise(&platt);
    double at = loss(&platt, a, b);
    for (int i = 0; i < ITERATIONS && step(&platt, &a, &b, &at);)
        i++;
    *calibration = (struct model_calibration){
        .kind = CALIBRATE_PLATT, .a = a / platt.deviation, .b = b - a * (platt.mean / platt.deviation)};
}
