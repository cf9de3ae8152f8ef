/* All records are kept, because folds, bins and penalties need them several times. */
#include "analysis/train_run.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/measure_print.h"
#include "base/program.h"
#include "base/workers.h"
#include "stream/file.h"
#include "stream/where.h"

#define MOST_THREADS 8
#define FEW 100

struct run {
    const struct train_command *command;
    struct train_options options; /* of the table; the names of an updated model are in it */
    struct stream *stream;
    struct kept kept;
    struct slice *names;
    struct train_table table;
    struct train_guard guard;
    struct train_result result;
    uint8_t *part;
    struct sink *sink;    /* of the model or rules */
    struct output report; /* unused without --report */
};

static int read_all(struct run *run, struct error *err)
{
    struct record record;
    int more;

    if (stream_all(run->stream, err))
        return -1;
    kept_init(&run->kept, run->stream->column_count);
    run->names = calloc(run->stream->column_count + 1, sizeof *run->names);
    if (!run->names)
        return error_memory(err);
    for (size_t i = 0; i < run->stream->column_count; i++)
        run->names[i] = run->stream->columns[i].name;
    while ((more = stream_next(run->stream, &record, err)) > 0)
        if (kept_add(&run->kept, &record, err))
            return -1;
    return more < 0 ? -1 : stream_finish(run->stream, err);
}

static void say_odd(const struct run *run, const struct train_feature *feature)
{
    struct kept_place place = kept_place(&run->kept, feature->odd_record);
    const char *input = stream_input_name(run->stream, place.input);
    const char *kind = feature->kind == TRAIN_DATE ? "date" : "number";
    const bool category = feature->kind == TRAIN_CATEGORY;
    struct quote name, value;

    quote_name(&name, feature->name);
    quote(&value, feature->odd_value);
    if (feature->odd == 1)
        program_note("%s:%llu: column '%s': '%s' is no %s: it %s", input, (unsigned long long)place.line, name.text,
                     value.text, kind, category ? "makes it a category" : "is taken for missing");
    else
        program_note("%s:%llu: column '%s': '%s' is no %s; %zu such values %s", input, (unsigned long long)place.line,
                     name.text, value.text, kind, feature->odd,
                     category ? "make it a category" : "are taken for missing");
}

static void say_table(const struct run *run)
{
    const struct train_table *table = &run->table;
    struct quote target, positive;
    char text[MOMENT_TEXT];

    program_note("%zu leads, %zu of them '%s' in '%s' (%.1f %%)", table->rows, table->yes,
                 quote(&positive, table->positive), quote_name(&target, table->target),
                 100. * (double)table->yes / (double)table->rows);
    if (table->undecided)
        program_note("%zu %s no outcome yet and %s left out", table->undecided,
                     table->undecided == 1 ? "lead has" : "leads have", table->undecided == 1 ? "is" : "are");
    if (table->as_of != DAY_NONE)
        program_note("ages are counted to %.*s", SLICE_ARG(day_format(table->as_of, text)));
    for (size_t i = 0; i < table->count; i++)
        if (!table->features[i].skipped && table->features[i].odd)
            say_odd(run, &table->features[i]);
}

/* "left out: Name (text), Id (identifier)" */
static int say_left_out(const struct run *run, struct error *err)
{
    struct buffer text;
    int failed = 0;

    buffer_init(&text);
    for (size_t i = 0; i < run->table.count; i++) {
        const struct train_feature *feature = &run->table.features[i];
        struct quote q;
        if (feature->skipped && strcmp(feature->skipped, "suspected") != 0)
            failed = failed || buffer_printf(&text, "%s%s (%s)", text.len ? ", " : "", quote_name(&q, feature->name),
                                             feature->skipped);
    }
    if (text.len && !failed)
        program_note("left out: %.*s", SLICE_ARG(buffer_slice(&text)));
    buffer_fini(&text);
    return failed ? error_memory(err) : 0;
}

static int say_suspects(const struct run *run, struct error *err)
{
    struct buffer text;
    int failed = 0;

    buffer_init(&text);
    for (size_t i = 0; i < run->guard.count && !failed; i++) {
        const struct train_suspect *suspect = &run->guard.suspects[i];
        struct quote q;
        buffer_clear(&text);
        failed = train_guard_say(&run->table, suspect, &text) ? error_memory(err) : 0;
        if (!failed && suspect->allowed)
            program_note("%.*s", SLICE_ARG(buffer_slice(&text)));
        else if (!failed)
            program_note("%.*s; --allow '%s' takes it", SLICE_ARG(buffer_slice(&text)),
                         quote_name(&q, run->table.features[suspect->feature].name));
    }
    buffer_fini(&text);
    return failed;
}

static void say_result(const struct run *run)
{
    const struct train_result *result = &run->result;
    const struct measures *m = &result->measures;
    const struct model *model = &result->model;
    struct quote q;

    program_note("%s, %zu %s, %zu-fold cross-validation, calibration: %s", model_method_names[model->method],
                 model->feature_count, model->feature_count == 1 ? "feature" : "features", run->command->method.folds,
                 model_calibrating_names[model->calibration.kind]);
    if (result->c > 0)
        program_note("cost %g%s", result->c, run->command->method.c > 0 ? "" : ", chosen by log-loss");
    if (run->table.yes < FEW || run->table.rows - run->table.yes < FEW)
        program_note("fewer than %d leads of one outcome: the figures are rough, and so is the model", FEW);
    program_note("AUC %.4f (%.4f to %.4f), KS %.3f, Brier %.4f, log-loss %.4f, calibration error %.4f", m->auc,
                 m->auc_low, m->auc_high, m->ks, m->brier, m->log_loss, m->ece);
    program_note("best tenth of the leads: lift %.2f, %.0f %% of all '%s'", m->deciles[0].lift,
                 100 * m->deciles[0].gain, quote(&q, run->table.positive));
    for (size_t i = 0; i + 1 < model->cut_count; i++)
        if (model->cuts[i].from >= 1)
            program_note("no part of the leads is good enough for %.*s", SLICE_ARG(model->cuts[i].grade));
        else
            program_note("suggested for %.*s: a probability of %.3f and more", SLICE_ARG(model->cuts[i].grade),
                         model->cuts[i].from);
}

/* Both outputs before the leads are read: one that cannot be written is seen at once. */
static int open_outputs(struct run *run, struct error *err)
{
    struct common common = run->command->common;

    if (sink_open(&run->sink, common.output, err))
        return -1;
    common.output = run->command->report;
    return common.output ? output_prepare(&run->report, &common, err) : 0;
}

static int write_report(struct run *run, struct error *err)
{
    struct common common = run->command->common;
    struct output *output = &run->report;

    if (!run->command->report)
        return 0;
    common.output = run->command->report;
    return output_open(output, &common, run->stream, measure_columns, measure_column_count, err) ||
                   measure_print(&run->result.measures, run->result.held, run->table.outcome, true, output->writer,
                                 err) ||
                   measure_print_training(&run->result, &run->table, &run->guard, output->writer, err) ||
                   output_finish(output, err)
               ? -1
               : 0;
}

static int write_model(struct run *run, const struct model *model, struct error *err)
{
    const struct train_command *command = run->command;
    struct buffer text;

    buffer_init(&text);
    int failed = (command->to_rules ? train_to_rules(model, command->points, command->base, &text, err)
                                    : model_write(model, &text, err)) ||
                 sink_write(run->sink, buffer_slice(&text), err) || sink_finish(run->sink, err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

static int learn(struct run *run, struct error *err)
{
    struct train_method method = run->command->method;

    if (!method.threads)
        method.threads = workers_available(MOST_THREADS);
    if (train_table_make(&run->table, &run->kept, run->names, &run->options, err))
        return -1;
    say_table(run);
    run->part = malloc(run->table.rows);
    if (!run->part)
        return error_memory(err);
    if (train_deal(&run->table, method.folds, method.seed, run->part, err) ||
        train_guard(&run->guard, &run->table, run->part, method.folds, err) || say_left_out(run, err) ||
        say_suspects(run, err) || train_model(&run->result, &run->table, &method, run->part, err))
        return -1;
    say_result(run);
    return write_report(run, err) || write_model(run, &run->result.model, err) ? -1 : 0;
}

/* The features of the model, and its target: what the new leads must have. */
static int ask_for(struct run *run, const struct model *model, const char **names, struct buffer *texts,
                   struct error *err)
{
    size_t *at = calloc(model->feature_count + 2, sizeof *at);
    int failed = at ? 0 : -1;

    for (size_t i = 0; i < model->feature_count + 2 && !failed; i++) {
        struct slice text = i < model->feature_count    ? model->features[i].name
                            : i == model->feature_count ? model->target
                                                        : model->positive;
        at[i] = texts->len;
        failed = buffer_append(texts, text) || buffer_append_char(texts, '\0');
    }
    for (size_t i = 0; i < model->feature_count && !failed; i++)
        names[i] = texts->data + at[i];
    if (!failed) {
        run->options.features = names;
        run->options.feature_count = model->feature_count;
        if (!run->options.target)
            run->options.target = texts->data + at[model->feature_count];
        run->options.model_positive = texts->data + at[model->feature_count + 1];
    }
    free(at);
    return failed ? error_memory(err) : 0;
}

static int add_leads(struct run *run, struct model *model, struct error *err)
{
    if (train_table_make(&run->table, &run->kept, run->names, &run->options, err))
        return -1;
    if (!run->command->table.target)
        run->table.target = model->target; /* in the leads perhaps in another case */
    if (!run->table.yes)
        run->table.positive = model->positive;
    say_table(run);
    return train_update(model, &run->table, &run->kept, run->names, &run->options.dates, err);
}

static int update(struct run *run, struct error *err)
{
    const char *path = run->command->update;
    struct model model = {0};
    struct buffer text, texts;
    const char **names = NULL;
    struct quote q;

    buffer_init(&text);
    buffer_init(&texts);
    int failed = file_read(path, &text, err) || model_read(&model, buffer_slice(&text), path, err);
    if (!failed) {
        names = calloc(model.feature_count + 1, sizeof *names);
        failed = names ? ask_for(run, &model, names, &texts, err) : error_memory(err);
    }
    failed = failed || add_leads(run, &model, err);
    failed = failed || write_model(run, &model, err);
    if (!failed)
        program_note("%s: now of %.0f leads, %.0f of them '%s'", path, model.rows, model.yes,
                     quote(&q, model.positive));
    free(names);
    buffer_fini(&texts);
    buffer_fini(&text);
    model_fini(&model);
    return failed ? -1 : 0;
}

int train_run(const struct train_command *command, struct stream *stream, struct error *err)
{
    struct run run = {.command = command, .options = command->table, .stream = stream};
    const struct common *common = &command->common;

    if (common->tz && time_zone_open(&run.options.dates.zone, common->tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    if (common->as_of && analysis_day(common->as_of, &run.options.dates.zone, &run.options.as_of, err))
        return -1;
    int failed =
        open_outputs(&run, err) || read_all(&run, err) || (command->update ? update(&run, err) : learn(&run, err));
    sink_free(run.sink);
    output_free(&run.report);
    train_result_fini(&run.result);
    train_guard_fini(&run.guard);
    train_table_fini(&run.table);
    kept_fini(&run.kept);
    free(run.names);
    free(run.part);
    return failed ? -1 : 0;
}
