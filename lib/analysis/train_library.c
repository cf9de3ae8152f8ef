/* Loading by dlopen(3). Nothing is ever unloaded: OpenMP's threads outlive the call that started them.
 *
 * What a library sets up when it is loaded does not survive an allocation that fails, and nothing can be done about
 * that from here: so as much memory as that takes is asked for and given back before. */
#include <dlfcn.h>
#include <string.h>

#include "analysis/train_learn.h"
#include "analysis/train_library.h"

#define LOADING_BYTES 1048576

static int loader_error(struct error *err)
{
    const char *text = dlerror();

    return text ? error_set(err, STATUS_SYSTEM, "cannot load a library: %.200s", text) : error_memory(err);
}

int train_library_load(const char *file, const char *const *names, size_t count, void *functions, struct error *err)
{
    void *library = NULL, *function;
    int result = 0;

    if (train_memory(LOADING_BYTES, err))
        return -1;
    library = dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library)
        return loader_error(err);
    for (size_t i = 0; !result && i < count; i++) {
        function = dlsym(library, names[i]);
        if (!function)
            result = loader_error(err);
        memcpy((char *)functions + i * sizeof function, &function, sizeof function);
    }
    dlclose(library); /* the count of its users alone */
    return result;
}
