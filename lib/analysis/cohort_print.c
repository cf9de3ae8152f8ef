/* The long report, and what all layouts share: which cells are shown, and how a figure is written. */
#include "analysis/cohort_print.h"

#include <math.h>

enum { RATE_DECIMALS = 4, MEAN_DECIMALS = 2, MOST_DECIMALS = 9 };

/* ---- parts ---- */

size_t cohort_print_ages(const struct cohort_print *print, size_t *first)
{
    const struct cohort_options *o = print->options;
    size_t ages = print->table->ages;

    *first = o->age < 0 ? 0 : (size_t)o->age;
    if (o->age >= 0)
        return *first < ages;
    return ages;
}

struct slice cohort_print_name(const struct cohort_print *print, const struct cohort_line *line, char out[MOMENT_TEXT])
{
    return print->rules->grouped ? line->name : cohort_period_name(print->rules, line->index, out);
}

bool cohort_print_cell(const struct cohort_print *print, const struct cohort_line *line, size_t age,
                       struct cohort_rate *rate)
{
    const struct cohort_options *o = print->options;

    if (!line->cells[age].begun)
        return false;
    *rate = cohort_cell_rate(print->table, line, age, o->measure, o->base, print->z);
    return rate->complete || !o->complete_only;
}

bool cohort_print_mean(const struct cohort_print *print, size_t age, struct cohort_rate *rate)
{
    const struct cohort_options *o = print->options;

    if (o->mean == COHORT_MEAN_NONE)
        return false;
    *rate = cohort_mean_rate(print->table, age, o->measure, o->base, o->mean == COHORT_MEAN_WEIGHTED, print->z);
    return !isnan(rate->value) || !isnan(rate->rate);
}

uint64_t cohort_print_customers(const struct cohort_print *print)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < print->table->count; i++)
        sum += print->table->lines[i].size;
    return sum;
}

void cohort_print_rate(double rate, struct row *row)
{
    row_real(row, rate, RATE_DECIMALS);
}

void cohort_print_value(const struct cohort_print *print, const struct cohort_cell *cell,
                        const struct cohort_rate *rate, struct row *row)
{
    int scale = print->table->scale;
    int128 units;

    switch (print->options->measure) {
    case COHORT_REVENUE:
        if (cell && decimal_rescale(cell->revenue.units, cell->revenue.scale, scale, &units)) {
            row_decimal(row, units, scale);
            return;
        }
        break;
    case COHORT_LTV:
    case COHORT_ARPU:
    case COHORT_REVENUE_CHURN:
        break;
    default:
        row_real(row, rate->value, cell ? 0 : MEAN_DECIMALS);
        return;
    }
    row_real(row, rate->value, scale < 2 ? 2 : scale > MOST_DECIMALS ? MOST_DECIMALS : scale);
}

/* ---- long ---- */

static void put_age(const struct cohort_print *print, size_t age, struct row *row)
{
    char text[COHORT_AGE_TEXT];

    if (print->rules->kind == COHORT_BRACKET)
        row_copy(row, cohort_age_name(print->rules, age, text));
    else
        row_count(row, age);
}

static void put_bool(bool value, struct row *row)
{
    row->fields[row->count++] =
        value ? (struct field){SLICE_INIT("true"), FIELD_TRUE} : (struct field){SLICE_INIT("false"), FIELD_FALSE};
}

static int print_row(const struct cohort_print *print, struct slice name, uint64_t size, size_t age,
                     const struct cohort_cell *cell, const struct cohort_rate *rate, struct error *err)
{
    struct row row;

    row.count = 0;
    row_text(&row, name);
    put_age(print, age, &row);
    row_count(&row, size);
    row_count(&row, rate->eligible);
    cohort_print_value(print, cell, rate, &row);
    cohort_print_rate(rate->rate, &row);
    cohort_print_rate(rate->low, &row);
    cohort_print_rate(rate->high, &row);
    put_bool(rate->complete, &row);
    return writer_put(print->output->writer, row.fields, err);
}

static int print_long(const struct cohort_print *print, struct error *err)
{
    static const struct slice names[] = {
        SLICE_INIT("cohort"),   SLICE_INIT("age"),       SLICE_INIT("size"),
        SLICE_INIT("eligible"), SLICE_INIT("value"),     SLICE_INIT("rate"),
        SLICE_INIT("rate_low"), SLICE_INIT("rate_high"), SLICE_INIT("complete"),
    };
    const struct cohort_table *table = print->table;
    struct cohort_rate rate;
    char room[MOMENT_TEXT];
    size_t first;
    size_t count = cohort_print_ages(print, &first);

    if (output_open(print->output, &print->options->common, print->stream, names, sizeof names / sizeof *names, err))
        return -1;
    for (size_t i = 0; i < table->count; i++) {
        const struct cohort_line *line = &table->lines[i];
        struct slice name = cohort_print_name(print, line, room);
        for (size_t age = first; age < first + count; age++)
            if (cohort_print_cell(print, line, age, &rate) &&
                print_row(print, name, line->size, age, &line->cells[age], &rate, err))
                return -1;
    }
    for (size_t age = first; age < first + count; age++)
        if (cohort_print_mean(print, age, &rate) &&
            print_row(print, SLICE("mean"), cohort_print_customers(print), age, NULL, &rate, err))
            return -1;
    return output_finish(print->output, err);
}

int cohort_print(const struct cohort_print *print, struct error *err)
{
    return print->options->layout == COHORT_LONG ? print_long(print, err) : cohort_print_matrix(print, err);
}
