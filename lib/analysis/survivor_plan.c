/* The plan without configuration: what the vocabulary knows about the columns, which belong together, and which rule
 * loses least. */
#include <stdlib.h>
#include <string.h>

#include "analysis/survivor_state.h"
#include "base/memory.h"

static const char *const rule_names[SURVIVOR_RULES] = {
    [SURVIVOR_MOST_COMPLETE] = "most_complete",
    [SURVIVOR_MOST_RECENT] = "most_recent",
    [SURVIVOR_MOST_FREQUENT] = "most_frequent",
    [SURVIVOR_CONFIDENCE_MAJORITY] = "confidence_majority",
    [SURVIVOR_LONGEST] = "longest",
    [SURVIVOR_FIRST] = "first",
    [SURVIVOR_LAST] = "last",
    [SURVIVOR_SOURCE_PRIORITY] = "source_priority",
    [SURVIVOR_MIN] = "min",
    [SURVIVOR_MAX] = "max",
    [SURVIVOR_SUM] = "sum",
    [SURVIVOR_UNION] = "union",
    [SURVIVOR_CONCAT] = "concat",
    [SURVIVOR_UNANIMOUS] = "unanimous",
    [SURVIVOR_ORDER] = "order",
    [SURVIVOR_ANY] = "any",
    [SURVIVOR_ALL] = "all",
};

static const struct {
    const char *canonical;
    enum survivor_rule rule;
} usual_rules[] = {
    {"created_at", SURVIVOR_MIN},     {"updated_at", SURVIVOR_MAX},
    {"converted_at", SURVIVOR_MIN},   {"opt_out", SURVIVOR_ANY},
    {"tags", SURVIVOR_UNION},         {"other_emails", SURVIVOR_UNION},
    {"other_phones", SURVIVOR_UNION}, {"lifecycle_stage", SURVIVOR_ORDER},
    {"note", SURVIVOR_CONCAT},
};

/* The furthest first; behind the line what left it. With the names that HubSpot gives them in exports. */
static const struct slice stages[] = {
    SLICE_INIT("customer"),
    SLICE_INIT("evangelist"),
    SLICE_INIT("opportunity"),
    SLICE_INIT("SRL"),
    SLICE_INIT("sales ready lead"),
    SLICE_INIT("SQL"),
    SLICE_INIT("sales qualified lead"),
    SLICE_INIT("salesqualifiedlead"),
    SLICE_INIT("SAL"),
    SLICE_INIT("sales accepted lead"),
    SLICE_INIT("MQL"),
    SLICE_INIT("marketing qualified lead"),
    SLICE_INIT("marketingqualifiedlead"),
    SLICE_INIT("MAL"),
    SLICE_INIT("marketing accepted lead"),
    SLICE_INIT("lead"),
    SLICE_INIT("prospect"),
    SLICE_INIT("subscriber"),
    SLICE_INIT("suspect"),
    SLICE_INIT("lost"),
    SLICE_INIT("dead"),
    SLICE_INIT("junk"),
};

/* Columns that only mean something together. */
static const char *const usual_groups[][6] = {
    {"street", "city", "region", "postal_code", "country"},
    {"first_name", "middle_name", "last_name", "full_name", "name_prefix", "name_suffix"},
    {"amount", "currency"},
    {"email", "email_key"},
    {"phone", "phone_key"},
    {"utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"},
};

/* Where the values of a column go that lose. */
static const char *const overflows[][2] = {
    {"email", "other_emails"}, {"phone", "other_phones"}, {"mobile", "other_phones"}};

const char *survivor_rule_name(enum survivor_rule rule)
{
    return rule_names[rule];
}

bool survivor_rule_picks(enum survivor_rule rule)
{
    return rule != SURVIVOR_SUM && rule != SURVIVOR_UNION && rule != SURVIVOR_CONCAT && rule != SURVIVOR_UNANIMOUS;
}

static enum tally_equality equality_of(enum value_kind kind)
{
    if (kind == VALUE_ID || kind == VALUE_KEY)
        return TALLY_EXACT;
    return kind == VALUE_PHONE || kind == VALUE_PHONES ? TALLY_DIGITS : TALLY_FOLDED;
}

/* What the records are of: people and companies mostly, and deals. Few names are no reason to take them for events. */
static enum entity entity_of(const struct slice *names, size_t count)
{
    enum entity entity = vocabulary_recognise(names, count, NULL);

    return entity == ENTITY_LEAD || entity == ENTITY_ACCOUNT || entity == ENTITY_DEAL ? entity : ENTITY_CONTACT;
}

/* What the vocabulary knows about a name: in the kind of record that the header is of, else as one of the columns that
 * have usual rules. */
static void recognise(struct survivor_column *column, enum entity entity, struct slice name)
{
    size_t count;
    size_t found;
    const struct vocabulary_column *columns = vocabulary_columns(entity, &count);

    column->canonical = "";
    column->rank = VOCABULARY_NO_RANK;
    if (vocabulary_find(entity, name, &found, &column->rank)) {
        column->canonical = columns[found].name;
        column->equality = equality_of(columns[found].kind);
        return;
    }
    for (size_t i = 0; i < sizeof usual_rules / sizeof *usual_rules; i++)
        if (vocabulary_match_role(usual_rules[i].canonical, name) >= MATCH_ALIAS) {
            column->canonical = usual_rules[i].canonical;
            column->rank = vocabulary_rank_role(column->canonical, name);
            return;
        }
}

size_t survivor_plan_canonical(const struct survivor_plan *plan, const char *canonical)
{
    size_t best = COLUMN_ABSENT;

    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->columns[i].canonical, canonical) == 0 &&
            (best == COLUMN_ABSENT || plan->columns[i].rank < plan->columns[best].rank))
            best = i;
    return best;
}

int survivor_plan_group(struct survivor_plan *plan, const size_t *columns, size_t count, struct error *err)
{
    size_t *copy = arena_alloc(&plan->arena, count * sizeof *copy);

    if (!copy || ARRAY_GROW(plan->groups, plan->group_capacity, plan->group_count + 1))
        return error_memory(err);
    memcpy(copy, columns, count * sizeof *copy);
    plan->groups[plan->group_count++] = (struct survivor_group){copy, count};
    return 0;
}

static int make_usual_groups(struct survivor_plan *plan, struct error *err)
{
    for (size_t i = 0; i < sizeof usual_groups / sizeof *usual_groups; i++) {
        size_t columns[6];
        size_t count = 0;
        for (size_t j = 0; j < 6 && usual_groups[i][j]; j++) {
            columns[count] = survivor_plan_canonical(plan, usual_groups[i][j]);
            count += columns[count] != COLUMN_ABSENT;
        }
        if (count > 1 && survivor_plan_group(plan, columns, count, err))
            return -1;
    }
    return 0;
}

int survivor_plan_order(struct survivor_plan *plan, size_t column, const struct slice *order, size_t count,
                        struct error *err)
{
    struct slice *copy = arena_alloc(&plan->arena, count * sizeof *copy);

    if (!copy)
        return error_memory(err);
    for (size_t i = 0; i < count; i++) {
        copy[i].len = order[i].len;
        copy[i].ptr = arena_copy(&plan->arena, order[i]);
        if (!copy[i].ptr)
            return error_memory(err);
    }
    plan->columns[column].order = copy;
    plan->columns[column].order_count = count;
    return 0;
}

static void give_usual_rule(struct survivor_column *column)
{
    for (size_t i = 0; i < sizeof usual_rules / sizeof *usual_rules; i++)
        if (strcmp(column->canonical, usual_rules[i].canonical) == 0) {
            column->rule = usual_rules[i].rule;
            column->usual = true;
        }
    if (column->rule == SURVIVOR_ORDER) {
        column->order = stages;
        column->order_count = sizeof stages / sizeof *stages;
    }
}

int survivor_plan_new(struct survivor_plan **out, const struct slice *names, size_t count, struct error *err)
{
    struct survivor_plan *plan = calloc(1, sizeof *plan);

    *out = NULL;
    if (!plan || !(plan->columns = calloc(count ? count : 1, sizeof *plan->columns))) {
        free(plan);
        return error_memory(err);
    }
    arena_init(&plan->arena);
    plan->names = names;
    plan->count = count;
    enum entity entity = entity_of(names, count);
    for (size_t i = 0; i < count; i++) {
        struct survivor_column *column = &plan->columns[i];
        recognise(column, entity, names[i]);
        give_usual_rule(column);
        column->source = COLUMN_ABSENT;
        column->leader = i;
        column->overflow = COLUMN_ABSENT;
    }
    for (size_t i = 0; i < sizeof overflows / sizeof *overflows; i++) {
        size_t from = survivor_plan_canonical(plan, overflows[i][0]);
        if (from != COLUMN_ABSENT)
            plan->columns[from].overflow = survivor_plan_canonical(plan, overflows[i][1]);
    }
    plan->currency = survivor_plan_canonical(plan, "currency");
    plan->recent = survivor_plan_canonical(plan, "updated_at");
    if (plan->recent == COLUMN_ABSENT)
        plan->recent = survivor_plan_canonical(plan, "created_at");
    if (make_usual_groups(plan, err)) {
        survivor_plan_free(plan);
        return -1;
    }
    *out = plan;
    return 0;
}

void survivor_plan_free(struct survivor_plan *plan)
{
    if (!plan)
        return;
    arena_fini(&plan->arena);
    free(plan->columns);
    free(plan->groups);
    free(plan->doubts);
    free(plan);
}

const char *survivor_plan_doubt(const struct survivor_plan *plan, size_t index)
{
    return index < plan->doubt_count ? plan->doubts[index] : NULL;
}

enum survivor_rule survivor_plan_rule(const struct survivor_plan *plan, size_t column)
{
    return plan->columns[plan->columns[column].leader].rule;
}

size_t survivor_plan_leader(const struct survivor_plan *plan, size_t column)
{
    return plan->columns[column].leader;
}

size_t survivor_plan_recent(const struct survivor_plan *plan)
{
    return plan->recent;
}
