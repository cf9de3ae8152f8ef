/* The program: its name, its start, its one-line messages and its end.
 *
 * program_begin() comes first in every main(): it makes a closed standard stream fail when it is used (a file opened
 * later must never land on descriptor 1), takes away what no program here does (confine.h), and remembers the name that
 * all messages begin with. */
#ifndef CRM_BASE_PROGRAM_H
#define CRM_BASE_PROGRAM_H

#include <stdbool.h>

#include "base/error.h"

#define CRM_VERSION "0.1.0"

/* name must outlive the program (a literal). */
void program_begin(const char *name);
/* The same for a program that starts others: nothing is taken away, neither from it nor from them. */
void program_begin_launcher(const char *name);
const char *program_name(void);

/* With true, warnings and notes are not printed; errors always are. */
void program_set_quiet(bool quiet);

/* One line on standard error: "NAME: TEXT". A message is written with a single write(2). */
void program_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void program_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says err->text and returns its status, to be returned by main(). */
int program_fail(const struct error *err);

/* Says the message and exits. */
_Noreturn void program_die(enum status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for a signal handler: without formatting, and without what exit() would do. */
_Noreturn void program_die_at_once(enum status status, const char *text);

#endif
