/* The merged output as an undo log sees it: its bytes as they pass by, taken apart into records, and a record without
 * the columns that the merge added. Understands what writer.h writes, and nothing else. */
#ifndef CRM_ANALYSIS_UNDO_OUTPUT_H
#define CRM_ANALYSIS_UNDO_OUTPUT_H

#include <stdint.h>

#include "base/buffer.h"
#include "stream/field.h"

struct undo_output {
    enum format format;
    size_t added;       /* columns that are no part of the original */
    uint64_t number;    /* of the record given last, from 1 */
    bool header;        /* the header is still to come */
    bool quoted;        /* within quotes */
    bool taken;         /* what is in text has been given */
    struct buffer text; /* a record that did not lie in one piece */
};

void undo_output_init(struct undo_output *output, enum format format, size_t added);
void undo_output_fini(struct undo_output *output);

/* Takes the next record off the bytes: 1, with *record valid until the next call and as long as the bytes; 0: all bytes
 * were taken, more are needed; -1: out of memory. */
int undo_output_next(struct undo_output *output, struct slice *bytes, struct slice *record);

/* The record without the added columns: what stands in front of them, and what closes it ("}" or nothing). cluster: the
 * number in the first of them. false: it has no such columns. */
struct undo_original {
    struct slice front;
    struct slice close;
    uint64_t cluster;
};
bool undo_output_original(const struct undo_output *output, struct slice record, struct undo_original *original);

#endif
