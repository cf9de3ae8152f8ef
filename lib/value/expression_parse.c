/* The grammar, by recursive descent, with the precedence of jq 1.6:
 *
 *     |                       right     lowest
 *     ,                                 only in the lists of [...] and IN(...)
 *     //                      right
 *     or                      left
 *     and                     left
 *     == != < <= > >=         none
 *     + -  and a sign before  left
 *     * / %                   left
 *     .name ["name"] [0]      behind a term
 *
 * A sign binds like a subtraction: -1 * 2 is -(1 * 2). Behind a pipe `.` is the value that comes through it, before the
 * first it is the record; `.name` of the record is a column. Recursion and the depth of the tree are bounded. */
#include "value/expression_parser.h"

#include <string.h>

enum level { LEVEL_OR, LEVEL_AND, LEVEL_COMPARE, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_TERM };

size_t parser_place(const struct parser *parser, const struct token *token)
{
    return token_place(parser->compilation, token->begin);
}

int parser_advance(struct parser *parser)
{
    return token_read(parser->compilation, parser->token.end, &parser->token);
}

bool parser_at(const struct parser *parser, char sign)
{
    return parser->token.kind == TOKEN_SIGN && parser->token.sign == sign;
}

static bool is_word(const struct parser *parser, const char *word)
{
    return parser->token.kind == TOKEN_NAME && slice_equal_cstr(parser->token.text, word);
}

static void *unexpected(struct parser *parser, const char *wanted)
{
    struct quote q;
    struct slice text = {parser->compilation->text.ptr + parser->token.begin, parser->token.end - parser->token.begin};

    if (parser->token.kind == TOKEN_END)
        compile_fail(parser->compilation, parser_place(parser, &parser->token), "the expression ends where %s", wanted);
    else
        compile_fail(parser->compilation, parser_place(parser, &parser->token), "'%s' where %s", quote_name(&q, text),
                     wanted);
    return NULL;
}

int parser_expect(struct parser *parser, char sign, const char *wanted)
{
    if (parser_at(parser, sign))
        return parser_advance(parser);
    unexpected(parser, wanted);
    return -1;
}

static struct node *member(struct parser *parser, size_t place, struct node *of, struct slice name)
{
    if (of->kind == NODE_RECORD)
        return parser_column(parser, place, name, NODE_COLUMN);
    struct node *node = parser_node(parser, NODE_MEMBER, place, of, NULL);
    if (node)
        expression_set_string(&node->constant, name);
    return node;
}

static int add_item(struct parser *parser, struct node *list, size_t *capacity, struct node *item)
{
    if (list->count == *capacity) {
        size_t larger = *capacity ? *capacity * 2 : 8;
        struct node **items = arena_alloc(&parser->compilation->expression->arena, larger * sizeof(struct node *));
        if (!items)
            return error_memory(parser->compilation->err);
        if (list->count)
            memcpy(items, list->items, list->count * sizeof(struct node *));
        list->items = items;
        *capacity = larger;
    }
    list->items[list->count++] = item;
    if (item->depth >= list->depth)
        list->depth = item->depth + 1;
    if (list->depth > EXPRESSION_DEPTH)
        return compile_fail(parser->compilation, list->place, "nested too deeply");
    return 0;
}

int parse_items(struct parser *parser, struct node *list)
{
    size_t capacity = 0;
    bool comma;

    do {
        size_t begin = parser->token.begin;
        struct node *item = parse_pipe(parser);
        if (!item || parser_no_record(parser, item) || add_item(parser, list, &capacity, item))
            return -1;
        comma = parser_at(parser, ',');
        if (item->kind == NODE_PIPE && (list->count > 1 || comma) && parser->compilation->text.ptr[begin] != '(')
            return compile_fail(parser->compilation, item->place, "put ( ) around what has a | in a list");
        if (comma && parser_advance(parser))
            return -1;
    } while (comma);
    return 0;
}

/* ["name"] or [number], the bracket is the next token. */
static struct node *parse_index(struct parser *parser, struct node *of)
{
    struct compilation *compilation = parser->compilation;
    size_t place = parser_place(parser, &parser->token);

    if (parser_advance(parser))
        return NULL;
    if (parser_at(parser, ']') || parser_at(parser, ':')) {
        compile_fail(compilation, place,
                     parser_at(parser, ']') ? "jq's [] is not part of this language"
                                            : "jq's slices, [1:2], are not part of this language");
        return NULL;
    }
    struct node *index = parse_pipe(parser);
    if (!index)
        return NULL;
    if (parser_at(parser, ':')) {
        compile_fail(compilation, place, "jq's slices, [1:2], are not part of this language");
        return NULL;
    }
    if (parser_expect(parser, ']', "] is wanted") || expression_plan(compilation, &index))
        return NULL;
    if (index->kind == NODE_CONSTANT && index->constant.type == EXPRESSION_STRING)
        return member(parser, place, of, index->constant.text);
    if (index->kind != NODE_CONSTANT || index->constant.type != EXPRESSION_NUMBER) {
        compile_fail(compilation, index->place, "only a constant string or number can stand in [ ]");
        return NULL;
    }
    struct node *node = parser_node(parser, NODE_ELEMENT, place, of, NULL);
    if (node)
        node->constant = index->constant;
    return node;
}

/* What stands behind a term. */
static struct node *parse_path(struct parser *parser, struct node *node)
{
    while (node) {
        size_t place = parser_place(parser, &parser->token);
        if (parser->token.kind == TOKEN_FIELD) {
            node = member(parser, place, node, parser->token.text);
            if (parser_advance(parser))
                return NULL;
        } else if (parser_at(parser, '.')) {
            if (parser_advance(parser))
                return NULL;
            if (parser->token.kind != TOKEN_STRING)
                return unexpected(parser, "a name is wanted behind the dot");
            node = member(parser, place, node, parser->token.text);
            if (parser_advance(parser))
                return NULL;
        } else if (parser_at(parser, '[')) {
            node = parse_index(parser, node);
        } else {
            break;
        }
    }
    return node;
}

/* [a, b, ...] */
static struct node *parse_array(struct parser *parser, size_t place)
{
    struct node list = {.kind = NODE_LIST, .place = place, .depth = 1};

    if (parser_advance(parser))
        return NULL;
    if (!parser_at(parser, ']') && parse_items(parser, &list))
        return NULL;
    if (parser_expect(parser, ']', "a comma or ] is wanted"))
        return NULL;
    struct node *node = parser_node(parser, NODE_LIST, place, NULL, NULL);
    if (node)
        *node = list;
    return node;
}

/* . or ."name", the dot is the next token. */
static struct node *parse_dot(struct parser *parser, size_t place)
{
    struct node *node = parser_dot(parser, place);

    if (!node || parser_advance(parser))
        return NULL;
    if (parser->token.kind == TOKEN_STRING) {
        node = member(parser, place, node, parser->token.text);
        if (parser_advance(parser))
            return NULL;
    }
    return node;
}

static struct node *parse_literal(struct parser *parser, size_t place)
{
    struct expression_value value;

    if (parser->token.kind == TOKEN_NUMBER)
        expression_set_number(&value, parser->token.number);
    else
        expression_set_string(&value, parser->token.text);
    return parser_advance(parser) ? NULL : parser_constant(parser, place, value);
}

static struct node *parse_group(struct parser *parser)
{
    if (parser_advance(parser))
        return NULL;
    struct node *node = parse_pipe(parser);
    if (node && parser_at(parser, ','))
        return unexpected(parser, "only the lists of [...] and IN(...) have commas");
    return node && parser_expect(parser, ')', ") is wanted") == 0 ? node : NULL;
}

static struct node *parse_term(struct parser *parser)
{
    struct node *node;
    size_t place = parser_place(parser, &parser->token);

    if (parser->token.kind == TOKEN_FIELD) {
        node = parser_dot(parser, place);
        node = node ? member(parser, place, node, parser->token.text) : NULL;
        if (parser_advance(parser))
            return NULL;
    } else if (parser->token.kind == TOKEN_NUMBER || parser->token.kind == TOKEN_STRING) {
        node = parse_literal(parser, place);
    } else if (parser->token.kind == TOKEN_NAME && !is_word(parser, "and") && !is_word(parser, "or")) {
        node = parse_call(parser);
    } else if (parser_at(parser, '.')) {
        node = parse_dot(parser, place);
    } else if (parser_at(parser, '[')) {
        node = parse_array(parser, place);
    } else if (parser_at(parser, '(')) {
        node = parse_group(parser);
    } else {
        return unexpected(parser, "a value is wanted");
    }
    return parse_path(parser, node);
}

static unsigned order_of(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_EQUAL:
        return ORDER_EQUAL;
    case TOKEN_UNEQUAL:
        return ORDER_LESS | ORDER_GREATER;
    case TOKEN_LESS:
        return ORDER_LESS;
    case TOKEN_LESS_EQUAL:
        return ORDER_LESS | ORDER_EQUAL;
    case TOKEN_GREATER:
        return ORDER_GREATER;
    case TOKEN_GREATER_EQUAL:
        return ORDER_GREATER | ORDER_EQUAL;
    default:
        return 0;
    }
}

/* The level of the operator that is the next token; LEVEL_TERM: it is none. */
static enum level level_of(const struct parser *parser)
{
    if (is_word(parser, "or"))
        return LEVEL_OR;
    if (is_word(parser, "and"))
        return LEVEL_AND;
    if (order_of(parser->token.kind))
        return LEVEL_COMPARE;
    if (parser_at(parser, '+') || parser_at(parser, '-'))
        return LEVEL_SUM;
    if (parser_at(parser, '*') || parser_at(parser, '/') || parser_at(parser, '%'))
        return LEVEL_PRODUCT;
    return LEVEL_TERM;
}

static struct node *parse_operators(struct parser *parser, enum level least);

static struct node *parse_negation(struct parser *parser)
{
    size_t place = parser_place(parser, &parser->token);

    if (parser_advance(parser))
        return NULL;
    struct node *operand = parse_operators(parser, LEVEL_PRODUCT);
    return operand ? parser_node(parser, NODE_NEGATE, place, operand, NULL) : NULL;
}

/* a or b or c: all operands in one node. */
static struct node *parse_logic(struct parser *parser, struct node *first, enum level level, size_t place)
{
    struct node list = {.kind = level == LEVEL_OR ? NODE_OR : NODE_AND, .place = place, .depth = 1};
    size_t capacity = 0;

    if (parser_no_record(parser, first) || add_item(parser, &list, &capacity, first))
        return NULL;
    while (level_of(parser) == level) {
        if (parser_advance(parser))
            return NULL;
        struct node *next = parse_operators(parser, level + 1);
        if (!next || parser_no_record(parser, next) || add_item(parser, &list, &capacity, next))
            return NULL;
    }
    struct node *node = parser_node(parser, list.kind, place, NULL, NULL);
    if (node)
        *node = list;
    return node;
}

/* Operators of that level and higher. */
static struct node *parse_operators(struct parser *parser, enum level least)
{
    if (++parser->depth > EXPRESSION_DEPTH) {
        compile_fail(parser->compilation, parser_place(parser, &parser->token), "nested too deeply");
        return NULL;
    }
    struct node *left = parser_at(parser, '-') ? parse_negation(parser) : parse_term(parser);
    enum level level;
    while (left && (level = level_of(parser)) >= least && level != LEVEL_TERM) {
        size_t place = parser_place(parser, &parser->token);
        unsigned order = order_of(parser->token.kind);
        char sign = parser->token.sign;
        if (level <= LEVEL_AND) {
            left = parse_logic(parser, left, level, place);
            continue;
        }
        struct node *right = parser_advance(parser) ? NULL : parse_operators(parser, level + 1);
        left = right ? parser_node(parser, order ? NODE_COMPARE : NODE_ARITHMETIC, place, left, right) : NULL;
        if (!left)
            return NULL;
        left->order = order;
        left->sign = sign;
        if (order && level_of(parser) == LEVEL_COMPARE) {
            compile_fail(parser->compilation, parser_place(parser, &parser->token),
                         "comparisons cannot follow each other; put ( ) around one, or write 'and'");
            return NULL;
        }
    }
    parser->depth--;
    return left;
}

static struct node *parse_alternative(struct parser *parser)
{
    struct node *left = parse_operators(parser, LEVEL_OR);
    size_t place = parser_place(parser, &parser->token);

    if (!left || parser->token.kind != TOKEN_ALTERNATIVE)
        return left;
    if (++parser->depth > EXPRESSION_DEPTH) {
        compile_fail(parser->compilation, place, "nested too deeply");
        return NULL;
    }
    struct node *right = parser_advance(parser) ? NULL : parse_alternative(parser);
    parser->depth--;
    return right ? parser_node(parser, NODE_ALTERNATIVE, place, left, right) : NULL;
}

struct node *parse_pipe(struct parser *parser)
{
    bool in_record = parser->in_record;
    struct node *left = parse_alternative(parser);
    size_t place = parser_place(parser, &parser->token);

    if (!left || !parser_at(parser, '|'))
        return left;
    if (++parser->depth > EXPRESSION_DEPTH) {
        compile_fail(parser->compilation, place, "nested too deeply");
        return NULL;
    }
    parser->in_record = in_record && left->kind == NODE_RECORD;
    struct node *right = parser_advance(parser) ? NULL : parse_pipe(parser);
    parser->depth--;
    parser->in_record = in_record;
    if (!right || left->kind == NODE_RECORD)
        return right;
    return parser_node(parser, NODE_PIPE, place, left, right);
}

struct node *expression_parse(struct compilation *compilation)
{
    struct parser parser = {.compilation = compilation, .in_record = true};

    if (parser_advance(&parser))
        return NULL;
    struct node *root = parse_pipe(&parser);
    if (!root || parser_no_record(&parser, root))
        return NULL;
    if (parser_at(&parser, ','))
        return unexpected(&parser, "only the lists of [...] and IN(...) have commas");
    return parser.token.kind == TOKEN_END ? root : unexpected(&parser, "an operator or the end is wanted");
}
