/* Comparisons of values, kind by kind. The order of tests is that of cost: what settles most pairs comes first. */
#include "analysis/link_compare.h"

#include <math.h>
#include <string.h>

#include "base/ascii.h"
#include "value/similarity.h"

/* The levels of a kind, and how many there are. */
#define NAMES(...) {__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(const char *)

static const struct {
    const char *name;
    const char *levels[LINK_LEVELS];
    size_t count;
} kinds[LINK_KINDS] = {
    [LINK_FIRST_NAME] = {"first-name",
                         NAMES("missing", "else", "initial", "similar", "variant", "near", "swapped", "exact")},
    [LINK_LAST_NAME] = {"last-name",
                        NAMES("missing", "else", "initial", "similar", "variant", "near", "swapped", "exact")},
    [LINK_FULL_NAME] = {"name", NAMES("missing", "else", "weak", "half", "similar", "near", "exact")},
    [LINK_EMAIL] = {"email", NAMES("missing", "else", "domain", "user-like", "user", "near", "exact")},
    [LINK_PHONE] = {"phone", NAMES("missing", "else", "near", "tail", "exact")},
    [LINK_DATE] = {"date", NAMES("missing", "else", "year", "year-only", "two-parts", "near", "exact")},
    [LINK_POSTAL_CODE] = {"postcode", NAMES("missing", "else", "district", "near", "exact")},
    [LINK_STREET] = {"street", NAMES("missing", "else", "weak", "neighbour", "similar", "near", "exact")},
    [LINK_PLACE] = {"place", NAMES("missing", "else", "similar", "near", "exact")},
    [LINK_COMPANY] = {"company", NAMES("missing", "else", "weak", "half", "similar", "near", "exact")},
    [LINK_ORGANISATION] = {"organisation", NAMES("missing", "else", "weak", "half", "similar", "near", "exact")},
    [LINK_DOMAIN] = {"domain", NAMES("missing", "else", "near", "exact")},
    [LINK_IDENTIFIER] = {"id", NAMES("missing", "else", "near", "exact")},
    [LINK_NUMBER] = {"number", NAMES("missing", "else", "tenth", "hundredth", "exact")},
    [LINK_COUNTRY] = {"country", NAMES("missing", "else", "exact")},
    [LINK_CATEGORY] = {"category", NAMES("missing", "else", "exact")},
    [LINK_TEXT] = {"text", NAMES("missing", "else", "weak", "half", "similar", "near", "exact")},
};

const char *link_kind_name(enum link_kind kind)
{
    return kinds[kind].name;
}

int link_kind_find(const char *name, size_t length)
{
    for (int i = 0; i < LINK_KINDS; i++)
        if (strlen(kinds[i].name) == length && strncmp(kinds[i].name, name, length) == 0)
            return i;
    return -1;
}

size_t link_kind_levels(enum link_kind kind)
{
    return kinds[kind].count;
}

const char *link_level_name(enum link_kind kind, unsigned level)
{
    return kinds[kind].levels[level];
}

static bool share_nickname(const struct link_value *a, const struct link_value *b)
{
    for (size_t i = 0; i < NICKNAME_GROUPS && a->name.nicknames[i]; i++)
        for (size_t k = 0; k < NICKNAME_GROUPS && b->name.nicknames[k]; k++)
            if (a->name.nicknames[i] == b->name.nicknames[k])
                return true;
    return false;
}

static bool share_sound(const struct link_value *a, const struct link_value *b)
{
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            if (a->name.sound[i] && a->name.sound[i] == b->name.sound[k])
                return true;
    return false;
}

/* "maria" in "maria carmen": all words of one are words of the other. */
static bool is_part(struct slice part, struct slice whole)
{
    if (part.len + 1 >= whole.len || part.len < 2)
        return false;
    if (whole.ptr[part.len] == ' ' && memcmp(whole.ptr, part.ptr, part.len) == 0)
        return true;
    const char *end = whole.ptr + whole.len - part.len;
    return end[-1] == ' ' && memcmp(end, part.ptr, part.len) == 0;
}

/* Of two initials, or of a name and an initial, only the first letters can be compared. */
static bool has_initial(struct slice a, struct slice b)
{
    return a.len && b.len && (a.len == 1 || b.len == 1);
}

/* What Jaro-Winkler of `least` asks for: 3 j - 1, j being the least of Jaro's measure with which it can be reached,
 * times 100; of texts with a common prefix of four, and of texts that begin with different bytes. */
struct bound {
    size_t prefix, none;
};
static const struct bound bound_80 = {110, 140}; /* j of .7, as prefixes count from there on; and .8 */
static const struct bound bound_88 = {140, 164}; /* .8 and .88 */

/* Whether the letters that the shorter text has and the longer one has not are so many that Jaro-Winkler stays below a
 * bound. Of n and N bytes at least (3 j - 1) n N / (n + N) must have a partner for Jaro's j. */
static bool letters_differ(struct slice a, struct slice b, uint32_t letters_a, uint32_t letters_b, bool same_first,
                           struct bound bound)
{
    const bool first = a.len <= b.len;
    const uint32_t without = first ? letters_a & ~letters_b : letters_b & ~letters_a;
    const size_t partners = (first ? a.len : b.len) - (size_t)__builtin_popcount(without);

    return 100 * partners * (a.len + b.len) < (same_first ? bound.prefix : bound.none) * a.len * b.len;
}

/* Whether one text can come of the other by two edits: each takes one letter away, or brings one, or does both. */
static bool may_be_two_edits(struct slice a, struct slice b, uint32_t letters_a, uint32_t letters_b)
{
    const size_t apart = a.len < b.len ? b.len - a.len : a.len - b.len;

    return apart <= 2 && __builtin_popcount(letters_a & ~letters_b) <= 2 &&
           __builtin_popcount(letters_b & ~letters_a) <= 2;
}

enum { NAME_INITIAL = 2, NAME_SIMILAR, NAME_VARIANT, NAME_NEAR };

static unsigned compare_names(const struct link_value *va, const struct link_value *vb, struct slice a, struct slice b)
{
    if (has_initial(a, b))
        return a.ptr[0] == b.ptr[0] ? NAME_INITIAL : LINK_ELSE;
    bool similar = !letters_differ(a, b, va->name.letters, vb->name.letters, a.ptr[0] == b.ptr[0], bound_80) &&
                   similarity_jaro_winkler_reaches(a, b, 0.8);
    if (similar && similarity_jaro_winkler_reaches(a, b, 0.92))
        return NAME_NEAR;
    if (share_nickname(va, vb) || (va->name.skeleton && va->name.skeleton == vb->name.skeleton) || is_part(a, b) ||
        is_part(b, a))
        return NAME_VARIANT;
    return similar || share_sound(va, vb) ? NAME_SIMILAR : LINK_ELSE;
}

/* Of words that are not empty; their letters are known, or 0. */
static double word_likeness(const struct link_word *word, const struct link_word *other)
{
    struct slice a = word->text, b = other->text;
    size_t shorter = a.len < b.len ? a.len : b.len;

    if (word->first == other->first && memcmp(a.ptr, b.ptr, shorter) == 0) {
        if (a.len == b.len)
            return 1;
        if (shorter == 1 || shorter >= 3)
            return shorter == 1 ? 0.6 : 0.85;
    }
    if (shorter < 4 || (word->first >= '0' && word->first <= '9') ||
        letters_differ(a, b, word->letters, other->letters, word->first == other->first, bound_88))
        return 0;
    return similarity_jaro_winkler_reaches(a, b, 0.88) ? similarity_jaro_winkler(a, b) : 0;
}

double link_word_likeness(struct slice a, struct slice b)
{
    if (!a.len || !b.len)
        return 0;
    return word_likeness(&(struct link_word){.text = a, .first = a.ptr[0]},
                         &(struct link_word){.text = b, .first = b.ptr[0]});
}

static const struct link_word *word_of(const struct link_values *values, uint32_t index)
{
    return &values->word_items[values->words_of[index]];
}

/* The weighted share of words that two texts have in common, 0 .. 1: twice the weight of what agrees by the weight of
 * both (Dice, with inverse document frequencies); a short text inside a long one counts by half as much again. */
static double text_likeness(const struct link_values *values, const struct link_value *a, const struct link_value *b)
{
    bool taken[LINK_WORDS] = {false}, left[LINK_WORDS];
    double common = 0, inside = 0;

    for (uint32_t i = 0; i < a->words.count; i++) {
        left[i] = true;
        for (uint32_t k = 0; k < b->words.count; k++)
            if (!taken[k] && values->words_of[a->words.first + i] == values->words_of[b->words.first + k]) {
                taken[k] = true;
                left[i] = false;
                common += 2 * (double)word_of(values, a->words.first + i)->weight;
                break;
            }
    }
    for (uint32_t i = 0; i < a->words.count; i++) {
        const struct link_word *word = word_of(values, a->words.first + i);
        double best = 0;
        uint32_t at = 0;

        if (!left[i])
            continue;
        for (uint32_t k = 0; k < b->words.count; k++) {
            if (taken[k])
                continue;
            double likeness = word_likeness(word, word_of(values, b->words.first + k));
            if (likeness > best) {
                best = likeness;
                at = k;
            }
        }
        if (best > 0) {
            taken[at] = true;
            common += best * ((double)word->weight + (double)word_of(values, b->words.first + at)->weight);
        }
    }
    double least = (double)fminf(a->words.weight, b->words.weight);
    double both = (double)a->words.weight + (double)b->words.weight;
    if (both <= 0)
        return 0;
    inside = least > 0 ? common / 2 / least : 0;
    if (inside > 0.9999) /* weights are rounded, and what is whole is to be on one side of a bound */
        inside = 1.0001;
    return fmax(common / both, inside * 0.75 * fmin(1, least / 12));
}

enum { TEXT_WEAK = 2, TEXT_HALF, TEXT_SIMILAR, TEXT_NEAR };

static unsigned compare_texts(const struct link_values *values, const struct link_value *a, const struct link_value *b)
{
    double likeness = text_likeness(values, a, b);

    return likeness >= 0.9    ? TEXT_NEAR
           : likeness >= 0.75 ? TEXT_SIMILAR
           : likeness >= 0.55 ? TEXT_HALF
           : likeness >= 0.35 ? TEXT_WEAK
                              : LINK_ELSE;
}

enum { STREET_WEAK = 2, STREET_NEIGHBOUR, STREET_SIMILAR, STREET_NEAR };

static unsigned compare_streets(const struct link_values *values, const struct link_value *a,
                                const struct link_value *b)
{
    double likeness = text_likeness(values, a, b);
    bool differ = a->words.number && b->words.number && a->words.number != b->words.number;

    if (differ)
        return likeness >= 0.8 ? STREET_NEIGHBOUR : LINK_ELSE;
    if (likeness >= 0.85)
        return STREET_NEAR;
    if (likeness >= 0.6)
        return STREET_SIMILAR;
    return likeness >= 0.4 || (a->words.number && a->words.number == b->words.number) ? STREET_WEAK : LINK_ELSE;
}

enum { EMAIL_DOMAIN_SAME = 2, EMAIL_NEAR = 5 };

/* Whether the digits of two texts are the same, in their order. */
static bool same_digits(struct slice a, struct slice b)
{
    size_t i = 0, k = 0;

    for (;;) {
        while (i < a.len && !ascii_is_digit(a.ptr[i]))
            i++;
        while (k < b.len && !ascii_is_digit(b.ptr[k]))
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len;
        if (a.ptr[i++] != b.ptr[k++])
            return false;
    }
}

/* Two people of one name at one provider are told apart by a number: mary.hughes7 and mary.hughes12. */
static unsigned compare_emails(const struct link_value *va, const struct link_value *vb, struct slice a, struct slice b)
{
    struct slice user_a = {a.ptr, va->email.user_length}, user_b = {b.ptr, vb->email.user_length};
    const bool office = va->email.role && vb->email.role; /* info@ of two firms */

    if (may_be_two_edits(a, b, va->email.letters, vb->email.letters) && similarity_edits(a, b, 2) <= 2 &&
        similarity_jaro_winkler_reaches(a, b, 0.92))
        return same_digits(user_a, user_b) ? EMAIL_NEAR : LINK_EMAIL_USER_LIKE;
    if (!office && user_a.len && slice_equal(user_a, user_b))
        return LINK_EMAIL_USER;
    if (!office && user_a.len && user_b.len &&
        !letters_differ(user_a, user_b, va->email.user_letters, vb->email.user_letters, a.ptr[0] == b.ptr[0],
                        bound_88) &&
        similarity_jaro_winkler_reaches(user_a, user_b, 0.88))
        return LINK_EMAIL_USER_LIKE;
    return va->email.domain && va->email.domain == vb->email.domain ? EMAIL_DOMAIN_SAME : LINK_ELSE;
}

enum { PHONE_NEAR = 2, PHONE_TAIL };

static unsigned compare_phones(struct slice a, struct slice b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;

    if (shorter < 7)
        return LINK_ELSE;
    size_t tail = shorter < 10 ? shorter : shorter - 1;
    tail = tail > 9 ? 9 : tail;
    if (a.ptr[a.len - 1] == b.ptr[b.len - 1] && memcmp(a.ptr + a.len - tail, b.ptr + b.len - tail, tail) == 0)
        return PHONE_TAIL;
    return similarity_edits(a, b, 1) <= 1 ? PHONE_NEAR : LINK_ELSE;
}

enum { DATE_SAME_YEAR = 2, DATE_YEAR_ONLY, DATE_TWO_PARTS, DATE_NEAR };

static unsigned compare_dates(const struct link_value *va, const struct link_value *vb, struct slice a, struct slice b)
{
    bool year = va->date.year == vb->date.year, month = va->date.month == vb->date.month,
         day = va->date.day == vb->date.day;

    if (similarity_edits(a, b, 1) <= 1)
        return DATE_NEAR;
    if (!va->date.month || !vb->date.month)
        return LINK_ELSE;
    if (year && va->date.month == vb->date.day && va->date.day == vb->date.month)
        return DATE_NEAR;
    if (year && ((va->date.month == 1 && va->date.day == 1) || (vb->date.month == 1 && vb->date.day == 1)))
        return DATE_YEAR_ONLY;
    if (year + month + day >= 2)
        return DATE_TWO_PARTS;
    return year ? DATE_SAME_YEAR : LINK_ELSE;
}

enum { POSTAL_DISTRICT = 2, POSTAL_NEAR };

static unsigned compare_postal_codes(const struct link_value *va, const struct link_value *vb, struct slice a,
                                     struct slice b)
{
    if (similarity_edits(a, b, 1) <= 1)
        return POSTAL_NEAR;
    return va->district && va->district == vb->district && memcmp(a.ptr, b.ptr, va->district) == 0 ? POSTAL_DISTRICT
                                                                                                   : LINK_ELSE;
}

static unsigned compare_places(struct slice a, struct slice b)
{
    if (!similarity_jaro_winkler_reaches(a, b, 0.8))
        return LINK_ELSE;
    return similarity_jaro_winkler_reaches(a, b, 0.92) ? 3 : 2;
}

static unsigned compare_numbers(double a, double b)
{
    double larger = fmax(fabs(a), fabs(b)), apart = fabs(a - b);

    if (isnan(apart))
        return LINK_ELSE;
    return apart <= larger * 0.01 ? 3 : apart <= larger * 0.1 ? 2 : LINK_ELSE;
}

unsigned link_compare_values(const struct link_values *values, enum link_kind kind, uint32_t a, uint32_t b)
{
    const struct link_value *va = link_value(values, a), *vb = link_value(values, b);
    struct slice text_a = link_value_text(values, a), text_b = link_value_text(values, b);

    switch (kind) {
    case LINK_FIRST_NAME:
    case LINK_LAST_NAME:
        return compare_names(va, vb, text_a, text_b);
    case LINK_FULL_NAME:
    case LINK_COMPANY:
    case LINK_ORGANISATION:
    case LINK_TEXT:
        return compare_texts(values, va, vb);
    case LINK_STREET:
        return compare_streets(values, va, vb);
    case LINK_EMAIL:
        return compare_emails(va, vb, text_a, text_b);
    case LINK_PHONE:
        return compare_phones(text_a, text_b);
    case LINK_DATE:
        return compare_dates(va, vb, text_a, text_b);
    case LINK_POSTAL_CODE:
        return compare_postal_codes(va, vb, text_a, text_b);
    case LINK_PLACE:
        return compare_places(text_a, text_b);
    case LINK_DOMAIN:
        return similarity_edits(text_a, text_b, 1) <= 1 ? 2 : LINK_ELSE;
    case LINK_IDENTIFIER:
        return text_a.len >= 5 && text_b.len >= 5 && similarity_edits(text_a, text_b, 1) <= 1 ? 2 : LINK_ELSE;
    case LINK_NUMBER:
        return compare_numbers(va->number, vb->number);
    case LINK_COUNTRY:
    case LINK_CATEGORY:
        break;
    }
    return LINK_ELSE;
}
