/* Numbers as exports write them: classifying single ones, counting the verdicts, and the plain form. Most values are
 * digits with at most one separator: they are judged without being taken apart (number_parts.h). */
#include "value/number_election.h"

#include <string.h>

#include "value/number_parts.h"

enum verdict { IS_PLAIN, IS_POINT, IS_COMMA, IS_AMBIGUOUS, IS_INVALID };

/* Perhaps a minus, digits, perhaps a point or comma and further digits, and nothing else. */
struct simple {
    size_t begin;    /* of the digits */
    size_t whole;    /* digits in front of the separator, at least one */
    size_t fraction; /* digits behind it, at least one when there is a separator */
    char separator;  /* 0: none */
};

static size_t digits_at(struct slice text, size_t at)
{
    size_t begin = at;

    while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    return at - begin;
}

static bool is_simple(struct slice text, struct simple *simple)
{
    size_t at = text.len && text.ptr[0] == '-';

    *simple = (struct simple){.begin = at};
    if (text.len > NUMBER_DIGITS)
        return false;
    simple->whole = digits_at(text, at);
    at += simple->whole;
    if (simple->whole && at < text.len && (text.ptr[at] == '.' || text.ptr[at] == ',')) {
        simple->separator = text.ptr[at++];
        simple->fraction = digits_at(text, at);
        at += simple->fraction;
        if (simple->fraction == 0)
            return false;
    }
    return simple->whole && at == text.len;
}

/* May the separator set a group apart? */
static bool may_group(struct slice text, const struct simple *simple)
{
    return simple->whole <= 3 && simple->fraction == 3 && text.ptr[simple->begin] != '0';
}

static enum verdict judge_simple(struct slice text, const struct simple *simple)
{
    if (!simple->separator)
        return IS_PLAIN;
    if (may_group(text, simple))
        return IS_AMBIGUOUS;
    return simple->separator == '.' ? IS_POINT : IS_COMMA;
}

static bool has_point_or_comma(const struct number_parts *parts)
{
    for (size_t i = 0; i < parts->separator_count; i++)
        if (parts->separators[i] == SYMBOL_POINT || parts->separators[i] == SYMBOL_COMMA)
            return true;
    return false;
}

static enum verdict judge(const struct number_parts *parts)
{
    bool point = number_readable(parts, SYMBOL_POINT);
    bool comma = number_readable(parts, SYMBOL_COMMA);

    if (point && comma)
        return has_point_or_comma(parts) ? IS_AMBIGUOUS : IS_PLAIN;
    if (point)
        return IS_POINT;
    return comma ? IS_COMMA : IS_INVALID;
}

static void add_unit(struct number_election *election, const struct number_unit *unit, struct slice text, uint64_t line)
{
    if (unit->percent) {
        election->percents++;
        example_set(&election->percent_example, text, line);
    } else if (unit->currency.code[0] || unit->currency.candidates) {
        if (election->currencies++ == 0) {
            election->currency = unit->currency;
            example_set(&election->currency_example, text, line);
        } else if (!currency_same(&election->currency, &unit->currency)) {
            election->other_currencies++;
            example_set(&election->other_currency_example, text, line);
        }
    }
}

void number_election_add(struct number_election *election, struct slice text, uint64_t line)
{
    struct simple simple;
    struct number_parts parts;
    enum verdict verdict;

    text = slice_trim(text);
    if (text.len == 0)
        return;
    if (is_simple(text, &simple)) {
        verdict = judge_simple(text, &simple);
    } else {
        verdict = number_take_apart(text, &parts) == NUMBER_GOOD ? judge(&parts) : IS_INVALID;
        if (verdict != IS_INVALID)
            add_unit(election, &parts.unit, text, line);
    }
    switch (verdict) {
    case IS_PLAIN:
        election->plain++;
        break;
    case IS_POINT:
        election->point++;
        example_set(&election->point_example, text, line);
        break;
    case IS_COMMA:
        election->comma++;
        example_set(&election->comma_example, text, line);
        break;
    case IS_AMBIGUOUS:
        election->ambiguous++;
        example_set(&election->ambiguous_example, text, line);
        break;
    default:
        election->invalid++;
        example_set(&election->invalid_example, text, line);
        break;
    }
}

enum number_style number_election_result(const struct number_election *election)
{
    if (election->point && election->comma)
        return NUMBER_CONFLICT;
    if (election->point)
        return NUMBER_POINT;
    if (election->comma)
        return NUMBER_COMMA;
    if (election->ambiguous)
        return NUMBER_AMBIGUOUS;
    return election->plain ? NUMBER_PLAIN : NUMBER_EMPTY;
}

/* Room for minus, "0" in front of a point, the digits, the point and the exponent. */
struct plain_form {
    char text[NUMBER_DIGITS + 3 + NUMBER_EXPONENT];
    size_t length;
};

static void put(struct plain_form *form, const char *text, size_t length)
{
    memcpy(form->text + form->length, text, length);
    form->length += length;
}

static void write_plain(struct plain_form *form, bool negative, struct slice whole, struct slice fraction)
{
    form->length = 0;
    while (whole.len > 1 && whole.ptr[0] == '0')
        whole = (struct slice){whole.ptr + 1, whole.len - 1};
    if (negative)
        put(form, "-", 1);
    if (whole.len)
        put(form, whole.ptr, whole.len);
    else
        put(form, "0", 1);
    if (fraction.len) {
        put(form, ".", 1);
        put(form, fraction.ptr, fraction.len);
    }
}

static int read_simple(struct slice text, const struct simple *simple, enum number_style style, struct buffer *out)
{
    const char *digits = text.ptr + simple->begin;
    const char *behind = digits + simple->whole + (simple->separator != 0);
    bool grouped = simple->separator && simple->separator != (style == NUMBER_COMMA ? ',' : '.');
    struct plain_form form;

    if (style == NUMBER_PLAIN ? simple->separator && (grouped || may_group(text, simple))
                              : grouped && !may_group(text, simple))
        return 1;
    if ((!simple->separator || simple->separator == '.') && !grouped && (digits[0] != '0' || simple->whole == 1))
        return buffer_append(out, text);
    write_plain(&form, simple->begin > 0, (struct slice){digits, simple->whole},
                (struct slice){behind, simple->fraction});
    if (grouped) { /* the point is none */
        size_t point = simple->begin + simple->whole;
        memmove(form.text + point, form.text + point + 1, simple->fraction);
        form.length--;
    }
    return buffer_append(out, (struct slice){form.text, form.length});
}

static int read_parts(const struct number_parts *parts, enum number_style style, struct buffer *out)
{
    enum symbol_kind decimal = style == NUMBER_COMMA ? SYMBOL_COMMA : SYMBOL_POINT;
    size_t last = parts->separator_count;
    size_t whole = parts->digit_count;
    struct plain_form form;

    if (!number_readable(parts, decimal))
        return 1;
    if (style == NUMBER_PLAIN && has_point_or_comma(parts) && number_readable(parts, SYMBOL_COMMA))
        return 1;
    if (last && (parts->separators[last - 1] == decimal || parts->separators[last - 1] == SYMBOL_DECIMAL))
        whole -= parts->groups[last];
    write_plain(&form, parts->negative, (struct slice){parts->digits, whole},
                (struct slice){parts->digits + whole, parts->digit_count - whole});
    put(&form, parts->exponent, parts->exponent_length);
    return buffer_append(out, (struct slice){form.text, form.length});
}

int number_read(struct slice text, enum number_style style, struct buffer *out, struct number_unit *unit)
{
    struct simple simple;
    struct number_parts parts;

    *unit = (struct number_unit){0};
    text = slice_trim(text);
    if (is_simple(text, &simple))
        return read_simple(text, &simple, style, out);
    if (number_take_apart(text, &parts) != NUMBER_GOOD)
        return 1;
    int result = read_parts(&parts, style, out);
    if (result == 0)
        *unit = parts.unit;
    return result;
}

int number_normalise(struct slice text, enum number_style style, struct buffer *out)
{
    struct number_unit unit;
    size_t length = out->len;
    int result = number_read(text, style, out, &unit);

    if (result == 0 && (unit.percent || unit.currency.code[0] || unit.currency.candidates)) {
        out->len = length;
        return 1;
    }
    return result;
}
