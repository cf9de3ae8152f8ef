/* Forms of given names: a binary search in the table of the name's first letter. */
#include "value/nickname_table.h"

#include <string.h>

static const struct nickname_table *table_of(char first)
{
    if (first < 'a' || first > 'z')
        return NULL;
    return first <= 'd' ? &nickname_a_d : first <= 'j' ? &nickname_e_j : first <= 'm' ? &nickname_k_m : &nickname_n_z;
}

static const struct nickname_row *find_row(struct slice name)
{
    const struct nickname_table *table = name.len && name.len < NICKNAME_LENGTH ? table_of(name.ptr[0]) : NULL;
    size_t low = 0;
    size_t high = table ? table->count : 0;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct nickname_row *row = &table->rows[middle];
        int order = memcmp(row->name, name.ptr, name.len);
        if (order == 0 && strlen(row->name) == name.len)
            return row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

size_t nickname_groups(struct slice folded, uint16_t groups[NICKNAME_GROUPS])
{
    const struct nickname_row *row = find_row(folded);
    size_t count = 0;

    for (; row && count < NICKNAME_GROUPS && row->groups[count]; count++)
        groups[count] = row->groups[count];
    return count;
}

bool nickname_related(struct slice a, struct slice b)
{
    uint16_t of_a[NICKNAME_GROUPS];
    uint16_t of_b[NICKNAME_GROUPS];
    const size_t count_a = nickname_groups(a, of_a);
    const size_t count_b = count_a ? nickname_groups(b, of_b) : 0;

    for (size_t i = 0, j = 0; i < count_a && j < count_b;) {
        if (of_a[i] == of_b[j])
            return true;
        if (of_a[i] < of_b[j])
            i++;
        else
            j++;
    }
    return false;
}
