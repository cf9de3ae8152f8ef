/* Dice's coefficient of q-grams. The places where a q-gram of one text begins in 64 bytes of the other are those of its
 * first byte, and of its second byte one to the right, and so on: bits that are shifted and combined. Each that is
 * found is taken away on both sides, so that what is left to count is what both texts have as often. */
#include "value/similarity.h"

#include <stdint.h>
#include <string.h>

#include "value/similarity_positions.h"

static size_t qgrams_of(struct slice text, size_t q)
{
    return text.len >= q ? text.len - q + 1 : 0;
}

/* The q-grams of strip (64 bytes at most) that text has too; those of text that are in taken do not count, and those
 * that are found are added. */
SIMILARITY_INLINE size_t common_with(enum positions_way way, struct slice strip, struct slice text, size_t q,
                                     uint64_t *taken)
{
    const size_t count = qgrams_of(text, q);
    uint64_t left = low_bits(qgrams_of(strip, q));
    size_t common = 0;
    struct positions of;

    positions_prepare(&of, way, strip, text);
    for (size_t i = 0; i < count && left; i++) {
        uint64_t found = left;

        if (taken[i / 64] >> (i % 64) & 1)
            continue;
        for (size_t k = 0; k < q && found; k++)
            found &= positions_find(&of, way, text.ptr[i + k]) >> k;
        if (found) {
            left ^= found & (0 - found);
            taken[i / 64] |= 1ULL << (i % 64);
            common++;
        }
    }
    return common;
}

static struct slice limited(struct slice text)
{
    return (struct slice){text.ptr, text.len < SIMILARITY_QGRAM_BYTES ? text.len : SIMILARITY_QGRAM_BYTES};
}

double similarity_qgram_dice(struct slice a, struct slice b, unsigned q)
{
    const size_t size = q == 0 ? 1 : q > SIMILARITY_LONGEST_QGRAM ? SIMILARITY_LONGEST_QGRAM : q;
    const struct slice shorter = limited(a.len < b.len ? a : b);
    const struct slice longer = limited(a.len < b.len ? b : a);
    const size_t count = qgrams_of(shorter, size);
    uint64_t taken[SIMILARITY_QGRAM_BYTES / 64];
    size_t common = 0;

    if (count == 0)
        return slice_equal(a, b);
    memset(taken, 0, (longer.len + 63) / 64 * sizeof *taken);
    for (size_t at = 0; at < count; at += 64 - size + 1) {
        const size_t rest = shorter.len - at;
        const struct slice strip = {shorter.ptr + at, rest < 64 ? rest : 64};
        common += POSITIONS_CHOOSE(strip.len, common_with, strip, longer, size, taken);
    }
    return 2 * (double)common / (double)(count + qgrams_of(longer, size));
}
