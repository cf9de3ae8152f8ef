/* Options: a table in front of getopt_long.
 *
 * glibc accepts any unambiguous beginning of a long name; a script that uses one breaks when an option is added, so an
 * abbreviated name is refused here, and the likely name is offered. */
#include "base/options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/completion.h"
#include "base/memory.h"
#include "base/program.h"

#define COMPLETION "completion"

enum { MAX_OPTIONS = 96, FIRST_LONG = 256 };

int option_true(void *target, const char *argument, struct error *err)
{
    (void)argument;
    (void)err;
    *(bool *)target = true;
    return 0;
}

int option_text(void *target, const char *argument, struct error *err)
{
    (void)err;
    *(const char **)target = argument;
    return 0;
}

int option_byte(void *target, const char *argument, struct error *err)
{
    if (strcmp(argument, "\\t") == 0 || strcmp(argument, "tab") == 0)
        argument = "\t";
    if (strlen(argument) != 1)
        return error_set(err, STATUS_USAGE, "'%s' is not one character", argument);
    *(char *)target = argument[0];
    return 0;
}

int option_positive(void *target, const char *argument, struct error *err)
{
    char *end;
    unsigned long value = strtoul(argument, &end, 10);

    if (argument[0] < '0' || argument[0] > '9' || *end || value == 0 || value > 1000000000)
        return error_set(err, STATUS_USAGE, "'%s' is not a whole number from 1", argument);
    *(size_t *)target = value;
    return 0;
}

int option_threads(void *target, const char *argument, struct error *err)
{
    size_t *threads = target;

    if (option_positive(threads, argument, err))
        return -1;
    return *threads <= 256 ? 0 : error_set(err, STATUS_USAGE, "at most 256");
}

int option_size(void *target, const char *argument, struct error *err)
{
    static const char units[] = "KMGT";
    enum { SMALLEST = 64 << 10 };
    char *end;
    unsigned long value = strtoul(argument, &end, 10);
    const char *unit = *end ? strchr(units, *end) : NULL;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;

    if (argument[0] < '0' || argument[0] > '9' || (*end && (!unit || end[1])) || value > SIZE_MAX >> 1 >> shift)
        return error_set(err, STATUS_USAGE, "'%s' is not a size such as 500M or 2G", argument);
    if (value << shift < SMALLEST)
        return error_set(err, STATUS_USAGE, "'%s' is less than 64K", argument);
    *(size_t *)target = value << shift;
    return 0;
}

int option_append(void *target, const char *argument, struct error *err)
{
    struct option_list *list = target;

    if (ARRAY_GROW(list->items, list->capacity, list->count + 1))
        return error_memory(err);
    list->items[list->count++] = argument;
    return 0;
}

void option_list_free(struct option_list *list)
{
    free(list->items);
    *list = (struct option_list){0};
}

/* Known by its address: as an argument, it asks option_choice() for its words. */
static const char which[] = "?";

/* Words one after another, as many as there is room for. */
static void list_words(const char *const *words, const char *between, char *list, size_t size)
{
    size_t used = 0;

    *list = '\0';
    for (int i = 0; words[i] && used < size; i++) {
        int printed = snprintf(list + used, size - used, "%s%s", i ? between : "", words[i]);
        used += printed < 0 ? size : (size_t)printed;
    }
}

/* The word that text was probably meant to be: the nearest one, at most two edits away and one for every three letters
 * (of two that are as near, one with the same first letter), or the only one that begins so. NULL: none. */
static const char *likely_word(const char *text, const char *const *words)
{
    const struct slice given = slice_from_cstr(text);
    const size_t most = given.len < 3 ? 0 : given.len < 6 ? 1 : 2;
    size_t least = 2 * most + 2;
    const char *likely = NULL;
    const char *begins = NULL;
    size_t beginners = 0;

    for (int i = 0; words[i]; i++) {
        size_t distance = 2 * edit_distance_folded(given, slice_from_cstr(words[i])) + (words[i][0] != text[0]);
        if (distance < least) {
            least = distance;
            likely = words[i];
        }
        if (given.len > 1 && strncmp(words[i], text, given.len) == 0) {
            begins = words[i];
            beginners++;
        }
    }
    return likely ? likely : beginners == 1 ? begins : NULL;
}

int option_choice(const char *text, const char *const *words, struct error *err)
{
    char known[512];

    if (text == which) {
        list_words(words, "\n", err->text, sizeof err->text);
        err->status = STATUS_OK; /* no other refusal has it */
        return -1;
    }
    for (int i = 0; words[i]; i++)
        if (strcmp(text, words[i]) == 0)
            return i;
    const char *likely = likely_word(text, words);
    list_words(words, ", ", known, sizeof known);
    return error_set(err, STATUS_USAGE,
                     likely ? "'%s' is not one of: %s; did you mean '%s'?" : "'%s' is not one of: %s", text, known,
                     likely);
}

void option_words(const struct option_spec *spec, char *words, size_t size)
{
    struct error err = {.status = STATUS_USAGE};

    *words = '\0';
    if (spec->argument && spec->take != option_text && spec->take != option_append &&
        spec->take(spec->target, which, &err) && err.status == STATUS_OK)
        snprintf(words, size, "%s", err.text);
}

int option_second(void *target, const char *argument, const char *const *words, struct error *err)
{
    int choice = option_choice(argument, words, err);

    *(bool *)target = choice == 1;
    return choice < 0 ? -1 : 0;
}

int option_confidence(void *target, const char *argument, struct error *err)
{
    char *end;
    double percent = strtod(argument, &end);

    if (end == argument || (*end && strcmp(end, "%") != 0) || !(percent >= 50 && percent < 100))
        return error_set(err, STATUS_USAGE, "'%s' is not a confidence in per cent, from 50 to below 100", argument);
    *(double *)target = percent / 100;
    return 0;
}

int options_exclude(bool a, const char *name_a, bool b, const char *name_b, struct error *err)
{
    return a && b ? error_set(err, STATUS_USAGE, "%s and %s exclude each other", name_a, name_b) : 0;
}

size_t edit_distance(struct slice a, struct slice b)
{
    enum { LONGEST = 63 };
    size_t rows[3][LONGEST + 1];

    if (a.len > LONGEST || b.len > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *now = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                two_above[j - 2] + 1 < best)
                best = two_above[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[a.len % 3][b.len];
}

static void fold(struct slice text, char out[64], struct slice *folded)
{
    *folded = (struct slice){out, text.len < 64 ? text.len : 64};
    for (size_t i = 0; i < folded->len; i++) {
        char c = text.ptr[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == ' ' || c == '_' ? '-' : c;
    }
}

size_t edit_distance_folded(struct slice a, struct slice b)
{
    char text_a[64];
    char text_b[64];
    struct slice folded_a;
    struct slice folded_b;

    fold(a, text_a, &folded_a);
    fold(b, text_b, &folded_b);
    return edit_distance(folded_a, folded_b);
}

/* What getopt_long works with, made from the command's table. */
struct parser {
    struct option longs[MAX_OPTIONS + 3];
    const struct option_spec *specs[MAX_OPTIONS + 3]; /* by the same index; NULL: help, version */
    size_t count;
    char shorts[2 * MAX_OPTIONS + 8];
};

static void parser_add(struct parser *parser, const char *name, char letter, bool argument,
                       const struct option_spec *spec)
{
    if (parser->count >= MAX_OPTIONS)
        program_die(STATUS_SYSTEM,
                    "the table of options is too long"); /* a mistake in the program, seen by its first test */
    parser->longs[parser->count] =
        (struct option){name, argument ? required_argument : no_argument, NULL, FIRST_LONG + (int)parser->count};
    parser->specs[parser->count++] = spec;
    if (letter) {
        size_t used = strlen(parser->shorts);
        snprintf(parser->shorts + used, sizeof parser->shorts - used, "%c%s", letter, argument ? ":" : "");
    }
}

static void parser_build(struct parser *parser, const struct command *command)
{
    memset(parser, 0, sizeof *parser);
    strcpy(parser->shorts, ":"); /* a missing argument is told apart from an unknown option */
    for (size_t g = 0; g < command->group_count; g++)
        for (size_t i = 0; i < command->groups[g].count; i++) {
            const struct option_spec *spec = &command->groups[g].specs[i];
            parser_add(parser, spec->name, spec->letter, spec->argument != NULL, spec);
        }
    parser_add(parser, "help", 'h', false, NULL);
    parser_add(parser, "version", 'V', false, NULL);
    parser_add(parser, COMPLETION, 0, true, NULL); /* the last, and never suggested */
}

static int unknown_option(const struct parser *parser, const char *word, struct error *err)
{
    struct slice given = {word, strcspn(word, "=")};
    const char *likely = NULL;
    size_t least = 3;

    while (given.len && given.ptr[0] == '-') {
        given.ptr++;
        given.len--;
    }
    for (size_t i = 0; i + 1 < parser->count && given.len > 1; i++) {
        struct slice name = slice_from_cstr(parser->longs[i].name);
        size_t distance = edit_distance(given, name);
        if (name.len > given.len && strncmp(name.ptr, given.ptr, given.len) == 0)
            distance = 0;
        if (distance < least) {
            least = distance;
            likely = name.ptr;
        }
    }
    if (likely)
        return error_set(err, STATUS_USAGE, "unknown option '%s'; did you mean '--%s'? (see --help)", word, likely);
    return error_set(err, STATUS_USAGE, "unknown option '%s' (see --help)", word);
}

/* How wide the terminal is that standard output goes to; 0: it goes elsewhere, or to a very narrow one. */
static size_t terminal_width(void)
{
    enum { NARROWEST = 60 };
    struct winsize size;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= NARROWEST ? size.ws_col : 0;
}

/* The rest of a line, from a column on; where it is longer than the terminal is wide it goes on below. width 0: any. */
static void print_wrapped(const char *text, size_t column, size_t width)
{
    const size_t room = width ? width - column : SIZE_MAX;

    while (strlen(text) > room) {
        size_t cut = room;
        while (cut && text[cut] != ' ')
            cut--;
        if (!cut)
            break;
        printf("%.*s\n%*s", (int)cut, text, (int)column, "");
        text += cut + 1;
    }
    printf("%s\n", text);
}

static void print_help(const struct command *command)
{
    const size_t width = terminal_width();

    printf("Usage: %s [OPTION ...] %s\n%s\n", command->name, command->operands, command->summary);
    for (size_t g = 0; g < command->group_count; g++) {
        printf("\n%s:\n", command->groups[g].title);
        for (size_t i = 0; i < command->groups[g].count; i++) {
            const struct option_spec *spec = &command->groups[g].specs[i];
            char left[64];
            char letter[8] = "    ";
            if (spec->letter)
                snprintf(letter, sizeof letter, "-%c, ", spec->letter);
            snprintf(left, sizeof left, "%s--%s%s%s", letter, spec->name, spec->argument ? " " : "",
                     spec->argument ? spec->argument : "");
            printf(strlen(left) > 26 ? "  %s\n%30s" : "  %-26s%.0s  ", left, "");
            print_wrapped(spec->help, 30, width);
        }
    }
    printf("\n  %-26s  %s\n  %-26s  %s\n", "-h, --help", "show this and exit", "-V, --version",
           "show the version and exit");
    printf("\nExample: %s\nManual: man %s\n", command->example, command->name);
}

int options_printed(struct error *err)
{
    return fflush(stdout) || ferror(stdout) ? error_errno(err, "standard output") : 0;
}

/* What is not in the table: printed instead of working. */
static int print_and_check(const struct command *command, const char *name, const char *argument, struct error *err)
{
    if (strcmp(name, COMPLETION) == 0)
        return completion_print(command, argument, err);
    if (strcmp(name, "help") == 0)
        print_help(command);
    else
        printf("%s %s\n", command->name, CRM_VERSION);
    return options_printed(err);
}

static bool abbreviated(const char *word, const char *name)
{
    return strcspn(word + 2, "=") != strlen(name);
}

/* What getopt_long did not take: found is '?' for an option that is unknown, or has an argument and takes none; ':' for
 * one that lacks its argument. */
static int refuse(const struct parser *parser, int found, const char *word, struct error *err)
{
    const bool lacking = found == ':';

    if (optopt && optopt < FIRST_LONG) {
        const char given[3] = {'-', (char)optopt, '\0'};
        return lacking ? error_set(err, STATUS_USAGE, "option '%s' needs an argument (see --help)", given)
                       : unknown_option(parser, given, err);
    }
    const char *name = optopt ? parser->longs[optopt - FIRST_LONG].name : NULL;
    if (!name || abbreviated(word, name))
        return unknown_option(parser, word, err);
    return error_set(err, STATUS_USAGE,
                     lacking ? "option '--%s' needs an argument (see --help)"
                             : "option '--%s' takes no argument (see --help)",
                     name);
}

int options_parse(const struct command *command, int argc, char **argv, int *first, struct error *err)
{
    struct parser parser;
    int found;

    parser_build(&parser, command);
    opterr = 0;
    optind = 0; /* glibc: start afresh */
    while ((found = getopt_long(argc, argv, parser.shorts, parser.longs, NULL)) != -1) {
        char *argument = optarg;
        const char *word = argv[optind - 1];
        if (found == '?' || found == ':')
            return refuse(&parser, found, word, err);
        size_t index = 0;
        if (found >= FIRST_LONG) {
            index = (size_t)(found - FIRST_LONG);
            if (argument == word) /* --name ARGUMENT: the option is the word before */
                word = argv[optind - 2];
            if (abbreviated(word, parser.longs[index].name))
                return unknown_option(&parser, word, err);
        } else if (found == 'h' || found == 'V') {
            return print_and_check(command, found == 'h' ? "help" : "version", NULL, err);
        } else {
            while (!parser.specs[index] || parser.specs[index]->letter != found)
                index++;
        }
        const struct option_spec *spec = parser.specs[index];
        if (!spec)
            return print_and_check(command, parser.longs[index].name, argument, err);
        if (spec->take(spec->target, argument, err)) {
            error_prefix(err, "option '--%s': ", spec->name);
            return -1;
        }
    }
    *first = optind;
    return 1;
}
