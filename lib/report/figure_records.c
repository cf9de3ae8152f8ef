/* The figures of what crm-dedupe and crm-import say about records. */
#include <jansson.h>
#include <math.h>

#include "report/figure_maker.h"
#include "value/settings.h"

/* Clusters by their size; rows are records, so that a cluster of three stands in three rows. */
void make_clusters(struct figure_maker *maker)
{
    enum { SIZES = 10 };
    double records[SIZES + 1] = {0};
    size_t most = 0, clusters = 0, duplicates = 0;

    for (size_t row = 0; row < maker->table->rows; row++) {
        double size = maker_number(maker, row, "cluster_size");
        if (!(size >= 1))
            continue;
        size_t bin = size < SIZES ? (size_t)size : SIZES;
        records[bin] += 1 / size;
        most = bin > most ? bin : most;
    }
    struct figure *figure = maker_add(maker, FIGURE_COLUMNS, "Clusters by their size", most > 1 ? most - 1 : 0, 1);
    for (size_t i = 2; i <= most; i++) {
        clusters += (size_t)llround(records[i]);
        if (!figure)
            continue;
        figure->categories[i - 2] = words_printf(maker->words, i == SIZES ? "%zu and more" : "%zu", i);
        figure->series[0].values[i - 2] = round(records[i]);
    }
    duplicates = maker->table->rows - clusters - (size_t)llround(records[1]);
    if (figure) {
        figure->category_title = SLICE("records in a cluster");
        figure->value_title = SLICE("clusters");
    }
    struct slice number = words_count(maker->words, (double)clusters, "cluster", "clusters");
    struct slice spare = words_count(maker->words, (double)duplicates, "record", "records");
    maker->out->sentence = words_printf(maker->words, "%.*s of duplicates; merged, there would be %.*s fewer.",
                                        SLICE_ARG(number), SLICE_ARG(spare));
}

void make_pairs(struct figure_maker *maker)
{
    struct figure *figure =
        maker_histogram(maker, "Pairs by probability", maker_column(maker, "match_probability"), 0, 1, 20);

    if (figure)
        figure->value_title = SLICE("pairs");
}

void make_blocks(struct figure_maker *maker)
{
    static const char *const names[] = {"pairs", NULL};

    maker_rows(maker, FIGURE_BARS, "Pairs that each rule looks at", maker_column(maker, "rule"), names);
}

static bool in_measure(const struct figure_maker *maker, size_t row, const char *measure)
{
    return slice_equal_cstr(maker_text(maker, row, "measure"), measure);
}

static void say_truth(struct figure_maker *maker)
{
    for (size_t row = 0; row < maker->table->rows; row++)
        if (in_measure(maker, row, "pairwise")) {
            struct slice precision = maker_share(maker, maker_number(maker, row, "precision"));
            struct slice recall = maker_share(maker, maker_number(maker, row, "recall"));
            maker->out->sentence =
                words_printf(maker->words,
                             "Of the pairs that were joined %.*s are right; of the true ones %.*s were "
                             "found.",
                             SLICE_ARG(precision), SLICE_ARG(recall));
        }
}

void make_truth(struct figure_maker *maker)
{
    static const char *const names[] = {"precision", "recall", "f1"};
    size_t count = 0, i = 0;

    say_truth(maker);
    for (size_t row = 0; row < maker->table->rows; row++)
        count += in_measure(maker, row, "scored");
    struct figure *figure = maker_add(maker, FIGURE_LINES, "Precision and recall by threshold", count, 3);
    if (!figure)
        return;
    for (size_t row = 0; row < maker->table->rows; row++) {
        if (!in_measure(maker, row, "scored"))
            continue;
        struct slice name = words_number(maker->words, maker_number(maker, row, "threshold"), UNIT_COMPACT, 0);
        figure->categories[i] = name;
        for (size_t j = 0; j < 3; j++)
            figure->series[j].values[i] = maker_number(maker, row, names[j]);
        i++;
    }
    for (size_t j = 0; j < 3; j++)
        figure->series[j].name = slice_from_cstr(names[j]);
    figure->unit = UNIT_SHARE;
    figure->decimals = 1;
    figure->category_title = SLICE("threshold");
}

/* crm-import --dry-run: a record for each column of each input. */
void make_import_columns(struct figure_maker *maker)
{
    struct figure *figure = maker_add(maker, FIGURE_BARS, "How full the columns are", maker->table->rows, 1);
    size_t taken = 0;

    if (!figure)
        return;
    for (size_t row = 0; row < maker->table->rows; row++) {
        double records = maker_number(maker, row, "records");
        struct slice column = maker_text(maker, row, "column");
        struct slice input = maker_text(maker, row, "input");
        taken += column.len > 0;
        if (!column.len)
            column = maker_text(maker, row, "source");
        figure->categories[row] = words_printf(maker->words, "%.*s, %.*s", SLICE_ARG(column), SLICE_ARG(input));
        figure->series[0].values[row] = records > 0 ? maker_number(maker, row, "filled") / records : NAN;
    }
    figure->unit = UNIT_SHARE;
    figure->decimals = 1;
    figure->category_title = SLICE("column");
    figure->value_title = SLICE("share of records that have a value");
    struct slice all = words_count(maker->words, (double)maker->table->rows, "column", "columns");
    struct slice number = words_number(maker->words, (double)taken, UNIT_NUMBER, 0);
    maker->out->sentence = words_printf(maker->words, "Of %.*s, %.*s are taken.", SLICE_ARG(all), SLICE_ARG(number));
}

static void fill_rates(struct figure_maker *maker, const json_t *columns)
{
    struct figure *figure = maker_add(maker, FIGURE_BARS, "How full the columns are", json_array_size(columns), 1);

    for (size_t i = 0; figure && i < figure->category_count; i++) {
        const json_t *column = json_array_get(columns, i);
        const char *name = json_string_value(json_object_get(column, "name"));
        const json_t *rate = json_object_get(column, "fill_rate");
        figure->categories[i] = words_copy(maker->words, slice_from_cstr(name ? name : ""));
        figure->series[0].values[i] = json_is_number(rate) ? json_number_value(rate) : NAN;
    }
    if (!figure)
        return;
    figure->unit = UNIT_SHARE;
    figure->decimals = 1;
    figure->category_title = SLICE("column");
    figure->value_title = SLICE("share of records that have a value");
}

/* crm-import --report: one object, whose members are JSON. What is none has no chart. */
void make_import_report(struct figure_maker *maker)
{
    struct slice columns = maker_text(maker, 0, "columns"), account = maker_text(maker, 0, "account");
    struct slice text =
        words_printf(maker->words, "{\"columns\":%.*s,\"account\":%.*s}", SLICE_ARG(columns), SLICE_ARG(account));
    struct error err;
    json_t *root = text.len ? settings_read(text, maker->table->file, &err) : NULL;
    const json_t *counts = json_object_get(root, "account");

    if (!root) {
        maker->words->failed = maker->words->failed || (text.len && err.status == STATUS_SYSTEM);
        return;
    }
    if (json_is_array(json_object_get(root, "columns")))
        fill_rates(maker, json_object_get(root, "columns"));
    if (json_is_object(counts)) {
        double read = json_number_value(json_object_get(counts, "read"));
        double used = json_number_value(json_object_get(counts, "used"));
        double rejected = json_number_value(json_object_get(counts, "rejected"));
        struct slice all = words_count(maker->words, read, "record", "records");
        struct slice taken = words_number(maker->words, used, UNIT_NUMBER, 0);
        struct slice bad = words_number(maker->words, rejected, UNIT_NUMBER, 0);
        maker->out->sentence = words_printf(maker->words, "Of %.*s read, %.*s are used and %.*s were rejected.",
                                            SLICE_ARG(all), SLICE_ARG(taken), SLICE_ARG(bad));
    }
    json_decref(root);
}
