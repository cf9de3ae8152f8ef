/* Evaluation: how good a linkage is, measured on records of which it is known who is who.
 *
 *     pairwise     the clustering as the pairs that it puts together: right, wrong, missed
 *     B-cubed      the clustering as each record sees it
 *     blocking     the share of true pairs that are looked at at all, which nothing behind it can mend
 *     scored       the pairs as scored, before clustering, were they cut at one threshold or another
 *     calibration  whether of the pairs with a probability about .7 seven in ten are matches
 *
 * B-cubed is of Bagga and Baldwin, "Algorithms for Scoring Coreference Chains" (LREC 1998, workshop on linguistic
 * coreference); both measures of clusterings are compared in Menestrina, Whang and Garcia-Molina, "Evaluating Entity
 * Resolution Results" (PVLDB 3, 2010).
 *
 * Only pairs that may be one in the mode of the linkage count, and only rows whose entity is known take part. */
#ifndef CRM_ANALYSIS_LINK_TRUTH_H
#define CRM_ANALYSIS_LINK_TRUTH_H

#include "analysis/link_cluster.h"
#include "stream/common.h"
#include "stream/kept.h"

/* Which rows are one entity. */
struct link_truth {
    uint32_t *number; /* owned; by row: its entity, 1 .. entities; 0: unknown */
    uint32_t *rows;   /* owned; those known, entity by entity, ascending in each */
    size_t *starts;   /* owned; entity e is rows[starts[e - 1]] .. rows[starts[e] - 1] */
    size_t count;     /* rows */
    size_t known;     /* rows */
    size_t entities;
    enum link_mode mode;
    size_t split;   /* rows of the first list; 0 with LINK_WITHIN */
    uint64_t pairs; /* that are one entity, of those that may be one */
};

/* Copies the numbers of `count` < 2^32 rows: 0 or an entity; memory is taken for every number up to the largest. -1 out
 * of memory, with nothing to free. */
int link_truth_init(struct link_truth *truth, const uint32_t *numbers, size_t count, enum link_mode mode, size_t split,
                    struct error *err);
/* Numbers the values of a column, which is < kept->columns: equal bytes are one entity, blanks at the ends aside; an
 * empty, absent or null value is unknown. -1 out of memory, with nothing to free. */
int link_truth_read(struct link_truth *truth, const struct kept *kept, size_t column, enum link_mode mode, size_t split,
                    struct error *err);
void link_truth_fini(struct link_truth *truth);

/* Pairs, counted exactly. What nothing can be said of is NAN: 0 of 0. */
struct link_confusion {
    uint64_t true_positive;
    uint64_t false_positive;
    uint64_t false_negative;
};
double link_precision(const struct link_confusion *confusion); /* TP / (TP + FP) */
double link_recall(const struct link_confusion *confusion);    /* TP / (TP + FN) */
double link_f1(const struct link_confusion *confusion);        /* 2 TP / (2 TP + FP + FN) */

/* The pairs with a probability of at least a threshold. */
struct link_cut {
    double threshold;
    double mean_probability; /* what the model takes their precision for; NAN: there are none */
    struct link_confusion confusion;
};
#define LINK_CUTS 12 /* .01 .05 .1 .2 .3 .5 .7 .8 .9 .95 .99 .999 */

/* The pairs with a probability from tenth / 10, below (tenth + 1) / 10; 1 is in the last. */
struct link_tenth {
    double mean_probability; /* NAN: there are none */
    uint64_t matches;
    uint64_t others;
};
#define LINK_TENTHS 10

/* Starts as zero; each part is worked out by a call of its own, and printed when it was. */
struct link_evaluation {
    bool has_clusters;
    double threshold; /* of the clustering */
    struct link_confusion clusters;
    double cubed_precision, cubed_recall, cubed_f1; /* NAN: no row is known */
    bool has_blocking;
    struct link_confusion blocking; /* of the true pairs asked about: found, 0, not found */
    bool has_scored;
    struct link_cut cuts[LINK_CUTS];
    size_t cut_count;
    struct link_tenth tenths[LINK_TENTHS];
};

/* cluster: by row, numbers < clusters (as in struct link_clusters); threshold: what they were made at, to be printed.
 *
 * B-cubed is the mean over the known rows of the share of their cluster (precision), and of their entity (recall), that
 * is in both, the row itself included. Where rows of one list are no pairs of each other (LINK_ACROSS, the first list
 * of LINK_AGAINST), a row sees itself and the rows it may be paired with; with LINK_WITHIN this is the measure as
 * published. F1 is the harmonic mean. Time and memory are linear. -1 out of memory. */
int link_evaluate_clusters(struct link_evaluation *evaluation, const struct link_truth *truth, const uint32_t *cluster,
                           size_t clusters, double threshold, struct error *err);

/* The index is of the rows, mode and split of the truth. Asks about all true pairs when they are `most` at most;
 * otherwise `most` of them, one drawn from each of as many equal stretches of all, the same in every run. */
void link_evaluate_blocking(struct link_evaluation *evaluation, const struct link_truth *truth,
                            const struct link_index *index, uint64_t most);

/* Edges with a probability below `least` may be missing, and so thresholds below it are left out. What is missing
 * counts as not linked: recall is of all true pairs. The first tenth holds only what is there. */
void link_evaluate_edges(struct link_evaluation *evaluation, const struct link_truth *truth,
                         const struct link_edges *edges, const struct link_model *model, double least);

/* Opens output (output_open(), stream may be NULL) and writes all rows; the caller finishes and frees it. Columns:
 *
 *     measure    threshold           pairs  mean_probability  true_pos. false_pos. false_neg.  precision  recall  f1
 *     pairwise   of the clustering   x                        x         x          x           x          x       x
 *     b_cubed    of the clustering                                                             x          x       x
 *     blocking                                                x                    x                      x
 *     scored     x                   x      x                 x         x          x           x          x       x
 *     calibration  where it begins   x      x                 x         x                      x
 *
 * pairs are TP + FP; of calibration, true positives are those that are matches and precision is their share. What is
 * not known is empty (null in JSON); other numbers than counts have six decimals. */
int link_evaluation_print(const struct link_evaluation *evaluation, const struct common *common,
                          const struct stream *stream, struct output *output, struct error *err);

#endif
