/* Rows set aside: each a head of fixed size, then the length and the bytes of each cell. */
#include "stream/html_rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/memory.h"
#include "stream/source.h"

#define BLOCK ((size_t)256 << 10)

struct head {
    uint64_t place;
    uint64_t size; /* bytes that follow */
    uint32_t table;
    uint32_t cells;
};

int html_row_set(struct html_row *row, size_t column, size_t offset, struct error *err)
{
    size_t len = row->text.len - offset;

    if (len == 0)
        return 0;
    if (column >= HTML_COLUMNS)
        return error_set(err, STATUS_DATA, "a row has more than %d cells", HTML_COLUMNS);
    if (column >= row->count) {
        if (ARRAY_GROW(row->cells, row->capacity, column + 1))
            return error_memory(err);
        memset(row->cells + row->count, 0, (column + 1 - row->count) * sizeof *row->cells);
        row->count = column + 1;
    }
    row->cells[column] = (struct html_cell){offset, len};
    return 0;
}

void html_row_clear(struct html_row *row)
{
    row->count = 0;
    buffer_clear(&row->text);
}

void html_row_fini(struct html_row *row)
{
    free(row->cells);
    buffer_fini(&row->text);
    *row = (struct html_row){0};
}

int html_rows_init(struct html_rows *rows, struct error *err)
{
    *rows = (struct html_rows){0};
    rows->fd = source_temporary(err);
    return rows->fd < 0 ? -1 : 0;
}

void html_rows_fini(struct html_rows *rows)
{
    if (rows->fd >= 0)
        close(rows->fd);
    buffer_fini(&rows->waiting);
    free(rows->tables);
    *rows = (struct html_rows){.fd = -1};
}

int html_rows_table(struct html_rows *rows, size_t *table, struct error *err)
{
    if (rows->count == HTML_TABLES_MOST)
        return error_set(err, STATUS_DATA, "more than %d tables", HTML_TABLES_MOST);
    if (ARRAY_GROW(rows->tables, rows->capacity, rows->count + 1))
        return error_memory(err);
    *table = rows->count++;
    rows->tables[*table] = (struct html_table){0};
    return 0;
}

static int flush(struct html_rows *rows, struct error *err)
{
    struct slice text = buffer_slice(&rows->waiting);

    if (descriptor_write(rows->fd, text.ptr, text.len))
        return error_errno(err, "temporary file (in $TMPDIR or /tmp)");
    buffer_clear(&rows->waiting);
    return 0;
}

int html_rows_add(struct html_rows *rows, size_t index, const struct html_row *row, struct error *err)
{
    struct html_table *table = &rows->tables[index];
    struct head head = {row->place, row->count * sizeof(uint32_t), (uint32_t)index, (uint32_t)row->count};

    if (row->count == 0)
        return 0;
    table->rows++;
    for (size_t i = 0; i < row->count; i++) {
        head.size += row->cells[i].len;
        table->cells += row->cells[i].len > 0;
    }
    if (table->width < row->count)
        table->width = row->count;
    if (buffer_append(&rows->waiting, (struct slice){(const char *)&head, sizeof head}))
        return error_memory(err);
    for (size_t i = 0; i < row->count; i++) {
        const struct html_cell *cell = &row->cells[i];
        uint32_t len = (uint32_t)cell->len;
        if (buffer_append(&rows->waiting, (struct slice){(const char *)&len, sizeof len}) ||
            buffer_append(&rows->waiting, (struct slice){row->text.data + cell->offset, cell->len}))
            return error_memory(err);
    }
    return rows->waiting.len < BLOCK ? 0 : flush(rows, err);
}

size_t html_rows_largest(const struct html_rows *rows)
{
    size_t largest = 0;

    for (size_t i = 1; i < rows->count; i++)
        if (rows->tables[i].cells > rows->tables[largest].cells)
            largest = i;
    return largest;
}

/* A reader of the file, through a block. */
struct replay {
    int fd;
    char *data; /* owned, grows to the longest row */
    size_t capacity;
    size_t begin;
    size_t end;
};

/* Makes size bytes ready at data + begin. 1, 0 at the end, -1. */
static int ready(struct replay *replay, size_t size, struct error *err)
{
    if (replay->end - replay->begin >= size)
        return 1;
    if (replay->begin)
        memmove(replay->data, replay->data + replay->begin, replay->end - replay->begin);
    replay->end -= replay->begin;
    replay->begin = 0;
    if (ARRAY_GROW(replay->data, replay->capacity, size > BLOCK ? size : BLOCK))
        return error_memory(err);
    while (replay->end < size) {
        ssize_t got = read(replay->fd, replay->data + replay->end, replay->capacity - replay->end);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, "temporary file (in $TMPDIR or /tmp)");
        if (got == 0)
            return 0;
        replay->end += (size_t)got;
    }
    return 1;
}

static int write_row(const struct head *head, const char *at, size_t width, struct conversion *conversion,
                     struct error *err)
{
    if (conversion_begin_row(conversion, head->place, err))
        return -1;
    for (size_t i = 0; i < width; i++) {
        uint32_t len = 0;
        if (i < head->cells) {
            memcpy(&len, at, sizeof len);
            at += sizeof len;
        }
        if (conversion_cell(conversion, (struct slice){at, len}, err))
            return -1;
        at += len;
    }
    return conversion_end_row(conversion, err);
}

static int write_rows(const struct html_rows *rows, size_t table, struct replay *replay, struct conversion *conversion,
                      struct error *err)
{
    const struct html_table *shape = &rows->tables[table];
    bool pads = conversion_pads(shape->rows, shape->width, shape->cells);
    struct head head;
    int more;

    while ((more = ready(replay, sizeof head, err)) > 0) {
        memcpy(&head, replay->data + replay->begin, sizeof head);
        replay->begin += sizeof head;
        more = ready(replay, head.size, err);
        if (more <= 0)
            break;
        if (head.table == table &&
            write_row(&head, replay->data + replay->begin, pads ? shape->width : head.cells, conversion, err))
            return -1;
        replay->begin += head.size;
    }
    return more;
}

int html_rows_write(struct html_rows *rows, size_t table, struct conversion *conversion, struct error *err)
{
    struct replay replay = {.fd = rows->fd};

    if (flush(rows, err))
        return -1;
    if (lseek(rows->fd, 0, SEEK_SET) < 0)
        return error_errno(err, "temporary file (in $TMPDIR or /tmp)");
    int status = write_rows(rows, table, &replay, conversion, err);
    free(replay.data);
    return status;
}
