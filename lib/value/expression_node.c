/* Nodes of the tree as the parser makes them: their depth is counted, columns are numbered, and the record is let
 * through only where it can be. */
#include "value/expression_parser.h"

#include "base/memory.h"

/* A node over others, which may be NULL. The record is no operand. */
struct node *parser_node(struct parser *parser, enum node_kind kind, size_t place, struct node *left,
                         struct node *right)
{
    struct compilation *compilation = parser->compilation;
    struct node *node = arena_alloc(&compilation->expression->arena, sizeof *node);

    if (!node) {
        error_memory(compilation->err);
        return NULL;
    }
    *node = (struct node){.kind = kind, .place = place, .left = left, .right = right, .depth = 1};
    if (left && left->depth >= node->depth)
        node->depth = left->depth + 1;
    if (right && right->depth >= node->depth)
        node->depth = right->depth + 1;
    if (node->depth > EXPRESSION_DEPTH) {
        compile_fail(compilation, place, "nested too deeply");
        return NULL;
    }
    if (kind != NODE_PIPE && ((left && left->kind == NODE_RECORD) || (right && right->kind == NODE_RECORD))) {
        compile_fail(compilation, left && left->kind == NODE_RECORD ? left->place : right->place,
                     "the whole record is no value; name a field: .name");
        return NULL;
    }
    return node;
}

struct node *parser_constant(struct parser *parser, size_t place, struct expression_value value)
{
    struct node *node = parser_node(parser, NODE_CONSTANT, place, NULL, NULL);

    if (node)
        node->constant = value;
    return node;
}

/* The column of that name; it is added to those asked for. */
struct node *parser_column(struct parser *parser, size_t place, struct slice name, enum node_kind kind)
{
    struct compilation *compilation = parser->compilation;
    struct expression_columns *columns = compilation->columns;
    struct node *node = parser_node(parser, kind, place, NULL, NULL);
    size_t i = 0;

    if (!node)
        return NULL;
    while (i < columns->count && !slice_equal(columns->names[i], name))
        i++;
    node->input = i;
    if (i < columns->count)
        return node;
    const char *copy = arena_copy(&columns->arena, name);
    if (!copy || ARRAY_GROW(columns->names, columns->capacity, columns->count + 1)) {
        error_memory(compilation->err);
        return NULL;
    }
    columns->names[columns->count++] = (struct slice){copy, name.len};
    return node;
}

int parser_no_record(struct parser *parser, const struct node *node)
{
    if (node->kind != NODE_RECORD)
        return 0;
    return compile_fail(parser->compilation, node->place, "the whole record is no value; name a field: .name");
}

struct node *parser_dot(struct parser *parser, size_t place)
{
    return parser_node(parser, parser->in_record ? NODE_RECORD : NODE_DOT, place, NULL, NULL);
}
