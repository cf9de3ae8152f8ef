/* Taking in the records of a deduplication, and how much memory they and all that is made of them may take.
 *
 * Several threads read (lanes.h) and bring fields into the form in which they are kept; what is left for the one that
 * takes them in is to copy them. An undo log needs to know where each record stands in its input, which only reading in
 * order tells.
 *
 * With a limit the records take a quarter of it at most; more goes to a temporary file, and what is left does when the
 * linkage asks for room. What the linkage itself holds is asked for in any order and has to stay in memory: where that
 * does not fit, the run ends at once, rather than hours later or with the machine in its knees. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "analysis/dedupe.h"
#include "stream/lanes.h"
#include "stream/spill.h"

/* Whether an input is of the first list. */
static bool is_first(const struct dedupe *dedupe, size_t input)
{
    switch (dedupe->options->settings.mode) {
    case LINK_AGAINST:
        return input == 0;
    case LINK_ACROSS:
        return input + 1 < dedupe->path_count;
    default:
        return false;
    }
}

static int check_count(const struct dedupe *dedupe, struct error *err)
{
    return dedupe->kept.count == UINT32_MAX - 1 ? error_set(err, STATUS_DATA, "more than 4,294,967,294 records") : 0;
}

static int keep_in_order(struct dedupe *dedupe, struct error *err)
{
    struct record record;
    int more;

    while ((more = stream_next(dedupe->stream, &record, err)) > 0) {
        if (check_count(dedupe, err) || kept_add(&dedupe->kept, &record, err) ||
            (dedupe->undo && undo_keep(dedupe->undo, &record, err)))
            return -1;
        dedupe->split += is_first(dedupe, record.input);
    }
    return more;
}

/* ---- by several threads ---- */

/* A record as a thread has made it. */
struct encoded {
    struct slice fields;
    struct kept_place place;
    bool relative; /* line and number are those in its stretch */
};

/* What a thread has to itself. */
struct desk {
    struct buffer fields; /* of the last record */
    bool apart;           /* it reads stretches */
};

/* Reading by several threads. */
struct keeping {
    struct dedupe *dedupe;
    struct desk desk; /* in order */
};

static int encode_record(void *context, void *memory, struct stream *stream, const struct record *record, void *row,
                         struct error *err)
{
    const struct keeping *keeping = context;
    struct desk *desk = memory;
    struct encoded *encoded = row;

    (void)stream;
    buffer_clear(&desk->fields);
    if (kept_encode(&desk->fields, record, keeping->dedupe->kept.columns))
        return error_memory(err);
    *encoded =
        (struct encoded){buffer_slice(&desk->fields), {record->input, record->line, record->number}, desk->apart};
    return 0;
}

static int take_records(void *context, const void *rows, size_t count, struct error *err)
{
    struct dedupe *dedupe = ((struct keeping *)context)->dedupe;
    const struct encoded *encoded = rows;

    for (size_t i = 0; i < count; i++) {
        struct kept_place place = encoded[i].place;

        if (encoded[i].relative) { /* the reader stands where the stretch begins */
            place.line += dedupe->stream->inputs[place.input].reader->line - 1;
            place.number += dedupe->stream->inputs[place.input].reader->number;
        }
        if (check_count(dedupe, err) || kept_add_encoded(&dedupe->kept, &place, encoded[i].fields, err))
            return -1;
        dedupe->split += is_first(dedupe, place.input);
    }
    return 0;
}

static int begin_desk(void *context, void *memory, struct error *err)
{
    (void)context;
    (void)err;
    ((struct desk *)memory)->apart = true;
    return 0;
}

static void end_desk(void *context, void *memory)
{
    (void)context;
    buffer_fini(&((struct desk *)memory)->fields);
}

static int keep_together(struct dedupe *dedupe, struct error *err)
{
    static const size_t texts[] = {offsetof(struct encoded, fields)};
    struct keeping keeping = {.dedupe = dedupe};
    const struct lanes_plan plan = {
        .context = &keeping,
        .row_size = sizeof(struct encoded),
        .texts = texts,
        .text_count = 1,
        .desk_size = sizeof(struct desk),
        .desk = &keeping.desk,
        .make = encode_record,
        .take = take_records,
        .begin = begin_desk,
        .end = end_desk,
    };

    buffer_init(&keeping.desk.fields);
    int failed = lanes_run(dedupe->stream, &plan, dedupe->options->settings.threads, err);
    buffer_fini(&keeping.desk.fields);
    return failed;
}

int dedupe_keep(struct dedupe *dedupe, struct error *err)
{
    bool together = dedupe->options->settings.threads > 1 && !dedupe->undo;

    if (together ? keep_together(dedupe, err) : keep_in_order(dedupe, err))
        return -1;
    return dedupe->kept.file ? kept_put_aside(&dedupe->kept, err) : 0; /* the last ones, too */
}

/* ---- the limit ---- */

/* The least --max-memory that leaves so much. */
static double limit_for(double bytes)
{
    const double others = (double)((size_t)64 << 20);

    return bytes + (bytes / 3 < others ? bytes / 3 : others);
}

#define SIZE_TEXT 32

/* As --max-memory takes it: exactly, where that is short, else rounded up to a thousandth or so. */
static const char *size_text(char text[SIZE_TEXT], double bytes)
{
    static const char units[] = "BKMGT";
    int unit = 0;

    for (; units[unit + 1] && bytes >= 1024 && (bytes >= 8 * 1024 || fmod(bytes, 1024) == 0); unit++)
        bytes = ceil(bytes / 1024);
    snprintf(text, SIZE_TEXT, "%.0f%.1s", ceil(bytes), unit ? &units[unit] : "");
    return text;
}

/* As of link_room.h. */
static int make_room(void *context, double taken, double needed, struct error *err)
{
    struct dedupe *dedupe = context;
    const double limit = (double)dedupe->options->max_memory;
    const double room = (double)spill_allowance(dedupe->options->max_memory);
    char needed_text[SIZE_TEXT], limit_text[SIZE_TEXT];

    if (taken + (double)kept_memory(&dedupe->kept) <= room)
        return 0;
    if (kept_put_aside(&dedupe->kept, err))
        return -1;
    const double records = (double)kept_memory(&dedupe->kept);
    if (taken + records <= room)
        return 0;
    return error_set(
        err, STATUS_SYSTEM, "what is compared of %zu records needs about %s of memory: --max-memory %s is not enough%s",
        dedupe->kept.count, size_text(needed_text, limit_for(needed + records)), size_text(limit_text, limit),
        dedupe->options->keys ? "" : " (fewer --fields, or --keys, need less)");
}

void dedupe_limit(struct dedupe *dedupe)
{
    const size_t limit = dedupe->options->max_memory;

    if (!limit)
        return;
    dedupe->room = (struct link_room){make_room, dedupe};
    dedupe->linkage.settings.room = &dedupe->room;
    kept_limit(&dedupe->kept, spill_allowance(limit) / 4);
}

void dedupe_tell_memory(const struct dedupe *dedupe)
{
    const struct spill_account account = {
        .spilled = dedupe->kept.file != NULL,
        .rows = dedupe->kept.before,
        .records = dedupe->kept.count,
        .bytes = kept_aside(&dedupe->kept),
    };

    spill_note(&account, dedupe->options->max_memory);
}
