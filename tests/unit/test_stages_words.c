/* The words for open, won and lost: each language, what may stand around them, and what only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "analysis/stages_parts.h"

/* Every word of the tables: folded as it must be to be found, and in no second list. */
static void words_are_folded(void **state)
{
    size_t count = 0;
    (void)state;

    for (int i = DEAL_OPEN; i <= DEAL_LOST; i++)
        for (const char *at = stages_words((enum deal_status)i) + 1; *at; count++) {
            struct slice word = {at, strcspn(at, "|")};
            char room[VOCABULARY_KEY];
            enum deal_status status = DEAL_OPEN;
            struct slice key = {room, vocabulary_normalise(word, room)};
            if (!slice_equal(key, word))
                fail_msg("'%.*s' is folded '%.*s'", SLICE_ARG(word), SLICE_ARG(key));
            if (!deal_status_find(word, &status) || status != (enum deal_status)i)
                fail_msg("'%.*s' is %s, not %s", SLICE_ARG(word), deal_status_words[status], deal_status_words[i]);
            at += word.len + 1;
        }
    assert_true(count > 300);
}

static void assert_status(const char *const *texts, enum deal_status wanted)
{
    for (; *texts; texts++)
        if (deal_status_of(slice_from_cstr(*texts)) != wanted)
            fail_msg("'%s' is not %s", *texts, deal_status_words[wanted]);
}

static void words_of_every_language(void **state)
{
    static const char *const won[] = {
        "won",
        "Won",
        "WON",
        "Closed Won",
        "Closed - Won",
        "closed_won",
        "Deal won",
        "выиграна",
        "Выиграно",
        "ВЫИГРАНА",
        "успех",
        "Успешно реализовано",
        "Сделка успешна",
        "赢单",
        "已赢单",
        "成交",
        "贏單",
        "مكسوبة",
        "تم الفوز",
        "رابحة",
        "gewonnen",
        "Abgeschlossen und gewonnen",
        "gagné",
        "Gagnée",
        "GAGNE",
        "ganado",
        "Cierre ganado",
        "Éxito",
        "ganho",
        "Ganha",
        "Fechado - ganho",
        "Logrado con éxito",
        "продажа закрыта",
        NULL,
    };
    static const char *const lost[] = {
        "lost",
        "Lost",
        "Closed Lost",
        "Closed-Lost",
        "closedlost",
        "Closed Lost to Competition",
        "Out-Sold",
        "Canceled",
        "проиграна",
        "Проиграно",
        "отказ",
        "Закрыто и не реализовано",
        "Не реализовано",
        "输单",
        "丢单",
        "輸單",
        "失败",
        "خسارة",
        "خاسرة",
        "مفقودة",
        "مرفوضة",
        "verloren",
        "Abgelehnt",
        "perdu",
        "Perdue",
        "Fermée perdue",
        "perdido",
        "Cierre perdido",
        "Negócio perdido",
        "Recusado",
        "LOSE",
        "отменён",
        "Отменен",
        NULL,
    };
    static const char *const open[] = {
        "",      "open",    "Closed",  "Закрыто",   "Закрыта", "已关闭",      "مغلقة", "geschlossen",
        "fermé", "cerrado", "fechado", "Завершено", "Paid",    "Negotiation", NULL,
    };
    (void)state;

    assert_status(won, DEAL_WON);
    assert_status(lost, DEAL_LOST);
    assert_status(open, DEAL_OPEN);
}

static void adorned_words(void **state)
{
    static const char *const won[] = {
        "4 - Closed Won", "1-won",       "6. Won",     "6) Won", "Won ✔",     "Won ✔️",  "🏆 Won!",
        "[Won]",          "(won)",       "«Выиграна»", "C5:WON", "S6 Won",    "DT128_5:WON", "Won (100%)",
        "100 % won",      "07_gewonnen", "Won 2024",   "①成交",  "٦ - رابحة", "#6 Выиграна", NULL,
    };
    static const char *const lost[] = {"99. Lost", "Lost ❌", "Lost (0 %)", "C5:LOSE", "7 — Отказ", "輸單。", NULL};
    static const char *const open[] = {
        "unwon",
        "lost and found account",
        "Lost & found",
        "Won/Lost",
        "won lost",
        "Won?",
        "Lost?",
        "not won",
        "wonder",
        "almost won",
        "Wonky",
        "won|lost",
        "|",
        "won|win",
        "خاسرة؟",
        "won？",
        "x won",
        "abc5won",
        "5",
        "✔",
        "a1",
        "Closed Lost - price",
        "Lost to",
        "?",
        "\xff won",
        "Won back",
        NULL,
    };
    char text[400];
    (void)state;

    assert_status(won, DEAL_WON);
    assert_status(lost, DEAL_LOST);
    assert_status(open, DEAL_OPEN);
    memset(text, '1', sizeof text);
    memcpy(text + sizeof text - 3, "won", 3); /* longer than a name that is folded */
    assert_int_equal(deal_status_of((struct slice){text, sizeof text}), DEAL_OPEN);
}

static void words_for_open(void **state)
{
    static const char *const words[] = {"open",  "In progress", "ОТКРЫТА", "В работе", "进行中",       "مفتوحة",
                                        "offen", "En cours",    "abierta", "aberto",   "em andamento", "1. Open"};
    enum deal_status status;
    (void)state;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        status = DEAL_LOST;
        if (!deal_status_find(slice_from_cstr(words[i]), &status) || status != DEAL_OPEN)
            fail_msg("%s", words[i]);
    }
    status = DEAL_WON;
    assert_false(deal_status_find(SLICE("Negotiation"), &status));
    assert_false(deal_status_find(SLICE(""), &status));
    assert_int_equal(status, DEAL_WON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_folded),
        cmocka_unit_test(words_of_every_language),
        cmocka_unit_test(adorned_words),
        cmocka_unit_test(words_for_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
