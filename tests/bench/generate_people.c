/* The people of `generate people`, and where they live and work. Every person, household, company and town comes from
 * its number alone, so that any row can be written at any time and nothing is kept. */
#include "generate.h"
#include "generate_people.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct land lands[] = {
    {"United States", "US", "1", "", {"212", "312", "415"}, {"206", "303", "404"},
     {{"%s Street", "%s St."}, {"%s Avenue", "%s Ave"}, {"%s Road", "%s Rd"}}, 7, 7, 48, true},
    {"United Kingdom", "GB", "44", "0", {"121", "161", "131"}, {"7712", "7802", "7912"},
     {{"%s Road", "%s Rd"}, {"%s Lane", "%s Ln"}, {"%s Street", "%s St"}}, 7, 6, 20, true},
    {"Germany", "DE", "49", "0", {"30", "89", "221"}, {"170", "171", "172"},
     {{"%sstraße", "%sstr."}, {"%sweg", "%sweg"}, {"%splatz", "%spl."}}, 7, 7, 14, false},
    {"France", "FR", "33", "0", {"142", "472", "556"}, {"612", "668", "671"},
     {{"rue %s", "r. %s"}, {"avenue %s", "av. %s"}, {"boulevard %s", "bd %s"}}, 6, 6, 10, true},
    {"Netherlands", "NL", "31", "0", {"20", "10", "70"}, {"61", "62", "64"},
     {{"%sstraat", "%sstr."}, {"%slaan", "%sln"}, {"%sweg", "%sweg"}}, 7, 7, 8, false},
};
/* clang-format on */

/* A country without any company in a short list is given up after so many. */
enum { MOST_TRIES = 200 };

uint64_t people_stream(const struct world *world, enum subject subject, uint64_t number)
{
    uint64_t state = world->seed * 0x9e3779b97f4a7c15u + ((uint64_t)subject << 56) + number;

    return random_next(&state);
}

/* Below count, smaller numbers oftener: the density falls with the power -1/2. */
static uint64_t random_skewed(uint64_t *state, uint64_t count)
{
    double u = random_unit(state);

    return (uint64_t)(u * u * (double)count);
}

void people_make_phone(uint64_t *state, const struct land *land, bool mobile, struct phone *phone)
{
    unsigned length = mobile ? land->mobile_rest : land->area_rest;

    phone->land = land;
    phone->mobile = mobile;
    phone->area = (mobile ? land->mobiles : land->areas)[random_below(state, 3)];
    for (unsigned i = 0; i < length; i++)
        phone->rest[i] = (char)('0' + (i ? random_below(state, 10) : 2 + random_below(state, 4)));
    phone->rest[length] = '\0';
}

static void make_postal_code(uint64_t *state, const struct land *land, uint64_t town, char code[16])
{
    unsigned district = random_below(state, 8);
    unsigned walk = 1 + random_below(state, 9);
    char first = (char)('A' + random_below(state, 22));
    char second = (char)('A' + random_below(state, 22));
    unsigned number = (unsigned)(town * 31 % 89000) + 10000 + district;

    if (strcmp(land->code, "GB") == 0)
        snprintf(code, 16, "%c%c%u %u%c%c", 'A' + (char)(town % 24), 'A' + (char)(town / 24 % 24), 1 + district, walk,
                 first, second);
    else if (strcmp(land->code, "NL") == 0)
        snprintf(code, 16, "%04u %c%c", number / 10, first, second);
    else
        snprintf(code, 16, "%05u", number);
}

static void make_place(const struct world *world, uint64_t *state, struct place *place)
{
    uint64_t town = random_skewed(state, TOWNS);
    uint64_t of_town = people_stream(world, TOWN, town);
    unsigned share = random_below(&of_town, 100);
    unsigned land = 0;

    while (share >= lands[land].share)
        share -= lands[land++].share;
    place->land = &lands[land];
    names_word(7000 + town, place->town);
    make_postal_code(state, place->land, town, place->postal_code);
    names_word(random_skewed(state, 4000), place->street);
    place->street_kind = random_below(state, COUNT(lands[0].streets));
    place->number = 1 + (unsigned)random_skewed(state, 240);
}

void people_move(const struct world *world, uint64_t *state, const struct land *land, struct place *place)
{
    unsigned tries = 0;

    do
        make_place(world, state, place);
    while (land && place->land != land && ++tries < MOST_TRIES);
}

static void lower(char *to, const char *from)
{
    for (; *from; from++)
        if ((*from >= 'a' && *from <= 'z') || (*from >= '0' && *from <= '9') || *from == '.')
            *to++ = *from;
        else if (*from >= 'A' && *from <= 'Z')
            *to++ = (char)(*from - 'A' + 'a');
    *to = '\0';
}

void people_make_firm(const struct world *world, int64_t number, struct firm *firm)
{
    static const char *const trades[] = {"Systems",  "Logistics", "Media",    "Foods",   "Energy", "Partners",
                                         "Software", "Design",    "Trading",  "Finance", "Health", "Motors",
                                         "Travel",   "Steel",     "Textiles", "Labs"};
    uint64_t state = people_stream(world, FIRM, (uint64_t)number);
    char word[NAME_ROOM];

    names_word(20000 + (uint64_t)number, word);
    snprintf(firm->name, sizeof firm->name, "%s %s", word, trades[random_below(&state, COUNT(trades))]);
    lower(firm->domain, firm->name);
    firm->legal = random_below(&state, 7);
    make_place(world, &state, &firm->place);
    people_make_phone(&state, firm->place.land, false, &firm->switchboard);
}

/* At the company's domain, or with no company at a provider's, where the name alone is mostly taken. */
void people_make_email(const struct world *world, uint64_t *state, const struct firm *firm, struct person *person)
{
    static const char *const providers[] = {"gmail", "outlook", "yahoo", "icloud", "web", "orange"};
    char first[NAME_ROOM];
    char last[NAME_ROOM];
    char number[12] = "";

    lower(first, world->names.first[person->first]);
    lower(last, world->names.last[person->last]);
    if (firm) { /* every company has its own way; in large ones, which have small numbers, initials are not enough */
        if (person->firm < 3000)
            snprintf(number, sizeof number, "%u", random_below(state, 30));
        if (firm->name[0] % 3 == 0)
            snprintf(person->email, sizeof person->email, "%c%s%s@%s.example", first[0], last, number, firm->domain);
        else
            snprintf(person->email, sizeof person->email, "%s%s%s%s@%s.example", first,
                     firm->name[0] % 3 == 1 ? "." : "_", last, number, firm->domain);
        return;
    }
    const char *provider = providers[random_below(state, COUNT(providers))];
    const char *dot = random_below(state, 2) ? "." : "";
    if (random_below(state, 4))
        snprintf(number, sizeof number, "%u", random_below(state, 1000));
    snprintf(person->email, sizeof person->email, "%s%s%s%s@%s.example", first, dot, last, number, provider);
}

void people_employ(const struct world *world, uint64_t *state, const struct land *land, struct person *person)
{
    struct firm firm;
    unsigned tries = 0;

    do {
        person->firm = (int64_t)random_skewed(state, world->firms);
        people_make_firm(world, person->firm, &firm);
    } while (land && firm.place.land != land && ++tries < MOST_TRIES);
    people_make_email(world, state, &firm, person);
    if (random_below(state, 10) < 7)
        person->place = firm.place;
    if (random_below(state, 10) < 4)
        person->phone = firm.switchboard;
    else
        people_make_phone(state, person->place.land, random_below(state, 2), &person->phone);
}

/* Three numbers in a row are a household; one in six of these is a family, with one name and one home. */
static bool join_family(const struct world *world, uint64_t number, uint64_t *state, struct person *person)
{
    uint64_t family = people_stream(world, HOUSEHOLD, number / 3);
    struct phone home;

    if (random_below(&family, 6) || random_below(state, 10) == 0)
        return false;
    person->last = names_last(&world->names, &family);
    make_place(world, &family, &person->place);
    people_make_phone(&family, person->place.land, false, &home);
    if (random_below(state, 2))
        person->phone = home;
    return true;
}

void people_make(const struct world *world, uint64_t number, struct person *person)
{
    uint64_t state = people_stream(world, PERSON, number);
    bool employed = random_below(&state, 100) < 75;

    person->first = names_first(&world->names, &state);
    person->last = names_last(&world->names, &state);
    person->middle = (char)('A' + random_below(&state, 26));
    person->job = random_below(&state, 1000);
    person->firm = NO_FIRM;
    make_place(world, &state, &person->place);
    people_make_phone(&state, person->place.land, true, &person->phone);
    bool in_family = join_family(world, number, &state, person);
    if (employed && !(in_family && random_below(&state, 2)))
        people_employ(world, &state, NULL, person);
    else
        people_make_email(world, &state, NULL, person);
    if (in_family && person->firm == NO_FIRM && number / 3 % 5 == 0) {
        char last[NAME_ROOM];
        lower(last, world->names.last[person->last]);
        snprintf(person->email, sizeof person->email, "%s.family%u@mail.example", last, (unsigned)(number / 3 % 1000));
    }
}
