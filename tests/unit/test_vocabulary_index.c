/* The index of the vocabulary finds what walking its aliases finds: every name and alias, as it stands and decorated,
 * is looked up both ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "value/vocabulary_index.h"

static const char *const frames[] = {"%.*s",       "  %.*s ",       "%.*s 2", "%.*s__c",
                                     "%.*s (EUR)", "Person - %.*s", "x%.*s",  "%.*sx"};
#define FRAMES (sizeof frames / sizeof *frames)

typedef void name_function(struct slice name);

static void each_name(name_function *look)
{
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        size_t count;
        const struct vocabulary_column *columns = vocabulary_columns(entity, &count);

        for (size_t i = 0; i < count; i++) {
            look(slice_from_cstr(columns[i].name));
            for (const char *alias = columns[i].aliases, *end; *alias; alias = end + (*end == '|')) {
                end = strchrnul(alias, '|');
                look((struct slice){alias, (size_t)(end - alias)});
            }
        }
    }
}

/* vocabulary_rank() walks; the best rank of an entity's columns, and of all that are called alike, is what the index
 * has to find. */
static void both_ways_agree(struct slice name)
{
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++) {
        size_t count, column = SIZE_MAX, best = SIZE_MAX;
        const struct vocabulary_column *columns = vocabulary_columns(entity, &count);
        unsigned rank = VOCABULARY_NO_RANK, least = VOCABULARY_NO_RANK;

        for (size_t i = 0; i < count; i++) {
            unsigned walked = vocabulary_rank(entity, i, name);
            if (walked < least) {
                least = walked;
                best = i;
            }
        }
        bool found = vocabulary_find(entity, name, &column, &rank);
        if (found != (least != VOCABULARY_NO_RANK) || rank != least || (found && column != best))
            fail_msg("'%.*s', entity %s: rank %u, walked %u", (int)name.len, name.ptr, entity_name(entity), rank,
                     least);
        if (found && vocabulary_rank_role(columns[column].name, name) > rank)
            fail_msg("'%.*s' as %s", (int)name.len, name.ptr, columns[column].name);
    }
}

static size_t names;

static void look(struct slice name)
{
    char framed[1000];

    if (names++ % 16 && name.len > 12) /* all the short ones, some of the others */
        return;
    for (size_t i = 0; i < FRAMES; i++) {
        int len = snprintf(framed, sizeof framed, frames[i], (int)name.len, name.ptr);
        both_ways_agree((struct slice){framed, (size_t)len});
    }
}

static void index_finds_what_the_walk_finds(void **state)
{
    size_t column;

    (void)state;
    for (size_t i = 0; i < 10000 && !vocabulary_index_ready(); i++)
        vocabulary_find(ENTITY_ORDER, SLICE("nothing"), &column, NULL);
    assert_true(vocabulary_index_ready());
    each_name(look);
    assert_true(names > 3000);
    both_ways_agree(SLICE(""));
    both_ways_agree(SLICE("birth day"));
    both_ways_agree(SLICE("\xff\xfe"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(index_finds_what_the_walk_finds)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
