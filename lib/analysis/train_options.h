/* The command line of crm-train. */
#ifndef CRM_ANALYSIS_TRAIN_OPTIONS_H
#define CRM_ANALYSIS_TRAIN_OPTIONS_H

#include "analysis/train.h"
#include "stream/common.h"

struct train_command {
    struct common common;
    struct train_options table;
    struct option_list features, drop, allow; /* names, taken apart at commas; owned */
    struct train_method method;
    const char *update; /* a model */
    const char *report;
    bool method_given, penalty_given;
    bool to_rules;
    double points, base; /* with to_rules */
};

#define TRAIN_FOLDS 5
#define TRAIN_SEED 20260101
#define TRAIN_POINTS 20
#define TRAIN_BASE 50
#define TRAIN_COMMAND_INIT                                                                                         \
    {                                                                                                              \
        .common = COMMON_INIT, .table = {.as_of = DAY_NONE}, .method = {.folds = TRAIN_FOLDS, .seed = TRAIN_SEED}, \
    }

/* 1: go on, with *first the first operand; 0: --help or --version was printed; -1: STATUS_USAGE. */
int train_command_read(struct train_command *command, int argc, char **argv, int *first, struct error *err);
void train_command_fini(struct train_command *command);

#endif
