/* Any bytes as what a person writes of a person: an e-mail address, a name, a telephone number, and lists of them. What
 * was made of it is read again as the same; parts are parts of what was given, and no letter is lost or made.
 *
 * The first byte says what the rest is: '@' an address and a list of addresses, 'n' a name, 'p' a telephone number and
 * a list of numbers. Numbers, currencies, countries, yes and no, and web addresses are tried by fuzz_values.c. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "value/email.h"
#include "value/person_name.h"
#include "value/phone.h"

static bool is_within(struct slice part, const char *text, size_t size)
{
    uintptr_t at = (uintptr_t)part.ptr - (uintptr_t)text;

    return at <= size && part.len <= size - at;
}

static void check_key(struct email_reader *reader, const struct email *email)
{
    char key[EMAIL_ADDRESS * 2];
    struct email again;
    struct error err;
    struct slice made = email_key(reader, email);

    check(made.len > 0 && made.len <= sizeof key && utf8_valid(made.ptr, made.len));
    memcpy(key, made.ptr, made.len);
    size_t length = made.len;
    check(email_read(reader, (struct slice){key, length}, &again, &err) == 0);
    if (again.verdict != EMAIL_VALID) /* folding can make a local part longer than is allowed */
        return;
    made = email_key(reader, &again);
    check(made.len == length && memcmp(made.ptr, key, length) == 0);
}

static void check_address(struct slice text)
{
    struct email_reader reader;
    struct email email;
    struct error err;
    char address[EMAIL_ADDRESS];

    email_reader_init(&reader);
    check(email_read(&reader, text, &email, &err) == 0);
    if (email.verdict == EMAIL_INVALID) {
        check(email.address.len == 0 && email.reason && *email.reason);
        check(utf8_valid(email.reason, strlen(email.reason)));
        check(email_key(&reader, &email).len == 0);
    } else {
        check(!email.reason && email.address.len <= EMAIL_ADDRESS && email.local.len <= EMAIL_LOCAL);
        check(email.address.len == email.local.len + 1 + email.domain.len && email.local.len && email.domain.len);
        check(utf8_valid(email.address.ptr, email.address.len));
        check(email.local.ptr == email.address.ptr && email.local.ptr[email.local.len] == '@');
        check(email.domain.ptr == email.local.ptr + email.local.len + 1);
        for (size_t i = 0; i < email.domain.len; i++)
            check(strchr("abcdefghijklmnopqrstuvwxyz0123456789-.", email.domain.ptr[i]) && email.domain.ptr[i]);
        struct slice hint = email_likely_domain(email.domain);
        check(hint.len == 0 || !slice_equal(hint, email.domain));
        check_key(&reader, &email);
        check(email_read(&reader, text, &email, &err) == 0 && email.verdict == EMAIL_VALID);
        memcpy(address, email.address.ptr, email.address.len);
        struct slice first = {address, email.address.len};
        check(email_read(&reader, first, &email, &err) == 0 && email.verdict == EMAIL_VALID);
        check(email.changes == 0 && slice_equal(email.address, first));
    }
    email_reader_fini(&reader);
}

static void check_addresses(struct slice cell)
{
    struct email_split split;
    struct slice part;
    size_t count = email_split_start(&split, cell);
    size_t seen = 0;
    const char *from = cell.ptr;

    while (email_split_next(&split, &part)) {
        check(is_within(part, cell.ptr, cell.len) && part.ptr >= from && part.len > 0);
        check(count == 1 || memchr(part.ptr, '@', part.len));
        from = part.ptr + part.len;
        seen++;
    }
    check(seen == count);
}

/* What must be found again in the parts: letters and digits of ASCII, and bytes of other letters. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static void count_letters(struct slice text, size_t counts[256])
{
    for (size_t i = 0; i < text.len; i++)
        if (is_letter(text.ptr[i]))
            counts[(unsigned char)text.ptr[i]]++;
}

static void check_name(struct slice text, enum name_order order)
{
    char room[PERSON_NAME_ROOM];
    struct person_name name;
    size_t given[256] = {0};
    size_t kept[256] = {0};
    bool person = person_name_split(text, order, room, &name);

    const struct slice parts[] = {name.prefix, name.first, name.middle, name.last, name.suffix, name.nickname};
    check(person == (name.kind == NAME_PERSON || name.kind == NAME_ONE_WORD));
    check(person == (name.reason == NULL));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        check(person || parts[i].len == 0);
        if (!parts[i].len)
            continue;
        check(is_within(parts[i], text.ptr, text.len) || is_within(parts[i], room, sizeof room));
        check(utf8_valid(parts[i].ptr, parts[i].len));
        count_letters(parts[i], kept);
    }
    if (!person)
        return;
    check(name.kind == NAME_PERSON ? name.first.len && name.last.len : !name.first.len != !name.last.len);
    count_letters(text, given);
    check(memcmp(given, kept, sizeof given) == 0);
}

static void check_names(struct slice text)
{
    struct name_election election = {0};

    for (enum name_order order = NAME_UNDECIDED; order <= NAME_LAST_FIRST; order++)
        check_name(text, order);
    name_election_add(&election, text, 1);
    uint64_t counted = election.first_last + election.last_first + election.comma + election.east_asian +
                       election.silent + election.not_names;
    check(counted <= 1);
    name_order_of_header(text);
}

static bool is_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

static void check_phone(struct phone_reader *reader, struct slice text, const char *region)
{
    struct phone phone;
    struct phone again;
    enum phone_verdict verdict;
    enum phone_verdict second;
    struct error err;

    check(phone_read(reader, text, region, &phone, &verdict, &err) == 0);
    if (verdict != PHONE_VALID && verdict != PHONE_POSSIBLE) {
        check(phone.e164_len == 0 && phone.extension_len == 0 && phone.type == PHONE_TYPE_UNKNOWN);
        return;
    }
    check(phone.e164_len >= 5 && phone.e164_len <= 21 && phone.e164[0] == '+');
    check(is_digits(phone.e164 + 1, phone.e164_len - 1) && is_digits(phone.extension, phone.extension_len));
    /* What the library keeps it may take off when it reads it again: a zero in "+4900...", the old 1 of Mexico. */
    if (verdict == PHONE_POSSIBLE || memcmp(phone.e164, "+52", 3) == 0)
        return;
    struct slice written = {phone.e164, phone.e164_len};
    check(phone_read(reader, written, NULL, &again, &second, &err) == 0);
    check(second == PHONE_VALID && again.e164_len == phone.e164_len && again.extension_len == 0);
    check(memcmp(again.e164, phone.e164, phone.e164_len) == 0);
    check(again.type == phone.type && memcmp(again.region, phone.region, 2) == 0);
}

static void check_phones(struct slice text)
{
    static const char *const regions[] = {"DE", "US", "RU", "IT", "MX"};
    static struct phone_reader *reader; /* once: it keeps the numbering plans */
    struct slice rest = text;
    struct slice part;
    struct error err;
    const char *from = text.ptr;

    check(reader || phone_reader_new(&reader, &err) == 0);
    check_phone(reader, text, NULL);
    check_phone(reader, text, regions[text.len % 5]);
    while (phone_split_next(&rest, &part)) {
        check(is_within(part, text.ptr, text.len) && part.ptr >= from && part.len > 0);
        from = part.ptr + part.len;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data + 1, size - 1};

    if (size < 1 || size > 4096)
        return 0;
    switch (data[0]) {
    case '@':
        check_address(text);
        check_addresses(text);
        break;
    case 'n':
        check_names(text);
        break;
    case 'p':
        check_phones(text);
        break;
    default:
        break;
    }
    return 0;
}
