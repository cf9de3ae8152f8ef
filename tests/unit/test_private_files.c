/* Temporary files: for their owner alone, without a name, closed on exec; whatever the umask lets others do. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "folder.h"
#include "stream/source.h"

static void assert_private(int fd, const struct folder *folder)
{
    struct stat found;

    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &found), 0);
    assert_true(S_ISREG(found.st_mode));
    assert_int_equal(found.st_mode & 07777, 0600);
    assert_int_equal(found.st_nlink, 0);
    assert_int_equal(found.st_uid, geteuid());
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(folder_count(folder), 0);
}

static void is_in_the_folder_and_has_no_name(void **state)
{
    static const mode_t masks[] = {0, 022, 077};
    struct folder folder;
    struct error err;

    (void)state;
    folder_make(&folder);
    assert_int_equal(setenv("TMPDIR", folder.path, 1), 0);
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        mode_t before = umask(masks[i]);
        int fd = source_temporary(&err);
        umask(before);
        assert_private(fd, &folder);
        struct stat in, of;
        assert_int_equal(fstat(fd, &of), 0);
        assert_int_equal(stat(folder.path, &in), 0);
        assert_int_equal(in.st_dev, of.st_dev);
        assert_int_equal(write(fd, "secret", 6), 6);
        close(fd);
    }
    unsetenv("TMPDIR");
    folder_remove(&folder);
}

static void needs_a_folder(void **state)
{
    struct folder folder;
    struct error err;

    (void)state;
    folder_make(&folder);
    assert_int_equal(setenv("TMPDIR", folder_file(&folder, "none"), 1), 0);
    assert_int_equal(source_temporary(&err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    unsetenv("TMPDIR");
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_in_the_folder_and_has_no_name),
        cmocka_unit_test(needs_a_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
