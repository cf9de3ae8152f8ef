/* Expressions: conditions and values worked out of the fields of a record, in a subset of jq's language: crm-expr(5).
 *
 *     expression_compile()  once: syntax, names of columns, regular expressions
 *     expression_value()    for each record: the value, as jq gives it
 *     expression_test()     for each record: whether it is true, as jq's select() takes it
 *
 * On JSON an expression means what it means to jq 1.6. A field of CSV has no type (`untyped`): it is a string, but
 * wherever a number is wanted or it is compared with one it is read as a number, and is null when it is none or empty;
 * compared with true or false, or as a condition, "true" and "false" are these; empty it is like null for `//`, as a
 * condition and compared with null. Between two untyped values == and < compare numbers if both are, else text.
 *
 * Nothing is allocated per record but by expressions that make text, arrays or objects, and that memory is used again.
 */
#ifndef CRM_VALUE_EXPRESSION_H
#define CRM_VALUE_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/slice.h"
#include "value/date.h"

/* In jq's order of types. */
enum expression_type {
    EXPRESSION_NULL,
    EXPRESSION_FALSE,
    EXPRESSION_TRUE,
    EXPRESSION_NUMBER,
    EXPRESSION_STRING,
    EXPRESSION_ARRAY,
    EXPRESSION_OBJECT,
};

/* Whether a text is a number: found out when it is first asked, and kept. */
enum expression_reading { EXPRESSION_UNREAD, EXPRESSION_IS_NUMBER, EXPRESSION_IS_NO_NUMBER };

struct expression_value {
    enum expression_type type;
    bool untyped;                    /* a string from CSV, see above */
    bool absent;                     /* the record has no such member: has() is false; type is EXPRESSION_NULL */
    enum expression_reading reading; /* of a number in text; number is set with EXPRESSION_IS_NUMBER */
    double number;
    struct slice
        text; /* a string: its characters; an array, an object: JSON; a number that was not read yet: as written */
};

/* The columns that expressions ask for, each once: the first members of their paths, ".company.name" asks for
 * "company". All zero: none. Several expressions share one list, so that a record is looked at once for all of them. */
struct expression_columns {
    struct slice *names; /* owned */
    size_t count, capacity;
    struct arena arena;
};
void expression_columns_fini(struct expression_columns *columns);

/* What evaluation needs besides the record; a thread has one of its own. All zero, with as_of set, is a good start. */
struct expression_context {
    struct date_reader dates; /* for days_since() */
    int32_t as_of;            /* a day; DAY_NONE: expressions with days_since() may not be evaluated */
    struct arena arena;       /* what values made on the way live in, until expression_next() */
    struct buffer scratch;    /* text in the making, empty between calls */
};
void expression_context_fini(struct expression_context *context);
/* Before the next record: values given so far are no longer valid. */
void expression_next(struct expression_context *context);

struct expression;

/* Names that it asks for are added to columns, and copied; columns need not outlive the expression, but its inputs are
 * numbered by them. -1, STATUS_USAGE: "column 9:
 * ..." counts the characters of the expression from 1; a name or function that was probably meant is told. */
int expression_compile(struct expression **expression, struct slice text, struct expression_columns *columns,
                       struct error *err);
void expression_free(struct expression *expression); /* NULL is fine */

/* Whether it uses days_since(). */
bool expression_needs_as_of(const struct expression *expression);
/* Whether it uses the column of that number in expression_columns. */
bool expression_uses(const struct expression *expression, size_t column);

/* inputs[i] is the value of columns->names[i] of this record; that a text was read as a number is kept there. *value
 * may point into inputs, the context and the expression. -1: STATUS_DATA and why, as jq says it ("column 4: string
 * (\"abc\") and number (1) cannot be subtracted"), or STATUS_SYSTEM. Threads may share an expression. */
int expression_value(const struct expression *expression, struct expression_context *context,
                     struct expression_value *inputs, struct expression_value *value, struct error *err);
/* The same without a copy: *value is in inputs, in the expression, or room. A number that is then read of it is kept
 * there. */
int expression_find(const struct expression *expression, struct expression_context *context,
                    struct expression_value *inputs, struct expression_value *room, struct expression_value **value,
                    struct error *err);
/* 1: true; 0: false or null (an untyped value: see above); -1 as above. */
int expression_test(const struct expression *expression, struct expression_context *context,
                    struct expression_value *inputs, struct error *err);
/* The number in a value: of a number, or of an untyped text that is one. false: there is none. */
bool expression_number(struct expression_value *value, double *number);
/* Appends the value as jq -c prints it: numbers as doubles with the fewest digits that read the same, no blanks, of
 * members of one name the last. -1: STATUS_SYSTEM, or STATUS_DATA where an array or object is no JSON. */
int expression_print(struct expression_context *context, struct expression_value *value, struct buffer *out,
                     struct error *err);

#endif
