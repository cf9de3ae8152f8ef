/* The package of a spreadsheet: a zip archive whose parts are XML (ECMA-376 part 2), by libzip. */
#ifndef CRM_STREAM_XLSX_PACKAGE_H
#define CRM_STREAM_XLSX_PACKAGE_H

#include <stdio.h>

#include "base/arena.h"
#include "stream/xlsx_xml.h"

/* A part may expand to EXPANDED_MOST bytes, and to EXPANDED_TIMES its size once it is over EXPANDED_FREE. */
#define XLSX_EXPANDED_MOST ((uint64_t)1 << 30)
#define XLSX_EXPANDED_FREE ((uint64_t)64 << 20)
#define XLSX_EXPANDED_TIMES 200

struct zip;

struct xlsx_package {
    struct zip *zip;
    FILE *stream;     /* that zip reads, and owns */
    const char *name; /* of the file, for messages; borrowed */
};

/* Opens the archive in fd, which stays the caller's and open. Refused with a message that says what it is: older
 * formats, encrypted workbooks, OpenDocument, archives of other things. */
int xlsx_package_open(struct xlsx_package *package, int fd, const char *name, struct error *err);
void xlsx_package_close(struct xlsx_package *package);

bool xlsx_package_has(const struct xlsx_package *package, const char *part);

/* Parses a part, whose path is without the leading slash; errors begin with the file's name and the part's. */
int xlsx_package_parse(const struct xlsx_package *package, const char *part, const struct xml_handlers *handlers,
                       void *context, struct error *err);

/* What a part refers to: its relationships, from "_rels/NAME.rels" beside it. */
struct xlsx_relations {
    struct xlsx_relation *list; /* owned; the texts are in the arena */
    size_t count;
    size_t capacity;
    struct arena *arena;
    const char *base; /* the folder of the part, "xl/" or "" */
};
struct xlsx_relation {
    struct slice id;
    struct slice type;  /* the last word of its address: "worksheet", "sharedStrings" */
    const char *target; /* the path of the part in the archive */
};

/* Reads those of the part `part` ("" for the package). None is no error. Free relations->list also after an error. */
int xlsx_relations_read(struct xlsx_relations *relations, const struct xlsx_package *package, const char *part,
                        struct arena *arena, struct error *err);
/* The first of a type, or with an id; NULL. */
const struct xlsx_relation *xlsx_relation_typed(const struct xlsx_relations *relations, const char *type);
const struct xlsx_relation *xlsx_relation_named(const struct xlsx_relations *relations, struct slice id);

#endif
