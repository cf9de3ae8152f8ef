/* What the three scripts of completion.h are made of: only for completion*.c. */
#ifndef CRM_BASE_COMPLETION_PARTS_H
#define CRM_BASE_COMPLETION_PARTS_H

#include "base/options.h"

enum completion_kind {
    COMPLETE_NOTHING, /* a number, a date, ...: nothing is offered */
    COMPLETE_WORDS,
    COMPLETE_FILES,
    COMPLETE_FOLDERS,
    COMPLETE_COLUMN,
    COMPLETE_COLUMNS, /* several, with commas between them */
};

struct completion_argument {
    enum completion_kind kind;
    char words[1024]; /* COMPLETE_WORDS: one a line */
};

/* What may stand behind an option that takes an argument. */
void completion_argument(const struct option_spec *spec, struct completion_argument *argument);

/* All options of a command in the order of --help, help and version behind them: calls print for each. */
void completion_each(const struct command *command, void (*print)(const struct command *, const struct option_spec *));

/* Whether any option takes a column. */
bool completion_has_columns(const struct command *command);

/* Prints text and puts a backslash before each byte that stands in `escaped`; a ' becomes `quote`. */
void completion_escape(const char *text, const char *escaped, const char *quote);

/* Prints the name of a command as that of a shell function: crm_rfm. */
void completion_identifier(const char *name);

/* Prints the options that take an argument as a word of its own, each with `before` in front. */
void completion_taking(const struct command *command, const char *before);

/* Prints the end of a pipeline that reads the beginning of a file and prints the names of its columns, one a line:
 * " | head ... | awk '...'", without a line end. No shell changes anything between its two apostrophes. */
void completion_names_pipe(void);

/* bash 0, zsh 1, fish 2; or -1, with an error that lists them. */
int completion_shell(const char *shell, struct error *err);

void completion_bash(const struct command *command);
void completion_zsh(const struct command *command);
void completion_fish(const struct command *command);

#endif
