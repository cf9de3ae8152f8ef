/* Scores and outcomes of all leads are kept; what the outcomes are is told as in training. */
#include "analysis/score_backtest.h"

#include <math.h>

#include "analysis/measure_print.h"
#include "analysis/score_partial.h"
#include "base/program.h"
#include "stream/where.h"

struct backtest {
    const struct score_leads *leads;
    struct score_desk desk;
    struct score_outcomes outcomes; /* of the leads that were scored */
};

static int take(struct backtest *test, const struct record *record, struct error *err)
{
    const struct score_leads *leads = test->leads;
    const struct score_line *line = &test->desk.line;
    size_t column;

    if (score_desk_lead(&test->desk, record->fields, reader_untyped(leads->stream->inputs[record->input].reader),
                        &column, err)) {
        const struct error why = *err;
        return why.status == STATUS_DATA ? stream_reject(leads->stream, record, column, err, "%s", why.text) : -1;
    }
    test->outcomes.is_probability = !isnan(line->probability);
    return score_outcomes_add(&test->outcomes, test->outcomes.is_probability ? line->probability : line->score,
                              &record->fields[leads->outcome], err);
}

/* to: the format of the output. */
static int measure(struct backtest *test, enum format to, struct train_table *table, struct output *output,
                   struct error *err)
{
    const struct score_options *o = test->leads->options;
    const struct slice name = slice_from_cstr(o->backtest);
    const struct train_options options = {.target = o->backtest, .positive = o->positive, .as_of = DAY_NONE};
    bool is_probability = test->outcomes.is_probability;
    double *scores = test->outcomes.scores;
    struct common common = o->common;
    struct measures measures;
    struct quote q;

    common.to = to;
    if (train_table_make(table, &test->outcomes.texts, &name, &options, err))
        return -1;
    if (table->undecided)
        program_note("%zu leads have no outcome yet and are left out", table->undecided);
    program_note("%zu leads, the outcome is '%s'", table->rows, quote(&q, table->positive));
    for (size_t i = 0; i < table->rows; i++) /* records ascend: none is overwritten before it is read */
        scores[i] = scores[table->record[i]];
    return measures_make(&measures, scores, table->outcome, table->rows, is_probability, err) ||
                   output_open(output, &common, test->leads->stream, measure_columns, measure_column_count, err) ||
                   measure_print(&measures, scores, table->outcome, is_probability, output->writer, err) ||
                   output_finish(output, err)
               ? -1
               : 0;
}

static int read_all(struct backtest *test, struct error *err)
{
    struct record record;
    int more = score_desk_init(&test->desk, test->leads, err);

    while (more >= 0 && (more = stream_next(test->leads->stream, &record, err)) > 0)
        if (take(test, &record, err))
            more = -1;
    return more < 0 ? -1 : stream_finish(test->leads->stream, err);
}

int score_backtest(const struct score_leads *leads, struct output *output, struct error *err)
{
    const struct partial_choice *parts = &leads->options->parts;
    struct backtest test = {.leads = leads};
    struct train_table table = {0};
    enum format to = leads->options->common.to;

    score_outcomes_init(&test.outcomes);
    int failed = (parts->merge ? score_partial_read_outcomes(&test.outcomes, leads, &to, err) : read_all(&test, err)) ||
                 (parts->partial ? score_partial_write_outcomes(&test.outcomes, leads, output, err)
                                 : measure(&test, to, &table, output, err));
    train_table_fini(&table);
    score_desk_fini(&test.desk);
    score_outcomes_fini(&test.outcomes);
    return failed ? -1 : 0;
}
