/* What the parts of `generate` share: numbers by chance, the same on every machine, and days. */
#ifndef GENERATE_H
#define GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014), in Vigna's form. */
static inline uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform in [0, 1): 53 bits, exact in a double. */
static inline double random_unit(uint64_t *state)
{
    return (double)(random_next(state) >> 11) * 0x1p-53;
}

/* Below n, which is small. */
static inline unsigned random_below(uint64_t *state, size_t n)
{
    return (unsigned)(((random_next(state) >> 32) * n) >> 32);
}

enum { CALENDAR_DAYS = 1096 };

struct day {
    int year, month, day;
};

/* The days from 2023-01-01 to 2025-12-31. */
void fill_days(struct day days[CALENDAR_DAYS]);

/* In which way: see generate_orders.c. */
enum order_form { ORDERS_PLAIN, ORDERS_JSON, ORDERS_NAMED, ORDERS_QUOTED };

/* Writes `rows` orders to standard output; -1 if it could not be written, and errno. */
int write_orders(long rows, uint64_t seed, enum order_form form);

/* Instead of a number of years. */
#define YEARS_UNTOLD (-1.0)

/* Writes `rows` contacts with duplicates among them to standard output; -1 if it could not be written, and errno.
 * `years`, 0 to 50 or YEARS_UNTOLD, lie between one record of a person and the next: see generate_change.c. */
int write_people(long rows, uint64_t seed, double years);

/* Writes `rows` leads as CSV or JSON Lines, or as many events of half as many leads, to standard output; -1 as above.
 * See generate_leads.c. */
int write_leads(long rows, uint64_t seed, bool json);
int write_lead_events(long rows, uint64_t seed);
/* Writes as many events of a shop's visitors, see generate_events.c. */
int write_events(long rows, uint64_t seed);

#endif
