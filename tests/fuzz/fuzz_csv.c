/* Any bytes as CSV: the reader agrees with libcsv (csv_model.h) whatever the number of bytes a read gives; and read by
 * the dialect that is found in them, the records do not depend on that number either. The first byte chooses it, and
 * the delimiter. */
#include <fcntl.h>
#include <unistd.h>

#include "csv_model.h"
#include "stream/dialect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* read_size: bytes a read gives; 0: all is in memory. */
static struct source *open_text(struct slice text, size_t read_size)
{
    struct source *source;
    struct error err;

    if (source_memory(&source, text, "fuzz", &err))
        abort();
    if (read_size) {
        FILE *file = tmpfile();
        if (!file || fwrite(text.ptr, 1, text.len, file) != text.len || fflush(file))
            abort();
        source->fd = dup(fileno(file));
        fclose(file);
        lseek(source->fd, 0, SEEK_SET);
        source->own_fd = true;
        source->begin = source->end = 0;
        source->ended = false;
        source->read_size = read_size;
    }
    return source;
}

static void compare(const struct buffer *expected, const struct buffer *actual)
{
    if (!slice_equal(buffer_slice(expected), buffer_slice(actual)))
        abort();
}

static void read_strictly(struct slice text, char delimiter, bool literal_quotes, size_t read_size)
{
    struct buffer expected = {0};
    struct buffer actual = {0};
    struct source *source = open_text(text, read_size);

    model_csv(text, delimiter, literal_quotes, &expected);
    read_csv(source, delimiter, literal_quotes, &actual);
    source_free(source);
    compare(&expected, &actual);
    buffer_fini(&expected);
    buffer_fini(&actual);
}

static void read_as_found(struct slice text, bool fill_short, size_t read_size)
{
    struct reader_options options = {
        .format = FORMAT_CSV, .lenient_header = true, .literal_quotes = true, .fill_short = fill_short};
    const struct dialect dialect = dialect_detect(text, read_size & 1);
    struct buffer whole = {0};
    struct buffer pieces = {0};
    struct source *source = open_text(text, SOURCE_BLOCK); /* from a file as well: it may be compressed or encoded */

    dialect_apply(&dialect, &options);
    read_csv_as(source, &options, &whole);
    source_free(source);
    source = open_text(text, read_size ? read_size : 1);
    read_csv_as(source, &options, &pieces);
    source_free(source);
    compare(&whole, &pieces);
    buffer_fini(&whole);
    buffer_fini(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    struct buffer text = {0};

    if (size < 1 || size > 20000)
        return 0;
    char delimiter = delimiters[data[0] & 3];
    const struct slice body = {(const char *)data + 1, size - 1};
    buffer_append(&text, SLICE("x,y\n"));
    text.data[1] = delimiter;
    buffer_append(&text, body);
    read_strictly(buffer_slice(&text), delimiter, data[0] & 4, data[0] >> 3);
    read_as_found(body, data[0] & 4, data[0] >> 3);
    buffer_fini(&text);
    return 0;
}
