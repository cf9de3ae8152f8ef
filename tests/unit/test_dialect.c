/* Dialects: small files written by hand, each with one thing that is not as RFC 4180 has it, and files that only look
 * so; random tables written with each delimiter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "stream/dialect.h"
#include "stream/dialect_cell.h"

static void assert_dialect(const char *text, bool whole, char delimiter, size_t columns, size_t records,
                           size_t consistent)
{
    struct dialect dialect = dialect_detect(slice_from_cstr(text), whole);

    if (dialect.delimiter != delimiter || dialect.columns != columns || dialect.records != records ||
        dialect.consistent != consistent)
        fail_msg("'%s': delimiter 0x%02x, %zu columns, %zu records, %zu consistent", text, dialect.delimiter,
                 dialect.columns, dialect.records, dialect.consistent);
}

static void knows_the_delimiter(void **state)
{
    (void)state;
    assert_dialect("a,b\n1,2\n3,4\n", true, ',', 2, 2, 2);
    assert_dialect("a;b;c\n1;2;3\n", true, ';', 3, 1, 1);
    assert_dialect("a\tb\n1\t2\n", true, '\t', 2, 1, 1);
    assert_dialect("a|b\n1|2\n", true, '|', 2, 1, 1);
    assert_dialect("a;b\n1,5;2,5\n3,5;4,5\n", true, ';', 2, 2, 2);
    assert_dialect("a,b\r\n1,2\r\n", true, ',', 2, 1, 1);
    assert_dialect("a;b\r1;2\r", true, ';', 2, 1, 1);
    assert_dialect("\n\na;b\n\n1;2\n\n", true, ';', 2, 1, 1);
    assert_dialect("\xef\xbb\xbf"
                   "a;b\n1;2",
                   true, ';', 2, 1, 1);
    assert_dialect("a;b", true, ';', 2, 0, 0);
}

/* All of the sample decides, not its first line. */
static void consistency_decides(void **state)
{
    (void)state;
    assert_dialect("Name, first;City, State;Note\nx;y;z\nu;v;w, and more\n", true, ';', 3, 2, 2);
    assert_dialect("name,note;remark\n1,a;b;c\n2,x\n3,y\n", true, ',', 2, 3, 3);
    assert_dialect("a;b,c\n1;2\n3;4\n5,6\n", true, ';', 2, 3, 2);
    assert_dialect("a,b;c,d\n1,2;3,4\n", true, ',', 3, 1, 1); /* both fit: the one with more fields */
    assert_dialect("a,b;c;d\n1,2;3;4\n", true, ';', 3, 1, 1);
    assert_dialect("a,b;c\n1,2;3\n", true, ';', 2, 1, 1); /* as many: 1,2 is a number, 2;3 is none */
    assert_dialect("a,b;c\nx,y;z\n", true, ',', 2, 1, 1); /* as good: the order of the candidates */
}

static void quotes_are_respected(void **state)
{
    (void)state;
    assert_dialect("\"a;x;y\",b\n\"1;2\",3\n", true, ',', 2, 1, 1);
    assert_dialect("a,b\n\"two\nlines\",2\n\"with \"\"quotes\"\", too\",3\n", true, ',', 2, 2, 2);
    assert_dialect("a;b\n\"1,2,3\n4,5,6\";x\n", true, ';', 2, 1, 1);
    assert_dialect("a;b\n5\" pipe;2\n6\" pipe;3\n", true, ';', 2, 2, 2); /* not at the start of a field */
    assert_dialect("a;b\n1;2\n3;\"open\n5;6\n", true, ';', 2, 3, 2);     /* never closed: it costs its line */
    assert_dialect("a;b\n1;\"\"", true, ';', 2, 1, 1);
    assert_dialect("a;b\n1;\"", true, ';', 2, 1, 0);
}

static void nothing_separates(void **state)
{
    (void)state;
    assert_dialect("", true, ',', 1, 0, 0);
    assert_dialect("\n\r\n", true, ',', 1, 0, 0);
    assert_dialect("email\na@x.org\nb@x.org\n", true, ',', 1, 2, 2);
    assert_dialect("email\na,x\n", true, ';', 1, 1, 1);                  /* the comma is part of the text */
    assert_dialect("full name\nAnn Lee\nBob Ray\n", true, ',', 1, 2, 2); /* single blanks belong to the text */
}

static void columns_aligned_by_eye(void **state)
{
    (void)state;
    assert_dialect("   id  date\n 1    19970101\n 22   19970102\n", true, ' ', 2, 2, 2);
    assert_dialect(" id date\n1 2\n", true, ' ', 2, 1, 1);
    assert_dialect("id  date\n1 2\n3  4", true, ' ', 2, 2, 2);
    assert_dialect("id  date\n1 2 3\n", true, ',', 1, 1, 1); /* not every line agrees */
    assert_dialect("id  date\n", true, ',', 1, 0, 0);        /* a header proves nothing */
    assert_dialect("id,  date\n1, 2\n", true, ',', 2, 1, 1); /* something else separates */
}

/* The last line of a sample that is not whole may be cut. */
static void a_cut_line_does_not_count(void **state)
{
    (void)state;
    assert_dialect("a;b\n1;2\n3,4", false, ';', 2, 1, 1);
    assert_dialect("a;b\n1;2\n3,4", true, ';', 2, 2, 1);
    assert_dialect("a;b\r1;2\r3", false, ';', 2, 1, 1);
    assert_dialect("a;b", false, ',', 1, 0, 0);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

/* Tables of words, amounts with a comma, and quoted text with all the candidates in it. */
static void random_tables_are_known(void **state)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    struct buffer text = {0};
    uint64_t seed = 11;
    (void)state;

    for (int round = 0; round < 2000; round++) {
        char delimiter = candidates[round % 4];
        size_t columns = 2 + next_random(&seed) % 8;
        size_t rows = 1 + next_random(&seed) % 20;
        buffer_clear(&text);
        for (size_t row = 0; row <= rows; row++)
            for (size_t column = 0; column < columns; column++) {
                uint64_t kind = row ? next_random(&seed) % 5 : 0;
                if (column && buffer_append_char(&text, delimiter))
                    fail();
                if (kind == 3)
                    assert_int_equal(buffer_append(&text, SLICE("\"a,b;c\td|e\n\"\"f\"\"\"")), 0);
                else if (kind == 4 && delimiter != ',')
                    assert_int_equal(buffer_append(&text, SLICE("12,50")), 0);
                else if (kind != 1)
                    assert_int_equal(buffer_printf(&text, "word%zu", column), 0);
                if (column + 1 == columns)
                    assert_int_equal(buffer_append_char(&text, '\n'), 0);
            }
        struct dialect dialect = dialect_detect(buffer_slice(&text), round % 2 == 0);
        assert_int_equal(dialect.delimiter, delimiter);
        assert_int_equal(dialect.columns, columns);
        assert_int_equal(dialect.records, rows);
        assert_int_equal(dialect.consistent, rows);
    }
    buffer_fini(&text);
}

static struct dialect find(const char *text)
{
    return dialect_detect(slice_from_cstr(text), true);
}

static void assert_note(struct dialect dialect, const char *text)
{
    for (size_t i = 0; i < dialect.note_count; i++)
        if (strcmp(dialect.notes[i].text, text) == 0) {
            assert_true(dialect.notes[i].confidence > 0 && dialect.notes[i].confidence <= 1);
            return;
        }
    fail_msg("no note '%s', but %zu others, the first '%s'", text, dialect.note_count, dialect.notes[0].text);
}

/* Everything but the delimiter is as RFC 4180 has it, and nothing is said about it. */
static void assert_plain(const char *text)
{
    struct dialect d = find(text);

    if (d.quote != '"' || d.escape != ESCAPE_DOUBLED || d.trim || d.skip_lines || !d.has_header || d.header_rows != 1 ||
        d.drop_names || d.wrapped || d.all_wrapped || d.note_count)
        fail_msg("'%s': quote %02x, escape %d, trim %d, skip %llu, header %d of %zu rows, drop %zu, wrapped %zu, '%s'",
                 text, d.quote, (int)d.escape, d.trim, (unsigned long long)d.skip_lines, d.has_header, d.header_rows,
                 d.drop_names, d.wrapped, d.note_count ? d.notes[0].text : "");
}

static void plain_files_are_plain(void **state)
{
    (void)state;
    assert_plain("");
    assert_plain("a,b\n");
    assert_plain("a,b\n1,2\n");
    assert_plain("id,name\n1,Ann\n2,\"Bob, Jr.\"\n3,\"\"\"Cid\"\"\"\n");
    assert_plain("name,note\nAnn,it's\nBob,'90s\n");
    assert_plain("email\na@x.org\nb@x.org\n");
    assert_plain("name,2019,2020,2021\nAnn,1,2,3\nBob,4,5,6\nCid,7,8,9\n");
    assert_plain("name,0.5,0.95,1\nAnn,1.5,2,3\nBob,4,5,6\nCid,7,8,9\n");
    assert_plain("1,2,3\n4,5,6\n7,8,9\n");       /* positions may be names */
    assert_plain(",0,1\n0,x,y\n1,z,w\n2,u,v\n"); /* as pandas writes them */
    assert_plain("a,b,c\n1,2\n3\n4,5,6\n");      /* ragged */
    assert_plain("a,b\n1,2,3\n4,5,6\n7,8,9\n");  /* a name is missing */
    assert_plain("a,b,c\n,,\n1,,\n");
    assert_plain("id,,,,\n1,a,b,c,d\n2,e,f,g,h\n"); /* most names are missing */
    assert_plain("a,b\n\"x\"y,1\n2,3\n4,5\n");      /* one bad row is a bad row */
    assert_plain("#,name\n1,Ann\n2,Bob\n");
    assert_plain("url,n\nhttp://a.org/x?y=1;z=2,1\nhttp://b.org,2\n");
}

static void other_delimiters(void **state)
{
    (void)state;
    assert_dialect("a:b:c\n1:2:3\n4:5:6\n", true, ':', 3, 2, 2);
    assert_dialect("a^b\n1^2\n", true, '^', 2, 1, 1);
    assert_dialect("a~b\n1~2\n", true, '~', 2, 1, 1);
    assert_dialect("a\x01"
                   "b\n1,5\x01"
                   "2,5\n3,5\x01"
                   "4\n",
                   true, '\x01', 2, 2, 2);
    assert_dialect("a\x1f"
                   "b\n1\x1f"
                   "2\n",
                   true, '\x1f', 2, 1, 1);
    assert_dialect("time,n\n10:30:00,1\n11:30:00,2\n", true, ',', 2, 2, 2);
    assert_dialect("time\n10:30\n11:30\n", true, ',', 1, 2, 2); /* the header has no colon */
    /* types: 10:30 is a time, 2026-01-01 a date, the halves of an amount are not what is meant */
    assert_dialect("when;n\n2026-01-01 10:30;1,5\n2026-01-02 11:30;2,5\n", true, ';', 2, 2, 2);
}

/* One ragged row in a hundred does not make the commas in a text the better delimiter. */
static void ragged_rows_count_little(void **state)
{
    struct buffer text = {0};
    (void)state;

    assert_int_equal(buffer_append(&text, SLICE("id;text;x\n")), 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(buffer_printf(&text, i == 50 ? "%d;a,b\n" : "%d;a, b;c\n", i), 0);
    struct dialect d = dialect_detect(buffer_slice(&text), true);
    assert_int_equal(d.delimiter, ';');
    assert_int_equal(d.records, 100);
    assert_int_equal(d.consistent, 99);
    assert_true(d.confidence > 0.4);
    assert_true(d.confidence < 1);
    buffer_fini(&text);
}

static void blanks_behind_delimiters(void **state)
{
    struct dialect d = find("a, b, c\n1, \"x, y\", 3\n2, z, 4\n");
    (void)state;
    assert_true(d.trim);
    assert_int_equal(d.delimiter, ',');
    assert_int_equal(d.columns, 3);
    assert_int_equal(d.consistent, 2);
    assert_note(d, "a blank follows each ','; blanks around fields are no part of them");
    assert_false(find("a,b\n1, x\n2,y\n").trim);
    assert_false(find("a; b\n1;2\n3;4\n").trim);
    d = find("a, b\n1, 'x, y'\n2, 'z'\n3, 'u'\n");
    assert_true(d.trim);
    assert_int_equal(d.quote, '\'');
}

static void other_quotes(void **state)
{
    struct dialect d = find("a,b\n'x, y',1\n'it''s',2\n'z',3\n");
    (void)state;
    assert_int_equal(d.quote, '\'');
    assert_int_equal(d.consistent, 3);
    assert_note(d, "fields are quoted with ' instead of \"");
    d = find("'a';'b'\n'x;y';'1'\n");
    assert_int_equal(d.quote, '\'');
    assert_int_equal(d.delimiter, ';');
    assert_int_equal(find("a,b\n'90s,1\n'80s,2\n\"x, y\",3\n").quote, '"');
    d = find("a\tb\n\"x\t1\n\"y\t2\n\"z\" w\t3\n");
    assert_int_equal(d.quote, QUOTE_NONE);
    assert_note(d, "quotes are text: nothing is quoted");
}

static void other_escapes(void **state)
{
    struct dialect d = find("a,b\n\"say \\\"hi\\\"\",1\n\"x\",2\n\"5\\\", 6\\\"\",3\n");
    (void)state;
    assert_int_equal(d.escape, ESCAPE_BACKSLASH);
    assert_int_equal(d.consistent, 3);
    assert_note(d, "a quote within a quoted field has a backslash before it, in 2 rows");
    /* a backslash at the end of a field, before a doubled quote: that is RFC 4180 */
    assert_int_equal(find("a,b\n\"C:\\\",1\n\"D:\\\",2\n").escape, ESCAPE_DOUBLED);
    assert_int_equal(find("a,b\n\"{\"\"x\"\":\"\"\\\"\"\"\"}\",1\n").escape, ESCAPE_DOUBLED);
    d = find("a,b\n\"the \"best\" one\",1\n\"a \"good\" one\",2\n\"x, y\",3\n\"z, \"w\"!\",4\n");
    assert_int_equal(d.escape, ESCAPE_NONE);
    assert_note(d, "quotes within quoted fields are written as they are, not doubled");
}

static void assert_skipped(const char *text, uint64_t lines, size_t columns)
{
    struct dialect d = find(text);

    if (d.skip_lines != lines || d.columns != columns || !d.has_header || d.header_rows != 1)
        fail_msg("'%s': %llu lines skipped, %zu columns", text, (unsigned long long)d.skip_lines, d.columns);
    if (lines > 1) {
        char note[80];
        snprintf(note, sizeof note, "the first %llu lines are no part of the table", (unsigned long long)lines);
        assert_note(d, note);
    }
}

#define TABLE "id,name,mail,amount\n1,Ann,a@x.org,5\n2,Bob,b@x.org,7\n3,Cid,c@x.org,9\n"

static void lines_before_the_table(void **state)
{
    (void)state;
    assert_skipped(TABLE, 0, 4);
    assert_skipped("\n\n" TABLE, 0, 4); /* blank lines are skipped anyway */
    assert_skipped("Report\n" TABLE, 1, 4);
    assert_skipped("Report\n\nmade on, Monday\n" TABLE, 3, 4);
    assert_skipped("Report,,,\n" TABLE, 1, 4);
    assert_skipped(",,,\n,Report,,\n,,,\n" TABLE, 3, 4);
    assert_skipped("# by a program, version 1\n# at noon\n" TABLE, 2, 4);
    assert_skipped("\"two\nlines\"\n" TABLE, 2, 4);
    assert_skipped("\xef\xbb\xbfReport\r\n\r\nid;name;n\r\n1;Ann;5\r\n2;Bob;6\r\n", 2, 3);
    assert_skipped("Report\rid;name;n\r1;Ann;5\r2;Bob;6\r", 1, 3);
    assert_skipped("Report\nname,n\nAnn,1\nBob,2\nCid,3\n", 1, 2);
    assert_skipped("Report\nid,name,mail,amount\n", 1, 4);
    /* as likely a header and ragged rows */
    assert_skipped("email\na,x\nb\nc,y\n", 0, 1);
    assert_skipped("name\n1,2\n3,4\n5,6\n", 0, 1);
    assert_skipped("id,name,mail\n1,a,b,c\n2,d,e,f\n", 0, 3);
}

static void lines_for_excel(void **state)
{
    struct dialect d = find("sep=;\na,b;c\n1,2;3\n");
    (void)state;
    assert_int_equal(d.delimiter, ';');
    assert_int_equal(d.skip_lines, 1);
    assert_int_equal(d.columns, 2);
    assert_true(d.confidence == 1);
    assert_note(d, "the first line is no part of the table");
    d = find("\"sep=,\"\r\na,b\r\n1,2\r\n");
    assert_int_equal(d.delimiter, ',');
    assert_int_equal(d.skip_lines, 1);
    assert_int_equal(d.columns, 2);
    d = find("SEP=\t\na\tb\n1\t2\n");
    assert_int_equal(d.delimiter, '\t');
    assert_int_equal(d.skip_lines, 1);
    assert_int_equal(find("sep=;x\na,b\n1,2\n").delimiter, ',');
}

static void assert_no_header(const char *text, size_t columns, bool none)
{
    struct dialect d = find(text);

    if (d.has_header == none || d.columns != columns)
        fail_msg("'%s': header %d, %zu columns", text, d.has_header, d.columns);
    if (none)
        assert_note(d, "there is no header: the first row is data like the others");
}

static void tables_without_header(void **state)
{
    (void)state;
    assert_no_header("a@x.org,Ann\nb@x.org,Bob\nc@x.org,Cid\n", 2, true);
    assert_no_header("2026-01-01,5\n2026-01-02,6\n2026-01-03,7\n", 2, true);
    assert_no_header("Rom,IT,5\nPisa,IT,7\nBari,IT,3\n", 3, true); /* IT comes again below */
    assert_no_header("0017,1.50\n0018,2.75\n0011,3.00\n", 2, true);
    assert_no_header(" 0004 19970101 2 29.33\n 0004 19970118 2  9.73\n 0021 19970101 3  7.00\n", 4, true);
    assert_no_header("Report\n2026-01-01,Ann,5\n2026-01-02,Bob,6\n2026-01-03,Cid,7\n", 3, true);
    assert_no_header("Rom,51\nPisa,7\n", 2, false); /* a single row below */
    assert_no_header("Rom,IT\nPisa,IT\nBari,IT\n", 2, false);
    assert_no_header("date,2026-01-01\n2026-01-01,5\n2026-01-02,6\n", 2, false);
    assert_no_header("2026-01,2026-02\nAnn,5\nBob,6\n", 2, false);
    assert_no_header("city,2024\nRom,51\nPisa,7\nBari,8\nKiel,2\nBonn,1\n", 2, false);
    assert_no_header("n,IT\n1,IT\n2,IT\n3,IT\n", 2, false); /* n stands above numbers */
}

static void headers_of_two_rows(void **state)
{
    struct dialect d = find("Who,,,Deal,,\nname,mail,id,stage,amount,date\nAnn,a@x.org,1,won,5,2026-01-01\n"
                            "Bob,b@x.org,2,lost,6,2026-01-02\n");
    (void)state;
    assert_int_equal(d.header_rows, 2);
    assert_int_equal(d.skip_lines, 0);
    assert_int_equal(d.columns, 6);
    assert_int_equal(d.records, 2);
    assert_int_equal(d.consistent, 2);
    assert_note(d, "the names of the columns stand in two rows and are joined");
    d = find("Sales\n,Who,,,Deal,\nname,mail,id,stage,amount,date\nAnn,a@x.org,1,won,5,2026-01-01\n"
             "Bob,b@x.org,2,lost,6,2026-01-02\n");
    assert_int_equal(d.header_rows, 2);
    assert_int_equal(d.skip_lines, 1);
}

static void delimiters_at_the_end(void **state)
{
    struct dialect d = find("a,b,\n1,2,\n3,4,\n");
    (void)state;
    assert_int_equal(d.drop_names, 1);
    assert_int_equal(d.columns, 2);
    assert_int_equal(d.consistent, 2);
    assert_note(d, "the header ends in a delimiter, and the field behind it is always empty");
    d = find("a,b,,\n1,2\n3,4,,\n");
    assert_int_equal(d.drop_names, 2);
    assert_note(d, "the header ends in 2 delimiters, and the fields behind them are always empty");
    d = find("a,b,,\n1,2,3,\n");
    assert_int_equal(d.drop_names, 1);
    assert_int_equal(d.columns, 3);
    assert_int_equal(find("a,b,\n1,2,3\n4,5,\n").drop_names, 0);
    d = find("a,b\n1,2,\n3,4,\n");
    assert_int_equal(d.columns, 2);
    assert_note(d, "each row ends in a delimiter, the header does not");
    assert_int_equal(find(",,\n").drop_names, 0);
}

static void rows_quoted_whole(void **state)
{
    struct dialect d = find("a;b\n\"1;\"\"2;3\"\"\"\n4;5\n\"6;7\"\n");
    (void)state;
    assert_int_equal(d.wrapped, 2);
    assert_false(d.all_wrapped);
    assert_int_equal(d.consistent, 3);
    assert_note(d, "2 rows are quoted whole");
    d = find("\"a;b\"\n\"1;2\"\n\"3;4\"\n");
    assert_int_equal(d.delimiter, ';');
    assert_true(d.all_wrapped);
    assert_int_equal(d.wrapped, 2);
    assert_int_equal(d.columns, 2);
    assert_note(d, "the header is quoted whole, and so are 2 rows");
}

static void what_is_given_is_kept(void **state)
{
    const struct dialect_given comma = {.delimiter = ','};
    const struct dialect_given placed = {.placed = true};
    struct dialect d = dialect_find(SLICE("Report\na,b,c;d\n1,2,3;4\n5,6,7;8\n"), true, &comma);
    (void)state;
    assert_int_equal(d.delimiter, ',');
    assert_int_equal(d.columns, 3);
    assert_int_equal(d.skip_lines, 1);
    d = dialect_find(SLICE("a;b,c\n'1;2',3\n'4;5',6\n"), true, &comma);
    assert_int_equal(d.quote, '\'');
    d = dialect_find(SLICE("a,b\n\"1\\\"\",3\n\"4\\\"\",6\n"), true, &comma);
    assert_int_equal(d.escape, ESCAPE_BACKSLASH);
    d = dialect_find(SLICE("a\tb\n\"x\t'1'\n'y'\t\"z\"\n"), true,
                     &(struct dialect_given){.delimiter = '\t', .quote = QUOTE_NONE});
    assert_int_equal(d.quote, QUOTE_NONE);
    assert_int_equal(d.consistent, 2);
    d = dialect_find(SLICE("1,Report,,\n3,name,amount,date\n4,Ann,5;0,2026-01-01\n!5,bad,x\n6,Bob,6;0,2026-01-02\n"),
                     true, &placed);
    assert_int_equal(d.delimiter, ',');
    assert_int_equal(d.skip_lines, 1);
    assert_int_equal(d.columns, 3);
    d = dialect_find(SLICE("1,2026-01-01,a@x.org,5\n2,2026-01-02,b@x.org,6\n3,2026-01-03,c@x.org,7\n"), true, &placed);
    assert_false(d.has_header);
    assert_int_equal(d.columns, 3);
    d = dialect_find(SLICE("1,name,amount,\n2,Ann,5,\n3,Bob,6,\n"), true, &placed);
    assert_int_equal(d.drop_names, 1);
    assert_int_equal(d.columns, 2);
    assert_true(d.has_header);
}

static void cells_have_types(void **state)
{
    static const struct {
        const char *text;
        enum cell_type bare, quoted;
    } cells[] = {
        {"", CELL_EMPTY, CELL_EMPTY},
        {" \t", CELL_EMPTY, CELL_EMPTY},
        {"0", CELL_NUMBER, CELL_NUMBER},
        {"-1,234.50", CELL_NUMBER, CELL_NUMBER},
        {"1 234,50 \xe2\x82\xac", CELL_NUMBER, CELL_NUMBER},
        {"12\xc2\xa0"
         "345",
         CELL_NUMBER, CELL_NUMBER},
        {"12.5%", CELL_NUMBER, CELL_NUMBER},
        {"1'234", CELL_NUMBER, CELL_NUMBER},
        {"+49 (30) 1234-56", CELL_NUMBER, CELL_NUMBER},
        {"2026-03-01", CELL_DATE, CELL_DATE},
        {"01.02.2026", CELL_DATE, CELL_DATE},
        {"2026-03-01T10:00:00Z", CELL_DATE, CELL_DATE},
        {"12/31/2025 11:30 PM", CELL_DATE, CELL_DATE},
        {"10:30", CELL_DATE, CELL_DATE},
        {"a.b@x.org", CELL_EMAIL, CELL_EMAIL},
        {"https://x.org/?a=b", CELL_URL, CELL_URL},
        {"www.x.org", CELL_URL, CELL_URL},
        {"Ann O'Neil", CELL_TEXT, CELL_TEXT},
        {"\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd", CELL_TEXT, CELL_TEXT},
        {"Smith, John: see note", CELL_TEXT, CELL_TEXT},
        {"a;b", CELL_OTHER, CELL_TEXT},
        {"a,b", CELL_OTHER, CELL_TEXT},
        {"a|b", CELL_OTHER, CELL_TEXT},
        {"a:b", CELL_OTHER, CELL_TEXT},
        {"2;3", CELL_OTHER, CELL_TEXT},
        {"\"x", CELL_OTHER, CELL_TEXT},
        {"'x'", CELL_OTHER, CELL_TEXT},
        {"@x", CELL_TEXT, CELL_TEXT},
        {"\x01", CELL_OTHER, CELL_TEXT},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        enum cell_type bare = cell_type_of(slice_from_cstr(cells[i].text), false);
        enum cell_type quoted = cell_type_of(slice_from_cstr(cells[i].text), true);
        if (bare != cells[i].bare || quoted != cells[i].quoted)
            fail_msg("'%s' is of type %d, in quotes %d", cells[i].text, (int)bare, (int)quoted);
    }
}

static void what_is_found_is_applied(void **state)
{
    struct dialect d = find("Report\n'a', 'b',\n'1', '2',\n'3', '4',\n");
    struct reader_options options = {.fill_short = true, .lenient_header = true};
    (void)state;
    d.header_rows = 2;
    d.has_header = false;
    d.escape = ESCAPE_BACKSLASH;
    dialect_apply(&d, &options);
    assert_int_equal(options.delimiter, ',');
    assert_int_equal(options.quote, '\'');
    assert_int_equal(options.escape, ESCAPE_BACKSLASH);
    assert_true(options.trim);
    assert_int_equal(options.skip_lines, 1);
    assert_int_equal(options.drop_names, 1);
    assert_int_equal(options.header_rows, 2);
    assert_true(options.no_header && options.lenient_rows && options.fill_short && options.lenient_header);
    assert_false(options.literal_quotes || options.placed);
}

/* Text that would make a careless judgement slow: each line opens a quote, or is one of many widths. */
static void hostile_text_takes_linear_time(void **state)
{
    static const char *const lines[] = {"\"x\n",          "a,\"\"\"b\n", "\"a\\\"\n",
                                        "'a,\"b;\"c|'\n", ",;|\t:^~\n",  "\"\"\"\n"};
    const clock_t begin = clock();
    (void)state;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct buffer text = {0};
        while (text.len < 1 << 19)
            assert_int_equal(buffer_append(&text, slice_from_cstr(lines[i])), 0);
        struct dialect d = dialect_detect(buffer_slice(&text), false);
        assert_true(d.columns >= 1);
        buffer_fini(&text);
    }
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 10); /* minutes when each line looks at all that follow */
}

/* Every prefix of every kind of text is judged without a step beyond its end (the sanitizers watch). */
static void every_prefix_is_judged(void **state)
{
    static const char text[] = "\xef\xbb\xbfsep=;\n# c\n\"a\";'b', \"c\"\"d\\\"\"\r\n\"1;2\"\r\r\x1a;;;\n\0;\"\n";
    (void)state;

    for (size_t len = 0; len < sizeof text; len++) {
        struct buffer copy = {0};
        assert_int_equal(buffer_append(&copy, (struct slice){text, len}), 0);
        for (int whole = 0; whole < 2; whole++) {
            struct dialect d = dialect_detect(buffer_slice(&copy), whole);
            assert_true(d.columns >= 1 && d.consistent <= d.records && d.note_count <= DIALECT_NOTES);
        }
        buffer_fini(&copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_delimiter),
        cmocka_unit_test(consistency_decides),
        cmocka_unit_test(quotes_are_respected),
        cmocka_unit_test(nothing_separates),
        cmocka_unit_test(columns_aligned_by_eye),
        cmocka_unit_test(a_cut_line_does_not_count),
        cmocka_unit_test(random_tables_are_known),
        cmocka_unit_test(plain_files_are_plain),
        cmocka_unit_test(other_delimiters),
        cmocka_unit_test(ragged_rows_count_little),
        cmocka_unit_test(blanks_behind_delimiters),
        cmocka_unit_test(other_quotes),
        cmocka_unit_test(other_escapes),
        cmocka_unit_test(lines_before_the_table),
        cmocka_unit_test(lines_for_excel),
        cmocka_unit_test(tables_without_header),
        cmocka_unit_test(headers_of_two_rows),
        cmocka_unit_test(delimiters_at_the_end),
        cmocka_unit_test(rows_quoted_whole),
        cmocka_unit_test(what_is_given_is_kept),
        cmocka_unit_test(cells_have_types),
        cmocka_unit_test(what_is_found_is_applied),
        cmocka_unit_test(hostile_text_takes_linear_time),
        cmocka_unit_test(every_prefix_is_judged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
