/* Grades. Bands name one number; a matrix names two, as HubSpot's combined scores do (A1 ... C3: the letter says who
 * the lead is, the digit what it does); thirds are the profile grades of Pardot: from a letter, usually D, each
 * criterion that is met moves the lead by thirds of a letter. All criteria are summed before the scale is held at its
 * ends, so that their order does not count. */
#include "analysis/score_grade.h"

#include <math.h>
#include <string.h>

#define LAST_THIRD 12 /* A+ */

double score_number_of(const struct score_result *result, enum score_number of)
{
    switch (of) {
    case SCORE_OF_TOTAL:
        return result->total;
    case SCORE_OF_FIT:
        return result->fit;
    case SCORE_OF_ENGAGEMENT:
        return result->engagement;
    case SCORE_OF_PROBABILITY:
        return result->probability;
    }
    return NAN;
}

struct slice score_band(const struct score_bands *bands, double number)
{
    if (isnan(number) || bands->count == 0)
        return (struct slice){NULL, 0};
    for (size_t i = 0; i < bands->count; i++)
        if (number >= bands->items[i].from)
            return bands->items[i].name;
    return bands->items[bands->count - 1].name;
}

static size_t longest_name(const struct score_bands *bands)
{
    size_t longest = 0;

    for (size_t i = 0; i < bands->count; i++)
        if (bands->items[i].name.len > longest)
            longest = bands->items[i].name.len;
    return longest;
}

size_t score_grade_size(const struct score_grades *grades)
{
    return grades->kind == SCORE_MATRIX ? longest_name(&grades->letter) + longest_name(&grades->digit) : 0;
}

static struct slice matrix_grade(struct scorer *scorer)
{
    const struct score_grades *grades = &scorer->rules->grades;
    struct slice letter = score_band(&grades->letter, scorer->result.fit);
    struct slice digit = score_band(&grades->digit, scorer->result.engagement);

    if (letter.len)
        memcpy(scorer->grade, letter.ptr, letter.len);
    if (digit.len)
        memcpy(scorer->grade + letter.len, digit.ptr, digit.len);
    return (struct slice){scorer->grade, letter.len + digit.len};
}

static int thirds_grade(struct scorer *scorer, struct expression_value *lead, struct slice *grade, struct error *err)
{
    const struct score_grades *grades = &scorer->rules->grades;
    int64_t place = (int64_t)grades->start;

    for (size_t i = 0; i < grades->criterion_count; i++) {
        const struct score_criterion *criterion = &grades->criteria[i];
        int met = expression_test(criterion->when, &scorer->context, lead, err);
        if (met < 0) {
            struct quote q;
            error_prefix(err, "criterion '%s': ", quote_name(&q, criterion->name));
            return -1;
        }
        place += met ? criterion->thirds : 0;
    }
    place = place < 0 ? 0 : place > LAST_THIRD ? LAST_THIRD : place;
    *grade = slice_from_cstr(score_third_names[place]);
    return 0;
}

int score_grade(struct scorer *scorer, struct expression_value *lead, struct slice *grade, struct error *err)
{
    const struct score_grades *grades = &scorer->rules->grades;

    *grade = (struct slice){NULL, 0};
    switch (grades->kind) {
    case SCORE_NO_GRADE:
        return 0;
    case SCORE_BANDS:
        *grade = score_band(&grades->bands, score_number_of(&scorer->result, grades->of));
        return 0;
    case SCORE_MATRIX:
        *grade = matrix_grade(scorer);
        return 0;
    case SCORE_THIRDS:
        return thirds_grade(scorer, lead, grade, err);
    }
    return 0;
}
