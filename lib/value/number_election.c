/* Numbers as exports write them: classifying single ones, counting the verdicts, and the plain form. */
#include "value/number_election.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of a blank or apostrophe between groups of digits at text, or 0. */
static size_t group_mark(struct slice text)
{
    static const struct slice marks[] = {SLICE_INIT(" "), SLICE_INIT("'"), SLICE_INIT("\xc2\xa0"),
                                         SLICE_INIT("\xe2\x80\xaf"), SLICE_INIT("\xe2\x80\x99")};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text.len > marks[i].len && memcmp(text.ptr, marks[i].ptr, marks[i].len) == 0)
            return marks[i].len;
    return 0;
}

#define DIGITS 40 /* more are no number */

/* A number taken apart. */
struct shape {
    bool negative;
    char digits[DIGITS]; /* without separators; the fraction included */
    size_t digit_count;
    size_t whole_digits; /* before the last separator, or all */
    size_t first_group;  /* digits before the first separator of any kind */
    size_t points, commas, marks;
    char last;             /* the last of point and comma; 0 when there is none */
    size_t after_last;     /* digits after it */
    bool groups_of_three;  /* every separator but the last is followed by three digits */
    bool last_is_last;     /* no blank or apostrophe after the last point or comma */
    struct slice exponent; /* "e-3", or empty */
};

static bool take_sign(struct slice *text, struct shape *shape)
{
    if (text->len >= 3 && memcmp(text->ptr, "\xe2\x88\x92", 3) == 0) { /* U+2212 minus sign */
        shape->negative = true;
        *text = (struct slice){text->ptr + 3, text->len - 3};
    } else if (text->len && (text->ptr[0] == '-' || text->ptr[0] == '+')) {
        shape->negative = text->ptr[0] == '-';
        *text = (struct slice){text->ptr + 1, text->len - 1};
    }
    return text->len > 0;
}

static bool take_exponent(struct slice text, struct shape *shape)
{
    size_t i = 1;

    if (text.len > 1 && (text.ptr[1] == '-' || text.ptr[1] == '+'))
        i++;
    if (i == text.len || text.len > 5)
        return false;
    for (size_t j = i; j < text.len; j++)
        if (!is_digit(text.ptr[j]))
            return false;
    shape->exponent = text;
    return true;
}

/* false: not a number in any style. */
static bool take_apart(struct slice text, struct shape *shape)
{
    size_t since = 0; /* digits since the last separator of any kind */
    size_t separators = 0;

    *shape = (struct shape){.groups_of_three = true, .last_is_last = true};
    text = slice_trim(text);
    if (!take_sign(&text, shape))
        return false;
    while (text.len) {
        char c = text.ptr[0];
        size_t mark;
        if (is_digit(c)) {
            if (shape->digit_count == sizeof shape->digits)
                return false;
            shape->digits[shape->digit_count++] = c;
            since++;
            shape->after_last += shape->last != 0;
            text = (struct slice){text.ptr + 1, text.len - 1};
            continue;
        }
        if ((c == 'e' || c == 'E') && shape->digit_count)
            return take_exponent(text, shape) && shape->marks == 0;
        mark = c == '.' || c == ',' ? 1 : group_mark(text);
        if (mark == 0)
            return false;
        if (separators == 0)
            shape->first_group = since;
        else if (since != 3)
            shape->groups_of_three = false;
        separators++;
        since = 0;
        if (c == '.' || c == ',') {
            shape->points += c == '.';
            shape->commas += c == ',';
            shape->last = c;
            shape->after_last = 0;
            shape->whole_digits = shape->digit_count;
            shape->last_is_last = true;
        } else {
            shape->marks++;
            shape->last_is_last = false;
            if (shape->digit_count == 0)
                return false;
        }
        text = (struct slice){text.ptr + mark, text.len - mark};
    }
    if (separators == 0)
        shape->first_group = since;
    if (shape->last == 0)
        shape->whole_digits = shape->digit_count;
    if (!shape->last_is_last && since != 3) /* 1.5 000, 12 34 */
        return false;
    return shape->digit_count > 0;
}

/* Can the number be read with this decimal separator? */
static bool readable(const struct shape *shape, char decimal)
{
    size_t decimals = decimal == '.' ? shape->points : shape->commas;
    size_t others = (decimal == '.' ? shape->commas : shape->points) + shape->marks;
    bool grouped = others > 0;

    if (decimals > 1 || (decimals == 1 && (shape->last != decimal || !shape->last_is_last)))
        return false;
    if ((decimal == '.' ? shape->commas : shape->points) && shape->marks)
        return false; /* two kinds of group separator */
    if (!grouped)
        return true;
    if (shape->first_group == 0 || shape->first_group > 3 || !shape->groups_of_three || shape->exponent.len)
        return false;
    if (shape->digits[0] == '0') /* nobody groups behind a leading zero: 0.123 is no 123 */
        return false;
    return decimals == 1 || shape->after_last == 3 || shape->last == 0;
}

void number_election_add(struct number_election *election, struct slice text, uint64_t line)
{
    struct shape shape;

    text = slice_trim(text);
    if (text.len == 0)
        return;
    if (!take_apart(text, &shape)) {
        election->invalid++;
        example_set(&election->invalid_example, text, line);
        return;
    }
    bool point = readable(&shape, '.');
    bool comma = readable(&shape, ',');
    if (point && comma) {
        if (shape.last) {
            election->ambiguous++;
            example_set(&election->ambiguous_example, text, line);
        } else {
            election->plain++;
        }
    } else if (point) {
        election->point++;
        example_set(&election->point_example, text, line);
    } else if (comma) {
        election->comma++;
        example_set(&election->comma_example, text, line);
    } else {
        election->invalid++;
        example_set(&election->invalid_example, text, line);
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

/* -12 and the like: nothing to do. */
static bool already_plain(struct slice text)
{
    size_t i = text.len && text.ptr[0] == '-';
    size_t begin = i;

    if (text.len - begin > DIGITS)
        return false;
    while (i < text.len && is_digit(text.ptr[i]))
        i++;
    return i == text.len && i > begin && (text.ptr[begin] != '0' || i == begin + 1);
}

int number_normalise(struct slice text, enum number_style style, struct buffer *out)
{
    struct shape shape;
    char decimal = style == NUMBER_COMMA ? ',' : '.';

    if (already_plain(text))
        return buffer_append(out, text);
    if (!take_apart(text, &shape) || !readable(&shape, decimal))
        return 1;
    if (style == NUMBER_PLAIN && shape.last && readable(&shape, ','))
        return 1;
    size_t whole = shape.last == decimal ? shape.whole_digits : shape.digit_count;
    size_t zeros = 0; /* at the front: a JSON number has none */
    while (zeros + 1 < whole && shape.digits[zeros] == '0')
        zeros++;
    if ((shape.negative && buffer_append_char(out, '-')) || (whole == 0 && buffer_append_char(out, '0')) ||
        buffer_append(out, (struct slice){shape.digits + zeros, whole - zeros}))
        return -1;
    if (whole < shape.digit_count &&
        (buffer_append_char(out, '.') ||
         buffer_append(out, (struct slice){shape.digits + whole, shape.digit_count - whole})))
        return -1;
    return buffer_append(out, shape.exponent);
}

