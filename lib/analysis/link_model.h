/* The model of a linkage: how often each level is seen among pairs of each class, and how frequent the classes are.
 *
 * Fellegi and Sunter know two classes, matches and the rest, in which fields are independent. They are not: who moves
 * changes street, city and postal code at once, and colleagues share company, street and switchboard. With two
 * classes both would be counted again and again. So the matches are of two classes and the others of several, as in
 * the latent class models of Winkler, "Near Automatic Weight Computation in Record Linkage" (1993):
 *
 *     same        one entity
 *     moved       one entity whose place, telephone and company have changed; the rest is as in `same`
 *     family      two people with a last name and a place in common
 *     mailbox     such two who also use one address for e-mail
 *     colleagues  two people of one company in one place
 *     branches    two people of one company in different places
 *     neighbours  two people of one place
 *
 * and pairs that have nothing to do with each other (u). What a class does not have in common agrees by chance, as u.
 * Plain numbers, written and read as JSON. */
#ifndef CRM_ANALYSIS_LINK_MODEL_H
#define CRM_ANALYSIS_LINK_MODEL_H

#include "analysis/link_block.h"

enum link_class {
    LINK_SAME,
    LINK_MOVED,
    LINK_FAMILY,
    LINK_MAILBOX,
    LINK_COLLEAGUES,
    LINK_BRANCHES,
    LINK_NEIGHBOURS,
};
#define LINK_CLASSES (LINK_NEIGHBOURS + 1)
#define LINK_MATCHES 2 /* the first classes are matches */

/* Where the levels of a kind of field come from, in a class. */
enum link_source {
    LINK_OF_SAME,   /* as in the class `same` */
    LINK_OF_CLASS,  /* its own */
    LINK_OF_CHANCE, /* u */
    LINK_OF_SENSE,  /* as it must be by what the class means: nothing is learned */
};
enum link_source link_class_source(enum link_class class, enum link_kind kind);
/* "same" ... "neighbours". */
const char *link_class_name(enum link_class class);

/* The least chance of a level: what was never seen is not impossible. */
#define LINK_LEAST_CHANCE 1e-9

struct link_model_field {
    char *name; /* owned */
    enum link_kind kind;
    double u[LINK_LEVELS];                    /* [0] is not used; the others sum to 1 */
    double levels[LINK_CLASSES][LINK_LEVELS]; /* m is levels[LINK_SAME] */
    bool frequent;                            /* rare values weigh more than frequent ones */
};

struct link_model {
    struct link_model_field fields[LINK_FIELDS];
    size_t count;
    double rates[LINK_CLASSES]; /* of all pairs */
    struct link_rule rules[LINK_RULES];
    size_t rule_count;
    size_t iterations;
    bool converged;
};

void link_model_fini(struct link_model *model);

/* The rate of matches, lambda; and of pairs of no class. */
double link_match_rate(const struct link_model *model);
double link_chance_rate(const struct link_model *model);

/* log2(level / u) in a class; with LINK_SAME log2(m / u). */
double link_weight(const struct link_model *model, enum link_class class, size_t field, unsigned level);

/* A model in a file, a JSON object that holds all that scoring needs, so that nothing is learned again
 * (link_model_json.c, link_model_read.c):
 *
 *     {
 *       "crm_link_model": 1,
 *       "mode": "within",
 *       "threshold": 0.9,
 *       "max_block": 1000,
 *       "iterations": 61,
 *       "converged": true,
 *       "rates": {"same": 0.00052, "moved": 1e-05, ...},
 *       "fields": [
 *         {
 *           "name": "phone",
 *           "columns": ["phone", "mobile"],
 *           "kind": "phone",
 *           "frequent": true,
 *           "levels": {
 *             "exact": {"weight": 9.62, "m": 0.79, "u": 0.001, "moved": 0.1, ...},
 *             ...
 *           }
 *         },
 *         ...
 *       ],
 *       "block": ["phone:end7", "last_name:sound+dob:year"]
 *     }
 *
 * Numbers have as many digits as it takes to be read as the same doubles: results are the same to the last bit. Columns
 * are found by their names. A class that has no shares of its own (link_class_source()) is left out as long as it has
 * those it is defined to have. Fields of dates say how these are written ("dates": "day-month", see date_style_name()).
 * weight is log2(m / u) for people, and so are iterations and converged; they may be left out. */

#define LINK_MODEL_VERSION 1
#define LINK_MODEL_LIMIT ((size_t)512 << 10) /* bytes of such a file */

/* "within", "across", "against", NULL: in the order of enum link_mode. */
extern const char *const link_mode_names[];

/* What is saved with a model. */
struct link_model_setup {
    enum link_mode mode; /* of the lists it was learned from: the rates are right for this one */
    double threshold;    /* of probability */
    size_t max_block;    /* 1 .. UINT32_MAX */
    struct link_model_columns {
        char *names[LINK_SLOTS]; /* owned */
        size_t count;
        enum date_style dates;
    } fields[LINK_FIELDS]; /* as many as the model has */
};
void link_model_setup_fini(struct link_model_setup *setup);

/* Appends the text of the file. records: those the model is of; names: of the columns of the input, by number. What
 * cannot be read again is not written: -1 with STATUS_DATA (the name of a column is not UTF-8), or out of memory, and
 * text is as it was. */
int link_model_write(const struct link_model *model, const struct link_records *records, const struct slice *names,
                     double threshold, size_t max_block, struct buffer *text, struct error *err);

/* Reads the text of such a file; name is the file's, for messages ("m.json: fields[1].levels.exact.u: ..."). Refused
 * are unknown and missing keys, kinds and levels; numbers that are no shares; levels that sum to less than 1 by 1e-6 or
 * to more by 1e-4, since training keeps what was never seen at 1e-5. -1: STATUS_USAGE or out of memory, and model and
 * setup are empty. */
int link_model_read(struct link_model *model, struct link_model_setup *setup, struct slice text, const char *name,
                    struct error *err);

/* The plan of a model for an input with these columns; names of fields are borrowed from the model. -1: a column is
 * missing (STATUS_USAGE), or out of memory; the plan is empty then. */
struct link_plan;
int link_model_plan(const struct link_model *model, const struct link_model_setup *setup, const struct slice *names,
                    size_t count, const char *file, struct link_plan *plan, struct error *err);

#endif
