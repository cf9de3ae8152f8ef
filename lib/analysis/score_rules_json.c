/* Pieces of a rule file: numbers, texts, limits, expressions. Everything is checked where it is read, so that a message
 * names the very member that is wrong. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/score_rules_read.h"
#include "base/options.h"

const json_t *score_read_member(const struct settings_place *place, const json_t *object, const char *key,
                                struct settings_place *at)
{
    *at = settings_member(place, key, 0);
    return json_object_get(object, key);
}

const json_t *score_read_needed(const struct settings_place *place, const json_t *object, const char *key,
                                struct settings_place *at, struct error *err)
{
    const json_t *value = score_read_member(place, object, key, at);

    if (!value)
        settings_fail(at, err, "missing");
    return value;
}

/* The key that an unknown one was probably meant to be; NULL: none is near. */
static const char *nearest(const char *key, const char *const *keys)
{
    size_t length = strlen(key);
    size_t least = length > 3 ? 3 : 2; /* edits: fewer than that */
    const char *likely = NULL;

    for (; *keys; keys++) {
        size_t distance = edit_distance_folded(slice_from_cstr(key), slice_from_cstr(*keys));
        if (distance < least) {
            least = distance;
            likely = *keys;
        }
    }
    return likely;
}

static int unknown_key(const struct settings_place *place, const char *key, const char *const *keys, struct error *err)
{
    struct settings_place at = settings_member(place, key, 0);
    const char *likely = nearest(key, keys);
    char list[512];
    size_t used = 0;

    if (likely)
        return settings_fail(&at, err, "unknown key; did you mean '%s'?", likely);
    list[0] = '\0';
    for (size_t i = 0; keys[i] && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", keys[i]);
    return settings_fail(&at, err, "unknown key; there are %s", list);
}

int score_read_keys(const struct settings_place *place, const json_t *value, const char *const *keys, struct error *err)
{
    const char *key;
    json_t *member;

    if (!json_is_object(value))
        return settings_fail(place, err, "not an object");
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], key) != 0)
            i++;
        if (!keys[i])
            return unknown_key(place, key, keys, err);
    }
    return 0;
}

int score_read_array(const struct settings_place *place, const json_t *value, const char *what, size_t *count,
                     struct error *err)
{
    *count = json_array_size(value);
    return *count ? 0 : settings_fail(place, err, "not an array of at least one %s", what);
}

void *score_read_room(struct score_rules *rules, size_t count, size_t size, struct error *err)
{
    void *room = arena_alloc(&rules->arena, count * size);

    if (room)
        memset(room, 0, count * size);
    else
        error_memory(err);
    return room;
}

int score_read_copy(struct score_rules *rules, struct slice text, struct slice *copy, struct error *err)
{
    *copy = (struct slice){arena_copy(&rules->arena, text), text.len};
    return copy->ptr ? 0 : error_memory(err);
}

int score_read_text(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                    struct slice *text, struct error *err)
{
    struct slice read;

    if (settings_string(place, value, &read, err))
        return -1;
    if (read.len == 0)
        return settings_fail(place, err, "empty");
    return score_read_copy(rules, read, text, err);
}

int score_read_word(const struct settings_place *place, const json_t *value, const char *const *words, int *index,
                    struct error *err)
{
    struct slice text;
    struct quote q;
    char list[256];
    size_t used = 0;

    if (settings_string(place, value, &text, err))
        return -1;
    for (int i = 0; words[i]; i++)
        if (slice_equal_cstr(text, words[i])) {
            *index = i;
            return 0;
        }
    list[0] = '\0';
    for (int i = 0; words[i] && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", words[i]);
    return settings_fail(place, err, "'%s' is not one of: %s", quote_name(&q, text), list);
}

int score_read_number(const struct settings_place *place, const json_t *value, double *number, struct error *err)
{
    if (!json_is_number(value))
        return settings_fail(place, err, "not a number");
    *number = json_number_value(value);
    return 0;
}

int score_read_points(const struct settings_place *place, const json_t *value, double *points, struct error *err)
{
    if (score_read_number(place, value, points, err))
        return -1;
    if (fabs(*points) > SCORE_POINTS_MOST)
        return settings_fail(place, err, "%g is beyond %.0f", *points, copysign(SCORE_POINTS_MOST, *points));
    return 0;
}

int score_read_count(const struct settings_place *place, const json_t *value, int32_t most, int32_t *count,
                     struct error *err)
{
    double number = 0;

    if (score_read_number(place, value, &number, err))
        return -1;
    if (!(number >= 1 && number <= most) || number != floor(number))
        return settings_fail(place, err, "%g is not a whole number from 1 to %d", number, (int)most);
    *count = (int32_t)number;
    return 0;
}

int score_read_limits(const struct settings_place *place, const json_t *object, struct score_limits *limits,
                      struct error *err)
{
    struct settings_place at;
    const json_t *least = score_read_member(place, object, "min", &at);

    *limits = SCORE_NO_LIMITS;
    if (least && score_read_points(&at, least, &limits->least, err))
        return -1;
    const json_t *most = score_read_member(place, object, "max", &at);
    if (most && score_read_points(&at, most, &limits->most, err))
        return -1;
    if (limits->least > limits->most)
        return settings_fail(place, err, "min %g is above max %g", limits->least, limits->most);
    return 0;
}

int score_read_expression(const struct settings_place *place, const json_t *value, struct expression_columns *columns,
                          struct expression **expression, struct error *err)
{
    struct error what;
    struct slice text;

    if (settings_string(place, value, &text, err))
        return -1;
    if (expression_compile(expression, text, columns, &what) == 0)
        return 0;
    *expression = NULL;
    if (what.status == STATUS_USAGE)
        return settings_fail(place, err, "%s", what.text);
    *err = what;
    return -1;
}
