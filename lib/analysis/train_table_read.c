/* The kinds of the columns, and the values of numbers and dates.
 *
 * Each value is tried as a number and as a date for as long as the column may still be one: once more than a tenth of
 * all leads have a value that is none, the question is settled whatever follows, and what was stored is given up. That
 * makes the answer independent of the order of the leads and costs nothing for columns of text. Whether a word stands
 * for no value is asked last, as it takes longest. */
#include "analysis/train_table_read.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/model.h"
#include "base/ascii.h"

#define SETTLED 10         /* a tenth of the leads */
#define NUMBER_PART 100    /* of which one may be no number */
#define DATE_PART 20       /* of which one may be no date */
#define FIRST_DAY (-25567) /* 1900-01-01 */
#define LAST_DAY 47846     /* 2100-12-31 */
#define FIRST_DIGITS 365   /* 1971-01-01 */

static bool only_digits(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.ptr[i]))
            return false;
    return true;
}

/* DAY_NONE: a date that stands for none. */
static bool read_day(struct date_reader *dates, struct slice text, int32_t *day)
{
    if (!date_read(dates, text, day))
        return false;
    if (only_digits(text) && (*day < FIRST_DIGITS || *day > LAST_DAY))
        return false;
    if (*day < FIRST_DAY || *day > LAST_DAY)
        *day = DAY_NONE;
    return true;
}

static int put_number(struct train_column *column, size_t rows, size_t row, struct slice text, double value,
                      struct error *err)
{
    if (!column->number) {
        column->number = malloc(rows * sizeof *column->number);
        if (!column->number)
            return error_memory(err);
        for (size_t i = 0; i < rows; i++)
            column->number[i] = NAN;
    }
    column->number[row] = value;
    column->numbers++;
    column->padded += text.len > 1 && text.ptr[0] == '0' && ascii_is_digit(text.ptr[1]);
    column->fractions += value != floor(value);
    return 0;
}

static int put_day(struct train_column *column, size_t rows, size_t row, int32_t day, struct error *err)
{
    if (!column->day) {
        column->day = malloc(rows * sizeof *column->day);
        if (!column->day)
            return error_memory(err);
        for (size_t i = 0; i < rows; i++)
            column->day[i] = DAY_NONE;
    }
    column->day[row] = day;
    column->dates++;
    return 0;
}

static void settle_on_the_way(struct train_column *column, size_t rows)
{
    if (!column->not_number && (column->present - column->numbers) * SETTLED > rows) {
        column->not_number = true;
        free(column->number);
        column->number = NULL;
    }
    if (!column->not_date && (column->present - column->dates) * SETTLED > rows) {
        column->not_date = true;
        free(column->day);
        column->day = NULL;
    }
}

static int read_value(struct train_column *column, const struct train_table *table, size_t row, struct slice text,
                      struct date_reader *dates, struct error *err)
{
    double number = 0;
    int32_t day = DAY_NONE;

    text = slice_trim(text);
    if (text.len == 0)
        return 0;
    bool is_number = !column->not_number && model_number(text, &number);
    bool is_date = !column->not_date && read_day(dates, text, &day);
    if (!is_number && !is_date && model_missing(text))
        return 0;
    column->present++;
    if ((is_number && put_number(column, table->rows, row, text, number, err)) ||
        (is_date && put_day(column, table->rows, row, day, err)))
        return -1;
    if (!is_number && column->first_not_number == SIZE_MAX)
        column->first_not_number = row;
    if (!is_date && column->first_not_date == SIZE_MAX)
        column->first_not_date = row;
    settle_on_the_way(column, table->rows);
    return 0;
}

static int read_values(const struct train_table *table, const struct kept *kept, struct train_column *columns,
                       struct field *fields, struct date_reader *dates, struct error *err)
{
    for (size_t row = 0; row < table->rows; row++) {
        kept_fields(kept, table->record[row], fields);
        for (size_t i = 0; i < table->count; i++) {
            struct train_column *column = &columns[i];

            if (table->features[i].skipped || (column->not_number && column->not_date))
                continue;
            if (read_value(column, table, row, fields[column->column].text, dates, err))
                return -1;
        }
    }
    return 0;
}

/* The days of a column as doubles; the missing are counted. */
static int take_days(const struct train_table *table, struct train_feature *feature, struct train_column *column,
                     struct error *err)
{
    feature->number = malloc(table->rows * sizeof *feature->number);
    if (!feature->number)
        return error_memory(err);
    for (size_t row = 0; row < table->rows; row++) {
        feature->number[row] = column->day[row] == DAY_NONE ? (double)NAN : (double)column->day[row];
        feature->missing += column->day[row] == DAY_NONE;
    }
    return 0;
}

static int note_odd(struct train_table *table, struct train_feature *feature, size_t column, const struct kept *kept,
                    size_t odd, size_t row, struct error *err)
{
    feature->odd = odd;
    if (!odd)
        return 0;
    feature->odd_record = table->record[row];
    kept_texts(kept, feature->odd_record, &column, 1, &feature->odd_value);
    feature->odd_value = slice_trim(feature->odd_value);
    feature->odd_value.ptr = arena_copy(&table->arena, feature->odd_value);
    return feature->odd_value.ptr ? 0 : error_memory(err);
}

static const char *why_not(const struct train_table *table, const struct train_feature *feature)
{
    const double *number = feature->number;

    if (feature->missing == table->rows)
        return "empty";
    for (size_t row = 1; row < table->rows; row++)
        if (number[row] != number[0]) /* NAN is never equal */
            return NULL;
    return "one value";
}

/* Numbers and dates are taken over; what is left stays a category, to be read. */
static int settle(struct train_table *table, struct train_feature *feature, struct train_column *column,
                  const struct kept *kept, struct error *err)
{
    size_t present = column->present, numbers = column->numbers, dates = column->dates;
    bool is_date = !column->not_date && dates && (present - dates) * DATE_PART <= present;
    bool is_number = !column->not_number && numbers && (present - numbers) * NUMBER_PART <= present &&
                     column->padded * NUMBER_PART < numbers;
    bool near_number = !column->not_number && (present - numbers) * SETTLED <= present;
    bool near_date = !column->not_date && (present - dates) * SETTLED <= present;
    bool identifies = false;

    if (is_date || is_number) {
        feature->kind = is_date ? TRAIN_DATE : TRAIN_NUMBER;
        if (is_date && take_days(table, feature, column, err))
            return -1;
        if (!is_date) {
            feature->number = column->number;
            column->number = NULL;
            feature->missing = table->rows - numbers;
        }
        feature->skipped = why_not(table, feature);
        if (!is_date && !column->wanted && !feature->skipped) {
            if (train_number_identifies(table, feature, column, &identifies, err))
                return -1;
            feature->skipped = identifies ? "identifier" : NULL;
        }
    }
    if (is_date || (!is_number && near_date && !near_number))
        return note_odd(table, feature, column->column, kept, present - dates, column->first_not_date, err);
    if (is_number || near_number)
        return note_odd(table, feature, column->column, kept, present - numbers, column->first_not_number, err);
    return 0;
}

int train_columns_read(struct train_table *table, const struct kept *kept, struct train_column *columns,
                       struct date_reader *dates, struct error *err)
{
    struct field *fields = malloc((kept->columns + 1) * sizeof *fields);
    int result;

    if (!fields)
        return error_memory(err);
    result = read_values(table, kept, columns, fields, dates, err);
    free(fields);
    for (size_t i = 0; i < table->count && result == 0; i++) {
        struct train_feature *feature = &table->features[i];

        if (!feature->skipped)
            result = settle(table, feature, &columns[i], kept, err);
        free(columns[i].number);
        free(columns[i].day);
        columns[i].number = NULL;
        columns[i].day = NULL;
        if (feature->skipped) {
            free(feature->number);
            feature->number = NULL;
        }
    }
    return result;
}
