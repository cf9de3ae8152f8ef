/* Encoding wide: UTF-16 and UTF-32 without a byte order mark.
 *
 * Text in them has what no text in bytes has: NULs, always at the same place of a unit. The units of the right order
 * are characters that text is made of, blanks and line ends among them; those of the other order are not. */
#include <string.h>

#include <utf8proc.h>

#include "value/encoding_tables.h"

#define LOOKED_AT ((size_t)64 << 10)

static char32_t unit_at(const unsigned char *at, size_t unit, bool big)
{
    char32_t value = 0;

    for (size_t i = 0; i < unit; i++)
        value |= (char32_t)at[i] << 8 * (big ? unit - 1 - i : i);
    return value;
}

static bool is_text(char32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    if (c > 0x10ffff)
        return false;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
        return false;
    default:
        return true;
    }
}

/* Whether all units are characters, and ASCII has its share: a blank, a line end or a delimiter in every few hundred.
 * Units of two ASCII bytes are Chinese characters, but most characters of a text are only when it is no UTF-16. */
static bool reads_well(struct slice sample, size_t unit, bool big)
{
    const unsigned char *at = (const unsigned char *)sample.ptr;
    size_t units = sample.len / unit, plain = 0, bad = 0, pairs = 0;

    for (size_t i = 0; i < units; i++) {
        char32_t c = unit_at(at + i * unit, unit, big);
        if (unit == 2 && c >= 0xd800 && c < 0xdc00 && i + 1 < units) {
            char32_t low = unit_at(at + (i + 1) * unit, unit, big);
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i++;
            }
        }
        bad += !is_text(c);
        plain += c < 0x80;
        pairs += unit == 2 && c >= 0x2020 && c < 0x7f7f && (c & 0xff) >= 0x20 && (c & 0xff) < 0x7f;
    }
    return units && bad <= units / 1000 && plain > units / 400 && pairs <= (units - plain) / 2;
}

const char *encoding_wide(struct slice sample, bool whole)
{
    static const struct {
        const char *name;
        size_t unit;
        bool big;
    } orders[] = {{"UTF-32LE", 4, false}, {"UTF-32BE", 4, true}, {"UTF-16LE", 2, false}, {"UTF-16BE", 2, true}};

    if (!memchr(sample.ptr, 0, sample.len))
        return NULL;
    if (sample.len > LOOKED_AT) {
        sample.len = LOOKED_AT;
        whole = false;
    }
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if ((!whole || sample.len % orders[i].unit == 0) && reads_well(sample, orders[i].unit, orders[i].big))
            return orders[i].name;
    }
    return NULL;
}
