/* Dealing rows to folds: the rows of each outcome are shuffled (R. Durstenfeld, Communications of the ACM 7 (1964),
 * algorithm 235) with numbers of SplitMix64 (G. L. Steele et al., OOPSLA 2014) and dealt out in turn, those of the
 * second outcome from where those of the first ended. So no fold has more than one row more than another, on the whole
 * and of each outcome, and a seed gives the same folds on every machine. */
#include <stdlib.h>

#include "analysis/train.h"

static uint64_t next_number(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* 0 .. below - 1, without the bias of a remainder (D. Lemire, ACM Transactions on Modeling and Computer Simulation 29
 * (2019)). */
static uint64_t number_below(uint64_t *state, uint64_t below)
{
    unsigned __int128 product = (unsigned __int128)next_number(state) * below;

    while ((uint64_t)product < -below % below)
        product = (unsigned __int128)next_number(state) * below;
    return (uint64_t)(product >> 64);
}

/* Deals the rows of one outcome, beginning with fold *next. */
static void deal_outcome(const struct train_table *table, uint8_t outcome, size_t *order, size_t folds, uint64_t *state,
                         size_t *next, uint8_t *part)
{
    size_t count = 0;

    for (size_t row = 0; row < table->rows; row++)
        if (table->outcome[row] == outcome)
            order[count++] = row;
    for (size_t i = count; i-- > 1;) {
        const size_t other = (size_t)number_below(state, i + 1), row = order[i];

        order[i] = order[other];
        order[other] = row;
    }
    for (size_t i = 0; i < count; i++) {
        part[order[i]] = (uint8_t)*next;
        *next = (*next + 1) % folds;
    }
}

int train_deal(const struct train_table *table, size_t folds, uint64_t seed, uint8_t *part, struct error *err)
{
    const size_t no = table->rows - table->yes;
    const size_t fewest = no < table->yes ? no : table->yes;
    uint64_t state = seed;
    size_t next = 0;

    if (folds < 2 || folds > 100)
        return error_set(err, STATUS_USAGE, "%zu folds: 2 to 100 are possible", folds);
    if (fewest < folds)
        return error_set(err, STATUS_DATA, "%zu %s %s the outcome: too few for %zu folds", fewest,
                         fewest == 1 ? "lead" : "leads", table->yes <= no ? "with" : "without", folds);
    size_t *order = malloc(table->rows * sizeof *order);
    if (!order)
        return error_memory(err);
    deal_outcome(table, 1, order, folds, &state, &next, part);
    deal_outcome(table, 0, order, folds, &state, &next, part);
    free(order);
    return 0;
}
