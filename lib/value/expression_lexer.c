/* The words of an expression: jq's, and for what this language has not, or what users of other languages write, a
 * message that says so. */
#include "value/expression_lexer.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

size_t token_place(struct compilation *compilation, size_t byte)
{
    if (byte < compilation->known_byte)
        compilation->known_byte = compilation->known_place = 0;
    for (; compilation->known_byte < byte; compilation->known_byte++)
        compilation->known_place += ((unsigned char)compilation->text.ptr[compilation->known_byte] & 0xc0) != 0x80;
    return compilation->known_place + 1;
}

static int fail(struct compilation *compilation, size_t byte, const char *what)
{
    return compile_fail(compilation, token_place(compilation, byte), "%s", what);
}

static char at_byte(const struct compilation *compilation, size_t byte)
{
    return byte < compilation->text.len ? compilation->text.ptr[byte] : '\0';
}

static bool begins_name(char c)
{
    return ascii_is_letter(c) || c == '_';
}

static bool in_name(char c)
{
    return begins_name(c) || ascii_is_digit(c);
}

static size_t skip_blanks(const struct compilation *compilation, size_t at)
{
    for (;;) {
        char c = at_byte(compilation, at);
        if (at < compilation->text.len && (c == ' ' || c == '\t' || c == '\n' || c == '\r'))
            at++;
        else if (c == '#')
            while (at < compilation->text.len && compilation->text.ptr[at] != '\n')
                at++;
        else
            return at;
    }
}

/* A name of letters that jq does not take without quotes. */
static int unquoted(struct compilation *compilation, size_t begin, size_t at)
{
    struct slice text = compilation->text;
    struct quote q;

    while (at < text.len && (in_name(text.ptr[at]) || (unsigned char)text.ptr[at] >= 0x80))
        at++;
    struct slice name = {text.ptr + begin, at - begin};
    if (name.len && name.ptr[0] == '.')
        name = (struct slice){name.ptr + 1, name.len - 1};
    return compile_fail(compilation, token_place(compilation, begin),
                        "a name with other characters than a-z, A-Z, 0-9 and _ stands in quotes: .\"%s\"",
                        quote_name(&q, name));
}

static size_t name_end(const struct compilation *compilation, size_t at)
{
    while (in_name(at_byte(compilation, at)))
        at++;
    return at;
}

static int read_name(struct compilation *compilation, struct token *token, bool field)
{
    size_t begin = token->begin + field;

    token->end = name_end(compilation, begin);
    if ((unsigned char)at_byte(compilation, token->end) >= 0x80)
        return unquoted(compilation, token->begin, token->end);
    if (!field && at_byte(compilation, token->end) == ':' && at_byte(compilation, token->end + 1) == ':')
        return fail(compilation, token->begin, "jq's modules are not part of this language");
    token->kind = field ? TOKEN_FIELD : TOKEN_NAME;
    token->text = (struct slice){compilation->text.ptr + begin, token->end - begin};
    return 0;
}

static size_t skip_digits(const struct compilation *compilation, size_t at)
{
    while (ascii_is_digit(at_byte(compilation, at)))
        at++;
    return at;
}

static int read_number(struct compilation *compilation, struct token *token)
{
    size_t at = skip_digits(compilation, token->begin);

    if (at_byte(compilation, at) == '.')
        at = skip_digits(compilation, at + 1);
    if (ascii_lower(at_byte(compilation, at)) == 'e') {
        char sign = at_byte(compilation, at + 1);
        size_t digits = at + 1 + (sign == '+' || sign == '-');
        if (!ascii_is_digit(at_byte(compilation, digits)))
            return fail(compilation, token->begin, "the number has no digits behind its e");
        at = skip_digits(compilation, digits);
    }
    token->kind = TOKEN_NUMBER;
    token->end = at;
    if (at_byte(compilation, at) == '_' || ascii_is_letter(at_byte(compilation, at)))
        return fail(compilation, token->begin, "a number and letters behind it");
    double_from_text((struct slice){compilation->text.ptr + token->begin, at - token->begin}, &token->number);
    return 0;
}

static int read_string(struct compilation *compilation, struct token *token)
{
    const char *what = NULL;
    size_t at = token->begin + 1;
    bool escaped = false;

    while (at < compilation->text.len && compilation->text.ptr[at] != '"') {
        if (compilation->text.ptr[at] == '\\') {
            escaped = true;
            if (at_byte(compilation, ++at) == '(')
                return fail(compilation, at - 1, "values within strings, \\(...), are not part of this language");
        }
        at++;
    }
    if (at >= compilation->text.len)
        return fail(compilation, token->begin, "the string does not end");
    token->kind = TOKEN_STRING;
    token->end = at + 1;
    token->text = (struct slice){compilation->text.ptr + token->begin + 1, at - token->begin - 1};
    if (!escaped || json_unescape(&compilation->expression->arena, token->text, &token->text, &what) == 0)
        return 0;
    return what ? compile_fail(compilation, token_place(compilation, token->begin), "in the string: %s", what)
                : error_memory(compilation->err);
}

/* What begins with these characters is an error; of several, the first that fits. */
static const struct {
    const char *begin, *what;
} errors[] = {
    {"|=", "assignment is not part of this language"},
    {"+=", "assignment is not part of this language"},
    {"-=", "assignment is not part of this language"},
    {"*=", "assignment is not part of this language"},
    {"%=", "assignment is not part of this language"},
    {"/=", "assignment is not part of this language"},
    {"//=", "assignment is not part of this language"},
    {"=~", "a regular expression is asked for by | test(\"...\")"},
    {"=", "assignment is not part of this language; == compares"},
    {"<>", "write != for unequal"},
    {"&", "write 'and'"},
    {"||", "write 'or'"},
    {"!", "write '| not' behind what is to be denied, or != for unequal"},
    {"..", "jq's .. is not part of this language"},
    {"$", "jq's variables are not part of this language"},
    {"@", "jq's formats (@csv, @text, ...) are not part of this language"},
    {"?", "jq's ? is not part of this language"},
    {"{", "objects, {...}, are not part of this language"},
    {"}", "objects, {...}, are not part of this language"},
    {"'", "a string stands in double quotes: \"...\""},
    {"\xe2\x80\x9c", "a string stands in straight double quotes: \"...\""},
    {"\xe2\x80\x9d", "a string stands in straight double quotes: \"...\""},
    {"\xe2\x80\x9e", "a string stands in straight double quotes: \"...\""},
    {"\xc2\xab", "a string stands in straight double quotes: \"...\""},
};

static const struct {
    const char *word;
    enum token_kind kind;
} signs[] = {
    {"==", TOKEN_EQUAL}, {"!=", TOKEN_UNEQUAL}, {"<=", TOKEN_LESS_EQUAL},  {">=", TOKEN_GREATER_EQUAL},
    {"<", TOKEN_LESS},   {">", TOKEN_GREATER},  {"//", TOKEN_ALTERNATIVE},
};

static int read_sign(struct compilation *compilation, struct token *token)
{
    const char *at = compilation->text.ptr + token->begin;
    size_t left = compilation->text.len - token->begin;
    struct quote q;

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        size_t length = strlen(errors[i].begin);
        bool equals = strcmp(errors[i].begin, "=") == 0 && left > 1 && at[1] == '=';
        if (length <= left && memcmp(at, errors[i].begin, length) == 0 && !equals &&
            !(*at == '!' && left > 1 && at[1] == '='))
            return fail(compilation, token->begin, errors[i].what);
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].word);
        if (length <= left && memcmp(at, signs[i].word, length) == 0) {
            token->kind = signs[i].kind;
            token->end = token->begin + length;
            return 0;
        }
    }
    if (*at == '\0' || !strchr(".+-*/%|,;:()[]", *at))
        return compile_fail(compilation, token_place(compilation, token->begin), "unexpected '%s'",
                            quote_name(&q, (struct slice){at, utf8_char_length(at, left)}));
    token->kind = TOKEN_SIGN;
    token->sign = *at;
    token->end = token->begin + 1;
    return 0;
}

int token_read(struct compilation *compilation, size_t at, struct token *token)
{
    *token = (struct token){.kind = TOKEN_END, .text = SLICE("")};
    token->begin = token->end = skip_blanks(compilation, at);
    if (token->begin == compilation->text.len)
        return 0;
    char c = at_byte(compilation, token->begin);
    char next = at_byte(compilation, token->begin + 1);
    if (c == '.' && begins_name(next))
        return read_name(compilation, token, true);
    if (c == '.' && (unsigned char)next >= 0x80)
        return unquoted(compilation, token->begin, token->begin + 1);
    if (begins_name(c))
        return read_name(compilation, token, false);
    if (ascii_is_digit(c) || (c == '.' && ascii_is_digit(next)))
        return read_number(compilation, token);
    if (c == '"')
        return read_string(compilation, token);
    return read_sign(compilation, token);
}
