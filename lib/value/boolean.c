/* Yes and no: single ASCII characters at once, all others looked up as they stand and then folded (vocabulary.h), which
 * takes Korean apart. */
#include "value/boolean.h"

#include <string.h>

#include "value/vocabulary.h"

/* Folded, but for Korean, between '|'. */
static const char yes_words[] =
    /* en, de, nl, fr, it, es, pt, pl, cs, tr, hu, fi, et, lt */
    "|yes|y|true|t|1|on|x|checked|ja|j|wahr|oui|o|vrai|si|s|vero|verdadero|sim|verdadeiro|tak|prawda|ano|pravda|evet|"
    "dogru|igen|kylla|jah|taip|"
    /* ru, uk, kk, ar, fa, he, el */
    "да|д|истина|так|правда|иә|ия|نعم|اجل|صحيح|صح|بله|بلی|כן|ναι|"
    /* zh, ja, ko, hi, vi, th, id */
    "是|是的|对|對|真|有|はい|예|네|हां|हाँ|हा|có|co|đung|ใช่|ya|"
    "✓|✔|☑|✅|√|●|";
static const char no_words[] = "|no|n|false|f|0|off|unchecked|nein|falsch|nee|non|faux|falso|nao|nie|fałsz|ne|nepravda|"
                               "hayır|hayir|yanlıs|yanlis|nem|ei|"
                               "нет|н|ложь|ні|жоқ|لا|كلا|خطا|خاطئ|خير|نه|خیر|לא|οχι|"
                               "否|不是|不|假|错|錯|无|無|いいえ|아니요|아니오|नही|नहीं|khong|ไม่|tidak|"
                               "✗|✘|☐|❌|×|○|";

static bool listed(const char *list, struct slice key)
{
    const char *end = list + strlen(list);

    for (const char *at = list; at + key.len + 1 < end; at = memchr(at + 1, '|', (size_t)(end - at - 1)))
        if (at[key.len + 1] == '|' && memcmp(at + 1, key.ptr, key.len) == 0)
            return true;
    return false;
}

static bool is_one_of(char c, const char *characters)
{
    return c && strchr(characters, c);
}

bool boolean_find(struct slice text, bool *value)
{
    char key[VOCABULARY_KEY];

    text = slice_trim(text);
    if (text.len == 0 || text.len > 40)
        return false;
    if (text.len == 1) {
        bool yes = is_one_of(text.ptr[0], "1yYtTxXjJoOsS");
        if (yes || is_one_of(text.ptr[0], "0nNfF"))
            *value = yes;
        return yes || is_one_of(text.ptr[0], "0nNfF");
    }
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || is_one_of(text.ptr[i], "./\\-_,;:'\"|*#+0123456789"))
            return false; /* folding would drop some: "n/o", "s.i." */
    if (listed(yes_words, text) || listed(no_words, text)) {
        *value = listed(yes_words, text);
        return true;
    }
    struct slice folded = {key, vocabulary_normalise(text, key)};
    if (folded.len == 0)
        return false;
    bool yes = listed(yes_words, folded);
    if (!yes && !listed(no_words, folded))
        return false;
    *value = yes;
    return true;
}
