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

/* What an item of a kind takes: what other kinds have is left out. */
static size_t item_size(enum link_kind kind)
{
    const struct link_value *value = NULL;

    switch (kind) {
    case LINK_FIRST_NAME:
    case LINK_LAST_NAME:
        return sizeof(struct slice) + sizeof value->name;
    case LINK_FULL_NAME:
    case LINK_COMPANY:
    case LINK_ORGANISATION:
    case LINK_STREET:
    case LINK_TEXT:
        return sizeof(struct slice) + sizeof value->words;
    case LINK_EMAIL:
        return sizeof(struct slice) + sizeof value->email;
    case LINK_DATE:
    case LINK_POSTAL_CODE:
    case LINK_NUMBER:
        return sizeof(struct slice) + sizeof value->number; /* and no less, for alignment */
    default:
        return sizeof(struct slice);
    }
}

void link_values_init(struct link_values *values, enum link_kind kind)
{
    *values = (struct link_values){.kind = kind, .item_size = item_size(kind)};
    link_texts_init(&values->table);
    arena_init(&values->bytes);
    group_init(&values->words, sizeof(struct link_word));
}

void link_values_fini(struct link_values *values)
{
    link_texts_fini(&values->table);
    arena_fini(&values->bytes);
    group_fini(&values->words);
    free(values->words_of);
    free(values->items);
    free(values->word_items);
    free(values->domains);
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
    static const char *const words[] = {"null",    "nan",       "n a",           "n/a", "nil",
                                        "unknown", "undefined", "not available", "tbd"};

    if (text.len == 0)
        return true;
    if (text.ptr[0] != 'n' && text.ptr[0] != 'u' && text.ptr[0] != 't')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal_cstr(text, words[i]))
            return true;
    return false;
}

/* The digits of a text; of a telephone number without the prefix of international calls. */
static int fold_digits(struct slice text, struct buffer *out)
{
    if (buffer_reserve(out, text.len + 1))
        return -1;
    char *digits = out->data + out->len;
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits[count] = text.ptr[i];
        count += ascii_is_digit(text.ptr[i]);
    }
    if (count > 8 && digits[0] == '0' && digits[1] == '0')
        memmove(digits, digits + 2, count -= 2);
    out->len += count;
    return 0;
}

static void put_digits(char *to, size_t count, unsigned number)
{
    for (; count; number /= 10)
        to[--count] = (char)('0' + number % 10);
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
    if (year < 0 || year > 9999)
        return buffer_printf(out, "%04d%02d%02d", year, month, day);
    if (buffer_reserve(out, 8))
        return -1;
    put_digits(out->data + out->len, 4, (unsigned)year);
    put_digits(out->data + out->len + 4, 2, (unsigned)month);
    put_digits(out->data + out->len + 6, 2, (unsigned)day);
    out->len += 8;
    return 0;
}

static int fold_case(struct slice text, struct buffer *out)
{
    text = slice_trim(text);
    if (buffer_reserve(out, text.len + 1))
        return -1;
    for (size_t i = 0; i < text.len; i++)
        out->data[out->len + i] = ascii_lower(text.ptr[i]);
    out->len += text.len;
    return 0;
}

/* Whether the text is a whole number from 1 as it would be printed: most are. */
static bool is_plain_number(struct slice text, double *number)
{
    int64_t whole = 0;

    if (text.len == 0 || text.len > 15 || text.ptr[0] == '0')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return false;
        whole = whole * 10 + (text.ptr[i] - '0');
    }
    *number = (double)whole;
    return true;
}

/* A number without its needless zeros; else the text. */
static int fold_number(struct slice text, struct buffer *out, struct link_value *value)
{
    char number[64], *end;

    text = slice_trim(text);
    if (is_plain_number(text, &value->number))
        return buffer_append(out, text);
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

static int fold_street(struct link_folder *folder, struct slice text, struct link_value *value, struct error *err)
{
    struct buffer *out = &folder->folded;
    char number[STREET_NUMBER];

    if (street_fold(&folder->latin, text, out, number, err))
        return -1;
    struct slice house = slice_from_cstr(number);
    value->words.number = house.len ? hash_text(house) : 0;
    /* the number stands behind, so that "5 high st" and "6 high st" are two values */
    return house.len && (buffer_append(out, SLICE(" #")) || buffer_append(out, house)) ? error_memory(err) : 0;
}

/* Appends the folded text, and fills what is known of the value by then. */
static int fold(struct link_values *values, struct link_folder *folder, struct slice text, struct link_value *value,
                struct error *err)
{
    struct buffer *out = &folder->folded;
    struct postal_code code;

    switch (values->kind) {
    case LINK_EMAIL:
        return fold_case(text, out) ? error_memory(err) : 0;
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
        return fold_street(folder, text, value, err);
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

/* Which bytes there are, as a set of their lower five bits. */
static uint32_t letters_of(struct slice text)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < text.len; i++)
        letters |= 1U << (text.ptr[i] & 31);
    return letters;
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
    value->name.letters = letters_of(text);
    nickname_groups(text, value->name.nicknames);
}

#define DOMAIN_BITS 10
#define DOMAINS ((size_t)1 << DOMAIN_BITS) /* that are remembered; most addresses are at few */

/* What an address has of its domain: a hash, or 0 for one that everybody may have an address at. */
static int find_domain(struct link_values *values, struct slice domain, uint32_t *hash)
{
    if (!values->domains && !(values->domains = calloc(DOMAINS, sizeof *values->domains)))
        return -1;
    *hash = hash_text(domain);
    struct link_domain *known = &values->domains[*hash >> (32 - DOMAIN_BITS)];
    if (!known->text.len || !slice_equal(known->text, domain))
        *known = (struct link_domain){domain, email_domain_is_free(domain) ? 0 : *hash};
    *hash = known->hash;
    return 0;
}

static int take_email_apart(struct link_values *values, struct slice text, struct link_value *value)
{
    const char *at = memrchr(text.ptr, '@', text.len);

    value->email.user_length = (uint32_t)(at ? (size_t)(at - text.ptr) : text.len) & INT32_MAX;
    value->email.domain = 0;
    const struct slice user = {text.ptr, value->email.user_length};
    const struct slice rest = {text.ptr + user.len, text.len - user.len};
    value->email.user_letters = letters_of(user);
    value->email.letters = value->email.user_letters | letters_of(rest);
    value->email.role = email_user_is_role(user);
    return at ? find_domain(values, (struct slice){at + 1, rest.len - 1}, &value->email.domain) : 0;
}

/* What is worked out once for each different value. */
static int take_apart(struct link_values *values, struct slice folded, struct link_value *value)
{
    switch (values->kind) {
    case LINK_FIRST_NAME:
    case LINK_LAST_NAME:
        take_name_apart(folded, value);
        return 0;
    case LINK_EMAIL:
        return take_email_apart(values, folded, value);
    case LINK_FULL_NAME:
    case LINK_COMPANY:
    case LINK_ORGANISATION:
    case LINK_STREET:
    case LINK_TEXT:
        return add_words(values, folded, value);
    default:
        return 0;
    }
}

/* A value that has been folded and not yet looked up. */
struct folded {
    struct slice text; /* empty: no value */
    size_t begin;      /* in the folder's buffer, which may move while others are folded */
    uint64_t hash;
    struct link_value value;
};

int link_values_reserve(struct link_values *values, size_t most)
{
    if (most <= values->items_capacity)
        return 0;
    char *items = memory_large(most, values->item_size);
    if (!items)
        return -1;
    if (values->table.count)
        memcpy(items, values->items, values->table.count * values->item_size);
    free(values->items);
    values->items = items;
    values->items_capacity = most;
    return 0;
}

static uint32_t number_of(struct link_values *values, struct folded *folded)
{
    size_t count = values->table.count;
    struct slice text = {.len = folded->text.len};
    uint32_t number;
    bool added;

    if (folded->text.len == 0)
        return 0;
    if ((count == values->items_capacity && link_values_reserve(values, 2 * count + 16)) ||
        link_texts_get(&values->table, folded->text, folded->hash, values->items, values->item_size, &number, &added))
        return LINK_NO_VALUE;
    if (added) {
        text.ptr = arena_copy(&values->bytes, folded->text);
        if (!text.ptr || take_apart(values, text, &folded->value))
            return LINK_NO_VALUE;
        struct link_item item = {text, folded->value};
        memcpy(values->items + number * values->item_size, &item, values->item_size);
    }
    return number + 1;
}

int link_values_add_many(struct link_values *values, struct link_folder *folder, const struct slice *texts,
                         size_t count, uint32_t *ids, struct error *err)
{
    struct folded batch[LINK_VALUES_BATCH];
    /* of a company's name single letters are one word: "N/A" is "na" */
    bool is_company = values->kind == LINK_COMPANY || values->kind == LINK_ORGANISATION;

    buffer_clear(&folder->folded);
    for (size_t i = 0; i < count; i++) {
        batch[i].begin = folder->folded.len;
        batch[i].value = (struct link_value){0};
        if (texts[i].len && fold(values, folder, texts[i], &batch[i].value, err))
            return -1;
        batch[i].text.len = folder->folded.len - batch[i].begin;
    }
    for (size_t i = 0; i < count; i++) {
        if (batch[i].text.len == 0)
            continue;
        batch[i].text.ptr = folder->folded.data + batch[i].begin;
        if (is_nothing(batch[i].text) || (is_company && slice_equal_cstr(batch[i].text, "na"))) {
            batch[i].text.len = 0;
            continue;
        }
        batch[i].hash = group_hash(batch[i].text);
        link_texts_prefetch_slot(&values->table, batch[i].hash);
    }
    for (size_t i = 0; i < count; i++)
        if (batch[i].text.len)
            link_texts_prefetch_item(&values->table, batch[i].hash, values->items, values->item_size);
    for (size_t i = 0; i < count; i++)
        if (batch[i].text.len)
            link_texts_prefetch_text(&values->table, batch[i].hash, values->items, values->item_size);
    for (size_t i = 0; i < count; i++) {
        ids[i] = number_of(values, &batch[i]);
        if (ids[i] == LINK_NO_VALUE)
            return error_memory(err);
    }
    return 0;
}

uint32_t link_values_add(struct link_values *values, struct link_folder *folder, struct slice text, struct error *err)
{
    uint32_t id;

    return link_values_add_many(values, folder, &text, 1, &id, err) ? LINK_NO_VALUE : id;
}

/* Copies of the words' states, side by side; and of the values' room what is not used is given back. */
static int make_items(struct link_values *values)
{
    values->word_items = memory_large(values->words.count + 1, sizeof *values->word_items);
    if (!values->word_items)
        return -1;
    for (size_t i = 0; i < values->words.count; i++) {
        values->word_items[i] = *(struct link_word *)group_state(&values->words, i);
        values->word_items[i].text = group_key(&values->words, i);
        values->word_items[i].letters = letters_of(values->word_items[i].text);
        values->word_items[i].first = values->word_items[i].text.ptr[0];
    }
    if (values->table.count + 1 >= values->items_capacity)
        return 0;
    char *items = realloc(values->items, (values->table.count + 1) * values->item_size);
    if (items) {
        values->items = items;
        values->items_capacity = values->table.count + 1;
    }
    return 0;
}

int link_values_weigh(struct link_values *values, const uint32_t *counts, size_t total)
{
    if (!values->word_items && make_items(values))
        return -1;
    for (size_t i = 0; i < values->words.count; i++)
        values->word_items[i].uses = 0;
    for (size_t i = 0; values->words.count && i < values->table.count; i++) {
        const struct link_value *value = link_value(values, (uint32_t)i + 1);
        for (uint32_t k = 0; k < value->words.count; k++)
            values->word_items[values->words_of[value->words.first + k]].uses += counts[i + 1];
    }
    for (size_t i = 0; i < values->words.count; i++) {
        struct link_word *word = &values->word_items[i];
        word->weight = (float)fmax(0.3, log2(((double)total + 1) / ((double)word->uses + 0.5)));
    }
    for (size_t i = 0; values->words.count && i < values->table.count; i++) {
        struct link_value *value = &link_item(values, (uint32_t)i + 1)->value;
        value->words.weight = 0;
        for (uint32_t k = 0; k < value->words.count; k++)
            value->words.weight += values->word_items[values->words_of[value->words.first + k]].weight;
    }
    return 0;
}

void link_values_settle(struct link_values *values)
{
    link_texts_settle(&values->table);
}

size_t link_values_bytes(const struct link_values *values)
{
    return values->table.count * values->item_size + link_texts_bytes(&values->table) + values->bytes.bytes +
           values->words_capacity * sizeof *values->words_of + group_bytes(&values->words, 0) +
           (values->word_items ? values->words.count * sizeof *values->word_items : 0);
}
