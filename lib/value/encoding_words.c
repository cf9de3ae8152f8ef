/* Encoding words: what of a sample is worth judging.
 *
 * An export is mostly ASCII, the same in every encoding here, and its names repeat. So the words that have other bytes
 * are taken, once each: all of the first ones, then those that hold a byte which is still rare, since one such byte can
 * be all that tells two encodings apart. That bounds the work without losing what matters. */
#include <string.h>

#include "value/encoding_tables.h"

#define PLENTY ((size_t)4 << 10) /* bytes taken before only rare ones are */
#define RARE 48                  /* words with a byte before it is common */
#define LONGEST 400              /* of one word; a longer one is no word but text without blanks */

/* Whether the byte is in no character of more than one byte: trailing bytes begin at '0', and at '@' after the digits.
 */
static bool separates(unsigned char byte)
{
    return byte < '0' || (byte > '9' && byte < '@') || byte == 0x7f;
}

static bool known(struct encoding_words *words, const char *text, size_t len)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    hash = hash ? hash : 1;
    size_t slot = hash % (2 * ENCODING_WORDS);
    while (words->seen[slot] && words->seen[slot] != hash)
        slot = (slot + 1) % (2 * ENCODING_WORDS);
    if (words->seen[slot])
        return true;
    words->seen[slot] = hash;
    return false;
}

static void take(struct encoding_words *words, const char *text, size_t len)
{
    bool rare = words->used < PLENTY;

    if (words->count == ENCODING_WORDS || len > ENCODING_WORDS_BYTES - words->used)
        return;
    for (size_t i = 0; i < len && !rare; i++)
        rare = (text[i] & 0x80) && words->taken[(unsigned char)text[i]] < RARE;
    if (!rare || known(words, text, len))
        return;
    for (size_t i = 0; i < len; i++)
        words->taken[(unsigned char)text[i]]++;
    memcpy(words->text + words->used, text, len);
    words->at[words->count].begin = (uint32_t)words->used;
    words->at[words->count++].len = (uint32_t)len;
    words->used += len;
}

/* The end of the run of ASCII from `at` on. */
static size_t skip_ascii(struct slice text, size_t at)
{
    uint64_t eight;

    for (; text.len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.ptr + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < text.len && !(text.ptr[at] & 0x80))
        at++;
    return at;
}

void encoding_words_gather(struct encoding_words *words, struct slice sample, bool whole)
{
    size_t from = 0; /* of what has not been taken */

    memset(words, 0, sizeof *words);
    for (size_t at = skip_ascii(sample, 0); at < sample.len; at = skip_ascii(sample, at)) {
        size_t begin = at;
        while (begin > from && !separates((unsigned char)sample.ptr[begin - 1]))
            begin--;
        while (at < sample.len && !separates((unsigned char)sample.ptr[at]))
            at++;
        from = at;
        if (at == sample.len && !whole && words->count)
            break; /* its last character may be cut */
        size_t len = at - begin;
        if (len <= LONGEST)
            take(words, sample.ptr + begin, len);
        else /* two parts of the same parity as its beginning */
            take(words, sample.ptr + begin, LONGEST);
    }
}

struct slice encoding_word(const struct encoding_words *words, size_t index)
{
    return (struct slice){words->text + words->at[index].begin, words->at[index].len};
}
