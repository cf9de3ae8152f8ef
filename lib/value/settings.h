/* Settings: reading the JSON files that users write (maps, cuts, segments): strict, with messages that name the file
 * and the path of what is wrong; and writing JSON.
 *
 * All errors are STATUS_USAGE, such a file being part of how the program was called, or STATUS_SYSTEM, out of memory.
 */
#ifndef CRM_VALUE_SETTINGS_H
#define CRM_VALUE_SETTINGS_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"
#include "value/decimal.h"

/* Where in a file one is: "segments[2].r". path and key may be empty. */
struct settings_place {
    const char *file;
    char path[256];
};

/* The object that text holds; the caller owns it (json_decref). NULL: it is none, or a key is there twice. */
json_t *settings_read(struct slice text, const char *file, struct error *err);

/* "FILE: PATH: MESSAGE". Returns -1. */
int settings_fail(const struct settings_place *place, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The place of a member (key) or, with key NULL, of an element (index) of what is at place. */
struct settings_place settings_member(const struct settings_place *place, const char *key, size_t index);

/* -1 if value is no object, or has a key that is not among keys (NULL-terminated). */
int settings_object(const struct settings_place *place, const json_t *value, const char *const *keys,
                    struct error *err);

/* The text of a string, valid as long as value. -1 if value is none. */
int settings_string(const struct settings_place *place, const json_t *value, struct slice *text, struct error *err);

/* Parts of a file that is written by hand, so that people find their way in it. 0, or -1 out of memory. A finite
 * number, with the fewest digits that are read as the same one; text as part of a string, without its quotation marks.
 */
int settings_put_number(struct buffer *text, double number);
int settings_put_escaped(struct buffer *text, struct slice value);

/* Appends the value as json_dumps(3) would write it with these flags, an array or object; value NULL is one that memory
 * did not suffice for. -1: out of memory, and text is as it was. */
int settings_write(const json_t *value, size_t flags, struct buffer *text);

#endif
