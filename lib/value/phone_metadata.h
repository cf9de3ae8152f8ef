/* The library's metadata, read in place. Private to phone_*.c.
 *
 * libphonenumber carries its metadata as a serialized protocol buffer (PhoneMetadataCollection of phonemetadata.proto);
 * libphonenumber parses all of it and copies it into maps, here one region is read when a number asks for it.
 * Everything handed out is a view into the metadata. */
#ifndef CRM_VALUE_PHONE_METADATA_H
#define CRM_VALUE_PHONE_METADATA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* The kinds of number that a plan describes, PLAN_ANY being what all of them have in common. */
enum phone_kind {
    PLAN_ANY,
    PLAN_FIXED,
    PLAN_MOBILE,
    PLAN_TOLL_FREE,
    PLAN_PREMIUM,
    PLAN_SHARED_COST,
    PLAN_PERSONAL,
    PLAN_VOIP,
    PLAN_PAGER,
    PLAN_COMPANY,
    PLAN_VOICEMAIL,
    PLAN_KINDS,
};

struct phone_description {
    struct slice pattern; /* of the whole number without prefixes; empty when nothing matches */
    struct slice example; /* such a number, without prefixes */
    bool lengths_listed;
    uint32_t lengths;       /* bit n: n digits are possible; none with lengths_listed: there are no such numbers */
    uint32_t local_lengths; /* without the area code */
};

struct phone_metadata {
    struct slice id; /* two capital letters, or "001" for a calling code of no region */
    unsigned calling_code;
    bool main_region;        /* of those that share the calling code */
    bool mobile_like_fixed;  /* one pattern for both */
    struct slice idd;        /* pattern of what is dialled before an international number */
    struct slice trunk;      /* pattern of the national prefix, carrier codes and the like */
    struct slice trunk_rule; /* what the trunk prefix is replaced with, $1 standing for a group; empty: nothing */
    struct slice leading;    /* pattern of how numbers of this region begin, where regions share a calling code */
    struct phone_description kinds[PLAN_KINDS];
};

/* Takes the next region off the front of the collection. 1, 0 at the end, -1 when the bytes are not what they should
 * be. */
int phone_metadata_next(struct slice *collection, struct slice *region);

/* Only id, calling_code, main_region and leading, the rest all zero. 0 or -1. */
int phone_metadata_head(struct slice region, struct phone_metadata *metadata);

/* All of it. 0 or -1. */
int phone_metadata_read(struct slice region, struct phone_metadata *metadata);

#endif
