/* The programs there are, for `crm`, which lists and starts them, and for its completion. */
#ifndef CRM_BASE_PROGRAMS_H
#define CRM_BASE_PROGRAMS_H

struct program_entry {
    const char *name; /* "rfm": the program is crm-rfm */
    const char *what; /* it does, in a few words */
};

/* In the order in which work goes through them; the last has no name. */
extern const struct program_entry programs[];

/* The other pages of the manual, in the same form: "fields" is crm-fields(5). */
extern const struct program_entry manual_pages[];

/* The name of a program that was probably meant, or NULL. */
const char *programs_likely(const char *name);

#endif
