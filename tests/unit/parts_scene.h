/* Random inputs dealt out in parts, for the tests of --partial and --merge: what is merged of them is, byte for byte,
 * what one run over all of them gives. */
#ifndef CRM_TESTS_PARTS_SCENE_H
#define CRM_TESTS_PARTS_SCENE_H

#include "base/buffer.h"
#include "base/error.h"
#include "folder.h"
#include "random.h"

enum { MOST_ARGUMENTS = 60, MOST_PARTS = 7 };

static inline unsigned below(uint64_t *state, unsigned limit)
{
    return (unsigned)(next_random(state) % limit);
}

static inline const char *pick(uint64_t *seed, const char *const *words, unsigned count)
{
    return words[below(seed, count)];
}
#define PICK(seed, ...)                            \
    pick(seed, (const char *const[]){__VA_ARGS__}, \
         (unsigned)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))

/* A program under test. */
struct parts_program {
    /* argv as main() gets it. 0; 1: the options do not go together; -1. */
    int (*run)(int argc, char **argv, struct error *err);
    const char *header;                                                /* of an input, with its line end */
    void (*row)(uint64_t *seed, unsigned number, struct buffer *text); /* number: among all rows, from 0 */
    unsigned most_rows;
};

/* Words are split at blanks; the paths follow. */
static inline int parts_run(const struct parts_program *program, const char *arguments, const char *more,
                            char *const *paths, size_t count, const char *output, struct error *err)
{
    char line[1024];
    char *items[MOST_ARGUMENTS] = {(char *)(uintptr_t) "crm"};
    char *rest = NULL;
    int used = 1;

    snprintf(line, sizeof line, "-q %s %s -o %s", arguments, more, output);
    for (char *word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        items[used++] = word;
    for (size_t i = 0; i < count; i++)
        items[used++] = paths[i];
    assert_in_range(used, 1, MOST_ARGUMENTS - 1);
    return program->run(used, items, err);
}

/* Writes inputs, some of them without a row, to files called in0, in1, ...; free() their paths. */
static inline size_t parts_inputs(const struct parts_program *program, uint64_t *seed, struct folder *folder,
                                  char **paths)
{
    unsigned count = below(seed, program->most_rows), row = 0;
    size_t parts = 1 + below(seed, MOST_PARTS);

    for (size_t i = 0; i < parts; i++) {
        struct buffer text = {0};
        char name[32];
        unsigned end = i + 1 == parts ? count : below(seed, count + 1);
        assert_int_equal(buffer_append(&text, slice_from_cstr(program->header)), 0);
        for (; row < end; row++)
            program->row(seed, row, &text);
        assert_int_equal(buffer_append_char(&text, '\0'), 0);
        snprintf(name, sizeof name, "in%zu", i);
        paths[i] = strdup(folder_file(folder, name));
        file_put(paths[i], text.data);
        buffer_fini(&text);
    }
    return parts;
}

static inline void parts_assert_same(struct folder *folder, const char *arguments)
{
    struct slice whole = file_take(folder_file(folder, "whole"));
    struct slice merged = file_take(folder_file(folder, "merged"));

    if (!slice_equal(whole, merged))
        fail_msg("%s:\n%.*s\nmerged:\n%.*s", arguments, SLICE_ARG(whole), SLICE_ARG(merged));
    free((char *)(uintptr_t)whole.ptr);
    free((char *)(uintptr_t)merged.ptr);
}

static inline void parts_merge(const struct parts_program *program, const char *arguments, uint64_t *seed,
                               struct folder *folder, char **paths, size_t count)
{
    char *merged = strdup(folder_file(folder, "merged"));
    char *parts[MOST_PARTS];
    struct error err = {0};

    for (size_t i = 0; i < count; i++) {
        const char *more = PICK(seed, "--partial -t csv", "--partial -t jsonl", "--partial -t json");
        char name[32];
        snprintf(name, sizeof name, "part%zu", i);
        parts[i] = strdup(folder_file(folder, name));
        if (parts_run(program, arguments, more, &paths[i], 1, parts[i], &err))
            fail_msg("%s %s: %s", arguments, more, err.text);
    }
    if (parts_run(program, arguments, "--merge", parts, count, merged, &err))
        fail_msg("%s --merge: %s", arguments, err.text);
    parts_assert_same(folder, arguments);
    for (size_t i = 0; i < count; i++)
        free(parts[i]);
    free(merged);
}

/* Whether the options go together; *bad: the input as a whole is not good, and nothing was compared. */
static inline bool parts_try(const struct parts_program *program, const char *arguments, uint64_t *seed,
                             struct folder *folder, bool *bad)
{
    char *whole = strdup(folder_file(folder, "whole"));
    char *paths[MOST_PARTS];
    struct error err = {0};
    size_t count = parts_inputs(program, seed, folder, paths);
    int result = parts_run(program, arguments, "", paths, count, whole, &err);

    *bad = result < 0;
    if (result < 0 && err.status == STATUS_SYSTEM) /* see *bad */
        fail_msg("%s: %s", arguments, err.text);
    if (result == 0)
        parts_merge(program, arguments, seed, folder, paths, count);
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    free(whole);
    return result == 0;
}

/* A part is refused with this message, which follows its path. */
static inline void parts_refused(const struct parts_program *program, const char *arguments, const char *text,
                                 const char *message)
{
    struct folder folder;
    struct error err = {0};

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "part")), *output = strdup(folder_file(&folder, "out"));
    file_put(path, text);
    assert_int_equal(parts_run(program, arguments, "--merge", &path, 1, output, &err), -1);
    assert_string_equal(err.text + (strncmp(err.text, path, strlen(path)) == 0 ? strlen(path) : 0), message);
    assert_int_equal(err.status, STATUS_DATA);
    free(path);
    free(output);
    folder_remove(&folder);
}

#endif
