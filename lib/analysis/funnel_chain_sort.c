/* Putting the events of an entity in order.
 *
 * They mostly come in order, or nearly: so insertion first, as long as events move only a few places. When they do not,
 * a heap sort: in place, never worse than n log n, and no two events are equal in their order, so that it need not be
 * stable. */
#include "analysis/funnel_chain_parts.h"

#define MOVES_PER_EVENT 8

static uint32_t rank_in_instant(const struct funnel_event *event)
{
    return (event->breaks ? 64u : 0u) + (event->steps ? (uint32_t)__builtin_ctz(event->steps) : FUNNEL_STEPS);
}

static bool comes_before(const struct funnel_event *a, const struct funnel_event *b)
{
    if (a->time != b->time)
        return a->time < b->time;
    uint32_t rank_a = rank_in_instant(a);
    uint32_t rank_b = rank_in_instant(b);
    return rank_a != rank_b ? rank_a < rank_b : a->source < b->source;
}

/* Makes the heap below `root` one again: its last event on top. */
static void sift(struct funnel_event *events, size_t root, size_t count)
{
    struct funnel_event moved = events[root];

    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && comes_before(&events[child], &events[child + 1]))
            child++;
        if (!comes_before(&moved, &events[child]))
            break;
        events[root] = events[child];
    }
    events[root] = moved;
}

static void heap_sort(struct funnel_event *events, size_t count)
{
    for (size_t root = count / 2; root-- > 0;)
        sift(events, root, count);
    for (size_t last = count - 1; last > 0; last--) {
        struct funnel_event top = events[0];
        events[0] = events[last];
        events[last] = top;
        sift(events, 0, last);
    }
}

void funnel_sort(struct funnel_event *events, size_t count)
{
    size_t moves = MOVES_PER_EVENT * count + 64;

    for (size_t i = 1; i < count; i++) {
        if (!comes_before(&events[i], &events[i - 1]))
            continue;
        struct funnel_event moved = events[i];
        size_t to = i;
        for (; to > 0 && comes_before(&moved, &events[to - 1]) && moves > 0; to--, moves--)
            events[to] = events[to - 1];
        events[to] = moved;
        if (!moves) {
            heap_sort(events, count);
            return;
        }
    }
}
