/* Address cards: from physical lines to unfolded ones, and from BEGIN to END. What folding means depends on the version
 * and the encoding: a blank begins a line that goes on, an equals sign ends a quoted-printable one, and base64 goes on
 * for as long as lines hold nothing else. */
#include "stream/vcard.h"

#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "stream/field.h"
#include "stream/vcard_card.h"
#include "stream/vcard_lines.h"

struct stray { /* text between cards */
    uint64_t place;
    struct buffer raw;
};

struct cards {
    struct conversion *conversion;
    struct vcard_lines lines;
    struct vcard_card card;
    struct stray stray;
    struct buffer raw; /* of the card, as it stands in the file */
    char problem[256]; /* why the card is bad; empty: it is not */
    uint64_t begun;    /* the line of BEGIN; 0: between cards */
    uint64_t count;
    size_t nested; /* cards inside the card that are open */
    bool agent;    /* the last line was AGENT: without a value */
    bool open;     /* the last line of the card may go on */
    bool colon;    /* of it is known, hence */
    enum vcard_encoding encoding;
};

bool vcard_recognise(struct slice start)
{
    static const struct slice begin = SLICE_INIT("BEGIN:VCARD");

    start = utf8_without_mark(start);
    while (start.len && (start.ptr[0] == ' ' || (start.ptr[0] >= '\t' && start.ptr[0] <= '\r')))
        start = (struct slice){start.ptr + 1, start.len - 1};
    return start.len >= begin.len && strncasecmp(start.ptr, begin.ptr, begin.len) == 0;
}

/* BEGIN:VCARD or END:VCARD, with blanks where they may have got. */
static bool is_mark(struct slice line, const char *word)
{
    const char *colon = memchr(line.ptr, ':', line.len);

    if (!colon || line.ptr[0] == ' ' || line.ptr[0] == '\t')
        return false;
    size_t len = (size_t)(colon - line.ptr);
    return vcard_same(slice_trim((struct slice){line.ptr, len}), word) &&
           vcard_same(slice_trim((struct slice){colon + 1, line.len - len - 1}), "VCARD");
}

static int end_stray(struct cards *cards, struct error *err)
{
    struct stray *stray = &cards->stray;

    if (stray->raw.len == 0)
        return 0;
    int status =
        conversion_bad(cards->conversion, stray->place, "text that is in no card", buffer_slice(&stray->raw), err);
    buffer_clear(&stray->raw);
    return status;
}

static int add_stray(struct cards *cards, struct slice line, struct error *err)
{
    struct stray *stray = &cards->stray;

    if (slice_trim(line).len == 0)
        return 0;
    if (stray->raw.len + line.len > FIELD_LIMIT && end_stray(cards, err))
        return -1;
    if (stray->raw.len == 0)
        stray->place = cards->lines.number;
    if ((stray->raw.len && buffer_append_char(&stray->raw, '\n')) || buffer_append(&stray->raw, line))
        return error_memory(err);
    return 0;
}

static void begin_card(struct cards *cards)
{
    vcard_card_clear(&cards->card);
    buffer_clear(&cards->raw);
    cards->problem[0] = '\0';
    cards->begun = cards->lines.number;
    cards->count++;
    cards->nested = 0;
    cards->agent = false;
    cards->open = false;
}

static void bad(struct cards *cards, const char *reason)
{
    if (cards->problem[0])
        return;
    size_t len = strnlen(reason, sizeof cards->problem - 1);
    memcpy(cards->problem, reason, len);
    cards->problem[len] = '\0';
}

static int write_row(struct cards *cards, struct error *err)
{
    struct conversion *conversion = cards->conversion;

    if (conversion_begin_row(conversion, cards->begun, err))
        return -1;
    for (size_t i = 0; i < VCARD_COLUMNS; i++)
        if (conversion_cell(conversion, buffer_slice(&cards->card.columns[i]), err))
            return -1;
    return conversion_end_row(conversion, err);
}

static int end_card(struct cards *cards, struct error *err)
{
    int status = 0;

    if (!cards->problem[0] && vcard_card_read(&cards->card, err)) {
        if (err->status != STATUS_DATA)
            return -1;
        bad(cards, err->text);
    }
    if (cards->problem[0])
        status = conversion_bad(cards->conversion, cards->begun, cards->problem, buffer_slice(&cards->raw), err);
    else
        status = write_row(cards, err);
    cards->begun = 0;
    return status;
}

/* What the last line says, now that it is whole. */
static void close_line(struct cards *cards)
{
    struct vcard_card *card = &cards->card;
    struct vcard_property property;

    if (!cards->open)
        return;
    cards->open = false;
    const struct vcard_line *line = &card->lines[card->count - 1];
    if (!vcard_property_parse(&property, (struct slice){card->text.data + line->offset, line->len}))
        return;
    struct slice value = slice_trim(property.value);
    cards->agent = vcard_property_is(&property, "AGENT") && value.len == 0;
    if (vcard_property_is(&property, "VERSION"))
        card->version = slice_equal_cstr(value, "2.1")   ? VCARD_2_1
                        : slice_equal_cstr(value, "4.0") ? VCARD_4_0
                                                         : VCARD_3_0;
}

/* Appends to the last line of the card. */
static int append(struct cards *cards, struct slice text, struct error *err)
{
    struct vcard_card *card = &cards->card;
    struct vcard_line *line = &card->lines[card->count - 1];

    if (buffer_append(&card->text, text))
        return error_memory(err);
    line->len += text.len;
    if (!cards->colon && memchr(text.ptr, ':', text.len)) /* without one the value has not begun */
        cards->encoding = vcard_line_encoding((struct slice){card->text.data + line->offset, line->len}, &cards->colon);
    return 0;
}

static int open_line(struct cards *cards, struct slice text, struct error *err)
{
    struct vcard_card *card = &cards->card;

    if (ARRAY_GROW(card->lines, card->capacity, card->count + 1))
        return error_memory(err);
    card->lines[card->count++] = (struct vcard_line){card->text.len, 0, cards->lines.number};
    cards->open = true;
    cards->colon = false;
    return append(cards, text, err);
}

static bool is_base64(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!digit && c != '+' && c != '/' && c != '=')
            return false;
    }
    return text.len > 0;
}

/* Appends the line when it continues the last one: 1, 0 when it does not, -1. */
static int continue_line(struct cards *cards, struct slice text, struct error *err)
{
    struct vcard_card *card = &cards->card;

    if (!cards->open)
        return 0;
    struct vcard_line *last = &card->lines[card->count - 1];
    bool blank = text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t');
    bool soft = cards->encoding == VCARD_QUOTED_PRINTABLE && last->len && card->text.data[card->text.len - 1] == '=';
    if (soft) {
        card->text.len--;
        last->len--;
    } else if (blank) {
        bool kept = card->version == VCARD_2_1 && cards->encoding == VCARD_PLAIN && cards->colon;
        text = kept ? text : (struct slice){text.ptr + 1, text.len - 1};
    } else if (cards->encoding != VCARD_BASE64 || !is_base64(text)) {
        return 0;
    }
    return append(cards, text, err) ? -1 : 1;
}

/* A line of the card that is neither its beginning nor its end. */
static int add_line(struct cards *cards, struct slice line, struct error *err)
{
    if (cards->nested || cards->problem[0])
        return 0;
    int continued = continue_line(cards, line, err);
    if (continued)
        return continued < 0 ? -1 : 0;
    close_line(cards);
    return slice_trim(line).len ? open_line(cards, line, err) : 0;
}

static int take_line(struct cards *cards, struct slice line, struct error *err)
{
    bool begins = is_mark(line, "BEGIN");

    if (begins && cards->begun) {
        close_line(cards);
        if (!cards->agent && !cards->nested) {
            bad(cards, "no END:VCARD before the next BEGIN:VCARD");
            if (end_card(cards, err))
                return -1;
        }
    }
    if (!cards->begun) {
        if (!begins)
            return add_stray(cards, line, err);
        if (end_stray(cards, err))
            return -1;
        begin_card(cards);
    } else if (begins) {
        cards->nested++;
        cards->agent = false;
    }
    if (cards->raw.len + line.len >= RECORD_LIMIT)
        bad(cards, "a card of more than 16 MiB");
    else if (buffer_append(&cards->raw, line) || buffer_append_char(&cards->raw, '\n'))
        return error_memory(err);
    if (begins)
        return 0;
    if (!is_mark(line, "END"))
        return add_line(cards, line, err);
    if (cards->nested) {
        cards->nested--;
        return 0;
    }
    close_line(cards);
    return end_card(cards, err);
}

static int write_header(struct conversion *conversion, struct error *err)
{
    if (conversion_begin_row(conversion, 1, err))
        return -1;
    for (size_t i = 0; i < VCARD_COLUMNS; i++)
        if (conversion_cell(conversion, slice_from_cstr(vcard_columns[i]), err))
            return -1;
    return conversion_end_row(conversion, err);
}

static int convert(struct cards *cards, const char *name, struct error *err)
{
    struct slice line;
    int more;

    if (write_header(cards->conversion, err))
        return -1;
    while ((more = vcard_lines_next(&cards->lines, &line, err)) > 0) {
        if (cards->lines.number == 1)
            line = utf8_without_mark(line);
        if (line.len && take_line(cards, line, err))
            return -1;
        if (line.len == 0 && cards->begun && add_line(cards, line, err))
            return -1;
    }
    if (more < 0 || end_stray(cards, err))
        return -1;
    if (cards->begun) {
        close_line(cards);
        bad(cards, "no END:VCARD before the end of the file");
        return end_card(cards, err);
    }
    return cards->count ? 0 : error_set(err, STATUS_DATA, "%s: there is no address card in it", name);
}

int vcard_convert(byte_read *read, void *context, const char *name, struct conversion *conversion, struct error *err)
{
    struct cards cards = {.conversion = conversion, .lines = {.read = read, .context = context}};

    int status = convert(&cards, name, err);
    vcard_lines_fini(&cards.lines);
    vcard_card_fini(&cards.card);
    buffer_fini(&cards.stray.raw);
    buffer_fini(&cards.raw);
    return status;
}
