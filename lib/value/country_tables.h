/* Names of countries in daily use that ICU does not have. For country.c. */
#ifndef CRM_VALUE_COUNTRY_TABLES_H
#define CRM_VALUE_COUNTRY_TABLES_H

#include <stddef.h>

struct country_names {
    char code[3];
    const char *names; /* separated by '|' */
};

extern const struct country_names country_names[];
extern const size_t country_names_count;

/* What may mean several countries, separated by '|': no answer. */
extern const char country_ambiguous[];

#endif
