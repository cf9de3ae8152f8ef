/* The plan of an import: entity, columns, and how their values are written, found out before the first record is
 * converted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/import_survey.h"
#include "base/memory.h"
#include "base/utf8.h"

/* A name that cannot be read cannot be recognised either: a column would be left out for want of an option. */
static int check_names(const struct import_input *input, const struct source *source, struct error *err)
{
    struct quote q;

    for (size_t i = 0; i < input->name_count; i++)
        if (!utf8_valid(input->names[i].ptr, input->names[i].len))
            return error_set(err, STATUS_DATA,
                             "%s: the header is not %s: '%s'; say what it is, e.g. --encoding WINDOWS-1252",
                             source->name, source->decoded ? source->decoded : "UTF-8", quote(&q, input->names[i]));
    return 0;
}

static int unknown_header(const struct import_input *input, const char *name, struct error *err)
{
    const struct slice first = input->names[0];
    struct quote q;

    if (first.len >= 4 && strncasecmp(first.ptr, "sep=", 4) == 0)
        return error_set(err, STATUS_DATA,
                         "%s: '%s' is a line for Excel, where the header should be; remove it first: tail -n +2", name,
                         quote(&q, first));
    return error_set(err, STATUS_DATA,
                     "%s: no column of the header is known; say what it holds with --as, and which column is "
                     "which with --set",
                     name);
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
            return unknown_header(input, name, err);
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
static int source_of_rule(struct import_input *input, const struct import_rule *rule, struct slice *from,
                          struct error *err)
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

/* The column of the input that stands for a canonical one best, by alias; columns that a rule takes are out of the
 * question. */
static struct slice source_by_alias(const struct import *import, const struct import_input *input, size_t canonical)
{
    struct slice best = {NULL, 0};
    unsigned best_rank = VOCABULARY_NO_RANK;

    for (size_t i = 0; i < input->name_count; i++) {
        const struct import_match *match = &input->matches[i];
        if (match->column != canonical || match->rank >= best_rank || taken_by_rule(import, input, i))
            continue;
        best = input->names[i];
        best_rank = match->rank;
    }
    return best;
}

/* Looks every name up once. */
static int match_names(struct import_input *input, enum entity entity, struct error *err)
{
    input->matches = calloc(input->name_count + 1, sizeof *input->matches);
    if (!input->matches)
        return error_memory(err);
    for (size_t i = 0; i < input->name_count; i++)
        if (!vocabulary_find(entity, input->names[i], &input->matches[i].column, &input->matches[i].rank))
            input->matches[i] = (struct import_match){COLUMN_ABSENT, VOCABULARY_NO_RANK};
    return 0;
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
    import->outputs[import->output_count++] = (struct import_output){.name = name, .kind = kind, .kept = kept};
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

static int map_column(struct import *import, const struct vocabulary_column *canonical, size_t column,
                      struct error *err)
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
    for (size_t i = 0; i < import->output_count && !import->outputs[i].kept; i++) /* the kept ones stand behind */
        if (input->sources[i].from.ptr && slice_equal(input->sources[i].from, name))
            return true;
    return false;
}

/* A kept column that has the name of a canonical one, but did not become it, gets another. */
static int keep_column(struct import *import, size_t i, struct slice name, struct error *err)
{
    struct slice unique = name;
    size_t output = find_output(import, name);

    for (int n = 2;
         output != COLUMN_ABSENT && (!import->outputs[output].kept || import->inputs[i].sources[output].from.ptr);
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
            return error_set(err, STATUS_DATA,
                             "%s: no column of the header is one of the entity %s; say which is which with --set",
                             stream_input_name(import->stream, i), entity_name(import->map.entity));
    return 0;
}

static int map_columns(struct import *import, struct error *err)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(import->map.entity, &count);

    if (import_map_check(&import->map, import->map.entity, err))
        return -1;
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (match_names(&import->inputs[i], import->map.entity, err))
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

/* How an output column is read, as far as the inputs agree on it. One that was elected without evidence (05/05/2026
 * alone) says nothing about the next file. */
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
    size_t *bound = calloc(stream->input_count + 1, sizeof *bound);
    int failed = bound ? stream_start(stream, err) : error_memory(err);

    for (size_t i = 0; i < stream->input_count && !failed;
         i++) { /* an input without names must not turn out to have some */
        struct reader *reader = stream->inputs[i].reader;
        reader->everything = import->settings.keep_all || reader->name_count == 0;
    }
    for (size_t o = 0; o < import->output_count && !failed; o++) {
        size_t column;
        for (size_t i = 0; i < stream->input_count && !failed; i++) {
            struct slice from = import->inputs[i].sources[o].from;
            bound[i] = COLUMN_ABSENT;
            if (from.ptr)
                failed = reader_find(stream->inputs[i].reader, from, &bound[i], err);
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
        if (import_open_sample(import, i, err) ||
            check_names(&import->inputs[i], import->stream->inputs[i].source, err))
            return -1;
    if (find_entity(import, err) || map_columns(import, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (import_survey(import, i, undecided, err))
            return -1;
    }
    return remember(import, err) || bind(import, err) ? -1 : 0;
}
