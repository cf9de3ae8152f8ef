/* Values: each column by itself. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/column_profile.h"
#include "analysis/import_convert.h"
#include "base/utf8.h"
#include "value/boolean.h"
#include "value/country.h"

void import_problems_merge(struct import_problems *to, const struct import_problems *from)
{
    struct import_problems merged = {.count = to->count + from->count};
    size_t t = 0;
    size_t f = 0;

    while (merged.kept < IMPORT_PROBLEMS && (t < to->kept || f < from->kept)) {
        const struct import_problem *a = t < to->kept ? &to->first[t] : NULL;
        const struct import_problem *b = f < from->kept ? &from->first[f] : NULL;
        bool take_a = !b || (a && (a->input != b->input ? a->input < b->input : a->number <= b->number));
        merged.first[merged.kept++] = take_a ? *a : *b;
        t += take_a;
        f += !take_a;
    }
    *to = merged;
}

int import_worker_init(struct import_worker *worker, const struct import *import, struct error *err)
{
    *worker = (struct import_worker){0};
    buffer_init(&worker->value);
    buffer_init(&worker->list);
    email_reader_init(&worker->emails);
    worker->output_count = import->output_count;
    worker->problems = calloc(import->output_count + 1, sizeof *worker->problems);
    if (!worker->problems)
        return error_memory(err);
    if (import->settings.report) {
        worker->profiles = calloc(import->output_count + 1, sizeof *worker->profiles);
        if (!worker->profiles)
            return error_memory(err);
        for (size_t o = 0; o < import->output_count; o++)
            if (column_profile_new(&worker->profiles[o], import->outputs[o].kind, err))
                return -1;
    }
    return phone_reader_new(&worker->phones, err);
}

void import_worker_fini(struct import_worker *worker)
{
    buffer_fini(&worker->value);
    buffer_fini(&worker->list);
    email_reader_fini(&worker->emails);
    phone_reader_free(worker->phones);
    for (size_t o = 0; worker->profiles && worker->profiles[o]; o++) /* a NULL stands behind the last */
        column_profile_free(worker->profiles[o]);
    free(worker->profiles);
    for (size_t o = 0; worker->problems && o < worker->output_count; o++)
        free(worker->problems[o]);
    free(worker->problems);
    *worker = (struct import_worker){0};
}

enum import_outcome import_put(struct conversion_pass *pass, size_t output, struct slice text, enum field_kind kind)
{
    const char *copy = arena_copy(pass->arena, text);

    if (!copy)
        return IMPORT_NO_MEMORY;
    pass->fields[output] = (struct field){{copy, text.len}, kind};
    return IMPORT_CONVERTED;
}

enum import_outcome import_refuse(struct conversion_pass *pass, size_t output, const char *format, ...)
{
    va_list args;

    pass->refusal->column = output;
    va_start(args, format);
    vsnprintf(pass->refusal->reason, sizeof pass->refusal->reason, format, args);
    va_end(args);
    return IMPORT_REFUSED;
}

void import_note_problem(struct conversion_pass *pass, size_t output, struct slice value, const char *reason)
{
    struct import_problems **place = &pass->worker->problems[output];

    if (!*place)
        *place = calloc(1, sizeof **place);
    struct import_problems *problems = *place;
    if (!problems) {
        pass->worker->no_memory = true;
        return;
    }
    problems->count++;
    if (problems->kept == IMPORT_PROBLEMS)
        return;
    struct import_problem *problem = &problems->first[problems->kept++];
    *problem = (struct import_problem){
        .input = pass->record->input, .line = pass->record->line, .number = pass->record->number};
    quote(&problem->value, value);
    snprintf(problem->reason, sizeof problem->reason, "%s", reason);
}

enum import_outcome import_invalid_value(struct conversion_pass *pass, size_t output, struct slice value,
                                         const char *reason, bool *keep)
{
    struct quote q;

    char told[sizeof((struct import_problem){0}.reason)];

    *keep = pass->import->settings.invalid == IMPORT_INVALID_KEEP;
    if (pass->import->settings.invalid == IMPORT_INVALID_REJECT)
        return import_refuse(pass, output, "%s: '%s'", reason, quote(&q, value));
    snprintf(told, sizeof told, "%s; %s", reason, *keep ? "kept as written" : "left out");
    import_note_problem(pass, output, value, told);
    return IMPORT_CONVERTED;
}

bool import_stands_for_none(const struct conversion_pass *pass, struct slice trimmed)
{
    return trimmed.len == 0 || (pass->import->map.empty_count && import_map_is_empty(&pass->import->map, trimmed)) ||
           (pass->input->ready.empty_count && import_map_is_empty(&pass->input->ready, trimmed));
}

bool import_has_dots(struct slice date)
{
    size_t digits = 0;

    while (digits < date.len && date.ptr[digits] >= '0' && date.ptr[digits] <= '9')
        digits++;
    return digits >= 1 && digits <= 2 && digits < date.len && date.ptr[digits] == '.';
}

static enum import_outcome convert_date(struct conversion_pass *pass, size_t o, struct slice text)
{
    const struct import_source *source = &pass->sources[o];
    const char *format = pass->import->settings.date_format;
    char iso[MOMENT_TEXT];
    struct moment moment;
    struct quote q;

    enum date_style style = source->dotted && !import_has_dots(text) ? DATE_YEAR_FIRST : source->date;

    if (format ? moment_parse_format(text, format, &moment) : date_parse_style(text, style, &moment)) {
        struct slice written = moment_format(&moment, iso);
        if (!slice_equal(written, text))
            return import_put(pass, o, written, FIELD_TEXT);
        pass->fields[o] = field_text(text);
        return IMPORT_CONVERTED;
    }
    if (date_is_void(text)) {
        import_note_problem(pass, o, text, "stands for no date; left empty");
        pass->fields[o] = (struct field){{"", 0}, FIELD_NULL};
        return IMPORT_CONVERTED;
    }
    const char *hint = !source->elected || style != DATE_YEAR_FIRST || !date_parse_style(text, DATE_DAY_FIRST, &moment)
                           ? ""
                       : source->dotted ? ", the dates before having dots (see --dmy, --mdy)"
                                        : ", the year standing first in this column (see --dmy, --mdy)";
    return import_refuse(pass, o, "not a date: '%s'%s", quote(&q, text), hint);
}

static enum import_outcome refuse_number(struct conversion_pass *pass, size_t o, struct slice text)
{
    enum number_style style = pass->sources[o].number;
    const char *problem = number_problem(text);
    struct quote q;

    bool readable = !problem;                                  /* in some style */
    if (problem && strcmp(problem, "digits are missing") == 0) /* as anybody sees */
        problem = NULL;

    if (style == NUMBER_COMMA)
        return import_refuse(pass, o, "not a number with a decimal comma: '%s'%s%s", quote(&q, text),
                             problem ? ": " : "", problem ? problem : "");
    if (style == NUMBER_PLAIN && readable)
        return import_refuse(pass, o, "not a number that can be read in one way only (see --decimal): '%s'",
                             quote(&q, text));
    return import_refuse(pass, o, "not a number: '%s'%s%s", quote(&q, text), problem ? ": " : "",
                         problem ? problem : "");
}

/* JSON has one way to write a number. */
static enum import_outcome convert_number(struct conversion_pass *pass, size_t o, struct slice text)
{
    struct buffer *value = &pass->worker->value;
    struct quote q;
    enum value_kind kind = pass->import->outputs[o].kind;
    struct number_unit unit;

    if (pass->fields[o].kind == FIELD_NUMBER)
        return IMPORT_CONVERTED;
    buffer_clear(value);
    switch (number_read(text, pass->sources[o].number, value, &unit)) {
    case 0:
        break;
    case 1:
        return refuse_number(pass, o, text);
    default:
        return IMPORT_NO_MEMORY;
    }
    if (unit.percent && kind == VALUE_AMOUNT)
        return import_refuse(pass, o, "a percentage, not an amount: '%s'", quote(&q, text));
    if (unit.percent && buffer_append_char(value, '%'))
        return IMPORT_NO_MEMORY;
    if (o == pass->import->roles.amount)
        pass->currency = unit.currency;
    else if (*unit.currency.code || unit.currency.candidates)
        import_note_problem(pass, o, text, "a currency, for which there is no column; left out");
    return import_put(pass, o, buffer_slice(value), unit.percent ? FIELD_TEXT : FIELD_NUMBER);
}

/* A number of people: whole, so that any sign between groups of three digits is one of thousands. 0; 1: none; -1. */
static int read_size(struct slice text, struct buffer *value)
{
    char digits[20];
    size_t count = 0;
    size_t since = 0;
    bool grouped = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c >= '0' && c <= '9' && count < sizeof digits) {
            digits[count++] = c;
            since++;
            continue;
        }
        if (!strchr("., '", c) || count == 0 || (grouped ? since != 3 : since > 3) || digits[0] == '0')
            return number_normalise(text, NUMBER_PLAIN, value); /* 250.0, other digits and signs, or none */
        grouped = true;
        since = 0;
    }
    if (count == 0 || (grouped && since != 3))
        return number_normalise(text, NUMBER_PLAIN, value);
    if (count > 1 && digits[0] == '0')
        return number_normalise(text, NUMBER_PLAIN, value);
    return buffer_append(value, (struct slice){digits, count});
}

/* 51-200: the bounds as plain numbers. 0; 1: it is no range; -1. */
static int read_range(struct slice text, struct buffer *value)
{
    static const struct slice dashes[] = {SLICE_INIT("-"), SLICE_INIT("\xe2\x80\x93"), SLICE_INIT("\xe2\x80\x94"),
                                          SLICE_INIT(" to ")};

    for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++) {
        const char *at = memmem(text.ptr, text.len, dashes[d].ptr, dashes[d].len);
        if (!at || at == text.ptr)
            continue;
        const char *behind = at + dashes[d].len;
        struct slice low = slice_trim((struct slice){text.ptr, (size_t)(at - text.ptr)});
        struct slice high = slice_trim((struct slice){behind, (size_t)(text.ptr + text.len - behind)});
        buffer_clear(value);
        int failed = read_size(low, value);
        if (failed == 0)
            failed = buffer_append_char(value, '-') ? -1 : read_size(high, value);
        if (failed <= 0)
            return failed;
    }
    return 1;
}

/* 250, 51-200, 10,000+ */
static enum import_outcome convert_size(struct conversion_pass *pass, size_t o, struct slice text)
{
    struct buffer *value = &pass->worker->value;
    bool keep;

    if (pass->fields[o].kind == FIELD_NUMBER)
        return IMPORT_CONVERTED;
    buffer_clear(value);
    int failed = read_size(text, value);
    if (failed == 0 && value->data[0] == '-') /* nobody employs so few */
        failed = 1;
    if (failed == 0)
        return import_put(pass, o, buffer_slice(value), FIELD_NUMBER);
    if (failed > 0 && text.len > 1 && text.ptr[text.len - 1] == '+') {
        failed = read_size(slice_trim((struct slice){text.ptr, text.len - 1}), value);
        if (failed == 0)
            failed = buffer_append_char(value, '+') ? -1 : 0;
    } else if (failed > 0) {
        failed = read_range(text, value);
    }
    if (failed < 0)
        return IMPORT_NO_MEMORY;
    if (failed == 0)
        return import_put(pass, o, buffer_slice(value), FIELD_TEXT);
    enum import_outcome outcome = import_invalid_value(pass, o, text, "neither a number nor a range", &keep);
    if (!keep)
        pass->fields[o] = (struct field){{"", 0}, FIELD_NULL};
    return outcome;
}

bool import_is_float_id(struct slice id)
{
    size_t i = 0;

    while (i < id.len && id.ptr[i] >= '0' && id.ptr[i] <= '9')
        i++;
    return i > 0 && id.len - i == 2 && id.ptr[i] == '.' && id.ptr[i + 1] == '0';
}

/* As country_find(). A column has few countries, and to fold and find one takes long. */
static bool find_country(struct conversion_pass *pass, struct slice text, char code[3])
{
    struct import_country *known;
    unsigned place = 0;

    if (text.len > sizeof known->text)
        return country_find(pass->import->countries, text, code);
    for (size_t i = 0; i < text.len; i++)
        place = place * 31 + (unsigned char)text.ptr[i];
    known = &pass->worker->countries[place % IMPORT_COUNTRIES];
    if (known->len != text.len || memcmp(known->text, text.ptr, text.len) != 0) {
        memcpy(known->text, text.ptr, text.len);
        known->len = (unsigned char)text.len;
        if (!country_find(pass->import->countries, text, known->code))
            known->code[0] = '\0';
    }
    memcpy(code, known->code, sizeof known->code);
    return code[0];
}

static enum import_outcome convert_country(struct conversion_pass *pass, size_t o, struct slice text)
{
    char code[3];
    bool keep;

    if (find_country(pass, text, code))
        return import_put(pass, o, (struct slice){code, 2}, FIELD_TEXT);
    enum import_outcome outcome = import_invalid_value(pass, o, text, "no country that is known", &keep);
    if (!keep)
        pass->fields[o] = (struct field){{"", 0}, FIELD_NULL};
    return outcome;
}

static enum import_outcome convert_boolean(struct conversion_pass *pass, size_t o, struct slice text)
{
    bool value;
    bool keep;

    if (pass->fields[o].kind == FIELD_TRUE || pass->fields[o].kind == FIELD_FALSE)
        return IMPORT_CONVERTED;
    if (boolean_find(text, &value)) {
        pass->fields[o] =
            value ? (struct field){SLICE_INIT("true"), FIELD_TRUE} : (struct field){SLICE_INIT("false"), FIELD_FALSE};
        return IMPORT_CONVERTED;
    }
    enum import_outcome outcome = import_invalid_value(pass, o, text, "neither yes nor no", &keep);
    if (!keep)
        pass->fields[o] = (struct field){{"", 0}, FIELD_NULL};
    return outcome;
}

enum import_outcome import_check_text(struct conversion_pass *pass, size_t output, struct slice text)
{
    size_t valid = utf8_valid_prefix(text.ptr, text.len);

    if (valid == text.len)
        return IMPORT_CONVERTED;
    const char *decoded = pass->import->stream->inputs[pass->record->input].source->decoded;
    if (decoded)
        return import_refuse(pass, output, "holds what is no character in %s, at byte %zu of the field", decoded,
                             valid + 1);
    return import_refuse(pass, output,
                         "not UTF-8 (byte 0x%02x, number %zu of the field); say what it is, e.g. --encoding "
                         "WINDOWS-1252",
                         (unsigned char)text.ptr[valid], valid + 1);
}

/* A column by itself; those that groups take are left as they are. */
static enum import_outcome convert_column(struct conversion_pass *pass, size_t o)
{
    struct field *field = &pass->fields[o];
    enum value_kind kind = pass->import->outputs[o].kind;
    struct slice text = slice_trim(field->text);

    if (import_check_text(pass, o, field->text) != IMPORT_CONVERTED)
        return IMPORT_REFUSED;
    if (pass->import->outputs[o].kept)
        return IMPORT_CONVERTED;
    if (import_stands_for_none(pass, text)) {
        if (text.len || (kind != VALUE_TEXT && kind != VALUE_ID)) /* blanks alone are text */
            *field = (struct field){{"", 0}, FIELD_NULL};
        return IMPORT_CONVERTED;
    }
    switch (kind) {
    case VALUE_DATE:
        return convert_date(pass, o, text);
    case VALUE_AMOUNT:
    case VALUE_NUMBER:
        return convert_number(pass, o, text);
    case VALUE_SIZE:
        return convert_size(pass, o, text);
    case VALUE_COUNTRY:
        return convert_country(pass, o, text);
    case VALUE_BOOLEAN:
        return convert_boolean(pass, o, text);
    default:
        break; /* text, and what the groups take */
    }
    if (kind == VALUE_ID && pass->sources[o].integers && import_is_float_id(text))
        field->text = (struct slice){text.ptr, text.len - 2};
    return IMPORT_CONVERTED;
}

static enum import_outcome convert_columns(struct conversion_pass *pass)
{
    const struct import *import = pass->import;

    for (size_t o = 0; o < import->output_count; o++) {
        pass->fields[o] = pass->record->fields[o];
        if (pass->sources[o].way != IMPORT_COLUMN) {
            pass->fields[o] = (struct field){{"", 0}, FIELD_NULL};
            continue;
        }
        if (pass->fields[o].kind == FIELD_ABSENT)
            continue;
        enum import_outcome outcome = convert_column(pass, o);
        if (outcome != IMPORT_CONVERTED)
            return outcome;
    }
    return IMPORT_CONVERTED;
}

enum import_outcome import_convert(const struct import *import, struct import_worker *worker, struct arena *arena,
                                   const struct record *record, struct field *fields, struct import_refusal *refusal)
{
    static enum import_outcome (*const groups[])(struct conversion_pass *) = {
        import_money, import_person, import_emails, import_phones, import_addresses};
    struct conversion_pass pass = {
        .import = import,
        .input = &import->inputs[record->input],
        .sources = import->inputs[record->input].sources,
        .record = record,
        .worker = worker,
        .arena = arena,
        .fields = fields,
        .refusal = refusal,
    };
    enum import_outcome outcome = convert_columns(&pass);

    for (size_t i = 0; i < sizeof groups / sizeof *groups && outcome == IMPORT_CONVERTED; i++)
        outcome = groups[i](&pass);
    if (worker->no_memory)
        outcome = IMPORT_NO_MEMORY;
    if (outcome == IMPORT_CONVERTED && worker->profiles)
        for (size_t o = 0; o < import->output_count && outcome == IMPORT_CONVERTED; o++)
            if (column_profile_add(worker->profiles[o], &fields[o]))
                outcome = IMPORT_NO_MEMORY;
    return outcome;
}
