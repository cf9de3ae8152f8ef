/* The bad-record policy, one everywhere: stop at the first bad record, or set bad records aside and close the account.
 *
 * Without a rejects file the first bad record is an error, STATUS_DATA. With one, each goes to it as a record of
 * file,line,record,column,reason,raw, and the run goes on until more than the limit are bad. A limit in records is
 * checked at once, a limit in percent of the records read at the end of the input, so that the answer does not depend
 * on where the bad records stand. */
#ifndef CRM_STREAM_REJECTS_H
#define CRM_STREAM_REJECTS_H

#include <stdint.h>

#include "stream/reader.h"
#include "stream/writer.h"

struct reject_limit {
    bool percent;
    double value; /* records, or percent of the records read */
};

/* "100", "2.5%" (0% to 100%, at most 6 decimals). For an option table: target is a struct reject_limit *. */
int option_reject_limit(void *target, const char *argument, struct error *err);

struct rejects {
    struct sink *sink; /* NULL: no rejects file */
    struct writer *writer;
    struct reject_limit limit;
    bool count_only; /* never stop: count, and write to the file if there is one */
    uint64_t read;   /* the account: read = used + filtered + rejected. Counted by the caller, a bad record before it is
                        added */
    uint64_t filtered; /* by the caller */
    uint64_t rejected; /* by rejects_add() */
};

/* path NULL: stop at the first. */
int rejects_open(struct rejects *rejects, const char *path, struct reject_limit limit, struct error *err);

/* A bad record of the input `file`. 0 when it was set aside; -1 when the run must stop (err says why, naming file,
 * line, column). */
int rejects_add(struct rejects *rejects, const char *file, const struct bad_record *bad, struct error *err);

/* The end of the input: judges a limit in percent, finishes the file. The rejects file is kept also when the limit was
 * passed. */
int rejects_finish(struct rejects *rejects, struct error *err);
void rejects_free(struct rejects *rejects);

uint64_t rejects_used(const struct rejects *rejects);

#endif
