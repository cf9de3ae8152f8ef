/* Values of a linkage: what each kind of value is folded to, what is no value, and what is taken apart. */
#include "link_people.h"

#include <math.h>

/* Triples of kind and text and what it is folded to; NULL: it is no value. */
struct folding {
    enum link_kind kind;
    const char *text, *folded;
};

static void assert_folding(const struct folding *folding)
{
    struct people_values set;

    values_begin(&set, folding->kind);
    const uint32_t id = values_add(&set, folding->text);
    values_weigh(&set, 1);
    const struct slice found = id ? link_value_text(&set.values, id) : SLICE("no value");
    const char *expected = folding->folded ? folding->folded : "no value";
    if (!slice_equal_cstr(found, expected))
        fail_msg("%s '%s' gives '%.*s' instead of '%s'", link_kind_name(folding->kind), folding->text, (int)found.len,
                 found.ptr, expected);
    values_end(&set);
}

static void values_are_folded_by_kind(void **state)
{
    static const struct folding foldings[] = {
        {LINK_FIRST_NAME, "  JOSÉ  María ", "jose maria"},
        {LINK_LAST_NAME, "O'Brien-Müller", "obrien muller"},
        {LINK_LAST_NAME, "Щербаков", "shcherbakov"},
        {LINK_FIRST_NAME, "محمد", "mhmd"},
        {LINK_FULL_NAME, "张伟", "zhangwei"},
        {LINK_EMAIL, " John.Smith@ACME.com\t", "john.smith@acme.com"},
        {LINK_PHONE, "+49 (30) 123-45-67", "49301234567"},
        {LINK_PHONE, "0049 30 1234567", "49301234567"},
        {LINK_PHONE, "00123456", "00123456"},
        {LINK_PHONE, "001234567", "1234567"},
        {LINK_DATE, "1985-03-12", "19850312"},
        {LINK_DATE, " 1985/03/12 ", "19850312"},
        {LINK_DATE, "circa 1985", "1985"},
        {LINK_POSTAL_CODE, "SW1A 1AA", "sw1a1aa"},
        {LINK_POSTAL_CODE, "D-10115", "10115"},
        {LINK_POSTAL_CODE, "60302-1234", "60302"},
        {LINK_STREET, "Hauptstraße 5a", "haupt st #5a"},
        {LINK_STREET, "5 A Hauptstr.", "haupt st #5a"},
        {LINK_STREET, "High Street", "high st"},
        {LINK_PLACE, "München", "munchen"},
        {LINK_COMPANY, "Müller & Sohn GmbH & Co. KG", "muller sohn"},
        {LINK_COMPANY, "ООО «Ромашка»", "romashka"},
        {LINK_COMPANY, "华为技术有限公司", "huaweijishu"},
        {LINK_ORGANISATION, "The Acme Corp.", "acme"},
        {LINK_DOMAIN, "https://www.Example.com/about", "example.com"},
        {LINK_DOMAIN, "sales@Example.com", "example.com"},
        {LINK_IDENTIFIER, "AB-123 456", "ab 123 456"},
        {LINK_NUMBER, " 1500.00 ", "1500"},
        {LINK_NUMBER, "1.5e3", "1500"},
        {LINK_NUMBER, "-0.25", "-0.25"},
        {LINK_NUMBER, "about 5", "about 5"},
        {LINK_COUNTRY, "Deutschland", "DE"},
        {LINK_COUNTRY, "Россия", "RU"},
        {LINK_COUNTRY, "us", "US"},
        {LINK_COUNTRY, "Élbonia", "elbonia"},
        {LINK_CATEGORY, "Non-Profit", "non profit"},
        {LINK_TEXT, "A Tale, of two Cities!", "a tale of two cities"},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(foldings); i++)
        assert_folding(&foldings[i]);
}

static void what_programs_write_for_nothing_is_no_value(void **state)
{
    static const char *const nothing[] = {"", "   ", "NULL", "null", "N/A", "n/a", "NaN", "nil", "Unknown", "TBD"};
    static const enum link_kind kinds[] = {LINK_FIRST_NAME, LINK_FULL_NAME, LINK_EMAIL,        LINK_PHONE,
                                           LINK_DATE,       LINK_STREET,    LINK_DOMAIN,       LINK_POSTAL_CODE,
                                           LINK_PLACE,      LINK_COMPANY,   LINK_ORGANISATION, LINK_NUMBER,
                                           LINK_IDENTIFIER, LINK_COUNTRY,   LINK_CATEGORY,     LINK_TEXT};
    static const struct folding others[] = {
        {LINK_FIRST_NAME, "- -", NULL},     {LINK_PHONE, "call me", NULL},       {LINK_DATE, "0000-00-00", NULL},
        {LINK_DOMAIN, "localhost", NULL},   {LINK_FIRST_NAME, "\xff\xfe", NULL}, {LINK_DATE, "unknown", NULL},
        {LINK_TEXT, "not available", NULL}, {LINK_FULL_NAME, ".,;", NULL},       {LINK_FIRST_NAME, "0", "0"},
    };
    (void)state;

    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        for (size_t i = 0; i < COUNT_OF(nothing); i++)
            assert_folding(&(struct folding){kinds[k], nothing[i], NULL});
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_folding(&others[i]);
}

static void equal_values_have_one_number(void **state)
{
    struct people_values set;
    (void)state;

    values_begin(&set, LINK_LAST_NAME);
    assert_int_equal(values_add(&set, "Müller"), 1);
    assert_int_equal(values_add(&set, "Meier"), 2);
    assert_int_equal(values_add(&set, "MULLER"), 1);
    assert_int_equal(values_add(&set, ""), 0);
    assert_int_equal(values_add(&set, "Щербаков"), 3);
    assert_int_equal(values_add(&set, "Shcherbakov"), 3);
    assert_int_equal(set.values.table.count, 3);
    values_end(&set);
}

static void names_are_taken_apart(void **state)
{
    static const char *const texts[] = {"Smith", "Smyth", "Jones", "Bob", "Robert", "77"};
    enum { SMITH, SMYTH, JONES, BOB, ROBERT, DIGITS };
    const struct link_value *values[COUNT_OF(texts)];
    struct people_values set;
    (void)state;

    values_begin(&set, LINK_FIRST_NAME);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_int_equal(values_add(&set, texts[i]), i + 1);
    values_weigh(&set, 1000);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        values[i] = link_value(&set.values, (uint32_t)i + 1);
    assert_true(values[SMITH]->name.sound[0] && values[SMITH]->name.sound[0] == values[SMYTH]->name.sound[0]);
    assert_true(values[SMITH]->name.sound[0] != values[JONES]->name.sound[0]);
    assert_true(values[SMITH]->name.skeleton && values[SMITH]->name.skeleton == values[SMYTH]->name.skeleton);
    assert_int_equal(values[BOB]->name.skeleton, 0); /* too few letters to say anything */
    assert_true(values[BOB]->name.nicknames[0] && values[ROBERT]->name.nicknames[0]);
    assert_int_equal(values[DIGITS]->name.sound[0], 0);
    assert_int_equal(values[DIGITS]->name.nicknames[0], 0);
    values_end(&set);
}

/* One value by itself, until the set ends. */
static const struct link_value *apart(struct people_values *set, enum link_kind kind, enum date_style dates,
                                      const char *text)
{
    values_begin(set, kind);
    set->values.dates = dates;
    assert_int_equal(values_add(set, text), 1);
    values_weigh(set, 1000);
    return link_value(&set->values, 1);
}

static void dates_are_taken_apart(void **state)
{
    struct people_values set;
    const struct link_value *value = apart(&set, LINK_DATE, DATE_DAY_FIRST, "12/03/1985");
    (void)state;

    assert_true(value->date.year == 1985 && value->date.month == 3 && value->date.day == 12);
    values_end(&set);
    value = apart(&set, LINK_DATE, DATE_MONTH_FIRST, "12/03/1985");
    assert_true(value->date.year == 1985 && value->date.month == 12 && value->date.day == 3);
    values_end(&set);
    value = apart(&set, LINK_DATE, DATE_DAY_FIRST, "31/02/1985");
    assert_true(value->date.year == 0 && value->date.month == 0 && value->date.day == 0);
    values_end(&set);
}

static void addresses_for_mail_are_taken_apart(void **state)
{
    static const struct {
        const char *text;
        uint32_t user_length;
        bool domain;
    } addresses[] = {
        {"a.b@acme.com", 3, true},     {"a.b@gmail.com", 3, false}, /* everybody's */
        {"\"a@b\"@acme.com", 5, true}, {"nobody", 6, false},        {"@acme.com", 0, true},
    };
    struct people_values set;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(addresses); i++) {
        const struct link_value *value = apart(&set, LINK_EMAIL, DATE_EMPTY, addresses[i].text);

        assert_int_equal(value->email.user_length, addresses[i].user_length);
        assert_int_equal(value->email.domain != 0, addresses[i].domain);
        values_end(&set);
    }
    values_begin(&set, LINK_EMAIL);
    values_add(&set, "a@acme.com");
    values_add(&set, "b@ACME.com");
    values_add(&set, "a@bolt.com");
    values_weigh(&set, 3);
    assert_true(link_value(&set.values, 1)->email.domain == link_value(&set.values, 2)->email.domain);
    assert_true(link_value(&set.values, 1)->email.domain != link_value(&set.values, 3)->email.domain);
    values_end(&set);
}

static void codes_and_numbers_are_taken_apart(void **state)
{
    static const struct {
        const char *text;
        size_t district;
    } codes[] = {{"SW1A 1AA", 4}, {"10115", 3}, {"K1A 0B1", 3}, {"1012 AB", 4}, {"no code", 0}};
    static const struct {
        const char *text;
        double number;
    } numbers[] = {{"12.50", 12.5}, {"-3", -3},    {"12,50", NAN}, {"inf", NAN},
                   {"1e999", NAN},  {"0x10", NAN}, {"12 ", 12},    {"1 2", NAN}};
    struct people_values set;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        assert_int_equal(apart(&set, LINK_POSTAL_CODE, DATE_EMPTY, codes[i].text)->district, codes[i].district);
        values_end(&set);
    }
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        const double number = apart(&set, LINK_NUMBER, DATE_EMPTY, numbers[i].text)->number;

        if (isnan(numbers[i].number) ? !isnan(number) : !(fabs(number - numbers[i].number) < 1e-12))
            fail_msg("'%s' is %g", numbers[i].text, number);
        values_end(&set);
    }
}

static bool near(float weight, double expected)
{
    return fabs((double)weight - expected) < 1e-4;
}

static void words_are_counted_and_weighed(void **state)
{
    struct people_values set;
    char many[200] = "";
    (void)state;

    for (int i = 0; i < LINK_WORDS + 8; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "w%d ", i);
    values_begin(&set, LINK_TEXT);
    const uint32_t green = values_add(&set, "Green tea");
    values_add(&set, "green TEA");
    const uint32_t black = values_add(&set, "black tea");
    const uint32_t crowd = values_add(&set, many);
    values_weigh(&set, 1000);

    /* "tea" is in three records, "green" in two, "black" in one: log2(1001 / (n + 0.5)) bits */
    const struct link_value *value = link_value(&set.values, green);
    const struct link_word *tea = &set.values.word_items[set.values.words_of[value->words.first + 1]];
    assert_true(slice_equal_cstr(tea->text, "tea"));
    assert_int_equal(tea->uses, 3);
    assert_true(near(tea->weight, log2(1001 / 3.5)));
    assert_true(near(value->words.weight, log2(1001 / 2.5) + log2(1001 / 3.5)));
    assert_true(near(link_value(&set.values, black)->words.weight, log2(1001 / 1.5) + log2(1001 / 3.5)));
    assert_int_equal(link_value(&set.values, crowd)->words.count, LINK_WORDS);
    assert_int_equal(value->words.count, 2);
    values_end(&set);

    /* a word that all records have still weighs something */
    values_begin(&set, LINK_TEXT);
    values_add(&set, "tea");
    set.counts[1] = 1000;
    values_weigh(&set, 1000);
    assert_true(near(link_value(&set.values, 1)->words.weight, 0.3));
    values_end(&set);
}

static void numbers_of_houses_are_no_words(void **state)
{
    struct people_values set;
    (void)state;

    values_begin(&set, LINK_STREET);
    values_add(&set, "5 High Street");
    values_add(&set, "High St. 6");
    values_add(&set, "High Street");
    values_weigh(&set, 3);
    const struct link_value *five = link_value(&set.values, 1), *six = link_value(&set.values, 2),
                            *none = link_value(&set.values, 3);
    assert_true(five->words.count == 2 && six->words.count == 2 && none->words.count == 2);
    assert_true(five->words.number && six->words.number && five->words.number != six->words.number);
    assert_int_equal(none->words.number, 0);
    assert_int_equal(set.values.table.count, 3);
    values_end(&set);
}

static void assert_inside(const struct link_values *values, uint32_t id)
{
    const struct slice folded = link_value_text(values, id);
    const struct link_value *value = link_value(values, id);

    assert_true(folded.len > 0);
    if (values->kind == LINK_EMAIL)
        assert_true(value->email.user_length <= folded.len);
    if (values->kind == LINK_POSTAL_CODE)
        assert_true(value->district <= folded.len);
    if (values->kind == LINK_TEXT)
        assert_true(value->words.count <= LINK_WORDS && value->words.first + value->words.count <= values->words_count);
}

/* Any bytes are taken: no value, or one whose parts lie inside it. */
static void hostile_values(void **state)
{
    static const char alphabet[] = "a@.-/ #0159:\xc3\xa9\xd0\xa9\xe5\xbc\xa0\xff\x01";
    static uint32_t counts[3001];
    uint64_t seed = 5;
    (void)state;

    for (int kind = 0; kind < LINK_KINDS; kind++) {
        struct people_values set;

        values_begin(&set, (enum link_kind)kind);
        for (int i = 0; i < 3000; i++) {
            char text[300];
            const size_t length = people_draw(&seed, i % 50 ? 24 : sizeof text);

            for (size_t k = 0; k < length; k++)
                text[k] = i % 7 ? alphabet[people_draw(&seed, sizeof alphabet)] : (char)link_random(&seed);
            const uint32_t id = link_values_add(&set.values, &set.folder, (struct slice){text, length}, &set.err);
            assert_true(id != LINK_NO_VALUE && id <= set.values.table.count);
        }
        assert_int_equal(link_values_weigh(&set.values, counts, 3000), 0);
        for (uint32_t id = 1; id <= set.values.table.count; id++)
            assert_inside(&set.values, id);
        values_end(&set);
    }
}

static void a_value_may_hold_any_byte(void **state)
{
    struct people_values set;
    (void)state;

    values_begin(&set, LINK_NUMBER);
    const uint32_t whole = link_values_add(&set.values, &set.folder, SLICE("12"), &set.err);
    const uint32_t cut = link_values_add(&set.values, &set.folder, SLICE("12\0abc"), &set.err);
    assert_true(whole != cut);
    values_end(&set);
}

static void kinds_and_levels_have_names(void **state)
{
    (void)state;
    for (int kind = 0; kind < LINK_KINDS; kind++) {
        const char *name = link_kind_name((enum link_kind)kind);
        const size_t levels = link_kind_levels((enum link_kind)kind);

        assert_int_equal(link_kind_find(name, strlen(name)), kind);
        assert_true(levels >= 3 && levels <= LINK_LEVELS);
        assert_string_equal(link_level_name((enum link_kind)kind, LINK_MISSING), "missing");
        assert_string_equal(link_level_name((enum link_kind)kind, LINK_ELSE), "else");
        assert_string_equal(link_level_name((enum link_kind)kind, (unsigned)levels - 1), "exact");
    }
    assert_int_equal(link_kind_find("nam", 3), -1);
    assert_int_equal(link_kind_find("names", 5), -1);
    assert_int_equal(link_kind_find("", 0), -1);
}

#if PEOPLE_FAULTS
struct faulty {
    enum link_kind kind;
    uint64_t length; /* of all folded texts; 0: not known yet */
};

static int add_values(void *context, struct error *err)
{
    static const char *const texts[] = {"Müller & Söhne 5, Hauptstraße, 10115 Berlin, Deutschland, der Rest ist lang",
                                        "1985-03-12", "müller@example.com", "Россия"};
    struct faulty *faulty = context;
    struct link_values values;
    struct link_folder folder;
    uint32_t counts[8] = {0};
    uint64_t length = 0;
    int failed = 0;

    link_values_init(&values, faulty->kind);
    values.dates = DATE_YEAR_FIRST;
    link_folder_init(&folder);
    for (size_t i = 0; !failed && i < COUNT_OF(texts); i++) {
        const uint32_t id = link_values_add(&values, &folder, slice_from_cstr(texts[i]), err);

        failed = id == LINK_NO_VALUE ? -1 : 0;
        counts[failed ? 0 : id]++;
    }
    if (!failed && link_values_weigh(&values, counts, 4))
        failed = error_memory(err);
    for (uint32_t id = 1; !failed && id <= values.table.count; id++)
        length = length * 31 + link_value_text(&values, id).len;
    link_folder_fini(&folder);
    link_values_fini(&values);
    if (!faulty->length)
        faulty->length = length;
    return failed ? -1 : length != faulty->length;
}
#endif

static void failed_allocations(void **state)
{
    (void)state;
#if PEOPLE_FAULTS
    for (int kind = 0; kind < LINK_KINDS; kind++) {
        struct faulty faulty = {.kind = (enum link_kind)kind};

        assert_true(faults_each(add_values, &faulty) > 2);
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_folded_by_kind),
        cmocka_unit_test(what_programs_write_for_nothing_is_no_value),
        cmocka_unit_test(equal_values_have_one_number),
        cmocka_unit_test(names_are_taken_apart),
        cmocka_unit_test(dates_are_taken_apart),
        cmocka_unit_test(addresses_for_mail_are_taken_apart),
        cmocka_unit_test(codes_and_numbers_are_taken_apart),
        cmocka_unit_test(words_are_counted_and_weighed),
        cmocka_unit_test(numbers_of_houses_are_no_words),
        cmocka_unit_test(hostile_values),
        cmocka_unit_test(a_value_may_hold_any_byte),
        cmocka_unit_test(kinds_and_levels_have_names),
        cmocka_unit_test(failed_allocations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
