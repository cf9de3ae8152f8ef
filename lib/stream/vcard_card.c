/* Cards: which property goes to which column, and which of several. A property that no column takes is kept as it is
 * written in the last one. */
#include "stream/vcard_card.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

enum column {
    FULL_NAME,
    NAME_PREFIX,
    FIRST_NAME,
    MIDDLE_NAME,
    LAST_NAME,
    NAME_SUFFIX,
    NICKNAME,
    COMPANY,
    DEPARTMENT,
    JOB_TITLE,
    EMAIL,
    OTHER_EMAILS,
    PHONE,
    MOBILE,
    OTHER_PHONES,
    FAX,
    WEBSITE,
    STREET,
    CITY,
    REGION,
    POSTAL_CODE,
    COUNTRY,
    BIRTH_DATE,
    TAGS,
    NOTE,
    CONTACT_ID,
    UPDATED_AT,
    OTHER_PROPERTIES,
    COLUMNS,
};

_Static_assert(COLUMNS == VCARD_COLUMNS, "a name for each column");

const char *const vcard_columns[VCARD_COLUMNS] = {
    "full_name",    "name_prefix", "first_name", "middle_name", "last_name",    "name_suffix", "nickname",
    "company",      "department",  "job_title",  "email",       "other_emails", "phone",       "mobile",
    "other_phones", "fax",         "website",    "street",      "city",         "region",      "postal_code",
    "country",      "birth_date",  "tags",       "note",        "contact_id",   "updated_at",  "other_properties",
};

void vcard_card_clear(struct vcard_card *card)
{
    card->version = VCARD_3_0;
    card->count = 0;
    buffer_clear(&card->text);
    for (size_t i = 0; i < VCARD_COLUMNS; i++)
        buffer_clear(&card->columns[i]);
}

void vcard_card_fini(struct vcard_card *card)
{
    buffer_fini(&card->text);
    buffer_fini(&card->decoded);
    free(card->lines);
    free(card->properties);
    for (size_t i = 0; i < VCARD_COLUMNS; i++)
        buffer_fini(&card->columns[i]);
}

/* Nothing but blanks and what separates components. */
static bool is_blank(struct slice value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] != ' ' && value.ptr[i] != '\t' && value.ptr[i] != ';')
            return false;
    return true;
}

/* Decodes the value into card->decoded; it is valid until the next call. */
static int decode(struct vcard_card *card, const struct vcard_property *property, struct slice *value,
                  struct error *err)
{
    buffer_clear(&card->decoded);
    if (vcard_property_decode(property, &card->decoded, err))
        return -1;
    *value = slice_trim(buffer_slice(&card->decoded));
    return 0;
}

/* Appends text to a column, behind a separator when there is something already and text is not empty. */
static int add(struct vcard_card *card, enum column column, const char *separator, struct slice text, struct error *err)
{
    struct buffer *out = &card->columns[column];

    text = slice_trim(text);
    if (text.len == 0)
        return 0;
    if ((out->len && buffer_append(out, slice_from_cstr(separator))) || vcard_unescape(out, text, card->version))
        return error_memory(err);
    return 0;
}

/* Adds the parts of a list that commas separate; in 2.1 a comma is text. */
static int add_list(struct vcard_card *card, enum column column, const char *separator, struct slice list,
                    struct error *err)
{
    struct slice part;

    if (card->version == VCARD_2_1)
        return add(card, column, separator, list, err);
    while (vcard_component(&list, ',', &part))
        if (add(card, column, separator, part, err))
            return -1;
    return 0;
}

/* Lower is better: preferred, then for work, then in order. */
static int rank(const struct vcard_property *property)
{
    return property->preference * 2 + !(property->types & VCARD_WORK);
}

/* The best property of a name that is not taken, among those with all of `with` and none of `without`; NULL. */
static struct vcard_property *best(struct vcard_card *card, const char *name, unsigned with, unsigned without)
{
    struct vcard_property *found = NULL;

    for (size_t i = 0; i < card->count; i++) {
        struct vcard_property *property = &card->properties[i];
        if (property->taken || !vcard_property_is(property, name) || slice_trim(property->value).len == 0)
            continue;
        if ((property->types & with) != with || (property->types & without))
            continue;
        if (!found || rank(property) < rank(found))
            found = property;
    }
    return found;
}

/* Puts the best property of a name into a column, as text. */
static int put_text(struct vcard_card *card, const char *name, enum column column, struct error *err)
{
    struct vcard_property *property = best(card, name, 0, 0);
    struct slice value;

    if (!property)
        return 0;
    property->taken = true;
    return decode(card, property, &value, err) || add(card, column, "", value, err) ? -1 : 0;
}

/* Puts all properties of a name into a column. */
static int put_all(struct vcard_card *card, const char *name, enum column column, const char *separator,
                   struct error *err)
{
    for (struct vcard_property *property; (property = best(card, name, 0, 0));) {
        struct slice value;
        property->taken = true;
        if (decode(card, property, &value, err))
            return -1;
        if (column == NOTE ? add(card, column, separator, value, err) : add_list(card, column, separator, value, err))
            return -1;
    }
    return 0;
}

/* Puts the components of the best property of a name into columns, COLUMNS for one that is not wanted; what is behind
 * them goes to the last. */
static int put_components(struct vcard_card *card, const char *name, const enum column *columns, size_t count,
                          struct error *err)
{
    struct vcard_property *property = best(card, name, 0, 0);
    struct slice rest;
    struct slice component;

    if (!property)
        return 0;
    property->taken = true;
    if (decode(card, property, &rest, err))
        return -1;
    for (size_t i = 0; vcard_component(&rest, ';', &component); i++) {
        enum column column = columns[i < count ? i : count - 1];
        if (add_list(card, column, column == MIDDLE_NAME || column == FIRST_NAME ? " " : ", ", component, err))
            return -1;
    }
    return 0;
}

/* X-DEPARTMENT, which some write instead of a second component of ORG. */
static int put_department(struct vcard_card *card, struct error *err)
{
    return card->columns[DEPARTMENT].len ? 0 : put_text(card, "X-DEPARTMENT", DEPARTMENT, err);
}

/* ADR: post office box; extended address; street; city; region; postal code; country. The street comes first. */
static int put_address(struct vcard_card *card, struct error *err)
{
    static const enum column columns[] = {STREET, CITY, REGION, POSTAL_CODE, COUNTRY, COUNTRY};
    enum { BOX, EXTENDED, FIRST };
    struct vcard_property *property = best(card, "ADR", 0, 0);
    struct slice parts[FIRST] = {0};
    struct slice rest;
    struct slice component;

    while (property && is_blank(property->value)) { /* no address at all */
        property->taken = true;
        property = best(card, "ADR", 0, 0);
    }
    if (!property)
        return 0;
    property->taken = true;
    if (decode(card, property, &rest, err))
        return -1;
    for (size_t i = 0; vcard_component(&rest, ';', &component); i++) {
        size_t last = sizeof columns / sizeof *columns - 1;
        if (i < FIRST)
            parts[i] = component;
        else if (add_list(card, columns[i - FIRST < last ? i - FIRST : last], ", ", component, err))
            return -1;
    }
    return add_list(card, STREET, ", ", parts[EXTENDED], err) || add_list(card, STREET, ", ", parts[BOX], err) ? -1 : 0;
}

static bool has_scheme(struct slice text, const char *scheme)
{
    return text.len > strlen(scheme) && strncasecmp(text.ptr, scheme, strlen(scheme)) == 0;
}

/* tel:+1-201-555-0123;ext=4;phone-context=... (RFC 3966) as people write it; other text as it is. */
static int add_phone(struct vcard_card *card, enum column column, struct slice value, struct error *err)
{
    struct buffer text = {0};
    struct slice number;
    struct slice parameter;
    int failed = 0;

    if (!has_scheme(value, "tel:"))
        return add(card, column, "; ", value, err);
    struct slice rest = {value.ptr + 4, value.len - 4};
    vcard_component(&rest, ';', &number);
    struct slice extension = {NULL, 0};
    struct slice context = {NULL, 0};
    while (vcard_component(&rest, ';', &parameter)) {
        if (has_scheme(parameter, "ext="))
            extension = (struct slice){parameter.ptr + 4, parameter.len - 4};
        else if (has_scheme(parameter, "phone-context=+"))
            context = (struct slice){parameter.ptr + 14, parameter.len - 14};
    }
    if (context.len && number.len && number.ptr[0] != '+')
        failed = buffer_append(&text, context) || buffer_append_char(&text, '-');
    failed = failed || buffer_append(&text, number);
    if (extension.len)
        failed = failed || buffer_append(&text, SLICE(" ext. ")) || buffer_append(&text, extension);
    failed = failed ? error_memory(err) : add(card, column, "; ", buffer_slice(&text), err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

static int put_phone(struct vcard_card *card, struct vcard_property *property, enum column column, struct error *err)
{
    struct slice value;

    if (!property)
        return 0;
    property->taken = true;
    return decode(card, property, &value, err) || add_phone(card, column, value, err) ? -1 : 0;
}

static int put_phones(struct vcard_card *card, struct error *err)
{
    const unsigned no_voice = VCARD_FAX | VCARD_PAGER;

    if (put_phone(card, best(card, "TEL", VCARD_CELL, no_voice), MOBILE, err) ||
        put_phone(card, best(card, "TEL", 0, VCARD_CELL | no_voice), PHONE, err) ||
        put_phone(card, best(card, "TEL", VCARD_FAX, 0), FAX, err))
        return -1;
    for (struct vcard_property *property; (property = best(card, "TEL", 0, VCARD_FAX));)
        if (put_phone(card, property, OTHER_PHONES, err))
            return -1;
    return 0;
}

static int put_emails(struct vcard_card *card, struct error *err)
{
    enum column column = EMAIL;

    for (struct vcard_property *property; (property = best(card, "EMAIL", 0, 0)); column = OTHER_EMAILS) {
        struct slice value;
        property->taken = true;
        if (decode(card, property, &value, err))
            return -1;
        if (has_scheme(value, "mailto:"))
            value = (struct slice){value.ptr + 7, value.len - 7};
        if (add(card, column, "; ", value, err))
            return -1;
    }
    return 0;
}

static bool digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

/* Appends the date and time of RFC 6350, 4.3 (basic or extended format) in the extended format; false: it has no full
 * date. A time of midnight is left out when day is set. */
static bool print_moment(struct buffer *out, struct slice value, bool day, bool *memory)
{
    const char *at = value.ptr;
    bool basic = value.len >= 8 && digits(at, 8);
    bool extended =
        value.len >= 10 && digits(at, 4) && at[4] == '-' && digits(at + 5, 2) && at[7] == '-' && digits(at + 8, 2);
    size_t taken = basic ? 8 : 10;

    if ((!basic && !extended) || (value.len > taken && at[taken] != 'T' && at[taken] != 't' && at[taken] != ' '))
        return false;
    size_t old = out->len;
    *memory = buffer_printf(out, "%.4s-%.2s-%.2s", at, at + (basic ? 4 : 5), at + (basic ? 6 : 8)) == 0;
    if (value.len <= taken + 1 || !*memory)
        return *memory;
    struct slice time = {at + taken + 1, value.len - taken - 1};
    bool joined = time.len >= 6 && digits(time.ptr, 6);
    struct slice zone = {time.ptr + (joined ? 6 : 8), joined ? time.len - 6 : time.len - 8};
    if (!joined && (time.len < 8 || !digits(time.ptr, 2) || time.ptr[2] != ':' || !digits(time.ptr + 3, 2) ||
                    time.ptr[5] != ':' || !digits(time.ptr + 6, 2))) {
        out->len = old;
        return false;
    }
    const char *minutes = time.ptr + (joined ? 2 : 3);
    const char *seconds = time.ptr + (joined ? 4 : 6);
    if (day && memcmp(time.ptr, "00", 2) == 0 && memcmp(minutes, "00", 2) == 0 && memcmp(seconds, "00", 2) == 0)
        return true;
    bool short_zone = zone.len == 5 && (zone.ptr[0] == '+' || zone.ptr[0] == '-') && digits(zone.ptr + 1, 4);
    *memory = buffer_printf(out, "T%.2s:%.2s:%.2s", time.ptr, minutes, seconds) == 0 &&
              buffer_append(out, short_zone ? (struct slice){zone.ptr, 3} : zone) == 0 &&
              (!short_zone || buffer_printf(out, ":%.2s", zone.ptr + 3) == 0);
    return true;
}

/* Puts the best property of a name into a column, when it holds a date. */
static int put_moment(struct vcard_card *card, const char *name, enum column column, struct error *err)
{
    struct vcard_property *property = best(card, name, 0, 0);
    struct slice value;
    bool memory = true;

    if (!property)
        return 0;
    if (decode(card, property, &value, err))
        return -1;
    property->taken = print_moment(&card->columns[column], value, column == BIRTH_DATE, &memory);
    return memory ? 0 : error_memory(err);
}

/* What Apple writes beside a property of the same group: item1.X-ABLabel:_$!<Mobile>!$_ */
static void apply_label(struct vcard_card *card, struct vcard_property *label)
{
    static const struct {
        const char *text;
        unsigned types;
    } labels[] = {
        {"_$!<Work>!$_", VCARD_WORK},
        {"_$!<Home>!$_", VCARD_HOME},
        {"_$!<Mobile>!$_", VCARD_CELL},
        {"_$!<WorkFAX>!$_", VCARD_FAX | VCARD_WORK},
        {"_$!<HomeFAX>!$_", VCARD_FAX | VCARD_HOME},
        {"_$!<Pager>!$_", VCARD_PAGER},
        {"_$!<Main>!$_", 0},
        {"_$!<Other>!$_", 0},
        {"_$!<HomePage>!$_", 0},
    };
    unsigned types = 0;

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (vcard_same(slice_trim(label->value), labels[i].text)) {
            label->taken = true;
            types = labels[i].types;
        }
    for (size_t i = 0; i < card->count && label->group.len; i++)
        if (slice_equal(card->properties[i].group, label->group))
            card->properties[i].types |= types;
}

/* Properties that say nothing about the person, or only with data that no cell should hold. */
static bool is_dropped(const struct vcard_property *property)
{
    static const char *const always[] = {"VERSION", "PRODID", "AGENT"};
    static const char *const data[] = {"PHOTO", "LOGO", "SOUND", "KEY"};
    struct slice value = slice_trim(property->value);

    if (is_blank(value))
        return true;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (vcard_property_is(property, always[i]))
            return true;
    for (size_t i = 0; i < sizeof data / sizeof *data; i++)
        if (vcard_property_is(property, data[i]))
            return property->encoding != VCARD_PLAIN || has_scheme(value, "data:") ||
                   (!property->uri && !memmem(value.ptr, value.len, "://", 3));
    return false;
}

static int put_others(struct vcard_card *card, struct error *err)
{
    struct buffer *out = &card->columns[OTHER_PROPERTIES];

    for (size_t i = 0; i < card->count; i++) {
        const struct vcard_property *property = &card->properties[i];
        if (property->taken || is_dropped(property))
            continue;
        if ((out->len && buffer_append_char(out, '\n')) || buffer_append(out, property->line))
            return error_memory(err);
    }
    return 0;
}

static int parse_lines(struct vcard_card *card, struct error *err)
{
    struct quote shown;

    if (ARRAY_GROW(card->properties, card->property_capacity, card->count))
        return error_memory(err);
    for (size_t i = 0; i < card->count; i++) {
        const struct vcard_line *line = &card->lines[i];
        struct slice text = {card->text.data + line->offset, line->len};
        if (!vcard_property_parse(&card->properties[i], text))
            return error_set(err, STATUS_DATA, "line %llu is no property: '%s'", (unsigned long long)line->number,
                             quote(&shown, text));
    }
    for (size_t i = 0; i < card->count; i++)
        if (vcard_property_is(&card->properties[i], "X-ABLabel"))
            apply_label(card, &card->properties[i]);
    return 0;
}

int vcard_card_read(struct vcard_card *card, struct error *err)
{
    static const enum column name[] = {LAST_NAME, FIRST_NAME, MIDDLE_NAME, NAME_PREFIX, NAME_SUFFIX};
    static const enum column organisation[] = {COMPANY, DEPARTMENT};

    if (card->count > VCARD_LINES)
        return error_set(err, STATUS_DATA, "a card of more than %d lines", VCARD_LINES);
    if (parse_lines(card, err) || put_text(card, "FN", FULL_NAME, err) ||
        put_components(card, "N", name, sizeof name / sizeof *name, err) ||
        put_components(card, "ORG", organisation, sizeof organisation / sizeof *organisation, err) ||
        put_department(card, err) || put_all(card, "NICKNAME", NICKNAME, ", ", err) ||
        put_text(card, "TITLE", JOB_TITLE, err) || put_emails(card, err) || put_phones(card, err) ||
        put_text(card, "URL", WEBSITE, err) || put_address(card, err) || put_moment(card, "BDAY", BIRTH_DATE, err) ||
        put_all(card, "CATEGORIES", TAGS, ", ", err) || put_all(card, "NOTE", NOTE, "\n", err) ||
        put_text(card, "UID", CONTACT_ID, err) || put_moment(card, "REV", UPDATED_AT, err))
        return -1;
    return put_others(card, err);
}
