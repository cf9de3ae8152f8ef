/* RFM in print. */
#include "analysis/rfm_print.h"

#include <stdio.h>
#include <string.h>

#include "analysis/rfm_spill.h"
#include "base/program.h"
#include "stream/rows.h"

static void add_figure(struct row *row, struct rfm_figure figure)
{
    if (figure.known)
        row_decimal(row, figure.units, figure.scale);
    else
        row_null(row);
}

static void customer_row(const void *context, size_t index, struct row *row)
{
    const struct rfm_print *print = context;
    const struct rfm_customer *c = &print->table->customers[index];

    row_text(row, c->id);
    row_day(row, c->last_day);
    row_decimal(row, c->recency_days, 0);
    row_decimal(row, c->frequency, 0);
    row_decimal(row, c->monetary, print->table->scale);
    for (int d = 0; d < RFM_DIMENSIONS; d++)
        row_decimal(row, c->score[d], 0);
    row_decimal(row, rfm_score_number(c), 0);
    row_text(row, rfm_segment_name(print->segments, c->segment));
    if (print->tenure) {
        row_day(row, c->first_day);
        row_decimal(row, c->tenure_days, 0);
    }
    if (print->products)
        row_decimal(row, c->products, 0);
    if (print->weights)
        row_decimal(row, rfm_weighted_score(c, print->weights), 2);
}

struct printing {
    const struct rfm_print *print;
    struct output *output;
};

static int print_some(void *context, const struct rfm_table *some, struct error *err)
{
    const struct printing *printing = context;
    struct rfm_print print = *printing->print;

    print.table = some;
    return rows_write(printing->output->writer, some->count, print.threads, customer_row, &print, err);
}

int rfm_print_customers(const struct rfm_print *print, const struct common *common, const struct stream *stream,
                        struct output *output, struct error *err)
{
    struct slice names[ROW_COLUMNS] = {
        SLICE_INIT("customer_id"), SLICE_INIT("last_date"), SLICE_INIT("recency_days"),
        SLICE_INIT("frequency"),   SLICE_INIT("monetary"),  SLICE_INIT("r"),
        SLICE_INIT("f"),           SLICE_INIT("m"),         SLICE_INIT("rfm_score"),
        SLICE_INIT("segment"),
    };
    size_t count = 10;

    if (print->tenure) {
        names[count++] = SLICE("first_date");
        names[count++] = SLICE("tenure_days");
    }
    if (print->products)
        names[count++] = SLICE("products");
    if (print->weights)
        names[count++] = SLICE("weighted_score");
    struct printing printing = {print, output};
    return output_open(output, common, stream, names, count, err) ||
                   rfm_table_visit(print->table, true, print_some, &printing, err)
               ? -1
               : 0;
}

int rfm_print_summary(const struct rfm_print *print, const struct common *common, const struct stream *stream,
                      struct output *output, struct error *err)
{
    static const struct slice names[] = {
        SLICE_INIT("segment"),
        SLICE_INIT("customers"),
        SLICE_INIT("customer_share"),
        SLICE_INIT("orders"),
        SLICE_INIT("revenue"),
        SLICE_INIT("revenue_share"),
        SLICE_INIT("aov"),
        SLICE_INIT("median_recency_days"),
        SLICE_INIT("median_frequency"),
        SLICE_INIT("median_monetary"),
    };
    struct rfm_summary summary;
    int failed;

    if (rfm_summary_init(&summary, print->table, print->segments, err))
        return -1;
    failed = output_open(output, common, stream, names, sizeof names / sizeof *names, err);
    for (size_t i = 0; i < summary.count && !failed; i++) {
        const struct rfm_summary_row *s = &summary.rows[i];
        struct row row = {.count = 0};
        row_text(&row, rfm_segment_name(print->segments, s->segment));
        row_decimal(&row, (int128)s->customers, 0);
        add_figure(&row, s->customer_share);
        add_figure(&row, s->orders);
        add_figure(&row, s->revenue);
        add_figure(&row, s->revenue_share);
        add_figure(&row, s->aov);
        for (int d = 0; d < RFM_DIMENSIONS; d++)
            add_figure(&row, s->median[d]);
        failed = writer_put(output->writer, row.fields, err);
    }
    rfm_summary_fini(&summary);
    return failed;
}

int rfm_print_migration(const struct rfm_migration *migration, const struct common *common, const struct stream *stream,
                        struct output *output, struct error *err)
{
    static const struct slice names[] = {SLICE_INIT("previous_segment"), SLICE_INIT("segment"), SLICE_INIT("customers"),
                                         SLICE_INIT("share")};
    int failed = output_open(output, common, stream, names, sizeof names / sizeof *names, err);

    for (size_t i = 0; i < migration->count && !failed; i++) {
        const struct rfm_migration_row *m = &migration->rows[i];
        struct row row = {.count = 0};
        row_text(&row, m->previous_segment);
        row_text(&row, m->segment);
        row_decimal(&row, (int128)m->customers, 0);
        add_figure(&row, m->share);
        failed = writer_put(output->writer, row.fields, err);
    }
    return failed;
}

/* The segments above j that take cells from it, with how many: "Champions 1, Loyal Customers 4". */
static int list_takers(const struct rfm_segments *segments, const struct rfm_coverage *coverage, size_t i,
                       struct buffer *text)
{
    buffer_clear(text);
    for (size_t j = 0; j < i; j++) {
        size_t taken = coverage->taken[i * coverage->count + j];
        if (taken &&
            buffer_printf(text, "%s%.*s %zu", text->len ? ", " : "", SLICE_ARG(rfm_segment_name(segments, j)), taken))
            return -1;
    }
    return 0;
}

int rfm_print_check(const struct rfm_segments *segments, const struct common *common, struct output *output,
                    bool *flawed, struct error *err)
{
    static const struct slice names[] = {SLICE_INIT("segment"), SLICE_INIT("cells"), SLICE_INIT("reached"),
                                         SLICE_INIT("taken_by")};
    struct rfm_coverage coverage;
    struct buffer takers;
    int failed;

    *flawed = false;
    if (rfm_segments_check(&coverage, segments, err))
        return -1;
    buffer_init(&takers);
    failed = output_open(output, common, NULL, names, sizeof names / sizeof *names, err);
    for (size_t i = 0; i <= segments->count && !failed; i++) {
        struct row row = {.count = 0};
        size_t reached = i < segments->count ? coverage.segments[i].gets : coverage.others;
        buffer_clear(&takers);
        if (i < segments->count && list_takers(segments, &coverage, i, &takers)) {
            failed = error_memory(err);
            break;
        }
        *flawed = *flawed || (i < segments->count && reached == 0);
        row_text(&row, rfm_segment_name(segments, i));
        row_decimal(&row, (int128)(i < segments->count ? coverage.segments[i].matches : coverage.cells), 0);
        row_decimal(&row, (int128)reached, 0);
        row_text(&row, buffer_slice(&takers));
        failed = writer_put(output->writer, row.fields, err);
    }
    buffer_fini(&takers);
    rfm_coverage_fini(&coverage);
    return failed;
}

int rfm_note_coverage(const struct rfm_segments *segments, const char *file, struct error *err)
{
    struct rfm_coverage coverage;
    struct buffer takers;
    int failed = 0;

    if (rfm_segments_check(&coverage, segments, err))
        return -1;
    buffer_init(&takers);
    for (size_t i = 0; i < segments->count && !failed; i++) {
        const struct rfm_coverage_segment *s = &coverage.segments[i];
        if (s->gets == s->matches)
            continue;
        failed = list_takers(segments, &coverage, i, &takers) ? error_memory(err) : 0;
        if (!failed && s->gets == 0)
            program_note("%s: segment '%.*s' can never be reached: the segments above it take all its cells (%.*s)",
                         file, SLICE_ARG(rfm_segment_name(segments, i)), SLICE_ARG(buffer_slice(&takers)));
        else if (!failed)
            program_note("%s: segment '%.*s' loses %zu of its %zu cells to segments above it (%.*s)", file,
                         SLICE_ARG(rfm_segment_name(segments, i)), s->matches - s->gets, s->matches,
                         SLICE_ARG(buffer_slice(&takers)));
    }
    if (!failed && coverage.others)
        program_note("%s: %zu of %zu cells belong to no segment: '%.*s'", file, coverage.others, coverage.cells,
                     SLICE_ARG(segments->others));
    buffer_fini(&takers);
    rfm_coverage_fini(&coverage);
    return failed;
}

void rfm_note_spread(const struct rfm_table *table, const struct rfm_spread spread[RFM_DIMENSIONS])
{
    for (int d = 0; d < RFM_DIMENSIONS && table->count; d++) {
        const struct rfm_spread *s = &spread[d];
        if (s->bins < s->bins_asked)
            program_note("%s: only %d different values, so %d bins instead of %d", rfm_dimension_names[d], s->bins,
                         s->bins, s->bins_asked);
        else if (s->used < s->bins)
            program_note("%s: %d of %d scores %s given to nobody%s", rfm_dimension_names[d], s->bins - s->used, s->bins,
                         s->bins - s->used == 1 ? "is" : "are",
                         s->cuts && s->distinct_cuts < s->cuts
                             ? ", because many customers have the same value (see --method rank)"
                             : "");
    }
}

void rfm_note_cuts(const struct rfm_table *table, const struct rfm_cuts *cuts)
{
    char date[MOMENT_TEXT];

    if (table->as_of != DAY_NONE)
        program_note("as of %.*s", SLICE_ARG(day_format(table->as_of, date)));
    for (int d = 0; d < RFM_DIMENSIONS; d++) {
        char line[600] = "";
        size_t used = 0;
        for (int i = 0; i < cuts->lists[d].count; i++) {
            char text[DECIMAL_TEXT];
            struct slice cut = decimal_format(cuts->lists[d].cuts[i].units, cuts->lists[d].cuts[i].scale, text);
            while (memchr(cut.ptr, '.', cut.len) && (cut.ptr[cut.len - 1] == '0' || cut.ptr[cut.len - 1] == '.'))
                cut.len--;
            used += (size_t)snprintf(line + used, sizeof line - used, " %.*s", SLICE_ARG(cut));
        }
        if (used)
            program_note("%s is cut at%s", rfm_dimension_names[d], line);
    }
}
