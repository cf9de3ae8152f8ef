/* Prints what the dialect and the reader make of a CSV file, as JSON Lines, for tests/robustness and for the curious:
 *
 *     read_table [--encoding NAME] [--fill-short] [FILE]
 *
 * One line a note of the dialect, {"note": TEXT, "confidence": N}; one with the names of the columns, {"names": [...]};
 * one a record, {"line": N, "record": [...]}, or bad record, {"line": N, "bad": REASON, "raw": TEXT}; and one with the
 * counts at the end. Bytes that are no UTF-8 are printed as Latin-1. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "stream/dialect.h"

#define SAMPLE ((size_t)1 << 20)

static void print_text(struct slice text)
{
    bool valid = utf8_valid(text.ptr, text.len);

    putchar('"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20 || c == 0x7f || (c >= 0x80 && !valid))
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_fields(const struct field *fields, size_t count)
{
    putchar('[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            putchar(',');
        print_text(fields[i].text);
    }
    printf("]}\n");
}

static void print_dialect(const struct dialect *dialect, const struct reader *reader)
{
    for (size_t i = 0; i < dialect->note_count; i++) {
        printf("{\"note\":");
        print_text(slice_from_cstr(dialect->notes[i].text));
        printf(",\"confidence\":%.2f}\n", dialect->notes[i].confidence);
    }
    printf("{\"names\":[");
    for (size_t i = 0; i < reader->name_count; i++) {
        if (i)
            putchar(',');
        print_text(reader->names[i]);
    }
    printf("]}\n");
}

static int print_records(struct reader *reader, struct error *err)
{
    struct record record;
    struct bad_record bad;
    unsigned long long rejected = 0;

    for (;;) {
        enum read_result result = reader_next(reader, &record, &bad, err);
        if (result == READ_FAILED)
            return -1;
        if (result == READ_END)
            break;
        if (result == READ_RECORD) {
            printf("{\"line\":%llu,\"record\":", (unsigned long long)record.line);
            print_fields(record.fields, record.count);
            continue;
        }
        rejected++;
        printf("{\"line\":%llu,\"bad\":", (unsigned long long)bad.line);
        print_text(slice_from_cstr(bad.reason));
        printf(",\"raw\":");
        print_text(bad.raw);
        printf("}\n");
    }
    printf("{\"read\":%llu,\"rejected\":%llu,\"unwrapped\":%llu,\"blank\":%llu,\"repeated_headers\":%llu,"
           "\"surplus_empty\":%llu,\"filled_short\":%llu,\"footers\":%llu,\"literal_quotes\":%llu}\n",
           (unsigned long long)reader->number, rejected, (unsigned long long)reader->unwrapped,
           (unsigned long long)reader->blank_records, (unsigned long long)reader->repeated_headers,
           (unsigned long long)reader->surplus_empty, (unsigned long long)reader->filled_short,
           (unsigned long long)reader->footers, (unsigned long long)reader->literal_quotes);
    return 0;
}

static int print_table(struct source *source, bool fill_short, struct error *err)
{
    struct reader_options options = {
        .format = FORMAT_CSV, .lenient_header = true, .literal_quotes = true, .fill_short = fill_short};
    struct reader *reader;

    if (source_check_start(source, err) || source_peek(source, SAMPLE, err))
        return -1;
    struct slice sample = {source->data + source->begin, source->end - source->begin};
    bool whole = sample.len < SAMPLE;
    const struct dialect dialect = dialect_detect(sample, whole);
    dialect_apply(&dialect, &options);
    if (reader_open(&reader, source, &options, err))
        return -1;
    print_dialect(&dialect, reader);
    int failed = print_records(reader, err);
    reader_free(reader);
    return failed;
}

int main(int argc, char **argv)
{
    const char *encoding = NULL;
    bool fill_short = false;
    struct source *source;
    struct error err;

    while (argc > 1 && strncmp(argv[1], "--", 2) == 0) {
        if (strcmp(argv[1], "--encoding") == 0 && argc > 2) {
            encoding = argv[2];
            argv++;
            argc--;
        } else if (strcmp(argv[1], "--fill-short") == 0) {
            fill_short = true;
        } else {
            fprintf(stderr, "usage: read_table [--encoding NAME] [--fill-short] [FILE]\n");
            return 2;
        }
        argv++;
        argc--;
    }
    if (source_open(&source, argc > 1 ? argv[1] : "-", &err) == 0) {
        source->encoding = encoding;
        int failed = print_table(source, fill_short, &err);
        source_free(source);
        if (!failed && fflush(stdout) == 0)
            return 0;
        if (!failed)
            error_errno(&err, "standard output");
    }
    fprintf(stderr, "read_table: %s\n", err.text);
    return (int)err.status;
}
