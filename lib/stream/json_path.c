/* JSON paths: a parser of jq's path syntax, and a walk over JSON text. */
#include "stream/json_path.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void json_path_free(struct json_path *path)
{
    if (!path)
        return;
    buffer_fini(&path->names);
    free(path->steps);
    free(path);
}

/* jq's identifiers, and any character that is not ASCII. */
static bool in_identifier(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (signed char)c < 0 ||
           (!first && c >= '0' && c <= '9');
}

/* Steps keep offsets until the names have stopped moving: name.ptr is not yet valid. */
static int add_step(struct json_path *path, bool is_name, size_t name_length, long long index)
{
    if (ARRAY_GROW(path->steps, path->capacity, path->count + 1))
        return -1;
    path->steps[path->count++] = (struct json_step){{is_name ? "" : NULL, name_length}, index, false};
    return 0;
}

/* The parsing functions return the position behind what they took, or NULL: with *memory set, out of memory; else no
 * path. */
static const char *parse_quoted(struct json_path *path, const char *p, const char *end, bool *memory)
{
    struct json_scan scan = {.end = end};
    const char *behind = json_scan_string(&scan, p);
    size_t before = path->names.len;

    if (!behind)
        return NULL;
    *memory = json_decode((struct slice){p + 1, (size_t)(behind - p) - 2}, &path->names) ||
              add_step(path, true, path->names.len - before, 0);
    return *memory ? NULL : behind;
}

static const char *parse_identifier(struct json_path *path, const char *p, const char *end, bool *memory)
{
    const char *begin = p;

    while (p < end && in_identifier(*p, p == begin))
        p++;
    if (p == begin)
        return NULL;
    struct slice name = {begin, (size_t)(p - begin)};
    *memory = buffer_append(&path->names, name) || add_step(path, true, name.len, 0);
    return *memory ? NULL : p;
}

static const char *parse_index(struct json_path *path, const char *p, const char *end, bool *memory)
{
    bool negative = p < end && *p == '-';
    long long index = 0;
    const char *digits = p += negative;

    for (; p < end && *p >= '0' && *p <= '9'; p++) {
        if (p - digits >= 15)
            return NULL;
        index = index * 10 + (*p - '0');
    }
    if (p == digits)
        return NULL;
    *memory = add_step(path, false, 0, negative ? -index : index);
    return *memory ? NULL : p;
}

static const char *parse_each(struct json_path *path, const char *p, bool *memory)
{
    size_t before = 0;

    for (size_t i = 0; i < path->count; i++)
        before += path->steps[i].each;
    if (before == JSON_EACH)
        return NULL;
    *memory = add_step(path, false, 0, 0);
    if (*memory)
        return NULL;
    path->steps[path->count - 1].each = true;
    path->each = true;
    return p + 1;
}

static const char *parse_bracket(struct json_path *path, const char *p, const char *end, bool *memory)
{
    p++;
    if (p < end && *p == ']')
        return parse_each(path, p, memory);
    p = p < end && *p == '"' ? parse_quoted(path, p, end, memory) : parse_index(path, p, end, memory);
    return p && p < end && *p == ']' ? p + 1 : NULL;
}

static const char *parse_step(struct json_path *path, const char *p, const char *end, bool *memory)
{
    if (*p == '[' && path->count > 0)
        return parse_bracket(path, p, end, memory);
    if (*p != '.' || ++p == end)
        return NULL;
    if (*p == '[')
        return parse_bracket(path, p, end, memory);
    if (*p == '"')
        return parse_quoted(path, p, end, memory);
    return parse_identifier(path, p, end, memory);
}

static int no_path(struct slice text, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_USAGE,
                     "not a path: '%s' (a path is like .company.name, .\"Lead Source\".id or .lines[0].sku)",
                     quote_name(&q, text));
}

int json_path_parse(struct json_path **out, struct slice text, struct error *err)
{
    struct json_path *path = calloc(1, sizeof *path);
    const char *p = text.ptr;
    bool memory = path == NULL;

    while (!memory && p && p < text.ptr + text.len)
        p = parse_step(path, p, text.ptr + text.len, &memory);
    if (memory || !p || path->count == 0 || !path->steps[0].name.ptr) {
        json_path_free(path);
        return memory ? error_memory(err) : no_path(text, err);
    }
    const char *name = buffer_slice(&path->names).ptr;
    for (size_t i = 0; i < path->count; i++)
        if (path->steps[i].name.ptr) {
            path->steps[i].name.ptr = name;
            name += path->steps[i].name.len;
        }
    *out = path;
    return 0;
}

/* Whether a name as written in the text is the one wanted. 1, 0, or -1 out of memory. */
static int same_name(struct slice written, bool escaped, struct slice wanted, struct buffer *scratch)
{
    if (!escaped)
        return slice_equal(written, wanted);
    buffer_clear(scratch);
    if (json_decode(written, scratch))
        return -1;
    return slice_equal(buffer_slice(scratch), wanted);
}

int json_find_member(struct slice object, struct slice wanted, struct buffer *scratch, struct field *found)
{
    struct json_scan scan = {.end = object.ptr + object.len};
    const char *p = json_skip_blank(&scan, object.ptr + 1);
    bool closed = *p == '}';

    *found = (struct field){{"", 0}, FIELD_ABSENT};
    while (!closed) {
        struct slice name;
        enum field_kind kind;
        const char *value = json_scan_name(&scan, p, &name);
        if (!value)
            return 0;
        int same = same_name(name, scan.escaped, wanted, scratch);
        if (same < 0)
            return -1;
        p = json_scan_value(&scan, value, &kind);
        if (!p)
            return 0;
        if (same)
            *found = json_field(kind, value, p);
        p = json_scan_separator(&scan, p, '}', &closed);
        if (!p)
            return 0;
    }
    return 0;
}

/* The element at index, if it is not negative; returns how many elements there are, at least up to it. */
static long long find_element(struct slice array, long long index, struct field *found)
{
    struct json_scan scan = {.end = array.ptr + array.len};
    const char *p = json_skip_blank(&scan, array.ptr + 1);
    bool closed = *p == ']';
    long long count = 0;

    while (!closed) {
        enum field_kind kind;
        const char *value = p;
        p = json_scan_value(&scan, value, &kind);
        if (!p)
            break;
        if (count++ == index) {
            *found = json_field(kind, value, p);
            break;
        }
        p = json_scan_separator(&scan, p, ']', &closed);
        if (!p)
            break;
    }
    return count;
}

/* One step that is not a "[]". */
static int walk_step(const struct json_step *step, struct field value, struct buffer *scratch, struct field *found)
{
    struct slice text = value.text;
    long long index = step->index;

    *found = (struct field){{"", 0}, FIELD_ABSENT};
    if (value.kind == FIELD_NULL)
        *found = value;
    if (value.kind != FIELD_JSON || text.ptr[0] != (step->name.ptr ? '{' : '['))
        return 0;
    if (step->name.ptr)
        return json_find_member(text, step->name, scratch, found);
    if (index < 0)
        index += find_element(text, -1, found);
    if (index >= 0)
        find_element(text, index, found);
    return 0;
}

int json_path_walk(const struct json_path *path, size_t from, struct field value, struct buffer *scratch,
                   struct field *found)
{
    *found = value;
    for (size_t i = from; i < path->count && found->kind != FIELD_NULL; i++)
        if (walk_step(&path->steps[i], *found, scratch, found))
            return -1;
    return 0;
}

/* Goes on behind a "[]" with each element. */
static int walk_elements(const struct json_path *path, size_t from, struct slice array, struct buffer *scratch,
                         struct json_list *list)
{
    struct json_elements elements = json_elements_of(array);
    struct field element;

    while (!list->mixed && json_elements_next(&elements, &element))
        if (json_path_walk_each(path, from, element, scratch, list))
            return -1;
    return 0;
}

int json_path_walk_each(const struct json_path *path, size_t from, struct field value, struct buffer *scratch,
                        struct json_list *list)
{
    for (size_t i = from; i < path->count; i++) {
        if (!path->steps[i].each) {
            if (walk_step(&path->steps[i], value, scratch, &value))
                return -1;
            continue;
        }
        if (value.kind != FIELD_JSON || value.text.ptr[0] != '[')
            return 0;
        return walk_elements(path, i + 1, value.text, scratch, list);
    }
    return json_list_add(list, value);
}
