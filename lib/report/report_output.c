/* Charts alone. A file holds one picture: of a report with several the first would be a guess, so it is asked which. */
#include "report/report_output.h"

#include "report/canvas_svg.h"
#include "report/chart.h"

int report_single_figure(const struct report *report, const struct report_command *command, struct figure *figure,
                         struct error *err)
{
    const struct report_section *section;
    const struct figure *found = report_figure(report, command->pick ? command->pick - 1 : 0, &section);
    size_t count = 0;

    while (report_figure(report, count, &section))
        count++;
    if (count == 0)
        return error_set(err, STATUS_DATA, "%s: there is nothing in it to draw; --chart can say what to draw",
                         report->tables.items[0].file);
    if (!found)
        return error_set(err, STATUS_USAGE, "option '--pick': there are %zu charts", count);
    if (report->count > 1 && !command->pick)
        return error_set(err, STATUS_USAGE,
                         "there are %zu charts, and a picture is one of them: --pick N, or --to html or pdf for all",
                         count);
    *figure = *found;
    if (command->title)
        figure->title = slice_from_cstr(command->title);
    return 0;
}

int report_write_svg(struct report *report, const struct report_command *command, struct sink *sink, struct error *err)
{
    struct figure figure;
    double width = command->width ? (double)command->width : CHART_WIDTH;
    struct canvas_svg svg;
    struct markup out;
    int failed = 0;

    if (report_single_figure(report, command, &figure, err))
        return -1;
    double height = command->height ? (double)command->height : chart_height(&figure, width, true);
    markup_init(&out);
    canvas_svg_begin(&svg, &out,
                     &(struct svg_head){.width = width,
                                        .height = height,
                                        .title = figure.title,
                                        .description = figure_describe(&figure, &report->words),
                                        .id = "c",
                                        .alone = true});
    chart_draw(&figure, &svg.canvas, &report->words, width, height, true);
    canvas_svg_end(&svg);
    if (out.failed || report->words.failed)
        failed = error_memory(err);
    else
        failed = sink_write(sink, buffer_slice(&out.text), err);
    markup_fini(&out);
    return failed;
}
