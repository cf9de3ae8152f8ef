/* Arithmetic, with jq's meanings for what is no number: texts, arrays and objects are joined by +, arrays lose elements
 * by
 * -, text is repeated by * and cut by /, objects are joined to their depth by *, and null is nothing to +.
 *
 * Untyped text beside text is text; beside anything else it is its number, or null when it is none. Two untyped texts
 * are numbers when each is one or is empty, and not both are empty; otherwise + and / take them as texts. */
#include "value/expression_parts.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* What untyped text is beside another value. */
static void read_as_number(struct expression_value *value)
{
    if (expression_is_number(value))
        expression_set_number(value, value->number);
    else
        *value = (struct expression_value){.type = EXPRESSION_NULL, .reading = EXPRESSION_IS_NO_NUMBER};
}

static bool is_number_or_empty(struct expression_value *value)
{
    return value->text.len == 0 || expression_is_number(value);
}

static void read_untyped(char sign, struct expression_value *a, struct expression_value *b)
{
    bool texts = sign == '+' || sign == '/';

    if (a->untyped && b->untyped) {
        if (!texts || (is_number_or_empty(a) && is_number_or_empty(b) && (a->text.len || b->text.len))) {
            read_as_number(a);
            read_as_number(b);
        }
    } else if (a->untyped && !(texts && b->type == EXPRESSION_STRING)) {
        read_as_number(a);
    } else if (b->untyped && !(texts && a->type == EXPRESSION_STRING)) {
        read_as_number(b);
    }
    a->untyped = b->untyped = false;
}

static struct expression_value *made(struct run *run, size_t start, enum expression_type type,
                                     struct expression_value *room)
{
    *room = (struct expression_value){.type = type, .reading = EXPRESSION_IS_NO_NUMBER};
    return scratch_take(run, start, &room->text) ? NULL : room;
}

static struct expression_value *join_texts(const struct node *node, struct run *run, struct slice a, struct slice b,
                                           struct expression_value *room)
{
    if (a.len + b.len > EXPRESSION_LONGEST)
        return run_fail(run, node, "the text that + would make is too long");
    char *text = arena_alloc(&run->context->arena, a.len + b.len);
    if (!text)
        return run_out_of_memory(run);
    if (a.len)
        memcpy(text, a.ptr, a.len);
    if (b.len)
        memcpy(text + a.len, b.ptr, b.len);
    return expression_set_string(room, (struct slice){text, a.len + b.len});
}

/* Appends the elements of array that are not in without (NULL: all). */
static int append_elements(struct run *run, const struct expression_value *array,
                           const struct expression_value *without, size_t *count)
{
    struct buffer *out = &run->context->scratch;
    struct json_walk walk;
    struct json_item item;
    int more;

    if (json_walk_begin(run, array, &walk))
        return -1;
    while ((more = json_walk_next(run, &walk, &item)) > 0) {
        struct json_walk others;
        struct json_item other;
        int order = 1;
        int another = 0;
        if (without && json_walk_begin(run, without, &others))
            return -1;
        while (without && order && (another = json_walk_next(run, &others, &other)) > 0)
            if (expression_order(run, &item.value, &other.value, &order))
                return -1;
        if (another < 0)
            return -1;
        if (order == 0)
            continue;
        if ((*count)++ && buffer_append_char(out, ','))
            return error_memory(run->err);
        if (buffer_append(out, item.raw))
            return error_memory(run->err);
    }
    return more;
}

static struct expression_value *make_array(struct run *run, const struct expression_value *first,
                                           const struct expression_value *second,
                                           const struct expression_value *without, struct expression_value *room)
{
    struct buffer *out = &run->context->scratch;
    size_t start = out->len;
    size_t count = 0;

    if (buffer_append_char(out, '['))
        return run_out_of_memory(run);
    if (append_elements(run, first, without, &count) || (second && append_elements(run, second, NULL, &count)))
        return NULL;
    if (buffer_append_char(out, ']'))
        return run_out_of_memory(run);
    return made(run, start, EXPRESSION_ARRAY, room);
}

static struct expression_value *join_objects(struct run *run, const struct expression_value *a,
                                             const struct expression_value *b, bool deep, struct expression_value *room)
{
    size_t start = run->context->scratch.len;

    return json_join(run, a, b, deep, 0) ? NULL : made(run, start, EXPRESSION_OBJECT, room);
}

/* jq takes one less than the number, without its fraction, and adds the text so many times more. */
static struct expression_value *repeat(const struct node *node, struct run *run, struct slice text, double times,
                                       struct expression_value *room)
{
    double more = trunc(times - 1);

    if (!(more >= 0 && times > 0 && more <= INT_MAX)) {
        *room = (struct expression_value){.type = EXPRESSION_NULL, .reading = EXPRESSION_IS_NO_NUMBER};
        return room;
    }
    if ((more + 1) * (double)text.len > (double)EXPRESSION_LONGEST)
        return run_fail(run, node, "the text that * would make is too long");
    size_t count = text.len ? (size_t)more + 1 : 0;
    char *repeated = arena_alloc(&run->context->arena, count * text.len);
    if (!repeated)
        return run_out_of_memory(run);
    for (size_t i = 0; i < count; i++)
        memcpy(repeated + i * text.len, text.ptr, text.len);
    return expression_set_string(room, (struct slice){repeated, count * text.len});
}

/* The conversion of the processor: what does not fit, and NaN, is the least number. */
static int64_t to_integer(double number)
{
    return number >= (double)INT64_MIN && number < -(double)INT64_MIN ? (int64_t)number : INT64_MIN;
}

static struct expression_value *fail(const struct node *node, struct run *run, struct expression_value *a,
                                     struct expression_value *b, const char *what)
{
    struct shown shown[2];
    const char *left = show_value(run, a, &shown[0]);
    const char *right = show_value(run, b, &shown[1]);

    return run_fail(run, node, "%s and %s cannot be %s", left, right, what);
}

static struct expression_value *of_numbers(const struct node *node, struct run *run, struct expression_value *a,
                                           struct expression_value *b, struct expression_value *room)
{
    double x = a->number;
    double y = b->number;

    switch (node->sign) {
    case '+':
        return expression_set_number(room, x + y);
    case '-':
        return expression_set_number(room, x - y);
    case '*':
        return expression_set_number(room, x * y);
    case '/':
        if (y == 0)
            return fail(node, run, a, b, "divided because the divisor is zero");
        return expression_set_number(room, x / y);
    default:
        if (to_integer(y) == 0)
            return fail(node, run, a, b, "divided (remainder) because the divisor is zero");
        if (to_integer(y) == -1)
            return expression_set_number(room, 0); /* of the least number it would be a trap */
        return expression_set_number(room, (double)(to_integer(x) % to_integer(y)));
    }
}

static struct expression_value *of_others(const struct node *node, struct run *run, struct expression_value *a,
                                          struct expression_value *b, struct expression_value *room)
{
    bool same = a->type == b->type;
    bool arrays = same && a->type == EXPRESSION_ARRAY;
    bool objects = same && a->type == EXPRESSION_OBJECT;
    bool strings = same && a->type == EXPRESSION_STRING;

    switch (node->sign) {
    case '+':
        return strings   ? join_texts(node, run, a->text, b->text, room)
               : arrays  ? make_array(run, a, b, NULL, room)
               : objects ? join_objects(run, a, b, false, room)
                         : fail(node, run, a, b, "added");
    case '-':
        return arrays ? make_array(run, a, NULL, b, room) : fail(node, run, a, b, "subtracted");
    case '*':
        if (a->type == EXPRESSION_STRING && b->type == EXPRESSION_NUMBER)
            return repeat(node, run, a->text, b->number, room);
        if (a->type == EXPRESSION_NUMBER && b->type == EXPRESSION_STRING)
            return repeat(node, run, b->text, a->number, room);
        return objects ? join_objects(run, a, b, true, room) : fail(node, run, a, b, "multiplied");
    case '/':
        return strings ? split_text(run, a->text, b->text, room) : fail(node, run, a, b, "divided");
    default:
        return fail(node, run, a, b, "divided");
    }
}

struct expression_value *arithmetic_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value rooms[2];
    struct expression_value *left = node_get(node->left, run, &rooms[0]);
    struct expression_value *right = left ? node_get(node->right, run, &rooms[1]) : NULL;

    if (!right)
        return NULL;
    if (left->untyped || right->untyped) {
        expression_is_number(left); /* so that the reading stays with the input */
        expression_is_number(right);
        struct expression_value a = *left;
        struct expression_value b = *right;
        read_untyped(node->sign, &a, &b);
        rooms[0] = a;
        rooms[1] = b;
        left = &rooms[0];
        right = &rooms[1];
    }
    bool numbers = expression_is_number(left);
    numbers = expression_is_number(right) && numbers; /* both are read */
    if (numbers)
        return of_numbers(node, run, left, right, room);
    if (node->sign == '+' && (left->type == EXPRESSION_NULL || right->type == EXPRESSION_NULL)) {
        *room = left->type == EXPRESSION_NULL ? *right : *left;
        return room;
    }
    return of_others(node, run, left, right, room);
}

struct expression_value *negate_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct shown shown;
    struct expression_value *value = node_get(node->left, run, room);

    if (!value)
        return NULL;
    if (!expression_is_number(value))
        return run_fail(run, node, "%s cannot be negated", show_value(run, value, &shown));
    return expression_set_number(room, -value->number);
}
