/* Parts of a pipeline, written: everything that is decided by the whole of the deals (whether probabilities are per
 * cents, the analysis date, what stages have taught) is left to the merge. */
#include "analysis/pipeline_partial.h"

#include <string.h>

#include "analysis/pipeline_print.h"

static const char *const kind_names[PIPELINE_PARTIAL_KINDS] = {"stage", "status", "by", "deal", "past"};
static const char *const column_names[PIPELINE_PARTIAL_COLUMNS] = {"history", "strangers", "currency", "expected",
                                                                   "amount",  "by",        "status",   "created",
                                                                   "closed",  "key",       "text",     "values"};

int pipeline_partial_init(struct pipeline_partial *partial, const struct pipeline_command *c,
                          const struct stages *stages, struct error *err)
{
    *partial = (struct pipeline_partial){0};
    arena_init(&partial->arena);
    const char *fingerprint = stages_fingerprint_text(stages, &partial->arena);
    const struct partial_option options[] = {
        {"probability", c->probability && !*c->probability ? "none" : NULL},
        {"by", c->by},
        {"tz", c->common.tz},
        {"currency", c->currency},
        {"won", c->won},
        {"lost", c->lost},
        {"stages", c->stages ? fingerprint : NULL},
        {"where", c->common.where},
        {"as-of", c->common.where ? c->common.as_of : NULL}, /* days_since() */
    };

    if (!fingerprint)
        return error_memory(err);
    memcpy(partial->options, options, sizeof options);
    partial->plan = (struct partial_plan){
        .program = "crm-pipeline",
        .version = 1,
        .options = partial->options,
        .option_count = sizeof options / sizeof *options,
        .kinds = kind_names,
        .kind_count = PIPELINE_PARTIAL_KINDS,
        .columns = column_names,
        .column_count = PIPELINE_PARTIAL_COLUMNS,
        .fact_count = PIPELINE_PARTIAL_FACTS,
    };
    return 0;
}

void pipeline_partial_fini(struct pipeline_partial *partial)
{
    arena_fini(&partial->arena);
    *partial = (struct pipeline_partial){0};
}

struct writing {
    const struct pipeline *pipeline;
    const struct pipeline_statuses *statuses;
    const struct pipeline_command *command;
    const struct stream *stream;
    struct partial_writer writer;
    struct buffer list;
};

/* ---- records ---- */

static int put(struct writing *writing, size_t kind, struct slice text, struct error *err)
{
    struct row *row = partial_record(&writing->writer, kind);

    row_text(row, text);
    row_text(row, buffer_slice(&writing->list));
    int failed = partial_put(&writing->writer, err);
    buffer_clear(&writing->list);
    return failed;
}

static int put_number(struct writing *writing, size_t kind, struct slice text, int64_t number, struct error *err)
{
    return partial_list_integer(&writing->list, number) ? error_memory(err) : put(writing, kind, text, err);
}

static int put_stages(struct writing *writing, struct error *err)
{
    const struct pipeline_origin *origin = &writing->pipeline->origin;
    const struct stages *stages = &writing->pipeline->stages;

    for (size_t i = 0; i < stages->count; i++) {
        bool by_deals = i < origin->by_deals_count && origin->by_deals[i];
        int met = by_deals ? 2 : stages->items[i].met ? 1 : 0;
        if (put_number(writing, PIPELINE_PARTIAL_STAGE, stages->items[i].name, met, err))
            return -1;
    }
    return 0;
}

static int put_statuses(struct writing *writing, struct error *err)
{
    const struct pipeline_statuses *statuses = writing->statuses;

    for (size_t i = 0; i < statuses->names.count && i < statuses->capacity; i++)
        if (statuses->unknown[i] && put_number(writing, PIPELINE_PARTIAL_STATUS, statuses->names.items[i].name,
                                               (int64_t)statuses->unknown[i], err))
            return -1;
    return 0;
}

static int put_groups(struct writing *writing, struct error *err)
{
    for (size_t i = 0; i < writing->pipeline->by.count; i++)
        if (put(writing, PIPELINE_PARTIAL_BY, group_key(&writing->pipeline->by, i), err))
            return -1;
    return 0;
}

/* 1970-01-01 is 1, the day before it -1, and 0 is none. */
static int64_t day_number(int32_t day)
{
    return day == DAY_NONE ? 0 : day < 0 ? day : (int64_t)day + 1;
}

static int64_t stage_number(uint32_t stage)
{
    return stage == PIPELINE_NO_STAGE ? 0 : (int64_t)stage + 1;
}

static int list(struct writing *writing, const int64_t *numbers, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (partial_list_integer(&writing->list, numbers[i]))
            return error_memory(err);
    return 0;
}

static int list_amount(struct writing *writing, bool has_amount, int64_t units, int scale, struct error *err)
{
    return has_amount && partial_list_decimal(&writing->list, units, scale) ? error_memory(err) : 0;
}

static int put_deal(struct writing *writing, const struct pipeline_deal *deal, struct slice id, struct error *err)
{
    const int64_t numbers[] = {
        stage_number(deal->stage),
        deal->by,
        deal->status,
        (deal->has_amount ? PIPELINE_PARTIAL_HAS_AMOUNT : 0) + (deal->bare ? PIPELINE_PARTIAL_BARE : 0) +
            (deal->decided ? PIPELINE_PARTIAL_DECIDED : 0),
        deal->probability,
        day_number(deal->created),
        day_number(deal->closed),
        day_number(deal->expected),
        day_number(deal->first_contact),
        day_number(deal->paid),
    };

    return list(writing, numbers, sizeof numbers / sizeof *numbers, err) ||
                   list_amount(writing, deal->has_amount, deal->amount, deal->scale, err) ||
                   put(writing, PIPELINE_PARTIAL_DEAL, id, err)
               ? -1
               : 0;
}

/* Keys stand in the order of the deals that have one. */
static int put_deals(struct writing *writing, struct error *err)
{
    const struct pipeline *pipeline = writing->pipeline;
    size_t key = 0;

    for (size_t i = 0; i < pipeline->count; i++) {
        struct slice id = SLICE("");
        const uint64_t *owner = key < pipeline->ids.count ? group_state(&pipeline->ids, key) : NULL;
        if (owner && *owner == i)
            id = group_key(&pipeline->ids, key++);
        if (put_deal(writing, &pipeline->deals[i], id, err))
            return -1;
    }
    return 0;
}

static int put_past(struct writing *writing, const struct pipeline_past *past, struct error *err)
{
    const int64_t numbers[] = {
        past->deal,
        past->sequence,
        stage_number(past->stage),
        day_number(past->day),
        past->instant,
        day_number(past->expected),
    };

    return list(writing, numbers, sizeof numbers / sizeof *numbers, err) ||
                   list_amount(writing, past->has_amount, past->amount, past->scale, err) ||
                   put(writing, PIPELINE_PARTIAL_PAST, SLICE(""), err)
               ? -1
               : 0;
}

/* ---- all ---- */

static void add_yes(struct row *row, bool is)
{
    row_text(row, is ? SLICE("yes") : SLICE("no"));
}

static int put_facts(struct writing *writing, struct error *err)
{
    const struct pipeline *pipeline = writing->pipeline;
    const struct pipeline_command *command = writing->command;
    const struct pipeline_columns *columns = &pipeline->origin.columns;
    struct row *row = partial_begin(&writing->writer, writing->stream);

    if (command->history) {
        row_count(row, pipeline->origin.history_records);
        row_count(row, pipeline->counts.strangers);
    } else {
        row_null(row);
        row_null(row);
    }
    row_text(row, slice_from_cstr(pipeline->origin.currency));
    add_yes(row, pipeline->options.has_expected);
    add_yes(row, pipeline->options.has_amount);
    row_text(row, command->by ? pipeline_name_by(command, writing->stream) : SLICE(""));
    if (columns->any) {
        add_yes(row, columns->status);
        add_yes(row, columns->created);
        add_yes(row, columns->closed);
        add_yes(row, columns->key);
    }
    return partial_put(&writing->writer, err);
}

static int put_all(struct writing *writing, struct error *err)
{
    const struct pipeline *pipeline = writing->pipeline;
    int failed = put_facts(writing, err) || put_stages(writing, err) || put_statuses(writing, err) ||
                 put_groups(writing, err) || put_deals(writing, err);

    for (size_t i = 0; i < pipeline->past_count && !failed; i++)
        failed = put_past(writing, &pipeline->past[i], err);
    return failed || partial_finish(&writing->writer, err) ? -1 : 0;
}

int pipeline_partial_write(const struct pipeline_partial *partial, const struct pipeline *pipeline,
                           const struct pipeline_statuses *statuses, const struct pipeline_command *command,
                           const struct stream *stream, struct output *output, struct error *err)
{
    struct writing writing = {.pipeline = pipeline, .statuses = statuses, .command = command, .stream = stream};

    buffer_init(&writing.list);
    int failed = partial_write_open(&writing.writer, &partial->plan, output, &command->common, stream, err) ||
                 put_all(&writing, err);
    partial_writer_free(&writing.writer);
    buffer_fini(&writing.list);
    return failed ? -1 : 0;
}
