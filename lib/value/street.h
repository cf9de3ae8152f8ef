/* Street addresses for comparison: the words of an address line in one form each, and the number of the house apart.
 *
 * "Hauptstr. 5a", "Hauptstraße 5 a" and "5a Hauptstrasse" are the same address written by three people. What becomes of
 * the words is meant to be compared, not to be read or printed on an envelope. Nothing is looked up in a register of
 * streets; the tables are those of postal services (USPS Publication 28, appendix C; Canada Post; AS 4590) and common
 * knowledge of other countries' usage. */
#ifndef CRM_VALUE_STREET_H
#define CRM_VALUE_STREET_H

#include "value/latin_fold.h"

#define STREET_NUMBER 16 /* bytes with the NUL */

/* Appends to out the words of a street address, UTF-8, folded as by latin_fold() with single blanks between them, in
 * their order and without the number of the house, which is written to number, or "" when there is none.
 *
 * - Kinds of streets, directions and units have one form: Street, St., Straße, Str. are "st", Avenue, Av., Avenida
 *   "ave", улица, ул. "ul", North "n", N.W. "nw", Apartment, # "apt", P.O. Box, Postfach, а/я "box". The same letters
 *   mean other things in Cyrillic: "стр" is a building, "д" a house.
 * - Straße, Platz, Weg, Gasse, Allee, straat at the end of a word are a word of their own: "hauptstr" is "haupt st".
 * - First to Twelfth are 1st to 12th.
 * - The number is the first that does not belong to a unit, a road, a date or an ordinal (Apt 4, Highway 61, 8 Марта,
 *   2-я, 5th), with its letter, or bis, ter, quater: "5a", also from "5 A" and "005a". Further ones stay among the
 *   words, also those of a unit: "5-7" is number 5 and word 7. No., nº and дом before one are left out.
 * - Where along its street a house with a number stands is left out, up to a unit: "522 9th Ave at 39th St", "10 Main
 *   St between 1st and 2nd Ave, Apt 4". At, between, near, off, opposite, corner, entre, esquina, Ecke begin it.
 *
 * A text of more than 64 words is only folded. 0; -1: err is filled, out is as it was. */
int street_fold(struct latin_fold *fold, struct slice text, struct buffer *out, char number[STREET_NUMBER],
                struct error *err);

#endif
