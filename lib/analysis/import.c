/* Import: converting records by the plan. */
#include "analysis/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "value/decimal.h"

void import_init(struct import *import, struct stream *stream, struct import_map *map,
                 const struct import_settings *settings)
{
    *import = (struct import){
        .stream = stream,
        .settings = *settings,
        .map = *map,
        .amount = COLUMN_ABSENT,
        .quantity = COLUMN_ABSENT,
        .unit_price = COLUMN_ABSENT,
    };
    import_map_init(map);
    arena_init(&import->names);
    buffer_init(&import->text);
}

void import_fini(struct import *import)
{
    for (size_t i = 0; import->inputs && i < import->stream->input_count; i++) {
        reader_free(import->inputs[i].reader);
        source_free(import->inputs[i].sample);
        free(import->inputs[i].sources);
        free(import->inputs[i].matches);
    }
    free(import->inputs);
    free(import->outputs);
    free(import->fields);
    import_map_fini(&import->map);
    arena_fini(&import->names);
    buffer_fini(&import->text);
    *import = (struct import){0};
}

/* What became of a value. */
enum conversion { CONVERTED, REFUSED /* the record is rejected, the reason is in `reason` */, NO_MEMORY };

struct reason {
    char text[200];
};

static struct field appended(struct import *import, size_t from, enum field_kind kind)
{
    return (struct field){{import->text.data + from, import->text.len - from}, kind};
}

static enum conversion convert_date(struct import *import, const struct import_source *source, struct slice text,
                                    struct field *field, struct reason *reason)
{
    char iso[MOMENT_TEXT];
    struct moment moment;
    struct quote q;
    size_t from = import->text.len;
    bool good = import->settings.date_format ? moment_parse_format(text, import->settings.date_format, &moment)
                                             : date_parse_style(text, source->date, &moment);

    if (!good) {
        const char *hint =
            source->elected && source->date == DATE_YEAR_FIRST && date_parse_style(text, DATE_DAY_FIRST, &moment)
                ? ", the year standing first in this column (see --dmy, --mdy)"
                : "";
        snprintf(reason->text, sizeof reason->text, "not a date: '%s'%s", quote(&q, text), hint);
        return REFUSED;
    }
    struct slice written = moment_format(&moment, iso);
    if (slice_equal(written, text)) {
        field->text = text;
        return CONVERTED;
    }
    if (buffer_append(&import->text, written))
        return NO_MEMORY;
    *field = appended(import, from, FIELD_TEXT);
    return CONVERTED;
}

/* Behind "not a number", where that alone would puzzle: 1,5 is one, but not in every style. */
static const char *number_hint(enum number_style style, struct slice number)
{
    struct number_election election = {0};

    if (style != NUMBER_PLAIN)
        return style == NUMBER_COMMA ? " with a decimal comma" : "";
    number_election_add(&election, number, 1);
    return election.invalid ? "" : " that can be read in one way only (see --decimal)";
}

static enum conversion convert_number(struct import *import, const struct import_source *source, enum value_kind kind,
                                      struct slice text, struct field *field, struct reason *reason)
{
    size_t from = import->text.len;
    struct slice number = text;
    bool percent = kind == VALUE_NUMBER && number.ptr[number.len - 1] == '%';
    struct quote q;

    if (percent)
        number = slice_trim((struct slice){number.ptr, number.len - 1});
    switch (number_normalise(number, source->number, &import->text)) {
    case 0:
        break;
    case 1:
        snprintf(reason->text, sizeof reason->text, "not a number%s: '%s'", number_hint(source->number, number),
                 quote(&q, text));
        return REFUSED;
    default:
        return NO_MEMORY;
    }
    if (percent && buffer_append_char(&import->text, '%'))
        return NO_MEMORY;
    *field = appended(import, from, percent ? FIELD_TEXT : FIELD_NUMBER);
    return CONVERTED;
}

bool import_is_float_id(struct slice id)
{
    size_t i = 0;

    while (i < id.len && id.ptr[i] >= '0' && id.ptr[i] <= '9')
        i++;
    return i > 0 && id.len - i == 2 && id.ptr[i] == '.' && id.ptr[i + 1] == '0';
}

static enum conversion convert_id(const struct import_source *source, struct field *field)
{
    struct slice id = slice_trim(field->text);

    if (source->integers && import_is_float_id(id))
        field->text = (struct slice){id.ptr, id.len - 2};
    return CONVERTED;
}

static enum conversion check_text(const struct field *field, const char *decoded, struct reason *reason)
{
    size_t valid = utf8_valid_prefix(field->text.ptr, field->text.len);

    if (valid == field->text.len)
        return CONVERTED;
    if (decoded)
        snprintf(reason->text, sizeof reason->text, "holds what is no character in %s, at byte %zu of the field",
                 decoded, valid + 1);
    else
        snprintf(reason->text, sizeof reason->text,
                 "not UTF-8 (byte 0x%02x, number %zu of the field); say what it is, e.g. --encoding WINDOWS-1252",
                 (unsigned char)field->text.ptr[valid], valid + 1);
    return REFUSED;
}

static enum conversion convert(struct import *import, const struct import_source *source, enum value_kind kind,
                               struct field *field, struct reason *reason)
{
    struct slice text = slice_trim(field->text);

    if (kind != VALUE_DATE && kind != VALUE_AMOUNT && kind != VALUE_NUMBER)
        return kind == VALUE_ID ? convert_id(source, field) : CONVERTED;
    if (text.len == 0) {
        *field = (struct field){{"", 0}, FIELD_NULL};
        return CONVERTED;
    }
    if (kind == VALUE_DATE)
        return convert_date(import, source, text, field, reason);
    if (field->kind == FIELD_NUMBER)
        return CONVERTED; /* JSON has one way to write a number */
    return convert_number(import, source, kind, text, field, reason);
}

/* amount = quantity x unit_price, both converted already; empty when one of them is. */
static enum conversion derive(struct import *import, struct reason *reason)
{
    const struct field *quantity = &import->fields[import->quantity];
    const struct field *price = &import->fields[import->unit_price];
    char written[DECIMAL_TEXT];
    struct decimal a;
    struct decimal b;
    struct decimal product;
    size_t from = import->text.len;

    import->fields[import->amount] = (struct field){{"", 0}, FIELD_NULL};
    if (quantity->text.len == 0 || price->text.len == 0)
        return CONVERTED;
    if (decimal_parse(quantity->text, &a) != DECIMAL_OK || decimal_parse(price->text, &b) != DECIMAL_OK ||
        !decimal_multiply(a, b, &product)) {
        snprintf(reason->text, sizeof reason->text, "quantity x unit_price is not an amount: %.*s x %.*s",
                 SLICE_ARG(quantity->text), SLICE_ARG(price->text));
        return REFUSED;
    }
    if (buffer_append(&import->text, decimal_format(product.units, product.scale, written)))
        return NO_MEMORY;
    import->fields[import->amount] = appended(import, from, FIELD_NUMBER);
    return CONVERTED;
}

/* The converted values together are at most this much longer than the record. */
static int reserve(struct import *import, const struct record *record)
{
    size_t size = DECIMAL_TEXT;

    for (size_t o = 0; o < import->output_count; o++)
        size += record->fields[o].text.len + MOMENT_TEXT + DECIMAL_TEXT;
    buffer_clear(&import->text);
    return buffer_reserve(&import->text, size);
}

int import_next(struct import *import, struct record *record, const struct field **fields, struct error *err)
{
    int more;

    while ((more = stream_next(import->stream, record, err)) > 0) {
        const struct import_source *sources = import->inputs[record->input].sources;
        const char *decoded = import->stream->inputs[record->input].source->decoded;
        enum conversion result = reserve(import, record) ? NO_MEMORY : CONVERTED; /* the text must not move below */
        struct reason reason;
        size_t o;
        for (o = 0; o < import->output_count && result == CONVERTED; o++) {
            import->fields[o] = record->fields[o];
            result = check_text(&import->fields[o], decoded, &reason);
            if (result == CONVERTED && record->fields[o].kind != FIELD_ABSENT)
                result = convert(import, &sources[o], import->outputs[o].kind, &import->fields[o], &reason);
        }
        if (result == CONVERTED && import->amount != COLUMN_ABSENT && sources[import->amount].derived) {
            result = derive(import, &reason);
            o = import->amount + 1;
        }
        if (result == NO_MEMORY)
            return error_memory(err);
        if (result == CONVERTED) {
            for (o = 0; o < import->output_count; o++)
                import->outputs[o].empty +=
                    import->outputs[o].kind == VALUE_ID && sources[o].from.ptr && import->fields[o].text.len == 0;
            *fields = import->fields;
            return 1;
        }
        if (stream_reject(import->stream, record, o - 1, err, "%s", reason.text))
            return -1;
    }
    return more;
}

const char *import_reading(const struct import_output *output, const struct import_source *source)
{
    if (source->derived)
        return "quantity x unit_price";
    if (source->integers)
        return "whole numbers written with .0";
    if (output->kind == VALUE_DATE) {
        static const char *const words[] = {[DATE_EMPTY] = "",
                                            [DATE_YEAR_FIRST] = "year-month-day",
                                            [DATE_DAY_FIRST] = "day-month",
                                            [DATE_MONTH_FIRST] = "month-day",
                                            [DATE_AMBIGUOUS] = "undecided",
                                            [DATE_CONFLICT] = "undecided"};
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
    struct quote q;

    if (!source->from.ptr)
        return 0;
    return buffer_printf(text, "%.*s from '%s': ", SLICE_ARG(output->name), quote(&q, source->from)) ||
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
        if (import->outputs[o].kept || (!source->from.ptr && !source->derived))
            continue;
        failed = buffer_printf(text, "%s%.*s", separator, SLICE_ARG(import->outputs[o].name));
        if (!failed && source->from.ptr && !slice_equal(source->from, import->outputs[o].name))
            failed = buffer_printf(text, " from '%s'", quote(&q, source->from));
        if (!failed && *reading)
            failed = buffer_printf(text, " (%s)", reading);
        separator = ", ";
    }
    return failed;
}

/* Other columns are named up to here, counted from here: a message has a limit of its own, and would be cut. */
enum { DESCRIPTION = 800 };

int import_describe(const struct import *import, size_t i, struct buffer *text)
{
    const struct import_input *input = &import->inputs[i];
    const struct stream_input *stream_input = &import->stream->inputs[i];
    const char *separator = import->settings.keep_all ? "; kept: " : "; not taken: ";
    size_t more = 0;
    struct quote q;
    const char *decoded = stream_input->source->decoded;
    int failed =
        buffer_printf(text, "%s%s%s", entity_name(import->map.entity), decoded ? ", " : "", decoded ? decoded : "");

    if (stream_input->reader->kind == FORMAT_CSV && stream_input->options.delimiter != ',') {
        char delimiter = stream_input->options.delimiter;
        failed = failed || (delimiter == '\t'  ? buffer_printf(text, ", tab-separated")
                            : delimiter == ' ' ? buffer_printf(text, ", separated by blanks")
                                               : buffer_printf(text, ", separated by '%c'", delimiter));
    }
    failed = failed || describe_columns(import, i, text);
    for (size_t j = 0; j < input->name_count && !failed; j++) {
        bool taken = false;
        for (size_t o = 0; o < import->output_count && !taken; o++)
            taken = !import->outputs[o].kept && input->sources[o].from.ptr &&
                    slice_equal(input->sources[o].from, input->names[j]);
        if (taken)
            continue;
        if (text->len > DESCRIPTION) {
            more++;
            continue;
        }
        failed = buffer_printf(text, "%s'%s'", separator, quote(&q, input->names[j]));
        separator = ", ";
    }
    if (more && !failed)
        failed = buffer_printf(text, " and %zu more", more);
    return failed;
}
