/* The key of crm-mask: read from a file that only its owner may read, or made.
 *
 * The key is the bytes of the file, as they stand, without one line end behind them. Nothing else is a source of it:
 * a command line is seen by all users of a machine, an environment by all programs that are started from it. */
#ifndef CRM_ANALYSIS_MASK_KEY_H
#define CRM_ANALYSIS_MASK_KEY_H

#include "base/error.h"

/* NIST SP 800-107 (2012), 5.3.4: a key has at least as many bits as the strength wanted of it. 128 bits; a key of one
 * byte for each bit of an alphabet would need more, which is why there is mask_key_make(). */
#define MASK_KEY_LEAST 16
#define MASK_KEY_MOST 4096 /* more is no key, but some other file */

struct mask_key {
    size_t length;                          /* 0: none */
    unsigned char bytes[MASK_KEY_MOST + 3]; /* room for a line end and for one byte too many */
};

/* STATUS_USAGE for a key that is too short or too long, and for a file that others may read: any other user, or the
 * group of a file of one's own, as ssh(1) has it for its keys; a file of somebody else that is given to a group is
 * taken as it is. A pipe will do. STATUS_SYSTEM if it cannot be read. */
int mask_key_read(struct mask_key *key, const char *path, struct error *err);
/* Leaves nothing of it in memory. */
void mask_key_wipe(struct mask_key *key);

/* Writes 256 random bits of the system, 64 hexadecimal digits and a line end, to a new file with mode 0600.
 * STATUS_USAGE if there is something of that name, be it a link to nowhere: no key is ever overwritten. */
int mask_key_make(const char *path, struct error *err);

#endif
