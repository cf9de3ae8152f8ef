/* Import: from raw exports to records with standard columns and standard values.
 *
 *     import_plan()    looks at the beginning of each input (all of it where that does not decide), finds out what the
 *                      file is, what kind of record it holds, which column is which, and how its values are written
 *     import_next()    the next record, converted
 *
 * Nothing is guessed per value and nothing is dropped in silence: a column's reading is elected from all its values
 * (number_election.h, date_election.h, person_name.h); where the values do not decide, the plan fails and says which
 * option does. What was concluded and not told is noted with its evidence (import_guess.h); a strict import refuses it.
 *
 * An input whose first SAMPLE bytes settle everything is read once. Where dates such as 01/02/2026 occur, or numbers
 * such as 1.234, or a column is empty so far, the whole input is looked at first; a pipe is copied to a temporary file
 * for that. */
#ifndef CRM_ANALYSIS_IMPORT_H
#define CRM_ANALYSIS_IMPORT_H

#include "analysis/import_guess.h"
#include "analysis/import_map.h"
#include "analysis/import_profile.h"
#include "analysis/import_value.h"
#include "base/workers.h"
#include "stream/dialect.h"
#include "stream/foreign.h"
#include "stream/stream.h"
#include "value/country.h"

#define IMPORT_SAMPLE SOURCE_SAMPLE
#define IMPORT_COLUMNS 50000 /* of the output; each takes some 6 KB */

/* What becomes of an e-mail address, a telephone number or a country that is none. */
enum import_invalid { IMPORT_INVALID_KEEP, IMPORT_INVALID_EMPTY, IMPORT_INVALID_REJECT };

struct import_settings {
    enum number_style number; /* --decimal: NUMBER_POINT, NUMBER_COMMA; NUMBER_EMPTY: by election */
    enum date_style date;     /* --dmy, --mdy; DATE_EMPTY: by election */
    enum name_order names;    /* --name-order; NAME_UNDECIDED: by election */
    enum import_invalid invalid;
    const char *region;      /* ISO 3166-1 alpha-2, capital letters; NULL: not told */
    const char *encoding;    /* of the inputs; NULL: found out */
    const char *date_format; /* strptime(3) format of all dates; NULL */
    const char *sheet;       /* of a workbook; NULL: the first */
    const char *profile;     /* a name that import_profile_find() knows, or "none"; NULL: by the header */
    uint64_t skip_lines;     /* before the header, if skip_told */
    bool skip_told;
    size_t threads; /* 1 or more */
    bool whole;     /* look at all of every input, for a report */
    bool keep_all;  /* columns that map to nothing are kept behind the others under their own names, and what
                       converted ones were */
    bool keep_raw;  /* of converted columns, too, what they were */
    bool strict;    /* a guess is an error */
    bool report;    /* columns are profiled */
};

/* How the values of an output come about. */
enum import_from {
    IMPORT_COLUMN,  /* converted from a column of the input */
    IMPORT_PRODUCT, /* amount: quantity x unit_price */
    IMPORT_DERIVED, /* from other outputs: a key, a part of a name, a parameter of an address, a currency */
};

/* A column of the output. */
struct import_output {
    struct slice name;
    enum value_kind kind;
    bool kept;      /* not canonical: keep_all */
    uint64_t empty; /* records without a value so far though their input has the column; counted for ids */
};

/* How an output column is read from one input. */
struct import_source {
    struct slice from; /* the name in the header; from.ptr NULL: this input has no such column */
    enum import_from way;
    enum number_style number;
    enum date_style date;
    enum name_order names;
    bool integers;        /* an id that a spreadsheet has made a number: 17850.0 is 17850 */
    bool json;            /* JSON numbers were among the values: they have one way to be written */
    bool elected;         /* how it is read was decided by the data */
    bool several;         /* e-mails, phones: some value held more than one */
    struct currency unit; /* by the name of the column */
    struct number_election numbers;
    struct date_election dates;
    struct name_election persons;
    uint64_t filled;   /* values seen by the survey */
    uint64_t floats;   /* of them, whole numbers with ".0" */
    uint64_t undotted; /* of them, dates that need an order and have no dots */
    bool dotted;       /* DATE_DAY_FIRST holds for dates with dots only: no other was seen in the part looked at */
};

/* What a name in a header stands for. */
struct import_match {
    size_t column; /* of the entity; COLUMN_ABSENT: nothing */
    unsigned rank; /* vocabulary_rank() */
};

/* A further column of e-mail addresses or telephone numbers. */
struct import_extra {
    struct slice from;  /* ptr NULL: this input has fewer */
    struct slice label; /* the column that says of which sort it is ("Phone 2 - Label"); ptr NULL: none */
};

/* What is known about one input. */
struct import_input {
    struct import_source *sources; /* one per output */
    struct slice *names;           /* the header, in order; borrowed */
    struct slice *spoken;          /* the same as the vocabulary can know them; owned */
    size_t name_count;
    struct import_match *matches; /* one per name; owned */
    struct import_extra *extras;  /* e-mails first, then phones; owned */
    size_t extra_count;
    size_t extra_capacity;
    size_t extra_emails;                  /* of extra_count */
    struct slice email_label;             /* as phone_label, of the first e-mail */
    struct slice phone_label;             /* the column that says of which sort the first phone is; ptr NULL: none */
    const struct import_profile *profile; /* NULL: none */
    struct import_map ready;              /* of the profile */
    size_t source_capacity;
    uint64_t surveyed; /* records looked at */
    bool sparse;       /* the header holds all that could be: a column without a value is none */
    bool whole;        /* the survey saw all of the input */
    double confidence; /* that the entity is the right one */
    struct foreign foreign;
    struct encoding_guess encoding;
    struct dialect dialect;
    struct source *sample;
    struct reader *reader; /* over the sample */
};

/* Outputs that several others are worked out from, or COLUMN_ABSENT. */
struct import_roles {
    size_t amount, quantity, unit_price, currency;
    size_t full_name, first_name, middle_name, last_name;
    size_t email, email_key, other_emails;
    size_t phone, phone_key, mobile, other_phones, fax;
    size_t tags;
    size_t country, website, domain, landing_page, utm[5];
};

struct import {
    struct stream *stream; /* borrowed */
    struct import_settings settings;
    struct import_map map; /* what was said and, after the plan, what was found */
    struct import_guesses guesses;
    struct import_input *inputs;
    struct import_output *outputs;
    size_t output_count;
    size_t output_capacity;
    struct import_roles roles;
    size_t extra_emails, extra_phones; /* the most that an input has; their stream columns stand behind the outputs */
    struct arena names;
    struct country_index *countries;
    struct region_hints hints; /* of settings.region */
    struct import_run *run;    /* after the plan */
};

/* stream: opened with a lenient header, not started; map: taken over. */
void import_init(struct import *import, struct stream *stream, struct import_map *map,
                 const struct import_settings *settings);
void import_fini(struct import *import);

/* Finds out everything, starts the stream and binds its columns. undecided: NULL, or where to count the columns whose
 * reading the data does not decide, instead of failing at the first. */
int import_plan(struct import *import, size_t *undecided, struct error *err);

/* 1 and the fields of the next record, one per output, valid until the next call; 0 at the end; -1. A record with a
 * value that cannot be read is rejected (rejects.h). record may be used with stream_reject(). */
int import_next(struct import *import, struct record *record, const struct field **fields, struct error *err);
/* Converts and writes all records; one that the format cannot hold is a bad record. */
int import_write(struct import *import, struct writer *writer, struct error *err);

/* What was not right in the values of an output, though no reason to reject the record: e-mail addresses, telephone
 * numbers, countries, yes and no that are none. After import_next() has given 0. NULL: nothing. */
const struct import_problems *import_problems(const struct import *import, size_t output);

/* One line on what was found for an input: "order: customer_id from Kundennummer, order_date from Datum (day-month),
 * ...; not mapped: Bemerkung". */
int import_describe(const struct import *import, size_t input, struct buffer *text);

/* One line on why a column is read as it is: "amount from 'Betrag': decimal comma, as in '1.234,50' on line 3; 277 of
 * 277 records have a value". Nothing for a column the input does not have. */
int import_explain(const struct import *import, size_t input, size_t output, struct buffer *text);

/* "year-first", "day-month", "decimal point", ... or "" for a column that is not elected. */
const char *import_reading(const struct import_output *output, const struct import_source *source);

#endif
