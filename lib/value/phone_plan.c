/* Numbering plans: the index of regions and calling codes, and the compiling of one plan.
 *
 * Regions of one calling code are asked in the library's order: the main region, then as in the metadata. Whatever the
 * plain path cannot repeat exactly makes a plan odd: a pattern outside the subset, a rule that is more than some digits
 * and a group, no list of lengths. No plan of 8.12.57 is. */
#include "value/phone_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

int phone_region_place(const char *region)
{
    if (!region || region[0] < 'A' || region[0] > 'Z' || region[1] < 'A' || region[1] > 'Z' || region[2] != '\0')
        return -1;
    return (region[0] - 'A') * 26 + (region[1] - 'A');
}

static void link_by_code(struct phone_plans *plans, size_t number, bool main_region)
{
    struct phone_plan *plan = &plans->plans[number];
    uint16_t *place = &plans->by_code[plan->code];

    if (!main_region)
        while (*place != 0)
            place = &plans->plans[*place - 1].sibling;
    plan->sibling = *place;
    *place = (uint16_t)(number + 1);
}

static int add_plan(struct phone_plans *plans, struct slice region, struct error *err)
{
    struct phone_metadata head;

    if (phone_metadata_head(region, &head) || plans->count == UINT16_MAX - 1 || head.id.len > 3)
        return error_set(err, STATUS_SYSTEM, "libphonenumber: its metadata has an unknown form");
    if (ARRAY_GROW(plans->plans, plans->capacity, plans->count + 1))
        return error_memory(err);
    const size_t number = plans->count++;
    struct phone_plan *plan = &plans->plans[number];
    *plan = (struct phone_plan){.metadata = region, .code = (uint16_t)head.calling_code, .leads = head.leading.len > 0};

    char digits[4] = {(char)('0' + plan->code / 100), (char)('0' + plan->code / 10 % 10),
                      (char)('0' + plan->code % 10)};
    const size_t zeros = plan->code < 10 ? 2 : plan->code < 100 ? 1 : 0;
    memcpy(plan->calling_code, digits + zeros, sizeof digits - zeros);
    plan->calling_code_len = (uint8_t)(3 - zeros);

    char id[4] = "";
    memcpy(id, head.id.ptr, head.id.len);
    const int place = phone_region_place(id);
    if (place >= 0) {
        memcpy(plan->region, id, 2);
        plans->by_region[place] = (uint16_t)(number + 1);
    }
    link_by_code(plans, number, head.main_region);
    if (plan->leads) {
        const enum phone_made made = phone_program_add(&plans->leading, head.leading, 0, &plan->leading);
        if (made == PHONE_NO_MEMORY)
            return error_memory(err);
        if (made == PHONE_NOT_PLAIN)
            return error_set(err, STATUS_SYSTEM, "libphonenumber: its metadata has an unknown form");
    }
    return 0;
}

int phone_plans_init(struct phone_plans *plans, struct slice metadata, struct error *err)
{
    struct slice region;
    int found;

    *plans = (struct phone_plans){0};
    while ((found = phone_metadata_next(&metadata, &region)) == 1)
        if (add_plan(plans, region, err))
            return -1;
    if (found < 0)
        return error_set(err, STATUS_SYSTEM, "libphonenumber: its metadata has an unknown form");
    return 0;
}

void phone_plans_fini(struct phone_plans *plans)
{
    for (size_t i = 0; i < plans->count; i++) {
        phone_program_fini(&plans->plans[i].program);
        phone_automaton_fini(&plans->plans[i].kinds);
    }
    free(plans->plans);
    phone_program_fini(&plans->leading);
    *plans = (struct phone_plans){0};
}

/* "268$1" or "$2": digits, then one group. */
static bool read_trunk_rule(struct phone_plan *plan, struct slice rule)
{
    if (rule.len == 0)
        return true;
    if (rule.len < 2 || rule.len - 2 > sizeof plan->trunk_text || rule.ptr[rule.len - 2] != '$')
        return false;
    const char group = rule.ptr[rule.len - 1];
    if (group < '1' || group > '0' + PHONE_GROUPS || group > '0' + plan->trunk.groups)
        return false;
    for (size_t i = 0; i < rule.len - 2; i++)
        if (rule.ptr[i] < '0' || rule.ptr[i] > '9')
            return false;
    memcpy(plan->trunk_text, rule.ptr, rule.len - 2);
    plan->trunk_text_len = (uint8_t)(rule.len - 2);
    plan->trunk_group = (uint8_t)(group - '0');
    return true;
}

static enum phone_made compile_prefixes(struct phone_plan *plan, const struct phone_metadata *metadata)
{
    enum phone_made made = PHONE_MADE;

    plan->has_idd = metadata->idd.len > 0;
    plan->has_trunk = metadata->trunk.len > 0;
    if (plan->has_idd)
        made = phone_program_add(&plan->program, metadata->idd, 0, &plan->idd);
    if (plan->has_trunk && made == PHONE_MADE)
        made = phone_program_add(&plan->program, metadata->trunk, 0, &plan->trunk);
    if (made == PHONE_MADE && !read_trunk_rule(plan, metadata->trunk_rule))
        made = PHONE_NOT_PLAIN;
    return made;
}

static enum phone_made compile_kinds(struct phone_plan *plan, const struct phone_metadata *metadata)
{
    struct phone_program program = {0};
    struct phone_pattern patterns[PLAN_KINDS];
    size_t count = 0;
    enum phone_made made = PHONE_MADE;

    for (unsigned kind = 0; kind < PLAN_KINDS && made == PHONE_MADE; kind++) {
        const struct phone_description *description = &metadata->kinds[kind];
        if (description->pattern.len == 0)
            continue;
        made = phone_program_add(&program, description->pattern, kind, &patterns[count++]);
        for (size_t length = 0; length <= PHONE_NUMBER_MAX; length++)
            if (!description->lengths_listed || (description->lengths >> length & 1))
                plan->kinds_by_length[length] |= (uint16_t)(1U << kind);
    }
    if (made == PHONE_MADE)
        made = phone_automaton_make(&plan->kinds, &program, patterns, count);
    phone_program_fini(&program);
    return made;
}

int phone_plan_compile(struct phone_plan *plan, struct error *err)
{
    struct phone_metadata metadata;
    enum phone_made made = PHONE_NOT_PLAIN;

    if (plan->state != PLAN_UNREAD)
        return 0;
    if (phone_metadata_read(plan->metadata, &metadata) == 0 && metadata.kinds[PLAN_ANY].lengths != 0) {
        plan->lengths = metadata.kinds[PLAN_ANY].lengths;
        plan->local_lengths = metadata.kinds[PLAN_ANY].local_lengths;
        plan->mobile_like_fixed = metadata.mobile_like_fixed;
        made = compile_prefixes(plan, &metadata);
        if (made == PHONE_MADE)
            made = compile_kinds(plan, &metadata);
    }
    if (made == PHONE_MADE) {
        plan->state = PLAN_READY;
        return 0;
    }
    phone_program_fini(&plan->program);
    phone_automaton_fini(&plan->kinds);
    memset(plan->kinds_by_length, 0, sizeof plan->kinds_by_length);
    if (made == PHONE_NO_MEMORY)
        return error_memory(err);
    plan->state = PLAN_ODD;
    return 0;
}

static int compiled(struct phone_plans *plans, unsigned number, struct phone_plan **plan, struct error *err)
{
    *plan = number == 0 ? NULL : &plans->plans[number - 1];
    return *plan && (*plan)->state == PLAN_UNREAD ? phone_plan_compile(*plan, err) : 0;
}

int phone_plan_by_region(struct phone_plans *plans, const char *region, struct phone_plan **plan, struct error *err)
{
    const int place = phone_region_place(region);
    return compiled(plans, place < 0 ? 0 : plans->by_region[place], plan, err);
}

int phone_plan_by_code(struct phone_plans *plans, unsigned code, struct phone_plan **plan, struct error *err)
{
    return compiled(plans, code > 999 ? 0 : plans->by_code[code], plan, err);
}

enum phone_length phone_plan_length(const struct phone_plan *plan, size_t digits)
{
    if (digits >= 32)
        return LENGTH_TOO_LONG;
    const uint32_t bit = (uint32_t)1 << digits;
    if (plan->local_lengths & bit)
        return LENGTH_LOCAL;
    if (plan->lengths & bit)
        return LENGTH_FITS;
    if ((plan->lengths & (bit - 1)) == 0)
        return LENGTH_TOO_SHORT;
    return plan->lengths >> digits == 0 ? LENGTH_TOO_LONG : LENGTH_BETWEEN;
}
