/* Verdicts: whether what became of a run is allowed. */
#ifndef CRM_TESTS_VERDICT_H
#define CRM_TESTS_VERDICT_H

#include "trial.h"

struct expectation {
    bool may_refuse;     /* status 4 and a message */
    bool may_stay;       /* the full run's status and output; without, also where no call was touched */
    bool same_messages;  /* in that case with the full run's messages */
    bool output_visible; /* standard output was captured */
    bool may_leave;      /* a temporary file: it could not be removed */
    int signal;          /* the signal that may end it, or 0 */
};

enum verdict {
    SAME,    /* the full run's output and status */
    REFUSED, /* status 4, a message, no file half written or left behind */
    ENDED,   /* by the signal that was sent, no file half written */
    OUTSIDE, /* a library that was refused memory ended the program by itself; no file is half written */
    WRONG,   /* none of it */
    VERDICTS
};

/* What is wrong is in *why. full: the run with nothing amiss. */
enum verdict judge(const struct bench *bench, const struct outcome *full, const struct outcome *outcome,
                   const struct expectation *expected, const char **why);

#endif
