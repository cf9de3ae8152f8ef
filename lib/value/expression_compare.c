/* Comparisons. Values of different types are ordered by type as jq orders them, so that every comparison has an answer;
 * NaN is less than any number, itself among them. Text of a CSV field first becomes what the other side asks for.
 *
 * Nearly all comparisons are of a column with a constant, and these have functions of their own, which need no more
 * than the number that the input keeps once it was read, or one memcmp(). */
#include "value/expression_parts.h"

#include <math.h>
#include <string.h>

/* What untyped text is beside another value. */
static struct expression_value read_beside(struct expression_value *value, struct expression_value *other)
{
    struct expression_value read = *value;
    bool words = slice_equal(value->text, SLICE("true")) || slice_equal(value->text, SLICE("false"));

    if (other->type == EXPRESSION_NUMBER ||
        (other->untyped && expression_is_number(value) && expression_is_number(other)))
        expression_is_number(value) ? expression_set_number(&read, value->number) : (void)(read.type = EXPRESSION_NULL);
    else if ((other->type == EXPRESSION_TRUE || other->type == EXPRESSION_FALSE) && words)
        expression_set_truth(&read, value->text.len == 4);
    else if (other->type == EXPRESSION_NULL && value->text.len == 0)
        read.type = EXPRESSION_NULL;
    read.untyped = false;
    return read;
}

static int order_numbers(double a, double b)
{
    if (isnan(a))
        return -1;
    if (isnan(b))
        return 1;
    return (a > b) - (a < b);
}

static int order_values(struct run *run, struct expression_value *a, struct expression_value *b, int *order,
                        unsigned depth);

static int order_arrays(struct run *run, const struct expression_value *a, const struct expression_value *b, int *order,
                        unsigned depth)
{
    struct json_walk walks[2];
    struct json_item items[2];

    if (json_walk_begin(run, a, &walks[0]) || json_walk_begin(run, b, &walks[1]))
        return -1;
    for (;;) {
        int more_a = json_walk_next(run, &walks[0], &items[0]);
        int more_b = json_walk_next(run, &walks[1], &items[1]);
        if (more_a < 0 || more_b < 0)
            return -1;
        *order = more_a - more_b;
        if (!more_a || !more_b)
            return 0;
        if (order_values(run, &items[0].value, &items[1].value, order, depth + 1))
            return -1;
        if (*order)
            return 0;
    }
}

/* First the names, then the values by name. */
static int order_objects(struct run *run, const struct expression_value *a, const struct expression_value *b,
                         int *order, unsigned depth)
{
    struct json_items x;
    struct json_items y;

    if (json_items(run, a, &x) || json_items(run, b, &y))
        return -1;
    json_sort(&x);
    json_sort(&y);
    size_t shorter = x.count < y.count ? x.count : y.count;
    *order = 0;
    for (size_t i = 0; i < shorter && *order == 0; i++)
        *order = slice_compare(x.items[i].key, y.items[i].key);
    if (*order == 0)
        *order = (x.count > y.count) - (x.count < y.count);
    for (size_t i = 0; i < shorter && *order == 0; i++)
        if (order_values(run, &x.items[i].value, &y.items[i].value, order, depth + 1))
            return -1;
    return 0;
}

static int order_values(struct run *run, struct expression_value *a, struct expression_value *b, int *order,
                        unsigned depth)
{
    if (depth > EXPRESSION_JSON_DEPTH)
        return error_set(run->err, STATUS_DATA, "nested too deeply");
    if (a->type != b->type) {
        *order = (int)a->type - (int)b->type;
        return 0;
    }
    switch (a->type) {
    case EXPRESSION_NUMBER:
        expression_is_number(a);
        expression_is_number(b);
        *order = order_numbers(a->number, b->number);
        return 0;
    case EXPRESSION_STRING:
        *order = slice_compare(a->text, b->text);
        return 0;
    case EXPRESSION_ARRAY:
        return order_arrays(run, a, b, order, depth);
    case EXPRESSION_OBJECT:
        return order_objects(run, a, b, order, depth);
    case EXPRESSION_NULL:
    case EXPRESSION_FALSE:
    case EXPRESSION_TRUE:
    default:
        *order = 0;
        return 0;
    }
}

int expression_order(struct run *run, struct expression_value *a, struct expression_value *b, int *order)
{
    struct expression_value read_a;
    struct expression_value read_b;

    if (!a->untyped && !b->untyped)
        return order_values(run, a, b, order, 0);
    read_a = a->untyped ? read_beside(a, b) : *a;
    read_b = b->untyped ? read_beside(b, a) : *b;
    return order_values(run, &read_a, &read_b, order, 0);
}

static inline int holds(const struct node *node, int order)
{
    unsigned bit = order < 0 ? ORDER_LESS : order == 0 ? ORDER_EQUAL : ORDER_GREATER;

    return (node->order & bit) != 0;
}

static int compare(const struct node *node, struct run *run, struct expression_value *left)
{
    struct expression_value room;
    int order;

    struct expression_value *right = left ? node_get(node->right, run, &room) : NULL;
    if (!right || expression_order(run, left, right, &order))
        return -1;
    return holds(node, order);
}

int compare_test(const struct node *node, struct run *run)
{
    struct expression_value room;

    return compare(node, run, node_get(node->left, run, &room));
}

int compare_number_test(const struct node *node, struct run *run)
{
    struct expression_value room;
    struct expression_value *left = node_get(node->left, run, &room);

    if (!left)
        return -1;
    if (expression_is_number(left))
        return holds(node, order_numbers(left->number, node->right->constant.number));
    return holds(node, left->untyped || left->type < EXPRESSION_NUMBER ? -1 : 1);
}

int compare_string_test(const struct node *node, struct run *run)
{
    struct expression_value room;
    struct expression_value *left = node_get(node->left, run, &room);
    struct slice text = node->right->constant.text;

    if (!left)
        return -1;
    if (left->type != EXPRESSION_STRING)
        return holds(node, left->type < EXPRESSION_STRING ? -1 : 1);
    if (left->text.len != text.len && (node->order == ORDER_EQUAL || node->order == (ORDER_LESS | ORDER_GREATER)))
        return node->order != ORDER_EQUAL;
    return holds(node, slice_compare(left->text, text));
}

int in_test(const struct node *node, struct run *run)
{
    struct expression_value room;
    struct expression_value other;
    struct expression_value *value = node_get(node->left, run, &room);
    int order;

    if (!value)
        return -1;
    for (size_t i = 0; i < node->count; i++) {
        struct expression_value *item = node_get(node->items[i], run, &other);
        if (!item || expression_order(run, value, item, &order))
            return -1;
        if (order == 0)
            return 1;
    }
    return 0;
}
