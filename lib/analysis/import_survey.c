/* The survey of an input: evidence from its first bytes or, where these do not settle everything, from all of it; then
 * the decision. */
#include "analysis/import_survey.h"

#include <stdlib.h>
#include <string.h>

#include "stream/dialect.h"

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

/* Takes the first `size` bytes for the sample. *enough: the names in them are those of the input. JSON is not cut at a
 * line end, for all of it may stand on one line; its last record is then a bad one. */
static int take_sample(struct import *import, size_t i, size_t size, bool find_delimiter, bool *enough,
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
    if (find_delimiter)
        stream_input->options.delimiter = dialect_detect(lines.len ? lines : sample, true).delimiter;
    if (read_sample(import, i, lines.len ? lines : sample, err))
        return -1;
    bool json = input->reader->kind == FORMAT_JSON || input->reader->kind == FORMAT_JSONL;
    if (json && lines.len < sample.len && read_sample(import, i, sample, err))
        return -1;
    *enough = input->whole || (input->name_count && (json || lines.len));
    return 0;
}

int import_open_sample(struct import *import, size_t i, struct error *err)
{
    struct stream_input *stream_input = &import->stream->inputs[i];
    struct source *source = stream_input->source;

    source->encoding = import->settings.encoding;
    if (source_check_start(source, err) || source_peek(source, IMPORT_SAMPLE, err)) {
        if (source->encoding && err->status == STATUS_USAGE)
            error_prefix(err, "option '--encoding': ");
        return -1;
    }
    bool find_delimiter = !stream_input->options.delimiter;
    bool enough = false;
    for (size_t size = IMPORT_SAMPLE; !enough && size <= 2 * RECORD_LIMIT; size *= 2)
        if (take_sample(import, i, size, find_delimiter, &enough, err))
            return -1;
    return 0;
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
        source->json = source->json || field->kind == FIELD_NUMBER;
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
    struct quote q;

    if (e->day_first)
        return error_set(err, STATUS_DATA,
                         "%s: column '%s': line %llu has '%s', day first, line %llu has '%s', month first; "
                         "say --dmy or --mdy, and --rejects FILE to set the others aside",
                         file, quote(&q, column), (unsigned long long)e->day_example.line, e->day_example.value.text,
                         (unsigned long long)e->month_example.line, e->month_example.value.text);
    return error_set(err, STATUS_DATA,
                     "%s:%llu: column '%s': '%s' may be day-month or month-day, and no value of the column decides; "
                     "say --dmy or --mdy",
                     file, (unsigned long long)e->ambiguous_example.line, quote(&q, column),
                     e->ambiguous_example.value.text);
}

static int refuse_number(const char *file, struct slice column, const struct number_election *e, struct error *err)
{
    struct quote q;

    if (e->point)
        return error_set(
            err, STATUS_DATA,
            "%s: column '%s': line %llu has '%s', with a decimal point, line %llu has '%s', with a decimal "
            "comma; say --decimal . or --decimal , and --rejects FILE to set the others aside",
            file, quote(&q, column), (unsigned long long)e->point_example.line, e->point_example.value.text,
            (unsigned long long)e->comma_example.line, e->comma_example.value.text);
    return error_set(err, STATUS_DATA,
                     "%s:%llu: column '%s': '%s' may be a fraction or thousands, and no value of the column decides; "
                     "say --decimal . or --decimal ,",
                     file, (unsigned long long)e->ambiguous_example.line, quote(&q, column),
                     e->ambiguous_example.value.text);
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

int import_survey(struct import *import, size_t i, size_t *undecided, struct error *err)
{
    struct import_input *input = &import->inputs[i];

    if (survey(import, i, input->reader, err))
        return -1;
    if (!input->whole && (import->settings.whole || !settled(import, input)) && survey_whole(import, i, err))
        return -1;
    return decide(import, i, undecided, err);
}
