/* What a deduplication says on standard error. */
#include <math.h>

#include "analysis/dedupe_print.h"
#include "base/program.h"

/* Different values of a field; a table of names is that of other fields as well. */
static size_t distinct(const struct link_field *field)
{
    size_t count = 0;

    for (size_t id = 1; id <= field->values->table.count; id++)
        count += field->counts[id] > 0;
    return count;
}

void dedupe_tell_columns(const struct dedupe *dedupe)
{
    const struct linkage *linkage = &dedupe->linkage;

    if (!dedupe->options->common.verbose)
        return;
    for (size_t f = 0; f < linkage->records.field_count; f++) {
        const struct link_field *field = &linkage->records.fields[f];

        program_note("compares '%s' as %s: %llu of %zu records have it, %zu different", field->name,
                     link_kind_name(field->kind), (unsigned long long)field->filled, linkage->records.count,
                     distinct(field));
    }
    for (size_t c = 0; linkage->plan.left && c < linkage->plan.columns; c++)
        if (linkage->plan.left[c])
            program_note("does not compare '%.*s': it %s", SLICE_ARG(dedupe->names[c]),
                         link_left_reason(linkage->plan.left[c]));
}

static int tell_rules(const struct linkage *linkage, struct error *err)
{
    struct buffer rule;
    int failed = 0;

    buffer_init(&rule);
    for (size_t i = 0; i < linkage->index.count && !failed; i++) {
        const struct link_blocks *blocks = &linkage->index.blocks[i];

        buffer_clear(&rule);
        failed = link_rule_print(&blocks->rule, &linkage->records, &rule) ? error_memory(err) : 0;
        if (!failed)
            program_note("looks at pairs that agree in %.*s: %llu", SLICE_ARG(buffer_slice(&rule)),
                         (unsigned long long)blocks->pairs);
    }
    buffer_fini(&rule);
    if (linkage->choice.expected > 0 && !failed)
        program_note("expects these rules to find %.2f %% of the matches", 100 * linkage->choice.expected);
    return failed;
}

int dedupe_tell_plan(const struct dedupe *dedupe, struct error *err)
{
    const struct linkage *linkage = &dedupe->linkage;
    uint64_t blocks = 0, rows = 0;
    double lost = 0;

    if (dedupe->options->common.verbose) {
        dedupe_tell_columns(dedupe);
        if (tell_rules(linkage, err))
            return -1;
    }
    for (size_t i = 0; i < linkage->index.count; i++) {
        blocks += linkage->index.blocks[i].cut_blocks;
        rows += linkage->index.blocks[i].cut_rows;
        lost += linkage->index.blocks[i].lost_pairs;
    }
    if (blocks)
        program_note("%llu blocks of more than %zu records were cut: %.0f pairs of %llu records are not looked at (see "
                     "--blocks, --max-block)",
                     (unsigned long long)blocks, linkage->settings.max_block, lost, (unsigned long long)rows);
    return 0;
}

static void tell_model(const struct linkage *linkage)
{
    program_note("learned in %zu rounds: one pair in %.3g is a match", linkage->model.iterations,
                 1 / link_match_rate(&linkage->model));
    for (size_t f = 0; f < linkage->model.count; f++) {
        size_t exact = link_kind_levels(linkage->model.fields[f].kind) - 1;

        program_note("'%s': %+.1f bits when equal, %+.1f when not at all", linkage->model.fields[f].name,
                     link_weight(&linkage->model, LINK_SAME, f, (unsigned)exact),
                     link_weight(&linkage->model, LINK_SAME, f, LINK_ELSE));
    }
}

void dedupe_tell_result(const struct dedupe *dedupe, const struct dedupe_result *result)
{
    const struct linkage *linkage = &dedupe->linkage;
    bool statistics = linkage->model.count > 0;

    dedupe_tell_memory(dedupe);
    if (statistics && !linkage->model.converged)
        program_note("the model had not settled after %zu rounds: look at some --pairs --explain before you trust it",
                     linkage->model.iterations);
    if (!dedupe->options->common.verbose)
        return;
    if (statistics) {
        tell_model(linkage);
        program_note("compared %llu pairs", (unsigned long long)linkage->scored);
        program_note("%zu pairs over the threshold were kept apart, since their other records disagree",
                     linkage->clusters.cut_pairs);
    }
    program_note("%zu records are %zu different ones", dedupe->kept.count, result->count);
}
