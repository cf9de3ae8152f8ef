/* Roles that several columns can have, and columns that not every input has. */
#ifndef CRM_STREAM_ROLES_H
#define CRM_STREAM_ROLES_H

#include "stream/stream.h"

/* stream_role() for the first of these canonical names (NULL-terminated) that an input has. When there is none and it
 * is required, the error names the first. */
int stream_role_among(struct stream *stream, const char *option, const char *given, const char *const *canonical,
                      bool required, size_t *column, struct error *err);

/* The column of this name (or "#3", or a jq path) in those inputs that have it; an error if none of those with a header
 * has. option as for stream_role(). COLUMN_ABSENT where no input has any column. */
int stream_column_anywhere(struct stream *stream, const char *option, const char *name, size_t *column,
                           struct error *err);

/* What a column of the stream that was asked for by this name is called in an output: "#3" as in the header. */
struct slice stream_column_name(const struct stream *stream, size_t column, const char *given);

#endif
