/* Parts of a pipeline, read. Deals go into the state as they come. Records of the history are kept until all parts are
 * read, since those of different parts stand in one order: that of the history, which tells them by their numbers. */
#include <stdlib.h>
#include <string.h>

#include "analysis/pipeline_partial.h"
#include "base/memory.h"
#include "base/program.h"

#define NO_NAME SIZE_MAX

/* A record of the history, its stage not looked up yet. */
struct kept_past {
    struct pipeline_past past;
    size_t name; /* of the stage, or NO_NAME */
};

struct reading {
    struct pipeline *pipeline;
    struct pipeline_statuses *statuses;
    struct pipeline_command *command;
    struct pipeline_partial *partial; /* its arena holds texts */
    struct partial_reader reader;
    size_t with_history;     /* parts */
    int64_t history, known;  /* records of it; those of a deal */
    size_t repeated;         /* deals */
    struct kept_past *pasts; /* owned */
    size_t past_count, past_capacity;
    struct slice *names; /* of stages, of all parts; owned */
    size_t name_count, name_capacity;
    size_t first_name; /* of the part at hand */
    uint32_t *stages;  /* of the part at hand: numbers in the state. Owned */
    size_t stage_capacity;
    struct slice *groups; /* owned */
    size_t group_count, group_capacity;
    uint32_t *deals; /* of the part at hand: numbers in the state. Owned */
    size_t deal_count, deal_capacity;
};

static int refuse(struct reading *reading, const char *what, struct error *err)
{
    return partial_refuse(&reading->reader, PIPELINE_PARTIAL_VALUES, what, err);
}

static int keep_text(struct reading *reading, size_t column, struct slice *kept, struct error *err)
{
    struct slice text = partial_text(&reading->reader, column);
    const char *copy = arena_copy(&reading->partial->arena, text);

    if (!copy)
        return error_memory(err);
    *kept = (struct slice){copy, text.len};
    return 0;
}

/* ---- facts ---- */

/* The whole history goes with each part, or with none. */
static int take_history(struct reading *reading, struct error *err)
{
    struct partial_reader *reader = &reading->reader;
    bool has = partial_text(reader, PIPELINE_PARTIAL_HISTORY).len > 0;
    int64_t history, strangers;

    if (reader->parts > 1 && has != (reading->with_history > 0))
        return partial_refuse(reader, PARTIAL_COLUMNS, "some parts have a history, some have none", err);
    if (!has)
        return 0;
    if (!reading->command->history)
        return partial_refuse(reader, PARTIAL_COLUMNS, "the part has a history: --merge needs --history, too", err);
    if (partial_integer(reader, PIPELINE_PARTIAL_HISTORY, 0, INT64_MAX, &history, err) ||
        partial_integer(reader, PIPELINE_PARTIAL_STRANGERS, 0, history, &strangers, err))
        return -1;
    if (reading->with_history++ && history != reading->history)
        return partial_refuse(reader, PIPELINE_PARTIAL_HISTORY,
                              "another number of records in the history than in that of the first part", err);
    reading->history = history;
    reading->known += history - strangers;
    return 0;
}

static bool says(const struct partial_reader *reader, size_t fact, const char *word)
{
    return slice_equal_cstr(partial_text(reader, fact), word);
}

static void take_columns(struct reading *reading)
{
    struct pipeline_columns *has = &reading->pipeline->origin.columns;
    const struct partial_reader *reader = &reading->reader;

    has->any |= partial_text(reader, PIPELINE_PARTIAL_TELLS_STATUS).len > 0;
    has->status |= says(reader, PIPELINE_PARTIAL_TELLS_STATUS, "yes");
    has->created |= says(reader, PIPELINE_PARTIAL_CREATED, "yes");
    has->closed |= says(reader, PIPELINE_PARTIAL_CLOSED, "yes");
    has->key |= !says(reader, PIPELINE_PARTIAL_KEY, "no");
    has->expected |= says(reader, PIPELINE_PARTIAL_EXPECTED, "yes");
    reading->pipeline->options.has_expected = has->expected;
    reading->pipeline->options.has_amount |= says(reader, PIPELINE_PARTIAL_AMOUNT, "yes");
}

/* One run refuses what no part has. */
static int require_columns(const struct reading *reading, struct error *err)
{
    const struct pipeline_columns *has = &reading->pipeline->origin.columns;
    const char *option;
    const char *missing = has->any ? pipeline_missing(reading->command, has, &option) : NULL;

    return missing ? error_set(err, STATUS_DATA, "no part has a column '%s'; name it for --partial with %s COL",
                               missing, option)
                   : 0;
}

static int take_begin(struct reading *reading, struct error *err)
{
    struct partial_reader *reader = &reading->reader;
    struct pipeline_command *command = reading->command;
    struct slice by = partial_text(reader, PIPELINE_PARTIAL_BY_NAME);

    reading->first_name = reading->name_count;
    reading->group_count = reading->deal_count = 0;
    take_columns(reading);
    if (command->by && *command->by == '#' && by.len) { /* it has a name */
        command->by = arena_copy(&reading->partial->arena, by);
        if (!command->by)
            return error_memory(err);
    }
    return partial_one_currency(reader, PIPELINE_PARTIAL_CURRENCY, reading->pipeline->origin.currency, err) ||
                   take_history(reading, err)
               ? -1
               : 0;
}

/* ---- what deals refer to ---- */

static int take_stage(struct reading *reading, struct error *err)
{
    size_t index = reading->name_count - reading->first_name;
    size_t stage = STAGES_NONE;
    int64_t met;

    if (partial_integer(&reading->reader, PIPELINE_PARTIAL_VALUES, 0, 2, &met, err))
        return -1;
    if (ARRAY_GROW(reading->names, reading->name_capacity, reading->name_count + 1) ||
        ARRAY_GROW(reading->stages, reading->stage_capacity, index + 1))
        return error_memory(err);
    if (keep_text(reading, PIPELINE_PARTIAL_TEXT, &reading->names[reading->name_count], err))
        return -1;
    if (met == 2 && stages_find(&reading->pipeline->stages, reading->names[reading->name_count], &stage, err))
        return -1;
    reading->stages[index] = stage == STAGES_NONE ? PIPELINE_NO_STAGE : (uint32_t)stage;
    reading->name_count++;
    return 0;
}

static int take_status(struct reading *reading, struct error *err)
{
    int64_t records;

    if (partial_integer(&reading->reader, PIPELINE_PARTIAL_VALUES, 0, INT64_MAX, &records, err))
        return -1;
    return pipeline_statuses_count(reading->statuses, partial_text(&reading->reader, PIPELINE_PARTIAL_TEXT),
                                   (size_t)records, err);
}

static int take_group(struct reading *reading, struct error *err)
{
    if (ARRAY_GROW(reading->groups, reading->group_capacity, reading->group_count + 1))
        return error_memory(err);
    return keep_text(reading, PIPELINE_PARTIAL_TEXT, &reading->groups[reading->group_count++], err);
}

/* ---- values ---- */

static bool take_day(struct slice *list, int32_t *day)
{
    int64_t number;

    if (!partial_take_integer(list, DAY_MIN, DAY_MAX + 1, &number))
        return false;
    *day = number == 0 ? DAY_NONE : (int32_t)(number - (number > 0));
    return true;
}

static bool take_amount(struct slice *list, int64_t *units, uint8_t *scale)
{
    struct decimal_sum sum;

    if (!partial_take_sum(list, &sum) || sum.units < INT64_MIN || sum.units > INT64_MAX)
        return false;
    *units = (int64_t)sum.units;
    *scale = (uint8_t)sum.scale;
    return true;
}

/* ---- deals ---- */

static bool read_deal(const struct reading *reading, struct pipeline_deal *deal, int64_t *group)
{
    struct slice list = partial_text(&reading->reader, PIPELINE_PARTIAL_VALUES);
    int64_t stages = (int64_t)(reading->name_count - reading->first_name);
    int64_t stage, status, flags;

    *deal = (struct pipeline_deal){.entered = DAY_NONE};
    if (!partial_take_integer(&list, 0, stages, &stage) ||
        !partial_take_integer(&list, 0, (int64_t)reading->group_count - 1, group) ||
        !partial_take_integer(&list, DEAL_OPEN, DEAL_LOST, &status) || !partial_take_integer(&list, 0, 7, &flags) ||
        !partial_take_integer(&list, PIPELINE_UNKNOWN, 100 * PIPELINE_ONE, &deal->probability) ||
        !take_day(&list, &deal->created) || !take_day(&list, &deal->closed) || !take_day(&list, &deal->expected) ||
        !take_day(&list, &deal->first_contact) || !take_day(&list, &deal->paid))
        return false;
    deal->stage = stage ? reading->stages[stage - 1] : PIPELINE_NO_STAGE;
    deal->status = (uint8_t)status;
    deal->has_amount = flags & PIPELINE_PARTIAL_HAS_AMOUNT;
    deal->bare = flags & PIPELINE_PARTIAL_BARE;
    deal->decided = flags & PIPELINE_PARTIAL_DECIDED;
    return (!deal->has_amount || take_amount(&list, &deal->amount, &deal->scale)) && list.len == 0 &&
           (stage == 0 || deal->stage != PIPELINE_NO_STAGE);
}

/* An earlier part had it. */
static int refuse_repeated(struct reading *reading, struct error *err)
{
    if (!reading->command->common.rejects)
        return partial_refuse(&reading->reader, PIPELINE_PARTIAL_TEXT, "repeated deal", err);
    reading->repeated++;
    reading->reader.rejected++;
    return 0;
}

static int take_deal(struct reading *reading, struct error *err)
{
    struct pipeline *pipeline = reading->pipeline;
    struct slice id = partial_text(&reading->reader, PIPELINE_PARTIAL_TEXT);
    size_t number = pipeline->count;
    struct pipeline_deal deal;
    int64_t group;

    if (!read_deal(reading, &deal, &group))
        return refuse(reading, "a deal that cannot be", err);
    if (ARRAY_GROW(reading->deals, reading->deal_capacity, reading->deal_count + 1))
        return error_memory(err);
    int repeated = pipeline_add(pipeline, &deal, id, reading->groups[group], err);
    if (repeated < 0 || (repeated && refuse_repeated(reading, err)))
        return -1;
    if (repeated)
        number = *(const uint64_t *)group_find(&pipeline->ids, id);
    reading->deals[reading->deal_count++] = (uint32_t)number;
    return 0;
}

/* ---- the history ---- */

static int take_past(struct reading *reading, struct error *err)
{
    struct slice list = partial_text(&reading->reader, PIPELINE_PARTIAL_VALUES);
    int64_t stages = (int64_t)(reading->name_count - reading->first_name);
    int64_t deal, number, stage;
    struct pipeline_past past = {0};

    if (reading->with_history == 0 || !partial_take_integer(&list, 0, (int64_t)reading->deal_count - 1, &deal) ||
        !partial_take_integer(&list, 1, UINT32_MAX, &number) || !partial_take_integer(&list, 0, stages, &stage) ||
        !take_day(&list, &past.day) || past.day == DAY_NONE ||
        !partial_take_integer(&list, INT64_MIN, INT64_MAX, &past.instant) || !take_day(&list, &past.expected))
        return refuse(reading, "a record of a history that cannot be", err);
    past.has_amount = list.len > 0;
    if (past.has_amount && (!take_amount(&list, &past.amount, &past.scale) || list.len))
        return refuse(reading, "a record of a history that cannot be", err);
    if (ARRAY_GROW(reading->pasts, reading->past_capacity, reading->past_count + 1))
        return error_memory(err);
    past.deal = reading->deals[deal];
    past.sequence = (uint32_t)number;
    reading->pasts[reading->past_count++] =
        (struct kept_past){past, stage ? reading->first_name + (size_t)stage - 1 : NO_NAME};
    return 0;
}

static int compare_places(const void *left, const void *right)
{
    const struct kept_past *a = left, *b = right;

    return (a->past.sequence > b->past.sequence) - (a->past.sequence < b->past.sequence);
}

/* In the order of the history. Parts that have one deal have its history, too. */
static int add_pasts(struct reading *reading, struct error *err)
{
    struct pipeline *pipeline = reading->pipeline;

    if (reading->past_count)
        qsort(reading->pasts, reading->past_count, sizeof *reading->pasts, compare_places);
    for (size_t i = 0; i < reading->past_count; i++) {
        struct kept_past *kept = &reading->pasts[i];
        size_t stage = STAGES_NONE;
        if (i && kept->past.sequence == kept[-1].past.sequence) {
            reading->known--; /* both parts counted it */
            continue;
        }
        if (kept->name != NO_NAME && stages_find(&pipeline->stages, reading->names[kept->name], &stage, err))
            return -1;
        kept->past.stage = stage == STAGES_NONE ? PIPELINE_NO_STAGE : (uint32_t)stage;
        if (pipeline_add_past_to(pipeline, &kept->past, err))
            return -1;
    }
    if (reading->with_history)
        pipeline->counts.strangers =
            reading->history > reading->known ? (size_t)(reading->history - reading->known) : 0;
    return 0;
}

/* ---- all ---- */

static int take_record(struct reading *reading, struct error *err)
{
    switch (reading->reader.kind) {
    case PARTIAL_BEGIN:
        return take_begin(reading, err);
    case PIPELINE_PARTIAL_STAGE:
        return take_stage(reading, err);
    case PIPELINE_PARTIAL_STATUS:
        return take_status(reading, err);
    case PIPELINE_PARTIAL_BY:
        return take_group(reading, err);
    case PIPELINE_PARTIAL_DEAL:
        return take_deal(reading, err);
    default:
        return take_past(reading, err);
    }
}

/* What is known of the whole: all parts are read. */
static int complete(struct reading *reading, const struct date_reader *dates, struct error *err)
{
    struct pipeline_command *command = reading->command;

    if (require_columns(reading, err) || add_pasts(reading, err) ||
        (command->history && !reading->with_history && pipeline_feed_history(reading->pipeline, command, dates, err)))
        return -1;
    pipeline_statuses_note(reading->statuses);
    return pipeline_finish(reading->pipeline, err);
}

static int read_all(struct reading *reading, const struct date_reader *dates, struct error *err)
{
    struct pipeline_command *command = reading->command;
    int more;

    while ((more = partial_next(&reading->reader, err)) > 0)
        if (take_record(reading, err))
            return -1;
    if (more || complete(reading, dates, err))
        return -1;
    reading->reader.filtered += reading->pipeline->counts.left_out;
    if (partial_read_finish(&reading->reader, &command->common, &command->common.to, err))
        return -1;
    if (reading->repeated)
        program_note("%zu %s left out: an earlier part has %s", reading->repeated,
                     reading->repeated == 1 ? "deal" : "deals", reading->repeated == 1 ? "it" : "them");
    return 0;
}

int pipeline_partial_read(struct pipeline_partial *partial, struct pipeline *pipeline,
                          struct pipeline_statuses *statuses, struct pipeline_command *command, struct stream *stream,
                          const struct date_reader *dates, struct error *err)
{
    struct reading reading = {.pipeline = pipeline, .statuses = statuses, .command = command, .partial = partial};

    int failed =
        partial_read_open(&reading.reader, &partial->plan, stream, err) || read_all(&reading, dates, err) ? -1 : 0;
    partial_reader_free(&reading.reader);
    free(reading.pasts);
    free(reading.names);
    free(reading.stages);
    free(reading.groups);
    free(reading.deals);
    return failed;
}
