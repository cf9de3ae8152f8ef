/* JSON records: members to columns to fields.
 *
 * The records of an export have their members in the same order, so each known name remembers which one followed it
 * last, and the text is first compared with that one: a hit needs neither a scan of the name nor a hash. A miss is
 * looked up. Members of members are scanned in the same pass, where a field wants them. */
#include "stream/json_record.h"

#include <stdlib.h>
#include <string.h>

static const struct field absent = {{"", 0}, FIELD_ABSENT};

static void deselect(struct json_node *parent)
{
    for (struct json_node *node = parent->children; node; node = node->next) {
        node->slot = COLUMN_ABSENT;
        node->open = false;
        deselect(node);
    }
}

/* With all columns wanted, every member has to be looked at. */
static void open_all(struct json_node *parent)
{
    parent->open = parent->children != NULL;
    for (struct json_node *node = parent->children; node; node = node->next)
        open_all(node);
}

int json_record_select(struct json_record *record, const struct reader *reader, struct error *err)
{
    size_t count = reader->selected_count;
    struct json_slot *slots = calloc(count ? count : 1, sizeof *slots);

    if (!slots)
        return error_memory(err);
    free(record->slots);
    record->slots = slots;
    record->slot_count = count;
    record->has_paths = false;
    record->everything = reader->everything;
    deselect(&record->root);
    for (size_t i = 0; i < count; i++) {
        if (reader->selected[i] == COLUMN_ABSENT)
            continue;
        struct json_node *node = record->columns[reader->selected[i]].node;
        slots[i].column = record->columns[reader->selected[i]];
        slots[i].next = node->slot;
        node->slot = i;
        record->has_paths = record->has_paths || slots[i].column.path;
        for (struct json_node *parent = node->parent; parent; parent = parent->parent)
            parent->open = true;
    }
    if (record->everything)
        open_all(&record->root);
    return 0;
}

/* The member whose name begins at p, and where its value begins. *link is where the name before remembers the one that
 * followed it. */
static const char *scan_known_name(struct json_record *record, struct json_scan *scan, const struct json_node *parent,
                                   const char *p, struct json_member ***link, struct json_member **found)
{
    struct json_member *expected = **link;

    if (expected) {
        size_t length = expected->text.len;
        if ((size_t)(scan->end - p) > length + 2 && p[length + 1] == '"' && p[length + 2] == ':' && *p == '"' &&
            slice_equal((struct slice){p + 1, length}, expected->text)) {
            *found = expected;
            *link = &expected->next;
            return json_skip_blank(scan, p + length + 3);
        }
    }
    struct slice name;
    p = json_scan_name(scan, p, &name);
    if (!p)
        return NULL;
    *found = json_record_find(record, parent, name, scan->escaped);
    if (*found) {
        /* a name found by what it stands for is not written so: it must not be compared with the text */
        if ((*found)->escaped == scan->escaped)
            **link = *found;
        *link = &(*found)->next;
    } else if (record->memory) {
        return NULL;
    } else if (!record->stranger.ptr) {
        record->stranger = name;
        record->stranger_parent = parent;
        record->stranger_listed = false;
    }
    return p;
}

static void forget(struct json_record *record, struct json_node *node, struct field *fields)
{
    for (size_t slot = node->slot; slot != COLUMN_ABSENT; slot = record->slots[slot].next) {
        fields[slot] = absent;
        record->slots[slot].escaped = false;
    }
    for (struct json_node *child = node->children; child; child = child->next)
        forget(record, child, fields);
}

/* A member that occurs twice means its last value: what was inside an earlier one counts no more. */
static void forget_members(struct json_record *record, const struct json_node *node, struct field *fields)
{
    if (node->record == record->records)
        for (struct json_node *child = node->children; child; child = child->next)
            forget(record, child, fields);
}

/* A value of a member that has columns for its members, and which is none of an object. */
static void check_own(struct json_record *record, const struct json_node *node, struct field value)
{
    bool nothing = value.kind == FIELD_NULL;

    if (value.kind == FIELD_JSON) {
        struct json_scan scan = {.end = value.text.ptr + value.text.len};
        nothing = value.text.ptr[0] == '{' || *json_skip_blank(&scan, value.text.ptr + 1) == ']';
    }
    if (node->column == COLUMN_ABSENT && !nothing && !record->stranger.ptr) {
        record->stranger = node->name;
        record->stranger_parent = node->parent;
        record->stranger_listed = false;
    }
}

/* An array or object. Of an object whose members have columns of their own only paths want the whole. */
static void store_nested(struct json_record *record, const struct json_node *node, struct slice text,
                         struct field *fields)
{
    const struct field value = {text, FIELD_JSON};
    bool inside = node->children && text.ptr[0] == '{';

    record->has_arrays = record->has_arrays || text.ptr[0] == '[';
    for (size_t slot = node->slot; slot != COLUMN_ABSENT; slot = record->slots[slot].next) {
        fields[slot] = inside && !record->slots[slot].column.path ? absent : value;
        record->slots[slot].escaped = false;
    }
}

static inline void store(struct json_record *record, const struct json_node *node, struct field value, bool escaped,
                         struct field *fields)
{
    if (value.kind == FIELD_JSON) {
        store_nested(record, node, value.text, fields);
        return;
    }
    for (size_t slot = node->slot; slot != COLUMN_ABSENT; slot = record->slots[slot].next) {
        fields[slot].text.ptr = value.text.ptr; /* member by member: the compiler keeps them in registers */
        fields[slot].text.len = value.text.len;
        fields[slot].kind = value.kind;
        record->slots[slot].escaped = escaped;
        record->has_escapes = record->has_escapes || escaped;
    }
}

static const char *scan_members(struct json_record *record, struct json_scan *scan, struct json_node *parent,
                                const char *p, struct field *fields);

/* An object whose members are wanted. */
static const char *scan_inside(struct json_record *record, struct json_scan *scan, struct json_node *node,
                               const char *p, struct field *fields)
{
    const char *begin = p;

    forget_members(record, node, fields);
    node->record = record->records;
    scan->depth++;
    p = scan_members(record, scan, node, p, fields);
    scan->depth--;
    if (p)
        store_nested(record, node, (struct slice){begin, (size_t)(p - begin)}, fields);
    return p;
}

/* p is at the opening bracket. */
static const char *scan_members(struct json_record *record, struct json_scan *scan, struct json_node *parent,
                                const char *p, struct field *fields)
{
    struct json_member **link = &parent->first;
    bool closed;

    p = json_skip_blank(scan, p + 1);
    closed = p < scan->end && *p == '}';
    if (closed)
        return p + 1;
    while (!closed) {
        struct json_member *member;
        enum field_kind kind;
        const char *value = scan_known_name(record, scan, parent, p, &link, &member);
        if (!value)
            return NULL;
        struct json_node *node = member ? member->node : NULL;
        bool inside = node && node->open && value < scan->end && *value == '{';
        p = inside ? scan_inside(record, scan, node, value, fields) : json_scan_value(scan, value, &kind);
        if (!p)
            return NULL;
        if (node && !inside) {
            if (node->slot != COLUMN_ABSENT)
                store(record, node, json_field(kind, value, p), kind == FIELD_TEXT && scan->escaped, fields);
            if (node->children) {
                forget_members(record, node, fields);
                check_own(record, node, json_field(kind, value, p));
            }
        }
        p = json_scan_separator(scan, p, '}', &closed);
        if (!p)
            return NULL;
    }
    return p;
}

static void begin_record(struct json_record *record, struct field *fields)
{
    if (record->has_escapes || record->has_arrays || record->has_paths)
        for (size_t i = 0; i < record->slot_count; i++)
            record->slots[i].escaped = record->slots[i].made = false;
    record->records++;
    record->has_escapes = false;
    record->has_arrays = false;
    record->stranger = (struct slice){NULL, 0};
    for (size_t i = 0; i < record->slot_count; i++)
        fields[i] = absent;
}

const char *json_record_scan(struct json_record *record, struct json_scan *scan, const char *p, struct field *fields)
{
    begin_record(record, fields);
    return scan_members(record, scan, &record->root, p, fields);
}

const char *json_record_scan_row(struct json_record *record, struct json_scan *scan, const char *p,
                                 struct field *fields)
{
    bool closed;

    begin_record(record, fields);
    record->elements = 0;
    p = json_skip_blank(scan, p + 1);
    closed = p < scan->end && *p == ']';
    if (closed)
        return p + 1;
    while (!closed) {
        enum field_kind kind;
        const char *value = p;
        p = json_scan_value(scan, value, &kind);
        if (!p)
            return NULL;
        size_t i = record->elements++;
        if (i < record->row_width)
            store(record, record->columns[i].node, json_field(kind, value, p), kind == FIELD_TEXT && scan->escaped,
                  fields);
        p = json_scan_separator(scan, p, ']', &closed);
        if (!p)
            return NULL;
    }
    return p;
}
