/* How alike two short texts are: names, e-mail addresses, streets, numbers that may hold a mistake in typing.
 *
 * The texts have been folded by others (case, accents, punctuation). Bytes are compared: of a text that is not ASCII, a
 * letter of several bytes counts as several. Every function is pure, allocates nothing, and accepts any bytes and any
 * length; texts of at most 64 bytes take a path of a few machine words. All measures are symmetric, to the last bit.
 *
 * Sources: M. A. Jaro, "Advances in Record-Linkage Methodology as Applied to Matching the 1985 Census of Tampa,
 * Florida", Journal of the American Statistical Association 84 (1989), pages 414-420. W. E. Winkler, "String Comparator
 * Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage", Proceedings of the Section on
 * Survey Research Methods, American Statistical Association (1990), pages 354-359. H. Hyyro, "A Bit-Vector Algorithm
 * for Computing Levenshtein and Damerau Edit Distances", Nordic Journal of Computing 10 (2003), pages 29-39. */
#ifndef CRM_VALUE_SIMILARITY_H
#define CRM_VALUE_SIMILARITY_H

#include "base/slice.h"

/* The largest number of edits that similarity_edits() tells from more, and the longest piece of a q-gram and of a text
 * that similarity_qgram_dice() looks at. */
enum { SIMILARITY_MOST_EDITS = 255, SIMILARITY_LONGEST_QGRAM = 8, SIMILARITY_QGRAM_BYTES = 4096 };

/* Jaro's similarity, from 0 to 1: with m bytes in common, each with one of the other text at most max(|a|, |b|) / 2 - 1
 * places away, and t the half, rounded down, of those that do not agree when the common bytes of both texts are read in
 * order: (m / |a| + m / |b| + (m - t) / m) / 3; 0 where m = 0. Two empty texts: 1. */
double similarity_jaro(struct slice a, struct slice b);

/* Jaro's similarity j, and where that is more than 0.7 moved towards 1 by a common prefix of p bytes, 4 at most:
 * j + p (1 - j) / 10. The bound of 0.7 is that of Winkler's own program (strcmp95.c); digits of a prefix count here.
 * These values equal those of jellyfish and RapidFuzz, and but for the last bit of DuckDB, and so of Splink. */
double similarity_jaro_winkler(struct slice a, struct slice b);

/* similarity_jaro_winkler(a, b) >= least, always, but sooner: most pairs that do not reach it are known by their
 * lengths or after a few bytes. False where least is not a number. */
bool similarity_jaro_winkler_reaches(struct slice a, struct slice b, double least);

/* The restricted Damerau-Levenshtein distance (optimal string alignment): the fewest insertions, deletions,
 * replacements and exchanges of neighbours that turn one text into the other, where nothing is edited twice; most + 1
 * when there are more than that. A most above SIMILARITY_MOST_EDITS is taken as that, so that 256 means more than 255.
 * Where both texts have more than 64 bytes between their common beginning and end, time grows with length times most.
 */
unsigned similarity_edits(struct slice a, struct slice b, unsigned most);

/* The number of bytes with which both texts begin. */
size_t similarity_common_prefix(struct slice a, struct slice b);

/* Dice's coefficient of the q-grams of both texts: twice those in common by those of both together, from 0 to 1. A
 * q-gram is q neighbouring bytes (2: bigrams), no padding at the ends; one that occurs several times counts as often.
 * Where neither text has q bytes: 1 if they are equal, else 0. A q of 0 is taken as 1, one above
 * SIMILARITY_LONGEST_QGRAM as that, and of a text the first SIMILARITY_QGRAM_BYTES bytes. */
double similarity_qgram_dice(struct slice a, struct slice b, unsigned q);

#endif
