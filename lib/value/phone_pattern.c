/* Patterns of digits: the compiler and the backtracking matcher; phone_automaton.c makes automata of them.
 *
 * The compiler reads a pattern once from left to right and appends steps. An atom that is repeated is read again for
 * each copy. What stands behind an atom decides what must stand before it in the program, so its end is looked for
 * first; patterns are short. */
#include "value/phone_pattern.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "value/phone_steps.h"

#define REPEAT_MAX 32

struct compiler {
    struct phone_program *program;
    const char *at;
    const char *end;
    unsigned groups;
    unsigned depth;
    enum phone_made made; /* PHONE_MADE so far */
};

static uint16_t emit(struct compiler *compiler, enum phone_step_kind what, unsigned value)
{
    struct phone_program *program = compiler->program;

    if (compiler->made != PHONE_MADE)
        return 0;
    if (program->count == UINT16_MAX) {
        compiler->made = PHONE_NOT_PLAIN;
        return 0;
    }
    if (ARRAY_GROW(program->steps, program->capacity, program->count + 1)) {
        compiler->made = PHONE_NO_MEMORY;
        return 0;
    }
    size_t place = program->count++;
    program->steps[place] = (struct phone_step){
        .what = (uint8_t)what,
        .value = (uint16_t)value,
        .first = (uint16_t)(place + 1),
    };
    return (uint16_t)place;
}

static bool refuse(struct compiler *compiler)
{
    if (compiler->made == PHONE_MADE)
        compiler->made = PHONE_NOT_PLAIN;
    return false;
}

static bool next_is(const struct compiler *compiler, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(compiler->end - compiler->at) >= length && memcmp(compiler->at, text, length) == 0;
}

static bool take(struct compiler *compiler, const char *text)
{
    if (!next_is(compiler, text))
        return false;
    compiler->at += strlen(text);
    return true;
}

/* Behind the group, class, escape or character at `at`; NULL when it has no end. */
static const char *atom_end(const char *at, const char *end)
{
    size_t depth = 0;

    if (*at == '[') {
        const char *close = memchr(at, ']', (size_t)(end - at));
        return close ? close + 1 : NULL;
    }
    if (*at == '\\')
        return end - at >= 2 ? at + 2 : NULL;
    if (*at != '(')
        return at + 1;
    for (; at < end; at++) {
        if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at + 1;
    }
    return NULL;
}

/* Whether the alternative at `at` has another behind it. */
static bool has_alternative(const char *at, const char *end)
{
    while (at && at < end && *at != ')') {
        if (*at == '|')
            return true;
        at = atom_end(at, end);
    }
    return false;
}

static bool read_count(struct compiler *compiler, unsigned *count)
{
    const char *start = compiler->at;

    for (*count = 0; compiler->at < compiler->end && *compiler->at >= '0' && *compiler->at <= '9'; compiler->at++) {
        *count = *count * 10 + (unsigned)(*compiler->at - '0');
        if (*count > REPEAT_MAX)
            return refuse(compiler);
    }
    return compiler->at > start || refuse(compiler);
}

/* ?, {n}, {n,m} or nothing. */
static bool read_repeat(struct compiler *compiler, unsigned *least, unsigned *most)
{
    *least = *most = 1;
    if (take(compiler, "?")) {
        *least = 0;
    } else if (take(compiler, "{")) {
        if (!read_count(compiler, least))
            return false;
        *most = *least;
        if (take(compiler, ",") && !read_count(compiler, most))
            return false;
        if (!take(compiler, "}") || *most < *least)
            return refuse(compiler);
    }
    /* "??", "{2}+": lazy and possessive repeats are not in the subset */
    return compiler->at == compiler->end || !strchr("?+*{", *compiler->at) || refuse(compiler);
}

static bool read_class_item(struct compiler *compiler, unsigned *digits)
{
    if (take(compiler, "\\d")) {
        *digits |= ALL_DIGITS;
        return true;
    }
    char low = *compiler->at;
    if (low < '0' || low > '9')
        return refuse(compiler);
    compiler->at++;
    char high = low;
    if (take(compiler, "-")) {
        if (compiler->at == compiler->end || *compiler->at < low || *compiler->at > '9')
            return refuse(compiler);
        high = *compiler->at++;
    }
    for (char c = low; c <= high; c++)
        *digits |= 1U << (c - '0');
    return true;
}

static bool read_class(struct compiler *compiler)
{
    unsigned digits = 0;

    compiler->at++;
    while (compiler->at < compiler->end && *compiler->at != ']')
        if (!read_class_item(compiler, &digits))
            return false;
    if (!take(compiler, "]") || digits == 0)
        return refuse(compiler);
    emit(compiler, STEP_DIGIT, digits);
    return true;
}

static bool read_alternatives(struct compiler *compiler);

static bool read_group(struct compiler *compiler)
{
    const bool captures = !take(compiler, "(?:");
    unsigned group = 0;

    if (captures) {
        compiler->at++;
        group = compiler->groups++;
        if (group >= PHONE_GROUPS || next_is(compiler, "?"))
            return refuse(compiler);
        emit(compiler, STEP_OPEN, group);
    }
    if (!read_alternatives(compiler) || !take(compiler, ")"))
        return refuse(compiler);
    if (captures)
        emit(compiler, STEP_CLOSE, group);
    return true;
}

static bool read_atom(struct compiler *compiler)
{
    char c = *compiler->at;

    if (c == '(')
        return read_group(compiler);
    if (c == '[')
        return read_class(compiler);
    if (take(compiler, "\\d")) {
        emit(compiler, STEP_DIGIT, ALL_DIGITS);
        return true;
    }
    if (take(compiler, "$")) {
        emit(compiler, STEP_END, 0);
        return true;
    }
    if (c < '0' || c > '9')
        return refuse(compiler);
    compiler->at++;
    emit(compiler, STEP_DIGIT, 1U << (c - '0'));
    return true;
}

static bool read_repeated(struct compiler *compiler)
{
    const char *atom = compiler->at;
    const unsigned groups = compiler->groups;
    uint16_t skips[REPEAT_MAX];
    unsigned least, most;

    const char *behind = atom_end(atom, compiler->end);
    if (!behind)
        return refuse(compiler);
    compiler->at = behind;
    if (!read_repeat(compiler, &least, &most))
        return false;
    behind = compiler->at;

    for (unsigned i = 0; i < most; i++) {
        compiler->at = atom;
        compiler->groups = groups;
        if (i >= least)
            skips[i] = emit(compiler, STEP_SPLIT, 0);
        if (!read_atom(compiler))
            return false;
    }
    compiler->at = behind;
    if (compiler->made == PHONE_MADE)
        for (unsigned i = least; i < most; i++)
            compiler->program->steps[skips[i]].other = (uint16_t)compiler->program->count;
    return most > 0 || refuse(compiler);
}

/* To the end of the pattern or the parenthesis that closes. The jumps from the ends of alternatives form a list until
 * their target is known. */
static bool read_alternatives(struct compiler *compiler)
{
    uint16_t last_jump = 0;
    bool jumps = false;

    if (++compiler->depth > REPEAT_MAX)
        return refuse(compiler);
    for (bool more = true; more;) {
        more = has_alternative(compiler->at, compiler->end);
        uint16_t split = more ? emit(compiler, STEP_SPLIT, 0) : 0;
        while (compiler->at < compiler->end && *compiler->at != '|' && *compiler->at != ')')
            if (!read_repeated(compiler))
                return false;
        if (more) {
            uint16_t jump = emit(compiler, STEP_JUMP, 0);
            if (compiler->made != PHONE_MADE || !take(compiler, "|"))
                return refuse(compiler);
            compiler->program->steps[split].other = (uint16_t)compiler->program->count;
            compiler->program->steps[jump].first = jumps ? last_jump : jump;
            last_jump = jump;
            jumps = true;
        }
    }
    while (jumps && compiler->made == PHONE_MADE) {
        struct phone_step *step = &compiler->program->steps[last_jump];
        jumps = step->first != last_jump;
        last_jump = step->first;
        step->first = (uint16_t)compiler->program->count;
    }
    compiler->depth--;
    return compiler->made == PHONE_MADE;
}

enum phone_made phone_program_add(struct phone_program *program, struct slice text, unsigned number,
                                  struct phone_pattern *pattern)
{
    struct compiler compiler = {.program = program, .at = text.ptr, .end = text.ptr + text.len};

    if (text.len == 0)
        return PHONE_NOT_PLAIN;
    pattern->start = (uint16_t)program->count;
    read_alternatives(&compiler);
    if (compiler.at != compiler.end)
        refuse(&compiler);
    emit(&compiler, STEP_MATCH, number);
    pattern->groups = (uint16_t)compiler.groups;
    return compiler.made;
}

void phone_program_fini(struct phone_program *program)
{
    free(program->steps);
    *program = (struct phone_program){0};
}

struct matcher {
    const struct phone_step *steps;
    const char *digits;
    size_t count;
    struct phone_match *match;
};

static bool match_from(const struct matcher *matcher, size_t place, size_t at)
{
    for (;;) {
        const struct phone_step *step = &matcher->steps[place];
        size_t *mark;
        size_t before;

        switch ((enum phone_step_kind)step->what) {
        case STEP_DIGIT:
            if (at == matcher->count || !(step->value >> (matcher->digits[at] - '0') & 1))
                return false;
            at++;
            break;
        case STEP_END:
            if (at != matcher->count)
                return false;
            break;
        case STEP_SPLIT:
            if (match_from(matcher, step->first, at))
                return true;
            place = step->other;
            continue;
        case STEP_OPEN:
        case STEP_CLOSE:
            mark = step->what == STEP_OPEN ? &matcher->match->groups[step->value].begin
                                           : &matcher->match->groups[step->value].end;
            before = *mark;
            *mark = at;
            if (match_from(matcher, step->first, at))
                return true;
            *mark = before;
            return false;
        case STEP_JUMP:
            break;
        case STEP_MATCH:
            matcher->match->end = at;
            return true;
        }
        place = step->first;
    }
}

bool phone_pattern_match(const struct phone_program *program, struct phone_pattern pattern, const char *digits,
                         size_t count, struct phone_match *match)
{
    struct phone_match unused;
    struct matcher matcher = {program->steps, digits, count, match ? match : &unused};

    *matcher.match = (struct phone_match){0};
    return match_from(&matcher, pattern.start, 0);
}
