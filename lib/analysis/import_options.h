/* The options of an import: how they are read from the command line. */
#ifndef CRM_ANALYSIS_IMPORT_OPTIONS_H
#define CRM_ANALYSIS_IMPORT_OPTIONS_H

#include "analysis/import.h"
#include "stream/common.h"

struct import_options {
    struct common common;
    struct import_settings settings;
    enum entity entity;
    bool table; /* --as table */
    struct option_list set;
    struct option_list empty;
    const char *map;
    const char *save_map;
    const char *report;
    const char *records; /* a path into JSON */
    bool fill_short;
    bool every_row;
    bool dry_run;
    bool list_profiles;
    bool dmy;
    bool mdy;
};

/* 1 to go on with *first the first operand, 0 when --help or --version was printed, -1. */
int import_options_read(struct import_options *options, int argc, char **argv, int *first, struct error *err);
void import_options_fini(struct import_options *options);

/* The rules that were said, by --set, --empty and --map. */
int import_options_map(const struct import_options *options, struct import_map *map, struct error *err);

#endif
