/* Match keys as text. */
#include <string.h>

#include "analysis/link_keys.h"
#include "analysis/link_names.h"
#include "value/vocabulary.h"

#define EXACT "=exact"

struct parser {
    struct link_spec spec;
    const struct slice *names;
    size_t name_count;
    struct error *err;
};

/* How a column is folded by what it is called. */
static enum link_kind kind_of(struct slice name)
{
    static const struct {
        const char *canonical;
        enum link_kind kind;
    } roles[] = {
        {"email_key", LINK_EMAIL}, {"email", LINK_EMAIL},     {"phone_key", LINK_PHONE},
        {"phone", LINK_PHONE},     {"mobile", LINK_PHONE},    {"website", LINK_DOMAIN},
        {"domain", LINK_DOMAIN},   {"company", LINK_COMPANY}, {"postal_code", LINK_POSTAL_CODE},
        {"country", LINK_COUNTRY}, {"street", LINK_STREET},
    };
    enum link_kind kind = LINK_PLACE;
    unsigned least = VOCABULARY_NO_RANK;

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        unsigned rank = vocabulary_rank_role(roles[i].canonical, name);
        if (rank < least) {
            least = rank;
            kind = roles[i].kind;
        }
    }
    return kind;
}

/* Takes "=exact" off the end of a word. */
static bool take_exact(struct slice *word)
{
    size_t length = strlen(EXACT);

    if (word->len < length || memcmp(word->ptr + word->len - length, EXACT, length) != 0)
        return false;
    word->len -= length;
    *word = slice_trim(*word);
    return true;
}

static int find_column(const struct parser *parser, struct link_spec_name *name, struct link_match_part *part)
{
    const char *mark;

    part->column = link_name_find(name, parser->names, parser->name_count);
    if (part->column == SIZE_MAX && !name->quoted && take_exact(&name->text)) {
        part->exact = true;
        if (name->text.len == 0)
            return link_spec_fail(&parser->spec, name->at, parser->err, "the name of a column is missing");
        part->column = link_name_find(name, parser->names, parser->name_count);
    }
    if (part->column != SIZE_MAX)
        return 0;
    mark = name->quoted ? NULL : memrchr(name->text.ptr, '=', name->text.len);
    if (mark) {
        struct link_spec_name shorter = *name;
        shorter.text = slice_trim((struct slice){name->text.ptr, (size_t)(mark - name->text.ptr)});
        if (shorter.text.len && link_name_find(&shorter, parser->names, parser->name_count) != SIZE_MAX)
            return link_spec_fail(&parser->spec, name->at + (size_t)(mark - name->text.ptr), parser->err,
                                  "behind a column only " EXACT " can follow");
    }
    link_spec_unknown(name->text, "column", "the header is", parser->names, parser->name_count, parser->err);
    return link_spec_prefix(&parser->spec, name->at, parser->err);
}

static int parse_kind(struct parser *parser, struct link_match_part *part)
{
    struct slice kinds[LINK_KINDS];
    size_t at;
    struct slice word = link_spec_word(&parser->spec, &at);
    int kind;

    part->exact = take_exact(&word);
    kind = link_kind_find(word.ptr, word.len);
    if (kind >= 0) {
        part->kind = (enum link_kind)kind;
        return 0;
    }
    for (int i = 0; i < LINK_KINDS; i++)
        kinds[i] = slice_from_cstr(link_kind_name((enum link_kind)i));
    link_spec_unknown(word, "kind", "there are", kinds, LINK_KINDS, parser->err);
    return link_spec_prefix(&parser->spec, at, parser->err);
}

static int parse_part(struct parser *parser, struct link_match_part *part)
{
    struct link_spec_name name;
    struct slice word;
    size_t at;

    *part = (struct link_match_part){0};
    if (link_spec_name(&parser->spec, &name, parser->err) || find_column(parser, &name, part))
        return -1;
    part->kind = kind_of(parser->names[part->column]);
    if (!part->exact && link_spec_take(&parser->spec, ':'))
        return parse_kind(parser, part);
    word = link_spec_word(&parser->spec, &at); /* behind a quoted name */
    if (word.len == 0)
        return 0;
    part->exact = take_exact(&word);
    return part->exact && word.len == 0
               ? 0
               : link_spec_fail(&parser->spec, at, parser->err, "behind a column only " EXACT " can follow");
}

static int parse_key(struct parser *parser, struct link_match_key *key)
{
    size_t begin = parser->spec.at;

    key->count = 0;
    do {
        size_t at = parser->spec.at;

        if (key->count == LINK_MATCH_PARTS)
            return link_spec_fail(&parser->spec, at, parser->err, "more than %d columns in one key", LINK_MATCH_PARTS);
        if (parse_part(parser, &key->parts[key->count]))
            return -1;
        for (size_t i = 0; i < key->count; i++)
            if (key->parts[i].column == key->parts[key->count].column) {
                struct quote q;
                return link_spec_fail(&parser->spec, at, parser->err, "the key has the column '%s' already",
                                      quote_name(&q, parser->names[key->parts[i].column]));
            }
        key->count++;
    } while (link_spec_take(&parser->spec, '+'));
    key->text = slice_trim((struct slice){parser->spec.text.ptr + begin, parser->spec.at - begin});
    if (!link_spec_at_end(&parser->spec) && parser->spec.text.ptr[parser->spec.at] != ',')
        return link_spec_fail(&parser->spec, parser->spec.at, parser->err,
                              "behind a key comes a comma: COLUMN[:KIND][" EXACT "][+COLUMN ...],...");
    return 0;
}

int link_match_keys_parse(struct link_match_keys *keys, struct slice text, const struct slice *names, size_t count,
                          struct error *err)
{
    struct parser parser = {{text, 0}, names, count, err};

    keys->count = 0;
    do {
        if (keys->count == LINK_MATCHERS)
            return link_spec_fail(&parser.spec, parser.spec.at, err, "more than %d keys", LINK_MATCHERS);
        if (parse_key(&parser, &keys->keys[keys->count++]))
            return -1;
    } while (link_spec_take(&parser.spec, ','));
    return 0;
}
