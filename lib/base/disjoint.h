/* Disjoint sets of numbers: each number points to a smaller one of its set, the smallest, its root, to itself. Paths
 * are halved on the way (Tarjan and van Leeuwen, "Worst-case Analysis of Set Union Algorithms", JACM 31, 1984). */
#ifndef CRM_BASE_DISJOINT_H
#define CRM_BASE_DISJOINT_H

#include <stddef.h>
#include <stdint.h>

/* Every number a set of its own. */
static inline void disjoint_init(uint32_t *parent, size_t count)
{
    for (size_t i = 0; i < count; i++)
        parent[i] = (uint32_t)i;
}

static inline uint32_t disjoint_root(uint32_t *parent, uint32_t number)
{
    while (parent[number] != number) {
        parent[number] = parent[parent[number]];
        number = parent[number];
    }
    return number;
}

static inline void disjoint_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = disjoint_root(parent, a);
    b = disjoint_root(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

#endif
