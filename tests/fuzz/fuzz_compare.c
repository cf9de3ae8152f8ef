/* Any bytes as two texts that are compared: the measures of likeness are those of their definitions, written down
 * anew and slowly; the forms that texts are brought to for comparing are clean, and do not change when they are made
 * again.
 *
 * The first byte says what: '~' likeness of bytes, any other the forms; the second chooses among lengths and limits.
 * The two texts are apart by a zero byte. */
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/options.h"
#include "fuzz.h"
#include "value/company_form.h"
#include "value/latin_fold.h"
#include "value/nickname.h"
#include "value/phonetic.h"
#include "value/postal_code.h"
#include "value/similarity.h"
#include "value/street.h"

enum { MOST = 200 };

/* ---- likeness ---- */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, as a table. */
static unsigned slow_edits(struct slice a, struct slice b)
{
    static unsigned table[MOST + 1][MOST + 1];

    for (unsigned i = 0; i <= a.len; i++)
        for (unsigned j = 0; j <= b.len; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            table[i][j] = least(least(table[i - 1][j], table[i][j - 1]) + 1,
                                table[i - 1][j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]));
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                table[i][j] = least(table[i][j], table[i - 2][j - 2] + 1);
        }
    return table[a.len][b.len];
}

static double slow_jaro(struct slice a, struct slice b)
{
    bool in_a[MOST] = {false}, in_b[MOST] = {false};
    const size_t longer = a.len > b.len ? a.len : b.len, half = longer / 2;
    size_t common = 0, differ = 0;

    if (a.len == 0 && b.len == 0)
        return 1;
    for (size_t i = 0; i < a.len; i++)
        for (size_t j = 0; j < b.len; j++)
            if (!in_b[j] && a.ptr[i] == b.ptr[j] && (i > j ? i - j : j - i) + 1 <= (half > 0 ? half : 1)) {
                in_a[i] = in_b[j] = true;
                common++;
                break;
            }
    for (size_t i = 0, j = 0; i < a.len; i++) {
        if (!in_a[i])
            continue;
        while (!in_b[j])
            j++;
        differ += a.ptr[i] != b.ptr[j++];
    }
    differ /= 2; /* rounded down */
    const double m = (double)common, t = (double)differ;
    return common ? (m / (double)a.len + m / (double)b.len + (m - t) / m) / 3 : 0;
}

static double slow_dice(struct slice a, struct slice b, size_t q)
{
    bool taken[MOST] = {false};
    const size_t of_a = a.len < q ? 0 : a.len - q + 1, of_b = b.len < q ? 0 : b.len - q + 1;
    size_t common = 0;

    if (of_a + of_b == 0)
        return slice_equal(a, b);
    for (size_t i = 0; i < of_a; i++)
        for (size_t j = 0; j < of_b; j++)
            if (!taken[j] && memcmp(a.ptr + i, b.ptr + j, q) == 0) {
                taken[j] = true;
                common++;
                break;
            }
    return 2 * (double)common / (double)(of_a + of_b);
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-12;
}

static void check_likeness(struct slice a, struct slice b, unsigned limit)
{
    static const double bounds[] = {0, .5, .7, .85, .92, 1};
    size_t prefix = 0;

    while (prefix < a.len && prefix < b.len && a.ptr[prefix] == b.ptr[prefix])
        prefix++;
    check(similarity_common_prefix(a, b) == prefix);
    const unsigned edits = slow_edits(a, b), most = limit % 24 == 0 ? SIMILARITY_MOST_EDITS : limit % 24;
    check(similarity_edits(a, b, most) == (edits > most ? most + 1 : edits));
    check(similarity_edits(b, a, most) == similarity_edits(a, b, most));
    const double jaro = slow_jaro(a, b), found = similarity_jaro(a, b), winkler = similarity_jaro_winkler(a, b);
    if (!near(jaro, found))
        fprintf(stderr, "jaro %.17g, here %.17g\n", jaro, found);
    check(near(jaro, found) && found == similarity_jaro(b, a) && winkler == similarity_jaro_winkler(b, a));
    check(near(winkler, jaro > .7 ? jaro + (double)(prefix < 4 ? prefix : 4) * (1 - jaro) / 10 : jaro) ||
          near(jaro, .7));
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        check(similarity_jaro_winkler_reaches(a, b, bounds[i]) == (winkler >= bounds[i]));
    check(similarity_jaro_winkler_reaches(a, b, winkler) && !similarity_jaro_winkler_reaches(a, b, NAN));
    check(!similarity_jaro_winkler_reaches(a, b, nextafter(winkler, 2)));
    for (unsigned q = 1; q <= SIMILARITY_LONGEST_QGRAM; q += 1 + limit % 3) {
        const double dice = similarity_qgram_dice(a, b, q);
        check(near(dice, slow_dice(a, b, q)) && dice == similarity_qgram_dice(b, a, q));
    }
    check(edit_distance(a, b) == edits || a.len > 63 || b.len > 63); /* it is for words */
}

/* ---- forms ---- */

/* Words with single blanks between them; a-z and 0-9 unless another script stays as it is. */
static void check_words(struct slice text, bool ascii)
{
    check(utf8_valid(text.len ? text.ptr : "", text.len));
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        check(c != ' ' || (i > 0 && i + 1 < text.len && text.ptr[i - 1] != ' '));
        check((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ' || (!ascii && c & 0x80));
    }
}

static void check_sounds(struct slice folded)
{
    struct phonetic sound;
    uint16_t groups[NICKNAME_GROUPS];
    char skeleton[LATIN_SKELETON];
    bool heard;

    phonetic_encode(folded, &sound);
    check(strspn(sound.primary, "AFHJKLMNPRSTX0") == strlen(sound.primary) && strlen(sound.primary) <= PHONETIC_CODE);
    check(strspn(sound.secondary, "AFHJKLMNPRSTX0") == strlen(sound.secondary));
    heard = sound.primary[0] || sound.secondary[0];
    check(phonetic_alike(&sound, &sound) == heard);
    const size_t length = latin_skeleton(folded, skeleton);
    check(length < LATIN_SKELETON && strlen(skeleton) == length);
    const size_t count = nickname_groups(folded, groups);
    check(count <= NICKNAME_GROUPS && nickname_related(folded, folded) == (count > 0));
    for (size_t i = 1; i < count; i++)
        check(groups[i - 1] < groups[i]);
}

static void check_code(struct slice text)
{
    struct postal_code code, again;

    if (!postal_code_read(text, &code)) {
        check(code.length == 0 && code.text[0] == 0);
        return;
    }
    check(code.length > 0 && code.length < POSTAL_CODE_LENGTH && strlen(code.text) == code.length);
    check(strspn(code.text, "abcdefghijklmnopqrstuvwxyz0123456789") == code.length);
    check(code.district > 0 && code.district <= code.length);
    check(postal_code_read((struct slice){code.text, code.length}, &again));
}

static void check_forms(struct slice text)
{
    struct latin_fold fold;
    struct buffer folded = {0}, again = {0};
    char number[STREET_NUMBER];
    unsigned scripts, other;
    struct error err;

    latin_fold_init(&fold);
    check(latin_fold(&fold, text, &folded, &scripts, &err) == 0);
    check_words(buffer_slice(&folded), !(scripts & LATIN_FOLD_OTHER));
    check(latin_fold(&fold, buffer_slice(&folded), &again, &other, &err) == 0);
    if (!slice_equal(buffer_slice(&folded), buffer_slice(&again)))
        fprintf(stderr, "'%.*s' '%.*s'\n", SLICE_ARG(buffer_slice(&folded)), SLICE_ARG(buffer_slice(&again)));
    check(slice_equal(buffer_slice(&folded), buffer_slice(&again)));
    check_sounds(buffer_slice(&folded));
    buffer_clear(&again);
    check(company_core(&fold, text, &again, &err) == 0);
    check_words(buffer_slice(&again), !(scripts & LATIN_FOLD_OTHER));
    check((again.len == 0) == (folded.len == 0) && again.len <= folded.len);
    buffer_clear(&again);
    check(street_fold(&fold, text, &again, number, &err) == 0);
    check_words(buffer_slice(&again), !(scripts & LATIN_FOLD_OTHER));
    check(memchr(number, 0, sizeof number) != NULL);
    check_code(text);
    buffer_fini(&folded);
    buffer_fini(&again);
    latin_fold_fini(&fold);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 4096)
        return 0;
    const char *text = (const char *)data + 2, *end = (const char *)data + size;
    const char *zero = memchr(text, 0, size - 2);
    struct slice a = {text, (size_t)((zero ? zero : end) - text)};
    struct slice b = zero ? (struct slice){zero + 1, (size_t)(end - zero - 1)} : a;

    if (data[0] != '~') {
        check_forms(a);
        return 0;
    }
    a.len = a.len < MOST ? a.len : MOST;
    b.len = b.len < MOST ? b.len : MOST;
    check_likeness(a, b, data[1]);
    return 0;
}
