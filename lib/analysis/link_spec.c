/* Specs: names and words between commas, plus signs and colons, and the messages about them. */
#include "analysis/link_spec.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/options.h"

static bool is_mark(char c)
{
    return c == ',' || c == '+' || c == ':';
}

static void skip_blanks(struct link_spec *spec)
{
    while (spec->at < spec->text.len && (spec->text.ptr[spec->at] == ' ' || spec->text.ptr[spec->at] == '\t'))
        spec->at++;
}

/* The place of a byte as a reader counts: characters, from 1. */
static size_t character(const struct link_spec *spec, size_t at)
{
    size_t number = 1;

    for (size_t i = 0; i < at && i < spec->text.len; i++)
        number += ((unsigned char)spec->text.ptr[i] & 0xc0) != 0x80;
    return number;
}

int link_spec_fail(const struct link_spec *spec, size_t at, struct error *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    error_vset(err, STATUS_USAGE, format, args);
    va_end(args);
    return link_spec_prefix(spec, at, err);
}

int link_spec_prefix(const struct link_spec *spec, size_t at, struct error *err)
{
    if (err->status == STATUS_USAGE)
        error_prefix(err, "at character %zu: ", character(spec, at));
    return -1;
}

struct slice link_spec_word(struct link_spec *spec, size_t *at)
{
    size_t begin;

    skip_blanks(spec);
    *at = begin = spec->at;
    while (spec->at < spec->text.len && !is_mark(spec->text.ptr[spec->at]))
        spec->at++;
    return slice_trim((struct slice){spec->text.ptr + begin, spec->at - begin});
}

/* The text up to the closing quote; a doubled one closes nothing. */
static int quoted_name(struct link_spec *spec, struct link_spec_name *name, struct error *err)
{
    size_t begin = ++spec->at;

    for (; spec->at < spec->text.len; spec->at++) {
        if (spec->text.ptr[spec->at] != '"')
            continue;
        if (spec->at + 1 < spec->text.len && spec->text.ptr[spec->at + 1] == '"') {
            spec->at++;
            continue;
        }
        name->text = (struct slice){spec->text.ptr + begin, spec->at - begin};
        name->quoted = true;
        spec->at++;
        skip_blanks(spec);
        return 0;
    }
    return link_spec_fail(spec, name->at, err, "the quote is not closed");
}

int link_spec_name(struct link_spec *spec, struct link_spec_name *name, struct error *err)
{
    skip_blanks(spec);
    *name = (struct link_spec_name){.at = spec->at};
    if (spec->at < spec->text.len && spec->text.ptr[spec->at] == '"')
        return quoted_name(spec, name, err);
    name->text = link_spec_word(spec, &name->at);
    return name->text.len ? 0 : link_spec_fail(spec, name->at, err, "the name of a column is missing");
}

bool link_spec_is(const struct link_spec_name *name, struct slice column)
{
    size_t used = 0;

    if (!name->quoted)
        return slice_equal(name->text, column);
    for (size_t i = 0; i < name->text.len; i++) {
        i += name->text.ptr[i] == '"'; /* the second of two */
        if (used == column.len || column.ptr[used++] != name->text.ptr[i])
            return false;
    }
    return used == column.len;
}

size_t link_spec_number(const struct link_spec_name *name)
{
    size_t number = 0;

    if (name->quoted || name->text.len < 2 || name->text.len > 7 || name->text.ptr[0] != '#')
        return 0;
    for (size_t i = 1; i < name->text.len; i++) {
        if (!ascii_is_digit(name->text.ptr[i]))
            return 0;
        number = number * 10 + (size_t)(name->text.ptr[i] - '0');
    }
    return number;
}

bool link_spec_take(struct link_spec *spec, char c)
{
    bool found = spec->at < spec->text.len && spec->text.ptr[spec->at] == c;

    spec->at += found;
    return found;
}

bool link_spec_at_end(const struct link_spec *spec)
{
    return spec->at == spec->text.len;
}

static bool needs_quotes(struct slice name)
{
    if (!name.len || name.ptr[0] == '"' || name.ptr[0] == '#' || slice_trim(name).len < name.len)
        return true;
    for (size_t i = 0; i < name.len; i++)
        if (is_mark(name.ptr[i]))
            return true;
    return false;
}

int link_spec_print(struct slice name, struct buffer *out)
{
    if (!needs_quotes(name))
        return buffer_append(out, name);
    if (buffer_append_char(out, '"'))
        return -1;
    for (size_t i = 0; i < name.len; i++)
        if ((name.ptr[i] == '"' && buffer_append_char(out, '"')) || buffer_append_char(out, name.ptr[i]))
            return -1;
    return buffer_append_char(out, '"');
}

/* The name that was probably meant: one that differs in few letters, or that was cut off where it needs quotes. */
static const struct slice *likely_name(struct slice given, const struct slice *names, size_t count)
{
    const struct slice *likely = NULL;
    size_t least = given.len / 3 + 1;

    for (size_t i = 0; i < count; i++) {
        bool cut = given.len && names[i].len > given.len && is_mark(names[i].ptr[given.len]) &&
                   memcmp(names[i].ptr, given.ptr, given.len) == 0;
        size_t distance = cut ? 0 : edit_distance_folded(names[i], given);

        if (distance < least) {
            least = distance;
            likely = &names[i];
        }
    }
    return likely;
}

#define LISTED 400 /* bytes of names that are listed */

int link_spec_unknown(struct slice given, const char *what, const char *list, const struct slice *names, size_t count,
                      struct error *err)
{
    const struct slice *likely = likely_name(given, names, count);
    const char *mark = likely && needs_quotes(*likely) ? "\"" : "'";
    struct quote q;
    size_t used, begin;

    error_set(err, STATUS_USAGE, "no %s '%s'; %s: ", what, quote_name(&q, given), list);
    used = begin = strlen(err->text);
    if (quote_hides_values()) { /* what has no header has a record in its place */
        used += (size_t)snprintf(err->text + used, sizeof err->text - used, "(%zu names hidden)", count);
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        bool full = used - begin > LISTED - sizeof q.text;

        used += (size_t)snprintf(err->text + used, sizeof err->text - used, "%s%s", i ? ", " : "",
                                 full ? "..." : quote_name(&q, names[i]));
        if (full)
            break;
    }
    if (likely)
        snprintf(err->text + used, sizeof err->text - used, "; did you mean %s%s%s?", mark, quote_name(&q, *likely),
                 mark);
    return -1;
}

int link_spec_kind(struct slice word, enum link_kind *kind, struct error *err)
{
    int found = link_kind_find(word.ptr, word.len);
    struct slice kinds[LINK_KINDS];

    if (found >= 0) {
        *kind = (enum link_kind)found;
        return 0;
    }
    for (int i = 0; i < LINK_KINDS; i++)
        kinds[i] = slice_from_cstr(link_kind_name((enum link_kind)i));
    return link_spec_unknown(word, "kind", "there are", kinds, LINK_KINDS, err);
}
