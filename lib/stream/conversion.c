/* Conversion: rows of CSV into a file, in blocks. No field of them is longer than what the reader takes: it would take
 * the rest of a quoted field that is too long for rows. */
#include "stream/conversion.h"

#include <stdio.h>
#include <string.h>

#include "base/descriptor.h"
#include "stream/field.h"

#define BLOCK ((size_t)256 << 10)

void conversion_init(struct conversion *conversion, int fd)
{
    *conversion = (struct conversion){.fd = fd};
    buffer_init(&conversion->text);
}

void conversion_fini(struct conversion *conversion)
{
    buffer_fini(&conversion->text);
}

static int append_cell(struct buffer *out, struct slice text)
{
    if (buffer_append_char(out, '"'))
        return -1;
    while (text.len) {
        const char *quote = memchr(text.ptr, '"', text.len);
        size_t len = quote ? (size_t)(quote - text.ptr) + 1 : text.len;
        if (buffer_append(out, (struct slice){text.ptr, len}) || (quote && buffer_append_char(out, '"')))
            return -1;
        text = (struct slice){text.ptr + len, text.len - len};
    }
    return buffer_append_char(out, '"');
}

static bool needs_quotes(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '"' || text.ptr[i] == ',' || text.ptr[i] == '\n' || text.ptr[i] == '\r')
            return true;
    return false;
}

int conversion_begin_row(struct conversion *conversion, uint64_t place, struct error *err)
{
    conversion->rows++;
    conversion->row_at = conversion->text.len;
    conversion->place = place;
    conversion->cells = conversion->long_cell = 0;
    return buffer_printf(&conversion->text, "%llu", (unsigned long long)place) ? error_memory(err) : 0;
}

int conversion_cell(struct conversion *conversion, struct slice text, struct error *err)
{
    struct buffer *out = &conversion->text;

    conversion->cells++;
    if (conversion->long_cell)
        return 0;
    if (text.len > FIELD_LIMIT) {
        conversion->long_cell = conversion->cells;
        text.len = FIELD_LIMIT;
    }
    if (buffer_append_char(out, ',') || (needs_quotes(text) ? append_cell(out, text) : buffer_append(out, text)))
        return error_memory(err);
    return 0;
}

static int flush(struct conversion *conversion, struct error *err)
{
    struct slice text = buffer_slice(&conversion->text);

    if (descriptor_write(conversion->fd, text.ptr, text.len))
        return error_errno(err, "temporary file (in $TMPDIR or /tmp)");
    buffer_clear(&conversion->text);
    return 0;
}

/* Puts a bad row in the place of the one that was written. */
static int refuse_row(struct conversion *conversion, struct error *err)
{
    char reason[64];
    size_t place_end = conversion->row_at;
    struct buffer row;

    while (conversion->text.data[place_end++] != ',')
        ;
    snprintf(reason, sizeof reason, "field %zu is longer than 1 MiB", conversion->long_cell);
    buffer_init(&row);
    if (buffer_append(&row, (struct slice){conversion->text.data + place_end, conversion->text.len - place_end})) {
        buffer_fini(&row);
        return error_memory(err);
    }
    conversion->text.len = conversion->row_at;
    conversion->rows--;
    int failed = conversion_bad(conversion, conversion->place, reason, buffer_slice(&row), err);
    buffer_fini(&row);
    return failed;
}

int conversion_end_row(struct conversion *conversion, struct error *err)
{
    if (conversion->long_cell)
        return refuse_row(conversion, err);
    if (buffer_append_char(&conversion->text, '\n'))
        return error_memory(err);
    return conversion->text.len < BLOCK ? 0 : flush(conversion, err);
}

int conversion_bad(struct conversion *conversion, uint64_t place, const char *reason, struct slice raw,
                   struct error *err)
{
    struct buffer *out = &conversion->text;

    conversion->rows++;
    conversion->long_cell = 0;
    if (raw.len > FIELD_LIMIT)
        raw.len = FIELD_LIMIT;
    if (buffer_printf(out, "%c%llu,", CONVERSION_BAD, (unsigned long long)place) ||
        append_cell(out, slice_from_cstr(reason)) || buffer_append_char(out, ',') || append_cell(out, raw))
        return error_memory(err);
    return conversion_end_row(conversion, err);
}

int conversion_finish(struct conversion *conversion, struct error *err)
{
    return flush(conversion, err);
}
