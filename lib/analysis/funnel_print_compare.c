/* Whether groups differ: of two groups the first against the second, of more each against all the others together. */
#include <math.h>
#include <stdlib.h>

#include "analysis/funnel_print.h"
#include "analysis/proportion.h"

/* One comparison: a group at a step, against others. */
struct contrast {
    const struct funnel_cell *cell;  /* of the group: cells of its periods are one here */
    const struct funnel_cell *other; /* of two groups, the other; NULL: all others */
    int step;                        /* or -1: from the first to the last */
    uint64_t entered, converted, other_entered, other_converted;
};

/* How many came to a step, and how many went on: of a cell, or summed up over all. */
struct passage {
    uint64_t entered, converted;
};

static struct passage passage_of(const struct funnel_cell *cell, int step, const struct funnel_rules *rules)
{
    if (step < 0)
        return (struct passage){cell->entered[0], cell->entered[rules->steps - 1]};
    return (struct passage){cell->entered[step], cell->converted[step]};
}

static struct passage passage_of_all(const struct funnel_tally *tally, int step, const struct funnel_rules *rules)
{
    struct passage sum = {0, 0};

    for (size_t i = 0; i < tally->count; i++) {
        struct passage one = passage_of(&tally->cells[i], step, rules);
        sum.entered += one.entered;
        sum.converted += one.converted;
    }
    return sum;
}

static size_t make_contrasts(const struct funnel_print *print, const struct funnel_tally *tally,
                             struct contrast *contrasts)
{
    const struct funnel_rules *rules = &print->question->options->rules;
    size_t groups = tally->count == 2 ? 1 : tally->count;
    bool whole = funnel_next_step(rules, 0) != rules->steps - 1;
    size_t rows = (size_t)rules->steps - 1 + whole; /* of a group */
    size_t count = 0;

    for (int s = 0; s < rules->steps && tally->count > 1; s++) {
        int step = s == rules->steps - 1 ? -1 : s; /* instead of the last step: the whole */
        if (step < 0 && funnel_next_step(rules, 0) == s)
            continue;
        struct passage all = passage_of_all(tally, step, rules);
        for (size_t i = 0; i < groups; i++) {
            struct passage own = passage_of(&tally->cells[i], step, rules);
            contrasts[i * rows + count] = (struct contrast){
                .cell = &tally->cells[i],
                .other = tally->count == 2 ? &tally->cells[1] : NULL,
                .step = step,
                .entered = own.entered,
                .converted = own.converted,
                .other_entered = all.entered - own.entered,
                .other_converted = all.converted - own.converted,
            };
        }
        count++;
    }
    return tally->count > 1 ? groups * rows : 0;
}

static struct slice group_name(const struct funnel_print *print, const struct funnel_cell *cell)
{
    if (!cell)
        return SLICE("all others");
    return cell->group == FUNNEL_NO_VALUE ? (struct slice){"", 0}
                                          : group_key(&print->question->funnel->groups, cell->group);
}

static void put_side(struct row *row, uint64_t entered, uint64_t converted)
{
    row_count(row, entered);
    row_count(row, converted);
    row_real(row, entered ? (double)converted / (double)entered : NAN, 4);
}

static int print_contrast(const struct funnel_print *print, const struct contrast *c, double p, double adjusted,
                          struct error *err)
{
    const struct funnel_options *o = print->question->options;
    const struct interval difference = proportion_difference(c->converted, c->entered, c->other_converted,
                                                             c->other_entered, proportion_z(o->confidence));
    char room[32];
    char next_room[32];
    struct row row;
    int step = c->step < 0 ? 0 : c->step;
    int next = c->step < 0 ? o->rules.steps - 1 : funnel_next_step(&o->rules, step);

    row.count = 0;
    row_text(&row, group_name(print, c->cell));
    row_text(&row, group_name(print, c->other));
    row_text(&row, funnel_print_step(print, step, room));
    row_text(&row, funnel_print_step(print, next, next_room));
    put_side(&row, c->entered, c->converted);
    put_side(&row, c->other_entered, c->other_converted);
    row_real(&row, difference.value, 4);
    row_real(&row, difference.low, 4);
    row_real(&row, difference.high, 4);
    row_real(&row, p, 6);
    row_real(&row, adjusted, 6);
    return writer_put(print->output->writer, row.fields, err);
}

static int print_contrasts(const struct funnel_print *print, const struct contrast *contrasts, double *p, size_t *order,
                           size_t count, struct error *err)
{
    double *adjusted = p + count;

    for (size_t i = 0; i < count; i++)
        p[i] = adjusted[i] = proportion_test(contrasts[i].converted, contrasts[i].entered, contrasts[i].other_converted,
                                             contrasts[i].other_entered);
    proportion_adjust(adjusted, order, count);
    for (size_t i = 0; i < count; i++)
        if (print_contrast(print, &contrasts[i], p[i], adjusted[i], err))
            return -1;
    return 0;
}

int funnel_print_compare(const struct funnel_print *print, struct funnel_tally *tally, struct error *err)
{
    static const char *const columns[] = {
        "other",           "from",       "to",         "entered",        "converted",       "rate",    "other_entered",
        "other_converted", "other_rate", "difference", "difference_low", "difference_high", "p_value", "p_adjusted"};
    const struct funnel_options *o = print->question->options;
    size_t room = tally->count * (size_t)o->rules.steps + 1;
    struct contrast *contrasts = malloc(room * sizeof *contrasts);
    double *p = malloc(2 * room * sizeof *p);
    size_t *order = malloc(room * sizeof *order);
    struct slice names[ROW_COLUMNS];
    size_t count = 0;
    int failed = -1;

    names[count++] = print->feed->group_name;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        names[count++] = slice_from_cstr(columns[i]);
    if (!contrasts || !p || !order)
        error_memory(err);
    else
        failed = output_open_report(print->output, &o->common, print->feed->stream, "--by", names, count, err) ||
                 print_contrasts(print, contrasts, p, order, make_contrasts(print, tally, contrasts), err);
    free(contrasts);
    free(p);
    free(order);
    return failed ? -1 : 0;
}
