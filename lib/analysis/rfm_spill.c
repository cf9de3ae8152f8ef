/* RFM states that outgrow their memory. Whenever the limit is reached, all customers go to a spill, spread over parts
 * by the hash of their ids, each with its distinct orders and products, and the state starts anew: a customer's records
 * are then those of several such rounds, which are merged as those of consecutive parts of the input are when its part
 * is read. A part that outgrows the memory spills in its turn.
 *
 * A customer's place is its number, counted on over the rounds: the place of its first record puts it in the order of
 * first appearance. */
#include "analysis/rfm_spill.h"

#include <stdlib.h>

#include "base/memory.h"

/* What a record begins with; the pairs follow, orders first, then the id. */
struct head {
    uint64_t place;
    struct rfm_history history;
    int32_t scale;
    uint32_t orders, products;
};
enum { PAIR_BYTES = sizeof(uint64_t) + sizeof(uint32_t) }; /* its owner is the customer */

enum { END_BYTES = sizeof(struct rfm_customer) + 2 * sizeof(int128) }; /* of a customer in the table, and for cuts */

static size_t bytes_of(const struct rfm *rfm, size_t more)
{
    return group_bytes(&rfm->customers, more) + rfm_pairs_bytes(&rfm->orders, more) +
           rfm_pairs_bytes(&rfm->products, more) + rfm->place_capacity * sizeof *rfm->places;
}

/* ---- writing ---- */

/* Appends the owner's pairs to ids; *pairs moves on behind them. */
static int take_pairs(const struct rfm_pair **pairs, const struct rfm_pair *end, uint32_t owner, uint32_t *count,
                      struct buffer *ids)
{
    *count = 0;
    for (; *pairs < end && (*pairs)->owner == owner; ++*pairs, ++*count) {
        struct slice low = SPILL_PIECE((*pairs)->low);
        struct slice high = SPILL_PIECE((*pairs)->high);
        if (buffer_append(ids, low) || buffer_append(ids, high))
            return -1;
    }
    return 0;
}

static int write_customers(struct rfm *rfm, struct buffer *ids, struct error *err)
{
    const struct rfm_pair *orders = rfm_pairs_sort(&rfm->orders);
    const struct rfm_pair *products = rfm_pairs_sort(&rfm->products);
    const struct rfm_pair *orders_end = orders ? orders + rfm->orders.count : NULL;
    const struct rfm_pair *products_end = products ? products + rfm->products.count : NULL;

    for (size_t i = 0; i < rfm->customers.count; i++) {
        const struct rfm_history *history = group_state(&rfm->customers, i);
        struct slice customer = group_key(&rfm->customers, i);
        struct head head = {.place = rfm->places ? rfm->places[i] : rfm->place_base + i, .scale = rfm->scale};
        head.history = *history;
        buffer_clear(ids);
        if (take_pairs(&orders, orders_end, (uint32_t)i, &head.orders, ids) ||
            take_pairs(&products, products_end, (uint32_t)i, &head.products, ids))
            return error_memory(err);
        const struct slice pieces[] = {SPILL_PIECE(head), buffer_slice(ids), customer};
        if (spill_add(rfm->spill, spill_part(group_hash(customer), rfm->level), pieces, 3, err))
            return -1;
    }
    rfm->place_base += rfm->customers.count;
    return 0;
}

static int spill_all(struct rfm *rfm, struct error *err)
{
    struct buffer ids;

    if (!rfm->spill) {
        rfm->rows_before = rfm->row_count;
        if (spill_new(&rfm->spill, SPILL_PARTS, err))
            return -1;
    }
    buffer_init(&ids);
    int failed = write_customers(rfm, &ids, err);
    buffer_fini(&ids);
    group_clear(&rfm->customers);
    rfm_pairs_fini(&rfm->orders);
    rfm_pairs_fini(&rfm->products);
    return failed;
}

int rfm_spill_check(struct rfm *rfm, size_t count, struct error *err)
{
    if (rfm->customers.count == 0 || bytes_of(rfm, count) <= rfm->limit)
        return 0;
    return spill_all(rfm, err);
}

void rfm_limit(struct rfm *rfm, size_t bytes)
{
    rfm->limit = bytes;
}

int rfm_settle(struct rfm *rfm, struct spill_account *account, struct error *err)
{
    bool fits = !rfm->limit || bytes_of(rfm, 0) + rfm->customers.count * END_BYTES <= rfm->limit;

    *account = (struct spill_account){0};
    if (!rfm->spill && (fits || rfm->level > 0 || rfm->customers.count == 0))
        return 0;
    if (spill_all(rfm, err))
        return -1;
    group_fini(&rfm->customers);
    group_init(&rfm->customers, sizeof(struct rfm_history));
    *account = (struct spill_account){
        .spilled = true,
        .rows = rfm->rows_before,
        .records = spill_records(rfm->spill),
        .bytes = spill_bytes(rfm->spill),
    };
    return 0;
}

/* ---- reading ---- */

/* Adds pairs; those that were there were counted twice, and *counted is how many. */
static int add_pairs(struct rfm_pairs *pairs, uint32_t owner, uint32_t count, struct slice *record, uint32_t *counted)
{
    struct rfm_pair pair = {.owner = owner};

    *counted = 0;
    for (uint32_t i = 0; i < count; i++) {
        SPILL_TAKE(record, pair.low);
        SPILL_TAKE(record, pair.high);
        int added = rfm_pairs_add(pairs, pair);
        if (added < 0)
            return -1;
        *counted += !added;
    }
    return 0;
}

static int read_customer(struct rfm *part, struct slice record, struct error *err)
{
    struct head head;
    uint32_t orders, products;
    bool added;

    SPILL_TAKE(&record, head);
    size_t pairs = (size_t)head.orders + head.products;
    struct slice customer = {record.ptr + pairs * PAIR_BYTES, record.len - pairs * PAIR_BYTES};
    if (part->limit && rfm_spill_check(part, pairs + 1, err))
        return -1;
    struct rfm_history *history = group_get(&part->customers, customer, &added);
    if (!history)
        return error_memory(err);
    uint32_t number = (uint32_t)group_index(history);
    if (added) {
        if (ARRAY_GROW(part->places, part->place_capacity, part->customers.count))
            return error_memory(err);
        part->places[number] = head.place;
    }
    if (rfm_merge_history(history, &head.history, added, head.scale, part->scale))
        return rfm_too_large(customer, err);
    if (add_pairs(&part->orders, number, head.orders, &record, &orders) ||
        add_pairs(&part->products, number, head.products, &record, &products))
        return error_memory(err);
    history->frequency -= orders;
    history->products -= products;
    return 0;
}

static int read_part(struct rfm *part, const struct spill *spill, size_t number, struct error *err)
{
    struct spill_reader reader = {0};
    struct spill_account account;
    struct slice record;
    int more;

    spill_read(&reader, spill, number);
    while ((more = spill_next(&reader, &record, err)) > 0)
        if (read_customer(part, record, err)) {
            more = -1;
            break;
        }
    spill_reader_fini(&reader);
    return more || rfm_settle(part, &account, err) ? -1 : 0;
}

static int visit_part(const struct rfm *rfm, size_t number, rfm_part_visitor *visit, void *context, struct error *err)
{
    struct rfm part;

    rfm_init(&part, &rfm->options);
    part.scale = rfm->scale;
    part.level = rfm->level + 1;
    part.limit = part.level < SPILL_LEVELS ? rfm->limit : 0;
    int failed = read_part(&part, rfm->spill, number, err);
    if (!failed)
        failed = part.spill ? rfm_visit_parts(&part, visit, context, err) : visit(context, &part, err);
    rfm_fini(&part);
    return failed;
}

int rfm_visit_parts(const struct rfm *rfm, rfm_part_visitor *visit, void *context, struct error *err)
{
    for (size_t i = 0; i < SPILL_PARTS; i++)
        if (spill_has(rfm->spill, i) && visit_part(rfm, i, visit, context, err))
            return -1;
    return 0;
}
