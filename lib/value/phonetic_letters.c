/* Double Metaphone: the letters with many rules, c g j s t w. The names in the comments are those the rules were made
 * for; their order counts. */
#include "value/phonetic_parts.h"

/* "Van ...", "Von ..." and what begins with sch: Dutch or German throughout. */
static bool is_germanic(const struct sounding *name)
{
    return sounding_has(name, 0, "van ,von ,sch");
}

/* German ach before anything but i and e: bach, and bacher, macher. */
static bool is_german_ach(const struct sounding *name)
{
    const ptrdiff_t at = name->at;
    const char next = sounding_letter(name, at + 2);

    return at > 1 && !sounding_is_vowel(name, at - 2) && sounding_has(name, at - 1, "ach") && next != 'i' &&
           (next != 'e' || sounding_has(name, at - 2, "bacher,macher"));
}

/* Greek: chemistry, chorus. */
static bool is_greek_ch(const struct sounding *name)
{
    return name->at == 0 && sounding_has(name, 1, "harac,haris,hor,hym,hia,hem") && !sounding_has(name, 0, "chore");
}

/* The guttural ch, and that of mchugh. */
static bool is_hard_ch(const struct sounding *name)
{
    const ptrdiff_t at = name->at;

    return is_germanic(name) || sounding_has(name, at - 2, "orches,archit,orchid") ||
           sounding_has(name, at + 2, "t,s") || (at > 0 && sounding_has(name, 0, "mc")) ||
           /* wachtler, wechsler, but not tichner */
           ((at == 0 || sounding_has(name, at - 1, "a,o,u,e")) && sounding_has(name, at + 2, "l,r,n,m,b,h,f,v,w, "));
}

static void sounding_ch(struct sounding *name)
{
    const ptrdiff_t at = name->at;
    const bool michael = at > 0 && sounding_has(name, at, "chae");

    if (is_german_ach(name) || sounding_has(name, at, "chia") || /* Italian: chianti */
        (!michael && (is_greek_ch(name) || is_hard_ch(name))))
        sounding_add(name, "K", "K", 2);
    else if (michael)
        sounding_add(name, "K", "X", 2);
    else
        sounding_add(name, "X", at > 0 ? "K" : "X", 2);
}

static void sounding_cc(struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (!sounding_has(name, at + 2, "i,e,h") || sounding_has(name, at + 2, "hu"))
        sounding_add(name, "K", "K", 2); /* bacchus */
    else if ((at == 1 && sounding_letter(name, 0) == 'a') || sounding_has(name, at - 1, "uccee,ucces"))
        sounding_add(name, "KS", "KS", 3); /* accident, succeed */
    else
        sounding_add(name, "X", "X", 3); /* bellocchio, bertucci */
}

void sounding_c(struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (at == 0 && sounding_has(name, 0, "caesar"))
        sounding_add(name, "S", "S", 2);
    else if (sounding_has(name, at, "ch"))
        sounding_ch(name);
    else if (sounding_has(name, at, "cz") && !sounding_has(name, at - 2, "wicz")) /* czerny */
        sounding_add(name, "S", "X", 2);
    else if (sounding_has(name, at + 1, "cia")) /* focaccia */
        sounding_add(name, "X", "X", 3);
    else if (sounding_has(name, at, "cc") && !(at == 1 && sounding_letter(name, 0) == 'm')) /* but mcclellan */
        sounding_cc(name);
    else if (sounding_has(name, at, "ck,cg,cq"))
        sounding_add(name, "K", "K", 2);
    else if (sounding_has(name, at, "ci,ce,cy")) /* Italian or English */
        sounding_add(name, "S", sounding_has(name, at, "cio,cie,cia") ? "X" : "S", 2);
    else if (sounding_has(name, at + 1, " c, q, g")) /* mac caffrey, mac gregor */
        sounding_add(name, "K", "K", 3);
    else
        sounding_add(name, "K", "K",
                     sounding_has(name, at + 1, "c,k,q") && !sounding_has(name, at + 1, "ce,ci") ? 2 : 1);
}

static const char *code_of_gh(const struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (at == 0) /* ghislane, ghiradelli */
        return sounding_letter(name, 2) == 'i' ? "J" : "K";
    if (!sounding_is_vowel(name, at - 1))
        return "K";
    if (sounding_has(name, at - 2, "b,h,d") || sounding_has(name, at - 3, "b,h,d") || sounding_has(name, at - 4, "b,h"))
        return ""; /* Parker's rule: hugh, bough, broughton */
    if (at > 2 && sounding_letter(name, at - 1) == 'u' && sounding_has(name, at - 3, "c,g,l,r,t"))
        return "F"; /* laugh, mclaughlin, cough, gough, rough, tough */
    return sounding_letter(name, at - 1) == 'i' ? "" : "K";
}

static void sounding_gh(struct sounding *name)
{
    const char *code = code_of_gh(name);

    sounding_add(name, code, code, 2);
}

static void sounding_gn(struct sounding *name)
{
    if (name->at == 1 && sounding_is_vowel(name, 0) && !name->slavo_germanic)
        sounding_add(name, "KN", "N", 2);
    else if (!sounding_has(name, name->at + 2, "ey") && !name->slavo_germanic) /* not cagney */
        sounding_add(name, "N", "KN", 2);
    else
        sounding_add(name, "KN", "KN", 2);
}

/* Before e, i, y, and in -aggi, -oggi. */
static void sounding_soft_g(struct sounding *name)
{
    if (is_germanic(name) || sounding_has(name, name->at + 1, "et"))
        sounding_add(name, "K", "K", 2);
    else /* the French ending is always soft */
        sounding_add(name, "J", sounding_has(name, name->at + 1, "ier ") ? "J" : "K", 2);
}

/* -ges-, -gep-, -gel-, -gie- at the beginning; -ger-, -gy- elsewhere. */
static bool is_ger(const struct sounding *name)
{
    const ptrdiff_t at = name->at;

    return (at == 0 && sounding_has(name, 1, "y,es,ep,eb,el,ey,ib,il,in,ie,ei,er")) ||
           (sounding_has(name, at + 1, "er,y") && !sounding_has(name, 0, "danger,ranger,manger") &&
            !sounding_has(name, at - 1, "e,i,rgy,ogy"));
}

void sounding_g(struct sounding *name)
{
    const ptrdiff_t at = name->at;
    const char next = sounding_letter(name, at + 1);

    if (next == 'h')
        sounding_gh(name);
    else if (next == 'n')
        sounding_gn(name);
    else if (sounding_has(name, at + 1, "li") && !name->slavo_germanic) /* tagliaro */
        sounding_add(name, "KL", "L", 2);
    else if (is_ger(name))
        sounding_add(name, "K", "J", 2);
    else if (sounding_has(name, at + 1, "e,i,y") || sounding_has(name, at - 1, "aggi,oggi")) /* biaggi */
        sounding_soft_g(name);
    else
        sounding_add(name, "K", "K", next == 'g' ? 2 : 1);
}

void sounding_j(struct sounding *name)
{
    const ptrdiff_t at = name->at;
    const char next = sounding_letter(name, at + 1);
    const ptrdiff_t letters = next == 'j' ? 2 : 1;

    if (sounding_has(name, at, "jose") || sounding_has(name, 0, "san ")) { /* Spanish: jose, san jacinto */
        const bool spanish = sounding_has(name, 0, "san ") || (at == 0 && sounding_letter(name, 4) == ' ');
        sounding_add(name, spanish ? "H" : "J", "H", 1);
    } else if (at == 0) { /* yankelovich, jankelowicz */
        sounding_add(name, "J", "A", letters);
    } else if (sounding_is_vowel(name, at - 1) && !name->slavo_germanic && (next == 'a' || next == 'o')) {
        sounding_add(name, "J", "H", letters); /* bajador */
    } else if (at == name->length - 1) {
        sounding_add(name, "J", "", letters);
    } else if (!sounding_has(name, at + 1, "l,t,k,s,n,m,b,z") && !sounding_has(name, at - 1, "s,k,l")) {
        sounding_add(name, "J", "J", letters);
    } else {
        name->at += letters;
    }
}

static void sounding_sc(struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (sounding_letter(name, at + 2) != 'h') {
        const char *code = sounding_has(name, at + 2, "i,e,y") ? "S" : "SK";
        sounding_add(name, code, code, 3);
    } else if (sounding_has(name, at + 3, "er,en")) { /* schermerhorn, schenker */
        sounding_add(name, "X", "SK", 3);
    } else if (sounding_has(name, at + 3, "oo,uy,ed,em")) { /* Dutch: school, schooner */
        sounding_add(name, "SK", "SK", 3);
    } else {
        const bool begins = at == 0 && !sounding_is_vowel(name, 3) && sounding_letter(name, 3) != 'w';
        sounding_add(name, "X", begins ? "S" : "X", 3);
    }
}

void sounding_s(struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (sounding_has(name, at - 1, "isl,ysl")) { /* island, carlisle */
        name->at++;
    } else if (at == 0 && sounding_has(name, 0, "sugar")) {
        sounding_add(name, "X", "S", 1);
    } else if (sounding_has(name, at, "sh")) {
        const char *code = sounding_has(name, at + 1, "heim,hoek,holm,holz") ? "S" : "X"; /* Germanic */
        sounding_add(name, code, code, 2);
    } else if (sounding_has(name, at, "sio,sia")) { /* Italian and Armenian */
        sounding_add(name, "S", name->slavo_germanic ? "S" : "X", 3);
    } else if (sounding_letter(name, at + 1) == 'z') {
        sounding_add(name, "S", "X", 2);
    } else if (at == 0 && sounding_has(name, 1, "m,n,l,w")) { /* smith is schmidt, snider schneider */
        sounding_add(name, "S", "X", 1);
    } else if (sounding_has(name, at, "sc")) {
        sounding_sc(name);
    } else {
        const bool french = at == name->length - 1 && sounding_has(name, at - 2, "ai,oi"); /* resnais, artois */
        sounding_add(name, french ? "" : "S", "S", sounding_letter(name, at + 1) == 's' ? 2 : 1);
    }
}

void sounding_t(struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (sounding_has(name, at, "tion,tia,tch")) {
        sounding_add(name, "X", "X", 3);
    } else if (sounding_has(name, at, "th,tth")) {
        const bool plain = sounding_has(name, at + 2, "om,am") || is_germanic(name); /* thomas, thames */
        sounding_add(name, plain ? "T" : "0", "T", 2);
    } else {
        sounding_add(name, "T", "T", sounding_has(name, at + 1, "t,d") ? 2 : 1);
    }
}

void sounding_w(struct sounding *name)
{
    const ptrdiff_t at = name->at;

    if (sounding_letter(name, at + 1) == 'r') {
        sounding_add(name, "R", "R", 2);
        return;
    }
    if (at == 0 && sounding_is_vowel(name, 1)) /* wasserman is vasserman */
        sounding_add(name, "A", "F", 0);
    else if (at == 0 && sounding_letter(name, 1) == 'h') /* womo is uomo */
        sounding_add(name, "A", "A", 0);
    if ((at == name->length - 1 && sounding_is_vowel(name, at - 1)) ||
        sounding_has(name, at - 1, "ewski,ewsky,owski,owsky") || sounding_has(name, 0, "sch"))
        sounding_add(name, "", "F", 1);           /* arnow is arnoff */
    else if (sounding_has(name, at, "wicz,witz")) /* filipowicz */
        sounding_add(name, "TS", "FX", 4);
    else
        name->at++;
}
