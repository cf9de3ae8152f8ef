/* Rules and models give the same columns, so that what follows in a pipe need not know which it was. */
#include "analysis/score_leads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stream/where.h"

/* Names that stand for results in the conditions of lifecycle stages: a column of the lead is wanted under such a name
 * only if a rule asks for it. */
static bool is_result(struct slice name)
{
    for (int i = 0; score_number_names[i]; i++)
        if (slice_equal_cstr(name, score_number_names[i]))
            return true;
    return slice_equal_cstr(name, "grade");
}

static bool rules_use(const struct score_rules *rules, size_t column)
{
    bool used = false;

    for (size_t i = 0; i < rules->rule_count && !used; i++)
        used = rules->rules[i].expression && expression_uses(rules->rules[i].expression, column);
    for (size_t i = 0; i < rules->grades.criterion_count && !used; i++)
        used = expression_uses(rules->grades.criteria[i].when, column);
    for (size_t i = 0; i < rules->checklist_count && !used; i++)
        for (size_t j = 0; j < rules->checklists[i].count && !used; j++)
            used = expression_uses(rules->checklists[i].items[j].met, column) ||
                   expression_uses(rules->checklists[i].items[j].known, column);
    return used;
}

/* The name of a column that is wanted; empty: it is a result. */
static struct slice wanted_name(const struct score_leads *leads, size_t i)
{
    if (!leads->rules)
        return leads->model->features[i].name;
    struct slice name = leads->rules->lead.names[i];
    return is_result(name) && !rules_use(leads->rules, i) ? SLICE("") : name;
}

/* Before all columns of the input are taken: a member of JSON that no record had so far is one of them from now on. */
static int announce(struct score_leads *leads, const char *option, struct error *err)
{
    size_t column;

    for (size_t i = 0; i < leads->wanted_count; i++)
        for (size_t input = 0; wanted_name(leads, i).len && input < leads->stream->input_count; input++)
            if (expression_find_column(leads->stream->inputs[input].reader, wanted_name(leads, i), option, &column,
                                       err))
                return -1;
    return 0;
}

static int find_wanted(struct score_leads *leads, const char *option, struct error *err)
{
    for (size_t i = 0; i < leads->wanted_count; i++) {
        leads->wanted[i] = COLUMN_ABSENT;
        if (wanted_name(leads, i).len &&
            stream_expression_column(leads->stream, wanted_name(leads, i), option, &leads->wanted[i], err))
            return -1;
    }
    return 0;
}

/* The column of a role of which nothing is said. */
static int find_key(struct score_leads *leads, struct error *err)
{
    static const char *const likely[] = {"lead_id", "contact_id", "customer_id", "account_id", "entity_id"};
    const char *given = leads->options->key;

    leads->key = COLUMN_ABSENT;
    if (given && stream_role(leads->stream, "--key", given, "lead_id", true, &leads->key, err))
        return -1;
    for (size_t i = 0; i < sizeof likely / sizeof *likely && leads->key == COLUMN_ABSENT; i++)
        if (stream_role(leads->stream, NULL, NULL, likely[i], false, &leads->key, err))
            return -1;
    leads->key_name = given;
    if (leads->key == COLUMN_ABSENT && leads->options->events && leads->stream->inputs[0].reader->name_count)
        return stream_missing_column(leads->stream->inputs[0].reader, "--key", NULL, "lead_id", err);
    return 0;
}

static int find_columns(struct score_leads *leads, struct error *err)
{
    const struct score_options *o = leads->options;

    leads->stage = leads->as_of_column = leads->outcome = COLUMN_ABSENT;
    if (find_key(leads, err) || find_wanted(leads, leads->rules ? "--rules" : "--model", err))
        return -1;
    if (stream_role(leads->stream, NULL, NULL, "lifecycle_stage", false, &leads->stage, err))
        return -1;
    if (o->as_of_column &&
        stream_role(leads->stream, "--as-of-column", o->as_of_column, "as_of", true, &leads->as_of_column, err))
        return -1;
    return o->backtest ? stream_role(leads->stream, "--backtest", o->backtest, "outcome", true, &leads->outcome, err)
                       : 0;
}

bool score_leads_need_day(const struct score_leads *leads)
{
    const struct score_rules *rules = leads->rules;
    bool needs = false;

    for (size_t i = 0; leads->model && i < leads->model->feature_count; i++)
        needs = needs || leads->model->features[i].kind == TRAIN_DATE;
    return needs || (rules && score_rules_need_day(rules));
}

int score_leads_open(struct score_leads *leads, struct stream *stream, struct error *err)
{
    leads->stream = stream;
    leads->wanted_count = leads->rules ? leads->rules->lead.count : leads->model->feature_count;
    leads->wanted = calloc(leads->wanted_count + 1, sizeof *leads->wanted);
    if (!leads->wanted)
        return error_memory(err);
    if (announce(leads, leads->rules ? "--rules" : "--model", err) || stream_all(stream, err))
        return -1;
    leads->columns = stream->column_count;
    return find_columns(leads, err);
}

void score_leads_fini(struct score_leads *leads)
{
    free(leads->wanted);
    leads->wanted = NULL;
}

int score_desk_init(struct score_desk *desk, const struct score_leads *leads, struct error *err)
{
    size_t count = leads->wanted_count + 1;

    *desk = (struct score_desk){.leads = leads, .dates = leads->context.dates};
    buffer_init(&desk->reasons);
    if (leads->rules) {
        desk->values = calloc(count, sizeof *desk->values);
        return desk->values ? scorer_init(&desk->scorer, leads->rules, leads->events, &leads->context, err)
                            : error_memory(err);
    }
    desk->texts = calloc(count, sizeof *desk->texts);
    desk->parts = calloc(count, sizeof *desk->parts);
    desk->bins = calloc(count, sizeof *desk->bins);
    if (!desk->texts || !desk->parts || !desk->bins)
        return error_memory(err);
    return model_use_new(&desk->use, leads->model, leads->context.as_of, &desk->dates, err);
}

void score_desk_fini(struct score_desk *desk)
{
    if (desk->leads && desk->leads->rules)
        scorer_fini(&desk->scorer);
    model_use_free(desk->use);
    free(desk->values);
    free(desk->texts);
    free(desk->parts);
    free(desk->bins);
    buffer_fini(&desk->reasons);
}

/* The analysis date of this lead. */
static int find_day(struct score_desk *desk, const struct field *fields, size_t *column, int32_t *day,
                    struct error *err)
{
    struct quote q;

    *day = desk->leads->context.as_of;
    if (desk->leads->as_of_column == COLUMN_ABSENT)
        return 0;
    *column = desk->leads->as_of_column;
    struct slice text = fields[*column].text;
    if (!date_read(&desk->dates, text, day))
        return error_set(err, STATUS_DATA, text.len ? "'%s' is not a date" : "no date", quote(&q, text));
    *column = COLUMN_ABSENT;
    return 0;
}

static const struct field nothing = {SLICE_INIT(""), FIELD_ABSENT};

static int score_by_rules(struct score_desk *desk, const struct field *fields, bool untyped, int32_t day,
                          struct error *err)
{
    const struct score_leads *leads = desk->leads;
    const struct score_result *result = &desk->scorer.result;
    struct slice key = leads->key == COLUMN_ABSENT ? SLICE("") : fields[leads->key].text;
    struct slice had = leads->stage == COLUMN_ABSENT ? SLICE("") : fields[leads->stage].text;
    enum score_stage stage = had.len ? score_stage_find(had) : STAGE_NONE;

    for (size_t i = 0; i < leads->wanted_count; i++)
        expression_set(&desk->values[i], leads->wanted[i] == COLUMN_ABSENT ? &nothing : &fields[leads->wanted[i]],
                       untyped);
    if (scorer_score(&desk->scorer, desk->values, key, day, stage, err))
        return -1;
    desk->line = (struct score_line){
        .score = result->total,
        .fit = leads->rules->has_fit ? result->fit : NAN,
        .engagement = leads->rules->has_engagement ? result->engagement : NAN,
        .probability = result->probability,
        .grade = result->grade,
        .stage = result->stage == stage ? had : slice_from_cstr(score_stage_names[result->stage]),
        .temperature = result->temperature,
    };
    return score_reasons(leads->rules, result, leads->options->reasons, &desk->reasons) ? error_memory(err) : 0;
}

static int score_by_model(struct score_desk *desk, const struct field *fields, int32_t day, struct error *err)
{
    const struct score_leads *leads = desk->leads;
    double z, p;

    for (size_t i = 0; i < leads->wanted_count; i++)
        desk->texts[i] = leads->wanted[i] == COLUMN_ABSENT ? SLICE("") : fields[leads->wanted[i]].text;
    model_use_set_day(desk->use, day);
    if (model_apply(desk->use, desk->texts, &z, &p, desk->parts, desk->bins, err))
        return -1;
    desk->line = (struct score_line){
        .score = 100 * p,
        .fit = NAN,
        .engagement = NAN,
        .probability = p,
        .grade = model_grade(leads->model, p),
        .stage = leads->stage == COLUMN_ABSENT ? SLICE("") : fields[leads->stage].text,
    };
    return model_reasons(leads->model, desk->parts, desk->bins, leads->options->reasons, &desk->reasons)
               ? error_memory(err)
               : 0;
}

int score_desk_lead(struct score_desk *desk, const struct field *fields, bool untyped, size_t *column,
                    struct error *err)
{
    int32_t day;

    *column = COLUMN_ABSENT;
    buffer_clear(&desk->reasons);
    if (find_day(desk, fields, column, &day, err) ||
        (desk->leads->rules ? score_by_rules(desk, fields, untyped, day, err) : score_by_model(desk, fields, day, err)))
        return -1;
    desk->line.reasons = buffer_slice(&desk->reasons);
    return 0;
}
