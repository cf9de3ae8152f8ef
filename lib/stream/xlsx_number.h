/* Numbers as a spreadsheet stores them: decimal digits, handled as such. No binary floating point, no locale. */
#ifndef CRM_STREAM_XLSX_NUMBER_H
#define CRM_STREAM_XLSX_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define XLSX_DIGITS 64

/* 0.DIGITS times ten to the power of point; digits begin and end with another digit than 0; zero has none. */
struct xlsx_number {
    bool negative;
    int count;
    int point;
    char digits[XLSX_DIGITS]; /* '0' to '9' */
};

/* Reads [+-]digits[.digits][E[+-]digits], rounded half up to 15 significant digits, but never before the point. false:
 * it is no such number, or one with more than XLSX_DIGITS digits or a power beyond +-400. */
bool xlsx_number_parse(struct xlsx_number *number, struct slice text);

bool xlsx_number_whole(const struct xlsx_number *number);

/* For comparisons with limits of formats; about 15 digits are right. */
double xlsx_number_double(const struct xlsx_number *number);

/* The whole part (at most limit, -1 when above) and, in *fraction, the rest in units of 10^-15, rounded down. */
int64_t xlsx_number_split(const struct xlsx_number *number, int64_t limit, int64_t *fraction);

/* Writes the number with at least that many decimals (at most 30); the length, at most 480 bytes. */
size_t xlsx_number_print(const struct xlsx_number *number, int decimals, char *to);

#endif
