/* Lifecycle stages: names as other programs write them, and which stage follows a proposal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/score_stage.h"

/* Between '|', as people write them; the table of the module holds them folded. */
static void names(void **unused)
{
    static const struct {
        const char *names;
        enum score_stage stage;
    } rows[] = {
        {"suspect|疑似潜在客户|嫌疑犯|суспект", STAGE_SUSPECT},
        {"prospect|subscriber|newsletter subscriber|前景|订阅者|проспект|потенциальный "
         "клиент|подписчик|مشترك|Abonnent|Interessent|Abonné|Suscriptor|Assinante",
         STAGE_PROSPECT},
        {"lead|raw lead|new lead|open lead|remarketing lead|лид|новый лид|线索|销售线索|潜在客户|生铅|再营销线索|عميل "
         "محتمل|Prospecto",
         STAGE_LEAD},
        {"MAL|marketing accepted lead|лид, принятый маркетингом|маркетингово принятый лид|市场接受线索", STAGE_MAL},
        {"MQL|marketing qualified lead|marketing qualified|marketing qualified lead (MQL)|маркетингово "
         "квалифицированный|маркетингово квалифицированный лид|лид, квалифицированный маркетингом|маркетинговый "
         "лид|营销合格的潜在客户|市场合格线索|市场认可线索|عميل محتمل مؤهل للتسويق|Marketing-qualifizierter Lead|lead "
         "qualifié par le marketing|lead qualifié marketing|lead calificado para marketing|lead cualificado para "
         "marketing|lead qualificado pelo marketing|lead qualificado para marketing",
         STAGE_MQL},
        {"SAL|sales accepted lead|лид, принятый продажами|лид, принятый отделом продаж|销售接受线索", STAGE_SAL},
        {"SQL|sales qualified lead|sales qualified|sales qualified lead (SQL)|qualified lead|qualified|лид, "
         "квалифицированный продажами|лид, квалифицированный отделом продаж|квалифицированный "
         "лид|销售合格的潜在客户|销售合格线索|销售认可线索|عميل محتمل مؤهل للمبيعات|Vertriebsqualifizierter Lead|lead "
         "qualifié par les ventes|lead calificado para ventas|lead cualificado para ventas|lead qualificado por "
         "vendas|lead qualificado para vendas",
         STAGE_SQL},
        {"SRL|sales ready lead|sales ready|лид, готовый к продаже", STAGE_SRL},
        {"opportunity|converted lead|converted|deal|сделка|потенциал|возможность|сконвертированный лид|качественный "
         "лид|商机|机会|转换后的潜在客户|转换后的线索|已转换|صفقة|فرصة|Verkaufschance|opportunité|oportunidad|"
         "oportunidade",
         STAGE_OPPORTUNITY},
        {"customer|client|closed sale|closed won|won|evangelist|advocate|клиент|покупатель|продажа закрыта|успешно "
         "реализовано|евангелист|客户|帐户|成交|推广者|عميل|Kunde|Fürsprecher|cliente|Ambassadeur|Promotor",
         STAGE_CUSTOMER},
        {"junk|junk lead|unqualified|disqualified|spam|мусорный лид|некачественный лид|нецелевой|нецелевой "
         "лид|спам|垃圾铅|垃圾线索|غير مؤهل",
         STAGE_JUNK},
        {"dead|dead lead|мёртвый лид|死铅|无效线索|死线索", STAGE_DEAD},
        {"lost|lost lead|closed lost|not converted|closed not converted|closed - not converted|потерян|потерянный "
         "лид|проигран|закрыто и не реализовано|输单|丢单|流失|Verloren|perdu|perdido",
         STAGE_LOST},
        {"Suspect|SUSPECT|疑似潜在客户", STAGE_SUSPECT},
        {"marketingqualifiedlead|Marketing Qualified Lead|MARKETING-QUALIFIED LEAD| mql |Mql", STAGE_MQL},
        {"salesqualifiedlead|Sales Qualified Lead|sql|ЛИД, КВАЛИФИЦИРОВАННЫЙ ПРОДАЖАМИ", STAGE_SQL},
        {"Sales_Ready_Lead|лид, готовый к продаже", STAGE_SRL},
        {"Лид|LEAD|Lead", STAGE_LEAD},
        {"Closed Won|КЛИЕНТ", STAGE_CUSTOMER},
        {"Closed - Not Converted|Closed Lost", STAGE_LOST},
        {"Мертвый лид|МЁРТВЫЙ ЛИД", STAGE_DEAD},
        {"other|hot|(new)|leads|", STAGE_NONE},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (const char *at = rows[i].names;; at++) {
            size_t length = strcspn(at, "|");
            enum score_stage found = score_stage_find((struct slice){at, length});
            if (found != rows[i].stage)
                fail_msg("'%.*s' is '%s' and not '%s'", (int)length, at, score_stage_names[found],
                         score_stage_names[rows[i].stage]);
            at += length;
            if (!*at)
                break;
        }
    assert_int_equal(score_stage_find((struct slice){NULL, 0}), STAGE_NONE);
    assert_int_equal(score_stage_find(SLICE("\xff\xfe")), STAGE_NONE);
}

static void own_names(void **unused)
{
    static const char *const expected[] = {"",    "suspect", "prospect",    "lead",     "MAL",  "MQL",  "SAL",
                                           "SQL", "SRL",     "opportunity", "customer", "junk", "dead", "lost"};

    (void)unused;
    assert_int_equal(STAGE_LOST, 13);
    for (int i = STAGE_NONE; i <= STAGE_LOST; i++) {
        assert_string_equal(score_stage_names[i], expected[i]);
        assert_int_equal(score_stage_find(slice_from_cstr(expected[i])), i);
    }
}

static void moves(void **unused)
{
    static const struct {
        enum score_stage now, proposed, rising, falling;
    } rows[] = {
        {STAGE_NONE, STAGE_MQL, STAGE_MQL, STAGE_MQL},
        {STAGE_LEAD, STAGE_MQL, STAGE_MQL, STAGE_MQL},
        {STAGE_SQL, STAGE_MQL, STAGE_SQL, STAGE_MQL},
        {STAGE_SQL, STAGE_SQL, STAGE_SQL, STAGE_SQL},
        {STAGE_SQL, STAGE_NONE, STAGE_SQL, STAGE_SQL},
        {STAGE_NONE, STAGE_NONE, STAGE_NONE, STAGE_NONE},
        {STAGE_JUNK, STAGE_CUSTOMER, STAGE_JUNK, STAGE_JUNK},
        {STAGE_DEAD, STAGE_LOST, STAGE_DEAD, STAGE_DEAD},
        {STAGE_LOST, STAGE_MQL, STAGE_LOST, STAGE_LOST},
        {STAGE_LEAD, STAGE_JUNK, STAGE_JUNK, STAGE_JUNK},
        {STAGE_OPPORTUNITY, STAGE_LOST, STAGE_LOST, STAGE_LOST},
        {STAGE_CUSTOMER, STAGE_JUNK, STAGE_CUSTOMER, STAGE_JUNK},
        {STAGE_CUSTOMER, STAGE_LEAD, STAGE_CUSTOMER, STAGE_LEAD},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(score_stage_move(rows[i].now, rows[i].proposed, false), rows[i].rising);
        assert_int_equal(score_stage_move(rows[i].now, rows[i].proposed, true), rows[i].falling);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(own_names),
        cmocka_unit_test(moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
