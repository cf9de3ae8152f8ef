/* Foreign files: recognised by their content, from files, pipes and gzip, and their text in UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "stream/foreign.h"

/* The contents of a source that gives text by a file (or, with pipe, by a pipe), as foreign_open() leaves it. */
static char *contents(struct slice text, bool by_pipe, const char *told, enum foreign_kind kind, const char *encoding)
{
    static char out[1 << 16];
    char path[] = "/tmp/test_foreign.XXXXXX";
    struct encoding_guess guess = {.name = ""};
    struct foreign foreign;
    struct source *source;
    struct error err;
    size_t len = 0;
    int ends[2];

    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.ptr, text.len), text.len);
    close(fd);
    assert_int_equal(source_open(&source, path, &err), 0);
    if (by_pipe) { /* small enough for a pipe's own memory */
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], text.ptr, text.len), text.len);
        close(ends[1]);
        close(source->fd);
        source->fd = ends[0];
        source->seekable = false;
    }
    unlink(path);
    if (foreign_open(&foreign, source, told, NULL, &guess, &err))
        fail_msg("%s", err.text);
    assert_int_equal(foreign.kind, kind);
    assert_string_equal(source->decoded ? source->decoded : "", encoding);
    for (;;) {
        ssize_t got = source_read(source, out + len, sizeof out - 1 - len, &err);
        assert_true(got >= 0);
        if (got == 0)
            break;
        len += (size_t)got;
    }
    out[len] = '\0';
    foreign_fini(&foreign);
    source_free(source);
    return out;
}

static void cards_and_tables_become_csv(void **state)
{
    static const struct slice card = SLICE_INIT("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Berg\r\nEND:VCARD\r\n");
    static const struct slice table =
        SLICE_INIT("\xef\xbb\xbf\n<table><tr><td>a</td><td>b</td></tr>\n<tr><td>1</td><td>x &amp; y</td></tr></table>");

    (void)state;
    for (int by_pipe = 0; by_pipe < 2; by_pipe++) {
        assert_non_null(strstr(contents(card, by_pipe, NULL, FOREIGN_VCARD, ""), "\n1,Anna Berg,"));
        assert_non_null(strstr(contents(table, by_pipe, NULL, FOREIGN_HTML, ""), ",1,x & y\n"));
    }
}

static void text_is_decoded(void **state)
{
    static const struct slice legacy = SLICE_INIT("Name,Stadt\nM\xfcller,K\xf6ln\nSch\xe4"
                                                  "fer,D\xfcsseldorf\n");
    static const struct slice plain = SLICE_INIT("a,b\n1,2\n");
    static const struct slice greek = SLICE_INIT("a\xe1\n");

    (void)state;
    for (int by_pipe = 0; by_pipe < 2; by_pipe++) {
        assert_string_equal(contents(legacy, by_pipe, NULL, FOREIGN_NONE, "WINDOWS-1252"),
                            "Name,Stadt\nM\xc3\xbcller,K\xc3\xb6ln\nSch\xc3\xa4"
                            "fer,D\xc3\xbcsseldorf\n");
        assert_string_equal(contents(plain, by_pipe, NULL, FOREIGN_NONE, ""), "a,b\n1,2\n");
        assert_string_equal(contents(greek, by_pipe, "WINDOWS-1253", FOREIGN_NONE, "WINDOWS-1253"), "a\xce\xb1\n");
    }
}

/* Behind the first mebibyte a file can be looked at, a pipe cannot. */
static void a_late_letter_is_found(void **state)
{
    struct buffer text;
    struct encoding_guess guess = {.name = ""};
    struct foreign foreign;
    struct source *source;
    struct error err;
    char path[] = "/tmp/test_foreign.XXXXXX";
    int fd = mkstemp(path);

    (void)state;
    buffer_init(&text);
    while (text.len < 3 * SOURCE_SAMPLE)
        assert_int_equal(buffer_append(&text, SLICE("a@x.example,Anna\n")), 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(buffer_append(&text, SLICE("b@x.example,M\xfcller\nc@x.example,J\xf6rg\n")), 0);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.data, text.len), text.len);
    close(fd);
    assert_int_equal(source_open(&source, path, &err), 0);
    unlink(path);
    assert_int_equal(foreign_open(&foreign, source, NULL, NULL, &guess, &err), 0);
    assert_string_equal(source->decoded, "WINDOWS-1252");
    foreign_fini(&foreign);
    source_free(source);
    buffer_fini(&text);
}

static void what_is_no_text_is_left_to_be_refused(void **state)
{
    struct encoding_guess guess = {.name = ""};
    struct foreign foreign;
    struct source *source;
    struct error err;

    (void)state;
    assert_int_equal(source_memory(&source, SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), "old.xls", &err), 0);
    int failed = foreign_open(&foreign, source, NULL, NULL, &guess, &err) || source_check_start(source, &err);
    assert_int_equal(failed, 1);
    assert_int_equal(err.status, STATUS_DATA);
    foreign_fini(&foreign);
    source_free(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cards_and_tables_become_csv),
        cmocka_unit_test(text_is_decoded),
        cmocka_unit_test(a_late_letter_is_found),
        cmocka_unit_test(what_is_no_text_is_left_to_be_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
