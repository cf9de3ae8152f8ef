/* Trials: a shell command run in an empty folder that holds the fixtures, with one thing amiss, and all that became of
 * it. Whatever the driver itself cannot do ends it. */
#ifndef CRM_TESTS_TRIAL_H
#define CRM_TESTS_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "fault.h"

enum { MAX_FILES = 64 };

struct text {
    char *data; /* owned; ends with a NUL that is not counted */
    size_t size;
};

struct file {
    char name[256];
    mode_t mode; /* permissions */
    struct text content;
};

struct folder {
    struct file files[MAX_FILES];
    size_t count;
};

/* What a standard stream of the run is. */
enum stream_state { NORMAL, FULL, CLOSED, BROKEN };

struct trial {
    const char *fault; /* CRM_FAULT; NULL: without the preloaded library; "": only counted */
    int stream;        /* 0, 1 or 2: the one that is not normal */
    enum stream_state state;
};

struct outcome {
    int status; /* as a shell has it: 128 and the signal; -1: it ran too long */
    struct text out;
    struct text err;
    struct folder files;
    long touched;     /* calls */
    char toucher[64]; /* which program or library made the last of them; "" not known */
};

struct bench {
    const char *inject;
    const char *bin;        /* the folder of the programs */
    char *path_variable;    /* "PATH=..." */
    char *samples_variable; /* "SAMPLES=..." */
    char work[64];          /* the current folder of the runs */
    char report_path[64];
    struct fault_report *report; /* of the last run */
    struct folder fixtures;
    int time_limit; /* seconds */
};

_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The result is to be freed. */
char *join(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* inject and bin must outlive the bench. */
void bench_open(struct bench *bench, const char *inject, const char *bin, const char *samples, const char *fixtures);
void bench_close(struct bench *bench);

void run(struct bench *bench, const char *command, const struct trial *trial, struct outcome *outcome);
void outcome_free(struct outcome *outcome);

bool text_equal(struct text a, struct text b);

/* NULL when there is none. */
const struct file *folder_find(const struct folder *folder, const char *name);

#endif
