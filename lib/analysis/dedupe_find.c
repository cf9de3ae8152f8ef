/* Finding clusters: by keys and rules, which say yes or no, or by statistics. */
#include <math.h>
#include <stdlib.h>

#include "analysis/dedupe.h"
#include "base/program.h"

/* What keys and rules have joined, as a result: of such a record the probability is 1. */
static int joined_result(struct dedupe *dedupe, struct dedupe_result *result, struct error *err)
{
    size_t rows = dedupe->kept.count;

    dedupe->certain = malloc((rows + 1) * sizeof *dedupe->certain);
    if (!dedupe->certain)
        return error_memory(err);
    for (size_t row = 0; row < rows; row++)
        dedupe->certain[row] = dedupe->joined.matched[row] ? 1 : (float)NAN;
    *result =
        (struct dedupe_result){dedupe->joined.cluster, dedupe->certain, dedupe->joined.count, dedupe->joined.matched};
    if (dedupe->joined.doubtful) {
        struct kept_place one = kept_place(&dedupe->kept, dedupe->joined.doubtful_rows[0]);
        struct kept_place other = kept_place(&dedupe->kept, dedupe->joined.doubtful_rows[1]);

        program_note("%zu cluster%s several records of one list that should have each once, such as lines %llu and "
                     "%llu of %s",
                     dedupe->joined.doubtful, dedupe->joined.doubtful == 1 ? " has" : "s have",
                     (unsigned long long)one.line, (unsigned long long)other.line,
                     stream_input_name(dedupe->stream, one.input));
    }
    return 0;
}

/* A line about each key, and a warning about a value that is no one's. */
static int tell_keys(const struct dedupe *dedupe, const struct link_match_count *counts, struct error *err)
{
    struct buffer line;
    int failed = 0;

    buffer_init(&line);
    for (size_t k = 0; k < dedupe->keys.count && !failed; k++) {
        buffer_clear(&line);
        failed = link_match_print(&dedupe->keys.keys[k], &counts[k], &line) ? error_memory(err) : 0;
        if (!failed && dedupe->options->common.verbose)
            program_note("%.*s", SLICE_ARG(buffer_slice(&line)));
        if (!link_match_is_suspicious(&counts[k], dedupe->kept.count))
            continue;
        buffer_clear(&line);
        failed = failed || link_match_warn(&dedupe->keys.keys[k], &counts[k], &dedupe->kept, &line, err);
        if (!failed)
            program_note("%.*s", SLICE_ARG(buffer_slice(&line)));
    }
    buffer_fini(&line);
    return failed;
}

static int find_by_keys(struct dedupe *dedupe, struct dedupe_result *result, struct error *err)
{
    const struct dedupe_options *o = dedupe->options;
    struct link_match_count counts[LINK_MATCHERS];
    struct slice *except = calloc(o->except.count + 1, sizeof *except);
    struct link_match_options options = {o->settings.mode, dedupe->split, except, o->except.count,
                                         dedupe->linkage.settings.room};

    if (!except)
        return error_memory(err);
    for (size_t i = 0; i < o->except.count; i++)
        except[i] = slice_from_cstr(o->except.items[i]);
    int failed =
        link_match_keys_parse(&dedupe->keys, slice_from_cstr(o->keys), dedupe->names, dedupe->kept.columns, err);
    if (failed)
        error_prefix(err, "option '--keys': ");
    failed = failed || link_match_keys_join(&dedupe->keys, &dedupe->kept, &options, &dedupe->joined, counts, err);
    free(except);
    return failed || tell_keys(dedupe, counts, err) ? -1 : joined_result(dedupe, result, err);
}

static int find_by_rules(struct dedupe *dedupe, struct dedupe_result *result, struct error *err)
{
    const struct dedupe_options *o = dedupe->options;
    const struct linkage *linkage = &dedupe->linkage;
    struct link_match_found found;

    if (link_match_rules_parse(&dedupe->rules, slice_from_cstr(o->rules), &linkage->records, err)) {
        error_prefix(err, "option '--rules': ");
        return -1;
    }
    if (link_match_rules_join(&dedupe->rules, &linkage->records, linkage->settings.max_block, linkage->settings.threads,
                              &dedupe->joined, &found, err)) {
        if (err->status == STATUS_USAGE)
            error_prefix(err, "option '--rules': ");
        return -1;
    }
    if (dedupe->rules.left_out && o->common.verbose)
        program_note("%zu rules were left out, for want of their columns", dedupe->rules.left_out);
    if (found.lost_pairs > 0)
        program_note("%.0f pairs in blocks of more than %zu records are not looked at (see --max-block)",
                     found.lost_pairs, linkage->settings.max_block);
    for (size_t r = 0; r < dedupe->rules.count && o->common.verbose; r++)
        program_note("rule '%.*s': %llu pair%s", SLICE_ARG(dedupe->rules.rules[r].name),
                     (unsigned long long)found.pairs[r], found.pairs[r] == 1 ? "" : "s");
    return joined_result(dedupe, result, err);
}

int dedupe_find(struct dedupe *dedupe, struct dedupe_result *result, struct error *err)
{
    struct linkage *linkage = &dedupe->linkage;

    if (!dedupe->kept.count && (dedupe->options->keys || dedupe->options->rules)) /* nothing that can be named */
        return link_joined_init(&dedupe->joined, 0, err) ||
                       link_joined_finish(&dedupe->joined, dedupe->options->settings.mode, 0, err)
                   ? -1
                   : joined_result(dedupe, result, err);
    if (dedupe->options->keys)
        return find_by_keys(dedupe, result, err);
    if (dedupe->options->rules)
        return find_by_rules(dedupe, result, err);
    if (linkage_score(linkage, err))
        return -1;
    if (dedupe->options->report != DEDUPE_TRUTH)
        linkage_forget_blocks(linkage);
    if (linkage_cluster(linkage, err))
        return -1;
    *result =
        (struct dedupe_result){linkage->clusters.cluster, linkage->clusters.probability, linkage->clusters.count, NULL};
    return 0;
}

int dedupe_print_matched(const struct dedupe *dedupe, uint32_t matched, struct buffer *out)
{
    return dedupe->options->keys ? link_match_print_matched(&dedupe->keys, matched, out)
                                 : link_match_rules_print(&dedupe->rules, matched, out);
}
