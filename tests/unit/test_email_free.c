/* Domains of providers: common ones of each country and each table, and what only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/email.h"

static const char *const providers[] = {
    "gmail.com",      "googlemail.com", "mail.ru",     "yandex.ru",      "ya.ru",       "yandex.ee",
    "yandex.com.tr",  "qq.com",         "163.com",     "126.com",        "naver.com",   "web.de",
    "gmx.de",         "gmx.net",        "gmx.co.uk",   "orange.fr",      "laposte.net", "hotmail.com",
    "hotmail.co.uk",  "hotmail.se",     "outlook.com", "outlook.com.br", "live.com",    "live.nl",
    "msn.com",        "yahoo.com",      "yahoo.co.jp", "yahoo.com.br",   "ymail.com",   "icloud.com",
    "proton.me",      "aol.com",        "comcast.net", "t-online.de",    "libero.it",   "uol.com.br",
    "wp.pl",          "seznam.cz",      "freemail.hu", "abv.bg",         "walla.co.il", "rediffmail.com",
    "btinternet.com", "bigpond.com",    "xtra.co.nz",  "mweb.co.za",     "bluewin.ch",  "telenet.be",
    "ukr.net",        "tut.by",         "mail.com",    "013.net",        "zonnet.nl",   "anna.fastmail.com",
    "docomo.ne.jp",   "zoznam.sk",
};

static const char *const others[] = {
    "",
    "example.com",
    "gmail.com.evil.example",
    "gmail",
    "xgmail.com",
    "mail.example.com",
    "yahoo.",
    "yahoo.example",
    "yahoo.co.uk.com",
    "yahoo.c",
    "notyahoo.com",
    "gmx.",
    "gmx.a1",
    "outlook.example",
    "live.example.com",
    "hotmail..com",
    "hotmail.com.",
    "yandex.co.u",
    "fastmail.",
    "a.gmail.com",
    "013.ne",
    "013.nets",
    "zzzzzzzz.zz",
    "\xff\xfe",
    "x.ya.ru",
    "yahoo.com.co.uk",
    ".",
    "..",
    "microsoft.com",
    "google.com",
};

static bool is_free(const char *text)
{
    const size_t length = strlen(text);
    char *exact = malloc(length ? length : 1); /* so that a sanitizer sees a read too far */

    assert_non_null(exact);
    memcpy(exact, text, length);
    const bool result = email_domain_is_free((struct slice){exact, length});
    free(exact);
    return result;
}

static void test_providers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
        if (!is_free(providers[i]))
            fail_msg("%s is a provider", providers[i]);
}

static void test_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (is_free(others[i]))
            fail_msg("%s is no provider", others[i]);
    assert_false(email_domain_is_free((struct slice){NULL, 0}));
}

/* A provider that a hint names, or that the key knows, is one. */
static void test_agrees_with_hints(void **state)
{
    static const char *const slips[] = {"gmial.com",  "hotmial.com", "yhaoo.com",
                                        "rambler.rv", "laposte.ent", "liberro.it"};

    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        const struct slice likely = email_likely_domain(slice_from_cstr(slips[i]));
        assert_false(is_free(slips[i]));
        if (likely.len)
            assert_true(email_domain_is_free(likely));
    }
    assert_true(email_likely_domain(slice_from_cstr("gmial.com")).len > 0);
}

/* Addresses of an office; every one of the table is found, whatever stands first or last in it. */
static void test_roles(void **state)
{
    static const char *const offices[] = {"info",   "INFO",    "no-reply", "contact.us", "customer_service",
                                          "abuse",  "hr",      "buero",    "zentrale",   "zakaz",
                                          "orders", "kontakt", "ventas",   "biuro",      "it"};
    static const char *const people[] = {
        "",  "i", "infos1", "anna", "anna.info", "sales-anna", "information", "orders7", "customerserviceteamofthefirm",
        "-", "@"};

    (void)state;
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (!email_user_is_role(slice_from_cstr(offices[i])))
            fail_msg("%s is that of an office", offices[i]);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (email_user_is_role(slice_from_cstr(people[i])))
            fail_msg("%s is that of a person", people[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_providers),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_agrees_with_hints),
        cmocka_unit_test(test_roles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
