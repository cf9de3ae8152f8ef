/* Internal to score: names for numbers, and grades. */
#ifndef CRM_ANALYSIS_SCORE_GRADE_H
#define CRM_ANALYSIS_SCORE_GRADE_H

#include "analysis/score.h"

/* The number of a result that thresholds are of; NAN: not known. */
double score_number_of(const struct score_result *result, enum score_number of);

/* The name of the first threshold that number is not below; below all of them the last name. Empty: the number is not
 * known, or there are no thresholds. */
struct slice score_band(const struct score_bands *bands, double number);

/* The most bytes that a letter and a digit of a matrix take. */
size_t score_grade_size(const struct score_grades *grades);

/* The grade of a lead whose numbers are in scorer->result, valid until the next call. -1: a criterion failed. */
int score_grade(struct scorer *scorer, struct expression_value *lead, struct slice *grade, struct error *err);

#endif
