/* RFM scores by rank: NTILE over all customers, or nested. Sorting by value is stable, so customers of equal value stay
 * in the order of their ids when they begin in it; that order is made once for all dimensions, and only if ties are
 * broken by it. */
#include "analysis/rfm_rank.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/quantile.h"

struct ranker {
    struct rfm_table *table;
    const struct rfm_scoring *scoring;
    struct quantile_item *items; /* room for all customers, and as much spare behind */
    size_t *spare;               /* room for all customers */
};

/* Sixteen bytes of an id, after the `skip` that all ids have in common, as a number that orders alike. */
static int128 id_key(struct slice id, size_t skip)
{
    unsigned __int128 key = 0;

    for (size_t i = skip; i < skip + sizeof key; i++)
        key = key << 8 | (i < id.len ? (unsigned char)id.ptr[i] : 0);
    return (int128)(key ^ (unsigned __int128)1 << 127); /* unsigned order as signed order */
}

static size_t common_prefix(const struct rfm_table *table)
{
    struct slice first = table->customers[0].id;
    size_t common = first.len;

    for (size_t i = 1; i < table->count; i++) {
        struct slice id = table->customers[i].id;
        size_t same = 0;
        while (same < common && same < id.len && id.ptr[same] == first.ptr[same])
            same++;
        common = same;
    }
    return common;
}

static int compare_ids(const void *a, const void *b, void *context)
{
    const struct rfm_customer *customers = context;
    const struct quantile_item *left = a;
    const struct quantile_item *right = b;

    return slice_compare(customers[left->index].id, customers[right->index].id);
}

/* members = all customers in the order of their ids: sorted by their keys, and where keys are equal by comparing. */
static void order_by_id(const struct ranker *ranker, size_t *members)
{
    struct rfm_customer *customers = ranker->table->customers;
    struct quantile_item *items = ranker->items;
    size_t count = ranker->table->count;
    size_t skip = common_prefix(ranker->table);
    size_t end;

    for (size_t i = 0; i < count; i++)
        items[i] = (struct quantile_item){id_key(customers[i].id, skip), i};
    quantile_sort_items(items, items + count, count);
    for (size_t begin = 0; begin < count; begin = end) {
        for (end = begin + 1; end < count && items[end].value == items[begin].value;)
            end++;
        if (end - begin > 1)
            qsort_r(items + begin, end - begin, sizeof *items, compare_ids, customers);
    }
    for (size_t i = 0; i < count; i++)
        members[i] = items[i].index;
}

/* The group, from 1, of a place, from 0, among count in `bins` groups as NTILE makes them. */
static int ntile(size_t place, size_t count, size_t bins)
{
    size_t size = count / bins;
    size_t larger = count % bins; /* so many groups have one more */

    if (place < larger * (size + 1))
        return (int)(place / (size + 1)) + 1;
    return (int)(larger + (place - larger * (size + 1)) / size) + 1;
}

/* Scores the members, given in the order that breaks ties, among themselves. */
static void rank_members(struct ranker *ranker, const size_t *members, size_t count, enum rfm_dimension dimension)
{
    struct rfm_customer *customers = ranker->table->customers;
    struct quantile_item *items = ranker->items;
    enum rfm_ties ties = ranker->scoring->ties;
    size_t bins = (size_t)ranker->scoring->bins[dimension];
    size_t end;

    for (size_t i = 0; i < count; i++) {
        int128 value = rfm_value(&customers[members[i]], dimension);
        items[i] = (struct quantile_item){dimension == RFM_RECENCY ? -value : value, members[i]};
    }
    quantile_sort_items(items, items + ranker->table->count, count);
    for (size_t begin = 0; begin < count; begin = end) {
        end = begin + 1;
        while (end < count && items[end].value == items[begin].value)
            end++;
        for (size_t i = begin; i < end; i++) {
            size_t place = i;
            if (ties == RFM_TIES_LOW)
                place = begin;
            else if (ties == RFM_TIES_HIGH)
                place = end - 1;
            else if (ties == RFM_TIES_MEAN)
                place = (begin + end - 1) / 2;
            customers[items[i].index].score[dimension] = (uint8_t)ntile(place, count, bins);
        }
    }
}

/* Scores the members in this dimension, then those of each score in the next. Reorders members, keeping the order
 * within a score. */
static void rank_nested(struct ranker *ranker, size_t *members, size_t count, enum rfm_dimension dimension)
{
    const struct rfm_customer *customers = ranker->table->customers;
    size_t sorted = 0;

    rank_members(ranker, members, count, dimension);
    if (dimension + 1 == RFM_DIMENSIONS)
        return;
    for (int score = 1; score <= ranker->scoring->bins[dimension]; score++)
        for (size_t i = 0; i < count; i++)
            if (customers[members[i]].score[dimension] == score)
                ranker->spare[sorted++] = members[i];
    memcpy(members, ranker->spare, count * sizeof *members);
    for (size_t end, from = 0; from < count; from = end) {
        uint8_t score = customers[members[from]].score[dimension];
        for (end = from + 1; end < count && customers[members[end]].score[dimension] == score;)
            end++;
        rank_nested(ranker, members + from, end - from, dimension + 1);
    }
}

int rfm_rank(struct rfm_table *table, const struct rfm_scoring *scoring, struct error *err)
{
    size_t count = table->count;
    bool by_id = scoring->ties == RFM_TIES_DEFAULT || scoring->ties == RFM_TIES_ORDER;
    struct ranker ranker = {.table = table, .scoring = scoring};
    size_t *members = malloc(count * sizeof *members);
    int result = 0;

    ranker.items = count > SIZE_MAX / 2 / sizeof *ranker.items ? NULL : malloc(2 * count * sizeof *ranker.items);
    ranker.spare = malloc(count * sizeof *ranker.spare);
    if (!members || !ranker.items || !ranker.spare) {
        result = error_memory(err);
    } else {
        for (size_t i = 0; !by_id && i < count; i++)
            members[i] = i;
        if (by_id)
            order_by_id(&ranker, members);
        if (scoring->method == RFM_NESTED)
            rank_nested(&ranker, members, count, RFM_RECENCY);
        for (enum rfm_dimension d = 0; scoring->method == RFM_RANK && d < RFM_DIMENSIONS; d++)
            rank_members(&ranker, members, count, d);
    }
    free(members);
    free(ranker.items);
    free(ranker.spare);
    return result;
}
