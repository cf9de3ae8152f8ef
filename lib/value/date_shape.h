/* The shape of a date: what a text says about a day whoever reads it, before the style of its column settles the rest.
 * Private to date_election.c, which reads and counts by it, and to the readers that make it. */
#ifndef CRM_VALUE_DATE_SHAPE_H
#define CRM_VALUE_DATE_SHAPE_H

#include "value/date.h"
#include "value/date_parts.h"

enum shape_kind {
    SHAPE_NONE,    /* no date */
    SHAPE_VOID,    /* what stands where there is none: 0000-00-00 */
    SHAPE_FIXED,   /* one day: moment */
    SHAPE_NUMBERS, /* three numbers, in one of `orders`; the time is in moment */
    SHAPE_BARE,    /* one number */
};

/* The orders of three numbers; as bits. */
enum { ORDER_DAY = 1, ORDER_MONTH = 2, ORDER_SHORT_YEAR = 4 };
#define ORDERS 3

struct date_shape {
    enum shape_kind kind;
    bool in_words; /* SHAPE_FIXED: the month has a name */
    struct moment moment;
    int numbers[3];
    bool short_year;   /* of two digits */
    unsigned orders;   /* those in which they are a day; one at least */
    uint64_t whole;    /* SHAPE_BARE: at most 18 digits */
    uint64_t fraction; /* in units of 10^-11; digits beyond are dropped */
    int digits;
    int fraction_digits; /* as written */
    bool negative;
};

void date_shape_read(struct slice text, struct date_shape *shape);

/* The day in one order of shape->orders. */
int32_t date_shape_day(const struct date_shape *shape, unsigned order);

/* ---- what the readers share ---- */

/* Two-digit years as POSIX has them (strptime, %y): 69 .. 99 are 1969 .. 1999. */
int date_full_year(int year, int width);

/* Three numbers with the same separator between them, as kind and orders; the time is in shape->moment. spaced: with a
 * blank behind each separator. */
void date_shape_numbers(struct date_shape *shape, const int widths[3], char separator, bool spaced);

/* A time of the clock into the moment. half: 0, 'a' or 'p'; noon_is_zero: hour 0 goes with a half, too. */
bool date_set_clock(struct moment *moment, int hour, int minute, int second, char half, bool noon_is_zero);

/* Digits, at most `most` of them; how many there were. */
int date_take_number(struct cursor *cursor, int most, int *value);

/* The form that most columns have: three numbers or one, HH:MM[:SS[.fraction]] and perhaps AM or PM, all in ASCII.
 * false: it is something else. */
bool date_shape_plain(struct slice text, struct date_shape *shape);

/* Every other form: words, other digits, zones. false: no date. */
bool date_shape_text(struct slice text, struct date_shape *shape);

/* A time and what may stand around it: a half of the day on either side, an offset or a zone. The text is folded
 * (date_words.h). false: there is no time, or it is none of a clock. (date_clock.c) */
bool date_take_clock(struct cursor *cursor, struct moment *moment);

/* The word at the cursor and what it means (date_words.h): a run of letters, of ideographs and Hangul the longest that
 * is known. 0: unknown, or no word. *end: behind it. */
uint32_t date_word_at(const struct cursor *cursor, const char **end);
bool date_skip_blanks(struct cursor *cursor);

#endif
