/* The core of a company's name. Legal forms in other scripts than Latin go first, from the text as written
 * (company_form_native.c), since folding would make them look like others; then the name is folded, and Latin forms go
 * from its words.
 *
 * Both passes are company_strip(): words are looked up by the first word of each form, most of them once, and the
 * longest form that fits decides. From the front forms are taken as long as one follows, then from the end, then those
 * that can be nothing else from between. When no word would be left, nothing is taken. */
#include "value/company_form_tables.h"

#include <stdlib.h>
#include <string.h>

#include "value/company_form.h"

struct name {
    const struct company_table *table;
    size_t count;
    struct slice word[COMPANY_WORDS];
    const struct company_form *first[COMPANY_WORDS]; /* the first form that begins with the word */
    bool gone[COMPANY_WORDS];
};

static bool begins(struct slice key, struct slice with, bool whole)
{
    return key.len >= with.len && memcmp(key.ptr, with.ptr, with.len) == 0 &&
           (!whole || key.len == with.len || key.ptr[with.len] == ' ');
}

const struct company_form *company_form_find(const struct company_table *table, struct slice word, bool whole)
{
    size_t low = 0;
    size_t high = table->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (slice_compare(table->forms[middle].key, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < table->count && begins(table->forms[low].key, word, whole) ? table->forms + low : NULL;
}

/* The word without its points, with a blank in front unless it is the first. false: there is no room. */
static bool add_key(char key[COMPANY_FORM_BYTES], size_t *length, struct slice word)
{
    if (*length + word.len + 1 > COMPANY_FORM_BYTES)
        return false;
    if (*length)
        key[(*length)++] = ' ';
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] != '.')
            key[(*length)++] = word.ptr[i];
    return true;
}

/* The form that the words from `from` to before `to` are, or NULL. */
static const struct company_form *form_of(const struct name *name, size_t from, size_t to)
{
    char key[COMPANY_FORM_BYTES];
    size_t length = 0;
    const struct company_form *end = name->table->forms + name->table->count;

    if (!name->first[from])
        return NULL;
    for (size_t i = from; i < to; i++)
        if (!add_key(key, &length, name->word[i]))
            return NULL;
    const struct slice wanted = {key, length};
    for (const struct company_form *form = name->first[from]; form < end; form++) {
        const int order = slice_compare(form->key, wanted);
        if (order >= 0)
            return order == 0 ? form : NULL;
    }
    return NULL;
}

static void find_words(struct name *name, const char *words, size_t length)
{
    size_t start = 0;

    for (size_t i = 0; i <= length; i++) {
        if (i < length && words[i] != ' ')
            continue;
        if (i > start && name->count <= COMPANY_WORDS) {
            if (name->count < COMPANY_WORDS)
                name->word[name->count] = (struct slice){words + start, i - start};
            name->count++;
        }
        start = i + 1;
    }
}

static void look_up(struct name *name)
{
    for (size_t i = 0; i < name->count; i++) {
        char key[COMPANY_FORM_BYTES];
        size_t length = 0;
        name->gone[i] = false;
        name->first[i] = NULL;
        if (add_key(key, &length, name->word[i]) && length)
            name->first[i] = company_form_find(name->table, (struct slice){key, length}, true);
    }
}

static void remove_words(struct name *name, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        name->gone[i] = true;
}

/* The longest form at word i, its end in *to. */
static const struct company_form *longest_at(const struct name *name, size_t i, size_t *to)
{
    const size_t most = name->count - i < COMPANY_FORM_WORDS ? name->count - i : COMPANY_FORM_WORDS;

    for (size_t words = most; words; words--) {
        const struct company_form *form = form_of(name, i, i + words);
        if (form) {
            *to = i + words;
            return form;
        }
    }
    return NULL;
}

static size_t strip_front(struct name *name)
{
    size_t i = 0;
    size_t to;

    while (i < name->count) {
        const struct company_form *form = longest_at(name, i, &to);
        if (!form || !(form->flags & COMPANY_FRONT))
            break;
        remove_words(name, i, to);
        i = to;
    }
    return i;
}

/* The end of what is left, of words from `front` on. */
static size_t strip_behind(struct name *name, size_t front)
{
    size_t end = name->count;

    while (end > front) {
        size_t from = end - front < COMPANY_FORM_WORDS ? front : end - COMPANY_FORM_WORDS;
        const struct company_form *form = NULL;
        while (from < end && !(form = form_of(name, from, end)))
            from++;
        const bool left_behind = form && (form->flags & COMPANY_AND) && end < name->count;
        if (!form || !((form->flags & COMPANY_BEHIND) || left_behind))
            break;
        remove_words(name, from, end);
        end = from;
    }
    return end;
}

static void strip_inside(struct name *name, size_t front, size_t end)
{
    size_t to;

    for (size_t i = front; i < end; i++) {
        const struct company_form *form = name->first[i] ? longest_at(name, i, &to) : NULL;
        if (!form || to > end)
            continue;
        if ((form->flags & COMPANY_INSIDE) || ((form->flags & COMPANY_AND) && i > front) ||
            ((form->flags & COMPANY_AND_SHORT) && i > front && to < end)) {
            remove_words(name, i, to);
            i = to - 1;
        }
    }
}

/* Letters that stand alone, one after the other, become one word. Returns the new length. */
static size_t join_letters(char *words, size_t length)
{
    size_t to = 0;
    size_t width = 0; /* of the word under way, as it was */

    for (size_t i = 0; i < length; i++) {
        if (words[i] != ' ') {
            width++;
        } else {
            const bool alone = width == 1 && i + 1 < length && (i + 2 == length || words[i + 2] == ' ');
            width = 0;
            if (alone)
                continue;
        }
        words[to++] = words[i];
    }
    return to;
}

size_t company_strip(const struct company_table *table, char *words, size_t length, bool folded)
{
    struct name name;
    size_t to = 0;
    bool any = false;

    if (folded)
        length = join_letters(words, length);
    name.table = table;
    name.count = 0;
    find_words(&name, words, length);
    if (name.count > COMPANY_WORDS)
        return length;
    look_up(&name);
    const size_t front = strip_front(&name);
    const size_t end = strip_behind(&name, front);
    strip_inside(&name, front, end);
    for (size_t i = 0; i < name.count && !any; i++)
        any = !name.gone[i];
    if (!any)
        return length;
    for (size_t i = 0; i < name.count; i++) {
        if (name.gone[i])
            continue;
        if (to)
            words[to++] = ' ';
        memmove(words + to, name.word[i].ptr, name.word[i].len);
        to += name.word[i].len;
    }
    return to;
}

size_t company_core_of_folded(char *words, size_t length)
{
    return length ? company_strip(&company_forms_latin, words, length, true) : 0;
}

/* Whether there may be letters of another script than Latin: U+0340 and what follows. */
static bool may_be_native(struct slice text)
{
    unsigned char greatest = 0;

    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] > greatest)
            greatest = (unsigned char)text.ptr[i];
    return greatest >= 0xcd;
}

#define PLAIN_BYTES 512

/* Folds the text without the forms of other scripts; all of it when nothing would be left. */
static int fold_without_native(struct latin_fold *fold, struct slice text, struct buffer *out, struct error *err)
{
    char plain[PLAIN_BYTES];
    char *room = NULL;
    const size_t before = out->len;

    if (text.len > sizeof plain && !(room = malloc(text.len)))
        return error_memory(err);
    char *to = room ? room : plain;
    const struct slice rest = {to, company_without_native(text, to)};
    const int result = latin_fold(fold, rest, out, NULL, err);
    free(room);
    return result || out->len > before ? result : latin_fold(fold, text, out, NULL, err);
}

int company_core(struct latin_fold *fold, struct slice text, struct buffer *out, struct error *err)
{
    const size_t before = out->len;

    if (may_be_native(text) ? fold_without_native(fold, text, out, err) : latin_fold(fold, text, out, NULL, err))
        return -1;
    if (out->len > before)
        out->len = before + company_core_of_folded(out->data + before, out->len - before);
    return 0;
}
