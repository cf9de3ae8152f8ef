/* Kept records, packed: the place and the fields of a record stand one behind the other, numbers in seven bits a byte,
 * so that what is kept is hardly larger than what was read. */
#include "stream/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BLOCK ((size_t)1 << 20)
#define NUMBER_ROOM 10 /* bytes of a packed number at most */

void kept_init(struct kept *kept, size_t columns)
{
    *kept = (struct kept){.columns = columns};
}

void kept_fini(struct kept *kept)
{
    for (size_t i = 0; i < kept->block_count; i++)
        free(kept->blocks[i]);
    free(kept->blocks);
    free(kept->records);
    kept_init(kept, 0);
}

/* Room for size bytes in one block. */
static char *reserve(struct kept *kept, size_t size)
{
    if (!kept->block_count || kept->room - kept->used < size) {
        size_t room = size > BLOCK ? size : BLOCK;
        char *block;

        if (ARRAY_GROW(kept->blocks, kept->block_capacity, kept->block_count + 1) || !(block = malloc(room)))
            return NULL;
        kept->blocks[kept->block_count++] = block;
        kept->used = 0;
        kept->room = room;
    }
    return kept->blocks[kept->block_count - 1] + kept->used;
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

int kept_add(struct kept *kept, const struct record *record, struct error *err)
{
    size_t size = 3 * NUMBER_ROOM;
    char *at;

    for (size_t i = 0; i < kept->columns; i++)
        size += NUMBER_ROOM + record->fields[i].text.len;
    if (ARRAY_GROW(kept->records, kept->capacity, kept->count + 1) || !(at = reserve(kept, size)))
        return error_memory(err);
    kept->records[kept->count++] = at;
    at = put_number(at, record->input);
    at = put_number(at, record->line);
    at = put_number(at, record->number);
    for (size_t i = 0; i < kept->columns; i++) {
        const struct field *field = &record->fields[i];

        at = put_number(at, (uint64_t)field->text.len << 3 | field->kind);
        if (field->text.len)
            memcpy(at, field->text.ptr, field->text.len);
        at += field->text.len;
    }
    kept->used = (size_t)(at - kept->blocks[kept->block_count - 1]);
    return 0;
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

    get_place(kept->records[row], &place);
    return place;
}

void kept_fields(const struct kept *kept, size_t row, struct field *fields)
{
    struct kept_place place;
    const char *at = get_place(kept->records[row], &place);

    for (size_t i = 0; i < kept->columns; i++) {
        uint64_t head;

        at = get_number(at, &head);
        fields[i].kind = (enum field_kind)(head & 7);
        fields[i].text.ptr = at;
        fields[i].text.len = (size_t)(head >> 3);
        at += fields[i].text.len;
    }
}

void kept_texts(const struct kept *kept, size_t row, const size_t *columns, size_t count, struct slice *texts)
{
    struct kept_place place;
    const char *at = get_place(kept->records[row], &place), *first = at;
    size_t next = 0; /* the column that stands at `at` */

    for (size_t i = 0; i < count; i++) {
        uint64_t head;

        if (columns[i] < next) {
            at = first;
            next = 0;
        }
        for (; next < columns[i]; next++) {
            at = get_number(at, &head);
            at += head >> 3;
        }
        texts[i].ptr = get_number(at, &head);
        texts[i].len = (size_t)(head >> 3);
    }
}
