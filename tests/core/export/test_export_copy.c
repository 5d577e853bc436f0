/* Copies: whole or not there, with their times, and nothing is overwritten. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/export/export_copy.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct place {
    char *root, *from, *to; /* owned */
} place;

static int set_up(void **state)
{
    place *at = calloc(1, sizeof *at);
    at->root = files_temporary_folder();
    at->from = strdup(files_folder(at->root, "from"));
    at->to = strdup(files_folder(at->root, "to"));
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    place *at = *state;
    files_remove(at->root);
    free(at->from);
    free(at->to);
    free(at);
    return 0;
}

static int count_in(const char *folder)
{
    DIR *open = opendir(folder);
    int count = 0;
    for (const struct dirent *entry; (entry = readdir(open));) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(open);
    return count;
}

static char *source(const place *at, const char *bytes)
{
    char *path = strdup(files_path(at->from, "a.tar.png"));
    files_write(path, bytes, strlen(bytes));
    return path;
}

static void a_copy_keeps_content_times_and_mode(void **state)
{
    const place *at = *state;
    char *path = source(at, "content");
    const struct timespec times[2] = {{1000, 5}, {1234567890, 123456789}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_int_equal(chmod(path, 0640), 0);
    vt_str made = VT_STR_INIT;
    int64_t copied = 0;
    assert_true(vt_export_copy(path, at->to, "a.tar.png", NULL, &made, &copied, NULL));
    assert_string_equal(made.data, files_path(at->to, "a.tar.png"));
    assert_int_equal(copied, 7);
    struct stat facts;
    assert_int_equal(stat(made.data, &facts), 0);
    assert_int_equal(vt_clock_nanoseconds(facts.st_mtim), INT64_C(1234567890123456789));
    assert_int_equal(facts.st_mode & 0777, 0640);
    size_t count = 0;
    char *bytes = files_read(made.data, &count);
    assert_int_equal(count, 7);
    assert_memory_equal(bytes, "content", 7);
    free(bytes);
    vt_str_free(&made);
    free(path);
}

static void names_that_are_taken_get_a_number(void **state)
{
    const place *at = *state;
    char *path = source(at, "x");
    static const char *const wanted[] = {"a.tar.png", "a.tar (2).png", "a.tar (3).png"};
    for (int i = 0; i < 3; i++) {
        vt_str made = VT_STR_INIT;
        assert_true(vt_export_copy(path, at->to, "a.tar.png", NULL, &made, NULL, NULL));
        assert_string_equal(made.data, files_path(at->to, wanted[i]));
        vt_str_free(&made);
    }
    char name[256]; /* as long as names can be */
    memset(name, 'n', 251);
    memcpy(name + 251, ".png", sizeof ".png");
    assert_true(vt_export_copy(path, at->to, name, NULL, NULL, NULL, NULL));
    assert_true(vt_export_copy(path, at->to, name, NULL, NULL, NULL, NULL));
    assert_int_equal(count_in(at->to), 5);
    free(path);
}

static void what_cannot_be_copied_leaves_nothing(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    char *path = source(at, "x");
    assert_false(vt_export_copy(files_path(at->from, "none"), at->to, "n", NULL, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_false(vt_export_copy(at->from, at->to, "n", NULL, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
    char *gone = strdup(files_path(at->root, "gone"));
    assert_false(vt_export_copy(path, gone, "n", NULL, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_cancel *cancel = vt_cancel_create(NULL);
    vt_cancel_request(cancel);
    assert_false(vt_export_copy(path, at->to, "n", cancel, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_cancel_unref(cancel);
    assert_int_equal(count_in(at->to), 0);
    free(gone);
    free(path);
}

/* A file system of 64 kB, where one can be mounted. */
static void a_disk_that_is_full_is_told_as_that(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    char *folder = strdup(files_folder(at->root, "small"));
    char command[4096];
    snprintf(command, sizeof command, "mount -t tmpfs -o size=64k tmpfs '%s' 2>/dev/null", folder);
    if (system(command) != 0) {
        free(folder);
        fprintf(stderr, "SKIPPED: a file system of 64 kB cannot be mounted here\n");
        skip();
        return;
    }
    char *bytes = calloc(1, 300000);
    char *path = strdup(files_path(at->from, "large.bin"));
    memset(bytes, 'b', 300000);
    files_write(path, bytes, 300000);
    bool copied = vt_export_copy(path, folder, "large.bin", NULL, NULL, NULL, &error);
    int left = count_in(folder);
    snprintf(command, sizeof command, "umount '%s'", folder);
    assert_int_equal(system(command), 0);
    assert_false(copied);
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    assert_non_null(strstr(error.message, "the disk is full"));
    assert_null(strstr(error.message, strerror(ENOSPC))); /* it is said once */
    assert_int_equal(left, 0);
    free(bytes);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_copy_keeps_content_times_and_mode, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_that_are_taken_get_a_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_copied_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_disk_that_is_full_is_told_as_that, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
