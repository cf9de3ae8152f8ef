/* The names of statuses are kept in a set of their own beside that of the stages: a look-up for most records, and the
 * same words and lists decide for both. */
#include "analysis/pipeline_status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/program.h"
#include "value/boolean.h"

void pipeline_statuses_init(struct pipeline_statuses *statuses)
{
    *statuses = (struct pipeline_statuses){0};
    stages_init(&statuses->names);
}

void pipeline_statuses_fini(struct pipeline_statuses *statuses)
{
    stages_fini(&statuses->names);
    free(statuses->unknown);
    *statuses = (struct pipeline_statuses){0};
}

int pipeline_statuses_set(struct pipeline_statuses *statuses, struct slice names, enum deal_status status,
                          struct error *err)
{
    return stages_set_status(&statuses->names, names, status, err);
}

/* Counts records whose status says neither won nor lost. */
static int count_unknown(struct pipeline_statuses *statuses, size_t name, size_t records, struct error *err)
{
    size_t before = statuses->capacity;

    if (ARRAY_GROW(statuses->unknown, statuses->capacity, name + 1))
        return error_memory(err);
    if (statuses->capacity > before)
        memset(statuses->unknown + before, 0, (statuses->capacity - before) * sizeof *statuses->unknown);
    statuses->unknown[name] += records;
    return 0;
}

int pipeline_statuses_count(struct pipeline_statuses *statuses, struct slice name, size_t records, struct error *err)
{
    size_t number;

    if (stages_find(&statuses->names, name, &number, err))
        return -1;
    return number == STAGES_NONE ? 0 : count_unknown(statuses, number, records, err);
}

/* What the text of a status means. */
static int read_status(struct pipeline_statuses *statuses, struct slice text, enum deal_status *status,
                       struct error *err)
{
    size_t name;

    *status = DEAL_OPEN;
    if (stages_find(&statuses->names, text, &name, err))
        return -1;
    if (name == STAGES_NONE)
        return 0;
    *status = statuses->names.items[name].status;
    return *status == DEAL_OPEN ? count_unknown(statuses, name, 1, err) : 0;
}

/* Yes or no; *given: it is there at all. */
static int read_truth(struct slice text, bool *given, bool *truth, struct error *err)
{
    struct quote q;

    *truth = false;
    *given = slice_trim(text).len > 0;
    if (*given && !boolean_find(text, truth))
        return error_set(err, STATUS_DATA, "neither yes nor no: '%s'", quote(&q, text));
    return 0;
}

int pipeline_status(struct pipeline_statuses *statuses, const struct pipeline_said *said, enum deal_status *status,
                    bool *decided, struct slice *at, struct error *err)
{
    bool closed_given, closed, won_given, won;

    *at = said->is_closed;
    *decided = true;
    *status = DEAL_OPEN;
    if (read_truth(said->is_closed, &closed_given, &closed, err))
        return -1;
    if (closed_given && !closed)
        return 0;
    *at = said->is_won;
    if (read_truth(said->is_won, &won_given, &won, err))
        return -1;
    if (won || (closed && won_given)) {
        *status = won ? DEAL_WON : DEAL_LOST;
        return 0;
    }
    if (read_status(statuses, said->status, status, err))
        return -1;
    if (*status != DEAL_OPEN)
        return 0;
    *decided = false;
    *status = said->stage;
    *at = said->is_closed;
    return closed && *status == DEAL_OPEN
               ? error_set(err, STATUS_DATA,
                           "closed, but neither status nor stage says whether won or lost; see --won "
                           "and --lost")
               : 0;
}

void pipeline_statuses_note(const struct pipeline_statuses *statuses)
{
    enum { SHOWN = 3 };
    char line[600] = "";
    size_t used = 0, names = 0, deals = 0;

    for (size_t i = 0; i < statuses->names.count && i < statuses->capacity; i++) {
        struct quote q;
        if (statuses->unknown[i] == 0 ||
            deal_status_find(statuses->names.items[i].name, &(enum deal_status){DEAL_OPEN}))
            continue;
        if (names++ < SHOWN)
            used += (size_t)snprintf(line + used, sizeof line - used, "%s'%s'", used ? ", " : "",
                                     quote(&q, statuses->names.items[i].name));
        deals += statuses->unknown[i];
    }
    if (names)
        program_note("status %s%s: neither won nor lost, so the stage decides about %zu %s; see --won and --lost", line,
                     names > SHOWN ? ", ..." : "", deals, deals == 1 ? "deal" : "deals");
}
