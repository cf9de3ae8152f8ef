/* Stages: one growing array of stages and two tables of names. `index` knows the names and aliases of the set, folded,
 * and what was met in the data; `seen` knows every spelling that the data had, so that a record costs one look-up and a
 * name is folded once. A stage keeps its number for good. */
#include "analysis/stages_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/ascii.h"
#include "base/memory.h"

const char *const deal_status_words[] = {"open", "won", "lost", NULL};

void stages_init(struct stages *stages)
{
    *stages = (struct stages){0};
    group_init(&stages->index, sizeof(size_t));
    group_init(&stages->seen, sizeof(size_t));
    arena_init(&stages->arena);
}

void stages_fini(struct stages *stages)
{
    free(stages->items);
    group_fini(&stages->index);
    group_fini(&stages->seen);
    arena_fini(&stages->arena);
    *stages = (struct stages){0};
}

/* Nothing but blanks and what cannot be seen: the cells of an HTML table are filled with no-break spaces. */
static bool is_blank(struct slice name)
{
    utf8proc_ssize_t size;
    utf8proc_int32_t cp;

    for (size_t at = 0; at < name.len; at += (size_t)size) {
        size = utf8proc_iterate((const utf8proc_uint8_t *)name.ptr + at, (utf8proc_ssize_t)(name.len - at), &cp);
        if (size <= 0)
            return false;
        utf8proc_category_t category = utf8proc_category(cp);
        if ((category < UTF8PROC_CATEGORY_ZS || category > UTF8PROC_CATEGORY_ZP) && category != UTF8PROC_CATEGORY_CC &&
            category != UTF8PROC_CATEGORY_CF)
            return false;
    }
    return true;
}

struct slice stages_key(struct slice name, char *room)
{
    size_t len = vocabulary_normalise(name, room);

    if (len)
        return (struct slice){room, len};
    return is_blank(name) ? (struct slice){"", 0} : slice_trim(name);
}

int stages_add(struct stages *stages, const struct stage *stage, struct error *err)
{
    if (ARRAY_GROW(stages->items, stages->capacity, stages->count + 1))
        return error_memory(err);
    stages->items[stages->count++] = *stage;
    stages->listed += stage->listed;
    return 0;
}

int stages_add_name(struct stages *stages, struct slice name, size_t stage, size_t *holder, struct error *err)
{
    char room[VOCABULARY_KEY];
    bool added;
    size_t *number = group_get(&stages->index, stages_key(name, room), &added);

    if (!number)
        return error_memory(err);
    if (added)
        *number = stage;
    *holder = *number;
    return 0;
}

uint64_t stages_fingerprint(const struct stages *stages)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < stages->index.count; i++) {
        struct slice name = group_key(&stages->index, i);
        const size_t *number = group_state(&stages->index, i);
        hash = XXH3_64bits_withSeed(name.ptr, name.len, hash + *number);
    }
    for (size_t i = 0; i < stages->count; i++) {
        const struct stage *stage = &stages->items[i];
        const double numbers[] = {stage->status, isnan(stage->probability) ? -1 : stage->probability,
                                  isnan(stage->limit_days) ? -1 : stage->limit_days};
        hash = XXH3_64bits_withSeed(numbers, sizeof numbers, hash);
        hash = XXH3_64bits_withSeed(stage->name.ptr, stage->name.len, hash);
    }
    return hash;
}

const char *stages_fingerprint_text(const struct stages *stages, struct arena *arena)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%016" PRIx64, stages_fingerprint(stages));

    return arena_copy(arena, (struct slice){text, (size_t)length});
}

static size_t count_digits(struct slice text, size_t at)
{
    size_t count = 0;

    while (at + count < text.len && ascii_is_digit(text.ptr[at + count]))
        count++;
    return count;
}

/* Without the pipeline that Bitrix24 puts in front of a stage's id: "C5:WON", "DT128_5:WON". */
static struct slice without_pipeline(struct slice name)
{
    size_t at = 0;
    size_t digits;

    if (name.len > 1 && name.ptr[0] == 'C') {
        digits = count_digits(name, 1);
        at = digits ? 1 + digits : 0;
    } else if (name.len > 2 && name.ptr[0] == 'D' && name.ptr[1] == 'T') {
        digits = count_digits(name, 2);
        at = 2 + digits;
        if (digits == 0 || at >= name.len || name.ptr[at] != '_')
            return name;
        digits = count_digits(name, at + 1);
        at = digits ? at + 1 + digits : 0;
    }
    if (at == 0 || at >= name.len || name.ptr[at] != ':')
        return name;
    return (struct slice){name.ptr + at + 1, name.len - at - 1};
}

struct slice stages_without_note(struct slice name)
{
    struct slice trimmed = slice_trim(name);

    if (trimmed.len == 0 || trimmed.ptr[trimmed.len - 1] != ')')
        return name;
    const char *open = memrchr(trimmed.ptr, '(', trimmed.len);
    return open && open > trimmed.ptr ? slice_trim((struct slice){trimmed.ptr, (size_t)(open - trimmed.ptr)}) : name;
}

/* The stage of that name, or STAGES_NONE. *bare: the name stands for it as it is, with no pipeline in front or behind.
 */
static size_t look_up(const struct stages *stages, struct slice name, bool *bare)
{
    char room[VOCABULARY_KEY];
    const size_t *number = group_find(&stages->index, stages_key(name, room));

    *bare = number != NULL;
    if (!number && stages->builtin && stages->builtin->prefixed) {
        struct slice rest = without_pipeline(name);
        if (rest.len && rest.len < name.len)
            number = group_find(&stages->index, stages_key(rest, room));
    }
    struct slice rest = stages_without_note(name);
    if (!number && rest.len && rest.len < name.len)
        number = group_find(&stages->index, stages_key(rest, room));
    return number ? *number : STAGES_NONE;
}

/* A stage that the set does not have, under a name that others own: of the data, or of the command line. */
static int add_unknown(struct stages *stages, struct slice name, bool listed, size_t *number, struct error *err)
{
    enum deal_status status = deal_status_of(name);
    const char *copy = arena_copy(&stages->arena, name);
    bool room = !ARRAY_GROW(stages->items, stages->capacity, stages->count + 1);
    const struct stage stage = {
        .name = {copy, name.len},
        .status = status,
        .probability = status == DEAL_WON    ? 1
                       : status == DEAL_LOST ? 0
                                             : NAN,
        .limit_days = NAN,
        .listed = listed,
    };

    if (!copy || !room)
        return error_memory(err);
    if (stages_add_name(stages, name, stages->count, number, err))
        return -1;
    return stages_add(stages, &stage, err);
}

/* A spelling that the data did not have so far. */
static int meet(struct stages *stages, struct slice name, size_t *number, struct error *err)
{
    char room[VOCABULARY_KEY];
    struct slice trimmed = slice_trim(name);
    bool bare = true;
    bool added;

    *number = STAGES_NONE;
    if (stages_key(name, room).len == 0)
        return 0;
    size_t found = look_up(stages, trimmed, &bare);
    if (found == STAGES_NONE && add_unknown(stages, trimmed, false, &found, err))
        return -1;
    size_t *known = group_get(&stages->seen, name, &added);
    if (!known)
        return error_memory(err);
    *known = found;
    struct stage *stage = &stages->items[found];
    if (!stage->met && stages->builtin && bare)
        stage->name = slice_trim(group_key(&stages->seen, group_index(known)));
    stage->met = true;
    *number = found;
    return 0;
}

int stages_find(struct stages *stages, struct slice name, size_t *stage, struct error *err)
{
    const size_t *known = group_find(&stages->seen, name);

    if (!known)
        return meet(stages, name, stage, err);
    *stage = *known;
    return 0;
}

static int set_status(struct stages *stages, struct slice name, enum deal_status status, struct error *err)
{
    struct quote q;
    bool bare;
    size_t number = look_up(stages, name, &bare);

    if (number == STAGES_NONE && add_unknown(stages, name, true, &number, err))
        return -1;
    struct stage *stage = &stages->items[number];
    if (stage->told && stage->status != status)
        return error_set(err, STATUS_USAGE, "the stage '%s' is given as %s and as %s", quote(&q, name),
                         deal_status_words[stage->status], deal_status_words[status]);
    if (status != DEAL_OPEN)
        stage->probability = status == DEAL_WON;
    else if (stage->status != DEAL_OPEN)
        stage->probability = NAN;
    stage->status = status;
    stage->told = true;
    return 0;
}

int stages_set_status(struct stages *stages, struct slice names, enum deal_status status, struct error *err)
{
    char room[VOCABULARY_KEY];
    struct slice rest = names;
    struct quote q;

    for (;;) {
        const char *comma = rest.len ? memchr(rest.ptr, ',', rest.len) : NULL;
        struct slice name = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        name = slice_trim(name);
        if (stages_key(name, room).len == 0)
            return error_set(err, STATUS_USAGE, "the name of a stage is empty in '%s'", quote(&q, names));
        if (set_status(stages, name, status, err))
            return -1;
        if (!comma)
            return 0;
        rest = (struct slice){comma + 1, (size_t)(rest.ptr + rest.len - comma - 1)};
    }
}
