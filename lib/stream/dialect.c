/* Dialect: the delimiter by consistency (G. van den Burg, A. Nazabal, C. Sutton, "Wrangling messy CSV files by
 * detecting row and type patterns", 2019, show that the regularity of the rows is the strongest sign; types add little
 * once four candidates are left). */
#include "stream/dialect.h"

#include <string.h>

/* Counts the fields of the record at *at and moves past its line end. A quote counts only at the start of a field, as
 * in RFC 4180; one that is never closed ends with the sample. */
static size_t count_fields(struct slice sample, size_t *at, char delimiter)
{
    size_t fields = 1;
    bool field_start = true;
    size_t i = *at;

    while (i < sample.len) {
        char c = sample.ptr[i++];
        if (c == '"' && field_start) {
            while (i < sample.len && !(sample.ptr[i] == '"' && (i + 1 == sample.len || sample.ptr[i + 1] != '"')))
                i += sample.ptr[i] == '"' ? 2 : 1;
            i += i < sample.len;
        } else if (c == '\n' || c == '\r') {
            break;
        } else if (c == delimiter) {
            fields++;
            field_start = true;
            continue;
        }
        field_start = false;
    }
    while (i < sample.len && (sample.ptr[i] == '\n' || sample.ptr[i] == '\r'))
        i++;
    *at = i;
    return fields;
}

static struct dialect judge(struct slice sample, char delimiter)
{
    struct dialect dialect = {.delimiter = delimiter};
    size_t at = 0;

    while (at < sample.len && (sample.ptr[at] == '\n' || sample.ptr[at] == '\r'))
        at++;
    dialect.columns = count_fields(sample, &at, delimiter);
    while (at < sample.len) {
        dialect.consistent += count_fields(sample, &at, delimiter) == dialect.columns;
        dialect.records++;
    }
    return dialect;
}

/* A candidate that leaves the header in one piece explains nothing, however regular. */
static bool better(const struct dialect *a, const struct dialect *b)
{
    if ((a->columns > 1) != (b->columns > 1))
        return a->columns > 1;
    /* shares of consistent records, compared without division: the number of records depends on the candidate, too */
    size_t left = (a->consistent + 1) * (b->records + 1);
    size_t right = (b->consistent + 1) * (a->records + 1);
    if (left != right)
        return left > right;
    return a->columns > b->columns;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static size_t count_words(struct slice sample, size_t *at)
{
    size_t words = 0;

    while (*at < sample.len && sample.ptr[*at] != '\n' && sample.ptr[*at] != '\r') {
        words += !is_blank(sample.ptr[*at]) && (*at == 0 || is_blank(sample.ptr[*at - 1]) || words == 0);
        ++*at;
    }
    while (*at < sample.len && (sample.ptr[*at] == '\n' || sample.ptr[*at] == '\r'))
        ++*at;
    return words;
}

/* Columns aligned by eye: every line has as many words as the header, and the header shows that it was aligned. */
static bool aligned(struct slice sample, struct dialect *dialect)
{
    bool evident = sample.len && is_blank(sample.ptr[0]);
    size_t at = 0;

    for (size_t i = 1; i < sample.len && sample.ptr[i] != '\n' && sample.ptr[i] != '\r'; i++)
        evident = evident || (is_blank(sample.ptr[i]) && is_blank(sample.ptr[i - 1]));
    *dialect = (struct dialect){.delimiter = ' '};
    dialect->columns = count_words(sample, &at);
    while (at < sample.len) {
        dialect->consistent += count_words(sample, &at) == dialect->columns;
        dialect->records++;
    }
    return evident && dialect->columns > 1 && dialect->records && dialect->consistent == dialect->records;
}

struct dialect dialect_detect(struct slice sample, bool whole)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    struct dialect best;
    struct dialect blanks;

    if (!whole)
        while (sample.len && sample.ptr[sample.len - 1] != '\n' && sample.ptr[sample.len - 1] != '\r')
            sample.len--;
    if (sample.len >= 3 && memcmp(sample.ptr, "\xef\xbb\xbf", 3) == 0) {
        sample.ptr += 3;
        sample.len -= 3;
    }
    best = judge(sample, candidates[0]);
    for (size_t i = 1; i < sizeof candidates; i++) {
        struct dialect other = judge(sample, candidates[i]);
        if (better(&other, &best))
            best = other;
    }
    if (best.columns == 1 && aligned(sample, &blanks))
        best = blanks;
    return best;
}
