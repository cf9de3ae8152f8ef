/* Tables in HTML and in the XML of 2003: markup as people and programs write it, bytes that are no text, at every size
 * of a read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "folder.h"
#include "stream/html_table.h"

static struct folder folder;

/* Gives text in pieces of `step` bytes. */
struct feed {
    struct slice text;
    size_t step;
    bool fails; /* at its end */
};

static ssize_t feed_read(void *context, char *to, size_t size, struct error *err)
{
    struct feed *feed = context;
    size_t len = feed->text.len < feed->step ? feed->text.len : feed->step;

    if (len > size)
        len = size;
    if (len == 0 && feed->fails)
        return error_set(err, STATUS_SYSTEM, "a.xls: the disk is gone");
    memcpy(to, feed->text.ptr, len);
    feed->text = (struct slice){feed->text.ptr + len, feed->text.len - len};
    return (ssize_t)len;
}

/* The CSV with a NUL behind it, or NULL with the error; free() it. */
static char *take_csv(struct slice text, const char *sheet, size_t step, size_t *len, struct error *err)
{
    struct conversion conversion;
    struct feed feed = {.text = text, .step = step};
    const char *name = folder_file(&folder, "out.csv");
    int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    conversion_init(&conversion, fd);
    int status = html_table_convert(feed_read, &feed, "a.xls", sheet, &conversion, err);
    if (status == 0)
        assert_int_equal(conversion_finish(&conversion, err), 0);
    conversion_fini(&conversion);
    close(fd);
    if (status)
        return NULL;
    struct slice csv = file_take(name);
    *len = csv.len;
    return (char *)(uintptr_t)csv.ptr;
}

static void assert_bytes(struct slice text, const char *sheet, struct slice expected)
{
    static const size_t steps[] = {1, 2, 3, 5, 7, 64, 1 << 20};

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct error err;
        size_t len;
        char *csv = take_csv(text, sheet, steps[i], &len, &err);
        if (!csv)
            fail_msg("%s", err.text);
        assert_string_equal(csv, expected.ptr);
        assert_int_equal(len, expected.len);
        assert_memory_equal(csv, expected.ptr, len);
        free(csv);
    }
}

static void assert_table(const char *html, const char *sheet, const char *expected)
{
    assert_bytes(slice_from_cstr(html), sheet, slice_from_cstr(expected));
}

static void assert_refused(struct slice html, const char *sheet, enum status status, const char *message)
{
    struct error err;
    size_t len;

    assert_null(take_csv(html, sheet, 1 << 20, &len, &err));
    if (!strstr(err.text, message))
        fail_msg("'%s' does not say '%s'", err.text, message);
    assert_int_equal(err.status, status);
    assert_memory_equal(err.text, "a.xls: ", 7);
}

static void simple_table(void **state)
{
    (void)state;
    assert_table(
        "<html><body><table>\n<thead><tr><th>Name</th><th>E-Mail</th></tr></thead>\n"
        "<tbody><tr><td>Ann</td><td>ann@example.com</td></tr>\n\n<tr><td>Bob, Jr.</td><td>\"b\"</td></tr></tbody>"
        "</table></body></html>",
        NULL, "2,Name,E-Mail\n3,Ann,ann@example.com\n5,\"Bob, Jr.\",\"\"\"b\"\"\"\n");
}

static void unclosed_tags(void **state)
{
    (void)state;
    assert_table("<TABLE BORDER=1><TR><TH>a<TH>b\n<TR><TD>1<TD>2\n<tr><td>3<td>4", NULL, "1,a,b\n2,1,2\n3,3,4\n");
    assert_table("<table><td>1<td>2<tr><td>3</table>", NULL, "1,1,2\n1,3,\n");
    assert_table("<tr><td>1</td></tr>\n<tr><td>2</td></tr>", NULL, "1,1\n2,2\n");
}

static void text_of_cells(void **state)
{
    (void)state;
    assert_table("<table><tr><td>  two \n\t words </td><td>a<br>b<br/>c<br></td><td><p>x</p><p>y</p></td>"
                 "<td>&nbsp; z &nbsp;w&#160;</td></tr></table>",
                 NULL, "1,two words,\"a\nb\nc\",\"x\ny\",z w\n");
    assert_table(
        "<table><tr><td>&lt;a&gt; &amp;amp; &quot;q&quot; &euro; &#x4e2d;&#22269; &uuml; &unknown;</td></tr></table>",
        NULL, "1,\"<a> &amp; \"\"q\"\" \xe2\x82\xac \xe4\xb8\xad\xe5\x9b\xbd \xc3\xbc &unknown;\"\n");
    assert_table(
        "<table><tr><td><b>bo</b>ld <i>it</i><span>al</span></td><td>x<script>1<2</script><style>b{}</style>y</td>"
        "<td><!-- no -->z</td></tr></table>",
        NULL, "1,bold ital,xy,z\n");
    assert_table("<table><tr><td>007</td><td>1.234,56</td><td>+49 30 1</td></tr></table>", NULL,
                 "1,007,\"1.234,56\",+49 30 1\n");
}

static void spans(void **state)
{
    (void)state;
    assert_table("<table><tr><td colspan=2>ab<td>c<tr><td>1<td>2<td>3</table>", NULL, "1,ab,,c\n1,1,2,3\n");
    assert_table("<table><tr><td>a<td rowspan=3>b<td>c<tr><td>1<td>3<tr><td>4<td>6<tr><td>7<td>8<td>9</table>", NULL,
                 "1,a,b,c\n1,1,,3\n1,4,,6\n1,7,8,9\n");
    assert_table("<table><tr><td rowspan=2 colspan=2>x<td>c<tr><td>3<tr><td>4</table>", NULL, "1,x,,c\n1,,,3\n1,4,,\n");
    assert_table("<table><tr><td colspan=0 rowspan=x>a<td colspan=-3>b<tr><td>1<td>2</table>", NULL, "1,a,b\n1,1,2\n");
}

static void several_tables(void **state)
{
    static const char html[] = "<table><tr><td>menu</table>\n<table><tr><td>a<td>b<tr><td>1<td>2</table>\n"
                               "<table><tr><td>x<td>y<tr><td>3<td>4</table>";

    (void)state;
    assert_table(html, NULL, "2,a,b\n2,1,2\n");
    assert_table(html, "1", "1,menu\n");
    assert_table(html, "#3", "3,x,y\n3,3,4\n");
    assert_refused(slice_from_cstr(html), "4", STATUS_USAGE, "no table '4'; there are 3");
    assert_refused(slice_from_cstr(html), "0", STATUS_USAGE, "no table '0'");
    assert_refused(slice_from_cstr(html), "#", STATUS_USAGE, "no table '#'");
    assert_refused(slice_from_cstr(html), "99999999999999999999999", STATUS_USAGE, "no table");
    assert_refused(slice_from_cstr(html), "Leads", STATUS_USAGE, "no table 'Leads'");
}

/* A table for the layout around the one that matters. */
static void nested_tables(void **state)
{
    static const char html[] = "<table><tr><td>left</td><td>\n<table><tr><td>a<td>b<tr><td>1<td>2</table>\n"
                               "</td><td>right</td></tr></table>";

    (void)state;
    assert_table(html, NULL, "2,a,b\n2,1,2\n");
    assert_table(html, "1", "1,left,,right\n");
}

static void rows_without_text(void **state)
{
    (void)state;
    assert_table("<table><tr><td>a<td>b\n<tr><td>&nbsp;<td>\n<tr>\n<tr><td><td>2<td></table>", NULL, "1,a,b\n4,,2\n");
    assert_table("<table></table>", NULL, "");
}

static void no_text(void **state)
{
    (void)state;
    assert_bytes(
        SLICE(
            "<table><tr><td>x\xff y \xe4z\0w<td>\xc2\xa0\xd0\x96\xf0\x9f\x98\x80\xc2<td>\xf4\x8f\xbf\xbf</table>\xd0"),
        NULL, SLICE("1,x\xff y \xe4z\0w,\xd0\x96\xf0\x9f\x98\x80\xc2,\xff\n"));
}

static void encodings_it_claims(void **state)
{
    (void)state;
    assert_table(
        "\xef\xbb\xbf<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">"
        "<meta charset=\"koi8-r\"></head><table><tr><td>\xd0\x98\xd0\xbc\xd1\x8f</td></tr></table>",
        NULL, "1,\xd0\x98\xd0\xbc\xd1\x8f\n");
    assert_table(
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?><html><table><tr><td>\xd0\x98</td></tr></table></html>", NULL,
        "1,\xd0\x98\n");
}

static void refused(void **state)
{
    struct buffer html = {0};
    struct error err;
    struct feed feed = {SLICE("<table><tr><td>x"), 4, true};
    struct conversion conversion;

    (void)state;
    assert_refused(SLICE("<html><p>nothing</p></html>"), NULL, STATUS_DATA, "there is no table in it");
    assert_refused(SLICE(""), NULL, STATUS_DATA, "there is no table in it");
    for (int i = 0; i < 1200; i++)
        assert_int_equal(buffer_append(&html, SLICE("<div>")), 0);
    assert_refused(buffer_slice(&html), NULL, STATUS_DATA, "elements are nested more than 1000 deep");
    buffer_clear(&html);
    for (int i = 0; i < 40; i++)
        assert_int_equal(buffer_append(&html, SLICE("<table><tr><td>")), 0);
    assert_refused(buffer_slice(&html), NULL, STATUS_DATA, "tables are nested more than 32 deep");
    buffer_clear(&html);
    assert_int_equal(buffer_append(&html, SLICE("<table><tr>")), 0);
    for (int i = 0; i < 17; i++)
        assert_int_equal(buffer_append(&html, SLICE("<td colspan=1000>x")), 0);
    assert_refused(buffer_slice(&html), NULL, STATUS_DATA, "line 1: a row has more than 16384 cells");
    buffer_clear(&html);
    assert_int_equal(buffer_append(&html, SLICE("<table><tr><td>")), 0);
    for (size_t i = 0; i < ((size_t)17 << 20) / 16; i++)
        assert_int_equal(buffer_append(&html, SLICE("fifteen-letters ")), 0);
    assert_refused(buffer_slice(&html), NULL, STATUS_DATA, "line 1: a row of more than 16 MiB");
    buffer_fini(&html);

    conversion_init(&conversion, -1);
    assert_int_equal(html_table_convert(feed_read, &feed, "a.xls", NULL, &conversion, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "a.xls: the disk is gone");
    conversion_fini(&conversion);
}

/* Cut off anywhere, it is a table that is shorter, or none. */
static void cut_off(void **state)
{
    static const char html[] =
        "<html><table><tr><td rowspan=2>a</td><td>b<br>c</td></tr><tr><td>&amp;</td></tr></table>";

    (void)state;
    for (size_t len = 0; len < sizeof html - 1; len++) {
        struct error err;
        size_t out;
        char *csv = take_csv((struct slice){html, len}, NULL, 1 << 20, &out, &err);
        if (!csv)
            assert_string_equal(err.text, "a.xls: there is no table in it");
        free(csv);
    }
}

static void many_rows(void **state)
{
    enum { ROWS = 20000 };
    struct buffer html = {0};
    struct buffer expected = {0};

    (void)state;
    assert_int_equal(buffer_append(&html, SLICE("<table>\n")), 0);
    for (int i = 0; i < ROWS; i++) {
        assert_int_equal(buffer_printf(&html, "<tr><td>%d</td><td>customer %d</td></tr>\n", i, i * 7), 0);
        assert_int_equal(buffer_printf(&expected, "%d,%d,customer %d\n", i + 2, i, i * 7), 0);
    }
    assert_int_equal(buffer_append_char(&expected, '\0'), 0);
    struct error err;
    size_t len;
    char *csv = take_csv(buffer_slice(&html), NULL, 4096, &len, &err);
    assert_non_null(csv);
    assert_string_equal(csv, expected.data);
    free(csv);
    buffer_fini(&html);
    buffer_fini(&expected);
}

/* Found by fuzzing: libxml2 made something else of damaged tags when it got the text in other pieces. */
static void damaged_tags_in_pieces(void **state)
{
    char text[60 * 30 + 1] = "";
    struct error err;
    size_t len;

    (void)state;
    for (int i = 0; i < 30; i++)
        strcat(text, "<table><tr><td>in</table><script>x</script><td>z</\xcf\n");
    char *at_once = take_csv(slice_from_cstr(text), NULL, 1 << 20, &len, &err);
    assert_non_null(at_once);
    assert_bytes(slice_from_cstr(text), NULL, (struct slice){at_once, len});
    free(at_once);
}

static void recognised(void **state)
{
    static const char *const yes[] = {"<html>",
                                      "<HTML xmlns:o=\"urn\">",
                                      "<!DOCTYPE html>",
                                      "\xef\xbb\xbf \r\n\t<table border=1>",
                                      "<table>",
                                      "<meta charset=utf-8>",
                                      "<!-- made by -->\n<html>",
                                      "<?xml version=\"1.0\"?><html>",
                                      "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook ",
                                      "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"};
    static const char *const no[] = {"",
                                     "name,email",
                                     "<",
                                     "<a@b.c>,x",
                                     "<tables>",
                                     "<htmlx>",
                                     "{\"a\":\"<html>\"}",
                                     "<?xml version=\"1.0\"?><contacts>",
                                     "<!-- unended <html>",
                                     "<Workbook>"};

    (void)state;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(html_table_recognise(slice_from_cstr(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(html_table_recognise(slice_from_cstr(no[i])));
}

#define BOOK_2003                                                        \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                       \
    "<?mso-application progid=\"Excel.Sheet\"?>\n"                       \
    "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"\n" \
    " xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\n"

static void workbook_2003(void **state)
{
    static const char book[] = BOOK_2003
        "<Worksheet ss:Name=\"Few\"><Table><Row><Cell><Data ss:Type=\"String\">x</Data></Cell></Row></Table>"
        "</Worksheet><Worksheet ss:Name=\"Clients &amp; Co\"><Table><Column/>"
        "<Row><Cell><Data ss:Type=\"String\">Name</Data></Cell><Cell ss:Index=\"3\"><Data ss:Type=\"String\">"
        "<B>Su</B>m</Data></Cell><Cell><Data ss:Type=\"String\">When</Data></Cell></Row>"
        "<Row ss:Index=\"5\"><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">007</Data></Cell>"
        "<Cell><Data ss:Type=\"Number\">0.30000000000000004</Data></Cell>"
        "<Cell><Data ss:Type=\"DateTime\">2026-03-01T00:00:00.000</Data></Cell></Row>"
        "<Row><Cell><Data ss:Type=\"Boolean\">1</Data></Cell><Cell/><Cell><Data ss:Type=\"Number\">17850.0</Data>"
        "</Cell><Cell><Data ss:Type=\"DateTime\">2026-03-01T10:30:00.000</Data></Cell></Row>"
        "<Row><Cell/></Row></Table></Worksheet></Workbook>";
    static const char clients[] = "1,Name,,Sum,When\n5,007,,0.3,2026-03-01\n6,TRUE,,17850,2026-03-01T10:30:00\n";

    (void)state;
    assert_table(book, NULL, clients);
    assert_table(book, "clients & co", clients);
    assert_table(book, "2", clients);
    assert_table(book, "Few", "1,x\n");
    assert_refused(slice_from_cstr(book), "Leads", STATUS_USAGE, "no table 'Leads'; there are 2");
    assert_refused((struct slice){book, sizeof book / 2}, NULL, STATUS_DATA, "the XML is damaged");
    assert_refused(SLICE(BOOK_2003 "</Workbook>"), NULL, STATUS_DATA, "there is no table in it");
    assert_refused(SLICE(BOOK_2003 "<Worksheet><Table><Row><Cell ss:Index=\"16384\" ss:MergeAcross=\"9\"/><Cell>"
                                   "<Data>x</Data></Cell></Row></Table></Worksheet></Workbook>"),
                   NULL, STATUS_DATA, "more than 16384 cells");
}

/* What is said of damaged XML does not depend on how many bytes a read gives: cells by the hundred, one of them with a
 * wrong end, or with an end in its attribute. */
static void damaged_xml_in_pieces(void **state)
{
    static const char cell[] = "<Cell><Data ss:Type=\"String\">some text</Data></Cell>";
    static const char *const harms[] = {"<Cell><Data>x</Datinl</Cell>",
                                        "<Cell><Data ss:Type=\"Bool<!x\">1</Data></Cell>",
                                        "<Cell></Row>",
                                        "<Cell>&none;</Cell>",
                                        "<Cell ss:MergeAcross=\xe0\"1\"/>",
                                        "<Cell><Data\xff\xff\xff\xff ss:Type=\"String\">x</Data></Cell>",
                                        "<?xml versso-application progid=\"Excel.Sheet\"?>"};
    static const size_t steps[] = {1, 2, 3, 5, 7, 64};
    struct buffer text = {0};

    (void)state;
    for (size_t harm = 0; harm < sizeof harms / sizeof *harms; harm++)
        for (size_t before = 0; before < 120; before += 13) {
            struct error at_once;
            size_t len;
            buffer_clear(&text);
            buffer_append(&text, SLICE(BOOK_2003 "<Worksheet ss:Name=\"Few\"><Table><Row>"));
            for (size_t i = 0; i < 120; i++)
                buffer_append(&text, slice_from_cstr(i == before ? harms[harm] : cell));
            buffer_append(&text, SLICE("</Row></Table></Worksheet></Workbook>"));
            assert_null(take_csv(buffer_slice(&text), NULL, 1 << 20, &len, &at_once));
            for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
                struct error err;
                assert_null(take_csv(buffer_slice(&text), NULL, steps[i], &len, &err));
                assert_string_equal(err.text, at_once.text);
            }
        }
    buffer_fini(&text);
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
        cmocka_unit_test(simple_table),
        cmocka_unit_test(unclosed_tags),
        cmocka_unit_test(text_of_cells),
        cmocka_unit_test(spans),
        cmocka_unit_test(several_tables),
        cmocka_unit_test(nested_tables),
        cmocka_unit_test(no_text),
        cmocka_unit_test(encodings_it_claims),
        cmocka_unit_test(rows_without_text),
        cmocka_unit_test(refused),
        cmocka_unit_test(cut_off),
        cmocka_unit_test(many_rows),
        cmocka_unit_test(damaged_tags_in_pieces),
        cmocka_unit_test(recognised),
        cmocka_unit_test(workbook_2003),
        cmocka_unit_test(damaged_xml_in_pieces),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
