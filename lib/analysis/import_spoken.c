/* The names of a header as the vocabulary can know them: a path into JSON becomes the words it is made of. */
#include <stdlib.h>

#include "analysis/import_columns.h"
#include "stream/json_path.h"

static int speak(struct import *import, struct slice name, struct slice *spoken)
{
    struct buffer title;

    *spoken = name;
    if (name.len < 2 || name.ptr[0] != '.')
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
