/* Examples: the evidence that a message can show. */
#ifndef CRM_VALUE_EXAMPLE_H
#define CRM_VALUE_EXAMPLE_H

#include <stdint.h>

#include "base/error.h"

/* The first value of its sort that was seen, shortened, and where: for messages. */
struct example {
    struct quote value;
    uint64_t line; /* 0: none was seen */
};

/* Remembers the first; further ones change nothing. */
static inline void example_set(struct example *example, struct slice text, uint64_t line)
{
    if (example->line)
        return;
    quote(&example->value, text);
    example->line = line;
}

#endif
