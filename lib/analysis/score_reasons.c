/* Reasons and numbers as text. A double times a hundred fits a long double without rounding, so that what is rounded is
 * the number itself: no half is made or lost on the way. Digits are written by hand, since those of printf depend on
 * the locale. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/score.h"

#define NUMBER_TEXT 40
#define EXACT 1e15         /* hundredths below it are an integer of 64 bits, and larger numbers have none to speak of */
#define LONGEST_WHOLE 1e37 /* 38 digits and a sign at most */

/* Hundredths as text, written from the end of out. */
static struct slice hundredths_text(uint64_t hundredths, bool negative, char out[NUMBER_TEXT])
{
    size_t at = NUMBER_TEXT;
    unsigned decimals = hundredths % 100 == 0 ? 0 : hundredths % 10 == 0 ? 1 : 2;

    for (unsigned skipped = decimals; skipped < 2; skipped++)
        hundredths /= 10;
    for (unsigned i = 0; i < decimals; i++, hundredths /= 10)
        out[--at] = (char)('0' + hundredths % 10);
    if (decimals)
        out[--at] = '.';
    do {
        out[--at] = (char)('0' + hundredths % 10);
        hundredths /= 10;
    } while (hundredths);
    if (negative)
        out[--at] = '-';
    return (struct slice){out + at, NUMBER_TEXT - at};
}

struct slice score_number_text(double points, char out[NUMBER_TEXT])
{
    double size = fabs(points);

    if (isnan(points))
        return (struct slice){out, 0};
    if (size < 1e9 && size == (double)(uint32_t)size) /* whole, as most are */
        return hundredths_text((uint64_t)(uint32_t)size * 100, points < 0, out);
    if (size < EXACT) {
        uint64_t hundredths = (uint64_t)roundl((long double)size * 100);
        return hundredths_text(hundredths, points < 0 && hundredths, out);
    }
    int length = snprintf(out, NUMBER_TEXT, size < LONGEST_WHOLE ? "%.0f" : "%.0e", points);
    return (struct slice){out, length > 0 ? (size_t)length : 0};
}

/* The rule that moved the score most of those behind `last` in the order of the reasons; rule_count: none. */
static size_t next_reason(const struct score_result *result, size_t rule_count, size_t last)
{
    double limit = last < rule_count ? fabs(result->parts[last].points) : INFINITY;
    double most = 0;
    size_t found = rule_count;

    for (size_t i = 0; i < rule_count; i++) {
        double size = fabs(result->parts[i].points);
        bool behind = size < limit || (size == limit && (last == rule_count || i > last));
        if (behind && size > most) {
            most = size;
            found = i;
        }
    }
    return found;
}

int score_reasons(const struct score_rules *rules, const struct score_result *result, size_t most, struct buffer *text)
{
    size_t rule = rules->rule_count;
    char out[NUMBER_TEXT];

    for (size_t given = 0; given < most; given++) {
        rule = next_reason(result, rules->rule_count, rule);
        if (rule == rules->rule_count)
            return 0;
        struct slice points = score_number_text(result->parts[rule].points, out);
        if (slice_equal(points, SLICE("0")))
            return 0; /* those that follow are no more */
        if ((given && buffer_append(text, SLICE("; "))) || buffer_append(text, rules->rules[rule].name) ||
            buffer_append(text, points.len && *points.ptr == '-' ? SLICE(" ") : SLICE(" +")) ||
            buffer_append(text, points))
            return -1;
    }
    return 0;
}
