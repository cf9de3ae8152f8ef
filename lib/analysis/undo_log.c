/* The writing of an undo log.
 *
 * While records are read, only where each stands in its input is kept. While the merged records are written, the inputs
 * are read once more, side by side with the output: both go by in the same order, since a cluster is written where its
 * first record stood. So each record is compared with what the output really has, and neither has to be held in memory.
 * Whatever is not one of the kept records, be it a header, a record that was set aside or the end of a line, is text
 * between records, and cannot be forgotten. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/undo_state.h"

#define BITS 64 /* clusters in a word of `several` */

static char *pack(char *at, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (char)(number | 0x80);
    *at++ = (char)number;
    return at;
}

int undo_begin(struct undo_log **out, const char *path, struct stream *stream, struct error *err)
{
    struct undo_log *undo = calloc(1, sizeof *undo);

    *out = NULL;
    if (!undo || !(undo->files = calloc(stream->input_count, sizeof *undo->files))) {
        undo_free(undo);
        return error_memory(err);
    }
    undo->stream = stream;
    XXH64_reset(&undo->hash, 0);
    XXH64_reset(&undo->output_hash, 0);
    for (size_t i = 0; i < stream->input_count; i++) {
        struct source *source = stream->inputs[i].source;
        if (source_keep(source, err) ||
            (source->fd >= 0 && fstat(source->fd, &undo->files[i]) && error_errno(err, "%s", source->name))) {
            undo_free(undo);
            return -1;
        }
    }
    if (sink_open(&undo->sink, path, err)) {
        undo_free(undo);
        return -1;
    }
    *out = undo;
    return 0;
}

void undo_free(struct undo_log *undo)
{
    if (!undo)
        return;
    if (undo->merged && undo->merged->tap_context == undo)
        undo->merged->tap = NULL;
    sink_free(undo->sink);
    undo_output_fini(&undo->output);
    buffer_fini(&undo->places);
    buffer_fini(&undo->raw);
    free(undo->several);
    free(undo->files);
    free(undo);
}

int undo_keep(struct undo_log *undo, const struct record *record, struct error *err)
{
    const struct source *source = undo->stream->inputs[record->input].source;
    char packed[20];
    char *end;
    uint64_t offset;

    if (undo->place_input != record->input) {
        undo->place_input = record->input;
        undo->place_end = 0;
    }
    if (source_offset(source, record->raw.ptr, &offset) && offset >= undo->place_end) {
        end = pack(pack(packed, offset - undo->place_end), record->raw.len + 1);
        undo->place_end = offset + record->raw.len;
    } else {
        end = pack(pack(packed, 0), UNDO_NOWHERE);
    }
    undo->place_count++;
    return buffer_append(&undo->places, (struct slice){packed, (size_t)(end - packed)}) ? error_memory(err) : 0;
}

/* Records of clusters whose merged record has gone by, up to the row. */
static int put_rows_before(struct undo_log *undo, uint64_t cluster, struct error *err)
{
    while (undo->row < undo->kept->count && undo->cluster[undo->row] + (uint64_t)1 != cluster) {
        int found = undo_read_row(undo, err);
        if (found < 0 || (found && undo_put_record(undo, err)))
            return -1;
    }
    return 0;
}

static bool is_same(struct slice record, const struct undo_original *original)
{
    return record.len == original->front.len + original->close.len &&
           memcmp(record.ptr, original->front.ptr, original->front.len) == 0 &&
           memcmp(record.ptr + original->front.len, original->close.ptr, original->close.len) == 0;
}

/* A record of the output goes by. */
static int take_output(struct undo_log *undo, struct slice record, struct error *err)
{
    struct undo_original original;

    if (!undo_output_original(&undo->output, record, &original) || original.cluster <= undo->output_cluster ||
        original.cluster > undo->cluster_count)
        return 0;
    undo->output_cluster = original.cluster;
    if (put_rows_before(undo, original.cluster, err) || undo->row == undo->kept->count)
        return undo->row == undo->kept->count ? 0 : -1;
    int found = undo_read_row(undo, err);
    if (found <= 0)
        return found;
    size_t cluster = (size_t)original.cluster - 1;
    if (undo->several[cluster / BITS] >> cluster % BITS & 1 || !is_same(buffer_slice(&undo->raw), &original))
        return undo_put_record(undo, err);
    if (undo->same && undo->same_output + undo->same != undo->output.number && undo_put_same(undo, err))
        return -1;
    if (!undo->same++) {
        undo->same_output = undo->output.number;
        undo->same_record = kept_place(undo->kept, undo->row - 1).number;
    }
    return 0;
}

static int tap(void *context, struct slice bytes, struct error *err)
{
    struct undo_log *undo = context;
    struct slice record;
    int more;

    if (undo->failed)
        return error_set(err, STATUS_SYSTEM, "the undo log has failed");
    undo->failed = true;
    XXH64_update(&undo->output_hash, bytes.ptr, bytes.len);
    undo->output_bytes += bytes.len;
    while ((more = undo_output_next(&undo->output, &bytes, &record)) > 0)
        if (take_output(undo, record, err))
            return -1;
    if (more < 0)
        return error_memory(err);
    undo->failed = false;
    return 0;
}

/* Clusters are numbered in order of first appearance: a number that does not lead is there again. */
static int find_several(struct undo_log *undo, struct error *err)
{
    for (size_t row = 0; row < undo->kept->count; row++)
        if (undo->cluster[row] == undo->cluster_count)
            undo->cluster_count++;
    undo->several = calloc(undo->cluster_count / BITS + 1, sizeof *undo->several);
    if (!undo->several)
        return error_memory(err);
    size_t seen = 0;
    for (size_t row = 0; row < undo->kept->count; row++) {
        size_t cluster = undo->cluster[row];
        if (cluster == seen)
            seen++;
        else
            undo->several[cluster / BITS] |= (uint64_t)1 << cluster % BITS;
    }
    return 0;
}

int undo_watch(struct undo_log *undo, const struct kept *kept, const uint32_t *cluster, enum format format,
               size_t added, struct sink *merged, struct error *err)
{
    if (format == FORMAT_TABLE)
        return error_set(err, STATUS_USAGE,
                         "a table cannot be read back for an undo: choose --to csv, tsv, jsonl or json");
    assert(undo->place_count == kept->count);
    undo->kept = kept;
    undo->cluster = cluster;
    undo_output_init(&undo->output, format, added);
    if (find_several(undo, err) || undo_put_line(undo, err, "crm-undo 1 output %s added %zu inputs %zu\n",
                                                 format_name(format), added, undo->stream->input_count))
        return -1;
    undo->merged = merged;
    merged->tap = tap;
    merged->tap_context = undo;
    return 0;
}

int undo_finish(struct undo_log *undo, struct error *err)
{
    if (sink_flush(undo->merged, err))
        return -1;
    undo->merged->tap = NULL;
    if (put_rows_before(undo, 0, err))
        return -1;
    while (undo->input < undo->stream->input_count)
        if (undo_close_input(undo, err))
            return -1;
    if (undo_put_line(undo, err, "end output %llu %016llx log %llu %016llx\n", (unsigned long long)undo->output_bytes,
                      (unsigned long long)XXH64_digest(&undo->output_hash), (unsigned long long)undo->bytes,
                      (unsigned long long)XXH64_digest(&undo->hash)))
        return -1;
    return sink_finish(undo->sink, err);
}
