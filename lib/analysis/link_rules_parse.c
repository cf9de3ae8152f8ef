/* Match rules as text, and the presets. A parser by recursive descent; its nodes are in one array, so that a thread
 * that evaluates them touches little memory. */
#include <string.h>

#include "analysis/link_names.h"
#include "analysis/link_rules.h"
#include "analysis/link_rules_score.h"
#include "base/ascii.h"

static const char contact_rules[] = "name+title+company: first_name~85 & last_name~90 & title~50 & company~70\n"
                                    "name+email: first_name~85? & last_name~90? & email\n"
                                    "name+phone+company: first_name~85 & last_name~90 & phone~80 & company~70\n"
                                    "name+street+place: first_name~85 & last_name~90 & street~80 &\n"
                                    "    (city~85 | zip~80 | phone~80)\n"
                                    "name+street+title: first_name~85 & last_name~90 & street~80 & title~50\n"
                                    "name+title+email: first_name~85? & last_name~90? & title~50 & email\n"
                                    "name+phone: first_name~85 & last_name~90 & phone~80\n";

static const char account_rules[] = "company+street: company~70 & street~80\n"
                                    "company+city+region: company~70 & city~85 & region\n"
                                    "company+zip: company~70 & zip~80\n"
                                    "company+phone: company~70 & phone~80\n"
                                    "website+phone: website & phone~80\n"
                                    "website+street: website & street~80\n";

static const struct {
    const char *name, *text;
} presets[] = {
    {"salesforce-contact", contact_rules},
    {"salesforce-lead", contact_rules},
    {"salesforce-account", account_rules},
};
#define PRESETS (sizeof presets / sizeof *presets)

const char *link_match_preset(struct slice name)
{
    for (size_t i = 0; i < PRESETS; i++)
        if (slice_equal_cstr(name, presets[i].name))
            return presets[i].text;
    return NULL;
}

struct parser {
    struct link_spec spec;
    const struct link_records *records;
    struct link_match_rules *rules;
    struct slice names[LINK_FIELDS];
    bool lenient; /* a term on a field that is not there can never hold */
    struct error *err;
};

/* Instead of a node: what never holds, and what always does, since a value is missing. */
#define NEVER UINT16_MAX
#define ALWAYS (UINT16_MAX - 1)
#define FAILED (UINT16_MAX - 2)

static uint16_t fail(const struct parser *parser, size_t at, const char *what)
{
    link_spec_fail(&parser->spec, at, parser->err, "%s", what);
    return FAILED;
}

static char peek(const struct parser *parser)
{
    return link_spec_at_end(&parser->spec) ? 0 : parser->spec.text.ptr[parser->spec.at];
}

/* Blanks and comments; line ends, too, where a rule cannot end. */
static void skip(struct parser *parser, bool lines)
{
    struct link_spec *spec = &parser->spec;

    for (; !link_spec_at_end(spec); spec->at++) {
        char c = spec->text.ptr[spec->at];
        bool comment = c == '#' && (spec->at + 1 == spec->text.len || !ascii_is_digit(spec->text.ptr[spec->at + 1]));

        if (comment)
            while (spec->at + 1 < spec->text.len && spec->text.ptr[spec->at + 1] != '\n')
                spec->at++;
        else if (c != ' ' && c != '\t' && c != '\r' && !(lines && c == '\n'))
            break;
    }
}

static bool is_name_byte(char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '_' || c == '-' || c == '.' || c == '#' ||
           (unsigned char)c >= 0x80;
}

static int take_name(struct parser *parser, struct link_spec_name *name)
{
    struct link_spec *spec = &parser->spec;

    if (peek(parser) == '"')
        return link_spec_name(spec, name, parser->err);
    *name = (struct link_spec_name){.at = spec->at};
    while (is_name_byte(peek(parser)))
        spec->at++;
    name->text = (struct slice){spec->text.ptr + name->at, spec->at - name->at};
    return 0;
}

static size_t find_kind(const struct link_records *records, enum link_kind kind)
{
    for (size_t f = 0; f < records->field_count; f++)
        if (records->fields[f].kind == kind)
            return f;
    return SIZE_MAX;
}

/* The field meant, or SIZE_MAX. */
static size_t find_field(const struct parser *parser, struct link_spec_name *name)
{
    static const struct {
        const char *word, *canonical;
        int kind; /* or -1: such a field is not known by its kind alone */
    } words[] = {
        {"title", "job_title", -1},
        {"zip", "postal_code", LINK_POSTAL_CODE},
        {"postal_code", NULL, LINK_POSTAL_CODE},
        {"account", "company", LINK_COMPANY},
        {"account", "name", LINK_ORGANISATION},
        {"company", NULL, LINK_COMPANY},
        {"company", "name", LINK_ORGANISATION},
        {"first_name", NULL, LINK_FIRST_NAME},
        {"last_name", NULL, LINK_LAST_NAME},
        {"full_name", NULL, LINK_FULL_NAME},
        {"website", NULL, LINK_DOMAIN},
        {"mobile", NULL, LINK_PHONE},
        {"birth_date", NULL, LINK_DATE},
    };
    const struct link_field *fields = parser->records->fields;
    size_t field = link_name_find(name, parser->names, parser->records->field_count);
    int kind;

    if (name->quoted)
        return field;
    for (size_t i = 0; i < sizeof words / sizeof *words && field == SIZE_MAX; i++) {
        if (!slice_equal_cstr(name->text, words[i].word))
            continue;
        if (words[i].canonical) {
            struct link_spec_name other = {slice_from_cstr(words[i].canonical), false, name->at};
            field = link_name_find(&other, parser->names, parser->records->field_count);
            if (field != SIZE_MAX && words[i].kind >= 0 && (int)fields[field].kind != words[i].kind)
                field = SIZE_MAX;
        }
        if (field == SIZE_MAX && words[i].kind >= 0)
            field = find_kind(parser->records, (enum link_kind)words[i].kind);
    }
    kind = link_kind_find(name->text.ptr, name->text.len);
    return field == SIZE_MAX && kind >= 0 ? find_kind(parser->records, (enum link_kind)kind) : field;
}

static uint16_t new_node(struct parser *parser, struct link_rule_node node)
{
    if (parser->rules->node_count == LINK_RULE_NODES)
        return fail(parser, parser->spec.at, "the rules are too long");
    parser->rules->nodes[parser->rules->node_count] = node;
    return (uint16_t)parser->rules->node_count++;
}

/* The percentage behind a '~'; 0: none. */
static unsigned take_percent(struct parser *parser)
{
    unsigned percent = 0;

    for (; ascii_is_digit(peek(parser)); parser->spec.at++)
        percent = percent > 100 ? percent : percent * 10 + (unsigned)(peek(parser) - '0');
    return percent;
}

static uint16_t parse_term(struct parser *parser)
{
    struct link_rule_node node = {.type = LINK_NODE_TERM, .threshold = 100};
    struct link_spec_name name;
    size_t field, at;
    bool alike, usual;

    if (take_name(parser, &name))
        return FAILED;
    if (name.text.len == 0)
        return fail(parser, name.at, "a field is missing");
    field = find_field(parser, &name);
    if (field == SIZE_MAX && !parser->lenient) {
        link_spec_unknown(name.text, "field", "there are", parser->names, parser->records->field_count, parser->err);
        link_spec_prefix(&parser->spec, name.at, parser->err);
        return FAILED;
    }
    skip(parser, false);
    at = parser->spec.at;
    alike = link_spec_take(&parser->spec, '~');
    usual = alike && !ascii_is_digit(peek(parser));
    if (usual) {
        node.threshold = field == SIZE_MAX ? 100 : link_usual_threshold(parser->records->fields[field].kind);
    } else if (alike) {
        unsigned percent = take_percent(parser);
        if (percent < 1 || percent > 100)
            return fail(parser, at, "behind '~' comes a percentage, 1 to 100, or nothing for the usual one");
        node.threshold = (uint8_t)percent;
        link_spec_take(&parser->spec, '%');
    }
    skip(parser, false);
    node.or_missing = link_spec_take(&parser->spec, '?');
    if (field == SIZE_MAX)
        return node.or_missing ? ALWAYS : NEVER;
    node.field = (uint8_t)field;
    return new_node(parser, node);
}

/* Adds a node to a group. What never holds makes nothing of "all", what always holds of "any". */
static void add_child(struct parser *parser, uint16_t *group, uint16_t **end, uint16_t node, enum link_node_type type)
{
    uint16_t spoils = type == LINK_NODE_ALL ? NEVER : ALWAYS, neutral = type == LINK_NODE_ALL ? ALWAYS : NEVER;

    if (*group == spoils || node == neutral)
        return;
    if (node == spoils) {
        *group = spoils;
        return;
    }
    **end = node;
    *end = &parser->rules->nodes[node].next;
    *group = 0;
}

static uint16_t parse_any(struct parser *parser, unsigned depth);

static uint16_t parse_operand(struct parser *parser, unsigned depth)
{
    size_t at;
    uint16_t node;

    skip(parser, true);
    at = parser->spec.at;
    if (!link_spec_take(&parser->spec, '('))
        return parse_term(parser);
    if (depth == LINK_RULE_DEPTH)
        return fail(parser, at, "too many parentheses in parentheses");
    node = parse_any(parser, depth + 1);
    if (node == FAILED)
        return node;
    skip(parser, true);
    return link_spec_take(&parser->spec, ')') ? node : fail(parser, at, "the parenthesis is not closed");
}

/* Operands joined by one operator: a group, or the one that is left of it. */
static uint16_t parse_group(struct parser *parser, unsigned depth, enum link_node_type type)
{
    char mark = type == LINK_NODE_ALL ? '&' : '|';
    uint16_t first = 0, *end = &first, group = type == LINK_NODE_ALL ? ALWAYS : NEVER;

    do {
        uint16_t node =
            type == LINK_NODE_ANY ? parse_group(parser, depth, LINK_NODE_ALL) : parse_operand(parser, depth);
        if (node == FAILED)
            return FAILED;
        add_child(parser, &group, &end, node, type);
        skip(parser, depth > 0);
    } while (link_spec_take(&parser->spec, mark));
    if (group != 0)
        return group;
    if (!parser->rules->nodes[first].next)
        return first;
    return new_node(parser, (struct link_rule_node){.type = (uint8_t)type, .child = first});
}

static uint16_t parse_any(struct parser *parser, unsigned depth)
{
    return parse_group(parser, depth, LINK_NODE_ANY);
}

/* "NAME:" in front of a rule. */
static int take_rule_name(struct parser *parser, struct slice *found)
{
    struct link_spec *spec = &parser->spec;
    size_t begin = spec->at, end = begin;

    *found = (struct slice){0};
    if (peek(parser) == '"') {
        struct link_spec_name name;
        if (link_spec_name(spec, &name, parser->err))
            return -1;
        *found = name.text;
    } else {
        while (end < spec->text.len &&
               (is_name_byte(spec->text.ptr[end]) || spec->text.ptr[end] == '+' || spec->text.ptr[end] == ' '))
            end++;
        *found = slice_trim((struct slice){spec->text.ptr + begin, end - begin});
        spec->at = end;
    }
    if (found->len && link_spec_take(spec, ':'))
        return 0;
    spec->at = begin;
    *found = (struct slice){0};
    return 0;
}

/* The fields of first and last names that the nodes from begin on compare, the first of each. */
static void find_names(const struct parser *parser, struct link_match_rule *rule, size_t begin)
{
    size_t names[2] = {SIZE_MAX, SIZE_MAX};

    for (size_t n = begin; n < parser->rules->node_count; n++) {
        const struct link_rule_node *node = &parser->rules->nodes[n];
        enum link_kind kind = parser->records->fields[node->field].kind;

        if (node->type != LINK_NODE_TERM)
            continue;
        for (int i = 0; i < 2; i++)
            if (kind == (i ? LINK_LAST_NAME : LINK_FIRST_NAME) && names[i] == SIZE_MAX)
                names[i] = node->field;
    }
    rule->transposed = names[0] != SIZE_MAX && names[1] != SIZE_MAX;
    if (rule->transposed) {
        rule->first = (uint8_t)names[0];
        rule->last = (uint8_t)names[1];
    }
}

static int parse_rule(struct parser *parser)
{
    struct link_match_rules *rules = parser->rules;
    struct link_match_rule rule = {0};
    size_t begin, first_node = rules->node_count;
    uint16_t root;

    if (rules->count == LINK_MATCHERS)
        return link_spec_fail(&parser->spec, parser->spec.at, parser->err, "more than %d rules", LINK_MATCHERS);
    if (take_rule_name(parser, &rule.name))
        return -1;
    skip(parser, true);
    begin = parser->spec.at;
    root = parse_any(parser, 0);
    if (root == FAILED)
        return -1;
    if (!rule.name.len)
        rule.name = slice_trim((struct slice){parser->spec.text.ptr + begin, parser->spec.at - begin});
    if (!link_spec_at_end(&parser->spec) && peek(parser) != ';' && peek(parser) != '\n')
        return link_spec_fail(&parser->spec, parser->spec.at, parser->err,
                              "behind a term comes & or |, behind a rule ; or the end of the line");
    if (root == NEVER || root == ALWAYS) {
        rules->left_out++;
        rules->node_count = first_node;
        return 0;
    }
    rule.root = root;
    find_names(parser, &rule, first_node);
    rules->rules[rules->count++] = rule;
    return 0;
}

/* Without blanks and line ends around it, as a preset's name may be read from a file. */
static struct slice trim_lines(struct slice text)
{
    while (text.len && memchr(" \t\r\n", text.ptr[text.len - 1], 4))
        text.len--;
    while (text.len && memchr(" \t\r\n", text.ptr[0], 4)) {
        text.ptr++;
        text.len--;
    }
    return text;
}

/* Whether a text was meant as the name of a preset. */
static bool looks_like_preset(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_name_byte(text.ptr[i]))
            return false;
    return text.len >= 10 && memcmp(text.ptr, "salesforce", 10) == 0;
}

static int fail_preset(struct slice text, struct error *err)
{
    struct slice names[PRESETS];

    for (size_t i = 0; i < PRESETS; i++)
        names[i] = slice_from_cstr(presets[i].name);
    return link_spec_unknown(text, "field or set of rules", "sets are", names, PRESETS, err);
}

int link_match_rules_parse(struct link_match_rules *rules, struct slice text, const struct link_records *records,
                           struct error *err)
{
    const struct slice word = trim_lines(text);
    const char *preset = link_match_preset(word);
    struct parser parser = {.spec = {preset ? slice_from_cstr(preset) : text, 0},
                            .records = records,
                            .rules = rules,
                            .lenient = preset != NULL,
                            .err = err};

    *rules = (struct link_match_rules){.node_count = 1};
    for (size_t f = 0; f < records->field_count; f++)
        parser.names[f] = slice_from_cstr(records->fields[f].name);
    for (skip(&parser, true); !link_spec_at_end(&parser.spec); skip(&parser, true)) {
        if (link_spec_take(&parser.spec, ';'))
            continue;
        if (parse_rule(&parser))
            return looks_like_preset(word) ? fail_preset(word, err) : -1;
    }
    if (rules->count == 0 && preset)
        return error_set(err, STATUS_USAGE, "the records have no fields for the rules '%.*s': it needs %s",
                         SLICE_ARG(word),
                         preset == account_rules ? "a company or website with phone, street, city or postal code"
                                                 : "first and last names, and e-mail, phone, street or company");
    if (rules->count == 0)
        return error_set(err, STATUS_USAGE, "there is no rule; a rule is, for one, 'first_name~ & last_name~ & email'");
    return 0;
}

int link_match_rules_print(const struct link_match_rules *rules, uint32_t matched, struct buffer *out)
{
    bool several = false;

    for (size_t k = 0; k < rules->count; k++) {
        if (!(matched >> k & 1))
            continue;
        if ((several && buffer_append_char(out, ';')) || buffer_append(out, rules->rules[k].name))
            return -1;
        several = true;
    }
    return 0;
}
