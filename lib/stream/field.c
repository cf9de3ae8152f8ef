/* Fields: the names of the formats, as options and messages write them. */
#include "stream/field.h"

const char *format_name(enum format format)
{
    static const char *const names[] = {
        [FORMAT_AUTO] = "auto",   [FORMAT_CSV] = "csv",   [FORMAT_TSV] = "tsv",
        [FORMAT_JSONL] = "jsonl", [FORMAT_JSON] = "json", [FORMAT_TABLE] = "table",
    };

    return names[format];
}
