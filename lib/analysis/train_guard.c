/* The leakage guard: evidence of each feature by itself.
 *
 * Values and ranges are cut without a look at the outcome, so once for all folds. From then on only counts are needed:
 * leads of either outcome by bin and fold. The evidence for a fold is that of the counts of all others, and the area
 * under its curve follows from the counts of the fold, sorted by that evidence. Names are in train_guard_name.c. */
#include "analysis/train_guard.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/train_bins.h"

#define ALONE .9
#define PURE_PART 50       /* a pure value has at least one in 50 of the leads */
#define PURE_YES .98       /* share of the outcome, */
#define PURE_TENTH .1      /* what is missing to 1 against that of all leads; */
#define PURE_HUNDREDTH .01 /* or share of the outcome against that of all leads */
#define PURE_EXPECTED 20   /* leads that would be otherwise by chance */

struct cell {
    double evidence;
    size_t yes, no;
};

struct look {
    const struct train_table *table;
    const uint8_t *part;
    size_t folds;
    struct model_feature bins;
    struct cell *cells; /* folds * bins, then the sums over folds; owned */
    uint16_t *bin;      /* per row; owned */
    struct cell *order; /* room for the bins; owned */
};

static int by_evidence(const void *a, const void *b)
{
    const struct cell *one = a, *other = b;

    return one->evidence < other->evidence ? -1 : one->evidence > other->evidence;
}

/* The area under the curve of sorted cells; NAN: one outcome only. */
static double area(const struct cell *cells, size_t count)
{
    double yes = 0, no = 0, won = 0;

    for (size_t i = 0; i < count;) {
        double group_yes = 0, group_no = 0, evidence = cells[i].evidence;

        for (; i < count && cells[i].evidence <= evidence; i++) {
            group_yes += (double)cells[i].yes;
            group_no += (double)cells[i].no;
        }
        won += group_yes * (no + group_no / 2);
        yes += group_yes;
        no += group_no;
    }
    return yes > 0 && no > 0 ? won / (yes * no) : (double)NAN;
}

static int count_cells(struct look *look, struct error *err)
{
    size_t bins = look->bins.count;
    struct cell *sums;

    free(look->cells);
    look->cells = calloc((look->folds + 2) * bins, sizeof *look->cells);
    if (!look->cells)
        return error_memory(err);
    sums = look->cells + look->folds * bins;
    look->order = sums + bins;
    for (size_t row = 0; row < look->table->rows; row++) {
        struct cell *cell = &look->cells[look->part[row] * bins + look->bin[row]], *sum = &sums[look->bin[row]];
        unsigned yes = look->table->outcome[row];

        cell->yes += yes;
        cell->no += 1 - yes;
        sum->yes += yes;
        sum->no += 1 - yes;
    }
    return 0;
}

static double mean_area(struct look *look)
{
    size_t bins = look->bins.count, measured = 0;
    const struct cell *sums = look->cells + look->folds * bins;
    double all = 0;

    for (size_t fold = 0; fold < look->folds; fold++) {
        const struct cell *cells = look->cells + fold * bins;
        double yes = 0, no = 0, own;

        for (size_t i = 0; i < bins; i++) {
            yes += (double)(sums[i].yes - cells[i].yes);
            no += (double)(sums[i].no - cells[i].no);
        }
        for (size_t i = 0; i < bins; i++) {
            look->order[i] = cells[i];
            look->order[i].evidence =
                train_evidence((double)(sums[i].yes - cells[i].yes), (double)(sums[i].no - cells[i].no), yes, no, bins);
        }
        qsort(look->order, bins, sizeof *look->order, by_evidence);
        own = area(look->order, bins);
        if (isnan(own))
            continue;
        all += own;
        measured++;
    }
    return measured ? all / (double)measured : .5;
}

static bool is_pure(const struct cell *cell, double leads, double share)
{
    double own = (double)(cell->yes + cell->no), yes = (double)cell->yes, no = (double)cell->no;

    if (own * PURE_PART < leads)
        return false;
    if (yes >= PURE_YES * own && no <= PURE_TENTH * (1 - share) * own && (1 - share) * own >= PURE_EXPECTED)
        return true;
    return yes <= PURE_HUNDREDTH * share * own && share * own >= PURE_EXPECTED;
}

/* The pure bin with the most leads; the number of bins when there is none. */
static size_t find_pure(const struct look *look)
{
    size_t bins = look->bins.count, found = bins, most = 0;
    const struct cell *sums = look->cells + look->folds * bins;
    double leads = (double)look->table->rows;

    for (size_t i = 0; i < bins; i++)
        if (sums[i].yes + sums[i].no > most && is_pure(&sums[i], leads, (double)look->table->yes / leads)) {
            most = sums[i].yes + sums[i].no;
            found = i;
        }
    return found;
}

static int name_value(struct train_guard *guard, const struct look *look, size_t bin, struct train_suspect *suspect,
                      struct error *err)
{
    const struct cell *cell = look->cells + look->folds * look->bins.count + bin;
    struct buffer text = {0};

    if (model_bin_name(&look->bins, bin, &text) == 0) {
        suspect->value = buffer_slice(&text);
        suspect->value.ptr = arena_copy(&guard->arena, suspect->value);
    }
    buffer_fini(&text);
    suspect->rows = cell->yes + cell->no;
    suspect->yes = cell->yes;
    return suspect->value.ptr ? 0 : error_memory(err);
}

static int judge(struct train_guard *guard, struct look *look, size_t feature, struct train_suspect *suspect,
                 struct error *err)
{
    bool named;

    *suspect = (struct train_suspect){.feature = feature};
    if (count_cells(look, err) || train_guard_named(look->table->features[feature].name, &named, err))
        return -1;
    suspect->auc = mean_area(look);
    size_t pure = find_pure(look);
    suspect->why = suspect->auc >= ALONE     ? TRAIN_ALONE
                   : pure < look->bins.count ? TRAIN_PURE
                   : named                   ? TRAIN_NAMED
                                             : TRAIN_CLEAN;
    return suspect->why == TRAIN_PURE ? name_value(guard, look, pure, suspect, err) : 0;
}

static int look_at(struct train_guard *guard, struct look *look, size_t feature, struct train_suspect *suspect,
                   struct error *err)
{
    const struct train_feature *values = &look->table->features[feature];
    struct arena arena;
    int result;

    arena_init(&arena);
    result = train_bins_ranges(look->table, values, NULL, SIZE_MAX, &arena, &look->bins, err);
    if (result == 0) {
        train_bins_assign(look->table, values, &look->bins, look->bin);
        result = judge(guard, look, feature, suspect, err);
    }
    arena_fini(&arena);
    return result;
}

static int look_at_all(struct train_guard *guard, struct train_table *table, struct look *look, struct error *err)
{
    for (size_t i = 0; i < table->count; i++) {
        struct train_suspect *suspect = &guard->suspects[guard->count];

        if (table->features[i].skipped)
            continue;
        if (look_at(guard, look, i, suspect, err))
            return -1;
        if (suspect->why == TRAIN_CLEAN)
            continue;
        suspect->allowed = table->features[i].allowed;
        if (!suspect->allowed)
            table->features[i].skipped = "suspected";
        guard->count++;
    }
    return 0;
}

int train_guard(struct train_guard *guard, struct train_table *table, const uint8_t *part, size_t folds,
                struct error *err)
{
    struct look look = {.table = table, .part = part, .folds = folds};
    int result = -1;

    *guard = (struct train_guard){0};
    arena_init(&guard->arena);
    guard->suspects = calloc(table->count + 1, sizeof *guard->suspects);
    look.bin = malloc((table->rows + 1) * sizeof *look.bin);
    if (!guard->suspects || !look.bin)
        error_memory(err);
    else
        result = look_at_all(guard, table, &look, err);
    free(look.bin);
    free(look.cells);
    if (result)
        train_guard_fini(guard);
    return result;
}

void train_guard_fini(struct train_guard *guard)
{
    free(guard->suspects);
    arena_fini(&guard->arena);
    *guard = (struct train_guard){0};
}

int train_guard_say(const struct train_table *table, const struct train_suspect *suspect, struct buffer *text)
{
    const char *end = suspect->allowed ? "allowed" : "left out";
    struct quote q, q2;
    const char *name = quote_name(&q, table->features[suspect->feature].name);

    switch (suspect->why) {
    case TRAIN_ALONE:
        return buffer_printf(text, "'%s' alone tells the outcome (AUC %.3f): %s", name, suspect->auc, end);
    case TRAIN_PURE:
        return buffer_printf(text, "'%s': of %zu leads with '%s' %zu have the outcome (%.1f %%; of all %.1f %%): %s",
                             name, suspect->rows, quote(&q2, suspect->value), suspect->yes,
                             100. * (double)suspect->yes / (double)suspect->rows,
                             100. * (double)table->yes / (double)table->rows, end);
    case TRAIN_NAMED:
        return buffer_printf(text, "'%s' is by its name written after a lead was worked on (AUC %.3f): %s", name,
                             suspect->auc, end);
    case TRAIN_CLEAN:
        break;
    }
    return buffer_printf(text, "'%s' is not suspected (AUC %.3f)", name, suspect->auc);
}
