/* A report is made table by table: what it is, its title, its columns, its figures. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

/* "out/rfm-2026-03.csv" is "rfm-2026-03". */
static struct slice base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    return (struct slice){name, dot && dot > name ? (size_t)(dot - name) : strlen(name)};
}

static struct slice section_title(const struct report_section *section)
{
    const struct report_request *request = section->request;

    if (request->title.len)
        return request->title;
    if (section->kind->columns[0] || strcmp(request->path, "-") == 0)
        return slice_from_cstr(section->kind->title);
    return base_name(request->path);
}

static int choose_columns(struct report_section *section, struct words *words, struct error *err)
{
    const struct report_request *request = section->request;
    const struct report_table *table = section->table;
    struct quote q;

    section->column_count = request->columns ? request->column_count : table->column_count;
    section->columns = words_alloc(words, (section->column_count + 1) * sizeof *section->columns);
    if (!section->columns)
        return error_memory(err);
    for (size_t i = 0; i < section->column_count; i++) {
        section->columns[i] = request->columns ? report_table_find_slice(table, request->columns[i]) : i;
        if (section->columns[i] == COLUMN_ABSENT)
            return error_set(err, STATUS_USAGE, "%s: no column '%s', which the layout asks for", table->file,
                             quote_name(&q, request->columns[i]));
    }
    return 0;
}

/* What a chart is drawn of where columns were chosen: a table of those alone. */
static struct report_table chosen_table(const struct report_section *section, struct words *words)
{
    struct report_table table = *section->table;

    table.column_count = section->column_count;
    table.columns = words_alloc(words, (table.column_count + 1) * sizeof *table.columns);
    table.names = words_alloc(words, (table.column_count + 1) * sizeof *table.names);
    for (size_t i = 0; table.columns && table.names && i < table.column_count; i++) {
        table.columns[i] = section->table->columns[section->columns[i]];
        table.names[i] = section->table->names[section->columns[i]];
    }
    return table;
}

static int make_figures(struct report_section *section, struct words *words, struct error *err)
{
    int chart = section->request->chart;

    if (chart < 0) {
        if (report_figures(section->kind, section->table, words, &section->figures, err))
            return -1;
        section->figures.count = chart == CHART_NONE ? 0 : section->figures.count;
        return 0;
    }
    if (!section->request->columns)
        return report_figures_chosen(section->kind, (enum figure_kind)chart, section->table, words, &section->figures,
                                     err);
    struct report_table table = chosen_table(section, words);
    if (words->failed)
        return error_memory(err);
    return report_figures_chosen(report_kind_named(SLICE("table")), (enum figure_kind)chart, &table, words,
                                 &section->figures, err);
}

static int make_section(struct report_section *section, struct words *words, size_t rows, struct error *err)
{
    const struct report_request *request = section->request;
    const struct report_table *table = section->table;
    struct quote q;

    section->kind = request->as ? request->as : report_kind_find(table);
    struct slice lacking = report_kind_lacks(section->kind, table);
    if (lacking.len && table->column_count)
        return error_set(err, STATUS_DATA, "%s: no column '%s', which a table of the kind '%s' has", table->file,
                         quote_name(&q, lacking), section->kind->name);
    if (lacking.len)
        section->kind = report_kind_find(table);
    section->title = section_title(section);
    section->rows = request->rows ? request->rows : rows;
    section->rows = section->rows < table->rows ? section->rows : table->rows;
    if (choose_columns(section, words, err) || make_figures(section, words, err))
        return -1;
    if (request->chart >= 0 && section->figures.count == 0 && table->rows)
        return error_set(err, STATUS_DATA, "%s: nothing in it can be drawn as '%s'", table->file,
                         figure_kind_names[request->chart]);
    return 0;
}

int report_make(struct report *report, const struct report_plan *plan, struct stream *stream, struct slice date,
                size_t rows, struct error *err)
{
    *report = (struct report){
        .plan = plan, .date = date, .title = plan->title.len ? plan->title : SLICE("Report"), .count = plan->count};
    words_init(&report->words, plan->language);
    report->sections = calloc(plan->count, sizeof *report->sections);
    if (!report->sections) {
        report_fini(report);
        return error_memory(err);
    }
    int failed = report_tables_read(&report->tables, stream, err);
    for (size_t i = 0; i < plan->count && !failed; i++) {
        report->sections[i] = (struct report_section){.request = &plan->requests[i], .table = &report->tables.items[i]};
        failed = make_section(&report->sections[i], &report->words, rows, err);
    }
    if (!failed && plan->count == 1 && !plan->title.len)
        report->title = report->sections[0].title;
    if (failed)
        report_fini(report);
    return failed;
}

void report_fini(struct report *report)
{
    report_tables_fini(&report->tables);
    free(report->sections);
    words_fini(&report->words);
    *report = (struct report){0};
}

const struct figure *report_figure(const struct report *report, size_t number, const struct report_section **section)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct figures *figures = &report->sections[i].figures;
        *section = &report->sections[i];
        if (number < figures->count)
            return &figures->items[number];
        number -= figures->count;
    }
    return NULL;
}

/* The cells of a matrix of cohorts have no name that tells. */
bool section_share(const struct report_section *section, size_t column)
{
    const struct figures *figures = &section->figures;

    if (section->kind->make == make_cohort_matrix && column >= 2)
        return figures->count && figures->items[0].unit == UNIT_SHARE;
    return report_column_share(section->table, column);
}
