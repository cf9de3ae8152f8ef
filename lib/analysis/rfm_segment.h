/* RFM segments: a name for every customer, from a table of score ranges read from top to bottom; the first that matches
 * wins, a customer that none matches belongs to the others.
 *
 * Built-in tables, all for 5 bins in each dimension:
 *   standard  the default: the ten names and limits that the R package rfm 0.3.0 documents, in its order. Of the 125
 *          cells of r x f x m every segment gets some and 10 are left to the others; the order matters, since all but
 *          Champions lose cells to those above (Need Attention 23 of its 27, to four others; rfm_segments_check()
 * tells). r      the default with the method r: the limits of that package's published example (its version 0.2), whose
 *          segments are reproduced to the customer. New Customers, Promising and Can't Lose Them are wholly behind
 *          segments above them and never occur, and 36 cells are left to the others.
 *   grid   the eleven names of Putler's grid, recency by the mean of the frequency and the monetary score. The
 *          published ranges are of a continuous scale from 0 to 5, where score s is the interval from s - 1 to s:
 *          "2-5" is above 2, up to 5. Read so (a mean of 2.5 is above 2) the ranges cover every cell, and with the
 *          narrower of two overlapping ones first (Can't Lose Them before At Risk, Hibernating before Lost) every
 *          segment gets cells. Read as scores from 1 to 5 with both ends included, four of the eleven never occur in
 *          the published order, and one in any.
 *
 * A table of one's own is JSON:
 *     {"segments": [{"name": "Champions", "r": [5, 5], "f": [5, 5], "m": [5, 5]},
 *                   {"name": "Big and new", "r": [4, 5], "fm": [3.5, 5], "monetary": ["1000", null]}],
 *      "others": "Others"}
 * Ranges include both ends; one that is absent means any. "r", "f", "m" are scores, "fm" the mean of the scores f and m
 * (whole or half numbers); "recency_days", "frequency", "monetary" are values, null leaving an end open; fractions are
 * strings so that they stay exact. */
#ifndef CRM_ANALYSIS_RFM_SEGMENT_H
#define CRM_ANALYSIS_RFM_SEGMENT_H

#include "base/arena.h"
#include "analysis/rfm.h"

struct rfm_score_range {
    int low;
    int high;
};

struct rfm_segment {
    struct slice name;
    struct rfm_score_range score[RFM_DIMENSIONS];
    struct rfm_score_range fm; /* of f + m, twice the mean */
    struct rfm_range value[RFM_DIMENSIONS];
};

struct rfm_segments {
    struct rfm_segment *items; /* owned; at most RFM_SEGMENTS_MAX */
    size_t count;
    struct slice others; /* the name of the segment numbered count */
    int bins[RFM_DIMENSIONS];
    struct arena names;
};
#define RFM_SEGMENTS_MAX 1000

/* "standard", "r", "grid", NULL */
extern const char *const rfm_segments_words[];

/* A built-in table. bins: those the scores were asked for. -1: STATUS_USAGE, no such table or not 5 bins; or out of
 * memory. On -1, here and below, nothing is to be freed. */
int rfm_segments_builtin(struct rfm_segments *segments, const char *word, const int bins[RFM_DIMENSIONS],
                         struct error *err);

/* Reads a table of one's own; name is the file's name for messages ("segments.json: segments[2].r: ..."). Unknown keys,
 * ranges that are empty or outside 1 .. bins, repeated names, and the names "(new)" and "(gone)" are errors,
 * STATUS_USAGE. */
int rfm_segments_read(struct rfm_segments *segments, struct slice text, const char *name,
                      const int bins[RFM_DIMENSIONS], struct error *err);

void rfm_segments_fini(struct rfm_segments *segments);

/* The number of a scored customer's segment, segments->count for the others; scale is the table's. */
size_t rfm_segment_of(const struct rfm_segments *segments, const struct rfm_customer *customer, int scale);
/* Sets every customer's segment; of a table on disk segments is borrowed as long as the table is there. */
void rfm_segment_customers(struct rfm_table *table, const struct rfm_segments *segments);
/* The name of a segment by its number, count included. */
struct slice rfm_segment_name(const struct rfm_segments *segments, size_t segment);

/* A table of segments judged over all cells, the combinations of r, f and m. A segment with limits on values takes only
 * part of a cell, so it takes none away from those below it. */
struct rfm_coverage_segment {
    size_t matches;  /* cells its score ranges hold */
    size_t gets;     /* of them, those that no segment above takes whole; 0: no customer can ever be in it */
    bool has_values; /* has limits on values */
};

struct rfm_coverage {
    struct rfm_coverage_segment *segments; /* one per segment, in order; owned */
    size_t *taken; /* taken[i * count + j]: cells that segment i matches and the segment j above it takes; owned */
    size_t count;
    size_t cells;  /* in all */
    size_t others; /* cells that no segment takes whole */
};

/* -1: out of memory. */
int rfm_segments_check(struct rfm_coverage *coverage, const struct rfm_segments *segments, struct error *err);
void rfm_coverage_fini(struct rfm_coverage *coverage);

#endif
