/* Values that need several columns: money, names of people, addresses of pages. */
#include <string.h>

#include "analysis/import_convert.h"
#include "value/decimal.h"
#include "value/web_address.h"

/* The output exists, and its field is to be made here. */
static bool is_derived(const struct conversion_pass *pass, size_t output)
{
    return output != COLUMN_ABSENT && pass->sources[output].way == IMPORT_DERIVED;
}

/* The text of an output that exists; empty without one. */
struct slice import_text_of(const struct conversion_pass *pass, size_t output)
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
    struct quote q[2];

    if (quantity->text.len == 0 || price->text.len == 0)
        return IMPORT_CONVERTED;
    if (decimal_parse(quantity->text, &a) != DECIMAL_OK || decimal_parse(price->text, &b) != DECIMAL_OK ||
        !decimal_multiply(a, b, &product))
        return import_refuse(pass, roles->amount, "quantity x unit_price is not an amount: %s x %s",
                             quote(&q[0], quantity->text), quote(&q[1], price->text));
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
    struct slice said = import_text_of(pass, roles->currency);
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
    struct slice text = import_text_of(pass, roles->full_name);
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

/* "* My Contacts ::: Friends", as Google writes its groups: "My Contacts, Friends". */
static enum import_outcome tidy_tags(struct conversion_pass *pass, struct slice tags)
{
    static const struct slice between = SLICE_INIT(" ::: ");
    struct buffer *value = &pass->worker->value;

    buffer_clear(value);
    while (tags.len) {
        const char *end = memmem(tags.ptr, tags.len, between.ptr, between.len);
        struct slice tag = {tags.ptr, end ? (size_t)(end - tags.ptr) : tags.len};
        size_t used = tag.len + (end ? between.len : 0);
        if (tag.len > 2 && memcmp(tag.ptr, "* ", 2) == 0)
            tag = (struct slice){tag.ptr + 2, tag.len - 2};
        if ((value->len && buffer_append(value, SLICE(", "))) || buffer_append(value, tag))
            return IMPORT_NO_MEMORY;
        tags = (struct slice){tags.ptr + used, tags.len - used};
    }
    return import_put(pass, pass->import->roles.tags, buffer_slice(value), FIELD_TEXT);
}

enum import_outcome import_addresses(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    struct slice page = import_text_of(pass, roles->landing_page);
    struct slice website = import_text_of(pass, roles->website);
    struct slice tags = import_text_of(pass, roles->tags);

    if (tags.len > 1 && (memmem(tags.ptr, tags.len, " ::: ", 5) || memcmp(tags.ptr, "* ", 2) == 0) &&
        tidy_tags(pass, tags) != IMPORT_CONVERTED)
        return IMPORT_NO_MEMORY;

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
