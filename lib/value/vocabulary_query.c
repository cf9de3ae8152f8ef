/* Candidates: what a name in a header may stand for. The name is folded once; besides the name itself, what is left of
 * it without its decorations is looked for. The aliases are folded and compared as they are walked, so the tables stay
 * as people write them, nothing is prepared at start-up and nothing is kept; an alias is mostly left at its first
 * character. */
#include "value/vocabulary_query.h"

#include <string.h>
#include <utf8proc.h>

/* ISO 4217 codes in use but those that are English words (ALL, CUP, TOP), and units as people write them. Not here:
 * "тыс. руб.", "万元" and the like, which say that the values are to be multiplied. */
static const char units[] =
    "AED|AFN|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|"
    "BYN|BZD|CAD|CDF|CHF|CLF|CLP|CNY|"
    "COP|CRC|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|"
    "HKD|HNL|HRK|HTG|HUF|IDR|ILS|INR|"
    "IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|"
    "MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|"
    "MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|"
    "RUB|RUR|RWF|SAR|SBD|SCR|SDG|SEK|"
    "SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TRY|TTD|TWD|TZS|UAH|UGX|USD|UYU|UZS|"
    "VES|VND|VUV|WST|XAF|XCD|XOF|XPF|"
    "YER|ZAR|ZMW|ZWL|RMB|"
    "euro|euros|dollar|dollars|kr|zł|kč|ft|лв|р|руб|рублей|рубли|тенге|тг|грн|гривен|сум|元|"
    "人民币|美元|欧元|ريال|درهم|جنيه|دينار|ر.س|د.إ|"
    "percent|pct|процентов|шт|pcs|stk|件|个";
static const char connectives[] = "in|en|em|в";

/* Names that are an alias but for a blank, and mean something else: Thunderbird's day of the month stands beside "Birth
 * Year" and "Birth Month". */
static const char never[] = "birth day";

#define NUMBER_STEP 256u /* more than the aliases of any column */
#define ALL (~0u)
#define KIND(kind) (1u << (kind))

/* A stretch of folded text, one code point an element. */
struct text {
    const int32_t *at;
    size_t len;
};

static struct text text_trim(struct text text)
{
    while (text.len > 0 && is_separator(text.at[0])) {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && is_separator(text.at[text.len - 1]))
        text.len--;
    return text;
}

static struct text text_head(struct text text, size_t len)
{
    return text_trim((struct text){text.at, len});
}

/* The key of text. */
static size_t squeeze(struct text text, int32_t key[TEXT_ROOM])
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_separator(text.at[i]))
            key[len++] = text.at[i];
    }
    return len;
}

/* The position in list of the alias whose key is `key`, or SIZE_MAX. */
static size_t list_find(const char *list, struct text key)
{
    const char *end = list + strlen(list);
    for (size_t position = 0; list < end; position++) {
        const char *bar = memchr(list, '|', (size_t)(end - list));
        const char *alias_end = bar ? bar : end;
        struct folding folding = folding_of(list, alias_end);
        size_t i = 0;
        int32_t cp;
        while ((cp = key_next(&folding)) >= 0 && i < key.len && key.at[i] == cp)
            i++;
        if (cp < 0 && i == key.len && i > 0)
            return position;
        list = alias_end + (bar != NULL);
    }
    return SIZE_MAX;
}

static bool list_has(const char *list, struct text text)
{
    int32_t key[TEXT_ROOM];
    struct text squeezed = {key, squeeze(text, key)};
    return squeezed.len > 0 && list_find(list, squeezed) != SIZE_MAX;
}

static bool is_currency_sign(int32_t cp)
{
    return cp == '$' || (cp >= 0x80 && utf8proc_category(cp) == UTF8PROC_CATEGORY_SC);
}

static bool is_digit(int32_t cp)
{
    return cp >= '0' && cp <= '9';
}

static bool is_unit(struct text text)
{
    if (text.len == 0)
        return false;
    if (text.len == 1 && text.at[0] == '%')
        return true;
    for (size_t i = 0; i < text.len && text.len <= 4; i++) { /* "R$", "US$" */
        if (is_currency_sign(text.at[i]))
            return true;
    }
    if (text.len >= 3 && ((text.at[0] == 'u' && text.at[1] == 't' && text.at[2] == 'c') ||
                          (text.at[0] == 'g' && text.at[1] == 'm' && text.at[2] == 't'))) {
        size_t i = 3;
        while (i < text.len && (is_digit(text.at[i]) || text.at[i] == '+' || text.at[i] == '-' || text.at[i] == ':'))
            i++;
        return i == text.len;
    }
    return list_has(units, text);
}

static size_t last_token(struct text text)
{
    size_t start = text.len;
    while (start > 0 && !is_separator(text.at[start - 1]))
        start--;
    return start;
}

/* Takes a unit off either end. false: there is none, or nothing else. */
static bool strip_unit(struct text *text)
{
    struct text rest = *text;
    int32_t last = rest.at[rest.len - 1];
    if (rest.len > 2 && (last == ')' || last == ']')) {
        size_t open = rest.len - 1;
        while (open > 0 && rest.at[open] != (last == ')' ? '(' : '['))
            open--;
        if (!is_unit(text_trim((struct text){rest.at + open + 1, rest.len - open - 2})))
            return false;
        rest = text_head(rest, open);
    } else if (is_currency_sign(rest.at[0])) {
        rest = text_trim((struct text){rest.at + 1, rest.len - 1});
    } else {
        size_t start = last_token(rest);
        if (start > 0 && is_unit((struct text){rest.at + start, rest.len - start}))
            rest = text_head(rest, start);
        else if (is_currency_sign(last))
            rest = text_head(rest, rest.len - 1);
        else
            return false;
        start = last_token(rest);
        if (start > 0 && list_has(connectives, (struct text){rest.at + start, rest.len - start}))
            rest = text_head(rest, start);
    }
    if (rest.len == 0)
        return false;
    *text = rest;
    return true;
}

/* Takes a number of one or two digits off the end; `apart`: there was a separator before it. */
static bool strip_number(struct text *text, unsigned *number, bool *apart)
{
    size_t start = text->len;
    unsigned value = 0, unit = 1;
    while (start > 0 && is_digit(text->at[start - 1])) {
        value += (unsigned)(text->at[--start] - '0') * unit;
        unit *= 10;
        if (unit > 100)
            return false;
    }
    struct text rest = text_head(*text, start);
    if (start == text->len || value == 0 || rest.len == 0)
        return false;
    *apart = is_separator(text->at[start - 1]);
    *text = rest;
    *number = value < 15 ? value : 15;
    return true;
}

/* "E-mail 2 - Value" -> "E-mail", 2. */
static bool strip_value(struct text *text, unsigned *number)
{
    static const int32_t value[] = {'v', 'a', 'l', 'u', 'e'};
    size_t start = last_token(*text);
    if (text->len - start != 5 || memcmp(text->at + start, value, sizeof value) != 0)
        return false;
    struct text rest = text_head(*text, start);
    bool apart;
    if (start < 3 || text->at[start - 1] != ' ' || text->at[start - 2] != '-' || !strip_number(&rest, number, &apart))
        return false;
    *text = rest;
    return true;
}

static bool strip_custom_mark(struct text *text)
{
    size_t len = text->len;
    if (len < 4 || text->at[len - 1] != 'c' || text->at[len - 2] != '_' || text->at[len - 3] != '_')
        return false;
    struct text rest = text_head(*text, len - 3);
    if (rest.len == 0)
        return false;
    *text = rest;
    return true;
}

static bool is_never(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (i >= sizeof never - 1 || (is_separator(text.at[i]) ? ' ' : text.at[i]) != never[i])
            return false;
    }
    return text.len == sizeof never - 1;
}

static void query_add(struct query *query, struct text text, unsigned who, unsigned kinds, unsigned base)
{
    if (query->count == CANDIDATES || is_never(text))
        return;
    struct candidate *candidate = &query->candidates[query->count];
    candidate->len = squeeze(text, candidate->key);
    candidate->entities = who;
    candidate->kinds = kinds;
    candidate->base = base;
    if (candidate->len == 0)
        return;
    if (candidate->key[0] < 128)
        query->first[candidate->key[0]] = true;
    else
        query->first_wide = true;
    query->count++;
}

/* Adds what is left of text when its decorations are taken off from the end, one after the other. */
static void query_add_stripped(struct query *query, struct text text, unsigned who)
{
    unsigned kinds = ALL;
    unsigned number = 0;
    for (int depth = 0; depth < 3 && text.len > 0; depth++) {
        if (strip_unit(&text)) {
            kinds &= KIND(VALUE_AMOUNT) | KIND(VALUE_NUMBER) | KIND(VALUE_SIZE) | KIND(VALUE_DATE);
        } else if (!strip_custom_mark(&text) && !strip_value(&text, &number)) {
            bool apart;
            if (!strip_number(&text, &number, &apart))
                return;
            if (!apart)
                kinds &= KIND(VALUE_EMAIL) | KIND(VALUE_PHONE);
        }
        query_add(query, text, who, kinds, RANK_DECORATED + number * NUMBER_STEP);
    }
}

/* Splits "Person - Name" into the entities that are called so and the rest. 0: there is no such thing in front. */
static unsigned split_prefix(struct text text, struct text *rest)
{
    size_t i = 0;
    while (i < text.len && text.at[i] != ':' && text.at[i] != '.' && text.at[i] != '/' &&
           !(text.at[i] == '-' && i > 0 && text.at[i - 1] == ' ' && i + 1 < text.len && text.at[i + 1] == ' '))
        i++;
    if (i == text.len)
        return 0;
    struct text head = text_head(text, i);
    *rest = text_trim((struct text){text.at + i, text.len - i});
    unsigned who = 0;
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT && rest->len > 0; entity++) {
        if (list_has(vocabulary_entities[entity]->prefixes, head))
            who |= 1u << entity;
    }
    return who;
}

void query_init(struct query *query, struct slice header)
{
    query->header = header;
    query->count = 0;
    query->prefixed = false;
    query->first_wide = false;
    memset(query->first, 0, sizeof query->first);
    if (header.len == 0)
        return;
    struct folding folding = folding_of(header.ptr, header.ptr + header.len);
    size_t len = 0;
    int32_t cp;
    while ((cp = folding_next(&folding)) >= 0) {
        if (len == TEXT_ROOM)
            return;
        query->text[len++] = cp;
    }
    struct text text = text_trim((struct text){query->text, len});
    query_add(query, text, ALL, ALL, 0);
    query_add_stripped(query, text, ALL);
    struct text rest;
    unsigned who = split_prefix(text, &rest);
    if (who) {
        query->prefixed = true;
        query_add(query, rest, who, ALL, RANK_DECORATED);
        query_add_stripped(query, rest, who);
    }
}

/* Whether an alias that begins with this byte may be a candidate: cheap, and mostly no. ASCII letters and digits stay
 * ASCII when folded, the Cyrillic, Arabic and Chinese blocks stay what they are; others may become anything ("État",
 * "№"). */
static bool may_begin(const struct query *query, unsigned char byte)
{
    if ((byte >= 'a' && byte <= 'z') || is_digit(byte))
        return query->first[byte];
    if (byte >= 'A' && byte <= 'Z')
        return query->first[byte + ('a' - 'A')];
    return query->first_wide || byte < 0xD0 || (byte > 0xDF && byte < 0xE4) || byte > 0xE9;
}

/* The lowest rank that the candidates in `live` (bits) have in a list of aliases whose first has the rank `rank`. */
static unsigned query_list(const struct query *query, unsigned live, const char *list, unsigned rank, unsigned best)
{
    for (const char *alias_end; *list; list = alias_end + (*alias_end == '|'), rank++) {
        alias_end = strchrnul(list, '|');
        if (!may_begin(query, (unsigned char)*list))
            continue;
        struct folding folding = folding_of(list, alias_end);
        unsigned equal = live;
        size_t i = 0;
        int32_t cp;
        for (; equal && (cp = key_next(&folding)) >= 0; i++) {
            for (size_t c = 0; c < query->count; c++) {
                if (i >= query->candidates[c].len || query->candidates[c].key[i] != cp)
                    equal &= ~(1u << c);
            }
        }
        for (size_t c = 0; equal && c < query->count; c++) {
            if ((equal & 1u << c) && query->candidates[c].len == i && rank + query->candidates[c].base < best)
                best = rank + query->candidates[c].base;
        }
    }
    return best;
}

unsigned query_rank(const struct query *query, enum entity entity, const struct vocabulary_column *column)
{
    if (slice_equal_cstr(query->header, column->name))
        return 0;
    unsigned live = 0;
    for (size_t c = 0; c < query->count; c++) {
        const struct candidate *candidate = &query->candidates[c];
        if ((candidate->entities & 1u << entity) && (candidate->kinds & KIND(column->kind)))
            live |= 1u << c;
    }
    if (!live)
        return VOCABULARY_NO_RANK;
    unsigned best = query_list(query, live, column->name, 1, VOCABULARY_NO_RANK);
    return query_list(query, live, column->aliases, 2, best);
}

bool query_in_list(const struct query *query, const char *list)
{
    const struct candidate *name = &query->candidates[0];
    return query->count > 0 && name->base == 0 && list_find(list, (struct text){name->key, name->len}) != SIZE_MAX;
}
