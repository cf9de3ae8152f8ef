/* XML, element by element: libxml2's parser, with what hostile files do closed off. A document type definition is
 * refused (and with it every entity but the five of XML), nothing outside the file is loaded, depth is bounded by
 * XML_DEPTH and a text by 10 MB. Names come without their namespace's prefix. */
#ifndef CRM_STREAM_XLSX_XML_H
#define CRM_STREAM_XLSX_XML_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/bytes.h"

#define XML_DEPTH 200

/* The attributes of an element; valid until the handler returns. */
struct xml_attributes {
    const unsigned char **values;
    int count;
};

/* The value of the attribute, entities resolved; ptr NULL when there is none. */
struct slice xml_attribute(const struct xml_attributes *attributes, const char *name);

/* Each may be NULL, returns 0, or -1 with err to end the parse. Texts may come in pieces. */
struct xml_handlers {
    int (*start)(void *context, const char *name, const struct xml_attributes *attributes, struct error *err);
    int (*end)(void *context, const char *name, struct error *err);
    int (*text)(void *context, struct slice text, struct error *err);
};

/* Parses one document to the last byte that read() gives. XML that is not well-formed is an error (STATUS_DATA) that
 * names its line. */
int xml_parse(const struct xml_handlers *handlers, void *context, byte_read *read, void *read_context,
              struct error *err);

#endif
