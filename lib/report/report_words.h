/* Words of a report: sentences and numbers as people read them.
 *
 * All texts are made in one arena. When memory is short, `failed` is set and texts are empty; who made the words looks
 * at it once, at the end. */
#ifndef CRM_REPORT_REPORT_WORDS_H
#define CRM_REPORT_REPORT_WORDS_H

#include <stdbool.h>

#include "base/arena.h"

/* How numbers are written: what stands between thousands and before decimals. UTF-8. */
struct number_style {
    const char *thousands;
    const char *point;
};

/* The style of a language by its tag (BCP 47): "en", "de-CH"; that of English where it is not known, or NULL. After
 * Unicode's CLDR 44, decimal and group of each language. */
struct number_style number_style_of(const char *language);

/* Whether the language, by its tag, is written from right to left. */
bool language_right_to_left(const char *language);

struct words {
    struct arena arena;
    struct number_style style;
    bool failed;
};

void words_init(struct words *words, const char *language);
void words_fini(struct words *words);

/* sizeof(type) * count bytes of zeros, aligned; NULL when memory is short. */
void *words_alloc(struct words *words, size_t size);
struct slice words_copy(struct words *words, struct slice text);
/* A name out of the data as part of a sentence: between two marks, so that its direction does not turn the rest. Who
 * writes the sentence makes of them what his form has for that, or leaves them out: words_without_marks(). */
#define WORDS_NAME_BEGIN '\001'
#define WORDS_NAME_END '\002'
struct slice words_name(struct words *words, struct slice text);
struct slice words_without_marks(struct words *words, struct slice sentence);
struct slice words_printf(struct words *words, const char *format, ...) __attribute__((format(printf, 2, 3)));

enum number_unit {
    UNIT_NUMBER,  /* as it is */
    UNIT_SHARE,   /* 0.25 is 25 % */
    UNIT_COMPACT, /* short, for axes: 1.5M, 20k; decimals are the digits kept, 0: all that do not vanish */
};

/* The number rounded to so many decimals (of the per cent, for a share), a half away from zero, and grouped; NAN is
 * empty. */
struct slice words_number(struct words *words, double number, enum number_unit unit, int decimals);
/* A decimal number as it was written, grouped; text that is none as it is. */
struct slice words_decimal(struct words *words, struct slice text);
/* The noun in its number: "1 customer", "1,204 customers". */
struct slice words_count(struct words *words, double number, const char *one, const char *many);

#endif
