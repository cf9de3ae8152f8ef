/* Phone numbers: from a text to the plain path or the library.
 *
 * A plain text is read at once. Any other is folded, mended and freed of its extension first, and may be plain then;
 * what is left goes to the library. */
#include "value/phone.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "value/phone_library.h"
#include "value/phone_parts.h"

enum { VANITY_LETTERS = 3 }; /* from so many on the library takes letters for keys */

int phone_reader_new(struct phone_reader **reader, struct error *err)
{
    *reader = calloc(1, sizeof **reader);
    if (!*reader)
        return error_memory(err);
    if (phone_plans_init(&(*reader)->plans, phone_library_metadata(), err)) {
        phone_reader_free(*reader);
        *reader = NULL;
        return -1;
    }
    return 0;
}

void phone_reader_free(struct phone_reader *reader)
{
    if (!reader)
        return;
    phone_plans_fini(&reader->plans);
    free(reader);
}

/* Which regions there are, by phone_region_place(). Filled once per process from the library's constant data. */
static bool known_regions[PHONE_REGIONS];
static pthread_once_t known_regions_once = PTHREAD_ONCE_INIT;

static void list_regions(void)
{
    struct slice collection = phone_library_metadata(), region;
    struct phone_metadata head;

    while (phone_metadata_next(&collection, &region) == 1)
        if (phone_metadata_head(region, &head) == 0 && head.id.len == 2) {
            const char id[3] = {head.id.ptr[0], head.id.ptr[1]};
            const int place = phone_region_place(id);
            if (place >= 0)
                known_regions[place] = true;
        }
}

bool phone_region_known(const char *region)
{
    const int place = phone_region_place(region);
    return place >= 0 && pthread_once(&known_regions_once, list_regions) == 0 && known_regions[place];
}

/* Whether letters of the number itself became digits. What follows ';' or ',' is an extension or a parameter. */
static bool has_vanity_letters(struct slice text)
{
    struct phone_tail tail;
    size_t at = 0, letters = 0;

    if (phone_tail_find(text, &tail))
        text = tail.number;
    while (at < text.len && !(text.ptr[at] >= '0' && text.ptr[at] <= '9') && text.ptr[at] != '+')
        at++;
    for (; at < text.len && text.ptr[at] != ';' && text.ptr[at] != ','; at++)
        letters += (text.ptr[at] >= 'a' && text.ptr[at] <= 'z') || (text.ptr[at] >= 'A' && text.ptr[at] <= 'Z');
    return letters >= VANITY_LETTERS;
}

static int read_by_library(struct slice text, const char *region, struct phone *phone, enum phone_verdict *verdict,
                           struct error *err)
{
    if (phone_library_read(text, region, phone, verdict))
        return error_memory(err);
    if (phone->e164_len > 0 && phone->e164[1] != '1' && phone->type != PHONE_TYPE_OTHER && has_vanity_letters(text)) {
        *phone = (struct phone){0};
        *verdict = PHONE_INVALID;
    }
    return 0;
}

static int read_folded(struct phone_reader *reader, struct slice text, const char *region, struct phone *phone,
                       enum phone_verdict *verdict, struct error *err)
{
    struct phone_plain plain;
    struct phone_tail tail;
    int done = 0;

    *phone = (struct phone){0};
    *verdict = PHONE_INVALID;
    if (!phone_mend(&text))
        return 0;
    const bool has_tail = phone_tail_find(text, &tail);
    const struct slice number = has_tail ? tail.number : text;
    if (phone_plain_scan(number, &plain))
        done = phone_plain_read(&reader->plans, &plain, region, phone, verdict, err);
    if (done < 0)
        return -1;
    if (done == 0 && has_tail && tail.common)
        return read_by_library(text, region, phone, verdict, err);
    if (done == 0 && read_by_library(number, region, phone, verdict, err))
        return -1;
    if (has_tail && phone->e164_len > 0) {
        memcpy(phone->extension, tail.extension.ptr, tail.extension.len);
        phone->extension_len = tail.extension.len;
    }
    return 0;
}

int phone_read(struct phone_reader *reader, struct slice text, const char *region, struct phone *phone,
               enum phone_verdict *verdict, struct error *err)
{
    struct phone_plain plain;
    char folded[PHONE_TEXT_MAX];
    size_t count;

    text = phone_trim(text);
    const bool maybe_amount = text.len >= 2 && text.ptr[text.len - 1] == '0' && text.ptr[text.len - 2] == '.';
    if (text.len <= PHONE_TEXT_MAX && !maybe_amount && phone_plain_scan(text, &plain)) {
        const int done = phone_plain_read(&reader->plans, &plain, region, phone, verdict, err);
        if (done != 0)
            return done < 0 ? -1 : 0;
    }
    if (text.len > PHONE_TEXT_MAX || !phone_fold(text, folded, &count)) {
        *phone = (struct phone){0};
        *verdict = PHONE_INVALID;
        return 0;
    }
    return read_folded(reader, (struct slice){folded, count}, region, phone, verdict, err);
}
