/* The columns of an import (import.h): which outputs there are, and what of each input they come from. */
#ifndef CRM_ANALYSIS_IMPORT_COLUMNS_H
#define CRM_ANALYSIS_IMPORT_COLUMNS_H

#include "analysis/import.h"

/* Makes the outputs, the entity being known: by the map's rules, else by the vocabulary; those worked out from others;
 * lists of further addresses and numbers; and, to be kept, what is left over. */
int import_map_columns(struct import *import, struct error *err);

/* After the survey: leaves out outputs that were made in case the values ask for them. */
int import_drop_idle(struct import *import, struct error *err);

/* Fills in input->spoken. */
int import_speak_names(struct import *import, size_t input, struct error *err);

/* Fills in import->roles. */
void import_find_roles(struct import *import);

/* The output of that name, or COLUMN_ABSENT. */
size_t import_find_output(const struct import *import, struct slice name);

int import_add_output(struct import *import, struct slice name, enum value_kind kind, bool kept, struct error *err);

/* The column of the import's entity, or COLUMN_ABSENT. */
size_t import_canonical(const struct import *import, const char *name);

/* Whether a rule of the map names the column of the header, or gives its number; or one of the profile takes it. */
bool import_taken_by_rule(const struct import *import, const struct import_input *input, size_t column);

/* The column of the header that says of which sort the values of another are; ptr NULL: there is none. */
struct slice import_label_of(const struct import_input *input, struct slice name);

/* What goes into other_emails and other_phones; after the outputs were made. */
int import_find_extras(struct import *import, struct error *err);

/* keep_all: outputs for the columns that are left over and, with keep_raw, for those that are converted. */
int import_keep_columns(struct import *import, struct error *err);

#endif
