/* The fields as text: "last_name,email,phone+mobile:phone". */
#include <stdlib.h>

#include "analysis/link_plan.h"
#include "analysis/link_spec.h"
#include "value/vocabulary.h"

struct parser {
    struct link_spec spec;
    struct link_plan *plan;
    const struct slice *names;
    const struct kept *kept;
    enum link_preset preset;
    struct error *err;
};

static int find_column(struct parser *parser, const struct link_spec_name *name, size_t *column)
{
    size_t count = parser->kept->columns, number = link_spec_number(name);

    for (*column = 0; *column < count; ++*column)
        if (link_spec_is(name, parser->names[*column]))
            return 0;
    if (number > 0 && number <= count) {
        *column = number - 1;
        return 0;
    }
    link_spec_unknown(name->text, "column", "the header is", parser->names, count, parser->err);
    return link_spec_prefix(&parser->spec, name->at, parser->err);
}

static int parse_column(struct parser *parser, struct link_plan_field *field)
{
    struct link_spec_name name;
    struct quote q;
    size_t column;

    if (link_spec_name(&parser->spec, &name, parser->err) || find_column(parser, &name, &column))
        return -1;
    if (parser->plan->left[column] == LINK_COMPARED)
        return link_spec_fail(&parser->spec, name.at, parser->err, "the column '%s' is named twice",
                              quote_name(&q, parser->names[column]));
    if (field->slots == LINK_SLOTS)
        return link_spec_fail(&parser->spec, name.at, parser->err, "more than %d columns in one field", LINK_SLOTS);
    parser->plan->left[column] = LINK_COMPARED;
    field->columns[field->slots++] = column;
    return 0;
}

static int parse_kind(struct parser *parser, enum link_kind *kind)
{
    size_t at;
    struct slice word = link_spec_word(&parser->spec, &at);

    return link_spec_kind(word, kind, parser->err) ? link_spec_prefix(&parser->spec, at, parser->err) : 0;
}

static int parse_field(struct parser *parser)
{
    struct link_plan *plan = parser->plan;
    struct link_plan_field field = {0};
    size_t begin = parser->spec.at;
    bool kind_known;

    if (plan->count == LINK_FIELDS)
        return link_spec_fail(&parser->spec, begin, parser->err, "more than %d fields", LINK_FIELDS);
    do {
        if (parse_column(parser, &field))
            return -1;
    } while (link_spec_take(&parser->spec, '+'));
    kind_known = link_spec_take(&parser->spec, ':');
    if (kind_known && parse_kind(parser, &field.kind))
        return -1;
    if (!link_spec_at_end(&parser->spec) && parser->spec.text.ptr[parser->spec.at] != ',')
        return link_spec_fail(&parser->spec, parser->spec.at, parser->err,
                              "behind a field comes a comma: COLUMN[+COLUMN ...][:KIND],...");
    field.name = parser->names[field.columns[0]];
    if (link_plan_look(&field, kind_known, parser->preset, parser->names, parser->kept, parser->err))
        return link_spec_prefix(&parser->spec, begin, parser->err);
    plan->fields[plan->count++] = field;
    return 0;
}

int link_plan_parse(struct link_plan *plan, struct slice text, const struct slice *names, const struct kept *kept,
                    struct error *err)
{
    struct parser parser = {.spec = {text, 0}, .plan = plan, .names = names, .kept = kept, .err = err};
    int failed;

    *plan = (struct link_plan){.columns = kept->columns};
    plan->left = malloc((kept->columns + 1) * sizeof *plan->left);
    if (!plan->left)
        return error_memory(err);
    for (size_t c = 0; c <= kept->columns; c++)
        plan->left[c] = LINK_LEFT_EXCLUDED;
    if (vocabulary_recognise(names, kept->columns, NULL) == ENTITY_ACCOUNT)
        parser.preset = LINK_ACCOUNT;
    do {
        failed = parse_field(&parser);
    } while (!failed && link_spec_take(&parser.spec, ','));
    if (failed)
        link_plan_fini(plan);
    return failed;
}

int link_plan_print(const struct link_plan *plan, const struct slice *names, struct buffer *out)
{
    for (size_t f = 0; f < plan->count; f++) {
        const struct link_plan_field *field = &plan->fields[f];

        if (f && buffer_append_char(out, ','))
            return -1;
        for (size_t s = 0; s < field->slots; s++)
            if ((s && buffer_append_char(out, '+')) || link_spec_print(names[field->columns[s]], out))
                return -1;
        if (buffer_printf(out, ":%s", link_kind_name(field->kind)))
            return -1;
    }
    return 0;
}
