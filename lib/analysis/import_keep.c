/* Columns that an import keeps as they are, behind the standard ones. */
#include <string.h>

#include "analysis/import_columns.h"
#include "base/group.h"

static bool is_extra(const struct import_input *input, struct slice name)
{
    for (size_t e = 0; e < input->extra_count; e++)
        if (slice_equal(input->extras[e].from, name))
            return true;
    return false;
}

/* Whether what comes out of a column differs from what goes in. */
static bool is_converted(enum value_kind kind)
{
    return kind != VALUE_TEXT && kind != VALUE_ID && kind != VALUE_URL;
}

/* Names of a header or of outputs, to be found fast: a table may have a million columns. */
static int index_names(struct group_table *index, struct slice name, size_t number)
{
    bool added;
    size_t *place = group_get(index, name, &added);

    if (!place)
        return -1;
    if (added)
        *place = number;
    return 0;
}

/* A kept column that has the name of a canonical one, or of another that it is not, gets a number behind its name. */
static int keep_column(struct import *import, size_t i, struct slice name, bool raw, struct group_table *index,
                       struct error *err)
{
    struct slice unique = name;
    size_t *found = group_find(index, name);

    for (int n = 2; found && (!import->outputs[*found].kept || import->inputs[i].sources[*found].from.ptr); n++) {
        struct buffer text;
        buffer_init(&text);
        int failed = raw && n == 2 ? buffer_printf(&text, "%.*s_raw", SLICE_ARG(name))
                                   : buffer_printf(&text, "%.*s_%d", SLICE_ARG(name), raw ? n - 1 : n);
        char *copy = failed ? NULL : arena_copy(&import->names, buffer_slice(&text));
        unique = (struct slice){copy, text.len};
        buffer_fini(&text);
        if (!copy)
            return error_memory(err);
        found = group_find(index, unique);
    }
    size_t output = found ? *found : import->output_count;
    if (!found && output >= IMPORT_COLUMNS)
        return error_set(err, STATUS_DATA, "%s: there are more than %d columns to be kept%s",
                         stream_input_name(import->stream, i), IMPORT_COLUMNS,
                         import->settings.keep_raw ? "; name those that are wanted with --set, without --keep all"
                                                   : "");
    if (!found && (import_add_output(import, unique, VALUE_TEXT, true, err) || index_names(index, unique, output)))
        return -1;
    import->inputs[i].sources[output].from = name;
    return 0;
}

/* The columns of input i that no output shows, or none as it was. */
static int keep_of_input(struct import *import, size_t i, size_t canonical, struct group_table *index,
                         struct error *err)
{
    struct import_input *input = &import->inputs[i];
    struct group_table taken;
    int failed = 0;

    group_init(&taken, sizeof(size_t));
    for (size_t o = 0; o < canonical && !failed; o++)
        if (input->sources[o].from.ptr)
            failed = index_names(&taken, input->sources[o].from, o) ? error_memory(err) : 0;
    for (size_t j = 0; j < input->name_count && !failed; j++) {
        const size_t *output = group_find(&taken, input->names[j]);
        if (!output || (import->settings.keep_raw && is_converted(import->outputs[*output].kind)))
            failed = keep_column(import, i, input->names[j], output || is_extra(input, input->names[j]), index, err);
    }
    group_fini(&taken);
    return failed;
}

int import_keep_columns(struct import *import, struct error *err)
{
    size_t canonical = import->output_count;
    struct group_table index;
    int failed = 0;

    group_init(&index, sizeof(size_t));
    for (size_t o = 0; o < canonical && !failed; o++)
        failed = index_names(&index, import->outputs[o].name, o) ? error_memory(err) : 0;
    for (size_t i = 0; i < import->stream->input_count && !failed; i++)
        failed = keep_of_input(import, i, canonical, &index, err);
    group_fini(&index);
    return failed;
}
