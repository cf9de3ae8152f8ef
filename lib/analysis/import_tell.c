/* What an import says on standard error. */
#include "analysis/import_tell.h"

#include <stdio.h>

#include "base/program.h"

static int tell_input(const struct import *import, size_t i, bool verbose, struct buffer *text)
{
    const char *name = stream_input_name(import->stream, i);

    if (import_describe(import, i, text))
        return -1;
    program_note("%s: %.*s", name, SLICE_ARG(buffer_slice(text)));
    for (size_t g = 0; g < import->guesses.count && verbose; g++) {
        if (import->guesses.items[g].input != i)
            continue;
        buffer_clear(text);
        if (import_guess_describe(&import->guesses.items[g], text))
            return -1;
        program_note("%s: %.*s", name, SLICE_ARG(buffer_slice(text)));
    }
    for (size_t o = 0; o < import->output_count && verbose; o++) {
        buffer_clear(text);
        if (import_explain(import, i, o, text))
            return -1;
        if (text->len)
            program_note("%s: %.*s", name, SLICE_ARG(buffer_slice(text)));
    }
    return 0;
}

/* Which sheet was read, when there are others; cells that hold less than they show. */
static void tell_sheets(const struct import *import, size_t i)
{
    const struct xlsx_notes *notes = &import->inputs[i].foreign.sheets;
    const char *name = stream_input_name(import->stream, i);
    size_t used = 0;
    char others[300];

    for (size_t s = 0; s < notes->sheet_count && used < sizeof others; s++)
        if (s != notes->taken)
            used += (size_t)snprintf(others + used, sizeof others - used, "%s'%s'", used ? ", " : "",
                                     notes->sheets[s].name);
    if (notes->sheet_count > 1)
        program_note("%s: sheet '%s'; not read: %s (--sheet)", name, notes->sheets[notes->taken].name, others);
    if (notes->formulas_without_value)
        program_note("%s: %llu formula%s no stored result, the first in row %llu; taken for empty", name,
                     (unsigned long long)notes->formulas_without_value,
                     notes->formulas_without_value == 1 ? " has" : "s have",
                     (unsigned long long)notes->first_formula_row);
    if (notes->error_cells)
        program_note("%s: %llu cell%s an error of the spreadsheet, the first in row %llu", name,
                     (unsigned long long)notes->error_cells, notes->error_cells == 1 ? " holds" : "s hold",
                     (unsigned long long)notes->first_error_row);
}

/* Options that the input gives nothing to. */
static void tell_idle_options(const struct import *import, size_t i)
{
    const struct stream_input *input = &import->stream->inputs[i];
    enum foreign_kind kind = import->inputs[i].foreign.kind;
    bool json = input->reader->kind == FORMAT_JSON || input->reader->kind == FORMAT_JSONL;

    if (import->settings.sheet && kind != FOREIGN_XLSX && kind != FOREIGN_HTML)
        program_note("%s: has no sheets: --sheet does nothing here", input->source->name);
    if (input->options.records && !json)
        program_note("%s: is not JSON: --records does nothing here", input->source->name);
}

int import_tell_plan(const struct import *import, bool verbose, struct error *err)
{
    int failed = 0;

    for (size_t i = 0; i < import->stream->input_count && !failed; i++) {
        struct buffer text;
        buffer_init(&text);
        if (import->inputs[i].name_count && tell_input(import, i, verbose, &text))
            failed = error_memory(err);
        tell_sheets(import, i);
        tell_idle_options(import, i);
        buffer_fini(&text);
    }
    return failed;
}

/* "FILE: 3 rows WHAT" when there were any. */
static void tell_count(const char *name, uint64_t count, const char *one, const char *many)
{
    if (count)
        program_note("%s: %llu %s", name, (unsigned long long)count, count == 1 ? one : many);
}

static void tell_rows(const struct import *import, size_t i)
{
    const struct reader *reader = import->stream->inputs[i].reader;
    const char *name = stream_input_name(import->stream, i);

    tell_count(name, reader->literal_quotes,
               "record has a quote inside a field that does not begin with one; taken as it is",
               "records have a quote inside a field that does not begin with one; taken as it is");
    tell_count(name, reader->unwrapped, "row was quoted as a whole; its quotes were taken off",
               "rows were quoted as a whole; their quotes were taken off");
    tell_count(name, reader->surplus_empty, "record ends in empty fields beyond the header; they were dropped",
               "records end in empty fields beyond the header; they were dropped");
    tell_count(name, reader->filled_short, "record has fewer fields than the header; the rest was taken for empty",
               "records have fewer fields than the header; the rest was taken for empty");
    tell_count(name, reader->blank_records, "row has only empty fields; it is no record",
               "rows have only empty fields; they are no records");
    tell_count(name, reader->repeated_headers, "row repeats the header; it is no record",
               "rows repeat the header; they are no records");
    if (reader->footers)
        program_note("%s: %llu row%s at the end, from line %llu on, belong%s to no record: totals or remarks", name,
                     (unsigned long long)reader->footers, reader->footers == 1 ? "" : "s",
                     (unsigned long long)reader->footer_line, reader->footers == 1 ? "s" : "");
}

static void tell_problems(const struct import *import, size_t o)
{
    const struct import_problems *problems = import_problems(import, o);

    if (!problems)
        return;
    const struct import_problem *first = &problems->first[0];
    program_note("%.*s: %llu doubtful value%s; the first, %s:%llu: '%s': %s", SLICE_ARG(import->outputs[o].name),
                 (unsigned long long)problems->count, problems->count == 1 ? "" : "s",
                 stream_input_name(import->stream, first->input), (unsigned long long)first->line, first->value.text,
                 first->reason);
}

void import_tell_oddities(const struct import *import)
{
    for (size_t i = 0; i < import->stream->input_count; i++)
        tell_rows(import, i);
    for (size_t o = 0; o < import->output_count; o++)
        tell_problems(import, o);
    for (size_t o = 0; o < import->output_count; o++)
        if (import->outputs[o].empty)
            program_note("%.*s is empty in %llu of %llu records", SLICE_ARG(import->outputs[o].name),
                         (unsigned long long)import->outputs[o].empty,
                         (unsigned long long)rejects_used(&import->stream->rejects));
}
