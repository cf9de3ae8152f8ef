/* Tables: telling HTML from XML, and choosing the table. */
#include "stream/html_table.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "stream/html_sax.h"

#define START 1024

/* The beginning of the input is looked at, then read again by the parser. */
struct ahead {
    byte_read *read;
    void *context;
    size_t begin;
    size_t end;
    char data[START];
};

static struct slice without_blanks(struct slice text)
{
    while (text.len && (text.ptr[0] == ' ' || (text.ptr[0] >= '\t' && text.ptr[0] <= '\r')))
        text = (struct slice){text.ptr + 1, text.len - 1};
    return text;
}

/* From the first byte that is neither byte order mark nor blank. */
static struct slice content(struct slice start)
{
    return without_blanks(utf8_without_mark(start));
}

/* Whether text begins with the tag, whatever follows its name. */
static bool begins(struct slice text, const char *tag)
{
    size_t len = strlen(tag);

    if (text.len < len || strncasecmp(text.ptr, tag, len) != 0)
        return false;
    return text.len == len || strchr(" \t\r\n\f/>", text.ptr[len]);
}

static struct slice behind(struct slice text, const char *mark)
{
    const char *at = memmem(text.ptr, text.len, mark, strlen(mark));

    if (!at)
        return (struct slice){"", 0};
    at += strlen(mark);
    return without_blanks((struct slice){at, text.len - (size_t)(at - text.ptr)});
}

/* Without XML's declarations and comments in front. */
static struct slice behind_prolog(struct slice text)
{
    while (text.len >= 4 && (memcmp(text.ptr, "<?", 2) == 0 || memcmp(text.ptr, "<!--", 4) == 0))
        text = behind(text, text.ptr[1] == '?' ? "?>" : "-->");
    return text;
}

static bool is_workbook_2003(struct slice start)
{
    struct slice text = content(start);

    if (text.len >= 2 && memcmp(text.ptr, "<?", 2) == 0 && memmem(text.ptr, text.len, "progid=\"Excel.Sheet\"", 20))
        return true;
    text = behind_prolog(text);
    return (begins(text, "<Workbook") || begins(text, "<ss:Workbook")) &&
           memmem(text.ptr, text.len, "urn:schemas-microsoft-com:office:spreadsheet", 44);
}

bool html_table_recognise(struct slice start)
{
    static const char *const tags[] = {"<html",  "<!doctype", "<table", "<head", "<meta",  "<body",
                                       "<style", "<div",      "<thead", "<tr",   "<center"};
    struct slice text = behind_prolog(content(start));

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (begins(text, tags[i]))
            return true;
    return is_workbook_2003(start);
}

static ssize_t read_ahead(void *context, char *to, size_t size, struct error *err)
{
    struct ahead *ahead = context;
    size_t left = ahead->end - ahead->begin;

    if (left == 0)
        return ahead->read(ahead->context, to, size, err);
    if (size > left)
        size = left;
    memcpy(to, ahead->data + ahead->begin, size);
    ahead->begin += size;
    return (ssize_t)size;
}

static int look_ahead(struct ahead *ahead, struct error *err)
{
    ssize_t got = 1;

    while (got > 0 && ahead->end < START) {
        got = ahead->read(ahead->context, ahead->data + ahead->end, START - ahead->end, err);
        if (got < 0)
            return -1;
        ahead->end += (size_t)got;
    }
    return 0;
}

/* The index of table `sheet`, "2" or "#2"; SIZE_MAX: it is no such number. */
static size_t table_number(const char *sheet, size_t count)
{
    size_t number = 0;

    sheet += *sheet == '#';
    if (!*sheet)
        return SIZE_MAX;
    for (; *sheet; sheet++) {
        if (*sheet < '0' || *sheet > '9' || number > count)
            return SIZE_MAX;
        number = number * 10 + (size_t)(*sheet - '0');
    }
    return number >= 1 && number <= count ? number - 1 : SIZE_MAX;
}

static int convert(struct html_rows *rows, struct ahead *ahead, const char *name, const char *sheet,
                   struct conversion *conversion, struct error *err)
{
    size_t table = SIZE_MAX;
    struct quote shown;
    int status;

    if (look_ahead(ahead, err))
        return -1;
    if (is_workbook_2003((struct slice){ahead->data, ahead->end}))
        status = workbook_2003_parse(rows, sheet, &table, read_ahead, ahead, err);
    else
        status = html_parse(rows, read_ahead, ahead, err);
    if (status) {
        if (err->status == STATUS_DATA)
            error_prefix(err, "%s: ", name);
        return -1;
    }
    if (rows->count == 0)
        return error_set(err, STATUS_DATA, "%s: there is no table in it", name);
    if (!sheet)
        table = html_rows_largest(rows);
    else if (table == SIZE_MAX)
        table = table_number(sheet, rows->count);
    if (table == SIZE_MAX)
        return error_set(err, STATUS_USAGE, "%s: no table '%s'; there %s %zu", name,
                         quote_name(&shown, slice_from_cstr(sheet)), rows->count == 1 ? "is" : "are", rows->count);
    return html_rows_write(rows, table, conversion, err);
}

int html_table_convert(byte_read *read, void *context, const char *name, const char *sheet,
                       struct conversion *conversion, struct error *err)
{
    struct ahead ahead = {.read = read, .context = context};
    struct html_rows rows;

    if (html_rows_init(&rows, err))
        return -1;
    int status = convert(&rows, &ahead, name, sheet, conversion, err);
    html_rows_fini(&rows);
    return status;
}
