/* JSON paths: how members are written in them, and what the names in them say. */
#include <string.h>
#include <strings.h>

#include "stream/json_path.h"

/* jq's identifiers, and any character that is not ASCII. */
static bool in_identifier(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (signed char)c < 0 ||
           (!first && c >= '0' && c <= '9');
}

static bool is_identifier(struct slice name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!in_identifier(name.ptr[i], i == 0) || (signed char)name.ptr[i] < 0)
            return false; /* jq's own identifiers are ASCII */
    return name.len > 0;
}

int json_path_append(struct buffer *text, struct slice name)
{
    int failed = buffer_append_char(text, '.');

    if (is_identifier(name))
        return failed || buffer_append(text, name) ? -1 : 0;
    failed = failed || buffer_append_char(text, '"');
    for (size_t i = 0; i < name.len && !failed; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c < ' ')
            failed = buffer_printf(text, "\\u%04x", c);
        else
            failed = ((c == '"' || c == '\\') && buffer_append_char(text, '\\')) || buffer_append_char(text, (char)c);
    }
    return failed || buffer_append_char(text, '"') ? -1 : 0;
}

bool json_is_value_name(struct slice list, struct slice member)
{
    static const char *const kinds[] = {"email", "phone", "number", "address", "url"};

    if (member.len == 5 && strncasecmp(member.ptr, "value", 5) == 0)
        return true;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t len = strlen(kinds[k]);
        if (member.len != len || strncasecmp(member.ptr, kinds[k], len) != 0)
            continue;
        for (size_t i = 0; i + len <= list.len; i++)
            if (strncasecmp(list.ptr + i, kinds[k], len) == 0)
                return true;
    }
    return false;
}

/* The next name in a path, and whether a "[]" stands before it; false at the end. */
static bool next_name(struct slice *text, struct slice *name, bool *each)
{
    const char *p = text->ptr;
    const char *end = p + text->len;

    *each = false;
    while (p < end && *p != '"' && !in_identifier(*p, true)) {
        *each = *each || (*p == '[' && p + 1 < end && p[1] == ']');
        p++;
    }
    bool quoted = p < end && *p == '"';
    const char *begin = p += quoted;
    while (p < end && (quoted ? *p != '"' : in_identifier(*p, false)))
        p += quoted && *p == '\\' && p + 1 < end ? 2 : 1;
    *name = (struct slice){begin, (size_t)(p - begin)};
    p += quoted && p < end;
    *text = (struct slice){p, (size_t)(end - p)};
    return quoted || name->len;
}

/* Whether a name in a path only says that here is the value of the one before. */
static bool says_value(struct slice before, struct slice name, bool each)
{
    if (each)
        return json_is_value_name(before, name);
    return name.len == 5 && strncasecmp(name.ptr, "value", 5) == 0;
}

/* Objects that are there for the form only. */
static bool is_container(struct slice name)
{
    static const char *const words[] = {"properties", "attributes", "fields", "_source", "node"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (name.len == strlen(words[i]) && strncasecmp(name.ptr, words[i], name.len) == 0)
            return true;
    return false;
}

int json_path_title(struct slice text, struct buffer *title)
{
    struct slice last = {NULL, 0};
    struct slice name;
    bool each;

    if (text.len < 2 || text.ptr[0] != '.')
        return buffer_append(title, text);
    while (next_name(&text, &name, &each)) {
        if (last.ptr && says_value(last, name, each))
            continue;
        if (last.ptr && !is_container(last) && (buffer_append(title, last) || buffer_append_char(title, ' ')))
            return -1;
        last = name;
    }
    return last.ptr ? buffer_append(title, last) : 0;
}
