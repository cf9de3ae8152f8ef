/* Colleagues and neighbours: how frequent they are among all pairs. Blocking finds of them only those whose names
 * agree, too, by chance, so that among the pairs it finds they look far rarer than they are, and namesakes of one
 * company or one town would be taken for one person. So pairs are counted among rows drawn at random: those that share
 * company and address, or place and postal code, of which each tells the other, and not a name. */
#include <stdlib.h>

#include "analysis/link.h"
#include "analysis/link_train.h"

#define ROWS ((size_t)50000)
#define DRAWN 49000 /* of more rows; four standard deviations and more below ROWS */
#define SEED 20260301

struct shared {
    uint64_t both; /* the two values that are shared */
    uint32_t name;
};

/* The first of these kinds of which there is a field of one column; NULL: none. */
static const struct link_field *field_of(const struct link_records *records, const enum link_kind *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < records->field_count; f++)
            if (records->fields[f].kind == kinds[i] && records->fields[f].slots == 1)
                return &records->fields[f];
    return NULL;
}

static int by_values(const void *a, const void *b)
{
    const struct shared *left = a, *right = b;

    if (left->both != right->both)
        return left->both < right->both ? -1 : 1;
    return (left->name > right->name) - (left->name < right->name);
}

/* Pairs that share both values, less those that share the name, too. */
static double count_pairs(const struct shared *rows, size_t count)
{
    double pairs = 0, alike = 0, named = 0;

    for (size_t i = 1; i < count; i++) {
        alike = rows[i].both == rows[i - 1].both ? alike + 1 : 0;
        named = alike > 0 && rows[i].name == rows[i - 1].name ? named + 1 : 0;
        pairs += alike - named;
    }
    return pairs;
}

/* The rows that have all three values, of all or of about DRAWN of them: each row is drawn by itself, for a list may be
 * sorted. */
static size_t take_rows(const struct link_records *records, const struct link_field *one,
                        const struct link_field *other, const struct link_field *name, struct shared *rows)
{
    const bool all = records->count <= ROWS;
    uint64_t state = SEED;
    size_t count = 0;

    for (size_t i = 0; i < records->count && count < ROWS; i++) {
        if (!all && link_random(&state) % records->count >= DRAWN)
            continue;
        const uint32_t *row = link_row(records, i);
        if (row[one->first] && row[other->first] && row[name->first])
            rows[count++] = (struct shared){(uint64_t)row[one->first] << 32 | row[other->first], row[name->first]};
    }
    return count;
}

/* How frequent pairs are that share two values and not the name. */
static int count_related(const struct link_records *records, const struct link_field *one,
                         const struct link_field *other, const struct link_field *name, double *rate, struct error *err)
{
    if (!one || !other || !name)
        return 0;
    struct shared *rows = malloc(ROWS * sizeof *rows);
    if (!rows)
        return error_memory(err);
    const size_t count = take_rows(records, one, other, name, rows);
    qsort(rows, count, sizeof *rows, by_values);
    if (count > 1)
        *rate = count_pairs(rows, count) / ((double)count * ((double)count - 1) / 2);
    free(rows);
    return 0;
}

int link_related_count(struct link_chance *chance, const struct link_records *records, struct error *err)
{
    static const enum link_kind companies[] = {LINK_COMPANY};
    static const enum link_kind addresses[] = {LINK_STREET, LINK_POSTAL_CODE, LINK_PLACE};
    static const enum link_kind codes[] = {LINK_POSTAL_CODE}, places[] = {LINK_PLACE};
    static const enum link_kind names[] = {LINK_LAST_NAME, LINK_FULL_NAME};
    const struct link_field *name = field_of(records, names, 2);

    if (count_related(records, field_of(records, companies, 1), field_of(records, addresses, 3), name,
                      &chance->related[LINK_COLLEAGUES], err))
        return -1;
    return count_related(records, field_of(records, codes, 1), field_of(records, places, 1), name,
                         &chance->related[LINK_NEIGHBOURS], err);
}
