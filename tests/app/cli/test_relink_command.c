/* The command `relink`: a preview that changes nothing, then the same done. */

#include "tests/app/cli/library.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 12 };

static char *moved_folder;

static int set_up(void **state)
{
    (void)state;
    library_begin();
    moved_folder = strdup(files_path(here.root, "moved"));
    for (int i = 0; i < PICTURES; i++) {
        char name[20];
        snprintf(name, sizeof name, "%02d.ppm", i);
        files_write_picture(files_path(here.folder, name), 20, 10, (unsigned)i);
    }
    library_import();
    return rename(here.folder, moved_folder);
}

static int tear_down(void **state)
{
    free(moved_folder);
    return library_end(state);
}

static int64_t member(const program_result *result, const char *name)
{
    return (int64_t)json_number(json_member(library_parse(result), name));
}

static void preview_then_done(void **state)
{
    (void)state;
    program_result result = RUN("relink", "--dry-run", here.folder, moved_folder);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "/library/07.ppm -> "));
    assert_non_null(strstr(result.out, "/moved/07.ppm (inode)\n"));
    program_result_free(&result);

    result = RUN("relink", "--dry-run", "--json", here.folder, moved_folder);
    assert_int_equal(member(&result, "found"), PICTURES);
    assert_int_equal(member(&result, "moved"), 0);
    program_result_free(&result);
    result = RUN("relink", "--json", here.folder, moved_folder); /* the previews have changed nothing */
    assert_int_equal(result.status, 0);
    assert_int_equal(member(&result, "sought"), PICTURES);
    assert_int_equal(member(&result, "moved"), PICTURES);
    program_result_free(&result);

    result = RUN("import", "--json", moved_folder);
    assert_int_equal(member(&result, "unchanged"), PICTURES);
    program_result_free(&result);
    result = RUN("relink", "--json", moved_folder); /* nothing is missing */
    assert_int_equal(member(&result, "sought"), 0);
    program_result_free(&result);
}

/* A sequence of which not all frames are there: said, and left. */
static void a_sequence_in_part_is_told(void **state)
{
    (void)state;
    char *from = strdup(files_folder(here.root, "reel"));
    char *to = strdup(files_folder(here.root, "half"));
    for (int i = 1; i <= PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "shot.%04d.ppm", i);
        files_write_picture(files_path(from, name), 20, 10, (unsigned)i);
    }
    program_result result = RUN("import", "--json", from);
    assert_int_equal(member(&result, "imported"), 1);
    program_result_free(&result);
    for (int i = 1; i <= 4; i++) {
        char name[32];
        snprintf(name, sizeof name, "shot.%04d.ppm", i);
        char *path = strdup(files_path(from, name));
        assert_int_equal(rename(path, files_path(to, name)), 0);
        free(path);
    }
    result = RUN("relink", "--dry-run", from, to);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "left, only 4 of 12 frames are there: "));
    assert_non_null(strstr(result.out, "/reel/shot.####.ppm -> "));
    assert_non_null(strstr(result.out, "/half/shot.####.ppm\n"));
    program_result_free(&result);
    result = RUN("relink", from, to);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.err, "sequences left as they are: 1, of which only some"));
    program_result_free(&result);
    result = RUN("relink", "--json", from, to);
    assert_int_equal(member(&result, "moved"), 0);
    json_value value = json_parse(result.out, result.length);
    json_value part = json_item(json_member(value, "in_part"), 0);
    assert_int_equal(json_number(json_member(part, "frames_found")), 4);
    assert_int_equal(json_number(json_member(part, "frames")), PICTURES);
    program_result_free(&result);

    char command[1000];
    snprintf(command, sizeof command, "mv %s/* %s", from, to);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
    result = RUN("relink", "--json", from, to);
    assert_int_equal(member(&result, "moved"), 1);
    program_result_free(&result);
    free(to);
    free(from);
}

static void wrong_use_is_told(void **state)
{
    (void)state;
    program_result result = RUN("relink");
    assert_int_equal(result.status, 2);
    program_result_free(&result);
    result = RUN("relink", "/nowhere/old", "/nowhere/new");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "/nowhere/new"));
    program_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(preview_then_done),
        cmocka_unit_test(a_sequence_in_part_is_told),
        cmocka_unit_test(wrong_use_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
