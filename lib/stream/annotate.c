/* A name is compared as it stands, byte by byte: what is added has the names of the manual, and a column that only
 * looks alike is the user's own. */
#include "stream/annotate.h"

#include "base/program.h"

static bool is_among(const struct slice *names, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(names[i], name))
            return true;
    return false;
}

size_t annotate_keep(const struct stream *stream, size_t columns, const struct slice *added, size_t count,
                     const char *goes_on, size_t *shown)
{
    size_t kept = 0;
    struct quote q;

    for (size_t column = 0; column < columns; column++) {
        const struct slice name = stream->columns[column].name;

        if (!is_among(added, count, name))
            shown[kept++] = column;
        else if (!goes_on || !slice_equal_cstr(name, goes_on))
            program_note("the input's column '%s' gives way to the new one", quote_name(&q, name));
    }
    return kept;
}
