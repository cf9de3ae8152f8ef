/* How much memory blocks take, while they are built and then. */
#include "analysis/link_block.h"

#define LINK_ENTRY 24.0 /* bytes of a key that is sorted: itself, bits that tell whether it is alone, half a copy */

/* Whether an earlier key of the rules is the same, so that its hashes serve for both. */
static bool is_repeated(const struct link_index *index, size_t rule, size_t number)
{
    const struct link_key *key = &index->blocks[rule].rule.keys[number];

    for (size_t r = 0; r <= rule; r++)
        for (size_t k = 0; k < (r == rule ? number : index->blocks[r].rule.count); k++) {
            const struct link_key *other = &index->blocks[r].rule.keys[k];
            if (other->field == key->field && other->part == key->part && other->length == key->length)
                return true;
        }
    return false;
}

/* Bytes that building takes, at most about: keys of the rows, hashes of the values, and what each thread sorts, of
 * which most is dropped before a copy is made. */
static double building_bytes(const struct link_index *index, size_t threads)
{
    const double entry = LINK_ENTRY, rows = (double)index->records->count;
    double bytes = rows * (double)(index->width * sizeof *index->keys);
    size_t widest = 0;

    for (size_t r = 0; r < index->count; r++) {
        const struct link_blocks *blocks = &index->blocks[r];
        widest = blocks->width > widest ? blocks->width : widest;
        bytes += rows * (double)(blocks->width * sizeof *blocks->rows) / 2;
        for (size_t k = 0; k < blocks->rule.count; k++) {
            const struct link_key *key = &blocks->rule.keys[k];
            double each = key->part == LINK_PART_WORD ? (double)key->length : key->part == LINK_PART_ALL ? 0 : 1;
            if (!is_repeated(index, r, k))
                bytes += (double)index->records->fields[key->field].values->table.count * each * sizeof(uint64_t);
        }
    }
    return bytes + (double)(threads < index->count ? threads : index->count) * rows * (double)widest * entry;
}

size_t link_index_room(const struct link_index *index, size_t threads, struct error *err)
{
    const struct link_records *records = index->records;
    double held = link_records_bytes(records);

    for (size_t asked = threads; records->room; asked /= 2) {
        double needed = held + building_bytes(index, asked);
        if (asked == 0 || link_room_ask(records->room, needed, needed, err) == 0)
            return asked;
    }
    return threads;
}

double link_index_bytes(const struct link_index *index)
{
    double bytes = 0;

    for (size_t r = 0; r < index->count; r++) {
        const struct link_blocks *blocks = &index->blocks[r];
        if (blocks->starts)
            bytes += (double)(blocks->starts[blocks->count] * sizeof *blocks->rows +
                              (blocks->count + 1) * sizeof *blocks->starts);
    }
    return bytes + (index->keys ? (double)(index->records->count * index->width * sizeof *index->keys) : 0);
}
