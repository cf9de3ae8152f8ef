/* Isotonic calibration: ties are put on a stack one by one, and the top two blocks are joined as long as the upper one
 * has not the larger share of yes. Then the ends are drawn away from 0 and 1, which may call for another join or two,
 * and where there are too many blocks, neighbours are joined until each has its part of the leads. */
#include "analysis/train_calibrate_fit.h"

#include <math.h>
#include <stdlib.h>

#define POINTS 200

struct block {
    double rows, yes;
    double sum;       /* of z times rows */
    double low, high; /* the least and the greatest z */
};

static void join(struct block *lower, const struct block *upper)
{
    lower->rows += upper->rows;
    lower->yes += upper->yes;
    lower->sum += upper->sum;
    lower->high = upper->high;
}

/* Whether the upper block's share is not the larger one: exact for counts of up to 9e7. */
static bool violates(const struct block *lower, const struct block *upper)
{
    return upper->yes * lower->rows <= lower->yes * upper->rows;
}

static size_t pool(struct block *blocks, const struct measure_ties *ties)
{
    size_t count = 0;

    for (size_t i = 0; i < ties->count; i++) {
        const struct measure_tie *tie = &ties->items[i];

        blocks[count++] =
            (struct block){(double)tie->rows, (double)tie->yes, tie->value * (double)tie->rows, tie->value, tie->value};
        while (count > 1 && violates(&blocks[count - 2], &blocks[count - 1])) {
            join(&blocks[count - 2], &blocks[count - 1]);
            count--;
        }
    }
    return count;
}

static size_t thin(struct block *blocks, size_t count, double rows)
{
    size_t kept = 0;

    if (count <= POINTS)
        return count;
    for (size_t i = 0; i < count; i++)
        if (kept && blocks[kept - 1].rows < rows / POINTS)
            join(&blocks[kept - 1], &blocks[i]);
        else
            blocks[kept++] = blocks[i];
    return kept;
}

static double share_of(const struct block *block, bool end)
{
    return end ? (block->yes + 0.5) / (block->rows + 1) : block->yes / block->rows;
}

/* Joins what the ends, drawn to the middle, are no longer apart from. *first: of the blocks that are left. */
static size_t settle_ends(struct block *blocks, size_t count, size_t *first)
{
    size_t start = 0;

    while (count - start > 1 && share_of(&blocks[start], true) >= share_of(&blocks[start + 1], count - start == 2)) {
        struct block lower = blocks[start];

        join(&lower, &blocks[start + 1]);
        blocks[++start] = lower;
    }
    while (count - start > 1 &&
           share_of(&blocks[count - 1], true) <= share_of(&blocks[count - 2], count - start == 2)) {
        join(&blocks[count - 2], &blocks[count - 1]);
        count--;
    }
    *first = start;
    return count - start;
}

static int put_points(const struct block *blocks, size_t count, struct arena *arena,
                      struct model_calibration *calibration, struct error *err)
{
    double *z = arena_alloc(arena, count * sizeof *z), *p = arena_alloc(arena, count * sizeof *p);

    if (!z || !p)
        return error_memory(err);
    for (size_t i = 0; i < count; i++) {
        z[i] = fmin(fmax(blocks[i].sum / blocks[i].rows, blocks[i].low), blocks[i].high);
        p[i] = share_of(&blocks[i], i == 0 || i == count - 1);
    }
    *calibration = (struct model_calibration){.kind = CALIBRATE_ISOTONIC, .z = z, .p = p, .count = count};
    return 0;
}

int calibrate_isotonic_fit(const struct measure_ties *ties, struct arena *arena, struct model_calibration *calibration,
                           struct error *err)
{
    struct block *blocks = reallocarray(NULL, ties->count, sizeof *blocks);
    size_t first;

    if (!blocks)
        return error_memory(err);
    size_t count = settle_ends(blocks, thin(blocks, pool(blocks, ties), (double)ties->rows), &first);
    int failed = put_points(blocks + first, count, arena, calibration, err);
    free(blocks);
    return failed;
}
