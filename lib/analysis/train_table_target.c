/* The outcome of each lead, from the words of the target column.
 *
 * Every different text is looked at once. Texts that mean the same ("Yes", "yes ", "1.0" and "1") are one value by
 * their keys: numbers by value, words as names of columns are compared (vocabulary_normalise()). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model.h"
#include "analysis/train_table_read.h"
#include "base/ascii.h"
#include "base/group.h"
#include "value/boolean.h"
#include "value/vocabulary.h"

#define LISTED 8 /* values in a message */

enum outcome { OUTCOME_OTHER, OUTCOME_NO, OUTCOME_YES, OUTCOME_NONE };

/* Normalised, between bars; what boolean_find() knows is not repeated. */
static const char yes_words[] =
    "|won|win|closedwon|dealwon|converted|customer|client|paid|sold|sale|purchased|bought|subscribed|success|"
    "successful|"
    "positive|accepted|signed|gewonnen|kunde|verkauft|gekauft|gagne|gagnee|ganado|ganada|cliente|ganho|"
    "выиграна|выиграно|выигран|продажа|продано|успешно|успешнореализовано|сделкауспешна|оплачено|клиент|купил|"
    "成交|已成交|赢单|已赢单|已转化|已转换|客户|عميل|تمالبيع|";
static const char no_words[] =
    "|lost|loss|closedlost|deallost|notconverted|unconverted|notwon|unqualified|disqualified|rejected|declined|failed|"
    "failure|unsuccessful|negative|dead|junk|nosale|notsold|verloren|abgelehnt|perdu|perdue|perdido|perdida|"
    "проиграна|проиграно|проигран|отказ|закрытоинереализовано|некачественныйлид|"
    "输单|已输单|丢单|未成交|失败|无效|未转化|未转换|خاسر|";

struct target_value {
    struct slice text; /* as it was first written; in kept */
    double number;
    bool is_number;
    enum outcome outcome;
    size_t leads;
};

struct target_reader {
    struct group_table texts;    /* text -> size_t, the number of its value; SIZE_MAX: none */
    struct group_table keys;     /* key -> size_t, the number of the value */
    struct target_value *values; /* room for TRAIN_LEVELS + 1 */
    size_t count;
    size_t *value; /* per record */
};

static bool listed(const char *words, struct slice key)
{
    for (const char *at = words; *at && at[1]; at = strchr(at + 1, '|'))
        if (strncmp(at + 1, key.ptr, key.len) == 0 && at[key.len + 1] == '|')
            return key.len > 0;
    return false;
}

/* Begins with '#' for numbers, '=' for what has no letters. */
static struct slice key_of(struct slice text, char key[VOCABULARY_KEY + 1], double *number, bool *is_number)
{
    *is_number = model_number(text, number);
    if (*is_number)
        return (struct slice){key, (size_t)snprintf(key, VOCABULARY_KEY, "#%.17g", *number + 0.0)};
    size_t len = vocabulary_normalise(text, key);
    if (len)
        return (struct slice){key, len};
    len = text.len < VOCABULARY_KEY ? text.len : VOCABULARY_KEY;
    key[0] = '=';
    memcpy(key + 1, text.ptr, len);
    return (struct slice){key, len + 1};
}

static enum outcome known_outcome(struct slice text, struct slice key, bool is_number)
{
    bool yes;

    if (is_number)
        return OUTCOME_OTHER; /* see judge_numbers() */
    if (text.len == 1 && ascii_is_letter(*text.ptr) && !strchr("yYnNtTfF", *text.ptr))
        return OUTCOME_OTHER; /* "x" and "j" may be grades as well */
    if (boolean_find(text, &yes))
        return yes ? OUTCOME_YES : OUTCOME_NO;
    return listed(yes_words, key) ? OUTCOME_YES : listed(no_words, key) ? OUTCOME_NO : OUTCOME_OTHER;
}

/* The value of a text that was not seen before. 1: there are too many. */
static int add_text(struct target_reader *reader, struct slice text, size_t *value, struct error *err)
{
    char room[VOCABULARY_KEY + 1];
    struct target_value new = {.text = text};
    struct slice key = key_of(text, room, &new.number, &new.is_number);
    bool added;
    size_t *found = group_get(&reader->keys, key, &added);

    if (!found)
        return error_memory(err);
    if (added) {
        if (reader->count > TRAIN_LEVELS)
            return 1;
        new.outcome = known_outcome(text, key, new.is_number);
        *found = reader->count;
        reader->values[reader->count++] = new;
    }
    *value = *found;
    return 0;
}

/* 1: too many different values. */
static int read_values(struct target_reader *reader, const struct kept *kept, size_t column, struct error *err)
{
    for (size_t record = 0; record < kept->count; record++) {
        struct slice text;
        bool added;

        kept_texts(kept, record, &column, 1, &text);
        text = slice_trim(text);
        size_t *value = group_get(&reader->texts, text, &added);
        if (!value)
            return error_memory(err);
        if (added) {
            *value = SIZE_MAX;
            int result = model_missing(text) ? 0 : add_text(reader, text, value, err);
            if (result)
                return result;
        }
        reader->value[record] = *value;
        if (*value != SIZE_MAX)
            reader->values[*value].leads++;
    }
    return 0;
}

/* "'new', 'open', ...": appended to err. */
static int list_values(const struct target_reader *reader, struct error *err)
{
    struct quote q;
    size_t used = strlen(err->text);

    for (size_t i = 0; i < reader->count && i <= LISTED && used < sizeof err->text; i++)
        used += (size_t)snprintf(err->text + used, sizeof err->text - used, i < LISTED ? "%s'%s'" : "%s...",
                                 i ? ", " : "", quote(&q, reader->values[i].text));
    return -1;
}

/* 1 against 0 or -1, or against a word; of several numbers none is known. */
static void judge_numbers(struct target_reader *reader)
{
    struct target_value *values = reader->values;

    for (size_t i = 0; i < reader->count && reader->count <= 2; i++) {
        const struct target_value *other = &values[reader->count == 2 ? 1 - i : i];
        bool against_word = !other->is_number, alone = other == &values[i];
        double number = values[i].number;

        if (!values[i].is_number)
            continue;
        if (number == 0 || (number == -1 && !against_word && other->number == 1))
            values[i].outcome = OUTCOME_NO;
        if (number == 1 && (alone || against_word || other->number == 0 || other->number == -1))
            values[i].outcome = OUTCOME_YES;
    }
}

static int judge_given(struct target_reader *reader, struct slice target, const char *positive, struct error *err)
{
    char room[VOCABULARY_KEY + 1];
    double number;
    bool is_number;
    struct slice key = key_of(slice_trim(slice_from_cstr(positive)), room, &number, &is_number);
    const size_t *found = group_find(&reader->keys, key);
    struct quote q, q2;

    if (!found) {
        error_set(err, STATUS_USAGE, "column '%s' has no value '%s'; it has: ", quote_name(&q, target),
                  quote_name(&q2, slice_from_cstr(positive)));
        return list_values(reader, err);
    }
    for (size_t i = 0; i < reader->count; i++)
        reader->values[i].outcome = i == *found ? OUTCOME_YES : OUTCOME_NO;
    return 0;
}

/* Of leads for a model: they may lack its outcome. */
static void judge_further(struct target_reader *reader, const char *positive)
{
    char room[VOCABULARY_KEY + 1];
    struct slice text = slice_trim(slice_from_cstr(positive));
    double number;
    bool is_number, no = false;
    struct slice key = key_of(text, room, &number, &is_number);
    const size_t *found = group_find(&reader->keys, key);
    bool known = known_outcome(text, key, is_number) == OUTCOME_YES;

    for (size_t i = 0; i < reader->count; i++)
        no |= reader->values[i].outcome == OUTCOME_NO;
    for (size_t i = 0; i < reader->count; i++)
        if (!known)
            reader->values[i].outcome = found && i == *found ? OUTCOME_YES : OUTCOME_NO;
        else if (reader->values[i].outcome == OUTCOME_OTHER)
            reader->values[i].outcome = no ? OUTCOME_NONE : OUTCOME_NO;
}

static int judge(struct target_reader *reader, struct slice target, const struct train_options *options,
                 struct error *err)
{
    size_t yes = 0, no = 0;
    struct quote q;

    if (options->positive)
        return judge_given(reader, target, options->positive, err);
    judge_numbers(reader);
    if (options->model_positive) {
        judge_further(reader, options->model_positive);
        return 0;
    }
    for (size_t i = 0; i < reader->count; i++) {
        yes += reader->values[i].outcome == OUTCOME_YES;
        no += reader->values[i].outcome == OUTCOME_NO;
    }
    if (reader->count < 2)
        return 0; /* check_outcomes() says so */
    if (!yes && !(no == 1 && reader->count == 2)) {
        error_set(err, STATUS_USAGE,
                  "which value of column '%s' is the outcome (--positive)? It has: ", quote_name(&q, target));
        return list_values(reader, err);
    }
    for (size_t i = 0; i < reader->count; i++)
        if (reader->values[i].outcome == OUTCOME_OTHER)
            reader->values[i].outcome = !yes ? OUTCOME_YES : no ? OUTCOME_NONE : OUTCOME_NO;
    return 0;
}

/* rows, yes, undecided, outcome, record and positive of the table. */
static int take_outcomes(struct train_table *table, const struct target_reader *reader, const struct kept *kept,
                         struct error *err)
{
    table->outcome = malloc(kept->count + 1);
    table->record = malloc((kept->count + 1) * sizeof *table->record);
    if (!table->outcome || !table->record)
        return error_memory(err);
    for (size_t record = 0; record < kept->count; record++) {
        size_t value = reader->value[record];
        enum outcome outcome = value == SIZE_MAX ? OUTCOME_NONE : reader->values[value].outcome;

        if (outcome == OUTCOME_NONE)
            continue;
        table->record[table->rows] = record;
        table->outcome[table->rows++] = outcome == OUTCOME_YES;
        table->yes += outcome == OUTCOME_YES;
        if (outcome == OUTCOME_YES && !table->positive.ptr)
            table->positive = reader->values[value].text;
    }
    table->undecided = kept->count - table->rows;
    if (table->positive.ptr && !(table->positive.ptr = arena_copy(&table->arena, table->positive)))
        return error_memory(err);
    return 0;
}

static int check_outcomes(const struct train_table *table, const struct target_reader *reader, bool further,
                          struct error *err)
{
    size_t no = table->rows - table->yes;
    struct quote q, q2;

    if (table->rows == 0)
        return error_set(err, STATUS_DATA, "column '%s' has no value in any lead", quote_name(&q, table->target));
    if (further)
        return 0;
    if (table->yes == 0 || no == 0)
        return error_set(err, STATUS_DATA, "column '%s' has one outcome only, '%s', in %zu leads",
                         quote_name(&q, table->target), quote(&q2, reader->values[0].text), table->rows);
    if (table->yes < TRAIN_LEAST || no < TRAIN_LEAST)
        return error_set(err, STATUS_DATA,
                         "column '%s': %zu leads with the outcome '%s' and %zu without; at least %d of either are "
                         "needed",
                         quote_name(&q, table->target), table->yes, quote(&q2, table->positive), no, TRAIN_LEAST);
    return 0;
}

static int read_target(struct target_reader *reader, struct train_table *table, const struct kept *kept, size_t column,
                       const struct train_options *options, struct error *err)
{
    struct quote q;

    reader->values = calloc(TRAIN_LEVELS + 1, sizeof *reader->values);
    reader->value = malloc((kept->count + 1) * sizeof *reader->value);
    if (!reader->values || !reader->value)
        return error_memory(err);
    int result = read_values(reader, kept, column, err);
    if (result > 0)
        return error_set(err, STATUS_DATA, "column '%s' has more than %d different values: it is no outcome",
                         quote_name(&q, table->target), TRAIN_LEVELS);
    if (result || (reader->count && judge(reader, table->target, options, err)) ||
        take_outcomes(table, reader, kept, err))
        return -1;
    return check_outcomes(table, reader, options->model_positive != NULL, err);
}

int train_target_read(struct train_table *table, const struct kept *kept, size_t column,
                      const struct train_options *options, struct error *err)
{
    struct target_reader reader = {0};
    int result;

    group_init(&reader.texts, sizeof(size_t));
    group_init(&reader.keys, sizeof(size_t));
    result = read_target(&reader, table, kept, column, options, err);
    group_fini(&reader.texts);
    group_fini(&reader.keys);
    free(reader.values);
    free(reader.value);
    return result;
}
