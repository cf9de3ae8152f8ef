/* The skeleton of a name: its consonants, in classes that the habits of transliteration (English, German, French,
 * Polish, scientific) do not tell apart. The rules are read from left to right, the first that fits is taken. */
#include "value/latin_fold.h"

#include <string.h>

#include "base/ascii.h"

enum { NAME_LENGTH = 256 };

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool is_front(char c)
{
    return c == 'e' || c == 'i' || c == 'y';
}

/* Several letters that are one sound, and x. A rule may ask for one of a set of letters behind it; '$' is the end of a
 * word. */
struct rule {
    const char *letters;
    const char *before; /* NULL: whatever follows */
    const char *codes;
    size_t taken;
};

/* By first letter, the longer before the shorter. */
static const struct rule rules[] = {
    {"bh", NULL, "b", 2},      {"chtch", NULL, "c", 5}, {"chr", NULL, "k", 2}, {"chl", NULL, "k", 2},
    {"ch", "mnt", "h", 2},     {"ch", NULL, "c", 2},    {"cz", NULL, "c", 2},  {"ck", NULL, "k", 2},
    {"cq", NULL, "k", 2},      {"c", "eiy", "s", 1},    {"c", NULL, "k", 1},   {"dzh", NULL, "", 3},
    {"dsch", NULL, "", 4},     {"dj", NULL, "", 2},     {"dh", NULL, "d", 2},  {"ff", "$", "v", 2},
    {"gh", NULL, "g", 2},      {"h", "$", "", 1},       {"j", NULL, "", 1},    {"kh", NULL, "h", 2},
    {"ng", "aeiouy", "ng", 2}, {"ng", NULL, "n", 2},    {"ph", NULL, "f", 2},  {"q", NULL, "k", 1},
    {"sch", NULL, "c", 3},     {"sh", NULL, "c", 2},    {"sz", NULL, "c", 2},  {"tsch", NULL, "c", 4},
    {"tsh", NULL, "c", 3},     {"tch", NULL, "c", 3},   {"th", NULL, "t", 2},  {"ts", NULL, "s", 2},
    {"tz", NULL, "s", 2},      {"vitz", "$", "vc", 4},  {"vic", "$", "vc", 3}, {"witz", "$", "vc", 4},
    {"w", NULL, "v", 1},       {"x", NULL, "ks", 1},    {"y", NULL, "", 1},    {"zh", NULL, "c", 2},
    {"z", NULL, "s", 1},
};

static bool rule_fits(const struct rule *rule, const char *name)
{
    const size_t length = strlen(rule->letters);

    if (strncmp(name, rule->letters, length) != 0)
        return false;
    const char next = name[length]; /* the end, at most */
    return !rule->before || (rule->before[0] == '$' ? next == '\0' || next == ' ' : next && strchr(rule->before, next));
}

/* The codes of what the name begins with, and how many letters they stand for. */
static const char *codes_of(const char *name, char own[2], size_t *taken)
{
    *taken = 1;
    if (is_vowel(name[0]) || name[0] == ' ')
        return "";
    for (size_t i = 0; i < sizeof rules / sizeof *rules && rules[i].letters[0] <= name[0]; i++)
        if (rules[i].letters[0] == name[0] && rule_fits(&rules[i], name)) {
            *taken = rules[i].taken;
            return rules[i].codes;
        }
    own[0] = name[0];
    own[1] = '\0';
    return own;
}

/* The beginning, where vowels and glides count: one code for them, or for the x that is read s there. */
static const char *initial_codes(const char *name, size_t *taken)
{
    const size_t affricate = strncmp(name, "dzh", 3) == 0    ? 3
                             : strncmp(name, "dsch", 4) == 0 ? 4
                             : strncmp(name, "dj", 2) == 0   ? 2
                             : name[0] == 'j'                ? 1
                                                             : 0;

    *taken = 1;
    if (affricate) {
        *taken = affricate;
        return name[affricate] == 'e' ? "a" : "y";
    }
    if (name[0] == 'y' || name[0] == 'i')
        return is_vowel(name[1]) && !is_front(name[1]) ? "y" : "a";
    if (name[0] == 'x' && name[1] != 'e')
        return "s";
    if (is_vowel(name[0]))
        return "a";
    *taken = 0;
    return "";
}

size_t latin_skeleton(struct slice folded, char out[LATIN_SKELETON])
{
    char name[NAME_LENGTH + 1] = "";
    char own[2];
    size_t length = 0;
    size_t count = 0;
    size_t taken;
    const char *codes;

    for (size_t i = 0; i < folded.len && length < NAME_LENGTH; i++)
        if (folded.ptr[i] != '\0')
            name[length++] = folded.ptr[i];
    name[length] = '\0';
    codes = initial_codes(name, &taken);
    for (const char *at = name;;) {
        for (; *codes && count < LATIN_SKELETON - 1; codes++)
            if (!count || out[count - 1] != *codes)
                out[count++] = *codes;
        at += taken;
        if (!*at || count == LATIN_SKELETON - 1)
            break;
        codes = codes_of(at, own, &taken);
    }
    out[count] = '\0';
    return count;
}
