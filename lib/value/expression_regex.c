/* Regular expressions: Oniguruma with the syntax, the options and the encoding that jq gives it, so that a pattern
 * means the same. A pattern is a constant and compiled once. Most patterns are plain: an automaton answers for them.
 * What a search may try is bounded: a pattern that would need years for some text ends in an error that says so. */
#include "value/expression_parts.h"

#include <oniguruma.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "value/expression_automaton.h"

enum { MOST_RETRIES = 10000000, MOST_STACK = 4000000 };
#define MEMORY_FOR_PATTERN ((size_t)8 << 20)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int prepared;

static void prepare(void)
{
    OnigEncoding encodings[] = {ONIG_ENCODING_UTF8};

    prepared = onig_initialize(encodings, 1);
    if (prepared == ONIG_NORMAL)
        prepared = onig_set_retry_limit_in_match(MOST_RETRIES);
    if (prepared == ONIG_NORMAL)
        prepared = onig_set_retry_limit_in_search(MOST_RETRIES);
    if (prepared == ONIG_NORMAL)
        prepared = onig_set_match_stack_limit_size(MOST_STACK);
}

static bool memory_suffices(void)
{
    void *volatile memory = malloc(MEMORY_FOR_PATTERN); /* volatile, or it would be optimised away */
    bool suffices = memory != NULL;

    free(memory);
    return suffices;
}

/* jq's letters; g means nothing for test(). */
static int read_flags(struct compilation *compilation, struct slice flags, size_t place, OnigOptionType *options)
{
    *options = ONIG_OPTION_CAPTURE_GROUP;
    for (size_t i = 0; i < flags.len; i++) {
        switch (flags.ptr[i]) {
        case 'g':
            break;
        case 'i':
            *options |= ONIG_OPTION_IGNORECASE;
            break;
        case 'x':
            *options |= ONIG_OPTION_EXTEND;
            break;
        case 's':
            *options |= ONIG_OPTION_SINGLELINE;
            break;
        case 'p':
            *options |= ONIG_OPTION_MULTILINE | ONIG_OPTION_SINGLELINE;
            break;
        case 'l':
            *options |= ONIG_OPTION_FIND_LONGEST;
            break;
        case 'n':
            *options |= ONIG_OPTION_FIND_NOT_EMPTY;
            break;
        default:
            return compile_fail(compilation, place, "\"%.*s\" is not a valid modifier string: letters of gixsnpl",
                                (int)(flags.len < 40 ? flags.len : 40), flags.ptr);
        }
    }
    return 0;
}

/* With i or without, nothing else: an automaton may answer. */
static int make_automaton(struct compilation *compilation, struct node *node, struct slice pattern,
                          OnigOptionType options)
{
    const OnigOptionType known = ONIG_OPTION_CAPTURE_GROUP | ONIG_OPTION_IGNORECASE;

    if (options & ~known)
        return 0;
    return automaton_make(&compilation->expression->arena, pattern, (options & ONIG_OPTION_IGNORECASE) != 0,
                          &node->automaton)
               ? error_memory(compilation->err)
               : 0;
}

static const UChar *bytes(const char *text)
{
    return (const UChar *)text;
}

int regex_compile(struct compilation *compilation, struct node *node, struct slice pattern, struct slice flags,
                  size_t flags_place)
{
    OnigOptionType options;
    OnigErrorInfo info = {0};
    UChar message[ONIG_MAX_ERROR_MESSAGE_LEN];
    regex_t *regex = NULL;

    if (read_flags(compilation, flags, flags_place, &options))
        return -1;
    pthread_once(&once, prepare);
    if (prepared != ONIG_NORMAL || !memory_suffices())
        return error_memory(compilation->err);
    struct expression *expression = compilation->expression;
    if (ARRAY_GROW(expression->regexes, expression->regex_capacity, expression->regex_count + 1))
        return error_memory(compilation->err);
    int result = onig_new(&regex, bytes(pattern.ptr), bytes(pattern.ptr + pattern.len), options, ONIG_ENCODING_UTF8,
                          ONIG_SYNTAX_PERL_NG, &info);
    if (result == ONIGERR_MEMORY)
        return error_memory(compilation->err);
    if (result != ONIG_NORMAL) {
        struct quote q;
        onig_error_code_to_str(message, result, &info);
        return compile_fail(compilation, node->right->place, "regular expression: %s",
                            quote_name(&q, slice_from_cstr((char *)message)));
    }
    node->regex = expression->regexes[expression->regex_count++] = regex;
    return make_automaton(compilation, node, pattern, options);
}

void regex_free(void *regex)
{
    onig_free(regex);
}

int regex_test(const struct node *node, struct run *run)
{
    struct expression_value room;
    struct shown shown;
    UChar message[ONIG_MAX_ERROR_MESSAGE_LEN];
    struct expression_value *value = node_get(node->left, run, &room);

    if (!value)
        return -1;
    if (value->type != EXPRESSION_STRING) {
        run_fail(run, node, "%s cannot be matched, as it is not a string", show_value(run, value, &shown));
        return -1;
    }
    if (!utf8_valid(value->text.ptr, value->text.len)) { /* Oniguruma would read behind a character cut short */
        run_fail(run, node, "%s is not valid UTF-8", show_value(run, value, &shown));
        return -1;
    }
    int found = node->automaton ? automaton_test(node->automaton, value->text) : -1;
    if (found >= 0)
        return found;
    const UChar *text = bytes(value->text.ptr);
    const UChar *end = text + value->text.len;
    int result = onig_search(node->regex, text, end, text, end, NULL, ONIG_OPTION_NONE);
    if (result >= 0)
        return 1;
    if (result == ONIG_MISMATCH)
        return 0;
    if (result == ONIGERR_MEMORY) {
        run_out_of_memory(run);
    } else if (result == ONIGERR_RETRY_LIMIT_IN_MATCH_OVER || result == ONIGERR_RETRY_LIMIT_IN_SEARCH_OVER ||
               result == ONIGERR_MATCH_STACK_LIMIT_OVER) {
        run_fail(run, node, "the regular expression tries too much on %s", show_value(run, value, &shown));
    } else {
        onig_error_code_to_str(message, result);
        run_fail(run, node, "regular expression: %s", (char *)message);
    }
    return -1;
}
