/* What the files of training share beside train.h: the steps of train_model() that belong to one learner. */
#ifndef CRM_ANALYSIS_TRAIN_LEARN_H
#define CRM_ANALYSIS_TRAIN_LEARN_H

#include <math.h>
#include <stdlib.h>

#include "analysis/train.h"

/* Trees are tried after every so many, up to TRAIN_TREES. */
#define TRAIN_TREES 300
#define TRAIN_TREE_STEP 10
#define TRAIN_TREE_RATE 0.1

/* What log-odds lose on an outcome: -ln of the probability given to what happened. */
static inline double train_loss(double z, uint8_t outcome)
{
    const double against = outcome ? -z : z;

    return against > 0 ? against + log1p(exp(-against)) : log1p(exp(against));
}

/* Whether so much memory can be had: asked before a library that does not survive an allocation that fails. What it
 * takes beside may still fail, and another thread be faster. */
static inline int train_memory(size_t bytes, struct error *err)
{
    void *memory = malloc(bytes);

    free(memory);
    return memory ? 0 : error_memory(err);
}

/* As train_predict(), but of the rows left out alone; the others stay as they are. */
int train_predict_held(const struct model *model, const struct train_rows *rows, double *z, struct error *err);

/* loss[i] += the losses of the rows left out after the first (i + 1) * TRAIN_TREE_STEP trees. */
int train_trees_losses(const struct model *model, const struct train_rows *rows, double *loss, struct error *err);

/* Sets the means of the nodes, over the rows not left out. */
int train_trees_means(struct model *model, const struct train_rows *rows, struct error *err);

#endif
