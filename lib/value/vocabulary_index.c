/* The index: a hash table of aliases by their keys, with linear probing, at most half full.
 *
 * Walking the aliases costs some microseconds a name and nothing before, which is right for the headers there are. A
 * header of a million columns is another matter: then a few milliseconds for the table are soon earned. It is made once
 * in a process, of constant data, in memory that is not touched before. An entry that is found is compared with its
 * alias, so that a name that happens to have the same hash means nothing. */
#include "value/vocabulary_index.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define SLOT_BITS 16
#define SLOTS ((size_t)1 << SLOT_BITS)
#define WORTH 4000 /* look-ups */

struct slot {
    const char *alias; /* NULL: the slot is free */
    uint32_t tag;      /* the upper half of the hash */
    uint16_t rank;     /* 1: the column's own name, then by the position of the alias */
    uint8_t entity, column;
};

static struct slot slots[SLOTS];
static size_t slots_used;
static atomic_uint look_ups;
static atomic_bool ready;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static uint64_t hash_key(const int32_t *key, size_t len)
{
    return XXH3_64bits(key, len * sizeof *key);
}

static void add(enum entity entity, size_t column, unsigned rank, const char *alias, const char *end)
{
    struct folding folding = folding_of(alias, end);
    int32_t key[TEXT_ROOM], cp;
    size_t len = 0;

    while ((cp = key_next(&folding)) >= 0 && len < TEXT_ROOM)
        key[len++] = cp;
    if (cp >= 0 || len == 0 || slots_used++ >= SLOTS / 2)
        return;
    uint64_t hash = hash_key(key, len);
    size_t at = hash % SLOTS;
    while (slots[at].alias)
        at = (at + 1) % SLOTS;
    slots[at] = (struct slot){alias, (uint32_t)(hash >> 32), (uint16_t)rank, (uint8_t)entity, (uint8_t)column};
}

static void add_column(enum entity entity, size_t number, const struct vocabulary_column *column)
{
    unsigned rank = 2;

    add(entity, number, 1, column->name, column->name + strlen(column->name));
    for (const char *alias = column->aliases, *end; *alias; alias = end + (*end == '|'), rank++) {
        end = strchrnul(alias, '|');
        add(entity, number, rank, alias, end);
    }
}

static void make(void)
{
    for (enum entity entity = ENTITY_NONE + 1; entity < ENTITY_COUNT; entity++)
        for (size_t i = 0; i < vocabulary_entities[entity]->count; i++)
            add_column(entity, i, &vocabulary_entities[entity]->columns[i]);
    atomic_store(&ready, slots_used <= SLOTS / 2); /* else the aliases are walked for ever */
}

bool vocabulary_index_ready(void)
{
    if (atomic_load_explicit(&ready, memory_order_acquire))
        return true;
    if (atomic_fetch_add_explicit(&look_ups, 1, memory_order_relaxed) < WORTH)
        return false;
    pthread_once(&once, make);
    return atomic_load(&ready);
}

static bool is_alias(const char *alias, const int32_t *key, size_t len)
{
    struct folding folding = folding_of(alias, strchrnul(alias, '|'));
    size_t i = 0;
    int32_t cp;

    while ((cp = key_next(&folding)) >= 0 && i < len && key[i] == cp)
        i++;
    return cp < 0 && i == len;
}

/* The hits of one form of the name. */
static void each_of(const struct query *query, const struct candidate *candidate, vocabulary_hit_function *take,
                    void *context)
{
    uint64_t hash = hash_key(candidate->key, candidate->len);

    for (size_t at = hash % SLOTS; slots[at].alias; at = (at + 1) % SLOTS) {
        const struct slot *slot = &slots[at];
        const struct vocabulary_column *column = &vocabulary_entities[slot->entity]->columns[slot->column];

        if (slot->tag != (uint32_t)(hash >> 32) || !(candidate->entities & 1u << slot->entity) ||
            !(candidate->kinds & 1u << column->kind) || !is_alias(slot->alias, candidate->key, candidate->len))
            continue;
        bool own = slot->rank == 1 && slice_equal_cstr(query->header, column->name);
        take(context, (struct vocabulary_hit){slot->entity, slot->column, own ? 0 : slot->rank + candidate->base});
    }
}

void vocabulary_index_each(const struct query *query, vocabulary_hit_function *take, void *context)
{
    for (size_t c = 0; c < query->count; c++)
        each_of(query, &query->candidates[c], take, context);
}
