/* Side-cars on the disk: replaced in one step, never what was not read, and a failure at each step. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_write.h"
#include "tests/core/sidecar/asking.h"
#include "tests/core/sidecar/samples.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- calls of the system that fail when a test says so; the program's own stand before the C library's ----
 */

typedef enum call {
    NO_CALL,
    CALL_RANDOM,
    CALL_WRITE,
    CALL_CHOWN,
    CALL_CHMOD,
    CALL_SYNC,
    CALL_CLOSE,
    CALL_RENAME,
    CALL_RENAME_NEW,
    CALLS
} call;

static struct {
    call failing;
    int reason;
    bool short_writes;
    void (*before_rename)(void); /* called when the new content is synced */
    void (*in_rename)(void);     /* called when all has been looked at */
} rig;

ssize_t getrandom(void *buffer, size_t length, unsigned flags)
{
    if (rig.failing == CALL_RANDOM) {
        errno = rig.reason;
        return -1;
    }
    return syscall(SYS_getrandom, buffer, length, flags);
}

ssize_t write(int fd, const void *buf, size_t n)
{
    if (rig.failing == CALL_WRITE && n > 100) { /* half of it is there already */
        return syscall(SYS_write, fd, buf, n / 2);
    }
    if (rig.failing == CALL_WRITE) {
        errno = rig.reason;
        return -1;
    }
    return syscall(SYS_write, fd, buf, rig.short_writes && n > 7 ? 7 : n);
}

int fchown(int fd, uid_t owner, gid_t group)
{
    if (rig.failing == CALL_CHOWN) {
        errno = rig.reason;
        return -1;
    }
    return (int)syscall(SYS_fchown, fd, owner, group);
}

int fchmod(int fd, mode_t mode)
{
    if (rig.failing == CALL_CHMOD) {
        errno = rig.reason;
        return -1;
    }
    return (int)syscall(SYS_fchmod, fd, mode);
}

int fsync(int fd)
{
    if (rig.failing == CALL_SYNC) {
        errno = rig.reason;
        return -1;
    }
    if (rig.before_rename) {
        void (*call_once)(void) = rig.before_rename;
        rig.before_rename = NULL;
        call_once();
    }
    return (int)syscall(SYS_fsync, fd);
}

int close(int fd)
{
    int flags = (int)syscall(SYS_fcntl, fd, F_GETFL);
    int result = (int)syscall(SYS_close, fd);
    if (rig.failing == CALL_CLOSE && (flags & O_ACCMODE) == O_WRONLY) {
        errno = rig.reason;
        return -1;
    }
    return result;
}

int renameat(int oldfd, const char *old, int newfd, const char *new)
{
    if (rig.failing == CALL_RENAME) {
        errno = rig.reason;
        return -1;
    }
    return (int)syscall(SYS_renameat2, oldfd, old, newfd, new, 0);
}

int renameat2(int oldfd, const char *old, int newfd, const char *new, unsigned flags)
{
    if (rig.failing == CALL_RENAME_NEW) {
        errno = rig.reason;
        return -1;
    }
    if (rig.in_rename) {
        rig.in_rename();
    }
    return (int)syscall(SYS_renameat2, oldfd, old, newfd, new, flags);
}

/* ---- the place ---- */

static char *folder, *path;
static const vt_sidecar_change five = {.fields = VT_SIDECAR_RATING, .rating = 5};
static const vt_sidecar_stamp nothing;

static int set_up(void **state)
{
    (void)state;
    memset(&rig, 0, sizeof rig);
    folder = files_temporary_folder();
    path = strdup(files_path(folder, "a.jpg.xmp"));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memset(&rig, 0, sizeof rig);
    files_remove(folder);
    free(path);
    return 0;
}

static size_t entries(void)
{
    size_t count = 0;
    DIR *opened = opendir(folder);
    assert_non_null(opened);
    for (const struct dirent *entry; (entry = readdir(opened));) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(opened);
    return count;
}

static void put(const char *text)
{
    files_write(path, text, strlen(text));
}

static void expect_content(const char *text)
{
    size_t size;
    char *found = files_read(path, &size);
    assert_int_equal(size, strlen(text));
    assert_memory_equal(found, text, size);
    free(found);
    assert_int_equal(entries(), 1);
}

static vt_sidecar_stamp read_stamp(void)
{
    vt_sidecar s;
    assert_true(vt_sidecar_read(files_path(folder, "a.jpg"), false, here(), &s, NULL));
    assert_int_equal(s.part[VT_SIDECAR_LONG].error.code, VT_ERROR_NONE);
    vt_sidecar_stamp stamp = s.part[VT_SIDECAR_LONG].stamp;
    vt_sidecar_free(&s);
    return stamp;
}

static void expect_same_stamp(const vt_sidecar_stamp *a, const vt_sidecar_stamp *b)
{
    assert_true(vt_sidecar_stamp_same(a, b));
    assert_int_equal(a->device, b->device);
    assert_int_equal(a->inode, b->inode);
    assert_int_equal(a->mtime_ns, b->mtime_ns);
}

static void expect_rating(int rating)
{
    vt_sidecar s;
    assert_true(vt_sidecar_read(files_path(folder, "a.jpg"), false, here(), &s, NULL));
    assert_true(s.marks.known & VT_SIDECAR_RATING);
    assert_int_equal(s.marks.rating, rating);
    vt_sidecar_free(&s);
}

static void expect_refusal(const vt_sidecar_stamp *as_read, vt_error_code code)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_stamp now = {.size = 77};
    assert_false(vt_sidecar_write(path, as_read, &five, here(), &now, &error));
    assert_string_equal(vt_error_code_name(error.code), vt_error_code_name(code));
    assert_non_null(strstr(error.message, "a.jpg.xmp"));
    assert_int_equal(now.size, 77);
}

/* ---- what goes well ---- */

static void a_new_one_is_made_and_read_again(void **state)
{
    (void)state;
    static const char *const tags[] = {"place/italy/rome", "h\xc3\xa4lsa & <co>"};
    const vt_sidecar_change change = {.fields = VT_SIDECAR_RATING | VT_SIDECAR_LABEL | VT_SIDECAR_TITLE |
                                                VT_SIDECAR_NOTES | VT_SIDECAR_TAGS,
                                      .rating = -1,
                                      .label = "Red",
                                      .title = "T",
                                      .notes = "one\ntwo",
                                      .tags = tags,
                                      .tag_count = 2};
    vt_sidecar_stamp now;
    mode_t mask = umask(027);
    assert_true(vt_sidecar_write(path, &nothing, &change, here(), &now, NULL));
    umask(mask);
    vt_sidecar s;
    assert_true(vt_sidecar_read(files_path(folder, "a.jpg"), true, here(), &s, NULL));
    assert_int_equal(s.marks.rating, -1);
    assert_string_equal(s.marks.label, "Red");
    assert_string_equal(s.marks.title, "T");
    assert_string_equal(s.marks.notes, "one\ntwo");
    assert_int_equal(s.marks.tags.count, 2);
    assert_string_equal(s.marks.tags.list[0], tags[0]);
    assert_string_equal(s.marks.tags.list[1], tags[1]);
    assert_int_equal(s.part[VT_SIDECAR_LONG].kept, 0);
    expect_same_stamp(&now, &s.part[VT_SIDECAR_LONG].stamp);
    vt_sidecar_free(&s);
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0640);
    assert_int_equal(entries(), 1);
}

static void changes_follow_one_another_by_their_stamps(void **state)
{
    (void)state;
    vt_sidecar_change change = five;
    vt_sidecar_stamp stamp = nothing;
    rig.short_writes = true;
    for (change.rating = -1; change.rating <= 5; change.rating++) {
        assert_true(vt_sidecar_write(path, &stamp, &change, here(), &stamp, NULL));
        expect_rating(change.rating);
    }
    assert_int_equal(entries(), 1);
}

static void mode_and_owner_are_kept(void **state)
{
    (void)state;
    struct stat before, after;
    put(digikam);
    assert_int_equal(chmod(path, 0604), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(path, 12345, 23456), 0);
    } else {
        print_message("not root: the owner is only our own\n");
    }
    assert_int_equal(stat(path, &before), 0);
    vt_sidecar_stamp stamp = read_stamp();
    assert_true(vt_sidecar_write(path, &stamp, &five, here(), NULL, NULL));
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_mode, before.st_mode);
    assert_int_equal(after.st_uid, before.st_uid);
    assert_int_equal(after.st_gid, before.st_gid);
    assert_true(after.st_ino != before.st_ino);
    expect_rating(5);
}

static void a_change_that_holds_writes_nothing(void **state)
{
    (void)state;
    const vt_sidecar_change three = {.fields = VT_SIDECAR_RATING, .rating = 3};
    put(digikam);
    vt_sidecar_stamp stamp = read_stamp(), now;
    rig.failing = CALL_RANDOM;
    assert_true(vt_sidecar_write(path, &stamp, &three, here(), &now, NULL));
    expect_same_stamp(&now, &stamp);
    expect_content(digikam);
}

static void names_may_be_any_bytes_and_as_long_as_they_can_be(void **state)
{
    (void)state;
    char name[256];
    memset(name, '\xfe', 255);
    memcpy(name + 251, ".xmp", 5);
    assert_true(vt_sidecar_write(files_path(folder, name), &nothing, &five, here(), NULL, NULL));
    assert_int_equal(entries(), 1);
}

/* ---- what was not read is not overwritten ---- */

static void one_that_has_changed_is_left_alone(void **state)
{
    (void)state;
    char other[sizeof digikam];
    put(digikam);
    vt_sidecar_stamp stamp = read_stamp();
    memcpy(other, digikam, sizeof other);
    *strstr(other, "Spree") = 's'; /* of the same size */
    put(other);
    expect_refusal(&stamp, VT_ERROR_CHANGED);
    expect_content(other);
    expect_refusal(&nothing, VT_ERROR_CHANGED);
    expect_content(other);
    assert_int_equal(remove(path), 0);
    expect_refusal(&stamp, VT_ERROR_CHANGED);
    assert_int_equal(entries(), 0);
}

static void one_that_was_only_touched_is_the_same(void **state)
{
    (void)state;
    const struct timespec times[] = {{1, 0}, {1, 0}};
    put(digikam);
    vt_sidecar_stamp stamp = read_stamp();
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_true(vt_sidecar_write(path, &stamp, &five, here(), NULL, NULL));
    expect_rating(5);
}

static void write_darktable(void)
{
    put(darktable);
}

static void remove_it(void)
{
    assert_int_equal(remove(path), 0);
}

static void one_that_changes_meanwhile_is_left_alone(void **state)
{
    (void)state;
    put(digikam);
    vt_sidecar_stamp stamp = read_stamp();
    rig.before_rename = write_darktable;
    expect_refusal(&stamp, VT_ERROR_CHANGED);
    expect_content(darktable);
    stamp = read_stamp();
    rig.before_rename = remove_it;
    expect_refusal(&stamp, VT_ERROR_CHANGED);
    assert_int_equal(entries(), 0);
    rig.before_rename = write_darktable; /* one that appears */
    expect_refusal(&nothing, VT_ERROR_CHANGED);
    expect_content(darktable);
}

static void one_that_appears_at_the_last_moment_is_left_alone(void **state)
{
    (void)state;
    rig.in_rename = write_darktable;
    expect_refusal(&nothing, VT_ERROR_CHANGED);
    expect_content(darktable);
    rig.in_rename = NULL;
    remove_it();
    rig.failing = CALL_RENAME_NEW;
    rig.reason = EINVAL; /* a file system that knows no such rename */
    assert_true(vt_sidecar_write(path, &nothing, &five, here(), NULL, NULL));
    expect_rating(5);
}

/* ---- what fails ---- */

static void a_failure_at_each_step_leaves_what_was_there(void **state)
{
    (void)state;
    static const struct {
        call failing;
        bool makes_new;
        int reason;
        vt_error_code code;
    } steps[] = {
        {CALL_RANDOM, false, EIO, VT_ERROR_IO},          {CALL_WRITE, false, ENOSPC, VT_ERROR_NO_SPACE},
        {CALL_WRITE, false, EDQUOT, VT_ERROR_NO_SPACE},  {CALL_CHOWN, false, EPERM, VT_ERROR_PERMISSION},
        {CALL_CHMOD, false, EPERM, VT_ERROR_PERMISSION}, {CALL_SYNC, false, EIO, VT_ERROR_IO},
        {CALL_CLOSE, false, EIO, VT_ERROR_IO},           {CALL_RENAME, false, EROFS, VT_ERROR_READ_ONLY},
        {CALL_WRITE, true, ENOSPC, VT_ERROR_NO_SPACE},   {CALL_SYNC, true, EIO, VT_ERROR_IO},
        {CALL_CLOSE, true, EDQUOT, VT_ERROR_NO_SPACE},   {CALL_RENAME_NEW, true, EACCES, VT_ERROR_PERMISSION},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        vt_sidecar_stamp stamp = nothing;
        if (steps[i].failing == CALL_CHOWN && geteuid() != 0) {
            print_message("not root: no file of another owner to fail at\n");
            continue;
        }
        if (!steps[i].makes_new) {
            put(digikam);
            assert_true(steps[i].failing != CALL_CHOWN || chown(path, 12345, 23456) == 0);
            stamp = read_stamp();
        }
        rig.failing = steps[i].failing;
        rig.reason = steps[i].reason;
        expect_refusal(&stamp, steps[i].code);
        memset(&rig, 0, sizeof rig);
        if (steps[i].makes_new) {
            assert_int_equal(entries(), 0);
        } else {
            expect_content(digikam);
            assert_int_equal(remove(path), 0);
        }
    }
}

static void broken_ones_are_not_changed(void **state)
{
    (void)state;
    char broken[100];
    vt_sidecar s;
    snprintf(broken, sizeof broken, "%.90s", digikam);
    put(broken);
    assert_true(vt_sidecar_read(files_path(folder, "a.jpg"), false, here(), &s, NULL));
    assert_int_equal(s.part[VT_SIDECAR_LONG].error.code, VT_ERROR_CORRUPT);
    expect_refusal(&s.part[VT_SIDECAR_LONG].stamp, VT_ERROR_CORRUPT);
    vt_sidecar_free(&s);
    expect_content(broken);
}

static void what_is_no_file_is_not_replaced(void **state)
{
    (void)state;
    assert_int_equal(symlink("elsewhere", path), 0);
    expect_refusal(&nothing, VT_ERROR_NOT_REGULAR);
    assert_int_equal(entries(), 1);
    assert_int_equal(remove(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_refusal(&nothing, VT_ERROR_NOT_REGULAR);
    free(path);
    path = strdup(files_path(folder, "gone/a.jpg.xmp"));
    expect_refusal(&nothing, VT_ERROR_NOT_FOUND);
}

/* In a process without root's rights, whose result is its exit code. */
static void refused_to_others(const vt_sidecar_stamp *as_read, vt_error_code code)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        vt_error error = VT_ERROR_INIT;
        if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(100);
        }
        bool written = vt_sidecar_write(path, as_read, &five, here(), NULL, &error);
        _exit(written ? 101 : (int)error.code);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), code);
}

static void rights_are_respected(void **state)
{
    (void)state;
    put(digikam);
    vt_sidecar_stamp stamp = read_stamp();
    assert_int_equal(chmod(folder, 0555), 0); /* a folder that may only be read */
    assert_int_equal(chmod(path, 0666), 0);
    refused_to_others(&stamp, VT_ERROR_PERMISSION);
    expect_content(digikam);
    assert_int_equal(chmod(folder, 0777), 0);
    assert_int_equal(chmod(path, 0444),
                     0); /* a file that may only be read, in a folder that may be written */
    refused_to_others(&stamp, VT_ERROR_PERMISSION);
    expect_content(digikam);
    if (geteuid() != 0) {
        print_message("not root: no file of another owner\n");
        return;
    }
    assert_int_equal(chown(path, 65534, 65534), 0); /* the same, one's own */
    refused_to_others(&stamp, VT_ERROR_PERMISSION);
    expect_content(digikam);
    assert_int_equal(chmod(path, 0666), 0);
    assert_int_equal(chown(path, 0, 0), 0); /* whose owner could not be kept */
    refused_to_others(&stamp, VT_ERROR_PERMISSION);
    expect_content(digikam);
    assert_int_equal(chown(path, 65534, 65534), 0);
    refused_to_others(&stamp, (vt_error_code)101); /* one's own that may be written */
    expect_rating(5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_one_is_made_and_read_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(changes_follow_one_another_by_their_stamps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mode_and_owner_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_change_that_holds_writes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_may_be_any_bytes_and_as_long_as_they_can_be, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_has_changed_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_was_only_touched_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_changes_meanwhile_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_appears_at_the_last_moment_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_at_each_step_leaves_what_was_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_ones_are_not_changed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_not_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rights_are_respected, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
