/* The steps of a compiled pattern. Private to phone_pattern.c and phone_automaton.c. */
#ifndef CRM_VALUE_PHONE_STEPS_H
#define CRM_VALUE_PHONE_STEPS_H

#define ALL_DIGITS 0x3ffU

enum phone_step_kind {
    STEP_DIGIT, /* one of the digits in value */
    STEP_SPLIT, /* first, and if that leads nowhere other */
    STEP_JUMP,
    STEP_OPEN,  /* a capturing group begins, */
    STEP_CLOSE, /* and ends */
    STEP_END,   /* only behind the last digit */
    STEP_MATCH, /* pattern number value matches */
};

#endif
