/* What clang-tidy is told before each file but those that define these functions (`make lint`): what a function that
 * reports an error returns. It cannot see that across files, and would follow paths on which a call failed and its
 * caller went on. */
#ifndef CRM_TESTS_TOOLS_ANALYZER_H
#define CRM_TESTS_TOOLS_ANALYZER_H

#include "base/error.h"
#include "stream/reader.h"
#include "value/settings.h"

#define error_set(...) (error_set(__VA_ARGS__), -1)
#define error_memory(err) (error_memory(err), -1)
#define error_errno(...) (error_errno(__VA_ARGS__), -1)
#define settings_fail(...) (settings_fail(__VA_ARGS__), -1)
#define reader_bad(...) (reader_bad(__VA_ARGS__), READ_BAD)

#endif
