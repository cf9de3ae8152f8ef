/* What clang-tidy is told before each file (`make lint`): that the functions which report an error return -1, which it
 * cannot see across files; otherwise it follows paths on which a call failed and its caller went on. */
#ifndef CRM_TESTS_TOOLS_ANALYZER_H
#define CRM_TESTS_TOOLS_ANALYZER_H

#include "base/error.h"

#define error_set(...) (error_set(__VA_ARGS__), -1)
#define error_memory(err) (error_memory(err), -1)
#define error_errno(...) (error_errno(__VA_ARGS__), -1)

#endif
