/* JSON records: what the scan of a record noted becomes fields: paths are followed, arrays joined, escapes decoded.
 *
 * What is made lies in one buffer, which moves while it grows: the fields get their places in it last. */
#include <string.h>

#include "stream/json_record.h"

static const struct field absent = {{"", 0}, FIELD_ABSENT};

/* The field of a slot that still lies in the record. */
static void refer(struct json_record *record, size_t slot, struct field value, struct field *fields)
{
    fields[slot] = value;
    record->slots[slot].escaped = value.kind == FIELD_TEXT && memchr(value.text.ptr, '\\', value.text.len);
    record->has_escapes = record->has_escapes || record->slots[slot].escaped;
}

/* Ends a list, which is not mixed, as the field of a slot. */
static int take_list(struct json_record *record, size_t slot, struct json_list *list, struct field *fields)
{
    struct field value;
    bool inside;

    if (json_list_end(list, &value, &inside))
        return -1;
    if (inside) {
        refer(record, slot, value, fields);
        return 0;
    }
    fields[slot] = value;
    record->slots[slot].escaped = false;
    record->slots[slot].made = true;
    record->slots[slot].at = list->begin;
    return 0;
}

static int follow_path(struct json_record *record, size_t slot, struct field *fields)
{
    const struct json_column *column = &record->slots[slot].column;
    struct field value = fields[slot];
    struct json_list list;

    if (!column->path->each) {
        if (json_path_walk(column->path, column->from, value, &record->scratch, &value))
            return -1;
        refer(record, slot, value, fields);
        return 0;
    }
    record->slots[slot].escaped = false;
    if (value.kind == FIELD_ABSENT)
        return 0;
    for (int array = 0; array < 2; array++) {
        json_list_begin(&list, &record->text, array);
        if (json_path_walk_each(column->path, column->from, value, &record->scratch, &list))
            return -1;
        if (!list.mixed)
            break;
        record->text.len = list.begin;
    }
    return take_list(record, slot, &list, fields);
}

/* 1 when the object is marked as the one that counts, 0, or -1 out of memory. */
static int is_primary(struct json_record *record, struct slice object)
{
    static const struct slice names[] = {SLICE_INIT("primary"), SLICE_INIT("is_primary"), SLICE_INIT("isPrimary")};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct field mark;
        if (json_find_member(object, names[i], &record->scratch, &mark))
            return -1;
        if (mark.kind == FIELD_TRUE || slice_equal_cstr(mark.text, "1") || slice_equal_cstr(mark.text, "true"))
            return 1;
    }
    return 0;
}

/* Notes the first member of an object in a list that is no part of it. 0 or -1, memory. */
static int check_parts(struct json_record *record, const struct json_node *node, struct slice object)
{
    struct json_scan scan = {.end = object.ptr + object.len};
    const char *p = json_skip_blank(&scan, object.ptr + 1);
    bool closed = *p == '}';

    while (p && !closed && !record->stranger.ptr) {
        struct slice name;
        enum field_kind kind;
        bool known = false;
        p = json_scan_name(&scan, p, &name);
        if (!p)
            break;
        struct slice decoded = name;
        if (scan.escaped) {
            buffer_clear(&record->scratch);
            if (json_decode(name, &record->scratch))
                return -1;
            decoded = buffer_slice(&record->scratch);
        }
        for (size_t i = 0; i < node->part_count && !known; i++)
            known = slice_equal(node->parts[i], decoded);
        if (!known) {
            record->stranger = name;
            record->stranger_parent = node;
            record->stranger_listed = true;
        }
        p = json_scan_value(&scan, p, &kind);
        if (p)
            p = json_scan_separator(&scan, p, '}', &closed);
    }
    return 0;
}

/* The value of a list: of the element that is marked, else of the first. absent when it is no list of objects with a
 * plain value. 0 or -1, memory. */
static int pick(struct json_record *record, const struct json_node *node, struct slice array, struct field *picked)
{
    struct json_scan scan = {.end = array.ptr + array.len};
    const char *p = json_skip_blank(&scan, array.ptr + 1);
    bool closed = *p == ']';
    bool found = false;

    *picked = absent;
    while (p && !closed) {
        enum field_kind kind;
        struct field value;
        struct slice object = {p, 0};
        p = json_scan_value(&scan, p, &kind);
        if (!p)
            break;
        object.len = (size_t)(p - object.ptr);
        if (object.ptr[0] != '{') {
            *picked = absent;
            return 0;
        }
        int primary = found ? 0 : is_primary(record, object);
        if (primary < 0 || json_find_member(object, node->value, &record->scratch, &value) ||
            (record->everything && check_parts(record, node, object)))
            return -1;
        if (value.kind == FIELD_JSON) {
            *picked = absent;
            return 0;
        }
        if (primary || picked->kind == FIELD_ABSENT)
            *picked = value.kind == FIELD_ABSENT ? (struct field){{"", 0}, FIELD_NULL} : value;
        found = found || primary;
        p = json_scan_separator(&scan, p, ']', &closed);
    }
    return 0;
}

static int join(struct json_record *record, size_t slot, struct field *fields)
{
    const struct json_column *column = &record->slots[slot].column;
    struct slice array = fields[slot].text;
    struct json_list list;

    if (!column->path && column->node->part_count) {
        struct field picked;
        if (pick(record, column->node, array, &picked))
            return -1;
        if (picked.kind != FIELD_ABSENT) {
            refer(record, slot, picked, fields);
            return 0;
        }
    }
    json_list_begin(&list, &record->text, false);
    if (json_list_add_elements(&list, array))
        return -1;
    if (!list.mixed)
        return take_list(record, slot, &list, fields);
    record->text.len = list.begin; /* it stays as it is */
    return 0;
}

static int decode(struct json_record *record, size_t slot, struct field *fields)
{
    size_t begin = record->text.len;

    if (json_decode(fields[slot].text, &record->text))
        return -1;
    fields[slot].text.len = record->text.len - begin;
    record->slots[slot].made = true;
    record->slots[slot].at = begin;
    return 0;
}

int json_record_finish(struct json_record *record, struct field *fields, struct error *err)
{
    bool joined = record->flatten && (record->has_arrays || record->has_paths);

    if (!record->has_paths && !record->has_escapes && !joined)
        return 0;
    buffer_clear(&record->text);
    for (size_t i = 0; i < record->slot_count; i++) {
        if (record->slots[i].column.path && follow_path(record, i, fields))
            return error_memory(err);
        if (joined && !record->slots[i].made && fields[i].kind == FIELD_JSON && fields[i].text.ptr[0] == '[' &&
            join(record, i, fields))
            return error_memory(err);
        if (record->slots[i].escaped && decode(record, i, fields))
            return error_memory(err);
    }
    for (size_t i = 0; i < record->slot_count; i++) /* the text has stopped moving */
        if (record->slots[i].made)
            fields[i].text.ptr = record->text.data + record->slots[i].at;
    return 0;
}
