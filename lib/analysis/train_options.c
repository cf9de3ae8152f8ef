/* The table of options, and which of them go together. */
#include "analysis/train_options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "stream/sink.h"

static int take_method(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, model_method_names, err);

    if (choice < 0)
        return -1;
    struct train_command *command = target;
    command->method.method = (enum model_method)choice;
    command->method_given = true;
    return 0;
}

static int take_penalty(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"l2", "l1", NULL};
    int choice = option_choice(argument, words, err);

    if (choice < 0)
        return -1;
    struct train_command *command = target;
    command->method.l1 = choice == 1;
    command->penalty_given = true;
    return 0;
}

static int take_number(void *target, const char *argument, struct error *err)
{
    char *end;
    double number = strtod(argument, &end);

    if (end == argument || *end || !isfinite(number) || number <= 0)
        return error_set(err, STATUS_USAGE, "'%s' is not a number above 0", argument);
    *(double *)target = number;
    return 0;
}

static int take_folds(void *target, const char *argument, struct error *err)
{
    if (option_positive(target, argument, err))
        return -1;
    size_t folds = *(size_t *)target;
    return folds < 2 || folds > 100 ? error_set(err, STATUS_USAGE, "'%s' is not a number from 2 to 100", argument) : 0;
}

static int take_seed(void *target, const char *argument, struct error *err)
{
    char *end;
    unsigned long long seed;

    errno = 0;
    seed = strtoull(argument, &end, 10);
    if (*argument < '0' || *argument > '9' || *end || errno)
        return error_set(err, STATUS_USAGE, "'%s' is not a whole number", argument);
    *(uint64_t *)target = seed;
    return 0;
}

/* Names separated by commas, copied one by one: a name with a comma in it is given alone with a backslash before the
 * comma. */
static int take_names(void *target, const char *argument, struct error *err)
{
    struct option_list *list = target;
    const char *at = argument;

    while (*at) {
        char *name = malloc(strlen(at) + 1), *end = name;
        if (!name || ARRAY_GROW(list->items, list->capacity, list->count + 1)) {
            free(name);
            return error_memory(err);
        }
        for (; *at && *at != ','; at++) {
            if (*at == '\\' && at[1] == ',')
                at++;
            *end++ = *at;
        }
        *end = '\0';
        at += *at == ',';
        list->items[list->count++] = name;
    }
    return 0;
}

static bool is_standard_output(const char *path)
{
    return strcmp(path, "-") == 0 || sink_descriptor(path) == STDOUT_FILENO;
}

static int check(const struct train_command *c, struct error *err)
{
    const char *output = c->common.output ? c->common.output : "-";

    if (!c->table.target && !c->update)
        return error_set(err, STATUS_USAGE, "say which column holds the outcome: --target COL");
    if (c->update && (c->to_rules || c->features.count || c->drop.count || c->allow.count || c->method_given ||
                      c->method.c > 0 || c->penalty_given))
        return error_set(err, STATUS_USAGE,
                         "--update goes on with the model as it is: --method, --penalty, --cost, --features, "
                         "--drop, --allow and --to-rules do not go with it");
    if (c->update && c->report)
        return error_set(err, STATUS_USAGE, "--update measures nothing: --report does not go with it");
    if (c->report && is_standard_output(c->report) && is_standard_output(output))
        return error_set(err, STATUS_USAGE, "option '--report': standard output is also that of --output");
    if (!c->to_rules && (c->points > 0 || c->base > 0))
        return error_set(err, STATUS_USAGE, "--points and --base go with --to-rules");
    if (c->method.method != MODEL_LOGISTIC && (c->penalty_given || c->method.c > 0))
        return error_set(err, STATUS_USAGE, "--penalty and --cost go with --method logistic");
    if (c->to_rules && c->method.method == MODEL_TREES)
        return error_set(err, STATUS_USAGE, "--to-rules goes with --method logistic or bayes: trees have no points");
    return 0;
}

int train_command_read(struct train_command *c, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec what[] = {
        {"target", 'y', "COL", "the outcome", option_text, &c->table.target},
        {"positive", 0, "VALUE", "the outcome that is the good one (default: yes, true, 1, won, ...)", option_text,
         &c->table.positive},
        {"features", 0, "COL,...", "learn from these columns only", take_names, &c->features},
        {"drop", 0, "COL,...", "do not learn from these", take_names, &c->drop},
        {"allow", 0, "COL,...|all", "learn from these although they seem to know the outcome", take_names, &c->allow},
        COMMON_AS_OF(&c->common),
        COMMON_TZ(&c->common),
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", option_date_format,
         &c->table.dates.format},
    };
    struct option_spec how[] = {
        {"method", 'M', "METHOD", "logistic (default), bayes, trees", take_method, c},
        {"penalty", 0, "l2|l1", "of logistic regression (default: l2)", take_penalty, c},
        {"cost", 'C', "C", "its weight of errors against the penalty (default: chosen)", take_number, &c->method.c},
        {"folds", 'k', "N", "parts for cross-validation, 2 to 100 (default: 5)", take_folds, &c->method.folds},
        {"seed", 0, "N", "another dealing of leads to parts", take_seed, &c->method.seed},
        {"update", 'u', "MODEL", "add leads to a model of --method bayes", option_text, &c->update},
        {"threads", 'j', "N", "threads for trees (default: as many as processors, at most 8)", option_threads,
         &c->method.threads},
    };
    struct option_spec report[] = {
        {"report", 0, "FILE", "write measures, features and weights as records", option_text, &c->report},
        {"to-rules", 0, NULL, "write a rule file with whole points instead of the model", option_true, &c->to_rules},
        {"points", 0, "N", "with --to-rules: points that double the odds (default: 20)", take_number, &c->points},
        {"base", 0, "N", "with --to-rules: the score of the average lead (default: 50)", take_number, &c->base},
    };
    struct option_group groups[3 + COMMON_GROUPS] = {
        {"Data", what, sizeof what / sizeof *what},
        {"Learning", how, sizeof how / sizeof *how},
        {"Report", report, sizeof report / sizeof *report},
    };
    const struct command command = {
        "crm-train",
        "[FILE ...]",
        "Learn from leads with a known outcome a model for crm-score, and say how good it is.",
        "crm-train --target converted -o model.json leads-2025.csv && crm-score --model model.json leads.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&c->common, groups + 3);
    int go = options_parse(&command, argc, argv, first, err);
    if (go <= 0)
        return go;
    c->table.features = c->features.items;
    c->table.feature_count = c->features.count;
    c->table.drop = c->drop.items;
    c->table.drop_count = c->drop.count;
    c->table.allow = c->allow.items;
    c->table.allow_count = c->allow.count;
    if (check(c, err))
        return -1;
    c->points = c->points > 0 ? c->points : TRAIN_POINTS;
    c->base = c->base > 0 ? c->base : TRAIN_BASE;
    return 1;
}

static void free_names(struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free((char *)(uintptr_t)list->items[i]);
    option_list_free(list);
}

void train_command_fini(struct train_command *c)
{
    free_names(&c->features);
    free_names(&c->drop);
    free_names(&c->allow);
}
