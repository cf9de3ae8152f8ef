/* Terminals: whether what is written is seen by a person, and how much room there is. */
#ifndef CRM_BASE_TERMINAL_H
#define CRM_BASE_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a descriptor is a terminal, or the pipe to a pager that stands before one (terminal_name_pager()). */
bool terminal_shown(int descriptor);

/* The columns of the terminal that a descriptor is; 0: it is none, or does not tell. A pager has as many as one
 * likes. */
size_t terminal_columns(int descriptor);

/* From now on programs that are started know (by CRM_PAGER_PIPE in the environment) that this pipe leads to a pager.
 * -1 with errno. */
int terminal_name_pager(int descriptor);

#endif
