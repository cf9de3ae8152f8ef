/* Splitting a name: who is no person, which words are titles and suffixes, then by the comma, by what the name shows of
 * its order, or by the column's order. Every way out that is not certain leaves the name whole. */
#include "value/person_name_words.h"

#include <string.h>

/* Where words that belong together are written when they stand apart in the text. */
struct room {
    char *next;
    char *end;
};

static bool whole(struct person_name *out, enum name_kind kind, const char *reason)
{
    *out = (struct person_name){.kind = kind, .reason = reason};
    return false;
}

/* What lies between two words of the text: nothing, a blank, or (for suffixes) a comma and a blank. */
static bool stand_together(const struct word *a, const struct word *b)
{
    const char *end = a->text.ptr + a->text.len;
    const size_t gap = (size_t)(b->text.ptr - end);

    if (b->text.ptr < end)
        return false;
    return gap == 0 || (gap == 1 && (*end == ' ' || *end == '/')) || (gap == 2 && end[0] == ',' && end[1] == ' ');
}

/* The words as one part: a view into the text if they stand together in it, else a copy in the room. */
static struct slice join(const struct word *const *word, size_t count, struct room *room)
{
    bool together = true;

    if (count == 0)
        return (struct slice){NULL, 0};
    for (size_t i = 1; i < count && together; i++)
        together = stand_together(word[i - 1], word[i]);
    if (together)
        return (struct slice){word[0]->text.ptr,
                              (size_t)(word[count - 1]->text.ptr - word[0]->text.ptr) + word[count - 1]->text.len};
    char *start = room->next;
    for (size_t i = 0; i < count; i++) {
        if ((size_t)(room->end - room->next) < word[i]->text.len + 1)
            return (struct slice){NULL, 0};
        if (i)
            *room->next++ = ' ';
        memcpy(room->next, word[i]->text.ptr, word[i]->text.len);
        room->next += word[i]->text.len;
    }
    return (struct slice){start, (size_t)(room->next - start)};
}

/* Whether the words speak of a company; then *certain, or it may be a name in capitals. */
static bool is_company(const struct name_words *words, bool *certain)
{
    const struct word *last = &words->word[words->count - 1];

    *certain = true;
    for (size_t i = 0; i < words->count; i++)
        if (words->word[i].flags & NAME_COMPANY)
            return true;
    if (words->count < 2 || !(last->flags & NAME_LEGAL) || (last[-1].flags & NAME_PARTICLE))
        return false;
    *certain = words->has_small || last->dotted;
    return last->capitals || last->dotted || (last->small && last->capital);
}

/* What speaks against a person, or against only one. */
static const char *obstacle(const struct name_words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = &words->word[i];
        if (word->flags & NAME_REMARK)
            return "a remark";
        if ((word->flags & NAME_AND) && !(i && i + 1 < words->count && (word[-1].flags & NAME_PARTICLE) &&
                                          (word[1].flags & NAME_PARTICLE))) /* von und zu */
            return "more than one person, or a company";
    }
    return NULL;
}

/* Whether a point stands inside one of the words: a degree or a title that the tables do not know. */
static bool has_abbreviation(const struct name_core *core)
{
    for (size_t i = 0; i < core->count; i++) {
        const struct slice text = core->word[i]->text;
        if (core->word[i]->dotted && memchr(text.ptr, '.', text.len - 1))
            return true;
    }
    return false;
}

/* The words from `from` that are one given name: María del Carmen, Abdul Rahman, Abd al-Rahman. At most to - from. */
static size_t given_length(const struct name_core *core, size_t from, size_t to)
{
    size_t next = from + 1;

    if (core->word[from]->flags & NAME_SERVANT) {
        if (next < to && (core->word[next]->flags & NAME_PARTICLE) && next + 1 < to)
            next++;
        return next < to ? next + 1 - from : 1;
    }
    while (next + 1 < to && (core->word[next]->flags & NAME_PARTICLE))
        next++;
    return next > from + 1 && next < to && (core->word[next]->flags & NAME_MARIAN) ? next + 1 - from : 1;
}

static void put_given(struct person_name *out, const struct name_core *core, size_t from, size_t to, struct room *room)
{
    const size_t length = from < to ? given_length(core, from, to) : 0;

    out->first = join(core->word + from, length, room);
    out->middle = join(core->word + from + length, to - from - length, room);
}

#define GIVEN_NAMES 4 /* more make no name */

static const char too_many[] = "too many words";

/* Given names, then the family name from `last` on. */
static bool put_first_last(struct person_name *out, const struct name_core *core, size_t last, struct room *room)
{
    if (last > GIVEN_NAMES)
        return whole(out, NAME_WHOLE, too_many);
    put_given(out, core, 0, last, room);
    out->last = join(core->word + last, core->count - last, room);
    out->kind = out->first.len && out->last.len ? NAME_PERSON : NAME_ONE_WORD;
    return true;
}

/* The family name up to `given`, then given names. */
static bool put_last_first(struct person_name *out, const struct name_core *core, size_t given, struct room *room)
{
    if (core->count - given > GIVEN_NAMES)
        return whole(out, NAME_WHOLE, too_many);
    out->last = join(core->word, given, room);
    put_given(out, core, given, core->count, room);
    out->reversed = true;
    out->kind = out->first.len && out->last.len ? NAME_PERSON : NAME_ONE_WORD;
    return true;
}

static bool is_given(const struct word *word)
{
    return word->flags & NAME_GIVEN;
}

static bool is_patronymic(const struct word *word, unsigned flags)
{
    return word->flags & flags;
}

/* "Last, First Middle". Particles behind the given names belong to the family name: "Berg, Jan van der". */
static bool split_comma(struct person_name *out, struct name_core *core, struct room *room)
{
    const size_t comma = core->comma;
    size_t end = core->count;

    if (core->words->segments > 0 && comma >= 2 && is_given(core->word[0]) && !is_given(core->word[comma]) &&
        !core->word[comma]->initial)
        return whole(out, NAME_WHOLE, "a comma, but a given name before it");
    while (end > comma + 1 && (core->word[end - 1]->flags & NAME_PARTICLE) && core->word[end - 1]->small)
        end--;
    const struct word *family[NAME_WORDS];
    size_t count = 0;
    for (size_t i = end; i < core->count; i++)
        family[count++] = core->word[i];
    for (size_t i = 0; i < comma; i++)
        family[count++] = core->word[i];
    if (count > GIVEN_NAMES + 1 || end - comma > GIVEN_NAMES)
        return whole(out, NAME_WHOLE, too_many);
    out->last = join(family, count, room);
    put_given(out, core, comma, end, room);
    out->reversed = true;
    return true;
}

/* Where the family name begins behind at least one given name; 0: not to be told. */
static size_t family_start(const struct name_core *core)
{
    const size_t count = core->count;
    const bool iberian = core->word[0]->flags & NAME_IBERIAN;
    const size_t given = given_length(core, 0, count - 1);
    const bool vietnamese = core->word[count - 1]->flags & NAME_VIETNAMESE;
    size_t start = count - 1;

    for (size_t i = given; i + 1 < count; i++) {
        if (!name_is_particle(core, i) || (vietnamese && !core->word[i]->small))
            continue;
        const struct word *word = core->word[i];
        bool joins = word->text.len == 1; /* Ortega y Gasset */
        if (joins && i < 2)
            return 0;
        start = joins ? i - 1 : i;
        break;
    }
    while (iberian && start > given && (core->word[start - 1]->flags & NAME_FAMILY)) {
        if (is_given(core->word[start - 1])) {
            if (start < count - 1 || count == 3)
                return 0; /* José Vicente Pérez, Álvaro Martín da Costa */
            break;
        }
        start--;
    }
    if (iberian && start == count - 1 && count > 3 && start - 1 > given && (core->word[start - 1]->flags & NAME_FAMILY))
        start--; /* José Luis Martín López */
    const bool doubtful = !(core->word[0]->flags & NAME_ELSEWHERE) || (core->word[count - 1]->flags & NAME_FAMILY);
    if (iberian && doubtful && start > given && !core->word[start - 1]->initial && !is_given(core->word[start - 1]))
        return 0; /* Mariano Rajoy Brey */
    return start;
}

static bool split_first_last(struct person_name *out, const struct name_core *core, struct room *room)
{
    const size_t last = core->count - 1;

    if (core->word[last]->initial && (core->count > 2 || !is_given(core->word[0])))
        return whole(out, NAME_WHOLE, "initials at the end");
    if ((core->word[0]->small || core->word[0]->apostrophe) && core->word[last]->capital && name_is_particle(core, 0) &&
        !(core->word[0]->flags & NAME_GIVEN)) {
        if (is_given(core->word[last]))
            return whole(out, NAME_WHOLE, "begins with a particle");
        out->last = join(core->word, core->count, room);
        out->kind = NAME_ONE_WORD;
        return true;
    }
    if ((core->word[0]->flags & NAME_VIETNAMESE) && core->count > 2)
        return whole(out, NAME_WHOLE, "a Vietnamese family name in front");
    const size_t start = family_start(core);
    if (start == 0)
        return whole(out, NAME_WHOLE, "one family name or two");
    return put_first_last(out, core, start, room);
}

static bool split_last_first(struct person_name *out, const struct name_core *core, struct room *room)
{
    size_t end = 0;

    while (name_is_particle(core, end))
        end++;
    end++;
    while (end + 2 <= core->count && name_is_particle(core, end) && core->word[end]->small) {
        while (end + 1 < core->count && name_is_particle(core, end))
            end++;
        end++;
    }
    if (end + 1 < core->count && (core->word[end]->flags & NAME_FAMILY) && !is_given(core->word[end]) &&
        is_given(core->word[end + 1]))
        end++;
    if (end == core->count && !core->word[0]->small)
        return whole(out, NAME_WHOLE, "begins with a particle");
    if (core->word[0]->initial && end < core->count)
        return whole(out, NAME_WHOLE, "initials in front");
    return put_last_first(out, core, end, room);
}

/* Names that a patronymic takes apart. 1: split; 0: left whole; -1: not such a name. */
static int split_patronymic(struct person_name *out, const struct name_core *core, enum name_order order,
                            struct room *room)
{
    const struct word *const *word = core->word;
    const size_t count = core->count;
    const unsigned any = NAME_PATRONYMIC | NAME_PATRONYMIC_MALE | NAME_PATRONYMIC_WORD;

    if (count == 2 && is_patronymic(word[1], any)) {
        if (is_patronymic(word[1], NAME_PATRONYMIC) && is_given(word[0])) {
            put_given(out, core, 0, 2, room);
            out->kind = NAME_ONE_WORD;
            return 1;
        }
        return is_given(word[0]) || is_patronymic(word[1], NAME_PATRONYMIC)
                   ? whole(out, NAME_WHOLE, "a patronymic or a family name")
                   : -1;
    }
    if (count < 3)
        return -1;
    if (order == NAME_UNDECIDED)
        return whole(out, NAME_WHOLE, "a patronymic or a family name");
    const size_t own_word = is_patronymic(word[count - 1], NAME_PATRONYMIC_WORD) ? 1 : 0;
    if (own_word && count == 3) {
        put_given(out, core, 0, 3, room);
        out->kind = NAME_ONE_WORD;
        return 1;
    }
    if (order == NAME_LAST_FIRST && is_patronymic(word[count - 1], any)) {
        const size_t given = count - 2 - own_word;
        if (given > 1 && !is_given(word[given]))
            return whole(out, NAME_WHOLE, "a given name that is not known before the patronymic");
        return put_last_first(out, core, given, room);
    }
    if (order == NAME_FIRST_LAST && count == 3)
        return put_first_last(out, core, 2, room);
    if (order == NAME_FIRST_LAST && is_patronymic(word[2], NAME_PATRONYMIC_WORD) && count == 4)
        return put_first_last(out, core, 3, room);
    return order == NAME_FIRST_LAST && is_patronymic(word[1], any) ? put_first_last(out, core, 2, room) : -1;
}

static bool has_patronymic(const struct name_core *core)
{
    for (size_t i = 1; i < core->count; i++)
        if (is_patronymic(core->word[i], NAME_PATRONYMIC | NAME_PATRONYMIC_MALE | NAME_PATRONYMIC_WORD))
            return true;
    return false;
}

/* Whether a word ends as Russian and Ukrainian family names do. */
static bool has_family_ending(const struct name_core *core)
{
    for (size_t i = 0; i < core->count; i++)
        if (core->word[i]->flags & (NAME_SURNAME_ENDING | NAME_PATRONYMIC_MALE))
            return true;
    return false;
}

static bool split_one_word(struct person_name *out, const struct name_core *core, enum name_order order,
                           struct room *room)
{
    const struct slice word = join(core->word, 1, room);
    const bool known = is_given(core->word[0]);
    const bool comma = core->words->segments > 0 && (core->suffix_count == 0 || !known);
    const bool others = core->prefix_count || core->words->nickname.len;

    if (comma || (!known && (others || order == NAME_LAST_FIRST)))
        out->last = word;
    else
        out->first = word;
    out->kind = NAME_ONE_WORD;
    return true;
}

/* Two or more words without a comma. */
static bool split_words(struct person_name *out, const struct name_core *core, enum name_order order, struct room *room)
{
    bool sure;
    const enum name_order shown = name_evidence(core, &sure);

    if (core->count == 2 && (core->word[0]->flags & NAME_SERVANT) && (core->words->scripts & SCRIPT_ARABIC)) {
        put_given(out, core, 0, 2, room);
        out->kind = NAME_ONE_WORD;
        return true;
    }
    if (has_patronymic(core)) {
        const bool follow =
            order == NAME_LAST_FIRST && !is_patronymic(core->word[1], NAME_PATRONYMIC | NAME_PATRONYMIC_MALE);
        int result = split_patronymic(out, core, sure ? shown : follow ? order : NAME_UNDECIDED, room);
        if (result >= 0)
            return result;
    }
    if (core->count == 2 && (core->word[0]->flags & NAME_TITLE_LONG))
        return whole(out, NAME_WHOLE, "a title or a given name in front");
    if (sure || (order == NAME_UNDECIDED && has_family_ending(core)))
        order = shown;
    if (order == NAME_UNDECIDED)
        return whole(out, NAME_WHOLE, "nothing shows which is the family name");
    return order == NAME_FIRST_LAST ? split_first_last(out, core, room) : split_last_first(out, core, room);
}

bool person_name_split(struct slice text, enum name_order order, char room_bytes[PERSON_NAME_ROOM],
                       struct person_name *out)
{
    struct name_words words;
    struct name_core core;
    struct room room;
    bool certain;

    room.next = room_bytes;
    room.end = room_bytes + PERSON_NAME_ROOM;
    if (!name_words_read(&words, text))
        return whole(out, words.kind, words.reason);
    *out = (struct person_name){.kind = NAME_PERSON, .nickname = words.nickname};
    if (words.scripts & (SCRIPT_HAN | SCRIPT_KANA | SCRIPT_HANGUL))
        return name_split_east_asian(&words, out) ? true : whole(out, out->kind, out->reason);
    if (is_company(&words, &certain))
        return certain ? whole(out, NAME_NOT_A_PERSON, "a company") : whole(out, NAME_WHOLE, "perhaps a company");
    const char *reason = obstacle(&words);
    if (reason)
        return whole(out, NAME_WHOLE, reason);
    if (!name_core_find(&core, &words))
        return whole(out, NAME_WHOLE, "more commas than a name has");
    if (core.count == 0)
        return whole(out, NAME_WHOLE, "a title alone");
    if (has_abbreviation(&core))
        return whole(out, NAME_WHOLE, "an abbreviation");
    if (words.segments && !core.comma && core.count > 1 && core.suffix_count + core.prefix_count == 0)
        return whole(out, NAME_WHOLE, "a comma with nothing behind it");
    out->prefix = join(core.prefix, core.prefix_count, &room);
    out->suffix = join(core.suffix, core.suffix_count, &room);
    if (core.comma)
        return split_comma(out, &core, &room);
    if (core.count == 1)
        return split_one_word(out, &core, order, &room);
    return split_words(out, &core, order, &room);
}
