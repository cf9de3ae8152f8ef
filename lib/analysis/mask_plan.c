/* The names that were given are looked for in each input by itself, so that "#3" is the third column of each. A path
 * into JSON is refused: what it leads to is part of a column, which would still be written with it. */
#include "analysis/mask_plan.h"

#include <stdlib.h>
#include <string.h>

/* ---- which column ---- */

static size_t column_of(const struct stream *stream, size_t input, size_t index)
{
    size_t column = 0;

    while (stream->columns[column].bound[input] != index)
        column++;
    return column;
}

static int look_up(struct stream *stream, size_t input, const struct mask_request *request, size_t *column,
                   struct error *err)
{
    struct reader *reader = stream->inputs[input].reader;
    bool json = reader->kind == FORMAT_JSON || reader->kind == FORMAT_JSONL;
    size_t index;

    if (json && request->column.ptr[0] == '.')
        return error_set(err, STATUS_USAGE,
                         "option '%s': '%.*s' is a part of a column; only whole columns can be named",
                         mask_way_options[request->way], SLICE_ARG(request->column));
    if (reader_find(reader, request->column, &index, err))
        return -1;
    if (index != COLUMN_ABSENT) {
        *column = column_of(stream, input, index);
        return 0;
    }
    char *given = strndup(request->column.ptr, request->column.len);
    if (!given)
        return error_memory(err);
    stream_missing_column(reader, mask_way_options[request->way], given, given, err);
    error_prefix(err, "option '%s': ", mask_way_options[request->way]);
    free(given);
    return -1;
}

/* --fold, --keep-domain */
static int refine(struct mask_column *column, const struct mask_request *request, struct error *err)
{
    if (column->way != MASK_HASH)
        return error_set(err, STATUS_USAGE, "option '%s': '%.*s' is not masked; name it with --mask, too",
                         mask_way_options[request->way], SLICE_ARG(request->column));
    *(request->way == MASK_FOLD ? &column->fold : &column->keep_domain) = true;
    return 0;
}

static int assign(struct mask_column *column, const struct mask_request *request, struct error *err)
{
    if (request->way >= MASK_FOLD)
        return refine(column, request, err);
    if (column->request && column->request != request)
        return error_set(err, STATUS_USAGE, "the column '%.*s' is named twice, by %s and by %s",
                         SLICE_ARG(request->column), mask_way_options[column->request->way],
                         mask_way_options[request->way]);
    column->request = request;
    column->way = request->way;
    column->period = request->period;
    return 0;
}

/* How a column is masked, after what becomes of it. */
static int assign_all(struct mask_plan *plan, bool refinements, struct error *err)
{
    const struct mask_requests *requests = &plan->options->requests;
    size_t column = 0;

    for (size_t i = 0; i < requests->count; i++) {
        const struct mask_request *request = &requests->items[i];
        if (refinements != (request->way >= MASK_FOLD))
            continue;
        for (size_t input = 0; input < plan->stream->input_count; input++)
            if (plan->stream->inputs[input].reader->name_count &&
                (look_up(plan->stream, input, request, &column, err) || assign(&plan->columns[column], request, err)))
                return -1;
    }
    return 0;
}

static int list_shown(struct mask_plan *plan, struct error *err)
{
    const bool only_named = mask_options_have(plan->options, MASK_AS_IS);

    for (size_t i = 0; i < plan->stream->column_count; i++) {
        struct mask_column *column = &plan->columns[i];
        if (only_named && !column->request)
            column->way = MASK_DROP;
        if (column->way != MASK_DROP)
            plan->shown[plan->shown_count++] = i;
    }
    return plan->stream->column_count && !plan->shown_count
               ? error_set(err, STATUS_USAGE, "no column is left to be written")
               : 0;
}

static int read_key(struct mask_plan *plan, struct error *err)
{
    struct mask_key key;

    if (!plan->options->key_file)
        return 0;
    if (mask_key_read(&key, plan->options->key_file, err)) {
        error_prefix(err, "option '--key-file': ");
        return -1;
    }
    for (size_t i = 0; i < plan->stream->column_count; i++)
        if (plan->columns[i].way == MASK_HASH)
            mask_hasher_init(&plan->columns[i].hasher, &key, plan->columns[i].request->domain);
    mask_key_wipe(&key);
    return 0;
}

int mask_plan_open(struct mask_plan *plan, const struct mask_options *options, struct stream *stream, struct error *err)
{
    *plan = (struct mask_plan){.options = options, .stream = stream, .dates.format = options->date_format};
    if (options->common.tz && time_zone_open(&plan->dates.zone, options->common.tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    if (stream_all(stream, err))
        return -1;
    plan->columns = calloc(stream->column_count + 1, sizeof *plan->columns);
    plan->shown = calloc(stream->column_count + 1, sizeof *plan->shown);
    if (!plan->columns || !plan->shown)
        return error_memory(err);
    return assign_all(plan, false, err) || assign_all(plan, true, err) || list_shown(plan, err) || read_key(plan, err)
               ? -1
               : 0;
}

void mask_plan_free(struct mask_plan *plan)
{
    for (size_t i = 0; plan->columns && i < plan->stream->column_count; i++)
        mask_hasher_wipe(&plan->columns[i].hasher);
    free(plan->columns);
    free(plan->shown);
    *plan = (struct mask_plan){0};
}
