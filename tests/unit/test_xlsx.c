/* Workbooks: numbers and formats value by value; whole workbooks, built here with libzip in every shape that programs
 * write; damage, bombs and files of other kinds; and real ones, against the same tables as CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>
#include <cmocka.h>
#include <zip.h>

#include "folder.h"
#include "stream/xlsx.h"
#include "stream/xlsx_format.h"
#include "stream/xlsx_number.h"
#include "stream/xlsx_workbook.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static struct folder folder;

/* Numbers and formats. */

static void assert_number(const char *stored, int decimals, const char *expected)
{
    struct xlsx_number number;
    char shown[512];

    assert_true(xlsx_number_parse(&number, slice_from_cstr(stored)));
    size_t len = xlsx_number_print(&number, decimals, shown);
    shown[len] = '\0';
    assert_string_equal(shown, expected);
}

static void numbers(void **state)
{
    (void)state;
    assert_number("0", 0, "0");
    assert_number("-0", 0, "0");
    assert_number("-0.0", 2, "0.00");
    assert_number("007", 0, "7");
    assert_number("17850.0", 0, "17850");
    assert_number("17850", 0, "17850");
    assert_number("12.5", 2, "12.50");
    assert_number("12.345", 2, "12.345");
    assert_number("+3.", 0, "3");
    assert_number(".5", 0, "0.5");
    assert_number("0.30000000000000004", 0, "0.3");
    assert_number("68.66499999999999", 0, "68.665");
    assert_number("242.25999999999999", 2, "242.26");
    assert_number("434.99999999999994", 0, "435");
    assert_number("999999999999999.9", 0, "1000000000000000");
    assert_number("9.9999999999999995E-2", 0, "0.1");
    assert_number("1.23456789012345E+16", 0, "12345678901234500");
    assert_number("12345678901234567", 0, "12345678901234567"); /* digits before the point all stay */
    assert_number("12345678901234567.8", 0, "12345678901234568");
    assert_number("1E+20", 0, "100000000000000000000");
    assert_number("1E+21", 0, "1E+21");
    assert_number("-1.5e300", 2, "-1.5E+300");
    assert_number("4.27335427525861E-7", 0, "0.000000427335427525861");
    assert_number("1E-21", 0, "0.000000000000000000001");
    assert_number("1.25E-22", 0, "1.25E-22");
    assert_number("1e5", 0, "100000");
    assert_number("1e5", 2, "100000.00");
}

static void no_numbers(void **state)
{
    static const char *const texts[] = {"",        "-",   "+",     ".",    "1,5",   "1 000", "abc",
                                        "1e",      "1e+", "1e-x",  "0x10", "1.2.3", "NaN",   "inf",
                                        "1e99999", "--1", "1e401", "12a",  "1e5 ",  "1e4.5", " 1"};
    struct xlsx_number number;
    char many[80];

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(xlsx_number_parse(&number, slice_from_cstr(texts[i])));
    memset(many, '9', sizeof many);
    assert_false(xlsx_number_parse(&number, (struct slice){many, XLSX_DIGITS + 1}));
    assert_true(xlsx_number_parse(&number, (struct slice){many, XLSX_DIGITS}));
    memset(many, '0', sizeof many);
    assert_true(xlsx_number_parse(&number, (struct slice){many, sizeof many}));
}

static void assert_shown(const char *code, const char *stored, bool epoch_1904, const char *expected)
{
    struct arena arena;
    struct xlsx_format format;
    char shown[XLSX_VALUE_ROOM + 256];

    arena_init(&arena);
    assert_int_equal(xlsx_format_parse(&format, slice_from_cstr(code), &arena), 0);
    size_t len = xlsx_format_value(&format, slice_from_cstr(stored), epoch_1904, shown);
    shown[len] = '\0';
    if (strcmp(shown, expected) != 0)
        fail_msg("%s as %s: %s, not %s", stored, code, shown, expected);
    arena_fini(&arena);
}

struct shown {
    const char *code;
    const char *stored;
    const char *expected;
};

static void assert_all_shown(const struct shown *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_shown(list[i].code, list[i].stored, false, list[i].expected);
}

/* Days as Excel shows them: 1 is 1900-01-01, 61 is 1900-03-01, 36526 is 2000-01-01, 46082 is 2026-03-01, 2958465 is
 * 9999-12-31. */
static void moments(void **state)
{
    static const struct shown list[] = {
        {"yyyy-mm-dd", "46082", "2026-03-01"},
        {"mm-dd-yy", "46082.0", "2026-03-01"},
        {"d/m/yyyy;@", "1", "1900-01-01"},
        {"d/m/yyyy", "59", "1900-02-28"},
        {"d/m/yyyy", "60", "60"},
        {"d/m/yyyy", "61", "1900-03-01"},
        {"d/m/yyyy", "36526", "2000-01-01"},
        {"d/m/yyyy", "36585", "2000-02-29"},
        {"d/m/yyyy", "2958465", "9999-12-31"},
        {"d/m/yyyy", "2958466", "2958466"},
        {"d/m/yyyy", "-1", "-1"},
        {"d/m/yyyy", "0", "0"},
        {"d/m/yyyy", "1e10", "10000000000"},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "46082", "2026-03-01"},
        {"[$-419]d\\ mmmm\\ yyyy\\ \"\xd0\xb3.\";@", "46082", "2026-03-01"},
        {"yyyy\"\xe5\xb9\xb4\"m\"\xe6\x9c\x88\"d\"\xe6\x97\xa5\"", "46082", "2026-03-01"},
        {"mmm-yy", "46082", "2026-03-01"},
        {"mmmm", "46082", "2026-03-01"},
        {"yyyy", "46082", "2026-03-01"},
        {"dd/mm/yyyy hh:mm", "46082.416666666664", "2026-03-01T10:00:00"},
        {"dd/mm/yyyy hh:mm", "46082", "2026-03-01T00:00:00"},
        {"m/d/yy h:mm AM/PM", "46082.999999999", "2026-03-02T00:00:00"},
        {"dd/mm/yyyy", "46082.5", "2026-03-01T12:00:00"},
        {"dd/mm/yyyy", "46082.0000000001", "2026-03-01"},
        {"yyyy-mm-dd hh:mm:ss.000", "46082.00000142361", "2026-03-01T00:00:00.123"},
        {"h:mm", "0.25", "06:00:00"},
        {"h:mm:ss", "0", "00:00:00"},
        {"h:mm", "0.9999999", "23:59:59"},
        {"h:mm", "1.25", "1900-01-01T06:00:00"},
        {"h:mm:ss AM/PM", "0.622917", "14:57:00"},
        {"mm:ss", "0.01", "00:14:24"},
        {"mm:ss.0", "0.0100057870370370", "00:14:24.5"},
        {"h\"h\" mm", "0.5", "12:00:00"},
        {"[h]:mm", "1.145833333333333", "27:30:00"},
        {"[hh]:mm:ss", "0.5", "12:00:00"},
        {"[h]:mm:ss", "100", "2400:00:00"},
        {"[mm]:ss", "0.5", "12:00:00"},
        {"[s].000", "0.00001", "00:00:00.864"},
        {"[h]:mm", "-0.5", "-0.5"},
        {"[Red]d/m/yyyy", "46082", "2026-03-01"},
        {"[<1]h:mm;d/m/yyyy", "0.5", "12:00:00"},
        {"[<1]h:mm;d/m/yyyy", "46082", "2026-03-01"},
    };

    (void)state;
    assert_all_shown(list, sizeof list / sizeof *list);
    assert_shown("d/m/yyyy", "0", true, "1904-01-01");
    assert_shown("d/m/yyyy", "1462", true, "1908-01-02");
    assert_shown("d/m/yyyy", "60", true, "1904-03-01");
    assert_shown("d/m/yyyy", "44620", true, "2026-03-01");
    assert_shown("d/m/yyyy", "2957003", true, "9999-12-31");
    assert_shown("d/m/yyyy", "2957004", true, "2957004");
    assert_shown("h:mm", "0.5", true, "12:00:00");
}

static void shown_numbers(void **state)
{
    static const struct shown list[] = {
        {"General", "0.1", "0.1"},
        {"GENERAL", "1e3", "1000"},
        {"Standard", "12.5", "12.5"},
        {"0", "1000.5577", "1000.5577"},
        {"0.00", "12.5", "12.50"},
        {"#,##0.00", "1234567.5", "1234567.50"},
        {"#,##0.00", "-1234567.5", "-1234567.50"},
        {"#,##0.00_);(#,##0.00)", "-12.5", "-12.50"},
        {"#,##0.00_);(#,##0.000)", "-12.5", "-12.500"},
        {"#,##0.00 [$\xe2\x82\xac-407]", "12.5", "12.50"},
        {"_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)", "0", "0"},
        {"\"$\"#,##0.00", "1", "1.00"},
        {"0.0#", "1.25", "1.25"},
        {"0.0#", "1", "1.0"},
        {"#.##", "1", "1"},
        {"0.00E+00", "12345", "12345"},
        {"# ?/?", "0.5", "0.5"},
        {"@", "12.50", "12.5"},
        {";;;", "12.5", "12.5"},
        {"", "12.5", "12.5"},
        {"0%", "0.25", "25%"},
        {"0.00%", "0.52", "52.00%"},
        {"0%", "0.12345", "12.345%"},
        {"0%", "0.28999999999999998", "29%"},
        {"0%", "0", "0%"},
        {"0%", "-1.5", "-150%"},
        {"\"TRUE\";\"TRUE\";\"FALSE\"", "1", "TRUE"},
        {"\"TRUE\";\"TRUE\";\"FALSE\"", "0", "FALSE"},
        {"\"TRUE\";\"TRUE\";\"FALSE\"", "7", "7"},
        {"\"yes\";\"no\"", "1", "1"},
        {"0 \"kg\"", "5", "5"},
        {"d", "x", ""},
        {"0;\"unclosed", "-1", "-1"},
        {"[unclosed", "1", "1"},
        {"0\\", "1", "1"},
    };

    (void)state;
    assert_all_shown(list, sizeof list / sizeof *list);
}

static void masks(void **state)
{
    static const struct shown list[] = {
        {"00000", "1067", "01067"},
        {"00000", "0", "00000"},
        {"00000", "123456", "123456"},
        {"00000", "1.5", "1.5"},
        {"00000", "-5", "-5"},
        {"000-00-0000", "12345678", "012-34-5678"},
        {"000\\-00\\-0000", "123456789", "123-45-6789"},
        {"00000-0000", "5", "00000-0005"},
        {"(###) ###-####", "4955551234", "(495) 555-1234"},
        {"[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5551234", "555-1234"},
        {"[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "4955551234", "(495) 555-1234"},
        {"\"+\"0\\ \\(000\\)\\ 000\\-00\\-00", "79161234567", "+7 (916) 123-45-67"},
        {"+# (###) ###-##-##", "79161234567", "+7 (916) 123-45-67"},
        {"\"ID-\"0000", "42", "ID-0042"},
        {"0000", "1e25", "1E+25"},
        {"000", "123456789012345678901", "123456789012345678901"},
        {"##0", "5", "5"},
    };

    (void)state;
    assert_all_shown(list, sizeof list / sizeof *list);
}

static void builtin_formats(void **state)
{
    static const unsigned days[] = {14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58};
    static const unsigned times[] = {18, 19, 20, 21, 32, 33, 45, 47};

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        assert_shown(xlsx_format_builtin(days[i]), "46082", false, "2026-03-01");
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        assert_shown(xlsx_format_builtin(times[i]), "0.5", false, times[i] == 47 ? "12:00:00.0" : "12:00:00");
    assert_shown(xlsx_format_builtin(22), "46082.5", false, "2026-03-01T12:00:00");
    assert_shown(xlsx_format_builtin(46), "2", false, "48:00:00");
    assert_shown(xlsx_format_builtin(9), "0.5", false, "50%");
    assert_shown(xlsx_format_builtin(4), "0.5", false, "0.50");
    assert_shown(xlsx_format_builtin(49), "7", false, "7");
    assert_null(xlsx_format_builtin(23));
    assert_null(xlsx_format_builtin(59));
    assert_null(xlsx_format_builtin(100000));
}

static void assert_unescaped(const char *text, const char *expected)
{
    struct buffer buffer = {0};

    assert_int_equal(buffer_append(&buffer, SLICE("_x0041_")), 0); /* before `from`: not touched */
    assert_int_equal(buffer_append(&buffer, slice_from_cstr(text)), 0);
    xlsx_unescape(&buffer, 7);
    assert_int_equal(buffer_append_char(&buffer, '\0'), 0);
    assert_memory_equal(buffer.data, "_x0041_", 7);
    assert_string_equal(buffer.data + 7, expected);
    buffer_fini(&buffer);
}

static void escapes(void **state)
{
    (void)state;
    assert_unescaped("", "");
    assert_unescaped("plain", "plain");
    assert_unescaped("a_x000D_b", "a\rb");
    assert_unescaped("_x005F_x000D_", "_x000D_");
    assert_unescaped("_x041F_", "\xd0\x9f");
    assert_unescaped("_x4E2D_!", "\xe4\xb8\xad!");
    assert_unescaped("_xD83D__xDE00_", "\xf0\x9f\x98\x80");
    assert_unescaped("_xD83D_x", "_xD83D_x");
    assert_unescaped("_x0000_", "_x0000_");
    assert_unescaped("_x00_", "_x00_");
    assert_unescaped("_x000G_", "_x000G_");
    assert_unescaped("file_x", "file_x");
}

/* Workbooks. */

struct part {
    const char *name;
    const char *text;
};

static void write_zip(const char *path, const struct part *parts, size_t count)
{
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *source = zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        assert_non_null(source);
        assert_true(zip_file_add(zip, parts[i].name, source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
}

static const struct part root = {
    "_rels/.rels", DECLARATION "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                               "<Relationship Id=\"rId1\" Type=\"" RELATIONS "/officeDocument\" "
                               "Target=\"xl/workbook.xml\"/></Relationships>"};
static const struct part references = {
    "xl/_rels/workbook.xml.rels",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"a\" Type=\"" RELATIONS "/worksheet\" Target=\"worksheets/one.xml\"/>"
    "<Relationship Id=\"b\" Type=\"" RELATIONS "/worksheet\" Target=\"/xl/worksheets/two.xml\"/>"
    "<Relationship Id=\"c\" Type=\"" RELATIONS "/worksheet\" Target=\"./x/../worksheets/three.xml\"/>"
    "<Relationship Id=\"d\" Type=\"" RELATIONS "/chartsheet\" Target=\"chartsheets/chart.xml\"/>"
    "<Relationship Id=\"s\" Type=\"" RELATIONS "/sharedStrings\" Target=\"texts.xml\"/>"
    "<Relationship Id=\"t\" Type=\"" RELATIONS "/styles\" Target=\"styles.xml\"/></Relationships>"};
static const struct part book = {
    "xl/workbook.xml",
    "<workbook " MAIN " xmlns:r=\"" RELATIONS "\"><workbookPr/><sheets>"
    "<sheet name=\"Chart\" sheetId=\"9\" r:id=\"d\"/><sheet name=\"Secret\" sheetId=\"1\" state=\"hidden\" r:id=\"c\"/>"
    "<sheet name=\"Empty &amp; first\" sheetId=\"2\" r:id=\"a\"/><sheet name=\"\xd0\x9a\xd0\xbb\xd0\xb8\xd0\xb5\xd0\xbd"
    "\xd1\x82\xd1\x8b\" sheetId=\"3\" r:id=\"b\"/></sheets></workbook>"};
static const struct part texts = {
    "xl/texts.xml",
    "<sst " MAIN "><si><t>plain</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"
    "<si><t>\xe6\x9d\xb1\xe4\xba\xac</t><rPh sb=\"0\" eb=\"2\"><t>\xe3\x83\x88\xe3\x82\xa6</t></rPh></si>"
    "<si><t xml:space=\"preserve\"> a, \"b\"_x000D_\n</t></si><si/></sst>"};
static const struct part styles = {
    "xl/styles.xml",
    "<styleSheet " MAIN "><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\\ hh:mm\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"00000\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
    "<xf numFmtId=\"10\"/><xf/></cellXfs></styleSheet>"};
static const struct part empty_sheet = {"xl/worksheets/one.xml",
                                        "<worksheet " MAIN
                                        "><dimension ref=\"A1:ZZ9\"/><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/>"
                                        "</row></sheetData></worksheet>"};
static const struct part secret_sheet = {
    "xl/worksheets/three.xml",
    "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>secret</t></is></c></row>"
    "</sheetData></worksheet>"};

/* The conversion's CSV, or NULL with the error; free() it. */
static char *take_csv(const char *path, const char *sheet, struct xlsx_notes *notes, struct error *err)
{
    struct conversion conversion;
    char name[sizeof folder.name];
    int fd = open(path, O_RDONLY);

    snprintf(name, sizeof name, "%s/out.csv", folder.path);
    int to = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0 && to >= 0);
    conversion_init(&conversion, to);
    int status = xlsx_convert(fd, "a.xlsx", sheet, &conversion, notes, err);
    if (status == 0)
        assert_int_equal(conversion_finish(&conversion, err), 0);
    conversion_fini(&conversion);
    assert_int_equal(fcntl(fd, F_GETFD), 0); /* still open */
    close(fd);
    close(to);
    return status ? NULL : (char *)file_take(name).ptr;
}

static void assert_sheet(const char *path, const char *sheet, const char *expected)
{
    struct xlsx_notes notes;
    struct error err;
    char *csv = take_csv(path, sheet, &notes, &err);

    if (!csv)
        fail_msg("%s", err.text);
    assert_string_equal(csv, expected);
    free(csv);
    xlsx_notes_fini(&notes);
}

static void assert_refused(const char *path, const char *sheet, enum status status, const char *message)
{
    struct xlsx_notes notes;
    struct error err;

    assert_null(take_csv(path, sheet, &notes, &err));
    if (!strstr(err.text, message))
        fail_msg("'%s' does not say '%s'", err.text, message);
    assert_int_equal(err.status, status);
    assert_memory_equal(err.text, "a.xlsx: ", 8);
    xlsx_notes_fini(&notes);
}

/* A workbook whose visible sheet with cells holds these rows. */
static const char *write_book(const char *rows)
{
    char *text = malloc(strlen(rows) + 300);
    const char *path = folder_file(&folder, "a.xlsx");

    assert_non_null(text);
    sprintf(text,
            "<worksheet " MAIN "><sheetData>%s</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"
            "<extLst><ext><row r=\"99\"><c><v>5</v></c></row></ext></extLst></worksheet>",
            rows);
    const struct part parts[] = {root,   references,  book,         texts,
                                 styles, empty_sheet, secret_sheet, {"xl/worksheets/two.xml", text}};
    write_zip(path, parts, sizeof parts / sizeof *parts);
    free(text);
    return path;
}

static void every_kind_of_cell(void **state)
{
    (void)state;
    assert_sheet(
        write_book(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
            "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c></row>"
            "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><v>0.30000000000000004</v></c><c r=\"B3\" s=\"1\"><v>46082</v></c>"
            "<c r=\"C3\" s=\"2\"><v>46082.5</v></c><c r=\"D3\" s=\"3\"><v>1067</v></c>"
            "<c r=\"E3\" s=\"4\"><v>0.5</v></c></row>"
            "<row r=\"4\"><c r=\"A4\" t=\"b\"><v>1</v></c><c r=\"B4\" t=\"b\"><v>0</v></c>"
            "<c r=\"C4\" t=\"e\"><v>#N/A</v></c><c r=\"D4\" t=\"str\"><f>A1&amp;B1</f><v>007 &amp; x</v></c>"
            "<c r=\"E4\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is></c></row>"
            "<row r=\"7\"><c r=\"B7\"><f>1+1</f></c><c r=\"C7\" s=\"5\"><f>1+1</f><v>2</v></c>"
            "<c r=\"D7\" t=\"d\"><v>2026-03-01T10:00:00</v></c><c r=\"E7\" s=\"1\" t=\"n\"><v>abc</v></c></row>"
            "<row r=\"9\"><c r=\"A9\"/></row>"),
        NULL,
        "1,plain,rich text,\xe6\x9d\xb1\xe4\xba\xac,\" a, \"\"b\"\"\r\n\",\n"
        "3,0.3,2026-03-01,2026-03-01T12:00:00,01067,50.00%\n"
        "4,TRUE,FALSE,#N/A,007 & x,inline\n"
        "7,,,2,2026-03-01T10:00:00,abc\n");
}

static void notes_are_taken(void **state)
{
    struct xlsx_notes notes;
    struct error err;
    char *csv =
        take_csv(write_book("<row r=\"2\"><c r=\"A2\"><f>A1</f></c><c r=\"B2\" t=\"e\"><v>#REF!</v></c></row>"
                            "<row r=\"3\"><c r=\"A3\"><f>A1</f><v></v></c><c r=\"B3\" t=\"str\"><f>\"\"</f><v></v></c>"
                            "<c r=\"C3\"><v>1</v></c></row>"),
                 NULL, &notes, &err);

    (void)state;
    assert_string_equal(csv, "2,,#REF!,\n3,,,1\n");
    free(csv);
    assert_int_equal(notes.sheet_count, 4);
    assert_int_equal(notes.taken, 3);
    assert_string_equal(notes.sheets[2].name, "Empty & first");
    assert_false(notes.sheets[0].cells);
    assert_true(notes.sheets[1].hidden);
    assert_true(notes.sheets[1].cells);
    assert_false(notes.sheets[3].hidden);
    assert_int_equal(notes.rows, 2);
    assert_int_equal(notes.formulas_without_value, 2);
    assert_int_equal(notes.first_formula_row, 2);
    assert_int_equal(notes.error_cells, 1);
    assert_int_equal(notes.first_error_row, 2);
    assert_false(notes.ragged);
    xlsx_notes_fini(&notes);
}

static void sheets_by_name_and_number(void **state)
{
    const char *path = write_book("<row><c><v>1</v></c></row>");

    (void)state;
    assert_sheet(path, "\xd0\x9a\xd0\xbb\xd0\xb8\xd0\xb5\xd0\xbd\xd1\x82\xd1\x8b", "1,1\n");
    assert_sheet(path, "secret", "1,secret\n");
    assert_sheet(path, "#2", "1,secret\n");
    assert_sheet(path, "#4", "1,1\n");
    assert_sheet(path, "EMPTY & FIRST", "");
    assert_refused(path, "#1", STATUS_USAGE, "sheet 'Chart' has no cells");
    assert_refused(path, "#5", STATUS_USAGE, "no sheet '#5'");
    assert_refused(path, "#0", STATUS_USAGE, "no sheet");
    assert_refused(path, "#", STATUS_USAGE, "no sheet");
    assert_refused(path, "Leads", STATUS_USAGE,
                   "no sheet 'Leads'; there are: 'Chart', 'Secret', 'Empty & first', '\xd0\x9a");
}

/* Neither references, nor styles, nor shared texts, nor relationships: what small writers leave out. */
static void bare_workbook(void **state)
{
    const struct part parts[] = {
        {"xl/workbook.xml", "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheets>"
                            "<x:sheet name=\"TDSheet\" sheetId=\"1\"/></x:sheets></x:workbook>"},
        {"xl/worksheets/sheet1.xml",
         "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData>"
         "<x:row><x:c t=\"inlineStr\"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row><x:row/>"
         "<x:row><x:c/><x:c/><x:c s=\"7\"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"},
    };
    const char *path = folder_file(&folder, "bare.xlsx");

    (void)state;
    write_zip(path, parts, 2);
    assert_sheet(path, NULL, "1,a,1,\n3,,,2\n");
}

static void strict_workbook(void **state)
{
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"
    const struct part parts[] = {
        {"_rels/.rels",
         "<Relationships><Relationship Id=\"1\" Type=\"" STRICT "/officeDocument\" Target=\"/book/w.xml\"/>"
         "</Relationships>"},
        {"book/_rels/w.xml.rels", "<Relationships><Relationship Id=\"1\" Type=\"" STRICT "/worksheet\" "
                                  "Target=\"s.xml\"/><Relationship Id=\"2\" Type=\"" STRICT "/worksheet\" "
                                  "Target=\"http://elsewhere/\" TargetMode=\"External\"/></Relationships>"},
        {"book/w.xml", "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:r=\"" STRICT "\">"
                       "<workbookPr date1904=\"true\"/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"1\"/></sheets>"
                       "<extLst><ext xmlns:x14=\"u\"><x14:workbookPr x14:defaultImageDpi=\"1\"/></ext></extLst>"
                       "</workbook>"},
        {"book/s.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"d\"><v>2026-03-01</v></c>"
                       "<c r=\"B1\" s=\"0\"><v>44620</v></c></row></sheetData></worksheet>"},
        {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
    };
    const char *path = folder_file(&folder, "strict.xlsx");

    (void)state;
    write_zip(path, parts, sizeof parts / sizeof *parts);
    assert_sheet(path, NULL, "1,2026-03-01,2026-03-01\n");
}

static void odd_rows(void **state)
{
    (void)state;
    /* cells and rows out of order, lower-case reference left to the count, gaps of columns */
    assert_sheet(write_book("<row r=\"5\"><c r=\"C5\"><v>3</v></c><c r=\"A5\"><v>1</v></c></row>"
                            "<row r=\"2\"><c r=\"B2\"><v>2</v></c><c><v>3</v></c></row>"),
                 NULL, "5,1,,3\n2,,2,3\n");
    /* a text that is not there, a cell that is there twice: bad rows, the others stay */
    assert_sheet(write_book("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
                            "<row r=\"2\"><c r=\"AB2\" t=\"s\"><v>77</v></c></row>"
                            "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"A3\"><v>2</v></c></row>"
                            "<row r=\"4\"><c r=\"A4\"><v>5</v></c></row>"),
                 "#4",
                 "1,plain,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
                 "!2,\"cell AB2: the workbook has no shared text "
                 "'77'\",\"\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\"\n"
                 "!3,\"cell A3: a second value '2'\",\"2\"\n"
                 "4,5,,,,,,,,,,,,,,,,,,,,,,,,,,,\n");
    assert_refused(write_book("<row r=\"1048577\"><c><v>1</v></c></row>"), NULL, STATUS_DATA, "rows 1 to 1048576");
    assert_refused(write_book("<row r=\"0\"><c><v>1</v></c></row>"), NULL, STATUS_DATA, "rows 1 to 1048576");
    assert_refused(write_book("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"), NULL, STATUS_DATA, "columns A to XFD");
    assert_refused(write_book("<row r=\"1\"><c r=\"1\"><v>1</v></c></row>"), NULL, STATUS_DATA, "columns A to XFD");
    assert_refused(write_book("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c><c><v>1</v></c></row>"), NULL, STATUS_DATA,
                   "columns A to XFD");
}

/* A value in the last column must not fill the disk with commas. */
static void stray_value(void **state)
{
    enum { ROWS = 3000 };
    struct buffer rows = {0};
    struct xlsx_notes notes;
    struct error err;

    (void)state;
    for (int i = 1; i <= ROWS; i++)
        assert_int_equal(buffer_printf(&rows, "<row><c><v>%d</v></c></row>", i), 0);
    assert_int_equal(buffer_printf(&rows, "<row r=\"4000\"><c r=\"XFD4000\"><v>9</v></c></row>"), 0);
    assert_int_equal(buffer_append_char(&rows, '\0'), 0);
    char *csv = take_csv(write_book(rows.data), NULL, &notes, &err);
    assert_memory_equal(csv, "1,1\n2,2\n3,3\n", 12);
    assert_true(notes.ragged);
    assert_int_equal(strlen(strstr(csv, "\n4000,") + 1), 5 + 16383 + 2);
    free(csv);
    xlsx_notes_fini(&notes);
    buffer_fini(&rows);
}

/* One text of 1 MiB, shared by all cells: rows that are too long are bad, and the whole is refused before it fills the
 * disk. */
static void shared_bomb(void **state)
{
    enum { TEXT = 1 << 20, CELLS = 20 };
    static const char bad[] = "!1,\"a row of more than 16 MiB\",\"xxx";
    char *text = malloc(TEXT + 64);
    struct buffer rows = {0};
    struct xlsx_notes notes;
    struct error err;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', TEXT + 32);
    memcpy(text, "<sst><si><t>", 12);
    strcpy(text + 12 + TEXT, "</t></si></sst>");
    const char *path = folder_file(&folder, "shared.xlsx");
    for (int big = 0; big < 2; big++) {
        buffer_clear(&rows);
        assert_int_equal(buffer_append(&rows, SLICE("<worksheet><sheetData>")), 0);
        for (int row = 0; row < (big ? 250 : 1); row++) {
            assert_int_equal(buffer_append(&rows, SLICE("<row>")), 0);
            for (int i = 0; i < CELLS; i++)
                assert_int_equal(buffer_append(&rows, SLICE("<c t=\"s\"><v>0</v></c>")), 0);
            assert_int_equal(buffer_append(&rows, SLICE("</row>")), 0);
        }
        assert_int_equal(buffer_append(&rows, SLICE("<row><c><v>1</v></c></row></sheetData></worksheet>\0")), 0);
        const struct part parts[] = {
            root, references, book, {"xl/texts.xml", text}, {"xl/worksheets/one.xml", rows.data}};
        write_zip(path, parts, sizeof parts / sizeof *parts);
        if (big) {
            assert_refused(path, NULL, STATUS_DATA, "refused: the values of the sheet");
            break;
        }
        char *csv = take_csv(path, NULL, &notes, &err);
        assert_int_equal(strncmp(csv, bad, strlen(bad)), 0);
        assert_string_equal(strchr(csv, '\n'), "\n2,1,,,,,,,,,,,,,,,,,,,\n");
        free(csv);
        xlsx_notes_fini(&notes);
    }
    buffer_fini(&rows);
    free(text);
}

/* Damage. */

static void other_files(void **state)
{
    static const struct {
        const char *part;
        const char *message;
    } archives[] = {
        {"xl/workbook.bin", "binary workbook (.xlsb)"},
        {"content.xml", "OpenDocument file (.ods)"},
        {"word/document.xml", "text document (.docx)"},
        {"contacts.csv", "a zip archive without a workbook (its first file is 'contacts.csv')"},
        {"_rels/.rels", "the XML is damaged"},
    };
    const char *path = folder_file(&folder, "other");
    char compound[4096] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

    (void)state;
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
        write_zip(path, &(struct part){archives[i].part, "x"}, 1);
        assert_refused(path, NULL, STATUS_DATA, archives[i].message);
    }
    write_zip(path, &root, 1);
    assert_refused(path, NULL, STATUS_DATA, "a package without a workbook");
    write_zip(path, (struct part[]){root, {"xl/workbook.xml", "<workbook/>"}}, 2);
    assert_refused(path, NULL, STATUS_DATA, "the workbook has no sheet");
    write_zip(path,
              (struct part[]){root, {"xl/workbook.xml", "<workbook><sheets><sheet name='x'/></sheets></workbook>"}}, 2);
    assert_refused(path, NULL, STATUS_DATA, "no sheet with cells");
    write_zip(path, (struct part[]){root, references, book, empty_sheet}, 4);
    assert_refused(path, NULL, STATUS_DATA, "no part 'xl/worksheets/two.xml'");
    file_put(path, "name;email\n");
    assert_refused(path, NULL, STATUS_DATA, "this is no workbook");
    file_put(path, "");
    assert_refused(path, NULL, STATUS_DATA, "this is no workbook");
    file_put(path, "PK\3\4 and then nothing");
    assert_refused(path, NULL, STATUS_DATA, "damaged or cut off");

    compound[30] = 9; /* sectors of 512 bytes; the directory is the third of them */
    compound[48] = 2;
    for (int encrypted = 0; encrypted < 2; encrypted++) {
        int fd = open(path, O_WRONLY | O_TRUNC);
        for (size_t i = 0; encrypted && i < 16; i++)
            compound[3 * 512 + 128 + 2 * i] = "EncryptedPackage"[i];
        assert_int_equal(write(fd, compound, sizeof compound), sizeof compound);
        close(fd);
        assert_refused(path, NULL, STATUS_DATA, encrypted ? "the workbook is encrypted" : "of the old kind (.xls)");
    }
}

static void hostile_xml(void **state)
{
    struct buffer deep = {0};

    (void)state;
    assert_refused(write_book("<row r=\"1\"><c><v>1</v></c>"), NULL, STATUS_DATA, "the XML is damaged");
    assert_refused(write_book("<row r=\"1\"><c><v>&bomb;</v></c></row>"), NULL, STATUS_DATA, "the XML is damaged");
    for (int i = 0; i < 300; i++)
        assert_int_equal(buffer_append(&deep, SLICE("<x>")), 0);
    assert_int_equal(buffer_append_char(&deep, '\0'), 0);
    assert_refused(write_book(deep.data), NULL, STATUS_DATA, "nested more than");
    buffer_fini(&deep);

    const char *path = folder_file(&folder, "doctype.xlsx");
    write_zip(
        path,
        (struct part[]){root,
                        references,
                        {"xl/workbook.xml", "<!DOCTYPE workbook [<!ENTITY a \"aaaaaaaa\">"
                                            "<!ENTITY b SYSTEM \"file:///etc/passwd\">]><workbook>&a;&b;</workbook>"}},
        3);
    assert_refused(path, NULL, STATUS_DATA, "document type definition is not accepted");
}

/* 80 MiB of blanks in a sheet are packed a thousandfold. */
static void bomb(void **state)
{
    const size_t size = (size_t)80 << 20;
    char *text = malloc(size + 64);

    (void)state;
    assert_non_null(text);
    memset(text, ' ', size);
    memcpy(text, "<worksheet><sheetData>", 22);
    strcpy(text + size, "</sheetData></worksheet>");
    const struct part parts[] = {root, references, book, {"xl/worksheets/one.xml", text}};
    const char *path = folder_file(&folder, "bomb.xlsx");
    write_zip(path, parts, 4);
    free(text);
    assert_refused(path, NULL, STATUS_DATA, "refused: ");
}

/* Every prefix, and every byte flipped: an error of data, or the sheet as it is. */
static void damaged_files(void **state)
{
    const char *path =
        write_book("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>46082</v></c></row>");
    struct slice whole = file_take(path);
    char damaged[sizeof folder.name];
    size_t unharmed = 0;

    (void)state;
    snprintf(damaged, sizeof damaged, "%s/damaged.xlsx", folder.path);
    for (size_t i = 0; i < 2 * whole.len; i += i < whole.len ? 7 : 1) {
        char *bytes = (char *)(uintptr_t)whole.ptr;
        size_t at = i - (i < whole.len ? 0 : whole.len);
        bool cut = i < whole.len;
        int fd = open(damaged, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        struct xlsx_notes notes;
        struct error err;
        if (!cut)
            bytes[at] ^= 0x20;
        assert_true(write(fd, bytes, cut ? at : whole.len) >= 0);
        close(fd);
        char *csv = take_csv(damaged, NULL, &notes, &err);
        if (!cut)
            bytes[at] ^= 0x20;
        if (csv) { /* dates, attributes and names of parts that nobody asks for */
            assert_false(cut);
            unharmed++;
            assert_true(strcmp(csv, "1,rich text,2026-03-01\n") == 0 || strcmp(csv, "1,rich text,46082\n") == 0 ||
                        strcmp(csv, "1,secret\n") == 0 || *csv == '!' || *csv == '\0');
        } else {
            assert_true(err.status == STATUS_DATA);
        }
        free(csv);
        xlsx_notes_fini(&notes);
    }
    assert_true(unharmed < whole.len / 2);
    free((char *)(uintptr_t)whole.ptr);
}

static void recognised(void **state)
{
    (void)state;
    assert_true(xlsx_recognise(SLICE("PK\3\4....")));
    assert_true(xlsx_recognise(SLICE("PK\5\6....")));
    assert_true(xlsx_recognise(SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")));
    assert_false(xlsx_recognise(SLICE("PK")));
    assert_false(xlsx_recognise(SLICE("PK,id,name")));
    assert_false(xlsx_recognise(SLICE("")));
}

/* Real files. */

#define DATA "../shared/data/csv/"

static bool have_data(void)
{
    if (access(DATA, R_OK) == 0)
        return true;
    print_message("skipped: no %s\n", DATA);
    return false;
}

static void real_workbooks(void **state)
{
    static const struct {
        const char *path;
        const char *sheet;
        const char *expected;
    } files[] = {
        {"csvkit/dummy.xlsx", NULL, "1,a,b,c\n2,1,2,3\n"},
        /* testxlsx_converted.csv */
        {"csvkit/test.xlsx", NULL,
         "1,text,date,integer,boolean,float,datetime,empty_column,\n"
         "2,Chicago Reader,1971-01-01,40,TRUE,1,1971-01-01T04:14:00,,\n"
         "3,Chicago Sun-Times,1948-01-01,63,TRUE,1.27,1948-01-01T14:57:13,,Extra data beyond headers will be trimmed\n"
         "4,Chicago Tribune,1920-01-01,164,FALSE,41800000.01,1920-01-01T00:00:00,,\n"
         "5,This row has blanks,,,,,,,\n"
         "6,Unicode! \xce\xa3,,,,,,,\n"},
        /* the same cells, days counted from 1904 */
        {"csvkit/sheets.xlsx", "data",
         "1,text,date,integer,boolean,float,datetime,empty_column,\n"
         "2,Chicago Reader,1971-01-01,40,TRUE,1,1971-01-01T04:14:00,,\n"
         "3,Chicago Sun-Times,1948-01-01,63,TRUE,1.27,1948-01-01T14:57:13,,Extra data beyond headers will be trimmed\n"
         "4,Chicago Tribune,1920-01-01,164,FALSE,41800000.01,1920-01-01T00:00:00,,\n"
         "5,This row has blanks,,,,,,,\n"
         "6,Unicode! \xce\xa3,,,,,,,\n"},
        /* table.csv */
        {"tabulator/table.xlsx", NULL, "1,id,name\n2,1,english\n3,2,\xe4\xb8\xad\xe5\x9b\xbd\xe4\xba\xba\n"},
        {"tabulator/special/sheet2.xlsx", NULL, "1,id,name\n2,1,english\n3,2,\xe4\xb8\xad\xe5\x9b\xbd\xe4\xba\xba\n"},
        {"tabulator/special/sheet2.xlsx", "#1", ""},
        {"tabulator/special/adjust_floating_point_error.xlsx", NULL,
         "1,Sample Name,peak PO4,actual PO4 (formula),actual PO4 (values)\n"
         "2,P-1-94-AR P21 16-20cm Pi split 3,60.565,242.26,242.26\n"
         "3,W-2-98-NC TF1 0-4cm Total P split 1,68.665,274.66,274.66\n"
         "4,W-2-98-NC TF1 0-4cm Total P split 2,72.965,291.86,291.86\n"
         "5,TT013-06MC 10-12cm Total P split 3,12.1,968,968\n"
         "6,TT013-06MC 24-26cm Pi split 2,21.5,1720,1720\n"},
        {"tabulator/special/preserve-formatting-percentage.xlsx", NULL,
         "1,col1,col2\n2,123,52.00%\n3,456,30.00%\n4,789,6.00%\n"},
        {"tabulator/special/number_format_multicode.xlsx", NULL,
         "1,col1\n2,4.51119775197299\n3,-9.03233986479077\n4,15.7929464439101\n"},
        {"tabulator/special/test_scientific_notation.xlsx", NULL, "1,scientific_notation\n2,0.000000427335427525861\n"},
    };

    (void)state;
    if (!have_data())
        return;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[256];
        snprintf(path, sizeof path, DATA "%s", files[i].path);
        assert_sheet(path, files[i].sheet, files[i].expected);
    }
}

static void real_other_files(void **state)
{
    (void)state;
    if (!have_data())
        return;
    assert_refused(DATA "csvkit/test.xls", NULL, STATUS_DATA, "of the old kind (.xls)");
    assert_refused(DATA "tabulator/table.ods", NULL, STATUS_DATA, "OpenDocument");
    assert_refused(DATA "tabulator/table.csv.zip", NULL, STATUS_DATA, "without a workbook");
    assert_refused(DATA "tabulator/table.csv", NULL, STATUS_DATA, "this is no workbook");
    assert_refused(DATA "csvkit/sheets.xlsx", "none", STATUS_USAGE, "'not this one', 'data', '\xca\xa4'");
}

static int set_up(void **state)
{
    (void)state;
    folder_make(&folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    folder_remove(&folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),         cmocka_unit_test(no_numbers),
        cmocka_unit_test(moments),         cmocka_unit_test(shown_numbers),
        cmocka_unit_test(masks),           cmocka_unit_test(builtin_formats),
        cmocka_unit_test(escapes),         cmocka_unit_test(every_kind_of_cell),
        cmocka_unit_test(notes_are_taken), cmocka_unit_test(sheets_by_name_and_number),
        cmocka_unit_test(bare_workbook),   cmocka_unit_test(strict_workbook),
        cmocka_unit_test(odd_rows),        cmocka_unit_test(stray_value),
        cmocka_unit_test(shared_bomb),     cmocka_unit_test(other_files),
        cmocka_unit_test(hostile_xml),     cmocka_unit_test(bomb),
        cmocka_unit_test(damaged_files),   cmocka_unit_test(recognised),
        cmocka_unit_test(real_workbooks),  cmocka_unit_test(real_other_files),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
