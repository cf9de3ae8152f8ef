/* Blocks: each rule's keys are hashed, sorted and cut into runs. A row keeps the numbers of its blocks under all rules,
 * side by side, so that it is seen at once whether an earlier rule has a pair already. */
#include "analysis/link_block.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct entry {
    uint64_t key;
    uint32_t row;
    uint32_t slot;
};

#define FEW 24 /* entries that are sorted by insertion */

static void sort_few(struct entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct entry entry = entries[i];
        size_t at = i;

        for (; at > 0 && entries[at - 1].key > entry.key; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

/* Sorts by the lowest `bits` bits of the key, those above being equal; equal keys stay in the order of rows. Eight bits
 * at a time, the highest first, so that what is sorted soon fits the cache. bits: a multiple of 8. */
static void sort_entries(struct entry *entries, struct entry *other, size_t count, unsigned bits)
{
    size_t ends[256] = {0};
    size_t sum = 0;

    if (count <= FEW || bits == 0) {
        sort_few(entries, bits ? count : 0);
        return;
    }
    bits -= 8;
    for (size_t i = 0; i < count; i++)
        ends[entries[i].key >> bits & 255]++;
    if (ends[entries[0].key >> bits & 255] == count) {
        sort_entries(entries, other, count, bits);
        return;
    }
    for (size_t i = 0; i < 256; i++) {
        size_t here = ends[i];
        ends[i] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        other[ends[entries[i].key >> bits & 255]++] = entries[i];
    memcpy(entries, other, count * sizeof *entries);
    for (size_t i = 0, begin = 0; i < 256; begin = ends[i++])
        sort_entries(entries + begin, other + begin, ends[i] - begin, bits);
}

/* Room for entries; of each thread, since memory that is had anew for each rule costs more than the sorting. */
struct scratch {
    struct entry *entries; /* owned, as are the others */
    struct entry *other;
    uint64_t *seen;
    size_t room, other_room, seen_room;
};

static void scratch_fini(struct scratch *scratch)
{
    free(scratch->entries);
    free(scratch->other);
    free(scratch->seen);
}

/* Room for so many things, what was there being lost. */
static int make_room(void **memory, size_t *room, size_t wanted, size_t size)
{
    if (wanted <= *room)
        return 0;
    free(*memory);
    *memory = memory_large(wanted, size);
    *room = *memory ? wanted : 0;
    return *memory ? 0 : -1;
}

#define MAKE_ROOM(memory, room, wanted) make_room((void **)&(memory), &(room), (wanted), sizeof *(memory))

/* The pairs of a block that may be one. */
static double pairs_of(const struct link_records *records, const uint32_t *rows, size_t count)
{
    double first = 0, all = (double)count;

    if (records->mode == LINK_WITHIN)
        return all * (all - 1) / 2;
    while ((size_t)first < count && rows[(size_t)first] < records->split)
        first++;
    double second = all - first;
    return records->mode == LINK_ACROSS ? first * second : first * second + second * (second - 1) / 2;
}

struct build_job {
    struct job job;
    struct link_blocks *blocks;
    struct link_index *index;
    const struct link_key_hashes *parts[LINK_RULE_KEYS];
    size_t max_block;
    bool failed;
};

/* What a row is sorted by in a block that is too large: the beginnings of its values. */
struct neighbour {
    char key[2 * LINK_FIELDS];
    struct entry entry;
};

static int by_neighbourhood(const void *a, const void *b)
{
    const struct neighbour *x = a, *y = b;
    int order = memcmp(x->key, y->key, sizeof x->key);

    return order ? order : (x->entry.row > y->entry.row) - (x->entry.row < y->entry.row);
}

static int by_row(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    return (x->row > y->row) - (x->row < y->row);
}

/* Sorts the entries of a large block so that likely pairs stand side by side; then the rows of each neighbourhood. */
static int sort_neighbours(const struct build_job *build, struct entry *entries, size_t count)
{
    const struct link_records *records = build->index->records;
    struct neighbour *neighbours = calloc(count, sizeof *neighbours);

    if (!neighbours)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const uint32_t *row = link_row(records, entries[i].row);

        neighbours[i].entry = entries[i];
        for (size_t f = 0; f < records->field_count; f++) {
            const struct link_field *field = &records->fields[f];
            struct slice text = row[field->first] ? link_value_text(field->values, row[field->first]) : SLICE("");

            memcpy(neighbours[i].key + 2 * f, text.ptr, text.len < 2 ? text.len : 2);
        }
    }
    qsort(neighbours, count, sizeof *neighbours, by_neighbourhood);
    for (size_t i = 0; i < count; i++)
        entries[i] = neighbours[i].entry;
    free(neighbours);
    for (size_t i = 0; i < count; i += build->max_block)
        qsort(entries + i, count - i < build->max_block ? count - i : build->max_block, sizeof *entries, by_row);
    return 0;
}

/* One block, of entries in the order of rows. */
static double add_block(struct build_job *build, const struct entry *entries, size_t count)
{
    struct link_blocks *blocks = build->blocks;
    struct link_index *index = build->index;
    size_t kept = blocks->starts[blocks->count];

    for (size_t k = 0; k < count; k++)
        blocks->rows[kept + k] = entries[k].row;
    double pairs = pairs_of(index->records, blocks->rows + kept, count);
    if (pairs == 0)
        return 0;
    blocks->count++;
    for (size_t k = 0; k < count; k++)
        index->keys[entries[k].row * index->width + blocks->offset + entries[k].slot] = (uint32_t)blocks->count;
    blocks->pairs += (uint64_t)pairs;
    if (count > blocks->largest)
        blocks->largest = count;
    blocks->starts[blocks->count] = kept + count;
    return pairs;
}

/* A block of too many rows. */
static int cut_block(struct build_job *build, struct entry *entries, size_t count)
{
    struct link_blocks *blocks = build->blocks;
    double all = 0, found = 0;

    for (size_t k = 0; k < count; k++)
        blocks->rows[blocks->starts[blocks->count] + k] = entries[k].row;
    all = pairs_of(build->index->records, blocks->rows + blocks->starts[blocks->count], count);
    if (all == 0)
        return 0;
    if (sort_neighbours(build, entries, count))
        return -1;
    for (size_t i = 0; i < count; i += build->max_block)
        found += add_block(build, entries + i, count - i < build->max_block ? count - i : build->max_block);
    blocks->cut_blocks++;
    blocks->cut_rows += count;
    blocks->lost_pairs += all - found;
    return 0;
}

/* A function that only prefetches has no effect that gcc 12 knows of: calls of it are left out unless it is inlined. */
#define FETCHING static inline __attribute__((always_inline)) void

/* Where the row of an entry is told of its block. */
FETCHING fetch_place(const struct build_job *build, const struct entry *entry)
{
    __builtin_prefetch(build->index->keys + entry->row * build->index->width + build->blocks->offset + entry->slot, 1);
}

#define AHEAD 24 /* rows or entries of which memory is fetched before it is looked at */

/* Cuts sorted entries into blocks, and tells the rows. */
static int cut_blocks(struct build_job *build, struct entry *entries, size_t count)
{
    size_t next;

    build->blocks->starts[0] = 0;
    for (size_t i = 0; i < count; i = next) {
        for (next = i + 1; next < count && entries[next].key == entries[i].key; next++)
            ;
        for (size_t k = i; k < next && k + AHEAD < count; k++)
            fetch_place(build, &entries[k + AHEAD]);
        if (next - i > build->max_block) {
            if (cut_block(build, entries + i, next - i))
                return -1;
        } else if (next - i > 1) {
            add_block(build, entries + i, next - i);
        }
    }
    return 0;
}

/* Most keys are of one row alone, and need not be sorted. Whether others have it is asked of two tables of a bit for
 * each of some more values of a hash than there are entries: seen, and seen again. */
static size_t drop_single(struct scratch *scratch, size_t count)
{
    struct entry *entries = scratch->entries;
    unsigned bits = 10;

    while (((size_t)1 << bits) < 8 * count)
        bits++;
    const size_t words = (size_t)1 << (bits - 6);
    if (MAKE_ROOM(scratch->seen, scratch->seen_room, 2 * words)) /* then they are sorted */
        return count;
    uint64_t *seen = scratch->seen, *again = seen + words;
    memset(seen, 0, 2 * words * sizeof *seen);
    for (size_t i = 0; i < count; i++) {
        const size_t at = entries[i].key >> (64 - bits), ahead = i + AHEAD < count ? i + AHEAD : i;
        const uint64_t bit = (uint64_t)1 << (at & 63);

        __builtin_prefetch(&seen[entries[ahead].key >> (64 - bits) >> 6], 1);
        if (seen[at >> 6] & bit)
            again[at >> 6] |= bit;
        seen[at >> 6] |= bit;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t at = entries[i].key >> (64 - bits), ahead = i + AHEAD < count ? i + AHEAD : i;

        __builtin_prefetch(&again[entries[ahead].key >> (64 - bits) >> 6]);
        entries[kept] = entries[i];
        kept += again[at >> 6] >> (at & 63) & 1;
    }
    return kept;
}

/* The hashes of which a row's keys are made. */
FETCHING fetch_hashes(const struct build_job *build, const uint32_t *row)
{
    for (size_t i = 0; i < build->blocks->rule.count; i++) {
        const struct link_key_hashes *part = build->parts[i];
        if (part->of)
            __builtin_prefetch(part->of + row[part->first] * part->each);
        else if (part->counts)
            __builtin_prefetch(part->counts + row[part->first]);
    }
}

/* The keys of all rows that others may have as well. */
static int find_entries(const struct build_job *build, struct scratch *scratch, size_t *found)
{
    const struct link_records *records = build->index->records;
    size_t count = 0;

    if (MAKE_ROOM(scratch->entries, scratch->room, records->count * build->blocks->width + 1))
        return -1;
    for (size_t row = 0; row < records->count; row++) {
        uint64_t keys[LINK_RULE_WIDTH];

        if (row + AHEAD < records->count)
            fetch_hashes(build, link_row(records, row + AHEAD));
        size_t here = link_hashed_keys(build->parts, build->blocks->rule.count, link_row(records, row), keys);

        for (size_t k = 0; k < here; k++)
            scratch->entries[count++] = (struct entry){keys[k], (uint32_t)row, (uint32_t)k};
    }
    *found = drop_single(scratch, count);
    return MAKE_ROOM(scratch->other, scratch->other_room, *found + 1);
}

static void build_blocks(struct job *job, void *context, size_t worker)
{
    struct build_job *build = (struct build_job *)job;
    struct scratch *scratch = (struct scratch *)context + worker;
    size_t count;

    build->failed = true;
    if (find_entries(build, scratch, &count))
        return;
    sort_entries(scratch->entries, scratch->other, count, 64);
    build->blocks->rows = malloc((count + 1) * sizeof *build->blocks->rows);
    build->blocks->starts = malloc((count / 2 + 2) * sizeof *build->blocks->starts);
    if (build->blocks->rows && build->blocks->starts)
        build->failed = cut_blocks(build, scratch->entries, count) != 0;
}

/* The keys of all rules, each once, and their hashes; or rows of the index, which are made empty meanwhile. */
struct hash_job {
    struct job job;
    struct link_index *index; /* or NULL */
    size_t begin, end;        /* rows of it */
    const struct link_records *records;
    struct link_key_hashes hashes;
    struct link_key key;
    bool failed;
};

static void hash_key(struct job *job, void *context, size_t worker)
{
    struct hash_job *hash = (struct hash_job *)job;

    (void)context;
    (void)worker;
    if (hash->index) {
        size_t width = hash->index->width;
        memset(hash->index->keys + hash->begin * width, 0, (hash->end - hash->begin) * width * sizeof(uint32_t));
        return;
    }
    hash->failed = link_key_hashes_init(&hash->hashes, &hash->key, hash->records) != 0;
}

/* The number of a key among those of count jobs, or count. */
static size_t find_key(const struct hash_job *jobs, size_t count, const struct link_key *key)
{
    size_t at = 0;

    while (at < count &&
           !(jobs[at].key.field == key->field && jobs[at].key.part == key->part && jobs[at].key.length == key->length))
        at++;
    return at;
}

#define PARTS 16 /* that the index is made empty in */

/* The hashes of the keys of all rules, count of them, to be freed also when it fails; and an empty index. */
static int hash_keys(struct hash_job *jobs, size_t *count, struct link_index *index, size_t threads, struct error *err)
{
    size_t rows = index->records->count;
    struct hash_job parts[PARTS];
    struct workers *workers;
    bool failed = false;

    *count = 0;
    for (size_t r = 0; r < index->count; r++)
        for (size_t k = 0; k < index->blocks[r].rule.count; k++) {
            const struct link_key *key = &index->blocks[r].rule.keys[k];
            if (find_key(jobs, *count, key) == *count)
                jobs[(*count)++] = (struct hash_job){.records = index->records, .key = *key};
        }
    if (workers_new(&workers, threads, hash_key, NULL, err)) {
        *count = 0;
        return -1;
    }
    for (size_t i = 0; i < *count; i++)
        workers_submit(workers, &jobs[i].job);
    for (size_t i = 0; i < PARTS; i++) {
        parts[i] = (struct hash_job){.index = index, .begin = rows * i / PARTS, .end = rows * (i + 1) / PARTS};
        workers_submit(workers, &parts[i].job);
    }
    for (size_t i = 0; i < *count; i++) {
        workers_wait(workers, &jobs[i].job);
        failed |= jobs[i].failed;
    }
    for (size_t i = 0; i < PARTS; i++)
        workers_wait(workers, &parts[i].job);
    workers_free(workers);
    return failed ? error_memory(err) : 0;
}

#define CHUNK_PAIRS 40000

/* Where jobs begin: rule and first block, two numbers each. */
static int cut_chunks(struct link_index *index)
{
    for (size_t r = 0; r < index->count; r++) {
        const struct link_blocks *blocks = &index->blocks[r];
        double pairs = CHUNK_PAIRS;

        for (size_t b = 0; b < blocks->count; b++) {
            double size = (double)(blocks->starts[b + 1] - blocks->starts[b]);

            if (pairs >= CHUNK_PAIRS) {
                if (ARRAY_GROW(index->chunks, index->chunk_capacity, 2 * index->chunk_count + 4))
                    return -1;
                index->chunks[2 * index->chunk_count] = r;
                index->chunks[2 * index->chunk_count + 1] = b;
                index->chunk_count++;
                pairs = 0;
            }
            pairs += size * (size - 1) / 2;
        }
    }
    return 0;
}

static size_t width_of(const struct link_rule *rule, const struct link_records *records)
{
    size_t width = 1;

    for (size_t i = 0; i < rule->count; i++) {
        width *= records->fields[rule->keys[i].field].slots;
        if (rule->keys[i].part == LINK_PART_WORD)
            width *= rule->keys[i].length;
    }
    return width < LINK_RULE_WIDTH ? width : LINK_RULE_WIDTH;
}

/* The blocks of all rules, by the hashes of their keys. */
static int build_all(struct link_index *index, const struct hash_job *hashes, size_t hash_count, size_t max_block,
                     size_t threads, struct error *err)
{
    struct build_job jobs[LINK_RULES];
    struct scratch *scratch = calloc(threads, sizeof *scratch);
    struct workers *workers;
    bool failed = false;

    if (!scratch)
        return error_memory(err);
    if (workers_new(&workers, threads, build_blocks, scratch, err)) {
        free(scratch);
        return -1;
    }
    for (size_t i = 0; i < index->count; i++) {
        const struct link_rule *rule = &index->blocks[i].rule;

        jobs[i] = (struct build_job){.blocks = &index->blocks[i], .index = index, .max_block = max_block};
        for (size_t k = 0; k < rule->count; k++)
            jobs[i].parts[k] = &hashes[find_key(hashes, hash_count, &rule->keys[k])].hashes;
        workers_submit(workers, &jobs[i].job);
    }
    for (size_t i = 0; i < index->count; i++) {
        workers_wait(workers, &jobs[i].job);
        failed |= jobs[i].failed;
    }
    workers_free(workers);
    for (size_t t = 0; t < threads; t++)
        scratch_fini(&scratch[t]);
    free(scratch);
    return failed ? error_memory(err) : 0;
}

int link_index_build(struct link_index *index, const struct link_records *records, const struct link_rule *rules,
                     size_t count, size_t max_block, size_t threads, struct error *err)
{
    struct hash_job hashes[LINK_RULES * LINK_RULE_KEYS];
    size_t hash_count;

    *index = (struct link_index){.records = records, .count = count};
    for (size_t i = 0; i < count; i++) {
        index->blocks[i].rule = rules[i];
        index->blocks[i].width = width_of(&rules[i], records);
        index->blocks[i].offset = index->width;
        index->width += index->blocks[i].width;
    }
    threads = link_index_room(index, threads, err);
    if (threads == 0)
        return -1;
    index->keys = memory_large(records->count * index->width + 1, sizeof *index->keys);
    if (!index->keys)
        return error_memory(err);
    int failed = hash_keys(hashes, &hash_count, index, threads, err) ||
                 build_all(index, hashes, hash_count, max_block, threads, err);
    for (size_t i = 0; i < hash_count; i++)
        link_key_hashes_fini(&hashes[i].hashes);
    return failed || cut_chunks(index) ? error_memory(err) : 0;
}

void link_index_fini(struct link_index *index)
{
    for (size_t i = 0; i < index->count; i++) {
        free(index->blocks[i].rows);
        free(index->blocks[i].starts);
    }
    free(index->keys);
    free(index->chunks);
    *index = (struct link_index){0};
}
