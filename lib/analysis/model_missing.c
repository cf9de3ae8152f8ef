/* What stands for no value, and numbers as learners and models read them.
 *
 * Programs, forms and people write many things where nothing is known. Around the word they put dashes, dots and
 * brackets, so these are taken off first; what is left is compared with a list. Only ASCII letters are folded: words of
 * other scripts are listed as they are written most. The words seen most stand apart, in the spellings that a rule file
 * names, the small one always among them. */
#include <math.h>
#include <string.h>

#include "analysis/model.h"
#include "base/ascii.h"
#include "value/double.h"

#define WORD_LONGEST 40

const char *const model_missing_common[] = {"Select", "select",        "Unknown", "unknown", "None", "none",
                                            "N/A",    "n/a",           "NA",      "na",      "null", "NULL",
                                            "-",      "not specified", NULL};

static const char *const missing_words[] = {
    "#n/a", "n.a", "n. a", "n\\a", "nan", "nil", "\\n", "nothing", "#null!", "#value!", "please select", "choose",
    "please choose", "select one", "select an option", "not known", "unspecified", "undefined", "not set",
    "not available", "not applicable", "not provided", "no value", "no data", "no answer", "blank", "empty", "missing",
    "tbd",
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

static bool is_word(const char *known, const char *word, size_t len)
{
    return *known == *word && strlen(known) == len && memcmp(known, word, len) == 0;
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
    for (size_t i = 0; model_missing_common[i]; i++)
        if (is_word(model_missing_common[i], word, text.len))
            return true;
    for (size_t i = 0; i < sizeof missing_words / sizeof *missing_words; i++)
        if (is_word(missing_words[i], word, text.len))
            return true;
    return false;
}

bool model_number(struct slice text, double *number)
{
    if (!double_from_text(text, number) || !isfinite(*number))
        return false;
    *number += 0; /* -0 is 0 */
    return true;
}
