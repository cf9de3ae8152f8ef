/* The programs: one line for each. tests/check-completion holds the list to what is in cmd/. */
#include "base/programs.h"

#include <string.h>

#include "base/options.h"

const struct program_entry programs[] = {
    {"import", "turn any export into clean records with standard column names"},
    {"dedupe", "find the records that are the same person or company, and merge them"},
    {"rfm", "how recent, frequent and valuable each customer is, and which segment that makes"},
    {"cohort", "of the customers that began together, how many stay, and what they bring"},
    {"funnel", "how many pass each step, how fast, and where they drop out"},
    {"pipeline", "what is open in each stage, what it is worth, and how fast deals are won"},
    {"score", "which lead to call first, by points for who it is and what it did, and why"},
    {"train", "learn from leads with a known outcome how likely it is for others"},
    {"report", "show what the others write as one page of tables and charts"},
    {"mask", "pseudonymise columns, so that what is joined by them can still be joined"},
    {0},
};

const struct program_entry manual_pages[] = {
    {"crm", "how all programs read, write and report; the options that they share"},
    {"terms", "the terms of the field, and which program works them out"},
    {"fields", "the standard columns, and the headers that are recognised"},
    {"expr", "the language of conditions, as in --where"},
    {"rules", "files of rules for scores"},
    {"model", "files of learned models"},
    {0},
};

const char *programs_likely(const char *name)
{
    const char *likely = NULL;
    size_t least = 3;

    for (const struct program_entry *entry = programs; entry->name; entry++) {
        size_t distance = edit_distance_folded(slice_from_cstr(name), slice_from_cstr(entry->name));
        if (distance < least && distance < strlen(entry->name)) {
            least = distance;
            likely = entry->name;
        }
    }
    return likely;
}
