/* Verdicts. Allowed is the same output with the same status, or status 4 and a message; in either case no file may be
 * left that a whole run does not leave, and each file is, in bytes and permissions, as it was before or as a whole run
 * leaves it. A program that is ended by a signal cleans up all the same; only SIGKILL leaves it no time: then its
 * temporary files may stay, which are recognised by their names and which nobody else can read until they are whole. */
#include "verdict.h"

#include <signal.h>
#include <string.h>

/* Whether standard error holds a program's message, and nothing but whole lines of programs. */
static bool has_message(struct text err)
{
    const char *line = err.data;

    while (*line) {
        const char *end = strchr(line, '\n');
        if (strncmp(line, "crm-", 4) != 0 || !end)
            return false;
        line = end + 1;
    }
    return err.size > 0;
}

/* Whether it is ".NAME.XXXXXX", which nobody else can read until it is a whole file of the full run, or a temporary
 * file of no output, "crm.XXXXXX", which is written only when it has no name any more. */
static bool is_temporary(const struct outcome *full, const struct file *file)
{
    const size_t length = strlen(file->name);

    if (length == strlen("crm.XXXXXX") && strncmp(file->name, "crm.", 4) == 0)
        return file->mode == 0600 && file->content.size == 0;
    if (length < strlen(".N.XXXXXX") || file->name[0] != '.' || file->name[length - 7] != '.')
        return false;
    for (size_t i = 0; i < full->files.count; i++) {
        const struct file *wanted = &full->files.files[i];
        if (strlen(wanted->name) == length - 8 && memcmp(file->name + 1, wanted->name, length - 8) == 0 &&
            file->mode == wanted->mode && text_equal(file->content, wanted->content))
            return true;
    }
    return file->mode == 0600;
}

static bool same_file(const struct file *a, const struct file *b)
{
    return a->mode == b->mode && text_equal(a->content, b->content);
}

/* NULL, or what is wrong with the files left: with `whole` they must be those of the full run, otherwise each may also
 * be as it was before. */
static const char *wrong_files(const struct bench *bench, const struct outcome *full, const struct outcome *outcome,
                               bool whole, bool may_leave)
{
    for (size_t i = 0; i < outcome->files.count; i++) {
        const struct file *file = &outcome->files.files[i];
        const struct file *expected = folder_find(&full->files, file->name);
        const struct file *before = folder_find(&bench->fixtures, file->name);
        if (!expected) {
            if (!may_leave)
                return "a file is left behind";
            if (!is_temporary(full, file))
                return "a file is left behind that is no private temporary file";
            continue;
        }
        if (same_file(file, expected))
            continue;
        if (whole || !before || !same_file(file, before))
            return "a file is not whole, or has other permissions";
    }
    for (size_t i = 0; i < full->files.count; i++) {
        const char *name = full->files.files[i].name;
        if (!folder_find(&outcome->files, name) && (whole || folder_find(&bench->fixtures, name)))
            return "a file is missing";
    }
    return NULL;
}

/* Libraries that are known to end the program, or to go on with what is not there, when they get no memory; the loader
 * does it for their thread-local data. */
static bool is_fragile(const char *library)
{
    static const char *const names[] = {"libxgboost.", "liblinear.", "libgomp.", "libstdc++.",
                                        "libonig.",    "libicu",     "libphone", "ld-linux"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(library, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* Whether a fragile library ended the program: by a signal, or as libgomp does, which says so and exits. */
static bool ended_outside(const struct outcome *full, const struct outcome *outcome)
{
    return outcome->status >= 124 ||
           (outcome->status == 1 && full->status != 1 && strncmp(outcome->toucher, "libgomp.", 8) == 0);
}

static const char *wrong_end(const struct bench *bench, const struct outcome *full, const struct outcome *outcome,
                             const struct expectation *expected)
{
    if (expected->signal == SIGPIPE && outcome->touched == 0 &&
        (outcome->err.size > full->err.size || memcmp(outcome->err.data, full->err.data, outcome->err.size) != 0))
        return "spoke about a broken pipe";
    return wrong_files(bench, full, outcome, false, expected->signal == SIGKILL);
}

static const char *wrong_stay(const struct bench *bench, const struct outcome *full, const struct outcome *outcome,
                              const struct expectation *expected)
{
    if (outcome->status != full->status)
        return "another status";
    if (!expected->may_stay && (outcome->touched || bench->report->programs == 0))
        return "did not notice";
    if (expected->output_visible && !text_equal(outcome->out, full->out))
        return "another output";
    if (expected->same_messages && !text_equal(outcome->err, full->err))
        return "other messages";
    return wrong_files(bench, full, outcome, true, expected->may_leave);
}

enum verdict judge(const struct bench *bench, const struct outcome *full, const struct outcome *outcome,
                   const struct expectation *expected, const char **why)
{
    enum verdict verdict;

    if (outcome->status < 0) {
        *why = "ran too long";
        return WRONG;
    }
    if (expected->signal && outcome->status == 128 + expected->signal) {
        *why = wrong_end(bench, full, outcome, expected);
        verdict = ENDED;
    } else if (ended_outside(full, outcome)) {
        const bool outside = is_fragile(outcome->toucher);
        *why = outside ? wrong_files(bench, full, outcome, false, true) : NULL;
        if (outside && *why)
            return WRONG;
        *why = "was ended by a signal or a library, or not found";
        return outside ? OUTSIDE : WRONG;
    } else if (expected->may_refuse && outcome->status == 4) {
        *why = has_message(outcome->err) ? wrong_files(bench, full, outcome, false, expected->may_leave)
                                         : "status 4 without a message";
        verdict = REFUSED;
    } else {
        *why = wrong_stay(bench, full, outcome, expected);
        verdict = SAME;
    }
    return *why ? WRONG : verdict;
}
