/* The options of an import: tables, and the arguments with a syntax of their own. */
#include "analysis/import_options.h"

#include <stdio.h>
#include <string.h>

#include "stream/file.h"

static int take_entity(void *target, const char *argument, struct error *err)
{
    struct import_options *o = target;

    if (strcmp(argument, "table") == 0) {
        o->table = true;
        return 0;
    }
    if (entity_find(slice_from_cstr(argument), &o->entity))
        return 0;
    return error_set(
        err, STATUS_USAGE,
        "'%s' is not one of: contact, lead, account, deal, stage_history, order, event, spend, subscription, "
        "ticket, survey, table",
        argument);
}

static int take_keep(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"mapped", "all", NULL};
    int choice = option_choice(argument, words, err);

    *(bool *)target = choice == 1;
    return choice < 0 ? -1 : 0;
}

static int take_decimal(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {",", ".", NULL};
    int choice = option_choice(argument, words, err);

    *(enum number_style *)target = choice == 0 ? NUMBER_COMMA : NUMBER_POINT;
    return choice < 0 ? -1 : 0;
}

static int take_invalid(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"keep", "empty", "reject", NULL};
    static const enum import_invalid choices[] = {IMPORT_INVALID_KEEP, IMPORT_INVALID_EMPTY, IMPORT_INVALID_REJECT};
    int choice = option_choice(argument, words, err);

    if (choice >= 0)
        *(enum import_invalid *)target = choices[choice];
    return choice < 0 ? -1 : 0;
}

static int take_name_order(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"first-last", "last-first", NULL};
    int choice = option_choice(argument, words, err);

    *(enum name_order *)target = choice == 0 ? NAME_FIRST_LAST : NAME_LAST_FIRST;
    return choice < 0 ? -1 : 0;
}

static int take_region(void *target, const char *argument, struct error *err)
{
    if (!phone_region_known(argument))
        return error_set(err, STATUS_USAGE, "'%s' is no country code of two capital letters (ISO 3166-1), such as DE",
                         argument);
    *(const char **)target = argument;
    return 0;
}

static int take_profile(void *target, const char *argument, struct error *err)
{
    struct import_options *o = target;

    o->list_profiles = strcmp(argument, "list") == 0;
    o->settings.profile = argument;
    if (o->list_profiles || strcmp(argument, "none") == 0 || import_profile_find(slice_from_cstr(argument)))
        return 0;
    return error_set(err, STATUS_USAGE, "'%s' is no profile (--profile list shows them)", argument);
}

static int take_skip_lines(void *target, const char *argument, struct error *err)
{
    struct import_settings *settings = target;
    size_t lines = 0;

    if (strcmp(argument, "0") != 0 && option_positive(&lines, argument, err))
        return -1;
    settings->skip_lines = lines;
    settings->skip_told = true;
    return 0;
}

static int check(const struct import_options *o, struct error *err)
{
    if (o->dmy && o->mdy)
        return error_set(err, STATUS_USAGE, "--dmy and --mdy exclude each other");
    if (o->dry_run && o->common.rejects)
        return error_set(err, STATUS_USAGE, "--dry-run and --rejects exclude each other");
    if (o->table && (o->set.count || o->map || o->save_map || o->settings.profile))
        return error_set(err, STATUS_USAGE,
                         "--as table takes every column as it is: no --set, --map, --save-map or --profile");
    return 0;
}

int import_options_read(struct import_options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec columns[] = {
        {"as", 0, "ENTITY", "what the records are: contact, lead, deal, order, ..., table (default: by the header)",
         take_entity, o},
        {"profile", 'p', "NAME", "the system the file comes from; list shows them (default: by the header)",
         take_profile, o},
        {"set", 's', "COLUMN=SOURCE", "take a standard column from this column; repeatable", option_append, &o->set},
        {"map", 'm', "FILE", "use the mapping saved in FILE", option_text, &o->map},
        {"save-map", 0, "FILE", "save the mapping that was found", option_text, &o->save_map},
        {"keep", 'k', "mapped|all", "other columns, and values as they were: leave out (default) or keep", take_keep,
         &o->settings.keep_all},
    };
    struct option_spec values[] = {
        {"region", 'r', "CC", "the country of national phone numbers and of ambiguous dates and numbers", take_region,
         &o->settings.region},
        {"dmy", 0, NULL, "the day stands before the month in dates such as 01/02/2026", option_true, &o->dmy},
        {"mdy", 0, NULL, "the month stands before the day", option_true, &o->mdy},
        {"date-format", 0, "FORMAT", "how all dates are written, as in strptime(3)", option_date_format,
         &o->settings.date_format},
        {"decimal", 0, ",|.", "what stands before the fraction of a number", take_decimal, &o->settings.number},
        {"name-order", 0, "ORDER", "of whole names: first-last, last-first (default: by the names)", take_name_order,
         &o->settings.names},
        {"empty", 'e', "TEXT", "what stands for no value; repeatable", option_append, &o->empty},
        {"invalid", 0, "keep|empty|reject", "e-mails, phones, countries that are none (default: keep)", take_invalid,
         &o->settings.invalid},
    };
    struct option_spec layout[] = {
        {"encoding", 0, "NAME", "what the text is written in, as iconv -l lists it (default: found out)", option_text,
         &o->settings.encoding},
        {"sheet", 0, "NAME", "the sheet of a workbook, or #2 for the second (default: the first)", option_text,
         &o->settings.sheet},
        {"records", 0, "PATH", "where in JSON the records are: .data.items", option_text, &o->records},
        {"skip-lines", 0, "N", "lines before the header that are no part of the table (default: found out)",
         take_skip_lines, &o->settings},
        {"every-row", 0, NULL, "every row is a record, also empty ones, repeated headers and totals", option_true,
         &o->every_row},
        {"fill-short", 0, NULL, "fields missing at the end of a row are empty", option_true, &o->fill_short},
    };
    struct option_spec report[] = {
        {"dry-run", 'n', NULL, "report what would be read from where; write no records", option_true, &o->dry_run},
        {"report", 0, "FILE", "write a profile of inputs and columns, as JSON", option_text, &o->report},
        {"strict", 0, NULL, "refuse to guess: what is not told or certain is an error", option_true,
         &o->settings.strict},
        {"threads", 'j', "N", "threads that convert (default: one per processor, at most 8)", option_threads,
         &o->settings.threads},
    };
    struct option_group groups[4 + COMMON_GROUPS] = {
        {"Columns", columns, sizeof columns / sizeof *columns},
        {"Values", values, sizeof values / sizeof *values},
        {"Layout", layout, sizeof layout / sizeof *layout},
        {"Report", report, sizeof report / sizeof *report},
    };
    const struct command command = {
        "crm-import",
        "[FILE ...]",
        "Turn any export into clean records with standard column names.",
        "crm-import --region DE --rejects bad.csv contacts.xlsx > contacts.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 4);
    int go = options_parse(&command, argc, argv, first, err);
    if (go > 0 && check(o, err))
        return -1;
    o->settings.date = o->dmy ? DATE_DAY_FIRST : o->mdy ? DATE_MONTH_FIRST : DATE_EMPTY;
    o->settings.keep_all = o->settings.keep_all || o->table;
    o->settings.report = o->report;
    if (!o->settings.threads)
        o->settings.threads = workers_available(8);
    return go;
}

void import_options_fini(struct import_options *o)
{
    option_list_free(&o->set);
    option_list_free(&o->empty);
}

int import_options_map(const struct import_options *o, struct import_map *map, struct error *err)
{
    struct buffer text;

    map->entity = o->entity;
    map->table = o->table;
    for (size_t i = 0; i < o->set.count; i++)
        if (import_map_set(map, o->set.items[i], err)) {
            error_prefix(err, "option '--set': ");
            return -1;
        }
    for (size_t i = 0; i < o->empty.count; i++)
        if (import_map_empty(map, slice_from_cstr(o->empty.items[i])))
            return error_memory(err);
    if (!o->map)
        return 0;
    buffer_init(&text);
    int failed = file_read(o->map, &text, err) || import_map_read(map, buffer_slice(&text), o->map, err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}
