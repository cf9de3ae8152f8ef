/* Room: how much memory a linkage may take. Whoever takes a lot of it says so before, or as it grows; who set the limit
 * then makes room, or stops the linkage with an error. */
#ifndef CRM_ANALYSIS_LINK_ROOM_H
#define CRM_ANALYSIS_LINK_ROOM_H

#include <stddef.h>

#include "base/error.h"

struct link_room {
    /* taken: bytes that all steps so far hold and this one is about to, besides the records themselves. needed: what
     * the linkage will probably have taken in the end, rather too much than too little, for the message. -1: it is not
     * there. Only from the thread that began the linkage, and while no other one reads records. */
    int (*ask)(void *context, double taken, double needed, struct error *err);
    void *context;
};

/* room NULL: there is no limit. */
static inline int link_room_ask(const struct link_room *room, double taken, double needed, struct error *err)
{
    return room ? room->ask(room->context, taken, needed > taken ? needed : taken, err) : 0;
}

#endif
