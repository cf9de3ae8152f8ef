/* Any bytes as a value: what is read can be written and read again, the readings of a column agree with the election
 * that chose them, and what is made for messages and for comparing names is clean text. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "value/boolean.h"
#include "value/country.h"
#include "value/currency.h"
#include "value/date.h"
#include "value/decimal.h"
#include "value/display.h"
#include "value/date_election.h"
#include "value/number_election.h"
#include "value/vocabulary.h"
#include "value/web_address.h"

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

static bool has_currency(const struct currency *currency)
{
    check(!currency->code[0] || !currency->candidates);
    check(!currency->code[0] || currency_is_code((struct slice){currency->code, 3}));
    return currency->code[0] || currency->candidates;
}

/* 0 or 1, as number_read() says. */
static int read_number(struct slice text, enum number_style style, struct buffer *out)
{
    struct buffer again = {0};
    struct decimal value;
    struct number_unit unit;

    buffer_clear(out);
    int result = number_read(text, style, out, &unit);
    check(result == 0 || result == 1);
    check(!(unit.percent && has_currency(&unit.currency)));
    bool alone = result == 0 && !unit.percent && !has_currency(&unit.currency);
    check(number_normalise(text, style, &again) == !alone);
    check(slice_equal(buffer_slice(&again), alone ? buffer_slice(out) : SLICE("")));
    if (result == 0) {
        check(decimal_parse(buffer_slice(out), &value) != DECIMAL_NOT_A_NUMBER);
        check(is_json_number(buffer_slice(out)));
        /* ".5" with all the digits a number may have becomes "0.5" with one more */
        buffer_clear(&again);
        check(number_normalise(buffer_slice(out), NUMBER_POINT, &again) == 0 || out->len > 40);
        check(again.len == 0 || slice_equal(buffer_slice(out), buffer_slice(&again)));
    } else {
        check(out->len == 0 && !unit.percent && !has_currency(&unit.currency));
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
    check(election.currencies + election.percents + election.invalid <= 1);
    check(has_currency(&election.currency) == (election.currencies > 0));
    int as_point = read_number(text, NUMBER_POINT, &point);
    int as_comma = read_number(text, NUMBER_COMMA, &comma);
    int as_plain = read_number(text, NUMBER_PLAIN, &plain);
    check((as_point == 0) == (election.point || election.ambiguous || election.plain));
    check((as_comma == 0) == (election.comma || election.ambiguous || election.plain));
    check((as_plain == 0) == (election.point || election.plain));
    const char *problem = number_problem(text);
    check((problem == NULL) == (as_point == 0 || as_comma == 0));
    check(!problem || (strlen(problem) > 0 && strlen(problem) < 80));
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

static void check_words(struct slice text)
{
    static struct country_index *index; /* built once: what is tried is looking up */
    struct currency currency;
    struct error err;
    char code[3];
    bool value;

    check(currency_find(text, &currency) == has_currency(&currency));
    check(!has_currency(&currency) || !currency_multiplier(text));
    check(currency_of_header(text, &currency) == has_currency(&currency));
    boolean_find(text, &value);
    check(index || country_index_new(&index, &err) == 0);
    if (country_find(index, text, code)) {
        struct region_hints hints;
        check(strlen(code) == 2 && region_hints(code, &hints) == 0);
    }
}

static void check_web_address(struct slice text)
{
    struct buffer out = {0};
    struct buffer again = {0};

    int result = web_domain(text, &out);
    check(result == 0 || (result == 1 && out.len == 0));
    if (result == 0) { /* what was found is a domain itself, but perhaps of the sort of www.www.com */
        check(out.len <= 253 && utf8_valid(out.data, out.len));
        check(web_domain(buffer_slice(&out), &again) == 0 && again.len <= out.len);
    }
    buffer_clear(&out);
    result = web_parameter(text, SLICE("utm_source"), &out);
    check(result == 0 || (result == 1 && out.len == 0));
    check(utf8_valid(out.data ? out.data : "", out.len) && out.len <= text.len);
    buffer_fini(&out);
    buffer_fini(&again);
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

/* The style that a value elects alone reads it; what can be read in one way is the same in every style; an order reads
 * what does not rule it out. */
static void check_styles(struct slice text, const struct date_election *e)
{
    struct moment readings[DATE_MIXED + 1];
    bool read[DATE_MIXED + 1];
    uint64_t ordered = e->day_first + e->month_first + e->short_year_first + e->neutral + e->ambiguous;
    uint64_t bare = e->serial + e->epoch + e->epoch_milli + e->epoch_micro + e->number;
    enum date_style result = date_election_result(e);
    bool fixed = e->year_first || e->written;
    uint64_t counted = 0;

    for (int c = 0; c < DATE_CLASSES; c++)
        counted += e->counts[c];
    check(counted == (slice_trim(text).len > 0));
    check(date_is_void(text) == (e->none > 0));
    for (enum date_style style = DATE_EMPTY; style <= DATE_MIXED; style++) {
        bool order = style == DATE_DAY_FIRST || style == DATE_MONTH_FIRST || style == DATE_SHORT_YEAR_FIRST;
        read[style] = date_parse_style(text, style, &readings[style]);
        if (read[style])
            check_moment(&readings[style]);
        if (fixed)
            check(read[style] && same_moment(&readings[style], &readings[DATE_EMPTY]));
        else if (style < DATE_SERIAL || style > DATE_EPOCH_MICRO)
            check(read[style] == (ordered && order && date_election_allows(e, style)));
        else
            check(!read[style] || bare);
    }
    check(result != DATE_CONFLICT && result != DATE_MIXED);
    check(result == DATE_EMPTY || result == DATE_AMBIGUOUS || read[result]);
    if (e->neutral && read[DATE_DAY_FIRST] && read[DATE_MONTH_FIRST])
        check(same_moment(&readings[DATE_DAY_FIRST], &readings[DATE_MONTH_FIRST]));
    if (bare)
        check(read[DATE_SERIAL] || read[DATE_EPOCH] || read[DATE_EPOCH_MILLI] || read[DATE_EPOCH_MICRO]);
}

static void check_date(struct slice text)
{
    static const char *const formats[] = {"%d.%m.%Y", "%Y%m%d", "%s", "%m/%d/%y %I:%M:%S %p %z", "%b %d %Y", "%Y-%j"};
    struct date_election e = {0};
    struct moment moment;

    if (moment_parse_iso(text, &moment))
        check_moment(&moment);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (moment_parse_format(text, formats[i], &moment))
            check_moment(&moment);
    date_election_add(&e, text, 1);
    check_styles(text, &e);
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
        check_words(text);
        return 0;
    }
    check_decimal(text);
    check_number(text);
    check_web_address(text);
    check_date(text);
    check_text(text);
    return 0;
}
