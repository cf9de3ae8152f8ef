/* Extensions: "ext. 12", "доб. 12", "分机12", "#12", "Durchwahl 12" at the end of a text.
 *
 * The library knows the labels of English, Spanish and one of Russian; a number with another would be lost, or its
 * extension would become its last digits. The form is the library's: a label, a point or colon, blanks, digits. */
#include <string.h>

#include "base/ascii.h"
#include "value/phone_parts.h"

enum {
    COMMON_MAX = 20, /* digits behind a word, */
    SIGN_MAX = 9,    /* and behind a sign that may mean something else; as the library has it */
    NUMBER_DIGITS_MIN = 3,
};

static const struct label {
    struct slice text;
    unsigned digits_max;
    bool common;
} labels[] = {
    {SLICE_INIT("extension"), COMMON_MAX, true},
    {SLICE_INIT("extn"), COMMON_MAX, true},
    {SLICE_INIT("ext"), COMMON_MAX, true},
    {SLICE_INIT("x"), SIGN_MAX, true},
    {SLICE_INIT("#"), SIGN_MAX, true},
    {SLICE_INIT("int"), SIGN_MAX, true},
    {SLICE_INIT("anexo"), COMMON_MAX, true},
    {SLICE_INIT("доб"), COMMON_MAX, true},
    {SLICE_INIT("Доб"), COMMON_MAX, true},
    {SLICE_INIT("добавочный"), COMMON_MAX, false},
    {SLICE_INIT("доп"), COMMON_MAX, false},
    {SLICE_INIT("внутр"), COMMON_MAX, false},
    {SLICE_INIT("вн"), COMMON_MAX, false},
    {SLICE_INIT("Durchwahl"), COMMON_MAX, false},
    {SLICE_INIT("DW"), COMMON_MAX, false},
    {SLICE_INIT("Nebenstelle"), COMMON_MAX, false},
    {SLICE_INIT("NSt"), COMMON_MAX, false},
    {SLICE_INIT("Apparat"), COMMON_MAX, false},
    {SLICE_INIT("App"), COMMON_MAX, false},
    {SLICE_INIT("poste"), COMMON_MAX, false},
    {SLICE_INIT("extensión"), COMMON_MAX, false},
    {SLICE_INIT("interno"), COMMON_MAX, false},
    {SLICE_INIT("ramal"), COMMON_MAX, false},
    {SLICE_INIT("toestel"), COMMON_MAX, false},
    {SLICE_INIT("wewn"), COMMON_MAX, false},
    {SLICE_INIT("wew"), COMMON_MAX, false},
    {SLICE_INIT("linka"), COMMON_MAX, false},
    {SLICE_INIT("dahili"), COMMON_MAX, false},
    {SLICE_INIT("分机"), COMMON_MAX, false},
    {SLICE_INIT("分機"), COMMON_MAX, false},
    {SLICE_INIT("转"), COMMON_MAX, false},
    {SLICE_INIT("轉"), COMMON_MAX, false},
    {SLICE_INIT("内線"), COMMON_MAX, false},
    {SLICE_INIT("내선"), COMMON_MAX, false},
    {SLICE_INIT("داخلي"), COMMON_MAX, false},
    {SLICE_INIT("تحويلة"), COMMON_MAX, false},
    {SLICE_INIT("داخلی"), COMMON_MAX, false},
    {SLICE_INIT("שלוחה"), COMMON_MAX, false},
};

static bool is_word(char c)
{
    return ascii_is_letter(c) || (unsigned char)c >= 0x80;
}

static bool same(const char *text, struct slice label)
{
    for (size_t i = 0; i < label.len; i++)
        if (ascii_lower(text[i]) != ascii_lower(label.ptr[i]))
            return false;
    return true;
}

static size_t back_over(const char *text, size_t end, const char *characters)
{
    while (end > 0 && text[end - 1] != '\0' && strchr(characters, text[end - 1]))
        end--;
    return end;
}

static size_t count_digits(const char *text, size_t end)
{
    size_t count = 0;

    for (size_t i = 0; i < end; i++)
        count += ascii_is_digit(text[i]);
    return count;
}

/* The label that ends at end, with no letter before it. */
static const struct label *label_before(const char *text, size_t end)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        const struct slice label = labels[i].text;
        if (end >= label.len && same(text + end - label.len, label) &&
            (end == label.len || !is_word(text[end - label.len - 1])))
            return &labels[i];
    }
    return NULL;
}

bool phone_tail_find(struct slice text, struct phone_tail *tail)
{
    size_t end = back_over(text.ptr, text.len, " )].,");
    size_t begin = end;

    while (begin > 0 && ascii_is_digit(text.ptr[begin - 1]))
        begin--;
    size_t label_end = back_over(text.ptr, begin, " ,-");
    if (label_end > 0 && (text.ptr[label_end - 1] == '.' || text.ptr[label_end - 1] == ':'))
        label_end--;
    const struct label *label = begin < end ? label_before(text.ptr, label_end) : NULL;
    if (!label || end - begin > label->digits_max)
        return false;
    size_t number_end = back_over(text.ptr, label_end - label->text.len, " ,;([-:");
    /* "555-1234 x302/x2303": the library reads up to the second number */
    if (number_end == 0 || text.ptr[number_end - 1] == '/' || text.ptr[number_end - 1] == '\\' ||
        count_digits(text.ptr, number_end) < NUMBER_DIGITS_MIN)
        return false;
    tail->number = (struct slice){text.ptr, number_end};
    tail->extension = (struct slice){text.ptr + begin, end - begin};
    tail->common = label->common;
    return true;
}

bool phone_tail_begins(struct slice text)
{
    text = slice_trim(text);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        const struct slice label = labels[i].text;
        if (text.len > label.len && same(text.ptr, label) && !is_word(text.ptr[label.len]))
            return true;
    }
    return false;
}
