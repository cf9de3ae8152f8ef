/* Reading a postal code: its letters and digits first, then what does not belong to it is cut off at both ends, by the
 * shapes of codes as the Universal Postal Union lists them ("Postal addressing systems in member countries"). */
#include "value/postal_code.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* The letters and digits of a text, longer than a code for what is yet to be cut off. */
struct flat {
    char text[POSTAL_CODE_LENGTH * 2];
    size_t length;
    bool gap[POSTAL_CODE_LENGTH * 2 + 1]; /* something was dropped before this one */
};

/* A letter or digit as small ASCII; 0: punctuation; -1: a letter of another script. */
static int character_of(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
    else if (c >= 0x660 && c <= 0x669)
        c -= 0x660 - '0';
    else if (c >= 0x6f0 && c <= 0x6f9)
        c -= 0x6f0 - '0';
    else if (c >= 0x966 && c <= 0x96f)
        c -= 0x966 - '0';
    if (c < 0x80)
        return ascii_is_letter((char)c) || ascii_is_digit((char)c) ? ascii_lower((char)c) : 0;
    const bool punctuation = c < 0xc0 || (c >= 0x200b && c < 0x2070) || (c >= 0x2000 && c < 0x2016) ||
                             (c >= 0x3000 && c < 0x3030) || c == 0xfeff || c == 0x2212 || c == 0x30fc;
    return punctuation ? 0 : -1;
}

/* Whether what was read ends in CEDEX behind a digit; then that is gone. */
static bool ends_in_cedex(struct flat *flat)
{
    if (flat->length < 6 || memcmp(flat->text + flat->length - 5, "cedex", 5) != 0 ||
        !ascii_is_digit(flat->text[flat->length - 6]))
        return false;
    flat->length -= 5;
    return true;
}

static bool read_characters(struct slice text, struct flat *flat)
{
    bool gap = false;

    flat->length = 0;
    for (size_t i = 0; i < text.len;) {
        const size_t length = utf8_char_length(text.ptr + i, text.len - i);
        const int c = length ? character_of(utf8_decode(text.ptr + i, length)) : 0;
        i += length ? length : 1;
        if (c < 0 || (c && flat->length == sizeof flat->text))
            return false;
        if (c) {
            flat->gap[flat->length] = gap;
            flat->text[flat->length++] = (char)c;
            if (ends_in_cedex(flat))
                return true;
        }
        gap = c == 0;
    }
    return true;
}

/* Whether text has this shape: 9 a digit, A a letter, X either, anything else itself. */
static bool has_shape(struct slice text, const char *shape)
{
    if (text.len != strlen(shape))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        const bool fits = shape[i] == '9'   ? ascii_is_digit(c)
                          : shape[i] == 'A' ? ascii_is_letter(c)
                          : shape[i] == 'X' ? ascii_is_digit(c) || ascii_is_letter(c)
                                            : c == shape[i];
        if (!fits)
            return false;
    }
    return true;
}

struct shape {
    const char *shape;
    size_t district;
    char country[8]; /* its letters, each followed by a blank */
};

static const struct shape shapes[] = {
    {"A99AA", 2, "gb uk "},    {"A999AA", 3, "gb uk "},   {"AA99AA", 3, "gb uk "},  {"AA999AA", 4, "gb uk "},
    {"A9A9AA", 3, "gb uk "},   {"AA9A9AA", 4, "gb uk "},  {"A9A9A9", 3, "ca cdn "}, {"9999AA", 4, "nl "},
    {"A99XXXX", 3, "ie irl "}, {"d6wXXXX", 3, "ie irl "}, {"A9", 2, "gb uk "},      {"A99", 3, "gb uk "},
    {"AA9", 3, "gb uk "},      {"AA99", 4, "gb uk "},     {"A9A", 3, "gb uk "},     {"AA9A", 4, "gb uk "},
};

static const struct shape *shape_of(struct slice text)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (has_shape(text, shapes[i].shape))
            return shapes + i;
    return NULL;
}

static size_t count_digits(struct slice text)
{
    size_t digits = 0;

    while (digits < text.len && ascii_is_digit(text.ptr[digits]))
        digits++;
    return digits;
}

/* Whether word stands in a list of words, each followed by a blank. */
static bool is_listed(struct slice word, const char *list)
{
    while (*list) {
        const size_t length = strcspn(list, " ");
        if (length == word.len && memcmp(list, word.ptr, length) == 0)
            return true;
        list += length + 1;
    }
    return false;
}

/* Countries by ISO 3166 and by the letters on cars, where a code of digits alone is written behind them. */
static const char countries[] = "a ad ae al am at au az b be bg bih br by ch cn cp cy cz d de dk dz e ee eg es est f "
                                "fi fin fl fr ge gr h hr hu i id "
                                "il in is it jp kg kr kz l li lt lu lv ma mc md me mk mx my n nl no nz p ph pk pl plz "
                                "pt ro rs ru rus s sa se sg si "
                                "sk slo srb th tn tr tw ua us usa uz vn za zip ";

/* The bytes of the country in front, 0 when there is none. */
static size_t country_length(const struct flat *flat)
{
    size_t letters = 0;
    size_t gap = 0;

    while (letters < flat->length && ascii_is_letter(flat->text[letters]))
        letters++;
    const struct slice rest = {flat->text + letters, flat->length - letters};
    if (letters && rest.len >= 4 && count_digits(rest) == rest.len &&
        is_listed((struct slice){flat->text, letters}, countries))
        return letters;
    for (gap = 1; gap < flat->length && !flat->gap[gap];)
        gap++;
    const struct slice behind = {flat->text + gap, flat->length - gap};
    const struct shape *shape = shape_of(behind);
    return shape && behind.len > 4 && is_listed((struct slice){flat->text, gap}, shape->country) ? gap : 0;
}

/* How many bytes of a code, without its country, belong to it. */
static size_t code_length(const struct flat *flat, size_t start)
{
    const struct slice code = {flat->text + start, flat->length - start};
    const size_t digits = count_digits(code);

    return digits == 9 && code.len == 9 ? 5 : code.len;
}

/* Without ".0" at the end of a number. */
static struct slice without_fraction(struct slice text)
{
    text = slice_trim(text);
    if (text.len > 2 && count_digits(text) == text.len - 2 && text.ptr[text.len - 2] == '.' &&
        text.ptr[text.len - 1] == '0')
        text.len -= 2;
    return text;
}

static size_t district_length(struct slice code)
{
    const struct shape *shape = shape_of(code);

    if (shape)
        return shape->district;
    return code.len >= 5 && count_digits(code) == code.len ? 3 : (code.len + 1) / 2;
}

bool postal_code_read(struct slice text, struct postal_code *code)
{
    struct flat flat;
    bool any = false;

    code->text[0] = '\0';
    code->length = 0;
    code->district = 0;
    if (!read_characters(without_fraction(text), &flat))
        return false;
    const size_t start = country_length(&flat);
    const size_t length = code_length(&flat, start);
    for (size_t i = 0; i < length; i++)
        any = any || ascii_is_digit(flat.text[start + i]);
    if (!any || length >= POSTAL_CODE_LENGTH)
        return false;
    memcpy(code->text, flat.text + start, length);
    code->text[length] = '\0';
    code->length = length;
    code->district = district_length((struct slice){code->text, length});
    return true;
}
