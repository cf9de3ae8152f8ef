/* Inside of the writing of an undo log: what has been read, how far the second reading is, and the log's entries. Only
 * for undo_log.c and undo_reread.c. */
#ifndef CRM_ANALYSIS_UNDO_STATE_H
#define CRM_ANALYSIS_UNDO_STATE_H

#include <sys/stat.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "analysis/undo.h"
#include "analysis/undo_output.h"

#define UNDO_GAP 64    /* bytes of a text that may be what stands between all records */
#define UNDO_NOWHERE 0 /* the packed length of a record that does not stand in the window */

struct undo_gap {
    char bytes[UNDO_GAP];
    size_t len;
};

struct undo_log {
    struct stream *stream;
    struct stat *files; /* of each input, as it was when it was opened */
    struct sink *sink;  /* the log */
    XXH64_state_t hash; /* of the log */
    uint64_t bytes;
    struct buffer places; /* of each record: the distance from the end of the one before, and 1 + its length, packed */
    uint64_t place_end;   /* of the last one, in its input */
    size_t place_input;
    size_t place_count;
    /* while it is being watched */
    const struct kept *kept;
    const uint32_t *cluster;
    uint64_t *several; /* a bit for each cluster: it has two records or more */
    size_t cluster_count;
    struct sink *merged;
    struct undo_output output;
    XXH64_state_t output_hash;
    uint64_t output_bytes;
    uint64_t output_cluster; /* the last one seen */
    bool failed;
    /* the second reading: what is done with */
    size_t row;
    size_t place_at; /* in places */
    size_t input;    /* the one being read; those before are closed */
    bool opened;     /* it is in the log */
    bool begun;      /* a record of it is in the log */
    uint64_t at;     /* in the input */
    XXH64_state_t input_hash;
    struct buffer raw;       /* the record at hand */
    struct undo_gap between; /* as the log says it */
    struct undo_gap last;    /* what stood between the last two */
    uint64_t same;           /* records that will be one line */
    uint64_t same_record;    /* the first of them */
    uint64_t same_output;
};

/* A line of the log, shorter than 200 bytes. */
int undo_put_line(struct undo_log *undo, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The records that are to be one "same" line; for who writes another entry. */
int undo_put_same(struct undo_log *undo, struct error *err);

/* The record at hand as it was. */
int undo_put_record(struct undo_log *undo, struct error *err);

/* Brings the next record into undo->raw, and what stands in front of it into the log. 1; 0: it does not stand where a
 * log could find it, and will be in a text. */
int undo_read_row(struct undo_log *undo, struct error *err);

/* The rest of the input that is being read. */
int undo_close_input(struct undo_log *undo, struct error *err);

#endif
