/* Filling records: a job for each table of values, since each column is read by itself. Folding takes longer than
 * looking up, and most columns have few spellings: the number of each is kept until the column is read. */
#include <stdlib.h>
#include <string.h>

#include "analysis/link_plan.h"
#include "base/memory.h"
#include "base/workers.h"

struct fill_job {
    struct job job;
    struct link_records *records;
    const struct kept *kept;
    struct link_values *values;
    struct group_table spellings; /* text to number of its value */
    size_t added;                 /* values so far, while spellings are kept */
    bool spelt_anew;              /* almost every value is spelt in another way: spellings are not kept */
    int failed;
    struct error err;
};

/* The slots of a row that a table has the values of, in their order. */
struct table_slots {
    size_t columns[LINK_FIELDS * LINK_SLOTS]; /* of the input */
    size_t slots[LINK_FIELDS * LINK_SLOTS];   /* of a row of numbers */
    size_t count;
};

static void find_slots(const struct fill_job *fill, struct table_slots *found)
{
    found->count = 0;
    for (size_t f = 0; f < fill->records->field_count; f++) {
        const struct link_field *field = &fill->records->fields[f];

        for (size_t s = 0; s < field->slots && field->values == fill->values; s++) {
            found->columns[found->count] = field->columns[s];
            found->slots[found->count++] = field->first + s;
        }
    }
}

/* Values, in the order of rows, whose numbers are to go to these places. */
struct batch {
    struct slice texts[LINK_VALUES_BATCH];
    uint32_t *places[LINK_VALUES_BATCH];
    size_t count;
};

/* The numbers of values by their spellings, and of new spellings by folding. */
static int add_spellings(struct fill_job *fill, struct link_folder *folder, const struct batch *batch)
{
    struct slice fresh[LINK_VALUES_BATCH];
    uint32_t *states[LINK_VALUES_BATCH], *of_fresh[LINK_VALUES_BATCH], ids[LINK_VALUES_BATCH];
    uint64_t hashes[LINK_VALUES_BATCH];
    size_t count = 0;

    for (size_t i = 0; i < batch->count; i++) {
        hashes[i] = group_hash(batch->texts[i]);
        group_prefetch_slot(&fill->spellings, hashes[i]);
    }
    for (size_t i = 0; i < batch->count; i++)
        group_prefetch_state(&fill->spellings, hashes[i]);
    for (size_t i = 0; i < batch->count; i++) {
        bool added;

        states[i] = group_get_hashed(&fill->spellings, batch->texts[i], hashes[i], &added);
        if (!states[i])
            return error_memory(&fill->err);
        if (added) {
            of_fresh[count] = states[i];
            fresh[count++] = batch->texts[i];
        }
    }
    if (link_values_add_many(fill->values, folder, fresh, count, ids, &fill->err))
        return -1;
    for (size_t i = 0; i < count; i++)
        *of_fresh[i] = ids[i];
    for (size_t i = 0; i < batch->count; i++)
        *batch->places[i] = *states[i];
    return 0;
}

#define TRIED 65536 /* values, after which it is seen whether keeping spellings is worth it */

static int add_batch(struct fill_job *fill, struct link_folder *folder, struct batch *batch)
{
    uint32_t ids[LINK_VALUES_BATCH];

    if (!fill->spelt_anew) {
        if (add_spellings(fill, folder, batch))
            return -1;
        fill->added += batch->count;
        fill->spelt_anew = fill->added >= TRIED && fill->spellings.count > fill->added / 16 * 15;
        if (fill->spelt_anew)
            group_fini(&fill->spellings);
        batch->count = 0;
        return 0;
    }
    if (link_values_add_many(fill->values, folder, batch->texts, batch->count, ids, &fill->err))
        return -1;
    for (size_t i = 0; i < batch->count; i++)
        *batch->places[i] = ids[i];
    batch->count = 0;
    return 0;
}

/* The numbers of all values of the table. */
static int add_values(struct fill_job *fill, struct link_folder *folder)
{
    const struct link_records *records = fill->records;
    struct table_slots slots;
    struct batch batch = {.count = 0};
    struct slice texts[LINK_FIELDS * LINK_SLOTS];

    find_slots(fill, &slots);
    for (size_t row = 0; row < records->count; row++) {
        kept_texts(fill->kept, row, slots.columns, slots.count, texts);
        for (size_t s = 0; s < slots.count; s++) {
            if (texts[s].len == 0) {
                records->ids[row * records->width + slots.slots[s]] = 0;
                continue;
            }
            batch.texts[batch.count] = texts[s];
            batch.places[batch.count++] = records->ids + row * records->width + slots.slots[s];
            if (batch.count == LINK_VALUES_BATCH && add_batch(fill, folder, &batch))
                return -1;
        }
    }
    return add_batch(fill, folder, &batch);
}

/* How many records have each value. */
static int count_values(struct fill_job *fill, struct link_field *field)
{
    const struct link_records *records = fill->records;

    field->counts = memory_large_zeroed(field->values->table.count + 1, sizeof *field->counts);
    if (!field->counts)
        return error_memory(&fill->err);
    for (size_t row = 0; row < records->count; row++) {
        uint32_t *ids = records->ids + row * records->width + field->first;
        bool filled = false;

        for (size_t s = 0; s < field->slots; s++) {
            for (size_t other = 0; other < s; other++)
                if (ids[other] == ids[s]) /* the same in two columns of one field */
                    ids[s] = 0;
            field->counts[ids[s]]++;
            filled = filled || ids[s];
        }
        field->filled += filled;
    }
    return 0;
}

static void fill_values(struct job *job, void *context, size_t worker)
{
    struct fill_job *fill = (struct fill_job *)job;
    struct link_folder folder;

    (void)context;
    (void)worker;
    link_folder_init(&folder);
    group_init(&fill->spellings, sizeof(uint32_t));
    fill->failed = add_values(fill, &folder);
    group_fini(&fill->spellings);
    for (size_t f = 0; !fill->failed && f < fill->records->field_count; f++) {
        struct link_field *field = &fill->records->fields[f];

        if (field->values != fill->values)
            continue;
        fill->failed = count_values(fill, field);
        if (!fill->failed && link_values_weigh(field->values, field->counts, fill->records->count))
            fill->failed = error_memory(&fill->err);
    }
    link_folder_fini(&folder);
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

#define NAMED_ROWS ((size_t)1 << 15) /* of a job */

struct named_job {
    struct job job;
    struct link_records *records;
    const struct link_field *email;
    size_t begin;
};

static void find_named(struct job *job, void *context, size_t worker)
{
    struct named_job *named = (struct named_job *)job;
    struct link_records *records = named->records;

    (void)context;
    (void)worker;
    for (size_t row = named->begin; row < records->count && row < named->begin + NAMED_ROWS; row++)
        records->named_users[row] = has_named_user(records, named->email, link_row(records, row));
}

static int find_named_users(struct link_records *records, size_t threads, struct error *err)
{
    size_t count = (records->count + NAMED_ROWS - 1) / NAMED_ROWS;
    const struct link_field *email = NULL;
    struct workers *workers;

    for (size_t f = 0; f < records->field_count; f++)
        if (records->fields[f].kind == LINK_EMAIL && !email)
            email = &records->fields[f];
    if (!email)
        return 0;
    records->named_users = malloc(records->count + 1);
    struct named_job *jobs = calloc(count + 1, sizeof *jobs);
    if (!records->named_users || !jobs) {
        free(jobs);
        return error_memory(err);
    }
    if (workers_new(&workers, threads, find_named, NULL, err)) {
        free(jobs);
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        jobs[i] = (struct named_job){.records = records, .email = email, .begin = i * NAMED_ROWS};
        workers_submit(workers, &jobs[i].job);
    }
    for (size_t i = 0; i < count; i++)
        workers_wait(workers, &jobs[i].job);
    workers_free(workers);
    free(jobs);
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
    records->ids = memory_large(records->count * records->width + 1, sizeof *records->ids);
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
    return failed ? failed : find_named_users(records, threads, err);
}
