/* Contacts with duplicates, as a CRM has them:
 *
 *     contact_id,first_name,last_name,email,phone,company,job_title,street,city,postal_code,country,created_at,truth
 *
 * Of the rows one in five is of a person who is there already: of seven people with duplicates five have one, one has
 * two and one has three. `truth` is the person's number. What makes them hard to find: names are as unequally frequent
 * as people's are; colleagues have the company, and often its street, postal code and switchboard in common; families
 * the last name, the home, and sometimes the telephone or the mailbox in common. Records of one person differ by
 * nickname or initial, by how numbers, streets and legal forms are written, by what generate_damage.c does to them, and
 * by what time does: a new mailbox, number, home, job or last name, see generate_change.c. Where the years between the
 * records are told, `created_at` says so, too, and the third record has the changes of the second; else each further
 * one has its own.
 *
 * The order of the rows is scattered. */
#include "generate.h"
#include "generate_people.h"

#include <stdio.h>
#include <string.h>

/* A prime above any number of rows: multiplying by it goes through all rows, scattered. */
static const uint64_t scatter = 2147483647u;

static void write_phone(const struct phone *phone, uint64_t *state, char text[TEXT_ROOM])
{
    const struct land *land = phone->land;
    const char *rest = phone->rest;
    int head = (int)strlen(rest) - 4;

    switch (random_below(state, 5)) {
    case 0:
        snprintf(text, TEXT_ROOM, "+%s%s%s", land->calling, phone->area, rest);
        break;
    case 1:
        snprintf(text, TEXT_ROOM, "%s%s %.*s %s", land->trunk, phone->area, head, rest, rest + head);
        break;
    case 2:
        snprintf(text, TEXT_ROOM, "(%s%s) %.*s-%s", land->trunk, phone->area, head, rest, rest + head);
        break;
    case 3:
        snprintf(text, TEXT_ROOM, "%s%s%s", land->trunk, phone->area, rest);
        break;
    default:
        snprintf(text, TEXT_ROOM, "+%s %s %.*s %s", land->calling, phone->area, head, rest, rest + head);
    }
}

static void write_place(const struct place *place, uint64_t *state, struct entry *entry)
{
    const char *pattern = place->land->streets[place->street_kind][random_below(state, 3) == 0];
    int before = (int)(strchr(pattern, '%') - pattern);
    char street[2 * NAME_ROOM];

    snprintf(street, sizeof street, "%.*s%s%s", before, pattern, place->street, pattern + before + 2);
    if (place->land->number_first)
        snprintf(entry->text[STREET], TEXT_ROOM, "%u %s", place->number, street);
    else
        snprintf(entry->text[STREET], TEXT_ROOM, "%s %u", street, place->number);
    snprintf(entry->text[CITY], TEXT_ROOM, "%s", place->town);
    snprintf(entry->text[POSTAL_CODE], TEXT_ROOM, "%s", place->postal_code);
    snprintf(entry->text[COUNTRY], TEXT_ROOM, "%s", random_below(state, 4) ? place->land->name : place->land->code);
}

static void write_names(const struct world *world, const struct person *person, uint64_t *state, struct entry *entry)
{
    const char *name = world->names.first[person->first];
    const char *nickname = names_nickname(person->first);
    unsigned way = random_below(state, 100);
    char *first = entry->text[FIRST_NAME];

    if (way < 15 && nickname)
        snprintf(first, TEXT_ROOM, "%s", nickname);
    else if (way >= 15 && way < 18 && (name[0] & 0x80) == 0)
        snprintf(first, TEXT_ROOM, "%c.", name[0]);
    else if (way >= 18 && way < 23)
        snprintf(first, TEXT_ROOM, "%s %c.", name, person->middle);
    else
        snprintf(first, TEXT_ROOM, "%s", name);
    snprintf(entry->text[LAST_NAME], TEXT_ROOM, "%s", world->names.last[person->last]);
}

static void write_work(const struct world *world, const struct person *person, uint64_t *state, struct entry *entry)
{
    static const char *const legal[][2] = {{"Ltd", "Limited"}, {"Inc.", "Incorporated"}, {"GmbH", "G.m.b.H."},
                                           {"LLC", "L.L.C."},  {"Corp.", "Corporation"}, {"S.A.", "SA"},
                                           {"B.V.", "BV"}};
    static const char *const ranks[][2] = {{"Vice President", "VP"}, {"Director", "Dir."},     {"Manager", "Mgr"},
                                           {"Assistant", "Asst."},   {"Specialist", "Expert"}, {"Head", "Lead"}};
    static const char *const fields[] = {"Sales",      "Marketing", "Finance", "Operations", "IT",
                                         "Purchasing", "Logistics", "HR",      "Research",   "Support"};
    struct firm firm;
    unsigned short_rank = random_below(state, 4) == 0;

    entry->text[COMPANY][0] = entry->text[JOB_TITLE][0] = '\0';
    if (person->firm == NO_FIRM)
        return;
    people_make_firm(world, person->firm, &firm);
    unsigned way = random_below(state, 10);
    snprintf(entry->text[COMPANY], TEXT_ROOM, "%s%s%s", firm.name, way < 3 ? "" : " ",
             way < 3 ? "" : legal[firm.legal][way == 3]);
    snprintf(entry->text[JOB_TITLE], TEXT_ROOM, "%s %s", fields[person->job % COUNT(fields)],
             ranks[person->job / 10 % COUNT(ranks)][short_rank]);
}

/* The row's person, and which of that person's records it is: the first rows are everyone's first records, the others
 * in tens the further ones of seven people. */
static unsigned person_of(const struct world *world, uint64_t row, uint64_t *number)
{
    static const unsigned char person[] = {0, 1, 2, 3, 4, 5, 5, 6, 6, 6};
    static const unsigned char record[] = {1, 1, 1, 1, 1, 1, 2, 1, 2, 3};

    if (row < world->people) {
        *number = row;
        return 0;
    }
    uint64_t extra = row - world->people;
    *number = (extra / 10 * 7 + person[extra % 10]) * scatter % world->people;
    return record[extra % 10];
}

/* What has changed about the person up to the nth further record, which is the row. */
static void change_person(const struct world *world, uint64_t row, unsigned nth, struct person *person)
{
    unsigned times = world->years < 0 && nth > 0 ? 1 : nth;

    while (times-- > 0) {
        uint64_t change = people_stream(world, CHANGE, row - times); /* a person's further records are in a row */
        people_change(world, &change, person);
    }
}

/* Any day of the three years to the end of 2025; where the years between records are told, that is when the fourth of
 * the person is or would be entered, and the nth further one as much earlier. Months have 28 days. */
static void write_created(const struct world *world, uint64_t number, unsigned nth, uint64_t *writing)
{
    enum { MONTHS = 12, DAYS = 28, YEAR = MONTHS * DAYS, LAST = 3 };
    unsigned day = 2023 * YEAR;

    if (world->years < 0) {
        day += random_below(writing, 3) * YEAR;
        day += random_below(writing, MONTHS) * DAYS;
        day += random_below(writing, DAYS);
    } else {
        uint64_t entry = people_stream(world, ENTRY, number);
        day += random_below(&entry, 3 * YEAR) - (LAST - nth) * (unsigned)(world->years * YEAR);
    }
    printf(",%u-%02u-%02u", day / YEAR, day % YEAR / DAYS + 1, day % DAYS + 1);
}

static int write_row(const struct world *world, uint64_t position, uint64_t rows)
{
    struct person person;
    struct entry entry;
    uint64_t row = (position + 1) * scatter % rows;
    uint64_t number;
    uint64_t writing = people_stream(world, WRITING, row);
    unsigned nth = person_of(world, row, &number);

    people_make(world, number, &person);
    change_person(world, row, nth, &person);
    write_names(world, &person, &writing, &entry);
    snprintf(entry.text[EMAIL], TEXT_ROOM, "%s", person.email);
    write_phone(&person.phone, &writing, entry.text[PHONE]);
    write_place(&person.place, &writing, &entry);
    write_work(world, &person, &writing, &entry);
    damage_entry(&entry, &writing);
    printf("C%08llu", (unsigned long long)position + 1);
    for (unsigned column = 0; column < COLUMNS; column++)
        printf(",%s", entry.text[column]);
    write_created(world, number, nth, &writing);
    return printf(",%llu\n", (unsigned long long)number);
}

int write_people(long rows, uint64_t seed, double years)
{
    static struct world world;
    uint64_t count = (uint64_t)rows;

    world.seed = seed;
    world.people = count - count / 5;
    world.firms = world.people / 10 + 1;
    names_fill(&world.names);
    people_set_years(&world, years);
    puts("contact_id,first_name,last_name,email,phone,company,job_title,street,city,postal_code,country,created_at,"
         "truth");
    for (uint64_t position = 0; position < count; position++)
        if (write_row(&world, position, count) < 0)
            return -1;
    return 0;
}
