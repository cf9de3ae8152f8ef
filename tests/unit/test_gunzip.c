/* Compressed input: what zlib compressed comes back at every size of a read and of a window, from files and pipes, and
 * damage is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>
#include <cmocka.h>
#include <zlib.h>

#include "base/buffer.h"
#include "folder.h"
#include "stream/source.h"

static struct folder folder;

/* Appends text as a gzip member. */
static void compress_to(struct buffer *out, struct slice text)
{
    z_stream stream = {0};
    uLong bound;

    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    bound = deflateBound(&stream, text.len) + 32;
    assert_int_equal(buffer_reserve(out, bound), 0);
    stream.next_in = (unsigned char *)(uintptr_t)text.ptr;
    stream.avail_in = (uInt)text.len;
    stream.next_out = (unsigned char *)out->data + out->len;
    stream.avail_out = (uInt)bound;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len += stream.total_out;
    deflateEnd(&stream);
}

static void write_file(const char *path, struct slice bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
    close(fd);
}

/* All that the source gives; 0, or -1 with the error. */
static int read_all(struct source *source, struct buffer *text, struct error *err)
{
    int more;

    while ((more = source_more(source, err)) > 0) {
        assert_int_equal(buffer_append(text, (struct slice){source->data + source->begin, source->end - source->begin}),
                         0);
        source->begin = source->end;
    }
    return more;
}

static struct source *open_file(const char *path, size_t read_size)
{
    struct source *source;
    struct error err;

    assert_int_equal(source_open(&source, path, &err), 0);
    source->read_size = read_size;
    return source;
}

static void sample_text(struct buffer *text, size_t lines)
{
    for (size_t i = 0; i < lines; i++)
        assert_int_equal(buffer_printf(text, "%zu,customer %zu,%zu.%02zu\n", i, i * 7919 % 1000, i * 31 % 997, i % 100),
                         0);
}

static void every_read_size(void **state)
{
    const char *path = folder_file(&folder, "a.gz");
    struct buffer text = {0};
    struct buffer packed = {0};
    (void)state;

    sample_text(&text, 300);
    compress_to(&packed, buffer_slice(&text));
    write_file(path, buffer_slice(&packed));
    for (size_t size = 1; size < 200; size += size < 20 ? 1 : 61) {
        struct buffer got = {0};
        struct error err;
        struct source *source = open_file(path, size);
        assert_int_equal(read_all(source, &got, &err), 0);
        assert_true(slice_equal(buffer_slice(&got), buffer_slice(&text)));
        assert_int_equal(source->bytes_read, packed.len);
        assert_int_equal(source_rewind(source, &err), 0);
        buffer_clear(&got);
        assert_int_equal(read_all(source, &got, &err), 0);
        assert_true(slice_equal(buffer_slice(&got), buffer_slice(&text)));
        source_free(source);
        buffer_fini(&got);
    }
    buffer_fini(&text);
    buffer_fini(&packed);
}

static void members_one_behind_the_other(void **state)
{
    const char *path = folder_file(&folder, "members.gz");
    struct buffer text = {0};
    struct buffer packed = {0};
    struct buffer got = {0};
    struct source *source;
    struct error err;
    (void)state;

    sample_text(&text, 90000); /* larger than the block of compressed input */
    compress_to(&packed, SLICE(""));
    compress_to(&packed, (struct slice){text.data, 1000});
    buffer_append(&packed, SLICE("\0\0\0\0"));
    compress_to(&packed, (struct slice){text.data + 1000, text.len - 1000});
    buffer_append(&packed, SLICE("\0\0"));
    assert_true(packed.len > (size_t)200 << 10);
    write_file(path, buffer_slice(&packed));
    source = open_file(path, SOURCE_BLOCK);
    assert_int_equal(read_all(source, &got, &err), 0);
    assert_true(slice_equal(buffer_slice(&got), buffer_slice(&text)));
    source_free(source);
    buffer_fini(&text);
    buffer_fini(&packed);
    buffer_fini(&got);
}

static void a_pipe_is_kept_decompressed(void **state)
{
    struct buffer text = {0};
    struct buffer packed = {0};
    struct buffer got = {0};
    struct source *source;
    struct error err;
    int ends[2];
    (void)state;

    /* the contents look compressed themselves: they must not be taken for it after the copy */
    buffer_append(&text, SLICE("\x1f\x8b\x08 is text here\n"));
    sample_text(&text, 500);
    compress_to(&packed, buffer_slice(&text));
    assert_true(packed.len < 60000);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], packed.data, packed.len), (ssize_t)packed.len);
    close(ends[1]);
    assert_int_equal(source_open(&source, "/dev/null", &err), 0);
    close(source->fd);
    source->fd = ends[0];
    source->seekable = false;
    assert_int_equal(source_peek(source, 100, &err), 0);
    assert_int_equal(source_keep(source, &err), 0);
    for (int round = 0; round < 2; round++) {
        buffer_clear(&got);
        assert_int_equal(read_all(source, &got, &err), 0);
        assert_true(slice_equal(buffer_slice(&got), buffer_slice(&text)));
        assert_int_equal(source->bytes_size, text.len);
        assert_int_equal(source_rewind(source, &err), 0);
    }
    source_free(source);
    buffer_fini(&text);
    buffer_fini(&packed);
    buffer_fini(&got);
}

static void assert_refused(const char *path, struct slice bytes, const char *message)
{
    struct buffer got = {0};
    struct error err;

    write_file(path, bytes);
    for (size_t size = 1; size < 4000; size = size * 4 + 1) {
        struct source *source = open_file(path, size);
        assert_int_equal(read_all(source, &got, &err), -1);
        assert_non_null(strstr(err.text, message));
        assert_int_equal(strncmp(err.text, path, strlen(path)), 0);
        assert_int_equal(err.status, STATUS_DATA);
        source_free(source);
    }
    buffer_fini(&got);
}

static void damage_is_said(void **state)
{
    const char *path = folder_file(&folder, "damaged.gz");
    struct buffer text = {0};
    struct buffer packed = {0};
    (void)state;

    sample_text(&text, 400);
    compress_to(&packed, buffer_slice(&text));
    for (size_t cut = 2; cut < packed.len; cut += packed.len / 9)
        assert_refused(path, (struct slice){packed.data, cut}, "the compressed data is cut off");
    packed.data[packed.len - 6] ^= 1; /* the checksum */
    assert_refused(path, buffer_slice(&packed), "the compressed data is damaged: incorrect data check");
    packed.data[packed.len - 6] ^= 1;
    packed.data[2] = 99; /* the method */
    assert_refused(path, buffer_slice(&packed), "the compressed data is damaged: unknown compression method");
    packed.data[2] = 8;
    buffer_append(&packed, SLICE("more"));
    assert_refused(path, buffer_slice(&packed), "there is something behind the compressed data");
    buffer_fini(&text);
    buffer_fini(&packed);
}

/* What is unpacked before the damage, and the error, do not depend on how many bytes a read gives. */
static void what_stands_before_damage(void **state)
{
    static const size_t sizes[] = {1, 3, 100, SOURCE_BLOCK};
    const char *path = folder_file(&folder, "damaged-inside.gz");
    struct buffer text = {0};
    struct buffer packed = {0};
    size_t before = 0;
    (void)state;

    sample_text(&text, 400);
    compress_to(&packed, buffer_slice(&text));
    for (size_t at = 12; at < packed.len; at += packed.len / 40) {
        struct buffer first = {0};
        char reason[sizeof((struct error *)0)->text] = "";
        packed.data[at] ^= 0x55;
        write_file(path, buffer_slice(&packed));
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct buffer got = {0};
            struct error err;
            struct source *source = open_file(path, sizes[i]);
            assert_int_equal(read_all(source, &got, &err), -1);
            if (i == 0) {
                buffer_append(&first, buffer_slice(&got));
                strcpy(reason, err.text);
            }
            assert_string_equal(err.text, reason);
            assert_true(slice_equal(buffer_slice(&got), buffer_slice(&first)));
            source_free(source);
            buffer_fini(&got);
        }
        before += first.len;
        packed.data[at] ^= 0x55;
        buffer_fini(&first);
    }
    assert_true(before > text.len); /* of 40 files, some of which are damaged at their end */
    buffer_fini(&text);
    buffer_fini(&packed);
}

static void short_files_are_not_compressed(void **state)
{
    static const struct slice texts[] = {SLICE_INIT(""), SLICE_INIT("\x1f"), SLICE_INIT("\x1fx"), SLICE_INIT("a")};
    const char *path = folder_file(&folder, "short");
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer got = {0};
        struct error err;
        write_file(path, texts[i]);
        struct source *source = open_file(path, 1);
        assert_int_equal(read_all(source, &got, &err), 0);
        assert_true(slice_equal(buffer_slice(&got), texts[i]));
        source_free(source);
        buffer_fini(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_read_size),
        cmocka_unit_test(members_one_behind_the_other),
        cmocka_unit_test(a_pipe_is_kept_decompressed),
        cmocka_unit_test(damage_is_said),
        cmocka_unit_test(what_stands_before_damage),
        cmocka_unit_test(short_files_are_not_compressed),
    };

    folder_make(&folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    folder_remove(&folder);
    return failed;
}
