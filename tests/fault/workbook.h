/* A small workbook for the scenarios, made when they are run: no binary file has to be kept. */
#ifndef CRM_TESTS_WORKBOOK_H
#define CRM_TESTS_WORKBOOK_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#define WORKBOOK_MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define WORKBOOK_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WORKBOOK_PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

/* Shared texts, texts in place, numbers, a date, a percentage, an error, a row left out. */
static const char *const workbook_parts[][2] = {
    {"_rels/.rels", "<Relationships xmlns=\"" WORKBOOK_PACKAGE "\"><Relationship Id=\"r\" Type=\"" WORKBOOK_OFFICE
                    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns=\"" WORKBOOK_PACKAGE "\"><Relationship Id=\"a\" Type=\"" WORKBOOK_OFFICE
     "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s\" Type=\"" WORKBOOK_OFFICE
     "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"t\" Type=\"" WORKBOOK_OFFICE
     "/styles\" Target=\"styles.xml\"/></Relationships>"},
    {"xl/workbook.xml", "<workbook " WORKBOOK_MAIN " xmlns:r=\"" WORKBOOK_OFFICE
                        "\"><sheets><sheet name=\"Deals\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"},
    {"xl/sharedStrings.xml",
     "<sst " WORKBOOK_MAIN "><si><t>Deal ID</t></si><si><t>Title</t></si><si><t>Amount</t></si><si><t>Probability</t>"
     "</si><si><t>Created at</t></si><si><r><t>Roof, </t></r><r><t>\"new\"</t></r></si><si><t>open</t></si></sst>"},
    {"xl/styles.xml", "<styleSheet " WORKBOOK_MAIN "><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\"/>"
                      "</numFmts><cellXfs><xf/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>"},
    {"xl/worksheets/sheet1.xml",
     "<worksheet " WORKBOOK_MAIN "><sheetData>"
     "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
     "<c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c></row>"
     "<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" t=\"s\"><v>5</v></c><c r=\"C2\"><v>1234.5</v></c>"
     "<c r=\"D2\" s=\"2\"><v>0.25</v></c><c r=\"E2\" s=\"1\"><v>46082</v></c></row>"
     "<row r=\"4\"><c r=\"A4\"><v>8</v></c><c r=\"B4\" t=\"inlineStr\"><is><t>Door</t></is></c>"
     "<c r=\"C4\"><f>1+1</f><v>2</v></c><c r=\"E4\" s=\"1\"><v>46083.5</v></c></row></sheetData></worksheet>"},
};

/* *data is to be freed. */
static bool workbook_make(char **data, size_t *size)
{
    zip_stat_t info;
    zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = archive ? zip_open_from_source(archive, ZIP_TRUNCATE, NULL) : NULL;

    if (!zip)
        return false;
    zip_source_keep(archive);
    for (size_t i = 0; i < sizeof workbook_parts / sizeof *workbook_parts; i++) {
        const char *text = workbook_parts[i][1];
        zip_source_t *part = zip_source_buffer(zip, text, strlen(text), 0);
        if (zip_file_add(zip, workbook_parts[i][0], part, 0) < 0)
            return false;
    }
    if (zip_close(zip) || zip_source_stat(archive, &info) || zip_source_open(archive))
        return false;
    *size = info.size;
    *data = malloc(*size + 1);
    bool good = *data && zip_source_read(archive, *data, *size) == (zip_int64_t)*size;
    zip_source_close(archive);
    zip_source_free(archive);
    return good;
}

#endif
