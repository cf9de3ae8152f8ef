/* Which e-mail addresses are made of the name of the record: a word of it of three letters or more stands in the user
 * part. */
#include <stdlib.h>
#include <string.h>

#include "analysis/link_records.h"
#include "base/workers.h"

/* memmem() prepares itself for long texts; these have a dozen bytes. */
static bool holds(struct slice text, struct slice part)
{
    for (; text.len >= part.len; text.ptr++, text.len--)
        if (text.ptr[0] == part.ptr[0] && memcmp(text.ptr, part.ptr, part.len) == 0)
            return true;
    return false;
}

/* Whether text holds a word of a name, of three letters or more. */
static bool holds_word(struct slice text, struct slice name)
{
    while (name.len) {
        const char *blank = memchr(name.ptr, ' ', name.len);
        size_t length = blank ? (size_t)(blank - name.ptr) : name.len;

        if (length >= 3 && holds(text, (struct slice){name.ptr, length}))
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

int link_records_find_users(struct link_records *records, size_t threads, struct error *err)
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
