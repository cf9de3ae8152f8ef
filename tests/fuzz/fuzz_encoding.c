/* Any bytes as the beginning of a file: the judge of encodings ends, says the same twice, names what iconv(3) knows,
 * and takes for UTF-8 what is UTF-8.
 *
 * The first byte says whether the rest is the whole file: an odd one does. */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "value/encoding.h"

/* One line of clean UTF-8. */
static void check_line(const char *text, size_t room)
{
    size_t length = strnlen(text, room);

    check(length < room && utf8_valid(text, length));
    for (size_t i = 0; i < length; i++)
        check((unsigned char)text[i] >= 0x20 && text[i] != 0x7f);
}

static void check_known(const char *name)
{
    iconv_t decoder = iconv_open("UTF-8", name);

    check(decoder != (iconv_t)-1);
    iconv_close(decoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct encoding_guess guess;
    struct encoding_guess again;
    struct error err;

    if (size < 1)
        return 0;
    bool whole = data[0] & 1;
    struct slice text = {(const char *)data + 1, size - 1};
    check(encoding_detect(text, whole, &guess, &err) == 0);
    check(encoding_detect(text, whole, &again, &err) == 0);
    check(strcmp(guess.name, again.name) == 0 && strcmp(guess.second, again.second) == 0);
    check(guess.confidence == again.confidence && guess.mark == again.mark);
    check(strcmp(guess.evidence, again.evidence) == 0);
    check_line(guess.name, sizeof guess.name);
    check_line(guess.second, sizeof guess.second);
    check_line(guess.evidence, sizeof guess.evidence);
    check(guess.confidence >= 0 && guess.confidence <= 1 && guess.mark <= text.len);
    check(!guess.second[0] || strcmp(guess.name, guess.second) != 0);
    if (guess.second[0])
        check_known(guess.second);
    if (!guess.name[0])
        return 0;
    check_known(guess.name);
    bool is_utf8 = strcmp(guess.name, "ASCII") == 0 || strcmp(guess.name, "UTF-8") == 0;
    if (whole && is_utf8 && guess.confidence == 1 && guess.mark == 0)
        check(utf8_valid(text.ptr, text.len));
    /* Without NULs (UTF-16), escapes (ISO-2022) and marks, UTF-8 can be nothing else. */
    if (!memchr(text.ptr, '\0', text.len) && !memchr(text.ptr, '\x1b', text.len) && !memchr(text.ptr, '~', text.len) &&
        guess.mark == 0 && utf8_valid(text.ptr, text.len))
        check(is_utf8);
    return 0;
}
