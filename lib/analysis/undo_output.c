/* The output's records: a line each, but for line ends within quotes of CSV, of which an even number stands on every
 * complete record. */
#include "analysis/undo_output.h"

#include <string.h>

#include "base/ascii.h"

void undo_output_init(struct undo_output *output, enum format format, size_t added)
{
    *output =
        (struct undo_output){.format = format, .added = added, .header = format == FORMAT_CSV || format == FORMAT_TSV};
    buffer_init(&output->text);
}

void undo_output_fini(struct undo_output *output)
{
    buffer_fini(&output->text);
}

/* Whether an odd number of quotes stands in the text. */
static bool odd_quotes(struct slice text)
{
    const char *end = text.ptr + text.len;
    bool odd = false;

    for (const char *at = text.ptr; (at = memchr(at, '"', (size_t)(end - at))); at++)
        odd = !odd;
    return odd;
}

/* Behind the line end that ends the record, or NULL. */
static const char *record_end(struct undo_output *output, struct slice bytes)
{
    const char *end = bytes.ptr + bytes.len;

    for (const char *at = bytes.ptr; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct slice line = {at, (size_t)((stop ? stop : end) - at)};
        if (output->format == FORMAT_CSV && odd_quotes(line))
            output->quoted = !output->quoted;
        if (!stop)
            break;
        if (!output->quoted)
            return stop + 1;
        at = stop + 1;
    }
    return NULL;
}

/* Whether the line is a record, and of an array without the comma behind it. */
static bool is_record(struct undo_output *output, struct slice *line)
{
    if (output->header) {
        output->header = false;
        return false;
    }
    if (output->format != FORMAT_JSON)
        return true;
    if (!line->len || line->ptr[0] != '{')
        return false;
    line->len -= line->ptr[line->len - 1] == ',';
    return true;
}

int undo_output_next(struct undo_output *output, struct slice *bytes, struct slice *record)
{
    while (bytes->len) {
        const char *end = record_end(output, *bytes);
        struct slice part = {bytes->ptr, end ? (size_t)(end - bytes->ptr) : bytes->len};

        if (output->taken)
            buffer_clear(&output->text);
        output->taken = false;
        bytes->ptr += part.len;
        bytes->len -= part.len;
        if (!end || output->text.len) {
            if (buffer_append(&output->text, part))
                return -1;
            part = buffer_slice(&output->text);
        }
        if (!end)
            break;
        output->taken = true;
        part.len--;
        if (!is_record(output, &part))
            continue;
        output->number++;
        *record = part;
        return 1;
    }
    return 0;
}

bool undo_output_original(const struct undo_output *output, struct slice record, struct undo_original *original)
{
    const bool json = output->format == FORMAT_JSONL || output->format == FORMAT_JSON;
    const char delimiter = output->format == FORMAT_TSV ? '\t' : ',';
    size_t at = record.len;

    for (size_t left = output->added; left; left--) {
        while (at && record.ptr[at - 1] != delimiter)
            at--;
        if (!at)
            return false;
        at--;
    }
    if (json && (record.len < 2 || record.ptr[record.len - 1] != '}'))
        return false;
    original->front = (struct slice){record.ptr, at};
    original->close = json ? SLICE("}") : SLICE("");
    original->cluster = 0;
    const char *digit = record.ptr + at + 1;
    const char *end = record.ptr + record.len;
    if (json) {
        digit = memchr(digit, ':', (size_t)(end - digit));
        if (!digit++)
            return false;
    }
    for (; digit < end && ascii_is_digit(*digit) && original->cluster < UINT32_MAX; digit++)
        original->cluster = original->cluster * 10 + (uint64_t)(*digit - '0');
    return true;
}
