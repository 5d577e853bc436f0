/* A catalog of an older version: the copy that is made before it is upgraded, and a program that is killed at
 * any moment of that. */
#include "core/catalog/fixture.h"

#include "core/catalog/version_1.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* Every change of the disk that this program makes, ours and SQLite's, comes along here: the `kill_at`th
 * kills it. */
static int kill_at, changes; /* 0: never */

static void count_change(void)
{
    if (++changes == kill_at) {
        kill(getpid(), SIGKILL);
    }
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): glibc's parameters are reserved names. */
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at)
{
    count_change();
    return syscall(SYS_pwrite64, file, bytes, count, at);
}

int ftruncate64(int file, off64_t length)
{
    count_change();
    return (int)syscall(SYS_ftruncate, file, length);
}

int unlink(const char *path)
{
    count_change();
    return (int)syscall(SYS_unlink, path);
}

int rename(const char *from, const char *to)
{
    count_change();
    return (int)syscall(SYS_rename, from, to);
}

/* No power fails here: real syncs would only take time. */
int fsync(int file)
{
    (void)file;
    count_change();
    return 0;
}

int fdatasync(int file)
{
    (void)file;
    count_change();
    return 0;
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

/* The names in the scratch folder that contain `part`; the path of the last one goes to `path`. */
static int count_names(const char *part, char path[400])
{
    DIR *entries = opendir(fixture_folder);
    assert_non_null(entries);
    int count = 0;
    const struct dirent *entry = NULL;
    while ((entry = readdir(entries)) != NULL) {
        if (strstr(entry->d_name, part)) {
            count++;
            snprintf(path, 400, "%s/%s", fixture_folder, entry->d_name);
        }
    }
    closedir(entries);
    return count;
}

static int64_t sound(const char *path)
{
    return fixture_number(path,
                          "SELECT (SELECT group_concat(integrity_check) FROM pragma_integrity_check) = 'ok' "
                          "AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_check)");
}

/* What a user had in version 1 is all there, in whichever version the file is. */
static void expect_old_rows(const char *path)
{
    assert_int_equal(sound(path), 1);
    assert_int_equal(fixture_number(path, "SELECT count(*) FROM item"), FIXTURE_VERSION_1_ITEMS);
    assert_int_equal(fixture_number(path, "SELECT sum(rating) FROM item"), 499 / 6 * 15 + 1);
    assert_int_equal(fixture_number(path, "SELECT count(*) FROM failure WHERE name = x'fe2e73746c'"), 1);
    assert_int_equal(fixture_number(path, "SELECT count(*) FROM property WHERE value LIKE '0011%eeff'"), 1);
}

static void test_a_catalog_of_version_1_is_upgraded_with_a_copy_beside_it(void **state)
{
    (void)state;
    fixture_make_version_1(fixture_path);
    vt_error error = VT_ERROR_INIT;
    assert_null(fixture_try_open(VT_CATALOG_READ_ONLY, &error)); /* reading upgrades nothing */
    assert_int_equal(error.code, VT_ERROR_VERSION);
    assert_non_null(strstr(error.message, "for writing once"));
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_string_equal(vt_catalog_identity(catalog), "00112233445566778899aabbccddeeff");
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_item item;
    assert_true(vt_catalog_reader_item(reader, 500, &item, NULL));
    assert_int_equal(item.media.triangles, 12);
    assert_memory_equal(item.path, "/\xff./\xfe.stl", 9);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
    expect_old_rows(fixture_path);
    assert_int_equal(fixture_number(fixture_path, "PRAGMA user_version"), vt_catalog_newest_version());

    char copy[400];
    char name[32];
    snprintf(name, sizeof name, ".before-v%d-2", vt_catalog_newest_version()); /* of this millennium */
    assert_int_equal(count_names(".before-v", copy), 1);
    assert_non_null(strstr(copy, name));
    assert_int_equal(fixture_number(copy, "PRAGMA user_version"), 1);
    expect_old_rows(copy);
    assert_int_equal(count_names(".unfinished-", copy), 0);

    vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE)); /* nothing left to do, no copy more */
    assert_int_equal(count_names(".before-v", copy), 1);
}

static void test_a_new_catalog_needs_no_copy(void **state)
{
    (void)state;
    char found[400];
    vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE));
    assert_int_equal(count_names(".before-v", found), 0);
}

static void test_without_room_for_the_copy_nothing_changes(void **state)
{
    (void)state;
    fixture_make_version_1(fixture_path);
    size_t length = 0;
    size_t length_after = 0;
    char *before = fixture_slurp(fixture_path, &length);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit ordinary;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &ordinary), 0);
    struct rlimit tight = {.rlim_cur = length / 2, .rlim_max = ordinary.rlim_max};
    vt_error error = VT_ERROR_INIT;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &ordinary), 0);
    assert_null(catalog);
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    assert_non_null(strstr(error.message, "version 1"));
    assert_non_null(strstr(error.message, "make room"));
    assert_non_null(strstr(error.message, "nothing was changed"));
    char *after = fixture_slurp(fixture_path, &length_after);
    assert_int_equal(length_after, length);
    assert_memory_equal(after, before, length);
    char found[400];
    assert_int_equal(count_names(".before-v", found) + count_names(".unfinished-", found), 0);
    free(before);
    free(after);
    vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE)); /* with room again */
    expect_old_rows(fixture_path);
}

static void test_a_damaged_catalog_is_not_upgraded(void **state)
{
    (void)state;
    fixture_make_version_1(fixture_path);
    int64_t leaf =
        fixture_number(fixture_path, "SELECT max(pageno) FROM dbstat WHERE name = 'item' AND pagetype = "
                                     "'leaf'");
    assert_true(leaf > 1);
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    memset(bytes + (leaf - 1) * 4096, 0xee, 4096);
    fixture_spill(fixture_path, bytes, length);
    free(bytes);
    vt_error error = VT_ERROR_INIT;
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    assert_non_null(strstr(error.message, "--repair"));
    assert_int_equal(fixture_number(fixture_path, "PRAGMA user_version"), 1);
}

/* Opens in a child that is killed at its `at`th change of the disk. False if it made fewer. */
static bool open_and_be_killed(int at)
{
    fflush(NULL);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        kill_at = at;
        changes = 0;
        vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, NULL);
        vt_catalog_close(catalog);
        _exit(catalog ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

static void test_a_kill_at_any_change_leaves_the_old_or_the_new_version(void **state)
{
    (void)state;
    int points = 0;
    int old = 0;
    for (int at = 1;; at++, points++) {
        kill_at = 0;
        assert_int_equal(nftw(fixture_folder, fixture_remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
        assert_int_equal(mkdir(fixture_folder, 0700), 0);
        fixture_make_version_1(fixture_path);
        if (!open_and_be_killed(at)) {
            break;
        }
        int64_t version = fixture_number(fixture_path, "PRAGMA user_version");
        char copy[400];
        /* each step is a whole: the tables of a version are there exactly if its number is */
        assert_int_equal(
            fixture_number(fixture_path, "SELECT count(*) FROM sqlite_schema WHERE name IN ('tag', 'note')"),
            version >= 2 ? 2 : 0);
        expect_old_rows(fixture_path);
        assert_true(version == 1 || count_names(".before-v", copy) == 1);
        old += version == 1;

        vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE)); /* the next start goes on */
        assert_int_equal(fixture_number(fixture_path, "PRAGMA user_version"), vt_catalog_newest_version());
        expect_old_rows(fixture_path);
        assert_int_equal(count_names(".unfinished-", copy), 0);
        assert_true(count_names(".before-v", copy) >= 1);
        /* killed between two steps, the next start keeps a copy of what it found, too */
        int64_t copied = fixture_number(copy, "PRAGMA user_version");
        assert_true(copied == 1 || copied == version);
        expect_old_rows(copy);
    }
    print_message("killed at each of %d changes: %d times the old version, %d times the new\n", points, old,
                  points - old);
    assert_true(old > 10 && points - old > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_catalog_of_version_1_is_upgraded_with_a_copy_beside_it),
        fixture_test(test_a_new_catalog_needs_no_copy),
        fixture_test(test_without_room_for_the_copy_nothing_changes),
        fixture_test(test_a_damaged_catalog_is_not_upgraded),
        fixture_test(test_a_kill_at_any_change_leaves_the_old_or_the_new_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
