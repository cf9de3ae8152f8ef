/* RFM segments: the built-in tables, reading one from JSON, matching, and the check for gaps and shadows. */
#include "analysis/rfm_segment.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/rfm_spill.h"
#include "base/options.h"
#include "value/settings.h"

const char *const rfm_segments_words[] = {"standard", "r", "grid", NULL};

#define BUILTIN_BINS 5

struct builtin {
    const char *name;
    struct rfm_score_range r, f, m, fm; /* fm: of f + m */
};

#define ANY_FM \
    {          \
        2, 10  \
    }
static const struct builtin table_standard[] = {
    {"Champions", {5, 5}, {5, 5}, {5, 5}, ANY_FM},       {"Potential Loyalist", {3, 5}, {3, 5}, {2, 5}, ANY_FM},
    {"Loyal Customers", {2, 4}, {2, 4}, {2, 4}, ANY_FM}, {"Promising", {3, 4}, {1, 3}, {3, 5}, ANY_FM},
    {"New Customers", {4, 5}, {1, 3}, {1, 5}, ANY_FM},   {"Can't Lose Them", {1, 2}, {3, 4}, {4, 5}, ANY_FM},
    {"At Risk", {1, 2}, {2, 5}, {4, 5}, ANY_FM},         {"Need Attention", {1, 3}, {3, 5}, {3, 5}, ANY_FM},
    {"About To Sleep", {2, 3}, {1, 3}, {1, 4}, ANY_FM},  {"Lost", {1, 1}, {1, 5}, {1, 5}, ANY_FM},
};

static const struct builtin table_r[] = {
    {"Champions", {4, 5}, {4, 5}, {4, 5}, ANY_FM},          {"Loyal Customers", {2, 5}, {3, 5}, {3, 5}, ANY_FM},
    {"Potential Loyalist", {3, 5}, {1, 3}, {1, 3}, ANY_FM}, {"New Customers", {4, 5}, {1, 1}, {1, 1}, ANY_FM},
    {"Promising", {3, 4}, {1, 1}, {1, 1}, ANY_FM},          {"Need Attention", {2, 3}, {2, 3}, {2, 3}, ANY_FM},
    {"About To Sleep", {2, 3}, {1, 2}, {1, 2}, ANY_FM},     {"At Risk", {1, 2}, {2, 5}, {2, 5}, ANY_FM},
    {"Can't Lose Them", {1, 1}, {4, 5}, {4, 5}, ANY_FM},    {"Lost", {1, 2}, {1, 2}, {1, 2}, ANY_FM},
};

/* "above 2, up to 5" of the mean is 5 to 10 of the sum. */
#define ANY  \
    {        \
        1, 5 \
    }
static const struct builtin table_grid[] = {
    {"Champions", {5, 5}, ANY, ANY, {9, 10}},         /* 4-5 / 4-5 */
    {"Loyal", {3, 5}, ANY, ANY, {7, 10}},             /* 2-5 / 3-5 */
    {"Potential Loyalist", {4, 5}, ANY, ANY, {3, 6}}, /* 3-5 / 1-3 */
    {"New", {5, 5}, ANY, ANY, {2, 2}},                /* 4-5 / 0-1 */
    {"Promising", {4, 4}, ANY, ANY, {2, 2}},          /* 3-4 / 0-1 */
    {"Need Attention", {3, 3}, ANY, ANY, {5, 6}},     /* 2-3 / 2-3 */
    {"About To Sleep", {3, 3}, ANY, ANY, {2, 4}},     /* 2-3 / 0-2 */
    {"Can't Lose Them", {1, 1}, ANY, ANY, {9, 10}},   /* 0-1 / 4-5 */
    {"At Risk", {1, 2}, ANY, ANY, {5, 10}},           /* 0-2 / 2-5 */
    {"Hibernating", {2, 2}, ANY, ANY, {3, 4}},        /* 1-2 / 1-2 */
    {"Lost", {1, 2}, ANY, ANY, {2, 4}},               /* 0-2 / 0-2 */
};

static int init(struct rfm_segments *segments, size_t count, const int bins[RFM_DIMENSIONS], struct error *err)
{
    *segments = (struct rfm_segments){.others = SLICE("Others")};
    memcpy(segments->bins, bins, sizeof segments->bins);
    arena_init(&segments->names);
    segments->items = calloc(count, sizeof *segments->items);
    return segments->items ? 0 : error_memory(err);
}

void rfm_segments_fini(struct rfm_segments *segments)
{
    free(segments->items);
    arena_fini(&segments->names);
    *segments = (struct rfm_segments){0};
}

int rfm_segments_builtin(struct rfm_segments *segments, const char *word, const int bins[RFM_DIMENSIONS],
                         struct error *err)
{
    static const struct {
        const struct builtin *rows;
        size_t count;
    } tables[] = {
        {table_standard, sizeof table_standard / sizeof *table_standard},
        {table_r, sizeof table_r / sizeof *table_r},
        {table_grid, sizeof table_grid / sizeof *table_grid},
    };
    int choice = option_choice(word, rfm_segments_words, err);

    if (choice < 0)
        return -1;
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
        if (bins[d] != BUILTIN_BINS)
            return error_set(err, STATUS_USAGE,
                             "the segments '%s' are made for %d bins, and %s has %d; give segments of your own", word,
                             BUILTIN_BINS, rfm_dimension_names[d], bins[d]);
    if (init(segments, tables[choice].count, bins, err))
        return -1;
    for (; segments->count < tables[choice].count; segments->count++) {
        const struct builtin *row = &tables[choice].rows[segments->count];
        segments->items[segments->count] = (struct rfm_segment){
            .name = slice_from_cstr(row->name),
            .score = {row->r, row->f, row->m},
            .fm = row->fm,
        };
    }
    return 0;
}

/* The two ends of a range. */
static int read_pair(const struct settings_place *place, const json_t *value, const json_t *ends[2], struct error *err)
{
    if (!json_is_array(value) || json_array_size(value) != 2) {
        settings_fail(place, err, "not a range: write [1, 5]");
        return -1;
    }
    ends[0] = json_array_get(value, 0);
    ends[1] = json_array_get(value, 1);
    return 0;
}

/* A range of scores, each multiplied by `times`, within low..high after that. An absent one means any. */
static int read_scores(const struct settings_place *segment, const json_t *object, const char *key, int times,
                       struct rfm_score_range limits, struct rfm_score_range *range, struct error *err)
{
    struct settings_place place = settings_member(segment, key, 0);
    const json_t *value = json_object_get(object, key);
    const json_t *ends[2];
    int read[2];

    *range = limits;
    if (!value)
        return 0;
    if (read_pair(&place, value, ends, err))
        return -1;
    for (int i = 0; i < 2; i++) {
        double number = json_is_number(ends[i]) ? json_number_value(ends[i]) * times : -1;
        if (!json_is_number(ends[i]) || number != floor(number))
            return settings_fail(&place, err, times == 1 ? "not a range of whole numbers" : "not a range of halves");
        if (number < limits.low || number > limits.high)
            return settings_fail(&place, err, "%g is outside 1 to %g", json_number_value(ends[i]),
                                 (double)limits.high / times);
        read[i] = (int)number;
    }
    if (read[0] > read[1])
        return settings_fail(&place, err, "the range is empty: its first number is the larger");
    *range = (struct rfm_score_range){read[0], read[1]};
    return 0;
}

/* One end of a range of values: a whole number, a decimal in a string, or null. */
static int read_end(const struct settings_place *place, const json_t *value, bool *has, struct decimal *end,
                    struct error *err)
{
    struct slice text = {json_string_value(value), json_string_length(value)};
    struct quote q;

    *has = !json_is_null(value);
    if (json_is_integer(value))
        *end = (struct decimal){json_integer_value(value), 0};
    else if (json_is_string(value) && decimal_parse(text, end) != DECIMAL_OK)
        return settings_fail(place, err, "not a number: '%s'", quote_name(&q, text));
    else if (!json_is_string(value) && *has)
        return settings_fail(place, err, "not a whole number, null, or a decimal in a string, \"12.5\"");
    return 0;
}

static int read_values(const struct settings_place *segment, const json_t *object, enum rfm_dimension dimension,
                       struct rfm_range *range, struct error *err)
{
    struct settings_place place = settings_member(segment, rfm_dimension_names[dimension], 0);
    const json_t *value = json_object_get(object, rfm_dimension_names[dimension]);
    const json_t *ends[2];

    *range = (struct rfm_range){0};
    if (!value)
        return 0;
    if (read_pair(&place, value, ends, err) || read_end(&place, ends[0], &range->has_low, &range->low, err) ||
        read_end(&place, ends[1], &range->has_high, &range->high, err))
        return -1;
    struct rfm_range upper = {.has_high = range->has_high, .high = range->high};
    if (range->has_low && !rfm_range_holds(&upper, range->low.units, range->low.scale))
        return settings_fail(&place, err, "the range is empty: its first number is the larger");
    return 0;
}

/* A name, copied; not empty, not one of the first `count` segments', not reserved. */
static int read_name(struct rfm_segments *segments, const struct settings_place *place, const json_t *value,
                     struct slice *name, struct error *err)
{
    struct quote q;

    if (settings_string(place, value, name, err))
        return -1;
    if (name->len == 0)
        return settings_fail(place, err, "empty");
    if (slice_equal_cstr(*name, "(new)") || slice_equal_cstr(*name, "(gone)"))
        return settings_fail(place, err, "'%s' has a meaning of its own in a migration", quote_name(&q, *name));
    for (size_t i = 0; i < segments->count; i++)
        if (slice_equal(*name, segments->items[i].name))
            return settings_fail(place, err, "'%s' is already the name of segments[%zu]", quote_name(&q, *name), i);
    name->ptr = arena_copy(&segments->names, *name);
    return name->ptr ? 0 : error_memory(err);
}

static int read_segment(struct rfm_segments *segments, const struct settings_place *place, const json_t *value,
                        struct error *err)
{
    static const char *const keys[] = {"name", "r", "f", "m", "fm", "recency_days", "frequency", "monetary", NULL};
    static const char *const letters[RFM_DIMENSIONS] = {"r", "f", "m"};
    const int *bins = segments->bins;
    struct rfm_segment *segment = &segments->items[segments->count];
    struct settings_place at = settings_member(place, "name", 0);

    if (settings_object(place, value, keys, err))
        return -1;
    const json_t *name = json_object_get(value, "name");
    if (!name)
        return settings_fail(&at, err, "missing");
    if (read_name(segments, &at, name, &segment->name, err))
        return -1;
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++) {
        struct rfm_score_range all = {1, bins[d]};
        if (read_scores(place, value, letters[d], 1, all, &segment->score[d], err) ||
            read_values(place, value, d, &segment->value[d], err))
            return -1;
    }
    struct rfm_score_range all_fm = {2, bins[RFM_FREQUENCY] + bins[RFM_MONETARY]};
    if (read_scores(place, value, "fm", 2, all_fm, &segment->fm, err))
        return -1;
    segments->count++;
    return 0;
}

static int read_root(struct rfm_segments *segments, const json_t *root, const char *name,
                     const int bins[RFM_DIMENSIONS], struct error *err)
{
    static const char *const keys[] = {"segments", "others", NULL};
    struct settings_place place = {.file = name};
    struct settings_place at = settings_member(&place, "segments", 0);
    struct settings_place others_at = settings_member(&place, "others", 0);
    const json_t *array = json_object_get(root, "segments");
    const json_t *others = json_object_get(root, "others");

    if (settings_object(&place, root, keys, err))
        return -1;
    if (!json_is_array(array) || json_array_size(array) == 0)
        return settings_fail(&at, err, array ? "not an array of at least one segment" : "missing");
    size_t count = json_array_size(array);
    if (count > RFM_SEGMENTS_MAX)
        return settings_fail(&at, err, "%zu segments: there can be %d", count, RFM_SEGMENTS_MAX);
    if (init(segments, count, bins, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);
        if (read_segment(segments, &element, json_array_get(array, i), err))
            return -1;
    }
    if (others)
        return read_name(segments, &others_at, others, &segments->others, err);
    for (size_t i = 0; i < count; i++)
        if (slice_equal(segments->others, segments->items[i].name))
            return settings_fail(&others_at, err, "missing, and 'Others' is already the name of segments[%zu]", i);
    return 0;
}

int rfm_segments_read(struct rfm_segments *segments, struct slice text, const char *name,
                      const int bins[RFM_DIMENSIONS], struct error *err)
{
    json_t *root = settings_read(text, name, err);

    *segments = (struct rfm_segments){0};
    if (!root)
        return -1;
    int result = read_root(segments, root, name, bins, err);
    json_decref(root);
    if (result)
        rfm_segments_fini(segments);
    return result;
}

static bool within(struct rfm_score_range range, int score)
{
    return score >= range.low && score <= range.high;
}

static bool matches_scores(const struct rfm_segment *segment, int r, int f, int m)
{
    return within(segment->score[RFM_RECENCY], r) && within(segment->score[RFM_FREQUENCY], f) &&
           within(segment->score[RFM_MONETARY], m) && within(segment->fm, f + m);
}

static bool limits_value(const struct rfm_segment *segment, enum rfm_dimension dimension)
{
    return segment->value[dimension].has_low || segment->value[dimension].has_high;
}

size_t rfm_segment_of(const struct rfm_segments *segments, const struct rfm_customer *customer, int scale)
{
    const uint8_t *score = customer->score;

    for (size_t i = 0; i < segments->count; i++) {
        const struct rfm_segment *segment = &segments->items[i];
        bool match = matches_scores(segment, score[RFM_RECENCY], score[RFM_FREQUENCY], score[RFM_MONETARY]);
        for (enum rfm_dimension d = 0; match && d < RFM_DIMENSIONS; d++)
            match = !limits_value(segment, d) ||
                    rfm_range_holds(&segment->value[d], rfm_value(customer, d), d == RFM_MONETARY ? scale : 0);
        if (match)
            return i;
    }
    return segments->count;
}

void rfm_segment_customers(struct rfm_table *table, const struct rfm_segments *segments)
{
    if (rfm_is_on_disk(table)) { /* they get their segments whenever they are read */
        table->store->segments = segments;
        return;
    }
    for (size_t i = 0; i < table->count; i++)
        table->customers[i].segment = (uint16_t)rfm_segment_of(segments, &table->customers[i], table->scale);
}

struct slice rfm_segment_name(const struct rfm_segments *segments, size_t segment)
{
    return segment < segments->count ? segments->items[segment].name : segments->others;
}

/* Counts one cell for all segments. */
static void check_cell(struct rfm_coverage *coverage, const struct rfm_segments *segments, int r, int f, int m)
{
    size_t taker = segments->count; /* the first that takes the cell whole */

    for (size_t i = 0; i < segments->count; i++) {
        if (!matches_scores(&segments->items[i], r, f, m))
            continue;
        coverage->segments[i].matches++;
        if (taker < segments->count)
            coverage->taken[i * segments->count + taker]++;
        else
            coverage->segments[i].gets++;
        if (taker == segments->count && !coverage->segments[i].has_values)
            taker = i;
    }
    coverage->cells++;
    coverage->others += taker == segments->count;
}

int rfm_segments_check(struct rfm_coverage *coverage, const struct rfm_segments *segments, struct error *err)
{
    const int *bins = segments->bins;
    size_t count = segments->count;

    *coverage = (struct rfm_coverage){.count = count};
    coverage->segments = calloc(count, sizeof *coverage->segments);
    coverage->taken = calloc(count * count, sizeof *coverage->taken);
    if (!coverage->segments || !coverage->taken) {
        rfm_coverage_fini(coverage);
        return error_memory(err);
    }
    for (size_t i = 0; i < count; i++)
        for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
            coverage->segments[i].has_values |= limits_value(&segments->items[i], d);
    for (int r = 1; r <= bins[RFM_RECENCY]; r++)
        for (int f = 1; f <= bins[RFM_FREQUENCY]; f++)
            for (int m = 1; m <= bins[RFM_MONETARY]; m++)
                check_cell(coverage, segments, r, f, m);
    return 0;
}

void rfm_coverage_fini(struct rfm_coverage *coverage)
{
    free(coverage->segments);
    free(coverage->taken);
    *coverage = (struct rfm_coverage){0};
}
