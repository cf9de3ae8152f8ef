/* Several constant texts that are looked for at once, for contains. Each has a bit, the eighth next the first again. A
 * place of the text is looked at closer only if one bit is set for both its byte and the next one; these look-ups do
 * not wait for each other, so that a place costs about a cycle. Letters in either case are two entries of the tables.
 * memmem() is for one constant in a long text. */
#include "value/expression_parts.h"

#include <string.h>

#include "base/ascii.h"

enum { SHORT_TEXT = 64 };

struct needles {
    uint8_t first[256], second[256]; /* the bits of the constants that have this byte there */
    bool fold;
    size_t count;
    struct slice texts[];
};

static unsigned as_compared(const struct needles *needles, unsigned c)
{
    return needles->fold ? (unsigned char)ascii_lower((char)c) : c;
}

const struct needles *needles_new(struct arena *arena, const struct slice *texts, size_t count, bool fold)
{
    struct needles *needles = arena_alloc(arena, sizeof *needles + count * sizeof *texts);

    if (!needles)
        return NULL;
    *needles = (struct needles){.fold = fold, .count = count};
    memcpy(needles->texts, texts, count * sizeof *texts);
    for (size_t i = 0; i < count; i++)
        for (unsigned c = 0; c < 256; c++) {
            const unsigned char *text = (const unsigned char *)texts[i].ptr;
            needles->first[c] |= (uint8_t)((as_compared(needles, c) == text[0]) << i % 8);
            needles->second[c] |= (uint8_t)((as_compared(needles, c) == text[1]) << i % 8);
        }
    return needles;
}

/* Whether the text begins with one of those that have a bit. */
static bool begins_with_one(const struct needles *needles, unsigned bits, const char *text, size_t size)
{
    for (size_t i = 0; i < needles->count; i++) {
        struct slice needle = needles->texts[i];
        size_t same = 0;
        if (!(bits >> i % 8 & 1) || needle.len > size)
            continue;
        while (same < needle.len && as_compared(needles, (unsigned char)text[same]) == (unsigned char)needle.ptr[same])
            same++;
        if (same == needle.len)
            return true;
    }
    return false;
}

bool needles_in(const struct needles *needles, struct slice text)
{
    const unsigned char *at = (const unsigned char *)text.ptr;

    if (text.len > SHORT_TEXT && needles->count == 1 && !needles->fold)
        return memmem(text.ptr, text.len, needles->texts[0].ptr, needles->texts[0].len);
    for (size_t i = 0; i + NEEDLE <= text.len; i++) {
        unsigned bits = needles->first[at[i]] & needles->second[at[i + 1]];
        if (__builtin_expect(bits != 0, 0) && begins_with_one(needles, bits, text.ptr + i, text.len - i))
            return true;
    }
    return false;
}
