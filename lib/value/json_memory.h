/* Memory for jansson, which does not survive a failed allocation.
 *
 * Its lexer (2.14) keeps the text of a token in a buffer and does not look whether the buffer could grow: a string of
 * 16 bytes or more loses a character, without an error, or, when that is the closing quote, is read on to the next one
 * in whatever memory follows. So what cannot be had from the heap comes out of a reserve, 32 MiB of address space that
 * cost nothing until they are used: what is read is then right, and the program fails at its own next allocation. */
#ifndef CRM_VALUE_JSON_MEMORY_H
#define CRM_VALUE_JSON_MEMORY_H

#include "base/error.h"

/* Makes the reserve, once for the program, and has jansson allocate through it. What jansson has allocated before may
 * be freed after. No other thread may be inside jansson at the first call. -1: there is no address space. */
int json_memory_secure(struct error *err);

#endif
