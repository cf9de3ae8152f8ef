/* The properties of an address card: [group.]NAME[;parameters]:value. */
#ifndef CRM_STREAM_VCARD_PROPERTY_H
#define CRM_STREAM_VCARD_PROPERTY_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

enum vcard_version { VCARD_2_1, VCARD_3_0, VCARD_4_0 };

enum vcard_type {
    VCARD_WORK = 1,
    VCARD_HOME = 2,
    VCARD_CELL = 4,
    VCARD_FAX = 8,
    VCARD_PAGER = 16, /* and other things one cannot talk to */
};

enum vcard_encoding { VCARD_PLAIN, VCARD_QUOTED_PRINTABLE, VCARD_BASE64 };

struct vcard_property {
    struct slice line;  /* the whole, unfolded; what follows are parts of it */
    struct slice group; /* before the point */
    struct slice name;
    struct slice value;   /* as written */
    struct slice charset; /* empty: not said */
    unsigned types;       /* enum vcard_type */
    int preference;       /* 1 (most) to 100; 101: not said */
    enum vcard_encoding encoding;
    bool uri;   /* VALUE=uri or url */
    bool taken; /* for whoever goes through the properties */
};

/* Takes a line apart. false: it is none (no name, or no colon). */
bool vcard_property_parse(struct vcard_property *property, struct slice line);
bool vcard_property_is(const struct vcard_property *property, const char *name);

/* Appends the value, decoded, escapes not yet resolved. -1 with err; STATUS_DATA: the charset is unknown. */
int vcard_property_decode(const struct vcard_property *property, struct buffer *out, struct error *err);

/* Takes the next component of a decoded value, up to an unescaped `separator`, from *rest; false when there is none. */
bool vcard_component(struct slice *rest, char separator, struct slice *component);

/* Appends text with its escapes resolved: \n (not in 2.1) \, \; \: \\. -1: out of memory. */
int vcard_unescape(struct buffer *out, struct slice text, enum vcard_version version);

/* How the value of a line that may go on is encoded: known once there is a colon, *colon then says so. */
enum vcard_encoding vcard_line_encoding(struct slice line, bool *colon);

/* Letters of ASCII in either case are the same. */
bool vcard_same(struct slice text, const char *word);

#endif
