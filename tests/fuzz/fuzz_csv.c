/* Any bytes as CSV: the reader agrees with libcsv (csv_model.h) whatever the number of bytes a read gives. The first
 * byte chooses that number and the delimiter. */
#include <fcntl.h>
#include <unistd.h>

#include "csv_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    struct buffer text = {0};
    struct buffer expected = {0};
    struct buffer actual = {0};
    struct source *source;
    struct error err;

    if (size < 1 || size > 20000)
        return 0;
    char delimiter = delimiters[data[0] & 3];
    bool literal_quotes = data[0] & 4;
    size_t read_size = data[0] >> 3;
    buffer_append(&text, SLICE("x,y\n"));
    text.data[1] = delimiter;
    buffer_append(&text, (struct slice){(const char *)data + 1, size - 1});
    model_csv(buffer_slice(&text), delimiter, literal_quotes, &expected);
    if (source_memory(&source, buffer_slice(&text), "fuzz", &err))
        abort();
    if (read_size) {
        FILE *file = tmpfile();
        if (!file || fwrite(text.data, 1, text.len, file) != text.len || fflush(file))
            abort();
        source->fd = dup(fileno(file));
        fclose(file);
        lseek(source->fd, 0, SEEK_SET);
        source->own_fd = true;
        source->begin = source->end = 0;
        source->ended = false;
        source->read_size = read_size;
    }
    read_csv(source, delimiter, literal_quotes, &actual);
    source_free(source);
    if (!slice_equal(buffer_slice(&expected), buffer_slice(&actual)))
        abort();
    buffer_fini(&text);
    buffer_fini(&expected);
    buffer_fini(&actual);
    return 0;
}
