/* The vocabulary's look-ups: by column, by name, by role, and what kind of record a whole header describes. */
#include "value/vocabulary.h"

#include <string.h>

#include "value/vocabulary_index.h"
#include "value/vocabulary_query.h"

const struct vocabulary_entity *const vocabulary_entities[ENTITY_COUNT] = {
    [ENTITY_CONTACT] = &vocabulary_contact,
    [ENTITY_LEAD] = &vocabulary_lead,
    [ENTITY_ACCOUNT] = &vocabulary_account,
    [ENTITY_DEAL] = &vocabulary_deal,
    [ENTITY_STAGE_HISTORY] = &vocabulary_stage_history,
    [ENTITY_ORDER] = &vocabulary_order,
    [ENTITY_EVENT] = &vocabulary_event,
    [ENTITY_SPEND] = &vocabulary_spend,
    [ENTITY_SUBSCRIPTION] = &vocabulary_subscription,
    [ENTITY_TICKET] = &vocabulary_ticket,
    [ENTITY_SURVEY] = &vocabulary_survey,
};

static const char *const entity_names[ENTITY_COUNT] = {
    "none",  "contact", "lead",  "account",      "deal",   "stage_history",
    "order", "event",   "spend", "subscription", "ticket", "survey",
};

#define COLUMNS_MAX 48 /* more than any entity has */
#define HINT_WEIGHT 2
#define OWN_NAME 0.15

static enum match match_of_rank(unsigned rank)
{
    if (rank == VOCABULARY_NO_RANK)
        return MATCH_NONE;
    if (rank >= RANK_DECORATED)
        return MATCH_ALIAS_DECORATED;
    return rank > 0 ? MATCH_ALIAS : MATCH_CANONICAL;
}

/* The best of the hits of an entity. */
struct best_hit {
    enum entity entity;
    size_t column;
    unsigned rank;
};

static void take_best(void *context, struct vocabulary_hit hit)
{
    struct best_hit *best = context;
    if (hit.entity != best->entity || hit.rank > best->rank || (hit.rank == best->rank && hit.column >= best->column))
        return;
    best->column = hit.column;
    best->rank = hit.rank;
}

static bool query_find(const struct query *query, enum entity entity, size_t *column, unsigned *rank)
{
    const struct vocabulary_entity *table = vocabulary_entities[entity];
    *rank = VOCABULARY_NO_RANK;
    if (table && vocabulary_index_ready()) {
        struct best_hit best = {entity, SIZE_MAX, VOCABULARY_NO_RANK};
        vocabulary_index_each(query, take_best, &best);
        *rank = best.rank;
        if (*rank != VOCABULARY_NO_RANK)
            *column = best.column;
        return *rank != VOCABULARY_NO_RANK;
    }
    for (size_t i = 0; table && i < table->count; i++) {
        unsigned found = query_rank(query, entity, &table->columns[i]);
        if (found < *rank) {
            *rank = found;
            *column = i;
        }
    }
    return *rank != VOCABULARY_NO_RANK;
}

const char *entity_name(enum entity entity)
{
    return (unsigned)entity < ENTITY_COUNT ? entity_names[entity] : entity_names[ENTITY_NONE];
}

bool entity_find(struct slice name, enum entity *out)
{
    char key[VOCABULARY_KEY], wanted[VOCABULARY_KEY];
    size_t len = vocabulary_normalise(name, key);
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        size_t wanted_len = vocabulary_normalise(slice_from_cstr(entity_names[entity]), wanted);
        if ((len == wanted_len || (len == wanted_len + 1 && key[len - 1] == 's')) &&
            memcmp(key, wanted, wanted_len) == 0) {
            *out = entity;
            return true;
        }
    }
    return false;
}

const char *value_kind_name(enum value_kind kind)
{
    static const char *const names[] = {"text",  "id",     "date", "amount",  "number",  "name", "email", "emails",
                                        "phone", "phones", "key",  "country", "boolean", "size", "url"};
    return names[kind];
}

const struct vocabulary_column *vocabulary_columns(enum entity entity, size_t *count)
{
    const struct vocabulary_entity *table = (unsigned)entity < ENTITY_COUNT ? vocabulary_entities[entity] : NULL;
    *count = table ? table->count : 0;
    return table ? table->columns : NULL;
}

unsigned vocabulary_rank(enum entity entity, size_t column, struct slice header)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
    if (column >= count)
        return VOCABULARY_NO_RANK;
    struct query query;
    query_init(&query, header);
    return query_rank(&query, entity, &columns[column]);
}

enum match vocabulary_match(enum entity entity, size_t column, struct slice header)
{
    return match_of_rank(vocabulary_rank(entity, column, header));
}

bool vocabulary_find(enum entity entity, struct slice header, size_t *column, unsigned *rank)
{
    unsigned unused;
    struct query query;
    query_init(&query, header);
    return (unsigned)entity < ENTITY_COUNT && query_find(&query, entity, column, rank ? rank : &unused);
}

/* The best of the hits of columns that are called so. */
struct role_hit {
    const char *canonical;
    unsigned rank;
};

static void take_role(void *context, struct vocabulary_hit hit)
{
    struct role_hit *best = context;
    if (hit.rank < best->rank &&
        strcmp(vocabulary_entities[hit.entity]->columns[hit.column].name, best->canonical) == 0)
        best->rank = hit.rank;
}

unsigned vocabulary_rank_role(const char *canonical, struct slice header)
{
    struct query query;
    query_init(&query, header);
    unsigned best = VOCABULARY_NO_RANK;
    if (vocabulary_index_ready()) {
        struct role_hit role = {canonical, VOCABULARY_NO_RANK};
        vocabulary_index_each(&query, take_role, &role);
        return role.rank;
    }
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        for (size_t i = 0; i < vocabulary_entities[entity]->count; i++) {
            const struct vocabulary_column *column = &vocabulary_entities[entity]->columns[i];
            if (strcmp(column->name, canonical) != 0)
                continue;
            unsigned rank = query_rank(&query, entity, column);
            if (rank < best)
                best = rank;
        }
    }
    return best;
}

enum match vocabulary_match_role(const char *canonical, struct slice header)
{
    return match_of_rank(vocabulary_rank_role(canonical, header));
}

/* What a header says about each entity. */
struct evidence {
    double columns[ENTITY_COUNT][COLUMNS_MAX]; /* the best found for a column */
    double hints[ENTITY_COUNT];
    size_t explained[ENTITY_COUNT]; /* names that mean a column */
    size_t known;                   /* names that mean one in some entity, and are not anybody's */
};

/* Contacts and leads are one kind: all but a few names mean the same in both. */
static bool same_kind(enum entity a, enum entity b)
{
    return a == b || ((a == ENTITY_CONTACT || a == ENTITY_LEAD) && (b == ENTITY_CONTACT || b == ENTITY_LEAD));
}

/* query_find() for leads when it is known for contacts: their columns differ in the first alone. */
static bool query_find_lead(const struct query *query, size_t contact_column, unsigned contact_rank, size_t *column,
                            unsigned *rank)
{
    bool shared = contact_rank != VOCABULARY_NO_RANK && contact_column > 0;
    *column = shared ? contact_column : 0;
    *rank = shared ? contact_rank : query_rank(query, ENTITY_LEAD, &vocabulary_lead.columns[0]);
    return *rank != VOCABULARY_NO_RANK;
}

static unsigned weight_of(enum entity entity, size_t column)
{
    return vocabulary_entities[entity]->columns[column].weight;
}

static void evidence_add(struct evidence *evidence, struct slice header)
{
    struct query query;
    query_init(&query, header);
    size_t columns[ENTITY_COUNT] = {0};
    unsigned ranks[ENTITY_COUNT];
    unsigned kinds = 0;
    bool anybodys = false; /* it means a column that any kind of record may have */
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        bool known = entity == ENTITY_LEAD && ranks[ENTITY_CONTACT] != VOCABULARY_NO_RANK;
        bool found = entity == ENTITY_LEAD ? query_find_lead(&query, columns[ENTITY_CONTACT], ranks[ENTITY_CONTACT],
                                                             &columns[entity], &ranks[entity])
                                           : query_find(&query, entity, &columns[entity], &ranks[entity]);
        if (found && weight_of(entity, columns[entity]) == 0)
            anybodys = true;
        else
            kinds += found && !known;
        if (query_in_list(&query, vocabulary_entities[entity]->hints))
            evidence->hints[entity] += HINT_WEIGHT;
    }
    bool fresh = false; /* it says something that no name before it has said */
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++)
        fresh = fresh || (ranks[entity] != VOCABULARY_NO_RANK && evidence->columns[entity][columns[entity]] == 0);
    fresh = fresh && !anybodys;
    evidence->known += fresh;
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        if (ranks[entity] == VOCABULARY_NO_RANK || weight_of(entity, columns[entity]) == 0)
            continue;
        evidence->explained[entity] += fresh;
        double value = (double)weight_of(entity, columns[entity]) / kinds;
        if (ranks[entity] >= RANK_DECORATED || query.prefixed)
            value /= 2;
        if (ranks[entity] <= 1) /* the column's own name, which an alias of another kind does not outweigh */
            value += OWN_NAME * weight_of(entity, columns[entity]);
        double *best = &evidence->columns[entity][columns[entity]];
        if (value > *best)
            *best = value;
    }
}

enum entity vocabulary_recognise(const struct slice *headers, size_t count, double *confidence)
{
    struct evidence evidence = {0};
    for (size_t i = 0; i < count; i++)
        evidence_add(&evidence, headers[i]);
    double scores[ENTITY_COUNT] = {0};
    enum entity best = ENTITY_NONE;
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        for (size_t i = 0; i < vocabulary_entities[entity]->count; i++)
            scores[entity] += evidence.columns[entity][i];
        if (scores[entity] > 0)
            scores[entity] += evidence.hints[entity];
        if (evidence.known)
            scores[entity] *= (double)evidence.explained[entity] / (double)evidence.known;
        if (scores[entity] > scores[best])
            best = entity;
    }
    double second = 0;
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        if (!same_kind(entity, best) && scores[entity] > second)
            second = scores[entity];
    }
    if (confidence)
        *confidence = best == ENTITY_NONE ? 0 : (scores[best] - second) / (scores[best] + 2);
    return best;
}
