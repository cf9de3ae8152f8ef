/* Encoding: first what proves itself, from the surest to the least sure; what is left must be judged
 * (encoding_judge.c). */
#include "value/encoding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "value/encoding_tables.h"

static int settle(struct encoding_guess *guess, const char *name, double confidence, const char *evidence)
{
    snprintf(guess->name, sizeof guess->name, "%s", name);
    snprintf(guess->evidence, sizeof guess->evidence, "%s", evidence);
    guess->confidence = confidence;
    return 0;
}

/* The encoding that a byte order mark tells, and the mark's length; NULL: there is none. */
static const char *find_mark(struct slice sample, bool whole, size_t *length)
{
    static const struct {
        struct slice mark;
        const char *name;
    } marks[] = {
        {SLICE_INIT("\xef\xbb\xbf"), "UTF-8"},    {SLICE_INIT("\xff\xfe\0\0"), "UTF-32LE"},
        {SLICE_INIT("\0\0\xfe\xff"), "UTF-32BE"}, {SLICE_INIT("\xff\xfe"), "UTF-16LE"},
        {SLICE_INIT("\xfe\xff"), "UTF-16BE"},     {SLICE_INIT("\x84\x31\x95\x33"), "GB18030"},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct slice mark = marks[i].mark;
        if (sample.len < mark.len || memcmp(sample.ptr, mark.ptr, mark.len) != 0)
            continue;
        *length = mark.len;
        const char *wide = mark.len == 2 ? encoding_wide((struct slice){sample.ptr + 2, sample.len - 2}, whole) : NULL;
        if (wide && strncmp(wide, "UTF-32", 6) == 0) /* some write the mark of UTF-16 before it */
            return wide;
        return marks[i].name;
    }
    return NULL;
}

/* ISO-2022: ASCII until an escape sequence names another set. NULL when none does. */
static const char *find_escape(struct slice sample)
{
    static const struct {
        struct slice sequence;
        const char *name;
    } sequences[] = {
        {SLICE_INIT("\033$)C"), "ISO-2022-KR"},   {SLICE_INIT("\033$)A"), "ISO-2022-CN"},
        {SLICE_INIT("\033$)G"), "ISO-2022-CN"},   {SLICE_INIT("\033(I"), "ISO-2022-JP-3"},
        {SLICE_INIT("\033$(Q"), "ISO-2022-JP-3"}, {SLICE_INIT("\033$(O"), "ISO-2022-JP-3"},
        {SLICE_INIT("\033$(D"), "ISO-2022-JP-2"}, {SLICE_INIT("\033$B"), "ISO-2022-JP"},
        {SLICE_INIT("\033$@"), "ISO-2022-JP"},
    };

    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (memmem(sample.ptr, sample.len, sequences[i].sequence.ptr, sequences[i].sequence.len))
            return sequences[i].name;
    return NULL;
}

struct census {
    size_t high;      /* bytes beyond ASCII */
    size_t control;   /* that text does not have, NUL among them */
    size_t sequences; /* characters of more than one byte in UTF-8 */
    size_t broken;    /* bytes beyond ASCII that are in none */
};

/* Whether the sample may end inside the character that begins here. */
static bool cut_character(const char *text, size_t left)
{
    unsigned char lead = (unsigned char)*text;
    size_t need = lead < 0xc2 || lead > 0xf4 ? 0 : 2 + (size_t)(lead >= 0xe0) + (size_t)(lead >= 0xf0);

    if (left >= need)
        return false;
    for (size_t i = 1; i < left; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return false;
    return true;
}

static struct census take_census(struct slice sample, bool whole)
{
    struct census census = {0};

    for (size_t i = 0; i < sample.len;) {
        unsigned char byte = (unsigned char)sample.ptr[i];
        if (byte < 0x80) {
            census.control +=
                (byte < 0x20 && (byte < '\t' || byte > '\r') && byte != 0x1a && byte != 0x1b) || byte == 0x7f;
            i++;
            continue;
        }
        size_t len = utf8_char_length(sample.ptr + i, sample.len - i);
        if (!len && !whole && cut_character(sample.ptr + i, sample.len - i)) {
            census.high++;
            break;
        }
        census.sequences += len > 1;
        census.broken += len == 0;
        len = len ? len : 1;
        census.high += len;
        i += len;
    }
    return census;
}

static int judge(struct slice sample, bool whole, struct encoding_guess *guess, struct error *err)
{
    struct encoding_words *words = malloc(sizeof *words);

    if (!words)
        return error_memory(err);
    encoding_words_gather(words, sample, whole);
    int result = words->count ? encoding_judge(words, guess, err) : settle(guess, "", 0, "no words");
    free(words);
    return result;
}

int encoding_detect(struct slice sample, bool whole, struct encoding_guess *guess, struct error *err)
{
    const char *name;

    *guess = (struct encoding_guess){0};
    if (sample.len > ENCODING_SAMPLE) {
        sample.len = ENCODING_SAMPLE;
        whole = false;
    }
    name = find_mark(sample, whole, &guess->mark);
    if (name)
        return settle(guess, name, 1, "a byte order mark");
    name = encoding_wide(sample, whole);
    if (name)
        return settle(guess, name, 0.99, "NULs where this encoding has them");
    struct census census = take_census(sample, whole);
    name = census.high == 0 ? find_escape(sample) : NULL;
    if (name)
        return settle(guess, name, 0.99, "its escape sequences");
    if (census.control > 2 + sample.len / 200)
        return settle(guess, "", 0, "binary: control characters that no text has");
    if (census.high == 0)
        return settle(guess, "ASCII", 1, "no byte beyond ASCII");
    if (census.broken == 0)
        return settle(guess, "UTF-8", census.sequences > 2 ? 1 : 0.97, "all of it is valid UTF-8");
    if (census.broken <= census.sequences / 2) /* in other encodings few characters are UTF-8 by chance */
        return settle(guess, "UTF-8", 0.95 * (1 - (double)census.broken / (double)census.sequences),
                      "UTF-8, but for a few bytes that are not");
    return judge(sample, whole, guess, err);
}
