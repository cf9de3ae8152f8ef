/* People for tests of record linkage: a few lines of text become records; and memory that fails when it is told to. */
#ifndef CRM_TESTS_LINK_PEOPLE_H
#define CRM_TESTS_LINK_PEOPLE_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/link_cluster.h"
#include "analysis/link_compare.h"
#include "analysis/link_plan.h"
#include "analysis/link_prior.h"
#include "analysis/link_train.h"

#define PEOPLE_COLUMNS 24
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct people_field {
    const char *name;
    enum link_kind kind;
    size_t slots; /* 0 is 1 */
};

struct people {
    struct link_plan_field fields[LINK_FIELDS];
    size_t field_count;
    struct kept kept;
    struct link_records records;
    struct error err;
};

static inline void people_begin(struct people *people, const struct people_field *fields, size_t count)
{
    size_t column = 0;

    memset(people, 0, sizeof *people);
    people->field_count = count;
    for (size_t f = 0; f < count; f++) {
        struct link_plan_field *field = &people->fields[f];

        field->name = slice_from_cstr(fields[f].name);
        field->kind = fields[f].kind;
        field->dates = DATE_YEAR_FIRST;
        field->slots = fields[f].slots ? fields[f].slots : 1;
        for (size_t s = 0; s < field->slots; s++)
            field->columns[s] = column++;
    }
    assert_true(column <= PEOPLE_COLUMNS);
    kept_init(&people->kept, column);
}

/* "a|b|c"; columns that are not there are empty. */
static inline void people_add(struct people *people, const char *row)
{
    struct field fields[PEOPLE_COLUMNS] = {0};
    struct record record = {.fields = fields, .count = people->kept.columns, .number = people->kept.count + 1};

    for (size_t i = 0; i < record.count; i++) {
        const size_t length = strcspn(row, "|");

        fields[i] = field_text((struct slice){row, length});
        row += length + (row[length] == '|');
    }
    assert_true(*row == '\0');
    assert_int_equal(kept_add(&people->kept, &record, &people->err), 0);
}

/* The records of what was added. Also after a failure, people_records_fini() is called. */
static inline int people_fill(struct people *people, enum link_mode mode, size_t split, size_t threads)
{
    struct link_plan plan = {.count = people->field_count};

    memcpy(plan.fields, people->fields, sizeof plan.fields);
    link_records_init(&people->records, mode);
    people->records.split = split;
    return link_records_fill(&people->records, &plan, &people->kept, threads, &people->err);
}

static inline void people_end(struct people *people)
{
    link_records_fini(&people->records);
    kept_fini(&people->kept);
}

/* Everything from rows, in one call: within one list, by one thread. */
static inline void people_make(struct people *people, const struct people_field *fields, size_t field_count,
                               const char *const *rows, size_t count)
{
    people_begin(people, fields, field_count);
    for (size_t i = 0; i < count; i++)
        people_add(people, rows[i]);
    assert_int_equal(people_fill(people, LINK_WITHIN, 0, 1), 0);
}

/* The values of one kind, by themselves. */
struct people_values {
    struct link_values values;
    struct link_folder folder;
    uint32_t counts[256];
    struct error err;
};

static inline void values_begin(struct people_values *set, enum link_kind kind)
{
    memset(set, 0, sizeof *set);
    link_values_init(&set->values, kind);
    set->values.dates = DATE_YEAR_FIRST;
    link_folder_init(&set->folder);
}

static inline void values_end(struct people_values *set)
{
    link_folder_fini(&set->folder);
    link_values_fini(&set->values);
}

static inline uint32_t values_add(struct people_values *set, const char *text)
{
    const uint32_t id = link_values_add(&set->values, &set->folder, slice_from_cstr(text), &set->err);

    assert_true(id < COUNT_OF(set->counts));
    set->counts[id]++;
    return id;
}

/* Once all are added, before any is asked for. */
static inline void values_weigh(struct people_values *set, size_t total)
{
    assert_int_equal(link_values_weigh(&set->values, set->counts, total), 0);
}

/* A uniform number below limit. */
static inline size_t people_draw(uint64_t *state, size_t limit)
{
    return (size_t)(link_random(state) % limit);
}

static inline double people_share(uint64_t *state)
{
    return (double)(link_random(state) >> 11) * 0x1p-53;
}

/* Memory that fails: the program's own malloc() and its sisters, which stand before those of the C library. Blocks are
 * counted, so that a leak shows. The sanitizers have their own, and then nothing here fails or counts. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PEOPLE_FAULTS 0
#else
#define PEOPLE_FAULTS 1

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

static atomic_long faults_calls, faults_at, faults_blocks;

static bool faults_now(void)
{
    const long call = atomic_fetch_add(&faults_calls, 1) + 1;

    if (call != atomic_load(&faults_at))
        return false;
    errno = ENOMEM;
    return true;
}

static void *faults_counted(void *memory)
{
    if (memory)
        atomic_fetch_add(&faults_blocks, 1);
    return memory;
}

void *malloc(size_t size)
{
    return faults_now() ? NULL : faults_counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return faults_now() ? NULL : faults_counted(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    if (!old)
        return malloc(size);
    return faults_now() ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return faults_now() ? NULL : faults_counted(__libc_memalign(alignment, size));
}

void free(void *memory)
{
    if (memory)
        atomic_fetch_sub(&faults_blocks, 1);
    __libc_free(memory);
}

/* Fails the 1st, 2nd, ... Nth allocation of attempt(), which returns what the library returned, or 1 when that is 0 and
 * what it gave is not what it should be; until none is left to fail. A failure is reported, or makes no difference, and
 * nothing is left behind. Returns how many failed. */
static inline long faults_each(int (*attempt)(void *context, struct error *err), void *context)
{
    const long calls = atomic_load(&faults_calls);
    char *volatile probe = strdup("probe"); /* by the C library */
    struct error err;

    free(probe);
    if (atomic_load(&faults_calls) == calls)
        skip();                                  /* under valgrind */
    assert_int_equal(attempt(context, &err), 0); /* what is made once and kept is made now */
    for (long n = 1;; n++) {
        const long blocks = atomic_load(&faults_blocks);

        memset(&err, 0, sizeof err);
        atomic_store(&faults_calls, 0);
        atomic_store(&faults_at, n);
        const int result = attempt(context, &err);
        atomic_store(&faults_at, 0);
        if (atomic_load(&faults_blocks) != blocks)
            fail_msg("%ld blocks are left behind when allocation %ld fails", atomic_load(&faults_blocks) - blocks, n);
        if (atomic_load(&faults_calls) < n) {
            assert_int_equal(result, 0);
            return n - 1;
        }
        if (result > 0 || (result < 0 && (err.status != STATUS_SYSTEM || !strstr(err.text, "out of memory"))))
            fail_msg("allocation %ld fails, and the result is %d, status %d, '%s'", n, result, (int)err.status,
                     err.text);
    }
}
#endif

#endif
