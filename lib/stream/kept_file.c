/* The file of kept records. Whoever looks at a record that the disk does not give back gets SIGBUS, for a mapping
 * cannot say so otherwise; a handler then ends the program as any failed read does: no output, a message, status 4. How
 * much of a mapping is in memory cannot be asked for cheaply; so windows of 64 KiB, which the system reads in at a
 * time, are counted as they are looked at, each once while it is among those remembered. */
#include "stream/kept_file.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/program.h"
#include "stream/sink.h"
#include "stream/source.h"

#define WINDOW_BITS 16

/* All that was ever mapped lies between these; for the handler. */
static atomic_uintptr_t lowest = UINTPTR_MAX;
static atomic_uintptr_t highest;

static void cannot_read_back(int number, siginfo_t *info, void *context)
{
    const uintptr_t at = (uintptr_t)info->si_addr;

    (void)context;
    sink_discard_in_handler();
    if (at >= atomic_load(&lowest) && at < atomic_load(&highest))
        program_die_at_once(STATUS_SYSTEM, "cannot read back a temporary file (in $TMPDIR or /tmp)");
    signal(number, SIG_DFL);
    raise(number); /* blocked while its handler runs: takes effect on return */
}

static void watch(const struct kept_block *block)
{
    struct sigaction action = {.sa_sigaction = cannot_read_back, .sa_flags = SA_SIGINFO};
    const uintptr_t begin = (uintptr_t)block->at;
    const uintptr_t end = begin + block->size;

    if (begin < atomic_load(&lowest))
        atomic_store(&lowest, begin);
    if (end > atomic_load(&highest))
        atomic_store(&highest, end);
    sigfillset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}

int kept_file_new(struct kept_file **out, size_t most, struct error *err)
{
    struct kept_file *file = calloc(1, sizeof *file);

    *out = file;
    if (!file)
        return error_memory(err);
    file->most = most >> WINDOW_BITS ? (uint32_t)(most >> WINDOW_BITS) : 1;
    file->fd = source_temporary(err);
    return file->fd < 0 ? -1 : 0;
}

void kept_file_free(struct kept_file *file)
{
    if (file && file->fd >= 0)
        close(file->fd);
    free(file);
}

char *kept_block_map(size_t *size)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);

    *size = (*size + page - 1) / page * page;
    void *at = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

void kept_block_unmap(const struct kept_block *block)
{
    munmap(block->at, block->size);
}

static int file_failed(const char *what, struct error *err)
{
    const char *folder = getenv("TMPDIR");

    return error_errno(err, "%s temporary file in %s", what, folder && *folder ? folder : "/tmp");
}

int kept_file_take(struct kept_file *file, struct kept_block *block, struct error *err)
{
    if (descriptor_write(file->fd, block->at, block->size))
        return file_failed("writing a", err);
    if (mmap(block->at, block->size, PROT_READ, MAP_SHARED | MAP_FIXED, file->fd, (off_t)file->bytes) == MAP_FAILED)
        return file_failed("mapping a", err);
    watch(block);
    file->bytes += block->size;
    block->aside = true;
    return 0;
}

void kept_file_touch(struct kept_file *file, const char *place, const struct kept_block *blocks, size_t count)
{
    const uint32_t window = (uint32_t)((uintptr_t)place >> WINDOW_BITS);
    atomic_uint_least32_t *known = &file->windows[window % KEPT_WINDOWS];

    if (atomic_load_explicit(known, memory_order_relaxed) == window)
        return;
    atomic_store_explicit(known, window, memory_order_relaxed);
    if (atomic_fetch_add_explicit(&file->touched, 1, memory_order_relaxed) + 1 < file->most)
        return;
    atomic_store_explicit(&file->touched, 0, memory_order_relaxed);
    for (size_t i = 0; i < count; i++) /* what another thread looks at just now is read in again */
        if (blocks[i].aside)
            madvise(blocks[i].at, blocks[i].size, MADV_DONTNEED);
}
