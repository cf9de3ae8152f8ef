/* Slices: comparison. */
#include "base/slice.h"

#include <string.h>

struct slice slice_from_cstr(const char *text)
{
    return (struct slice){text, strlen(text)};
}

bool slice_equal_cstr(struct slice a, const char *text)
{
    return slice_equal(a, slice_from_cstr(text));
}

int slice_compare_all(struct slice a, struct slice b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}
