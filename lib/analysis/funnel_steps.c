/* Funnel steps: splitting by hand, since a name may hold any character behind a backslash. */
#include "analysis/funnel_steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "value/duration.h"

void funnel_steps_init(struct funnel_steps *steps)
{
    *steps = (struct funnel_steps){0};
    arena_init(&steps->arena);
}

void funnel_steps_fini(struct funnel_steps *steps)
{
    for (int i = 0; i < steps->count; i++)
        expression_free(steps->items[i].condition);
    free(steps->exclusions);
    expression_columns_fini(&steps->columns);
    arena_fini(&steps->arena);
    *steps = (struct funnel_steps){0};
}

static struct funnel_step *new_step(struct funnel_steps *steps, struct error *err)
{
    if (steps->count == FUNNEL_STEPS) {
        error_set(err, STATUS_USAGE, "more than %d steps", FUNNEL_STEPS);
        return NULL;
    }
    struct funnel_step *step = &steps->items[steps->count++];
    *step = (struct funnel_step){0};
    return step;
}

/* The next name of the text, up to one of the characters in `ends` or the end: blanks around it and backslashes taken
 * away, copied into the arena. */
static int take_name(struct funnel_steps *steps, const char **text, const char *ends, struct slice *name,
                     struct error *err)
{
    const char *at = *text;
    const char *end = at;

    while (*end && !strchr(ends, *end))
        end += *end == '\\' && end[1] ? 2 : 1;
    char *copy = arena_alloc(&steps->arena, (size_t)(end - at) + 1);
    if (!copy)
        return error_memory(err);
    *name = (struct slice){copy, 0};
    for (; at < end; at++) {
        at += *at == '\\' && at + 1 < end;
        copy[name->len++] = *at;
    }
    *name = slice_trim(*name);
    *text = end;
    if (name->len == 0)
        return error_set(err, STATUS_USAGE, "a step without a name");
    return 0;
}

static int join_names(struct funnel_steps *steps, struct funnel_step *step, struct error *err)
{
    size_t len = 0;

    for (size_t i = 0; i < step->event_count; i++)
        len += step->events[i].len + 1;
    char *text = arena_alloc(&steps->arena, len);
    if (!text)
        return error_memory(err);
    step->name = (struct slice){text, len - 1};
    for (size_t i = 0; i < step->event_count; i++) {
        if (i)
            *text++ = '|';
        memcpy(text, step->events[i].ptr, step->events[i].len);
        text += step->events[i].len;
    }
    return 0;
}

static int add_event(struct funnel_steps *steps, struct funnel_step *step, struct slice event, struct error *err)
{
    struct slice *events = arena_alloc(&steps->arena, (step->event_count + 1) * sizeof *events);

    if (!events)
        return error_memory(err);
    if (step->event_count)
        memcpy(events, step->events, step->event_count * sizeof *events);
    events[step->event_count++] = event;
    step->events = events;
    return 0;
}

int funnel_steps_parse(struct funnel_steps *steps, const char *text, struct error *err)
{
    for (;;) {
        struct funnel_step *step = new_step(steps, err);
        struct slice event;
        if (!step)
            return -1;
        do {
            if (take_name(steps, &text, ",|?", &event, err) || add_event(steps, step, event, err))
                return -1;
        } while (*text == '|' && text++);
        if (*text == '?') {
            steps->optional |= 1u << (steps->count - 1);
            text++;
        }
        if (join_names(steps, step, err))
            return -1;
        if (*text == '\0')
            return 0;
        if (*text != ',')
            return error_set(err, STATUS_USAGE, "'%s': a comma must follow the '?'; a '?' in a name is written '\\?'",
                             text);
        text++;
    }
}

int funnel_steps_add(struct funnel_steps *steps, const char *text, struct error *err)
{
    const char *given = text;
    struct funnel_step *step = new_step(steps, err);

    if (!step || take_name(steps, &text, "=?", &step->name, err))
        return -1;
    if (*text == '?') {
        steps->optional |= 1u << (steps->count - 1);
        text++;
    }
    if (*text != '=')
        return error_set(err, STATUS_USAGE, "'%s' is not NAME=CONDITION", given);
    return expression_compile(&step->condition, slice_from_cstr(text + 1), &steps->columns, err);
}

int funnel_steps_of_stages(struct funnel_steps *steps, struct error *err)
{
    struct funnel_step *won = NULL;

    for (int pass = 0; pass < 2; pass++) /* those that are won come last */
        for (size_t i = 0; i < steps->stages->listed; i++) {
            const struct stage *stage = &steps->stages->items[i];
            if (stage->status != (pass ? DEAL_WON : DEAL_OPEN) || stage->incoming)
                continue;
            struct funnel_step *step = pass && won ? won : new_step(steps, err);
            if (!step || add_event(steps, step, stage->name, err) || join_names(steps, step, err))
                return -1;
            if (pass)
                won = step;
        }
    return 0;
}

/* Steps of one name become "view", "view (2)". */
static int make_different(struct funnel_steps *steps, int number, struct error *err)
{
    struct funnel_step *step = &steps->items[number];
    struct slice name = step->name;

    for (int copies = 1, i = 0; i < number; i++)
        if (slice_equal(steps->items[i].name, step->name)) {
            struct buffer text;
            buffer_init(&text);
            copies++;
            if (buffer_printf(&text, "%.*s (%d)", SLICE_ARG(name), copies)) {
                buffer_fini(&text);
                return error_memory(err);
            }
            step->name = (struct slice){arena_copy(&steps->arena, buffer_slice(&text)), text.len};
            buffer_fini(&text);
            if (!step->name.ptr)
                return error_memory(err);
            i = -1;
        }
    return 0;
}

int funnel_steps_finish(struct funnel_steps *steps, struct error *err)
{
    if (steps->count == 0)
        return error_set(err, STATUS_USAGE, "say which events are the steps: --steps visit,signup,order");
    if (steps->optional & (1u | 1u << (steps->count - 1)))
        return error_set(err, STATUS_USAGE, "the first and the last step cannot be optional");
    for (int i = 1; i < steps->count; i++)
        if (make_different(steps, i, err))
            return -1;
    return 0;
}

/* Or -1, without an error. */
static int find(const struct funnel_steps *steps, struct slice text)
{
    int number = 0;

    for (int i = 0; i < steps->count; i++)
        if (slice_equal(steps->items[i].name, text))
            return i;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || i == 3)
            return -1;
        number = number * 10 + text.ptr[i] - '0';
    }
    return number >= 1 && number <= steps->count ? number - 1 : -1;
}

int funnel_steps_find(const struct funnel_steps *steps, struct slice text, struct error *err)
{
    int step = find(steps, text);
    char list[512];
    size_t used = 0;

    if (step >= 0)
        return step;
    for (int i = 0; i < steps->count && used + 1 < sizeof list; i++) {
        struct quote q;
        int length =
            snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", quote_name(&q, steps->items[i].name));
        used += (size_t)length < sizeof list - used ? (size_t)length : sizeof list - used - 1;
    }
    struct quote q;
    return error_set(err, STATUS_USAGE, "no step '%s'; the steps are: %s", quote_name(&q, text), list);
}

/* "FROM..TO" behind the last '@'. false: it is none, and the '@' is part of the name. */
static bool find_range(const struct funnel_steps *steps, const char *text, int *from, int *to)
{
    const char *dots = strstr(text, "..");

    if (!dots)
        return false;
    *from = find(steps, (struct slice){text, (size_t)(dots - text)});
    *to = find(steps, slice_from_cstr(dots + 2));
    return *from >= 0 && *to > *from;
}

int funnel_steps_exclude(struct funnel_steps *steps, const char *text, struct error *err)
{
    const char *at = strrchr(text, '@');
    int from = 0;
    int to = steps->count - 1;

    if (!at || !find_range(steps, at + 1, &from, &to)) {
        if (at && strstr(at, ".."))
            return error_set(err, STATUS_USAGE, "'%s': no such steps, or not in this order", at + 1);
        at = text + strlen(text);
        from = 0;
        to = steps->count - 1;
    }
    struct slice event = slice_trim((struct slice){text, (size_t)(at - text)});
    if (event.len == 0)
        return error_set(err, STATUS_USAGE, "no event before the '@'");
    if (ARRAY_GROW(steps->exclusions, steps->exclusion_capacity, steps->exclusion_count + 1))
        return error_memory(err);
    steps->exclusions[steps->exclusion_count++] = (struct funnel_exclusion){
        .event = event,
        .breaks = (1u << to) - (1u << from),
    };
    return 0;
}

static void limit_gap(struct funnel_gap *gap, char sign, bool included, int64_t duration)
{
    if (sign == '<') {
        int64_t most = included ? duration : duration - 1;
        if (most < gap->most)
            gap->most = most;
    } else {
        int64_t least = included ? duration : duration + 1;
        if (least > gap->least)
            gap->least = least;
    }
}

int funnel_steps_gap(const struct funnel_steps *steps, const char *text, struct funnel_rules *rules, struct error *err)
{
    size_t len = strlen(text);
    size_t sign = len;
    int64_t duration;

    while (sign > 0 && text[sign - 1] != '<' && text[sign - 1] != '>')
        sign--;
    if (sign == 0)
        return error_set(err, STATUS_USAGE, "'%s' is not STEP<7d or STEP>1h", text);
    bool included = text[sign] == '=';
    struct slice name = slice_trim((struct slice){text, sign - 1});
    struct slice limit = slice_trim(slice_from_cstr(text + sign + included));
    if (duration_parse(limit, &duration, err))
        return -1;
    if (!included && duration == 0 && text[sign - 1] == '<')
        return error_set(err, STATUS_USAGE, "'%s': no time is below 0", text);
    int step = name.len ? funnel_steps_find(steps, name, err) : 0;
    if (step < 0)
        return -1;
    if (name.len && step == 0)
        return error_set(err, STATUS_USAGE, "'%s': there is no step before the first", text);
    for (int i = 1; i < steps->count; i++)
        if (name.len == 0 || i == step)
            limit_gap(&rules->gap[i], text[sign - 1], included, duration);
    rules->has_gaps = true;
    return 0;
}

/* Whether two names are one: of stages, if their set says so. */
static int same_event(const struct funnel_steps *steps, struct slice a, struct slice b, bool *same, struct error *err)
{
    size_t first;
    size_t second;

    *same = slice_equal(a, b);
    if (*same || !steps->stages)
        return 0;
    if (stages_find(steps->stages, a, &first, err) || stages_find(steps->stages, b, &second, err))
        return -1;
    *same = first == second && first != STAGES_NONE;
    return 0;
}

int funnel_steps_match(const struct funnel_steps *steps, struct slice event, struct funnel_event *masks,
                       struct error *err)
{
    bool same;

    masks->steps = masks->breaks = 0;
    for (int i = 0; i < steps->count; i++)
        for (size_t j = 0; j < steps->items[i].event_count; j++) {
            if (same_event(steps, steps->items[i].events[j], event, &same, err))
                return -1;
            if (same)
                masks->steps |= 1u << i;
        }
    for (size_t i = 0; i < steps->exclusion_count; i++) {
        if (same_event(steps, steps->exclusions[i].event, event, &same, err))
            return -1;
        if (same)
            masks->breaks |= steps->exclusions[i].breaks;
    }
    return 0;
}
