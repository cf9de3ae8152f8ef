/* How the vocabulary compares names: folding, and the candidates that a name in a header gives. Private to the
 * vocabulary. */
#ifndef CRM_VALUE_VOCABULARY_QUERY_H
#define CRM_VALUE_VOCABULARY_QUERY_H

#include <stdint.h>

#include "value/vocabulary_tables.h"

/* Walks text, folding it. */
struct folding {
    const char *at;
    const char *end;
    int32_t pending[32]; /* what one character became; the longest decomposition has 18 */
    size_t pending_len;
    size_t pending_at;
};

struct folding folding_of(const char *at, const char *end);

/* The next code point of the folded text, or -1 at its end. Every blank is ' ', every dash '-', every quotation mark
 * '\''. */
int32_t folding_next(struct folding *folding);

/* The same without separators: the next code point of the key. */
int32_t key_next(struct folding *folding);

/* What a key is without. */
bool is_separator(int32_t cp);

#define TEXT_ROOM VOCABULARY_KEY
#define CANDIDATES 12

/* A form in which the name may be an alias. */
struct candidate {
    int32_t key[TEXT_ROOM];
    size_t len;
    unsigned entities; /* bits: for whom */
    unsigned kinds;    /* bits: for what kinds of column */
    unsigned base;     /* added to the rank */
};

struct query {
    struct slice header;
    int32_t text[TEXT_ROOM]; /* the whole name, folded */
    struct candidate candidates[CANDIDATES];
    size_t count;
    bool first[128]; /* the ASCII characters that keys of candidates begin with */
    bool first_wide; /* one begins with another character */
    bool prefixed;   /* the name begins with an entity: "Person - Name" */
};

/* Ranks from here on are of decorated names. */
#define RANK_DECORATED 4096u

/* header must outlive the query. A name that is too long gives no candidates. */
void query_init(struct query *query, struct slice header);

/* vocabulary_rank() of a column of the entity. */
unsigned query_rank(const struct query *query, enum entity entity, const struct vocabulary_column *column);

/* Whether the name as it stands, undecorated, is in a list. */
bool query_in_list(const struct query *query, const char *list);

#endif
