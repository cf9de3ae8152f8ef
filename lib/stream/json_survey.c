/* JSON survey: a tree of the members that were seen, and then its columns. */
#include <stdlib.h>
#include <string.h>

#include "stream/json_survey.h"

#define PARTS 16 /* members of the objects of a list; objects with more are more than a value */

static int too_many(const struct reader *reader, struct error *err)
{
    return error_set(err, STATUS_DATA,
                     "%s: the records have more than %u different members, those of members included (are some of "
                     "the names data? bring them into values first, as with jq's to_entries)",
                     reader->source->name, JSON_COLUMNS);
}

static struct json_node *member_node(struct json_record *record, struct json_node *parent, struct slice written,
                                     bool escaped)
{
    struct json_member *member = json_record_find(record, parent, written, escaped);

    if (record->memory)
        return NULL;
    if (member && (member->escaped || !escaped))
        return member->node;
    return json_record_add_member(record, parent, written, escaped, member ? member->node : NULL);
}

/* The scalar member of an object that may be called its value, for a list of that name: its name, decoded, in scratch.
 * 1, 0 when there is none, -1 out of memory. */
static int find_value(struct slice list, struct slice object, struct buffer *scratch)
{
    struct json_scan scan = {.end = object.ptr + object.len};
    const char *p = json_skip_blank(&scan, object.ptr + 1);
    bool closed = *p == '}';

    while (p && !closed) {
        struct slice name;
        enum field_kind kind;
        p = json_scan_name(&scan, p, &name);
        bool escaped = scan.escaped;
        p = p ? json_scan_value(&scan, p, &kind) : NULL;
        if (p && kind != FIELD_JSON && !escaped && json_is_value_name(list, name)) {
            buffer_clear(scratch);
            return buffer_append(scratch, name) ? -1 : 1;
        }
        if (p)
            p = json_scan_separator(&scan, p, '}', &closed);
    }
    return 0;
}

/* Makes a member's name a part of the list. 1, 0 when there are too many, -1 out of memory. */
static int add_part(struct json_record *record, struct json_node *node, struct slice written, bool escaped)
{
    struct slice name = written;

    if (escaped) {
        buffer_clear(&record->scratch);
        if (json_decode(written, &record->scratch))
            return -1;
        name = buffer_slice(&record->scratch);
    }
    for (size_t i = 0; i < node->part_count; i++)
        if (slice_equal(node->parts[i], name))
            return 1;
    if (node->part_count == PARTS)
        return 0;
    if (!node->parts)
        node->parts = arena_alloc(&record->arena, PARTS * sizeof *node->parts);
    char *copy = node->parts ? arena_copy(&record->arena, name) : NULL;
    if (!copy)
        return -1;
    node->parts[node->part_count++] = (struct slice){copy, name.len};
    record->node_count++;
    return 1;
}

/* An element of an array: whether it is an object with the list's value, whose members become parts. As above. */
static int survey_element(struct json_record *record, struct json_node *node, struct field element)
{
    struct field value;

    if (element.kind != FIELD_JSON || element.text.ptr[0] != '{')
        return 0;
    if (!node->value.ptr) {
        int found = find_value(node->name, element.text, &record->scratch);
        char *copy = found > 0 ? arena_copy(&record->arena, buffer_slice(&record->scratch)) : NULL;
        if (!copy)
            return found > 0 ? -1 : found;
        node->value = (struct slice){copy, record->scratch.len};
    }
    if (json_find_member(element.text, node->value, &record->scratch, &value))
        return -1;
    if (value.kind == FIELD_ABSENT || value.kind == FIELD_JSON)
        return 0;
    struct json_scan scan = {.end = element.text.ptr + element.text.len};
    const char *p = json_skip_blank(&scan, element.text.ptr + 1);
    bool closed = *p == '}';
    while (p && !closed) {
        struct slice name;
        enum field_kind kind;
        p = json_scan_name(&scan, p, &name);
        int added = p ? add_part(record, node, name, scan.escaped) : 0;
        if (added <= 0)
            return added;
        p = json_scan_value(&scan, p, &kind);
        if (p)
            p = json_scan_separator(&scan, p, '}', &closed);
    }
    return 1;
}

/* 0 or -1, memory. */
static int survey_array(struct json_record *record, struct json_node *node, struct slice array)
{
    struct json_scan scan = {.end = array.ptr + array.len};
    const char *p = json_skip_blank(&scan, array.ptr + 1);
    bool closed = *p == ']';

    node->own = node->own || !closed; /* PHP writes an empty object so, too */
    while (p && !closed && !node->other) {
        enum field_kind kind;
        const char *value = p;
        p = json_scan_value(&scan, value, &kind);
        int listed = p ? survey_element(record, node, json_field(kind, value, p)) : 0;
        if (listed < 0)
            return -1;
        node->other = listed == 0;
        if (p)
            p = json_scan_separator(&scan, p, ']', &closed);
    }
    return 0;
}

static int survey_members(struct json_record *record, const struct reader *reader, struct json_node *parent,
                          struct slice object, struct error *err)
{
    struct json_scan scan = {.end = object.ptr + object.len};
    const char *p = json_skip_blank(&scan, object.ptr + 1);
    bool closed = *p == '}';

    while (p && !closed) {
        struct slice name;
        enum field_kind kind;
        const char *value = json_scan_name(&scan, p, &name);
        struct json_node *node = value ? member_node(record, parent, name, scan.escaped) : NULL;
        p = value ? json_scan_value(&scan, value, &kind) : NULL;
        if (!p)
            return 0; /* the object is valid */
        if (!node)
            return error_memory(err);
        struct field field = json_field(kind, value, p);
        int failed = 0;
        if (record->flatten && record->node_count > JSON_COLUMNS)
            return too_many(reader, err);
        if (record->flatten && kind == FIELD_JSON && *value == '{' && node->depth < JSON_FLAT)
            failed = survey_members(record, reader, node, field.text, err);
        else if (record->flatten && kind == FIELD_JSON && *value == '[')
            failed = survey_array(record, node, field.text) ? error_memory(err) : 0;
        else
            node->own = node->own || kind != FIELD_NULL;
        if (failed)
            return -1;
        p = json_scan_separator(&scan, p, '}', &closed);
    }
    return 0;
}

int json_survey_add(struct json_record *record, const struct reader *reader, struct slice object, struct error *err)
{
    return survey_members(record, reader, &record->root, object, err);
}

/* The columns of the parts of a list: node[].part. path is the node's, and is written on. */
static int add_parts(struct json_record *record, struct reader *reader, struct json_node *node, struct buffer *name,
                     struct error *err)
{
    size_t length = name->len;
    int failed = 0;

    for (size_t i = 0; i < node->part_count && !failed; i++) {
        struct json_path *path = NULL;
        name->len = length;
        if (buffer_append(name, SLICE("[]")) || json_path_append(name, node->parts[i]))
            return error_memory(err);
        failed = json_path_parse(&path, buffer_slice(name), err) ||
                 json_record_add_column(record, reader, buffer_slice(name), node, path, node->depth, err);
        if (failed)
            json_path_free(path);
    }
    return failed ? -1 : 0;
}

/* The columns of a node and of what is below it. */
static int add_columns(struct json_record *record, struct reader *reader, struct json_node *node, struct buffer *name,
                       struct error *err)
{
    bool plain = node->depth == 1 && !(record->flatten && node->name.len && node->name.ptr[0] == '.');
    bool list = node->value.ptr && !node->other;

    buffer_clear(name);
    if (json_node_path(node, name))
        return error_memory(err);
    if (node->own || !node->children) {
        node->column = record->column_count;
        if (json_record_add_column(record, reader, plain ? node->name : buffer_slice(name), node, NULL, 0, err))
            return -1;
    }
    if (!list)
        node->part_count = 0;
    if (add_parts(record, reader, node, name, err))
        return -1;
    for (struct json_node *child = node->children; child; child = child->next)
        if (add_columns(record, reader, child, name, err))
            return -1;
    return 0;
}

int json_survey_end(struct json_record *record, struct reader *reader, struct error *err)
{
    struct buffer name;
    int failed = 0;

    buffer_init(&name);
    for (struct json_node *node = record->root.children; node && !failed; node = node->next)
        failed = add_columns(record, reader, node, &name, err);
    buffer_fini(&name);
    return failed;
}

/* What a column is called whose name in the header is in `name`, in there. 0 or -1, memory. */
static int make_unique(struct json_record *record, struct buffer *name)
{
    size_t length;

    if (name->len == 0 && buffer_printf(name, "column_%zu", record->column_count + 1))
        return -1;
    length = name->len;
    for (size_t n = 2; group_find(&record->names, buffer_slice(name)); n++) {
        name->len = length;
        if (buffer_printf(name, "_%zu", n))
            return -1;
    }
    return 0;
}

static int add_header(struct json_record *record, struct reader *reader, struct field value, struct buffer *name,
                      struct error *err)
{
    buffer_clear(name);
    bool escaped = value.kind == FIELD_TEXT && memchr(value.text.ptr, '\\', value.text.len);
    if ((escaped ? json_decode(value.text, name) : buffer_append(name, value.text)) || make_unique(record, name))
        return error_memory(err);
    struct json_node *node = json_record_add_member(record, &record->root, buffer_slice(name), false, NULL);
    if (!node)
        return error_memory(err);
    if (record->node_count > JSON_COLUMNS)
        return too_many(reader, err);
    node->column = record->column_count;
    return json_record_add_column(record, reader, node->name, node, NULL, 0, err);
}

int json_survey_header(struct json_record *record, struct reader *reader, struct slice array, struct error *err)
{
    struct json_scan scan = {.end = array.ptr + array.len};
    const char *p = json_skip_blank(&scan, array.ptr + 1);
    bool closed = *p == ']';
    struct buffer name;
    int failed = 0;

    buffer_init(&name);
    while (p && !closed && !failed) {
        enum field_kind kind;
        const char *value = p;
        p = json_scan_value(&scan, value, &kind);
        if (!p)
            break;
        failed = add_header(record, reader, json_field(kind, value, p), &name, err);
        p = json_scan_separator(&scan, p, ']', &closed);
    }
    buffer_fini(&name);
    record->row_width = record->column_count;
    return failed;
}
