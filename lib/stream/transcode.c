/* Transcode: glibc's iconv between two buffers. */
#include "stream/transcode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define INPUT ((size_t)64 << 10)

struct transcode {
    iconv_t iconv;
    size_t unit; /* bytes that an undecodable place has at least */
    size_t begin;
    size_t end;
    char input[INPUT];
};

/* Two characters below U+0100 in four bytes each: in UTF-16 every other one would be NUL. */
static const char *recognise_32(struct slice text)
{
    const char *b = text.ptr;

    if (text.len < 8)
        return NULL;
    if (!b[0] && !b[1] && !b[2] && b[3] && !b[4] && !b[5] && !b[6] && b[7])
        return "UTF-32BE";
    return b[0] && !b[1] && !b[2] && !b[3] && b[4] && !b[5] && !b[6] && !b[7] ? "UTF-32LE" : NULL;
}

const char *transcode_recognise(struct slice start, size_t *mark)
{
    static const struct {
        struct slice mark;
        const char *encoding;
    } marks[] = {
        {SLICE_INIT("\xff\xfe\0\0"), "UTF-32LE"},
        {SLICE_INIT("\0\0\xfe\xff"), "UTF-32BE"},
        {SLICE_INIT("\xff\xfe"), "UTF-16LE"},
        {SLICE_INIT("\xfe\xff"), "UTF-16BE"},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (start.len >= marks[i].mark.len && memcmp(start.ptr, marks[i].mark.ptr, marks[i].mark.len) == 0) {
            *mark = marks[i].mark.len;
            const char *wider = *mark == 2 ? recognise_32((struct slice){start.ptr + 2, start.len - 2}) : NULL;
            return wider ? wider : marks[i].encoding;
        }
    return NULL;
}

static size_t unit_of(const char *encoding)
{
    if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
        return 2;
    return strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0 ? 4 : 1;
}

/* iconv_open says EINVAL also when memory was short while it looked for the encoding. */
static int refuse(const char *encoding, struct error *err)
{
    int reason = errno;
    void *memory = malloc(INPUT);

    free(memory);
    if (!memory || reason != EINVAL)
        return error_memory(err);
    return error_set(err, STATUS_USAGE, "'%s' is no encoding that is known here (iconv -l lists them)", encoding);
}

int transcode_new(struct transcode **out, const char *encoding, struct slice start, struct error *err)
{
    struct transcode *transcode = calloc(1, sizeof *transcode);

    if (!transcode)
        return error_memory(err);
    transcode->iconv = iconv_open("UTF-8", encoding);
    if (transcode->iconv == (iconv_t)-1) /* a passing shortage of memory looks like an unknown name: ask again */
        transcode->iconv = iconv_open("UTF-8", encoding);
    if (transcode->iconv == (iconv_t)-1) {
        free(transcode);
        return refuse(encoding, err);
    }
    transcode->unit = unit_of(encoding);
    if (start.len)
        memcpy(transcode->input, start.ptr, start.len);
    transcode->end = start.len;
    *out = transcode;
    return 0;
}

void transcode_free(struct transcode *transcode)
{
    if (!transcode)
        return;
    iconv_close(transcode->iconv);
    free(transcode);
}

/* More input behind what is left of it. 1, 0 at its end, -1. */
static int fill(struct transcode *transcode, byte_read *read, void *context, struct error *err)
{
    size_t left = transcode->end - transcode->begin;

    memmove(transcode->input, transcode->input + transcode->begin, left);
    transcode->begin = 0;
    transcode->end = left;
    ssize_t got = read(context, transcode->input + left, INPUT - left, err);
    if (got <= 0)
        return got < 0 ? -1 : 0;
    transcode->end += (size_t)got;
    return 1;
}

ssize_t transcode_more(struct transcode *transcode, char *to, size_t size, byte_read *read, void *context,
                       struct error *err)
{
    char *out = to;
    size_t room = size;
    bool incomplete = transcode->begin == transcode->end;

    while (room == size) {
        int more = incomplete ? fill(transcode, read, context, err) : 1;
        if (more < 0)
            return -1;
        size_t left = transcode->end - transcode->begin;
        if (more == 0 && left == 0)
            return 0;
        char *in = transcode->input + transcode->begin;
        size_t converted = more ? iconv(transcode->iconv, &in, &left, &out, &room) : (size_t)-1;
        int reason = more ? errno : EILSEQ; /* what is left at the end is no character */
        transcode->begin = transcode->end - left;
        incomplete = converted != (size_t)-1 || reason == EINVAL;
        if (converted == (size_t)-1 && reason == EILSEQ && room) {
            *out++ = TRANSCODE_BAD;
            room--;
            transcode->begin += left < transcode->unit ? left : transcode->unit;
        }
    }
    return out - to;
}
