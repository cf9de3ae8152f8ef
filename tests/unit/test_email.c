/* E-mail addresses: what is valid and what is not, with the reason; what is peeled off; domains against vectors of the
 * Internet standards (RFC 3492, RFC 5891, UTS #46); match keys by what the providers say; lists; hints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "value/email.h"

#define NBSP "\xc2\xa0"
#define ZERO_WIDTH "\xe2\x80\x8b"
#define JOINER "\xe2\x80\x8d"
#define SOFT_HYPHEN "\xc2\xad"
#define BOM "\xef\xbb\xbf"

static struct email read_email(struct email_reader *reader, struct slice text)
{
    struct email email;
    struct error err;

    assert_int_equal(email_read(reader, text, &email, &err), 0);
    if (email.verdict == EMAIL_VALID) {
        assert_null(email.reason);
        assert_int_equal(email.address.len, email.local.len + 1 + email.domain.len);
        assert_true(email.address.len <= EMAIL_ADDRESS && email.local.len <= EMAIL_LOCAL);
        assert_ptr_equal(email.local.ptr, email.address.ptr);
        assert_ptr_equal(email.domain.ptr, email.local.ptr + email.local.len + 1);
        assert_int_equal(email.domain.ptr[-1], '@');
    } else {
        assert_non_null(email.reason);
        assert_int_equal(email.address.len, 0);
    }
    return email;
}

struct valid_case {
    const char *text, *address;
    unsigned changes;
};

static const struct valid_case valid[] = {
    {"a@b.de", "a@b.de", 0},
    {" John.Doe@Example.COM\t", "John.Doe@example.com", 0},
    {NBSP BOM ZERO_WIDTH "a@b.de" ZERO_WIDTH JOINER "\r\n", "a@b.de", 0},
    {"\xe3\x80\x80"
     "a@b.de",
     "a@b.de", 0},
    {"!#$%&'*+-/=?^_`{|}~@x.org", "!#$%&'*+-/=?^_`{|}~@x.org", 0},
    {"o'neil@x.ie", "o'neil@x.ie", 0},
    {"1@1.de", "1@1.de", 0},
    {"a@3com.com", "a@3com.com", 0},
    {"a@a-b.c-d.museum", "a@a-b.c-d.museum", 0},
    {"\"john doe\"@x.de", "\"john doe\"@x.de", 0},
    {"\"a@b\"@x.de", "\"a@b\"@x.de", 0},
    {"\"a\\\"b\\\\\"@x.de", "\"a\\\"b\\\\\"@x.de", 0},
    {"\"..\"@x.de", "\"..\"@x.de", 0},
    /* peeled */
    {"mailto:a@b.de", "a@b.de", EMAIL_SCHEME},
    {"MailTo: a@b.de?subject=Hi%20there@you", "a@b.de", EMAIL_SCHEME},
    {"<a@b.de>", "a@b.de", EMAIL_NAME},
    {"< a@b.de >", "a@b.de", EMAIL_NAME},
    {"Jane Doe <jane@b.de>", "jane@b.de", EMAIL_NAME},
    {"\"Doe, Jane\" <jane@b.de>", "jane@b.de", EMAIL_NAME},
    {"Doe, Jane<jane@b.de>", "jane@b.de", EMAIL_NAME},
    {"Jane@b.DE <jane@b.de>", "jane@b.de", EMAIL_NAME},
    {"'jane@b.de' <jane@b.de>", "jane@b.de", EMAIL_NAME},
    {"\"boss@b.de via list\" <list@b.de>", "list@b.de", EMAIL_NAME},
    {"Jane <mailto:jane@b.de>;", "jane@b.de", EMAIL_NAME | EMAIL_SCHEME | EMAIL_PUNCTUATION},
    {"a@b.de;", "a@b.de", EMAIL_PUNCTUATION},
    {",a@b.de , ", "a@b.de", EMAIL_PUNCTUATION},
    {"a@b.de.", "a@b.de", EMAIL_PUNCTUATION},
    {"'a@b.de'", "a@b.de", EMAIL_PUNCTUATION},
    {"\"a@b.de\"", "a@b.de", EMAIL_PUNCTUATION},
    {"a@ex" SOFT_HYPHEN "ample" ZERO_WIDTH ".de", "a@example.de", EMAIL_INVISIBLE},
    /* letters of the world: RFC 6531; UTS #46, not transitional; the domains as RFC 3492 and registries have them */
    {"a@b\xc3\xbc"
     "cher.de",
     "a@xn--bcher-kva.de", EMAIL_ENCODED},
    {"a@B\xc3\x9c"
     "CHER.de",
     "a@xn--bcher-kva.de", EMAIL_ENCODED},
    {"a@bu\xcc\x88"
     "cher.de",
     "a@xn--bcher-kva.de", EMAIL_ENCODED},
    {"a@fa\xc3\x9f.de", "a@xn--fa-hia.de", EMAIL_ENCODED},
    {"a@пример.испытание", "a@xn--e1afmkfd.xn--80akhbyknj4f", EMAIL_ENCODED},
    {"a@例子.测试", "a@xn--fsqu00a.xn--0zwm56d", EMAIL_ENCODED},
    {"a@مثال.إختبار", "a@xn--mgbh0fb.xn--kgbechtv", EMAIL_ENCODED},
    {"a@xn--bcher-kva.de", "a@xn--bcher-kva.de", 0},
    {"a@XN--BCHER-KVA.de", "a@xn--bcher-kva.de", 0},
    {"a@例子。jp", "a@xn--fsqu00a.jp", EMAIL_ENCODED},
    {"a@ｅｘａｍｐｌｅ.com", "a@example.com", EMAIL_ENCODED},
    {"m\xc3\xbcller@x.de", "m\xc3\xbcller@x.de", 0},
    {"mu\xcc\x88ller@x.de", "m\xc3\xbcller@x.de", EMAIL_RECOMPOSED},
    {"иван.петров@почта.рф", "иван.петров@xn--80a1acny.xn--p1ai", EMAIL_ENCODED},
    {"иван@gmail.com", "иван@gmail.com", 0},
};

static void test_valid(void **state)
{
    struct email_reader reader;

    (void)state;
    email_reader_init(&reader);
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        struct email email = read_email(&reader, slice_from_cstr(valid[i].text));
        if (email.verdict != EMAIL_VALID || !slice_equal_cstr(email.address, valid[i].address) ||
            email.changes != valid[i].changes)
            fail_msg("'%s': '%.*s' %u (%s), not '%s' %u", valid[i].text, SLICE_ARG(email.address), email.changes,
                     email.reason ? email.reason : "valid", valid[i].address, valid[i].changes);
    }
    email_reader_fini(&reader);
}

struct invalid_case {
    const char *text, *reason;
};

static const struct invalid_case invalid[] = {
    {"", "empty"},
    {" \t" NBSP, "empty"},
    {";", "empty"},
    {"nobody", "no @"},
    {"john at x.de", "no @"},
    {"a\xef\xbc\xa0"
     "b.de",
     "no @ but its full-width form"},
    {"@b.de", "nothing before the @"},
    {"\"\"@b.de", "nothing before the @"},
    {"a@", "nothing after the @"},
    {"a@@b.de", "two @"},
    {"a@b@c.de", "two @"},
    {"a@x.de, b@y.de", "two @"},
    {"bob@y.de <a@x.de>", "two @"},
    {"a b@c.de", "blank inside"},
    {"a@b c.de", "blank inside"},
    {"a" NBSP "b@c.de", "blank inside"},
    {"a@b" NBSP "c.de", "blank inside"},
    {"a@[1.2.3.4]", "a literal address in place of a domain"},
    {"a@[IPv6:::1]", "a literal address in place of a domain"},
    {".a@b.de", "starts with a dot"},
    {"a.@b.de", "a dot before the @"},
    {"a..b@b.de", "two dots in a row before the @"},
    {"a(b@c.de", "'(' before the @ is not allowed"},
    {"a\"b@c.de", "'\"' before the @ is not allowed"},
    {"a\x01"
     "b@c.de",
     "'\\x01' before the @ is not allowed"},
    {"\"a\x7f\"@c.de", "'\\x7f' before the @ is not allowed"},
    {"\xff@c.de", "'\\xff' before the @ is not allowed"},
    {"\xcc\x81"
     "a@c.de",
     "'\xcc\x81' before the @ is not allowed"},
    {"<a@b.de", "'<' before the @ is not allowed"},
    {"a@b", "domain without a dot"},
    {"a@localhost", "domain without a dot"},
    {"a@b..de", "two dots in a row in the domain"},
    {"a@.de", "a dot after the @"},
    {"a@b.de..", "two dots in a row in the domain"},
    {"a@-b.de", "a hyphen at the start or end of a part of the domain"},
    {"a@b-.de", "a hyphen at the start or end of a part of the domain"},
    {"a@b.de-", "a hyphen at the start or end of a part of the domain"},
    {"a@1.2.3.4", "a digit in the last part of the domain"},
    {"a@b.co1", "a digit in the last part of the domain"},
    {"a@b_c.de", "'_' in the domain is not allowed"},
    {"a@b\\c.de", "'\\' in the domain is not allowed"},
    {"a@b.de/x", "'/' in the domain is not allowed"},
    {"a@b.de (work)", "blank inside"},
    {"a@ab--c.de", "two hyphens in the third place of a part of the domain"},
    {"a@xn--a.de", "an xn-- part of the domain that stands for nothing"},
    {"a@b\xff.de", "'\\xff' in the domain could not be encoded"},
    {"a@\xe2\x98\xba.com", "'\xe2\x98\xba' in the domain could not be encoded"},
    {"a@b\xc3\xbc_c.de", "'_' in the domain could not be encoded"},
    {"a@\xcc\x81"
     "b.de",
     "'\xcc\x81' in the domain could not be encoded"},
    {"a@\xd8\xa7"
     "b.de",
     "letters of both directions in the domain"},
    {"ivаn@gmail.com", "'а' among Latin letters before the @"},
    {"ivan@gmаil.com", "'а' among Latin letters in the domain"},
    {"ivan@ya.rу", "'у' among Latin letters in the domain"},
    {"α1b@x.gr", "'α' among Latin letters before the @"},
};

static void test_invalid(void **state)
{
    struct email_reader reader;

    (void)state;
    email_reader_init(&reader);
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        struct email email = read_email(&reader, slice_from_cstr(invalid[i].text));
        if (email.verdict != EMAIL_INVALID || strcmp(email.reason, invalid[i].reason) != 0)
            fail_msg("'%s': '%.*s' (%s), not '%s'", invalid[i].text, SLICE_ARG(email.address),
                     email.reason ? email.reason : "valid", invalid[i].reason);
    }
    email_reader_fini(&reader);
}

/* count times c, then the rest. */
static struct slice filled(char *room, char c, size_t count, const char *rest)
{
    memset(room, c, count);
    memcpy(room + count, rest, strlen(rest) + 1);
    return slice_from_cstr(room);
}

static void test_lengths(void **state)
{
    struct email_reader reader;
    static char room[8192];
    struct email email;

    (void)state;
    email_reader_init(&reader);
    assert_int_equal(read_email(&reader, filled(room, 'a', 64, "@x.de")).verdict, EMAIL_VALID);
    email = read_email(&reader, filled(room, 'a', 65, "@x.de"));
    assert_string_equal(email.reason, "more than 64 bytes before the @");
    /* 63 bytes are a label, 64 none */
    memcpy(room, "a@", 2);
    memset(room + 2, 'b', 63);
    memcpy(room + 65, ".de", 4);
    assert_int_equal(read_email(&reader, slice_from_cstr(room)).verdict, EMAIL_VALID);
    memset(room + 2, 'b', 64);
    memcpy(room + 66, ".de", 4);
    email = read_email(&reader, slice_from_cstr(room));
    assert_string_equal(email.reason, "a part of the domain is longer than 63 bytes");
    /* 254 bytes in all: 2 + 63 x 4 = 254 with dots between */
    for (size_t total = 253; total <= 256; total++) {
        for (size_t i = 0; i < total; i++)
            room[i] = i == 0 ? 'a' : i == 1 ? '@' : (i - 2) % 50 == 49 ? '.' : 'b';
        room[total - 1] = 'b';
        email = read_email(&reader, (struct slice){room, total});
        assert_int_equal(email.verdict, total <= 254 ? EMAIL_VALID : EMAIL_INVALID);
        if (total > 254)
            assert_string_equal(email.reason, "longer than 254 bytes");
    }
    /* very long ones of every kind */
    static const char *const ends[] = {"", "@x.de", "@b\xc3\xbc.de", ">", "\"@x.de"};
    static const char fills[] = {'a', '@', '.', ' ', '<', '"', ';', '\\', '\xc3', '\xff'};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        for (size_t j = 0; j < sizeof fills; j++)
            for (size_t size = 1000; size <= 7000; size += 1500) {
                email = read_email(&reader, filled(room, fills[j], size, ends[i]));
                if (email.verdict == EMAIL_VALID)
                    assert_true(fills[j] == ' ' || fills[j] == ';');
            }
    /* a long domain of letters that are not ASCII */
    memcpy(room, "a@", 2);
    for (size_t i = 0; i < 900; i++)
        memcpy(room + 2 + 2 * i, "\xd1\x8f", 2);
    email = read_email(&reader, (struct slice){room, 1802});
    assert_string_equal(email.reason, "the domain is too long");
    email_reader_fini(&reader);
}

/* Local parts that grow or shrink in NFC stay within their room. */
static void test_recomposed_lengths(void **state)
{
    struct email_reader reader;
    char room[1024];
    struct email email;

    (void)state;
    email_reader_init(&reader);
    for (size_t count = 1; count <= 200; count++) {
        for (size_t i = 0; i < count; i++)
            memcpy(room + 3 * i, "u\xcc\x88", 3);
        memcpy(room + 3 * count, "@x.de", 5);
        email = read_email(&reader, (struct slice){room, 3 * count + 5});
        assert_int_equal(email.verdict, count <= 32 ? EMAIL_VALID : EMAIL_INVALID);
        if (count <= 32)
            assert_int_equal(email.local.len, 2 * count);
        /* U+FB2C becomes three characters of two bytes in NFC */
        for (size_t i = 0; i < count; i++)
            memcpy(room + 3 * i, "\xef\xac\xac", 3);
        memcpy(room + 3 * count, "@x.de", 5);
        email = read_email(&reader, (struct slice){room, 3 * count + 5});
        assert_int_equal(email.verdict, count <= 10 ? EMAIL_VALID : EMAIL_INVALID);
    }
    email_reader_fini(&reader);
}

struct key_case {
    const char *text, *key;
};

static const struct key_case keys[] = {
    {"John.Doe@Example.COM", "john.doe@example.com"},
    {"John.Doe+x@Example.COM", "john.doe+x@example.com"},
    {"J.o.h.n+news@Gmail.com", "john@gmail.com"},
    {"john@googlemail.com", "john@gmail.com"},
    {"\"j.o\"@gmail.com", "jo@gmail.com"},
    {"\"j o+x\"@gmail.com", "\"j o+x\"@gmail.com"},
    {"\"J..o\"@gmail.com", "\"j..o\"@gmail.com"},
    {"+x@gmail.com", "+x@gmail.com"},
    {"a.b+x@icloud.com", "a.b@icloud.com"},
    {"a.b@me.com", "a.b@icloud.com"},
    {"a.b+y@mac.com", "a.b@icloud.com"},
    {"a.b+y@fastmail.com", "a.b@fastmail.com"},
    {"a.b@fastmail.fm", "a.b@fastmail.fm"},
    {"shop@user.fastmail.com", "user@fastmail.com"},
    {"shop@user.fastmail.fm", "user@fastmail.fm"},
    {"shop@a.b.fastmail.fm", "shop@a.b.fastmail.fm"},
    {"shop@user.gmail.com", "shop@user.gmail.com"},
    {"a.b-c_d+e@proton.me", "abcd@proton.me"},
    {"A_bcd@pm.me", "abcd@proton.me"},
    {"ab.cd@protonmail.com", "abcd@proton.me"},
    {"Ivan.Petrov+x@ya.ru", "ivan-petrov@yandex.ru"},
    {"ivan-petrov@yandex.com", "ivan-petrov@yandex.ru"},
    {"ivanpetrov@yandex.ru", "ivanpetrov@yandex.ru"},
    {"a.b+c@zoho.com", "a.b@zoho.com"},
    {"a.b+c@outlook.com", "a.b@outlook.com"},
    {"a.b+c@outlook.de", "a.b@outlook.de"},
    {"a.b+c@hotmail.co.uk", "a.b@hotmail.co.uk"},
    {"a.b+c@live.nl", "a.b@live.nl"},
    {"a.b+c@live.at", "a.b+c@live.at"},
    {"a.b+c@passport.com", "a.b@passport.com"},
    {"a.b+c@outlook.example", "a.b+c@outlook.example"},
    {"a.b+c@msn.com", "a.b@msn.com"},
    {"a.b+c-d@yahoo.com", "a.b+c-d@yahoo.com"},
    {"a.b+c@mail.ru", "a.b+c@mail.ru"},
    {"a.b+c@web.de", "a.b+c@web.de"},
    {"ИВАН@почта.рф", "иван@xn--80a1acny.xn--p1ai"},
    {"MÜLLER@x.de", "müller@x.de"},
    {"...@gmail.com", ""},
    {"nobody", ""},
};

static void test_keys(void **state)
{
    struct email_reader reader;

    (void)state;
    email_reader_init(&reader);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct email email = read_email(&reader, slice_from_cstr(keys[i].text));
        struct slice key = email_key(&reader, &email);
        if (!slice_equal_cstr(key, keys[i].key))
            fail_msg("'%s': '%.*s', not '%s'", keys[i].text, SLICE_ARG(key), keys[i].key);
    }
    /* folding makes two bytes three: U+023A; the longest address of them still fits */
    char room[EMAIL_ADDRESS];
    for (size_t i = 0; i < 32; i++)
        memcpy(room + 2 * i, "\xc8\xba", 2);
    memcpy(room + 64, "@x.de", 5);
    struct email email = read_email(&reader, (struct slice){room, 69});
    assert_int_equal(email.verdict, EMAIL_VALID);
    assert_int_equal(email_key(&reader, &email).len, 32 * 3 + 5);
    email_reader_fini(&reader);
}

/* The key of a key is the key, for any domain of the table: keys made from keys in another run still match. */
static void test_keys_are_fixed_points(void **state)
{
    struct email_reader reader;
    char room[EMAIL_ADDRESS * 2];

    (void)state;
    email_reader_init(&reader);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct email email = read_email(&reader, slice_from_cstr(keys[i].key));
        if (email.verdict != EMAIL_VALID)
            continue;
        struct slice key = email_key(&reader, &email);
        memcpy(room, key.ptr, key.len);
        assert_true(slice_equal_cstr((struct slice){room, key.len}, keys[i].key));
    }
    email_reader_fini(&reader);
}

struct split_case {
    const char *cell;
    const char *parts[4];
};

static const struct split_case splits[] = {
    {"", {NULL}},
    {"  ", {NULL}},
    {"a@x.de", {"a@x.de"}},
    {" a@x.de;", {" a@x.de;"}},
    {"nobody; nowhere", {"nobody; nowhere"}},
    {"a@x.de; b@y.de", {"a@x.de", "b@y.de"}},
    {"a@x.de,b@y.de", {"a@x.de", "b@y.de"}},
    {"a@x.de b@y.de\tc@z.de", {"a@x.de", "b@y.de", "c@z.de"}},
    {"a@x.de" NBSP "b@y.de", {"a@x.de", "b@y.de"}},
    {"a@x.de\r\nb@y.de\r\n", {"a@x.de", "b@y.de"}},
    {"a@x.de ::: b@y.de", {"a@x.de", "b@y.de"}},
    {"a@x.de:::b@y.de", {"a@x.de", "b@y.de"}},
    {"a@x.de|b@y.de", {"a@x.de", "b@y.de"}},
    {"a@x.de；b@y.de，c@z.de、d@w.de", {"a@x.de", "b@y.de", "c@z.de", "d@w.de"}},
    {";;a@x.de;;b@y.de;", {"a@x.de", "b@y.de"}},
    {"A B <a@x.de>, C <b@y.de>", {"A B <a@x.de>", "C <b@y.de>"}},
    {"Doe, J <a@x.de>; Roe, R <b@y.de>", {"Doe, J <a@x.de>", "Roe, R <b@y.de>"}},
    {"\"Doe; J\" <a@x.de>, b@y.de", {"\"Doe; J\" <a@x.de>", "b@y.de"}},
    {"\"a;b\"@x.de", {"\"a;b\"@x.de"}},
    {"a@x.de or b@y.de", {"a@x.de or b@y.de"}},
    {"a@x.de; none", {"a@x.de; none"}},
    {"a@x.de; b@y.de; none", {"a@x.de; b@y.de; none"}},
    {"bob@y.de <a@x.de>", {"bob@y.de", "<a@x.de>"}},
    {"a@@b.de", {"a@@b.de"}},
    {"a@x.de <b@y.de", {"a@x.de", "<b@y.de"}},
    {"\"a@x.de; b@y.de", {"\"a@x.de", "b@y.de"}},
};

static void test_split(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        struct email_split split;
        struct slice part;
        size_t count = email_split_start(&split, slice_from_cstr(splits[i].cell));
        size_t j = 0;
        while (email_split_next(&split, &part)) {
            if (j == 4 || !splits[i].parts[j] || !slice_equal_cstr(part, splits[i].parts[j]))
                fail_msg("'%s', part %zu: '%.*s'", splits[i].cell, j, SLICE_ARG(part));
            j++;
        }
        if (j != count || (j < 4 && splits[i].parts[j]))
            fail_msg("'%s': %zu parts, said %zu", splits[i].cell, j, count);
        assert_false(email_split_next(&split, &part));
    }
}

struct hint_case {
    const char *domain, *likely;
};

static const struct hint_case hints[] = {
    {"gmail.com", ""},
    {"gmial.com", "gmail.com"},
    {"gmai.com", "gmail.com"},
    {"gmaill.com", "gmail.com"},
    {"gmail.con", "gmail.com"},
    {"gmail.co", "gmail.com"},
    {"hotnail.com", "hotmail.com"},
    {"hotmial.com", "hotmail.com"},
    {"outlok.com", "outlook.com"},
    {"yahooo.com", "yahoo.com"},
    {"iclod.com", "icloud.com"},
    {"yandx.ru", "yandex.ru"},
    {"mail.com", ""},
    {"ymail.com", ""},
    {"email.com", ""},
    {"yahoo.fr", ""},
    {"orange.es", ""},
    {"yandex.ua", ""},
    {"yandex.kz", ""},
    {"example.com", ""},
    {"", ""},
    {"a", ""},
    {"gmal", ""},
    {"gamil.con", ""},
    {"xgmail.comx", ""},
};

static void test_hints(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        struct slice likely = email_likely_domain(slice_from_cstr(hints[i].domain));
        if (!slice_equal_cstr(likely, hints[i].likely))
            fail_msg("'%s': '%.*s', not '%s'", hints[i].domain, SLICE_ARG(likely), hints[i].likely);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Anything may come: no read beyond the text, no address beyond its limits, and what was valid once is so again. */
static void test_anything(void **state)
{
    static const char *const pieces[] = {"a",         "b.de",
                                         "@",         ".",
                                         "..",        "\"",
                                         "\\",        "<",
                                         ">",         " ",
                                         ";",         ",",
                                         "mailto:",   "xn--",
                                         "\xc3\xbc",  "\xcc\x88",
                                         "я",         "\xff",
                                         "\xc3",      "\xe2\x80",
                                         "例",        "。",
                                         "-",         "--",
                                         "1",         "\xf0\x9f\x98\x80",
                                         "(",         "'",
                                         "?",         "İ",
                                         "ß",         JOINER,
                                         SOFT_HYPHEN, ".com",
                                         "::1"};
    struct email_reader reader;
    uint32_t seed = 20260301;

    (void)state;
    email_reader_init(&reader);
    for (unsigned round = 0; round < 100000; round++) {
        char room[160];
        char again[EMAIL_ADDRESS];
        size_t length = 0;
        for (unsigned count = next_random(&seed) % 12; count; count--) {
            const char *piece = pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)];
            memcpy(room + length, piece, strlen(piece));
            length += strlen(piece);
        }
        char *exact = malloc(length + 1); /* so that a sanitizer sees a read too far */
        assert_non_null(exact);
        memcpy(exact, room, length);
        char *end = realloc(exact, length ? length : 1);
        assert_non_null(end);
        struct email email = read_email(&reader, (struct slice){end, length});
        (void)email_key(&reader, &email);
        if (email.verdict == EMAIL_VALID) {
            struct slice address = {again, email.address.len};
            assert_true(utf8_valid(email.address.ptr, email.address.len));
            memcpy(again, email.address.ptr, email.address.len);
            email = read_email(&reader, address);
            assert_int_equal(email.verdict, EMAIL_VALID);
            assert_true(slice_equal(email.address, address));
            assert_int_equal(email.changes, 0);
        }
        free(end);
    }
    email_reader_fini(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),    cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_lengths),  cmocka_unit_test(test_recomposed_lengths),
        cmocka_unit_test(test_keys),     cmocka_unit_test(test_keys_are_fixed_points),
        cmocka_unit_test(test_split),    cmocka_unit_test(test_hints),
        cmocka_unit_test(test_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
