/* The graph of a regular expression: what an automaton is made of (expression_automaton.h). */
#ifndef CRM_VALUE_EXPRESSION_GRAPH_H
#define CRM_VALUE_EXPRESSION_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { MOST_NODES = 256, NONE = MOST_NODES };

/* ASCII characters; beyond: perhaps others, too. */
struct characters {
    uint64_t bits[2];
    bool beyond;
};

enum step { STEP_FREE, STEP_READ, STEP_AT_BEGIN, STEP_AT_END };
struct step_node {
    enum step step;
    struct characters characters; /* STEP_READ: one of them */
    unsigned next[2];             /* NONE: there is none */
};

struct graph {
    struct slice pattern;
    size_t at;     /* while it is read */
    bool fold;     /* letters of either case are alike */
    bool refused;  /* the pattern is not of the plain kind */
    bool anchored; /* it has ^ or $ */
    struct step_node nodes[MOST_NODES];
    unsigned count, begin, end;
};

/* graph: all zero but for the pattern and fold. false: the pattern is not of the plain kind, or has more than
 * MOST_NODES nodes. */
bool graph_read(struct graph *graph);

static inline bool characters_have(const struct characters *set, int c)
{
    return set->bits[c / 64] >> c % 64 & 1;
}

#endif
