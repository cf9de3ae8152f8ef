/* From patterns to an automaton: the subset construction (Rabin and Scott, 1959). A state is the set of steps at which
 * the patterns may stand after the digits so far; sets met before are found by their hash. */
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/memory.h"
#include "value/phone_pattern.h"
#include "value/phone_steps.h"

struct set {
    size_t begin; /* in pool */
    size_t count;
};

struct builder {
    const struct phone_program *program;
    uint16_t *pool; /* the sets of all states, one behind the other, each in ascending order */
    size_t pool_count;
    size_t pool_capacity;
    struct set *sets; /* per state */
    size_t sets_capacity;
    uint16_t *slots; /* by hash: the state, or 0 for a free slot */
    size_t slot_count;
    uint32_t *seen; /* per step: the set in which it was last put */
    uint32_t set_number;
    uint16_t *stack;
    struct phone_automaton *automaton;
    size_t next_capacity;
    size_t matches_capacity;
};

/* Puts the steps that are reached from one without reading a digit behind the pool. The room was made: see step_to().
 */
static bool reach(struct builder *builder, uint16_t start)
{
    size_t depth = 0;

    builder->stack[depth++] = start;
    while (depth > 0) {
        uint16_t place = builder->stack[--depth];
        const struct phone_step *step = &builder->program->steps[place];
        if (builder->seen[place] == builder->set_number)
            continue;
        builder->seen[place] = builder->set_number;
        switch ((enum phone_step_kind)step->what) {
        case STEP_DIGIT:
        case STEP_MATCH:
            builder->pool[builder->pool_count++] = place;
            break;
        case STEP_SPLIT:
            builder->stack[depth++] = step->other;
            builder->stack[depth++] = step->first;
            break;
        case STEP_JUMP:
        case STEP_OPEN:
        case STEP_CLOSE:
            builder->stack[depth++] = step->first;
            break;
        case STEP_END:
            return false;
        }
    }
    return true;
}

static void sort(uint16_t *places, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint16_t place = places[i];
        size_t j = i;
        for (; j > 0 && places[j - 1] > place; j--)
            places[j] = places[j - 1];
        places[j] = place;
    }
}

/* The number of the state whose set stands behind the pool from begin on, a new one if need be; 0 when there is no
 * memory or no room for it, and then *made says so. */
static uint16_t state_of(struct builder *builder, size_t begin, enum phone_made *made)
{
    struct phone_automaton *automaton = builder->automaton;
    const uint16_t *places = builder->pool + begin;
    const size_t count = builder->pool_count - begin;
    const size_t bytes = count * sizeof *places;
    size_t slot = XXH3_64bits(places, bytes) & (builder->slot_count - 1);

    for (; builder->slots[slot] != 0; slot = (slot + 1) & (builder->slot_count - 1)) {
        const struct set *set = &builder->sets[builder->slots[slot]];
        if (set->count == count && memcmp(builder->pool + set->begin, places, bytes) == 0) {
            builder->pool_count = begin;
            return builder->slots[slot];
        }
    }
    *made = automaton->count == PHONE_STATES_MAX ? PHONE_NOT_PLAIN : PHONE_NO_MEMORY;
    if (automaton->count == PHONE_STATES_MAX ||
        ARRAY_GROW(builder->sets, builder->sets_capacity, automaton->count + 1) ||
        ARRAY_GROW(automaton->next, builder->next_capacity, automaton->count + 1) ||
        ARRAY_GROW(automaton->matches, builder->matches_capacity, automaton->count + 1))
        return 0;
    *made = PHONE_MADE;
    const uint16_t state = (uint16_t)automaton->count++;
    builder->sets[state] = (struct set){begin, count};
    builder->slots[slot] = state;
    automaton->matches[state] = 0;
    for (size_t i = 0; i < count; i++) {
        const struct phone_step *step = &builder->program->steps[places[i]];
        if (step->what == STEP_MATCH)
            automaton->matches[state] |= (uint16_t)(1U << step->value);
    }
    return state;
}

static int make_room(struct builder *builder)
{
    return ARRAY_GROW(builder->pool, builder->pool_capacity, builder->pool_count + builder->program->count);
}

static enum phone_made add_start(struct builder *builder, const struct phone_pattern *patterns, size_t count)
{
    enum phone_made made = PHONE_MADE;
    const size_t begin = builder->pool_count;

    if (make_room(builder))
        return PHONE_NO_MEMORY;
    builder->set_number++;
    for (size_t i = 0; i < count; i++)
        if (!reach(builder, patterns[i].start))
            return PHONE_NOT_PLAIN;
    sort(builder->pool + begin, builder->pool_count - begin);
    state_of(builder, begin, &made);
    return made;
}

/* Where a digit leads from a state. */
static enum phone_made add_next(struct builder *builder, size_t state, unsigned digit)
{
    enum phone_made made = PHONE_MADE;
    const size_t begin = builder->pool_count;
    const struct set set = builder->sets[state];
    uint16_t next = 0;

    if (make_room(builder))
        return PHONE_NO_MEMORY;
    builder->set_number++;
    for (size_t i = set.begin; i < set.begin + set.count; i++) {
        const struct phone_step *step = &builder->program->steps[builder->pool[i]];
        if (step->what == STEP_DIGIT && (step->value >> digit & 1) && !reach(builder, step->first))
            return PHONE_NOT_PLAIN;
    }
    if (builder->pool_count > begin) {
        sort(builder->pool + begin, builder->pool_count - begin);
        next = state_of(builder, begin, &made);
    }
    builder->automaton->next[state][digit] = next;
    return made;
}

static enum phone_made build(struct builder *builder, const struct phone_pattern *patterns, size_t count)
{
    struct phone_automaton *automaton = builder->automaton;
    enum phone_made made;

    if (ARRAY_GROW(builder->sets, builder->sets_capacity, 1) ||
        ARRAY_GROW(automaton->next, builder->next_capacity, 1) ||
        ARRAY_GROW(automaton->matches, builder->matches_capacity, 1))
        return PHONE_NO_MEMORY;
    memset(automaton->next[0], 0, sizeof automaton->next[0]);
    automaton->matches[0] = 0;
    automaton->count = 1;
    made = add_start(builder, patterns, count);
    for (size_t state = 1; made == PHONE_MADE && state < automaton->count; state++)
        for (unsigned digit = 0; made == PHONE_MADE && digit < 10; digit++)
            made = add_next(builder, state, digit);
    return made;
}

/* What is left over of doubling is given back; that it cannot be is no harm. */
static void shrink(struct phone_automaton *automaton)
{
    void *smaller = realloc(automaton->next, automaton->count * sizeof *automaton->next);
    if (smaller)
        automaton->next = smaller;
    smaller = realloc(automaton->matches, automaton->count * sizeof *automaton->matches);
    if (smaller)
        automaton->matches = smaller;
}

enum phone_made phone_automaton_make(struct phone_automaton *automaton, const struct phone_program *program,
                                     const struct phone_pattern *patterns, size_t count)
{
    enum phone_made made = PHONE_NO_MEMORY;
    struct builder builder = {
        .program = program,
        .automaton = automaton,
        .slot_count = (size_t)2 * PHONE_STATES_MAX,
        .slots = calloc((size_t)2 * PHONE_STATES_MAX, sizeof(uint16_t)),
        .seen = calloc(program->count + 1, sizeof(uint32_t)),
        .stack = malloc((2 * program->count + 2) * sizeof(uint16_t)),
    };

    if (builder.slots && builder.seen && builder.stack)
        made = build(&builder, patterns, count);
    if (made == PHONE_MADE)
        shrink(automaton);
    else
        phone_automaton_fini(automaton);
    free(builder.pool);
    free(builder.sets);
    free(builder.slots);
    free(builder.seen);
    free(builder.stack);
    return made;
}

void phone_automaton_fini(struct phone_automaton *automaton)
{
    free(automaton->next);
    free(automaton->matches);
    *automaton = (struct phone_automaton){0};
}
