/* A run of crm-train: leads in, a model or a rule file out, and what there is to say about it. */
#ifndef CRM_ANALYSIS_TRAIN_RUN_H
#define CRM_ANALYSIS_TRAIN_RUN_H

#include "analysis/train_options.h"

/* Reads the stream whole, learns and writes. */
int train_run(const struct train_command *command, struct stream *stream, struct error *err);

#endif
