/* The summary of customers on disk: sums in one pass, medians by selection (selection.h), all segments at once. */
#include <stdlib.h>

#include "analysis/quantile.h"
#include "analysis/rfm_report.h"
#include "analysis/rfm_spill.h"

/* Of segments, by their numbers. */
struct summing {
    struct rfm_summary_row *rows;
    struct selection *values; /* of each segment RFM_DIMENSIONS */
};

static struct selection *values_of(struct selection *values, const struct rfm_customer *customer,
                                   enum rfm_dimension dimension)
{
    return &values[(size_t)customer->segment * RFM_DIMENSIONS + dimension];
}

static int add_sums(void *context, const struct rfm_table *some, struct error *err)
{
    const struct summing *summing = context;

    for (size_t i = 0; i < some->count; i++) {
        const struct rfm_customer *customer = &some->customers[i];
        struct rfm_summary_row *row = &summing->rows[customer->segment];
        row->customers++;
        row->orders.units += customer->frequency;
        if (__builtin_add_overflow(row->revenue.units, customer->monetary, &row->revenue.units))
            return rfm_summary_too_large(err);
        for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
            selection_see(values_of(summing->values, customer, d), rfm_value(customer, d));
    }
    return 0;
}

static int count_values(void *context, const struct rfm_table *some, struct error *err)
{
    struct selection *values = context;

    (void)err;
    for (size_t i = 0; i < some->count; i++)
        for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++) {
            struct selection *selection = values_of(values, &some->customers[i], d);
            if (selection->counts)
                selection_count(selection, rfm_value(&some->customers[i], d));
        }
    return 0;
}

static void want_median(struct selection *selection)
{
    uint64_t whole;
    unsigned part;

    if (selection->count == 0)
        return;
    quantile_type7_rank(selection->count, 1, 2, &whole, &part);
    selection_want(selection, whole);
    selection_want(selection, part ? whole + 1 : whole);
}

static int set_median(const struct selection *selection, int scale, struct rfm_figure *figure, struct error *err)
{
    uint64_t whole;
    unsigned part;
    int128 twice;

    if (selection->count == 0)
        return 0;
    quantile_type7_rank(selection->count, 1, 2, &whole, &part);
    if (!quantile_type7_between(selection_value(selection, 0), selection_value(selection, 1), part, 2, &twice))
        return rfm_summary_too_large(err);
    return rfm_summary_median(figure, twice, scale, err);
}

static int sum_up(const struct rfm_table *table, struct summing *summing, size_t segments, struct error *err)
{
    size_t count = segments * RFM_DIMENSIONS;

    if (rfm_table_visit(table, false, add_sums, summing, err))
        return -1;
    for (size_t i = 0; i < count; i++)
        want_median(&summing->values[i]);
    if (rfm_select(table, summing->values, count, count_values, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        enum rfm_dimension dimension = i % RFM_DIMENSIONS;
        if (set_median(&summing->values[i], rfm_value_scale(table, dimension),
                       &summing->rows[i / RFM_DIMENSIONS].median[dimension], err))
            return -1;
    }
    return 0;
}

int rfm_summarise_on_disk(const struct rfm_table *table, struct rfm_summary_row *rows, size_t segments,
                          struct error *err)
{
    struct summing summing = {rows, calloc(segments * RFM_DIMENSIONS, sizeof *summing.values)};

    if (!summing.values)
        return error_memory(err);
    int result = sum_up(table, &summing, segments, err);
    for (size_t i = 0; i < segments * RFM_DIMENSIONS; i++)
        selection_fini(&summing.values[i]);
    free(summing.values);
    return result;
}
