/* Folding to Latin letters. A text of ASCII alone goes through a table, byte by byte, into room reserved once. Any
 * other is first brought to code points, decomposed for compatibility and case folded (utf8proc, but for the letters
 * that have no decomposition and are frequent), then read letter by letter, each by the alphabet it belongs to. */
#include "value/latin_fold_parts.h"

#include <stdlib.h>

#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    DROPPED = 1,
    DOT = 2,
    WIDE = 3,
    DECOMPOSED = 32, /* more than any one character decomposes to: 18 */
};

/* What an ASCII byte becomes: itself, a small letter, a blank; or one of the above. */
#define DIGITS '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'
#define LETTERS                                                                                                        \
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', \
        'x', 'y', 'z'
static const unsigned char ascii_folds[256] = {
    [0 ... '&'] = ' ',    DROPPED, ['(' ... '-'] = ' ', DOT,     ' ',     DIGITS,
    [':' ... '@'] = ' ',  LETTERS, ['[' ... '_'] = ' ', DROPPED, LETTERS, ['{' ... 127] = ' ',
    [128 ... 255] = WIDE,
};

void latin_fold_init(struct latin_fold *fold)
{
    *fold = (struct latin_fold){NULL, 0};
}

void latin_fold_fini(struct latin_fold *fold)
{
    free(fold->letters);
    latin_fold_init(fold);
}

/* A dot between two digits or beside another dot parts words. */
static bool dot_parts(int32_t before, int32_t after)
{
    return before == '.' || after == '.' || (before >= '0' && before <= '9' && after >= '0' && after <= '9');
}

/* Writes the folded form of text to out, which has room for as many bytes: its end, or NULL where text is not ASCII. */
static char *fold_ascii(struct slice text, char *out, bool *has_letters)
{
    char *const start = out;
    unsigned char last = ' ';
    unsigned char seen = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = ascii_folds[(unsigned char)text.ptr[i]];
        if (__builtin_expect(c < ' ', 0)) {
            if (c == WIDE)
                return NULL;
            if (c == DROPPED || !dot_parts(i ? text.ptr[i - 1] : 0, i + 1 < text.len ? text.ptr[i + 1] : 0))
                continue;
            c = ' ';
        }
        *out = (char)c;
        out += c != ' ' || last != ' ';
        last = c;
        seen |= c;
    }
    *has_letters = seen & 0x40;
    return out > start && out[-1] == ' ' ? out - 1 : out;
}

/* Quotation marks, accents and primes that people write for an apostrophe. Hebrew points its abbreviations with two. */
static bool is_apostrophe(int32_t c)
{
    return (c >= 0x2b9 && c <= 0x2bd) || c == 0x2c8 || c == 0x2ee || c == 0x55a || c == 0x5f3 || c == 0x5f4 ||
           c == 0x2018 || c == 0x2019 || c == 0x201b || c == 0x2032 || c == 0xa78c;
}

/* Small letters in frequent use that are their own decomposition, and those of Cyrillic that are read whole. */
static bool is_frequent(int32_t c)
{
    return (c >= 0x430 && c <= 0x45f) || (c >= 0x627 && c <= 0x63a) || (c >= 0x641 && c <= 0x64a) ||
           (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30f6) || (c >= HAN_FIRST && c <= 0x9fa5);
}

/* The letter that a frequent character is to be read as, without a library; 0: it is none of these. */
static int32_t plain_letter(int32_t c)
{
    static const char latin_1[] = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

    if (c < 0x80)
        return ascii_lower((char)c);
    if (c >= 0xc0 && c <= 0xff)
        return latin_1[c - 0xc0];
    if (c >= 0x400 && c < 0x430)
        return c < 0x410 ? c + 0x50 : c + 0x20;
    return is_frequent(c) ? c : 0;
}

/* What decomposes to dots, letters or a blank with a mark, and is none of these: dots in a row, the signs of a trade or
 * service mark, spacing accents. */
static bool is_shape_of_blank(int32_t c)
{
    return c == 0 || c == 0xa8 || c == 0xaf || c == 0xb8 || c == 0x2024 || c == 0x2025 || c == 0x2026 || c == 0x2120 ||
           c == 0x2122;
}

/* Appends the decomposition of one character. */
static size_t decompose(int32_t c, int32_t *letters)
{
    const int32_t plain = plain_letter(c);
    utf8proc_ssize_t count;
    int boundary = 0;

    if (plain || is_shape_of_blank(c) || c == 0xb4) {
        letters[0] = plain ? plain : c == 0xb4 ? '\'' : ' ';
        return 1;
    }
    count = utf8proc_decompose_char(c, letters, DECOMPOSED, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD,
                                    &boundary);
    if (count < 0 || count > DECOMPOSED) {
        letters[0] = ' ';
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        if (is_apostrophe(letters[i]))
            letters[i] = '\'';
    return (size_t)count;
}

static int decode(struct latin_fold *fold, struct slice text, size_t *count, struct error *err)
{
    size_t length;

    *count = 0;
    for (size_t i = 0; i < text.len; i += length) {
        if (fold->capacity - *count < DECOMPOSED) {
            const size_t capacity = fold->capacity * 2 + 256;
            int32_t *letters = reallocarray(fold->letters, capacity, sizeof *letters);
            if (!letters)
                return error_memory(err);
            fold->letters = letters;
            fold->capacity = capacity;
        }
        length = utf8_char_length(text.ptr + i, text.len - i);
        if (length) {
            *count += decompose((int32_t)utf8_decode(text.ptr + i, length), fold->letters + *count);
        } else {
            fold->letters[(*count)++] = ' ';
            length = 1;
        }
    }
    return 0;
}

/* What a letter is for the driver. */
enum letter_kind { BLANK, NOTHING, MARK, DIGIT, LETTER };

struct alphabet {
    unsigned script;
    const char *(*read)(const struct fold_place *place, size_t *taken);
};

/* The alphabet of a letter that is not ASCII, by its block. */
static struct alphabet alphabet_of(int32_t c)
{
    if (c < 0x370 || (c >= 0x2c60 && c <= 0x2c7f) || (c >= 0xa720 && c <= 0xa7ff) || (c >= 0x1d00 && c <= 0x1eff))
        return (struct alphabet){LATIN_FOLD_LATIN, fold_latin};
    if (c < 0x400)
        return (struct alphabet){LATIN_FOLD_GREEK, fold_greek};
    if (c < 0x530)
        return (struct alphabet){LATIN_FOLD_CYRILLIC, fold_cyrillic};
    if (c >= 0x591 && c <= 0x5f4)
        return (struct alphabet){LATIN_FOLD_HEBREW, fold_hebrew};
    if ((c >= 0x600 && c <= 0x6ff) || (c >= 0x750 && c <= 0x77f))
        return (struct alphabet){LATIN_FOLD_ARABIC, fold_arabic};
    if (c >= 0x1100 && c <= 0x11ff)
        return (struct alphabet){LATIN_FOLD_HANGUL, fold_hangul};
    if ((c >= 0x3041 && c <= 0x309f) || (c >= 0x30a1 && c <= 0x30ff && c != 0x30fb))
        return (struct alphabet){LATIN_FOLD_KANA, fold_kana};
    if (fold_is_han(c))
        return (struct alphabet){LATIN_FOLD_HAN, fold_han};
    return (struct alphabet){LATIN_FOLD_OTHER, NULL};
}

static enum letter_kind wide_kind(int32_t c)
{
    if (is_frequent(c))
        return LETTER;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return LETTER;
    case UTF8PROC_CATEGORY_NL:
        return c == 0x3007 ? LETTER : BLANK;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return MARK;
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
        return NOTHING;
    case UTF8PROC_CATEGORY_ND:
        return DIGIT;
    default:
        return BLANK;
    }
}

/* Decimal digits stand in runs of ten (Unicode guarantees it), or of several tens without a gap. */
static char digit_of(int32_t c)
{
    int32_t zero = c;

    while (utf8proc_category(zero - 1) == UTF8PROC_CATEGORY_ND)
        zero--;
    return (char)('0' + (c - zero) % 10);
}

/* The state of one fold: what was read last decides on blanks and marks. */
struct folding {
    struct fold_place place;
    char *out;
    bool blank;       /* one is due before the next piece */
    bool any;         /* something was appended */
    unsigned script;  /* of the letter before; 0 behind a digit or a blank */
    unsigned scripts; /* all of them */
    bool stays;       /* the letter before was left as it is */
    char own[5];      /* a letter that stays as it is */
};

enum { WITHOUT_BLANKS = LATIN_FOLD_HAN | LATIN_FOLD_KANA | LATIN_FOLD_HANGUL };

/* Pieces are of a few bytes: a loop is faster than to measure and copy. */
static void append_piece(struct folding *folding, const char *piece)
{
    char *out = folding->out;

    if (!*piece)
        return;
    if (folding->blank && folding->any)
        *out++ = ' ';
    while (*piece)
        *out++ = *piece++;
    folding->out = out;
    folding->place.last = out[-1];
    folding->blank = false;
    folding->any = true;
}

static void part_words(struct folding *folding)
{
    folding->blank = true;
    folding->place.last = ' ';
    folding->script = 0;
    folding->stays = false;
}

static void append_own(struct folding *folding, int32_t c)
{
    const utf8proc_ssize_t length = utf8proc_encode_char(c, (utf8proc_uint8_t *)folding->own);

    folding->own[length] = '\0';
    append_piece(folding, folding->own);
}

/* Whether one of this letter and the one before has a reading and the other stays as it is: folded again, the reading
 * is Latin. */
static bool parts_unread(const struct folding *folding, unsigned script, const char *piece)
{
    return folding->script & WITHOUT_BLANKS && script & WITHOUT_BLANKS && !(piece && !*piece) &&
           folding->stays == (piece != NULL);
}

/* A letter that is not ASCII. Returns how many were read. */
static size_t append_letter(struct folding *folding, int32_t c)
{
    const struct alphabet alphabet = alphabet_of(c);
    const char *piece;
    size_t taken = 1;

    if (folding->script && folding->script != alphabet.script &&
        ((folding->script & WITHOUT_BLANKS) != 0) != ((alphabet.script & WITHOUT_BLANKS) != 0))
        part_words(folding);
    piece = alphabet.read ? alphabet.read(&folding->place, &taken) : NULL;
    if (parts_unread(folding, alphabet.script, piece))
        part_words(folding);
    folding->script = alphabet.script;
    folding->scripts |= alphabet.script;
    if (piece) {
        append_piece(folding, piece);
    } else {
        folding->scripts |= LATIN_FOLD_OTHER;
        append_own(folding, c);
    }
    if (!piece || *piece) /* what is not written changes nothing */
        folding->stays = !piece;
    return taken;
}

/* A mark is dropped, unless it is the vowel of a script that stays as it is: those have low combining classes. */
static void append_mark(struct folding *folding, int32_t c)
{
    if (folding->stays && utf8proc_get_property(c)->combining_class < 200)
        append_own(folding, c);
}

static void append_ascii(struct folding *folding, char c)
{
    const struct fold_place *place = &folding->place;
    const unsigned char folded = ascii_folds[(unsigned char)c];

    if (folded == ' ' || (folded == DOT && dot_parts(place->at ? fold_letter(place, -1) : 0, fold_letter(place, 1)))) {
        part_words(folding);
    } else if (folded > ' ') {
        if (ascii_is_letter(c)) {
            if (folding->script & WITHOUT_BLANKS)
                part_words(folding);
            folding->script = LATIN_FOLD_LATIN;
            folding->scripts |= LATIN_FOLD_LATIN;
        } else {
            folding->script = 0;
        }
        folding->stays = false;
        append_piece(folding, (const char[]){(char)folded, '\0'});
    }
}

/* The middle dot parts words, but in Catalan it stands between two l. */
static bool is_catalan_dot(const struct fold_place *place, int32_t c)
{
    return c == 0xb7 && place->at && fold_letter(place, -1) == 'l' && fold_letter(place, 1) == 'l';
}

static size_t append_wide(struct folding *folding, int32_t c)
{
    switch (wide_kind(c)) {
    case LETTER:
        return append_letter(folding, c);
    case MARK:
        if ((c >= 0x3099 && c <= 0x309a) || c < 0x370)
            break;
        append_mark(folding, c);
        break;
    case DIGIT:
        folding->script = 0;
        folding->stays = false;
        append_piece(folding, (const char[]){digit_of(c), '\0'});
        break;
    case NOTHING:
        break;
    case BLANK:
        if (!is_catalan_dot(&folding->place, c))
            part_words(folding);
        break;
    }
    return 1;
}

static int fold_wide(struct latin_fold *fold, struct slice text, struct buffer *out, unsigned *scripts,
                     struct error *err)
{
    struct folding folding = {.place.last = ' '};
    size_t count;
    size_t read;

    if (decode(fold, text, &count, err) != 0)
        return -1;
    if (count > SIZE_MAX / LATIN_FOLD_PIECE || buffer_reserve(out, count * LATIN_FOLD_PIECE + 1) != 0)
        return error_memory(err);
    folding.place.letters = fold->letters;
    folding.place.count = count;
    folding.out = out->data + out->len;
    for (size_t i = 0; i < count; i += read) {
        const int32_t c = fold->letters[i];
        folding.place.at = i;
        read = 1;
        if (c >= 0 && c < 0x80)
            append_ascii(&folding, (char)c);
        else
            read = append_wide(&folding, c);
    }
    out->len = (size_t)(folding.out - out->data);
    *scripts = folding.scripts;
    return 0;
}

int latin_fold(struct latin_fold *fold, struct slice text, struct buffer *out, unsigned *scripts, struct error *err)
{
    unsigned unused;
    bool has_letters = false;
    char *end;

    if (!scripts)
        scripts = &unused;
    *scripts = 0;
    if (!text.len)
        return 0;
    if (buffer_reserve(out, text.len) != 0)
        return error_memory(err);
    end = fold_ascii(text, out->data + out->len, &has_letters);
    if (!end)
        return fold_wide(fold, text, out, scripts, err);
    out->len = (size_t)(end - out->data);
    *scripts = has_letters ? LATIN_FOLD_LATIN : 0;
    return 0;
}
