/* A value that is empty stays so, whatever becomes of its column: that there is none is no secret, and a token for it
 * would join what has nothing in common. */
#include <stdlib.h>
#include <string.h>

#include "analysis/mask_plan.h"
#include "base/utf8.h"
#include "stream/demand.h"

int mask_desk_init(struct mask_desk *desk, const struct mask_plan *plan, struct error *err)
{
    *desk = (struct mask_desk){.plan = plan, .dates = plan->dates};
    arena_init(&desk->arena);
    buffer_init(&desk->folded);
    desk->fields = calloc(plan->shown_count + 1, sizeof *desk->fields);
    desk->masked = calloc(plan->stream->column_count + 1, sizeof *desk->masked);
    return desk->fields && desk->masked ? 0 : error_memory(err);
}

void mask_desk_fini(struct mask_desk *desk)
{
    if (!desk->plan)
        return;
    free(desk->fields);
    free(desk->masked);
    arena_fini(&desk->arena);
    buffer_fini(&desk->folded);
    *desk = (struct mask_desk){0};
}

static const struct field nothing = {SLICE_INIT(""), FIELD_NULL};

/* Prefix, token, and the domain of an address with its "@", or nothing. */
static int make_token(struct mask_desk *desk, const struct mask_column *column, struct slice value, struct field *made,
                      struct error *err)
{
    const struct mask_options *o = desk->plan->options;
    size_t prefix = strlen(o->prefix);
    size_t domain = column->keep_domain ? mask_email_domain(value) : value.len;
    size_t behind = domain < value.len ? value.len - domain + 1 : 0;
    char *text = arena_alloc(&desk->arena, prefix + MASK_TOKEN + behind);

    if (!text)
        return error_memory(err);
    memcpy(text, o->prefix, prefix);
    size_t length = prefix + mask_token(&column->hasher, value, o->bits, text + prefix);
    memcpy(text + length, value.ptr + value.len - behind, behind);
    *made = field_text((struct slice){text, length + behind});
    return 0;
}

static int hash(struct mask_desk *desk, struct stream *stream, const struct record *record, size_t number,
                struct field *made, struct error *err)
{
    const struct mask_column *column = &desk->plan->columns[number];
    struct slice value = record->fields[number].text;

    if (record->fields[number].kind == FIELD_JSON)
        return stream_reject(stream, record, number, err,
                             "an array or object has no token; --blank and --drop take any value")
                   ? -1
                   : 1;
    if (column->fold) {
        if (!utf8_valid(value.ptr, value.len))
            return demand_refuse(stream, record, number, "not UTF-8", err);
        if (mask_fold(value, &desk->folded, &value))
            return error_memory(err);
    }
    return value.len ? make_token(desk, column, value, made, err) : 0;
}

static int make_coarse(struct mask_desk *desk, struct stream *stream, const struct record *record, size_t number,
                       struct field *made, struct error *err)
{
    enum period period = desk->plan->columns[number].period;
    char *text = arena_alloc(&desk->arena, MOMENT_TEXT);
    int32_t day;

    if (!text)
        return error_memory(err);
    int bad = demand_day(stream, record, number, &desk->dates, &day, err);
    if (bad)
        return bad;
    *made = field_text(period_format(period, period_of_day(period, day), text));
    return 0;
}

int mask_record(struct mask_desk *desk, struct stream *stream, const struct record *record, struct error *err)
{
    const struct mask_plan *plan = desk->plan;
    int result = 0;

    arena_reset(&desk->arena);
    for (size_t i = 0; i < plan->shown_count && result == 0; i++) {
        const size_t number = plan->shown[i];
        const enum mask_way way = plan->columns[number].way;
        struct field *made = &desk->fields[i];
        if (way == MASK_AS_IS || !record->fields[number].text.len) {
            *made = record->fields[number];
            continue;
        }
        *made = nothing;
        if (way == MASK_HASH)
            result = hash(desk, stream, record, number, made, err);
        else if (way == MASK_COARSE)
            result = make_coarse(desk, stream, record, number, made, err);
        desk->masked[number]++;
    }
    return result;
}
