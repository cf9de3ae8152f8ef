/* The options of crm-dedupe. */
#include "analysis/dedupe_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/workers.h"

static int take_preset(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"contact", "company", NULL};
    int choice = option_choice(argument, words, err);

    if (choice < 0)
        return -1;
    *(enum link_preset *)target = choice ? LINK_ACCOUNT : LINK_CONTACT;
    return 0;
}

static int take_probability(void *target, const char *argument, struct error *err)
{
    char *end;
    double value = strtod(argument, &end);

    if (*argument == 0 || *end || !(value > 0 && value <= 1))
        return error_set(err, STATUS_USAGE, "'%s' is not a probability between 0 and 1", argument);
    *(double *)target = value;
    return 0;
}

static int take_report(struct dedupe_options *o, enum dedupe_report report)
{
    o->reports += o->report != report || o->reports == 0;
    o->report = report;
    return 0;
}

#define REPORT(name, report)                                               \
    static int name(void *target, const char *argument, struct error *err) \
    {                                                                      \
        (void)argument;                                                    \
        (void)err;                                                         \
        return take_report(target, report);                                \
    }

REPORT(take_annotate, DEDUPE_ANNOTATE)
REPORT(take_clusters, DEDUPE_CLUSTERS)
REPORT(take_pairs, DEDUPE_PAIRS)
REPORT(take_merge, DEDUPE_MERGE)
REPORT(take_unique, DEDUPE_UNIQUE)
REPORT(take_blocks, DEDUPE_BLOCKS)

static int take_truth(void *target, const char *argument, struct error *err)
{
    struct dedupe_options *o = target;

    (void)err;
    o->truth = argument;
    return take_report(o, DEDUPE_TRUTH);
}

static int needs(bool given, const char *name, bool there, const char *what, struct error *err)
{
    return given && !there ? error_set(err, STATUS_USAGE, "%s goes with %s", name, what) : 0;
}

/* --undo links nothing and reads no records. */
static int check_undo(const struct dedupe_options *o, struct error *err)
{
    bool links = o->reports || o->keys || o->rules || o->model || o->save_model || o->link || o->against ||
                 o->excluded.count || o->max_memory || o->settings.fields || o->settings.block ||
                 o->settings.threshold > 0;

    return o->undo && (links || o->common.rejects || o->common.to != FORMAT_AUTO)
               ? error_set(err, STATUS_USAGE,
                           "--undo restores what was read: it goes with --output and --undo-... only")
               : 0;
}

static int check(const struct dedupe_options *o, struct error *err)
{
    bool plain = o->keys || o->rules, merge = o->report == DEDUPE_MERGE;

    if (o->reports > 1)
        return error_set(err, STATUS_USAGE,
                         "--annotate, --clusters, --pairs, --merge, --unique, --blocks and --truth exclude each other");
    if (options_exclude(o->keys, "--keys", o->rules, "--rules", err) ||
        options_exclude(o->link, "--link", o->against, "--against", err) ||
        options_exclude(o->model, "--model", o->save_model, "--save-model", err) ||
        options_exclude(o->model, "--model", o->settings.fields, "--fields", err) ||
        options_exclude(o->model, "--model", o->settings.block, "--block", err) ||
        options_exclude(o->model, "--model", o->excluded.count, "--exclude", err) ||
        options_exclude(o->save_model, "--save-model", o->report == DEDUPE_BLOCKS, "--blocks", err) ||
        options_exclude(o->settings.fields, "--fields", o->excluded.count, "--exclude", err) ||
        options_exclude(o->keys, "--keys", o->excluded.count, "--exclude", err) ||
        options_exclude(plain, "--keys or --rules", o->model || o->save_model, "a model", err) ||
        options_exclude(plain, "--keys or --rules", o->settings.threshold > 0, "--threshold", err) ||
        options_exclude(plain, "--keys or --rules", o->report == DEDUPE_PAIRS || o->report == DEDUPE_BLOCKS,
                        "--pairs or --blocks", err) ||
        options_exclude(o->keys, "--keys", o->settings.fields || o->settings.block, "--fields or --block", err) ||
        needs(o->explain, "--explain", o->report == DEDUPE_PAIRS, "--pairs", err) ||
        needs(o->except.count, "--except", o->keys, "--keys", err) ||
        needs(o->below > 0, "--below", o->report == DEDUPE_PAIRS, "--pairs", err) ||
        needs(o->survivorship || o->survivors.count || o->recent_by, "--survivorship, --survivor or --recent-by", merge,
              "--merge", err) ||
        needs(o->provenance, "--provenance", merge, "--merge", err) ||
        needs(o->undo_log, "--undo-log", merge, "--merge", err) ||
        needs(o->undo_input || o->undo_folder || o->undo_cluster || o->undo_logged,
              "--undo-input, --undo-folder, --undo-cluster or --undo-logged", o->undo, "--undo", err) ||
        check_undo(o, err))
        return -1;
    double usual = o->model ? 0 : o->link ? LINK_THRESHOLD_ACROSS : LINK_THRESHOLD;
    if (o->below > 0 && o->below <= (o->settings.threshold > 0 ? o->settings.threshold : usual))
        return error_set(err, STATUS_USAGE, "--below must be more than --threshold");
    return 1;
}

int dedupe_options_read(struct dedupe_options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec compare[] = {
        {"preset", 'p', "NAME", "what the records are: contact (default), company", take_preset, &o->settings.preset},
        {"fields", 0, "SPEC", "what is compared: COLUMN[+COLUMN][:KIND],... (default: recognised)", option_text,
         &o->settings.fields},
        {"exclude", 'x', "COLUMN", "do not compare this column; repeatable", option_append, &o->excluded},
        {"model", 'm', "FILE", "use the model saved in FILE instead of learning one", option_text, &o->model},
        {"save-model", 0, "FILE", "save the model that was learned", option_text, &o->save_model},
        {"threshold", 'T', "P", "probability from which two records are one (default: 0.9; with --link 0.5)",
         take_probability, &o->settings.threshold},
        {"keys", 'k', "SPEC", "no statistics: one when COLUMN[+COLUMN],... are equal", option_text, &o->keys},
        {"except", 0, "VALUE", "with --keys: a value that is no key, such as info@example.com; repeatable",
         option_append, &o->except},
        {"rules", 0, "NAME|SPEC", "no statistics: one when a rule says so; salesforce-contact, ...", option_text,
         &o->rules},
    };
    struct option_spec pairs[] = {
        {"block", 'b', "SPEC", "which pairs are looked at: COLUMN[:PART][+COLUMN[:PART]],... (default: chosen)",
         option_text, &o->settings.block},
        {"max-block", 0, "N", "cut blocks of more records (default: 1000)", option_positive, &o->settings.max_block},
        {"link", 'l', "OTHER", "link the records one to one with those of another clean list", option_text, &o->link},
        {"against", 'a', "MASTER", "find the records in a list that is clean already", option_text, &o->against},
        {"threads", 'j', "N", "threads that compare (default: one per processor, at most 8)", option_threads,
         &o->settings.threads},
        COMMON_MAX_MEMORY(&o->max_memory),
    };
    struct option_spec report[] = {
        {"annotate", 0, NULL, "every record, with cluster_id and match_probability (default)", take_annotate, o},
        {"clusters", 'c', NULL, "the records that have duplicates, cluster by cluster", take_clusters, o},
        {"pairs", 0, NULL, "the pairs of records that are one", take_pairs, o},
        {"below", 0, "P", "with --pairs: only pairs less probable than P, for review", take_probability, &o->below},
        {"explain", 'e', NULL, "with --pairs: what each field adds to the weight, in bits", option_true, &o->explain},
        {"id", 0, "COLUMN", "the column that names a record in --pairs and --against (default: found)", option_text,
         &o->id},
        {"unique", 'u', NULL, "the first record of each cluster, as it is", take_unique, o},
        {"blocks", 0, NULL, "the rules of blocking and what they cost; compares nothing", take_blocks, o},
        {"truth", 0, "COLUMN", "how well the clusters named in COLUMN are found", take_truth, o},
    };
    struct option_spec merge[] = {
        {"merge", 0, NULL, "one best record of each cluster", take_merge, o},
        {"survivorship", 0, "FILE", "which values survive, as JSON", option_text, &o->survivorship},
        {"survivor", 's', "COLUMN=RULE", "which value of a column survives; repeatable", option_append, &o->survivors},
        {"recent-by", 0, "COLUMN", "the date that tells which record is the most recent", option_text, &o->recent_by},
        {"provenance", 0, "FILE", "write where each surviving value is from", option_text, &o->provenance},
        {"undo-log", 0, "FILE", "write what --undo needs to restore the input", option_text, &o->undo_log},
        {"undo", 0, "LOG", "restore the input from a log and the merged records", option_text, &o->undo},
        {"undo-input", 0, "N", "with --undo: the N-th of several inputs", option_positive, &o->undo_input},
        {"undo-folder", 0, "FOLDER", "with --undo: all inputs, under their names, into this folder", option_text,
         &o->undo_folder},
        {"undo-logged", 0, NULL, "with --undo: only the records that were merged", option_true, &o->undo_logged},
        {"undo-cluster", 0, "N", "with --undo: only the records of this cluster", option_positive, &o->undo_cluster},
    };
    struct option_group groups[4 + COMMON_GROUPS] = {
        {"Comparison", compare, sizeof compare / sizeof *compare},
        {"Pairs", pairs, sizeof pairs / sizeof *pairs},
        {"Report", report, sizeof report / sizeof *report},
        {"Merging", merge, sizeof merge / sizeof *merge},
    };
    const struct command command = {
        "crm-dedupe",
        "[FILE ...]",
        "Find the records that are the same person or company, and make one best record of them.",
        "crm-dedupe --merge --undo-log undo.log contacts.csv > clean.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 4);
    int go = options_parse(&command, argc, argv, first, err);
    if (go > 0)
        go = check(o, err);
    if (!o->settings.threads)
        o->settings.threads = workers_available(8);
    o->settings.mode = o->link ? LINK_ACROSS : o->against ? LINK_AGAINST : LINK_WITHIN;
    return go;
}

void dedupe_options_fini(struct dedupe_options *o)
{
    option_list_free(&o->excluded);
    option_list_free(&o->survivors);
    option_list_free(&o->except);
}
