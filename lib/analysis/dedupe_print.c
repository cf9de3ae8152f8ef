/* The records of a deduplication, as they are asked for. */
#include "analysis/dedupe_print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/workers.h"

#define ADDED 4                         /* columns, at most */
#define PART_ROWS 4096                  /* that a thread makes the text of at a time, at most */
#define PART_CELLS ((size_t)256 * 1024) /* likewise, of columns without end */

int dedupe_members_init(struct dedupe_members *members, const struct dedupe_result *result, size_t rows,
                        struct error *err)
{
    members->starts = calloc(result->count + 2, sizeof *members->starts);
    members->rows = malloc((rows + 1) * sizeof *members->rows);
    if (!members->starts || !members->rows)
        return error_memory(err);
    for (size_t row = 0; row < rows; row++)
        members->starts[result->cluster[row] + 2]++;
    for (size_t c = 2; c < result->count + 2; c++)
        members->starts[c] += members->starts[c - 1];
    for (size_t row = 0; row < rows; row++)
        members->rows[members->starts[result->cluster[row] + 1]++] = row;
    return 0;
}

void dedupe_members_fini(struct dedupe_members *members)
{
    free(members->rows);
    free(members->starts);
    *members = (struct dedupe_members){0};
}

#define DIGITS 24 /* room for a number */

/* A whole number, of which the last `point` digits stand behind a point. */
static struct field number_field(char text[DIGITS], uint64_t number, int point)
{
    size_t at = DIGITS;

    for (int written = 0; number || written <= point; written++) {
        if (point && written == point)
            text[--at] = '.';
        text[--at] = (char)('0' + number % 10);
        number /= 10;
    }
    return field_number((struct slice){text + at, DIGITS - at});
}

/* With six decimals, as printf() rounds: the product is exact, since a float has 24 bits and a million 20. */
static struct field probability_field(char text[DIGITS], float probability)
{
    return isnan(probability) ? (struct field){SLICE_INIT(""), FIELD_NULL}
                              : number_field(text, (uint64_t)rint((double)probability * 1e6), 6);
}

/* A report of records being written. */
struct printing {
    struct dedupe *dedupe;
    const struct dedupe_result *result;
    struct dedupe_members members;
    struct output *output;
    struct field *fields; /* of a row and what is added */
    struct field *others; /* of another row */
    size_t added;
    struct buffer matched;
};

/* The record of the master in the cluster of a row. */
static struct field master_of(struct printing *printing, size_t row, char number[24])
{
    size_t first = printing->members.rows[printing->members.starts[printing->result->cluster[row]]];

    if (first >= printing->dedupe->split)
        return (struct field){SLICE_INIT(""), FIELD_NULL};
    return dedupe_name_of(printing->dedupe, first, printing->others, number);
}

static size_t size_of(const struct printing *printing, size_t row)
{
    const size_t *starts = printing->members.starts;
    size_t cluster = printing->result->cluster[row];

    return starts[cluster + 1] - starts[cluster];
}

/* One record: --clusters has the cluster first, the others behind. */
static int print_row(struct printing *printing, size_t row, struct error *err)
{
    const struct dedupe *dedupe = printing->dedupe;
    const struct dedupe_result *result = printing->result;
    enum dedupe_report report = dedupe->options->report;
    size_t columns = dedupe->shown_count, ahead = report == DEDUPE_CLUSTERS ? printing->added : 0;
    char cluster[DIGITS], size[DIGITS], probability[DIGITS], master[DIGITS];
    struct field *add = printing->fields + (ahead ? 0 : columns);

    kept_fields(&dedupe->kept, row, printing->fields + ahead);
    for (size_t i = 0; i < columns; i++)
        printing->fields[ahead + i] = printing->fields[ahead + dedupe->shown[i]];
    if (report != DEDUPE_UNIQUE) {
        *add++ = number_field(cluster, (uint64_t)result->cluster[row] + 1, 0);
        if (report == DEDUPE_CLUSTERS)
            *add++ = number_field(size, size_of(printing, row), 0);
        *add++ = probability_field(probability, result->probability[row]);
        if (result->matched) {
            buffer_clear(&printing->matched);
            if (dedupe_print_matched(dedupe, result->matched[row], &printing->matched))
                return error_memory(err);
            *add++ = result->matched[row] ? field_text(buffer_slice(&printing->matched))
                                          : (struct field){SLICE_INIT(""), FIELD_NULL};
        }
        if (dedupe->options->against && report == DEDUPE_ANNOTATE)
            *add++ = master_of(printing, row, master);
    }
    return writer_put(printing->output->writer, printing->fields, err);
}

static int open_records(struct printing *printing, struct error *err)
{
    struct dedupe *dedupe = printing->dedupe;
    enum dedupe_report report = dedupe->options->report;
    struct slice *names, added[ADDED];

    if (report != DEDUPE_UNIQUE) {
        added[printing->added++] = SLICE("cluster_id");
        if (report == DEDUPE_CLUSTERS)
            added[printing->added++] = SLICE("cluster_size");
        added[printing->added++] = SLICE("match_probability");
        if (printing->result->matched)
            added[printing->added++] = SLICE("matched_by");
        if (dedupe->options->against && report == DEDUPE_ANNOTATE)
            added[printing->added++] = SLICE("master_id");
    }
    if (dedupe_show(dedupe, added, printing->added, err))
        return -1;
    size_t count = dedupe->shown_count + printing->added, ahead = report == DEDUPE_CLUSTERS ? printing->added : 0;
    names = calloc(count + 1, sizeof *names);
    if (!names)
        return error_memory(err);
    for (size_t i = 0; i < dedupe->shown_count; i++)
        names[ahead + i] = dedupe->names[dedupe->shown[i]];
    for (size_t i = 0; i < printing->added; i++)
        names[ahead ? i : dedupe->shown_count + i] = added[i];
    int failed = output_open(printing->output, &dedupe->options->common, dedupe->stream, names, count, err);
    free(names);
    return failed;
}

/* Whether a row is written, of the reports that have rows in their order. */
static bool is_printed(const struct printing *printing, size_t row)
{
    const struct dedupe_members *members = &printing->members;

    return printing->dedupe->options->report != DEDUPE_UNIQUE ||
           members->rows[members->starts[printing->result->cluster[row]]] == row;
}

static int print_rows(struct printing *printing, struct error *err)
{
    const struct dedupe *dedupe = printing->dedupe;
    const struct dedupe_members *members = &printing->members;
    int failed = 0;

    if (dedupe->options->report == DEDUPE_CLUSTERS) {
        for (size_t c = 0; c < printing->result->count && !failed; c++)
            for (size_t i = members->starts[c];
                 members->starts[c + 1] - members->starts[c] > 1 && i < members->starts[c + 1] && !failed; i++)
                failed = print_row(printing, members->rows[i], err);
        return failed;
    }
    for (size_t row = dedupe_first_row(dedupe); row < dedupe->kept.count && !failed; row++)
        if (is_printed(printing, row))
            failed = print_row(printing, row, err);
    return failed;
}

/* Rows whose text is made by a thread. */
struct print_job {
    struct job job;
    struct printing printing; /* with fields and output of its own */
    struct output output;     /* a part */
    struct buffer text;
    size_t begin, end; /* rows */
    size_t records;
    bool failed;
    struct error err;
};

static void print_part(struct job *job, void *context, size_t worker)
{
    struct print_job *part = (struct print_job *)job; /* its first member */

    (void)context;
    (void)worker;
    part->records = 0;
    buffer_clear(&part->text);
    for (size_t row = part->begin; row < part->end && !part->failed; row++)
        if (is_printed(&part->printing, row)) {
            part->failed = print_row(&part->printing, row, &part->err) != 0;
            part->records += !part->failed;
        }
}

static int part_init(struct print_job *part, const struct printing *printing, struct error *err)
{
    size_t columns = printing->dedupe->kept.columns;

    part->printing = *printing;
    part->printing.output = &part->output;
    part->printing.fields = calloc(columns + ADDED, sizeof(struct field));
    part->printing.others = calloc(columns + 1, sizeof(struct field));
    buffer_init(&part->printing.matched);
    buffer_init(&part->text);
    if (!part->printing.fields || !part->printing.others)
        return error_memory(err);
    return writer_part(&part->output.writer, printing->output->writer, &part->text, err);
}

static void part_fini(struct print_job *part)
{
    writer_free(part->output.writer);
    free(part->printing.fields);
    free(part->printing.others);
    buffer_fini(&part->printing.matched);
    buffer_fini(&part->text);
}

/* Hands parts out in order, and takes them back in order. */
static int print_ring(struct printing *printing, struct workers *workers, struct print_job *ring, size_t count,
                      struct error *err)
{
    size_t next = dedupe_first_row(printing->dedupe), rows = printing->dedupe->kept.count;
    size_t given = 0, taken = 0;
    size_t most = PART_CELLS / (printing->dedupe->kept.columns + 1) + 1;

    most = most < PART_ROWS ? most : PART_ROWS;
    for (; next < rows || taken < given; taken++) {
        for (; next < rows && given < taken + count; given++) {
            struct print_job *part = &ring[given % count];
            part->begin = next;
            part->end = next = next + most < rows ? next + most : rows;
            workers_submit(workers, &part->job);
        }
        struct print_job *part = &ring[taken % count];
        workers_wait(workers, &part->job);
        if (writer_append(printing->output->writer, buffer_slice(&part->text), part->records, err))
            return -1;
        if (part->failed) {
            *err = part->err;
            return -1;
        }
    }
    return 0;
}

/* The same bytes as print_rows(). */
static int print_by_threads(struct printing *printing, size_t threads, struct error *err)
{
    size_t count = 2 * threads + 1;
    struct print_job *ring = calloc(count, sizeof *ring);
    struct workers *workers = NULL;
    int failed = ring ? 0 : error_memory(err);

    for (size_t i = 0; i < count && !failed; i++)
        failed = part_init(&ring[i], printing, err);
    if (!failed && !ring[0].output.writer)
        failed = print_rows(printing, err);
    else if (!failed)
        failed =
            workers_new(&workers, threads, print_part, NULL, err) || print_ring(printing, workers, ring, count, err);
    workers_free(workers);
    for (size_t i = 0; ring && i < count; i++)
        part_fini(&ring[i]);
    free(ring);
    return failed ? -1 : 0;
}

int dedupe_print_records(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output,
                         struct error *err)
{
    struct printing printing = {
        .dedupe = dedupe,
        .result = result,
        .output = output,
        .fields = calloc(dedupe->kept.columns + ADDED, sizeof(struct field)),
        .others = calloc(dedupe->kept.columns + 1, sizeof(struct field)),
    };
    size_t threads = dedupe->options->settings.threads;
    int failed = !printing.fields || !printing.others ? error_memory(err) : 0;

    failed = failed || dedupe_members_init(&printing.members, result, dedupe->kept.count, err) ||
             open_records(&printing, err) ||
             (threads > 1 && dedupe->options->report != DEDUPE_CLUSTERS ? print_by_threads(&printing, threads, err)
                                                                        : print_rows(&printing, err));
    dedupe_members_fini(&printing.members);
    buffer_fini(&printing.matched);
    free(printing.fields);
    free(printing.others);
    return failed ? -1 : 0;
}
