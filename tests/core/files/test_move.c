/* Renaming that never overwrites, with the call for it and without. */
#include "tests/core/files/calls.h"
#include "tests/support/check.h"

#include "core/files/move.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int set_up(void **state)
{
    memset(&calls, 0, sizeof calls);
    *state = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    memset(&calls, 0, sizeof calls);
    files_remove(*state);
    return 0;
}

static void write_text(const char *path, const char *text)
{
    files_write(path, text, strlen(text));
}

static void expect_text(const char *path, const char *text)
{
    size_t size;
    char *found = files_read(path, &size);
    assert_string_equal(found, text);
    free(found);
}

static int move(const char *folder, const char *from, const char *to)
{
    return vt_move(AT_FDCWD, files_path(folder, from), AT_FDCWD, files_path(folder, to));
}

/* 0: the call works; EINVAL: the file system does not know its flag; ENOSYS: the kernel does not. */
static const int reasons[] = {0, EINVAL, ENOSYS};
enum { REASONS = sizeof reasons / sizeof *reasons };

static void what_is_there_stays(void **state)
{
    const char *folder = *state;
    for (int i = 0; i < REASONS; i++) {
        calls.rename_reason = reasons[i];
        write_text(files_path(folder, "a"), "mine");
        write_text(files_path(folder, "b"), "yours");
        assert_int_equal(move(folder, "a", "b"), EEXIST);
        expect_text(files_path(folder, "a"), "mine");
        expect_text(files_path(folder, "b"), "yours");
        assert_int_equal(unlink(files_path(folder, "b")), 0);
        assert_int_equal(move(folder, "a", "b"), 0);
        expect_text(files_path(folder, "b"), "mine");
        assert_false(vt_move_is_there(files_path(folder, "a")));
        assert_int_equal(move(folder, "a", "c"), ENOENT);
        assert_false(vt_move_is_there(files_path(folder, "c")));
    }
    assert_int_equal(calls.renames, 1);
    assert_int_equal(calls.links, REASONS - 1);
}

static void folders_move_too_and_replace_nothing(void **state)
{
    const char *folder = *state;
    for (int i = 0; i < REASONS; i++) {
        calls.rename_reason = reasons[i];
        files_folder(folder, "one");
        write_text(files_path(folder, "one/in"), "in");
        files_folder(folder, "two");
        assert_int_equal(move(folder, "one", "two"), EEXIST); /* be it empty */
        assert_int_equal(rmdir(files_path(folder, "two")), 0);
        assert_int_not_equal(move(folder, "one", "one/below"), 0); /* into itself */
        assert_false(vt_move_is_there(files_path(folder, "one/below")));
        assert_int_equal(move(folder, "one", "two"), 0);
        expect_text(files_path(folder, "two/in"), "in");
        files_remove(strdup(files_path(folder, "two")));
    }
}

static void a_link_is_moved_itself(void **state)
{
    const char *folder = *state;
    for (int i = 0; i < REASONS; i++) {
        calls.rename_reason = reasons[i];
        assert_int_equal(symlink("nowhere", files_path(folder, "a")), 0);
        assert_true(vt_move_is_there(files_path(folder, "a")));
        assert_int_equal(move(folder, "a", "b"), 0);
        char target[16] = "";
        assert_int_equal(readlink(files_path(folder, "b"), target, sizeof target - 1), 7);
        assert_string_equal(target, "nowhere");
        assert_int_equal(unlink(files_path(folder, "b")), 0);
    }
}

static void what_can_have_no_second_name_is_left_alone(void **state)
{
    const char *folder = *state;
    static const int refusals[] = {EPERM, EOPNOTSUPP, EMLINK, ENOSYS};
    write_text(files_path(folder, "a"), "mine");
    calls.rename_reason = EINVAL;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        calls.link_reason = refusals[i];
        assert_int_equal(move(folder, "a", "b"), EOPNOTSUPP);
        expect_text(files_path(folder, "a"), "mine");
        assert_false(vt_move_is_there(files_path(folder, "b")));
    }
}

static void faults_say_what_where_and_what_to_do(void **state)
{
    (void)state;
    static const struct {
        int reason;
        vt_error_code code;
        const char *part;
    } cases[] = {
        {EEXIST, VT_ERROR_CHANGED, "is there already; move that away first"},
        {ENOENT, VT_ERROR_NOT_FOUND, "not there any more"},
        {EACCES, VT_ERROR_PERMISSION, "ask the owner of the folder"},
        {EPERM, VT_ERROR_PERMISSION, "ask its owner"},
        {EROFS, VT_ERROR_READ_ONLY, "mount that for writing"},
        {EXDEV, VT_ERROR_IO, "nothing is copied"},
        {EBUSY, VT_ERROR_BUSY, "unmount"},
        {ENOSPC, VT_ERROR_NO_SPACE, "make room"},
        {EIO, VT_ERROR_IO, "nothing was moved"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_move_fault(&error, cases[i].reason, "rename", "/some/file", "/some/other"));
        assert_int_equal(error.code, cases[i].code);
        assert_int_equal(error.system, cases[i].reason);
        assert_non_null(strstr(error.message, "cannot rename /some/file to /some/other"));
        assert_non_null(strstr(error.message, cases[i].part));
    }
    assert_false(vt_move_fault(NULL, EIO, "rename", "/some/file", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_there_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders_move_too_and_replace_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_link_is_moved_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_can_have_no_second_name_is_left_alone, set_up, tear_down),
        cmocka_unit_test(faults_say_what_where_and_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
