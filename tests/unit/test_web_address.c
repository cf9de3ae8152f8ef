/* Web addresses: parameters and domains by hand, hostile ones, every prefix of a long one, and random values that are
 * encoded by the test and have to come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "value/web_address.h"

static void assert_parameter(struct slice url, const char *name, const char *wanted)
{
    struct buffer out = {0};

    assert_int_equal(buffer_append(&out, SLICE("before ")), 0);
    int result = web_parameter(url, slice_from_cstr(name), &out);
    struct slice got = {out.data + 7, out.len - 7};
    if (result != (wanted ? 0 : 1) || !slice_equal_cstr(got, wanted ? wanted : ""))
        fail_msg("%s of '%.*s': %d '%.*s'", name, SLICE_ARG(url), result, SLICE_ARG(got));
    buffer_fini(&out);
}

static const struct {
    const char *url;
    const char *source; /* utm_source; NULL: none */
} urls[] = {
    {"https://example.com/?utm_source=google", "google"},
    {"https://example.com/?a=b&utm_source=google&c=d", "google"},
    {"https://example.com/?utm_source=google&utm_source=bing", "google"},
    {"https://example.com/?utm_source=&utm_source=bing", ""},
    {"https://example.com/?utm_source", ""},
    {"https://example.com/?utm_source=new+york", "new york"},
    {"https://example.com/?utm_source=new%20york%2B1", "new york+1"},
    {"https://example.com/?utm_source=a=b=c", "a=b=c"},
    {"https://example.com/?utm_source=a?b", "a?b"},
    {"https://example.com/?utm_source=%D0%AF%D0%BD%D0%B4%D0%B5%D0%BA%D1%81", "Яндекс"},
    {"https://example.com/?utm_source=%d0%af", "Я"},
    {"https://example.com/?utm_source=Яндекс", "Яндекс"},
    {"https://example.com/?utm%5Fsource=x", "x"},
    {"https://example.com/?UTM_Source=x", "x"},
    {"https://example.com/?x=1&amp;utm_source=x&amp;y=2", "x"},
    {"https://example.com/?utm_source=100%", "100%"},
    {"https://example.com/?utm_source=%4", "%4"},
    {"https://example.com/?utm_source=%zz%41", "%zzA"},
    {"https://example.com/?utm_source=%2541", "%41"},
    {"https://example.com/?utm_source={source}", "{source}"},
    {"https://example.com/#utm_source=x", "x"},
    {"https://example.com/#/page?utm_source=x", "x"},
    {"https://example.com/#?utm_source=x", "x"},
    {"https://example.com/?utm_source=x#utm_source=y", "x"},
    {"https://example.com/?a=b#utm_source=y", "y"},
    {"https://example.com/?utm_source=x#top", "x"},
    {"?utm_source=x", "x"},
    {"  example.com?utm_source=x ", "x"},
    {"example.com/page?&&utm_source=x&", "x"},
    {"https://example.com/", NULL},
    {"https://example.com/utm_source=x", NULL},
    {"https://utm_source=x", NULL},
    {"https://example.com/?my_utm_source=x", NULL},
    {"https://example.com/?utm_source_platform=x", NULL},
    {"https://example.com/?utm_sourc=x", NULL},
    {"https://example.com/?=x", NULL},
    {"https://example.com/?utm_source=%FF", NULL},
    {"https://example.com/?utm_source=%EF%F0%E8", NULL}, /* windows-1251 */
    {"https://example.com/?utm_source=%C0%80", NULL},
    {"https://example.com/?utm_source=%ED%A0%80", NULL}, /* half a surrogate pair */
    {"https://example.com/?utm_source=a%00b", NULL},
    {"https://example.com/?utm_source=a%0Ab", NULL},
    {"https://example.com/?utm_source=a%1B%5B2J", NULL},
    {"https://example.com/?utm_source=a%7F", NULL},
    {"https://example.com/?utm_source=a%C2%9B", NULL},
    {"", NULL},
    {"?", NULL},
    {"#", NULL},
    {"&", NULL},
    {"?&", NULL},
    {"?#?#", NULL},
};

static void reads_parameters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        assert_parameter(slice_from_cstr(urls[i].url), "utm_source", urls[i].source);
    assert_parameter(SLICE("?utm_source=a&utm_medium=b&utm_campaign=c%26d&utm_term=e&utm_content=f"), "utm_campaign",
                     "c&d");
    assert_parameter(SLICE("?utm_source=a"), "", NULL);
    assert_parameter((struct slice){NULL, 0}, "utm_source", NULL);
}

/* Any bytes but control characters, encoded in one of the ways. */
static void parameters_come_back(void **state)
{
    static const char *const characters[] = {"a", "Z", "0", " ", "%", "&", "=",  "+",
                                             "#", "?", "/", ";", "é", "Я", "中", "😀"};
    uint64_t seed = 11;
    (void)state;

    for (int round = 0; round < 3000; round++) {
        char value[200] = "";
        char url[800] = "https://example.com/?first=1&utm_term=";
        size_t used = strlen(url);
        size_t count = 0;
        do {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            const char *c = characters[seed >> 33 & 15];
            strcat(value, c);
            bool plain = (seed >> 40 & 1) && !strchr(" %&=+#?", c[0]);
            for (; *c; c++)
                used += (size_t)snprintf(url + used, sizeof url - used,
                                         plain              ? "%c"
                                         : (seed & 1 << 20) ? "%%%02X"
                                                            : "%%%02x",
                                         plain ? *c : (unsigned char)*c);
        } while (++count < 40 && seed >> 60);
        strcpy(url + used, "&last=2");
        assert_parameter(slice_from_cstr(url), "utm_term", value);
    }
}

static const struct {
    const char *address;
    const char *domain; /* NULL: none */
} addresses[] = {
    {"https://example.com", "example.com"},
    {"https://www.example.com/", "example.com"},
    {"HTTP://WWW.EXAMPLE.COM", "example.com"},
    {"https://user:pass@www.Example.co.uk:8080/path?x=y@z#f", "example.co.uk"},
    {"//example.com/x", "example.com"},
    {"www.example.com", "example.com"},
    {"  example.com\t", "example.com"},
    {"example.com.", "example.com"},
    {"example.com/about", "example.com"},
    {"example.com?x=1", "example.com"},
    {"example.com#x", "example.com"},
    {"example.com:443", "example.com"},
    {"example.com\\x", "example.com"},
    {"sub.www.example.com", "sub.www.example.com"},
    {"www.com", "www.com"},
    {"www.www.com", "www.com"},
    {"wwwexample.com", "wwwexample.com"},
    {"medium.com/@user", "medium.com"},
    {"https://example.com/a@b.org", "example.com"},
    {"https://example.com?email=a@b.org", "example.com"},
    {"info@example.com", "example.com"},
    {"Info@Mail.Example.COM", "mail.example.com"},
    {"mailto:info@example.com?subject=x", "example.com"},
    {"MAILTO:info@example.com", "example.com"},
    {"\"a@b\"@example.com", "example.com"},
    {"info@www.example.com", "example.com"},
    {"https://пример.рф/", "пример.рф"},
    {"ПРИМЕР.РФ", "пример.рф"},
    {"https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai"},
    {"BÜCHER.de", "bücher.de"},
    {"例え。テスト", "例え.テスト"},
    {"भारत.भारत", "भारत.भारत"},
    {"my_host.example.com", "my_host.example.com"},
    {"3com.com", "3com.com"},
    {"ftp://example.com", "example.com"},
    {"android-app://com.google.mail/", "com.google.mail"},
    {"", NULL},
    {" ", NULL},
    {".", NULL},
    {"..", NULL},
    {"com", NULL},
    {"localhost", NULL},
    {"http://localhost:8080/", NULL},
    {"http://", NULL},
    {"https:///path", NULL},
    {"example..com", NULL},
    {".example.com", NULL},
    {"-example.com", NULL},
    {"example-.com", NULL},
    {"exa mple.com", NULL},
    {"example.com:80a", NULL},
    {"10.0.0.1", NULL},
    {"http://10.0.0.1/", NULL},
    {"http://[::1]/", NULL},
    {"12.50", NULL},
    {"info@", NULL},
    {"@example.com", "example.com"},
    {"info@localhost", NULL},
    {"/path/only", NULL},
    {"?x=y", NULL},
    {"javascript:alert(1)", NULL},
    {"tel:+49301234", NULL},
    {"exa\x01mple.com", NULL},
    {"exa\xffmple.com", NULL},
    {"exa\u200emple.com", NULL},
    {"exa\u200bmple.com", NULL},
    {"<b>.com", NULL},
    {"a,b.com", NULL},
};

static void assert_domain(struct slice address, const char *wanted)
{
    struct buffer out = {0};

    assert_int_equal(buffer_append(&out, SLICE("before ")), 0);
    int result = web_domain(address, &out);
    struct slice got = {out.data + 7, out.len - 7};
    if (result != (wanted ? 0 : 1) || !slice_equal_cstr(got, wanted ? wanted : ""))
        fail_msg("'%.*s': %d '%.*s'", SLICE_ARG(address), result, SLICE_ARG(got));
    buffer_fini(&out);
}

static void reads_domains(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        assert_domain(slice_from_cstr(addresses[i].address), addresses[i].domain);
    assert_domain((struct slice){NULL, 0}, NULL);
    assert_domain(SLICE("example.com\0"), NULL);
}

/* RFC 1035, 2.3.4: labels of 63 bytes; names of 253 as text. */
static void keeps_to_the_lengths_of_names(void **state)
{
    char text[400];
    (void)state;

    memset(text, 'a', sizeof text);
    memcpy(text + 63, ".com", 5);
    assert_domain(slice_from_cstr(text), text);
    memset(text, 'a', sizeof text);
    memcpy(text + 64, ".com", 5);
    assert_domain(slice_from_cstr(text), NULL);
    for (size_t length = 253; length < 256; length++) {
        for (size_t i = 0; i < length; i++)
            text[i] = i % 50 == 49 ? '.' : 'a';
        text[length] = '\0';
        assert_domain(slice_from_cstr(text), length == 253 ? text : NULL);
    }
}

/* Exact copies, so that the sanitizer sees a byte read too far. */
static void reads_every_prefix(void **state)
{
    static const char url[] =
        "https://user@www.пример.рф:80/?a=%D0%AF&utm_source=%D0%AF%4&amp;utm_term=x#/y?utm_content=1%";
    (void)state;

    for (size_t length = 0; length < sizeof url; length++) {
        char *copy = malloc(length + 1);
        struct slice text = {copy + 1, length};
        struct buffer out = {0};
        assert_non_null(copy);
        memcpy(copy + 1, url, length);
        assert_in_range(web_domain(text, &out), 0, 1);
        assert_in_range(web_parameter(text, SLICE("utm_source"), &out), 0, 1);
        assert_in_range(web_parameter(text, SLICE("utm_content"), &out), 0, 1);
        assert_true(utf8_valid(out.data ? out.data : "", out.len));
        buffer_fini(&out);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_parameters),   cmocka_unit_test(parameters_come_back),
        cmocka_unit_test(reads_domains),      cmocka_unit_test(keeps_to_the_lengths_of_names),
        cmocka_unit_test(reads_every_prefix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
