/* The people of `generate people`, and a contact as it is written. */
#ifndef GENERATE_PEOPLE_H
#define GENERATE_PEOPLE_H

#include "generate_names.h"

#include <stdbool.h>
#include <stdint.h>

enum column { FIRST_NAME, LAST_NAME, EMAIL, PHONE, COMPANY, JOB_TITLE, STREET, CITY, POSTAL_CODE, COUNTRY, COLUMNS };

enum { TEXT_ROOM = 128 };

struct entry {
    char text[COLUMNS][TEXT_ROOM];
};

enum subject { PERSON, HOUSEHOLD, FIRM, TOWN, CHANGE, WRITING, ENTRY };

enum { TOWNS = 3000, NO_FIRM = -1 };

enum change { NEW_NAME, NEW_HOME, NEW_PHONE, NEW_MAILBOX, NEW_JOB, CHANGES };

struct world {
    uint64_t seed, people, firms;
    struct names names;
    double years;              /* between one record of a person and the next; below 0: untold */
    unsigned changed[CHANGES]; /* in millionths, how many people have, from one record to the next */
    unsigned abroad;           /* in hundredths, how many new homes and jobs may be in any country */
};

/* How numbers and streets look there: behind the area come so many digits; "%s" stands for the street's name, in full
 * and as people abbreviate it. */
struct land {
    const char *name, *code, *calling, *trunk;
    const char *areas[3], *mobiles[3];
    const char *streets[3][2];
    unsigned area_rest, mobile_rest;
    unsigned share; /* of the towns, in hundredths */
    bool number_first;
};

struct phone {
    const struct land *land;
    const char *area;
    char rest[8];
    bool mobile;
};

struct place {
    const struct land *land;
    char street[NAME_ROOM], town[NAME_ROOM], postal_code[16];
    unsigned street_kind, number;
};

struct firm {
    char name[NAME_ROOM + 16], domain[NAME_ROOM + 16];
    unsigned legal;
    struct place place;
    struct phone switchboard;
};

struct person {
    unsigned first, last, job;
    char middle;
    int64_t firm; /* or NO_FIRM */
    struct place place;
    struct phone phone;
    char email[TEXT_ROOM];
};

/* Numbers by chance for this one alone: the same whenever it is asked for. */
uint64_t people_stream(const struct world *world, enum subject subject, uint64_t number);

void people_make(const struct world *world, uint64_t number, struct person *person);
void people_make_firm(const struct world *world, int64_t number, struct firm *firm);

/* Another home, number, mailbox or employer for the person, the home and the employer in `land`, or anywhere if that is
 * NULL. What comes with a new employer is often the company's street and switchboard, and always a mailbox there. */
void people_move(const struct world *world, uint64_t *state, const struct land *land, struct place *place);
void people_make_phone(uint64_t *state, const struct land *land, bool mobile, struct phone *phone);
void people_make_email(const struct world *world, uint64_t *state, const struct firm *firm, struct person *person);
void people_employ(const struct world *world, uint64_t *state, const struct land *land, struct person *person);

/* Sets what changes with the years, 0 to 50 or YEARS_UNTOLD, from one record of a person to the next. */
void people_set_years(struct world *world, double years);

/* What has become of the person from one record to the next. */
void people_change(const struct world *world, uint64_t *state, struct person *person);

/* Damages it as people do who fill in a form: values missing, mistyped, without accents, all in capitals or in none,
 * and first and last name in each other's place. */
void damage_entry(struct entry *entry, uint64_t *state);

#endif
