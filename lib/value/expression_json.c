/* Arrays and objects. They stay the text that they were in the record; an operation that looks into one walks along
 * that text, one level at a time, and skips what is nested deeper. So a path such as .company.name costs one pass and
 * no memory, a record is never built as a tree, and numbers keep whatever size they have. The text has been found
 * valid by the reader of records: here it is only made sure that no text can lead outside of it. */
#include "value/expression_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

static int broken(struct run *run)
{
    return error_set(run->err, STATUS_DATA, "not JSON");
}

static struct slice skip_blanks(struct slice text)
{
    while (text.len && (*text.ptr == ' ' || *text.ptr == '\t' || *text.ptr == '\n' || *text.ptr == '\r')) {
        text.ptr++;
        text.len--;
    }
    return text;
}

static struct slice from(struct slice text, size_t offset)
{
    return (struct slice){text.ptr + offset, text.len - offset};
}

/* The length of the string at text, with its quotes; 0: it does not end. */
static size_t string_length(struct slice text, bool *escaped)
{
    *escaped = false;
    for (size_t i = 1; i < text.len; i++) {
        if (text.ptr[i] == '"')
            return i + 1;
        if (text.ptr[i] == '\\') {
            *escaped = true;
            i++;
        }
    }
    return 0;
}

static size_t nested_length(struct slice text)
{
    size_t depth = 0;
    bool escaped;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"') {
            size_t length = string_length(from(text, i), &escaped);
            if (length == 0)
                return 0;
            i += length - 1;
        } else if (c == '[' || c == '{') {
            depth++;
        } else if ((c == ']' || c == '}') && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

static size_t plain_length(struct slice text)
{
    size_t i = 0;

    while (i < text.len && !strchr(",]} \t\n\r:", text.ptr[i]))
        i++;
    return i;
}

/* A string without its quotes, decoded. */
static int read_string(struct run *run, struct slice raw, bool escaped, struct slice *text)
{
    const char *what = NULL;

    *text = (struct slice){raw.ptr + 1, raw.len - 2};
    if (!escaped)
        return 0;
    if (json_unescape(&run->context->arena, *text, text, &what))
        return what ? broken(run) : error_memory(run->err);
    return 0;
}

static int read_plain(struct run *run, struct slice raw, struct expression_value *value)
{
    *value = (struct expression_value){.reading = EXPRESSION_IS_NO_NUMBER};
    if (slice_equal(raw, SLICE("true")))
        value->type = EXPRESSION_TRUE;
    else if (slice_equal(raw, SLICE("false")))
        value->type = EXPRESSION_FALSE;
    else if (slice_equal(raw, SLICE("null")))
        value->type = EXPRESSION_NULL;
    else if (raw.len && (ascii_is_digit(raw.ptr[0]) || raw.ptr[0] == '-'))
        *value = (struct expression_value){.type = EXPRESSION_NUMBER, .text = raw};
    else
        return broken(run);
    return 0;
}

static int read_value(struct run *run, struct slice *rest, struct json_item *item)
{
    bool escaped = false;
    char c = rest->len ? *rest->ptr : '\0';
    size_t length = c == '"'               ? string_length(*rest, &escaped)
                    : c == '[' || c == '{' ? nested_length(*rest)
                                           : plain_length(*rest);

    if (length == 0)
        return broken(run);
    item->raw = (struct slice){rest->ptr, length};
    *rest = from(*rest, length);
    if (c == '"') {
        expression_set_string(&item->value, SLICE(""));
        return read_string(run, item->raw, escaped, &item->value.text);
    }
    if (c != '[' && c != '{')
        return read_plain(run, item->raw, &item->value);
    item->value = (struct expression_value){
        .type = c == '[' ? EXPRESSION_ARRAY : EXPRESSION_OBJECT, .reading = EXPRESSION_IS_NO_NUMBER, .text = item->raw};
    return 0;
}

int json_walk_begin(struct run *run, const struct expression_value *list, struct json_walk *walk)
{
    *walk = (struct json_walk){skip_blanks(list->text), list->type == EXPRESSION_OBJECT, false};
    if (walk->rest.len == 0 || *walk->rest.ptr != (walk->object ? '{' : '['))
        return broken(run);
    walk->rest = skip_blanks(from(walk->rest, 1));
    return 0;
}

static int read_key(struct run *run, struct slice *rest, struct slice *key)
{
    bool escaped;
    size_t length = rest->len && *rest->ptr == '"' ? string_length(*rest, &escaped) : 0;

    if (length == 0 || read_string(run, (struct slice){rest->ptr, length}, escaped, key))
        return length == 0 ? broken(run) : -1;
    *rest = skip_blanks(from(*rest, length));
    if (rest->len == 0 || *rest->ptr != ':')
        return broken(run);
    *rest = skip_blanks(from(*rest, 1));
    return 0;
}

int json_walk_next(struct run *run, struct json_walk *walk, struct json_item *item)
{
    struct slice *rest = &walk->rest;

    if (rest->len == 0)
        return broken(run);
    if (*rest->ptr == (walk->object ? '}' : ']'))
        return 0;
    if (walk->begun) {
        if (*rest->ptr != ',')
            return broken(run);
        *rest = skip_blanks(from(*rest, 1));
    }
    walk->begun = true;
    item->key = SLICE("");
    if (walk->object && read_key(run, rest, &item->key))
        return -1;
    if (read_value(run, rest, item))
        return -1;
    *rest = skip_blanks(*rest);
    return 1;
}

int json_member(struct run *run, const struct expression_value *object, struct slice name,
                struct expression_value *member)
{
    struct json_walk walk;
    struct json_item item;
    int found = 0;
    int more;

    if (json_walk_begin(run, object, &walk))
        return -1;
    while ((more = json_walk_next(run, &walk, &item)) > 0)
        if (slice_equal(item.key, name)) {
            *member = item.value;
            found = 1;
        }
    return more < 0 ? -1 : found;
}

/* Adds an element or member at the end; *capacity grows by doubling, within the arena. */
static int add_item(struct run *run, struct json_items *items, size_t *capacity, const struct json_item *item)
{
    if (items->count == *capacity) {
        size_t larger = *capacity ? *capacity * 2 : 8;
        struct json_item *grown = arena_alloc(&run->context->arena, larger * sizeof *grown);
        if (!grown)
            return error_memory(run->err);
        if (items->count)
            memcpy(grown, items->items, items->count * sizeof *grown);
        items->items = grown;
        *capacity = larger;
    }
    items->items[items->count++] = *item;
    return 0;
}

static int add_all(struct run *run, const struct expression_value *list, struct json_items *items, size_t *capacity)
{
    struct json_walk walk;
    struct json_item item;
    int more;

    if (json_walk_begin(run, list, &walk))
        return -1;
    while ((more = json_walk_next(run, &walk, &item)) > 0)
        if (add_item(run, items, capacity, &item))
            return -1;
    return more;
}

/* An order of members by name and then by place. */
static int compare_places(const void *a, const void *b)
{
    const struct json_item *const *x = a;
    const struct json_item *const *y = b;
    int order = slice_compare((*x)->key, (*y)->key);

    return order ? order : (*x > *y) - (*x < *y);
}

static int compare_keys(const void *a, const void *b)
{
    return slice_compare(((const struct json_item *)a)->key, ((const struct json_item *)b)->key);
}

void json_sort(struct json_items *items)
{
    if (items->count > 1)
        qsort(items->items, items->count, sizeof *items->items, compare_keys);
}

/* Two members of one name: the second is put in the place of the first. With deep, two objects are joined. */
static int replace(struct run *run, struct json_item *first, struct json_item *second, bool deep, unsigned depth)
{
    if (deep && first->value.type == EXPRESSION_OBJECT && second->value.type == EXPRESSION_OBJECT) {
        size_t start = run->context->scratch.len;
        if (json_join(run, &first->value, &second->value, true, depth + 1) ||
            scratch_take(run, start, &first->value.text))
            return -1;
        first->raw = first->value.text;
    } else {
        first->value = second->value;
        first->raw = second->raw;
    }
    second->raw = (struct slice){NULL, 0};
    return 0;
}

static int unite(struct run *run, struct json_items *items, bool deep, unsigned depth)
{
    size_t kept = 0;

    if (items->count < 2)
        return 0;
    struct json_item **sorted = arena_alloc(&run->context->arena, items->count * sizeof(struct json_item *));
    if (!sorted)
        return error_memory(run->err);
    for (size_t i = 0; i < items->count; i++)
        sorted[i] = &items->items[i];
    qsort(sorted, items->count, sizeof *sorted, compare_places);
    for (size_t i = 0, first = 0; i < items->count; i++) {
        if (i == first || !slice_equal(sorted[i]->key, sorted[first]->key))
            first = i;
        else if (replace(run, sorted[first], sorted[i], deep, depth))
            return -1;
    }
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].raw.ptr)
            items->items[kept++] = items->items[i];
    items->count = kept;
    return 0;
}

int json_items(struct run *run, const struct expression_value *list, struct json_items *items)
{
    size_t capacity = 0;

    *items = (struct json_items){NULL, 0};
    if (add_all(run, list, items, &capacity))
        return -1;
    return list->type == EXPRESSION_OBJECT ? unite(run, items, false, 0) : 0;
}

int json_join(struct run *run, const struct expression_value *a, const struct expression_value *b, bool deep,
              unsigned depth)
{
    struct buffer *out = &run->context->scratch;
    struct json_items first;
    struct json_items items;

    if (depth > EXPRESSION_JSON_DEPTH)
        return error_set(run->err, STATUS_DATA, "nested too deeply");
    if (json_items(run, a, &first) || json_items(run, b, &items))
        return -1;
    size_t capacity = first.count;
    for (size_t i = 0; i < items.count; i++)
        if (add_item(run, &first, &capacity, &items.items[i]))
            return -1;
    if (unite(run, &first, deep, depth))
        return -1;
    bool failed = buffer_append_char(out, '{');
    for (size_t i = 0; i < first.count && !failed; i++)
        failed = (i && buffer_append_char(out, ',')) || json_print_string(run, first.items[i].key, out) ||
                 buffer_append_char(out, ':') || buffer_append(out, first.items[i].raw);
    return failed || buffer_append_char(out, '}') ? error_memory(run->err) : 0;
}
