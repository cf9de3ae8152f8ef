/* Scan: where the delimiters, quotes and line ends of a block of CSV are.
 *
 * One pass over the block with vector instructions makes two lists: the offsets of all structural bytes, and, among
 * these, which ones end something (a line end) or forbid the plain path (a quote). A record without quotes is then
 * known without looking at its bytes: its fields lie between consecutive offsets, and their number is the difference of
 * two indexes. */
#ifndef CRM_STREAM_SCAN_H
#define CRM_STREAM_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that may be read behind the block, and entries that may be written behind the lists. */
#define SCAN_PADDING 64

struct scan {
    uint32_t *offsets; /* of every delimiter, quote, CR and LF, ascending; room for size + SCAN_PADDING */
    size_t offset_count;
    uint32_t *stops; /* indexes into offsets: the quotes, CRs and LFs; room for size + SCAN_PADDING */
    size_t stop_count;
};

/* Scans size < 2^32 bytes of text. A quote equal to '\n' means that there are no quotes. */
typedef void scan_function(const char *text, size_t size, char delimiter, char quote, struct scan *scan);

/* The fastest one this processor can run. */
scan_function *scan_choose(void);

/* Each by itself, for tests: NULL-terminated, only those this processor can run; the last is plain C. */
struct scan_variant {
    const char *name;
    scan_function *function;
};
const struct scan_variant *scan_variants(void);

#endif
