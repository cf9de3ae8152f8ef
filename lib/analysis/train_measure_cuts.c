/* Cut-offs for grades. Both ends are found in one walk from the best lead down, between different values only, since a
 * cut cannot part leads of equal probability: A's is the last place where what was passed is good enough as a whole,
 * B's is where what was passed is furthest ahead of chance. */
#include "analysis/train_measure.h"

#include <math.h>

#include "analysis/train_measure_ties.h"
#include "value/decimal.h"

/* How far down from the best the grades go: numbers of ties, 0: none. */
struct reach {
    size_t a, b;
};

static struct reach find_reach(const struct measure_ties *ties)
{
    double base = (double)ties->yes / (double)ties->rows;
    double wanted = fmin(3 * base, 1 - (1 - base) / 3) * (1 - 1e-12);
    struct reach reach = {0, 0};
    size_t rows = 0, yes = 0;
    int128 best = 0;

    for (size_t taken = 1; taken <= ties->count; taken++) {
        const struct measure_tie *tie = &ties->items[ties->count - taken];

        rows += tie->rows;
        yes += tie->yes;
        if (rows <= ties->rows / 10 && rows >= ties->rows / 50 + (ties->rows % 50 > 0) &&
            (double)yes / (double)rows >= wanted)
            reach.a = taken;
        int128 ahead = (int128)yes * (int128)ties->rows - (int128)ties->yes * (int128)rows;
        if (ahead > 0 && ahead >= best) {
            best = ahead;
            reach.b = taken;
        }
    }
    return reach;
}

/* The number with the fewest decimals that is above the best that is out and not above the last that is in. */
static double cut_behind(const struct measure_ties *ties, size_t taken)
{
    double in = ties->items[ties->count - taken].value;
    double out = ties->items[ties->count - taken - 1].value; /* neither part has all */
    double scale = 1;

    for (int decimals = 0; decimals <= 15; decimals++) {
        double cut = floor(in * scale) / scale;

        if (cut > out && cut <= in)
            return cut;
        scale *= 10;
    }
    return in;
}

int measure_cuts(const double *p, const uint8_t *outcome, size_t rows, double cut[3], struct error *err)
{
    struct measure_ties ties;

    if (measure_ties_make(&ties, p, outcome, NULL, 0, rows, (double)-INFINITY, (double)INFINITY, err))
        return -1;
    cut[0] = cut[1] = ties.count && ties.items[ties.count - 1].value >= 1 ? (double)INFINITY : 1;
    cut[2] = 0;
    if (ties.rows) {
        struct reach reach = find_reach(&ties);

        if (reach.a)
            cut[0] = cut[1] = cut_behind(&ties, reach.a);
        if (reach.b > reach.a)
            cut[1] = cut_behind(&ties, reach.b);
    }
    measure_ties_fini(&ties);
    return 0;
}
