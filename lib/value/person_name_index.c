/* Looking up words in the tables of names. All that they have is in one hash table: a word of a name costs one look-up,
 * however many tables there are. Words of different scripts cannot be equal. The hash table is made once per process,
 * needs no memory but its own, and does not change. */
#include <pthread.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "value/person_name_words.h"

unsigned name_find(const struct name_table *table, const char *key)
{
    size_t low = 0;
    size_t high = table->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(key, table->words[middle].key);
        if (order == 0)
            return table->words[middle].flags;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

enum { SLOTS = 8192 }; /* a power of two, more than twice the words */

static struct slot {
    const char *key; /* NULL: empty */
    size_t length;
    unsigned flags;
} slots[SLOTS];
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

/* The slot that has key, or is the one for it. */
static struct slot *find_slot(struct slice key)
{
    size_t i = XXH3_64bits(key.ptr, key.len) % SLOTS;

    while (slots[i].key && (slots[i].length != key.len || memcmp(slots[i].key, key.ptr, key.len) != 0))
        i = (i + 1) % SLOTS;
    return &slots[i];
}

static void fill_slots(void)
{
    const struct name_table *const tables[] = {&name_given_latin, &name_family_latin, &name_words_latin,
                                               &name_words_cyrillic, &name_words_arabic};

    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct name_word *word = &tables[t]->words[i];
            const struct slice key = slice_from_cstr(word->key);
            struct slot *slot = find_slot(key);
            *slot = (struct slot){key.ptr, key.len, slot->flags | word->flags};
        }
}

unsigned name_known(struct slice key)
{
    return pthread_once(&slots_once, fill_slots) == 0 ? find_slot(key)->flags : 0;
}
