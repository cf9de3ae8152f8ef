/* Stages, inside: what stages.c, stages_read.c, stages_builtin.c and stages_words.c share. */
#ifndef CRM_ANALYSIS_STAGES_PARTS_H
#define CRM_ANALYSIS_STAGES_PARTS_H

#include "analysis/stages.h"
#include "value/vocabulary.h"

/* A stage of a system's standard pipeline. */
struct stages_standard {
    const char *name;
    enum deal_status status;
    int percent;         /* the probability the system gives it; -1: none; -2: none, and see struct stage, incoming */
    const char *aliases; /* separated by '|'; "" for none */
};

struct stages_builtin {
    const char *name;
    const struct stages_standard *items;
    size_t count;
    bool prefixed; /* names may have their pipeline in front, as Bitrix24 writes ids: "C5:WON" */
};

/* The built-in set of that name, or NULL. */
const struct stages_builtin *stages_builtin_find(const char *name);
/* Fills an empty set with it. -1: out of memory. */
int stages_fill_builtin(struct stages *stages, const struct stages_builtin *set, struct error *err);

/* The key under which a name is looked up: its form in the vocabulary or, where that is empty or too long, the name
 * itself without blanks around. Empty for blanks alone. room has VOCABULARY_KEY bytes; the key lies there or in name.
 */
struct slice stages_key(struct slice name, char *room);

/* Appends a stage; its name must live as long as the set. Names are added apart. -1: out of memory. */
int stages_add(struct stages *stages, const struct stage *stage, struct error *err);

/* From now on the name stands for the stage numbered `stage`, unless it stands for one: *holder is the number of the
 * stage that it then stands for. -1: out of memory. */
int stages_add_name(struct stages *stages, struct slice name, size_t stage, size_t *holder, struct error *err);

/* Without the name of the pipeline that HubSpot puts behind a stage: "Closed Won (Sales Pipeline)". */
struct slice stages_without_note(struct slice name);

/* The words for a status, folded, between '|'. */
const char *stages_words(enum deal_status status);

#endif
