/* Foreign files: the first bytes tell the kind and the encoding; the rest is left to the converters. */
#include "stream/foreign.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "stream/conversion.h"
#include "stream/html_table.h"
#include "stream/vcard.h"

const char *foreign_name(enum foreign_kind kind)
{
    static const char *const names[] = {"", "a workbook (.xlsx)", "a table in HTML", "address cards (vCard)"};

    return names[kind];
}

/* The first byte that is not ASCII, or len. */
static size_t ascii_prefix(const char *text, size_t len)
{
    size_t i = 0;

    for (uint64_t word; i + sizeof word <= len; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < len && (signed char)text[i] >= 0)
        i++;
    return i;
}

static ssize_t read_at(const struct source *source, char *to, off_t offset, struct error *err)
{
    ssize_t got = descriptor_read_at(source->fd, to, SOURCE_SAMPLE, offset);

    return got < 0 ? error_errno(err, "%s", source->name) : got;
}

/* A file that begins with a mebibyte of ASCII may yet hold a name in another encoding: what follows the first byte that
 * is not ASCII, from the beginning of its line, is looked at as well. Not possible for a pipe. */
static int look_further(const struct source *source, struct encoding_guess *guess, struct error *err)
{
    char *block = malloc(SOURCE_SAMPLE);
    ssize_t len = 1;
    int failed = block ? 0 : error_memory(err);

    for (off_t at = source->start + (off_t)SOURCE_SAMPLE; !failed && len > 0; at += len) {
        len = read_at(source, block, at, err);
        failed = len < 0;
        size_t ascii = failed ? 0 : ascii_prefix(block, (size_t)len);
        if (failed || ascii == (size_t)len)
            continue;
        const char *line = memrchr(block, '\n', ascii);
        len = read_at(source, block, at + (line ? line + 1 - block : (off_t)ascii), err);
        failed =
            len < 0 || encoding_detect((struct slice){block, (size_t)len}, len < (ssize_t)SOURCE_SAMPLE, guess, err);
        break;
    }
    free(block);
    return failed ? -1 : 0;
}

/* source_detect: what text is written in; nothing when it is no text. Cards tell it for each value, and fold lines in
 * the middle of characters. */
static int detect(void *context, struct slice sample, bool whole, const char **encoding, struct error *err)
{
    struct foreign *foreign = context;
    struct encoding_guess *guess = foreign->guess;

    *encoding = foreign->told;
    if (xlsx_recognise(sample)) {
        foreign->kind = FOREIGN_XLSX;
        *encoding = NULL;
        return 0;
    }
    if (*encoding || source_refusal(sample) || vcard_recognise(sample))
        return 0;
    if (!*guess->name && encoding_detect(sample, whole, guess, err))
        return -1;
    if (strcmp(guess->name, "ASCII") == 0 && !whole && foreign->source->seekable && !foreign->source->gunzip &&
        look_further(foreign->source, guess, err))
        return -1;
    if (*guess->name && strcmp(guess->name, "ASCII") != 0 && strcmp(guess->name, "UTF-8") != 0)
        *encoding = guess->name;
    return 0;
}

static enum foreign_kind recognise_text(struct slice start)
{
    if (vcard_recognise(start))
        return FOREIGN_VCARD;
    return html_table_recognise(start) ? FOREIGN_HTML : FOREIGN_NONE;
}

static int convert_to(struct foreign *foreign, const char *sheet, struct conversion *conversion, struct error *err)
{
    struct source *source = foreign->source;

    if (foreign->kind == FOREIGN_VCARD)
        return vcard_convert(source_read, source, source->name, conversion, err);
    if (foreign->kind == FOREIGN_HTML)
        return html_table_convert(source_read, source, source->name, sheet, conversion, err);
    int fd;
    bool own;
    if (source_unpack(source, &fd, &own, err))
        return -1;
    int failed = xlsx_convert(fd, source->name, sheet, conversion, &foreign->sheets, err);
    if (own)
        close(fd);
    return failed;
}

static int convert(struct foreign *foreign, const char *sheet, struct error *err)
{
    struct conversion conversion;
    int fd = source_temporary(err);

    if (fd < 0)
        return -1;
    conversion_init(&conversion, fd);
    int failed = convert_to(foreign, sheet, &conversion, err) || conversion_finish(&conversion, err);
    conversion_fini(&conversion);
    if (!failed && lseek(fd, 0, SEEK_SET) < 0)
        failed = error_errno(err, "temporary file");
    if (failed) {
        close(fd);
        return -1;
    }
    return source_replace(foreign->source, fd, err);
}

int foreign_open(struct foreign *foreign, struct source *source, const char *told, const char *sheet,
                 struct encoding_guess *guess, struct error *err)
{
    struct slice start;

    *foreign = (struct foreign){.told = told, .guess = guess, .source = source};
    source->encoding = told;
    source->detect = detect;
    source->detect_context = foreign;
    if (source_peek(source, 512, err))
        return -1;
    start = (struct slice){source->data + source->begin, source->end - source->begin};
    if (foreign->kind == FOREIGN_NONE)
        foreign->kind = recognise_text(start);
    return foreign->kind == FOREIGN_NONE ? 0 : convert(foreign, sheet, err);
}

void foreign_fini(struct foreign *foreign)
{
    xlsx_notes_fini(&foreign->sheets);
    *foreign = (struct foreign){0};
}
