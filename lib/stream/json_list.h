/* JSON lists: several values as the text of one field, joined as by jq's join("; "): a; b; c. Null and absent values
 * are empty, one value alone is itself, none is null. Where that could not be taken apart again, because a value
 * holds "; " or is an array or object, the field is the JSON array of the values, each as it was written. */
#ifndef CRM_STREAM_JSON_LIST_H
#define CRM_STREAM_JSON_LIST_H

#include "stream/json_scan.h"

struct json_list {
    struct buffer *text; /* borrowed: what is joined is appended to it */
    size_t begin;        /* where it begins there */
    size_t count;        /* of the values so far */
    bool array;          /* written as a JSON array */
    bool mixed;          /* the values cannot be joined: nothing is appended any more */
    bool empty;          /* no value with text so far */
    struct field first;  /* as it was added */
};

/* An empty list; array: it will be written as a JSON array. */
void json_list_begin(struct json_list *list, struct buffer *text, bool array);

/* Adds a value as json_field() gives it. 0 or -1, memory. */
int json_list_add(struct json_list *list, struct field value);

/* The field: its text is what was appended, and lies in the buffer at list->begin, or is a part of the only value, when
 * *inside is set. Not for a list that is mixed. 0 or -1, memory. */
int json_list_end(struct json_list *list, struct field *field, bool *inside);

/* Adds the elements of a valid array. 0 or -1, memory. */
int json_list_add_elements(struct json_list *list, struct slice array);

#endif
