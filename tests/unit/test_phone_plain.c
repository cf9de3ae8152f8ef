/* The plain path of phone numbers against libphonenumber itself: for the example numbers of every region and kind, with
 * digits changed, added and dropped, prefixes of every sort and all plain signs, written in the same and in other
 * regions, the verdict, the number, its region and its type must be the same.
 *
 * The inputs are pseudo-random and the same in every run. PHONE_INPUTS sets their number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/phone_library.h"
#include "value/phone_parts.h"

#define INPUTS_DEFAULT 60000

struct example {
    struct phone_metadata region;
    char digits[24];
};

struct examples {
    struct example *list;
    size_t count;
    size_t regions;
    struct phone_reader *reader;
    uint64_t random;
    char text[128];
    size_t length;
    size_t verdicts[PHONE_NO_REGION + 1];
};

/* SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t draw(struct examples *examples, uint64_t below)
{
    uint64_t z = examples->random += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % below;
}

static int set_up(void **state)
{
    struct examples *examples = calloc(1, sizeof *examples);
    struct slice collection = phone_library_metadata(), region;
    struct error err;
    int found;

    assert_non_null(examples);
    *state = examples;
    examples->list = calloc(4096, sizeof *examples->list);
    assert_non_null(examples->list);
    while ((found = phone_metadata_next(&collection, &region)) == 1) {
        struct phone_metadata metadata;
        assert_int_equal(phone_metadata_read(region, &metadata), 0);
        examples->regions++;
        for (size_t kind = 0; kind < PLAN_KINDS; kind++) {
            const struct slice digits = metadata.kinds[kind].example;
            if (digits.len == 0 || digits.len >= sizeof examples->list[0].digits)
                continue;
            assert_true(examples->count < 4096);
            struct example *example = &examples->list[examples->count++];
            example->region = metadata;
            memcpy(example->digits, digits.ptr, digits.len);
        }
    }
    assert_int_equal(found, 0);
    assert_int_equal(phone_reader_new(&examples->reader, &err), 0);
    return 0;
}

static int tear_down(void **state)
{
    struct examples *examples = *state;

    phone_reader_free(examples->reader);
    free(examples->list);
    free(examples);
    return 0;
}

/* phone_read() leaves no byte undefined behind what is used. */
static bool same_phone(const struct phone *a, const struct phone *b)
{
    return a->e164_len == b->e164_len && memcmp(a->e164, b->e164, sizeof a->e164) == 0 &&
           a->extension_len == b->extension_len && memcmp(a->extension, b->extension, sizeof a->extension) == 0 &&
           memcmp(a->region, b->region, sizeof a->region) == 0 && a->type == b->type;
}

static void assert_same(struct examples *examples, const char *region)
{
    const struct slice text = {examples->text, examples->length};
    struct phone_plain plain;
    struct phone ours = {0}, theirs = {0};
    enum phone_verdict our_verdict = PHONE_INVALID, their_verdict = PHONE_INVALID;
    struct error err;

    if (!phone_plain_scan(text, &plain))
        fail_msg("'%.*s' is not plain", SLICE_ARG(text));
    assert_int_equal(phone_plain_read(&examples->reader->plans, &plain, region, &ours, &our_verdict, &err), 1);
    assert_int_equal(phone_library_read(text, region, &theirs, &their_verdict), 0);
    examples->verdicts[our_verdict]++;
    if (our_verdict != their_verdict || !same_phone(&ours, &theirs))
        fail_msg("'%.*s' in %s: %d %.*s %.2s %d, but the library says %d %.*s %.2s %d", SLICE_ARG(text),
                 region ? region : "none", (int)our_verdict, (int)ours.e164_len, ours.e164, ours.region, (int)ours.type,
                 (int)their_verdict, (int)theirs.e164_len, theirs.e164, theirs.region, (int)theirs.type);
}

static void put(struct examples *examples, const char *text)
{
    const size_t length = strlen(text);
    assert_true(examples->length + length <= sizeof examples->text);
    memcpy(examples->text + examples->length, text, length);
    examples->length += length;
}

static void change_digits(struct examples *examples, char *digits)
{
    const size_t length = strlen(digits);
    const size_t at = length ? draw(examples, length) : 0;

    switch (draw(examples, 6)) {
    case 0:
        if (length)
            digits[at] = (char)('0' + draw(examples, 10));
        break;
    case 1:
        if (length > 1)
            memmove(digits + at, digits + at + 1, length - at);
        break;
    case 2:
        memmove(digits + at + 1, digits + at, length - at + 1);
        digits[at] = (char)('0' + draw(examples, 10));
        break;
    case 3:
        for (size_t i = at; i < length; i++)
            digits[i] = (char)('0' + draw(examples, 10));
        break;
    case 4:
        digits[at ? at : length ? 1 : 0] = '\0';
        break;
    default:
        break;
    }
}

/* A text that the pattern matches, mostly. */
static void put_match_of(struct examples *examples, struct slice pattern)
{
    size_t depth = 0, skip = 0;

    for (size_t i = 0; i < pattern.len && examples->length < 14; i++) {
        const char c = pattern.ptr[i];
        char digit[2] = "";
        depth += c == '(';
        depth -= c == ')';
        if (c == '|')
            skip = draw(examples, 3) != 0 ? depth + 1 : 0;
        if (c == '[' || c == '\\') {
            digit[0] = (char)('0' + draw(examples, 10));
            if (c == '[' && i + 1 < pattern.len && pattern.ptr[i + 1] != '\\')
                digit[0] = pattern.ptr[i + 1];
            while (c == '[' && i + 1 < pattern.len && pattern.ptr[i] != ']')
                i++;
            i += c == '\\';
        } else if (c >= '0' && c <= '9') {
            digit[0] = c;
        }
        if (skip == 0)
            put(examples, digit);
        else if (c == ')' && depth < skip)
            skip = 0;
    }
}

static void put_prefix(struct examples *examples, const struct phone_metadata *from, const struct phone_metadata *to)
{
    static const char *const fixed[] = {"+", "++", "0", "00", "1", "8", "011", "+0", "+00", "(0)", "810"};
    char code[8];

    snprintf(code, sizeof code, "%u", from->calling_code);
    switch (draw(examples, 10)) {
    case 0:
    case 1:
        put(examples, "+");
        put(examples, code);
        break;
    case 2:
        put(examples, "+");
        put(examples, code);
        put_match_of(examples, from->trunk);
        break;
    case 3:
        put_match_of(examples, to->idd);
        put(examples, code);
        break;
    case 4:
        put_match_of(examples, from->trunk);
        break;
    case 5:
        put(examples, code);
        break;
    case 6:
        put(examples, fixed[draw(examples, sizeof fixed / sizeof fixed[0])]);
        put(examples, code);
        break;
    case 7:
        put(examples, fixed[draw(examples, sizeof fixed / sizeof fixed[0])]);
        break;
    default:
        break;
    }
}

static void put_signed(struct examples *examples, const char *digits)
{
    static const char *const signs[] = {" ", "-", ".", "/", "(", ")", ") ", " (", "--", " - ", "[", "]"};
    const bool some = draw(examples, 2);

    for (size_t i = 0; digits[i]; i++) {
        const char digit[2] = {digits[i]};
        put(examples, digit);
        if (some && draw(examples, 4) == 0)
            put(examples, signs[draw(examples, sizeof signs / sizeof signs[0])]);
    }
}

static void make(struct examples *examples, const struct example *example, const struct phone_metadata *home)
{
    static const char *const before[] = {" ", "(", "Tel. ", "Mobil: ", "'", "=\"", "- ", "Tel: ("};
    static const char *const behind[] = {" ", ")", "\"", ".", " -", ";", ", ", "+", "/"};
    char digits[32];

    examples->length = 0;
    snprintf(digits, sizeof digits, "%s", example->digits);
    for (uint64_t changes = draw(examples, 3); changes > 0; changes--)
        change_digits(examples, digits);
    if (draw(examples, 8) == 0)
        put(examples, before[draw(examples, sizeof before / sizeof before[0])]);
    put_prefix(examples, &example->region, home);
    if (draw(examples, 6) == 0)
        put(examples, " ");
    put_signed(examples, digits);
    if (draw(examples, 8) == 0)
        put(examples, behind[draw(examples, sizeof behind / sizeof behind[0])]);
}

static void agrees_with_the_library(void **state)
{
    struct examples *examples = *state;
    const char *wanted = getenv("PHONE_INPUTS");
    const size_t inputs = wanted ? strtoul(wanted, NULL, 10) : INPUTS_DEFAULT;

    for (size_t i = 0; i < inputs; i++) {
        const struct example *example = &examples->list[i % examples->count];
        const struct phone_metadata *home = &example->region;
        char region[4] = "";
        if (draw(examples, 3) == 0)
            home = &examples->list[draw(examples, examples->count)].region;
        make(examples, example, home);
        memcpy(region, home->id.ptr, home->id.len < sizeof region ? home->id.len : 0);
        assert_same(examples, draw(examples, 10) == 0 ? NULL : region);
    }
    /* every verdict was put to the test */
    for (size_t verdict = 0; verdict <= PHONE_NO_REGION; verdict++) {
        print_message("verdict %zu: %zu\n", verdict, examples->verdicts[verdict]);
        assert_true(examples->verdicts[verdict] > inputs / 1000);
    }
}

/* The metadata's own examples, unchanged, in every writing. */
static void reads_every_example(void **state)
{
    static const char *const before[] = {"+", "00", ""}, *const between[] = {"", " (0)"};
    struct examples *examples = *state;

    assert_true(examples->regions > 240);
    assert_true(examples->count > 1000);
    for (size_t i = 0; i < examples->count; i++) {
        const struct example *example = &examples->list[i];
        char region[4] = "";
        memcpy(region, example->region.id.ptr, example->region.id.len < 4 ? example->region.id.len : 0);
        for (size_t form = 0; form < 7; form++) {
            snprintf(examples->text, sizeof examples->text, "%s", example->digits);
            if (form < 6)
                snprintf(examples->text, sizeof examples->text, "%s%u%s%s", before[form / 2],
                         example->region.calling_code, between[form % 2], example->digits);
            examples->length = strlen(examples->text);
            assert_same(examples, region);
            assert_same(examples, NULL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_example),
        cmocka_unit_test(agrees_with_the_library),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
