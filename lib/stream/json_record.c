/* JSON records: members to columns to fields.
 *
 * The records of an export have their members in the same order, so each known name remembers which one followed it
 * last, and the text is first compared with that one: a hit needs neither a scan of the name nor a hash. A miss is
 * looked up. A name with escapes is known by its spelling too, so that it need not be decoded in every record. */
#include "stream/json_record.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void json_record_init(struct json_record *record)
{
    *record = (struct json_record){0};
    group_init(&record->names, sizeof(struct json_member));
    group_init(&record->spellings, sizeof(struct json_member));
}

void json_record_fini(struct json_record *record)
{
    for (size_t i = 0; i < record->column_count; i++)
        json_path_free(record->columns[i].path);
    free(record->columns);
    free(record->slots);
    group_fini(&record->names);
    group_fini(&record->spellings);
    buffer_fini(&record->text);
    buffer_fini(&record->scratch);
    json_record_init(record);
}

/* The known name that is written so; NULL when there is none or, with record->memory set, memory is short. */
static struct json_member *find_member(struct json_record *record, struct slice written, bool escaped)
{
    if (!escaped)
        return group_find(&record->names, written);
    struct json_member *member = group_find(&record->spellings, written);
    if (member)
        return member;
    buffer_clear(&record->scratch);
    if (json_decode(written, &record->scratch)) {
        record->memory = true;
        return NULL;
    }
    return group_find(&record->names, buffer_slice(&record->scratch));
}

static struct json_member *add_to(struct group_table *table, struct slice text, bool escaped, size_t column)
{
    bool added;
    struct json_member *member = group_get(table, text, &added);

    if (member && added)
        *member = (struct json_member){group_key(table, group_index(member)), escaped, column, NULL};
    return member;
}

/* Adds a column; the record's and the reader's lists stay in step. Owns path on success only. */
static int add_column(struct json_record *record, struct reader *reader, struct slice name, struct json_path *path,
                      size_t member, struct error *err)
{
    if (ARRAY_GROW(record->columns, record->column_capacity, record->column_count + 1))
        return error_memory(err);
    if (reader_add_name(reader, name, err))
        return -1;
    record->columns[record->column_count++] = (struct json_column){COLUMN_ABSENT, path, member};
    return 0;
}

static int add_name(struct json_record *record, struct reader *reader, struct slice written, bool escaped,
                    struct error *err)
{
    struct json_member *member = find_member(record, written, escaped);
    size_t column = record->column_count;

    if (record->memory)
        return error_memory(err);
    if (member) {
        column = member->column;
    } else {
        struct slice name = escaped ? buffer_slice(&record->scratch) : written;
        if (!add_to(&record->names, name, false, column))
            return error_memory(err);
        if (add_column(record, reader, name, NULL, column, err))
            return -1;
    }
    if (escaped && !add_to(&record->spellings, written, true, column))
        return error_memory(err);
    return 0;
}

int json_record_add_names(struct json_record *record, struct reader *reader, struct slice object, struct error *err)
{
    struct json_scan scan = {.end = object.ptr + object.len};
    const char *p = json_skip_blank(&scan, object.ptr + 1);
    bool closed = *p == '}';

    while (p && !closed) {
        struct slice name;
        enum field_kind kind;
        p = json_scan_name(&scan, p, &name);
        if (!p || add_name(record, reader, name, scan.escaped, err))
            return -1;
        p = json_scan_value(&scan, p, &kind);
        if (p)
            p = json_scan_separator(&scan, p, '}', &closed);
    }
    return 0;
}

int json_record_add_path(struct json_record *record, struct reader *reader, struct slice text, size_t *column,
                         struct error *err)
{
    struct json_path *path;

    *column = COLUMN_ABSENT;
    if (json_path_parse(&path, text, err))
        return -1;
    const struct json_member *member = group_find(&record->names, path->steps[0].name);
    if (!member || path->count == 1) {
        *column = member ? member->column : COLUMN_ABSENT;
        json_path_free(path);
        return 0;
    }
    if (add_column(record, reader, text, path, member->column, err)) {
        json_path_free(path);
        return -1;
    }
    *column = record->column_count - 1;
    return 0;
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
    for (size_t i = 0; i < record->column_count; i++)
        record->columns[i].slot = COLUMN_ABSENT;
    for (size_t i = 0; i < count; i++) {
        if (reader->selected[i] == COLUMN_ABSENT)
            continue;
        const struct json_column *column = &record->columns[reader->selected[i]];
        struct json_column *member = &record->columns[column->member];
        slots[i].path = column->path;
        slots[i].next = member->slot;
        member->slot = i;
        record->has_paths = record->has_paths || column->path;
    }
    return 0;
}

/* The member whose name begins at p, and where its value begins. *link is where the name before remembers the one that
 * followed it. */
static const char *scan_known_name(struct json_record *record, struct json_scan *scan, const char *p,
                                   struct json_member ***link, struct json_member **found)
{
    struct json_member *expected = **link;

    if (expected) {
        size_t length = expected->text.len;
        if ((size_t)(scan->end - p) > length + 2 && p[length + 1] == '"' && p[length + 2] == ':' && *p == '"' &&
            memcmp(p + 1, expected->text.ptr, length) == 0) {
            *found = expected;
            *link = &expected->next;
            return json_skip_blank(scan, p + length + 3);
        }
    }
    struct slice name;
    p = json_scan_name(scan, p, &name);
    if (!p)
        return NULL;
    *found = find_member(record, name, scan->escaped);
    if (*found) {
        /* a name found by what it stands for is not written so: it must not be compared with the text */
        if ((*found)->escaped == scan->escaped)
            **link = *found;
        *link = &(*found)->next;
    } else if (record->memory) {
        return NULL;
    } else if (!record->stranger.ptr) {
        record->stranger = name;
    }
    return p;
}

static void store(struct json_record *record, size_t slot, struct field value, bool escaped, struct field *fields)
{
    for (; slot != COLUMN_ABSENT; slot = record->slots[slot].next) {
        fields[slot] = value;
        record->slots[slot].escaped = escaped;
        record->has_escapes = record->has_escapes || escaped;
    }
}

const char *json_record_scan(struct json_record *record, struct json_scan *scan, const char *p, struct field *fields)
{
    struct json_member **link = &record->first;
    bool closed;

    record->has_escapes = false;
    record->stranger = (struct slice){NULL, 0};
    for (size_t i = 0; i < record->slot_count; i++) {
        fields[i] = (struct field){{"", 0}, FIELD_ABSENT};
        record->slots[i].escaped = false;
    }
    p = json_skip_blank(scan, p + 1);
    closed = p < scan->end && *p == '}';
    if (closed)
        return p + 1;
    while (!closed) {
        struct json_member *member;
        enum field_kind kind;
        const char *value = scan_known_name(record, scan, p, &link, &member);
        if (!value)
            return NULL;
        p = json_scan_value(scan, value, &kind);
        if (!p)
            return NULL;
        if (member && record->columns[member->column].slot != COLUMN_ABSENT)
            store(record, record->columns[member->column].slot, json_field(kind, value, p),
                  kind == FIELD_TEXT && scan->escaped, fields);
        p = json_scan_separator(scan, p, '}', &closed);
        if (!p)
            return NULL;
    }
    return p;
}

static int follow_paths(struct json_record *record, struct field *fields)
{
    for (size_t i = 0; i < record->slot_count; i++) {
        struct json_slot *slot = &record->slots[i];
        if (!slot->path)
            continue;
        if (json_path_walk(slot->path, fields[i], &record->scratch, &fields[i]))
            return -1;
        slot->escaped = fields[i].kind == FIELD_TEXT && memchr(fields[i].text.ptr, '\\', fields[i].text.len);
        record->has_escapes = record->has_escapes || slot->escaped;
    }
    return 0;
}

int json_record_finish(struct json_record *record, struct field *fields, struct error *err)
{
    size_t size = 0;

    if (record->has_paths && follow_paths(record, fields))
        return error_memory(err);
    if (!record->has_escapes)
        return 0;
    for (size_t i = 0; i < record->slot_count; i++)
        if (record->slots[i].escaped)
            size += fields[i].text.len;
    buffer_clear(&record->text);
    /* a decoded string is never longer than it is written: the buffer does not move any more */
    if (buffer_reserve(&record->text, size))
        return error_memory(err);
    for (size_t i = 0; i < record->slot_count; i++) {
        if (!record->slots[i].escaped)
            continue;
        size_t begin = record->text.len;
        if (json_decode(fields[i].text, &record->text))
            return error_memory(err);
        fields[i].text = (struct slice){record->text.data + begin, record->text.len - begin};
    }
    return 0;
}
