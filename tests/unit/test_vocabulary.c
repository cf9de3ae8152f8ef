/* The vocabulary: its tables are free of ambiguity, names are compared as crm-fields(5) says, and the header rows that
 * real systems write map to the columns a reader would choose. What is expected of the header rows was written by
 * reading them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "value/vocabulary.h"

#define DATA "../shared/data/"
#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

static size_t column_of(enum entity entity, const char *name)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(columns[i].name, name) == 0)
            return i;
    }
    fail_msg("%s has no column %s", entity_name(entity), name);
    return 0;
}

/* The column a name stands for, by its name; "" for none. */
static const char *found(enum entity entity, struct slice header)
{
    size_t column, count;
    const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
    return vocabulary_find(entity, header, &column, NULL) ? columns[column].name : "";
}

static void check_found(enum entity entity, struct slice header, const char *expected)
{
    const char *actual = found(entity, header);
    if (strcmp(actual, expected) != 0)
        fail_msg("%s: '%.*s' stands for '%s', expected '%s'", entity_name(entity), SLICE_ARG(header), actual, expected);
}

/* The next of `text` up to a separator; false at the end. */
static bool next_part(const char **text, char separator, struct slice *part)
{
    if (!*text)
        return false;
    const char *end = strchr(*text, separator);
    part->ptr = *text;
    part->len = end ? (size_t)(end - *text) : strlen(*text);
    *text = end ? end + 1 : NULL;
    return true;
}

/* The columns of the design, in its order. */
static void test_columns(void **state)
{
    (void)state;
    static const char *const expected[ENTITY_COUNT] = {
        [ENTITY_CONTACT] =
            "contact_id,full_name,name_prefix,first_name,middle_name,last_name,name_suffix,nickname,email,email_key,"
            "other_emails,phone,phone_key,mobile,other_phones,fax,company,department,job_title,website,street,city,"
            "region,postal_code,country,birth_date,source,owner,lead_status,lifecycle_stage,created_at,updated_at,"
            "converted_at,opt_out,tags,note,landing_page,utm_source,utm_medium,utm_campaign,utm_content,utm_term",
        [ENTITY_LEAD] =
            "lead_id,full_name,name_prefix,first_name,middle_name,last_name,name_suffix,nickname,email,email_key,"
            "other_emails,phone,phone_key,mobile,other_phones,fax,company,department,job_title,website,street,city,"
            "region,postal_code,country,birth_date,source,owner,lead_status,lifecycle_stage,created_at,updated_at,"
            "converted_at,opt_out,tags,note,landing_page,utm_source,utm_medium,utm_campaign,utm_content,utm_term",
        [ENTITY_ACCOUNT] = "account_id,name,domain,industry,employees,annual_revenue,email,email_key,phone,phone_key,"
                           "website,street,city,region,postal_code,country,owner,created_at",
        [ENTITY_DEAL] =
            "deal_id,title,account_id,contact_id,stage,status,amount,currency,probability,source,owner,created_at,"
            "expected_close,closed_at,loss_reason,updated_at,tags,note,utm_source,utm_medium,utm_campaign,utm_content,"
            "utm_term",
        [ENTITY_STAGE_HISTORY] = "deal_id,stage,entered_at",
        [ENTITY_ORDER] = "order_id,customer_id,order_date,amount,currency,product_id,quantity,unit_price,channel",
        [ENTITY_EVENT] = "entity_id,event,occurred_at,channel,campaign,value",
        [ENTITY_SPEND] = "date,channel,campaign,cost,impressions,clicks",
        [ENTITY_SUBSCRIPTION] = "customer_id,plan,amount,period,started_at,ended_at",
        [ENTITY_TICKET] = "ticket_id,customer_id,status,priority,opened_at,first_response_at,closed_at",
        [ENTITY_SURVEY] = "customer_id,score,answered_at,comment",
    };
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        size_t count, i = 0;
        const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
        const char *names = expected[entity];
        struct slice name;
        for (; next_part(&names, ',', &name); i++) {
            assert_true(i < count);
            assert_true(slice_equal_cstr(name, columns[i].name));
            assert_int_equal(vocabulary_match(entity, i, name), MATCH_CANONICAL);
            assert_int_equal(vocabulary_rank(entity, i, name), 0);
            assert_true(columns[i].weight > 0 || entity == ENTITY_DEAL);
            assert_true(strlen(columns[i].meaning) > 0);
        }
        assert_int_equal(i, count);
        assert_true(count <= 48);
    }
    size_t count = 1;
    assert_null(vocabulary_columns(ENTITY_NONE, &count));
    assert_int_equal(count, 0);
}

static void test_kinds(void **state)
{
    (void)state;
    static const struct {
        enum entity entity;
        const char *column;
        const char *kind;
    } cases[] = {
        {ENTITY_CONTACT, "email", "email"},      {ENTITY_LEAD, "mobile", "phone"},
        {ENTITY_CONTACT, "contact_id", "id"},    {ENTITY_CONTACT, "postal_code", "text"},
        {ENTITY_ACCOUNT, "employees", "size"},   {ENTITY_ACCOUNT, "annual_revenue", "amount"},
        {ENTITY_DEAL, "probability", "number"},  {ENTITY_DEAL, "amount", "amount"},
        {ENTITY_DEAL, "expected_close", "date"}, {ENTITY_ORDER, "quantity", "number"},
        {ENTITY_ORDER, "unit_price", "amount"},  {ENTITY_SPEND, "cost", "amount"},
        {ENTITY_SURVEY, "score", "number"},      {ENTITY_TICKET, "first_response_at", "date"},
        {ENTITY_LEAD, "full_name", "name"},      {ENTITY_CONTACT, "other_emails", "emails"},
        {ENTITY_LEAD, "other_phones", "phones"}, {ENTITY_CONTACT, "fax", "phone"},
        {ENTITY_ACCOUNT, "phone_key", "key"},    {ENTITY_ACCOUNT, "country", "country"},
        {ENTITY_CONTACT, "opt_out", "boolean"},  {ENTITY_LEAD, "landing_page", "url"},
        {ENTITY_CONTACT, "birth_date", "date"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        size_t count;
        const struct vocabulary_column *columns = vocabulary_columns(cases[i].entity, &count);
        assert_string_equal(value_kind_name(columns[column_of(cases[i].entity, cases[i].column)].kind), cases[i].kind);
    }
}

static void test_entity_names(void **state)
{
    (void)state;
    enum entity entity;
    for (enum entity e = ENTITY_NONE + 1; e < ENTITY_COUNT; e++) {
        assert_true(entity_find(slice_from_cstr(entity_name(e)), &entity));
        assert_int_equal(entity, e);
    }
    assert_true(entity_find(SLICE("Orders"), &entity));
    assert_int_equal(entity, ENTITY_ORDER);
    assert_true(entity_find(SLICE("stage-history"), &entity));
    assert_int_equal(entity, ENTITY_STAGE_HISTORY);
    entity = ENTITY_DEAL;
    assert_false(entity_find(SLICE("none"), &entity));
    assert_false(entity_find(SLICE(""), &entity));
    assert_false(entity_find(SLICE("s"), &entity));
    assert_false(entity_find(SLICE("orderss"), &entity));
    assert_false(entity_find(SLICE("orde"), &entity));
    assert_int_equal(entity, ENTITY_DEAL);
    assert_string_equal(entity_name(ENTITY_NONE), "none");
    assert_string_equal(entity_name(ENTITY_COUNT), "none");
}

struct used_name {
    char key[VOCABULARY_KEY + 1];
    const char *column;
    struct slice alias;
};

static int compare_used(const void *a, const void *b)
{
    return strcmp(((const struct used_name *)a)->key, ((const struct used_name *)b)->key);
}

static size_t use_name(struct used_name *used, size_t count, const char *column, struct slice alias)
{
    struct used_name *name = &used[count];
    size_t len = vocabulary_normalise(alias, name->key);
    assert_true(len > 0 && len <= VOCABULARY_KEY);
    assert_true(slice_equal(alias, slice_trim(alias)));
    name->key[len] = '\0';
    name->column = column;
    name->alias = alias;
    return count + 1;
}

/* Within an entity no two names compare equal: not of two columns, and not of one (a repetition would be a slip). */
static void test_aliases_unambiguous(void **state)
{
    (void)state;
    static struct used_name used[4000];
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        size_t columns_count, count = 0;
        const struct vocabulary_column *columns = vocabulary_columns(entity, &columns_count);
        for (size_t i = 0; i < columns_count; i++) {
            const char *aliases = columns[i].aliases;
            struct slice alias;
            size_t before = count;
            count = use_name(used, count, columns[i].name, slice_from_cstr(columns[i].name));
            if (columns[i].kind == VALUE_KEY) { /* only our own programs write those */
                assert_string_equal(aliases, "");
                continue;
            }
            while (next_part(&aliases, '|', &alias)) {
                assert_true(count < ARRAY_LENGTH(used));
                count = use_name(used, count, columns[i].name, alias);
                check_found(entity, alias, columns[i].name);
            }
            assert_in_range(count - before, 2, 254); /* a rank has eight bits for the position */
        }
        qsort(used, count, sizeof *used, compare_used);
        for (size_t i = 1; i < count; i++) {
            if (strcmp(used[i - 1].key, used[i].key) == 0)
                fail_msg("%s: '%.*s' of %s and '%.*s' of %s", entity_name(entity), SLICE_ARG(used[i - 1].alias),
                         used[i - 1].column, SLICE_ARG(used[i].alias), used[i].column);
        }
    }
}

/* Each column has aliases in the writing systems of the languages it is promised in. */
static void test_aliases_in_languages(void **state)
{
    (void)state;
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        size_t count;
        const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
        for (size_t i = 0; i < count; i++) {
            bool latin = false, cyrillic = false, arabic = false, chinese = false;
            for (const char *p = columns[i].aliases; *p; p++) {
                unsigned char byte = (unsigned char)*p;
                latin |= (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
                cyrillic |= byte == 0xD0;
                arabic |= byte == 0xD8;
                chinese |= byte >= 0xE4 && byte <= 0xE9;
            }
            if (columns[i].kind != VALUE_KEY && (!latin || !cyrillic || !arabic || !chinese))
                fail_msg("%s.%s lacks aliases of a language", entity_name(entity), columns[i].name);
        }
    }
}

/* Expected: Unicode 15 (UnicodeData.txt, CaseFolding.txt), and the list of what is dropped in vocabulary.h. */
static void test_normalise(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *key;
    } cases[] = {
        {"Order Date", "orderdate"},
        {"order_date", "orderdate"},
        {"ORDER-DATE", "orderdate"},
        {"OrderDate", "orderdate"},
        {"\xEF\xBB\xBF\"Order Date\" ", "orderdate"}, /* BOM, quotes */
        {"\xE2\x80\x8FOrder\xC2\xA0"
         "Date\xE2\x80\x8E",
         "orderdate"}, /* RLM, NBSP, LRM */
        {"\xE2\x80\x9COrder\xE2\x80\x94"
         "Date\xE2\x80\x9D*",
         "orderdate"}, /* typographic quotes, em dash */
        {"\tOrder\r\nDate", "orderdate"},
        {"Ｏｒｄｅｒ　Ｄａｔｅ", "orderdate"}, /* fullwidth, ideographic space */
        {"N° client", "nclient"},
        {"№ заказа", "noзаказа"},
        {"Straße", "strasse"},
        {"STRASSE", "strasse"},
        {"Prénom", "prenom"},
        {"Pre\xCC\x81nom", "prenom"}, /* decomposed */
        {"Счёт", "счет"},
        {"Cтатус/этап: 1", "cтатусэтап1"},
        {"أنشئ", "انشي"}, /* hamza is a mark here */
        {"العـمـيل", "العـمـيل"},
        {"单价（元）", "单价(元)"},
        {"Amount, USD", "amountusd"},
        {"%", "%"},
        {"a\xFF"
         "b",
         "a\xEF\xBF\xBD"
         "b"},
        {"", ""},
        {" -_.:/*'\"\\,;", ""},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        char key[VOCABULARY_KEY];
        size_t len = vocabulary_normalise(slice_from_cstr(cases[i].name), key);
        if (len != strlen(cases[i].key) || memcmp(key, cases[i].key, len) != 0)
            fail_msg("'%s' gives '%.*s', expected '%s'", cases[i].name, (int)len, key, cases[i].key);
    }
}

static void test_limits(void **state)
{
    (void)state;
    char longest[VOCABULARY_KEY + 1], key[VOCABULARY_KEY];
    memset(longest, 'x', sizeof longest);
    assert_int_equal(vocabulary_normalise((struct slice){longest, VOCABULARY_KEY}, key), VOCABULARY_KEY);
    assert_int_equal(vocabulary_normalise((struct slice){longest, VOCABULARY_KEY + 1}, key), 0);
    char padded[VOCABULARY_KEY + 2];
    memset(padded, ' ', sizeof padded);
    memcpy(padded, "email", 5);
    check_found(ENTITY_CONTACT, (struct slice){padded, VOCABULARY_KEY}, "email");
    check_found(ENTITY_CONTACT, (struct slice){padded, VOCABULARY_KEY + 1}, "");
    size_t column = 7;
    unsigned rank = 7;
    assert_false(vocabulary_find(ENTITY_NONE, SLICE("email"), &column, &rank));
    assert_false(vocabulary_find(ENTITY_COUNT, SLICE("email"), &column, &rank));
    assert_int_equal(column, 7);
    assert_int_equal(vocabulary_match(ENTITY_CONTACT, 31, SLICE("utm_term")), MATCH_NONE);
    assert_int_equal(vocabulary_match(ENTITY_NONE, 0, SLICE("utm_term")), MATCH_NONE);
    assert_int_equal(vocabulary_rank(ENTITY_ORDER, 99, SLICE("x")), VOCABULARY_NO_RANK);
    static const char *const odd[] = {
        "",        " ",         "*",        "(",          ")",   "()",      "( )",
        "$",       "€ ",        "%",        "[",          "]",   "1",       "12",
        "- Value", "1 - Value", "__c",      "_c",         ":",   "Person:", "Person - ",
        "Deal..",  "\xFF",      "\xD0",     "(usd)",      "usd", "utc",     "Person - 1 - Value",
        "Total (", "Total )",   "Total ()", "123 - Value"};
    for (size_t i = 0; i < ARRAY_LENGTH(odd); i++)
        check_found(ENTITY_CONTACT, slice_from_cstr(odd[i]), "");
    check_found(ENTITY_ORDER, (struct slice){NULL, 0}, "");
    check_found(ENTITY_CONTACT, ((struct slice){"Em\0ail", 6}), "email"); /* a control character cannot be seen */
}

static void test_matches(void **state)
{
    (void)state;
    static const struct {
        enum entity entity;
        const char *header;
        const char *column; /* "" for none */
        enum match match;
    } cases[] = {
        {ENTITY_ORDER, "order_date", "order_date", MATCH_CANONICAL},
        {ENTITY_ORDER, "Order Date", "order_date", MATCH_ALIAS},
        {ENTITY_ORDER, "InvoiceDate", "order_date", MATCH_ALIAS},
        {ENTITY_ORDER, "Date", "order_date", MATCH_ALIAS},
        {ENTITY_SPEND, "Date", "date", MATCH_ALIAS},
        {ENTITY_DEAL, "Бюджет ₸", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_DEAL, "Бюджет ", "amount", MATCH_ALIAS},
        {ENTITY_DEAL, "Бюджет, тыс. руб.", "", MATCH_NONE}, /* thousands */
        {ENTITY_DEAL, "金额（万元）", "", MATCH_NONE},      /* ten thousands */
        {ENTITY_DEAL, "金额（元）", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Amount (EUR)", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "amount_usd", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Betrag (€)", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Betrag in EUR", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Amount, USD", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Сумма, руб.", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Valor (R$)", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "$ Amount", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Total€", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "المبلغ (ر.س)", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Кол-во, шт.", "quantity", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Amount (refunded)", "", MATCH_NONE},
        {ENTITY_ORDER, "Total (net of tax)", "", MATCH_NONE},
        {ENTITY_ORDER, "Created (UTC)", "order_date", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Order date (GMT+03:00)", "order_date", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Currency (EUR)", "", MATCH_NONE}, /* only amounts, numbers and dates have units */
        {ENTITY_DEAL, "Probability (%)", "probability", MATCH_ALIAS_DECORATED},
        {ENTITY_SPEND, "Amount spent (USD)", "cost", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "E-mail 1 - Value", "email", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "E-mail 1 - Type", "", MATCH_NONE},
        {ENTITY_CONTACT, "Phone 3 - Value", "phone", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Home Phone 2", "phone", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Home Street 2", "street", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Home Street2", "", MATCH_NONE}, /* set apart, or an address or a number */
        {ENTITY_CONTACT, "Home Phone2", "phone", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "utm_source_2", "utm_source", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Примечание", "note", MATCH_ALIAS},
        {ENTITY_CONTACT, "Примечание 1", "note", MATCH_ALIAS},
        {ENTITY_CONTACT, "Примечание 5", "note", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Примечание 0", "", MATCH_NONE},
        {ENTITY_CONTACT, "Примечание 100", "", MATCH_NONE},
        {ENTITY_ORDER, "Amount (EUR)_2", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_ORDER, "Revenue 2024", "", MATCH_NONE},
        {ENTITY_CONTACT, "column1", "", MATCH_NONE},
        {ENTITY_CONTACT, "Home Fax", "fax", MATCH_ALIAS},
        {ENTITY_CONTACT, "Fax 1 - Value", "fax", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Birthday", "birth_date", MATCH_ALIAS},
        {ENTITY_CONTACT, "birth-date", "birth_date", MATCH_ALIAS},
        {ENTITY_CONTACT, "Birth Day", "", MATCH_NONE}, /* a day of the month */
        {ENTITY_CONTACT, "birth_day", "", MATCH_NONE},
        {ENTITY_CONTACT, " Birth-Day* ", "", MATCH_NONE},
        {ENTITY_CONTACT, "Person - Birth Day", "", MATCH_NONE},
        {ENTITY_CONTACT, "Birth Day 2", "", MATCH_NONE},
        {ENTITY_CONTACT, "Birth Year", "", MATCH_NONE},
        {ENTITY_CONTACT, "Birth Month", "", MATCH_NONE},
        {ENTITY_CONTACT, "Anniversary", "", MATCH_NONE},
        {ENTITY_CONTACT, "Jahrestag", "", MATCH_NONE},
        {ENTITY_CONTACT, "Titel", "name_prefix", MATCH_ALIAS},
        {ENTITY_CONTACT, "Title", "job_title", MATCH_ALIAS},
        {ENTITY_CONTACT, "Alias", "", MATCH_NONE},   /* of an account, of a mailbox, ... */
        {ENTITY_CONTACT, "Service", "", MATCH_NONE}, /* a department in French, what is sold elsewhere */
        {ENTITY_CONTACT, "Suffix", "name_suffix", MATCH_ALIAS},
        {ENTITY_CONTACT, "Land", "country", MATCH_ALIAS},
        {ENTITY_CONTACT, "Landing Page ID", "", MATCH_NONE},
        {ENTITY_CONTACT, "Landing page", "landing_page", MATCH_ALIAS},
        {ENTITY_CONTACT, "email_key", "email_key", MATCH_CANONICAL},
        {ENTITY_CONTACT, "Email key", "email_key", MATCH_ALIAS},
        {ENTITY_ACCOUNT, "phone_key", "phone_key", MATCH_CANONICAL},
        {ENTITY_ACCOUNT, "Company Email", "email", MATCH_ALIAS},
        {ENTITY_ACCOUNT, "Work Email", "", MATCH_NONE}, /* somebody's */
        {ENTITY_ACCOUNT, "Employees (2)", "", MATCH_NONE},
        {ENTITY_CONTACT, "Person - Name*", "full_name", MATCH_ALIAS},
        {ENTITY_CONTACT, "Person - Last name*", "last_name", MATCH_ALIAS_DECORATED},
        {ENTITY_LEAD, "Person - Email (Work)", "email", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Контакт: Рабочий телефон", "phone", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "Deal - Title", "", MATCH_NONE},
        {ENTITY_DEAL, "Deal - Title", "title", MATCH_ALIAS},
        {ENTITY_DEAL, "Opportunity.Loss Reason", "loss_reason", MATCH_ALIAS_DECORATED},
        {ENTITY_DEAL, "Сделка: Сумма", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_DEAL, "Deal - Amount (EUR)", "amount", MATCH_ALIAS_DECORATED},
        {ENTITY_DEAL, "Deal - Label", "tags", MATCH_ALIAS_DECORATED},
        {ENTITY_DEAL, "Deal - Update time", "updated_at", MATCH_ALIAS_DECORATED},
        {ENTITY_DEAL, "Person - Label", "", MATCH_NONE}, /* the contact's */
        {ENTITY_DEAL, "Теги сделки", "tags", MATCH_ALIAS},
        {ENTITY_DEAL, "Теги контакта", "", MATCH_NONE},
        {ENTITY_DEAL, "Примечание 2", "note", MATCH_ALIAS_DECORATED},
        {ENTITY_ACCOUNT, "AccountNumber__c", "account_id", MATCH_ALIAS_DECORATED},
        {ENTITY_CONTACT, "メール", "", MATCH_NONE},
        {ENTITY_ORDER, "CustomerID", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "Customer ID", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "Kundennummer", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "Kunden-Nr.", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "Код клиента", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "客户编号", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "رقم العميل", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "client_id", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "user_id", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "masterid", "customer_id", MATCH_ALIAS},
        {ENTITY_ORDER, "Email", "", MATCH_NONE},
        {ENTITY_ORDER, "Customer Email", "", MATCH_NONE},
        {ENTITY_ORDER, "E-Mail-Adresse", "", MATCH_NONE},
        {ENTITY_CONTACT, "Name", "full_name", MATCH_ALIAS},
        {ENTITY_ACCOUNT, "Name", "name", MATCH_ALIAS},
        {ENTITY_DEAL, "Name", "title", MATCH_ALIAS},
        {ENTITY_ACCOUNT, "Название", "name", MATCH_ALIAS},
        {ENTITY_DEAL, "Название", "title", MATCH_ALIAS},
        {ENTITY_CONTACT, "ID", "contact_id", MATCH_ALIAS},
        {ENTITY_LEAD, "ID", "lead_id", MATCH_ALIAS},
        {ENTITY_ACCOUNT, "ID", "account_id", MATCH_ALIAS},
        {ENTITY_DEAL, "ID", "deal_id", MATCH_ALIAS},
        {ENTITY_TICKET, "ID", "ticket_id", MATCH_ALIAS},
        {ENTITY_LEAD, "Status", "lead_status", MATCH_ALIAS},
        {ENTITY_TICKET, "Статус", "status", MATCH_ALIAS},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct slice header = slice_from_cstr(cases[i].header);
        check_found(cases[i].entity, header, cases[i].column);
        size_t count;
        vocabulary_columns(cases[i].entity, &count);
        for (size_t column = 0; column < count; column++) {
            bool meant = cases[i].column[0] && column == column_of(cases[i].entity, cases[i].column);
            assert_int_equal(vocabulary_match(cases[i].entity, column, header), meant ? cases[i].match : MATCH_NONE);
        }
    }
}

/* The opposite of an opt-out, and other wishes than not to be written to. */
static void test_opposites(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Opt-in",
        "opt_in",
        "Email Opt In",
        "Double Opt-In",
        "OPTIN_TIME",
        "Subscribed",
        "Is Subscribed",
        "Email subscription status",
        "Accepts Marketing",
        "Accepts Email Marketing",
        "Marketing contact status",
        "Marketing status",
        "GDPR consent",
        "Consent",
        "Permission",
        "Newsletter",
        "Do Not Call",
        "HasOptedOutOfFax",
        "Подписан",
        "Подписка",
        "Согласие на рассылку",
        "已订阅",
        "订阅",
        "مشترك",
        "Angemeldet",
        "Einwilligung",
        "Abonné",
        "Consentement",
        "Suscrito",
        "Consentimiento",
        "Inscrito",
        "Consentimento",
        "Not opted out",
    };
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        check_found(ENTITY_CONTACT, slice_from_cstr(names[i]), "");
        check_found(ENTITY_LEAD, slice_from_cstr(names[i]), "");
    }
    check_found(ENTITY_CONTACT, SLICE("Opt-out"), "opt_out");
    check_found(ENTITY_CONTACT, SLICE("HasOptedOutOfEmail"), "opt_out");
    check_found(ENTITY_CONTACT, SLICE("Do not allow Bulk Emails"), "opt_out");
    check_found(ENTITY_CONTACT, SLICE("Désabonné"), "opt_out");
    check_found(ENTITY_CONTACT, SLICE("已退订"), "opt_out");
}

/* Of two names of the same column the first given here is the better. */
static void test_ranks(void **state)
{
    (void)state;
    static const struct {
        enum entity entity;
        const char *better;
        const char *worse;
    } cases[] = {
        {ENTITY_CONTACT, "email", "E-MAIL"},
        {ENTITY_CONTACT, "Work Email", "Email Address"},
        {ENTITY_CONTACT, "Рабочий email", "Личный email"},
        {ENTITY_CONTACT, "Личный email", "Другой email"},
        {ENTITY_CONTACT, "Рабочий e-mail", "Частный e-mail"},
        {ENTITY_CONTACT, "Person - Email (Work)", "Person - Email (Home)"},
        {ENTITY_CONTACT, "E-mail 1 - Value", "E-mail 2 - Value"},
        {ENTITY_CONTACT, "E-mail 2 - Value", "E-mail 10 - Value"},
        {ENTITY_CONTACT, "E-mail Address", "E-mail 2 Address"},
        {ENTITY_CONTACT, "Primary Email", "Secondary Email"},
        {ENTITY_CONTACT, "Рабочий телефон", "Домашний телефон"},
        {ENTITY_CONTACT, "Домашний телефон", "Другой телефон"},
        {ENTITY_CONTACT, "Business Phone", "Home Phone"},
        {ENTITY_CONTACT, "Primary Phone", "Home Phone"},
        {ENTITY_CONTACT, "Home Phone", "Home Phone 2"},
        {ENTITY_CONTACT, "Business Street", "Home Street"},
        {ENTITY_CONTACT, "Job Title", "Title"},
        {ENTITY_CONTACT, "Organization 1 - Title", "Occupation"},
        {ENTITY_CONTACT, "Контакт: ID", "ID"},
        {ENTITY_CONTACT, "utm_source", "utm_source_2"},
        {ENTITY_CONTACT, "utm_source_2", "utm_source_3"},
        {ENTITY_CONTACT, "Примечание", "Примечание 1"},
        {ENTITY_CONTACT, "Примечание 1", "Примечание 2"},
        {ENTITY_CONTACT, "Примечание 2", "Примечание 5"},
        {ENTITY_CONTACT, "Email", "Additional Email Addresses"},
        {ENTITY_CONTACT, "Home Email", "Additional Email Addresses"},
        {ENTITY_CONTACT, "Primäre E-Mail-Adresse", "Sekundäre E-Mail-Adresse"},
        {ENTITY_CONTACT, "Tel. dienstlich", "Tel. privat"},
        {ENTITY_CONTACT, "Ort geschäftlich", "Ort"}, /* Outlook's "Ort" is where the person is at present */
        {ENTITY_CONTACT, "Город (раб. адрес)", "Город (дом. адрес)"},
        {ENTITY_CONTACT, "Индекс (раб. адрес)", "Почтовый код (дом.)"},
        {ENTITY_CONTACT, "Адрес эл. почты", "Адрес 2 эл. почты"},
        {ENTITY_CONTACT, "Адрес 2 эл. почты", "Адрес 3 эл. почты"},
        {ENTITY_CONTACT, "Business Fax", "Home Fax"},
        {ENTITY_CONTACT, "Cumpleaños", "Aniversario"}, /* in Spanish an anniversary, in Portuguese a birthday */
        {ENTITY_CONTACT, "Anrede", "Titel"},
        {ENTITY_CONTACT, "Salutation", "Prefix"},
        {ENTITY_DEAL, "amount", "Amount"},
        {ENTITY_DEAL, "Amount", "Amount (EUR)"},
        {ENTITY_DEAL, "Контакт: ID", "Контакт"},
        {ENTITY_ORDER, "order_date", "created_at"},
        {ENTITY_ORDER, "Order ID", "ID"},
        {ENTITY_ORDER, "Customer ID", "Customer"},
        {ENTITY_ORDER, "Total", "Subtotal"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        size_t better_column, worse_column;
        unsigned better, worse;
        assert_true(vocabulary_find(cases[i].entity, slice_from_cstr(cases[i].better), &better_column, &better));
        assert_true(vocabulary_find(cases[i].entity, slice_from_cstr(cases[i].worse), &worse_column, &worse));
        assert_int_equal(better_column, worse_column);
        if (better >= worse)
            fail_msg("'%s' (%u) is not better than '%s' (%u)", cases[i].better, better, cases[i].worse, worse);
        assert_int_equal(vocabulary_rank(cases[i].entity, better_column, slice_from_cstr(cases[i].better)), better);
    }
}

static void test_roles(void **state)
{
    (void)state;
    assert_int_equal(vocabulary_match_role("customer_id", SLICE("customer_id")), MATCH_CANONICAL);
    assert_int_equal(vocabulary_match_role("customer_id", SLICE("CustomerID")), MATCH_ALIAS);
    assert_int_equal(vocabulary_match_role("customer_id", SLICE("Email")), MATCH_NONE);
    assert_int_equal(vocabulary_match_role("order_date", SLICE("InvoiceDate")), MATCH_ALIAS);
    assert_int_equal(vocabulary_match_role("amount", SLICE("Бюджет ₸")), MATCH_ALIAS_DECORATED);
    assert_int_equal(vocabulary_match_role("amount", SLICE("revenue")), MATCH_ALIAS);
    assert_int_equal(vocabulary_match_role("amount", SLICE("MRR")), MATCH_ALIAS);
    assert_int_equal(vocabulary_match_role("stage", SLICE("Этап сделки")), MATCH_ALIAS);
    assert_int_equal(vocabulary_match_role("no_such_column", SLICE("no_such_column")), MATCH_NONE);
    assert_int_equal(vocabulary_match_role("", SLICE("")), MATCH_NONE);
    assert_int_equal(vocabulary_rank_role("amount", SLICE("amount")), 0);
    assert_int_equal(vocabulary_rank_role("amount", SLICE("xyz")), VOCABULARY_NO_RANK);
    assert_true(vocabulary_rank_role("order_date", SLICE("Order Date")) <
                vocabulary_rank_role("order_date", SLICE("Created At")));
}

/* What a header row means. A name that is not listed stands for no column of the entity. */
struct expectation {
    const char *where;   /* a file, or the header itself */
    enum entity entity;  /* what recognise() shall say */
    const char *columns; /* "name>column|name>column"; NULL: only the entity is checked */
    const char *best;    /* "column=name": of several names of a column, the one to take; NULL */
};

static const struct expectation data_sets[] = {
    {"rfm/rfm_data_orders.csv", ENTITY_ORDER, "customer_id>customer_id|order_date>order_date|revenue>amount", NULL},
    {"clv/btyd_cdnowElog.csv", ENTITY_ORDER, "masterid>customer_id|date>order_date|cds>quantity|sales>amount", NULL},
    {"crm_pipeline/maven/sales_pipeline.csv", ENTITY_DEAL,
     "opportunity_id>deal_id|sales_agent>owner|account>account_id|deal_stage>stage|engage_date>created_at|"
     "close_date>closed_at|close_value>amount",
     NULL},
    {"crm_pipeline/maven/accounts.csv", ENTITY_ACCOUNT,
     "account>name|sector>industry|revenue>annual_revenue|employees>employees|office_location>country", NULL},
    {"crm_pipeline/olist/olist_marketing_qualified_leads_dataset.csv", ENTITY_LEAD,
     "mql_id>lead_id|first_contact_date>created_at|origin>source", NULL},
    {"crm_pipeline/olist/olist_closed_deals_dataset.csv", ENTITY_DEAL,
     "mql_id>contact_id|seller_id>account_id|sr_id>owner|won_date>closed_at", NULL},
    {"contacts/salesforce_dataloader/accountData.csv", ENTITY_ACCOUNT,
     "ID>account_id|NAME>name|BILLINGSTREET>street|BILLINGCITY>city|BILLINGSTATE>region|BILLINGPOSTALCODE>postal_code|"
     "BILLINGCOUNTRY>country|SHIPPINGSTREET>street|SHIPPINGCITY>city|SHIPPINGSTATE>region|SHIPPINGPOSTALCODE>postal_"
     "code|"
     "SHIPPINGCOUNTRY>country|PHONE>phone|ACCOUNTNUMBER>account_id|WEBSITE>website|INDUSTRY>industry|"
     "ANNUALREVENUE>annual_revenue|NUMBEROFEMPLOYEES>employees|OWNERID>owner|CREATEDDATE>created_at",
     "street=BILLINGSTREET|country=BILLINGCOUNTRY"},
    {"contacts/salesforce_dataloader/insertAccountCsv.csv", ENTITY_ACCOUNT,
     "NAME>name|PHONE>phone|ACCOUNTNUMBER__C>account_id|WEBSITE>website|ANNUALREVENUE>annual_revenue", NULL},
    {"contacts/salesforce_dataloader/opportunityData.csv", ENTITY_DEAL,
     "ID>deal_id|ACCOUNTID>account_id|NAME>title|DESCRIPTION>note|STAGENAME>stage|AMOUNT>amount|"
     "PROBABILITY>probability|CLOSEDATE>closed_at|LEADSOURCE>source|OWNERID>owner|CREATEDDATE>created_at|"
     "LASTMODIFIEDDATE>updated_at",
     NULL},
    {"contacts/mautic/fakecompanydata.csv", ENTITY_ACCOUNT,
     "companyname>name|companycity>city|companystate>region|companycountry>country|companyindustry>industry", NULL},
    {"contacts/mautic/fakeleaddata.csv", ENTITY_CONTACT,
     "title>job_title|firstname>first_name|lastname>last_name|city>city|address1>street|state>region|zipcode>postal_"
     "code|"
     "country>country|email>email|phone>phone|company>company|website>website",
     NULL},
    {"contacts/mautic/10contacts.csv", ENTITY_CONTACT,
     "firstname>first_name|lastname>last_name|company>company|email>email|country>country", NULL},
    {"contacts/roundcube/Csv2vcard/tb_plain.csv", ENTITY_CONTACT, NULL,
     "email=Primary Email|phone=Work Phone|street=Work Address|postal_code=Work ZipCode|company=Organization|"
     "website=Web Page 1|job_title=Job Title"},
    {"contacts/roundcube/Csv2vcard/gmail.csv", ENTITY_CONTACT, NULL,
     "email=E-mail 1 - Value|phone=Phone 1 - Value|company=Organization 1 - Name|job_title=Organization 1 - Title|"
     "website=Website 1 - Value|street=Address 1 - Street"},
    {"contacts/roundcube/Csv2vcard/all.csv", ENTITY_CONTACT, NULL,
     "job_title=Job Title|email=Email Work|phone=Business Phone|street=Business Street|region=Work State"},
    {"contacts/roundcube/Csv2vcard/outlook.csv", ENTITY_CONTACT,
     "E-mail Address>email|E-mail 2 Address>email|E-mail 3 Address>email", "email=E-mail Address"},
    {"contacts/roundcube/Csv2vcard/email.csv", ENTITY_CONTACT, "Primary Email>email", NULL},
    {"contacts/google/gpcsolutions_outlook_header.csv", ENTITY_CONTACT, NULL,
     "email=E-mail Address|phone=Business Phone|mobile=Mobile Phone|company=Company"},
    {"scoring/xeducation_Leads.csv", ENTITY_LEAD,
     "Prospect ID>lead_id|Lead Number>lead_id|Lead Origin>source|Lead Source>source|Do Not "
     "Email>opt_out|Country>country|"
     "Tags>tags|City>city",
     "source=Lead Source"},
};

/* Header rows that are not in a file here as plain text, or are documented by their makers. */
static const struct expectation inline_headers[] = {
    {"InvoiceNo|StockCode|Description|Quantity|InvoiceDate|UnitPrice|CustomerID|Country", ENTITY_ORDER,
     "InvoiceNo>order_id|StockCode>product_id|Quantity>quantity|InvoiceDate>order_date|UnitPrice>unit_price|"
     "CustomerID>customer_id",
     NULL},
    {"customer_id|date|number_of_cds|dollar_value", ENTITY_ORDER,
     "customer_id>customer_id|date>order_date|number_of_cds>quantity|dollar_value>amount", NULL},
    {"Name|Email|Financial Status|Paid at|Fulfillment Status|Fulfilled at|Accepts "
     "Marketing|Currency|Subtotal|Shipping|Taxes|"
     "Total|Discount Code|Discount Amount|Shipping Method|Created at|Lineitem quantity|Lineitem name|Lineitem price|"
     "Lineitem sku|Billing Name|Billing Street|Billing City|Billing Zip|Billing Country|Billing "
     "Phone|Id|Tags|Source|Phone",
     ENTITY_ORDER, NULL,
     "order_id=Id|amount=Total|product_id=Lineitem sku|quantity=Lineitem quantity|unit_price=Lineitem price"},
    {"id|Description|Created (UTC)|Amount|Amount Refunded|Currency|Fee|Status|Customer ID|Customer Email", ENTITY_ORDER,
     "id>order_id|Created (UTC)>order_date|Amount>amount|Currency>currency|Customer ID>customer_id", NULL},
    {"Record Id|Deal Owner|Amount|Deal Name|Closing Date|Account Name|Stage|Probability (%)|Lead Source|Contact Name|"
     "Created Time|Reason For Loss",
     ENTITY_DEAL,
     "Record Id>deal_id|Deal Owner>owner|Amount>amount|Deal Name>title|Closing Date>closed_at|Account Name>account_id|"
     "Stage>stage|Probability (%)>probability|Lead Source>source|Contact Name>contact_id|Created Time>created_at|"
     "Reason For Loss>loss_reason",
     NULL},
    {"Номер|Дата|Контрагент|Номенклатура|Количество|Цена|Сумма|Валюта", ENTITY_ORDER,
     "Номер>order_id|Дата>order_date|Контрагент>customer_id|Номенклатура>product_id|Количество>quantity|Цена>unit_"
     "price|"
     "Сумма>amount|Валюта>currency",
     NULL},
    {"Bestellnummer|Bestelldatum|Kundennummer|Betrag (€)|Artikel-Nr.|Menge", ENTITY_ORDER,
     "Bestellnummer>order_id|Bestelldatum>order_date|Kundennummer>customer_id|Betrag (€)>amount|Artikel-Nr.>product_id|"
     "Menge>quantity",
     NULL},
    {"订单编号|下单时间|客户编号|订单金额|数量|单价", ENTITY_ORDER,
     "订单编号>order_id|下单时间>order_date|客户编号>customer_id|订单金额>amount|数量>quantity|单价>unit_price", NULL},
    {"客户姓名|手机|邮箱|公司|职位|来源|创建时间", ENTITY_CONTACT,
     "客户姓名>full_name|手机>mobile|邮箱>email|公司>company|职位>job_title|来源>source|创建时间>created_at", NULL},
    {"الاسم الأول|اسم العائلة|البريد الإلكتروني|رقم الهاتف|الشركة|المدينة|الدولة", ENTITY_CONTACT,
     "الاسم الأول>first_name|اسم العائلة>last_name|البريد الإلكتروني>email|رقم "
     "الهاتف>phone|الشركة>company|المدينة>city|"
     "الدولة>country",
     NULL},
    {"Vorname|Nachname|Firma|E-Mail|Telefon|Mobil|Straße|PLZ|Ort|Land|Notiz", ENTITY_CONTACT,
     "Vorname>first_name|Nachname>last_name|Firma>company|E-Mail>email|Telefon>phone|Mobil>mobile|Straße>street|"
     "PLZ>postal_code|Ort>city|Land>country|Notiz>note",
     NULL},
    {"Prénom|Nom|Société|Adresse de messagerie|Téléphone|Code postal|Ville|Pays", ENTITY_CONTACT,
     "Prénom>first_name|Nom>last_name|Société>company|Adresse de messagerie>email|Téléphone>phone|"
     "Code postal>postal_code|Ville>city|Pays>country",
     NULL},
    {"Nombre|Apellidos|Correo electrónico|Teléfono|Empresa|Ciudad|País", ENTITY_CONTACT,
     "Nombre>first_name|Apellidos>last_name|Correo "
     "electrónico>email|Teléfono>phone|Empresa>company|Ciudad>city|País>country",
     NULL},
    {"Nome completo|E-mail|Celular|Empresa|Cargo|Cidade|Origem", ENTITY_CONTACT,
     "Nome completo>full_name|E-mail>email|Celular>mobile|Empresa>company|Cargo>job_title|Cidade>city|Origem>source",
     NULL},
    {"deal_id|stage|entered_at", ENTITY_STAGE_HISTORY, "deal_id>deal_id|stage>stage|entered_at>entered_at", NULL},
    {"Opportunity ID|From Stage|To Stage|Change Date", ENTITY_STAGE_HISTORY,
     "Opportunity ID>deal_id|To Stage>stage|Change Date>entered_at", NULL},
    {"user_id|event_name|event_timestamp|utm_source|utm_campaign", ENTITY_EVENT,
     "user_id>entity_id|event_name>event|event_timestamp>occurred_at|utm_source>channel|utm_campaign>campaign", NULL},
    {"Day|Campaign|Cost|Impr.|Clicks|CTR", ENTITY_SPEND,
     "Day>date|Campaign>campaign|Cost>cost|Impr.>impressions|Clicks>clicks", NULL},
    {"Дата|Кампания|Расход (руб.)|Показы|Клики", ENTITY_SPEND,
     "Дата>date|Кампания>campaign|Расход (руб.)>cost|Показы>impressions|Клики>clicks", NULL},
    {"Reporting starts|Campaign name|Amount spent (USD)|Impressions|Link clicks", ENTITY_SPEND,
     "Reporting starts>date|Campaign name>campaign|Amount spent (USD)>cost|Impressions>impressions|Link clicks>clicks",
     NULL},
    {"id|Customer ID|Plan|Interval|Amount|Start (UTC)|Ended At (UTC)", ENTITY_SUBSCRIPTION,
     "Customer ID>customer_id|Plan>plan|Interval>period|Amount>amount|Start (UTC)>started_at|Ended At (UTC)>ended_at",
     NULL},
    {"Ticket ID|Subject|Status|Priority|Created time|Initial response|Closed time", ENTITY_TICKET,
     "Ticket ID>ticket_id|Status>status|Priority>priority|Created time>opened_at|Initial response>first_response_at|"
     "Closed time>closed_at",
     NULL},
    {"customer_id|NPS score|Response date|Feedback", ENTITY_SURVEY,
     "customer_id>customer_id|NPS score>score|Response date>answered_at|Feedback>comment", NULL},
};

#define CELLS 128

/* What `list`, "name>value|name>value", says of name; "" when it does not. */
static struct slice listed(const char *list, char mark, struct slice name)
{
    struct slice entry;
    while (next_part(&list, '|', &entry)) {
        const char *split = memchr(entry.ptr, mark, entry.len);
        assert_non_null(split);
        if (slice_equal((struct slice){entry.ptr, (size_t)(split - entry.ptr)}, name))
            return (struct slice){split + 1, (size_t)(entry.ptr + entry.len - split - 1)};
    }
    return SLICE("");
}

static void check_columns(const struct expectation *expected, const struct slice *cells, size_t count)
{
    size_t seen = 0, entries = 0;
    for (size_t i = 0; i < count; i++) {
        struct slice column = listed(expected->columns, '>', cells[i]);
        char name[64];
        snprintf(name, sizeof name, "%.*s", SLICE_ARG(column));
        check_found(expected->entity, cells[i], name);
        seen += column.len > 0;
    }
    const char *rest = expected->columns;
    struct slice entry;
    while (next_part(&rest, '|', &entry))
        entries++;
    if (seen != entries)
        fail_msg("%s: %zu of %zu expected names are in the header", expected->where, seen, entries);
}

static void check_best(const struct expectation *expected, const struct slice *cells, size_t count)
{
    const char *rest = expected->best;
    struct slice entry;
    while (next_part(&rest, '|', &entry)) {
        const char *split = memchr(entry.ptr, '=', entry.len);
        assert_non_null(split);
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)(split - entry.ptr), entry.ptr);
        size_t column = column_of(expected->entity, name);
        unsigned best = VOCABULARY_NO_RANK;
        struct slice taken = SLICE("nothing");
        for (size_t i = 0; i < count; i++) {
            unsigned rank = vocabulary_rank(expected->entity, column, cells[i]);
            if (rank < best) {
                best = rank;
                taken = cells[i];
            }
        }
        if (!slice_equal(taken, listed(expected->best, '=', slice_from_cstr(name))))
            fail_msg("%s: %s is taken from '%.*s'", expected->where, name, SLICE_ARG(taken));
    }
}

static void check_header(const struct expectation *expected, const struct slice *cells, size_t count)
{
    double confidence = -1;
    enum entity entity = vocabulary_recognise(cells, count, &confidence);
    if (entity != expected->entity)
        fail_msg("%s: recognised as %s (%.2f), expected %s", expected->where, entity_name(entity), confidence,
                 entity_name(expected->entity));
    assert_true(confidence > 0 && confidence < 1);
    if (expected->columns)
        check_columns(expected, cells, count);
    if (expected->best)
        check_best(expected, cells, count);
}

static size_t row_cells(const char *row, struct slice cells[CELLS])
{
    size_t count = 0;
    struct slice cell;
    while (next_part(&row, '|', &cell)) {
        assert_true(count < CELLS);
        cells[count++] = cell;
    }
    return count;
}

static FILE *open_data(const char *path)
{
    char full[512];
    snprintf(full, sizeof full, DATA "%s", path);
    FILE *file = fopen(full, "r");
    if (!file)
        print_message("%s is absent\n", full);
    return file;
}

/* The names in the first line of a CSV file; none of those used here has a comma or a quote in a name. */
static size_t csv_cells(char *line, struct slice cells[CELLS])
{
    line[strcspn(line, "\r\n")] = '\0';
    const char *rest = line;
    size_t count = 0;
    struct slice cell;
    while (next_part(&rest, ',', &cell)) {
        if (cell.len >= 2 && cell.ptr[0] == '"') {
            cell.ptr++;
            cell.len -= 2;
        }
        assert_true(count < CELLS);
        if (cell.len > 0)
            cells[count++] = cell;
    }
    return count;
}

static void test_data_sets(void **state)
{
    (void)state;
    size_t checked = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(data_sets); i++) {
        FILE *file = open_data(data_sets[i].where);
        if (!file)
            continue;
        char line[8192];
        assert_non_null(fgets(line, sizeof line, file));
        fclose(file);
        struct slice cells[CELLS];
        check_header(&data_sets[i], cells, csv_cells(line, cells));
        checked++;
    }
    if (checked == 0)
        skip();
}

static void test_inline_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(inline_headers); i++) {
        struct slice cells[CELLS];
        check_header(&inline_headers[i], cells, row_cells(inline_headers[i].where, cells));
    }
}

static void test_recognise_nothing(void **state)
{
    (void)state;
    double confidence = -1;
    assert_int_equal(vocabulary_recognise(NULL, 0, &confidence), ENTITY_NONE);
    assert_true(confidence == 0);
    struct slice unknown[] = {SLICE("foo"), SLICE(""), SLICE("a"), SLICE("column1")};
    assert_int_equal(vocabulary_recognise(unknown, ARRAY_LENGTH(unknown), &confidence), ENTITY_NONE);
    assert_true(confidence == 0);
    assert_int_equal(vocabulary_recognise(unknown, ARRAY_LENGTH(unknown), NULL), ENTITY_NONE);
    struct slice hint[] = {SLICE("Воронка")}; /* a hint alone is no column */
    assert_int_equal(vocabulary_recognise(hint, 1, &confidence), ENTITY_NONE);
}

/* Notes, tags and the parameters of a visit are in files of every kind: they neither make a deal nor hide one. */
static void test_recognise_notes(void **state)
{
    (void)state;
    static const char *const notes[] = {"", "|Notes", "|Description|Tags|Updated At",
                                        "|utm_source|utm_medium|utm_campaign|utm_content|utm_term|Notes"};
    static const struct {
        const char *header;
        enum entity entity;
    } cases[] = {
        {"id|customer|created_at|total|status|currency", ENTITY_ORDER},
        {"Order ID|Customer ID|Date|Total|Status", ENTITY_ORDER},
        {"Kunde|Bestelldatum|Betrag", ENTITY_ORDER},
        {"Ticket ID|Subject|Status|Priority|Created|Customer", ENTITY_TICKET},
        {"Name|Email|Phone|Company", ENTITY_CONTACT},
        {"ID|Name|Email|Phone|Owner|Source|Created", ENTITY_CONTACT},
        {"Lead ID|Name|Company|Status|Source|Owner|Created", ENTITY_LEAD},
        {"deal_id|stage|entered_at", ENTITY_STAGE_HISTORY},
        {"Deal|Amount|Owner|Created", ENTITY_DEAL},
        {"ID|Title|Value|Status|Owner|Created|Closed", ENTITY_DEAL},
        {"Название|Сумма|Статус|Клиент|Ответственный", ENTITY_DEAL},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases) * ARRAY_LENGTH(notes); i++) {
        struct slice cells[CELLS];
        char header[512];
        size_t c = i / ARRAY_LENGTH(notes);
        snprintf(header, sizeof header, "%s%s", cases[c].header, notes[i % ARRAY_LENGTH(notes)]);
        enum entity entity = vocabulary_recognise(cells, row_cells(header, cells), NULL);
        if (entity != cases[c].entity)
            fail_msg("%s: recognised as %s", header, entity_name(entity));
    }
    struct slice note[] = {SLICE("Notes"), SLICE("Tags")}; /* a table of people has them most often */
    assert_int_equal(vocabulary_recognise(note, 2, NULL), ENTITY_CONTACT);
}

/* More of the same kind makes surer. */
static void test_recognise_confidence(void **state)
{
    (void)state;
    struct slice headers[] = {SLICE("Stage"), SLICE("Expected close date"), SLICE("Expected close date")};
    double one, two, three;
    assert_int_equal(vocabulary_recognise(headers, 1, &one), ENTITY_DEAL);
    assert_int_equal(vocabulary_recognise(headers, 2, &two), ENTITY_DEAL);
    assert_int_equal(vocabulary_recognise(headers, 3, &three), ENTITY_DEAL);
    assert_true(one < two);
    assert_true(two <= three);
    struct slice id = SLICE("created_at");
    vocabulary_recognise(&id, 1, &one);
    assert_true(one < 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_entity_names),
        cmocka_unit_test(test_aliases_unambiguous),
        cmocka_unit_test(test_aliases_in_languages),
        cmocka_unit_test(test_normalise),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_opposites),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_data_sets),
        cmocka_unit_test(test_inline_headers),
        cmocka_unit_test(test_recognise_nothing),
        cmocka_unit_test(test_recognise_notes),
        cmocka_unit_test(test_recognise_confidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
