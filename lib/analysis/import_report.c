/* The report of an import, made with jansson. */
#include "analysis/import_report.h"

#include <jansson.h>
#include <string.h>

#include "analysis/import_run.h"
#include "base/program.h"
#include "base/utf8.h"
#include "value/settings.h"

#define SHOWN_VALUES 10

/* jansson reports a failed allocation and does nothing about it: whatever is put together here tells `failed`. */
static void append(json_t *list, json_t *value, bool *failed)
{
    if (json_array_append_new(list, value))
        *failed = true;
}

static void set(json_t *object, const char *key, json_t *value, bool *failed)
{
    if (json_object_set_new(object, key, value))
        *failed = true;
}

/* Text for JSON; what is no UTF-8 in it is shown as a message would. */
static json_t *text_json(struct slice text)
{
    struct quote q;

    if (text.len == 0)
        return json_string("");
    return utf8_valid(text.ptr, text.len) ? json_stringn(text.ptr, text.len) : json_string(quote(&q, text));
}

static json_t *share_json(uint64_t part, uint64_t whole)
{
    uint64_t hundredths = whole ? part * 10000 / whole : 0; /* of a percent, cut: 1 only when it is all */

    return whole ? json_real((double)hundredths / 10000) : json_null();
}

static json_t *guesses_json(const struct import *import, size_t input, bool *failed)
{
    json_t *list = json_array();

    for (size_t i = 0; i < import->guesses.count; i++) {
        const struct import_guess *guess = &import->guesses.items[i];
        if (guess->input != input)
            continue;
        append(list,
               json_pack("{s:s, s:o, s:f, s:o, s:o}", "topic", guess->topic, "guess",
                         text_json(slice_from_cstr(guess->what)), "confidence", guess->confidence, "evidence",
                         text_json(slice_from_cstr(guess->evidence)), "told_by",
                         text_json(slice_from_cstr(guess->cure))),
               failed);
    }
    return list;
}

static json_t *example_json(const struct example *example)
{
    if (!example->line)
        return json_null();
    return json_pack("{s:I, s:s}", "line", (json_int_t)example->line, "value", example->value.text);
}

static json_t *dates_json(const struct date_election *election, bool *failed)
{
    json_t *object = json_object();

    for (int class = 0; class < DATE_CLASSES; class ++)
        if (election->counts[class])
            set(object, date_class_name((enum date_class) class),
                json_pack("{s:I, s:o}", "count", (json_int_t)election->counts[class], "example",
                          example_json(&election->examples[class])),
                failed);
    return object;
}

/* How the votes of an election went, where there was one. */
static void set_evidence(json_t *column, const struct import_output *output, const struct import_source *source,
                         bool *failed)
{
    const struct number_election *n = &source->numbers;

    if (output->kind == VALUE_DATE)
        set(column, "evidence", dates_json(&source->dates, failed), failed);
    if (output->kind == VALUE_AMOUNT || output->kind == VALUE_NUMBER)
        set(column, "evidence",
            json_pack("{s:I, s:I, s:o, s:I, s:o, s:I, s:o, s:I, s:o}", "plain", (json_int_t)n->plain, "point",
                      (json_int_t)n->point, "point_example", example_json(&n->point_example), "comma",
                      (json_int_t)n->comma, "comma_example", example_json(&n->comma_example), "ambiguous",
                      (json_int_t)n->ambiguous, "ambiguous_example", example_json(&n->ambiguous_example), "invalid",
                      (json_int_t)n->invalid, "invalid_example", example_json(&n->invalid_example)),
            failed);
}

static json_t *sources_json(const struct import *import, size_t i, bool *failed)
{
    json_t *list = json_array();

    for (size_t o = 0; o < import->output_count; o++) {
        const struct import_output *output = &import->outputs[o];
        const struct import_source *source = &import->inputs[i].sources[o];
        if (!source->from.ptr)
            continue;
        json_t *column = json_pack("{s:o, s:o, s:s, s:I, s:I}", "source", text_json(source->from), "column",
                                   text_json(output->name), "reading", import_reading(output, source), "records",
                                   (json_int_t)import->inputs[i].surveyed, "filled", (json_int_t)source->filled);
        set_evidence(column, output, source, failed);
        append(list, column, failed);
    }
    return list;
}

static json_t *input_json(const struct import *import, size_t i, bool *failed)
{
    const struct import_input *input = &import->inputs[i];
    const struct stream_input *stream_input = &import->stream->inputs[i];
    const struct reader *reader = stream_input->reader;
    const char *encoding = stream_input->source->decoded ? stream_input->source->decoded : "UTF-8";
    char delimiter[2] = {stream_input->options.delimiter ? stream_input->options.delimiter : ',', '\0'};
    json_t *object = json_pack(
        "{s:o, s:s, s:s, s:s, s:f, s:b}", "file", text_json(slice_from_cstr(stream_input->source->name)), "format",
        input->foreign.kind != FOREIGN_NONE ? foreign_name(input->foreign.kind) : format_name(reader->kind), "encoding",
        encoding, "entity", entity_name(import->map.entity), "confidence", input->confidence, "whole_input_looked_at",
        (int)input->whole);

    if (reader->kind == FORMAT_CSV && input->foreign.kind == FOREIGN_NONE)
        set(object, "delimiter", json_string(delimiter), failed);
    set(object, "profile", input->profile ? json_string(input->profile->name) : json_null(), failed);
    set(object, "rows",
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "literal_quotes", (json_int_t)reader->literal_quotes,
                  "unwrapped", (json_int_t)reader->unwrapped, "surplus_empty", (json_int_t)reader->surplus_empty,
                  "filled_short", (json_int_t)reader->filled_short, "blank", (json_int_t)reader->blank_records,
                  "repeated_headers", (json_int_t)reader->repeated_headers, "footers", (json_int_t)reader->footers),
        failed);
    set(object, "guesses", guesses_json(import, i, failed), failed);
    set(object, "columns", sources_json(import, i, failed), failed);
    return object;
}

static json_t *problems_json(const struct import *import, size_t output, bool *failed)
{
    const struct import_problems *problems = import_problems(import, output);
    json_t *first = json_array();

    for (size_t i = 0; problems && i < problems->kept; i++) {
        const struct import_problem *problem = &problems->first[i];
        append(first,
               json_pack("{s:o, s:I, s:s, s:s}", "file",
                         text_json(slice_from_cstr(stream_input_name(import->stream, problem->input))), "line",
                         (json_int_t)problem->line, "value", problem->value.text, "reason", problem->reason),
               failed);
    }
    return json_pack("{s:I, s:o}", "count", (json_int_t)(problems ? problems->count : 0), "first", first);
}

static json_t *values_json(const struct column_profile *profile, bool *failed)
{
    struct column_value values[SHOWN_VALUES];
    size_t count = column_profile_values(profile, values, SHOWN_VALUES);
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        if (values[i].count == 1 && profile->values.count > SHOWN_VALUES)
            break; /* nothing frequent */
        append(list, json_pack("{s:o, s:I}", "value", text_json(values[i].text), "count", (json_int_t)values[i].count),
               failed);
    }
    return list;
}

static json_t *column_json(const struct import *import, size_t o, bool *failed)
{
    const struct import_output *output = &import->outputs[o];
    const struct column_profile *profile = import_profile_of(import, o);
    bool exact;
    uint64_t distinct = column_profile_distinct(profile, &exact);
    json_t *object = json_pack("{s:o, s:s, s:I, s:I, s:o, s:I, s:b, s:I}", "name", text_json(output->name), "kind",
                               output->kept ? "as it was" : value_kind_name(output->kind), "records",
                               (json_int_t)profile->records, "filled", (json_int_t)profile->filled, "fill_rate",
                               share_json(profile->filled, profile->records), "distinct", (json_int_t)distinct,
                               "distinct_is_exact", (int)exact, "longest_bytes", (json_int_t)profile->longest);

    if (profile->least.len) {
        set(object, "least", text_json(buffer_slice(&profile->least)), failed);
        set(object, "greatest", text_json(buffer_slice(&profile->greatest)), failed);
    }
    set(object, "values", values_json(profile, failed), failed);
    set(object, "invalid", problems_json(import, o, failed), failed);
    return object;
}

int import_report(const struct import *import, struct buffer *text, struct error *err)
{
    const struct rejects *rejects = &import->stream->rejects;
    json_t *inputs = json_array();
    json_t *columns = json_array();
    bool lost = false;

    for (size_t i = 0; i < import->stream->input_count; i++)
        append(inputs, input_json(import, i, &lost), &lost);
    for (size_t o = 0; o < import->output_count; o++)
        append(columns, column_json(import, o, &lost), &lost);
    json_t *report =
        json_pack("{s:s, s:s, s:o, s:o, s:{s:I, s:I, s:I}}", "program", "crm-import", "version", CRM_VERSION, "inputs",
                  inputs, "columns", columns, "account", "read", (json_int_t)rejects->read, "used",
                  (json_int_t)rejects_used(rejects), "rejected", (json_int_t)rejects->rejected);
    int failed =
        lost || settings_write(report, JSON_INDENT(1) | JSON_REAL_PRECISION(4), text) || buffer_append_char(text, '\n');
    json_decref(report);
    return failed ? error_memory(err) : 0;
}
