/* Names are looked for in the order of how sure it is what they mean. */
#include "analysis/link_names.h"

#include <string.h>

#include "value/vocabulary.h"

size_t link_name_find(const struct link_spec_name *name, const struct slice *names, size_t count)
{
    char canonical[64];
    unsigned least = VOCABULARY_NO_RANK;
    size_t found = SIZE_MAX, number = link_spec_number(name);

    for (size_t i = 0; i < count; i++)
        if (link_spec_is(name, names[i]))
            return i;
    if (number)
        return number <= count ? number - 1 : SIZE_MAX;
    for (size_t i = 0; i < count && !name->quoted; i++)
        if (slice_equal(name->text, slice_trim(names[i])))
            return i;
    if (name->quoted || name->text.len >= sizeof canonical)
        return SIZE_MAX;
    memcpy(canonical, name->text.ptr, name->text.len);
    canonical[name->text.len] = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned rank = vocabulary_rank_role(canonical, names[i]);
        if (rank < least) {
            least = rank;
            found = i;
        }
    }
    return found;
}
