/* Where: which records a program sees, --where; and expressions over the records of a stream: how their columns are
 * found and how fields become values.
 *
 * A column is found by its name as it is written, else, when it is a canonical name (crm-fields(5)), by its aliases. In
 * CSV and TSV it must be there. In JSON a member may be missing in any record, so that a name that was not seen so far
 * is no error: it is said, and the member is looked for in every record. */
#ifndef CRM_STREAM_WHERE_H
#define CRM_STREAM_WHERE_H

#include "stream/reader.h"
#include "value/expression.h"

struct stream;

/* The analysis date: as_of ("2026-12-31", "today"; of an instant, its day in the zone) or, when it is NULL, today in
 * that zone. -1, STATUS_USAGE: it is no date. */
int analysis_day(const char *as_of, struct time_zone *zone, int32_t *day, struct error *err);

/* The column of this name in a reader, see above. COLUMN_ABSENT: a CSV without records or columns, which lacks nothing.
 * option: which one the expression was given by, for the error that it is not there. */
int expression_find_column(struct reader *reader, struct slice name, const char *option, size_t *column,
                           struct error *err);

/* The same in every input of a stream, as a column of it. *column is COLUMN_ABSENT where no input has any column. */
int stream_expression_column(struct stream *stream, struct slice name, const char *option, size_t *column,
                             struct error *err);

/* The value of a field of a reader's record. untyped: the reader's format has no types, reader_untyped(). */
static inline void expression_set(struct expression_value *value, const struct field *field, bool untyped)
{
    static const uint8_t types[] = {
        [FIELD_ABSENT] = EXPRESSION_NULL, [FIELD_TEXT] = EXPRESSION_STRING, [FIELD_NUMBER] = EXPRESSION_NUMBER,
        [FIELD_TRUE] = EXPRESSION_TRUE,   [FIELD_FALSE] = EXPRESSION_FALSE, [FIELD_NULL] = EXPRESSION_NULL,
        [FIELD_JSON] = EXPRESSION_ARRAY,
    };

    value->type = types[field->kind];
    value->untyped = untyped && field->kind == FIELD_TEXT;
    value->absent = field->kind == FIELD_ABSENT;
    value->reading = EXPRESSION_UNREAD;
    value->text = field->text;
    if (field->kind == FIELD_JSON && field->text.len && field->text.ptr[0] == '{')
        value->type = EXPRESSION_OBJECT;
}
bool reader_untyped(const struct reader *reader);

struct where;

/* text: the expression. as_of, tz: as the command line gives them, or NULL. The errors name the option '--where'. */
int where_new(struct where **where, const char *text, const char *as_of, const char *tz, struct error *err);
/* Another one for records of the same readers, for another thread; the first must outlive it. */
int where_copy(struct where **copy, const struct where *where, struct error *err);
void where_free(struct where *where); /* NULL is fine */

/* Finds the columns in the reader of each input, in the order of the inputs; NULL: one that is not filtered. */
int where_bind(struct where *where, struct reader *reader, struct error *err);
/* How many columns it needs, and which: of the input-th reader that was bound. */
size_t where_columns(const struct where *where, size_t input, const size_t **columns);

/* fields: of these columns. 1: the record is seen; 0: it is not; -1: the expression has no value for it. */
int where_test(struct where *where, const struct field *fields, bool untyped, struct error *err);

#endif
