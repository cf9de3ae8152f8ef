/* JSON paths: the part of jq's paths that names one value, and "[]" for those of all elements: .company.name,
 * ."Lead Source", .a["b"], .lines[0].sku, .tags[-1], .phones[].number.
 *
 * A path is parsed once. Walking it builds nothing: the scanner passes over the text, and the value is a part of it,
 * so numbers keep their digits. */
#ifndef CRM_STREAM_JSON_PATH_H
#define CRM_STREAM_JSON_PATH_H

#include "base/error.h"
#include "stream/json_list.h"

struct json_step {
    struct slice name; /* of a member, decoded; ptr NULL for an element of an array */
    long long index;   /* of an element, from 0; -1 is the last */
    bool each;         /* all elements */
};

struct json_path {
    struct json_step *steps; /* owned */
    size_t count;            /* at least 1; the first is a name */
    size_t capacity;
    bool each;           /* there is a "[]" */
    struct buffer names; /* what the names of the steps point into */
};

#define JSON_EACH 8 /* "[]" a path has at most: they are walked by recursion */

/* 0 with *path, to be freed by json_path_free(), or -1: memory, or (STATUS_USAGE) text is not a path. */
int json_path_parse(struct json_path **path, struct slice text, struct error *err);
void json_path_free(struct json_path *path);

/* Appends the step to a member as jq writes it: .name, or ."Lead Source" for what is no identifier. 0 or -1, memory. */
int json_path_append(struct buffer *text, struct slice name);

/* Whether a member of the objects in the array named `list` holds their value: it is called value, or email, phone,
 * number, address or url, which the array is named after (emails, phone_numbers). In any case of ASCII letters. */
bool json_is_value_name(struct slice list, struct slice member);

/* What a column is about: the names in its path with blanks between them, but for those that only say that here is the
 * value, and for objects that are there for the form, called properties, attributes, fields, _source or node: "email"
 * of .properties.email, .email.value and .email[].value, "emails" of .emails[].email, "email label" of .email[].label,
 * "company name" of .company.name. Of a name in quotes it is what stands between them; text that is not a path is taken
 * as it is. Appended. 0 or -1, memory. */
int json_path_title(struct slice text, struct buffer *title);

/* Follows the steps from step `from` on, which is at least 1, from a value that was found valid, as json_field() gives
 * it; none of them is a "[]". *found is again such a field: null as soon as null is met, absent when there is no such
 * member or element. A name that occurs twice means its last value. scratch is overwritten. 0, or -1 out of memory. */
int json_path_walk(const struct json_path *path, size_t from, struct field value, struct buffer *scratch,
                   struct field *found);

/* The same with any steps: adds every value found to the list, one that is absent as null. */
int json_path_walk_each(const struct json_path *path, size_t from, struct field value, struct buffer *scratch,
                        struct json_list *list);

/* The last member of an object that has the name, decoded. *found is as above. 0, or -1 out of memory. */
int json_find_member(struct slice object, struct slice name, struct buffer *scratch, struct field *found);

#endif
