/* Expressions: compiling, asking, and what is said when something is wrong. */
#include "value/expression_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

void expression_columns_fini(struct expression_columns *columns)
{
    free(columns->names);
    arena_fini(&columns->arena);
    *columns = (struct expression_columns){0};
}

void expression_context_fini(struct expression_context *context)
{
    arena_fini(&context->arena);
    buffer_fini(&context->scratch);
}

void expression_next(struct expression_context *context)
{
    if (context->arena.blocks)
        arena_reset(&context->arena);
}

void expression_free(struct expression *expression)
{
    if (!expression)
        return;
    for (size_t i = 0; i < expression->regex_count; i++)
        regex_free(expression->regexes[i]);
    free(expression->regexes);
    free(expression->used);
    arena_fini(&expression->arena);
    free(expression);
}

static void mark_columns(struct expression *expression, const struct node *node)
{
    if (node->kind == NODE_COLUMN || node->kind == NODE_HAS_COLUMN)
        expression->used[node->input] = true;
    if (node->left)
        mark_columns(expression, node->left);
    if (node->right)
        mark_columns(expression, node->right);
    for (size_t i = 0; i < node->count; i++)
        mark_columns(expression, node->items[i]);
}

static int compile(struct compilation *compilation)
{
    struct expression *expression = compilation->expression;

    if (!utf8_valid(compilation->text.ptr, compilation->text.len))
        return error_set(compilation->err, STATUS_USAGE, "the expression is not valid UTF-8");
    expression->root = expression_parse(compilation);
    if (!expression->root || expression_plan(compilation, &expression->root))
        return -1;
    expression->used_count = compilation->columns->count;
    expression->used = calloc(expression->used_count + 1, sizeof *expression->used);
    if (!expression->used)
        return error_memory(compilation->err);
    mark_columns(expression, expression->root);
    return 0;
}

int expression_compile(struct expression **expression, struct slice text, struct expression_columns *columns,
                       struct error *err)
{
    struct compilation compilation = {.columns = columns, .err = err};

    *expression = NULL;
    compilation.expression = calloc(1, sizeof *compilation.expression);
    if (!compilation.expression)
        return error_memory(err);
    /* names and strings are views into the text, so it must stay */
    const char *copy = arena_copy(&compilation.expression->arena, text);
    compilation.text = (struct slice){copy, text.len};
    if ((!copy && error_memory(err)) || compile(&compilation)) {
        expression_free(compilation.expression);
        return -1;
    }
    *expression = compilation.expression;
    return 0;
}

bool expression_needs_as_of(const struct expression *expression)
{
    return expression->needs_as_of;
}

bool expression_uses(const struct expression *expression, size_t column)
{
    return column < expression->used_count && expression->used[column];
}

int expression_find(const struct expression *expression, struct expression_context *context,
                    struct expression_value *inputs, struct expression_value *room, struct expression_value **value,
                    struct error *err)
{
    const struct node *root = expression->root;
    struct run run = {.context = context, .inputs = inputs, .err = err};

    *value = root->kind == NODE_COLUMN ? &inputs[root->input] : NULL;
    if (*value)
        return 0;
    context->scratch.len = 0;
    *value = root->value(root, &run, room);
    return *value ? 0 : -1;
}

int expression_value(const struct expression *expression, struct expression_context *context,
                     struct expression_value *inputs, struct expression_value *value, struct error *err)
{
    struct expression_value room;
    struct expression_value *found;

    if (expression_find(expression, context, inputs, &room, &found, err))
        return -1;
    *value = *found;
    return 0;
}

int expression_test(const struct expression *expression, struct expression_context *context,
                    struct expression_value *inputs, struct error *err)
{
    struct run run = {.context = context, .inputs = inputs, .err = err};

    context->scratch.len = 0;
    return expression->root->test(expression->root, &run);
}

int expression_print(struct expression_context *context, struct expression_value *value, struct buffer *out,
                     struct error *err)
{
    struct run run = {.context = context, .err = err};

    return json_print(&run, value, out, 0);
}

static void place_error(struct error *err, enum status status, size_t place, const char *format, va_list args)
{
    error_vset(err, status, format, args);
    error_prefix(err, "column %zu: ", place);
}

void *run_fail(struct run *run, const struct node *node, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    place_error(run->err, STATUS_DATA, node->place, format, args);
    va_end(args);
    return NULL;
}

int compile_fail(struct compilation *compilation, size_t place, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    place_error(compilation->err, STATUS_USAGE, place, format, args);
    va_end(args);
    return -1;
}

void *run_out_of_memory(struct run *run)
{
    error_memory(run->err);
    return NULL;
}

const char *expression_type_name(enum expression_type type)
{
    static const char *const names[] = {"null", "boolean", "boolean", "number", "string", "array", "object"};

    return names[type];
}

const char *show_value(struct run *run, struct expression_value *value, struct shown *shown)
{
    struct buffer text = {0};
    struct quote q;
    bool whole = json_print(run, value, &text, 0) == 0;

    snprintf(shown->text, sizeof shown->text, "%s (%s)", expression_type_name(value->type),
             quote(&q, whole ? buffer_slice(&text) : SLICE("...")));
    buffer_fini(&text);
    return shown->text;
}

int scratch_take(struct run *run, size_t start, struct slice *text)
{
    struct buffer *scratch = &run->context->scratch;
    const char *copy = arena_copy(&run->context->arena, (struct slice){scratch->data + start, scratch->len - start});

    if (!copy)
        return error_memory(run->err);
    *text = (struct slice){copy, scratch->len - start};
    scratch->len = start;
    return 0;
}
