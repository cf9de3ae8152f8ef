/* Street addresses: groups of spellings that are one, pairs that are not, words and numbers by hand; published data,
 * where it is there; hostile and random text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "value/street.h"
#include "value/street_words.h"

struct result {
    char words[2048];
    char number[STREET_NUMBER];
};

static struct latin_fold fold;

static struct result fold_street(struct slice text)
{
    struct buffer out = {0};
    struct error err;
    struct result result;
    char *exact = malloc(text.len ? text.len : 1); /* so that a sanitizer sees a read too far */

    assert_non_null(exact);
    memcpy(exact, text.ptr, text.len);
    memset(result.number, 'x', sizeof result.number);
    assert_int_equal(buffer_append(&out, SLICE("before ")), 0);
    assert_int_equal(street_fold(&fold, (struct slice){exact, text.len}, &out, result.number, &err), 0);
    assert_memory_equal(out.data, "before ", 7);
    assert_true(out.len - 7 < sizeof result.words);
    memcpy(result.words, out.data + 7, out.len - 7);
    result.words[out.len - 7] = '\0';
    assert_non_null(memchr(result.number, '\0', sizeof result.number));
    free(exact);
    buffer_fini(&out);
    return result;
}

static const struct {
    const char *text, *words, *number;
} streets[] = {
    {"", "", ""},
    {"   ", "", ""},
    {"5", "", "5"},
    {"Hauptstr. 5a", "haupt st", "5a"},
    {"Hauptstraße 5 a", "haupt st", "5a"},
    {"5a Hauptstrasse", "haupt st", "5a"},
    {"HAUPTSTR.5A", "haupt st", "5a"},
    {"Haupt-Straße 005A", "haupt st", "5a"},
    {"Hauptstraße Nr. 5 W", "haupt st", "5w"},
    {"Berliner Straße 10-12", "berliner st 12", "10"},
    {"Straße des 17. Juni 135", "st des 17 juni", "135"},
    {"Am Marktplatz 3", "am markt pl", "3"},
    {"Birkenweg 7", "birken weg", "7"},
    {"Weg 7", "weg", "7"},
    {"Kerkstraat 12-a", "kerk st", "12a"},
    {"100 North Michigan Avenue, Suite 200", "n michigan ave ste 200", "100"},
    {"100 N. Michigan Ave. #200", "n michigan ave apt 200", "100"},
    {"1200 A Street NW", "a st nw", "1200"},
    {"12 B Baker Street", "baker st", "12b"},
    {"221B Baker St", "baker st", "221b"},
    {"100 E Main St", "e main st", "100"},
    {"5 Smith Street West", "smith st w", "5"},
    {"350 N 200 W", "n 200 w", "350"},
    {"522 9th ave. at 39th st.", "9th ave", "522"},
    {"10 Main St between 1st and 2nd Ave, Apt 4", "main st apt 4", "10"},
    {"3rd st. at La Cienega", "3rd st at la cienega", ""},
    {"Hauptstr. 5 Ecke Nordring", "haupt st", "5"},
    {"5 Corner Lane", "corner ln", "5"},
    {"Calle 5 entre 10 y 11", "cl", "5"},
    {"10 Fifth Avenue", "5th ave", "10"},
    {"10 5th Ave", "5th ave", "10"},
    {"5th Ave 10", "5th ave", "10"},
    {"P.O. Box 123", "box 123", ""},
    {"PO Box 123", "box 123", ""},
    {"Post Office Box 123", "box 123", ""},
    {"Postfach 123", "box 123", ""},
    {"Highway 61", "hwy 61", ""},
    {"1234 Highway 61 South", "hwy 61 s", "1234"},
    {"Flat 3, 25 High Street", "flat 3 high st", "25"},
    {"25 High St, Flat 3b", "high st flat 3b", "25"},
    {"12 goldfinch circuit", "goldfinch cct", "12"},
    {"12 goldfinch cct", "goldfinch cct", "12"},
    {"6 Maltby Crescent", "maltby cres", "6"},
    {"12 bis rue de la Paix", "r de la paix", "12bis"},
    {"12bis, Rue de la Paix", "r de la paix", "12bis"},
    {"5 r. de Rivoli", "r de rivoli", "5"},
    {"Calle Mayor, nº 5", "cl mayor", "5"},
    {"C/ Mayor 5", "cl mayor", "5"},
    {"Calle Mayor s/n", "cl mayor", ""},
    {"Calle 25 de Mayo 300", "cl 25 de mayo", "300"},
    {"Avda. Diagonal 100", "ave diagonal", "100"},
    {"Av. Paulista, 1578", "ave paulista", "1578"},
    {"Rua Augusta, 10", "r augusta", "10"},
    {"Via Roma 12/b", "via roma", "12b"},
    {"V.le Europa 3", "vle europa", "3"},
    {"P.zza Dante 7", "p zza dante", "7"},
    {"ул. Ленина, д. 5, корп. 2, кв. 17", "ul lenina k 2 kv 17", "5"},
    {"улица Ленина дом 5 к2 кв17", "ul lenina k 2 kv 17", "5"},
    {"ул.Ленина,д.5а", "ul lenina", "5a"},
    {"ул. Ленина, 5 А", "ul lenina", "5a"},
    {"пр-т Мира 8", "pr mira", "8"},
    {"проспект Мира, 8", "pr mira", "8"},
    {"пер. Сивцев Вражек 3", "per sivtsev vrazhek", "3"},
    {"ул. 8 Марта, 5", "ul 8 marta", "5"},
    {"2-я Тверская ул., д. 3 стр. 1", "2 ya tverskaya ul str 1", "3"},
    {"101000, г. Москва, ул. Тверская, 7", "101000 g moskva ul tverskaya", "7"},
    {"ул. им. Гагарина 12", "ul gagarina", "12"},
    {"а/я 55", "box 55", ""},
    {"вул. Хрещатик, буд. 22", "ul khreshchatik", "22"},
    {"建国路5号", "jianguolu hao", "5"},
    {"12345678 Main St", "12345678 main st", ""},
    {"0 Main St", "main st", "0"},
    {"000 Main St", "main st", "0"},
};

static void test_streets(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof streets / sizeof *streets; i++) {
        const struct result got = fold_street(slice_from_cstr(streets[i].text));
        if (strcmp(got.words, streets[i].words) != 0 || strcmp(got.number, streets[i].number) != 0)
            fail_msg("'%s' is '%s' and number '%s', not '%s' and '%s'", streets[i].text, got.words, got.number,
                     streets[i].words, streets[i].number);
    }
}

/* Spellings of one address, a group ends with NULL. */
static void test_same(void **state)
{
    static const char *const groups[] = {
        "12 N. 5th St.",
        "12 North Fifth Street",
        "12 n 5TH STREET",
        "12 N Fifth St",
        NULL,
        "P.O.Box 7",
        "PO BOX 7",
        "p.o. box 7",
        "POB 7",
        "P O Box 7",
        NULL,
        "10 N.W. 3rd Ave",
        "10 NW Third Avenue",
        "10 Northwest 3rd Av.",
        "10 North West 3rd Ave",
        NULL,
        "7 St. Mary Road",
        "7 Saint Mary Rd",
        "7, St Mary Rd.",
        NULL,
        "Goethestr. 12",
        "Goethestraße 12",
        "Goethe-Str. 12",
        "Goethe Strasse 12",
        "12 GOETHESTRASSE",
        NULL,
        "Lindenallee 4",
        "Linden-Allee 4",
        "Linden Allee 4",
        NULL,
        "Bd. Voltaire 8",
        "8, boulevard Voltaire",
        "8 bd Voltaire",
        "8 BLVD VOLTAIRE",
        NULL,
        "4 Main Street Apt. 3",
        "4 Main St Apartment 3",
        "4 Main St #3",
        "4 Main St # 3",
        NULL,
        "просп. Мира д.8",
        "пр. Мира 8",
        "проспект Мира, дом 8",
        "Пр-кт Мира, д 8",
        NULL,
        "наб. реки Мойки 5",
        "набережная реки Мойки, д. 5",
        NULL,
        "б-р Шевченко 3",
        "бульвар Шевченко, 3",
        NULL,
    };
    struct result first;
    bool begins = true;

    (void)state;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (!groups[i]) {
            begins = true;
            continue;
        }
        const struct result got = fold_street(slice_from_cstr(groups[i]));
        if (begins)
            first = got;
        begins = false;
        assert_true(got.number[0] || strncmp(got.words, "box ", 4) == 0);
        if (strcmp(got.words, first.words) != 0 || strcmp(got.number, first.number) != 0)
            fail_msg("'%s' is '%s' number '%s', not '%s' number '%s'", groups[i], got.words, got.number, first.words,
                     first.number);
    }
}

static void test_different(void **state)
{
    static const char *const pairs[][2] = {
        {"5 Main Street", "5 Main Road"},
        {"5 N Main St", "5 S Main St"},
        {"5a Main St", "5b Main St"},
        {"PO Box 5", "5 Box Street"},
        {"ул. Ленина 5", "пр. Ленина 5"},
        {"5 Main St Apt 3", "5 Main St Apt 4"},
        {"ул. Ленина 5 к 1", "ул. Ленина 5 к 2"},
        {"10 5th Ave", "10 6th Ave"},
        {"Highway 61", "Highway 62"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct result a = fold_street(slice_from_cstr(pairs[i][0]));
        const struct result b = fold_street(slice_from_cstr(pairs[i][1]));
        if (strcmp(a.words, b.words) == 0 && strcmp(a.number, b.number) == 0)
            fail_msg("'%s' and '%s' are the same", pairs[i][0], pairs[i][1]);
    }
}

static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < street_table.count; i++) {
        const struct street_word *row = street_table.words + i;
        size_t words = 1;
        assert_true(row->form.len <= STREET_FORM_BYTES);
        for (size_t j = 0; j < row->key.len; j++)
            words += row->key.ptr[j] == ' ';
        assert_true(words <= STREET_KEY_WORDS);
        if (i == 0)
            continue;
        const int order = slice_compare(row[-1].key, row->key);
        if (order > 0 || (order == 0 && (!(row[-1].flags & STREET_CYRILLIC) || (row->flags & STREET_CYRILLIC))))
            fail_msg("'%.*s' is not in order", SLICE_ARG(row->key));
    }
}

static void test_long(void **state)
{
    char text[8192];
    struct buffer out = {0};
    struct error err;
    char number[STREET_NUMBER];

    (void)state;
    for (size_t words = 60; words < 70; words++) {
        size_t length = 0;
        for (size_t i = 0; i < words; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "%sstreet", i ? " " : "");
        buffer_clear(&out);
        assert_int_equal(street_fold(&fold, (struct slice){text, length}, &out, number, &err), 0);
        assert_int_equal(out.len, words <= 64 ? words * 3 - 1 : length);
    }
    memset(text, '#', sizeof text); /* each becomes a word */
    buffer_clear(&out);
    assert_int_equal(street_fold(&fold, (struct slice){text, sizeof text}, &out, number, &err), 0);
    assert_string_equal(number, "");
    memset(text, '7', sizeof text);
    buffer_clear(&out);
    assert_int_equal(street_fold(&fold, (struct slice){text, sizeof text}, &out, number, &err), 0);
    assert_int_equal(out.len, sizeof text);
    assert_string_equal(number, "");
    buffer_fini(&out);
}

static void test_anything(void **state)
{
    static const char *const pieces[] = {
        "Haupt", "str",  ".",   "5",   "a", " ", " ",  " ",       "12",   "#",        "st",     "N",   "W", "bis",
        "ул",    "д",    "к",   "2",   "-", "я", "号", "路",      "\xff", "\xe3\x80", "00",     "apt", "c", "r",
        "de",    "mayo", "box", "p o", "/", "s", "n",  "strasse", "th",   "hwy",      "123456", "e"};
    uint32_t seed = 20260301;

    (void)state;
    for (unsigned round = 0; round < 100000; round++) {
        char room[512];
        size_t length = 0;
        for (unsigned count = (seed = seed * 1664525 + 1013904223) >> 28; count; count--) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(room + length, piece, strlen(piece));
            length += strlen(piece);
        }
        const struct result got = fold_street((struct slice){room, length});
        const size_t used = strlen(got.words);
        assert_true(utf8_valid(got.words, used));
        assert_true(used == 0 || (got.words[0] != ' ' && got.words[used - 1] != ' '));
        assert_null(strstr(got.words, "  "));
        assert_true(got.number[0] == '\0' || (got.number[0] >= '0' && got.number[0] <= '9'));
    }
}

/* The column of a line of CSV without quotes in it. */
static struct slice column(char *line, unsigned wanted)
{
    char *start = line;

    for (; wanted && (start = strchr(start, ',')); wanted--)
        start++;
    assert_non_null(start);
    return (struct slice){start, strcspn(start, ",\r\n")};
}

/* The 112 restaurants of Fodor's and Zagat's that are the same (Tejada, Knoblock, Minton 2001): more of their addresses
 * agree folded than do as written. */
static void test_published(void **state)
{
    FILE *file = fopen("../shared/data/entity_resolution/fodors_zagat/match_fodors_zagats_more_attrs.csv", "r");
    char line[4096];
    size_t pairs = 0;
    size_t as_written = 0;
    size_t words = 0;
    size_t numbers = 0;

    (void)state;
    if (!file) {
        print_message("skipped: no ../shared/data\n");
        skip();
    }
    while (fgets(line, sizeof line, file)) {
        if (pairs++ == 0)
            continue;
        const struct slice left = column(line, 4);
        const struct slice right = column(line, 8);
        const struct result a = fold_street(left);
        const struct result b = fold_street(right);
        as_written += slice_equal(left, right);
        words += strcmp(a.words, b.words) == 0;
        numbers += strcmp(a.number, b.number) == 0;
    }
    fclose(file);
    print_message("%zu pairs: %zu as written, %zu in words, %zu in number\n", pairs - 1, as_written, words, numbers);
    assert_int_equal(pairs - 1, 112);
    assert_true(words >= as_written + 20 && numbers >= 100);
}

static int set_up(void **state)
{
    (void)state;
    latin_fold_init(&fold);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    latin_fold_fini(&fold);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streets),   cmocka_unit_test(test_same), cmocka_unit_test(test_different),
        cmocka_unit_test(test_table),     cmocka_unit_test(test_long), cmocka_unit_test(test_anything),
        cmocka_unit_test(test_published),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
