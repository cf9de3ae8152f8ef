/* Import: what lives as long as one does. */
#include "analysis/import.h"

#include <stdlib.h>

#include "analysis/import_run.h"
#include "value/country.h"

void import_init(struct import *import, struct stream *stream, struct import_map *map,
                 const struct import_settings *settings)
{
    *import = (struct import){.stream = stream, .settings = *settings, .map = *map};
    import_map_init(map);
    arena_init(&import->names);
}

static void free_input(struct import_input *input)
{
    reader_free(input->reader);
    source_free(input->sample);
    foreign_fini(&input->foreign);
    import_map_fini(&input->ready);
    free(input->sources);
    free(input->spoken);
    free(input->matches);
    free(input->extras);
}

void import_fini(struct import *import)
{
    import_run_free(import->run);
    for (size_t i = 0; import->inputs && i < import->stream->input_count; i++)
        free_input(&import->inputs[i]);
    free(import->inputs);
    free(import->outputs);
    import_guesses_fini(&import->guesses);
    country_index_free(import->countries);
    import_map_fini(&import->map);
    arena_fini(&import->names);
    *import = (struct import){0};
}
