/* Countries: an array of folded names, sorted, with the code each stands for. Names come in layers: what our
 * table says stands above what ICU says in the eight languages of the vocabulary, and that above what it says in others
 * and in the country's own. Within a layer a name that two countries have is no answer. */
#include "value/country.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "value/country_tables.h"
#include "value/vocabulary.h"

#define CODE_MARK '/' /* in front of codes; folding drops it from names */

enum layer { LAYER_TABLE, LAYER_NAME, LAYER_OTHER };

struct name {
    size_t at; /* of the key, in keys */
    unsigned char length;
    unsigned char layer;
    char code[2];
};

struct country_index {
    struct buffer keys;
    struct name *names;
    size_t count, capacity;
};

/* Codes are kept apart from names, under keys that no name can have: "n/a" is not NA, "ČR" not CR. -1: out of memory.
 */
static int add_code(struct country_index *index, const char *text, const char code[2])
{
    if (ARRAY_GROW(index->names, index->capacity, index->count + 1) || buffer_append_char(&index->keys, CODE_MARK))
        return -1;
    size_t at = index->keys.len - 1;
    for (const char *c = text; *c; c++)
        if (buffer_append_char(&index->keys, (char)(*c | 0x20)))
            return -1;
    index->names[index->count++] =
        (struct name){at, (unsigned char)(index->keys.len - at), LAYER_TABLE, {code[0], code[1]}};
    return 0;
}

/* -1: out of memory. */
static int add_name(struct country_index *index, struct slice text, const char code[2], enum layer layer)
{
    char key[VOCABULARY_KEY];
    size_t length = vocabulary_normalise(text, key);

    if (length == 0)
        return 0;
    if (ARRAY_GROW(index->names, index->capacity, index->count + 1))
        return -1;
    index->names[index->count++] =
        (struct name){index->keys.len, (unsigned char)length, (unsigned char)layer, {code[0], code[1]}};
    return buffer_append(&index->keys, (struct slice){key, length});
}

static int add_list(struct country_index *index, const char *list, const char code[2])
{
    while (*list) {
        size_t length = strcspn(list, "|");
        if (add_name(index, (struct slice){list, length}, code, LAYER_TABLE))
            return -1;
        list += length + (list[length] == '|');
    }
    return 0;
}

/* The name, and what people make of it: without what stands in brackets, "and" for "&", "Saint" for "St.". */
static int add_display(struct country_index *index, struct slice text, const char code[2], enum layer layer)
{
    char other[400];
    size_t length = 0;
    int depth = 0;

    if (add_name(index, text, code, layer))
        return -1;
    if (text.len > sizeof other / 3)
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        depth += c == '(';
        if (depth == 0 && c == '&') {
            memcpy(other + length, "and", 3);
            length += 3;
        } else if (depth == 0 && c == '.' && length == 2 && memcmp(other, "St", 2) == 0) {
            memcpy(other, "Saint", 5);
            length = 5;
        } else if (depth == 0) {
            other[length++] = c;
        }
        depth -= c == ')';
    }
    if (length == text.len && memcmp(other, text.ptr, length) == 0)
        return 0;
    return add_name(index, (struct slice){other, length}, code, layer);
}

static int icu_failed(UErrorCode status, struct error *err)
{
    if (status == U_MEMORY_ALLOCATION_ERROR)
        return error_memory(err);
    return error_set(err, STATUS_SYSTEM, "names of countries: ICU says %s", u_errorName(status));
}

static int add_wide(struct country_index *index, const UChar *wide, int32_t length, const char code[2],
                    enum layer layer, struct error *err)
{
    char text[400];
    int32_t size = 0;
    UErrorCode status = U_ZERO_ERROR;

    u_strToUTF8(text, sizeof text, &size, wide, length, &status);
    if (U_FAILURE(status))
        return icu_failed(status, err);
    if (add_display(index, (struct slice){text, (size_t)size}, code, layer))
        return error_memory(err);
    return 0;
}

/* Tables of ICU's data: the names of regions by code, and the short ones of those that have one. */
#define REGION_DATA U_ICUDATA_NAME "-region"
#define FULL_NAMES "Countries"
#define SHORT_NAMES "Countries%short"

/* Names of the countries in list (ended by NULL) that the locale itself has; what it leaves to its parent ("pt" for
 * "pt_PT") is not asked for. The bundles are read directly: the calls made for display fall back on the locale of the
 * environment, and some of them (uldn_open) crash where memory ends. Returns how many there were, or -1. */
static int add_language(struct country_index *index, const char *locale, const char *table, const char *const *list,
                        enum layer layer, struct error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UResourceBundle *bundle = ures_openDirect(REGION_DATA, locale, &status);
    UResourceBundle *names = ures_getByKey(bundle, table, NULL, &status);
    int count = 0;

    if (U_FAILURE(status) && status != U_MISSING_RESOURCE_ERROR)
        count = icu_failed(status, err);
    for (const char *const *code = list; U_SUCCESS(status) && *code && count >= 0; code++) {
        int32_t length;
        UErrorCode missing = U_ZERO_ERROR;
        const UChar *name = ures_getStringByKey(names, *code, &length, &missing);
        if (U_SUCCESS(missing))
            count = add_wide(index, name, length, *code, layer, err) ? -1 : count + 1;
        else if (missing != U_MISSING_RESOURCE_ERROR)
            count = icu_failed(missing, err);
    }
    ures_close(names);
    ures_close(bundle);
    return count;
}

/* The country in its own most spoken language, which has names as "language_Script" or as "language". */
static int add_endonym(struct country_index *index, const char *code, struct error *err)
{
    const char *const list[] = {code, NULL};
    char region[8] = "und_";
    char locale[ULOC_FULLNAME_CAPACITY];
    char *underscore;
    UErrorCode status = U_ZERO_ERROR;
    int count = 0;

    memcpy(region + 4, code, 3);
    uloc_addLikelySubtags(region, locale, sizeof locale, &status);
    if (U_FAILURE(status))
        return icu_failed(status, err);
    while (count == 0 && (underscore = strrchr(locale, '_'))) {
        *underscore = '\0';
        count = add_language(index, locale, FULL_NAMES, list, LAYER_OTHER, err);
    }
    return count < 0 ? -1 : 0;
}

static int add_codes(struct country_index *index)
{
    for (const char *const *code = uloc_getISOCountries(); *code; code++) {
        char locale[4] = {'_', (*code)[0], (*code)[1], '\0'};
        if (add_code(index, *code, *code) || add_code(index, uloc_getISO3Country(locale), *code))
            return -1;
    }
    for (size_t i = 0; i < country_names_count; i++)
        if (add_list(index, country_names[i].names, country_names[i].code))
            return -1;
    return add_list(index, country_ambiguous, "\0");
}

static int compare_keys(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return slice_compare((struct slice){a, a_length}, (struct slice){b, b_length});
}

static int compare_names(const void *a, const void *b, void *context)
{
    const struct name *x = a;
    const struct name *y = b;
    const char *keys = context;
    int order = compare_keys(keys + x->at, x->length, keys + y->at, y->length);

    if (order == 0)
        order = (int)x->layer - (int)y->layer;
    return order ? order : memcmp(x->code, y->code, 2);
}

/* One entry per key: of the best layer; with no code when that has two. */
static void settle(struct country_index *index)
{
    const char *keys = index->keys.data;
    size_t kept = 0;

    qsort_r(index->names, index->count, sizeof *index->names, compare_names, index->keys.data);
    for (size_t i = 0; i < index->count; i++) {
        const struct name *name = &index->names[i];
        struct name *last = kept ? &index->names[kept - 1] : NULL;
        if (!last || compare_keys(keys + last->at, last->length, keys + name->at, name->length) != 0)
            index->names[kept++] = *name;
        else if (last->layer == name->layer && memcmp(last->code, name->code, 2) != 0)
            last->code[0] = last->code[1] = '\0';
    }
    index->count = kept;
}

static int fill(struct country_index *index, struct error *err)
{
    const char *const *codes = uloc_getISOCountries();
    static const char *const languages[] = {"en", "ru", "zh", "zh_Hant", "ar", "de", "fr", "es", "pt", "pt_PT"};
    static const char *const others[] = {"it", "nl", "pl", "tr", "uk", "cs", "ja", "ko", "fa"};

    if (add_codes(index))
        return error_memory(err);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        int count = add_language(index, languages[i], FULL_NAMES, codes, LAYER_NAME, err);
        if (count == 0)
            return error_set(err, STATUS_SYSTEM, "names of countries: ICU has none in '%s'", languages[i]);
        if (count < 0 || add_language(index, languages[i], SHORT_NAMES, codes, LAYER_NAME, err) < 0)
            return -1;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (add_language(index, others[i], FULL_NAMES, codes, LAYER_OTHER, err) < 0)
            return -1;
    for (const char *const *code = codes; *code; code++)
        if (add_endonym(index, *code, err))
            return -1;
    settle(index);
    return 0;
}

int country_index_new(struct country_index **index, struct error *err)
{
    *index = calloc(1, sizeof **index);
    if (!*index)
        return error_memory(err);
    buffer_init(&(*index)->keys);
    if (fill(*index, err)) {
        country_index_free(*index);
        *index = NULL;
        return -1;
    }
    return 0;
}

void country_index_free(struct country_index *index)
{
    if (!index)
        return;
    buffer_fini(&index->keys);
    free(index->names);
    free(index);
}

static bool find_key(const struct country_index *index, struct slice key, char code[3])
{
    size_t low = 0;
    size_t high = index->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct name *name = &index->names[middle];
        int order = compare_keys(index->keys.data + name->at, name->length, key.ptr, key.len);
        if (order == 0) {
            if (name->code[0] == '\0')
                return false;
            memcpy(code, name->code, 2);
            code[2] = '\0';
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Two or three letters, as they stand. "na" is more often "not available" than Namibia. */
static bool find_code(const struct country_index *index, struct slice text, char code[3])
{
    char key[4] = {CODE_MARK};

    text = slice_trim(text);
    if (text.len < 2 || text.len > 3)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        key[i + 1] = (char)(text.ptr[i] | 0x20);
        if (key[i + 1] < 'a' || key[i + 1] > 'z')
            return false;
    }
    if (text.len == 2 && memcmp(key + 1, "na", 2) == 0 && memcmp(text.ptr, "NA", 2) != 0)
        return false;
    return find_key(index, (struct slice){key, text.len + 1}, code);
}

bool country_find(const struct country_index *index, struct slice text, char code[3])
{
    /* Folded, in front of a name that is known without them. */
    static const char *const fronts[] = {"the",
                                         "republicofthe",
                                         "republicof",
                                         "democraticrepublicof",
                                         "democraticsocialistrepublicof",
                                         "federalrepublicof",
                                         "federativerepublicof",
                                         "federaldemocraticrepublicof",
                                         "islamicrepublicof",
                                         "peoplesrepublicof",
                                         "peoplesdemocraticrepublicof",
                                         "kingdomof",
                                         "hashemitekingdomof",
                                         "principalityof",
                                         "grandduchyof",
                                         "sultanateof",
                                         "commonwealthof",
                                         "commonwealthofthe",
                                         "unionofthe",
                                         "stateof",
                                         "thestateof",
                                         "independentstateof",
                                         "республика",
                                         "republik",
                                         "republiquede",
                                         "republicade",
                                         "republicadel",
                                         "republicada"};
    char key[VOCABULARY_KEY];
    size_t length = vocabulary_normalise(text, key);

    if (length == 0)
        return false;
    if (find_code(index, text, code))
        return true;
    if (find_key(index, (struct slice){key, length}, code))
        return true;
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
        size_t front = strlen(fronts[i]);
        if (length > front + 3 && memcmp(key, fronts[i], front) == 0 &&
            find_key(index, (struct slice){key + front, length - front}, code))
            return true;
    }
    return false;
}
