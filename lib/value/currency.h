/* Currencies: what stands beside an amount, and in the name of its column, as an ISO 4217 code.
 *
 * A sign or word that one currency uses far more than all others is that currency ("£" is GBP, "руб." is RUB); one that
 * several use is ambiguous and stays so, with its candidates: nothing here knows where the data comes from. Constant
 * data and pure functions: nothing is allocated, any thread may call. */
#ifndef CRM_VALUE_CURRENCY_H
#define CRM_VALUE_CURRENCY_H

#include "base/slice.h"

#define CURRENCY_CODE 4

/* All zero: none. */
struct currency {
    char code[CURRENCY_CODE]; /* "EUR"; "" when there is none or it is ambiguous */
    const char *candidates;   /* "USD|CAD|AUD", the most used first, for an ambiguous sign, else NULL; never freed */
};

/* Whether text is, byte for byte, a code of ISO 4217 in use, or one withdrawn since 2010, which older records hold. Not
 * XXX and XTS, which say that there is no currency. */
bool currency_is_code(struct slice text);

/* The currency that a sign, code, abbreviation or name stands for: "€", "US$", "EUR", "eur", "zł", "руб.", "ر.س",
 * "人民币". Case, marks on letters, full-width forms, points, blanks and direction marks do not matter, but that codes
 * which are English words ("ALL", "TRY") need their capitals. Old codes still written are read as the new ("RUR" is
 * RUB, "RMB" CNY). false: not known, or it changes the value ("тыс. руб."); *currency is then all zero. */
bool currency_find(struct slice text, struct currency *currency);

/* The currency in a decorated name of a column: "Amount (EUR)", "Бюджет ₸", "Сумма, руб.", "amount_usd", "金额（元）",
 * "$ Value". false: none, or one that changes the value ("Сумма, тыс. руб.", "Umsatz (T€)"). */
bool currency_of_header(struct slice name, struct currency *currency);

/* Whether the currency is, or may be, the one with this code. */
bool currency_may_be(const struct currency *currency, struct slice code);

/* The same code, or the same candidates. */
bool currency_same(const struct currency *a, const struct currency *b);

/* A unit that multiplies or divides: "k", "тыс.", "Mio. €", "万元", "TEUR", "ct". The answer is a text for messages,
 * "a unit that changes the value: 'k'", never freed; NULL when it is none. */
const char *currency_multiplier(struct slice text);

#endif
