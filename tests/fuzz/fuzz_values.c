/* Any bytes as a value: what is read can be written and read again, the readings of a column agree with the election
 * that chose them, and what is made for messages and for comparing names is clean text. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "value/date.h"
#include "value/decimal.h"
#include "value/display.h"
#include "value/date_election.h"
#include "value/number_election.h"
#include "value/vocabulary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth)
{
    if (!truth)
        abort();
}

static void check_decimal(struct slice text)
{
    struct decimal value;
    struct decimal again;
    char out[DECIMAL_TEXT];

    if (decimal_parse(text, &value) != DECIMAL_OK)
        return;
    check(value.scale >= 0 && value.scale <= DECIMAL_MAX_SCALE);
    check(decimal_parse(decimal_format(value.units, value.scale, out), &again) == DECIMAL_OK);
    check(again.units == value.units && again.scale == value.scale);
}

static size_t digits_at(struct slice text, size_t at)
{
    size_t count = 0;

    while (at + count < text.len && text.ptr[at + count] >= '0' && text.ptr[at + count] <= '9')
        count++;
    return count;
}

/* RFC 8259, section 6. */
static bool is_json_number(struct slice text)
{
    size_t at = text.len && text.ptr[0] == '-';
    size_t whole = digits_at(text, at);

    if (whole == 0 || (whole > 1 && text.ptr[at] == '0'))
        return false;
    at += whole;
    if (at < text.len && text.ptr[at] == '.') {
        size_t fraction = digits_at(text, ++at);
        if (fraction == 0)
            return false;
        at += fraction;
    }
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        at += at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-');
        size_t exponent = digits_at(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.len;
}

/* 0 or 1, as number_normalise() says. */
static int normalise(struct slice text, enum number_style style, struct buffer *out)
{
    struct buffer again = {0};
    struct decimal value;

    buffer_clear(out);
    int result = number_normalise(text, style, out);
    check(result == 0 || result == 1);
    if (result == 0) {
        check(decimal_parse(buffer_slice(out), &value) != DECIMAL_NOT_A_NUMBER);
        check(is_json_number(buffer_slice(out)));
        /* ".5" with all the digits a number may have becomes "0.5" with one more */
        check(number_normalise(buffer_slice(out), NUMBER_POINT, &again) == 0 || out->len > 40);
        check(again.len == 0 || slice_equal(buffer_slice(out), buffer_slice(&again)));
    }
    buffer_fini(&again);
    return result;
}

static void check_number(struct slice text)
{
    struct number_election election = {0};
    struct buffer point = {0};
    struct buffer comma = {0};
    struct buffer plain = {0};

    number_election_add(&election, text, 1);
    check(election.plain + election.point + election.comma + election.ambiguous + election.invalid ==
          (slice_trim(text).len > 0));
    int as_point = normalise(text, NUMBER_POINT, &point);
    int as_comma = normalise(text, NUMBER_COMMA, &comma);
    int as_plain = normalise(text, NUMBER_PLAIN, &plain);
    check((as_point == 0) == (election.point || election.ambiguous || election.plain));
    check((as_comma == 0) == (election.comma || election.ambiguous || election.plain));
    check((as_plain == 0) == (election.point || election.plain));
    if (as_plain == 0)
        check(slice_equal(buffer_slice(&plain), buffer_slice(&point)));
    if (election.plain)
        check(slice_equal(buffer_slice(&comma), buffer_slice(&point)));
    if (election.ambiguous)
        check(!slice_equal(buffer_slice(&comma), buffer_slice(&point)));
    buffer_fini(&point);
    buffer_fini(&comma);
    buffer_fini(&plain);
}

static bool same_moment(const struct moment *a, const struct moment *b)
{
    return a->day == b->day && a->second == b->second && a->nanosecond == b->nanosecond && a->offset == b->offset &&
           a->has_time == b->has_time && a->has_offset == b->has_offset;
}

static void check_moment(const struct moment *moment)
{
    char out[MOMENT_TEXT];
    struct moment again;

    check(moment->day >= DAY_MIN && moment->day <= DAY_MAX);
    check(moment->second >= 0 && moment->second < 86400);
    check(moment->nanosecond >= 0 && moment->nanosecond < 1000000000);
    check(moment_parse_iso(moment_format(moment, out), &again));
    check(same_moment(moment, &again));
    for (enum period period = PERIOD_DAY; period <= PERIOD_YEAR; period++) {
        int32_t index = period_of_day(period, moment->day);
        check(period_first_day(period, index) <= moment->day && moment->day < period_first_day(period, index + 1));
    }
}

static void check_date(struct slice text)
{
    static const char *const formats[] = {"%d.%m.%Y", "%Y%m%d", "%s", "%m/%d/%y %I:%M:%S %p %z", "%b %d %Y", "%Y-%j"};
    struct date_election e = {0};
    struct moment moment;
    struct moment day_first;
    struct moment month_first;

    if (moment_parse_iso(text, &moment))
        check_moment(&moment);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (moment_parse_format(text, formats[i], &moment))
            check_moment(&moment);
    date_election_add(&e, text, 1);
    check(e.year_first + e.day_first + e.month_first + e.neutral + e.ambiguous + e.invalid ==
          (slice_trim(text).len > 0));
    bool both = e.year_first || e.neutral || e.ambiguous;
    bool as_day = date_parse_style(text, DATE_DAY_FIRST, &day_first);
    bool as_month = date_parse_style(text, DATE_MONTH_FIRST, &month_first);
    check(as_day == (both || e.day_first));
    check(as_month == (both || e.month_first));
    check(date_parse_style(text, DATE_YEAR_FIRST, &moment) == (e.year_first > 0));
    if (as_day)
        check_moment(&day_first);
    if (as_month)
        check_moment(&month_first);
    if (as_day && as_month)
        check(same_moment(&day_first, &month_first) == !e.ambiguous);
}

/* Nothing in it drives a terminal. */
static void check_clean(struct slice text)
{
    check(utf8_valid(text.ptr, text.len));
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        check(c >= 0x20 && c != 0x7f && !(c == 0xc2 && (unsigned char)text.ptr[i + 1] < 0xa0));
    }
}

static void check_text(struct slice text)
{
    size_t valid = utf8_valid_prefix(text.ptr, text.len);
    size_t at = 0;
    struct quote q;
    struct buffer shown = {0};
    size_t width = 0;

    check(valid <= text.len && utf8_valid(text.ptr, text.len) == (valid == text.len));
    while (at < text.len) {
        size_t length = utf8_char_length(text.ptr + at, text.len - at);
        if (length == 0)
            break;
        at += length;
    }
    check(at == valid);
    check_clean(slice_from_cstr(quote(&q, text)));
    check(strlen(q.text) < sizeof q.text);
    check(display_append(&shown, text, &width) == 0);
    check_clean(buffer_slice(&shown));
    check(width == display_width(text));
    buffer_fini(&shown);
}

static void check_name(struct slice text)
{
    char key[VOCABULARY_KEY];
    size_t length = vocabulary_normalise(text, key);

    check(length <= sizeof key && utf8_valid(key, length));
    for (enum entity entity = ENTITY_CONTACT; entity < ENTITY_COUNT; entity++) {
        size_t column;
        unsigned rank;
        if (!vocabulary_find(entity, text, &column, &rank))
            continue;
        check(length > 0 && rank != VOCABULARY_NO_RANK && vocabulary_rank(entity, column, text) == rank);
        check(vocabulary_match(entity, column, text) != MATCH_NONE);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data + 1, size - 1};

    if (size < 1 || size > 4096)
        return 0;
    if (data[0] == '?') {
        check_name(text);
        return 0;
    }
    check_decimal(text);
    check_number(text);
    check_date(text);
    check_text(text);
    return 0;
}
