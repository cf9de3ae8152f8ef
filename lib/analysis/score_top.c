/* A heap whose root is the lead that would be the first to go. */
#include "analysis/score_top.h"

#include <stdlib.h>

#include "base/memory.h"

void score_top_init(struct score_top *top, size_t most, size_t columns)
{
    *top = (struct score_top){.most = most};
    kept_init(&top->kept, columns);
}

void score_top_fini(struct score_top *top)
{
    kept_fini(&top->kept);
    free(top->places);
    *top = (struct score_top){0};
}

/* Whether a stands behind b. */
static bool lower(const struct score_place *a, const struct score_place *b)
{
    return a->score < b->score || (a->score == b->score && a->row > b->row);
}

static void sink_down(struct score_place *places, size_t count, size_t at)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && lower(&places[child + 1], &places[child]))
            child++;
        if (!lower(&places[child], &places[at]))
            return;
        struct score_place moved = places[at];
        places[at] = places[child];
        places[child] = moved;
    }
}

static void rise(struct score_place *places, size_t at)
{
    while (at && lower(&places[at], &places[(at - 1) / 2])) {
        struct score_place moved = places[at];
        places[at] = places[(at - 1) / 2];
        places[(at - 1) / 2] = moved;
        at = (at - 1) / 2;
    }
}

int score_top_offer(struct score_top *top, double score, const struct record *record, struct error *err)
{
    struct score_place place = {score, top->kept.count};

    if (top->count == top->most && !lower(&top->places[0], &place))
        return 0;
    if (kept_add(&top->kept, record, err))
        return -1;
    if (top->count == top->most) {
        top->places[0] = place;
        sink_down(top->places, top->count, 0);
        return 0;
    }
    if (ARRAY_GROW(top->places, top->capacity, top->count + 1))
        return error_memory(err);
    top->places[top->count++] = place;
    rise(top->places, top->count - 1);
    return 0;
}

static int by_place(const void *a, const void *b)
{
    return lower(a, b) ? 1 : lower(b, a) ? -1 : 0;
}

void score_top_sort(struct score_top *top)
{
    if (top->count)
        qsort(top->places, top->count, sizeof *top->places, by_place);
}
