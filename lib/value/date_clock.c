/* Times in every form: 10:05:00.5 PM, 10h05, 10.05, 下午10时05分, 오후 10:05, and the zone behind them. The text is
 * folded. */
#include <string.h>

#include "value/date_shape.h"
#include "value/date_words.h"

bool date_skip_blanks(struct cursor *cursor)
{
    const char *from = cursor->at;

    while (take(cursor, ' '))
        ;
    return cursor->at != from;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Of the kana, the ideographs and Hangul, all of three bytes, which are written without blanks. */
static bool is_ideograph(char c)
{
    return (unsigned char)c >= 0xe3 && (unsigned char)c <= 0xed;
}

static uint32_t ideographs_at(const struct cursor *cursor, const char **end)
{
    size_t length = 0;

    while (length < 12 && left(cursor) >= length + 3 && is_ideograph(cursor->at[length]))
        length += 3;
    for (; length > 0; length -= 3) {
        uint32_t means = date_word((struct slice){cursor->at, length});
        *end = cursor->at + length;
        if (means)
            return means;
    }
    return 0;
}

static const char *letters_end(const struct cursor *cursor)
{
    const char *at = cursor->at;

    while (at < cursor->end && ((is_letter(*at) && !is_ideograph(*at)) ||
                                (*at == '\'' && cursor->end - at > 1 && (unsigned char)at[1] >= 0x80)))
        at++;
    return at;
}

uint32_t date_word_at(const struct cursor *cursor, const char **end)
{
    char two[DATE_TEXT];

    if (left(cursor) == 0 || !is_letter(*cursor->at))
        return 0;
    if (is_ideograph(*cursor->at))
        return ideographs_at(cursor, end);
    *end = letters_end(cursor);
    uint32_t means = date_word((struct slice){cursor->at, (size_t)(*end - cursor->at)});
    if (means != FIRST_OF_TWO || *end == cursor->end || **end != ' ')
        return means;
    struct cursor second = {*end + 1, cursor->end};
    *end = letters_end(&second);
    size_t length = (size_t)(*end - cursor->at);
    if (length > sizeof two)
        return 0;
    memcpy(two, cursor->at, length);
    two[second.at - 1 - cursor->at] = '_';
    return date_word((struct slice){two, length});
}

/* ---- halves of the day ---- */

/* am, a.m., a. m., of which the words of the table are no part */
static char take_latin_half(struct cursor *cursor)
{
    struct cursor at = *cursor;
    char half = next_is(&at, 'a') ? 'a' : next_is(&at, 'p') ? 'p' : '\0';

    if (!half)
        return '\0';
    at.at++;
    if (take(&at, '.'))
        take(&at, ' ');
    if (!take(&at, 'm'))
        return '\0';
    take(&at, '.');
    if (at.at < at.end && is_letter(*at.at))
        return '\0';
    *cursor = at;
    return half;
}

/* 'a', 'p' or 0. *noon_is_zero: 午後0:05 is five past twelve. */
static char take_half(struct cursor *cursor, bool *noon_is_zero)
{
    struct cursor at = *cursor;
    const char *end;

    date_skip_blanks(&at);
    char half = take_latin_half(&at);
    if (!half) {
        uint32_t means = date_word_at(&at, &end);
        if (!(means & (BEFORE_NOON | AFTER_NOON)))
            return '\0';
        *noon_is_zero = is_ideograph(*at.at);
        half = means & BEFORE_NOON ? 'a' : 'p';
        at.at = end;
    }
    date_skip_blanks(&at);
    *cursor = at;
    return half;
}

/* ---- zones ---- */

/* Abbreviations that name one zone only: those of RFC 5322, section 4.3, but CST, CDT, MST and MDT, which are also
 * China's, Cuba's and Malaysia's; and those of Europe. IST, BST, AST and their like are not read. */
static const struct {
    struct slice name;
    int hours;
} zones[] = {{SLICE_INIT("est"), -5}, {SLICE_INIT("edt"), -4}, {SLICE_INIT("pst"), -8}, {SLICE_INIT("pdt"), -7},
             {SLICE_INIT("wet"), 0},  {SLICE_INIT("west"), 1}, {SLICE_INIT("cet"), 1},  {SLICE_INIT("mez"), 1},
             {SLICE_INIT("cest"), 2}, {SLICE_INIT("mesz"), 2}, {SLICE_INIT("eet"), 2},  {SLICE_INIT("eest"), 3},
             {SLICE_INIT("msk"), 3}};

/* +3, +03, +0300, +03:00, +3:00 */
static bool take_offset(struct cursor *cursor, int32_t *offset)
{
    struct cursor at = *cursor;
    bool west = next_is(&at, '-');
    int hours;
    int minutes = 0;

    if (!west && !next_is(&at, '+'))
        return false;
    at.at++;
    int width = date_take_number(&at, 4, &hours);
    if (width == 0 || width == 3)
        return false;
    if (width == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (take(&at, ':') && !take_digits(&at, 2, &minutes)) {
        return false;
    }
    if (hours > 23 || minutes > 59)
        return false;
    *offset = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    *cursor = at;
    return true;
}

static bool take_zone_name(struct cursor *cursor, int32_t *offset)
{
    const char *end = letters_end(cursor);
    struct slice name = {cursor->at, (size_t)(end - cursor->at)};

    if (slice_equal(name, SLICE("z")) || slice_equal(name, SLICE("utc")) || slice_equal(name, SLICE("gmt")) ||
        slice_equal(name, SLICE("ut")) || slice_equal(name, SLICE("tu"))) {
        cursor->at = end;
        *offset = 0;
        if (name.len > 1)
            take_offset(cursor, offset);
        return true;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (slice_equal(name, zones[i].name)) {
            cursor->at = end;
            *offset = zones[i].hours * 3600;
            return true;
        }
    }
    return false;
}

/* "[Europe/Berlin]", "(Moscow Standard Time)": the name of what the offset says already. */
static void skip_zone_comment(struct cursor *cursor)
{
    struct cursor at = *cursor;

    date_skip_blanks(&at);
    char close = next_is(&at, '[') ? ']' : next_is(&at, '(') ? ')' : '\0';
    const char *end = close ? memchr(at.at, close, left(&at)) : NULL;
    if (end)
        cursor->at = end + 1;
}

static void take_zone(struct cursor *cursor, struct moment *moment)
{
    struct cursor at = *cursor;

    date_skip_blanks(&at);
    char close = take(&at, '[') ? ']' : take(&at, '(') ? ')' : '\0';
    if (!take_offset(&at, &moment->offset) && !take_zone_name(&at, &moment->offset))
        return;
    if (close && !take(&at, close))
        return;
    moment->has_offset = true;
    if (!close)
        skip_zone_comment(&at);
    *cursor = at;
}

/* ---- the clock ---- */

struct clock {
    int hour, minute, second;
    bool minutes; /* were given */
};

static bool take_unit(struct cursor *cursor, uint32_t unit)
{
    struct cursor at = *cursor;
    const char *end;

    date_skip_blanks(&at);
    if (!(date_word_at(&at, &end) & unit))
        return false;
    cursor->at = end;
    return true;
}

/* Behind the hour of 10时05分30秒. */
static bool take_unit_clock(struct cursor *cursor, struct clock *clock)
{
    struct cursor at = *cursor;

    clock->minutes = true;
    date_skip_blanks(&at);
    if (!date_take_number(&at, 2, &clock->minute))
        return true;
    if (!take_unit(&at, UNIT_MINUTE))
        return false;
    *cursor = at;
    date_skip_blanks(&at);
    if (!date_take_number(&at, 2, &clock->second))
        return true;
    if (!take_unit(&at, UNIT_SECOND))
        return false;
    *cursor = at;
    return true;
}

/* Behind the hour of 10h05, 10 h 05, 10h05m30s, 10 h 05 min 30 s, 10h. */
static bool take_letter_clock(struct cursor *cursor, struct clock *clock)
{
    struct cursor at = *cursor;

    clock->minutes = true;
    date_skip_blanks(&at);
    if (!take_digits(&at, 2, &clock->minute))
        return true;
    *cursor = at;
    date_skip_blanks(&at);
    if (!take(&at, 'm'))
        return true;
    if (take(&at, 'i') && !take(&at, 'n'))
        return false;
    *cursor = at;
    date_skip_blanks(&at);
    if (!take_digits(&at, 2, &clock->second))
        return true;
    date_skip_blanks(&at);
    take(&at, 's');
    *cursor = at;
    return true;
}

/* Behind the hour of 10:05:00.5 and 10.05. */
static bool take_colon_clock(struct cursor *cursor, char separator, struct clock *clock, int32_t *nanosecond)
{
    if (!take_digits(cursor, 2, &clock->minute))
        return false;
    clock->minutes = true;
    if (!take(cursor, separator))
        return true;
    if (!take_digits(cursor, 2, &clock->second))
        return false;
    return !(take(cursor, '.') || take(cursor, ',')) || take_fraction(cursor, nanosecond);
}

static bool take_clock(struct cursor *cursor, struct clock *clock, int32_t *nanosecond)
{
    struct cursor at;

    if (!date_take_number(cursor, 2, &clock->hour))
        return false;
    if (take(cursor, ':'))
        return take_colon_clock(cursor, ':', clock, nanosecond);
    at = *cursor;
    if (take(&at, '.') && left(&at) && *at.at >= '0' && *at.at <= '9') {
        *cursor = at;
        return take_colon_clock(cursor, '.', clock, nanosecond);
    }
    if (take_unit(cursor, UNIT_HOUR))
        return take_unit_clock(cursor, clock);
    at = *cursor;
    date_skip_blanks(&at);
    if (!take(&at, 'h') || (left(&at) && is_letter(*at.at)))
        return true;
    *cursor = at;
    return take_letter_clock(cursor, clock);
}

bool date_take_clock(struct cursor *cursor, struct moment *moment)
{
    struct clock clock = {0};
    bool noon_is_zero = false;
    const char *end;

    date_skip_blanks(cursor);
    if (take_zone_name(cursor, &moment->offset)) /* 2026年3月1日 GMT+8 10:05:00 */
        moment->has_offset = true;
    date_skip_blanks(cursor);
    char half = take_half(cursor, &noon_is_zero);
    if (!take_clock(cursor, &clock, &moment->nanosecond))
        return false;
    if (!half)
        half = take_half(cursor, &noon_is_zero);
    if ((!clock.minutes && !half) ||
        !date_set_clock(moment, clock.hour, clock.minute, clock.second, half, noon_is_zero))
        return false;
    struct cursor at = *cursor;
    date_skip_blanks(&at);
    if (date_word_at(&at, &end) & CLOCK_MARK)
        cursor->at = end;
    if (!moment->has_offset)
        take_zone(cursor, moment);
    return true;
}
