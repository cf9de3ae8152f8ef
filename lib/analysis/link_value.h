/* The values of a field: each distinct one once, folded to the form in which it is compared, and taken apart as its
 * kind is compared. */
#ifndef CRM_ANALYSIS_LINK_VALUE_H
#define CRM_ANALYSIS_LINK_VALUE_H

#include "analysis/link.h"
#include "analysis/link_texts.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/group.h"
#include "value/country.h"
#include "value/latin_fold.h"
#include "value/nickname.h"

#define LINK_WORDS 32 /* words of a text that are looked at; the rest are left out */

/* A value. What is compared for equality is its folded text. */
struct link_value {
    union {
        struct { /* names */
            uint32_t sound[2];
            uint32_t skeleton;
            uint32_t letters; /* those it has, a bit for each (the lower five bits of a byte) */
            uint16_t nicknames[NICKNAME_GROUPS];
        } name;
        struct {            /* full names, companies, streets, texts */
            uint32_t first; /* in values->words_of */
            uint32_t count;
            float weight;    /* the sum of the words' weights */
            uint32_t number; /* streets: hash of the house number; 0: none */
        } words;
        struct { /* e-mail addresses */
            uint32_t user_length : 31;
            uint32_t role : 1;     /* the user part is that of an office (info@) */
            uint32_t domain;       /* hash; 0: everybody's (gmail.com) */
            uint32_t letters;      /* as of names, of the address */
            uint32_t user_letters; /* and of its user part */
        } email;
        struct { /* dates */
            int16_t year;
            uint8_t month, day; /* 0: not a date, compared as text */
        } date;
        size_t district; /* postal codes: leading bytes */
        double number;   /* numbers; NAN: none */
    };
};

/* A word of texts, its weight the less the more values have it. */
struct link_word {
    struct slice text; /* borrowed from the table's key */
    uint32_t uses;     /* records that have it */
    float weight;      /* bits */
    uint32_t letters;  /* as of names; once there are word_items, */
    char first;        /* as is its first byte, so that most comparisons need not look at the text */
};

/* A domain of e-mail addresses. */
struct link_domain {
    struct slice text; /* borrowed from the values' bytes; empty: none yet */
    uint32_t hash;     /* as link_value has it */
};

/* A value beside its text. Of the value no more is kept than its kind has: items lie item_size apart. */
struct link_item {
    struct slice text; /* borrowed from the values' bytes */
    struct link_value value;
};

/* Values of one kind; names of persons share one table, so that swapped ones are found. */
struct link_values {
    enum link_kind kind;
    enum date_style dates;
    struct country_index *countries; /* owned; of countries */
    struct link_texts table;         /* of folded texts, which are those of items */
    struct arena bytes;              /* of them */
    struct group_table words;        /* word to struct link_word */
    char *items;                     /* owned; of struct link_item, by number less 1 */
    size_t item_size;                /* of one, by the kind */
    size_t items_capacity;
    struct link_word *word_items; /* owned; by number, made by link_values_weigh(): what comparing reads */
    struct link_domain *domains;  /* owned; of e-mail addresses: those met lately */
    uint32_t *words_of;
    size_t words_count;
    size_t words_capacity;
};

/* What folding needs; one per thread. */
struct link_folder {
    struct latin_fold latin;
    struct buffer folded;
};

void link_folder_init(struct link_folder *folder);
void link_folder_fini(struct link_folder *folder);

void link_values_init(struct link_values *values, enum link_kind kind);
void link_values_fini(struct link_values *values);

/* Room for `most` different values, so that they need not be moved while their number grows. It takes no memory before
 * they are there, and what is left over is given back by link_values_weigh(). -1 out of memory. */
int link_values_reserve(struct link_values *values, size_t most);

/* The number of the value, from 1, or 0 for text that is no value (empty, "null", "n/a"); -1 in err. */
#define LINK_NO_VALUE UINT32_MAX
uint32_t link_values_add(struct link_values *values, struct link_folder *folder, struct slice text, struct error *err);

/* The same for count texts, LINK_VALUES_BATCH at most, in their order; faster, since looking one up waits for memory
 * while others are looked up. 0 and ids[0 .. count - 1], or -1. */
#define LINK_VALUES_BATCH 32
int link_values_add_many(struct link_values *values, struct link_folder *folder, const struct slice *texts,
                         size_t count, uint32_t *ids, struct error *err);

/* Where a value stands, until the next one is added. */
static inline struct link_item *link_item(const struct link_values *values, uint32_t id)
{
    return (struct link_item *)(void *)(values->items + (id - 1) * values->item_size);
}
/* The folded text and the parts of a value; those of words once link_values_weigh() has been called. Valid as long. */
static inline struct slice link_value_text(const struct link_values *values, uint32_t id)
{
    return link_item(values, id)->text;
}
static inline const struct link_value *link_value(const struct link_values *values, uint32_t id)
{
    return &link_item(values, id)->value;
}

/* Once all are there, with how many records have each (counts[id]): the weights of words, and what is asked for by
 * number. total: records. -1 out of memory. */
int link_values_weigh(struct link_values *values, const uint32_t *counts, size_t total);

/* No value is added any more: gives back what only that needs. */
void link_values_settle(struct link_values *values);
size_t link_values_bytes(const struct link_values *values); /* of memory, about */

#endif
