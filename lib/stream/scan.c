/* Scan: 64 bytes at a time become two bit masks, and the set bits become list entries. Only the making of the masks
 * depends on the processor: AVX2 or SSE2, NEON, or plain C. */
#include "stream/scan.h"

#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

struct masks {
    uint64_t all;  /* delimiter, quote, CR, LF */
    uint64_t stop; /* quote, CR, LF */
};

/* Appends the offsets of the set bits of mask. Writes in groups of eight whether there are as many or not: a branch
 * less, and the lists have padding for it. */
__attribute__((always_inline)) static inline void emit(uint64_t mask, uint32_t base, uint32_t *list, size_t *count)
{
    uint32_t *out = list + *count;
    int bits = __builtin_popcountll(mask);

    *count += (size_t)bits;
    for (int done = 0; done < bits; done += 8, out += 8)
        for (int i = 0; i < 8; i++) {
            out[i] = base + (uint32_t)__builtin_ctzll(mask | (1ULL << 63));
            mask &= mask - 1;
        }
}

/* The body of every variant: `masks` is inlined into it. The last, partial block is scanned from a padded copy. */
#define SCAN_BODY(masks_of, vectors)                                                                    \
    size_t at = 0;                                                                                      \
    scan->offset_count = scan->stop_count = 0;                                                          \
    while (at < size) {                                                                                 \
        char tail[64];                                                                                  \
        const char *block = text + at;                                                                  \
        if (size - at < 64) {                                                                           \
            memset(tail, 0, sizeof tail);                                                               \
            memcpy(tail, block, size - at);                                                             \
            block = tail;                                                                               \
        }                                                                                               \
        struct masks m = masks_of(block, vectors);                                                      \
        if (block == tail) {                                                                            \
            uint64_t valid = (1ULL << (size - at)) - 1; /* a delimiter may be the NUL of the padding */ \
            m.all &= valid;                                                                             \
            m.stop &= valid;                                                                            \
        }                                                                                               \
        for (uint64_t stop = m.stop; stop; stop &= stop - 1) {                                          \
            uint64_t below = (stop & -stop) - 1;                                                        \
            scan->stops[scan->stop_count++] =                                                           \
                (uint32_t)(scan->offset_count + (size_t)__builtin_popcountll(m.all & below));           \
        }                                                                                               \
        emit(m.all, (uint32_t)at, scan->offsets, &scan->offset_count);                                  \
        at += 64;                                                                                       \
    }

struct bytes {
    char delimiter;
    char quote;
};

static struct masks masks_plain(const char *block, struct bytes bytes)
{
    struct masks m = {0, 0};

    for (int i = 0; i < 64; i++) {
        char c = block[i];
        uint64_t stop = c == bytes.quote || c == '\n' || c == '\r';
        m.stop |= stop << i;
        m.all |= (stop | (c == bytes.delimiter)) << i;
    }
    return m;
}

static void scan_plain(const char *text, size_t size, char delimiter, char quote, struct scan *scan)
{
    const struct bytes bytes = {delimiter, quote};

    SCAN_BODY(masks_plain, bytes)
}

#if defined(__x86_64__) || defined(__i386__)

struct vectors_sse2 {
    __m128i delimiter, quote, lf, cr;
};

static inline struct masks masks_sse2(const char *block, struct vectors_sse2 v)
{
    struct masks m = {0, 0};

    for (int i = 0; i < 4; i++) {
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i));
        __m128i stop =
            _mm_or_si128(_mm_cmpeq_epi8(b, v.quote), _mm_or_si128(_mm_cmpeq_epi8(b, v.lf), _mm_cmpeq_epi8(b, v.cr)));
        __m128i all = _mm_or_si128(stop, _mm_cmpeq_epi8(b, v.delimiter));
        m.stop |= (uint64_t)(uint32_t)_mm_movemask_epi8(stop) << (16 * i);
        m.all |= (uint64_t)(uint32_t)_mm_movemask_epi8(all) << (16 * i);
    }
    return m;
}

static void scan_sse2(const char *text, size_t size, char delimiter, char quote, struct scan *scan)
{
    const struct vectors_sse2 v = {_mm_set1_epi8(delimiter), _mm_set1_epi8(quote), _mm_set1_epi8('\n'),
                                   _mm_set1_epi8('\r')};

    SCAN_BODY(masks_sse2, v)
}

struct vectors_avx2 {
    __m256i delimiter, quote, lf, cr;
};

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 __attribute__((always_inline)) static inline struct masks masks_avx2(const char *block, struct vectors_avx2 v)
{
    struct masks m = {0, 0};

    for (int i = 0; i < 2; i++) {
        __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32 * i));
        __m256i stop = _mm256_or_si256(_mm256_cmpeq_epi8(b, v.quote),
                                       _mm256_or_si256(_mm256_cmpeq_epi8(b, v.lf), _mm256_cmpeq_epi8(b, v.cr)));
        __m256i all = _mm256_or_si256(stop, _mm256_cmpeq_epi8(b, v.delimiter));
        m.stop |= (uint64_t)(uint32_t)_mm256_movemask_epi8(stop) << (32 * i);
        m.all |= (uint64_t)(uint32_t)_mm256_movemask_epi8(all) << (32 * i);
    }
    return m;
}

AVX2 static void scan_avx2(const char *text, size_t size, char delimiter, char quote, struct scan *scan)
{
    const struct vectors_avx2 v = {_mm256_set1_epi8(delimiter), _mm256_set1_epi8(quote), _mm256_set1_epi8('\n'),
                                   _mm256_set1_epi8('\r')};

    SCAN_BODY(masks_avx2, v)
}

const struct scan_variant *scan_variants(void)
{
    static const struct scan_variant all[] = {
        {"avx2", scan_avx2}, {"sse2", scan_sse2}, {"plain", scan_plain}, {NULL, NULL}};

    return __builtin_cpu_supports("avx2") ? all : all + 1;
}

#elif defined(__aarch64__)

struct vectors_neon {
    uint8x16_t delimiter, quote, lf, cr;
};

/* 64 comparison results of 0x00 or 0xff become 64 bits: keep one bit in each byte, then add neighbours three times. */
static inline uint64_t bits_neon(const uint8x16_t r[4])
{
    const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t low = vpaddq_u8(vandq_u8(r[0], bit), vandq_u8(r[1], bit));
    uint8x16_t high = vpaddq_u8(vandq_u8(r[2], bit), vandq_u8(r[3], bit));
    uint8x16_t sum = vpaddq_u8(low, high);

    sum = vpaddq_u8(sum, sum);
    return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
}

static inline struct masks masks_neon(const char *block, struct vectors_neon v)
{
    uint8x16_t stop[4];
    uint8x16_t all[4];

    for (int i = 0; i < 4; i++) {
        uint8x16_t b = vld1q_u8((const uint8_t *)block + 16 * i);
        stop[i] = vorrq_u8(vceqq_u8(b, v.quote), vorrq_u8(vceqq_u8(b, v.lf), vceqq_u8(b, v.cr)));
        all[i] = vorrq_u8(stop[i], vceqq_u8(b, v.delimiter));
    }
    return (struct masks){bits_neon(all), bits_neon(stop)};
}

static void scan_neon(const char *text, size_t size, char delimiter, char quote, struct scan *scan)
{
    const struct vectors_neon v = {vdupq_n_u8((uint8_t)delimiter), vdupq_n_u8((uint8_t)quote), vdupq_n_u8('\n'),
                                   vdupq_n_u8('\r')};

    SCAN_BODY(masks_neon, v)
}

const struct scan_variant *scan_variants(void)
{
    static const struct scan_variant all[] = {{"neon", scan_neon}, {"plain", scan_plain}, {NULL, NULL}};

    return all;
}

#else

const struct scan_variant *scan_variants(void)
{
    static const struct scan_variant all[] = {{"plain", scan_plain}, {NULL, NULL}};

    return all;
}

#endif

scan_function *scan_choose(void)
{
    return scan_variants()[0].function;
}
