/* The table of all that was tried: a row for each program and kind of trial, in memory that several processes share. */
#ifndef CRM_TESTS_TABLE_H
#define CRM_TESTS_TABLE_H

#include <stdio.h>

#include "verdict.h"

/* The kinds of trials: first the calls that fail (enum fault_kind), then these. */
enum {
    ROW_SHORT = FAULT_KINDS,
    ROW_LOST,
    ROW_INTERRUPTED,
    ROW_FULL,
    ROW_LIMIT,
    ROW_KILLED,
    ROW_ENDED,
    ROW_STREAMS,
    ROW_ITSELF, /* the scenario with nothing amiss */
    TABLE_ROWS
};

struct tally {
    atomic_long calls; /* that there were to be tried, of all scenarios; bytes for ROW_FULL and ROW_LIMIT */
    atomic_long verdicts[VERDICTS];
};

enum { TABLE_PROGRAMS = 16 };
struct table {
    char programs[TABLE_PROGRAMS][32]; /* "": no more; set before the table is shared */
    struct tally tallies[TABLE_PROGRAMS][TABLE_ROWS];
};

/* Filled in from then on by this process and all those it forks. */
struct table *table_new(void);

/* The number of the program of that name, added if need be. */
size_t table_program(struct table *table, const char *name);

long table_sum(const struct table *table, enum verdict verdict);
void table_print(const struct table *table, FILE *out);

#endif
