/* Runs of the pipeline from text to text, as crm-pipeline does them, for its tests. */
#ifndef CRM_TESTS_PIPELINE_SCENE_H
#define CRM_TESTS_PIPELINE_SCENE_H

#include "analysis/pipeline_feed.h"
#include "analysis/pipeline_print.h"
#include "base/program.h"
#include "folder.h"

struct scene {
    struct folder folder;
    struct pipeline_command command;
    struct error err;
    struct pipeline_counts counts; /* of the last run */
    char deals[600], history[600], stages[600], output[600];
};

static inline void scene_init(struct scene *scene)
{
    *scene = (struct scene){.command = PIPELINE_COMMAND_INIT};
    program_set_quiet(true);
    folder_make(&scene->folder);
    strcpy(scene->deals, folder_file(&scene->folder, "deals.csv"));
    strcpy(scene->history, folder_file(&scene->folder, "history.csv"));
    strcpy(scene->stages, folder_file(&scene->folder, "stages.csv"));
    strcpy(scene->output, folder_file(&scene->folder, "out.csv"));
    scene->command.common.output = scene->output;
    scene->command.common.to = FORMAT_CSV;
}

static inline void scene_fini(struct scene *scene)
{
    folder_remove(&scene->folder);
}

static inline void scene_deals(struct scene *scene, const char *text)
{
    file_put(scene->deals, text);
}

static inline void scene_history(struct scene *scene, const char *text)
{
    file_put(scene->history, text);
    scene->command.history = scene->history;
}

static inline void scene_stages(struct scene *scene, const char *text)
{
    file_put(scene->stages, text);
    scene->command.stages = scene->stages;
}

static inline int scene_read_stages(const struct pipeline_command *command, struct pipeline *pipeline,
                                    struct pipeline_statuses *statuses, struct error *err)
{
    const char *const lists[] = {command->won, command->lost};
    const enum deal_status status[] = {DEAL_WON, DEAL_LOST};

    if (command->stages && stages_read(&pipeline->stages, command->stages, err))
        return -1;
    for (int i = 0; i < 2; i++)
        if (lists[i] && (stages_set_status(&pipeline->stages, slice_from_cstr(lists[i]), status[i], err) ||
                         pipeline_statuses_set(statuses, slice_from_cstr(lists[i]), status[i], err)))
            return -1;
    return 0;
}

/* Reads the deals and what else the command names; 0, or -1 with scene->err. */
static inline int scene_run(struct scene *scene)
{
    const struct pipeline_command *command = &scene->command;
    struct pipeline_options options = {
        .as_of = DAY_NONE, .learn = command->learn, .has_history = command->history != NULL};
    struct date_reader dates = {.format = command->date_format};
    struct pipeline_statuses statuses;
    struct pipeline pipeline;
    struct output output = {0};
    struct stream *stream = NULL;
    char *paths[] = {scene->deals};
    struct error *err = &scene->err;

    if (command->common.as_of)
        assert_int_equal(analysis_day(command->common.as_of, &dates.zone, &options.as_of, err), 0);
    pipeline_init(&pipeline, &options);
    pipeline_statuses_init(&statuses);
    int failed = scene_read_stages(command, &pipeline, &statuses, err) ||
                 common_open(&command->common, paths, 1, &stream, err) ||
                 pipeline_feed(&pipeline, &statuses, command, stream, &dates, err) || pipeline_finish(&pipeline, err) ||
                 stream_finish(stream, err) ||
                 (command->show_stages ? pipeline_print_stages(&pipeline, command, stream, &output, err)
                                       : pipeline_print_report(&pipeline, command, stream, &output, err)) ||
                 output_finish(&output, err);
    scene->counts = pipeline.counts;
    output_free(&output);
    stream_free(stream);
    pipeline_statuses_fini(&statuses);
    pipeline_fini(&pipeline);
    return failed ? -1 : 0;
}

static inline void scene_expect(struct scene *scene, const char *expected)
{
    if (scene_run(scene))
        fail_msg("%s", scene->err.text);
    assert_file(scene->output, expected);
}

/* The error holds this text. */
static inline void scene_expect_error(struct scene *scene, enum status status, const char *text)
{
    assert_int_equal(scene_run(scene), -1);
    assert_int_equal(scene->err.status, status);
    if (!strstr(scene->err.text, text))
        fail_msg("'%s' is not in '%s'", text, scene->err.text);
}

#endif
