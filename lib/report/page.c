/* The page, from its head to its foot. Titles and notes are of the user's language and stand in their own direction;
 * what the program says is English, and is marked as such where the page is not. */
#include "report/page.h"

#include <stdio.h>
#include <string.h>

#include "base/program.h"
#include "report/canvas_svg.h"
#include "report/chart.h"

enum { SMALL_TABLE = 12, NAV_SECTIONS = 4 };

struct page {
    struct markup *out;
    struct report *report;
    double width, height;
    size_t drawings;
    const char *english; /* attributes of what we say */
};

static void write_element(struct markup *out, const char *begin, struct slice text, const char *end)
{
    markup_raw(out, begin);
    markup_text(out, text);
    markup_raw(out, end);
}

/* Names in a sentence stand apart, so that their direction is their own. */
static void write_sentence(struct markup *out, struct slice sentence)
{
    size_t from = 0;

    for (size_t i = 0; i < sentence.len; i++)
        if (sentence.ptr[i] == WORDS_NAME_BEGIN || sentence.ptr[i] == WORDS_NAME_END) {
            markup_text(out, (struct slice){sentence.ptr + from, i - from});
            markup_raw(out, sentence.ptr[i] == WORDS_NAME_BEGIN ? "<bdi>" : "</bdi>");
            from = i + 1;
        }
    markup_text(out, (struct slice){sentence.ptr + from, sentence.len - from});
}

static void write_head(struct page *page)
{
    struct markup *out = page->out;
    const char *language = page->report->plan->language;
    const char *direction = language_right_to_left(language) ? "rtl" : "ltr";

    markup_format(out, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  language ? language : "en", direction);
    markup_raw(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                    "'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"generator\" content=\"crm-report " CRM_VERSION "\">\n");
    write_element(out, "<title>", page->report->title, "</title>\n");
    page_style(out);
    markup_raw(out, "</head>\n<body>\n");
}

static void write_header(struct page *page)
{
    struct markup *out = page->out;
    struct report *report = page->report;

    write_element(out, "<header>\n<h1 id=\"t0\" dir=\"auto\">", report->title, "</h1>\n");
    if (report->date.len) {
        markup_format(out, "<p class=\"muted\"%s>As of <time datetime=\"", page->english);
        markup_text(out, report->date);
        write_element(out, "\">", report->date, "</time></p>\n");
    }
    if (report->plan->note.len)
        write_element(out, "<p dir=\"auto\">", report->plan->note, "</p>\n");
    if (report->count >= NAV_SECTIONS) {
        markup_format(out, "<nav aria-label=\"Contents\"%s><ul>\n", page->english);
        for (size_t i = 0; i < report->count; i++) {
            markup_format(out, "<li><a href=\"#s%zu\" dir=\"auto\">", i + 1);
            write_element(out, "", report->sections[i].title, "</a></li>\n");
        }
        markup_raw(out, "</ul></nav>\n");
    }
    markup_raw(out, "</header>\n<main>\n");
}

static void draw(struct page *page, const struct figure *figure, double width, double given)
{
    struct words *words = &page->report->words;
    struct canvas_svg svg;
    char id[32];
    double height = given > 0 ? given : chart_height(figure, width, false);

    snprintf(id, sizeof id, "c%zu", ++page->drawings);
    canvas_svg_begin(&svg, page->out,
                     &(struct svg_head){.width = width,
                                        .height = height,
                                        .title = figure->title,
                                        .description = figure_describe(figure, words),
                                        .id = id});
    chart_draw(figure, &svg.canvas, words, width, height, false);
    canvas_svg_end(&svg);
}

/* A caption only where it says more than the heading above it. */
static void write_figure(struct page *page, const struct report_section *section, const struct figure *figure)
{
    markup_raw(page->out, "<figure>\n");
    if (!slice_equal(figure->title, section->title))
        write_element(page->out, "<figcaption dir=\"auto\">", figure->title, "</figcaption>\n");
    markup_raw(page->out, "<div class=\"wide\">\n");
    draw(page, figure, page->width, page->height);
    markup_raw(page->out, "</div>\n<div class=\"phone\">\n");
    draw(page, figure, CHART_PHONE, 0);
    markup_raw(page->out, "</div>\n</figure>\n");
}

/* Where the table came from, and what of it is not shown. */
static void write_source(struct page *page, const struct report_section *section)
{
    struct words *words = &page->report->words;
    struct slice rows = words_count(words, (double)section->table->rows, "row", "rows");

    markup_format(page->out, "<p class=\"source\"%s>", page->english);
    write_element(page->out, "Source: <bdi>", slice_from_cstr(section->table->file), "</bdi>, ");
    markup_text(page->out, rows);
    if (section->rows < section->table->rows) {
        struct slice more = words_number(words, (double)(section->table->rows - section->rows), UNIT_NUMBER, 0);
        write_element(page->out, "; the last ", more, " are not shown");
    }
    markup_raw(page->out, ".</p>\n");
}

static void write_table(struct page *page, const struct report_section *section)
{
    bool folded = section->figures.count && section->table->rows > SMALL_TABLE;
    struct slice rows = words_count(&page->report->words, (double)section->rows, "row", "rows");

    if (section->rows == 0 || section->column_count == 0) {
        markup_format(page->out, "<p class=\"muted\"%s>No records.</p>\n", page->english);
        return;
    }
    if (folded) {
        markup_format(page->out, "<details><summary%s>Table, ", page->english);
        write_element(page->out, "", rows, "</summary>\n");
    }
    page_table(page->out, page->report, section);
    markup_raw(page->out, folded ? "</details>\n" : "");
}

/* The heading of the only section is that of the page, unless it has one of its own. */
static void begin_section(struct page *page, const struct report_section *section, size_t number)
{
    struct markup *out = page->out;
    bool same = page->report->count == 1 && slice_equal(section->title, page->report->title);

    markup_format(out, "<section id=\"s%zu\" aria-labelledby=\"t%zu\">\n", number, same ? 0 : number);
    if (same)
        return;
    markup_format(out, "<h2 id=\"t%zu\" dir=\"auto\">", number);
    write_element(out, "", section->title, "</h2>\n");
}

static void write_section(struct page *page, size_t number)
{
    const struct report_section *section = &page->report->sections[number];
    struct markup *out = page->out;

    begin_section(page, section, number + 1);
    if (section->figures.sentence.len) {
        markup_format(out, "<p class=\"key\"%s>", page->english);
        write_sentence(out, section->figures.sentence);
        markup_raw(out, "</p>\n");
    }
    if (section->request->note.len)
        write_element(out, "<p class=\"key\" dir=\"auto\">", section->request->note, "</p>\n");
    for (size_t i = 0; i < section->figures.count; i++)
        write_figure(page, section, &section->figures.items[i]);
    write_table(page, section);
    write_source(page, section);
    markup_raw(out, "</section>\n");
}

int page_write(struct markup *out, struct report *report, double width, double height, struct error *err)
{
    const char *language = report->plan->language;
    bool english = !language || strncmp(language, "en", 2) == 0;
    struct page page = {out,    report, width > 0 ? width : CHART_WIDTH,
                        height, 0,      english ? "" : " lang=\"en\" dir=\"ltr\""};

    write_head(&page);
    write_header(&page);
    for (size_t i = 0; i < report->count; i++)
        write_section(&page, i);
    markup_raw(out, "</main>\n</body>\n</html>\n");
    return out->failed || report->words.failed ? error_memory(err) : 0;
}
