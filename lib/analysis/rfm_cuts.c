/* RFM cuts: from and to text. A cut is wider than an amount, a 128-bit sum and three more decimals, so it has a reader
 * of its own. */
#include "analysis/rfm_cuts.h"

#include <string.h>

#include "value/settings.h"

const char *const rfm_method_words[] = {"quantile", "r", "rank", "nested", "kmeans", "cuts", NULL};
const char *const rfm_ties_words[] = {"default", "low", "high", "order", "mean", NULL};

/* Index of text among words, or -1. */
static int word_index(const char *const *words, struct slice text)
{
    for (int i = 0; words[i]; i++)
        if (slice_equal_cstr(text, words[i]))
            return i;
    return -1;
}

/* Reads an optional sign, digits, optionally a point and digits. false: it is none, or does not fit. */
static bool read_cut(struct slice text, struct rfm_cut *cut)
{
    size_t i = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    bool negative = i && text.ptr[0] == '-';
    bool point = false;
    bool digits = false;

    *cut = (struct rfm_cut){0, 0};
    for (; i < text.len; i++) {
        if (text.ptr[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        int digit = text.ptr[i] - '0';
        if (__builtin_mul_overflow(cut->units, (int128)10, &cut->units) ||
            __builtin_add_overflow(cut->units, (int128)(negative ? -digit : digit), &cut->units))
            return false;
        cut->scale += point;
        digits = true;
    }
    return digits && cut->scale <= RFM_CUT_SCALE_MAX;
}

/* Compares two cuts exactly: below 0, 0, above 0. */
static int compare_cuts(struct rfm_cut a, struct rfm_cut b)
{
    return decimal_compare(a.units, a.scale, b.units, b.scale);
}

int rfm_cut_list_parse(struct rfm_cut_list *list, struct slice text, struct error *err)
{
    struct slice rest = text;
    struct quote q;

    list->count = 0;
    for (;;) {
        const char *comma = rest.len ? memchr(rest.ptr, ',', rest.len) : NULL;
        struct slice item = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        item = slice_trim(item);
        if (list->count == RFM_BINS_MAX - 1)
            return error_set(err, STATUS_USAGE, "too many cuts: at most %d", RFM_BINS_MAX - 1);
        struct rfm_cut *cut = &list->cuts[list->count];
        if (!read_cut(item, cut))
            return error_set(err, STATUS_USAGE, "not a number: '%s'", quote_name(&q, item));
        if (list->count > 0 && compare_cuts(cut[-1], *cut) > 0)
            return error_set(err, STATUS_USAGE, "not ascending: '%s'", quote_name(&q, item));
        list->count++;
        if (!comma)
            return 0;
        rest.len -= (size_t)(comma + 1 - rest.ptr);
        rest.ptr = comma + 1;
    }
}

static int read_json_cut(const struct settings_place *place, const json_t *value, struct rfm_cut *cut,
                         struct error *err)
{
    struct slice text = {json_string_value(value), json_string_length(value)};
    struct quote q;

    if (json_is_integer(value)) {
        *cut = (struct rfm_cut){json_integer_value(value), 0};
        return 0;
    }
    if (!json_is_string(value))
        return settings_fail(place, err, "not a cut: write it as a string, \"12.5\"");
    if (!read_cut(text, cut))
        return settings_fail(place, err, "not a number: '%s'", quote_name(&q, text));
    return 0;
}

static int read_list(const struct settings_place *place, const json_t *value, struct rfm_cut_list *list,
                     struct error *err)
{
    static const char *const keys[] = {"bins", "cuts", NULL};

    if (!value)
        return settings_fail(place, err, "missing");
    if (settings_object(place, value, keys, err))
        return -1;
    const json_t *cuts = json_object_get(value, "cuts");
    const json_t *bins = json_object_get(value, "bins");
    struct settings_place at = settings_member(place, "cuts", 0);
    if (!json_is_array(cuts))
        return settings_fail(&at, err, cuts ? "not an array" : "missing");
    if (json_array_size(cuts) > RFM_BINS_MAX - 1)
        return settings_fail(&at, err, "too many cuts: at most %d", RFM_BINS_MAX - 1);
    list->count = (int)json_array_size(cuts);
    for (int i = 0; i < list->count; i++) {
        struct settings_place element = settings_member(&at, NULL, (size_t)i);
        if (read_json_cut(&element, json_array_get(cuts, (size_t)i), &list->cuts[i], err))
            return -1;
        if (i > 0 && compare_cuts(list->cuts[i - 1], list->cuts[i]) > 0)
            return settings_fail(&element, err, "not ascending");
    }
    at = settings_member(place, "bins", 0);
    if (bins && !json_is_integer(bins))
        return settings_fail(&at, err, "not a whole number");
    if (bins && json_integer_value(bins) != list->count + 1)
        return settings_fail(&at, err, "%lld bins, but %d cuts make %d", (long long)json_integer_value(bins),
                             list->count, list->count + 1);
    return 0;
}

static int read_method(const struct settings_place *root, const json_t *value, enum rfm_method *method,
                       struct error *err)
{
    struct settings_place at = settings_member(root, "method", 0);
    struct slice text;
    struct quote q;

    *method = RFM_CUTS;
    if (!value)
        return 0;
    if (settings_string(&at, value, &text, err))
        return -1;
    int index = word_index(rfm_method_words, text);
    if (index < 0)
        return settings_fail(&at, err, "unknown method '%s'", quote_name(&q, text));
    if (index == RFM_RANK || index == RFM_NESTED)
        return settings_fail(&at, err, "'%s' has no cuts", quote_name(&q, text));
    *method = (enum rfm_method)index;
    return 0;
}

static int read_ties(const struct settings_place *root, const json_t *value, enum rfm_ties *ties, struct error *err)
{
    struct settings_place at = settings_member(root, "ties", 0);
    struct slice text;
    struct quote q;

    if (!value)
        return 0;
    if (settings_string(&at, value, &text, err))
        return -1;
    int index = word_index(rfm_ties_words, text);
    if (index != RFM_TIES_LOW && index != RFM_TIES_HIGH)
        return settings_fail(&at, err, "'%s' is neither \"low\" nor \"high\"", quote_name(&q, text));
    *ties = (enum rfm_ties)index;
    return 0;
}

static int read_as_of(const struct settings_place *root, const json_t *value, int32_t *as_of, struct error *err)
{
    struct settings_place at = settings_member(root, "as_of", 0);
    struct moment moment;
    struct slice text;
    struct quote q;

    *as_of = DAY_NONE;
    if (!value || json_is_null(value))
        return 0;
    if (settings_string(&at, value, &text, err))
        return -1;
    if (!moment_parse_iso(text, &moment) || moment.has_time)
        return settings_fail(&at, err, "not a date: '%s'", quote_name(&q, text));
    *as_of = moment.day;
    return 0;
}

int rfm_cuts_read(struct rfm_cuts *cuts, struct slice text, const char *name, struct error *err)
{
    static const char *const keys[] = {"method", "ties", "as_of", "recency_days", "frequency", "monetary", NULL};
    struct settings_place place = {.file = name};
    json_t *root = settings_read(text, name, err);

    if (!root)
        return -1;
    int result = settings_object(&place, root, keys, err);
    if (result == 0)
        result = read_method(&place, json_object_get(root, "method"), &cuts->method, err);
    cuts->ties = cuts->method == RFM_R ? RFM_TIES_HIGH : RFM_TIES_LOW;
    if (result == 0)
        result = read_ties(&place, json_object_get(root, "ties"), &cuts->ties, err);
    if (result == 0)
        result = read_as_of(&place, json_object_get(root, "as_of"), &cuts->as_of, err);
    for (enum rfm_dimension d = 0; result == 0 && d < RFM_DIMENSIONS; d++) {
        struct settings_place member = settings_member(&place, rfm_dimension_names[d], 0);
        result = read_list(&member, json_object_get(root, rfm_dimension_names[d]), &cuts->lists[d], err);
    }
    json_decref(root);
    return result;
}

static int write_list(const struct rfm_cut_list *list, struct buffer *text)
{
    if (buffer_printf(text, "{\"bins\": %d, \"cuts\": [", list->count + 1))
        return -1;
    for (int i = 0; i < list->count; i++) {
        struct rfm_cut cut = list->cuts[i];
        char digits[DECIMAL_TEXT];
        for (; cut.scale > 0 && cut.units % 10 == 0; cut.scale--)
            cut.units /= 10;
        if (buffer_printf(text, "%s\"%.*s\"", i ? ", " : "", SLICE_ARG(decimal_format(cut.units, cut.scale, digits))))
            return -1;
    }
    return buffer_append(text, SLICE("]}"));
}

int rfm_cuts_check(enum rfm_method method, struct error *err)
{
    if (method != RFM_RANK && method != RFM_NESTED)
        return 0;
    return error_set(
        err, STATUS_USAGE,
        "the method %s has no cuts to save: a customer's rank depends on all others; use quantile, r or kmeans",
        rfm_method_words[method]);
}

int rfm_cuts_write(const struct rfm_cuts *cuts, struct buffer *text, struct error *err)
{
    if (rfm_cuts_check(cuts->method, err))
        return -1;
    if (cuts->ties == RFM_TIES_DEFAULT)
        return error_set(err, STATUS_DATA, "there are no customers to take cuts from");
    int failed = buffer_printf(text, "{\n  \"method\": \"%s\",\n  \"ties\": \"%s\",\n", rfm_method_words[cuts->method],
                               rfm_ties_words[cuts->ties]);
    if (!failed && cuts->as_of != DAY_NONE) {
        char day[MOMENT_TEXT];
        failed = buffer_printf(text, "  \"as_of\": \"%.*s\",\n", SLICE_ARG(day_format(cuts->as_of, day)));
    }
    for (enum rfm_dimension d = 0; !failed && d < RFM_DIMENSIONS; d++)
        failed = buffer_printf(text, "  \"%s\": ", rfm_dimension_names[d]) || write_list(&cuts->lists[d], text) ||
                 buffer_append(text, d + 1 < RFM_DIMENSIONS ? SLICE(",\n") : SLICE("\n}\n"));
    return failed ? error_memory(err) : 0;
}

int rfm_cuts_distinct(const struct rfm_cut_list *list)
{
    int distinct = list->count > 0;

    for (int i = 1; i < list->count; i++)
        distinct += compare_cuts(list->cuts[i - 1], list->cuts[i]) != 0;
    return distinct;
}
