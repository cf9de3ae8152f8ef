/* The parser of expressions: what expression_parse.c (grammar) and expression_call.c (functions) share. */
#ifndef CRM_VALUE_EXPRESSION_PARSER_H
#define CRM_VALUE_EXPRESSION_PARSER_H

#include "value/expression_lexer.h"

struct parser {
    struct compilation *compilation;
    struct token token; /* the next */
    unsigned depth;     /* of the recursion */
    bool in_record;     /* . is the record */
};

/* Reads the next token. */
int parser_advance(struct parser *parser);
bool parser_at(const struct parser *parser, char sign);
/* Of the first character of a token. */
size_t parser_place(const struct parser *parser, const struct token *token);
/* Past a token that must be this; "'x' where WANTED". */
int parser_expect(struct parser *parser, char sign, const char *wanted);

/* NULL: err. A node over others, which may be NULL; the record is no operand. */
struct node *parser_node(struct parser *parser, enum node_kind kind, size_t place, struct node *left,
                         struct node *right);
/* The column of that name, NODE_COLUMN or NODE_HAS_COLUMN; it is added to those asked for. */
struct node *parser_column(struct parser *parser, size_t place, struct slice name, enum node_kind kind);
struct node *parser_constant(struct parser *parser, size_t place, struct expression_value value);
/* The value that . is. */
struct node *parser_dot(struct parser *parser, size_t place);
/* STATUS_USAGE where node is the record. */
int parser_no_record(struct parser *parser, const struct node *node);

/* An expression with everything in it. */
struct node *parse_pipe(struct parser *parser);
/* Items with commas between, added to those of list, whose depth is kept. */
int parse_items(struct parser *parser, struct node *list);
/* A name and, if there is one, its list of arguments; the name is the next token. */
struct node *parse_call(struct parser *parser);

#endif
