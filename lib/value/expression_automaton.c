/* Regular expressions as automata.
 *
 * A pattern becomes a graph with steps that read a byte and steps that read none (K. Thompson, "Regular Expression
 * Search Algorithm", 1968). Which nodes of it may have been reached behind a byte is a state; all states that there can
 * be are made at once, with the state that each leads to by each byte (M. O. Rabin, D. Scott, "Finite Automata and
 * Their Decision Problems", 1959). Bytes that no node tells apart share a column. The search may begin at any byte:
 * the nodes at the beginning are in every state.
 *
 * Only bytes of ASCII are known here. What letters above it are, and what ^ and $ are beside a line end, is left to
 * Oniguruma: such a byte leads to the state UNSURE, unless the answer was clear before. */
#include "value/expression_automaton.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "value/expression_graph.h"

enum { MOST_STATES = 250, MOST_COLUMNS = 129 };
enum { DEAD, FOUND, UNSURE, STATES }; /* these states end the search; STATES: the first that does not */

struct automaton {
    uint8_t column[256]; /* of each byte */
    int first;           /* every match begins with this byte; -1: there is no such byte */
    uint16_t start;      /* states are numbered by where their row begins in next */
    uint16_t width;      /* of a row: its last column says whether the end of the text makes a match */
    uint16_t next[];
};

/* The states in the making: which nodes may have been reached. */
struct nodes {
    uint64_t bits[MOST_NODES / 64];
};
struct making {
    struct graph graph;
    struct nodes states[MOST_STATES];
    unsigned count;
    uint8_t column[256];
    int sample[MOST_COLUMNS]; /* a byte of each column */
    unsigned columns;
    uint16_t next[MOST_STATES * (MOST_COLUMNS + 1)];
};

static bool reached(const struct nodes *nodes, unsigned node)
{
    return nodes->bits[node / 64] >> node % 64 & 1;
}

/* What can be reached from a node without reading. */
static void reach(const struct graph *graph, struct nodes *nodes, unsigned from, bool at_begin, bool at_end)
{
    unsigned open[MOST_NODES];
    unsigned count = 0;

    if (reached(nodes, from))
        return;
    nodes->bits[from / 64] |= (uint64_t)1 << from % 64;
    open[count++] = from;
    while (count) {
        const struct step_node *node = &graph->nodes[open[--count]];
        if (node->step == STEP_READ || (node->step == STEP_AT_BEGIN && !at_begin) ||
            (node->step == STEP_AT_END && !at_end))
            continue;
        for (int i = 0; i < 2; i++) {
            unsigned next = node->next[i];
            if (next == NONE || reached(nodes, next))
                continue;
            nodes->bits[next / 64] |= (uint64_t)1 << next % 64;
            open[count++] = next;
        }
    }
}

static bool ends_here(const struct graph *graph, const struct nodes *nodes, bool at_begin)
{
    struct nodes all = {0};

    for (unsigned i = 0; i < graph->count; i++)
        if (reached(nodes, i))
            reach(graph, &all, i, at_begin, true);
    return reached(&all, graph->end);
}

/* The number of a state, which may be new; MOST_STATES: there are too many. A $ that was reached may still be passed:
 * at the end, or before a line end that is the last character. */
static unsigned find_state(struct making *making, const struct nodes *nodes)
{
    const struct graph *graph = &making->graph;
    bool goes_on = false;

    if (reached(nodes, graph->end))
        return FOUND;
    for (unsigned i = 0; i < graph->count && !goes_on; i++)
        goes_on = reached(nodes, i) && (graph->nodes[i].step == STEP_READ || graph->nodes[i].step == STEP_AT_END);
    if (!goes_on)
        return DEAD;
    /* the first state differs from all others by where it stands, which anchors see */
    for (unsigned i = STATES + graph->anchored; i < making->count; i++)
        if (memcmp(&making->states[i], nodes, sizeof *nodes) == 0)
            return i;
    if (making->count < MOST_STATES)
        making->states[making->count] = *nodes;
    return making->count < MOST_STATES ? making->count++ : MOST_STATES;
}

/* Bytes that every node takes or none get one column; column 0 is that of bytes that are not known here. */
static void find_columns(struct making *making)
{
    const struct graph *graph = &making->graph;

    making->columns = 1;
    for (int c = 0; c < 128; c++) {
        unsigned column = 1;
        for (; column < making->columns; column++) {
            unsigned i = 0;
            while (i < graph->count && characters_have(&graph->nodes[i].characters, c) ==
                                           characters_have(&graph->nodes[i].characters, making->sample[column]))
                i++;
            if (i == graph->count)
                break;
        }
        if (c == '\n')
            continue;
        if (column == making->columns)
            making->sample[making->columns++] = c;
        making->column[c] = (uint8_t)column;
    }
}

/* The row of a state. false: there are too many states. */
static bool make_row(struct making *making, unsigned state, unsigned width, bool at_begin)
{
    const struct graph *graph = &making->graph;
    const struct nodes nodes = making->states[state];
    uint16_t *row = &making->next[state * width];

    row[0] = (uint16_t)(UNSURE * width);
    for (unsigned column = 1; column < making->columns; column++) {
        struct nodes after = {0};
        for (unsigned i = 0; i < graph->count; i++)
            if (reached(&nodes, i) && graph->nodes[i].step == STEP_READ &&
                characters_have(&graph->nodes[i].characters, making->sample[column]))
                reach(graph, &after, graph->nodes[i].next[0], false, false);
        reach(graph, &after, graph->begin, false, false);
        unsigned next = find_state(making, &after);
        if (next == MOST_STATES)
            return false;
        row[column] = (uint16_t)(next * width);
    }
    row[width - 1] = ends_here(graph, &nodes, at_begin);
    return true;
}

/* The byte that every match begins with, or -1. Where there are anchors the bytes before it matter, too. */
static int first_byte(const struct graph *graph)
{
    struct nodes nodes = {0};
    int first = -1;

    reach(graph, &nodes, graph->begin, false, false);
    for (unsigned i = 0; i < graph->count; i++) {
        const struct characters *set = &graph->nodes[i].characters;
        if (!reached(&nodes, i) || graph->nodes[i].step != STEP_READ)
            continue;
        if (set->beyond)
            return -1;
        for (int c = 0; c < 128; c++) {
            if (!characters_have(set, c))
                continue;
            if (first >= 0 && first != c)
                return -1;
            first = c;
        }
    }
    return graph->anchored ? -1 : first;
}

static int make_states(struct arena *arena, struct making *making, const struct automaton **automaton)
{
    const struct graph *graph = &making->graph;

    find_columns(making);
    unsigned width = making->columns + 1;
    making->count = STATES;
    struct nodes begin = {0};
    reach(graph, &begin, graph->begin, true, false);
    if (reached(&begin, graph->end))
        return 0; /* found in any text */
    making->states[making->count++] = begin;
    for (unsigned state = STATES; state < making->count; state++)
        if (!make_row(making, state, width, state == STATES))
            return 0;
    size_t size = (size_t)making->count * width * sizeof *making->next;
    struct automaton *made = arena_alloc(arena, sizeof *made + size);
    if (!made)
        return -1;
    *made = (struct automaton){.first = first_byte(graph), .start = (uint16_t)(STATES * width)};
    made->width = (uint16_t)width;
    memcpy(made->column, making->column, sizeof made->column);
    memcpy(made->next, making->next, size);
    *automaton = made;
    return 0;
}

int automaton_make(struct arena *arena, struct slice pattern, bool fold, const struct automaton **automaton)
{
    struct making *making = calloc(1, sizeof *making);
    struct graph *graph = making ? &making->graph : NULL;

    *automaton = NULL;
    if (!making)
        return -1;
    graph->pattern = pattern;
    graph->fold = fold;
    int failed = graph_read(graph) ? make_states(arena, making, automaton) : 0;
    free(making);
    return failed;
}

int automaton_test(const struct automaton *automaton, struct slice text)
{
    const unsigned special = STATES * automaton->width;
    unsigned state = automaton->start;
    size_t i = 0;

    while (i < text.len) {
        if (state == automaton->start && automaton->first >= 0) {
            const char *at = memchr(text.ptr + i, automaton->first, text.len - i);
            if (!at)
                break;
            i = (size_t)(at - text.ptr);
        }
        state = automaton->next[state + automaton->column[(unsigned char)text.ptr[i++]]];
        if (state < special)
            return state == DEAD * automaton->width ? 0 : state == FOUND * automaton->width ? 1 : -1;
    }
    return automaton->next[state + automaton->width - 1];
}
