/* Display: escapes what could drive a terminal and measures the rest.
 *
 * utf8proc knows the East Asian width, but departs from what terminals do (and wcwidth(3) says) in three places that
 * are put right here: spacing marks (Mc) take a column, prepended signs such as the Arabic number sign are visible, and
 * a Hangul syllable written in single letters is as wide as its first. */
#include "value/display.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum { ZERO_WIDTH_JOINER = 0x200d, EMOJI_SELECTOR = 0xfe0f, SKIN_FIRST = 0x1f3fb, SKIN_LAST = 0x1f3ff };

/* The emoji sequence under way, if there is one. */
struct sequence {
    bool emoji;  /* the last visible character is one */
    bool joined; /* and a joiner stands behind it */
    bool narrow; /* it takes one column */
};

static size_t alone(int32_t c, const utf8proc_property_t *property)
{
    if (property->boundclass == UTF8PROC_BOUNDCLASS_V || property->boundclass == UTF8PROC_BOUNDCLASS_T)
        return 0;
    if (property->category == UTF8PROC_CATEGORY_MC ||
        (property->category == UTF8PROC_CATEGORY_CF && property->boundclass == UTF8PROC_BOUNDCLASS_PREPEND))
        return 1;
    return (size_t)utf8proc_charwidth(c);
}

static size_t columns(struct sequence *sequence, int32_t c)
{
    const utf8proc_property_t *property = utf8proc_get_property(c);
    const bool emoji = property->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;

    if (sequence->emoji) {
        if (c == ZERO_WIDTH_JOINER) {
            sequence->joined = true;
            return 0;
        }
        if (c == EMOJI_SELECTOR) {
            size_t more = sequence->narrow ? 1 : 0;
            sequence->narrow = false;
            return more;
        }
        if (c >= SKIN_FIRST && c <= SKIN_LAST)
            return 0;
        if (sequence->joined && emoji) {
            sequence->joined = false;
            sequence->narrow = false;
            return 0;
        }
    }
    size_t width = alone(c, property);
    *sequence = (struct sequence){.emoji = emoji, .narrow = width == 1};
    return width;
}

/* Printable ASCII from the start of text on. */
static size_t plain_length(struct slice text)
{
    size_t i = 0;

    while (i < text.len && text.ptr[i] >= 0x20 && text.ptr[i] < 0x7f)
        i++;
    return i;
}

/* How the control character or stray byte c is shown; its length. */
static size_t escape(unsigned char c, char out[4])
{
    static const char digits[] = "0123456789abcdef";
    const char *letter = c ? strchr("\nn\rr\tt", c) : NULL;

    out[0] = '\\';
    if (letter && c < 0x20) {
        out[1] = letter[1];
        return 2;
    }
    out[1] = 'x';
    out[2] = digits[c >> 4];
    out[3] = digits[c & 15];
    return 4;
}

/* Walks text once. With out, which has room for four times text, writes it too and moves *out behind it. */
static size_t show(struct slice text, char **out)
{
    struct sequence sequence = {0};
    size_t width = 0;
    size_t i = 0;

    while (i < text.len) {
        size_t length = plain_length((struct slice){text.ptr + i, text.len - i});
        char escaped[4];
        const char *shown = text.ptr + i;
        size_t used = length;
        if (length) {
            width += length;
            /* an ASCII character, even a digit before a selector, ends an emoji sequence */
            sequence = (struct sequence){0};
        } else {
            int32_t c;
            used = utf8_char_length(text.ptr + i, text.len - i);
            length = used;
            if (used > 1)
                utf8proc_iterate((const uint8_t *)text.ptr + i, (utf8proc_ssize_t)used, &c);
            if (used > 1 && !utf8_invisible((uint32_t)c)) {
                width += columns(&sequence, c);
            } else { /* what is left of a longer character follows as stray bytes */
                used = 1;
                length = escape((unsigned char)text.ptr[i], escaped);
                shown = escaped;
                width += length;
                sequence = (struct sequence){0};
            }
        }
        if (out) {
            memcpy(*out, shown, length);
            *out += length;
        }
        i += used;
    }
    return width;
}

int display_append(struct buffer *out, struct slice text, size_t *width)
{
    if (text.len > SIZE_MAX / 8 || buffer_reserve(out, text.len * 4))
        return -1;
    if (text.len == 0)
        return 0;
    char *end = out->data + out->len;
    *width += show(text, &end);
    out->len = (size_t)(end - out->data);
    return 0;
}

size_t display_width(struct slice text)
{
    return show(text, NULL);
}
