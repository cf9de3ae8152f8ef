/* Time zones: glibc's, checked. It takes an unknown name for UTC without a word; here the zone's file must be there. */
#include "value/date.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "value/date_parts.h"

#define QUARTER 900

static int unknown_zone(const char *name, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_USAGE, "unknown time zone: '%s' (a zone is like Europe/Berlin, UTC or +03:00)",
                     quote_name(&q, slice_from_cstr(name)));
}

/* UTC and its like, and offsets. */
static bool parse_fixed_zone(const char *name, int32_t *offset)
{
    struct cursor cursor = {name, name + strlen(name)};

    *offset = 0;
    if (strcmp(name, "UTC") == 0 || strcmp(name, "GMT") == 0 || strcmp(name, "Z") == 0)
        return true;
    return take_numeric_offset(&cursor, offset) && cursor.at == cursor.end;
}

/* Whether there is no such file, rather than that one cannot be asked for. */
static bool is_nowhere(void)
{
    return errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG || errno == ELOOP;
}

/* The zone's file, which must be there and look like one (RFC 8536: it begins with "TZif"). */
static int find_zone_file(const char *name, char path[PATH_MAX], struct error *err)
{
    const char *directory = getenv("TZDIR");
    char joined[PATH_MAX];
    char magic[4];
    struct stat status;

    if (*name == '\0' || *name == '/' || strstr(name, "..") != NULL)
        return unknown_zone(name, err);
    if (directory == NULL || *directory == '\0')
        directory = "/usr/share/zoneinfo";
    if (stat(directory, &status) != 0 || !S_ISDIR(status.st_mode))
        return error_set(err, STATUS_SYSTEM, "no time zones in %s: install the package tzdata", directory);
    int length = snprintf(joined, sizeof joined, "%s/%s", directory, name);
    if (length < 0 || (size_t)length >= sizeof joined)
        return unknown_zone(name, err);
    if (realpath(joined, path) == NULL || stat(path, &status) != 0)
        return is_nowhere() ? unknown_zone(name, err) : error_errno(err, "cannot open %s", joined);
    if (!S_ISREG(status.st_mode))
        return unknown_zone(name, err);

    int fd = descriptor_open(path, O_RDONLY);
    if (fd < 0)
        return error_errno(err, "cannot open %s", path);
    ssize_t got = descriptor_read_at(fd, magic, sizeof magic, 0);
    int saved = errno;
    close(fd);
    errno = saved;
    if (got < 0)
        return error_errno(err, "cannot read %s", path);
    return got == (ssize_t)sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0 ? 0 : unknown_zone(name, err);
}

int time_zone_open(struct time_zone *zone, const char *name, struct error *err)
{
    char path[PATH_MAX];

    *zone = (struct time_zone){.cached_quarter = INT64_MIN};
    if (parse_fixed_zone(name, &zone->offset)) {
        zone->set = zone->fixed = true;
        return 0;
    }
    if (find_zone_file(name, path, err) != 0)
        return -1;
    if (setenv("TZ", path, 1) != 0)
        return error_memory(err);
    tzset();
    /* Where glibc cannot load the file (damaged, out of memory) it reads TZ as a rule instead; a path is none, and that
     * leaves an unnamed UTC. */
    if (tzname[0][0] == '\0')
        return error_set(err, STATUS_SYSTEM, "cannot load the time zone file %s", path);
    zone->set = true;
    return 0;
}

static bool zone_offset_at(int64_t instant, int32_t *offset)
{
    time_t seconds = instant;
    struct tm tm;

    if (localtime_r(&seconds, &tm) == NULL)
        return false;
    *offset = (int32_t)tm.tm_gmtoff;
    return true;
}

/* The offset of a named zone. Some zones change in the middle of a quarter (St. John's did at 00:01), so a quarter is
 * kept only if its first and last second agree; no zone has ever changed twice within hours. */
static bool zone_offset(struct time_zone *zone, int64_t instant, int32_t *offset)
{
    int64_t quarter = floor_divide(instant, QUARTER);
    int32_t last;

    if (quarter != zone->cached_quarter) {
        if (!zone_offset_at(quarter * QUARTER, offset) || !zone_offset_at(quarter * QUARTER + QUARTER - 1, &last))
            return false;
        if (*offset != last)
            return zone_offset_at(instant, offset);
        zone->cached_quarter = quarter;
        zone->cached_offset = last;
    }
    *offset = zone->cached_offset;
    return true;
}

int32_t moment_day(const struct moment *moment, struct time_zone *zone)
{
    if (!moment->has_offset || !zone->set)
        return moment->day;

    int64_t instant = (int64_t)moment->day * SECONDS_PER_DAY + moment->second - moment->offset;
    int32_t offset = zone->offset;
    if (!zone->fixed && !zone_offset(zone, instant, &offset))
        return DAY_NONE;
    int64_t day = floor_divide(instant + offset, SECONDS_PER_DAY);
    return day < DAY_MIN || day > DAY_MAX ? DAY_NONE : (int32_t)day;
}

int64_t day_end(int32_t day, bool has_offset, struct time_zone *zone)
{
    int64_t end = ((int64_t)day + 1) * SECONDS_PER_DAY;
    int32_t offset = zone->offset;

    if (!has_offset || !zone->set)
        return end * 1000000;
    if (zone->fixed)
        return (end - offset) * 1000000;

    /* The offset at midnight is not known before the instant is: look again with what was found. Where the clock goes
     * over midnight (Santiago, Havana), no instant is midnight, and the day begins at the later of the two found. */
    int64_t instant = end, before = end;
    for (int i = 0; i < 3; i++) {
        if (!zone_offset(zone, instant, &offset))
            offset = 0;
        before = instant;
        instant = end - offset;
    }
    return (instant > before ? instant : before) * 1000000;
}
