/* The command line of crm-rfm. */
#ifndef CRM_ANALYSIS_RFM_COMMAND_H
#define CRM_ANALYSIS_RFM_COMMAND_H

#include "analysis/rfm_score.h"
#include "stream/common.h"
#include "stream/partial.h"

struct rfm_command {
    struct common common;
    const char *customer, *date, *amount, *order, *product, *recency, *frequency, *monetary;
    const char *date_format;
    const char *currency;
    const char *rates;
    bool customers; /* the input is a table of customers */
    enum rfm_returns returns;
    struct rfm_scoring scoring;
    struct rfm_range only[RFM_DIMENSIONS];
    const char *cuts;
    const char *save_cuts;
    const char *weights;
    const char *segments;
    bool check_segments;
    bool summary;
    const char *migration;
    bool tenure;
    size_t threads;
    size_t max_memory; /* bytes; 0: no limit */
    struct partial_choice parts;
};

/* Fills the command. 1: go on, with *first the first operand; 0: --help or --version was printed; -1: STATUS_USAGE.
 * Owns nothing: the texts stay in argv. */
int rfm_command_read(struct rfm_command *command, int argc, char **argv, int *first, struct error *err);

#endif
