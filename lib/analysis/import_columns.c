/* The columns of an import: which outputs there are, and what of each input they come from. */
#include "analysis/import_columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The column of the input that a rule names: the first of its names that is there. */
static int source_of_rule(struct import_input *input, const struct import_rule *rule, struct slice *from,
                          struct error *err)
{
    for (size_t i = 0; i < rule->from_count; i++) {
        size_t column;
        if (reader_find(input->reader, rule->from[i], &column, err))
            return -1;
        input->names = input->reader->names; /* a path has become one more, perhaps elsewhere */
        if (column != COLUMN_ABSENT) {
            *from = input->reader->names[column];
            return 0;
        }
    }
    return 0;
}

static size_t find_name(const struct import_input *input, struct slice name)
{
    for (size_t i = 0; i < input->name_count; i++)
        if (slice_equal(input->names[i], name))
            return i;
    return COLUMN_ABSENT;
}

/* Whether a rule of the profile takes the column: the first of its names that the header has. */
static bool taken_by_profile(const struct import_input *input, size_t column)
{
    for (size_t r = 0; r < input->ready.count; r++) {
        const struct import_rule *rule = &input->ready.rules[r];
        size_t found = COLUMN_ABSENT;
        for (size_t f = 0; f < rule->from_count && found == COLUMN_ABSENT; f++)
            found = find_name(input, rule->from[f]);
        if (found == column)
            return true;
    }
    return false;
}

bool import_taken_by_rule(const struct import *import, const struct import_input *input, size_t column)
{
    char number[32];
    int length = snprintf(number, sizeof number, "#%zu", column + 1);

    for (size_t r = 0; r < import->map.count; r++)
        for (size_t f = 0; f < import->map.rules[r].from_count; f++) {
            struct slice from = import->map.rules[r].from[f];
            if (slice_equal(from, input->names[column]) || slice_equal(from, (struct slice){number, (size_t)length}))
                return true;
        }
    return taken_by_profile(input, column);
}

/* The column of the input that stands for a canonical one best, by alias; columns that a rule takes are out of the
 * question. */
static size_t best_by_alias(const struct import *import, const struct import_input *input, size_t canonical)
{
    size_t best = COLUMN_ABSENT;
    unsigned best_rank = VOCABULARY_NO_RANK;

    for (size_t i = 0; i < input->name_count; i++) {
        const struct import_match *match = &input->matches[i];
        if (match->column != canonical || match->rank >= best_rank || import_taken_by_rule(import, input, i))
            continue;
        best = i;
        best_rank = match->rank;
    }
    return best;
}

/* Looks every name up once. */
static int match_names(struct import_input *input, enum entity entity, struct error *err)
{
    input->matches = calloc(input->name_count + 1, sizeof *input->matches);
    if (!input->matches)
        return error_memory(err);
    for (size_t i = 0; i < input->name_count; i++)
        if (!vocabulary_find(entity, input->spoken[i], &input->matches[i].column, &input->matches[i].rank))
            input->matches[i] = (struct import_match){COLUMN_ABSENT, VOCABULARY_NO_RANK};
    return 0;
}

/* Whether another column of the header would have done for the same canonical one, by an alias that is plain, too. */
static bool has_rival(const struct import *import, const struct import_input *input, size_t best)
{
    size_t canonical = input->matches[best].column;

    for (size_t i = 0; i < input->name_count; i++)
        if (i != best && input->matches[i].column == canonical && !import_taken_by_rule(import, input, i) &&
            vocabulary_match(import->map.entity, canonical, input->spoken[i]) != MATCH_ALIAS_DECORATED)
            return true;
    return false;
}

/* A column chosen by an alias with something around it, or among several, is a guess. */
static int note_choice(struct import *import, size_t i, size_t best, struct slice canonical, struct error *err)
{
    const struct import_input *input = &import->inputs[i];
    enum match match = vocabulary_match(import->map.entity, input->matches[best].column, input->spoken[best]);
    bool rival = match == MATCH_ALIAS && has_rival(import, input, best);
    struct quote q;

    if (match == MATCH_CANONICAL || (match == MATCH_ALIAS && !rival))
        return 0;
    struct import_guess *guess = import_guesses_add(&import->guesses, i, "column", rival ? 0.7 : 0.8);
    if (!guess)
        return error_memory(err);
    snprintf(guess->what, sizeof guess->what, "%.*s from '%s'", SLICE_ARG(canonical),
             quote_name(&q, input->names[best]));
    snprintf(guess->evidence, sizeof guess->evidence, "%s",
             rival ? "other columns of the header could be meant, too" : "a known name with something around it");
    snprintf(guess->cure, sizeof guess->cure, "--set '%.*s=%s'", SLICE_ARG(canonical), q.text);
    return 0;
}

int import_add_output(struct import *import, struct slice name, enum value_kind kind, bool kept, struct error *err)
{
    size_t index = import->output_count;

    if (ARRAY_GROW(import->outputs, import->output_capacity, index + 1))
        return error_memory(err);
    for (size_t i = 0; i < import->stream->input_count; i++) {
        struct import_input *input = &import->inputs[i];
        if (ARRAY_GROW(input->sources, input->source_capacity, index + 1))
            return error_memory(err);
        input->sources[index] = (struct import_source){0};
    }
    import->outputs[import->output_count++] = (struct import_output){.name = name, .kind = kind, .kept = kept};
    return 0;
}

/* A rule from the command line or a file must find its column somewhere. */
static int missing_source(const struct import *import, const struct import_rule *rule, struct error *err)
{
    char given[200];
    struct quote q;

    snprintf(given, sizeof given, "%s", quote_name(&q, rule->from[0]));
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (import->inputs[i].name_count)
            return stream_missing_column(import->inputs[i].reader, "--set", given, given, err);
    return 0;
}

/* The outputs that are worked out from others, in the order of the vocabulary, which has them behind what they need. */
struct derivation {
    const char *name;
    const char *from;
    const char *unless; /* an input that has this column, too, needs none; NULL */
};

static const struct derivation derivations[] = {
    {"email_key", "email", NULL},
    {"phone_key", "phone", NULL},
    {"phone_key", "mobile", NULL},
    {"first_name", "full_name", "last_name"},
    {"middle_name", "full_name", "last_name"},
    {"last_name", "full_name", "first_name"},
    {"utm_source", "landing_page", NULL},
    {"utm_medium", "landing_page", NULL},
    {"utm_campaign", "landing_page", NULL},
    {"utm_content", "landing_page", NULL},
    {"utm_term", "landing_page", NULL},
    {"domain", "website", NULL},
};

/* The best column of the header for a canonical one, or the one a rule names; ptr NULL: none. */
static int find_source(struct import *import, size_t i, struct slice canonical, size_t column, struct slice *from,
                       struct error *err)
{
    struct import_input *input = &import->inputs[i];
    const struct import_rule *rule = import_map_find(&import->map, canonical);

    *from = (struct slice){NULL, 0};
    if (rule)
        return source_of_rule(input, rule, from, err);
    if (import->map.complete)
        return 0;
    rule = import_map_find(&input->ready, canonical);
    if (rule && (rule->from_count == 0 || source_of_rule(input, rule, from, err) || from->ptr))
        return rule->from_count == 0 || from->ptr ? 0 : -1;
    size_t best = best_by_alias(import, input, column);
    if (best != COLUMN_ABSENT)
        *from = input->names[best];
    return 0;
}

size_t import_canonical(const struct import *import, const char *name)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(import->map.entity, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(columns[i].name, name) == 0)
            return i;
    return COLUMN_ABSENT;
}

/* Whether some derivation gives the column for the input. */
static int is_derived(struct import *import, size_t i, const char *name, bool *derived, struct error *err)
{
    *derived = false;
    for (size_t d = 0; d < sizeof derivations / sizeof *derivations && !*derived; d++) {
        const struct derivation *derivation = &derivations[d];
        size_t from_column = import_canonical(import, derivation->from);
        size_t unless_column = derivation->unless ? import_canonical(import, derivation->unless) : COLUMN_ABSENT;
        struct slice from;
        struct slice unless = {NULL, 0};
        if (strcmp(derivation->name, name) != 0 || from_column == COLUMN_ABSENT)
            continue;
        if (find_source(import, i, slice_from_cstr(derivation->from), from_column, &from, err) ||
            (unless_column != COLUMN_ABSENT &&
             find_source(import, i, slice_from_cstr(derivation->unless), unless_column, &unless, err)))
            return -1;
        *derived = from.ptr && !unless.ptr;
    }
    return 0;
}

/* Whether labels stand beside telephone numbers, which tell the mobile ones and the faxes. */
static bool has_phone_labels(const struct import *import, const struct import_input *input)
{
    size_t phone = import_canonical(import, "phone");

    for (size_t i = 0; i < input->name_count; i++)
        if (input->matches[i].column == phone && phone != COLUMN_ABSENT && import_label_of(input, input->names[i]).ptr)
            return true;
    return false;
}

/* Derived by other means than the table of derivations. */
static int is_special(struct import *import, size_t i, const char *name, bool *derived, struct error *err)
{
    struct slice quantity = {NULL, 0};
    struct slice price = {NULL, 0};

    if (strcmp(name, "mobile") == 0 || strcmp(name, "fax") == 0)
        *derived = !import->map.complete && has_phone_labels(import, &import->inputs[i]);
    if (import->map.entity != ENTITY_ORDER || strcmp(name, "amount") != 0)
        return 0;
    if (find_source(import, i, SLICE("quantity"), import_canonical(import, "quantity"), &quantity, err) ||
        find_source(import, i, SLICE("unit_price"), import_canonical(import, "unit_price"), &price, err))
        return -1;
    *derived = quantity.ptr && price.ptr;
    return 0;
}

/* What each input has for a canonical column. */
struct finding {
    struct slice from;
    bool derived;
};

static int find_in_inputs(struct import *import, const struct vocabulary_column *canonical, size_t column,
                          struct finding *findings, bool *found, struct error *err)
{
    const struct import_rule *rule = import_map_find(&import->map, slice_from_cstr(canonical->name));
    bool named = false;
    bool any_input = false;

    *found = false;
    for (size_t i = 0; i < import->stream->input_count; i++) {
        struct finding *finding = &findings[i];
        any_input = any_input || import->inputs[i].name_count;
        if (find_source(import, i, slice_from_cstr(canonical->name), column, &finding->from, err))
            return -1;
        named = named || finding->from.ptr;
        bool wanted = !(rule && rule->from_count == 0);
        if (wanted && (!finding->from.ptr || canonical->kind == VALUE_KEY) &&
            is_derived(import, i, canonical->name, &finding->derived, err))
            return -1;
        if (wanted && !finding->from.ptr && !finding->derived &&
            is_special(import, i, canonical->name, &finding->derived, err))
            return -1;
        *found = *found || finding->from.ptr || finding->derived;
    }
    if (rule && rule->from_count && !named && any_input)
        return missing_source(import, rule, err);
    return 0;
}

/* Lists of further values have outputs when some input has such columns; see also import_drop_idle(). */
static bool is_list(enum value_kind kind)
{
    return kind == VALUE_EMAILS || kind == VALUE_PHONES;
}

static enum import_from way_of(const struct vocabulary_column *canonical, const struct finding *finding, bool reserved)
{
    if (finding->derived)
        return canonical->kind == VALUE_AMOUNT ? IMPORT_PRODUCT : IMPORT_DERIVED;
    return is_list(canonical->kind) || (reserved && !finding->from.ptr) ? IMPORT_DERIVED : IMPORT_COLUMN;
}

static int map_column(struct import *import, const struct vocabulary_column *canonical, size_t column,
                      struct error *err)
{
    struct slice name = slice_from_cstr(canonical->name);
    const struct import_rule *rule = import_map_find(&import->map, name);
    size_t count = import->stream->input_count;
    struct finding *findings = calloc(count, sizeof *findings);
    bool found;

    if (!findings)
        return error_memory(err);
    int failed = find_in_inputs(import, canonical, column, findings, &found, err);
    bool reserved = is_list(canonical->kind) || (slice_equal_cstr(name, "currency") &&
                                                 import_find_output(import, SLICE("amount")) != COLUMN_ABSENT);
    if (!failed && reserved) /* the values may ask for it: see import_drop_idle() */
        found = !(rule && rule->from_count == 0);
    if (!failed && found)
        failed = import_add_output(import, name, canonical->kind, false, err);
    for (size_t i = 0; i < count && !failed && found; i++) {
        const struct import_rule *how = rule ? rule : import_map_find(&import->inputs[i].ready, name);
        import->inputs[i].sources[import->output_count - 1] = (struct import_source){
            .from = findings[i].derived || (is_list(canonical->kind) && !import->inputs[i].sparse)
                        ? (struct slice){NULL, 0}
                        : findings[i].from,
            .way = way_of(canonical, &findings[i], reserved),
            .number = how ? how->number : NUMBER_EMPTY,
            .date = how ? how->date : DATE_EMPTY,
            .names = how ? how->names : NAME_UNDECIDED,
        };
        if (!how && findings[i].from.ptr && !findings[i].derived && !is_list(canonical->kind))
            failed = note_choice(import, i, best_by_alias(import, &import->inputs[i], column), name, err);
    }
    free(findings);
    return failed;
}

size_t import_find_output(const struct import *import, struct slice name)
{
    for (size_t i = 0; i < import->output_count; i++)
        if (slice_equal(import->outputs[i].name, name))
            return i;
    return COLUMN_ABSENT;
}

/* Records without any column are no result. */
static int nothing_mapped(const struct import *import, struct error *err)
{
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (import->inputs[i].name_count)
            return error_set(err, STATUS_DATA,
                             "%s: no column of the header is one of the entity %s; say which is which with --set, or "
                             "take all as they are with --keep all",
                             stream_input_name(import->stream, i), entity_name(import->map.entity));
    return 0;
}

int import_map_columns(struct import *import, struct error *err)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(import->map.entity, &count);

    if (import_map_check(&import->map, import->map.entity, err))
        return -1;
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (match_names(&import->inputs[i], import->map.entity, err))
            return -1;
    for (size_t c = 0; c < count; c++)
        if (map_column(import, &columns[c], c, err))
            return -1;
    if (import_find_extras(import, err))
        return -1;
    if (import->settings.keep_all)
        return import_keep_columns(import, err);
    return 0;
}

static bool has_unit(const struct currency *unit)
{
    return *unit->code || unit->candidates;
}

/* Whether a value of the input's columns held more than one, so that a list is needed. */
static bool has_several(const struct import *import, const struct import_input *input, bool emails)
{
    static const char *const names[] = {"email", "phone", "mobile", "fax"};

    for (size_t n = emails ? 0 : 1; n < (emails ? 1 : sizeof names / sizeof *names); n++) {
        size_t output = import_find_output(import, slice_from_cstr(names[n]));
        if (output != COLUMN_ABSENT && input->sources[output].several)
            return true;
    }
    return false;
}

/* Whether the input has a value, or may yet have, for what the output is worked out from. */
static bool has_origin(const struct import *import, const struct import_input *input, struct slice name)
{
    if (!input->sparse)
        return true;
    for (size_t d = 0; d < sizeof derivations / sizeof *derivations; d++) {
        size_t from = import_find_output(import, slice_from_cstr(derivations[d].from));
        if (slice_equal_cstr(name, derivations[d].name) && from != COLUMN_ABSENT && input->sources[from].filled)
            return true;
    }
    return false;
}

/* Whether the input has nothing for the output: no column, or none with a value where a header says nothing, nor what
 * it is worked out from. */
static bool is_idle_in(const struct import *import, const struct import_input *input, size_t o)
{
    const struct import_output *output = &import->outputs[o];
    const struct import_source *source = &input->sources[o];
    bool emails = output->kind == VALUE_EMAILS;

    if (is_list(output->kind) && input->sparse)
        return source->filled == 0;
    if (is_list(output->kind))
        return !(emails ? input->extra_emails : input->extra_count - input->extra_emails) &&
               !has_several(import, input, emails) && !import_map_find(&import->map, output->name);
    if (slice_equal_cstr(output->name, "currency") && source->way == IMPORT_DERIVED) {
        size_t amount = import_find_output(import, SLICE("amount"));
        return amount == COLUMN_ABSENT ||
               (!input->sources[amount].numbers.currencies && !has_unit(&input->sources[amount].unit));
    }
    if (source->from.ptr)
        return input->sparse && source->filled == 0;
    return source->way == IMPORT_COLUMN || (source->way == IMPORT_DERIVED && !has_origin(import, input, output->name));
}

/* Address cards without any value, be it that all are bad: there is nothing to tell the columns by. */
static bool is_bare(const struct import *import)
{
    for (size_t i = 0; i < import->stream->input_count; i++)
        for (size_t o = 0; o < import->output_count; o++)
            if (!import->inputs[i].sparse || import->inputs[i].sources[o].filled)
                return false;
    return true;
}

static bool is_idle(const struct import *import, size_t o)
{
    for (size_t i = 0; i < import->stream->input_count; i++)
        if (!is_idle_in(import, &import->inputs[i], o))
            return false;
    return !import->outputs[o].kept;
}

int import_drop_idle(struct import *import, struct error *err)
{
    size_t kept = 0;

    if (is_bare(import))
        return 0;
    for (size_t o = 0; o < import->output_count; o++) {
        if (is_idle(import, o))
            continue;
        import->outputs[kept] = import->outputs[o];
        for (size_t i = 0; i < import->stream->input_count; i++)
            import->inputs[i].sources[kept] = import->inputs[i].sources[o];
        kept++;
    }
    import->output_count = kept;
    return kept ? 0 : nothing_mapped(import, err);
}

void import_find_roles(struct import *import)
{
    struct import_roles *r = &import->roles;
    const struct {
        size_t *role;
        const char *name;
    } roles[] = {
        {&r->amount, "amount"},
        {&r->quantity, "quantity"},
        {&r->unit_price, "unit_price"},
        {&r->currency, "currency"},
        {&r->full_name, "full_name"},
        {&r->first_name, "first_name"},
        {&r->middle_name, "middle_name"},
        {&r->last_name, "last_name"},
        {&r->email, "email"},
        {&r->email_key, "email_key"},
        {&r->other_emails, "other_emails"},
        {&r->phone, "phone"},
        {&r->phone_key, "phone_key"},
        {&r->mobile, "mobile"},
        {&r->other_phones, "other_phones"},
        {&r->fax, "fax"},
        {&r->tags, "tags"},
        {&r->country, "country"},
        {&r->website, "website"},
        {&r->domain, "domain"},
        {&r->landing_page, "landing_page"},
        {&r->utm[0], "utm_source"},
        {&r->utm[1], "utm_medium"},
        {&r->utm[2], "utm_campaign"},
        {&r->utm[3], "utm_content"},
        {&r->utm[4], "utm_term"},
    };

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        *roles[i].role = COLUMN_ABSENT;
        for (size_t o = 0; o < import->output_count && !import->outputs[o].kept; o++)
            if (slice_equal_cstr(import->outputs[o].name, roles[i].name))
                *roles[i].role = o;
    }
}
