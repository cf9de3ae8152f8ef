/* E-mail addresses and telephone numbers: several columns, of which each may hold several values, become one, its match
 * key, and a list of the others. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analysis/import_convert.h"

#define LIST_SEARCHED 8192 /* bytes */

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

static enum import_outcome take_extra_emails(struct conversion_pass *pass, struct slice cell)
{
    enum import_outcome outcome = import_check_text(pass, pass->import->roles.other_emails, cell);

    return outcome == IMPORT_CONVERTED ? take_emails(pass, cell) : outcome;
}

/* What a label says of its value's place: marked as the usual one, at work, or anything else. As in address cards, the
 * first of the best comes first. */
#define LABEL_RANKS 3

static unsigned rank_of_label(struct slice label)
{
    static const struct slice work[] = {SLICE_INIT("work"), SLICE_INIT("business"), SLICE_INIT("office")};

    if (label.len && label.ptr[0] == '*')
        return 0;
    for (size_t i = 0; i < sizeof work / sizeof *work; i++)
        if (label.len >= work[i].len && strncasecmp(label.ptr, work[i].ptr, work[i].len) == 0)
            return 1;
    return 2;
}

enum import_outcome import_emails(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    const size_t emails = pass->import->extra_emails;
    const struct field *labels =
        &pass->record->fields[pass->import->output_count + emails + 2 * pass->import->extra_phones + 1];
    enum import_outcome outcome = IMPORT_CONVERTED;

    if (roles->email == COLUMN_ABSENT && roles->other_emails == COLUMN_ABSENT)
        return IMPORT_CONVERTED;
    buffer_clear(&pass->worker->list);
    struct slice primary = {"", 0};
    if (roles->email != COLUMN_ABSENT) {
        primary = pass->fields[roles->email].text;
        pass->fields[roles->email] = (struct field){{"", 0}, FIELD_NULL};
    }
    for (unsigned rank = 0; rank < LABEL_RANKS && outcome == IMPORT_CONVERTED; rank++) {
        if (rank_of_label(labels[emails].text) == rank)
            outcome = take_emails(pass, primary);
        for (size_t e = 0; e < pass->input->extra_emails && outcome == IMPORT_CONVERTED; e++)
            if (rank_of_label(labels[e].text) == rank)
                outcome = take_extra_emails(pass, pass->record->fields[pass->import->output_count + e].text);
    }
    return outcome == IMPORT_CONVERTED ? finish_list(pass, roles->other_emails) : outcome;
}

/* What a label beside a number says: "Mobile", "Work Fax", "* Home". */
enum phone_sort { SORT_PHONE, SORT_MOBILE, SORT_FAX, SORT_PAGER };

static enum phone_sort sort_of_label(struct slice label)
{
    static const struct {
        const char *word;
        enum phone_sort sort;
    } words[] = {{"fax", SORT_FAX},      {"mobil", SORT_MOBILE},  {"cell", SORT_MOBILE},
                 {"handy", SORT_MOBILE}, {"iphone", SORT_MOBILE}, {"pager", SORT_PAGER}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = 0; at + strlen(words[i].word) <= label.len; at++)
            if (strncasecmp(label.ptr + at, words[i].word, strlen(words[i].word)) == 0)
                return words[i].sort;
    return SORT_PHONE;
}

/* Where the number was written: the country of the record, else the region that was said. */
static const char *region_of(const struct conversion_pass *pass, char region[3])
{
    struct slice country = import_text_of(pass, pass->import->roles.country);

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
    if (*verdict == PHONE_NO_REGION && slice_equal_cstr(import_text_of(pass, pass->import->roles.country), "001"))
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
    else if (sort == SORT_PAGER && roles->other_phones != COLUMN_ABSENT)
        output = COLUMN_ABSENT;
    while (outcome == IMPORT_CONVERTED && phone_split_next(&cell, &part))
        outcome = take_phone(pass, output, part, keys);
    return outcome;
}

static enum import_outcome take_extra_phones(struct conversion_pass *pass, size_t output, struct slice cell,
                                             struct slice label, struct phone_keys *keys)
{
    enum import_outcome outcome = import_check_text(pass, pass->import->roles.other_phones, cell);

    return outcome == IMPORT_CONVERTED ? take_phones(pass, output, cell, label, keys) : outcome;
}

enum import_outcome import_phones(struct conversion_pass *pass)
{
    const struct import_roles *roles = &pass->import->roles;
    const size_t outputs[] = {roles->phone, roles->mobile, roles->fax};
    struct slice cells[3] = {{"", 0}, {"", 0}, {"", 0}};
    size_t extra = pass->import->output_count + pass->import->extra_emails;
    size_t phones = pass->input->extra_count - pass->input->extra_emails;
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
    for (size_t i = 1; i < 3 && outcome == IMPORT_CONVERTED; i++)
        if (outputs[i] != COLUMN_ABSENT)
            outcome = take_phones(pass, outputs[i], cells[i], SLICE(""), &keys);
    const struct field *labels = &pass->record->fields[extra + pass->import->extra_phones];
    const struct slice label = labels[pass->import->extra_phones].text;
    for (unsigned rank = 0; rank < LABEL_RANKS && outcome == IMPORT_CONVERTED; rank++) {
        if (rank_of_label(label) == rank && outputs[0] != COLUMN_ABSENT)
            outcome = take_phones(pass, outputs[0], cells[0], label, &keys);
        for (size_t e = 0; e < phones && outcome == IMPORT_CONVERTED; e++)
            if (rank_of_label(labels[e].text) == rank)
                outcome = take_extra_phones(pass, main, pass->record->fields[extra + e].text, labels[e].text, &keys);
    }
    if (outcome == IMPORT_CONVERTED)
        outcome = put_phone_key(pass, &keys);
    return outcome == IMPORT_CONVERTED ? finish_list(pass, roles->other_phones) : outcome;
}
