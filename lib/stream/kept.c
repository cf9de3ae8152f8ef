/* Kept records, packed: the place and the fields of a record stand one behind the other, numbers in seven bits a byte,
 * so that what is kept is hardly larger than what was read; fields that a record of JSON does not have are counted, so
 * that this holds of short records under many names, too. Blocks of them never move, not even to a file. */
#include "stream/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stream/kept_file.h"

#define BLOCK ((size_t)1 << 20)
#define LIMITED_BLOCK ((size_t)8 << 20) /* with a limit, at most */
#define LIMIT_PARTS 16                  /* of which a block is one */
#define FILE_PARTS 64                   /* of all there is, likewise */
#define LOOKED_AT ((size_t)16 << 20)    /* bytes of the file that may be in memory, at most */
#define NUMBER_ROOM 10                  /* bytes of a packed number at most */
#define PLACE_ROOM ((size_t)3 * NUMBER_ROOM)

void kept_init(struct kept *kept, size_t columns)
{
    *kept = (struct kept){.columns = columns};
}

void kept_fini(struct kept *kept)
{
    for (size_t i = 0; i < kept->block_count; i++)
        if (kept->limit)
            kept_block_unmap(&kept->blocks[i]);
        else
            free(kept->blocks[i].at);
    free(kept->blocks);
    free(kept->records);
    kept_file_free(kept->file);
    kept_init(kept, 0);
}

void kept_limit(struct kept *kept, size_t limit)
{
    kept->limit = limit;
}

size_t kept_memory(const struct kept *kept)
{
    return kept->held + kept->capacity * sizeof *kept->records;
}

uint64_t kept_aside(const struct kept *kept)
{
    return kept->file ? kept->file->bytes : 0;
}

int kept_put_aside(struct kept *kept, struct error *err)
{
    if (!kept->file) {
        kept->before = kept->count;
        if (kept_file_new(&kept->file, kept->limit < LOOKED_AT ? kept->limit : LOOKED_AT, err))
            return -1;
    }
    for (size_t i = kept->block_count; i-- && !kept->blocks[i].aside;) {
        struct kept_block *block = &kept->blocks[i];

        if (kept_file_take(kept->file, block, err))
            return -1;
        kept->held -= block->size;
    }
    kept->room = kept->used; /* of the newest: nothing more goes there */
    return 0;
}

/* The size of the next block: with a limit a small part of it, but not so small that there are very many. */
static size_t block_room(const struct kept *kept, size_t size)
{
    size_t room = BLOCK;

    if (kept->limit) {
        const size_t least = kept->limit / LIMIT_PARTS, grown = (size_t)(kept->held + kept_aside(kept)) / FILE_PARTS;
        room = least > grown ? least : grown;
        room = room < LIMITED_BLOCK ? room : LIMITED_BLOCK;
    }
    return size > room ? size : room;
}

static int add_block(struct kept *kept, size_t size, struct error *err)
{
    size_t room = block_room(kept, size);

    if (kept->limit && kept->block_count && (kept->file || kept_memory(kept) + room > kept->limit) &&
        kept_put_aside(kept, err))
        return -1;
    if (ARRAY_GROW(kept->blocks, kept->block_capacity, kept->block_count + 1))
        return error_memory(err);
    char *at = kept->limit ? kept_block_map(&room) : malloc(room);
    if (!at)
        return error_memory(err);
    kept->blocks[kept->block_count++] = (struct kept_block){at, room, false};
    kept->held += room;
    kept->used = 0;
    kept->room = room;
    return 0;
}

/* Room for a record of size bytes in one block, or NULL. */
static char *reserve(struct kept *kept, size_t size, struct error *err)
{
    if (ARRAY_GROW(kept->records, kept->capacity, kept->count + 1)) {
        error_memory(err);
        return NULL;
    }
    if ((!kept->block_count || kept->room - kept->used < size) && add_block(kept, size, err))
        return NULL;
    return kept->blocks[kept->block_count - 1].at + kept->used;
}

/* What stands from `begin`, as reserve() gave it, to `end` is a record. */
static void close_record(struct kept *kept, char *begin, const char *end)
{
    kept->records[kept->count++] = begin;
    kept->used += (size_t)(end - begin);
}

static char *put_number(char *at, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (char)(number | 0x80);
    *at++ = (char)number;
    return at;
}

static const char *get_number(const char *at, uint64_t *number)
{
    unsigned shift = 0;

    if (!(*at & 0x80)) {
        *number = (unsigned char)*at;
        return at + 1;
    }
    for (*number = 0; *at & 0x80; shift += 7)
        *number |= (uint64_t)(*at++ & 0x7f) << shift;
    *number |= (uint64_t)(unsigned char)*at++ << shift;
    return at;
}

static char *put_place(char *at, const struct kept_place *place)
{
    at = put_number(at, place->input);
    at = put_number(at, place->line);
    return put_number(at, place->number);
}

static size_t number_size(uint64_t number)
{
    return (70 - (size_t)__builtin_clzll(number | 1)) / 7;
}

static uint64_t head_of(const struct field *field)
{
    return (uint64_t)field->text.len << 3 | field->kind;
}

/* The kind in the head of several absent fields, whose number stands in the place of the length. */
#define ABSENT_RUN 7

/* How many absent fields there are from i on. */
static size_t absent_run(const struct record *record, size_t i, size_t columns)
{
    size_t first = i;

    while (i < columns && record->fields[i].kind == FIELD_ABSENT)
        i++;
    return i - first;
}

/* The size of the fields as they are kept. */
static size_t fields_size(const struct record *record, size_t columns)
{
    size_t size = 0, run;

    for (size_t i = 0; i < columns; i++) {
        if (record->fields[i].kind == FIELD_ABSENT && (run = absent_run(record, i, columns)) > 1) {
            size += number_size((uint64_t)run << 3 | ABSENT_RUN);
            i += run - 1;
            continue;
        }
        size += number_size(head_of(&record->fields[i])) + record->fields[i].text.len;
    }
    return size;
}

static char *put_fields(char *at, const struct record *record, size_t columns)
{
    size_t run;

    for (size_t i = 0; i < columns; i++) {
        const struct field *field = &record->fields[i];

        if (field->kind == FIELD_ABSENT && (run = absent_run(record, i, columns)) > 1) {
            at = put_number(at, (uint64_t)run << 3 | ABSENT_RUN);
            i += run - 1;
            continue;
        }
        at = put_number(at, head_of(field));
        if (field->text.len)
            memcpy(at, field->text.ptr, field->text.len);
        at += field->text.len;
    }
    return at;
}

int kept_add(struct kept *kept, const struct record *record, struct error *err)
{
    const struct kept_place place = {record->input, record->line, record->number};
    char *begin = reserve(kept, PLACE_ROOM + fields_size(record, kept->columns), err);

    if (!begin)
        return -1;
    close_record(kept, begin, put_fields(put_place(begin, &place), record, kept->columns));
    return 0;
}

int kept_encode(struct buffer *out, const struct record *record, size_t columns)
{
    if (columns == 0)
        return 0;
    if (buffer_reserve(out, fields_size(record, columns)))
        return -1;
    out->len = (size_t)(put_fields(out->data + out->len, record, columns) - out->data);
    return 0;
}

int kept_add_encoded(struct kept *kept, const struct kept_place *place, struct slice fields, struct error *err)
{
    char *begin = reserve(kept, PLACE_ROOM + fields.len, err);

    if (!begin)
        return -1;
    char *at = put_place(begin, place);
    if (fields.len)
        memcpy(at, fields.ptr, fields.len);
    close_record(kept, begin, at + fields.len);
    return 0;
}

/* Where a record stands, to be looked at. */
static const char *record_at(const struct kept *kept, size_t row)
{
    if (kept->file)
        kept_file_touch(kept->file, kept->records[row], kept->blocks, kept->block_count);
    return kept->records[row];
}

static const char *get_place(const char *at, struct kept_place *place)
{
    uint64_t input;

    at = get_number(at, &input);
    place->input = (size_t)input;
    at = get_number(at, &place->line);
    return get_number(at, &place->number);
}

struct kept_place kept_place(const struct kept *kept, size_t row)
{
    struct kept_place place;

    get_place(record_at(kept, row), &place);
    return place;
}

/* A walk over the fields of a record. */
struct walk {
    const char *at;
    uint64_t absent; /* fields still to come that are absent */
};

static inline struct field next_field(struct walk *walk)
{
    uint64_t head;

    if (walk->absent) {
        walk->absent--;
        return (struct field){{walk->at, 0}, FIELD_ABSENT};
    }
    walk->at = get_number(walk->at, &head);
    if ((head & 7) == ABSENT_RUN) {
        walk->absent = (head >> 3) - 1;
        return (struct field){{walk->at, 0}, FIELD_ABSENT};
    }
    struct field field = {{walk->at, (size_t)(head >> 3)}, (enum field_kind)(head & 7)};
    walk->at += field.text.len;
    return field;
}

void kept_fields(const struct kept *kept, size_t row, struct field *fields)
{
    struct kept_place place;
    struct walk walk = {get_place(record_at(kept, row), &place), 0};

    for (size_t i = 0; i < kept->columns; i++)
        fields[i] = next_field(&walk);
}

void kept_texts(const struct kept *kept, size_t row, const size_t *columns, size_t count, struct slice *texts)
{
    struct kept_place place;
    const struct walk first = {get_place(record_at(kept, row), &place), 0};
    struct walk walk = first;
    size_t next = 0; /* the column that the walk comes to */

    for (size_t i = 0; i < count; i++) {
        if (columns[i] < next) {
            walk = first;
            next = 0;
        }
        for (; next < columns[i]; next++)
            next_field(&walk);
        texts[i] = next_field(&walk).text;
        next++;
    }
}
