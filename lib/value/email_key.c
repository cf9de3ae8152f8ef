/* The match key: what makes two spellings one mailbox at the providers that say so.
 *
 * Each rule stands with where it is documented; the list of providers that drop a "+tag" is also that of the Python
 * package email-normalize (gmr/email-normalize), which agrees. Left out for want of such a statement, so that only case
 * is ignored there: Yahoo (its tags follow a hyphen, and the name before it is not an address: help.yahoo.com
 * SLN28815), Mail.ru and its sister domains, GMX, web.de, QQ; and Rackspace and companies' own domains at any provider,
 * which only a look-up of mail exchangers could tell. */
#include "value/email.h"

#include <string.h>
#include <unicode/uchar.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "value/email_text.h"

enum rule {
    DROP_TAG = 1,   /* from the first + on */
    DROP_DOTS = 2,  /* . */
    DROP_MARKS = 4, /* . - _ */
    DOT_IS_HYPHEN = 8,
};

struct provider {
    struct slice domain;
    struct slice canonical; /* the domain in the key */
    unsigned rules;
};

static const struct provider providers[] = {
    /* dots: support.google.com/mail/answer/7436150; tags: .../22370; googlemail.com: .../10313. Not Workspace domains
     */
    {SLICE_INIT("gmail.com"), SLICE_INIT("gmail.com"), DROP_TAG | DROP_DOTS},
    {SLICE_INIT("googlemail.com"), SLICE_INIT("gmail.com"), DROP_TAG | DROP_DOTS},
    /* whoever has an address at me.com or mac.com has the same at icloud.com: support.apple.com/118230 */
    {SLICE_INIT("icloud.com"), SLICE_INIT("icloud.com"), DROP_TAG},
    {SLICE_INIT("me.com"), SLICE_INIT("icloud.com"), DROP_TAG},
    {SLICE_INIT("mac.com"), SLICE_INIT("icloud.com"), DROP_TAG},
    /* fastmail.help/hc/en-us/articles/360060591053; the two domains are different accounts */
    {SLICE_INIT("fastmail.com"), SLICE_INIT("fastmail.com"), DROP_TAG},
    {SLICE_INIT("fastmail.fm"), SLICE_INIT("fastmail.fm"), DROP_TAG},
    /* . _ - are transparent: proton.me/support/change-username; + and the same name at each of the domains being one
     * person's: proton.me/support/addresses-and-aliases */
    {SLICE_INIT("proton.me"), SLICE_INIT("proton.me"), DROP_TAG | DROP_MARKS},
    {SLICE_INIT("protonmail.com"), SLICE_INIT("proton.me"), DROP_TAG | DROP_MARKS},
    {SLICE_INIT("protonmail.ch"), SLICE_INIT("proton.me"), DROP_TAG | DROP_MARKS},
    {SLICE_INIT("pm.me"), SLICE_INIT("proton.me"), DROP_TAG | DROP_MARKS},
    /* one name at all of Yandex's domains: yandex.com/support/id/authorization/email.html; the domains are those of
     * validator.js. That a dot and a hyphen in a name are the same to Yandex is common knowledge; no page of its help
     * was found to say so */
    {SLICE_INIT("yandex.ru"), SLICE_INIT("yandex.ru"), DROP_TAG | DOT_IS_HYPHEN},
    {SLICE_INIT("ya.ru"), SLICE_INIT("yandex.ru"), DROP_TAG | DOT_IS_HYPHEN},
    {SLICE_INIT("yandex.com"), SLICE_INIT("yandex.ru"), DROP_TAG | DOT_IS_HYPHEN},
    {SLICE_INIT("yandex.by"), SLICE_INIT("yandex.ru"), DROP_TAG | DOT_IS_HYPHEN},
    {SLICE_INIT("yandex.kz"), SLICE_INIT("yandex.ru"), DROP_TAG | DOT_IS_HYPHEN},
    {SLICE_INIT("yandex.ua"), SLICE_INIT("yandex.ru"), DROP_TAG | DOT_IS_HYPHEN},
    /* email-normalize; Microsoft's others are below */
    {SLICE_INIT("zoho.com"), SLICE_INIT("zoho.com"), DROP_TAG},
    {SLICE_INIT("zohomail.com"), SLICE_INIT("zohomail.com"), DROP_TAG},
    {SLICE_INIT("msn.com"), SLICE_INIT("msn.com"), DROP_TAG},
    {SLICE_INIT("passport.com"), SLICE_INIT("passport.com"), DROP_TAG},
};

/* Microsoft's domains of consumers: which of the three names it has in which country (the list of validator.js); each
 * is an account of its own. */
enum { OUTLOOK = 1, HOTMAIL = 2, LIVE = 4 };

static const struct {
    struct slice name;
    unsigned flag;
} microsoft[] = {{SLICE_INIT("outlook."), OUTLOOK}, {SLICE_INIT("hotmail."), HOTMAIL}, {SLICE_INIT("live."), LIVE}};

static const struct {
    struct slice suffix;
    unsigned names;
} countries[] = {
    {SLICE_INIT("at"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("be"), HOTMAIL | OUTLOOK | LIVE},
    {SLICE_INIT("ca"), HOTMAIL},
    {SLICE_INIT("cl"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("co.il"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("co.nz"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("co.th"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("co.uk"), HOTMAIL | LIVE},
    {SLICE_INIT("com"), HOTMAIL | OUTLOOK | LIVE},
    {SLICE_INIT("com.ar"), HOTMAIL | OUTLOOK | LIVE},
    {SLICE_INIT("com.au"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("com.br"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("com.gr"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("com.mx"), HOTMAIL | LIVE},
    {SLICE_INIT("com.pe"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("com.tr"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("com.vn"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("cz"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("de"), HOTMAIL | OUTLOOK | LIVE},
    {SLICE_INIT("dk"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("es"), HOTMAIL | OUTLOOK | LIVE},
    {SLICE_INIT("eu"), LIVE},
    {SLICE_INIT("fr"), HOTMAIL | OUTLOOK | LIVE},
    {SLICE_INIT("hu"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("id"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("ie"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("in"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("it"), HOTMAIL | OUTLOOK | LIVE},
    {SLICE_INIT("jp"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("kr"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("lv"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("my"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("nl"), LIVE},
    {SLICE_INIT("ph"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("pt"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("sa"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("sg"), HOTMAIL | OUTLOOK},
    {SLICE_INIT("sk"), HOTMAIL | OUTLOOK},
};

static bool is_microsoft(struct slice domain)
{
    for (size_t i = 0; i < sizeof microsoft / sizeof *microsoft; i++) {
        const struct slice name = microsoft[i].name;
        if (domain.len <= name.len || memcmp(domain.ptr, name.ptr, name.len) != 0)
            continue;
        for (size_t j = 0; j < sizeof countries / sizeof *countries; j++)
            if ((countries[j].names & microsoft[i].flag) &&
                slice_equal((struct slice){domain.ptr + name.len, domain.len - name.len}, countries[j].suffix))
                return true;
    }
    return false;
}

/* anything@user.fastmail.com is user@fastmail.com: then *user is that label of the domain. */
static const struct provider *fastmail_user(struct slice domain, struct slice *user)
{
    const char *dot = memchr(domain.ptr, '.', domain.len);

    if (!dot)
        return NULL;
    const struct slice behind = {dot + 1, domain.len - (size_t)(dot + 1 - domain.ptr)};
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++) {
        if (behind.len > 9 && memcmp(behind.ptr, "fastmail.", 9) == 0 && slice_equal(behind, providers[i].domain)) {
            *user = (struct slice){domain.ptr, (size_t)(dot - domain.ptr)};
            return providers + i;
        }
    }
    return NULL;
}

static const struct provider *find_provider(struct slice domain)
{
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
        if (slice_equal(domain, providers[i].domain))
            return providers + i;
    return NULL;
}

bool email_has_key_rule(struct slice domain)
{
    struct slice user;

    return find_provider(domain) || fastmail_user(domain, &user) || is_microsoft(domain);
}

/* What is in the quotes when they are unnecessary, else the local part itself and *plain = false. */
static struct slice without_quotes(struct slice local, bool *plain)
{
    *plain = true;
    if (local.len < 3 || local.ptr[0] != '"')
        return local;
    const struct slice inner = {local.ptr + 1, local.len - 2};
    for (size_t i = 0; i < inner.len; i++) {
        const char c = inner.ptr[i];
        const bool lone_dot = c == '.' && (i == 0 || i + 1 == inner.len || inner.ptr[i + 1] == '.');
        if ((unsigned char)c <= ' ' || lone_dot || strchr("\"\\(),:;<>@[]", c)) {
            *plain = false;
            return local;
        }
    }
    return inner;
}

/* Simple case folding of one character at text to `to`; the bytes read in *read, those written returned. */
static size_t fold(const char *text, size_t size, char *to, size_t *read)
{
    utf8proc_int32_t c;

    *read = (unsigned char)*text < 0x80 ? 1 : utf8_char_length(text, size);
    if (*read < 2) {
        *read = 1;
        *to = *text >= 'A' && *text <= 'Z' ? (char)(*text | 0x20) : *text;
        return 1;
    }
    utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)*read, &c);
    return (size_t)utf8proc_encode_char(u_foldCase(c, U_FOLD_CASE_DEFAULT), (utf8proc_uint8_t *)to);
}

/* The local part by the rules, in small letters, to `to`, which has room for twice its length. Returns the length. */
static size_t put_local(struct slice local, unsigned rules, char *to)
{
    size_t used = 0;
    size_t read;

    const char *tag = rules & DROP_TAG ? memchr(local.ptr, '+', local.len) : NULL;
    if (tag && tag > local.ptr)
        local.len = (size_t)(tag - local.ptr);
    for (size_t i = 0; i < local.len; i += read) {
        const char c = local.ptr[i];
        read = 1;
        if ((c == '.' && (rules & (DROP_DOTS | DROP_MARKS))) || ((c == '-' || c == '_') && (rules & DROP_MARKS)))
            continue;
        if (c == '.' && (rules & DOT_IS_HYPHEN))
            to[used++] = '-';
        else
            used += fold(local.ptr + i, local.len - i, to + used, &read);
    }
    return used;
}

struct slice email_key(struct email_reader *reader, const struct email *email)
{
    if (email->verdict != EMAIL_VALID || email->address.len == 0)
        return (struct slice){reader->key, 0};
    bool plain;
    struct slice local = without_quotes(email->local, &plain);
    struct slice domain = email->domain;
    const struct provider *provider = find_provider(domain);

    if (!provider)
        provider = fastmail_user(domain, &local);
    unsigned rules = provider ? provider->rules : is_microsoft(domain) ? DROP_TAG : 0;
    if (provider)
        domain = provider->canonical;
    size_t used = put_local(local, plain ? rules : 0, reader->key);
    if (used == 0)
        used = put_local(local, 0, reader->key);
    reader->key[used] = '@';
    memcpy(reader->key + used + 1, domain.ptr, domain.len);
    return (struct slice){reader->key, used + 1 + domain.len};
}
