/* Reads a regular expression of the plain kind. A repetition with a number reads what it repeats again for each time,
 * so that a graph needs no counters. What is read differently by one engine or another is refused. */
#include "value/expression_graph.h"

#include <string.h>

#include "base/ascii.h"

enum { MOST_REPEATS = 32, WITHOUT_END = MOST_REPEATS + 1 };

/* A part of the graph: it is entered at begin and left at end, a STEP_FREE that leads nowhere yet. */
struct piece {
    unsigned begin, end;
};

static struct piece alternatives(struct graph *graph);

static unsigned add_node(struct graph *graph, enum step step)
{
    if (graph->count == MOST_NODES) {
        graph->refused = true;
        return 0;
    }
    graph->nodes[graph->count] = (struct step_node){.step = step, .next = {NONE, NONE}};
    return graph->count++;
}

static struct piece single(struct graph *graph, enum step step)
{
    struct piece piece = {add_node(graph, step), add_node(graph, STEP_FREE)};

    graph->nodes[piece.begin].next[0] = piece.end;
    return piece;
}

static struct piece join(struct graph *graph, struct piece a, struct piece b)
{
    graph->nodes[a.end].next[0] = b.begin;
    return (struct piece){a.begin, b.end};
}

static int peek(const struct graph *graph)
{
    return graph->at < graph->pattern.len ? (unsigned char)graph->pattern.ptr[graph->at] : -1;
}

static bool accept(struct graph *graph, char c)
{
    bool is = peek(graph) == c;

    graph->at += is;
    return is;
}

static void include(struct characters *set, int c)
{
    set->bits[c / 64] |= (uint64_t)1 << c % 64;
}

static void invert(struct characters *set)
{
    set->bits[0] = ~set->bits[0];
    set->bits[1] = ~set->bits[1];
    set->beyond = true;
}

static void fold_case(struct characters *set)
{
    for (int c = 'a'; c <= 'z'; c++)
        if (characters_have(set, c) || characters_have(set, c - 'a' + 'A')) {
            include(set, c);
            include(set, c - 'a' + 'A');
        }
}

/* d, w, s and their capitals; false: it is none of them. */
static bool include_kind(struct characters *set, int letter)
{
    struct characters kind = {.beyond = true};
    char small = ascii_lower((char)letter);

    if (small != 'd' && small != 'w' && small != 's')
        return false;
    for (int c = 0; c < 128; c++) {
        bool digit = ascii_is_digit((char)c);
        bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (small == 'd' ? digit : small == 's' ? blank : digit || ascii_is_letter((char)c) || c == '_')
            include(&kind, c);
    }
    if ((char)letter != small)
        invert(&kind);
    set->bits[0] |= kind.bits[0];
    set->bits[1] |= kind.bits[1];
    set->beyond = true;
    return true;
}

/* The character behind a backslash; 0: none, either of a kind of characters, which are included, or what is refused. */
static int escaped(struct graph *graph, struct characters *set)
{
    int c = peek(graph);

    graph->at++;
    if (c >= 0 && include_kind(set, c))
        return 0;
    if (c > 0 && memchr("\\.*+?()[]{}|^$/-@", c, 17))
        return c;
    graph->refused = true;
    return 0;
}

/* One character of a class; 0: none, as above. */
static int class_character(struct graph *graph, struct characters *set)
{
    int c = peek(graph);

    graph->at++;
    if (c == '\\')
        return escaped(graph, set);
    if (c >= ' ' && c <= '~' && c != '[' && c != '&')
        return c;
    graph->refused = true;
    return 0;
}

/* Behind the bracket. A bracket at once or a hyphen elsewhere than at the ends or in a range is refused. */
static struct characters character_class(struct graph *graph)
{
    struct characters set = {0};
    bool opposite = accept(graph, '^');

    if (peek(graph) == ']')
        graph->refused = true;
    if (accept(graph, '-'))
        include(&set, '-');
    while (!graph->refused && !accept(graph, ']')) {
        if (accept(graph, '-')) {
            include(&set, '-');
            graph->refused = peek(graph) != ']';
            continue;
        }
        int from = class_character(graph, &set);
        int to = from;
        if (from > 0 && peek(graph) == '-' && graph->at + 1 < graph->pattern.len &&
            graph->pattern.ptr[graph->at + 1] != ']') {
            graph->at++;
            to = class_character(graph, &set);
            graph->refused |= to < from || peek(graph) == '-';
        }
        for (int c = from; c > 0 && c <= to && !graph->refused; c++)
            include(&set, c);
    }
    if (graph->fold)
        fold_case(&set);
    if (opposite)
        invert(&set);
    return set;
}

/* Behind the bracket. */
static struct piece group(struct graph *graph)
{
    struct piece inner = {0};

    if (peek(graph) == '*' || (accept(graph, '?') && !accept(graph, ':')))
        graph->refused = true;
    if (!graph->refused)
        inner = alternatives(graph);
    if (!accept(graph, ')'))
        graph->refused = true;
    return inner;
}

static struct piece characters_piece(struct graph *graph, struct characters set)
{
    struct piece piece = single(graph, STEP_READ);

    graph->nodes[piece.begin].characters = set;
    return piece;
}

/* A character, a class, a group, an anchor. */
static struct piece atom(struct graph *graph)
{
    struct characters set = {0};
    int c = peek(graph);

    graph->at++;
    if (c == '^' || c == '$') {
        graph->anchored = true;
        return single(graph, c == '^' ? STEP_AT_BEGIN : STEP_AT_END);
    }
    if (c == '(')
        return group(graph);
    if (c == '[')
        return characters_piece(graph, character_class(graph));
    if (c == '.') {
        invert(&set); /* line ends lead to UNSURE, whatever is said here */
        return characters_piece(graph, set);
    }
    if (c < ' ' || c > '~' || memchr("*+?{}]", c, 6)) {
        graph->refused = true;
        return (struct piece){0};
    }
    int plain = c == '\\' ? escaped(graph, &set) : c;
    if (plain > 0)
        include(&set, plain);
    if (graph->fold)
        fold_case(&set);
    return characters_piece(graph, set);
}

static unsigned read_count(struct graph *graph)
{
    unsigned count = 0;

    if (peek(graph) < 0 || !ascii_is_digit((char)peek(graph)))
        graph->refused = true;
    for (; peek(graph) >= 0 && ascii_is_digit((char)peek(graph)) && count <= MOST_REPEATS; graph->at++)
        count = count * 10 + (unsigned)(peek(graph) - '0');
    if (count > MOST_REPEATS)
        graph->refused = true;
    return count;
}

/* How often what stands before may occur; false: it is not said. */
static bool repetition(struct graph *graph, unsigned *least, unsigned *most)
{
    int c = peek(graph);

    if (c < 0 || !memchr("?*+{", c, 4))
        return false;
    graph->at++;
    *least = c == '+';
    *most = c == '?' ? 1 : WITHOUT_END;
    if (c == '{') {
        *least = *most = read_count(graph);
        if (accept(graph, ','))
            *most = peek(graph) == '}' ? WITHOUT_END : read_count(graph);
        if (!accept(graph, '}') || *most < *least)
            graph->refused = true;
    } else {
        accept(graph, '?'); /* the shortest first: whether there is any is the same */
    }
    c = peek(graph);
    if (c >= 0 && memchr("?*+{", c, 4))
        graph->refused = true;
    return true;
}

/* A piece that may be left out, or may come again. */
static struct piece bend(struct graph *graph, struct piece piece, bool optional, bool again)
{
    if (!optional && !again)
        return piece;
    unsigned fork = add_node(graph, STEP_FREE);
    unsigned end = add_node(graph, STEP_FREE);
    graph->nodes[fork].next[0] = piece.begin;
    graph->nodes[fork].next[1] = end;
    graph->nodes[piece.end].next[0] = again ? fork : end;
    return (struct piece){optional ? fork : piece.begin, end};
}

/* An atom as often as it is wanted: it is read again for each time. What has ^ or $ in it may not be repeated:
 * Oniguruma ends a loop at a turn that took nothing, and with anchors it matters which turn that was. */
static struct piece repeated(struct graph *graph)
{
    size_t from = graph->at;
    unsigned least = 1;
    unsigned most = 1;
    bool anchored = graph->anchored;

    graph->anchored = false;
    struct piece piece = atom(graph);
    bool fixed = graph->anchored;
    graph->anchored |= anchored;
    if (graph->refused || !repetition(graph, &least, &most))
        return piece;
    size_t behind = graph->at;
    unsigned times = most < WITHOUT_END ? most : least ? least : 1;
    graph->refused |= fixed || times == 0;
    struct piece all = bend(graph, piece, least == 0, most == WITHOUT_END && times == 1);
    for (unsigned i = 1; i < times && !graph->refused; i++) {
        graph->at = from;
        piece = atom(graph);
        all = join(graph, all, bend(graph, piece, i >= least, most == WITHOUT_END && i + 1 == times));
    }
    graph->at = behind;
    return all;
}

static struct piece sequence(struct graph *graph)
{
    struct piece all = single(graph, STEP_FREE);

    while (!graph->refused && peek(graph) >= 0 && peek(graph) != '|' && peek(graph) != ')')
        all = join(graph, all, repeated(graph));
    return all;
}

static struct piece alternatives(struct graph *graph)
{
    struct piece all = sequence(graph);

    while (!graph->refused && accept(graph, '|')) {
        struct piece other = sequence(graph);
        unsigned fork = add_node(graph, STEP_FREE);
        graph->nodes[fork].next[0] = all.begin;
        graph->nodes[fork].next[1] = other.begin;
        graph->nodes[other.end].next[0] = all.end;
        all.begin = fork;
    }
    return all;
}

bool graph_read(struct graph *graph)
{
    struct piece all = alternatives(graph);

    graph->begin = all.begin;
    graph->end = all.end;
    return !graph->refused && graph->at == graph->pattern.len;
}
