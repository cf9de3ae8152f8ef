/* The mapping of an import: which column of an export becomes which canonical column, and how its values are read.
 *
 * A mapping is said on the command line (amount=Betrag), found by alias, or read from a file that an earlier run saved
 * and a person may have edited:
 *
 *     {
 *       "entity": "order",
 *       "columns": [
 *         {"name": "customer_id", "from": ["Kundennummer", "Kunden-Nr."]},
 *         {"name": "order_date", "from": ["Datum"], "dates": "day-month"},
 *         {"name": "amount", "from": ["Betrag"], "decimal": ","},
 *         {"name": "full_name", "from": ["Kunde"], "names": "last-first"}
 *       ],
 *       "empty": ["n/a", "-"]
 *     }
 *
 * "from" lists names in headers, of which each input uses the first it has. "dates" is "day-month", "month-day" or
 * "year-first", ..., "decimal" is "." or ",", "names" is "first-last" or "last-first"; without them the data decides.
 * "empty" lists what stands for no value, in any column. Columns that are not listed are not mapped. */
#ifndef CRM_ANALYSIS_IMPORT_MAP_H
#define CRM_ANALYSIS_IMPORT_MAP_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "value/date_election.h"
#include "value/number_election.h"
#include "value/person_name.h"
#include "value/vocabulary.h"

struct import_rule {
    struct slice name;  /* the canonical column */
    struct slice *from; /* owned array; none: the column is not wanted */
    size_t from_count;
    size_t from_capacity;
    enum number_style number; /* NUMBER_EMPTY: by election */
    enum date_style date;     /* DATE_EMPTY: by election */
    enum name_order names;    /* NAME_UNDECIDED: by election */
    bool from_file;
};

struct import_map {
    enum entity entity;  /* ENTITY_NONE: not said */
    bool complete;       /* read from a file: no column is looked for by alias */
    bool table;          /* no entity at all: every column as it is */
    struct slice *empty; /* what stands for no value; owned array */
    size_t empty_count;
    size_t empty_capacity;
    struct import_rule *rules;
    size_t count;
    size_t capacity;
    struct arena text; /* of the slices */
};

void import_map_init(struct import_map *map);
void import_map_fini(struct import_map *map);

/* Reads the text of a map file; file is its name for messages. Rules that are there already (from the command line)
 * stay and win. -1: STATUS_USAGE with the path of what is wrong, or out of memory. */
int import_map_read(struct import_map *map, struct slice text, const char *file, struct error *err);

/* "CANONICAL=SOURCE"; nothing behind the equals sign leaves the column out. -1: STATUS_USAGE, or out of memory. */
int import_map_set(struct import_map *map, const char *text, struct error *err);

/* One more text that stands for no value. -1: out of memory. */
int import_map_empty(struct import_map *map, struct slice text);

/* Whether a value, without blanks around, stands for none. */
bool import_map_is_empty(const struct import_map *map, struct slice text);

/* The rule for a canonical column, or NULL. */
struct import_rule *import_map_find(const struct import_map *map, struct slice name);

/* A rule for name, made when there is none; and one more name for it to come from, unless it has that already. NULL,
 * -1: out of memory. */
struct import_rule *import_map_add(struct import_map *map, struct slice name);
int import_rule_add(struct import_map *map, struct import_rule *rule, struct slice from);

/* -1 with STATUS_USAGE when a rule's column is none of the entity's. */
int import_map_check(const struct import_map *map, enum entity entity, struct error *err);

/* Appends the text of the map file. -1: a name is not UTF-8 (STATUS_DATA), or out of memory. */
int import_map_write(const struct import_map *map, struct buffer *text, struct error *err);

#endif
