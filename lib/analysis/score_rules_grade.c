/* Grades and temperature: names for numbers. Thresholds may stand in any order in the file and are sorted here, the
 * highest first; two that are equal, or one that the limits of the score keep out of reach, are mistakes. */
#include <math.h>
#include <stdlib.h>

#include "analysis/score_rules_read.h"

/* The highest value that a number can have by its limits. */
static double highest(const struct score_rules *rules, enum score_number of)
{
    switch (of) {
    case SCORE_OF_TOTAL:
        return rules->total.most;
    case SCORE_OF_FIT:
        return rules->dimension[SCORE_FIT].most;
    case SCORE_OF_ENGAGEMENT:
        return rules->dimension[SCORE_ENGAGEMENT].most;
    case SCORE_OF_PROBABILITY:
        break;
    }
    return 1;
}

static int read_threshold(struct score_rules *rules, const struct settings_place *place, const char *key,
                          const json_t *value, enum score_number of, struct score_bands *bands, struct error *err)
{
    struct score_threshold *one = &bands->items[bands->count];
    double most = highest(rules, of);
    struct quote q;

    if (!*key)
        return settings_fail(place, err, "a name is empty");
    if (score_read_copy(rules, slice_from_cstr(key), &one->name, err) ||
        score_read_number(place, value, &one->from, err))
        return -1;
    if (one->from > most)
        return settings_fail(place, err, "can never be reached: the %s is at most %g", score_number_names[of], most);
    for (size_t i = 0; i < bands->count; i++)
        if (bands->items[i].from == one->from)
            return settings_fail(place, err, "%g is already the threshold of '%s'", one->from,
                                 quote_name(&q, bands->items[i].name));
    bands->count++;
    return 0;
}

static int from_highest(const void *a, const void *b)
{
    const struct score_threshold *x = a;
    const struct score_threshold *y = b;

    return (x->from < y->from) - (x->from > y->from);
}

/* An object of names and thresholds of a number, which there must be. */
static int read_bands(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                      enum score_number of, struct score_bands *bands, struct error *err)
{
    size_t count = json_object_size(value);
    const char *key;
    json_t *threshold;

    if (!count)
        return settings_fail(place, err, "not an object of names and thresholds: {\"A\": 70, \"B\": 40}");
    if ((of == SCORE_OF_FIT && !rules->has_fit) || (of == SCORE_OF_ENGAGEMENT && !rules->has_engagement))
        return settings_fail(place, err, "no group counts for %s", score_number_names[of]);
    if (of == SCORE_OF_PROBABILITY && rules->factor == 0)
        return settings_fail(place, err, "there is no 'calibration' that makes a score a probability");
    bands->items = score_read_room(rules, count, sizeof *bands->items, err);
    if (!bands->items)
        return -1;
    json_object_foreach((json_t *)(uintptr_t)value, key, threshold)
    {
        struct settings_place at = settings_member(place, key, 0);
        if (read_threshold(rules, &at, key, threshold, of, bands, err))
            return -1;
    }
    qsort(bands->items, bands->count, sizeof *bands->items, from_highest);
    return 0;
}

/* "of": the score unless something else is said. */
static int read_of(const struct settings_place *place, const json_t *object, enum score_number *of, struct error *err)
{
    struct settings_place at;
    const json_t *value = score_read_member(place, object, "of", &at);
    int index = SCORE_OF_TOTAL;

    if (value && score_read_word(&at, value, score_number_names, &index, err))
        return -1;
    *of = (enum score_number)index;
    return 0;
}

static int read_matrix(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                       struct error *err)
{
    static const char *const keys[] = {"fit", "engagement", NULL};
    struct settings_place at;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *fit = score_read_needed(place, value, "fit", &at, err);
    if (!fit || read_bands(rules, &at, fit, SCORE_OF_FIT, &rules->grades.letter, err))
        return -1;
    const json_t *engagement = score_read_needed(place, value, "engagement", &at, err);
    if (!engagement)
        return -1;
    return read_bands(rules, &at, engagement, SCORE_OF_ENGAGEMENT, &rules->grades.digit, err);
}

/* One criterion, grades->criteria[grades->criterion_count]. */
static int read_criterion(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                          struct error *err)
{
    static const char *const keys[] = {"name", "when", "thirds", NULL};
    struct score_grades *grades = &rules->grades;
    struct score_criterion *one = &grades->criteria[grades->criterion_count++];
    struct settings_place at;
    struct quote q;
    double thirds;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *when = score_read_needed(place, value, "when", &at, err);
    if (!when || score_read_expression(&at, when, &rules->lead, &one->when, err))
        return -1;
    const json_t *step = score_read_needed(place, value, "thirds", &at, err);
    if (!step || score_read_number(&at, step, &thirds, err))
        return -1;
    if (thirds == 0 || thirds != floor(thirds) || fabs(thirds) > 12)
        return settings_fail(&at, err, "%g is not a whole number from 1 to 12, or from -12 to -1", thirds);
    one->thirds = (int)thirds;
    const json_t *name = score_read_member(place, value, "name", &at);
    if (score_read_text(rules, &at, name ? name : when, &one->name, err))
        return -1;
    for (size_t i = 0; i + 1 < grades->criterion_count; i++)
        if (slice_equal(grades->criteria[i].name, one->name))
            return settings_fail(&at, err, "%s'%s' is already the name of criteria[%zu]", name ? "" : "missing, and ",
                                 quote_name(&q, one->name), i);
    return 0;
}

static int read_thirds(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                       struct error *err)
{
    static const char *const keys[] = {"start", "criteria", NULL};
    struct score_grades *grades = &rules->grades;
    struct settings_place at;
    int start = 2; /* D */
    size_t count;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *from = score_read_member(place, value, "start", &at);
    if (from && score_read_word(&at, from, score_third_names, &start, err))
        return -1;
    grades->start = (size_t)start;
    const json_t *criteria = score_read_needed(place, value, "criteria", &at, err);
    if (!criteria || score_read_array(&at, criteria, "criterion", &count, err))
        return -1;
    grades->criteria = score_read_room(rules, count, sizeof *grades->criteria, err);
    if (!grades->criteria)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);
        if (read_criterion(rules, &element, json_array_get(criteria, i), err))
            return -1;
    }
    return 0;
}

int score_read_grades(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                      struct error *err)
{
    static const char *const keys[] = {"bands", "of", "matrix", "thirds", NULL};
    struct score_grades *grades = &rules->grades;
    struct settings_place at;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *bands = json_object_get(value, "bands");
    const json_t *matrix = json_object_get(value, "matrix");
    const json_t *thirds = json_object_get(value, "thirds");
    if (!bands + !matrix + !thirds != 2)
        return settings_fail(place, err, "has %s of 'bands', 'matrix' and 'thirds'",
                             bands || matrix || thirds ? "more than one" : "none");
    if (!bands && score_read_member(place, value, "of", &at))
        return settings_fail(&at, err, "does not go with '%s'", matrix ? "matrix" : "thirds");
    grades->kind = bands ? SCORE_BANDS : matrix ? SCORE_MATRIX : SCORE_THIRDS;
    at = settings_member(place, bands ? "bands" : matrix ? "matrix" : "thirds", 0);
    if (matrix)
        return read_matrix(rules, &at, matrix, err);
    if (thirds)
        return read_thirds(rules, &at, thirds, err);
    return read_of(place, value, &grades->of, err) ? -1
                                                   : read_bands(rules, &at, bands, grades->of, &grades->bands, err);
}

int score_read_temperature(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                           struct error *err)
{
    static const char *const keys[] = {"of", "bands", NULL};
    struct settings_place at;

    rules->temperature_of = SCORE_OF_TOTAL;
    if (!json_object_get(value, "bands") && !json_object_get(value, "of"))
        return read_bands(rules, place, value, SCORE_OF_TOTAL, &rules->temperature, err);
    if (score_read_keys(place, value, keys, err) || read_of(place, value, &rules->temperature_of, err))
        return -1;
    const json_t *bands = score_read_needed(place, value, "bands", &at, err);
    return bands ? read_bands(rules, &at, bands, rules->temperature_of, &rules->temperature, err) : -1;
}
