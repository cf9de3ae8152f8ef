/* Spill: one file of blocks. Each part fills a block of its own in memory; a full one goes to the end of the file, and
 * the part remembers its number. Records run on from one block to the next, each behind its length, 7 bits a byte, the
 * lowest first, the high bit set when more follow. */
#include "stream/spill.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/memory.h"
#include "base/program.h"
#include "stream/source.h"

enum { LENGTH_BYTES = 10 };

struct part {
    uint32_t *blocks; /* in the file; owned */
    size_t count, capacity;
    char *block; /* being filled; owned; NULL before the first record */
    size_t used;
};

struct spill {
    int fd; /* -1: no file yet */
    uint32_t blocks;
    uint64_t records, bytes;
    size_t part_count;
    struct part parts[];
};

static int file_failed(const char *what, struct error *err)
{
    const char *folder = getenv("TMPDIR");

    return error_errno(err, "%s temporary file in %s", what, folder && *folder ? folder : "/tmp");
}

int spill_new(struct spill **out, size_t parts, struct error *err)
{
    struct spill *spill = calloc(1, sizeof *spill + parts * sizeof *spill->parts);

    *out = spill;
    if (!spill)
        return error_memory(err);
    spill->fd = -1;
    spill->part_count = parts;
    return 0;
}

void spill_free(struct spill *spill)
{
    if (!spill)
        return;
    for (size_t i = 0; i < spill->part_count; i++) {
        free(spill->parts[i].blocks);
        free(spill->parts[i].block);
    }
    if (spill->fd >= 0)
        close(spill->fd);
    free(spill);
}

size_t spill_part(uint64_t hash, int level)
{
    uint64_t mixed = (hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9);

    mixed = (mixed ^ mixed >> 32) * UINT64_C(0x94d049bb133111eb);
    return mixed >> (64 - 6 * (level + 1)) & (SPILL_PARTS - 1);
}

static int write_block(struct spill *spill, struct part *part, struct error *err)
{
    if (spill->fd < 0) {
        spill->fd = source_temporary(err);
        if (spill->fd < 0)
            return -1;
    }
    if (ARRAY_GROW(part->blocks, part->capacity, part->count + 1))
        return error_memory(err);
    if (spill->blocks == UINT32_MAX) {
        errno = EFBIG;
        return file_failed("writing a", err);
    }
    if (descriptor_write(spill->fd, part->block, SPILL_BLOCK))
        return file_failed("writing a", err);
    part->blocks[part->count++] = spill->blocks++;
    part->used = 0;
    return 0;
}

static int add_bytes(struct spill *spill, struct part *part, struct slice bytes, struct error *err)
{
    while (bytes.len) {
        size_t room = SPILL_BLOCK - part->used;
        size_t size = bytes.len < room ? bytes.len : room;
        memcpy(part->block + part->used, bytes.ptr, size);
        part->used += size;
        bytes.ptr += size;
        bytes.len -= size;
        if (part->used == SPILL_BLOCK && write_block(spill, part, err))
            return -1;
    }
    return 0;
}

int spill_add(struct spill *spill, size_t number, const struct slice *pieces, size_t count, struct error *err)
{
    struct part *part = &spill->parts[number];
    char length[LENGTH_BYTES];
    size_t digits = 0;
    size_t size = 0;
    size_t all;

    if (!part->block && !(part->block = malloc(SPILL_BLOCK)))
        return error_memory(err);
    for (size_t i = 0; i < count; i++)
        size += pieces[i].len;
    all = size;
    for (; size >= 0x80; size >>= 7)
        length[digits++] = (char)(size | 0x80);
    length[digits++] = (char)size;
    if (add_bytes(spill, part, (struct slice){length, digits}, err))
        return -1;
    for (size_t i = 0; i < count; i++)
        if (add_bytes(spill, part, pieces[i], err))
            return -1;
    spill->records++;
    spill->bytes += digits + all;
    return 0;
}

uint64_t spill_records(const struct spill *spill)
{
    return spill->records;
}

uint64_t spill_bytes(const struct spill *spill)
{
    return spill->bytes;
}

bool spill_has(const struct spill *spill, size_t part)
{
    return spill->parts[part].block != NULL;
}

void spill_read(struct spill_reader *reader, const struct spill *spill, size_t part)
{
    reader->spill = spill;
    reader->part = part;
    reader->next = 0;
    reader->from = reader->end = NULL;
}

/* The next block: 1, 0 at the end, -1. The last one is still in memory. */
static int next_block(struct spill_reader *reader, struct error *err)
{
    const struct part *part = &reader->spill->parts[reader->part];

    if (reader->next > part->count || (reader->next == part->count && part->used == 0))
        return 0;
    if (reader->next == part->count) {
        reader->from = part->block;
        reader->end = part->block + part->used;
        reader->next++;
        return 1;
    }
    if (!reader->block && !(reader->block = malloc(SPILL_BLOCK)))
        return error_memory(err);
    errno = EIO; /* of a file that has become shorter */
    if (descriptor_read_at(reader->spill->fd, reader->block, SPILL_BLOCK,
                           (off_t)(part->blocks[reader->next] * (uint64_t)SPILL_BLOCK)) != (ssize_t)SPILL_BLOCK)
        return file_failed("reading a", err);
    reader->next++;
    reader->from = reader->block;
    reader->end = reader->block + SPILL_BLOCK;
    return 1;
}

static int read_length(struct spill_reader *reader, size_t *length, struct error *err)
{
    int shift = 0;
    unsigned char byte;

    *length = 0;
    do {
        if (reader->from == reader->end) {
            int more = next_block(reader, err);
            if (more <= 0)
                return more;
        }
        byte = (unsigned char)*reader->from++;
        *length |= (size_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return 1;
}

int spill_next(struct spill_reader *reader, struct slice *record, struct error *err)
{
    size_t length;
    int more = reader->spill ? read_length(reader, &length, err) : 0;

    if (more <= 0)
        return more;
    if ((size_t)(reader->end - reader->from) >= length) {
        *record = (struct slice){reader->from, length};
        reader->from += length;
        return 1;
    }
    buffer_clear(&reader->joined);
    while (reader->joined.len < length) {
        size_t wanted = length - reader->joined.len;
        size_t here = (size_t)(reader->end - reader->from);
        if (here == 0) {
            if (next_block(reader, err) < 0)
                return -1;
            continue;
        }
        here = here < wanted ? here : wanted;
        if (buffer_append(&reader->joined, (struct slice){reader->from, here}))
            return error_memory(err);
        reader->from += here;
    }
    *record = buffer_slice(&reader->joined);
    return 1;
}

void spill_reader_fini(struct spill_reader *reader)
{
    free(reader->block);
    buffer_fini(&reader->joined);
    *reader = (struct spill_reader){0};
}

size_t spill_allowance(size_t max_memory)
{
    const size_t others = (size_t)64 << 20;

    return max_memory - (max_memory / 4 < others ? max_memory / 4 : others);
}

void spill_note(const struct spill_account *account, size_t max_memory)
{
    static const char units[] = "BKMGT";
    int unit = 0;

    if (!account->spilled)
        return;
    while (units[unit + 1] && max_memory % 1024 == 0) {
        max_memory /= 1024;
        unit++;
    }
    program_note("memory limit of %zu%.1s reached after %llu rows: %llu records went to temporary files (%.1f MB)",
                 max_memory, unit ? &units[unit] : "", (unsigned long long)account->rows,
                 (unsigned long long)account->records, (double)account->bytes / 1e6);
}

void spill_take(struct slice *record, void *to, size_t size)
{
    memcpy(to, record->ptr, size);
    record->ptr += size;
    record->len -= size;
}
