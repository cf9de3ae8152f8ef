/* Few values are compared one by one, most clusters being two or three records; many are found by hash. */
#include "analysis/survivor_tally.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/ascii.h"
#include "base/group.h"
#include "base/memory.h"
#include "base/utf8.h"

#define TALLY_FEW 16

void tally_fini(struct tally *tally)
{
    free(tally->values);
    free(tally->slots);
    *tally = (struct tally){0};
}

void tally_begin(struct tally *tally, enum tally_equality equality)
{
    tally->count = 0;
    tally->slot_count = 0;
    tally->equality = equality;
}

struct slice tally_trim(struct slice text)
{
    while (text.len && (unsigned char)text.ptr[0] <= ' ') {
        text.ptr++;
        text.len--;
    }
    while (text.len && (unsigned char)text.ptr[text.len - 1] <= ' ')
        text.len--;
    return text;
}

#define NO_UNIT UINT32_MAX

/* The next unit that is compared, in small letters; NO_UNIT at the end. Bytes that are not UTF-8 stand for themselves,
 * outside of Unicode. */
static inline uint32_t next_unit(struct slice *text, enum tally_equality equality)
{
    while (text->len) {
        unsigned char c = (unsigned char)text->ptr[0];
        size_t width = 1;
        uint32_t unit = (unsigned char)ascii_lower((char)c);
        if (c >= 0x80) {
            width = utf8_char_length(text->ptr, text->len);
            unit = width ? (uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_decode(text->ptr, width)) : 0x110000U + c;
            width += !width;
        }
        text->ptr += width;
        text->len -= width;
        if (equality == TALLY_DIGITS && c && (c == 0xc2 ? unit == 0xa0 : strchr(" -()./\t", c) != NULL))
            continue;
        return unit;
    }
    return NO_UNIT;
}

static bool equal_trimmed(enum tally_equality equality, struct slice a, struct slice b)
{
    uint32_t unit;

    if (a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0)
        return true;
    if (equality == TALLY_EXACT)
        return false;
    do {
        unit = next_unit(&a, equality);
        if (unit != next_unit(&b, equality))
            return false;
    } while (unit != NO_UNIT);
    return true;
}

bool tally_equal(enum tally_equality equality, struct slice a, struct slice b)
{
    return equal_trimmed(equality, tally_trim(a), tally_trim(b));
}

/* By the seeded hash of group.h, so that nobody can prepare values that collide; units are hashed by the block, each
 * with the hash of those before. */
static size_t hash_of(const struct tally *tally, struct slice text)
{
    struct {
        uint64_t before;
        uint32_t units[62];
    } block = {0};
    size_t count = 0;

    if (tally->equality == TALLY_EXACT)
        return (size_t)group_hash(text);
    for (uint32_t unit; (unit = next_unit(&text, tally->equality)) != NO_UNIT;) {
        block.units[count++] = unit;
        if (count < sizeof block.units / sizeof *block.units)
            continue;
        block.before = group_hash((struct slice){(const char *)&block, sizeof block});
        count = 0;
    }
    return (size_t)group_hash((struct slice){(const char *)&block, sizeof block.before + count * sizeof *block.units});
}

static void enter(struct tally *tally, size_t index)
{
    size_t at = hash_of(tally, tally->values[index].text);

    while (tally->slots[at & (tally->slot_count - 1)])
        at++;
    tally->slots[at & (tally->slot_count - 1)] = (uint32_t)index + 1;
}

/* Slots for the values there are and one more, at most half full. */
static int make_slots(struct tally *tally)
{
    size_t wanted = tally->slot_count ? tally->slot_count * 2 : (size_t)TALLY_FEW * 4;

    if (ARRAY_GROW(tally->slots, tally->slot_capacity, wanted))
        return -1;
    memset(tally->slots, 0, wanted * sizeof *tally->slots);
    tally->slot_count = wanted;
    for (size_t i = 0; i < tally->count; i++)
        enter(tally, i);
    return 0;
}

static size_t find_trimmed(const struct tally *tally, struct slice text)
{
    if (!tally->slot_count) {
        for (size_t i = 0; i < tally->count; i++)
            if (equal_trimmed(tally->equality, tally->values[i].text, text))
                return i;
        return SIZE_MAX;
    }
    for (size_t at = hash_of(tally, text);; at++) {
        uint32_t slot = tally->slots[at & (tally->slot_count - 1)];
        if (!slot)
            return SIZE_MAX;
        if (equal_trimmed(tally->equality, tally->values[slot - 1].text, text))
            return slot - 1;
    }
}

size_t tally_find(const struct tally *tally, struct slice text)
{
    return find_trimmed(tally, tally_trim(text));
}

int tally_add(struct tally *tally, struct slice text, double votes, size_t position, size_t *index)
{
    text = tally_trim(text);
    *index = find_trimmed(tally, text);
    if (*index != SIZE_MAX) {
        tally->values[*index].votes += votes;
        return 0;
    }
    if (ARRAY_GROW(tally->values, tally->capacity, tally->count + 1))
        return -1;
    if ((tally->slot_count ? tally->count * 2 >= tally->slot_count : tally->count == TALLY_FEW) && make_slots(tally))
        return -1;
    *index = tally->count;
    tally->values[tally->count++] = (struct tally_value){text, votes, position};
    if (tally->slot_count)
        enter(tally, *index);
    return 0;
}
