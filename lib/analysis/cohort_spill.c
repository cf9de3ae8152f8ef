/* Cohorts that outgrow their memory. Customers are spread over parts of a spill by their hash, and at the end each part
 * is read into a state of its own, which is walked like any other; one that outgrows the memory spills in its turn.
 *
 * The compact state goes to the spill whole whenever the limit is reached, and starts anew: a customer's records are
 * then those of several such rounds, and their bits are put together when they are read. Of the full state the rows
 * are what takes room: it goes to the spill once, first the customers, then their rows, and from then on rows go there
 * as they come. Values of entries (cohort_rows.groups) stay in memory, as the numbers of cohorts are theirs; each part
 * borrows them while it is there. */
#include "analysis/cohort_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* What a record of the compact state begins with; the own words that are not zero follow, then the further ones (struct
 * cohort_word), then the customer. */
struct member_head {
    int32_t first_start;
    uint32_t further;
    uint64_t own; /* a bit for each word that follows */
};

/* What one of the full state begins with: a row (its hour has flags) or an entry, with its time; or only a customer.
 * The numbers behind the time follow, of an entry its period; then the customer, then the value. */
struct row_head {
    uint64_t place;
    int64_t time_and_scale;
    uint32_t hour;
    uint32_t customer_length;
};
#define NO_HOUR COHORT_HOUR_BITS /* a customer alone */

static size_t number_count(const struct cohort *cohort, uint32_t hour)
{
    if (hour & (COHORT_STARTS | COHORT_RETURNS))
        return (cohort->rows.size - sizeof(struct cohort_mark)) / sizeof(int64_t);
    return hour != NO_HOUR;
}

static size_t bytes_of(const struct cohort *cohort, size_t more)
{
    size_t bytes = group_bytes(&cohort->customers, more);

    if (cohort->compact)
        return bytes + group_bytes(&cohort->bits.words, more);
    return bytes + (cohort->rows.count + more) * cohort->rows.size +
           (cohort->customers.count + cohort->rows.count) * sizeof(uint32_t) + /* two lists, at the end */
           cohort->place_capacity * sizeof *cohort->places;
}

/* ---- writing ---- */

static size_t part_of(const struct cohort *cohort, struct slice customer)
{
    return spill_part(group_hash(customer), cohort->level);
}

static int write_member(const struct cohort *cohort, size_t index, struct buffer *words, struct error *err)
{
    const struct cohort_member *member = group_state(&cohort->customers, index);
    struct slice customer = group_key(&cohort->customers, index);
    struct member_head head = {.first_start = member->first_start};

    buffer_clear(words);
    for (int i = 0; i < COHORT_OWN; i++)
        if (member->own[i]) {
            head.own |= UINT64_C(1) << i;
            if (buffer_append(words, SPILL_PIECE(member->own[i])))
                return error_memory(err);
        }
    for (uint32_t next = member->further; next; head.further++) {
        const struct cohort_word *word = group_state(&cohort->bits.words, next - 1);
        if (buffer_append(words, SPILL_PIECE(*word)))
            return error_memory(err);
        next = word->next;
    }
    const struct slice pieces[] = {SPILL_PIECE(head), buffer_slice(words), customer};
    return spill_add(cohort->spill, part_of(cohort, customer), pieces, 3, err);
}

static int write_members(struct cohort *cohort, struct error *err)
{
    struct buffer words;
    int failed = 0;

    buffer_init(&words);
    for (size_t i = 0; i < cohort->customers.count && !failed; i++)
        failed = write_member(cohort, i, &words, err);
    buffer_fini(&words);
    group_clear(&cohort->customers);
    group_clear(&cohort->bits.words);
    return failed;
}

static int write_row(struct cohort *cohort, uint64_t place, const struct cohort_arrival *arrival, struct slice customer,
                     struct slice group, struct error *err)
{
    const struct row_head head = {place, arrival->time_and_scale, arrival->hour, (uint32_t)customer.len};
    const struct slice numbers = {(const char *)arrival->extra,
                                  number_count(cohort, arrival->hour) * sizeof *arrival->extra};
    const struct slice pieces[] = {SPILL_PIECE(head), numbers, customer, group};

    return spill_add(cohort->spill, part_of(cohort, customer), pieces, 4, err);
}

static int write_customer(struct cohort *cohort, size_t index, struct error *err)
{
    const struct cohort_entrant *entrant = group_state(&cohort->customers, index);
    struct slice group = {"", 0};
    struct cohort_arrival entry = {.hour = NO_HOUR};

    if (entrant->started) {
        entry = (struct cohort_arrival){entrant->time, {entrant->period}, entrant->hour};
        if (cohort->rules.grouped)
            group = group_key(&cohort->rows.groups, entrant->group);
    }
    return write_row(cohort, cohort->places ? cohort->places[index] : index, &entry,
                     group_key(&cohort->customers, index), group, err);
}

static int write_rows(struct cohort *cohort, struct error *err)
{
    int failed = 0;

    for (size_t i = 0; i < cohort->customers.count && !failed; i++)
        failed = write_customer(cohort, i, err);
    for (uint32_t i = 0; i < cohort->rows.count && !failed; i++) {
        const struct cohort_mark *mark = cohort_row_at(&cohort->rows, i);
        struct cohort_arrival row = {.time_and_scale = mark->time_and_scale, .hour = mark->hour};
        memcpy(row.extra, mark->extra, cohort->rows.size - sizeof *mark);
        failed = write_row(cohort, 0, &row, group_key(&cohort->customers, mark->customer), (struct slice){"", 0}, err);
    }
    group_fini(&cohort->customers);
    group_init(&cohort->customers, sizeof(struct cohort_entrant));
    for (size_t i = 0; i < cohort->rows.chunk_count; i++)
        free(cohort->rows.chunks[i]);
    cohort->rows.chunk_count = 0;
    cohort->rows.count = 0;
    return failed;
}

static int begin(struct cohort *cohort, struct error *err)
{
    if (cohort->spill)
        return 0;
    cohort->rows_before = cohort->row_count;
    return spill_new(&cohort->spill, SPILL_PARTS, err);
}

int cohort_spill_check(struct cohort *cohort, size_t count, struct error *err)
{
    if (cohort->customers.count == 0 || bytes_of(cohort, count) <= cohort->limit)
        return 0;
    if (begin(cohort, err))
        return -1;
    return cohort->compact ? write_members(cohort, err) : write_rows(cohort, err);
}

int cohort_spill_rows(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct cohort_row *row = &rows[i];
        struct cohort_arrival arrival = {.hour = NO_HOUR};
        if (row->starts || row->returns)
            arrival = cohort_rows_arrive(cohort, row);
        if (write_row(cohort, cohort->row_count - count + i, &arrival, row->customer,
                      row->starts ? row->group : (struct slice){"", 0}, err))
            return -1;
    }
    return 0;
}

void cohort_limit(struct cohort *cohort, size_t bytes)
{
    cohort->limit = bytes;
}

int cohort_settle(struct cohort *cohort, struct spill_account *account, struct error *err)
{
    *account = (struct spill_account){.spilled = cohort->spill != NULL};
    if (!cohort->spill)
        return 0;
    if (cohort->compact && write_members(cohort, err))
        return -1;
    group_fini(&cohort->customers);
    group_fini(&cohort->bits.words);
    group_init(&cohort->customers, cohort->compact ? sizeof(struct cohort_member) : sizeof(struct cohort_entrant));
    group_init(&cohort->bits.words, sizeof(struct cohort_word));
    account->rows = cohort->rows_before;
    account->records = spill_records(cohort->spill);
    account->bytes = spill_bytes(cohort->spill);
    return 0;
}

/* ---- reading ---- */

static int read_member(struct cohort *part, struct slice record, struct error *err)
{
    struct member_head head;
    uint64_t own[COHORT_OWN] = {0};
    struct cohort_word word;

    SPILL_TAKE(&record, head);
    for (int i = 0; i < COHORT_OWN; i++)
        if (head.own >> i & 1)
            SPILL_TAKE(&record, own[i]);
    struct slice further = record;
    record.ptr += head.further * sizeof word;
    record.len -= head.further * sizeof word;
    if (part->limit && cohort_spill_check(part, 1, err))
        return -1;
    struct cohort_member *member = cohort_bits_member(part, record, group_hash(record));
    if (!member)
        return error_memory(err);
    if (head.first_start != COHORT_NO_START)
        cohort_bits_note_start(member, head.first_start);
    for (int i = 0; i < COHORT_OWN; i++)
        member->own[i] |= own[i];
    for (uint32_t i = 0; i < head.further; i++) {
        SPILL_TAKE(&further, word);
        if (cohort_bits_add_word(part, member, part->bits.base + (int64_t)word.place * 64, word.active, word.starts))
            return error_memory(err);
    }
    return 0;
}

static int read_row(struct cohort *part, struct slice record, struct error *err)
{
    struct cohort_arrival arrival = {0};
    struct row_head head;
    bool added;

    SPILL_TAKE(&record, head);
    arrival.time_and_scale = head.time_and_scale;
    arrival.hour = head.hour;
    spill_take(&record, arrival.extra, number_count(part, head.hour) * sizeof *arrival.extra);
    struct slice customer = {record.ptr, head.customer_length};
    struct slice group = {record.ptr + customer.len, record.len - customer.len};
    if (part->limit && !part->spill && cohort_spill_check(part, 1, err))
        return -1;
    if (part->spill)
        return write_row(part, head.place, &arrival, customer, group, err);
    struct cohort_entrant *entrant = group_get(&part->customers, customer, &added);
    if (!entrant)
        return error_memory(err);
    if (added) {
        if (ARRAY_GROW(part->places, part->place_capacity, part->customers.count))
            return error_memory(err);
        part->places[part->customers.count - 1] = head.place;
    }
    if (head.hour & (COHORT_STARTS | COHORT_RETURNS))
        return cohort_rows_put(part, entrant, &arrival, group, err);
    if (head.hour == NO_HOUR)
        return 0;
    const struct cohort_entrant start = {
        .time = head.time_and_scale, .period = (int32_t)arrival.extra[0], .hour = head.hour};
    return cohort_rows_note_entry(part, entrant, &start, group, err);
}

static int read_part(struct cohort *part, const struct spill *spill, size_t number, struct error *err)
{
    struct spill_reader reader = {0};
    struct slice record;
    int more;

    spill_read(&reader, spill, number);
    while ((more = spill_next(&reader, &record, err)) > 0)
        if (part->compact ? read_member(part, record, err) : read_row(part, record, err)) {
            more = -1;
            break;
        }
    spill_reader_fini(&reader);
    return more;
}

static void exchange_groups(struct cohort *a, struct cohort *b)
{
    struct group_table groups = a->rows.groups;

    a->rows.groups = b->rows.groups;
    b->rows.groups = groups;
}

static int visit_part(struct cohort *cohort, size_t number, cohort_part_visitor *visit, void *context,
                      struct error *err)
{
    struct cohort *part;

    if (cohort_new(&part, &cohort->rules, cohort->measure, err))
        return -1;
    part->level = cohort->level + 1;
    part->limit = part->level < SPILL_LEVELS ? cohort->limit : 0;
    part->bits.base = cohort->bits.base;
    part->bits.has_base = cohort->bits.has_base;
    exchange_groups(part, cohort);
    int failed = read_part(part, cohort->spill, number, err);
    if (!failed)
        failed = cohort_visit_parts(part, visit, context, err);
    exchange_groups(part, cohort);
    cohort_free(part);
    return failed;
}

int cohort_visit_parts(struct cohort *cohort, cohort_part_visitor *visit, void *context, struct error *err)
{
    struct spill_account account;

    if (cohort_settle(cohort, &account, err))
        return -1;
    if (!account.spilled)
        return visit(context, cohort, err);
    for (size_t i = 0; i < SPILL_PARTS; i++)
        if (spill_has(cohort->spill, i) && visit_part(cohort, i, visit, context, err))
            return -1;
    return 0;
}
