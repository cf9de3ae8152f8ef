/* Names of columns that are written after a lead was worked on.
 *
 * A name is taken apart into words, also where a small letter is followed by a capital, and folded to small Latin
 * letters (latin_fold.h), so that one table serves "LastActivityDate", "last_activity_date" and "Letzte Aktivität". A
 * phrase is found when its words stand in the name in their order, others between them or not: "last activity" is in
 * "Last Notable Activity". A phrase with '=' before it must be the whole name: "Duration", but not "Trial duration".
 * Where words are written without blanks between them, a piece of the name as it stands will do. */
#include <string.h>

#include "analysis/train_guard.h"
#include "base/ascii.h"
#include "value/latin_fold.h"

static const char phrases[] =
    /* what was done last, and when the record was touched */
    "last activity|last contacted|last contact date|last call|last modified|last updated|last touch|modified at|"
    "modified on|modified date|modified time|date modified|updated at|updated on|=write date|=modified|=updated|"
    "next activity|next step|next action|"
    /* judgements of who works on it */
    "=tag|=tags|lead tags|contact tags|deal tags|lead quality|lead profile|lead rating|lead status|"
    "contact status|deal status|opportunity status|sales status|prospect status|=status|=stage|=stage name|"
    "lead stage|deal stage|sales stage|pipeline stage|opportunity stage|lifecycle stage|lifecyclestage|"
    "funnel stage|=probability|win probability|deal probability|forecast category|call outcome|call result|"
    "=disposition|call disposition|=outcome|=result|"
    /* the end of it */
    "=closed|is closed|closed at|closed on|closed date|closed time|closed by|closed reason|close date|closedate|"
    "close reason|date closed|closing date|days close|=won|is won|won at|won date|won time|won reason|date won|"
    "=lost|is lost|lost at|lost date|lost time|lost reason|loss reason|reason lost|reason loss|"
    "disqualification reason|disqualified reason|unqualified reason|rejection reason|reject reason|=converted|"
    "is converted|converted at|converted on|converted date|converted time|date converted|converted account|"
    "converted contact|converted opportunity|converted deal|=conversion date|became customer|customer since|"
    "recent deal amount|associated deals|contract signed|signed at|=paid at|"
    /* talks that go on only with who is interested */
    "=duration|call duration|call length|talk time|talk duration|"
    /* German */
    "letzte aktivitat|letzter kontakt|letzter anruf|zuletzt geandert|geandert am|=anderungsdatum|leadstatus|"
    "=leadphase|=phase|verkaufsphase|=verkaufschance phase|=schlagworte|=stichworter|verlustgrund|absagegrund|"
    "ablehnungsgrund|abschlussdatum|abgeschlossen am|geschlossen am|gewonnen am|verloren am|konvertiert am|"
    "gesprachsdauer|anrufdauer|=dauer|"
    /* Russian */
    "последняя активность|последнее действие|последний контакт|последний звонок|дата изменения|=изменено|"
    "=изменен|изменен когда|=теги|=тег|=метки|теги сделки|качество лида|=статус|статус лида|статус сделки|"
    "статус контакта|=стадия|стадия лида|стадия сделки|=этап|этап лида|этап сделки|этап воронки|причина отказа|"
    "причина проигрыша|причина закрытия|дата закрытия|=закрыта|закрыта когда|дата продажи|дата конверсии|"
    "дата оплаты|длительность звонка|продолжительность звонка|длительность разговора|=длительность|"
    "следующая задача|ближайшая задача|";

/* Chinese. */
static const char pieces[] =
    "最后跟进|最近跟进|最后活动|最近活动|最后联系|最近联系|跟进状态|线索状态|客户状态|商机状态|"
    "线索阶段|销售阶段|商机阶段|成交|赢单|输单|丢单|关闭时间|关闭日期|转化时间|转换时间|"
    "通话时长|标签|修改时间|更新时间|失败原因|流失原因|";

/* The next of a list, each with a bar behind it; false: there is none. */
static bool next_listed(const char **list, struct slice *listed)
{
    const char *bar = strchr(*list, '|');

    if (!bar)
        return false;
    *listed = (struct slice){*list, (size_t)(bar - *list)};
    *list = bar + 1;
    return true;
}

static bool has_piece(struct slice name)
{
    const char *list = pieces;
    struct slice piece;

    while (next_listed(&list, &piece))
        if (memmem(name.ptr, name.len, piece.ptr, piece.len))
            return true;
    return false;
}

/* The name with a blank wherever a small letter is followed by a capital. */
static int part_words(struct slice name, struct buffer *parted)
{
    for (size_t i = 0; i < name.len; i++) {
        bool begins = i && ascii_is_letter(name.ptr[i]) && ascii_lower(name.ptr[i]) != name.ptr[i] &&
                      ascii_lower(name.ptr[i - 1]) == name.ptr[i - 1];

        if ((begins && buffer_append_char(parted, ' ')) || buffer_append_char(parted, name.ptr[i]))
            return -1;
    }
    return 0;
}

/* The next word of a folded text, and what is left of it; empty at its end. */
static struct slice next_word(struct slice *text)
{
    const char *end;
    struct slice word;

    *text = slice_trim(*text);
    end = text->len ? memchr(text->ptr, ' ', text->len) : NULL;
    word = (struct slice){text->ptr, end ? (size_t)(end - text->ptr) : text->len};
    text->ptr += word.len;
    text->len -= word.len;
    return word;
}

static bool has_phrase(struct slice name, struct slice phrase)
{
    struct slice wanted = next_word(&phrase);

    while (wanted.len) {
        struct slice word = next_word(&name);

        if (!word.len)
            return false;
        if (slice_equal(word, wanted))
            wanted = next_word(&phrase);
    }
    return true;
}

static int find_phrase(struct latin_fold *fold, struct slice name, bool *found, struct error *err)
{
    struct buffer folded = {0};
    const char *list = phrases;
    struct slice phrase;
    int result = 0;

    while (result == 0 && !*found && next_listed(&list, &phrase)) {
        bool whole = *phrase.ptr == '=';

        buffer_clear(&folded); /* the mark is dropped in folding */
        result = latin_fold(fold, phrase, &folded, NULL, err);
        if (result == 0)
            *found = whole ? slice_equal(name, buffer_slice(&folded)) : has_phrase(name, buffer_slice(&folded));
    }
    buffer_fini(&folded);
    return result;
}

int train_guard_named(struct slice name, bool *named, struct error *err)
{
    struct buffer parted = {0}, folded = {0};
    struct latin_fold fold;
    int result = 0;

    *named = has_piece(name);
    latin_fold_init(&fold);
    if (part_words(name, &parted))
        result = error_memory(err);
    else
        result = latin_fold(&fold, buffer_slice(&parted), &folded, NULL, err);
    if (result == 0 && !*named)
        result = find_phrase(&fold, buffer_slice(&folded), named, err);
    latin_fold_fini(&fold);
    buffer_fini(&parted);
    buffer_fini(&folded);
    return result;
}
