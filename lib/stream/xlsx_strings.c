/* Shared texts: all in one buffer, one after the other. A text is the runs of its <t> elements joined; those inside
 * <rPh>, which say how to read it aloud, are left out. */
#include "stream/xlsx_workbook.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"

struct strings_parse {
    struct xlsx_strings *strings;
    bool taking;   /* inside a <t> that counts */
    int phonetic;  /* depth of <rPh> */
    size_t begins; /* of the text being read */
};

/* The code unit that _xHHHH_ at `at` stands for, or -1. */
static int escape_at(const char *at, const char *end)
{
    int unit = 0;

    if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = ascii_hex(at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static char *put_utf8(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    } else {
        *to++ = (char)(0xf0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3f));
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    }
    return to;
}

void xlsx_unescape(struct buffer *text, size_t from)
{
    if (from == text->len)
        return;
    const char *at = memmem(text->data + from, text->len - from, "_x", 2);
    const char *end = text->data + text->len;
    char *to = text->data + (at ? at - text->data : 0);

    if (!at)
        return;
    while (at < end) {
        int unit = escape_at(at, end);
        int low = unit >= 0xd800 && unit < 0xdc00 ? escape_at(at + 7, end) : -1;
        if (low >= 0xdc00 && low < 0xe000) {
            to = put_utf8(to, 0x10000U + ((unsigned)(unit - 0xd800) << 10) + (unsigned)(low - 0xdc00));
            at += 14;
        } else if (unit > 0 && (unit < 0xd800 || unit >= 0xe000)) {
            to = put_utf8(to, (unsigned)unit);
            at += 7;
        } else {
            *to++ = *at++;
        }
    }
    text->len = (size_t)(to - text->data);
}

bool xlsx_count(struct slice text, size_t most, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        *count = *count * 10 + (size_t)(text.ptr[i] - '0');
        if (*count > most)
            return false;
    }
    return text.len > 0;
}

static int on_start(void *context, const char *name, const struct xml_attributes *attributes, struct error *err)
{
    struct strings_parse *parse = context;

    (void)attributes, (void)err;
    if (strcmp(name, "si") == 0)
        parse->begins = parse->strings->text.len;
    else if (strcmp(name, "rPh") == 0)
        parse->phonetic++;
    else if (strcmp(name, "t") == 0)
        parse->taking = parse->phonetic == 0;
    return 0;
}

static int on_end(void *context, const char *name, struct error *err)
{
    struct strings_parse *parse = context;
    struct xlsx_strings *strings = parse->strings;

    if (strcmp(name, "t") == 0) {
        parse->taking = false;
    } else if (strcmp(name, "rPh") == 0) {
        parse->phonetic--;
    } else if (strcmp(name, "si") == 0) {
        xlsx_unescape(&strings->text, parse->begins);
        if (ARRAY_GROW(strings->ends, strings->capacity, strings->count + 1))
            return error_memory(err);
        strings->ends[strings->count++] = strings->text.len;
    }
    return 0;
}

static int on_text(void *context, struct slice text, struct error *err)
{
    struct strings_parse *parse = context;

    return parse->taking && buffer_append(&parse->strings->text, text) ? error_memory(err) : 0;
}

int xlsx_strings_read(struct xlsx_strings *strings, const struct xlsx_package *package, const char *part,
                      struct error *err)
{
    static const struct xml_handlers handlers = {on_start, on_end, on_text};
    struct strings_parse parse = {.strings = strings};

    return xlsx_package_parse(package, part, &handlers, &parse, err);
}

struct slice xlsx_shared(const struct xlsx_workbook *workbook, size_t number)
{
    const struct xlsx_strings *strings = &workbook->strings;

    if (number >= strings->count)
        return (struct slice){NULL, 0};
    size_t begins = number ? strings->ends[number - 1] : 0;
    return (struct slice){strings->text.data ? strings->text.data + begins : "", strings->ends[number] - begins};
}
