/* RFM cuts: the points that separate the scores of a dimension, and the JSON file that keeps them from one run to the
 * next.
 *
 *     {
 *       "method": "quantile",
 *       "ties": "low",
 *       "as_of": "2006-12-31",
 *       "recency_days": {"bins": 5, "cuts": ["114", "180", "296.4", "481"]},
 *       "frequency": {"bins": 5, "cuts": ["3", "4", "5", "7"]},
 *       "monetary": {"bins": 5, "cuts": ["254.8", "381", "505.4", "665"]}
 *     }
 *
 * Cuts ascend, two may be equal; they are strings so that they stay exact (whole numbers may also be numbers). A file
 * written by hand needs no method, as_of and bins; ties is "low" (default) or "high", see rfm_score.h. as_of says what
 * the cuts were computed from and is not used. */
#ifndef CRM_ANALYSIS_RFM_CUTS_H
#define CRM_ANALYSIS_RFM_CUTS_H

#include "analysis/rfm.h"
#include "base/buffer.h"

enum rfm_method { RFM_QUANTILE, RFM_R, RFM_RANK, RFM_NESTED, RFM_KMEANS, RFM_CUTS };
enum rfm_ties { RFM_TIES_DEFAULT, RFM_TIES_LOW, RFM_TIES_HIGH, RFM_TIES_ORDER, RFM_TIES_MEAN };

/* "quantile", "r", "rank", "nested", "kmeans", "cuts", NULL: in the order of the enum, for option_choice() */
extern const char *const rfm_method_words[];
/* "default", "low", "high", "order", "mean", NULL */
extern const char *const rfm_ties_words[];

#define RFM_BINS_MAX 9

struct rfm_cut {
    int128 units; /* the cut is units / 10^scale */
    int scale;    /* 0 .. RFM_CUT_SCALE_MAX */
};
#define RFM_CUT_SCALE_MAX (DECIMAL_MAX_SCALE + 3)

struct rfm_cut_list {
    int count;                             /* 0 .. RFM_BINS_MAX - 1; the bins are one more */
    struct rfm_cut cuts[RFM_BINS_MAX - 1]; /* ascending, two may be equal */
};

struct rfm_cuts {
    enum rfm_method method;
    enum rfm_ties ties; /* RFM_TIES_LOW or RFM_TIES_HIGH */
    int32_t as_of;      /* DAY_NONE: not known */
    struct rfm_cut_list lists[RFM_DIMENSIONS];
};

/* Reads a list of cuts, "115,181,297.4,482". -1: STATUS_USAGE. */
int rfm_cut_list_parse(struct rfm_cut_list *list, struct slice text, struct error *err);

/* Reads the text of a cuts file; name is its name for messages ("cuts.json: frequency.cuts[2]: not ascending: '3'").
 * -1: STATUS_USAGE when anything in it is not as it should be, or out of memory. */
int rfm_cuts_read(struct rfm_cuts *cuts, struct slice text, const char *name, struct error *err);

/* -1 with STATUS_USAGE: the method has no cuts. */
int rfm_cuts_check(enum rfm_method method, struct error *err);

/* Appends the text of a cuts file. -1: STATUS_USAGE for cuts of the methods rank and nested, which have none (a rank
 * depends on all other customers); STATUS_DATA for those of a table without customers; out of memory. */
int rfm_cuts_write(const struct rfm_cuts *cuts, struct buffer *text, struct error *err);

/* The number of different cuts. */
int rfm_cuts_distinct(const struct rfm_cut_list *list);

#endif
