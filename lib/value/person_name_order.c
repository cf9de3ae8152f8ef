/* Which end of a name is the family name: what single names show, elections over a column, the header's word for it.
 *
 * A name shows its order by a known given name at one end and none at the other, by a Russian patronymic, which stands
 * behind the given name, or by initials behind a family name. Given names that are as often family names (Martin,
 * George) show nothing. A single name may mislead (Quentin Paul), so that a column is decided by four votes of five. */
#include "value/person_name_words.h"

#include <string.h>

/* Letters of a degree or a title that the tables do not know, behind the whole name: "John Doe, CLU, LUTC". */
static bool is_acronym(const struct name_words *words, const struct word *word)
{
    if (!word->capitals || !words->has_small || word->text.len > 6 || (word->flags & NAME_GIVEN))
        return false;
    return word->segment > 1 || (word->segment == 1 && words->word[1].segment == 0 &&
                                 ((words->word[0].flags | words->word[1].flags) & NAME_GIVEN));
}

static bool is_suffix(const struct name_words *words, const struct word *word)
{
    if ((word->flags & NAME_SUFFIX) || is_acronym(words, word))
        return true;
    return (word->flags & NAME_SUFFIX_CAPITALS) &&
           (word->segment || word->dotted || (word->capitals && words->has_small));
}

/* follow: words of the segment behind it. */
static bool is_title(const struct word *word, size_t follow)
{
    return (word->flags & NAME_TITLE) || ((word->flags & NAME_TITLE_DOT) && word->dotted) ||
           ((word->flags & NAME_TITLE_LONG) && follow > 1);
}

/* The words of one segment, [from, to): titles before the name, suffixes behind it (and a title with its point), the
 * rest to the core. The first segment keeps a word. */
static void sort_segment(struct name_core *core, const struct name_words *words, size_t from, size_t to)
{
    const size_t least = words->word[from].segment == 0 ? 1 : 0;
    size_t end = to;

    while (end - from > least && (is_suffix(words, &words->word[end - 1]) ||
                                  ((words->word[end - 1].flags & NAME_TITLE) && words->word[end - 1].dotted)))
        end--;
    while (end - from > least && is_title(&words->word[from], end - from - 1))
        core->prefix[core->prefix_count++] = &words->word[from++];
    while (from < end)
        core->word[core->count++] = &words->word[from++];
    for (; end < to; end++) {
        if (is_suffix(words, &words->word[end]))
            core->suffix[core->suffix_count++] = &words->word[end];
        else
            core->prefix[core->prefix_count++] = &words->word[end];
    }
}

bool name_core_find(struct name_core *core, const struct name_words *words)
{
    size_t parts = 0;

    core->count = core->comma = core->prefix_count = core->suffix_count = 0;
    core->words = words;
    for (size_t from = 0, to; from < words->count; from = to) {
        const size_t before = core->count;
        for (to = from; to < words->count && words->word[to].segment == words->word[from].segment; to++) {
        }
        sort_segment(core, words, from, to);
        if (core->count == before)
            continue;
        if (++parts == 2)
            core->comma = before;
    }
    return parts <= 2;
}

bool name_is_particle(const struct name_core *core, size_t i)
{
    const struct word *word = core->word[i];

    if (i + 1 >= core->count)
        return false;
    if (word->flags & NAME_PARTICLE)
        return true;
    if (!(word->flags & NAME_PARTICLE_SMALL) || !word->small)
        return false;
    return core->words->word[0].capital || !(word->flags & NAME_GIVEN);
}

static bool is_given(const struct word *word)
{
    return word->flags & NAME_GIVEN;
}

static bool is_clearly_given(const struct word *word)
{
    return (word->flags & NAME_GIVEN) && !(word->flags & NAME_ALSO_FAMILY);
}

static bool is_patronymic(const struct word *word)
{
    return (word->flags & (NAME_PATRONYMIC | NAME_PATRONYMIC_MALE | NAME_PATRONYMIC_WORD)) != 0;
}

/* Three or more words with a patronymic: Иванов Иван Иванович, Иван Иванович Иванов, Али Гасан оглы Мамедов. */
static enum name_order patronymic_evidence(const struct name_core *core)
{
    const struct word *const *word = core->word;
    const size_t last = core->count - 1;

    if (is_patronymic(word[last]) && !word[0]->initial) {
        if (core->count == 3 && is_patronymic(word[1]))
            return is_given(word[0]) ? NAME_FIRST_LAST : NAME_UNDECIDED;
        if (is_given(word[0]) && !is_given(word[1]) && (word[last]->flags & NAME_PATRONYMIC_MALE))
            return NAME_UNDECIDED;
        return NAME_LAST_FIRST;
    }
    if (is_patronymic(word[1]) || (core->count > 3 && is_patronymic(word[2])))
        return NAME_FIRST_LAST;
    return NAME_UNDECIDED;
}

/* Initials at one end and one word, which may have particles, at the other. */
static enum name_order initial_evidence(const struct name_core *core, bool *sure)
{
    const struct word *const *word = core->word;
    size_t front = 0;
    size_t back = 0;
    size_t body;

    while (front < core->count && word[front]->initial)
        front++;
    while (back < core->count && word[core->count - 1 - back]->initial)
        back++;
    if (front == core->count)
        return NAME_UNDECIDED;
    body = front;
    while (body + back + 1 < core->count && name_is_particle(core, body))
        body++;
    if (body + back + 1 != core->count)
        return NAME_UNDECIDED;
    *sure = true;
    if (front && !back)
        return NAME_FIRST_LAST;
    if (front || !back)
        return NAME_UNDECIDED;
    if (back >= 2)
        return is_clearly_given(word[body]) ? NAME_UNDECIDED : NAME_LAST_FIRST;
    if (is_given(word[body]))
        return NAME_FIRST_LAST;
    *sure = (core->words->scripts & SCRIPT_CYRILLIC) != 0;
    return *sure ? NAME_LAST_FIRST : NAME_UNDECIDED;
}

/* A given name at one end and none at the other. The given name of "Smith, John Paul" without its comma is the second.
 */
static enum name_order given_evidence(const struct name_core *core, bool *sure)
{
    const bool cyrillic = core->words->scripts & SCRIPT_CYRILLIC;
    const struct word *first = core->word[0];
    const struct word *second = core->word[1];
    const struct word *last = core->word[core->count - 1];
    const unsigned ending = NAME_SURNAME_ENDING | NAME_PATRONYMIC_MALE;

    if (is_clearly_given(first) && !is_given(last) && !last->initial) {
        *sure = cyrillic && (last->flags & ending);
        return NAME_FIRST_LAST;
    }
    const bool family_first = !is_given(first) || (cyrillic && !is_clearly_given(first)); /* Ким Анна */
    if (is_clearly_given(second) && family_first && !first->initial &&
        (core->count == 2 || (core->count == 3 && (is_given(last) || last->initial)))) {
        *sure = cyrillic && (first->flags & (ending | NAME_ALSO_FAMILY));
        return NAME_LAST_FIRST;
    }
    if (cyrillic && core->count == 2 && !is_given(first) && !is_given(last) &&
        !(first->flags & ending) != !(last->flags & ending))
        return first->flags & ending ? NAME_LAST_FIRST : NAME_FIRST_LAST;
    return NAME_UNDECIDED;
}

enum name_order name_evidence(const struct name_core *core, bool *sure)
{
    enum name_order order = NAME_UNDECIDED;

    *sure = false;
    if (core->count < 2 || core->comma)
        return order;
    if (core->count >= 3 && ((order = patronymic_evidence(core)) ||
                             (is_patronymic(core->word[core->count - 1]) && !core->word[0]->initial))) {
        *sure = order != NAME_UNDECIDED;
        return order;
    }
    if ((order = initial_evidence(core, sure)))
        return order;
    *sure = false;
    if (core->word[0]->small && core->words->word[core->words->count - 1].capital && name_is_particle(core, 0) &&
        core->count > 2)
        return is_given(core->word[core->count - 1]) ? NAME_LAST_FIRST : NAME_UNDECIDED;
    return given_evidence(core, sure);
}

void name_election_add(struct name_election *election, struct slice text, uint64_t line)
{
    struct name_words words;
    struct name_core core;
    bool sure;
    char room[PERSON_NAME_ROOM];
    struct person_name name;

    if (slice_trim(text).len == 0)
        return;
    if (!name_words_read(&words, text) || !name_core_find(&core, &words)) {
        election->not_names++;
        return;
    }
    if (words.scripts & (SCRIPT_HAN | SCRIPT_HANGUL | SCRIPT_KANA)) {
        election->east_asian++;
        return;
    }
    if (!person_name_split(text, NAME_FIRST_LAST, room, &name) &&
        !person_name_split(text, NAME_LAST_FIRST, room, &name)) {
        election->not_names++;
        return;
    }
    if (core.comma) {
        election->comma++;
        return;
    }
    switch (name_evidence(&core, &sure)) {
    case NAME_FIRST_LAST:
        election->first_last++;
        example_set(&election->first_last_example, text, line);
        break;
    case NAME_LAST_FIRST:
        election->last_first++;
        example_set(&election->last_first_example, text, line);
        break;
    default:
        election->silent++;
    }
}

enum name_order name_election_result(const struct name_election *election, enum name_order header)
{
    if (election->first_last && election->first_last >= 4 * election->last_first)
        return NAME_FIRST_LAST;
    if (election->last_first && election->last_first >= 4 * election->first_last)
        return NAME_LAST_FIRST;
    return header;
}

/* Words of headers; the German "Name" is the family name only beside "Vorname". */
enum { FAMILY = 1, GIVEN = 2, BOTH = 4 };

static const struct name_word header_words[] = {
    {"achternaam", FAMILY},
    {"apelido", FAMILY},
    {"apelidos", FAMILY},
    {"apellido", FAMILY},
    {"apellidos", FAMILY},
    {"cognome", FAMILY},
    {"familienname", FAMILY},
    {"family", FAMILY},
    {"familyname", FAMILY},
    {"first", GIVEN},
    {"firstname", GIVEN},
    {"forename", GIVEN},
    {"given", GIVEN},
    {"givenname", GIVEN},
    {"last", FAMILY},
    {"lastname", FAMILY},
    {"nachname", FAMILY},
    {"nom", FAMILY},
    {"nombre", GIVEN},
    {"nombres", GIVEN},
    {"nome", GIVEN},
    {"prenom", GIVEN},
    {"prenoms", GIVEN},
    {"sobrenome", FAMILY},
    {"surname", FAMILY},
    {"voornaam", GIVEN},
    {"vorname", GIVEN},
    {"vornamen", GIVEN},
    {"имя", GIVEN},
    {"прізвище", FAMILY},
    {"піб", BOTH},
    {"фамилия", FAMILY},
    {"фио", BOTH},
    {"імя", GIVEN},
    {"姓名", BOTH},
};
static const struct name_table header_table = {header_words, sizeof header_words / sizeof *header_words};

enum name_order name_order_of_header(struct slice header)
{
    static const char separators[] = " \t,;:_/()[]-+&";
    unsigned seen = 0;
    bool name_before = false;
    enum name_order order = NAME_UNDECIDED;

    for (size_t i = 0, end; i < header.len; i = end + 1) {
        char key[64];
        for (end = i; end < header.len && (!header.ptr[end] || !strchr(separators, header.ptr[end])); end++) {
        }
        if (end == i || !name_fold((struct slice){header.ptr + i, end - i}, key, sizeof key))
            continue;
        unsigned role = name_find(&header_table, key);
        if (role == BOTH)
            return NAME_LAST_FIRST;
        if (strcmp(key, "name") == 0 && !seen)
            name_before = true;
        if (role == GIVEN && name_before && !seen && strncmp(key, "vorname", 7) == 0)
            return NAME_LAST_FIRST;
        if (role && !seen)
            order = role == FAMILY ? NAME_LAST_FIRST : NAME_FIRST_LAST;
        seen |= role;
    }
    return seen == (FAMILY | GIVEN) ? order : NAME_UNDECIDED;
}
