/* Loading by dlopen(3): the library that ties Pango to Cairo brings both. Its name is that which a linker would write
 * down. */
#include "report/canvas_cairo_library.h"

#include <dlfcn.h>
#include <string.h>

int cairo_library_load(struct cairo_library *library, struct error *err)
{
    static const char *const names[] = {CAIRO_FUNCTIONS(CAIRO_NAME)};
    void *handle = dlopen(PANGOCAIRO_SONAME, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

    if (!handle)
        return error_set(err, STATUS_SYSTEM, "PNG and PDF need the library Pango with Cairo: %.200s", dlerror());
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        void *function = dlsym(handle, names[i]);
        if (!function)
            return error_set(err, STATUS_SYSTEM, "the library Pango has no function %s", names[i]);
        memcpy((char *)library + i * sizeof function, &function, sizeof function);
    }
    return 0;
}
