/* Blocking: which pairs are looked at. Comparing all of them takes the square of the records; a rule names keys, such
 * as the sound of the last name with the year of birth, and looks at the pairs that agree in all of them. A pair that
 * several rules find is looked at once. */
#ifndef CRM_ANALYSIS_LINK_BLOCK_H
#define CRM_ANALYSIS_LINK_BLOCK_H

#include "analysis/link_records.h"
#include "base/buffer.h"
#include "base/workers.h"

/* What of a value is the key. */
enum link_part {
    LINK_PART_ALL,
    LINK_PART_SOUND,    /* of a name: Double Metaphone */
    LINK_PART_START,    /* its first `length` letters */
    LINK_PART_END,      /* its last */
    LINK_PART_YEAR,     /* of a date */
    LINK_PART_DAY,      /* of a date: month and day */
    LINK_PART_USER,     /* of an e-mail address */
    LINK_PART_DISTRICT, /* of a postal code */
    LINK_PART_NUMBER,   /* of a street: the house's */
    LINK_PART_WORD,     /* of a text: each of its `length` rarest words */
};
#define LINK_PARTS (LINK_PART_WORD + 1)

#define LINK_RULES 24     /* at most */
#define LINK_RULE_KEYS 3  /* of a rule, at most */
#define LINK_RULE_WIDTH 4 /* different keys of one row under one rule, at most */

struct link_key {
    uint8_t field;
    uint8_t part;
    uint8_t length;
};

struct link_rule {
    struct link_key keys[LINK_RULE_KEYS];
    size_t count;
};

/* "last_name:sound+date_of_birth:year"; appended, as link_rules_parse() reads it. -1 out of memory. */
int link_rule_print(const struct link_rule *rule, const struct link_records *records, struct buffer *out);
/* Rules separated by commas, keys by plus signs: COLUMN[:all|sound|start4|end4|year|day|user|district|number|word2].
 * COLUMN is the name of a field, as in link_spec.h; #3 is the field that has the third column. start and end take 1 ..
 * 64 letters, word 1 .. LINK_RULE_WIDTH words. rules has room for LINK_RULES. STATUS_USAGE: what is wrong, with its
 * place. */
int link_rules_parse(struct slice text, const struct link_records *records, struct link_rule *rules, size_t *count,
                     struct error *err);
/* Whether values of this kind have such a part. */
bool link_part_fits(enum link_kind kind, enum link_part part);

/* The keys of a row under a rule, 0 .. LINK_RULE_WIDTH of them, none 0, all different. */
size_t link_rule_keys(const struct link_rule *rule, const struct link_records *records, size_t row,
                      uint64_t keys[LINK_RULE_WIDTH]);

/* The hashes of one key, worked out once for each different value of its field; of whole values they are made of their
 * numbers. */
struct link_key_hashes {
    size_t slots, first;    /* of the field in a row */
    size_t each;            /* hashes of a value, at most */
    uint64_t *of;           /* owned; of[id * each ...]: those there are, then 0; id 0 has none; NULL: whole values */
    uint64_t salt;          /* of whole values */
    const uint32_t *counts; /* of whole values: how many rows have each, where it is known; else NULL */
};
/* -1 out of memory: nothing is owned. */
int link_key_hashes_init(struct link_key_hashes *hashes, const struct link_key *key,
                         const struct link_records *records);
void link_key_hashes_fini(struct link_key_hashes *hashes);
/* What link_rule_keys() gives for a rule of these keys, quicker; but none of a whole value that no other row has. row:
 * its numbers. */
size_t link_hashed_keys(const struct link_key_hashes *const *parts, size_t count, const uint32_t *row,
                        uint64_t keys[LINK_RULE_WIDTH]);

/* The rows of a rule in blocks. */
struct link_blocks {
    struct link_rule rule;
    size_t width;                  /* keys a row can have */
    size_t offset;                 /* of its keys in a row of link_index.keys */
    uint32_t *rows;                /* owned; block by block, ascending in each */
    size_t *starts;                /* owned; count + 1 of them */
    size_t count;                  /* blocks of two rows or more */
    uint64_t pairs;                /* that may be one, those that other rules find as well included */
    uint64_t largest;              /* rows of the largest block */
    uint64_t cut_blocks, cut_rows; /* of more than max_block rows */
    double lost_pairs;             /* by cutting them */
};

struct link_index {
    const struct link_records *records;
    struct link_blocks blocks[LINK_RULES];
    size_t count;
    size_t width;   /* of all rules */
    uint32_t *keys; /* owned; keys[row * width + k]: 0, or the block it is in, from 1 */
    size_t *chunks; /* owned; where jobs begin: rule and block */
    size_t chunk_count;
    size_t chunk_capacity;
};

/* max_block: rows of a block at most. A larger one is sorted by what else its rows have and cut into neighbourhoods of
 * so many rows (after Hernandez and Stolfo, "The Merge/Purge Problem for Large Databases", SIGMOD 1995); the pairs lost
 * are counted. -1: out of memory; or records->room has not enough, even for one thread. */
int link_index_build(struct link_index *index, const struct link_records *records, const struct link_rule *rules,
                     size_t count, size_t max_block, size_t threads, struct error *err);
void link_index_fini(struct link_index *index);
/* Of an index of which only rules and widths are known: how many threads may build it, so that records->room holds what
 * they take; as many as asked for, or fewer. 0: not even one, *err says so. */
size_t link_index_room(const struct link_index *index, size_t threads, struct error *err);
double link_index_bytes(const struct link_index *index); /* of memory, about */

/* All pairs of a chunk of the index, chunk < chunk_count, in a fixed order, a < b. visit gets some at a time. */
struct link_pair {
    uint32_t a, b;
};
#define LINK_VISITED 256 /* pairs at a time, at most */
typedef int link_visit(void *context, const struct link_pair *pairs, size_t count);
int link_index_visit(const struct link_index *index, size_t chunk, link_visit *visit, void *context);

/* Whether a pair is among those of the index, in either order. a, b < records->count. */
bool link_index_has(const struct link_index *index, uint32_t a, uint32_t b);

/* Chooses rules by itself: those that promise the most matches for the fewest pairs, until what is missed is
 * negligible or the pairs are as many as budget. expected: the share of matches they are expected to find. */
struct link_choice {
    struct link_rule rules[LINK_RULES];
    size_t count;
    double expected;
    double pairs; /* estimated */
};
int link_block_choose(const struct link_records *records, double budget, size_t threads, struct link_choice *choice,
                      struct error *err);

#endif
