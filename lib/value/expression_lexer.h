/* The words of an expression. */
#ifndef CRM_VALUE_EXPRESSION_LEXER_H
#define CRM_VALUE_EXPRESSION_LEXER_H

#include "value/expression_parts.h"

enum token_kind {
    TOKEN_END,
    TOKEN_FIELD,  /* .name: text */
    TOKEN_NAME,   /* text */
    TOKEN_NUMBER, /* number */
    TOKEN_STRING, /* text, decoded */
    TOKEN_EQUAL,  /* == */
    TOKEN_UNEQUAL,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER,
    TOKEN_GREATER_EQUAL,
    TOKEN_ALTERNATIVE, /* // */
    TOKEN_SIGN,        /* any other, one character: sign */
};

struct token {
    enum token_kind kind;
    char sign;
    size_t begin, end; /* bytes of the text */
    struct slice text;
    double number;
};

/* The token at or behind byte `at`, or an error that says what jq has there and this language has not. Strings are
 * decoded into the expression's arena. */
int token_read(struct compilation *compilation, size_t at, struct token *token);

/* A byte of the text as a place in characters, from 1. */
size_t token_place(struct compilation *compilation, size_t byte);

#endif
