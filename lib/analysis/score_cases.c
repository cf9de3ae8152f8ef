/* Cases of a rule. A hash table over their texts, and one over the bytes of their numbers: the look-up then costs the
 * same for three job titles as for a thousand postal codes, and nothing is allocated for it. A value is folded into
 * room for the longest case; one that does not fit there is none of them. */
#include "analysis/score_cases.h"

#include <string.h>

#include <utf8proc.h>

#include "base/ascii.h"
#include "base/group.h"
#include "base/utf8.h"

#define CHARACTER 4 /* bytes of the longest character */

/* Folds text into out, which has room for size bytes and a character. Characters that would begin behind size are not
 * looked at: the length is then above size. Bytes that are not UTF-8 stay. */
static size_t fold(struct slice text, char *out, size_t size)
{
    size_t used = 0;

    for (size_t at = 0; at < text.len;) {
        if (used >= size)
            return size + 1;
        size_t length = (unsigned char)text.ptr[at] < 0x80 ? 1 : utf8_char_length(text.ptr + at, text.len - at);
        if (length < 2) {
            out[used++] = ascii_lower(text.ptr[at++]);
            continue;
        }
        utf8proc_int32_t character = (utf8proc_int32_t)utf8_decode(text.ptr + at, length);
        character = utf8proc_tolower(utf8proc_toupper(character));
        used += (size_t)utf8proc_encode_char(character, (utf8proc_uint8_t *)out + used);
        at += length;
    }
    return used;
}

/* The number of the case with this key plus 1, or 0, and its slot. */
static uint32_t find(const struct score_case_table *table, struct slice key, size_t *slot)
{
    size_t at = (size_t)group_hash(key) & table->mask;

    while (table->slots[at] && !slice_equal(table->keys[table->slots[at] - 1], key))
        at = (at + 1) & table->mask;
    *slot = at;
    return table->slots[at];
}

static void add(struct score_case_table *table, size_t number, struct slice key)
{
    size_t slot;

    if (find(table, key, &slot))
        return;
    table->keys[number] = key;
    table->slots[slot] = (uint32_t)number + 1;
}

/* At most half full. */
static int make_table(struct score_case_table *table, struct arena *arena, size_t count)
{
    size_t size = 4;

    while (size < count * 2)
        size *= 2;
    table->keys = arena_alloc(arena, count * sizeof *table->keys);
    table->slots = arena_alloc(arena, size * sizeof *table->slots);
    if (!table->keys || !table->slots)
        return -1;
    memset(table->slots, 0, size * sizeof *table->slots);
    table->mask = size - 1;
    return 0;
}

/* Fills the texts. Folding makes two bytes three at most, so twice the length is enough. */
static int add_texts(struct score_cases *cases)
{
    const struct score_rule *rule = cases->rule;

    for (size_t i = 0; i < rule->case_count; i++) {
        struct slice key = rule->cases[i].value;
        if (rule->fold) {
            char *copy = arena_alloc(&cases->arena, 2 * key.len + CHARACTER);
            if (!copy)
                return -1;
            key = (struct slice){copy, fold(key, copy, 2 * key.len)};
        }
        add(&cases->texts, i, key);
        if (key.len > cases->longest)
            cases->longest = key.len;
    }
    if (!rule->fold)
        return 0;
    cases->folded = arena_alloc(&cases->arena, cases->longest + CHARACTER);
    return cases->folded ? 0 : -1;
}

/* The bytes of a number as a key; -0 is 0. */
static struct slice number_key(double *number)
{
    if (*number == 0)
        *number = 0;
    return (struct slice){(const char *)number, sizeof *number};
}

static int add_numbers(struct score_cases *cases)
{
    for (size_t i = 0; i < cases->rule->case_count; i++) {
        struct expression_value value = {
            .type = EXPRESSION_STRING, .untyped = true, .text = cases->rule->cases[i].value};
        double number;
        if (!expression_number(&value, &number))
            continue;
        double *kept = arena_alloc(&cases->arena, sizeof *kept);
        if (!kept || (!cases->numbers.slots && make_table(&cases->numbers, &cases->arena, cases->rule->case_count)))
            return -1;
        *kept = number;
        add(&cases->numbers, i, number_key(kept));
    }
    return 0;
}

int score_cases_init(struct score_cases *cases, const struct score_rule *rule, struct error *err)
{
    *cases = (struct score_cases){.rule = rule};
    arena_init(&cases->arena);
    if (rule->case_count == 0)
        return 0;
    if (rule->case_count >= UINT32_MAX)
        return error_memory(err);
    if (make_table(&cases->texts, &cases->arena, rule->case_count) || add_texts(cases) || add_numbers(cases))
        return error_memory(err);
    return 0;
}

void score_cases_fini(struct score_cases *cases)
{
    arena_fini(&cases->arena);
    *cases = (struct score_cases){0};
}

const struct score_case *score_cases_of_text(struct score_cases *cases, struct slice text)
{
    size_t slot;

    if (!cases->texts.slots)
        return NULL;
    if (cases->rule->fold)
        text = (struct slice){cases->folded, fold(text, cases->folded, cases->longest)};
    if (text.len > cases->longest)
        return NULL;
    uint32_t found = find(&cases->texts, text, &slot);
    return found ? &cases->rule->cases[found - 1] : NULL;
}

const struct score_case *score_cases_of_number(const struct score_cases *cases, double number)
{
    size_t slot;

    if (!cases->numbers.slots)
        return NULL;
    uint32_t found = find(&cases->numbers, number_key(&number), &slot);
    return found ? &cases->rule->cases[found - 1] : NULL;
}
