/* Lifecycle stages. Names are compared in the form in which the vocabulary compares names of columns (vocabulary.h), so
 * that case, blanks, hyphens and marks on letters do not matter and HubSpot's internal "marketingqualifiedlead" is the
 * same as what it shows. Beside the names of the stages: those that HubSpot, Salesforce, Bitrix24 and amoCRM use, and
 * the terms of other languages. A subscriber has asked for a newsletter and nothing else, which makes a prospect; a
 * lead that was given back to marketing is a lead again; an evangelist is a customer. */
#include "analysis/score_stage.h"

#include <stdlib.h>

#include "value/vocabulary.h"

const char *const score_stage_names[] = {
    [STAGE_NONE] = "",
    [STAGE_SUSPECT] = "suspect",
    [STAGE_PROSPECT] = "prospect",
    [STAGE_LEAD] = "lead",
    [STAGE_MAL] = "MAL",
    [STAGE_MQL] = "MQL",
    [STAGE_SAL] = "SAL",
    [STAGE_SQL] = "SQL",
    [STAGE_SRL] = "SRL",
    [STAGE_OPPORTUNITY] = "opportunity",
    [STAGE_CUSTOMER] = "customer",
    [STAGE_JUNK] = "junk",
    [STAGE_DEAD] = "dead",
    [STAGE_LOST] = "lost",
};

/* Folded, in bytewise order. */
struct stage_name {
    struct slice key;
    enum score_stage stage;
};

static const struct stage_name names[] = {
    {SLICE_INIT("abonne"), STAGE_PROSPECT},
    {SLICE_INIT("abonnent"), STAGE_PROSPECT},
    {SLICE_INIT("advocate"), STAGE_CUSTOMER},
    {SLICE_INIT("ambassadeur"), STAGE_CUSTOMER},
    {SLICE_INIT("assinante"), STAGE_PROSPECT},
    {SLICE_INIT("client"), STAGE_CUSTOMER},
    {SLICE_INIT("cliente"), STAGE_CUSTOMER},
    {SLICE_INIT("closedlost"), STAGE_LOST},
    {SLICE_INIT("closednotconverted"), STAGE_LOST},
    {SLICE_INIT("closedsale"), STAGE_CUSTOMER},
    {SLICE_INIT("closedwon"), STAGE_CUSTOMER},
    {SLICE_INIT("converted"), STAGE_OPPORTUNITY},
    {SLICE_INIT("convertedlead"), STAGE_OPPORTUNITY},
    {SLICE_INIT("customer"), STAGE_CUSTOMER},
    {SLICE_INIT("dead"), STAGE_DEAD},
    {SLICE_INIT("deadlead"), STAGE_DEAD},
    {SLICE_INIT("deal"), STAGE_OPPORTUNITY},
    {SLICE_INIT("disqualified"), STAGE_JUNK},
    {SLICE_INIT("evangelist"), STAGE_CUSTOMER},
    {SLICE_INIT("fursprecher"), STAGE_CUSTOMER},
    {SLICE_INIT("interessent"), STAGE_PROSPECT},
    {SLICE_INIT("junk"), STAGE_JUNK},
    {SLICE_INIT("junklead"), STAGE_JUNK},
    {SLICE_INIT("kunde"), STAGE_CUSTOMER},
    {SLICE_INIT("lead"), STAGE_LEAD},
    {SLICE_INIT("leadcalificadoparamarketing"), STAGE_MQL},
    {SLICE_INIT("leadcalificadoparaventas"), STAGE_SQL},
    {SLICE_INIT("leadcualificadoparamarketing"), STAGE_MQL},
    {SLICE_INIT("leadcualificadoparaventas"), STAGE_SQL},
    {SLICE_INIT("leadqualificadoparamarketing"), STAGE_MQL},
    {SLICE_INIT("leadqualificadoparavendas"), STAGE_SQL},
    {SLICE_INIT("leadqualificadopelomarketing"), STAGE_MQL},
    {SLICE_INIT("leadqualificadoporvendas"), STAGE_SQL},
    {SLICE_INIT("leadqualifiemarketing"), STAGE_MQL},
    {SLICE_INIT("leadqualifieparlemarketing"), STAGE_MQL},
    {SLICE_INIT("leadqualifieparlesventes"), STAGE_SQL},
    {SLICE_INIT("lost"), STAGE_LOST},
    {SLICE_INIT("lostlead"), STAGE_LOST},
    {SLICE_INIT("mal"), STAGE_MAL},
    {SLICE_INIT("marketingacceptedlead"), STAGE_MAL},
    {SLICE_INIT("marketingqualified"), STAGE_MQL},
    {SLICE_INIT("marketingqualifiedlead"), STAGE_MQL},
    {SLICE_INIT("marketingqualifiedlead(mql)"), STAGE_MQL},
    {SLICE_INIT("marketingqualifizierterlead"), STAGE_MQL},
    {SLICE_INIT("mql"), STAGE_MQL},
    {SLICE_INIT("newlead"), STAGE_LEAD},
    {SLICE_INIT("newslettersubscriber"), STAGE_PROSPECT},
    {SLICE_INIT("notconverted"), STAGE_LOST},
    {SLICE_INIT("openlead"), STAGE_LEAD},
    {SLICE_INIT("oportunidad"), STAGE_OPPORTUNITY},
    {SLICE_INIT("oportunidade"), STAGE_OPPORTUNITY},
    {SLICE_INIT("opportunite"), STAGE_OPPORTUNITY},
    {SLICE_INIT("opportunity"), STAGE_OPPORTUNITY},
    {SLICE_INIT("perdido"), STAGE_LOST},
    {SLICE_INIT("perdu"), STAGE_LOST},
    {SLICE_INIT("promotor"), STAGE_CUSTOMER},
    {SLICE_INIT("prospect"), STAGE_PROSPECT},
    {SLICE_INIT("prospecto"), STAGE_LEAD},
    {SLICE_INIT("qualified"), STAGE_SQL},
    {SLICE_INIT("qualifiedlead"), STAGE_SQL},
    {SLICE_INIT("rawlead"), STAGE_LEAD},
    {SLICE_INIT("remarketinglead"), STAGE_LEAD},
    {SLICE_INIT("sal"), STAGE_SAL},
    {SLICE_INIT("salesacceptedlead"), STAGE_SAL},
    {SLICE_INIT("salesqualified"), STAGE_SQL},
    {SLICE_INIT("salesqualifiedlead"), STAGE_SQL},
    {SLICE_INIT("salesqualifiedlead(sql)"), STAGE_SQL},
    {SLICE_INIT("salesready"), STAGE_SRL},
    {SLICE_INIT("salesreadylead"), STAGE_SRL},
    {SLICE_INIT("spam"), STAGE_JUNK},
    {SLICE_INIT("sql"), STAGE_SQL},
    {SLICE_INIT("srl"), STAGE_SRL},
    {SLICE_INIT("subscriber"), STAGE_PROSPECT},
    {SLICE_INIT("suscriptor"), STAGE_PROSPECT},
    {SLICE_INIT("suspect"), STAGE_SUSPECT},
    {SLICE_INIT("unqualified"), STAGE_JUNK},
    {SLICE_INIT("verkaufschance"), STAGE_OPPORTUNITY},
    {SLICE_INIT("verloren"), STAGE_LOST},
    {SLICE_INIT("vertriebsqualifizierterlead"), STAGE_SQL},
    {SLICE_INIT("won"), STAGE_CUSTOMER},
    {SLICE_INIT("возможность"), STAGE_OPPORTUNITY},
    {SLICE_INIT("евангелист"), STAGE_CUSTOMER},
    {SLICE_INIT("закрытоинереализовано"), STAGE_LOST},
    {SLICE_INIT("качественныилид"), STAGE_OPPORTUNITY},
    {SLICE_INIT("квалифицированныилид"), STAGE_SQL},
    {SLICE_INIT("клиент"), STAGE_CUSTOMER},
    {SLICE_INIT("лид"), STAGE_LEAD},
    {SLICE_INIT("лидготовыикпродаже"), STAGE_SRL},
    {SLICE_INIT("лидквалифицированныимаркетингом"), STAGE_MQL},
    {SLICE_INIT("лидквалифицированныиотделомпродаж"), STAGE_SQL},
    {SLICE_INIT("лидквалифицированныипродажами"), STAGE_SQL},
    {SLICE_INIT("лидпринятыимаркетингом"), STAGE_MAL},
    {SLICE_INIT("лидпринятыиотделомпродаж"), STAGE_SAL},
    {SLICE_INIT("лидпринятыипродажами"), STAGE_SAL},
    {SLICE_INIT("маркетинговоквалифицированныи"), STAGE_MQL},
    {SLICE_INIT("маркетинговоквалифицированныилид"), STAGE_MQL},
    {SLICE_INIT("маркетинговопринятыилид"), STAGE_MAL},
    {SLICE_INIT("маркетинговыилид"), STAGE_MQL},
    {SLICE_INIT("мертвыилид"), STAGE_DEAD},
    {SLICE_INIT("мусорныилид"), STAGE_JUNK},
    {SLICE_INIT("некачественныилид"), STAGE_JUNK},
    {SLICE_INIT("нецелевои"), STAGE_JUNK},
    {SLICE_INIT("нецелевоилид"), STAGE_JUNK},
    {SLICE_INIT("новыилид"), STAGE_LEAD},
    {SLICE_INIT("подписчик"), STAGE_PROSPECT},
    {SLICE_INIT("покупатель"), STAGE_CUSTOMER},
    {SLICE_INIT("потенциал"), STAGE_OPPORTUNITY},
    {SLICE_INIT("потенциальныиклиент"), STAGE_PROSPECT},
    {SLICE_INIT("потерян"), STAGE_LOST},
    {SLICE_INIT("потерянныилид"), STAGE_LOST},
    {SLICE_INIT("продажазакрыта"), STAGE_CUSTOMER},
    {SLICE_INIT("проигран"), STAGE_LOST},
    {SLICE_INIT("проспект"), STAGE_PROSPECT},
    {SLICE_INIT("сделка"), STAGE_OPPORTUNITY},
    {SLICE_INIT("сконвертированныилид"), STAGE_OPPORTUNITY},
    {SLICE_INIT("спам"), STAGE_JUNK},
    {SLICE_INIT("суспект"), STAGE_SUSPECT},
    {SLICE_INIT("успешнореализовано"), STAGE_CUSTOMER},
    {SLICE_INIT("صفقة"), STAGE_OPPORTUNITY},
    {SLICE_INIT("عميل"), STAGE_CUSTOMER},
    {SLICE_INIT("عميلمحتمل"), STAGE_LEAD},
    {SLICE_INIT("عميلمحتملموهلللتسويق"), STAGE_MQL},
    {SLICE_INIT("عميلمحتملموهلللمبيعات"), STAGE_SQL},
    {SLICE_INIT("غيرموهل"), STAGE_JUNK},
    {SLICE_INIT("فرصة"), STAGE_OPPORTUNITY},
    {SLICE_INIT("مشترك"), STAGE_PROSPECT},
    {SLICE_INIT("丢单"), STAGE_LOST},
    {SLICE_INIT("再营销线索"), STAGE_LEAD},
    {SLICE_INIT("前景"), STAGE_PROSPECT},
    {SLICE_INIT("商机"), STAGE_OPPORTUNITY},
    {SLICE_INIT("垃圾线索"), STAGE_JUNK},
    {SLICE_INIT("垃圾铅"), STAGE_JUNK},
    {SLICE_INIT("嫌疑犯"), STAGE_SUSPECT},
    {SLICE_INIT("客户"), STAGE_CUSTOMER},
    {SLICE_INIT("已转换"), STAGE_OPPORTUNITY},
    {SLICE_INIT("市场合格线索"), STAGE_MQL},
    {SLICE_INIT("市场接受线索"), STAGE_MAL},
    {SLICE_INIT("市场认可线索"), STAGE_MQL},
    {SLICE_INIT("帐户"), STAGE_CUSTOMER},
    {SLICE_INIT("成交"), STAGE_CUSTOMER},
    {SLICE_INIT("推广者"), STAGE_CUSTOMER},
    {SLICE_INIT("无效线索"), STAGE_DEAD},
    {SLICE_INIT("机会"), STAGE_OPPORTUNITY},
    {SLICE_INIT("死线索"), STAGE_DEAD},
    {SLICE_INIT("死铅"), STAGE_DEAD},
    {SLICE_INIT("流失"), STAGE_LOST},
    {SLICE_INIT("潜在客户"), STAGE_LEAD},
    {SLICE_INIT("生铅"), STAGE_LEAD},
    {SLICE_INIT("疑似潜在客户"), STAGE_SUSPECT},
    {SLICE_INIT("线索"), STAGE_LEAD},
    {SLICE_INIT("营销合格的潜在客户"), STAGE_MQL},
    {SLICE_INIT("订阅者"), STAGE_PROSPECT},
    {SLICE_INIT("转换后的潜在客户"), STAGE_OPPORTUNITY},
    {SLICE_INIT("转换后的线索"), STAGE_OPPORTUNITY},
    {SLICE_INIT("输单"), STAGE_LOST},
    {SLICE_INIT("销售合格的潜在客户"), STAGE_SQL},
    {SLICE_INIT("销售合格线索"), STAGE_SQL},
    {SLICE_INIT("销售接受线索"), STAGE_SAL},
    {SLICE_INIT("销售线索"), STAGE_LEAD},
    {SLICE_INIT("销售认可线索"), STAGE_SQL},
};

static int by_key(const void *key, const void *element)
{
    const struct stage_name *name = element;

    return slice_compare(*(const struct slice *)key, name->key);
}

enum score_stage score_stage_find(struct slice text)
{
    char key[VOCABULARY_KEY];

    for (int i = STAGE_SUSPECT; i <= STAGE_LOST; i++) /* as these programs write them: no folding needed */
        if (slice_equal_cstr(text, score_stage_names[i]))
            return (enum score_stage)i;
    struct slice folded = {key, vocabulary_normalise(text, key)};
    if (folded.len == 0)
        return STAGE_NONE;
    const struct stage_name *found = bsearch(&folded, names, sizeof names / sizeof *names, sizeof *names, by_key);
    return found ? found->stage : STAGE_NONE;
}

static bool out_of_line(enum score_stage stage)
{
    return stage >= STAGE_JUNK;
}

enum score_stage score_stage_move(enum score_stage now, enum score_stage proposed, bool may_fall)
{
    if (proposed == STAGE_NONE || out_of_line(now))
        return now;
    if (may_fall || (out_of_line(proposed) && now != STAGE_CUSTOMER))
        return proposed;
    return out_of_line(proposed) || now > proposed ? now : proposed;
}
