/* Exports that do not go as wished, in the window: stopped, refused, with names that are taken, on a full
 * disk. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"
#include "tests/support/window_session.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANY = 300 /* pictures: an export of them takes seconds */, KIND_COPY = 0, KIND_JPEG };

static struct {
    char *home, *folder, *to;
    window_session *session;
} here;

static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    assert_int_equal(chmod(here.home, 0777), 0); /* for tests that drop privileges */
    here.folder = strdup(files_folder(here.home, "pictures"));
    here.to = strdup(files_folder(here.home, "exported"));
    here.session = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    int status = here.session ? window_session_end(here.session, SIGTERM) : 0;
    assert_int_equal(status, 0);
    files_remove(here.home);
    free(here.folder);
    free(here.to);
    return 0;
}

/* The window shows what is in the folder: `count` items. */
static void start(int count, bool unprivileged)
{
    char expected[64];
    here.session = window_session_launch(here.home, unprivileged, (const char *const[]){here.folder, NULL});
    snprintf(expected, sizeof expected, "import ended: imported=%d ", count);
    window_session_wait(here.session, expected);
    window_session_place(here.session, "Items");
}

/* The dialogue is open on all items, with the folder and the kind of the last time. */
static void open_export_again(void)
{
    window_session_click(here.session, "Items");
    window_session_key(here.session, "ctrl+a");
    window_session_key(here.session, "ctrl+e");
}

/* With these for the first time; what it says of them is not waited for. */
static void open_export(int kind)
{
    open_export_again();
    window_session_click(here.session, "Export to the folder");
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, here.to);
    window_session_key(here.session, "shift+Tab");
    for (int i = 0; i < kind; i++) {
        window_session_key(here.session, "Down");
    }
}

static void wait_for_look(int kind, const char *what)
{
    char expected[160];
    snprintf(expected, sizeof expected, "export: kind=%d would be: %s", kind, what);
    window_session_wait(here.session, expected);
}

/* Files in the folder exported to; none of them may be half of one, or one that is hidden. */
static int count_whole(const char *head, size_t head_length, const char *tail, size_t tail_length)
{
    int count = 0;
    DIR *folder = opendir(here.to);
    assert_non_null(folder);
    for (const struct dirent *at = readdir(folder); at; at = readdir(folder)) {
        if (strcmp(at->d_name, ".") == 0 || strcmp(at->d_name, "..") == 0) {
            continue;
        }
        size_t length = 0;
        assert_int_not_equal(at->d_name[0], '.');
        char *bytes = files_read(files_path(here.to, at->d_name), &length);
        assert_true(length > head_length + tail_length);
        assert_memory_equal(bytes, head, head_length);
        assert_memory_equal(bytes + length - tail_length, tail, tail_length);
        free(bytes);
        count++;
    }
    closedir(folder);
    return count;
}

static int count_jpegs(void)
{
    return count_whole("\xff\xd8\xff", 3, "\xff\xd9", 2);
}

/* ---- stopped ---- */

static void fill_with_many(void)
{
    files_write_picture(files_path(here.folder, "aaa.ppm"), 1000, 750, 1);
    for (int i = 1; i < MANY; i++) {
        char name[32]; /* without numbers, or they would be one sequence */
        snprintf(name, sizeof name, "%c%c%c.ppm", 'a' + i / 26 / 26, 'a' + i / 26 % 26, 'a' + i % 26);
        char *from = strdup(files_path(here.folder, "aaa.ppm"));
        assert_int_equal(link(from, files_path(here.folder, name)), 0);
        free(from);
    }
}

static void what_is_stopped_leaves_whole_files(void **state)
{
    (void)state;
    char line[96];
    fill_with_many();
    start(MANY, false);
    open_export(KIND_JPEG);
    wait_for_look(KIND_JPEG, "300 files, about ");
    window_session_click(here.session, "Export");
    window_session_click(here.session, "Stop");
    window_session_wait(here.session, "export ended: done=");
    window_session_wait(here.session, " failed=0 error=");
    int done = (int)window_session_value(here.session, "export ended: done");
    assert_in_range(done, 0, MANY - 1);
    assert_int_equal(count_jpegs(), done);
    snprintf(line, sizeof line, "export: told: The export was stopped. %d exported.", done);
    assert_non_null(strstr(window_session_log(here.session), line));
    window_session_screenshot(here.session, "export-stopped");

    /* Once more, to its end: what is there already keeps its name. */
    open_export_again();
    snprintf(line, sizeof line, "; %d name", done);
    wait_for_look(KIND_JPEG, "300 files, about ");
    if (done > 0) {
        assert_non_null(strstr(window_session_log(here.session), line));
    }
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=300 failed=0");
    assert_int_equal(count_jpegs(), done + MANY);
}

/* ---- refused ---- */

static void a_folder_that_cannot_be_written_to_is_refused(void **state)
{
    (void)state;
    if (!program_can_drop_privileges(here.home)) {
        print_message("SKIPPED: root may write everywhere, and privileges cannot be dropped here\n");
        skip();
    }
    files_write_picture(files_path(here.folder, "one.ppm"), 40, 30, 1);
    assert_int_equal(chmod(here.to, 0555), 0);
    start(1, true);
    open_export(KIND_COPY);
    wait_for_look(KIND_COPY, "This folder cannot be written to");
    window_session_screenshot(here.session, "export-not-writable");
    window_session_click(here.session, "Export"); /* not to be pressed: the dialogue stays */
    window_session_key(here.session, "Return");
    window_session_click(here.session, "Export to the folder");
    assert_int_equal(window_session_count(here.session, "export ended"), 0);

    assert_int_equal(chmod(here.to, 0777), 0); /* mended: what is typed is looked at anew */
    window_session_key(here.session, "End");
    window_session_type(here.session, "/");
    wait_for_look(KIND_COPY, "1 file, ");

    assert_int_equal(chmod(here.to, 0555), 0); /* too late for the dialogue to know */
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=0 failed=1");
    window_session_click(here.session, "Show what failed…");
    window_session_place(here.session, "What failed");
    window_session_screenshot(here.session, "export-not-writable-failed");
    window_session_key(here.session, "Escape");
}

/* ---- names ---- */

static void assert_holds(const char *name, const char *bytes)
{
    size_t length = 0;
    char *found = files_read(files_path(here.to, name), &length);
    assert_int_equal(length, strlen(bytes));
    assert_memory_equal(found, bytes, length);
    free(found);
}

static void names_that_clash_get_numbers_as_promised(void **state)
{
    (void)state;
    char *summer = strdup(files_folder(here.folder, "summer"));
    char *winter = strdup(files_folder(here.folder, "winter"));
    files_write_picture(files_path(summer, "tree.ppm"), 40, 30, 1);
    files_write_picture(files_path(winter, "tree.ppm"), 50, 30, 2);
    files_write_picture(files_path(winter, "lake.ppm"), 60, 30, 3);
    files_write(files_path(winter, "lake.ppm.xmp"), "<x/>", 4);
    files_write(files_path(here.to, "lake.ppm"), "mine", 4);
    files_write(files_path(here.to, "tree (2).ppm"), "mine, too", 9);
    assert_int_equal(symlink("/no/such/file", files_path(here.to, "tree.ppm")), 0);
    start(3, false);
    open_export(KIND_COPY);
    wait_for_look(KIND_COPY, "4 files, ");
    assert_non_null(strstr(window_session_log(here.session),
                           "; 4 names are taken and get a number")); /* one a side-car's */
    window_session_screenshot(here.session, "export-names");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=4 failed=0");
    assert_holds("lake.ppm", "mine");
    assert_holds("tree (2).ppm", "mine, too");
    assert_holds("lake (2).ppm.xmp", "<x/>");
    static const char *const made[] = {"lake (2).ppm", "tree (3).ppm", "tree (4).ppm"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        struct stat facts;
        assert_int_equal(stat(files_path(here.to, made[i]), &facts), 0);
        assert_true(facts.st_size > 30 * 40 * 3);
    }
    struct stat facts;
    assert_int_equal(lstat(files_path(here.to, "tree.ppm"), &facts), 0);
    assert_true(S_ISLNK(facts.st_mode));
    assert_int_not_equal(access("/no/such/file", F_OK), 0);
    free(summer);
    free(winter);
}

/* ---- a full disk ---- */

/* A disk of that size at the place exported to, which is gone with this process; else says why not. */
static bool mount_small_disk(const char *size)
{
    bool is_private = unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
    if (!is_private || mount("none", here.to, "tmpfs", 0, size) != 0) {
        print_message("SKIPPED: a small disk cannot be mounted: %s\n", strerror(errno));
        return false;
    }
    return true;
}

static void a_full_disk_is_said_and_leaves_whole_files(void **state)
{
    (void)state;
    if (!mount_small_disk("size=256k")) {
        skip();
    }
    for (int i = 0; i < 4; i++) { /* 90 kB each: two of them have room */
        char name[32];
        snprintf(name, sizeof name, "%c.ppm", 'a' + i);
        files_write_picture(files_path(here.folder, name), 200, 150, (unsigned)i + 1);
    }
    start(4, false);
    open_export(KIND_COPY);
    wait_for_look(KIND_COPY, "4 files, ");
    assert_non_null(strstr(window_session_log(here.session), " are free there"));
    window_session_screenshot(here.session, "export-full-disk-promise");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=2 failed=0 error=cannot write to ");
    window_session_wait(here.session, "the disk is full; make room on it, or choose another folder");
    window_session_screenshot(here.session, "export-full-disk");
    assert_int_equal(count_whole("P6", 2, "", 0), 2);

    /* Pictures, too; and with room again it goes. */
    open_export(KIND_JPEG);
    wait_for_look(KIND_JPEG, "4 files, ");
    char *rest = calloc(1, 80000);
    files_write(files_path(here.to, "rest"), rest, 76000);
    free(rest);
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=0 failed=0 error=");
    window_session_wait(here.session, "the disk is full");
    assert_int_equal(unlink(files_path(here.to, "rest")), 0);
    open_export_again();
    wait_for_look(KIND_JPEG, "4 files, ");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=4 failed=0");
    umount2(here.to, MNT_DETACH);
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_stopped_leaves_whole_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_written_to_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_that_clash_get_numbers_as_promised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said_and_leaves_whole_files, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
