/* The home trash: in, out again, names that are taken, and being stopped at each step. */
#include "tests/core/files/calls.h"
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/files/move.h"
#include "core/files/trash.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

/* 2024-03-09 12:34:56 UTC; the tests' time zone is that. */
#define NOW (INT64_C(1709987696) * VT_NS_PER_S)

typedef struct place {
    char *root, *home; /* the home trash */
} place;

static int set_up(void **state)
{
    memset(&calls, 0, sizeof calls);
    place *at = calloc(1, sizeof *at);
    at->root = files_temporary_folder();
    at->home = strdup(files_path(at->root, "data/Trash"));
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    place *at = *state;
    memset(&calls, 0, sizeof calls);
    files_remove(at->root);
    free(at->home);
    free(at);
    return 0;
}

static const char *write_file(const place *at, const char *name, const char *text)
{
    const char *path = files_path(at->root, name);
    files_write(path, text, strlen(text));
    return path;
}

static void expect_text(const char *path, const char *text)
{
    size_t size;
    char *found = files_read(path, &size);
    assert_string_equal(found, text);
    free(found);
}

static void move(const place *at, const char *path, vt_trashed *trashed)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_trash_move(at->home, path, NOW, trashed, &error)) {
        fail_msg("%s", error.message);
    }
}

static void restore(const vt_trashed *trashed)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_trash_restore(trashed, &error)) {
        fail_msg("%s", error.message);
    }
}

static bool is_there(const place *at, const char *name)
{
    return vt_move_is_there(files_path(at->root, name));
}

static void a_file_goes_and_comes_back(void **state)
{
    const place *at = *state;
    vt_trashed trashed;
    char *path = strdup(write_file(at, "a b%\xff\n.png", "picture")); /* bytes, not text */
    move(at, path, &trashed);
    assert_false(vt_move_is_there(path));
    assert_string_equal(trashed.original, path);
    assert_string_equal(trashed.file, files_path(at->home, "files/a b%\xff\n.png"));
    assert_string_equal(trashed.info, files_path(at->home, "info/a b%\xff\n.png.trashinfo"));
    expect_text(trashed.file, "picture");
    char note[512];
    snprintf(note, sizeof note,
             "[Trash Info]\nPath=%s/a%%20b%%25%%FF%%0A.png\nDeletionDate=2024-03-09T12:34:56\n", at->root);
    expect_text(trashed.info, note);
    struct stat facts;
    assert_int_equal(stat(trashed.info, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(stat(at->home, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0700);
    restore(&trashed);
    expect_text(path, "picture");
    assert_false(vt_move_is_there(trashed.file));
    assert_false(vt_move_is_there(trashed.info));
    vt_trashed_clear(&trashed);
    free(path);
}

static void one_name_many_times(void **state)
{
    const place *at = *state;
    static const char *const names[] = {"files/a.png", "files/a.2.png", "files/a.3.png"};
    enum { TIMES = sizeof names / sizeof *names };
    vt_trashed trashed[TIMES];
    for (int i = 0; i < TIMES; i++) {
        char text[2] = {(char)('0' + i), '\0'};
        move(at, write_file(at, "a.png", text), &trashed[i]);
        assert_string_equal(trashed[i].file, files_path(at->home, names[i]));
        expect_text(trashed[i].file, text);
    }
    restore(&trashed[1]);
    expect_text(files_path(at->root, "a.png"), "1");
    for (int i = 0; i < TIMES; i++) {
        vt_trashed_clear(&trashed[i]);
    }
    /* A file whose note another program lost keeps its name, too. */
    files_write(files_path(at->home, "files/b"), "lost", 4);
    move(at, write_file(at, "b", "new"), &trashed[0]);
    assert_string_equal(trashed[0].file, files_path(at->home, "files/b.2"));
    expect_text(files_path(at->home, "files/b"), "lost");
    assert_false(is_there(at, "data/Trash/info/b.trashinfo"));
    vt_trashed_clear(&trashed[0]);
}

static void the_longest_names_fit(void **state)
{
    const place *at = *state;
    char name[256], dotted[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    memcpy(dotted, name, sizeof name);
    dotted[3] = '.'; /* 251 bytes behind a dot are no extension */
    const char *const names[] = {name, name, dotted, dotted};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        vt_trashed trashed;
        move(at, write_file(at, names[i], "long"), &trashed);
        assert_int_equal(strlen(strrchr(trashed.info, '/') + 1), 255);
        restore(&trashed);
        assert_true(is_there(at, names[i]));
        vt_trashed again;
        move(at, trashed.original, &again);
        vt_trashed_clear(&again);
        vt_trashed_clear(&trashed);
    }
}

static void folders_and_links_go_themselves(void **state)
{
    const place *at = *state;
    vt_trashed trashed;
    files_folder(at->root, "folder");
    write_file(at, "folder/in", "in");
    assert_int_equal(symlink("folder", files_path(at->root, "link")), 0);
    move(at, files_path(at->root, "link"), &trashed);
    assert_true(is_there(at, "folder/in"));
    restore(&trashed);
    vt_trashed_clear(&trashed);
    /* A file reached through a link is noted where it really is. */
    move(at, files_path(at->root, "link/in"), &trashed);
    assert_string_equal(trashed.original, files_path(at->root, "folder/in"));
    restore(&trashed);
    vt_trashed_clear(&trashed);
    move(at, files_path(at->root, "folder"), &trashed);
    assert_false(is_there(at, "folder"));
    restore(&trashed);
    expect_text(files_path(at->root, "folder/in"), "in");
    vt_trashed_clear(&trashed);
}

static void restoring_overwrites_nothing(void **state)
{
    const place *at = *state;
    vt_trashed trashed;
    vt_error error = VT_ERROR_INIT;
    files_folder(at->root, "folder");
    move(at, write_file(at, "folder/a", "old"), &trashed);
    write_file(at, "folder/a", "new");
    assert_false(vt_trash_restore(&trashed, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    assert_non_null(strstr(error.message, trashed.original));
    expect_text(trashed.original, "new");
    expect_text(trashed.file, "old");
    assert_int_equal(unlink(trashed.original), 0);
    assert_int_equal(rmdir(files_path(at->root, "folder")), 0);
    assert_false(vt_trash_restore(&trashed, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    expect_text(trashed.file, "old");
    files_folder(at->root, "folder");
    restore(&trashed);
    assert_false(vt_trash_restore(&trashed, &error)); /* once */
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_trashed_clear(&trashed);
}

static void another_file_of_that_name_is_not_taken(void **state)
{
    const place *at = *state;
    vt_trashed trashed, other;
    vt_error error = VT_ERROR_INIT;
    files_folder(at->root, "other");
    move(at, write_file(at, "a", "mine"), &trashed);
    assert_int_equal(unlink(trashed.file), 0); /* somebody empties the trash */
    assert_int_equal(unlink(trashed.info), 0);
    move(at, write_file(at, "other/a", "another"), &other);
    assert_string_equal(trashed.file, other.file);
    assert_false(vt_trash_restore(&trashed, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    assert_false(is_there(at, "a"));
    files_write(trashed.info, "rubbish", 7);
    assert_false(vt_trash_restore(&other, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    vt_trashed_clear(&trashed);
    vt_trashed_clear(&other);
}

static void what_cannot_be_moved_stays_and_leaves_no_note(void **state)
{
    const place *at = *state;
    static const struct {
        int reason;
        vt_error_code code;
    } cases[] = {{EACCES, VT_ERROR_PERMISSION}, {EROFS, VT_ERROR_READ_ONLY}, {EXDEV, VT_ERROR_IO},
                 {EBUSY, VT_ERROR_BUSY},        {EIO, VT_ERROR_IO},          {ENOENT, VT_ERROR_NOT_FOUND}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_trashed trashed;
        vt_error error = VT_ERROR_INIT;
        const char *path = write_file(at, "a", "mine");
        calls.rename_reason = cases[i].reason;
        assert_false(vt_trash_move(at->home, path, NOW, &trashed, &error));
        assert_int_equal(error.code, cases[i].code);
        assert_non_null(strstr(error.message, path));
        assert_null(trashed.file);
        expect_text(path, "mine");
        assert_false(is_there(at, "data/Trash/info/a.trashinfo"));
    }
}

static void paths_that_are_none_are_refused(void **state)
{
    const place *at = *state;
    vt_trashed trashed;
    vt_error error = VT_ERROR_INIT;
    static const char *const bad[] = {"", "relative", "/", "/tmp/", "/tmp/.", "/tmp/.."};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(vt_trash_move(at->home, bad[i], NOW, &trashed, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    assert_false(vt_trash_move(at->home, files_path(at->root, "none"), NOW, &trashed, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_false(vt_trash_move(at->home, files_path(at->root, "none/none"), NOW, &trashed, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_false(is_there(at, "data")); /* no trash is made for nothing */
    vt_trashed first;
    move(at, write_file(at, "a", "mine"), &first);
    assert_false(vt_trash_move(at->home, first.file, NOW, &trashed, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_trashed_clear(&first);
}

static void a_trash_that_cannot_be_made_is_told(void **state)
{
    const place *at = *state;
    vt_trashed trashed;
    vt_error error = VT_ERROR_INIT;
    write_file(at, "data", "a file where the folder should be");
    const char *path = write_file(at, "a", "mine");
    assert_false(vt_trash_move(at->home, path, NOW, &trashed, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    expect_text(path, "mine");
    assert_int_equal(unlink(files_path(at->root, "data")), 0);
    files_folder(at->root, "data");
    files_folder(at->root, "data/Trash");
    assert_int_equal(symlink("/", files_path(at->home, "files")), 0);
    assert_false(vt_trash_move(at->home, path, NOW, &trashed, &error));
    assert_non_null(strstr(error.message, at->home));
    expect_text(path, "mine");
}

/* Runs a move in a process of its own that `calls` ends. */
static void move_and_be_stopped(const place *at, const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        vt_trashed trashed;
        vt_trash_move(at->home, path, NOW, &trashed, NULL);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), STOPPED);
}

static void stopped_before_the_rename_it_leaves_a_note_that_tidying_finds(void **state)
{
    const place *at = *state;
    size_t removed;
    vt_error error = VT_ERROR_INIT;
    const char *path = write_file(at, "a", "mine");
    int64_t now = vt_clock_wall();
    assert_true(vt_trash_tidy(at->home, at->root, now, &removed, &error)); /* no trash yet */
    assert_int_equal(removed, 0);
    assert_false(is_there(at, "data"));
    calls.stop_before = true;
    move_and_be_stopped(at, path);
    calls.stop_before = false;
    expect_text(path, "mine");
    assert_true(is_there(at, "data/Trash/info/a.trashinfo"));
    vt_trashed complete;
    move(at, path, &complete); /* the orphan is in nobody's way */
    files_write(files_path(at->home, "info/readme"), "x", 1);
    assert_true(vt_trash_tidy(at->home, at->root, now, &removed, &error));
    assert_int_equal(removed, 0); /* young: its file may be about to come */
    assert_true(
        vt_trash_tidy(at->home, at->root, now + VT_TRASH_TIDY_AGE + 60 * VT_NS_PER_S, &removed, &error));
    assert_int_equal(removed, 1);
    assert_false(is_there(at, "data/Trash/info/a.trashinfo"));
    assert_true(is_there(at, "data/Trash/info/readme"));
    restore(&complete);
    vt_trashed_clear(&complete);
}

static void stopped_after_the_rename_it_is_complete(void **state)
{
    const place *at = *state;
    size_t removed;
    const char *path = write_file(at, "a", "mine");
    calls.stop_after = true;
    move_and_be_stopped(at, path);
    calls.stop_after = false;
    assert_false(vt_move_is_there(path));
    assert_true(vt_trash_tidy(at->home, at->root, INT64_MAX / 2, &removed, NULL));
    assert_int_equal(removed, 0);
    vt_trashed trashed = {(char *)path, strdup(files_path(at->home, "files/a")),
                          strdup(files_path(at->home, "info/a.trashinfo"))};
    restore(&trashed);
    expect_text(path, "mine");
    free(trashed.file);
    free(trashed.info);
}

static void stopped_between_two_names_it_has_both(void **state)
{
    const place *at = *state;
    const char *path = write_file(at, "a", "mine");
    calls.rename_reason = EINVAL;
    calls.stop_linked = true;
    move_and_be_stopped(at, path);
    expect_text(path, "mine");
    expect_text(files_path(at->home, "files/a"), "mine");
    assert_true(is_there(at, "data/Trash/info/a.trashinfo"));
}

static void the_home_trash_is_where_xdg_has_it(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    setenv("XDG_DATA_HOME", "/some/data", 1);
    char *home = vt_trash_home(&error);
    assert_string_equal(home, "/some/data/Trash");
    free(home);
    setenv("XDG_DATA_HOME", "relative", 1);
    setenv("HOME", "/some/home", 1);
    home = vt_trash_home(&error);
    assert_string_equal(home, "/some/home/.local/share/Trash");
    free(home);
    unsetenv("HOME");
    assert_null(vt_trash_home(&error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    const struct CMUnitTest tests[] = {
        CASE(a_file_goes_and_comes_back),
        CASE(one_name_many_times),
        CASE(the_longest_names_fit),
        CASE(folders_and_links_go_themselves),
        CASE(restoring_overwrites_nothing),
        CASE(another_file_of_that_name_is_not_taken),
        CASE(what_cannot_be_moved_stays_and_leaves_no_note),
        CASE(paths_that_are_none_are_refused),
        CASE(a_trash_that_cannot_be_made_is_told),
        CASE(stopped_before_the_rename_it_leaves_a_note_that_tidying_finds),
        CASE(stopped_after_the_rename_it_is_complete),
        CASE(stopped_between_two_names_it_has_both),
        cmocka_unit_test(the_home_trash_is_where_xdg_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
