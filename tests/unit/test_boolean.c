/* Yes and no in the words of many languages, by hand, and what is neither. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/boolean.h"

static const char *const yes[] = {
    "yes", "Yes",  "YES",  " yes ",     "y",         "Y",      "true",   "TRUE",       "True",  "t",
    "1",   "on",   "ON",   "x",         "X",         "✓",      "✔",      "✔\ufe0f",    "☑",     "✅",
    "√",   "да",   "Да",   "ДА",        "д",         "истина", "ИСТИНА", "так",        "иә",    "是",
    "对",  "對",   "真",   "有",        "نعم",       "صحيح",   "ja",     "Ja",         "JA",    "j",
    "J",   "wahr", "WAHR", "oui",       "Oui",       "o",      "vrai",   "VRAI",       "sí",    "Sí",
    "si",  "SÍ",   "s",    "verdadero", "VERDADERO", "sim",    "Sim",    "verdadeiro", "tak",   "ano",
    "Ano", "evet", "EVET", "doğru",     "DOĞRU",     "igen",   "はい",   "예",         "네",    "हाँ",
    "有",  "có",   "ใช่",   "כן",        "ναι",       "بله",    "ｙｅｓ", "\ufeffyes",  "kyllä",
};

static const char *const no[] = {
    "no",   "No",     "NO",     "\tno",  "n",     "N",   "false", "FALSE", "f",      "0",      "off",   "OFF",
    "✗",    "✘",      "☐",      "❌",     "нет",   "Нет", "НЕТ",   "н",     "ложь",   "ЛОЖЬ",   "ні",    "жоқ",
    "否",   "不是",   "假",     "无",    "لا",    "خطأ", "nein",  "Nein",  "falsch", "FALSCH", "non",   "NON",
    "faux", "FAUX",   "falso",  "FALSO", "não",   "NÃO", "nao",   "nie",   "fałsz",  "ne",     "hayır", "Hayır",
    "nem",  "いいえ", "아니요", "नहीं",   "không", "ไม่",  "לא",    "όχι",   "ｎｏ",   "ei",
};

static const char *const neither[] = {
    "",
    " ",
    "\t",
    "2",
    "01",
    "00",
    "10",
    "-1",
    "1.0",
    "-",
    "+",
    "?",
    "yes/no",
    "n/o",
    "n.o",
    "n/a",
    "yes no",
    "yess",
    "ye",
    "maybe",
    "null",
    "none",
    "opted out",
    "subscribed",
    "может быть",
    "|",
    "||",
    "|yes",
    "yes|no",
    "yes|",
    "y|n",
    "是否",
    "a",
    "b",
    "ф",
    "\xff",
    "\xd0",
    "y\xff",
    "unknown",
    "нет данных",
    "not available",
};

static void reads(const char *const *words, size_t count, bool wanted)
{
    for (size_t i = 0; i < count; i++) {
        bool value = !wanted;
        if (!boolean_find(slice_from_cstr(words[i]), &value) || value != wanted)
            fail_msg("'%s' is not %s", words[i], wanted ? "yes" : "no");
    }
}

static void reads_yes(void **state)
{
    (void)state;
    reads(yes, sizeof yes / sizeof *yes, true);
}

static void reads_no(void **state)
{
    (void)state;
    reads(no, sizeof no / sizeof *no, false);
}

static void leaves_the_rest_alone(void **state)
{
    char long_text[1000];
    bool value;
    (void)state;

    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        for (int before = 0; before < 2; before++) {
            value = before;
            if (boolean_find(slice_from_cstr(neither[i]), &value))
                fail_msg("'%s' is neither", neither[i]);
            assert_int_equal(value, before);
        }
    assert_false(boolean_find(SLICE("\0"), &value));
    assert_false(boolean_find(SLICE("yes\0"), &value));
    memset(long_text, 'y', sizeof long_text);
    assert_false(boolean_find((struct slice){long_text, sizeof long_text}, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_yes),
        cmocka_unit_test(reads_no),
        cmocka_unit_test(leaves_the_rest_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
