/* The workbook: from the package's relationships to the list of sheets, and to the parts that cells refer to. Writers
 * leave out what they think nobody needs: shared texts, styles, even the relationships; then the usual paths serve. */
#include "stream/xlsx_workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct workbook_parse {
    struct xlsx_workbook *workbook;
    const struct xlsx_relations *relations;
    const struct xlsx_package *package;
};

static bool is_true(struct slice text)
{
    return slice_equal_cstr(text, "1") || slice_equal_cstr(text, "true") || slice_equal_cstr(text, "on");
}

static int add_sheet(struct workbook_parse *parse, const struct xml_attributes *attributes, struct error *err)
{
    struct xlsx_workbook *workbook = parse->workbook;
    struct slice state = xml_attribute(attributes, "state");
    struct slice name = xml_attribute(attributes, "name");
    const struct xlsx_relation *relation = xlsx_relation_named(parse->relations, xml_attribute(attributes, "id"));

    if (ARRAY_GROW(workbook->sheets, workbook->sheet_capacity, workbook->sheet_count + 1))
        return error_memory(err);
    struct xlsx_workbook_sheet *sheet = &workbook->sheets[workbook->sheet_count];
    *sheet = (struct xlsx_workbook_sheet){.name = arena_copy(&workbook->arena, name.ptr ? name : SLICE("")),
                                          .hidden = state.len && !slice_equal_cstr(state, "visible")};
    if (!sheet->name)
        return error_memory(err);
    if (relation && slice_equal_cstr(relation->type, "worksheet"))
        sheet->part = relation->target;
    if (!relation && parse->relations->count == 0 && xlsx_package_has(parse->package, "xl/worksheets/sheet1.xml"))
        sheet->part = workbook->sheet_count == 0 ? "xl/worksheets/sheet1.xml" : NULL;
    workbook->sheet_count++;
    return 0;
}

static int on_start(void *context, const char *name, const struct xml_attributes *attributes, struct error *err)
{
    struct workbook_parse *parse = context;

    if (strcmp(name, "workbookPr") == 0)
        parse->workbook->epoch_1904 |= is_true(xml_attribute(attributes, "date1904"));
    return strcmp(name, "sheet") == 0 ? add_sheet(parse, attributes, err) : 0;
}

/* The part of a type: as the relationships say, or at its usual path. NULL: there is none. */
static const char *part_of(const struct xlsx_package *package, const struct xlsx_relations *relations, const char *type,
                           const char *usual)
{
    const struct xlsx_relation *relation = xlsx_relation_typed(relations, type);

    if (relation && xlsx_package_has(package, relation->target))
        return relation->target;
    return xlsx_package_has(package, usual) ? usual : NULL;
}

static int read_parts(struct xlsx_workbook *workbook, const struct xlsx_package *package, const char *part,
                      struct xlsx_relations *relations, struct error *err)
{
    static const struct xml_handlers handlers = {.start = on_start};
    struct workbook_parse parse = {workbook, relations, package};

    if (xlsx_relations_read(relations, package, part, &workbook->arena, err) ||
        xlsx_package_parse(package, part, &handlers, &parse, err))
        return -1;
    const char *strings = part_of(package, relations, "sharedStrings", "xl/sharedStrings.xml");
    const char *styles = part_of(package, relations, "styles", "xl/styles.xml");
    if (strings && xlsx_strings_read(&workbook->strings, package, strings, err))
        return -1;
    return xlsx_styles_read(&workbook->styles, package, styles, &workbook->arena, err);
}

int xlsx_workbook_read(struct xlsx_workbook *workbook, const struct xlsx_package *package, struct error *err)
{
    struct xlsx_relations relations;
    int status = -1;

    *workbook = (struct xlsx_workbook){0};
    if (xlsx_relations_read(&relations, package, "", &workbook->arena, err) == 0) {
        const char *part = part_of(package, &relations, "officeDocument", "xl/workbook.xml");
        free(relations.list);
        relations = (struct xlsx_relations){0};
        if (part)
            status = read_parts(workbook, package, part, &relations, err);
        else
            error_set(err, STATUS_DATA, "%s: a package without a workbook", package->name);
    }
    free(relations.list);
    return status;
}

void xlsx_workbook_fini(struct xlsx_workbook *workbook)
{
    free(workbook->sheets);
    free(workbook->strings.ends);
    buffer_fini(&workbook->strings.text);
    free(workbook->styles.formats);
    free(workbook->styles.of_style);
    arena_fini(&workbook->arena);
    *workbook = (struct xlsx_workbook){0};
}
