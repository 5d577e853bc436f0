/* Trashes on top of other file systems: mounted ones, in a name space of this process. */
#include "tests/support/check.h"

#include "core/files/move.h"
#include "core/files/trash.h"
#include "tests/support/files.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct place {
    char *root, *home, *top; /* the home trash, and where the other file system is mounted */
    char shared[32], own[32];
} place;

static bool write_line(const char *path, const char *format, unsigned long id)
{
    FILE *file = fopen(path, "w");
    bool written = file && fprintf(file, format, id, id) > 0;
    return file && fclose(file) == 0 && written;
}

/* Who is nobody in the new name space could make no files there. */
static bool map_user(unsigned long user, unsigned long group)
{
    return write_line("/proc/self/uid_map", "%lu %lu 1", user) &&
           write_line("/proc/self/setgroups", "deny", 0) &&
           write_line("/proc/self/gid_map", "%lu %lu 1", group);
}

/* A user may mount only in a name space of users of its own; root needs none. */
static bool may_mount(void)
{
    unsigned long user = geteuid(), group = getegid();
    return (user == 0 ? unshare(CLONE_NEWNS) == 0
                      : unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && map_user(user, group)) &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

static int set_up(void **state)
{
    place *at = calloc(1, sizeof *at);
    at->root = files_temporary_folder();
    at->home = strdup(files_path(at->root, "Trash"));
    at->top = strdup(files_folder(at->root, "volume"));
    snprintf(at->shared, sizeof at->shared, ".Trash/%lu", (unsigned long)getuid());
    snprintf(at->own, sizeof at->own, ".Trash-%lu", (unsigned long)getuid());
    assert_int_equal(mount("none", at->top, "tmpfs", 0, "size=1m"), 0);
    files_folder(at->top, "deep");
    files_write(files_path(at->top, "deep/a"), "mine", 4);
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    place *at = *state;
    assert_int_equal(umount(at->top), 0);
    files_remove(at->root);
    free(at->home);
    free(at->top);
    free(at);
    return 0;
}

static void move_and_back(const place *at, const char *expected)
{
    vt_trashed trashed;
    vt_error error = VT_ERROR_INIT;
    if (!vt_trash_move(at->home, files_path(at->top, "deep/a"), 0, &trashed, &error)) {
        fail_msg("%s", error.message);
    }
    char part[64];
    snprintf(part, sizeof part, "%s/files/a", expected);
    assert_string_equal(trashed.file, files_path(at->top, part));
    size_t size;
    char *note = files_read(trashed.info, &size);
    assert_non_null(strstr(note, "\nPath=deep/a\n")); /* from the top, wherever that is mounted */
    free(note);
    if (!vt_trash_restore(&trashed, &error)) {
        fail_msg("%s", error.message);
    }
    assert_true(vt_move_is_there(files_path(at->top, "deep/a")));
    assert_false(vt_move_is_there(at->home));
    vt_trashed_clear(&trashed);
}

static void a_volume_has_a_trash_of_its_own(void **state)
{
    const place *at = *state;
    move_and_back(at, at->own);
    struct stat facts;
    assert_int_equal(stat(files_path(at->top, at->own), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0700);
    assert_false(vt_move_is_there(files_path(at->top, ".Trash")));
}

static void the_administrators_trash_is_used_if_it_is_valid(void **state)
{
    const place *at = *state;
    files_folder(at->top, ".Trash");
    assert_int_equal(chmod(files_path(at->top, ".Trash"), 0777), 0);
    move_and_back(at, at->own); /* not sticky */
    assert_int_equal(chmod(files_path(at->top, ".Trash"), 01777), 0);
    move_and_back(at, at->shared);
    files_remove(strdup(files_path(at->top, at->shared)));
    assert_int_equal(rename(files_path(at->top, ".Trash"), files_path(at->top, "elsewhere")), 0);
    assert_int_equal(symlink("elsewhere", files_path(at->top, ".Trash")), 0);
    move_and_back(at, at->own); /* a symbolic link */
}

static void expect_refused(const place *at, vt_error_code code)
{
    vt_trashed trashed;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_trash_move(at->home, files_path(at->top, "deep/a"), 0, &trashed, &error));
    assert_int_equal(error.code, code);
    assert_non_null(strstr(error.message, at->top));
    assert_true(vt_move_is_there(files_path(at->top, "deep/a")));
    assert_false(vt_move_is_there(at->home));
}

static void a_trash_that_is_a_link_or_anothers_is_not_used(void **state)
{
    const place *at = *state;
    files_folder(at->top, "elsewhere");
    assert_int_equal(symlink("elsewhere", files_path(at->top, at->own)), 0);
    expect_refused(at, VT_ERROR_NOT_FOUND);
    assert_false(vt_move_is_there(files_path(at->top, "elsewhere/files")));
    if (geteuid() != 0) {
        print_message("only root can give a folder to another user\n");
        skip();
    }
    assert_int_equal(unlink(files_path(at->top, at->own)), 0);
    files_folder(at->top, at->own);
    assert_int_equal(chown(files_path(at->top, at->own), 12345, 12345), 0);
    expect_refused(at, VT_ERROR_PERMISSION);
}

static void a_read_only_volume_is_told(void **state)
{
    const place *at = *state;
    assert_int_equal(mount(NULL, at->top, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
    expect_refused(at, VT_ERROR_READ_ONLY);
}

/* One file system mounted twice is two to rename(2). */
static void a_bind_mount_has_a_trash_of_its_own(void **state)
{
    const place *at = *state;
    assert_int_equal(umount(at->top), 0);
    const char *source = files_folder(at->root, "source");
    files_folder(at->root, "source/deep");
    files_write(files_path(at->root, "source/deep/a"), "mine", 4);
    assert_int_equal(mount(source, at->top, NULL, MS_BIND, NULL), 0);
    move_and_back(at, at->own);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    if (!may_mount()) {
        fprintf(stderr, "cannot mount here: %s\n", strerror(errno));
        return 77;
    }
    const struct CMUnitTest tests[] = {
        CASE(a_volume_has_a_trash_of_its_own),
        CASE(the_administrators_trash_is_used_if_it_is_valid),
        CASE(a_trash_that_is_a_link_or_anothers_is_not_used),
        CASE(a_read_only_volume_is_told),
        CASE(a_bind_mount_has_a_trash_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
