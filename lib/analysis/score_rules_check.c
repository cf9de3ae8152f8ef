/* Checklists: things to be known of a lead. Where a condition is on a single column, whether the answer is known need
 * not be said: it is when the column is neither null nor empty, and that condition is made here. */
#include <stdio.h>
#include <string.h>

#include "analysis/score_rules_read.h"
#include "base/ascii.h"
#include "base/buffer.h"

/* Appends name as a string of the language of expressions. -1: out of memory. */
static int append_string(struct buffer *out, struct slice name)
{
    int failed = buffer_append_char(out, '"');

    for (size_t i = 0; i < name.len && !failed; i++) {
        char c = name.ptr[i];
        if ((unsigned char)c < 0x20)
            failed = buffer_printf(out, "\\u%04x", (unsigned)c);
        else if (c == '"' || c == '\\')
            failed = buffer_append_char(out, '\\') || buffer_append_char(out, c);
        else
            failed = buffer_append_char(out, c);
    }
    return failed || buffer_append_char(out, '"') ? -1 : 0;
}

/* ."name" != null and ."name" != "" */
static int append_known(struct buffer *out, struct slice name)
{
    return buffer_append_char(out, '.') || append_string(out, name) || buffer_append(out, SLICE(" != null and .")) ||
                   append_string(out, name) || buffer_append(out, SLICE(" != \"\""))
               ? -1
               : 0;
}

/* The condition that the only column which `met` asks for is filled. */
static int make_known(struct score_rules *rules, const struct settings_place *place, const json_t *met,
                      struct score_item *item, struct error *err)
{
    struct expression_columns columns = {0};
    struct expression *alone = NULL;
    struct settings_place at = settings_member(place, "known", 0);
    struct buffer text;

    buffer_init(&text);
    int failed = score_read_expression(place, met, &columns, &alone, err);
    if (!failed && columns.count != 1)
        failed = settings_fail(&at, err, "missing: 'met' asks for %zu columns, and not for one", columns.count);
    if (!failed && append_known(&text, columns.names[0]))
        failed = error_memory(err);
    if (!failed)
        failed = expression_compile(&item->known, buffer_slice(&text), &rules->lead, err);
    if (failed)
        item->known = NULL;
    buffer_fini(&text);
    expression_free(alone);
    expression_columns_fini(&columns);
    return failed;
}

/* One item, list->items[list->count]. */
static int read_item(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                     struct score_checklist *list, struct error *err)
{
    static const char *const keys[] = {"name", "met", "known", NULL};
    struct score_item *item = &list->items[list->count++];
    struct settings_place at;
    struct quote q;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *name = score_read_needed(place, value, "name", &at, err);
    if (!name || score_read_text(rules, &at, name, &item->name, err))
        return -1;
    for (size_t i = 0; i + 1 < list->count; i++)
        if (slice_equal(list->items[i].name, item->name))
            return settings_fail(&at, err, "'%s' is already the name of items[%zu]", quote_name(&q, item->name), i);
    const json_t *met = score_read_needed(place, value, "met", &at, err);
    if (!met || score_read_expression(&at, met, &rules->lead, &item->met, err))
        return -1;
    const json_t *known = score_read_member(place, value, "known", &at);
    return known ? score_read_expression(&at, known, &rules->lead, &item->known, err)
                 : make_known(rules, place, met, item, err);
}

/* A name of which names of columns are made, no other list's. */
static int read_name(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                     struct score_checklist *list, struct error *err)
{
    struct quote q;

    if (score_read_text(rules, place, value, &list->name, err))
        return -1;
    for (size_t i = 0; i < list->name.len; i++)
        if (!ascii_is_letter(list->name.ptr[i]) && !ascii_is_digit(list->name.ptr[i]) && list->name.ptr[i] != '_')
            return settings_fail(place, err, "'%s' holds other characters than a-z, A-Z, 0-9 and _",
                                 quote_name(&q, list->name));
    for (size_t i = 0; i + 1 < rules->checklist_count; i++)
        if (slice_equal(rules->checklists[i].name, list->name))
            return settings_fail(place, err, "'%s' is already the name of checklists[%zu]", quote_name(&q, list->name),
                                 i);
    return 0;
}

/* One list, rules->checklists[rules->checklist_count]. */
static int read_checklist(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                          struct error *err)
{
    static const char *const keys[] = {"name", "required", "items", NULL};
    struct score_checklist *list = &rules->checklists[rules->checklist_count++];
    struct settings_place at;
    int32_t required = 0;
    size_t count;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *name = score_read_needed(place, value, "name", &at, err);
    if (!name || read_name(rules, &at, name, list, err))
        return -1;
    const json_t *items = score_read_needed(place, value, "items", &at, err);
    if (!items || score_read_array(&at, items, "item", &count, err))
        return -1;
    list->items = score_read_room(rules, count, sizeof *list->items, err);
    if (!list->items)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);
        if (read_item(rules, &element, json_array_get(items, i), list, err))
            return -1;
    }
    const json_t *least = score_read_member(place, value, "required", &at);
    if (least && score_read_count(&at, least, (int32_t)count, &required, err))
        return -1;
    list->required = least ? (size_t)required : count;
    return 0;
}

int score_read_checklists(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                          struct error *err)
{
    size_t count;

    if (score_read_array(place, value, "checklist", &count, err))
        return -1;
    rules->checklists = score_read_room(rules, count, sizeof *rules->checklists, err);
    if (!rules->checklists)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(place, NULL, i);
        if (read_checklist(rules, &element, json_array_get(value, i), err))
            return -1;
    }
    return 0;
}

int score_check_checklists(const struct score_rules *rules, const struct settings_place *place, struct error *err)
{
    static const char *const columns[] = {"met", "known", "unknown", "required", "qualified"};
    char name[256];

    for (size_t i = 0; i < rules->checklist_count; i++)
        for (size_t j = 0; j < sizeof columns / sizeof *columns; j++)
            for (size_t k = 0; k < rules->lead.count; k++) {
                snprintf(name, sizeof name, "%.*s_%s", SLICE_ARG(rules->checklists[i].name), columns[j]);
                if (slice_equal_cstr(rules->lead.names[k], name))
                    return settings_fail(place, err,
                                         "an expression asks for .%s, which checklists[%zu] adds to the output: it "
                                         "is not known yet",
                                         name, i);
            }
    return 0;
}
