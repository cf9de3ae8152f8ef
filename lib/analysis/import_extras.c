/* Further columns of e-mail addresses and telephone numbers, for the lists of an import. */
#include <stdlib.h>
#include <string.h>

#include "analysis/import_columns.h"
#include "base/memory.h"

/* Whether the column of the header was taken for an output. */
static bool is_taken(const struct import *import, const struct import_input *input, struct slice name)
{
    for (size_t o = 0; o < import->output_count; o++)
        if (input->sources[o].way == IMPORT_COLUMN && input->sources[o].from.ptr &&
            slice_equal(input->sources[o].from, name))
            return true;
    return false;
}

/* "Phone 2 - Value" has its sort in "Phone 2 - Label" or "Phone 2 - Type". */
struct slice import_label_of(const struct import_input *input, struct slice name)
{
    static const struct slice value = SLICE_INIT(" - Value");
    static const struct slice labels[] = {SLICE_INIT(" - Label"), SLICE_INIT(" - Type")};

    if (name.len <= value.len || memcmp(name.ptr + name.len - value.len, value.ptr, value.len) != 0)
        return (struct slice){NULL, 0};
    size_t stem = name.len - value.len;
    for (size_t i = 0; i < input->name_count; i++)
        for (size_t l = 0; l < sizeof labels / sizeof *labels; l++) {
            struct slice other = input->names[i];
            if (other.len == stem + labels[l].len && memcmp(other.ptr, name.ptr, stem) == 0 &&
                memcmp(other.ptr + stem, labels[l].ptr, labels[l].len) == 0)
                return other;
        }
    return (struct slice){NULL, 0};
}

static int add_extra(struct import_input *input, struct slice from, struct error *err)
{
    if (ARRAY_GROW(input->extras, input->extra_capacity, input->extra_count + 1))
        return error_memory(err);
    input->extras[input->extra_count++] = (struct import_extra){from, import_label_of(input, from)};
    return 0;
}

/* A further column: its place in the header, and how far it stands from the best alias. */
struct further {
    size_t name;
    unsigned rank;
};

static int compare_further(const void *a, const void *b)
{
    const struct further *x = a;
    const struct further *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

/* Columns of the header that stand for one of the canonical ones but were not taken, the best alias first. */
static int extras_by_alias(struct import *import, struct import_input *input, const size_t canonical[3],
                           struct error *err)
{
    struct further *further = calloc(input->name_count + 1, sizeof *further);
    size_t count = 0;
    int failed = 0;

    if (!further)
        return error_memory(err);
    for (size_t i = 0; i < input->name_count; i++) {
        const struct import_match *match = &input->matches[i];
        if (match->column != COLUMN_ABSENT &&
            (match->column == canonical[0] || match->column == canonical[1] || match->column == canonical[2]) &&
            !is_taken(import, input, input->names[i]) && !import_taken_by_rule(import, input, i))
            further[count++] = (struct further){i, match->rank};
    }
    qsort(further, count, sizeof *further, compare_further);
    for (size_t i = 0; i < count && !failed; i++)
        failed = add_extra(input, input->names[further[i].name], err);
    free(further);
    return failed;
}

/* What goes into a list: every column that the rule names, or those that are left over. */
static int find_extras(struct import *import, size_t i, const char *list, const char *first, const char *second,
                       struct error *err)
{
    struct import_input *input = &import->inputs[i];
    const struct import_rule *rule = import_map_find(&import->map, slice_from_cstr(list));
    const size_t canonical[3] = {
        import_canonical(import, first),
        second ? import_canonical(import, second) : COLUMN_ABSENT,
        import_canonical(import, list),
    };

    if (import_find_output(import, slice_from_cstr(list)) == COLUMN_ABSENT)
        return 0;
    if (!rule)
        return import->map.complete ? 0 : extras_by_alias(import, input, canonical, err);
    for (size_t f = 0; f < rule->from_count; f++) {
        size_t column;
        if (reader_find(input->reader, rule->from[f], &column, err))
            return -1;
        input->names = input->reader->names;
        if (column != COLUMN_ABSENT && add_extra(input, input->reader->names[column], err))
            return -1;
    }
    return 0;
}

int import_find_extras(struct import *import, struct error *err)
{
    for (size_t i = 0; i < import->stream->input_count; i++) {
        struct import_input *input = &import->inputs[i];
        if (find_extras(import, i, "other_emails", "email", NULL, err))
            return -1;
        input->extra_emails = input->extra_count;
        if (find_extras(import, i, "other_phones", "phone", "mobile", err))
            return -1;
        if (input->extra_emails > import->extra_emails)
            import->extra_emails = input->extra_emails;
        if (input->extra_count - input->extra_emails > import->extra_phones)
            import->extra_phones = input->extra_count - input->extra_emails;
        size_t phone = import_find_output(import, SLICE("phone"));
        if (phone != COLUMN_ABSENT && input->sources[phone].from.ptr)
            input->phone_label = import_label_of(input, input->sources[phone].from);
        size_t email = import_find_output(import, SLICE("email"));
        if (email != COLUMN_ABSENT && input->sources[email].from.ptr)
            input->email_label = import_label_of(input, input->sources[email].from);
    }
    return 0;
}
