/* Evaluation of what is neither a comparison, arithmetic nor a function: fields, pipes, alternatives, and, or. */
#include "value/expression_parts.h"

#include <math.h>
#include <stdint.h>

static struct expression_value *column_value(const struct node *node, struct run *run, struct expression_value *room)
{
    (void)room;
    return &run->inputs[node->input];
}

static struct expression_value *dot_value(const struct node *node, struct run *run, struct expression_value *room)
{
    (void)node;
    (void)room;
    return run->dot;
}

static struct expression_value *constant_value(const struct node *node, struct run *run, struct expression_value *room)
{
    (void)run;
    (void)room;
    return (struct expression_value *)(uintptr_t)&node->constant; /* nobody writes to a constant */
}

static struct expression_value *set_null(struct expression_value *room)
{
    *room = (struct expression_value){.type = EXPRESSION_NULL, .reading = EXPRESSION_IS_NO_NUMBER};
    return room;
}

static struct expression_value *member_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value *of = node_get(node->left, run, room);
    struct quote q;

    if (!of)
        return NULL;
    if (of->type == EXPRESSION_OBJECT) {
        struct expression_value object = *of;
        int found = json_member(run, &object, node->constant.text, room);
        return found > 0 ? room : found == 0 ? set_null(room) : NULL;
    }
    if (of->type == EXPRESSION_NULL)
        return set_null(room);
    return run_fail(
        run, node, "Cannot index %s with \"%s\"%s", expression_type_name(of->type), quote_name(&q, node->constant.text),
        node->left->kind == NODE_DOT ? " (behind a pipe . is what comes through it: ( ) end the pipe)" : "");
}

/* Of a fraction, or where there is no such element: null. Negative numbers count from the end. */
static struct expression_value *element_of(struct run *run, const struct expression_value *array, double index,
                                           struct expression_value *room)
{
    struct json_items items;

    if (json_items(run, array, &items))
        return NULL;
    if (index < 0)
        index += (double)items.count;
    if (!(index >= 0 && index < (double)items.count && trunc(index) == index))
        return set_null(room);
    *room = items.items[(size_t)index].value;
    return room;
}

static struct expression_value *element_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value *of = node_get(node->left, run, room);

    if (!of)
        return NULL;
    if (of->type == EXPRESSION_ARRAY) {
        struct expression_value array = *of;
        return element_of(run, &array, node->constant.number, room);
    }
    if (of->type == EXPRESSION_NULL)
        return set_null(room);
    return run_fail(run, node, "Cannot index %s with number", expression_type_name(of->type));
}

static struct expression_value *pipe_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value mine;
    struct expression_value *before = run->dot;
    struct expression_value *through = node_get(node->left, run, &mine);

    if (!through)
        return NULL;
    run->dot = through;
    struct expression_value *value = node_get(node->right, run, room);
    run->dot = before;
    if (value != &mine)
        return value;
    *room = mine;
    return room;
}

static struct expression_value *alternative_value(const struct node *node, struct run *run,
                                                  struct expression_value *room)
{
    struct expression_value *value = node_get(node->left, run, room);

    if (!value || (value->type > EXPRESSION_FALSE && !(value->untyped && value->text.len == 0)))
        return value;
    return node_get(node->right, run, room);
}

static struct expression_value *list_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct buffer *out = &run->context->scratch;
    size_t start = out->len;
    bool failed = buffer_append_char(out, '[');

    for (size_t i = 0; i < node->count && !failed; i++) {
        struct expression_value *item = node_get(node->items[i], run, room);
        if (!item)
            return NULL;
        failed = i && buffer_append_char(out, ',');
        if (!failed && json_print(run, item, out, 0))
            return NULL;
    }
    if (failed || buffer_append_char(out, ']'))
        return run_out_of_memory(run);
    *room = (struct expression_value){.type = EXPRESSION_ARRAY, .reading = EXPRESSION_IS_NO_NUMBER};
    return scratch_take(run, start, &room->text) ? NULL : room;
}

static int and_test(const struct node *node, struct run *run)
{
    int truth = 1;

    for (size_t i = 0; i < node->count && truth > 0; i++)
        truth = node->items[i]->test(node->items[i], run);
    return truth;
}

static int or_test(const struct node *node, struct run *run)
{
    int truth = 0;

    for (size_t i = 0; i < node->count && truth == 0; i++)
        truth = node->items[i]->test(node->items[i], run);
    return truth;
}

static int has_column_test(const struct node *node, struct run *run)
{
    return !run->inputs[node->input].absent;
}

int test_of_value(const struct node *node, struct run *run)
{
    struct expression_value room;
    struct expression_value *value = node_get(node, run, &room);

    return value ? expression_truth(value) : -1;
}

struct expression_value *value_of_test(const struct node *node, struct run *run, struct expression_value *room)
{
    int truth = node->test(node, run);

    return truth < 0 ? NULL : expression_set_truth(room, truth > 0);
}

void node_set_functions(struct node *node)
{
    static const struct {
        node_value *value;
        node_test *test;
    } functions[] = {
        [NODE_RECORD] = {NULL, NULL},
        [NODE_COLUMN] = {column_value, NULL},
        [NODE_DOT] = {dot_value, NULL},
        [NODE_CONSTANT] = {constant_value, NULL},
        [NODE_MEMBER] = {member_value, NULL},
        [NODE_ELEMENT] = {element_value, NULL},
        [NODE_PIPE] = {pipe_value, NULL},
        [NODE_AND] = {NULL, and_test},
        [NODE_OR] = {NULL, or_test},
        [NODE_ALTERNATIVE] = {alternative_value, NULL},
        [NODE_COMPARE] = {NULL, compare_test},
        [NODE_ARITHMETIC] = {arithmetic_value, NULL},
        [NODE_NEGATE] = {negate_value, NULL},
        [NODE_IN] = {NULL, in_test},
        [NODE_LIST] = {list_value, NULL},
        [NODE_HAS_COLUMN] = {NULL, has_column_test},
        [NODE_CALL] = {NULL, NULL},
    };

    node->value = node->kind == NODE_CALL ? node->function->value : functions[node->kind].value;
    node->test = node->kind == NODE_CALL ? node->function->test : functions[node->kind].test;
    if (!node->value)
        node->value = value_of_test;
    if (!node->test)
        node->test = test_of_value;
}
