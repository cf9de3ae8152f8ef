/* The values of categories, numbered; and what is no category because its values only tell leads apart.
 *
 * A column of names or notes may have as many values as there are leads. Its table is given up at SEEN_MOST of them: by
 * then it is known to be text, and whether nearly all differ is taken from what was seen. */
#include <stdlib.h>

#include "analysis/model.h"
#include "analysis/train_table_read.h"
#include "base/group.h"

#define SEEN_MOST 20000
#define LONG_VALUES 60  /* characters on average */
#define LONG_LEVELS 100 /* different values that long ones may have */

struct level_column {
    struct group_table seen; /* text -> uint32_t, the number of the level */
    uint32_t last;
    size_t present, characters;
    bool open; /* still read */
};

static size_t count_characters(struct slice text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return count;
}

static int read_level(struct level_column *column, struct train_feature *feature, size_t row, struct slice text,
                      struct error *err)
{
    uint32_t *code;
    bool added;

    text = slice_trim(text);
    feature->code[row] = 0;
    if (text.len == 0)
        return 0;
    code = group_get(&column->seen, text, &added);
    if (!code)
        return error_memory(err);
    if (added && !model_missing(text))
        *code = ++column->last;
    feature->code[row] = *code;
    if (*code) {
        column->present++;
        column->characters += count_characters(text);
    }
    if (column->seen.count > SEEN_MOST)
        column->open = false;
    return 0;
}

static int take_levels(struct train_table *table, struct train_feature *feature, const struct level_column *column,
                       struct error *err)
{
    feature->level_count = (size_t)column->last + 1;
    feature->levels = malloc(feature->level_count * sizeof *feature->levels);
    if (!feature->levels)
        return error_memory(err);
    feature->levels[0] = SLICE("");
    for (size_t i = 0; i < column->seen.count; i++) {
        uint32_t code = *(const uint32_t *)group_state(&column->seen, i);
        struct slice text = group_key(&column->seen, i);

        if (!code)
            continue;
        feature->levels[code] = (struct slice){arena_copy(&table->arena, text), text.len};
        if (!feature->levels[code].ptr)
            return error_memory(err);
    }
    return 0;
}

static const char *why_not(const struct level_column *column, bool wanted, size_t missing)
{
    bool differ = column->present >= PRESENT_LEAST && NEARLY_ALL((size_t)column->last, column->present);

    if (!column->present)
        return "empty";
    if (column->last == 1 && !missing)
        return "one value";
    if (differ && !(wanted && column->open && column->last <= TRAIN_LEVELS))
        return "identifier";
    if (!column->open || column->last > TRAIN_LEVELS ||
        (column->last > LONG_LEVELS && column->characters > LONG_VALUES * column->present))
        return "text";
    return NULL;
}

static int read_levels(struct train_table *table, const struct kept *kept, const struct train_column *columns,
                       struct level_column *levels, struct field *fields, struct error *err)
{
    for (size_t row = 0; row < table->rows; row++) {
        kept_fields(kept, table->record[row], fields);
        for (size_t i = 0; i < table->count; i++)
            if (levels[i].open && read_level(&levels[i], &table->features[i], row, fields[columns[i].column].text, err))
                return -1;
    }
    for (size_t i = 0; i < table->count; i++) {
        struct train_feature *feature = &table->features[i];

        if (!feature->code)
            continue;
        feature->missing = levels[i].open ? table->rows - levels[i].present : 0;
        feature->skipped = why_not(&levels[i], columns[i].wanted, feature->missing);
        if (feature->skipped) {
            free(feature->code);
            feature->code = NULL;
        } else if (take_levels(table, feature, &levels[i], err)) {
            return -1;
        }
    }
    return 0;
}

int train_levels_read(struct train_table *table, const struct kept *kept, struct train_column *columns,
                      struct error *err)
{
    struct level_column *levels = calloc(table->count + 1, sizeof *levels);
    struct field *fields = malloc((kept->columns + 1) * sizeof *fields);
    int result = levels && fields ? 0 : error_memory(err);

    for (size_t i = 0; i < table->count && levels; i++)
        group_init(&levels[i].seen, sizeof(uint32_t));
    for (size_t i = 0; i < table->count && result == 0; i++) {
        if (table->features[i].skipped || table->features[i].kind != TRAIN_CATEGORY)
            continue;
        levels[i].open = true;
        table->features[i].code = malloc(table->rows * sizeof *table->features[i].code);
        if (!table->features[i].code)
            result = error_memory(err);
    }
    if (result == 0)
        result = read_levels(table, kept, columns, levels, fields, err);
    for (size_t i = 0; i < table->count && levels; i++)
        group_fini(&levels[i].seen);
    free(levels);
    free(fields);
    return result;
}
