/* Phone numbers: every verdict, scripts, extensions, what spreadsheets break, and the formats of all regions.
 *
 * Expected numbers are written from the national numbering plans; formats.csv comes from another implementation
 * (python-phonenumbers) of the same version. That the plain path and the library agree is the business of
 * test_phone_plain.c. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/phone.h"
#include "value/phone_library.h"

#define FORMATS "../shared/data/phones/formats.csv"

static int set_up(void **state)
{
    struct error err;
    struct phone_reader *reader;

    assert_int_equal(phone_reader_new(&reader, &err), 0);
    *state = reader;
    return 0;
}

static int tear_down(void **state)
{
    phone_reader_free(*state);
    return 0;
}

/* phone_read() leaves no byte undefined behind what is used. */
static bool same_phone(const struct phone *a, const struct phone *b)
{
    return a->e164_len == b->e164_len && memcmp(a->e164, b->e164, sizeof a->e164) == 0 &&
           a->extension_len == b->extension_len && memcmp(a->extension, b->extension, sizeof a->extension) == 0 &&
           memcmp(a->region, b->region, sizeof a->region) == 0 && a->type == b->type;
}

static enum phone_verdict read_slice(struct phone_reader *reader, struct slice text, const char *region,
                                     struct phone *phone)
{
    enum phone_verdict verdict;
    struct error err;

    memset(phone, 0x55, sizeof *phone);
    assert_int_equal(phone_read(reader, text, region, phone, &verdict, &err), 0);
    if (verdict != PHONE_VALID && verdict != PHONE_POSSIBLE) {
        const struct phone nothing = {0};
        assert_true(same_phone(phone, &nothing));
    }
    return verdict;
}

static void assert_phone(struct phone_reader *reader, const char *text, const char *region, const char *e164,
                         const char *extension)
{
    struct phone phone;
    const enum phone_verdict verdict = read_slice(reader, slice_from_cstr(text), region, &phone);

    if (verdict != PHONE_VALID || !slice_equal_cstr((struct slice){phone.e164, phone.e164_len}, e164) ||
        !slice_equal_cstr((struct slice){phone.extension, phone.extension_len}, extension))
        fail_msg("'%s': verdict %d, '%.*s' extension '%.*s'", text, (int)verdict, (int)phone.e164_len, phone.e164,
                 (int)phone.extension_len, phone.extension);
}

static void assert_verdict(struct phone_reader *reader, const char *text, const char *region,
                           enum phone_verdict expected)
{
    struct phone phone;
    const enum phone_verdict verdict = read_slice(reader, slice_from_cstr(text), region, &phone);

    if (verdict != expected)
        fail_msg("'%s': verdict %d, '%.*s'", text, (int)verdict, (int)phone.e164_len, phone.e164);
}

static void assert_kind(struct phone_reader *reader, const char *text, const char *region, enum phone_type type)
{
    struct phone phone;

    assert_int_equal(read_slice(reader, slice_from_cstr(text), "DE", &phone), PHONE_VALID);
    assert_int_equal(phone.type, type);
    assert_memory_equal(phone.region, region, 2);
}

static void reads_national_and_international(void **state)
{
    static const char *const writings[] = {
        "+49 30 1234567",   "+49301234567",    "+49 (0)30 1234567",  "0049 30 1234567",
        "030 1234567",      "030/1234567",     "030-123-45-67",      "(030) 1234567",
        "030.123.45.67",    "  030 1234567\t", "Tel.: 030 1234567",  "'+49301234567",
        "=\"030 1234567\"", "p:+49301234567",  "tel:+49-30-1234567", "tel:030-1234567;phone-context=+49",
        "+49 30 1234567 ",  "++49 30 1234567", "030\t1234567",       "[030] 1234567",
        "49 30 1234567",
    };

    for (size_t i = 0; i < sizeof writings / sizeof writings[0]; i++)
        assert_phone(*state, writings[i], "DE", "+49301234567", "");
    assert_phone(*state, "8 (495) 123-45-67", "RU", "+74951234567", "");
    assert_phone(*state, "212-555-0123", "US", "+12125550123", "");
    assert_phone(*state, "011 49 30 1234567", "US", "+49301234567", "");
    assert_phone(*state, "06 698 12345", "IT", "+390669812345", ""); /* Italy's zero belongs to the number */
    assert_phone(*state, "0412 345 678", "AU", "+61412345678", "");
    assert_phone(*state, "(11) 96123-4567", "BR", "+5511961234567", "");
    assert_phone(*state, "0 15 11 96123-4567", "BR", "+5511961234567", ""); /* with a carrier */
    assert_phone(*state, "011 15-2345-6789", "AR", "+5491123456789", "");   /* 15 becomes 9 before the area */
    assert_phone(*state, "138 0013 8000", "CN", "+8613800138000", "");
    assert_phone(*state, "020 7946 0018", "GB", "+442079460018", "");
    assert_phone(*state, "+800 1234 5678", NULL, "+80012345678", "");
}

static void folds_other_scripts(void **state)
{
    assert_phone(*state, "＋４９ ３０ １２３４５６７", "DE", "+49301234567", "");
    assert_phone(*state, "０３０－１２３４５６７", "DE", "+49301234567", "");
    assert_phone(*state, "٠٥٠ ١٢٣ ٤٥٦٧", "SA", "+966501234567", "");
    assert_phone(*state, "۰۲۱ ۲۲۳۴ ۵۶۷۸", "IR", "+982122345678", "");
    assert_phone(*state, "+९१ ९८७६५ ४३२१०", NULL, "+919876543210", "");
    assert_phone(*state, "+49\u00a030\u00a0123\u202f45\u202f67", NULL, "+49301234567", "");
    assert_phone(*state, "\u202a+49 30 1234567\u202c", NULL, "+49301234567", "");
    assert_phone(*state, "+49 30\u200e 1234567", NULL, "+49301234567", "");
    assert_phone(*state, "030–123‑45―67", "DE", "+49301234567", "");
    assert_phone(*state, "\ufeff030 1234567", "DE", "+49301234567", "");
    assert_phone(*state, "电话：（０１０）６５５５ １２３４", "CN", "+861065551234", "");
}

static void keeps_extensions_apart(void **state)
{
    static const char *const writings[] = {
        "030 1234567 ext. 12",
        "030 1234567 ext 12",
        "030 1234567 EXT12",
        "030 1234567x12",
        "030 1234567 x 12",
        "030 1234567 #12",
        "030 1234567#12",
        "030 1234567, ext: 12",
        "030 1234567 extn 12",
        "030 1234567 доб. 12",
        "030 1234567 Доб 12",
        "030 1234567 (доб. 12)",
        "030 1234567 вн. 12",
        "030 1234567分机12",
        "030 1234567 转 12",
        "030 1234567 Durchwahl 12",
        "030 1234567 (DW 12)",
        "030 1234567 DW: -12",
        "030 1234567 poste 12",
        "+49 (0)30 1234567 ramal 12",
        "030 1234567;ext=12",
        "tel:+49-30-1234567;ext=12",
        "030 1234567,,12",
        "030 1234567;12",
        "030 1234567 int. 12",
        "030 1234567 ~12",
        "030 1234567 anexo 12",
        "030 1234567 extension 12",
        "０３０ １２３４５６７ ｅｘｔ．１２",
        "030 1234567 داخلي ١٢",
        "030 1234567 内線12",
        "030 1234567 - 12#",
        "030 1234567; ext 12",
        "030\u00a01234567\u00a0x12",
        "030 1234567 Nebenstelle 12",
        "030 1234567 x12#",
    };

    for (size_t i = 0; i < sizeof writings / sizeof writings[0]; i++)
        assert_phone(*state, writings[i], "DE", "+49301234567", "12");
    assert_phone(*state, "(530) 583-6985 x302/x2303", "US", "+15305836985", "302");
    assert_phone(*state, "530-583-6985 ext 12345678901234567890", "US", "+15305836985", "12345678901234567890");
    assert_verdict(*state, "530-583-6985 ext 123456789012345678901", "US", PHONE_INVALID);
    assert_phone(*state, "1-800-FLOWERS x12", "US", "+18003569377", "12");
    /* no label before a letter, no extension without a number */
    assert_verdict(*state, "Next 12", "DE", PHONE_LOCAL);
    assert_verdict(*state, "ext 12345", "XX", PHONE_NO_REGION);
    assert_verdict(*state, "12 ext 345678", "US", PHONE_INVALID);
}

static void tells_verdicts_apart(void **state)
{
    assert_verdict(*state, "+49 30 1234567", NULL, PHONE_VALID);
    assert_verdict(*state, "+1 212 155 1234", NULL, PHONE_POSSIBLE); /* no exchange begins with 1 */
    assert_verdict(*state, "555-1234", "US", PHONE_LOCAL);
    assert_verdict(*state, "030 1234567", NULL, PHONE_NO_REGION);
    assert_verdict(*state, "030 1234567", "ZZ", PHONE_NO_REGION);
    assert_verdict(*state, "030 1234567", "de", PHONE_NO_REGION);
    assert_verdict(*state, "030 1234567", "001", PHONE_NO_REGION);
    assert_verdict(*state, "030 1234567;12", NULL, PHONE_NO_REGION); /* the library's road */
    assert_verdict(*state, "+999 30 1234567", "DE", PHONE_INVALID);
    assert_verdict(*state, "+999 30 1234567;12", NULL, PHONE_INVALID);
    assert_verdict(*state, "+49 3", NULL, PHONE_INVALID);
    assert_verdict(*state, "+49", "DE", PHONE_INVALID);
    assert_verdict(*state, "+1 212 555 01234", NULL, PHONE_INVALID);
    assert_verdict(*state, "", "DE", PHONE_INVALID);
    assert_verdict(*state, " ", "DE", PHONE_INVALID);
    assert_verdict(*state, "+", "DE", PHONE_INVALID);
    assert_verdict(*state, "7", "DE", PHONE_INVALID);
    assert_verdict(*state, "n/a", "DE", PHONE_INVALID);
    assert_verdict(*state, "max@example.org", "DE", PHONE_INVALID);
    assert_verdict(*state, "030 12+34567", "DE", PHONE_INVALID);
    assert_verdict(*state, "#NAME?", "DE", PHONE_INVALID);
    assert_verdict(*state, "123456789012345678", "DE", PHONE_INVALID);
}

static void names_region_and_type(void **state)
{
    assert_kind(*state, "030 1234567", "DE", PHONE_TYPE_FIXED);
    assert_kind(*state, "0171 1234567", "DE", PHONE_TYPE_MOBILE);
    assert_kind(*state, "0800 1234567", "DE", PHONE_TYPE_OTHER);
    assert_kind(*state, "+1 212 555 0123", "US", PHONE_TYPE_FIXED_OR_MOBILE);
    assert_kind(*state, "+1 416 555 0123", "CA", PHONE_TYPE_FIXED_OR_MOBILE);
    assert_kind(*state, "+1 876 555 0123", "JM", PHONE_TYPE_MOBILE);
    assert_kind(*state, "+7 701 123 4567", "KZ", PHONE_TYPE_MOBILE);
    assert_kind(*state, "+7 495 123 4567", "RU", PHONE_TYPE_FIXED);
    assert_kind(*state, "+39 06 698 12345", "VA", PHONE_TYPE_FIXED);
    assert_kind(*state, "+44 7781 123456", "GG", PHONE_TYPE_MOBILE);
    assert_kind(*state, "+800 1234 5678", "\0\0", PHONE_TYPE_OTHER);
    assert_kind(*state, "+800 1234 5678;12", "\0\0", PHONE_TYPE_OTHER); /* the library's road */
}

static void knows_what_a_spreadsheet_did(void **state)
{
    static const char *const lost[] = {
        "4,93012E+11", "4.93012E+11",      "4,93012E11",   "+4.93012e+11",    "4.9E+11",
        "5E+10",       "4,930123456E+011", "4,93012E+11 ", "４,９３Ｅ＋１１",
    };

    for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++)
        assert_verdict(*state, lost[i], "DE", PHONE_INVALID);
    assert_phone(*state, "612345678.0", "FR", "+33612345678", "");
    assert_phone(*state, "33612345678,0", "FR", "+33612345678", "");
    assert_phone(*state, "+33612345678.0", NULL, "+33612345678", "");
    assert_phone(*state, "030 123456.0", "DE", "+49301234560", ""); /* signs: somebody wrote it */
    assert_verdict(*state, "123.0", "DE", PHONE_POSSIBLE);          /* too short to say */
}

static void letters_are_keys_only_where_they_can_be(void **state)
{
    assert_phone(*state, "1-800-FLOWERS", "US", "+18003569377", "");
    assert_phone(*state, "+1 800 FLOWERS", NULL, "+18003569377", "");
    assert_phone(*state, "0800 REIFENX", "DE", "+498007343369", "");
    assert_verdict(*state, "030 1234 Lab", "DE", PHONE_INVALID);
    assert_verdict(*state, "030 1234567 abc", "DE", PHONE_INVALID);
    assert_phone(*state, "Fax (Home) 030 1234567", "DE", "+49301234567", "");
}

static void bears_any_text(void **state)
{
    struct phone_reader *reader = *state;
    struct phone phone;
    char text[2000];

    assert_int_equal(read_slice(reader, (struct slice){NULL, 0}, "DE", &phone), PHONE_INVALID);
    assert_int_equal(read_slice(reader,
                                SLICE("030\0"
                                      "1234567"),
                                "DE", &phone),
                     PHONE_VALID);
    assert_int_equal(read_slice(reader,
                                SLICE("\xff\xfe"
                                      "030"),
                                "DE", &phone),
                     PHONE_INVALID);
    assert_int_equal(read_slice(reader, SLICE("030 1234567 \xc3"), "DE", &phone), PHONE_INVALID);
    for (size_t length = 0; length <= sizeof text; length++) {
        memset(text, '1', length);
        const enum phone_verdict verdict = read_slice(reader, (struct slice){text, length}, "DE", &phone);
        if (length > 17)
            assert_int_equal(verdict, PHONE_INVALID);
    }
    /* the longest text that is read, and one more */
    memset(text, ' ', sizeof text);
    memcpy(text, "(0)30", 5);
    memcpy(text + PHONE_TEXT_MAX - 7, "1234567", 7);
    assert_int_equal(read_slice(reader, (struct slice){text, PHONE_TEXT_MAX}, "DE", &phone), PHONE_VALID);
    memcpy(text + PHONE_TEXT_MAX - 6, "1234567", 7);
    assert_int_equal(read_slice(reader, (struct slice){text, PHONE_TEXT_MAX + 1}, "DE", &phone), PHONE_INVALID);
    /* what a backtracking expression could be slow at */
    const char *const slow[] = {"030 ((((((((", "030 ,,,,,,,", "030 ........",
                                "1x1x1x1x1x",   "1#1#1#1#",    "0 ~~~~~~;;;;;;"};
    for (size_t i = 0; i < sizeof slow / sizeof slow[0]; i++) {
        size_t length = 0;
        for (; length + strlen(slow[i]) <= PHONE_TEXT_MAX; length += strlen(slow[i]))
            memcpy(text + length, slow[i], strlen(slow[i]));
        read_slice(reader, (struct slice){text, length}, "DE", &phone);
        text[length - 1] = '1';
        read_slice(reader, (struct slice){text, length}, "DE", &phone);
    }
}

/* Bytes drawn from what phone numbers and their surroundings are made of: any verdict, but no crash, and the number in
 * E.164 reads as itself. */
static void reads_its_own_answers(void **state)
{
    static const char *const pieces[] = {
        "0", "1",   "2",    "30", "49", "+",    "+49", "00",   " ",        "-",      "/", "(",
        ")", "ext", "x",    "#",  ";",  ",",    "доб", "分机", "\xc2\xa0", "１",     "٣", ".",
        "a", "abc", "\xff", "\n", ".0", "E+11", ":",   "~",    "1234",     "212555",
    };
    uint64_t random = 1;

    for (size_t i = 0; i < 20000; i++) {
        char text[160];
        size_t length = 0;
        for (size_t count = 1 + i % 12; count > 0; count--) {
            random = random * 6364136223846793005 + 1442695040888963407;
            const char *piece = pieces[(random >> 33) % (sizeof pieces / sizeof pieces[0])];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        struct phone phone, again;
        const enum phone_verdict verdict =
            read_slice(*state, (struct slice){text, length}, i % 2 ? "DE" : "US", &phone);
        if (verdict != PHONE_VALID && verdict != PHONE_POSSIBLE)
            continue;
        assert_in_range(phone.e164_len, 4, sizeof phone.e164);
        if (verdict == PHONE_VALID) {
            assert_int_equal(read_slice(*state, (struct slice){phone.e164, phone.e164_len}, NULL, &again), verdict);
            assert_memory_equal(again.e164, phone.e164, sizeof phone.e164);
            assert_memory_equal(again.region, phone.region, 2);
            assert_int_equal(again.type, phone.type);
        }
    }
}

/* Common labels behind a plain number: the library's answer, extension and all. */
static void splits_extensions_as_the_library_does(void **state)
{
    static const char *const numbers[] = {"030 1234567", "+1 (212) 555-0123", "0171/1234567 ", "0171 123-", "1234",
                                          "12"};
    static const char *const labels[] = {
        "x",   " x",    "X. ",      " ext",   " ext.",  ", extn: ", " extension ", "#",
        " # ", " int ", " anexo. ", " доб. ", " (ext ", " - x",     "ext-",        " x,"};
    static const char *const extensions[] = {"1",   "12", "123456789", "1234567890", "12345678901234567890",
                                             "12)", "12 "};

    for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++)
        for (size_t l = 0; l < sizeof labels / sizeof labels[0]; l++)
            for (size_t e = 0; e < sizeof extensions / sizeof extensions[0]; e++) {
                char text[128];
                struct phone ours, theirs;
                enum phone_verdict verdict;
                snprintf(text, sizeof text, "%s%s%s", numbers[n], labels[l], extensions[e]);
                const enum phone_verdict our_verdict = read_slice(*state, slice_from_cstr(text), "DE", &ours);
                assert_int_equal(phone_library_read(slice_from_cstr(text), "DE", &theirs, &verdict), 0);
                if (our_verdict != verdict || !same_phone(&ours, &theirs))
                    fail_msg("'%s': %d %.*s x %.*s, the library %d %.*s x %.*s", text, (int)our_verdict,
                             (int)ours.e164_len, ours.e164, (int)ours.extension_len, ours.extension, (int)verdict,
                             (int)theirs.e164_len, theirs.e164, (int)theirs.extension_len, theirs.extension);
            }
}

/* What one thread reads on both roads, with a reader of its own. */
static void *read_many(void *argument)
{
    struct phone_reader *reader;
    struct error err;
    size_t *valid = argument;

    if (phone_reader_new(&reader, &err))
        return NULL;
    for (int i = 0; i < 2000; i++) {
        char text[40];
        struct phone phone;
        enum phone_verdict verdict;
        snprintf(text, sizeof text, i % 4 ? "030 1%06d" : "030 1%06d;%d", i, i % 100);
        if (phone_read(reader, slice_from_cstr(text), "DE", &phone, &verdict, &err) == 0 && verdict == PHONE_VALID)
            ++*valid;
    }
    phone_reader_free(reader);
    return NULL;
}

static void reads_on_several_threads(void **state)
{
    pthread_t threads[3];
    size_t valid[3] = {0};

    (void)state;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_many, &valid[i]), 0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(valid[i], 2000);
    }
}

static void knows_regions(void **state)
{
    (void)state;
    assert_true(phone_region_known("DE"));
    assert_true(phone_region_known("US"));
    assert_true(phone_region_known("XK"));
    assert_true(phone_region_known("AC"));
    assert_true(phone_region_known("ZW"));
    assert_false(phone_region_known("ZZ"));
    assert_false(phone_region_known("001"));
    assert_false(phone_region_known("de"));
    assert_false(phone_region_known("D"));
    assert_false(phone_region_known(""));
    assert_false(phone_region_known("DEU"));
    assert_false(phone_region_known(NULL));
    /* as many as python-phonenumbers of the same version supports */
    size_t count = 0;
    for (unsigned i = 0; i < 26 * 26; i++) {
        const char region[] = {(char)('A' + i / 26), (char)('A' + i % 26), '\0'};
        count += phone_region_known(region);
    }
    assert_int_equal(count, 245);
}

/* The next field of a line of formats.csv, in which no field holds a quote. */
static const char *next_field(char **line)
{
    return strsep(line, ",\r\n");
}

struct tally {
    size_t rows;
    size_t without_region;
    size_t assigned;
    size_t national;
    size_t international;
    size_t links;
};

/* One row: the number has to be what the other implementation makes of it, and valid where that says so. Some of its
 * examples are of no assigned number, and a few not even of a possible length. */
static void read_row(struct phone_reader *reader, char *line, struct tally *tally)
{
    const char *region = next_field(&line);
    next_field(&line);
    const char *input = next_field(&line), *e164 = next_field(&line), *abroad = next_field(&line);
    next_field(&line);
    const char *link = next_field(&line);
    const enum phone_verdict expected = *next_field(&line) == '1' ? PHONE_VALID : PHONE_POSSIBLE;
    const struct {
        const char *text;
        const char *region;
        size_t *right;
    } readings[] = {
        {input, region, &tally->national}, {abroad, NULL, &tally->international}, {link, NULL, &tally->links}};

    tally->rows++;
    tally->without_region += strcmp(region, "001") == 0;
    tally->assigned += expected == PHONE_VALID;
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        struct phone phone;
        const enum phone_verdict verdict =
            read_slice(reader, slice_from_cstr(readings[i].text), readings[i].region, &phone);
        if (verdict == PHONE_VALID || verdict == PHONE_POSSIBLE) {
            assert_true(slice_equal_cstr((struct slice){phone.e164, phone.e164_len}, e164));
            assert_int_equal(verdict, expected);
        }
        *readings[i].right += verdict == PHONE_VALID;
    }
}

static void reads_the_formats_of_all_regions(void **state)
{
    FILE *file = fopen(FORMATS, "r");
    char line[512];
    struct tally tally = {0};

    if (!file) {
        print_message("skipped: no " FORMATS "\n");
        skip();
    }
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        assert_null(strchr(line, '"'));
        read_row(*state, line, &tally);
    }
    fclose(file);
    print_message("%zu numbers, %zu assigned: national %zu (%zu have no region), international %zu, RFC 3966 %zu\n",
                  tally.rows, tally.assigned, tally.national, tally.without_region, tally.international, tally.links);
    assert_int_equal(tally.rows, 572);
    assert_int_equal(tally.national, tally.assigned - tally.without_region);
    assert_int_equal(tally.international, tally.assigned);
    assert_int_equal(tally.links, tally.assigned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_national_and_international),
        cmocka_unit_test(folds_other_scripts),
        cmocka_unit_test(keeps_extensions_apart),
        cmocka_unit_test(tells_verdicts_apart),
        cmocka_unit_test(names_region_and_type),
        cmocka_unit_test(knows_what_a_spreadsheet_did),
        cmocka_unit_test(letters_are_keys_only_where_they_can_be),
        cmocka_unit_test(bears_any_text),
        cmocka_unit_test(reads_its_own_answers),
        cmocka_unit_test(splits_extensions_as_the_library_does),
        cmocka_unit_test(reads_on_several_threads),
        cmocka_unit_test(knows_regions),
        cmocka_unit_test(reads_the_formats_of_all_regions),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
