/* Files that are there whole or not at all. */
#include "tests/support/check.h"

#include "core/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/vitrine-file-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static int names(void)
{
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    int count = 0;
    while (readdir(entries)) {
        count++;
    }
    closedir(entries);
    return count - 2; /* "." and ".." */
}

static void expect(const char *path, const char *bytes, mode_t mode)
{
    struct stat facts;
    char read_back[64] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(fstat(file, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, mode);
    assert_int_equal(read(file, read_back, sizeof read_back), (ssize_t)strlen(bytes));
    assert_string_equal(read_back, bytes);
    close(file);
}

static void a_file_takes_the_place_of_another(void **state)
{
    (void)state;
    char path[96];
    vt_error error = VT_ERROR_INIT;
    snprintf(path, sizeof path, "%s/a", folder);
    mode_t before = umask(077); /* the permissions are those asked for, whatever the mask */
    assert_true(vt_file_replace(path, "first", 5, 0644, &error));
    expect(path, "first", 0644);
    assert_true(vt_file_replace(path, "second", 6, 0600, &error));
    expect(path, "second", 0600);
    assert_true(vt_file_replace(path, "", 0, 0600, &error));
    expect(path, "", 0600);
    umask(before);
    assert_int_equal(names(), 1);
}

static void a_failure_leaves_what_was_there(void **state)
{
    (void)state;
    char path[96];
    vt_error error = VT_ERROR_INIT;
    snprintf(path, sizeof path, "%s/no/such/a", folder);
    assert_false(vt_file_replace(path, "x", 1, 0600, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, path));
    snprintf(path, sizeof path, "%s/b", folder);
    assert_int_equal(mkdir(path, 0700), 0); /* a folder cannot be replaced by a file */
    assert_false(vt_file_replace(path, "x", 1, 0600, &error));
    assert_non_null(strstr(error.message, path));
    assert_int_equal(names(), 1); /* nothing temporary is left */
}

static void all_bytes_go_out_and_come_back(void **state)
{
    (void)state;
    enum { BYTES = 100000 };
    static char written[BYTES];
    char path[96];
    for (size_t i = 0; i < BYTES; i++) {
        written[i] = (char)(i * 7);
    }
    snprintf(path, sizeof path, "%s/bytes", folder);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(vt_file_write_all(file, written, BYTES));
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    vt_str text = VT_STR_INIT;
    assert_true(vt_file_read_all(file, BYTES, &text));
    assert_int_equal(text.length, BYTES);
    assert_memory_equal(text.data, written, BYTES);
    vt_str_clear(&text);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    assert_false(vt_file_read_all(file, BYTES - 1, &text));
    assert_int_equal(errno, EFBIG);
    close(file);
    assert_false(vt_file_read_all(file, BYTES, &text));
    assert_int_equal(errno, EBADF);
    assert_false(vt_file_write_all(file, written, 1));
    assert_int_equal(errno, EBADF);
    vt_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_takes_the_place_of_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_leaves_what_was_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_bytes_go_out_and_come_back, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
