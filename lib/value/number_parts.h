/* Number parts: a number as an export writes it, taken apart. For number_election.c and number_problem.c. */
#ifndef CRM_VALUE_NUMBER_PARTS_H
#define CRM_VALUE_NUMBER_PARTS_H

#include "value/number_election.h"

#define NUMBER_DIGITS 40 /* more are no number */
#define NUMBER_EXPONENT 5

enum symbol_kind {
    SYMBOL_END,
    SYMBOL_DIGIT,
    SYMBOL_POINT,   /* from here to SYMBOL_GROUP: separators */
    SYMBOL_COMMA,   /* in any width, and the Arabic one */
    SYMBOL_DECIMAL, /* ٫ */
    SYMBOL_BLANK,
    SYMBOL_APOSTROPHE,
    SYMBOL_GROUP,      /* ٬ */
    SYMBOL_WIDE_BLANK, /* separates no groups */
    SYMBOL_INVISIBLE,  /* direction marks, byte order mark */
    SYMBOL_MINUS,
    SYMBOL_DASH, /* a minus where nothing else can be meant */
    SYMBOL_PLUS,
    SYMBOL_OPEN,
    SYMBOL_CLOSE,
    SYMBOL_PERCENT,
    SYMBOL_SIGN, /* of a currency */
    SYMBOL_OTHER,
};

struct symbol {
    enum symbol_kind kind;
    size_t size;   /* in bytes; 0 at the end */
    char digit;    /* '0' .. '9' */
    unsigned zero; /* the code point of its script's zero */
};

/* The symbol that text begins with; a byte that is not UTF-8 is SYMBOL_OTHER. */
struct symbol symbol_at(struct slice text);

enum number_fault {
    NUMBER_GOOD,
    NUMBER_NO_DIGITS,
    NUMBER_LONG,
    NUMBER_SEPARATORS,
    NUMBER_SEVERAL,
    NUMBER_SIGNS,
    NUMBER_BRACKETS,
    NUMBER_SCRIPTS,
    NUMBER_UNITS,
    NUMBER_TEXT,
};

struct number_parts {
    char digits[NUMBER_DIGITS]; /* ASCII, without separators; the fraction included */
    size_t digit_count;
    unsigned char separators[NUMBER_DIGITS]; /* enum symbol_kind */
    unsigned char groups[NUMBER_DIGITS + 1]; /* digits before each separator, and behind the last */
    size_t separator_count;
    char exponent[NUMBER_EXPONENT]; /* "e-3" */
    size_t exponent_length;
    bool is_signed, negative, open, closed, no_cents;
    struct number_unit unit;
    struct slice strange; /* with NUMBER_TEXT: what is neither number nor unit */
};

/* Takes text apart. Whether the separators make a number is left to number_readable(). */
enum number_fault number_take_apart(struct slice text, struct number_parts *parts);

/* Can the number be read with this decimal sign, SYMBOL_POINT or SYMBOL_COMMA? */
bool number_readable(const struct number_parts *parts, enum symbol_kind decimal);

#endif
