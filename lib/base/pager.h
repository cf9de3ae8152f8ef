/* The pager: a program that shows on the terminal, a page at a time, what another one writes. */
#ifndef CRM_BASE_PAGER_H
#define CRM_BASE_PAGER_H

#include "base/error.h"

/* Puts the pager before standard output: the command in PAGER, else less or more, whichever is there; LESS is FRSX
 * (what fits is just printed, colours are kept, long lines are scrolled sideways) unless it is set. Nothing is done
 * where standard output is no terminal, or PAGER is cat or empty.
 *
 * Returns in a new process, for which standard output is the pager. The process that called waits for both and exits
 * with the status of that new one (128 and the signal that ended it); interrupts are left to those two. To be called
 * before there are threads, by a program that may start others. -1 with err: nothing was started. */
int pager_begin(struct error *err);

#endif
