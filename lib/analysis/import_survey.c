/* The survey of an input: evidence from its first bytes or, where these do not settle everything, from all of it; then
 * the decision. */
#include "analysis/import_survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/import_columns.h"
#include "stream/dialect.h"
#include "value/currency.h"

/* The whole lines of a text. */
static struct slice whole_lines(struct slice text)
{
    const char *last = text.len ? memrchr(text.ptr, '\n', text.len) : NULL;

    if (!last && text.len)
        last = memrchr(text.ptr, '\r', text.len);
    return (struct slice){text.ptr, last ? (size_t)(last - text.ptr) + 1 : 0};
}

/* Opens a reader over a copy of the sample, instead of one over a shorter one. */
static int read_sample(struct import *import, size_t i, struct slice sample, struct error *err)
{
    struct stream_input *stream_input = &import->stream->inputs[i];
    struct import_input *input = &import->inputs[i];

    reader_free(input->reader);
    source_free(input->sample);
    input->reader = NULL;
    input->sample = NULL;
    if (source_memory(&input->sample, sample, stream_input->source->name, err) ||
        reader_open(&input->reader, input->sample, &stream_input->options, err))
        return -1;
    input->names = input->reader->names;
    input->name_count = input->reader->name_count;
    return 0;
}

/* A text without its first physical lines. */
static struct slice without_lines(struct slice text, uint64_t count)
{
    while (count-- && text.len) {
        size_t at = 0;
        while (at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r')
            at++;
        if (at < text.len)
            at += text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n' ? 2 : 1;
        text = (struct slice){text.ptr + at, text.len - at};
    }
    return text;
}

/* Takes the first `size` bytes for the sample. *enough: the names in them are those of the input. JSON is not cut at a
 * line end, for all of it may stand on one line; its last record is then a bad one. */
static int take_sample(struct import *import, size_t i, size_t size, const struct dialect_given *given, bool *enough,
                       struct error *err)
{
    struct stream_input *stream_input = &import->stream->inputs[i];
    struct import_input *input = &import->inputs[i];
    struct source *source = stream_input->source;

    if (source_peek(source, size, err))
        return -1;
    struct slice sample = {source->data + source->begin, source->end - source->begin};
    input->whole = sample.len < size;
    if (!input->whole)
        sample.len = size; /* the same whatever the reads gave */
    struct slice lines = input->whole ? sample : whole_lines(sample);
    input->dialect = dialect_find(without_lines(lines.len ? lines : sample, import->settings.skip_lines),
                                  input->whole || lines.len, given);
    dialect_apply(&input->dialect, &stream_input->options);
    stream_input->options.skip_lines += import->settings.skip_lines;
    if (read_sample(import, i, lines.len ? lines : sample, err))
        return -1;
    bool json = input->reader->kind == FORMAT_JSON || input->reader->kind == FORMAT_JSONL;
    if (json && lines.len < sample.len && read_sample(import, i, sample, err))
        return -1;
    *enough = input->whole || (input->name_count && (json || lines.len));
    return 0;
}

/* The guess about the encoding, when it was one. */
static int note_encoding(struct import *import, size_t i, struct error *err)
{
    const struct import_input *input = &import->inputs[i];
    const struct encoding_guess *found = &input->encoding;

    if (!*found->name || strcmp(found->name, "ASCII") == 0 ||
        (strcmp(found->name, "UTF-8") == 0 && found->confidence >= 1))
        return 0;
    struct import_guess *guess =
        import_guesses_add(&import->guesses, i, "encoding", found->confidence < 0.99 ? found->confidence : 0.99);
    if (!guess)
        return error_memory(err);
    snprintf(guess->what, sizeof guess->what, "%s", found->name);
    snprintf(guess->evidence, sizeof guess->evidence, "%s", found->evidence);
    snprintf(guess->cure, sizeof guess->cure, "--encoding %s", found->name);
    return 0;
}

/* As it is typed; what cannot be, as the shell writes it. */
static void tell_delimiter(char delimiter, char *cure, size_t size)
{
    if (delimiter == '\t')
        snprintf(cure, size, "--delimiter tab");
    else if ((unsigned char)delimiter < ' ' || (unsigned char)delimiter >= 0x7f)
        snprintf(cure, size, "--delimiter $'\\x%02x'", (unsigned)(unsigned char)delimiter);
    else
        snprintf(cure, size, "--delimiter '%c'", delimiter);
}

/* What was found of the writing of CSV: each note is a guess. */
static int note_dialect(struct import *import, size_t i, struct error *err)
{
    const struct import_input *input = &import->inputs[i];

    for (size_t n = 0; n < input->dialect.note_count && input->reader->kind == FORMAT_CSV; n++) {
        const struct dialect_note *note = &input->dialect.notes[n];
        if (note->confidence >= 1)
            continue;
        struct import_guess *guess = import_guesses_add(&import->guesses, i, "layout", note->confidence);
        if (!guess)
            return error_memory(err);
        snprintf(guess->what, sizeof guess->what, "%s", note->text);
        if (strncmp(note->text, "fields are separated", 20) == 0)
            tell_delimiter(input->dialect.delimiter, guess->cure, sizeof guess->cure);
        else if (input->dialect.skip_lines)
            snprintf(guess->cure, sizeof guess->cure, "--skip-lines %llu",
                     (unsigned long long)(input->dialect.skip_lines + import->settings.skip_lines));
    }
    return 0;
}

/* Records were looked for inside an object, and found. */
static int note_wrapper(struct import *import, size_t i, struct error *err)
{
    const struct slice wrapper = import->inputs[i].reader->wrapper;
    struct quote q;

    if (wrapper.len == 0 || import->stream->inputs[i].options.records)
        return 0;
    struct import_guess *guess = import_guesses_add(&import->guesses, i, "place of the records", 0.9);
    if (!guess)
        return error_memory(err);
    snprintf(guess->what, sizeof guess->what, "%s", quote_name(&q, wrapper));
    snprintf(guess->evidence, sizeof guess->evidence, "the only list of objects in the object around it");
    snprintf(guess->cure, sizeof guess->cure, "--records %s", q.text);
    return 0;
}

int import_open_sample(struct import *import, size_t i, struct error *err)
{
    struct stream_input *stream_input = &import->stream->inputs[i];
    struct import_input *input = &import->inputs[i];
    struct source *source = stream_input->source;

    if (foreign_open(&input->foreign, source, import->settings.encoding, import->settings.sheet, &input->encoding,
                     err) ||
        source_check_start(source, err) || source_peek(source, IMPORT_SAMPLE, err)) {
        if (import->settings.encoding && err->status == STATUS_USAGE)
            error_prefix(err, "option '--encoding': ");
        return -1;
    }
    stream_input->options.placed = input->foreign.kind != FOREIGN_NONE;
    input->sparse = input->foreign.kind == FOREIGN_VCARD;
    const bool tabs = stream_input->options.format == FORMAT_TSV;
    const struct dialect_given given = {
        .delimiter = tabs ? '\t' : stream_input->options.delimiter,
        .quote = tabs ? QUOTE_NONE : 0,
        .no_preamble = import->settings.skip_told,
        .placed = stream_input->options.placed,
    };
    bool enough = false;
    for (size_t size = IMPORT_SAMPLE; !enough && size <= 2 * RECORD_LIMIT; size *= 2)
        if (take_sample(import, i, size, &given, &enough, err))
            return -1;
    return note_encoding(import, i, err) || note_dialect(import, i, err) || note_wrapper(import, i, err) ? -1 : 0;
}

/* Whether a cell holds more than one telephone number. */
static bool has_several_phones(struct slice cell)
{
    struct slice part;
    size_t count = 0;

    while (count < 2 && phone_split_next(&cell, &part))
        count++;
    return count == 2;
}

static void add_date(struct import_source *source, struct slice text, uint64_t line)
{
    struct moment moment;

    date_election_add(&source->dates, text, line);
    source->undotted += !import_has_dots(text) && !date_parse_style(text, DATE_YEAR_FIRST, &moment);
}

static void add_number(struct import_source *source, enum value_kind kind, const struct field *field, uint64_t line)
{
    if (field->kind == FIELD_NUMBER) { /* JSON has one way to write a number */
        source->json = true;
        source->numbers.plain++;
    } else if (kind != VALUE_SIZE) {
        number_election_add(&source->numbers, field->text, line);
    }
}

static void add_evidence(const struct import *import, const struct import_input *input, size_t o,
                         const struct field *field, uint64_t line)
{
    struct import_source *source = &input->sources[o];
    enum value_kind kind = import->outputs[o].kind;
    struct email_split split;
    struct slice text = slice_trim(field->text);

    if (text.len == 0 || import_map_is_empty(&import->map, text) || import_map_is_empty(&input->ready, text))
        return;
    source->filled++;
    source->floats += kind == VALUE_ID && import_is_float_id(text);
    if (kind == VALUE_DATE && !date_is_void(text))
        add_date(source, text, line);
    else if (kind == VALUE_AMOUNT || kind == VALUE_NUMBER || kind == VALUE_SIZE)
        add_number(source, kind, field, line);
    else if (kind == VALUE_EMAIL)
        source->several = source->several || email_split_start(&split, text) > 1;
    else if (kind == VALUE_PHONE)
        source->several = source->several || has_several_phones(text);
    else if (kind == VALUE_NAME)
        name_election_add(&source->persons, text, line);
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
        source->numbers = (struct number_election){0};
        source->dates = (struct date_election){0};
        source->persons = (struct name_election){0};
        source->filled = source->floats = source->undotted = 0;
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
            if (record.fields[o].kind != FIELD_ABSENT)
                add_evidence(import, input, o, &record.fields[o], record.line);
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

/* Whether a value that reads otherwise can only be one that cannot be read. */
static bool needs_no_order(enum date_style date)
{
    return date == DATE_YEAR_FIRST || date == DATE_WRITTEN || date == DATE_EPOCH || date == DATE_EPOCH_MILLI ||
           date == DATE_EPOCH_MICRO;
}

/* Whether what the sample shows is enough: values that later contradict it can then only be rejected, never read
 * wrongly. */
static bool settled(const struct import *import, const struct import_input *input)
{
    for (size_t o = 0; o < import->output_count; o++) {
        const struct import_source *source = &input->sources[o];
        if (!source->from.ptr)
            continue;
        enum date_style date = date_election_result(&source->dates);
        enum number_style number = number_election_result(&source->numbers);
        if (is_date(import, o) && source->date == DATE_EMPTY && import->settings.date == DATE_EMPTY &&
            !needs_no_order(date) && !(date == DATE_DAY_FIRST && source->undotted == 0))
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

    if (source_keep(stream_input->source, err) ||
        reader_open(&reader, stream_input->source, &stream_input->options, err))
        return -1;
    int failed = survey(import, i, reader, err);
    reader_free(reader);
    import->inputs[i].whole = true;
    return failed ? -1 : source_rewind(stream_input->source, err);
}

static int refuse_date(const char *file, struct slice column, const struct date_election *e, struct error *err)
{
    const struct example *one;
    const struct example *other;
    struct quote q;

    if (e->day_first && e->month_first)
        return error_set(err, STATUS_DATA,
                         "%s: column '%s': line %llu has '%s', day first, line %llu has '%s', month first; "
                         "say --dmy or --mdy, and --rejects FILE to set the others aside",
                         file, quote_name(&q, column), (unsigned long long)e->day_example.line,
                         e->day_example.value.text, (unsigned long long)e->month_example.line,
                         e->month_example.value.text);
    if (date_election_conflict(e, &one, &other))
        return error_set(err, STATUS_DATA,
                         "%s: column '%s': no one way of reading dates fits both line %llu, '%s', and line %llu, '%s'; "
                         "say --dmy, --mdy or --date-format, and --rejects FILE to set the others aside",
                         file, quote_name(&q, column), (unsigned long long)one->line, one->value.text,
                         (unsigned long long)other->line, other->value.text);
    return error_set(err, STATUS_DATA,
                     "%s:%llu: column '%s': '%s' may be %s, and no value of the column decides; "
                     "say --dmy or --mdy",
                     file, (unsigned long long)e->ambiguous_example.line, quote_name(&q, column),
                     e->ambiguous_example.value.text, date_election_doubt(e));
}

static int refuse_number(const char *file, struct slice column, const struct number_election *e, struct error *err)
{
    struct quote q;

    if (e->point)
        return error_set(
            err, STATUS_DATA,
            "%s: column '%s': line %llu has '%s', with a decimal point, line %llu has '%s', with a decimal "
            "comma; say --decimal . or --decimal , and --rejects FILE to set the others aside",
            file, quote_name(&q, column), (unsigned long long)e->point_example.line, e->point_example.value.text,
            (unsigned long long)e->comma_example.line, e->comma_example.value.text);
    return error_set(err, STATUS_DATA,
                     "%s:%llu: column '%s': '%s' may be a fraction or thousands, and no value of the column decides; "
                     "say --decimal . or --decimal ,",
                     file, (unsigned long long)e->ambiguous_example.line, quote_name(&q, column),
                     e->ambiguous_example.value.text);
}

/* What was said settles it, else the data; where they do not, the custom of the region that was said. */
static int decide_dates(struct import *import, size_t i, size_t o, struct error *err)
{
    struct import_source *source = &import->inputs[i].sources[o];

    source->date = import->settings.date;
    source->elected = source->date == DATE_EMPTY;
    if (source->elected)
        source->date = date_election_result(&source->dates);
    source->dotted =
        source->elected && source->date == DATE_DAY_FIRST && source->undotted == 0 && !import->inputs[i].whole;
    if (source->date == DATE_AMBIGUOUS && date_election_allows(&source->dates, import->hints.date))
        source->date = import->hints.date;
    if (source->date == DATE_AMBIGUOUS || source->date == DATE_CONFLICT || source->date == DATE_MIXED)
        return refuse_date(stream_input_name(import->stream, i), source->from, &source->dates, err);
    return 0;
}

static int decide_numbers(struct import *import, size_t i, size_t o, struct error *err)
{
    struct import_source *source = &import->inputs[i].sources[o];

    source->number = import->settings.number;
    source->elected = source->number == NUMBER_EMPTY;
    if (source->elected)
        source->number = number_election_result(&source->numbers);
    if (source->number == NUMBER_AMBIGUOUS && import->hints.number != NUMBER_EMPTY)
        source->number = import->hints.number;
    if (source->number == NUMBER_AMBIGUOUS || source->number == NUMBER_CONFLICT)
        return refuse_number(stream_input_name(import->stream, i), source->from, &source->numbers, err);
    return 0;
}

/* The share of the names that show the order; what the header says counts for a name, and nothing for a toss-up. */
static double name_confidence(const struct name_election *votes, enum name_order header, enum name_order result)
{
    uint64_t all = votes->first_last + votes->last_first + (header != NAME_UNDECIDED);
    uint64_t agree = result == NAME_LAST_FIRST ? votes->last_first : result == NAME_FIRST_LAST ? votes->first_last : 0;

    agree += result != NAME_UNDECIDED && header == result;
    return all ? (double)agree / (double)all : 0.5;
}

/* Which end of a full name is the family name: only when names are to be taken apart. */
static int decide_names(struct import *import, size_t i, size_t o, struct error *err)
{
    const struct import_input *input = &import->inputs[i];
    struct import_source *source = &input->sources[o];
    size_t first = import_find_output(import, SLICE("first_name"));

    if (import->settings.names != NAME_UNDECIDED)
        source->names = import->settings.names;
    if (source->names != NAME_UNDECIDED || first == COLUMN_ABSENT || input->sources[first].way != IMPORT_DERIVED)
        return 0;
    enum name_order header = name_order_of_header(source->from);
    const struct name_election *votes = &source->persons;
    source->names = name_election_result(votes, header);
    source->elected = true;
    double confidence = name_confidence(votes, header, source->names);
    if (source->names == NAME_UNDECIDED)
        source->names = NAME_FIRST_LAST;
    if (confidence >= 1 || source->filled == 0)
        return 0;
    struct import_guess *guess = import_guesses_add(&import->guesses, i, "order of names", confidence);
    if (!guess)
        return error_memory(err);
    bool last_first = source->names == NAME_LAST_FIRST;
    struct quote q;
    snprintf(guess->what, sizeof guess->what, "%s", last_first ? "family name first" : "given name first");
    snprintf(guess->evidence, sizeof guess->evidence, "column '%s'", quote_name(&q, source->from));
    snprintf(guess->cure, sizeof guess->cure, "--name-order %s", last_first ? "last-first" : "first-last");
    return 0;
}

/* Decides how the values of each column of the input are read. */
static int decide(struct import *import, size_t i, size_t *undecided, struct error *err)
{
    for (size_t o = 0; o < import->output_count; o++) {
        struct import_source *source = &import->inputs[i].sources[o];
        struct currency unit;
        int refused = 0;
        if (!source->from.ptr)
            continue;
        source->integers = import->outputs[o].kind == VALUE_ID && source->filled && source->floats == source->filled;
        if (is_date(import, o) && (source->date == DATE_EMPTY || import->settings.date != DATE_EMPTY))
            refused = decide_dates(import, i, o, err);
        else if (is_number(import, o) && (source->number == NUMBER_EMPTY || import->settings.number != NUMBER_EMPTY))
            refused = decide_numbers(import, i, o, err);
        else if (import->outputs[o].kind == VALUE_NAME && decide_names(import, i, o, err))
            return -1;
        if (import->outputs[o].kind == VALUE_AMOUNT && currency_of_header(source->from, &unit))
            source->unit = unit;
        if (refused && !undecided)
            return -1;
        if (refused)
            ++*undecided;
    }
    return 0;
}

int import_survey(struct import *import, size_t i, size_t *undecided, struct error *err)
{
    struct import_input *input = &import->inputs[i];

    if (survey(import, i, input->reader, err))
        return -1;
    if (!input->whole && (import->settings.whole || !settled(import, input)) && survey_whole(import, i, err))
        return -1;
    return decide(import, i, undecided, err);
}
