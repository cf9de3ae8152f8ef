/* Score: rules (score_rules.h) applied to a lead and to its events (score_events.h).
 *
 * Points are doubles; sums are taken in the order of the rule file, so a score is the same in every run. Ages are whole
 * days: the analysis date less the day of the event. An event after the analysis date is not seen. A sum of nothing is
 * 0, and is held within its limits as any other. */
#ifndef CRM_ANALYSIS_SCORE_H
#define CRM_ANALYSIS_SCORE_H

#include "analysis/score_events.h"
#include "analysis/score_rules.h"
#include "analysis/score_stage.h"
#include "base/buffer.h"

/* What one rule did to the score of a lead. */
struct score_part {
    double points;  /* after decay and the rule's own limit, before those of group, dimension and total */
    double measure; /* CASES: NAN; RANGES: the number, NAN if there is none; EACH: the number of events that gave
                       points; EVENTS: the measure, NAN if there is none; WHEN: 0 or 1 */
};

/* Items of a checklist. What is not known is not met, whatever the condition says: null < 90 is true. */
struct score_check {
    size_t met, known;
};

struct score_result {
    double total, fit, engagement;
    double probability;         /* of the total; NAN: not known */
    struct slice grade;         /* empty: none */
    enum score_stage stage;     /* after the move; the one before where no promotion is true; STAGE_NONE: leave what the
                                   lead has */
    struct slice temperature;   /* empty: none */
    struct score_part *parts;   /* for each rule */
    double *group;              /* for each group, after its limit */
    struct score_check *checks; /* for each checklist */
};

struct score_cases;
struct score_memo;

/* The results that promotions may ask for. */
enum score_output {
    SCORE_OUTPUT_TOTAL,
    SCORE_OUTPUT_FIT,
    SCORE_OUTPUT_ENGAGEMENT,
    SCORE_OUTPUT_PROBABILITY,
    SCORE_OUTPUT_GRADE,
    SCORE_OUTPUTS
};
extern const char *const score_output_names[]; /* "score", "fit", "engagement", "probability", "grade", NULL */

/* What a thread needs to score; rules and events are borrowed and shared. */
struct scorer {
    const struct score_rules *rules;
    const struct score_events *events; /* NULL: no events were given; rules over events then see none */
    struct expression_context context;
    struct score_result result;   /* of the last lead; its arrays are owned */
    struct score_cases *cases;    /* for each rule; owned */
    struct score_memo *memo;      /* owned */
    size_t output[SCORE_OUTPUTS]; /* the column of the lead in which promotions find a result; SIZE_MAX: none asks */
    char *grade;                  /* of a matrix; owned */
    uint64_t with_events;         /* leads so far that had any that count */
};
int scorer_init(struct scorer *scorer, const struct score_rules *rules, const struct score_events *events,
                const struct expression_context *context, struct error *err); /* dates are copied from context */
void scorer_fini(struct scorer *scorer);

/* Scores a lead: lead[i] is the value of rules->lead.names[i]; key: who it is, for events (empty: no events); as_of:
 * the analysis date of this lead (DAY_NONE: no event is seen); stage: where it stands now. Rules, criteria and
 * checklists see the lead as it is given; before promotions are tried, those columns of lead[] that they ask of the
 * result are overwritten with it (with null where there is none). The result is in scorer->result until the next call;
 * what was made in scorer->context is gone afterwards (expression_next). -1, STATUS_DATA: an expression failed, "rule
 * 'Right industry': column 4: ...", or a value is no number, "rule 'Size': 'abc' is not a number"; the result is
 * undefined. */
int scorer_score(struct scorer *scorer, struct expression_value *lead, struct slice key, int32_t as_of,
                 enum score_stage stage, struct error *err);

/* What is left of points at that age >= 0: see struct score_decay. */
double score_decay_of(const struct score_decay *decay, double points, int32_t age);

/* The rules that moved the score most, "Demo requested +20; Free mailbox -10": at most `most` of them, those of equal
 * points in the order of the file, none whose points are 0 as they are written. Appends to text. -1: out of memory. */
int score_reasons(const struct score_rules *rules, const struct score_result *result, size_t most, struct buffer *text);

/* Points as text: as many digits behind the point as are needed, at most two, the number itself rounded half away from
 * zero (1.005 is a little less than it looks, and gives 1); -0 is 0. Above 1e15 whole, above 1e37 one digit and a power
 * of ten; NAN is empty. out has room for 40 bytes. */
struct slice score_number_text(double points, char out[40]);

#endif
