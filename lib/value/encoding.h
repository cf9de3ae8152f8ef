/* Encoding: which encoding a file of text is written in, judged by its bytes.
 *
 * A byte order mark, the pattern of NULs that UTF-16 and UTF-32 make of plain letters, the escape sequences of ISO-2022
 * and the strictness of UTF-8 prove an encoding. Among the others the bytes alone prove nothing: there the text is read
 * in each encoding, and the one under which it is likeliest to have been written by people is taken. That needs a word
 * or two with letters beyond ASCII; the guess says how sure it is, and what it saw. */
#ifndef CRM_VALUE_ENCODING_H
#define CRM_VALUE_ENCODING_H

#include <stdbool.h>

#include "base/error.h"
#include "base/slice.h"

struct encoding_guess {
    /* As iconv(3) knows it; "ASCII" or "UTF-8" when it is that; "" when it is no text in an encoding known here. */
    char name[32];
    /* 0 to 1: how likely the name decodes the text rightly; 1 when the bytes prove it. */
    double confidence;
    /* One line of UTF-8 for a person: "as WINDOWS-1251 the words look Russian: 'Иванов'; next best KOI8-R". */
    char evidence[200];
    /* The likeliest other encoding, under which the sample would be another text; "" when there is none. */
    char second[32];
    /* Bytes at the start of the file that are a byte order mark and no text. */
    size_t mark;
};

/* Judges the beginning of a file, of which at most the first ENCODING_SAMPLE bytes are looked at. whole: the sample is
 * all of the file; otherwise it may end inside a character. A byte order mark is not part of the text: whoever decodes
 * skips it. The names of UTF-16 and UTF-32 have their order in them.
 *
 * The name decodes to the same text as the encoding that was used, which need not be of that name: a file in
 * ISO-8859-1 is WINDOWS-1252, unless it holds control characters; one in EUC-KR is UHC, one in GBK is GB18030, one in
 * Shift_JIS is CP932. A file that is UTF-8 but for few bytes is UTF-8, with a confidence below 0.95. An empty sample is
 * ASCII; what is ASCII as far as the sample goes need not be further on. Romanian in ISO-8859-16 is the same bytes as
 * in WINDOWS-1250, with other shapes of two letters; WINDOWS-1250 is named.
 *
 * The same sample gives the same guess. Takes 1.5 MiB of memory while it works, and a few milliseconds, at most some
 * twenty. 0, or -1 out of memory. */
#define ENCODING_SAMPLE ((size_t)1 << 20)
int encoding_detect(struct slice sample, bool whole, struct encoding_guess *guess, struct error *err);

#endif
