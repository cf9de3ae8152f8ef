/* Blocking rules as text: "email,last_name:sound+dob:year,phone:end7". */
#include <string.h>

#include "analysis/link_block.h"

static const char *const part_names[LINK_PARTS] = {
    "all", "sound", "start", "end", "year", "day", "user", "district", "number", "word",
};

static bool has_length(enum link_part part)
{
    return part == LINK_PART_START || part == LINK_PART_END || part == LINK_PART_WORD;
}

int link_rule_print(const struct link_rule *rule, const struct link_records *records, struct buffer *out)
{
    for (size_t i = 0; i < rule->count; i++) {
        const struct link_key *key = &rule->keys[i];

        if (buffer_printf(out, "%s%s", i ? "+" : "", records->fields[key->field].name))
            return -1;
        if (key->part != LINK_PART_ALL && buffer_printf(out, ":%s", part_names[key->part]))
            return -1;
        if (has_length((enum link_part)key->part) && buffer_printf(out, "%u", key->length))
            return -1;
    }
    return 0;
}
