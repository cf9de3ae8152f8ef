/* Jaro and Jaro-Winkler.
 *
 * The common bytes are found greedily: each byte of one text takes the first byte of the other that is equal, near
 * enough and not yet taken. For the equal bytes of one kind that is a walk along two sorted lists of places, dropping
 * whichever place is too far behind, so it finds the same pairs from either side: the measure is symmetric, and each
 * side can be walked on its own.
 *
 * Texts of at most 64 bytes keep what is taken as bits of a word: equal places, near enough, not taken; the lowest bit.
 * Longer ones are walked from both sides at once, remembering for each byte value how far it has been looked for: one
 * pass over the other text for each value that occurs, in constant memory. */
#include "value/similarity.h"

#include <stdint.h>
#include <string.h>

#include "value/similarity_positions.h"

enum { WINKLER_PREFIX = 4 };
static const double winkler_scale = 0.1;
static const double winkler_above = 0.7; /* less similar texts are not moved */

/* How far apart equal bytes may be to be common. */
static size_t reach_of(size_t longer)
{
    return longer / 2 > 0 ? longer / 2 - 1 : 0;
}

static double jaro_formula(size_t length_a, size_t length_b, size_t common, size_t disagreeing)
{
    const size_t exchanged = disagreeing / 2; /* rounded down, as in Winkler's program */
    const double m = (double)common;

    if (common == 0)
        return 0;
    return (m / (double)length_a + m / (double)length_b + (double)(common - exchanged) / m) / 3;
}

/* Of texts that have at most 64 bytes; -1 as soon as more than `spare` bytes of the shorter one have no partner. */
SIMILARITY_INLINE double jaro_short(enum positions_way way, struct slice shorter, struct slice longer, size_t spare)
{
    const size_t reach = reach_of(longer.len);
    const uint64_t places = low_bits(longer.len);
    uint64_t near = low_bits(reach + 1);
    uint64_t left = places; /* of the longer one: not taken */
    uint64_t partner = 0;   /* of the shorter one: those that have a partner */
    uint64_t level = 0;     /* where both have the same byte in the same place */
    size_t lonely = 0;
    size_t disagreeing = 0;
    struct positions of;

    positions_prepare(&of, way, longer, shorter);
    for (size_t i = 0; i < shorter.len; i++) {
        const uint64_t equal = positions_find(&of, way, shorter.ptr[i]);
        const uint64_t found = equal & near & left;
        left ^= found & (0 - found);
        partner |= (uint64_t)(found != 0) << i;
        level |= equal & 1ULL << i;
        lonely += found == 0;
        if (lonely > spare)
            return -1;
        near = near << 1 | (i < reach);
    }
    uint64_t taken = places ^ left;
    if (partner == taken) /* read in order, place meets place: those that agree need not be looked at */
        partner = taken = partner & ~level;
    for (; partner; partner &= partner - 1, taken &= taken - 1)
        disagreeing += shorter.ptr[__builtin_ctzll(partner)] != longer.ptr[__builtin_ctzll(taken)];
    return jaro_formula(shorter.len, longer.len, shorter.len - lonely, disagreeing);
}

/* A walk along one text, at those of its bytes that have a partner in the other one. */
struct walk {
    struct slice own;
    struct slice other;
    size_t reach;
    size_t place;
    size_t looked[256]; /* by byte value: the part of the other text that is taken, or where there is none */
};

static void walk_init(struct walk *walk, struct slice own, struct slice other, size_t reach)
{
    walk->own = own;
    walk->other = other;
    walk->reach = reach;
    walk->place = 0;
    memset(walk->looked, 0, sizeof walk->looked);
}

/* The next common byte. false: there is none left. */
static bool walk_next(struct walk *walk, char *byte)
{
    while (walk->place < walk->own.len) {
        const size_t place = walk->place++;
        const char wanted = walk->own.ptr[place];
        size_t *looked = &walk->looked[(unsigned char)wanted];
        const size_t behind = place > walk->reach ? place - walk->reach : 0;
        const size_t from = *looked > behind ? *looked : behind;
        const size_t ahead = place + walk->reach + 1;
        const size_t to = ahead < walk->other.len ? ahead : walk->other.len;
        const char *found = from < to ? memchr(walk->other.ptr + from, wanted, to - from) : NULL;

        if (found) {
            *looked = (size_t)(found - walk->other.ptr) + 1;
            *byte = wanted;
            return true;
        }
        *looked = to;
    }
    return false;
}

/* The same of texts of any length. */
static double jaro_long(struct slice shorter, struct slice longer, size_t spare)
{
    struct walk a;
    struct walk b;
    char byte_a;
    char byte_b;
    size_t common = 0;
    size_t disagreeing = 0;

    walk_init(&a, shorter, longer, reach_of(longer.len));
    walk_init(&b, longer, shorter, reach_of(longer.len));
    while (walk_next(&a, &byte_a) && walk_next(&b, &byte_b)) {
        common++;
        disagreeing += byte_a != byte_b;
        if (a.place - common > spare)
            return -1;
    }
    return jaro_formula(shorter.len, longer.len, common, disagreeing);
}

/* Of texts that are not empty, the shorter one first; `spare` as above. */
static double jaro(struct slice shorter, struct slice longer, size_t spare)
{
    if (shorter.len == longer.len && memcmp(shorter.ptr, longer.ptr, longer.len) == 0)
        return 1;
    if (longer.len > 64)
        return jaro_long(shorter, longer, spare);
    return POSITIONS_CHOOSE(longer.len, jaro_short, shorter, longer, spare);
}

double similarity_jaro(struct slice a, struct slice b)
{
    if (a.len == 0 || b.len == 0)
        return a.len == b.len;
    return a.len < b.len ? jaro(a, b, a.len) : jaro(b, a, b.len);
}

static size_t winkler_prefix(struct slice a, struct slice b)
{
    const size_t shorter = a.len < b.len ? a.len : b.len;
    const size_t most = shorter < WINKLER_PREFIX ? shorter : WINKLER_PREFIX;
    size_t prefix = 0;

    while (prefix < most && a.ptr[prefix] == b.ptr[prefix])
        prefix++;
    return prefix;
}

static double winkler(double similarity, size_t prefix)
{
    if (similarity > winkler_above)
        similarity += (double)prefix * winkler_scale * (1 - similarity);
    return similarity;
}

double similarity_jaro_winkler(struct slice a, struct slice b)
{
    return winkler(similarity_jaro(a, b), winkler_prefix(a, b));
}

/* Both formulas turned round: with fewer than so many common bytes, all in order, the measure would stay below least.
 * The division may have rounded, so a little is taken off; what is let through in error is found out by the measure
 * itself. */
bool similarity_jaro_winkler_reaches(struct slice a, struct slice b, double least)
{
    const struct slice shorter = a.len < b.len ? a : b;
    const struct slice longer = a.len < b.len ? b : a;
    const size_t prefix = winkler_prefix(a, b);
    const double gain = (double)prefix * winkler_scale;
    double least_jaro = least;
    double least_common;

    if (!(least > 0 && least <= 1))
        return least <= 0;
    if (shorter.len == 0)
        return longer.len == 0;
    if (least > winkler_above) {
        least_jaro = (least - gain) / (1 - gain);
        least_jaro = least_jaro > winkler_above ? least_jaro : winkler_above;
    }
    least_common =
        (3 * least_jaro - 1) * ((double)shorter.len * (double)longer.len) / (double)(shorter.len + longer.len);
    least_common -= 1e-9 * (double)longer.len;
    if (least_common > (double)shorter.len)
        return false;
    const size_t spare = least_common > 0 ? (size_t)((double)shorter.len - least_common) : shorter.len;
    return winkler(jaro(shorter, longer, spare), prefix) >= least;
}
