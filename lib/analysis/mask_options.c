/* Columns stand in lists, one for each thing that may be done to them; every list is read into the same requests, which
 * mask_plan.c then finds the columns of. */
#include "analysis/mask_options.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/mask_token.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/workers.h"

const char *const mask_way_options[] = {
    [MASK_AS_IS] = "--keep",
    [MASK_HASH] = "--mask",
    [MASK_BLANK] = "--blank",
    [MASK_COARSE] = "--coarse",
    [MASK_DROP] = "--drop",
    [MASK_FOLD] = "--fold",
    [MASK_KEEP_DOMAIN] = "--keep-domain",
};

bool mask_options_have(const struct mask_options *options, enum mask_way way)
{
    for (size_t i = 0; i < options->requests.count; i++)
        if (options->requests.items[i].way == way)
            return true;
    return false;
}

/* ---- lists of columns ---- */

/* Cuts the text at the last of a sign; without one it stays, and what is behind is NULL. */
static struct slice cut_behind(struct slice *text, char sign)
{
    const char *found = memrchr(text->ptr, sign, text->len);
    struct slice behind = {NULL, 0};

    if (found) {
        behind = (struct slice){found + 1, (size_t)(text->ptr + text->len - found - 1)};
        text->len = (size_t)(found - text->ptr);
    }
    return behind;
}

static int take_domain(struct mask_request *request, struct error *err)
{
    struct slice domain = cut_behind(&request->column, ':');

    if (domain.ptr && domain.len == 0)
        return error_set(err, STATUS_USAGE, "no name of a domain behind '%.*s:'", SLICE_ARG(request->column));
    request->domain = domain.ptr ? domain : SLICE("");
    return 0;
}

static int take_period(struct mask_request *request, struct error *err)
{
    static const char *const words[] = {"year", "month", "day"};
    static const enum period periods[] = {PERIOD_YEAR, PERIOD_MONTH, PERIOD_DAY};
    struct slice given = cut_behind(&request->column, '=');

    for (size_t i = 0; given.ptr && i < sizeof words / sizeof *words; i++)
        if (slice_equal_cstr(given, words[i])) {
            request->period = periods[i];
            return 0;
        }
    return given.ptr ? error_set(err, STATUS_USAGE, "'%.*s' is not one of: year, month, day", SLICE_ARG(given))
                     : error_set(err, STATUS_USAGE, "'%.*s' is not COL=year, COL=month or COL=day",
                                 SLICE_ARG(request->column));
}

static int add_request(struct mask_requests *requests, struct slice text, enum mask_way way, struct error *err)
{
    struct mask_request request = {.way = way, .column = text};

    if ((way == MASK_HASH && take_domain(&request, err)) || (way == MASK_COARSE && take_period(&request, err)))
        return -1;
    if (request.column.len == 0)
        return error_set(err, STATUS_USAGE, "a name of a column is empty");
    if (ARRAY_GROW(requests->items, requests->capacity, requests->count + 1))
        return error_memory(err);
    requests->items[requests->count++] = request;
    return 0;
}

static int take_list(void *target, const char *argument, enum mask_way way, struct error *err)
{
    for (;;) {
        size_t length = strcspn(argument, ",");
        if (add_request(target, (struct slice){argument, length}, way, err))
            return -1;
        if (!argument[length])
            return 0;
        argument += length + 1;
    }
}

static int take_mask(void *target, const char *argument, struct error *err)
{
    return take_list(target, argument, MASK_HASH, err);
}

static int take_fold(void *target, const char *argument, struct error *err)
{
    return take_list(target, argument, MASK_FOLD, err);
}

static int take_keep_domain(void *target, const char *argument, struct error *err)
{
    return take_list(target, argument, MASK_KEEP_DOMAIN, err);
}

static int take_coarse(void *target, const char *argument, struct error *err)
{
    return take_list(target, argument, MASK_COARSE, err);
}

static int take_blank(void *target, const char *argument, struct error *err)
{
    return take_list(target, argument, MASK_BLANK, err);
}

static int take_drop(void *target, const char *argument, struct error *err)
{
    return take_list(target, argument, MASK_DROP, err);
}

static int take_keep(void *target, const char *argument, struct error *err)
{
    return take_list(target, argument, MASK_AS_IS, err);
}

/* ---- the others ---- */

static int take_bits(void *target, const char *argument, struct error *err)
{
    size_t bits;

    if (option_positive(&bits, argument, err))
        return -1;
    if (bits < MASK_BITS_LEAST || bits > MASK_BITS_MOST || bits % 8)
        return error_set(err, STATUS_USAGE, "%zu is not a multiple of 8 from %d to %d", bits, MASK_BITS_LEAST,
                         MASK_BITS_MOST);
    *(size_t *)target = bits;
    return 0;
}

static int take_prefix(void *target, const char *argument, struct error *err)
{
    if (!utf8_valid(argument, strlen(argument)))
        return error_set(err, STATUS_USAGE, "not UTF-8");
    for (const char *c = argument; *c; c++)
        if ((unsigned char)*c < ' ')
            return error_set(err, STATUS_USAGE, "a control character is no part of a token");
    return option_text(target, argument, err);
}

static int read_options(struct mask_options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec columns[] = {
        {"mask", 'm', "COL[:DOMAIN],...", "replace values by tokens: equal values, equal tokens", take_mask,
         &o->requests},
        {"fold", 0, "COL,...", "... after folding: case, form and blanks around are one", take_fold, &o->requests},
        {"keep-domain", 0, "COL,...", "... of e-mail addresses only what is before the @", take_keep_domain,
         &o->requests},
        {"coarse", 0, "COL=PERIOD,...", "dates to their year, month or day", take_coarse, &o->requests},
        {"blank", 0, "COL,...", "values become empty", take_blank, &o->requests},
        {"drop", 0, "COL,...", "leave columns out", take_drop, &o->requests},
        {"keep", 0, "COL,...", "leave out all that no option names", take_keep, &o->requests},
    };
    struct option_spec tokens[] = {
        {"key-file", 'k', "FILE", "the key; only its owner may read it", option_text, &o->key_file},
        {"make-key", 0, "FILE", "write a new key to FILE and end", option_text, &o->make_key},
        {"length", 0, "BITS", "of a token, 64 to 256 (default: 128)", take_bits, &o->bits},
        {"prefix", 0, "TEXT", "put TEXT before each token", take_prefix, &o->prefix},
    };
    struct option_spec values[] = {
        COMMON_TZ(&o->common),
        COMMON_THREADS(&o->threads),
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", option_date_format, &o->date_format},
    };
    struct option_group groups[3 + COMMON_GROUPS] = {
        {"Columns", columns, sizeof columns / sizeof *columns},
        {"Tokens", tokens, sizeof tokens / sizeof *tokens},
        {"Values", values, sizeof values / sizeof *values},
    };
    const struct command command = {
        "crm-mask",
        "[FILE ...]",
        "Pseudonymise columns, so that what is joined by them can still be joined.",
        "crm-mask --key-file key --mask customer_id,email --fold email --drop phone orders.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 3);
    return options_parse(&command, argc, argv, first, err);
}

static int check_options(const struct mask_options *o, struct error *err)
{
    const bool hashed = mask_options_have(o, MASK_HASH);

    if (o->make_key)
        return o->requests.count || o->key_file
                   ? error_set(err, STATUS_USAGE, "--make-key makes a key and does nothing else: it stands alone")
                   : 1;
    if (!o->requests.count)
        return error_set(err, STATUS_USAGE,
                         "nothing is masked: name columns with --mask, --coarse, --blank, --drop or --keep");
    if (options_exclude(mask_options_have(o, MASK_DROP), "--drop", mask_options_have(o, MASK_AS_IS), "--keep", err))
        return -1;
    if (!hashed && (mask_options_have(o, MASK_FOLD) || mask_options_have(o, MASK_KEEP_DOMAIN)))
        return error_set(err, STATUS_USAGE, "--fold and --keep-domain go with --mask");
    if (hashed && !o->key_file)
        return error_set(err, STATUS_USAGE, "--mask needs --key-file FILE; --make-key FILE makes one");
    if (!hashed && (o->key_file || *o->prefix))
        return error_set(err, STATUS_USAGE, "--key-file and --prefix go with --mask");
    return 1;
}

int mask_options_read(struct mask_options *options, int argc, char **argv, int *first, struct error *err)
{
    *options =
        (struct mask_options){.common = COMMON_INIT, .bits = MASK_BITS, .threads = workers_available(8), .prefix = ""};
    int go = read_options(options, argc, argv, first, err);
    if (go > 0)
        go = check_options(options, err);
    if (go > 0 && options->make_key && *first < argc)
        go = error_set(err, STATUS_USAGE, "--make-key makes a key and does nothing else: it stands alone");
    return go;
}

void mask_options_free(struct mask_options *options)
{
    free(options->requests.items);
    options->requests = (struct mask_requests){0};
}
