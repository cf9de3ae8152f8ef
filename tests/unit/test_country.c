/* Countries: names written by hand in many languages, every name of ISO 3166-1 as iso-codes has it, what is no answer,
 * and the hints of forty regions as their people write. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "value/country.h"

static int set_up(void **state)
{
    struct error err;
    struct country_index *index;

    if (country_index_new(&index, &err))
        return -1;
    *state = index;
    return 0;
}

static int tear_down(void **state)
{
    country_index_free(*state);
    return 0;
}

static const struct {
    const char *code;
    const char *names;
} names[] = {
    {"AE", "AE|ARE|UAE|U.A.E.|Emirates|United Arab Emirates|ОАЭ|Объединенные Арабские Эмираты|阿联酋|"
           "阿拉伯联合酋长国|الإمارات|الإمارات العربية المتحدة|Vereinigte Arabische Emirate|VAE|Émirats arabes unis|"
           "Emiratos Árabes Unidos|Emirados Árabes Unidos"},
    {"AT", "AT|AUT|Austria|Österreich|Oesterreich|Австрия|奥地利|النمسا|Autriche|Áustria"},
    {"BR", "Brazil|Brasil|Бразилия|巴西|البرازيل|Brasilien|Brésil"},
    {"BY", "Belarus|Беларусь|Белоруссия|Республика Беларусь|Weißrussland|Belorussia|白俄罗斯"},
    {"CD", "DRC|DR Congo|Congo - Kinshasa|Congo, Democratic Republic of the|ДР Конго"},
    {"CG", "Republic of the Congo|Congo - Brazzaville"},
    {"CH", "Switzerland|Schweiz|Suisse|Svizzera|Швейцария|瑞士|سويسرا|Suiza|Suíça|CHE"},
    {"CI", "Ivory Coast|Côte d'Ivoire|Cote d’Ivoire|COTE DIVOIRE|Кот-д’Ивуар|科特迪瓦"},
    {"CN", "China|CN|CHN|中国|中國|Китай|КНР|الصين|Chine|P.R. China|PRC|People's Republic of China|中华人民共和国"},
    {"CR", "CR|CRI|cr|Costa Rica"},
    {"CZ",
     "ČR|Czechia|Czech Republic|Česko|Česká republika|Чехия|Чешская Республика|捷克|Tschechien|République tchèque"},
    {"DE", "Germany|germany|GERMANY|Deutschland|DE|de|DEU|Германия|德国|德國|ألمانيا|Allemagne|Alemania|Alemanha|BRD"},
    {"EG", "Egypt|مصر|Египет|埃及|Ägypten|Égypte"},
    {"ES", "Spain|España|Espana|Испания|西班牙|إسبانيا|Spanien|Espagne|Espanha"},
    {"FR", "France|Франция|法国|فرنسا|Frankreich|Francia|França"},
    {"GB", "GB|GBR|UK|U.K.|United Kingdom|Great Britain|England|england|Scotland|Wales|Northern "
           "Ireland|Великобритания|Англия|"
           "英国|英國|المملكة المتحدة|Großbritannien|Vereinigtes Königreich|Royaume-Uni|Reino Unido"},
    {"GE", "Georgia|GE|GEO|Грузия|საქართველო|Georgien|格鲁吉亚"},
    {"GR", "Greece|Ελλάδα|Греция|Griechenland|Hellas"},
    {"HK", "Hong Kong|Hongkong|香港|Гонконг|Hong Kong SAR China"},
    {"IL", "Israel|ישראל|Израиль"},
    {"IN", "India|भारत|Индия|印度|الهند|Indien|Inde"},
    {"IR", "Iran|Iran, Islamic Republic of|ایران|Иран"},
    {"JP", "Japan|日本|Япония|اليابان|Japon|Japón|JPN"},
    {"KG", "Kyrgyzstan|Киргизия|Кыргызстан|Киргизстан|Кыргызская Республика"},
    {"KP", "North Korea|КНДР|朝鲜|Korea, Democratic People's Republic of"},
    {"KR", "South Korea|Korea, Republic of|Republic of Korea|Korea (South)|대한민국|한국|Южная Корея|Республика Корея|"
           "韩国|韓國|南韩|Südkorea|Corée du Sud|Corea del Sur|Coreia do Sul|كوريا الجنوبية"},
    {"KZ", "Kazakhstan|Казахстан|Қазақстан|Республика Казахстан|Republic of Kazakhstan|哈萨克斯坦"},
    {"MA", "Morocco|Maroc|المغرب|Марокко"},
    {"MD", "Moldova|Молдова|Молдавия|Moldova, Republic of"},
    {"MK", "North Macedonia|Macedonia|Македония|FYROM"},
    {"MM", "Myanmar|Burma|Myanmar (Burma)|Мьянма|缅甸"},
    {"NA", "NA|NAM|Namibia|Намибия"},
    {"NL", "Netherlands|The Netherlands|Holland|Nederland|Нидерланды|Голландия|荷兰|هولندا|Niederlande|Pays-Bas|"
           "Países Bajos|Países Baixos"},
    {"PL", "Poland|Polska|Польша|波兰|Polen|Pologne"},
    {"RU", "RU|RUS|Russia|Russian Federation|РФ|Россия|россия|Российская "
           "Федерация|俄罗斯|روسيا|Russland|Russie|Rusia|Rússia"},
    {"SA", "Saudi Arabia|KSA|السعودية|المملكة العربية السعودية|Саудовская Аравия|沙特阿拉伯"},
    {"SE", "Sweden|Sverige|Швеция|Schweden|Suède"},
    {"TR", "Turkey|Türkiye|Turkiye|TÜRKİYE|Турция|土耳其|تركيا|Türkei|Turquie|Turquía"},
    {"TW", "Taiwan|台湾|台灣|臺灣|Тайвань|Taiwan, Province of China"},
    {"UA", "Ukraine|Україна|Украина|乌克兰|أوكرانيا"},
    {"US", "US|USA|U.S.|U.S.A.|United States|United States of America|the United States|America|США|"
           "Соединенные Штаты|Соединённые Штаты Америки|美国|美國|الولايات المتحدة|الولايات المتحدة الأمريكية|"
           "Vereinigte Staaten|États-Unis|Etats Unis|Estados Unidos|EE.UU.|EE. UU.|EUA"},
    {"UZ", "Uzbekistan|Узбекистан|Oʻzbekiston|O'zbekiston"},
    {"VA", "Vatican|Holy See|Ватикан|Vatican City"},
    {"VN", "Vietnam|Viet Nam|Việt Nam|Вьетнам|越南"},
    {"XK", "Kosovo|Косово"},
    {"ZA", "South Africa|ЮАР|Südafrika|南非"},
};

static void finds_names(void **state)
{
    int failures = 0;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (const char *at = names[i].names; *at;) {
            size_t length = strcspn(at, "|");
            char code[3] = "";
            if (!country_find(*state, (struct slice){at, length}, code) || strcmp(code, names[i].code) != 0) {
                print_message("'%.*s' is '%s', not %s\n", (int)length, at, code, names[i].code);
                failures++;
            }
            at += length + (at[length] == '|');
        }
    assert_int_equal(failures, 0);
}

static void leaves_the_rest_alone(void **state)
{
    static const char *const texts[] = {"",
                                        " ",
                                        ".",
                                        "Korea",
                                        "Congo",
                                        "Конго",
                                        "Корея",
                                        "XX",
                                        "ZZ",
                                        "ZZZ",
                                        "Europe",
                                        "World",
                                        "Berlin",
                                        "Bavaria",
                                        "Texas",
                                        "Татарстан",
                                        "01",
                                        "001",
                                        "U",
                                        "the",
                                        "Republic of",
                                        "Republic of Nowhere",
                                        "n/a",
                                        "N/A",
                                        "na",
                                        "n.a.",
                                        "D.E.",
                                        "/de",
                                        "Unknown",
                                        "\xff",
                                        "AN"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char code[3] = "--";
        if (country_find(*state, slice_from_cstr(texts[i]), code))
            fail_msg("'%s' is %s", texts[i], code);
        assert_string_equal(code, "--");
    }
    char long_text[3000];
    char code[3];
    memset(long_text, 'x', sizeof long_text);
    assert_false(country_find(*state, (struct slice){long_text, sizeof long_text}, code));
}

static void knows_iso_3166(void **state)
{
    static const char *const keys[] = {"alpha_2", "alpha_3", "name", "common_name", "official_name"};
    json_t *list = json_load_file("/usr/share/iso-codes/json/iso_3166-1.json", 0, NULL);
    int failures = 0;

    if (!list) {
        print_message("iso-codes is not installed: skipped\n");
        skip();
    }
    json_t *entries = json_object_get(list, "3166-1");
    assert_true(json_array_size(entries) >= 249);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        json_t *entry = json_array_get(entries, i);
        const char *wanted = json_string_value(json_object_get(entry, "alpha_2"));
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const char *name = json_string_value(json_object_get(entry, keys[k]));
            char code[3] = "";
            if (!name || strcmp(name, "Congo") == 0) /* CG, but said of both */
                continue;
            if (!country_find(*state, slice_from_cstr(name), code) || strcmp(code, wanted) != 0) {
                print_message("%s '%s' is '%s'\n", wanted, name, code);
                failures++;
            }
        }
    }
    json_decref(list);
    assert_int_equal(failures, 0);
}

static void *look_up(void *index)
{
    for (int round = 0; round < 200; round++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            char code[3] = "";
            if (!country_find(index, (struct slice){names[i].names, strcspn(names[i].names, "|")}, code) ||
                strcmp(code, names[i].code) != 0)
                return index;
        }
    return NULL;
}

static void is_shared_by_threads(void **state)
{
    pthread_t threads[3];

    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, look_up, *state), 0);
    for (size_t i = 0; i < 3; i++) {
        void *failed;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
}

static void frees_nothing(void **state)
{
    (void)state;
    country_index_free(NULL);
}

/* How the people of a region write dates by numbers, the decimal sign and the currency: from the official guides and
 * everyday practice. */
static const struct {
    const char *region;
    enum date_style date;
    enum number_style number;
    const char *currency;
} regions[] = {
    {"AE", DATE_DAY_FIRST, NUMBER_POINT, "AED"},   {"AR", DATE_DAY_FIRST, NUMBER_COMMA, "ARS"},
    {"AT", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"AU", DATE_DAY_FIRST, NUMBER_POINT, "AUD"},
    {"BE", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"BR", DATE_DAY_FIRST, NUMBER_COMMA, "BRL"},
    {"BY", DATE_DAY_FIRST, NUMBER_COMMA, "BYN"},   {"CH", DATE_DAY_FIRST, NUMBER_POINT, "CHF"},
    {"CL", DATE_DAY_FIRST, NUMBER_COMMA, "CLP"},   {"CN", DATE_YEAR_FIRST, NUMBER_POINT, "CNY"},
    {"CZ", DATE_DAY_FIRST, NUMBER_COMMA, "CZK"},   {"DE", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},
    {"DK", DATE_DAY_FIRST, NUMBER_COMMA, "DKK"},   {"EG", DATE_DAY_FIRST, NUMBER_POINT, "EGP"},
    {"ES", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"FI", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},
    {"FR", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"GB", DATE_DAY_FIRST, NUMBER_POINT, "GBP"},
    {"GR", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"HU", DATE_YEAR_FIRST, NUMBER_COMMA, "HUF"},
    {"ID", DATE_DAY_FIRST, NUMBER_COMMA, "IDR"},   {"IE", DATE_DAY_FIRST, NUMBER_POINT, "EUR"},
    {"IL", DATE_DAY_FIRST, NUMBER_POINT, "ILS"},   {"IN", DATE_DAY_FIRST, NUMBER_POINT, "INR"},
    {"IT", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"JP", DATE_YEAR_FIRST, NUMBER_POINT, "JPY"},
    {"KR", DATE_YEAR_FIRST, NUMBER_POINT, "KRW"},  {"KZ", DATE_DAY_FIRST, NUMBER_COMMA, "KZT"},
    {"LT", DATE_YEAR_FIRST, NUMBER_COMMA, "EUR"},  {"MX", DATE_DAY_FIRST, NUMBER_POINT, "MXN"},
    {"NL", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"NO", DATE_DAY_FIRST, NUMBER_COMMA, "NOK"},
    {"NZ", DATE_DAY_FIRST, NUMBER_POINT, "NZD"},   {"PL", DATE_DAY_FIRST, NUMBER_COMMA, "PLN"},
    {"PT", DATE_DAY_FIRST, NUMBER_COMMA, "EUR"},   {"RU", DATE_DAY_FIRST, NUMBER_COMMA, "RUB"},
    {"SA", DATE_DAY_FIRST, NUMBER_POINT, "SAR"},   {"SE", DATE_YEAR_FIRST, NUMBER_COMMA, "SEK"},
    {"TH", DATE_DAY_FIRST, NUMBER_POINT, "THB"},   {"TR", DATE_DAY_FIRST, NUMBER_COMMA, "TRY"},
    {"TW", DATE_YEAR_FIRST, NUMBER_POINT, "TWD"},  {"UA", DATE_DAY_FIRST, NUMBER_COMMA, "UAH"},
    {"US", DATE_MONTH_FIRST, NUMBER_POINT, "USD"}, {"UZ", DATE_DAY_FIRST, NUMBER_COMMA, "UZS"},
    {"VN", DATE_DAY_FIRST, NUMBER_COMMA, "VND"},
};

static void hints_at_regions(void **state)
{
    int failures = 0;
    (void)state;

    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        struct region_hints hints;
        assert_int_equal(region_hints(regions[i].region, &hints), 0);
        if (hints.date != regions[i].date || hints.number != regions[i].number ||
            strcmp(hints.currency, regions[i].currency) != 0) {
            print_message("%s: date %d, number %d, %s\n", regions[i].region, (int)hints.date, (int)hints.number,
                          hints.currency);
            failures++;
        }
    }
    assert_int_equal(failures, 0);
}

static void hints_for_regions_only(void **state)
{
    static const char *const none[] = {"\0", "X", "ZZ", "us", "QQ", "EU", "\xff\xff", "de", "  ", "D,", "d,"};
    struct region_hints hints;
    (void)state;

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(region_hints(none[i], &hints), -1);
    assert_int_equal(region_hints("AQ", &hints), 0);
    assert_string_equal(hints.currency, "");
}

/* The short date and the decimal sign of the region's likely locale, and its currency, asked of ICU. */
static void hints_as_icu_does(void **state)
{
    int compared = 0;
    (void)state;

    for (const char *const *code = uloc_getISOCountries(); *code; code++) {
        char region[8] = "und_";
        char locale[100];
        char currency[4] = "";
        UChar wide[80];
        UErrorCode status = U_ZERO_ERROR;
        UErrorCode no_currency = U_ZERO_ERROR;
        struct region_hints hints;
        assert_int_equal(region_hints(*code, &hints), 0);
        strcat(region, *code);
        if (ucurr_forLocale(region, wide, 4, &no_currency) == 3 && U_SUCCESS(no_currency))
            u_UCharsToChars(wide, currency, 3);
        if (strcmp(hints.currency, currency) != 0 && strcmp(*code, "LS") != 0 && strcmp(currency, "XXX") != 0)
            fail_msg("%s: %s, not %s", *code, hints.currency, currency);
        uloc_addLikelySubtags(region, locale, sizeof locale, &status);
        uloc_setKeywordValue("numbers", "latn", locale, sizeof locale, &status);
        uloc_setKeywordValue("calendar", "gregorian", locale, sizeof locale, &status);
        UDateFormat *format = udat_open(UDAT_NONE, UDAT_SHORT, locale, u"UTC", 3, NULL, 0, &status);
        UNumberFormat *number = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
        int32_t length = udat_toPattern(format, false, wide, 80, &status);
        const char *actual = udat_getLocaleByType(format, ULOC_VALID_LOCALE, &status);
        assert_true(U_SUCCESS(status) && length > 0);
        /* The locale of another language is the default one; Ghana and Zimbabwe: see country_region.c */
        size_t language = strcspn(locale, "_"); /* none: nobody lives there */
        if (language && strncmp(actual, locale, language) == 0 && strcmp(*code, "GH") != 0 &&
            strcmp(*code, "ZW") != 0) {
            int32_t i = 0;
            while (wide[i] != 'd' && wide[i] != 'M' && wide[i] != 'y')
                i++;
            enum date_style date = wide[i] == 'd'   ? DATE_DAY_FIRST
                                   : wide[i] == 'M' ? DATE_MONTH_FIRST
                                                    : DATE_YEAR_FIRST;
            unum_getSymbol(number, UNUM_DECIMAL_SEPARATOR_SYMBOL, wide, 8, &status);
            if (hints.date != date || (hints.number == NUMBER_COMMA) != (wide[0] == ','))
                fail_msg("%s, as in %s", *code, locale);
            compared++;
        }
        udat_close(format);
        unum_close(number);
    }
    assert_true(compared > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_names),
        cmocka_unit_test(leaves_the_rest_alone),
        cmocka_unit_test(knows_iso_3166),
        cmocka_unit_test(is_shared_by_threads),
        cmocka_unit_test(frees_nothing),
        cmocka_unit_test(hints_at_regions),
        cmocka_unit_test(hints_for_regions_only),
        cmocka_unit_test(hints_as_icu_does),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
