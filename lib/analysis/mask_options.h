/* The command line of crm-mask: what is to become of which column. */
#ifndef CRM_ANALYSIS_MASK_OPTIONS_H
#define CRM_ANALYSIS_MASK_OPTIONS_H

#include "stream/common.h"
#include "value/date.h"

/* What becomes of a column. The last two say how a column of MASK_HASH is masked. */
enum mask_way {
    MASK_AS_IS,
    MASK_HASH,        /* --mask: tokens (mask_token.h) */
    MASK_BLANK,       /* --blank: no value */
    MASK_COARSE,      /* --coarse: the year, month or day of a date */
    MASK_DROP,        /* --drop: no column */
    MASK_FOLD,        /* --fold */
    MASK_KEEP_DOMAIN, /* --keep-domain */
};
/* By enum mask_way: "--mask"; that of MASK_AS_IS is "--keep". */
extern const char *const mask_way_options[];

struct mask_request {
    enum mask_way way;
    struct slice column; /* as given; points into argv */
    struct slice domain; /* of MASK_HASH */
    enum period period;  /* of MASK_COARSE */
};

struct mask_options {
    struct common common;
    struct mask_requests {
        struct mask_request *items; /* owned */
        size_t count, capacity;
    } requests;
    const char *key_file, *make_key;
    const char *prefix;
    size_t bits;
    const char *date_format;
    size_t threads;
};

/* 1: go on, with *first the first operand; 0: --help or --version was printed; -1: STATUS_USAGE. */
int mask_options_read(struct mask_options *options, int argc, char **argv, int *first, struct error *err);
void mask_options_free(struct mask_options *options);

/* Whether there is a request of that way. */
bool mask_options_have(const struct mask_options *options, enum mask_way way);

#endif
