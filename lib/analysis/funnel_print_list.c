/* The list of entities: a row for each that is asked for, or for each pass of it, in the order in which they first
 * appeared. */
#include "analysis/funnel_print.h"
#include "stream/spill_sort.h"

bool funnel_print_is_listed(const struct funnel_print *print, const struct funnel_seen *seen)
{
    const struct funnel_options *o = print->question->options;
    const struct funnel_path *path = seen->path;
    int next = funnel_next_step(&o->rules, o->listed_step);
    bool went_on = next < 0 || path->passed >> next & 1;

    if (path->level == 0 || (o->matured && !funnel_seen_matured(print->question, seen)))
        return false;
    if (!o->dropped && !o->converted)
        return true;
    return (path->passed >> o->listed_step & 1) && went_on == (o->converted != NULL);
}

/* What the list says of an entity, or of a pass of it. */
struct listed {
    uint64_t place; /* of the entity in the order of first appearance */
    struct moment first, last;
    int64_t time;
    struct decimal amount;
    uint32_t group;
    int level;
    bool has_amount;
};

static struct listed listed_of(const struct funnel_print *print, const struct funnel_seen *seen)
{
    const struct funnel_question *question = print->question;
    const struct funnel_path *path = seen->path;
    const uint64_t *places = question->funnel->places;
    struct listed listed = {
        .place = places ? places[seen->entity] : seen->entity,
        .first = funnel_seen_moment(question, seen, path->first),
        .last = funnel_seen_moment(question, seen, path->last),
        .time = seen->events[path->last].time - seen->events[path->first].time,
        .group = funnel_seen_group(question, seen),
        .level = path->level,
    };

    listed.has_amount = question->options->amount && funnel_seen_amount(question, seen, &listed.amount);
    return listed;
}

static int print_listed(const struct funnel_print *print, const struct listed *listed, struct slice entity,
                        struct error *err)
{
    const struct funnel_options *o = print->question->options;
    struct row row = {.count = 0};
    char room[32];

    row_text(&row, entity);
    if (o->group)
        row_text(&row, listed->group == FUNNEL_NO_VALUE ? (struct slice){"", 0}
                                                        : group_key(&print->question->funnel->groups, listed->group));
    row_text(&row, funnel_print_step(print, listed->level - 1, room));
    row_count(&row, (uint64_t)listed->level);
    row_moment(&row, &listed->first);
    row_moment(&row, &listed->last);
    funnel_print_time(print, (double)listed->time, &row);
    if (o->amount && listed->has_amount)
        row_decimal(&row, listed->amount.units, listed->amount.scale);
    else if (o->amount)
        row_null(&row);
    return writer_put(print->output->writer, row.fields, err);
}

/* A list of one state, or of the parts of one that has spilled: what these list is put in order by way of another
 * spill. */
struct listing {
    const struct funnel_print *print;
    struct spill *spill; /* NULL: not needed */
    uint64_t places;
};

static int list_one(void *context, const struct funnel_seen *seen, struct error *err)
{
    const struct listing *listing = context;
    const struct funnel_print *print = listing->print;

    if (!funnel_print_is_listed(print, seen))
        return 0;
    struct listed listed = listed_of(print, seen);
    struct slice entity = group_key(&print->question->funnel->entities, seen->entity);
    if (!listing->spill)
        return print_listed(print, &listed, entity, err);
    const struct slice pieces[] = {SPILL_PIECE(listed), entity};
    return spill_add(listing->spill, spill_range(listed.place, listing->places), pieces, 2, err);
}

static int list_part(void *context, const struct funnel *part, struct error *err)
{
    const struct listing *listing = context;
    struct funnel_question question = *listing->print->question;
    struct funnel_print print = *listing->print;
    struct listing here = *listing;

    question.funnel = part;
    print.question = &question;
    here.print = &print;
    return funnel_visit(&question, 0, part->entities.count, list_one, &here, err);
}

static int print_spilled(const struct listing *listing, struct error *err)
{
    struct spill_sorted sorted = {0};
    int failed = 0;

    for (size_t part = 0; part < SPILL_RANGES && !failed; part++) {
        failed = spill_sort(&sorted, listing->spill, part, true, err);
        for (size_t i = 0; i < sorted.count && !failed; i++) {
            struct slice record = spill_sorted_at(&sorted, i);
            struct listed listed;
            SPILL_TAKE(&record, listed);
            failed = print_listed(listing->print, &listed, record, err);
        }
    }
    spill_sorted_fini(&sorted);
    return failed;
}

static int print_list(const struct funnel_print *print, struct error *err)
{
    const struct funnel *funnel = print->question->funnel;
    struct listing listing = {.print = print, .places = funnel->row_count};

    if (funnel->spill && spill_new(&listing.spill, SPILL_RANGES, err))
        return -1;
    int failed = funnel_visit_parts(funnel, list_part, &listing, err);
    if (!failed && listing.spill)
        failed = print_spilled(&listing, err);
    spill_free(listing.spill);
    return failed;
}

int funnel_print_entities(const struct funnel_print *print, struct error *err)
{
    const struct funnel_options *o = print->question->options;
    struct slice names[ROW_COLUMNS];
    size_t count = 0;

    if (print->feed->row_fields)
        return funnel_print_rows(print, err);
    names[count++] = print->feed->entity_name;
    if (o->group)
        names[count++] = print->feed->group_name;
    names[count++] = SLICE("step");
    names[count++] = SLICE("step_number");
    names[count++] = SLICE("entered_at");
    names[count++] = SLICE("reached_at");
    names[count++] = SLICE("time");
    if (o->amount)
        names[count++] = SLICE("amount");
    return output_open_report(print->output, &o->common, print->feed->stream, "--entity, --by", names, count, err) ||
                   print_list(print, err)
               ? -1
               : 0;
}
