/* A report of the pipeline in the making: what counts for which row, and the figures of a row.
 *
 * A report collects entries, one or more a deal, each with the value of --by and the key of the row it counts for. They
 * are put in order, and the entries of a row are summed up together, so that the memory for a row's figures is used
 * again. pipeline_print.h walks over them. */
#ifndef CRM_ANALYSIS_PIPELINE_TABLE_H
#define CRM_ANALYSIS_PIPELINE_TABLE_H

#include "analysis/pipeline.h"
#include "analysis/pipeline_options.h"
#include "analysis/spread.h"
#include "stream/row.h"

/* Keys that are no number of a stage, a period or a pair: of the first row and of the last. */
#define PIPELINE_KEY_FIRST INT32_MIN
#define PIPELINE_KEY_LAST INT32_MAX
#define PIPELINE_NO_VALUE INT32_MIN

struct pipeline_entry {
    uint32_t by;
    int32_t key;
    uint32_t deal;
    uint16_t part; /* what the deal counts as; the report's own */
    int32_t value; /* days; PIPELINE_NO_VALUE: not known */
};

enum { PIPELINE_SPREADS = 3 };

struct pipeline_table {
    const struct pipeline *pipeline; /* finished */
    const struct pipeline_command *command;
    struct pipeline_entry *entries; /* owned */
    size_t count, capacity;
    bool *always; /* owned: keys 0 .. always_count - 1 that have a row for each value of --by, whatever there is */
    size_t always_count;
    struct spread spreads[PIPELINE_SPREADS]; /* of the row; owned */
    int128 *amounts;                         /* of the row, at the pipeline's scale; owned, as is: */
    int128 *spare;
    size_t amount_count, amount_capacity, spare_capacity;
};

/* A report: its columns behind that of --by, and how they are filled. */
struct pipeline_kind {
    const char *const *keys;    /* names of the key's columns, NULL-terminated; none: each value of --by has one row */
    const char *const *columns; /* NULL-terminated */
    const char *const *extra;   /* the same: only with --history (aging), --quota (winrate); NULL: none */
    int (*collect)(struct pipeline_table *table, struct error *err);
    void (*name)(const struct pipeline_table *table, int32_t key, struct row *row); /* appends the cells of the key */
    /* Appends the cells of columns and extra. total: the entries are those of all rows, key has no meaning. */
    int (*figures)(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count, int32_t key,
                   bool total, struct row *row, struct error *err);
};

/* pipeline_stage_report.c, pipeline_rate_report.c, pipeline_forecast.c, pipeline_date_report.c */
extern const struct pipeline_kind pipeline_stages_kind, pipeline_aging_kind, pipeline_winrate_kind, pipeline_trend_kind,
    pipeline_velocity_kind, pipeline_forecast_kind, pipeline_slippage_kind, pipeline_times_kind;

void pipeline_table_init(struct pipeline_table *table, const struct pipeline *pipeline,
                         const struct pipeline_command *command); /* takes no memory yet */
void pipeline_table_fini(struct pipeline_table *table);

/* For collect(): an entry of the pipeline's deal of that number; keys 0 .. count - 1 for `always`, all false. -1: out
 * of memory. */
int pipeline_entry_add(struct pipeline_table *table, size_t deal, int32_t key, unsigned part, int32_t value,
                       struct error *err);
int pipeline_always(struct pipeline_table *table, size_t count, struct error *err);
/* By value of --by, key, and place in the input. */
void pipeline_table_sort(struct pipeline_table *table);

/* The key of a stage, and its cell. */
int32_t pipeline_stage_key(uint32_t stage);
void pipeline_name_stage(const struct pipeline_table *table, int32_t key, struct row *row);

/* later - earlier, or PIPELINE_NO_VALUE when one is DAY_NONE. */
int32_t pipeline_days(int32_t earlier, int32_t later);

/* --- figures --- */

/* Empties spreads and amounts. */
void pipeline_row_begin(struct pipeline_table *table);
/* PIPELINE_NO_VALUE is not added. */
int pipeline_spread_add(struct pipeline_table *table, int which, int32_t value, struct error *err);
/* With two decimals; the quantile i / n. */
void pipeline_row_mean(struct pipeline_table *table, int which, struct row *row);
void pipeline_row_quantile(struct pipeline_table *table, int which, unsigned i, unsigned n, struct row *row);

/* A deal's amount at the pipeline's scale. Sums of it: -1, STATUS_DATA, when it does not fit in 128 bits. */
int128 pipeline_amount(const struct pipeline *pipeline, const struct pipeline_deal *deal);
int pipeline_sum(int128 *sum, int128 amount, struct error *err);
/* sum += amount x probability, in 10^-9 of the unit. */
int pipeline_sum_weighted(int128 *sum, int128 amount, int64_t probability, struct error *err);
/* Keeps the amount for the median, when the deal has one. */
int pipeline_amount_add(struct pipeline_table *table, const struct pipeline_deal *deal, struct error *err);

/* Cells of money, empty when there is no column of amounts: a sum; a weighted one, if known, rounded to the scale of
 * amounts, at least 2; sum / count, the same; the median of the amounts kept, exact, at least 2 decimals. */
void pipeline_row_sum(const struct pipeline_table *table, int128 sum, struct row *row);
void pipeline_row_weighted(const struct pipeline_table *table, int128 sum, bool known, struct row *row);
int pipeline_row_average(const struct pipeline_table *table, int128 sum, size_t count, struct row *row,
                         struct error *err);
int pipeline_row_median(struct pipeline_table *table, struct row *row, struct error *err);

/* With four decimals, and with its limits. */
void pipeline_row_rate(double rate, struct row *row);
void pipeline_row_interval(uint64_t part, uint64_t whole, struct row *row);

#endif
