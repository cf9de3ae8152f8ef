/* RFM scores of customers on disk: the cuts come from the values at the ranks on both sides of each quantile, which are
 * found without holding all values (selection.h). */
#include "analysis/quantile.h"
#include "analysis/rfm_spill.h"

static int see_values(void *context, const struct rfm_table *some, struct error *err)
{
    struct selection *selections = context;

    (void)err;
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
        for (size_t i = 0; i < some->count; i++)
            selection_see(&selections[d], rfm_value(&some->customers[i], d));
    return 0;
}

static int count_values(void *context, const struct rfm_table *some, struct error *err)
{
    struct selection *selections = context;

    (void)err;
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
        for (size_t i = 0; selections[d].counts && i < some->count; i++)
            selection_count(&selections[d], rfm_value(&some->customers[i], d));
    return 0;
}

int rfm_select(const struct rfm_table *table, struct selection *selections, size_t count, rfm_table_visitor *tell,
               struct error *err)
{
    for (;;) {
        bool any = false;
        for (size_t i = 0; i < count; i++) {
            int more = selection_begin(&selections[i], err);
            if (more < 0)
                return -1;
            any = any || more > 0;
        }
        if (!any)
            return 0;
        if (rfm_table_visit(table, false, tell, selections, err))
            return -1;
        for (size_t i = 0; i < count; i++)
            selection_end(&selections[i]);
    }
}

/* The values on both sides of each cut. */
static void want_cuts(struct selection *selection, int bins)
{
    for (int i = 1; i < bins; i++) {
        uint64_t whole;
        unsigned part;
        quantile_type7_rank(selection->count, (unsigned)i, (unsigned)bins, &whole, &part);
        selection_want(selection, whole);
        selection_want(selection, part ? whole + 1 : whole);
    }
}

static int make_cuts(const struct selection *selection, int bins, int128 plus, int scale, struct rfm_cut_list *list)
{
    for (int i = 0; i < RFM_BINS_MAX - 1; i++)
        list->cuts[i] = (struct rfm_cut){0, scale + 3};
    list->count = bins - 1;
    for (int i = 1; i < bins; i++) {
        int128 numerator;
        uint64_t whole;
        unsigned part;
        quantile_type7_rank(selection->count, (unsigned)i, (unsigned)bins, &whole, &part);
        if (!quantile_type7_between(selection_value(selection, 2 * i - 2), selection_value(selection, 2 * i - 1), part,
                                    (unsigned)bins, &numerator) ||
            __builtin_add_overflow(numerator, plus * bins, &numerator) ||
            !rfm_round_cut(numerator, bins, &list->cuts[i - 1]))
            return -1;
    }
    return 0;
}

static int find_cuts(const struct rfm_table *table, const struct rfm_scoring *scoring, struct rfm_cuts *cuts,
                     struct selection *selections, struct error *err)
{
    if (rfm_table_visit(table, false, see_values, selections, err))
        return -1;
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
        want_cuts(&selections[d], scoring->bins[d]);
    if (rfm_select(table, selections, RFM_DIMENSIONS, count_values, err))
        return -1;
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++) {
        int scale = rfm_value_scale(table, d);
        int128 plus = scoring->method == RFM_R ? power_of_ten(scale) : 0;
        if (make_cuts(&selections[d], scoring->bins[d], plus, scale, &cuts->lists[d]))
            return rfm_cuts_too_large(d, err);
    }
    return 0;
}

struct spreading {
    const struct rfm_cuts *cuts;
    struct rfm_spread *spread;
};

static int add_spread(void *context, const struct rfm_table *some, struct error *err)
{
    const struct spreading *spreading = context;

    (void)err;
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++) {
        const struct rfm_cut_list *list = &spreading->cuts->lists[d];
        struct rfm_spread *all = &spreading->spread[d];
        struct rfm_spread here;
        rfm_count_spread(some, d, list->count + 1, list, &here);
        for (int i = 0; i < here.bins; i++) {
            all->used += all->customers[i] == 0 && here.customers[i] > 0;
            all->customers[i] += here.customers[i];
        }
    }
    return 0;
}

int rfm_score_on_disk(struct rfm_table *table, const struct rfm_scoring *scoring, struct rfm_cuts *cuts,
                      struct rfm_spread *spread, struct error *err)
{
    const struct rfm_table nobody = {.scale = table->scale};
    struct selection selections[RFM_DIMENSIONS] = {0};
    struct spreading spreading = {cuts, spread};
    int failed = find_cuts(table, scoring, cuts, selections, err);

    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
        selection_fini(&selections[d]);
    if (failed)
        return -1;
    cuts->ties = scoring->method == RFM_R || scoring->ties == RFM_TIES_HIGH ? RFM_TIES_HIGH : RFM_TIES_LOW;
    rfm_score_by_cuts(table, cuts, NULL);
    for (enum rfm_dimension d = 0; spread && d < RFM_DIMENSIONS; d++)
        rfm_count_spread(&nobody, d, scoring->bins[d], &cuts->lists[d], &spread[d]);
    return spread ? rfm_table_visit(table, false, add_spread, &spreading, err) : 0;
}
