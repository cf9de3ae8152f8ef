/* Pairs, for review, and the rules of blocking. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/dedupe_print.h"

/* A pair to be written. */
struct shown_pair {
    double probability;
    uint32_t a, b;
};

static int by_probability(const void *a, const void *b)
{
    const struct shown_pair *x = a, *y = b;

    if (x->probability != y->probability)
        return x->probability > y->probability ? -1 : 1;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

/* The pairs over the threshold, the most probable first; of two clean lists those that were chosen. NULL: memory. */
static struct shown_pair *shown_pairs(const struct dedupe *dedupe, size_t *count)
{
    const struct linkage *linkage = &dedupe->linkage;
    const struct dedupe_options *o = dedupe->options;
    struct shown_pair *shown = malloc((linkage->edges.count + 1) * sizeof *shown);

    *count = 0;
    for (size_t i = 0; shown && i < linkage->edges.count; i++) {
        const struct link_edge *edge = &linkage->edges.items[i];
        double probability = link_probability(&linkage->model, edge->score);

        if (probability < linkage->settings.threshold || (o->below > 0 && probability >= o->below) ||
            (o->link && linkage->clusters.cluster[edge->a] != linkage->clusters.cluster[edge->b]))
            continue;
        shown[(*count)++] = (struct shown_pair){probability, edge->a, edge->b};
    }
    if (shown)
        qsort(shown, *count, sizeof *shown, by_probability);
    return shown;
}

/* Writing pairs: probability, weight, the two names, perhaps the explanation, then each compared column twice. */
struct pair_print {
    struct dedupe *dedupe;
    struct output *output;
    struct field *fields[2]; /* of the two rows */
    struct field *out;
    size_t *columns; /* compared */
    size_t column_count;
    struct buffer explanation;
    struct arena names;
};

static int print_pair(struct pair_print *print, const struct shown_pair *pair, struct error *err)
{
    struct dedupe *dedupe = print->dedupe;
    char probability[32], weight[32], numbers[2][24];
    double bits = log2(pair->probability) - log2(fmax(1 - pair->probability, 1e-12));
    struct field *out = print->out;

    snprintf(probability, sizeof probability, "%.6f", pair->probability);
    snprintf(weight, sizeof weight, "%.2f", bits);
    *out++ = field_number(slice_from_cstr(probability));
    *out++ = field_number(slice_from_cstr(weight));
    *out++ = dedupe_name_of(dedupe, pair->a, print->fields[0], numbers[0]);
    *out++ = dedupe_name_of(dedupe, pair->b, print->fields[1], numbers[1]);
    if (dedupe->options->explain) {
        buffer_clear(&print->explanation);
        if (linkage_explain(&dedupe->linkage, pair->a, pair->b, &print->explanation, err))
            return -1;
        *out++ = field_text(buffer_slice(&print->explanation));
    }
    kept_fields(&dedupe->kept, pair->a, print->fields[0]);
    kept_fields(&dedupe->kept, pair->b, print->fields[1]);
    for (size_t c = 0; c < print->column_count; c++)
        for (int side = 0; side < 2; side++)
            *out++ = print->fields[side][print->columns[c]];
    return writer_put(print->output->writer, print->out, err);
}

/* "email_1" */
static int side_name(struct arena *arena, struct slice name, int side, struct slice *out)
{
    char *text = arena_alloc(arena, name.len + 2);

    if (!text)
        return -1;
    memcpy(text, name.ptr, name.len);
    text[name.len] = '_';
    text[name.len + 1] = (char)('1' + side);
    *out = (struct slice){text, name.len + 2};
    return 0;
}

static int open_pairs(struct pair_print *print, struct error *err)
{
    const struct dedupe *dedupe = print->dedupe;
    const struct link_plan *plan = &dedupe->linkage.plan;
    struct slice *names = calloc(5 + 2 * (dedupe->kept.columns + 1), sizeof *names);
    size_t count = 0;
    int failed = !names ? error_memory(err) : 0;

    for (size_t f = 0; !failed && f < plan->count; f++)
        for (size_t s = 0; s < plan->fields[f].slots; s++)
            print->columns[print->column_count++] = plan->fields[f].columns[s];
    if (!failed) {
        names[count++] = SLICE("match_probability");
        names[count++] = SLICE("match_weight");
        names[count++] = SLICE("id_1");
        names[count++] = SLICE("id_2");
        if (dedupe->options->explain)
            names[count++] = SLICE("explanation");
    }
    for (size_t c = 0; !failed && c < print->column_count; c++)
        for (int side = 0; side < 2; side++)
            if (side_name(&print->names, dedupe->names[print->columns[c]], side, &names[count++]))
                failed = error_memory(err);
    failed = failed || output_open(print->output, &dedupe->options->common, dedupe->stream, names, count, err);
    free(names);
    return failed ? -1 : 0;
}

int dedupe_print_pairs(struct dedupe *dedupe, struct output *output, struct error *err)
{
    size_t columns = dedupe->kept.columns + 1, count = 0;
    struct pair_print print = {
        .dedupe = dedupe,
        .output = output,
        .fields = {calloc(columns, sizeof(struct field)), calloc(columns, sizeof(struct field))},
        .out = calloc(5 + 2 * columns, sizeof(struct field)),
        .columns = calloc(columns * LINK_SLOTS, sizeof(size_t)),
    };
    struct shown_pair *pairs = shown_pairs(dedupe, &count);
    int failed = !pairs || !print.fields[0] || !print.fields[1] || !print.out || !print.columns ? error_memory(err) : 0;

    arena_init(&print.names);
    buffer_init(&print.explanation);
    failed = failed || open_pairs(&print, err);
    for (size_t i = 0; i < count && !failed; i++)
        failed = print_pair(&print, &pairs[i], err);
    free(pairs);
    free(print.fields[0]);
    free(print.fields[1]);
    free(print.out);
    free(print.columns);
    arena_fini(&print.names);
    buffer_fini(&print.explanation);
    return failed ? -1 : 0;
}

static struct field count_field(char text[24], double value)
{
    snprintf(text, 24, "%.0f", value);
    return field_number(slice_from_cstr(text));
}

int dedupe_print_blocks(struct dedupe *dedupe, struct output *output, struct error *err)
{
    const struct slice names[] = {SLICE_INIT("rule"),          SLICE_INIT("pairs"),      SLICE_INIT("blocks"),
                                  SLICE_INIT("largest_block"), SLICE_INIT("cut_blocks"), SLICE_INIT("cut_records"),
                                  SLICE_INIT("lost_pairs")};
    const struct linkage *linkage = &dedupe->linkage;
    struct buffer rule;
    int failed = output_open(output, &dedupe->options->common, dedupe->stream, names, 7, err);

    buffer_init(&rule);
    for (size_t i = 0; i < linkage->index.count && !failed; i++) {
        const struct link_blocks *blocks = &linkage->index.blocks[i];
        char numbers[6][24];

        buffer_clear(&rule);
        if (link_rule_print(&blocks->rule, &linkage->records, &rule)) {
            failed = error_memory(err);
            break;
        }
        const struct field row[] = {
            field_text(buffer_slice(&rule)),
            count_field(numbers[0], (double)blocks->pairs),
            count_field(numbers[1], (double)blocks->count),
            count_field(numbers[2], (double)blocks->largest),
            count_field(numbers[3], (double)blocks->cut_blocks),
            count_field(numbers[4], (double)blocks->cut_rows),
            count_field(numbers[5], blocks->lost_pairs),
        };
        failed = writer_put(output->writer, row, err);
    }
    buffer_fini(&rule);
    if (!failed)
        dedupe_tell_memory(dedupe);
    return failed ? -1 : 0;
}
