/* Cohorts from the inside: the state, and the lives that are taken out of it at the end. Private to cohort*.c that
 * compute (state, bits, rows, tally, table, period).
 *
 * A position is where an activity lies on the customer's way: in calendar windows the index of its period; in rolling
 * ones its time. A slot is where it counts: an age, or with brackets the number of a bracket. */
#ifndef CRM_ANALYSIS_COHORT_PARTS_H
#define CRM_ANALYSIS_COHORT_PARTS_H

#include "analysis/cohort.h"

/* Periods, ages and brackets (cohort_period.c). */

int32_t cohort_period_of(const struct cohort_rules *rules, enum cohort_period period, int32_t day, int32_t hour);
/* The first day of the period, of an hour its day. */
int32_t cohort_period_first_day(const struct cohort_rules *rules, enum cohort_period period, int32_t index);
/* Microseconds of a rolling period. */
int64_t cohort_period_length(enum cohort_period period);
/* Whether every one of the rules' periods lies in one period of its cohorts. */
bool cohort_periods_nest(const struct cohort_rules *rules);

/* The slot of an age, -1: none. The last slot that has begun when the age has; that is complete when the age is. */
int32_t cohort_slot(const struct cohort_rules *rules, int64_t age);
int32_t cohort_slot_begun(const struct cohort_rules *rules, int64_t age);
int32_t cohort_slot_complete(const struct cohort_rules *rules, int64_t age);

/* The compact state (cohort_bits.c): a bit for each calendar period. */

#define COHORT_NO_START INT32_MIN

#define COHORT_OWN 4 /* words: with the rest of the member 40 bytes, an entry of the table is then one cache line */

/* Of a customer. Periods outside those of its own words, which begin at `base`, are in further words, chained. */
struct cohort_member {
    uint64_t own[COHORT_OWN]; /* returns, relative to base; when starts recur the second half is of starts */
    int32_t first_start;      /* a period, or COHORT_NO_START */
    uint32_t further;         /* 1 + the number of a word, 0: none */
};

/* Keyed by customer's number and place; periods base + 64 place .. + 63. */
struct cohort_word {
    uint64_t active, starts;
    uint32_t next; /* 1 + the number of the customer's next one, 0: none */
    int32_t place;
};

#define COHORT_DAYS 1024 /* a power of two: days whose period is remembered */
struct cohort_day {
    int32_t day, period;
};

struct cohort_bits {
    struct group_table words;
    int32_t base;
    bool has_base;
};

/* The full state (cohort_rows.c): all rows. */

/* A row; what only some measures need stands behind it, so that one look into memory finds all of it. */
struct cohort_mark {
    int64_t time_and_scale; /* time * 32 + scale of the amount: the years 1 to 9999 take 58 bits and a sign */
    uint32_t customer;
    uint32_t hour;   /* since DAY_MIN, and the flags */
    int64_t extra[]; /* with amounts their units; with order ids 64 bits of the hash, 0: without */
};

static inline int64_t cohort_mark_time(const struct cohort_mark *mark)
{
    return mark->time_and_scale >> 5; /* down, also below zero */
}

static inline int cohort_mark_scale(const struct cohort_mark *mark)
{
    return (int)(mark->time_and_scale & 31);
}

#define COHORT_STARTS 0x80000000u
#define COHORT_RETURNS 0x40000000u
#define COHORT_HOUR_BITS 0x3fffffffu

enum { COHORT_CHUNK_BITS = 16, COHORT_CHUNK = 1 << COHORT_CHUNK_BITS };

/* Of a customer: its entry, the first of its starts. */
struct cohort_entrant {
    int64_t time;
    int32_t period; /* 0 in rolling windows */
    uint32_t hour;  /* as in a mark, without flags */
    uint32_t group;
    uint32_t rows;
    bool started;
};

struct cohort_rows {
    char **chunks; /* of marks; owned */
    size_t size;   /* of a mark with what stands behind it */
    size_t chunk_count, chunk_capacity;
    uint32_t count;
    struct group_table groups; /* values of entries */
    uint64_t seed;             /* of the hashes of orders */
    int scale;                 /* the largest */
};

struct cohort {
    struct cohort_rules rules;
    enum cohort_measure measure;
    bool compact;
    struct group_table customers; /* cohort_member or cohort_entrant */
    struct cohort_bits bits;
    struct cohort_rows rows;
    int64_t first_start, latest; /* positions: of all starts the first, of all rows the last; INT64_MAX, INT64_MIN */
    size_t limit;                /* bytes that the state may take; 0: any */
    int level;                   /* 0; of a part of a spilled state one more than that state's */
    struct spill *spill;         /* NULL: the limit has not been reached. Owned, as is: */
    uint64_t *places;            /* of each customer of a part, as in a life; NULL: their numbers */
    size_t place_capacity;
    uint64_t row_count, rows_before; /* rows added, and before the limit was reached */
    struct cohort_day days[COHORT_DAYS];
};

/* The calendar period of a row. */
int32_t cohort_row_period(struct cohort *cohort, int32_t day, int32_t hour);
/* Notes the position of a row. */
static inline void cohort_note(struct cohort *cohort, int64_t position, bool starts)
{
    if (position > cohort->latest)
        cohort->latest = position;
    if (starts && position < cohort->first_start)
        cohort->first_start = position;
}

static inline struct cohort_mark *cohort_row_at(const struct cohort_rows *rows, uint32_t number)
{
    char *chunk = rows->chunks[number >> COHORT_CHUNK_BITS];

    return (struct cohort_mark *)(void *)(chunk + (number & (COHORT_CHUNK - 1)) * rows->size);
}

/* Spilling (cohort_spill.c). */

/* Before so many rows are added: sees to the limit. */
int cohort_spill_check(struct cohort *cohort, size_t count, struct error *err);
/* Rows of a state that has rows, once it has spilled. */
int cohort_spill_rows(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err);
/* Calls visit for the state, or if it has spilled, for each of its parts as a state of its own, which has all of its
 * customers. A part has the groups of the whole, none of the bounds. Ends at the first that does not return 0. */
typedef int cohort_part_visitor(void *context, const struct cohort *part, struct error *err);
int cohort_visit_parts(struct cohort *cohort, cohort_part_visitor *visit, void *context, struct error *err);

int cohort_bits_add(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err);
int cohort_bits_merge(struct cohort *into, const struct cohort *from, struct error *err);
/* The words of a customer that may hold anything, ascending, in an array that grows. -1: out of memory. */
struct cohort_placed_word {
    int64_t first; /* period of its lowest bit */
    uint64_t active, starts;
};
int cohort_bits_words(const struct cohort *cohort, const struct cohort_member *member,
                      struct cohort_placed_word **words, size_t *count, size_t *capacity);
/* For those who fill a state otherwise: a period near the middle of all, before the first word (nothing happens when
 * there is one already); the customer, or NULL; its first start; a word of bits from the period `first`
 * on, -1: out of memory. */
void cohort_bits_choose_base(struct cohort *cohort, int32_t period);
struct cohort_member *cohort_bits_member(struct cohort *cohort, struct slice customer, uint64_t hash);
void cohort_bits_note_start(struct cohort_member *member, int32_t period);
int cohort_bits_add_word(struct cohort *cohort, struct cohort_member *member, int64_t first, uint64_t active,
                         uint64_t starts);
int cohort_rows_add(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err);
int cohort_rows_merge(struct cohort *into, const struct cohort *from, struct error *err);
void cohort_rows_fini(struct cohort_rows *rows);
/* The numbers of all rows, customer by customer, in the order of the input; begin[i]: where those of the i-th customer
 * begin, and of the last where they end. Both to be freed, also after -1, out of memory. */
int cohort_rows_arrange(const struct cohort *cohort, uint32_t **begin, uint32_t **order);
/* A row that starts or returns, without its texts: as in a mark. */
struct cohort_arrival {
    int64_t time_and_scale;
    int64_t extra[2];
    uint32_t hour;
};
/* What a row is, its bounds noted. */
struct cohort_arrival cohort_rows_arrive(struct cohort *cohort, const struct cohort_row *row);
/* Adds it to the rows of a customer. */
int cohort_rows_put(struct cohort *cohort, struct cohort_entrant *entrant, const struct cohort_arrival *arrival,
                    struct slice group, struct error *err);
/* A start that may be the customer's first, with the value of its row. */
int cohort_rows_note_entry(struct cohort *cohort, struct cohort_entrant *entrant, const struct cohort_entrant *start,
                           struct slice group, struct error *err);

/* The tally (cohort_tally.c): lives added up in the cells of their cohorts. */

/* What a life brought in a slot. */
struct cohort_spot {
    int32_t slot;
    bool active;
    uint64_t orders;
    struct decimal_sum revenue;
};

/* A customer from one of its entries on. */
struct cohort_life {
    int32_t cohort;          /* the index of its period, or the number of its group */
    uint64_t place;          /* of the customer in the order of first appearance: ascending, not without gaps */
    int32_t begun, complete; /* last slots, as they are without a limit of ages; -1: none */
    const int32_t *slots;    /* active, ascending; without brackets the first is 0 */
    size_t count;
    const struct cohort_spot *spots; /* ascending; with amounts or orders */
    size_t spot_count;
};

struct cohort_tally {
    const struct cohort *cohort;
    struct cohort_table *table;
    int64_t end;
    int32_t begun, complete;    /* the last calendar periods that have, as of the analysis date */
    size_t columns;             /* at most */
    size_t capacity;            /* of table->lines */
    struct survival *survivals; /* of each line, when asked for; owned, as are the others */
    size_t survival_capacity;
    struct survival everybody;
    struct group_table numbers; /* of lines, by life.cohort */
    const int32_t *quantile_of; /* of each group, or NULL */
};

void cohort_tally_init(struct cohort_tally *tally, const struct cohort *cohort, struct cohort_table *table);
void cohort_tally_fini(struct cohort_tally *tally);
int cohort_tally_add(struct cohort_tally *tally, const struct cohort_life *life, struct error *err);
/* From what was added to what the cells are to hold, in all lines. */
int cohort_tally_finish(struct cohort_tally *tally, double z, struct error *err);

/* Every life of every customer into the tally; customers without one are counted in the table. */
int cohort_bits_walk(struct cohort_tally *tally, struct error *err);
int cohort_rows_walk(struct cohort_tally *tally, struct error *err);

/* Quantiles (cohort_quantile.c). */

struct cohort_range {
    struct decimal low, high; /* the least and the greatest value in it */
};

/* The quantile (0, 1, ...) of each value of the entries, rules.quantiles of one that is no number: rows.groups.count of
 * them, to be freed; ranges: room for rules.quantiles, set where there are customers. */
int cohort_quantiles(struct cohort *cohort, int32_t **quantile_of, struct cohort_range *ranges, struct error *err);
/* "Q1: 0.5 to 12.99", "Q2: 13"; in the arena. */
int cohort_quantile_name(const struct cohort_range *range, int32_t quantile, struct arena *arena, struct slice *name,
                         struct error *err);

#endif
