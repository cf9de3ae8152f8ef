/* Footers by their words. */
#include "stream/footer.h"

#include <string.h>
#include <strings.h>

#include "stream/dialect_cell.h"

#define WORD 4 /* bytes of the shortest text that is taken for a remark */

/* The whole text, or all before a colon. Letters outside ASCII in both cases. */
static const char totals[] =
    "total|totals|grand total|sum|sums|subtotal|sub-total|overall|gesamt|summe|gesamtsumme|"
    "insgesamt|zwischensumme|total général|total general|totaux|somme|totale|totale generale|totali|"
    "suma|suma total|razem|totaal|toplam|genel toplam|общий итог|Общий итог|итого|Итого|ИТОГО|итог|"
    "Итог|всего|Всего|ВСЕГО|сумма|Сумма|合计|总计|合計|總計|小计|小計|总和|共计|總和|المجموع|الإجمالي|اجمالي|إجمالي|"
    "المجموع الكلي|합계|총계|celkem|összesen|yhteensä|i alt|סה\"כ";

/* How remarks begin. */
static const char remarks[] =
    "--|==|**|* |___|(c)|©|note:|notes:|footnote|footer|source:|sources:|end of |generated |"
    "exported |printed |created by |copyright|page 1|report date|records:|record count|row count|"
    "rows:|number of records|total records|total rows|total count|quelle:|hinweis:|stand:|"
    "anmerkung:|fuente:|nota:|fonte:|source :|источник:|Источник:|примечание:|Примечание:|注:|注：|来源|"
    "备注:|ملاحظة|المصدر";

/* How what is counted is called. */
static const char counted[] = "row|record|zeile|fila|ligne|запис|строк|行|条";

/* Whether s is, or begins with, one of the words, which stand between bars. */
static bool is_one_of(struct slice s, const char *words, bool whole)
{
    for (const char *word = words; *word;) {
        size_t len = (size_t)(strchrnul(word, '|') - word);
        if ((whole ? s.len == len : s.len >= len) && strncasecmp(s.ptr, word, len) == 0)
            return true;
        word += len + (word[len] == '|');
    }
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
    return is_one_of(s, totals, true);
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
    return is_one_of((struct slice){s.ptr + i, s.len - i}, counted, false);
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
    row->remark = is_one_of(text, remarks, false) || is_count(text);
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
