/* The functions of the language: a table, and those that are neither of texts (expression_text.c) nor regular
 * expressions (expression_regex.c). */
#include "value/expression_parts.h"

#include <math.h>
#include <string.h>

#include "base/options.h"

static struct expression_value *length_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct shown shown;
    struct expression_value *value = node_get(node->left, run, room);
    struct json_items items;
    size_t length = 0;

    if (!value)
        return NULL;
    switch (value->type) {
    case EXPRESSION_NULL:
        break;
    case EXPRESSION_NUMBER:
        expression_is_number(value);
        return expression_set_number(room, fabs(value->number));
    case EXPRESSION_STRING:
        for (size_t i = 0; i < value->text.len; i++)
            length += ((unsigned char)value->text.ptr[i] & 0xc0) != 0x80;
        break;
    case EXPRESSION_ARRAY:
    case EXPRESSION_OBJECT:
        if (json_items(run, value, &items))
            return NULL;
        length = items.count;
        break;
    case EXPRESSION_FALSE:
    case EXPRESSION_TRUE:
    default:
        return run_fail(run, node, "%s has no length", show_value(run, value, &shown));
    }
    return expression_set_number(room, (double)length);
}

static struct expression_value *byte_length_value(const struct node *node, struct run *run,
                                                  struct expression_value *room)
{
    struct shown shown;
    struct expression_value *value = node_get(node->left, run, room);

    if (value && value->type != EXPRESSION_STRING)
        return run_fail(run, node, "%s only strings have UTF-8 byte length", show_value(run, value, &shown));
    return value ? expression_set_number(room, (double)value->text.len) : NULL;
}

static int not_test(const struct node *node, struct run *run)
{
    int truth = node->left->test(node->left, run);

    return truth < 0 ? -1 : !truth;
}

static struct expression_value *type_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value *value = node_get(node->left, run, room);

    return value ? expression_set_string(room, slice_from_cstr(expression_type_name(value->type))) : NULL;
}

static struct expression_value *to_number_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct shown shown;
    double number;
    struct expression_value *value = node_get(node->left, run, room);

    if (!value)
        return NULL;
    if (expression_is_number(value))
        return expression_set_number(room, value->number);
    if (value->untyped) {
        *room = (struct expression_value){.type = EXPRESSION_NULL, .reading = EXPRESSION_IS_NO_NUMBER};
        return room;
    }
    if (value->type != EXPRESSION_STRING || !double_from_text(value->text, &number))
        return run_fail(run, node, "%s cannot be parsed as a number", show_value(run, value, &shown));
    return expression_set_number(room, number);
}

static struct expression_value *as_json(struct run *run, struct expression_value *value, struct expression_value *room)
{
    struct buffer *out = &run->context->scratch;
    size_t start = out->len;
    struct slice text;

    if (json_print(run, value, out, 0) || scratch_take(run, start, &text))
        return NULL;
    return expression_set_string(room, text);
}

static struct expression_value *to_string_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value *value = node_get(node->left, run, room);

    if (!value)
        return NULL;
    return value->type == EXPRESSION_STRING ? expression_set_string(room, value->text) : as_json(run, value, room);
}

static struct expression_value *to_json_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value *value = node_get(node->left, run, room);

    return value ? as_json(run, value, room) : NULL;
}

/* Elements of an array. */
static int count_elements(struct run *run, const struct expression_value *array, size_t *count)
{
    struct json_walk walk;
    struct json_item item;
    int more;

    *count = 0;
    if (json_walk_begin(run, array, &walk))
        return -1;
    while ((more = json_walk_next(run, &walk, &item)) > 0)
        (*count)++;
    return more;
}

static int has_test(const struct node *node, struct run *run)
{
    struct expression_value rooms[2];
    struct expression_value member;
    struct expression_value *value = node_get(node->left, run, &rooms[0]);
    struct expression_value *key = value ? node_get(node->right, run, &rooms[1]) : NULL;
    size_t count;

    if (!key)
        return -1;
    if (value->type == EXPRESSION_NULL)
        return 0;
    if (value->type == EXPRESSION_OBJECT && key->type == EXPRESSION_STRING)
        return json_member(run, value, key->text, &member);
    if (value->type == EXPRESSION_ARRAY && key->type == EXPRESSION_NUMBER && expression_is_number(key)) {
        if (count_elements(run, value, &count))
            return -1;
        return key->number >= 0 && trunc(key->number) == key->number && key->number < (double)count;
    }
    run_fail(run, node, "Cannot check whether %s has a %s key", expression_type_name(value->type),
             expression_type_name(key->type));
    return -1;
}

static struct expression_value *rounded(const struct node *node, struct run *run, double (*function)(double),
                                        struct expression_value *room)
{
    struct shown shown;
    struct expression_value *value = node_get(node->left, run, room);

    if (!value)
        return NULL;
    if (!expression_is_number(value))
        return run_fail(run, node, "%s number required", show_value(run, value, &shown));
    return expression_set_number(room, function(value->number));
}

static struct expression_value *floor_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return rounded(node, run, floor, room);
}

static struct expression_value *ceil_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return rounded(node, run, ceil, room);
}

static struct expression_value *round_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return rounded(node, run, round, room);
}

static struct expression_value *fabs_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return rounded(node, run, fabs, room);
}

/* From the day of its argument to that of the analysis; null where there is none. */
static struct expression_value *days_since_value(const struct node *node, struct run *run,
                                                 struct expression_value *room)
{
    struct shown shown;
    int32_t day;
    struct expression_value *value = node_get(node->right, run, room);

    if (!value)
        return NULL;
    if (run->context->as_of == DAY_NONE) {
        error_set(run->err, STATUS_USAGE, "column %zu: days_since() wants to know the day of the analysis: --as-of",
                  node->place);
        return NULL;
    }
    if (value->type == EXPRESSION_NULL || (value->untyped && value->text.len == 0)) {
        *room = (struct expression_value){.type = EXPRESSION_NULL, .reading = EXPRESSION_IS_NO_NUMBER};
        return room;
    }
    if (value->type != EXPRESSION_STRING || !date_read(&run->context->dates, value->text, &day))
        return run_fail(run, node, "%s is not a date", show_value(run, value, &shown));
    return expression_set_number(room, (double)run->context->as_of - (double)day);
}

static const struct function functions[] = {
    {"not", 0, NULL, not_test},
    {"length", 0, length_value, NULL},
    {"utf8bytelength", 0, byte_length_value, NULL},
    {"type", 0, type_value, NULL},
    {"tonumber", 0, to_number_value, NULL},
    {"tostring", 0, to_string_value, NULL},
    {"tojson", 0, to_json_value, NULL},
    {"floor", 0, floor_value, NULL},
    {"ceil", 0, ceil_value, NULL},
    {"round", 0, round_value, NULL},
    {"fabs", 0, fabs_value, NULL},
    {"ascii_downcase", 0, downcase_value, NULL},
    {"ascii_upcase", 0, upcase_value, NULL},
    {"ltrimstr", 1, left_trim_value, NULL},
    {"rtrimstr", 1, right_trim_value, NULL},
    {"split", 1, split_value, NULL},
    {"startswith", 1, NULL, starts_test},
    {"endswith", 1, NULL, ends_test},
    {"contains", 1, NULL, contains_test},
    {"inside", 1, NULL, inside_test},
    {"has", 1, NULL, has_test},
    {"days_since", 1, days_since_value, NULL},
    {"test", 1, NULL, regex_test}, /* or 2 */
    {"IN", 1, NULL, in_test},      /* or 2 */
};

/* Functions of jq 1.6 and words that users of it would try. */
static const char *const of_jq[] = {
    "acos",         "add",          "all",       "any",      "arrays",        "ascii",      "atan",       "booleans",
    "capture",      "combinations", "cos",       "debug",    "del",           "delpaths",   "empty",      "env",
    "error",        "exp",          "exp10",     "explode",  "first",         "flatten",    "fromdate",   "fromjson",
    "from_entries", "getpath",      "gmtime",    "group_by", "gsub",          "halt",       "implode",    "index",
    "indices",      "infinite",     "input",     "inputs",   "isfinite",      "isinfinite", "isnan",      "isnormal",
    "isvalid",      "iterables",    "join",      "keys",     "keys_unsorted", "last",       "leaf_paths", "limit",
    "localtime",    "log",          "log10",     "log2",     "map",           "map_values", "match",      "max",
    "max_by",       "min",          "min_by",    "mktime",   "nan",           "now",        "nth",        "nulls",
    "numbers",      "objects",      "path",      "paths",    "pow",           "range",      "recurse",    "repeat",
    "reverse",      "rindex",       "scalars",   "scan",     "select",        "setpath",    "sin",        "sort",
    "sort_by",      "splits",       "sqrt",      "strftime", "strings",       "strptime",   "sub",        "to_entries",
    "todate",       "tostream",     "transpose", "unique",   "unique_by",     "until",      "values",     "walk",
    "while",        "with_entries",
};

const struct function *function_find(struct slice name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (slice_equal_cstr(name, functions[i].name))
            return &functions[i];
    return NULL;
}

bool function_is_known_to_jq(struct slice name)
{
    for (size_t i = 0; i < sizeof of_jq / sizeof *of_jq; i++)
        if (slice_equal_cstr(name, of_jq[i]))
            return true;
    return false;
}

const char *function_likely(struct slice name)
{
    const char *likely = NULL;
    size_t least = 3;

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        size_t distance = edit_distance_folded(name, slice_from_cstr(functions[i].name));
        if (distance < least && distance * 2 < name.len) {
            least = distance;
            likely = functions[i].name;
        }
    }
    return likely;
}
