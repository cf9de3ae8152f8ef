/* HTML by libxml2's SAX parser, which closes what authors left open. It would take bytes that are not UTF-8 for Latin-1
 * and end at a NUL; so those bytes pass through it as characters of a private plane, and are bytes again behind it. */
#include "stream/html_sax.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "stream/xml_memory.h"

#define INPUT 4096
#define ESCAPED 4 /* bytes of U+10FF00 and the byte, the character that stands for it */

/* A table that is open; those inside its cells are above it. */
struct level {
    size_t table;
    struct html_row row;
    bool in_row, in_cell;
    size_t column;      /* of the cell */
    size_t next_column; /* where the next cell may go */
    size_t cell_begins; /* in row.text */
    bool blank;         /* one is due before the next word */
    uint16_t *below;    /* owned: rows for which a cell above takes the column */
    size_t below_capacity;
    size_t below_count;
};

struct html {
    struct html_rows *rows;
    byte_read *read;
    void *context;
    struct error *err;
    htmlParserCtxtPtr parser;
    bool failed;
    bool no_memory; /* said by libxml2 */
    bool escaped;   /* private characters stand for bytes */
    int depth;
    int unread; /* <script>, <style>: their text is none */
    struct level levels[HTML_TABLES_DEPTH];
    size_t level_count;
    char input[INPUT];
    size_t input_len;
};

static void fail(struct html *html)
{
    html->failed = true;
    xmlStopParser(html->parser);
}

static struct level *top(struct html *html)
{
    return html->level_count ? &html->levels[html->level_count - 1] : NULL;
}

static int append(struct html *html, struct level *level, struct slice text)
{
    if (level->row.text.len + text.len > HTML_ROW_MOST)
        return error_set(html->err, STATUS_DATA, "line %llu: a row of more than %zu MiB",
                         (unsigned long long)level->row.place, HTML_ROW_MOST >> 20);
    return buffer_append(&level->row.text, text) ? error_memory(html->err) : 0;
}

/* A line end, unless the cell is empty or `once` and there is one. */
static int line_end(struct html *html, struct level *level, bool once)
{
    const struct buffer *text = &level->row.text;

    level->blank = false;
    if (once && (text->len == level->cell_begins || text->data[text->len - 1] == '\n'))
        return 0;
    return append(html, level, SLICE("\n"));
}

/* The byte that a private character at text stands for, or -1. */
static int escaped_byte(const char *text, size_t len)
{
    const unsigned char *at = (const unsigned char *)text;

    if (len < ESCAPED || at[0] != 0xf4 || at[1] != 0x8f || (at[2] & 0xfc) != 0xbc)
        return -1;
    return (at[2] & 3) << 6 | (at[3] & 0x3f);
}

/* The bytes of the blank at text, 0 when it is none; a no-break space is one. */
static size_t blank_length(struct slice text)
{
    char c = text.ptr[0];

    if (c == '\xc2' && text.len > 1 && text.ptr[1] == '\xa0')
        return 2;
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Appends the word at the start of text, a due blank before it; the bytes taken, or -1. */
static ssize_t add_word(struct html *html, struct level *level, struct slice text)
{
    const struct buffer *cell = &level->row.text;
    bool inside = cell->len > level->cell_begins && cell->data[cell->len - 1] != '\n';
    int byte = html->escaped ? escaped_byte(text.ptr, text.len) : -1;
    char raw = (char)byte;
    struct slice word = {&raw, 1};
    size_t taken = ESCAPED;

    if (byte < 0) {
        for (taken = 1; taken < text.len && text.ptr[taken] != '\xf4'; taken++)
            if (blank_length((struct slice){text.ptr + taken, text.len - taken}))
                break;
        word = (struct slice){text.ptr, taken};
    }
    if (level->blank && inside && append(html, level, SLICE(" ")))
        return -1;
    level->blank = false;
    return append(html, level, word) ? -1 : (ssize_t)taken;
}

/* Text of a cell: runs of blanks are one. */
static int add_text(struct html *html, struct level *level, struct slice text)
{
    while (text.len) {
        ssize_t taken = (ssize_t)blank_length(text);
        level->blank |= taken > 0;
        if (taken == 0)
            taken = add_word(html, level, text);
        if (taken < 0)
            return -1;
        text = (struct slice){text.ptr + taken, text.len - (size_t)taken};
    }
    return 0;
}

static int end_cell(struct html *html, struct level *level)
{
    struct buffer *text = &level->row.text;

    if (!level->in_cell)
        return 0;
    level->in_cell = false;
    while (text->len > level->cell_begins && text->data[text->len - 1] == '\n')
        text->len--;
    return html_row_set(&level->row, level->column, level->cell_begins, html->err);
}

static int end_row(struct html *html, struct level *level)
{
    if (!level->in_row)
        return 0;
    if (end_cell(html, level))
        return -1;
    level->in_row = false;
    return html_rows_add(html->rows, level->table, &level->row, html->err);
}

static int begin_row(struct html *html, struct level *level)
{
    if (end_row(html, level))
        return -1;
    for (size_t i = 0; i < level->below_count; i++)
        level->below[i] = (uint16_t)(level->below[i] - (level->below[i] > 0));
    html_row_clear(&level->row);
    level->row.place = (uint64_t)html->parser->input->line;
    level->next_column = 0;
    level->in_row = true;
    return 0;
}

static int begin_table(struct html *html)
{
    if (html->level_count == HTML_TABLES_DEPTH)
        return error_set(html->err, STATUS_DATA, "tables are nested more than %d deep", HTML_TABLES_DEPTH);
    struct level *level = &html->levels[html->level_count];
    *level = (struct level){0};
    if (html_rows_table(html->rows, &level->table, html->err))
        return -1;
    html->level_count++;
    return 0;
}

static void close_level(struct level *level)
{
    html_row_fini(&level->row);
    free(level->below);
}

static int end_table(struct html *html)
{
    struct level *level = top(html);

    if (!level)
        return 0;
    int status = end_row(html, level);
    close_level(level);
    html->level_count--;
    return status;
}

/* The attribute as a number from 1 to most; 1 when it is none. */
static size_t span_of(const xmlChar **attributes, const char *name, size_t most)
{
    size_t span = 0;

    for (; attributes && attributes[0]; attributes += 2) {
        if (strcmp((const char *)attributes[0], name) != 0 || !attributes[1])
            continue;
        for (const xmlChar *at = attributes[1]; *at >= '0' && *at <= '9' && span < most; at++)
            span = span * 10 + (size_t)(*at - '0');
    }
    return span == 0 ? 1 : span < most ? span : most;
}

static int begin_cell(struct html *html, const xmlChar **attributes)
{
    enum { COLSPAN_MOST = 1000, ROWSPAN_MOST = 65534 }; /* as the HTML standard has it */
    struct level *level = top(html);
    size_t columns = span_of(attributes, "colspan", COLSPAN_MOST);
    size_t rows = span_of(attributes, "rowspan", ROWSPAN_MOST);

    if (end_cell(html, level) || (!level->in_row && begin_row(html, level)))
        return -1;
    while (level->next_column < level->below_count && level->below[level->next_column])
        level->next_column++;
    level->column = level->next_column;
    level->next_column += columns;
    if (level->next_column > HTML_COLUMNS)
        return error_set(html->err, STATUS_DATA, "line %llu: a row has more than %d cells",
                         (unsigned long long)level->row.place, HTML_COLUMNS);
    if (rows > 1 && level->below_count < level->next_column) {
        if (ARRAY_GROW(level->below, level->below_capacity, level->next_column))
            return error_memory(html->err);
        memset(level->below + level->below_count, 0, (level->next_column - level->below_count) * sizeof *level->below);
        level->below_count = level->next_column;
    }
    for (size_t i = level->column; rows > 1 && i < level->next_column; i++)
        level->below[i] = (uint16_t)rows;
    level->cell_begins = level->row.text.len;
    level->blank = false;
    level->in_cell = true;
    return 0;
}

static bool is_block(const char *name)
{
    static const char *const blocks[] = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"};

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (strcmp(name, blocks[i]) == 0)
            return true;
    return false;
}

static bool is_cell(const char *name)
{
    return strcmp(name, "td") == 0 || strcmp(name, "th") == 0;
}

static int start_element(struct html *html, const char *name, const xmlChar **attributes)
{
    struct level *level = top(html);
    bool row = strcmp(name, "tr") == 0;

    if (++html->depth > HTML_DEPTH)
        return error_set(html->err, STATUS_DATA, "line %d: elements are nested more than %d deep",
                         html->parser->input->line, HTML_DEPTH);
    if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)
        html->unread++;
    if (strcmp(name, "table") == 0 || (!level && (row || is_cell(name)))) {
        if (begin_table(html))
            return -1;
        level = top(html);
    }
    if (row)
        return begin_row(html, level);
    if (is_cell(name))
        return begin_cell(html, attributes);
    if (!level || !level->in_cell)
        return 0;
    if (strcmp(name, "br") == 0)
        return line_end(html, level, false);
    return is_block(name) ? line_end(html, level, true) : 0;
}

static int end_element(struct html *html, const char *name)
{
    struct level *level = top(html);

    html->depth -= html->depth > 0;
    if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)
        html->unread--;
    if (!level)
        return 0;
    if (strcmp(name, "table") == 0)
        return end_table(html);
    if (strcmp(name, "tr") == 0)
        return end_row(html, level);
    if (is_cell(name))
        return end_cell(html, level);
    return level->in_cell && is_block(name) ? line_end(html, level, true) : 0;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct html *html = context;

    if (!html->failed && start_element(html, (const char *)name, attributes))
        fail(html);
}

static void on_end(void *context, const xmlChar *name)
{
    struct html *html = context;

    if (!html->failed && end_element(html, (const char *)name))
        fail(html);
}

static void on_text(void *context, const xmlChar *text, int len)
{
    struct html *html = context;
    struct level *level = top(html);

    if (!html->failed && level && level->in_cell && html->unread <= 0 &&
        add_text(html, level, (struct slice){(const char *)text, (size_t)len}))
        fail(html);
}

/* What scripts and styles hold. */
static void on_data(void *context, const xmlChar *text, int len)
{
    (void)context, (void)text, (void)len;
}

/* Keeps libxml2 from printing. Without memory its parser of HTML stands still in front of what it did not read: so it
 * is put at the end. */
static void on_error(void *context, xmlErrorPtr error)
{
    struct html *html = context;

    if (!error || error->code != XML_ERR_NO_MEMORY)
        return;
    html->no_memory = true;
    if (html->parser && html->parser->input)
        html->parser->input->cur = html->parser->input->end;
}

/* Fills html->input behind what is left of it. 1, 0 at the end, -1. */
static int fill(struct html *html)
{
    ssize_t got = html->read(html->context, html->input + html->input_len, INPUT - html->input_len, html->err);

    if (got < 0)
        return -1;
    html->input_len += (size_t)got;
    return got > 0;
}

/* The next bytes for the parser: valid UTF-8 without NUL, other bytes as private characters. 0 at the end, -1. However
 * few bytes a read gives, the parser gets them in the same pieces: what it makes of damaged tags may depend on these.
 */
static int next_bytes(struct html *html, char *to, int size)
{
    enum { CHARACTER = ESCAPED };
    char *start = to;
    int more = 1;

    while (more > 0 && html->input_len < INPUT)
        more = fill(html);
    if (more < 0)
        return -1;
    size_t at = 0;
    while (at < html->input_len && size - (to - start) >= CHARACTER) {
        size_t len = html->input[at] ? utf8_char_length(html->input + at, html->input_len - at) : 0;
        if (len == 0 && more && html->input_len - at < CHARACTER)
            break; /* the rest of the character may follow */
        if (len == 0) {
            unsigned byte = (unsigned char)html->input[at++];
            *to++ = '\xf4';
            *to++ = '\x8f';
            *to++ = (char)(0xbc | byte >> 6);
            *to++ = (char)(0x80 | (byte & 0x3f));
            html->escaped = true;
        } else {
            memcpy(to, html->input + at, len);
            to += len;
            at += len;
        }
    }
    html->input_len -= at;
    memmove(html->input, html->input + at, html->input_len);
    return (int)(to - start);
}

static int push_all(struct html *html)
{
    char bytes[INPUT];
    int got;

    while ((got = next_bytes(html, bytes, INPUT)) > 0) {
        htmlParseChunk(html->parser, bytes, got, 0);
        if (html->failed || html->no_memory || xml_memory_failed())
            return -1;
    }
    if (got == 0)
        htmlParseChunk(html->parser, NULL, 0, 1);
    return got < 0 || html->failed ? -1 : 0;
}

static int parse_document(struct html *html, htmlSAXHandler *sax)
{
    html->parser = htmlCreatePushParserCtxt(sax, html, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!html->parser)
        return error_memory(html->err);
    htmlCtxtUseOptions(html->parser, HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET | HTML_PARSE_RECOVER);
    int status = push_all(html);
    if (html->no_memory || xml_memory_failed())
        status = error_memory(html->err);
    while (status == 0 && html->level_count) /* what was open at the end */
        status = end_table(html);
    if (html->parser->myDoc)
        xmlFreeDoc(html->parser->myDoc);
    html->parser->myDoc = NULL;
    htmlFreeParserCtxt(html->parser);
    return status;
}

int html_parse(struct html_rows *rows, byte_read *read, void *context, struct error *err)
{
    htmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_data,
        .serror = on_error,
    };
    xmlStructuredErrorFunc old_function = xmlStructuredError;
    void *old_context = xmlStructuredErrorContext;
    struct html *html = calloc(1, sizeof *html);

    if (!html)
        return error_memory(err);
    html->rows = rows;
    html->read = read;
    html->context = context;
    html->err = err;
    xmlSetStructuredErrorFunc(html, on_error); /* of this thread */
    xml_memory_watch();
    int status = parse_document(html, &sax);
    xmlSetStructuredErrorFunc(old_context, old_function);
    for (size_t i = 0; i < html->level_count; i++)
        close_level(&html->levels[i]);
    free(html);
    return status;
}
