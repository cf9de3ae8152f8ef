/* Progress: "crm-rfm: 120 MB, 1.2 M records, 340 MB/s, 44 %", rewritten at most five times a second.
 *
 * Numbers are formatted with integers: the line is for people, and a locale must not change it. */
#include "stream/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/program.h"

static const uint64_t second = 1000000000;
static const uint64_t between_lines = 200000000;

static uint64_t now(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_MONOTONIC, &time))
        return 0;
    return (uint64_t)time.tv_sec * second + (uint64_t)time.tv_nsec;
}

/* 950, "1.2 M", "340 k": one decimal below ten, cut, not rounded, so that 999,999 is not 1000 k. Ends in " " and the
 * prefix of the unit, or " " alone. */
static void scaled(uint64_t value, char out[24])
{
    static const char *const prefixes[] = {"", "k", "M", "G", "T", "P", "E"};
    uint64_t unit = 1;
    size_t prefix = 0;

    while (value / unit >= 1000) {
        unit *= 1000;
        prefix++;
    }
    if (prefix > 0 && value / unit < 10)
        snprintf(out, 24, "%u.%u %s", (unsigned)(value / unit), (unsigned)(value / (unit / 10) % 10), prefixes[prefix]);
    else
        snprintf(out, 24, "%u %s", (unsigned)(value / unit), prefixes[prefix]);
}

static void write_line(const char *line, size_t length)
{
    if (write(STDERR_FILENO, line, length) < 0)
        return; /* it is only a courtesy */
}

void progress_start(struct progress *progress, enum progress_when when)
{
    *progress = (struct progress){0};
    progress->active = when == PROGRESS_ALWAYS || (when == PROGRESS_AUTO && isatty(STDERR_FILENO) == 1);
    if (!progress->active)
        return;
    progress->started = now();
    if (when == PROGRESS_AUTO) /* as if a line had been written late enough for the next to be due after a second */
        progress->last = progress->started + second - between_lines;
}

void progress_update(struct progress *progress, uint64_t bytes, uint64_t total, uint64_t records)
{
    if (!progress->active)
        return;
    uint64_t time = now();
    if (time < progress->last + between_lines)
        return;
    progress->last = time;

    char line[256];
    char done[24];
    char count[24];
    char rate[24];
    uint64_t elapsed = time - progress->started;
    if (elapsed < second / 1000) /* too short to tell a rate from */
        elapsed = second / 1000;
    const double per_second = (double)bytes * (double)second / (double)elapsed;
    scaled(bytes, done);
    scaled(records, count);
    scaled(per_second < 1e19 ? (uint64_t)per_second : UINT64_MAX, rate);
    /* a count without a prefix ends in a blank already */
    int length = snprintf(line, sizeof line, "\r%.80s: %sB, %s%srecords, %sB/s", program_name(), done, count,
                          count[strlen(count) - 1] == ' ' ? "" : " ", rate);
    if (total)
        length += snprintf(line + length, sizeof line - (size_t)length, ", %u %%",
                           (unsigned)(bytes >= total ? 100 : (double)bytes * 100 / (double)total));
    length += snprintf(line + length, sizeof line - (size_t)length, "\033[K");
    write_line(line, (size_t)length);
    progress->shown = true;
}

void progress_stop(struct progress *progress)
{
    static const char wipe[] = "\r\033[K";

    if (progress->shown)
        write_line(wipe, sizeof wipe - 1);
    progress->active = false;
    progress->shown = false;
}
