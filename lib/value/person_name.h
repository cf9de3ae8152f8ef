/* Names of persons: one text taken apart into title, given names, family name; and elections of which end of the names
 * of a column is the family name, decided by the whole column.
 *
 * What a name says for itself is read from the name: "Last, First", a patronymic, initials, Chinese, Japanese and
 * Korean writing. Where only the order of the words tells, the column's order is followed. What cannot be split with
 * confidence is left whole, with a reason; nothing is guessed, no letter is changed, none is lost. The tables of given
 * names, titles, particles and so on are common knowledge of the eight languages (English, Russian, Chinese, Arabic,
 * German, French, Spanish, Portuguese), not a complete list of anything.
 *
 * Constant data and pure functions: nothing is allocated, nothing fails, any thread may call. */
#ifndef CRM_VALUE_PERSON_NAME_H
#define CRM_VALUE_PERSON_NAME_H

#include "value/example.h"

enum name_order {
    NAME_UNDECIDED,
    NAME_FIRST_LAST, /* John Smith */
    NAME_LAST_FIRST, /* Smith John, without a comma */
};

enum name_kind {
    NAME_PERSON,       /* split */
    NAME_ONE_WORD,     /* a person of whom only one part is known: one of first and last is empty */
    NAME_WHOLE,        /* a person perhaps, but not to be split with confidence; no part is filled */
    NAME_NOT_A_PERSON, /* a company, an e-mail address, a department; no part is filled */
};

#define PERSON_NAME_LENGTH 256 /* bytes; a longer text is no name */
#define PERSON_NAME_ROOM 320   /* bytes of room for parts that do not stand together in the text */

/* The parts are views into the text, or into the room where their words stand apart in it ("Berg, Jan van der"). They
 * are as written but for runs of blanks, of which one is kept. */
struct person_name {
    enum name_kind kind;
    bool reversed;         /* the family name stood first */
    struct slice prefix;   /* titles: Dr., Frau, г-н, 先生 */
    struct slice first;    /* one given name, or a compound that is one: María del Carmen, Abdul Rahman */
    struct slice middle;   /* further given names, initials, the patronymic */
    struct slice last;     /* the family name or names with their particles */
    struct slice suffix;   /* Jr., III, PhD, к.т.н. */
    struct slice nickname; /* in quotes or brackets: Robert (Bob) Smith */
    const char *reason;    /* of what was not split, a short phrase; constant. NULL for the others */
};

/* Takes a name, UTF-8, apart. order is the column's; under NAME_UNDECIDED only names that tell it themselves are split
 * (a caller may say NAME_FIRST_LAST for an undecided column, and should say so). true: NAME_PERSON or NAME_ONE_WORD.
 *
 * - Particles go with the family name (van der, de la, von, al, bin, Mc, St.).
 * - Two family names are taken behind a Spanish or Portuguese given name when the first is a known one; when it is not
 *   known, and no given name, the name stays whole.
 * - One word alone is a given name; behind a title, or under NAME_LAST_FIRST unless it is a known given name, a family
 * name.
 * - Chinese without a blank: one character, or a known compound (欧阳), is the family name; Korean likewise. Japanese
 *   is split at a blank only. What could be Japanese as well as Chinese stays whole.
 * - A company is known by its legal form or a word like Group, Institut, 公司, شركة. */
bool person_name_split(struct slice text, enum name_order order, char room[PERSON_NAME_ROOM], struct person_name *out);

/* The election of a column's order. Starts as zeros. */
struct name_election {
    uint64_t first_last,
        last_first;      /* names that show it: a known given name at one end only, a patronymic, initials */
    uint64_t comma;      /* "Last, First": says nothing of the others */
    uint64_t east_asian; /* family name first by their writing: nor do they */
    uint64_t silent;     /* names that show nothing */
    uint64_t not_names;  /* companies and what else person_name_split() leaves whole in either order */
    struct example first_last_example, last_first_example;
};

void name_election_add(struct name_election *election, struct slice text, uint64_t line);

/* What four names of five and more show; else what the header says (name_order_of_header(), may be NAME_UNDECIDED). */
enum name_order name_election_result(const struct name_election *election, enum name_order header);

/* What the name of a column says: "ФИО", "Last Name, First Name", "Name (Last, First)", "Nachname, Vorname", "姓名" are
 * NAME_LAST_FIRST; "Имя Фамилия", "Nombre y apellidos" NAME_FIRST_LAST; "Name" NAME_UNDECIDED. */
enum name_order name_order_of_header(struct slice header);

#endif
