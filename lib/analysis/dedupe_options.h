/* The options of crm-dedupe: how they are read from the command line. */
#ifndef CRM_ANALYSIS_DEDUPE_OPTIONS_H
#define CRM_ANALYSIS_DEDUPE_OPTIONS_H

#include "analysis/linkage.h"
#include "stream/common.h"

/* What is written. */
enum dedupe_report {
    DEDUPE_ANNOTATE, /* every record, with its cluster */
    DEDUPE_CLUSTERS, /* the records of clusters of two or more, cluster by cluster */
    DEDUPE_PAIRS,    /* the pairs over the threshold */
    DEDUPE_MERGE,    /* one best record of each cluster */
    DEDUPE_UNIQUE,   /* the first record of each cluster, as it is */
    DEDUPE_BLOCKS,   /* what blocking would look at; nothing is scored */
    DEDUPE_TRUTH,    /* how well known clusters are found */
};

struct dedupe_options {
    struct common common;
    struct linkage_settings settings;
    enum dedupe_report report;
    const char *keys;
    struct option_list except;
    const char *rules;
    struct option_list excluded;
    const char *id;
    const char *model; /* files */
    const char *save_model;
    const char *link;
    const char *against;
    const char *truth;
    bool explain;
    double below;      /* --pairs: only those less probable; 0: all */
    size_t max_memory; /* bytes; 0: no limit */
    const char *survivorship;
    struct option_list survivors;
    const char *recent_by;
    const char *provenance;
    const char *undo_log;
    const char *undo;
    size_t undo_input;
    const char *undo_folder;
    size_t undo_cluster;
    bool undo_logged;
    unsigned reports; /* how many of --annotate ... were given */
};

/* 1 to go on with *first the first operand, 0 when --help or --version was printed, -1. */
int dedupe_options_read(struct dedupe_options *options, int argc, char **argv, int *first, struct error *err);
void dedupe_options_fini(struct dedupe_options *options);

#endif
