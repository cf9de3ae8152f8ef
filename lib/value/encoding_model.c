/* Encoding model: what a word costs in a language.
 *
 * A word is likely when its letters follow each other as those of the language do, when its capitals begin it or fill
 * it, and when signs stand where signs stand: a quotation mark in the middle of a word is mostly a letter of another
 * encoding. */
#include <string.h>

#include <utf8proc.h>

#include "value/encoding_tables.h"

/* What a byte is in a language, when it is no letter of the model. */
enum { EDGE = 0, FOREIGN = ENCODING_LETTERS, LATIN, DIGIT, SYMBOL, INVALID };

/* Where a sign may touch a letter. */
enum { BEFORE = 1, AFTER = 2, INSIDE = 4, CAPITAL = 8 /* inside, when a capital follows */ };

static const struct sign {
    char16_t character;
    uint8_t cost;
    uint8_t place;
} signs[] = {
    {u'\u00a0', 13, BEFORE | AFTER | CAPITAL},
    {u'’', 12, AFTER | INSIDE},
    {u'‘', 18, BEFORE},
    {u'´', 18, INSIDE},
    {u'–', 12, CAPITAL},
    {u'—', 13, CAPITAL},
    {u'“', 13, BEFORE | AFTER},
    {u'”', 13, AFTER},
    {u'„', 14, BEFORE},
    {u'«', 14, BEFORE | AFTER},
    {u'»', 14, BEFORE | AFTER},
    {u'…', 14, AFTER},
    {u'€', 12, 0},
    {u'£', 13, 0},
    {u'°', 12, BEFORE},
    {u'№', 13, 0},
    {u'º', 14, AFTER},
    {u'ª', 16, AFTER},
    {u'·', 15, INSIDE},
    {u'•', 17, BEFORE},
    {u'®', 16, AFTER},
    {u'™', 16, AFTER},
    {u'©', 17, 0},
    {u'§', 17, 0},
    {u'¿', 18, BEFORE},
    {u'¡', 18, BEFORE},
    {u'½', 18, 0},
    {u'¼', 20, 0},
    {u'²', 17, AFTER},
    {u'³', 18, AFTER},
    {u'×', 18, 0},
    {u'±', 19, 0},
    {u'µ', 20, BEFORE},
    {u'¥', 20, 0},
    {u'‚', 20, BEFORE},
    {u'‹', 22, BEFORE},
    {u'›', 22, AFTER},
    {u'\u00ad', 20, INSIDE},
    {u'¨', 26, 0},
    {u'\u200e', 22, BEFORE | AFTER},
    {u'\u200f', 22, BEFORE | AFTER},
    {u'\u200c', 16, INSIDE},
    {u'،', 14, AFTER},
    {u'؛', 18, AFTER},
    {u'؟', 16, AFTER},
};

static char32_t next_character(const char **text, const char *end)
{
    utf8proc_int32_t c;

    *text += utf8proc_iterate((const utf8proc_uint8_t *)*text, end - *text, &c);
    return (char32_t)c;
}

static size_t letter_index(const struct encoding_model *model, char32_t letter)
{
    size_t index = model->slot[letter & 0x3ff];

    return model->letter[index] == letter ? index : EDGE;
}

static void learn_letters(struct encoding_model *model, const char *text, const char *end)
{
    model->letters = 1;
    for (const char *row = text; row; row = strchr(row, ' ')) {
        row += *row == ' ';
        if (*row == '_' || model->letters == ENCODING_LETTERS)
            continue;
        const char *at = row;
        char32_t letter = next_character(&at, end);
        model->slot[letter & 0x3ff] = (uint8_t)model->letters;
        model->letter[model->letters++] = letter;
    }
}

void encoding_model_build(struct encoding_model *model, const struct encoding_language *language)
{
    const char *end = language->text + strlen(language->text);
    size_t row = EDGE;
    unsigned cost = 0;
    bool starts = true;

    memset(model, 0, sizeof *model);
    model->language = language;
    learn_letters(model, language->text, end);
    memset(model->cost, COST_UNLISTED, sizeof model->cost);
    for (const char *p = language->text; p < end;) {
        if (*p == ' ') {
            starts = true;
            p++;
        } else if (encoding_is_cost(*p)) {
            cost = encoding_cost(*p++);
        } else {
            char32_t c = next_character(&p, end);
            size_t index = c == '_' ? EDGE : letter_index(model, c);
            if (starts)
                row = index;
            else
                model->cost[row][index] = (uint8_t)cost;
            starts = false;
        }
    }
}

/* The small letter as the models have it: Romanian is written with cedillas there, Turkish I without its dot. */
static char32_t fold(char32_t c)
{
    switch (c) {
    case 0x130:
        return 'i';
    case 0x218:
    case 0x219:
        return 0x15f;
    case 0x21a:
    case 0x21b:
        return 0x163;
    default:
        return (char32_t)utf8proc_tolower((utf8proc_int32_t)c);
    }
}

bool encoding_is_letter(char32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);

    if (c == 0xaa || c == 0xba || c == 0xb5 || c == 0x192) /* ª º µ ƒ */
        return false;
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || category == UTF8PROC_CATEGORY_MN ||
           category == UTF8PROC_CATEGORY_MC;
}

/* The sign, or one of the others that are dear and touch no letter. */
static struct sign find_sign(char32_t c)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].character == c)
            return signs[i];
    return (struct sign){.cost = c < 0x2200 ? 26 : 34}; /* beyond: box drawing, mathematics */
}

void encoding_alphabet_build(struct encoding_alphabet *alphabet, const struct encoding_charset *charset)
{
    *alphabet = (struct encoding_alphabet){.charset = charset};
    for (unsigned byte = 'A'; byte <= 'Z'; byte++) {
        alphabet->capital[byte] = true;
        alphabet->small[byte + 0x20] = true;
    }
    for (unsigned byte = 128; byte < 256; byte++) {
        char32_t c = charset->high[byte - 128];
        if (c == 0xfffd)
            continue;
        if (encoding_is_letter(c)) {
            alphabet->small[byte] = utf8proc_toupper((utf8proc_int32_t)c) != (utf8proc_int32_t)c;
            alphabet->capital[byte] = utf8proc_tolower((utf8proc_int32_t)c) != (utf8proc_int32_t)c;
        } else {
            struct sign sign = find_sign(c);
            alphabet->cost[byte] = sign.cost;
            alphabet->place[byte] = sign.place;
        }
    }
}

void encoding_reading_build(struct encoding_reading *reading, const struct encoding_model *model,
                            const struct encoding_charset *charset)
{
    bool latin = letter_index(model, 'e') != 0;

    reading->model = model;
    for (unsigned byte = 0; byte < 256; byte++) {
        char32_t c = byte < 128 ? byte : charset->high[byte - 128];
        size_t index = letter_index(model, fold(c));
        if (c == 0xfffd)
            reading->kind[byte] = INVALID;
        else if (byte >= '0' && byte <= '9')
            reading->kind[byte] = DIGIT;
        else if (index)
            reading->kind[byte] = (uint8_t)index;
        else if (byte < 128)
            reading->kind[byte] = !latin && encoding_is_letter(c) ? LATIN : SYMBOL;
        else
            reading->kind[byte] = encoding_is_letter(c) ? FOREIGN : SYMBOL;
    }
}

/* The end of a word behind `before`. */
static unsigned end_cost(const struct encoding_model *model, unsigned before)
{
    return before != EDGE && before < ENCODING_LETTERS ? model->cost[before][EDGE] : 0;
}

/* A letter behind `before`. */
static unsigned letter_cost(const struct encoding_model *model, unsigned before, unsigned kind)
{
    unsigned end = end_cost(model, before);

    if (kind == FOREIGN)
        return end + COST_FOREIGN;
    if (kind == LATIN)
        return end ? end + COST_SWITCH : COST_ASCII;
    if (before < ENCODING_LETTERS)
        return model->cost[before][kind];
    return model->cost[EDGE][kind] + (before == LATIN ? (unsigned)COST_SWITCH : 0u);
}

/* Capitals begin a word, or fill it. run: capitals before this byte. */
static unsigned case_cost(const struct encoding_alphabet *alphabet, unsigned char before, unsigned char byte,
                          unsigned run)
{
    if (alphabet->capital[byte]) {
        if (alphabet->small[before])
            return 14;
        return run ? 3 : 2;
    }
    if (!alphabet->small[byte])
        return 0;
    if (run)
        return run > 1 ? 10 : 1;
    return alphabet->small[before] ? 0 : 2;
}

/* A sign beyond ASCII at word[i]. */
static unsigned sign_cost(const struct encoding_alphabet *alphabet, const struct encoding_reading *reading,
                          struct slice word, size_t i)
{
    unsigned char byte = (unsigned char)word.ptr[i];
    unsigned char next = i + 1 < word.len ? (unsigned char)word.ptr[i + 1] : 0;
    bool left = i > 0 && reading->kind[(unsigned char)word.ptr[i - 1]] <= LATIN;
    bool right = next && reading->kind[next] <= LATIN;
    unsigned place = alphabet->place[byte];
    bool fits = true;

    if (left && right)
        fits = (place & INSIDE) || ((place & CAPITAL) && alphabet->capital[next]);
    else if (left)
        fits = place & AFTER;
    else if (right)
        fits = place & BEFORE;
    return alphabet->cost[byte] + (fits ? 0u : (unsigned)COST_MISPLACED);
}

unsigned encoding_reading_cost(const struct encoding_alphabet *alphabet, const struct encoding_reading *reading,
                               struct slice word)
{
    const struct encoding_model *model = reading->model;
    unsigned cost = 0, before = EDGE, capitals = 0;
    unsigned char last = 0;

    for (size_t i = 0; i < word.len; i++) {
        unsigned char byte = (unsigned char)word.ptr[i];
        unsigned kind = reading->kind[byte];
        if (kind <= LATIN) {
            cost += letter_cost(model, before, kind) + case_cost(alphabet, last, byte, capitals);
            cost += before == DIGIT && byte >= 128 ? 10 : 0;
            capitals = alphabet->capital[byte] ? capitals + 1 : 0;
        } else {
            cost += end_cost(model, before);
            if (kind == INVALID)
                cost += COST_INVALID;
            else if (byte >= 128)
                cost += sign_cost(alphabet, reading, word, i);
            else
                cost += COST_DIGIT + (kind == DIGIT && before <= LATIN && last >= 128 ? 6u : 0u);
            capitals = 0;
        }
        before = kind;
        last = byte;
    }
    return cost + end_cost(model, before);
}
