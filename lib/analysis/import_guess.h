/* Guesses: what an import has concluded without being told, with its evidence.
 *
 * A conclusion that the data admits no other of (a date with a 25th month) is none. Everything else is noted here: said
 * with --verbose, listed in the report, and refused by a strict import, each with the option that would tell it. */
#ifndef CRM_ANALYSIS_IMPORT_GUESS_H
#define CRM_ANALYSIS_IMPORT_GUESS_H

#include "base/buffer.h"
#include "base/error.h"

struct import_guess {
    size_t input;
    const char *topic; /* "encoding", "delimiter", "entity", "column", ... */
    char what[240];
    char evidence[240];
    double confidence; /* 0 .. 1; 1: nothing speaks against it */
    char cure[240];    /* the option that tells it: "--encoding WINDOWS-1251" */
};

struct import_guesses {
    struct import_guess *items; /* owned */
    size_t count;
    size_t capacity;
};

void import_guesses_fini(struct import_guesses *guesses);

/* One more, to be filled in; NULL out of memory. */
struct import_guess *import_guesses_add(struct import_guesses *guesses, size_t input, const char *topic,
                                        double confidence);

/* "guessed encoding: WINDOWS-1251 (0.97): the words look Russian; --encoding WINDOWS-1251 tells it" */
int import_guess_describe(const struct import_guess *guess, struct buffer *text);

#endif
