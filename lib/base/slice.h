/* Slices: a run of bytes that somebody else owns.
 *
 * Text inside the library travels as (pointer, length), never NUL-terminated: fields are views into the block that
 * was read, and may hold any byte. A slice never owns; the comment where one is handed out says how long it lives. */
#ifndef CRM_BASE_SLICE_H
#define CRM_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *ptr;
    size_t len;
};

/* A slice of a string literal, usable in static initialisers: { SLICE_INIT("csv"), ... } */
#define SLICE_INIT(literal)            \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }
#define SLICE(literal) ((struct slice)SLICE_INIT(literal))

/* For printf: printf("%.*s", SLICE_ARG(s)) */
#define SLICE_ARG(s) (int)(s).len, (s).ptr

struct slice slice_from_cstr(const char *text);

/* Keys are short, and a call of memcmp() costs more than comparing them: 8 to 16 bytes are compared as two words,
 * which overlap unless there are 8 or 16 of them. */
static inline bool slice_equal(struct slice a, struct slice b)
{
    uint64_t first[2], last[2];

    if (a.len != b.len)
        return false;
    if (a.len > 16)
        return memcmp(a.ptr, b.ptr, a.len) == 0;
    if (a.len >= 8) {
        memcpy(&first[0], a.ptr, 8);
        memcpy(&first[1], b.ptr, 8);
        memcpy(&last[0], a.ptr + a.len - 8, 8);
        memcpy(&last[1], b.ptr + a.len - 8, 8);
        return first[0] == first[1] && last[0] == last[1];
    }
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i])
            return false;
    return true;
}
bool slice_equal_cstr(struct slice a, const char *text);

/* Bytewise order, a shorter prefix first: <0, 0, >0. The tie-break of every total order in the project. Where texts are
 * looked up in a list, the first bytes mostly tell. */
int slice_compare_all(struct slice a, struct slice b);
static inline int slice_compare(struct slice a, struct slice b)
{
    if (a.len && b.len && a.ptr[0] != b.ptr[0])
        return (unsigned char)a.ptr[0] < (unsigned char)b.ptr[0] ? -1 : 1;
    return slice_compare_all(a, b);
}

/* Without the ASCII blanks (space, tab) at both ends. */
static inline struct slice slice_trim(struct slice s)
{
    while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t')) {
        s.ptr++;
        s.len--;
    }
    while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
        s.len--;
    return s;
}

#endif
