/* What figures are measured on: always the same, and real files; a place of its own that goes without a
 * trace. */
#include "tests/support/check.h"

#include "core/bench/data.h"
#include "core/bench/figure.h"
#include "core/bench/measure.h"
#include "core/bench/place.h"
#include "core/decode/format.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void pictures_are_the_same_each_time_and_differ_by_number(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_bench_bytes first, again, other;
    assert_true(vt_bench_make_picture(VT_PICTURE_JPEG, 320, 200, 4, &first, &error));
    assert_true(vt_bench_make_picture(VT_PICTURE_JPEG, 320, 200, 4, &again, &error));
    assert_true(vt_bench_make_picture(VT_PICTURE_JPEG, 320, 200, 5, &other, &error));
    assert_int_equal(first.size, again.size);
    assert_memory_equal(first.data, again.data, first.size);
    assert_true(first.size != other.size || memcmp(first.data, other.data, first.size) != 0);
    assert_int_equal(vt_format_sniff(first.data, first.size, first.size, VT_FORMAT_UNKNOWN, &error),
                     VT_FORMAT_JPEG);
    free(first.data);
    free(again.data);
    free(other.data);
    /* Too large for the format: nothing is left behind. */
    assert_false(vt_bench_make_picture(VT_PICTURE_JPEG, 70000, 1, 1, &first, &error));
    assert_null(first.data);
}

static void models_have_as_many_triangles_as_they_say(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_bench_bytes model;
    assert_true(vt_bench_make_model(10, 1, &model, &error));
    assert_int_equal(model.size, 84 + 200 * 50);
    assert_int_equal(vt_format_sniff(model.data, model.size, model.size, VT_FORMAT_STL, &error),
                     VT_FORMAT_STL);
    free(model.data);
}

static void a_folder_of_files_is_made_once(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    char *root = files_temporary_folder();
    char *folder = strdup(files_path(root, "files"));
    struct stat before, after;
    assert_true(vt_bench_make_files(folder, 14, 6, &error));
    assert_int_equal(stat(files_path(folder, "part 000/00000 picture.jpg"), &before), 0);
    assert_int_equal(stat(files_path(folder, "part 000/00002 picture.png"), &after), 0);
    assert_int_equal(stat(files_path(folder, "part 000/00005 picture.stl"), &after), 0);
    assert_int_equal(stat(files_path(folder, "part 002/00013 picture.jpg"), &after), 0);
    assert_int_equal(access(files_path(folder, "part 002/00014 picture.png"), F_OK), -1);
    assert_true(vt_bench_make_files(folder, 14, 6, &error));
    assert_int_equal(stat(files_path(folder, "part 000/00000 picture.jpg"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(access(files_path(root, "files.part"), F_OK), -1);
    free(folder);
    assert_false(vt_bench_make_files(files_path(root, "no/such"), 1, 1, &error));
    assert_non_null(strstr(error.message, "no/such"));
    files_remove(root);
}

static void a_place_is_a_home_and_goes_without_a_trace(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    char *root = files_temporary_folder();
    vt_bench_place place;
    struct stat facts = {0};
    assert_non_null(root);
    setenv("TMPDIR", root, 1);
    assert_true(vt_bench_place_make(&place, &error));
    assert_memory_equal(place.folder, root, strlen(root));
    static const char *const homes[] = {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                        "XDG_STATE_HOME", "XDG_RUNTIME_DIR"};
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        const char *home = getenv(homes[i]);
        if (!home || strncmp(home, place.folder, strlen(place.folder)) != 0 || stat(home, &facts) != 0) {
            fail_msg("%s is not below %s", homes[i], place.folder);
        }
        assert_int_equal(facts.st_mode & 0777, 0700);
    }
    files_write(files_path(place.folder, "x"), "x", 1);
    assert_int_equal(symlink(root, files_path(place.folder, "out")), 0);
    files_write(files_path(root, "kept"), "x", 1);
    vt_bench_place_remove(&place);
    assert_int_equal(access(place.folder, F_OK), -1);
    assert_int_equal(access(files_path(root, "kept"), F_OK), 0); /* links are not followed */
    setenv("TMPDIR", files_path(root, "nowhere"), 1);
    assert_false(vt_bench_place_make(&place, &error));
    assert_non_null(strstr(error.message, "TMPDIR"));
    char *long_path = calloc(1, 400);
    assert_non_null(long_path);
    memset(long_path, 'x', 399);
    setenv("TMPDIR", long_path, 1);
    assert_false(vt_bench_place_make(&place, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    free(long_path);
    unsetenv("TMPDIR");
    files_remove(root);
}

/* Each figure of core works once. Those of imports need the helper: tests/app/cli/test_bench_command.c. */
static void every_figure_can_be_measured(void **state)
{
    (void)state;
    static const vt_bench_figure *const tables[] = {vt_bench_layout_figures, vt_bench_provider_figures,
                                                    vt_bench_index_figures, vt_bench_decode_figures};
    vt_error error = VT_ERROR_INIT;
    vt_bench_place place;
    assert_true(vt_bench_place_make(&place, &error));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (const vt_bench_figure *figure = tables[i]; figure->name; figure++) {
            vt_bench_round round;
            if (figure->clock == VT_BENCH_MEMORY) {
                continue; /* in a process that has done nothing before */
            }
            if (!vt_bench_measure(figure, &place, 1, &round, &error)) {
                fail_msg("%s: %s", figure->name, error.message);
            }
            assert_true(round.cost > 0 && round.relative > 0);
        }
    }
    vt_bench_place_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_the_same_each_time_and_differ_by_number),
        cmocka_unit_test(models_have_as_many_triangles_as_they_say),
        cmocka_unit_test(a_folder_of_files_is_made_once),
        cmocka_unit_test(a_place_is_a_home_and_goes_without_a_trace),
        cmocka_unit_test(every_figure_can_be_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
