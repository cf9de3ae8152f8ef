/* Any bytes as a foreign file: a workbook, a table in HTML, address cards. Converting ends, and what it writes is CSV
 * that the reader takes as `placed`, row for row as many as were counted, all as wide as the header; of text, it does
 * not depend on how the bytes arrive.
 *
 * The first byte says what the rest is, the second how many bytes a read gives:
 *     h  text in UTF-8 for html_table_convert()        v  the same for vcard_convert()
 *     x  parts of a workbook, apart by a line "###": sheet, shared texts, styles, workbook; those that are missing or
 *        empty are as below
 *     z  a good workbook, of whose archive single bytes are other: two bytes say where, one what
 *     r  the bytes of a file that might be a workbook */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <zip.h>

#include "fuzz.h"
#include "stream/html_table.h"
#include "stream/reader.h"
#include "stream/vcard.h"
#include "stream/xlsx.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

enum { SHEET, TEXTS, STYLES, BOOK, ROOT, REFERENCES, PARTS };

static const struct {
    const char *name;
    const char *text;
} parts[PARTS] = {
    {"xl/worksheets/sheet1.xml",
     "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>b"
     "</t></is></c></row><row r=\"3\"><c r=\"A3\" s=\"1\"><v>46082.5</v></c><c r=\"C3\" t=\"b\"><v>1</v></c></row>"
     "</sheetData></worksheet>"},
    {"xl/sharedStrings.xml", "<sst " MAIN "><si><t>name</t></si><si><r><t>x</t></r><r><t>y</t></r></si></sst>"},
    {"xl/styles.xml", "<styleSheet " MAIN "><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
                      "<cellXfs><xf/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml", "<workbook " MAIN " xmlns:r=\"" OFFICE "\"><workbookPr/><sheets><sheet name=\"One\" "
                        "sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"},
    {"_rels/.rels", "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"r\" Type=\"" OFFICE "/officeDocument\" "
                    "Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"a\" Type=\"" OFFICE "/worksheet\" "
     "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s\" Type=\"" OFFICE "/sharedStrings\" "
     "Target=\"sharedStrings.xml\"/><Relationship Id=\"t\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
     "</Relationships>"},
};

/* An error is one line of text; libxml2 may have put bytes of the file in it, which program.h shows as "?". */
static void check_line(const struct error *err)
{
    size_t length = strnlen(err->text, sizeof err->text);

    check(length > 0 && length < sizeof err->text);
    check(err->status == STATUS_DATA || err->status == STATUS_USAGE);
    check(!memchr(err->text, '\n', length));
}

static int memory_file(struct slice text)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);

    check(fd >= 0 && write(fd, text.ptr, text.len) == (ssize_t)text.len && lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

static struct slice contents(int fd, struct buffer *buffer)
{
    off_t size = lseek(fd, 0, SEEK_END);

    check(size >= 0 && buffer_reserve(buffer, (size_t)size + 1) == 0);
    check(pread(fd, buffer->data, (size_t)size, 0) == size);
    buffer->len = (size_t)size;
    return buffer_slice(buffer);
}

/* Reads what was converted. With `ragged`, rows may have fewer cells than the header. */
static void check_rows(struct slice csv, uint64_t rows, bool ragged)
{
    const struct reader_options options = {
        .format = FORMAT_CSV, .lenient_header = true, .fill_short = ragged, .placed = true};
    struct source *source;
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;
    enum read_result result;
    uint64_t seen = 0;
    uint64_t told = 0; /* bad rows that the converter has marked */

    for (const char *at = csv.ptr; rows && at < csv.ptr + csv.len; at++)
        told += *at == CONVERSION_BAD && (at == csv.ptr || at[-1] == '\n');
    check(source_memory(&source, csv, "fuzz", &err) == 0);
    if (reader_open(&reader, source, &options, &err)) { /* a NUL, or the first row is bad */
        check_line(&err);
        source_free(source);
        return;
    }
    while ((result = reader_next(reader, &record, &bad, &err)) != READ_END) {
        check(result != READ_FAILED);
        seen++;
        if (result == READ_RECORD) {
            check(record.count == reader->name_count && record.line > 0);
            continue;
        }
        if (told == 0)
            fprintf(stderr, "%s\n", bad.reason);
        check(told > 0);
    }
    check(reader->name_count == 0 || seen + 1 == rows);
    reader_free(reader);
    source_free(source);
}

struct feed {
    struct slice text;
    size_t step;
};

static ssize_t feed_read(void *context, char *to, size_t size, struct error *err)
{
    struct feed *feed = context;
    size_t len = feed->text.len < feed->step ? feed->text.len : feed->step;

    (void)err;
    len = len < size ? len : size;
    memcpy(to, feed->text.ptr, len);
    feed->text = (struct slice){feed->text.ptr + len, feed->text.len - len};
    return (ssize_t)len;
}

/* 0, the rows and their CSV; or -1 with the error. */
static int convert_text(char kind, struct slice text, size_t step, const char *sheet, struct buffer *csv,
                        uint64_t *rows, struct error *err)
{
    struct feed feed = {text, step};
    struct conversion conversion;
    int fd = memory_file(SLICE(""));

    conversion_init(&conversion, fd);
    int failed = kind == 'h' ? html_table_convert(feed_read, &feed, "fuzz", sheet, &conversion, err)
                             : vcard_convert(feed_read, &feed, "fuzz", &conversion, err);
    if (!failed)
        check(conversion_finish(&conversion, err) == 0);
    *rows = conversion.rows;
    conversion_fini(&conversion);
    contents(fd, csv);
    close(fd);
    return failed;
}

static void check_text(char kind, struct slice text, size_t step)
{
    static const char *const sheets[] = {NULL, NULL, "#2", "1"};
    const char *sheet = sheets[step % 4];
    struct buffer csv = {0};
    struct buffer again = {0};
    struct error err;
    struct error other;
    uint64_t rows;
    uint64_t other_rows;

    int failed = convert_text(kind, text, 1 << 20, sheet, &csv, &rows, &err);
    int other_failed = convert_text(kind, text, step, sheet, &again, &other_rows, &other);
    check(failed == other_failed);
    if (failed) {
        check_line(&err);
        check(err.status == other.status && strcmp(err.text, other.text) == 0);
    } else {
        if (!slice_equal(buffer_slice(&csv), buffer_slice(&again)))
            fprintf(stderr, "--- at once\n%.*s\n--- %zu bytes at a time\n%.*s\n", SLICE_ARG(buffer_slice(&csv)), step,
                    SLICE_ARG(buffer_slice(&again)));
        check(rows == other_rows && slice_equal(buffer_slice(&csv), buffer_slice(&again)));
        check_rows(buffer_slice(&csv), rows, false);
    }
    buffer_fini(&csv);
    buffer_fini(&again);
}

static void check_workbook(struct slice file, size_t step)
{
    static const char *const sheets[] = {NULL, NULL, "#1", "one"};
    struct conversion conversion;
    struct xlsx_notes notes;
    struct buffer csv = {0};
    struct error err;
    int fd = memory_file(file);
    int to = memory_file(SLICE(""));

    conversion_init(&conversion, to);
    int failed = xlsx_convert(fd, "fuzz", sheets[step % 4], &conversion, &notes, &err);
    if (!failed)
        failed = conversion_finish(&conversion, &err);
    if (failed) {
        check_line(&err);
        check(strncmp(err.text, "fuzz", 4) == 0);
    } else {
        check(notes.taken < notes.sheet_count && notes.rows == conversion.rows);
        check_rows(contents(to, &csv), conversion.rows, notes.ragged);
    }
    xlsx_notes_fini(&notes);
    conversion_fini(&conversion);
    buffer_fini(&csv);
    close(fd);
    close(to);
}

/* Makes a workbook; texts with a NULL pointer are as above. *file is to be freed. */
static void make_workbook(const struct slice texts[PARTS], bool compressed, struct slice *file)
{
    zip_error_t error;
    zip_stat_t info;
    zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(archive, ZIP_TRUNCATE, &error);

    check(archive && zip);
    zip_source_keep(archive);
    for (int i = 0; i < PARTS; i++) {
        struct slice text = texts[i].len ? texts[i] : slice_from_cstr(parts[i].text);
        zip_int64_t at = zip_file_add(zip, parts[i].name, zip_source_buffer(zip, text.ptr, text.len, 0), 0);
        check(at >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)at, compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
        zip_file_set_dostime(zip, (zip_uint64_t)at, 0, 0x21, 0); /* the same bytes every time */
    }
    check(zip_close(zip) == 0 && zip_source_stat(archive, &info) == 0 && zip_source_open(archive) == 0);
    char *bytes = malloc(info.size);
    check(bytes && zip_source_read(archive, bytes, info.size) == (zip_int64_t)info.size);
    zip_source_close(archive);
    zip_source_free(archive);
    *file = (struct slice){bytes, info.size};
}

static void check_parts(struct slice text, size_t step)
{
    static const char border[] = "\n###\n";
    struct slice texts[PARTS] = {{NULL, 0}};
    struct slice file;

    for (int i = 0; i < ROOT && text.len; i++) {
        const char *end = memmem(text.ptr, text.len, border, sizeof border - 1);
        texts[i] = (struct slice){text.ptr, end ? (size_t)(end - text.ptr) : text.len};
        size_t taken = end ? texts[i].len + sizeof border - 1 : text.len;
        text = (struct slice){text.ptr + taken, text.len - taken};
    }
    make_workbook(texts, step % 8 == 0, &file);
    check_workbook(file, step);
    free((char *)(uintptr_t)file.ptr);
}

static void check_damaged(struct slice edits, size_t step)
{
    const struct slice texts[PARTS] = {{NULL, 0}};
    struct slice file;

    make_workbook(texts, step & 1, &file);
    char *bytes = (char *)(uintptr_t)file.ptr;
    for (size_t i = 0; i + 3 <= edits.len; i += 3)
        bytes[((size_t)(unsigned char)edits.ptr[i] << 8 | (unsigned char)edits.ptr[i + 1]) % file.len] =
            edits.ptr[i + 2];
    check_workbook(file, step);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data + 2, size - 2};

    if (size < 2 || size > 65536)
        return 0;
    size_t step = (size_t)data[1] + 1;
    switch (data[0]) {
    case 'h':
    case 'v':
        check_text((char)data[0], text, step);
        break;
    case 'x':
        check_parts(text, step);
        break;
    case 'z':
        check_damaged(text, step);
        break;
    case 'r':
        check_workbook(text, step);
        break;
    default:
        break;
    }
    return 0;
}
