/* Names in expressions: constants, functions and their arguments, and what was probably meant by a name that is none.
 */
#include "value/expression_parser.h"

#include <string.h>

static bool is_word_of_jq(struct slice name)
{
    static const char *const words[] = {"if",      "then", "else",  "elif",  "end",    "as",      "def",     "reduce",
                                        "foreach", "try",  "catch", "label", "import", "include", "__loc__", "break"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal_cstr(name, words[i]))
            return true;
    return false;
}

static void *unknown_name(struct parser *parser, const struct token *name)
{
    struct compilation *compilation = parser->compilation;
    size_t place = parser_place(parser, name);
    const char *likely = function_likely(name->text);
    struct quote q;
    const char *shown = quote_name(&q, name->text);

    if (is_word_of_jq(name->text) || function_is_known_to_jq(name->text))
        compile_fail(compilation, place, "jq's '%s' is not part of this language", shown);
    else if (parser_at(parser, '('))
        compile_fail(compilation, place, likely ? "no function '%s'; did you mean '%s'?" : "no function '%s'", shown,
                     likely);
    else if (likely)
        compile_fail(compilation, place, "no function '%s'; did you mean '%s', or the field .%s?", shown, likely,
                     shown);
    else
        compile_fail(compilation, place, "no function '%s'; a field is written .%s, a string \"%s\"", shown, shown,
                     shown);
    return NULL;
}

/* A call of a function, asked of that value (NULL: of none). */
static struct node *new_call(struct parser *parser, const struct function *function, size_t place, struct node *of)
{
    if (of && of->kind == NODE_RECORD) {
        compile_fail(parser->compilation, place, "%s is asked of a value: .name | %s", function->name, function->name);
        return NULL;
    }
    struct node *node = parser_node(parser, NODE_CALL, place, of, NULL);
    if (node)
        node->function = function;
    return node;
}

static int parse_argument(struct parser *parser, struct node *call, struct node **argument)
{
    *argument = parse_pipe(parser);
    if (!*argument)
        return -1;
    if ((*argument)->depth >= call->depth)
        call->depth = (*argument)->depth + 1;
    return parser_no_record(parser, *argument);
}

/* A constant string, or null where that is allowed. */
static int parse_constant(struct parser *parser, struct node *call, bool null, const char *what, struct node **argument)
{
    if (parse_argument(parser, call, argument) || expression_plan(parser->compilation, argument))
        return -1;
    enum expression_type type = (*argument)->constant.type;
    if ((*argument)->kind == NODE_CONSTANT && (type == EXPRESSION_STRING || (null && type == EXPRESSION_NULL)))
        return 0;
    return compile_fail(parser->compilation, (*argument)->place, "%s must be a constant string", what);
}

/* test("..."; "i"), behind its bracket. */
static int parse_test(struct parser *parser, struct node *call)
{
    struct node *flags = NULL;

    if (parse_constant(parser, call, false, "the regular expression of test()", &call->right))
        return -1;
    if (parser_at(parser, ';') &&
        (parser_advance(parser) ||
         parse_constant(parser, call, true, "the letters behind a regular expression", &flags)))
        return -1;
    if (parser_expect(parser, ')', "a ; or ) is wanted"))
        return -1;
    bool given = flags && flags->constant.type == EXPRESSION_STRING;
    return regex_compile(parser->compilation, call, call->right->constant.text,
                         given ? flags->constant.text : SLICE(""), given ? flags->place : call->place);
}

/* IN(a, b), or IN(value; a, b), which is value | IN(a, b); behind its bracket. */
static struct node *parse_in(struct parser *parser, size_t place)
{
    struct node list = {.place = place, .depth = 1};
    struct node *value = NULL;

    if (parse_items(parser, &list))
        return NULL;
    if (parser_at(parser, ';') && list.count == 1) {
        bool in_record = parser->in_record;
        value = list.items[0];
        list = (struct node){.place = place, .depth = 1};
        parser->in_record = false;
        if (parser_advance(parser) || parse_items(parser, &list))
            return NULL;
        parser->in_record = in_record;
    }
    if (parser_expect(parser, ')', "a comma or ) is wanted"))
        return NULL;
    struct node *dot = value ? parser_node(parser, NODE_DOT, place, NULL, NULL) : parser_dot(parser, place);
    if (dot && dot->kind == NODE_RECORD) {
        compile_fail(parser->compilation, place, "IN is asked of a value: .name | IN(...)");
        return NULL;
    }
    struct node *node = dot ? parser_node(parser, NODE_IN, place, dot, NULL) : NULL;
    if (!node)
        return NULL;
    node->items = list.items;
    node->count = list.count;
    if (list.depth > node->depth)
        node->depth = list.depth;
    return value ? parser_node(parser, NODE_PIPE, place, value, node) : node;
}

/* has("name") of the record, behind its bracket. */
static struct node *parse_has_column(struct parser *parser, size_t place)
{
    struct node call = {.depth = 1};
    struct node *name;

    if (parse_constant(parser, &call, false, "the name that has() of a record looks for", &name) ||
        parser_expect(parser, ')', ") is wanted"))
        return NULL;
    return parser_column(parser, place, name->constant.text, NODE_HAS_COLUMN);
}

/* A name with arguments, behind its bracket. */
static struct node *parse_arguments(struct parser *parser, const struct function *function, size_t place)
{
    bool days_since = strcmp(function->name, "days_since") == 0;

    if (strcmp(function->name, "IN") == 0)
        return parse_in(parser, place);
    struct node *of = days_since ? NULL : parser_dot(parser, place);
    if (!of && !days_since)
        return NULL;
    if (of && of->kind == NODE_RECORD && strcmp(function->name, "has") == 0)
        return parse_has_column(parser, place);
    struct node *call = new_call(parser, function, place, of);
    if (!call)
        return NULL;
    if (strcmp(function->name, "test") == 0)
        return parse_test(parser, call) ? NULL : call;
    if (days_since)
        parser->compilation->expression->needs_as_of = true;
    if (parse_argument(parser, call, &call->right) || parser_expect(parser, ')', ") is wanted"))
        return NULL;
    return call;
}

/* true, false, null. */
static bool read_word(struct slice name, struct expression_value *value)
{
    if (slice_equal(name, SLICE("null")))
        *value = (struct expression_value){.type = EXPRESSION_NULL, .reading = EXPRESSION_IS_NO_NUMBER};
    else if (slice_equal(name, SLICE("true")) || slice_equal(name, SLICE("false")))
        expression_set_truth(value, name.len == 4);
    else
        return false;
    return true;
}

struct node *parse_call(struct parser *parser)
{
    struct compilation *compilation = parser->compilation;
    struct token name = parser->token;
    size_t place = parser_place(parser, &name);
    struct expression_value word;
    const struct function *function = function_find(name.text);

    if (parser_advance(parser))
        return NULL;
    bool arguments = parser_at(parser, '(');
    if (!arguments && read_word(name.text, &word))
        return parser_constant(parser, place, word);
    if (!function)
        return unknown_name(parser, &name);
    if (arguments != (function->arguments > 0)) {
        compile_fail(compilation, place, arguments ? "%s has no arguments" : "%s wants an argument: %s(...)",
                     function->name, function->name);
        return NULL;
    }
    if (arguments)
        return parser_advance(parser) ? NULL : parse_arguments(parser, function, place);
    if (strcmp(function->name, "not") == 0 && parser->token.kind == TOKEN_FIELD) {
        compile_fail(compilation, place, "'not' stands behind what it denies: .%.*s | not",
                     (int)(parser->token.text.len < 80 ? parser->token.text.len : 80), parser->token.text.ptr);
        return NULL;
    }
    struct node *of = parser_dot(parser, place);
    return of ? new_call(parser, function, place, of) : NULL;
}
