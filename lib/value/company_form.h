/* Names of companies for comparison: the core of a name, without the legal forms around it.
 *
 * "Müller & Sohn GmbH & Co. KG", "Fa. Mueller und Sohn" and "MULLER SOHN" differ in what says nothing about which
 * company is meant. Of a name is kept what does, folded by latin_fold.h, so that names in different scripts can be
 * compared. The tables of legal forms are common knowledge of company law and of how exports write it, not a complete
 * list. Names of persons are judged with a table of their own (person_name_latin.c): there a word like "studio" tells
 * that no person is meant, and here it is part of the name. */
#ifndef CRM_VALUE_COMPANY_FORM_H
#define CRM_VALUE_COMPANY_FORM_H

#include "value/latin_fold.h"

/* Appends to out the core of a company's name, UTF-8: words of latin_fold() with single blanks between them, of which
 *
 * - legal forms are gone, with and without points, in front and behind, and those that are no words of their own (GmbH,
 *   Ltd, ООО, 有限公司) also inside: "Müller GmbH Berlin" is "muller berlin". Forms that may be something else go
 *   at the end alone (AG, Co, SE), and in front where that is the custom (SARL, PT, AB, Oy);
 * - "The" is gone in front and at the end ("Walt Disney Co., The"); and, und, et, og, och, en, y, e, i, и between two
 *   words;
 * - single letters in a row are one word: "A/S" and "AS", "H & M" and "HM", "I.B.M." and "IBM" are the same.
 *
 * A name never loses everything: one that is made of legal forms only ("The Limited") stays as it is folded. A name of
 * more than 64 words is no name, and is only folded. 0; -1: err is filled, out is as it was. */
int company_core(struct latin_fold *fold, struct slice text, struct buffer *out, struct error *err);

#define COMPANY_WORDS 64

/* The second half of company_core(), for text that is folded already: shortens the length bytes at words in place and
 * returns the new length. Cannot fail. */
size_t company_core_of_folded(char *words, size_t length);

#endif
