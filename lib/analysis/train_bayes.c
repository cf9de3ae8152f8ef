/* Naive Bayes, as the predictive lead scoring of Odoo has it (addons/crm/models/crm_lead.py,
 * _pls_get_naive_bayes_probabilities):
 *
 *     S_won = P(won) * product of won_v / won_total,  S_lost likewise,  P = S_won / (S_won + S_lost)
 *
 * where won_v are the won leads with that value of a field, .1 added, and won_total is the sum of won_v over the values
 * of the field that were seen. The logarithm of S_won / S_lost is a sum: of the field's part
 *
 *     ln((yes_b + .1) / (Y + .1 n)) - ln((no_b + .1) / (N + .1 n))
 *
 * over the bins, Y and N the leads of either outcome in the bins of the feature, n those of its bins that have a lead;
 * and of ln(yes / no) of all leads. A bin without a lead has the weight 0, as a value that Odoo has not seen. Two
 * things differ: Odoo takes no notice of an empty field, here "missing" is a bin that counts like others; and it counts
 * each value by itself, here rare values and ranges of numbers are counted together.
 *
 * All this needs the counts alone, which are in the model: so it learns from further leads by counting on. */
#include <math.h>
#include <stdlib.h>

#include "analysis/train.h"
#include "analysis/train_bins.h"

#define ADDED 0.1

static void weigh_feature(struct model_feature *feature)
{
    double yes = 0, no = 0;

    for (size_t b = 0; b < feature->count; b++) {
        const struct model_bin *bin = &feature->bins[b];
        const double seen = bin->yes + bin->no > 0 ? ADDED : 0;

        yes += bin->yes + seen;
        no += bin->no + seen;
    }
    for (size_t b = 0; b < feature->count; b++) {
        struct model_bin *bin = &feature->bins[b];

        bin->weight = bin->yes + bin->no > 0 ? log((bin->yes + ADDED) / yes) - log((bin->no + ADDED) / no) : 0;
    }
}

void train_bayes(struct model *model)
{
    model->intercept = log(model->yes / (model->rows - model->yes));
    for (size_t f = 0; f < model->feature_count; f++)
        weigh_feature(&model->features[f]);
}

static int check_model(const struct model *model, const struct train_table *table, struct error *err)
{
    struct quote name;

    if (model->method != MODEL_BAYES)
        return error_set(err, STATUS_USAGE, "the model was made by %s: only one of naive Bayes can go on learning",
                         model_method_names[model->method]);
    if (!slice_equal(model->target, table->target))
        return error_set(err, STATUS_USAGE, "the model is of the column '%s'", quote_name(&name, model->target));
    return 0;
}

static int no_column(struct slice name, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_DATA, "there is no column '%s', which is in the model", quote_name(&q, name));
}

/* The leads of the table are counted in the bins; the rest follows. */
static void finish_update(struct model *model, const struct train_table *table)
{
    model->rows += (double)table->rows;
    model->yes += (double)table->yes;
    train_bayes(model);
    for (size_t f = 0; f < model->feature_count; f++)
        train_bins_inform(&model->features[f]);
}

static void count_lead(struct model_bin *bin, uint8_t outcome)
{
    if (outcome)
        bin->yes++;
    else
        bin->no++;
}

int train_update(struct model *model, const struct train_table *table, const struct kept *kept,
                 const struct slice *names, const struct date_reader *dates, struct error *err)
{
    struct model_use *use = NULL;

    if (check_model(model, table, err))
        return -1;
    size_t *columns = malloc((model->feature_count + 1) * sizeof *columns);
    struct field *fields = malloc((kept->columns + 1) * sizeof *fields);
    int failed = columns && fields ? 0 : error_memory(err);
    for (size_t f = 0; !failed && f < model->feature_count; f++) {
        columns[f] = train_column_find(names, kept->columns, model->features[f].name);
        if (columns[f] == SIZE_MAX)
            failed = no_column(model->features[f].name, err);
    }
    failed = failed || model_use_new(&use, model, table->as_of, dates, err);
    for (size_t row = 0; !failed && row < table->rows; row++) {
        kept_fields(kept, table->record[row], fields);
        for (size_t f = 0; f < model->feature_count; f++)
            count_lead(&model->features[f].bins[model_bin_of(use, f, fields[columns[f]].text)], table->outcome[row]);
    }
    if (!failed)
        finish_update(model, table);
    model_use_free(use);
    free(columns);
    free(fields);
    return failed ? -1 : 0;
}
