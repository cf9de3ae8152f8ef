/* The order of a linkage's steps, and its explanations. */
#include "analysis/linkage.h"

#include <math.h>
#include <string.h>

void linkage_init(struct linkage *linkage, const struct linkage_settings *settings)
{
    *linkage = (struct linkage){.settings = *settings};
    link_records_init(&linkage->records, settings->mode);
}

void linkage_fini(struct linkage *linkage)
{
    link_clusters_fini(&linkage->clusters);
    link_edges_fini(&linkage->edges);
    link_comparer_fini(&linkage->comparer);
    link_scorer_fini(&linkage->scorer);
    link_model_fini(&linkage->model);
    link_model_setup_fini(&linkage->setup);
    link_index_fini(&linkage->index);
    link_records_fini(&linkage->records);
    link_plan_fini(&linkage->plan);
}

/* The pairs that may be looked at: all there are of a small list, else so many for each record. */
static double budget_of(const struct linkage *linkage)
{
    size_t records = linkage->records.count;
    double wanted =
        records <= LINK_SHORT_LIST ? LINK_PAIRS_SHORT : fmax(LINK_PAIRS_LONG, LINK_PAIRS_EACH * (double)records);

    return fmin(wanted, linkage->all_pairs * 1.1 + 10);
}

/* What nobody has told: by the saved model, else as usual. */
static void settle_settings(struct linkage_settings *settings, const struct link_model_setup *setup)
{
    if (!settings->max_block)
        settings->max_block = setup->max_block ? setup->max_block : LINK_MAX_BLOCK;
    if (settings->threshold <= 0)
        settings->threshold = setup->threshold;
    if (settings->threshold <= 0)
        settings->threshold = settings->mode == LINK_ACROSS ? LINK_THRESHOLD_ACROSS : LINK_THRESHOLD;
}

/* Reads a saved model; the plan is its. */
static int read_model(struct linkage *linkage, const struct slice *names, size_t count, struct error *err)
{
    const struct linkage_settings *settings = &linkage->settings;

    if (link_model_read(&linkage->model, &linkage->setup, settings->model, settings->model_file, err))
        return -1;
    if (linkage->setup.mode != settings->mode)
        return error_set(err, STATUS_USAGE, "%s: learned %s, which is not what is asked for now", settings->model_file,
                         linkage->setup.mode == LINK_ACROSS    ? "with --link"
                         : linkage->setup.mode == LINK_AGAINST ? "with --against"
                                                               : "within one list");
    return link_model_plan(&linkage->model, &linkage->setup, names, count, settings->model_file, &linkage->plan, err);
}

/* Where there is no name of a person, a company is not where somebody works but what the record is of. */
static void name_organisations(struct link_plan *plan)
{
    for (size_t f = 0; f < plan->count; f++)
        if (plan->fields[f].kind == LINK_FIRST_NAME || plan->fields[f].kind == LINK_LAST_NAME ||
            plan->fields[f].kind == LINK_FULL_NAME)
            return;
    for (size_t f = 0; f < plan->count; f++)
        if (plan->fields[f].kind == LINK_COMPANY)
            plan->fields[f].kind = LINK_ORGANISATION;
}

static int make_plan(struct linkage *linkage, const struct slice *names, const struct kept *kept, size_t split,
                     struct error *err)
{
    const struct linkage_settings *settings = &linkage->settings;

    if (settings->model.len)
        return read_model(linkage, names, kept->columns, err);
    if (settings->fields
            ? link_plan_parse(&linkage->plan, slice_from_cstr(settings->fields), names, kept, err)
            : link_plan_recognise(&linkage->plan, settings->preset, names, kept, split, settings->excluded, err))
        return -1;
    name_organisations(&linkage->plan);
    return 0;
}

static int choose_rules(struct linkage *linkage, struct error *err)
{
    const struct linkage_settings *settings = &linkage->settings;

    if (settings->model.len) {
        memcpy(linkage->choice.rules, linkage->model.rules, sizeof linkage->choice.rules);
        linkage->choice.count = linkage->model.rule_count;
        return 0;
    }
    if (settings->block && link_rules_parse(slice_from_cstr(settings->block), &linkage->records, linkage->choice.rules,
                                            &linkage->choice.count, err)) {
        error_prefix(err, "option '--block': ");
        return -1;
    }
    return settings->block
               ? 0
               : link_block_choose(&linkage->records, budget_of(linkage), settings->threads, &linkage->choice, err);
}

int linkage_fill(struct linkage *linkage, const struct slice *names, const struct kept *kept, size_t split,
                 struct error *err)
{
    if (make_plan(linkage, names, kept, split, err))
        return -1;
    settle_settings(&linkage->settings, &linkage->setup);
    linkage->records.split = split;
    linkage->records.room = linkage->settings.room;
    if (link_records_fill(&linkage->records, &linkage->plan, kept, linkage->settings.threads, err))
        return -1;
    linkage->all_pairs = link_pair_total(&linkage->records);
    return 0;
}

int linkage_index(struct linkage *linkage, struct error *err)
{
    if (choose_rules(linkage, err))
        return -1;
    return link_index_build(&linkage->index, &linkage->records, linkage->choice.rules, linkage->choice.count,
                            linkage->settings.max_block, linkage->settings.threads, err);
}

#define TRAINED_PAIRS 5e5 /* pairs whose patterns are counted, at most */

static int train(struct linkage *linkage, struct error *err)
{
    struct link_patterns patterns = {0};
    struct link_chance chance;
    size_t threads = linkage->settings.threads;
    int failed = link_model_init(&linkage->model, &linkage->records, err) ||
                 link_patterns_count(&patterns, &linkage->index, TRAINED_PAIRS, threads, err) ||
                 link_chance_count(&chance, &linkage->records, threads, err) ||
                 link_related_count(&chance, &linkage->records, err);

    failed = failed || link_train(&linkage->model, &chance, &patterns, linkage->all_pairs, threads, err);
    if (!failed) {
        memcpy(linkage->model.rules, linkage->choice.rules, sizeof linkage->model.rules);
        linkage->model.rule_count = linkage->choice.count;
    }
    link_patterns_fini(&patterns);
    return failed ? -1 : 0;
}

int linkage_score(struct linkage *linkage, struct error *err)
{
    bool learned = !linkage->settings.model.len;
    struct progress progress;

    if ((learned && train(linkage, err)) ||
        link_scorer_init(&linkage->scorer, &linkage->records, &linkage->model, err) ||
        link_comparer_init(&linkage->comparer, &linkage->records, err))
        return -1;
    progress_start(&progress, linkage->settings.progress);
    int failed = link_edges_find(&linkage->edges, &linkage->index, &linkage->scorer, LINK_LEAST_PROBABILITY,
                                 linkage->settings.threads, &linkage->scored, &progress, err);
    progress_stop(&progress);
    if (failed)
        return -1;
    return learned ? link_rate_settle(&linkage->model, &linkage->edges, linkage->all_pairs, err) : 0;
}

int linkage_save(const struct linkage *linkage, const struct slice *names, struct buffer *out, struct error *err)
{
    if (linkage->records.count < 2)
        return error_set(err, STATUS_DATA, "no model can be saved: there is no pair of records to learn from");
    return link_model_write(&linkage->model, &linkage->records, names, linkage->settings.threshold,
                            linkage->settings.max_block, out, err);
}

void linkage_forget_blocks(struct linkage *linkage)
{
    link_index_fini(&linkage->index);
}

int linkage_cluster(struct linkage *linkage, struct error *err)
{
    return link_cluster(&linkage->clusters, &linkage->edges, &linkage->scorer, linkage->settings.threshold,
                        linkage->settings.threads, err);
}

int linkage_explain(struct linkage *linkage, size_t a, size_t b, struct buffer *out, struct error *err)
{
    uint32_t agreed[LINK_FIELDS];
    link_pattern pattern = link_compare_rows(&linkage->comparer, a, b, agreed);
    struct link_score score = link_score_pattern(&linkage->scorer, pattern, agreed);
    enum link_class class = link_match_class(&linkage->scorer, pattern, agreed);
    double probability = link_probability(&linkage->model, score);
    double left = log2(probability) - log2(fmax(1 - probability, 1e-12));

    for (size_t f = 0; f < linkage->model.count; f++) {
        double weight = link_field_weight(&linkage->scorer, class, f, pattern, agreed);

        if (!link_pattern_level(pattern, f))
            continue;
        left -= weight;
        if (buffer_printf(out, "%s=%+.1f ", linkage->model.fields[f].name, weight))
            return error_memory(err);
    }
    return buffer_printf(out, "prior=%+.1f", left) ? error_memory(err) : 0;
}
