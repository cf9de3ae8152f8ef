/* A cluster for tests of survivorship: all records of a text are one, and what survives is written down as "a|b|c",
 * null and absent values as nothing. */
#ifndef CRM_TESTS_SURVIVOR_SCENE_H
#define CRM_TESTS_SURVIVOR_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/survivor.h"
#include "folder.h"
#include "stream/stream.h"

#define SCENE_COLUMNS 24
#define SCENE_FILES 3

struct scene {
    struct folder folder;
    char path[SCENE_FILES][80];
    struct stream *stream;
    struct kept kept;
    struct slice names[SCENE_COLUMNS];
    struct survivor_plan *plan;
    struct survivor_work *work;
    size_t rows[4096];
    double *weights;
    struct field out[SCENE_COLUMNS];
    struct survivor_choice why[SCENE_COLUMNS];
    struct error err;
    char text[4096];
};

/* texts: the inputs, NULL behind the last. */
static inline void scene_files(struct scene *scene, const char *const *texts)
{
    const struct stream_options options = {.progress = PROGRESS_NEVER};
    char *paths[SCENE_FILES];
    struct record record;
    size_t count = 0;

    memset(scene, 0, sizeof *scene);
    folder_make(&scene->folder);
    for (; texts[count]; count++) {
        snprintf(scene->path[count], sizeof scene->path[count], "%s/in%zu", scene->folder.path, count + 1);
        file_put(scene->path[count], texts[count]);
        paths[count] = scene->path[count];
    }
    assert_int_equal(stream_open(&scene->stream, paths, count, &options, &scene->err), 0);
    assert_int_equal(stream_start(scene->stream, &scene->err), 0);
    assert_int_equal(stream_all(scene->stream, &scene->err), 0);
    assert_true(scene->stream->column_count <= SCENE_COLUMNS);
    for (size_t i = 0; i < scene->stream->column_count; i++)
        scene->names[i] = scene->stream->columns[i].name;
    kept_init(&scene->kept, scene->stream->column_count);
    while (stream_next(scene->stream, &record, &scene->err) > 0)
        assert_int_equal(kept_add(&scene->kept, &record, &scene->err), 0);
    for (size_t i = 0; i < sizeof scene->rows / sizeof *scene->rows; i++)
        scene->rows[i] = i;
    assert_int_equal(survivor_plan_new(&scene->plan, scene->names, scene->kept.columns, &scene->err), 0);
}

static inline void scene_begin(struct scene *scene, const char *text)
{
    const char *const texts[] = {text, NULL};

    scene_files(scene, texts);
}

static inline void scene_end(struct scene *scene)
{
    survivor_work_free(scene->work);
    survivor_plan_free(scene->plan);
    kept_fini(&scene->kept);
    stream_free(scene->stream);
    folder_remove(&scene->folder);
}

static inline int scene_survey(struct scene *scene)
{
    int failed = survivor_plan_survey(scene->plan, &scene->kept, scene->stream, &scene->err);

    if (!failed)
        assert_int_equal(survivor_work_new(&scene->work, scene->plan, &scene->kept, &scene->err), 0);
    return failed;
}

static inline const char *scene_written(struct scene *scene)
{
    size_t used = 0;

    scene->text[0] = '\0';
    for (size_t i = 0; i < scene->kept.columns; i++)
        used += (size_t)snprintf(scene->text + used, sizeof scene->text - used, "%s%.*s", i ? "|" : "",
                                 SLICE_ARG(scene->out[i].text));
    return scene->text;
}

/* What survives of the first `count` records as one cluster; the error's text when there is one. */
static inline const char *scene_choose(struct scene *scene, size_t count)
{
    if (survivor_choose(scene->work, scene->rows, count, scene->weights, scene->out, scene->why, &scene->err))
        return scene->err.text;
    return scene_written(scene);
}

/* The same in one go; settings are "COL=RULE" or, beginning with '{', a file's text; NULL behind the last. */
static inline void assert_survivor(const char *text, const char *const *settings, const char *expected)
{
    struct scene scene;
    const char *found;

    scene_begin(&scene, text);
    int failed = 0;
    for (; settings && *settings && !failed; settings++)
        failed = **settings == '{'
                     ? survivor_plan_read(scene.plan, slice_from_cstr(*settings), "rules.json", &scene.err)
                     : survivor_plan_set(scene.plan, *settings, &scene.err);
    if (!failed)
        failed = scene_survey(&scene);
    found = failed ? scene.err.text : scene_choose(&scene, scene.kept.count);
    const char *at = failed && strncmp(found, "/tmp/", 5) == 0 ? strrchr(found, '/') + 1 : found;
    if (strcmp(at, expected) != 0)
        fail_msg("<<%s>> gives <<%s>> instead of <<%s>>", text, at, expected);
    scene_end(&scene);
}

#define SETTINGS(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
