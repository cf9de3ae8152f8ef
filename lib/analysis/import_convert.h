/* The conversion of a record of an import, as its files share it: import_value.c, each column by itself; what
 * needs several: import_group.c, and for e-mails and telephones import_contact.c. */
#ifndef CRM_ANALYSIS_IMPORT_CONVERT_H
#define CRM_ANALYSIS_IMPORT_CONVERT_H

#include "analysis/import.h"

struct conversion_pass {
    const struct import *import;
    const struct import_input *input;
    const struct import_source *sources;
    const struct record *record;
    struct import_worker *worker;
    struct arena *arena;
    struct field *fields;
    struct import_refusal *refusal;
    struct currency currency; /* beside the amount */
};

/* The output's field becomes a copy of text. */
enum import_outcome import_put(struct conversion_pass *pass, size_t output, struct slice text, enum field_kind kind);

/* The record is rejected. */
enum import_outcome import_refuse(struct conversion_pass *pass, size_t output, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Text has to be text: what was no character in the input's encoding shows here. */
enum import_outcome import_check_text(struct conversion_pass *pass, size_t output, struct slice text);

/* A value that is not what it should be, and stays. */
void import_note_problem(struct conversion_pass *pass, size_t output, struct slice value, const char *reason);

/* A value that is not what it should be: kept, left out or reason to reject, as the settings say. *keep: the first. */
enum import_outcome import_invalid_value(struct conversion_pass *pass, size_t output, struct slice value,
                                         const char *reason, bool *keep);

/* A text between the record and its output that stands for no value. */
bool import_stands_for_none(const struct conversion_pass *pass, struct slice trimmed);

/* The text of an output, without blanks around; empty when there is no such output. */
struct slice import_text_of(const struct conversion_pass *pass, size_t output);

/* The groups, in this order. */
enum import_outcome import_money(struct conversion_pass *pass);
enum import_outcome import_person(struct conversion_pass *pass);
enum import_outcome import_emails(struct conversion_pass *pass);
enum import_outcome import_phones(struct conversion_pass *pass);
enum import_outcome import_addresses(struct conversion_pass *pass);

#endif
