/* Walking a tree of a model: training and application must see the same thing. */
#ifndef CRM_ANALYSIS_MODEL_TREE_H
#define CRM_ANALYSIS_MODEL_TREE_H

#include <math.h>

#include "analysis/model.h"

#define MODEL_LEAF UINT32_MAX

/* What a tree sees of a category: the evidence of its bin; of a bin that had no lead in training, which has none, that
 * of a lead like all. */
static inline float model_tree_evidence(const struct model_bin *bin)
{
    return bin->yes + bin->no > 0 ? (float)bin->evidence : 0;
}

/* What a tree sees of a number: the nearest float. Beyond the floats that XGBoost can work with, which also reckons
 * with twice the largest number, all are alike. */
static inline float model_tree_number(double number)
{
    return isnan(number) ? NAN : (float)fmin(fmax(number, -1e37), 1e37);
}

/* The next node below one that is no leaf. x: the inputs by feature, NAN where missing. Numbers are compared as the
 * floats they were learned as. */
static inline uint32_t model_tree_next(const struct model_node *node, const float *x)
{
    const float seen = x[node->feature];

    if (isnan(seen))
        return node->missing_left ? node->left : node->right;
    return seen < node->value ? node->left : node->right;
}

static inline const struct model_node *model_tree_leaf(const struct model_tree *tree, const float *x)
{
    const struct model_node *node = tree->nodes;

    while (node->feature != MODEL_LEAF)
        node = &tree->nodes[model_tree_next(node, x)];
    return node;
}

#endif
