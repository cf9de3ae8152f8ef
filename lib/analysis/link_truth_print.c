/* An evaluation in print, in long form: a row for each measure, and for each threshold of those that have some. */
#include <math.h>

#include "analysis/link_truth.h"
#include "value/decimal.h"

enum column {
    MEASURE,
    THRESHOLD,
    PAIRS,
    MEAN_PROBABILITY,
    TRUE_POSITIVE,
    FALSE_POSITIVE,
    FALSE_NEGATIVE,
    PRECISION,
    RECALL,
    F1,
    COLUMNS,
};

/* A row under construction: fields, and room for the texts they point to. */
struct row {
    struct field fields[COLUMNS];
    char texts[COLUMNS][DECIMAL_TEXT];
};

static void begin_row(struct row *row, const char *measure)
{
    row->fields[MEASURE] = field_text(slice_from_cstr(measure));
    for (size_t i = MEASURE + 1; i < COLUMNS; i++)
        row->fields[i] = (struct field){SLICE_INIT(""), FIELD_NULL};
}

static void set_count(struct row *row, enum column column, uint64_t count)
{
    row->fields[column] = field_number(decimal_format((int128)count, 0, row->texts[column]));
}

static void set_share(struct row *row, enum column column, double value)
{
    if (!isnan(value))
        row->fields[column] = field_number(decimal_format((int128)llround(value * 1e6), 6, row->texts[column]));
}

static void set_pairs(struct row *row, uint64_t matches, uint64_t others)
{
    struct link_confusion confusion = {matches, others, 0};

    set_count(row, PAIRS, matches + others);
    set_count(row, TRUE_POSITIVE, matches);
    set_count(row, FALSE_POSITIVE, others);
    set_share(row, PRECISION, link_precision(&confusion));
}

static void set_confusion(struct row *row, const struct link_confusion *confusion)
{
    set_pairs(row, confusion->true_positive, confusion->false_positive);
    set_count(row, FALSE_NEGATIVE, confusion->false_negative);
    set_share(row, RECALL, link_recall(confusion));
    set_share(row, F1, link_f1(confusion));
}

static int print_clusters(const struct link_evaluation *evaluation, struct writer *writer, struct error *err)
{
    struct row row;

    begin_row(&row, "pairwise");
    set_share(&row, THRESHOLD, evaluation->threshold);
    set_confusion(&row, &evaluation->clusters);
    if (writer_put(writer, row.fields, err))
        return -1;
    begin_row(&row, "b_cubed");
    set_share(&row, THRESHOLD, evaluation->threshold);
    set_share(&row, PRECISION, evaluation->cubed_precision);
    set_share(&row, RECALL, evaluation->cubed_recall);
    set_share(&row, F1, evaluation->cubed_f1);
    return writer_put(writer, row.fields, err);
}

static int print_blocking(const struct link_evaluation *evaluation, struct writer *writer, struct error *err)
{
    struct row row;

    begin_row(&row, "blocking");
    set_count(&row, TRUE_POSITIVE, evaluation->blocking.true_positive);
    set_count(&row, FALSE_NEGATIVE, evaluation->blocking.false_negative);
    set_share(&row, RECALL, link_recall(&evaluation->blocking));
    return writer_put(writer, row.fields, err);
}

static int print_scored(const struct link_evaluation *evaluation, struct writer *writer, struct error *err)
{
    struct row row;

    for (size_t i = 0; i < evaluation->cut_count; i++) {
        begin_row(&row, "scored");
        set_share(&row, THRESHOLD, evaluation->cuts[i].threshold);
        set_confusion(&row, &evaluation->cuts[i].confusion);
        set_share(&row, MEAN_PROBABILITY, evaluation->cuts[i].mean_probability);
        if (writer_put(writer, row.fields, err))
            return -1;
    }
    for (size_t i = 0; i < LINK_TENTHS; i++) {
        begin_row(&row, "calibration");
        set_share(&row, THRESHOLD, (double)i / LINK_TENTHS);
        set_pairs(&row, evaluation->tenths[i].matches, evaluation->tenths[i].others);
        set_share(&row, MEAN_PROBABILITY, evaluation->tenths[i].mean_probability);
        if (writer_put(writer, row.fields, err))
            return -1;
    }
    return 0;
}

int link_evaluation_print(const struct link_evaluation *evaluation, const struct common *common,
                          const struct stream *stream, struct output *output, struct error *err)
{
    static const struct slice names[COLUMNS] = {
        SLICE_INIT("measure"),        SLICE_INIT("threshold"),
        SLICE_INIT("pairs"),          SLICE_INIT("mean_probability"),
        SLICE_INIT("true_positive"),  SLICE_INIT("false_positive"),
        SLICE_INIT("false_negative"), SLICE_INIT("precision"),
        SLICE_INIT("recall"),         SLICE_INIT("f1"),
    };

    if (output_open(output, common, stream, names, COLUMNS, err) ||
        (evaluation->has_clusters && print_clusters(evaluation, output->writer, err)) ||
        (evaluation->has_blocking && print_blocking(evaluation, output->writer, err)) ||
        (evaluation->has_scored && print_scored(evaluation, output->writer, err)))
        return -1;
    return 0;
}
