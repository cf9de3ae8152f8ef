/* A small table for tests of linkage: "name|dob\nAnn|1970-01-02\n", kept, and its columns by name. */
#ifndef CRM_TESTS_LINK_TABLE_H
#define CRM_TESTS_LINK_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/link_plan.h"

#define TABLE_COLUMNS 32

struct table {
    struct slice names[TABLE_COLUMNS];
    struct kept kept;
};

/* Cuts a line at its bars. */
static inline size_t table_cut(struct slice line, struct slice *cells)
{
    size_t count = 0;

    for (;;) {
        const char *bar = memchr(line.ptr, '|', line.len);
        size_t length = bar ? (size_t)(bar - line.ptr) : line.len;

        assert_true(count < TABLE_COLUMNS);
        cells[count++] = (struct slice){line.ptr, length};
        if (!bar)
            return count;
        line.ptr += length + 1;
        line.len -= length + 1;
    }
}

/* text: must outlive the table; rows may be none. */
static inline void table_make(struct table *table, const char *text)
{
    size_t length = strcspn(text, "\n"), count = table_cut((struct slice){text, length}, table->names);
    struct error err;

    kept_init(&table->kept, count);
    for (uint64_t number = 1; text[length]; number++) {
        struct slice cells[TABLE_COLUMNS];
        struct field fields[TABLE_COLUMNS];

        text += length + 1;
        length = strcspn(text, "\n");
        if (!length)
            break;
        assert_int_equal(table_cut((struct slice){text, length}, cells), count);
        for (size_t i = 0; i < count; i++)
            fields[i] = field_text(cells[i]);
        const struct record record = {.fields = fields, .count = count, .line = number + 1, .number = number};
        assert_int_equal(kept_add(&table->kept, &record, &err), 0);
    }
}

static inline void table_free(struct table *table)
{
    kept_fini(&table->kept);
}

/* The text of a buffer as a string. */
static inline const char *buffer_text(struct buffer *buffer)
{
    assert_int_equal(buffer_append_char(buffer, 0), 0);
    buffer->len--;
    return buffer->data;
}

#endif
