/* Deduplication: the records of all inputs, kept, and which of them are one. */
#ifndef CRM_ANALYSIS_DEDUPE_H
#define CRM_ANALYSIS_DEDUPE_H

#include "analysis/dedupe_options.h"
#include "analysis/undo.h"

struct dedupe {
    const struct dedupe_options *options;
    struct stream *stream;
    struct undo_log *undo; /* NULL: none is written */
    char **paths;          /* owned array: the master first, or the other list last */
    size_t path_count;
    struct kept kept;
    struct slice *names; /* owned array, of the columns */
    bool *excluded;      /* owned, by column */
    size_t split;        /* rows of the first list */
    size_t id;           /* the column that names a record, or COLUMN_ABSENT */
    size_t truth;        /* the column of --truth, or COLUMN_ABSENT */
    struct buffer model; /* the text of a saved model */
    struct linkage linkage;
};

/* Reads all records. operands: NULL-terminated, of the command line. */
int dedupe_read(struct dedupe *dedupe, const struct dedupe_options *options, char **operands, struct error *err);
void dedupe_fini(struct dedupe *dedupe);

/* Plan, values and blocks; finds the column that names a record. */
int dedupe_prepare(struct dedupe *dedupe, struct error *err);

/* The first row that is written, and the one behind the last: with --against the master is not. */
size_t dedupe_first_row(const struct dedupe *dedupe);

/* "42", for a record that is named by its id, or by its number in its input. */
struct field dedupe_name_of(const struct dedupe *dedupe, size_t row, struct field *fields, char number[24]);

#endif
