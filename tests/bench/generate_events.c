/* A log of what visitors of a shop do, in the order of time: entity_id,event,occurred_at,channel; about 45 bytes a row.
 * There is a visitor for every ten rows, who comes again and again within the thirty days of the log. One event in
 * seven is of no step. The later a step of a purchase, the rarer it is: visit, view, cart, checkout, order. */
#include <stdio.h>
#include <time.h>

#include "generate.h"

enum { LOG_SECONDS = 30 * 86400 };

int write_events(long rows, uint64_t seed)
{
    /* of 64 events so many are each */
    static const struct {
        const char *name;
        unsigned share;
    } events[] = {{"visit", 20}, {"view", 14}, {"cart", 9}, {"checkout", 7}, {"order", 5}, {"scroll", 9}};
    static const char *const channels[] = {"ads", "search", "mail", "direct"};
    const time_t start = 1767225600; /* 2026-01-01T00:00:00Z */
    uint64_t state = seed;
    size_t entities = (size_t)rows / 10 + 1;
    char text[32] = "";
    time_t written = -1;

    puts("entity_id,event,occurred_at,channel");
    for (long row = 0; row < rows; row++) {
        time_t now = start + (time_t)((double)row / (double)rows * LOG_SECONDS);
        unsigned dice = random_below(&state, 64);
        size_t event = 0;
        size_t entity = (size_t)(random_unit(&state) * (double)entities);
        if (now != written) {
            struct tm tm;
            gmtime_r(&now, &tm);
            strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
            written = now;
        }
        for (; dice >= events[event].share; event++)
            dice -= events[event].share;
        if (printf("V%07zu,%s,%s,%s\n", entity, events[event].name, text, channels[entity % COUNT(channels)]) < 0)
            return -1;
    }
    return 0;
}
