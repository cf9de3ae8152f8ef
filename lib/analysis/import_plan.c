/* The plan of an import: entity, columns, and how their values are written, found out before the first record is
 * converted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/import_columns.h"
#include "analysis/import_run.h"
#include "analysis/import_survey.h"
#include "base/utf8.h"

/* A name that cannot be read cannot be recognised either: a column would be left out for want of an option. */
static int check_names(const struct import_input *input, const struct source *source, struct error *err)
{
    struct quote q;

    for (size_t i = 0; i < input->name_count; i++)
        if (!utf8_valid(input->names[i].ptr, input->names[i].len))
            return error_set(
                err, STATUS_DATA, "%s: the header is not %s: '%s'; say what it is, e.g. --encoding WINDOWS-1252",
                source->name, source->decoded ? source->decoded : "UTF-8", quote_name(&q, input->names[i]));
    return 0;
}

/* The profile that was asked for, or the one that the header shows. A complete map leaves nothing to a profile. */
static int find_profile(struct import *import, size_t i, struct error *err)
{
    struct import_input *input = &import->inputs[i];
    const char *asked = import->settings.profile;
    const struct import_profile *profile = asked ? import_profile_find(slice_from_cstr(asked))
                                                 : import_profile_recognise(input->spoken, input->name_count);
    enum entity entity = import->map.entity;

    if (!profile || import->map.complete || import->map.table || input->name_count == 0)
        return 0;
    if (entity != ENTITY_NONE && entity != profile->entity && !asked)
        return 0; /* something else was said */
    input->profile = profile;
    if (import_map_read(&input->ready, slice_from_cstr(profile->map), profile->name, err))
        return -1;
    if (asked)
        return 0;
    struct import_guess *guess = import_guesses_add(&import->guesses, i, "profile", 0.95);
    if (!guess)
        return error_memory(err);
    snprintf(guess->what, sizeof guess->what, "%s", profile->title);
    snprintf(guess->evidence, sizeof guess->evidence, "the header has the columns by which it is known");
    snprintf(guess->cure, sizeof guess->cure, "--profile %s", profile->name);
    return 0;
}

static int unknown_header(const char *name, struct error *err)
{
    return error_set(err, STATUS_DATA,
                     "%s: no column of the header is known; say what it holds with --as, and which column is "
                     "which with --set, or take all as they are with --as table",
                     name);
}

/* A single name that is known, and means many things, is no ground to leave all others out. */
static int check_ground(const struct import *import, size_t i, enum entity entity, struct error *err)
{
    const struct import_input *input = &import->inputs[i];
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
    size_t known = 0;
    size_t last = 0;
    struct quote q;

    for (size_t n = 0; n < input->name_count && known < 2; n++) {
        size_t column;
        if (!vocabulary_find(entity, input->spoken[n], &column, NULL))
            continue;
        known += columns[column].kind == VALUE_EMAIL ? 2 : 1; /* addresses alone make a list of contacts */
        last = n;
    }
    if (known > 1 || input->name_count == 1 || input->confidence >= 0.5 || import->settings.keep_raw)
        return 0;
    return error_set(err, STATUS_DATA,
                     "%s: of the header only '%s' is known, and what it is the name of is not certain; say what the "
                     "records are with --as",
                     stream_input_name(import->stream, i), quote_name(&q, input->names[last]));
}

static int guess_entity(struct import *import, size_t i, enum entity entity, struct error *err)
{
    struct import_input *input = &import->inputs[i];
    struct import_guess *guess = import_guesses_add(&import->guesses, i, "kind of record", input->confidence);

    if (!guess)
        return error_memory(err);
    snprintf(guess->what, sizeof guess->what, "%s", entity_name(entity));
    snprintf(guess->evidence, sizeof guess->evidence, "the names in the header");
    snprintf(guess->cure, sizeof guess->cure, "--as %s", entity_name(entity));
    return 0;
}

/* What one input holds; ENTITY_NONE when it has no columns. */
static int entity_of(struct import *import, size_t i, enum entity *entity, struct error *err)
{
    struct import_input *input = &import->inputs[i];

    *entity = ENTITY_NONE;
    if (input->name_count == 0)
        return 0;
    input->confidence = 1;
    if (input->profile || input->foreign.kind == FOREIGN_VCARD) {
        *entity = input->profile ? input->profile->entity : ENTITY_CONTACT;
        return 0;
    }
    *entity = vocabulary_recognise(input->spoken, input->name_count, &input->confidence);
    if (*entity == ENTITY_NONE)
        return import->settings.keep_raw ? 0 : unknown_header(stream_input_name(import->stream, i), err);
    return check_ground(import, i, *entity, err) || guess_entity(import, i, *entity, err) ? -1 : 0;
}

static int find_entity(struct import *import, struct error *err)
{
    enum entity found = import->map.entity;
    const char *found_in = NULL;

    for (size_t i = 0; i < import->stream->input_count && import->map.entity == ENTITY_NONE && !import->map.table;
         i++) {
        const char *name = stream_input_name(import->stream, i);
        enum entity entity;
        if (entity_of(import, i, &entity, err))
            return -1;
        if (entity == ENTITY_NONE)
            continue;
        if (found_in && entity != found)
            return error_set(err, STATUS_DATA, "%s looks like records of %s, %s of %s; import them apart, or say --as",
                             found_in, entity_name(found), name, entity_name(entity));
        found = entity;
        found_in = name;
    }
    import->map.entity = found;
    return 0;
}

/* Whether a way of reading dates is worth to be remembered: one elected without evidence (05/05/2026 alone) says
 * nothing about the next file. */
static bool is_evident(const struct import_source *source)
{
    switch (source->date) {
    case DATE_DAY_FIRST:
    case DATE_MONTH_FIRST:
        return !source->elected || !date_election_allows(&source->dates, DATE_MONTH_FIRST) ||
               !date_election_allows(&source->dates, DATE_DAY_FIRST);
    case DATE_SHORT_YEAR_FIRST:
    case DATE_SERIAL:
    case DATE_EPOCH:
    case DATE_EPOCH_MILLI:
    case DATE_EPOCH_MICRO:
        return true;
    default:
        return false;
    }
}

/* How an output column is read, as far as the inputs agree on it. */
static void remember_reading(const struct import *import, size_t o, struct import_rule *rule)
{
    enum date_style date = rule->date;
    enum number_style number = rule->number;
    enum name_order names = rule->names;
    bool dates_agree = true;
    bool numbers_agree = true;
    bool names_agree = true;

    for (size_t i = 0; i < import->stream->input_count; i++) {
        const struct import_source *source = &import->inputs[i].sources[o];
        if (is_evident(source)) {
            dates_agree = dates_agree && (date == DATE_EMPTY || date == source->date);
            date = source->date;
        }
        if (source->number == NUMBER_COMMA || source->number == NUMBER_POINT) {
            numbers_agree = numbers_agree && (number == NUMBER_EMPTY || number == source->number);
            number = source->number;
        }
        if (source->names != NAME_UNDECIDED) {
            names_agree = names_agree && (names == NAME_UNDECIDED || names == source->names);
            names = source->names;
        }
    }
    if (dates_agree)
        rule->date = date;
    if (numbers_agree)
        rule->number = number;
    if (names_agree)
        rule->names = names;
}

/* A rule for the output that says it comes from this column. */
static int remember_column(struct import *import, size_t o, struct slice from, struct error *err)
{
    struct import_rule *rule = import_map_add(&import->map, import->outputs[o].name);

    if (!rule || import_rule_add(&import->map, rule, from))
        return error_memory(err);
    remember_reading(import, o, rule);
    return 0;
}

static int remember_input(struct import *import, size_t i, struct error *err)
{
    const struct import_input *input = &import->inputs[i];

    for (size_t o = 0; o < import->output_count; o++) {
        enum value_kind kind = import->outputs[o].kind;
        bool emails = kind == VALUE_EMAILS;
        size_t begin = emails ? 0 : input->extra_emails;
        size_t end = emails ? input->extra_emails : input->extra_count;
        if (import->outputs[o].kept)
            continue;
        if (input->sources[o].from.ptr && remember_column(import, o, input->sources[o].from, err))
            return -1;
        for (size_t e = begin; e < end && (emails || kind == VALUE_PHONES); e++)
            if (remember_column(import, o, input->extras[e].from, err))
                return -1;
    }
    for (size_t e = 0; e < input->ready.empty_count; e++)
        if (!import_map_is_empty(&import->map, input->ready.empty[e]) &&
            import_map_empty(&import->map, input->ready.empty[e]))
            return error_memory(err);
    return 0;
}

/* Writes what was found back into the map, so that it can be saved. */
static int remember(struct import *import, struct error *err)
{
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (remember_input(import, i, err))
            return -1;
    return 0;
}

/* Binds a column of the stream: the column `from` of each input. */
static int bind_column(struct import *import, struct slice name, const struct slice *from, size_t *bound,
                       struct error *err)
{
    struct stream *stream = import->stream;
    size_t column;

    for (size_t i = 0; i < stream->input_count; i++) {
        bound[i] = COLUMN_ABSENT;
        if (from[i].ptr && reader_find(stream->inputs[i].reader, from[i], &bound[i], err))
            return -1;
    }
    return stream_bind(stream, name, bound, &column, err);
}

/* The columns behind the outputs: further e-mails, further phones, and what sort the phones are of. */
static int bind_extras(struct import *import, struct slice *from, size_t *bound, struct error *err)
{
    size_t count = import->stream->input_count;
    size_t emails = import->extra_emails;
    size_t phones = import->extra_phones;

    for (size_t e = 0; e < emails + 2 * phones; e++) {
        for (size_t i = 0; i < count; i++) {
            const struct import_input *input = &import->inputs[i];
            size_t index = e < emails ? e : input->extra_emails + (e - emails) % phones;
            size_t end = e < emails ? input->extra_emails : input->extra_count;
            const struct import_extra *extra = index < end ? &input->extras[index] : NULL;
            from[i] = !extra ? (struct slice){NULL, 0} : e < emails + phones ? extra->from : extra->label;
        }
        if (bind_column(import, SLICE("more"), from, bound, err))
            return -1;
    }
    for (size_t i = 0; i < count; i++)
        from[i] = import->inputs[i].phone_label;
    if (bind_column(import, SLICE("label"), from, bound, err))
        return -1;
    for (size_t e = 0; e <= emails; e++) { /* and of the e-mails, the first one's last */
        for (size_t i = 0; i < count; i++) {
            const struct import_input *input = &import->inputs[i];
            const struct import_extra none = {{NULL, 0}, {NULL, 0}};
            const struct import_extra *extra = e < input->extra_emails ? &input->extras[e] : &none;
            from[i] = e == emails ? input->email_label : extra->label;
        }
        if (bind_column(import, SLICE("label"), from, bound, err))
            return -1;
    }
    return 0;
}

static int bind_all(struct import *import, struct slice *from, size_t *bound, struct error *err)
{
    size_t count = import->stream->input_count;

    for (size_t i = 0; i < count; i++) { /* an input without names must not turn out to have some */
        struct reader *reader = import->stream->inputs[i].reader;
        reader->everything = import->settings.keep_all || reader->name_count == 0;
    }
    for (size_t o = 0; o < import->output_count; o++) {
        for (size_t i = 0; i < count; i++)
            from[i] = import->inputs[i].sources[o].from;
        if (bind_column(import, import->outputs[o].name, from, bound, err))
            return -1;
    }
    return bind_extras(import, from, bound, err);
}

static int bind(struct import *import, struct error *err)
{
    size_t count = import->stream->input_count;
    size_t *bound = calloc(count + 1, sizeof *bound);
    struct slice *from = calloc(count + 1, sizeof *from);
    int failed = bound && from ? stream_start(import->stream, err) : error_memory(err);

    if (!failed)
        failed = bind_all(import, from, bound, err);
    free(bound);
    free(from);
    return failed ? -1 : 0;
}

/* A strict import takes nothing for granted. */
static int refuse_guesses(const struct import *import, struct error *err)
{
    if (!import->settings.strict || import->guesses.count == 0)
        return 0;
    const struct import_guess *guess = &import->guesses.items[0];
    return error_set(err, STATUS_DATA, "%s: --strict: the %s would be a guess: %s%s%s%s%s%s",
                     stream_input_name(import->stream, guess->input), guess->topic, guess->what,
                     *guess->evidence ? " (" : "", guess->evidence, *guess->evidence ? ")" : "",
                     *guess->cure ? "; tell it with " : "", guess->cure);
}

static int open_inputs(struct import *import, struct error *err)
{
    size_t count = import->stream->input_count;

    import->inputs = calloc(count, sizeof *import->inputs);
    if (!import->inputs)
        return error_memory(err);
    for (size_t i = 0; i < count; i++)
        import_map_init(&import->inputs[i].ready);
    for (size_t i = 0; i < count; i++)
        if (import_open_sample(import, i, err) ||
            check_names(&import->inputs[i], import->stream->inputs[i].source, err) ||
            import_speak_names(import, i, err) || find_profile(import, i, err))
            return -1;
    return 0;
}

/* What the region says of dates and numbers; the names of countries, where there is a column of them. */
static int load_customs(struct import *import, struct error *err)
{
    if (import->settings.region && region_hints(import->settings.region, &import->hints))
        return error_set(err, STATUS_SYSTEM, "nothing is known about the region '%s'", import->settings.region);
    for (size_t o = 0; o < import->output_count; o++)
        if (import->outputs[o].kind == VALUE_COUNTRY)
            return country_index_new(&import->countries, err);
    return 0;
}

int import_plan(struct import *import, size_t *undecided, struct error *err)
{
    if (open_inputs(import, err) || find_entity(import, err) || import_map_columns(import, err) ||
        load_customs(import, err))
        return -1;
    for (size_t i = 0; i < import->stream->input_count; i++) {
        if (import_survey(import, i, undecided, err))
            return -1;
    }
    if (import_drop_idle(import, err))
        return -1;
    import_find_roles(import);
    if (refuse_guesses(import, err))
        return -1;
    return remember(import, err) || bind(import, err) || import_run_new(import, err) ? -1 : 0;
}
