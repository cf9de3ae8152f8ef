/* The bridge to libphonenumber, which is C++. Private to phone_*.c.
 *
 * No exception crosses it. The library is started by the first phone_library_read(), which takes about four
 * milliseconds. */
#ifndef CRM_VALUE_PHONE_LIBRARY_H
#define CRM_VALUE_PHONE_LIBRARY_H

#ifdef __cplusplus
extern "C" {
#endif

#include "value/phone.h"

/* The serialized metadata, part of the library's read-only data. Does not start the library. */
struct slice phone_library_metadata(void);

/* Parse, IsValidNumber, IsPossibleNumberWithReason, Format (E.164), GetRegionCodeForNumber and GetNumberType in one.
 * region: NULL for none. 0, or -1 when memory ran out in this call or an earlier one. */
int phone_library_read(struct slice text, const char *region, struct phone *phone, enum phone_verdict *verdict);

#ifdef __cplusplus
}
#endif

#endif
