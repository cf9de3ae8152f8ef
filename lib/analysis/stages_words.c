/* Words for open, won and lost: of statuses and of stages, in English, Russian, Chinese, Arabic, German, French,
 * Spanish and Portuguese. They stand folded between bars, a text is folded, and it is one of them as a whole or none: a
 * part of a name tells nothing ("Lost and found", "Won back?"). Numbers and signs at the ends are left out step by
 * step, so that a word that has them is found first. Refused, failed and cancelled are lost: a deal in such a stage is
 * not won any more, and in Dynamics "Canceled" and "Out-Sold" are the two ways to lose. Closed, finished and paid say
 * nothing. */
#include <string.h>
#include <utf8proc.h>

#include "analysis/stages_parts.h"
#include "base/ascii.h"

static const char open_words[] =
    /* en */
    "|open|opened|new|working|inprogress|ongoing|active|pending|onhold|"
    /* ru */
    "открыта|новая|открыт|открыто|открытая|вработе|впроцессе|активна|активная|активныи|"
    /* zh */
    "打开|未关闭|开放|开启|未结|未结束|进行中|跟进中|开放中|進行中|"
    /* ar */
    "مفتوحة|مفتوح|جارية|جاري|قيدالتنفيذ|قيدالعمل|نشطة|نشط|"
    /* de */
    "offen|inarbeit|inbearbeitung|laufend|aktiv|"
    /* fr */
    "ouvert|ouverte|encours|actif|"
    /* es */
    "abierto|abierta|encurso|enprogreso|enproceso|activo|activa|"
    /* pt */
    "aberto|aberta|emaberto|emandamento|emcurso|ativo|ativa|";

static const char won_words[] =
    /* en */
    "|won|win|closedwon|closewon|closedwin|dealwon|opportunitywon|salewon|wondeal|wonopportunity|closedandwon|"
    "closedaswon|wonclosed|dealclosedwon|closedsuccessfully|successfullyclosed|closedsuccessful|success|"
    "successful|successfuldeal|closedsale|sold|"
    /* ru */
    "выиграна|выигран|выиграно|выигранная|выиграли|сделкавыиграна|выиграннаясделка|закрытавыиграна|"
    "закрытовыиграно|закрытвыигран|закрытаивыиграна|закрытоивыиграно|успешнореализовано|успешнореализована|"
    "успешнореализован|успех|успешно|успешна|успешная|успешнозакрыта|успешнозакрыто|успешнозакрыт|"
    "закрытауспешно|закрытоуспешно|закрытуспешно|успешнозавершена|успешнозавершено|завершенауспешно|"
    "завершеноуспешно|сделкауспешна|успешнаясделка|сделкауспешнозакрыта|сделкауспешнозавершена|"
    "сделкасостоялась|продажазакрыта|продажасостоялась|продано|победа|"
    /* zh */
    "赢单|已赢单|赢单关闭|成交|已成交|成功成交|成交关闭|赢得|已赢得|赢|结束并赢得|已结束并赢得|已关闭并赢得|关闭并赢得|"
    "关闭且赢得|关闭赢得|成功|已成功|成功关闭|成功结束|交易成功|销售成功|贏單|"
    "已贏單|贏單關閉|贏得|已贏得|"
    /* ar */
    "مكسوبة|مكسوب|تمالكسب|فوز|تمالفوز|تمالفوزبها|تمالفوزبه|رابحة|رابح|ربح|تمالربح|مربوحة|صفقةرابحة|صفقةمكسوبة|"
    "صفقةناجحة|ناجحة|ناجح|نجاح|مغلقةرابحة|مغلقرابح|مغلقةمكسوبة|مغلقمكسوب|اغلاقناجح|اغلاقرابح|تمالبيع|مغلقفوز|"
    "مغلقةفوز|مغلقتمالفوز|مغلقةتمالفوزبها|فرصةرابحة|فرصةمكسوبة|"
    /* de */
    "gewonnen|geschlossengewonnen|geschlossenundgewonnen|abgeschlossengewonnen|abgeschlossenundgewonnen|"
    "gewonnenabgeschlossen|dealgewonnen|gewonnenerdeal|verkaufschancegewonnen|gewonneneverkaufschance|"
    "auftraggewonnen|auftragerhalten|geschaftgewonnen|gewonnenesgeschaft|erfolgreichabgeschlossen|erfolgreich|"
    "erfolg|verkauft|"
    /* fr */
    "gagne|gagnee|fermegagne|fermeegagnee|fermeetgagne|fermeeetgagnee|cloturegagne|clotureegagnee|"
    "clotureetgagne|clotureeetgagnee|closgagne|conclugagne|concluegagnee|affairegagnee|opportunitegagnee|"
    "ventegagnee|transactiongagnee|remporte|remportee|affaireremportee|opportuniteremportee|venteconclue|"
    "affaireconclue|vendu|vendue|succes|reussi|reussie|"
    /* es */
    "ganado|ganada|cerradoganado|cerradaganada|cerradoyganado|cerradayganada|cierreganado|negocioganado|"
    "oportunidadganada|tratoganado|ventaganada|negociacionganada|exito|exitoso|exitosa|ventaexitosa|"
    "cerradoconexito|cerradaconexito|logradoconexito|vendido|vendida|ventacerrada|"
    /* pt */
    "ganho|ganha|fechadoganho|fechadaganha|fechadoeganho|fechadaeganha|negocioganho|oportunidadeganha|"
    "vendaganha|vendarealizada|sucesso|bemsucedido|bemsucedida|fechadocomsucesso|fechadacomsucesso|"
    "concluidocomsucesso|concluidacomsucesso|vendafechada|";

static const char lost_words[] =
    /* en */
    "|lost|lose|loss|closedlost|closelost|closedloss|deallost|opportunitylost|salelost|lostdeal|"
    "lostopportunity|closedandlost|closedaslost|lostclosed|dealclosedlost|closedlosttocompetition|"
    "closedlosttocompetitor|losttocompetition|losttocompetitor|losttoacompetitor|outsold|failed|failure|"
    "dealfailed|unsuccessful|closedunsuccessfully|rejected|dealrejected|declined|refused|refusal|canceled|"
    "cancelled|dead|deaddeal|"
    /* ru */
    "проиграна|проигран|проиграно|проигранная|проиграли|сделкапроиграна|проиграннаясделка|закрытапроиграна|"
    "закрытопроиграно|закрытпроигран|закрытаипроиграна|закрытоипроиграно|закрытоинереализовано|"
    "закрытаинереализована|закрытинереализован|нереализовано|нереализована|нереализован|отказ|отказклиента|"
    "клиентотказался|отказался|отказались|отказано|отклонено|отклонена|отклонен|провал|провалена|провалено|"
    "провален|сделкапровалена|проваленнаясделка|неуспех|неуспешно|неуспешна|неуспешная|неудача|неудачно|"
    "неудачная|сделканесостоялась|несостоялась|продажанесостоялась|потеряна|потерян|потеряно|сделкапотеряна|"
    "потеряннаясделка|закрытанеуспешно|закрытонеуспешно|неуспешнозакрыта|отменена|отменено|отменен|"
    "сделкаотменена|анализпричиныпровала|"
    /* zh */
    "输单|已输单|输单关闭|丢单|已丢单|丢单关闭|失单|失败|已失败|交易失败|失去|已失去|丢失|已丢失|流失|已流失|战败|"
    "已战败|输|结束并丢失|已结束并丢失|已关闭并丢失|关闭并丢失|关闭丢失|"
    "结束但未赢得|未成交|取消|已取消|拒绝|已拒绝|輸單|已輸單|輸單關閉|丟單|已丟單|失敗|"
    /* ar */
    "خسارة|خاسرة|خاسر|مفقودة|مفقود|ضايعة|ضايع|خسرت|خسرناها|تمتخسارتها|تمتالخسارة|تمالخسارة|صفقةخاسرة|"
    "صفقةمفقودة|صفقةضايعة|مغلقةخاسرة|مغلقخاسر|مغلقةمفقودة|مغلقمفقود|مغلقةخسارة|مغلقخسارة|فاشلة|فاشل|فشل|"
    "صفقةفاشلة|مرفوضة|مرفوض|رفض|تمالرفض|ملغاة|ملغى|ملغي|تمالالغاء|فرصةخاسرة|فرصةضايعة|"
    /* de */
    "verloren|geschlossenverloren|geschlossenundverloren|abgeschlossenverloren|abgeschlossenundverloren|"
    "verlorenabgeschlossen|dealverloren|verlorenerdeal|verkaufschanceverloren|verloreneverkaufschance|"
    "auftragverloren|geschaftverloren|verlorenesgeschaft|anwettbewerberverloren|anmitbewerberverloren|"
    "ankonkurrenzverloren|gescheitert|fehlgeschlagen|misserfolg|nichterfolgreich|erfolglos|abgelehnt|absage|"
    "abgesagt|storniert|"
    /* fr */
    "perdu|perdue|fermeperdu|fermeeperdue|fermeetperdu|fermeeetperdue|clotureperdu|clotureeperdue|"
    "clotureetperdu|clotureeetperdue|closperdu|concluperdu|affaireperdue|opportuniteperdue|venteperdue|"
    "transactionperdue|echec|echoue|echouee|refuse|refusee|refus|rejete|rejetee|annule|annulee|"
    /* es */
    "perdido|perdida|cerradoperdido|cerradaperdida|cerradoyperdido|cerradayperdida|cierreperdido|"
    "negocioperdido|oportunidadperdida|tratoperdido|ventaperdida|ventasperdidas|negociacionperdida|fallido|"
    "fallida|fracaso|fracasado|fracasada|rechazado|rechazada|cancelado|cancelada|anulado|anulada|"
    /* pt */
    "fechadoperdido|fechadaperdida|fechadoeperdido|fechadaeperdida|oportunidadeperdida|vendaperdida|"
    "vendanaorealizada|fracassado|rejeitado|rejeitada|recusado|recusada|";

const char *stages_words(enum deal_status status)
{
    return status == DEAL_WON ? won_words : status == DEAL_LOST ? lost_words : open_words;
}

static bool listed(const char *list, struct slice key)
{
    const char *end = list + strlen(list);

    for (const char *at = list; at + key.len + 1 < end; at = memchr(at + 1, '|', (size_t)(end - at - 1)))
        if (at[key.len + 1] == '|' && memcmp(at + 1, key.ptr, key.len) == 0)
            return true;
    return false;
}

static bool find_word(struct slice key, enum deal_status *status)
{
    if (key.len == 0 || memchr(key.ptr, '|', key.len))
        return false;
    for (int i = DEAL_OPEN; i <= DEAL_LOST; i++)
        if (listed(stages_words((enum deal_status)i), key)) {
            *status = (enum deal_status)i;
            return true;
        }
    return false;
}

/* Numbers, signs and punctuation, but no question mark: who asks does not know. What stands for a byte that is no UTF-8
 * may have been a letter. */
static bool adorns(utf8proc_int32_t cp)
{
    const utf8proc_int32_t arabic_question_mark = 0x61F;
    const utf8proc_int32_t not_a_character = 0xFFFD;
    utf8proc_category_t category = utf8proc_category(cp);

    return category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_ZP && cp != '?' &&
           cp != arabic_question_mark && cp != not_a_character;
}

static struct slice without_front(struct slice key)
{
    utf8proc_int32_t cp;

    while (key.len) {
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)key.ptr, (utf8proc_ssize_t)key.len, &cp);
        if (size <= 0 || !adorns(cp))
            break;
        key.ptr += size;
        key.len -= (size_t)size;
    }
    return key;
}

static struct slice without_back(struct slice key)
{
    utf8proc_int32_t cp;

    while (key.len) {
        size_t begin = key.len - 1;
        while (begin && ((unsigned char)key.ptr[begin] & 0xC0) == 0x80)
            begin--;
        utf8proc_ssize_t size = (utf8proc_ssize_t)(key.len - begin);
        if (utf8proc_iterate((const utf8proc_uint8_t *)key.ptr + begin, size, &cp) != size || !adorns(cp))
            break;
        key.len = begin;
    }
    return key;
}

/* "c5won", "dt128_5won" as folded: one or two letters and a number. */
static struct slice without_label(struct slice key)
{
    size_t letters = 0;

    while (letters < 2 && letters < key.len && ascii_is_letter(key.ptr[letters]))
        letters++;
    if (letters == 0 || letters >= key.len || !ascii_is_digit(key.ptr[letters]))
        return key;
    return without_front((struct slice){key.ptr + letters, key.len - letters});
}

static bool find_status(struct slice text, enum deal_status *status)
{
    char room[VOCABULARY_KEY];
    struct slice key = {room, vocabulary_normalise(text, room)};

    if (find_word(key, status))
        return true;
    key = without_back(without_front(key));
    return find_word(key, status) || find_word(without_label(key), status);
}

bool deal_status_find(struct slice text, enum deal_status *status)
{
    struct slice rest = stages_without_note(text);

    return find_status(text, status) || (rest.len < text.len && find_status(rest, status));
}

enum deal_status deal_status_of(struct slice text)
{
    enum deal_status status;

    return deal_status_find(text, &status) ? status : DEAL_OPEN;
}
