/* Reading a rule file: the parts of score_rules_read(), each for a piece of the file, and what they share.
 *
 * They read one member of what is at `place` into a structure that is all zero, and leave whatever they have read there
 * when they fail: score_rules_fini() frees it. Texts and arrays go into rules->arena. Every function returns 0, or -1
 * with STATUS_USAGE ("FILE: PATH: what is wrong") or STATUS_SYSTEM (memory). */
#ifndef CRM_ANALYSIS_SCORE_RULES_READ_H
#define CRM_ANALYSIS_SCORE_RULES_READ_H

#include <math.h>

#include "analysis/score_rules.h"
#include "base/error.h"
#include "value/settings.h"

/* Points and limits are at most so large, up and down: sums of them stay exact enough to print. */
#define SCORE_POINTS_MOST 1e9
#define SCORE_NO_LIMITS ((struct score_limits){-INFINITY, INFINITY})
/* Days: a hundred years. */
#define SCORE_DAYS_MOST 36525

/* The member of object, an object, and its place; NULL: there is none. */
const json_t *score_read_member(const struct settings_place *place, const json_t *object, const char *key,
                                struct settings_place *at);
/* The same; NULL: there is none, and err says so. */
const json_t *score_read_needed(const struct settings_place *place, const json_t *object, const char *key,
                                struct settings_place *at, struct error *err);

/* An object without other keys than these (NULL-terminated); the key that was probably meant is told. */
int score_read_keys(const struct settings_place *place, const json_t *value, const char *const *keys,
                    struct error *err);
/* An array of at least one element; *count of them. what: "rule". */
int score_read_array(const struct settings_place *place, const json_t *value, const char *what, size_t *count,
                     struct error *err);
/* count elements of size bytes, all zero; NULL: out of memory, and err says so. */
void *score_read_room(struct score_rules *rules, size_t count, size_t size, struct error *err);

/* A string that is not empty, copied. */
int score_read_text(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                    struct slice *text, struct error *err);
/* text, copied. */
int score_read_copy(struct score_rules *rules, struct slice text, struct slice *copy, struct error *err);
/* The index of a string among words (NULL-terminated). */
int score_read_word(const struct settings_place *place, const json_t *value, const char *const *words, int *index,
                    struct error *err);
int score_read_number(const struct settings_place *place, const json_t *value, double *number, struct error *err);
/* Not beyond SCORE_POINTS_MOST. */
int score_read_points(const struct settings_place *place, const json_t *value, double *points, struct error *err);
/* A whole number from 1 to most. */
int score_read_count(const struct settings_place *place, const json_t *value, int32_t most, int32_t *count,
                     struct error *err);
/* The members "min" and "max" of an object; where they are missing the limits are infinite. */
int score_read_limits(const struct settings_place *place, const json_t *object, struct score_limits *limits,
                      struct error *err);
/* A string that is an expression over these columns. */
int score_read_expression(const struct settings_place *place, const json_t *value, struct expression_columns *columns,
                          struct expression **expression, struct error *err);

/* A rule of the file, rules->groups[rule->group] being read so far (score_rules_rule.c); its name is told apart from
 * those of the rules before it by the caller. */
int score_read_rule(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                    struct score_rule *rule, struct error *err);
/* "ranges" (score_rules_table.c): ascending, not empty, without overlap. */
int score_read_ranges(struct score_rules *rules, const struct settings_place *place, const json_t *object,
                      struct score_rule *rule, struct error *err);
/* "points_by_value"; rule->fold was read. */
int score_read_cases(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                     struct score_rule *rule, struct error *err);

/* "grade" (score_rules_grade.c); groups, limits and calibration were read. */
int score_read_grades(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                      struct error *err);
/* "temperature". */
int score_read_temperature(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                           struct error *err);

/* "lifecycle" (score_rules_stage.c); grades were read. */
int score_read_lifecycle(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                         struct error *err);

/* "checklists" (score_rules_check.c). */
int score_read_checklists(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                          struct error *err);
/* That no expression asks for a column that a checklist is going to add. */
int score_check_checklists(const struct score_rules *rules, const struct settings_place *place, struct error *err);

#endif
