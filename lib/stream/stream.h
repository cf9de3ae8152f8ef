/* Stream: several inputs as one, with columns united by name, roles found by alias, and the bad-record policy applied.
 *
 *     stream_open()      opens all inputs
 *     stream_start()     reads all headers
 *     stream_role()      for each column the program needs: which column of each input it is
 *     stream_next()      records, fields[i] being the i-th column asked for
 *     stream_reject()    when a program finds a value bad
 *     stream_skip()      when a program leaves a good record out (a filter): keeps the account right
 *     (those that --where leaves out are never seen)
 *     stream_finish()    closes the account
 */
#ifndef CRM_STREAM_STREAM_H
#define CRM_STREAM_STREAM_H

#include "stream/progress.h"
#include "stream/reader.h"
#include "stream/rejects.h"
#include "stream/where.h"

struct stream_options {
    struct reader_options reader;
    const char *rejects; /* NULL: stop at the first bad record */
    struct reject_limit limit;
    bool verbose;   /* say which column was taken for which role */
    bool count_bad; /* count bad records and go on, with a rejects file or without, whatever the limit: for a report */
    bool account;   /* print the account also without a rejects file */
    enum progress_when progress;
    const char *where;      /* only records for which this expression is true; NULL: all. See where.h */
    const char *as_of, *tz; /* for its days_since(), as the command line gives them */
};

struct stream_input {
    struct source *source;
    struct reader *reader;         /* NULL before stream_start() */
    struct reader_options options; /* the stream's; may be changed before stream_start() */
    bool unfiltered;               /* --where is not for it; may be set before stream_start() */
};

struct stream_column {
    struct slice name; /* borrowed: canonical name, or the name in the header */
    size_t *bound;     /* per input: the index in its reader, or COLUMN_ABSENT; owned */
};

/* Bad records that are judged later: see lanes.h. */
struct deferral {
    struct deferred {
        struct bad_record bad;
        size_t rows; /* made before it */
    } * items;       /* owned */
    size_t count, capacity;
    size_t rows; /* made so far */
};
int deferral_add(struct deferral *deferral, const struct bad_record *bad, struct error *err);

struct stream {
    struct stream_options options;
    struct stream_input *inputs;
    size_t input_count;
    size_t current;
    bool selected; /* the current reader knows what to select */
    struct stream_column *columns;
    size_t column_count;
    size_t column_capacity;
    struct where *where; /* or NULL */
    struct rejects rejects;
    struct progress progress;
    struct deferral *deferral; /* borrowed; NULL: bad records are judged at once */
    size_t stretch_size;       /* bytes that lanes.h cuts off at a time; 0: as many as are best. For tests */
};

/* paths: the operands; none means standard input. They must outlive the stream. */
int stream_open(struct stream **stream, char *const *paths, size_t count, const struct stream_options *options,
                struct error *err);
int stream_start(struct stream *stream, struct error *err);
/* A second input beside the main one (rates, an earlier result): one file, opened and started, stopping at the first
 * bad record. */
int stream_open_file(struct stream **stream, const char *path, struct error *err);
void stream_free(struct stream *stream);

/* A column the program asks for by role. `option` is the option that chooses it ("--customer"; NULL: none does),
 * `given` its argument or NULL, `canonical` the name in the vocabulary. given is looked for in every input and must be
 * there; otherwise the canonical name, then its aliases, in each input by itself. 0 with *column its number for
 * record.fields, or COLUMN_ABSENT if it is not required and no input has it. An input without records or columns lacks
 * nothing. */
int stream_role(struct stream *stream, const char *option, const char *given, const char *canonical, bool required,
                size_t *column, struct error *err);

/* The column of a reader that is the canonical name or the best of its aliases, or COLUMN_ABSENT. */
size_t stream_find_role(const struct reader *reader, const char *canonical);

/* The error that a column is not there: names the input, its header, a name that was probably meant, and the cure.
 * given: what was asked for, or NULL when `canonical` was looked for and `option`, unless it is NULL, can name it.
 * Returns -1. */
int stream_missing_column(const struct reader *reader, const char *option, const char *given, const char *canonical,
                          struct error *err);

/* " (is the delimiter a semicolon? --delimiter ';')", when the header is one single column that looks like it, else
 * "". */
const char *stream_delimiter_hint(const struct reader *reader);

/* A column bound by the caller: bound[i] is the column of input i, or COLUMN_ABSENT. */
int stream_bind(struct stream *stream, struct slice name, const size_t *bound, size_t *column, struct error *err);

/* Every column of every input, united by name in order of first appearance. */
int stream_all(struct stream *stream, struct error *err);

/* 1 and a record, 0 at the end, -1. Valid until the next call. */
int stream_next(struct stream *stream, struct record *record, struct error *err);

/* For who reads ahead of what it handles: the next record as it stands, without account or policy. STREAM_BAD: *bad
 * says why, record->input which input it is of. What was fetched is counted by stream_count() or stream_count_bad()
 * when its turn comes, in the order of the input. */
enum stream_fetched { STREAM_FAILED = -1, STREAM_END, STREAM_RECORD, STREAM_BAD };
enum stream_fetched stream_fetch(struct stream *stream, struct record *record, struct bad_record *bad,
                                 struct error *err);
/* What it does with a record it has got from a reader: whether --where lets it through; 0 has counted it. -1: the
 * condition has no value for it (STATUS_DATA), which *bad then tells, or memory is short. */
int stream_see(struct stream *stream, struct record *record, struct bad_record *bad, struct error *err);
void stream_count(struct stream *stream);
void stream_show_progress(struct stream *stream, uint64_t records);
/* 0: set aside, go on; -1: stop. */
int stream_count_bad(struct stream *stream, size_t input, const struct bad_record *bad, struct error *err);

/* The record is bad: `column` is its number or COLUMN_ABSENT for the whole record. 0: set aside, go on; -1: stop. */
int stream_reject(struct stream *stream, const struct record *record, size_t column, struct error *err,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
void stream_skip(struct stream *stream);

/* Closes the account; with a rejects file, one line about it on standard error. */
int stream_finish(struct stream *stream, struct error *err);

/* The format of the first input: what the output is written in by default. */
enum format stream_format(const struct stream *stream);
const char *stream_input_name(const struct stream *stream, size_t input);

#endif
