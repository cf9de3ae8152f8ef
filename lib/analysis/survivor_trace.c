/* Provenance: a record for each value that survived. */
#include <stdio.h>
#include <string.h>

#include "analysis/survivor_state.h"

const struct slice survivor_trace_columns[SURVIVOR_TRACE_COLUMNS] = {
    SLICE_INIT("cluster_id"), SLICE_INIT("column"),   SLICE_INIT("value"),
    SLICE_INIT("rule"),       SLICE_INIT("input"),    SLICE_INIT("line"),
    SLICE_INIT("record"),     SLICE_INIT("distinct"), SLICE_INIT("alternatives")};

#define NUMBER_TEXT 24

static struct field number_field(uint64_t number, char text[NUMBER_TEXT])
{
    int len = snprintf(text, NUMBER_TEXT, "%llu", (unsigned long long)number);

    return field_number((struct slice){text, (size_t)len});
}

/* The values of the column in the cluster that are not `out`, joined. */
static int alternatives(struct survivor_work *work, size_t column, const struct field *out, struct field *field,
                        struct error *err)
{
    const struct tally *tally = &work->tally;
    size_t size = 1;
    size_t shown = 0;

    if (survivor_tally(work, column, err))
        return -1;
    for (size_t i = 0; i < tally->count; i++)
        size += tally->values[i].text.len + 3;
    char *text = arena_alloc(&work->arena, size + 3);
    if (!text)
        return error_memory(err);
    char *at = text;
    for (size_t i = 0; i < tally->count && shown <= SURVIVOR_ALTERNATIVES; i++) {
        struct slice value = tally->values[i].text;
        if (tally_equal(tally->equality, value, out->text))
            continue;
        if (shown)
            at = mempcpy(at, " | ", 3);
        if (shown++ == SURVIVOR_ALTERNATIVES)
            value = SLICE("...");
        at = mempcpy(at, value.ptr, value.len);
    }
    *field = field_text((struct slice){text, (size_t)(at - text)});
    return 0;
}

static bool is_list(enum survivor_rule rule)
{
    return rule == SURVIVOR_UNION || rule == SURVIVOR_CONCAT;
}

int survivor_trace(struct survivor_work *work, const struct stream *stream, uint64_t cluster, const struct field *out,
                   const struct survivor_choice *why, struct writer *writer, struct error *err)
{
    struct field fields[SURVIVOR_TRACE_COLUMNS];
    char numbers[4][NUMBER_TEXT];

    for (size_t i = 0; i < work->plan->count && work->count > 1; i++) {
        if (!why[i].distinct)
            continue;
        fields[0] = number_field(cluster, numbers[0]);
        fields[1] = field_text(work->plan->names[i]);
        fields[2] = out[i];
        fields[3] = field_text(slice_from_cstr(survivor_rule_name(why[i].rule)));
        fields[4] = fields[5] = fields[6] = (struct field){{"", 0}, FIELD_NULL};
        if (why[i].row != SURVIVOR_MANY) {
            const struct kept_place place = kept_place(work->kept, why[i].row);
            fields[4] = field_text(slice_from_cstr(stream_input_name(stream, place.input)));
            fields[5] = number_field(place.line, numbers[1]);
            fields[6] = number_field(place.number, numbers[2]);
        }
        fields[7] = number_field(why[i].distinct, numbers[3]);
        fields[8] = field_text(SLICE(""));
        if (!is_list(why[i].rule) && alternatives(work, i, &out[i], &fields[8], err))
            return -1;
        if (writer_put(writer, fields, err))
            return -1;
    }
    return 0;
}
