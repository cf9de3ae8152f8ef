/* The reports of crm-score: leads with their score, the highest of them, and what each rule gave. */
#ifndef CRM_ANALYSIS_SCORE_PRINT_H
#define CRM_ANALYSIS_SCORE_PRINT_H

#include "analysis/score_leads.h"

struct score_print {
    const struct score_leads *leads;
    struct output *output;
    size_t *shown; /* the columns of the input that are written: all that have not the name of a new one. Owned */
    size_t shown_count;
    struct field *fields; /* of a row that is explained. Owned */
    size_t added;         /* columns behind those of the input */
    bool *copied;         /* for each input: its rows can be written as they stand. Owned */
    struct arena arena;   /* of a row */
    struct slice *names;  /* of the columns of the output. Owned */
    size_t name_count;
    struct arena name_arena;
};

/* Opens the output, but not with --partial, with its columns: those of the input, then score, fit, engagement, grade,
 * lifecycle_stage, temperature, probability, those of checklists, reasons; or those of --explain. */
int score_print_open(struct score_print *print, const struct score_leads *leads, struct output *output,
                     struct error *err);
void score_print_fini(struct score_print *print);

/* What is written of a lead. */
struct score_row {
    struct field *fields; /* all; or, of a row that is copied, those that are added */
    struct slice copied;  /* the text of the columns of the input; empty: they are in fields */
};

/* Makes the row of the lead that the desk has scored last. The record must stay; all else is in the arena. -1: out of
 * memory. Any thread may do this, each with a desk and an arena of its own. */
int score_print_make(const struct score_print *print, const struct score_desk *desk, const struct record *record,
                     struct arena *arena, struct score_row *row);
/* writer: that of the output, or a part of it (writer_part()). */
int score_print_put(const struct score_print *print, struct writer *writer, const struct score_row *row,
                    struct error *err);

/* Both at once; or, with --explain, a row for each rule. */
int score_print_lead(struct score_print *print, const struct score_desk *desk, const struct record *record,
                     struct error *err);

#endif
