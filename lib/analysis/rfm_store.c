/* RFM tables on disk: customers with their figures in a spill, by ranges of their places, so that a range is read and
 * put in order at a time. */
#include "analysis/rfm_spill.h"

#include <stdlib.h>

#include "analysis/rfm_score.h"
#include "base/memory.h"

enum { TOGETHER = 32768 }; /* customers that are looked at at a time */

/* What a record begins with; the id follows. */
struct stored {
    uint64_t place;
    rfm_int128_aligned8 monetary;
    int64_t frequency;
    int32_t first_day, last_day, recency_days;
    uint32_t products;
};

/* ---- filling ---- */

struct filling {
    struct rfm_table *table;
    const struct rfm_range *filter;
};

static int store_part(void *context, const struct rfm *part, struct error *err)
{
    const struct filling *filling = context;
    struct rfm_table *table = filling->table;
    struct rfm_customer customer;

    for (size_t i = 0; i < part->customers.count; i++) {
        if (rfm_fill_customer(&customer, part, i, table->as_of, err))
            return -1;
        if (!rfm_filter_holds(table, &customer, filling->filter)) {
            table->filtered++;
            continue;
        }
        const struct stored stored = {
            .place = part->places[i],
            .monetary = customer.monetary,
            .frequency = customer.frequency,
            .first_day = customer.first_day,
            .last_day = customer.last_day,
            .recency_days = customer.recency_days,
            .products = customer.products,
        };
        const struct slice pieces[] = {SPILL_PIECE(stored), customer.id};
        if (spill_add(table->store->spill, spill_range(stored.place, table->store->places), pieces, 2, err))
            return -1;
        table->count++;
    }
    return 0;
}

int rfm_store_init(struct rfm_table *table, const struct rfm *rfm, const struct rfm_range *filter, struct error *err)
{
    struct filling filling = {table, filter};

    table->store = calloc(1, sizeof *table->store);
    if (!table->store)
        return error_memory(err);
    arena_init(&table->store->ids);
    table->store->places = rfm->place_base;
    return spill_new(&table->store->spill, SPILL_RANGES, err) || rfm_visit_parts(rfm, store_part, &filling, err) ? -1
                                                                                                                 : 0;
}

void rfm_store_free(struct rfm_store *store)
{
    if (!store)
        return;
    spill_free(store->spill);
    arena_fini(&store->ids);
    free(store);
}

/* ---- reading ---- */

static struct rfm_customer read_stored(const struct rfm_table *table, struct slice record)
{
    struct stored stored;

    SPILL_TAKE(&record, stored);
    return (struct rfm_customer){
        .id = record,
        .monetary = stored.monetary,
        .frequency = stored.frequency,
        .first_day = stored.first_day,
        .last_day = stored.last_day,
        .recency_days = stored.recency_days,
        .tenure_days = stored.first_day == DAY_NONE ? -1 : table->as_of - stored.first_day,
        .products = stored.products,
        .segment = RFM_NO_SEGMENT,
    };
}

static int show(const struct rfm_table *table, const struct spill_sorted *sorted, struct rfm_table *some,
                rfm_table_visitor *visit, void *context, struct error *err)
{
    const struct rfm_store *store = table->store;

    for (size_t at = 0; at < sorted->count; at += some->count) {
        some->count = sorted->count - at < TOGETHER ? sorted->count - at : TOGETHER;
        for (size_t i = 0; i < some->count; i++)
            some->customers[i] = read_stored(table, spill_sorted_at(sorted, at + i));
        if (store->has_cuts)
            rfm_score_by_cuts(some, &store->cuts, NULL);
        if (store->segments)
            rfm_segment_customers(some, store->segments);
        if (visit(context, some, err))
            return -1;
    }
    return 0;
}

int rfm_table_visit(const struct rfm_table *table, bool in_order, rfm_table_visitor *visit, void *context,
                    struct error *err)
{
    struct rfm_table some = {.scale = table->scale, .as_of = table->as_of};
    struct spill_sorted sorted = {0};
    int failed = 0;

    if (!rfm_is_on_disk(table))
        return visit(context, table, err);
    some.customers = malloc(TOGETHER * sizeof *some.customers);
    if (!some.customers)
        return error_memory(err);
    for (size_t part = 0; part < SPILL_RANGES && !failed; part++)
        failed = spill_sort(&sorted, table->store->spill, part, in_order, err) ||
                 show(table, &sorted, &some, visit, context, err);
    spill_sorted_fini(&sorted);
    free(some.customers);
    return failed ? -1 : 0;
}

/* ---- loading ---- */

struct loading {
    struct rfm_table *table;
    struct rfm_customer *customers; /* owned */
    size_t count;
};

static int load_some(void *context, const struct rfm_table *some, struct error *err)
{
    struct loading *loading = context;

    for (size_t i = 0; i < some->count; i++) {
        struct rfm_customer *customer = &loading->customers[loading->count++];
        *customer = some->customers[i];
        customer->id.ptr = arena_copy(&loading->table->store->ids, customer->id);
        if (!customer->id.ptr)
            return error_memory(err);
    }
    return 0;
}

int rfm_store_load(struct rfm_table *table, struct error *err)
{
    struct loading loading = {.table = table};

    if (!rfm_is_on_disk(table))
        return 0;
    loading.customers = malloc((table->count + 1) * sizeof *loading.customers);
    if (!loading.customers)
        return error_memory(err);
    if (rfm_table_visit(table, true, load_some, &loading, err)) {
        free(loading.customers);
        return -1;
    }
    table->customers = loading.customers;
    spill_free(table->store->spill);
    table->store->spill = NULL;
    return 0;
}
