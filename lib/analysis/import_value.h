/* The values of an import: one record converted by the plan.
 *
 * First each column by itself: dates, numbers, countries, yes and no. Then what needs several: e-mail addresses and
 * telephone numbers with their keys, the parts of a name, the currency of an amount, UTM parameters.
 *
 * A date or an amount that cannot be read rejects the record, because a sum or a period would be wrong without it. An
 * e-mail address, a telephone number, a country or a yes that is none does not, unless settings.invalid says so: it is
 * kept as it was written, has no key, and is counted as a problem. */
#ifndef CRM_ANALYSIS_IMPORT_VALUE_H
#define CRM_ANALYSIS_IMPORT_VALUE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/monitor.h"
#include "stream/field.h"
#include "value/date_election.h"
#include "value/email.h"
#include "value/number_election.h"
#include "value/person_name.h"
#include "value/phone.h"

struct import;
struct column_profile;

/* A value that is not what its column asks for. */
struct import_problem {
    size_t input;
    uint64_t line;
    uint64_t number; /* of the record */
    struct quote value;
    char reason[120];
};

#define IMPORT_PROBLEMS 10 /* as many are kept: those that stand first in the input */

struct import_problems {
    uint64_t count;
    size_t kept;
    struct import_problem first[IMPORT_PROBLEMS];
};

/* to += from. Each has seen its part of the input in order; the result does not depend on how it was divided. */
void import_problems_merge(struct import_problems *to, const struct import_problems *from);

/* A country that was looked up. */
#define IMPORT_COUNTRIES 1024
struct import_country {
    char text[28]; /* as it was written */
    unsigned char len;
    char code[3]; /* empty: it is none */
};

/* What one thread needs. */
struct import_worker {
    struct phone_reader *phones;
    struct email_reader emails;
    struct import_country countries[IMPORT_COUNTRIES]; /* by a hash of the text; the last one looked up stays */
    struct buffer value;                               /* the one that is being made */
    struct buffer list;
    size_t output_count;
    struct import_problems **problems; /* one per output, NULL as long as there is none; owned */
    bool no_memory;                    /* for one of them */
    struct column_profile **profiles;  /* one per output; NULL: no report is wanted */
    char apart[APART];
};

int import_worker_init(struct import_worker *worker, const struct import *import, struct error *err);
void import_worker_fini(struct import_worker *worker);

enum import_outcome { IMPORT_CONVERTED, IMPORT_REFUSED, IMPORT_NO_MEMORY };

/* Why a record is rejected. */
struct import_refusal {
    size_t column; /* the output, or COLUMN_ABSENT */
    char reason[240];
};

/* fields: one per output, to be filled in; what they point to lies in the arena or in the record. */
enum import_outcome import_convert(const struct import *import, struct import_worker *worker, struct arena *arena,
                                   const struct record *record, struct field *fields, struct import_refusal *refusal);

/* Whether a date is written 31.12.2026: a point behind one or two digits, in ASCII. Only the day stands first then. */
bool import_has_dots(struct slice date);

/* Whether an id is a whole number that a spreadsheet wrote as a fraction: 17850.0 */
bool import_is_float_id(struct slice id);

#endif
