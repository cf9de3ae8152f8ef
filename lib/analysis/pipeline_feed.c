/* Deals are read in one pass into rows; then the history, of which only the records of these deals are kept. An empty
 * field is absent, not an error: open deals have no date of closing, and early ones neither amount nor date. */
#include "analysis/pipeline_feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/program.h"
#include "base/utf8.h"
#include "stream/demand.h"
#include "stream/rates.h"
#include "stream/roles.h"

struct feed {
    struct pipeline *pipeline;
    struct pipeline_statuses *statuses;
    const struct pipeline_command *command;
    struct stream *stream; /* of deals, then of the history */
    struct date_reader dates;
    struct rates_column money;
    /* Columns, COLUMN_ABSENT where there is none. */
    size_t deal, stage, status, is_closed, is_won, amount, probability;
    size_t created, closed, expected, first_contact, paid, by;
    size_t entered; /* of the history */
};

/* --- values: 0: good; 1: the record was set aside; -1: stop --- */

static struct slice text_of(const struct record *record, size_t column)
{
    return column == COLUMN_ABSENT ? SLICE("") : slice_trim(record->fields[column].text);
}

/* Text that may be printed. */
static int read_text(const struct feed *feed, const struct record *record, size_t column, struct slice *text,
                     struct error *err)
{
    *text = text_of(record, column);
    return utf8_valid(text->ptr, text->len) ? 0 : demand_refuse(feed->stream, record, column, "not UTF-8", err);
}

static int read_stage(const struct feed *feed, const struct record *record, uint32_t *stage, struct error *err)
{
    struct slice name;
    size_t found = STAGES_NONE;
    int result = read_text(feed, record, feed->stage, &name, err);

    if (result == 0 && name.len && stages_find(&feed->pipeline->stages, name, &found, err))
        return -1;
    *stage = found == STAGES_NONE ? PIPELINE_NO_STAGE : (uint32_t)found;
    return result;
}

/* What amoCRM and Kommo write where an open deal has no date of closing. */
static bool is_not_closed(struct slice text)
{
    static const char *const words[] = {"не закрыта", "Не закрыта", "not closed", "Not closed"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal_cstr(text, words[i]))
            return true;
    return false;
}

static int read_day(struct feed *feed, const struct record *record, size_t column, int32_t *day, struct error *err)
{
    struct slice text = text_of(record, column);

    *day = DAY_NONE;
    return text.len == 0 || date_read(&feed->dates, text, day) || is_not_closed(text)
               ? 0
               : demand_refuse_date(feed->stream, record, column, feed->dates.format, err);
}

static int read_amount(struct feed *feed, const struct record *record, struct decimal *amount, bool *given,
                       struct error *err)
{
    struct slice text = text_of(record, feed->amount);

    *amount = (struct decimal){0, 0};
    *given = text.len > 0;
    if (text.len == 0)
        return 0;
    switch (decimal_parse(text, amount)) {
    case DECIMAL_OK:
        return rates_one_currency(&feed->money, feed->stream, record, amount, err);
    case DECIMAL_TOO_LARGE:
        return demand_refuse(feed->stream, record, feed->amount, "too large, or with more than 18 decimals", err);
    default:
        return demand_refuse(feed->stream, record, feed->amount, "not a number", err);
    }
}

/* As it is written; "40%" and "40 %" are .4. */
static int read_probability(const struct feed *feed, const struct record *record, struct pipeline_deal *deal,
                            struct error *err)
{
    struct slice text = text_of(record, feed->probability);
    struct decimal value;

    deal->probability = PIPELINE_UNKNOWN;
    if (text.len == 0)
        return 0;
    deal->bare = text.ptr[text.len - 1] != '%';
    if (!deal->bare) {
        text.len--;
        text = slice_trim(text);
    }
    if (decimal_parse(text, &value) != DECIMAL_OK)
        return demand_refuse(feed->stream, record, feed->probability, "not a probability", err);
    if (decimal_compare(value.units, value.scale, 0, 0) < 0 || decimal_compare(value.units, value.scale, 100, 0) > 0)
        return demand_refuse(feed->stream, record, feed->probability, "not a probability from 0 to 1, or to 100 %",
                             err);
    int128 parts = int128_divide_round((int128)value.units * PIPELINE_ONE, power_of_ten(value.scale));
    deal->probability = (int64_t)(deal->bare ? parts : int128_divide_round(parts, 100));
    return 0;
}

static int read_status(const struct feed *feed, const struct record *record, struct pipeline_deal *deal,
                       struct error *err)
{
    const struct pipeline_said said = {
        .is_closed = text_of(record, feed->is_closed),
        .is_won = text_of(record, feed->is_won),
        .status = text_of(record, feed->status),
        .stage = deal->stage == PIPELINE_NO_STAGE ? DEAL_OPEN : feed->pipeline->stages.items[deal->stage].status,
    };
    enum deal_status status;
    struct slice at;

    if (feed->status != COLUMN_ABSENT && !utf8_valid(said.status.ptr, said.status.len))
        return demand_refuse(feed->stream, record, feed->status, "not UTF-8", err);
    if (pipeline_status(feed->statuses, &said, &status, &deal->decided, &at, err)) {
        if (err->status != STATUS_DATA)
            return -1;
        const struct error why = *err;
        return stream_reject(feed->stream, record, at.ptr == said.is_won.ptr ? feed->is_won : feed->is_closed, err,
                             "%s", why.text)
                   ? -1
                   : 1;
    }
    deal->status = (uint8_t)status;
    return 0;
}

/* --- deals --- */

static int read_days(struct feed *feed, const struct record *record, struct pipeline_deal *deal, struct error *err)
{
    const struct {
        size_t column;
        int32_t *day;
    } days[] = {{feed->created, &deal->created},
                {feed->closed, &deal->closed},
                {feed->expected, &deal->expected},
                {feed->first_contact, &deal->first_contact},
                {feed->paid, &deal->paid}};

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        int result = read_day(feed, record, days[i].column, days[i].day, err);
        if (result)
            return result;
    }
    return 0;
}

/* 0: added, or set aside; -1 */
static int add_deal(struct feed *feed, const struct record *record, struct error *err)
{
    struct pipeline_deal deal = {.entered = DAY_NONE};
    struct decimal amount = {0, 0};
    struct slice by = SLICE("");
    struct quote q;
    int result = read_stage(feed, record, &deal.stage, err);

    if (result == 0)
        result = read_days(feed, record, &deal, err);
    if (result == 0)
        result = read_amount(feed, record, &amount, &deal.has_amount, err);
    if (result == 0)
        result = read_probability(feed, record, &deal, err);
    if (result == 0)
        result = read_status(feed, record, &deal, err);
    if (result == 0 && feed->by != COLUMN_ABSENT)
        result = read_text(feed, record, feed->by, &by, err);
    if (result)
        return result < 0 ? -1 : 0;
    deal.amount = amount.units;
    deal.scale = (uint8_t)amount.scale;
    struct slice id = text_of(record, feed->deal);
    int repeated = pipeline_add(feed->pipeline, &deal, id, by, err);
    if (repeated <= 0)
        return repeated;
    return stream_reject(feed->stream, record, feed->deal, err, "repeated deal: '%s'", quote(&q, id));
}

/* --- columns --- */

/* Of a part a report is not asked yet. */
static int require(const struct feed *feed, struct error *err)
{
    struct pipeline_columns *has = &feed->pipeline->origin.columns;
    const char *option;
    size_t column;

    *has = (struct pipeline_columns){
        .status = feed->stage != COLUMN_ABSENT || feed->status != COLUMN_ABSENT || feed->is_closed != COLUMN_ABSENT,
        .created = feed->created != COLUMN_ABSENT,
        .closed = feed->closed != COLUMN_ABSENT,
        .key = feed->deal != COLUMN_ABSENT,
        .expected = feed->expected != COLUMN_ABSENT,
    };
    for (size_t i = 0; i < feed->stream->input_count; i++)
        has->any |= feed->stream->inputs[i].reader->name_count > 0;
    const char *missing = feed->command->parts.partial ? NULL : pipeline_missing(feed->command, has, &option);
    return missing ? stream_role(feed->stream, option, NULL, missing, true, &column, err) : 0;
}

/* A role that is not the column of another one, unless it is told to be: "Stage" is a name for the status of other
 * things as well, and the first contact is when a lead was created. */
static int find_apart(struct stream *stream, const char *option, const char *given, const char *canonical, size_t other,
                      size_t *column, struct error *err)
{
    const size_t *taken = other == COLUMN_ABSENT ? NULL : stream->columns[other].bound;
    bool apart = given || !taken;

    *column = COLUMN_ABSENT;
    for (size_t i = 0; i < stream->input_count && !apart; i++) {
        size_t found = stream_find_role(stream->inputs[i].reader, canonical);
        apart = found != COLUMN_ABSENT && found != taken[i];
    }
    if (!apart || stream_role(stream, option, given, canonical, false, column, err))
        return apart ? -1 : 0;
    if (given || *column == COLUMN_ABSENT || other == COLUMN_ABSENT)
        return 0;
    for (size_t i = 0; i < stream->input_count; i++) {
        size_t *bound = &stream->columns[*column].bound[i];
        if (*bound == stream->columns[other].bound[i])
            *bound = COLUMN_ABSENT;
    }
    return 0;
}

static int find_columns(struct feed *feed, struct error *err)
{
    static const char *const is_closed[] = {"is_closed",       "IsClosed",  "Is Closed", "isClosed",
                                            "Is Deal Closed?", "Is closed", "Closed?",   NULL};
    static const char *const is_won[] = {"is_won", "IsWon", "Is Won", "isWon", "Is Closed Won", "Is won", "Won?", NULL};
    static const char *const first_contact[] = {"first_contact", "first_contact_at", "first_contact_date", NULL};
    static const char *const paid[] = {"paid_at", "paid_on", "paid_date", NULL};
    const struct pipeline_command *c = feed->command;
    struct stream *stream = feed->stream;
    bool no_probability = c->probability && !*c->probability;

    feed->probability = feed->by = COLUMN_ABSENT;
    if (stream_role(stream, "--deal", c->deal, "deal_id", c->history != NULL, &feed->deal, err) ||
        stream_role(stream, "--stage", c->stage, "stage", false, &feed->stage, err) ||
        find_apart(stream, "--status", c->status, "status", feed->stage, &feed->status, err) ||
        stream_role(stream, "--amount", c->amount, "amount", false, &feed->amount, err) ||
        stream_role(stream, NULL, NULL, "currency", c->rates != NULL, &feed->money.currency, err) ||
        stream_role_among(stream, "--first-contact", c->first_contact, first_contact, false, &feed->first_contact,
                          err) ||
        find_apart(stream, "--created", c->created, "created_at", feed->first_contact, &feed->created, err) ||
        stream_role(stream, "--closed", c->closed, "closed_at", false, &feed->closed, err) ||
        stream_role(stream, "--expected", c->expected, "expected_close", false, &feed->expected, err) ||
        stream_role_among(stream, NULL, NULL, is_closed, false, &feed->is_closed, err) ||
        stream_role_among(stream, NULL, NULL, is_won, false, &feed->is_won, err) ||
        stream_role_among(stream, "--paid", c->paid, paid, false, &feed->paid, err) ||
        (!no_probability &&
         stream_role(stream, "--probability", c->probability, "probability", false, &feed->probability, err)) ||
        (c->by && stream_role(stream, "--by", c->by, c->by, true, &feed->by, err)))
        return -1;
    feed->money.amount = feed->amount;
    feed->pipeline->options.has_expected = feed->expected != COLUMN_ABSENT;
    feed->pipeline->options.has_amount = feed->amount != COLUMN_ABSENT;
    return require(feed, err);
}

static int feed_deals(struct feed *feed, struct error *err)
{
    struct record record;
    int more;

    if (find_columns(feed, err))
        return -1;
    while ((more = stream_next(feed->stream, &record, err)) > 0)
        if (add_deal(feed, &record, err))
            return -1;
    return more;
}

/* --- history --- */

/* A day, and the instant that orders it among others of the day. */
static int read_moment(struct feed *feed, const struct record *record, struct pipeline_past *past, struct error *err)
{
    struct moment moment;

    past->day = DAY_NONE;
    if (moment_read(&feed->dates, text_of(record, feed->entered), &moment))
        past->day = moment_day(&moment, &feed->dates.zone);
    if (past->day == DAY_NONE)
        return demand_refuse_date(feed->stream, record, feed->entered, feed->dates.format, err);
    past->instant = moment_to_microseconds(&moment);
    return 0;
}

static int add_past(struct feed *feed, const struct record *record, struct error *err)
{
    struct pipeline_past past = {0};
    struct decimal amount = {0, 0};

    feed->pipeline->origin.history_records++;
    if (!pipeline_knows(feed->pipeline, text_of(record, feed->deal)))
        return 0;
    int result = read_moment(feed, record, &past, err);
    if (result == 0)
        result = read_stage(feed, record, &past.stage, err);
    if (result == 0)
        result = read_day(feed, record, feed->expected, &past.expected, err);
    if (result == 0)
        result = read_amount(feed, record, &amount, &past.has_amount, err);
    if (result)
        return result < 0 ? -1 : 0;
    past.sequence = record->number < UINT32_MAX ? (uint32_t)record->number : UINT32_MAX;
    past.amount = amount.units;
    past.scale = (uint8_t)amount.scale;
    return pipeline_add_past(feed->pipeline, &past, text_of(record, feed->deal), err);
}

/* A column of the history goes by the name it has among the deals, if the history knows it. */
static int find_shared(struct feed *feed, const char *option, const char *given, const char *canonical, bool required,
                       size_t *column, struct error *err)
{
    struct reader *reader = feed->stream->inputs[0].reader;

    *column = COLUMN_ABSENT;
    if (given && reader_find(reader, slice_from_cstr(given), column, err))
        return -1;
    if (*column == COLUMN_ABSENT)
        given = NULL;
    return stream_role(feed->stream, option, given, canonical, required, column, err);
}

/* In a history, a date of closing beside the stage is the one that was expected then. */
static int find_history_columns(struct feed *feed, struct error *err)
{
    static const char *const expected[] = {"expected_close", "closed_at", NULL};
    const struct pipeline_command *c = feed->command;

    if (find_shared(feed, "--deal", c->deal, "deal_id", true, &feed->deal, err) ||
        stream_role(feed->stream, "--entered", c->entered, "entered_at", true, &feed->entered, err) ||
        find_shared(feed, "--stage", c->stage, "stage", false, &feed->stage, err) ||
        find_shared(feed, "--expected", c->expected, "expected_close", false, &feed->expected, err) ||
        (feed->expected == COLUMN_ABSENT &&
         stream_role_among(feed->stream, NULL, NULL, expected, false, &feed->expected, err)) ||
        find_shared(feed, "--amount", c->amount, "amount", false, &feed->amount, err) ||
        stream_role(feed->stream, NULL, NULL, "currency", c->rates && feed->amount != COLUMN_ABSENT,
                    &feed->money.currency, err))
        return -1;
    feed->money.amount = feed->amount;
    if (feed->stage == COLUMN_ABSENT && feed->expected == COLUMN_ABSENT && feed->amount == COLUMN_ABSENT)
        return stream_role(feed->stream, "--stage", NULL, "stage", true, &feed->stage, err);
    return 0;
}

static int read_history(struct feed *feed, struct error *err)
{
    struct record record;
    int more;

    if (find_history_columns(feed, err))
        return -1;
    if (feed->deal == COLUMN_ABSENT) /* an empty file lacks nothing and has no history */
        return stream_finish(feed->stream, err);
    while ((more = stream_next(feed->stream, &record, err)) > 0)
        if (add_past(feed, &record, err))
            return -1;
    return more < 0 ? -1 : stream_finish(feed->stream, err);
}

static int feed_history(struct feed *feed, struct error *err)
{
    const struct pipeline_command *c = feed->command;
    const struct stream_options options = {.reader = {.delimiter = c->common.delimiter},
                                           .rejects = c->history_rejects,
                                           .limit = c->common.limit,
                                           .verbose = c->common.verbose};
    char *path = (char *)(uintptr_t)c->history;

    feed->stream = NULL;
    int failed = stream_open(&feed->stream, &path, 1, &options, err) || stream_start(feed->stream, err) ||
                 read_history(feed, err);
    stream_free(feed->stream);
    return failed ? -1 : 0;
}

/* What is known when the deals are read, and not any more when the history is. */
static int note_origin(struct feed *feed, struct error *err)
{
    struct pipeline_origin *origin = &feed->pipeline->origin;
    const struct stages *stages = &feed->pipeline->stages;

    if (!feed->command->parts.partial)
        return 0;
    origin->by_deals = calloc(stages->count + 1, sizeof *origin->by_deals);
    if (!origin->by_deals)
        return error_memory(err);
    origin->by_deals_count = stages->count;
    for (size_t i = 0; i < stages->count; i++)
        origin->by_deals[i] = stages->items[i].met;
    return 0;
}

static int feed_all(struct feed *feed, bool with_deals, struct error *err)
{
    const struct pipeline_command *c = feed->command;
    struct pipeline_origin *origin = &feed->pipeline->origin;
    struct rates_column *money = &feed->money;
    struct rates rates;

    rates_init(&rates);
    int failed = c->rates && rates_read(&rates, c->rates, slice_from_cstr(c->currency), err);
    money->rates = c->rates ? &rates : NULL;
    money->first_len = strlen(origin->currency);
    memcpy(money->first, origin->currency, money->first_len);
    failed = failed || (with_deals && (feed_deals(feed, err) || note_origin(feed, err))) ||
             (c->history && feed_history(feed, err));
    memcpy(origin->currency, money->first, money->first_len);
    money->rates = NULL;
    rates_fini(&rates);
    return failed ? -1 : 0;
}

int pipeline_feed(struct pipeline *pipeline, struct pipeline_statuses *statuses, const struct pipeline_command *command,
                  struct stream *stream, const struct date_reader *dates, struct error *err)
{
    struct feed feed = {
        .pipeline = pipeline, .statuses = statuses, .command = command, .stream = stream, .dates = *dates};

    if (feed_all(&feed, true, err))
        return -1;
    if (!command->parts.partial)
        pipeline_statuses_note(statuses);
    return 0;
}

int pipeline_feed_history(struct pipeline *pipeline, const struct pipeline_command *command,
                          const struct date_reader *dates, struct error *err)
{
    struct feed feed = {.pipeline = pipeline, .command = command, .dates = *dates};

    return feed_all(&feed, false, err);
}
