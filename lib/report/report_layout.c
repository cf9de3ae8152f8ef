/* Layouts: a settings file read strictly (settings.h), so that a name with a typing error is an error and not nothing.
 */
#include <stdlib.h>

#include "report/report_plan.h"
#include "stream/file.h"
#include "value/settings.h"

enum { SECTIONS_MAX = 200, COLUMNS_MAX = 200 };

/* The text of a member that may be missing; *text stays as it is then. */
static int read_text(const struct settings_place *at, const json_t *object, const char *key, struct slice *text,
                     struct error *err)
{
    struct settings_place place = settings_member(at, key, 0);
    const json_t *value = json_object_get(object, key);

    return value ? settings_string(&place, value, text, err) : 0;
}

static int read_kind(const struct settings_place *at, const json_t *object, struct report_request *request,
                     struct error *err)
{
    struct settings_place place = settings_member(at, "as", 0);
    struct slice name = {"", 0};
    struct quote q;

    if (read_text(at, object, "as", &name, err))
        return -1;
    request->as = name.len ? report_kind_named(name) : NULL;
    if (name.len && !request->as)
        return settings_fail(&place, err, "not a kind of table: '%s'; crm-report(1) lists them", quote_name(&q, name));
    return 0;
}

static int read_chart(const struct settings_place *at, const json_t *object, struct report_request *request,
                      struct error *err)
{
    struct settings_place place = settings_member(at, "chart", 0);
    const json_t *value = json_object_get(object, "chart");
    struct slice name;
    struct error why;

    request->chart = CHART_OF_KIND;
    if (!value)
        return 0;
    if (settings_string(&place, value, &name, err))
        return -1;
    if (report_chart_word(json_string_value(value), &request->chart, &why))
        return settings_fail(&place, err, "%s", why.text);
    return 0;
}

static int read_columns(const struct settings_place *at, const json_t *object, struct report_request *request,
                        struct error *err)
{
    struct settings_place place = settings_member(at, "columns", 0);
    const json_t *value = json_object_get(object, "columns");
    size_t count = json_array_size(value);

    if (!value)
        return 0;
    if (!json_is_array(value) || count == 0 || count > COLUMNS_MAX)
        return settings_fail(&place, err, "not an array of names of columns");
    request->columns = calloc(count, sizeof *request->columns);
    if (!request->columns)
        return error_memory(err);
    request->column_count = count;
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&place, NULL, i);
        if (settings_string(&element, json_array_get(value, i), &request->columns[i], err))
            return -1;
    }
    return 0;
}

static int read_rows(const struct settings_place *at, const json_t *object, struct report_request *request,
                     struct error *err)
{
    struct settings_place place = settings_member(at, "rows", 0);
    const json_t *value = json_object_get(object, "rows");

    if (!value)
        return 0;
    if (!json_is_integer(value) || json_integer_value(value) < 1 ||
        json_integer_value(value) > (json_int_t)REPORT_ROWS_MAX)
        return settings_fail(&place, err, "not a whole number from 1 to %zu", REPORT_ROWS_MAX);
    request->rows = (size_t)json_integer_value(value);
    return 0;
}

static int read_section(const struct settings_place *at, const json_t *value, struct report_request *request,
                        struct error *err)
{
    static const char *const keys[] = {"file", "title", "as", "note", "chart", "columns", "rows", NULL};
    struct settings_place place = settings_member(at, "file", 0);
    struct slice file = {"", 0};

    *request = (struct report_request){.title = {"", 0}, .note = {"", 0}};
    if (settings_object(at, value, keys, err) || read_text(at, value, "file", &file, err))
        return -1;
    if (!file.len || strlen(file.ptr) != file.len)
        return settings_fail(&place, err, file.len ? "not a name of a file" : "missing");
    request->path = file.ptr;
    return read_text(at, value, "title", &request->title, err) || read_text(at, value, "note", &request->note, err) ||
                   read_kind(at, value, request, err) || read_chart(at, value, request, err) ||
                   read_columns(at, value, request, err) || read_rows(at, value, request, err)
               ? -1
               : 0;
}

static int read_sections(struct report_plan *plan, const struct settings_place *top, struct error *err)
{
    struct settings_place place = settings_member(top, "sections", 0);
    const json_t *sections = json_object_get(plan->root, "sections");
    size_t count = json_array_size(sections), standard = 0;

    if (!sections)
        return settings_fail(&place, err, "missing");
    if (!json_is_array(sections) || count == 0 || count > SECTIONS_MAX)
        return settings_fail(&place, err, "not an array of 1 to %d sections", SECTIONS_MAX);
    plan->requests = calloc(count, sizeof *plan->requests);
    if (!plan->requests)
        return error_memory(err);
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&place, NULL, i);
        plan->count = i + 1;
        if (read_section(&element, json_array_get(sections, i), &plan->requests[i], err))
            return -1;
        standard += strcmp(plan->requests[i].path, "-") == 0;
    }
    return standard > 1 ? settings_fail(&place, err, "standard input can be read once only") : 0;
}

static int read_root(struct report_plan *plan, const char *path, struct error *err)
{
    static const char *const keys[] = {"title", "note", "lang", "sections", NULL};
    struct settings_place place = {.file = path};
    struct settings_place at = settings_member(&place, "lang", 0);
    struct slice language = {"", 0};
    struct quote q;

    if (settings_object(&place, plan->root, keys, err) || read_text(&place, plan->root, "title", &plan->title, err) ||
        read_text(&place, plan->root, "note", &plan->note, err) ||
        read_text(&place, plan->root, "lang", &language, err))
        return -1;
    if (language.len && !report_language_valid(language))
        return settings_fail(&at, err, "not a language tag, as en or pt-BR: '%s'", quote_name(&q, language));
    plan->language = language.len ? language.ptr : NULL;
    return read_sections(plan, &place, err);
}

int report_plan_layout(struct report_plan *plan, const char *path, struct error *err)
{
    struct buffer text;

    *plan = (struct report_plan){.title = {"", 0}, .note = {"", 0}};
    buffer_init(&text);
    int failed = file_read(path, &text, err);
    if (!failed) {
        plan->root = settings_read(buffer_slice(&text), path, err);
        failed = !plan->root || read_root(plan, path, err) ? -1 : 0;
    }
    buffer_fini(&text);
    return failed;
}
