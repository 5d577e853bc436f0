/* vitrine duplicates: groups for people and for scripts. */

#include "tests/app/cli/library.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *other_folder;

/* sea.ppm, a copy and a hard link of it, hill.ppm once; in another folder a copy of hill.ppm, and the sea of
   half the size. */
static int set_up(void **state)
{
    (void)state;
    library_begin();
    other_folder = strdup(files_folder(here.folder, "other"));
    files_write_picture(files_path(here.folder, "sea.ppm"), 256, 128, 1);
    files_copy(files_path(here.folder, "sea.ppm"), files_path(here.folder, "sea (1).ppm"), 0);
    assert_int_equal(link(files_path(here.folder, "sea.ppm"), files_path(here.folder, "sea.link.ppm")), 0);
    files_write_picture(files_path(here.folder, "hill.ppm"), 100, 100, 77);
    files_copy(files_path(here.folder, "hill.ppm"), files_path(other_folder, "hill copy.ppm"), 0);
    files_copy(files_sample("Landscapes/aurora.jpg"), files_path(here.folder, "aurora.jpg"), 0);
    library_import();
    return 0;
}

static int tear_down(void **state)
{
    free(other_folder);
    return library_end(state);
}

static void groups_have_the_best_first(void **state)
{
    (void)state;
    char wanted[8 * 4096];
    program_result result = RUN("duplicates");
    assert_int_equal(result.status, 0);
    (void)snprintf(wanted, sizeof wanted,
                   "%s/sea.ppm\n%s/sea.link.ppm\n%s/sea (1).ppm\n\n%s/hill.ppm\n%s/hill copy.ppm\n",
                   here.folder, here.folder, here.folder, here.folder, other_folder);
    if (strstr(result.out, "sea.link.ppm\n") <
        strstr(result.out, "sea.ppm\n")) { /* either name of the file */
        (void)snprintf(wanted, sizeof wanted,
                       "%s/sea.link.ppm\n%s/sea.ppm\n%s/sea (1).ppm\n\n%s/hill.ppm\n%s/hill copy.ppm\n",
                       here.folder, here.folder, here.folder, here.folder, other_folder);
    }
    assert_string_equal(result.out, wanted);
    assert_non_null(strstr(result.err, "5 items in 2 groups"));
    program_result_free(&result);
}

static void scripts_get_what_is_superfluous(void **state)
{
    (void)state;
    program_result result = RUN("duplicates", "--paths0");
    assert_int_equal(result.status, 0);
    /* Neither the best nor the hard link to it. */
    assert_int_equal(result.length, strlen(here.folder) + sizeof "/sea (1).ppm" + strlen(other_folder) +
                                        sizeof "/hill copy.ppm");
    assert_non_null(strstr(result.out, "sea (1).ppm"));
    assert_string_equal(result.out + strlen(here.folder) + sizeof "/sea (1).ppm" + strlen(other_folder),
                        "/hill copy.ppm");
    program_result_free(&result);
}

static void json_tells_all(void **state)
{
    (void)state;
    program_result result = RUN("duplicates", "--json", here.folder);
    json_value value = json_parse(result.out, result.length);
    json_value groups = json_member(value, "groups");
    assert_int_equal(json_count(groups), 2);
    json_value first = json_item(groups, 0);
    assert_int_equal((int)json_number(json_member(first, "files")), 2);
    struct stat facts;
    assert_int_equal(stat(files_path(here.folder, "sea.ppm"), &facts), 0);
    assert_int_equal((int64_t)json_number(json_member(first, "gain")), facts.st_size);
    json_value items = json_member(first, "items");
    assert_int_equal(json_count(items), 3);
    assert_true(json_contains(json_member(json_item(items, 2), "path"), "sea (1).ppm"));
    assert_int_equal((int)json_number(json_member(value, "not_compared")), 0);
    program_result_free(&result);
}

static void paths_narrow_it(void **state)
{
    (void)state;
    program_result result = RUN("duplicates", other_folder);
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out, "");
    program_result_free(&result);
    result = RUN("duplicates", other_folder, files_path(here.folder, "hill.ppm"));
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "hill copy.ppm"));
    assert_null(strstr(result.out, "sea"));
    program_result_free(&result);
    result = RUN("duplicates", "/nowhere/at/all");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "/nowhere/at/all"));
    program_result_free(&result);
}

static void what_is_only_equal_does_not_look_alike(void **state)
{
    (void)state;
    program_result result = RUN("duplicates", "--alike", "--json");
    assert_int_equal(result.status, 0);
    json_value value = json_parse(result.out, result.length);
    assert_true(json_contains(json_member(value, "kind"), "alike"));
    assert_int_equal((int)json_number(json_member(value, "without_thumbnail")), 0);
    program_result_free(&result);
}

/* A file that changed since its import is no duplicate of what it was: told, and by the status. */
static void what_changed_is_told(void **state)
{
    (void)state;
    int fd = open(files_path(here.folder, "sea (1).ppm"), O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, "x", 1, 100), 1);
    close(fd);
    program_result result = RUN("duplicates");
    assert_int_equal(result.status, 4);
    assert_null(strstr(result.out, "sea (1).ppm"));
    assert_non_null(strstr(result.err, "1 files could not be compared"));
    program_result_free(&result);
    result = RUN("duplicates", "--json", "--paths0");
    assert_int_equal(result.status, 2);
    program_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_have_the_best_first),
        cmocka_unit_test(scripts_get_what_is_superfluous),
        cmocka_unit_test(json_tells_all),
        cmocka_unit_test(paths_narrow_it),
        cmocka_unit_test(what_is_only_equal_does_not_look_alike),
        cmocka_unit_test(what_changed_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
