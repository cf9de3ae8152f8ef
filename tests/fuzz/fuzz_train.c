/* A whole run of crm-train over a small table, whatever it holds, and what crm-score makes of it.
 *
 * The same leads give the same bytes with one thread and with two. A model that was written is one that can be read,
 * and scores the leads it was learned from, again or once more in the same bytes; rules are rules. A model by Bayes can
 * be updated. An error is a clean line and none of the system.
 *
 * Two bytes choose the options, the leads follow. */
#include "fuzz.h"
#include "programs.h"

/* What is said by one byte of the input. */
static const char *const methods[][8] = {
    {"--cost", "1"},
    {"--method", "bayes"},
    {"--cost", ".1", "--penalty", "l1"},
    {"--method", "bayes", "--allow", "all"},
    {"--cost", "1", "--to-rules", "--points", "10"},
    {"--method", "bayes", "--to-rules"},
    {"--folds", "2"},
    {"--cost", "10", "--folds", "2", "--seed", "7"},
    {"--method", "trees", "--folds", "2"},
    {"--method", "bayes"},
    {"--method", "bayes"},
    {"--cost", "1"},
};
static const char *const further[][6] = {
    {NULL},
    {"--positive", "1"},
    {"--drop", "city"},
    {"--features", "n,source"},
    {"--as-of", "2026-03-01"},
    {"--rejects", "/dev/null", "--max-rejects", "100%"},
    {"-w", ".n != \"3\""},
};

static const struct program_limits no_limits;

struct line {
    const char *words[PROGRAM_WORDS];
    size_t count;
};

static void say(struct line *line, const char *word)
{
    check(line->count + 1 < PROGRAM_WORDS);
    line->words[line->count++] = word;
    line->words[line->count] = NULL;
}

static bool has_word(const struct line *line, const char *word)
{
    for (size_t i = 0; i < line->count; i++)
        if (strcmp(line->words[i], word) == 0)
            return true;
    return false;
}

static void use_rules(struct slice text)
{
    struct score_rules rules = {0};
    struct error err;

    if (score_rules_read(&rules, text, "rules", &err)) {
        fprintf(stderr, "%s\n%.*s\n", err.text, SLICE_ARG(text));
        check(false);
    }
    score_rules_fini(&rules);
}

static void check_again(struct slice text)
{
    struct model model = {0};
    struct buffer again = {0};
    struct error err;

    if (model_read(&model, text, "model", &err)) {
        fprintf(stderr, "%s\n%.*s\n", err.text, SLICE_ARG(text));
        check(false);
    }
    check(model_write(&model, &again, &err) == 0 && slice_equal(buffer_slice(&again), text));
    buffer_fini(&again);
    model_fini(&model);
}

/* Scores the leads by the model, with one thread and with three; and goes on with the model. */
static void use_model(struct slice text, const char *leads, bool bayes)
{
    struct memory_file file = file_of(text);
    const char *scoring[] = {"--model", file.path, "--as-of", "2026-03-01", "-j1", leads, NULL};
    const char *const updating[] = {"--update", file.path, leads, NULL};
    struct outcome one, three;

    run_program(RUN_SCORE, scoring, no_limits, &one);
    scoring[4] = "-j3";
    run_program(RUN_SCORE, scoring, no_limits, &three);
    check_outcomes("one thread", &one, "three", &three);
    buffer_fini(&one.out);
    buffer_fini(&three.out);
    if (bayes) {
        run_program(RUN_TRAIN, updating, no_limits, &one);
        if (!one.failed)
            check_again(buffer_slice(&one.out));
        buffer_fini(&one.out);
    }
    close(file.fd);
}

#define ROW(table, byte) (table)[(byte) % (sizeof(table) / sizeof *(table))]

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct line line = {.count = 0}, other;
    struct outcome one, two;

    if (size < 4 || size > 8192)
        return 0;
    program_set_quiet(true);
    struct memory_file leads = file_of((struct slice){(const char *)data + 2, size - 2});
    say(&line, "--target");
    say(&line, "won");
    for (size_t i = 0; i < 8 && ROW(methods, data[0])[i]; i++)
        say(&line, ROW(methods, data[0])[i]);
    for (size_t i = 0; i < 6 && ROW(further, data[1])[i]; i++)
        say(&line, ROW(further, data[1])[i]);
    other = line;
    say(&line, "-j1");
    say(&other, "-j2");
    say(&line, leads.path);
    say(&other, leads.path);
    run_program(RUN_TRAIN, line.words, no_limits, &one);
    run_program(RUN_TRAIN, other.words, no_limits, &two);
    check_outcomes("one run", &one, "the other", &two);
    if (!one.failed && has_word(&line, "--to-rules")) {
        use_rules(buffer_slice(&one.out));
    } else if (!one.failed) {
        check_again(buffer_slice(&one.out));
        use_model(buffer_slice(&one.out), leads.path, has_word(&line, "bayes"));
    }
    buffer_fini(&one.out);
    buffer_fini(&two.out);
    close(leads.fd);
    return 0;
}
