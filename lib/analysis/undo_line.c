/* The lines of an undo log, and the checksums in its last one. */
#include "analysis/undo_line.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/ascii.h"

#define LINE_ROOM 200

/* What the last line of a log says. */
struct ending {
    uint64_t output_bytes;
    uint64_t output_hash;
    uint64_t log_bytes;
    uint64_t log_hash;
};

int undo_bad(const struct source *log, struct error *err, const char *why)
{
    return error_set(err, STATUS_DATA, "%s: %s", log->name, why);
}

int undo_next_line(struct source *log, struct slice *line, struct error *err)
{
    if (source_peek(log, LINE_ROOM, err))
        return -1;
    size_t size = log->end - log->begin < LINE_ROOM ? log->end - log->begin : LINE_ROOM;
    const char *start = log->data + log->begin;
    const char *stop = memchr(start, '\n', size);
    if (!size)
        return 0;
    if (!stop)
        return undo_bad(log, err, "not an undo log, or one of another version");
    *line = (struct slice){start, (size_t)(stop - start)};
    log->begin += line->len + 1;
    return 1;
}

bool undo_take_word(struct slice *line, const char *word)
{
    size_t len = strlen(word);

    if (line->len < len || memcmp(line->ptr, word, len) != 0 || (line->len > len && line->ptr[len] != ' '))
        return false;
    len += line->len > len;
    line->ptr += len;
    line->len -= len;
    return true;
}

static bool take_number(struct slice *line, unsigned base, uint64_t *number)
{
    size_t digits = 0;

    for (*number = 0; digits < line->len && line->ptr[digits] != ' '; digits++) {
        int digit = ascii_hex(line->ptr[digits]);
        if (digit < 0 || (unsigned)digit >= base || *number > (UINT64_MAX - (unsigned)digit) / base)
            return false;
        *number = *number * base + (unsigned)digit;
    }
    if (!digits)
        return false;
    digits += digits < line->len;
    line->ptr += digits;
    line->len -= digits;
    return true;
}

bool undo_take_number(struct slice *line, const char *word, uint64_t *number)
{
    return (!*word || undo_take_word(line, word)) && take_number(line, 10, number);
}

bool undo_take_hash(struct slice *line, uint64_t *hash)
{
    return take_number(line, 16, hash);
}

bool undo_take_format(struct slice *line, enum format *format)
{
    static const enum format formats[] = {FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (undo_take_word(line, format_name(formats[i]))) {
            *format = formats[i];
            return true;
        }
    return false;
}

static bool read_ending(struct slice line, struct ending *ending)
{
    return undo_take_word(&line, "end") && undo_take_number(&line, "output", &ending->output_bytes) &&
           undo_take_hash(&line, &ending->output_hash) && undo_take_number(&line, "log", &ending->log_bytes) &&
           undo_take_hash(&line, &ending->log_hash) && line.len == 0;
}

/* The checksum of a source's contents but for the last LINE_ROOM * 2 bytes at most, which are left in tail. */
static int hash_contents(struct source *source, XXH64_state_t *hash, uint64_t *bytes, char *tail, size_t *tail_len,
                         struct error *err)
{
    size_t keep = tail ? LINE_ROOM : 0;
    int more;

    XXH64_reset(hash, 0);
    *bytes = 0;
    while ((more = source_more(source, err)) > 0) {
        size_t len = source->end - source->begin;
        if (len <= keep)
            continue;
        XXH64_update(hash, source->data + source->begin, len - keep);
        *bytes += len - keep;
        source->begin += len - keep;
    }
    if (more == 0 && tail) {
        *tail_len = source->end - source->begin;
        memcpy(tail, source->data + source->begin, *tail_len);
    }
    return more;
}

/* Whether the log is whole and as it was written. */
static int check_log(struct source *log, struct ending *ending, struct error *err)
{
    char tail[LINE_ROOM];
    size_t len;
    XXH64_state_t hash;
    uint64_t bytes;

    if (hash_contents(log, &hash, &bytes, tail, &len, err))
        return -1;
    if (bytes + len == 0)
        return undo_bad(log, err, "is empty: not an undo log");
    size_t last = len ? len - 1 : 0; /* where the last line begins */
    while (last && tail[last - 1] != '\n')
        last--;
    if (len == 0 || tail[len - 1] != '\n' || !read_ending((struct slice){tail + last, len - last - 1}, ending))
        return undo_bad(log, err, "does not end as an undo log does: is it one, and was it cut off?");
    XXH64_update(&hash, tail, last);
    if (bytes + last != ending->log_bytes || XXH64_digest(&hash) != ending->log_hash)
        return undo_bad(log, err, "was changed after it was written: nothing can be restored from it safely");
    return source_rewind(log, err);
}

static int check_merged(const struct source *log, struct source *merged, const struct ending *ending, struct error *err)
{
    XXH64_state_t hash;
    uint64_t bytes;

    if (hash_contents(merged, &hash, &bytes, NULL, NULL, err))
        return -1;
    if (bytes != ending->output_bytes || XXH64_digest(&hash) != ending->output_hash)
        return error_set(err, STATUS_DATA,
                         "%s: is not the output that %s was written with, or was changed since then (%llu bytes, "
                         "not %llu)",
                         merged->name, log->name, (unsigned long long)bytes, (unsigned long long)ending->output_bytes);
    return source_rewind(merged, err);
}

int undo_check(struct source *log, struct source *merged, struct error *err)
{
    struct ending ending;

    if (source_keep(log, err) || check_log(log, &ending, err))
        return -1;
    return merged && (source_keep(merged, err) || check_merged(log, merged, &ending, err)) ? -1 : 0;
}
