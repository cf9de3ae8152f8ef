/* The names of a header as the vocabulary can know them: a path into JSON becomes the words it is made of. */
#include <stdlib.h>
#include <string.h>

#include "analysis/import_columns.h"
#include "stream/json_path.h"

/* Of the members of the objects in a list only the value says what the list does: not .EMAIL[].ID. */
static bool is_told(struct slice path)
{
    const char *list = memmem(path.ptr, path.len, "[].", 3);

    if (!list)
        return true;
    struct slice before = {path.ptr, (size_t)(list - path.ptr)};
    struct slice member = {list + 3, (size_t)(path.ptr + path.len - list) - 3};
    return json_is_value_name(before, member);
}

static int speak(struct import *import, struct slice name, struct slice *spoken)
{
    struct buffer title;

    *spoken = name;
    if (name.len < 2 || name.ptr[0] != '.' || !is_told(name))
        return 0;
    buffer_init(&title);
    char *copy = json_path_title(name, &title) ? NULL : arena_copy(&import->names, buffer_slice(&title));
    *spoken = (struct slice){copy, title.len};
    buffer_fini(&title);
    return copy ? 0 : -1;
}

int import_speak_names(struct import *import, size_t i, struct error *err)
{
    struct import_input *input = &import->inputs[i];
    bool json = input->reader->kind == FORMAT_JSON || input->reader->kind == FORMAT_JSONL;

    input->spoken = calloc(input->name_count + 1, sizeof *input->spoken);
    if (!input->spoken)
        return error_memory(err);
    for (size_t n = 0; n < input->name_count; n++) {
        input->spoken[n] = input->names[n];
        if (json && speak(import, input->names[n], &input->spoken[n]))
            return error_memory(err);
    }
    return 0;
}
