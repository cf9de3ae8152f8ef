/* Each record by itself, by several threads where a row is a line of its own (lanes.h), in order. */
#include "analysis/mask_run.h"

#include <stdlib.h>

#include "base/program.h"
#include "stream/lanes.h"

struct run {
    struct mask_plan plan;
    struct mask_desk desk; /* for records that are read in order */
    struct output output;
};

static int read_alone(struct run *run, struct error *err)
{
    struct record record;
    int more;

    while ((more = stream_next(run->plan.stream, &record, err)) > 0) {
        int result = mask_record(&run->desk, run->plan.stream, &record, err);
        if (result < 0 || (result == 0 && writer_put(run->output.writer, run->desk.fields, err)))
            return -1;
    }
    return more;
}

/* ---- by several threads ---- */

/* What a thread has to itself. */
struct clerk {
    struct mask_desk *desk; /* the run's, or own */
    struct mask_desk own;
    struct writer *part; /* writes to text */
    struct buffer text;  /* of the row in the making */
    bool open;
};

struct line {
    struct slice text;
};

static int open_clerk(struct clerk *clerk, struct run *run, struct mask_desk *desk, struct error *err)
{
    if (clerk->open)
        return 0;
    clerk->open = true;
    clerk->desk = desk ? desk : &clerk->own;
    buffer_init(&clerk->text);
    return (!desk && mask_desk_init(&clerk->own, &run->plan, err)) ||
                   writer_part(&clerk->part, run->output.writer, &clerk->text, err)
               ? -1
               : 0;
}

static int begin_clerk(void *context, void *memory, struct error *err)
{
    return open_clerk(memory, context, NULL, err);
}

static void add_clerk(void *context, void *memory)
{
    struct run *run = context;
    struct clerk *clerk = memory;

    for (size_t i = 0; i < run->plan.stream->column_count; i++) {
        run->desk.masked[i] += clerk->own.masked[i];
        clerk->own.masked[i] = 0;
    }
}

static void end_clerk(void *context, void *memory)
{
    struct clerk *clerk = memory;

    (void)context;
    if (!clerk->open)
        return;
    mask_desk_fini(&clerk->own);
    writer_free(clerk->part);
    buffer_fini(&clerk->text);
}

static int make_line(void *context, void *memory, struct stream *stream, const struct record *record, void *row,
                     struct error *err)
{
    struct clerk *clerk = memory;
    int result = mask_record(clerk->desk, stream, record, err);

    (void)context;
    if (result)
        return result < 0 ? -1 : LANES_NONE;
    buffer_clear(&clerk->text);
    if (writer_put(clerk->part, clerk->desk->fields, err))
        return -1;
    ((struct line *)row)->text = buffer_slice(&clerk->text);
    return 0;
}

static int take_lines(void *context, const void *rows, size_t count, struct error *err)
{
    const struct run *run = context;
    const struct line *lines = rows;

    for (size_t i = 0; i < count; i++)
        if (writer_append(run->output.writer, lines[i].text, 1, err))
            return -1;
    return 0;
}

static int read_lanes(struct run *run, struct error *err)
{
    static const size_t texts[] = {offsetof(struct line, text)};
    struct clerk clerk = {0};
    const struct lanes_plan plan = {
        .context = run,
        .row_size = sizeof(struct line),
        .texts = texts,
        .text_count = 1,
        .desk_size = sizeof(struct clerk),
        .desk = &clerk,
        .make = make_line,
        .take = take_lines,
        .begin = begin_clerk,
        .add = add_clerk,
        .end = end_clerk,
    };
    int failed = open_clerk(&clerk, run, &run->desk, err);

    if (!failed)
        failed =
            clerk.part ? lanes_run(run->plan.stream, &plan, run->plan.options->threads, err) : read_alone(run, err);
    end_clerk(run, &clerk);
    return failed ? -1 : 0;
}

/* ---- the run ---- */

static int open_output(struct run *run, struct error *err)
{
    const struct mask_plan *plan = &run->plan;
    struct slice *names = calloc(plan->shown_count + 1, sizeof *names);

    if (!names)
        return error_memory(err);
    for (size_t i = 0; i < plan->shown_count; i++)
        names[i] = plan->stream->columns[plan->shown[i]].name;
    int failed = output_open(&run->output, &plan->options->common, plan->stream, names, plan->shown_count, err);
    free(names);
    return failed;
}

static void say_counts(const struct run *run)
{
    static const char *const done[] = {
        [MASK_HASH] = "masked", [MASK_BLANK] = "made empty", [MASK_COARSE] = "made coarser"};
    const struct stream *stream = run->plan.stream;
    struct quote q;

    for (size_t i = 0; i < run->plan.shown_count; i++) {
        const size_t number = run->plan.shown[i];
        const enum mask_way way = run->plan.columns[number].way;
        if (way != MASK_AS_IS)
            program_note("column '%s': %llu value%s %s", quote_name(&q, stream->columns[number].name),
                         (unsigned long long)run->desk.masked[number], run->desk.masked[number] == 1 ? "" : "s",
                         done[way]);
    }
}

static int mask_stream(const struct mask_options *options, struct stream *stream, struct error *err)
{
    struct run run = {0};

    int failed = mask_plan_open(&run.plan, options, stream, err) || mask_desk_init(&run.desk, &run.plan, err) ||
                 open_output(&run, err) || read_lanes(&run, err) || stream_finish(stream, err) ||
                 output_finish(&run.output, err);
    if (!failed && options->common.verbose)
        say_counts(&run);
    output_free(&run.output);
    mask_desk_fini(&run.desk);
    mask_plan_free(&run.plan);
    return failed ? -1 : 0;
}

int mask_run(const struct mask_options *options, char *const *operands, size_t count, struct error *err)
{
    const char *const beside[] = {options->key_file};
    struct stream *stream = NULL;

    quote_hide_values(true);
    if (options->make_key)
        return mask_key_make(options->make_key, err);
    int failed = common_check_files(&options->common, NULL, NULL, operands, count, err) ||
                 common_check_settings(&options->common, NULL, NULL, beside, 1, err) ||
                 common_check_two("--output", options->common.output, "--key-file", options->key_file, err) ||
                 common_open(&options->common, operands, count, &stream, err) || mask_stream(options, stream, err);
    stream_free(stream);
    return failed ? -1 : 0;
}
