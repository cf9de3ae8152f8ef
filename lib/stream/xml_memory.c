/* The memory of libxml2: malloc() and its sisters, with a note per thread of failures. They are put in place once and
 * stay; memory that libxml2 took before is of the same kind. */
#include "stream/xml_memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xmlmemory.h>

static _Thread_local bool failed;
static pthread_once_t installed = PTHREAD_ONCE_INIT;

static void *noted(void *memory)
{
    failed |= memory == NULL;
    return memory;
}

static void *take(size_t size)
{
    return noted(malloc(size));
}

static void *resize(void *memory, size_t size)
{
    return noted(realloc(memory, size));
}

static char *copy(const char *text)
{
    return noted(strdup(text));
}

static void install(void)
{
    xmlMemSetup(free, take, resize, copy);
}

void xml_memory_watch(void)
{
    pthread_once(&installed, install);
    failed = false;
}

bool xml_memory_failed(void)
{
    return failed;
}
