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

enum subject { PERSON, HOUSEHOLD, FIRM, TOWN, CHANGE, WRITING };

enum { TOWNS = 3000, NO_FIRM = -1 };

struct world {
    uint64_t seed, people, firms;
    struct names names;
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

/* What has become of the person between two records. */
void people_change(const struct world *world, uint64_t *state, struct person *person);

/* Damages it as people do who fill in a form: values missing, mistyped, without accents, all in capitals or in none,
 * and first and last name in each other's place. */
void damage_entry(struct entry *entry, uint64_t *state);

#endif
