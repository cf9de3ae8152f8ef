/* Vocabulary: the standard names of columns, and the names that real exports give them (crm-fields(5)).
 *
 * Every kind of record, an entity, has its canonical columns in a fixed order. Each column knows its aliases: what
 * HubSpot, Salesforce, Zoho, Pipedrive, Bitrix24, amoCRM, Odoo, address books, shops and 1C write in English, Russian,
 * Chinese, Arabic, German, French, Spanish and Portuguese. Everything here is constant data and pure functions: nothing
 * is allocated, nothing fails, any thread may call. */
#ifndef CRM_VALUE_VOCABULARY_H
#define CRM_VALUE_VOCABULARY_H

#include "base/slice.h"

enum entity {
    ENTITY_NONE,
    ENTITY_CONTACT,
    ENTITY_LEAD,
    ENTITY_ACCOUNT,
    ENTITY_DEAL,
    ENTITY_STAGE_HISTORY,
    ENTITY_ORDER,
    ENTITY_EVENT,
    ENTITY_SPEND,
    ENTITY_SUBSCRIPTION,
    ENTITY_TICKET,
    ENTITY_SURVEY,
};
#define ENTITY_COUNT (ENTITY_SURVEY + 1)

/* What a column's values are. */
enum value_kind {
    VALUE_TEXT,
    VALUE_ID,      /* an opaque key: compared byte for byte, never read as a number */
    VALUE_DATE,    /* a day or an instant */
    VALUE_AMOUNT,  /* money, exact decimal */
    VALUE_NUMBER,  /* decimal quantity, probability, score */
    VALUE_NAME,    /* a whole name of a person */
    VALUE_EMAIL,   /* an address; stored with its domain in lower case */
    VALUE_EMAILS,  /* further addresses, joined by "; " */
    VALUE_PHONE,   /* a telephone number; stored as E.164 */
    VALUE_PHONES,  /* further numbers, joined by "; " */
    VALUE_KEY,     /* a match key worked out from another column */
    VALUE_COUNTRY, /* ISO 3166-1 alpha-2 */
    VALUE_BOOLEAN, /* true or false */
    VALUE_SIZE,    /* a number, or a range of numbers: 51-200, 10000+ */
    VALUE_URL,     /* the address of a page, perhaps with UTM parameters */
};

struct vocabulary_column {
    const char *name;
    enum value_kind kind;
    unsigned weight; /* how much the column says about what kind of record it is in; 0: see vocabulary_recognise() */
    const char *meaning; /* one line of the manual */
    const char *aliases; /* separated by '|', the preferred first: work before private before other */
};

/* "contact" ... "survey"; "none" for ENTITY_NONE and anything that is no entity. */
const char *entity_name(enum entity entity);

/* The entity of that name, in any case, and in the plural ("orders") too. false: there is none, *out is left alone. */
bool entity_find(struct slice name, enum entity *out);

/* "text", "id", "date", "amount", "number", "name", "email", "emails", "phone", "phones", "key", "country", "boolean",
 * "size", "url". */
const char *value_kind_name(enum value_kind kind);

/* The columns of an entity in canonical order; NULL and 0 for ENTITY_NONE. */
const struct vocabulary_column *vocabulary_columns(enum entity entity, size_t *count);

/* The form in which names are compared, in UTF-8: compatibility forms ("Ｅｍａｉｌ", "№") resolved, case folded, marks
 * on letters dropped ("Prénom" is "prenom", "счёт" is "счет"), and without blanks, control and invisible characters
 * (BOM, no-break space, direction marks), dashes, underscores, quotes and . , : ; / \ * ° and the like. Bytes that are
 * not UTF-8 become U+FFFD. Returns the length; 0 for a name that has nothing left or whose form is longer than the
 * room. A name of more than VOCABULARY_KEY characters matches nothing. */
#define VOCABULARY_KEY 200
size_t vocabulary_normalise(struct slice name, char key[VOCABULARY_KEY]);

/* How well the name in a header stands for a canonical column of an entity. */
enum match {
    MATCH_NONE,
    MATCH_ALIAS_DECORATED, /* an alias with something around it: see vocabulary_rank() */
    MATCH_ALIAS,           /* an alias, or the canonical name written differently ("Order ID") */
    MATCH_CANONICAL,       /* the canonical name, byte for byte */
};

/* column: an index into vocabulary_columns(); MATCH_NONE when there is no such column. A name stands for at most one
 * column of an entity. When several names of a header match the same column, the caller takes the best match, on a tie
 * the lowest vocabulary_rank(), then the first. */
enum match vocabulary_match(enum entity entity, size_t column, struct slice header);

/* The same, finer: 0 for the canonical name, 1 for the canonical name written differently, then by the position of the
 * alias ("Work email" before "Home email" before "Other email"), then the decorated names; VOCABULARY_NO_RANK when it
 * does not match.
 *
 * A name is decorated when an alias is left after removing
 * - the entity in front: "Person - Phone*", "Контакт: Рабочий телефон", "Opportunity.Probability";
 * - a number and "Value" behind: "E-mail 1 - Value"; a number alone, set apart: "Примечание 2", and what a reader makes
 *   of repeated names: "utm_source_2"; for e-mail and phone also one that is not: "Phone2"; lower numbers first;
 * - Salesforce's mark of a custom field behind: "AccountNumber__c";
 * - a unit at either end of an amount, number or date, in brackets or not: "Amount (EUR)", "Сумма, руб.", "Бюджет ₸",
 *   "amount_usd", "Created (UTC)". A unit that changes the value (thousands) is left: such a name matches nothing.
 *
 * "Birth Day" matches nothing, though "Birthday" does: it stands beside "Birth Month" and is a day of the month. */
#define VOCABULARY_NO_RANK (~0u)
unsigned vocabulary_rank(enum entity entity, size_t column, struct slice header);

/* The column of the entity that the name stands for. false: none. rank may be NULL. */
bool vocabulary_find(enum entity entity, struct slice header, size_t *column, unsigned *rank);

/* For roles in any program: how well the name stands for `canonical` in any entity that has such a column, the best of
 * them. MATCH_NONE, VOCABULARY_NO_RANK when no entity has it. */
enum match vocabulary_match_role(const char *canonical, struct slice header);
unsigned vocabulary_rank_role(const char *canonical, struct slice header);

/* What kind of record a header describes. Each column found counts by its weight, divided by the number of kinds of
 * record in which the same name means something, and by two when it is decorated or begins with an entity; so "Stage"
 * and "Invoice No" tell, "ID" and "Owner" hardly. Records of one kind often carry columns of another (the contact of a
 * deal): what is told apart by the weights is whose rows they are. A kind that leaves names unexplained which mean
 * something in another is the less likely: its sum is multiplied by the share it explains. Where a column has no
 * weight, as a deal's note and tags, its names need no explanation and do not count for that kind: orders and tickets
 * have notes as well, which no canonical column takes, and would else be taken for deals. contact and lead have the
 * same columns: contact, unless the header speaks of leads more than of contacts. confidence (may be NULL): (best -
 * second) / (best + 2), where second is the best of the other kinds, contact and lead being one kind; 0 is a toss-up.
 * ENTITY_NONE and 0 when nothing matches. */
enum entity vocabulary_recognise(const struct slice *headers, size_t count, double *confidence);

#endif
