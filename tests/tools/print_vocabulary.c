/* Prints the vocabulary, one alias a line: entity, column, kind, meaning, alias, separated by tabs. A column's first
 * line has its own name as the alias. For tests/check-fields.sh, which holds crm-fields(5) to the code. */
#include <stdio.h>
#include <string.h>

#include "value/vocabulary.h"

static void print_alias(enum entity entity, const struct vocabulary_column *column, const char *alias, size_t len)
{
    printf("%s\t%s\t%s\t%s\t%.*s\n", entity_name(entity), column->name, value_kind_name(column->kind), column->meaning,
           (int)len, alias);
}

int main(void)
{
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        size_t count;
        const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
        for (size_t i = 0; i < count; i++) {
            print_alias(entity, &columns[i], columns[i].name, strlen(columns[i].name));
            for (const char *alias = columns[i].aliases; *alias;) {
                size_t len = strcspn(alias, "|");
                print_alias(entity, &columns[i], alias, len);
                alias += len + (alias[len] == '|');
            }
        }
    }
    return fflush(stdout) == 0 ? 0 : 4;
}
