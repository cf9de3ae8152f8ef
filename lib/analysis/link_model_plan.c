/* The plan that a model was learned with, for another input: its columns are found by their names. */
#include <stdlib.h>

#include "analysis/link_model.h"
#include "analysis/link_plan.h"
#include "analysis/link_spec.h"
#include "value/settings.h"

static int bind_column(const struct link_model_setup *setup, size_t f, size_t slot, const struct slice *names,
                       size_t count, const char *file, size_t *column, struct error *err)
{
    const struct settings_place root = {.file = file};
    struct settings_place at = settings_member(&root, "fields", 0);
    struct slice wanted = slice_from_cstr(setup->fields[f].names[slot]);
    struct error what;

    for (*column = 0; *column < count; ++*column)
        if (slice_equal(names[*column], wanted))
            return 0;
    at = settings_member(&at, NULL, f);
    at = settings_member(&at, "columns", 0);
    at = settings_member(&at, NULL, slot);
    link_spec_unknown(wanted, "column", "the header is", names, count, &what);
    return settings_fail(&at, err, "%s", what.text);
}

int link_model_plan(const struct link_model *model, const struct link_model_setup *setup, const struct slice *names,
                    size_t count, const char *file, struct link_plan *plan, struct error *err)
{
    *plan = (struct link_plan){.columns = count};
    plan->left = malloc((count + 1) * sizeof *plan->left);
    if (!plan->left)
        return error_memory(err);
    for (size_t c = 0; c <= count; c++)
        plan->left[c] = LINK_LEFT_EXCLUDED;
    for (size_t f = 0; f < model->count; f++) {
        const struct link_model_field *from = &model->fields[f];
        struct link_plan_field *field = &plan->fields[plan->count++];

        *field = (struct link_plan_field){slice_from_cstr(from->name), from->kind, {0}, 0, setup->fields[f].dates};
        for (size_t s = 0; s < setup->fields[f].count; s++) {
            if (bind_column(setup, f, s, names, count, file, &field->columns[s], err)) {
                link_plan_fini(plan);
                return -1;
            }
            plan->left[field->columns[s]] = LINK_COMPARED;
            field->slots++;
        }
    }
    return 0;
}
