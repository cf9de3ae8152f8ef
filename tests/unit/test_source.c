/* Sources: files, pipes and memory give the same bytes whatever a read gives, and what was read can be read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "folder.h"
#include "stream/file.h"
#include "stream/source.h"

/* Bytes that differ from their neighbours at any distance a mistake would have. */
static void fill(struct buffer *text, size_t size)
{
    assert_int_equal(buffer_reserve(text, size), 0);
    for (size_t i = 0; i < size; i++)
        text->data[i] = (char)(i * 2654435761u >> 13);
    text->len = size;
}

/* A source on a pipe into which another process writes `text` in pieces. */
static struct source *open_pipe(struct slice text, size_t piece, unsigned pause, pid_t *writer)
{
    struct source *source;
    struct error err;
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    *writer = fork();
    assert_true(*writer >= 0);
    if (*writer == 0) {
        close(ends[0]);
        while (text.len) {
            ssize_t put = write(ends[1], text.ptr, text.len < piece ? text.len : piece);
            if (put <= 0)
                break;
            text = (struct slice){text.ptr + put, text.len - (size_t)put};
            if (pause)
                usleep(pause);
        }
        _exit(0);
    }
    close(ends[1]);
    assert_int_equal(source_open(&source, "/dev/null", &err), 0);
    close(source->fd);
    source->fd = ends[0];
    source->seekable = false;
    source->name = "a pipe";
    return source;
}

/* Takes `step` bytes at a time (0: all that are there) up to the end, and compares. */
static void assert_bytes(struct source *source, struct slice wanted, size_t step)
{
    struct error err;
    size_t at = 0;

    for (;;) {
        size_t window = source->end - source->begin;
        if (window <= step / 2) {
            int more = source_more(source, &err);
            assert_true(more >= 0);
            if (more == 0 && source->begin == source->end)
                break;
            window = source->end - source->begin;
        }
        size_t taken = step && step < window ? step : window;
        assert_true(at + taken <= wanted.len);
        assert_memory_equal(source->data + source->begin, wanted.ptr + at, taken);
        at += taken;
        source->begin += taken;
    }
    assert_int_equal(at, wanted.len);
    assert_true(source->ended);
    assert_int_equal(source_more(source, &err), 0); /* the end stays */
}

static void every_read_size_gives_the_same(void **state)
{
    static const size_t read_sizes[] = {1, 2, 3, 7, 64, 1000, 4096, 65536, SOURCE_BLOCK};
    static const size_t steps[] = {0, 1, 5, 333, 300000};
    struct folder folder;
    struct buffer text = {0};
    struct error err;
    (void)state;

    folder_make(&folder);
    for (size_t r = 0; r < sizeof read_sizes / sizeof *read_sizes; r++)
        for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
            struct source *source;
            const char *path = folder_file(&folder, "bytes");
            buffer_clear(&text);
            fill(&text, r < 4 ? 5000 : 3 * SOURCE_BLOCK + 17);
            FILE *file = fopen(path, "wb");
            assert_non_null(file);
            assert_int_equal(fwrite(text.data, 1, text.len, file), text.len);
            assert_int_equal(fclose(file), 0);
            assert_int_equal(source_open(&source, path, &err), 0);
            assert_int_equal(source->bytes_size, text.len);
            source->read_size = read_sizes[r];
            assert_bytes(source, buffer_slice(&text), steps[s]);
            assert_int_equal(source->bytes_read, text.len);
            source_free(source);
        }
    buffer_fini(&text);
    folder_remove(&folder);
}

static void memory_gives_what_it_was_given(void **state)
{
    struct source *source;
    struct error err;
    char text[] = "abc";
    (void)state;

    assert_int_equal(source_memory(&source, (struct slice){text, 3}, "memory", &err), 0);
    text[0] = 'x'; /* it has a copy */
    assert_memory_equal(source->data, "abc", 3);
    for (size_t i = 0; i < SOURCE_PADDING; i++)
        assert_int_equal(source->data[source->capacity + i], 0);
    assert_bytes(source, SLICE("abc"), 2);
    assert_int_equal(source_keep(source, &err), 0);
    assert_int_equal(source_rewind(source, &err), 0);
    assert_bytes(source, SLICE("abc"), 0);
    source_free(source);
    assert_int_equal(source_memory(&source, (struct slice){NULL, 0}, "memory", &err), 0);
    assert_bytes(source, SLICE(""), 0);
    source_free(source);
    source_free(NULL);
}

static void peeks_without_taking(void **state)
{
    struct source *source;
    struct buffer text = {0};
    struct error err;
    pid_t writer;
    (void)state;

    fill(&text, 10000);
    source = open_pipe(buffer_slice(&text), 100, 0, &writer);
    source->read_size = 64;
    assert_int_equal(source_peek(source, 1000, &err), 0);
    assert_true(source->end - source->begin >= 1000);
    assert_false(source->ended);
    source->begin += 10;
    assert_int_equal(source_peek(source, 5000, &err), 0);
    assert_true(source->end - source->begin >= 5000);
    assert_memory_equal(source->data + source->begin, text.data + 10, 5000);
    assert_int_equal(source_peek(source, 100000, &err), 0); /* more than there is */
    assert_int_equal(source->end - source->begin, 9990);
    assert_memory_equal(source->data + source->begin, text.data + 10, 9990);
    source_free(source);
    waitpid(writer, NULL, 0);
    buffer_fini(&text);
}

/* Before and after some of it was looked at; the window first, then what is still in the pipe. */
static void keeps_and_rewinds_a_pipe(void **state)
{
    static const size_t peeked[] = {0, 1, 1000, 300000, 2000000};
    struct buffer text = {0};
    struct error err;
    (void)state;

    fill(&text, 700001);
    for (size_t i = 0; i < sizeof peeked / sizeof *peeked; i++) {
        pid_t writer;
        struct source *source = open_pipe(buffer_slice(&text), 30000, 0, &writer);
        assert_int_equal(source_peek(source, peeked[i], &err), 0);
        assert_int_equal(source_keep(source, &err), 0);
        assert_int_equal(source->bytes_size, text.len);
        for (int again = 0; again < 3; again++) {
            assert_bytes(source, buffer_slice(&text), again == 1 ? 777 : 0);
            assert_int_equal(source_rewind(source, &err), 0);
        }
        assert_int_equal(source_keep(source, &err), 0); /* a second time costs nothing */
        assert_bytes(source, buffer_slice(&text), 0);
        source_free(source);
        waitpid(writer, NULL, 0);
    }
    buffer_fini(&text);
}

static void the_copy_of_a_pipe_has_no_name(void **state)
{
    struct folder folder;
    struct error err;
    pid_t writer;
    struct source *source = open_pipe(SLICE("some bytes"), 3, 0, &writer);
    (void)state;

    folder_make(&folder);
    setenv("TMPDIR", folder.path, 1);
    assert_int_equal(source_keep(source, &err), 0);
    assert_int_equal(folder_count(&folder), 0);
    assert_bytes(source, SLICE("some bytes"), 0);
    source_free(source);
    waitpid(writer, NULL, 0);
    source = open_pipe(SLICE("x"), 1, 0, &writer);
    setenv("TMPDIR", "/nowhere/at/all", 1);
    assert_int_equal(source_keep(source, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "temporary file in /nowhere/at/all: No such file or directory");
    source_free(source);
    waitpid(writer, NULL, 0);
    unsetenv("TMPDIR");
    folder_remove(&folder);
}

/* A descriptor that was handed over in the middle of a file: its first byte is where it stands. */
static void rewinds_to_where_it_began(void **state)
{
    struct folder folder;
    struct source *source;
    struct error err;
    (void)state;

    folder_make(&folder);
    file_put(folder_file(&folder, "f"), "0123456789");
    int kept = dup(STDIN_FILENO);
    int fd = open(folder_file(&folder, "f"), O_RDONLY);
    assert_true(kept >= 0 && fd >= 0);
    assert_int_equal(lseek(fd, 4, SEEK_SET), 4);
    assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    close(fd);
    assert_int_equal(source_open(&source, "-", &err), 0);
    assert_string_equal(source->name, "standard input");
    assert_int_equal(source->bytes_size, 6);
    assert_int_equal(source_keep(source, &err), 0);
    assert_bytes(source, SLICE("456789"), 0);
    assert_int_equal(source_rewind(source, &err), 0);
    assert_bytes(source, SLICE("456789"), 1);
    source_free(source);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* it was not the source's to close */
    assert_int_equal(dup2(kept, STDIN_FILENO), STDIN_FILENO);
    close(kept);
    folder_remove(&folder);
}

static void nothing_to_do(int signal_number)
{
    (void)signal_number;
}

static void goes_on_after_a_signal(void **state)
{
    const struct itimerval often = {{0, 500}, {0, 500}};
    const struct itimerval never = {{0, 0}, {0, 0}};
    struct sigaction action = {.sa_handler = nothing_to_do}; /* without SA_RESTART: read(2) says EINTR */
    struct sigaction before;
    struct buffer text = {0};
    struct source *source;
    struct error err;
    pid_t writer;
    (void)state;

    fill(&text, 3000);
    source = open_pipe(buffer_slice(&text), 100, 2000, &writer);
    assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
    assert_int_equal(source_peek(source, 1000, &err), 0);
    assert_int_equal(source_keep(source, &err), 0);
    assert_bytes(source, buffer_slice(&text), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
    assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
    source_free(source);
    waitpid(writer, NULL, 0);
    buffer_fini(&text);
}

static void says_what_cannot_be_read(void **state)
{
    struct source *source;
    struct error err;
    (void)state;

    assert_int_equal(source_open(&source, "/nowhere/x.csv", &err), -1);
    assert_string_equal(err.text, "/nowhere/x.csv: No such file or directory");
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_int_equal(source_open(&source, "/tmp", &err), 0);
    assert_int_equal(source_more(source, &err), -1);
    assert_string_equal(err.text, "/tmp: Is a directory");
    assert_int_equal(err.status, STATUS_SYSTEM);
    source_free(source);
}

static void knows_the_start_of_foreign_files(void **state)
{
    static const struct {
        struct slice start;
        const char *message; /* NULL: fine */
    } cases[] = {
        {SLICE_INIT("\x1f\x8b\x08"), "f: is compressed (gzip); unpack it first: zcat"},
        {SLICE_INIT("BZh91AY"), "f: is compressed (bzip2); unpack it first: bzcat"},
        {SLICE_INIT("\xfd"
                    "7zXZ\0"),
         "f: is compressed (xz); unpack it first: xzcat"},
        {SLICE_INIT("\x28\xb5\x2f\xfd\x04"), "f: is compressed (zstd); unpack it first: zstdcat"},
        {SLICE_INIT("PK\x03\x04"), "f: is a zip archive or a workbook (.xlsx); crm-import reads workbooks"},
        {SLICE_INIT("\xd0\xcf\x11\xe0\xa1"), "f: is a spreadsheet (.xls); save it as CSV first"},
        {SLICE_INIT("\xff"), NULL},
        {SLICE_INIT("\x1f"), NULL},
        {SLICE_INIT("\xfd"
                    "7zX"),
         NULL},
        {SLICE_INIT("PK,name"), NULL},
        {SLICE_INIT("BZ,name"), NULL},
        {SLICE_INIT("BZh11AY"), "f: is compressed (bzip2); unpack it first: bzcat"},
        {SLICE_INIT("BZh9\x17r"), "f: is compressed (bzip2); unpack it first: bzcat"}, /* of nothing */
        {SLICE_INIT("BZh\n"), NULL}, /* found by fuzzing: names of columns, which we wrote ourselves */
        {SLICE_INIT("BZh,name"), NULL},
        {SLICE_INIT("%PDF,name"), NULL},
        {SLICE_INIT("%PDF-1.4"), "f: is a PDF file; export a table instead"},
        {SLICE_INIT("\0"), NULL},
        {SLICE_INIT(""), NULL},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source *source;
        struct error err = {0};
        assert_int_equal(source_memory(&source, cases[i].start, "f", &err), 0);
        assert_int_equal(source_check_start(source, &err), cases[i].message ? -1 : 0);
        assert_string_equal(err.text, cases[i].message ? cases[i].message : "");
        assert_int_equal(err.status, cases[i].message ? STATUS_DATA : STATUS_OK);
        assert_int_equal(source->begin, 0);
        source_free(source);
    }
}

static void drops_the_byte_order_mark(void **state)
{
    static const struct {
        struct slice text;
        size_t begin;
    } cases[] = {
        {SLICE_INIT("\xef\xbb\xbf"
                    "abc"),
         3},
        {SLICE_INIT("\xef\xbb\xbf"), 3},
        {SLICE_INIT("\xef\xbb"), 0},
        {SLICE_INIT("\xef\xbb"
                    "a"),
         0},
        {SLICE_INIT("abc"), 0},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t read_size = 1; read_size < 5; read_size++) {
            pid_t writer;
            struct error err;
            struct source *source = open_pipe(cases[i].text, 1, 0, &writer);
            source->read_size = read_size;
            assert_int_equal(source_check_start(source, &err), 0);
            assert_int_equal(source->begin, cases[i].begin);
            assert_bytes(source, (struct slice){cases[i].text.ptr + cases[i].begin, cases[i].text.len - cases[i].begin},
                         0);
            source_free(source);
            waitpid(writer, NULL, 0);
        }
}

static void reads_and_writes_small_files(void **state)
{
    struct folder folder;
    struct buffer text = {0};
    struct error err;
    char path[128];
    (void)state;

    folder_make(&folder);
    snprintf(path, sizeof path, "%s/small", folder.path);
    assert_int_equal(file_write(path, SLICE("one\n"), &err), 0);
    assert_file(path, "one\n");
    assert_int_equal(buffer_append(&text, SLICE("before ")), 0);
    assert_int_equal(file_read(path, &text, &err), 0);
    assert_true(slice_equal_cstr(buffer_slice(&text), "before one\n"));
    assert_int_equal(file_write(path, SLICE(""), &err), 0);
    assert_file(path, "");
    buffer_clear(&text);
    assert_int_equal(file_read(path, &text, &err), 0);
    assert_int_equal(text.len, 0);
    assert_int_equal(truncate(path, (64 << 20) + 1), 0);
    assert_int_equal(file_read(path, &text, &err), -1);
    assert_non_null(strstr(err.text, "/small: larger than 64 MiB"));
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(file_read("/nowhere/x", &text, &err), -1);
    assert_string_equal(err.text, "/nowhere/x: No such file or directory");
    assert_int_equal(file_write("/nowhere/x", SLICE(""), &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    buffer_fini(&text);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_read_size_gives_the_same),
        cmocka_unit_test(memory_gives_what_it_was_given),
        cmocka_unit_test(peeks_without_taking),
        cmocka_unit_test(keeps_and_rewinds_a_pipe),
        cmocka_unit_test(the_copy_of_a_pipe_has_no_name),
        cmocka_unit_test(rewinds_to_where_it_began),
        cmocka_unit_test(goes_on_after_a_signal),
        cmocka_unit_test(says_what_cannot_be_read),
        cmocka_unit_test(knows_the_start_of_foreign_files),
        cmocka_unit_test(drops_the_byte_order_mark),
        cmocka_unit_test(reads_and_writes_small_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
