/* Filling records: a job for each table of values, since each column is read by itself. */
#include <stdlib.h>
#include <string.h>

#include "analysis/link_plan.h"
#include "base/workers.h"

struct fill_job {
    struct job job;
    struct link_records *records;
    const struct kept *kept;
    struct link_values *values;
    int failed;
    struct error err;
};

static int fill_row(struct fill_job *fill, struct link_folder *folder, const struct field *fields, uint32_t *row)
{
    for (size_t f = 0; f < fill->records->field_count; f++) {
        struct link_field *field = &fill->records->fields[f];

        for (size_t s = 0; s < field->slots && field->values == fill->values; s++) {
            uint32_t id = link_values_add(field->values, folder, fields[field->columns[s]].text, &fill->err);

            if (id == LINK_NO_VALUE)
                return -1;
            row[field->first + s] = id;
            for (size_t other = 0; other < s; other++)
                if (row[field->first + other] == id)
                    row[field->first + s] = 0;
        }
    }
    return 0;
}

/* How many records have each value. */
static int count_values(struct fill_job *fill, struct link_field *field)
{
    const struct link_records *records = fill->records;

    field->counts = calloc(field->values->table.count + 1, sizeof *field->counts);
    if (!field->counts)
        return error_memory(&fill->err);
    for (size_t row = 0; row < records->count; row++) {
        bool filled = false;

        for (size_t s = 0; s < field->slots; s++) {
            uint32_t id = link_row(records, row)[field->first + s];
            field->counts[id]++;
            filled = filled || id;
        }
        field->filled += filled;
    }
    return 0;
}

static void fill_values(struct job *job, void *context, size_t worker)
{
    struct fill_job *fill = (struct fill_job *)job;
    struct field *fields = malloc((fill->kept->columns + 1) * sizeof *fields);
    struct link_folder folder;

    (void)context;
    (void)worker;
    link_folder_init(&folder);
    fill->failed = fields ? 0 : error_memory(&fill->err);
    for (size_t row = 0; !fill->failed && row < fill->records->count; row++) {
        kept_fields(fill->kept, row, fields);
        fill->failed = fill_row(fill, &folder, fields, fill->records->ids + row * fill->records->width);
    }
    for (size_t f = 0; !fill->failed && f < fill->records->field_count; f++) {
        struct link_field *field = &fill->records->fields[f];

        if (field->values != fill->values)
            continue;
        fill->failed = count_values(fill, field);
        if (!fill->failed && link_values_weigh(field->values, field->counts, fill->records->count))
            fill->failed = error_memory(&fill->err);
    }
    link_folder_fini(&folder);
    free(fields);
}

/* Whether text holds a word of a name, of three letters or more. */
static bool holds_word(struct slice text, struct slice name)
{
    while (name.len) {
        const char *blank = memchr(name.ptr, ' ', name.len);
        size_t length = blank ? (size_t)(blank - name.ptr) : name.len;

        if (length >= 3 && memmem(text.ptr, text.len, name.ptr, length))
            return true;
        length += blank != NULL;
        name.ptr += length;
        name.len -= length;
    }
    return false;
}

static bool is_name_kind(enum link_kind kind)
{
    return kind == LINK_FIRST_NAME || kind == LINK_LAST_NAME || kind == LINK_FULL_NAME;
}

/* Whether the user part of a row's address is made of its names. */
static bool has_named_user(const struct link_records *records, const struct link_field *email, const uint32_t *row)
{
    uint32_t id = row[email->first];

    if (!id)
        return false;
    struct slice user = {link_value_text(email->values, id).ptr, link_value(email->values, id)->email.user_length};
    for (size_t f = 0; f < records->field_count; f++) {
        const struct link_field *field = &records->fields[f];
        if (is_name_kind(field->kind) && row[field->first] &&
            holds_word(user, link_value_text(field->values, row[field->first])))
            return true;
    }
    return false;
}

static int find_named_users(struct link_records *records, struct error *err)
{
    const struct link_field *email = NULL;

    for (size_t f = 0; f < records->field_count; f++)
        if (records->fields[f].kind == LINK_EMAIL && !email)
            email = &records->fields[f];
    if (!email)
        return 0;
    records->named_users = malloc(records->count + 1);
    if (!records->named_users)
        return error_memory(err);
    for (size_t row = 0; row < records->count; row++)
        records->named_users[row] = has_named_user(records, email, link_row(records, row));
    return 0;
}

int link_records_fill(struct link_records *records, const struct link_plan *plan, const struct kept *kept,
                      size_t threads, struct error *err)
{
    struct fill_job jobs[LINK_FIELDS];
    struct workers *workers;
    int failed = 0;

    for (size_t f = 0; f < plan->count; f++) {
        const struct link_plan_field *field = &plan->fields[f];

        if (link_records_add_field(records, field->name, field->kind, field->columns, field->slots, err))
            return -1;
        records->fields[f].values->dates = field->dates;
    }
    records->count = kept->count;
    records->ids = calloc(records->count * records->width + 1, sizeof *records->ids);
    if (!records->ids)
        return error_memory(err);
    if (workers_new(&workers, threads, fill_values, NULL, err))
        return -1;
    for (size_t t = 0; t < records->table_count; t++) {
        jobs[t] = (struct fill_job){.records = records, .kept = kept, .values = records->tables[t]};
        workers_submit(workers, &jobs[t].job);
    }
    for (size_t t = 0; t < records->table_count; t++) {
        workers_wait(workers, &jobs[t].job);
        if (jobs[t].failed && !failed) {
            failed = -1;
            *err = jobs[t].err;
        }
    }
    workers_free(workers);
    return failed ? failed : find_named_users(records, err);
}
