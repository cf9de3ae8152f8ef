/* Double Metaphone: the names for which the article made its rules, with the codes that follow from them by hand; codes
 * that are cut; text that is no name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/phonetic.h"

struct code_case {
    const char *name, *primary, *secondary; /* secondary NULL: as primary */
};

static void check_codes(const struct code_case *cases, size_t count)
{
    struct phonetic got;

    for (size_t i = 0; i < count; i++) {
        const char *secondary = cases[i].secondary ? cases[i].secondary : cases[i].primary;
        phonetic_encode(slice_from_cstr(cases[i].name), &got);
        if (strcmp(got.primary, cases[i].primary) != 0 || strcmp(got.secondary, secondary) != 0)
            fail_msg("'%s': %s/%s, not %s/%s", cases[i].name, got.primary, got.secondary, cases[i].primary, secondary);
    }
}

/* clang-format off */
static const struct code_case published[] = {
    {"smith", "SM0", "XMT"}, {"schmidt", "XMT", "SMT"}, {"snider", "SNTR", "XNTR"}, {"schneider", "XNTR", "SNTR"},
    {"thomas", "TMS", NULL}, {"thumb", "0M", "TM"}, {"dumb", "TM", NULL}, {"catherine", "K0RN", "KTRN"},
    {"xavier", "SF", "SFR"}, {"filipowicz", "FLPTS", "FLPFX"}, {"arnow", "ARN", "ARNF"}, {"arnoff", "ARNF", NULL},
    {"wasserman", "ASRMN", "FSRMN"}, {"vasserman", "FSRMN", NULL}, {"michael", "MKL", "MXL"}, {"jose", "HS", NULL},
    {"jankelowicz", "JNKLTS", "ANKLFX"}, {"cabrillo", "KPRL", "KPR"}, {"gallegos", "KLKS", "KKS"},
    {"tagliaro", "TKLR", "TLR"}, {"laugh", "LF", NULL}, {"hugh", "H", NULL}, {"edge", "AJ", NULL},
    {"edgar", "ATKR", NULL}, {"caesar", "SSR", NULL}, {"chianti", "KNT", NULL}, {"chorus", "KRS", NULL},
    {"bacher", "PKR", NULL}, {"mchugh", "MK", NULL}, {"czerny", "SRN", "XRN"}, {"focaccia", "FKX", NULL},
    {"mcclellan", "MKLLN", NULL}, {"bellocchio", "PLX", NULL}, {"accident", "AKSTNT", NULL}, {"bertucci", "PRTX", NULL},
    {"bacchus", "PKS", NULL}, {"tichner", "TXNR", "TKNR"}, {"wachtler", "AKTLR", "FKTLR"}, {"arch", "ARX", "ARK"},
    {"architect", "ARKTKT", NULL}, {"orchestra", "ARKSTR", NULL}, {"school", "SKL", NULL}, {"schooner", "SKNR", NULL},
    {"schermerhorn", "XRMRRN", "SKRMRRN"}, {"schenker", "XNKR", "SKNKR"}, {"resnais", "RSN", "RSNS"},
    {"artois", "ART", "ARTS"}, {"rogier", "RJ", "RJR"}, {"hochmeier", "HKMR", NULL}, {"breaux", "PR", NULL},
    {"zhao", "J", NULL}, {"campbell", "KMPL", NULL}, {"raspberry", "RSPR", NULL}, {"knight", "NT", NULL},
    {"wright", "RT", NULL}, {"danger", "TNJR", "TNKR"}, {"san jacinto", "SNHSNT", NULL}, {"bajador", "PJTR", "PHTR"},
    {"island", "ALNT", NULL}, {"carlisle", "KRLL", NULL}, {"sugar", "XKR", "SKR"}, {"biaggi", "PJ", "PK"},
    {"cagney", "KKN", NULL}, {"womo", "AM", "FM"}, {"uomo", "AM", NULL}, {"ghislane", "JLN", NULL},
    {"mac caffrey", "MKFR", NULL}, {"van der berg", "FNTRPRK", NULL}, {"gnocchi", "NX", NULL}, {"phillips", "FLPS", NULL},
    {"pizza", "PS", "PTS"}, {"nation", "NXN", NULL}, {"szabo", "SP", "XP"}, {"mannheim", "MNM", NULL},
    {"aaa", "A", NULL},
};
/* clang-format on */

static void test_published(void **state)
{
    (void)state;
    check_codes(published, sizeof published / sizeof *published);
}

static void test_cut(void **state)
{
    static const struct code_case cases[] = {
        {"konstantinopolsky", "KNSTNTNP", NULL},
        {"bdbdbdbdbdbdbd", "PTPTPTPT", NULL},
        {"filipowiczbdbdbdbd", "FLPTSPTP", "FLPFXPTP"},
        {"wbdbdbdbx", "PTPTPTPK", NULL}, /* of two characters one fits */
    };

    (void)state;
    check_codes(cases, sizeof cases / sizeof *cases);
}

static void test_nothing_to_hear(void **state)
{
    static const struct code_case cases[] = {
        {"", "", NULL}, {"12", "", NULL}, {"   ", "", NULL}, {"h", "", NULL}, {"\xd0\x9f", "", NULL},
    };
    struct phonetic a;
    struct phonetic b;

    (void)state;
    check_codes(cases, sizeof cases / sizeof *cases);
    phonetic_encode((struct slice){NULL, 0}, &a);
    phonetic_encode(SLICE("12"), &b);
    assert_false(phonetic_alike(&a, &b));
}

static void test_alike(void **state)
{
    static const struct {
        const char *a, *b;
        bool alike;
    } cases[] = {
        {"smith", "schmidt", true},       {"catherine", "kathryn", true}, {"arnow", "arnoff", true},
        {"stephen", "steven", true},      {"philip", "filip", true},      {"meyer", "maier", true},
        {"wasserman", "vasserman", true}, {"smith", "jones", false},      {"anna", "hanna", false},
    };
    struct phonetic a;
    struct phonetic b;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        phonetic_encode(slice_from_cstr(cases[i].a), &a);
        phonetic_encode(slice_from_cstr(cases[i].b), &b);
        if (phonetic_alike(&a, &b) != cases[i].alike || phonetic_alike(&b, &a) != cases[i].alike)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
    }
}

/* Any bytes, at the very end of their memory: the codes hold what they may and no more. */
static void test_anything(void **state)
{
    uint64_t seed = 5;

    (void)state;
    for (int round = 0; round < 200000; round++) {
        const size_t length = (size_t)(seed >> 60);
        char *text = malloc(length + 1);
        struct phonetic got;
        assert_non_null(text);
        for (size_t i = 0; i < length; i++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            text[i] = (seed >> 40) % 16 ? "abcdefghijklmnopqrstuvwxyz chgsz"[(seed >> 33) % 32] : (char)(seed >> 50);
        }
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        phonetic_encode((struct slice){text, length}, &got);
        assert_true(strlen(got.primary) <= PHONETIC_CODE && strlen(got.secondary) <= PHONETIC_CODE);
        assert_int_equal(strspn(got.primary, "AFHJKLMNPRSTX0"), strlen(got.primary));
        assert_int_equal(strspn(got.secondary, "AFHJKLMNPRSTX0"), strlen(got.secondary));
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published), cmocka_unit_test(test_cut),      cmocka_unit_test(test_nothing_to_hear),
        cmocka_unit_test(test_alike),     cmocka_unit_test(test_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
