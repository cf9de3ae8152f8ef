/* Simplification of the tree, and the choice of special functions.
 *
 * First pipes: what comes through is put where `.` stands, if it is a column or a constant, which cost nothing to ask
 * twice, or if `.` is asked exactly once whatever happens. So `.job | ascii_downcase | contains("x")` is a tree of
 * functions over a column. Of one value, contains("x") or contains("y") is one search for both, and asks it once.
 * Then, from the leaves up: arithmetic of constants is done, a constant goes to the right of a
 * comparison, and comparisons, IN and contains with constants get functions of their own. */
#include "value/expression_parts.h"

#include <math.h>

/* What is counted of the dots of a tree: those of inner pipes are others. */
struct dots {
    size_t count;
    bool maybe; /* one is not always asked */
};

static void count_dots(const struct node *node, bool always, struct dots *dots)
{
    bool lazy = node->kind == NODE_AND || node->kind == NODE_OR || node->kind == NODE_IN;

    if (node->kind == NODE_DOT) {
        dots->count++;
        dots->maybe |= !always;
    }
    if (node->left)
        count_dots(node->left, always, dots);
    if (node->right && node->kind != NODE_PIPE)
        count_dots(node->right, always && node->kind != NODE_ALTERNATIVE, dots);
    for (size_t i = 0; i < node->count; i++)
        count_dots(node->items[i], always && (!lazy || (i == 0 && node->kind != NODE_IN)), dots);
}

static void replace_dots(struct node **slot, struct node *by)
{
    struct node *node = *slot;

    if (node->kind == NODE_DOT) {
        *slot = by;
        return;
    }
    if (node->left)
        replace_dots(&node->left, by);
    if (node->right && node->kind != NODE_PIPE)
        replace_dots(&node->right, by);
    for (size_t i = 0; i < node->count; i++)
        replace_dots(&node->items[i], by);
    node->depth += by->depth;
}

static bool is_constant(const struct node *node, enum expression_type type)
{
    return node && node->kind == NODE_CONSTANT && node->constant.type == type;
}

/* contains("x"), with a constant that is long enough to be looked for with others. */
static bool is_search(const struct node *node)
{
    return node->kind == NODE_CALL && node->function->test == contains_test &&
           is_constant(node->right, EXPRESSION_STRING) && node->right->constant.text.len >= NEEDLE;
}

static bool same_value(const struct node *a, const struct node *b)
{
    return a->kind == b->kind && (a->kind == NODE_DOT || (a->kind == NODE_COLUMN && a->input == b->input));
}

/* Neighbours among the items of `or` that are searches in one value become one: the first, with a list of the others.
 */
static void join_searches(struct node **slot)
{
    struct node *node = *slot;
    struct node *last = NULL; /* of the list that the next may join */
    size_t kept = 0;

    for (size_t i = 0; i < node->count; i++) {
        struct node *item = node->items[i];
        if (last && is_search(item) && same_value(last->left, item->left))
            last->other = item;
        else
            node->items[kept++] = item;
        last = is_search(item) ? item : NULL;
        while (last && last->other) /* of an `or` in brackets */
            last = last->other;
    }
    node->count = kept;
    if (kept == 1 && is_search(node->items[0]))
        *slot = node->items[0];
}

static void shorten_pipes(struct node **slot)
{
    struct node *node = *slot;

    if (node->left)
        shorten_pipes(&node->left);
    if (node->right)
        shorten_pipes(&node->right);
    for (size_t i = 0; i < node->count; i++)
        shorten_pipes(&node->items[i]);
    if (node->kind == NODE_OR)
        join_searches(slot);
    if (node->kind != NODE_PIPE || !node->left || !node->right)
        return;
    struct dots dots = {0};
    enum node_kind kind = node->left->kind;
    count_dots(node->right, true, &dots);
    bool plain = kind == NODE_COLUMN || kind == NODE_CONSTANT || kind == NODE_DOT;
    if (!plain && (dots.count != 1 || dots.maybe || node->left->depth + node->right->depth > 2 * EXPRESSION_DEPTH))
        return;
    struct node *left = node->left;
    *slot = node->right;
    replace_dots(slot, left);
}

/* Does what can be done now. An error of the data is left to be met when a record is there, but not a division by 0. */
static int fold(struct compilation *compilation, struct node *node)
{
    struct expression_context context = {.as_of = DAY_NONE};
    struct error err;
    struct run run = {.context = &context, .err = &err};
    struct expression_value room;
    int result = 0;

    if (node->sign == '/' && is_constant(node->right, EXPRESSION_NUMBER) && node->right->constant.number == 0 &&
        is_constant(node->left, EXPRESSION_NUMBER))
        return compile_fail(compilation, node->place, "division by zero");
    struct expression_value *value = node->value(node, &run, &room);
    if (!value && err.status == STATUS_SYSTEM) {
        *compilation->err = err;
        result = -1;
    } else if (value) {
        const char *text = arena_copy(&compilation->expression->arena, value->text);
        result = text ? 0 : error_memory(compilation->err);
        node->kind = NODE_CONSTANT;
        node->constant = *value;
        node->constant.text.ptr = text;
        (void)expression_is_number(&node->constant); /* now, as threads share it */
        node->left = node->right = NULL;
        node->count = 0;
        node_set_functions(node);
    }
    expression_context_fini(&context);
    return result;
}

static bool folds(const struct node *node)
{
    bool constant = node->kind == NODE_ARITHMETIC || node->kind == NODE_NEGATE || node->kind == NODE_LIST;

    if (node->left)
        constant = constant && node->left->kind == NODE_CONSTANT;
    if (node->right)
        constant = constant && node->right->kind == NODE_CONSTANT;
    for (size_t i = 0; i < node->count && constant; i++)
        constant = node->items[i]->kind == NODE_CONSTANT;
    /* a text that is repeated may be large */
    return constant && !(node->sign == '*' && node->right && !is_constant(node->left, node->right->constant.type));
}

static void plan_comparison(struct node *node)
{
    if (node->left->kind == NODE_CONSTANT && node->right->kind != NODE_CONSTANT) {
        struct node *left = node->left;
        node->left = node->right;
        node->right = left;
        node->order = (node->order & ORDER_EQUAL) | (node->order & ORDER_LESS ? ORDER_GREATER : 0) |
                      (node->order & ORDER_GREATER ? ORDER_LESS : 0);
    }
    if (is_constant(node->right, EXPRESSION_NUMBER) && !isnan(node->right->constant.number))
        node->test = compare_number_test;
    else if (is_constant(node->right, EXPRESSION_STRING))
        node->test = compare_string_test;
}

static int plan_in(struct compilation *compilation, struct node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (!is_constant(node->items[i], EXPRESSION_STRING))
            return 0;
    node->set = text_set_new(&compilation->expression->arena, node->items, node->count);
    node->test = in_set_test;
    return node->set ? 0 : error_memory(compilation->err);
}

static int plan_contains(struct compilation *compilation, struct node *node)
{
    struct arena *arena = &compilation->expression->arena;
    size_t count = 0;

    if (!is_constant(node->right, EXPRESSION_STRING))
        return 0;
    node->test = contains_text_test;
    if (!is_search(node))
        return 0;
    if (node->left->kind == NODE_CALL && node->left->function->value == downcase_value) {
        node->folds = node->left;
        node->left = node->left->left;
    }
    for (const struct node *search = node; search; search = search->other)
        count++;
    struct slice *texts = arena_alloc(arena, count * sizeof *texts);
    if (!texts)
        return error_memory(compilation->err);
    count = 0;
    for (const struct node *search = node; search; search = search->other)
        texts[count++] = search->right->constant.text;
    node->needles = needles_new(arena, texts, count, node->folds != NULL);
    return node->needles ? 0 : error_memory(compilation->err);
}

static int choose(struct compilation *compilation, struct node *node)
{
    if (node->value)
        return 0; /* it was part of an argument that had to be constant */
    for (size_t i = 0; i < node->count; i++)
        if (choose(compilation, node->items[i]))
            return -1;
    if ((node->left && choose(compilation, node->left)) || (node->right && choose(compilation, node->right)))
        return -1;
    node_set_functions(node);
    if (folds(node))
        return fold(compilation, node);
    if (node->kind == NODE_COMPARE)
        plan_comparison(node);
    if (node->kind == NODE_IN)
        return plan_in(compilation, node);
    if (node->kind == NODE_CALL && node->function->test == contains_test)
        return plan_contains(compilation, node);
    return 0;
}

int expression_plan(struct compilation *compilation, struct node **root)
{
    shorten_pipes(root);
    return choose(compilation, *root);
}
