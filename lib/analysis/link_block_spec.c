/* Blocking rules as text: "email,last_name:sound+dob:year,phone:end7". */
#include <stdio.h>

#include "analysis/link_block.h"
#include "analysis/link_spec.h"
#include "base/ascii.h"

static const char *const part_names[LINK_PARTS] = {
    "all", "sound", "start", "end", "year", "day", "user", "district", "number", "word",
};

#define LONGEST 64 /* letters of a part */

static bool has_length(enum link_part part)
{
    return part == LINK_PART_START || part == LINK_PART_END || part == LINK_PART_WORD;
}

static unsigned longest(enum link_part part)
{
    return part == LINK_PART_WORD ? LINK_RULE_WIDTH : LONGEST;
}

int link_rule_print(const struct link_rule *rule, const struct link_records *records, struct buffer *out)
{
    for (size_t i = 0; i < rule->count; i++) {
        const struct link_key *key = &rule->keys[i];

        if ((i && buffer_append_char(out, '+')) ||
            link_spec_print(slice_from_cstr(records->fields[key->field].name), out))
            return -1;
        if (key->part != LINK_PART_ALL && buffer_printf(out, ":%s", part_names[key->part]))
            return -1;
        if (has_length((enum link_part)key->part) && buffer_printf(out, "%u", key->length))
            return -1;
    }
    return 0;
}

struct parser {
    struct link_spec spec;
    const struct link_records *records;
    struct error *err;
};

static int find_field(struct parser *parser, const struct link_spec_name *name, uint8_t *field)
{
    const struct link_records *records = parser->records;
    struct slice names[LINK_FIELDS];
    size_t number = link_spec_number(name);

    for (size_t f = 0; f < records->field_count; f++) {
        *field = (uint8_t)f;
        names[f] = slice_from_cstr(records->fields[f].name);
        if (link_spec_is(name, names[f]))
            return 0;
    }
    for (size_t f = 0; number && f < records->field_count; f++)
        for (size_t s = 0; s < records->fields[f].slots; s++)
            if (records->fields[f].columns[s] == number - 1) {
                *field = (uint8_t)f;
                return 0;
            }
    link_spec_unknown(name->text, "field", "the fields are", names, records->field_count, parser->err);
    return link_spec_prefix(&parser->spec, name->at, parser->err);
}

/* "it has all, sound, startN, endN" */
static int no_part(struct parser *parser, size_t at, const struct link_field *field, struct slice word)
{
    char parts[160] = "";
    struct quote name, given;
    size_t used = 0;

    for (int p = 0; p < LINK_PARTS; p++)
        if (link_part_fits(field->kind, (enum link_part)p))
            used += (size_t)snprintf(parts + used, sizeof parts - used, "%s%s%s", used ? ", " : "", part_names[p],
                                     has_length((enum link_part)p) ? "N" : "");
    return link_spec_fail(&parser->spec, at, parser->err, "'%s' (%s) has no part '%s'; it has %s",
                          quote_name(&name, slice_from_cstr(field->name)), link_kind_name(field->kind),
                          quote_name(&given, word), parts);
}

static int parse_length(struct parser *parser, size_t at, enum link_part part, struct slice digits, uint8_t *length)
{
    unsigned number = 0;

    if (!has_length(part))
        return digits.len
                   ? link_spec_fail(&parser->spec, at, parser->err, "no number stands behind '%s'", part_names[part])
                   : 0;
    for (size_t i = 0; i < digits.len && number <= longest(part); i++)
        number = number * 10 + (unsigned)(digits.ptr[i] - '0');
    if (number < 1 || number > longest(part))
        return link_spec_fail(&parser->spec, at, parser->err, "behind '%s' stands how many: %s1 to %s%u",
                              part_names[part], part_names[part], part_names[part], longest(part));
    *length = (uint8_t)number;
    return 0;
}

static int parse_part(struct parser *parser, struct link_key *key)
{
    const struct link_field *field = &parser->records->fields[key->field];
    size_t at, letters;
    struct slice word = link_spec_word(&parser->spec, &at);

    for (letters = word.len; letters > 0 && ascii_is_digit(word.ptr[letters - 1]);)
        letters--;
    for (int p = 0; p < LINK_PARTS; p++) {
        if (!slice_equal_cstr((struct slice){word.ptr, letters}, part_names[p]) ||
            !link_part_fits(field->kind, (enum link_part)p))
            continue;
        key->part = (uint8_t)p;
        return parse_length(parser, at, (enum link_part)p, (struct slice){word.ptr + letters, word.len - letters},
                            &key->length);
    }
    return no_part(parser, at, field, word);
}

static bool has_key(const struct link_rule *rule, struct link_key key)
{
    for (size_t i = 0; i < rule->count; i++)
        if (rule->keys[i].field == key.field && rule->keys[i].part == key.part && rule->keys[i].length == key.length)
            return true;
    return false;
}

static int parse_key(struct parser *parser, struct link_rule *rule)
{
    struct link_key key = {.part = LINK_PART_ALL};
    struct link_spec_name name;

    if (link_spec_name(&parser->spec, &name, parser->err) || find_field(parser, &name, &key.field) ||
        (link_spec_take(&parser->spec, ':') && parse_part(parser, &key)))
        return -1;
    if (rule->count == LINK_RULE_KEYS)
        return link_spec_fail(&parser->spec, name.at, parser->err, "more than %d keys in one rule", LINK_RULE_KEYS);
    if (has_key(rule, key))
        return link_spec_fail(&parser->spec, name.at, parser->err, "the rule has this key already");
    rule->keys[rule->count++] = key;
    return 0;
}

static bool same_rule(const struct link_rule *a, const struct link_rule *b)
{
    size_t found = 0;

    for (size_t i = 0; i < a->count; i++)
        found += has_key(b, a->keys[i]);
    return found == a->count && a->count == b->count;
}

static int parse_rule(struct parser *parser, struct link_rule *rules, size_t *count)
{
    size_t begin = parser->spec.at;
    struct link_rule rule = {0};

    if (*count == LINK_RULES)
        return link_spec_fail(&parser->spec, begin, parser->err, "more than %d rules", LINK_RULES);
    do {
        if (parse_key(parser, &rule))
            return -1;
    } while (link_spec_take(&parser->spec, '+'));
    if (!link_spec_at_end(&parser->spec) && parser->spec.text.ptr[parser->spec.at] != ',')
        return link_spec_fail(&parser->spec, parser->spec.at, parser->err,
                              "behind a rule comes a comma: COLUMN[:PART][+COLUMN[:PART] ...],...");
    for (size_t i = 0; i < *count; i++)
        if (same_rule(&rules[i], &rule))
            return link_spec_fail(&parser->spec, begin, parser->err, "the same as rule %zu", i + 1);
    rules[(*count)++] = rule;
    return 0;
}

int link_rules_parse(struct slice text, const struct link_records *records, struct link_rule *rules, size_t *count,
                     struct error *err)
{
    struct parser parser = {.spec = {text, 0}, .records = records, .err = err};

    *count = 0;
    do {
        if (parse_rule(&parser, rules, count))
            return -1;
    } while (link_spec_take(&parser.spec, ','));
    return 0;
}
