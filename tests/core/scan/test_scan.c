/* The scan over trees in which there is everything a disk can hold: on the caller's thread, and ahead on its
   own. */
#include "tests/support/check.h"

#include "core/scan/scan_ahead.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SEEN_MAX = 4096 };

typedef struct listing {
    char *paths[SEEN_MAX]; /* of files, absolute */
    bool special[SEEN_MAX];
    size_t count;
    size_t folders, complete, parts, troubles;
    char trouble_path[PATH_MAX], trouble_message[512];
    size_t longest;
    size_t stop_after; /* 0: never */
    size_t chunk_peak;
} listing;

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    listing *list = user;
    list->parts += !whole;
    assert_int_equal(strlen(path), length);
    list->folders++;
    return true;
}

static bool files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    listing *list = user;
    if (count > list->chunk_peak) {
        list->chunk_peak = count;
    }
    for (size_t i = 0; i < count; i++) {
        assert_true(list->count < SEEN_MAX);
        assert_int_equal(strlen(found[i].name), found[i].name_length);
        char *full = malloc(length + found[i].name_length + 2);
        assert_non_null(full);
        memcpy(full, path, length);
        full[length] = '/';
        memcpy(full + length + 1, found[i].name, found[i].name_length + 1);
        if (strlen(full) > list->longest) {
            list->longest = strlen(full);
        }
        list->special[list->count] = found[i].special;
        list->paths[list->count++] = full;
    }
    return list->stop_after == 0 || list->count < list->stop_after;
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    (void)path;
    (void)length;
    ((listing *)user)->complete += complete;
    return true;
}

static bool trouble(void *user, const char *path, size_t length, const vt_error *error)
{
    listing *list = user;
    list->troubles++;
    snprintf(list->trouble_path, sizeof list->trouble_path, "%.*s", (int)length, path);
    snprintf(list->trouble_message, sizeof list->trouble_message, "%s", error->message);
    return true;
}

static bool ahead;

/* Walks `count` paths with one scan. */
static bool walk(listing *list, const vt_scan_options *options, const char *const *paths, size_t count,
                 vt_scan_figures *figures, vt_error *error)
{
    const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, list};
    vt_scan *scan = vt_scan_create(options);
    assert_non_null(scan);
    vt_scan_figures seen = {0};
    bool done = true;
    for (size_t i = 0; i < count && done; i++) {
        done = ahead ? vt_scan_ahead_walk(scan, paths[i], &visitor, &seen, error)
                     : vt_scan_walk(scan, paths[i], &visitor, error);
    }
    vt_scan_figures last;
    vt_scan_get_figures(scan, &last);
    assert_true(!ahead || memcmp(&seen, &last, sizeof last) == 0);
    if (figures) {
        *figures = last;
    }
    vt_scan_free(scan);
    return done;
}

static void walk_one(listing *list, const char *path, vt_scan_figures *figures)
{
    vt_error error = VT_ERROR_INIT;
    if (!walk(list, &(vt_scan_options){0}, &path, 1, figures, &error)) {
        fail_msg("%s", error.message);
    }
}

static const bool *find(const listing *list, const char *folder, const char *name)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->paths[i], path) == 0) {
            return &list->special[i];
        }
    }
    return NULL;
}

static void forget(listing *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->paths[i]);
    }
    free(list);
}

static listing *start(void)
{
    listing *list = calloc(1, sizeof *list);
    assert_non_null(list);
    return list;
}

static int set_up(void **state)
{
    *state = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    files_remove(*state);
    return 0;
}

static void names_of_known_formats_are_found_whatever_bytes_they_hold(void **state)
{
    const char *root = *state;
    static const char *const names[] = {"a.png",
                                        "B.JPG",
                                        "caf\xe9.ppm",
                                        "two\nlines.stl",
                                        "dots...gif",
                                        "-rf.bmp",
                                        "name with \"quotes\".tga"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        files_write(files_path(root, names[i]), "x", 1);
    }
    files_write(files_path(root, "notes.txt"), "x", 1);
    files_write(files_path(root, "README"), "x", 1);
    files_write(files_path(root, ".hidden.png"), "x", 1);
    files_write(files_path(root, "Thumbs.db"), "x", 1);
    listing *list = start();
    vt_scan_figures figures;
    walk_one(list, root, &figures);
    assert_int_equal(list->count, sizeof names / sizeof *names);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const bool *special = find(list, root, names[i]);
        assert_non_null(special);
        assert_false(*special);
    }
    assert_int_equal(figures.skipped, 4);
    assert_int_equal(figures.stats, sizeof names / sizeof *names + 1); /* one each, and the folder given */
    forget(list);
}

static void hidden_names_are_found_when_asked_for_but_never_junk(void **state)
{
    const char *root = *state;
    files_write(files_path(root, ".hidden.png"), "x", 1);
    files_write(files_path(root, "._photo.jpg"), "x", 1);
    files_write(files_path(files_folder(root, ".private"), "in.png"), "x", 1);
    files_write(files_path(files_folder(root, ".git"), "logo.png"), "x", 1);
    files_write(files_path(files_folder(root, "@eaDir"), "thumb.jpg"), "x", 1);
    listing *list = start();
    vt_error error = VT_ERROR_INIT;
    assert_true(walk(list, &(vt_scan_options){.hidden = true}, &root, 1, NULL, &error));
    assert_int_equal(list->count, 2);
    assert_non_null(find(list, root, ".hidden.png"));
    assert_non_null(find(list, root, ".private/in.png"));
    forget(list);
    list = start();
    walk_one(list, root, NULL);
    assert_int_equal(list->count, 0);
    forget(list);
}

static void links_are_counted_and_hard_links_are_files(void **state)
{
    const char *root = *state;
    const char *below = strdup(files_folder(root, "below"));
    files_write(files_path(root, "one.png"), "x", 1);
    assert_int_equal(link(files_path(root, "one.png"), files_path(root, "two.png")), 0);
    assert_int_equal(symlink("one.png", files_path(root, "link.png")), 0);
    assert_int_equal(symlink("nowhere", files_path(root, "dangling.png")), 0);
    assert_int_equal(symlink("..", files_path(below, "up")), 0);
    assert_int_equal(symlink(".", files_path(below, "here")), 0);
    assert_int_equal(symlink("a", files_path(below, "b")), 0);
    assert_int_equal(symlink("b", files_path(below, "a")), 0);
    listing *list = start();
    vt_scan_figures figures;
    walk_one(list, root, &figures);
    assert_int_equal(list->count, 2);
    assert_int_equal(figures.links, 6);
    assert_int_equal(figures.folders, 2);
    forget(list);
    free((char *)below);
}

static void what_is_no_file_is_told_and_never_opened(void **state)
{
    const char *root = *state;
    assert_int_equal(mkfifo(files_path(root, "pipe.png"), 0644), 0);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(listener >= 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", files_path(root, "socket.stl"));
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    files_folder(root, "folder.jpg"); /* a folder with a file's name is walked */
    files_write(files_path(root, "folder.jpg/in.png"), "x", 1);
    listing *list = start();
    walk_one(list, root, NULL); /* opening the FIFO would wait for ever */
    assert_int_equal(list->count, 3);
    assert_true(*find(list, root, "pipe.png"));
    assert_true(*find(list, root, "socket.stl"));
    assert_false(*find(list, root, "folder.jpg/in.png"));
    forget(list);
    close(listener);
}

static void folders_nested_deeper_than_a_path_may_be_are_walked(void **state)
{
    const char *root = *state;
    enum { DEPTH = 300 };
    char name[200];
    memset(name, 'd', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    int at = open(root, O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < DEPTH; i++) {
        assert_int_equal(mkdirat(at, name, 0755), 0);
        int next = openat(at, name, O_DIRECTORY | O_CLOEXEC);
        assert_true(next >= 0);
        close(at);
        at = next;
    }
    close(openat(at, "deep.png", O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
    close(at);
    listing *list = start();
    vt_scan_figures figures;
    walk_one(list, root, &figures);
    assert_int_equal(list->count, 1);
    assert_int_equal(figures.folders, DEPTH + 1);
    assert_true(list->longest > (size_t)DEPTH * sizeof name);
    assert_int_equal(list->troubles, 0);
    forget(list);
    /* Plain rm does this too, but not files_remove by path. */
    pid_t child = fork();
    if (child == 0) {
        execlp("rm", "rm", "-rf", files_path(root, name), (char *)NULL);
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void a_folder_is_visited_once(void **state)
{
    const char *root = *state;
    const char *below = strdup(files_folder(root, "below"));
    files_write(files_path(below, "one.png"), "x", 1);
    const char *const paths[] = {root, below, root};
    listing *list = start();
    vt_error error = VT_ERROR_INIT;
    assert_true(walk(list, &(vt_scan_options){0}, paths, 3, NULL, &error));
    assert_int_equal(list->count, 1);
    assert_int_equal(list->folders, 2);
    forget(list);
    /* The same folder by another name: a bind mount of the root inside itself would never end. */
    if (mount(root, files_folder(root, "mounted"), NULL, MS_BIND, NULL) != 0) {
        print_message("no right to mount here: that part is not tested\n");
    } else {
        list = start();
        walk_one(list, root, NULL);
        umount2(files_path(root, "mounted"), MNT_DETACH);
        assert_int_equal(list->count, 1);
        forget(list);
    }
    free((char *)below);
}

static void a_file_may_be_given_itself(void **state)
{
    const char *root = *state;
    files_write(files_path(root, "one.png"), "x", 1);
    files_write(files_path(root, "two.png"), "x", 1);
    files_write(files_path(root, "notes.txt"), "x", 1);
    const char *const paths[] = {files_path(root, "one.png"), files_path(root, "notes.txt")};
    listing *list = start();
    vt_error error = VT_ERROR_INIT;
    vt_scan_figures figures;
    assert_true(walk(list, &(vt_scan_options){0}, paths, 2, &figures, &error));
    assert_int_equal(list->count, 1);
    assert_non_null(find(list, root, "one.png"));
    assert_int_equal(list->parts, 1);
    assert_int_equal(list->complete, 0); /* two.png must not count as gone */
    assert_int_equal(figures.skipped, 1);
    forget(list);
}

static void the_catalogs_own_files_are_passed_over(void **state)
{
    const char *root = *state;
    files_write(files_path(root, "library.png"), "x", 1); /* named to be caught */
    files_write(files_path(root, "one.png"), "x", 1);
    struct stat facts;
    assert_int_equal(stat(files_path(root, "library.png"), &facts), 0);
    vt_own_files own = {.count = 1};
    own.files[0].dev = facts.st_dev;
    own.files[0].ino = facts.st_ino;
    listing *list = start();
    vt_error error = VT_ERROR_INIT;
    assert_true(walk(list, &(vt_scan_options){.own = &own}, (const char *const *)state, 1, NULL, &error));
    assert_int_equal(list->count, 1);
    assert_non_null(find(list, root, "one.png"));
    forget(list);
}

/* In a child without privileges, since root may read everything. */
static void an_unreadable_folder_is_told_and_the_walk_goes_on(void **state)
{
    const char *root = *state;
    files_write(files_path(files_folder(root, "open"), "one.png"), "x", 1);
    files_write(files_path(files_folder(root, "locked"), "two.png"), "x", 1);
    assert_int_equal(chmod(files_path(root, "locked"), 0), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(77);
        }
        listing *list = start();
        const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, list};
        vt_scan *scan = vt_scan_create(&(vt_scan_options){0});
        vt_error error = VT_ERROR_INIT;
        bool walked = vt_scan_walk(scan, root, &visitor, &error);
        bool right = walked && list->count == 1 && list->troubles == 1 &&
                     strstr(list->trouble_path, "/locked") && strstr(list->trouble_message, "ermission");
        vt_scan_free(scan);
        _exit(right ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(chmod(files_path(root, "locked"), 0755), 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        print_message("privileges cannot be dropped here\n");
        skip();
    }
    assert_int_equal(status, 0);
}

static void a_large_folder_comes_in_chunks_and_the_walk_can_be_stopped(void **state)
{
    const char *root = *state;
    enum { COUNT = 1000 };
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d.png", i);
        files_write(files_path(root, name), "", 0);
    }
    listing *list = start();
    walk_one(list, root, NULL);
    assert_int_equal(list->count, COUNT);
    assert_int_equal(list->chunk_peak, VT_SCAN_CHUNK);
    assert_int_equal(list->complete, 1);
    forget(list);

    list = start();
    list->stop_after = VT_SCAN_CHUNK;
    vt_error error = VT_ERROR_INIT;
    assert_false(walk(list, &(vt_scan_options){0}, (const char *const *)state, 1, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_int_equal(list->count, VT_SCAN_CHUNK);
    assert_int_equal(list->complete, 0);
    forget(list);

    list = start();
    vt_cancel *cancel = vt_cancel_create(NULL);
    vt_cancel_request(cancel);
    assert_false(
        walk(list, &(vt_scan_options){.cancel = cancel}, (const char *const *)state, 1, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_int_equal(list->count, 0);
    vt_cancel_unref(cancel);
    forget(list);
}

static void a_path_that_is_not_there_is_told(void **state)
{
    (void)state;
    listing *list = start();
    walk_one(list, "/no/such/folder", NULL);
    assert_int_equal(list->troubles, 1);
    assert_string_equal(list->trouble_path, "/no/such/folder");
    forget(list);
}

static void too_many_waiting_folders_are_refused(void **state)
{
    const char *root = *state;
    for (int i = 0; i < 5; i++) {
        char name[8];
        snprintf(name, sizeof name, "%d", i);
        files_folder(root, name);
    }
    listing *list = start();
    vt_error error = VT_ERROR_INIT;
    assert_false(
        walk(list, &(vt_scan_options){.folders_limit = 3}, (const char *const *)state, 1, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    forget(list);
}

#define SCAN_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCAN_TEST(names_of_known_formats_are_found_whatever_bytes_they_hold),
        SCAN_TEST(hidden_names_are_found_when_asked_for_but_never_junk),
        SCAN_TEST(links_are_counted_and_hard_links_are_files),
        SCAN_TEST(what_is_no_file_is_told_and_never_opened),
        SCAN_TEST(folders_nested_deeper_than_a_path_may_be_are_walked),
        SCAN_TEST(a_folder_is_visited_once),
        SCAN_TEST(a_file_may_be_given_itself),
        SCAN_TEST(the_catalogs_own_files_are_passed_over),
        SCAN_TEST(an_unreadable_folder_is_told_and_the_walk_goes_on),
        SCAN_TEST(a_large_folder_comes_in_chunks_and_the_walk_can_be_stopped),
        SCAN_TEST(a_path_that_is_not_there_is_told),
        SCAN_TEST(too_many_waiting_folders_are_refused),
    };
    int failed = cmocka_run_group_tests_name("on the caller's thread", tests, NULL, NULL);
    ahead = true;
    return failed + cmocka_run_group_tests_name("ahead on its own thread", tests, NULL, NULL);
}
