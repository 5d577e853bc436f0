/* Temporary folders go with all in them, and with nothing that is not. */
#include "tests/support/check.h"

#include "core/base/temporary.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int set_up(void **state)
{
    *state = files_temporary_folder();
    setenv("TMPDIR", *state, 1);
    return 0;
}

static int tear_down(void **state)
{
    unsetenv("TMPDIR");
    files_remove(*state);
    return 0;
}

static void a_folder_is_for_its_owner_only(void **state)
{
    vt_error error = VT_ERROR_INIT;
    char path[256];
    char other[256];
    struct stat facts;
    assert_true(vt_temporary_make("vitrine-try", path, sizeof path, &error));
    assert_true(vt_temporary_make("vitrine-try", other, sizeof other, &error));
    assert_string_not_equal(path, other);
    assert_memory_equal(path, *state, strlen(*state));
    assert_non_null(strstr(path, "/vitrine-try-"));
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0700);
    assert_true(vt_temporary_remove(path));
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(access(other, F_OK), 0);
    assert_true(vt_temporary_remove(other));
    assert_true(vt_temporary_remove(other)); /* gone is gone */
}

static void links_are_not_followed(void **state)
{
    const char *root = *state;
    vt_error error = VT_ERROR_INIT;
    char path[256];
    char *outside = strdup(files_folder(root, "outside"));
    files_write(files_path(outside, "kept"), "x", 1);
    assert_true(vt_temporary_make("vitrine-try", path, sizeof path, &error));
    char *deep = strdup(files_folder(files_folder(path, "a"), "b"));
    files_write(files_path(deep, ".hidden"), "x", 1);
    assert_int_equal(mkfifo(files_path(deep, "fifo"), 0600), 0); /* never opened: that would wait */
    assert_int_equal(symlink(outside, files_path(deep, "link")), 0);
    assert_int_equal(symlink("/nowhere", files_path(deep, "dangling")), 0);
    assert_true(vt_temporary_remove(path));
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(access(files_path(outside, "kept"), F_OK), 0);

    /* Nor is the folder itself one: what it leads to is somebody's. */
    char *link = strdup(files_path(root, "link"));
    assert_int_equal(symlink(outside, link), 0);
    assert_false(vt_temporary_remove(link));
    assert_int_equal(access(files_path(outside, "kept"), F_OK), 0);
    assert_false(vt_temporary_remove(files_path(outside, "kept"))); /* no folder */
    assert_int_equal(access(files_path(outside, "kept"), F_OK), 0);
    free(link);
    free(deep);
    free(outside);
}

/* More than one read of a folder brings, and folders that are closed to their owner. */
static void many_files_and_closed_folders_go_too(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    char path[256];
    assert_true(vt_temporary_make("vitrine-try", path, sizeof path, &error));
    char *closed = strdup(files_folder(path, "closed"));
    char *read_only = strdup(files_folder(path, "read only"));
    for (int i = 0; i < 3000; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        files_write(files_path(i % 2 ? path : read_only, name), "", 0);
    }
    files_write(files_path(files_folder(closed, "within"), "x"), "x", 1);
    assert_int_equal(chmod(files_path(closed, "within"), 0), 0);
    assert_int_equal(chmod(closed, 0), 0);
    assert_int_equal(chmod(read_only, 0555), 0);
    assert_true(vt_temporary_remove(path));
    assert_int_equal(access(path, F_OK), -1);
    free(read_only);
    free(closed);
}

static void a_place_that_is_none_is_told(void **state)
{
    const char *root = *state;
    vt_error error = VT_ERROR_INIT;
    char path[256] = "before";
    char small[8] = "before";
    assert_false(vt_temporary_make("vitrine-try", small, sizeof small, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "TMPDIR"));
    assert_string_equal(small, "");
    setenv("TMPDIR", files_path(root, "nowhere"), 1);
    assert_false(vt_temporary_make("vitrine-try", path, sizeof path, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "nowhere"));
    assert_non_null(strstr(error.message, "TMPDIR"));
    assert_string_equal(path, "");
    setenv("TMPDIR", "no/where", 1); /* relative */
    assert_false(vt_temporary_make("vitrine-try", path, sizeof path, &error));
    assert_non_null(strstr(error.message, "no/where"));
}

static void a_relative_place_is_made_absolute(void **state)
{
    const char *root = *state;
    vt_error error = VT_ERROR_INIT;
    char path[256];
    char before[1024];
    files_folder(root, "here");
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(root), 0);
    setenv("TMPDIR", "here", 1);
    bool made = vt_temporary_make("vitrine-try", path, sizeof path, &error);
    assert_int_equal(chdir(before), 0);
    assert_true(made);
    assert_int_equal(path[0], '/');
    assert_true(vt_temporary_remove(path));
    setenv("TMPDIR", "", 1); /* as good as none */
    assert_true(vt_temporary_make("vitrine-try", path, sizeof path, &error));
    assert_memory_equal(path, "/tmp/", 5);
    assert_true(vt_temporary_remove(path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_is_for_its_owner_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_are_not_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_files_and_closed_folders_go_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_place_that_is_none_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_relative_place_is_made_absolute, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
