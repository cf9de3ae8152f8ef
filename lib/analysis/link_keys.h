/* Match keys: records are one when they have the same key, for those who want no statistics.
 *
 *     email,phone,first_name+last_name+company
 *
 * names three keys, the last of three parts. Two records are one when in any key all parts are filled and equal; and
 * what is one with the same is one, by whatever keys. Parts are compared folded: without case, marks, punctuation and
 * script (latin_fold.h), and what is an e-mail address, a telephone number, a web site, a company, a postal code, a
 * street or a country by the name of its column (vocabulary.h), as what it is (link_value.h). Nothing is what programs
 * write where there is nothing ("n/a", "unknown"). */
#ifndef CRM_ANALYSIS_LINK_KEYS_H
#define CRM_ANALYSIS_LINK_KEYS_H

#include "analysis/link_join.h"
#include "analysis/link_room.h"
#include "base/buffer.h"
#include "stream/kept.h"

#define LINK_MATCH_PARTS 8 /* of a key at most */

struct link_match_part {
    size_t column;
    enum link_kind kind; /* how it is folded; LINK_PLACE: no more than latin_fold() */
    bool exact;          /* byte for byte; kind says nothing then */
};

struct link_match_key {
    struct slice text; /* borrowed: as it was written, for explanations */
    struct link_match_part parts[LINK_MATCH_PARTS];
    size_t count;
};

struct link_match_keys {
    struct link_match_key keys[LINK_MATCHERS];
    size_t count;
};

/* Reads keys: separated by commas, their parts by plus signs. A part is
 *
 *     NAME[:KIND][=exact]
 *
 * NAME: of a column, as in link_spec.h; or a canonical name that a column stands for in the vocabulary: "email" finds
 * "E-mail Address". KIND: link_kind_name(), to fold it as something else than its name says. =exact: bytes are
 * compared; a value of blanks is none. names: of the columns. text is borrowed by keys. -1: STATUS_USAGE, "at character
 * 7: ..." */
int link_match_keys_parse(struct link_match_keys *keys, struct slice text, const struct slice *names, size_t count,
                          struct error *err);

/* What a key has found. */
struct link_match_count {
    uint64_t filled;      /* records with all its parts */
    uint64_t groups;      /* values that records share which may be one */
    uint64_t pairs;       /* of such records that may be one */
    uint64_t largest;     /* records of the largest group; 0 without one */
    uint32_t largest_row; /* its first */
};

/* Joins the records. Pairs within a list that is clean (enum link_mode) do not count; two of its records may still be
 * one by way of a third: joined->doubtful. except: values that are no part of any key, in any column, compared as the
 * column's are (info@example.com). counts: keys->count of them. On -1 nothing is to be freed. Single-threaded: half a
 * second or so a million records and column.
 *
 * Memory: for each column used four bytes a record and its distinct values, for a key of several parts its distinct
 * values, and some 20 bytes a record. */
struct link_match_options {
    enum link_mode mode;
    size_t split; /* rows of the first of two lists */
    const struct slice *except;
    size_t except_count;
    const struct link_room *room; /* borrowed; NULL: memory has no limit */
};
int link_match_keys_join(const struct link_match_keys *keys, const struct kept *kept,
                         const struct link_match_options *options, struct link_joined *joined,
                         struct link_match_count *counts, struct error *err);

/* Whether a group is so large that its value is probably no one's: more than 1000 records, or more than ten and 1 % of
 * them. */
bool link_match_is_suspicious(const struct link_match_count *count, size_t rows);

/* Appends one line without its end: what a key has found, and a warning about a suspicious one, which names the value,
 * and --except as a cure. -1 out of memory. */
int link_match_print(const struct link_match_key *key, const struct link_match_count *count, struct buffer *out);
int link_match_warn(const struct link_match_key *key, const struct link_match_count *count, const struct kept *kept,
                    struct buffer *out, struct error *err);

/* Appends the keys that joined a record, "email;phone": for a column matched_by. Nothing for 0. */
int link_match_print_matched(const struct link_match_keys *keys, uint32_t matched, struct buffer *out);

#endif
