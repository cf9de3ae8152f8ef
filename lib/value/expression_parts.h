/* The parts of expressions: what the files expression*.c share.
 *
 * A text becomes a tree of nodes (expression_parse.c), which is simplified and gets its functions (expression_plan.c):
 * a node that has a special form for what its operands are, such as a column compared with a constant, has a function
 * of its own. Evaluation is a call of the root's function.
 *
 * Values travel as pointers. A node gives a pointer to an input, to its constant, or to the room that its caller gave.
 * Constants are never written to: their numbers are read when they are made. */
#ifndef CRM_VALUE_EXPRESSION_PARTS_H
#define CRM_VALUE_EXPRESSION_PARTS_H

#include "value/double.h"
#include "value/expression.h"

#include <stdint.h>

/* The deepest tree and the deepest nesting of JSON that is looked into, so that no stack overflows. */
enum { EXPRESSION_DEPTH = 200, EXPRESSION_JSON_DEPTH = 1000 };
/* The longest text that an expression makes. */
#define EXPRESSION_LONGEST ((size_t)16 << 20)

enum node_kind {
    NODE_RECORD,      /* the record: only has() and a path can be asked of it */
    NODE_COLUMN,      /* inputs[input] */
    NODE_DOT,         /* the value that came through the pipe */
    NODE_CONSTANT,    /* constant */
    NODE_MEMBER,      /* left, and name in constant.text */
    NODE_ELEMENT,     /* left, and the index in constant.number */
    NODE_PIPE,        /* left | right */
    NODE_AND,         /* items */
    NODE_OR,          /* items */
    NODE_ALTERNATIVE, /* left // right */
    NODE_COMPARE,     /* left, right, order */
    NODE_ARITHMETIC,  /* left, right, sign */
    NODE_NEGATE,      /* left */
    NODE_IN,          /* left among items */
    NODE_LIST,        /* [items] */
    NODE_HAS_COLUMN,  /* inputs[input] is not absent */
    NODE_CALL,        /* function, left: what it is asked of, right: its argument */
};

/* The orders for which a comparison is true, as bits: 1 less, 2 equal, 4 greater. */
enum { ORDER_LESS = 1, ORDER_EQUAL = 2, ORDER_GREATER = 4 };

struct node;
struct run;
struct function;
struct text_set;
struct needles;
struct automaton;

/* The value, in room or elsewhere; NULL: run->err. */
typedef struct expression_value *node_value(const struct node *node, struct run *run, struct expression_value *room);
/* 1: true, 0: false, -1: run->err. */
typedef int node_test(const struct node *node, struct run *run);

struct node {
    node_value *value;
    node_test *test;
    enum node_kind kind;
    unsigned order; /* of a comparison */
    char sign;      /* of arithmetic: + - * / % */
    unsigned depth; /* of the tree below, itself counted */
    size_t input;   /* the number of the column */
    size_t place;   /* in the text, counted in characters from 1 */
    struct node *left, *right;
    struct node **items;
    size_t count;
    struct expression_value constant;
    const struct function *function;
    const struct text_set *set;        /* of IN over constant texts */
    struct node *other;                /* of contains: another one of the same value; either is enough */
    const struct needles *needles;     /* of contains: the constants of all; NULL: one that is too short */
    const struct node *folds;          /* of contains: ascii_downcase, which needles do; NULL: it is not asked */
    void *regex;                       /* owned by the expression */
    const struct automaton *automaton; /* of a plain regular expression; NULL: it is none */
};

struct expression {
    struct arena arena; /* of all nodes */
    struct node *root;
    void **regexes; /* owned */
    size_t regex_count, regex_capacity;
    bool needs_as_of;
    bool *used; /* of the columns that were known when it was compiled */
    size_t used_count;
};

struct run {
    struct expression_context *context;
    struct expression_value *inputs;
    struct expression_value *dot;
    struct error *err;
};

/* A function of the language. */
struct function {
    const char *name;
    int arguments;
    node_value *value; /* one of the two */
    node_test *test;
};

/* While it is compiled. */
struct compilation {
    struct expression *expression;
    struct expression_columns *columns;
    struct slice text;
    struct error *err;
    size_t known_byte, known_place; /* a byte of the text and how many characters begin before it */
};

static inline struct expression_value *node_get(const struct node *node, struct run *run, struct expression_value *room)
{
    if (node->kind == NODE_COLUMN)
        return &run->inputs[node->input];
    return node->value(node, run, room);
}

static inline struct expression_value *expression_set_number(struct expression_value *room, double number)
{
    *room = (struct expression_value){.type = EXPRESSION_NUMBER, .reading = EXPRESSION_IS_NUMBER, .number = number};
    return room;
}

static inline struct expression_value *expression_set_string(struct expression_value *room, struct slice text)
{
    *room = (struct expression_value){.type = EXPRESSION_STRING, .reading = EXPRESSION_IS_NO_NUMBER, .text = text};
    return room;
}

static inline struct expression_value *expression_set_truth(struct expression_value *room, bool truth)
{
    *room = (struct expression_value){.type = truth ? EXPRESSION_TRUE : EXPRESSION_FALSE,
                                      .reading = EXPRESSION_IS_NO_NUMBER};
    return room;
}

/* Text that a function made of other text: of untyped text it is untyped. */
static inline struct expression_value *expression_set_like(struct expression_value *room, struct slice text,
                                                           const struct expression_value *like)
{
    *room = (struct expression_value){.type = EXPRESSION_STRING, .untyped = like->untyped, .text = text};
    return room;
}

/* Whether it is true as jq has it; of untyped text what expression.h says. */
static inline bool expression_truth(const struct expression_value *value)
{
    if (__builtin_expect(value->untyped, 0))
        return value->text.len != 0 && !slice_equal(value->text, SLICE("false"));
    return value->type >= EXPRESSION_TRUE;
}

/* expression.c: STATUS_DATA, "column 9: ...", or of a compilation STATUS_USAGE. */
void *run_fail(struct run *run, const struct node *node, const char *format, ...) __attribute__((format(printf, 3, 4)));
void *run_out_of_memory(struct run *run);
int compile_fail(struct compilation *compilation, size_t place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A value as jq shows it in messages: number (1). */
struct shown {
    char text[QUOTE_SHOWN * 4 + 32];
};
const char *show_value(struct run *run, struct expression_value *value, struct shown *shown);
const char *expression_type_name(enum expression_type type);
/* The text made in scratch behind start as a slice in the context's arena; scratch is cut back. -1: out of memory. */
int scratch_take(struct run *run, size_t start, struct slice *text);

/* expression_number.c */
void expression_read_number(struct expression_value *value); /* value->reading is EXPRESSION_UNREAD */

static inline bool expression_is_number(struct expression_value *value)
{
    if (value->reading == EXPRESSION_UNREAD)
        expression_read_number(value);
    return value->reading == EXPRESSION_IS_NUMBER;
}

/* expression_parse.c */
struct node *expression_parse(struct compilation *compilation); /* NULL: err */

/* expression_plan.c: simplifies the tree and gives its nodes their functions. */
int expression_plan(struct compilation *compilation, struct node **root);

/* expression_eval.c: the general functions of each kind of node. */
void node_set_functions(struct node *node);
int test_of_value(const struct node *node, struct run *run);
struct expression_value *value_of_test(const struct node *node, struct run *run, struct expression_value *room);

/* expression_compare.c */
/* *order is negative, 0 or positive; untyped text is read as expression.h says. -1: err. */
int expression_order(struct run *run, struct expression_value *a, struct expression_value *b, int *order);
int compare_test(const struct node *node, struct run *run);
int compare_number_test(const struct node *node, struct run *run); /* right is a constant number */
int compare_string_test(const struct node *node, struct run *run); /* right is a constant string */
int in_test(const struct node *node, struct run *run);

/* expression_set.c: constant texts that are looked up. */
const struct text_set *text_set_new(struct arena *arena, struct node *const *items, size_t count); /* NULL: no memory */
bool text_set_has(const struct text_set *set, struct slice text);
int in_set_test(const struct node *node, struct run *run);

/* expression_needles.c: constant texts of NEEDLE bytes or more that are looked for in another; with fold the letters of
 * the other count as small ones. NULL: no memory. The texts are borrowed. */
enum { NEEDLE = 2 };
const struct needles *needles_new(struct arena *arena, const struct slice *texts, size_t count, bool fold);
bool needles_in(const struct needles *needles, struct slice text); /* one of them */

/* expression_arithmetic.c */
struct expression_value *arithmetic_value(const struct node *node, struct run *run, struct expression_value *room);
struct expression_value *negate_value(const struct node *node, struct run *run, struct expression_value *room);

/* expression_function.c */
const struct function *function_find(struct slice name);
/* The name of a function of jq that this language has not, or of one that was probably meant; NULL. */
bool function_is_known_to_jq(struct slice name);
const char *function_likely(struct slice name);

/* expression_text.c */
node_value downcase_value, upcase_value, left_trim_value, right_trim_value, split_value;
node_test starts_test, ends_test, contains_test, inside_test, contains_text_test;
/* The pieces of text between separators as a JSON array. */
struct expression_value *split_text(struct run *run, struct slice text, struct slice separator,
                                    struct expression_value *room);

/* expression_regex.c */
int regex_compile(struct compilation *compilation, struct node *node, struct slice pattern, struct slice flags,
                  size_t flags_place);
int regex_test(const struct node *node, struct run *run);
void regex_free(void *regex);

/* expression_json.c: arrays and objects, which stay text until they are looked into. */
struct json_item {
    struct slice key; /* of a member */
    struct expression_value value;
    struct slice raw; /* the value as written */
};
struct json_items {
    struct json_item *items; /* in the run's arena */
    size_t count;
};
/* One after another: first json_walk_begin(). 1: item is the next; 0: there is none; -1: err. With keys false the keys
 * of members are not read. */
struct json_walk {
    struct slice rest;
    bool object, begun;
};
int json_walk_begin(struct run *run, const struct expression_value *list, struct json_walk *walk);
int json_walk_next(struct run *run, struct json_walk *walk, struct json_item *item);
/* All elements or members, of members with the same name the last at the place of the first. */
int json_items(struct run *run, const struct expression_value *list, struct json_items *items);
/* Members of both in order, those of b for those of a; with deep, objects in both are joined likewise. Text is appended
 * to scratch. */
int json_join(struct run *run, const struct expression_value *a, const struct expression_value *b, bool deep,
              unsigned depth);
void json_sort(struct json_items *items); /* by key */
/* The member of that name: 1, 0, or -1. */
int json_member(struct run *run, const struct expression_value *object, struct slice name,
                struct expression_value *member);
/* Appends to buffer, as jq -c prints it. */
int json_print(struct run *run, struct expression_value *value, struct buffer *out, unsigned depth);
int json_print_string(struct run *run, struct slice text, struct buffer *out);
/* What a string with escapes stands for, without its quotes; text without escapes is given as it is. -1: it is none.
 * *what says why. */
int json_unescape(struct arena *arena, struct slice escaped, struct slice *text, const char **what);

#endif
