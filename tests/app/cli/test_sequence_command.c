/* Sequences from the command line: imported, listed, shown, split, joined. The real program. */

#include "tests/app/cli/library.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int set_up(void **state)
{
    (void)state;
    library_begin();
    for (int frame = 1; frame <= 12; frame++) {
        char name[32];
        snprintf(name, sizeof name, "shot.%04d.ppm", frame);
        if (frame < 7 || frame > 8) {
            files_write_picture(files_path(here.folder, name), 24, 16, (unsigned)frame);
        }
    }
    return 0;
}

/* Runs, expects success, and gives the number at `key` of what was printed. */
static int64_t number(const char *const *arguments, const char *key)
{
    program_result result = run(arguments);
    if (result.status != 0) {
        fail_msg("%s", result.err);
    }
    int64_t value = (int64_t)json_number(json_member(json_parse(result.out, result.length), key));
    program_result_free(&result);
    return value;
}

#define NUMBER(key, ...) number((const char *const[]){__VA_ARGS__, "--json", NULL}, key)

static void check_refused(program_result result, int status, const char *message)
{
    assert_int_equal(result.status, status);
    if (!strstr(result.err, message)) {
        fail_msg("'%s' is not in: %s", message, result.err);
    }
    program_result_free(&result);
}

static void an_import_makes_one_item(void **state)
{
    (void)state;
    program_result result = RUN("import", here.folder, "--json");
    assert_int_equal(result.status, 0);
    json_value done = json_parse(result.out, result.length);
    assert_int_equal(json_number(json_member(done, "imported")), 1);
    assert_int_equal(json_number(json_member(done, "frames")), 10);
    assert_int_equal(json_number(json_member(done, "decoded")), 1);
    program_result_free(&result);

    char *path = strdup(files_path(here.folder, "shot.####.ppm"));
    result = RUN("show", path);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "kind        sequence, PNM\n"));
    assert_non_null(strstr(result.out, "frames      10: 1-6,9-12\n"));
    assert_non_null(strstr(result.out, "gaps        7-8\n"));
    assert_non_null(strstr(result.out, "rate        24 frames a second (not set), 0.42 s\n"));
    program_result_free(&result);
    result = RUN("show", path, "--json");
    json_value item = json_parse(result.out, result.length);
    assert_true(json_contains(json_member(item, "kind"), "sequence"));
    assert_true(json_contains(json_member(item, "range"), "1-6,9-12"));
    assert_true(json_contains(json_member(item, "gaps"), "7-8"));
    assert_int_equal(json_number(json_member(item, "first_frame")), 1);
    assert_int_equal(json_number(json_member(item, "last_frame")), 12);
    assert_int_equal(json_number(json_member(item, "frames")), 10);
    program_result_free(&result);
    free(path);
    result = RUN("show", files_path(here.folder, "shot.0009.ppm")); /* a frame tells of its sequence */
    assert_non_null(strstr(result.out, "frames      10: 1-6,9-12\n"));
    program_result_free(&result);
    check_refused(RUN("show", files_path(here.folder, "shot.0007.ppm")), 1, "has no item");
    check_refused(RUN("show", files_path(here.folder, "shot.9.ppm")), 1, "has no item");

    result = RUN("list", "kind:sequence frames>=10", "--json");
    assert_int_equal(json_number(json_member(json_parse(result.out, result.length), "total")), 1);
    assert_non_null(strstr(result.out, "\"frames\": 10"));
    assert_null(strstr(result.out, "triangles"));
    program_result_free(&result);
    assert_int_equal(NUMBER("total", "list", "triangles>0"), 0); /* the same column, another meaning */
    result = RUN("list", "--paths0");                            /* files, for other programs */
    assert_int_equal(result.length, 10 * (strlen(here.folder) + sizeof "/shot.0001.ppm"));
    const char *last = result.out + 9 * (strlen(here.folder) + sizeof "/shot.0001.ppm");
    assert_string_equal(last, files_path(here.folder, "shot.0012.ppm"));
    program_result_free(&result);
    result = RUN("list", "--csv");
    assert_non_null(strstr(result.out, ",ok,10,shot.####.ppm,"));
    program_result_free(&result);
    result = RUN("list");
    assert_non_null(strstr(result.out, "10 frames"));
    program_result_free(&result);
}

static void a_rate_is_kept(void **state)
{
    (void)state;
    program_result result = RUN("sequence", "rate", "1", "23.976");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("show", "1", "--json");
    assert_true(json_contains(json_member(json_parse(result.out, result.length), "frame_rate"), "23.976"));
    program_result_free(&result);
    result = RUN("sequence", "rate", files_path(here.folder, "shot.0003.ppm"), "23.976"); /* by a frame */
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    check_refused(RUN("sequence", "rate", "1", "fast"), 1, "write it like 24");
    check_refused(RUN("sequence", "rate", "1", "0"), 1, "0");
    check_refused(RUN("sequence", "rate", "1"), 2, "a rate, such as 25");
}

static void split_and_joined(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("updated", "sequence", "split", "1"), 10);
    assert_int_equal(NUMBER("total", "list", "kind:image"), 10);
    assert_int_equal(NUMBER("total", "list", "kind:sequence"), 0);
    assert_int_equal(NUMBER("unchanged", "import", here.folder), 10); /* careful, and split all the same */
    assert_int_equal(NUMBER("unchanged", "import", here.folder, "--sequences", "eager"), 10);

    char *path = strdup(files_path(here.folder, "shot.0002.ppm"));
    assert_int_equal(NUMBER("frames", "sequence", "join", path), 10);
    assert_int_equal(NUMBER("total", "list", "kind:sequence"), 1);
    assert_int_equal(NUMBER("total", "list"), 1);
    free(path);
    path = strdup(files_path(here.folder, "shot.####.ppm"));
    program_result result = RUN("show", path, "--json"); /* it has its rate again */
    assert_true(json_contains(json_member(json_parse(result.out, result.length), "frame_rate"), "23.976"));
    program_result_free(&result);
    check_refused(RUN("sequence", "join", path), 1, "is a sequence already");
    check_refused(RUN("sequence", "join", files_path(here.folder, "shot.0002.ppm")), 1,
                  "is a sequence already");
    free(path);
    assert_int_equal(NUMBER("unchanged", "import", here.folder, "--sequences", "off"), 1);
    result = RUN("check", "--repair"); /* thumbnails of what is gone */
    program_result_free(&result);
    result = RUN("check");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
}

static void what_cannot_be_done_is_told(void **state)
{
    (void)state;
    files_write_picture(files_path(here.folder, "cover.ppm"), 8, 8, 1);
    program_result result = RUN("import", here.folder);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    char *cover = strdup(files_path(here.folder, "cover.ppm"));
    check_refused(RUN("sequence", "split", cover), 1, "is no sequence");
    check_refused(RUN("sequence", "rate", cover, "24"), 1, "is no sequence");
    check_refused(RUN("sequence", "join", cover), 1, "no frame number");
    check_refused(RUN("sequence", "join", "/nowhere/a.0001.png"), 1, "import it first");
    check_refused(RUN("sequence", "split", "4711"), 1, "4711");
    check_refused(RUN("sequence", "melt", cover), 2, "not 'melt'");
    check_refused(RUN("sequence", "split", cover, "24"), 2, "'split' takes an item");
    check_refused(RUN("import", here.folder, "--sequences", "some"), 2, "careful, eager or off");
    free(cover);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_makes_one_item),
        cmocka_unit_test(a_rate_is_kept),
        cmocka_unit_test(split_and_joined),
        cmocka_unit_test(what_cannot_be_done_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, library_end);
}
