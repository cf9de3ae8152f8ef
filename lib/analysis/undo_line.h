/* The lines of an undo log: words and numbers with a blank between. Only for undo_line.c and undo_run.c. */
#ifndef CRM_ANALYSIS_UNDO_LINE_H
#define CRM_ANALYSIS_UNDO_LINE_H

#include "stream/field.h"
#include "stream/source.h"

/* Whether the log is whole and as it was written, and merged (NULL: not asked) the output it was written with; both are
 * then at their beginning. 0, or -1: STATUS_DATA. */
int undo_check(struct source *log, struct source *merged, struct error *err);

/* STATUS_DATA, "LOG: WHY". Returns -1. */
int undo_bad(const struct source *log, struct error *err, const char *why);

/* A line without its line end, valid until the log is read on. 1; 0 at the end of the log; -1. */
int undo_next_line(struct source *log, struct slice *line, struct error *err);

/* Each takes something off the line, with the blank behind it; false: it is not there. */
bool undo_take_word(struct slice *line, const char *word);
bool undo_take_number(struct slice *line, const char *word, uint64_t *number); /* behind the word, or "" */
bool undo_take_hash(struct slice *line, uint64_t *hash);
bool undo_take_format(struct slice *line, enum format *format);

#endif
