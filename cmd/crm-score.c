/* crm-score: which lead to call first, by points for what it is and what it did, and why.
 *
 * What points mean is in lib/analysis/score_rules.h and score.h; what a learned model is, in model.h. */
#include "analysis/score_backtest.h"
#include "analysis/score_feed.h"
#include "analysis/score_partial.h"
#include "analysis/score_run.h"
#include "base/program.h"
#include "stream/file.h"
#include "stream/where.h"

/* What is read before the leads. */
struct settings {
    struct score_rules rules;
    struct score_events events;
    struct model model;
};

static int read_rules(const struct score_options *o, struct settings *settings, struct error *err)
{
    const char *builtin = score_rules_builtin(o->rules);
    struct buffer text;

    buffer_init(&text);
    int failed =
        (!builtin && file_read(o->rules, &text, err)) ||
        score_rules_read(&settings->rules, builtin ? slice_from_cstr(builtin) : buffer_slice(&text), o->rules, err);
    buffer_fini(&text);
    if (o->may_fall)
        settings->rules.may_fall = true;
    return failed ? -1 : 0;
}

static int read_model(const struct score_options *o, struct settings *settings, struct error *err)
{
    struct buffer text;

    buffer_init(&text);
    int failed = file_read(o->model, &text, err) || model_read(&settings->model, buffer_slice(&text), o->model, err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

static int check_settings(const struct score_options *o, const struct settings *settings)
{
    if (o->rules)
        program_note("%s: in order; rules: %zu, groups: %zu", o->rules, settings->rules.rule_count,
                     settings->rules.group_count);
    else
        program_note("%s: a model of %zu features, in order", o->model, settings->model.feature_count);
    return 0;
}

/* The events, and the day that leads are scored at. */
static int prepare(const struct score_options *o, struct settings *settings, struct score_leads *leads,
                   struct error *err)
{
    struct expression_context *context = &leads->context;
    char text[MOMENT_TEXT];
    const char *origin = "today";

    context->dates.format = o->date_format;
    if (o->common.tz && time_zone_open(&context->dates.zone, o->common.tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    if (o->events && score_feed(&settings->events, o, o->key, context, err))
        return -1;
    if (analysis_day(o->common.as_of, &context->dates.zone, &context->as_of, err))
        return -1;
    if (o->common.as_of || o->as_of_column)
        return 0;
    if (settings->events.latest != DAY_NONE && o->events) {
        context->as_of = settings->events.latest;
        origin = "the day of the latest event";
    } else if (!score_leads_need_day(leads)) {
        return 0;
    }
    program_note("scored as of %.*s, %s; --as-of DATE sets another day", SLICE_ARG(day_format(context->as_of, text)),
                 origin);
    return 0;
}

/* Of parts nothing is scored again. */
static int open_leads(struct score_leads *leads, struct stream *stream, struct error *err)
{
    if (!leads->options->parts.merge)
        return score_leads_open(leads, stream, err);
    leads->stream = stream;
    return 0;
}

static int score(const struct score_options *o, struct settings *settings, char **operands, size_t count,
                 struct error *err)
{
    struct score_leads leads = {
        .options = o,
        .rules = o->rules ? &settings->rules : NULL,
        .events = o->events ? &settings->events : NULL,
        .model = o->model ? &settings->model : NULL,
    };
    struct score_partial partial = {0};
    struct output output = {0};
    struct stream *stream = NULL;

    leads.partial = &partial;
    int failed = ((o->parts.partial || o->parts.merge) && score_partial_init(&partial, o, err)) ||
                 (!o->parts.merge && prepare(o, settings, &leads, err)) ||
                 partial_open(&o->parts, &o->common, operands, count, &stream, err) ||
                 open_leads(&leads, stream, err) || output_prepare(&output, &o->common, err) ||
                 (o->backtest      ? score_backtest(&leads, &output, err)
                  : o->parts.merge ? score_partial_merge_top(&leads, &output, err)
                                   : score_run(&leads, &output, err));
    output_free(&output);
    score_leads_fini(&leads);
    score_partial_fini(&partial);
    stream_free(stream);
    return failed ? -1 : 0;
}

static int print_rules(const struct score_options *o, struct error *err)
{
    const char *text = score_rules_builtin(o->print_rules);
    struct sink *sink = NULL;

    if (!text) {
        option_choice(o->print_rules, score_rules_words, err);
        error_prefix(err, "option '--print-rules': ");
        return -1;
    }
    int failed = sink_open(&sink, o->common.output, err) || sink_write(sink, slice_from_cstr(text), err) ||
                 sink_finish(sink, err);
    sink_free(sink);
    return failed ? -1 : 0;
}

static int run(const struct score_options *o, char **operands, size_t count, struct error *err)
{
    struct settings settings = {0};
    const char *const beside[] = {o->events, o->rules, o->model};

    score_events_init(&settings.events, &settings.rules);
    int failed = common_check_files(&o->common, "--event-rejects", o->event_rejects, operands, count, err) ||
                 common_check_settings(&o->common, "--event-rejects", o->event_rejects, beside, 3, err) ||
                 (o->rules ? read_rules(o, &settings, err) : read_model(o, &settings, err));
    if (!failed)
        failed = o->check ? check_settings(o, &settings) : score(o, &settings, operands, count, err);
    score_events_fini(&settings.events);
    score_rules_fini(&settings.rules);
    model_fini(&settings.model);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    struct score_options o = SCORE_OPTIONS_INIT;
    struct error err;
    int first;

    program_begin("crm-score");
    int go = score_options_read(&o, argc, argv, &first, &err);
    if (go > 0)
        go = (o.print_rules ? print_rules(&o, &err) : run(&o, argv + first, (size_t)(argc - first), &err)) ? -1 : 0;
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
