/* Words: numbers are written by printf(3) with their decimals, then grouped digit by digit. */
#include "report/report_words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"

#define NARROW_BLANK "\xe2\x80\xaf" /* U+202F: no line is broken there */
#define BLANK "\xc2\xa0"            /* U+00A0, likewise */

/* Whether the tag is that of the language: "de" or "de-AT". */
static bool is_language(const char *tag, const char *language)
{
    size_t i = 0;

    while (language[i] && ascii_lower(tag[i]) == language[i])
        i++;
    return !language[i] && (!tag[i] || tag[i] == '-' || tag[i] == '_');
}

static bool among_languages(const char *tag, const char *const *languages)
{
    for (; *languages; languages++)
        if (is_language(tag, *languages))
            return true;
    return false;
}

struct number_style number_style_of(const char *language)
{
    static const char *const swiss[] = {"de-ch", "de-li", "it-ch", "rm", NULL};
    static const char *const points[] = {"de", "es", "it", "pt", "nl", "tr", "id", "da", "el",
                                         "vi", "hr", "sr", "sl", "ro", "is", "ca", NULL};
    static const char *const blanks[] = {"fr", "ru", "uk", "be", "pl", "cs", "sk", "bg", "hu", "fi", "sv", "nb",
                                         "nn", "no", "et", "lv", "lt", "kk", "ky", "uz", "hy", "ka", NULL};

    if (language && among_languages(language, swiss))
        return (struct number_style){"\xe2\x80\x99", "."};
    if (language && among_languages(language, points))
        return (struct number_style){".", ","};
    if (language && among_languages(language, blanks))
        return (struct number_style){NARROW_BLANK, ","};
    return (struct number_style){",", "."};
}

bool language_right_to_left(const char *language)
{
    static const char *const languages[] = {"ar", "he", "fa", "ur", "ps", "yi", "ug", "dv", "sd", "ckb", NULL};

    return language && among_languages(language, languages);
}

void words_init(struct words *words, const char *language)
{
    *words = (struct words){.style = number_style_of(language)};
    arena_init(&words->arena);
}

void words_fini(struct words *words)
{
    arena_fini(&words->arena);
}

void *words_alloc(struct words *words, size_t size)
{
    void *room = arena_alloc(&words->arena, size);

    if (room)
        memset(room, 0, size);
    else
        words->failed = true;
    return room;
}

struct slice words_copy(struct words *words, struct slice text)
{
    const char *copy = arena_copy(&words->arena, text);

    if (copy)
        return (struct slice){copy, text.len};
    words->failed = true;
    return (struct slice){"", 0};
}

struct slice words_name(struct words *words, struct slice text)
{
    char *room = words_alloc(words, text.len + 2);

    if (!room)
        return SLICE("");
    room[0] = WORDS_NAME_BEGIN;
    for (size_t i = 0; i < text.len; i++)
        room[i + 1] = text.ptr[i] == WORDS_NAME_BEGIN || text.ptr[i] == WORDS_NAME_END ? '?' : text.ptr[i];
    room[text.len + 1] = WORDS_NAME_END;
    return (struct slice){room, text.len + 2};
}

struct slice words_without_marks(struct words *words, struct slice sentence)
{
    char *room = words_alloc(words, sentence.len + 1);
    size_t len = 0;

    for (size_t i = 0; room && i < sentence.len; i++)
        if (sentence.ptr[i] != WORDS_NAME_BEGIN && sentence.ptr[i] != WORDS_NAME_END)
            room[len++] = sentence.ptr[i];
    return (struct slice){room ? room : "", len};
}

struct slice words_printf(struct words *words, const char *format, ...)
{
    va_list args, again;
    struct slice text = {"", 0};

    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *room = len < 0 ? NULL : arena_alloc(&words->arena, (size_t)len + 1);
    if (room) {
        vsnprintf(room, (size_t)len + 1, format, again);
        text = (struct slice){room, (size_t)len};
    } else
        words->failed = true;
    va_end(again);
    va_end(args);
    return text;
}

/* Room for a number of any size, grouped. */
enum { PLAIN = 400, GROUPED = 2048 };

/* plain: an optional sign, digits, optionally a point and digits. */
static struct slice group(const struct number_style *style, struct slice plain, char out[GROUPED])
{
    const char *point = memchr(plain.ptr, '.', plain.len);
    size_t whole = point ? (size_t)(point - plain.ptr) : plain.len;
    size_t at = 0;
    size_t first = whole && !ascii_is_digit(plain.ptr[0]);

    for (size_t i = 0; i < plain.len; i++) {
        const char *separator = i == whole                                       ? style->point
                                : i > first && i < whole && (whole - i) % 3 == 0 ? style->thousands
                                                                                 : "";
        at += (size_t)snprintf(out + at, GROUPED - at, "%s", separator);
        if (i == first - 1 && plain.ptr[i] == '-')
            at += (size_t)snprintf(out + at, GROUPED - at, "\xe2\x88\x92"); /* a minus, as long as a plus */
        else if (i != whole)
            out[at++] = plain.ptr[i];
    }
    return (struct slice){out, at};
}

/* printf() rounds what the double is: 0.125 up to 0.13, and what is a hair below a half, down. The hair is the
 * double's, not the number's. */
static double rounded(double number, int decimals)
{
    double factor = pow(10, decimals);

    return fabs(number) < 1e15 ? round(number * factor * (1 + 4e-16)) / factor : number;
}

static struct slice compact(struct words *words, double number, int digits)
{
    static const char *const suffixes[] = {"", "k", "M", "bn", "tn"};
    char text[PLAIN], out[GROUPED];
    size_t step = 0;

    if (digits && number != 0) {
        double unit = pow(10, floor(log10(fabs(number))) - digits + 1);
        number = round(number / unit) * unit;
    }
    while (fabs(number) >= 1000 && step < 4) {
        number /= 1000;
        step++;
    }
    int len = snprintf(text, sizeof text, "%.*f", 3, rounded(number, 3));
    while (text[len - 1] == '0')
        len--;
    len -= text[len - 1] == '.';
    struct slice plain = group(&words->style, (struct slice){text, (size_t)len}, out);
    return words_printf(words, "%.*s%s", SLICE_ARG(plain), suffixes[step]);
}

struct slice words_number(struct words *words, double number, enum number_unit unit, int decimals)
{
    char text[PLAIN], out[GROUPED];

    if (isnan(number))
        return (struct slice){"", 0};
    if (unit == UNIT_COMPACT)
        return compact(words, number, decimals);
    if (unit == UNIT_SHARE)
        number *= 100;
    int len = snprintf(text, sizeof text, "%.*f", decimals, rounded(number, decimals) + 0.0);
    struct slice plain = group(&words->style, (struct slice){text, (size_t)len}, out);
    return words_printf(words, "%.*s%s", SLICE_ARG(plain), unit == UNIT_SHARE ? BLANK "%" : "");
}

struct slice words_decimal(struct words *words, struct slice text)
{
    char out[GROUPED];
    size_t i = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    size_t points = 0;

    if (i == text.len || text.len > PLAIN)
        return text;
    for (; i < text.len; i++) {
        points += text.ptr[i] == '.';
        if ((!ascii_is_digit(text.ptr[i]) && text.ptr[i] != '.') || points > 1)
            return text;
    }
    return words_copy(words, group(&words->style, text, out));
}

struct slice words_count(struct words *words, double number, const char *one, const char *many)
{
    struct slice text = words_number(words, number, UNIT_NUMBER, 0);

    return words_printf(words, "%.*s %s", SLICE_ARG(text), number == 1 ? one : many);
}
