/* One address card: its lines, and the row they make. */
#ifndef CRM_STREAM_VCARD_CARD_H
#define CRM_STREAM_VCARD_CARD_H

#include "stream/conversion.h"
#include "stream/vcard_property.h"

#define VCARD_COLUMNS 28
#define VCARD_LINES 4096 /* of a card, unfolded; a longer one is bad */

extern const char *const vcard_columns[VCARD_COLUMNS];

struct vcard_line {
    size_t offset; /* in text */
    size_t len;
    uint64_t number; /* in the file */
};

struct vcard_card {
    enum vcard_version version;
    struct buffer text;       /* the unfolded lines between BEGIN and END, one behind the other */
    struct vcard_line *lines; /* owned */
    size_t count;
    size_t capacity;
    /* Of the row that is made of them. */
    struct vcard_property *properties; /* owned */
    size_t property_capacity;
    struct buffer decoded;
    struct buffer columns[VCARD_COLUMNS];
};

void vcard_card_clear(struct vcard_card *card);
void vcard_card_fini(struct vcard_card *card);

/* Fills columns from the lines. 0; -1 with err: STATUS_DATA when the card is bad, with a text that names the line. */
int vcard_card_read(struct vcard_card *card, struct error *err);

#endif
