/* Double Metaphone: the walk over the name and the letters with few rules; the others are in phonetic_letters.c. Where
 * the article's program contradicts itself, what it does is done here, so that codes agree with those of others. */
#include "value/phonetic_parts.h"

#include <string.h>

bool sounding_is_vowel(const struct sounding *name, ptrdiff_t place)
{
    const char c = sounding_letter(name, place);

    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

bool sounding_has(const struct sounding *name, ptrdiff_t place, const char *words)
{
    if (place < 0)
        return false;
    for (const char *word = words;;) {
        ptrdiff_t i = 0;
        while (word[i] && word[i] != ',' && word[i] == sounding_letter(name, place + i))
            i++;
        if (!word[i] || word[i] == ',')
            return true;
        word = strchr(word, ',');
        if (!word)
            return false;
        word++;
    }
}

static size_t add_code(char *code, size_t length, const char *added)
{
    while (*added && length < PHONETIC_CODE)
        code[length++] = *added++;
    code[length] = '\0';
    return length;
}

void sounding_add(struct sounding *name, const char *primary, const char *secondary, ptrdiff_t letters)
{
    name->primary = add_code(name->out->primary, name->primary, primary);
    name->secondary = add_code(name->out->secondary, name->secondary, secondary);
    name->at += letters;
}

/* A letter of one code, taken together with one of those that may double it. */
static void add_single(struct sounding *name, const char *code, const char *doubles)
{
    sounding_add(name, code, code, sounding_has(name, name->at + 1, doubles) ? 2 : 1);
}

static void sounding_d(struct sounding *name)
{
    if (sounding_letter(name, name->at + 1) != 'g')
        add_single(name, "T", "t,d");
    else if (sounding_has(name, name->at + 2, "i,e,y")) /* edge */
        sounding_add(name, "J", "J", 3);
    else /* edgar */
        sounding_add(name, "TK", "TK", 2);
}

static void sounding_h(struct sounding *name)
{
    /* kept at the beginning before a vowel, and between two */
    if ((name->at == 0 || sounding_is_vowel(name, name->at - 1)) && sounding_is_vowel(name, name->at + 1))
        sounding_add(name, "H", "H", 2);
    else
        name->at++;
}

static void sounding_l(struct sounding *name)
{
    const ptrdiff_t last = name->length - 1;

    /* Spanish: cabrillo, gallegos */
    if (sounding_letter(name, name->at + 1) == 'l' &&
        ((name->at == name->length - 3 && sounding_has(name, name->at - 1, "illo,illa,alle")) ||
         ((sounding_has(name, last - 1, "as,os") || sounding_has(name, last, "a,o")) &&
          sounding_has(name, name->at - 1, "alle"))))
        sounding_add(name, "L", "", 2);
    else
        add_single(name, "L", "l");
}

static void sounding_m(struct sounding *name)
{
    const bool mute_b = sounding_has(name, name->at - 1, "umb") && /* dumb, thumber */
                        (name->at + 2 == name->length || sounding_has(name, name->at + 2, "er"));

    sounding_add(name, "M", "M", mute_b || sounding_letter(name, name->at + 1) == 'm' ? 2 : 1);
}

static void sounding_p(struct sounding *name)
{
    if (sounding_letter(name, name->at + 1) == 'h')
        sounding_add(name, "F", "F", 2);
    else /* campbell, raspberry */
        add_single(name, "P", "p,b");
}

static void sounding_r(struct sounding *name)
{
    /* French: rogier, but not hochmeier */
    const bool french = name->at == name->length - 1 && !name->slavo_germanic &&
                        sounding_has(name, name->at - 2, "ie") && !sounding_has(name, name->at - 4, "me,ma");

    sounding_add(name, french ? "" : "R", "R", sounding_letter(name, name->at + 1) == 'r' ? 2 : 1);
}

static void sounding_x(struct sounding *name)
{
    /* French: breaux */
    const bool mute = name->at == name->length - 1 &&
                      (sounding_has(name, name->at - 3, "iau,eau") || sounding_has(name, name->at - 2, "au,ou"));

    add_single(name, mute ? "" : "KS", "c,x");
}

static void sounding_z(struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (sounding_letter(name, at + 1) == 'h') /* Chinese: zhao */
        sounding_add(name, "J", "J", 2);
    else
        sounding_add(name, "S",
                     sounding_has(name, at + 1, "zo,zi,za") ||
                             (name->slavo_germanic && at > 0 && sounding_letter(name, at - 1) != 't')
                         ? "TS"
                         : "S",
                     sounding_letter(name, at + 1) == 'z' ? 2 : 1);
}

/* One letter and what belongs to it. */
static void sound(struct sounding *name)
{
    switch (name->text[name->at]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y':
        sounding_add(name, name->at ? "" : "A", name->at ? "" : "A", 1);
        break;
    case 'b':
        add_single(name, "P", "b");
        break;
    case 'c':
        sounding_c(name);
        break;
    case 'd':
        sounding_d(name);
        break;
    case 'f':
        add_single(name, "F", "f");
        break;
    case 'g':
        sounding_g(name);
        break;
    case 'h':
        sounding_h(name);
        break;
    case 'j':
        sounding_j(name);
        break;
    case 'k':
        add_single(name, "K", "k");
        break;
    case 'l':
        sounding_l(name);
        break;
    case 'm':
        sounding_m(name);
        break;
    case 'n':
        add_single(name, "N", "n");
        break;
    case 'p':
        sounding_p(name);
        break;
    case 'q':
        add_single(name, "K", "q");
        break;
    case 'r':
        sounding_r(name);
        break;
    case 's':
        sounding_s(name);
        break;
    case 't':
        sounding_t(name);
        break;
    case 'v':
        add_single(name, "F", "v");
        break;
    case 'w':
        sounding_w(name);
        break;
    case 'x':
        sounding_x(name);
        break;
    case 'z':
        sounding_z(name);
        break;
    default:
        name->at++;
        break;
    }
}

static bool is_slavo_germanic(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == 'w' || text.ptr[i] == 'k' ||
            (text.ptr[i] == 'c' && i + 1 < text.len && text.ptr[i + 1] == 'z'))
            return true;
    return false;
}

void phonetic_encode(struct slice folded, struct phonetic *out)
{
    struct sounding name = {folded.ptr, (ptrdiff_t)folded.len, 0, is_slavo_germanic(folded), out, 0, 0};

    out->primary[0] = out->secondary[0] = '\0';
    if (sounding_has(&name, 0, "gn,kn,pn,wr,ps")) /* the first is mute */
        name.at++;
    if (sounding_letter(&name, 0) == 'x') /* xavier */
        sounding_add(&name, "S", "S", 1);
    while (name.at < name.length && (name.primary < PHONETIC_CODE || name.secondary < PHONETIC_CODE))
        sound(&name);
}

bool phonetic_alike(const struct phonetic *a, const struct phonetic *b)
{
    return (a->primary[0] && (strcmp(a->primary, b->primary) == 0 || strcmp(a->primary, b->secondary) == 0)) ||
           (a->secondary[0] && (strcmp(a->secondary, b->primary) == 0 || strcmp(a->secondary, b->secondary) == 0));
}
