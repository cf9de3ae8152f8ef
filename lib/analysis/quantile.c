/* Quantiles of exact integers. The values of an analysis are days, counts and cents: 128 bits wide in principle, two to
 * five bytes apart in fact, so a radix sort that leaves out the bytes in which all values agree beats a comparing sort
 * many times. */
#include "analysis/quantile.h"

#include <string.h>

#define KEY_BYTES (sizeof(int128))

/* The key's bytes as they compare: the sign bit turned, so that negative values come first. */
static inline unsigned key_byte(int128 value, size_t byte)
{
    unsigned bits = (unsigned)((unsigned __int128)value >> (byte * 8)) & 0xff;

    return byte == KEY_BYTES - 1 ? bits ^ 0x80 : bits;
}

static inline int128 key_of(const char *item)
{
    int128 value;

    memcpy(&value, item, sizeof value);
    return value;
}

/* Least significant byte first; an item is `size` bytes that begin with the key. Always inlined with a constant size.
 */
static inline __attribute__((always_inline)) void radix_sort(char *items, char *spare, size_t count, size_t size)
{
    unsigned __int128 differ = 0;
    char *from = items;
    char *to = spare;

    for (size_t i = 1; i < count; i++)
        differ |= (unsigned __int128)(key_of(items + i * size) ^ key_of(items));
    for (size_t byte = 0; byte < KEY_BYTES; byte++) {
        size_t next[256] = {0};
        size_t before = 0;
        if ((differ >> (byte * 8) & 0xff) == 0)
            continue;
        for (size_t i = 0; i < count; i++)
            next[key_byte(key_of(from + i * size), byte)]++;
        for (size_t value = 0; value < 256; value++) {
            size_t here = next[value];
            next[value] = before;
            before += here;
        }
        for (size_t i = 0; i < count; i++) {
            const char *item = from + i * size;
            memcpy(to + next[key_byte(key_of(item), byte)]++ * size, item, size);
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * size);
}

void quantile_sort(int128 *values, int128 *spare, size_t count)
{
    radix_sort((char *)values, (char *)spare, count, sizeof *values);
}

void quantile_sort_items(struct quantile_item *items, struct quantile_item *spare, size_t count)
{
    radix_sort((char *)items, (char *)spare, count, sizeof *items);
}

void quantile_type7_rank(uint64_t count, unsigned i, unsigned n, uint64_t *whole, unsigned *part)
{
    /* (count - 1) i / n without a product that could overflow */
    *whole = (count - 1) / n * i + (count - 1) % n * i / n;
    *part = (unsigned)((count - 1) % n * i % n);
}

bool quantile_type7_between(int128 value, int128 next, unsigned part, unsigned n, int128 *times_n)
{
    int128 above = 0;
    int128 below;

    if (__builtin_mul_overflow(value, (int128)(n - part), &below))
        return false;
    if (part && __builtin_mul_overflow(next, (int128)part, &above))
        return false;
    return !__builtin_add_overflow(below, above, times_n);
}

bool quantile_type7(const int128 *sorted, size_t count, unsigned i, unsigned n, int128 *times_n)
{
    uint64_t whole;
    unsigned part;

    quantile_type7_rank(count, i, n, &whole, &part);
    return quantile_type7_between(sorted[whole], part ? sorted[whole + 1] : 0, part, n, times_n);
}
