/* Match rules on a pair: each field is compared when a term asks for it, once. Most pairs of values have been compared
 * before; they are remembered in a small table that forgets by overwriting, as in link_score.c. */
#include "analysis/link_rules_score.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/link_compare.h"
#include "value/similarity.h"

#define MEMORY_BITS 14
#define MEMORY_SIZE ((size_t)1 << MEMORY_BITS)
#define ID_BITS 28 /* of two values and a byte, 64 bits */

#define LEAST_EXCHANGED 80 /* percent: names that are less alike than that are not taken for exchanged ones */

struct level_percent {
    const char *level;
    uint8_t percent;
};
#define LEVELS(...) \
    {               \
        __VA_ARGS__ \
    }
#define WORDS LEVELS({"weak", 35}, {"half", 55}, {"similar", 75}, {"near", 90})

static const struct {
    uint8_t usual;
    struct level_percent levels[LINK_LEVELS - 2]; /* but missing, else 0, and exact 100 */
} kinds[LINK_KINDS] = {
    [LINK_FIRST_NAME] = {85, LEVELS({"initial", 85}, {"similar", 0}, {"variant", 95}, {"near", 0}, {"swapped", 0})},
    [LINK_LAST_NAME] = {90, LEVELS({"initial", 85}, {"similar", 0}, {"variant", 90}, {"near", 0}, {"swapped", 0})},
    [LINK_FULL_NAME] = {75, WORDS},
    [LINK_EMAIL] = {90, LEVELS({"domain", 30}, {"user-like", 40}, {"user", 60}, {"near", 90})},
    [LINK_PHONE] = {80, LEVELS({"near", 70}, {"tail", 90})},
    [LINK_DATE] = {90, LEVELS({"year", 30}, {"year-only", 60}, {"two-parts", 70}, {"near", 90})},
    [LINK_POSTAL_CODE] = {80, LEVELS({"district", 50}, {"near", 70})},
    [LINK_STREET] = {80, LEVELS({"weak", 40}, {"neighbour", 60}, {"similar", 80}, {"near", 90})},
    [LINK_PLACE] = {85, LEVELS({"similar", 0}, {"near", 0})},
    [LINK_COMPANY] = {70, WORDS},
    [LINK_ORGANISATION] = {70, WORDS},
    [LINK_DOMAIN] = {90, LEVELS({"near", 90})},
    [LINK_IDENTIFIER] = {90, LEVELS({"near", 90})},
    [LINK_NUMBER] = {90, LEVELS({"tenth", 50}, {"hundredth", 90})},
    [LINK_COUNTRY] = {100, LEVELS({0})},
    [LINK_CATEGORY] = {100, LEVELS({0})},
    [LINK_TEXT] = {50, WORDS},
};

uint8_t link_usual_threshold(enum link_kind kind)
{
    return kinds[kind].usual;
}

static uint8_t percent_of(enum link_kind kind, unsigned level)
{
    const char *name = link_level_name(kind, level);

    if (level + 1 == link_kind_levels(kind))
        return 100;
    for (size_t i = 0; i < LINK_LEVELS - 2 && kinds[kind].levels[i].level; i++)
        if (strcmp(kinds[kind].levels[i].level, name) == 0)
            return kinds[kind].levels[i].percent;
    return 0;
}

static bool is_name(enum link_kind kind)
{
    return kind == LINK_FIRST_NAME || kind == LINK_LAST_NAME;
}

static bool share_sound(const struct link_value *a, const struct link_value *b)
{
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            if (a->name.sound[i] && a->name.sound[i] == b->name.sound[k])
                return true;
    return false;
}

/* Names as those of a kind, which may not be their own when they are exchanged. */
static unsigned compare_as(const struct link_values *values, enum link_kind kind, const uint8_t *percents, uint32_t a,
                           uint32_t b)
{
    unsigned percent = percents[link_compare_values(values, kind, a, b)];

    if (!is_name(kind) && kind != LINK_PLACE)
        return percent;
    double similarity = similarity_jaro_winkler(link_value_text(values, a), link_value_text(values, b));
    unsigned alike = (unsigned)(similarity * 100 + 1e-9);
    percent = alike > percent ? alike : percent;
    if (is_name(kind) && percent < 90 && share_sound(link_value(values, a), link_value(values, b)))
        percent = 90;
    return percent;
}

static void fill_percents(enum link_kind kind, uint8_t percents[LINK_LEVELS])
{
    for (unsigned level = 0; level < link_kind_levels(kind); level++)
        percents[level] = percent_of(kind, level);
}

unsigned link_match_percent(const struct link_field *field, uint32_t a, uint32_t b)
{
    uint8_t percents[LINK_LEVELS];

    if (a == b)
        return 100;
    fill_percents(field->kind, percents);
    return compare_as(field->values, field->kind, percents, a < b ? a : b, a < b ? b : a);
}

int link_matcher_init(struct link_matcher *matcher, const struct link_match_rules *rules,
                      const struct link_records *records, struct error *err)
{
    *matcher = (struct link_matcher){.rules = rules, .records = records};
    for (size_t f = 0; f < records->field_count; f++) {
        fill_percents(records->fields[f].kind, matcher->percents[f]);
        matcher->memory[f] = calloc(MEMORY_SIZE, sizeof **matcher->memory);
        if (!matcher->memory[f])
            return error_memory(err);
    }
    return 0;
}

void link_matcher_fini(struct link_matcher *matcher)
{
    for (size_t f = 0; f < LINK_FIELDS; f++)
        free(matcher->memory[f]);
    *matcher = (struct link_matcher){0};
}

/* Two values, compared as those of field f. */
static unsigned percent_between(struct link_matcher *matcher, size_t f, uint32_t a, uint32_t b)
{
    const struct link_field *field = &matcher->records->fields[f];
    uint32_t low = a < b ? a : b, high = a < b ? b : a;

    if (low == high)
        return 100;
    if (high >> ID_BITS)
        return compare_as(field->values, field->kind, matcher->percents[f], low, high);
    uint64_t key = (uint64_t)high << ID_BITS | low;
    uint64_t *entry = &matcher->memory[f][key * 0x9e3779b97f4a7c15u >> (64 - MEMORY_BITS)];
    if (*entry >> 8 != key)
        *entry = key << 8 | compare_as(field->values, field->kind, matcher->percents[f], low, high);
    return (unsigned)(*entry & 0xff);
}

/* The best of all pairs of the columns of a field. */
static unsigned field_percent(struct link_matcher *matcher, size_t f, const uint32_t *a, const uint32_t *b)
{
    const struct link_field *field = &matcher->records->fields[f];
    unsigned best = LINK_NO_PERCENT;

    for (size_t i = 0; i < field->slots; i++)
        for (size_t k = 0; k < field->slots; k++) {
            uint32_t ida = a[field->first + i], idb = b[field->first + k];

            if (!ida || !idb)
                continue;
            unsigned percent = percent_between(matcher, f, ida, idb);
            if (best == LINK_NO_PERCENT || percent > best)
                best = percent;
        }
    return best;
}

/* A pair at hand. */
#define NOT_YET 255
struct pair {
    struct link_matcher *matcher;
    const uint32_t *a, *b;
    uint8_t percents[LINK_FIELDS];           /* NOT_YET compared, LINK_NO_PERCENT */
    const struct link_match_rule *exchanged; /* the rule whose names are exchanged, or NULL */
    const struct link_match_rule *asked;     /* the rule that the next is of, or NULL */
    unsigned names;                          /* how alike names are when they are exchanged */
};

static bool term_holds(struct pair *pair, const struct link_rule_node *node)
{
    unsigned percent;

    if (pair->exchanged && (node->field == pair->exchanged->first || node->field == pair->exchanged->last))
        return pair->names >= node->threshold;
    if (pair->percents[node->field] == NOT_YET)
        pair->percents[node->field] = (uint8_t)field_percent(pair->matcher, node->field, pair->a, pair->b);
    percent = pair->percents[node->field];
    return percent == LINK_NO_PERCENT ? node->or_missing : percent >= node->threshold;
}

static bool node_holds(struct pair *pair, uint16_t number)
{
    const struct link_rule_node *nodes = pair->matcher->rules->nodes;
    bool all = nodes[number].type == LINK_NODE_ALL;

    if (nodes[number].type == LINK_NODE_TERM)
        return term_holds(pair, &nodes[number]);
    for (uint16_t child = nodes[number].child; child; child = nodes[child].next)
        if (node_holds(pair, child) != all)
            return !all;
    return all;
}

/* How alike the names of both are when those of one are exchanged: the less alike two of them; 0: one is missing. */
static unsigned exchange_names(struct pair *pair, const struct link_match_rule *rule)
{
    const struct link_field *fields = pair->matcher->records->fields;
    size_t f = fields[rule->first].first, l = fields[rule->last].first;
    unsigned one, other;

    if (!pair->a[f] || !pair->a[l] || !pair->b[f] || !pair->b[l])
        return 0;
    one = percent_between(pair->matcher, rule->last, pair->a[f], pair->b[l]);
    if (one < LEAST_EXCHANGED)
        return 0;
    other = percent_between(pair->matcher, rule->last, pair->a[l], pair->b[f]);
    return one < other ? one : other;
}

static bool rule_holds(struct pair *pair, const struct link_match_rule *rule)
{
    bool holds = node_holds(pair, rule->root);

    if (holds || !rule->transposed)
        return holds;
    if (!pair->asked || pair->asked->first != rule->first || pair->asked->last != rule->last) {
        pair->asked = rule;
        pair->names = exchange_names(pair, rule);
    }
    if (pair->names < LEAST_EXCHANGED)
        return false;
    pair->exchanged = rule;
    holds = node_holds(pair, rule->root);
    pair->exchanged = NULL;
    return holds;
}

size_t link_matcher_rule(struct link_matcher *matcher, uint32_t a, uint32_t b)
{
    struct pair pair = {.matcher = matcher, .a = link_row(matcher->records, a), .b = link_row(matcher->records, b)};

    memset(pair.percents, NOT_YET, sizeof pair.percents);
    for (size_t i = 0; i < matcher->rules->count; i++)
        if (rule_holds(&pair, &matcher->rules->rules[i]))
            return i;
    return LINK_MATCHERS;
}
