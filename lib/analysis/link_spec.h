/* Specs: the short texts that name columns on a command line, "last_name:sound+dob:year,"E-mail 1"". What is common to
 * those of fields (link_plan.h) and of blocking rules (link_block.h).
 *
 * A name stands as it is, without the blanks around it, unless it holds one of , + : or begins with " or #; then it
 * stands between quotes, and a quote in it is doubled. #3 is the third column. */
#ifndef CRM_ANALYSIS_LINK_SPEC_H
#define CRM_ANALYSIS_LINK_SPEC_H

#include "analysis/link.h"
#include "base/buffer.h"

struct link_spec {
    struct slice text; /* borrowed */
    size_t at;         /* bytes that are read */
};

struct link_spec_name {
    struct slice text; /* as it was written, between the quotes; borrowed */
    bool quoted;
    size_t at; /* where it begins */
};

/* Reads a name and the blanks around it. -1: there is none, or its quote is not closed. */
int link_spec_name(struct link_spec *spec, struct link_spec_name *name, struct error *err);
bool link_spec_is(const struct link_spec_name *name, struct slice column);
/* The number of "#3", from 1; 0: it is no such name. */
size_t link_spec_number(const struct link_spec_name *name);

/* Takes c, if it is next. */
bool link_spec_take(struct link_spec *spec, char c);
/* What is left up to the next , + or :, without the blanks around it; at: where it begins. */
struct slice link_spec_word(struct link_spec *spec, size_t *at);
bool link_spec_at_end(const struct link_spec *spec);

/* "at character 7: MESSAGE", STATUS_USAGE. at: an offset in bytes. Returns -1. */
int link_spec_fail(const struct link_spec *spec, size_t at, struct error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Puts that place before an error of STATUS_USAGE; others stay as they are. Returns -1. */
int link_spec_prefix(const struct link_spec *spec, size_t at, struct error *err);

/* "no column 'emial'; the header is: email, name; did you mean 'email'?" what: "column"; list: "the header is". Returns
 * -1. */
int link_spec_unknown(struct slice given, const char *what, const char *list, const struct slice *names, size_t count,
                      struct error *err);

/* The kind of that name; else an error that lists them. */
int link_spec_kind(struct slice word, enum link_kind *kind, struct error *err);

/* Appends a name as it is read again. -1 out of memory. */
int link_spec_print(struct slice name, struct buffer *out);

#endif
