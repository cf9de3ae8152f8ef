/* JSON input: the source's window as the JSON reader sees it: what is done with, which line it is, more of it. */
#ifndef CRM_STREAM_JSON_INPUT_H
#define CRM_STREAM_JSON_INPUT_H

#include "stream/field.h"
#include "stream/source.h"

struct json_input {
    struct source *source;
    size_t at;      /* bytes of the window that are done with */
    uint64_t line;  /* as an editor counts, from 1 */
    bool after_cr;  /* a LF that comes first belongs to the line end before */
    bool skip_rest; /* of a line that is too long */
    bool bracket;   /* the last byte taken that was not blank closes an array or, with braces, an object */
    bool braces;
    bool hold; /* the window keeps what is done with: `at` can go back */
};

/* What is not done with yet. It moves when more is read. */
struct slice json_input_rest(const struct json_input *input);

/* Gives back to the source what is done with. */
void json_input_take(struct json_input *input);

/* Adds to the rest. 1, 0 at the end of the input, -1. A large rest is doubled, so that scanning it anew each time stays
 * linear. */
int json_input_more(struct json_input *input, struct error *err);

/* Goes on to the next byte that is not blank, counting lines. 1, 0 at the end of the input, -1. A window that is held
 * ends at RECORD_LIMIT, too: blanks must not fill the memory. */
int json_input_skip_blank(struct json_input *input, struct error *err);

/* Goes on to the end of a line that was too long. 0 or -1. */
int json_input_skip_rest(struct json_input *input, struct error *err);

/* Takes what is left of the line, without its end. Of a line over RECORD_LIMIT bytes *line is the first FIELD_LIMIT
 * bytes, skip_rest is set, and the caller has to skip it when *line has been used. 0 or -1. */
int json_input_line(struct json_input *input, struct slice *line, struct error *err);

#endif
