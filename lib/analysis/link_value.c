/* Values of a field: folding by kind. What folds alike is equal, so folding is kept to what never tells two things
 * apart: case, marks, script, punctuation, legal forms. */
#include "analysis/link_value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "value/company_form.h"
#include "value/email.h"
#include "value/phonetic.h"
#include "value/postal_code.h"
#include "value/street.h"
#include "value/web_address.h"

void link_folder_init(struct link_folder *folder)
{
    latin_fold_init(&folder->latin);
    buffer_init(&folder->folded);
}

void link_folder_fini(struct link_folder *folder)
{
    latin_fold_fini(&folder->latin);
    buffer_fini(&folder->folded);
}

void link_values_init(struct link_values *values, enum link_kind kind)
{
    *values = (struct link_values){.kind = kind};
    group_init(&values->table, sizeof(struct link_value));
    group_init(&values->words, sizeof(struct link_word));
}

void link_values_fini(struct link_values *values)
{
    group_fini(&values->table);
    group_fini(&values->words);
    free(values->words_of);
    free(values->items);
    free(values->word_items);
    country_index_free(values->countries);
    link_values_init(values, values->kind);
}

/* A hash that is the same in every run, since keys of blocks are made of it; never 0. */
static uint32_t hash_text(struct slice text)
{
    uint32_t hash = (uint32_t)XXH3_64bits(text.ptr, text.len);

    return hash ? hash : 1;
}

/* What programs write where there is nothing. */
static bool is_nothing(struct slice text)
{
    static const char *const words[] = {"null", "nan",     "n a",       "n/a",
                                        "nil",  "unknown", "undefined", "not available", "tbd"};

    if (text.len == 0)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal_cstr(text, words[i]))
            return true;
    return false;
}

/* The digits of a text; of a telephone number without the prefix of international calls. */
static int fold_digits(struct slice text, struct buffer *out)
{
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_digit(text.ptr[i]) && buffer_append_char(out, text.ptr[i]))
            return -1;
    if (out->len > 8 && out->data[0] == '0' && out->data[1] == '0')
        memmove(out->data, out->data + 2, out->len -= 2);
    return 0;
}

/* A date as YYYYMMDD, or what digits there are. */
static int fold_date(enum date_style style, struct slice text, struct buffer *out, struct link_value *value)
{
    struct moment moment;
    int year, month, day;

    text = slice_trim(text);
    if (date_is_void(text))
        return 0;
    if (!date_parse_style(text, style, &moment)) {
        value->date.year = 0;
        value->date.month = value->date.day = 0;
        return fold_digits(text, out);
    }
    civil_from_day(moment.day, &year, &month, &day);
    value->date.year = (int16_t)year;
    value->date.month = (uint8_t)month;
    value->date.day = (uint8_t)day;
    return buffer_printf(out, "%04d%02d%02d", year, month, day);
}

static int fold_case(struct slice text, struct buffer *out)
{
    text = slice_trim(text);
    for (size_t i = 0; i < text.len; i++)
        if (buffer_append_char(out, ascii_lower(text.ptr[i])))
            return -1;
    return 0;
}

static int fold_email(struct slice text, struct buffer *out, struct link_value *value)
{
    const char *at;

    if (fold_case(text, out))
        return -1;
    at = out->len ? memrchr(out->data, '@', out->len) : NULL;
    value->email.user_length = (uint32_t)(at ? (size_t)(at - out->data) : out->len);
    value->email.domain = 0;
    if (at) {
        struct slice domain = {at + 1, out->len - value->email.user_length - 1};
        if (!email_domain_is_free(domain))
            value->email.domain = hash_text(domain);
    }
    return 0;
}

/* A number without its needless zeros; else the text. */
static int fold_number(struct slice text, struct buffer *out, struct link_value *value)
{
    char number[64], *end;

    text = slice_trim(text);
    value->number = (double)NAN;
    if (text.len && text.len < sizeof number) {
        memcpy(number, text.ptr, text.len);
        number[text.len] = 0;
        double read = strtod(number, &end);
        if (end == number + text.len && isfinite(read) && !strpbrk(number, "xX")) {
            value->number = read;
            return buffer_printf(out, "%.17g", read);
        }
    }
    return fold_case(text, out);
}

static int fold_latin(struct link_folder *folder, struct slice text, struct error *err)
{
    unsigned scripts;

    return latin_fold(&folder->latin, text, &folder->folded, &scripts, err);
}

/* The code of a country, or what is written. */
static int fold_country(struct link_values *values, struct link_folder *folder, struct slice text, struct error *err)
{
    char code[3];

    if (!values->countries && country_index_new(&values->countries, err))
        return -1;
    if (!country_find(values->countries, text, code))
        return fold_latin(folder, text, err);
    return buffer_append(&folder->folded, slice_from_cstr(code)) ? error_memory(err) : 0;
}

static int fold(struct link_values *values, struct link_folder *folder, struct slice text, struct link_value *value,
                struct error *err)
{
    struct buffer *out = &folder->folded;
    struct postal_code code;
    char number[STREET_NUMBER];

    buffer_clear(out);
    switch (values->kind) {
    case LINK_EMAIL:
        return fold_email(text, out, value) ? error_memory(err) : 0;
    case LINK_PHONE:
        return fold_digits(text, out) ? error_memory(err) : 0;
    case LINK_DATE:
        return fold_date(values->dates, text, out, value) ? error_memory(err) : 0;
    case LINK_NUMBER:
        return fold_number(text, out, value) ? error_memory(err) : 0;
    case LINK_POSTAL_CODE:
        if (!postal_code_read(text, &code))
            return fold_latin(folder, text, err);
        value->district = code.district;
        return buffer_append(out, (struct slice){code.text, code.length}) ? error_memory(err) : 0;
    case LINK_COUNTRY:
        return fold_country(values, folder, text, err);
    case LINK_DOMAIN:
        return web_domain(text, out) < 0 ? error_memory(err) : 0;
    case LINK_COMPANY:
    case LINK_ORGANISATION:
        return company_core(&folder->latin, text, out, err);
    case LINK_STREET:
        if (street_fold(&folder->latin, text, out, number, err))
            return -1;
        value->words.number = number[0] ? hash_text(slice_from_cstr(number)) : 0;
        /* the number stands behind, so that "5 high st" and "6 high st" are two values */
        return number[0] && buffer_printf(out, " #%s", number) ? error_memory(err) : 0;
    default:
        return fold_latin(folder, text, err);
    }
}

/* Takes the words of a folded text apart. */
static int add_words(struct link_values *values, struct slice text, struct link_value *value)
{
    value->words.first = (uint32_t)values->words_count;
    value->words.count = 0;
    while (text.len && value->words.count < LINK_WORDS) {
        const char *blank = memchr(text.ptr, ' ', text.len);
        struct slice word = {text.ptr, blank ? (size_t)(blank - text.ptr) : text.len};
        bool added;

        text.ptr += word.len + (blank != NULL);
        text.len -= word.len + (blank != NULL);
        if (!word.len || word.ptr[0] == '#')
            continue;
        struct link_word *state = group_get(&values->words, word, &added);
        if (!state || ARRAY_GROW(values->words_of, values->words_capacity, values->words_count + 1))
            return -1;
        values->words_of[values->words_count++] = (uint32_t)group_index(state);
        value->words.count++;
    }
    return 0;
}

static void take_name_apart(struct slice text, struct link_value *value)
{
    struct phonetic sound;
    char skeleton[LATIN_SKELETON];

    memset(&value->name, 0, sizeof value->name);
    phonetic_encode(text, &sound);
    value->name.sound[0] = sound.primary[0] ? hash_text(slice_from_cstr(sound.primary)) : 0;
    value->name.sound[1] = sound.secondary[0] ? hash_text(slice_from_cstr(sound.secondary)) : 0;
    latin_skeleton(text, skeleton);
    value->name.skeleton = strlen(skeleton) > 2 ? hash_text(slice_from_cstr(skeleton)) : 0;
    nickname_groups(text, value->name.nicknames);
}

uint32_t link_values_add(struct link_values *values, struct link_folder *folder, struct slice text, struct error *err)
{
    struct link_value value = {0}, *state;
    struct slice folded;
    bool added;

    if (text.len == 0)
        return 0;
    if (fold(values, folder, text, &value, err))
        return LINK_NO_VALUE;
    folded = buffer_slice(&folder->folded);
    /* of a company's name single letters are one word: "N/A" is "na" */
    if (is_nothing(folded) || ((values->kind == LINK_COMPANY || values->kind == LINK_ORGANISATION) && slice_equal_cstr(folded, "na")))
        return 0;
    state = group_get(&values->table, folded, &added);
    if (!state || values->table.count >= UINT32_MAX - 1) {
        error_memory(err);
        return LINK_NO_VALUE;
    }
    if (added) {
        folded = group_key(&values->table, group_index(state));
        switch (values->kind) {
        case LINK_FIRST_NAME:
        case LINK_LAST_NAME:
            take_name_apart(folded, &value);
            break;
        case LINK_FULL_NAME:
        case LINK_COMPANY:
        case LINK_ORGANISATION:
        case LINK_STREET:
        case LINK_TEXT:
            if (add_words(values, folded, &value)) {
                error_memory(err);
                return LINK_NO_VALUE;
            }
            break;
        default:
            break;
        }
        *state = value;
    }
    return (uint32_t)group_index(state) + 1;
}

/* Copies of the states of a table, side by side. */
static int make_items(struct link_values *values)
{
    values->items = malloc((values->table.count + 1) * sizeof *values->items);
    values->word_items = malloc((values->words.count + 1) * sizeof *values->word_items);
    if (!values->items || !values->word_items)
        return -1;
    for (size_t i = 0; i < values->table.count; i++)
        values->items[i] = (struct link_item){group_key(&values->table, i), *(struct link_value *)group_state(&values->table, i)};
    for (size_t i = 0; i < values->words.count; i++) {
        values->word_items[i] = *(struct link_word *)group_state(&values->words, i);
        values->word_items[i].text = group_key(&values->words, i);
    }
    return 0;
}

int link_values_weigh(struct link_values *values, const uint32_t *counts, size_t total)
{
    if (!values->items && make_items(values))
        return -1;
    for (size_t i = 0; i < values->words.count; i++)
        values->word_items[i].uses = 0;
    for (size_t i = 0; values->words.count && i < values->table.count; i++) {
        const struct link_value *value = &values->items[i].value;
        for (uint32_t k = 0; k < value->words.count; k++)
            values->word_items[values->words_of[value->words.first + k]].uses += counts[i + 1];
    }
    for (size_t i = 0; i < values->words.count; i++) {
        struct link_word *word = &values->word_items[i];
        word->weight = (float)fmax(0.3, log2(((double)total + 1) / ((double)word->uses + 0.5)));
    }
    for (size_t i = 0; values->words.count && i < values->table.count; i++) {
        struct link_value *value = &values->items[i].value;
        value->words.weight = 0;
        for (uint32_t k = 0; k < value->words.count; k++)
            value->words.weight += values->word_items[values->words_of[value->words.first + k]].weight;
    }
    return 0;
}
