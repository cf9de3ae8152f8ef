/* JSON records: the members that are known, found by their names, and the columns made of them.
 *
 * A name with escapes is known by its spelling too, so that it need not be decoded in every record. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stream/json_record.h"

void json_record_init(struct json_record *record, bool flatten)
{
    *record = (struct json_record){.flatten = flatten};
    arena_init(&record->arena);
    group_init(&record->names, sizeof(struct json_member));
    group_init(&record->spellings, sizeof(struct json_member));
    group_init(&record->inner, sizeof(struct json_member));
    group_init(&record->inner_spellings, sizeof(struct json_member));
}

void json_record_fini(struct json_record *record)
{
    for (size_t i = 0; i < record->column_count; i++)
        json_path_free(record->columns[i].path);
    free(record->columns);
    free(record->slots);
    arena_fini(&record->arena);
    group_fini(&record->names);
    group_fini(&record->spellings);
    group_fini(&record->inner);
    group_fini(&record->inner_spellings);
    buffer_fini(&record->text);
    buffer_fini(&record->scratch);
    buffer_fini(&record->key);
    json_record_init(record, false);
}

/* The key of a name among the members of parent; *before is how many bytes of it are not the name. false: no memory. */
static bool make_key(struct json_record *record, const struct json_node *parent, struct slice name, struct slice *key,
                     size_t *before)
{
    *key = name;
    *before = 0;
    if (parent == &record->root)
        return true;
    *before = sizeof parent;
    buffer_clear(&record->key);
    if (buffer_append(&record->key, (struct slice){(const char *)&parent, sizeof parent}) ||
        buffer_append(&record->key, name))
        return false;
    *key = buffer_slice(&record->key);
    return true;
}

static struct group_table *table_of(struct json_record *record, const struct json_node *parent, bool escaped)
{
    if (parent == &record->root)
        return escaped ? &record->spellings : &record->names;
    return escaped ? &record->inner_spellings : &record->inner;
}

static struct json_member *find_as(struct json_record *record, const struct json_node *parent, struct slice name,
                                   bool escaped)
{
    struct slice key;
    size_t before;

    if (!make_key(record, parent, name, &key, &before)) {
        record->memory = true;
        return NULL;
    }
    return group_find(table_of(record, parent, escaped), key);
}

struct json_member *json_record_find(struct json_record *record, const struct json_node *parent, struct slice written,
                                     bool escaped)
{
    struct json_member *member = find_as(record, parent, written, escaped);

    if (member || !escaped || record->memory)
        return member;
    buffer_clear(&record->scratch);
    if (json_decode(written, &record->scratch)) {
        record->memory = true;
        return NULL;
    }
    return find_as(record, parent, buffer_slice(&record->scratch), false);
}

/* The member of that name or spelling; made when it is not there. NULL: no memory. */
static struct json_member *add_as(struct json_record *record, struct json_node *parent, struct slice name, bool escaped,
                                  struct json_node *node)
{
    struct group_table *table = table_of(record, parent, escaped);
    struct slice key;
    size_t before;
    bool added;

    if (!make_key(record, parent, name, &key, &before))
        return NULL;
    struct json_member *member = group_get(table, key, &added);
    if (member && added) {
        struct slice kept = group_key(table, group_index(member));
        *member = (struct json_member){{kept.ptr + before, kept.len - before}, escaped, node, NULL};
    }
    return member;
}

static struct json_node *add_child(struct json_record *record, struct json_node *parent)
{
    struct json_node *node = arena_alloc(&record->arena, sizeof *node);

    if (!node)
        return NULL;
    *node = (struct json_node){
        .parent = parent, .column = COLUMN_ABSENT, .slot = COLUMN_ABSENT, .depth = parent->depth + 1};
    if (parent->last_child)
        parent->last_child->next = node;
    else
        parent->children = node;
    parent->last_child = node;
    record->node_count++;
    return node;
}

struct json_node *json_record_add_member(struct json_record *record, struct json_node *parent, struct slice written,
                                         bool escaped, struct json_node *node)
{
    struct slice name = written;

    if (!node) {
        if (escaped) {
            buffer_clear(&record->scratch);
            if (json_decode(written, &record->scratch))
                return NULL;
            name = buffer_slice(&record->scratch);
        }
        node = add_child(record, parent);
        if (!node)
            return NULL;
        const struct json_member *member = add_as(record, parent, name, false, node);
        if (!member)
            return NULL;
        node->name = member->text;
    }
    return !escaped || add_as(record, parent, written, true, node) ? node : NULL;
}

int json_record_add_column(struct json_record *record, struct reader *reader, struct slice name, struct json_node *node,
                           struct json_path *path, size_t from, struct error *err)
{
    if (ARRAY_GROW(record->columns, record->column_capacity, record->column_count + 1))
        return error_memory(err);
    if (reader_add_name(reader, name, err))
        return -1;
    record->columns[record->column_count++] = (struct json_column){node, path, from};
    return 0;
}

/* The node that a path of names leads to, or NULL, and *top, the one it begins with, or NULL. 0 or -1, memory. */
static int find_node(struct json_record *record, const struct json_path *path, struct json_node **top,
                     struct json_node **found)
{
    struct json_node *node = &record->root;

    *top = *found = NULL;
    for (size_t i = 0; i < path->count; i++) {
        if (!path->steps[i].name.ptr)
            return 0;
        const struct json_member *member = json_record_find(record, node, path->steps[i].name, false);
        if (!member)
            return record->memory ? -1 : 0;
        node = member->node;
        if (i == 0)
            *top = node;
    }
    *found = node;
    return 0;
}

int json_record_add_path(struct json_record *record, struct reader *reader, struct slice text, size_t *column,
                         struct error *err)
{
    struct json_path *path;
    struct json_node *top = NULL;
    struct json_node *node = NULL;
    struct quote q;
    int failed = 0;

    *column = COLUMN_ABSENT;
    if (json_path_parse(&path, text, err))
        return -1;
    if (path->each && !record->flatten)
        failed = error_set(err, STATUS_USAGE, "not a path: '%s' (a path is to one value, [] is to several)",
                           quote_name(&q, text));
    else if (find_node(record, path, &top, &node))
        failed = error_memory(err);
    if (failed || !top || (node && node->column != COLUMN_ABSENT)) {
        if (!failed && top)
            *column = node->column;
        json_path_free(path);
        return failed;
    }
    if (json_record_add_column(record, reader, text, top, path, 1, err)) {
        json_path_free(path);
        return -1;
    }
    *column = record->column_count - 1;
    return 0;
}

int json_node_path(const struct json_node *node, struct buffer *text)
{
    if (node->depth == 0)
        return 0;
    return json_node_path(node->parent, text) || json_path_append(text, node->name) ? -1 : 0;
}

int json_record_stranger(const struct json_record *record, struct buffer *text)
{
    const struct json_node *parent = record->stranger_parent;

    if (parent == &record->root && !record->stranger_listed)
        return buffer_append(text, record->stranger);
    return json_node_path(parent, text) || (record->stranger_listed && buffer_append(text, SLICE("[]"))) ||
                   json_path_append(text, record->stranger)
               ? -1
               : 0;
}

int json_record_add_name(struct json_record *record, struct reader *reader, struct slice name, size_t *column,
                         struct error *err)
{
    struct json_node *node = json_record_add_member(record, &record->root, name, false, NULL);

    if (!node)
        return error_memory(err);
    *column = node->column = record->column_count;
    return json_record_add_column(record, reader, name, node, NULL, 0, err);
}
