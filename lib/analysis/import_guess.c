/* Guesses: a list, and how one is said. */
#include "analysis/import_guess.h"

#include <stdlib.h>

#include "base/memory.h"

void import_guesses_fini(struct import_guesses *guesses)
{
    free(guesses->items);
    *guesses = (struct import_guesses){0};
}

struct import_guess *import_guesses_add(struct import_guesses *guesses, size_t input, const char *topic,
                                        double confidence)
{
    if (ARRAY_GROW(guesses->items, guesses->capacity, guesses->count + 1))
        return NULL;
    struct import_guess *guess = &guesses->items[guesses->count++];
    *guess = (struct import_guess){.input = input, .topic = topic, .confidence = confidence};
    return guess;
}

int import_guess_describe(const struct import_guess *guess, struct buffer *text)
{
    return buffer_printf(text, "guessed %s: %s (confidence %.2f)", guess->topic, guess->what, guess->confidence) ||
           (*guess->evidence && buffer_printf(text, ": %s", guess->evidence)) ||
           (*guess->cure && buffer_printf(text, "; told by %s", guess->cure));
}
