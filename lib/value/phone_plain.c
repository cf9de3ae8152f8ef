/* The plain path: what phonenumberutil.cc (8.12.57) does with a number whose characters are plain, in the same order.
 *
 * The functions are named after what they do there: ExtractPossibleNumber and IsViablePhoneNumber are
 * phone_plain_scan(), MaybeExtractCountryCode is find_code(), MaybeStripNationalPrefixAndCarrierCode is strip_trunk(),
 * ParseHelper is parse(), GetRegionCodeForNumber and GetNumberTypeHelper are find_region() and type_of(). Extensions,
 * letters and RFC 3966 parameters cannot occur in such a text, so what the library does about them has no counterpart.
 * A number is a view of digits; the few rules that put digits before it write into a buffer of the caller. */
#include <string.h>

#include "base/ascii.h"
#include "value/phone_parts.h"

#define BIT(kind) (1U << (kind))

enum {
    OTHER_KINDS = BIT(PLAN_TOLL_FREE) | BIT(PLAN_PREMIUM) | BIT(PLAN_SHARED_COST) | BIT(PLAN_PERSONAL) |
                  BIT(PLAN_VOIP) | BIT(PLAN_PAGER) | BIT(PLAN_COMPANY) | BIT(PLAN_VOICEMAIL),
    NUMBER_MIN = 2, /* digits, kMinLengthForNsn */
};

struct number {
    const char *digits;
    size_t count;
};

/* A number with digits put before it: the longest rule and the longest text. */
struct scratch {
    char digits[sizeof((struct phone_plan *)0)->trunk_text + PHONE_DIGITS_MAX];
};

static bool is_sign(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == '[' || c == ']';
}

/* Only what the library trims from the end of a text. */
static bool is_ending(const char *at, const char *end)
{
    for (; at < end; at++)
        if (ascii_is_digit(*at) || ascii_is_letter(*at) || *at == '#' || (unsigned char)*at >= 0x80)
            return false;
    return true;
}

bool phone_plain_scan(struct slice text, struct phone_plain *plain)
{
    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    bool signs = false;

    for (; at < end && !ascii_is_digit(*at) && *at != '+'; at++)
        if ((unsigned char)*at >= 0x80 || *at == ';')
            return false;
    plain->plus = at < end && *at == '+';
    while (at < end && *at == '+')
        at++;

    plain->count = 0;
    bool between = false;
    for (; at < end; at++) {
        if (ascii_is_digit(*at)) {
            if (plain->count == PHONE_DIGITS_MAX)
                return false;
            plain->digits[plain->count++] = *at;
            signs |= between;
        } else if (is_sign(*at)) {
            between = true;
        } else if (is_ending(at, end)) {
            break;
        } else {
            return false;
        }
    }
    plain->viable = plain->count >= 3 || (plain->count == 2 && !plain->plus && !signs);
    return true;
}

static unsigned kinds_of(const struct phone_plan *plan, struct number number)
{
    return phone_automaton_run(&plan->kinds, number.digits, number.count);
}

/* Whether the digits are those of some number of the plan, whatever the length: IsMatch() with general_desc. */
static bool fits(const struct phone_plan *plan, struct number number)
{
    return kinds_of(plan, number) & BIT(PLAN_ANY);
}

static void strip_trunk(const struct phone_plan *plan, struct number *number, struct scratch *scratch)
{
    struct phone_match match;
    struct number stripped;

    if (number->count == 0 || !plan->has_trunk ||
        !phone_pattern_match(&plan->program, plan->trunk, number->digits, number->count, &match))
        return;
    /* the group that decides is the second where there are two; the first then is a carrier's code */
    const struct phone_span deciding = match.groups[plan->trunk.groups >= 2 ? 1 : 0];
    const size_t rest = number->count - match.end;
    if (plan->trunk_group != 0 && deciding.end > deciding.begin) {
        const struct phone_span kept = match.groups[plan->trunk_group - 1];
        char *at = scratch->digits;
        memcpy(at, plan->trunk_text, plan->trunk_text_len);
        at += plan->trunk_text_len;
        memcpy(at, number->digits + kept.begin, kept.end - kept.begin);
        at += kept.end - kept.begin;
        memcpy(at, number->digits + match.end, rest);
        at += rest;
        stripped = (struct number){scratch->digits, (size_t)(at - scratch->digits)};
    } else {
        stripped = (struct number){number->digits + match.end, rest};
    }
    if (fits(plan, *number) && !fits(plan, stripped))
        return;
    *number = stripped;
}

/* Takes the calling code off the front of a number in international form. 0 when it begins with none. */
static unsigned take_code(const struct phone_plans *plans, struct number *number)
{
    unsigned code = 0;

    if (number->count == 0 || number->digits[0] == '0')
        return 0;
    for (size_t i = 0; i < 3 && i < number->count; i++) {
        code = code * 10 + (unsigned)(number->digits[i] - '0');
        if (plans->by_code[code] != 0) {
            number->digits += i + 1;
            number->count -= i + 1;
            return code;
        }
    }
    return 0;
}

static bool take_idd(const struct phone_plan *home, struct number *number)
{
    struct phone_match match;

    if (!home->has_idd || !phone_pattern_match(&home->program, home->idd, number->digits, number->count, &match))
        return false;
    if (match.end < number->count && number->digits[match.end] == '0')
        return false; /* calling codes do not begin with 0 */
    number->digits += match.end;
    number->count -= match.end;
    return true;
}

enum code_found { CODE_FOUND, CODE_NONE, CODE_UNKNOWN, CODE_TOO_SHORT };

/* Takes the calling code off a number. home: the plan of the region where it was written, or NULL. */
static enum code_found find_code(const struct phone_plans *plans, const struct phone_plan *home, bool plus,
                                 struct number *number, unsigned *code, struct scratch *scratch)
{
    *code = 0;
    if (plus || (home && take_idd(home, number))) {
        if (number->count <= NUMBER_MIN)
            return CODE_TOO_SHORT;
        *code = take_code(plans, number);
        return *code ? CODE_FOUND : CODE_UNKNOWN;
    }
    if (!home || number->count < home->calling_code_len ||
        memcmp(number->digits, home->calling_code, home->calling_code_len) != 0)
        return CODE_NONE;
    struct number rest = {number->digits + home->calling_code_len, number->count - home->calling_code_len};
    strip_trunk(home, &rest, scratch);
    if ((fits(home, *number) || !fits(home, rest)) && phone_plan_length(home, number->count) != LENGTH_TOO_LONG)
        return CODE_NONE;
    *number = rest;
    *code = home->code;
    return CODE_FOUND;
}

static enum phone_type type_of(const struct phone_plan *plan, struct number number)
{
    const unsigned kinds = kinds_of(plan, number) & plan->kinds_by_length[number.count];

    if (!(kinds & BIT(PLAN_ANY)))
        return PHONE_TYPE_UNKNOWN;
    if (kinds & OTHER_KINDS)
        return PHONE_TYPE_OTHER;
    if (kinds & BIT(PLAN_FIXED))
        return plan->mobile_like_fixed || (kinds & BIT(PLAN_MOBILE)) ? PHONE_TYPE_FIXED_OR_MOBILE : PHONE_TYPE_FIXED;
    return (kinds & BIT(PLAN_MOBILE)) && !plan->mobile_like_fixed ? PHONE_TYPE_MOBILE : PHONE_TYPE_UNKNOWN;
}

/* The plan of the region that a number belongs to, and its type there; *found is NULL when there is none. 1; 0 when a
 * plan on the way is odd; -1. */
static int find_region(struct phone_plans *plans, unsigned code, struct number number, struct phone_plan **found,
                       enum phone_type *type, struct error *err)
{
    const bool alone = plans->plans[plans->by_code[code] - 1].sibling == 0;

    *found = NULL;
    *type = PHONE_TYPE_UNKNOWN;
    for (unsigned i = plans->by_code[code]; i != 0; i = plans->plans[i - 1].sibling) {
        struct phone_plan *plan = &plans->plans[i - 1];
        const bool leads = !alone && plan->leads;
        if (leads && !phone_pattern_match(&plans->leading, plan->leading, number.digits, number.count, NULL))
            continue;
        if (phone_plan_compile(plan, err))
            return -1;
        if (plan->state == PLAN_ODD)
            return 0;
        *type = type_of(plan, number);
        if (alone || leads || *type != PHONE_TYPE_UNKNOWN) {
            *found = plan;
            return 1;
        }
    }
    return 1;
}

/* ParseHelper: the number without prefixes and its calling code. 1, with code 0 when it is no number; 0; -1. */
static int parse(struct phone_plans *plans, const struct phone_plain *plain, struct phone_plan *home,
                 struct number *number, unsigned *code, struct scratch scratches[2], struct error *err)
{
    const struct number all = {plain->digits, plain->count};

    *number = all;
    enum code_found found = find_code(plans, home, plain->plus, number, code, &scratches[0]);
    if (found == CODE_UNKNOWN && plain->plus) {
        *number = all; /* as if there were no plus sign */
        found = find_code(plans, home, false, number, code, &scratches[0]);
        if (found == CODE_NONE)
            found = CODE_UNKNOWN;
    }
    if (found == CODE_UNKNOWN || found == CODE_TOO_SHORT)
        return 1;
    struct phone_plan *plan = home;
    if (*code != 0 && phone_plan_by_code(plans, *code, &plan, err))
        return -1;
    if (plan->state == PLAN_ODD)
        return 0;
    *code = 0;
    if (number->count < NUMBER_MIN)
        return 1;
    struct number stripped = *number;
    strip_trunk(plan, &stripped, &scratches[1]);
    const enum phone_length length = phone_plan_length(plan, stripped.count);
    if (length == LENGTH_FITS || length == LENGTH_TOO_LONG)
        *number = stripped;
    if (number->count >= NUMBER_MIN && number->count <= PHONE_NUMBER_MAX)
        *code = plan->code;
    return 1;
}

static void fill(struct phone *phone, const struct phone_plan *main_plan, const struct phone_plan *plan,
                 enum phone_type type, struct number number)
{
    char *at = phone->e164;

    *at++ = '+';
    memcpy(at, main_plan->calling_code, main_plan->calling_code_len);
    at += main_plan->calling_code_len;
    memcpy(at, number.digits, number.count);
    phone->e164_len = (size_t)(at - phone->e164) + number.count;
    if (plan)
        memcpy(phone->region, plan->region, sizeof phone->region);
    phone->type = type;
}

int phone_plain_read(struct phone_plans *plans, const struct phone_plain *plain, const char *region,
                     struct phone *phone, enum phone_verdict *verdict, struct error *err)
{
    struct scratch scratches[2];
    struct phone_plan *home, *plan, *main_plan;
    struct number number;
    enum phone_type type;
    unsigned code;

    *phone = (struct phone){0};
    *verdict = PHONE_INVALID;
    if (!plain->viable)
        return 1;
    if (phone_plan_by_region(plans, region, &home, err))
        return -1;
    if (home && home->state == PLAN_ODD)
        return 0;
    if (!home && !plain->plus) {
        *verdict = PHONE_NO_REGION;
        return 1;
    }
    int done = parse(plans, plain, home, &number, &code, scratches, err);
    if (done != 1 || code == 0)
        return done;
    done = find_region(plans, code, number, &plan, &type, err);
    if (done != 1)
        return done;
    if (phone_plan_by_code(plans, code, &main_plan, err))
        return -1;
    if (main_plan->state == PLAN_ODD)
        return 0;
    const enum phone_length length = phone_plan_length(main_plan, number.count);
    if (type != PHONE_TYPE_UNKNOWN)
        *verdict = PHONE_VALID;
    else if (length == LENGTH_FITS)
        *verdict = PHONE_POSSIBLE;
    else if (length == LENGTH_LOCAL)
        *verdict = PHONE_LOCAL;
    if (*verdict == PHONE_VALID || *verdict == PHONE_POSSIBLE)
        fill(phone, main_plan, plan, type, number);
    return 1;
}
