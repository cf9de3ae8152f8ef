/* JSON lists: joining. */
#include "stream/json_list.h"

#include <string.h>

static const struct slice separator = SLICE_INIT("; ");

void json_list_begin(struct json_list *list, struct buffer *text, bool array)
{
    *list = (struct json_list){.text = text, .begin = text->len, .array = array, .empty = true};
}

static int append_decoded(struct buffer *text, struct field value)
{
    if (value.kind == FIELD_TEXT && memchr(value.text.ptr, '\\', value.text.len))
        return json_decode(value.text, text);
    return buffer_append(text, value.text);
}

static int append_written(struct buffer *text, struct field value)
{
    if (value.kind == FIELD_NULL || value.kind == FIELD_ABSENT)
        return buffer_append(text, SLICE("null"));
    if (value.kind == FIELD_TEXT) /* its quotes stand around it */
        return buffer_append(text, (struct slice){value.text.ptr - 1, value.text.len + 2});
    return buffer_append(text, value.text);
}

int json_list_add(struct json_list *list, struct field value)
{
    struct buffer *text = list->text;

    if (list->mixed)
        return 0;
    if (list->count++ == 0)
        list->first = value;
    list->empty = list->empty && value.text.len == 0;
    if (list->array)
        return buffer_append_char(text, list->count == 1 ? '[' : ',') || append_written(text, value) ? -1 : 0;
    if (value.kind == FIELD_JSON) {
        list->mixed = true;
        return 0;
    }
    if (list->count > 1 && buffer_append(text, separator))
        return -1;
    size_t begin = text->len;
    if (append_decoded(text, value))
        return -1;
    list->mixed = text->len > begin && memmem(text->data + begin, text->len - begin, separator.ptr, separator.len);
    return 0;
}

int json_list_end(struct json_list *list, struct field *field, bool *inside)
{
    *inside = !list->array && (list->count <= 1 || list->empty);
    if (*inside) {
        list->text->len = list->begin;
        *field = (struct field){{"", 0}, FIELD_NULL};
        if (!list->empty)
            *field = list->first;
        return 0;
    }
    if (list->array && (list->count ? buffer_append_char(list->text, ']') : buffer_append(list->text, SLICE("[]"))))
        return -1;
    *field = (struct field){{NULL, list->text->len - list->begin}, list->array ? FIELD_JSON : FIELD_TEXT};
    return 0;
}

int json_list_add_elements(struct json_list *list, struct slice array)
{
    struct json_elements elements = json_elements_of(array);
    struct field element;

    while (!list->mixed && json_elements_next(&elements, &element))
        if (json_list_add(list, element))
            return -1;
    return 0;
}
