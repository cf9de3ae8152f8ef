/* Values that need several columns: money, people, addresses of all kinds. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analysis/import_convert.h"
#include "value/country.h"
#include "value/decimal.h"
#include "value/web_address.h"

#define LIST_SEARCHED 8192 /* bytes */

/* The output exists, and its field is to be made here. */
static bool is_derived(const struct conversion_pass *pass, size_t output)
{
    return output != COLUMN_ABSENT && pass->sources[output].way == IMPORT_DERIVED;
}

/* The text of an output that exists; empty without one. */
static struct slice text_of(const struct conversion_pass *pass, size_t output)
{
    return output == COLUMN_ABSENT ? (struct slice){"", 0} : slice_trim(pass->fields[output].text);
}

/* amount = quantity x unit_price, both converted already; empty when one of them is. */
static enum import_outcome multiply(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    const struct field *quantity = &pass->fields[roles->quantity];
    const struct field *price = &pass->fields[roles->unit_price];
    char written[DECIMAL_TEXT];
    struct decimal a;
    struct decimal b;
    struct decimal product;

    if (quantity->text.len == 0 || price->text.len == 0)
        return IMPORT_CONVERTED;
    if (decimal_parse(quantity->text, &a) != DECIMAL_OK || decimal_parse(price->text, &b) != DECIMAL_OK ||
        !decimal_multiply(a, b, &product))
        return import_refuse(pass, roles->amount, "quantity x unit_price is not an amount: %.*s x %.*s",
                             SLICE_ARG(quantity->text), SLICE_ARG(price->text));
    return import_put(pass, roles->amount, decimal_format(product.units, product.scale, written), FIELD_NUMBER);
}

/* The currency beside the amount, or in the name of its column: fills in the column currency, and must not contradict
 * it. */
static enum import_outcome settle_currency(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    const struct import_source *amount = &pass->sources[roles->amount];
    struct currency seen = pass->currency;
    struct quote q;

    if (!*seen.code && !seen.candidates)
        seen = amount->unit;
    if ((!*seen.code && !seen.candidates) || pass->fields[roles->amount].text.len == 0)
        return IMPORT_CONVERTED;
    if (roles->currency == COLUMN_ABSENT && import_map_find(&pass->import->map, SLICE("currency")))
        return IMPORT_CONVERTED; /* it was said that it is not wanted */
    if (roles->currency == COLUMN_ABSENT)
        return import_refuse(pass, roles->amount, "an amount with a currency, which the first records did not have");
    struct slice said = text_of(pass, roles->currency);
    if (said.len) {
        if (!currency_is_code(said) || currency_may_be(&seen, said))
            return IMPORT_CONVERTED;
        return import_refuse(pass, roles->amount, "the amount is in %s, the column of the currency says '%s'",
                             *seen.code ? seen.code : seen.candidates, quote(&q, said));
    }
    const char *local = pass->import->hints.currency;
    if (!*seen.code && *local && currency_may_be(&seen, slice_from_cstr(local)))
        memcpy(seen.code, local, 3);
    if (*seen.code)
        return import_put(pass, roles->currency, (struct slice){seen.code, 3}, FIELD_TEXT);
    import_note_problem(pass, roles->currency, pass->record->fields[roles->amount].text,
                        "a sign of several currencies; left empty (--region tells which)");
    return IMPORT_CONVERTED;
}

enum import_outcome import_money(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;

    if (roles->amount == COLUMN_ABSENT)
        return IMPORT_CONVERTED;
    if (pass->sources[roles->amount].way == IMPORT_PRODUCT)
        return multiply(pass);
    return settle_currency(pass);
}

/* The parts of a full name, for the outputs that have no column of their own. */
enum import_outcome import_person(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    struct slice text = text_of(pass, roles->full_name);
    char room[PERSON_NAME_ROOM];
    struct person_name name;

    if (text.len == 0 || !(is_derived(pass, roles->first_name) || is_derived(pass, roles->last_name)) ||
        !person_name_split(text, pass->sources[roles->full_name].names, room, &name))
        return IMPORT_CONVERTED;
    const struct {
        size_t output;
        struct slice text;
    } parts[] = {
        {roles->first_name, name.first},
        {roles->middle_name, name.middle},
        {roles->last_name, name.last},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (is_derived(pass, parts[i].output) && parts[i].text.len &&
            import_put(pass, parts[i].output, parts[i].text, FIELD_TEXT) != IMPORT_CONVERTED)
            return IMPORT_NO_MEMORY;
    return IMPORT_CONVERTED;
}

/* One more for a list: "a; b", nothing twice - but that only a list of reasonable length is searched. */
static int append_to_list(struct buffer *list, struct slice text)
{
    struct slice rest = buffer_slice(list);

    while (rest.len && list->len <= LIST_SEARCHED) {
        const char *end = memmem(rest.ptr, rest.len, "; ", 2);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        if (slice_equal((struct slice){rest.ptr, len}, text))
            return 0;
        rest = (struct slice){rest.ptr + len + (end ? 2 : 0), rest.len - len - (end ? 2 : 0)};
    }
    return (list->len && buffer_append(list, SLICE("; "))) || buffer_append(list, text);
}

/* A value for the outputs of a kind: the first goes to `first`, others to the list. */
static enum import_outcome place(struct conversion_pass *pass, size_t first, size_t list, struct slice value)
{
    if (first != COLUMN_ABSENT && pass->fields[first].text.len == 0)
        return import_put(pass, first, value, FIELD_TEXT);
    if (first != COLUMN_ABSENT && slice_equal(pass->fields[first].text, value))
        return IMPORT_CONVERTED;
    if (list == COLUMN_ABSENT)
        return import_refuse(
            pass, first, "holds several, where the first records had one each; say --set %.*s=COLUMN for the rest",
            SLICE_ARG(slice_from_cstr(first == pass->import->roles.email ? "other_emails" : "other_phones")));
    return append_to_list(&pass->worker->list, value) ? IMPORT_NO_MEMORY : IMPORT_CONVERTED;
}

static enum import_outcome finish_list(struct conversion_pass *pass, size_t list)
{
    if (list == COLUMN_ABSENT || pass->worker->list.len == 0)
        return IMPORT_CONVERTED;
    return import_put(pass, list, buffer_slice(&pass->worker->list), FIELD_TEXT);
}

static enum import_outcome take_email(struct conversion_pass *pass, struct slice text)
{
    const struct import_roles *roles = &pass->import->roles;
    struct email email;
    struct error err;
    bool keep = true;

    if (email_read(&pass->worker->emails, text, &email, &err))
        return IMPORT_NO_MEMORY;
    if (email.verdict == EMAIL_INVALID) {
        size_t output = roles->email != COLUMN_ABSENT ? roles->email : roles->other_emails;
        enum import_outcome outcome = import_invalid_value(pass, output, text, email.reason, &keep);
        return outcome != IMPORT_CONVERTED || !keep ? outcome : place(pass, roles->email, roles->other_emails, text);
    }
    bool first = roles->email != COLUMN_ABSENT && pass->fields[roles->email].text.len == 0;
    enum import_outcome outcome = place(pass, roles->email, roles->other_emails, email.address);
    if (outcome == IMPORT_CONVERTED && first && roles->email_key != COLUMN_ABSENT)
        outcome = import_put(pass, roles->email_key, email_key(&pass->worker->emails, &email), FIELD_TEXT);
    return outcome;
}

/* All addresses of a cell. */
static enum import_outcome take_emails(struct conversion_pass *pass, struct slice cell)
{
    enum import_outcome outcome = IMPORT_CONVERTED;
    struct email_split split;
    struct slice part;

    cell = slice_trim(cell);
    if (import_stands_for_none(pass, cell))
        return IMPORT_CONVERTED;
    email_split_start(&split, cell);
    while (outcome == IMPORT_CONVERTED && email_split_next(&split, &part))
        outcome = take_email(pass, part);
    return outcome;
}

enum import_outcome import_emails(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;

    enum import_outcome outcome = IMPORT_CONVERTED;

    if (roles->email == COLUMN_ABSENT && roles->other_emails == COLUMN_ABSENT)
        return IMPORT_CONVERTED;
    buffer_clear(&pass->worker->list);
    if (roles->email != COLUMN_ABSENT) {
        struct slice primary = pass->fields[roles->email].text;
        pass->fields[roles->email] = (struct field){{"", 0}, FIELD_NULL};
        outcome = take_emails(pass, primary);
    }
    for (size_t e = 0; e < pass->input->extra_emails && outcome == IMPORT_CONVERTED; e++) {
        struct slice cell = pass->record->fields[pass->import->output_count + e].text;
        outcome = import_check_text(pass, roles->other_emails, cell);
        if (outcome == IMPORT_CONVERTED)
            outcome = take_emails(pass, cell);
    }
    return outcome == IMPORT_CONVERTED ? finish_list(pass, roles->other_emails) : outcome;
}

/* What a label beside a number says: "Mobile", "Work Fax", "* Home". */
enum phone_sort { SORT_PHONE, SORT_MOBILE, SORT_FAX };

static enum phone_sort sort_of_label(struct slice label)
{
    static const struct {
        const char *word;
        enum phone_sort sort;
    } words[] = {{"fax", SORT_FAX},
                 {"mobil", SORT_MOBILE},
                 {"cell", SORT_MOBILE},
                 {"handy", SORT_MOBILE},
                 {"iphone", SORT_MOBILE}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = 0; at + strlen(words[i].word) <= label.len; at++)
            if (strncasecmp(label.ptr + at, words[i].word, strlen(words[i].word)) == 0)
                return words[i].sort;
    return SORT_PHONE;
}

/* Where the number was written: the country of the record, else the region that was said. */
static const char *region_of(const struct conversion_pass *pass, char region[3])
{
    struct slice country = text_of(pass, pass->import->roles.country);

    if (country.len == 2) {
        memcpy(region, country.ptr, 2);
        region[2] = '\0';
        if (phone_region_known(region))
            return region;
    }
    return pass->import->settings.region;
}

static const char *phone_problem(enum phone_verdict verdict)
{
    switch (verdict) {
    case PHONE_POSSIBLE:
        return "no such number is assigned in the country";
    case PHONE_LOCAL:
        return "a number without its area code";
    case PHONE_NO_REGION:
        return "a national number of no known country (see --region)";
    default:
        return "no telephone number";
    }
}

/* Numbers found on the way: the key is that of the phone, else of the mobile phone, else of the first of the others. */
struct phone_keys {
    char e164[3][sizeof((struct phone){0}.e164)];
    size_t len[3];
};

static void note_key(const struct conversion_pass *pass, struct phone_keys *keys, size_t output,
                     const struct phone *phone)
{
    const struct import_roles *roles = &pass->import->roles;
    size_t slot = output == roles->phone ? 0 : output == roles->mobile ? 1 : 2;

    if (output == roles->fax || keys->len[slot])
        return;
    memcpy(keys->e164[slot], phone->e164, phone->e164_len);
    keys->len[slot] = phone->e164_len;
}

static enum import_outcome put_phone_key(struct conversion_pass *pass, const struct phone_keys *keys)
{
    size_t key = pass->import->roles.phone_key;

    for (size_t slot = 0; slot < 3 && key != COLUMN_ABSENT; slot++)
        if (keys->len[slot])
            return import_put(pass, key, (struct slice){keys->e164[slot], keys->len[slot]}, FIELD_TEXT);
    return IMPORT_CONVERTED;
}

/* +493012345678, with its extension +493012345678 ext. 12 */
static enum import_outcome place_phone(struct conversion_pass *pass, size_t output, const struct phone *phone)
{
    struct buffer *value = &pass->worker->value;
    struct slice number = {phone->e164, phone->e164_len};

    buffer_clear(value);
    if (buffer_append(value, number) ||
        (phone->extension_len && (buffer_append(value, SLICE(" ext. ")) ||
                                  buffer_append(value, (struct slice){phone->extension, phone->extension_len}))))
        return IMPORT_NO_MEMORY;
    return place(pass, output, pass->import->roles.other_phones, buffer_slice(value));
}

/* Under 001, the world (UN M49), stand numbers of no country: satellite phones, international freephone. One that is
 * valid behind a single one of their calling codes is that number. */
static int read_worldwide(struct conversion_pass *pass, struct slice text, struct phone *phone,
                          enum phone_verdict *verdict, struct error *err)
{
    static const char *const codes[] = {"800", "808", "870", "878", "881", "882", "883", "888", "979"};
    struct phone found;
    char written[PHONE_TEXT_MAX];
    size_t count = 0;

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        enum phone_verdict one;
        int len = snprintf(written, sizeof written, "+%s %.*s", codes[i], SLICE_ARG(text));
        if (len >= (int)sizeof written)
            return 0;
        if (phone_read(pass->worker->phones, (struct slice){written, (size_t)len}, NULL, &found, &one, err))
            return -1;
        if (one != PHONE_VALID)
            continue;
        *phone = found;
        count++;
    }
    if (count == 1)
        *verdict = PHONE_VALID;
    return 0;
}

/* 0049 30 ... is dialled so from most countries, and written so in all: where a plus gives a valid number, it is that
 * one. */
static int read_phone(struct conversion_pass *pass, struct slice text, struct phone *phone, enum phone_verdict *verdict,
                      struct error *err)
{
    char region[3];
    char written[PHONE_TEXT_MAX + 1];

    if (text.len > 4 && text.len <= PHONE_TEXT_MAX && text.ptr[0] == '0' && text.ptr[1] == '0') {
        written[0] = '+';
        memcpy(written + 1, text.ptr + 2, text.len - 2);
        if (phone_read(pass->worker->phones, (struct slice){written, text.len - 1}, NULL, phone, verdict, err))
            return -1;
        if (*verdict == PHONE_VALID)
            return 0;
    }
    if (phone_read(pass->worker->phones, text, region_of(pass, region), phone, verdict, err))
        return -1;
    if (*verdict == PHONE_NO_REGION && slice_equal_cstr(text_of(pass, pass->import->roles.country), "001"))
        return read_worldwide(pass, text, phone, verdict, err);
    return 0;
}

static enum import_outcome take_phone(struct conversion_pass *pass, size_t output, struct slice text,
                                      struct phone_keys *keys)
{
    struct phone phone;
    enum phone_verdict verdict;
    struct error err;
    bool keep = true;

    text = slice_trim(text);
    if (read_phone(pass, text, &phone, &verdict, &err))
        return IMPORT_NO_MEMORY;
    /* with a plus it can only be that number, though it be too new to be known */
    bool certain = verdict == PHONE_VALID || (verdict == PHONE_POSSIBLE && text.ptr[0] == '+');
    size_t noted = output != COLUMN_ABSENT ? output : pass->import->roles.other_phones;
    if (!certain) {
        enum import_outcome outcome = import_invalid_value(pass, noted, text, phone_problem(verdict), &keep);
        return outcome != IMPORT_CONVERTED || !keep ? outcome
                                                    : place(pass, output, pass->import->roles.other_phones, text);
    }
    if (verdict == PHONE_POSSIBLE)
        import_note_problem(pass, noted, text, "no such number is assigned, as far as is known; written as E.164");
    note_key(pass, keys, output, &phone);
    return place_phone(pass, output, &phone);
}

/* All numbers of a cell, for the output that its label asks for, if there is one. */
static enum import_outcome take_phones(struct conversion_pass *pass, size_t output, struct slice cell,
                                       struct slice label, struct phone_keys *keys)
{
    const struct import_roles *roles = &pass->import->roles;
    enum import_outcome outcome = IMPORT_CONVERTED;
    enum phone_sort sort = sort_of_label(label);
    struct slice part;

    cell = slice_trim(cell);
    if (import_stands_for_none(pass, cell))
        return IMPORT_CONVERTED;
    if (sort == SORT_FAX && roles->fax != COLUMN_ABSENT)
        output = roles->fax;
    else if (sort == SORT_MOBILE && roles->mobile != COLUMN_ABSENT)
        output = roles->mobile;
    while (outcome == IMPORT_CONVERTED && phone_split_next(&cell, &part))
        outcome = take_phone(pass, output, part, keys);
    return outcome;
}

enum import_outcome import_phones(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    const size_t outputs[] = {roles->phone, roles->mobile, roles->fax};
    struct slice cells[3] = {{"", 0}, {"", 0}, {"", 0}};
    size_t extra = pass->import->output_count + pass->import->extra_emails;
    size_t main = roles->phone != COLUMN_ABSENT ? roles->phone : roles->mobile;
    enum import_outcome outcome = IMPORT_CONVERTED;
    struct phone_keys keys = {0};

    if (main == COLUMN_ABSENT && roles->fax == COLUMN_ABSENT && roles->other_phones == COLUMN_ABSENT)
        return IMPORT_CONVERTED;
    buffer_clear(&pass->worker->list);
    for (size_t i = 0; i < 3; i++)
        if (outputs[i] != COLUMN_ABSENT) {
            cells[i] = pass->fields[outputs[i]].text;
            pass->fields[outputs[i]] = (struct field){{"", 0}, FIELD_NULL};
        }
    for (size_t i = 0; i < 3 && outcome == IMPORT_CONVERTED; i++) {
        struct slice label = i == 0 ? pass->record->fields[extra + 2 * pass->import->extra_phones].text : SLICE("");
        if (outputs[i] != COLUMN_ABSENT)
            outcome = take_phones(pass, outputs[i], cells[i], label, &keys);
    }
    for (size_t e = 0; e < pass->input->extra_count - pass->input->extra_emails && outcome == IMPORT_CONVERTED; e++) {
        struct slice cell = pass->record->fields[extra + e].text;
        outcome = import_check_text(pass, roles->other_phones, cell);
        if (outcome == IMPORT_CONVERTED)
            outcome =
                take_phones(pass, main, cell, pass->record->fields[extra + pass->import->extra_phones + e].text, &keys);
    }
    if (outcome == IMPORT_CONVERTED)
        outcome = put_phone_key(pass, &keys);
    return outcome == IMPORT_CONVERTED ? finish_list(pass, roles->other_phones) : outcome;
}

/* utm_source and its like, from the address of the page. */
static enum import_outcome take_utm(struct conversion_pass *pass, struct slice address)
{
    static const char *const names[] = {"utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"};
    struct buffer *value = &pass->worker->value;

    if (!memmem(address.ptr, address.len, "utm_", 4))
        return IMPORT_CONVERTED;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t output = pass->import->roles.utm[i];
        if (!is_derived(pass, output))
            continue;
        buffer_clear(value);
        int missing = web_parameter(address, slice_from_cstr(names[i]), value);
        if (missing < 0 || (!missing && import_put(pass, output, buffer_slice(value), FIELD_TEXT) != IMPORT_CONVERTED))
            return IMPORT_NO_MEMORY;
    }
    return IMPORT_CONVERTED;
}

enum import_outcome import_addresses(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    struct slice page = text_of(pass, roles->landing_page);
    struct slice website = text_of(pass, roles->website);

    if (page.len && take_utm(pass, page) != IMPORT_CONVERTED)
        return IMPORT_NO_MEMORY;
    if (website.len == 0 || !is_derived(pass, roles->domain))
        return IMPORT_CONVERTED;
    struct buffer *value = &pass->worker->value;
    buffer_clear(value);
    int missing = web_domain(website, value);
    if (missing < 0)
        return IMPORT_NO_MEMORY;
    return missing ? IMPORT_CONVERTED : import_put(pass, roles->domain, buffer_slice(value), FIELD_TEXT);
}
