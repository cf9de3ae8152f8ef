/* Batches: a load of the conveyor is room for rows and, behind them, for their texts. */
#include "base/batches.h"

#include <stdlib.h>
#include <string.h>

#include "base/conveyor.h"
#include "base/slice.h"

enum { ROWS = 512, TEXTS = ROWS * 40 };

struct batch {
    size_t count;
    size_t used; /* of texts */
    char texts[TEXTS];
    _Alignas(16) char rows[];
};

struct batches {
    struct conveyor *conveyor;
    struct batch *batch; /* being filled */
    size_t row_size;
    const size_t *texts;
    size_t text_count;
    batches_take *take;
    void *context;
};

static int take_load(void *context, void *load, struct error *err)
{
    const struct batches *batches = context;
    const struct batch *batch = load;

    return batch->count ? batches->take(batches->context, batch->rows, batch->count, err) : 0;
}

int batches_new(struct batches **out, size_t row_size, const size_t *texts, size_t text_count, size_t threads,
                batches_take *take, void *context, struct error *err)
{
    struct batches *batches = calloc(1, sizeof *batches);

    if (!batches)
        return error_memory(err);
    *batches = (struct batches){
        .row_size = row_size, .texts = texts, .text_count = text_count, .take = take, .context = context};
    if (conveyor_new(&batches->conveyor, sizeof(struct batch) + ROWS * row_size, threads, take_load, batches, err)) {
        free(batches);
        return -1;
    }
    batches->batch = conveyor_load(batches->conveyor);
    *out = batches;
    return 0;
}

void batches_free(struct batches *batches)
{
    if (!batches)
        return;
    conveyor_free(batches->conveyor);
    free(batches);
}

static int flush(struct batches *batches, struct error *err)
{
    int failed = conveyor_send(batches->conveyor, err);

    batches->batch = conveyor_load(batches->conveyor);
    batches->batch->count = batches->batch->used = 0;
    return failed;
}

static struct slice *text_of(const struct batches *batches, char *row, size_t i)
{
    return (struct slice *)(void *)(row + batches->texts[i]);
}

/* Copies the row; its texts are still the caller's. */
static char *append(const struct batches *batches, const void *row)
{
    struct batch *batch = batches->batch;

    return memcpy(batch->rows + batch->count++ * batches->row_size, row, batches->row_size);
}

int batches_add(struct batches *batches, const void *row, struct error *err)
{
    char *copy = append(batches, row);
    size_t size = 0;

    for (size_t i = 0; i < batches->text_count; i++)
        size += text_of(batches, copy, i)->len;
    if (size > TEXTS - batches->batch->used) {
        batches->batch->count--;
        if (flush(batches, err))
            return -1;
        copy = append(batches, row);
        if (size > TEXTS) /* taken in while the texts are still there */
            return flush(batches, err) || conveyor_drain(batches->conveyor, err) ? -1 : 0;
    }
    for (size_t i = 0; i < batches->text_count; i++) {
        struct slice *text = text_of(batches, copy, i);
        char *to = batches->batch->texts + batches->batch->used;
        if (text->len)
            memcpy(to, text->ptr, text->len);
        batches->batch->used += text->len;
        text->ptr = to;
    }
    return batches->batch->count == ROWS ? flush(batches, err) : 0;
}

int batches_finish(struct batches *batches, bool failed, struct error *err)
{
    if (!failed && batches->batch->count && conveyor_send_last(batches->conveyor, err))
        failed = true;
    return conveyor_drain(batches->conveyor, err) || failed ? -1 : 0; /* what failed in rows before comes first */
}
