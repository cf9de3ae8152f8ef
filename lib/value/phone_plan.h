/* Numbering plans, compiled for the plain path. Private to phone_*.c.
 *
 * One set of plans belongs to one reader, that is to one thread. A plan is compiled when a number first asks for it: a
 * few dozen microseconds and some kilobytes each. */
#ifndef CRM_VALUE_PHONE_PLAN_H
#define CRM_VALUE_PHONE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "value/phone.h"
#include "value/phone_metadata.h"
#include "value/phone_pattern.h"

#define PHONE_NUMBER_MAX 17 /* digits of a number without its calling code, as the library has it */

enum phone_plan_state {
    PLAN_UNREAD,
    PLAN_READY,
    PLAN_ODD, /* holds something the plain path does not know: numbers that need it go to the library */
};

struct phone_plan {
    enum phone_plan_state state;
    char region[3]; /* "DE", or "" for a calling code of no region */
    char calling_code[4];
    uint8_t calling_code_len;
    uint16_t code;                /* the same as a number */
    uint16_t sibling;             /* the next region of this calling code, as number + 1; 0: the last */
    bool leads;                   /* has a pattern `leading` */
    struct slice metadata;        /* borrowed */
    struct phone_pattern leading; /* in phone_plans.leading */
    /* PLAN_READY only: */
    struct phone_program program; /* of the next two */
    struct phone_pattern idd;
    struct phone_pattern trunk;
    bool has_idd;
    bool has_trunk;
    bool mobile_like_fixed;
    char trunk_text[8]; /* the rule, without the group at its end */
    uint8_t trunk_text_len;
    uint8_t trunk_group;                            /* the group's number, 1 or 2; 0: no rule */
    uint16_t kinds_by_length[PHONE_NUMBER_MAX + 1]; /* bit k: a number of enum phone_kind k may have so many digits */
    uint32_t lengths;
    uint32_t local_lengths;
    struct phone_automaton kinds; /* matches are bits by enum phone_kind */
};

#define PHONE_REGIONS (26 * 26)

struct phone_plans {
    struct phone_plan *plans; /* in the metadata's order */
    size_t count;
    size_t capacity;
    struct phone_program leading;
    uint16_t by_region[PHONE_REGIONS]; /* number + 1; 0: none */
    uint16_t by_code[1000];            /* the main region's; 0: none */
};

/* Lists the plans in the metadata, which stays borrowed. 0 or -1; phone_plans_fini() in any case. */
int phone_plans_init(struct phone_plans *plans, struct slice metadata, struct error *err);
void phone_plans_fini(struct phone_plans *plans);

/* NULL when there is none. What they give is compiled: PLAN_READY or PLAN_ODD. -1 out of memory. */
int phone_plan_by_region(struct phone_plans *plans, const char *region, struct phone_plan **plan, struct error *err);
int phone_plan_by_code(struct phone_plans *plans, unsigned code, struct phone_plan **plan, struct error *err);

/* Compiles a plan. 0 or -1. */
int phone_plan_compile(struct phone_plan *plan, struct error *err);

/* A region's place in by_region, or -1 when it is not two capital letters. */
int phone_region_place(const char *region);

/* Whether a number's length is that of a plan's numbers: phonenumberutil.cc, TestNumberLength(). */
enum phone_length { LENGTH_FITS, LENGTH_LOCAL, LENGTH_TOO_SHORT, LENGTH_TOO_LONG, LENGTH_BETWEEN };
enum phone_length phone_plan_length(const struct phone_plan *plan, size_t digits);

#endif
