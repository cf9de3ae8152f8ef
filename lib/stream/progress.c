/* Progress: "crm-rfm: 120 MB, 1.2 M records, 340 MB/s, 44 %, 0:12 left", rewritten at most five times a second.
 *
 * Numbers are formatted with integers: the line is for people, and a locale must not change it. */
#include "stream/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/program.h"

enum { LINE = 256 }; /* bytes, more than any has */

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

/* Whether a line is due, and if so the nanoseconds since the start in *elapsed. */
static bool due(struct progress *progress, uint64_t *elapsed)
{
    if (!progress->active)
        return false;
    const uint64_t time = now();
    if (time < progress->last + between_lines)
        return false;
    progress->last = time;
    *elapsed = time - progress->started;
    return true;
}

/* Ends the line with the share that is done and, once that can be told, the time that the rest will take. */
static void finish_line(struct progress *progress, char line[LINE], int length, uint64_t done, uint64_t total,
                        uint64_t elapsed)
{
    if (total)
        length += snprintf(line + length, LINE - (size_t)length, ", %u %%",
                           (unsigned)(done >= total ? 100 : (double)done * 100 / (double)total));
    if (done && done < total && elapsed >= 2 * second) {
        const double left = (double)elapsed / (double)second * ((double)(total - done) / (double)done);
        const unsigned long seconds = left < 1e9 ? (unsigned long)left + 1 : 1000000000;
        if (seconds < 3600)
            length += snprintf(line + length, LINE - (size_t)length, ", %lu:%02lu left", seconds / 60, seconds % 60);
        else
            length += snprintf(line + length, LINE - (size_t)length, ", %lu:%02lu:%02lu left", seconds / 3600,
                               seconds / 60 % 60, seconds % 60);
    }
    length += snprintf(line + length, LINE - (size_t)length, "\033[K");
    write_line(line, (size_t)length);
    progress->shown = true;
}

void progress_update(struct progress *progress, uint64_t bytes, uint64_t total, uint64_t records)
{
    uint64_t elapsed;
    char line[LINE];
    char done[24];
    char count[24];
    char rate[24];

    if (!due(progress, &elapsed))
        return;
    const uint64_t measured = elapsed < second / 1000 ? second / 1000 : elapsed; /* else too short for a rate */
    const double per_second = (double)bytes * (double)second / (double)measured;
    scaled(bytes, done);
    scaled(records, count);
    scaled(per_second < 1e19 ? (uint64_t)per_second : UINT64_MAX, rate);
    /* a count without a prefix ends in a blank already */
    const int length = snprintf(line, sizeof line, "\r%.80s: %sB, %s%srecords, %sB/s", program_name(), done, count,
                                count[strlen(count) - 1] == ' ' ? "" : " ", rate);
    finish_line(progress, line, length, bytes, total, elapsed);
}

void progress_work(struct progress *progress, const char *what, uint64_t done, uint64_t total)
{
    uint64_t elapsed;
    char line[LINE];

    if (!due(progress, &elapsed))
        return;
    const int length = snprintf(line, sizeof line, "\r%.80s: %.80s", program_name(), what);
    finish_line(progress, line, length, done, total, elapsed);
}

void progress_stop(struct progress *progress)
{
    static const char wipe[] = "\r\033[K";

    if (progress->shown)
        write_line(wipe, sizeof wipe - 1);
    progress->active = false;
    progress->shown = false;
}
