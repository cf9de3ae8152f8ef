/* A slow model of the CSV reader: every record, quoted or not, goes through libcsv byte by byte from a fresh parser.
 * The reader must give the same, record for record; the unit tests compare on random input, the fuzz target on whatever
 * it finds. */
#ifndef CRM_TESTS_CSV_MODEL_H
#define CRM_TESTS_CSV_MODEL_H

#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "stream/reader.h"

/* Both sides are written down in one form: R|line|number|raw|field|field..., B|line|number|raw. */
struct transcript {
    struct buffer text;
};

static void note_slice(struct buffer *text, struct slice s)
{
    buffer_printf(text, "|%zu:", s.len);
    buffer_append(text, s);
}

struct model_row {
    struct buffer fields; /* as note_slice writes them */
    size_t count;
    bool ended;
};

static void model_field(void *s, size_t len, void *state)
{
    struct model_row *row = state;

    note_slice(&row->fields, (struct slice){s, len});
    row->count++;
}

static void model_end(int c, void *state)
{
    (void)c;
    ((struct model_row *)state)->ended = true;
}

static int model_space(unsigned char c)
{
    (void)c;
    return 0;
}

static size_t line_length(const char *text, size_t size)
{
    size_t i = 0;

    while (i < size && text[i] != '\n' && text[i] != '\r')
        i++;
    return i;
}

/* Whether a field of the line begins with a quote. */
static bool quoted_field(const char *line, size_t length, char delimiter)
{
    for (size_t i = 0; i < length; i++)
        if (line[i] == '"' && (i == 0 || line[i - 1] == delimiter))
            return true;
    return false;
}

static size_t skip_line_end(const char *text, size_t size, size_t at)
{
    if (at < size && text[at] == '\r')
        return at + 1 + (at + 1 < size && text[at + 1] == '\n');
    return at < size ? at + 1 : at;
}

/* Writes what the records of text are. The first record is the header: it is noted like the others, and sets the number
 * of fields; a malformed header is noted as "H" and ends the transcript. */
static void model_csv(struct slice input, char delimiter, bool literal_quotes, struct buffer *out)
{
    const char *text = input.ptr;
    size_t size = input.len;
    size_t at = 0;
    size_t columns = 0;
    bool header = true;
    unsigned long long line = 1;
    unsigned long long number = 0;

    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < size) {
        if (text[at] == '\n' || text[at] == '\r') {
            at = skip_line_end(text, size, at);
            line++;
            continue;
        }
        struct csv_parser parser;
        struct model_row row = {{0}, 0, false};
        size_t end = at;
        bool bad = false;
        csv_init(&parser, literal_quotes && !quoted_field(text + at, line_length(text + at, size - at), delimiter)
                              ? 0
                              : CSV_STRICT | CSV_STRICT_FINI);
        csv_set_space_func(&parser, model_space);
        csv_set_delim(&parser, (unsigned char)delimiter);
        while (!row.ended && !bad && end < size) {
            bad = csv_parse(&parser, text + end, 1, model_field, model_end, &row) != 1;
            end++;
        }
        if (!bad && !row.ended) {
            bad = csv_fini(&parser, model_field, model_end, &row) != 0;
            end++;
        }
        csv_free(&parser);
        if (header && bad) {
            buffer_printf(out, "H");
            buffer_fini(&row.fields);
            return;
        }
        number += !header;
        size_t length = bad ? line_length(text + at, size - at) : end - 1 - at;
        if (header) {
            columns = row.count;
            buffer_append(out, buffer_slice(&row.fields));
        } else if (bad || row.count != columns) {
            buffer_printf(out, "B|%llu|%llu", line, number);
            note_slice(out, (struct slice){text + at, length});
        } else {
            buffer_printf(out, "R|%llu|%llu", line, number);
            note_slice(out, (struct slice){text + at, length});
            buffer_append(out, buffer_slice(&row.fields));
        }
        buffer_append_char(out, '\n');
        header = false;
        for (size_t i = at; i < at + length; i++)
            line += text[i] == '\n' || (text[i] == '\r' && !(i + 1 < at + length && text[i + 1] == '\n'));
        line += at + length < size;
        at = skip_line_end(text, size, at + length);
        buffer_fini(&row.fields);
    }
}

/* The same from the reader under test. */
static void read_csv_as(struct source *source, const struct reader_options *options, struct buffer *out)
{
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;

    if (reader_open(&reader, source, options, &err)) {
        buffer_printf(out, "H");
        return;
    }
    if (reader->name_count) {
        for (size_t i = 0; i < reader->name_count; i++)
            note_slice(out, reader->names[i]);
        buffer_append_char(out, '\n');
    }
    for (;;) {
        enum read_result result = reader_next(reader, &record, &bad, &err);
        if (result == READ_END)
            break;
        if (result == READ_FAILED) {
            buffer_printf(out, "FAILED %s", err.text);
            break;
        }
        if (result == READ_BAD) {
            buffer_printf(out, "B|%llu|%llu", (unsigned long long)bad.line, (unsigned long long)bad.number);
            note_slice(out, bad.raw);
        } else {
            buffer_printf(out, "R|%llu|%llu", (unsigned long long)record.line, (unsigned long long)record.number);
            note_slice(out, record.raw);
            for (size_t i = 0; i < record.count; i++)
                note_slice(out, record.fields[i].text);
        }
        buffer_append_char(out, '\n');
    }
    reader_free(reader);
}

static void read_csv(struct source *source, char delimiter, bool literal_quotes, struct buffer *out)
{
    const struct reader_options options = {
        .format = FORMAT_CSV, .delimiter = delimiter, .lenient_header = true, .literal_quotes = literal_quotes};

    read_csv_as(source, &options, out);
}

#endif
