/* Proportions: intervals of a share, and whether two shares differ.
 *
 * Sources: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927), the
 * score interval without correction; R. G. Newcombe, "Interval estimation for the difference between independent
 * proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), method 10 (hybrid score); K. Pearson's
 * chi-square test without correction where every expected count is at least 5 (W. G. Cochran, "Some methods for
 * strengthening the common chi-square tests", Biometrics 10, 1954), else R. A. Fisher's exact test, two-sided by the
 * sum of the probabilities of tables no more likely than the one at hand (by a factor of 1 + 10^-7 at most, for
 * rounding), as in R's fisher.test(); S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
 * Journal of Statistics 6 (1979).
 *
 * Counts are those of things that exist: up to 2^62. */
#ifndef CRM_ANALYSIS_PROPORTION_H
#define CRM_ANALYSIS_PROPORTION_H

#include <stddef.h>
#include <stdint.h>

/* A share and its limits, 0 .. 1; NAN when the whole is 0. */
struct interval {
    double value, low, high;
};

/* The quantile of the standard normal distribution that a two-sided interval of this confidence (0 < confidence < 1)
 * needs: 1.959964 for .95. */
double proportion_z(double confidence);

/* part of whole, 0 <= part <= whole; z >= 0. low <= value <= high; low is 0 of none and high 1 of all, exactly. */
struct interval proportion_wilson(uint64_t part, uint64_t whole, double z);

/* a_part / a_whole - b_part / b_whole, -1 .. 1; NAN when a whole is 0. */
struct interval proportion_difference(uint64_t a_part, uint64_t a_whole, uint64_t b_part, uint64_t b_whole, double z);

/* The p-value, two-sided: the probability of a difference at least as large if there were none. NAN when a whole is 0;
 * 1 when all or none have it. */
double proportion_test(uint64_t a_part, uint64_t a_whole, uint64_t b_part, uint64_t b_whole);

/* Adjusts p-values of several tests in place for their number (Holm); NAN stay and do not count. order: room for count
 * numbers; what it holds afterwards has no meaning. */
void proportion_adjust(double *p, size_t *order, size_t count);

#endif
