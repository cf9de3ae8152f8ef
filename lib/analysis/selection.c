/* Selection: ranks whose values have the same known bits share a counter. */
#include "analysis/selection.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS = 1 << SELECTION_BITS };

void selection_fini(struct selection *selection)
{
    free(selection->counts);
    *selection = (struct selection){0};
}

void selection_see(struct selection *selection, int128 value)
{
    if (selection->count == 0 || value < selection->least)
        selection->least = value;
    if (selection->count == 0 || value > selection->greatest)
        selection->greatest = value;
    selection->count++;
}

static selection_key key_of(const struct selection *selection, int128 value)
{
    return (selection_key)value - (selection_key)selection->least;
}

int selection_want(struct selection *selection, uint64_t rank)
{
    if (selection->ranks == 0)
        for (selection_key range = key_of(selection, selection->greatest); range; range >>= 1)
            selection->unknown++;
    selection->rank[selection->ranks] = rank;
    selection->prefix[selection->ranks] = 0;
    return selection->ranks++;
}

int selection_begin(struct selection *selection, struct error *err)
{
    free(selection->counts);
    selection->counts = NULL;
    selection->digit = 0;
    if (selection->ranks == 0 || selection->unknown == 0)
        return 0;
    selection->digit = selection->unknown < SELECTION_BITS ? selection->unknown : SELECTION_BITS;
    selection->counters = 0;
    for (int i = 0; i < selection->ranks; i++) {
        int counter = 0;
        while (counter < selection->counters && selection->counted[counter] != selection->prefix[i])
            counter++;
        selection->counter[i] = counter;
        selection->counted[counter] = selection->prefix[i];
        if (counter == selection->counters)
            selection->counters++;
    }
    selection->counts = calloc((size_t)selection->counters * DIGITS, sizeof *selection->counts);
    return selection->counts ? 1 : error_memory(err);
}

void selection_count(struct selection *selection, int128 value)
{
    selection_key key = key_of(selection, value);
    selection_key known = selection->unknown < 128 ? key >> selection->unknown : 0;

    for (int i = 0; i < selection->counters; i++)
        if (selection->counted[i] == known) {
            size_t digit = (size_t)(key >> (selection->unknown - selection->digit)) & ((1u << selection->digit) - 1);
            selection->counts[(size_t)i * DIGITS + digit]++;
            return;
        }
}

void selection_end(struct selection *selection)
{
    for (int i = 0; selection->counts && i < selection->ranks; i++) {
        const uint64_t *counts = &selection->counts[(size_t)selection->counter[i] * DIGITS];
        unsigned digit = 0;
        while (digit + 1 < 1u << selection->digit && selection->rank[i] >= counts[digit])
            selection->rank[i] -= counts[digit++];
        selection->prefix[i] = selection->prefix[i] << selection->digit | digit;
    }
    selection->unknown -= selection->digit;
}

int128 selection_value(const struct selection *selection, int number)
{
    return (int128)((selection_key)selection->least + selection->prefix[number]);
}
