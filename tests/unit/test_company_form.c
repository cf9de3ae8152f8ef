/* Cores of companies' names: by hand for each country's forms, groups of spellings that are one company, names that
 * only look like a legal form; every form of the tables around a name; published data, where it is there; hostile text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "value/company_form.h"
#include "value/company_form_tables.h"

static struct latin_fold fold;

/* The core of a name, valid until the next call. */
static const char *core(struct slice text)
{
    static char kept[4096];
    struct buffer out = {0};
    struct error err;
    char *exact = malloc(text.len ? text.len : 1); /* so that a sanitizer sees a read too far */

    assert_non_null(exact);
    memcpy(exact, text.ptr, text.len);
    assert_int_equal(buffer_append(&out, SLICE("before ")), 0);
    assert_int_equal(company_core(&fold, (struct slice){exact, text.len}, &out, &err), 0);
    assert_memory_equal(out.data, "before ", 7);
    assert_true(out.len - 7 < sizeof kept);
    memcpy(kept, out.data + 7, out.len - 7);
    kept[out.len - 7] = '\0';
    free(exact);
    buffer_fini(&out);
    return kept;
}

static const struct {
    const char *name, *core;
} names[] = {
    {"", ""},
    {" - ", ""},
    {"Müller & Sohn GmbH & Co. KG", "muller sohn"},
    {"Müller GmbH&Co.KG", "muller"},
    {"Müller UG (haftungsbeschränkt)", "muller"},
    {"Müller GmbH Berlin", "muller berlin"},
    {"Förderverein Schule e. V.", "forderverein schule"},
    {"Huber e.U.", "huber"},
    {"Schmidt e.K.", "schmidt"},
    {"BMW AG", "bmw"},
    {"Huber & Sohn OG", "huber sohn"},
    {"Canal Plus SA", "canal plus"},
    {"Jansen en Zonen B.V.", "jansen zonen"},
    {"Hansen og Sønner ApS", "hansen sonner"},
    {"O`Brien „Pub“ Ltd", "obrien pub"},
    {"The Walt Disney Company", "walt disney"},
    {"Walt Disney Co., The", "walt disney"},
    {"Procter & Gamble Co", "procter gamble"},
    {"Acme, Inc. of Ohio", "acme of ohio"},
    {"Acme L.L.C.", "acme"},
    {"Barclays PLC", "barclays"},
    {"Smith and Jones LLP", "smith jones"},
    {"Smith and Co", "smith"},
    {"Telstra Pty. Ltd.", "telstra"},
    {"Tata Consultancy Pvt. Ltd.", "tata consultancy"},
    {"Tata (P) Ltd", "tata"},
    {"Infosys Private Limited", "infosys"},
    {"Petronas Sdn. Bhd.", "petronas"},
    {"PT Astra International Tbk", "astra international"},
    {"Công ty TNHH Hòa Phát", "hoa phat"},
    {"SARL Dupont", "dupont"},
    {"Dupont SAS", "dupont"},
    {"Renault S.A.", "renault"},
    {"Dupont et Cie", "dupont"},
    {"Bombardier Ltée", "bombardier"},
    {"Zara, S.L.", "zara"},
    {"Carrier S.A. de C.V.", "carrier"},
    {"Bimbo S. de R.L. de C.V.", "bimbo"},
    {"García y Cía, S.L.", "garcia"},
    {"Silva e Filhos Ltda - ME", "silva filhos"},
    {"Padaria Central EIRELI", "padaria central"},
    {"Petrobras S/A", "petrobras"},
    {"Fiat S.p.A.", "fiat"},
    {"Rossi Mario & C. S.n.c.", "rossi mario"},
    {"Luigi S.r.l.", "luigi"},
    {"Philips N.V.", "philips"},
    {"Booking B.V.", "booking"},
    {"Stichting Lezen", "lezen"},
    {"AB Volvo", "volvo"},
    {"Ericsson AB (publ)", "ericsson"},
    {"Carlsberg A/S", "carlsberg"},
    {"Lego ApS", "lego"},
    {"Oy Karl Fazer Ab", "karl fazer"},
    {"Nokia Oyj", "nokia"},
    {"OÜ Bolt", "bolt"},
    {"Orlen Sp. z o.o.", "orlen"},
    {"Orlen Sp.z o.o. Sp.k.", "orlen"},
    {"Orlen spółka z ograniczoną odpowiedzialnością", "orlen"},
    {"Škoda Auto a.s.", "skoda auto"},
    {"Kofola, spol. s r.o.", "kofola"},
    {"Richter Nyrt.", "richter"},
    {"Pliva d.o.o.", "pliva"},
    {"Koç Holding A.Ş.", "koc holding"},
    {"Arçelik San. ve Tic. Ltd. Şti.", "arcelik"},
    {"Emaar PJSC", "emaar"},
    {"Noor Trading FZE", "noor trading"},
    {"Noor Trading W.L.L.", "noor trading"},
    {"ООО «Ромашка»", "romashka"},
    {"Ромашка, ООО", "romashka"},
    {"ооо ромашка", "romashka"},
    {"О.О.О. Ромашка", "romashka"},
    {"OOO Romashka", "romashka"},
    {"ООО \"ТД \"Ромашка и К\"", "td romashka"},
    {"Общество с ограниченной ответственностью \"Ромашка\"", "romashka"},
    {"ИП Иванов И.И.", "ivanov ii"},
    {"Индивидуальный предприниматель Иванов", "ivanov"},
    {"ПАО Сбербанк", "sberbank"},
    {"АО Тинькофф", "tinkoff"},
    {"ЗАО Рога и Копыта", "roga kopyta"},
    {"ТОВ «Рошен»", "roshen"},
    {"Фізична особа-підприємець Шевченко", "shevchenko"},
    {"ТОО Казахмыс", "kazakhmys"},
    {"Софарма АД", "sofarma"},
    {"华为技术有限公司", "huaweijishu"},
    {"华为公司", "huawei"},
    {"华为公司法务部", "huaweigongsifawubu"},
    {"华为技术有限公司北京分公司", "huaweijishu beijingfengongsi"},
    {"华为（中国）有限责任公司", "huaweizhongguo"},
    {"华为(中国)股份有限公司", "huaweizhongguo"},
    {"株式会社トヨタ", "toyota"},
    {"トヨタ(株)", "toyota"},
    {"（株）トヨタ", "toyota"},
    {"㈱トヨタ", "toyota"},
    {"トヨタ有限会社", "toyota"},
    {"(주)삼성", "samseong"},
    {"주식회사 삼성", "samseong"},
    {"삼성㈜", "samseong"},
    {"Sony K.K.", "sony"},
    {"شركة النور ش.م.م", "alnur"},
    {"شركة النور ش. م. م.", "alnur"},
    {"النور ذ.م.م", "alnur"},
    {"النور المحدودة", "alnur"},
    {"مؤسسة النور", "alnur"},
    {"שטראוס בע\"מ", "shtraos"},
    {"שטראוס בע״מ", "shtraos"},
    {"ΔΕΗ Α.Ε.", "dei"},
    {"บริษัท ปตท จำกัด (มหาชน)", "ปตท"},
    /* single letters */
    {"H&M", "hm"},
    {"H & M", "hm"},
    {"I B M Corp", "ibm"},
    {"I.B.M.", "ibm"},
    {"J. P. Morgan", "jp morgan"},
    {"A", "a"},
    {"A B", "ab"},
    {"A B C D", "abcd"},
    {"X Y Zd", "xy zd"},
    {"Xd Y Z", "xd yz"},
    {"Rossi e C.", "rossi"},
    /* what only looks like a form */
    {"SAS Institute Inc.", "sas institute"},
    {"AB InBev SA/NV", "ab inbev"},
    {"Day Spa", "day spa"},
    {"Grand Hotel & Spa", "grand hotel spa"},
    {"Vitamin E GmbH", "vitamin e"},
    {"Company of Heroes", "company of heroes"},
    {"Limited Brands", "limited brands"},
    {"Co-operative Group", "co operative group"},
    {"Agfa", "agfa"},
    {"Incognito", "incognito"},
    {"And Then", "and then"},
    {"分公司", "fengongsi"},
    /* nothing but forms */
    {"L.L.C.", "llc"},
    {"GmbH & Co. KG", "gmbh co kg"},
    {"The Limited", "the limited"},
    {"S.A.", "sa"},
    {"AG", "ag"},
    {"ООО", "ooo"},
    {"شركة '", "shrka"},
    {"ООО .'", "ooo"},
    {"有限公司", "youxiangongsi"},
    {"株式会社", "zhushihuishe"},
    {"(주)", "ju"},
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *got = core(slice_from_cstr(names[i].name));
        if (strcmp(got, names[i].core) != 0)
            fail_msg("'%s' is '%s', not '%s'", names[i].name, got, names[i].core);
    }
}

/* Every legal form that may stand in front or behind, around a name that is none. */
static void test_every_form(void **state)
{
    const struct company_table *tables[] = {&company_forms_latin, &company_forms_native, &company_forms_unspaced};
    char text[512];

    (void)state;
    for (size_t t = 0; t < 3; t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct company_form *form = tables[t]->forms + i;
            if (form->flags & COMPANY_BEHIND) {
                snprintf(text, sizeof text, "Wxyz Qrst %.*s", SLICE_ARG(form->key));
                if (strcmp(core(slice_from_cstr(text)), "wxyz qrst") != 0)
                    fail_msg("'%s' is '%s'", text, core(slice_from_cstr(text)));
            }
            if (form->flags & COMPANY_FRONT) {
                snprintf(text, sizeof text, "%.*s Wxyz Qrst", SLICE_ARG(form->key));
                if (strcmp(core(slice_from_cstr(text)), "wxyz qrst") != 0)
                    fail_msg("'%s' is '%s'", text, core(slice_from_cstr(text)));
            }
            if (form->flags & COMPANY_INSIDE) {
                snprintf(text, sizeof text, "Wxyz %.*s Qrst", SLICE_ARG(form->key));
                if (strcmp(core(slice_from_cstr(text)), "wxyz qrst") != 0)
                    fail_msg("'%s' is '%s'", text, core(slice_from_cstr(text)));
            }
        }
    }
}

static void test_tables(void **state)
{
    const struct company_table *tables[] = {&company_forms_latin, &company_forms_native, &company_forms_unspaced};

    (void)state;
    for (size_t t = 0; t < 3; t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct slice key = tables[t]->forms[i].key;
            size_t words = 1;
            for (size_t j = 0; j < key.len; j++)
                words += key.ptr[j] == ' ';
            assert_true(key.len > 0 && key.len <= COMPANY_FORM_BYTES - COMPANY_FORM_WORDS &&
                        words <= COMPANY_FORM_WORDS);
            assert_null(memchr(key.ptr, '.', key.len));
            if (i && slice_compare(tables[t]->forms[i - 1].key, key) >= 0)
                fail_msg("'%.*s' is not in order", SLICE_ARG(key));
        }
    }
}

/* Folding a key changes nothing, or the table would never meet it. */
static void test_latin_keys_are_folded(void **state)
{
    struct buffer out = {0};
    struct error err;

    (void)state;
    for (size_t i = 0; i < company_forms_latin.count; i++) {
        const struct slice key = company_forms_latin.forms[i].key;
        buffer_clear(&out);
        assert_int_equal(latin_fold(&fold, key, &out, NULL, &err), 0);
        assert_true(slice_equal(buffer_slice(&out), key));
    }
    buffer_fini(&out);
}

static void test_long(void **state)
{
    static char text[40000];
    struct buffer out = {0};
    struct error err;
    size_t length = 0;

    (void)state;
    for (size_t i = 0; i < COMPANY_WORDS; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%sname", i ? " " : "");
    memcpy(text + length - 4, "gmbh", 4);
    assert_int_equal(company_core(&fold, (struct slice){text, length}, &out, &err), 0);
    assert_int_equal(out.len, length - 5);
    memcpy(text + length, " gmbh", 5); /* one word too many */
    buffer_clear(&out);
    assert_int_equal(company_core(&fold, (struct slice){text, length + 5}, &out, &err), 0);
    assert_int_equal(out.len, length + 5);
    for (length = 0; length + 6 <= sizeof text; length += 6)
        memcpy(text + length, "公司", 6);
    buffer_clear(&out);
    assert_int_equal(company_core(&fold, (struct slice){text, length}, &out, &err), 0);
    assert_true(out.len > 0);
    memset(text, '(', sizeof text);
    memcpy(text, "（", 3);
    buffer_clear(&out);
    assert_int_equal(company_core(&fold, (struct slice){text, sizeof text}, &out, &err), 0);
    assert_int_equal(out.len, 0);
    buffer_fini(&out);
}

static void test_anything(void **state)
{
    static const char *const pieces[] = {"GmbH", "&",        " ",    " ",  " ",  "Co.", "KG",  "ООО", "«",
                                         "»",    "有限公司", "公司", "(",  ")",  "株",  "주",  "（",  "）",
                                         "a",    "B",        ".",    "И",  "И",  "בע",  "\"",  "מ",   "ش.",
                                         "م.",   "\xff",     "\xe6", "华", "分", "e",   "and", "The", "S.A."};
    uint32_t seed = 20260301;

    (void)state;
    for (unsigned round = 0; round < 100000; round++) {
        char room[512];
        char folded[1024];
        size_t length = 0;
        for (unsigned count = (seed = seed * 1664525 + 1013904223) >> 28; count; count--) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(room + length, piece, strlen(piece));
            length += strlen(piece);
        }
        struct buffer out = {0};
        struct error err;
        assert_int_equal(latin_fold(&fold, (struct slice){room, length}, &out, NULL, &err), 0);
        assert_true(out.len < sizeof folded);
        const char *got = core((struct slice){room, length});
        const size_t used = strlen(got);
        assert_true(utf8_valid(got, used));
        assert_int_equal(used == 0, out.len == 0); /* a name never loses everything */
        assert_true(used == 0 || (got[0] != ' ' && got[used - 1] != ' '));
        assert_null(strstr(got, "  "));
        buffer_fini(&out);
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

/* Restaurants of two guides that are the same: more of their names agree in the core than do as written. */
static void test_published(void **state)
{
    FILE *file = fopen("../shared/data/entity_resolution/fodors_zagat/match_fodors_zagats_more_attrs.csv", "r");
    char line[4096];
    char left[4096];
    size_t pairs = 0;
    size_t as_written = 0;
    size_t cores = 0;

    (void)state;
    if (!file) {
        print_message("skipped: no ../shared/data\n");
        skip();
    }
    while (fgets(line, sizeof line, file)) {
        if (pairs++ == 0)
            continue;
        as_written += slice_equal(column(line, 3), column(line, 7));
        snprintf(left, sizeof left, "%s", core(column(line, 3)));
        cores += strcmp(left, core(column(line, 7))) == 0;
    }
    fclose(file);
    print_message("%zu pairs: %zu as written, %zu in the core\n", pairs - 1, as_written, cores);
    assert_int_equal(pairs - 1, 112);
    assert_true(cores > as_written);
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
        cmocka_unit_test(test_names),     cmocka_unit_test(test_every_form),
        cmocka_unit_test(test_tables),    cmocka_unit_test(test_latin_keys_are_folded),
        cmocka_unit_test(test_long),      cmocka_unit_test(test_anything),
        cmocka_unit_test(test_published),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
