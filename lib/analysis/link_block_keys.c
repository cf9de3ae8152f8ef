/* Keys of rows: hashes of parts of values, the same in every run. */
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "analysis/link_block.h"
#include "base/memory.h"

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

bool link_part_fits(enum link_kind kind, enum link_part part)
{
    bool names = kind == LINK_FIRST_NAME || kind == LINK_LAST_NAME;
    bool words = kind == LINK_FULL_NAME || kind == LINK_COMPANY || kind == LINK_ORGANISATION || kind == LINK_STREET ||
                 kind == LINK_TEXT;

    switch (part) {
    case LINK_PART_SOUND:
        return names;
    case LINK_PART_YEAR:
    case LINK_PART_DAY:
        return kind == LINK_DATE;
    case LINK_PART_USER:
        return kind == LINK_EMAIL;
    case LINK_PART_DISTRICT:
        return kind == LINK_POSTAL_CODE;
    case LINK_PART_NUMBER:
        return kind == LINK_STREET;
    case LINK_PART_WORD:
        return words;
    default:
        return true;
    }
}

/* The rarest words of a text that other records have as well. */
static size_t rare_words(const struct link_values *values, const struct link_value *value, size_t wanted,
                         uint64_t *hashes)
{
    uint32_t taken[LINK_RULE_WIDTH];
    size_t count = 0;

    while (count < wanted && count < LINK_RULE_WIDTH) {
        const struct link_word *best = NULL;
        uint32_t index = 0;

        for (uint32_t i = 0; i < value->words.count; i++) {
            uint32_t number = values->words_of[value->words.first + i];
            const struct link_word *word = &values->word_items[number];
            bool is_taken = false;

            for (size_t k = 0; k < count; k++)
                is_taken = is_taken || taken[k] == number;
            /* of equals the first of the table: in every text the same */
            if (!is_taken && word->uses > 1 &&
                (!best || word->weight > best->weight || (word->weight >= best->weight && number < index))) {
                best = word;
                index = number;
            }
        }
        if (!best)
            break;
        struct slice text = values->word_items[index].text;
        taken[count] = index;
        hashes[count++] = XXH3_64bits(text.ptr, text.len);
    }
    return count;
}

/* The hashes of a part of one value: none, one, or, of words, several. Of the whole value it is its number. */
static size_t part_hashes(const struct link_key *key, const struct link_values *values, uint32_t id, uint64_t *hashes)
{
    const struct link_value *value = link_value(values, id);
    struct slice text = link_value_text(values, id);

    switch ((enum link_part)key->part) {
    case LINK_PART_ALL:
        hashes[0] = id;
        return 1;
    case LINK_PART_SOUND:
        hashes[0] = value->name.sound[0];
        return hashes[0] != 0;
    case LINK_PART_START:
        if (text.len < key->length && key->length > 1)
            return 0;
        text.len = text.len < key->length ? text.len : key->length;
        break;
    case LINK_PART_END:
        if (text.len < key->length)
            return 0;
        text.ptr += text.len - key->length;
        text.len = key->length;
        break;
    case LINK_PART_YEAR:
        hashes[0] = (uint64_t)value->date.year;
        return value->date.month != 0;
    case LINK_PART_DAY:
        hashes[0] = (uint64_t)value->date.month * 32 + value->date.day;
        return value->date.month != 0;
    case LINK_PART_USER:
        text.len = value->email.user_length;
        break;
    case LINK_PART_DISTRICT:
        text.len = value->district;
        break;
    case LINK_PART_NUMBER:
        hashes[0] = value->words.number;
        return hashes[0] != 0;
    case LINK_PART_WORD:
        return rare_words(values, value, key->length, hashes);
    }
    hashes[0] = text.len ? XXH3_64bits(text.ptr, text.len) : 0;
    return text.len != 0;
}

/* Fields that share a table have the same keys, so that swapped names agree. */
static uint64_t table_number(const struct link_records *records, const struct link_values *values)
{
    size_t number = 0;

    while (records->tables[number] != values)
        number++;
    return number;
}

static uint64_t salt_of(const struct link_key *key, uint64_t table)
{
    return key->part * 0x9e3779b97f4a7c15u + key->length * 0xd1b54a32d192ed03u + mix(table);
}

/* Never 0, which stands for none. */
static uint64_t mix_hash(uint64_t salt, uint64_t hash)
{
    hash = mix(hash + salt);
    return hash ? hash : 1;
}

/* The hashes of a key in a row, of all its slots. */
static size_t key_hashes(const struct link_key *key, const struct link_records *records, const uint32_t *row,
                         uint64_t *hashes)
{
    const struct link_field *field = &records->fields[key->field];
    size_t count = 0;

    for (size_t s = 0; s < field->slots && count < LINK_RULE_WIDTH; s++) {
        uint64_t found[LINK_RULE_WIDTH];
        size_t here = row[field->first + s] ? part_hashes(key, field->values, row[field->first + s], found) : 0;

        for (size_t i = 0; i < here && count < LINK_RULE_WIDTH; i++)
            hashes[count++] = mix_hash(salt_of(key, table_number(records, field->values)), found[i]);
    }
    return count;
}

/* The sums of each of the keys so far with each of those that are added, all different. */
static size_t combine(uint64_t keys[LINK_RULE_WIDTH], size_t count, const uint64_t *hashes, size_t here)
{
    uint64_t combined[LINK_RULE_WIDTH] = {0};
    size_t together = 0;

    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < here; b++) {
            uint64_t sum = keys[a] + hashes[b];
            bool twice = false;

            for (size_t k = 0; k < together; k++)
                twice = twice || combined[k] == sum;
            if (!twice && together < LINK_RULE_WIDTH)
                combined[together++] = sum;
        }
    memcpy(keys, combined, together * sizeof *keys);
    return together;
}

size_t link_rule_keys(const struct link_rule *rule, const struct link_records *records, size_t row,
                      uint64_t keys[LINK_RULE_WIDTH])
{
    size_t count = 1;

    keys[0] = 0;
    for (size_t i = 0; i < rule->count; i++) {
        uint64_t hashes[LINK_RULE_WIDTH];
        size_t here = key_hashes(&rule->keys[i], records, link_row(records, row), hashes);

        count = combine(keys, count, hashes, here);
    }
    return count;
}

/* How many rows have each value, where all rows that have it have it in this field. */
static const uint32_t *counts_of(const struct link_records *records, const struct link_field *field)
{
    for (size_t f = 0; f < records->field_count; f++)
        if (records->fields[f].values == field->values && &records->fields[f] != field)
            return NULL;
    return field->counts;
}

int link_key_hashes_init(struct link_key_hashes *hashes, const struct link_key *key, const struct link_records *records)
{
    const struct link_field *field = &records->fields[key->field];
    const uint64_t salt = salt_of(key, table_number(records, field->values));
    size_t count = field->values->table.count;

    *hashes = (struct link_key_hashes){.slots = field->slots, .first = field->first, .each = 1, .salt = salt};
    if (key->part == LINK_PART_ALL) {
        hashes->counts = counts_of(records, field);
        return 0;
    }
    if (key->part == LINK_PART_WORD)
        hashes->each = key->length < LINK_RULE_WIDTH ? key->length : LINK_RULE_WIDTH;
    hashes->of = memory_large_zeroed((count + 1) * hashes->each, sizeof *hashes->of);
    if (!hashes->of)
        return -1;
    for (size_t id = 1; id <= count; id++) {
        uint64_t found[LINK_RULE_WIDTH];
        size_t here = part_hashes(key, field->values, (uint32_t)id, found);

        for (size_t i = 0; i < here; i++)
            hashes->of[id * hashes->each + i] = mix_hash(salt, found[i]);
    }
    return 0;
}

void link_key_hashes_fini(struct link_key_hashes *hashes)
{
    free(hashes->of);
    hashes->of = NULL;
}

/* The hashes of a value, ended by a 0 if they are fewer than `each`; whole: room for one. */
static inline const uint64_t *hashes_of(const struct link_key_hashes *hashes, uint32_t id, uint64_t *whole)
{
    if (hashes->of)
        return hashes->of + id * hashes->each;
    *whole = id && !(hashes->counts && hashes->counts[id] < 2) ? mix_hash(hashes->salt, id) : 0;
    return whole;
}

size_t link_hashed_keys(const struct link_key_hashes *const *parts, size_t count, const uint32_t *row,
                        uint64_t keys[LINK_RULE_WIDTH])
{
    size_t found = 1;

    keys[0] = 0;
    for (size_t i = 0; i < count; i++) {
        const struct link_key_hashes *part = parts[i];
        uint64_t hashes[LINK_RULE_WIDTH], whole;
        size_t here = 0;

        if (part->slots == 1 && part->each == 1 && found == 1) {
            uint64_t hash = *hashes_of(part, row[part->first], &whole);
            if (!hash)
                return 0;
            keys[0] += hash;
            continue;
        }
        for (size_t s = 0; s < part->slots; s++) {
            const uint64_t *of = hashes_of(part, row[part->first + s], &whole);
            for (size_t k = 0; k < part->each && of[k] && here < LINK_RULE_WIDTH; k++)
                hashes[here++] = of[k];
        }
        found = combine(keys, found, hashes, here);
    }
    return found;
}
