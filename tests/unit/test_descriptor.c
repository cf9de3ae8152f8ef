/* Descriptors: reading and writing all of something, and what cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/descriptor.h"

static void reads_at(void **state)
{
    char text[8] = "-------";
    int fd = memfd_create("test", MFD_CLOEXEC);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(descriptor_write(fd, "abcdef", 6), 0);
    assert_int_equal(descriptor_read_at(fd, text, 3, 1), 3);
    assert_string_equal(text, "bcd----");
    assert_int_equal(descriptor_read_at(fd, text, sizeof text, 4), 2); /* as many as there are */
    assert_string_equal(text, "efd----");
    assert_int_equal(descriptor_read_at(fd, text, 0, 0), 0);
    assert_int_equal(descriptor_read_at(fd, text, sizeof text, 6), 0);
    assert_int_equal(descriptor_read_at(fd, text, sizeof text, 1000), 0);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 6); /* where the file is read on has not moved */
    close(fd);
}

static void says_what_fails(void **state)
{
    char text[8];
    int ends[2];

    (void)state;
    errno = 0;
    assert_int_equal(descriptor_read_at(-1, text, sizeof text, 0), -1);
    assert_int_equal(errno, EBADF);
    assert_int_equal(descriptor_write(-1, "x", 1), -1);
    assert_int_equal(errno, EBADF);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(descriptor_read_at(ends[0], text, sizeof text, 0), -1);
    assert_int_equal(errno, ESPIPE);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_at),
        cmocka_unit_test(says_what_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
