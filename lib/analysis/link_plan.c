/* The plan: by the names of the columns first, and where these say nothing, by what a sample of the values looks like.
 */
#include "analysis/link_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/group.h"
#include "value/vocabulary.h"

#define SAMPLE_ROWS 4000
/* To look at a column is to walk over those before it: of a header without end, the first columns must do, and as many
 * more whose names are known. */
#define COLUMNS_LOOKED_AT 1000
#define FEW_ROWS 10 /* of so few a column that has one value only may still be a name */

/* What a canonical column of the vocabulary is compared as. */
static const struct role {
    const char *name;
    enum link_kind kind;
    const char *group; /* roles of one group are one field */
} roles[] = {
    {"full_name", LINK_FULL_NAME, NULL},
    {"first_name", LINK_FIRST_NAME, NULL},
    {"middle_name", LINK_FIRST_NAME, NULL},
    {"last_name", LINK_LAST_NAME, NULL},
    {"name", LINK_ORGANISATION, NULL},
    {"email_key", LINK_EMAIL, "email"},
    {"email", LINK_EMAIL, "email"},
    {"phone_key", LINK_PHONE, "phone"},
    {"phone", LINK_PHONE, "phone"},
    {"mobile", LINK_PHONE, "phone"},
    {"company", LINK_COMPANY, NULL},
    {"domain", LINK_DOMAIN, "website"},
    {"website", LINK_DOMAIN, "website"},
    {"street", LINK_STREET, NULL},
    {"city", LINK_PLACE, NULL},
    {"region", LINK_PLACE, NULL},
    {"postal_code", LINK_POSTAL_CODE, NULL},
    {"country", LINK_COUNTRY, NULL},
    {"birth_date", LINK_DATE, NULL},
    {"birthday", LINK_DATE, NULL},
    {"job_title", LINK_TEXT, NULL},
    {"industry", LINK_CATEGORY, NULL},
};

/* Names of columns that the vocabulary does not have, folded by vocabulary_normalise(). */
static const struct extra {
    const char *name;
    enum link_kind kind;
} extras[] = {
    {"dob", LINK_DATE},         {"dateofbirth", LINK_DATE},    {"birthdate", LINK_DATE},
    {"addr", LINK_STREET},      {"address", LINK_STREET},      {"postcode", LINK_POSTAL_CODE},
    {"zip", LINK_POSTAL_CODE},  {"zipcode", LINK_POSTAL_CODE}, {"socsecid", LINK_IDENTIFIER},
    {"ssn", LINK_IDENTIFIER},   {"taxid", LINK_IDENTIFIER},    {"vat", LINK_IDENTIFIER},
    {"vatid", LINK_IDENTIFIER}, {"inn", LINK_IDENTIFIER},      {"ssid", LINK_IDENTIFIER},
    {"gender", LINK_CATEGORY},  {"sex", LINK_CATEGORY},        {"title", LINK_TEXT},
};

/* Canonical columns that say nothing of who it is, whatever is in them. */
static const char *const silent[] = {
    "contact_id", "lead_id",      "account_id",   "source",   "owner",     "lead_status",    "lifecycle_stage",
    "created_at", "updated_at",   "converted_at", "opt_out",  "tags",      "note",           "utm_source",
    "utm_medium", "utm_campaign", "utm_content",  "utm_term", "employees", "annual_revenue",
};

/* Columns that an earlier run has added. */
static const char *const own[] = {"cluster_id", "cluster_size", "match_probability", "matched_by"};

const char *link_left_reason(enum link_left left)
{
    static const char *const reasons[] = {
        NULL,
        "is left out as asked",
        "says nothing of who it is",
        "is empty",
        "has one value only",
        "is different in every record",
        "repeats other columns",
        "is mostly empty",
        "is one too many",
    };

    return reasons[left];
}

void link_plan_fini(struct link_plan *plan)
{
    free(plan->left);
    *plan = (struct link_plan){0};
}

/* What a sample of a column looks like. */
struct look {
    size_t rows, filled, distinct;
    double words;  /* mean number */
    double length; /* mean bytes */
    size_t digits; /* values of digits alone */
    size_t with_digit, numbers, addresses, dates, times, phones;
    struct date_election election;
    double least, greatest; /* of numbers */
};

static bool is_number(struct slice text, double *number)
{
    char copy[32], *end;

    if (text.len == 0 || text.len >= sizeof copy)
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = 0;
    *number = strtod(copy, &end);
    return *end == 0 && isfinite(*number);
}

static void look_at(struct look *look, struct slice text, uint64_t line)
{
    size_t digits = 0, words = 1, marks = 0, others = 0;
    double number;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        digits += ascii_is_digit(c);
        words += c == ' ' && i + 1 < text.len;
        marks += c == '+' || c == '(' || c == ')' || c == '-' || c == ' ' || c == '/' || c == '.';
        others +=
            !ascii_is_digit(c) && !(c == '+' || c == '(' || c == ')' || c == '-' || c == ' ' || c == '/' || c == '.');
    }
    look->words += (double)words;
    look->length += (double)text.len;
    look->digits += digits == text.len;
    look->with_digit += digits > 0;
    look->addresses += memchr(text.ptr, '@', text.len) != NULL;
    look->times += memchr(text.ptr, ':', text.len) != NULL;
    look->phones += digits >= 7 && digits <= 15 && marks && others <= 1;
    if (is_number(text, &number)) {
        look->least = look->numbers ? fmin(look->least, number) : number;
        look->greatest = look->numbers ? fmax(look->greatest, number) : number;
        look->numbers++;
    }
    date_election_add(&look->election, text, line);
}

static int look_at_columns(struct look *look, const struct kept *kept, const size_t *columns, size_t count,
                           struct error *err)
{
    size_t step = kept->count / SAMPLE_ROWS + 1;
    struct group_table seen;
    bool added;
    int failed = 0;

    *look = (struct look){0};
    group_init(&seen, 0);
    for (size_t row = 0; row < kept->count && !failed; row += step) {
        struct slice texts[LINK_SLOTS];

        kept_texts(kept, row, columns, count, texts);
        for (size_t i = 0; i < count && !failed; i++) {
            struct slice text = slice_trim(texts[i]);

            look->rows++;
            if (!text.len)
                continue;
            look->filled++;
            look_at(look, text, row + 1);
            failed = group_get(&seen, text, &added) ? 0 : error_memory(err);
        }
    }
    look->distinct = seen.count;
    group_fini(&seen);
    if (look->filled) {
        look->words /= (double)look->filled;
        look->length /= (double)look->filled;
    }
    return failed;
}

static struct slice text_at(const struct kept *kept, size_t row, size_t column)
{
    struct slice text;

    kept_texts(kept, row, &column, 1, &text);
    return slice_trim(text);
}

/* Shorter texts first, so that numbers are in their order. */
static int compare_numbered(struct slice a, struct slice b)
{
    return a.len != b.len ? (a.len > b.len) - (a.len < b.len) : memcmp(a.ptr, b.ptr, a.len);
}

/* Whether the values rise, or fall, all along (in each list by itself): then no two are one. Most numbers of records
 * do. */
static bool is_ordered(const struct kept *kept, size_t column, size_t split)
{
    struct slice before = SLICE("");
    int way = 0;

    for (size_t row = 0; row < kept->count; row++) {
        struct slice text = text_at(kept, row, column);
        int order = compare_numbered(before, text);

        if (row == 0 || row == split)
            way = 0;
        else if (order == 0 || (way && (order > 0) != (way > 0)))
            return false;
        else
            way = order;
        before = text;
    }
    return true;
}

/* Whether every record has another value (of each list by itself, when there are two). */
static int is_unique(const struct kept *kept, size_t column, size_t split, bool *unique, struct error *err)
{
    struct group_table seen;
    bool added;
    int failed = 0;

    *unique = true;
    if (is_ordered(kept, column, split))
        return 0;
    group_init(&seen, 0);
    for (size_t row = 0; row < kept->count && *unique && !failed; row++) {
        if (row == split) {
            group_fini(&seen);
            group_init(&seen, 0);
        }
        failed = group_get(&seen, text_at(kept, row, column), &added) ? 0 : error_memory(err);
        *unique = *unique && added;
    }
    group_fini(&seen);
    return failed;
}

static bool mostly(size_t some, size_t all)
{
    return some * 10 >= all * 9;
}

static size_t dates_in(const struct date_election *election)
{
    return (size_t)(election->year_first + election->written + election->day_first + election->month_first +
                    election->neutral + election->ambiguous);
}

static enum date_style style_of(const struct look *look)
{
    enum date_style style = date_election_result(&look->election);

    return style == DATE_AMBIGUOUS || style == DATE_CONFLICT || style == DATE_MIXED || style == DATE_EMPTY
               ? DATE_DAY_FIRST
               : style;
}

/* The kind of a column whose name says nothing. */
static enum link_kind kind_of(const struct look *look)
{
    if (mostly(look->addresses, look->filled))
        return LINK_EMAIL;
    if (mostly(dates_in(&look->election), look->filled) && !mostly(look->times, look->filled))
        return LINK_DATE;
    if (mostly(look->phones, look->filled))
        return LINK_PHONE;
    if (mostly(look->digits, look->filled) && look->length >= 6)
        return LINK_IDENTIFIER;
    if (mostly(look->numbers, look->filled))
        return LINK_NUMBER;
    if (look->distinct <= 60 && look->distinct * 20 <= look->filled && look->words < 3)
        return LINK_CATEGORY;
    if (look->words < 1.5 && look->with_digit * 2 > look->filled)
        return LINK_IDENTIFIER;
    return look->words < 1.7 ? LINK_PLACE : LINK_TEXT;
}

/* The role of a column by its name: the index into roles, -1: none, -2: it says nothing of who it is. */
static int role_of(enum link_preset preset, struct slice name, unsigned *rank)
{
    enum entity entities[2] = {preset == LINK_CONTACT ? ENTITY_CONTACT : ENTITY_ACCOUNT,
                               preset == LINK_CONTACT ? ENTITY_LEAD : ENTITY_ACCOUNT};
    size_t column, count;

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (slice_equal_cstr(name, own[i]))
            return -2;
    for (int e = 0; e < 2; e++) {
        if (!vocabulary_find(entities[e], name, &column, rank))
            continue;
        const char *canonical = vocabulary_columns(entities[e], &count)[column].name;

        for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
            if (strcmp(silent[i], canonical) == 0)
                return -2;
        for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
            if (strcmp(roles[i].name, canonical) == 0)
                return (int)i;
    }
    return -1;
}

static bool extra_kind(struct slice name, enum link_kind *kind)
{
    char key[VOCABULARY_KEY];
    size_t length = vocabulary_normalise(name, key);

    if (memmem(key, length, "postcode", 8) || memmem(key, length, "postalcode", 10) ||
        memmem(key, length, "zipcode", 7)) {
        *kind = LINK_POSTAL_CODE;
        return true;
    }

    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++)
        if (strlen(extras[i].name) == length && memcmp(extras[i].name, key, length) == 0) {
            *kind = extras[i].kind;
            return true;
        }
    return false;
}

/* The kind that a column's name stands for. false: the name says nothing, or that it is nothing to compare. */
static bool known_kind(enum link_preset preset, struct slice name, enum link_kind *kind)
{
    unsigned rank;
    int role = role_of(preset, name, &rank);

    if (role < 0)
        return extra_kind(name, kind);
    *kind = roles[role].kind;
    return true;
}

int link_plan_look(struct link_plan_field *field, bool kind_known, enum link_preset preset, const struct slice *names,
                   const struct kept *kept, struct error *err)
{
    size_t by_name = SIZE_MAX; /* the column whose name told the kind */
    struct look look;

    if (look_at_columns(&look, kept, field->columns, field->slots, err))
        return -1;
    field->dates = style_of(&look);
    for (size_t i = 0; i < field->slots && !kind_known; i++) {
        struct quote first, other;
        enum link_kind kind;

        if (!known_kind(preset, names[field->columns[i]], &kind))
            continue;
        if (by_name != SIZE_MAX && kind != field->kind)
            return error_set(err, STATUS_USAGE,
                             "'%s' is a %s, '%s' a %s: as what they are compared stands behind the "
                             "last of them, as in ':%s'",
                             quote_name(&first, names[by_name]), link_kind_name(field->kind),
                             quote_name(&other, names[field->columns[i]]), link_kind_name(kind), link_kind_name(kind));
        field->kind = kind;
        by_name = field->columns[i];
    }
    if (!kind_known && by_name == SIZE_MAX)
        field->kind = look.filled ? kind_of(&look) : LINK_TEXT;
    return 0;
}

/* Whether a column is called the name of something: "Site name". */
static bool is_name(struct slice name)
{
    char key[VOCABULARY_KEY];
    size_t length = vocabulary_normalise(name, key);

    return length >= 4 && memcmp(key + length - 4, "name", 4) == 0;
}

/* How much of the words of a column stand in the two columns of names, 0 .. 1. */
static double repeats_names(const struct kept *kept, size_t column, const size_t names[2])
{
    const size_t columns[3] = {names[0], names[1], column};
    size_t step = kept->count / SAMPLE_ROWS + 1;
    double words = 0, found = 0;

    for (size_t row = 0; row < kept->count; row += step) {
        struct slice texts[3];

        kept_texts(kept, row, columns, 3, texts);
        struct slice text = slice_trim(texts[2]);
        while (text.len) {
            const char *blank = memchr(text.ptr, ' ', text.len);
            size_t length = blank ? (size_t)(blank - text.ptr) : text.len;
            bool here = false;

            for (int i = 0; i < 2; i++)
                here = here || (length > 1 && memmem(texts[i].ptr, texts[i].len, text.ptr, length));
            words += length > 1;
            found += here;
            length += blank != NULL;
            text.ptr += length;
            text.len -= length;
        }
    }
    return words > 0 ? found / words : 0;
}

/* Whether no more than one row in twenty of those with either value has both: two lists have two names for one thing.
 */
static bool complement(const struct kept *kept, size_t one, size_t other)
{
    const size_t columns[2] = {one, other};
    size_t step = kept->count / SAMPLE_ROWS + 1, either = 0, both = 0;

    for (size_t row = 0; row < kept->count; row += step) {
        struct slice texts[2];

        kept_texts(kept, row, columns, 2, texts);
        bool first = slice_trim(texts[0]).len, second = slice_trim(texts[1]).len;
        either += first || second;
        both += first && second;
    }
    return both * 20 <= either;
}

/* A field of this kind whose columns are empty where this one is filled. */
static struct link_plan_field *find_complement(struct link_plan *plan, enum link_kind kind, const struct kept *kept,
                                               size_t column)
{
    for (size_t f = 0; f < plan->count; f++)
        if (plan->fields[f].kind == kind && complement(kept, plan->fields[f].columns[0], column))
            return &plan->fields[f];
    return NULL;
}

static struct link_plan_field *find_group(struct link_plan *plan, const char *group, const char *const *groups)
{
    for (size_t f = 0; group && f < plan->count; f++)
        if (groups[f] && strcmp(groups[f], group) == 0)
            return &plan->fields[f];
    return NULL;
}

/* What is known while the columns are gone through. */
struct recognition {
    struct link_plan *plan;
    enum link_preset preset;
    const struct slice *names;
    const struct kept *kept;
    size_t split;
    size_t named[2];                 /* the columns of first and last names, or SIZE_MAX */
    const char *groups[LINK_FIELDS]; /* of the plan's fields */
    size_t looks;                    /* columns whose values were looked at */
};

/* What one column is taken for. */
struct finding {
    int role; /* as by role_of() */
    bool known;
    enum link_kind kind;
    struct look look;
};

static void find_names(struct recognition *r)
{
    for (size_t c = 0; c < r->kept->columns; c++) {
        unsigned rank;
        int role = role_of(r->preset, r->names[c], &rank);

        for (int i = 0; i < 2; i++)
            if (role >= 0 && r->named[i] == SIZE_MAX && roles[role].kind == (i ? LINK_LAST_NAME : LINK_FIRST_NAME))
                r->named[i] = c;
    }
}

/* What the name of a column says. */
static void look_at_name(const struct recognition *r, size_t c, struct finding *finding)
{
    unsigned rank;

    finding->role = role_of(r->preset, r->names[c], &rank);
    finding->known = finding->role >= 0 || extra_kind(r->names[c], &finding->kind);
}

static int look_for_kind(struct recognition *r, size_t c, struct finding *finding, struct error *err)
{
    r->looks++;
    if (look_at_columns(&finding->look, r->kept, &c, 1, err))
        return -1;
    if (finding->role >= 0)
        finding->kind = roles[finding->role].kind;
    else if (!finding->known)
        finding->kind = kind_of(&finding->look);
    if (!finding->known && finding->kind == LINK_TEXT && r->named[0] == SIZE_MAX && r->named[1] == SIZE_MAX &&
        is_name(r->names[c]))
        finding->kind = LINK_ORGANISATION;
    return 0;
}

/* Why a column is left out, as *left; LINK_COMPARED: it is not. */
static int judge(struct recognition *r, size_t c, const struct finding *finding, enum link_left *left,
                 struct error *err)
{
    const struct look *look = &finding->look;
    bool unique = false, has_names = r->named[0] != SIZE_MAX && r->named[1] != SIZE_MAX;

    *left = finding->role == -2 ? LINK_LEFT_ROLE : LINK_COMPARED;
    if (look->filled == 0)
        *left = LINK_LEFT_EMPTY;
    else if (look->distinct == 1 && look->filled >= FEW_ROWS)
        *left = LINK_LEFT_CONSTANT;
    else if (!finding->known && look->distinct == look->filled && look->filled == look->rows && look->words < 1.5) {
        if (is_unique(r->kept, c, r->split, &unique, err))
            return -1;
        if (unique && r->kept->count > 1)
            *left = LINK_LEFT_UNIQUE;
    }
    if (has_names && ((finding->role >= 0 && finding->kind == LINK_FULL_NAME) ||
                      (!finding->known && finding->kind == LINK_TEXT && repeats_names(r->kept, c, r->named) > 0.6)))
        *left = LINK_LEFT_REPEATED;
    if (!*left && !finding->known && look->filled * 2 < look->rows)
        *left = LINK_LEFT_SPARSE;
    return 0;
}

/* Adds a column to the field it belongs to, or as one. */
static enum link_left add_column(struct recognition *r, size_t c, const struct finding *finding)
{
    struct link_plan *plan = r->plan;
    const char *group = finding->role >= 0 ? roles[finding->role].group : NULL;
    struct link_plan_field *field = find_group(plan, group, r->groups);

    if (finding->role >= 0 && !field)
        field = find_complement(plan, finding->kind, r->kept, c);
    if (field && field->slots < LINK_SLOTS) {
        field->columns[field->slots++] = c;
        return LINK_COMPARED;
    }
    if (plan->count == LINK_FIELDS)
        return LINK_LEFT_TOO_MANY;
    r->groups[plan->count] = group;
    plan->fields[plan->count++] =
        (struct link_plan_field){r->names[c], finding->kind, {c}, 1, style_of(&finding->look)};
    return LINK_COMPARED;
}

int link_plan_recognise(struct link_plan *plan, enum link_preset preset, const struct slice *names,
                        const struct kept *kept, size_t split, const bool *excluded, struct error *err)
{
    struct recognition r = {plan, preset, names, kept, split, {SIZE_MAX, SIZE_MAX}, {NULL}, 0};
    int failed = 0;

    *plan = (struct link_plan){.columns = kept->columns};
    plan->left = calloc(kept->columns + 1, sizeof *plan->left);
    if (!plan->left)
        return error_memory(err);
    find_names(&r);
    for (size_t c = 0; c < kept->columns && !failed; c++) {
        struct finding finding = {.kind = LINK_TEXT};

        if (excluded && excluded[c]) {
            plan->left[c] = LINK_LEFT_EXCLUDED;
            continue;
        }
        look_at_name(&r, c, &finding);
        if (r.looks >= (finding.known ? 2 : 1) * COLUMNS_LOOKED_AT) {
            plan->left[c] = LINK_LEFT_TOO_MANY;
            continue;
        }
        failed = look_for_kind(&r, c, &finding, err) || judge(&r, c, &finding, &plan->left[c], err);
        if (!failed && !plan->left[c])
            plan->left[c] = add_column(&r, c, &finding);
    }
    return failed ? -1 : 0;
}
