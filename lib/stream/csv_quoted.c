/* Records with quotes: libcsv in strict mode, every return checked. */
#include "stream/csv_quoted.h"

#include <stdlib.h>

#include "base/memory.h"
#include "stream/field.h"

static int no_space(unsigned char c)
{
    (void)c;
    return 0; /* libcsv trims blanks around fields otherwise */
}

static int blank_space(unsigned char c)
{
    return c == ' ' || c == '\t';
}

int csv_quoted_init(struct csv_quoted *quoted, const struct csv_syntax *syntax)
{
    *quoted = (struct csv_quoted){.syntax = *syntax};
    buffer_init(&quoted->text);
    if (csv_init(&quoted->parser, CSV_STRICT | CSV_STRICT_FINI))
        return -1;
    csv_set_space_func(&quoted->parser, syntax->trim ? blank_space : no_space);
    csv_set_delim(&quoted->parser, (unsigned char)syntax->delimiter);
    csv_set_quote(&quoted->parser, (unsigned char)syntax->quote);
    csv_set_blk_size(&quoted->parser, 4096);
    quoted->ready = true;
    return 0;
}

void csv_quoted_fini(struct csv_quoted *quoted)
{
    if (quoted->ready)
        csv_free(&quoted->parser);
    buffer_fini(&quoted->text);
    free(quoted->fields);
    *quoted = (struct csv_quoted){0};
}

int csv_quoted_add(struct csv_quoted *quoted, size_t offset, size_t len)
{
    if (ARRAY_GROW(quoted->fields, quoted->field_capacity, quoted->field_count + 1))
        return -1;
    quoted->fields[quoted->field_count++] = (struct csv_span){offset, len};
    return 0;
}

static void take_field(void *text, size_t length, void *state)
{
    struct csv_quoted *quoted = state;

    if (quoted->discard || quoted->out_of_memory)
        return;
    if (buffer_append(&quoted->text, (struct slice){text, length}) ||
        csv_quoted_add(quoted, quoted->text.len - length, length))
        quoted->out_of_memory = true;
}

static void take_row(int terminator, void *state)
{
    struct csv_quoted *quoted = state;

    (void)terminator;
    quoted->rows++;
    quoted->row_ended = true;
}

static void begin_row(struct csv_quoted *quoted)
{
    buffer_clear(&quoted->text);
    quoted->field_count = 0;
    quoted->rows = 0;
    quoted->inside = false;
    quoted->row_ended = false;
    quoted->out_of_memory = false;
}

void csv_quoted_reset(struct csv_quoted *quoted)
{
    quoted->discard = true;
    csv_fini(&quoted->parser, take_field, take_row, quoted); /* its verdict on what is thrown away does not matter */
    quoted->parser.status = CSV_SUCCESS;
    quoted->parser.pstate = 0;
    quoted->parser.quoted = 0;
    quoted->parser.spaces = 0;
    quoted->parser.entry_pos = 0;
    quoted->discard = false;
    begin_row(quoted);
}

enum csv_outcome csv_quoted_feed(struct csv_quoted *quoted, struct slice piece, bool last, size_t *used)
{
    if (quoted->row_ended)
        begin_row(quoted);
    if (quoted->syntax.escape != ESCAPE_DOUBLED)
        return csv_escaped_feed(quoted, piece, last, used);
    *used = csv_parse(&quoted->parser, piece.ptr, piece.len, take_field, take_row, quoted);
    if (*used < piece.len)
        return csv_error(&quoted->parser) == CSV_EPARSE ? CSV_OUTCOME_MALFORMED : CSV_OUTCOME_MEMORY;
    if (last && !quoted->row_ended && csv_fini(&quoted->parser, take_field, take_row, quoted))
        return csv_error(&quoted->parser) == CSV_EPARSE ? CSV_OUTCOME_MALFORMED : CSV_OUTCOME_MEMORY;
    if (quoted->out_of_memory)
        return CSV_OUTCOME_MEMORY;
    if (!quoted->row_ended && quoted->parser.entry_pos > FIELD_LIMIT)
        return CSV_OUTCOME_TOO_LONG;
    return quoted->row_ended ? CSV_OUTCOME_ROW : CSV_OUTCOME_MORE;
}

bool csv_quoted_inside(const struct csv_quoted *quoted)
{
    return quoted->syntax.escape == ESCAPE_DOUBLED ? quoted->parser.quoted : quoted->inside;
}

struct slice csv_quoted_field(const struct csv_quoted *quoted, size_t index)
{
    const struct csv_span *span = &quoted->fields[index];

    return (struct slice){quoted->text.data ? quoted->text.data + span->offset : "", span->len};
}
