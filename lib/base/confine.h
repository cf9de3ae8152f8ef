/* What the programs never do, the kernel forbids them. */
#ifndef CRM_BASE_CONFINE_H
#define CRM_BASE_CONFINE_H

#include <stdbool.h>

/* From now on, in all threads that are started later, no connection can be made, no other program started and none
 * traced: such a call fails with EPERM. false where the kernel has no seccomp filters (or the processor is none that is
 * known here): then nothing is forbidden. */
bool confine(void);

#endif
