/* Comparing pairs. Most comparisons of two different values have been made before (there are few first names), so
 * levels are remembered in a small table that forgets by overwriting: each entry holds both numbers and the level in 64
 * bits.
 *
 * Many pairs are compared together, field by field: what a comparison reads stands anywhere in memory, and so it is on
 * its way for some dozen pairs at the same time. */
#include <stdlib.h>
#include <string.h>

#include "analysis/link_compare.h"
#include "analysis/link_score.h"

#define MEMORY_BITS 14
#define MEMORY_SIZE ((size_t)1 << MEMORY_BITS)
#define ID_BITS 30

/* The first field of each kind that levels depend on beside their own values; LINK_FIELDS: none. */
static void find_related(struct link_comparer *comparer, const struct link_records *records)
{
    comparer->first_name = comparer->last_name = comparer->email = LINK_FIELDS;
    for (size_t f = records->field_count; f-- > 0;) {
        enum link_kind kind = records->fields[f].kind;

        if (kind == LINK_FIRST_NAME)
            comparer->first_name = f;
        else if (kind == LINK_LAST_NAME || kind == LINK_FULL_NAME)
            comparer->last_name = f;
        else if (kind == LINK_EMAIL)
            comparer->email = f;
    }
}

int link_comparer_init(struct link_comparer *comparer, const struct link_records *records, struct error *err)
{
    *comparer = (struct link_comparer){.records = records};
    find_related(comparer, records);
    for (size_t f = 0; f < records->field_count; f++) {
        const struct link_field *field = &records->fields[f];

        /* pairs of e-mail addresses hardly come again */
        if (field->values->table.count > field->filled / 2)
            continue;
        comparer->memory[f] = calloc(MEMORY_SIZE, sizeof **comparer->memory);
        if (!comparer->memory[f])
            return error_memory(err);
    }
    return 0;
}

void link_comparer_fini(struct link_comparer *comparer)
{
    for (size_t f = 0; f < LINK_FIELDS; f++)
        free(comparer->memory[f]);
    *comparer = (struct link_comparer){0};
}

/* Both numbers, the smaller one below. */
static uint64_t memory_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)b << ID_BITS | a : (uint64_t)a << ID_BITS | b;
}

/* Where the level of a pair of values is remembered; the entry may be of another pair. */
static uint64_t *memory_entry(const struct link_comparer *comparer, size_t f, uint64_t key)
{
    return &comparer->memory[f][key * 0x9e3779b97f4a7c15u >> (64 - MEMORY_BITS)];
}

/* The level of two different values. */
static unsigned level_of(struct link_comparer *comparer, size_t f, uint32_t a, uint32_t b)
{
    const struct link_field *field = &comparer->records->fields[f];
    uint32_t low = a < b ? a : b, high = a < b ? b : a;

    if (field->kind == LINK_CATEGORY || field->kind == LINK_COUNTRY)
        return LINK_ELSE;
    if (!comparer->memory[f] || high >> ID_BITS)
        return link_compare_values(field->values, field->kind, low, high);
    uint64_t key = memory_key(a, b), *entry = memory_entry(comparer, f, key);
    if (*entry >> 4 != key)
        *entry = key << 4 | link_compare_values(field->values, field->kind, low, high);
    return (unsigned)*entry & 15;
}

/* The best level of the columns of one field. */
static unsigned field_level(struct link_comparer *comparer, size_t f, const uint32_t *a, const uint32_t *b,
                            uint32_t *agreed)
{
    const struct link_field *field = &comparer->records->fields[f];
    unsigned best = LINK_MISSING;

    if (field->slots == 1) {
        uint32_t ida = a[field->first], idb = b[field->first];

        *agreed = ida;
        return !ida || !idb ? LINK_MISSING : ida == idb ? field->exact : level_of(comparer, f, ida, idb);
    }
    for (size_t i = 0; i < field->slots; i++)
        for (size_t k = 0; k < field->slots; k++) {
            uint32_t ida = a[field->first + i], idb = b[field->first + k];

            if (!ida || !idb)
                continue;
            if (ida == idb) {
                /* of several values agreed on, the rarest tells */
                if (best != field->exact || field->counts[ida] < field->counts[*agreed])
                    *agreed = ida;
                best = field->exact;
            } else if (best < field->exact) {
                unsigned level = level_of(comparer, f, ida, idb);
                best = level > best ? level : best;
            }
        }
    return best;
}

/* First and last name in each other's column. */
static bool names_swapped(const struct link_comparer *comparer, const uint32_t *a, const uint32_t *b)
{
    const struct link_field *fields = comparer->records->fields;

    if (comparer->first_name == LINK_FIELDS || comparer->last_name == LINK_FIELDS ||
        fields[comparer->last_name].kind != LINK_LAST_NAME)
        return false;
    size_t f = fields[comparer->first_name].first, l = fields[comparer->last_name].first;
    return a[f] && a[l] && a[f] == b[l] && a[l] == b[f];
}

/* Whether either name is at least similar. */
static bool names_agree(link_pattern pattern, size_t first, size_t last)
{
    return (first < LINK_FIELDS && link_pattern_level(pattern, first) > LINK_ELSE) ||
           (last < LINK_FIELDS && link_pattern_level(pattern, last) > LINK_ELSE);
}

/* Of e-mail addresses: the part before the @ is equal or alike, and that is all. */
static bool is_user_level(unsigned level)
{
    return level == LINK_EMAIL_USER_LIKE || level == LINK_EMAIL_USER;
}

/* What several fields together say of the levels that each has by itself. */
static link_pattern settle_levels(const struct link_comparer *comparer, link_pattern pattern, size_t a, size_t b)
{
    const struct link_records *records = comparer->records;
    size_t first = comparer->first_name, last = comparer->last_name, email = comparer->email;

    if (names_swapped(comparer, link_row(records, a), link_row(records, b)) &&
        link_pattern_level(pattern, first) < LINK_NAME_SWAPPED) {
        pattern &= ~((link_pattern)15 << (4 * first) | (link_pattern)15 << (4 * last));
        pattern |= (link_pattern)LINK_NAME_SWAPPED << (4 * first);
    }
    if (email < LINK_FIELDS && records->named_users && names_agree(pattern, first, last) &&
        is_user_level(link_pattern_level(pattern, email)) && records->named_users[a] && records->named_users[b])
        pattern &= ~((link_pattern)15 << (4 * email));
    return pattern;
}

link_pattern link_compare_rows(struct link_comparer *comparer, size_t a, size_t b, uint32_t agreed[LINK_FIELDS])
{
    const struct link_records *records = comparer->records;
    const uint32_t *row_a = link_row(records, a), *row_b = link_row(records, b);
    link_pattern pattern = 0;

    for (size_t f = 0; f < records->field_count; f++)
        pattern |= (link_pattern)field_level(comparer, f, row_a, row_b, &agreed[f]) << (4 * f);
    return settle_levels(comparer, pattern, a, b);
}

#define TOGETHER 64 /* pairs; their rows fit the nearest cache */

/* Some pairs and what is found out about them. */
struct together {
    const struct link_pair *pairs;
    struct link_compared *compared;
    size_t count;
    const uint32_t *a[TOGETHER], *b[TOGETHER]; /* rows */
};

/* Two different values of a pair. */
struct difference {
    uint32_t a, b;
    uint32_t pair;
};

/* A function that only prefetches has no effect that gcc 12 knows of: calls of it are left out unless it is inlined. */
#define FETCHING static inline __attribute__((always_inline)) void

FETCHING fetch_row(const struct link_records *records, size_t row)
{
    const uint32_t *ids = link_row(records, row);

    __builtin_prefetch(ids);
    __builtin_prefetch(ids + records->width - 1);
}

FETCHING fetch_rows(const struct link_records *records, const struct link_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fetch_row(records, pairs[i].a);
        fetch_row(records, pairs[i].b);
    }
}

FETCHING fetch_items(const struct link_values *values, const struct difference *differences, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *a = (const char *)link_item(values, differences[i].a);
        const char *b = (const char *)link_item(values, differences[i].b);

        __builtin_prefetch(a);
        __builtin_prefetch(a + values->item_size - 1);
        __builtin_prefetch(b);
        __builtin_prefetch(b + values->item_size - 1);
    }
}

/* What the items point to. */
FETCHING fetch_texts(const struct link_values *values, const struct difference *differences, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t a = differences[i].a, b = differences[i].b;

        if (values->words_of) {
            __builtin_prefetch(values->words_of + link_value(values, a)->words.first);
            __builtin_prefetch(values->words_of + link_value(values, b)->words.first);
        } else {
            __builtin_prefetch(link_value_text(values, a).ptr);
            __builtin_prefetch(link_value_text(values, b).ptr);
        }
    }
}

#define FETCHED_WORDS 4 /* of a text; most have no more */

FETCHING fetch_words_of(const struct link_values *values, uint32_t id)
{
    const struct link_value *value = link_value(values, id);

    for (uint32_t i = 0; i < value->words.count && i < FETCHED_WORDS; i++)
        __builtin_prefetch(&values->word_items[values->words_of[value->words.first + i]]);
}

/* Their words. */
FETCHING fetch_words(const struct link_values *values, const struct difference *differences, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fetch_words_of(values, differences[i].a);
        fetch_words_of(values, differences[i].b);
    }
}

static void set_level(struct link_compared *compared, size_t f, unsigned level)
{
    compared->pattern |= (link_pattern)level << (4 * f);
}

/* The levels of a field of one column that are seen by the numbers alone; the other pairs, which are counted. */
static size_t find_differences(const struct link_field *field, size_t f, const struct together *some,
                               struct difference *differences)
{
    bool differ_in_all = field->kind == LINK_CATEGORY || field->kind == LINK_COUNTRY;
    size_t count = 0;

    for (size_t i = 0; i < some->count; i++) {
        uint32_t a = some->a[i][field->first], b = some->b[i][field->first];

        some->compared[i].agreed[f] = a;
        if (!a || !b)
            continue;
        if (a == b || differ_in_all)
            set_level(&some->compared[i], f, a == b ? field->exact : LINK_ELSE);
        else
            differences[count++] = (struct difference){a, b, (uint32_t)i};
    }
    return count;
}

/* Where their levels may be remembered. */
FETCHING fetch_memory(const struct link_comparer *comparer, size_t f, const struct difference *differences,
                      size_t count)
{
    for (size_t i = 0; comparer->memory[f] && i < count; i++)
        __builtin_prefetch(memory_entry(comparer, f, memory_key(differences[i].a, differences[i].b)));
}

/* Sets the levels that are remembered; how many differences are left. */
static size_t recall(const struct link_comparer *comparer, size_t f, const struct together *some,
                     struct difference *differences, size_t count)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++) {
        struct difference difference = differences[i];
        uint64_t key = memory_key(difference.a, difference.b), entry = *memory_entry(comparer, f, key);

        if (entry >> 4 == key)
            set_level(&some->compared[difference.pair], f, (unsigned)entry & 15);
        else
            differences[left++] = difference;
    }
    return left;
}

static void compare_field(struct link_comparer *comparer, size_t f, const struct together *some)
{
    const struct link_field *field = &comparer->records->fields[f];
    struct difference differences[TOGETHER];

    if (field->slots > 1) {
        for (size_t i = 0; i < some->count; i++)
            set_level(&some->compared[i], f,
                      field_level(comparer, f, some->a[i], some->b[i], &some->compared[i].agreed[f]));
        return;
    }
    size_t count = find_differences(field, f, some, differences);
    fetch_memory(comparer, f, differences, count);
    if (comparer->memory[f])
        count = recall(comparer, f, some, differences, count);
    fetch_items(field->values, differences, count);
    fetch_texts(field->values, differences, count);
    if (field->values->words_of)
        fetch_words(field->values, differences, count);
    for (size_t i = 0; i < count; i++)
        set_level(&some->compared[differences[i].pair], f, level_of(comparer, f, differences[i].a, differences[i].b));
}

void link_compare_pairs(struct link_comparer *comparer, const struct link_pair *pairs, size_t count,
                        struct link_compared *compared)
{
    const struct link_records *records = comparer->records;

    fetch_rows(records, pairs, count < TOGETHER ? count : TOGETHER);
    for (size_t begin = 0; begin < count; begin += TOGETHER) {
        size_t left = count - begin;
        struct together some = {pairs + begin, compared + begin, left < TOGETHER ? left : TOGETHER, {0}, {0}};

        for (size_t i = 0; i < some.count; i++) {
            some.a[i] = link_row(records, some.pairs[i].a);
            some.b[i] = link_row(records, some.pairs[i].b);
            some.compared[i].pattern = 0;
        }
        left -= some.count;
        fetch_rows(records, pairs + begin + some.count, left < TOGETHER ? left : TOGETHER);
        for (size_t f = 0; f < records->field_count; f++)
            compare_field(comparer, f, &some);
        for (size_t i = 0; i < some.count; i++)
            some.compared[i].pattern =
                settle_levels(comparer, some.compared[i].pattern, some.pairs[i].a, some.pairs[i].b);
    }
}
