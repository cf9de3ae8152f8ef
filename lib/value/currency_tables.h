/* Codes, signs and words of currencies. For currency.c. */
#ifndef CRM_VALUE_CURRENCY_TABLES_H
#define CRM_VALUE_CURRENCY_TABLES_H

#include <stddef.h>

struct currency_word {
    const char *text;
    const char *stands_for; /* a code, or candidates: "CNY|JPY" */
};

/* A unit that changes the value. */
struct currency_multiplier {
    const char *text;
    const char *message;
};

extern const char currency_codes[]; /* of three letters each, sorted, nothing between them */
extern const size_t currency_codes_count;
extern const struct currency_word currency_words[];
extern const size_t currency_words_count;
extern const struct currency_multiplier currency_multipliers[];
extern const size_t currency_multipliers_count;

#endif
