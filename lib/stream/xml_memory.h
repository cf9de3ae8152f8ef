/* The memory of libxml2, watched: its parsers drop a name in silence where their dictionary gets no memory, and what
 * was read is then not what the file holds. */
#ifndef CRM_STREAM_XML_MEMORY_H
#define CRM_STREAM_XML_MEMORY_H

#include <stdbool.h>

/* From here on allocations of libxml2 that fail are noticed, of this thread alone. */
void xml_memory_watch(void);

/* Whether one has failed since. */
bool xml_memory_failed(void);

#endif
