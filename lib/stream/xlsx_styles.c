/* Styles: a cell names a style by number, <cellXfs> gives its number format's id, <numFmts> the codes of the ids that
 * are not fixed by the standard. Each format is understood once. */
#include "stream/xlsx_workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define ID_MOST 100000

struct styles_parse {
    struct xlsx_styles *styles;
    struct arena *arena;
    uint32_t *of_id; /* owned: the format of each id; 0: none was asked for yet */
    bool in_cell_styles;
};

/* Adds a format and gives it to an id. -1: out of memory. */
static int add_format(struct styles_parse *parse, size_t id, struct slice code)
{
    struct xlsx_styles *styles = parse->styles;

    if (ARRAY_GROW(styles->formats, styles->format_capacity, styles->format_count + 1) ||
        xlsx_format_parse(&styles->formats[styles->format_count], code, parse->arena))
        return -1;
    parse->of_id[id] = (uint32_t)styles->format_count++;
    return 0;
}

/* Understands the format of an id that is fixed by the standard, once. */
static int need_format(struct styles_parse *parse, size_t id)
{
    const char *code = xlsx_format_builtin((unsigned)id);

    return id && code && parse->of_id[id] == 0 ? add_format(parse, id, slice_from_cstr(code)) : 0;
}

static int on_start(void *context, const char *name, const struct xml_attributes *attributes, struct error *err)
{
    struct styles_parse *parse = context;
    struct xlsx_styles *styles = parse->styles;
    size_t id;

    if (strcmp(name, "numFmt") == 0) {
        struct slice code = xml_attribute(attributes, "formatCode");
        if (code.ptr && xlsx_count(xml_attribute(attributes, "numFmtId"), ID_MOST, &id) && add_format(parse, id, code))
            return error_memory(err);
    } else if (strcmp(name, "cellXfs") == 0) {
        parse->in_cell_styles = true;
    } else if (strcmp(name, "xf") == 0 && parse->in_cell_styles) {
        if (!xlsx_count(xml_attribute(attributes, "numFmtId"), ID_MOST, &id))
            id = 0;
        if (need_format(parse, id) || ARRAY_GROW(styles->of_style, styles->capacity, styles->count + 1))
            return error_memory(err);
        styles->of_style[styles->count++] = parse->of_id[id];
    }
    return 0;
}

static int on_end(void *context, const char *name, struct error *err)
{
    struct styles_parse *parse = context;

    (void)err;
    if (strcmp(name, "cellXfs") == 0)
        parse->in_cell_styles = false;
    return 0;
}

int xlsx_styles_read(struct xlsx_styles *styles, const struct xlsx_package *package, const char *part,
                     struct arena *arena, struct error *err)
{
    static const struct xml_handlers handlers = {.start = on_start, .end = on_end};
    struct styles_parse parse = {.styles = styles, .arena = arena};
    int status = 0;

    parse.of_id = calloc(ID_MOST + 1, sizeof *parse.of_id);
    if (!parse.of_id || add_format(&parse, 0, SLICE("General")))
        status = error_memory(err);
    if (status == 0 && part)
        status = xlsx_package_parse(package, part, &handlers, &parse, err);
    free(parse.of_id);
    return status;
}

const struct xlsx_format *xlsx_style_format(const struct xlsx_workbook *workbook, size_t style)
{
    const struct xlsx_styles *styles = &workbook->styles;

    return &styles->formats[style < styles->count ? styles->of_style[style] : 0];
}
