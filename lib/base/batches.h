/* Batches: rows with texts of their own, gathered by one thread and taken in by a second one (conveyor.h).
 *
 * For states that are filled row by row from records that live only until the next one is read: a row is copied with
 * the texts it points to, and handed over with hundreds of others. */
#ifndef CRM_BASE_BATCHES_H
#define CRM_BASE_BATCHES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct batches;

/* Takes rows in; their texts are valid until it returns. 0, or -1, after which no further rows are taken. */
typedef int batches_take(void *context, const void *rows, size_t count, struct error *err);

/* texts: where in a row the slices are that have to be copied, as offsetof() gives it; borrowed. threads: 1 is none but
 * the caller's. The batches are the same for any number. */
int batches_new(struct batches **batches, size_t row_size, const size_t *texts, size_t text_count, size_t threads,
                batches_take *take, void *context, struct error *err);
void batches_free(struct batches *batches); /* NULL is fine */

int batches_add(struct batches *batches, const void *row, struct error *err);

/* Waits until all is taken in; with `failed` (the caller's reading) what was not handed over yet is dropped. -1: the
 * taker failed, and *err says why, or `failed`, and *err is as it was. */
int batches_finish(struct batches *batches, bool failed, struct error *err);

#endif
