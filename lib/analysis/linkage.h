/* A linkage from beginning to end: plan, values, blocks, model, pairs, clusters. Each step can be looked at before the
 * next is taken. */
#ifndef CRM_ANALYSIS_LINKAGE_H
#define CRM_ANALYSIS_LINKAGE_H

#include "analysis/link_cluster.h"
#include "analysis/link_plan.h"
#include "analysis/link_train.h"
#include "stream/progress.h"

#define LINK_MAX_BLOCK 1000         /* rows of a block, unless told */
#define LINK_THRESHOLD 0.9          /* of probability, unless told */
#define LINK_THRESHOLD_ACROSS 0.5   /* with two clean lists, where each record has one other at most */
#define LINK_LEAST_PROBABILITY 1e-3 /* of pairs that are kept */
#define LINK_PAIRS_SHORT 5e6        /* pairs that are looked at in a short list, where there are so many */
#define LINK_SHORT_LIST 250000      /* records of one at most */
#define LINK_PAIRS_LONG 3e6         /* pairs that are looked at in a longer one, or for each record: */
#define LINK_PAIRS_EACH 3.0

struct linkage_settings {
    enum link_mode mode;
    enum link_preset preset;
    const char *fields;     /* as in link_plan_parse(); NULL: recognised */
    const char *block;      /* as in link_rules_parse(); NULL: chosen */
    struct slice model;     /* the text of a saved model; empty: one is learned */
    const char *model_file; /* its name, for messages */
    const bool *excluded;   /* by column; may be NULL */
    double threshold;       /* 0: as above */
    size_t max_block;       /* 0: LINK_MAX_BLOCK */
    size_t threads;
    enum progress_when progress;
    const struct link_room *room; /* borrowed; NULL: memory has no limit */
};

struct linkage {
    struct linkage_settings settings;
    struct link_plan plan;
    struct link_records records;
    struct link_choice choice; /* the rules; expected is 0 when they were told */
    struct link_index index;
    struct link_model model;
    struct link_model_setup setup; /* of a saved model */
    struct link_scorer scorer;
    struct link_comparer comparer; /* of the caller's thread */
    struct link_edges edges;
    struct link_clusters clusters;
    double all_pairs;
    uint64_t scored; /* pairs that were looked at */
};

void linkage_init(struct linkage *linkage, const struct linkage_settings *settings);
void linkage_fini(struct linkage *linkage);

/* names: of the columns of kept. split: rows of the first list. Plan and values. */
int linkage_fill(struct linkage *linkage, const struct slice *names, const struct kept *kept, size_t split,
                 struct error *err);
/* Blocks. */
int linkage_index(struct linkage *linkage, struct error *err);
/* The model, learned or read; and the pairs that may be matches. */
int linkage_score(struct linkage *linkage, struct error *err);
/* Appends the model as JSON. names: of the columns of kept. */
int linkage_save(const struct linkage *linkage, const struct slice *names, struct buffer *out, struct error *err);
/* Gives back the memory of the blocks, when no other step or report asks for them. */
void linkage_forget_blocks(struct linkage *linkage);
/* Clusters, at the threshold. */
int linkage_cluster(struct linkage *linkage, struct error *err);

/* Appends "first_name=+7.1 date_of_birth=+9.3 city=-1.2 ... prior=-16.9": what each field adds to the weight of a pair,
 * in bits. prior is what is left: how rare matches are, and how much likelier it is that the two are related. The sum
 * is log2(P / (1 - P)). */
int linkage_explain(struct linkage *linkage, size_t a, size_t b, struct buffer *out, struct error *err);

#endif
