/* Writing a model as JSON. It is written by hand rather than by jansson, so that a level is one line that people can
 * read; and what was written is read back before it counts, so that no file is left behind that the next run refuses.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/link_model.h"
#include "base/utf8.h"
#include "value/settings.h"

static int put_text(struct buffer *text, struct slice value)
{
    return buffer_append_char(text, '"') || settings_put_escaped(text, value) || buffer_append_char(text, '"') ? -1 : 0;
}

static bool same_shares(const double *a, const double *b, enum link_kind kind)
{
    for (size_t level = LINK_ELSE; level < link_kind_levels(kind); level++)
        if (a[level] != b[level])
            return false;
    return true;
}

/* Whether the shares of a class follow from what it is. */
static bool is_derived(const struct link_model_field *field, enum link_class class)
{
    enum link_source source = link_class_source(class, field->kind);

    return (source == LINK_OF_SAME && same_shares(field->levels[class], field->levels[LINK_SAME], field->kind)) ||
           (source == LINK_OF_CHANCE && same_shares(field->levels[class], field->u, field->kind));
}

static int put_level(const struct link_model *model, size_t f, unsigned level, struct buffer *text)
{
    const struct link_model_field *field = &model->fields[f];

    if (buffer_printf(text, "        \"%s\": {\"weight\": %.2f, \"m\": ", link_level_name(field->kind, level),
                      link_weight(model, LINK_SAME, f, level)) ||
        settings_put_number(text, field->levels[LINK_SAME][level]) || buffer_append(text, SLICE(", \"u\": ")) ||
        settings_put_number(text, field->u[level]))
        return -1;
    for (int c = LINK_SAME + 1; c < LINK_CLASSES; c++)
        if (!is_derived(field, (enum link_class)c) &&
            (buffer_printf(text, ", \"%s\": ", link_class_name((enum link_class)c)) ||
             settings_put_number(text, field->levels[c][level])))
            return -1;
    return buffer_append(text, level > LINK_ELSE ? SLICE("},\n") : SLICE("}\n"));
}

static int put_field(const struct link_model *model, size_t f, const struct link_field *from, const struct slice *names,
                     struct buffer *text)
{
    const struct link_model_field *field = &model->fields[f];
    const char *dates = field->kind == LINK_DATE ? date_style_name(from->values->dates) : NULL;

    if (buffer_append(text, SLICE("    {\n      \"name\": ")) || put_text(text, slice_from_cstr(field->name)) ||
        buffer_append(text, SLICE(",\n      \"columns\": [")))
        return -1;
    for (size_t s = 0; s < from->slots; s++)
        if ((s && buffer_append(text, SLICE(", "))) || put_text(text, names[from->columns[s]]))
            return -1;
    if (buffer_printf(text, "],\n      \"kind\": \"%s\",\n", link_kind_name(field->kind)) ||
        (dates && buffer_printf(text, "      \"dates\": \"%s\",\n", dates)) ||
        buffer_printf(text, "      \"frequent\": %s,\n      \"levels\": {\n", field->frequent ? "true" : "false"))
        return -1;
    for (unsigned level = (unsigned)link_kind_levels(field->kind) - 1; level >= LINK_ELSE; level--)
        if (put_level(model, f, level, text))
            return -1;
    return buffer_append(text, f + 1 < model->count ? SLICE("      }\n    },\n") : SLICE("      }\n    }\n"));
}

static int put_rules(const struct link_model *model, const struct link_records *records, struct buffer *text)
{
    struct buffer rule;
    int failed = buffer_append(text, SLICE("  ],\n  \"block\": ["));

    buffer_init(&rule);
    for (size_t r = 0; r < model->rule_count && !failed; r++) {
        buffer_clear(&rule);
        failed = link_rule_print(&model->rules[r], records, &rule) ||
                 buffer_append(text, r ? SLICE(",\n    ") : SLICE("\n    ")) || put_text(text, buffer_slice(&rule));
    }
    buffer_fini(&rule);
    return failed || buffer_append(text, model->rule_count ? SLICE("\n  ]\n}\n") : SLICE("]\n}\n"));
}

static int put_model(const struct link_model *model, const struct link_records *records, const struct slice *names,
                     double threshold, size_t max_block, struct buffer *text)
{
    size_t block = max_block < UINT32_MAX ? max_block : UINT32_MAX;

    if (buffer_printf(text, "{\n  \"crm_link_model\": %d,\n  \"mode\": \"%s\",\n  \"threshold\": ", LINK_MODEL_VERSION,
                      link_mode_names[records->mode]) ||
        settings_put_number(text, threshold) ||
        buffer_printf(text, ",\n  \"max_block\": %zu,\n  \"iterations\": %zu,\n  \"converged\": %s,\n  \"rates\": {",
                      block, model->iterations, model->converged ? "true" : "false"))
        return -1;
    for (int c = 0; c < LINK_CLASSES; c++)
        if (buffer_printf(text, "%s\"%s\": ", c ? ", " : "", link_class_name((enum link_class)c)) ||
            settings_put_number(text, model->rates[c]))
            return -1;
    if (buffer_append(text, SLICE("},\n  \"fields\": [\n")))
        return -1;
    for (size_t f = 0; f < model->count; f++)
        if (put_field(model, f, &records->fields[f], names, text))
            return -1;
    return put_rules(model, records, text);
}

static int check_names(const struct link_records *records, const struct slice *names, struct error *err)
{
    for (size_t f = 0; f < records->field_count; f++)
        for (size_t s = 0; s < records->fields[f].slots; s++) {
            struct slice name = names[records->fields[f].columns[s]];
            struct quote q;

            if (!utf8_valid(name.ptr, name.len) || (name.len && memchr(name.ptr, 0, name.len)))
                return error_set(err, STATUS_DATA, "the model cannot be saved: a column's name is not UTF-8 text: '%s'",
                                 quote_name(&q, name));
        }
    return 0;
}

int link_model_write(const struct link_model *model, const struct link_records *records, const struct slice *names,
                     double threshold, size_t max_block, struct buffer *text, struct error *err)
{
    struct link_model_setup setup;
    struct link_model again;
    size_t before = text->len;

    if (check_names(records, names, err))
        return -1;
    int failed = put_model(model, records, names, threshold, max_block, text) ? error_memory(err) : 0;
    if (!failed) {
        failed =
            link_model_read(&again, &setup, (struct slice){text->data + before, text->len - before}, "the model", err);
        link_model_fini(&again);
        link_model_setup_fini(&setup);
        if (failed && err->status == STATUS_USAGE) {
            error_prefix(err, "it cannot be saved: ");
            err->status = STATUS_DATA;
        }
    }
    if (failed)
        text->len = before;
    return failed;
}
