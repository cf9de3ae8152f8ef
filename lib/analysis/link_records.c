/* Records as rows of numbers. A row's numbers stand together, so that comparing two records touches two places of
 * memory. */
#include "analysis/link_records.h"

#include <stdlib.h>
#include <string.h>

void link_records_init(struct link_records *records, enum link_mode mode)
{
    *records = (struct link_records){.mode = mode};
}

void link_records_fini(struct link_records *records)
{
    for (size_t i = 0; i < records->field_count; i++) {
        free(records->fields[i].name);
        free(records->fields[i].counts);
    }
    for (size_t i = 0; i < records->table_count; i++) {
        link_values_fini(records->tables[i]);
        free(records->tables[i]);
    }
    free(records->ids);
    free(records->named_users);
    link_records_init(records, records->mode);
}

static bool is_name(enum link_kind kind)
{
    return kind == LINK_FIRST_NAME || kind == LINK_LAST_NAME;
}

/* The table of the field's values: a new one, or that of the names. */
static struct link_values *table_of(struct link_records *records, enum link_kind kind)
{
    struct link_values *values;

    for (size_t i = 0; i < records->table_count; i++)
        if (is_name(kind) && is_name(records->tables[i]->kind))
            return records->tables[i];
    values = malloc(sizeof *values);
    if (values) {
        link_values_init(values, kind);
        records->tables[records->table_count++] = values;
    }
    return values;
}

int link_records_add_field(struct link_records *records, struct slice name, enum link_kind kind, const size_t *columns,
                           size_t slots, struct error *err)
{
    struct link_field *field = &records->fields[records->field_count];

    *field = (struct link_field){
        .kind = kind, .exact = (unsigned)link_kind_levels(kind) - 1, .slots = slots, .first = records->width};
    memcpy(field->columns, columns, slots * sizeof *columns);
    field->name = strndup(name.ptr, name.len);
    field->values = table_of(records, kind);
    if (!field->name || !field->values) {
        free(field->name);
        return error_memory(err);
    }
    records->field_count++;
    records->width += slots;
    return 0;
}

double link_records_value_bytes(const struct link_records *records)
{
    double bytes = 0;

    for (size_t i = 0; i < records->table_count; i++)
        bytes += (double)link_values_bytes(records->tables[i]);
    for (size_t f = 0; f < records->field_count; f++)
        if (records->fields[f].counts)
            bytes += (double)(records->fields[f].values->table.count * sizeof *records->fields[f].counts);
    return bytes;
}

double link_records_bytes(const struct link_records *records)
{
    double each = (double)(records->width * sizeof *records->ids) + (records->named_users ? 1 : 0);

    return (double)records->count * each + link_records_value_bytes(records);
}

double link_pair_total(const struct link_records *records)
{
    double all = (double)records->count, first = (double)records->split, second = all - first;

    switch (records->mode) {
    case LINK_ACROSS:
        return first * second;
    case LINK_AGAINST:
        return first * second + second * (second - 1) / 2;
    default:
        return all * (all - 1) / 2;
    }
}
