/* Match rules: records are one when a condition on their fields holds, for those who want no statistics but more than
 * equal keys; the way of Salesforce and of other CRM programs.
 *
 *     name+email: first_name~85? & last_name~90? & email; first_name~ & last_name~ & (phone~ | street~80% & city~)
 *
 * is two rules; two records are one when either holds, and what is one with the same is one.
 *
 * Syntax. Rules are separated by ';' or line ends; # begins a comment up to the end of its line, but before a digit
 * (#3). A rule may have a name and a colon in front. A rule is terms joined by & and |, of which & binds closer, and
 * parentheses; a line may end behind & | ( or inside parentheses and the rule go on in the next. A term is
 *
 *     FIELD          equal, folded (link_value.h)
 *     FIELD~85       alike by 85 percent or more, 1 .. 100
 *     FIELD~         alike by the usual threshold of its kind, below
 *     FIELD?         ... or a value is missing; else a missing value is like nothing
 *
 * FIELD: the name of a field, in double quotes if it has other bytes than letters, digits, _ - . # and those beyond
 * ASCII; a canonical name of the vocabulary that a field stands for; title, zip, account, for job_title, postal_code,
 * company; or the name of a kind (link_kind_name()), for the first such field.
 *
 * How alike, in percent. Usual thresholds in brackets. Equal values are 100, and, by the levels of link_compare.h:
 *
 *     first name [85]  the greatest of: nickname, other script or one of several given names 95; same sound (Double
 *                      Metaphone) 90; initial 85; Jaro-Winkler similarity x 100
 *     last name [90]   the greatest of: other script, nickname, one of several names 90; same sound 90; Jaro-Winkler x
 *                      100; initial 85
 *     name [75], company, organisation [70], text (a job title) [50]
 *                      words in common, weighted by rarity: from .35 are 35, .55 55, .75 75, .9 90
 *     street [80]      words alike and no other number: 90, 80, 40; another number 60
 *     place [85]       Jaro-Winkler x 100
 *     phone [80]       the last seven digits or more 90, one slip 70
 *     email [90]       two slips 90, same user 60, user alike 40, same domain 30
 *     postcode [80]    one slip 70, same district 50
 *     date [90]        one slip or day and month exchanged 90, two parts 70, year and first of January 60, year 30
 *     domain [90], id [90]  one slip 90
 *     number [90]      within 1 % 90, within 10 % 50
 *     country [100], category [100]
 *
 * A field of several columns (phone and mobile) is as alike as its best pair. A rule that has a first and a last name
 * is tried with those of one record exchanged as well; compared as last names, both must then reach every threshold for
 * names, and 80 percent. */
#ifndef CRM_ANALYSIS_LINK_RULES_H
#define CRM_ANALYSIS_LINK_RULES_H

#include "analysis/link_block.h"
#include "analysis/link_join.h"

#define LINK_RULE_NODES 512 /* terms and groups of terms of all rules at most */
#define LINK_RULE_DEPTH 32  /* parentheses in parentheses at most */

enum link_node_type { LINK_NODE_TERM, LINK_NODE_ALL, LINK_NODE_ANY };

/* A term, or a group of nodes: its children are `child`, the `next` of that, and so on; 0 ends. */
struct link_rule_node {
    uint8_t type;
    uint8_t field;
    uint8_t threshold; /* percent */
    bool or_missing;
    uint16_t child, next;
};

struct link_match_rule {
    struct slice name; /* borrowed: as given, else the text of the rule */
    uint16_t root;
    bool transposed;     /* has the two fields below, and so is tried with names exchanged */
    uint8_t first, last; /* fields of the first and the last name */
};

struct link_match_rules {
    struct link_match_rule rules[LINK_MATCHERS];
    size_t count;
    struct link_rule_node nodes[LINK_RULE_NODES]; /* the first is not used */
    size_t node_count;
    size_t left_out; /* rules of a preset for which the records lack fields */
};

/* Presets, by name: salesforce-contact, salesforce-lead (the same equation), salesforce-account; their text, or NULL.
 * The first two are after the help pages of Salesforce on its standard matching rules, with the measures above and, for
 * streets, cities, postal codes and telephone numbers, thresholds of our own; names that are missing do not matter
 * where the e-mail address is equal. salesforce-account is in their manner. Of a preset, rules with a field that the
 * records do not have are left out. */
const char *link_match_preset(struct slice name);

/* Reads rules, or takes the preset of that name. text is borrowed by rules. -1: STATUS_USAGE, "at character 7: ...". */
int link_match_rules_parse(struct link_match_rules *rules, struct slice text, const struct link_records *records,
                           struct error *err);

/* Blocking rules with which the pairs are found for which a rule may hold: for each way in which it can hold, one to
 * three of its terms, of which those that must be equal come first, then those whose values are rarest; names by their
 * sound, their beginning and, where there are not too many, their end; with exchanged names by the sound of both. A
 * rule that has a term of equality with rare values (an address, a number) finds every pair, as long as its fields have
 * no more than LINK_RULE_WIDTH combinations of columns. Of the others pairs are missed that differ in sound and
 * beginning at once, or, in a long list, in the initial of the first name. count: LINK_RULES at most. -1: a rule cannot
 * be blocked, or they are too many (STATUS_USAGE), or out of memory. */
int link_match_rules_block(const struct link_match_rules *rules, const struct link_records *records,
                           struct link_rule *blocks, size_t *count, struct error *err);

/* How alike two different values of a field are, in percent, without those of its other columns. a, b: their numbers,
 * not 0. */
unsigned link_match_percent(const struct link_field *field, uint32_t a, uint32_t b);

struct link_match_found {
    uint64_t looked_at;            /* pairs */
    uint64_t pairs[LINK_MATCHERS]; /* that are one by each rule, and by none before it */
    double lost_pairs;             /* not looked at, since blocks were larger than max_block */
};

/* Joins the records by rules. Pairs that may be one by the mode of records are looked at; joined->matched says for each
 * record by which rules it and another are one, the first that holds for each pair. The same for any number of threads.
 * On -1 nothing is to be freed.
 *
 * Memory: the index of blocks (four bytes a record and blocking rule, twice), 12 bytes for each pair that is one, 8
 * bytes a record, and 2 MiB a thread. */
int link_match_rules_join(const struct link_match_rules *rules, const struct link_records *records, size_t max_block,
                          size_t threads, struct link_joined *joined, struct link_match_found *found,
                          struct error *err);

/* Appends the names of the rules that joined a record, "name+email;name+phone": for a column matched_by. */
int link_match_rules_print(const struct link_match_rules *rules, uint32_t matched, struct buffer *out);

#endif
