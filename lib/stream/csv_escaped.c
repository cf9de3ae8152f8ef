/* Records with quotes, where a quote within a field is not doubled: with a backslash before it, as MySQL and many
 * scripts write it, or as it is, by a program that puts quotes around a text without looking into it.
 *
 * Each piece is one physical line or, within quotes, what follows one. Strict as libcsv is: a quote inside a field that
 * does not begin with one, and text behind a closing quote, are malformed. */
#include "stream/csv_quoted.h"

#include "stream/field.h"

/* With ESCAPE_NONE a field of several lines may have so many bytes: each line may open a quote that nothing closes, and
 * is then looked through that far. */
#define UNCLOSED ((size_t)16 << 10)

struct walk {
    struct csv_quoted *quoted;
    struct slice piece;
    size_t at;
    bool last; /* of the input: the piece may end where a line end is expected */
};

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(const struct csv_syntax *syntax, char c)
{
    return syntax->trim && c != syntax->delimiter && (c == ' ' || c == '\t');
}

/* Whether a field may end at `at`. */
static bool field_ends(const struct walk *walk, size_t at)
{
    const struct csv_syntax *syntax = &walk->quoted->syntax;

    while (at < walk->piece.len && is_blank(syntax, walk->piece.ptr[at]))
        at++;
    if (at == walk->piece.len)
        return walk->last;
    return walk->piece.ptr[at] == syntax->delimiter || is_line_end(walk->piece.ptr[at]);
}

/* From behind the opening quote, or the begin of a further line, to behind the closing quote. */
static enum csv_outcome quoted_text(struct walk *walk)
{
    const struct csv_syntax *syntax = &walk->quoted->syntax;
    const char *text = walk->piece.ptr;

    while (walk->at < walk->piece.len) {
        size_t next = walk->at + 1;
        char c = text[walk->at];
        if (syntax->escape == ESCAPE_BACKSLASH && next < walk->piece.len &&
            ((c == '\\' && (text[next] == syntax->quote || text[next] == '\\')) ||
             (c == syntax->quote && text[next] == syntax->quote))) {
            c = text[next++];
        } else if (c == syntax->quote) {
            if (field_ends(walk, next)) {
                walk->at = next;
                walk->quoted->inside = false;
                return CSV_OUTCOME_ROW;
            }
            if (syntax->escape != ESCAPE_NONE)
                return CSV_OUTCOME_MALFORMED;
        }
        if (buffer_append_char(&walk->quoted->text, c))
            return CSV_OUTCOME_MEMORY;
        walk->at = next;
    }
    size_t length = walk->quoted->text.len - walk->quoted->begin;
    if (walk->last || (syntax->escape == ESCAPE_NONE && length > UNCLOSED))
        return CSV_OUTCOME_MALFORMED;
    return length > FIELD_LIMIT ? CSV_OUTCOME_TOO_LONG : CSV_OUTCOME_MORE;
}

static enum csv_outcome plain_text(struct walk *walk)
{
    const struct csv_syntax *syntax = &walk->quoted->syntax;
    size_t begin = walk->at;

    while (walk->at < walk->piece.len && walk->piece.ptr[walk->at] != syntax->delimiter &&
           !is_line_end(walk->piece.ptr[walk->at])) {
        if (walk->piece.ptr[walk->at] == syntax->quote && syntax->escape != ESCAPE_NONE)
            return CSV_OUTCOME_MALFORMED;
        walk->at++;
    }
    struct slice field = {walk->piece.ptr + begin, walk->at - begin};
    while (field.len && is_blank(syntax, field.ptr[field.len - 1]))
        field.len--;
    return buffer_append(&walk->quoted->text, field) ? CSV_OUTCOME_MEMORY : CSV_OUTCOME_ROW;
}

enum csv_outcome csv_escaped_feed(struct csv_quoted *quoted, struct slice piece, bool last, size_t *used)
{
    struct walk walk = {quoted, piece, 0, last};

    for (;;) {
        enum csv_outcome outcome;
        if (!quoted->inside) {
            quoted->begin = quoted->text.len;
            while (walk.at < piece.len && is_blank(&quoted->syntax, piece.ptr[walk.at]))
                walk.at++;
            quoted->inside = walk.at < piece.len && piece.ptr[walk.at] == quoted->syntax.quote;
            walk.at += quoted->inside;
        }
        outcome = quoted->inside ? quoted_text(&walk) : plain_text(&walk);
        *used = walk.at;
        if (outcome != CSV_OUTCOME_ROW)
            return outcome;
        while (walk.at < piece.len && is_blank(&quoted->syntax, piece.ptr[walk.at]))
            walk.at++;
        if (csv_quoted_add(quoted, quoted->begin, quoted->text.len - quoted->begin))
            return CSV_OUTCOME_MEMORY;
        if (walk.at == piece.len || is_line_end(piece.ptr[walk.at]))
            break;
        walk.at++; /* the delimiter */
    }
    quoted->rows++;
    quoted->row_ended = true;
    return CSV_OUTCOME_ROW;
}
