/* Functions of texts. Only ASCII letters change case, as in jq. What a function makes of untyped text is untyped, so
 * that an amount that was freed of its currency still is a number; pieces of a text that was split are strings.
 *
 * `ascii_downcase | contains("x")` searches without making the small letters (expression_needles.c). */
#include "value/expression_parts.h"

#include <string.h>

#include "base/utf8.h"

/* The operand and the argument, both strings; NULL: err, with what the function says. */
static struct expression_value *two_texts(const struct node *node, struct run *run, struct expression_value rooms[2],
                                          struct expression_value **argument)
{
    struct expression_value *value = node_get(node->left, run, &rooms[0]);

    *argument = value ? node_get(node->right, run, &rooms[1]) : NULL;
    if (!*argument)
        return NULL;
    if (value->type != EXPRESSION_STRING || (*argument)->type != EXPRESSION_STRING)
        return run_fail(run, node, "%s() requires string inputs", node->function->name);
    return value;
}

static bool starts_with(struct slice text, struct slice prefix)
{
    return text.len >= prefix.len && (prefix.len == 0 || memcmp(text.ptr, prefix.ptr, prefix.len) == 0);
}

static bool ends_with(struct slice text, struct slice suffix)
{
    return text.len >= suffix.len &&
           (suffix.len == 0 || memcmp(text.ptr + text.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

int starts_test(const struct node *node, struct run *run)
{
    struct expression_value rooms[2];
    struct expression_value *prefix;
    struct expression_value *value = two_texts(node, run, rooms, &prefix);

    return value ? starts_with(value->text, prefix->text) : -1;
}

int ends_test(const struct node *node, struct run *run)
{
    struct expression_value rooms[2];
    struct expression_value *suffix;
    struct expression_value *value = two_texts(node, run, rooms, &suffix);

    return value ? ends_with(value->text, suffix->text) : -1;
}

/* Without the prefix or suffix, if it is there; what is no string is left as it is. */
static struct expression_value *trim(const struct node *node, struct run *run, bool at_end,
                                     struct expression_value *room)
{
    struct expression_value rooms[2];
    struct expression_value *value = node_get(node->left, run, &rooms[0]);
    struct expression_value *cut = value ? node_get(node->right, run, &rooms[1]) : NULL;

    if (!cut)
        return NULL;
    struct slice text = value->text;
    bool found = value->type == EXPRESSION_STRING && cut->type == EXPRESSION_STRING &&
                 (at_end ? ends_with(text, cut->text) : starts_with(text, cut->text));
    if (!found) {
        *room = *value;
        return room;
    }
    text = (struct slice){at_end ? text.ptr : text.ptr + cut->text.len, text.len - cut->text.len};
    return expression_set_like(room, text, value);
}

struct expression_value *left_trim_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return trim(node, run, false, room);
}

struct expression_value *right_trim_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return trim(node, run, true, room);
}

/* Eight bytes at a time: the letters from first on, 26 of them, change their case. A byte above 127 is none. */
static void change_case(char *out, struct slice text, char first)
{
    const uint64_t ones = 0x0101010101010101U;
    size_t i = 0;

    for (; i + 8 <= text.len; i += 8) {
        uint64_t word;
        memcpy(&word, text.ptr + i, 8);
        uint64_t low = word & ones * 0x7f;
        uint64_t above = low + ones * (0x80 - (uint64_t)first);
        uint64_t behind = low + ones * (0x80 - (uint64_t)first - 26);
        word ^= ((above & ~behind & ~word) & ones * 0x80) >> 2;
        memcpy(out + i, &word, 8);
    }
    for (; i < text.len; i++)
        out[i] = (char)(text.ptr[i] >= first && text.ptr[i] < first + 26 ? text.ptr[i] ^ 0x20 : text.ptr[i]);
}

static struct expression_value *with_case(const struct node *node, struct run *run, char first,
                                          struct expression_value *room)
{
    struct expression_value *value = node_get(node->left, run, room);

    if (!value)
        return NULL;
    if (value->type != EXPRESSION_STRING)
        return run_fail(run, node, "%s input must be a string", node->function->name);
    char *text = arena_alloc(&run->context->arena, value->text.len);
    if (!text)
        return run_out_of_memory(run);
    change_case(text, value->text, first);
    return expression_set_like(room, (struct slice){text, value->text.len}, value);
}

struct expression_value *downcase_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return with_case(node, run, 'A', room);
}

struct expression_value *upcase_value(const struct node *node, struct run *run, struct expression_value *room)
{
    return with_case(node, run, 'a', room);
}

/* A piece, as an element of a JSON array. */
static int put_piece(struct run *run, struct slice text, bool first)
{
    struct buffer *out = &run->context->scratch;

    if (!first && buffer_append_char(out, ','))
        return error_memory(run->err);
    return json_print_string(run, text, out);
}

static int put_pieces(struct run *run, struct slice text, struct slice separator)
{
    bool first = true;

    while (separator.len) {
        const char *at = text.len ? memmem(text.ptr, text.len, separator.ptr, separator.len) : NULL;
        if (!at)
            return put_piece(run, text, first);
        size_t length = (size_t)(at - text.ptr);
        if (put_piece(run, (struct slice){text.ptr, length}, first))
            return -1;
        length += separator.len;
        text = (struct slice){text.ptr + length, text.len - length};
        first = false;
    }
    for (size_t i = 0, length; i < text.len; i += length) {
        length = utf8_char_length(text.ptr + i, text.len - i);
        length = length ? length : 1;
        if (put_piece(run, (struct slice){text.ptr + i, length}, i == 0))
            return -1;
    }
    return 0;
}

struct expression_value *split_text(struct run *run, struct slice text, struct slice separator,
                                    struct expression_value *room)
{
    struct buffer *out = &run->context->scratch;
    size_t start = out->len;

    if (buffer_append_char(out, '['))
        return run_out_of_memory(run);
    if (text.len && put_pieces(run, text, separator))
        return NULL;
    if (buffer_append_char(out, ']'))
        return run_out_of_memory(run);
    *room = (struct expression_value){.type = EXPRESSION_ARRAY, .reading = EXPRESSION_IS_NO_NUMBER};
    return scratch_take(run, start, &room->text) ? NULL : room;
}

struct expression_value *split_value(const struct node *node, struct run *run, struct expression_value *room)
{
    struct expression_value rooms[2];
    struct expression_value *value = node_get(node->left, run, &rooms[0]);
    struct expression_value *separator = value ? node_get(node->right, run, &rooms[1]) : NULL;

    if (!separator)
        return NULL;
    if (value->type != EXPRESSION_STRING || separator->type != EXPRESSION_STRING)
        return run_fail(run, node, "split input and separator must be strings");
    return split_text(run, value->text, separator->text, room);
}

static bool text_contains(struct slice text, struct slice part)
{
    return part.len == 0 || (text.len >= part.len && memmem(text.ptr, text.len, part.ptr, part.len));
}

static int contains(struct run *run, struct expression_value *a, struct expression_value *b, unsigned depth);

/* Every element of b is contained in one of a. */
static int array_contains(struct run *run, const struct expression_value *a, const struct expression_value *b,
                          unsigned depth)
{
    struct json_walk walk;
    struct json_item part;
    int more;

    if (json_walk_begin(run, b, &walk))
        return -1;
    while ((more = json_walk_next(run, &walk, &part)) > 0) {
        struct json_walk others;
        struct json_item item;
        int found = 0;
        int another = 0;
        if (json_walk_begin(run, a, &others))
            return -1;
        while (!found && (another = json_walk_next(run, &others, &item)) > 0)
            found = contains(run, &item.value, &part.value, depth + 1);
        if (found < 0 || another < 0)
            return -1;
        if (!found)
            return 0;
    }
    return more < 0 ? -1 : 1;
}

/* Every member of b is contained in that of a with the same name. */
static int object_contains(struct run *run, const struct expression_value *a, const struct expression_value *b,
                           unsigned depth)
{
    struct json_items parts;
    int found = 1;

    if (json_items(run, b, &parts))
        return -1;
    for (size_t i = 0; i < parts.count && found > 0; i++) {
        struct expression_value member;
        found = json_member(run, a, parts.items[i].key, &member);
        if (found > 0)
            found = contains(run, &member, &parts.items[i].value, depth + 1);
    }
    return found;
}

static int contains(struct run *run, struct expression_value *a, struct expression_value *b, unsigned depth)
{
    int order;

    if (depth > EXPRESSION_JSON_DEPTH)
        return error_set(run->err, STATUS_DATA, "nested too deeply");
    if (a->type != b->type)
        return 0;
    if (a->type == EXPRESSION_STRING)
        return text_contains(a->text, b->text);
    if (a->type == EXPRESSION_ARRAY)
        return array_contains(run, a, b, depth);
    if (a->type == EXPRESSION_OBJECT)
        return object_contains(run, a, b, depth);
    return expression_order(run, a, b, &order) ? -1 : order == 0;
}

static int contains_either(const struct node *node, struct run *run, bool inside)
{
    struct expression_value rooms[2];
    struct shown shown[2];
    struct expression_value *value = node_get(node->left, run, &rooms[0]);
    struct expression_value *part = value ? node_get(node->right, run, &rooms[1]) : NULL;

    if (!part)
        return -1;
    if (inside) {
        struct expression_value *whole = part;
        part = value;
        value = whole;
    }
    if (value->type != part->type) {
        const char *left = show_value(run, value, &shown[0]);
        const char *right = show_value(run, part, &shown[1]);
        run_fail(run, node, "%s and %s cannot have their containment checked", left, right);
        return -1;
    }
    return contains(run, value, part, 0);
}

int contains_test(const struct node *node, struct run *run)
{
    return contains_either(node, run, false);
}

int inside_test(const struct node *node, struct run *run)
{
    return contains_either(node, run, true);
}

/* right is a constant; node->folds is the ascii_downcase that node->left is the operand of, or NULL. */
int contains_text_test(const struct node *node, struct run *run)
{
    struct expression_value room;
    struct expression_value *value = node_get(node->left, run, &room);

    if (!value)
        return -1;
    if (value->type == EXPRESSION_STRING)
        return node->needles ? needles_in(node->needles, value->text)
                             : text_contains(value->text, node->right->constant.text);
    if (!node->folds)
        return contains_either(node, run, false);
    run_fail(run, node->folds, "ascii_downcase input must be a string");
    return -1;
}
