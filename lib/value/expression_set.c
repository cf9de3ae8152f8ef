/* Sets of constant texts, for IN. They are sorted by length and then by their bytes: the length alone rules most values
 * out, and of those that are as long one or two are left to be compared. */
#include "value/expression_parts.h"

#include <stdlib.h>
#include <string.h>

enum { LENGTHS = 64 }; /* texts of LENGTHS - 1 bytes and more are one group */

struct text_set {
    uint32_t begin[LENGTHS + 1]; /* of the texts of each length in texts */
    struct slice texts[];
};

static size_t group_of(size_t length)
{
    return length < LENGTHS - 1 ? length : LENGTHS - 1;
}

static int by_length(const void *a, const void *b)
{
    const struct slice *x = a;
    const struct slice *y = b;

    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return slice_compare(*x, *y);
}

const struct text_set *text_set_new(struct arena *arena, struct node *const *items, size_t count)
{
    struct text_set *set = arena_alloc(arena, sizeof *set + count * sizeof(struct slice));

    if (!set)
        return NULL;
    for (size_t i = 0; i < count; i++)
        set->texts[i] = items[i]->constant.text;
    qsort(set->texts, count, sizeof *set->texts, by_length);
    for (size_t group = 0, i = 0; group <= LENGTHS; group++) {
        while (i < count && group_of(set->texts[i].len) < group)
            i++;
        set->begin[group] = (uint32_t)i;
    }
    return set;
}

bool text_set_has(const struct text_set *set, struct slice text)
{
    size_t group = group_of(text.len);
    size_t low = set->begin[group];
    size_t high = set->begin[group + 1];

    while (high - low > 4) {
        size_t middle = low + (high - low) / 2;
        if (by_length(&set->texts[middle], &text) <= 0)
            low = middle;
        else
            high = middle;
    }
    for (; low < high; low++)
        if (slice_equal(set->texts[low], text))
            return true;
    return false;
}

int in_set_test(const struct node *node, struct run *run)
{
    struct expression_value room;
    struct expression_value *value = node_get(node->left, run, &room);

    if (!value)
        return -1;
    return value->type == EXPRESSION_STRING && text_set_has(node->set, value->text);
}
