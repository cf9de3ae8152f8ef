/* The metadata of libphonenumber: the part of the protocol buffers' wire format that it uses.
 *
 * A message is a row of fields; a field is a tag (its number times 8, plus how it is stored) and a varint, or a length
 * and so many bytes. Fields with numbers that are not named here are passed over, as every reader of the format does.
 */
#include "value/phone_metadata.h"

enum { STORED_VARINT = 0, STORED_FIXED64 = 1, STORED_BYTES = 2, STORED_FIXED32 = 5 };

/* The numbers of the fields in phonemetadata.proto. */
enum { COLLECTION_METADATA = 1 };
enum {
    METADATA_ID = 9,
    METADATA_CALLING_CODE = 10,
    METADATA_IDD = 11,
    METADATA_TRUNK = 15,
    METADATA_TRUNK_RULE = 16,
    METADATA_MOBILE_LIKE_FIXED = 18,
    METADATA_MAIN_REGION = 22,
    METADATA_LEADING = 23,
};
enum { DESCRIPTION_PATTERN = 2, DESCRIPTION_EXAMPLE = 6, DESCRIPTION_LENGTH = 9, DESCRIPTION_LOCAL_LENGTH = 10 };

static const uint8_t description_fields[PLAN_KINDS] = {
    [PLAN_ANY] = 1,     [PLAN_FIXED] = 2,       [PLAN_MOBILE] = 3,     [PLAN_TOLL_FREE] = 4,
    [PLAN_PREMIUM] = 5, [PLAN_SHARED_COST] = 6, [PLAN_PERSONAL] = 7,   [PLAN_VOIP] = 8,
    [PLAN_PAGER] = 21,  [PLAN_COMPANY] = 25,    [PLAN_VOICEMAIL] = 28,
};

struct wire_field {
    uint64_t number;
    unsigned stored;
    uint64_t value;     /* STORED_VARINT */
    struct slice bytes; /* STORED_BYTES */
};

static int take_varint(struct slice *message, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (message->len == 0)
            return -1;
        const unsigned char byte = (unsigned char)*message->ptr;
        message->ptr++;
        message->len--;
        *value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return 0;
    }
    return -1;
}

static int take_bytes(struct slice *message, uint64_t count, struct slice *bytes)
{
    if (count > message->len)
        return -1;
    *bytes = (struct slice){message->ptr, (size_t)count};
    message->ptr += count;
    message->len -= (size_t)count;
    return 0;
}

/* 1, 0 at the end, -1. */
static int take_field(struct slice *message, struct wire_field *field)
{
    uint64_t tag;

    if (message->len == 0)
        return 0;
    if (take_varint(message, &tag))
        return -1;
    *field = (struct wire_field){.number = tag >> 3, .stored = (unsigned)(tag & 7)};
    switch (field->stored) {
    case STORED_VARINT:
        return take_varint(message, &field->value) ? -1 : 1;
    case STORED_BYTES:
        return take_varint(message, &field->value) || take_bytes(message, field->value, &field->bytes) ? -1 : 1;
    case STORED_FIXED64:
        return take_bytes(message, 8, &field->bytes) ? -1 : 1;
    case STORED_FIXED32:
        return take_bytes(message, 4, &field->bytes) ? -1 : 1;
    default:
        return -1;
    }
}

int phone_metadata_next(struct slice *collection, struct slice *region)
{
    struct wire_field field;
    int found;

    while ((found = take_field(collection, &field)) == 1)
        if (field.number == COLLECTION_METADATA && field.stored == STORED_BYTES) {
            *region = field.bytes;
            return 1;
        }
    return found;
}

/* A length of -1, for which ten bytes stand, says that there are no such numbers. */
static int add_length(uint32_t *lengths, uint64_t length)
{
    if (length == UINT64_MAX)
        return 0;
    if (length >= 32)
        return -1;
    *lengths |= (uint32_t)1 << length;
    return 0;
}

static int read_description(struct slice message, struct phone_description *description)
{
    struct wire_field field;
    int found;

    while ((found = take_field(&message, &field)) == 1) {
        if (field.number == DESCRIPTION_PATTERN) {
            description->pattern = field.bytes;
        } else if (field.number == DESCRIPTION_EXAMPLE) {
            description->example = field.bytes;
        } else if (field.number == DESCRIPTION_LENGTH || field.number == DESCRIPTION_LOCAL_LENGTH) {
            const bool local = field.number == DESCRIPTION_LOCAL_LENGTH;
            if (field.stored != STORED_VARINT ||
                add_length(local ? &description->local_lengths : &description->lengths, field.value))
                return -1;
            if (!local)
                description->lengths_listed = true;
        }
    }
    return found;
}

static int read_description_field(const struct wire_field *field, struct phone_metadata *metadata)
{
    for (size_t kind = 0; kind < PLAN_KINDS; kind++)
        if (field->number == description_fields[kind])
            return read_description(field->bytes, &metadata->kinds[kind]);
    return 0;
}

static int read_region(struct slice region, struct phone_metadata *metadata, bool all)
{
    struct wire_field field;
    int found;

    *metadata = (struct phone_metadata){0};
    while ((found = take_field(&region, &field)) == 1) {
        switch (field.number) {
        case METADATA_ID:
            metadata->id = field.bytes;
            break;
        case METADATA_CALLING_CODE:
            if (field.value == 0 || field.value > 999)
                return -1;
            metadata->calling_code = (unsigned)field.value;
            break;
        case METADATA_IDD:
            metadata->idd = field.bytes;
            break;
        case METADATA_TRUNK:
            metadata->trunk = field.bytes;
            break;
        case METADATA_TRUNK_RULE:
            metadata->trunk_rule = field.bytes;
            break;
        case METADATA_MOBILE_LIKE_FIXED:
            metadata->mobile_like_fixed = field.value != 0;
            break;
        case METADATA_MAIN_REGION:
            metadata->main_region = field.value != 0;
            break;
        case METADATA_LEADING:
            metadata->leading = field.bytes;
            break;
        default:
            if (all && read_description_field(&field, metadata))
                return -1;
        }
    }
    return found == 0 && metadata->id.len > 0 && metadata->calling_code > 0 ? 0 : -1;
}

int phone_metadata_head(struct slice region, struct phone_metadata *metadata)
{
    return read_region(region, metadata, false);
}

int phone_metadata_read(struct slice region, struct phone_metadata *metadata)
{
    return read_region(region, metadata, true);
}
