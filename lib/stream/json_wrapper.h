/* JSON wrappers: objects that hold the records in an array inside, as the answers of web interfaces do:
 * {"results":[{...},{...}],"paging":{...}}. One object or, page by page, one after another. The array is not held: the
 * reader is led to its beginning, reads records to its end, and is led on. */
#ifndef CRM_STREAM_JSON_WRAPPER_H
#define CRM_STREAM_JSON_WRAPPER_H

#include "stream/json_input.h"
#include "stream/json_path.h"

struct json_wrapper {
    struct json_path *path; /* to the array, of names only; owned; NULL: there is no wrapper */
    size_t level;           /* objects that are open around what comes next */
    bool behind;            /* a member has just ended */
    bool found;             /* the object at hand led to an array */
    bool started;           /* there was an object */
    struct buffer first;    /* the name the first wrapper began with, as written */
};

enum wrapper_step {
    WRAPPER_ARRAY,  /* the input is behind the opening bracket of an array of records */
    WRAPPER_OBJECT, /* it is at one object, which stands there instead of the array */
    WRAPPER_END,    /* of the input */
    WRAPPER_BAD,    /* what comes next is malformed */
    WRAPPER_LACKS,  /* an object has ended that did not lead to an array */
    WRAPPER_FAILED,
};

/* Leads on to the next records. WRAPPER_BAD: *reason is a literal. */
enum wrapper_step json_wrapper_next(struct json_wrapper *wrapper, struct json_input *input, const char **reason,
                                    struct error *err);

/* Whether the object that begins the rest of the input is another wrapper rather than a record: for going on behind
 * something malformed. 1, 0, or -1. */
int json_wrapper_resembles(const struct json_wrapper *wrapper, struct json_input *input, struct error *err);

void json_wrapper_fini(struct json_wrapper *wrapper);

/* What an input is that is read with flatten. */
struct json_shape {
    bool rows;          /* records are arrays, the first with the names */
    bool lines;         /* rows stand one after another, not in an array */
    struct buffer path; /* to the records in a wrapper; empty: there is none */
};

/* Finds out what the input is that begins here, from its beginning, and takes nothing of it. It is wrapped when
 * - it is one object, or one that is longer than the first 1 MiB, with one array of objects among its members, which is
 *   not a list of values such as emails; and it has no member called id, order_id, customerId or email, unless the
 * array is called results, data or the like
 * - several objects follow each other, and their members but the array tell about pages: paging, total, next, ...
 * - or that holds inside its one member that does not tell about pages, up to three levels down.
 * 0 or -1. shape->path must be empty. */
int json_shape_find(struct json_input *input, struct json_shape *shape, struct error *err);

#endif
