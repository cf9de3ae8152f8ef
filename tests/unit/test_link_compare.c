/* Levels of comparisons, kind by kind. Likenesses behind them were computed apart (Jaro-Winkler by jellyfish; shares of
 * words by hand) and stand beside the pairs. */
#include "link_people.h"

#include <math.h>

#include "value/similarity.h"

struct pair {
    const char *a, *b, *level;
};

/* The level of two values in a list of 1,000 records that has each of them once, the same both ways. */
static unsigned level_of(enum link_kind kind, const char *a, const char *b)
{
    struct people_values set;

    values_begin(&set, kind);
    const uint32_t ida = values_add(&set, a), idb = values_add(&set, b);
    values_weigh(&set, 1000);
    unsigned level = LINK_MISSING;
    if (ida && idb)
        level = ida == idb ? (unsigned)link_kind_levels(kind) - 1 : link_compare_values(&set.values, kind, ida, idb);
    if (ida && idb && ida != idb && link_compare_values(&set.values, kind, idb, ida) != level)
        fail_msg("%s '%s' and '%s': %s, but not the other way round", link_kind_name(kind), a, b,
                 link_level_name(kind, level));
    values_end(&set);
    return level;
}

static void assert_levels(enum link_kind kind, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *found = link_level_name(kind, level_of(kind, pairs[i].a, pairs[i].b));

        if (strcmp(found, pairs[i].level) != 0)
            fail_msg("%s '%s' and '%s': %s instead of %s", link_kind_name(kind), pairs[i].a, pairs[i].b, found,
                     pairs[i].level);
    }
}

static void names(void **state)
{
    static const struct pair pairs[] = {
        {"", "John", "missing"},
        {"John", "john", "exact"},
        {"Müller", "MULLER", "exact"},
        {"Щербаков", "Shcherbakov", "exact"},
        {"J.", "John", "initial"},
        {"john", "J", "initial"},
        {"K", "John", "else"},
        {"J", "K", "else"},
        {"Martha", "Marhta", "near"},          /* .9611 */
        {"John", "Jon", "near"},               /* .9333 */
        {"Thompson", "Thomson", "near"},       /* .9750 */
        {"张伟", "Zhang Wei", "near"},         /* zhangwei, zhang wei: .9778 */
        {"Щербаков", "Щербакова", "near"},     /* .9833 */
        {"Щербаков", "Scherbakow", "variant"}, /* .8821, one skeleton */
        {"محمد", "Mohammed", "variant"},       /* mhmd: .7375 */
        {"Mohamed", "Muhammad", "variant"},    /* .8018 */
        {"Чайковский", "Tchaikovsky", "variant"},
        {"يوسف", "Youssef", "variant"},    /* yusf: .7536 */
        {"Robert", "Bob", "variant"},      /* .5000 */
        {"Aleksandr", "Sasha", "variant"}, /* .6444 */
        {"Maria", "Maria Carmen", "variant"},
        {"Carmen", "Maria Carmen", "variant"},
        {"Dwayne", "Duane", "similar"},   /* .8400 */
        {"Dixon", "Dicksonx", "similar"}, /* .8133 */
        {"Smith", "Schmidt", "similar"},  /* .7364; the second sound of one is the first of the other */
        {"Knight", "Nite", "similar"},    /* .6111, one sound */
        {"Smith", "Jones", "else"},
        {"Maria", "Mariachi Carmen", "similar"}, /* no word of the other */
        {"0", "1", "else"},
    };
    (void)state;

    assert_levels(LINK_FIRST_NAME, pairs, COUNT_OF(pairs));
    assert_levels(LINK_LAST_NAME, pairs, COUNT_OF(pairs));
}

/* In a list of 1,000 a word that both values have weighs log2(1001 / 2.5) = 8.645 bits, one of a single value
 * log2(1001 / 1.5) = 9.382. The share is Dice's, twice the common weight by both weights; or, of a value of w bits
 * inside the other, 0.75 min(1, w / 12) of its own share, where that is more. */
static void full_names_companies_and_texts(void **state)
{
    static const struct pair pairs[] = {
        {"John Smith", "Smith, John", "near"},               /* 1 */
        {"John Smith", "JOHN SMITH", "exact"},               /* */
        {"Ann Thomson", "Ann Thompson", "near"},             /* .975 of two words: (17.29 + 18.29) / 36.05 = .987 */
        {"Jon Smith", "John Smith", "weak"},                 /* three letters are too few to be near: .480 */
        {"John Smith", "J Smith", "similar"},                /* j is john at .6: (17.29 + 11.26) / 36.05 = .792 */
        {"John Smith", "John", "half"},                      /* 17.29 / 26.67 = .648 */
        {"John Smith", "John Miller", "weak"},               /* 17.29 / 36.05 = .480 */
        {"John Smith", "Mary Miller", "else"},               /* 0 */
        {"Anna Maria Lopez Perez", "Anna Lopez", "similar"}, /* .648, and inside: .75 min(1, 17.29 / 12) = .750 */
        {"张伟", "Zhang Wei", "half"},                       /* zhang begins zhangwei at .85: 15.95 / 28.15 = .567 */
    };
    static const struct pair companies[] = {
        {"Müller & Sohn GmbH", "Mueller und Sohn", "near"}, /* muller is mueller at .957: (17.29 + 17.96) / 36.05 */
        {"Müller GmbH", "Muller AG", "exact"},
        {"ООО «Ромашка»", "Romashka LLC", "exact"},
        {"华为技术有限公司", "华为技术", "exact"},
        {"Acme Corp.", "ACME Corporation", "exact"},
        {"Acme Berlin GmbH", "Acme GmbH", "half"}, /* 17.29 / 26.67 = .648 */
        {"Acme Berlin", "Acme Hamburg", "weak"},   /* .480 */
        {"Acme", "Apex", "else"},
    };
    static const struct pair texts[] = {
        {"one two three four five six", "one two three four five six seven", "near"}, /* .917 */
        {"one two three four five six", "one two three four five eleven", "similar"}, /* .822 */
        {"one two three four", "one two three eleven", "half"},                       /* .734 */
        {"one two three", "one eleven ninety", "else"},                               /* .315 */
        {"alpha", "alpha beta gamma delta epsilon zeta", "weak"}, /* .287; inside .75 * 8.645 / 12 = .540 */
        {"a", "b", "else"},
    };
    (void)state;

    assert_levels(LINK_FULL_NAME, pairs, COUNT_OF(pairs));
    assert_levels(LINK_COMPANY, companies, COUNT_OF(companies));
    assert_levels(LINK_ORGANISATION, companies, COUNT_OF(companies));
    assert_levels(LINK_TEXT, texts, COUNT_OF(texts));
}

static void emails(void **state)
{
    static const struct pair pairs[] = {
        {"John@ACME.com", "john@acme.com", "exact"},
        {"john.smith@acme.com", "jon.smith@acme.com", "near"},        /* .9415, one slip */
        {"john.smith@acme.com", "john.smith@acme.co", "near"},        /* one slip at the end */
        {"john.smith@gmail.com", "john.smith@web.de", "user"},        /* more than two slips */
        {"john.smith@gmail.com", "john.smyth@web.de", "user-like"},   /* the users are at .9600 */
        {"mary.hughes7@web.de", "mary.hughes12@web.de", "user-like"}, /* other digits: two slips, two people */
        {"mary.hughes@web.de", "mary.hughes1@web.de", "user-like"},
        {"mary.hughes84@web.de", "mary.hugehs84@web.de", "near"},
        {"m.hughes@web2.de", "m.hughes@web3.de", "near"}, /* digits of the domain */
        {"john@acme.com", "mary@acme.com", "domain"},
        {"a@x.com", "b@x.com", "domain"},             /* .9048 */
        {"john@gmail.com", "mary@gmail.com", "else"}, /* everybody's */
        {"john@acme.com", "mary@bolt.com", "else"},
        {"info@acme.com", "info@bolt-works.org", "else"}, /* two offices */
        {"orders@acme.com", "order@bolt-works.org", "else"},
        {"info@acme.com", "info@acme.co", "near"},
        {"sales@acme.com", "info@acme.com", "domain"},
        {"infos.meyer@acme.com", "infos.meyer@bolt-works.org", "user"}, /* of a person */
        {"@acme.com", "@bolt.org", "else"},                             /* no user is no user in common */
        {"@acme.com", "john@acme.com", "domain"},
        {"n/a", "john@acme.com", "missing"},
    };
    (void)state;

    assert_levels(LINK_EMAIL, pairs, COUNT_OF(pairs));
}

static void phones(void **state)
{
    static const struct pair pairs[] = {
        {"+49 30 1234567", "0049301234567", "exact"},
        {"+49 30 1234567", "030 1234567", "tail"}, /* the last nine digits */
        {"8 (495) 123-45-67", "+7 495 1234567", "tail"},
        {"030 1234567", "1234567", "tail"}, /* a number without its area */
        {"1234567", "1234568", "near"},
        {"4930123456", "4930132456", "near"}, /* neighbours exchanged */
        {"+49 30 1234567", "+49 30 1234657", "near"},
        {"+44 20 7946 0958", "+44 21 7946 0958", "near"}, /* eight digits are not nine */
        {"123456", "123457", "else"},                     /* too short to tell */
        {"030 1234567", "040 7654321", "else"},
        {"4930123456", "4930125655", "else"},
    };
    (void)state;

    assert_levels(LINK_PHONE, pairs, COUNT_OF(pairs));
}

static void dates(void **state)
{
    static const struct pair pairs[] = {
        {"1985-03-12", "1985/03/12", "exact"},     {"1985-03-12", "1985-03-21", "near"}, /* neighbours exchanged */
        {"1985-03-12", "1958-03-12", "near"},                                            /* likewise */
        {"1985-03-12", "1985-03-13", "near"},                                            /* another digit */
        {"1985-03-04", "1985-04-03", "near"},                                            /* day and month */
        {"1985-01-01", "1985-07-23", "year-only"},                                       /* the year was known */
        {"1985-03-12", "1985-03-29", "two-parts"},                                       /* year and month */
        {"1985-03-12", "1985-11-12", "two-parts"},                                       /* year and day */
        {"1985-03-12", "1963-03-12", "two-parts"},                                       /* month and day */
        {"1985-03-12", "1985-07-29", "year"},      {"1985-03-12", "1964-11-29", "else"},
        {"1985-03-12", "1964-03-29", "else"}, /* the month alone */
        {"1985-01-01", "1964-07-23", "else"},      {"1985", "1985-03-12", "else"},
        {"0000-00-00", "1985-03-12", "missing"},
    };
    (void)state;

    assert_levels(LINK_DATE, pairs, COUNT_OF(pairs));
}

static void postal_codes(void **state)
{
    static const struct pair pairs[] = {
        {"SW1A 1AA", "sw1a1aa", "exact"},     {"D-10115", "10115", "exact"},    {"60302-1234", "60302", "exact"},
        {"SW1A 1AA", "SW1A 2AA", "near"},     {"10115", "10151", "near"},     /* neighbours exchanged */
        {"SW1A 1AA", "SW1A 2BB", "district"}, {"10115", "10178", "district"}, /* the first three digits */
        {"60302", "60399", "district"},       {"SW1A 1AA", "SW2A 2BB", "else"}, {"10115", "20095", "else"},
        {"SW1A 1AA", "10115", "else"},
    };
    (void)state;

    assert_levels(LINK_POSTAL_CODE, pairs, COUNT_OF(pairs));
}

/* Weights as for texts; the number of the house is no word. */
static void streets(void **state)
{
    static const struct pair pairs[] = {
        {"Hauptstraße 5a", "5a Hauptstr.", "exact"},
        {"Hauptstraße 5", "Hauptstraße 7", "neighbour"},     /* 1, but another number */
        {"Hauptstraße 5", "Hauptstraße", "near"},            /* 1, and no number against it */
        {"Hauptstraße 5", "Haubtstraße 5", "near"},          /* haubt is haupt at .8933: .946 */
        {"5 Long Acre Lane", "5 Long Acre", "similar"},      /* (17.29 * 2) / (17.29 * 2 + 9.38) = .787 */
        {"12 King Edward Street", "King Street", "similar"}, /* the same share; one number is missing */
        {"King Road", "King Avenue", "weak"},                /* .480 */
        {"5 King Road", "7 King Avenue", "else"},            /* another number */
        {"5 King Road", "5 Mill Avenue", "weak"},            /* the number alone */
        {"King Road", "Mill Avenue", "else"},
        {"5 King Road", "7 Mill Avenue", "else"},
    };
    (void)state;

    assert_levels(LINK_STREET, pairs, COUNT_OF(pairs));
}

static void places_domains_and_identifiers(void **state)
{
    static const struct pair places[] = {
        {"München", "MUNCHEN", "exact"},
        {"Berlin", "Berlim", "near"},                  /* .9333 */
        {"Muenchen", "München", "similar"},            /* .8905 */
        {"Frankfurt am Main", "Frankfurt", "similar"}, /* .9059 */
        {"London", "Londres", "similar"},              /* .8476 */
        {"Köln", "Cologne", "else"},                   /* .7262 */
    };
    static const struct pair domains[] = {
        {"https://www.acme.com/x", "ACME.com", "exact"},
        {"acme.com", "acne.com", "near"},
        {"acme.com", "amce.com", "near"},
        {"acme.com", "acme.org", "else"},
    };
    static const struct pair identifiers[] = {
        {"AB 123456", "ab-123456", "exact"}, {"1234567", "1234576", "near"}, {"1234567", "123456", "near"},
        {"1234567", "1234500", "else"},      {"1234", "1235", "else"}, /* too short to tell */
    };
    (void)state;

    assert_levels(LINK_PLACE, places, COUNT_OF(places));
    assert_levels(LINK_DOMAIN, domains, COUNT_OF(domains));
    assert_levels(LINK_IDENTIFIER, identifiers, COUNT_OF(identifiers));
}

static void numbers_countries_and_categories(void **state)
{
    static const struct pair numbers[] = {
        {"1500", "1500.00", "exact"}, {"100", "99", "hundredth"}, {"-100", "-99.5", "hundredth"},
        {"100", "98.9", "tenth"},     {"100", "90", "tenth"},     {"100", "89.9", "else"},
        {"100", "-100", "else"},      {"0", "1", "else"},         {"0", "0.0", "exact"},
        {"many", "1500", "else"},     {"many", "few", "else"},    {"1e300", "1.05e300", "tenth"},
    };
    static const struct pair countries[] = {
        {"Germany", "Deutschland", "exact"}, {"RU", "Россия", "exact"},      {"USA", "United States", "exact"},
        {"Germany", "France", "else"},       {"Elbonia", "Elbonja", "else"},
    };
    static const struct pair categories[] = {
        {"Retail", "retail", "exact"},
        {"Retail", "Retall", "else"},
    };
    (void)state;

    assert_levels(LINK_NUMBER, numbers, COUNT_OF(numbers));
    assert_levels(LINK_COUNTRY, countries, COUNT_OF(countries));
    assert_levels(LINK_CATEGORY, categories, COUNT_OF(categories));
}

static void likeness_of_words(void **state)
{
    static const struct {
        const char *a, *b;
        double likeness;
    } pairs[] = {
        {"haupt", "haupt", 1},        {"h", "haupt", 0.6},    {"ha", "haupt", 0}, {"hau", "haupt", 0.85},
        {"martha", "marhta", 0.9611}, {"dwayne", "duane", 0}, {"abc", "abd", 0},  {"1234", "1235", 0},
        {"1234", "1234", 1},          {"", "haupt", 0},       {"", "", 0},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const struct slice a = slice_from_cstr(pairs[i].a), b = slice_from_cstr(pairs[i].b);
        const double forth = link_word_likeness(a, b), back = link_word_likeness(b, a);

        if (fabs(forth - pairs[i].likeness) > 1e-4 || fabs(back - pairs[i].likeness) > 1e-4)
            fail_msg("'%s' and '%s': %g and %g instead of %g", pairs[i].a, pairs[i].b, forth, back, pairs[i].likeness);
    }
}

/* Of a text one that is like it: some letters are others, gone, or there in addition. */
static void spoil(char *text, size_t size, uint64_t *seed)
{
    for (size_t slips = people_draw(seed, 5); slips; slips--) {
        const size_t length = strlen(text), at = people_draw(seed, length ? length : 1);

        if (people_draw(seed, 3) == 0 && length + 2 < size)
            memmove(text + at + 1, text + at, length - at + 1);
        else if (people_draw(seed, 2) == 0 && length > 3)
            memmove(text + at, text + at + 1, length - at);
        if (text[at] && text[at] != '@')
            text[at] = (char)('a' + people_draw(seed, 12));
    }
}

/* What letters are compared for first only saves time: levels are those of the measures alone. */
static void letters_settle_nothing(void **state)
{
    static const char *const endings[] = {"@gmail.com", "@web.de", "@acme.com"};
    uint64_t seed = 5;
    size_t near = 0, alike = 0;
    (void)state;

    for (int i = 0; i < 60000; i++) {
        char a[40], b[40];
        const size_t length = 2 + people_draw(&seed, 12);

        for (size_t c = 0; c < length; c++)
            a[c] = (char)('a' + people_draw(&seed, 12));
        strcpy(a + length, i % 2 ? endings[people_draw(&seed, COUNT_OF(endings))] : "");
        strcpy(b, a);
        spoil(b, sizeof b, &seed);
        const struct slice x = slice_from_cstr(a), y = slice_from_cstr(b);
        if (slice_equal(x, y) || y.len < 2 || (i % 2 && !strchr(b, '@')))
            continue;
        const double likeness = similarity_jaro_winkler(x, y);
        if (i % 2) {
            const unsigned level = level_of(LINK_EMAIL, a, b);
            const struct slice user_x = {a, (size_t)(strrchr(a, '@') - a)}, user_y = {b, (size_t)(strrchr(b, '@') - b)};
            const bool is_near = likeness >= 0.92 && similarity_edits(x, y, 2) <= 2;

            assert_int_equal(level == 5, is_near);
            assert_true(is_near || slice_equal(user_x, user_y) || user_x.len == 0 || user_y.len == 0 ||
                        (level == LINK_EMAIL_USER_LIKE) == (similarity_jaro_winkler(user_x, user_y) >= 0.88));
            near += is_near;
        } else {
            const unsigned level = level_of(LINK_LAST_NAME, a, b);

            assert_int_equal(level == 5, likeness >= 0.92);
            assert_true(level >= 3 || likeness < 0.8);
            alike += likeness >= 0.8 && likeness < 0.92;
        }
    }
    assert_true(near > 1000 && alike > 1000);
}

/* Any two values of any kind have a level between "else" and the one before "exact", the same both ways. */
static void any_values(void **state)
{
    static const char alphabet[] = "ab@. -#1059\xc3\xa9\xd0\xa9\xe5\xbc\xa0";
    uint64_t seed = 11;
    (void)state;

    for (int k = 0; k < LINK_KINDS; k++) {
        const enum link_kind kind = (enum link_kind)k;
        struct people_values set;

        values_begin(&set, kind);
        for (int i = 0; i < 120; i++) {
            char text[80];
            const size_t length = people_draw(&seed, i % 10 ? 16 : sizeof text - 1);

            for (size_t c = 0; c < length; c++)
                text[c] = alphabet[people_draw(&seed, sizeof alphabet - 1)];
            text[length] = '\0';
            values_add(&set, text);
        }
        values_weigh(&set, 1000);
        for (uint32_t a = 1; a <= set.values.table.count; a++)
            for (uint32_t b = 1; b < a; b++) {
                const unsigned level = link_compare_values(&set.values, kind, a, b);

                assert_true(level >= LINK_ELSE && level + 1 < link_kind_levels(kind));
                assert_int_equal(link_compare_values(&set.values, kind, a, b), level);
            }
        values_end(&set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(full_names_companies_and_texts),
        cmocka_unit_test(emails),
        cmocka_unit_test(phones),
        cmocka_unit_test(dates),
        cmocka_unit_test(postal_codes),
        cmocka_unit_test(streets),
        cmocka_unit_test(places_domains_and_identifiers),
        cmocka_unit_test(numbers_countries_and_categories),
        cmocka_unit_test(likeness_of_words),
        cmocka_unit_test(letters_settle_nothing),
        cmocka_unit_test(any_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
