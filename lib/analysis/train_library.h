/* The libraries that learn are loaded when something is learned by them: a program that was linked with them would load
 * them, and all that they need, at every start, which takes three times as long as the rest of it. */
#ifndef CRM_ANALYSIS_TRAIN_LIBRARY_H
#define CRM_ANALYSIS_TRAIN_LIBRARY_H

#include <stddef.h>

#include "base/error.h"

/* For a list of functions, LIST(F) being F(one) F(another) ...: the members of a struct of pointers to them, called and
 * typed as they are in the library's header, and their names in the same order. */
#define TRAIN_LIBRARY_POINTER(function) __typeof__(function) *(function);
#define TRAIN_LIBRARY_NAME(function) #function,

/* Loads the library `file`, named as the loader knows it, and sets functions, an array or a struct of `count` pointers,
 * to those of these names. It stays loaded: to call this again, from another thread too, costs little. Fails, with
 * STATUS_SYSTEM, when there is no such library, when it has not all of the functions, or when memory is short. */
int train_library_load(const char *file, const char *const *names, size_t count, void *functions, struct error *err);

#endif
