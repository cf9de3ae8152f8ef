/* Matrix and calendar: a row for each cohort, made in room that is taken once, for there may be thousands of columns.
 *
 * They differ in one thing: what a column is. In a matrix it is an age, in a calendar a period, and the age in it is
 * how far behind the period of the cohort it lies. On a terminal the cells are shaded (shade.h) by their rates, of
 * which the darkest is the largest at any age but 0: at age 0 nearly every rate is 1, and would leave the others pale.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/cohort_print.h"
#include "base/program.h"

enum { MOST_COLUMNS = 100000 };
enum { KEYS = 2 }; /* the columns before those of ages: cohort, size */

struct sheet {
    const struct cohort_print *print;
    size_t first;       /* the age of the first column of a matrix */
    int64_t first_date; /* the period of the first column of a calendar */
    size_t columns;     /* without the keys */
    struct field *fields;
    char (*texts)[DECIMAL_TEXT];
    double *shares;
    bool shaded;
    double darkest; /* the rate that is; 0: none is above 0 */
};

/* ---- which cells there are ---- */

/* Whether the measure is a share, and that is what is shown. */
static bool shows_rate(enum cohort_measure measure)
{
    return measure == COHORT_RETENTION || measure >= COHORT_CHURN;
}

static bool is_calendar(const struct cohort_print *print)
{
    return print->options->layout == COHORT_CALENDAR_DATE;
}

/* The age that a column of a cohort is; false: it has none there. */
static bool age_in(const struct sheet *sheet, const struct cohort_line *line, size_t column, size_t *age)
{
    if (!is_calendar(sheet->print)) {
        *age = sheet->first + column;
        return true;
    }
    int64_t found = sheet->first_date + (int64_t)column - line->index;
    *age = (size_t)found;
    return found >= 0 && *age < sheet->print->table->ages;
}

/* The last age of a cohort that is shown; -1: none. */
static int64_t last_shown(const struct cohort_print *print, const struct cohort_line *line)
{
    struct cohort_rate rate;
    size_t first;
    size_t count = cohort_print_ages(print, &first);

    for (size_t age = first + count; age-- > first;)
        if (cohort_print_cell(print, line, age, &rate))
            return (int64_t)age;
    return -1;
}

/* The columns that are not empty: to the last age that is shown of any cohort, or from the first cohort's period to the
 * last that is shown. */
static void find_columns(struct sheet *sheet)
{
    const struct cohort_table *table = sheet->print->table;
    bool dates = is_calendar(sheet->print);
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;

    for (size_t i = 0; i < table->count; i++) {
        const struct cohort_line *line = &table->lines[i];
        int64_t age = last_shown(sheet->print, line);
        int64_t start = dates ? line->index : 0;
        if (age < 0)
            continue;
        first = start < first ? start : first;
        last = start + age > last ? start + age : last;
    }
    if (last < first)
        return;
    cohort_print_ages(sheet->print, &sheet->first);
    sheet->first_date = first;
    sheet->columns = (size_t)(last - (dates ? first : (int64_t)sheet->first) + 1);
}

/* `from`: the first column that counts. */
static void find_darkest(struct sheet *sheet, size_t from)
{
    const struct cohort_table *table = sheet->print->table;
    struct cohort_rate rate;
    size_t first;
    size_t count = cohort_print_ages(sheet->print, &first);

    for (size_t i = 0; i < table->count; i++)
        for (size_t age = first > from ? first : from; age < first + count; age++)
            if (cohort_print_cell(sheet->print, &table->lines[i], age, &rate) && rate.rate > sheet->darkest)
                sheet->darkest = rate.rate;
}

/* ---- making it ---- */

static int sheet_init(struct sheet *sheet, const struct cohort_print *print, struct error *err)
{
    *sheet = (struct sheet){.print = print};
    find_columns(sheet);
    if (sheet->columns > MOST_COLUMNS)
        return error_set(err, STATUS_DATA, "a table of %zu columns; see --layout long%s, or a longer --period",
                         sheet->columns, is_calendar(print) ? "" : ", --ages");
    sheet->shaded = output_format(&print->options->common, print->stream) == FORMAT_TABLE &&
                    (!print->options->common.output || print->options->color == SHADE_ALWAYS) &&
                    shade_wanted(print->options->color, STDOUT_FILENO);
    sheet->fields = calloc(sheet->columns + KEYS, sizeof *sheet->fields);
    sheet->texts = calloc(sheet->columns + KEYS, sizeof *sheet->texts);
    sheet->shares = calloc(sheet->columns + KEYS, sizeof *sheet->shares);
    return sheet->fields && sheet->texts && sheet->shares ? 0 : error_memory(err);
}

static void sheet_fini(struct sheet *sheet)
{
    free(sheet->fields);
    free(sheet->texts);
    free(sheet->shares);
}

/* Opens the output. The names of columns are written where later those of rows are. */
static int open_sheet(struct sheet *sheet, struct error *err)
{
    const struct cohort_print *print = sheet->print;
    size_t count = sheet->columns + KEYS;
    struct slice *names = calloc(count, sizeof *names);

    if (!names)
        return error_memory(err);
    names[0] = SLICE("cohort");
    names[1] = SLICE("size");
    for (size_t i = KEYS; i < count; i++)
        names[i] =
            is_calendar(print)
                ? cohort_period_name(print->rules, (int32_t)(sheet->first_date + (int64_t)(i - KEYS)), sheet->texts[i])
                : cohort_age_name(print->rules, sheet->first + i - KEYS, sheet->texts[i]);
    if (sheet->shaded)
        find_darkest(sheet, print->rules->kind != COHORT_BRACKET || print->rules->brackets[0].first == 0);
    if (sheet->shaded && sheet->darkest <= 0) /* there is no other age */
        find_darkest(sheet, 0);
    int failed = output_open(print->output, &print->options->common, print->stream, names, count, err);
    free(names);
    return failed ? -1 : 0;
}

/* A figure into a column; cell NULL: of the mean; rate NULL: nothing. */
static void put_cell(struct sheet *sheet, size_t at, const struct cohort_cell *cell, const struct cohort_rate *rate)
{
    struct row row;

    sheet->shares[at] = NAN;
    if (!rate) {
        sheet->fields[at] = (struct field){SLICE_INIT(""), FIELD_NULL};
        return;
    }
    row.count = 0;
    if (shows_rate(sheet->print->options->measure))
        cohort_print_rate(rate->rate, &row);
    else
        cohort_print_value(sheet->print, cell, rate, &row);
    sheet->fields[at] = row.fields[0];
    if (row.fields[0].text.len == 0)
        return;
    memcpy(sheet->texts[at], row.fields[0].text.ptr, row.fields[0].text.len);
    sheet->fields[at].text.ptr = sheet->texts[at];
    if (!isnan(rate->rate))
        sheet->shares[at] = sheet->darkest > 0 ? rate->rate / sheet->darkest : 0;
}

static int put_row(struct sheet *sheet, struct slice name, uint64_t size, struct error *err)
{
    sheet->fields[0] = field_text(name);
    sheet->fields[1] = field_number(decimal_format((int128)size, 0, sheet->texts[1]));
    sheet->shares[0] = sheet->shares[1] = NAN;
    return writer_put_shaded(sheet->print->output->writer, sheet->fields, sheet->shaded ? sheet->shares : NULL, err);
}

static int put_line(struct sheet *sheet, const struct cohort_line *line, struct error *err)
{
    char room[MOMENT_TEXT];
    struct cohort_rate rate;
    size_t age;

    for (size_t i = 0; i < sheet->columns; i++) {
        bool shown = age_in(sheet, line, i, &age) && cohort_print_cell(sheet->print, line, age, &rate);
        put_cell(sheet, i + KEYS, shown ? &line->cells[age] : NULL, shown ? &rate : NULL);
    }
    return put_row(sheet, cohort_print_name(sheet->print, line, room), line->size, err);
}

static int put_mean(struct sheet *sheet, struct error *err)
{
    struct cohort_rate rate;

    if (sheet->print->options->mean == COHORT_MEAN_NONE || sheet->print->table->count == 0)
        return 0;
    for (size_t i = 0; i < sheet->columns; i++)
        put_cell(sheet, i + KEYS, NULL, cohort_print_mean(sheet->print, sheet->first + i, &rate) ? &rate : NULL);
    return put_row(sheet, SLICE("mean"), cohort_print_customers(sheet->print), err);
}

/* ---- what cannot be seen in it ---- */

struct incomplete {
    uint64_t cells, all;
    const struct cohort_line *first, *last;
    size_t first_age, last_age;
};

static void say_incomplete(const struct cohort_print *print, const struct incomplete *found)
{
    char ages[2][COHORT_AGE_TEXT];
    char names[2][MOMENT_TEXT];
    char day[MOMENT_TEXT];
    struct quote quotes[2];
    struct slice first_age = cohort_age_name(print->rules, found->first_age, ages[0]);
    struct slice last_age = cohort_age_name(print->rules, found->last_age, ages[1]);
    const char *first = quote(&quotes[0], cohort_print_name(print, found->first, names[0]));
    const char *last = quote(&quotes[1], cohort_print_name(print, found->last, names[1]));
    struct slice as_of = day_format(print->as_of, day);

    if (found->cells == 1)
        program_note("1 of %llu cells is not complete, age %.*s of '%s': not all of its time had passed by %.*s "
                     "(--complete-only leaves it out)",
                     (unsigned long long)found->all, SLICE_ARG(first_age), first, SLICE_ARG(as_of));
    else
        program_note("%llu of %llu cells are not complete, from age %.*s of '%s' to age %.*s of '%s': not all of their "
                     "time had passed by %.*s (--complete-only leaves them out)",
                     (unsigned long long)found->cells, (unsigned long long)found->all, SLICE_ARG(first_age), first,
                     SLICE_ARG(last_age), last, SLICE_ARG(as_of));
}

static void note_incomplete(const struct cohort_print *print)
{
    struct incomplete found = {0};
    struct cohort_rate rate;
    size_t first;
    size_t count = cohort_print_ages(print, &first);

    for (size_t i = 0; i < print->table->count; i++)
        for (size_t age = first; age < first + count; age++) {
            const struct cohort_line *line = &print->table->lines[i];
            if (!cohort_print_cell(print, line, age, &rate))
                continue;
            found.all++;
            if (rate.complete)
                continue;
            if (found.cells++ == 0) {
                found.first = line;
                found.first_age = age;
            }
            found.last = line;
            found.last_age = age;
        }
    if (found.cells)
        say_incomplete(print, &found);
}

int cohort_print_matrix(const struct cohort_print *print, struct error *err)
{
    struct sheet sheet;
    int failed = sheet_init(&sheet, print, err) || open_sheet(&sheet, err);

    for (size_t i = 0; i < print->table->count && !failed; i++)
        failed = put_line(&sheet, &print->table->lines[i], err);
    failed = failed || put_mean(&sheet, err);
    failed = failed || output_finish(print->output, err);
    sheet_fini(&sheet);
    if (failed)
        return -1;
    note_incomplete(print);
    return 0;
}
