/* Workbooks: choosing the sheet, and the two passes over it. */
#include "stream/xlsx.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stream/xlsx_sheet.h"

struct xlsx_job {
    struct xlsx_package package;
    struct xlsx_workbook workbook;
    struct xlsx_notes *notes;
    struct xlsx_extent extent; /* of the sheet that is taken */
};

bool xlsx_recognise(struct slice start)
{
    static const struct slice marks[] = {SLICE_INIT("PK\3\4"), SLICE_INIT("PK\5\6"),
                                         SLICE_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (start.len >= marks[i].len && memcmp(start.ptr, marks[i].ptr, marks[i].len) == 0)
            return true;
    return false;
}

void xlsx_notes_fini(struct xlsx_notes *notes)
{
    free(notes->sheets);
    arena_fini(&notes->arena);
    *notes = (struct xlsx_notes){0};
}

static int note_sheets(struct xlsx_job *job, struct error *err)
{
    const struct xlsx_workbook *workbook = &job->workbook;
    struct xlsx_notes *notes = job->notes;

    if (workbook->sheet_count == 0)
        return error_set(err, STATUS_DATA, "%s: the workbook has no sheet", job->package.name);
    notes->sheets = calloc(workbook->sheet_count, sizeof *notes->sheets);
    if (!notes->sheets)
        return error_memory(err);
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        const struct xlsx_workbook_sheet *sheet = &workbook->sheets[i];
        const char *name = arena_copy(&notes->arena, slice_from_cstr(sheet->name));
        if (!name)
            return error_memory(err);
        notes->sheets[notes->sheet_count++] = (struct xlsx_sheet_name){name, sheet->hidden, sheet->part != NULL};
    }
    return 0;
}

static int no_such_sheet(const struct xlsx_job *job, const char *sheet, struct error *err)
{
    struct buffer list = {0};
    struct quote shown;
    int status = 0;

    for (size_t i = 0; i < job->workbook.sheet_count && status == 0; i++)
        status = buffer_printf(&list, "%s'%s'", i ? ", " : "",
                               quote_name(&shown, slice_from_cstr(job->workbook.sheets[i].name)));
    if (status)
        error_memory(err);
    else
        error_set(err, STATUS_USAGE, "%s: no sheet '%s'; there are: %.*s", job->package.name,
                  quote_name(&shown, slice_from_cstr(sheet)), SLICE_ARG(buffer_slice(&list)));
    buffer_fini(&list);
    return -1;
}

/* The index of the sheet that was asked for, or sheet_count. */
static size_t find_sheet(const struct xlsx_workbook *workbook, const char *sheet)
{
    size_t number;

    for (size_t i = 0; i < workbook->sheet_count; i++)
        if (strcmp(workbook->sheets[i].name, sheet) == 0)
            return i;
    for (size_t i = 0; i < workbook->sheet_count; i++)
        if (strcasecmp(workbook->sheets[i].name, sheet) == 0)
            return i;
    if (sheet[0] == '#' && xlsx_count(slice_from_cstr(sheet + 1), workbook->sheet_count, &number) && number > 0)
        return number - 1;
    return workbook->sheet_count;
}

static int measure(struct xlsx_job *job, size_t index, struct error *err)
{
    job->notes->taken = index;
    return xlsx_sheet_read(&job->workbook, &job->package, job->workbook.sheets[index].part, NULL, 0, &job->extent, err);
}

/* Takes the first visible sheet that holds a value, else the first with cells that is visible, else the first. */
static int choose_sheet(struct xlsx_job *job, struct error *err)
{
    const struct xlsx_workbook *workbook = &job->workbook;
    size_t fallback = workbook->sheet_count;

    for (size_t i = 0; i < workbook->sheet_count; i++) {
        const struct xlsx_workbook_sheet *sheet = &workbook->sheets[i];
        if (!sheet->part)
            continue;
        if (fallback == workbook->sheet_count || (workbook->sheets[fallback].hidden && !sheet->hidden))
            fallback = i;
        if (sheet->hidden)
            continue;
        if (measure(job, i, err))
            return -1;
        if (job->extent.cells)
            return 0;
    }
    if (fallback == workbook->sheet_count)
        return error_set(err, STATUS_DATA, "%s: the workbook has no sheet with cells", job->package.name);
    return measure(job, fallback, err);
}

static int choose(struct xlsx_job *job, const char *sheet, struct error *err)
{
    if (!sheet)
        return choose_sheet(job, err);
    size_t index = find_sheet(&job->workbook, sheet);
    if (index == job->workbook.sheet_count)
        return no_such_sheet(job, sheet, err);
    if (!job->workbook.sheets[index].part) {
        struct quote shown;
        return error_set(err, STATUS_USAGE, "%s: sheet '%s' has no cells", job->package.name,
                         quote_name(&shown, slice_from_cstr(job->workbook.sheets[index].name)));
    }
    return measure(job, index, err);
}

static int convert(struct xlsx_job *job, const char *sheet, struct conversion *conversion, struct error *err)
{
    const struct xlsx_extent *extent = &job->extent;
    struct xlsx_notes *notes = job->notes;

    if (xlsx_workbook_read(&job->workbook, &job->package, err) || note_sheets(job, err) || choose(job, sheet, err))
        return -1;
    notes->ragged = !conversion_pads(extent->rows, extent->width, extent->cells);
    if (xlsx_sheet_read(&job->workbook, &job->package, job->workbook.sheets[notes->taken].part, conversion,
                        notes->ragged ? 0 : extent->width, &job->extent, err))
        return -1;
    notes->rows = extent->rows;
    notes->formulas_without_value = extent->formulas_without_value;
    notes->first_formula_row = extent->first_formula_row;
    notes->error_cells = extent->error_cells;
    notes->first_error_row = extent->first_error_row;
    return 0;
}

int xlsx_convert(int fd, const char *name, const char *sheet, struct conversion *conversion, struct xlsx_notes *notes,
                 struct error *err)
{
    struct xlsx_job job = {.notes = notes};

    *notes = (struct xlsx_notes){0};
    if (xlsx_package_open(&job.package, fd, name, err))
        return -1;
    int status = convert(&job, sheet, conversion, err);
    xlsx_workbook_fini(&job.workbook);
    xlsx_package_close(&job.package);
    return status;
}
