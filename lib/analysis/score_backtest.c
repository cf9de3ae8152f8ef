/* Scores and outcomes of all leads are kept; what the outcomes are is told as in training. */
#include "analysis/score_backtest.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/measure_print.h"
#include "base/memory.h"
#include "base/program.h"
#include "stream/where.h"

struct backtest {
    const struct score_leads *leads;
    struct score_desk desk;
    struct kept outcomes; /* of the leads that were scored, one field each */
    double *scores;       /* of them: probabilities, where there are any */
    size_t capacity;
    bool is_probability;
};

static int take(struct backtest *test, const struct record *record, struct error *err)
{
    const struct score_leads *leads = test->leads;
    struct record outcome = *record;
    size_t column;

    if (score_desk_lead(&test->desk, record->fields, reader_untyped(leads->stream->inputs[record->input].reader),
                        &column, err)) {
        const struct error why = *err;
        return why.status == STATUS_DATA ? stream_reject(leads->stream, record, column, err, "%s", why.text) : -1;
    }
    outcome.fields = &record->fields[leads->outcome];
    outcome.count = 1;
    if (ARRAY_GROW(test->scores, test->capacity, test->outcomes.count + 1))
        return error_memory(err);
    test->is_probability = !isnan(test->desk.line.probability);
    test->scores[test->outcomes.count] = test->is_probability ? test->desk.line.probability : test->desk.line.score;
    return kept_add(&test->outcomes, &outcome, err);
}

static int measure(struct backtest *test, struct train_table *table, struct output *output, struct error *err)
{
    const struct score_options *o = test->leads->options;
    const struct slice name = slice_from_cstr(o->backtest);
    const struct train_options options = {.target = o->backtest, .positive = o->positive, .as_of = DAY_NONE};
    struct measures measures;

    if (train_table_make(table, &test->outcomes, &name, &options, err))
        return -1;
    if (table->undecided)
        program_note("%zu leads have no outcome yet and are left out", table->undecided);
    program_note("%zu leads, the outcome is '%.*s'", table->rows, SLICE_ARG(table->positive));
    for (size_t i = 0; i < table->rows; i++) /* records ascend: none is overwritten before it is read */
        test->scores[i] = test->scores[table->record[i]];
    return measures_make(&measures, test->scores, table->outcome, table->rows, test->is_probability, err) ||
                   output_open(output, &o->common, test->leads->stream, measure_columns, measure_column_count, err) ||
                   measure_print(&measures, test->scores, table->outcome, test->is_probability, output->writer, err)
               ? -1
               : 0;
}

static int read_all(struct backtest *test, struct error *err)
{
    struct record record;
    int more;

    while ((more = stream_next(test->leads->stream, &record, err)) > 0)
        if (take(test, &record, err))
            return -1;
    return more < 0 ? -1 : stream_finish(test->leads->stream, err);
}

int score_backtest(const struct score_leads *leads, struct output *output, struct error *err)
{
    struct backtest test = {.leads = leads};
    struct train_table table = {0};

    kept_init(&test.outcomes, 1);
    int failed = score_desk_init(&test.desk, leads, err) || read_all(&test, err) ||
                 measure(&test, &table, output, err) || output_finish(output, err);
    train_table_fini(&table);
    score_desk_fini(&test.desk);
    kept_fini(&test.outcomes);
    free(test.scores);
    return failed ? -1 : 0;
}
