/* JSON wrappers: telling them from records.
 *
 * Only the beginning of the input is looked at, a view of SHAPE_VIEW bytes, and a larger one only while the first
 * object neither ends in it nor has an array of objects begun. The answer is the same for the input and for a copy of
 * such a view: crm-import reads the copy first. */
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "stream/json_wrapper.h"

#define SHAPE_VIEW ((size_t)1 << 20)
#define LEVELS 3 /* of objects around the records */

/* What the members of one object say. */
struct look {
    struct slice list;   /* the name of an array of objects; the one known by its name first */
    struct slice inside; /* the name of the object that is no envelope, and where it is */
    struct slice inside_text;
    size_t lists;       /* arrays of objects */
    size_t known_lists; /* those called results, data, ... */
    size_t insides;
    size_t
        foreign; /* other members that do not tell about pages, with the stricter list of these, and with the wider */
    size_t foreign_wide;
    bool identified; /* by an id, of itself or another record */
    bool table;      /* list is an array of arrays */
    bool broken;     /* malformed, and not inside the array */
};

/* In either case. The first letters are compared before all else, since there may be a million names. */
static bool one_of(struct slice name, const char *const *words)
{
    for (; name.len && *words; words++)
        if (ascii_lower(**words) == ascii_lower(name.ptr[0]) && name.len == strlen(*words) &&
            strncasecmp(name.ptr, *words, name.len) == 0)
            return true;
    return false;
}

/* Names that mean nothing but: here are the records. */
static bool is_known_list(struct slice name)
{
    static const char *const words[] = {"results", "result", "data", "value", "values", "records", "rows", NULL};

    return one_of(name, words);
}

/* Names of members that tell about pages, and nothing else. */
static bool is_envelope(struct slice name)
{
    static const char *const words[] = {
        "paging",      "pagination",  "page",        "pages",       "per_page",       "page_size",       "pageSize",
        "_page",       "_page_count", "page_count",  "pageCount",   "limit",          "offset",          "total",
        "totals",      "count",       "total_count", "totalCount",  "total_results",  "totalItems",      "totalPages",
        "total_pages", "totalSize",   "totalPeople", "next",        "prev",           "previous",        "next_page",
        "nextPage",    "links",       "_links",      "meta",        "metadata",       "_meta",           "has_more",
        "hasMore",     "more",        "cursor",      "next_cursor", "nextCursor",     "has-more",        "vid-offset",
        "offset_id",   "success",     "jsonrpc",     "done",        "took",           "timed_out",       "_shards",
        "kind",        "etag",        "next_url",    "next_link",   "nextRecordsUrl", "additional_data", NULL};

    return one_of(name, words) || (name.len > 6 && strncasecmp(name.ptr, "@odata", 6) == 0) ||
           (name.len > 9 && strncasecmp(name.ptr + name.len - 9, "PageToken", 9) == 0) ||
           (name.len > 9 && strncasecmp(name.ptr + name.len - 9, "SyncToken", 9) == 0);
}

/* And those that may be said of a record, too. */
static bool is_wide_envelope(struct slice name)
{
    static const char *const words[] = {
        "status", "ok",    "error",  "errors",          "message", "code",           "info",
        "time",   "type",  "object", "related_objects", "url",     "included",       "schema",
        "size",   "query", "params", "warnings",        "range",   "majorDimension", "id",
        NULL};

    return is_envelope(name) || one_of(name, words);
}

/* The first element of the array at p: whether it makes the array one of records. 1, 0, or -1 when it is not in view.
 */
static int is_record_list(struct slice name, const char *p, const char *end, bool *table)
{
    struct json_scan scan = {.end = end};
    const char *element = json_skip_blank(&scan, p + 1);
    enum field_kind kind;

    if (element == end)
        return -1;
    *table = *element == '[' && one_of(name, (const char *const[]){"values", NULL});
    if (*element == ']')
        return is_known_list(name);
    if (*element != '{')
        return *table;
    /* a list of values, such as emails of one contact, is none */
    const char *behind = json_scan_value(&scan, element, &kind);
    struct json_scan inner = {.end = behind ? behind : end};
    size_t members = 0;
    bool valued = false;
    const char *q = json_skip_blank(&inner, element + 1);
    for (bool closed = q < inner.end && *q == '}'; q && q < inner.end && !closed;) {
        struct slice member;
        q = json_scan_name(&inner, q, &member);
        if (!q)
            break;
        members++;
        valued = valued || json_is_value_name(name, member);
        q = json_scan_value(&inner, q, &kind);
        if (q)
            q = json_scan_separator(&inner, q, '}', &closed);
    }
    return !(valued && members <= 6 && !is_known_list(name));
}

static bool is_identifier(struct slice name)
{
    bool suffix = name.len > 2 && strncasecmp(name.ptr + name.len - 2, "id", 2) == 0 &&
                  (name.ptr[name.len - 3] == '_' || name.ptr[name.len - 2] == 'I');

    return suffix || one_of(name, (const char *const[]){"id", "email", NULL});
}

static void note_list(struct look *look, struct slice name, bool table)
{
    bool known = is_known_list(name);

    look->lists++;
    look->known_lists += known;
    if (look->lists == 1 || (known && look->known_lists == 1)) {
        look->list = name;
        look->table = table;
    }
}

/* Looks at the members of the object at text.ptr. The position behind it, or NULL: it did not end in view, or is
 * malformed. */
static const char *look_at(struct slice text, struct look *look)
{
    struct json_scan scan = {.end = text.ptr + text.len};
    const char *p = json_skip_blank(&scan, text.ptr + 1);
    bool closed = p < scan.end && *p == '}';

    *look = (struct look){0};
    if (closed)
        p++;
    while (p && !closed) {
        struct slice name;
        enum field_kind kind = FIELD_ABSENT;
        bool table = false;
        const char *value = json_scan_name(&scan, p, &name);
        look->broken = !value && scan.reason;
        if (!value || value == scan.end)
            return NULL;
        int list = *value == '[' ? is_record_list(name, value, scan.end, &table) : 0;
        bool object = *value == '{';
        p = json_scan_value(&scan, value, &kind);
        if (list > 0) {
            note_list(look, name, table);
        } else if (object && !is_wide_envelope(name)) {
            look->insides++;
            look->inside = name;
            look->inside_text = (struct slice){value, (size_t)((p ? p : scan.end) - value)};
        } else {
            look->foreign += !is_envelope(name);
            look->foreign_wide += !is_wide_envelope(name);
            look->identified = look->identified || is_identifier(name);
        }
        /* another object where a comma should be is likely to be the next record */
        look->broken = !p && scan.reason && (list <= 0 || *scan.stop == '{');
        if (p) {
            p = json_scan_separator(&scan, p, '}', &closed);
            look->broken = !p && scan.reason;
        }
    }
    return p;
}

/* Whether the object is a wrapper, and not one of several records. */
static bool wraps(const struct look *look, bool several)
{
    bool known = look->known_lists == 1;

    if (!known && look->lists != 1)
        return false;
    if (several)
        return look->insides == 0 && look->lists == 1 && !look->identified &&
               (known ? look->foreign_wide : look->foreign) == 0;
    return known || !look->identified;
}

/* The path to the records in the object at text.ptr: 1, 0 when there is none, -1 out of memory. The names in it are as
 * written, so with their escapes they stand in quotes. */
static int find_path(struct slice text, bool several, struct buffer *path, bool *table)
{
    struct look look;

    for (int level = 0; level < LEVELS; level++) {
        bool wrapper;
        look_at(text, &look);
        wrapper = wraps(&look, several || level > 0);
        if (!wrapper &&
            (look.lists || look.insides != 1 || look.foreign_wide || (look.identified && !is_known_list(look.inside))))
            return 0;
        struct slice name = wrapper ? look.list : look.inside;
        if (buffer_append(path, SLICE(".\"")) || buffer_append(path, name) || buffer_append_char(path, '"'))
            return -1;
        *table = look.table;
        if (wrapper)
            return 1;
        text = look.inside_text;
    }
    return 0;
}

/* Whether an input that begins with an array has rows for records: arrays in it, or another behind it. */
static bool is_rows(struct slice view, bool *lines)
{
    struct json_scan scan = {.end = view.ptr + view.len};
    const char *p = json_skip_blank(&scan, view.ptr + 1);
    enum field_kind kind;

    if (p < scan.end && *p == '[')
        return true;
    if (p == scan.end || *p == '{' || *p == ']')
        return false;
    p = json_scan_value(&scan, view.ptr, &kind);
    uint64_t line = scan.lines;
    p = p ? json_skip_blank(&scan, p) : NULL;
    *lines = p && p < scan.end && *p == '[' && scan.lines > line;
    return *lines;
}

/* What a view says. complete: the input ends with it. 1 when it is decided, 0 when more has to be seen, -1. */
static int judge(struct slice view, bool complete, struct json_shape *shape)
{
    struct json_scan scan = {.end = view.ptr + view.len};
    struct look look;

    if (view.len && view.ptr[0] == '[') {
        shape->rows = is_rows(view, &shape->lines);
        return 1;
    }
    const char *behind = look_at(view, &look);
    bool several = look.broken;
    if (behind) {
        behind = json_skip_blank(&scan, behind);
        several = behind < scan.end ? *behind == '{' : !complete;
    }
    int found = find_path(view, several, &shape->path, &shape->rows);
    if (found <= 0) {
        shape->rows = false;
        buffer_clear(&shape->path);
    }
    return found != 0 ? found : behind || complete;
}

int json_shape_find(struct json_input *input, struct json_shape *shape, struct error *err)
{
    for (size_t size = SHAPE_VIEW;; size *= 2) {
        if (source_peek(input->source, input->at + size, err))
            return -1;
        struct slice view = json_input_rest(input);
        bool complete = view.len < size;
        if (!complete)
            view.len = size;
        int decided = judge(view, complete || size >= RECORD_LIMIT, shape);
        if (decided < 0)
            return error_memory(err);
        if (decided)
            return 0;
    }
}
