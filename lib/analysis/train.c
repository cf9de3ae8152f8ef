/* Training, step by step: bins of each fold from the other folds, what to set by trying it on the folds, the held-out
 * values, calibration and measures of these, and the model of all rows.
 *
 * The work on a fold is a job of its own (workers.h), which the rest does not look into until it is done; so results do
 * not depend on the number of threads. What is tried is kept as a sum of losses alone, and what was chosen is then
 * fitted once more: keeping what each trial said of each row would need many times the memory of the table. */
#include <stdlib.h>
#include <string.h>

#include "analysis/train_bins.h"
#include "analysis/train_learn.h"
#include "base/workers.h"

static const double costs[] = {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
static const size_t depths[] = {3, 4, 6};

#define COSTS (sizeof costs / sizeof *costs)
#define DEPTHS (sizeof depths / sizeof *depths)
#define TREE_COUNTS (TRAIN_TREES / TRAIN_TREE_STEP)
#define TRIALS (DEPTHS * TREE_COUNTS) /* of trees; of costs there are fewer */

/* What was chosen, or given. */
struct choice {
    double c;
    size_t depth, trees;
};

enum step { STEP_BINS, STEP_TRY, STEP_FIT };

/* A fold, or all rows (rows.left_out SIZE_MAX). */
struct fold {
    struct job job; /* first */
    struct model model;
    struct train_rows rows;
    uint16_t **bin;
    double loss[TRIALS];
    struct error err;
    int result;
};

struct training {
    const struct train_table *table;
    const struct train_method *method;
    const uint8_t *part;
    size_t *used; /* features of the table */
    size_t used_count;
    struct fold *folds; /* one more than there are folds: the last is of all rows */
    enum step step;
    struct choice choice;
    double *z; /* held out, per row */
};

static int make_bins(const struct training *training, struct fold *fold, struct error *err)
{
    const struct train_table *table = training->table;
    struct model *model = &fold->model;

    for (size_t row = 0; row < table->rows; row++)
        if (training->part[row] != fold->rows.left_out) {
            model->rows++;
            model->yes += table->outcome[row];
        }
    model->features = arena_alloc(&model->arena, training->used_count * sizeof *model->features);
    if (!model->features)
        return error_memory(err);
    memset(model->features, 0, training->used_count * sizeof *model->features);
    for (size_t f = 0; f < training->used_count; f++) {
        const struct train_feature *feature = &table->features[training->used[f]];
        struct model_feature *made = &model->features[f];

        fold->bin[f] = malloc((table->rows + 1) * sizeof **fold->bin);
        if (!fold->bin[f])
            return error_memory(err);
        if (train_bins_make(table, feature, training->part, fold->rows.left_out, &model->arena, made, err))
            return -1;
        made->name = feature->name;
        made->kind = feature->kind;
        for (size_t b = 0; b < made->count; b++)
            made->bins[b].weight = 0;
        train_bins_assign(table, feature, made, fold->bin[f]);
        model->feature_count = f + 1;
    }
    return 0;
}

static int fit(struct model *model, const struct train_rows *rows, const struct train_method *method,
               const struct choice *choice, struct error *err)
{
    switch (method->method) {
    case MODEL_LOGISTIC:
        return train_logistic(model, rows, choice->c, method->l1, err);
    case MODEL_BAYES:
        train_bayes(model);
        return 0;
    case MODEL_TREES:
        break;
    }
    return train_trees(model, rows, choice->depth, choice->trees, TRAIN_TREE_RATE, 1, err);
}

/* Costs ascend, and each fit begins where the one before ended. Greater costs take longer; after two in a row that lost
 * more than the best, those left are not tried. */
static int try_costs(const struct training *training, struct fold *fold, struct error *err)
{
    double *z = malloc((training->table->rows + 1) * sizeof *z);
    int result = z ? 0 : error_memory(err);
    size_t best = 0;

    for (size_t i = 0; !result && i < COSTS; i++) {
        if (i > best + 2) {
            fold->loss[i] = INFINITY;
            continue;
        }
        result = train_logistic(&fold->model, &fold->rows, costs[i], training->method->l1, err);
        if (!result)
            result = train_predict_held(&fold->model, &fold->rows, z, err);
        for (size_t row = 0; !result && row < training->table->rows; row++)
            if (training->part[row] == fold->rows.left_out)
                fold->loss[i] += train_loss(z[row], training->table->outcome[row]);
        best = fold->loss[i] < fold->loss[best] ? i : best;
    }
    free(z);
    return result;
}

static int try_depths(struct fold *fold, struct error *err)
{
    for (size_t i = 0; i < DEPTHS; i++)
        if (train_trees(&fold->model, &fold->rows, depths[i], TRAIN_TREES, TRAIN_TREE_RATE, 1, err) ||
            train_trees_losses(&fold->model, &fold->rows, fold->loss + i * TREE_COUNTS, err))
            return -1;
    return 0;
}

static int fit_fold(const struct training *training, struct fold *fold, struct error *err)
{
    if (fit(&fold->model, &fold->rows, training->method, &training->choice, err))
        return -1;
    if (fold->rows.left_out != SIZE_MAX)
        return train_predict_held(&fold->model, &fold->rows, training->z, err);
    return training->method->method == MODEL_TREES ? train_trees_means(&fold->model, &fold->rows, err) : 0;
}

static void do_fold(struct job *job, void *context, size_t worker)
{
    const struct training *training = context;
    struct fold *fold = (struct fold *)job;

    (void)worker;
    switch (training->step) {
    case STEP_BINS:
        fold->result = make_bins(training, fold, &fold->err);
        break;
    case STEP_TRY:
        fold->result = training->method->method == MODEL_TREES ? try_depths(fold, &fold->err)
                                                               : try_costs(training, fold, &fold->err);
        break;
    case STEP_FIT:
        fold->result = fit_fold(training, fold, &fold->err);
        break;
    }
}

/* Does a step for the first `count` folds; the first error in their order is that of all. */
static int do_step(struct training *training, enum step step, size_t count, struct error *err)
{
    const struct train_method *method = training->method;
    const bool alone = method->threads < 2 || (method->method == MODEL_LOGISTIC && method->l1); /* rand(3) */
    struct workers *workers;
    int result = 0;

    training->step = step;
    if (workers_new(&workers, alone ? 1 : method->threads, do_fold, training, err))
        return -1;
    for (size_t i = count; i-- > 0;) { /* the largest, of all rows, first */
        training->folds[i].job = (struct job){0};
        workers_submit(workers, &training->folds[i].job);
    }
    for (size_t i = count; i-- > 0;)
        workers_wait(workers, &training->folds[i].job);
    workers_free(workers);
    for (size_t i = 0; !result && i < count; i++)
        if ((result = training->folds[i].result))
            *err = training->folds[i].err;
    return result;
}

/* Which of the trials loses least over all folds; of equal ones the first, which is the simpler. */
static size_t best_trial(const struct training *training, size_t trials)
{
    size_t best = 0;
    double least = INFINITY;

    for (size_t i = 0; i < trials; i++) {
        double loss = 0;

        for (size_t fold = 0; fold < training->method->folds; fold++)
            loss += training->folds[fold].loss[i];
        if (loss < least) {
            least = loss;
            best = i;
        }
    }
    return best;
}

static int choose(struct training *training, struct error *err)
{
    const struct train_method *method = training->method;
    struct choice *choice = &training->choice;

    *choice = (struct choice){.c = method->c};
    if (method->method == MODEL_BAYES || (method->method == MODEL_LOGISTIC && method->c > 0))
        return 0;
    if (do_step(training, STEP_TRY, method->folds, err))
        return -1;
    if (method->method == MODEL_LOGISTIC) {
        choice->c = costs[best_trial(training, COSTS)];
        return 0;
    }
    const size_t best = best_trial(training, TRIALS);
    choice->depth = depths[best / TREE_COUNTS];
    choice->trees = (best % TREE_COUNTS + 1) * TRAIN_TREE_STEP;
    return 0;
}

/* The areas of the folds by themselves, and their mean. */
static int measure_folds(const struct training *training, struct train_result *result, struct error *err)
{
    const size_t rows = training->table->rows;
    double *z = malloc((rows + 1) * sizeof *z);
    uint8_t *outcome = malloc(rows + 1);
    int failed = z && outcome ? 0 : error_memory(err);

    for (size_t fold = 0; !failed && fold < training->method->folds; fold++) {
        size_t count = 0;

        for (size_t row = 0; row < rows; row++)
            if (training->part[row] == fold) {
                z[count] = training->z[row];
                outcome[count++] = training->table->outcome[row];
            }
        failed = measure_auc(z, outcome, count, &result->fold_auc[fold], err);
        result->mean_auc += result->fold_auc[fold] / (double)training->method->folds;
    }
    free(z);
    free(outcome);
    return failed;
}

static int make_cuts(struct train_result *result, const struct train_table *table, struct error *err)
{
    static const struct slice grades[] = {SLICE_INIT("A"), SLICE_INIT("B"), SLICE_INIT("C")};
    struct model *model = &result->model;
    double cut[3];

    if (measure_cuts(result->held, table->outcome, table->rows, cut, err))
        return -1;
    model->cuts = arena_alloc(&model->arena, 3 * sizeof *model->cuts);
    if (!model->cuts)
        return error_memory(err);
    for (size_t i = 0; i < 3; i++)
        if (i == 0 || cut[i] < cut[i - 1])
            model->cuts[model->cut_count++] = (struct model_cut){grades[i], cut[i]};
    return 0;
}

/* Calibration of the held-out values. One by isotonic regression gets a and b of the best of Platt's, too: a rule file
 * cannot do with the former. */
static int calibrate(struct training *training, struct train_result *result, struct error *err)
{
    const struct train_table *table = training->table;
    struct model_calibration *made = &result->model.calibration, platt = {0};

    if (calibrate_choose(training->z, table->outcome, training->part, training->method->folds, table->rows,
                         &result->model.arena, made, result->held, err))
        return -1;
    if (made->kind != CALIBRATE_ISOTONIC)
        return 0;
    if (calibrate_platt(training->z, table->outcome, table->rows, &platt, err))
        return -1;
    made->a = platt.a;
    made->b = platt.b;
    return 0;
}

/* Calibration, measures and cuts. */
static int judge(struct training *training, struct train_result *result, struct error *err)
{
    const struct train_table *table = training->table;
    struct model *model = &result->model;

    result->held = malloc((table->rows + 1) * sizeof *result->held);
    if (!result->held)
        return error_memory(err);
    if (measure_folds(training, result, err) || calibrate(training, result, err) ||
        measures_make(&result->measures, result->held, table->outcome, table->rows, true, err))
        return -1;
    model->auc = result->measures.auc;
    model->auc_low = result->measures.auc_low;
    model->auc_high = result->measures.auc_high;
    model->ks = result->measures.ks;
    model->brier = result->measures.brier;
    model->log_loss = result->measures.log_loss;
    model->ece = result->measures.ece;
    return make_cuts(result, table, err);
}

static int copy_text(struct arena *arena, struct slice *text)
{
    char *copy = arena_copy(arena, *text);

    if (!copy)
        return -1;
    text->ptr = copy;
    return 0;
}

/* The model of all rows into the result: texts are copied, since the table need not outlive it. */
static int take_model(struct training *training, struct train_result *result, struct error *err)
{
    struct model *model = &result->model;
    int failed = 0;

    *model = training->folds[training->method->folds].model;
    arena_init(&training->folds[training->method->folds].model.arena);
    model->target = training->table->target;
    model->positive = training->table->positive;
    model->as_of = training->table->as_of;
    failed |= copy_text(&model->arena, &model->target) | copy_text(&model->arena, &model->positive);
    for (size_t f = 0; f < model->feature_count; f++) {
        struct model_feature *feature = &model->features[f];

        failed |= copy_text(&model->arena, &feature->name);
        for (size_t b = 0; b < feature->count; b++)
            for (size_t v = 0; v < feature->bins[b].value_count; v++)
                failed |= copy_text(&model->arena, &feature->bins[b].values[v]);
    }
    return failed ? error_memory(err) : 0;
}

static int training_init(struct training *training, struct error *err)
{
    const struct train_table *table = training->table;
    const size_t folds = training->method->folds;

    training->used = malloc((table->count + 1) * sizeof *training->used);
    training->folds = calloc(folds + 1, sizeof *training->folds);
    training->z = malloc((table->rows + 1) * sizeof *training->z);
    if (!training->used || !training->folds || !training->z)
        return error_memory(err);
    for (size_t i = 0; i < table->count; i++)
        if (!table->features[i].skipped)
            training->used[training->used_count++] = i;
    if (!training->used_count)
        return error_set(err, STATUS_DATA, "no column is left to learn from");
    for (size_t i = 0; i <= folds; i++) {
        struct fold *fold = &training->folds[i];

        arena_init(&fold->model.arena);
        fold->model.method = training->method->method;
        fold->bin = calloc(training->used_count, sizeof *fold->bin);
        if (!fold->bin)
            return error_memory(err);
        fold->rows = (struct train_rows){table, training->used, fold->bin, training->part, i < folds ? i : SIZE_MAX};
    }
    return 0;
}

static void training_fini(struct training *training)
{
    for (size_t i = 0; training->folds && i <= training->method->folds; i++) {
        struct fold *fold = &training->folds[i];

        for (size_t f = 0; fold->bin && f < training->used_count; f++)
            free(fold->bin[f]);
        free(fold->bin);
        arena_fini(&fold->model.arena);
    }
    free(training->folds);
    free(training->used);
    free(training->z);
}

int train_model(struct train_result *result, const struct train_table *table, const struct train_method *method,
                const uint8_t *part, struct error *err)
{
    struct training training = {.table = table, .method = method, .part = part};

    memset(result, 0, sizeof *result);
    arena_init(&result->model.arena);
    int failed = training_init(&training, err) || do_step(&training, STEP_BINS, method->folds + 1, err) ||
                 choose(&training, err) || do_step(&training, STEP_FIT, method->folds + 1, err) ||
                 take_model(&training, result, err) || judge(&training, result, err);
    result->c = training.choice.c;
    training_fini(&training);
    if (failed)
        train_result_fini(result);
    return failed ? -1 : 0;
}

void train_result_fini(struct train_result *result)
{
    model_fini(&result->model);
    free(result->held);
    memset(result, 0, sizeof *result);
}
