/* A table of the page: numbers grouped and at the right, shares in per cent, text in its own direction. */
#include <math.h>

#include "report/page.h"

enum column_form { FORM_TEXT, FORM_LABEL, FORM_NUMBER, FORM_SHARE };

static enum column_form form_of(const struct report_section *section, size_t column)
{
    if (section_share(section, column))
        return FORM_SHARE;
    if (!report_column_numeric(section->table, column))
        return FORM_TEXT;
    return report_column_label(section->table, column) ? FORM_LABEL : FORM_NUMBER;
}

static struct slice cell_text(struct report *report, const struct report_section *section, size_t row, size_t column,
                              enum column_form form)
{
    struct slice text = report_cell(section->table, row, column);
    double number = form == FORM_SHARE ? report_number(section->table, row, column) : NAN;

    if (form == FORM_NUMBER)
        return words_decimal(&report->words, slice_trim(text));
    return isnan(number) ? text : words_number(&report->words, number, UNIT_SHARE, 1);
}

/* "overall_rate" is read as two words. */
static void write_name(struct markup *out, struct slice name)
{
    size_t from = 0;

    for (size_t i = 0; i <= name.len; i++)
        if (i == name.len || name.ptr[i] == '_') {
            markup_text(out, (struct slice){name.ptr + from, i - from});
            markup_raw(out, i < name.len ? " " : "");
            from = i + 1;
        }
}

static void write_head(struct markup *out, const struct report_section *section, const enum column_form *forms)
{
    markup_raw(out, "<thead><tr>");
    for (size_t i = 0; i < section->column_count; i++) {
        markup_raw(out, forms[i] == FORM_TEXT ? "<th scope=\"col\" dir=\"auto\">" : "<th scope=\"col\" class=\"n\">");
        write_name(out, section->table->names[section->columns[i]]);
        markup_raw(out, "</th>");
    }
    markup_raw(out, "</tr></thead>\n");
}

static void write_row(struct markup *out, struct report *report, const struct report_section *section, size_t row,
                      const enum column_form *forms)
{
    markup_raw(out, "<tr>");
    for (size_t i = 0; i < section->column_count; i++) {
        bool head = i == 0 && forms[i] != FORM_NUMBER && forms[i] != FORM_SHARE;
        const char *class = forms[i] == FORM_TEXT ? " dir=\"auto\"" : " class=\"n\"";
        markup_format(out, head ? "<th scope=\"row\"%s>" : "<td%s>", class);
        markup_text(out, cell_text(report, section, row, section->columns[i], forms[i]));
        markup_raw(out, head ? "</th>" : "</td>");
    }
    markup_raw(out, "</tr>\n");
}

void page_table(struct markup *out, struct report *report, const struct report_section *section)
{
    enum column_form *forms = words_alloc(&report->words, (section->column_count + 1) * sizeof *forms);

    if (!forms)
        return;
    for (size_t i = 0; i < section->column_count; i++)
        forms[i] = form_of(section, section->columns[i]);
    markup_raw(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    markup_text(out, section->title);
    markup_raw(out, "\">\n<table>\n");
    write_head(out, section, forms);
    markup_raw(out, "<tbody>\n");
    for (size_t row = 0; row < section->rows; row++)
        write_row(out, report, section, row, forms);
    markup_raw(out, "</tbody>\n</table>\n</div>\n");
}
