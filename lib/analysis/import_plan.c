/* The plan of an import: entity, columns, and how their values are written, found out before the first record is converted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/import.h"
#include "base/memory.h"
#include "stream/dialect.h"

/* Opens a reader over a copy of the first bytes of the input, without the last, cut line. The delimiter is found on the way. */
static int open_sample(struct import *import, size_t i, struct error *err)
{
    struct stream_input *stream_input = &import->stream->inputs[i];
    struct import_input *input = &import->inputs[i];
    struct source *source = stream_input->source;

    if (source_check_start(source, err) || source_peek(source, IMPORT_SAMPLE, err))
        return -1;
    struct slice sample = {source->data + source->begin, source->end - source->begin};
    input->whole = sample.len < IMPORT_SAMPLE;
    if (!input->whole) {
        sample.len = IMPORT_SAMPLE; /* the same whatever the reads gave */
        const char *last = memrchr(sample.ptr, '\n', sample.len);
        if (!last)
            last = memrchr(sample.ptr, '\r', sample.len);
        if (last)
            sample.len = (size_t)(last - sample.ptr) + 1;
    }
    if (!stream_input->options.delimiter)
        stream_input->options.delimiter = dialect_detect(sample, true).delimiter;
    if (source_memory(&input->sample, sample, source->name, err) ||
        reader_open(&input->reader, input->sample, &stream_input->options, err))
        return -1;
    input->names = input->reader->names;
    input->name_count = input->reader->name_count;
    return 0;
}

static int find_entity(struct import *import, struct error *err)
{
    enum entity found = import->map.entity;
    const char *found_in = NULL;

    for (size_t i = 0; i < import->stream->input_count; i++) {
        struct import_input *input = &import->inputs[i];
        const char *name = stream_input_name(import->stream, i);
        if (input->name_count == 0 || import->map.entity != ENTITY_NONE)
            continue;
        enum entity entity = vocabulary_recognise(input->names, input->name_count, &input->confidence);
        if (entity == ENTITY_NONE)
            return error_set(err, STATUS_DATA, "%s: no column of the header is known; say what it holds with --as, "
                             "and which column is which with --set", name);
        if (found_in && entity != found)
            return error_set(err, STATUS_DATA, "%s looks like records of %s, %s of %s; import them apart, or say --as",
                             found_in, entity_name(found), name, entity_name(entity));
        found = entity;
        found_in = name;
    }
    import->map.entity = found;
    return 0;
}

/* The column of the input that a rule names: the first of its names that is there. */
static int source_of_rule(struct import_input *input, const struct import_rule *rule, struct slice *from, struct error *err)
{
    for (size_t i = 0; i < rule->from_count; i++) {
        size_t column;
        if (reader_find(input->reader, rule->from[i], &column, err))
            return -1;
        input->names = input->reader->names; /* a path has become one more, perhaps elsewhere */
        if (column != COLUMN_ABSENT) {
            *from = input->reader->names[column];
            return 0;
        }
    }
    return 0;
}

/* Whether a rule names the column, or gives its number. */
static bool taken_by_rule(const struct import *import, const struct import_input *input, size_t column)
{
    char number[32];
    int length = snprintf(number, sizeof number, "#%zu", column + 1);

    for (size_t r = 0; r < import->map.count; r++)
        for (size_t f = 0; f < import->map.rules[r].from_count; f++) {
            struct slice from = import->map.rules[r].from[f];
            if (slice_equal(from, input->names[column]) || slice_equal(from, (struct slice){number, (size_t)length}))
                return true;
        }
    return false;
}

/* The column of the input that stands for a canonical one best, by alias; columns that a rule takes are out of the question. */
static struct slice source_by_alias(const struct import *import, const struct import_input *input, size_t canonical)
{
    struct slice best = {NULL, 0};
    unsigned best_rank = VOCABULARY_NO_RANK;

    for (size_t i = 0; i < input->name_count; i++) {
        size_t column;
        unsigned rank;
        if (!vocabulary_find(import->map.entity, input->names[i], &column, &rank) || column != canonical ||
            rank >= best_rank || taken_by_rule(import, input, i))
            continue;
        best = input->names[i];
        best_rank = rank;
    }
    return best;
}

static int add_output(struct import *import, struct slice name, enum value_kind kind, bool kept, struct error *err)
{
    size_t index = import->output_count;

    if (ARRAY_GROW(import->outputs, import->output_capacity, index + 1))
        return error_memory(err);
    for (size_t i = 0; i < import->stream->input_count; i++) {
        struct import_input *input = &import->inputs[i];
        struct import_source *sources = realloc(input->sources, (index + 1) * sizeof *sources);
        if (!sources)
            return error_memory(err);
        input->sources = sources;
        sources[index] = (struct import_source){0};
    }
    import->outputs[import->output_count++] = (struct import_output){name, kind, kept};
    return 0;
}

/* A rule from the command line or a file must find its column somewhere. */
static int missing_source(const struct import *import, const struct import_rule *rule, struct error *err)
{
    char given[200];
    struct quote q;

    snprintf(given, sizeof given, "%s", quote(&q, rule->from[0]));
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (import->inputs[i].name_count)
            return stream_missing_column(import->inputs[i].reader, "--set", given, given, err);
    return 0;
}

static int map_column(struct import *import, const struct vocabulary_column *canonical, size_t column, struct error *err)
{
    struct slice name = slice_from_cstr(canonical->name);
    const struct import_rule *rule = import_map_find(&import->map, name);
    size_t count = import->stream->input_count;
    struct slice *from = calloc(count, sizeof *from);
    bool found = false;
    bool any_input = false;
    int failed = 0;

    if (!from)
        return error_memory(err);
    for (size_t i = 0; i < count && !failed; i++) {
        struct import_input *input = &import->inputs[i];
        any_input = any_input || input->name_count;
        if (rule)
            failed = source_of_rule(input, rule, &from[i], err);
        else if (!import->map.complete)
            from[i] = source_by_alias(import, input, column);
        found = found || from[i].ptr;
    }
    if (!failed && rule && rule->from_count && !found && any_input)
        failed = missing_source(import, rule, err);
    if (!failed && found)
        failed = add_output(import, name, canonical->kind, false, err);
    for (size_t i = 0; i < count && !failed && found; i++)
        import->inputs[i].sources[import->output_count - 1] = (struct import_source){
            .from = from[i],
            .number = rule ? rule->number : NUMBER_EMPTY,
            .date = rule ? rule->date : DATE_EMPTY,
        };
    free(from);
    return failed;
}

static size_t find_output(const struct import *import, struct slice name)
{
    for (size_t i = 0; i < import->output_count; i++)
        if (slice_equal(import->outputs[i].name, name))
            return i;
    return COLUMN_ABSENT;
}

static bool is_mapped(const struct import *import, const struct import_input *input, struct slice name)
{
    for (size_t i = 0; i < import->output_count; i++)
        if (input->sources[i].from.ptr && slice_equal(input->sources[i].from, name))
            return true;
    return false;
}

/* A kept column that has the name of a canonical one, but did not become it, gets another. */
static int keep_column(struct import *import, size_t i, struct slice name, struct error *err)
{
    struct slice unique = name;
    size_t output = find_output(import, name);

    for (int n = 2; output != COLUMN_ABSENT && (!import->outputs[output].kept || import->inputs[i].sources[output].from.ptr);
         n++) {
        char text[300];
        int length = snprintf(text, sizeof text, "%.*s_%d", (int)(name.len < 250 ? name.len : 250), name.ptr, n);
        char *copy = arena_copy(&import->names, (struct slice){text, (size_t)length});
        if (!copy)
            return error_memory(err);
        unique = (struct slice){copy, (size_t)length};
        output = find_output(import, unique);
    }
    if (output == COLUMN_ABSENT) {
        output = import->output_count;
        if (add_output(import, unique, VALUE_TEXT, true, err))
            return -1;
    }
    import->inputs[i].sources[output].from = name;
    return 0;
}

static int keep_columns(struct import *import, struct error *err)
{
    for (size_t i = 0; i < import->stream->input_count; i++) {
        struct import_input *input = &import->inputs[i];
        for (size_t j = 0; j < input->name_count; j++)
            if (!is_mapped(import, input, input->names[j]) && keep_column(import, i, input->names[j], err))
                return -1;
    }
    return 0;
}

/* Where an order has pieces and a price but no amount, the amount is their product. */
static int derive_amount(struct import *import, struct error *err)
{
    const struct import_rule *rule = import_map_find(&import->map, SLICE("amount"));

    import->quantity = find_output(import, SLICE("quantity"));
    import->unit_price = find_output(import, SLICE("unit_price"));
    import->amount = find_output(import, SLICE("amount"));
    if (import->map.entity != ENTITY_ORDER || import->quantity == COLUMN_ABSENT ||
        import->unit_price == COLUMN_ABSENT || (rule && rule->from_count == 0))
        return 0;
    for (size_t i = 0; i < import->stream->input_count; i++) {
        const struct import_source *sources = import->inputs[i].sources;
        if (!sources[import->quantity].from.ptr || !sources[import->unit_price].from.ptr ||
            (import->amount != COLUMN_ABSENT && sources[import->amount].from.ptr))
            continue;
        if (import->amount == COLUMN_ABSENT) {
            import->amount = import->output_count;
            if (add_output(import, SLICE("amount"), VALUE_AMOUNT, false, err))
                return -1;
        }
        import->inputs[i].sources[import->amount].derived = true;
    }
    return 0;
}

/* Records without any column are no result. */
static int nothing_mapped(const struct import *import, struct error *err)
{
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (import->inputs[i].name_count)
            return error_set(err, STATUS_DATA, "%s: no column of the header is one of the entity %s; say which is which with --set",
                             stream_input_name(import->stream, i), entity_name(import->map.entity));
    return 0;
}

static int map_columns(struct import *import, struct error *err)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(import->map.entity, &count);

    if (import_map_check(&import->map, import->map.entity, err))
        return -1;
    for (size_t c = 0; c < count; c++)
        if (map_column(import, &columns[c], c, err))
            return -1;
    if (derive_amount(import, err))
        return -1;
    if (import->settings.keep_all)
        return keep_columns(import, err);
    return import->output_count ? 0 : nothing_mapped(import, err);
}

static void add_evidence(struct import_source *source, enum value_kind kind, const struct field *field, uint64_t line)
{
    struct slice text = slice_trim(field->text);

    if (text.len == 0)
        return;
    source->filled++;
    source->floats += kind == VALUE_ID && import_is_float_id(text);
    if (kind == VALUE_DATE) {
        date_election_add(&source->dates, text, line);
    } else if (kind == VALUE_AMOUNT || kind == VALUE_NUMBER) {
        if (kind == VALUE_NUMBER && text.ptr[text.len - 1] == '%')
            text.len--;
        if (field->kind == FIELD_NUMBER)
            source->numbers.plain++; /* JSON has one way to write a number */
        else
            number_election_add(&source->numbers, text, line);
    }
}

/* Reads all records of reader and counts what their values say. */
static int survey(struct import *import, size_t i, struct reader *reader, struct error *err)
{
    struct import_input *input = &import->inputs[i];
    size_t *columns = calloc(import->output_count + 1, sizeof *columns);
    struct record record;
    struct bad_record bad;
    enum read_result result = READ_RECORD;

    if (!columns)
        return error_memory(err);
    input->surveyed = 0;
    for (size_t o = 0; o < import->output_count; o++) {
        struct import_source *source = &input->sources[o];
        memset(&source->numbers, 0, sizeof source->numbers);
        memset(&source->dates, 0, sizeof source->dates);
        source->filled = source->floats = 0;
        columns[o] = COLUMN_ABSENT;
        if (source->from.ptr && reader_find(reader, source->from, &columns[o], err))
            result = READ_FAILED;
    }
    if (result == READ_FAILED || reader_select(reader, columns, import->output_count, err))
        result = READ_FAILED;
    free(columns);
    while (result != READ_END && result != READ_FAILED) {
        result = reader_next(reader, &record, &bad, err);
        if (result != READ_RECORD)
            continue;
        input->surveyed++;
        for (size_t o = 0; o < import->output_count; o++)
            add_evidence(&input->sources[o], import->outputs[o].kind, &record.fields[o], record.line);
    }
    return result == READ_FAILED ? -1 : 0;
}

static bool is_date(const struct import *import, size_t o)
{
    return import->outputs[o].kind == VALUE_DATE && !import->settings.date_format;
}

static bool is_number(const struct import *import, size_t o)
{
    return import->outputs[o].kind == VALUE_AMOUNT || import->outputs[o].kind == VALUE_NUMBER;
}

/* Whether what the sample shows is enough: values that later contradict it can then only be rejected, never read wrongly. */
static bool settled(const struct import *import, const struct import_input *input)
{
    for (size_t o = 0; o < import->output_count; o++) {
        const struct import_source *source = &input->sources[o];
        if (!source->from.ptr)
            continue;
        enum date_style date = date_election_result(&source->dates);
        enum number_style number = number_election_result(&source->numbers);
        if (is_date(import, o) && source->date == DATE_EMPTY && import->settings.date == DATE_EMPTY &&
            date != DATE_YEAR_FIRST)
            return false;
        if (is_number(import, o) && source->number == NUMBER_EMPTY && import->settings.number == NUMBER_EMPTY &&
            (number == NUMBER_EMPTY || number == NUMBER_AMBIGUOUS || number == NUMBER_CONFLICT))
            return false;
    }
    return true;
}

/* The whole input is read once, to be read again. */
static int survey_whole(struct import *import, size_t i, struct error *err)
{
    struct stream_input *stream_input = &import->stream->inputs[i];
    struct reader *reader;

    if (source_keep(stream_input->source, err) || reader_open(&reader, stream_input->source, &stream_input->options, err))
        return -1;
    int failed = survey(import, i, reader, err);
    reader_free(reader);
    import->inputs[i].whole = true;
    return failed ? -1 : source_rewind(stream_input->source, err);
}

static int refuse_date(const char *file, struct slice column, const struct date_election *e, struct error *err)
{
    struct quote q;

    if (e->day_first)
        return error_set(err, STATUS_DATA,
                         "%s: column '%s': line %llu has '%s', day first, line %llu has '%s', month first; "
                         "say --dmy or --mdy, and --rejects FILE to set the others aside",
                         file, quote(&q, column), (unsigned long long)e->day_example.line, e->day_example.text,
                         (unsigned long long)e->month_example.line, e->month_example.text);
    return error_set(err, STATUS_DATA,
                     "%s:%llu: column '%s': '%s' may be day-month or month-day, and no value of the column decides; "
                     "say --dmy or --mdy",
                     file, (unsigned long long)e->ambiguous_example.line, quote(&q, column), e->ambiguous_example.text);
}

static int refuse_number(const char *file, struct slice column, const struct number_election *e, struct error *err)
{
    struct quote q;

    if (e->point)
        return error_set(err, STATUS_DATA,
                         "%s: column '%s': line %llu has '%s', with a decimal point, line %llu has '%s', with a decimal "
                         "comma; say --decimal . or --decimal , and --rejects FILE to set the others aside",
                         file, quote(&q, column), (unsigned long long)e->point_example.line, e->point_example.text,
                         (unsigned long long)e->comma_example.line, e->comma_example.text);
    return error_set(err, STATUS_DATA,
                     "%s:%llu: column '%s': '%s' may be a fraction or thousands, and no value of the column decides; "
                     "say --decimal . or --decimal ,",
                     file, (unsigned long long)e->ambiguous_example.line, quote(&q, column), e->ambiguous_example.text);
}

/* Decides how the values of each column of the input are read. */
static int decide(struct import *import, size_t i, size_t *undecided, struct error *err)
{
    const char *file = stream_input_name(import->stream, i);

    for (size_t o = 0; o < import->output_count; o++) {
        struct import_source *source = &import->inputs[i].sources[o];
        int refused = 0;
        if (!source->from.ptr)
            continue;
        source->integers = import->outputs[o].kind == VALUE_ID && source->filled && source->floats == source->filled;
        if (is_date(import, o) && source->date == DATE_EMPTY) {
            source->date = import->settings.date;
            source->elected = source->date == DATE_EMPTY;
            if (source->elected)
                source->date = date_election_result(&source->dates);
            if (source->date == DATE_AMBIGUOUS || source->date == DATE_CONFLICT)
                refused = refuse_date(file, source->from, &source->dates, err);
        } else if (is_number(import, o) && source->number == NUMBER_EMPTY) {
            source->number = import->settings.number;
            source->elected = source->number == NUMBER_EMPTY;
            if (source->elected)
                source->number = number_election_result(&source->numbers);
            if (source->number == NUMBER_AMBIGUOUS || source->number == NUMBER_CONFLICT)
                refused = refuse_number(file, source->from, &source->numbers, err);
        }
        if (refused && !undecided)
            return -1;
        if (refused)
            ++*undecided;
    }
    return 0;
}

/* How an output column is read, as far as the inputs agree on it. One that was elected without evidence (05/05/2026 alone)
 * says nothing about the next file. */
static void remember_reading(const struct import *import, size_t o, struct import_rule *rule)
{
    enum date_style date = rule->date;
    enum number_style number = rule->number;
    bool dates_agree = true;
    bool numbers_agree = true;

    for (size_t i = 0; i < import->stream->input_count; i++) {
        const struct import_source *source = &import->inputs[i].sources[o];
        bool dated = source->date == DATE_DAY_FIRST || source->date == DATE_MONTH_FIRST;
        if (dated && (!source->elected || source->dates.day_first || source->dates.month_first)) {
            dates_agree = dates_agree && (date == DATE_EMPTY || date == source->date);
            date = source->date;
        }
        if (source->number == NUMBER_COMMA || source->number == NUMBER_POINT) {
            numbers_agree = numbers_agree && (number == NUMBER_EMPTY || number == source->number);
            number = source->number;
        }
    }
    if (dates_agree)
        rule->date = date;
    if (numbers_agree)
        rule->number = number;
}

/* Writes what was found back into the map, so that it can be saved. */
static int remember(struct import *import, struct error *err)
{
    for (size_t o = 0; o < import->output_count; o++) {
        struct import_rule *rule = NULL;
        for (size_t i = 0; i < import->stream->input_count && !import->outputs[o].kept; i++) {
            struct slice from = import->inputs[i].sources[o].from;
            if (!from.ptr)
                continue;
            rule = import_map_add(&import->map, import->outputs[o].name);
            if (!rule || import_rule_add(&import->map, rule, from))
                return error_memory(err);
        }
        if (rule)
            remember_reading(import, o, rule);
    }
    return 0;
}

static int bind(struct import *import, struct error *err)
{
    struct stream *stream = import->stream;
    size_t *bound = calloc(stream->input_count, sizeof *bound);
    int failed = bound ? stream_start(stream, err) : error_memory(err);

    for (size_t o = 0; o < import->output_count && !failed; o++) {
        size_t column;
        for (size_t i = 0; i < stream->input_count && !failed; i++) {
            struct slice from = import->inputs[i].sources[o].from;
            bound[i] = COLUMN_ABSENT;
            if (from.ptr)
                failed = reader_find(stream->inputs[i].reader, from, &bound[i], err);
            stream->inputs[i].reader->everything = import->settings.keep_all;
        }
        if (!failed)
            failed = stream_bind(stream, import->outputs[o].name, bound, &column, err);
    }
    free(bound);
    if (!failed) {
        import->fields = calloc(import->output_count + 1, sizeof *import->fields);
        failed = import->fields ? 0 : error_memory(err);
    }
    return failed;
}

int import_plan(struct import *import, size_t *undecided, struct error *err)
{
    size_t count = import->stream->input_count;

    import->inputs = calloc(count, sizeof *import->inputs);
    if (!import->inputs)
        return error_memory(err);
    for (size_t i = 0; i < count; i++)
        if (open_sample(import, i, err))
            return -1;
    if (find_entity(import, err) || map_columns(import, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct import_input *input = &import->inputs[i];
        if (survey(import, i, input->reader, err) ||
            (!input->whole && (import->settings.whole || !settled(import, input)) && survey_whole(import, i, err)) || decide(import, i, undecided, err))
            return -1;
    }
    return remember(import, err) || bind(import, err) ? -1 : 0;
}
