/* Profiles of columns: values in a table as long as they are few, registers for when they are many. */
#include "analysis/column_profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

int column_profile_new(struct column_profile **out, enum value_kind kind, struct error *err)
{
    struct column_profile *profile = calloc(1, sizeof *profile);

    if (!profile)
        return error_memory(err);
    profile->kind = kind;
    group_init(&profile->values, sizeof(uint64_t));
    buffer_init(&profile->least);
    buffer_init(&profile->greatest);
    *out = profile;
    return 0;
}

void column_profile_free(struct column_profile *profile)
{
    if (!profile)
        return;
    group_fini(&profile->values);
    buffer_fini(&profile->least);
    buffer_fini(&profile->greatest);
    free(profile);
}

/* The hash has no seed: an estimate must be the same tomorrow. */
static void add_register(struct column_profile *profile, struct slice text)
{
    uint64_t hash = XXH3_64bits(text.ptr, text.len);
    size_t index = hash >> 52;
    uint64_t rest = hash << 12 | (UINT64_C(1) << 11); /* ends the run of zeros at 53 */
    uint8_t rank = (uint8_t)(__builtin_clzll(rest) + 1);

    if (rank > profile->registers[index])
        profile->registers[index] = rank;
}

static int add_count(struct column_profile *profile, struct slice text, uint64_t count)
{
    bool added;

    if (profile->many)
        return 0;
    uint64_t *seen = group_get(&profile->values, text, &added);
    if (!seen)
        return -1;
    *seen += count;
    if (profile->values.count <= COLUMN_VALUES)
        return 0;
    profile->many = true;
    group_fini(&profile->values);
    group_init(&profile->values, sizeof(uint64_t));
    return 0;
}

/* Whether a stands before b in the column's own order. Values that are no numbers have none among numbers. */
static bool precedes(enum value_kind kind, struct slice a, struct slice b)
{
    struct decimal x;
    struct decimal y;

    if (kind == VALUE_DATE)
        return slice_compare(a, b) < 0;
    return decimal_parse(a, &x) == DECIMAL_OK && decimal_parse(b, &y) == DECIMAL_OK &&
           decimal_compare(x.units, x.scale, y.units, y.scale) < 0;
}

static int replace(struct buffer *buffer, struct slice text)
{
    buffer_clear(buffer);
    return buffer_append(buffer, text);
}

static int add_extreme(struct column_profile *profile, struct slice text)
{
    struct decimal number;

    if (profile->kind != VALUE_DATE && profile->kind != VALUE_AMOUNT && profile->kind != VALUE_NUMBER)
        return 0;
    if (profile->kind != VALUE_DATE && decimal_parse(text, &number) != DECIMAL_OK)
        return 0;
    if ((profile->least.len == 0 || precedes(profile->kind, text, buffer_slice(&profile->least))) &&
        replace(&profile->least, text))
        return -1;
    if ((profile->greatest.len == 0 || precedes(profile->kind, buffer_slice(&profile->greatest), text)) &&
        replace(&profile->greatest, text))
        return -1;
    return 0;
}

int column_profile_add(struct column_profile *profile, const struct field *field)
{
    profile->records++;
    if (field->text.len == 0)
        return 0;
    profile->filled++;
    if (field->text.len > profile->longest)
        profile->longest = field->text.len;
    add_register(profile, field->text);
    return add_count(profile, field->text, 1) || add_extreme(profile, field->text) ? -1 : 0;
}

int column_profile_merge(struct column_profile *to, const struct column_profile *from)
{
    to->records += from->records;
    to->filled += from->filled;
    if (from->longest > to->longest)
        to->longest = from->longest;
    for (size_t i = 0; i < COLUMN_REGISTERS; i++)
        if (from->registers[i] > to->registers[i])
            to->registers[i] = from->registers[i];
    if (from->many && !to->many) {
        to->many = true;
        group_fini(&to->values);
        group_init(&to->values, sizeof(uint64_t));
    }
    for (size_t i = 0; i < from->values.count; i++) {
        const uint64_t *count = group_state(&from->values, i);
        if (add_count(to, group_key(&from->values, i), *count))
            return -1;
    }
    if ((from->least.len && add_extreme(to, buffer_slice(&from->least))) ||
        (from->greatest.len && add_extreme(to, buffer_slice(&from->greatest))))
        return -1;
    return 0;
}

/* Flajolet et al., figure 3: the raw estimate, and linear counting where it is small; with hashes of 64 bits no
 * correction is needed at the other end. */
static uint64_t estimate(const uint8_t *registers)
{
    const double m = COLUMN_REGISTERS;
    const double alpha = 0.7213 / (1 + 1.079 / m);
    double sum = 0;
    size_t zeros = 0;

    for (size_t i = 0; i < COLUMN_REGISTERS; i++) {
        sum += ldexp(1, -registers[i]);
        zeros += registers[i] == 0;
    }
    double raw = alpha * m * m / sum;
    if (raw <= 2.5 * m && zeros)
        raw = m * log(m / (double)zeros);
    return (uint64_t)llround(raw);
}

uint64_t column_profile_distinct(const struct column_profile *profile, bool *exact)
{
    *exact = !profile->many;
    if (*exact)
        return profile->values.count;
    uint64_t about = estimate(profile->registers);
    return about < COLUMN_VALUES + 1 ? COLUMN_VALUES + 1 : about > profile->filled ? profile->filled : about;
}

static bool comes_first(const struct column_value *a, const struct column_value *b)
{
    return a->count != b->count ? a->count > b->count : slice_compare(a->text, b->text) < 0;
}

size_t column_profile_values(const struct column_profile *profile, struct column_value *values, size_t room)
{
    size_t count = 0;

    for (size_t i = 0; i < profile->values.count && room; i++) {
        const uint64_t *times = group_state(&profile->values, i);
        struct column_value value = {group_key(&profile->values, i), *times};
        size_t at = count;
        if (count == room && !comes_first(&value, &values[count - 1]))
            continue;
        if (count < room)
            count++;
        else
            at--;
        for (; at > 0 && comes_first(&value, &values[at - 1]); at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
    return count;
}
