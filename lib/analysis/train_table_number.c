/* Numbers that only tell leads apart, and the sorting of numbers.
 *
 * That all values are different says little of numbers: amounts differ, too. So something else must speak for a number
 * of something: its name, its length without being round, or that it runs. Doubles are sorted as the integers whose
 * order is theirs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/quantile.h"
#include "analysis/train_table_read.h"
#include "base/buffer.h"
#include "value/latin_fold.h"

#define LONG_NUMBER 1e8 /* nine digits */
#define ROUND_PART 20   /* amounts: more than one in so many ends in 00 */
#define STEP_MOST 10

/* In the order of the doubles, -0 and 0 being one. */
static int64_t order_of(double value)
{
    int64_t bits;

    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? bits ^ INT64_MAX : bits;
}

static double value_of(int64_t order)
{
    int64_t bits = order < 0 ? order ^ INT64_MAX : order;
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

int train_sort_numbers(double *values, size_t *count, struct error *err)
{
    size_t filled = 0;
    int128 *orders = malloc((*count + 1) * 2 * sizeof *orders);

    if (!orders)
        return error_memory(err);
    for (size_t i = 0; i < *count; i++)
        if (!isnan(values[i]))
            orders[filled++] = order_of(values[i]);
    quantile_sort(orders, orders + filled, filled);
    for (size_t i = 0; i < filled; i++)
        values[i] = value_of((int64_t)orders[i]);
    *count = filled;
    free(orders);
    return 0;
}

/* Whether the last word says that it is a number of something: "Lead Number", "deal_id", "orderNo", "Номер". */
static bool name_identifies(struct slice name, bool *identifies)
{
    static const char words[] = "|id|ids|uuid|guid|number|num|no|nr|key|index|nomer|nummer|numero|identifier|bianhao|";
    struct latin_fold fold;
    struct buffer folded = {0}, word = {0};
    struct error ignored;
    bool done;

    latin_fold_init(&fold);
    if (name.len > 2 && name.ptr[name.len - 1] == 'd' && name.ptr[name.len - 2] == 'I') /* LeadId */
        name = (struct slice){name.ptr + name.len - 2, 2};
    done = latin_fold(&fold, name, &folded, NULL, &ignored) == 0;
    size_t begin = folded.len;
    while (begin && folded.data[begin - 1] != ' ')
        begin--;
    done =
        done && buffer_printf(&word, "|%.*s|", (int)(folded.len - begin), folded.len ? folded.data + begin : "") == 0;
    *identifies = done && word.len > 2 && strstr(words, word.data);
    latin_fold_fini(&fold);
    buffer_fini(&folded);
    buffer_fini(&word);
    return done;
}

/* What only rises or only falls in small steps is a running number. */
static bool is_running(const double *number, size_t rows)
{
    double first = NAN, last = NAN;
    size_t present = 0, rises = 0, falls = 0;

    for (size_t row = 0; row < rows; row++) {
        if (isnan(number[row]))
            continue;
        rises += present && number[row] > last;
        falls += present && number[row] < last;
        first = present++ ? first : number[row];
        last = number[row];
    }
    return present >= PRESENT_LEAST && (rises == present - 1 || falls == present - 1) &&
           fabs(last - first) <= STEP_MOST * (double)present;
}

/* Numbers of telephones and customers, not amounts. */
static bool is_long(const double *number, size_t rows)
{
    size_t present = 0, longs = 0, round = 0;

    for (size_t row = 0; row < rows; row++) {
        present += isnan(number[row]) ? 0 : 1;
        longs += fabs(number[row]) >= LONG_NUMBER;
        round += fmod(number[row], 100) == 0;
    }
    return NEARLY_ALL(longs, present) && round * ROUND_PART < present;
}

int train_number_identifies(const struct train_table *table, const struct train_feature *feature,
                            const struct train_column *column, bool *identifies, struct error *err)
{
    size_t count = table->rows, different = 1;
    bool named;

    *identifies = false;
    if (column->fractions || column->numbers < PRESENT_LEAST)
        return 0;
    if (!name_identifies(feature->name, &named))
        return error_memory(err);
    if (!named && !is_long(feature->number, table->rows)) {
        *identifies = is_running(feature->number, table->rows);
        return 0;
    }
    double *sorted = malloc(count * sizeof *sorted);
    if (!sorted)
        return error_memory(err);
    memcpy(sorted, feature->number, count * sizeof *sorted);
    if (train_sort_numbers(sorted, &count, err)) {
        free(sorted);
        return -1;
    }
    for (size_t i = 1; i < count; i++)
        different += sorted[i] != sorted[i - 1];
    *identifies = NEARLY_ALL(different, count);
    free(sorted);
    return 0;
}
