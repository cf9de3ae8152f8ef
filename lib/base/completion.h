/* Completion: the scripts by which bash, zsh and fish complete a program's command line, made of its table of options.
 *
 * A script offers the options (zsh and fish show what they do), after an option the words it takes where they are
 * known (option_words()), files or folders, and for an option that takes a column the names in the header of the first
 * file among the operands, CSV or JSON, gzip or not. It needs nothing but the shell, awk, head and gzip. */
#ifndef CRM_BASE_COMPLETION_H
#define CRM_BASE_COMPLETION_H

#include "base/options.h"

/* Prints on standard output the script for shell: "bash", "zsh" or "fish". 0, or -1 (STATUS_USAGE: it is none of
 * these; STATUS_SYSTEM: it could not be printed). */
int completion_print(const struct command *command, const char *shell, struct error *err);

/* The same for `crm`, whose first operand is one of programs.h or "help", and then all is up to that program. */
int completion_print_launcher(const char *shell, struct error *err);

#endif
