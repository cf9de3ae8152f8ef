/* Whole runs of programs inside a fuzz target: with a command line as in the shell, and files in memory. */
#ifndef CRM_TESTS_FUZZ_PROGRAMS_H
#define CRM_TESTS_FUZZ_PROGRAMS_H

#include "analysis/cohort_run.h"
#include "analysis/funnel_run.h"
#include "analysis/pipeline_run.h"
#include "analysis/rfm_run.h"
#include "analysis/train_run.h"
#include "base/buffer.h"
#include "base/program.h"
#include "fuzz.h"
#include "reads.h"

/* All of crm-score but its main stands in its source. */
int crm_score_main(int argc, char **argv);
#define main crm_score_main
#include "../../cmd/crm-score.c" /* NOLINT(bugprone-suspicious-include) */
#undef main

enum program_choice { RUN_RFM, RUN_COHORT, RUN_FUNNEL, RUN_PIPELINE, RUN_SCORE, RUN_TRAIN };

#define PROGRAM_WORDS 64

/* What makes a run go other ways to the same result: bytes that are kept in memory at most, bytes that a thread takes
 * at a time, and bytes that are read at once. The first two for the programs that can; 0: as it is best. */
struct program_limits {
    size_t memory, stretch, reads;
};

/* How a run went: what it wrote, or its error. */
struct outcome {
    struct buffer out;
    struct error err;
    bool failed;
};

static inline int program_open(const struct partial_choice *parts, const struct common *common, char **paths,
                               size_t count, struct program_limits limits, struct stream **stream, struct error *err)
{
    if (partial_open(parts, common, paths, count, stream, err))
        return -1;
    (*stream)->stretch_size = limits.stretch;
    return 0;
}

static inline int program_rfm(int argc, char **argv, struct program_limits limits, struct stream **stream,
                              struct error *err)
{
    struct rfm_command o;
    bool flawed;
    int first;

    if (rfm_command_read(&o, argc, argv, &first, err) <= 0)
        return -1;
    o.max_memory = limits.memory;
    if (o.check_segments)
        return rfm_check_segments(&o, NULL, &flawed, err);
    return program_open(&o.parts, &o.common, argv + first, (size_t)(argc - first), limits, stream, err) ||
                   rfm_run(&o, *stream, err)
               ? -1
               : 0;
}

static inline int program_cohort(int argc, char **argv, struct program_limits limits, struct stream **stream,
                                 struct error *err)
{
    struct cohort_options o;
    int first;

    if (cohort_options_read(&o, argc, argv, &first, err) <= 0)
        return -1;
    o.max_memory = limits.memory;
    return program_open(&o.parts, &o.common, argv + first, (size_t)(argc - first), limits, stream, err) ||
                   cohort_run(&o, *stream, err)
               ? -1
               : 0;
}

static inline int program_funnel(int argc, char **argv, struct program_limits limits, struct stream **stream,
                                 struct error *err)
{
    struct funnel_options o;
    int first;

    int go = funnel_options_read(&o, argc, argv, &first, err);
    if (go > 0) {
        o.max_memory = limits.memory;
        go = program_open(&o.parts, &o.common, argv + first, (size_t)(argc - first), limits, stream, err) ||
                     funnel_run(&o, *stream, err)
                 ? -1
                 : 0;
    } else {
        go = -1;
    }
    funnel_options_fini(&o);
    return go;
}

static inline int program_pipeline(int argc, char **argv, struct stream **stream, struct error *err)
{
    struct pipeline_command o = PIPELINE_COMMAND_INIT;
    int first;

    if (pipeline_options_read(&o, argc, argv, &first, err) <= 0)
        return -1;
    return pipeline_run(&o, argv + first, (size_t)(argc - first), stream, err);
}

static inline int program_score(int argc, char **argv, struct error *err)
{
    struct score_options o = SCORE_OPTIONS_INIT;
    int first;

    if (score_options_read(&o, argc, argv, &first, err) <= 0)
        return -1;
    return run(&o, argv + first, (size_t)(argc - first), err);
}

static inline int program_train(int argc, char **argv, struct stream **stream, struct error *err)
{
    struct train_command o = TRAIN_COMMAND_INIT;
    int first;

    int go = train_command_read(&o, argc, argv, &first, err);
    go = go > 0 && common_open(&o.common, argv + first, (size_t)(argc - first), stream, err) == 0 &&
                 train_run(&o, *stream, err) == 0
             ? 0
             : -1;
    train_command_fini(&o);
    return go;
}

/* Runs a program with these words, up to a NULL, behind "-q -o OUTPUT". An error is a clean line and not one of the
 * system. */
static inline void run_program(enum program_choice program, const char *const *words, struct program_limits limits,
                               struct outcome *outcome)
{
    struct memory_file out = file_of(SLICE(""));
    char *argv[PROGRAM_WORDS] = {(char[]){"crm"}, (char[]){"-q"}, (char[]){"-o"}, out.path};
    struct stream *stream = NULL;
    int argc = 4, failed = -1;

    for (; *words; words++) {
        check(argc + 1 < PROGRAM_WORDS);
        argv[argc++] = (char *)(uintptr_t)*words;
    }
    outcome->err = (struct error){.status = STATUS_OK};
    read_size = limits.reads;
    switch (program) {
    case RUN_RFM:
        failed = program_rfm(argc, argv, limits, &stream, &outcome->err);
        break;
    case RUN_COHORT:
        failed = program_cohort(argc, argv, limits, &stream, &outcome->err);
        break;
    case RUN_FUNNEL:
        failed = program_funnel(argc, argv, limits, &stream, &outcome->err);
        break;
    case RUN_PIPELINE:
        failed = program_pipeline(argc, argv, &stream, &outcome->err);
        break;
    case RUN_SCORE:
        failed = program_score(argc, argv, &outcome->err);
        break;
    case RUN_TRAIN:
        failed = program_train(argc, argv, &stream, &outcome->err);
        break;
    }
    read_size = 0;
    stream_free(stream);
    outcome->failed = failed != 0;
    if (outcome->failed && outcome->err.status == STATUS_USAGE)
        check(outcome->err.text[0]); /* it quotes options as they are; what prints it makes the line clean */
    else if (outcome->failed)
        check_error(&outcome->err);
    read_all(&out, &outcome->out);
    close(out.fd);
}

static inline bool outcome_same(const struct outcome *one, const struct outcome *other)
{
    return one->failed == other->failed &&
           (one->failed ? strcmp(one->err.text, other->err.text) == 0
                        : slice_equal(buffer_slice(&one->out), buffer_slice(&other->out)));
}

static inline void outcome_show(const char *what, const struct outcome *outcome)
{
    fprintf(stderr, "--- %s\n%.*s\n", what, SLICE_ARG(buffer_slice(&outcome->out)));
    if (outcome->failed)
        fprintf(stderr, "%s\n", outcome->err.text);
}

/* Aborts, showing both, unless they wrote the same or failed alike. */
static inline void check_outcomes(const char *what, const struct outcome *one, const char *other_what,
                                  const struct outcome *other)
{
    if (outcome_same(one, other))
        return;
    outcome_show(what, one);
    outcome_show(other_what, other);
    check(outcome_same(one, other));
}

#endif
