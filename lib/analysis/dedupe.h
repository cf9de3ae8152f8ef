/* Deduplication: the records of all inputs, kept, and which of them are one. */
#ifndef CRM_ANALYSIS_DEDUPE_H
#define CRM_ANALYSIS_DEDUPE_H

#include "analysis/dedupe_options.h"
#include "analysis/link_keys.h"
#include "analysis/link_rules.h"
#include "analysis/undo.h"

struct dedupe {
    const struct dedupe_options *options;
    struct stream *stream;
    struct undo_log *undo; /* NULL: none is written */
    char **paths;          /* owned array: the master first, or the other list last */
    size_t path_count;
    struct kept kept;
    struct link_room room; /* of --max-memory */
    struct slice *names;   /* owned array, of the columns */
    bool *excluded;        /* owned, by column */
    size_t split;          /* rows of the first list */
    size_t id;             /* the column that names a record, or COLUMN_ABSENT */
    size_t truth;          /* the column of --truth, or COLUMN_ABSENT */
    size_t *shown;         /* owned array, of columns: those that are written; all but those that are made anew */
    size_t shown_count;
    struct buffer model; /* the text of a saved model */
    struct linkage linkage;
    struct link_match_keys keys;   /* of --keys */
    struct link_match_rules rules; /* of --rules */
    struct link_joined joined;     /* of either */
    float *certain;                /* owned; the probabilities of records joined by either: 1, or none */
};

/* Reads all records. operands: NULL-terminated, of the command line. */
int dedupe_read(struct dedupe *dedupe, const struct dedupe_options *options, char **operands, struct error *err);
void dedupe_fini(struct dedupe *dedupe);

/* Takes in all records, by several threads where that may be; of dedupe_read(). */
int dedupe_keep(struct dedupe *dedupe, struct error *err);
/* Once the columns are known: what --max-memory says. */
void dedupe_limit(struct dedupe *dedupe);
/* One line on standard error, when records went to a temporary file. */
void dedupe_tell_memory(const struct dedupe *dedupe);

/* Which record is in which cluster: what the reports need, of a linkage, of keys or of rules. */
struct dedupe_result {
    const uint32_t *cluster;  /* by row, from 0 in order of first rows */
    const float *probability; /* by row; NAN: none */
    size_t count;             /* clusters */
    const uint32_t *matched;  /* by row, the keys or rules that joined it; NULL: there are none */
};

/* Finds the column that names a record; for rules also plan and values, for statistics blocks too. */
int dedupe_prepare(struct dedupe *dedupe, struct error *err);

/* Finds the clusters by keys, by rules, or by statistics. The result is valid until dedupe_fini(). */
int dedupe_find(struct dedupe *dedupe, struct dedupe_result *result, struct error *err);

/* Appends the keys or rules that joined a record. */
int dedupe_print_matched(const struct dedupe *dedupe, uint32_t matched, struct buffer *out);

/* The columns that are written, when those of these names are added: the ones of an earlier run give way to them. Says
 * which. */
int dedupe_show(struct dedupe *dedupe, const struct slice *added, size_t count, struct error *err);
bool dedupe_is_shown(const struct dedupe *dedupe, size_t column);

/* The first row that is written, and the one behind the last: with --against the master is not. */
size_t dedupe_first_row(const struct dedupe *dedupe);

/* "42", for a record that is named by its id, or by its number in its input. */
struct field dedupe_name_of(const struct dedupe *dedupe, size_t row, struct field *fields, char number[24]);

#endif
