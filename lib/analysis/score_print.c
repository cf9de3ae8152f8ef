/* What is added stands behind the columns of the input; an earlier score of the same names gives way. */
#include "analysis/score_print.h"

#include <math.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "stream/annotate.h"
#include "value/decimal.h"

static const char *const added_names[] = {"score",           "fit",         "engagement",  "grade",
                                          "lifecycle_stage", "temperature", "probability", "reasons"};
#define ADDED (sizeof added_names / sizeof *added_names)
#define BEFORE_CHECKS (ADDED - 1) /* reasons, the widest, come last */

static const char *const explained_names[] = {"score", "dimension", "group", "rule", "measure", "points"};
#define EXPLAINED (sizeof explained_names / sizeof *explained_names)

static const char *const check_names[] = {"met", "known", "unknown", "required", "qualified"};
#define CHECK_COLUMNS (sizeof check_names / sizeof *check_names)

#define NUMBER DECIMAL_TEXT /* room for a number */

static size_t checklists(const struct score_leads *leads)
{
    return leads->rules ? leads->rules->checklist_count : 0;
}

/* The names of what is added; those of checklists are made in the arena. -1: out of memory */
static int name_added(const struct score_leads *leads, struct arena *arena, struct slice *names)
{
    char text[256];

    for (size_t i = 0; i < BEFORE_CHECKS; i++)
        *names++ = slice_from_cstr(added_names[i]);
    for (size_t i = 0; i < checklists(leads); i++)
        for (size_t j = 0; j < CHECK_COLUMNS; j++) {
            int length =
                snprintf(text, sizeof text, "%.*s_%s", SLICE_ARG(leads->rules->checklists[i].name), check_names[j]);
            char *copy = arena_copy(arena, (struct slice){text, (size_t)length});
            if (!copy)
                return -1;
            *names++ = (struct slice){copy, (size_t)length};
        }
    *names = slice_from_cstr(added_names[BEFORE_CHECKS]);
    return 0;
}

/* Puts the names of the columns of the input that are kept before those that are added. */
static size_t keep_columns(struct score_print *print, struct slice *names, const struct slice *added, size_t count)
{
    const struct stream *stream = print->leads->stream;

    print->shown_count = annotate_keep(stream, print->leads->columns, added, count, "lifecycle_stage", print->shown);
    for (size_t i = 0; i < print->shown_count; i++)
        names[i] = stream->columns[print->shown[i]].name;
    memcpy(names + print->shown_count, added, count * sizeof *added);
    return print->shown_count + count;
}

/* Rows without a quote mark that have all columns of the output in its order need not be taken apart. */
static void find_copied(struct score_print *print)
{
    const struct score_leads *leads = print->leads;
    const struct common *common = &leads->options->common;
    bool plain = output_format(common, leads->stream) == FORMAT_CSV && !common->spreadsheet_safe &&
                 (!common->delimiter || common->delimiter == ',') && print->shown_count == leads->columns;

    for (size_t i = 0; i < leads->stream->input_count; i++) {
        const struct reader *reader = leads->stream->inputs[i].reader;
        print->copied[i] = plain && reader->kind == FORMAT_CSV && reader->name_count == leads->columns;
        for (size_t column = 0; column < leads->columns && print->copied[i]; column++)
            print->copied[i] = leads->stream->columns[column].bound[i] == column;
    }
}

static int open_leads(struct score_print *print, struct error *err)
{
    size_t count = ADDED + CHECK_COLUMNS * checklists(print->leads);
    struct slice *added = calloc(count, sizeof *added);

    if (!added || name_added(print->leads, &print->name_arena, added)) {
        free(added);
        return error_memory(err);
    }
    print->added = count;
    print->name_count = keep_columns(print, print->names, added, count);
    free(added);
    find_copied(print);
    return 0;
}

static void open_explained(struct score_print *print)
{
    const struct score_leads *leads = print->leads;
    struct slice *names = print->names;

    names[0] = leads->key == COLUMN_ABSENT ? SLICE("lead") : leads->stream->columns[leads->key].name;
    for (size_t i = 0; i < EXPLAINED; i++)
        names[i + 1] = slice_from_cstr(explained_names[i]);
    print->name_count = EXPLAINED + 1;
}

int score_print_open(struct score_print *print, const struct score_leads *leads, struct output *output,
                     struct error *err)
{
    size_t room = leads->columns + ADDED + EXPLAINED + CHECK_COLUMNS * checklists(leads);
    const struct score_options *o = leads->options;

    *print = (struct score_print){.leads = leads, .output = output};
    print->names = calloc(room, sizeof *print->names);
    print->shown = calloc(leads->columns + 1, sizeof *print->shown);
    print->fields = calloc(room, sizeof *print->fields);
    print->copied = calloc(leads->stream->input_count, sizeof *print->copied);
    arena_init(&print->arena);
    arena_init(&print->name_arena);
    if (!print->names || !print->shown || !print->fields || !print->copied)
        return error_memory(err);
    if (o->explain)
        open_explained(print);
    else if (open_leads(print, err))
        return -1;
    return o->parts.partial ? 0 : output_open(output, &o->common, leads->stream, print->names, print->name_count, err);
}

void score_print_fini(struct score_print *print)
{
    free(print->names);
    arena_fini(&print->name_arena);
    free(print->shown);
    free(print->fields);
    free(print->copied);
    arena_fini(&print->arena);
    *print = (struct score_print){0};
}

static const struct field empty = {SLICE_INIT(""), FIELD_NULL};

static struct field points_field(double points, char text[NUMBER])
{
    return isnan(points) ? empty : field_number(score_number_text(points, text));
}

/* With six decimals. */
static struct field probability_field(double p, char text[NUMBER])
{
    return isnan(p) ? empty : field_number(decimal_format((int128)llround(p * 1e6), 6, text));
}

static struct field count_field(size_t count, char text[NUMBER])
{
    return field_number(decimal_format((int128)count, 0, text));
}

static struct field truth_field(bool truth)
{
    return truth ? (struct field){SLICE_INIT("true"), FIELD_TRUE} : (struct field){SLICE_INIT("false"), FIELD_FALSE};
}

/* Text that lasts no longer than the desk's next lead, in the arena; *failed: out of memory. */
static struct field text_field(struct slice text, struct arena *arena, bool *failed)
{
    if (!text.len)
        return empty;
    const char *copy = arena_copy(arena, text);
    if (!copy)
        *failed = true;
    return field_text((struct slice){copy, text.len});
}

/* The checklists of a lead: texts has room for four numbers for each. */
static struct field *add_checks(const struct score_desk *desk, struct field *add, char (*texts)[NUMBER])
{
    const struct score_rules *rules = desk->leads->rules;

    for (size_t i = 0; rules && i < rules->checklist_count; i++) {
        const struct score_check *check = &desk->scorer.result.checks[i];
        *add++ = count_field(check->met, *texts++);
        *add++ = count_field(check->known, *texts++);
        *add++ = count_field(rules->checklists[i].count - check->known, *texts++);
        *add++ = count_field(rules->checklists[i].required, *texts++);
        *add++ = truth_field(check->met >= rules->checklists[i].required);
    }
    return add;
}

int score_print_make(const struct score_print *print, const struct score_desk *desk, const struct record *record,
                     struct arena *arena, struct score_row *row)
{
    const struct score_line *line = &desk->line;
    bool copied = print->copied[record->input] && record->raw.len && !memchr(record->raw.ptr, '"', record->raw.len) &&
                  !memchr(record->raw.ptr, '\r', record->raw.len);
    char(*numbers)[NUMBER] = arena_alloc(arena, (4 + 4 * checklists(print->leads)) * sizeof *numbers);
    bool failed = false;

    row->fields = arena_alloc(arena, (print->added + (copied ? 0 : print->shown_count)) * sizeof *row->fields);
    row->copied = copied ? record->raw : SLICE("");
    if (!numbers || !row->fields)
        return -1;
    struct field *add = row->fields;
    for (size_t i = 0; i < print->shown_count && !copied; i++)
        *add++ = record->fields[print->shown[i]];
    *add++ = points_field(line->score, numbers[0]);
    *add++ = points_field(line->fit, numbers[1]);
    *add++ = points_field(line->engagement, numbers[2]);
    *add++ = text_field(line->grade, arena, &failed);
    *add++ = text_field(line->stage, arena, &failed);
    *add++ = text_field(line->temperature, arena, &failed);
    *add++ = probability_field(line->probability, numbers[3]);
    add = add_checks(desk, add, numbers + 4);
    *add = text_field(line->reasons, arena, &failed);
    return failed ? -1 : 0;
}

int score_print_put(const struct score_print *print, struct writer *writer, const struct score_row *row,
                    struct error *err)
{
    return row->copied.len ? writer_put_behind(writer, row->copied, row->fields, print->shown_count, err)
                           : writer_put(writer, row->fields, err);
}

static int explain_rules(struct score_print *print, const struct score_desk *desk, struct error *err)
{
    const struct score_rules *rules = desk->leads->rules;
    char measure[NUMBER], points[NUMBER];

    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct score_part *part = &desk->scorer.result.parts[i];
        const struct score_group *group = &rules->groups[rules->rules[i].group];
        print->fields[2] = field_text(slice_from_cstr(score_dimension_names[group->dimension]));
        print->fields[3] = field_text(group->name);
        print->fields[4] = field_text(rules->rules[i].name);
        print->fields[5] = points_field(part->measure, measure);
        print->fields[6] = points_field(part->points, points);
        if (writer_put(print->output->writer, print->fields, err))
            return -1;
    }
    return 0;
}

static int explain_model(struct score_print *print, const struct score_desk *desk, struct error *err)
{
    const struct model *model = desk->leads->model;
    char points[NUMBER];
    struct buffer name;
    int failed = 0;

    buffer_init(&name);
    print->fields[2] = empty;
    print->fields[3] = empty;
    for (size_t i = 0; i < model->feature_count && !failed; i++) {
        buffer_clear(&name);
        failed = model_bin_name(&model->features[i], desk->bins[i], &name) ? error_memory(err) : 0;
        print->fields[4] = field_text(model->features[i].name);
        print->fields[5] = field_text(buffer_slice(&name));
        print->fields[6] = points_field(desk->parts[i], points);
        failed = failed || writer_put(print->output->writer, print->fields, err);
    }
    buffer_fini(&name);
    return failed ? -1 : 0;
}

int score_print_lead(struct score_print *print, const struct score_desk *desk, const struct record *record,
                     struct error *err)
{
    char number[NUMBER], score[NUMBER];
    struct score_row row;

    if (!print->leads->options->explain) {
        arena_reset(&print->arena);
        return score_print_make(print, desk, record, &print->arena, &row)
                   ? error_memory(err)
                   : score_print_put(print, print->output->writer, &row, err);
    }
    size_t key = print->leads->key;
    print->fields[0] = key != COLUMN_ABSENT ? record->fields[key] : count_field((size_t)record->number, number);
    print->fields[1] = points_field(desk->line.score, score);
    return desk->leads->rules ? explain_rules(print, desk, err) : explain_model(print, desk, err);
}
