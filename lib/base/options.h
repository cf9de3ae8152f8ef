/* Options: one table per program that drives parsing (glibc's getopt_long, long names never abbreviated), --help, the
 * scripts by which shells complete a command line (completion.h), and the check that the manual lists the same options.
 *
 * An option's `take` function reads its argument into its target; the ones below serve most options, and a program or a
 * part of the library adds its own for a value with a syntax of its own. */
#ifndef CRM_BASE_OPTIONS_H
#define CRM_BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct option_spec {
    const char *name;     /* long name, without dashes */
    char letter;          /* short name, or 0 */
    const char *argument; /* its name in --help, "FILE"; NULL: takes none */
    const char *help;     /* one short line */
    /* Reads the argument (NULL for an option without) into target. 0, or -1 with err naming what is wrong with the
     * argument; the option's name is put before it. */
    int (*take)(void *target, const char *argument, struct error *err);
    void *target;
};

struct option_group {
    const char *title; /* "Columns" */
    const struct option_spec *specs;
    size_t count;
};

struct command {
    const char *name;     /* "crm-rfm" */
    const char *operands; /* "[FILE ...]" */
    const char *summary;  /* one line: what it does */
    const char *example;  /* one line of shell */
    const struct option_group *groups;
    size_t group_count;
};

/* target: bool *, set to true */
int option_true(void *target, const char *argument, struct error *err);
/* target: const char **, set to the argument, which stays in argv */
int option_text(void *target, const char *argument, struct error *err);
/* target: char *, one byte; \t and the word "tab" are a tab */
int option_byte(void *target, const char *argument, struct error *err);
/* target: size_t *, a whole number from 1 */
int option_positive(void *target, const char *argument, struct error *err);
/* target: size_t *, a number of threads, 1 .. 256 */
int option_threads(void *target, const char *argument, struct error *err);
/* target: size_t *, a size of memory in bytes: "500M", "2G", "64K" (powers of 1024), or a plain number of them; 64K or
 * more */
int option_size(void *target, const char *argument, struct error *err);
/* target: struct option_list *, appended to */
struct option_list {
    const char **items; /* owned; the texts stay in argv */
    size_t count;
    size_t capacity;
};
int option_append(void *target, const char *argument, struct error *err);
void option_list_free(struct option_list *list);

/* target: double *, 0 .. 1; the argument is in per cent, 50 to below 100 */
int option_confidence(void *target, const char *argument, struct error *err);

/* Two options that were given and do not go together: -1 and the error that says so. */
int options_exclude(bool a, const char *name_a, bool b, const char *name_b, struct error *err);

/* Chooses among words: the index of text in words (NULL-terminated), or -1 with an error that lists them and names the
 * one that was probably meant. */
int option_choice(const char *text, const char *const *words, struct error *err);
/* The same of two words, for a bool *: the second is true. */
int option_second(void *target, const char *argument, const char *const *words, struct error *err);

/* The words that an option takes, one a line, in `words`, which ends with a NUL whatever its size; empty: any text, as
 * far as is known. They are asked for by giving its `take` an argument that option_choice() knows by its address and
 * answers; so the target may be changed, and this is for a program that is about to end. */
void option_words(const struct option_spec *spec, char *words, size_t size);

/* Parses argv. Returns 1 when the program should go on, with *first the index of the first operand (argv is permuted:
 * operands last); 0 when --help, --version or a script for a shell was printed on standard output; -1 with err
 * (STATUS_USAGE, or STATUS_SYSTEM if it could not be printed). Every program has -h/--help and -V/--version, and, not
 * shown in --help, --completion bash|zsh|fish; they are not in the table. */
int options_parse(const struct command *command, int argc, char **argv, int *first, struct error *err);

/* Flushes standard output: -1 if it could not take all that was printed. */
int options_printed(struct error *err);

/* The number of edits (insert, delete, replace, swap neighbours) between two short words, for "did you mean". */
size_t edit_distance(struct slice a, struct slice b);
/* The same with ASCII letters of either case, blanks, underscores and hyphens taken as equal. */
size_t edit_distance_folded(struct slice a, struct slice b);

#endif
