/* What an import has found, in words. */
#include <stdio.h>
#include <string.h>

#include "analysis/import.h"

const char *import_reading(const struct import_output *output, const struct import_source *source)
{
    if (source->way == IMPORT_PRODUCT)
        return "quantity x unit_price";
    if (output->kind == VALUE_NAME && source->names != NAME_UNDECIDED)
        return source->names == NAME_LAST_FIRST ? "family name first" : "given name first";
    if (source->integers)
        return "whole numbers written with .0";
    if (output->kind == VALUE_DATE) {
        static const char *const words[] = {
            [DATE_EMPTY] = "",
            [DATE_YEAR_FIRST] = "year-month-day",
            [DATE_DAY_FIRST] = "day-month",
            [DATE_MONTH_FIRST] = "month-day",
            [DATE_AMBIGUOUS] = "undecided",
            [DATE_CONFLICT] = "undecided",
            [DATE_WRITTEN] = "months by name",
            [DATE_SHORT_YEAR_FIRST] = "year-month-day, two digits a year",
            [DATE_SERIAL] = "day numbers of a spreadsheet",
            [DATE_EPOCH] = "seconds since 1970",
            [DATE_EPOCH_MILLI] = "milliseconds since 1970",
            [DATE_EPOCH_MICRO] = "microseconds since 1970",
            [DATE_MIXED] = "undecided",
        };
        return words[source->date];
    }
    static const char *const words[] = {[NUMBER_EMPTY] = "",
                                        [NUMBER_PLAIN] = "whole numbers",
                                        [NUMBER_POINT] = "decimal point",
                                        [NUMBER_COMMA] = "decimal comma",
                                        [NUMBER_AMBIGUOUS] = "undecided",
                                        [NUMBER_CONFLICT] = "undecided"};
    return source->json && source->number == NUMBER_PLAIN ? "JSON numbers" : words[source->number];
}

/* The value that decided the reading, or NULL. */
static const struct example *deciding(const struct import_source *source, enum value_kind kind)
{
    const struct example *example = NULL;

    if (kind == VALUE_DATE && source->date == DATE_DAY_FIRST)
        example = &source->dates.day_example;
    else if (kind == VALUE_DATE && source->date == DATE_MONTH_FIRST)
        example = &source->dates.month_example;
    else if (kind == VALUE_DATE && source->date == DATE_WRITTEN)
        example = &source->dates.written_example;
    else if (kind == VALUE_DATE && source->date == DATE_SERIAL)
        example = &source->dates.serial_example;
    else if (kind == VALUE_DATE && source->date == DATE_EPOCH)
        example = &source->dates.epoch_example;
    else if (kind == VALUE_DATE && source->date == DATE_EPOCH_MILLI)
        example = &source->dates.epoch_milli_example;
    else if (kind != VALUE_DATE && source->number == NUMBER_COMMA)
        example = &source->numbers.comma_example;
    else if (kind != VALUE_DATE && source->number == NUMBER_POINT)
        example = &source->numbers.point_example;
    return example && example->line ? example : NULL;
}

int import_explain(const struct import *import, size_t i, size_t o, struct buffer *text)
{
    const struct import_source *source = &import->inputs[i].sources[o];
    const struct import_output *output = &import->outputs[o];
    const struct example *example = deciding(source, output->kind);
    const char *reading = import_reading(output, source);
    struct quote name;
    struct quote q;

    if (!source->from.ptr)
        return 0;
    return buffer_printf(text, "%s from '%s': ", quote_name(&name, output->name), quote_name(&q, source->from)) ||
           (*reading && buffer_printf(text, "%s", reading)) ||
           (example &&
            buffer_printf(text, ", as in '%s' on line %llu", example->value.text, (unsigned long long)example->line)) ||
           buffer_printf(text, "%s%llu of the first %llu records have a value", *reading ? "; " : "",
                         (unsigned long long)source->filled, (unsigned long long)import->inputs[i].surveyed);
}

static int describe_columns(const struct import *import, size_t i, struct buffer *text)
{
    const struct import_input *input = &import->inputs[i];
    const char *separator = ": ";
    struct quote q;
    int failed = 0;

    for (size_t o = 0; o < import->output_count && !failed; o++) {
        const struct import_source *source = &input->sources[o];
        const char *reading = import_reading(&import->outputs[o], source);
        if (import->outputs[o].kept || (!source->from.ptr && source->way != IMPORT_PRODUCT))
            continue;
        failed = buffer_printf(text, "%s%.*s", separator, SLICE_ARG(import->outputs[o].name));
        if (!failed && source->from.ptr && !slice_equal(source->from, import->outputs[o].name))
            failed = buffer_printf(text, " from '%s'", quote_name(&q, source->from));
        if (!failed && *reading)
            failed = buffer_printf(text, " (%s)", reading);
        separator = ", ";
    }
    return failed;
}

/* The columns whose values go into lists. */
static int describe_extras(const struct import *import, size_t i, struct buffer *text)
{
    const struct import_input *input = &import->inputs[i];
    struct quote q;

    for (size_t e = 0; e < input->extra_count && !input->sparse; e++) {
        bool first = e == 0 || e == input->extra_emails;
        const char *list = e < input->extra_emails ? "other_emails" : "other_phones";
        if ((first && buffer_printf(text, ", %s from", list)) ||
            buffer_printf(text, "%s '%s'", first ? "" : " and", quote_name(&q, input->extras[e].from)))
            return -1;
    }
    return 0;
}

/* Whether the column of the header went into an output under another name. */
static bool is_taken(const struct import *import, const struct import_input *input, struct slice name)
{
    for (size_t o = 0; o < import->output_count && !import->outputs[o].kept; o++) /* the kept ones stand behind */
        if (input->sources[o].from.ptr && slice_equal(input->sources[o].from, name))
            return true;
    for (size_t e = 0; e < input->extra_count; e++)
        if (slice_equal(input->extras[e].from, name) ||
            (input->extras[e].label.ptr && slice_equal(input->extras[e].label, name)))
            return true;
    return input->phone_label.ptr && slice_equal(input->phone_label, name);
}

/* What the file is, as far as it is not the usual. */
static int describe_file(const struct import *import, size_t i, struct buffer *text)
{
    const struct import_input *input = &import->inputs[i];
    const struct stream_input *stream_input = &import->stream->inputs[i];
    const char *decoded = stream_input->source->decoded;
    const struct slice wrapper = input->reader->wrapper;
    char delimiter = stream_input->options.delimiter;
    const char *entity = import->map.entity == ENTITY_NONE ? "table" : entity_name(import->map.entity);
    struct quote q;

    if (buffer_printf(text, "%s", entity) || (input->profile && buffer_printf(text, " (%s)", input->profile->title)) ||
        (input->foreign.kind != FOREIGN_NONE && buffer_printf(text, ", %s", foreign_name(input->foreign.kind))) ||
        (decoded && buffer_printf(text, ", %s", decoded)) ||
        (wrapper.len && buffer_printf(text, ", the records in '%s'", quote_name(&q, wrapper))))
        return -1;
    if (stream_input->options.skip_lines && stream_input->reader->kind == FORMAT_CSV &&
        buffer_printf(text, ", the first %llu line%s left out", (unsigned long long)stream_input->options.skip_lines,
                      stream_input->options.skip_lines == 1 ? "" : "s"))
        return -1;
    if (input->foreign.kind != FOREIGN_NONE || stream_input->reader->kind != FORMAT_CSV || delimiter == ',' ||
        delimiter == '\0')
        return 0;
    return delimiter == '\t' ? buffer_printf(text, ", tab-separated")
           : delimiter == ' '
               ? buffer_printf(text, ", separated by blanks")
               : buffer_printf(text, ", separated by '%s'", quote_name(&q, (struct slice){&delimiter, 1}));
}

/* Other columns are named up to here, counted from here: a message has a limit of its own, and would be cut. */
enum { DESCRIPTION = 800 };

int import_describe(const struct import *import, size_t i, struct buffer *text)
{
    const struct import_input *input = &import->inputs[i];
    const char *separator = import->settings.keep_all ? "; kept: " : "; not taken: ";
    size_t more = 0;
    struct quote q;
    int failed =
        describe_file(import, i, text) || describe_columns(import, i, text) || describe_extras(import, i, text);

    for (size_t j = 0; j < input->name_count && !failed && !input->sparse; j++) {
        if (is_taken(import, input, input->names[j]))
            continue;
        if (text->len > DESCRIPTION) {
            more++;
            continue;
        }
        failed = buffer_printf(text, "%s'%s'", separator, quote_name(&q, input->names[j]));
        separator = ", ";
    }
    if (more && !failed && *separator == ';') /* none was named */
        failed = buffer_printf(text, "%s%zu columns", separator, more);
    else if (more && !failed)
        failed = buffer_printf(text, " and %zu more", more);
    return failed;
}
