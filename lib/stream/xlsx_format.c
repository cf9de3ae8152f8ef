/* Number formats: a code is taken apart once, per format of the workbook. What matters of it is little: whether it
 * shows a moment, how many decimals, whether its places hold something apart. */
#include "stream/xlsx_format.h"

#include <string.h>
#include <strings.h>

#include "stream/xlsx_number.h"

#define DECIMALS_MOST 30

/* What is gathered about one section of a code. */
struct scan {
    struct xlsx_section *section;
    char *mask; /* room for the code */
    size_t mask_len;
    size_t zeros;     /* places '0' before the point */
    size_t places;    /* places before the point */
    size_t last;      /* the mask's length behind its last place */
    bool parted;      /* something stands between two places */
    bool point;       /* a decimal point was seen */
    bool no_mask;     /* separators, fractions, powers of ten */
    bool general;     /* "General" or "@" */
    bool month;       /* an m that may turn out to be minutes */
    char last_letter; /* y, m, d, h, s of the last date part */
};

static void literal(struct scan *scan, char c)
{
    scan->mask[scan->mask_len++] = c;
}

static void place(struct scan *scan, char c)
{
    if (scan->point) {
        if (c == '0' && scan->section->decimals < DECIMALS_MOST)
            scan->section->decimals++;
        return;
    }
    scan->parted |= scan->places > 0 && scan->mask_len > scan->last;
    scan->places++;
    scan->zeros += c == '0';
    scan->mask[scan->mask_len++] = c == '0' ? '\1' : '\2';
    scan->last = scan->mask_len;
}

static void date_letter(struct scan *scan, char c)
{
    struct xlsx_section *section = scan->section;

    if (c == 'm') {
        if (scan->last_letter == 'h')
            section->time = true;
        else if (scan->last_letter != 'm')
            scan->month = true;
    } else if (c == 'h' || c == 's') {
        section->time = true;
        scan->month &= c != 's';
    } else {
        section->date = true;
    }
    if (c != 'm' && scan->month) {
        section->date = true;
        scan->month = false;
    }
    scan->last_letter = c;
    section->kind = section->kind == XLSX_ELAPSED ? XLSX_ELAPSED : XLSX_MOMENT;
}

static void condition(struct xlsx_section *section, struct slice text)
{
    struct xlsx_number limit;
    size_t sign = text.len > 1 && (text.ptr[1] == '=' || text.ptr[1] == '>') ? 2 : 1;
    char op = text.ptr[0];

    if (!xlsx_number_parse(&limit, (struct slice){text.ptr + sign, text.len - sign}))
        return;
    if (sign == 2 && text.ptr[1] == '>')
        op = '!';
    else if (sign == 2)
        op = op == '<' ? 'l' : 'g';
    section->condition = (unsigned char)op;
    section->limit = xlsx_number_double(&limit);
}

/* What stands between [ and ]. */
static void bracket(struct scan *scan, struct slice text)
{
    size_t same = 0;

    if (text.len == 0)
        return;
    char first = (char)(text.ptr[0] | 0x20);
    while (same < text.len && (text.ptr[same] | 0x20) == first)
        same++;
    if (same == text.len && (first == 'h' || first == 'm' || first == 's')) {
        scan->section->kind = XLSX_ELAPSED;
        scan->last_letter = first == 'm' ? 'h' : first; /* what follows are no months */
    } else if (text.ptr[0] == '<' || text.ptr[0] == '>' || text.ptr[0] == '=') {
        condition(scan->section, text);
    } else if (text.ptr[0] == '$') {
        for (size_t i = 1; i < text.len && text.ptr[i] != '-'; i++)
            literal(scan, text.ptr[i]);
    }
}

/* What is quoted, escaped or bracketed at text: the bytes taken, or 0. */
static size_t scan_group(struct scan *scan, struct slice text)
{
    char c = text.ptr[0];
    const char *end;

    switch (c) {
    case '"':
        end = memchr(text.ptr + 1, '"', text.len - 1);
        end = end ? end : text.ptr + text.len;
        for (const char *at = text.ptr + 1; at < end; at++)
            literal(scan, *at);
        return (size_t)(end - text.ptr) + (end < text.ptr + text.len);
    case '[':
        end = memchr(text.ptr, ']', text.len);
        end = end ? end : text.ptr + text.len;
        bracket(scan, (struct slice){text.ptr + 1, (size_t)(end - text.ptr) - 1});
        return (size_t)(end - text.ptr) + (end < text.ptr + text.len);
    case '\\':
        if (text.len > 1)
            literal(scan, text.ptr[1]);
        return text.len > 1 ? 2 : 1;
    case '_':
    case '*':
        return text.len > 1 ? 2 : 1;
    default:
        break;
    }
    return 0;
}

static bool begins(struct slice text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len && strncasecmp(text.ptr, word, len) == 0;
}

/* A word of the language of codes at text: the bytes taken, or 0. */
static size_t scan_word(struct scan *scan, struct slice text)
{
    char c = text.ptr[0];

    if (begins(text, "General") || begins(text, "Standard")) {
        scan->general = true;
        return begins(text, "General") ? 7 : 8;
    }
    if (begins(text, "AM/PM") || begins(text, "A/P")) {
        date_letter(scan, 'h');
        return begins(text, "AM/PM") ? 5 : 3;
    }
    if (text.len >= 2 && (c == 'E' || c == 'e') && (text.ptr[1] == '+' || text.ptr[1] == '-')) {
        scan->no_mask = true;
        scan->general = true;
        return 2;
    }
    return 0;
}

static void scan_char(struct scan *scan, char c)
{
    char small = (char)(c | 0x20);

    switch (c) {
    case '0':
    case '#':
    case '?':
        scan->no_mask |= c == '?';
        place(scan, c);
        return;
    case '.':
        scan->point = true;
        return;
    case '@':
        scan->general = true;
        return;
    case '%':
        scan->section->kind = XLSX_PERCENT;
        return;
    case ',':
    case '/':
        scan->no_mask |= scan->places > 0;
        literal(scan, c);
        return;
    default:
        break;
    }
    if (small == 'y' || small == 'm' || small == 'd' || small == 'h' || small == 's')
        date_letter(scan, small);
    else if (small == 'e' || small == 'g' || small == 'b')
        date_letter(scan, 'y');
    else
        literal(scan, c);
}

static bool is_truth(struct slice text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static void scan_finish(struct scan *scan)
{
    struct xlsx_section *section = scan->section;

    section->date |= scan->month;
    section->mask = (struct slice){scan->mask, scan->mask_len};
    if (section->kind == XLSX_MOMENT || section->kind == XLSX_ELAPSED) {
        if (section->decimals > 3)
            section->decimals = 3;
        return;
    }
    if (scan->general) {
        if (section->kind != XLSX_PERCENT)
            section->decimals = 0;
        return;
    }
    if (section->kind == XLSX_PLAIN && scan->places && !scan->no_mask && !scan->point &&
        (scan->zeros > 1 || scan->parted))
        section->kind = XLSX_MASK;
    section->truth = is_truth(section->mask, "TRUE");
    if (scan->places == 0 && (section->truth || is_truth(section->mask, "FALSE")))
        section->kind = XLSX_BOOLEAN;
}

/* One section, up to its semicolon; the bytes taken, without it. */
static size_t scan_section(struct scan *scan, struct slice code)
{
    size_t at = 0;

    while (at < code.len && code.ptr[at] != ';') {
        size_t taken = scan_group(scan, (struct slice){code.ptr + at, code.len - at});
        if (taken == 0)
            taken = scan_word(scan, (struct slice){code.ptr + at, code.len - at});
        if (taken == 0) {
            scan_char(scan, code.ptr[at]);
            taken = 1;
        }
        at += taken;
    }
    scan_finish(scan);
    return at;
}

int xlsx_format_parse(struct xlsx_format *format, struct slice code, struct arena *arena)
{
    const size_t most = sizeof format->sections / sizeof *format->sections;
    char *room = arena_alloc(arena, code.len + 1);
    size_t at = 0;

    *format = (struct xlsx_format){0};
    if (!room)
        return -1;
    while (format->count < most) {
        struct xlsx_section *section = &format->sections[format->count++];
        struct scan scan = {.section = section, .mask = room + at};
        size_t taken = scan_section(&scan, (struct slice){code.ptr + at, code.len - at});
        format->conditional |= section->condition != 0;
        at += taken;
        if (at >= code.len)
            break;
        at++; /* the semicolon */
    }
    return 0;
}

const char *xlsx_format_builtin(unsigned id)
{
    /* 27-36 and 50-58 mean dates in Chinese, Japanese and Korean workbooks, and two of them times. */
    static const char *const codes[] = {
        [0] = "General",
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "$#,##0",
        [6] = "$#,##0",
        [7] = "$#,##0.00",
        [8] = "$#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# ?\?/?\?",
        [14] = "yyyy-mm-dd",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "yyyy-mm-dd h:mm",
        [27] = "yyyy-mm-dd",
        [28] = "yyyy-mm-dd",
        [29] = "yyyy-mm-dd",
        [30] = "yyyy-mm-dd",
        [31] = "yyyy-mm-dd",
        [32] = "h:mm",
        [33] = "h:mm:ss",
        [34] = "yyyy-mm-dd",
        [35] = "yyyy-mm-dd",
        [36] = "yyyy-mm-dd",
        [37] = "#,##0",
        [38] = "#,##0",
        [39] = "#,##0.00",
        [40] = "#,##0.00",
        [41] = "#,##0",
        [42] = "$#,##0",
        [43] = "#,##0.00",
        [44] = "$#,##0.00",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
        [49] = "@",
        [50] = "yyyy-mm-dd",
        [51] = "yyyy-mm-dd",
        [52] = "yyyy-mm-dd",
        [53] = "yyyy-mm-dd",
        [54] = "yyyy-mm-dd",
        [55] = "yyyy-mm-dd",
        [56] = "yyyy-mm-dd",
        [57] = "yyyy-mm-dd",
        [58] = "yyyy-mm-dd",
    };

    return id < sizeof codes / sizeof *codes ? codes[id] : NULL;
}
