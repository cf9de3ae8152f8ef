/* Encoding asian: words read as Chinese, Japanese or Korean.
 *
 * These scripts have too many characters for pairs, and enough for single ones to tell: a word costs what its
 * characters cost, by their frequency. iconv(3) decodes; a reader whose encoding the system's iconv lacks finds all
 * words invalid, so that no encoding is named that could not be read. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "value/encoding_tables.h"

#define BMP 0x10000
#define BESIDE_ASCII 14 /* what it costs to touch a letter or digit of ASCII */
#define DECODED 1024    /* characters of a word, more than it has bytes */

/* half_trail: what a character with a trailing byte below 128 costs more, where only rare characters have one. */
static const struct {
    const char *name;
    uint8_t prior;
    char language[3];
    uint8_t half_trail;
} readers[ENCODING_ASIAN] = {
    {"GB18030", 9, "zh", 12}, {"BIG5", 11, "zt", 0}, {"CP932", 8, "ja", 0},
    {"EUC-JP", 11, "ja", 0},  {"UHC", 9, "ko", 12},  {"EUC-TW", 22, "zt", 0},
};

struct encoding_asian {
    iconv_t iconv[ENCODING_ASIAN];
    uint8_t *cost[ENCODING_ASIAN]; /* of the characters of the BMP; readers of the same language share it */
    wchar_t decoded[DECODED];
};

const char *encoding_asian_name(size_t reader)
{
    return readers[reader].name;
}

unsigned encoding_asian_prior(size_t reader)
{
    return readers[reader].prior;
}

const struct encoding_language *encoding_asian_language(size_t reader)
{
    for (size_t i = 0; i < encoding_asian_count; i++)
        if (strcmp(encoding_asian[i].code, readers[reader].language) == 0)
            return &encoding_asian[i];
    return &encoding_asian[0];
}

static void set_range(uint8_t *cost, unsigned first, unsigned last, unsigned value)
{
    memset(cost + first, (int)value, last - first + 1);
}

/* What a character costs that the language's row does not list. */
static void set_unlisted(uint8_t *cost, const char *language)
{
    set_range(cost, 0, BMP - 1, 40);
    set_range(cost, 0xa0, 0x45f, 34); /* Latin, Greek, Cyrillic */
    set_range(cost, 0x2010, 0x266f, 30);
    set_range(cost, 0x3000, 0x303f, 18);
    set_range(cost, 0x3041, 0x30ff, strcmp(language, "ja") == 0 ? 24 : 34);
    set_range(cost, 0x4e00, 0x9fff, strcmp(language, "ko") == 0 ? 36 : 30);
    set_range(cost, 0xac00, 0xd7a3, strcmp(language, "ko") == 0 ? 27 : 40);
    set_range(cost, 0xe000, 0xf8ff, 50); /* private use */
    set_range(cost, 0xff01, 0xff5e, 20); /* wide ASCII */
    if (strcmp(language, "ja") == 0)
        set_range(cost, 0xff61, 0xff9f, 12); /* narrow katakana */
}

static void set_listed(uint8_t *cost, const char *text)
{
    utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(text), len;
    uint8_t current = 0;

    for (; left > 0; text += len, left -= len) {
        utf8proc_int32_t character;
        len = utf8proc_iterate((const utf8proc_uint8_t *)text, left, &character);
        if (encoding_is_cost(*text))
            current = (uint8_t)encoding_cost(*text);
        else
            cost[character] = current;
    }
}

/* iconv_open says EINVAL also when memory was short while it looked for the encoding: it is asked again, and memory,
 * too. -1: out of memory; 0: open, or the system does not know the encoding. */
static int open_reader(iconv_t *reader, const char *name)
{
    *reader = iconv_open("WCHAR_T", name);
    if (*reader == (iconv_t)-1)
        *reader = iconv_open("WCHAR_T", name);
    if (*reader != (iconv_t)-1)
        return 0;
    int reason = errno;
    void *memory = malloc(BMP);
    free(memory);
    return memory && reason == EINVAL ? 0 : -1;
}

int encoding_asian_new(struct encoding_asian **out, struct error *err)
{
    struct encoding_asian *asian = calloc(1, sizeof *asian);

    if (!asian)
        return error_memory(err);
    for (size_t i = 0; i < ENCODING_ASIAN; i++)
        asian->iconv[i] = (iconv_t)-1;
    for (size_t i = 0; i < ENCODING_ASIAN; i++) {
        for (size_t j = 0; j < i && !asian->cost[i]; j++)
            if (strcmp(readers[j].language, readers[i].language) == 0)
                asian->cost[i] = asian->cost[j];
        if (!asian->cost[i]) {
            asian->cost[i] = malloc(BMP);
            if (!asian->cost[i]) {
                encoding_asian_free(asian);
                return error_memory(err);
            }
            set_unlisted(asian->cost[i], readers[i].language);
            set_listed(asian->cost[i], encoding_asian_language(i)->text);
        }
        if (open_reader(&asian->iconv[i], readers[i].name)) {
            encoding_asian_free(asian);
            return error_memory(err);
        }
    }
    *out = asian;
    return 0;
}

void encoding_asian_free(struct encoding_asian *asian)
{
    if (!asian)
        return;
    for (size_t i = 0; i < ENCODING_ASIAN; i++) {
        bool shared = false;
        for (size_t j = 0; j < i; j++)
            shared = shared || asian->cost[j] == asian->cost[i];
        if (!shared)
            free(asian->cost[i]);
        if (asian->iconv[i] != (iconv_t)-1)
            iconv_close(asian->iconv[i]);
    }
    free(asian);
}

/* Decodes the word; returns the number of characters and counts the bytes that are none. */
static size_t decode(struct encoding_asian *asian, size_t reader, struct slice word, size_t *invalid)
{
    char *in = (char *)(uintptr_t)word.ptr;
    char *out = (char *)asian->decoded;
    size_t left = word.len, room = sizeof asian->decoded;

    *invalid = 0;
    iconv(asian->iconv[reader], NULL, NULL, NULL, NULL);
    while (left && iconv(asian->iconv[reader], &in, &left, &out, &room) == (size_t)-1 && left) {
        if (errno == E2BIG)
            break;
        ++*invalid;
        in++;
        left--;
    }
    return (sizeof asian->decoded - room) / sizeof *asian->decoded;
}

/* Characters whose trailing byte is below 128. */
static size_t half_trails(struct slice word)
{
    size_t count = 0;

    for (size_t i = 0; i < word.len; i++)
        if ((word.ptr[i] & 0x80) && ++i < word.len)
            count += !(word.ptr[i] & 0x80);
    return count;
}

unsigned encoding_asian_cost(struct encoding_asian *asian, size_t reader, struct slice word)
{
    const uint8_t *costs = asian->cost[reader];
    enum { EDGE, ASCII, NARROW, WIDE } before = EDGE;
    size_t invalid;
    unsigned cost;

    if (asian->iconv[reader] == (iconv_t)-1)
        return COST_INVALID * (unsigned)word.len;
    size_t count = decode(asian, reader, word, &invalid);
    cost = COST_INVALID * (unsigned)invalid;
    if (readers[reader].half_trail)
        cost += readers[reader].half_trail * (unsigned)half_trails(word);
    for (size_t i = 0; i < count; i++) {
        char32_t c = (char32_t)asian->decoded[i];
        if (c < 0x80) {
            cost += COST_ASCII + (before == EDGE || before == ASCII ? 0u : (unsigned)BESIDE_ASCII);
            before = ASCII;
        } else {
            bool narrow = c >= 0xff61 && c <= 0xff9f;
            cost += c < BMP ? costs[c] : 44;
            if (before == ASCII)
                cost += BESIDE_ASCII;
            else if (narrow && before != NARROW)
                cost += before == EDGE ? 8 : 14;
            if ((c == 0xff9e || c == 0xff9f) && before != NARROW) /* marks that follow a katakana */
                cost += COST_MISPLACED;
            before = narrow ? NARROW : WIDE;
        }
    }
    return cost;
}

struct slice encoding_asian_decode(struct encoding_asian *asian, size_t reader, struct slice word, char *out,
                                   size_t size)
{
    size_t invalid, count = decode(asian, reader, word, &invalid), len = 0;

    for (size_t i = 0; i < count && len + 4 <= size; i++)
        len += (size_t)utf8proc_encode_char((utf8proc_int32_t)asian->decoded[i], (utf8proc_uint8_t *)out + len);
    return (struct slice){out, len};
}
