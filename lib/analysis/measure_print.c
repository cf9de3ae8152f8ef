/* One kind of record for all sections, so that a program that reads them needs one header only. */
#include "analysis/measure_print.h"

#include <math.h>

#include <stdio.h>

#include "value/decimal.h"

enum column { SECTION, NAME, FROM, LEADS, YES, RATE, MEAN, VALUE, LOW, HIGH, LIFT, GAIN, NOTE, COLUMNS };

const struct slice measure_columns[COLUMNS] = {
    SLICE_INIT("section"), SLICE_INIT("name"), SLICE_INIT("from"),  SLICE_INIT("leads"), SLICE_INIT("yes"),
    SLICE_INIT("rate"),    SLICE_INIT("mean"), SLICE_INIT("value"), SLICE_INIT("low"),   SLICE_INIT("high"),
    SLICE_INIT("lift"),    SLICE_INIT("gain"), SLICE_INIT("note"),
};
const size_t measure_column_count = COLUMNS;

/* A row under construction: fields, and room for the texts they point to. */
struct row {
    struct writer *writer;
    struct field fields[COLUMNS];
    char texts[COLUMNS][DECIMAL_TEXT];
};

static void begin(struct row *row, const char *section, struct slice name)
{
    for (size_t i = 0; i < COLUMNS; i++)
        row->fields[i] = (struct field){SLICE_INIT(""), FIELD_NULL};
    row->fields[SECTION] = field_text(slice_from_cstr(section));
    row->fields[NAME] = field_text(name);
}

static int end(struct row *row, struct error *err)
{
    return writer_put(row->writer, row->fields, err);
}

/* With six decimals at most. */
static void set(struct row *row, enum column column, double value)
{
    if (isfinite(value) && fabs(value) < 1e12) {
        int scale = value == floor(value) ? 0 : 6;
        row->fields[column] =
            field_number(decimal_format((int128)llround(value * (scale ? 1e6 : 1)), scale, row->texts[column]));
    }
}

static void set_rate(struct row *row, double leads, double yes)
{
    set(row, LEADS, leads);
    set(row, YES, yes);
    if (leads > 0)
        set(row, RATE, yes / leads);
}

static int put_value(struct row *row, const char *name, double value, double low, double high, struct error *err)
{
    if (isnan(value))
        return 0;
    begin(row, "summary", slice_from_cstr(name));
    set(row, VALUE, value);
    set(row, LOW, low);
    set(row, HIGH, high);
    return end(row, err);
}

static int put_summary(struct row *row, const struct measures *m, struct error *err)
{
    begin(row, "summary", SLICE("leads"));
    set_rate(row, (double)m->rows, (double)m->yes);
    if (end(row, err) || put_value(row, "auc", m->auc, m->auc_low, m->auc_high, err))
        return -1;
    begin(row, "summary", SLICE("ks"));
    set(row, VALUE, m->ks);
    set(row, FROM, m->ks_at);
    return end(row, err) || put_value(row, "brier", m->brier, NAN, NAN, err) ||
                   put_value(row, "log_loss", m->log_loss, NAN, NAN, err) ||
                   put_value(row, "ece", m->ece, NAN, NAN, err)
               ? -1
               : 0;
}

static int put_deciles(struct row *row, const struct measures *m, struct error *err)
{
    char name[16] = "";

    for (int i = 0; i < 10; i++) {
        const struct measure_decile *decile = &m->deciles[i];
        if (!decile->rows)
            continue;
        begin(row, "decile", (struct slice){name, (size_t)snprintf(name, sizeof name, "%d", i + 1)});
        set_rate(row, (double)decile->rows, decile->yes);
        set(row, FROM, decile->least);
        set(row, LIFT, decile->lift);
        set(row, GAIN, decile->gain);
        if (end(row, err))
            return -1;
    }
    return 0;
}

static int put_calibration(struct row *row, const struct measures *m, struct error *err)
{
    char name[24] = "";

    for (int i = 0; i < MEASURE_BINS; i++) {
        const struct measure_bin *bin = &m->bins[i];
        if (!bin->rows)
            continue;
        int length = snprintf(name, sizeof name, "%.1f to %.1f", i / 10., (i + 1) / 10.);
        begin(row, "calibration", (struct slice){name, (size_t)length});
        set_rate(row, (double)bin->rows, (double)bin->yes);
        set(row, MEAN, bin->mean);
        set(row, FROM, i / 10.);
        if (end(row, err))
            return -1;
    }
    return 0;
}

static int put_cuts(struct row *row, const struct measures *m, const double *p, const uint8_t *outcome,
                    struct error *err)
{
    static const char *const names[] = {"A", "B", "C"};
    double cut[3];

    if (measure_cuts(p, outcome, m->rows, cut, err))
        return -1;
    for (int grade = 0; grade < 3; grade++) {
        size_t leads = 0, yes = 0;
        for (size_t i = 0; i < m->rows; i++)
            if ((grade == 2 || p[i] >= cut[grade]) && (grade == 0 || p[i] < cut[grade - 1])) {
                leads++;
                yes += outcome[i];
            }
        begin(row, "cutoff", slice_from_cstr(names[grade]));
        set_rate(row, (double)leads, (double)yes);
        if (grade < 2)
            set(row, FROM, cut[grade]);
        if (leads)
            set(row, LIFT, (double)yes / (double)leads / ((double)m->yes / (double)m->rows));
        if (end(row, err))
            return -1;
    }
    return 0;
}

int measure_print(const struct measures *m, const double *p, const uint8_t *outcome, bool is_probability,
                  struct writer *writer, struct error *err)
{
    struct row row = {.writer = writer};

    return put_summary(&row, m, err) || put_deciles(&row, m, err) ||
                   (is_probability && put_calibration(&row, m, err)) || put_cuts(&row, m, p, outcome, err)
               ? -1
               : 0;
}

static int put_suspects(struct row *row, const struct train_table *table, const struct train_guard *guard,
                        struct buffer *text, struct error *err)
{
    for (size_t i = 0; i < guard->count; i++) {
        const struct train_suspect *suspect = &guard->suspects[i];
        begin(row, suspect->allowed ? "allowed" : "suspect", table->features[suspect->feature].name);
        set(row, VALUE, suspect->auc);
        buffer_clear(text);
        if (train_guard_say(table, suspect, text))
            return error_memory(err);
        row->fields[NOTE] = field_text(buffer_slice(text));
        if (end(row, err))
            return -1;
    }
    return 0;
}

static bool is_suspect(const struct train_guard *guard, size_t feature)
{
    for (size_t i = 0; i < guard->count; i++)
        if (guard->suspects[i].feature == feature)
            return true;
    return false;
}

static int put_left_out(struct row *row, const struct train_table *table, const struct train_guard *guard,
                        struct error *err)
{
    for (size_t i = 0; i < table->count; i++) {
        if (!table->features[i].skipped || is_suspect(guard, i))
            continue;
        begin(row, "left_out", table->features[i].name);
        row->fields[NOTE] = field_text(slice_from_cstr(table->features[i].skipped));
        if (end(row, err))
            return -1;
    }
    return 0;
}

static int put_bins(struct row *row, const struct model *model, struct buffer *text, struct error *err)
{
    for (size_t i = 0; i < model->feature_count; i++) {
        const struct model_feature *feature = &model->features[i];
        begin(row, "feature", feature->name);
        set(row, VALUE, feature->information);
        row->fields[NOTE] = field_text(slice_from_cstr(train_kind_names[feature->kind]));
        if (end(row, err))
            return -1;
        for (size_t j = 0; j < feature->count; j++) {
            begin(row, "bin", feature->name);
            set_rate(row, feature->bins[j].yes + feature->bins[j].no, feature->bins[j].yes);
            set(row, VALUE, feature->bins[j].weight);
            buffer_clear(text);
            if (model_bin_name(feature, j, text))
                return error_memory(err);
            row->fields[NOTE] = field_text(buffer_slice(text));
            if (end(row, err))
                return -1;
        }
    }
    return 0;
}

int measure_print_training(const struct train_result *result, const struct train_table *table,
                           const struct train_guard *guard, struct writer *writer, struct error *err)
{
    struct row row = {.writer = writer};
    struct buffer text;

    buffer_init(&text);
    int failed = put_suspects(&row, table, guard, &text, err) || put_left_out(&row, table, guard, err) ||
                 put_bins(&row, &result->model, &text, err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}
