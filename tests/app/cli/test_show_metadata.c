/* A photograph from its bytes to what `show` prints: helper, import, catalog and command together. */
#include "tests/app/cli/library.h"
#include "tests/core/decode/tiff_block.h"

#include <stdlib.h>
#include <string.h>

/* Exposed for so long: a ratio of seconds. */
static void write_photograph(const char *path, uint32_t above, uint32_t below)
{
    size_t size = 0;
    char *sample = files_read(files_sample("Landscapes/aurora.jpg"), &size);
    tiff_block t;
    tiff_camera(&t, true, NULL, 0);
    uint8_t *time = memmem(t.bytes, t.size, "\0\0\0\1\0\0\0\xc8", 8); /* 1/200 */
    assert_non_null(time);
    tiff_put(&t, (size_t)(time - t.bytes) - t.start, above, 4);
    tiff_put(&t, (size_t)(time - t.bytes) - t.start + 4, below, 4);
    char *file = malloc(size + t.size + 4);
    assert_non_null(file);
    const char head[6] = {sample[0],         sample[1], '\xff', '\xe1', (char)((t.size + 2) >> 8),
                          (char)(t.size + 2)};
    memcpy(file, head, 6);
    memcpy(file + 6, t.bytes, t.size);
    memcpy(file + 6 + t.size, sample + 2, size - 2);
    files_write(path, file, size + t.size + 4);
    free(file);
    free(sample);
}

static int set_up(void **state)
{
    (void)state;
    library_begin();
    write_photograph(files_path(here.folder, "photo.jpg"), 1, 200);
    write_photograph(files_path(here.folder, "night.jpg"), 10, 13);
    files_write_picture(files_path(here.folder, "plain.ppm"), 40, 30, 1);
    program_result import = RUN("import", here.folder);
    int status = import.status;
    program_result_free(&import);
    return status;
}

static void as_json(void **state)
{
    (void)state;
    program_result result = RUN("show", "--json", files_path(here.folder, "photo.jpg"));
    assert_int_equal(result.status, 0);
    json_value item = json_parse(result.out, result.length);
    json_value said = json_member(item, "metadata");
    assert_true(json_contains(json_member(said, "taken"), "2024-05-17T13:01:02.25+02:00"));
    assert_true(json_contains(json_member(said, "camera"), "NIKON D850"));
    assert_true(json_contains(json_member(said, "lens"), "NIKKOR Z 50mm f/1.8 S"));
    assert_true(json_contains(json_member(said, "description"), "A red boat"));
    assert_int_equal(json_number(json_member(said, "iso")), 400);
    assert_int_equal(json_number(json_member(said, "rating")), 4);
    assert_true(json_number(json_member(said, "exposure")) == 0.005);
    assert_true(json_number(json_member(said, "longitude")) < -13.39);
    assert_int_equal(json_count(json_member(said, "keywords")), 2);
    assert_int_equal(json_number(json_member(item, "orientation")), 6);
    program_result_free(&result);
}

static void for_people(void **state)
{
    (void)state;
    program_result result = RUN("show", files_path(here.folder, "photo.jpg"));
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "taken       2024-05-17T13:01:02.25+02:00\n"));
    assert_non_null(strstr(result.out, "exposure    1/200 s  f/2.8  ISO 400  50 mm\n"));
    assert_non_null(strstr(result.out, "position    52.510000, -13.400000\n"));
    assert_non_null(strstr(result.out, "keywords    a, b\n"));
    program_result_free(&result);
}

/* As in the window, not 0.769231 s. */
static void exposures_read_as_on_the_camera(void **state)
{
    (void)state;
    program_result result = RUN("show", files_path(here.folder, "night.jpg"));
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "exposure    0.8 s  f/2.8  ISO 400  50 mm\n"));
    program_result_free(&result);
}

static void nothing_where_there_is_nothing(void **state)
{
    (void)state;
    program_result result = RUN("show", "--json", files_path(here.folder, "plain.ppm"));
    assert_int_equal(result.status, 0);
    assert_null(strstr(result.out, "metadata"));
    program_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_json),
        cmocka_unit_test(for_people),
        cmocka_unit_test(exposures_read_as_on_the_camera),
        cmocka_unit_test(nothing_where_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, library_end);
}
