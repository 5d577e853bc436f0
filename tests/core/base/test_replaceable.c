/* Files that are replaced because they are of a kind, and those that are left as they are. */
#include "tests/support/check.h"

#include "tests/support/files.h"

#include "core/base/replaceable.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

static int set_up(void **state)
{
    (void)state;
    folder = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(folder);
    return 0;
}

static bool begins_with_x(const uint8_t *head, size_t length)
{
    return length > 0 && head[0] == 'x';
}

static const vt_file_kind marked = {.name = "marked file", .mark = "MARK"};
static const vt_file_kind seen = {.name = "seen file", .is = begins_with_x};

static void expect(const char *bytes, size_t count, const vt_file_kind *kind, bool replaceable)
{
    vt_error error = VT_ERROR_INIT;
    const char *path = files_path(folder, "a\nb");
    files_write(path, bytes, count);
    assert_int_equal(vt_file_is_replaceable(path, kind, &error), replaceable);
    if (!replaceable) {
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_non_null(strstr(error.message, kind->name));
        assert_null(strchr(error.message, '\n')); /* of the name, neither */
    }
}

static void files_are_known_by_their_kind(void **state)
{
    (void)state;
    expect("", 0, &marked, true);
    expect("MARK", 4, &marked, true);
    expect("\0\0MARK\0", 7, &marked, true);
    expect("MAR", 3, &marked, false);
    expect("xMAR", 4, &marked, false);
    expect("xyz", 3, &seen, true);
    expect("yxz", 3, &seen, false);
    char *far = calloc(1, VT_REPLACEABLE_HEAD + 4);
    memcpy(far + VT_REPLACEABLE_HEAD - 4, "MARK", 4);
    expect(far, VT_REPLACEABLE_HEAD + 4, &marked, true);
    memmove(far + VT_REPLACEABLE_HEAD - 3, far + VT_REPLACEABLE_HEAD - 4, 4); /* beyond what is looked at */
    far[VT_REPLACEABLE_HEAD - 4] = 0;
    expect(far, VT_REPLACEABLE_HEAD + 4, &marked, false);
    free(far);
}

static void what_is_no_file_is_told_apart(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const char *pipe = files_path(folder, "pipe");
    assert_true(vt_file_is_replaceable(files_path(folder, "nothing"), &marked, &error));
    assert_true(vt_file_is_replaceable(files_path(folder, "none/nothing"), &marked, &error));
    assert_int_equal(mkfifo(pipe, 0600), 0);
    const char *const others[] = {pipe, folder, "/dev/null"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(vt_file_is_replaceable(others[i], &seen, &error)); /* nor waited for */
        assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
        assert_non_null(strstr(error.message, others[i]));
    }
}

/* A link to a picture is not taken for an empty name. */
static void links_are_followed(void **state)
{
    (void)state;
    char *file = strdup(files_path(folder, "file"));
    char *soft = strdup(files_path(folder, "soft"));
    char *hard = strdup(files_path(folder, "hard"));
    files_write(file, "mine", 4);
    assert_int_equal(symlink(file, soft), 0);
    assert_int_equal(link(file, hard), 0);
    assert_false(vt_file_is_replaceable(soft, &marked, NULL));
    assert_true(vt_file_is_same(file, soft) && vt_file_is_same(hard, soft) && vt_file_is_same(file, file));
    assert_int_equal(unlink(file), 0);
    assert_true(vt_file_is_replaceable(soft, &marked, NULL));
    assert_false(vt_file_is_same(soft, hard));
    assert_false(vt_file_is_same(soft, soft));
    free(file);
    free(soft);
    free(hard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_are_known_by_their_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_are_followed, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
