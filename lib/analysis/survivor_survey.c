/* The plan made ready: groups follow their leaders, and all values are heard where a rule has to put them in order. */
#include <stdlib.h>
#include <string.h>

#include "analysis/survivor_state.h"
#include "base/memory.h"

/* What the values of one column are. */
struct hearing {
    size_t column;
    uint64_t filled;
    uint64_t not_numbers;
    size_t first_not_number; /* the row of the first */
    size_t first_not_date;
    struct date_election dates;
};

static void apply_default(struct survivor_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (!plan->columns[i].asked && !plan->columns[i].usual)
            plan->columns[i].rule = plan->other;
}

/* In a group the rule of the first decides; who has been asked to go its own way, leaves; and a rule that makes its
 * value of several records cannot be followed. */
static void settle_groups(struct survivor_plan *plan)
{
    for (size_t i = 0; i < plan->group_count; i++) {
        struct survivor_group *group = &plan->groups[i];
        size_t kept = 1;
        for (size_t j = 1; j < group->count; j++)
            if (!plan->columns[group->columns[j]].asked)
                group->columns[kept++] = group->columns[j];
        group->count = survivor_rule_picks(plan->columns[group->columns[0]].rule) ? kept : 1;
        for (size_t j = 0; j < group->count && group->count > 1; j++) {
            plan->columns[group->columns[j]].leader = group->columns[0];
            plan->columns[group->columns[j]].grouped = true;
        }
    }
}

static bool is_scaled(const struct survivor_plan *plan, size_t column)
{
    enum survivor_rule rule = plan->columns[column].rule;

    return plan->columns[column].leader == column &&
           (rule == SURVIVOR_MIN || rule == SURVIVOR_MAX || rule == SURVIVOR_SUM);
}

static void hear(struct hearing *hearing, struct slice text, size_t row, uint64_t line)
{
    struct decimal number;
    uint64_t invalid = hearing->dates.invalid;

    hearing->filled++;
    if (decimal_parse(text, &number) != DECIMAL_OK && !hearing->not_numbers++)
        hearing->first_not_number = row;
    date_election_add(&hearing->dates, text, line);
    if (hearing->dates.invalid != invalid && invalid == 0)
        hearing->first_not_date = row;
}

static int hear_all(struct hearing *hearings, size_t count, const struct kept *kept, struct error *err)
{
    struct field *fields = calloc(kept->columns ? kept->columns : 1, sizeof *fields);

    if (!fields)
        return error_memory(err);
    for (size_t row = 0; row < kept->count && count; row++) {
        kept_fields(kept, row, fields);
        for (size_t i = 0; i < count; i++) {
            const struct field *field = &fields[hearings[i].column];
            if (survivor_filled(field))
                hear(&hearings[i], tally_trim(field->text), row, row + 1);
        }
    }
    free(fields);
    return 0;
}

static bool is_readable(enum date_style style)
{
    return style != DATE_EMPTY && style != DATE_AMBIGUOUS && style != DATE_CONFLICT && style != DATE_MIXED;
}

static int add_doubt(struct survivor_plan *plan, const char *text, struct error *err)
{
    const char *copy = arena_copy(&plan->arena, slice_from_cstr(text));

    if (!copy || ARRAY_GROW(plan->doubts, plan->doubt_capacity, plan->doubt_count + 1))
        return error_memory(err);
    plan->doubts[plan->doubt_count++] = copy;
    return 0;
}

/* "FILE:LINE: column 'x': not a WHAT: 'value'" about a row. */
static void say_bad(const struct survivor_plan *plan, const struct kept *kept, const struct stream *stream, size_t row,
                    size_t column, const char *what, struct error *err)
{
    const struct kept_place place = kept_place(kept, row);
    struct field *fields = calloc(kept->columns, sizeof *fields);
    struct quote name;
    struct quote value;

    if (!fields) {
        error_memory(err);
        return;
    }
    kept_fields(kept, row, fields);
    error_set(err, STATUS_DATA, "%s:%llu: column '%s': not a %s: '%s'", stream_input_name(stream, place.input),
              (unsigned long long)place.line, quote_name(&name, plan->names[column]), what,
              quote(&value, fields[column].text));
    free(fields);
}

/* Why the dates of a column cannot be read, in *why. */
static void say_undecided(const struct survivor_plan *plan, const struct hearing *hearing, struct error *why)
{
    const struct date_election *dates = &hearing->dates;
    struct quote name;

    if (date_election_result(dates) == DATE_AMBIGUOUS)
        error_set(why, STATUS_DATA,
                  "column '%s': its dates can be read as %s: let crm-import write them as 2026-12-31 first",
                  quote_name(&name, plan->names[hearing->column]), date_election_doubt(dates));
    else
        error_set(why, STATUS_DATA,
                  "column '%s': its dates are written in several ways: let crm-import write them as "
                  "2026-12-31 first",
                  quote_name(&name, plan->names[hearing->column]));
}

/* Decides how a column's values are put in order. 1; 0 with the reason in *why when they cannot be. */
static int judge(const struct survivor_plan *plan, const struct hearing *hearing, bool numbers, bool strict,
                 const struct kept *kept, const struct stream *stream, enum survivor_scale *scale,
                 enum date_style *style, struct error *why)
{
    *scale = SCALE_NUMBERS;
    *style = date_election_result(&hearing->dates);
    if (!hearing->not_numbers)
        return 1;
    if (numbers) {
        say_bad(plan, kept, stream, hearing->first_not_number, hearing->column, "number", why);
        return 0;
    }
    *scale = SCALE_DATES;
    if (hearing->dates.invalid && (strict || !is_readable(*style))) {
        say_bad(plan, kept, stream, hearing->first_not_date, hearing->column, "number or date", why);
        return 0;
    }
    if (is_readable(*style) || *style == DATE_EMPTY)
        return 1;
    say_undecided(plan, hearing, why);
    return 0;
}

static int settle_column(struct survivor_plan *plan, const struct hearing *hearing, const struct kept *kept,
                         const struct stream *stream, struct error *err)
{
    struct survivor_column *column = &plan->columns[hearing->column];
    struct error why;

    if (judge(plan, hearing, column->rule == SURVIVOR_SUM, column->asked, kept, stream, &column->scale, &column->style,
              &why))
        return 0;
    if (column->asked || !column->usual || why.status == STATUS_SYSTEM) {
        *err = why;
        return -1;
    }
    error_prefix(&why, "rule most_complete instead of %s: ", survivor_rule_name(column->rule));
    column->rule = SURVIVOR_MOST_COMPLETE;
    return add_doubt(plan, why.text, err);
}

/* Whether some rule was asked for that needs to know what is recent. */
static bool recent_needed(const struct survivor_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].rule == SURVIVOR_MOST_RECENT)
            return true;
    return plan->recent_asked;
}

static int settle_recent(struct survivor_plan *plan, const struct hearing *hearing, const struct kept *kept,
                         const struct stream *stream, struct error *err)
{
    const bool needed = recent_needed(plan);
    enum survivor_scale scale;
    struct error why;

    if (judge(plan, hearing, false, needed, kept, stream, &scale, &plan->recent_style, &why) &&
        (scale == SCALE_DATES || is_readable(plan->recent_style) || !hearing->filled))
        return 0;
    if (scale == SCALE_NUMBERS)
        say_undecided(plan, hearing, &why);
    if (needed || why.status == STATUS_SYSTEM) {
        *err = why;
        return -1;
    }
    plan->recent = COLUMN_ABSENT;
    error_prefix(&why, "records are not compared by date: ");
    return add_doubt(plan, why.text, err);
}

int survivor_plan_survey(struct survivor_plan *plan, const struct kept *kept, const struct stream *stream,
                         struct error *err)
{
    struct hearing *hearings;
    size_t count = 0;
    int failed;

    apply_default(plan);
    settle_groups(plan);
    if (plan->recent == COLUMN_ABSENT && recent_needed(plan))
        return error_set(err, STATUS_USAGE,
                         "the rule 'most_recent' needs a column of dates, and none is known: name it as recent_by");
    hearings = calloc(plan->count + 1, sizeof *hearings);
    if (!hearings)
        return error_memory(err);
    for (size_t i = 0; i < plan->count; i++)
        if (is_scaled(plan, i))
            hearings[count++].column = i;
    if (plan->recent != COLUMN_ABSENT)
        hearings[count].column = plan->recent;
    failed = hear_all(hearings, count + (plan->recent != COLUMN_ABSENT), kept, err);
    for (size_t i = 0; i < count && !failed; i++)
        failed = settle_column(plan, &hearings[i], kept, stream, err);
    if (!failed && plan->recent != COLUMN_ABSENT)
        failed = settle_recent(plan, &hearings[count], kept, stream, err);
    free(hearings);
    return failed ? -1 : 0;
}
