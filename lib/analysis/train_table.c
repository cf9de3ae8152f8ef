/* The training table: which columns there are and what the options say of them; the reading is elsewhere.
 *
 * The target is read first, since a lead without an outcome is no row at all (train_table_target.c). Then one walk over
 * the kept records reads all columns as numbers and dates side by side (train_table_read.c), because what a column is
 * can only be said when its last value is known; a second walk numbers the values of those that turned out to be
 * categories (train_table_levels.c). Last come the ages, which need the latest of all dates. */
#include "analysis/train_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_spec.h"
#include "analysis/train_table_read.h"
#include "base/ascii.h"
#include "value/vocabulary.h"

const char *const train_kind_names[] = {"number", "category", "date", NULL};

static bool equal_in_any_case(struct slice a, struct slice b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    return true;
}

static bool equal_normalised(struct slice a, struct slice b)
{
    char key_a[VOCABULARY_KEY], key_b[VOCABULARY_KEY];
    size_t len = vocabulary_normalise(a, key_a);

    return len && len == vocabulary_normalise(b, key_b) && memcmp(key_a, key_b, len) == 0;
}

size_t train_column_find(const struct slice *names, size_t count, struct slice given)
{
    static bool (*const same[])(struct slice, struct slice) = {slice_equal, equal_in_any_case, equal_normalised};

    for (size_t way = 0; way < sizeof same / sizeof *same; way++)
        for (size_t i = 0; i < count; i++)
            if (same[way](names[i], given))
                return i;
    return SIZE_MAX;
}

/* The column that a name in the options stands for, or SIZE_MAX with an error. */
static size_t column_given(const struct slice *names, size_t columns, const char *given, struct error *err)
{
    const struct link_spec_name name = {.text = slice_from_cstr(given)};
    const size_t number = link_spec_number(&name);
    size_t column = train_column_find(names, columns, name.text);

    if (number && number <= columns && (column == SIZE_MAX || !slice_equal(names[column], name.text)))
        column = number - 1;
    if (column == SIZE_MAX)
        link_spec_unknown(name.text, "column", "the header is", names, columns, err);
    return column;
}

/* The feature that a name in the options stands for. */
static int find_feature(const struct slice *names, size_t columns, size_t target, const char *given, size_t *feature,
                        struct error *err)
{
    size_t column = column_given(names, columns, given, err);
    struct quote q;

    if (column == SIZE_MAX)
        return -1;
    if (column == target)
        return error_set(err, STATUS_USAGE, "column '%s' is the target and cannot be a feature",
                         quote_name(&q, names[column]));
    *feature = column - (column > target);
    return 0;
}

/* What the options leave out, and what the guard may not leave out. */
static int apply_options(struct train_table *table, struct train_column *columns, const struct slice *names,
                         size_t target, const struct train_options *options, struct error *err)
{
    size_t feature, count = table->count + 1;

    for (size_t i = 0; i < table->count && options->feature_count; i++)
        table->features[i].skipped = "not asked for";
    for (size_t i = 0; i < options->feature_count; i++) {
        if (find_feature(names, count, target, options->features[i], &feature, err))
            return -1;
        table->features[feature].skipped = NULL;
        columns[feature].wanted = true;
    }
    for (size_t i = 0; i < options->drop_count; i++) {
        if (find_feature(names, count, target, options->drop[i], &feature, err))
            return -1;
        table->features[feature].skipped = "left out";
    }
    for (size_t i = 0; i < options->allow_count; i++) {
        if (strcmp(options->allow[i], "all") == 0) {
            for (size_t each = 0; each < table->count; each++)
                table->features[each].allowed = true;
            continue;
        }
        if (find_feature(names, count, target, options->allow[i], &feature, err))
            return -1;
        table->features[feature].allowed = true;
    }
    return 0;
}

static bool copy_text(struct arena *arena, struct slice *text)
{
    const char *copy = arena_copy(arena, *text);

    if (copy)
        text->ptr = copy;
    return copy != NULL;
}

static int begin_features(struct train_table *table, struct train_column *columns, const struct slice *names,
                          size_t target, struct error *err)
{
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i + (i >= target);

        table->features[i].name = names[column];
        table->features[i].kind = TRAIN_CATEGORY;
        if (!copy_text(&table->arena, &table->features[i].name))
            return error_memory(err);
        columns[i].column = column;
        columns[i].first_not_number = columns[i].first_not_date = SIZE_MAX;
    }
    table->target = names[target];
    return copy_text(&table->arena, &table->target) ? 0 : error_memory(err);
}

/* Days become ages; the analysis date is the latest of them unless it is given. */
static void take_ages(struct train_table *table, int32_t as_of)
{
    double latest = -INFINITY;

    for (size_t i = 0; i < table->count && as_of == DAY_NONE; i++)
        for (size_t row = 0; row < table->rows && table->features[i].kind == TRAIN_DATE && table->features[i].number;
             row++)
            latest = fmax(latest, table->features[i].number[row]);
    table->as_of = as_of != DAY_NONE || isinf(latest) ? as_of : (int32_t)latest;
    for (size_t i = 0; i < table->count; i++)
        for (size_t row = 0; row < table->rows && table->features[i].kind == TRAIN_DATE && table->features[i].number;
             row++)
            table->features[i].number[row] = table->as_of - table->features[i].number[row];
}

static int read_table(struct train_table *table, struct train_column *columns, const struct kept *kept,
                      const struct slice *names, size_t target, const struct train_options *options, struct error *err)
{
    struct date_reader dates = options->dates;

    if (begin_features(table, columns, names, target, err) ||
        apply_options(table, columns, names, target, options, err) ||
        train_target_read(table, kept, target, options, err) || train_columns_read(table, kept, columns, &dates, err) ||
        train_levels_read(table, kept, columns, err))
        return -1;
    take_ages(table, options->as_of);
    return 0;
}

int train_table_make(struct train_table *table, const struct kept *kept, const struct slice *names,
                     const struct train_options *options, struct error *err)
{
    struct train_column *columns;
    int result;

    *table = (struct train_table){.as_of = DAY_NONE};
    arena_init(&table->arena);
    if (!kept->columns && !kept->count)
        return error_set(err, STATUS_DATA, "the input is empty: there are no leads to learn from");
    const size_t target = column_given(names, kept->columns, options->target, err);
    if (target == SIZE_MAX)
        return -1;
    table->count = kept->columns - 1;
    table->features = calloc(table->count + 2, sizeof *table->features);
    columns = calloc(table->count + 2, sizeof *columns);
    result =
        table->features && columns ? read_table(table, columns, kept, names, target, options, err) : error_memory(err);
    for (size_t i = 0; columns && i < table->count; i++) {
        free(columns[i].number);
        free(columns[i].day);
    }
    free(columns);
    if (result)
        train_table_fini(table);
    return result;
}

void train_table_fini(struct train_table *table)
{
    for (size_t i = 0; table->features && i < table->count; i++) {
        free(table->features[i].number);
        free(table->features[i].code);
        free(table->features[i].levels);
    }
    free(table->features);
    free(table->outcome);
    free(table->record);
    arena_fini(&table->arena);
    *table = (struct train_table){.as_of = DAY_NONE};
}
