/* Cohorts, the compact state: for each customer a bit for each calendar period in which it returned.
 *
 * The 64 periods around the first row have their bits in the customer's own state, so that a row is one look-up. Other
 * periods have words of 64 in a second table keyed by customer and place; a customer's words are chained, since they
 * are wanted together at the end. Of starts only the first matters, unless each is an entry: then they have bits too.
 */
#include "analysis/cohort_parts.h"

#include <stdlib.h>

#include "base/memory.h"

enum { WORD = 64 };

struct word_key {
    uint32_t customer;
    int32_t place;
};

static struct slice key_slice(const struct word_key *key)
{
    return (struct slice){(const char *)key, sizeof *key};
}

/* A row on its way into the state. */
struct arrival {
    struct cohort_member *member;
    int64_t offset; /* of its period from base */
    struct word_key key;
    uint64_t hash; /* of key, when the offset is not in the first word */
};

/* Words of returns in a customer's own state. */
static int64_t own_words(const struct cohort_rules *rules)
{
    return rules->recurring ? COHORT_OWN / 2 : COHORT_OWN;
}

static bool is_own(const struct cohort_rules *rules, int64_t offset)
{
    return (uint64_t)offset < (uint64_t)own_words(rules) * WORD;
}

void cohort_bits_choose_base(struct cohort *cohort, int32_t period)
{
    if (cohort->bits.has_base)
        return;
    cohort->bits.base = period - (int32_t)own_words(&cohort->rules) * WORD / 2;
    cohort->bits.has_base = true;
}

struct cohort_member *cohort_bits_member(struct cohort *cohort, struct slice customer, uint64_t hash)
{
    bool added;
    struct cohort_member *member = group_get_hashed(&cohort->customers, customer, hash, &added);

    if (member && added)
        member->first_start = COHORT_NO_START;
    return member;
}

/* Finds the customer, and which word the period is in. */
static int arrive(struct cohort *cohort, const struct cohort_row *row, struct arrival *arrival)
{
    int32_t period = cohort_row_period(cohort, row->day, row->hour);

    arrival->member = cohort_bits_member(cohort, row->customer, row->hash);
    if (!arrival->member)
        return -1;
    cohort_bits_choose_base(cohort, period);
    arrival->offset = (int64_t)period - cohort->bits.base;
    if (is_own(&cohort->rules, arrival->offset))
        return 0;
    arrival->key.customer = (uint32_t)group_index(arrival->member);
    arrival->key.place = (int32_t)(arrival->offset >> 6); /* down, also below zero */
    arrival->hash = group_hash(key_slice(&arrival->key));
    group_prefetch_slot(&cohort->bits.words, arrival->hash);
    return 0;
}

void cohort_bits_note_start(struct cohort_member *member, int32_t period)
{
    if (period < member->first_start || member->first_start == COHORT_NO_START)
        member->first_start = period;
}

/* Sets the bit of the period among the customer's returns, its starts, or both. */
static int set_bits(struct cohort *cohort, const struct arrival *arrival, uint64_t active, uint64_t starts)
{
    bool added;

    if (is_own(&cohort->rules, arrival->offset)) {
        arrival->member->own[arrival->offset / WORD] |= active;
        if (cohort->rules.recurring)
            arrival->member->own[arrival->offset / WORD + own_words(&cohort->rules)] |= starts;
        return 0;
    }
    struct cohort_word *word = group_get_hashed(&cohort->bits.words, key_slice(&arrival->key), arrival->hash, &added);
    if (!word)
        return -1;
    if (added) {
        word->place = arrival->key.place;
        word->next = arrival->member->further;
        arrival->member->further = (uint32_t)group_index(word) + 1;
    }
    word->active |= active;
    word->starts |= starts;
    return 0;
}

int cohort_bits_add(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err)
{
    struct arrival arrivals[COHORT_ROWS] = {0};

    for (size_t i = 0; i < count; i++)
        if (arrive(cohort, &rows[i], &arrivals[i]))
            return error_memory(err);
    for (size_t i = 0; i < count; i++)
        if (!is_own(&cohort->rules, arrivals[i].offset))
            group_prefetch_state(&cohort->bits.words, arrivals[i].hash);
    for (size_t i = 0; i < count; i++) {
        const struct cohort_row *row = &rows[i];
        const struct arrival *arrival = &arrivals[i];
        uint64_t bit = UINT64_C(1) << (arrival->offset & (WORD - 1));
        if (!row->starts && !row->returns)
            continue;
        int32_t period = (int32_t)(arrival->offset + cohort->bits.base);
        cohort_note(cohort, period, row->starts);
        if (row->starts)
            cohort_bits_note_start(arrival->member, period);
        uint64_t starts = row->starts && cohort->rules.recurring ? bit : 0;
        if ((row->returns || starts) && set_bits(cohort, arrival, row->returns ? bit : 0, starts))
            return error_memory(err);
    }
    return 0;
}

/* A word of another state, whose base may be another. */
int cohort_bits_add_word(struct cohort *into, struct cohort_member *member, int64_t first, uint64_t active,
                         uint64_t starts)
{
    for (uint64_t rest = active | starts; rest; rest &= rest - 1) {
        int at = __builtin_ctzll(rest);
        uint64_t mask = UINT64_C(1) << at;
        struct arrival arrival = {.member = member, .offset = first + at - into->bits.base};
        uint64_t bit = UINT64_C(1) << (arrival.offset & (WORD - 1));
        if (!is_own(&into->rules, arrival.offset)) {
            arrival.key = (struct word_key){(uint32_t)group_index(member), (int32_t)(arrival.offset >> 6)};
            arrival.hash = group_hash(key_slice(&arrival.key));
        }
        if (set_bits(into, &arrival, active & mask ? bit : 0, starts & mask ? bit : 0))
            return -1;
    }
    return 0;
}

int cohort_bits_merge(struct cohort *into, const struct cohort *from, struct error *err)
{
    const struct cohort_bits *bits = &from->bits;

    if (bits->has_base)
        cohort_bits_choose_base(into, bits->base + (int32_t)own_words(&into->rules) * WORD / 2);
    for (size_t i = 0; i < from->customers.count; i++) {
        const struct cohort_member *source = group_state(&from->customers, i);
        struct slice customer = group_key(&from->customers, i);
        struct cohort_member *member = cohort_bits_member(into, customer, group_hash(customer));
        if (!member)
            return error_memory(err);
        if (source->first_start != COHORT_NO_START)
            cohort_bits_note_start(member, source->first_start);
        for (int64_t place = 0; place < own_words(&from->rules); place++)
            if (cohort_bits_add_word(into, member, bits->base + place * WORD, source->own[place],
                                     from->rules.recurring ? source->own[place + own_words(&from->rules)] : 0))
                return error_memory(err);
        for (uint32_t next = source->further; next;) {
            const struct cohort_word *word = group_state(&bits->words, next - 1);
            if (cohort_bits_add_word(into, member, bits->base + (int64_t)word->place * WORD, word->active,
                                     word->starts))
                return error_memory(err);
            next = word->next;
        }
    }
    return 0;
}

/* The walk. */

struct walk {
    struct cohort_tally *tally;
    struct cohort_placed_word *words; /* of one customer, ascending; owned, as are the others */
    size_t word_count, word_capacity;
    int32_t *active, *starts; /* its periods, ascending */
    size_t active_count, active_capacity, start_count, start_capacity;
    int32_t *slots;
    size_t slot_capacity;
};

static int compare_words(const void *a, const void *b)
{
    const struct cohort_placed_word *left = a;
    const struct cohort_placed_word *right = b;

    return left->first < right->first ? -1 : left->first > right->first;
}

int cohort_bits_words(const struct cohort *cohort, const struct cohort_member *member,
                      struct cohort_placed_word **words, size_t *count, size_t *capacity)
{
    const struct cohort_bits *bits = &cohort->bits;
    size_t room = *capacity;
    size_t found = 0;

    if (ARRAY_GROW(*words, room, COHORT_OWN))
        return -1;
    *capacity = room;
    for (int64_t place = 0; place < own_words(&cohort->rules); place++)
        (*words)[found++] =
            (struct cohort_placed_word){bits->base + place * WORD, member->own[place],
                                        cohort->rules.recurring ? member->own[place + own_words(&cohort->rules)] : 0};
    for (uint32_t next = member->further; next;) {
        int failed = ARRAY_GROW(*words, room, found + 1);
        *capacity = room;
        if (failed)
            return -1;
        const struct cohort_word *word = group_state(&bits->words, next - 1);
        (*words)[found++] =
            (struct cohort_placed_word){bits->base + (int64_t)word->place * WORD, word->active, word->starts};
        next = word->next;
    }
    *count = found;
    if (member->further)
        qsort(*words, found, sizeof **words, compare_words);
    return 0;
}

static size_t unpack(int64_t first, uint64_t bits, int32_t *periods)
{
    size_t count = 0;

    for (; bits; bits &= bits - 1)
        periods[count++] = (int32_t)(first + __builtin_ctzll(bits));
    return count;
}

static int collect_periods(struct walk *walk, const struct cohort_member *member)
{
    if (cohort_bits_words(walk->tally->cohort, member, &walk->words, &walk->word_count, &walk->word_capacity) ||
        ARRAY_GROW(walk->active, walk->active_capacity, walk->word_count * WORD) ||
        ARRAY_GROW(walk->starts, walk->start_capacity, walk->word_count * WORD))
        return -1;
    walk->active_count = walk->start_count = 0;
    for (size_t i = 0; i < walk->word_count; i++) {
        const struct cohort_placed_word *word = &walk->words[i];
        walk->active_count += unpack(word->first, word->active, &walk->active[walk->active_count]);
        walk->start_count += unpack(word->first, word->starts, &walk->starts[walk->start_count]);
    }
    if (!walk->tally->cohort->rules.recurring)
        walk->starts[walk->start_count++] = member->first_start;
    return ARRAY_GROW(walk->slots, walk->slot_capacity, walk->active_count + 1);
}

static int32_t cohort_of(const struct cohort_rules *rules, int32_t entry)
{
    if (rules->period == rules->cohort_period)
        return entry;
    return cohort_period_of(rules, rules->cohort_period, cohort_period_first_day(rules, rules->period, entry), 0);
}

/* The life that begins with an entry: ages are known, and become slots. */
static int add_life(const struct walk *walk, int32_t entry, int32_t *ages, size_t count, struct error *err)
{
    const struct cohort_rules *rules = &walk->tally->cohort->rules;
    int64_t begun = (int64_t)walk->tally->begun - entry;
    size_t slots = count;

    if (count == 0)
        return 0;
    if (ages[count - 1] > begun)
        begun = ages[count - 1];
    if (rules->kind == COHORT_BRACKET) {
        slots = 0;
        for (size_t i = 0; i < count; i++) {
            int32_t slot = cohort_slot(rules, ages[i]);
            if (slot >= 0 && (slots == 0 || ages[slots - 1] != slot))
                ages[slots++] = slot; /* never before the place that is read */
        }
    }
    struct cohort_life life = {
        .cohort = cohort_of(rules, entry),
        .begun = cohort_slot_begun(rules, begun),
        .complete = cohort_slot_complete(rules, (int64_t)walk->tally->complete - entry),
        .slots = ages,
        .count = slots,
    };
    return cohort_tally_add(walk->tally, &life, err);
}

static int add_lives(struct walk *walk, const struct cohort_member *member, struct error *err)
{
    size_t from = 0;

    if (collect_periods(walk, member))
        return error_memory(err);
    for (size_t i = 0; i < walk->start_count; i++) {
        int32_t entry = walk->starts[i];
        size_t count = 0;
        walk->slots[count++] = 0;
        while (from < walk->active_count && walk->active[from] <= entry)
            from++;
        for (size_t j = from; j < walk->active_count; j++)
            walk->slots[count++] = walk->active[j] - entry;
        if (add_life(walk, entry, walk->slots, count, err))
            return -1;
    }
    return 0;
}

/* Of a customer whose bits are all its own, and whose entry is. */
static int add_near_life(const struct walk *walk, const struct cohort_member *member, struct error *err)
{
    int32_t ages[COHORT_OWN * WORD + 1];
    int64_t offset = (int64_t)member->first_start - walk->tally->cohort->bits.base;
    int64_t place = offset / WORD;
    int at = (int)(offset % WORD);
    size_t count = unpack(0, member->own[place] >> at | 1, ages);

    for (int64_t age = WORD - at; ++place < COHORT_OWN; age += WORD)
        count += unpack(age, member->own[place], &ages[count]);
    return add_life(walk, member->first_start, ages, count, err);
}

int cohort_bits_walk(struct cohort_tally *tally, struct error *err)
{
    const struct cohort *cohort = tally->cohort;
    struct walk walk = {.tally = tally};
    int result = 0;

    for (size_t i = 0; i < cohort->customers.count && result == 0; i++) {
        const struct cohort_member *member = group_state(&cohort->customers, i);
        if (member->first_start == COHORT_NO_START)
            tally->table->never_started++;
        else if (!cohort->rules.recurring && !member->further &&
                 is_own(&cohort->rules, (int64_t)member->first_start - cohort->bits.base))
            result = add_near_life(&walk, member, err);
        else
            result = add_lives(&walk, member, err);
    }
    free(walk.words);
    free(walk.active);
    free(walk.starts);
    free(walk.slots);
    return result;
}
