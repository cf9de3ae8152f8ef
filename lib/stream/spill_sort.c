/* Spilled records in order: what is sorted are places with where their records lie among the bytes of the part. */
#include "stream/spill_sort.h"

#include <stdlib.h>

#include "base/memory.h"

struct spill_item {
    uint64_t place;
    size_t at, length;
};

size_t spill_range(uint64_t place, uint64_t places)
{
    return (size_t)((unsigned __int128)place * SPILL_RANGES / places);
}

static int compare_items(const void *a, const void *b)
{
    const struct spill_item *left = a;
    const struct spill_item *right = b;

    if (left->place != right->place)
        return left->place < right->place ? -1 : 1;
    return left->at < right->at ? -1 : left->at > right->at;
}

static int add_item(struct spill_sorted *sorted, struct slice record, struct error *err)
{
    struct spill_item item = {.at = sorted->bytes.len, .length = record.len};
    struct slice rest = record;

    SPILL_TAKE(&rest, item.place);
    if (ARRAY_GROW(sorted->items, sorted->capacity, sorted->count + 1) || buffer_append(&sorted->bytes, record))
        return error_memory(err);
    sorted->items[sorted->count++] = item;
    return 0;
}

int spill_sort(struct spill_sorted *sorted, const struct spill *spill, size_t part, bool in_order, struct error *err)
{
    struct spill_reader reader = {0};
    struct slice record;
    int more;

    sorted->count = 0;
    buffer_clear(&sorted->bytes);
    spill_read(&reader, spill, part);
    while ((more = spill_next(&reader, &record, err)) > 0)
        if (add_item(sorted, record, err)) {
            more = -1;
            break;
        }
    spill_reader_fini(&reader);
    if (in_order && sorted->count)
        qsort(sorted->items, sorted->count, sizeof *sorted->items, compare_items);
    return more;
}

struct slice spill_sorted_at(const struct spill_sorted *sorted, size_t index)
{
    const struct spill_item *item = &sorted->items[index];

    return (struct slice){sorted->bytes.data + item->at, item->length};
}

void spill_sorted_fini(struct spill_sorted *sorted)
{
    free(sorted->items);
    buffer_fini(&sorted->bytes);
    *sorted = (struct spill_sorted){0};
}
