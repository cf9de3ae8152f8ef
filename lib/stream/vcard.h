/* Address cards: vCard 2.1 (versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350), as CSV: a header, then a row per card.
 *
 *   full_name ... name_suffix     FN; N: family, given, additional names, prefixes, suffixes
 *   nickname company department   NICKNAME; ORG: its first component, and the others
 *   job_title website             TITLE, URL
 *   email other_emails            EMAIL, without mailto:
 *   phone mobile other_phones fax TEL: what is a mobile phone (cell), a fax, the others; tel:+1-201-555-0123;ext=4
 *                                 becomes +1-201-555-0123 ext. 4
 *   street ... country            ADR: the street, behind it the extended address and the post office box
 *   birth_date updated_at         BDAY with a year, REV, in ISO 8601
 *   tags note contact_id          CATEGORIES, NOTE, UID
 *   other_properties              the lines that were not taken, unfolded, one a line; without VERSION and PRODID, and
 *                                 without the data of PHOTO, LOGO, SOUND and KEY
 *
 * Of several values the preferred one is taken (TYPE=PREF, the lowest PREF=), then the one for work, then the first.
 * Further e-mail addresses and phones go to other_emails and other_phones, separated by "; ", further values of other
 * properties to other_properties. Values are decoded (quoted-printable, base64, CHARSET by iconv) and their escapes
 * resolved; bytes that are no text in their charset become TRANSCODE_BAD. A card inside a card (AGENT) is passed over.
 *
 * The place of a row is the line of its BEGIN:VCARD. A card without an end, with a line that is none, with an encoding
 * that is unknown, or of more than RECORD_LIMIT bytes is a bad row; so is text between cards.
 * Memory: a card. */
#ifndef CRM_STREAM_VCARD_H
#define CRM_STREAM_VCARD_H

#include "stream/bytes.h"
#include "stream/conversion.h"

/* Whether a file that begins so (a byte order mark and blanks may come before) is one for vcard_convert(). */
bool vcard_recognise(struct slice start);

/* Converts the cards in what read() gives. Errors: STATUS_DATA (no card in it; it begins with name), STATUS_SYSTEM.
 * conversion_finish() is left to the caller. */
int vcard_convert(byte_read *read, void *context, const char *name, struct conversion *conversion, struct error *err);

#endif
