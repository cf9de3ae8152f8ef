/* JSON scanner: finds where a JSON text ends, or its first error, without building anything.
 *
 * It accepts exactly what jansson accepts (RFC 8259, valid UTF-8, no half surrogate pair), except that numbers may be
 * of any size, "\u0000" may stand in a name, at most JSON_DEPTH levels are nested, a string or number has at most
 * FIELD_LIMIT bytes as written, and a NUL byte behind a number or word is an error (jansson 2.14 passes over it). A
 * line end inside a string is an error, so whatever is valid here can also be cut into lines.
 *
 * All functions take and return a position. NULL means that the scan stopped at scan->stop: with a reason, the text is
 * wrong there; without one, the text ended before it could be judged, and more of it may decide. The answer does
 * not depend on where the text was cut in between. */
#ifndef CRM_STREAM_JSON_SCAN_H
#define CRM_STREAM_JSON_SCAN_H

#include "base/buffer.h"
#include "stream/field.h"

#define JSON_DEPTH 512 /* levels of a record, itself the first */

struct json_scan {
    const char *end;    /* the text goes so far */
    const char *stop;   /* see above */
    const char *reason; /* a literal, or NULL */
    uint64_t lines;     /* line ends passed: LF, CRLF, or CR */
    size_t depth;       /* levels that are open around what is scanned, the record itself not counted */
    bool escaped;       /* the last string scanned has a backslash in it */
};

/* Both return NULL, so that a scanning function can end with them. */
const char *json_scan_bad(struct json_scan *scan, const char *at, const char *reason);
const char *json_scan_more(struct json_scan *scan, const char *at);

/* Behind blanks and line ends; scan->end when there is nothing else. The byte before p must be readable. */
const char *json_skip_run(struct json_scan *scan, const char *p);

static inline const char *json_skip_blank(struct json_scan *scan, const char *p)
{
    if (__builtin_expect(p < scan->end && (unsigned char)*p > ' ', 1))
        return p;
    return json_skip_run(scan, p);
}

/* p is at the opening quote; returns the position behind the closing one. */
const char *json_scan_string(struct json_scan *scan, const char *p);

/* A member's name, its colon and the blanks around: p is where the name must begin, the position returned is where the
 * value must. *name is what stands between the quotes, and scan->escaped tells about it. */
const char *json_scan_name(struct json_scan *scan, const char *p, struct slice *name);

/* Any value; p is where it must begin. *kind is never FIELD_ABSENT. A number that reaches the end of the text is not
 * judged. */
const char *json_scan_value(struct json_scan *scan, const char *p, enum field_kind *kind);

/* What follows a member or element: a comma (returns where the next one must begin, *closed is false) or the closing
 * bracket (behind it, *closed is true). */
const char *json_scan_separator(struct json_scan *scan, const char *p, char close, bool *closed);

/* The value as a field: a string without its quotes but still escaped, null empty, everything else as written. */
static inline struct field json_field(enum field_kind kind, const char *begin, const char *end)
{
    if (kind == FIELD_TEXT)
        return (struct field){{begin + 1, (size_t)(end - begin) - 2}, kind};
    if (kind == FIELD_NULL)
        return (struct field){{"", 0}, kind};
    return (struct field){{begin, (size_t)(end - begin)}, kind};
}

/* Appends what a string that was found valid stands for. text is without the quotes, but they must stand around it in
 * memory. The decoding is jansson's. 0, or -1 out of memory. */
int json_decode(struct slice text, struct buffer *decoded);

/* The elements of an array that was found valid, one after another. */
struct json_elements {
    struct json_scan scan;
    const char *next; /* NULL: none */
    bool closed;
};
struct json_elements json_elements_of(struct slice array);
/* The next, as json_field() gives it; false at the end. */
bool json_elements_next(struct json_elements *elements, struct field *element);

#endif
