/* Logistic regression by liblinear, over the bins of features.
 *
 * Each bin that has a lead in training is a column that is 1 for the leads in it and 0 for all others: curves of any
 * shape are learned, a missing value is a bin like others, and the weights are what a score card shows. No bin is left
 * out as the reference; the penalty decides between the weights that say the same. The intercept is a column of
 * INTERCEPT instead of 1, so that its penalty is 1 / INTERCEPT^2 of that of a weight.
 *
 * With the L2 penalty the weights of a feature are then moved so that their mean over the leads is 0, and the intercept
 * takes up what they lose: z stays the same, and a weight says how a bin differs from the average lead. With L1 they
 * are left alone, since there it counts which are 0. A bin without a lead gets the mean weight of its feature.
 *
 * A fit begins at the weights the model has: along a grid of costs each is near the next. liblinear draws numbers with
 * rand(3) for L1, so that must not run on several threads at once, and prints unless told not to. It does not look
 * whether its own allocations succeed: so what it needs, in all, is asked for and given back before. It is loaded here
 * and now, see train_library.h. */
#include <stdlib.h>
#include <string.h>

#include "analysis/train_learn.h"
#include "analysis/train_library.h"

/* liblinear, too, calls its model so. */
#define model linear_model
#include <linear.h>
#undef model

#define INTERCEPT 10.0
#define TOLERANCE 0.001
#define NO_COLUMN UINT32_MAX

#define LIBLINEAR_FUNCTIONS(F)   \
    F(free_and_destroy_model)    \
    F(set_print_string_function) \
    F(train)

struct liblinear {
    LIBLINEAR_FUNCTIONS(TRAIN_LIBRARY_POINTER)
};
static const char *const liblinear_names[] = {LIBLINEAR_FUNCTIONS(TRAIN_LIBRARY_NAME)};

struct design {
    struct problem problem;
    struct feature_node *nodes; /* of all rows */
    double *start;              /* weights to begin with */
    uint32_t **column;          /* per feature, per bin; NO_COLUMN: no lead in training */
    double **count;             /* leads likewise */
    uint32_t *columns_room;     /* what column points into */
    double *counts_room;
};

static void design_fini(struct design *design)
{
    free(design->problem.x);
    free(design->problem.y);
    free(design->nodes);
    free(design->start);
    free(design->column);
    free(design->count);
    free(design->columns_room);
    free(design->counts_room);
}

static bool is_used(const struct train_rows *rows, size_t row)
{
    return rows->part[row] != rows->left_out;
}

static int design_alloc(struct design *design, const struct model *model, size_t leads)
{
    const size_t width = model->feature_count + 2; /* with the intercept and the end */
    size_t bins = 1, at = 0;

    for (size_t f = 0; f < model->feature_count; f++)
        bins += model->features[f].count;
    design->problem.x = malloc((leads + 1) * sizeof *design->problem.x);
    design->problem.y = malloc((leads + 1) * sizeof *design->problem.y);
    design->nodes = leads < SIZE_MAX / sizeof *design->nodes / width - 1
                        ? malloc((leads + 1) * width * sizeof *design->nodes)
                        : NULL;
    design->start = calloc(bins, sizeof *design->start);
    design->column = calloc(model->feature_count + 1, sizeof *design->column);
    design->count = calloc(model->feature_count + 1, sizeof *design->count);
    design->columns_room = calloc(bins, sizeof *design->columns_room);
    design->counts_room = calloc(bins, sizeof *design->counts_room);
    if (!design->problem.x || !design->problem.y || !design->nodes || !design->start || !design->column ||
        !design->count || !design->columns_room || !design->counts_room)
        return -1;
    for (size_t f = 0; f < model->feature_count; f++) {
        design->column[f] = design->columns_room + at;
        design->count[f] = design->counts_room + at;
        at += model->features[f].count;
    }
    return 0;
}

/* Numbers the columns, from 1 as liblinear wants them, and takes over the weights the model has. */
static void number_columns(struct design *design, const struct model *model, const struct train_rows *rows)
{
    uint32_t columns = 0;

    for (size_t f = 0; f < model->feature_count; f++) {
        for (size_t row = 0; row < rows->table->rows; row++)
            if (is_used(rows, row))
                design->count[f][rows->bin[f][row]]++;
        for (size_t b = 0; b < model->features[f].count; b++) {
            if (design->count[f][b] > 0)
                design->start[columns++] = model->features[f].bins[b].weight;
            design->column[f][b] = design->count[f][b] > 0 ? columns : NO_COLUMN;
        }
    }
    design->start[columns++] = model->intercept / INTERCEPT;
    design->problem.n = (int)columns;
    design->problem.bias = INTERCEPT;
}

static void fill_rows(struct design *design, const struct model *model, const struct train_rows *rows)
{
    struct feature_node *node = design->nodes;
    int lead = 0;

    for (size_t row = 0; row < rows->table->rows; row++) {
        if (!is_used(rows, row))
            continue;
        design->problem.x[lead] = node;
        design->problem.y[lead++] = rows->table->outcome[row] ? 1 : -1; /* of these liblinear takes 1 as yes */
        for (size_t f = 0; f < model->feature_count; f++)
            *node++ = (struct feature_node){(int)design->column[f][rows->bin[f][row]], 1};
        *node++ = (struct feature_node){design->problem.n, INTERCEPT};
        *node++ = (struct feature_node){-1, 0};
    }
    design->problem.l = lead;
}

static int design_init(struct design *design, const struct model *model, const struct train_rows *rows,
                       struct error *err)
{
    size_t leads = 0;

    memset(design, 0, sizeof *design);
    for (size_t row = 0; row < rows->table->rows; row++)
        leads += is_used(rows, row);
    if (leads > INT32_MAX)
        return error_set(err, STATUS_DATA, "%zu leads are more than logistic regression takes", leads);
    if (design_alloc(design, model, leads)) {
        design_fini(design);
        return error_memory(err);
    }
    number_columns(design, model, rows);
    fill_rows(design, model, rows);
    return 0;
}

/* The weights into the model; see above. */
static void take_weights(struct model *model, const struct design *design, const double *w, bool l1)
{
    model->intercept = w[design->problem.n - 1] * INTERCEPT;
    for (size_t f = 0; f < model->feature_count; f++) {
        struct model_feature *feature = &model->features[f];
        double sum = 0, leads = 0;

        for (size_t b = 0; b < feature->count; b++) {
            if (design->column[f][b] == NO_COLUMN)
                continue;
            feature->bins[b].weight = w[design->column[f][b] - 1];
            sum += feature->bins[b].weight * design->count[f][b];
            leads += design->count[f][b];
        }
        const double mean = leads > 0 ? sum / leads : 0;
        for (size_t b = 0; b < feature->count; b++)
            if (design->column[f][b] == NO_COLUMN)
                feature->bins[b].weight = l1 ? mean : 0;
            else if (!l1)
                feature->bins[b].weight -= mean;
        if (!l1)
            model->intercept += mean;
    }
}

/* The bytes liblinear takes: some vectors of leads and of columns and, for L1, the rows once more by columns. */
static size_t liblinear_bytes(const struct design *design, const struct model *model, bool l1)
{
    const size_t leads = (size_t)design->problem.l, columns = (size_t)design->problem.n;
    const size_t rows = l1 ? leads * (model->feature_count + 2) * sizeof(struct feature_node) : 0;

    return rows + (leads + columns) * 12 * sizeof(double) + 65536;
}

static void print_nothing(const char *text)
{
    (void)text;
}

int train_logistic(struct model *model, const struct train_rows *rows, double c, bool l1, struct error *err)
{
    struct liblinear liblinear;
    struct design design;
    struct parameter parameter = {.solver_type = l1 ? L1R_LR : L2R_LR, .eps = TOLERANCE, .C = c};

    if (train_library_load(LIBLINEAR_SONAME, liblinear_names, sizeof liblinear_names / sizeof *liblinear_names,
                           &liblinear, err) ||
        design_init(&design, model, rows, err))
        return -1;
    if (train_memory(liblinear_bytes(&design, model, l1), err)) {
        design_fini(&design);
        return -1;
    }
    liblinear.set_print_string_function(print_nothing);
    if (l1)
        srand(1); /* NOLINT(cert-msc32-c,cert-msc51-cpp): the same numbers every time is what is wanted */
    else
        parameter.init_sol = design.start; /* only L2 knows how to begin elsewhere than at 0 */
    struct linear_model *made = liblinear.train(&design.problem, &parameter);
    take_weights(model, &design, made->w, l1);
    liblinear.free_and_destroy_model(&made);
    design_fini(&design);
    return 0;
}
