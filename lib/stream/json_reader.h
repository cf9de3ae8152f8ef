/* JSON reader: the state of reading, between the opening of an input (json_open.c) and its records (json_reader.c). */
#ifndef CRM_STREAM_JSON_READER_H
#define CRM_STREAM_JSON_READER_H

#include "stream/json_record.h"
#include "stream/json_wrapper.h"

#define JSON_LOOK_AHEAD                                                                           \
    ((int64_t)8 * (int64_t)RECORD_LIMIT) /* bytes scanned in vain behind the lines of bad records \
                                          */

enum place {
    PLACE_LINES,  /* not in an array */
    PLACE_FIRST,  /* behind the opening bracket */
    PLACE_BEHIND, /* behind a record of the array */
    PLACE_COMMA,  /* behind a comma of the array */
    PLACE_LOOSE,  /* in an array with a bad record before */
    PLACE_AFTER,  /* behind the closing bracket */
    PLACE_OUTER,  /* in a wrapper, but not in its array */
    PLACE_ALONE,  /* at the one record of a wrapper */
};

struct json_state {
    struct json_record record;
    struct json_input input;
    struct json_wrapper wrapper;
    enum place place;
    bool rows;          /* records are arrays */
    uint64_t text_line; /* the last one that was not blank */
    int64_t look_ahead; /* bytes that may still be scanned in vain */
};

/* See reader_next(). */
enum read_result json_reader_next(struct reader *reader, struct record *record, struct bad_record *bad,
                                  struct error *err);

/* json_stretch.c: the parts of struct reader_format that have to do with stretches. */
bool json_reader_settle(struct reader *reader);
bool json_reader_apart(const struct reader *reader);
size_t json_reader_whole(const struct reader *reader, struct slice window);
bool json_reader_miscut(const struct reader *reader);
int json_reader_copy(struct reader *copy, const struct reader *reader, struct error *err);
void json_reader_restart(struct reader *reader);
uint64_t json_reader_lines(const struct reader *reader);
void json_reader_skip(struct reader *reader, uint64_t lines);

#endif
