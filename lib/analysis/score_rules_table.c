/* Tables of points: by ranges of a number and by values. Ranges may stand in any order in the file, but none may be
 * empty or share a number with another; a value stands once, letters of either case being alike where the rule says so.
 */
#include <math.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "analysis/score_rules_read.h"
#include "base/buffer.h"
#include "base/group.h"
#include "base/utf8.h"

/* What a range of this rule can hold at all: [least, most). */
static void bounds_of(const struct score_rule *rule, double *least, double *most)
{
    bool ages = rule->measure == SCORE_SINCE_LAST || rule->measure == SCORE_SINCE_FIRST;

    *least = -INFINITY;
    *most = INFINITY;
    if (rule->kind != SCORE_EVENTS)
        return;
    if (ages || rule->measure == SCORE_COUNT || rule->measure == SCORE_DAYS)
        *least = 0;
    if (rule->within && ages)
        *most = rule->within;
    if (rule->within && rule->measure == SCORE_DAYS)
        *most = rule->within + 1.0;
}

static int read_range(const struct settings_place *place, const json_t *value, const struct score_rule *rule,
                      struct score_range *range, struct error *err)
{
    static const char *const keys[] = {"from", "below", "points", NULL};
    struct settings_place at;
    double least;
    double most;

    if (score_read_keys(place, value, keys, err))
        return -1;
    *range = (struct score_range){.from = -INFINITY, .below = INFINITY};
    const json_t *from = score_read_member(place, value, "from", &at);
    if (from && score_read_number(&at, from, &range->from, err))
        return -1;
    const json_t *below = score_read_member(place, value, "below", &at);
    if (below && score_read_number(&at, below, &range->below, err))
        return -1;
    if (!from && !below)
        return settings_fail(place, err, "has neither 'from' nor 'below'");
    const json_t *points = score_read_needed(place, value, "points", &at, err);
    if (!points || score_read_points(&at, points, &range->points, err))
        return -1;
    if (range->from >= range->below)
        return settings_fail(place, err, "empty: no number is from %g and below %g", range->from, range->below);
    bounds_of(rule, &least, &most);
    if (range->below <= least)
        return settings_fail(place, err, "can never be: '%s' is never below %g", score_measure_names[rule->measure],
                             least);
    if (range->from >= most)
        return settings_fail(place, err, "can never be: within %d days '%s' is less than %g", (int)rule->within,
                             score_measure_names[rule->measure], most);
    return 0;
}

static int by_from(const void *a, const void *b)
{
    const struct score_range *x = a;
    const struct score_range *y = b;

    return (x->from > y->from) - (x->from < y->from);
}

int score_read_ranges(struct score_rules *rules, const struct settings_place *place, const json_t *object,
                      struct score_rule *rule, struct error *err)
{
    struct settings_place at;
    const json_t *value = score_read_needed(place, object, "ranges", &at, err);
    size_t count;

    if (!value || score_read_array(&at, value, "range", &count, err))
        return -1;
    struct score_range *ranges = score_read_room(rules, count, sizeof *ranges, err);
    if (!ranges)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);
        if (read_range(&element, json_array_get(value, i), rule, &ranges[i], err))
            return -1;
        for (size_t j = 0; j < i; j++)
            if (ranges[i].from < ranges[j].below && ranges[j].from < ranges[i].below)
                return settings_fail(&element, err, "overlaps ranges[%zu]", j);
    }
    qsort(ranges, count, sizeof *ranges, by_from);
    rule->ranges = ranges;
    rule->range_count = count;
    return 0;
}

/* Appends text with each letter as its small form, by way of its capital, as score_cases.h does; jansson gives UTF-8.
 * -1: out of memory. */
static int append_folded(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len;) {
        size_t length = utf8_char_length(text.ptr + i, text.len - i);
        utf8proc_uint8_t encoded[4] = {(utf8proc_uint8_t)text.ptr[i]};
        size_t size = 1;
        if (length) {
            utf8proc_int32_t character = (utf8proc_int32_t)utf8_decode(text.ptr + i, length);
            size = (size_t)utf8proc_encode_char(utf8proc_tolower(utf8proc_toupper(character)), encoded);
        }
        if (buffer_append(out, (struct slice){(const char *)encoded, size}))
            return -1;
        i += length ? length : 1;
    }
    return 0;
}

/* The case before this one that means the same value; NULL: none. -1: out of memory. */
static int find_same(struct group_table *seen, struct buffer *folded, const struct score_rule *rule, size_t index,
                     const struct score_case **same)
{
    struct slice value = rule->cases[index].value;
    bool added;

    buffer_clear(folded);
    if (rule->fold ? append_folded(folded, value) : buffer_append(folded, value))
        return -1;
    size_t *first = group_get(seen, buffer_slice(folded), &added);
    if (!first)
        return -1;
    if (added)
        *first = index;
    *same = added ? NULL : &rule->cases[*first];
    return 0;
}

/* Reads the members; with seen and folded as room. */
static int read_cases(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                      struct score_rule *rule, struct group_table *seen, struct buffer *folded, struct error *err)
{
    const char *key;
    json_t *points;
    struct quote q;

    json_object_foreach((json_t *)(uintptr_t)value, key, points)
    {
        struct settings_place at = settings_member(place, key, 0);
        struct score_case *one = &rule->cases[rule->case_count];
        const struct score_case *same;
        if (!*key)
            return settings_fail(place, err, "points for no value at all are 'missing', not \"\"");
        if (score_read_copy(rules, slice_from_cstr(key), &one->value, err) ||
            score_read_points(&at, points, &one->points, err))
            return -1;
        if (find_same(seen, folded, rule, rule->case_count, &same))
            return error_memory(err);
        if (same)
            return settings_fail(&at, err, "the same value as '%s', letters of either case being alike",
                                 quote_name(&q, same->value));
        rule->case_count++;
    }
    return 0;
}

int score_read_cases(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                     struct score_rule *rule, struct error *err)
{
    size_t count = json_object_size(value);
    struct group_table seen;
    struct buffer folded;

    if (!count)
        return settings_fail(place, err, "not an object of values and their points: {\"CEO\": 20}");
    rule->cases = score_read_room(rules, count, sizeof *rule->cases, err);
    if (!rule->cases)
        return -1;
    group_init(&seen, sizeof(size_t));
    buffer_init(&folded);
    int failed = read_cases(rules, place, value, rule, &seen, &folded, err);
    group_fini(&seen);
    buffer_fini(&folded);
    return failed;
}
