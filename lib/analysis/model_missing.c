/* What stands for no value, and numbers as learners and models read them.
 *
 * Programs, forms and people write many things where nothing is known. Around the word they put dashes, dots and
 * brackets, so these are taken off first; what is left is compared with a list, ordered by length. Only ASCII letters
 * are folded: words of other scripts are listed as they are written most.
 *
 * Numbers go through decimal_parse(), which is exact; what is beyond it (1e300, twenty digits) is checked to be a
 * number of the same form and left to strtod(3). No program of ours sets a locale. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model.h"
#include "base/ascii.h"
#include "value/decimal.h"

#define WORD_LONGEST 40
#define NUMBER_LONGEST 400 /* no double needs more digits to be written in full but for the least */

static const char *const missing_words[] = {
    "na", "n/a", "#n/a", "n.a", "n. a", "n\\a", "nan", "nil", "null", "\\n", "none", "nothing", "#null!", "#value!",
    "select", "please select", "choose", "please choose", "select one", "select an option", "unknown", "not known",
    "unspecified", "undefined", "not specified", "not set", "not available", "not applicable", "not provided",
    "no value", "no data", "no answer", "blank", "empty", "missing", "tbd",
    /* German, French, Spanish, Portuguese */
    "k.a", "k. a", "keine angabe", "keine", "unbekannt", "nicht angegeben", "nicht bekannt", "bitte wählen", "leer",
    "inconnu", "inconnue", "non renseigné", "non précisé", "aucun", "aucune", "desconocido", "no especificado",
    "sin datos", "ninguno", "ninguna", "desconhecido", "não informado", "nenhum",
    /* Russian */
    "нет данных", "Нет данных", "не указано", "Не указано", "не указан", "Не указан", "не выбрано", "Не выбрано",
    "не выбран", "неизвестно", "Неизвестно", "не заполнено", "Не заполнено", "не определено", "н/д", "Н/Д",
    /* Chinese, Japanese, Korean, Arabic */
    "未知", "不详", "未填写", "未选择", "请选择", "未指定", "未设置", "不明", "未選択", "未設定", "알 수 없음",
    "غير معروف", "غير محدد", "لا يوجد"};

static bool is_wrapping(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '-' || c == '.' || c == '?' || c == '(' ||
           c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '_' || c == '*';
}

/* The dashes, blanks and marks of more than one byte: no-break space, en dash, em dash, ellipsis. */
static size_t wide_wrapping(const char *at, size_t len)
{
    static const char *const marks[] = {"\u00a0", "\u2013", "\u2014", "\u2026"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= strlen(marks[i]) && memcmp(at, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

static struct slice unwrap(struct slice text)
{
    for (;;) {
        size_t first = text.len == 0 ? 0 : is_wrapping(*text.ptr) ? 1 : wide_wrapping(text.ptr, text.len);

        if (!first)
            break;
        text.ptr += first;
        text.len -= first;
    }
    while (text.len) {
        size_t last = is_wrapping(text.ptr[text.len - 1]);

        for (size_t size = 2; !last && size <= 3 && size <= text.len; size++)
            last = wide_wrapping(text.ptr + text.len - size, size) == size ? size : 0;
        if (!last)
            break;
        text.len -= last;
    }
    return text;
}

bool model_missing(struct slice text)
{
    char word[WORD_LONGEST];

    text = unwrap(text);
    if (text.len == 0)
        return true;
    if (text.len > sizeof word || ascii_is_digit(*text.ptr))
        return false;
    for (size_t i = 0; i < text.len; i++)
        word[i] = ascii_lower(text.ptr[i]);
    for (size_t i = 0; i < sizeof missing_words / sizeof *missing_words; i++) {
        const char *known = missing_words[i];

        if (*known == *word && strlen(known) == text.len && memcmp(known, word, text.len) == 0)
            return true;
    }
    return false;
}

/* Sign, digits with at most one point, at least one digit, exponent. */
static bool is_written_as_number(struct slice text)
{
    size_t at = text.len && (*text.ptr == '-' || *text.ptr == '+'), digits = 0, points = 0;

    for (; at < text.len && (ascii_is_digit(text.ptr[at]) || text.ptr[at] == '.'); at++) {
        digits += text.ptr[at] != '.';
        points += text.ptr[at] == '.';
    }
    if (!digits || points > 1)
        return false;
    if (at == text.len)
        return true;
    if (ascii_lower(text.ptr[at++]) != 'e')
        return false;
    at += at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+');
    if (at == text.len)
        return false;
    while (at < text.len && ascii_is_digit(text.ptr[at]))
        at++;
    return at == text.len;
}

bool model_number(struct slice text, double *number)
{
    char copy[NUMBER_LONGEST + 1];
    struct decimal value;

    text = slice_trim(text);
    switch (decimal_parse(text, &value)) {
    case DECIMAL_OK:
        *number = decimal_to_double(value.units, value.scale);
        return true;
    case DECIMAL_NOT_A_NUMBER:
        return false;
    case DECIMAL_TOO_LARGE:
        break;
    }
    if (text.len > NUMBER_LONGEST || !is_written_as_number(text))
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *number = strtod(copy, NULL);
    return isfinite(*number);
}
