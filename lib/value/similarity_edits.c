/* The restricted Damerau-Levenshtein distance.
 *
 * What both texts have in common at the beginning and at the end costs nothing and is dropped: often all but a byte or
 * two. If then the shorter one has at most 64 bytes, Hyyro's algorithm holds the differences of a whole column of the
 * table of distances in two words, whatever the length of the other text. Else the table is filled, but only the band
 * of diagonals that can lead to few enough edits, three rows of which are enough. */
#include "value/similarity.h"

#include <stdint.h>
#include <string.h>

#include "value/similarity_positions.h"

size_t similarity_common_prefix(struct slice a, struct slice b)
{
    const size_t shorter = a.len < b.len ? a.len : b.len;
    size_t prefix = 0;

    while (shorter - prefix >= 8 && memcmp(a.ptr + prefix, b.ptr + prefix, 8) == 0)
        prefix += 8;
    while (prefix < shorter && a.ptr[prefix] == b.ptr[prefix])
        prefix++;
    return prefix;
}

static size_t common_suffix(struct slice a, struct slice b)
{
    const size_t shorter = a.len < b.len ? a.len : b.len;
    size_t suffix = 0;

    while (shorter - suffix >= 8 && memcmp(a.ptr + a.len - suffix - 8, b.ptr + b.len - suffix - 8, 8) == 0)
        suffix += 8;
    while (suffix < shorter && a.ptr[a.len - suffix - 1] == b.ptr[b.len - suffix - 1])
        suffix++;
    return suffix;
}

/* Hyyro (2003). Column by column of the table: `rises` and `falls` are the rows that are one more or one less
 * than the row above them, `level` those that equal the one above and to the left. The distance in the last row falls
 * by no more than one a column, so a column tells when there are too many edits. Bits beyond the last row never reach
 * it: everything moves upwards. */
SIMILARITY_INLINE unsigned edits_short(enum positions_way way, struct slice shorter, struct slice longer, unsigned most)
{
    const unsigned last = (unsigned)shorter.len - 1;
    uint64_t rises = ~0ULL;
    uint64_t falls = 0;
    uint64_t level = 0;
    uint64_t equal_before = 0;
    size_t distance = shorter.len;
    struct positions of;

    positions_prepare(&of, way, shorter, longer);
    for (size_t i = 0; i < longer.len; i++) {
        const uint64_t equal = positions_find(&of, way, longer.ptr[i]);
        const uint64_t exchanged = (~level & equal) << 1 & equal_before;

        level = (((equal & rises) + rises) ^ rises) | equal | falls | exchanged;
        const uint64_t more = falls | ~(level | rises); /* than in the column before */
        const uint64_t less = level & rises;
        distance += more >> last & 1;
        distance -= less >> last & 1;
        if (distance > most + (longer.len - 1 - i))
            return most + 1;
        rises = less << 1 | ~(level | (more << 1 | 1));
        falls = (more << 1 | 1) & level;
        equal_before = equal;
    }
    return (unsigned)distance;
}

static unsigned least_of(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Row i of the table is rows[i % 3]; its cell at most + 1 + d is that of the diagonal d = j - i, from -most to most,
 * with a cell on either side that is never few enough. */
static unsigned edits_long(struct slice a, struct slice b, unsigned most)
{
    unsigned rows[3][2 * SIMILARITY_MOST_EDITS + 3];
    const size_t width = 2 * (size_t)most + 3;

    for (size_t i = 0; i <= a.len; i++) {
        unsigned *now = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3];
        const unsigned *two_above = rows[(i + 1) % 3];
        unsigned fewest = most + 1;

        now[0] = now[width - 1] = most + 1;
        for (size_t cell = 1; cell < width - 1; cell++) {
            const size_t j = i + cell - most - 1; /* wraps below the first column, and then is past the last one */
            unsigned edits = most + 1;

            if (j > b.len) {
                now[cell] = edits;
                continue;
            }
            if (i == 0 || j == 0) {
                edits = (unsigned)(i + j);
            } else {
                edits = least_of(edits, above[cell] + (a.ptr[i - 1] != b.ptr[j - 1]));
                edits = least_of(edits, least_of(above[cell + 1], now[cell - 1]) + 1);
                if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                    edits = least_of(edits, two_above[cell] + 1);
            }
            now[cell] = edits;
            fewest = least_of(fewest, edits);
        }
        if (fewest > most)
            return most + 1;
    }
    return rows[a.len % 3][most + 1 + b.len - a.len];
}

unsigned similarity_edits(struct slice a, struct slice b, unsigned most)
{
    if (most > SIMILARITY_MOST_EDITS)
        most = SIMILARITY_MOST_EDITS;
    if (a.len > b.len) {
        const struct slice longer = a;
        a = b;
        b = longer;
    }
    if (b.len - a.len > most)
        return most + 1;
    if (a.len == 0)
        return (unsigned)b.len;

    const size_t prefix = similarity_common_prefix(a, b);
    a = (struct slice){a.ptr + prefix, a.len - prefix};
    b = (struct slice){b.ptr + prefix, b.len - prefix};
    const size_t suffix = common_suffix(a, b);
    a.len -= suffix;
    b.len -= suffix;

    if (a.len == 0)
        return (unsigned)b.len;
    /* First and last bytes differ now: one edit is a replacement of the only bytes, or an exchange of the only two. */
    if (most == 0 || b.len == 1)
        return 1;
    if (a.len == 2 && b.len == 2 && a.ptr[0] == b.ptr[1] && a.ptr[1] == b.ptr[0])
        return 1;
    if (most == 1)
        return 2;
    if (a.len > 64)
        return edits_long(a, b, most);
    return POSITIONS_CHOOSE(a.len, edits_short, a, b, most);
}
