/* An index of all names and aliases of the vocabulary, for headers of very many columns. Private to the vocabulary. */
#ifndef CRM_VALUE_VOCABULARY_INDEX_H
#define CRM_VALUE_VOCABULARY_INDEX_H

#include "value/vocabulary_query.h"

/* Counts a look-up. true: there have been so many that the index is there, made by the first call to find it worth its
 * while. Any thread may call. */
bool vocabulary_index_ready(void);

/* What a name may stand for: a column of an entity, with its rank. */
struct vocabulary_hit {
    enum entity entity;
    size_t column;
    unsigned rank;
};

/* All hits of the query, in any order, perhaps several of one column; query_rank() is the least of a column's ranks.
 * The index must be ready. */
typedef void vocabulary_hit_function(void *context, struct vocabulary_hit hit);
void vocabulary_index_each(const struct query *query, vocabulary_hit_function *take, void *context);

#endif
