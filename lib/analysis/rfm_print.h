/* RFM in print: results as records, and the notes on how they came about. The columns are described in crm-rfm(1). */
#ifndef CRM_ANALYSIS_RFM_PRINT_H
#define CRM_ANALYSIS_RFM_PRINT_H

#include "analysis/rfm_report.h"
#include "analysis/rfm_score.h"
#include "analysis/rfm_segment.h"
#include "stream/common.h"

struct rfm_print {
    const struct rfm_table *table; /* scored, with segments */
    const struct rfm_segments *segments;
    const struct rfm_weights *weights; /* NULL: no weighted score */
    bool tenure;                       /* first_date, tenure_days */
    bool products;
    size_t threads; /* that make rows of customers; 0 and 1: the caller's */
};

/* Each opens output (output_open(), stream may be NULL), and writes all rows; the caller finishes and frees it. */
int rfm_print_customers(const struct rfm_print *print, const struct common *common, const struct stream *stream,
                        struct output *output, struct error *err);
int rfm_print_summary(const struct rfm_print *print, const struct common *common, const struct stream *stream,
                      struct output *output, struct error *err);
int rfm_print_migration(const struct rfm_migration *migration, const struct common *common, const struct stream *stream,
                        struct output *output, struct error *err);
/* A row per segment of the table: segment,cells,reached,taken_by; *flawed when one can never be reached. */
int rfm_print_check(const struct rfm_segments *segments, const struct common *common, struct output *output,
                    bool *flawed, struct error *err);

/* One line per segment that can never be reached, one on the cells left to the others. -1: out of memory. */
int rfm_note_coverage(const struct rfm_segments *segments, const char *file, struct error *err);
/* One line per dimension in which scores are missing. */
void rfm_note_spread(const struct rfm_table *table, const struct rfm_spread spread[RFM_DIMENSIONS]);
/* One line on the analysis date, one per dimension on its cuts. */
void rfm_note_cuts(const struct rfm_table *table, const struct rfm_cuts *cuts);

#endif
