/* Dialects: the delimiter of small files written by hand, and of random tables written with each delimiter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "stream/dialect.h"

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
    assert_dialect("a,b;c\n1,2;3\n", true, ',', 2, 1, 1); /* as many: the order of the candidates */
}

static void quotes_are_respected(void **state)
{
    (void)state;
    assert_dialect("\"a;x;y\",b\n\"1;2\",3\n", true, ',', 2, 1, 1);
    assert_dialect("a,b\n\"two\nlines\",2\n\"with \"\"quotes\"\", too\",3\n", true, ',', 2, 2, 2);
    assert_dialect("a;b\n\"1,2,3\n4,5,6\";x\n", true, ';', 2, 1, 1);
    assert_dialect("a;b\n5\" pipe;2\n6\" pipe;3\n", true, ';', 2, 2, 2); /* not at the start of a field */
    assert_dialect("a;b\n1;2\n3;\"open\n5;6\n", true, ';', 2, 2, 2);     /* never closed: it ends with the sample */
    assert_dialect("a;b\n1;\"\"", true, ';', 2, 1, 1);
    assert_dialect("a;b\n1;\"", true, ';', 2, 1, 1);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_delimiter),     cmocka_unit_test(consistency_decides),
        cmocka_unit_test(quotes_are_respected),    cmocka_unit_test(nothing_separates),
        cmocka_unit_test(columns_aligned_by_eye),  cmocka_unit_test(a_cut_line_does_not_count),
        cmocka_unit_test(random_tables_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
