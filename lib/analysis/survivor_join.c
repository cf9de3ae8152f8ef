/* The rules that make one value of several: sums, and lists. What they make lies in the work's arena. */
#include <stdio.h>
#include <string.h>

#include "analysis/survivor_state.h"
#include "stream/json_scan.h"

static const char separator[] = "; ";

/* Text being put together in the arena, whose room was reckoned before. */
struct joining {
    char *begin;
    char *at;
};

static void put(struct joining *text, const char *bytes, size_t size)
{
    if (size)
        memcpy(text->at, bytes, size);
    text->at += size;
}

static struct slice joined(const struct joining *text)
{
    return (struct slice){text->begin, (size_t)(text->at - text->begin)};
}

/* Two records of one deal in two currencies cannot be added. */
static int check_currency(const struct survivor_work *work, size_t column, struct error *err)
{
    const size_t currency = work->plan->currency;
    const struct field *first = NULL;
    struct quote names[3];

    if (currency == COLUMN_ABSENT || currency == column)
        return 0;
    for (size_t i = 0; i < work->count; i++) {
        const struct field *field = survivor_field(work, i, currency);
        if (!survivor_filled(survivor_field(work, i, column)) || !survivor_filled(field))
            continue;
        if (first && !tally_equal(TALLY_FOLDED, first->text, field->text))
            return error_set(err, STATUS_DATA, "column '%s': no sum of '%s' and '%s' in one cluster",
                             quote_name(&names[0], work->plan->names[column]), quote(&names[1], first->text),
                             quote(&names[2], field->text));
        first = first ? first : field;
    }
    return 0;
}

int survivor_sum(struct survivor_work *work, size_t column, struct field *field, struct error *err)
{
    struct decimal_sum sum = {0};
    bool numbers = true;
    struct quote q;

    if (check_currency(work, column, err))
        return -1;
    for (size_t i = 0; i < work->count; i++) {
        const struct field *part = survivor_field(work, i, column);
        struct decimal value;
        if (!survivor_filled(part))
            continue;
        numbers = numbers && part->kind == FIELD_NUMBER;
        if (decimal_parse(tally_trim(part->text), &value) != DECIMAL_OK || !decimal_sum_add(&sum, value))
            return error_set(err, STATUS_DATA, "column '%s': the sum of a cluster is too large",
                             quote_name(&q, work->plan->names[column]));
    }
    char *text = arena_alloc(&work->arena, DECIMAL_TEXT);
    if (!text)
        return error_memory(err);
    field->text = decimal_format(sum.units, sum.scale, text);
    field->kind = numbers ? FIELD_NUMBER : FIELD_TEXT;
    return 0;
}

/* The next element of a list in a cell; false at the end. Parts that are empty are none. */
static bool next_part(struct slice *rest, struct slice *part)
{
    while (rest->ptr) {
        const char *stop = memchr(rest->ptr, ';', rest->len);
        *part = tally_trim((struct slice){rest->ptr, stop ? (size_t)(stop - rest->ptr) : rest->len});
        rest->len = stop ? (size_t)(rest->ptr + rest->len - stop - 1) : 0;
        rest->ptr = stop ? stop + 1 : NULL;
        if (part->len)
            return true;
    }
    return false;
}

static int add_parts(struct survivor_work *work, const struct field *field, size_t position, struct error *err)
{
    struct slice rest = field->text;
    struct slice part;
    size_t index;

    while (next_part(&rest, &part))
        if (tally_add(&work->tally, part, 1, position, &index))
            return error_memory(err);
    return 0;
}

static bool is_array(const struct field *field)
{
    return field->kind == FIELD_JSON && tally_trim(field->text).ptr[0] == '[';
}

/* Text as a JSON string, in the arena. */
static int quote_text(struct survivor_work *work, struct slice text, struct slice *quoted, struct error *err)
{
    char *begin = arena_alloc(&work->arena, text.len * 6 + 2);
    struct joining out = {begin, begin};

    if (!begin)
        return error_memory(err);
    put(&out, "\"", 1);
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20)
            out.at += sprintf(out.at, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            put(&out, (const char[]){'\\', (char)c}, 2);
        else
            put(&out, text.ptr + i, 1);
    }
    put(&out, "\"", 1);
    *quoted = joined(&out);
    return 0;
}

/* The elements of an array as they are written; what is no array is one. */
static int add_elements(struct survivor_work *work, const struct field *field, size_t position, struct error *err)
{
    struct field element;
    struct slice text = field->text;
    size_t index;

    if (!is_array(field)) {
        struct slice rest = text;
        bool parts = field->kind == FIELD_TEXT;
        while (parts ? next_part(&rest, &text) : rest.ptr != NULL) {
            if (parts && quote_text(work, text, &text, err))
                return -1;
            if (tally_add(&work->tally, text, 1, position, &index))
                return error_memory(err);
            rest.ptr = parts ? rest.ptr : NULL;
        }
        return 0;
    }
    struct json_elements elements = json_elements_of(tally_trim(text));
    while (json_elements_next(&elements, &element)) {
        if (element.kind == FIELD_NULL)
            continue;
        if (element.kind == FIELD_TEXT) /* with its quotes */
            element.text = (struct slice){element.text.ptr - 1, element.text.len + 2};
        if (tally_add(&work->tally, element.text, 1, position, &index))
            return error_memory(err);
    }
    return 0;
}

/* The values of the tally as one text. */
static int join_values(struct survivor_work *work, const char *between, bool array, struct field *field,
                       struct error *err)
{
    const struct tally *tally = &work->tally;
    size_t size = 2;

    for (size_t i = 0; i < tally->count; i++)
        size += tally->values[i].text.len + strlen(between);
    char *begin = arena_alloc(&work->arena, size);
    if (!begin)
        return error_memory(err);
    struct joining out = {begin, begin};
    put(&out, "[", array);
    for (size_t i = 0; i < tally->count; i++) {
        if (i)
            put(&out, between, strlen(between));
        put(&out, tally->values[i].text.ptr, tally->values[i].text.len);
    }
    put(&out, "]", array);
    *field = (struct field){joined(&out), array ? FIELD_JSON : FIELD_TEXT};
    return 0;
}

static bool any_array(const struct survivor_work *work, size_t column)
{
    for (size_t i = 0; i < work->count; i++)
        if (survivor_filled(survivor_field(work, i, column)) && is_array(survivor_field(work, i, column)))
            return true;
    return false;
}

/* Counts the elements of all values, in the order of the input. */
static int tally_elements(struct survivor_work *work, size_t column, bool array, struct error *err)
{
    tally_begin(&work->tally, work->plan->columns[column].equality);
    for (size_t i = 0; i < work->count; i++) {
        const struct field *field = survivor_field(work, i, column);
        if (survivor_filled(field) && (array ? add_elements(work, field, i, err) : add_parts(work, field, i, err)))
            return -1;
    }
    return 0;
}

int survivor_union(struct survivor_work *work, size_t column, struct field *field, size_t *distinct, struct error *err)
{
    bool array = any_array(work, column);

    if (tally_elements(work, column, array, err))
        return -1;
    *distinct = work->tally.count;
    return join_values(work, array ? "," : separator, array, field, err);
}

int survivor_concat(struct survivor_work *work, size_t column, struct field *field, struct error *err)
{
    tally_begin(&work->tally, work->plan->columns[column].equality);
    for (size_t i = 0; i < work->count; i++) {
        const struct field *part = survivor_field(work, i, column);
        size_t index;
        if (survivor_filled(part) && tally_add(&work->tally, part->text, 1, i, &index))
            return error_memory(err);
    }
    return join_values(work, " | ", false, field, err);
}

/* Takes a value off the tally. */
static void take_off(struct tally *tally, size_t index)
{
    memmove(&tally->values[index], &tally->values[index + 1], (tally->count - index - 1) * sizeof *tally->values);
    tally->count--;
    tally->slot_count = 0; /* the numbers of those behind have changed: from here on one by one */
}

/* What survived in the columns themselves is no other value. */
static int take_off_survivors(struct survivor_work *work, size_t column, bool array, const struct field *out,
                              struct error *err)
{
    for (size_t i = 0; i < work->plan->count; i++) {
        struct slice text = out[i].text;
        if (work->plan->columns[i].overflow != column || !survivor_filled(&out[i]))
            continue;
        if (array && out[i].kind == FIELD_TEXT && quote_text(work, tally_trim(text), &text, err))
            return -1;
        size_t index = tally_find(&work->tally, text);
        if (index != SIZE_MAX)
            take_off(&work->tally, index);
    }
    return 0;
}

int survivor_overflow(struct survivor_work *work, size_t from, size_t column, struct field *out,
                      struct survivor_choice *why, struct error *err)
{
    bool array = any_array(work, column);

    if (why[from].distinct < 2 || work->plan->columns[column].rule != SURVIVOR_UNION)
        return 0;
    tally_begin(&work->tally, work->plan->columns[column].equality);
    struct field had = out[column];
    if (survivor_filled(&had) && (array ? add_elements(work, &had, 0, err) : add_parts(work, &had, 0, err)))
        return -1;
    for (size_t i = 0; i < work->count; i++) {
        const struct field *value = survivor_field(work, i, from);
        if (!survivor_filled(value) || tally_equal(work->plan->columns[from].equality, value->text, out[from].text))
            continue;
        if (array ? add_elements(work, value, i, err) : add_parts(work, value, i, err))
            return -1;
    }
    if (take_off_survivors(work, column, array, out, err))
        return -1;
    why[from].dropped = 0;
    why[column].row = SURVIVOR_MANY;
    why[column].rule = SURVIVOR_UNION;
    why[column].distinct = (uint32_t)work->tally.count;
    why[column].dropped = 0;
    return join_values(work, array ? "," : separator, array, &out[column], err);
}
