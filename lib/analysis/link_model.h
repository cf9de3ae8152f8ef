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

#endif
