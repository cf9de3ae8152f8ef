/* Decimals: amounts of money, exact.
 *
 * A decimal is a 64-bit integer and a scale: 12.50 is 1250 at scale 2. Sums are 128 bits wide at a scale of their own,
 * so a total is the same in any order; what does not fit is an error, never rounded. */
#ifndef CRM_VALUE_DECIMAL_H
#define CRM_VALUE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define DECIMAL_MAX_SCALE 18

typedef __int128 int128;

struct decimal {
    int64_t units;
    int scale; /* 0 .. DECIMAL_MAX_SCALE: the value is units / 10^scale */
};

/* All zero is an empty sum. */
struct decimal_sum {
    int128 units;
    int scale;
};

enum decimal_result { DECIMAL_OK, DECIMAL_NOT_A_NUMBER, DECIMAL_TOO_LARGE };

/* Reads the plain form: an optional sign, digits, optionally a point and digits (at least one digit in all; "5." and
 * ".5" are numbers), and optionally an exponent as JSON and spreadsheets write it (1e3, 1.5E-2). No blanks, no
 * grouping. The scale is the number of digits behind the point less the exponent, at least 0: "12.50" has scale 2,
 * "1e3" scale 0, "1.5E-2" scale 3. Zeros at the end of the fraction count for it, unless it would exceed
 * DECIMAL_MAX_SCALE or the units would exceed 64 bits: then as few of them as will do are dropped. DECIMAL_TOO_LARGE:
 * no scale holds the value exactly. *value is set only with DECIMAL_OK. */
enum decimal_result decimal_parse(struct slice text, struct decimal *value);

/* sum += value, sum += other: the scale becomes the larger of the two. false: overflow, sum unchanged. */
bool decimal_sum_add(struct decimal_sum *sum, struct decimal value);
bool decimal_sum_merge(struct decimal_sum *sum, const struct decimal_sum *other);

/* The units at another, larger or equal scale. false: overflow (or a smaller scale), *result unchanged. */
bool decimal_rescale(int128 units, int from, int to, int128 *result);

/* Compares a / 10^a_scale with b / 10^b_scale exactly: below 0, 0, above 0. */
int decimal_compare(int128 a, int a_scale, int128 b, int b_scale);

/* a * b exactly, at the scale a.scale + b.scale (trailing zeros above the larger of the two scales dropped). false:
 * overflow, of the units or of DECIMAL_MAX_SCALE; *product unchanged. */
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product);

/* numerator / denominator, rounded half away from zero; any numerator, denominator > 0. For a quotient at a scale of
 * its own the caller rescales the numerator first. */
int128 int128_divide_round(int128 numerator, int128 denominator);

/* Text, "-12.50": `scale` digits behind the point, at least one before it. 0 <= scale <= 38. out has room for
 * DECIMAL_TEXT bytes. The slice points into out; there is no NUL behind it. */
#define DECIMAL_TEXT 64
struct slice decimal_format(int128 units, int scale, char out[DECIMAL_TEXT]);

/* The double nearest to units / 10^scale (ties to even). 0 <= scale <= 38. */
double decimal_to_double(int128 units, int scale);

/* 10^n, 0 <= n <= 38. */
int128 power_of_ten(int n);

#endif
