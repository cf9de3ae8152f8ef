/* The second reading of the inputs, and the entries of the log that it makes. Whatever is not one of the kept records,
 * be it a header, a record that was set aside or the end of a line, is text between records, and cannot be forgotten.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "analysis/undo_state.h"

#define TEXT_PIECE 4096

static uint64_t unpack(struct undo_log *undo)
{
    uint64_t number = 0;

    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = (unsigned char)undo->places.data[undo->place_at++];
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return number;
    }
}

static int put(struct undo_log *undo, struct slice text, struct error *err)
{
    XXH64_update(&undo->hash, text.ptr, text.len);
    undo->bytes += text.len;
    return sink_write(undo->sink, text, err);
}

int undo_put_line(struct undo_log *undo, struct error *err, const char *format, ...)
{
    char line[200];
    va_list args;

    va_start(args, format);
    int len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    return put(undo, (struct slice){line, (size_t)len}, err);
}

/* The bytes that a line has announced. */
static int put_bytes(struct undo_log *undo, struct slice bytes, struct error *err)
{
    return put(undo, bytes, err) || put(undo, SLICE("\n"), err) ? -1 : 0;
}

int undo_put_same(struct undo_log *undo, struct error *err)
{
    uint64_t same = undo->same;

    undo->same = 0;
    return same ? undo_put_line(undo, err, "same %llu record %llu output %llu\n", (unsigned long long)same,
                                (unsigned long long)undo->same_record, (unsigned long long)undo->same_output)
                : 0;
}

static struct source *current(const struct undo_log *undo)
{
    return undo->stream->inputs[undo->input].source;
}

static int changed(const struct undo_log *undo, struct error *err)
{
    return error_set(err, STATUS_DATA, "%s: changed while it was read: no undo log can be made", current(undo)->name);
}

/* The next size bytes of the input, or fewer at its end. How many, or -1. */
static ssize_t read_input(struct undo_log *undo, char *to, size_t size, struct error *err)
{
    size_t len = 0;

    while (len < size) {
        ssize_t got = source_read(current(undo), to + len, size - len, err);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        len += (size_t)got;
    }
    XXH64_update(&undo->input_hash, to, len);
    undo->at += len;
    return (ssize_t)len;
}

static int read_whole(struct undo_log *undo, char *to, size_t size, struct error *err)
{
    ssize_t got = read_input(undo, to, size, err);

    return got < 0 ? -1 : (size_t)got == size ? 0 : changed(undo, err);
}

/* The name under which an input is restored: the contents of a compressed one are not compressed. */
static struct slice restored_name(const struct source *source)
{
    struct slice name = slice_from_cstr(source->name);

    if (source->gunzip && name.len > 3 && memcmp(name.ptr + name.len - 3, ".gz", 3) == 0)
        name.len -= 3;
    return name;
}

static int open_input(struct undo_log *undo, struct error *err)
{
    struct source *source = current(undo);
    const struct reader *reader = undo->stream->inputs[undo->input].reader;
    struct slice name = restored_name(source); /* a rewound source does not know yet that it is compressed */

    if (source_rewind(source, err))
        return -1;
    XXH64_reset(&undo->input_hash, 0);
    undo->at = 0;
    undo->begun = false;
    undo->between = (struct undo_gap){"\n", 1};
    undo->last.len = 0;
    undo->opened = true;
    return undo_put_line(undo, err, "input %zu %s name %zu\n", undo->input + 1,
                         format_name(reader ? reader->kind : FORMAT_CSV), name.len) ||
                   put_bytes(undo, name, err)
               ? -1
               : 0;
}

/* Text of the input up to `end`, or to its end. */
static int put_text(struct undo_log *undo, uint64_t end, struct error *err)
{
    char piece[TEXT_PIECE];

    if (undo_put_same(undo, err))
        return -1;
    while (undo->at < end) {
        size_t size = end - undo->at < sizeof piece ? (size_t)(end - undo->at) : sizeof piece;
        ssize_t got = read_input(undo, piece, size, err);
        if (got < 0)
            return -1;
        if (got == 0)
            return end == UINT64_MAX ? 0 : changed(undo, err);
        if (undo_put_line(undo, err, "text %zd\n", got) || put_bytes(undo, (struct slice){piece, (size_t)got}, err))
            return -1;
    }
    return 0;
}

int undo_close_input(struct undo_log *undo, struct error *err)
{
    const struct stat *before = &undo->files[undo->input];
    struct source *source = current(undo);
    struct stat now;

    if (!undo->opened && open_input(undo, err))
        return -1;
    if (put_text(undo, UINT64_MAX, err))
        return -1;
    if (source->fd >= 0 && !source->kept) {
        if (fstat(source->fd, &now))
            return error_errno(err, "%s", source->name);
        if (now.st_size != before->st_size || now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
            now.st_mtim.tv_nsec != before->st_mtim.tv_nsec)
            return changed(undo, err);
    }
    undo->opened = false;
    if (undo_put_line(undo, err, "close %zu bytes %llu xxh64 %016llx\n", undo->input + 1, (unsigned long long)undo->at,
                      (unsigned long long)XXH64_digest(&undo->input_hash)))
        return -1;
    undo->input++;
    return 0;
}

static bool gap_equal(const struct undo_gap *a, const struct undo_gap *b)
{
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

/* What stands in front of the record at `end`. */
static int put_gap(struct undo_log *undo, uint64_t end, struct error *err)
{
    struct undo_gap gap = {.len = (size_t)(end - undo->at)};

    if (!undo->begun || end - undo->at > UNDO_GAP)
        return put_text(undo, end, err);
    if (read_whole(undo, gap.bytes, gap.len, err))
        return -1;
    bool again = gap_equal(&gap, &undo->last) || undo->last.len == 0;
    undo->last = gap;
    if (gap_equal(&gap, &undo->between))
        return 0;
    if (undo_put_same(undo, err))
        return -1;
    if (again)
        undo->between = gap;
    return undo_put_line(undo, err, "%s %zu\n", again ? "between" : "text", gap.len) ||
                   put_bytes(undo, (struct slice){gap.bytes, gap.len}, err)
               ? -1
               : 0;
}

int undo_read_row(struct undo_log *undo, struct error *err)
{
    size_t input = kept_place(undo->kept, undo->row).input;

    while (undo->input < input)
        if (undo_close_input(undo, err))
            return -1;
    if (!undo->opened && open_input(undo, err))
        return -1;
    uint64_t distance = unpack(undo);
    uint64_t length = unpack(undo);
    undo->row++;
    if (length == UNDO_NOWHERE)
        return 0;
    length--;
    if (put_gap(undo, undo->at + distance, err))
        return -1;
    buffer_clear(&undo->raw);
    if (buffer_reserve(&undo->raw, (size_t)length + 1))
        return error_memory(err);
    if (read_whole(undo, undo->raw.data, (size_t)length, err))
        return -1;
    undo->raw.len = (size_t)length;
    undo->begun = true;
    return 1;
}

int undo_put_record(struct undo_log *undo, struct error *err)
{
    const struct kept_place place = kept_place(undo->kept, undo->row - 1);

    if (undo_put_same(undo, err) || undo_put_line(undo, err, "record %llu line %llu cluster %llu bytes %zu\n",
                                                  (unsigned long long)place.number, (unsigned long long)place.line,
                                                  (unsigned long long)undo->cluster[undo->row - 1] + 1, undo->raw.len))
        return -1;
    return put_bytes(undo, buffer_slice(&undo->raw), err);
}
