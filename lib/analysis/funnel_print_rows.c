/* Lists of entities that have a row each: the rows, as they were read, with what became of the entity behind them. */
#include <stdlib.h>
#include <string.h>

#include "analysis/funnel_print.h"
#include "stream/annotate.h"

static const struct slice added[] = {SLICE_INIT("step"), SLICE_INIT("step_number"), SLICE_INIT("entered_at"),
                                     SLICE_INIT("reached_at"), SLICE_INIT("time")};
enum { ADDED = sizeof added / sizeof *added };

struct verdict {
    int level; /* 0: it is not listed */
    struct moment first, last;
    int64_t time;
};

struct listing {
    const struct funnel_print *print;
    struct verdict *verdicts; /* by entity; owned */
    size_t *shown;            /* columns of the input; owned */
    size_t shown_count;
    struct field *fields; /* of a record as it was kept, then of one as it is written; owned */
    struct slice *names;  /* owned */
};

static int note_verdict(void *context, const struct funnel_seen *seen, struct error *err)
{
    struct listing *listing = context;

    (void)err;
    if (!funnel_print_is_listed(listing->print, seen))
        return 0;
    listing->verdicts[seen->entity] = (struct verdict){
        .level = seen->path->level,
        .first = funnel_seen_moment(listing->print->question, seen, seen->path->first),
        .last = funnel_seen_moment(listing->print->question, seen, seen->path->last),
        .time = seen->events[seen->path->last].time - seen->events[seen->path->first].time,
    };
    return 0;
}

static int open_listing(struct listing *listing, struct error *err)
{
    const struct funnel_print *print = listing->print;
    const struct stream *stream = print->feed->stream;
    size_t columns = print->feed->row_columns;

    listing->verdicts = calloc(print->question->funnel->entities.count + 1, sizeof *listing->verdicts);
    listing->shown = malloc((columns + 1) * sizeof *listing->shown);
    listing->fields = malloc((2 * columns + 1 + ADDED) * sizeof *listing->fields);
    listing->names = malloc((columns + ADDED) * sizeof *listing->names);
    if (!listing->verdicts || !listing->shown || !listing->fields || !listing->names)
        return error_memory(err);
    listing->shown_count = annotate_keep(stream, columns, added, ADDED, NULL, listing->shown);
    for (size_t i = 0; i < listing->shown_count; i++)
        listing->names[i] = stream->columns[listing->shown[i]].name;
    memcpy(listing->names + listing->shown_count, added, sizeof added);
    return output_open(print->output, &print->question->options->common, stream, listing->names,
                       listing->shown_count + ADDED, err);
}

static int print_row(const struct listing *listing, size_t number, struct error *err)
{
    const struct funnel_print *print = listing->print;
    size_t columns = print->feed->row_columns;
    struct field *written = listing->fields + columns + 1;
    struct row row = {.count = 0};
    char room[32];

    kept_fields(&print->feed->rows, number, listing->fields);
    const struct verdict *verdict = NULL;
    const void *entity = group_find(&print->question->funnel->entities, listing->fields[columns].text);
    if (entity)
        verdict = &listing->verdicts[group_index(entity)];
    if (!verdict || verdict->level == 0)
        return 0;
    for (size_t i = 0; i < listing->shown_count; i++)
        written[i] = listing->fields[listing->shown[i]];
    row_text(&row, funnel_print_step(print, verdict->level - 1, room));
    row_count(&row, (uint64_t)verdict->level);
    row_moment(&row, &verdict->first);
    row_moment(&row, &verdict->last);
    funnel_print_time(print, (double)verdict->time, &row);
    memcpy(written + listing->shown_count, row.fields, ADDED * sizeof *written);
    return writer_put(print->output->writer, written, err);
}

int funnel_print_rows(const struct funnel_print *print, struct error *err)
{
    struct listing listing = {.print = print};
    int failed = open_listing(&listing, err) ||
                 funnel_visit(print->question, 0, print->question->funnel->entities.count, note_verdict, &listing, err);

    for (size_t i = 0; i < print->feed->rows.count && !failed; i++)
        failed = print_row(&listing, i, err);
    free(listing.verdicts);
    free(listing.shown);
    free(listing.fields);
    free(listing.names);
    return failed ? -1 : 0;
}
