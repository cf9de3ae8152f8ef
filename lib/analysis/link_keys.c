/* Match keys: each column used is folded to numbers of its distinct values, each key to numbers of its distinct
 * combinations; records of one number are one. */
#include "analysis/link_keys.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_value.h"

/* The values of a column under one way of folding. */
struct key_column {
    struct link_match_part part;
    struct link_values values;  /* unless exact */
    struct group_table literal; /* if exact */
    uint32_t excepted;          /* the first so many values are none */
    uint32_t *ids;              /* owned; by row, 0: nothing */
};

/* Rows that have one value of a key. */
struct tally {
    uint32_t lists[2]; /* how many of either list */
    uint32_t row;      /* the first */
};

struct joining {
    const struct kept *kept;
    const struct link_match_options *options;
    struct link_folder folder;
    struct field *fields;
    struct key_column *columns;
    size_t column_count;
    uint32_t *groups; /* by row: of the key at hand; 0: not filled */
    struct link_joined *joined;
};

static uint32_t number_value(struct key_column *column, struct link_folder *folder, struct slice text,
                             struct error *err)
{
    void *state;
    bool added;

    if (!column->part.exact)
        return link_values_add(&column->values, folder, text, err);
    if (slice_trim(text).len == 0)
        return 0;
    state = group_get(&column->literal, text, &added);
    if (state && column->literal.count < UINT32_MAX - 1)
        return (uint32_t)group_index(state) + 1;
    error_memory(err);
    return LINK_NO_VALUE;
}

/* Excepted values come first, so that their numbers tell them. */
static int except_values(const struct joining *joining, struct key_column *column, struct link_folder *folder,
                         struct error *err)
{
    for (size_t i = 0; i < joining->options->except_count; i++)
        if (number_value(column, folder, joining->options->except[i], err) == LINK_NO_VALUE)
            return -1;
    column->excepted = (uint32_t)(column->part.exact ? column->literal.count : column->values.table.count);
    return 0;
}

/* How the dates of a column are written, by a sample of it. */
static void elect_dates(const struct joining *joining, struct key_column *column)
{
    struct date_election election = {0};
    size_t step = joining->kept->count / 4000 + 1;
    enum date_style style;

    for (size_t row = 0; row < joining->kept->count; row += step) {
        kept_fields(joining->kept, row, joining->fields);
        date_election_add(&election, slice_trim(joining->fields[column->part.column].text), row + 1);
    }
    style = date_election_result(&election);
    column->values.dates =
        style == DATE_AMBIGUOUS || style == DATE_CONFLICT || style == DATE_MIXED || style == DATE_EMPTY ? DATE_DAY_FIRST
                                                                                                        : style;
}

#define ASK_ROWS 16384 /* after which it is asked whether there is room for more */

/* Whether there is room for what the rows before `row` have, and for some more. table: of the key at hand; NULL: the
 * columns are still being read. */
static int ask_room(const struct joining *joining, size_t row, const struct group_table *table, struct error *err)
{
    const size_t rows = joining->kept->count, more = rows - row < ASK_ROWS ? rows - row : ASK_ROWS;
    double fixed = (double)rows * (double)((3 + joining->column_count) * sizeof(uint32_t)); /* clusters, matches, ids */
    double columns = 0, growing = table ? (double)group_bytes(table, more) : 0;
    double left = (double)rows / (double)(row + more); /* what grows does so in proportion */

    if (!joining->options->room || row % ASK_ROWS)
        return 0;
    for (size_t s = 0; s < joining->column_count; s++) {
        const struct key_column *column = &joining->columns[s];
        columns += (double)(link_values_bytes(&column->values) + group_bytes(&column->literal, table ? 0 : more));
    }
    return link_room_ask(joining->options->room, fixed + columns + growing,
                         fixed + (table ? columns + growing * left : 2 * columns * left), err);
}

static int read_columns(struct joining *joining, struct error *err)
{
    const struct kept *kept = joining->kept;

    for (size_t s = 0; s < joining->column_count; s++) {
        struct key_column *column = &joining->columns[s];

        if (column->part.kind == LINK_DATE && !column->part.exact)
            elect_dates(joining, column);
        column->ids = malloc((kept->count + 1) * sizeof *column->ids);
        if (!column->ids)
            return error_memory(err);
        if (except_values(joining, column, &joining->folder, err))
            return -1;
    }
    for (size_t row = 0; row < kept->count; row++) {
        if (ask_room(joining, row, NULL, err))
            return -1;
        kept_fields(kept, row, joining->fields);
        for (size_t s = 0; s < joining->column_count; s++) {
            struct key_column *column = &joining->columns[s];
            uint32_t id = number_value(column, &joining->folder, joining->fields[column->part.column].text, err);

            if (id == LINK_NO_VALUE)
                return -1;
            column->ids[row] = id > column->excepted ? id : 0;
        }
    }
    return 0;
}

static bool is_same_part(const struct link_match_part *a, const struct link_match_part *b)
{
    return a->column == b->column && a->exact == b->exact && (a->exact || a->kind == b->kind);
}

static struct key_column *find_column(const struct joining *joining, const struct link_match_part *part)
{
    size_t s = 0;

    while (s < joining->column_count && !is_same_part(&joining->columns[s].part, part))
        s++;
    return &joining->columns[s];
}

static void add_column(struct joining *joining, const struct link_match_part *part)
{
    struct key_column *column = find_column(joining, part);

    if (column < joining->columns + joining->column_count)
        return;
    column->part = *part;
    /* texts need not be taken apart into words, nor names into sounds: they are folded like places */
    link_values_init(&column->values, part->kind == LINK_TEXT || part->kind == LINK_FULL_NAME ||
                                              part->kind == LINK_FIRST_NAME || part->kind == LINK_LAST_NAME
                                          ? LINK_PLACE
                                          : part->kind);
    group_init(&column->literal, 1);
    joining->column_count++;
}

/* Numbers the combinations of the parts of a key. *count: the greatest number. */
static int number_rows(struct joining *joining, const struct link_match_key *key, size_t *count, struct error *err)
{
    uint32_t tuple[LINK_MATCH_PARTS];
    const uint32_t *ids[LINK_MATCH_PARTS];
    struct group_table table;
    int failed = 0;
    bool added;

    group_init(&table, 1);
    for (size_t p = 0; p < key->count; p++)
        ids[p] = find_column(joining, &key->parts[p])->ids;
    *count = 0;
    for (size_t row = 0; row < joining->kept->count && !failed; row++) {
        uint32_t group = 1;

        failed = ask_room(joining, row, &table, err);
        for (size_t p = 0; p < key->count; p++) {
            tuple[p] = ids[p][row];
            group = tuple[p] ? group : 0;
        }
        if (group && key->count == 1) {
            group = tuple[0];
        } else if (group && !failed) {
            const void *state =
                group_get(&table, (struct slice){(const char *)tuple, key->count * sizeof *tuple}, &added);
            failed = state ? 0 : error_memory(err);
            group = state ? (uint32_t)group_index(state) + 1 : 0;
        }
        *count = group > *count ? group : *count;
        joining->groups[row] = group;
    }
    group_fini(&table);
    return failed;
}

/* The pairs of a group that may be one. */
static uint64_t pairs_of(enum link_mode mode, const struct tally *tally)
{
    uint64_t first = tally->lists[0], second = tally->lists[1], all = first + second;

    switch (mode) {
    case LINK_ACROSS:
        return first * second;
    case LINK_AGAINST:
        return first * second + second * (second - 1) / 2;
    default:
        return all * (all - 1) / 2;
    }
}

/* Joins the rows of one number. Where any pair of them may be one, they all are: a row that may not be paired with
 * another of its own list is paired with the same one of the other. */
static int join_rows(struct joining *joining, size_t key, size_t groups, struct link_match_count *count,
                     struct error *err)
{
    struct tally *tallies = calloc(groups + 1, sizeof *tallies);
    enum link_mode mode = joining->options->mode;

    if (!tallies)
        return error_memory(err);
    for (size_t row = 0; row < joining->kept->count; row++) {
        struct tally *tally = &tallies[joining->groups[row]];

        if (!tally->lists[0] && !tally->lists[1])
            tally->row = (uint32_t)row;
        tally->lists[row >= joining->options->split]++;
        count->filled += joining->groups[row] != 0;
    }
    for (size_t row = 0; row < joining->kept->count; row++) {
        const struct tally *tally = &tallies[joining->groups[row]];
        uint64_t pairs = joining->groups[row] ? pairs_of(mode, tally) : 0;
        uint64_t size = (uint64_t)tally->lists[0] + tally->lists[1];

        if (!pairs)
            continue;
        link_joined_add(joining->joined, (uint32_t)row, tally->row, key);
        if (row != tally->row)
            continue;
        count->groups++;
        count->pairs += pairs;
        if (size > count->largest) {
            count->largest = size;
            count->largest_row = tally->row;
        }
    }
    free(tallies);
    return 0;
}

static int join_by_keys(struct joining *joining, const struct link_match_keys *keys, struct link_match_count *counts,
                        struct error *err)
{
    if (read_columns(joining, err))
        return -1;
    for (size_t k = 0; k < keys->count; k++) {
        size_t groups;

        counts[k] = (struct link_match_count){0};
        if (number_rows(joining, &keys->keys[k], &groups, err) || join_rows(joining, k, groups, &counts[k], err))
            return -1;
    }
    return link_joined_finish(joining->joined, joining->options->mode, joining->options->split, err);
}

int link_match_keys_join(const struct link_match_keys *keys, const struct kept *kept,
                         const struct link_match_options *options, struct link_joined *joined,
                         struct link_match_count *counts, struct error *err)
{
    struct joining joining = {.kept = kept, .options = options, .joined = joined};
    size_t parts = 0;
    int failed = -1;

    if (link_joined_init(joined, kept->count, err))
        return -1;
    for (size_t k = 0; k < keys->count; k++)
        parts += keys->keys[k].count;
    link_folder_init(&joining.folder);
    joining.fields = malloc((kept->columns + 1) * sizeof *joining.fields);
    joining.columns = calloc(parts + 1, sizeof *joining.columns);
    joining.groups = malloc((kept->count + 1) * sizeof *joining.groups);
    if (joining.fields && joining.columns && joining.groups) {
        for (size_t k = 0; k < keys->count; k++)
            for (size_t p = 0; p < keys->keys[k].count; p++)
                add_column(&joining, &keys->keys[k].parts[p]);
        failed = join_by_keys(&joining, keys, counts, err);
    } else {
        error_memory(err);
    }
    for (size_t s = 0; joining.columns && s < joining.column_count; s++) {
        link_values_fini(&joining.columns[s].values);
        group_fini(&joining.columns[s].literal);
        free(joining.columns[s].ids);
    }
    free(joining.columns);
    free(joining.fields);
    free(joining.groups);
    link_folder_fini(&joining.folder);
    if (failed)
        link_joined_fini(joined);
    return failed;
}

bool link_match_is_suspicious(const struct link_match_count *count, size_t rows)
{
    return count->largest > 1000 || (count->largest > 10 && count->largest * 100 > rows);
}

int link_match_print(const struct link_match_key *key, const struct link_match_count *count, struct buffer *out)
{
    return buffer_printf(out,
                         "%.*s: %" PRIu64 " records have it, %" PRIu64 " pairs in %" PRIu64
                         " groups, the largest of %" PRIu64 " records",
                         SLICE_ARG(key->text), count->filled, count->pairs, count->groups, count->largest);
}

int link_match_warn(const struct link_match_key *key, const struct link_match_count *count, const struct kept *kept,
                    struct buffer *out, struct error *err)
{
    struct field *fields = malloc((kept->columns + 1) * sizeof *fields);
    struct quote q;
    int failed;

    if (!fields)
        return error_memory(err);
    kept_fields(kept, count->largest_row, fields);
    failed = buffer_printf(out, "%" PRIu64 " records are one by %.*s:", count->largest, SLICE_ARG(key->text));
    for (size_t p = 0; p < key->count && !failed; p++)
        failed = buffer_printf(out, "%s '%s'", p ? " +" : "", quote(&q, fields[key->parts[p].column].text));
    failed = failed || buffer_printf(out, "; if that is no one's, leave it out with --except VALUE");
    free(fields);
    return failed ? error_memory(err) : 0;
}

int link_match_print_matched(const struct link_match_keys *keys, uint32_t matched, struct buffer *out)
{
    bool several = false;

    for (size_t k = 0; k < keys->count; k++) {
        if (!(matched >> k & 1))
            continue;
        if ((several && buffer_append_char(out, ';')) || buffer_append(out, keys->keys[k].text))
            return -1;
        several = true;
    }
    return 0;
}
