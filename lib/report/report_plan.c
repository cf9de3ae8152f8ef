/* Plans from operands, and what both kinds of plans share. */
#include "report/report_plan.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/options.h"

/* A file's name may hold an equals sign: then it is there. */
static void take_operand(struct report_request *request, const char *operand)
{
    const char *equals = strchr(operand, '=');

    *request = (struct report_request){.path = operand, .chart = CHART_OF_KIND, .title = {"", 0}, .note = {"", 0}};
    if (!equals || access(operand, F_OK) == 0)
        return;
    request->title = slice_trim((struct slice){operand, (size_t)(equals - operand)});
    request->path = equals + 1;
}

int report_plan_operands(struct report_plan *plan, char *const *paths, size_t count, struct error *err)
{
    size_t inputs = 0;

    *plan = (struct report_plan){.title = {"", 0}, .note = {"", 0}, .count = count ? count : 1};
    plan->requests = calloc(plan->count, sizeof *plan->requests);
    if (!plan->requests)
        return error_memory(err);
    take_operand(&plan->requests[0], "-");
    for (size_t i = 0; i < count; i++)
        take_operand(&plan->requests[i], paths[i]);
    for (size_t i = 0; i < plan->count; i++) {
        if (!*plan->requests[i].path)
            return error_set(err, STATUS_USAGE, "'%s': no file behind the title", paths[i]);
        inputs += strcmp(plan->requests[i].path, "-") == 0;
    }
    return inputs > 1 ? error_set(err, STATUS_USAGE, "standard input can be read once only") : 0;
}

void report_plan_fini(struct report_plan *plan)
{
    for (size_t i = 0; plan->requests && i < plan->count; i++)
        free(plan->requests[i].columns);
    free(plan->requests);
    json_decref(plan->root);
    *plan = (struct report_plan){0};
}

int report_chart_word(const char *text, int *chart, struct error *err)
{
    const char *words[FIGURE_KINDS + 2];
    int choice;

    for (size_t i = 0; i < FIGURE_KINDS; i++)
        words[i] = figure_kind_names[i];
    words[FIGURE_KINDS] = "none";
    words[FIGURE_KINDS + 1] = NULL;
    choice = option_choice(text, words, err);
    *chart = choice == FIGURE_KINDS ? CHART_NONE : choice;
    return choice < 0 ? -1 : 0;
}

bool report_language_valid(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_letter(text.ptr[i]) && !ascii_is_digit(text.ptr[i]) && (text.ptr[i] != '-' || i == 0))
            return false;
    return text.len >= 2 && text.len <= 35 && ascii_is_letter(text.ptr[0]);
}
