/* Everything is read and made before the first byte is written; the output is opened before that, so that one that
 * cannot be written is seen at once. */
#include "report/report_run.h"

#include <stdlib.h>

#include "report/page.h"
#include "report/report_output.h"
#include "value/date.h"

static int write_page(struct report *report, const struct report_command *o, struct sink *sink, struct error *err)
{
    struct markup out;

    markup_init(&out);
    int failed = page_write(&out, report, (double)o->width, (double)o->height, err) ||
                 sink_write(sink, buffer_slice(&out.text), err);
    markup_fini(&out);
    return failed ? -1 : 0;
}

static int write_report(struct report *report, const struct report_command *o, struct sink *sink, struct error *err)
{
    switch (o->format) {
    case REPORT_SVG:
        return report_write_svg(report, o, sink, err);
    case REPORT_PNG:
    case REPORT_PDF:
        return report_write_picture(report, o, sink, err);
    case REPORT_TEXT:
        return report_write_text(report, o, sink, err);
    default:
        return write_page(report, o, sink, err);
    }
}

/* What the command line says goes before what the layout says; --chart and --as are for all tables. */
static void apply_command(struct report_plan *plan, const struct report_command *o)
{
    if (o->title)
        plan->title = slice_from_cstr(o->title);
    if (o->note)
        plan->note = slice_from_cstr(o->note);
    if (o->language)
        plan->language = o->language;
    for (size_t i = 0; i < plan->count && !o->layout; i++) {
        plan->requests[i].as = o->as;
        plan->requests[i].chart = o->chart;
    }
}

static int make_date(const struct report_command *o, char out[MOMENT_TEXT], struct slice *date, struct error *err)
{
    struct time_zone zone = {0};
    int32_t day;

    *date = SLICE("");
    if (!o->common.as_of)
        return 0;
    if (analysis_day(o->common.as_of, &zone, &day, err))
        return -1;
    *date = day_format(day, out);
    return 0;
}

static int open_stream(const struct report_command *o, const struct report_plan *plan, struct stream **stream,
                       char **paths, struct error *err)
{
    for (size_t i = 0; i < plan->count; i++)
        paths[i] = (char *)(uintptr_t)plan->requests[i].path;
    if (common_check_files(&o->common, NULL, NULL, paths, plan->count, err))
        return -1;
    return common_open(&o->common, paths, plan->count, stream, err);
}

static int run_plan(const struct report_command *o, const struct report_plan *plan, struct stream *stream,
                    struct error *err)
{
    char text[MOMENT_TEXT];
    struct slice date;
    struct report report;
    struct sink *sink = NULL;

    if (make_date(o, text, &date, err))
        return -1;
    if (!o->check && sink_open(&sink, o->common.output, err))
        return -1;
    int failed = report_make(&report, plan, stream, date, o->rows ? o->rows : REPORT_ROWS, err);
    if (!failed) {
        failed = !o->check && (write_report(&report, o, sink, err) || sink_finish(sink, err)) ? -1 : 0;
        report_fini(&report);
    }
    sink_free(sink);
    return failed;
}

int report_run(const struct report_command *o, char *const *operands, size_t count, struct error *err)
{
    struct report_plan plan;
    struct stream *stream = NULL;
    char **paths = NULL;

    int failed =
        o->layout ? report_plan_layout(&plan, o->layout, err) : report_plan_operands(&plan, operands, count, err);
    if (!failed) {
        apply_command(&plan, o);
        paths = calloc(plan.count, sizeof *paths);
        failed = !paths                                                                          ? error_memory(err)
                 : open_stream(o, &plan, &stream, paths, err) || run_plan(o, &plan, stream, err) ? -1
                                                                                                 : 0;
    }
    stream_free(stream);
    free(paths);
    report_plan_fini(&plan);
    return failed;
}
