/* Stages: the steps of a sale, in their order, with the chance to win in each and how long a deal may stay there.
 *
 * A set of stages is built in (salesforce, hubspot, pipedrive, zoho, amocrm, kommo, bitrix24: the standard pipelines of
 * these systems, as they come out of the box, with their names in the languages these systems are used in), or read
 * from a file. Names are compared as the vocabulary compares them (vocabulary_normalise(): case, blanks, punctuation
 * and marks do not count). Where a set does not know a name, the words for won and lost of the languages of crm-terms
 * do: "Closed Won", "Успешно реализовано", "赢单", "تم الفوز".
 *
 * Sources: the probabilities are those that Salesforce, HubSpot and Zoho give their stages until somebody changes them;
 * Pipedrive, amoCRM, Kommo and Bitrix24 give none. In Pipedrive won and lost are no stages but a status. */
#ifndef CRM_ANALYSIS_STAGES_H
#define CRM_ANALYSIS_STAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/group.h"

enum deal_status { DEAL_OPEN, DEAL_WON, DEAL_LOST };
/* "open", "won", "lost", NULL */
extern const char *const deal_status_words[];

struct stage {
    struct slice name; /* as it is shown: of the file, or as first met in the data; borrowed from the set. A stage of a
                        * built-in set that was not met yet has the name that its system gives it */
    enum deal_status status;
    double probability; /* 0 .. 1; NAN: not known. Of won 1, of lost 0 */
    double limit_days;  /* longer is stalled ("rotting"); NAN: no limit */
    bool incoming;      /* where leads come in before anybody has looked at them: a deal may begin behind it */
    bool listed;        /* by the file, the built-in set or the command line, not found in the data */
    bool met;           /* stages_find() was asked for it */
    bool told;          /* its status was set by stages_set_status() */
};

struct stages_builtin;

struct stages {
    struct stage *items; /* owned; listed ones in their order, then those met, in order of first appearance */
    size_t count, capacity;
    size_t listed;
    struct group_table index;             /* normalised names and aliases */
    struct group_table seen;              /* names as written in the data: one look-up for most records */
    struct arena arena;                   /* of names */
    const struct stages_builtin *builtin; /* the built-in set it was filled from; NULL: none */
};

void stages_init(struct stages *stages); /* no stage; takes no memory yet */
void stages_fini(struct stages *stages);

/* "salesforce", ... , NULL: for messages and manuals. */
extern const char *const stages_builtin_names[];
bool stages_is_builtin(const char *name);

/* Fills an empty set: from a built-in one (a file of such a name is "./hubspot"), or from records (CSV, JSON Lines or
 * JSON) of
 *   stage        its name; the names of headers that the vocabulary knows for it will do, here and for the next two
 *   probability  .4, 40 or "40%": above 1 it is per cent, and so is a column of which any value without a sign is above
 *                1. Empty: not known
 *   status       open, won, lost, or one of the words for them. Empty: the words for won and lost decide by the name,
 *                else it is open
 *   limit_days   0 or more. Empty: no limit
 *   aliases      other names, separated by ; or |, or a JSON array
 *   order        a number: the stages stand in this order, equal ones and those without, at the end, as in the file
 * of which only the first is needed; other columns are not looked at. Won is 1, lost 0; a stage that is won and has a
 * probability below 1, or lost and above 0, is an error. -1 with file, line, column and value: STATUS_USAGE as for
 * every settings file (two stages of one name or alias, no stage, a probability beyond 0 .. 100), or STATUS_SYSTEM; the
 * set is then only to be freed. */
int stages_read(struct stages *stages, const char *name_or_file, struct error *err);

/* A number that is the same for sets of the same stages, names and aliases in the same order, and hardly for others. */
uint64_t stages_fingerprint(const struct stages *stages);
/* The same as 16 digits, in the arena; NULL out of memory. */
const char *stages_fingerprint_text(const struct stages *stages, struct arena *arena);

/* Names given on the command line, --won and --lost: a comma-separated list; names with a comma cannot be given. They
 * are that, whatever the set says; new ones are added as listed. To be called before the first stages_find(). -1:
 * STATUS_USAGE, an empty name, or one that was given another status before; or out of memory. */
int stages_set_status(struct stages *stages, struct slice names, enum deal_status status, struct error *err);

/* What the words say: DEAL_WON for "Closed Won", "won", "Выиграна", ..., DEAL_LOST for "Lost", "отказ", "输单", ...;
 * also of statuses: "closed lost", "1-won". DEAL_OPEN: nothing known. Any thread may ask.
 *
 * The whole text must be such a word or phrase, folded; only what numbers and adorns stages may stand around it:
 * numbers and signs ("4 - Closed Won", "Won ✔", "Lost (0 %)", but no question mark), and one or two letters with a
 * number in front ("C5:WON", "S6 Won"). "Closed" alone, "Lost and found" and "Closed Lost - price" say nothing. */
enum deal_status deal_status_of(struct slice text);

/* The same, and the words for open ("in progress", "открыта", "进行中") are known: false, *status left alone, when the
 * text is no word for a status. */
bool deal_status_find(struct slice text, enum deal_status *status);

/* The number of the stage of that name; one that is not known is added (open, or as deal_status_of() says, probability
 * 1 or 0 then, else NAN). In the set of bitrix24 the pipeline may stand in front of an id ("C5:WON"). The empty name,
 * or blanks, is no stage: *stage is STAGES_NONE. -1: out of memory. */
#define STAGES_NONE ((size_t)-1)
int stages_find(struct stages *stages, struct slice name, size_t *stage, struct error *err);

#endif
