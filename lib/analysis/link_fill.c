/* Filling records, some thousand rows at a time: their texts are found by row, since a record's fields stand one behind
 * the other, and numbered by table of values, since numbers are given in the order of rows. While the tables take in
 * one lot of rows, the texts of the next one are found. Folding takes longer than looking up, and most columns have few
 * spellings: the number of each is kept until the column is read. */
#include <stdlib.h>
#include <string.h>

#include "analysis/link_plan.h"
#include "base/memory.h"
#include "base/workers.h"

#define LOT_ROWS ((size_t)1 << 15)
#define READ_ROWS ((size_t)1 << 12) /* of a job, so many that lots are of whole ones */
#define READ_JOBS (LOT_ROWS / READ_ROWS)

/* Texts of a lot of rows: of each slot those of all rows. */
struct lot {
    struct slice *texts; /* owned */
    size_t begin, end;   /* rows */
};

/* A column that is read, and where its numbers go. */
struct fill_slot {
    size_t column; /* of the input */
    size_t slot;   /* of a row of numbers */
};

struct filling {
    struct link_records *records;
    const struct kept *kept;
    struct fill_slot slots[LINK_FIELDS * LINK_SLOTS]; /* by column, since so a record is read at once */
    size_t columns[LINK_FIELDS * LINK_SLOTS];         /* the same, as kept_texts() wants them */
    struct lot lots[2];                               /* the one that is taken in, and the next one */
};

/* A job of any kind. */
struct fill_step {
    struct job job;
    void (*perform)(struct filling *filling, struct fill_step *step);
};

static void perform_step(struct job *job, void *context, size_t worker)
{
    struct fill_step *step = (struct fill_step *)job;

    (void)worker;
    step->perform(context, step);
}

struct read_job {
    struct fill_step step;
    const struct lot *lot;
    size_t begin; /* row */
};

static void read_texts(struct filling *filling, struct fill_step *step)
{
    const struct read_job *job = (struct read_job *)step;
    const struct lot *lot = job->lot;
    size_t width = filling->records->width;

    for (size_t row = job->begin; row < lot->end && row < job->begin + READ_ROWS; row++) {
        struct slice texts[LINK_FIELDS * LINK_SLOTS];

        kept_texts(filling->kept, row, filling->columns, width, texts);
        for (size_t i = 0; i < width; i++)
            lot->texts[filling->slots[i].slot * LOT_ROWS + row - lot->begin] = texts[i];
    }
}

/* How a value is written, and the number of the value. */
struct spelling {
    struct slice text; /* borrowed from what is kept */
    uint32_t id;
};

/* A table that takes values in. */
struct fill_job {
    struct fill_step step;
    struct link_records *records;
    const struct lot *lot;
    struct link_values *values;
    struct link_folder folder;
    struct link_texts spellings;
    struct spelling *spelt; /* owned; by number of the spelling */
    size_t spelt_capacity;
    size_t before;       /* values at the begin of the lot before */
    struct arena copies; /* of spellings, where memory is limited: what is kept may be on disk */
    size_t added;        /* values so far, while spellings are kept */
    bool spelt_anew;     /* spellings are not kept: almost every value has another, or folding costs nothing */
    int failed;
    struct error err;
};

/* Values, in the order of rows, whose numbers are to go to these places. */
struct batch {
    struct slice texts[LINK_VALUES_BATCH];
    uint32_t *places[LINK_VALUES_BATCH];
    size_t count;
};

/* The numbers of the spellings of a batch; fresh: those that are new, count of them. */
static int find_spellings(struct fill_job *fill, const struct batch *batch, uint32_t *numbers, uint32_t *fresh,
                          size_t *count)
{
    const size_t size = sizeof *fill->spelt;
    uint64_t hashes[LINK_VALUES_BATCH];

    *count = 0;
    if (ARRAY_GROW(fill->spelt, fill->spelt_capacity, fill->spellings.count + batch->count))
        return -1;
    for (size_t i = 0; i < batch->count; i++) {
        hashes[i] = group_hash(batch->texts[i]);
        link_texts_prefetch_slot(&fill->spellings, hashes[i]);
    }
    for (size_t i = 0; i < batch->count; i++)
        link_texts_prefetch_item(&fill->spellings, hashes[i], fill->spelt, size);
    for (size_t i = 0; i < batch->count; i++)
        link_texts_prefetch_text(&fill->spellings, hashes[i], fill->spelt, size);
    for (size_t i = 0; i < batch->count; i++) {
        bool added;

        if (link_texts_get(&fill->spellings, batch->texts[i], hashes[i], fill->spelt, size, &numbers[i], &added))
            return -1;
        if (added) {
            struct slice *text = &fill->spelt[numbers[i]].text;
            *text = batch->texts[i];
            fresh[(*count)++] = numbers[i];
            if (fill->records->room && !(text->ptr = arena_copy(&fill->copies, *text)))
                return -1;
        }
    }
    return 0;
}

/* The numbers of values by their spellings, and of new spellings by folding. */
static int add_spellings(struct fill_job *fill, const struct batch *batch)
{
    struct slice texts[LINK_VALUES_BATCH];
    uint32_t numbers[LINK_VALUES_BATCH], fresh[LINK_VALUES_BATCH], ids[LINK_VALUES_BATCH];
    size_t count;

    if (find_spellings(fill, batch, numbers, fresh, &count))
        return error_memory(&fill->err);
    for (size_t i = 0; i < count; i++)
        texts[i] = fill->spelt[fresh[i]].text;
    if (link_values_add_many(fill->values, &fill->folder, texts, count, ids, &fill->err))
        return -1;
    for (size_t i = 0; i < count; i++)
        fill->spelt[fresh[i]].id = ids[i];
    for (size_t i = 0; i < batch->count; i++)
        *batch->places[i] = fill->spelt[numbers[i]].id;
    return 0;
}

static void forget_spellings(struct fill_job *fill)
{
    link_texts_fini(&fill->spellings);
    arena_fini(&fill->copies);
    free(fill->spelt);
    fill->spelt = NULL;
    fill->spelt_capacity = 0;
}

#define TRIED 65536 /* values, after which it is seen whether keeping spellings is worth it */

/* Of sixteen values so many have a spelling of their own. Spellings take as much memory as the values. */
static bool is_spelt_anew(const struct fill_job *fill)
{
    return fill->added >= TRIED && fill->spellings.count > fill->added / 16 * (fill->records->room ? 8 : 15);
}

static int add_batch(struct fill_job *fill, struct batch *batch)
{
    uint32_t ids[LINK_VALUES_BATCH];

    if (!fill->spelt_anew) {
        if (add_spellings(fill, batch))
            return -1;
        fill->added += batch->count;
        fill->spelt_anew = is_spelt_anew(fill);
        if (fill->spelt_anew)
            forget_spellings(fill);
        batch->count = 0;
        return 0;
    }
    if (link_values_add_many(fill->values, &fill->folder, batch->texts, batch->count, ids, &fill->err))
        return -1;
    for (size_t i = 0; i < batch->count; i++)
        *batch->places[i] = ids[i];
    batch->count = 0;
    return 0;
}

/* The slots of a row that a table has the values of, in their order. */
static size_t find_slots(const struct fill_job *fill, size_t *slots)
{
    size_t count = 0;

    for (size_t f = 0; f < fill->records->field_count; f++) {
        const struct link_field *field = &fill->records->fields[f];

        for (size_t s = 0; s < field->slots && field->values == fill->values; s++)
            slots[count++] = field->first + s;
    }
    return count;
}

#define SETTLED 131072 /* rows, after which new values come about as often as later */

/* Room in the table: for all values that may come; for their slots, if most rows of the lot before had a new value,
 * what will come, so that they need not grow step by step. */
static int make_room(struct fill_job *fill, size_t slots)
{
    struct link_values *values = fill->values;
    const size_t rows = fill->records->count, begin = fill->lot->begin;
    const size_t lately = values->table.count - fill->before;

    fill->before = values->table.count;
    if (link_values_reserve(values, rows * slots + 1))
        return -1;
    if (begin < SETTLED || lately < LOT_ROWS / 2)
        return 0;
    return link_texts_reserve(&values->table, fill->before + lately * ((rows - begin) / LOT_ROWS));
}

/* The numbers of a lot's values. */
static int add_values(struct fill_job *fill)
{
    const struct link_records *records = fill->records;
    const struct lot *lot = fill->lot;
    size_t slots[LINK_FIELDS * LINK_SLOTS], count = find_slots(fill, slots);
    struct batch batch = {.count = 0};

    if (make_room(fill, count))
        return error_memory(&fill->err);
    for (size_t row = lot->begin; row < lot->end; row++)
        for (size_t s = 0; s < count; s++) {
            struct slice text = lot->texts[slots[s] * LOT_ROWS + row - lot->begin];
            uint32_t *place = records->ids + row * records->width + slots[s];

            if (text.len == 0) {
                *place = 0;
                continue;
            }
            batch.texts[batch.count] = text;
            batch.places[batch.count++] = place;
            if (batch.count == LINK_VALUES_BATCH && add_batch(fill, &batch))
                return -1;
        }
    return add_batch(fill, &batch);
}

static void fill_lot(struct filling *filling, struct fill_step *step)
{
    struct fill_job *fill = (struct fill_job *)step;

    (void)filling;
    if (!fill->failed)
        fill->failed = add_values(fill);
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

/* Once all values are there. */
static void finish_table(struct filling *filling, struct fill_step *step)
{
    struct fill_job *fill = (struct fill_job *)step;

    (void)filling;
    forget_spellings(fill);
    link_values_settle(fill->values);
    for (size_t f = 0; !fill->failed && f < fill->records->field_count; f++) {
        struct link_field *field = &fill->records->fields[f];

        if (field->values != fill->values)
            continue;
        fill->failed = count_values(fill, field);
        if (!fill->failed && link_values_weigh(field->values, field->counts, fill->records->count))
            fill->failed = error_memory(&fill->err);
    }
}

static int by_column(const void *a, const void *b)
{
    const struct fill_slot *x = a, *y = b;

    return (x->column > y->column) - (x->column < y->column);
}

static int add_fields(struct filling *filling, const struct link_plan *plan, struct error *err)
{
    struct link_records *records = filling->records;

    for (size_t f = 0; f < plan->count; f++) {
        const struct link_plan_field *field = &plan->fields[f];

        for (size_t s = 0; s < field->slots; s++)
            filling->slots[records->width + s] = (struct fill_slot){field->columns[s], records->width + s};
        if (link_records_add_field(records, field->name, field->kind, field->columns, field->slots, err))
            return -1;
        records->fields[f].values->dates = field->dates;
    }
    qsort(filling->slots, records->width, sizeof *filling->slots, by_column);
    for (size_t i = 0; i < records->width; i++)
        filling->columns[i] = filling->slots[i].column;
    return 0;
}

/* The tables, those that have most values first: others fill in what time is left. */
static void sort_tables(struct fill_job **order, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct fill_job *fill = order[i];
        size_t at = i;

        for (; at > 0 && order[at - 1]->values->table.count < fill->values->table.count; at--)
            order[at] = order[at - 1];
        order[at] = fill;
    }
}

static void submit_tables(struct workers *workers, struct fill_job **order, size_t count, const struct lot *lot)
{
    sort_tables(order, count);
    for (size_t t = 0; t < count; t++) {
        order[t]->lot = lot;
        order[t]->step.perform = lot ? fill_lot : finish_table;
        workers_submit(workers, &order[t]->step.job);
    }
}

/* Begins to find the texts of the rows from `begin` on. */
static void submit_reads(struct workers *workers, struct read_job *jobs, struct lot *lot, size_t begin, size_t rows)
{
    lot->begin = begin;
    lot->end = rows - begin < LOT_ROWS ? rows : begin + LOT_ROWS;
    for (size_t i = 0; begin < lot->end; i++, begin += READ_ROWS) {
        jobs[i] = (struct read_job){.step.perform = read_texts, .lot = lot, .begin = begin};
        workers_submit(workers, &jobs[i].step.job);
    }
}

#define INDEX_EACH 128 /* bytes of the blocks of a record, for the estimate; seldom more */

/* Whether there is room for what the rows before `begin` have, and for another lot. */
static int ask_room(const struct filling *filling, const struct fill_job *jobs, size_t begin, struct error *err)
{
    const struct link_records *records = filling->records;
    double rows = (double)records->count, done = (double)begin;
    double ids = rows * (double)(records->width * sizeof *records->ids);
    double values = link_records_value_bytes(records);

    if (!records->room || !begin)
        return 0;
    for (size_t t = 0; t < records->table_count; t++)
        values += (double)(link_texts_bytes(&jobs[t].spellings) + jobs[t].copies.bytes +
                           jobs[t].spellings.count * sizeof *jobs[t].spelt);
    return link_room_ask(records->room, ids + values, ids + values * rows / done + INDEX_EACH * rows, err);
}

static int fill_tables(struct filling *filling, struct workers *workers, struct fill_job *jobs, struct error *err)
{
    size_t rows = filling->records->count, tables = filling->records->table_count;
    struct read_job reads[2][READ_JOBS];
    struct fill_job *order[LINK_FIELDS];
    int failed = 0;

    for (size_t t = 0; t < tables; t++)
        order[t] = &jobs[t];
    if (rows)
        submit_reads(workers, reads[0], &filling->lots[0], 0, rows);
    for (size_t begin = 0, now = 0; begin < rows; begin += LOT_ROWS, now = !now) {
        struct lot *lot = &filling->lots[now];

        for (size_t i = 0; i * READ_ROWS < lot->end - begin; i++)
            workers_wait(workers, &reads[now][i].step.job);
        failed = failed || ask_room(filling, jobs, begin, err);
        if (failed)
            break;
        submit_tables(workers, order, tables, lot);
        if (lot->end < rows)
            submit_reads(workers, reads[!now], &filling->lots[!now], lot->end, rows);
        for (size_t t = 0; t < tables; t++)
            workers_wait(workers, &order[t]->step.job);
    }
    for (size_t t = 0; failed && t < tables; t++)
        jobs[t].failed = -1;
    submit_tables(workers, order, tables, NULL);
    for (size_t t = 0; t < tables; t++)
        workers_wait(workers, &order[t]->step.job);
    return failed;
}

/* Folding these is no more than reading them. */
static bool is_plain(enum link_kind kind)
{
    return kind == LINK_EMAIL || kind == LINK_PHONE;
}

static int fill_all(struct filling *filling, struct workers *workers, struct error *err)
{
    struct link_records *records = filling->records;
    struct fill_job jobs[LINK_FIELDS] = {0};
    int failed;

    for (size_t t = 0; t < records->table_count; t++) {
        jobs[t] = (struct fill_job){.records = records, .values = records->tables[t]};
        jobs[t].spelt_anew = is_plain(records->tables[t]->kind);
        link_folder_init(&jobs[t].folder);
        link_texts_init(&jobs[t].spellings);
        arena_init(&jobs[t].copies);
    }
    failed = fill_tables(filling, workers, jobs, err);
    for (size_t t = 0; t < records->table_count; t++) {
        link_folder_fini(&jobs[t].folder);
        if (jobs[t].failed && !failed) {
            failed = -1;
            *err = jobs[t].err;
        }
    }
    return failed;
}

int link_records_fill(struct link_records *records, const struct link_plan *plan, const struct kept *kept,
                      size_t threads, struct error *err)
{
    struct filling filling = {.records = records, .kept = kept};
    struct workers *workers = NULL;

    if (add_fields(&filling, plan, err))
        return -1;
    records->count = kept->count;
    records->ids = memory_large(records->count * records->width + 1, sizeof *records->ids);
    for (int i = 0; i < 2; i++)
        filling.lots[i].texts = malloc((records->width * LOT_ROWS + 1) * sizeof(struct slice));
    int failed = 0;
    if (!records->ids || !filling.lots[0].texts || !filling.lots[1].texts)
        failed = error_memory(err);
    failed = failed || workers_new(&workers, threads, perform_step, &filling, err) || fill_all(&filling, workers, err);
    workers_free(workers);
    free(filling.lots[0].texts);
    free(filling.lots[1].texts);
    return failed ? -1 : link_records_find_users(records, threads, err);
}
