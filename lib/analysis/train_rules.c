/* A model as a rule file: one rule for each feature, with whole points for each of its bins, so that a person can read
 * and change it.
 *
 * Points are about the average lead: 0 is what a feature means for it, points above speak for the outcome and points
 * below against it. A rule that holds for every lead adds what the average lead has. So a score of `base` is a lead as
 * likely as all are on average, and `points_to_double` points more double its odds:
 *
 *     points = round(factor * a * (weight - mean)),  ln(p / (1 - p)) = (score - offset) / factor = a z + b
 *
 * with a and b of the calibration. One by isotonic regression, which no sum of points can follow, brings those of the
 * best of Platt's along; else, read from a file that does not, it is the straight line nearest to its points. What
 * rounding adds on average over the training leads goes into the offset.
 *
 * A rule file knows an empty field alone as missing, and takes other text in a column of numbers as "otherwise". So
 * that has the points of "missing", and in a category common words for "no value" are listed as values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/score_rules.h"
#include "analysis/train.h"
#include "base/ascii.h"
#include "value/settings.h"

struct card {
    const struct model *model;
    struct buffer *text;
    double factor;
    double a, b;     /* log-odds = a z + b */
    double rounding; /* what rounding adds to a score, on average */
    size_t rules;    /* written so far */
};

static int put_string(struct buffer *text, struct slice value)
{
    return buffer_append_char(text, '"') || settings_put_escaped(text, value) || buffer_append_char(text, '"') ? -1 : 0;
}

/* ".age", or ."Lead Source" where the name is no plain word: an expression, as the contents of a JSON string. */
static int put_column(struct buffer *text, struct slice name)
{
    bool plain = name.len && !ascii_is_digit(*name.ptr);
    struct buffer quoted;

    for (size_t i = 0; i < name.len; i++)
        plain &= ascii_is_letter(name.ptr[i]) || ascii_is_digit(name.ptr[i]) || name.ptr[i] == '_';
    if (plain)
        return buffer_append_char(text, '.') || buffer_append(text, name) ? -1 : 0;
    buffer_init(&quoted);
    const int result =
        put_string(&quoted, name) || buffer_append_char(text, '.') || settings_put_escaped(text, buffer_slice(&quoted));
    buffer_fini(&quoted);
    return result ? -1 : 0;
}

/* The straight line of log-odds over z that is nearest to the points of an isotonic calibration. */
static void fit_line(const struct model_calibration *calibration, double *a, double *b)
{
    const double n = (double)calibration->count;
    double z = 0, y = 0, zz = 0, zy = 0;

    *a = 1;
    *b = 0;
    for (size_t i = 0; i < calibration->count; i++) {
        const double p = fmin(fmax(calibration->p[i], 1e-6), 1 - 1e-6), odds = log(p / (1 - p));

        z += calibration->z[i] / n;
        y += odds / n;
        zz += calibration->z[i] * calibration->z[i] / n;
        zy += calibration->z[i] * odds / n;
    }
    if (calibration->count < 2 || zz - z * z <= 0 || zy - z * y <= 0)
        return;
    *a = (zy - z * y) / (zz - z * z);
    *b = y - *a * z;
}

static double feature_mean(const struct model_feature *feature)
{
    double sum = 0, leads = 0;

    for (size_t b = 0; b < feature->count; b++) {
        sum += feature->bins[b].weight * (feature->bins[b].yes + feature->bins[b].no);
        leads += feature->bins[b].yes + feature->bins[b].no;
    }
    return leads > 0 ? sum / leads : 0;
}

/* The points of each bin; owned by the caller. *any: one is not 0. */
static double *make_points(struct card *card, const struct model_feature *feature, bool *any)
{
    const double mean = feature_mean(feature);
    double *points = malloc((feature->count + 1) * sizeof *points);

    *any = false;
    for (size_t b = 0; points && b < feature->count; b++) {
        const struct model_bin *bin = &feature->bins[b];
        const double exact = card->factor * card->a * (bin->weight - mean);

        points[b] = round(exact);
        if (points[b] == 0)
            points[b] = 0; /* not -0 */
        *any |= points[b] != 0;
        card->rounding += (points[b] - exact) * (bin->yes + bin->no) / card->model->rows;
    }
    return points;
}

/* Neighbours of equal points become one range. */
static int put_ranges(struct card *card, const struct model_feature *feature, const double *points)
{
    struct buffer *text = card->text;
    const size_t ranges = feature->count - 1;
    int failed = buffer_append(text, SLICE("\"ranges\": ["));

    for (size_t b = 0, next; !failed && b < ranges; b = next) {
        const double from = feature->bins[b].from;

        for (next = b + 1; next < ranges && points[next] == points[b]; next++)
            ;
        const double below = feature->bins[next - 1].below;
        failed = buffer_append(text, b ? SLICE(",\n            {") : SLICE("\n            {"));
        if (!failed && isfinite(from))
            failed = buffer_append(text, SLICE("\"from\": ")) || settings_put_number(text, from) ||
                     buffer_append(text, SLICE(", "));
        if (!failed && isfinite(below))
            failed = buffer_append(text, SLICE("\"below\": ")) || settings_put_number(text, below) ||
                     buffer_append(text, SLICE(", "));
        if (!failed)
            failed = buffer_printf(text, "\"points\": %.0f}", points[b]);
    }
    return failed ? -1
                  : buffer_printf(text, "],\n          \"otherwise\": %.0f, \"missing\": %.0f}", points[ranges],
                                  points[ranges]);
}

static bool is_value(const struct model_feature *feature, const char *word)
{
    for (size_t b = 0; b < feature->count; b++)
        for (size_t v = 0; v < feature->bins[b].value_count; v++)
            if (slice_equal_cstr(feature->bins[b].values[v], word))
                return true;
    return false;
}

static int put_case(struct card *card, struct slice before, struct slice value, double points)
{
    return buffer_append(card->text, before) || put_string(card->text, value) ||
                   buffer_printf(card->text, ": %.0f", points)
               ? -1
               : 0;
}

/* The words for no value, on one line, where they count otherwise than values that are not listed. */
static int put_missing_words(struct card *card, const struct model_feature *feature, const double *points, bool first)
{
    const struct model_bin *missing = &feature->bins[feature->count - 1];
    int failed = 0;

    if (feature->count < 2 || missing->yes + missing->no == 0 ||
        points[feature->count - 1] == points[feature->count - 2])
        return 0;
    for (size_t i = 0, put = 0; !failed && model_missing_common[i]; i++) {
        const struct slice word = slice_from_cstr(model_missing_common[i]);

        if (!is_value(feature, model_missing_common[i]))
            failed = put_case(card,
                              put++   ? SLICE(", ")
                              : first ? SLICE("\n            ")
                                      : SLICE(",\n            "),
                              word, points[feature->count - 1]);
    }
    return failed;
}

static int put_cases(struct card *card, const struct model_feature *feature, const double *points)
{
    const size_t missing = feature->count - 1, other = missing ? missing - 1 : 0;
    bool first = true;
    int failed = buffer_append(card->text, SLICE("\"points_by_value\": {"));

    for (size_t b = 0; b < feature->count; b++)
        for (size_t v = 0; !failed && v < feature->bins[b].value_count; v++) {
            failed = put_case(card, first ? SLICE("\n            ") : SLICE(",\n            "),
                              feature->bins[b].values[v], points[b]);
            first = false;
        }
    failed = failed || put_missing_words(card, feature, points, first);
    return failed ? -1
                  : buffer_printf(card->text, "},\n          \"otherwise\": %.0f, \"missing\": %.0f}", points[other],
                                  points[missing]);
}

static int put_feature(struct card *card, const struct model_feature *feature)
{
    struct buffer *text = card->text;
    bool any;
    double *points = make_points(card, feature, &any);

    if (!points)
        return -1;
    int failed = 0;
    if (any) {
        failed =
            buffer_append(text, card->rules++ ? SLICE(",\n        {\"name\": ") : SLICE("\n        {\"name\": ")) ||
            put_string(text, feature->name) ||
            buffer_append(text, feature->kind == TRAIN_DATE ? SLICE(", \"value\": \"days_since(")
                                                            : SLICE(", \"value\": \"")) ||
            put_column(text, feature->name) ||
            buffer_append(text, feature->kind == TRAIN_DATE ? SLICE(")\", ") : SLICE("\", "));
        if (!failed)
            failed =
                feature->kind == TRAIN_CATEGORY ? put_cases(card, feature, points) : put_ranges(card, feature, points);
    }
    free(points);
    return failed;
}

static int put_grades(struct card *card)
{
    const struct model *model = card->model;
    int failed = 0;

    if (!model->cut_count)
        return 0;
    failed = buffer_append(card->text, SLICE("  \"grade\": {\"of\": \"probability\", \"bands\": {"));
    for (size_t i = 0; !failed && i < model->cut_count; i++)
        failed = (i && buffer_append(card->text, SLICE(", "))) || put_string(card->text, model->cuts[i].grade) ||
                 buffer_append(card->text, SLICE(": ")) || settings_put_number(card->text, model->cuts[i].from);
    return failed ? -1 : buffer_append(card->text, SLICE("}},\n"));
}

static int put_file(struct card *card, double base)
{
    const struct model *model = card->model;
    struct buffer *text = card->text;
    const double share = model->yes / model->rows;
    double offset = base - card->factor * log(share / (1 - share));
    double mean = model->intercept;

    for (size_t f = 0; f < model->feature_count; f++)
        mean += feature_mean(&model->features[f]);
    const double exact = offset + card->factor * (card->a * mean + card->b), start = round(exact);
    card->rounding = start - exact;

    int failed = buffer_append(text, SLICE("{\n  \"title\": \"Learned from ")) ||
                 buffer_printf(text, "%.0f leads: ", model->rows) || settings_put_escaped(text, model->target) ||
                 buffer_append(text, SLICE(" = ")) || settings_put_escaped(text, model->positive) ||
                 buffer_printf(text, "\",\n  \"base\": %.0f,\n", start) ||
                 buffer_append(text, SLICE("  \"groups\": [\n    {\"name\": \"Learned\", \"dimension\": \"fit\",\n"
                                           "      \"rules\": ["));
    for (size_t f = 0; !failed && f < model->feature_count; f++)
        failed = put_feature(card, &model->features[f]);
    failed = failed || buffer_append(text, SLICE("]}],\n")) || put_grades(card);
    offset += card->rounding;
    failed = failed || buffer_append(text, SLICE("  \"calibration\": {\"offset\": ")) ||
             settings_put_number(text, offset) || buffer_append(text, SLICE(", \"factor\": ")) ||
             settings_put_number(text, card->factor) || buffer_append(text, SLICE("}\n}\n"));
    return failed ? -1 : 0;
}

/* What crm-score would refuse is not written: points that are all 0, or too large. */
static int check_file(const struct card *card, struct slice written, struct error *err)
{
    struct score_rules rules;

    if (!card->rules)
        return error_set(err, STATUS_DATA,
                         "there are no rules to write: no column is worth a whole point (--points: finer ones)");
    if (score_rules_read(&rules, written, "the rules", err)) {
        error_prefix(err, "they cannot be saved: ");
        return -1;
    }
    score_rules_fini(&rules);
    return 0;
}

int train_to_rules(const struct model *model, double points_to_double, double base, struct buffer *text,
                   struct error *err)
{
    struct card card = {.model = model, .text = text, .factor = points_to_double / log(2), .a = 1};
    const size_t before = text->len;

    if (model->method == MODEL_TREES)
        return error_set(err, STATUS_USAGE, "trees are no sum of points: a rule file needs a model of another method");
    if (model->calibration.kind == CALIBRATE_ISOTONIC && !(model->calibration.a > 0)) {
        fit_line(&model->calibration, &card.a, &card.b);
    } else if (model->calibration.kind != CALIBRATE_NONE) {
        card.a = model->calibration.a;
        card.b = model->calibration.b;
    }
    int failed = put_file(&card, base) ? error_memory(err) : 0;
    failed = failed || check_file(&card, (struct slice){text->data + before, text->len - before}, err);
    if (failed)
        text->len = before;
    return failed ? -1 : 0;
}
