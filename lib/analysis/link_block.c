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

static uint64_t radix_of(const struct entry *entry, unsigned shift)
{
    return entry->key >> shift & 0xffff;
}

/* Sorts by key, equal keys staying in the order of rows; 16 bits at a time. entries may end up in either array. */
static struct entry *sort_entries(struct entry *entries, struct entry *other, size_t count, size_t *histogram)
{
    for (unsigned shift = 0; shift < 64; shift += 16) {
        size_t sum = 0;

        memset(histogram, 0, 65536 * sizeof *histogram);
        for (size_t i = 0; i < count; i++)
            histogram[radix_of(&entries[i], shift)]++;
        for (size_t i = 0; i < 65536; i++) {
            size_t here = histogram[i];
            histogram[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            other[histogram[radix_of(&entries[i], shift)]++] = entries[i];
        struct entry *swap = entries;
        entries = other;
        other = swap;
    }
    return entries;
}

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

/* Cuts sorted entries into blocks, and tells the rows. */
static int cut_blocks(struct build_job *build, struct entry *entries, size_t count)
{
    size_t next;

    build->blocks->starts[0] = 0;
    for (size_t i = 0; i < count; i = next) {
        for (next = i + 1; next < count && entries[next].key == entries[i].key; next++)
            ;
        if (next - i > build->max_block) {
            if (cut_block(build, entries + i, next - i))
                return -1;
        } else if (next - i > 1) {
            add_block(build, entries + i, next - i);
        }
    }
    return 0;
}

static void build_blocks(struct job *job, void *context, size_t worker)
{
    struct build_job *build = (struct build_job *)job;
    const struct link_records *records = build->index->records;
    size_t room = records->count * build->blocks->width, count = 0;
    struct entry *entries = malloc((room + 1) * sizeof *entries), *other = malloc((room + 1) * sizeof *other);
    size_t *histogram = malloc(65536 * sizeof *histogram);

    (void)context;
    (void)worker;
    build->failed = true;
    if (entries && other && histogram) {
        for (size_t row = 0; row < records->count; row++) {
            uint64_t keys[LINK_RULE_WIDTH];
            size_t found = link_rule_keys(&build->blocks->rule, records, row, keys);

            for (size_t k = 0; k < found; k++)
                entries[count++] = (struct entry){keys[k], (uint32_t)row, (uint32_t)k};
        }
        struct entry *sorted = sort_entries(entries, other, count, histogram);
        build->blocks->rows = malloc((count + 1) * sizeof *build->blocks->rows);
        build->blocks->starts = malloc((count / 2 + 2) * sizeof *build->blocks->starts);
        if (build->blocks->rows && build->blocks->starts) {
            build->failed = cut_blocks(build, sorted, count) != 0;
        }
    }
    free(entries);
    free(other);
    free(histogram);
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

int link_index_build(struct link_index *index, const struct link_records *records, const struct link_rule *rules,
                     size_t count, size_t max_block, size_t threads, struct error *err)
{
    struct build_job jobs[LINK_RULES];
    struct workers *workers;
    int failed = 0;

    *index = (struct link_index){.records = records, .count = count};
    for (size_t i = 0; i < count; i++) {
        index->blocks[i].rule = rules[i];
        index->blocks[i].width = width_of(&rules[i], records);
        index->blocks[i].offset = index->width;
        index->width += index->blocks[i].width;
    }
    index->keys = calloc(records->count * index->width + 1, sizeof *index->keys);
    if (!index->keys)
        return error_memory(err);
    if (workers_new(&workers, threads, build_blocks, NULL, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        jobs[i] = (struct build_job){.blocks = &index->blocks[i], .index = index, .max_block = max_block};
        workers_submit(workers, &jobs[i].job);
    }
    for (size_t i = 0; i < count; i++) {
        workers_wait(workers, &jobs[i].job);
        failed |= jobs[i].failed;
    }
    workers_free(workers);
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

/* Whether two rows share a block of this rule. */
static bool share_block(const struct link_blocks *blocks, const uint32_t *a, const uint32_t *b)
{
    for (size_t i = 0; i < blocks->width; i++)
        for (size_t k = 0; a[blocks->offset + i] && k < blocks->width; k++)
            if (a[blocks->offset + i] == b[blocks->offset + k])
                return true;
    return false;
}

bool link_index_has(const struct link_index *index, uint32_t a, uint32_t b)
{
    const uint32_t *keys_a = index->keys + a * index->width, *keys_b = index->keys + b * index->width;

    if (a == b || !link_may_pair(index->records, a, b))
        return false;
    for (size_t r = 0; r < index->count; r++)
        if (share_block(&index->blocks[r], keys_a, keys_b))
            return true;
    return false;
}

/* Whether a pair of block `number` of rule r has been found before: by an earlier rule, or in an earlier block. */
static bool seen_before(const struct link_index *index, size_t r, uint32_t number, const uint32_t *a, const uint32_t *b)
{
    for (size_t i = 0; i < r; i++)
        if (share_block(&index->blocks[i], a, b))
            return true;
    const struct link_blocks *blocks = &index->blocks[r];
    for (size_t i = 0; blocks->width > 1 && i < blocks->width; i++)
        for (size_t k = 0; a[blocks->offset + i] && a[blocks->offset + i] < number && k < blocks->width; k++)
            if (a[blocks->offset + i] == b[blocks->offset + k])
                return true;
    return false;
}

#define BATCH 256

int link_index_visit(const struct link_index *index, size_t chunk, link_visit *visit, void *context)
{
    size_t r = index->chunks[2 * chunk], begin = index->chunks[2 * chunk + 1];
    bool last = chunk + 1 == index->chunk_count || index->chunks[2 * chunk + 2] != r;
    const struct link_blocks *blocks = &index->blocks[r];
    size_t end = last ? blocks->count : index->chunks[2 * chunk + 3];
    struct link_pair pairs[BATCH];
    size_t count = 0;

    for (size_t block = begin; block < end; block++) {
        const uint32_t *rows = blocks->rows + blocks->starts[block];
        size_t size = blocks->starts[block + 1] - blocks->starts[block];

        for (size_t i = 0; i < size; i++) {
            const uint32_t *keys = index->keys + rows[i] * index->width;

            for (size_t k = i + 1; k < size; k++) {
                if (!link_may_pair(index->records, rows[i], rows[k]) ||
                    seen_before(index, r, (uint32_t)block + 1, keys, index->keys + rows[k] * index->width))
                    continue;
                pairs[count++] = (struct link_pair){rows[i], rows[k]};
                if (count == BATCH) {
                    if (visit(context, pairs, count))
                        return -1;
                    count = 0;
                }
            }
        }
    }
    return count ? visit(context, pairs, count) : 0;
}
