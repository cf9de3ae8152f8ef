/* Reading a model: what its parts share. Every function returns -1 with the place in the file when something is wrong.
 */
#ifndef CRM_ANALYSIS_MODEL_READING_H
#define CRM_ANALYSIS_MODEL_READING_H

#include "analysis/model.h"
#include "base/group.h"
#include "value/settings.h"

#define MODEL_FARTHEST 1e100 /* of log-odds from 0: their sums and products are numbers */
#define MODEL_MOST_LEADS 1e15

struct model_reading {
    struct model *model;
    struct group_table names; /* of features; states: uint32_t, the feature's number */
    struct error *err;
};

/* A member that must be there; NULL: it is not. *at: its place. */
const json_t *model_read_member(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                                const char *key, struct settings_place *at);
/* A number from low to high. */
int model_read_number(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                      const char *key, double low, double high, double *number);
/* A string that is not empty, as it stands in the file, and copied into the model. */
int model_read_string(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                      const char *key, struct settings_place *at, struct slice *text);
int model_read_text(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                    const char *key, struct slice *text);
/* One of names, NULL-terminated. */
int model_read_choice(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                      const char *key, const char *const *names, int *choice);
/* An array of least to most elements of `size` bytes. *items: as many of them in the model's arena, all zero. */
int model_read_array(struct model_reading *reading, const struct settings_place *at, const json_t *value, size_t least,
                     size_t most, size_t size, void **items, size_t *count);

int model_read_features(struct model_reading *reading, const struct settings_place *root, const json_t *object);
int model_read_trees(struct model_reading *reading, const struct settings_place *root, const json_t *object);

#endif
