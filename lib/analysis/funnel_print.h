/* The reports of crm-funnel. */
#ifndef CRM_ANALYSIS_FUNNEL_PRINT_H
#define CRM_ANALYSIS_FUNNEL_PRINT_H

#include "analysis/funnel_feed.h"
#include "analysis/funnel_tally.h"
#include "stream/roles.h"
#include "stream/row.h"

struct funnel_print {
    const struct funnel_question *question;
    const struct funnel_feed *feed;
    struct output *output;
};

/* Each opens the output and writes the report. The cells are put in the order they are printed in: groups as they first
 * appeared, of a group its periods ascending. */
int funnel_print_tally(const struct funnel_print *print, struct funnel_tally *tally, struct error *err);
/* --report entities, --dropped, --converted. */
int funnel_print_entities(const struct funnel_print *print, struct error *err);
/* The same where the feed has kept the records: these, with columns added. */
int funnel_print_rows(const struct funnel_print *print, struct error *err);
/* Whether the list is to have it: all that began, or those of --dropped or --converted. */
bool funnel_print_is_listed(const struct funnel_print *print, const struct funnel_seen *seen);
int funnel_print_events(const struct funnel_print *print, struct error *err);

/* The reports of funnel_print_tally() that stand in files of their own. */
int funnel_print_compare(const struct funnel_print *print, struct funnel_tally *tally, struct error *err);
int funnel_print_curve(const struct funnel_print *print, struct funnel_tally *tally, struct error *err);
int funnel_print_histogram(const struct funnel_print *print, struct funnel_tally *tally, struct error *err);

/* For them: the columns a row of any cell begins with, and their fields. */
size_t funnel_print_names(const struct funnel_print *print, struct slice *names);
void funnel_print_key(const struct funnel_print *print, const struct funnel_cell *cell, struct row *row);
struct slice funnel_print_step(const struct funnel_print *print, int step, char room[32]);
/* A time in the unit of the options, with four decimals. */
void funnel_print_time(const struct funnel_print *print, double microseconds, struct row *row);

#endif
