/* Names of people: the commonest as they are, with the short forms that make two records of one person differ, and
 * behind them composed ones, as no list of thousands is needed to give rare names. */
#include "generate.h"
#include "generate_names.h"

#include <stdio.h>

static const struct {
    const char *name, *nickname;
} known_first[] = {
    {"James", "Jim"},      {"Mary", "Molly"},      {"John", "Jack"},
    {"Robert", "Bob"},     {"Michael", "Mike"},    {"William", "Bill"},
    {"David", "Dave"},     {"Elizabeth", "Liz"},   {"Jennifer", "Jenny"},
    {"Richard", "Dick"},   {"Patricia", "Pat"},    {"Thomas", "Tom"},
    {"Susan", "Sue"},      {"Charles", "Chuck"},   {"Christopher", "Chris"},
    {"Joseph", "Joe"},     {"Daniel", "Dan"},      {"Margaret", "Peggy"},
    {"Matthew", "Matt"},   {"Barbara", "Barb"},    {"Anthony", "Tony"},
    {"Steven", "Steve"},   {"Sarah", "Sally"},     {"Andrew", "Andy"},
    {"Kenneth", "Ken"},    {"Joshua", "Josh"},     {"Deborah", "Debbie"},
    {"Edward", "Ted"},     {"Katherine", "Kate"},  {"Timothy", "Tim"},
    {"Ronald", "Ron"},     {"Jeffrey", "Jeff"},    {"Jessica", "Jess"},
    {"Stephen", "Steve"},  {"Rebecca", "Becky"},   {"Jonathan", "Jon"},
    {"Cynthia", "Cindy"},  {"Nicholas", "Nick"},   {"Gregory", "Greg"},
    {"Samuel", "Sam"},     {"Benjamin", "Ben"},    {"Alexander", "Alex"},
    {"Victoria", "Vicky"}, {"Patrick", "Paddy"},   {"Kimberly", "Kim"},
    {"Raymond", "Ray"},    {"Frank", NULL},        {"Laura", NULL},
    {"Anna", NULL},        {"Emma", NULL},         {"Peter", "Pete"},
    {"Sandra", "Sandy"},   {"Christina", "Tina"},  {"Douglas", "Doug"},
    {"Henry", "Harry"},    {"Nathan", "Nate"},     {"Zachary", "Zach"},
    {"Philip", "Phil"},    {"Albert", "Al"},       {"Lawrence", "Larry"},
    {"Theodore", "Theo"},  {"Catherine", "Cathy"}, {"Francis", "Frank"},
    {"Pamela", "Pam"},     {"Martin", NULL},       {"Paul", NULL},
    {"Mark", NULL},        {"George", NULL},       {"Kevin", NULL},
    {"Brian", NULL},       {"Karen", NULL},        {"Lisa", NULL},
    {"Linda", NULL},       {"Helen", NULL},        {"Claire", NULL},
    {"Simon", NULL},       {"Julia", NULL},        {"Sophie", NULL},
    {"Hans", NULL},        {"Stefan", NULL},       {"Thorsten", NULL},
    {"Sabine", NULL},      {"Jürgen", NULL},       {"Günter", NULL},
    {"Jean", NULL},        {"Pierre", NULL},       {"Philippe", NULL},
    {"Isabelle", NULL},    {"François", NULL},     {"Hélène", NULL},
    {"Anne-Marie", NULL},  {"Jean-Luc", NULL},     {"Willem", "Wim"},
    {"Johanna", "Hanna"},  {"Pieter", "Piet"},     {"Maria", NULL},
    {"Ali", NULL},         {"Mohammed", "Mo"},     {"Wei", NULL},
    {"Priya", NULL},
};

static const char *const known_last[] = {
    "Smith",    "Johnson",  "Williams", "Brown",    "Jones",   "Miller",   "Davis",   "Wilson",   "Müller",
    "Taylor",   "Martin",   "Schmidt",  "Anderson", "Thomas",  "Moore",    "Jackson", "Thompson", "White",
    "Schäfer",  "Harris",   "Garcia",   "Clark",    "Lewis",   "Robinson", "Walker",  "Dubois",   "Young",
    "Allen",    "King",     "Wright",   "Scott",    "Nguyen",  "Hill",     "Green",   "Adams",    "Baker",
    "Nelson",   "Carter",   "Mitchell", "Roberts",  "Weber",   "Becker",   "Lefèvre", "Bernard",  "Moreau",
    "De Vries", "Jansen",   "Van Dijk", "O'Brien",  "Murphy",  "McDonald", "Evans",   "Edwards",  "Collins",
    "Stewart",  "Morris",   "Rogers",   "Reed",     "Cook",    "Morgan",   "Bell",    "Ward",     "Cox",
    "Diaz",     "Wood",     "Watson",   "Brooks",   "Bennett", "Gray",     "Hughes",  "Price",    "Sanders",
    "Patel",    "Singh",    "Khan",     "Ross",     "Foster",  "Powell",   "Russell", "Sullivan", "Fisher",
    "Hamilton", "Graham",   "Wallace",  "Woods",    "Cole",    "West",     "Jordan",  "Owens",    "Reynolds",
    "Wagner",   "Hoffmann", "Koch",     "Richter",  "Klein",   "Schröder", "Neumann", "Braun",    "Krüger",
    "Lange",
};

void names_word(uint64_t index, char word[NAME_ROOM])
{
    static const char *const heads[] = {"Al",  "Bar", "Ber", "Bran", "Cal", "Cor", "Dal", "Den", "Dor", "El",
                                        "Fal", "Far", "Gar", "Gil",  "Gor", "Hal", "Har", "Hol", "Kar", "Kel",
                                        "Kil", "Lan", "Lin", "Lor",  "Mal", "Mar", "Mer", "Mor", "Nor", "Or",
                                        "Par", "Per", "Pol", "Ral",  "Ros", "Sal", "Sel", "Tal", "Ver", "Wal"};
    static const char *const middles[] = {"",   "a",  "e",  "i",  "o",   "en", "er", "in", "an", "ia", "de", "do",
                                          "ga", "ke", "le", "mi", "nis", "re", "sa", "ta", "vi", "wo", "zu", "ly"};
    static const char *const tails[] = {
        "ton",   "ley",  "ford", "man",   "sen",   "berg",  "dale",  "wick",     "field",   "son", "ner",   "ham",
        "bach",  "ski",  "mont", "court", "land",  "ker",   "stein", "well",     "ard",     "ez",  "ova",   "ini",
        "sson",  "hof",  "beck", "gate",  "ridge", "worth", "by",    "den",      "feld",    "res", "quist", "vale",
        "brook", "more", "holt", "dorf",  "mann",  "ler",   "wood",  "ton-Hale", "ini-Ray", "zer", "nik",   "lund",
        "mark",  "gren", "shaw", "cot",   "tree",  "stone", "ier",   "aud",      "ette",    "el",  "os",    "is"};

    /* 48,271 has no factor in common with any of the three numbers: neighbours get words unlike each other */
    index = index * 48271 % (COUNT(heads) * COUNT(middles) * COUNT(tails));
    snprintf(word, NAME_ROOM, "%s%s%s", heads[index % COUNT(heads)], middles[index / COUNT(heads) % COUNT(middles)],
             tails[index / COUNT(heads) / COUNT(middles)]);
}

void names_fill(struct names *names)
{
    uint32_t sum = 0;

    for (unsigned i = 0; i < FIRST_NAMES; i++) {
        if (i < COUNT(known_first))
            snprintf(names->first[i], NAME_ROOM, "%s", known_first[i].name);
        else
            names_word(50000 + i, names->first[i]);
        names->first_below[i] = sum += 10000000 / (i + 12);
    }
    sum = 0;
    for (unsigned i = 0; i < LAST_NAMES; i++) {
        if (i < COUNT(known_last))
            snprintf(names->last[i], NAME_ROOM, "%s", known_last[i]);
        else
            names_word(i, names->last[i]);
        names->last_below[i] = sum += 10000000 / (i + 40);
    }
}

/* The first whose sum lies above a number drawn below the last sum. */
static unsigned choose(const uint32_t *below, unsigned count, uint64_t *state)
{
    unsigned drawn = random_below(state, below[count - 1]);
    unsigned low = 0;
    unsigned high = count - 1;

    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (drawn < below[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

unsigned names_first(const struct names *names, uint64_t *state)
{
    return choose(names->first_below, FIRST_NAMES, state);
}

unsigned names_last(const struct names *names, uint64_t *state)
{
    return choose(names->last_below, LAST_NAMES, state);
}

const char *names_nickname(unsigned first)
{
    return first < COUNT(known_first) ? known_first[first].nickname : NULL;
}
