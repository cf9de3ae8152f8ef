/* What time changes about a person from one record to the next. It is said in one of two ways.
 *
 * The years are told: of the people whom it has not happened to yet it happens to the same share every year, so that
 * after y years of a yearly share s it is 1 - (1 - s)^y. The shares are those of all people:
 *
 *     new last name  0.007  an estimate: 6 marriages a year per 1000 people in the United States (NCHS); in most of
 *                           them one takes the other's name, and some divorces give it back
 *     new home       0.10   movers in a year in the United States (Census Bureau, Current Population Survey): 11.6 of
 *                           a hundred in 2011, 8.4 in 2021
 *     new number     0.06   an estimate: a number moves along with its owner, and to another provider
 *     new mailbox    0.05   an estimate, without the mailbox that is lost with a job; surveys of 2002, when mailboxes
 *                           came with the line, found 0.3
 *     new job        0.10   managers and professionals have been with an employer for about five years, in the median
 *                           (Bureau of Labor Statistics): 13 of a hundred leave in a year if it is the same share
 *                           every year; and three contacts of four have an employer
 *
 * Of new homes and jobs 19 of 20 are in the same country, an estimate (of the movers in the United States 3 of a
 * hundred came from abroad). Whoever changes jobs takes a mobile number along, and gets a new number instead of any
 * other. A new home replaces whatever address the contact has, even that of an office.
 *
 * The years are untold: one guess, harder to see through than any number of years that has the same shares, because new
 * homes and jobs may be in any country and no number is taken along. By the table above its 2 of a hundred names would
 * be three years, its 8 homes ten months, its 12 numbers and 12 mailboxes more than two years, and its 5 jobs half a
 * year.
 *
 * Slips of the keyboard and missing values have nothing to do with time, see generate_damage.c. */
#include "generate.h"
#include "generate_people.h"

#include <math.h>

static const struct {
    double yearly, untold;
} shares[CHANGES] = {
    [NEW_NAME] = {0.007, 0.02},   [NEW_HOME] = {0.10, 0.08}, [NEW_PHONE] = {0.06, 0.12},
    [NEW_MAILBOX] = {0.05, 0.12}, [NEW_JOB] = {0.10, 0.05},
};

void people_set_years(struct world *world, double years)
{
    world->years = years;
    world->abroad = years < 0 ? 100 : 5;
    for (unsigned change = 0; change < CHANGES; change++) {
        double share = years < 0 ? shares[change].untold : 1 - pow(1 - shares[change].yearly, years);
        world->changed[change] = (unsigned)lround(share * 1e6);
    }
}

static bool happens(const struct world *world, uint64_t *state, enum change change)
{
    return random_below(state, 1000000) < world->changed[change];
}

/* Where it takes the person: the country, or NULL for any. */
static const struct land *choose_land(const struct world *world, uint64_t *state, const struct person *person)
{
    return world->abroad == 100 || random_below(state, 100) < world->abroad ? NULL : person->place.land;
}

void people_change(const struct world *world, uint64_t *state, struct person *person)
{
    if (happens(world, state, NEW_NAME))
        person->last = names_last(&world->names, state);
    if (happens(world, state, NEW_HOME))
        people_move(world, state, choose_land(world, state, person), &person->place);
    if (happens(world, state, NEW_PHONE))
        people_make_phone(state, person->place.land, true, &person->phone);
    if (happens(world, state, NEW_MAILBOX))
        people_make_email(world, state, NULL, person);
    if (happens(world, state, NEW_JOB)) {
        struct phone old = person->phone;
        people_employ(world, state, choose_land(world, state, person), person);
        if (world->years >= 0 && old.mobile)
            person->phone = old;
    }
}
