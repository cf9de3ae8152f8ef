/* Errors: how the library says that something went wrong.
 *
 * A library function that can fail takes a struct error * last, returns 0 (or a documented value >= 0) when it did its
 * work and -1 when it did not, and then the error holds the exit status the program should end with and one line of
 * text without the program's name and without a line end. The text has a fixed size, so that "out of memory" can
 * be said without memory. The library never prints and never exits; cmd/ does both. */
#ifndef CRM_BASE_ERROR_H
#define CRM_BASE_ERROR_H

#include <stdarg.h>

#include "base/slice.h"

/* The exit status of every program. */
enum status {
    STATUS_OK = 0,     /* done */
    STATUS_NO = 1,     /* a check that was asked for failed */
    STATUS_USAGE = 2,  /* the command line is wrong */
    STATUS_DATA = 3,   /* the data is wrong */
    STATUS_SYSTEM = 4, /* input, output, memory */
};

struct error {
    enum status status;
    char text[1024];
};

/* Fills err (shortened to fit) and returns -1, so that a caller can write: return error_set(err, ...). */
int error_set(struct error *err, enum status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
int error_vset(struct error *err, enum status status, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* STATUS_SYSTEM, "out of memory". Returns -1. */
int error_memory(struct error *err);

/* STATUS_SYSTEM, the formatted text followed by ": " and the text of errno. Returns -1. */
int error_errno(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts the formatted text before what err already says. */
void error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A value as it may stand in a message: control characters, characters that are not seen or turn the direction of
 * others (utf8_invisible()) and invalid UTF-8 as \xNN, at most QUOTE_SHOWN characters of the value and then "...".
 * Valid until the quote is reused. Use: error_set(err, ..., "not a date: '%s'", quote(&q, text)).
 *
 * All that comes out of a record goes through quote(), for one may ask that it is never shown. What a column, an
 * option, a rule or a file is called goes through quote_name(), which always shows it. */
#define QUOTE_SHOWN 40
struct quote {
    char text[QUOTE_SHOWN * 4 + 4];
};
const char *quote(struct quote *q, struct slice value);
const char *quote_name(struct quote *q, struct slice name);

/* With true, from now on quote() gives "(value hidden, 12 bytes)" for any value but an empty one. For the start of a
 * program, before there are threads. */
void quote_hide_values(bool hide);
bool quote_hides_values(void);

#endif
