/* JSON paths: the part of jq's paths that names one value: .company.name, ."Lead Source", .a["b"], .lines[0].sku,
 * .tags[-1].
 *
 * A path is parsed once. Walking it builds nothing: the scanner passes over the text, and the value is a part of it,
 * so numbers keep their digits. */
#ifndef CRM_STREAM_JSON_PATH_H
#define CRM_STREAM_JSON_PATH_H

#include "base/error.h"
#include "stream/json_scan.h"

struct json_step {
    struct slice name; /* of a member, decoded; ptr NULL for an element of an array */
    long long index;   /* of an element, from 0; -1 is the last */
};

struct json_path {
    struct json_step *steps; /* owned */
    size_t count;            /* at least 1; the first is a name */
    size_t capacity;
    struct buffer names; /* what the names of the steps point into */
};

/* 0 with *path, to be freed by json_path_free(), or -1: memory, or (STATUS_USAGE) text is not a path. */
int json_path_parse(struct json_path **path, struct slice text, struct error *err);
void json_path_free(struct json_path *path);

/* Follows the steps behind the first from a value that was found valid, as json_field() gives it. *found is again such
 * a field: null as soon as null is met, absent when there is no such member or element. A name that occurs twice means
 * its last value. scratch is overwritten. 0, or -1 out of memory. */
int json_path_walk(const struct json_path *path, struct field value, struct buffer *scratch, struct field *found);

#endif
