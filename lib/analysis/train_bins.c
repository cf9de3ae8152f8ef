/* Bins: ranges by quantiles, merged by ChiMerge; frequent values; evidence.
 *
 * The ranges are cut without a look at the outcome, from the sorted values: an edge is the first value of the range
 * above it, so that bounds are numbers that occur in the data. The leads of each range are counted once by outcome, and
 * all merging is of these at most twenty pairs of counts. */
#include "analysis/train_bins.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/train_table_read.h"

#define CHI_SQUARE 3.841458820694124 /* 95 % point, one degree of freedom: R, qchisq(.95, 1) */
#define LEAST_PART 50                /* a range has at least one in 50 of the leads, */
#define LEAST_EITHER 5               /* and so many of either outcome */
#define VALUE_PART 100               /* a value has at least one in 100 of the leads, */
#define VALUE_LEAST 20               /* and so many */
#define SMOOTHING .5

struct range {
    double from, yes, no;
};

static bool in_part(const uint8_t *part, size_t left_out, size_t row)
{
    return left_out == SIZE_MAX || part[row] != left_out;
}

double train_evidence(double yes, double no, double all_yes, double all_no, size_t bins)
{
    double n = (double)bins;

    if (yes + no <= 0)
        return 0;
    return log((yes + SMOOTHING) / (all_yes + SMOOTHING * n)) - log((no + SMOOTHING) / (all_no + SMOOTHING * n));
}

void train_bins_inform(struct model_feature *bins)
{
    double yes = 0, no = 0;

    for (size_t i = 0; i < bins->count; i++) {
        yes += bins->bins[i].yes;
        no += bins->bins[i].no;
    }
    bins->information = 0;
    for (size_t i = 0; i < bins->count; i++) {
        struct model_bin *bin = &bins->bins[i];

        bin->evidence = train_evidence(bin->yes, bin->no, yes, no, bins->count);
        if (yes > 0 && no > 0)
            bins->information += (bin->yes / yes - bin->no / no) * bin->evidence;
    }
}

/* ---- ranges of numbers ---- */

/* The first value behind `at` that is greater; *value is left alone when there is none. */
static bool next_value(const double *sorted, size_t count, size_t at, double *value)
{
    size_t low = at, high = count; /* sorted[low] == sorted[at]; sorted[high] is greater */

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (sorted[middle] > sorted[at])
            high = middle;
        else
            low = middle;
    }
    if (high == count)
        return false;
    *value = sorted[high];
    return true;
}

/* A range for each value; 0: there are too many. */
static size_t cut_at_values(const double *sorted, size_t count, struct range *ranges)
{
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        if (i && sorted[i] == sorted[i - 1])
            continue;
        if (made == TRAIN_RANGES)
            return 0;
        ranges[made++] = (struct range){.from = sorted[i]};
    }
    return made;
}

static size_t cut_at_quantiles(const double *sorted, size_t count, struct range *ranges)
{
    size_t made = 1, last = SIZE_MAX;

    ranges[0] = (struct range){.from = sorted[0]};
    for (size_t i = 1; i < TRAIN_RANGES; i++) {
        size_t at = ((count - 1) * i + TRAIN_RANGES - 1) / TRAIN_RANGES;
        double edge = sorted[at];

        if (last != SIZE_MAX && edge == sorted[last] && !next_value(sorted, count, at, &edge))
            break;
        last = at;
        if (edge > ranges[made - 1].from)
            ranges[made++] = (struct range){.from = edge};
    }
    return made;
}

/* The range of a value: the last whose beginning is not above it, else the first. */
static size_t find_range(const struct range *ranges, size_t count, double value)
{
    size_t low = 0, high = count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (value >= ranges[middle].from)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double chi_square(const struct range *a, const struct range *b)
{
    double yes = a->yes + b->yes, no = a->no + b->no, all_a = a->yes + a->no, all_b = b->yes + b->no;
    double difference = a->yes * b->no - b->yes * a->no;

    if (yes <= 0 || no <= 0 || all_a <= 0 || all_b <= 0)
        return 0;
    return (all_a + all_b) * difference * difference / (yes * no * all_a * all_b);
}

static void merge_with_next(struct range *ranges, size_t *count, size_t at)
{
    ranges[at].yes += ranges[at + 1].yes;
    ranges[at].no += ranges[at + 1].no;
    memmove(&ranges[at + 1], &ranges[at + 2], (*count - at - 2) * sizeof *ranges);
    --*count;
}

static size_t merge_ranges(struct range *ranges, size_t count, double leads)
{
    while (count > 1) {
        size_t best = 0;

        for (size_t i = 1; i + 1 < count; i++)
            if (chi_square(&ranges[i], &ranges[i + 1]) < chi_square(&ranges[best], &ranges[best + 1]))
                best = i;
        if (chi_square(&ranges[best], &ranges[best + 1]) >= CHI_SQUARE)
            break;
        merge_with_next(ranges, &count, best);
    }
    for (size_t i = 0; i < count && count > 1;) {
        const struct range *range = &ranges[i];

        if ((range->yes + range->no) * LEAST_PART >= leads && range->yes >= LEAST_EITHER && range->no >= LEAST_EITHER) {
            i++;
            continue;
        }
        bool next = i == 0 || (i + 1 < count && chi_square(range, range + 1) < chi_square(range - 1, range));
        merge_with_next(ranges, &count, next ? i : i - 1);
        i = 0; /* what was merged may be large enough now, or still not */
    }
    return count;
}

/* Room for the bins, all zero, with infinite bounds. */
static int begin_bins(const struct train_feature *feature, size_t count, struct arena *arena,
                      struct model_feature *bins, struct error *err)
{
    char *name = arena_copy(arena, feature->name);

    *bins = (struct model_feature){.kind = feature->kind, .count = count};
    bins->bins = arena_alloc(arena, count * sizeof *bins->bins);
    if (!name || !bins->bins)
        return error_memory(err);
    bins->name = (struct slice){name, feature->name.len};
    for (size_t i = 0; i < count; i++)
        bins->bins[i] = (struct model_bin){.from = -INFINITY, .below = INFINITY};
    return 0;
}

static int cut_ranges(const double *number, const uint8_t *part, size_t left_out, size_t rows, struct range *ranges,
                      size_t *made, struct error *err)
{
    double *sorted = malloc((rows + 1) * sizeof *sorted);
    size_t count = 0;

    if (!sorted)
        return error_memory(err);
    for (size_t row = 0; row < rows; row++)
        if (in_part(part, left_out, row))
            sorted[count++] = number[row];
    if (train_sort_numbers(sorted, &count, err)) {
        free(sorted);
        return -1;
    }
    *made = count ? cut_at_values(sorted, count, ranges) : 0;
    if (count && !*made)
        *made = cut_at_quantiles(sorted, count, ranges);
    free(sorted);
    return 0;
}

static int make_number(const struct train_table *table, const struct train_feature *feature, const uint8_t *part,
                       size_t left_out, bool merge, struct arena *arena, struct model_feature *bins, struct error *err)
{
    struct range ranges[TRAIN_RANGES] = {0}, missing = {0};
    double leads = 0;
    size_t count = 0;

    if (cut_ranges(feature->number, part, left_out, table->rows, ranges, &count, err))
        return -1;
    for (size_t row = 0; row < table->rows; row++) {
        double value = feature->number[row];

        if (!in_part(part, left_out, row))
            continue;
        struct range *range = isnan(value) ? &missing : &ranges[find_range(ranges, count, value)];
        range->yes += table->outcome[row];
        range->no += !table->outcome[row];
        leads++;
    }
    if (merge)
        count = merge_ranges(ranges, count, leads);
    if (begin_bins(feature, (count ? count : 1) + 1, arena, bins, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        bins->bins[i].yes = ranges[i].yes;
        bins->bins[i].no = ranges[i].no;
        if (i)
            bins->bins[i].from = bins->bins[i - 1].below = ranges[i].from;
    }
    bins->bins[bins->count - 1].yes = missing.yes;
    bins->bins[bins->count - 1].no = missing.no;
    train_bins_inform(bins);
    return 0;
}

/* ---- values of categories ---- */

struct level {
    uint32_t code;
    size_t yes, no;
};

static int more_leads_first(const void *a, const void *b)
{
    const struct level *one = a, *other = b;
    size_t leads = one->yes + one->no, others = other->yes + other->no;

    if (leads != others)
        return leads > others ? -1 : 1;
    return one->code < other->code ? -1 : one->code > other->code;
}

/* How many of the sorted levels are bins by themselves. */
static size_t count_frequent(const struct level *levels, size_t count, size_t leads)
{
    size_t frequent = 0;

    while (frequent < count) {
        size_t own = levels[frequent].yes + levels[frequent].no;

        if (own < VALUE_LEAST || own * VALUE_PART < leads)
            break;
        frequent++;
    }
    return frequent;
}

static int take_value(struct model_bin *bin, struct slice text, struct arena *arena, struct error *err)
{
    char *copy = arena_copy(arena, text);

    bin->values = arena_alloc(arena, sizeof *bin->values);
    if (!copy || !bin->values)
        return error_memory(err);
    *bin->values = (struct slice){copy, text.len};
    bin->value_count = 1;
    return 0;
}

/* levels: counted; levels[0] is missing. */
static int take_category(const struct train_feature *feature, struct level *levels, size_t leads, struct arena *arena,
                         struct model_feature *bins, struct error *err)
{
    size_t count = feature->level_count - 1, frequent;

    qsort(levels + 1, count, sizeof *levels, more_leads_first);
    frequent = count_frequent(levels + 1, count, leads);
    if (begin_bins(feature, frequent + 2, arena, bins, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        const struct level *level = &levels[1 + i];
        struct model_bin *bin = &bins->bins[i < frequent ? i : frequent];

        bin->yes += (double)level->yes;
        bin->no += (double)level->no;
        if (i < frequent && take_value(bin, feature->levels[level->code], arena, err))
            return -1;
    }
    bins->bins[frequent + 1].yes = (double)levels[0].yes;
    bins->bins[frequent + 1].no = (double)levels[0].no;
    train_bins_inform(bins);
    return 0;
}

static int make_category(const struct train_table *table, const struct train_feature *feature, const uint8_t *part,
                         size_t left_out, struct arena *arena, struct model_feature *bins, struct error *err)
{
    struct level *levels = calloc(feature->level_count, sizeof *levels);
    size_t leads = 0;
    int result;

    if (!levels)
        return error_memory(err);
    for (size_t i = 0; i < feature->level_count; i++)
        levels[i].code = (uint32_t)i;
    for (size_t row = 0; row < table->rows; row++) {
        if (!in_part(part, left_out, row))
            continue;
        levels[feature->code[row]].yes += table->outcome[row];
        levels[feature->code[row]].no += !table->outcome[row];
        leads++;
    }
    result = take_category(feature, levels, leads, arena, bins, err);
    free(levels);
    return result;
}

int train_bins_make(const struct train_table *table, const struct train_feature *feature, const uint8_t *part,
                    size_t left_out, struct arena *arena, struct model_feature *bins, struct error *err)
{
    return feature->kind == TRAIN_CATEGORY ? make_category(table, feature, part, left_out, arena, bins, err)
                                           : make_number(table, feature, part, left_out, true, arena, bins, err);
}

int train_bins_ranges(const struct train_table *table, const struct train_feature *feature, const uint8_t *part,
                      size_t left_out, struct arena *arena, struct model_feature *bins, struct error *err)
{
    return feature->kind == TRAIN_CATEGORY ? make_category(table, feature, part, left_out, arena, bins, err)
                                           : make_number(table, feature, part, left_out, false, arena, bins, err);
}

/* ---- which bin ---- */

static uint16_t bin_of_number(const struct model_feature *bins, double value)
{
    size_t low = 0, high = bins->count - 1;

    if (isnan(value))
        return (uint16_t)(bins->count - 1);
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (value >= bins->bins[middle].from)
            low = middle;
        else
            high = middle;
    }
    return (uint16_t)low;
}

static size_t bin_of_text(const struct model_feature *bins, struct slice text)
{
    for (size_t i = 0; i + 2 < bins->count; i++)
        for (size_t value = 0; value < bins->bins[i].value_count; value++)
            if (slice_equal(bins->bins[i].values[value], text))
                return i;
    return bins->count - 2;
}

void train_bins_assign(const struct train_table *table, const struct train_feature *feature,
                       const struct model_feature *bins, uint16_t *out)
{
    uint16_t of_level[TRAIN_LEVELS + 1];

    if (feature->kind != TRAIN_CATEGORY) {
        for (size_t row = 0; row < table->rows; row++)
            out[row] = bin_of_number(bins, feature->number[row]);
        return;
    }
    of_level[0] = (uint16_t)(bins->count - 1);
    for (size_t i = 1; i < feature->level_count && i <= TRAIN_LEVELS; i++)
        of_level[i] = (uint16_t)bin_of_text(bins, feature->levels[i]);
    for (size_t row = 0; row < table->rows; row++)
        out[row] = of_level[feature->code[row]];
}
