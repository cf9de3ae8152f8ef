/* Where in a text of at most 64 bytes a byte stands, as a set of bits: bit i is text[i]. It is what the bit-parallel
 * algorithms of similarity.h ask for every byte of the other text.
 *
 * Two ways: a table with a set for each byte value, of which only the entries that will be asked for are cleared; and,
 * where there are vector instructions, the text in one or two of them, compared whole, which needs no preparation and
 * is faster up to 32 bytes. The way is a constant where these functions are inlined. */
#ifndef CRM_VALUE_SIMILARITY_POSITIONS_H
#define CRM_VALUE_SIMILARITY_POSITIONS_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/slice.h"

#define SIMILARITY_INLINE __attribute__((always_inline)) static inline

enum positions_way { POSITIONS_TABLE, POSITIONS_16, POSITIONS_32 };

struct positions {
    uint64_t table[256];
#ifdef __SSE2__
    __m128i vectors[POSITIONS_32];
#endif
};

/* The lowest count bits, 64 at most. */
SIMILARITY_INLINE uint64_t low_bits(size_t count)
{
    return count < 64 ? (1ULL << count) - 1 : ~0ULL;
}

#ifdef __SSE2__
/* The first 16 bytes of text, padded with zeros, of which no more is read than there is. */
SIMILARITY_INLINE __m128i positions_load(struct slice text)
{
    uint64_t low = 0;
    uint64_t high = 0;

    if (text.len >= 16)
        return _mm_loadu_si128((const __m128i *)(const void *)text.ptr);
    if (text.len >= 8) {
        memcpy(&low, text.ptr, 8);
        memcpy(&high, text.ptr + text.len - 8, 8); /* overlaps with low, and is shifted until it does not */
        high = text.len > 8 ? high >> (8 * (16 - text.len)) : 0;
    } else if (text.len >= 4) {
        uint32_t first;
        uint32_t last;
        memcpy(&first, text.ptr, 4);
        memcpy(&last, text.ptr + text.len - 4, 4);
        low = first | (uint64_t)last << (8 * (text.len - 4));
    } else {
        for (size_t i = 0; i < text.len; i++)
            low |= (uint64_t)(unsigned char)text.ptr[i] << (8 * i);
    }
    return _mm_set_epi64x((long long)high, (long long)low);
}
#endif

/* Prepares for questions about text, which has no more bytes than the way allows (table: 64), by the bytes of asked. */
SIMILARITY_INLINE void positions_prepare(struct positions *of, enum positions_way way, struct slice text,
                                         struct slice asked)
{
#ifdef __SSE2__
    if (way != POSITIONS_TABLE) {
        of->vectors[0] = positions_load(text);
        if (way == POSITIONS_32)
            of->vectors[1] = positions_load((struct slice){text.ptr + 16, text.len - 16});
        return;
    }
#else
    (void)way;
#endif
    for (size_t i = 0; i < asked.len; i++)
        of->table[(unsigned char)asked.ptr[i]] = 0;
    for (size_t i = 0; i < text.len; i++)
        of->table[(unsigned char)text.ptr[i]] = 0;
    for (size_t i = 0; i < text.len; i++)
        of->table[(unsigned char)text.ptr[i]] |= 1ULL << i;
}

/* The places of byte. Bits beyond the text's length may be set where byte is NUL. */
SIMILARITY_INLINE uint64_t positions_find(const struct positions *of, enum positions_way way, char byte)
{
#ifdef __SSE2__
    if (way != POSITIONS_TABLE) {
        const __m128i wanted = _mm_set1_epi8(byte);
        uint64_t found = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(of->vectors[0], wanted));
        if (way == POSITIONS_32)
            found |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(of->vectors[1], wanted)) << 16;
        return found;
    }
#else
    (void)way;
#endif
    return of->table[(unsigned char)byte];
}

/* function(way, ...) with the best way for a text of so many bytes, as the constant that the inlining needs. */
#ifdef __SSE2__
#define POSITIONS_CHOOSE(length, function, ...)             \
    ((length) <= 16   ? function(POSITIONS_16, __VA_ARGS__) \
     : (length) <= 32 ? function(POSITIONS_32, __VA_ARGS__) \
                      : function(POSITIONS_TABLE, __VA_ARGS__))
#else
#define POSITIONS_CHOOSE(length, function, ...) function(POSITIONS_TABLE, __VA_ARGS__)
#endif

#endif
