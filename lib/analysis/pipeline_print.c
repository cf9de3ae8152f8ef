/* Walks over the entries of a report, row by row: for each value of --by the rows that are always there and those that
 * have entries, in the order of their keys. */
#include "analysis/pipeline_print.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/pipeline_table.h"
#include "base/program.h"

static const struct pipeline_kind *find_kind(const struct pipeline_command *command)
{
    static const struct pipeline_kind *const kinds[] = {
        [PIPELINE_STAGES] = &pipeline_stages_kind,     [PIPELINE_WINRATE] = &pipeline_winrate_kind,
        [PIPELINE_VELOCITY] = &pipeline_velocity_kind, [PIPELINE_AGING] = &pipeline_aging_kind,
        [PIPELINE_FORECAST] = &pipeline_forecast_kind, [PIPELINE_SLIPPAGE] = &pipeline_slippage_kind,
        [PIPELINE_TIMES] = &pipeline_times_kind,
    };

    return command->has_trend ? &pipeline_trend_kind : kinds[command->report];
}

struct walk {
    struct pipeline_table table;
    const struct pipeline_kind *kind;
    struct writer *writer;
    struct row row;
    bool by;
};

/* --- the header --- */

static size_t list_names(struct slice *names, size_t count, const char *const *more)
{
    for (; more && *more; more++)
        names[count++] = slice_from_cstr(*more);
    return count;
}

struct slice pipeline_name_by(const struct pipeline_command *command, const struct stream *stream)
{
    for (size_t i = 0; *command->by == '#' && stream && i < stream->column_count; i++) {
        const struct stream_column *column = &stream->columns[i];
        if (slice_equal_cstr(column->name, command->by) && column->bound[0] != COLUMN_ABSENT)
            return stream->inputs[0].reader->names[column->bound[0]];
    }
    return slice_from_cstr(command->by);
}

static int open_report(struct walk *walk, const struct stream *stream, struct output *output, struct error *err)
{
    const struct pipeline_command *command = walk->table.command;
    bool extra = command->report == PIPELINE_AGING ? walk->table.pipeline->options.has_history : command->has_quota;
    struct slice names[ROW_COLUMNS];
    size_t count = 0;

    if (command->by)
        names[count++] = pipeline_name_by(command, stream);
    count = list_names(names, count, walk->kind->keys);
    count = list_names(names, count, walk->kind->columns);
    if (extra)
        count = list_names(names, count, walk->kind->extra);
    if (output_open_report(output, &command->common, stream, "--by", names, count, err))
        return -1;
    walk->writer = output->writer;
    return 0;
}

/* --- rows --- */

static int put_row(struct walk *walk, uint32_t by, int32_t key, const struct pipeline_entry *entries, size_t count,
                   struct error *err)
{
    walk->row.count = 0;
    pipeline_row_begin(&walk->table);
    if (walk->by)
        row_text(&walk->row, group_key(&walk->table.pipeline->by, by));
    if (walk->kind->name)
        walk->kind->name(&walk->table, key, &walk->row);
    return walk->kind->figures(&walk->table, entries, count, key, false, &walk->row, err) ||
                   writer_put(walk->writer, walk->row.fields, err)
               ? -1
               : 0;
}

static int put_total(struct walk *walk, struct error *err)
{
    const char *const *keys = walk->kind->keys;
    size_t cells = walk->by;

    while (*keys++)
        cells++;
    walk->row.count = 0;
    pipeline_row_begin(&walk->table);
    row_text(&walk->row, SLICE("total"));
    while (walk->row.count < cells)
        row_null(&walk->row);
    return walk->kind->figures(&walk->table, walk->table.entries, walk->table.count, 0, true, &walk->row, err) ||
                   writer_put(walk->writer, walk->row.fields, err)
               ? -1
               : 0;
}

/* The rows of one value of --by; its entries begin at *at, which is moved behind them. */
static int put_rows(struct walk *walk, uint32_t by, size_t *at, struct error *err)
{
    const struct pipeline_table *table = &walk->table;
    size_t always = 0;

    for (;;) {
        while (always < table->always_count && !table->always[always])
            always++;
        bool wanted = always < table->always_count;
        bool there = *at < table->count && table->entries[*at].by == by;
        if (!wanted && !there)
            return 0;
        int32_t key = there ? table->entries[*at].key : PIPELINE_KEY_LAST;
        if (wanted && (!there || (int64_t)always <= key))
            key = (int32_t)always++;
        size_t end = *at;
        while (end < table->count && table->entries[end].by == by && table->entries[end].key == key)
            end++;
        if (put_row(walk, by, key, end > *at ? &table->entries[*at] : NULL, end - *at, err))
            return -1;
        *at = end;
    }
}

/* Which values of --by deals have: those of deals that were left out alone have no rows. NULL: out of memory. */
static bool *find_values(const struct pipeline *pipeline)
{
    bool *used = calloc(pipeline->by.count + 1, sizeof *used);

    for (size_t i = 0; i < pipeline->count && used; i++)
        used[pipeline->deals[i].by] = true;
    return used;
}

static int put_report(struct walk *walk, struct error *err)
{
    size_t values = walk->by ? walk->table.pipeline->by.count : 1; /* without --by all deals have the same value */
    bool *used = find_values(walk->table.pipeline);
    size_t at = 0;
    int failed = used ? 0 : error_memory(err);

    pipeline_table_sort(&walk->table);
    for (size_t by = 0; by < values && !failed; by++)
        if (!walk->by || used[by])
            failed = put_rows(walk, (uint32_t)by, &at, err);
    free(used);
    if (!failed && walk->table.command->total && (walk->by || *walk->kind->keys))
        failed = put_total(walk, err);
    return failed;
}

int pipeline_print_report(const struct pipeline *pipeline, const struct pipeline_command *command,
                          const struct stream *stream, struct output *output, struct error *err)
{
    struct walk walk = {.kind = find_kind(command), .by = command->by != NULL};

    pipeline_table_init(&walk.table, pipeline, command);
    int failed =
        open_report(&walk, stream, output, err) || walk.kind->collect(&walk.table, err) || put_report(&walk, err);
    pipeline_table_fini(&walk.table);
    return failed ? -1 : 0;
}

/* --- stages --- */

static void stage_row(const struct pipeline *pipeline, size_t number, struct row *row)
{
    const struct stage *stage = &pipeline->stages.items[number];
    const struct interval learned = pipeline_learned_of(pipeline, (uint32_t)number);
    bool use_learned = stage->status == DEAL_OPEN && !isnan(learned.value);

    row->count = 0;
    row_text(row, stage->name);
    row_text(row, slice_from_cstr(deal_status_words[stage->status]));
    row_real(row, use_learned ? learned.value : stage->probability, 4);
    row_real(row, stage->limit_days, floor(stage->limit_days) == stage->limit_days ? 0 : 2);
    if (!pipeline->learned)
        return;
    row_real(row, use_learned ? learned.low : NAN, 4);
    row_real(row, use_learned ? learned.high : NAN, 4);
    row_count(row, pipeline->learned[number].closed);
}

int pipeline_print_stages(const struct pipeline *pipeline, const struct pipeline_command *command,
                          const struct stream *stream, struct output *output, struct error *err)
{
    static const struct slice names[] = {
        SLICE_INIT("stage"),      SLICE_INIT("status"),          SLICE_INIT("probability"),
        SLICE_INIT("limit_days"), SLICE_INIT("probability_low"), SLICE_INIT("probability_high"),
        SLICE_INIT("deals")};
    struct row row;

    if (output_open(output, &command->common, stream, names, pipeline->learned ? 7 : 4, err))
        return -1;
    for (size_t i = 0; i < pipeline->stages.count; i++) {
        stage_row(pipeline, i, &row);
        if (writer_put(output->writer, row.fields, err))
            return -1;
    }
    return 0;
}

/* --- notes --- */

static const char *deals(size_t count)
{
    return count == 1 ? "deal" : "deals";
}

static void note_history(const struct pipeline *pipeline, const struct pipeline_command *command)
{
    const struct pipeline_counts *counts = &pipeline->counts;
    bool stays = (command->report == PIPELINE_STAGES && !command->show_stages) || command->report == PIPELINE_AGING;

    if (counts->strangers)
        program_note("%s: %zu %s of no deal that was read", command->history, counts->strangers,
                     counts->strangers == 1 ? "record is" : "records are");
    if (counts->unplaced)
        program_note("%zu %s without a stage recorded by %s: those closed later are open in stage '', the others where "
                     "they are now%s",
                     counts->unplaced, deals(counts->unplaced), command->common.as_of,
                     command->history ? "" : "; see --history");
    if (stays && counts->from_created && !command->history)
        program_note("days in a stage are counted from the creation of the deal; with --history from its entry");
    else if (stays && counts->from_created)
        program_note("%zu open %s without a record of entering the stage: the days in it are counted from creation",
                     counts->from_created, deals(counts->from_created));
    if (stays && counts->other_stage)
        program_note("%zu open %s with a history that ends in another stage", counts->other_stage,
                     deals(counts->other_stage));
}

/* Stages that a set was to know: a name it does not have may hide what is won. */
static void note_stages(const struct pipeline *pipeline, const struct pipeline_command *command)
{
    enum { SHOWN = 3 };
    char line[SHOWN * (sizeof(struct quote) + 4)] = "";
    size_t used = 0, count = 0;

    for (size_t i = 0; i < pipeline->stages.count; i++) {
        const struct stage *stage = &pipeline->stages.items[i];
        struct quote q;
        if (stage->listed || stage->status != DEAL_OPEN)
            continue;
        if (count++ < SHOWN)
            used +=
                (size_t)snprintf(line + used, sizeof line - used, "%s'%s'", used ? ", " : "", quote(&q, stage->name));
    }
    if (count)
        program_note("stage %s%s: not in --stages %s, and neither won nor lost; see --won and --lost", line,
                     count > SHOWN ? ", ..." : "", command->stages);
}

void pipeline_note(const struct pipeline *pipeline, const struct pipeline_command *command)
{
    const struct pipeline_counts *counts = &pipeline->counts;
    bool weighted =
        (command->report == PIPELINE_STAGES && !command->show_stages) || command->report == PIPELINE_FORECAST;
    bool dated = command->has_trend || command->report == PIPELINE_VELOCITY || command->report == PIPELINE_FORECAST ||
                 command->report == PIPELINE_TIMES;
    char text[MOMENT_TEXT];

    if (command->common.verbose && pipeline->as_of != DAY_NONE)
        program_note("as of %.*s", SLICE_ARG(day_format(pipeline->as_of, text)));
    if (command->stages && !command->show_stages)
        note_stages(pipeline, command);
    note_history(pipeline, command);
    if (counts->small_per_cents)
        program_note("probability is in per cent; %zu %s between 0 and 1, and taken as such", counts->small_per_cents,
                     counts->small_per_cents == 1 ? "value is" : "values are");
    if (weighted && counts->unweighted)
        program_note("%zu open %s without a probability: not in weighted amounts; see --stages and --learn",
                     counts->unweighted, deals(counts->unweighted));
    if (weighted && pipeline->options.has_amount && counts->without_amount)
        program_note("%zu open %s without an amount", counts->without_amount, deals(counts->without_amount));
    if (command->report == PIPELINE_FORECAST && counts->from_closed)
        program_note("no column of expected dates: the date of closing of %zu open %s is taken as such",
                     counts->from_closed, deals(counts->from_closed));
    if (counts->undated && dated)
        program_note("%zu closed %s without a date of closing", counts->undated, deals(counts->undated));
    if (counts->negative_cycles)
        program_note("%zu %s closed before being created", counts->negative_cycles, deals(counts->negative_cycles));
}
