/* Text: for terminals, and for mails that hold no pictures. */
#include <stdlib.h>
#include <unistd.h>

#include "base/terminal.h"
#include "report/chart_text.h"
#include "report/report_output.h"
#include "stream/writer.h"
#include "value/display.h"

enum { WIDTH = 80 };

/* --width, else that of the terminal that is written to, else 80 columns. */
static size_t text_width(const struct report_command *command)
{
    const size_t columns = command->common.output ? 0 : terminal_columns(STDOUT_FILENO);

    if (command->width)
        return command->width;
    if (columns < CHART_COLUMNS_MIN)
        return WIDTH;
    return columns < CHART_COLUMNS_MAX ? columns : CHART_COLUMNS_MAX;
}

/* A heading with a line below it, as wide as it is. */
static void write_heading(struct text_chart *chart, struct slice text, const char *line)
{
    size_t width = display_width(text);

    text_cell(chart, text, width, false);
    markup_raw(chart->out, "\n");
    text_repeat(chart, line, width);
    markup_raw(chart->out, "\n");
}

static void write_line(struct text_chart *chart, struct slice text)
{
    if (!text.len)
        return;
    text_cell(chart, text, display_width(text), false);
    markup_raw(chart->out, "\n");
}

static int write_buffer(struct markup *out, struct sink *sink, struct error *err)
{
    if (out->failed)
        return error_memory(err);
    if (sink_write(sink, buffer_slice(&out->text), err))
        return -1;
    buffer_clear(&out->text);
    return 0;
}

/* The rows of the table as --to table writes them in the other programs. */
static int write_table(const struct text_chart *chart, const struct report_section *section, struct sink *sink,
                       struct error *err)
{
    size_t count = section->column_count;
    struct slice *names = words_alloc(chart->words, (count + 1) * sizeof *names);
    struct field *fields = words_alloc(chart->words, (count + 1) * sizeof *fields);
    struct writer *writer = NULL;

    if (!names || !fields)
        return error_memory(err);
    if (count == 0)
        return 0;
    for (size_t i = 0; i < count; i++)
        names[i] = section->table->names[section->columns[i]];
    int failed = writer_new(&writer, sink, FORMAT_TABLE, 0, names, count, err);
    if (!failed)
        writer_fit(writer, chart->width);
    for (size_t row = 0; row < section->rows && !failed; row++) {
        for (size_t i = 0; i < count; i++)
            fields[i] = field_text(report_cell(section->table, row, section->columns[i]));
        failed = writer_put(writer, fields, err);
    }
    failed = failed || writer_finish(writer, err);
    writer_free(writer);
    return failed ? -1 : 0;
}

static int write_section(struct text_chart *chart, const struct report_section *section, struct sink *sink,
                         struct error *err)
{
    struct words *words = chart->words;
    const struct figures *figures = &section->figures;

    write_heading(chart, section->title, "-");
    write_line(chart, words_without_marks(words, figures->sentence));
    write_line(chart, section->request->note);
    for (size_t i = 0; i < figures->count; i++) {
        markup_raw(chart->out, "\n");
        if (!slice_equal(figures->items[i].title, section->title))
            write_line(chart, figures->items[i].title);
        chart_text(chart->out, &figures->items[i], words, chart->width, chart->color);
    }
    if (figures->count)
        return write_buffer(chart->out, sink, err);
    if (figures->sentence.len || section->request->note.len)
        markup_raw(chart->out, "\n");
    if (write_buffer(chart->out, sink, err) || write_table(chart, section, sink, err))
        return -1;
    if (section->table->rows == 0)
        markup_raw(chart->out, "No records.\n");
    if (section->rows < section->table->rows) {
        struct slice more = words_number(words, (double)(section->table->rows - section->rows), UNIT_NUMBER, 0);
        markup_format(chart->out, "... and %.*s more\n", SLICE_ARG(more));
    }
    return 0;
}

static int write_sections(struct report *report, struct text_chart *chart, struct sink *sink, struct error *err)
{
    if (report->count > 1 || report->plan->title.len)
        write_heading(chart, report->title, "=");
    if (report->date.len)
        markup_format(chart->out, "As of %.*s\n", SLICE_ARG(report->date));
    write_line(chart, report->plan->note);
    for (size_t i = 0; i < report->count; i++) {
        markup_raw(chart->out, chart->out->text.len || i ? "\n" : "");
        if (write_section(chart, &report->sections[i], sink, err))
            return -1;
    }
    return report->words.failed ? error_memory(err) : write_buffer(chart->out, sink, err);
}

int report_write_text(struct report *report, const struct report_command *command, struct sink *sink, struct error *err)
{
    struct markup out;
    struct text_chart chart = {
        .out = &out,
        .words = &report->words,
        .width = text_width(command),
        .color = shade_wanted(command->color, command->common.output ? -1 : STDOUT_FILENO),
    };
    int failed;

    markup_init(&out);
    if (!command->pick)
        failed = write_sections(report, &chart, sink, err);
    else {
        struct figure figure;
        failed = report_single_figure(report, command, &figure, err);
        if (!failed) {
            write_line(&chart, figure.title);
            chart_text(&out, &figure, &report->words, chart.width, chart.color);
            failed = write_buffer(&out, sink, err);
        }
    }
    markup_fini(&out);
    return failed ? -1 : 0;
}
