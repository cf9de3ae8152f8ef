/* Values in order, equal ones together. A double's bits, with all turned when it is negative and the sign bit when it
 * is not, compare as whole numbers as the doubles do, so that the radix sort of exact integers serves here, too; what
 * belongs to the value is its outcome. */
#include "analysis/train_measure_ties.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/quantile.h"

#define SIGN ((uint64_t)1 << 63)

static uint64_t key_of(double value)
{
    double positive = value + 0.0; /* -0 is 0 */
    uint64_t bits;

    memcpy(&bits, &positive, sizeof bits);
    return bits & SIGN ? ~bits : bits | SIGN;
}

static double value_of(uint64_t key)
{
    uint64_t bits = key & SIGN ? key & ~SIGN : ~key;
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Fills items; -1: a value outside of the range. */
static int take(struct quantile_item *items, size_t *count, const double *values, const uint8_t *outcome,
                const uint8_t *part, size_t left_out, size_t rows, double least, double most, struct error *err)
{
    for (size_t row = 0; row < rows; row++) {
        if (part && part[row] == left_out)
            continue;
        if (!(values[row] >= least && values[row] <= most))
            return error_set(err, STATUS_DATA, "lead %zu has %.15g, which is not between %.15g and %.15g", row + 1,
                             values[row], least, most);
        items[(*count)++] = (struct quantile_item){(int128)key_of(values[row]), outcome[row] != 0};
    }
    return 0;
}

static void join(struct measure_ties *ties, const struct quantile_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct measure_tie *tie = &ties->items[ties->count];

        if (i && items[i].value == items[i - 1].value)
            tie--;
        else {
            *tie = (struct measure_tie){.value = value_of((uint64_t)items[i].value)};
            ties->count++;
        }
        tie->rows++;
        tie->yes += items[i].index;
        ties->yes += items[i].index;
    }
    ties->rows = count;
}

/* The ties stand where the sort had its spare room: they are no longer than items are. */
int measure_ties_make(struct measure_ties *ties, const double *values, const uint8_t *outcome, const uint8_t *part,
                      size_t left_out, size_t rows, double least, double most, struct error *err)
{
    _Static_assert(sizeof(struct measure_tie) <= sizeof(struct quantile_item), "ties fit where items were");
    size_t count = 0, room = rows ? rows : 1;
    struct quantile_item *items = reallocarray(NULL, room, sizeof *items);
    struct quantile_item *spare = reallocarray(NULL, room, sizeof *spare);

    *ties = (struct measure_ties){0};
    int failed = items && spare ? take(items, &count, values, outcome, part, left_out, rows, least, most, err)
                                : error_memory(err);
    if (failed) {
        free(items);
        free(spare);
        return -1;
    }
    quantile_sort_items(items, spare, count);
    ties->items = (struct measure_tie *)spare;
    join(ties, items, count);
    free(items);
    struct measure_tie *shorter = reallocarray(spare, ties->count ? ties->count : 1, sizeof *shorter);
    if (shorter)
        ties->items = shorter;
    return 0;
}

void measure_ties_fini(struct measure_ties *ties)
{
    free(ties->items);
    *ties = (struct measure_ties){0};
}

double measure_log_loss(double p, bool yes)
{
    return -log(fmin(fmax(yes ? p : 1 - p, MEASURE_CLOSEST), 1 - MEASURE_CLOSEST));
}
