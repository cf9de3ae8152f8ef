/* How a source begins: a byte order mark, or something that is no text at all. */
#include <string.h>

#include "base/utf8.h"
#include "stream/source.h"

/* Those letters, the level, and the first byte of a block or of the end. A column may be called BZh. */
static bool is_bzip2(struct slice start)
{
    return start.len >= 5 && memcmp(start.ptr, "BZh", 3) == 0 && start.ptr[3] >= '1' && start.ptr[3] <= '9' &&
           (start.ptr[4] == '1' || start.ptr[4] == '\x17');
}

const char *source_refusal(struct slice start)
{
    static const struct {
        struct slice bytes;
        const char *what;
    } foreign[] = {
        {SLICE_INIT("\x1f\x8b"), "is compressed (gzip); unpack it first: zcat"},
        {SLICE_INIT("\xfd"
                    "7zXZ"),
         "is compressed (xz); unpack it first: xzcat"},
        {SLICE_INIT("\x28\xb5\x2f\xfd"), "is compressed (zstd); unpack it first: zstdcat"},
        {SLICE_INIT("PK\x03\x04"), "is a zip archive or a workbook (.xlsx); crm-import reads workbooks"},
        {SLICE_INIT("\xd0\xcf\x11\xe0"), "is a spreadsheet (.xls); save it as CSV first"},
        {SLICE_INIT("%PDF-"), "is a PDF file; export a table instead"},
    };

    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (start.len >= foreign[i].bytes.len && memcmp(start.ptr, foreign[i].bytes.ptr, foreign[i].bytes.len) == 0)
            return foreign[i].what;
    return is_bzip2(start) ? "is compressed (bzip2); unpack it first: bzcat" : NULL;
}

int source_check_start(struct source *source, struct error *err)
{
    if (source_peek(source, 5, err)) /* the longest mark above */
        return -1;
    struct slice start = {source->data + source->begin, source->end - source->begin};
    source->begin += start.len - utf8_without_mark(start).len;
    const char *refusal = source_refusal(start);
    return refusal ? error_set(err, STATUS_DATA, "%s: %s", source->name, refusal) : 0;
}
