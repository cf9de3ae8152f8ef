/* Chains under any rules: a table of the chains that can still go on.
 *
 * For each step there is a list of nodes, one for each moment that some chain has as that step: of such chains the node
 * stands for the one that began last (then that with most steps), with its parent, the node it goes on from. With
 * limits of the time from step to step an older node can do what a newer one cannot, so none is replaced. A moment of
 * step s looks for the best node of each step that may come before: those old enough (least), not too old (most), and
 * behind the last break. Their window only moves on, so a link between two steps keeps a queue of nodes that are not
 * outdone by a newer one, best first (the monotonic queue of sliding-window maxima): each node enters and leaves it
 * once. */
#include "analysis/funnel_chain_parts.h"

#include <stddef.h>
#include <string.h>

#include "base/memory.h"

#define NO_NODE UINT32_MAX
#define LINKS (FUNNEL_STEPS * (FUNNEL_STEPS - 1) / 2)

struct node {
    uint64_t moment;
    uint32_t event, began, parent; /* began: the event the chain began with */
    uint16_t step, length;         /* length: steps of the chain */
};

struct link { /* from a step to a later one */
    int from;
    uint32_t next;        /* the first node of `from` that was not considered yet */
    uint32_t *queue;      /* of node numbers; best in front */
    uint32_t front, back; /* those waiting: front <= ... < back */
};

struct table {
    const struct funnel_rules *rules;
    const struct funnel_event *events;
    struct node *nodes;
    uint32_t start[FUNNEL_STEPS + 1]; /* the nodes of step s: from start[s] to used[s], room to start[s + 1] */
    uint32_t used[FUNNEL_STEPS];
    uint64_t broken[FUNNEL_STEPS];  /* nodes of moments before this are broken */
    uint32_t latest[FUNNEL_STEPS];  /* 1 + the latest beginning of a chain that is at the step, unbroken; or 0 */
    int links_of[FUNNEL_STEPS + 1]; /* those to step s: from links_of[s] to links_of[s + 1] */
    uint32_t reached;
    uint32_t best; /* the node that raised the level */
    int level;
    uint64_t breaking; /* the first moment of the event at hand */
    bool threatened;   /* and whether it breaks a chain */
    bool dropped;
    struct link links[LINKS]; /* last: only those in use are ever looked at */
};

static void make_links(struct table *t)
{
    int made = 0;

    t->links_of[0] = 0;
    for (int step = 0; step < t->rules->steps; step++) {
        t->links_of[step] = made;
        for (int from = step - 1; from >= 0; from--) {
            t->links[made++] = (struct link){.from = from};
            if (!(t->rules->optional >> from & 1))
                break;
        }
    }
    t->links_of[t->rules->steps] = made;
}

/* Shares the scratch out: nodes by step, then the queues of the links. */
static int make_room(struct table *t, uint32_t count, struct funnel_scratch *scratch, struct error *err)
{
    uint64_t counts[FUNNEL_STEPS] = {0};
    uint64_t nodes = 0;
    uint64_t queued = 0;

    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t left = t->events[i].steps; left; left &= left - 1)
            counts[__builtin_ctz(left)]++;
    }
    for (int step = 0; step < t->rules->steps; step++) {
        t->start[step] = t->used[step] = (uint32_t)nodes;
        nodes += counts[step];
        if (nodes >= NO_NODE)
            return error_memory(err);
    }
    t->start[t->rules->steps] = (uint32_t)nodes;
    const int links = t->rules->order == FUNNEL_STRICT ? 0 : t->links_of[t->rules->steps];
    for (int i = 0; i < links; i++)
        queued += counts[t->links[i].from];
    if (memory_grow(&scratch->room, &scratch->capacity, nodes * sizeof *t->nodes + queued * sizeof *t->links->queue + 1,
                    1))
        return error_memory(err);
    t->nodes = scratch->room;
    uint32_t *queue = (uint32_t *)(t->nodes + nodes);
    for (int i = 0; i < links; i++) {
        struct link *link = &t->links[i];
        link->next = t->start[link->from];
        link->queue = queue;
        queue += counts[link->from];
    }
    return 0;
}

static bool outdoes(const struct node *a, const struct node *b)
{
    return a->began != b->began ? a->began > b->began : a->length > b->length;
}

static uint64_t age(const struct table *t, const struct node *node, const struct funnel_moment *moment)
{
    return (uint64_t)moment->time - (uint64_t)t->events[node->event].time;
}

struct limits {
    uint64_t least, most;
};

static struct limits limits_to(const struct table *t, int step)
{
    struct limits limits = {0, UINT64_MAX};

    if (t->rules->has_gaps) {
        limits.least = (uint64_t)t->rules->gap[step].least;
        limits.most = (uint64_t)t->rules->gap[step].most;
        if (limits.most == FUNNEL_NO_LIMIT)
            limits.most = UINT64_MAX;
    }
    if (t->rules->increase && !limits.least)
        limits.least = 1;
    return limits;
}

/* The best node that the moment can go on from by this link; NO_NODE when there is none. */
static uint32_t best_of_queue(struct table *t, struct link *link, const struct funnel_moment *moment,
                              struct limits limits)
{
    for (; link->next < t->used[link->from]; link->next++) {
        const struct node *node = &t->nodes[link->next];
        if (node->moment >= moment->number || age(t, node, moment) < limits.least)
            break;
        while (link->back > link->front && outdoes(node, &t->nodes[link->queue[link->back - 1]]))
            link->back--;
        link->queue[link->back++] = link->next;
    }
    for (; link->front < link->back; link->front++) {
        const struct node *node = &t->nodes[link->queue[link->front]];
        if (node->moment >= t->broken[link->from] && age(t, node, moment) <= limits.most)
            return link->queue[link->front];
    }
    return NO_NODE;
}

/* FUNNEL_STRICT: the node of the moment directly before. */
static uint32_t node_before(const struct table *t, int step, uint64_t moment)
{
    uint32_t used = t->used[step];

    /* A moment that is several steps may just have made one. */
    if (used > t->start[step] && t->nodes[used - 1].moment == moment)
        used--;
    return used > t->start[step] && t->nodes[used - 1].moment + 1 == moment ? used - 1 : NO_NODE;
}

static uint32_t parent_of(struct table *t, int step, const struct funnel_moment *moment)
{
    const struct limits limits = limits_to(t, step);
    uint32_t best = NO_NODE;

    for (int i = t->links_of[step]; i < t->links_of[step + 1]; i++) {
        uint32_t node;
        if (t->rules->order == FUNNEL_STRICT) {
            node = node_before(t, t->links[i].from, moment->number); /* what breaks it would lie in between */
            if (node != NO_NODE &&
                (age(t, &t->nodes[node], moment) < limits.least || age(t, &t->nodes[node], moment) > limits.most))
                node = NO_NODE;
        } else {
            node = best_of_queue(t, &t->links[i], moment, limits);
        }
        if (node != NO_NODE && (best == NO_NODE || outdoes(&t->nodes[node], &t->nodes[best])))
            best = node;
    }
    if (best != NO_NODE && !funnel_in_window(t->rules, t->events[t->nodes[best].began].time, moment->time))
        return NO_NODE;
    return best;
}

/* Takes the moment as one of its steps. False: no chain comes to that. */
static bool take_as(struct table *t, int step, const struct funnel_moment *moment)
{
    struct node made = {.moment = moment->number, .event = moment->event, .step = (uint16_t)step, .length = 1};

    made.began = made.event;
    made.parent = NO_NODE;
    if (step > 0) {
        made.parent = parent_of(t, step, moment);
        if (made.parent == NO_NODE)
            return false;
        made.began = t->nodes[made.parent].began;
        made.length = (uint16_t)(t->nodes[made.parent].length + 1);
    } else if (t->rules->anchor == FUNNEL_FIRST && t->used[0] > t->start[0]) {
        return false;
    }
    if (made.began + 1 > t->latest[step])
        t->latest[step] = made.began + 1;
    if (step >= t->level) {
        t->level = step + 1;
        t->best = t->used[step]; /* where it goes */
    }
    t->nodes[t->used[step]++] = made;
    return true;
}

/* Whether the event breaks a chain in its window. */
static bool threatens(const struct table *t, const struct funnel_moment *moment)
{
    for (uint32_t left = moment->breaks & funnel_bits_below(t->rules->steps - 1); left; left &= left - 1) {
        int step = __builtin_ctz(left);
        uint32_t began = t->latest[step];
        if (t->rules->order == FUNNEL_STRICT) {
            uint32_t node = node_before(t, step, moment->number);
            began = node == NO_NODE ? 0 : t->nodes[node].began + 1;
        }
        if (began && funnel_in_window(t->rules, t->events[began - 1].time, moment->time))
            return true;
    }
    return false;
}

/* What an event breaks that no chain has taken for its latest. */
static void break_chains(struct table *t, const struct funnel_moment *moment)
{
    const uint32_t breaks = moment->breaks & funnel_bits_below(t->rules->steps - 1);

    if (t->threatened && t->level <= 1 + funnel_highest(breaks)) {
        t->dropped = true;
        return;
    }
    for (uint32_t left = breaks; left; left &= left - 1) {
        int step = __builtin_ctz(left);
        t->broken[step] = t->breaking;
        t->latest[step] = 0;
        for (uint32_t i = t->used[step]; i > t->start[step] && t->nodes[i - 1].moment >= t->breaking; i--) {
            if (t->nodes[i - 1].began + 1 > t->latest[step])
                t->latest[step] = t->nodes[i - 1].began + 1;
        }
    }
}

/* False: nothing that comes behind it counts. */
static bool take(struct table *t, const struct funnel_moment *moment)
{
    uint32_t reached = 0;

    if (moment->breaks && moment->is_first) {
        t->breaking = moment->number;
        t->threatened = t->rules->drop && threatens(t, moment);
    }
    for (uint32_t left = moment->steps; left; left &= left - 1) {
        int step = __builtin_ctz(left);
        if (take_as(t, step, moment))
            reached |= 1u << step;
    }
    reached &= ~t->reached;
    if (t->level == t->rules->steps || (t->rules->dedup && !reached && (moment->steps & t->reached & ~1u)))
        return false;
    t->reached |= reached;
    if (moment->breaks && moment->is_last)
        break_chains(t, moment);
    return !t->dropped;
}

static void fill(const struct table *t, struct funnel_path *path)
{
    if (!t->level)
        return;
    path->level = t->level;
    path->first = t->nodes[t->best].began;
    path->last = t->nodes[t->best].event;
    for (uint32_t i = t->best; i != NO_NODE; i = t->nodes[i].parent) {
        path->passed |= 1u << t->nodes[i].step;
        path->event[t->nodes[i].step] = t->nodes[i].event;
    }
}

int funnel_follow_table(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                        struct funnel_scratch *scratch, struct funnel_path *path, struct error *err)
{
    struct table t;
    struct funnel_moments moments = funnel_moments_of(rules, events, count);
    struct funnel_moment moment;

    memset(&t, 0, offsetof(struct table, links));
    t.rules = rules;
    t.events = events;
    make_links(&t);
    if (make_room(&t, count, scratch, err))
        return -1;
    while (funnel_moments_next(&moments, &moment)) {
        if (!take(&t, &moment))
            break;
    }
    path->dropped = t.dropped;
    if (!t.dropped)
        fill(&t, path);
    return 0;
}
