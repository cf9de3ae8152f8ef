/* Demands: what most analyses ask of their columns, and how they say that it is not there. */
#include "stream/demand.h"

#include "base/ascii.h"
#include "base/utf8.h"

static int verdict(int stopped)
{
    return stopped ? -1 : 1;
}

int demand_refuse(struct stream *stream, const struct record *record, size_t column, const char *what,
                  struct error *err)
{
    struct slice text = record->fields[column].text;
    struct quote q;

    return verdict(text.len ? stream_reject(stream, record, column, err, "%s: '%s'", what, quote(&q, text))
                            : stream_reject(stream, record, column, err, "empty"));
}

int demand_key(struct stream *stream, const struct record *record, size_t column, const char *missing,
               struct slice *key, struct error *err)
{
    *key = record->fields[column].text;
    if (key->len == 0)
        return verdict(stream_reject(stream, record, column, err, "empty: %s", missing));
    return utf8_valid(key->ptr, key->len) ? 0 : demand_refuse(stream, record, column, "not UTF-8", err);
}

int demand_decimal(struct stream *stream, const struct record *record, size_t column, struct decimal *value,
                   struct error *err)
{
    switch (decimal_parse(record->fields[column].text, value)) {
    case DECIMAL_OK:
        return 0;
    case DECIMAL_TOO_LARGE:
        return demand_refuse(stream, record, column, "too large, or with more than 18 decimals", err);
    default:
        return demand_refuse(stream, record, column, "not a number", err);
    }
}

/* ---- dates ---- */

static size_t digits(struct slice text, size_t from)
{
    size_t count = 0;

    while (from + count < text.len && ascii_is_digit(text.ptr[from + count]))
        count++;
    return count;
}

/* 31.12.2025, 12/31/25, 2025/12/31: a date in another order, or with other signs. */
static bool is_other_date(struct slice text)
{
    size_t at = 0;
    char sign = 0;

    for (int part = 0; part < 3; part++) {
        size_t count = digits(text, at);
        at += count;
        if (count == 0 || count == 3 || count > 4 || (part && at - count >= text.len))
            return false;
        if (part == 2)
            return true;
        if (at == text.len || (text.ptr[at] != '.' && text.ptr[at] != '/' && text.ptr[at] != '-') ||
            (part && text.ptr[at] != sign))
            return false;
        sign = text.ptr[at++];
    }
    return false;
}

/* What would read it; "": nothing is known. */
static const char *cure(struct slice text, const char *format)
{
    size_t count = digits(text, 0);

    if (format || text.len == 0)
        return "";
    if (count == text.len && (count == 9 || count == 10))
        return " (seconds since 1970? --date-format %s)";
    if (count == text.len && count > 11 && count < 17)
        return " (a time since 1970? crm-import reads it)";
    if (is_other_date(text) && !(count == 4 && text.ptr[4] == '-'))
        return " (--date-format tells how dates are written; crm-import finds it out)";
    return "";
}

int demand_refuse_date(struct stream *stream, const struct record *record, size_t column, const char *format,
                       struct error *err)
{
    struct slice text = record->fields[column].text;
    struct quote q;

    if (text.len == 0)
        return demand_refuse(stream, record, column, "not a date", err);
    return verdict(
        stream_reject(stream, record, column, err, "not a date: '%s'%s", quote(&q, text), cure(text, format)));
}

int demand_day(struct stream *stream, const struct record *record, size_t column, struct date_reader *dates,
               int32_t *day, struct error *err)
{
    return date_read(dates, record->fields[column].text, day)
               ? 0
               : demand_refuse_date(stream, record, column, dates->format, err);
}

int demand_moment(struct stream *stream, const struct record *record, size_t column, struct date_reader *dates,
                  struct moment *moment, int32_t *day, struct error *err)
{
    if (moment_read(dates, record->fields[column].text, moment)) {
        *day = moment_day(moment, &dates->zone);
        if (*day != DAY_NONE)
            return 0;
    }
    return demand_refuse_date(stream, record, column, dates->format, err);
}
