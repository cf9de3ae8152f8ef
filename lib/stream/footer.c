/* Footers by their words. */
#include "stream/footer.h"

#include <string.h>
#include <strings.h>

#include "stream/dialect_cell.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define WORD 4 /* bytes of the shortest text that is taken for a remark */

/* The whole text, or all before a colon. Letters outside ASCII in both cases. */
static const struct slice totals[] = {SLICE_INIT("total"),
                                      SLICE_INIT("totals"),
                                      SLICE_INIT("grand total"),
                                      SLICE_INIT("sum"),
                                      SLICE_INIT("sums"),
                                      SLICE_INIT("subtotal"),
                                      SLICE_INIT("sub-total"),
                                      SLICE_INIT("overall"),
                                      SLICE_INIT("gesamt"),
                                      SLICE_INIT("summe"),
                                      SLICE_INIT("gesamtsumme"),
                                      SLICE_INIT("insgesamt"),
                                      SLICE_INIT("zwischensumme"),
                                      SLICE_INIT("total général"),
                                      SLICE_INIT("total general"),
                                      SLICE_INIT("totaux"),
                                      SLICE_INIT("somme"),
                                      SLICE_INIT("totale"),
                                      SLICE_INIT("totale generale"),
                                      SLICE_INIT("totali"),
                                      SLICE_INIT("suma"),
                                      SLICE_INIT("suma total"),
                                      SLICE_INIT("razem"),
                                      SLICE_INIT("totaal"),
                                      SLICE_INIT("toplam"),
                                      SLICE_INIT("genel toplam"),
                                      SLICE_INIT("общий итог"),
                                      SLICE_INIT("Общий итог"),
                                      SLICE_INIT("итого"),
                                      SLICE_INIT("Итого"),
                                      SLICE_INIT("ИТОГО"),
                                      SLICE_INIT("итог"),
                                      SLICE_INIT("Итог"),
                                      SLICE_INIT("всего"),
                                      SLICE_INIT("Всего"),
                                      SLICE_INIT("ВСЕГО"),
                                      SLICE_INIT("сумма"),
                                      SLICE_INIT("Сумма"),
                                      SLICE_INIT("合计"),
                                      SLICE_INIT("总计"),
                                      SLICE_INIT("合計"),
                                      SLICE_INIT("總計"),
                                      SLICE_INIT("小计"),
                                      SLICE_INIT("小計"),
                                      SLICE_INIT("总和"),
                                      SLICE_INIT("共计"),
                                      SLICE_INIT("總和"),
                                      SLICE_INIT("المجموع"),
                                      SLICE_INIT("الإجمالي"),
                                      SLICE_INIT("اجمالي"),
                                      SLICE_INIT("إجمالي"),
                                      SLICE_INIT("المجموع الكلي"),
                                      SLICE_INIT("합계"),
                                      SLICE_INIT("총계"),
                                      SLICE_INIT("celkem"),
                                      SLICE_INIT("összesen"),
                                      SLICE_INIT("yhteensä"),
                                      SLICE_INIT("i alt"),
                                      SLICE_INIT("סה\"כ")};

/* How remarks begin. */
static const struct slice remarks[] = {SLICE_INIT("--"),
                                       SLICE_INIT("=="),
                                       SLICE_INIT("**"),
                                       SLICE_INIT("* "),
                                       SLICE_INIT("___"),
                                       SLICE_INIT("(c)"),
                                       SLICE_INIT("©"),
                                       SLICE_INIT("note:"),
                                       SLICE_INIT("notes:"),
                                       SLICE_INIT("footnote"),
                                       SLICE_INIT("footer"),
                                       SLICE_INIT("source:"),
                                       SLICE_INIT("sources:"),
                                       SLICE_INIT("end of "),
                                       SLICE_INIT("generated "),
                                       SLICE_INIT("exported "),
                                       SLICE_INIT("printed "),
                                       SLICE_INIT("created by "),
                                       SLICE_INIT("copyright"),
                                       SLICE_INIT("page 1"),
                                       SLICE_INIT("report date"),
                                       SLICE_INIT("records:"),
                                       SLICE_INIT("record count"),
                                       SLICE_INIT("row count"),
                                       SLICE_INIT("rows:"),
                                       SLICE_INIT("number of records"),
                                       SLICE_INIT("total records"),
                                       SLICE_INIT("total rows"),
                                       SLICE_INIT("total count"),
                                       SLICE_INIT("quelle:"),
                                       SLICE_INIT("hinweis:"),
                                       SLICE_INIT("stand:"),
                                       SLICE_INIT("anmerkung:"),
                                       SLICE_INIT("fuente:"),
                                       SLICE_INIT("nota:"),
                                       SLICE_INIT("fonte:"),
                                       SLICE_INIT("source :"),
                                       SLICE_INIT("источник:"),
                                       SLICE_INIT("Источник:"),
                                       SLICE_INIT("примечание:"),
                                       SLICE_INIT("Примечание:"),
                                       SLICE_INIT("注:"),
                                       SLICE_INIT("注："),
                                       SLICE_INIT("来源"),
                                       SLICE_INIT("备注:"),
                                       SLICE_INIT("ملاحظة"),
                                       SLICE_INIT("المصدر")};

/* How what is counted is called. */
static const struct slice counted[] = {SLICE_INIT("row"),   SLICE_INIT("record"), SLICE_INIT("zeile"),
                                       SLICE_INIT("fila"),  SLICE_INIT("ligne"),  SLICE_INIT("запис"),
                                       SLICE_INIT("строк"), SLICE_INIT("行"),     SLICE_INIT("条")};

/* Whether s is, or begins with, one of the words. Case is one bit of a letter, so that most words differ in their first
 * byte. */
static bool is_one_of(struct slice s, const struct slice *words, size_t count, bool whole)
{
    const char first = s.len ? (char)(s.ptr[0] | 0x20) : 0;

    for (const struct slice *word = words; word < words + count; word++)
        if ((word->ptr[0] | 0x20) == first && (whole ? s.len == word->len : s.len >= word->len) &&
            strncasecmp(s.ptr, word->ptr, word->len) == 0)
            return true;
    return false;
}

/* "Total", "Total:", "Total: 123". */
static bool is_total(struct slice s)
{
    const char *colon = memchr(s.ptr, ':', s.len);

    if (colon) {
        size_t len = (size_t)(colon - s.ptr);
        enum cell_type rest = cell_type_of((struct slice){colon + 1, s.len - len - 1}, true);
        if (rest != CELL_EMPTY && rest != CELL_NUMBER)
            return false;
        s = slice_trim((struct slice){s.ptr, len});
    }
    return is_one_of(s, totals, LENGTH(totals), true);
}

/* "(123 rows)", "123 rows selected.": what database clients write behind a result. */
static bool is_count(struct slice s)
{
    size_t i = s.len && s.ptr[0] == '(';
    size_t digits = i;

    while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
        i++;
    if (i == digits)
        return false;
    while (i < s.len && s.ptr[i] == ' ')
        i++;
    return is_one_of((struct slice){s.ptr + i, s.len - i}, counted, LENGTH(counted), false);
}

void footer_add(struct footer_row *row, struct slice field)
{
    enum cell_type type = cell_type_of(field, true);
    bool number = type == CELL_NUMBER || type == CELL_DATE;
    struct slice text = slice_trim(field);

    if (type == CELL_EMPTY)
        return;
    if (row->filled++) {
        row->numbers += number;
        return;
    }
    row->number = number;
    row->total = is_total(text);
    row->remark = is_one_of(text, remarks, LENGTH(remarks), false) || is_count(text);
    row->prose = type == CELL_TEXT && memchr(text.ptr, ' ', text.len);
    row->word = type == CELL_TEXT && text.len >= WORD;
}

bool footer_like(const struct footer_row *row, size_t columns)
{
    if (columns < 2 || row->filled == 0)
        return false;
    if (row->total && row->numbers + 1 == row->filled)
        return true;
    if (row->remark && (row->filled == 1 || row->fields < columns))
        return true;
    if (row->fields >= columns)
        return row->filled == 1 && columns > 2 && row->apart && row->prose;
    if (columns < 3 || !row->ended || row->number)
        return false;
    if (row->fields == 1)
        return row->prose || (row->apart && row->word);
    return row->apart && row->fields <= columns / 3;
}
