/* Undo: taking a merge back, byte for byte.
 *
 * A run that merges records writes an undo log beside its output. From the log and the output, as it was written, every
 * input is restored exactly: header, quotes, spaces, line ends, byte order mark, blank lines, what was set aside as bad
 * or filtered out, a missing line end at the end. What is restored is the text that was read: of a compressed input
 * what was compressed, of one in another encoding the same in UTF-8.
 *
 * The log is text with the records in it as they were, so that a person can read it and any byte can stand in it:
 *
 *     crm-undo 1 output csv added 3 inputs 1
 *     input 1 csv name 9                        from here on the first input; its name follows
 *     leads.csv
 *     text 15                                   text that is no record that was merged: here the header
 *     id,name,email
 *
 *     between 2                                 what stands between two records from here on, unless the log has a text
 *     \r\n                                      there; at first it is a line feed
 *     record 1 line 2 cluster 1 bytes 21        a record as it was
 *     1,Ann,ann@example.com
 *     same 120 record 2 output 2                120 records that stand in the output, from its second record on, with
 *                                               nothing changed and `added` columns behind them
 *     close 1 bytes 4711 xxh64 0123456789abcdef       the whole input
 *     end output 5000 0123456789abcdef log 312 0123456789abcdef
 *
 * Behind the bytes that a line announces stands a line end that is not one of them. The last line has the length and
 * the checksum (XXH64, seed 0) of the output, and those of the log up to that line: a log that was cut off or changed,
 * and an output that was changed, are refused. Records of clusters of two or more are in the log, and those the output
 * does not have byte for byte (other quotes, other spaces in JSON, another format); the others are referred to.
 *
 * Memory: 3 or 4 bytes for each record, a bit for each cluster, and the longest record. The inputs are read a second
 * time while the output is written; pipes are therefore copied to temporary files. */
#ifndef CRM_ANALYSIS_UNDO_H
#define CRM_ANALYSIS_UNDO_H

#include "stream/kept.h"
#include "stream/sink.h"

struct undo_log;

/* Begins the log at path. Between stream_open() and stream_start(); stream and path must outlive it. 0, or -1:
 * STATUS_SYSTEM. */
int undo_begin(struct undo_log **undo, const char *path, struct stream *stream, struct error *err);
/* Before the sink that it watches is freed. A log that was not finished leaves no file. NULL is fine. */
void undo_free(struct undo_log *undo);

/* For each record that kept_add() takes, in that order, before the next is asked for. */
int undo_keep(struct undo_log *undo, const struct record *record, struct error *err);

/* All records have been read. From now on what is written to `merged` is watched: the records of a merge in `format`,
 * each with `added` columns behind the input's, the first of them the cluster's number from 1, rising from record to
 * record, and none of them with a comma or tab, a quote or a line end in it. cluster[row] is the cluster of each kept
 * record, numbered from 0 in order of first appearance. kept, cluster and merged must outlive undo_finish(). An output
 * as a table cannot be read back: STATUS_USAGE. */
int undo_watch(struct undo_log *undo, const struct kept *kept, const uint32_t *cluster, enum format format,
               size_t added, struct sink *merged, struct error *err);

/* Behind writer_finish() and before sink_finish(): flushes the output, completes the log and puts it in place. An input
 * that changed since it was read first is STATUS_DATA. */
int undo_finish(struct undo_log *undo, struct error *err);

struct undo_options {
    size_t input;       /* which input is restored, from 1; 0: the only one, or with a folder all */
    const char *folder; /* inputs are restored under their own names in this folder; NULL: to the sink */
    bool logged;        /* not the inputs, but the records the log itself holds, with the header if they are CSV, each
                           with a line end; needs no output */
    uint64_t cluster;   /* of these only the records of this cluster; 0: all */
};

/* Restores. merged is the path of the output, "-" for standard input; not read when options->logged is set or a cluster
 * is named. sink: where to, unless there is a folder; to be finished by the caller. Nothing is written before log and
 * output have been checked; in a folder files appear whole, and never replace one. STATUS_DATA: the log is none, is cut
 * off or was changed, or the output was changed or belongs to another log. STATUS_USAGE: several inputs and no choice,
 * no such input or cluster, a file that is there already. */
int undo_run(const char *log, const char *merged, const struct undo_options *options, struct sink *sink,
             struct error *err);

#endif
