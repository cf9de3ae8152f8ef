/* Stages from a file: all records are kept before the first is taken, since whether the probabilities are per cent is
 * decided by all of them, and the order may be another than the file's. Whatever is wrong is said of a record and a
 * column, as stream_reject() says it. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/stages_parts.h"
#include "base/buffer.h"
#include "stream/json_scan.h"
#include "stream/kept.h"
#include "value/decimal.h"

enum { STAGE, PROBABILITY, STATUS, LIMIT, ALIASES, ORDER, COLUMNS };

/* What a record says, in the order in which the stages will stand. */
struct entry {
    size_t row;
    double order;               /* infinite: none */
    struct decimal probability; /* as it was written, without its sign */
    bool known;                 /* there is a probability */
    bool signed_percent;        /* with a sign */
};

struct reading {
    struct stages *stages;
    struct stream *stream;
    struct kept kept;
    size_t columns[COLUMNS]; /* numbers in the stream, or COLUMN_ABSENT */
    struct field *fields;    /* of a record, owned */
    struct entry *entries;   /* owned */
    bool percent;            /* probabilities without a sign are per cent */
    struct buffer text;      /* of a decoded alias */
};

/* The fields of a record are valid until those of another are asked for. */
static struct field field_of(const struct reading *reading, size_t row, int column)
{
    if (reading->columns[column] == COLUMN_ABSENT)
        return (struct field){{"", 0}, FIELD_ABSENT};
    kept_fields(&reading->kept, row, reading->fields);
    return reading->fields[reading->columns[column]];
}

static struct slice text_of(const struct reading *reading, size_t row, int column)
{
    return slice_trim(field_of(reading, row, column).text);
}

static int reject(const struct reading *reading, size_t row, int column, const char *reason, struct error *err)
{
    struct kept_place place = kept_place(&reading->kept, row);
    const struct record record = {.line = place.line, .number = place.number, .input = place.input};

    return stream_reject(reading->stream, &record, reading->columns[column], err, "%s", reason);
}

static int reject_value(const struct reading *reading, size_t row, int column, const char *what, struct slice text,
                        struct error *err)
{
    char reason[256];
    struct quote q;

    snprintf(reason, sizeof reason, "%s: '%s'", what, quote_name(&q, text));
    return reject(reading, row, column, reason, err);
}

/* A column of a deal: a stage is no status here, though it is one of tickets. */
static size_t find_of_deal(const struct reader *reader, const char *canonical)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(ENTITY_DEAL, &count);
    unsigned best = VOCABULARY_NO_RANK;
    size_t found = COLUMN_ABSENT;
    size_t column = 0;

    while (column < count && strcmp(columns[column].name, canonical) != 0)
        column++;
    for (size_t i = 0; i < reader->name_count; i++) {
        unsigned rank = vocabulary_rank(ENTITY_DEAL, column, reader->names[i]);
        if (rank < best) {
            best = rank;
            found = i;
        }
    }
    return found;
}

/* A column of a name that is in no vocabulary, written as people do: "Limit days". */
static size_t find_plain(const struct reader *reader, const char *name)
{
    char wanted[VOCABULARY_KEY];
    char room[VOCABULARY_KEY];
    struct slice key = stages_key(slice_from_cstr(name), wanted);

    for (size_t i = 0; i < reader->name_count; i++)
        if (slice_equal(stages_key(reader->names[i], room), key))
            return i;
    return COLUMN_ABSENT;
}

static int bind_columns(struct reading *reading, struct error *err)
{
    static const struct {
        const char *name;
        size_t (*find)(const struct reader *reader, const char *name);
    } columns[COLUMNS] = {
        [STAGE] = {"stage", find_of_deal},   [PROBABILITY] = {"probability", find_of_deal},
        [STATUS] = {"status", find_of_deal}, [LIMIT] = {"limit_days", find_plain},
        [ALIASES] = {"aliases", find_plain}, [ORDER] = {"order", find_plain},
    };
    const struct reader *reader = reading->stream->inputs[0].reader;

    for (size_t i = 0; i < COLUMNS; i++) {
        size_t bound = columns[i].find(reader, columns[i].name);
        if (bound == COLUMN_ABSENT && i == STAGE && reader->name_count)
            return stream_missing_column(reader, NULL, NULL, columns[i].name, err);
        reading->columns[i] = COLUMN_ABSENT;
        if (bound != COLUMN_ABSENT &&
            stream_bind(reading->stream, slice_from_cstr(columns[i].name), &bound, &reading->columns[i], err))
            return -1;
    }
    return 0;
}

static int keep_records(struct reading *reading, struct error *err)
{
    struct kept *kept = &reading->kept;
    struct record record;
    int more;

    kept_init(kept, reading->stream->column_count);
    while ((more = stream_next(reading->stream, &record, err)) > 0)
        if (kept_add(kept, &record, err))
            return -1;
    if (more < 0)
        return -1;
    if (kept->count == 0)
        return error_set(err, STATUS_USAGE, "%s: no stage", stream_input_name(reading->stream, 0));
    reading->fields = calloc(kept->columns, sizeof *reading->fields);
    reading->entries = calloc(kept->count, sizeof *reading->entries);
    return reading->fields && reading->entries ? 0 : error_memory(err);
}

static int read_probability(struct reading *reading, struct entry *entry, struct error *err)
{
    struct slice whole = text_of(reading, entry->row, PROBABILITY);
    struct slice text = whole;
    struct decimal *value = &entry->probability;

    if (text.len == 0)
        return 0;
    entry->known = true;
    entry->signed_percent = text.ptr[text.len - 1] == '%';
    if (entry->signed_percent)
        text = slice_trim((struct slice){text.ptr, text.len - 1});
    if (decimal_parse(text, value) != DECIMAL_OK || value->units < 0 ||
        decimal_compare(value->units, value->scale, 100, 0) > 0)
        return reject_value(reading, entry->row, PROBABILITY, "not a probability, 0 to 1 or 0 to 100 per cent", whole,
                            err);
    if (!entry->signed_percent && decimal_compare(value->units, value->scale, 1, 0) > 0)
        reading->percent = true;
    return 0;
}

static int read_order(const struct reading *reading, struct entry *entry, struct error *err)
{
    struct slice text = text_of(reading, entry->row, ORDER);
    struct decimal value;

    entry->order = INFINITY;
    if (text.len == 0)
        return 0;
    if (decimal_parse(text, &value) != DECIMAL_OK)
        return reject_value(reading, entry->row, ORDER, "not a number", text, err);
    entry->order = decimal_to_double(value.units, value.scale);
    return 0;
}

static int by_order(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;

    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static int read_entries(struct reading *reading, struct error *err)
{
    size_t count = reading->kept.count;

    for (size_t i = 0; i < count; i++) {
        struct entry *entry = &reading->entries[i];
        entry->row = i;
        if (read_probability(reading, entry, err) || read_order(reading, entry, err))
            return -1;
    }
    qsort(reading->entries, count, sizeof *reading->entries, by_order);
    return 0;
}

static int read_status(const struct reading *reading, size_t row, struct stage *stage, struct error *err)
{
    struct slice text = text_of(reading, row, STATUS);

    stage->status = deal_status_of(stage->name);
    if (text.len && !deal_status_find(text, &stage->status))
        return reject_value(reading, row, STATUS, "not a status, open, won or lost", text, err);
    return 0;
}

/* Won is 1, lost 0: what is written must not say otherwise. */
static int set_probability(const struct reading *reading, const struct entry *entry, struct stage *stage,
                           struct error *err)
{
    int scale = entry->probability.scale + (entry->signed_percent || reading->percent ? 2 : 0);
    char reason[256];
    struct quote q;

    stage->probability = entry->known ? decimal_to_double(entry->probability.units, scale) : NAN;
    if (stage->status == DEAL_OPEN)
        return 0;
    double sure = stage->status == DEAL_WON ? 1 : 0;
    if (entry->known && stage->probability != sure) {
        snprintf(reason, sizeof reason, "the stage is %s, so its probability is %d, not '%s'%s",
                 deal_status_words[stage->status], (int)sure, quote_name(&q, text_of(reading, entry->row, PROBABILITY)),
                 reading->percent && !entry->signed_percent ? " per cent" : "");
        return reject(reading, entry->row, PROBABILITY, reason, err);
    }
    stage->probability = sure;
    return 0;
}

static int read_limit(const struct reading *reading, size_t row, struct stage *stage, struct error *err)
{
    struct slice text = text_of(reading, row, LIMIT);
    struct decimal value;

    stage->limit_days = NAN;
    if (text.len == 0)
        return 0;
    if (decimal_parse(text, &value) != DECIMAL_OK || value.units < 0)
        return reject_value(reading, row, LIMIT, "not a number of days", text, err);
    stage->limit_days = decimal_to_double(value.units, value.scale);
    return 0;
}

/* A name or alias of the stage numbered `stage`, once more of the same stage is no fault. */
static int add_name(const struct reading *reading, size_t row, int column, struct slice name, size_t stage,
                    struct error *err)
{
    char reason[256];
    struct quote q;
    struct quote other;
    size_t holder;

    if (stages_add_name(reading->stages, name, stage, &holder, err))
        return -1;
    if (holder == stage)
        return 0;
    snprintf(reason, sizeof reason, "'%s' is the stage '%s' already", quote_name(&q, name),
             quote_name(&other, reading->stages->items[holder].name));
    return reject(reading, row, column, reason, err);
}

static int split_aliases(const struct reading *reading, size_t row, struct slice text, size_t stage, struct error *err)
{
    char room[VOCABULARY_KEY];
    size_t begin = 0;

    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != ';' && text.ptr[i] != '|')
            continue;
        struct slice name = slice_trim((struct slice){text.ptr + begin, i - begin});
        if (stages_key(name, room).len && add_name(reading, row, ALIASES, name, stage, err))
            return -1;
        begin = i + 1;
    }
    return 0;
}

static int add_json_aliases(struct reading *reading, size_t row, struct slice array, size_t stage, struct error *err)
{
    struct json_elements elements = json_elements_of(array);
    char room[VOCABULARY_KEY];
    struct field element;

    while (json_elements_next(&elements, &element)) {
        buffer_clear(&reading->text);
        if (element.kind != FIELD_TEXT && element.kind != FIELD_NUMBER)
            return reject_value(reading, row, ALIASES, "not a list of names", array, err);
        if (element.kind == FIELD_TEXT ? json_decode(element.text, &reading->text)
                                       : buffer_append(&reading->text, element.text))
            return error_memory(err);
        struct slice name = buffer_slice(&reading->text);
        if (stages_key(name, room).len && add_name(reading, row, ALIASES, slice_trim(name), stage, err))
            return -1;
    }
    return 0;
}

static int add_aliases(struct reading *reading, size_t row, size_t stage, struct error *err)
{
    struct field field = field_of(reading, row, ALIASES);

    if (field.kind != FIELD_JSON)
        return split_aliases(reading, row, field.text, stage, err);
    if (field.text.ptr[0] != '[')
        return reject_value(reading, row, ALIASES, "not a list of names", field.text, err);
    return add_json_aliases(reading, row, field.text, stage, err);
}

static int add_entry(struct reading *reading, const struct entry *entry, struct error *err)
{
    struct stages *stages = reading->stages;
    struct field field = field_of(reading, entry->row, STAGE);
    struct slice name = slice_trim(field.text);
    struct stage stage = {.listed = true};
    char room[VOCABULARY_KEY];
    size_t number = stages->count;

    if (stages_key(name, room).len == 0)
        return reject(reading, entry->row, STAGE, "empty", err);
    if (field.kind == FIELD_JSON)
        return reject_value(reading, entry->row, STAGE, "not a name", name, err);
    stage.name = (struct slice){arena_copy(&stages->arena, name), name.len};
    if (!stage.name.ptr)
        return error_memory(err);
    return read_status(reading, entry->row, &stage, err) || set_probability(reading, entry, &stage, err) ||
                   read_limit(reading, entry->row, &stage, err) ||
                   add_name(reading, entry->row, STAGE, stage.name, number, err) || stages_add(stages, &stage, err) ||
                   add_aliases(reading, entry->row, number, err)
               ? -1
               : 0;
}

static int read_file(struct reading *reading, struct error *err)
{
    if (bind_columns(reading, err) || keep_records(reading, err) || read_entries(reading, err))
        return -1;
    for (size_t i = 0; i < reading->kept.count; i++)
        if (add_entry(reading, &reading->entries[i], err))
            return -1;
    return 0;
}

/* A word that is no file was meant for a built-in set. */
static int no_such_set(const char *name, struct error *err)
{
    struct quote q;

    error_set(err, STATUS_USAGE, "no file '%s', and no such stages are built in (",
              quote_name(&q, slice_from_cstr(name)));
    for (const char *const *known = stages_builtin_names; *known; known++) {
        size_t used = strlen(err->text);
        snprintf(err->text + used, sizeof err->text - used, "%s%s", *known, known[1] ? ", " : ")");
    }
    return -1;
}

int stages_read(struct stages *stages, const char *name_or_file, struct error *err)
{
    const struct stages_builtin *set = stages_builtin_find(name_or_file);
    struct reading reading = {.stages = stages};

    if (set)
        return stages_fill_builtin(stages, set, err);
    if (!strchr(name_or_file, '/') && strcmp(name_or_file, "-") != 0 && access(name_or_file, F_OK) && errno == ENOENT)
        return no_such_set(name_or_file, err);
    if (stream_open_file(&reading.stream, name_or_file, err)) {
        err->status = err->status == STATUS_DATA ? STATUS_USAGE : err->status;
        return -1;
    }
    int failed = read_file(&reading, err);
    if (failed && err->status == STATUS_DATA)
        err->status = STATUS_USAGE;
    kept_fini(&reading.kept);
    free(reading.fields);
    free(reading.entries);
    buffer_fini(&reading.text);
    stream_free(reading.stream);
    return failed;
}
