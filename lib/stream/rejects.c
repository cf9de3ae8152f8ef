/* Rejects: the account of read, filtered and rejected records, the file of the rejected ones, and the two limits.
 *
 * Whoever reads the records counts `read` and `filtered`; rejects_add() counts `rejected`. A bad record is counted in
 * `read` before it is added. */
#include "stream/rejects.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Digits are read by hand: strtod(3) listens to the locale. At most 6 decimals of a percentage, so that the comparison
 * can be exact. */
static bool read_limit(const char *text, struct reject_limit *limit)
{
    const size_t whole_digits = strspn(text, "0123456789");
    const char *rest = text + whole_digits;
    uint64_t whole = 0;
    uint64_t millionths = 0;
    size_t decimals = 0;

    if (whole_digits == 0 || whole_digits > 12)
        return false;
    for (size_t i = 0; i < whole_digits; i++)
        whole = whole * 10 + (uint64_t)(text[i] - '0');
    if (*rest == '.') {
        decimals = strspn(++rest, "0123456789");
        if (decimals == 0 || decimals > 6)
            return false;
    }
    for (size_t i = 0; i < 6; i++)
        millionths = millionths * 10 + (i < decimals ? (uint64_t)(rest[i] - '0') : 0);
    millionths += whole * 1000000;
    rest += decimals;

    const bool percent = strcmp(rest, "%") == 0;
    if ((!percent && (*rest || decimals)) || (percent && millionths > 100000000))
        return false;
    *limit = (struct reject_limit){percent, percent ? (double)millionths / 1e6 : (double)whole};
    return true;
}

int option_reject_limit(void *target, const char *argument, struct error *err)
{
    if (!read_limit(argument, target))
        return error_set(err, STATUS_USAGE, "'%s' is neither a number of records nor a percentage (100, 2.5%%)",
                         argument);
    return 0;
}

/* A double holds a limit of at most 6 decimals closely enough to give back its millionths exactly. */
static uint64_t limit_millionths(const struct rejects *rejects)
{
    return (uint64_t)llround(rejects->limit.value * 1e6);
}

static bool past_limit(const struct rejects *rejects)
{
    if (!rejects->limit.percent)
        return (double)rejects->rejected > rejects->limit.value;
    return (unsigned __int128)rejects->rejected * 100 * 1000000 >
           (unsigned __int128)limit_millionths(rejects) * rejects->read;
}

int rejects_open(struct rejects *rejects, const char *path, struct reject_limit limit, struct error *err)
{
    static const struct slice names[] = {
        SLICE_INIT("file"),   SLICE_INIT("line"),   SLICE_INIT("record"),
        SLICE_INIT("column"), SLICE_INIT("reason"), SLICE_INIT("raw"),
    };

    *rejects = (struct rejects){.limit = limit};
    if (!path)
        return 0;
    if (strcmp(path, "-") == 0)
        return error_set(err, STATUS_USAGE,
                         "rejected records cannot go to standard output, among the good ones; name a file");
    if (sink_open(&rejects->sink, path, err))
        return -1;
    if (writer_new(&rejects->writer, rejects->sink, FORMAT_CSV, 0, names, sizeof names / sizeof *names, err)) {
        rejects_free(rejects);
        return -1;
    }
    return 0;
}

/* "orders.csv:1042: ", and the column where one is to blame. */
static int stop_at(const char *file, const struct bad_record *bad, struct error *err)
{
    struct quote q;

    if (bad->column.len)
        return error_set(err, STATUS_DATA, "%s:%" PRIu64 ": column '%s': %s", file, bad->line,
                         quote_name(&q, bad->column), bad->reason);
    return error_set(err, STATUS_DATA, "%s:%" PRIu64 ": %s", file, bad->line, bad->reason);
}

static int write_record(struct rejects *rejects, const char *file, const struct bad_record *bad, struct error *err)
{
    char line[24];
    char number[24];

    snprintf(line, sizeof line, "%" PRIu64, bad->line);
    snprintf(number, sizeof number, "%" PRIu64, bad->number);
    const struct field fields[] = {
        field_text(slice_from_cstr(file)),        field_number(slice_from_cstr(line)),
        field_number(slice_from_cstr(number)),    field_text(bad->column),
        field_text(slice_from_cstr(bad->reason)), field_text(bad->raw),
    };
    return writer_put(rejects->writer, fields, err);
}

/* The file is whole and in its place before anything is said about it. */
static int finish_file(struct rejects *rejects, struct error *err)
{
    if (!rejects->writer)
        return 0;
    int result = writer_finish(rejects->writer, err);
    if (result == 0)
        result = sink_finish(rejects->sink, err);
    rejects_free(rejects);
    return result;
}

int rejects_add(struct rejects *rejects, const char *file, const struct bad_record *bad, struct error *err)
{
    struct quote q;

    rejects->rejected++;
    if (!rejects->writer)
        return rejects->count_only ? 0 : stop_at(file, bad, err);
    if (write_record(rejects, file, bad, err))
        return -1;
    if (rejects->count_only || rejects->limit.percent || !past_limit(rejects))
        return 0;
    if (finish_file(rejects, err))
        return -1;
    return error_set(
        err, STATUS_DATA, "%s:%" PRIu64 ": more than %.0f record%s rejected; the last: %s%s%s%s (see --max-rejects)",
        file, bad->line, rejects->limit.value, rejects->limit.value == 1 ? "" : "s", bad->column.len ? "column '" : "",
        bad->column.len ? quote_name(&q, bad->column) : "", bad->column.len ? "': " : "", bad->reason);
}

/* The share in percent with one decimal, cut: 10.04 % of a limit of 10 % shows as 10.0, but never 9.96 as 10.0. */
int rejects_finish(struct rejects *rejects, struct error *err)
{
    if (finish_file(rejects, err))
        return -1;
    if (rejects->count_only || !rejects->limit.percent || !past_limit(rejects))
        return 0;
    char limit[32];
    uint64_t millionths = limit_millionths(rejects);
    snprintf(limit, sizeof limit, "%" PRIu64 ".%06" PRIu64, millionths / 1000000, millionths % 1000000);
    size_t shown = strlen(limit);
    while (limit[shown - 1] == '0')
        shown--;
    limit[limit[shown - 1] == '.' ? shown - 1 : shown] = '\0';
    uint64_t tenths = rejects->read ? (uint64_t)((unsigned __int128)rejects->rejected * 1000 / rejects->read) : 1000;
    return error_set(err, STATUS_DATA,
                     "%" PRIu64 " of %" PRIu64 " records rejected (%" PRIu64 ".%" PRIu64
                     "%%), more than %s%% (see --max-rejects)",
                     rejects->rejected, rejects->read, tenths / 10, tenths % 10, limit);
}

void rejects_free(struct rejects *rejects)
{
    writer_free(rejects->writer);
    sink_free(rejects->sink);
    rejects->writer = NULL;
    rejects->sink = NULL;
}

uint64_t rejects_used(const struct rejects *rejects)
{
    return rejects->read - rejects->filtered - rejects->rejected;
}
